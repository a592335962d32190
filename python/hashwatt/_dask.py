"""Sweeps on the workers of a Dask cluster: blocks of rows as pure tasks, merged in the order of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ._check import Progress
from ._native import __version__
from ._results import Interrupted
from ._sweep_result import Pairs, RowCollector, RowNotes, Sweep, SweepPlan

if TYPE_CHECKING:
    from distributed import Client, Future

    from ._scenario import Scenario

#: The number of retries of a task that fails for another reason than its inputs.
RETRIES = 2

#: The default size of a block in rows: large enough that the overhead of its first row does not matter, and small
#: enough that little is lost with a worker. Several blocks per thread let all threads end at about the same time.
MIN_ROWS, MAX_ROWS, BLOCKS_PER_THREAD = 32, 1000, 16

#: A scenario with the varied keys and values.
SharedInput: TypeAlias = "tuple[Scenario, Pairs]"

#: The rows of a block, or the error of a combination.
Block: TypeAlias = tuple[NDArray[np.float64], RowNotes] | ValueError


def share_input(scenario: Scenario, pairs: Pairs) -> SharedInput:
    """Returns the input of all blocks as the result of a task: it is sent to a worker once, and recomputed if the
    worker that holds it dies.
    """
    return scenario, pairs


def compute_block(
    shared: SharedInput, begin: int, end: int, chosen: list[str] | None, version: str
) -> Block:
    """Computes a block of rows. The error of a combination is returned as a result, since a retry cannot help."""
    scenario, pairs = shared
    if version != __version__:
        raise RuntimeError(
            f"the worker has hashwatt {__version__}, but the client {version}; install the same version on both"
        )
    try:
        _, values, missing, warnings, varied, stopped_by = scenario._native.sweep(
            pairs, begin, end, chosen, 1
        )
    except ValueError as error:
        return error
    if stopped_by is not None:
        raise stopped_by
    return values, RowNotes(missing, warnings, varied)


def sweep_by_workers(client: Client, plan: SweepPlan, block: int | None, progress: Progress | None) -> Sweep:
    """Computes a sweep on the workers of a cluster; see :func:`hashwatt.sweep`."""
    import distributed
    from dask.tokenize import tokenize

    if client.asynchronous:
        raise TypeError("client is asynchronous; give a synchronous one, such as Client(cluster)")
    # distributed is not fully typed.
    cluster: Any = client
    as_completed: Any = distributed.as_completed
    # The first combination shows which figures exist, and whether there is a result.
    figures = plan.scenario._native.sweep(plan.pairs, 0, 0, plan.chosen, 1)[0]
    rows = RowCollector(plan, figures)
    size = block if block is not None else _block_rows(plan.rows, sum(cluster.nthreads().values()))
    token = tokenize(__version__, plan.scenario, plan.pairs, plan.chosen)
    begins: dict[Future[Block], int] = {}
    try:
        shared = client.submit(
            share_input, plan.scenario, plan.pairs, key=f"hashwatt-scenario-{token}", retries=RETRIES
        )
        for begin in range(0, plan.rows, size):
            end = min(begin + size, plan.rows)
            future = client.submit(
                compute_block,
                shared,
                begin,
                end,
                plan.chosen,
                __version__,
                key=(f"hashwatt-sweep-{token}", begin, end),
                retries=RETRIES,
                pure=True,
            )
            begins[future] = begin
        done = 0
        for future in as_completed(list(begins), loop=client.loop):
            found = future.result()
            if isinstance(found, ValueError):
                raise _first_error(begins)
            values, notes = found
            rows.put(begins[future], values, notes)
            done += min(size, plan.rows - begins[future])
            if progress is not None:
                progress(done)
    except KeyboardInterrupt:
        cluster.cancel(list(begins))
        raise Interrupted(rows.sweep()) from None
    except BaseException:
        cluster.cancel(list(begins))
        raise
    return rows.sweep()


def _block_rows(count: int, threads: int) -> int:
    return min(max(count // (BLOCKS_PER_THREAD * max(threads, 1)), MIN_ROWS), MAX_ROWS)


def _first_error(begins: dict[Future[Block], int]) -> ValueError:
    """The error of the first invalid row, as without workers, although blocks end in any order."""
    results = (future.result() for future in begins)
    return next(found for found in results if isinstance(found, ValueError))
