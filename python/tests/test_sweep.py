"""Sweeps: rows of the command, bits of single estimates, interrupts and mistakes. With workers: test_sweep_dask.py."""

from __future__ import annotations

import itertools
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest
from shipped import SCENARIOS

from hashwatt import Interrupted, Scenario, Sweep, sweep
from hashwatt._axis_values import typed_values
from hashwatt._sweep_result import MAX_WARNINGS, MORE_WARNINGS, Axis, RowCollector, RowNotes, SweepPlan

#: Enough rows to take some tenths of a second.
MANY = np.linspace(0.5, 0.999, 2000)


@pytest.fixture
def scenario(site: dict[str, Any]) -> Scenario:
    return Scenario.from_dict(site)


def figure_of(document: dict[str, Any], key: str) -> Any:
    found: Any = document
    for name in key.split("."):
        found = found[name]
    return found


def same(one: Sweep, other: Sweep) -> bool:
    """Whether two sweeps are equal, the numbers to the last bit."""
    same_notes = (one.missing, one.warnings, one.inputs) == (other.missing, other.warnings, other.inputs)
    return same_notes and one.figures == other.figures and one.values.tobytes() == other.values.tobytes()


@pytest.mark.parametrize(
    ("name", "over"),
    [
        ("pakistan-2000mw", {"tariff": "30:60:10 USD/MWh"}),
        ("site-100mw", {"price": "60000,90000", "lot[0].life_years": "3:5:1"}),
        ("ethiopia-600mw", {"fx": "150,160"}),
    ],
)
def test_sweep_rows_equal_command(
    command: Callable[..., Any], name: str, over: dict[str, str]
) -> None:
    path = SCENARIOS / f"{name}.toml"
    options = [part for key, values in over.items() for part in ("--over", f"{key}={values}")]
    document = command("sweep", "--scenario", path, *options, "--json")
    found = sweep(Scenario.load(path), over)
    assert [row["column"] for row in document["axes"]] == [axis.column for axis in found.axes]
    columns = [row["column"] for row in document["columns"]]
    about = [(row["unit"], row["text"]) for row in document["columns"]]
    assert about == [(figure.unit, figure.text) for figure in found.figures.values()]
    rows = document["rows"]
    numbers = [[np.nan if row[name] is None else row[name] for name in columns] for row in rows]
    assert np.array(numbers, dtype=np.float64).tobytes() == found.values.tobytes()
    frame = found.to_pandas()
    for axis in found.axes:
        assert [row[axis.column] for row in rows] == frame[axis.column].to_list()
    assert [(row["key"], row["text"]) for row in document["warnings"]] == found.warnings
    keys = dict(zip(columns, found.figures, strict=True))
    assert {keys[row["column"]]: row["needs"] for row in document["missing"]} == found.missing
    assert document["inputs"] == found.inputs


def test_sweep_figures_equal_single_runs() -> None:
    scenario = Scenario.load(SCENARIOS / "site-100mw.toml")
    uptimes, prices = (0.5, 1 / 3), (60_000, 90_000.5, 1e5)
    found = sweep(scenario, {"uptime": uptimes, "price": prices}, threads=2)
    for row, (uptime, price) in enumerate(itertools.product(uptimes, prices)):
        one = scenario.with_(uptime=uptime, price=price)
        steady = one.estimate().to_dict()
        frame = pd.concat([one.project(paths=0).to_pandas(), one.ledger(paths=0).to_pandas()])
        frame = frame[frame["period"].isin(["", "all"])].drop_duplicates("key")
        whole = dict(zip(frame["key"], frame["base"], strict=True))
        for place, key in enumerate(found.figures):
            value = found.values[row, place]
            try:
                expected = figure_of(steady, key)
            except KeyError:
                # Figures that no party has are in no document.
                expected = whole.get(key, 0.0)
            expected = np.nan if expected is None else expected
            assert np.float64(value).tobytes() == np.float64(expected).tobytes(), key


def test_threads_and_chosen_figures_change_no_bit(scenario: Scenario) -> None:
    over = {"uptime": MANY[:300]}
    one, two = sweep(scenario, over, threads=1), sweep(scenario, over, threads=2)
    assert same(one, two)
    keys = ["margin_usd_per_day_after", "share_of_blocks"]
    chosen = sweep(scenario, over, figures=keys)
    assert list(chosen.figures) == keys
    for key in keys:
        assert chosen[key].tobytes() == one[key].tobytes()


@pytest.mark.parametrize(
    "values",
    ["100,200", [100, 200], (100.0, 200.0), np.array([100, 200]), np.array([100, 200], dtype=np.float32),
     range(100, 201, 100), pd.Series([100, 200], index=["a", "b"]), [np.float64(100), np.int64(200)],
     ["100", "200"], "100:200:100"],
)  # fmt: skip
def test_axis_accepts_any_list(scenario: Scenario, values: Any) -> None:
    found = sweep(scenario, {"mw": values})
    (axis,) = found.axes
    assert (axis.key, axis.column, axis.unit) == ("power_mw", "power_mw", "MW")
    assert axis.values.tolist() == [100.0, 200.0]
    assert found["power_mw"].tolist() == [100.0, 200.0]


def test_axis_numbers_are_passed_exactly() -> None:
    numbers = [0.1, 1 / 3, 1e-7, 5e-324, 1.7976931348623157e308, -0.0, 1e16]
    assert [float(text) for text in typed_values("uptime", numbers).split(",")] == numbers
    assert typed_values("price_from_list", [True, np.False_]) == "true,false"
    assert typed_values("begins", pd.to_datetime(["2027-01-01"]).date) == "2027-01-01"


def test_axis_of_prices_has_unit_of_key_or_text(scenario: Scenario) -> None:
    (axis,) = sweep(scenario, {"tariff": [30, 40]}).axes
    assert (axis.unit, axis.values.tolist()) == ("USD/MWh", [30.0, 40.0])
    (axis,) = sweep(scenario, {"tariff": ["0.03 USD/kWh", "0.04 USD/kWh"]}).axes
    assert (axis.column, axis.values.tolist()) == ("tariff_usd_per_kwh", [0.03, 0.04])
    (axis,) = sweep(scenario, {"tariff": "30:50:10 USD/MWh"}).axes
    assert axis.values.tolist() == [30.0, 40.0, 50.0]


def test_axis_of_texts_is_accepted(site: dict[str, Any]) -> None:
    found = sweep(Scenario.from_dict(site), {"region": ["PAK", "KAZ", "ETH"], "uptime": [0.8, 0.9]})
    assert found.axes[0].values.tolist() == ["PAK", "KAZ", "ETH"]
    assert found.to_xarray()["share_of_blocks"].sel(region="KAZ", uptime=0.9).item() > 0
    assert found.to_pandas()["region"].to_list() == ["PAK", "PAK", "KAZ", "KAZ", "ETH", "ETH"]


def test_sweep_is_converted_to_xarray_and_pandas(scenario: Scenario) -> None:
    found = sweep(scenario, {"mw": [50, 100, 150], "project.years": [1, 2]})
    data = found.to_xarray()
    assert dict(data.sizes) == {"power_mw": 3, "project_years": 2}
    assert data["power_mw"].attrs["units"] == "MW"
    assert data["project_years"].attrs["key"] == "project.years"
    margin = data["margin_usd_per_day_after"]
    assert margin.dims == ("power_mw", "project_years")
    assert margin.attrs["units"] == "USD/day" and "Revenue" in margin.attrs["long_name"]
    assert np.array_equal(margin.to_numpy(), found["margin_usd_per_day_after"])
    # A figure with the name of an axis has a prefix.
    assert data["result.power_mw"].attrs["key"] == "power_mw"
    assert (data.attrs["complete"], data.attrs["rows_done"]) == (1, 6)
    frame = found.to_pandas()
    assert frame["power_mw"].to_list() == [50, 50, 100, 100, 150, 150]
    assert frame["project.years"].to_list() == [1, 2, 1, 2, 1, 2]
    assert np.array_equal(frame["result.power_mw"], found["power_mw"].reshape(-1))
    assert len(frame.columns) == 2 + len(found.figures) and frame.attrs["complete"]
    assert repr(found) == f"Sweep(3 of power_mw x 2 of project.years: {len(found.figures)} figures)"


def test_sweep_is_immutable_and_can_be_pickled(scenario: Scenario) -> None:
    found = sweep(scenario, {"uptime": [0.8, 0.9]})
    with pytest.raises(ValueError, match="read-only"):
        found["share_of_blocks"][0] = 1
    with pytest.raises(AttributeError):
        found.scenario = scenario  # type: ignore[misc]
    found.to_xarray()["share_of_blocks"][0] = 1
    assert same(pickle.loads(pickle.dumps(found)), found)


def test_missing_figure_is_nan_with_needed_keys() -> None:
    found = sweep(Scenario.from_dict({"power_mw": 100}), {"uptime": [0.8, 0.9]})
    assert found.missing and found.complete
    assert "tariff" in found.missing["margin_usd_per_day_after"]
    assert np.isnan(found["margin_usd_per_day_after"]).all()
    assert np.isfinite(found["share_of_blocks"]).all()
    assert "margin_usd_per_day_after needs" in found.to_xarray().attrs["missing"]
    assert not sweep(found.scenario, {"uptime": [0.8]}, figures="share_of_blocks").missing


def test_inputs_have_origins_and_exclude_axes(scenario: Scenario) -> None:
    found = sweep(scenario, {"uptime": [0.8, 0.9], "pue": [1.1]})
    inputs = {row["key"]: row for row in found.inputs}
    assert "uptime" not in inputs and inputs["pue"]["value"] == 1.1
    assert inputs["price_usd_per_btc"]["origin"]["kind"]


def test_notes_do_not_depend_on_block_size() -> None:
    def put(*sizes: int) -> Sweep:
        every = [("key", f"warning {place}") for place in range(30)]
        axes = (Axis("uptime", "uptime", "", np.arange(30.0)),)
        rows = RowCollector(SweepPlan(Scenario.from_keys(mw=1), [], axes, 30, None), [("figure", "", "")])
        ends = np.cumsum(sizes).tolist()
        for begin, end in reversed(list(zip([0, *ends], ends))):
            warnings = every[begin:end][:MAX_WARNINGS]
            if end - begin > MAX_WARNINGS:
                warnings.append((MORE_WARNINGS, f"{end - begin - MAX_WARNINGS} more"))
            rows.put(begin, np.arange(float(begin), end), RowNotes([("figure", [f"key{begin // 10}"])], warnings, []))
        return rows.sweep()

    whole, parts = put(30), put(15, 15)
    assert whole.warnings == parts.warnings
    assert len(whole.warnings) == MAX_WARNINGS + 1 and whole.warnings[-1][0] == MORE_WARNINGS
    assert parts.missing == {"figure": ["key0", "key1"]}
    assert parts.complete and parts["figure"].tolist() == list(range(30))


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({}, "there is no axis; give at least one"),
        ({"uptim": [0.8]}, "uptim: unknown key; did you mean `uptime`?"),
        ({"uptime": []}, "uptime: has no values"),
        ({"uptime": [0.8, 1.2]}, "uptime: is 1.2; give 0 to 1"),
        ({"uptime": [0.8, float("nan")]}, "uptime: has the value nan; give finite numbers"),
        ({"uptime": np.array(0.8)}, "uptime: is a single value; give a list"),
        ({"uptime": np.full((2, 2), 0.8)}, r"uptime: has the value \[0.8, 0.8\]; give numbers or texts"),
        ({"uptime": 0.8}, "uptime: is not a list of values; give one"),
        ({"uptime": {0.8: 1}}, "uptime: is not a list of values; give one"),
        ({"uptime": [None]}, "uptime: has the value None; give numbers or texts"),
        ({"tariff": [40, "50 USD/MWh"]}, "tariff: some values are plain numbers and some are texts"),
        ({"tariff": ["40", "50 USD/MWh"]}, "tariff: some values are plain numbers and some are texts"),
        ({"tariff": ["1,000 USD/MWh"]}, "tariff: the value `1,000 USD/MWh` has a comma"),
        ({"tariff": ["40 USD/MWh", "0.05 USD/kWh"]}, "tariff: its values are in different units; give all"),
        ({"retail_tariff": [30, 40]}, "retail_tariff: is 30.*give it with its currency and unit"),
        ({"mw": [1, 2], "power_mw": [3]}, "power_mw: is given as an axis twice; remove one"),
        ({"mw": range(1, 400), "pue": np.linspace(1, 2, 300)}, "119700 combinations; give fewer values"),
        ([("mw", [1])], "over is not a mapping"),
    ],
)
def test_sweep_mistake_has_remedy(scenario: Scenario, over: Any, message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        sweep(scenario, over)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"figures": ["share_of_block"]}, "there is no `share_of_block`; did you mean `share_of_blocks`"),
        ({"figures": "operator"}, "there is no `operator`; did you mean `net_usd.operator`"),
        ({"figures": []}, "figures is empty; leave it out"),
        ({"threads": 0}, "threads is 0; give 1 to"),
        ({"block": 0}, "block is 0; give 1 to"),
        ({"threads": 1, "client": cast(Any, SimpleNamespace())}, "threads applies to this machine"),
        ({"client": SimpleNamespace(asynchronous=True)}, "client is asynchronous; give a synchronous one"),
    ],
)
def test_invalid_sweep_option_is_refused(scenario: Scenario, options: dict[str, Any], message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        sweep(scenario, {"uptime": [0.8]}, **options)
    with pytest.raises(KeyError, match="did you mean `share_of_blocks`"):
        sweep(scenario, {"uptime": [0.8]})["share_of_block"]
    with pytest.raises(TypeError, match=r"give a Scenario"):
        sweep({"mw": 1}, {"uptime": [0.8]})  # type: ignore[arg-type]


def test_invalid_combination_is_named() -> None:
    scenario = Scenario.load(SCENARIOS / "pakistan-2000mw.toml")
    with pytest.raises(ValueError, match=r"^at region = KAZ: .*give region = \"PAK\""):
        sweep(scenario, {"region": ["PAK", "KAZ", "ETH"]})


def test_interrupt_in_progress_returns_partial_result(scenario: Scenario) -> None:
    reported: list[int] = []

    def stop(rows: int) -> None:
        reported.append(rows)
        raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        sweep(scenario, {"uptime": MANY}, threads=1, progress=stop)
    partial: Sweep = caught.value.partial
    assert len(reported) == 1 and reported[0] <= partial.rows_done < len(MANY)
    assert not partial.complete and partial.to_xarray().attrs["complete"] == 0
    assert partial.done[: partial.rows_done].all()
    assert np.isnan(partial.values[partial.rows_done :]).all()
    begin = sweep(scenario, {"uptime": MANY[: partial.rows_done]})
    assert begin.values.tobytes() == partial.values[: partial.rows_done].tobytes()
    assert repr(partial).endswith(f"{partial.rows_done} rows done)")
    assert len(partial.to_pandas()) == len(MANY)


def test_error_in_progress_is_raised(scenario: Scenario) -> None:
    def fail(_: int) -> None:
        raise RuntimeError("no bar")

    with pytest.raises(RuntimeError, match="no bar"):
        sweep(scenario, {"uptime": MANY[:200]}, progress=fail)


def test_progress_counts_all_rows(scenario: Scenario) -> None:
    reported: list[int] = []
    sweep(scenario, {"uptime": MANY[:300]}, progress=reported.append)
    assert reported == sorted(set(reported)) and reported[-1] == 300


INTERRUPTED = """
import os, signal, threading
import numpy as np, hashwatt

site = hashwatt.Scenario.from_dict({"power_mw": 100, "tariff": "50 USD/MWh"})

def interrupt(rows, ctrl_c=threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))):
    if ctrl_c.ident is None:
        ctrl_c.start()

try:
    hashwatt.sweep(site, {"uptime": np.linspace(0.5, 1, 20_000)}, progress=interrupt)
except hashwatt.Interrupted as stopped:
    print(stopped.partial.rows_done, stopped.partial.complete, np.isfinite(stopped.partial["share_of_blocks"]).sum())
"""


def test_signal_returns_partial_result(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert run.returncode == 0, run.stderr
    rows, complete, finite = run.stdout.split()
    assert complete == "False" and 0 < int(rows) < 20_000 and rows == finite
