"""Scenarios: the inputs that differ from the defaults, from a file, a dictionary or keyword arguments."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from . import _native
from ._check import (
    MAX_PATHS,
    MAX_SEED,
    MAX_THREADS,
    Progress,
    check_callback,
    check_text,
    unknown_name,
    whole_number,
)
from ._hourly_prices import mean_price, price_file
from ._native import Scenario as NativeScenario
from ._results import Estimate, Interrupted, Ledger, Projection

__all__ = ["Scenario"]


class Scenario:
    """A scenario: the inputs that differ from the defaults. It is immutable; :meth:`with_` returns a changed copy.

    Two scenarios are equal if they have the same text and the same additional keys.

    The unit of a key is in its name (``power_mw``) or in its value (``"22.98 PKR/kWh"``). ``hashwatt.keys()`` lists
    all keys; ``TUTORIAL.md`` leads from an empty file to a page of results. Scenarios can be compared, hashed and
    pickled: a pickled scenario includes the files that it names, so that it is the same on another machine.

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
    def _from_native(cls, native: NativeScenario) -> Scenario:
        self = object.__new__(cls)
        object.__setattr__(self, "_native", native)
        return self

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Scenario:
        """Reads a scenario from a TOML file. Paths in it are relative to its folder.

        Raises ``ValueError`` with every mistake, its line and its remedy, and ``OSError`` for a file that cannot be
        read.
        """
        path = Path(path).expanduser()
        text = path.read_text(encoding="utf-8")
        return cls.from_toml(text, name=str(path), folder=path.parent)

    @classmethod
    def from_toml(
        cls, text: str, *, name: str = "the scenario", folder: str | os.PathLike[str] | None = None
    ) -> Scenario:
        """Reads a scenario from the text of a TOML file.

        ``name`` is used in messages; paths in the text are relative to ``folder``.
        """
        return cls._from_native(_native.Scenario.parse(check_text("text", text), name, _folder(folder)))

    @classmethod
    def from_dict(
        cls, keys: Mapping[str, Any], *, folder: str | os.PathLike[str] | None = None
    ) -> Scenario:
        """Creates a scenario from keys and values; sections and lists are as in the TOML file, and short names as in
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
            raise TypeError(f"keys has the type {type(keys).__name__}; give a dictionary of keys and values")
        return cls._from_native(_native.Scenario.from_dict(_long_names(keys), _folder(folder)))

    @classmethod
    def from_keys(cls, **keys: Any) -> Scenario:
        """Creates a scenario from keyword arguments: keys, or their short names such as ``mw``, ``fx`` and ``price``.

        A section is a dictionary, ``from_keys(mw=100, project={"years": 3})``, or part of a dotted key:
        ``from_keys(mw=100, **{"project.years": 3})``.
        """
        return cls._from_native(_native.Scenario.from_keys(_ordered(keys)))

    def with_(self, **keys: Any) -> Scenario:
        """Returns a copy with other values of some keys, given by their names or short names.

        A plain number for a price uses the currency and unit that the key has now. A value may be a dictionary with a
        range and a source: ``{"value": 0.9, "low": 0.8, "high": 0.95, "assumed": "first year"}``. A key with dots or
        brackets must be given in a dictionary: ``with_(**{"lot[0].power_mw": 50})``.
        """
        return type(self)._from_native(self._native.with_keys(_ordered(keys)))

    def with_files(self, files: Mapping[str, str]) -> Scenario:
        """Returns a copy that uses these texts, by name, instead of the files on disk that it names."""
        for name, content in files.items():
            check_text(f"files[{name!r}]", content)
        return type(self)._from_native(self._native.with_files(dict(files)))

    def with_prices(self, prices: Any, *, name: str = "prices.csv") -> Scenario:
        """Returns a copy with these hourly prices of energy (USD/MWh) instead of its own.

        ``prices`` is a pandas Series with a time index over whole years (8,760 or 8,784 hours, or 15-minute steps); an
        index without a time zone is taken as UTC. The prices become ``hours.prices`` (equations M8 to M11); a tariff of
        the scenario is set to their mean, since the engine uses the ratio of hourly prices to the tariff.
        """
        keys: dict[str, Any] = {"hours.prices": name}
        text = price_file(prices)
        for key in self.keys():
            if key == "tariff" or (key.startswith("site[") and key.endswith("].tariff")):
                keys[key] = f"{mean_price(prices)!r} USD/MWh"
        return self.with_files({name: text}).with_(**keys)

    @property
    def title(self) -> str | None:
        """The title of the scenario."""
        return self._native.title

    @property
    def sha256(self) -> str | None:
        """SHA-256 of the text of the scenario, for citations; keys set later are not included."""
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
        raise KeyError(unknown_name(key, self.keys()))

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and _native.key_of(key) in self.keys()

    def check(self) -> list[tuple[str, str]]:
        """Checks the scenario: returns its warnings as (key, text); raises ``ValueError`` with all mistakes."""
        return self._native.check()

    def estimate(self) -> Estimate:
        """Estimates the power budget in a steady year; see :func:`hashwatt.estimate`."""
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
        """Simulates the project over time; see :func:`hashwatt.project`."""
        return _simulate(Projection, self, years, paths, seed, threads, progress)

    def ledger(
        self,
        *,
        years: float | None = None,
        paths: int = 1000,
        seed: int = 1,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> Ledger:
        """Computes who gains and who pays; see :func:`hashwatt.ledger`."""
        return _simulate(Ledger, self, years, paths, seed, threads, progress)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and bool(self._native == other._native)

    def __hash__(self) -> int:
        return hash(self._native)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a scenario is immutable; use with_({name}=...)")

    def __reduce__(self) -> tuple[Any, ...]:
        return _from_state, self._native.state()

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


def _simulate(
    result_type: type[_R],
    scenario: Scenario,
    years: float | None,
    paths: int,
    seed: int,
    threads: int | None,
    progress: Progress | None,
) -> _R:
    if threads is not None:
        threads = whole_number("threads", threads, 1, MAX_THREADS)
    paths = whole_number("paths", paths, 0, MAX_PATHS)
    seed = whole_number("seed", seed, 0, MAX_SEED)
    check_callback("progress", progress)
    if years is not None:
        scenario = scenario.with_(years=years)
    run, stopped_by = scenario._native.simulate(result_type._kind, paths, seed, threads, progress)
    if stopped_by is None:
        return result_type(run)
    if isinstance(stopped_by, KeyboardInterrupt):
        raise Interrupted(result_type(run)) from None
    raise stopped_by


def _from_state(*state: Any) -> Scenario:
    return Scenario._from_native(_native.Scenario.from_state(*state))


def _folder(folder: str | os.PathLike[str] | None) -> str | None:
    return None if folder is None else os.fspath(Path(folder).expanduser())


#: Keys that the error messages of other keys may use: they are set first.
_SET_FIRST = ("local_currency", "exchange_rate")

#: Keys that only a dictionary that is a value, not a section, contains.
_VALUE_KEYS = {"value", "values"}


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yields a key with its value, or all keys of a section or a list of sections."""
    if isinstance(value, Mapping) and not _VALUE_KEYS & set(value):
        for inner, each in value.items():
            yield from _flat(f"{name}.{inner}", each)
    elif isinstance(value, (list, tuple)) and value and all(isinstance(each, Mapping) for each in value):
        for place, each in enumerate(value):
            yield from _flat(f"{name}[{place}]", each)
    else:
        yield name, dict(value) if isinstance(value, Mapping) else value


def _ordered(keys: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Keys under their long names, without duplicates, in the order in which they are set."""
    pairs: dict[str, Any] = {}
    names: dict[str, str] = {}
    for name, value in keys.items():
        for short, each in _flat(name, value):
            key = _native.key_of(short)
            if key in pairs:
                raise ValueError(f"{short} and {names[key]} are the same key; give one of them")
            pairs[key], names[key] = each, short
    return sorted(pairs.items(), key=lambda pair: pair[0] not in _SET_FIRST)


def _long_names(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Replaces short names by long names, which may be in a section."""
    long: dict[str, Any] = {}
    for name, value in keys.items():
        section, _, key = _native.key_of(name).rpartition(".") if isinstance(name, str) else ("", "", name)
        place = long
        if section and section != name:
            place = long[section] = dict(long.get(section) or keys.get(section) or {})
        elif key in long and isinstance(value, Mapping):
            # A short name has already created this section.
            value = {**value, **long[key]}
        elif key in long:
            raise ValueError(f"{name} is given under two names; give one of them")
        place[key] = value
    return long
