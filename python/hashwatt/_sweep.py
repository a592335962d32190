"""Sweeps: a scenario at every combination of some keys' values, in this process or by the workers of Dask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ._check import MOST_THREADS, Progress, callback, whole
from ._dask import sweep_by_workers
from ._results import Interrupted
from ._scenario import Scenario
from ._swept import Axis, Plan, Rows, Sweep, Told, unknown_figures
from ._values import typed_values

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["sweep"]

#: No sweep has more combinations.
MOST_ROWS = 100_000


def sweep(
    scenario: Scenario,
    over: Mapping[str, Any],
    *,
    figures: Iterable[str] | None = None,
    threads: int | None = None,
    client: Client | None = None,
    progress: Progress | None = None,
    block: int | None = None,
) -> Sweep:
    """A scenario at every combination of some keys' values, each a steady year and the project's base.

    ``over`` has keys, or their short names such as ``mw``, ``tariff``, ``price`` and ``fx``, with the values that each
    takes: a list, an array or a range of numbers or texts, or one text as the command's ``--over`` takes it:
    ``"30:60:5 USD/MWh"``. Numbers are in the key's unit; those of a price take the currency and unit that the scenario
    gives the key, and ``["40 USD/MWh", "50 USD/MWh"]`` says others. At most 100,000 combinations.

    ``figures`` are keys of figures, such as ``share_of_blocks``; by default all: those of the steady year, and of the
    project ``npv_usd``, what each party has, and the nation. Those of the steady year alone take much less time.

    ``threads``: 1 or more, all cores of this machine by default. ``client``, a client of ``dask.distributed``, has its
    workers compute blocks of ``block`` rows, a thread each. The result is the same bytes in every case. A block whose
    worker dies is computed again. ``progress`` is called with the number of rows done.

    Ctrl-C raises :class:`hashwatt.Interrupted`, whose ``partial`` is a :class:`Sweep` of what was done; blocks that
    workers have begun end by themselves. Raises ``ValueError`` with the key, the combination and the remedy; of
    several combinations that cannot be, the first.

    >>> import hashwatt
    >>> site = hashwatt.Scenario.from_dict({"power_mw": 100, "tariff": "50 USD/MWh"})
    >>> found = hashwatt.sweep(site, {"tariff": [30, 50], "uptime": [0.8, 0.9]})
    >>> found["energy_cost_usd_per_day"].round()
    array([[ 57600.,  64800.],
           [ 96000., 108000.]])
    >>> found.figures["energy_cost_usd_per_day"].unit, found.axes[0].unit, found.complete
    ('USD/day', 'USD/MWh', True)
    """
    if not isinstance(scenario, Scenario):
        raise TypeError(
            f"scenario is of the type {type(scenario).__name__}; give a Scenario, such as Scenario.load(path)"
        )
    if threads is not None:
        threads = whole("threads", threads, 1, MOST_THREADS)
    if threads is not None and client is not None:
        raise ValueError("threads are those of this machine; leave them out where workers of Dask compute")
    if block is not None:
        block = whole("block", block, 1, MOST_ROWS)
    callback("progress", progress)
    plan = _plan(scenario, over, figures)
    if client is not None:
        return sweep_by_workers(client, plan, block, progress)
    found, values, missing, warnings, varied, stopped_by = scenario._native.sweep(
        plan.pairs, 0, plan.rows, plan.chosen, threads, progress
    )
    rows = Rows(plan, found)
    rows.put(0, values, Told(missing, warnings, varied))
    if isinstance(stopped_by, KeyboardInterrupt):
        raise Interrupted(rows.sweep()) from None
    if stopped_by is not None:
        raise stopped_by
    return rows.sweep()


def _plan(scenario: Scenario, over: Mapping[str, Any], figures: Iterable[str] | None) -> Plan:
    if not isinstance(over, Mapping):
        raise TypeError('over is no mapping; give keys with values, such as {"tariff": [30, 40]}')
    pairs = [(key, typed_values(key, values)) for key, values in over.items()]
    count, parts = scenario._native.axes(pairs)
    axes = tuple(Axis(key, column, unit, np.array(values)) for key, column, unit, values in parts)
    for axis in axes:
        axis.values.setflags(write=False)
    if figures is None:
        return Plan(scenario, pairs, axes, count, None)
    chosen = list(dict.fromkeys([figures] if isinstance(figures, str) else figures))
    if not chosen:
        raise ValueError("figures is empty; leave it out for all of them, or give keys such as share_of_blocks")
    known = [key for key, _, _ in scenario._native.sweep(pairs, 0, 0)[0]]
    unknown = [key for key in chosen if key not in known]
    if unknown:
        raise ValueError(unknown_figures(unknown, known))
    return Plan(scenario, pairs, axes, count, chosen)
