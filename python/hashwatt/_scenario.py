"""Scenarios: what differs from the defaults, as a file, a dictionary or keyword arguments."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from . import _native
from ._check import MOST_PATHS, MOST_SEED, MOST_THREADS, Progress, callback, unknown, whole
from ._check import text as checked_text
from ._hours import mean_price, price_file
from ._native import Scenario as NativeScenario
from ._results import Estimate, Interrupted, Ledger, Projection

__all__ = ["Scenario"]


class Scenario:
    """A scenario: the inputs that differ from the defaults. It never changes; :meth:`with_` makes another one.

    Two scenarios are equal where they were given the same: the same text and the same keys beside it.

    A key holds its unit in its name (``power_mw``) or in its value (``"22.98 PKR/kWh"``). ``hashwatt.keys()`` lists
    every key; ``TUTORIAL.md`` goes from an empty file to a page of results. Scenarios can be compared, hashed, and
    pickled: a pickled scenario carries the files that it names, so that another machine reads the same.

    >>> import hashwatt
    >>> site = hashwatt.Scenario.from_dict({"power_mw": 100, "tariff": "50 USD/MWh"})
    >>> site.with_(uptime=0.9) == site
    False
    >>> round(site.with_(tariff="40 USD/MWh").estimate().share_of_blocks, 6)
    0.006621
    """

    __slots__ = ("_native",)
    _native: NativeScenario

    def __init__(self, *_: Any, **__: Any) -> None:
        raise TypeError("use Scenario.load(path), from_toml(text), from_dict(keys) or from_keys(mw=...)")

    @classmethod
    def _of(cls, native: NativeScenario) -> Scenario:
        self = object.__new__(cls)
        object.__setattr__(self, "_native", native)
        return self

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Scenario:
        """A scenario from a TOML file. Files that it names are looked for beside it.

        Raises ``ValueError`` with every mistake, its line and what would be right, and ``OSError`` for a file that
        cannot be read.
        """
        path = Path(path).expanduser()
        text = path.read_text(encoding="utf-8")
        return cls.from_toml(text, name=str(path), folder=path.parent)

    @classmethod
    def from_toml(
        cls, text: str, *, name: str = "the scenario", folder: str | os.PathLike[str] | None = None
    ) -> Scenario:
        """A scenario from the text of a TOML file.

        ``name`` is what messages call it; ``folder`` is where the files that it names are looked for.
        """
        return cls._of(_native.Scenario.parse(checked_text("text", text), name, _folder(folder)))

    @classmethod
    def from_dict(
        cls, keys: Mapping[str, Any], *, folder: str | os.PathLike[str] | None = None
    ) -> Scenario:
        """A scenario from keys and values; sections and lists are those of the TOML file, short names as in
        :func:`hashwatt.estimate`.

        >>> import hashwatt
        >>> plan = hashwatt.Scenario.from_dict({
        ...     "power_mw": 100,
        ...     "tariff": {"value": "50 USD/MWh", "low": "40 USD/MWh", "high": "60 USD/MWh"},
        ...     "project": {"years": 3},
        ... })
        >>> plan["project.years"]
        '3'
        """
        if not isinstance(keys, Mapping):
            raise TypeError(f"keys is of the type {type(keys).__name__}; give a dictionary of keys and values")
        return cls._of(_native.Scenario.of_dict(_long_names(keys), _folder(folder)))

    @classmethod
    def from_keys(cls, **keys: Any) -> Scenario:
        """A scenario of keyword arguments: keys, or their short names such as ``mw``, ``fx`` and ``price``.

        A section is a dictionary, ``from_keys(mw=100, project={"years": 3})``, or has its dots in a key's name:
        ``from_keys(mw=100, **{"project.years": 3})``.
        """
        return cls._of(_native.Scenario.of_keys(_ordered(keys)))

    def with_(self, **keys: Any) -> Scenario:
        """The same scenario with keys given other values, under their names or short names.

        A bare number of a price takes the currency and unit that the key has now. A value may be a dictionary with a
        range and a source: ``{"value": 0.9, "low": 0.8, "high": 0.95, "assumed": "first year"}``. A key whose name
        has dots or brackets needs a dictionary: ``with_(**{"lot[0].power_mw": 50})``.
        """
        return type(self)._of(self._native.with_keys(_ordered(keys)))

    def with_files(self, files: Mapping[str, str]) -> Scenario:
        """The same scenario with the text of files that it names, by name, in place of files on disk."""
        for name, content in files.items():
            checked_text(f"files[{name!r}]", content)
        return type(self)._of(self._native.with_files(dict(files)))

    def with_prices(self, prices: Any, *, name: str = "prices.csv") -> Scenario:
        """The same scenario with these prices of energy by the hour (USD/MWh) in place of its own.

        ``prices`` is a Series of pandas with a time index over whole years (8,760 or 8,784 hours, or quarters of an
        hour); an index without a time zone is taken as UTC. They become ``hours.prices`` (equations M8 to M11); a
        tariff that the scenario has becomes their mean, since the engine takes hours by their ratio to it.
        """
        keys: dict[str, Any] = {"hours.prices": name}
        text = price_file(prices)
        for key in self.keys():
            if key == "tariff" or (key.startswith("site[") and key.endswith("].tariff")):
                keys[key] = f"{mean_price(prices)!r} USD/MWh"
        return self.with_files({name: text}).with_(**keys)

    @property
    def title(self) -> str | None:
        """What it is called."""
        return self._native.title

    @property
    def sha256(self) -> str | None:
        """SHA-256 of the text that it was read from, by which it can be cited; keys set since are not in it."""
        return self._native.sha256

    def keys(self) -> list[str]:
        """The keys that it gives, in its order."""
        return [key for key, _ in self._native.entries()]

    def __getitem__(self, key: str) -> str:
        """The value of a key as it is shown, without its range and source."""
        key = _native.key_of(key)
        for known, shown in self._native.entries():
            if known == key:
                return shown
        raise KeyError(unknown(key, self.keys()))

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and _native.key_of(key) in self.keys()

    def check(self) -> list[tuple[str, str]]:
        """Raises ``ValueError`` with everything that is wrong; returns its warnings as (key, text)."""
        return self._native.check()

    def estimate(self) -> Estimate:
        """What the power budget becomes in a steady year; see :func:`hashwatt.estimate`."""
        return Estimate(self._native.estimate())

    def project(
        self,
        *,
        years: float | None = None,
        paths: int = 1000,
        seed: int = 1,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> Projection:
        """The project over time; see :func:`hashwatt.project`."""
        return _follow(Projection, self, years, paths, seed, threads, progress)

    def ledger(
        self,
        *,
        years: float | None = None,
        paths: int = 1000,
        seed: int = 1,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> Ledger:
        """Who gains and who pays; see :func:`hashwatt.ledger`."""
        return _follow(Ledger, self, years, paths, seed, threads, progress)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and bool(self._native == other._native)

    def __hash__(self) -> int:
        return hash(self._native)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a scenario does not change; use with_({name}=...)")

    def __reduce__(self) -> tuple[Any, ...]:
        return _of_state, self._native.state()

    def __dask_tokenize__(self) -> tuple[Any, ...]:
        text, _, _, settings, files, read = self._native.state()
        return ("hashwatt.Scenario", text, tuple(settings), tuple(sorted((read | files).items())))

    def __repr__(self) -> str:
        entries = self._native.entries()
        shown = ", ".join(f"{key}={value}" for key, value in entries[:4])
        more = f", and {len(entries) - 4} more keys" if len(entries) > 4 else ""
        title = f"{self.title!r}: " if self.title else ""
        return f"Scenario({title}{shown}{more})"


_R = TypeVar("_R", Projection, Ledger)


def _follow(
    of: type[_R],
    scenario: Scenario,
    years: float | None,
    paths: int,
    seed: int,
    threads: int | None,
    progress: Progress | None,
) -> _R:
    if threads is not None:
        threads = whole("threads", threads, 1, MOST_THREADS)
    paths = whole("paths", paths, 0, MOST_PATHS)
    seed = whole("seed", seed, 0, MOST_SEED)
    callback("progress", progress)
    if years is not None:
        scenario = scenario.with_(years=years)
    run, stopped_by = scenario._native.follow(of._kind, paths, seed, threads, progress)
    if stopped_by is None:
        return of(run)
    if isinstance(stopped_by, KeyboardInterrupt):
        raise Interrupted(of(run)) from None
    raise stopped_by


def _of_state(*state: Any) -> Scenario:
    return Scenario._of(_native.Scenario.of_state(*state))


def _folder(folder: str | os.PathLike[str] | None) -> str | None:
    return None if folder is None else os.fspath(Path(folder).expanduser())


#: Keys whose value another key's error may name: they are set first.
_FIRST = ("local_currency", "exchange_rate")

#: What a dictionary that is a value, and no section, has.
_OF_VALUE = {"value", "values"}


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A key with its value; of sections and lists of them each key."""
    if isinstance(value, Mapping) and not _OF_VALUE & set(value):
        for inner, each in value.items():
            yield from _flat(f"{name}.{inner}", each)
    elif isinstance(value, (list, tuple)) and value and all(isinstance(each, Mapping) for each in value):
        for place, each in enumerate(value):
            yield from _flat(f"{name}[{place}]", each)
    else:
        yield name, dict(value) if isinstance(value, Mapping) else value


def _ordered(keys: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Keys with their long names, each once."""
    pairs: dict[str, Any] = {}
    names: dict[str, str] = {}
    for name, value in keys.items():
        for short, each in _flat(name, value):
            key = _native.key_of(short)
            if key in pairs:
                raise ValueError(f"{short} and {names[key]} are one key; give one of them")
            pairs[key], names[key] = each, short
    return sorted(pairs.items(), key=lambda pair: pair[0] not in _FIRST)


def _long_names(keys: Mapping[str, Any]) -> dict[str, Any]:
    """The same with long names in place of short ones, which may be in a section."""
    long: dict[str, Any] = {}
    for name, value in keys.items():
        section, _, key = _native.key_of(name).rpartition(".") if isinstance(name, str) else ("", "", name)
        place = long
        if section and section != name:
            place = long[section] = dict(long.get(section) or keys.get(section) or {})
        elif key in long and isinstance(value, Mapping):
            # The section that a short name has begun.
            value = {**value, **long[key]}
        elif key in long:
            raise ValueError(f"{name} is given under two names; give one of them")
        place[key] = value
    return long
