//! What a ledger is worked out from: the case's inputs and those of its own tables, in one list.

use super::book::{Book, Id, LedgerInput, Money, Spread, wrong};
use super::hours::Profile;
use super::merit::Plant;
use super::read::{Whole, by_year, case_ids, given_reference, plants, prices, shipped_reference};
use super::section::*;
use super::{CapacityMode, HoursCase, MeteringPoint, ReferenceKind};
use crate::uncertainty::Provenance;
use crate::{Currency, Scenario, ScenarioError, TariffStatus};

/// Inputs that the case has.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CaseIds {
    pub power_mw: Id,
    pub mining_share: Id,
    pub uptime: Id,
    pub pool_fee: Id,
    pub stale: Id,
    pub displacement: Id,
    pub pue: Id,
    pub j_per_th: Id,
    pub network_eh: Id,
    pub fees_btc: Id,
    pub price_usd: Id,
    pub height: Id,
    pub tariff: Money,
    pub fx: Id,
    pub grid_g_per_kwh: Id,
    pub household_kwh: Id,
    pub other_costs: Id,
    pub infrastructure: Id,
    pub usd_per_th: Id,
}

/// Prices with their units.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Prices {
    pub variable_om: Money,
    pub capacity_payment: Money,
    pub capacity_average: Money,
    pub capacity_charge: Money,
    pub industry_tariff: Money,
    pub household_tariff: Money,
    pub adjustments: Vec<(String, Money)>,
    pub corrective: Vec<(String, Money, bool)>,
}

/// A reference cost in the ledger's list of inputs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reference {
    pub kind: ReferenceKind,
    pub what: String,
    pub price: Money,
    pub metering_point: MeteringPoint,
    /// Losses to the customer, where the reference has its own.
    pub loss: Option<Id>,
    pub month: Option<u8>,
}

/// Everything that a ledger is worked out from. Made by [`LedgerInputs::new`].
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerInputs {
    /// Every input.
    pub inputs: Vec<LedgerInput>,
    /// What a reader must know before quoting a figure.
    pub warnings: Vec<String>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// How firm the tariff is.
    pub status: TariffStatus,
    /// Who may have it.
    pub eligibility: String,
    /// Which case of the hours the matrix follows.
    pub case: HoursCase,
    /// Which mode of capacity payments the matrix follows.
    pub mode: CapacityMode,
    pub(super) ids: CaseIds,
    pub(super) prices: Prices,
    pub(super) plants: Vec<Plant>,
    pub(super) references: Vec<Reference>,
    pub(super) profile: Option<Profile>,
    pub(super) tiers: Vec<Tier>,
    /// By year: the part of payments that is due anyway, and of contracts in force.
    pub(super) take_or_pay: Vec<Id>,
    pub(super) in_force: Vec<Id>,
    pub(super) years: usize,
    pub(super) operator: OperatorIds,
    pub(super) losses: LossesIds,
    pub(super) supply: SupplyIds,
    pub(super) capacity: CapacityIds,
    pub(super) terms: TermsIds,
    pub(super) hours: LedgerHoursIds,
    pub(super) ai: AiIds,
    pub(super) uses: UsesIds,
    pub(super) foreign: ForeignExchangeIds,
    pub(super) carbon: CarbonIds,
    pub(super) payers: PayersIds,
}

impl LedgerInputs {
    /// The inputs of a scenario with a table `[ledger]`; `source` names a key's origin and `read` reads the
    /// files that it names.
    ///
    /// # Errors
    /// The first key whose value cannot be used.
    pub fn new(
        scenario: &Scenario,
        source: impl Fn(&str) -> String,
        read: impl Fn(&str) -> Result<String, String>,
    ) -> Result<Self, ScenarioError> {
        let case = scenario.case_with_files(&source, &read)?;
        let sites = scenario.sites_with_files(&source, &read)?;
        let factors = scenario.factors(&case.network)?;
        let mut section = scenario.ledger.clone().ok_or_else(|| {
            wrong("ledger", "is missing; give at least [ledger.supply] or [[ledger.plant]]")
        })?;
        let tariff = case.tariff.as_ref().ok_or_else(|| {
            wrong("tariff", "is missing; a ledger needs one, such as \"22.98 PKR/kWh\"")
        })?;
        let currency = tariff.price.value().currency();
        let project = scenario.project.as_ref();
        let discount = &mut section.operator.discount_per_year;
        if discount.is_none() {
            *discount = project.and_then(|project| project.discount_per_year.clone());
        }
        let whole = Whole { scenario, case: &case, sites: &sites, factors: &factors };
        let mut book = Book { inputs: Vec::new(), source: &source, currency };
        let ids = case_ids(&mut book, &whole, &section)?;
        let plants = plants(&mut book, &section)?;
        let mut references = Vec::new();
        for shipped in &case.references {
            references.push(shipped_reference(&mut book, shipped)?);
        }
        for given in &section.reference {
            references.push(given_reference(&mut book, given, references.len())?);
        }
        let prices = prices(&mut book, &section)?;
        let profile = match section.hours.profile.as_deref() {
            None => None,
            Some("pakistan") => {
                Some(Profile::pakistan().map_err(|e| wrong("ledger.hours.profile", e))?)
            }
            Some(file) => {
                let at =
                    |reason: String| wrong("ledger.hours.profile", format!("{file}: {reason}"));
                let text = read(file).map_err(at)?;
                Some(Profile::from_csv(&text).map_err(|e| at(e.to_string()))?)
            }
        };
        let payments = &section.capacity_payments;
        let take_or_pay = by_year(&mut book, "take_or_pay", payments.take_or_pay.as_ref())?;
        let in_force = by_year(&mut book, "in_force", payments.in_force.as_ref())?;
        let years = section.foreign_exchange.years.unwrap_or(5);
        if !(1..=50).contains(&years) {
            let reason = format!("is {years}; give 1 to 50");
            return Err(wrong("ledger.foreign_exchange.years", reason));
        }
        let mut tiers = section.tariff_terms.tiers.clone();
        tiers.sort_by(|a, b| a.above_mwh_per_month.total_cmp(&b.above_mwh_per_month));
        let fits = |tier: &Tier| {
            (0.0..=1e12).contains(&tier.above_mwh_per_month)
                && (0.0..=100.0).contains(&tier.price_ratio)
        };
        if !tiers.iter().all(fits) {
            let reason = "give above_mwh_per_month of 0 to 1e12 and price_ratio of 0 to 100";
            return Err(wrong("ledger.tariff_terms.tiers", reason));
        }
        let mut made = Self {
            operator: OperatorIds::read(&mut book, &section.operator)?,
            losses: LossesIds::read(&mut book, &section.losses)?,
            supply: SupplyIds::read(&mut book, &section.supply)?,
            capacity: CapacityIds::read(&mut book, payments)?,
            terms: TermsIds::read(&mut book, &section.tariff_terms)?,
            hours: LedgerHoursIds::read(&mut book, &section.hours)?,
            ai: AiIds::read(&mut book, &section.ai)?,
            uses: UsesIds::read(&mut book, &section.uses)?,
            foreign: ForeignExchangeIds::read(&mut book, &section.foreign_exchange)?,
            carbon: CarbonIds::read(&mut book, &section.carbon)?,
            payers: PayersIds::read(&mut book, &section.payers)?,
            status: case.tariff_status.unwrap_or(TariffStatus::Hypothetical),
            eligibility: section.tariff_terms.eligibility.clone().unwrap_or_default(),
            case: section.hours.case.unwrap_or_default(),
            mode: payments.mode.unwrap_or_default(),
            years: years.into(),
            warnings: Vec::new(),
            inputs: Vec::new(),
            currency,
            ids,
            prices,
            plants,
            references,
            profile,
            tiers,
            take_or_pay,
            in_force,
        };
        let market = LedgerMarketIds::read(&mut book, &section.market)?;
        let deviation = book.inputs[market.price_deviation_per_year.0].value;
        let price = &mut book.inputs[made.ids.price_usd.0];
        if price.range().is_none() && deviation > 0.0 {
            price.spread = Spread::LogNormal { deviation };
        }
        made.inputs = book.inputs;
        made.warnings = made.told();
        if scenario.heat.is_some() || scenario.hours.is_some() || scenario.fleet.len() > 1 {
            made.warnings.push(
                "the ledger is of one steady year with all machines there: the scenario's [hours] count \
                 as a lower uptime, [heat] and the dates of lots are not in it"
                    .to_owned(),
            );
        }
        Ok(made)
    }

    /// The values as they are taken.
    pub(super) fn base(&self) -> Vec<f64> {
        self.inputs.iter().map(|input| input.value).collect()
    }

    fn told(&self) -> Vec<String> {
        let mut told = vec![format!("the tariff is {}", self.status.name())];
        if self.eligibility.is_empty() {
            told.push("nobody said who may have the tariff".to_owned());
        } else {
            told.push(format!("who may have the tariff: {}", self.eligibility));
        }
        let assumed: Vec<&str> = self
            .inputs
            .iter()
            .filter(|input| matches!(input.provenance, Provenance::Assumed { .. }))
            .map(|input| without_month(&input.key))
            .collect();
        if !assumed.is_empty() {
            let count = assumed.len();
            // Months of a plant's figure stand together.
            let keys: std::collections::BTreeSet<&str> = assumed.into_iter().collect();
            let keys = keys.into_iter().collect::<Vec<_>>().join(", ");
            told.push(format!("{count} inputs are assumed, nobody published them: {keys}"));
        }
        match &self.profile {
            Some(profile) => told.push(format!("hours of {}: {}", profile.as_of, profile.source)),
            None => {
                told.push("no profile of hours was given: every hour counts as served".to_owned())
            }
        }
        told.push(
            "rents of processors are taken as they are, however many are offered; no market for \
             so many is known"
                .to_owned(),
        );
        told.push(
            "what nobody published is drawn independently of everything else; the bitcoin price \
             alone moves as the market does"
                .to_owned(),
        );
        told
    }
}

/// A key without the month or year at its end.
fn without_month(key: &str) -> &str {
    match key.rsplit_once('.') {
        Some((rest, last)) if last.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => key,
    }
}
