"""Nonce search on this machine's processor, exactly, with the kernels of hashwatt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import _native
from ._check import MOST_THREADS, Progress, callback, whole
from ._results import Interrupted

__all__ = ["Hit", "Kernel", "Scan", "kernels", "scan"]

#: Nonces of a header.
ALL_NONCES = 1 << 32


@dataclass(frozen=True, slots=True)
class Kernel:
    """A kernel on this machine."""

    #: Its name, as ``scan`` takes it.
    name: str
    #: Nonces that it works on at once.
    lanes: int
    #: Whether it runs here: what it needs is there, and it has passed its self-test.
    available: bool
    #: Why it does not.
    reason: str | None
    #: MH/s on one thread, from a few milliseconds: good for ranking.
    rate_mh_s: float | None
    #: Which of several ways to run it was the fastest.
    variant: str | None
    #: Whether ``scan`` takes it where none is named.
    chosen: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A nonce whose double hash meets the target."""

    nonce: int
    #: The hash as it is displayed, most significant byte first.
    hash: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The result of a search."""

    #: Every hit of the covered nonces, by nonce, none twice.
    hits: list[Hit]
    #: Nonces that were decided.
    hashes: int
    #: Whether the whole range was searched.
    complete: bool
    #: What was searched: (first nonce, count), in order.
    covered: list[tuple[int, int]]
    #: The compact target that was searched for.
    bits: int
    kernel: str
    variant: str | None
    threads: int


def kernels() -> list[Kernel]:
    """The kernels with their rate on one thread of this machine, or why they cannot run.

    Each proves itself against the reference first; the rates are measured once a process, in some milliseconds.

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
    """Searches nonces of a block header by double SHA-256: every hit, none twice, counted hashes.

    ``header`` is 80 bytes, or 160 hexadecimal digits; ``start`` and ``count`` are nonces, to the last one without a
    count; ``bits`` is a compact target in place of the header's. ``progress`` is called with the nonces done. Ctrl-C
    raises :class:`hashwatt.Interrupted` with the part that was searched.

    >>> import hashwatt
    >>> genesis = (
    ...     "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e"
    ...     "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000"
    ... )
    >>> hashwatt.scan(genesis, start=2_083_236_000, count=1000).hits[0].nonce
    2083236893
    """
    if not isinstance(header, (str, bytes, bytearray, memoryview)):
        raise TypeError(f"header is of the type {type(header).__name__}; give 80 bytes or 160 hexadecimal digits")
    digits = header if isinstance(header, str) else bytes(header).hex()
    start = whole("start", start, 0, ALL_NONCES - 1)
    left = ALL_NONCES - start
    count = left if count is None else whole("count", count, 0, left)
    if bits is not None:
        bits = whole("bits", bits, 0, ALL_NONCES - 1)
    threads = whole("threads", threads, 1, MOST_THREADS)
    callback("progress", progress)
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
