"""The package itself: types, the command by ``python -m``, and numpy as the only dependency."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from shipped import ROOT

import hashwatt


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, *arguments]
    return subprocess.run(
        call, capture_output=True, text=True, env=os.environ | environment, check=False, cwd=ROOT
    )


def test_types_are_strict_and_stubs_match(tmp_path):
    pytest.importorskip("mypy")
    cache = f"--cache-dir={tmp_path}"
    config = f"--config-file={Path(__file__).parents[1] / 'pyproject.toml'}"
    checked = _run("-m", "mypy", config, cache, "-p", "hashwatt")
    assert checked.returncode == 0, checked.stdout
    stubs = _run("-m", "mypy.stubtest", "hashwatt._native")
    assert stubs.returncode == 0, stubs.stdout + stubs.stderr


def test_package_requires_numpy_only():
    program = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"pandas", "xarray", "pyarrow", "dask", "distributed", "pypsa", "matplotlib"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Refuse())
import hashwatt
run = hashwatt.Scenario.from_keys(mw=10, tariff="50 USD/MWh", years=1).project(paths=4)
assert run.to_dict()["paths"] == 4
assert hashwatt.estimate(mw=10).power_mw == 10
assert hashwatt.hashprice([900.0, 901.0], 3.1, 60000).shape == (2,)
try:
    run.to_pandas()
except ModuleNotFoundError as error:
    assert "pandas" in str(error)
print("done")
"""
    ran = _run("-c", program)
    assert ran.stdout == "done\n", ran.stderr


def test_module_runs_command_or_explains_installation(tmp_path):
    result = _run("-m", "hashwatt", "--version", PATH=str(tmp_path))
    assert result.returncode == 127 and "cargo install" in result.stderr and not result.stdout
    if os.name != "posix":
        return
    command = tmp_path / "hashwatt"
    command.write_text('#!/bin/sh\necho "ran $*"\nexit 3\n')
    command.chmod(0o755)
    ran = _run("-m", "hashwatt", "estimate", "--mw", "1", PATH=f"{tmp_path}:/usr/bin:/bin")
    assert (ran.returncode, ran.stdout) == (3, "ran estimate --mw 1\n")


def test_version_equals_workspace():
    manifest = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    assert f'version = "{hashwatt.__version__}"' in manifest
