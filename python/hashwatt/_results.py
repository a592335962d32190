"""Results: the command's figures, with the same keys and the same bits."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from ._check import unknown
from ._native import Run as NativeRun
from ._tables import to_xarray

if TYPE_CHECKING:
    import pandas
    import xarray

__all__ = ["Estimate", "Interrupted", "Ledger", "Projection", "Result"]


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during a long call. ``partial`` holds what was done until then: a valid result, marked incomplete."""

    def __init__(self, partial: Any) -> None:
        super().__init__("interrupted; what was done is in .partial")
        self.partial = partial


class Group(Mapping[str, Any]):
    """Figures under one key, by attribute or by name."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return _wrapped(self._values[name])
        except KeyError:
            raise AttributeError(f"there is no {name}; there are {', '.join(self._values)}") from None

    def __getitem__(self, name: str | int) -> Any:
        try:
            return _wrapped(self._values[str(name)])
        except KeyError:
            raise KeyError(unknown(str(name), self._values)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(name for name in self._values if name.isidentifier())]

    def __repr__(self) -> str:
        return f"Group({', '.join(f'{name}={value!r}' for name, value in self._values.items())})"


def _wrapped(value: Any) -> Any:
    if isinstance(value, dict):
        return Group(value)
    # A copy: a result does not change.
    return tuple(map(_wrapped, value)) if isinstance(value, list) else value


class Result:
    """What a run of a scenario gives. It does not change, and every number is that of the command ``hashwatt``."""

    _kind: ClassVar[str]
    _native: NativeRun

    def __init__(self, native: NativeRun) -> None:
        if native.kind != self._kind:
            raise TypeError(f"this run is of the kind {native.kind}")
        object.__setattr__(self, "_native", native)

    @cached_property
    def _document(self) -> dict[str, Any]:
        return self._native.to_dict()

    @cached_property
    def _figures(self) -> dict[str, Any]:
        """The document without its inputs, which are most of it."""
        return self._native.figures()

    def _part(self, name: str) -> Any:
        return self._figures[name] if name in self._figures else self._document[name]

    @cached_property
    def _columns(self) -> dict[str, Any]:
        return self._native.columns()

    def to_dict(self) -> dict[str, Any]:
        """The document of ``hashwatt ... --json``, as Python's own objects; a copy."""
        return self._native.to_dict()

    def to_json(self) -> str:
        """The same as text: what the command prints, byte for byte."""
        return self._native.to_json()

    def to_pandas(self) -> pandas.DataFrame:
        """Figures in long form, one row for a figure and a period.

        Columns: ``key``, ``period`` (a year, a month, ``all``, or empty for the steady year), ``unit``, ``base`` (every
        input as it is taken), ``p05`` to ``p95`` and ``mean`` over the paths, and ``positive``, the part of the paths
        in which the figure is above zero. What is missing is NaN; a time that never comes is infinite.
        """
        import pandas as pd

        frame = pd.DataFrame({name: column for name, column in self._columns.items() if name != "part"})
        frame.attrs = {"title": self.title, "currency": self.currency, "complete": self.complete}
        return frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The long form of :meth:`to_pandas` as an Arrow stream, for pyarrow, polars, DuckDB and others."""
        import pyarrow as pa

        return pa.table(
            {name: column for name, column in self._columns.items() if name != "part"}
        ).__arrow_c_stream__(requested_schema)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What each key of the long form means."""
        return MappingProxyType(dict(self._native.texts()))

    @property
    def inputs(self) -> list[dict[str, Any]]:
        """Every input: ``key``, ``value``, ``unit``, ``low``, ``high`` and ``origin`` with its kind, date and source."""
        return self._native.inputs()

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """What a reader must know before quoting a figure, as (key, text)."""
        return self._native.warnings()

    @property
    def missing(self) -> dict[str, list[str]]:
        """Figures that cannot be given, with the keys of the scenario that they need."""
        return {row["key"]: row["needs"] for row in self._figures["missing"]}

    @property
    def title(self) -> str | None:
        """The scenario's title."""
        return self._native.title

    @property
    def currency(self) -> str:
        """The currency of amounts whose key ends in ``_local``."""
        return self._native.currency

    @property
    def complete(self) -> bool:
        """Whether every path that was asked for was followed."""
        return self._native.complete

    def __getitem__(self, key: str) -> Any:
        """A part of the document by its key; dots open groups: ``result["scale.zero_profit_mw"]``."""
        first, *rest = str(key).split(".")
        if first not in self:
            raise KeyError(unknown(first, self._document))
        found = self._part(first)
        for name in rest:
            if not isinstance(found, dict) or name not in found:
                raise KeyError(unknown(name, found if isinstance(found, dict) else ()))
            found = found[name]
        return _wrapped(found)

    def __iter__(self) -> Iterator[str]:
        """The keys of the document."""
        return iter(self._document)

    def __contains__(self, key: object) -> bool:
        return key in self._figures or key in self._document

    def __reduce__(self) -> str:
        raise TypeError("a result is not sent as it is; send the Scenario, or the result's to_dict()")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return _wrapped(self._part(name))
        except KeyError:
            near = unknown(name, [*self._document, *dir(type(self))])
            raise AttributeError(f"of {type(self).__name__}, {near}; see to_dict()") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._document]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a result does not change")

    def _repr_html_(self) -> str:
        """A table for Jupyter: the figures that are known, with their units."""
        columns = self._columns
        rows = []
        for place, key in enumerate(columns["key"]):
            if columns["period"][place] not in ("", "all") or columns["part"][place] == "dispatch":
                continue
            value = columns["base"][place]
            if value != value:
                continue
            low, high = columns["p05"][place], columns["p95"][place]
            band = f"{low:,.4g} to {high:,.4g}" if low == low else ""
            cells = (self.texts.get(key, key), f"{value:,.6g}", band, columns["unit"][place])
            rows.append("".join(f"<td>{html.escape(cell)}</td>" for cell in cells))
        head = "<th>figure</th><th>value</th><th>5 % to 95 %</th><th>unit</th>"
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        notes = "".join(f"<li>{html.escape(text)}</li>" for _, text in self.warnings)
        title = html.escape(self.title or type(self).__name__)
        return f"<table><caption>{title}</caption><tr>{head}</tr>{body}</table><ul>{notes}</ul>"

    def __repr__(self) -> str:
        title = f"{self.title!r}, " if self.title else ""
        return f"{type(self).__name__}({title}{self._about()})"

    def _about(self) -> str:
        raise NotImplementedError


class Estimate(Result):
    """What a power budget becomes in a steady year. Attributes are the keys of the command's JSON.

    >>> import hashwatt
    >>> result = hashwatt.estimate(mw=2000, tariff="0.06 USD/kWh")
    >>> round(result.hashrate_nameplate_eh_per_s, 3), round(result.share_of_blocks, 5)
    (126.984, 0.11762)
    >>> {row["key"]: row["origin"]["kind"] for row in result.inputs}["power_mw"]
    'user_reported'
    """

    _kind = "estimate"

    def _about(self) -> str:
        return f"{self._figures.get('power_mw')} MW"


class _Followed(Result):
    @property
    def paths(self) -> int:
        """Paths that were followed."""
        return self._native.paths

    @property
    def seed(self) -> int:
        """Where the random numbers began."""
        return self._native.seed

    def to_xarray(self) -> xarray.Dataset:
        """Figures as a dataset of xarray: one variable for each key, with its unit and meaning in ``attrs``.

        A figure of the whole time has the dimension ``quantile`` alone; one by calendar year ``year``, one by month
        ``month`` besides. ``<key>_base`` is the run with every input as it is taken, ``<key>_mean`` the mean.
        Keys that are given for the whole time and by year have ``_by_year`` behind the latter, by month ``_by_month``.
        """
        attrs = {
            "title": self.title or "",
            "currency": self.currency,
            "complete": int(self.complete),
            "warnings": "\n".join(text for _, text in self.warnings),
        }
        return to_xarray(self._columns, self.texts, attrs)

    def _about(self) -> str:
        of, cut = ("", "") if self.complete else (f" of {self._native.paths_asked:,}", ", interrupted")
        years = f"{self._figures['length_years']} years from {self._figures['start']}"
        return f"{years}, {self.paths:,}{of} paths{cut}"


class Projection(_Followed):
    """A project over time: what the operator has and pays, by year and month, over many paths of the market."""

    _kind = "projection"


class Ledger(_Followed):
    """Who gains and who pays: every party and every flow, by calendar year, over many paths of the market."""

    _kind = "ledger"

    def parties(self) -> pandas.DataFrame:
        """What each party has: a row for a party and a year (``all`` for the whole time), in the scenario's money.

        Their sum is not zero: bitcoin's network pays, fuel and wages are used up, and some flows have no payer or payee
        among the parties (METHODS.md lists them). What passes through a party leaves it rounding noise about zero.
        """
        frame = self.to_pandas()
        suffix = "usd" if self.currency == "USD" else "local"
        return _split(frame, f"net_{suffix}.", "party")

    def flows(self) -> pandas.DataFrame:
        """Every flow that occurs: a row for a flow and a year (``all`` for the whole time), in USD."""
        return _split(self.to_pandas(), "flow_usd.", "flow")


def _split(frame: pandas.DataFrame, begin: str, name: str) -> pandas.DataFrame:
    chosen = frame[frame["key"].str.startswith(begin)].copy()
    chosen.insert(0, name, chosen.pop("key").str.removeprefix(begin))
    return chosen.reset_index(drop=True)
