"""Functions of numbers, arrays and Series: worked values, broadcasting and refused arguments."""

from __future__ import annotations

import numpy as np
import pytest

import hashwatt


def test_functions_return_worked_values():
    assert hashwatt.hashrate(2000, 15, 1.05) == pytest.approx(126.984127, abs=1e-6)
    assert hashwatt.hashprice(905, 3.148, 65159) == pytest.approx(32.621774, abs=1e-4)
    assert hashwatt.difficulty(0x1D00FFFF) == 1.0
    assert hashwatt.network_share(100, 900) == pytest.approx(0.1)
    assert hashwatt.network_share(100, 900, 1.0) == pytest.approx(1 / 9)
    steady = hashwatt.steady_hashrate(126e12)
    assert hashwatt.btc(steady, 1, 126e12, 1.0) == pytest.approx(144 * 2016 / 2015, rel=1e-3)
    assert isinstance(hashwatt.hashrate(1, 15), float)


def test_retarget_follows_hashrate_within_limits():
    bits = 0x17034219
    steady = hashwatt.steady_hashrate(hashwatt.difficulty(bits))
    next_bits = hashwatt.retarget_step(np.full(3, bits), np.array([1.0, 2.0, 100.0]) * steady)
    assert next_bits.dtype == np.uint32
    ratio = hashwatt.difficulty(next_bits) / hashwatt.difficulty(bits)
    assert ratio == pytest.approx([1.0, 2.0, 4.0], rel=1e-3)


def test_arrays_are_broadcast_and_series_keep_index():
    table = hashwatt.breakeven_tariff(np.array([30.0, 60.0])[:, None], [15.0, 20.0, 30.0])
    assert table.shape == (2, 3)
    assert table[1, 0] == pytest.approx(4 * table[0, 2])
    assert hashwatt.hashrate(np.array([]), 15).shape == (0,)
    assert hashwatt.hashrate(np.arange(6)[::2], 15).shape == (3,)
    pd = pytest.importorskip("pandas")
    index = pd.date_range("2027-01-01", periods=3, freq="h")
    prices = pd.Series([30.0, 31.0, 32.0], index=index)
    value = hashwatt.marginal_value_per_mwh(prices, 15.75)
    assert value.index.equals(index) and value.name == "value_usd_per_mwh"
    assert np.allclose(value, hashwatt.breakeven_tariff(prices, 15.75))
    with pytest.raises(ValueError, match="indices"):
        hashwatt.breakeven_tariff(prices, pd.Series([15.0, 15.0, 15.0]))


def test_block_values_fall_and_sum_to_total_income():
    blocks = hashwatt.marginal_value_blocks(
        [30.0, 60.0], 15.75, others_eh_s=905, own_eh_s=127, blocks=4, displacement=0.5
    )
    assert blocks.shape == (4, 2)
    assert (np.diff(blocks, axis=0) < 0).all()
    whole = hashwatt.breakeven_tariff([30.0, 60.0], 15.75) * 905 / 127
    assert blocks.mean(axis=0) == pytest.approx(whole * hashwatt.network_share(127, 905, 0.5))
    slopes = [
        hashwatt.marginal_value_per_mwh(60.0, 15.75, others_eh_s=905, own_eh_s=own, displacement=0.5)
        for own in (0.0, 127.0)
    ]
    assert slopes[0] > blocks[0, 1] > blocks[-1, 1] > slopes[1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: hashwatt.hashprice(0, 3.1, 65000), "network_eh_s"),
        (lambda: hashwatt.hashrate(1, -15), "j_per_th"),
        (lambda: hashwatt.hashrate(1, 15, 0.9), "pue"),
        (lambda: hashwatt.breakeven_tariff([30.0, np.nan], 15), "index 1"),
        (lambda: hashwatt.network_share(1, 1, 2), "displacement"),
        (lambda: hashwatt.difficulty(-1), "bits"),
        (lambda: hashwatt.difficulty(0.5), "bits"),
        (lambda: hashwatt.marginal_value_per_mwh([30.0], 0.0), "at_site"),
        (lambda: hashwatt.marginal_value_per_mwh([30.0, np.inf], 15), "index 1|hour 1"),
        (lambda: hashwatt.marginal_value_per_mwh(30, 15, own_eh_s=1), "others_eh_s"),
        (lambda: hashwatt.marginal_value_per_mwh(30, 15, displacement=0.5), "others_eh_s"),
        (lambda: hashwatt.marginal_value_per_mwh(30, [15, 16]), "j_per_th_at_site"),
        (lambda: hashwatt.hashrate("2000", 15), "mw"),
        (lambda: hashwatt.hashrate(True, 15), "mw"),
        (lambda: hashwatt.hashrate(np.datetime64("2027-01-01"), 15), "mw"),
        (lambda: hashwatt.hashrate(np.ma.array([1.0, 2.0], mask=[0, 1]), 15), "index 1"),
        (lambda: hashwatt.hashrate(-2000, 15), "mw"),
        (lambda: hashwatt.hashrate(1e308, 1e-300), "beyond"),
        (lambda: hashwatt.hashrate([1, 2, 3], [15, 16]), "j_per_th"),
        (lambda: hashwatt.network_share(-1, 900), "own_eh_s"),
        (lambda: hashwatt.retarget_step(0x1D00FFFF, 0), "mean_eh_s"),
        (lambda: hashwatt.marginal_value_blocks(30, 15, others_eh_s=905, own_eh_s=1, blocks=2.9), "blocks"),
        (lambda: hashwatt.marginal_value_blocks(30, 15, others_eh_s=905, own_eh_s=0), "own"),
        (lambda: hashwatt.marginal_value_blocks(30, 15, others_eh_s=905, own_eh_s=1, blocks=0), "blocks"),
    ],
)
def test_wrong_value_is_refused_with_argument(call, message):
    with pytest.raises((ValueError, TypeError), match=message):
        call()
