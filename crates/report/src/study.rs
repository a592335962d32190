//! All that a page shows of a scenario, worked out once.

use super::chart::style::{figure, minus};
use super::untrusted::short;
use hashwatt::econ::{
    BreakEvens, Case, DisplacementPoint, EconError, EfficiencyPoint, FactorKind, Input, Ledger,
    LedgerInputs, LedgerSettings, Project, Projection, Scale, Sensitivity, Settings, Snapshot,
    SupplyCurve, Thresholds, Watch,
};
use hashwatt::text::plain;
use hashwatt::units::{Hashprice, JoulesPerHash, Seconds};

/// A scenario at one moment and over time, with what its result depends on.
#[derive(Clone, Debug)]
pub struct Study {
    /// What it is called; text of whoever wrote the scenario.
    pub title: Option<String>,
    /// The inputs of one moment.
    pub case: Case,
    /// The inputs over time.
    pub project: Project,
    /// One moment.
    pub snapshot: Snapshot,
    /// What the size of the budget does.
    pub scale: Scale,
    /// Where it pays.
    pub break_evens: BreakEvens,
    /// Over time.
    pub projection: Projection,
    /// What the result depends on, or why that is not known.
    pub sensitivity: Result<Sensitivity, String>,
    /// Where the result turns, or why that is not known.
    pub thresholds: Result<Thresholds, String>,
    /// Break-even tariffs of other machines.
    pub efficiency: Vec<EfficiencyPoint>,
    /// Income for all that may be displaced.
    pub displacement: Vec<DisplacementPoint>,
    /// Everybody else's costs.
    pub supply: SupplyCurve,
    /// Who gains and who pays, where the scenario has what it takes.
    pub ledger: Option<Ledger>,
}

/// What a study is of.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What it is called; text of whoever wrote the scenario.
    pub title: Option<String>,
    /// The inputs of one moment.
    pub case: Case,
    /// The inputs over time.
    pub project: Project,
    /// The inputs of the ledger.
    pub ledger: Option<LedgerInputs>,
}

/// Who is told of each step of a study's parts, and says whether to go on.
#[derive(Clone, Copy)]
pub struct StudyWatch<'a> {
    /// Of the paths.
    pub paths: Watch<'a>,
    /// Of the sensitivity's samples.
    pub samples: Watch<'a>,
    /// Of the ledger's draws.
    pub draws: Watch<'a>,
}

/// How much work a study is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StudySettings {
    /// Paths and seed.
    pub paths: Settings,
    /// Samples of each matrix of the sensitivity's design.
    pub samples: usize,
    /// Draws behind the ledger's bands.
    pub draws: usize,
}

impl Default for StudySettings {
    fn default() -> Self {
        Self { paths: Settings::default(), samples: 1024, draws: LedgerSettings::default().samples }
    }
}

/// Efficiencies of the frontier.
const EFFICIENCIES: usize = 101;
/// Points of the displacement's curve.
const DISPLACEMENTS: usize = 41;

impl Study {
    /// Works everything out. Who watches may end a part early; the study is then of fewer paths or draws, or
    /// without the sensitivity, and says so.
    ///
    /// # Errors
    /// As [`Case::snapshot`], [`Project::simulate`] and [`LedgerInputs::ledger`].
    pub fn of(
        subject: Subject,
        settings: &StudySettings,
        watch: StudyWatch,
    ) -> Result<Self, EconError> {
        let Subject { title, case, project, ledger } = subject;
        let snapshot = case.snapshot()?;
        let projection = project.simulate(&settings.paths, watch.paths)?;
        let reason = |error: EconError| error.to_string();
        let sensitivity = match projection.is_complete() {
            true => {
                let Settings { seed, .. } = settings.paths;
                project.sensitivity(settings.samples, seed, watch.samples).map_err(reason)
            }
            false => Err("interrupted before its turn came".to_owned()),
        };
        let draws = LedgerSettings { samples: settings.draws, seed: settings.paths.seed };
        let ledger = ledger.map(|inputs| inputs.ledger_watched(&draws, watch.draws)).transpose()?;
        let own = snapshot.efficiency.value().as_j_per_th();
        let (least, most) = ((own * 0.35).min(8.0), (own * 1.6).max(24.0));
        let at = |i: usize| {
            let part = i as f64 / (EFFICIENCIES - 1) as f64;
            JoulesPerHash::from_j_per_th(least + (most - least) * part)
        };
        Ok(Self {
            title,
            scale: Scale::of(&case)?,
            break_evens: BreakEvens::of(&case, &project.sites, project.discount_per_year.value())?,
            thresholds: project.thresholds().map_err(reason),
            efficiency: case.along_efficiency((0..EFFICIENCIES).map(at))?,
            displacement: case.along_displacement(DISPLACEMENTS)?,
            supply: SupplyCurve::latest()?,
            ledger,
            snapshot,
            projection,
            sensitivity,
            case,
            project,
        })
    }

    /// Whether nothing of it was cut short.
    pub fn is_complete(&self) -> bool {
        let sensitivity = self.sensitivity.as_ref().map_or(true, |found| found.complete);
        let ledger = self.ledger.as_ref().is_none_or(|ledger| ledger.complete);
        self.projection.is_complete() && sensitivity && ledger
    }

    /// The year with its fraction of a time from the start.
    pub(super) fn year(&self, at: Seconds) -> f64 {
        let date = self.projection.date(at);
        let days = f64::from(date.date().days_in_year());
        let day = f64::from(date.date().day_of_year() - 1) + f64::from(date.hour()) / 24.0;
        f64::from(date.year()) + day / days
    }

    /// Units of the tariff's currency for a dollar, and the currency; dollars where there is none.
    pub(super) fn local(&self) -> (f64, String) {
        match (&self.snapshot.local_tariff, &self.snapshot.exchange_rate) {
            (Some(price), Some(rate)) if price.currency() == rate.value().currency() => {
                (rate.value().as_per_usd(), price.currency().to_string())
            }
            _ => (1.0, "USD".to_owned()),
        }
    }

    /// What the project's own energy costs, as the field quotes income; `None` without a tariff.
    pub(super) fn own_cost(&self) -> Option<Hashprice> {
        let at_site = self.snapshot.efficiency.value() * self.case.site.pue.value().value();
        Some(self.snapshot.tariff? * at_site)
    }

    fn input(&self, field: &str) -> Option<&Input> {
        self.snapshot.inputs.iter().find(|input| input.field == field)
    }

    /// Where a chart's figures come from: the inputs that it rests on with their dates, and the model.
    pub(super) fn source(&self, fields: &[&str]) -> String {
        let one = |field: &&str| {
            let input = self.input(field)?;
            let of = match input.provenance.as_of() {
                Some(date) => date.to_string(),
                None => input.provenance.kind().replace('_', " "),
            };
            let unit =
                if input.unit.is_empty() { String::new() } else { format!(" {}", input.unit) };
            Some(format!("{} {}{unit} ({of})", field_words(field), minus(&plain(input.value))))
        };
        let inputs: Vec<String> = fields.iter().filter_map(one).collect();
        let model = concat!("hashwatt ", env!("CARGO_PKG_VERSION"));
        short(&format!("Source: {}; model {model}", inputs.join("; ")), 400)
    }

    /// What a factor's value is in its own unit: ratios are of what is given, where that is one figure.
    pub(super) fn in_words(&self, kind: FactorKind, value: f64) -> String {
        let shown = |input: &Input| {
            // As it was given where it is not moved.
            let moved = match value == 1.0 {
                true => minus(&plain(input.value)),
                false => figure(input.value * value),
            };
            format!("{moved} {}", input.unit).trim_end().to_owned()
        };
        let of = |field: &str| self.input(field).map(shown);
        let of_all = |field: &str| self.common(field).map(shown);
        let percent = |value: f64| format!("{} %", figure(value * 100.0));
        let found = match kind {
            FactorKind::Price => of("price"),
            FactorKind::Tariff => of("tariff"),
            FactorKind::Efficiency => of("efficiency"),
            FactorKind::NetworkHashrate => of("network_hashrate"),
            FactorKind::Fees => of("fees_per_block"),
            FactorKind::Pue => of("pue"),
            FactorKind::Uptime => self.input("uptime").map(|u| percent((u.value * value).min(1.0))),
            FactorKind::PriceDrift
            | FactorKind::NetworkGrowth
            | FactorKind::CostDecline
            | FactorKind::Displacement
            | FactorKind::Discount => Some(percent(value)),
            FactorKind::ExchangeRate => of("exchange_rate"),
            FactorKind::MachinePrice => of_all("machine_price: "),
            FactorKind::Infrastructure => of_all("infrastructure: "),
            FactorKind::OtherCosts => of_all("other_costs: "),
            kind if !kind.is_ratio() => Some(figure(value)),
            _ => None,
        };
        found.unwrap_or_else(|| format!("{} × given", figure(value)))
    }

    /// The input that all sites or lots have alike.
    fn common(&self, prefix: &str) -> Option<&Input> {
        let mut all = self.project.inputs.iter().filter(|input| input.field.starts_with(prefix));
        let first = all.next()?;
        all.all(|input| input.value == first.value).then_some(first)
    }

    /// The tariff as it was given, without its unit.
    pub(super) fn tariff_words(&self) -> String {
        self.input("tariff").map_or("–".to_owned(), |input| minus(&plain(input.value)))
    }
}

/// An input's name for a reader.
pub(super) fn field_words(field: &str) -> &str {
    match field {
        "power_mw" => "power",
        "mining_share" => "part that mines",
        "network_hashrate" => "network",
        "fees_per_block" => "fees of a block",
        "price" => "bitcoin",
        "exchange_rate" => "exchange rate",
        "grid_average" => "grid's average",
        "household_use" => "a household's use",
        "pool_fee" => "pool's fee",
        "stale" => "stale work",
        "pue" => "PUE",
        other => other,
    }
}
