//! Machines that come together.

use crate::uncertainty::{Efficiency, Estimate};
use crate::units::{Fraction, MachinePrice, Seconds, Watts};
use crate::{EconError, Fleet};

/// Machines that come together.
#[derive(Clone, Debug, PartialEq)]
pub struct Lot {
    /// What it is called.
    pub name: String,
    /// What it is of: machines when new.
    pub fleet: Fleet,
    /// Power at the site's meter once all of it runs.
    pub power: Estimate<Watts>,
    /// When the first machine runs, from the project's start.
    pub begins: Seconds,
    /// How long delivery takes, evenly; zero for all at once.
    pub delivery: Seconds,
    /// How long a machine runs; it is sold then.
    pub life: Seconds,
    /// Part of the machines that fails for good in a year.
    pub failure_per_year: Fraction,
    /// How much more energy a hash takes a year later: 0.01 for 1 %.
    pub drift_per_year: Fraction,
    /// Price at the factory; without it there is no net present value.
    pub machine_price: Option<Estimate<MachinePrice>>,
    /// Duty and freight on that, as a part of it.
    pub duty: Fraction,
    /// What is left of the price at the end of life, as a part of it.
    pub resale: Fraction,
    /// Whether the machine can be bought at all.
    pub status: LotStatus,
}

/// Whether a machine can be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LotStatus {
    /// Its maker has announced it; nobody has run it.
    Announced,
    /// It is delivered.
    #[default]
    Shipping,
}

/// The part of something that has come by a time, evenly from `begins` on.
pub(super) fn delivered(begins: f64, delivery: f64, at: f64) -> f64 {
    let since = at - begins;
    if since < 0.0 {
        0.0
    } else if since >= delivery {
        1.0
    } else {
        since / delivery
    }
}

impl Lot {
    /// Energy per hash at the machine when new.
    pub fn efficiency(&self) -> &Efficiency {
        self.fleet.efficiency()
    }

    /// The part of it that has been delivered and not yet sold at a time, 0 to 1.
    pub(crate) fn part_at(&self, at: Seconds) -> f64 {
        let (begins, delivery) = (self.begins.as_seconds(), self.delivery.as_seconds());
        let by = |at: Seconds| delivered(begins, delivery, at.as_seconds());
        by(at) - by(at - self.life)
    }

    /// When its part changes its slope.
    fn turns(&self) -> [Seconds; 4] {
        let end = self.begins + self.life;
        [self.begins, self.begins + self.delivery, end, end + self.delivery]
    }

    /// The first time at which lots take the most power together, and that power.
    pub(crate) fn peak<'a>(lots: impl Iterator<Item = &'a Self> + Clone) -> (Seconds, Watts) {
        let at = |now: Seconds| {
            lots.clone().map(|lot| lot.power.value() * lot.part_at(now)).sum::<Watts>()
        };
        let mut times: Vec<Seconds> = lots.clone().flat_map(Self::turns).collect();
        times.sort_by(|a, b| a.as_seconds().total_cmp(&b.as_seconds()));
        times.into_iter().fold((Seconds::ZERO, Watts::ZERO), |best, now| {
            let power = at(now);
            if power > best.1 { (now, power) } else { best }
        })
    }

    pub(super) fn check(&self) -> Result<(), EconError> {
        EconError::unless_within(
            "power_mw",
            self.power.value().as_mw(),
            0.0..=1e12,
            "MW of 0 to 1e12",
        )?;
        let efficiency = self.efficiency().value().as_j_per_th();
        EconError::unless_within("j_per_th", efficiency, 1e-9..=1e15, "J/TH of 1e-9 to 1e15")?;
        EconError::unless_within(
            "begins",
            self.begins.as_years(),
            0.0..=100.0,
            "a day within 100 years",
        )?;
        let delivery = self.delivery.as_years();
        EconError::unless_within("delivery_months", delivery, 0.0..=100.0, "months of 0 to 1200")?;
        EconError::unless_within(
            "life_years",
            self.life.as_years(),
            0.01..=1000.0,
            "years of 0.01 to 1000",
        )?;
        let price = self.machine_price.as_ref().map_or(0.0, |p| p.value().as_usd_per_th_s());
        EconError::unless_within("usd_per_th", price, 0.0..=1e9, "USD per TH/s of 0 to 1e9")
    }
}
