"""Scenarios: immutable, compared by content, pickled with their files, and refused with a remedy."""

from __future__ import annotations

import copy
import datetime
import multiprocessing
import pickle
from pathlib import Path

import numpy as np
import pytest
from shipped import SCENARIOS

import hashwatt
from hashwatt import Scenario


def test_equal_scenarios_from_all_sources_give_equal_results(site, tmp_path):
    text = 'power_mw = 100\ntariff = "50 USD/MWh"\n[project]\nyears = 1\n'
    (tmp_path / "site.toml").write_text(text)
    made = [
        Scenario.from_toml(text),
        Scenario.from_dict(site),
        Scenario.load(tmp_path / "site.toml"),
        Scenario.from_keys(mw=100, tariff="50 USD/MWh", years=1),
    ]
    margins = {scenario.estimate()["margin_usd_per_day_after"] for scenario in made}
    assert len(margins) == 1


def test_with_returns_changed_copy(site):
    first = Scenario.from_dict(site)
    second = first.with_(tariff="40 USD/MWh", uptime=0.9)
    assert first != second and hash(first) != hash(second)
    assert (first["tariff"], second["tariff"]) == ("50 USD/MWh", "40 USD/MWh")
    assert second.with_(tariff=30)["tariff"] == "30 USD/MWh"
    with pytest.raises(AttributeError, match="with_"):
        first.uptime = 0.5


def test_scenario_accepts_values_of_any_type(site):
    scenario = Scenario.from_dict(
        site
        | {
            "uptime": {"value": np.float64(0.9), "low": 0.8, "high": 0.95, "assumed": "a test"},
            "efficiency_j_per_th": np.float32(17.5),
            "project": {"start": datetime.date(2027, 1, 1), "years": 1},
        }
    )
    rows = {row["key"]: row for row in scenario.estimate().inputs}
    assert (rows["uptime"]["low"], rows["uptime"]["origin"]["detail"]) == (0.8, "a test")
    assert rows["efficiency_j_per_th"]["value"] == 17.5


def test_scenario_mistake_names_key_and_remedy(site):
    for keys, message in [
        ({"powr_mw": 100}, "power_mw"),
        ({"power_mw": -1}, "power_mw"),
        ({"power_mw": 100, "tariff": "5 PKR/kWh"}, "exchange_rate"),
        ({"power_mw": 100, "uptime": 1.5}, "uptime"),
        ({"power_mw": 100, "region": "Atlantis"}, "region"),
    ]:
        with pytest.raises(ValueError, match=message):
            Scenario.from_dict(keys).check()
    with pytest.raises(TypeError, match=r"uptime: is None"):
        Scenario.from_dict({"power_mw": 1, "uptime": None})
    with pytest.raises(TypeError, match="uptime"):
        Scenario.from_dict(site).with_(uptime=object())
    with pytest.raises(ValueError, match="line 2"):
        Scenario.from_toml("power_mw = 1\ntariff = 'x\n")
    with pytest.raises(OSError):
        Scenario.load("no such file.toml")
    with pytest.raises(TypeError, match="from_dict"):
        Scenario("site.toml")
    with pytest.raises(ValueError, match="same key"):
        Scenario.from_keys(mw=100, power_mw=200)
    with pytest.raises(TypeError, match="bytes"):
        Scenario.from_keys(mw=100, tariff=b"50 USD/MWh")
    for wrong in (None, "power_mw = 1", 5):
        with pytest.raises(TypeError, match="dictionary"):
            Scenario.from_dict(wrong)


def test_short_names_and_sections_are_accepted_everywhere():
    flat = Scenario.from_keys(mw=100, fx="281 PKR/USD", tariff="20 PKR/kWh", **{"project.years": 3})
    nested = Scenario.from_keys(mw=100, fx="281 PKR/USD", tariff="20 PKR/kWh", project={"years": 3})
    made = Scenario.from_dict({"mw": 100, "fx": "281 PKR/USD", "tariff": "20 PKR/kWh", "years": 3})
    both = Scenario.from_dict({"years": 3, "project": {"start": "2027-01-01"}, "mw": 1})
    lots = Scenario.from_keys(mw=100, lot=[{"power_mw": 50, "efficiency_j_per_th": 15}])
    assert flat == nested and "mw" in made and list(flat) == list(nested)
    assert {scenario["years"] for scenario in (flat, nested, made, both)} == {"3"}
    assert (both["project.start"], lots["lot[0].power_mw"]) == ("2027-01-01", "50")
    with pytest.raises(KeyError, match="project.years"):
        _ = flat["project.year"]


def test_missing_file_is_named():
    with pytest.raises(ValueError, match=r"prices\.csv"):
        Scenario.from_dict({"power_mw": 1, "hours": {"prices": "prices.csv"}}).check()


def test_pickled_scenario_includes_its_files(tmp_path):
    source = SCENARIOS / "texas-ercot-100mw.toml"
    for file in SCENARIOS.glob("texas-ercot-*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    first = Scenario.load(tmp_path / source.name)
    packed = pickle.dumps(first)
    expected = first.estimate().to_json()
    for file in tmp_path.iterdir():
        file.unlink()
    second = pickle.loads(packed)
    assert second == first and hash(second) == hash(first)
    assert second.estimate().to_json() == expected
    assert copy.deepcopy(second).estimate().to_json() == expected
    # Keys set after unpickling use the same files.
    assert second.with_(uptime=0.5).estimate().share_of_blocks < second.estimate().share_of_blocks


def _in_child(scenario: Scenario) -> str:
    return scenario.project(paths=8).to_json()


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_child_process_of_every_start_method_gives_equal_result(site, method):
    scenario = Scenario.from_dict(site)
    # Starts threads in this process before a child is forked.
    expected = _in_child(scenario)
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert pool.apply_async(_in_child, (scenario,)).get(timeout=60) == expected


def test_hourly_prices_replace_prices_of_scenario():
    pd = pytest.importorskip("pandas")
    hours = pd.date_range("2027-01-01", periods=8760, freq="h")
    prices = pd.Series(40.0 + 60.0 * (hours.hour == 18) - 50.0 * (hours.hour == 3), index=hours)
    scenario = Scenario.from_dict({"power_mw": 10, "project": {"start": "2027-01-01", "years": 1}})
    run = scenario.with_prices(prices).project(paths=0)
    frame = run.to_pandas()
    paid = frame[(frame["key"] == "dispatch.price_paid_usd_per_mwh") & (frame["period"] == "first year")]
    # Machines are idle in the expensive hour of each day.
    assert paid["base"].item() == pytest.approx((22 * 40 - 10) / 23)
    # The prices replace a tariff.
    with_tariff = scenario.with_(tariff="99 USD/MWh").with_prices(prices).project(paths=0).to_pandas()
    costs = [table[table["key"] == "dispatch.energy_cost_usd"]["base"].sum() for table in (frame, with_tariff)]
    assert costs[1] == pytest.approx(costs[0], rel=1e-9)
    for wrong, message in [
        (prices.iloc[:5], "whole years"),
        (prices.astype(str), "give numbers"),
        (prices.set_axis(hours[0] + (hours - hours[0]) * 3), "15 or 60 minutes"),
        (prices.where(prices.index != hours[7]), "no finite value"),
        (prices.reset_index(drop=True), "DatetimeIndex"),
        (list(prices), "Series"),
    ]:
        with pytest.raises((ValueError, TypeError), match=message):
            scenario.with_prices(wrong)


def test_keys_and_regions_are_listed():
    keys = dict(hashwatt.keys())
    assert "power_mw" in keys and all(keys.values())
    assert dict(hashwatt.regions())["PAK"] == "Pakistan"


def test_repr_of_scenario_is_short():
    scenario = Scenario.load(Path(SCENARIOS / "pakistan-2000mw.toml"))
    assert len(repr(scenario)) < 400 and "more keys" in repr(scenario)
    assert scenario.sha256 and len(scenario.sha256) == 64
