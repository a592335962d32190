//! The text of the network report.

use super::{LeftOutRow, NetworkPowerRow, NetworkReport, PublishedPowerRow};
use crate::untrusted::sanitize;
use hashwatt::econ::document::{InputRow, Origin};
use hashwatt::text::{Sheet, grouped, plain};
use std::fmt;

/// Shown in place of a missing number.
const NONE: &str = "none";

/// One line with a figure for each bound.
fn bounds(label: &str, values: [Option<f64>; 3], decimals: usize, unit: &str) -> String {
    let [lower, best, upper] =
        values.map(|value| value.map_or_else(|| NONE.to_owned(), |value| grouped(value, decimals)));
    format!("  {label:<22}{lower:>12}{best:>12}{upper:>12} {unit}")
}

fn month(f: &mut fmt::Formatter<'_>, row: &NetworkPowerRow) -> fmt::Result {
    let title =
        format!("Power of the Bitcoin network in {} (mean of {} days)", row.month, row.days);
    Sheet::new(f).title(&title)?;
    writeln!(f, "  {:<22}{:>12}{:>12}{:>12}", "", "lower bound", "best guess", "upper bound")?;
    for (label, [lower, best, upper], decimals, unit) in [
        ("power at the meter", [row.lower_gw, row.best_guess_gw, row.upper_gw], 1, "GW"),
        (
            "energy per year",
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
    let emissions =
        [row.lower_mt_co2_per_year, row.best_guess_mt_co2_per_year, row.upper_mt_co2_per_year];
    if row.grid_g_per_kwh.is_some() {
        writeln!(f, "{}", bounds("emissions per year", emissions, 1, "Mt CO2"))?;
    }
    let up_to = match row.threshold_j_per_th {
        Some(threshold) => format!("those of up to {} J/TH", grouped(threshold, 1)),
        None => "all of them, because energy is free".to_owned(),
    };
    let note = format!(
        "{} models had been released and deployed; {} of them cover their energy cost ({up_to}). Lower bound: {}. \
         Upper bound: {}. Best guess: mean of the models that cover their energy cost, weighted by age.",
        row.deployed_models, row.profitable_models, row.most_efficient, row.least_efficient
    );
    Sheet::continued(f).note(&note)
}

fn tariffs(f: &mut fmt::Formatter<'_>, report: &NetworkReport) -> fmt::Result {
    if report.tariffs.is_empty() {
        return Ok(());
    }
    Sheet::continued(f).title("At the ends of the range of tariffs")?;
    for row in &report.tariffs {
        let label = format!("{} USD/kWh", grouped(row.tariff_usd_per_kwh, 3));
        let values = [row.lower_gw, row.best_guess_gw, row.upper_gw];
        writeln!(f, "{}", bounds(&label, values, 1, "GW"))?;
    }
    Ok(())
}

fn history(f: &mut fmt::Formatter<'_>, report: &NetworkReport) -> fmt::Result {
    Sheet::new(f).title("Power of the Bitcoin network by month")?;
    let has_series = report.against.is_some();
    let series_column = |text: &str| if has_series { format!("{text:>9}") } else { String::new() };
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
        series_column("series")
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
        "/year",
        series_column("GW")
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
            series_column(&number(row.against_gw)),
        )?;
    }
    Sheet::continued(f).title("By calendar year, over the known months")?;
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
    Sheet::continued(f).note("For an incomplete year: 365 days at the mean of its known days.")
}

fn published(f: &mut fmt::Formatter<'_>, rows: &[PublishedPowerRow]) -> fmt::Result {
    if rows.is_empty() {
        return Ok(());
    }
    Sheet::continued(f).title("Published figures and the model's value for the same period")?;
    let (who, period, what) = ("publisher", "period", "quantity");
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
        Sheet::continued(f).aside(&format!("{} ({}){note}", row.origin.detail, row.quality))?;
    }
    Ok(())
}

fn against(f: &mut fmt::Formatter<'_>, report: &NetworkReport) -> fmt::Result {
    let Some(summary) = &report.against else { return Ok(()) };
    Sheet::continued(f).title(&format!("Comparison with {}", sanitize(&summary.file)))?;
    let mut sheet = Sheet::continued(f);
    let (Some(mean), Some(abs)) = (summary.mean_difference_pct, summary.mean_abs_difference_pct)
    else {
        return sheet.note("The series has none of the months shown.");
    };
    let note = format!(
        "{} common months: the best guess differs from the series by {mean:+.1} % on average and by {abs:.1} % in \
         absolute value; the series is outside the bounds in {} of them.",
        summary.months, summary.outside_bounds
    );
    sheet.note(&note)?;
    match &report.months[..] {
        [NetworkPowerRow { against_gw: Some(given), .. }] if !report.is_history => {
            sheet.note(&format!("Value of the series: {} GW.", grouped(*given, 2)))
        }
        _ => Ok(()),
    }
}

fn inputs(f: &mut fmt::Formatter<'_>, rows: &[InputRow]) -> fmt::Result {
    Sheet::continued(f).title("Inputs")?;
    for row in rows {
        let Origin { kind, as_of, detail } = &row.origin;
        let date = as_of.as_ref().map_or(String::new(), |date| format!(" {date}"));
        let range = match (row.low, row.high) {
            (Some(low), Some(high)) => format!("; {} to {}", plain(low), plain(high)),
            _ => String::new(),
        };
        let region = row.region.as_ref().map_or(String::new(), |region| format!("{region}, "));
        let origin =
            format!("{region}{}{date}: {}{range}", kind.replace('_', " "), sanitize(detail));
        Sheet::continued(f).input(&row.key, row.value.unwrap_or_default(), &row.unit, &origin)?;
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
            Sheet::continued(f).title("Months without a result")?;
        }
        for LeftOutRow { months, reason } in &self.left_out {
            Sheet::continued(f).note(&format!("{months}: {reason}"))?;
        }
        Sheet::continued(f).title("Notes")?;
        self.notes.iter().try_for_each(|note| Sheet::continued(f).note(note))
    }
}
