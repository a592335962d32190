//! The table of possible and usual ranges against which every input value is checked.
//!
//! A value outside the possible range is refused ([`ImplausibleValue`]). A value outside the usual range is accepted
//! with a warning ([`PlausibilityWarning`]), which is passed on to every result that uses it. The ranges are wide on
//! purpose: they detect wrong units, sensors without a value and figures of another network, not poor machines.
//!
//! ```
//! use hashwatt_quantities::plausible::ASIC_EFFICIENCY;
//! use hashwatt_quantities::units::JoulesPerHash;
//!
//! let ok = ASIC_EFFICIENCY.check(JoulesPerHash::from_j_per_th(17.5));
//! assert_eq!(ok, Ok(None));
//! let slip = ASIC_EFFICIENCY.check(JoulesPerHash::from_j_per_th(17_500.0)).unwrap_err();
//! assert!(slip.to_string().starts_with("17500 J/TH cannot be an ASIC's efficiency"));
//! ```

use crate::pow::Difficulty;
use crate::uncertainty::Scope;
use crate::units::{Btc, EnergyPrice, Hashrate, JoulesPerHash, UsdPerBtc, Watts};
use std::fmt::{self, Display};

/// The possible and the usual range of one quantity.
#[derive(Clone, Copy, Debug)]
pub struct PlausibleRange<Q: 'static> {
    /// The quantity, with its article: "an ASIC's efficiency".
    pub name: &'static str,
    /// Least and greatest possible value, inclusive.
    pub possible: [Q; 2],
    /// Least and greatest usual value, inclusive.
    pub usual: [Q; 2],
    /// The source of the bounds.
    pub basis: &'static str,
    /// The hint for a value outside the range.
    pub hint: &'static str,
}

/// A value outside the possible range.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{given} cannot be {name} (possible: {least} to {greatest}); {hint}")]
pub struct ImplausibleValue {
    /// The quantity.
    pub name: &'static str,
    /// The value with its unit.
    pub given: String,
    /// The least possible value.
    pub least: String,
    /// The greatest possible value.
    pub greatest: String,
    /// The probable cause, or a remedy.
    pub hint: &'static str,
}

/// A value that is possible but unusual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlausibilityWarning {
    /// The quantity.
    pub name: &'static str,
    /// The value with its unit.
    pub given: String,
    /// The least usual value.
    pub least: String,
    /// The greatest usual value.
    pub greatest: String,
    /// The probable cause, or a remedy.
    pub hint: &'static str,
}

impl Display for PlausibilityWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, given, least, greatest, hint } = self;
        write!(f, "{given} is unusual for {name} (usually {least} to {greatest}); {hint}")
    }
}

impl<Q: Copy + PartialOrd + Display> PlausibleRange<Q> {
    /// Checks a value: `None` if it is usual, a warning if it is unusual.
    ///
    /// # Errors
    /// [`ImplausibleValue`] outside the possible range, and for NaN.
    pub fn check(&self, value: Q) -> Result<Option<PlausibilityWarning>, ImplausibleValue> {
        let within = |[least, greatest]: [Q; 2]| value >= least && value <= greatest;
        let (name, given, hint) = (self.name, shown(value), self.hint);
        if !within(self.possible) {
            let [least, greatest] = self.possible.map(shown);
            return Err(ImplausibleValue { name, given, least, greatest, hint });
        }
        if within(self.usual) {
            return Ok(None);
        }
        let [least, greatest] = self.usual.map(shown);
        Ok(Some(PlausibilityWarning { name, given, least, greatest, hint }))
    }

    /// The greatest possible value.
    pub const fn ceiling(&self) -> Q {
        self.possible[1]
    }
}

/// Checks a value that may be of several kinds, and returns the best result of all kinds; without kinds, the value is
/// accepted.
///
/// # Errors
/// [`ImplausibleValue`] of the last kind, if the value is impossible for every kind.
pub fn check_any<Q: Copy + PartialOrd + Display>(
    kinds: &[&PlausibleRange<Q>],
    value: Q,
) -> Result<Option<PlausibilityWarning>, ImplausibleValue> {
    let mut best = Ok(None);
    for found in kinds.iter().map(|kind| kind.check(value)) {
        match found {
            Ok(None) => return Ok(None),
            Ok(warning) => best = Ok(warning),
            Err(error) if !matches!(best, Ok(Some(_))) => best = Err(error),
            Err(_) => {}
        }
    }
    best
}

/// A value rounded to six decimals, from 1e9 on to an integer, without floating-point noise: 17.5 instead of
/// 17.499999999999996.
fn shown<Q: Display>(value: Q) -> String {
    let text = format!("{value:.6}");
    let (number, unit) = text.split_at(text.find(' ').unwrap_or(text.len()));
    let number = match number.split_once('.') {
        Some((whole, _)) if whole.len() > 9 => whole,
        Some(_) => number.trim_end_matches('0').trim_end_matches('.'),
        None => number,
    };
    format!("{number}{unit}")
}

const fn watts(least: f64, greatest: f64) -> [Watts; 2] {
    [Watts::from_watts(least), Watts::from_watts(greatest)]
}

const fn j_per_th(least: f64, greatest: f64) -> [JoulesPerHash; 2] {
    [JoulesPerHash::from_j_per_th(least), JoulesPerHash::from_j_per_th(greatest)]
}

const SENSOR: &str = "the sensor may have no value, or report it in another unit";

/// Power of one supply rail, or of a part that a board's monitor measures.
pub const RAIL_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a rail",
    possible: watts(0.0, 1_000.0),
    usual: watts(0.0, 600.0),
    basis: "12V-2x6 connectors carry 600 W (PCI Express CEM 5.1)",
    hint: SENSOR,
};

/// Power of a processor's memory.
pub const DRAM_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a processor's memory",
    possible: watts(0.0, 1_000.0),
    usual: watts(0.0, 300.0),
    basis: "24 modules of at most 15 W a package, with a margin",
    hint: SENSOR,
};

/// Power of a processor package, or of all dies of a zone.
pub const PACKAGE_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a processor package",
    possible: watts(0.0, 2_000.0),
    usual: watts(0.0, 1_000.0),
    basis: "the largest server processors are rated 500 W (EPYC 9965, Xeon 6980P); short peaks are above",
    hint: SENSOR,
};

/// Power of a system on a chip.
pub const SOC_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a system on a chip",
    possible: watts(0.0, 2_000.0),
    usual: watts(0.0, 400.0),
    basis: "Apple's largest draw about 300 W",
    hint: SENSOR,
};

/// Power of the platform, as RAPL's psys counts it.
pub const PLATFORM_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a platform",
    possible: watts(0.0, 5_000.0),
    usual: watts(0.0, 2_000.0),
    basis: "a node of two to four packages",
    hint: SENSOR,
};

/// Power of a GPU board.
pub const GPU_BOARD_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a GPU board",
    possible: watts(0.0, 5_000.0),
    usual: watts(0.0, 1_500.0),
    basis: "the largest accelerators of 2026 are rated 1,400 W (datasheets)",
    hint: SENSOR,
};

/// Power of a whole machine at its plug.
pub const NODE_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a node",
    possible: watts(0.0, 100_000.0),
    usual: watts(0.0, 20_000.0),
    basis: "a server of eight accelerators takes 10 to 15 kW; one feed of 160 A in three phases 110 kW",
    hint: SENSOR,
};

/// Power of an ASIC miner, from a USB stick to a hydro-cooled machine.
pub const ASIC_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of an ASIC miner",
    possible: watts(0.1, 50_000.0),
    usual: watts(1.0, 15_000.0),
    basis: "GekkoScience sticks take 2 W, the largest hydro-cooled miners of 2026 about 11 kW",
    hint: "give watts, for one machine",
};

/// Hashrate of an ASIC miner.
pub const ASIC_HASHRATE: PlausibleRange<Hashrate> = PlausibleRange {
    name: "an ASIC miner's hashrate",
    possible: [Hashrate::from_h_s(1e6), Hashrate::from_th_s(10_000.0)],
    usual: [Hashrate::from_h_s(1e9), Hashrate::from_th_s(2_000.0)],
    basis: "Block Erupters of 2013 have 0.33 GH/s, the largest hydro-cooled miners of 2026 1.2 PH/s",
    hint: "check the unit, and that it is for one machine",
};

/// Energy per hash of an ASIC miner.
pub const ASIC_EFFICIENCY: PlausibleRange<JoulesPerHash> = PlausibleRange {
    name: "an ASIC's efficiency",
    possible: j_per_th(3.0, 12_000.0),
    usual: j_per_th(8.0, 150.0),
    basis: "the first ASICs of 2013 took 6,000 to 9,400 J/TH, the best of 2026 take 9.5 (makers' figures)",
    hint: "one of the two may be in another unit (give W and TH/s)",
};

/// Energy per hash of a GPU.
pub const GPU_EFFICIENCY: PlausibleRange<JoulesPerHash> = PlausibleRange {
    name: "a GPU's efficiency",
    possible: j_per_th(5e3, 1e11),
    usual: j_per_th(3e4, 1e9),
    basis: "an H100 of 700 W does about 5 GH/s: 140,000 J/TH",
    hint: "the meter may not be of what hashes",
};

/// Energy per hash of a processor.
pub const CPU_EFFICIENCY: PlausibleRange<JoulesPerHash> = PlausibleRange {
    name: "a processor's efficiency",
    possible: j_per_th(1e4, 1e12),
    usual: j_per_th(1e5, 1e10),
    basis: "a core of 5 W does 10 to 60 MH/s: 80,000 to 500,000 J/TH; an idle machine around it more",
    hint: "the meter may not be of what hashes",
};

/// Price of a bitcoin.
pub const BITCOIN_PRICE: PlausibleRange<UsdPerBtc> = PlausibleRange {
    name: "the price of a bitcoin",
    possible: [UsdPerBtc::from_usd_per_btc(0.01), UsdPerBtc::from_usd_per_btc(1e9)],
    usual: [UsdPerBtc::from_usd_per_btc(1_000.0), UsdPerBtc::from_usd_per_btc(1e7)],
    basis: "above 1,000 USD since April 2017",
    hint: "`.` is the decimal point: write 65000 and not 65.000",
};

/// Price of energy at a meter, over a day or longer.
pub const ENERGY_PRICE: PlausibleRange<EnergyPrice> = PlausibleRange {
    name: "a price of energy",
    possible: [EnergyPrice::from_usd_per_kwh(-1.0), EnergyPrice::from_usd_per_kwh(20.0)],
    usual: [EnergyPrice::from_usd_per_kwh(0.0), EnergyPrice::from_usd_per_kwh(1.0)],
    basis: "tariffs are from 0 to 0.6 USD/kWh; single hours of markets have a cap of 5 to 20 USD/kWh",
    hint: "check whether it is per MWh, or in another currency",
};

/// Price of a single hour of a market, divided by the median of the prices' magnitudes. A market price has no bounds,
/// so an unusual one gives a warning and none is refused.
pub const HOUR_PRICE_RATIO: PlausibleRange<f64> = PlausibleRange {
    name: "the price of an hour over the median of its file",
    possible: [f64::MIN, f64::MAX],
    usual: [-200.0, 1_000.0],
    basis: "caps of 5,000 to 20,000 a MWh at medians of 20 to 100 (ERCOT in February 2021: 9,000 at 20)",
    hint: "check the decimal point and the digits of this price",
};

/// Transaction fees of a block.
pub const BLOCK_FEES: PlausibleRange<Btc> = PlausibleRange {
    name: "the fees of a block",
    possible: [Btc::ZERO, Btc::from_btc(1_000.0)],
    usual: [Btc::ZERO, Btc::from_btc(25.0)],
    basis: "daily means were never above about 12 BTC; block 840000 of April 2024 alone had 37.6",
    hint: "give bitcoin per block, without the subsidy; not satoshi",
};

/// Current difficulty of the main network.
pub const MAINNET_DIFFICULTY: PlausibleRange<Difficulty> = PlausibleRange {
    name: "the main network's difficulty in recent years",
    possible: [Difficulty::constant(1e12), Difficulty::constant(1e19)],
    usual: [Difficulty::constant(1e13), Difficulty::constant(1e17)],
    basis: "above 1e12 since October 2017 and above 1e13 since August 2019; test networks are far below",
    hint: "use a node or an API of the main network, not of testnet or signet",
};

/// Hashrate of the main network, divided by that of its epoch; the caller multiplies the range by the epoch's
/// hashrate.
pub const MAINNET_HASHRATE_RATIO: PlausibleRange<f64> = PlausibleRange {
    name: "the main network's hashrate of that day, EH/s",
    possible: [0.01, 100.0],
    usual: [0.25, 4.0],
    basis: "a retarget changes difficulty by a factor of 4 at the most; 1,000 indicates a wrong unit",
    hint: "give EH/s of the main network, not a test network's (1 ZH/s is 1000 EH/s)",
};

/// Mean of a profile of ratios to the mean price.
pub const PROFILE_MEAN: PlausibleRange<f64> = PlausibleRange {
    name: "the mean of ratios to the mean price",
    possible: [0.95, 1.05],
    usual: [0.995, 1.005],
    basis: "1 by definition, except for rounding",
    hint: "divide every price by the mean over all hours, or give the price file itself",
};

/// The range of the power that a scope covers; `None` for scopes that are not part of a machine.
pub fn power_of(scope: Scope) -> Option<&'static PlausibleRange<Watts>> {
    match scope {
        Scope::Rail => Some(&RAIL_POWER),
        Scope::Dram => Some(&DRAM_POWER),
        Scope::CpuPackage => Some(&PACKAGE_POWER),
        Scope::Soc => Some(&SOC_POWER),
        Scope::PlatformPsys => Some(&PLATFORM_POWER),
        Scope::GpuBoard => Some(&GPU_BOARD_POWER),
        Scope::AsicBoardDc => Some(&ASIC_POWER),
        Scope::NodeWall | Scope::Components => Some(&NODE_POWER),
        Scope::AsStated | Scope::Scanner => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_is_shown_with_six_decimals_or_as_an_integer_if_large() {
        for (watts, text) in [
            (17.5, "17.5 W"),
            (0.000_000_4, "0 W"),
            (123_456_789.5, "123456789.5 W"),
            (1_234_567_890.5, "1234567890 W"),
            (100.0, "100 W"),
        ] {
            assert_eq!(shown(Watts::from_watts(watts)), text);
        }
    }

    #[test]
    fn usual_range_of_every_quantity_lies_within_the_possible_range() {
        fn check_range<Q: Copy + PartialOrd + Display>(row: &PlausibleRange<Q>) {
            let ([least, greatest], [low, high]) = (row.possible, row.usual);
            assert!(least <= low && low < high && high <= greatest, "{}", row.name);
            assert_eq!(row.check(low), Ok(None), "{}", row.name);
            assert_eq!(row.check(high), Ok(None), "{}", row.name);
            assert!(!row.basis.is_empty() && !row.hint.is_empty());
        }
        for scope in [
            Scope::Rail,
            Scope::Dram,
            Scope::CpuPackage,
            Scope::Soc,
            Scope::PlatformPsys,
            Scope::GpuBoard,
            Scope::AsicBoardDc,
            Scope::NodeWall,
            Scope::Components,
        ] {
            check_range(power_of(scope).unwrap());
        }
        check_range(&ASIC_HASHRATE);
        check_range(&ASIC_EFFICIENCY);
        check_range(&GPU_EFFICIENCY);
        check_range(&CPU_EFFICIENCY);
        check_range(&BITCOIN_PRICE);
        check_range(&ENERGY_PRICE);
        check_range(&HOUR_PRICE_RATIO);
        check_range(&BLOCK_FEES);
        check_range(&MAINNET_DIFFICULTY);
        check_range(&MAINNET_HASHRATE_RATIO);
        check_range(&PROFILE_MEAN);
    }

    #[test]
    fn impossible_power_is_refused_and_unusual_power_gives_a_warning() {
        let all_ones = Watts::from_watts(4_294_967.295);
        let message = NODE_POWER.check(all_ones).unwrap_err().to_string();
        assert!(message.starts_with("4294967.295 W cannot be the power of a node"), "{message}");
        assert!(RAIL_POWER.check(Watts::from_watts(f64::NAN)).is_err());
        assert!(RAIL_POWER.check(Watts::from_watts(-1.0)).is_err());
        let warning = NODE_POWER.check(Watts::from_kw(50.0)).unwrap().unwrap().to_string();
        let expected = "unusual for the power of a node (usually 0 W to 20000 W)";
        assert!(warning.contains(expected), "{warning}");
    }

    #[test]
    fn value_of_several_kinds_has_the_best_result_of_all_kinds() {
        let kinds = [&GPU_EFFICIENCY, &CPU_EFFICIENCY];
        let check = |j_per_th| check_any(&kinds, JoulesPerHash::from_j_per_th(j_per_th));
        assert_eq!(check(5e4), Ok(None));
        assert_eq!(check(5e9), Ok(None));
        assert_eq!(check(2e4).unwrap().unwrap().name, CPU_EFFICIENCY.name);
        // Unusual for one kind, impossible for the other.
        assert_eq!(check(6e3).unwrap().unwrap().name, GPU_EFFICIENCY.name);
        assert_eq!(check(20.0).unwrap_err().name, CPU_EFFICIENCY.name);
        assert_eq!(check_any(&[], JoulesPerHash::from_j_per_th(1e-9)), Ok(None));
    }

    #[test]
    fn value_is_shown_without_floating_point_noise() {
        let error = ASIC_EFFICIENCY.check(JoulesPerHash::from_j_per_th(0.1 + 0.2)).unwrap_err();
        assert!(error.to_string().starts_with("0.3 J/TH cannot be"), "{error}");
        assert!(error.to_string().contains("possible: 3 J/TH to 12000 J/TH"), "{error}");
        let error = ASIC_EFFICIENCY.check(JoulesPerHash::from_j_per_th(1.25e12 / 7.0)).unwrap_err();
        assert!(error.to_string().starts_with("178571428571 J/TH"), "{error}");
    }

    #[test]
    fn price_with_a_thousands_point_and_difficulty_of_a_test_network_are_detected() {
        let warning = BITCOIN_PRICE.check(UsdPerBtc::from_usd_per_btc(65.0)).unwrap().unwrap();
        assert!(warning.to_string().contains("65000"), "{warning}");
        let test = MAINNET_DIFFICULTY.check(Difficulty::constant(1.0)).unwrap_err().to_string();
        assert!(test.contains("testnet"), "{test}");
    }
}
