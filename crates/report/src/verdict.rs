//! Who gains and who loses, each with its band and with what would turn it: the rows that a page's first
//! paragraph is built of, so that no single number decides.

use super::chart::style::{amount, amounts, figure, mass_unit, with_unit};
use super::study::Study;
use hashwatt::econ::{FactorKind, TariffStatus, Threshold, Thresholds};
use hashwatt::text::plain;
use hashwatt::units::Usd;

mod ledger;

pub(super) use ledger::key_words;

/// Whose result it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Who owns the machines.
    Operator,
    /// Who bears what the energy costs.
    Supplier,
    /// The state's.
    Budget,
    /// The country's.
    ForeignExchange,
    /// Who pays for power beside the project.
    Consumers,
    /// Who buys power and sells it on.
    Distribution,
    /// All at home together.
    Nation,
}

impl Whose {
    /// Those of whom a reader of policy asks beside the operator; who has no row is named as missing.
    const ASKED: [Self; 3] = [Self::Budget, Self::ForeignExchange, Self::Consumers];

    /// In words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Operator => "The operator",
            Self::Supplier => "Whoever bears the energy's cost",
            Self::Budget => "The state's budget",
            Self::ForeignExchange => "Foreign exchange",
            Self::Consumers => "Other consumers",
            Self::Distribution => "Distribution companies",
            Self::Nation => "The nation",
        }
    }
}

/// Which way a result goes over its band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// At P5 too.
    Gains,
    /// At P95 too.
    Loses,
    /// P5 and P95 differ in their sign; by the median it gains.
    LikelyGains,
    /// P5 and P95 differ in their sign; by the median it loses.
    LikelyLoses,
    /// The result hangs on a choice, not on chance.
    Depends,
    /// There is no result.
    Unknown,
}

impl Sign {
    fn of(p5: f64, p50: f64, p95: f64) -> Self {
        match (p5 > 0.0, p50 > 0.0, p95 > 0.0) {
            (true, ..) => Self::Gains,
            (_, _, false) => Self::Loses,
            (_, true, _) => Self::LikelyGains,
            _ => Self::LikelyLoses,
        }
    }

    /// In words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Gains => "gains",
            Self::Loses => "loses",
            Self::LikelyGains => "may go either way, more likely gains",
            Self::LikelyLoses => "may go either way, more likely loses",
            Self::Depends => "gains or loses by the reference",
            Self::Unknown => "not known",
        }
    }
}

/// What one assumption would have to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flip {
    pub assumption: String,
    /// What it is taken for.
    pub taken: String,
    /// `95,000 USD/BTC or more`; none where nothing that was searched turns the result.
    pub threshold: Option<String>,
    /// The range that the scenario gives it.
    pub range: Option<String>,
    /// Whether the threshold lies within that.
    pub plausible: bool,
}

/// One party's result. The ledger's are further ones of these.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    pub whose: Whose,
    /// Which result it is.
    pub result: String,
    pub sign: Sign,
    /// P5, median and P95 with their unit, where there is a band.
    pub band: Option<[String; 3]>,
    /// What is to be said beside it.
    pub remarks: Vec<String>,
    /// The nearest first.
    pub flips: Vec<Flip>,
}

/// A sentence with the words that it begins with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sentence {
    pub lead: String,
    pub text: String,
}

/// Flips that a sentence names; the table has all.
const NAMED: usize = 3;

impl Verdict {
    fn sentence(&self) -> Sentence {
        let mut text = String::new();
        if let Some([p5, p50, p95]) = &self.band {
            text = format!(
                "{}: the {} lies between {p5} and {p95} (P5–P95; median {p50})",
                self.sign.words(),
                self.result
            );
        } else {
            text.push_str(self.sign.words());
        }
        for (i, remark) in self.remarks.iter().enumerate() {
            text.push_str(if i == 0 && self.band.is_none() { ": " } else { "; " });
            text.push_str(remark);
        }
        let turning: Vec<String> = self
            .flips
            .iter()
            .filter_map(|flip| {
                let threshold = flip.threshold.as_ref()?;
                let within = if flip.plausible { ", within its range" } else { "" };
                let Flip { assumption, taken, .. } = flip;
                Some(format!("{assumption} of {threshold} (taken: {taken}{within})"))
            })
            .take(NAMED)
            .collect();
        match (&turning[..], self.flips.is_empty()) {
            ([], false) => text.push_str("; no single input that was searched turns it"),
            ([], true) => {}
            _ => {
                text.push_str("; it would turn at ");
                text.push_str(&turning.join(", or at "));
            }
        }
        Sentence { lead: self.whose.words().to_owned(), text: text + ". " }
    }
}

/// Every result there is, the operator's first.
pub(super) fn verdicts(study: &Study) -> Vec<Verdict> {
    let mut rows = vec![operator(study)];
    rows.extend(supplier(study));
    rows.extend(study.ledger.iter().flat_map(ledger::rows));
    rows
}

/// The page's first paragraph.
pub(super) fn paragraph(study: &Study, verdicts: &[Verdict]) -> Vec<Sentence> {
    let mut sentences = vec![tariff(study)];
    // The table has every row; the paragraph those that a reader of policy asks for.
    let told = verdicts.iter().filter(|verdict| verdict.whose != Whose::Distribution);
    sentences.extend(told.map(Verdict::sentence));
    sentences.extend(unanswered(verdicts));
    sentences.push(carbon(study));
    sentences
}

/// Of whom nothing is known: no sign follows from another's.
fn unanswered(verdicts: &[Verdict]) -> Option<Sentence> {
    let there = |whose: &Whose| verdicts.iter().any(|verdict| verdict.whose == *whose);
    let missing: Vec<String> = Whose::ASKED
        .into_iter()
        .filter(|whose| !there(whose))
        .map(|whose| whose.words().to_lowercase())
        .collect();
    (!missing.is_empty()).then(|| Sentence {
        lead: "Not answered here:".to_owned(),
        text: format!(
            "{}. No sign of theirs is known from this page, and none follows from the operator's. ",
            missing.join(", ")
        ),
    })
}

fn tariff(study: &Study) -> Sentence {
    let lead = "The tariff".to_owned();
    let Some(price) = &study.snapshot.local_tariff else {
        let text = "is not given, so neither cost nor profit can be told, only income. ".to_owned();
        return Sentence { lead, text };
    };
    let status = match study.snapshot.tariff_status {
        Some(TariffStatus::Approved) => "is approved, says the scenario",
        Some(TariffStatus::Proposed) => "is proposed and not approved",
        Some(TariffStatus::Hypothetical) => "is hypothetical: nobody has offered it",
        None => {
            "is of a status that the scenario does not tell (approved, proposed or hypothetical)"
        }
    };
    Sentence { lead, text: format!("of {price} {status}. ") }
}

fn operator(study: &Study) -> Verdict {
    let whose = Whose::Operator;
    let totals = &study.projection.totals;
    let years = plain(study.projection.length.as_years());
    let (band, result) = match (&totals.npv, &totals.operating_value) {
        (Some(npv), _) => (npv, format!("net present value over {years} years")),
        (None, Some(value)) => {
            let result = format!(
                "income less cash costs over {years} years, discounted, before any capital,"
            );
            (value, result)
        }
        (None, None) => {
            let missing = study.projection.profit_missing.clone().unwrap_or_default();
            return Verdict {
                whose,
                result: "result".to_owned(),
                sign: Sign::Unknown,
                band: None,
                remarks: vec![missing],
                flips: Vec::new(),
            };
        }
    };
    let percent = |part: f64| format!("{} %", figure(part * 100.0));
    let mut remarks = Vec::new();
    if let Some(positive) = totals.npv_positive {
        remarks.push(match positive.value() {
            0.0 => "positive on none of the paths".to_owned(),
            part => format!("positive on {} of the paths", percent(part)),
        });
    }
    if let Some(part) = totals.pays_back {
        let never = 1.0 - part.value();
        remarks.push(match never {
            never if never > 0.5 => format!("it does not pay back on {} of them", percent(never)),
            _ => format!("it pays back on {} of them", percent(part.value())),
        });
    }
    if let Some(missing) = &study.projection.npv_missing {
        remarks.push(format!("there is no net present value ({missing})"));
    }
    let flips = match &study.thresholds {
        Ok(found) => {
            let base = amount(found.base.as_usd(), "USD");
            remarks
                .push(format!("with every input as given, along the expected path, it is {base}"));
            remarks.extend(not_even(found));
            flips(study, found)
        }
        Err(_) => Vec::new(),
    };
    let band_words = amounts([band.p5, band.p50, band.p95].map(Usd::as_usd), "USD");
    let [p5, p50, p95] = [band.p5, band.p50, band.p95].map(Usd::as_usd);
    let sign = Sign::of(p5, p50, p95);
    Verdict { whose, result, sign, band: Some(band_words), remarks, flips }
}

/// What one would think of first and does not do it.
fn not_even(found: &Thresholds) -> Vec<String> {
    let held = |kind| found.inputs.iter().any(|input| input.kind == kind && input.at.is_none());
    let mut told = Vec::new();
    if found.base > Usd::ZERO {
        return told;
    }
    if held(FactorKind::Tariff) {
        told.push("energy for nothing would not turn it".to_owned());
    }
    if held(FactorKind::Price) {
        let answered =
            "a bitcoin five times as dear at the start would not turn it, as other miners answer";
        told.push(answered.to_owned());
    }
    told
}

fn flips(study: &Study, found: &Thresholds) -> Vec<Flip> {
    let one = |input: &Threshold| Flip {
        assumption: input.kind.words().to_owned(),
        taken: study.in_words(input.kind, input.base),
        threshold: input.at.map(|at| {
            let side = if at > input.base { "or more" } else { "or less" };
            format!("{} {side}", study.in_words(input.kind, at))
        }),
        range: input.range.map(|(low, high)| {
            let (low, high) = (study.in_words(input.kind, low), study.in_words(input.kind, high));
            format!("{low} to {high}")
        }),
        plausible: input.within_range(),
    };
    found.inputs.iter().map(one).collect()
}

/// Who bears what the energy costs: the sign is that of the reference, and no chance is in it.
fn supplier(study: &Study) -> Option<Verdict> {
    let subsidies = &study.snapshot.subsidies;
    let per_year = |s: &&hashwatt::econ::Subsidy| s.per_year.amount();
    let most = subsidies.iter().max_by(|a, b| per_year(a).total_cmp(&per_year(b)))?;
    let least = subsidies.iter().min_by(|a, b| per_year(a).total_cmp(&per_year(b)))?;
    let words = |s: &hashwatt::econ::Subsidy| {
        let (year, currency) = (s.per_year.amount(), s.per_year.currency().to_string());
        let does = if year > 0.0 { "the tariff gives away" } else { "it brings" };
        let reference = s.reference.price.value();
        let kind = s.reference.kind.name().replace('_', " ");
        format!("{does} {} a year against {kind} ({reference})", amount(year.abs(), &currency))
    };
    let above = subsidies.iter().filter(|s| s.per_year.amount() > 0.0).count();
    let sign = match above {
        0 => Sign::Gains,
        n if n == subsidies.len() => Sign::Loses,
        _ => Sign::Depends,
    };
    let currency = least.per_year.currency().to_string();
    let [low, high] = amounts([-most.per_year.amount(), -least.per_year.amount()], &currency);
    let mut prices: Vec<f64> =
        subsidies.iter().map(|s| s.reference.price.value().as_per_kwh()).collect();
    prices.sort_by(f64::total_cmp);
    let ends = prices.first().zip(prices.last());
    let taken =
        ends.map_or(String::new(), |(low, high)| format!("{} to {}", plain(*low), plain(*high)));
    let tariff = study.tariff_words();
    let mut remarks = vec![words(most)];
    if sign == Sign::Depends {
        remarks.push(format!("but {}", words(least)));
        remarks.push(format!(
            "{above} of {} references lie above the tariff: which one is right decides the sign",
            subsidies.len()
        ));
    }
    Some(Verdict {
        whose: Whose::Supplier,
        result: format!("tariff less reference cost, a year: {low} to {high}"),
        sign,
        band: None,
        remarks,
        flips: vec![Flip {
            assumption: "the reference cost".to_owned(),
            taken,
            threshold: Some(format!("{tariff} {currency}/kWh, the tariff itself")),
            range: None,
            plausible: false,
        }],
    })
}

/// The grid's average never stands alone.
fn carbon(study: &Study) -> Sentence {
    let lead = "Carbon:".to_owned();
    if let Some(ledger) = &study.ledger {
        return Sentence { lead, text: ledger::carbon(ledger) };
    }
    let tonnes = study.snapshot.carbon_per_year.as_tonnes();
    let grid = study.case.emissions.average.value().as_g_per_kwh();
    let (mass, grid) = (with_unit(tonnes, mass_unit(tonnes)), plain(grid));
    Sentence {
        lead,
        text: format!(
            "{mass} CO₂ a year if this load were like the grid's average ({grid} g/kWh), which it need not be: \
             what the plants emit that run for it is not given, and may be more or less."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_certain_only_where_the_whole_band_has_it() {
        for ((p5, p50, p95), sign) in [
            ((1.0, 2.0, 3.0), Sign::Gains),
            ((-3.0, -2.0, -1.0), Sign::Loses),
            ((-3.0, -2.0, 0.0), Sign::Loses),
            ((-3.0, 1.0, 2.0), Sign::LikelyGains),
            ((-3.0, -1.0, 2.0), Sign::LikelyLoses),
        ] {
            assert_eq!(Sign::of(p5, p50, p95), sign);
        }
    }

    #[test]
    fn a_sentence_has_the_band_and_what_turns_it() {
        let flip = |assumption: &str, threshold: Option<&str>, plausible| Flip {
            assumption: assumption.to_owned(),
            taken: "1".to_owned(),
            threshold: threshold.map(str::to_owned),
            range: None,
            plausible,
        };
        let mut verdict = Verdict {
            whose: Whose::Operator,
            result: "net present value".to_owned(),
            sign: Sign::LikelyLoses,
            band: Some(["−2 USD", "−1 USD", "3 USD"].map(str::to_owned)),
            remarks: vec!["it does not pay back".to_owned()],
            flips: vec![flip("price", Some("2 or more"), true), flip("fees", None, false)],
        };
        assert_eq!(
            verdict.sentence().text,
            "may go either way, more likely loses: the net present value lies between −2 USD and 3 USD (P5–P95; median \
             −1 USD); it does not pay back; it would turn at price of 2 or more (taken: 1, within its \
             range). "
        );
        assert!(
            unanswered(&[])
                .unwrap()
                .text
                .starts_with("the state's budget, foreign exchange, other")
        );
        let known = Whose::ASKED.map(|whose| Verdict { whose, ..verdict.clone() });
        assert_eq!(unanswered(&known), None);
        verdict.flips.remove(0);
        assert!(verdict.sentence().text.ends_with("no single input that was searched turns it. "));
    }
}
