"""Functions for modellers: pure functions of numbers and arrays, with the unit in every name.

Arguments are numbers, numpy arrays or pandas Series, which are broadcast against each other. The result is a Series
with the same index if an argument is a Series, and a float if all arguments are numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _native
from ._check import number, numbers, whole_number

__all__ = [
    "breakeven_tariff",
    "btc",
    "difficulty",
    "hashprice",
    "hashrate",
    "marginal_value_blocks",
    "marginal_value_per_mwh",
    "network_share",
    "retarget_step",
    "steady_hashrate",
]

#: A number, an array or a pandas Series.
Numbers: TypeAlias = ArrayLike


def _index(given: Any) -> Any:
    """The index of a Series, without importing pandas."""
    index = getattr(given, "index", None)
    return index if index is not None and hasattr(given, "to_numpy") else None


def _each(call: Callable[..., NDArray[np.float64]], name: str, **given: Any) -> Any:
    """Broadcasts the arguments and calls a function of arrays of equal length."""
    indices = {argument: index for argument, each in given.items() if (index := _index(each)) is not None}
    for argument, index in indices.items():
        first = next(iter(indices))
        if not indices[first].equals(index):
            raise ValueError(
                f"{first} and {argument} have different indices; give them the same, for example by reindex"
            )
    arrays = {argument: numbers(argument, each) for argument, each in given.items()}
    try:
        shape = np.broadcast_shapes(*(array.shape for array in arrays.values()))
    except ValueError:
        shapes = ", ".join(f"{argument} {array.shape}" for argument, array in arrays.items())
        raise ValueError(f"shapes do not match: {shapes}; give the same number of values for each, or one") from None
    if indices and len(shape) != 1:
        raise ValueError("a Series is combined with a table; give only Series, or .to_numpy()")
    flat = [np.ascontiguousarray(np.broadcast_to(array, shape)).reshape(-1) for array in arrays.values()]
    result = call(*flat).reshape(shape)
    wrong = ~np.isfinite(result)
    if wrong.any():
        raise ValueError(f"{name} is beyond the range of a float; give plausible values")
    if indices:
        import pandas as pd

        return pd.Series(result, index=next(iter(indices.values())), name=name)
    return result if result.ndim else float(result)


def hashrate(mw: Numbers, j_per_th: Numbers, pue: Numbers = 1.0) -> Any:
    """Hashrate in EH/s of a power in MW at the site's meter: P / (e PUE) (equation M8 of METHODS.md).

    ``j_per_th`` is the efficiency of the machines in J/TH; ``pue`` is the power usage effectiveness, at least 1.

    >>> import hashwatt
    >>> round(hashwatt.hashrate(2000, 15, pue=1.05), 3)
    126.984
    """
    return _each(_native.hashrate, "hashrate_eh_s", mw=mw, j_per_th=j_per_th, pue=pue)


def hashprice(network_eh_s: Numbers, block_reward_btc: Numbers, price_usd_per_btc: Numbers) -> Any:
    """Hashprice in USD/PH/day at the difficulty at which the network is steady, before pool fees.

    ``block_reward_btc`` is the subsidy plus fees. Source: equation M4, reward times price over the expected hashes of a
    block.

    >>> import hashwatt
    >>> round(hashwatt.hashprice(905, 3.148, 65159), 3)
    32.622
    """
    return _each(
        _native.hashprice,
        "hashprice_usd_per_ph_day",
        network_eh_s=network_eh_s,
        block_reward_btc=block_reward_btc,
        price_usd_per_btc=price_usd_per_btc,
    )


def breakeven_tariff(hashprice_usd_per_ph_day: Numbers, j_per_th_at_site: Numbers) -> Any:
    """Tariff in USD/MWh at which income equals the cost of energy: hashprice over J/TH at the site's meter (M25).

    ``j_per_th_at_site`` includes the overhead of the site (PUE).

    >>> import hashwatt
    >>> round(hashwatt.breakeven_tariff(32.62, 15.75), 2)
    86.3
    """
    return _each(
        _native.breakeven_tariff,
        "breakeven_usd_per_mwh",
        hashprice_usd_per_ph_day=hashprice_usd_per_ph_day,
        j_per_th_at_site=j_per_th_at_site,
    )


def btc(eh_s: Numbers, days: Numbers, difficulty: Numbers, block_reward_btc: Numbers) -> Any:
    """BTC earned by a hashrate, before pool fees: x dt / E(D) * reward (Rosenfeld 2011, pay per share).

    >>> import hashwatt
    >>> round(hashwatt.btc(120.6, 1, 126e12, 3.148), 2)
    60.61
    """
    return _each(
        _native.btc,
        "btc",
        eh_s=eh_s,
        days=days,
        difficulty=difficulty,
        block_reward_btc=block_reward_btc,
    )


def network_share(own_eh_s: Numbers, others_eh_s: Numbers, displacement: Numbers = 0.0) -> Any:
    """Share of blocks: x / (N + x - min(d x, N)) (equation M5), with ``displacement`` from 0 to 1.

    >>> import hashwatt
    >>> round(hashwatt.network_share(126.984, 905), 5)
    0.12305
    """
    return _each(
        _native.network_share,
        "share",
        own_eh_s=own_eh_s,
        others_eh_s=others_eh_s,
        displacement=displacement,
    )


def difficulty(bits: Numbers) -> Any:
    """Difficulty of a compact target, such as ``0x1d00ffff``: the target limit over the target.

    Source: Bitcoin Core, ``GetDifficulty``.

    >>> import hashwatt
    >>> hashwatt.difficulty(0x1D00FFFF)
    1.0
    """
    return _each(_native.difficulty, "difficulty", bits=bits)


def steady_hashrate(difficulty: Numbers) -> Any:
    """Hashrate in EH/s at which the difficulty stays constant: one block every 600 * 2016/2015 s (equation M1).

    >>> import hashwatt
    >>> round(hashwatt.steady_hashrate(126e12), 1)
    901.5
    """
    return _each(_native.steady_hashrate, "hashrate_eh_s", difficulty=difficulty)


def retarget_step(bits: Numbers, mean_eh_s: Numbers) -> Any:
    """Compact target after an epoch of 2016 blocks at a mean hashrate, by the consensus rules.

    The length of the epoch is limited to a quarter and four times two weeks (Bitcoin Core,
    ``CalculateNextWorkRequired``). Returns integers.

    >>> import hashwatt
    >>> bits = 0x17034219
    >>> steady = hashwatt.steady_hashrate(hashwatt.difficulty(bits))
    >>> doubled = hashwatt.retarget_step(bits, 2 * steady)
    >>> round(hashwatt.difficulty(doubled) / hashwatt.difficulty(bits), 2)
    2.0
    """
    result = _each(_native.retarget_step, "bits", bits=bits, mean_eh_s=mean_eh_s)
    return int(result) if isinstance(result, float) else result.astype(np.uint32)


def marginal_value_per_mwh(
    hashprice_usd_per_ph_day: Numbers,
    j_per_th_at_site: float,
    *,
    payout: float = 1.0,
    others_eh_s: float | None = None,
    own_eh_s: float | None = None,
    displacement: float = 0.0,
) -> Any:
    """Marginal income in USD/MWh at the site's meter, hour by hour: the maximum price that a flexible load pays.

    ``payout`` is the fraction of income left after pool fees and stale work (0 to 1). For a price-taker, leave out
    ``others_eh_s`` and ``own_eh_s``. With both, the hashprice is that without the own hashrate, and the dilution by it
    is included: income is s x / (N + (1 - d) x), and this is its slope. For a Series the result is a Series with the
    same index.

    >>> import hashwatt
    >>> round(hashwatt.marginal_value_per_mwh(32.62, 15.75), 2)
    86.3
    >>> round(hashwatt.marginal_value_per_mwh(32.62, 15.75, others_eh_s=905, own_eh_s=127), 2)
    66.36
    """
    if (others_eh_s is None) != (own_eh_s is None):
        raise ValueError("others_eh_s and own_eh_s belong together; give both or neither")
    at_site, payout = number("j_per_th_at_site", j_per_th_at_site), number("payout", payout)
    own = None
    if others_eh_s is not None and own_eh_s is not None:
        own = (
            number("others_eh_s", others_eh_s),
            number("own_eh_s", own_eh_s),
            number("displacement", displacement),
        )
    elif displacement != 0.0:
        raise ValueError("displacement needs others_eh_s and own_eh_s; give them too, or leave it out")

    def call(prices: NDArray[np.float64]) -> NDArray[np.float64]:
        return _native.marginal_value_per_mwh(prices, at_site, payout, own)

    return _each(call, "value_usd_per_mwh", hashprice_usd_per_ph_day=hashprice_usd_per_ph_day)


def marginal_value_blocks(
    hashprice_usd_per_ph_day: Numbers,
    j_per_th_at_site: float,
    *,
    others_eh_s: float,
    own_eh_s: float,
    blocks: int = 5,
    displacement: float = 0.0,
    payout: float = 1.0,
) -> Any:
    """Mean income in USD/MWh of each of ``blocks`` equal parts of ``own_eh_s``, for linear models.

    Like :func:`marginal_value_per_mwh`, but in blocks. Values fall from block to block, so that a cost-minimising
    dispatch fills them in order. The result has an additional first dimension for the blocks; for a Series it is a
    DataFrame with a column for each block.

    >>> import hashwatt
    >>> hashwatt.marginal_value_blocks(32.62, 15.75, others_eh_s=905, own_eh_s=127, blocks=2).round(2)
    array([80.64, 70.71])
    """
    prices = numbers("hashprice_usd_per_ph_day", hashprice_usd_per_ph_day)
    flat = np.ascontiguousarray(prices).reshape(-1)
    own = (
        number("others_eh_s", others_eh_s),
        number("own_eh_s", own_eh_s),
        number("displacement", displacement),
    )
    at_site, payout = number("j_per_th_at_site", j_per_th_at_site), number("payout", payout)
    blocks = whole_number("blocks", blocks, 1, 10_000)
    rows = _native.marginal_value_blocks(flat, at_site, payout, own, blocks)
    index = _index(hashprice_usd_per_ph_day)
    if index is None:
        return rows.reshape((blocks, *prices.shape))
    import pandas as pd

    return pd.DataFrame(rows.T, index=index, columns=pd.RangeIndex(blocks, name="block"))
