"""The functions that run a scenario, given as a scenario, as keys, or as a scenario with changed keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._check import Progress
from ._results import Estimate, Ledger, Projection
from ._scenario import Scenario

__all__ = ["estimate", "ledger", "project"]


def _scenario(scenario: Scenario | None, keys: Mapping[str, Any]) -> Scenario:
    if scenario is None:
        return Scenario.from_keys(**keys)
    if not isinstance(scenario, Scenario):
        remedy = "give a Scenario: Scenario.load(path), from_toml(text) or from_dict(keys)"
        if isinstance(scenario, (int, float)):
            remedy = f"give the power by name: mw={scenario}"
        raise TypeError(f"scenario has the type {type(scenario).__name__}; {remedy}")
    return scenario.with_(**keys) if keys else scenario


def estimate(scenario: Scenario | None = None, **keys: Any) -> Estimate:
    """Estimates what a power budget becomes in a steady year.

    The input is a scenario, keys alone, or a scenario with keys that override its values. Keys have the names of the
    scenario file or the short names of the command's options, with ``_`` for ``-``: ``mw`` (MW at the site's meter),
    ``j_per_th`` (J/TH), ``machine`` (a name from the catalogue), ``pue``, ``uptime`` (0 to 1), ``tariff`` and ``fx``
    (texts with their unit), ``price`` (USD per bitcoin), ``network_eh`` (EH/s), ``references`` (a country).
    Equations: M1 to M6 of METHODS.md.

    >>> import hashwatt
    >>> result = hashwatt.estimate(mw=2000, j_per_th=15, tariff="22.98 PKR/kWh", fx="281 PKR/USD")
    >>> result.power_mw
    2000.0

    Raises ``ValueError`` with the key and the remedy.
    """
    return _scenario(scenario, keys).estimate()


def project(
    scenario: Scenario | None = None,
    *,
    years: float | None = None,
    paths: int = 1000,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
    **keys: Any,
) -> Projection:
    """Simulates a project over time, by retarget epoch, on many market paths.

    ``years`` overrides the length of the scenario; ``paths`` is the number of market paths, 0 for the base alone; the
    same ``seed`` gives the same bits for any number of threads; ``threads`` is 1 or more, all cores by default;
    ``progress`` is called with the number of completed paths. Other keys as in :func:`estimate`. Ctrl-C raises
    :class:`Interrupted` with the partial result.

    >>> import hashwatt
    >>> site = hashwatt.Scenario.from_dict({"power_mw": 100, "tariff": "50 USD/MWh", "project": {"years": 1}})
    >>> run = hashwatt.project(site, paths=20)
    >>> run.complete, run.paths
    (True, 20)
    >>> run.to_pandas().columns[:4].tolist()
    ['key', 'period', 'unit', 'base']
    >>> run.missing["totals.npv_usd"]
    ['machine_price_usd_per_th_s', 'infrastructure_usd_per_mw']
    """
    chosen = _scenario(scenario, keys)
    return chosen.project(years=years, paths=paths, seed=seed, threads=threads, progress=progress)


def ledger(
    scenario: Scenario | None = None,
    *,
    years: float | None = None,
    paths: int = 1000,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
    **keys: Any,
) -> Ledger:
    """Computes who gains and who pays: parties, flows, the nation, foreign exchange and carbon, by calendar year.

    Arguments as in :func:`project`.

    >>> import hashwatt
    >>> run = hashwatt.ledger(mw=100, tariff="50 USD/MWh", years=1, paths=20)
    >>> sorted(run.parties()["party"].unique())[:2]
    ['consumers', 'distribution']
    """
    chosen = _scenario(scenario, keys)
    return chosen.ledger(years=years, paths=paths, seed=seed, threads=threads, progress=progress)
