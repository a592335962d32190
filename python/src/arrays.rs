//! The library's functions for models, over arrays of equal length.

use super::value_error;
use hashwatt_econ::calls::{self, Dilution, NetworkState, Pue};
use hashwatt_econ::network;
use hashwatt_econ::pow::{CompactTarget, Difficulty, Target};
use hashwatt_econ::units::{
    Btc, EnergyPrice, Fraction, Hashprice, Hashrate, JoulesPerHash, Seconds, UsdPerBtc, Watts,
};
use numpy::{PyArray1, PyArray2, PyReadonlyArray1};
use pyo3::prelude::*;

type Input<'py> = PyReadonlyArray1<'py, f64>;
type Output<'py> = PyResult<Bound<'py, PyArray1<f64>>>;

/// Applies a function to each element of arrays of equal length.
fn map_elements<'py, const N: usize>(
    py: Python<'py>,
    inputs: [&Input<'py>; N],
    function: impl Fn([f64; N]) -> PyResult<f64>,
) -> Output<'py> {
    let mut slices = [&[][..]; N];
    for (slice, input) in slices.iter_mut().zip(inputs) {
        *slice = input.as_slice().map_err(value_error)?;
    }
    let count = slices.first().map_or(0, |slice| slice.len());
    if slices.iter().any(|slice| slice.len() != count) {
        return Err(value_error("arrays have different lengths; give arrays of equal length"));
    }
    let value = |index: usize| {
        let elements = std::array::from_fn(|array| slices[array][index]);
        function(elements).map_err(|error| match count {
            1 => error,
            _ => value_error(format!("{} (at index {index})", error.value(py))),
        })
    };
    let values: Vec<f64> = (0..count).map(value).collect::<PyResult<_>>()?;
    Ok(PyArray1::from_vec(py, values))
}

/// A number that must be positive and finite.
fn positive(name: &str, value: f64, remedy: &str) -> PyResult<f64> {
    match value > 0.0 && value.is_finite() {
        true => Ok(value),
        false => Err(value_error(format!("{name} is {value}; give {remedy}"))),
    }
}

/// A number that must be finite.
fn finite(name: &str, value: f64, unit: &str) -> PyResult<f64> {
    match value.is_finite() {
        true => Ok(value),
        false => Err(value_error(format!("{name} is {value}; give a finite number of {unit}"))),
    }
}

/// A number that must be finite and not below zero.
fn non_negative(name: &str, value: f64, unit: &str) -> PyResult<f64> {
    match value >= 0.0 && value.is_finite() {
        true => Ok(value),
        false => Err(value_error(format!("{name} is {value}; give {unit}, 0 or more"))),
    }
}

fn fraction(name: &str, value: f64) -> PyResult<Fraction> {
    Fraction::new(value).map_err(|_| value_error(format!("{name} is {value}; give 0 to 1")))
}

/// Hashrate in EH/s for a power in MW at the site's meter.
#[pyfunction]
pub fn hashrate<'py>(
    py: Python<'py>,
    mw: Input<'py>,
    j_per_th: Input<'py>,
    pue: Input<'py>,
) -> Output<'py> {
    map_elements(py, [&mw, &j_per_th, &pue], |[mw, j_per_th, pue]| {
        let mw = Watts::from_mw(non_negative("mw", mw, "MW")?);
        let efficiency =
            JoulesPerHash::from_j_per_th(positive("j_per_th", j_per_th, "J/TH above 0")?);
        let pue = Pue::new(pue).map_err(value_error)?;
        Ok(calls::hashrate(mw, efficiency, pue).as_eh_s())
    })
}

/// Hashprice in USD/PH/day for a steady network.
#[pyfunction]
pub fn hashprice<'py>(
    py: Python<'py>,
    network_eh_s: Input<'py>,
    block_reward_btc: Input<'py>,
    price_usd_per_btc: Input<'py>,
) -> Output<'py> {
    map_elements(
        py,
        [&network_eh_s, &block_reward_btc, &price_usd_per_btc],
        |[network, reward, price]| {
            let network = Hashrate::from_eh_s(positive("network_eh_s", network, "EH/s above 0")?);
            let reward = Btc::from_btc(non_negative("block_reward_btc", reward, "BTC")?);
            let price =
                UsdPerBtc::from_usd_per_btc(non_negative("price_usd_per_btc", price, "USD/BTC")?);
            Ok(calls::hashprice(network, reward, price).as_usd_per_ph_day())
        },
    )
}

/// Tariff in USD/MWh at which machines earn exactly their energy cost.
#[pyfunction]
pub fn breakeven_tariff<'py>(
    py: Python<'py>,
    hashprice_usd_per_ph_day: Input<'py>,
    j_per_th_at_site: Input<'py>,
) -> Output<'py> {
    map_elements(py, [&hashprice_usd_per_ph_day, &j_per_th_at_site], |[hashprice, j_per_th]| {
        let hashprice = finite("hashprice_usd_per_ph_day", hashprice, "USD/PH/day")?;
        let at_site = positive("j_per_th_at_site", j_per_th, "J/TH above 0")?;
        let tariff = calls::breakeven_tariff(
            Hashprice::from_usd_per_ph_day(hashprice),
            JoulesPerHash::from_j_per_th(at_site),
        );
        Ok(tariff.as_usd_per_mwh())
    })
}

/// Expected revenue in BTC of a hashrate over a time.
#[pyfunction]
pub fn btc<'py>(
    py: Python<'py>,
    eh_s: Input<'py>,
    days: Input<'py>,
    difficulty: Input<'py>,
    block_reward_btc: Input<'py>,
) -> Output<'py> {
    map_elements(
        py,
        [&eh_s, &days, &difficulty, &block_reward_btc],
        |[eh_s, days, difficulty, reward]| {
            let state = NetworkState {
                difficulty: parse_difficulty(difficulty)?,
                block_reward: Btc::from_btc(non_negative("block_reward_btc", reward, "BTC")?),
                price: UsdPerBtc::from_usd_per_btc(0.0),
            };
            let hashrate = Hashrate::from_eh_s(non_negative("eh_s", eh_s, "EH/s")?);
            Ok(calls::btc(
                &state,
                hashrate,
                Seconds::from_days(non_negative("days", days, "days")?),
            )
            .as_btc())
        },
    )
}

/// The share of blocks of one's own hashrate in the network.
#[pyfunction]
pub fn network_share<'py>(
    py: Python<'py>,
    own_eh_s: Input<'py>,
    others_eh_s: Input<'py>,
    displacement: Input<'py>,
) -> Output<'py> {
    map_elements(py, [&own_eh_s, &others_eh_s, &displacement], |[own, others, displacement]| {
        let own = non_negative("own_eh_s", own, "EH/s")?;
        let others = non_negative("others_eh_s", others, "EH/s")?;
        Ok(network::share(others, own, fraction("displacement", displacement)?.value()))
    })
}

/// A header's compact target from an array of floats.
fn bits(value: f64) -> PyResult<CompactTarget> {
    let whole = value as u32;
    match f64::from(whole) == value {
        true => Ok(CompactTarget::from_bits(whole)),
        false => Err(value_error(format!(
            "bits is {value}; give the 32 bits of a header, such as 0x1d00ffff"
        ))),
    }
}

fn parse_difficulty(value: f64) -> PyResult<Difficulty> {
    Difficulty::new(value)
        .map_err(|error| value_error(format!("difficulty is {value}: {error}; give 1 or more")))
}

/// Difficulty for compact targets.
#[pyfunction]
pub fn difficulty<'py>(py: Python<'py>, of_bits: Input<'py>) -> Output<'py> {
    map_elements(py, [&of_bits], |[value]| {
        Ok(Target::from_compact(bits(value)?).map_err(value_error)?.difficulty().value())
    })
}

/// Hashrate in EH/s at which a difficulty is steady.
#[pyfunction]
pub fn steady_hashrate<'py>(py: Python<'py>, of_difficulty: Input<'py>) -> Output<'py> {
    map_elements(py, [&of_difficulty], |[value]| {
        Ok(parse_difficulty(value)?.steady_hashrate().as_eh_s())
    })
}

/// The compact target after an epoch with a mean hashrate.
#[pyfunction]
pub fn retarget_step<'py>(py: Python<'py>, of_bits: Input<'py>, eh_s: Input<'py>) -> Output<'py> {
    map_elements(py, [&of_bits, &eh_s], |[value, eh_s]| {
        let mean = Hashrate::from_eh_s(positive("mean_eh_s", eh_s, "EH/s above 0")?);
        let next = network::retarget_step(bits(value)?, mean)
            .map_err(|error| value_error(format!("mean_eh_s is {eh_s}: {error}")))?;
        Ok(f64::from(next.to_bits()))
    })
}

fn hashprices(input: &Input<'_>) -> PyResult<Vec<Hashprice>> {
    let values = input.as_slice().map_err(value_error)?;
    Ok(values.iter().map(|value| Hashprice::from_usd_per_ph_day(*value)).collect())
}

/// Value of the next MWh in each hour in USD/MWh; `own` is the hashrate of others and one's own, in EH/s, and the
/// displacement.
#[pyfunction]
#[pyo3(signature = (hashprice_usd_per_ph_day, j_per_th_at_site, payout, own=None))]
pub fn marginal_value_per_mwh<'py>(
    py: Python<'py>,
    hashprice_usd_per_ph_day: Input<'py>,
    j_per_th_at_site: f64,
    payout: f64,
    own: Option<(f64, f64, f64)>,
) -> Output<'py> {
    let dilution = match own {
        None => Dilution::PriceTaker,
        Some((others, own, displacement)) => Dilution::Own {
            others: Hashrate::from_eh_s(positive("others_eh_s", others, "EH/s above 0")?),
            own: Hashrate::from_eh_s(non_negative("own_eh_s", own, "EH/s")?),
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
        calls::marginal_value_per_mwh(&prices, at_site, payout, dilution).map_err(value_error)?;
    Ok(PyArray1::from_iter(py, values.iter().map(|value| value.as_usd_per_mwh())))
}

/// Value of each block of one's own hashrate in USD/MWh, one row per block.
#[pyfunction]
pub fn marginal_value_blocks<'py>(
    py: Python<'py>,
    hashprice_usd_per_ph_day: Input<'py>,
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
    let rows =
        calls::marginal_value_blocks(&prices, at_site, payout, of, blocks).map_err(value_error)?;
    let number = |row: Vec<EnergyPrice>| row.iter().map(|value| value.as_usd_per_mwh()).collect();
    let rows: Vec<Vec<f64>> = rows.into_iter().map(number).collect();
    PyArray2::from_vec2(py, &rows).map_err(value_error)
}
