"""Shared fixtures: the command with which the package is compared, and a small scenario."""

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
    """The path of the command: that in HASHWATT_COMMAND, the one built by cargo, or the installed one."""
    given = os.environ.get("HASHWATT_COMMAND")
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    built = target / "release" / ("hashwatt.exe" if os.name == "nt" else "hashwatt")
    if given:
        return given
    return str(built) if built.exists() else shutil.which("hashwatt")


@pytest.fixture(scope="session")
def run_command() -> Callable[..., bytes]:
    """Runs the command and returns its stdout; skips the test without a command, unless one is required."""
    path = _command_path()
    if path is None:
        reason = "no command: run `cargo build --release -p hashwatt-cli`, or set HASHWATT_COMMAND"
        if os.environ.get("HASHWATT_REQUIRE_COMMAND") == "1":
            pytest.fail(reason)
        pytest.skip(reason)

    def run(*arguments: str | os.PathLike[str]) -> bytes:
        call = [path, *map(os.fspath, arguments)]
        return subprocess.run(call, check=True, capture_output=True, cwd=ROOT).stdout

    return run


@pytest.fixture(scope="session")
def command(run_command: Callable[..., bytes]) -> Callable[..., Any]:
    """Runs the command and parses its JSON."""
    return lambda *arguments: json.loads(run_command(*arguments))


@pytest.fixture
def site() -> dict[str, Any]:
    """A small site over a year."""
    return {"power_mw": 100, "tariff": "50 USD/MWh", "project": {"years": 1}}
