"""Results: the figures of the command, with the same keys and the same bits."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from ._check import unknown_name
from ._dataset import to_xarray
from ._native import Run as NativeRun

if TYPE_CHECKING:
    import pandas
    import xarray

__all__ = ["Estimate", "Interrupted", "Ledger", "Projection", "Result"]


class Interrupted(KeyboardInterrupt):
    """Raised by Ctrl-C during a long call. ``partial`` is the result so far: valid, and marked as incomplete."""

    def __init__(self, partial: Any) -> None:
        super().__init__("interrupted; the partial result is in .partial")
        self.partial = partial


class Group(Mapping[str, Any]):
    """The figures under one key, accessible by attribute or by name."""

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
            raise KeyError(unknown_name(str(name), self._values)) from None

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
    # A copy, because results are immutable.
    return tuple(map(_wrapped, value)) if isinstance(value, list) else value


class Result:
    """The result of a run. It is immutable, and every number equals that of the command ``hashwatt``."""

    _kind: ClassVar[str]
    _native: NativeRun

    def __init__(self, native: NativeRun) -> None:
        if native.kind != self._kind:
            raise TypeError(f"this run is a {native.kind}, not a {self._kind}")
        object.__setattr__(self, "_native", native)

    @cached_property
    def _document(self) -> dict[str, Any]:
        return self._native.to_dict()

    @cached_property
    def _figures(self) -> dict[str, Any]:
        """The document without its inputs, which are its largest part."""
        return self._native.figures()

    def _part(self, name: str) -> Any:
        return self._figures[name] if name in self._figures else self._document[name]

    @cached_property
    def _columns(self) -> dict[str, Any]:
        return self._native.columns()

    def to_dict(self) -> dict[str, Any]:
        """A copy of the document of ``hashwatt ... --json`` as Python objects."""
        return self._native.to_dict()

    def to_json(self) -> str:
        """The document as JSON text, byte for byte as the command prints it."""
        return self._native.to_json()

    def to_pandas(self) -> pandas.DataFrame:
        """The figures in long form: one row for each figure and period.

        Columns: ``key``, ``period`` (a year, a month, ``all``, or empty for the steady year), ``unit``, ``base`` (with
        every input as given), ``p05`` to ``p95`` and ``mean`` over the paths, and ``positive``, the fraction
        of the paths in which the figure is above zero. Missing values are NaN; a time that is never reached is
        infinite.
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
        """The meaning of each key of the long form."""
        return MappingProxyType(dict(self._native.texts()))

    @property
    def inputs(self) -> list[dict[str, Any]]:
        """All inputs: ``key``, ``value``, ``unit``, ``low``, ``high`` and ``origin`` with its kind, date and source."""
        return self._native.inputs()

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Warnings to read before quoting a figure, as (key, text)."""
        return self._native.warnings()

    @property
    def missing(self) -> dict[str, list[str]]:
        """Missing figures, with the keys of the scenario that they need."""
        return {row["key"]: row["needs"] for row in self._figures["missing"]}

    @property
    def title(self) -> str | None:
        """The title of the scenario."""
        return self._native.title

    @property
    def currency(self) -> str:
        """The currency of amounts whose key ends in ``_local``."""
        return self._native.currency

    @property
    def complete(self) -> bool:
        """Whether all requested paths were simulated."""
        return self._native.complete

    def __getitem__(self, key: str) -> Any:
        """A part of the document by its key; dots access groups: ``result["scale.zero_profit_mw"]``."""
        first, *rest = str(key).split(".")
        if first not in self:
            raise KeyError(unknown_name(first, self._document))
        found = self._part(first)
        for name in rest:
            if not isinstance(found, dict) or name not in found:
                raise KeyError(unknown_name(name, found if isinstance(found, dict) else ()))
            found = found[name]
        return _wrapped(found)

    def __iter__(self) -> Iterator[str]:
        """The keys of the document."""
        return iter(self._document)

    def __contains__(self, key: object) -> bool:
        return key in self._figures or key in self._document

    def __reduce__(self) -> str:
        raise TypeError("a result cannot be pickled; send the Scenario, or the result's to_dict()")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return _wrapped(self._part(name))
        except KeyError:
            message = unknown_name(name, [*self._document, *dir(type(self))])
            raise AttributeError(f"{type(self).__name__}: {message}; see to_dict()") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._document]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a result is immutable")

    def _repr_html_(self) -> str:
        """An HTML table for Jupyter: the available figures with their units."""
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
        return f"{type(self).__name__}({title}{self._summary()})"

    def _summary(self) -> str:
        raise NotImplementedError


class Estimate(Result):
    """The estimate of a power budget in a steady year. Attributes are the keys of the command's JSON.

    >>> import hashwatt
    >>> result = hashwatt.estimate(mw=2000, tariff="0.06 USD/kWh")
    >>> round(result.hashrate_nameplate_eh_per_s, 3), round(result.share_of_blocks, 5)
    (126.984, 0.11762)
    >>> {row["key"]: row["origin"]["kind"] for row in result.inputs}["power_mw"]
    'user_reported'
    """

    _kind = "estimate"

    def _summary(self) -> str:
        return f"{self._figures.get('power_mw')} MW"


class _Simulation(Result):
    @property
    def paths(self) -> int:
        """The number of simulated paths."""
        return self._native.paths

    @property
    def seed(self) -> int:
        """The seed of the random numbers."""
        return self._native.seed

    def to_xarray(self) -> xarray.Dataset:
        """The figures as an xarray dataset: one variable for each key, with its unit and meaning in ``attrs``.

        A figure of the whole time has the dimension ``quantile`` only; annual figures also have ``year``, and monthly
        figures ``month``. ``<key>_base`` is the run with every input as given, and ``<key>_mean`` the mean.
        Annual figures have the suffix ``_by_year``, and monthly figures ``_by_month``.
        """
        attrs = {
            "title": self.title or "",
            "currency": self.currency,
            "complete": int(self.complete),
            "warnings": "\n".join(text for _, text in self.warnings),
        }
        return to_xarray(self._columns, self.texts, attrs)

    def _summary(self) -> str:
        total, note = ("", "") if self.complete else (f" of {self._native.paths_requested:,}", ", interrupted")
        years = f"{self._figures['length_years']} years from {self._figures['start']}"
        return f"{years}, {self.paths:,}{total} paths{note}"


class Projection(_Simulation):
    """A project over time: income and payments of the operator by year and month, on many market paths."""

    _kind = "projection"


class Ledger(_Simulation):
    """Who gains and who pays: all parties and flows by calendar year, on many market paths."""

    _kind = "ledger"

    def parties(self) -> pandas.DataFrame:
        """The net amount of each party: a row for each party and year (``all`` for the whole time), in the scenario's
        currency.

        The sum is not zero: the Bitcoin network pays, fuel and labour are consumed, and some flows have no payer or
        payee among the parties (METHODS.md lists them). A party that only passes money on has rounding noise around
        zero.
        """
        frame = self.to_pandas()
        suffix = "usd" if self.currency == "USD" else "local"
        return _split(frame, f"net_{suffix}.", "party")

    def flows(self) -> pandas.DataFrame:
        """All flows that occur: a row for each flow and year (``all`` for the whole time), in USD."""
        return _split(self.to_pandas(), "flow_usd.", "flow")


def _split(frame: pandas.DataFrame, prefix: str, name: str) -> pandas.DataFrame:
    chosen = frame[frame["key"].str.startswith(prefix)].copy()
    chosen.insert(0, name, chosen.pop("key").str.removeprefix(prefix))
    return chosen.reset_index(drop=True)
