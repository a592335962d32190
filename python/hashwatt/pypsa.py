"""Mining in a PyPSA network: a load that responds to prices, and nodal prices for a scenario.

Needs the extra ``pypsa``: ``pip install 'hashwatt[pypsa]'``. A tutorial is in PYPSA.md.

**The sign.** PyPSA minimises costs, so a load that earns is a generator with ``sign=-1`` whose ``marginal_cost`` is
minus what a MWh earns. The dispatch then takes power wherever the nodal price is below that value, and injects none.
PyPSA itself weights ``marginal_cost`` by ``snapshot_weightings.objective`` and by the weightings of investment periods;
values here are USD for one MWh, never multiplied by a weighting.

**A trap.** PyPSA's ``Load`` has no ``marginal_cost``: ``network.add("Load", ..., marginal_cost=-86)`` is stored without
an error, and the load runs in every hour at any price.

**One's own dilution.** A mining load of hundreds of megawatts lowers what a hash earns. With blocks of falling value
the dispatch stays a linear programme, but each snapshot is taken as though the difficulty followed the load in it. It
follows the mean of 2,016 blocks, about two weeks. For a load that stands still in many hours use :func:`fixed_point`,
which takes the dilution by the mean load.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _functions
from ._hours import price_file
from ._results import Projection
from ._scenario import Scenario

try:
    import pandas as pd
    import pypsa
except ImportError as error:
    raise ImportError("hashwatt.pypsa needs PyPSA; install it with: pip install 'hashwatt[pypsa]'") from error

from ._snapshots import by_hour, filled, is_whole_years, values_of

__all__ = ["FixedPoint", "MiningValue", "add_mining", "fixed_point", "mining_load", "read_prices"]

#: What a mapping given as ``dilution`` may hold.
_DILUTION = ("others_eh_s", "own_eh_s", "displacement")
#: Attributes of the generators that the arguments of :func:`add_mining` decide.
_OWN = ("bus", "sign", "p_nom", "p_max_pu", "marginal_cost", "carrier")
#: Columns of a fixed point's rounds.
_ROUNDS = ["value_usd_per_mwh", "hashprice_usd_per_ph_day", "mean_mw", "mean_usd_per_mwh", "change_mw"]


@dataclass(frozen=True)
class MiningValue:
    """What a MWh at the site's meter earns and costs, energy left out, with the unit in every name."""

    #: What a hash earns without one's own hashrate, before any pool's fee.
    hashprice_usd_per_ph_day: float
    #: Joules per terahash of all machines together, overhead included.
    j_per_th_at_site: float
    #: What the pool's fee and stale work leave, 0 to 1.
    payout: float = 1.0
    #: Running costs besides energy: other costs, adjustments, levies and taxes that are not refunded.
    other_costs_usd_per_mwh: float = 0.0
    #: Part of the time in which machines can run, 0 to 1.
    uptime: float = 1.0
    #: Hashrate of everybody else.
    others_eh_s: float | None = None
    #: Part of the own hashrate that pushes other miners out, 0 to 1.
    displacement: float = 0.0

    @classmethod
    def of(cls, scenario: Scenario) -> MiningValue:
        """Of a scenario's steady year, before its own hashrate dilutes it.

        A mixed fleet counts by its mean J/TH. Charges for peaks, levies that are a part of the bill (at the scenario's
        tariff; left out without one) and pay for grid services count by their mean over the energy of the year.

        >>> import hashwatt
        >>> from hashwatt.pypsa import MiningValue
        >>> keys = {"power_mw": 100, "efficiency_j_per_th": 15, "other_costs_usd_per_mwh": 4}
        >>> value = MiningValue.of(hashwatt.Scenario.from_dict(keys))
        >>> round(value.j_per_th_at_site, 2), round(value.other_costs_usd_per_mwh, 2), value.uptime
        (15.75, 4.0, 0.95)
        """
        result = scenario.estimate()
        if result.energy_cost_usd_per_day is None:
            # Other costs are known once energy has a price; of a bill of nothing no levy is a part.
            result = scenario.with_(tariff="0 USD/MWh").estimate()
        inputs = {row["key"]: row["value"] for row in result.inputs}
        uptimes = {value for key, value in inputs.items() if key == "uptime" or _of_a_site(key, "uptime")}
        if len(uptimes) != 1:
            raise ValueError("uptime differs between the scenario's sites; give a scenario of one site for each load")
        if not result.hashrate_nameplate_eh_per_s > 0 or not result.energy_mwh_per_day > 0:
            raise ValueError("scenario has no machines that run; give it power_mw or lots whose machines are there")
        others = result.running_costs_usd_per_day - result.energy_cost_usd_per_day
        return cls(
            hashprice_usd_per_ph_day=result.hashprice_usd_per_ph_day_before,
            # A MW for an EH/s is a joule for a terahash.
            j_per_th_at_site=result.mining_power_mw / result.hashrate_nameplate_eh_per_s,
            payout=(1 - inputs["pool_fee"]) * (1 - inputs["stale"]),
            other_costs_usd_per_mwh=others / result.energy_mwh_per_day,
            uptime=uptimes.pop(),
            others_eh_s=result.network_eh_per_s_before,
            displacement=inputs.get("displacement") or 0.0,
        )

    @property
    def usd_per_mwh(self) -> float:
        """What such a load pays for a MWh at the most.

        >>> from hashwatt.pypsa import MiningValue
        >>> round(MiningValue(32.62, 15.75, payout=0.98, other_costs_usd_per_mwh=4).usd_per_mwh, 2)
        80.57
        """
        gross = _functions.marginal_value_per_mwh(
            self.hashprice_usd_per_ph_day, self.j_per_th_at_site, payout=self.payout
        )
        return float(gross) - self.other_costs_usd_per_mwh


def add_mining(
    network: pypsa.Network,
    bus: str,
    mw: float,
    value: Scenario | MiningValue | float | pd.Series[float] | pd.DataFrame,
    *,
    name: str = "mining",
    dilution: Mapping[str, float] | bool | None = None,
    blocks: int = 5,
    uptime: float | None = None,
    other_costs_usd_per_mwh: float | None = None,
    usd_per_currency: float = 1.0,
    carrier: str = "bitcoin mining",
    **attributes: Any,
) -> list[str]:
    """Adds a mining load that runs where the nodal price is below what a MWh earns; returns the generators' names.

    ``mw`` is the nameplate at the site's meter, of which the part ``uptime`` runs at the most (0 to 1; the scenario's,
    else 1). ``value`` in USD/MWh: a scenario or :class:`MiningValue`, a number, a Series with the index of
    ``network.snapshots`` (also of several investment periods), or a DataFrame with a column for each of equal blocks,
    such as that of :func:`hashwatt.marginal_value_blocks`. ``other_costs_usd_per_mwh`` (the scenario's, else 0) is
    subtracted.

    ``dilution``: without it the load is a price-taker. ``True`` takes the scenario's network and displacement, a
    mapping gives ``others_eh_s``, ``own_eh_s`` (of ``mw`` at that uptime) and ``displacement``. Values are then those
    without one's own hashrate, and the load is ``blocks`` equal generators of falling value.

    ``usd_per_currency`` is the price of the network's unit of money in USD: 1.1 for a network in EUR. ``attributes``
    go to the generators: ``build_year``, ``lifetime``, ``p_min_pu`` for a part that must run, ``ramp_limit_up`` and
    others.

    Raises ``ValueError`` with the argument and the remedy.
    """
    _unless_stochastic(network, "add mining before network.set_scenarios")
    _known_bus(network, bus)
    _within("mw", mw, 0.0, 1e6, "a number of MW above 0", above=True)
    _within("usd_per_currency", usd_per_currency, 0.0, 1e6, "USD for a unit of the network's money", above=True)
    taken = sorted(set(attributes).intersection(_OWN))
    if taken:
        raise ValueError(f"{taken[0]} is decided by the arguments of add_mining; leave it out")
    known = MiningValue.of(value) if isinstance(value, Scenario) else value
    if isinstance(known, MiningValue):
        uptime = known.uptime if uptime is None else uptime
        if other_costs_usd_per_mwh is not None:
            known = replace(known, other_costs_usd_per_mwh=other_costs_usd_per_mwh)
        net: NDArray[np.float64] = np.full(1, known.usd_per_mwh)
        costs = known.other_costs_usd_per_mwh
    else:
        costs = 0.0 if other_costs_usd_per_mwh is None else other_costs_usd_per_mwh
        net = values_of(network, known) - costs
    uptime = 1.0 if uptime is None else uptime
    _within("uptime", uptime, 0.0, 1.0, "0 to 1")
    if dilution is not None and dilution is not False:
        if net.ndim == 2:
            raise ValueError("value has blocks of its own; leave dilution out, or give one value for a snapshot")
        # Costs do not dilute; what a MWh earns before them does.
        parts = _parts(known, {} if dilution is True else dilution, mw * uptime, blocks)
        net = (net + costs)[:, np.newaxis] * parts - costs
    else:
        net = net.reshape(len(net), -1)
    names = [name] if net.shape[1] == 1 else [f"{name} {block + 1}" for block in range(net.shape[1])]
    for each in (name, *names):
        if each in network.generators.index or _names(network, each):
            remedy = "give another, or network.remove('Generator', names) first"
            raise ValueError(f"name is {name}, which already exists; {remedy}")
    if carrier and carrier not in network.carriers.index:
        network.add("Carrier", carrier)
    costs_by_block = -net / usd_per_currency
    # One value for all snapshots stays one.
    of_all = len(net) == 1
    network.add(
        "Generator",
        names,
        bus=bus,
        sign=-1,
        p_nom=mw / len(names),
        p_max_pu=uptime,
        marginal_cost=costs_by_block[0] if of_all else pd.DataFrame(costs_by_block, network.snapshots, names),
        carrier=carrier,
        **attributes,
    )
    return names


def mining_load(network: pypsa.Network, name: str = "mining") -> pd.Series[float]:
    """MW that the mining load of that name takes in each snapshot of the solved network, all blocks together."""
    names = _names(network, name)
    if not names:
        raise ValueError(f"name is {name}, which is no mining load of this network; add it with add_mining")
    output = network.generators_t.p
    if not set(names).issubset(output.columns):
        raise ValueError("network has no dispatch; solve it first with network.optimize")
    load: pd.Series[float] = output[names].sum(axis=1).rename("mining_mw")
    return load


def read_prices(
    network: pypsa.Network,
    bus: str,
    *,
    period: int | None = None,
    year: int | None = None,
    usd_per_currency: float = 1.0,
) -> pd.Series[float]:
    """Nodal prices of the solved network, USD/MWh, for every hour: a Series for :meth:`hashwatt.Scenario.with_prices`.

    PyPSA's prices are of one MWh: it has divided them by the weightings of snapshots and periods. A snapshot that
    stands for several hours, until the next one, is repeated for each. Snapshots with gaps, such as typical days of
    different weight, are not a series and are refused; weights that are all alike (a day that stands for a year) do
    not matter.

    ``period``: the investment period to read. ``year``: the snapshots, whole days, are repeated from 1 January of that
    year until it is full, since a scenario takes only whole years. ``usd_per_currency`` as in :func:`add_mining`.

    Raises ``ValueError`` where there are no prices: before the network is solved, and of a model with unit commitment.
    """
    _unless_stochastic(network, "read the prices of a network without scenarios; these are weighted by probability")
    _known_bus(network, bus)
    _within("usd_per_currency", usd_per_currency, 0.0, 1e6, "USD for a unit of the network's money", above=True)
    prices = network.buses_t.marginal_price
    if bus not in prices.columns:
        raise ValueError("network has no nodal prices; solve it first with network.optimize")
    committable = any(bool(part.committable.any()) for part in (network.generators, network.links))
    if committable and not prices.to_numpy().any():
        raise ValueError(
            "network has no nodal prices, for unit commitment has none; solve it with linearized_unit_commitment=True"
        )
    hours = by_hour(network, prices[bus], period) * usd_per_currency
    return (hours if year is None else filled(hours, year)).rename("price_usd_per_mwh")


@dataclass(frozen=True)
class FixedPoint:
    """A dispatch and a project that agree."""

    #: The scenario with the last dispatch's nodal prices, in which machines run as that dispatch has them.
    scenario: Scenario
    #: Its project, without uncertainty.
    projection: Projection
    #: The generators of the mining load.
    names: list[str]
    #: What a flexible load pays for a MWh at the most, in the last dispatch.
    value_usd_per_mwh: float
    #: A row for each round: value and hashprice that it began with, mean load and price, change of load since the last.
    rounds: pd.DataFrame


def fixed_point(
    network: pypsa.Network,
    scenario: Scenario,
    bus: str,
    *,
    name: str = "mining",
    years: float | None = None,
    year: int | None = None,
    tolerance_mw: float = 1e-3,
    most: int = 20,
    usd_per_currency: float = 1.0,
    solve: Callable[[pypsa.Network], object] | None = None,
) -> FixedPoint:
    """Iterates dispatch and project until the load changes by at most ``tolerance_mw`` in any snapshot.

    Each round solves the network and runs the project at its nodal prices, with the load that it had. The mean
    hashprice of the project's months, in which are the dilution by its own mean hashrate and other miners' answer, is
    what a hash earns in the next round's dispatch; in the first it is that of the scenario's steady year. The load is
    that of the scenario's machines, added under ``name``; it takes the hashprice as given. Nodal prices and dispatch
    take the place of the scenario's tariff and hours; its deliveries, failures and curtailment still apply to the
    project.

    ``years`` of the project, in place of the scenario's. ``year`` and ``usd_per_currency`` as in :func:`read_prices`;
    snapshots of less than whole years are repeated to the year of the first. ``solve`` solves the network (HiGHS by
    default). The network keeps the load and its last dispatch.

    Raises ``ValueError`` where the load still changes after ``most`` rounds.
    """
    if network.has_investment_periods:
        raise ValueError("network has several investment periods; give one of a single period for each project")
    if most < 2:
        raise ValueError(f"most is {most}; give 2 rounds or more")
    value = MiningValue.of(scenario)
    mw = float(scenario.estimate().mining_power_mw)
    running_mw = mw * value.uptime
    names = add_mining(network, bus, mw, value, name=name, usd_per_currency=usd_per_currency)
    before, change, rows = None, float("inf"), []
    for _ in range(most):
        network.generators.loc[names, "marginal_cost"] = -value.usd_per_mwh / usd_per_currency
        (solve or _solve)(network)
        load = mining_load(network, name)
        prices = read_prices(network, bus, usd_per_currency=usd_per_currency)
        part = (by_hour(network, load, None) / running_mw).clip(0.0, 1.0)
        if before is not None:
            change = float((load - before).abs().max())
        rows.append(
            (value.usd_per_mwh, value.hashprice_usd_per_ph_day, part.mean() * running_mw, prices.mean(), change)
        )
        if year is not None or not is_whole_years(prices.index):
            whole = pd.DatetimeIndex(prices.index)[0].year if year is None else year
            prices, part = filled(prices, whole), filled(part, whole)
        dispatched = _dispatched(scenario, prices, part)
        run = dispatched.project(paths=0, years=years)
        if change <= tolerance_mw:
            rounds = pd.DataFrame(rows, columns=_ROUNDS, index=pd.RangeIndex(1, len(rows) + 1, name="round"))
            return FixedPoint(dispatched, run, names, value.usd_per_mwh, rounds)
        frame = run.to_pandas()
        hashprice = frame.loc[frame["key"] == "hashprice_usd_per_ph_day", "base"].mean()
        value, before = replace(value, hashprice_usd_per_ph_day=float(hashprice)), load
    raise ValueError(
        f"most is {most} rounds, and the load still changes by {change:.3g} MW at a value of about "
        f"{value.usd_per_mwh:.4g} USD/MWh; give a larger tolerance_mw, or supply whose cost rises in smaller steps"
    )


def _dispatched(scenario: Scenario, prices: pd.Series[float], part: pd.Series[float]) -> Scenario:
    """The scenario at these prices, with machines that run in this part of each hour."""
    files = {"dispatch.csv": price_file(part, "available")}
    keys = {"hours.availability": "dispatch.csv", "hours.dispatch": "must_run"}
    return scenario.with_files(files).with_prices(prices).with_(**keys)


def _solve(network: pypsa.Network) -> None:
    status, condition = network.optimize(
        solver_name="highs", include_objective_constant=False, log_to_console=False, progress=False
    )
    if status != "ok":
        raise ValueError(f"network is {condition}; give supply for its loads, or a solve= of your own")


def _parts(value: Any, given: Mapping[str, float], running_mw: float, blocks: int) -> NDArray[np.float64]:
    """What each block earns, over what it would without one's own hashrate."""
    for key in given:
        if key not in _DILUTION:
            raise ValueError(f"dilution has {key}; give {', '.join(_DILUTION)}")
    known: dict[str, float | None] = {}
    if isinstance(value, MiningValue):
        own = running_mw / value.j_per_th_at_site
        known = {"others_eh_s": value.others_eh_s, "own_eh_s": own, "displacement": value.displacement}
    known |= given
    others, own_eh_s = known.get("others_eh_s"), known.get("own_eh_s")
    if others is None or own_eh_s is None:
        raise ValueError("dilution lacks others_eh_s or own_eh_s; give both in EH/s, or a scenario as the value")
    displacement = known.get("displacement") or 0.0
    _within("dilution displacement", displacement, 0.0, 1.0, "0 to 1")
    # The hashprice at which a machine of 1 J/TH earns 1 USD/MWh: what blocks of it earn is the ratio.
    unit = 1.0 / _functions.marginal_value_per_mwh(1.0, 1.0)
    parts: NDArray[np.float64] = _functions.marginal_value_blocks(
        unit, 1.0, others_eh_s=others, own_eh_s=own_eh_s, blocks=blocks, displacement=displacement
    )
    return parts


def _names(network: pypsa.Network, name: str) -> list[str]:
    """Generators of the mining load of that name: itself, or its blocks."""
    block = re.compile(re.escape(name) + r"( \d+)?")
    drawing = network.generators.index[network.generators["sign"] < 0]
    return [str(each) for each in drawing if block.fullmatch(str(each))]


def _of_a_site(key: str, name: str) -> bool:
    return key.startswith("site[") and key.endswith(f"].{name}")


def _known_bus(network: pypsa.Network, bus: str) -> None:
    if bus not in network.buses.index:
        there = ", ".join(map(str, network.buses.index[:6])) or "none yet"
        raise ValueError(f"bus is {bus}, which the network does not have; give one of its buses ({there})")


def _unless_stochastic(network: pypsa.Network, remedy: str) -> None:
    if network.has_scenarios:
        raise ValueError(f"network is stochastic; {remedy}")


def _within(field: str, value: float, least: float, most: float, remedy: str, above: bool = False) -> None:
    if not (least <= value <= most) or (above and value == least):
        raise ValueError(f"{field} is {value}; give {remedy}")
