"""The values of a sweep's axis, in the format of the command."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np


def typed_values(key: str, values: Any) -> str:
    """Formats the values of an axis as in the command's ``--over``."""
    if isinstance(values, str):
        return values
    if isinstance(values, (bytes, Mapping, set, frozenset)) or not isinstance(values, Iterable):
        raise TypeError(
            f"{key}: is not a list of values; give one, such as [30, 40], or a text such as '30:60:5 USD/MWh'"
        )
    # Arrays and Series convert to Python numbers exactly.
    tolist = getattr(values, "tolist", None)
    items: Any = tolist() if callable(tolist) else list(values)
    if not isinstance(items, list):
        raise ValueError(f"{key}: is a single value; give a list, such as [{items!r}]")
    texts = [_typed(key, item) for item in items]
    plain = [_is_number(text) for text in texts]
    if any(plain) and not all(plain):
        raise ValueError(
            f"{key}: some values are plain numbers and some are texts; give all as numbers in the key's unit, "
            "or all with their unit"
        )
    return ",".join(texts)


def _typed(key: str, item: Any) -> str:
    if isinstance(item, (bool, np.bool_)):
        return "true" if item else "false"
    if isinstance(item, numbers.Integral):
        return str(int(item))
    if isinstance(item, numbers.Real):
        if not math.isfinite(item):
            raise ValueError(f"{key}: has the value {float(item)}; give finite numbers")
        return repr(float(item))
    if hasattr(item, "isoformat"):
        item = item.isoformat()
    if not isinstance(item, str):
        raise TypeError(f"{key}: has the value {item!r}; give numbers or texts")
    if "," in item:
        raise ValueError(
            f"{key}: the value `{item}` has a comma, which separates values; give each value separately, "
            "and numbers without separators"
        )
    return item


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
