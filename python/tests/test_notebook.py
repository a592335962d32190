"""The notebook runs completely with this interpreter, and shows three charts."""

from __future__ import annotations

import html
import json
import sys
from pathlib import Path
from typing import Any

from shipped import require

NOTEBOOK = Path(__file__).parents[1] / "examples" / "from_megawatts_to_the_ledger.ipynb"
REQUIRED = ("ipykernel", "matplotlib", "nbclient", "nbformat", "pandas", "xarray")


def executed(folder: Path) -> Any:
    """Runs the notebook with a kernel of this interpreter, regardless of the installed kernels."""
    import nbformat
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3",
        "language": "python",
        # Charts become outputs even if the tests run with another backend.
        "env": {"MPLBACKEND": "module://matplotlib_inline.backend_inline"},
    }
    kernel = folder / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    notebook: Any = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    manager = AsyncKernelManager(
        kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(kernel.parent)])
    )
    # The path of the scenario is relative to the notebook. A failing cell raises with its traceback.
    client = NotebookClient(
        notebook, km=manager, timeout=180, resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    )
    return client.execute()


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def test_notebook_shows_three_charts_after_warnings(tmp_path: Path) -> None:
    require(*REQUIRED)
    import hashwatt

    shown = outputs(executed(tmp_path))
    assert not [output for output in shown if output.output_type == "error"]
    charts = [place for place, output in enumerate(shown) if "image/png" in output.get("data", {})]
    assert len(charts) == 3
    tables = (output.get("data", {}).get("text/html", "") for output in shown[: charts[0]])
    before = html.unescape("".join(tables))
    scenario = hashwatt.Scenario.load(NOTEBOOK.parents[2] / "examples" / "scenarios" / "pakistan-2000mw.toml")
    for _, warning in scenario.check():
        assert warning in before
    for figure in scenario.ledger(paths=0).missing:
        assert figure in before


def test_notebook_is_stored_without_outputs() -> None:
    stored = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    for cell in stored["cells"]:
        assert not cell.get("outputs") and cell.get("execution_count") is None, cell["id"]
