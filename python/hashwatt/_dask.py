"""A sweep by the workers of a Dask cluster: blocks of rows as pure tasks, put together in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ._check import Progress
from ._native import __version__
from ._results import Interrupted
from ._swept import Pairs, Plan, Rows, Sweep, Told

if TYPE_CHECKING:
    from distributed import Client, Future

    from ._scenario import Scenario

#: How often a task that fails for other reasons than its inputs is tried again.
RETRIES = 2

#: Rows of a block, where nobody says how many: enough that its own first row does not count, and few enough that little
#: is lost with a worker; about so many blocks for each thread, that they end together.
LEAST_ROWS, MOST_ROWS, BLOCKS_PER_THREAD = 32, 1000, 16

#: A scenario, and what is varied.
Carried: TypeAlias = "tuple[Scenario, Pairs]"

#: The rows of a block, or what is wrong with a combination.
Block: TypeAlias = tuple[NDArray[np.float64], Told] | ValueError


def carry(scenario: Scenario, pairs: Pairs) -> Carried:
    """What all blocks need as a task's result: sent once to a worker, and made again where the one that has it dies."""
    return scenario, pairs


def compute_block(
    carried: Carried, begin: int, end: int, chosen: list[str] | None, version: str
) -> Block:
    """Some rows. What is wrong with a combination is a result, since another try would end in the same."""
    scenario, pairs = carried
    if version != __version__:
        raise RuntimeError(
            f"the worker has hashwatt {__version__}, and the client {version}; install the same on both"
        )
    try:
        _, values, missing, warnings, varied, stopped_by = scenario._native.sweep(
            pairs, begin, end, chosen, 1
        )
    except ValueError as error:
        return error
    if stopped_by is not None:
        raise stopped_by
    return values, Told(missing, warnings, varied)


def sweep_by_workers(client: Client, plan: Plan, block: int | None, progress: Progress | None) -> Sweep:
    """The sweep of a plan; see :func:`hashwatt.sweep`."""
    import distributed
    from dask.tokenize import tokenize

    if client.asynchronous:
        raise TypeError("client is asynchronous; give one that waits, such as Client(cluster)")
    # Not all of distributed has types.
    cluster: Any = client
    as_completed: Any = distributed.as_completed
    # The first combination shows what figures there are, and whether there is any result.
    figures = plan.scenario._native.sweep(plan.pairs, 0, 0, plan.chosen, 1)[0]
    rows = Rows(plan, figures)
    size = block if block is not None else _block_rows(plan.rows, sum(cluster.nthreads().values()))
    token = tokenize(__version__, plan.scenario, plan.pairs, plan.chosen)
    begins: dict[Future[Block], int] = {}
    try:
        carried = client.submit(
            carry, plan.scenario, plan.pairs, key=f"hashwatt-scenario-{token}", retries=RETRIES
        )
        for begin in range(0, plan.rows, size):
            end = min(begin + size, plan.rows)
            future = client.submit(
                compute_block,
                carried,
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
                raise _first_mistake(begins)
            values, told = found
            rows.put(begins[future], values, told)
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
    return min(max(count // (BLOCKS_PER_THREAD * max(threads, 1)), LEAST_ROWS), MOST_ROWS)


def _first_mistake(begins: dict[Future[Block], int]) -> ValueError:
    """Blocks end in any order; the mistake that is told is that of the first row that has one, as without workers."""
    results = (future.result() for future in begins)
    return next(found for found in results if isinstance(found, ValueError))
