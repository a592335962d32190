"""Time of calls from Python, compared with the engine and the command, measured alternately in one run.

    cargo build --release -p hashwatt-econ --features parallel --example time_estimates
    cargo build --release -p hashwatt-cli
    python python/benches/time_calls.py [--repeats 5] [--threads 2] [--paths 10000] [--rows 10000]

Every repetition measures the engine and then Python, so that other load on the machine affects both. The output has
medians over the repetitions with minimum and maximum, and ratios of the two measurements of a repetition.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

import hashwatt
from hashwatt import Scenario

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "examples" / "scenarios"
RELEASE = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"

#: A minimal scenario that has a margin.
SMALL = 'power_mw = 100\ntariff = "50 USD/MWh"\n'


def engine(scenario: Path, rounds: int, rows: int, threads: int) -> dict[str, float]:
    """The times measured by the Rust example, in seconds."""
    call = [str(RELEASE / "examples" / "time_estimates"), str(scenario), str(rounds), str(rows)]
    environment = os.environ | {"RAYON_NUM_THREADS": str(threads)}
    out = subprocess.run(call, check=True, capture_output=True, text=True, env=environment).stdout
    numbers = dict(line.split() for line in out.splitlines())
    return {
        name.removesuffix("_us"): float(number) * (1e-6 if name.endswith("_us") else 1.0)
        for name, number in numbers.items()
    }


def seconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def shown(times: list[float]) -> str:
    unit, factor = ("s", 1.0) if statistics.median(times) >= 1 else ("ms", 1e3)
    median, minimum, maximum = (factor * of(times) for of in (statistics.median, min, max))
    return f"{median:.3f} {unit} ({minimum:.3f} to {maximum:.3f})"


def compare(what: str, ours: list[float], theirs: list[float], target: float) -> None:
    ratios = [own / other for own, other in zip(ours, theirs, strict=True)]
    middle = statistics.median(ratios)
    spread = f"{min(ratios):.3f} to {max(ratios):.3f}"
    verdict = "reached" if middle <= target else "missed"
    print(f"{what}\n  Python {shown(ours)}; compared with {shown(theirs)}")
    print(f"  ratio {middle:.3f} ({spread}); at most {target}: {verdict}", flush=True)


def time_estimates(path: Path, repeats: int, rounds: int) -> None:
    """Estimates of scenarios that are resolved again each time."""
    text = path.read_text(encoding="utf-8")
    taken: dict[str, list[float]] = {name: [] for name in ("call", "read", "text", "engine", "engine_text")}

    def median(make: Callable[[], Scenario], use: Callable[[Scenario], object]) -> float:
        scenarios = [make() for _ in range(rounds)]
        return statistics.median([seconds(lambda: use(scenario)) for scenario in scenarios])

    def parse() -> Scenario:
        return Scenario.from_toml(text)

    for _ in range(repeats):
        found = engine(path, rounds, 0, 1)
        taken["engine"].append(found["resolve_and_estimate"])
        taken["engine_text"].append(found["parse"] + found["resolve_and_estimate"])
        taken["call"].append(median(parse, lambda scenario: scenario.estimate()))
        taken["read"].append(median(parse, lambda scenario: scenario.estimate().share_of_blocks))
        whole = [seconds(lambda: hashwatt.estimate(parse())) for _ in range(rounds)]
        taken["text"].append(statistics.median(whole))
    name = path.stem
    compare(f"estimate, {name}, compared with resolve and estimate", taken["call"], taken["engine"], 2.5)
    compare(f"estimate and a figure read, {name}", taken["read"], taken["engine"], 2.5)
    compare(f"estimate from a text, {name}, compared with all its steps", taken["text"], taken["engine_text"], 2.5)


def time_project(path: Path, repeats: int, paths: int, threads: int) -> None:
    """Paths of a project, compared with the command on the same number of threads."""
    call = [str(RELEASE / "hashwatt"), "project", "--scenario", str(path), "--paths", str(paths), "--json"]
    environment = os.environ | {"RAYON_NUM_THREADS": str(threads)}
    theirs, ours, printed = [], [], []
    for _ in range(repeats):
        command = lambda: subprocess.run(call, check=True, capture_output=True, env=environment)  # noqa: E731
        theirs.append(seconds(command))
        scenario = Scenario.load(path)
        begun = time.perf_counter()
        run = hashwatt.project(scenario, paths=paths, threads=threads)
        ours.append(time.perf_counter() - begun)
        run.to_json()
        printed.append(time.perf_counter() - begun)
    about = f"{paths} paths, {path.stem}, {threads} threads, compared with the command"
    compare(f"project, {about}", ours, theirs, 1.05)
    compare(f"project with its JSON, {about}", printed, theirs, 1.05)


def time_sweep(path: Path, repeats: int, rows: int, threads: int) -> None:
    """A sweep of estimates, compared with the engine."""
    scenario = Scenario.load(path)
    values = 1.0 + np.arange(rows) * 1e-5
    theirs, ours = [], []
    for _ in range(repeats):
        theirs.append(engine(path, 0, rows, threads)["sweep_s"])
        ours.append(seconds(lambda: hashwatt.sweep(scenario, {"pue": values}, threads=threads)))
    compare(f"sweep of {rows} estimates, {path.stem}, {threads} threads", ours, theirs, 1.3)


@contextmanager
def small() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "two-keys.toml"
        path.write_text(SMALL, encoding="utf-8")
        yield path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=50, help="estimates in a repetition")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--paths", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--only", choices=["estimate", "project", "sweep"])
    given = parser.parse_args()
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"{now}, hashwatt {hashwatt.__version__}, Python {platform.python_version()}, {platform.machine()}")
    print(f"{os.cpu_count()} cores, load {load}; medians of {given.repeats} (minimum to maximum)", flush=True)
    if given.only in (None, "estimate"):
        with small() as path:
            for each in (path, SCENARIOS / "site-100mw.toml", SCENARIOS / "pakistan-2000mw.toml"):
                time_estimates(each, given.repeats, given.rounds)
    if given.only in (None, "project"):
        time_project(SCENARIOS / "pakistan-2000mw.toml", given.repeats, given.paths, given.threads)
    if given.only in (None, "sweep"):
        time_sweep(SCENARIOS / "site-100mw.toml", given.repeats, given.rows, given.threads)


if __name__ == "__main__":
    main()
