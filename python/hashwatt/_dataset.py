"""Conversion of a run to an xarray dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import xarray

#: The quantiles over the paths, as column names and as coordinates.
QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}

#: The parts of a document, each with the suffix of its variables and the dimension of its periods.
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
    """Converts the long form to variables by key; see :meth:`hashwatt.Projection.to_xarray`."""
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
        suffix, dimension = _PARTS[part]
        units = [columns["unit"][row] for row in rows if columns["unit"][row]]
        attributes = {"units": units[0] if units else "", "long_name": texts.get(key, key), "key": key}
        name = f"{key}{suffix}"
        if dimension is None:
            row = rows[0]
            variables[name] = (("quantile",), points[row], attributes)
            for column in ("base", "mean"):
                variables[f"{name}_{column}"] = ((), columns[column][row], attributes)
            continue
        order = {period: place for place, period in enumerate(periods[dimension])}
        whole = np.full((len(order), len(quantiles)), np.nan)
        single = {column: np.full(len(order), np.nan) for column in ("base", "mean")}
        for row in rows:
            at = order[columns["period"][row]]
            whole[at] = points[row]
            for column, values in single.items():
                values[at] = columns[column][row]
        variables[name] = ((dimension, "quantile"), whole, attributes)
        for column, values in single.items():
            variables[f"{name}_{column}"] = ((dimension,), values, attributes)
    coordinates: dict[str, Any] = {
        "quantile": ("quantile", quantiles, {"long_name": "fraction of the paths below the value"}),
        "year": ("year", np.array([int(year) for year in periods["year"]], dtype=np.int64)),
    }
    if periods["month"]:
        coordinates["month"] = ("month", np.array(periods["month"], dtype="datetime64[M]").astype("datetime64[ns]"))
    return xr.Dataset(variables, coordinates, dict(attrs))
