"""Hourly prices as an input of a scenario."""

from __future__ import annotations

from typing import Any

#: Time steps that a scenario's hourly prices can have.
_STEPS_MINUTES = (15, 60)


#: Days per month in a year of 365 days, as the engine counts them.
_DAYS_PER_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def mean_price(prices: Any) -> float:
    """The mean price of whole years in USD/MWh, as in the engine: each month weighted by its days in a year of 365."""
    import pandas as pd

    means = prices.groupby(pd.DatetimeIndex(prices.index).month).mean()
    return sum(float(mean) * days for mean, days in zip(means, _DAYS_PER_MONTH, strict=True)) / sum(_DAYS_PER_MONTH)


def price_file(prices: Any, column: str = "price_usd_per_mwh") -> str:
    """Converts a Series with a time index, in steps of an hour or 15 minutes, to the text of a CSV file in UTC."""
    import numpy as np
    import pandas as pd

    if not isinstance(prices, pd.Series):
        raise TypeError(
            f"prices has the type {type(prices).__name__}; give a pandas Series of USD/MWh with a DatetimeIndex"
        )
    index = prices.index
    if not isinstance(index, pd.DatetimeIndex):
        raise TypeError("prices has no time index; give a DatetimeIndex, such as pd.date_range(..., freq='h')")
    if len(index) < 8760:
        raise ValueError(f"prices has {len(index)} rows; give whole years, such as 8,760 hours")
    index = index.tz_localize("UTC") if index.tz is None else index.tz_convert("UTC")
    steps = np.unique(np.diff(index.as_unit("s").asi8))
    if len(steps) != 1 or steps[0] / 60 not in _STEPS_MINUTES:
        raise ValueError("prices has no regular step of 15 or 60 minutes; give every step, in order")
    if not pd.api.types.is_numeric_dtype(prices):
        raise TypeError(f"prices has the type {prices.dtype}; give numbers")
    values = prices.to_numpy(dtype=np.float64)
    wrong = ~np.isfinite(values)
    if wrong.any():
        raise ValueError(f"prices has no finite value at {index[int(np.argmax(wrong))]}; give one for every row")
    times = index.strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = "\n".join(f"{time},{value!r}" for time, value in zip(times, values.tolist(), strict=True))
    return f"time_utc,{column}\n{rows}\n"
