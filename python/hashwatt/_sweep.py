"""Sweeps: a scenario for every combination of the values of some keys, in this process or on Dask workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ._axis_values import typed_values
from ._check import MAX_THREADS, Progress, check_callback, whole_number
from ._dask import sweep_by_workers
from ._results import Interrupted
from ._scenario import Scenario
from ._sweep_result import Axis, RowCollector, RowNotes, Sweep, SweepPlan, unknown_figures

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["sweep"]

#: The maximum number of combinations.
MAX_ROWS = 100_000


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
    """Evaluates a scenario for every combination of the values of some keys.

    Each row has the steady year and the base of the project.

    ``over`` maps keys, or short names such as ``mw``, ``tariff``, ``price`` and ``fx``, to their values: a list, an
    array or a range of numbers or texts, or one text in the format of the command's ``--over``: ``"30:60:5 USD/MWh"``.
    Numbers are in the unit of the key; prices use the currency and unit that the key has in the scenario, unless given
    as texts: ``["40 USD/MWh", "50 USD/MWh"]``. At most 100,000 combinations.

    ``figures`` are keys of figures, such as ``share_of_blocks``. The default is all figures: those of the steady year,
    and of the project ``npv_usd``, the net amounts of the parties, and the nation. Figures of the steady year alone
    take much less time.

    ``threads`` is 1 or more, all cores of this machine by default. With ``client``, a client of ``dask.distributed``,
    the workers compute blocks of ``block`` rows, each on one thread. The result is the same bytes in every case. A
    block whose worker dies is computed again. ``progress`` is called with the number of completed rows.

    Ctrl-C raises :class:`hashwatt.Interrupted`, whose ``partial`` is a :class:`Sweep` of the completed rows; blocks
    that workers have started run to their end. Raises ``ValueError`` with the key, the combination and the remedy for
    the first invalid combination.

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
            f"scenario has the type {type(scenario).__name__}; give a Scenario, such as Scenario.load(path)"
        )
    if threads is not None:
        threads = whole_number("threads", threads, 1, MAX_THREADS)
    if threads is not None and client is not None:
        raise ValueError("threads applies to this machine; leave it out with a Dask client")
    if block is not None:
        block = whole_number("block", block, 1, MAX_ROWS)
    check_callback("progress", progress)
    plan = _plan(scenario, over, figures)
    if client is not None:
        return sweep_by_workers(client, plan, block, progress)
    found, values, missing, warnings, varied, stopped_by = scenario._native.sweep(
        plan.pairs, 0, plan.rows, plan.chosen, threads, progress
    )
    rows = RowCollector(plan, found)
    rows.put(0, values, RowNotes(missing, warnings, varied))
    if isinstance(stopped_by, KeyboardInterrupt):
        raise Interrupted(rows.sweep()) from None
    if stopped_by is not None:
        raise stopped_by
    return rows.sweep()


def _plan(scenario: Scenario, over: Mapping[str, Any], figures: Iterable[str] | None) -> SweepPlan:
    if not isinstance(over, Mapping):
        raise TypeError('over is not a mapping; give keys with values, such as {"tariff": [30, 40]}')
    pairs = [(key, typed_values(key, values)) for key, values in over.items()]
    count, parts = scenario._native.axes(pairs)
    axes = tuple(Axis(key, column, unit, np.array(values)) for key, column, unit, values in parts)
    for axis in axes:
        axis.values.setflags(write=False)
    if figures is None:
        return SweepPlan(scenario, pairs, axes, count, None)
    chosen = list(dict.fromkeys([figures] if isinstance(figures, str) else figures))
    if not chosen:
        raise ValueError("figures is empty; leave it out for all of them, or give keys such as share_of_blocks")
    known = [key for key, _, _ in scenario._native.sweep(pairs, 0, 0)[0]]
    unknown = [key for key in chosen if key not in known]
    if unknown:
        raise ValueError(unknown_figures(unknown, known))
    return SweepPlan(scenario, pairs, axes, count, chosen)
