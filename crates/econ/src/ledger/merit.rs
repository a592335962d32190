//! The merit order: which plants serve the next MW of a month, and what that costs, emits and imports.
//!
//! A cheap plant that stands idle while a dearer one runs is held by grid, fuel or outage; so of the
//! headroom of plants cheaper than the marginal one only a part (`deliverable_headroom`, an input) can be
//! called on. The marginal plant is the dearest that gives 5 % of the month's mean output. What exceeds all
//! headroom is taken at the dearest plant's cost and told.

use super::book::{Book, Id, Kind, LedgerInput, Money, Read, Spread, wrong};
use super::section::PlantSection;
use crate::Currency;
use crate::uncertainty::{AsOf, Provenance};
use serde::Deserialize;

const SHIPPED: &str = include_str!("../data/merit_order_pakistan.csv");
const SHIPPED_PLANTS: &str = include_str!("../data/plants_pakistan.csv");
/// The part of the month's mean output that makes a plant the marginal one.
const RUNS: f64 = 0.05;

const MW: Kind = Kind { unit: "MW", least: 0.0, most: 1e7 };
const GRAMS: Kind = Kind { unit: "g/kWh", least: 0.0, most: 5000.0 };
const PART: Kind = Kind { unit: "", least: 0.0, most: 1.0 };

/// Plants of a kind, by month from January on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plant {
    pub name: String,
    /// `None` for plants that are never called for more.
    pub fuel: Option<[Money; 12]>,
    pub mean: [Id; 12],
    pub headroom: [Id; 12],
    /// Headroom over that of the input.
    pub shape: [f64; 12],
    pub emission: Id,
    pub imported: Id,
}

/// What the next MW of a month costs where plants deliver it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Increment {
    /// Fuel, in the ledger's currency for a kWh.
    pub fuel: f64,
    /// The part of it that is paid abroad.
    pub imported: f64,
    pub g_per_kwh: f64,
    /// By plant: its part of the increment.
    pub mix: Vec<(usize, f64)>,
    /// The part of the increment for which no plant has room.
    pub beyond: f64,
    /// The grid's average.
    pub average_g_per_kwh: Option<f64>,
}

/// Prices and deviations that the order needs.
pub(super) struct Costs<'a> {
    pub values: &'a [f64],
    /// Units of the ledger's currency for a dollar.
    pub fx: f64,
    pub fuel_ratio: f64,
    pub deliverable: f64,
}

impl Costs<'_> {
    fn get(&self, id: Id) -> f64 {
        self.values[id.0]
    }
    fn fuel(&self, price: Money) -> f64 {
        self.get(price.id) * if price.dollars { self.fx } else { 1.0 } * self.fuel_ratio
    }
}

/// The next `mw` of a month, 0 to 11.
pub(super) fn increment(plants: &[Plant], month: usize, mw: f64, costs: &Costs) -> Increment {
    let mean = |plant: &Plant| costs.get(plant.mean[month]);
    let all: f64 = plants.iter().map(mean).sum();
    let emitted: f64 = plants.iter().map(|p| mean(p) * costs.get(p.emission)).sum();
    let mut order: Vec<(usize, f64)> = plants
        .iter()
        .enumerate()
        .filter_map(|(index, plant)| Some((index, costs.fuel(plant.fuel?[month]))))
        .collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let marginal = order.iter().rposition(|(index, _)| mean(&plants[*index]) >= RUNS * all);
    let average_g_per_kwh = (all > 0.0).then(|| emitted / all);
    let mut found = Increment { average_g_per_kwh, ..Increment::default() };
    let mut left = mw.max(0.0);
    let mut take = |place: usize, most: Option<f64>, left: &mut f64| {
        let (index, fuel) = order[place];
        let plant = &plants[index];
        let room = most.unwrap_or_else(|| {
            let part = if marginal.is_some_and(|m| place < m) { costs.deliverable } else { 1.0 };
            costs.get(plant.headroom[month]) * plant.shape[month] * part
        });
        let taken = room.min(*left);
        *left -= taken;
        // Of no load at all the first kWh tells what it would cost.
        let share = if mw > 0.0 { taken / mw } else { 0.0 };
        if share > 0.0 {
            found.fuel += share * fuel;
            found.imported += share * fuel * costs.get(plant.imported);
            found.g_per_kwh += share * costs.get(plant.emission);
            match found.mix.iter_mut().find(|(known, _)| *known == index) {
                Some((_, part)) => *part += share,
                None => found.mix.push((index, share)),
            }
        }
        share
    };
    for place in 0..order.len() {
        take(place, None, &mut left);
    }
    if left > 0.0 && !order.is_empty() {
        let beyond = take(order.len() - 1, Some(f64::INFINITY), &mut left);
        found.beyond = beyond;
    }
    found
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    plant: String,
    month: usize,
    mean_mw: f64,
    mean_quality: String,
    headroom_mw: f64,
    cost_per_kwh: Option<f64>,
    cost_low: Option<f64>,
    cost_high: Option<f64>,
    cost_quality: Option<String>,
    currency: String,
    as_of: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlantRow {
    plant: String,
    g_per_kwh: f64,
    g_low: f64,
    g_high: f64,
    import_share: f64,
    import_low: f64,
    import_high: f64,
    as_of: String,
    source: String,
}

const TABLE: &str = "ledger.supply.merit_order";

/// A figure of a table that nobody published is assumed, whatever stands beside it.
fn origin(quality: &str, as_of: &str, source: &str) -> Read<Provenance> {
    let date: AsOf = as_of.parse().map_err(|e| wrong(TABLE, format!("{e}")))?;
    if source.trim().is_empty() {
        return Err(wrong(TABLE, "has a row without a source"));
    }
    Ok(match quality {
        "assumed" => {
            let basis = source.strip_prefix("assumed: ").unwrap_or(source);
            Provenance::Assumed { basis: format!("{basis} ({as_of})") }
        }
        quality => Provenance::published(date, format!("{source} ({quality})")),
    })
}

/// The shipped plants of Pakistan.
pub(super) fn pakistan(book: &mut Book) -> Read<Vec<Plant>> {
    from_csv(book, SHIPPED, SHIPPED_PLANTS)
}

fn rows<T: for<'de> Deserialize<'de>>(text: &str) -> Read<Vec<T>> {
    let reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Result<Vec<T>, _> = reader.into_deserialize().collect();
    rows.map_err(|e| wrong(TABLE, e))
}

fn from_csv(book: &mut Book, text: &str, plants: &str) -> Read<Vec<Plant>> {
    let months: Vec<Row> = rows(text)?;
    let mut found = Vec::new();
    for plant in rows::<PlantRow>(plants)? {
        let name = &plant.plant;
        let key = |what: &str| format!("ledger.plant.{name}.{what}");
        let mut add =
            |what: String, value, kind: Kind, range: (f64, f64), unit: &str, provenance, alone| {
                let spread = match range {
                    (low, high) if low < high => Spread::SplitNormal { low, high },
                    _ => Spread::None,
                };
                book.add(LedgerInput {
                    key: what,
                    value,
                    unit: unit.to_owned(),
                    spread,
                    possible: kind.least..=kind.most,
                    provenance,
                    searched: alone,
                })
            };
        let facts = origin("assumed", &plant.as_of, &plant.source)?;
        let grams = (plant.g_low, plant.g_high);
        let emission =
            add(key("g_per_kwh"), plant.g_per_kwh, GRAMS, grams, GRAMS.unit, facts.clone(), true)?;
        let share = (plant.import_low, plant.import_high);
        let imported = add(key("import_share"), plant.import_share, PART, share, "", facts, true)?;
        let (mut mean, mut headroom) = ([None; 12], [None; 12]);
        let mut fuel = [None; 12];
        for row in months.iter().filter(|row| row.plant == *name) {
            let Some(m) = row.month.checked_sub(1).filter(|m| *m < 12) else {
                return Err(wrong(TABLE, format!("{name}: give months of 1 to 12")));
            };
            if mean[m].is_some() {
                return Err(wrong(TABLE, format!("{name}: month {} stands there twice", m + 1)));
            }
            let at = |what: &str| key(&format!("{what}.{:02}", row.month));
            let about = |value: f64, part: f64| (value * (1.0 - part), value * (1.0 + part));
            let of = origin(&row.mean_quality, &row.as_of, &row.source)?;
            // What was interpolated may be a quarter off, what plants have to spare a half.
            let off = if matches!(of, Provenance::Assumed { .. }) { 0.25 } else { 0.0 };
            let range = about(row.mean_mw, off);
            mean[m] = Some(add(at("mean_mw"), row.mean_mw, MW, range, "MW", of, false)?);
            let basis = format!(
                "the highest monthly mean of 2024-01 to 2026-01 less this month's: {}",
                row.source
            );
            let of = Provenance::Assumed { basis };
            let range = about(row.headroom_mw, 0.5);
            headroom[m] =
                Some(add(at("headroom_mw"), row.headroom_mw, MW, range, "MW", of, false)?);
            let Some(cost) = row.cost_per_kwh else { continue };
            let currency: Currency = row.currency.parse().map_err(|e| wrong(TABLE, e))?;
            let dollars = currency == Currency::USD;
            let range = (row.cost_low.unwrap_or(cost), row.cost_high.unwrap_or(cost));
            let of = origin(row.cost_quality.as_deref().unwrap_or(""), &row.as_of, &row.source)?;
            let kind = Kind { unit: "", least: -1e6, most: 1e6 };
            let unit = format!("{currency}/kWh");
            let id = add(at("fuel_cost"), cost, kind, range, &unit, of, false)?;
            if !dollars && currency != self::currency_of(months.as_slice())? {
                return Err(wrong(TABLE, "is in more than one currency"));
            }
            fuel[m] = Some(Money { id, dollars });
        }
        let missing = || wrong(TABLE, format!("{name} lacks a month"));
        let whole = |ids: [Option<Id>; 12]| -> Read<[Id; 12]> {
            let ids: Option<Vec<Id>> = ids.into_iter().collect();
            ids.and_then(|ids| ids.try_into().ok()).ok_or_else(missing)
        };
        let costs: Vec<Money> = fuel.into_iter().flatten().collect();
        let fuel = match costs.len() {
            0 => None,
            _ => Some(costs.try_into().map_err(|_| missing())?),
        };
        let (mean, headroom) = (whole(mean)?, whole(headroom)?);
        let (name, shape) = (plant.plant.clone(), [1.0; 12]);
        found.push(Plant { name, fuel, mean, headroom, shape, emission, imported });
    }
    // Plants of the monthly table that nobody describes would be lost unseen.
    match months.iter().find(|row| found.iter().all(|plant| plant.name != row.plant)) {
        Some(row) => Err(wrong(TABLE, format!("`{}` is in no table of plants", row.plant))),
        None => Ok(found),
    }
}

fn currency_of(rows: &[Row]) -> Read<Currency> {
    let first = rows.first().ok_or_else(|| wrong(TABLE, "has no rows"))?;
    first.currency.parse().map_err(|e| wrong(TABLE, e))
}

/// The currency of the shipped table, which must be the ledger's.
pub(super) fn shipped_currency() -> Read<Currency> {
    currency_of(&rows::<Row>(SHIPPED)?)
}

/// Plants as a file has them.
pub(super) fn given(book: &mut Book, plants: &[PlantSection]) -> Read<Vec<Plant>> {
    let mut found: Vec<Plant> = Vec::new();
    for plant in plants {
        let name = &plant.name;
        let key = |what: &str| format!("ledger.plant.{name}.{what}");
        if found.iter().any(|known| known.name == *name) {
            return Err(wrong(&key("name"), "stands there twice"));
        }
        let fuel = match &plant.fuel_cost {
            None => None,
            some => Some([book.price(&key("fuel_cost"), "kWh", some.as_ref(), "")?; 12]),
        };
        let zero = crate::Sourced::from(0.0);
        let shape = plant.headroom_by_month.unwrap_or([1.0; 12]);
        if !shape.iter().all(|ratio| (0.0..=100.0).contains(ratio)) {
            return Err(wrong(&key("headroom_by_month"), "give ratios of 0 to 100"));
        }
        let headroom = plant.headroom_mw.as_ref().unwrap_or(&zero);
        let imported = plant.import_share.as_ref().unwrap_or(&zero);
        found.push(Plant {
            name: name.clone(),
            fuel,
            mean: [book.given(&key("mean_mw"), MW, &plant.mean_mw)?; 12],
            headroom: [book.given(&key("headroom_mw"), MW, headroom)?; 12],
            shape,
            emission: book.given(&key("g_per_kwh"), GRAMS, &plant.g_per_kwh)?,
            imported: book.given(&key("import_share"), PART, imported)?,
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book<'a>(source: &'a dyn Fn(&str) -> String) -> Book<'a> {
        Book { inputs: Vec::new(), source, currency: "PKR".parse().unwrap() }
    }

    #[test]
    fn a_row_without_source_or_date_is_refused() {
        let source = |key: &str| key.to_owned();
        let read = |text: &str, plants: &str| from_csv(&mut book(&source), text, plants);
        assert_eq!(read(SHIPPED, SHIPPED_PLANTS).unwrap().len(), 9);
        let last = |text: &str, from: &str, to: &str| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        };
        for (months, plants, told) in [
            (
                last(SHIPPED, "Business Recorder Feb FCA (CPPA-G)", ""),
                SHIPPED_PLANTS.into(),
                "source",
            ),
            (last(SHIPPED, "PKR,2025-02", "PKR,"), SHIPPED_PLANTS.into(), "not a date"),
            (SHIPPED.into(), last(SHIPPED_PLANTS, ",2026,", ",,"), "not a date"),
            (last(SHIPPED, "rlng,2,", "rlng,3,"), SHIPPED_PLANTS.into(), "twice"),
            (last(SHIPPED, "rlng,2,", "rlgn,2,"), SHIPPED_PLANTS.into(), "rlng lacks a month"),
            (SHIPPED.into(), last(SHIPPED_PLANTS, "rlng,", "lng,"), "lng lacks a month"),
        ] {
            let error = read(&months, &plants).unwrap_err().to_string();
            assert!(error.contains(told), "{told}: {error}");
        }
    }

    /// February 2025, by hand: of local coal's and imported coal's headroom a half can be called on, the rest
    /// of 2,000 MW is RLNG's.
    #[test]
    fn the_next_megawatts_are_served_in_the_order_of_cost() {
        let source = |key: &str| key.to_owned();
        let mut book = book(&source);
        let plants = pakistan(&mut book).unwrap();
        let values: Vec<f64> = book.inputs.iter().map(|input| input.value).collect();
        let costs =
            |deliverable| Costs { values: &values, fx: 281.0, fuel_ratio: 1.0, deliverable };
        let found = increment(&plants, 1, 2000.0, &costs(0.5));
        let share = |name: &str| {
            let mix = found.mix.iter().find(|(plant, _)| plants[*plant].name == name);
            mix.map_or(0.0, |(_, share)| *share * 2000.0)
        };
        assert!((share("coal_local") - 293.5).abs() < 0.01, "{}", share("coal_local"));
        assert!((share("coal_imported") - 981.5).abs() < 0.01);
        assert!((share("rlng") - 725.0).abs() < 0.01);
        let cost = (293.5 * 13.7799 + 981.5 * 18.9049 + 725.0 * 22.3458) / 2000.0;
        assert!((found.fuel - cost).abs() < 1e-9, "{} {cost}", found.fuel);
        // Where nothing cheap can be called on, the marginal plant serves all of it.
        let dear = increment(&plants, 1, 2000.0, &costs(0.0));
        assert!((dear.fuel - 22.3458).abs() < 1e-9 && dear.beyond == 0.0);
        // Beyond all headroom the dearest plant's cost counts, and it is said.
        let much = increment(&plants, 1, 20_000.0, &costs(0.5));
        assert!(much.beyond > 0.5 && much.mix.iter().map(|(_, s)| s).sum::<f64>() > 0.999);
    }
}
