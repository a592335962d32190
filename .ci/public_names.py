#!/usr/bin/env python3
"""The names that callers can use, read from rustdoc's pages and compared with the record in tests/public_names/.

    cargo doc --no-deps --workspace --all-features
    .ci/public_names.py            fails if a name was added or removed
    .ci/public_names.py --bless    writes the record

One file for each published crate, one line for each name: kind and path. Fields, variants and methods are listed with
their type; names that are hidden from the documentation and implementations of traits are not. The pages of another
rustdoc may have another layout, so with another version a difference is shown but is not a failure.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUSTDOC = "rustdoc 1.95."
RECORD = ROOT / "tests" / "public_names"
CRATES = ["hashwatt", "hashwatt_econ", "hashwatt_input", "hashwatt_quantities", "hashwatt_report"]
# Kinds of items, as rustdoc's sidebar has them, and how the page of one is named.
ITEMS = ["constant", "enum", "fn", "macro", "mod", "static", "struct", "trait", "type", "union"]
# What a page gives an id, and what that is.
MEMBERS = {
    "associatedconstant": "constant",
    "associatedtype": "type",
    "method": "fn",
    "structfield": "field",
    "tymethod": "fn",
    "variant": "variant",
}


def members(page):
    """Fields, variants and methods that an item's page documents."""
    text = page.read_text(encoding="utf-8")
    # What comes with a trait is the trait's.
    text = re.split(r'id="(?:trait-implementations|synthetic-implementations|deref-methods)', text)[0]
    for kind, name in re.findall(r'id="(%s)\.(\w+)' % "|".join(MEMBERS), text):
        # A second method of one name, of another implementation block, is called `name-1`.
        yield MEMBERS[kind], name
    for variant, name in re.findall(r'id="variant\.(\w+)\.field\.(\w+)"', text):
        yield "field", f"{variant}::{name}"


def names(folder, path):
    """Lines of a module and of all below it."""
    sidebar = (folder / "sidebar-items.js").read_text(encoding="utf-8")
    items = json.loads(sidebar[sidebar.index("{") : sidebar.rindex("}") + 1])
    for kind in ITEMS:
        for name in items.get(kind, []):
            yield f"{kind} {path}::{name}"
            if kind == "mod":
                yield from names(folder / name, f"{path}::{name}")
                continue
            for of, member in members(folder / f"{kind}.{name}.html"):
                yield f"{of} {path}::{name}::{member}"
    index = (folder / "index.html").read_text(encoding="utf-8")
    for name in re.findall(r'id="reexport\.(\w+)"', index):
        yield f"use {path}::{name}"


def main():
    bless = sys.argv[1:] == ["--bless"]
    if sys.argv[1:] and not bless:
        sys.exit(__doc__)
    changed = False
    for crate in CRATES:
        folder = ROOT / "target" / "doc" / crate
        found = sorted(set(names(folder, crate)))
        record = RECORD / f"{crate}.txt"
        known = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
        items = sum(not line.startswith(("field", "variant")) and line.count("::") >= 1 for line in found)
        print(f"{crate}: {len(found)} public names, {items} without fields and variants")
        if bless:
            RECORD.mkdir(exist_ok=True)
            record.write_text("".join(line + "\n" for line in found), encoding="utf-8")
            continue
        for sign, lines in ("-", set(known) - set(found)), ("+", set(found) - set(known)):
            changed |= bool(lines)
            for line in sorted(lines):
                print(f"{sign} {line}")
    version = subprocess.run(["rustdoc", "--version"], capture_output=True, text=True, check=True).stdout
    if changed and not version.startswith(RUSTDOC):
        print(f"the record was written with {RUSTDOC}x, not with {version.strip()}")
    elif changed:
        sys.exit("public names differ from tests/public_names; see CONTRIBUTING.md")


if __name__ == "__main__":
    main()
