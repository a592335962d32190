"""Values of a PyPSA network's snapshots: checks of inputs, and hourly values of results."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pypsa
from numpy.typing import NDArray

_HOUR = np.timedelta64(1, "h")


def snapshot_values(network: pypsa.Network, value: Any) -> NDArray[np.float64]:
    """Values in USD/MWh: one in total, one for each snapshot, or one for each snapshot and block."""
    if isinstance(value, pd.Series | pd.DataFrame):
        if not value.index.equals(network.snapshots):
            raise ValueError("value has another index than network.snapshots; give value.reindex(network.snapshots)")
        values: NDArray[np.float64] = value.to_numpy(dtype=np.float64)
        if values.ndim == 2 and values.shape[1] == 0:
            raise ValueError("value has no column; give one for each block")
        if values.ndim == 2 and (np.diff(values, axis=1) > 1e-9 * np.abs(values[:, 1:])).any():
            raise ValueError("value has blocks that rise; give columns with falling values")
    elif np.ndim(value) == 0:
        values = np.full(1, float(value))
    else:
        raise ValueError("value is an array without an index; give a pandas Series with the index of network.snapshots")
    if not np.isfinite(values).all():
        raise ValueError("value is not finite in every snapshot; give a number of USD/MWh for each")
    return values


def hourly(network: pypsa.Network, values: pd.Series[float], period: int | None) -> pd.Series[float]:
    """Hourly values: the value of each snapshot, repeated for the hours until the next snapshot."""
    weights = network.snapshot_weightings["objective"]
    if network.has_investment_periods:
        periods = [int(each) for each in network.investment_periods]
        if period not in periods:
            raise ValueError(f"period is {period}; give one of {', '.join(map(str, periods))}")
        values, weights = values.xs(period, level=0), weights.xs(period, level=0)
    elif period is not None:
        raise ValueError(f"period is {period}, but the network has no investment periods; leave it out")
    index = values.index
    if not isinstance(index, pd.DatetimeIndex) or not index.is_monotonic_increasing or not index.is_unique:
        raise ValueError("snapshots have no times in order; give network.set_snapshots(pd.date_range(..., freq='h'))")
    given = weights.to_numpy(dtype=np.float64)
    steps = np.diff(index.as_unit("s").to_numpy()) / _HOUR
    # The length of the last snapshot follows from its weight, by the ratio of weight to time of the others.
    ratio = given[0] / steps[0] if len(steps) else 1.0
    steps = np.append(steps, given[-1] / ratio if ratio > 0 else np.nan)
    if not np.allclose(given, ratio * steps, rtol=1e-6, atol=0.0) or not ratio > 0:
        raise ValueError(
            "snapshots have gaps or different weights, and are not a series of hours; give consecutive snapshots, or "
            "write typical days (month,day,weight,hour,price) as the scenario's hours.prices"
        )
    lengths = np.rint(steps).astype(np.int64)
    if not np.allclose(steps, lengths, rtol=1e-6, atol=1e-6) or (lengths < 1).any():
        raise ValueError(
            "snapshots are not whole hours; resample them to hours, or use with_prices with 15-minute prices"
        )
    hours = np.repeat(values.to_numpy(dtype=np.float64), lengths)
    if not np.isfinite(hours).all():
        raise ValueError("network is not solved for all snapshots; solve it with network.optimize for all of them")
    return pd.Series(hours, pd.date_range(index[0], periods=len(hours), freq="h"))


def repeated_to_year(hours: pd.Series[float], year: int) -> pd.Series[float]:
    """Repeats whole days to fill a year."""
    first = pd.DatetimeIndex(hours.index)[0]
    if len(hours) % 24 or first != first.normalize():
        raise ValueError("snapshots are not whole days, which could be repeated to a year; give days from midnight on")
    index = pd.date_range(f"{year}-01-01", f"{year + 1}-01-01", freq="h", inclusive="left")
    return pd.Series(np.resize(hours.to_numpy(), len(index)), index)


def covers_whole_years(index: pd.Index[Any]) -> bool:
    """Whether an hourly index covers one or more whole years."""
    times = pd.DatetimeIndex(index)
    end = times[-1] + pd.Timedelta(hours=1)
    return bool(end.year > times[0].year and times[0] + pd.DateOffset(years=end.year - times[0].year) == end)
