//! Quantities as types, and the quotient rules between them.
//!
//! Each quantity keeps its value in one base unit behind a private field and names the unit in
//! every constructor and accessor, so a number never changes its unit unseen. Products and
//! quotients exist only where physics has them: joules over hashes is [`JoulesPerHash`], joules
//! over dollars does not compile.
//!
//! ```
//! use hashwatt_quantities::units::{JoulesPerHash, Watts};
//! let hashrate = Watts::from_mw(2000.0) / JoulesPerHash::from_j_per_th(15.0);
//! assert!((hashrate.as_eh_s() - 133.333_333).abs() < 1e-6);
//! ```
//!
//! Prefixes are decimal: 1 TH is 10^12 hashes. A year is 365 days of 86,400 s.
//!
//! Quantities compare as their numbers do. [`Serialize`](serde::Serialize) writes the value with its unit, and
//! [`Deserialize`](serde::Deserialize) takes any unit that the quantity has a constructor for:
//!
//! ```
//! use hashwatt_quantities::units::Watts;
//! let power: Watts = serde_json::from_str(r#"{ "value": 2000, "unit": "MW" }"#)?;
//! assert_eq!(power, Watts::from_mw(2000.0));
//! assert_eq!(serde_json::to_string(&Watts::from_kw(1.5))?, r#"{"value":1500.0,"unit":"W"}"#);
//! assert_eq!(power.max(Watts::from_mw(1.0)), power);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod serialise;

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A quantity with one base unit; what [`crate::uncertainty::Uncertain`] needs to propagate
/// uncertainty. Implemented by this module's types alone.
pub trait Quantity: sealed::Base {}

/// Numbers without their unit stay inside the crate.
pub(crate) mod sealed {
    pub trait Base: Copy + PartialOrd {
        fn to_base(self) -> f64;
        fn from_base(value: f64) -> Self;
    }
}

macro_rules! quantities {
    ($(
        $(#[$doc:meta])*
        $name:ident, $shown:ident, $symbol:literal {
            $( $unit:literal: $from:ident, $as:ident = $scale:expr; )+
        }
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, PartialOrd, Default)]
        pub struct $name(f64);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(0.0);
            $(
                #[doc = concat!("From a value in ", $unit, ".")]
                pub const fn $from(value: f64) -> Self { Self(value * $scale) }
                #[doc = concat!("The value in ", $unit, ".")]
                pub const fn $as(self) -> f64 { self.0 / $scale }
            )+
            /// Neither NaN nor infinite.
            pub const fn is_finite(self) -> bool { self.0.is_finite() }
            /// The magnitude.
            #[must_use]
            pub const fn abs(self) -> Self { Self(self.0.abs()) }
            /// The smaller of two; NaN is ignored, as by [`f64::min`].
            #[must_use]
            pub const fn min(self, other: Self) -> Self { Self(self.0.min(other.0)) }
            /// The larger of two; NaN is ignored, as by [`f64::max`].
            #[must_use]
            pub const fn max(self, other: Self) -> Self { Self(self.0.max(other.0)) }
            /// An order of all values, NaN included, as [`f64::total_cmp`] has it: for sorting.
            pub fn total_cmp(&self, other: &Self) -> Ordering { self.0.total_cmp(&other.0) }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialise::write(serializer, self.$shown(), $symbol)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // The unit in which a value is shown has its symbol, too.
                let is_shown = |accessor: &str| accessor == stringify!($shown);
                serialise::read(deserializer, &[$(
                    ([$unit, if is_shown(stringify!($as)) { $symbol } else { $unit }], Self::$from),
                )+])
            }
        }
        impl Quantity for $name {}
        impl sealed::Base for $name {
            fn to_base(self) -> f64 { self.0 }
            fn from_base(value: f64) -> Self { Self(value) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.$shown(), f)?;
                f.write_str(concat!(" ", $symbol))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        impl Add for $name { type Output = Self; fn add(self, o: Self) -> Self { Self(self.0 + o.0) } }
        impl Sub for $name { type Output = Self; fn sub(self, o: Self) -> Self { Self(self.0 - o.0) } }
        impl Neg for $name { type Output = Self; fn neg(self) -> Self { Self(-self.0) } }
        impl Mul<f64> for $name { type Output = Self; fn mul(self, k: f64) -> Self { Self(self.0 * k) } }
        impl Div<f64> for $name { type Output = Self; fn div(self, k: f64) -> Self { Self(self.0 / k) } }
        /// The ratio of two like quantities, a pure number.
        impl Div for $name { type Output = f64; fn div(self, o: Self) -> f64 { self.0 / o.0 } }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(all: I) -> Self { Self(all.map(|q| q.0).sum()) }
        }
    )+};
}

/// `Whole = A * B` gives the two products and the two quotients.
macro_rules! rules {
    ($( $whole:ident = $a:ident * $b:ident; )+) => {$(
        impl Mul<$b> for $a { type Output = $whole; fn mul(self, o: $b) -> $whole { $whole(self.0 * o.0) } }
        impl Mul<$a> for $b { type Output = $whole; fn mul(self, o: $a) -> $whole { $whole(self.0 * o.0) } }
        impl Div<$b> for $whole { type Output = $a; fn div(self, o: $b) -> $a { $a(self.0 / o.0) } }
        impl Div<$a> for $whole { type Output = $b; fn div(self, o: $a) -> $b { $b(self.0 / o.0) } }
    )+};
}

const DAY_S: f64 = 86_400.0;
const YEAR_S: f64 = 365.0 * DAY_S;
const KWH_J: f64 = 3.6e6;

quantities! {
    /// A duration.
    Seconds, as_seconds, "s" {
        "seconds": from_seconds, as_seconds = 1.0;
        "hours": from_hours, as_hours = 3600.0;
        "days of 86,400 s": from_days, as_days = DAY_S;
        "years of 365 days": from_years, as_years = YEAR_S;
    }
    /// A number of double SHA-256 evaluations, as a model's quantity. Exact counts are `u64`.
    Hashes, as_hashes, "H" {
        "hashes": from_hashes, as_hashes = 1.0;
        "terahashes (10^12)": from_th, as_th = 1e12;
    }
    /// Hashes per second; shown in TH/s, the unit of miners.
    Hashrate, as_th_s, "TH/s" {
        "H/s": from_h_s, as_h_s = 1.0;
        "MH/s": from_mh_s, as_mh_s = 1e6;
        "TH/s": from_th_s, as_th_s = 1e12;
        "PH/s": from_ph_s, as_ph_s = 1e15;
        "EH/s": from_eh_s, as_eh_s = 1e18;
    }
    /// Energy.
    Joules, as_joules, "J" {
        "joules": from_joules, as_joules = 1.0;
        "microjoules": from_microjoules, as_microjoules = 1e-6;
        "kWh": from_kwh, as_kwh = KWH_J;
        "MWh": from_mwh, as_mwh = KWH_J * 1e3;
        "TWh": from_twh, as_twh = KWH_J * 1e9;
    }
    /// Power.
    Watts, as_watts, "W" {
        "watts": from_watts, as_watts = 1.0;
        "kW": from_kw, as_kw = 1e3;
        "MW": from_mw, as_mw = 1e6;
    }
    /// A clock's frequency.
    Hertz, as_mhz, "MHz" {
        "MHz": from_mhz, as_mhz = 1e6;
        "Hz": from_hz, as_hz = 1.0;
    }
    /// A temperature on the Celsius scale.
    Celsius, as_celsius, "°C" {
        "degrees Celsius": from_celsius, as_celsius = 1.0;
    }
    /// Energy per hash. The field's figure of merit, lower is better; shown in J/TH, which is
    /// numerically W per TH/s.
    JoulesPerHash, as_j_per_th, "J/TH" {
        "joules per hash": from_j_per_hash, as_j_per_hash = 1.0;
        "J/TH": from_j_per_th, as_j_per_th = 1e-12;
    }
    /// An amount of bitcoin as a model's quantity. Protocol amounts are exact [`Sats`].
    Btc, as_btc, "BTC" {
        "BTC": from_btc, as_btc = 1.0;
    }
    /// Bitcoin per unit of time.
    BtcRate, as_btc_per_day, "BTC/day" {
        "BTC per day": from_btc_per_day, as_btc_per_day = 1.0 / DAY_S;
    }
    /// An amount of US dollars.
    Usd, as_usd, "USD" {
        "USD": from_usd, as_usd = 1.0;
    }
    /// US dollars per unit of time.
    UsdRate, as_usd_per_day, "USD/day" {
        "USD per day": from_usd_per_day, as_usd_per_day = 1.0 / DAY_S;
        "USD per year of 365 days": from_usd_per_year, as_usd_per_year = 1.0 / YEAR_S;
    }
    /// The price of one bitcoin.
    UsdPerBtc, as_usd_per_btc, "USD/BTC" {
        "USD per BTC": from_usd_per_btc, as_usd_per_btc = 1.0;
    }
    /// What a hashrate earns: dollars per hash, quoted in USD per PH/s per day.
    Hashprice, as_usd_per_ph_day, "USD/PH/day" {
        "USD per PH/s per day": from_usd_per_ph_day, as_usd_per_ph_day = 1.0 / (1e15 * DAY_S);
    }
    /// The price of a machine for what it hashes.
    MachinePrice, as_usd_per_th_s, "USD per TH/s" {
        "USD per TH/s": from_usd_per_th_s, as_usd_per_th_s = 1e-12;
    }
    /// What a site costs for the power it takes.
    SitePrice, as_usd_per_mw, "USD/MW" {
        "USD per MW": from_usd_per_mw, as_usd_per_mw = 1e-6;
    }
    /// The price of energy.
    EnergyPrice, as_usd_per_kwh, "USD/kWh" {
        "USD per kWh": from_usd_per_kwh, as_usd_per_kwh = 1.0 / KWH_J;
        "USD per MWh": from_usd_per_mwh, as_usd_per_mwh = 1.0 / (KWH_J * 1e3);
    }
    /// Mass of carbon dioxide (equivalent).
    CarbonMass, as_tonnes, "tCO2" {
        "kilograms": from_kg, as_kg = 1.0;
        "tonnes": from_tonnes, as_tonnes = 1e3;
    }
    /// Carbon dioxide per unit of electric energy.
    CarbonIntensity, as_g_per_kwh, "gCO2/kWh" {
        "grams per kWh": from_g_per_kwh, as_g_per_kwh = 1e-3 / KWH_J;
    }
}

rules! {
    Hashes = Hashrate * Seconds;
    Joules = Watts * Seconds;
    Joules = JoulesPerHash * Hashes;
    Watts = JoulesPerHash * Hashrate;
    Btc = BtcRate * Seconds;
    Usd = UsdRate * Seconds;
    Usd = UsdPerBtc * Btc;
    Usd = Hashprice * Hashes;
    UsdRate = UsdPerBtc * BtcRate;
    UsdRate = Hashprice * Hashrate;
    Usd = EnergyPrice * Joules;
    Usd = MachinePrice * Hashrate;
    Usd = SitePrice * Watts;
    UsdRate = EnergyPrice * Watts;
    Hashprice = EnergyPrice * JoulesPerHash;
    CarbonMass = CarbonIntensity * Joules;
}

impl Hashes {
    /// An exact count as a quantity; above 2^53 it is rounded to the nearest `f64`.
    pub const fn from_count(count: u64) -> Self {
        Self(count as f64)
    }
}

/// An exact protocol amount: 1 BTC is 100,000,000 satoshis. Serialised as the number of satoshis.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Debug,
    Default,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(transparent)]
pub struct Sats(u64);

impl Sats {
    /// From a count of satoshis.
    pub const fn from_sats(sats: u64) -> Self {
        Self(sats)
    }
    /// The count of satoshis.
    pub const fn as_sats(self) -> u64 {
        self.0
    }
}

impl From<Sats> for Btc {
    fn from(sats: Sats) -> Self {
        Btc(sats.0 as f64 / 1e8)
    }
}

/// A part of a whole, from 0 to 1: a fee, an uptime, a share. Serialised as the number.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Fraction(f64);

impl TryFrom<f64> for Fraction {
    type Error = NotAFraction;

    fn try_from(value: f64) -> Result<Self, NotAFraction> {
        Self::new(value)
    }
}

impl From<Fraction> for f64 {
    fn from(fraction: Fraction) -> Self {
        fraction.0
    }
}

impl Fraction {
    /// 0 %.
    pub const ZERO: Self = Self(0.0);
    /// 100 %.
    pub const ONE: Self = Self(1.0);

    /// Checks that `value` is a fraction.
    ///
    /// # Errors
    /// [`NotAFraction`] for NaN and anything outside 0 to 1.
    pub fn new(value: f64) -> Result<Self, NotAFraction> {
        if (0.0..=1.0).contains(&value) { Ok(Self(value)) } else { Err(NotAFraction(value)) }
    }
    /// A constant of the source code, checked when it is compiled.
    ///
    /// # Panics
    /// Outside 0 to 1; in a `const`, that is a compile error. Input goes through [`Fraction::new`].
    pub const fn constant(value: f64) -> Self {
        assert!(value >= 0.0 && value <= 1.0);
        Self(value)
    }
    /// The value, 0 to 1.
    pub const fn value(self) -> f64 {
        self.0
    }
    /// The order of two fractions, which are never NaN.
    pub fn total_cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
    /// One minus the value.
    pub const fn complement(self) -> f64 {
        1.0 - self.0
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// A number that is not a [`Fraction`].
#[derive(Clone, Copy, PartialEq, Debug, thiserror::Error)]
#[error("{0} is not between 0 and 1; give a fraction, 0.95 for 95 %")]
pub struct NotAFraction(pub f64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_of_quantities_have_the_unit_of_their_type() {
        let energy = Watts::from_kw(1.0) * Seconds::from_hours(1.0);
        assert_eq!(energy.as_kwh(), 1.0);
        let rate = Hashes::from_th(200.0) / Seconds::from_seconds(1.0);
        assert_eq!((Watts::from_watts(3500.0) / rate).as_j_per_th(), 17.5);
        // 50 USD/PH/day at 20 J/TH: 1 PH/s draws 20 kW, 480 kWh a day.
        let tariff = Hashprice::from_usd_per_ph_day(50.0) / JoulesPerHash::from_j_per_th(20.0);
        assert!((tariff.as_usd_per_kwh() - 50.0 / 480.0).abs() < 1e-15);
        let carbon = CarbonIntensity::from_g_per_kwh(440.6) * Joules::from_twh(16.644);
        assert!((carbon.as_tonnes() - 7_333_346.4).abs() < 1e-3);
    }

    #[test]
    fn displayed_quantity_has_its_unit() {
        assert_eq!(format!("{:.2}", JoulesPerHash::from_j_per_th(15.0)), "15.00 J/TH");
        assert_eq!(Btc::from(Sats::from_sats(312_500_000)).to_string(), "3.125 BTC");
    }

    #[test]
    fn fraction_outside_zero_to_one_is_refused() {
        for bad in [-0.01, 1.01, f64::NAN, f64::INFINITY] {
            assert!(Fraction::new(bad).is_err(), "{bad}");
        }
        assert_eq!(Fraction::new(0.95).unwrap().value(), 0.95);
    }
}
