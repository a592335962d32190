"""The examples of the README and of docstrings are correct, and docstrings are complete."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest
from shipped import require

import hashwatt

PYTHON = Path(__file__).resolve().parents[1]
README = PYTHON / "README.md"

#: The modules, except the native one and the command.
MODULES = sorted(
    module.name
    for module in pkgutil.iter_modules(hashwatt.__path__, "hashwatt.")
    if module.name not in ("hashwatt._native", "hashwatt.__main__")
)
#: The packages other than numpy that the examples of a module require.
REQUIRED = {
    "hashwatt._dask": ("dask", "distributed"),
    "hashwatt._dataset": ("xarray",),
    "hashwatt._hourly_prices": ("pandas",),
    "hashwatt._results": ("pandas",),
    "hashwatt._snapshots": ("pandas", "pypsa"),
    "hashwatt.pypsa": ("pandas", "pypsa", "highspy"),
}


def run(test: doctest.DocTest) -> None:
    """Runs one group of examples; a failure shows the expected and the actual output."""
    output: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(test, out=output.append, clear_globs=False)
    assert not results.failed, "".join(output)


def blocks(language: str) -> list[tuple[int, str]]:
    """The blocks of the README in a language, each with the number of the preceding line."""
    text = README.read_text(encoding="utf-8")
    found = re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [(text[: block.start(1)].count("\n"), block[1]) for block in found]


def test_readme_examples_give_shown_output(monkeypatch: pytest.MonkeyPatch) -> None:
    require("pandas", "pyarrow", "xarray")
    monkeypatch.chdir(PYTHON.parent)
    examples = blocks("pycon")
    names: dict[str, Any] = {}
    assert len(examples) >= 5
    for line, text in examples:
        test = doctest.DocTestParser().get_doctest(text, names, README.name, str(README), line)
        run(test)
        # Later blocks use the definitions of earlier ones.
        names = test.globs


def test_readme_has_only_tested_python_blocks() -> None:
    assert not blocks("python"), "write ```pycon with >>>, which is run"


def test_readme_links_exist() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (PYTHON / target).exists(), target


@pytest.mark.parametrize("name", ["hashwatt", *MODULES])
def test_docstring_examples_give_shown_output(name: str) -> None:
    require(*REQUIRED.get(name, ()))
    module = importlib.import_module(name)
    for test in doctest.DocTestFinder(exclude_empty=True).find(module):
        if test.examples:
            run(test)


PUBLIC = [name for name in hashwatt.__all__ if not name.startswith("__")]
FUNCTIONS = [name for name in PUBLIC if not inspect.isclass(getattr(hashwatt, name))]


@pytest.mark.parametrize("name", PUBLIC)
def test_public_name_has_own_docstring(name: str) -> None:
    public = getattr(hashwatt, name)
    # The generated docstring of a dataclass, its signature, does not count.
    assert public.__doc__ and not public.__doc__.startswith(f"{name}(")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_public_function_has_example(name: str) -> None:
    assert ">>> " in (getattr(hashwatt, name).__doc__ or "")


@pytest.mark.parametrize("kind", [hashwatt.Scenario, hashwatt.Result, hashwatt.Estimate, hashwatt.Projection, hashwatt.Ledger])
def test_public_methods_have_docstrings(kind: type[Any]) -> None:
    for name, member in inspect.getmembers(kind):
        if not name.startswith("_"):
            assert inspect.getdoc(member), f"{kind.__name__}.{name}"


#: Arguments without a unit: ratios, counts and fields of a block header.
PURE_NUMBERS = {"bits", "blocks", "difficulty", "displacement", "payout", "pue"}
UNITS = ("mw", "j_per_th", "eh_s", "days", "_btc", "_usd_per_btc", "usd_per_ph_day", "j_per_th_at_site")


@pytest.mark.parametrize("name", importlib.import_module("hashwatt._functions").__all__)
def test_numeric_argument_has_unit_in_name(name: str) -> None:
    for argument in inspect.signature(getattr(hashwatt, name)).parameters:
        assert argument in PURE_NUMBERS or argument.endswith(UNITS), argument
