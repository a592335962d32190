//! Plants that can serve additional load: from a shipped table or from the scenario.

use super::{Resolver, TableSource};
use crate::Currency;
use crate::params::inputs::Plant;
use crate::params::{Param, ParamId, Per, PlantFigures, Price, Spec, Spread, Unit};
use crate::scenario::columns::table;
use crate::scenario::error::{Problem, Read};
use crate::scenario::keys::{FUEL_COST, PLANT_OM, VARIABLE_OM};
use crate::scenario::region;
use crate::uncertainty::{AsOf, Provenance};
use hashwatt_input::table::Row;

const MERIT_ORDER: &str = "supply.merit_order";
/// Relative uncertainty of an interpolated mean output, and of the headroom.
const INTERPOLATED: f64 = 0.25;
const HEADROOM: f64 = 0.5;

/// The plants; mistakes are recorded.
pub(super) fn plants(r: &mut Resolver) -> Vec<Plant<ParamId>> {
    let found = all(r);
    r.ok_or_record(found).unwrap_or_default()
}

fn all(r: &mut Resolver) -> Read<Vec<Plant<ParamId>>> {
    let count = r.document.count("plant");
    let Some(name) = r.document.text(MERIT_ORDER) else {
        let mut found: Vec<Plant<ParamId>> = Vec::new();
        for index in 0..count {
            let plant = given(r, &format!("plant[{index}]."));
            let Some(plant) = r.ok_or_record(plant) else { continue };
            if found.iter().any(|known| known.name == plant.name) {
                let key = format!("plant[{index}].name");
                r.record(r.document.mistake(&key, Problem::Duplicate(plant.name)));
                continue;
            }
            found.push(plant);
        }
        return if found.len() == count { check_callable(r, found) } else { Ok(found) };
    };
    if count > 0 {
        let other = "[[plant]]".to_owned();
        return Err(r.document.mistake(MERIT_ORDER, Problem::Conflict { other }));
    }
    let shipped = region::shipped_tables(name).ok_or_else(|| {
        let (given, known) = (name.to_owned(), "give `pakistan` or [[plant]]".to_owned());
        r.document.mistake(MERIT_ORDER, Problem::UnknownName { what: "merit order", given, known })
    })?;
    let document = r.document;
    let wrong = |error| document.mistake(MERIT_ORDER, Problem::Table(error));
    let months = table(name, shipped.merit_order, MONTH_COLUMNS, &[]).map_err(wrong)?;
    let plants = table(name, shipped.plants, PLANT_COLUMNS, &[]).map_err(wrong)?;
    let (months, plants) = (months.all().map_err(wrong)?, plants.all().map_err(wrong)?);
    let (key, name) = (MERIT_ORDER.to_owned(), name.to_owned());
    let source = "each row has its own".to_owned();
    r.add_table_source(TableSource {
        key,
        name,
        region: Some(shipped.region),
        as_of: None,
        source,
    });
    let mut found = Vec::with_capacity(plants.len());
    for plant in &plants {
        let own: Vec<&Row<'_>> = months.iter().filter(|row| row.text(0) == plant.text(0)).collect();
        found.push(PlantRow { r, shipped, plant }.plant(&own)?);
    }
    // A plant that is only in the monthly table would be ignored without notice.
    let lost = months.iter().find(|row| found.iter().all(|plant| plant.name != row.text(0)));
    match lost {
        Some(row) => {
            let reason = format!("`{}` is missing in the table of plants", row.text(0));
            Err(r.document.mistake(MERIT_ORDER, Problem::Other(reason)))
        }
        None => check_callable(r, found),
    }
}

fn check_callable(r: &Resolver, plants: Vec<Plant<ParamId>>) -> Read<Vec<Plant<ParamId>>> {
    if plants.is_empty() || plants.iter().any(|plant| plant.cost.is_some()) {
        return Ok(plants);
    }
    let remedy =
        "no plant can serve additional load; give fuel_cost of at least one plant".to_owned();
    Err(r.document.mistake("plant[0].fuel_cost", Problem::Missing { remedy }))
}

/// Reads a plant of the scenario; only its headroom may vary by month.
fn given(r: &mut Resolver, prefix: &str) -> Read<Plant<ParamId>> {
    let key = |name: &str| format!("{prefix}{name}");
    let missing = |what: &str| Problem::Missing { remedy: format!("give {what}") };
    let name = r.document.text(&key("name")).map(str::to_owned);
    let name = name.ok_or_else(|| r.document.mistake(&key("name"), missing("the plant a name")))?;
    let specs = PlantFigures::SPECS;
    let mut figure = |spec: &Spec| {
        let own = key(spec.key.strip_prefix("plant.").unwrap_or(spec.key));
        let id = r.first_of(&[&own], spec, None)?;
        match r.table.get(id).missing {
            true => Err(r.document.mistake(&own, missing(&format!("a number, {}", spec.unit)))),
            false => Ok(id),
        }
    };
    let (mean, headroom) = (figure(&specs.mean)?, figure(&specs.headroom)?);
    let (g_per_kwh, import_share) = (figure(&specs.g_per_kwh)?, figure(&specs.import_share)?);
    let cost = match r.document.get(&key("fuel_cost")) {
        Some(entry) => Some([r.given_price(entry, &FUEL_COST, None)?; 12]),
        None => None,
    };
    let variable_om = match r.document.get(&key("variable_om")) {
        Some(entry) => r.given_price(entry, &PLANT_OM, None)?,
        None => r.price(&[VARIABLE_OM.key], &VARIABLE_OM, None)?,
    };
    Ok(Plant {
        name,
        cost,
        variable_om,
        mean_mw: [mean; 12],
        headroom_mw: [headroom; 12],
        shape: r.document.months(&key("headroom_by_month")).unwrap_or([1.0; 12]),
        g_per_kwh,
        import_share,
    })
}

const MONTH_COLUMNS: &[&str] = &[
    "plant",
    "month",
    "mean_mw",
    "mean_quality",
    "headroom_mw",
    "cost_per_kwh",
    "cost_low",
    "cost_high",
    "cost_quality",
    "currency",
    "as_of",
    "source",
];
const PLANT_COLUMNS: &[&str] = &[
    "plant",
    "g_per_kwh",
    "g_low",
    "g_high",
    "import_share",
    "import_low",
    "import_high",
    "as_of",
    "source",
];

/// The provenance of a figure of a table; an unpublished figure is assumed even if a source is given.
fn origin(quality: &str, as_of: &str, source: &str) -> Result<Provenance, String> {
    let date: AsOf = as_of.parse().map_err(|error| format!("{error}"))?;
    if source.is_empty() {
        return Err("has a row without a source".to_owned());
    }
    Ok(match quality {
        "assumed" => {
            let basis = source.strip_prefix("assumed: ").unwrap_or(source);
            Provenance::Assumed { basis: format!("{basis} ({as_of})") }
        }
        quality => Provenance::published(date, format!("{source} ({quality})")),
    })
}

/// Adds the figures of a row of the shipped plants to the parameters.
struct PlantRow<'r, 'a, 'p> {
    r: &'r mut Resolver<'a>,
    shipped: region::ShippedTables,
    plant: &'p Row<'p>,
}

/// A figure with its range.
struct Figure {
    value: f64,
    low: f64,
    high: f64,
}

impl Figure {
    /// A figure with a relative uncertainty in both directions.
    fn within(value: f64, part: f64) -> Self {
        Self { value, low: value * (1.0 - part), high: value * (1.0 + part) }
    }
}

impl PlantRow<'_, '_, '_> {
    fn name(&self) -> &str {
        self.plant.text(0)
    }

    fn mistake(&self, reason: String) -> crate::scenario::error::Mistake {
        let problem = Problem::Other(format!("{}: {reason}", self.name()));
        self.r.document.mistake(MERIT_ORDER, problem)
    }

    /// Adds a figure of the plant for the whole year or a month; figures of one kind vary together.
    fn add(
        &mut self,
        what: &str,
        month: Option<usize>,
        of: Figure,
        spec: (Unit, f64, f64),
        provenance: Provenance,
    ) -> ParamId {
        let kind = format!("plant.{}.{what}", self.name());
        let (unit, least, most) = spec;
        self.r.add(Param {
            key: month.map_or(kind.clone(), |month| format!("{kind}[{month}]")),
            unit,
            value: of.value,
            spread: Spread::between(of.low, of.high),
            possible: least..=most,
            group: Some(kind),
            provenance,
            region: Some(self.shipped.region),
            missing: false,
        })
    }

    /// Adds a figure of the yearly table of plants.
    fn yearly(&mut self, what: &str, column: usize, spec: &Spec) -> Read<ParamId> {
        let number =
            |place: usize| self.plant.number(place).map_err(|e| self.mistake(e.to_string()));
        let (value, low, high) = (number(column)?, number(column + 1)?, number(column + 2)?);
        let (as_of, source) = (self.plant.text(7), self.plant.text(8));
        let provenance =
            origin("assumed", as_of, source).map_err(|e| self.mistake(e.to_string()))?;
        let limits = (spec.unit, spec.least, spec.most);
        Ok(self.add(what, None, Figure { value, low, high }, limits, provenance))
    }

    fn plant(mut self, months: &[&Row<'_>]) -> Read<Plant<ParamId>> {
        let specs = PlantFigures::SPECS;
        let g_per_kwh = self.yearly("g_per_kwh", 1, &specs.g_per_kwh)?;
        let import_share = self.yearly("import_share", 4, &specs.import_share)?;
        let (mut mean, mut headroom, mut cost) = ([None; 12], [None; 12], [None; 12]);
        for row in months {
            let month = row.whole(1).map_err(|e| self.mistake(e.to_string()))?;
            let Some(at) = month.checked_sub(1).filter(|at| *at < 12) else {
                return Err(self.mistake("give months of 1 to 12".to_owned()));
            };
            if mean[at].is_some() {
                return Err(self.mistake(format!("month {month} appears twice")));
            }
            mean[at] = Some(self.mean(row, at)?);
            headroom[at] = Some(self.headroom(row, at)?);
            cost[at] = self.cost(row, at)?;
        }
        let name = self.name().to_owned();
        let missing_month = || self.mistake("has no row for one of the months".to_owned());
        let whole = |ids: [Option<ParamId>; 12]| -> Read<[ParamId; 12]> {
            let ids: Option<Vec<ParamId>> = ids.into_iter().collect();
            ids.and_then(|ids| ids.try_into().ok()).ok_or_else(missing_month)
        };
        let costs: Vec<Price<ParamId>> = cost.into_iter().flatten().collect();
        let cost = match costs.len() {
            0 => None,
            _ => Some(costs.try_into().map_err(|_| missing_month())?),
        };
        let (mean_mw, headroom_mw) = (whole(mean)?, whole(headroom)?);
        let variable_om = self.r.price(&[VARIABLE_OM.key], &VARIABLE_OM, None)?;
        let shape = [1.0; 12];
        Ok(Plant { name, cost, variable_om, mean_mw, headroom_mw, shape, g_per_kwh, import_share })
    }

    fn mean(&mut self, row: &Row<'_>, at: usize) -> Read<ParamId> {
        let value = row.number(2).map_err(|e| self.mistake(e.to_string()))?;
        let of = origin(row.text(3), row.text(10), row.text(11))
            .map_err(|e| self.mistake(e.to_string()))?;
        let off = if matches!(of, Provenance::Assumed { .. }) { INTERPOLATED } else { 0.0 };
        let spec = PlantFigures::SPECS.mean;
        let limits = (spec.unit, spec.least, spec.most);
        Ok(self.add("mean_mw", Some(at), Figure::within(value, off), limits, of))
    }

    fn headroom(&mut self, row: &Row<'_>, at: usize) -> Read<ParamId> {
        let value = row.number(4).map_err(|e| self.mistake(e.to_string()))?;
        let basis = format!(
            "the highest monthly mean of 2024-01 to 2026-01 less this month's: {}",
            row.text(11)
        );
        let spec = PlantFigures::SPECS.headroom;
        let limits = (spec.unit, spec.least, spec.most);
        let of = Provenance::Assumed { basis };
        Ok(self.add("headroom_mw", Some(at), Figure::within(value, HEADROOM), limits, of))
    }

    fn cost(&mut self, row: &Row<'_>, at: usize) -> Read<Option<Price<ParamId>>> {
        let number =
            |place: usize| row.optional_number(place).map_err(|e| self.mistake(e.to_string()));
        let Some(value) = number(5)? else { return Ok(None) };
        let (low, high) = (number(6)?.unwrap_or(value), number(7)?.unwrap_or(value));
        let currency: Currency =
            row.text(9).parse().map_err(|e: crate::EconError| self.mistake(e.to_string()))?;
        let denomination = self.r.denomination(currency);
        let denomination = denomination.map_err(|p| self.r.document.mistake(MERIT_ORDER, p))?;
        let of = origin(row.text(8), row.text(10), row.text(11))
            .map_err(|e| self.mistake(e.to_string()))?;
        let limits = (Unit::Price(currency, Per::Kwh), FUEL_COST.least, FUEL_COST.most);
        let value = self.add("fuel_cost", Some(at), Figure { value, low, high }, limits, of);
        Ok(Some(Price { value, denomination }))
    }
}
