"""Lists of what a scenario can contain: keys, machines and regions."""

from __future__ import annotations

from typing import Any

from . import _native
from ._check import check_text

__all__ = ["keys", "machines", "regions"]


def keys() -> list[tuple[str, str]]:
    """All keys of a scenario, each with its meaning and unit.

    >>> import hashwatt
    >>> dict(hashwatt.keys())["uptime"]
    'Share of the hours with energy in which machines run'
    """
    return _native.keys()


def machines(query: str | None = None) -> list[dict[str, Any]]:
    """The machines in the shipped catalogue, or those that match a query, best match first.

    Each has ``machine`` (the name to use in a scenario), TH/s, W, J/TH, release, source, and ``uncertain``: why the row
    is uncertain, or None.

    >>> import hashwatt
    >>> hashwatt.machines("S21 Pro")[0]["efficiency_j_per_th"]
    15.0
    """
    return _native.machines(None if query is None else check_text("query", query))


def regions() -> list[tuple[str, str]]:
    """The countries that a scenario can name, by ISO 3166-1 alpha-3 code and name.

    >>> import hashwatt
    >>> dict(hashwatt.regions())["KAZ"]
    'Kazakhstan'
    """
    return _native.regions()
