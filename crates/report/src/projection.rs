//! The report of a project over time.

use super::{Assumption, SCHEMA_VERSION, tidy};
use hashwatt::econ::{Band, EpochRow, Projection, Totals};
use hashwatt::text::{Sheet, grouped};
use hashwatt::units::{Fraction, Seconds};
use serde::Serialize;
use std::fmt::{self, Write};

/// A project over time, in bands over paths.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ProjectionReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Whether every path that was asked for was followed.
    pub complete: bool,
    /// The first day, UTC.
    pub start: String,
    /// Years of 365 days that it is followed.
    pub years: f64,
    /// Paths that were followed.
    pub paths: usize,
    /// Paths that were asked for.
    pub paths_asked: usize,
    /// Where the random numbers begin.
    pub seed: u64,
    /// The whole time.
    pub totals: TotalsReport,
    /// Every epoch that all paths begin.
    pub epochs: Vec<EpochReport>,
    /// Why there is no profit, where there is none.
    pub profit_missing: Option<String>,
    /// Why there is no net present value, where there is none.
    pub npv_missing: Option<String>,
    /// Every input with its origin.
    pub assumptions: Vec<Assumption>,
    /// What a reader must know before quoting a figure.
    pub warnings: Vec<String>,
}

/// Points of a distribution over paths.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct BandReport {
    /// 5 % of the paths are below.
    pub p5: f64,
    /// A quarter is below.
    pub p25: f64,
    /// Half are below.
    pub p50: f64,
    /// Three quarters are below.
    pub p75: f64,
    /// 95 % are below.
    pub p95: f64,
    /// The mean of all.
    pub mean: f64,
}

/// The whole time; null where an input is missing.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct TotalsReport {
    /// Bitcoin earned.
    pub btc: BandReport,
    /// Energy at the sites' meters, MWh.
    pub energy_mwh: BandReport,
    /// The worth of the bitcoin, each at its epoch's price.
    pub revenue_usd: BandReport,
    /// Cost of energy.
    pub energy_cost_usd: Option<BandReport>,
    /// Present value of income less cash costs, capital left out.
    pub operating_value_usd: Option<BandReport>,
    /// Net present value.
    pub npv_usd: Option<BandReport>,
    /// The part of the paths on which it is positive.
    pub npv_positive: Option<f64>,
    /// Internal rate of return a year, over the paths that have one.
    pub irr_per_year: Option<BandReport>,
    /// The part of the paths that have one.
    pub irr_exists: Option<f64>,
    /// Years until all cash is no longer negative: 5 %, half and 95 % of the paths are faster; null in it
    /// is never.
    pub payback_years: Option<[Option<f64>; 3]>,
    /// The part of the paths that pay back.
    pub pays_back: Option<f64>,
    /// All cash costs and capital for a bitcoin.
    pub cost_usd_per_btc: Option<BandReport>,
    /// The same without capital.
    pub cash_cost_usd_per_btc: Option<BandReport>,
}

/// One epoch.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct EpochReport {
    /// Its number since genesis.
    pub epoch: u32,
    /// The first block of it that counts.
    pub first_height: u32,
    /// When it begins on 5 % of the paths, half and 95 %: UTC.
    pub begins_utc: [String; 3],
    /// Price of a bitcoin.
    pub price_usd_per_btc: BandReport,
    /// Difficulty.
    pub difficulty: BandReport,
    /// Everybody's hashrate, EH/s.
    pub network_eh_s: BandReport,
    /// The same network under the same surprises, had the project never come, EH/s.
    pub network_without_eh_s: BandReport,
    /// The project's mean hashrate, EH/s.
    pub own_eh_s: BandReport,
    /// What a hash earns, before the pool's fee.
    pub hashprice_usd_per_ph_day: BandReport,
    /// What the project earns in the epoch.
    pub btc: BandReport,
    /// The worth of that.
    pub revenue_usd: BandReport,
    /// Energy at the sites' meters, MWh.
    pub energy_mwh: BandReport,
    /// What that costs.
    pub energy_cost_usd: Option<BandReport>,
    /// Income less all cash costs but capital.
    pub operating_usd: Option<BandReport>,
    /// All cash since the start, capital included.
    pub cumulative_usd: Option<BandReport>,
    /// The part of the own hashrate that has pushed others out.
    pub displacement: BandReport,
}

fn band<Q: Copy>(band: &Band<Q>, of: impl Fn(Q) -> f64) -> BandReport {
    let of = |value| tidy(of(value));
    BandReport {
        p5: of(band.p5),
        p25: of(band.p25),
        p50: of(band.p50),
        p75: of(band.p75),
        p95: of(band.p95),
        mean: of(band.mean),
    }
}

fn given<Q: Copy>(found: &Option<Band<Q>>, of: impl Fn(Q) -> f64) -> Option<BandReport> {
    found.as_ref().map(|found| band(found, of))
}

/// Figures of an epoch are kept in 32 bits, which hold seven digits.
fn seven(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}

impl From<&Totals> for TotalsReport {
    fn from(t: &Totals) -> Self {
        let part = |part: Option<Fraction>| part.map(|part| tidy(part.value()));
        Self {
            btc: band(&t.btc, |q| q.as_btc()),
            energy_mwh: band(&t.energy, |q| q.as_mwh()),
            revenue_usd: band(&t.revenue, |q| q.as_usd()),
            energy_cost_usd: given(&t.energy_cost, |q| q.as_usd()),
            operating_value_usd: given(&t.operating_value, |q| q.as_usd()),
            npv_usd: given(&t.npv, |q| q.as_usd()),
            npv_positive: part(t.npv_positive),
            irr_per_year: given(&t.irr, |q| q),
            irr_exists: part(t.irr_exists),
            payback_years: t
                .payback
                .map(|times| times.map(|time| time.map(|time| tidy(time.as_years())))),
            pays_back: part(t.pays_back),
            cost_usd_per_btc: given(&t.cost_per_btc, |q| q.as_usd_per_btc()),
            cash_cost_usd_per_btc: given(&t.cash_cost_per_btc, |q| q.as_usd_per_btc()),
        }
    }
}

impl From<&Projection> for ProjectionReport {
    fn from(found: &Projection) -> Self {
        let date = |at: Seconds| format!("{}Z", found.date(at).strftime("%Y-%m-%dT%H:%M:%S"));
        let epoch = |row: &EpochRow| EpochReport {
            epoch: row.epoch,
            first_height: row.first_height,
            begins_utc: [row.begins.p5, row.begins.p50, row.begins.p95].map(date),
            price_usd_per_btc: band(&row.price, |q| seven(q.as_usd_per_btc())),
            difficulty: band(&row.difficulty, seven),
            network_eh_s: band(&row.network, |q| seven(q.as_eh_s())),
            network_without_eh_s: band(&row.network_without, |q| seven(q.as_eh_s())),
            own_eh_s: band(&row.own, |q| seven(q.as_eh_s())),
            hashprice_usd_per_ph_day: band(&row.hashprice, |q| seven(q.as_usd_per_ph_day())),
            btc: band(&row.btc, |q| seven(q.as_btc())),
            revenue_usd: band(&row.revenue, |q| seven(q.as_usd())),
            energy_mwh: band(&row.energy, |q| seven(q.as_mwh())),
            energy_cost_usd: given(&row.energy_cost, |q| seven(q.as_usd())),
            operating_usd: given(&row.operating, |q| seven(q.as_usd())),
            cumulative_usd: given(&row.cumulative, |q| seven(q.as_usd())),
            displacement: band(&row.displacement, seven),
        };
        Self {
            schema_version: SCHEMA_VERSION,
            complete: found.is_complete(),
            start: found.start.to_string(),
            years: tidy(found.length.as_years()),
            paths: found.paths,
            paths_asked: found.settings.paths,
            seed: found.settings.seed,
            totals: (&found.totals).into(),
            epochs: found.epochs.iter().map(epoch).collect(),
            profit_missing: found.profit_missing.clone(),
            npv_missing: found.npv_missing.clone(),
            assumptions: found.inputs.iter().map(Into::into).collect(),
            warnings: found.warnings.clone(),
        }
    }
}

impl ProjectionReport {
    /// A table with a row for each epoch and quantile; the unit is in each header. Empty cells are figures
    /// that an input is missing for.
    pub fn to_csv(&self) -> String {
        let mut text = "epoch,first_height,begins_utc_p50,quantile,price_usd_per_btc,difficulty,\
             network_eh_s,own_eh_s,hashprice_usd_per_ph_day,btc,revenue_usd,energy_mwh,\
             energy_cost_usd,operating_usd,cumulative_usd,displacement\n"
            .to_owned();
        for row in &self.epochs {
            let points: [(&str, Point); 5] = [
                ("0.05", |b| b.p5),
                ("0.25", |b| b.p25),
                ("0.50", |b| b.p50),
                ("0.75", |b| b.p75),
                ("0.95", |b| b.p95),
            ];
            for (name, of) in points {
                let _ =
                    write!(text, "{},{},{},{name}", row.epoch, row.first_height, row.begins_utc[1]);
                for value in [
                    Some(&row.price_usd_per_btc),
                    Some(&row.difficulty),
                    Some(&row.network_eh_s),
                    Some(&row.own_eh_s),
                    Some(&row.hashprice_usd_per_ph_day),
                    Some(&row.btc),
                    Some(&row.revenue_usd),
                    Some(&row.energy_mwh),
                    row.energy_cost_usd.as_ref(),
                    row.operating_usd.as_ref(),
                    row.cumulative_usd.as_ref(),
                    Some(&row.displacement),
                ] {
                    let _ = match value {
                        Some(band) => write!(text, ",{}", of(band)),
                        None => write!(text, ","),
                    };
                }
                text.push('\n');
            }
        }
        text
    }
}

/// One of a band's points.
type Point = fn(&BandReport) -> f64;

const LABEL: usize = 27;

fn line(
    f: &mut fmt::Formatter<'_>,
    label: &str,
    b: &BandReport,
    scale: f64,
    decimals: usize,
    unit: &str,
) -> fmt::Result {
    let [p5, p50, p95] = [b.p5, b.p50, b.p95].map(|value| grouped(value / scale, decimals));
    writeln!(f, "  {label:<LABEL$}{p5:>13}{p50:>13}{p95:>13} {unit}")
}

impl fmt::Display for ProjectionReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = if self.complete { "" } else { " (interrupted)" };
        let Self { start, years, paths, seed, totals: t, .. } = self;
        writeln!(f, "{years} years from {start}, {paths} paths{part}, seed {seed}")?;
        writeln!(f, "\n  {:<LABEL$}{:>13}{:>13}{:>13}", "all of it", "P5", "P50", "P95")?;
        line(f, "Bitcoin", &t.btc, 1.0, 1, "BTC")?;
        line(f, "Energy", &t.energy_mwh, 1e6, 3, "TWh")?;
        line(f, "Income", &t.revenue_usd, 1e6, 1, "M USD")?;
        if let Some(cost) = &t.energy_cost_usd {
            line(f, "Energy cost", cost, 1e6, 1, "M USD")?;
        }
        if let Some(cost) = &t.cash_cost_usd_per_btc {
            line(f, "Cash cost of a bitcoin", cost, 1.0, 0, "USD")?;
        }
        if let Some(value) = &t.operating_value_usd {
            line(f, "Income less cash costs, PV", value, 1e6, 1, "M USD")?;
        }
        if let Some(npv) = &t.npv_usd {
            line(f, "Net present value", npv, 1e6, 1, "M USD")?;
        }
        if let Some(irr) = &t.irr_per_year {
            line(f, "Internal rate of return", irr, 0.01, 1, "%/year")?;
        }
        if let Some(times) = &t.payback_years {
            let [a, b, c] =
                times.map(|time| time.map_or("never".to_owned(), |time| grouped(time, 1)));
            writeln!(f, "  {:<LABEL$}{a:>13}{b:>13}{c:>13} years", "Payback")?;
        }
        for (part, words) in
            [(t.npv_positive, "have a positive net present value"), (t.pays_back, "pay back")]
        {
            if let Some(part) = part {
                writeln!(f, "  {:.0} % of the paths {words}", part * 100.0)?;
            }
        }
        if let Some(missing) = self.npv_missing.as_ref().or(self.profit_missing.as_ref()) {
            Sheet::begun(f).note(&format!("no net present value; {missing}"))?;
        }
        writeln!(
            f,
            "\n  {:<12}{:>12}{:>12}{:>12}{:>13}{:>11}",
            "P50, from", "network", "own", "hashprice", "income", "displaced"
        )?;
        writeln!(
            f,
            "  {:<12}{:>12}{:>12}{:>12}{:>13}",
            "", "EH/s", "EH/s", "USD/PH/d", "BTC/epoch"
        )?;
        // Every epoch is in the JSON and the CSV; a person sees a row a quarter.
        for row in self.epochs.iter().step_by(6) {
            let day = row.begins_utc[1].get(..10).unwrap_or("");
            writeln!(
                f,
                "  {day:<12}{:>12}{:>12}{:>12}{:>13}{:>11}",
                grouped(row.network_eh_s.p50, 1),
                grouped(row.own_eh_s.p50, 3),
                grouped(row.hashprice_usd_per_ph_day.p50, 2),
                grouped(row.btc.p50, 2),
                grouped(row.displacement.p50, 2)
            )?;
        }
        let mut sheet = Sheet::begun(f);
        sheet.title("Inputs")?;
        self.assumptions.iter().try_for_each(|input| input.write(&mut sheet))?;
        sheet.title("Warnings")?;
        self.warnings.iter().try_for_each(|warning| sheet.note(warning))
    }
}
