"""What a sweep gives: the figures of every combination, put together from rows as they come."""

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

#: Keys with their values as they are typed after the command's ``--over``.
Pairs: TypeAlias = list[tuple[str, str]]

#: As many warnings as the engine keeps, and the key of the one that says that there are more.
MOST_WARNINGS = 20
MORE_WARNINGS = "more_warnings"


class Figure(NamedTuple):
    """A figure of every row: its key, its unit (empty for pure numbers), and what it is."""

    key: str
    unit: str
    text: str


class Axis(NamedTuple):
    """What is varied: the key, its name in a table, the unit of its values (empty for texts), and the values."""

    key: str
    column: str
    unit: str
    values: NDArray[Any]


class Told(NamedTuple):
    """What is said of some rows: what is missing, warnings, and the keys of inputs that are not the same in all."""

    missing: list[tuple[str, list[str]]]
    warnings: list[tuple[str, str]]
    varied: list[str]


@dataclass(frozen=True, eq=False, repr=False)
class Sweep:
    """The figures of every combination of some keys' values. It does not change.

    It is no dataset of xarray itself, since numpy is all that hashwatt needs, and since inputs with their sources, and
    what is missing for want of which keys, have no place in a dataset: :meth:`to_xarray` and :meth:`to_pandas` give
    the numbers where they are wanted, and ``sweep[key]`` is an array of numpy with a dimension for each axis.

    A figure that a combination does not have is NaN (``missing`` says which keys it needs), and so is every figure of
    a combination that was not computed (``done`` is false for it). Rows are in the order of the axes, the last axis
    fastest.
    """

    #: What was swept.
    scenario: Scenario
    #: What was varied, in the order of the dimensions.
    axes: tuple[Axis, ...]
    #: The figures by key, each with its unit and what it is.
    figures: dict[str, Figure]
    #: A row for each combination, a column for each figure.
    values: NDArray[np.float64]
    #: Which rows were computed.
    done: NDArray[np.bool_]
    #: What a reader must know before quoting a figure, as (key, text).
    warnings: list[tuple[str, str]]
    #: Figures that some combination does not have, with the keys of the scenario that they need.
    missing: dict[str, list[str]]
    _varied: frozenset[str]
    _pairs: Pairs

    @property
    def shape(self) -> tuple[int, ...]:
        """How many values each axis has."""
        return tuple(len(axis.values) for axis in self.axes)

    @property
    def rows_done(self) -> int:
        """How many combinations were computed."""
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
        place = list(self.figures).index(key) if key in self.figures else None
        if place is None:
            raise KeyError(unknown_figures([key], list(self.figures)))
        return self.values[:, place].reshape(self.shape)

    def to_pandas(self) -> pandas.DataFrame:
        """A row for each combination: a column for each axis, and for each figure.

        Columns have the names that they have in ``hashwatt sweep --csv``: axes with the unit of their numbers, such
        as ``tariff_usd_per_mwh``; a figure of the same name as an axis has ``result.`` in front. Amounts in the
        scenario's money keep their key, such as ``net_local.state``, in place of the currency's code.
        """
        import pandas as pd

        places = np.unravel_index(np.arange(len(self.done)), self.shape)
        columns = {axis.column: axis.values[at] for axis, at in zip(self.axes, places, strict=True)}
        names = _unlike(self.figures, columns)
        columns |= {name: self.values[:, place].copy() for place, name in enumerate(names)}
        frame = pd.DataFrame(columns)
        frame.attrs = {"title": self.scenario.title, "complete": self.complete}
        return frame

    def to_xarray(self) -> xarray.Dataset:
        """A dataset of xarray: a dimension for each axis, a variable for each figure.

        Dimensions have the key of their axis with ``_`` for dots and brackets; coordinates have ``units`` in ``attrs``,
        variables ``units``, ``long_name`` and ``key``. A figure of the same name as a dimension has ``result.`` in
        front. ``attrs`` of the dataset hold ``title``, ``complete`` (0 or 1), ``rows_done``, ``warnings`` and
        ``missing`` as texts and numbers, so that it can be written to a file.
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
            for name, figure in zip(_unlike(self.figures, names), self.figures.values(), strict=True)
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


def _unlike(figures: Iterable[str], axes: Iterable[str]) -> list[str]:
    taken = set(axes)
    return [f"result.{key}" if key in taken else key for key in figures]


class Plan(NamedTuple):
    """What is to be computed."""

    scenario: Scenario
    pairs: Pairs
    axes: tuple[Axis, ...]
    #: How many combinations there are.
    rows: int
    #: Keys of figures; all of them where there are none.
    chosen: list[str] | None


class Rows:
    """Rows as they come, in any order; what is said of them is put together in theirs."""

    def __init__(self, plan: Plan, figures: list[tuple[str, str, str]]) -> None:
        self.plan = plan
        self.figures = [Figure(*figure) for figure in figures]
        self.values = np.full((plan.rows, len(figures)), np.nan)
        self.done = np.zeros(plan.rows, dtype=np.bool_)
        self.told: dict[int, Told] = {}

    def put(self, begin: int, values: NDArray[np.float64], told: Told) -> None:
        rows = values.reshape(-1, len(self.figures))
        self.values[begin : begin + len(rows)] = rows
        self.done[begin : begin + len(rows)] = True
        self.told[begin] = told

    def sweep(self) -> Sweep:
        missing: dict[str, dict[str, None]] = {}
        warnings: dict[tuple[str, str], None] = {}
        varied: set[str] = set()
        for _, told in sorted(self.told.items()):
            for key, needs in told.missing:
                missing.setdefault(key, {}).update(dict.fromkeys(needs))
            warnings.update(dict.fromkeys(told.warnings))
            varied.update(told.varied)
        kept = [warning for warning in warnings if warning[0] != MORE_WARNINGS]
        if len(kept) > MOST_WARNINGS or len(kept) < len(warnings):
            # How often they came depends on how rows were shared out.
            told_more = "more warnings are left out; sweep fewer combinations to see them"
            kept = [*kept[:MOST_WARNINGS], (MORE_WARNINGS, told_more)]
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
    def told(key: str) -> str:
        near = difflib.get_close_matches(key, known, 1) or [name for name in known if key in name]
        nearest = f"; the nearest is `{near[0]}`" if near else f"; there are {', '.join(known)}"
        return f"figures: there is no `{key}`{nearest}"

    return "\n".join(map(told, keys))
