"""Mining in a PyPSA network: a load that responds to prices, and nodal prices for a scenario.

Requires the extra ``pypsa``: ``pip install 'hashwatt[pypsa]'``. PYPSA.md is a tutorial.

**Sign.** PyPSA minimises costs, so a load with an income is a generator with ``sign=-1`` whose ``marginal_cost`` is the
negative of the income per MWh. The dispatch draws power where the nodal price is below that value, and injects none.
PyPSA itself weights ``marginal_cost`` by ``snapshot_weightings.objective`` and by the weightings of investment periods;
values here are in USD per MWh, and are never multiplied by a weighting.

**Loads.** PyPSA's ``Load`` has no ``marginal_cost``: ``network.add("Load", ..., marginal_cost=-86)`` is stored without
an error, and the load runs in every hour at any price.

**Dilution by the own hashrate.** A mining load of hundreds of megawatts lowers the income per hash. With blocks of
falling value the dispatch remains a linear programme, but each snapshot is treated as if the difficulty followed the
load in that snapshot. In fact it follows the mean over 2,016 blocks, about two weeks. For a load that is idle in many
hours use :func:`fixed_point`, which computes the dilution from the mean load.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _functions
from ._hourly_prices import price_file
from ._results import Projection
from ._scenario import Scenario

try:
    import pandas as pd
    import pypsa
except ImportError as error:
    raise ImportError("hashwatt.pypsa needs PyPSA; install it with: pip install 'hashwatt[pypsa]'") from error

from ._snapshots import covers_whole_years, hourly, repeated_to_year, snapshot_values

__all__ = ["FixedPoint", "MiningValue", "add_mining", "fixed_point", "mining_load", "read_prices"]

#: The allowed keys of a mapping given as ``dilution``.
_DILUTION_KEYS = ("others_eh_s", "own_eh_s", "displacement")
#: Attributes of the generators that are set by the arguments of :func:`add_mining`.
_RESERVED = ("bus", "sign", "p_nom", "p_max_pu", "marginal_cost", "carrier")
#: The columns of the rounds of a fixed point.
_ROUND_COLUMNS = ["value_usd_per_mwh", "hashprice_usd_per_ph_day", "mean_mw", "mean_usd_per_mwh", "change_mw"]


@dataclass(frozen=True)
class MiningValue:
    """The income and the costs, without energy, of a MWh at the site's meter, with the unit in every name."""

    #: The hashprice without the own hashrate, before pool fees.
    hashprice_usd_per_ph_day: float
    #: Joules per terahash of all machines together, including the overhead of the site.
    j_per_th_at_site: float
    #: The fraction of income left after pool fees and stale work, 0 to 1.
    payout: float = 1.0
    #: Running costs other than energy: other costs, adjustments, levies and taxes that are not refunded.
    other_costs_usd_per_mwh: float = 0.0
    #: The fraction of time in which machines can run, 0 to 1.
    uptime: float = 1.0
    #: The hashrate of all other miners.
    others_eh_s: float | None = None
    #: The fraction of the own hashrate that displaces other miners, 0 to 1.
    displacement: float = 0.0

    @classmethod
    def of(cls, scenario: Scenario) -> MiningValue:
        """The value in the steady year of a scenario, before dilution by its own hashrate.

        A mixed fleet is represented by its mean J/TH. Demand charges, levies proportional to the bill (at the tariff of
        the scenario; omitted without one) and payments for grid services are averaged over the energy of the year.

        >>> import hashwatt
        >>> from hashwatt.pypsa import MiningValue
        >>> keys = {"power_mw": 100, "efficiency_j_per_th": 15, "other_costs_usd_per_mwh": 4}
        >>> value = MiningValue.of(hashwatt.Scenario.from_dict(keys))
        >>> round(value.j_per_th_at_site, 2), round(value.other_costs_usd_per_mwh, 2), value.uptime
        (15.75, 4.0, 0.95)
        """
        result = scenario.estimate()
        if result.energy_cost_usd_per_day is None:
            # Other costs are computed only with a tariff; at a tariff of zero, levies on the bill are zero.
            result = scenario.with_(tariff="0 USD/MWh").estimate()
        inputs = {row["key"]: row["value"] for row in result.inputs}
        uptimes = {value for key, value in inputs.items() if key == "uptime" or _is_site_key(key, "uptime")}
        if len(uptimes) != 1:
            raise ValueError("uptime differs between the scenario's sites; give a scenario of one site for each load")
        if not result.hashrate_nameplate_eh_per_s > 0 or not result.energy_mwh_per_day > 0:
            raise ValueError("scenario has no machines that run; give it power_mw, or lots with machines in operation")
        others = result.running_costs_usd_per_day - result.energy_cost_usd_per_day
        return cls(
            hashprice_usd_per_ph_day=result.hashprice_usd_per_ph_day_before,
            # 1 MW per EH/s is 1 J/TH.
            j_per_th_at_site=result.mining_power_mw / result.hashrate_nameplate_eh_per_s,
            payout=(1 - inputs["pool_fee"]) * (1 - inputs["stale"]),
            other_costs_usd_per_mwh=others / result.energy_mwh_per_day,
            uptime=uptimes.pop(),
            others_eh_s=result.network_eh_per_s_before,
            displacement=inputs.get("displacement") or 0.0,
        )

    @property
    def usd_per_mwh(self) -> float:
        """The maximum price that such a load pays for a MWh.

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
    """Adds a mining load that runs where the nodal price is below its value; returns the names of the generators.

    ``mw`` is the nameplate power at the site's meter; at most the fraction ``uptime`` of it runs (0 to 1; by default
    that of the scenario, else 1). ``value`` in USD/MWh is a scenario or :class:`MiningValue`, a number, a Series with
    the index of ``network.snapshots`` (also with several investment periods), or a DataFrame with a column for each of
    several equal blocks, such as that of :func:`hashwatt.marginal_value_blocks`. ``other_costs_usd_per_mwh`` (by
    default those of the scenario, else 0) is subtracted.

    Without ``dilution`` the load is a price-taker. ``True`` uses the network and the displacement of the scenario; a
    mapping gives ``others_eh_s``, ``own_eh_s`` (of ``mw`` at that uptime) and ``displacement``. Values are then those
    without the own hashrate, and the load consists of ``blocks`` equal generators of falling value.

    ``usd_per_currency`` is the price of the network's currency in USD: 1.1 for a network in EUR. ``attributes`` are
    passed to the generators: ``build_year``, ``lifetime``, ``p_min_pu`` for a must-run part, ``ramp_limit_up`` and
    others.

    Raises ``ValueError`` with the argument and the remedy.
    """
    _refuse_stochastic(network, "add mining before network.set_scenarios")
    _check_bus(network, bus)
    _check_range("mw", mw, 0.0, 1e6, "a number of MW above 0", above=True)
    _check_range("usd_per_currency", usd_per_currency, 0.0, 1e6, "USD per unit of the network's currency", above=True)
    reserved = sorted(set(attributes).intersection(_RESERVED))
    if reserved:
        raise ValueError(f"{reserved[0]} is set by the arguments of add_mining; leave it out")
    known = MiningValue.of(value) if isinstance(value, Scenario) else value
    if isinstance(known, MiningValue):
        uptime = known.uptime if uptime is None else uptime
        if other_costs_usd_per_mwh is not None:
            known = replace(known, other_costs_usd_per_mwh=other_costs_usd_per_mwh)
        net: NDArray[np.float64] = np.full(1, known.usd_per_mwh)
        costs = known.other_costs_usd_per_mwh
    else:
        costs = 0.0 if other_costs_usd_per_mwh is None else other_costs_usd_per_mwh
        net = snapshot_values(network, known) - costs
    uptime = 1.0 if uptime is None else uptime
    _check_range("uptime", uptime, 0.0, 1.0, "0 to 1")
    if dilution is not None and dilution is not False:
        if net.ndim == 2:
            raise ValueError("value has blocks of its own; leave dilution out, or give one value for a snapshot")
        # The dilution applies to the income before costs.
        ratios = _block_ratios(known, {} if dilution is True else dilution, mw * uptime, blocks)
        net = (net + costs)[:, np.newaxis] * ratios - costs
    else:
        net = net.reshape(len(net), -1)
    names = [name] if net.shape[1] == 1 else [f"{name} {block + 1}" for block in range(net.shape[1])]
    for each in (name, *names):
        if each in network.generators.index or _generator_names(network, each):
            remedy = "give another, or network.remove('Generator', names) first"
            raise ValueError(f"name is {name}, which already exists; {remedy}")
    if carrier and carrier not in network.carriers.index:
        network.add("Carrier", carrier)
    costs_by_block = -net / usd_per_currency
    # A single value for all snapshots is not expanded.
    is_constant = len(net) == 1
    network.add(
        "Generator",
        names,
        bus=bus,
        sign=-1,
        p_nom=mw / len(names),
        p_max_pu=uptime,
        marginal_cost=costs_by_block[0] if is_constant else pd.DataFrame(costs_by_block, network.snapshots, names),
        carrier=carrier,
        **attributes,
    )
    return names


def mining_load(network: pypsa.Network, name: str = "mining") -> pd.Series[float]:
    """The mining load in MW in each snapshot of the solved network, summed over its blocks."""
    names = _generator_names(network, name)
    if not names:
        raise ValueError(f"name is {name}, which is not a mining load of this network; add it with add_mining")
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
    """Hourly nodal prices of the solved network in USD/MWh, as a Series for :meth:`hashwatt.Scenario.with_prices`.

    PyPSA's prices are per MWh: they are already divided by the weightings of snapshots and periods. A snapshot that
    represents several hours, until the next one, is repeated for each hour. Snapshots with gaps, such as typical days
    of different weight, are not a time series and are refused; equal weights (a day that represents a year) have no
    effect.

    ``period`` is the investment period to read. With ``year``, the snapshots must be whole days, and are repeated from
    1 January of that year to fill it, since a scenario requires whole years. ``usd_per_currency`` as in
    :func:`add_mining`.

    Raises ``ValueError`` if there are no prices: before the network is solved, or for a model with unit commitment.
    """
    _refuse_stochastic(network, "read the prices of a network without scenarios; these are weighted by probability")
    _check_bus(network, bus)
    _check_range("usd_per_currency", usd_per_currency, 0.0, 1e6, "USD per unit of the network's currency", above=True)
    prices = network.buses_t.marginal_price
    if bus not in prices.columns:
        raise ValueError("network has no nodal prices; solve it first with network.optimize")
    committable = any(bool(part.committable.any()) for part in (network.generators, network.links))
    if committable and not prices.to_numpy().any():
        raise ValueError(
            "network has no nodal prices, because of unit commitment; solve it with linearized_unit_commitment=True"
        )
    hours = hourly(network, prices[bus], period) * usd_per_currency
    return (hours if year is None else repeated_to_year(hours, year)).rename("price_usd_per_mwh")


@dataclass(frozen=True)
class FixedPoint:
    """A dispatch and a project that are consistent."""

    #: The scenario with the nodal prices and the running hours of the last dispatch.
    scenario: Scenario
    #: The project of this scenario, without uncertainty.
    projection: Projection
    #: The generators of the mining load.
    names: list[str]
    #: The maximum price that the load pays for a MWh, in the last dispatch.
    value_usd_per_mwh: float
    #: A row for each round: initial value and hashprice, mean load and price, and the change of load since the last.
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

    Each round solves the network, and runs the project with the resulting nodal prices and load. The mean hashprice
    over the months of the project, which includes the dilution by its own mean hashrate and the response of other
    miners, is used in the dispatch of the next round; the first round uses that of the scenario's steady year. The load
    represents the scenario's machines and is added under ``name``; it takes the hashprice as given. Nodal prices and
    dispatch replace the tariff and the hours of the scenario; its deliveries, failures and curtailment still apply to
    the project.

    ``years`` overrides the length of the project. ``year`` and ``usd_per_currency`` are as in :func:`read_prices`;
    snapshots of less than whole years are repeated to fill the year of the first snapshot. ``solve`` solves the network
    (HiGHS by default). The network keeps the load and its last dispatch.

    Raises ``ValueError`` if the load still changes after ``most`` rounds.
    """
    if network.has_investment_periods:
        raise ValueError("network has several investment periods; give one of a single period for each project")
    if most < 2:
        raise ValueError(f"most is {most}; give 2 rounds or more")
    value = MiningValue.of(scenario)
    mw = float(scenario.estimate().mining_power_mw)
    running_mw = mw * value.uptime
    names = add_mining(network, bus, mw, value, name=name, usd_per_currency=usd_per_currency)
    previous, change, rows = None, float("inf"), []
    for _ in range(most):
        network.generators.loc[names, "marginal_cost"] = -value.usd_per_mwh / usd_per_currency
        (solve or _solve)(network)
        load = mining_load(network, name)
        prices = read_prices(network, bus, usd_per_currency=usd_per_currency)
        utilisation = (hourly(network, load, None) / running_mw).clip(0.0, 1.0)
        if previous is not None:
            change = float((load - previous).abs().max())
        rows.append(
            (value.usd_per_mwh, value.hashprice_usd_per_ph_day, utilisation.mean() * running_mw, prices.mean(), change)
        )
        if year is not None or not covers_whole_years(prices.index):
            filled_year = pd.DatetimeIndex(prices.index)[0].year if year is None else year
            prices = repeated_to_year(prices, filled_year)
            utilisation = repeated_to_year(utilisation, filled_year)
        dispatched = _with_dispatch(scenario, prices, utilisation)
        run = dispatched.project(paths=0, years=years)
        if change <= tolerance_mw:
            rounds = pd.DataFrame(rows, columns=_ROUND_COLUMNS, index=pd.RangeIndex(1, len(rows) + 1, name="round"))
            return FixedPoint(dispatched, run, names, value.usd_per_mwh, rounds)
        frame = run.to_pandas()
        hashprice = frame.loc[frame["key"] == "hashprice_usd_per_ph_day", "base"].mean()
        value, previous = replace(value, hashprice_usd_per_ph_day=float(hashprice)), load
    raise ValueError(
        f"most is {most} rounds, but the load still changes by {change:.3g} MW at a value of about "
        f"{value.usd_per_mwh:.4g} USD/MWh; give a larger tolerance_mw, or supply whose cost rises in smaller steps"
    )


def _with_dispatch(scenario: Scenario, prices: pd.Series[float], utilisation: pd.Series[float]) -> Scenario:
    """The scenario with these prices, and machines that run for this fraction of each hour."""
    files = {"dispatch.csv": price_file(utilisation, "available")}
    keys = {"hours.availability": "dispatch.csv", "hours.dispatch": "must_run"}
    return scenario.with_files(files).with_prices(prices).with_(**keys)


def _solve(network: pypsa.Network) -> None:
    status, condition = network.optimize(
        solver_name="highs", include_objective_constant=False, log_to_console=False, progress=False
    )
    if status != "ok":
        raise ValueError(f"network is {condition}; add supply for its loads, or give another solver as solve=")


def _block_ratios(value: Any, given: Mapping[str, float], running_mw: float, blocks: int) -> NDArray[np.float64]:
    """The income of each block, relative to that without the own hashrate."""
    for key in given:
        if key not in _DILUTION_KEYS:
            raise ValueError(f"dilution has {key}; give {', '.join(_DILUTION_KEYS)}")
    known: dict[str, float | None] = {}
    if isinstance(value, MiningValue):
        own = running_mw / value.j_per_th_at_site
        known = {"others_eh_s": value.others_eh_s, "own_eh_s": own, "displacement": value.displacement}
    known |= given
    others, own_eh_s = known.get("others_eh_s"), known.get("own_eh_s")
    if others is None or own_eh_s is None:
        raise ValueError("dilution lacks others_eh_s or own_eh_s; give both in EH/s, or a scenario as the value")
    displacement = known.get("displacement") or 0.0
    _check_range("dilution displacement", displacement, 0.0, 1.0, "0 to 1")
    # At this hashprice a machine of 1 J/TH earns 1 USD/MWh, so the income of its blocks equals the ratio.
    unit = 1.0 / _functions.marginal_value_per_mwh(1.0, 1.0)
    ratios: NDArray[np.float64] = _functions.marginal_value_blocks(
        unit, 1.0, others_eh_s=others, own_eh_s=own_eh_s, blocks=blocks, displacement=displacement
    )
    return ratios


def _generator_names(network: pypsa.Network, name: str) -> list[str]:
    """The generators of a mining load: a single one, or its blocks."""
    block = re.compile(re.escape(name) + r"( \d+)?")
    loads = network.generators.index[network.generators["sign"] < 0]
    return [str(each) for each in loads if block.fullmatch(str(each))]


def _is_site_key(key: str, name: str) -> bool:
    return key.startswith("site[") and key.endswith(f"].{name}")


def _check_bus(network: pypsa.Network, bus: str) -> None:
    if bus not in network.buses.index:
        buses = ", ".join(map(str, network.buses.index[:6])) or "none yet"
        raise ValueError(f"bus is {bus}, which is not in the network; give one of its buses ({buses})")


def _refuse_stochastic(network: pypsa.Network, remedy: str) -> None:
    if network.has_scenarios:
        raise ValueError(f"network is stochastic; {remedy}")


def _check_range(
    field: str, value: float, minimum: float, maximum: float, remedy: str, above: bool = False
) -> None:
    """Checks a range; ``above`` excludes the minimum."""
    if not (minimum <= value <= maximum) or (above and value == minimum):
        raise ValueError(f"{field} is {value}; give {remedy}")
