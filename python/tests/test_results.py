"""Results: immutable, in three table formats, with provenance; long calls can be stopped and run in parallel."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import pytest
from shipped import SCENARIOS

import hashwatt
from hashwatt import Scenario


@pytest.fixture(scope="module")
def pakistan() -> Scenario:
    return Scenario.load(SCENARIOS / "pakistan-2000mw.toml")


@pytest.fixture(scope="module")
def ledger(pakistan):
    return pakistan.ledger(paths=40)


@pytest.fixture(scope="module")
def projection(pakistan):
    return pakistan.project(paths=40)


def test_estimate_has_units_in_names_and_is_immutable():
    result = hashwatt.estimate(mw=2000, tariff="0.06 USD/kWh")
    assert result.power_mw == 2000.0
    assert result.scale.zero_profit_mw == result["scale.zero_profit_mw"]
    assert "break_even" in dir(result)
    with pytest.raises(AttributeError, match="immutable"):
        result.power_mw = 1
    with pytest.raises(AttributeError, match="to_dict"):
        _ = result.powr
    with pytest.raises(AttributeError, match="immutable"):
        result._native = None
    result.to_dict()["power_mw"] = 1
    assert result.power_mw == 2000.0
    assert isinstance(result.references, tuple)
    assert "power_mw" in result and "x" not in result and list(result)[0] == "schema_version"
    with pytest.raises(KeyError, match="scale"):
        _ = result["scal.zero_profit_mw"]
    with pytest.raises(TypeError, match="send the Scenario"):
        pickle.dumps(result)


def test_result_has_inputs_and_warnings(ledger, projection):
    for result in (ledger, projection):
        kinds = {row["origin"]["kind"] for row in result.inputs}
        assert {"published", "assumed"} <= kinds
        assert all(row["origin"]["detail"] for row in result.inputs)
        assert result.warnings and all(text for _, text in result.warnings)
        assert result.to_xarray().attrs["warnings"]
    assert hashwatt.estimate(mw=1).missing


def test_pandas_equals_arrow(ledger):
    pa = pytest.importorskip("pyarrow")
    frame = ledger.to_pandas()
    table = pa.table(ledger)
    assert table.column_names == list(frame.columns)
    assert np.array_equal(table["p50"].to_numpy(), frame["p50"].to_numpy(), equal_nan=True)
    assert set(frame["key"]) <= set(ledger.texts)


def test_xarray_has_units_and_equals_long_form(projection, ledger):
    data = projection.to_xarray()
    frame = projection.to_pandas().set_index(["key", "period"])
    value = data["npv_project_usd"]
    assert value.dims == ("quantile",) and value.attrs["units"] == "USD"
    assert float(value.sel(quantile=0.5)) == frame.loc[("npv_project_usd", "all"), "p50"]
    months = data["hashprice_usd_per_ph_day_by_month"]
    assert months.dims == ("month", "quantile")
    first = str(months["month"].values[0])[:7]
    assert float(months[0].sel(quantile=0.95)) == frame.loc[("hashprice_usd_per_ph_day", first), "p95"]
    years = ledger.to_xarray()["net_local.state_by_year"]
    assert years.dims == ("year", "quantile") and years["year"].dtype == np.int64
    # No object arrays, which netCDF tools do not support.
    assert all(variable.dtype.kind in "fiM" for variable in data.variables.values())


def test_parties_and_flows_have_rows_by_period(ledger):
    parties, flows = ledger.parties(), ledger.flows()
    assert {"operator", "state", "consumers"} <= set(parties["party"])
    assert "energy_charge" in set(flows["flow"])
    assert set(parties["period"]) == set(flows["period"])


def test_jupyter_html_has_figures_and_is_escaped():
    scenario = Scenario.from_dict({"title": "<b>&", "power_mw": 100, "tariff": "50 USD/MWh"})
    page = scenario.estimate()._repr_html_()
    assert "&lt;b&gt;&amp;" in page and "<b>" not in page
    assert "MW" in page


def test_seed_changes_result_and_threads_do_not(pakistan):
    runs = [pakistan.project(paths=20, seed=seed, threads=threads) for seed, threads in [(1, 1), (1, 2), (2, 1)]]
    texts = [run.to_json() for run in runs]
    assert texts[0] == texts[1] and texts[0] != texts[2]


def test_wrong_project_argument_is_named(pakistan):
    for options, message in [
        ({"paths": -1}, "paths"),
        ({"threads": 0}, "threads"),
        ({"threads": 100_000}, "threads"),
        ({"years": -2.0}, "years"),
        ({"paths": "10"}, "paths"),
        ({"paths": 1.5}, "paths"),
        ({"paths": 2**70}, "paths"),
        ({"seed": -1}, "seed"),
        ({"threads": True}, "threads"),
        ({"threads": 2**63}, "threads"),
        ({"progress": 5}, "progress"),
    ]:
        with pytest.raises((ValueError, TypeError), match=message):
            pakistan.project(**options)
    with pytest.raises(TypeError, match="Scenario"):
        hashwatt.project("site.toml")
    with pytest.raises(TypeError, match="mw=2000"):
        hashwatt.estimate(2000)
    assert hashwatt.estimate(scenario=pakistan).power_mw == 2000.0


def test_progress_is_reported_and_its_error_is_raised(pakistan):
    seen: list[int] = []
    pakistan.project(paths=300, threads=1, progress=seen.append)
    assert seen and seen == sorted(seen) and seen[-1] >= 300

    def refuse(_: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        pakistan.project(paths=100_000, threads=1, progress=refuse)


def test_other_threads_run_during_call(pakistan):
    ticks = 0
    stop = threading.Event()

    def count() -> None:
        nonlocal ticks
        while not stop.wait(0.002):
            ticks += 1

    other = threading.Thread(target=count)
    other.start()
    pakistan.project(paths=400, threads=1)
    stop.set()
    other.join()
    assert ticks > 5


def test_ctrl_c_returns_partial_result():
    program = """
        import hashwatt, sys
        scenario = hashwatt.Scenario.load(sys.argv[1])
        report = lambda done: print(done, flush=True)
        try:
            scenario.project(paths=900_000, threads=1, progress=report)
        except KeyboardInterrupt as interrupted:
            run = interrupted.partial
            assert not run.complete and 0 < run.paths < 900_000
            assert run.to_pandas()["p50"].notna().any()
            assert run["complete"] is False
            print("partial")
    """
    call = [sys.executable, "-c", textwrap.dedent(program), str(SCENARIOS / "site-100mw.toml")]
    flags = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP} if os.name == "nt" else {}
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True, **flags) as child:
        assert child.stdout is not None
        # Wait until some paths are completed.
        child.stdout.readline()
        begun = time.monotonic()
        child.send_signal(signal.CTRL_BREAK_EVENT if os.name == "nt" else signal.SIGINT)
        rest = child.stdout.read()
    assert rest.split()[-1] == "partial"
    assert time.monotonic() - begun < 30
