"""Checks of arguments; every error names the argument and a valid value."""

from __future__ import annotations

import difflib
import operator
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

#: A callback that receives the number of completed items.
Progress: TypeAlias = Callable[[int], object]

#: Maximum values of arguments.
MAX_THREADS = 1024
MAX_PATHS = 1_000_000
MAX_SEED = (1 << 64) - 1


def whole_number(name: str, value: Any, minimum: int, maximum: int) -> int:
    """Checks a whole number from ``minimum`` to ``maximum``."""
    if isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} is {value}; give a whole number")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} is {value!r}; give a whole number") from None
    if not minimum <= number <= maximum:
        raise ValueError(f"{name} is {number}; give {minimum} to {maximum}")
    return number


def number(name: str, value: Any) -> float:
    """Checks a single number."""
    array = numbers(name, value)
    if array.ndim:
        raise TypeError(f"{name} is an array; give one number")
    return float(array)


def numbers(name: str, value: Any) -> NDArray[np.float64]:
    """Checks a number or an array of numbers; masked values become NaN."""
    if isinstance(value, np.ma.MaskedArray):
        value = np.ma.filled(value.astype(np.float64), np.nan)
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths; give numbers in one shape") from None
    if array.dtype.kind == "O":
        # Decimals, fractions and integers beyond 64 bits can be converted to float; texts must not be.
        wrong = next((each for each in array.reshape(-1) if isinstance(each, (str, bytes, bool))), None)
        if wrong is None:
            try:
                return array.astype(np.float64)
            except (TypeError, ValueError, OverflowError):
                pass
    elif array.dtype.kind in "iuf":
        return array.astype(np.float64)
    raise TypeError(f"{name} is {_shown(value)}; give a number, an array of numbers or a Series")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"a {type(value).__name__}"


def check_callback(name: str, value: Callable[..., Any] | None) -> None:
    """Checks that a value is callable or ``None``."""
    if value is not None and not callable(value):
        raise TypeError(f"{name} is {_shown(value)}; give a function of the number of completed items")


def check_text(name: str, value: Any) -> str:
    """Checks a text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is {_shown(value)}; give a text")
    return value


def unknown_name(name: str, known: Iterable[str]) -> str:
    """The error message for an unknown name."""
    near = difflib.get_close_matches(str(name), list(known), n=3)
    return f"there is no {name!r}" + (f"; the nearest are {', '.join(near)}" if near else "")
