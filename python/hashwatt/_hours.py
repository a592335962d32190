"""Prices by the hour on their way into a scenario."""

from __future__ import annotations

from typing import Any

#: Steps that a scenario's hours can have.
_STEPS_MINUTES = (15, 60)


#: Days of the months of a year of 365 days, as the engine counts them.
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def mean_price(prices: Any) -> float:
    """The mean of whole years of prices as the engine takes it: each month by its days in a year of 365, USD/MWh."""
    import pandas as pd

    means = prices.groupby(pd.DatetimeIndex(prices.index).month).mean()
    return sum(float(mean) * days for mean, days in zip(means, _DAYS, strict=True)) / sum(_DAYS)


def price_file(prices: Any, column: str = "price_usd_per_mwh") -> str:
    """A Series with a time index, by the hour or the quarter of an hour, as the text of a file, in UTC."""
    import numpy as np
    import pandas as pd

    if not isinstance(prices, pd.Series):
        raise TypeError(
            f"prices are of the type {type(prices).__name__}; give a pandas Series of USD/MWh with a DatetimeIndex"
        )
    index = prices.index
    if not isinstance(index, pd.DatetimeIndex):
        raise TypeError("prices have no time index; give a DatetimeIndex, such as pd.date_range(..., freq='h')")
    if len(index) < 8760:
        raise ValueError(f"prices are {len(index)} rows; give whole years, such as 8,760 hours")
    index = index.tz_localize("UTC") if index.tz is None else index.tz_convert("UTC")
    steps = np.unique(np.diff(index.as_unit("s").asi8))
    if len(steps) != 1 or steps[0] / 60 not in _STEPS_MINUTES:
        raise ValueError("prices have no even step of 15 or 60 minutes; give every one, in order")
    if not pd.api.types.is_numeric_dtype(prices):
        raise TypeError(f"prices are of the type {prices.dtype}; give numbers")
    values = prices.to_numpy(dtype=np.float64)
    wrong = ~np.isfinite(values)
    if wrong.any():
        raise ValueError(f"prices have no finite value at {index[int(np.argmax(wrong))]}; give one for every row")
    times = index.strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = "\n".join(f"{time},{value!r}" for time, value in zip(times, values.tolist(), strict=True))
    return f"time_utc,{column}\n{rows}\n"
