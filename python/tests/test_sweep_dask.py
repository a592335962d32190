"""Sweeps on Dask workers: the same bytes as in one process, for any block size, a killed worker and interrupts."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shipped import SCENARIOS

from hashwatt import Interrupted, Scenario, Sweep, sweep

distributed: Any = pytest.importorskip("distributed")

OVER = {"price": [60_000, 90_000], "uptime": np.linspace(0.5, 0.99, 20)}

#: Tests that send POSIX signals.
posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Two workers, each in its own process."""
    with (
        distributed.LocalCluster(
            processes=True,
            n_workers=2,
            threads_per_worker=1,
            protocol="tcp",
            host="127.0.0.1",
            dashboard_address=None,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def pakistan() -> Scenario:
    return Scenario.load(SCENARIOS / "pakistan-2000mw.toml")


@pytest.fixture(scope="module")
def local(pakistan: Scenario) -> Sweep:
    return sweep(pakistan, OVER)


def same(one: Sweep, other: Sweep) -> bool:
    """Whether two sweeps are equal, the numbers to the last bit."""
    same_notes = (one.missing, one.warnings, one.inputs) == (other.missing, other.warnings, other.inputs)
    return same_notes and one.figures == other.figures and one.values.tobytes() == other.values.tobytes()


@pytest.mark.parametrize("block", [7, 1000, None])
def test_block_size_changes_no_bit(client: Any, pakistan: Scenario, local: Sweep, block: int | None) -> None:
    reported: list[int] = []
    found = sweep(pakistan, OVER, client=client, block=block, progress=reported.append)
    assert same(found, local) and found.complete
    assert reported == sorted(reported) and reported[-1] == 40


def test_one_worker_with_threads_gives_equal_result(pakistan: Scenario, local: Sweep) -> None:
    cluster = distributed.LocalCluster(
        processes=False, n_workers=1, threads_per_worker=2, dashboard_address="127.0.0.1:0"
    )
    with cluster, distributed.Client(cluster) as client:
        assert same(sweep(pakistan, OVER, client=client, block=10), local)


def test_chosen_figures_equal_local_sweep(client: Any, pakistan: Scenario, local: Sweep) -> None:
    found = sweep(pakistan, OVER, figures=["npv_usd", "share_of_blocks"], client=client)
    assert list(found.figures) == ["npv_usd", "share_of_blocks"]
    assert found["npv_usd"].tobytes() == local["npv_usd"].tobytes()


def test_files_are_sent_with_the_scenario(client: Any, tmp_path: Path) -> None:
    for name in ("wind-farm-curtailed.toml", "wind-hours.csv"):
        shutil.copy(SCENARIOS / name, tmp_path)
    scenario = Scenario.load(tmp_path / "wind-farm-curtailed.toml")
    over = {"price": [60_000, 90_000, 120_000]}
    before = sweep(scenario, over)
    (tmp_path / "wind-hours.csv").unlink()
    assert same(sweep(scenario, over, client=client, block=1), before)


def test_interrupt_returns_partial_result(client: Any, pakistan: Scenario, local: Sweep) -> None:
    reported: list[int] = []

    def stop(rows: int) -> None:
        reported.append(rows)
        if len(reported) == 3:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        sweep(pakistan, OVER, client=client, block=2, progress=stop)
    partial: Sweep = caught.value.partial
    assert reported == [2, 4, 6] and partial.rows_done == 6 and not partial.complete
    assert partial.values[partial.done].tobytes() == local.values[partial.done].tobytes()
    assert np.isnan(partial.values[~partial.done]).all()
    assert partial.figures == local.figures and set(partial.warnings) <= set(local.warnings)
    # Cancelled blocks can be computed again.
    assert same(sweep(pakistan, OVER, client=client, block=5), local)


def test_error_in_progress_is_raised(client: Any, pakistan: Scenario) -> None:
    def fail(_: int) -> None:
        raise RuntimeError("no bar")

    with pytest.raises(RuntimeError, match="no bar"):
        sweep(pakistan, OVER, client=client, block=5, progress=fail)


@pytest.mark.parametrize("block", [1, 3])
def test_error_of_first_invalid_row_is_raised(client: Any, pakistan: Scenario, block: int) -> None:
    over = {"region": ["PAK", "PAK", "KAZ", "ETH", "KAZ"]}
    with pytest.raises(ValueError) as local_error:
        sweep(pakistan, over)
    with pytest.raises(ValueError) as worker_error:
        sweep(pakistan, over, client=client, block=block)
    assert type(worker_error.value) is ValueError
    assert str(worker_error.value) == str(local_error.value)
    assert str(local_error.value).startswith("at region = KAZ: ")


@posix
def test_rows_of_killed_worker_are_recomputed(client: Any, pakistan: Scenario, local: Sweep) -> None:
    workers = dict(client.run(os.getpid))
    killed: list[int] = []

    def kill(_: int) -> None:
        if not killed:
            killed.append(next(iter(workers.values())))
            os.kill(killed[0], signal.SIGKILL)

    # Rows that no worker has cached from another test.
    over = OVER | {"uptime": np.linspace(0.5, 0.99, 20) + 1e-9}
    found = sweep(pakistan, over, client=client, block=2, progress=kill)
    assert killed and found.complete
    assert same(found, sweep(pakistan, over))


INTERRUPTED = """
    import os, signal, threading
    import distributed, hashwatt, numpy as np

    def main():
        cluster = distributed.LocalCluster(
            processes=True, n_workers=1, threads_per_worker=1, protocol="tcp", host="127.0.0.1", dashboard_address=None
        )
        with cluster, distributed.Client(cluster) as client:
            # Like Ctrl-C in a terminal: to the whole process group, including the workers.
            ctrl_c = threading.Timer(0.3, os.killpg, (os.getpgid(0), signal.SIGINT))
            site = hashwatt.Scenario.from_dict({"power_mw": 100, "tariff": "50 USD/MWh"})
            over = {"uptime": np.linspace(0.5, 1, 50_000)}
            try:
                hashwatt.sweep(
                    site, over, client=client, block=50, progress=lambda _: ctrl_c.ident or ctrl_c.start()
                )
            except hashwatt.Interrupted as stopped:
                partial = stopped.partial
                print(partial.rows_done, np.isfinite(partial["share_of_blocks"]).sum(), partial.complete)

    if __name__ == "__main__":
        main()
"""


@posix
def test_signal_returns_partial_result(tmp_path: Path) -> None:
    script = tmp_path / "interrupted.py"
    script.write_text(textwrap.dedent(INTERRUPTED))
    run = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        start_new_session=True,
    )
    assert run.returncode == 0, run.stderr
    rows, finite, complete = run.stdout.split()
    assert complete == "False" and rows == finite and 50 <= int(rows) < 50_000
