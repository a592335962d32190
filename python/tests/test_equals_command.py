"""Every number equals that of the command, to the last bit."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import pytest
from shipped import ROOT, SHIPPED

import hashwatt


#: Few, to save time; more paths do not give other keys.
PATHS = 24


def _name(path: Path) -> str:
    return path.stem


def _scenario(path: Path) -> hashwatt.Scenario:
    return hashwatt.Scenario.from_toml(
        path.read_text(encoding="utf-8"), name=str(path.relative_to(ROOT)), folder=path.parent
    )


@pytest.mark.parametrize("path", SHIPPED, ids=_name)
def test_estimate_of_shipped_scenario_equals_command(run_command, path):
    printed = run_command("estimate", "--scenario", path.relative_to(ROOT), "--json")
    result = _scenario(path).estimate()
    assert result.to_json().encode() == printed
    assert result.to_dict() == json.loads(printed)


@pytest.mark.parametrize("call", ["project", "ledger"])
@pytest.mark.parametrize("path", SHIPPED, ids=_name)
def test_run_of_shipped_scenario_equals_command(run_command, path, call):
    options = ("--scenario", path.relative_to(ROOT), "--paths", str(PATHS), "--seed", "7")
    printed = run_command(call, *options, "--json")
    result = getattr(hashwatt, call)(_scenario(path), paths=PATHS, seed=7)
    assert result.to_json().encode() == printed


def test_long_form_equals_csv_of_command(run_command):
    path = ROOT / "examples/scenarios/pakistan-2000mw.toml"
    printed = run_command("ledger", "--scenario", path.relative_to(ROOT), "--paths", str(PATHS), "--csv")
    frame = hashwatt.ledger(_scenario(path), paths=PATHS).to_pandas()
    rows = list(csv.DictReader(io.StringIO(printed.decode())))
    assert list(frame.columns) == list(rows[0])
    assert len(frame) == len(rows)
    for row, (_, mine) in zip(rows, frame.iterrows(), strict=True):
        for column, text in row.items():
            if isinstance(mine[column], str):
                assert mine[column] == text
            else:
                number = float(text) if text else math.nan
                assert number == mine[column] or (math.isnan(number) and math.isnan(mine[column]))


def test_option_names_are_accepted_as_arguments(run_command):
    printed = run_command(
        "estimate", "--mw", "2000", "--j-per-th", "15", "--tariff", "22.98 PKR/kWh", "--fx", "281 PKR/USD", "--json"
    )
    result = hashwatt.estimate(mw=2000, j_per_th=15, tariff="22.98 PKR/kWh", fx="281 PKR/USD")
    command, mine = json.loads(printed), result.to_dict()
    # Origins are options in the command and keys in Python.
    command.pop("inputs"), mine.pop("inputs")
    assert mine == command
