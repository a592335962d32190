"""Speed-up of two Dask workers over one, on a sweep that takes one worker about a minute.

    python python/benches/time_dask.py [--seconds 60] [--repeats 3]

Each worker is a process with one thread. Both clusters are measured alternately in one run, without their start. The
rows are compared with those of this process, to the last bit. On a busy machine the workers get less processor time
than wall time, and the ratio is dominated by the other load.
"""

from __future__ import annotations

import argparse
import datetime
import importlib
import os
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np

import hashwatt

#: distributed is not fully typed.
distributed: Any = importlib.import_module("distributed")

SCENARIO = Path(__file__).resolve().parents[2] / "examples" / "scenarios" / "pakistan-2000mw.toml"

#: Rows used to determine how many take the desired time.
TRIED = 100


def over(rows: int) -> dict[str, Any]:
    return {"pue": 1.0 + np.arange(rows) * 1e-5}


def timed(workers: int, scenario: hashwatt.Scenario, rows: int) -> tuple[float, float, hashwatt.Sweep]:
    """Wall time and processor time of the workers in seconds, and the result."""
    cluster = distributed.LocalCluster(
        processes=True,
        n_workers=workers,
        threads_per_worker=1,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address=None,
    )
    with cluster, distributed.Client(cluster) as client:
        # Imports are part of the start.
        hashwatt.sweep(scenario, over(2 * workers), client=client, block=1)
        before = sum(client.run(time.process_time).values())
        begun = time.perf_counter()
        found = hashwatt.sweep(scenario, over(rows), client=client)
        taken = time.perf_counter() - begun
        return taken, sum(client.run(time.process_time).values()) - before, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"{now}, {os.cpu_count()} cores, load {load}, dask {distributed.__version__}", flush=True)
    scenario = hashwatt.Scenario.load(SCENARIO)
    begun = time.perf_counter()
    hashwatt.sweep(scenario, over(TRIED), threads=1)
    rows = round(TRIED * given.seconds / (time.perf_counter() - begun))
    local = hashwatt.sweep(scenario, over(rows)).values.tobytes()
    ratios: list[float] = []
    for _ in range(given.repeats):
        times = []
        for workers in (1, 2):
            taken, cpu, found = timed(workers, scenario, rows)
            assert found.values.tobytes() == local, "other bytes"
            times.append(taken)
            print(f"{rows} rows, {workers} workers: {taken:.1f} s, {cpu:.1f} s of processors", flush=True)
        ratios.append(times[0] / times[1])
        print(f"  {ratios[-1]:.2f} times as fast", flush=True)
    middle = statistics.median(ratios)
    verdict = "reached" if middle >= 1.8 else "missed"
    print(f"median {middle:.2f} times ({min(ratios):.2f} to {max(ratios):.2f}); at least 1.8: {verdict}")


if __name__ == "__main__":
    main()
