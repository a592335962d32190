"""Exact nonce search on this machine's processor with the kernels of hashwatt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import _native
from ._check import MAX_THREADS, Progress, check_callback, whole_number
from ._results import Interrupted

__all__ = ["Hit", "Kernel", "Scan", "kernels", "scan"]

#: The number of nonces of a header.
NONCE_COUNT = 1 << 32


@dataclass(frozen=True, slots=True)
class Kernel:
    """A hashing kernel, and whether it runs on this machine."""

    #: The name, as accepted by ``scan``.
    name: str
    #: The number of nonces processed at once.
    lanes: int
    #: Whether it runs here: its requirements are met, and its self-test has passed.
    available: bool
    #: Why it is not available.
    reason: str | None
    #: MH/s on one thread, measured over a few milliseconds: suitable for ranking only.
    rate_mh_s: float | None
    #: The fastest of several variants.
    variant: str | None
    #: Whether ``scan`` uses it by default.
    chosen: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A nonce whose double hash meets the target."""

    nonce: int
    #: The hash in display order, most significant byte first.
    hash: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The result of a search for nonces."""

    #: All hits among the covered nonces, ordered by nonce, without duplicates.
    hits: list[Hit]
    #: The number of nonces that were searched.
    hashes: int
    #: Whether the whole range was searched.
    complete: bool
    #: The searched ranges in order, as (first nonce, count).
    covered: list[tuple[int, int]]
    #: The compact target of the search.
    bits: int
    kernel: str
    variant: str | None
    threads: int


def kernels() -> list[Kernel]:
    """The kernels with their rate on one thread of this machine, or the reason why they cannot run.

    Each kernel is first verified against the reference; the rates are measured once per process, in some milliseconds.

    >>> import hashwatt
    >>> [kernel.available for kernel in hashwatt.kernels() if kernel.name == "scalar"]
    [True]
    """
    return [Kernel(**row) for row in _native.kernels()]


def scan(
    header: bytes | str,
    *,
    start: int = 0,
    count: int | None = None,
    bits: int | None = None,
    kernel: str | None = None,
    threads: int = 1,
    progress: Progress | None = None,
) -> Scan:
    """Searches the nonces of a block header for double SHA-256 hashes that meet its target.

    All hits are returned, without duplicates, with the number of hashes. ``header`` is 80 bytes or 160 hexadecimal
    digits; the search covers ``count`` nonces from ``start``, by default up to the last one; ``bits`` is a compact
    target instead of the header's. ``progress`` is called with the number of searched nonces. Ctrl-C raises
    :class:`hashwatt.Interrupted` with the partial result.

    >>> import hashwatt
    >>> genesis = (
    ...     "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e"
    ...     "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000"
    ... )
    >>> hashwatt.scan(genesis, start=2_083_236_000, count=1000).hits[0].nonce
    2083236893
    """
    if not isinstance(header, (str, bytes, bytearray, memoryview)):
        raise TypeError(f"header has the type {type(header).__name__}; give 80 bytes or 160 hexadecimal digits")
    digits = header if isinstance(header, str) else bytes(header).hex()
    start = whole_number("start", start, 0, NONCE_COUNT - 1)
    left = NONCE_COUNT - start
    count = left if count is None else whole_number("count", count, 0, left)
    if bits is not None:
        bits = whole_number("bits", bits, 0, NONCE_COUNT - 1)
    threads = whole_number("threads", threads, 1, MAX_THREADS)
    check_callback("progress", progress)
    found, stopped_by = _native.scan(digits, start, count, bits, kernel, threads, progress)
    result = _result(found)
    if stopped_by is None:
        return result
    if isinstance(stopped_by, KeyboardInterrupt):
        raise Interrupted(result) from None
    raise stopped_by


def _result(found: dict[str, Any]) -> Scan:
    hits = [Hit(nonce, hash) for nonce, hash in found.pop("hits")]
    return Scan(hits=hits, **found)
