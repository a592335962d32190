"""The result of a sweep: the figures of every combination, collected from blocks of rows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from . import _native
from ._scenario import Scenario

if TYPE_CHECKING:
    import pandas
    import xarray

__all__ = ["Sweep"]

#: Keys with their values, in the format of the command's ``--over``.
Pairs: TypeAlias = list[tuple[str, str]]

#: The maximum number of warnings, as in the engine, and the key of the warning about further ones.
MAX_WARNINGS = 20
MORE_WARNINGS = "more_warnings"


class Figure(NamedTuple):
    """A figure of every row: its key, its unit (empty for pure numbers) and its description."""

    key: str
    unit: str
    text: str


class Axis(NamedTuple):
    """A varied key: the key, its column name in a table, the unit of its values (empty for texts) and the values."""

    key: str
    column: str
    unit: str
    values: NDArray[Any]


class RowNotes(NamedTuple):
    """Notes on a block of rows: missing figures, warnings, and the keys of inputs that vary between rows."""

    missing: list[tuple[str, list[str]]]
    warnings: list[tuple[str, str]]
    varied: list[str]


@dataclass(frozen=True, eq=False, repr=False)
class Sweep:
    """The figures for every combination of the values of some keys. It is immutable.

    It is not an xarray dataset itself, because hashwatt requires numpy only, and because a dataset cannot hold the
    inputs with their sources and the keys that missing figures need. :meth:`to_xarray` and :meth:`to_pandas` convert
    the numbers, and ``sweep[key]`` is a numpy array with a dimension for each axis.

    A figure that a combination does not have is NaN (``missing`` lists the keys that it needs), and so is every figure
    of a combination that was not computed (``done`` is false for it). Rows are in the order of the axes; the last axis
    varies fastest.
    """

    #: The scenario of the sweep.
    scenario: Scenario
    #: The varied keys, in the order of the dimensions.
    axes: tuple[Axis, ...]
    #: The figures by key, each with its unit and description.
    figures: dict[str, Figure]
    #: A row for each combination, a column for each figure.
    values: NDArray[np.float64]
    #: Which rows were computed.
    done: NDArray[np.bool_]
    #: Warnings to read before quoting a figure, as (key, text).
    warnings: list[tuple[str, str]]
    #: Figures that are missing in some combination, with the keys of the scenario that they need.
    missing: dict[str, list[str]]
    _varied: frozenset[str]
    _pairs: Pairs

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of values of each axis."""
        return tuple(len(axis.values) for axis in self.axes)

    @property
    def rows_done(self) -> int:
        """The number of computed combinations."""
        return int(np.count_nonzero(self.done))

    @property
    def complete(self) -> bool:
        """Whether every combination was computed."""
        return bool(self.done.all())

    @property
    def inputs(self) -> list[dict[str, Any]]:
        """Every input that is the same in all rows: ``key``, ``value``, ``unit``, ``low``, ``high`` and ``origin``."""
        inputs = self.scenario._native.sweep_inputs(self._pairs)
        return [row for row in inputs if row["key"] not in self._varied]

    def __getitem__(self, key: str) -> NDArray[np.float64]:
        """A figure by its key, with a dimension for each axis; its unit is ``figures[key].unit``."""
        column = list(self.figures).index(key) if key in self.figures else None
        if column is None:
            raise KeyError(unknown_figures([key], list(self.figures)))
        return self.values[:, column].reshape(self.shape)

    def to_pandas(self) -> pandas.DataFrame:
        """A row for each combination, with a column for each axis and each figure.

        Columns have the same names as in ``hashwatt sweep --csv``: axes include the unit of their numbers, such as
        ``tariff_usd_per_mwh``; a figure with the name of an axis has the prefix ``result.``. Amounts in the scenario's
        currency keep their key, such as ``net_local.state``, instead of the code of the currency.
        """
        import pandas as pd

        indices = np.unravel_index(np.arange(len(self.done)), self.shape)
        columns = {axis.column: axis.values[index] for axis, index in zip(self.axes, indices, strict=True)}
        names = _distinct_names(self.figures, columns)
        columns |= {name: self.values[:, column].copy() for column, name in enumerate(names)}
        frame = pd.DataFrame(columns)
        frame.attrs = {"title": self.scenario.title, "complete": self.complete}
        return frame

    def to_xarray(self) -> xarray.Dataset:
        """An xarray dataset with a dimension for each axis and a variable for each figure.

        The name of a dimension is the key of its axis with ``_`` for dots and brackets. Coordinates have ``units`` in
        ``attrs``; variables have ``units``, ``long_name`` and ``key``. A figure with the name of a dimension has the
        prefix ``result.``. The ``attrs`` of the dataset are ``title``, ``complete`` (0 or 1), ``rows_done``,
        ``warnings`` and ``missing`` as texts and numbers, so that it can be written to a file.
        """
        import xarray as xr

        texts = dict(_native.keys())
        names = [re.sub(r"\W+", "_", axis.key).strip("_") for axis in self.axes]
        coordinates = {
            name: (name, axis.values, {"units": axis.unit, "long_name": texts.get(axis.key, axis.key), "key": axis.key})
            for name, axis in zip(names, self.axes, strict=True)
        }
        variables = {
            name: (
                names,
                self[figure.key].copy(),
                {"units": figure.unit, "long_name": figure.text, "key": figure.key},
            )
            for name, figure in zip(_distinct_names(self.figures, names), self.figures.values(), strict=True)
        }
        attrs = {
            "title": self.scenario.title or "",
            "complete": int(self.complete),
            "rows_done": self.rows_done,
            "warnings": "\n".join(text for _, text in self.warnings),
            "missing": "\n".join(f"{key} needs {', '.join(needs)}" for key, needs in self.missing.items()),
        }
        return xr.Dataset(variables, coordinates, attrs)

    def __repr__(self) -> str:
        axes = " x ".join(f"{len(axis.values)} of {axis.column}" for axis in self.axes)
        state = "" if self.complete else f", {self.rows_done} rows done"
        return f"Sweep({axes}: {len(self.figures)} figures{state})"


def _distinct_names(figures: Iterable[str], axes: Iterable[str]) -> list[str]:
    """Names of the figures that differ from those of the axes."""
    taken = set(axes)
    return [f"result.{key}" if key in taken else key for key in figures]


class SweepPlan(NamedTuple):
    """The combinations and figures to compute."""

    scenario: Scenario
    pairs: Pairs
    axes: tuple[Axis, ...]
    #: The number of combinations.
    rows: int
    #: The keys of the figures; ``None`` for all figures.
    chosen: list[str] | None


class RowCollector:
    """Collects rows that arrive in any order; their notes are merged in the order of the rows."""

    def __init__(self, plan: SweepPlan, figures: list[tuple[str, str, str]]) -> None:
        self.plan = plan
        self.figures = [Figure(*figure) for figure in figures]
        self.values = np.full((plan.rows, len(figures)), np.nan)
        self.done = np.zeros(plan.rows, dtype=np.bool_)
        self.notes: dict[int, RowNotes] = {}

    def put(self, begin: int, values: NDArray[np.float64], notes: RowNotes) -> None:
        rows = values.reshape(-1, len(self.figures))
        self.values[begin : begin + len(rows)] = rows
        self.done[begin : begin + len(rows)] = True
        self.notes[begin] = notes

    def sweep(self) -> Sweep:
        missing: dict[str, dict[str, None]] = {}
        warnings: dict[tuple[str, str], None] = {}
        varied: set[str] = set()
        for _, notes in sorted(self.notes.items()):
            for key, needs in notes.missing:
                missing.setdefault(key, {}).update(dict.fromkeys(needs))
            warnings.update(dict.fromkeys(notes.warnings))
            varied.update(notes.varied)
        kept = [warning for warning in warnings if warning[0] != MORE_WARNINGS]
        if len(kept) > MAX_WARNINGS or len(kept) < len(warnings):
            # Without their number, which depends on how the rows were divided into blocks.
            text = "more warnings are left out; sweep fewer combinations to see them"
            kept = [*kept[:MAX_WARNINGS], (MORE_WARNINGS, text)]
        self.values.setflags(write=False)
        self.done.setflags(write=False)
        return Sweep(
            self.plan.scenario,
            self.plan.axes,
            {figure.key: figure for figure in self.figures},
            self.values,
            self.done,
            kept,
            {key: list(needs) for key, needs in missing.items()},
            frozenset(varied),
            self.plan.pairs,
        )


def unknown_figures(keys: list[str], known: list[str]) -> str:
    """The error message for unknown keys of figures."""

    def message(key: str) -> str:
        near = difflib.get_close_matches(key, known, 1) or [name for name in known if key in name]
        hint = f"; did you mean `{near[0]}`?" if near else f"; there are {', '.join(known)}"
        return f"figures: there is no `{key}`{hint}"

    return "\n".join(map(message, keys))
