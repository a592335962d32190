//! The network's power for a person.

use super::{LeftOutRow, NetworkPowerRow, NetworkReport, PublishedPowerRow};
use crate::InputRow;
use crate::Origin;
use crate::untrusted::neutral;
use hashwatt::text::{Sheet, grouped, plain};
use std::fmt;

/// What stands where there is no number.
const NONE: &str = "none";

/// Three figures of a unit under the heads of the bounds.
fn bounds(label: &str, values: [Option<f64>; 3], decimals: usize, unit: &str) -> String {
    let [lower, best, upper] =
        values.map(|value| value.map_or_else(|| NONE.to_owned(), |value| grouped(value, decimals)));
    format!("  {label:<22}{lower:>12}{best:>12}{upper:>12} {unit}")
}

fn month(f: &mut fmt::Formatter<'_>, row: &NetworkPowerRow) -> fmt::Result {
    let months_days = format!("mean of {} days", row.days);
    Sheet::new(f).title(&format!("Power of Bitcoin's network in {} ({months_days})", row.month))?;
    writeln!(f, "  {:<22}{:>12}{:>12}{:>12}", "", "lower bound", "best guess", "upper bound")?;
    for (label, [lower, best, upper], decimals, unit) in [
        ("power at the meters", [row.lower_gw, row.best_guess_gw, row.upper_gw], 1, "GW"),
        (
            "energy of a year",
            [row.lower_twh_per_year, row.best_guess_twh_per_year, row.upper_twh_per_year],
            1,
            "TWh",
        ),
        (
            "energy per hash",
            [row.lower_j_per_th, row.best_guess_j_per_th, row.upper_j_per_th],
            1,
            "J/TH",
        ),
    ] {
        writeln!(f, "{}", bounds(label, [Some(lower), Some(best), Some(upper)], decimals, unit))?;
    }
    let emitted =
        [row.lower_mt_co2_per_year, row.best_guess_mt_co2_per_year, row.upper_mt_co2_per_year];
    if row.grid_g_per_kwh.is_some() {
        writeln!(f, "{}", bounds("emissions of a year", emitted, 1, "Mt CO2"))?;
    }
    let up_to = match row.threshold_j_per_th {
        Some(threshold) => format!("those of up to {} J/TH", grouped(threshold, 1)),
        None => "all, since energy is free".to_owned(),
    };
    let told = format!(
        "Of {} models that were released and delivered {} earn their energy, {up_to}. Lower bound: {}. Upper \
         bound: {}. Best guess: mean of the models that earn their energy, weighted by age.",
        row.deployed_models, row.profitable_models, row.most_efficient, row.least_efficient
    );
    Sheet::begun(f).note(&told)
}

fn tariffs(f: &mut fmt::Formatter<'_>, report: &NetworkReport) -> fmt::Result {
    if report.tariffs.is_empty() {
        return Ok(());
    }
    Sheet::begun(f).title("At the ends of the range of tariffs")?;
    for row in &report.tariffs {
        let label = format!("{} USD/kWh", grouped(row.tariff_usd_per_kwh, 3));
        let values = [row.lower_gw, row.best_guess_gw, row.upper_gw];
        writeln!(f, "{}", bounds(&label, values, 1, "GW"))?;
    }
    Ok(())
}

fn history(f: &mut fmt::Formatter<'_>, report: &NetworkReport) -> fmt::Result {
    Sheet::new(f).title("Power of Bitcoin's network by month")?;
    let given = report.against.is_some();
    let beside = |text: &str| if given { format!("{text:>9}") } else { String::new() };
    writeln!(
        f,
        "  {:<9}{:>9}{:>12}{:>9}{:>9}{:>9}{:>9}{:>8}{}",
        "month",
        "EH/s",
        "USD/PH/day",
        "J/TH",
        "lower",
        "best",
        "upper",
        "Mt CO2",
        beside("given")
    )?;
    writeln!(
        f,
        "  {:<9}{:>9}{:>12}{:>9}{:>9}{:>9}{:>9}{:>8}{}",
        "",
        "",
        "",
        "best",
        "GW",
        "GW",
        "GW",
        "a year",
        beside("GW")
    )?;
    for row in &report.months {
        let number =
            |value: Option<f64>| value.map_or_else(|| NONE.to_owned(), |value| grouped(value, 1));
        writeln!(
            f,
            "  {:<9}{:>9}{:>12}{:>9}{:>9}{:>9}{:>9}{:>8}{}",
            row.month,
            grouped(row.network_eh_s, 1),
            grouped(row.hashprice_usd_per_ph_day, 1),
            grouped(row.best_guess_j_per_th, 1),
            grouped(row.lower_gw, 1),
            grouped(row.best_guess_gw, 1),
            grouped(row.upper_gw, 1),
            number(row.best_guess_mt_co2_per_year),
            beside(&number(row.against_gw)),
        )?;
    }
    Sheet::begun(f).title("By calendar year, of the known months")?;
    writeln!(f, "  {:<20}{:>12}{:>12}{:>12}", "TWh", "lower bound", "best guess", "upper bound")?;
    for row in &report.years {
        let label = match row.months {
            12 => row.year.to_string(),
            months => format!("{} ({months} months)", row.year),
        };
        let values = [row.lower_twh_per_year, row.best_guess_twh_per_year, row.upper_twh_per_year];
        let [lower, best, upper] = values.map(|value| grouped(value, 1));
        writeln!(f, "  {label:<20}{lower:>12}{best:>12}{upper:>12}")?;
    }
    Sheet::begun(f).note("Of a year that is not whole: 365 days at the mean of its known days.")
}

fn published(f: &mut fmt::Formatter<'_>, rows: &[PublishedPowerRow]) -> fmt::Result {
    if rows.is_empty() {
        return Ok(());
    }
    Sheet::begun(f).title("What others published, and the model's value of the same time")?;
    let (who, period, what) = ("who", "of", "what");
    writeln!(
        f,
        "  {who:<18}{period:<8}{what:<12}{:>10}{:>8}{:>9}  unit",
        "published", "model", ""
    )?;
    for row in rows {
        let model = row.model.map_or_else(|| NONE.to_owned(), |value| grouped(value, 1));
        let difference =
            row.difference_pct.map_or_else(String::new, |value| format!("{value:+.1} %"));
        let PublishedPowerRow { who, period, unit, .. } = row;
        let what = row.quantity.replace('_', " ");
        let value = grouped(row.value, 1);
        let line =
            format!("  {who:<18}{period:<8}{what:<12}{value:>10}{model:>8}{difference:>9}  {unit}");
        writeln!(f, "{}", line.trim_end())?;
        let note = if row.note.is_empty() { String::new() } else { format!("; {}", row.note) };
        Sheet::begun(f).aside(&format!("{} ({}){note}", row.origin.detail, row.quality))?;
    }
    Ok(())
}

fn against(f: &mut fmt::Formatter<'_>, report: &NetworkReport) -> fmt::Result {
    let Some(summary) = &report.against else { return Ok(()) };
    Sheet::begun(f).title(&format!("Against {}", neutral(&summary.file)))?;
    let mut sheet = Sheet::begun(f);
    let (Some(mean), Some(abs)) = (summary.mean_difference_pct, summary.mean_abs_difference_pct)
    else {
        return sheet.note("It has no month of those shown.");
    };
    let told = format!(
        "{} common months: the best guess is {mean:+.1} % of the series on average, {abs:.1} % without the sign; in \
         {} of them the series lies outside the bounds.",
        summary.months, summary.outside_bounds
    );
    sheet.note(&told)?;
    match &report.months[..] {
        [NetworkPowerRow { against_gw: Some(given), .. }] if !report.is_history => {
            sheet.note(&format!("The series has {} GW.", grouped(*given, 2)))
        }
        _ => Ok(()),
    }
}

fn inputs(f: &mut fmt::Formatter<'_>, rows: &[InputRow]) -> fmt::Result {
    Sheet::begun(f).title("Inputs")?;
    for row in rows {
        let Origin { kind, as_of, detail } = &row.origin;
        let date = as_of.as_ref().map_or(String::new(), |date| format!(" {date}"));
        let range = match (row.low, row.high) {
            (Some(low), Some(high)) => format!("; {} to {}", plain(low), plain(high)),
            _ => String::new(),
        };
        let region = row.region.as_ref().map_or(String::new(), |region| format!("{region}, "));
        let origin =
            format!("{region}{}{date}: {}{range}", kind.replace('_', " "), neutral(detail));
        Sheet::begun(f).input(&row.key, row.value.unwrap_or_default(), &row.unit, &origin)?;
    }
    Ok(())
}

impl fmt::Display for NetworkReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.months[..] {
            [row] if !self.is_history => month(f, row)?,
            _ => history(f, self)?,
        }
        tariffs(f, self)?;
        published(f, &self.published)?;
        against(f, self)?;
        inputs(f, &self.inputs)?;
        if !self.left_out.is_empty() {
            Sheet::begun(f).title("Left out")?;
        }
        for LeftOutRow { months, reason } in &self.left_out {
            Sheet::begun(f).note(&format!("{months}: {reason}"))?;
        }
        Sheet::begun(f).title("How to read it")?;
        self.notes.iter().try_for_each(|note| Sheet::begun(f).note(note))
    }
}
