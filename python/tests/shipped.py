"""The paths of the shipped scenarios, and the packages that a test requires."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "examples" / "scenarios"
SHIPPED = sorted(SCENARIOS.glob("*.toml"))


def require(*names: str) -> None:
    """Skips the test if a package is missing, or fails it if the extras are required."""
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    if not missing:
        return
    reason = f"{', '.join(missing)} not installed; pip install \"./python[test]\""
    if os.environ.get("HASHWATT_REQUIRE_PYTHON_EXTRAS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
