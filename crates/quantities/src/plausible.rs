//! What a value can be, and what is usual: the one table of plausible ranges, used wherever a value comes in.
//!
//! Outside the possible range a value is refused ([`Implausible`]); outside the usual one it is taken with a
//! doubt ([`PlausibilityWarning`]), which goes on to what is made of it. The ranges are wide on purpose: they find slips of a
//! unit, sensors without a value and another network's figures, not bad machines.
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

/// What values of one kind can be.
#[derive(Clone, Copy, Debug)]
pub struct PlausibleRange<Q: 'static> {
    /// Of what, with its article: "an ASIC's efficiency".
    pub name: &'static str,
    /// Least and greatest that can be; both belong to it.
    pub possible: [Q; 2],
    /// Least and greatest that are usual; both belong to it.
    pub usual: [Q; 2],
    /// Where the bounds are from.
    pub basis: &'static str,
    /// What is asked about a value outside.
    pub hint: &'static str,
}

/// A value that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{given} cannot be {name}, which is from {least} to {greatest}; {hint}")]
pub struct ImplausibleValue {
    /// Of what.
    pub name: &'static str,
    /// The value with its unit.
    pub given: String,
    /// The least that can be.
    pub least: String,
    /// The greatest that can be.
    pub greatest: String,
    /// What may have happened.
    pub hint: &'static str,
}

/// A value that can be, and seldom is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlausibilityWarning {
    /// Of what.
    pub name: &'static str,
    /// The value with its unit.
    pub given: String,
    /// The least that is usual.
    pub least: String,
    /// The greatest that is usual.
    pub greatest: String,
    /// What may have happened.
    pub hint: &'static str,
}

impl Display for PlausibilityWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, given, least, greatest, hint } = self;
        write!(f, "{given} is unusual for {name}, from {least} to {greatest} as a rule; {hint}")
    }
}

impl<Q: Copy + PartialOrd + Display> PlausibleRange<Q> {
    /// Nothing for a usual value, a doubt for an unusual one.
    ///
    /// # Errors
    /// [`Implausible`] outside the possible range, and for what is no number.
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

    /// The greatest that can be.
    pub const fn ceiling(&self) -> Q {
        self.possible[1]
    }
}

/// A value that can be of several kinds is as good as the best of them has it; of no kind, it is good.
///
/// # Errors
/// [`Implausible`] of the last kind where it can be of none.
pub fn check_any<Q: Copy + PartialOrd + Display>(
    kinds: &[&PlausibleRange<Q>],
    value: Q,
) -> Result<Option<PlausibilityWarning>, ImplausibleValue> {
    let mut worst = Ok(None);
    for found in kinds.iter().map(|kind| kind.check(value)) {
        match found {
            Ok(None) => return Ok(None),
            Ok(doubt) => worst = Ok(doubt),
            Err(reason) if !matches!(worst, Ok(Some(_))) => worst = Err(reason),
            Err(_) => {}
        }
    }
    worst
}

/// To a millionth, from 1e9 on to a whole, and without what computing adds: 17.5 and not
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

const SENSOR: &str = "the sensor may have no value, or give it in another unit";

/// One supply rail, or a part that a board's monitor sees.
pub const RAIL_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a rail",
    possible: watts(0.0, 1_000.0),
    usual: watts(0.0, 600.0),
    basis: "12V-2x6 connectors carry 600 W (PCI Express CEM 5.1)",
    hint: SENSOR,
};

/// A processor's memory.
pub const DRAM_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a processor's memory",
    possible: watts(0.0, 1_000.0),
    usual: watts(0.0, 300.0),
    basis: "24 modules of at most 15 W a package, and room",
    hint: SENSOR,
};

/// A processor package, or all dies of a zone.
pub const PACKAGE_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a processor package",
    possible: watts(0.0, 2_000.0),
    usual: watts(0.0, 1_000.0),
    basis: "the largest server processors are rated 500 W (EPYC 9965, Xeon 6980P); short peaks are above",
    hint: SENSOR,
};

/// A system on a chip.
pub const SOC_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a system on a chip",
    possible: watts(0.0, 2_000.0),
    usual: watts(0.0, 400.0),
    basis: "Apple's largest draw some 300 W",
    hint: SENSOR,
};

/// The platform as RAPL's psys has it.
pub const PLATFORM_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a platform",
    possible: watts(0.0, 5_000.0),
    usual: watts(0.0, 2_000.0),
    basis: "a node of two to four packages",
    hint: SENSOR,
};

/// A GPU's board.
pub const GPU_BOARD_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a GPU board",
    possible: watts(0.0, 5_000.0),
    usual: watts(0.0, 1_500.0),
    basis: "the largest accelerators of 2026 are rated 1,400 W (datasheets)",
    hint: SENSOR,
};

/// A whole machine at its plug.
pub const NODE_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of a node",
    possible: watts(0.0, 100_000.0),
    usual: watts(0.0, 20_000.0),
    basis: "a server of eight accelerators takes 10 to 15 kW; one feed of 160 A in three phases 110 kW",
    hint: SENSOR,
};

/// An ASIC miner, from a USB stick to a hydro-cooled one.
pub const ASIC_POWER: PlausibleRange<Watts> = PlausibleRange {
    name: "the power of an ASIC miner",
    possible: watts(0.1, 50_000.0),
    usual: watts(1.0, 15_000.0),
    basis: "GekkoScience sticks take 2 W, the largest hydro-cooled miners of 2026 some 11 kW",
    hint: "watts are meant, of one machine",
};

/// An ASIC miner's rate.
pub const ASIC_HASHRATE: PlausibleRange<Hashrate> = PlausibleRange {
    name: "an ASIC miner's hashrate",
    possible: [Hashrate::from_h_s(1e6), Hashrate::from_th_s(10_000.0)],
    usual: [Hashrate::from_h_s(1e9), Hashrate::from_th_s(2_000.0)],
    basis: "Block Erupters of 2013 have 0.33 GH/s, the largest hydro-cooled miners of 2026 1.2 PH/s",
    hint: "check the unit, of one machine",
};

/// An ASIC miner's joules a hash.
pub const ASIC_EFFICIENCY: PlausibleRange<JoulesPerHash> = PlausibleRange {
    name: "an ASIC's efficiency",
    possible: j_per_th(3.0, 12_000.0),
    usual: j_per_th(8.0, 150.0),
    basis: "the first ASICs of 2013 took 6,000 to 9,400 J/TH, the best of 2026 take 9.5 (makers' figures)",
    hint: "one of the two may be in another unit (W and TH/s are meant)",
};

/// A GPU's joules a hash.
pub const GPU_EFFICIENCY: PlausibleRange<JoulesPerHash> = PlausibleRange {
    name: "a GPU's efficiency",
    possible: j_per_th(5e3, 1e11),
    usual: j_per_th(3e4, 1e9),
    basis: "an H100 of 700 W does about 5 GH/s: 140,000 J/TH",
    hint: "the meter may not be of what hashes",
};

/// A processor's joules a hash.
pub const CPU_EFFICIENCY: PlausibleRange<JoulesPerHash> = PlausibleRange {
    name: "a processor's efficiency",
    possible: j_per_th(1e4, 1e12),
    usual: j_per_th(1e5, 1e10),
    basis: "a core of 5 W does 10 to 60 MH/s: 80,000 to 500,000 J/TH; an idle machine around it more",
    hint: "the meter may not be of what hashes",
};

/// The price of a bitcoin.
pub const BITCOIN_PRICE: PlausibleRange<UsdPerBtc> = PlausibleRange {
    name: "the price of a bitcoin",
    possible: [UsdPerBtc::from_usd_per_btc(0.01), UsdPerBtc::from_usd_per_btc(1e9)],
    usual: [UsdPerBtc::from_usd_per_btc(1_000.0), UsdPerBtc::from_usd_per_btc(1e7)],
    basis: "above 1,000 USD since April 2017",
    hint: "`.` is the decimal point: write 65000 and not 65.000",
};

/// The price of energy at a meter, over a day or longer.
pub const ENERGY_PRICE: PlausibleRange<EnergyPrice> = PlausibleRange {
    name: "a price of energy",
    possible: [EnergyPrice::from_usd_per_kwh(-1.0), EnergyPrice::from_usd_per_kwh(20.0)],
    usual: [EnergyPrice::from_usd_per_kwh(0.0), EnergyPrice::from_usd_per_kwh(1.0)],
    basis: "tariffs are from 0 to 0.6 USD/kWh; single hours of markets have a cap of 5 to 20 USD/kWh",
    hint: "is it meant per MWh, or in another currency?",
};

/// The price of a single hour of a market, over the median of the prices' magnitudes. A market's price may be
/// anything, so that an unusual one is doubted and none refused.
pub const HOUR_PRICE_RATIO: PlausibleRange<f64> = PlausibleRange {
    name: "the price of an hour over the median of its file",
    possible: [f64::MIN, f64::MAX],
    usual: [-200.0, 1_000.0],
    basis: "caps of 5,000 to 20,000 a MWh at medians of 20 to 100 (ERCOT in February 2021: 9,000 at 20)",
    hint: "check the decimal point and the digits of this price",
};

/// Fees that a block's transactions pay.
pub const BLOCK_FEES: PlausibleRange<Btc> = PlausibleRange {
    name: "the fees of a block",
    possible: [Btc::ZERO, Btc::from_btc(1_000.0)],
    usual: [Btc::ZERO, Btc::from_btc(25.0)],
    basis: "means of a day were never above some 12 BTC; block 840000 of April 2024 alone had 37.6",
    hint: "bitcoin for a block are meant, without the subsidy, and not satoshi",
};

/// The main network's difficulty now.
pub const MAINNET_DIFFICULTY: PlausibleRange<Difficulty> = PlausibleRange {
    name: "the main network's difficulty of these years",
    possible: [Difficulty::constant(1e12), Difficulty::constant(1e19)],
    usual: [Difficulty::constant(1e13), Difficulty::constant(1e17)],
    basis: "above 1e12 since October 2017 and above 1e13 since August 2019; test networks are far below",
    hint: "ask a node or an API of the main network, not of testnet or signet",
};

/// The main network's hashrate over that of its epoch. Whoever uses it multiplies by the epoch's.
pub const MAINNET_HASHRATE_RATIO: PlausibleRange<f64> = PlausibleRange {
    name: "the main network's hashrate of that day, EH/s",
    possible: [0.01, 100.0],
    usual: [0.25, 4.0],
    basis: "a retarget changes difficulty by a factor of 4 at the most; 1,000 is a slip of a unit",
    hint: "EH/s of the main network are meant (1 ZH/s is 1000 EH/s), not a test network's",
};

/// The mean of a profile of ratios to their mean.
pub const PROFILE_MEAN: PlausibleRange<f64> = PlausibleRange {
    name: "the mean of ratios to the mean price",
    possible: [0.95, 1.05],
    usual: [0.995, 1.005],
    basis: "by definition 1, but for rounding",
    hint: "divide every price by the mean over all hours, or give the price file itself",
};

/// The power of what a scope covers; nothing for scopes that are no part of a machine.
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
    fn long_figures_are_shown_whole_and_short_ones_to_a_millionth() {
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
    fn bounds_of_every_row_are_in_order_and_the_usual_lie_within_the_possible() {
        fn holds<Q: Copy + PartialOrd + Display>(row: &PlausibleRange<Q>) {
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
            holds(power_of(scope).unwrap());
        }
        holds(&ASIC_HASHRATE);
        holds(&ASIC_EFFICIENCY);
        holds(&GPU_EFFICIENCY);
        holds(&CPU_EFFICIENCY);
        holds(&BITCOIN_PRICE);
        holds(&ENERGY_PRICE);
        holds(&HOUR_PRICE_RATIO);
        holds(&BLOCK_FEES);
        holds(&MAINNET_DIFFICULTY);
        holds(&MAINNET_HASHRATE_RATIO);
        holds(&PROFILE_MEAN);
    }

    #[test]
    fn a_sensor_without_a_value_is_refused_and_an_odd_one_doubted() {
        let all_ones = Watts::from_watts(4_294_967.295);
        let told = NODE_POWER.check(all_ones).unwrap_err().to_string();
        assert!(told.starts_with("4294967.295 W cannot be the power of a node"), "{told}");
        assert!(RAIL_POWER.check(Watts::from_watts(f64::NAN)).is_err());
        assert!(RAIL_POWER.check(Watts::from_watts(-1.0)).is_err());
        let doubt = NODE_POWER.check(Watts::from_kw(50.0)).unwrap().unwrap().to_string();
        assert!(doubt.contains("unusual for the power of a node, from 0 W to 20000 W"), "{doubt}");
    }

    #[test]
    fn a_value_of_several_kinds_is_as_good_as_the_best_has_it() {
        let kinds = [&GPU_EFFICIENCY, &CPU_EFFICIENCY];
        let check = |j_per_th| check_any(&kinds, JoulesPerHash::from_j_per_th(j_per_th));
        assert_eq!(check(5e4), Ok(None));
        assert_eq!(check(5e9), Ok(None));
        assert_eq!(check(2e4).unwrap().unwrap().name, CPU_EFFICIENCY.name);
        // Of one kind doubted, of the other impossible.
        assert_eq!(check(6e3).unwrap().unwrap().name, GPU_EFFICIENCY.name);
        assert_eq!(check(20.0).unwrap_err().name, CPU_EFFICIENCY.name);
        assert_eq!(check_any(&[], JoulesPerHash::from_j_per_th(1e-9)), Ok(None));
    }

    #[test]
    fn values_are_shown_without_what_computing_adds() {
        let slip = ASIC_EFFICIENCY.check(JoulesPerHash::from_j_per_th(0.1 + 0.2)).unwrap_err();
        assert!(slip.to_string().starts_with("0.3 J/TH cannot be"), "{slip}");
        assert!(slip.to_string().contains("from 3 J/TH to 12000 J/TH"), "{slip}");
        let much = ASIC_EFFICIENCY.check(JoulesPerHash::from_j_per_th(1.25e12 / 7.0)).unwrap_err();
        assert!(much.to_string().starts_with("178571428571 J/TH"), "{much}");
    }

    #[test]
    fn a_price_with_a_thousands_point_and_a_test_networks_difficulty_are_noticed() {
        let doubt = BITCOIN_PRICE.check(UsdPerBtc::from_usd_per_btc(65.0)).unwrap().unwrap();
        assert!(doubt.to_string().contains("65000"), "{doubt}");
        let test = MAINNET_DIFFICULTY.check(Difficulty::constant(1.0)).unwrap_err().to_string();
        assert!(test.contains("testnet"), "{test}");
    }
}
