"""What arguments may be: every refusal names the argument and what to give."""

from __future__ import annotations

import difflib
import operator
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Called with how much is done.
Progress: TypeAlias = Callable[[int], object]

#: No call takes more.
MOST_THREADS = 1024
MOST_PATHS = 1_000_000
MOST_SEED = (1 << 64) - 1


def whole(name: str, value: Any, least: int, most: int) -> int:
    """A whole number of a range."""
    if isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} is {value}; give a whole number")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} is {value!r}; give a whole number") from None
    if not least <= number <= most:
        raise ValueError(f"{name} is {number}; give {least} to {most}")
    return number


def number(name: str, value: Any) -> float:
    """One number."""
    array = numbers(name, value)
    if array.ndim:
        raise TypeError(f"{name} is an array; give one number")
    return float(array)


def numbers(name: str, value: Any) -> NDArray[np.float64]:
    """A number or an array of numbers; what is masked is no number."""
    if isinstance(value, np.ma.MaskedArray):
        value = np.ma.filled(value.astype(np.float64), np.nan)
    try:
        array = np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} has rows of different lengths; give numbers in one shape") from None
    if array.dtype.kind == "O":
        # Decimals, fractions and integers beyond 64 bits know their nearest float; texts must not become numbers.
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


def callback(name: str, value: Callable[..., Any] | None) -> None:
    """Something that is called, or nothing."""
    if value is not None and not callable(value):
        raise TypeError(f"{name} is {_shown(value)}; give a function of the number that is done")


def text(name: str, value: Any) -> str:
    """A text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is {_shown(value)}; give a text")
    return value


def unknown(name: str, known: Iterable[str]) -> str:
    """What is said of a name that is not known."""
    near = difflib.get_close_matches(str(name), list(known), n=3)
    return f"there is no {name!r}" + (f"; the nearest are {', '.join(near)}" if near else "")
