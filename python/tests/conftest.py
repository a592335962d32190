"""What several tests share: the shipped scenarios, and the command that the package is held against."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shipped import ROOT


def _command_path() -> str | None:
    """The command: what HASHWATT_COMMAND names, the one that cargo built, or the one that is installed."""
    given = os.environ.get("HASHWATT_COMMAND")
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    built = target / "release" / ("hashwatt.exe" if os.name == "nt" else "hashwatt")
    if given:
        return given
    return str(built) if built.exists() else shutil.which("hashwatt")


@pytest.fixture(scope="session")
def run_command() -> Callable[..., bytes]:
    """Runs the command and gives what it prints; skips where there is none, unless it is required."""
    path = _command_path()
    if path is None:
        told = "no command: run `cargo build --release -p hashwatt-cli`, or set HASHWATT_COMMAND"
        if os.environ.get("HASHWATT_REQUIRE_COMMAND") == "1":
            pytest.fail(told)
        pytest.skip(told)

    def run(*arguments: str | os.PathLike[str]) -> bytes:
        call = [path, *map(os.fspath, arguments)]
        return subprocess.run(call, check=True, capture_output=True, cwd=ROOT).stdout

    return run


@pytest.fixture(scope="session")
def command(run_command: Callable[..., bytes]) -> Callable[..., Any]:
    """The same, with its JSON read."""
    return lambda *arguments: json.loads(run_command(*arguments))


@pytest.fixture
def site() -> dict[str, Any]:
    """A small site over a year."""
    return {"power_mw": 100, "tariff": "50 USD/MWh", "project": {"years": 1}}
