"""A run as a dataset of xarray."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import xarray

#: Points of a distribution over the paths, as columns and as coordinates.
QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}

#: Parts of a document with what follows the key of their variables, and the dimension of their periods.
_PARTS = {
    "totals": ("", None),
    "moment": ("", None),
    "year": ("_by_year", "year"),
    "foreign_exchange": ("_by_year", "year"),
    "month": ("_by_month", "month"),
}


def to_xarray(
    columns: Mapping[str, Any], texts: Mapping[str, str], attrs: Mapping[str, Any]
) -> xarray.Dataset:
    """Variables by key, of the long form; see :meth:`hashwatt.Projection.to_xarray`."""
    import xarray as xr

    quantiles = np.array(list(QUANTILES.values()))
    points = np.stack([columns[name] for name in QUANTILES], axis=1)
    periods: dict[str, list[str]] = {"year": [], "month": []}
    places: dict[tuple[str, str], list[int]] = {}
    for place, (part, key, period) in enumerate(
        zip(columns["part"], columns["key"], columns["period"], strict=True)
    ):
        if part == "dispatch":
            continue
        dimension = _PARTS[part][1]
        if dimension is not None and period not in periods[dimension]:
            periods[dimension].append(period)
        places.setdefault((part, key), []).append(place)
    variables: dict[str, Any] = {}
    for (part, key), rows in places.items():
        ending, dimension = _PARTS[part]
        units = [columns["unit"][row] for row in rows if columns["unit"][row]]
        about = {"units": units[0] if units else "", "long_name": texts.get(key, key), "key": key}
        name = f"{key}{ending}"
        if dimension is None:
            row = rows[0]
            variables[name] = (("quantile",), points[row], about)
            for column in ("base", "mean"):
                variables[f"{name}_{column}"] = ((), columns[column][row], about)
            continue
        order = {period: place for place, period in enumerate(periods[dimension])}
        whole = np.full((len(order), len(quantiles)), np.nan)
        single = {column: np.full(len(order), np.nan) for column in ("base", "mean")}
        for row in rows:
            at = order[columns["period"][row]]
            whole[at] = points[row]
            for column, values in single.items():
                values[at] = columns[column][row]
        variables[name] = ((dimension, "quantile"), whole, about)
        for column, values in single.items():
            variables[f"{name}_{column}"] = ((dimension,), values, about)
    coordinates: dict[str, Any] = {
        "quantile": ("quantile", quantiles, {"long_name": "part of the paths that lies below"}),
        "year": ("year", np.array([int(year) for year in periods["year"]], dtype=np.int64)),
    }
    if periods["month"]:
        coordinates["month"] = ("month", np.array(periods["month"], dtype="datetime64[M]").astype("datetime64[ns]"))
    return xr.Dataset(variables, coordinates, dict(attrs))
