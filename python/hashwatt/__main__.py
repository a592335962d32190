"""``python -m hashwatt``: runs the command ``hashwatt``, or explains how to install it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NOT_INSTALLED = """hashwatt: the command is not installed; this is the Python package {version}.
Install it with a Rust toolchain (https://rustup.rs) from a checkout of the repository:
  cargo install --path crates/cli
Then `python -m hashwatt` runs the command `hashwatt`. From Python: import hashwatt; help(hashwatt)"""


def main() -> int:
    """Passes all arguments to the command and returns its exit status."""
    command = shutil.which("hashwatt")
    if command is None:
        from . import __version__

        print(NOT_INSTALLED.format(version=__version__), file=sys.stderr)
        return 127
    if os.name == "posix":
        os.execv(command, [command, *sys.argv[1:]])
    return subprocess.run([command, *sys.argv[1:]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
