"""Nonce search: all hits, exactly, and the kernels of this machine."""

from __future__ import annotations

import hashlib
import struct

import pytest

import hashwatt

GENESIS = bytes.fromhex(
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e"
    "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d00000000"
)
EASY = 0x1F7FFFFF


def _reference(start: int, count: int, bits: int) -> list[int]:
    """A simple search with hashlib."""
    target = (bits & 0x7FFFFF) << (8 * ((bits >> 24) - 3))

    def double(nonce: int) -> int:
        header = GENESIS[:76] + struct.pack("<I", nonce)
        return int.from_bytes(hashlib.sha256(hashlib.sha256(header).digest()).digest(), "little")

    return [nonce for nonce in range(start, start + count) if double(nonce) <= target]


@pytest.mark.parametrize("kernel", [None, *(k.name for k in hashwatt.kernels() if k.available)])
def test_hits_equal_hashlib(kernel):
    start, count = (1 << 32) - 30_000, 30_000
    found = hashwatt.scan(GENESIS, start=start, bits=EASY, kernel=kernel, threads=2)
    assert [hit.nonce for hit in found.hits] == _reference(start, count, EASY)
    assert (found.hashes, found.complete, found.covered) == (count, True, [(start, count)])


def test_genesis_block_is_found():
    found = hashwatt.scan(GENESIS.hex(), start=2_083_236_000, count=1_000)
    assert [hit.nonce for hit in found.hits] == [2_083_236_893]
    assert found.hits[0].hash == "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"


def test_interrupted_search_returns_covered_ranges():
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(hashwatt.Interrupted) as caught:
        hashwatt.scan(GENESIS, kernel="scalar", progress=stop)
    part = caught.value.partial
    assert not part.complete and 0 < part.hashes < 1 << 32
    assert part.hashes == sum(count for _, count in part.covered)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"header": GENESIS[:-1]}, "160"),
        ({"header": "zz"}, "header"),
        ({"header": 10**11}, "header"),
        ({"start": 1 << 32}, "start"),
        ({"start": "5"}, "start"),
        ({"count": -1}, "count"),
        ({"count": 1 << 33}, "count"),
        ({"bits": 0x207FFFFF}, "count"),
        ({"bits": -1}, "bits"),
        ({"kernel": "fast"}, "give one of"),
        ({"threads": 0}, "threads"),
        ({"threads": 1_000_000}, "threads"),
    ],
)
def test_wrong_scan_argument_is_named(arguments, message):
    with pytest.raises((ValueError, TypeError), match=message):
        hashwatt.scan(**({"header": GENESIS} | arguments))


def test_unavailable_kernel_has_reason():
    kernels = hashwatt.kernels()
    assert sum(kernel.chosen for kernel in kernels) == 1
    for kernel in kernels:
        assert (kernel.reason is None) == kernel.available == (kernel.rate_mh_s is not None)
