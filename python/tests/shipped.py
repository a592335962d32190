"""Where the shipped scenarios are."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "examples" / "scenarios"
SHIPPED = sorted(SCENARIOS.glob("*.toml"))
