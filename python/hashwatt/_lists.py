"""What a scenario may name: keys, machines, regions."""

from __future__ import annotations

from typing import Any

from . import _native
from ._check import text

__all__ = ["keys", "machines", "regions"]


def keys() -> list[tuple[str, str]]:
    """Every key of a scenario with what it means and its unit.

    >>> import hashwatt
    >>> dict(hashwatt.keys())["uptime"]
    'Part of the hours with energy in which machines run'
    """
    return _native.keys()


def machines(query: str | None = None) -> list[dict[str, Any]]:
    """The machines of the shipped catalogue, or those that answer a query, the best first.

    Each has ``machine`` (the name that a scenario takes), TH/s, W, J/TH, release, source, and ``uncertain``: what is
    doubtful about the row, or None.

    >>> import hashwatt
    >>> hashwatt.machines("S21 Pro")[0]["efficiency_j_per_th"]
    15.0
    """
    return _native.machines(None if query is None else text("query", query))


def regions() -> list[tuple[str, str]]:
    """The countries that a scenario may name, by ISO 3166-1 alpha-3 code and name.

    >>> import hashwatt
    >>> dict(hashwatt.regions())["KAZ"]
    'Kazakhstan'
    """
    return _native.regions()
