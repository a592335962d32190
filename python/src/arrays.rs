//! The calls of a modeller over arrays of equal length.

use super::wrong;
use hashwatt_econ::calls::{self, Dilution, NetworkState, Pue};
use hashwatt_econ::network;
use hashwatt_econ::pow::{CompactTarget, Difficulty, Target};
use hashwatt_econ::units::{
    Btc, EnergyPrice, Fraction, Hashprice, Hashrate, JoulesPerHash, Seconds, UsdPerBtc, Watts,
};
use numpy::{PyArray1, PyArray2, PyReadonlyArray1};
use pyo3::prelude::*;

type Given<'py> = PyReadonlyArray1<'py, f64>;
type Made<'py> = PyResult<Bound<'py, PyArray1<f64>>>;

/// A value for each place of arrays of one length.
fn each<'py, const N: usize>(
    py: Python<'py>,
    given: [&Given<'py>; N],
    one: impl Fn([f64; N]) -> PyResult<f64>,
) -> Made<'py> {
    let mut slices = [&[][..]; N];
    for (slice, given) in slices.iter_mut().zip(given) {
        *slice = given.as_slice().map_err(wrong)?;
    }
    let count = slices.first().map_or(0, |slice| slice.len());
    if slices.iter().any(|slice| slice.len() != count) {
        return Err(wrong("arrays are of different lengths; give them of one length"));
    }
    let value = |place: usize| {
        let at = std::array::from_fn(|of| slices[of][place]);
        one(at).map_err(|error| match count {
            1 => error,
            _ => wrong(format!("{} (at place {place})", error.value(py))),
        })
    };
    let values: Vec<f64> = (0..count).map(value).collect::<PyResult<_>>()?;
    Ok(PyArray1::from_vec(py, values))
}

/// A number that must be positive and finite.
fn positive(name: &str, value: f64, remedy: &str) -> PyResult<f64> {
    match value > 0.0 && value.is_finite() {
        true => Ok(value),
        false => Err(wrong(format!("{name} is {value}; give {remedy}"))),
    }
}

/// A number that must be finite.
fn finite(name: &str, value: f64, unit: &str) -> PyResult<f64> {
    match value.is_finite() {
        true => Ok(value),
        false => Err(wrong(format!("{name} is {value}; give a finite number of {unit}"))),
    }
}

/// A number that must be finite and not below zero.
fn amount(name: &str, value: f64, unit: &str) -> PyResult<f64> {
    match value >= 0.0 && value.is_finite() {
        true => Ok(value),
        false => Err(wrong(format!("{name} is {value}; give {unit}, 0 or more"))),
    }
}

fn fraction(name: &str, value: f64) -> PyResult<Fraction> {
    Fraction::new(value).map_err(|_| wrong(format!("{name} is {value}; give 0 to 1")))
}

/// EH/s of so many MW at the site's meter.
#[pyfunction]
pub fn hashrate<'py>(
    py: Python<'py>,
    mw: Given<'py>,
    j_per_th: Given<'py>,
    pue: Given<'py>,
) -> Made<'py> {
    each(py, [&mw, &j_per_th, &pue], |[mw, j_per_th, pue]| {
        let mw = Watts::from_mw(amount("mw", mw, "MW")?);
        let efficiency =
            JoulesPerHash::from_j_per_th(positive("j_per_th", j_per_th, "J/TH above 0")?);
        let pue = Pue::new(pue).map_err(wrong)?;
        Ok(calls::hashrate(mw, efficiency, pue).as_eh_s())
    })
}

/// USD/PH/day that a hash earns where the network is steady.
#[pyfunction]
pub fn hashprice<'py>(
    py: Python<'py>,
    network_eh_s: Given<'py>,
    block_reward_btc: Given<'py>,
    price_usd_per_btc: Given<'py>,
) -> Made<'py> {
    each(py, [&network_eh_s, &block_reward_btc, &price_usd_per_btc], |[network, reward, price]| {
        let network = Hashrate::from_eh_s(positive("network_eh_s", network, "EH/s above 0")?);
        let reward = Btc::from_btc(amount("block_reward_btc", reward, "BTC")?);
        let price = UsdPerBtc::from_usd_per_btc(amount("price_usd_per_btc", price, "USD/BTC")?);
        Ok(calls::hashprice(network, reward, price).as_usd_per_ph_day())
    })
}

/// USD/MWh at which machines earn exactly their energy.
#[pyfunction]
pub fn breakeven_tariff<'py>(
    py: Python<'py>,
    hashprice_usd_per_ph_day: Given<'py>,
    j_per_th_at_site: Given<'py>,
) -> Made<'py> {
    each(py, [&hashprice_usd_per_ph_day, &j_per_th_at_site], |[earns, j_per_th]| {
        let earns = finite("hashprice_usd_per_ph_day", earns, "USD/PH/day")?;
        let at_site = positive("j_per_th_at_site", j_per_th, "J/TH above 0")?;
        let tariff = calls::breakeven_tariff(
            Hashprice::from_usd_per_ph_day(earns),
            JoulesPerHash::from_j_per_th(at_site),
        );
        Ok(tariff.as_usd_per_mwh())
    })
}

/// BTC of a hashrate over a while.
#[pyfunction]
pub fn btc<'py>(
    py: Python<'py>,
    eh_s: Given<'py>,
    days: Given<'py>,
    difficulty: Given<'py>,
    block_reward_btc: Given<'py>,
) -> Made<'py> {
    each(py, [&eh_s, &days, &difficulty, &block_reward_btc], |[eh_s, days, difficulty, reward]| {
        let state = NetworkState {
            difficulty: difficulty_of(difficulty)?,
            block_reward: Btc::from_btc(amount("block_reward_btc", reward, "BTC")?),
            price: UsdPerBtc::from_usd_per_btc(0.0),
        };
        let hashrate = Hashrate::from_eh_s(amount("eh_s", eh_s, "EH/s")?);
        Ok(calls::btc(&state, hashrate, Seconds::from_days(amount("days", days, "days")?)).as_btc())
    })
}

/// The share of blocks of a hashrate among others.
#[pyfunction]
pub fn network_share<'py>(
    py: Python<'py>,
    own_eh_s: Given<'py>,
    others_eh_s: Given<'py>,
    displacement: Given<'py>,
) -> Made<'py> {
    each(py, [&own_eh_s, &others_eh_s, &displacement], |[own, others, displacement]| {
        let own = amount("own_eh_s", own, "EH/s")?;
        let others = amount("others_eh_s", others, "EH/s")?;
        Ok(network::share(others, own, fraction("displacement", displacement)?.value()))
    })
}

/// A header's compact target, which Python holds as an integer in a float's place.
fn bits(value: f64) -> PyResult<CompactTarget> {
    let whole = value as u32;
    match f64::from(whole) == value {
        true => Ok(CompactTarget::from_bits(whole)),
        false => {
            Err(wrong(format!("bits is {value}; give the 32 bits of a header, such as 0x1d00ffff")))
        }
    }
}

fn difficulty_of(value: f64) -> PyResult<Difficulty> {
    Difficulty::new(value)
        .map_err(|error| wrong(format!("difficulty is {value}: {error}; give 1 or more")))
}

/// Difficulty of compact targets.
#[pyfunction]
pub fn difficulty<'py>(py: Python<'py>, of_bits: Given<'py>) -> Made<'py> {
    each(py, [&of_bits], |[value]| {
        Ok(Target::from_compact(bits(value)?).map_err(wrong)?.difficulty().value())
    })
}

/// EH/s at which a difficulty stays as it is.
#[pyfunction]
pub fn steady_hashrate<'py>(py: Python<'py>, of_difficulty: Given<'py>) -> Made<'py> {
    each(py, [&of_difficulty], |[value]| Ok(difficulty_of(value)?.steady_hashrate().as_eh_s()))
}

/// The compact target after an epoch at a mean hashrate.
#[pyfunction]
pub fn retarget_step<'py>(py: Python<'py>, of_bits: Given<'py>, eh_s: Given<'py>) -> Made<'py> {
    each(py, [&of_bits, &eh_s], |[value, eh_s]| {
        let mean = Hashrate::from_eh_s(positive("mean_eh_s", eh_s, "EH/s above 0")?);
        let next = network::retarget_step(bits(value)?, mean)
            .map_err(|error| wrong(format!("mean_eh_s is {eh_s}: {error}")))?;
        Ok(f64::from(next.to_bits()))
    })
}

fn hashprices(given: &Given<'_>) -> PyResult<Vec<Hashprice>> {
    let values = given.as_slice().map_err(wrong)?;
    Ok(values.iter().map(|value| Hashprice::from_usd_per_ph_day(*value)).collect())
}

/// USD/MWh that the next MWh earns in each hour; `own` is others and own EH/s with the displacement.
#[pyfunction]
#[pyo3(signature = (hashprice_usd_per_ph_day, j_per_th_at_site, payout, own=None))]
pub fn marginal_value_per_mwh<'py>(
    py: Python<'py>,
    hashprice_usd_per_ph_day: Given<'py>,
    j_per_th_at_site: f64,
    payout: f64,
    own: Option<(f64, f64, f64)>,
) -> Made<'py> {
    let dilution = match own {
        None => Dilution::PriceTaker,
        Some((others, own, displacement)) => Dilution::Own {
            others: Hashrate::from_eh_s(positive("others_eh_s", others, "EH/s above 0")?),
            own: Hashrate::from_eh_s(amount("own_eh_s", own, "EH/s")?),
            displacement: fraction("displacement", displacement)?,
        },
    };
    let at_site = JoulesPerHash::from_j_per_th(positive(
        "j_per_th_at_site",
        j_per_th_at_site,
        "J/TH above 0",
    )?);
    let payout = fraction("payout", payout)?;
    let prices = hashprices(&hashprice_usd_per_ph_day)?;
    let values =
        calls::marginal_value_per_mwh(&prices, at_site, payout, dilution).map_err(wrong)?;
    Ok(PyArray1::from_iter(py, values.iter().map(|value| value.as_usd_per_mwh())))
}

/// USD/MWh of each block of one's own hashrate, a row for each.
#[pyfunction]
pub fn marginal_value_blocks<'py>(
    py: Python<'py>,
    hashprice_usd_per_ph_day: Given<'py>,
    j_per_th_at_site: f64,
    payout: f64,
    own: (f64, f64, f64),
    blocks: usize,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let (others, own, displacement) = own;
    let at_site = JoulesPerHash::from_j_per_th(positive(
        "j_per_th_at_site",
        j_per_th_at_site,
        "J/TH above 0",
    )?);
    let of = (
        Hashrate::from_eh_s(positive("others_eh_s", others, "EH/s above 0")?),
        Hashrate::from_eh_s(positive("own_eh_s", own, "EH/s above 0")?),
        fraction("displacement", displacement)?,
    );
    let prices = hashprices(&hashprice_usd_per_ph_day)?;
    let payout = fraction("payout", payout)?;
    let rows = calls::marginal_value_blocks(&prices, at_site, payout, of, blocks).map_err(wrong)?;
    let number = |row: Vec<EnergyPrice>| row.iter().map(|value| value.as_usd_per_mwh()).collect();
    let rows: Vec<Vec<f64>> = rows.into_iter().map(number).collect();
    PyArray2::from_vec2(py, &rows).map_err(wrong)
}
