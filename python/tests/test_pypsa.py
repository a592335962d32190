"""Mining in PyPSA networks, solved by HiGHS. Also runs PYPSA.md and examples/three_buses.py."""

from __future__ import annotations

import doctest
import importlib
import logging
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import hashwatt

pypsa = pytest.importorskip("pypsa")
pd = pytest.importorskip("pandas")
hp = importlib.import_module("hashwatt.pypsa")

PYTHON = Path(__file__).parent.parent
HOURS = pd.date_range("2026-01-01", periods=24, freq="h")

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")


@pytest.fixture(autouse=True, scope="module")
def _quiet() -> None:
    for logger in ("pypsa", "linopy"):
        logging.getLogger(logger).setLevel(logging.ERROR)


@pytest.fixture(scope="module")
def tutorial() -> Any:
    sys.path.insert(0, str(PYTHON / "examples"))
    yield importlib.import_module("three_buses")
    sys.path.remove(str(PYTHON / "examples"))


@pytest.fixture(scope="module")
def settled(tutorial: Any) -> Any:
    """The network and the fixed point of the script."""
    return tutorial.main()


@pytest.fixture(scope="module")
def text(tutorial: Any) -> dict[str, Any]:
    """The variables defined by the blocks of PYPSA.md, run in order."""
    blocks = re.findall(r"^```python\n(.*?)^```", (PYTHON / "PYPSA.md").read_text("utf-8"), re.M | re.S)
    assert len(blocks) == 5
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, "PYPSA.md", "exec"), names)
    return names


def solve(network: Any, **options: Any) -> Any:
    status = network.optimize(
        solver_name="highs", include_objective_constant=False, log_to_console=False, progress=False, **options
    )
    assert status == ("ok", "optimal")
    return network


def one_bus(snapshots: Any = HOURS, periods: list[int] | None = None) -> Any:
    """A bus with cheap supply (40 MW at 30 USD/MWh), expensive supply (500 MW at 90 USD/MWh), and 20 to 60 MW of load."""
    n = pypsa.Network(snapshots=snapshots)
    if periods:
        n.investment_periods = periods
    n.add("Carrier", "AC")
    n.add("Bus", "b", carrier="AC")
    n.add("Generator", "cheap", bus="b", p_nom=40, marginal_cost=30.0)
    n.add("Generator", "expensive", bus="b", p_nom=500, marginal_cost=90.0)
    demand = np.resize(np.repeat([20.0, 60.0], 3), len(n.snapshots))
    n.add("Load", "l", bus="b", p_set=pd.Series(demand, n.snapshots))
    return n


def site(**keys: Any) -> Any:
    return hashwatt.Scenario.from_dict(
        {
            "power_mw": 100,
            "efficiency_j_per_th": 15,
            "pue": 1.05,
            "uptime": 0.95,
            "price_usd_per_btc": 65_159,
            "network_hashrate_eh_per_s": 905,
            "height": 965_664,
            "fees_btc_per_block": 0.023,
            **keys,
        }
    )


def merit_order(tutorial: Any, value: float, mining_mw: float) -> dict[str, np.ndarray]:
    """The day of the tutorial by merit order: each hour separately, mining first on wind that cannot be exported."""
    wind, demand, line = tutorial.WIND_MW, tutorial.DEMAND_MW, tutorial.LINE_MW
    plants = sorted(tutorial.GAS.items(), key=lambda plant: plant[1][1])
    cheap = sum(mw for _, (mw, usd) in plants if usd < value)
    stranded = np.clip(wind - np.minimum(demand, line), 0.0, None)
    # Beyond that, each MW of mining needs a MW of gas from plants that cost less than its income, via the line.
    by_gas = np.minimum(wind + cheap - demand, wind + line)
    mining = np.clip(np.maximum(stranded, by_gas), 0.0, mining_mw)
    used_wind = np.minimum(wind, mining + np.minimum(demand, line))
    rest = demand + mining - used_wind
    found = {"mining": mining, "wind": used_wind}
    for name, (mw, _) in plants:
        found[name] = np.clip(rest, 0.0, mw)
        rest = rest - found[name]
    assert np.abs(rest).max() < 1e-9
    return found


def test_tutorial_dispatch_equals_merit_order_by_hand(tutorial: Any) -> None:
    n = tutorial.network()
    hp.add_mining(n, "north", 100, 80.57, uptime=0.95)
    solve(n)
    by_hand = merit_order(tutorial, 80.57, 95.0)
    for name, mw in by_hand.items():
        np.testing.assert_allclose(n.generators_t.p[name], mw, atol=1e-6, err_msg=name)
    cost = sum((by_hand[name] * usd).sum() for name, (_, usd) in tutorial.GAS.items())
    assert n.objective == pytest.approx(cost - 80.57 * by_hand["mining"].sum(), abs=1e-6)


def test_fixed_point_converges_and_is_consistent_with_project(tutorial: Any, settled: Any) -> None:
    network, result = settled
    rounds = result.rounds
    assert rounds["change_mw"].iloc[1] > 50 and rounds["change_mw"].iloc[-1] <= 1e-3 and len(rounds) == 3
    # The income of mining is above the cost of the old gas plant in the first round, but not in the last.
    first, last = rounds["value_usd_per_mwh"].iloc[[0, -1]]
    assert first > tutorial.GAS["old"][1] > last == result.value_usd_per_mwh
    # The mean hashprice of the project equals that of the last dispatch.
    run = result.projection.to_pandas()
    hashprice = run.loc[run["key"] == "hashprice_usd_per_ph_day", "base"].mean()
    assert hashprice == pytest.approx(rounds["hashprice_usd_per_ph_day"].iloc[-1], rel=1e-9)
    by_hand = merit_order(tutorial, last, 95.0)
    load = hp.mining_load(network)
    for name, mw in by_hand.items():
        np.testing.assert_allclose(network.generators_t.p[name], mw, atol=1e-6, err_msg=name)
    frame = result.projection.to_pandas().set_index(["key", "period"])["base"]
    assert frame["mining_energy_mwh", "all"] == pytest.approx(load.mean() * 2 * 8760, rel=1e-9)
    # The energy cost of the project equals the payments of the load at its bus, hour by hour.
    prices = hp.read_prices(network, "north")
    assert frame["flow_usd.energy_charge", "all"] == pytest.approx((load * prices).sum() * 2 * 365, rel=1e-9)
    assert frame["own_eh_per_s"].max() == pytest.approx(load.mean() / 15.75, rel=1e-9)


def test_fixed_point_is_reproducible(settled: Any, text: dict[str, Any]) -> None:
    again, first = text["result"], settled[1]
    pd.testing.assert_frame_equal(again.rounds, first.rounds, check_exact=True)
    assert again.scenario == first.scenario
    assert again.projection.to_json() == first.projection.to_json()


def test_tutorial_text_shows_computed_rounds(settled: Any) -> None:
    rows = re.findall(r"^\| (\d) \| (.*) \|$", (PYTHON / "PYPSA.md").read_text("utf-8"), re.M)
    shown = [[float(cell or "inf") for cell in row.replace(" ", "").split("|")] for _, row in rows]
    np.testing.assert_allclose(shown, settled[1].rounds.to_numpy(), atol=0.06)


def test_load_runs_exactly_below_its_value_and_never_injects(settled: Any) -> None:
    network, result = settled
    load, prices = hp.mining_load(network), hp.read_prices(network, "north")
    assert (load > -1e-9).all() and (network.generators.loc[result.names, "sign"] == -1).all()
    runs, still = prices < result.value_usd_per_mwh - 1e-6, prices > result.value_usd_per_mwh + 1e-6
    assert runs.any() and still.any()
    np.testing.assert_allclose(load[runs], 95.0, atol=1e-6)
    np.testing.assert_allclose(load[still], 0.0, atol=1e-6)
    supply = network.generators_t.p.drop(columns=result.names).sum(axis=1)
    np.testing.assert_allclose(supply, load + network.loads_t.p["town"], atol=1e-6)


def test_equivalent_models_give_equal_objective() -> None:
    value = pd.Series(np.linspace(20.0, 110.0, 24), HOURS)
    ours = one_bus()
    hp.add_mining(ours, "b", 10, value)
    turned = one_bus()
    turned.add("Generator", "m", bus="b", p_nom=10, p_min_pu=-1, p_max_pu=0, marginal_cost=value, carrier="AC")
    link = one_bus()
    link.add("Bus", "hashes", carrier="AC")
    link.add("Link", "m", bus0="b", bus1="hashes", p_nom=10, marginal_cost=-value, carrier="AC")
    link.add("Store", "hashes", bus="hashes", e_nom=1e6, carrier="AC")
    for n in (ours, turned, link):
        solve(n)
    np.testing.assert_allclose([turned.objective, link.objective], ours.objective, rtol=1e-9)
    np.testing.assert_allclose(-turned.generators_t.p["m"], hp.mining_load(ours), atol=1e-6)
    np.testing.assert_allclose(link.links_t.p0["m"], hp.mining_load(ours), atol=1e-6)
    assert 0 < hp.mining_load(ours).sum() < 240


def test_pypsa_load_ignores_marginal_cost() -> None:
    # As the documentation warns, it runs at any price, without any income in the objective.
    n = one_bus(HOURS[:6])
    n.add("Load", "m", bus="b", p_set=10.0, marginal_cost=-31.0)
    solve(n)
    assert (n.loads_t.p["m"] == 10).all() and n.objective == pytest.approx(3 * 30 * 30 + 3 * (40 * 30 + 30 * 90))


def test_blocks_reach_analytic_optimum() -> None:
    # With one energy price c, income v N x / (N + x) minus the energy cost has its maximum at x = N (sqrt(v/c) - 1).
    value, cost, others, own, mw, blocks = 86.3, 60.0, 905.0, 400.0, 4000.0, 200
    n = pypsa.Network(snapshots=HOURS[:2])
    n.add("Bus", "b")
    n.add("Generator", "any", bus="b", p_nom=1e4, marginal_cost=cost)
    given = {"others_eh_s": others, "own_eh_s": own}
    names = hp.add_mining(n, "b", mw, value, dilution=given, blocks=blocks)
    solve(n)
    best = others * (np.sqrt(value / cost) - 1)
    mw_per_eh = mw / own
    assert len(names) == blocks and 0 < best < own
    assert np.abs(hp.mining_load(n) / mw_per_eh - best).max() <= own / blocks
    profit = mw_per_eh * (value * others * best / (others + best) - cost * best)
    assert -n.objective / 2 == pytest.approx(profit, rel=1e-4)
    # Blocks fill in order.
    output = n.generators_t.p[names].iloc[0].to_numpy()
    assert (np.diff(output) <= 1e-6).all()


def test_blocks_of_scenario_equal_marginal_value_blocks() -> None:
    plan = site(displacement=0.3, pool_fee=0.02, other_costs_usd_per_mwh=4)
    value = hp.MiningValue.of(plan)
    n = one_bus()
    names = hp.add_mining(n, "b", 1000, plan, dilution=True, blocks=3, usd_per_currency=1.1)
    own: Any = {"others_eh_s": 905, "own_eh_s": 950 / 15.75, "blocks": 3, "displacement": 0.3}
    gross = hashwatt.marginal_value_blocks(
        value.hashprice_usd_per_ph_day, 15.75, **own, payout=0.98
    )
    np.testing.assert_allclose(-n.generators.loc[names, "marginal_cost"] * 1.1, gross - 4, rtol=1e-12)
    assert (n.generators.loc[names, "p_max_pu"] == 0.95).all()
    assert n.generators.loc[names, "p_nom"].sum() == pytest.approx(1000)
    # The same blocks from a table.
    hashprices = pd.Series(value.hashprice_usd_per_ph_day, HOURS)
    table = hashwatt.marginal_value_blocks(
        hashprices, 15.75, **own, payout=0.98
    )
    other = hp.add_mining(n, "b", 1000, table, name="m", other_costs_usd_per_mwh=4)
    np.testing.assert_allclose(n.generators_t.marginal_cost[other].iloc[5], 4 - gross, rtol=1e-12)


def test_mining_value_equals_steady_year_of_scenario() -> None:
    plan = site(pool_fee=0.02, stale=0.01, other_costs_usd_per_mwh=3, tariff="50 USD/MWh")
    value, result = hp.MiningValue.of(plan), plan.estimate()
    margin = result.cash_margin_usd_per_day_before / result.energy_mwh_per_day
    assert value.usd_per_mwh == pytest.approx(margin + 50, rel=1e-12)
    assert hp.MiningValue.of(site(pool_fee=0.02, stale=0.01, other_costs_usd_per_mwh=3)).usd_per_mwh == pytest.approx(
        value.usd_per_mwh, rel=1e-12
    )


def test_weighted_snapshots_equal_hourly_snapshots() -> None:
    dilution = {"others_eh_s": 905.0, "own_eh_s": 300.0}
    value = pd.Series(np.linspace(20.0, 110.0, 8), HOURS[::3])
    coarse, fine = one_bus(HOURS[::3]), one_bus()
    coarse.snapshot_weightings[["objective", "stores", "generators"]] = 3.0
    demand = coarse.loads_t.p_set["l"]
    fine.loads_t.p_set["l"] = np.repeat(demand.to_numpy(), 3)
    for n, values in ((coarse, value), (fine, value.reindex(HOURS, method="ffill"))):
        hp.add_mining(n, "b", 25, values, dilution=dilution, blocks=3)
        solve(n)
    assert coarse.objective == pytest.approx(fine.objective, rel=1e-9)
    assert 3 * hp.mining_load(coarse).sum() == pytest.approx(hp.mining_load(fine).sum(), abs=1e-6)
    # Nodal prices are per MWh, and repeated for each hour.
    prices = hp.read_prices(coarse, "b")
    pd.testing.assert_series_equal(prices, hp.read_prices(fine, "b"), check_freq=False)
    assert (prices.index == HOURS).all() and prices.between(20 - 1e-6, 90 + 1e-6).all()


def test_read_prices_are_per_mwh(settled: Any) -> None:
    n = one_bus(HOURS[:6])
    # Part of a day that represents a year: the weight does not affect prices.
    n.snapshot_weightings[["objective", "stores", "generators"]] = 365 * 4.0
    solve(n)
    prices = hp.read_prices(n, "b", usd_per_currency=1.1)
    np.testing.assert_allclose(prices, np.array([30.0] * 3 + [90.0] * 3) * 1.1, rtol=1e-9)
    with pytest.raises(ValueError, match="whole days"):
        hp.read_prices(n, "b", year=2030)
    # A day is repeated to fill a year, which a scenario accepts as energy prices.
    network = settled[0]
    day = hp.read_prices(network, "north")
    whole = hp.read_prices(network, "north", year=2028)
    assert len(whole) == 8784 and (whole.to_numpy().reshape(-1, 24) == day.to_numpy()).all()
    tariff = site().with_prices(whole).estimate().tariff_usd_per_kwh
    assert tariff * 1000 == pytest.approx(day.mean(), rel=1e-9)
    assert site().with_prices(whole).project(paths=0, years=1).complete


def test_fixed_point_scenario_uses_prices_unchanged_with_tariff(settled: Any) -> None:
    prices = pd.Series(np.linspace(10.0, 90.0, 8784), pd.date_range("2028-01-01", periods=8784, freq="h"))
    part = pd.Series(np.linspace(0.0, 1.0, 8784), prices.index)
    bare, with_tariff = (hp._with_dispatch(plan, prices, part) for plan in (site(), site(tariff="33 USD/MWh")))
    costs = [plan.estimate().energy_cost_usd_per_day for plan in (bare, with_tariff)]
    assert costs[0] == pytest.approx(costs[1], rel=1e-9)


def test_investment_period_is_weighted_once_and_read_by_period() -> None:
    n = one_bus(HOURS[:6:3], [2030, 2040])
    n.snapshot_weightings["objective"] = 3.0
    n.investment_period_weightings["objective"] = [10.0, 5.0]
    n.loads_t.p_set["l"] = [20.0, 60.0, 20.0, 60.0]
    # Mining that pays for the expensive plant in the first period only, and a second load built in the second period.
    value = pd.Series([95.0, 95.0, 40.0, 40.0], n.snapshots)
    hp.add_mining(n, "b", 10, value)
    hp.add_mining(n, "b", 5, 50.0, name="later", build_year=2040)
    solve(n, multi_investment_periods=True)
    np.testing.assert_allclose(hp.mining_load(n), [10, 10, 10, 0], atol=1e-6)
    np.testing.assert_allclose(hp.mining_load(n, "later"), [0, 0, 5, 0], atol=1e-6)
    np.testing.assert_allclose(hp.read_prices(n, "b", period=2030), [30] * 3 + [90] * 3, rtol=1e-9)
    first = 3 * 10 * (30 * 30 + 40 * 30 + 30 * 90 - 20 * 95)
    second = 3 * 5 * (35 * 30 + 40 * 30 + 20 * 90 - 10 * 40 - 5 * 50)
    assert n.objective == pytest.approx(first + second, rel=1e-9)
    for period in (None, 2050):
        with pytest.raises(ValueError, match="period is .*; give one of 2030, 2040"):
            hp.read_prices(n, "b", period=period)
    with pytest.raises(ValueError, match="one of a single period"):
        hp.fixed_point(n, site(), "b")


def test_prices_with_unit_commitment_are_refused() -> None:
    n = one_bus(HOURS[:6])
    n.add("Generator", "unit", bus="b", p_nom=10, committable=True, marginal_cost=20, start_up_cost=5, carrier="AC")
    solve(n)
    with pytest.raises(ValueError, match="linearized_unit_commitment=True"):
        hp.read_prices(n, "b")


SHIFTED = pd.Series(1.0, HOURS + pd.Timedelta(hours=1))
RISING = pd.DataFrame({0: 1.0, 1: 2.0}, HOURS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"bus": "c"}, r"bus is c, .* \(b\)"),
        ({"mw": 0}, "mw is 0; give a number of MW above 0"),
        ({"mw": float("nan")}, "mw is nan"),
        ({"value": float("inf")}, "value is not finite"),
        ({"value": SHIFTED}, r"value has another index .*value.reindex\(network.snapshots\)"),
        ({"value": np.ones(24)}, "value is an array without an index; give a pandas Series"),
        ({"value": RISING}, "value has blocks that rise"),
        ({"value": RISING[[0]], "dilution": {"others_eh_s": 1.0, "own_eh_s": 1.0}}, "value has blocks of its own"),
        ({"dilution": True}, "dilution lacks others_eh_s or own_eh_s; give both"),
        ({"dilution": {"others": 905.0}}, "dilution has others; give others_eh_s"),
        ({"dilution": {"others_eh_s": 9.0, "own_eh_s": 1.0, "displacement": 2.0}}, "dilution displacement is 2.0"),
        ({"dilution": {"others_eh_s": 905.0, "own_eh_s": 1.0}, "blocks": 0}, "blocks is 0; give 1 to"),
        ({"uptime": 1.5}, "uptime is 1.5; give 0 to 1"),
        ({"usd_per_currency": 0.0}, "usd_per_currency is 0.0"),
        ({"sign": 1}, "sign is set"),
        ({"name": "mining"}, r"mining, which already exists; give another, or network.remove\('Generator', names\)"),
        ({"name": "cheap"}, "name is cheap, which already exists"),
    ],
)
def test_add_mining_mistake_names_argument_and_remedy(arguments: dict[str, Any], message: str) -> None:
    n = one_bus()
    hp.add_mining(n, "b", 10, 50.0, dilution={"others_eh_s": 905.0, "own_eh_s": 1.0}, blocks=2)
    before = list(n.generators.index)
    with pytest.raises(ValueError, match=message):
        hp.add_mining(n, **{"bus": "b", "mw": 10, "value": 50.0, "name": "other", **arguments})
    assert list(n.generators.index) == before


def test_sites_with_different_uptime_are_refused() -> None:
    lots = [{"site": name, "efficiency_j_per_th": 15} for name in "ab"]
    sites = [{"name": "a", "power_mw": 60, "uptime": 0.9}, {"name": "b", "power_mw": 40, "uptime": 0.95}]
    plan = hashwatt.Scenario.from_dict({"tariff": "50 USD/MWh", "site": sites, "lot": lots})
    with pytest.raises(ValueError, match="uptime differs between the scenario's sites; give a scenario of one site"):
        hp.MiningValue.of(plan)


def test_prices_not_hourly_are_refused() -> None:
    def of(index: Any, weights: Any = 1.0) -> Any:
        n = pypsa.Network(snapshots=index)
        n.add("Bus", "b")
        n.snapshot_weightings["objective"] = weights
        # Nodal prices as in a solved network.
        n.buses_t.marginal_price = pd.DataFrame({"b": np.arange(len(index), dtype=float)}, n.snapshots)
        return n

    gap = HOURS[[0, 1, 2, 6, 7]]
    for network, message in [
        (of(gap), "snapshots have gaps"),
        (of(HOURS, np.repeat([1.0, 2.0], 12)), "typical days"),
        (of(range(5)), "snapshots have no times"),
        (of(HOURS[::-1]), "snapshots have no times in order"),
        (of(pd.date_range("2026", periods=8, freq="30min"), 0.5), "snapshots are not whole hours"),
    ]:
        with pytest.raises(ValueError, match=message):
            hp.read_prices(network, "b")
    # The same snapshots, with weights for the time until the next one.
    prices = hp.read_prices(of(gap, [1.0, 1.0, 4.0, 1.0, 2.0]), "b")
    assert list(prices) == [0, 1, 2, 2, 2, 2, 3, 4, 4]
    unsolved = one_bus()
    with pytest.raises(ValueError, match="no nodal prices; solve it first"):
        hp.read_prices(unsolved, "b")
    with pytest.raises(ValueError, match="bus is c"):
        hp.read_prices(unsolved, "c")
    with pytest.raises(ValueError, match="no investment periods; leave it out"):
        hp.read_prices(of(HOURS), "b", period=2030)
    hp.add_mining(unsolved, "b", 10, 50.0)
    with pytest.raises(ValueError, match="no dispatch; solve it first"):
        hp.mining_load(unsolved)
    with pytest.raises(ValueError, match="name is cheap, which is not a mining load"):
        hp.mining_load(unsolved, "cheap")
    part = of(HOURS)
    part.buses_t.marginal_price.iloc[-1] = np.nan
    with pytest.raises(ValueError, match="not solved for all snapshots"):
        hp.read_prices(part, "b")


def test_stochastic_network_is_refused() -> None:
    n = one_bus(HOURS[:2])
    n.set_scenarios({"a": 0.5, "b": 0.5})
    with pytest.raises(ValueError, match="network is stochastic; add mining before"):
        hp.add_mining(n, "b", 10, 50.0)
    with pytest.raises(ValueError, match="network is stochastic; read the prices"):
        hp.read_prices(n, "b")


def test_fixed_point_without_convergence_is_refused() -> None:
    loads = [95.0, 0.0, 95.0]

    def alternates(n: Any) -> None:
        n.buses_t.marginal_price = pd.DataFrame(60.0, n.snapshots, n.buses.index)
        n.generators_t.p = pd.DataFrame({"mining": loads.pop()}, n.snapshots)

    with pytest.raises(ValueError, match="most is 3 rounds, .* changes by 95 MW .*; give a larger tolerance_mw"):
        hp.fixed_point(one_bus(), site(), "b", most=3, solve=alternates)
    with pytest.raises(ValueError, match="most is 1; give 2 rounds or more"):
        hp.fixed_point(one_bus(), site(), "b", most=1)
    short = one_bus()
    short.generators.loc["expensive", "p_nom"] = 0.0
    with pytest.raises(ValueError, match="network is infeasible"):
        hp.fixed_point(short, site(), "b")


def test_module_without_pypsa_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypsa", None)
    monkeypatch.delitem(sys.modules, "hashwatt.pypsa")
    with pytest.raises(ImportError, match=r"pip install 'hashwatt\[pypsa\]'"):
        importlib.import_module("hashwatt.pypsa")


def test_pypsa_docstring_examples_give_shown_output() -> None:
    assert doctest.testmod(hp).failed == 0
