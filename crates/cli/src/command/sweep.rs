//! `hashwatt sweep`: a scenario at every combination of some keys' values.

use super::interrupt::Interrupt;
use super::output::tell;
use super::progress::Steps;
use super::scenario::{Given, ScenarioOptions, lines};
use super::{Failure, print, write};
use clap::Args;
use hashwatt::econ::scenario::{Axis, key_of};
use hashwatt::econ::view::sweep::{SweepError, sweep, usual_figures};
use hashwatt_report::SweepReport;
use std::process::ExitCode;

/// Compute a scenario at every combination of some keys' values, a row each
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt sweep --scenario site.toml --over \"tariff=30:60:5 USD/MWh\"
  hashwatt sweep --scenario site.toml --over tariff=0.03,0.05 \\
    --over price=40000:120000:20000 --set uptime=0.9 --csv > site.csv")]
pub(super) struct Arguments {
    /// A key and its values: a list, such as uptime=0.8,0.9, or FROM:TO:STEP, such as
    /// tariff=15:40:1; the key may be an option's name, such as mw. Several make every combination
    #[arg(long, value_name = "KEY=VALUES", required = true, value_parser = axis, allow_hyphen_values = true)]
    over: Vec<(String, String)>,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a combination a row
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    scenario: ScenarioOptions,
}

/// A key with its values.
fn axis(text: &str) -> Result<(String, String), String> {
    let found = text.split_once('=').map(|(key, values)| (key.trim(), values.trim()));
    match found {
        Some((key, values)) if !key.is_empty() => Ok((key.to_owned(), values.to_owned())),
        _ => Err("write KEY=VALUES, such as uptime=0.8,0.9 or tariff=15:40:1".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (given, told) = arguments.scenario.given()?.complete(&arguments.scenario.live)?;
    let axes = axes(&given, &arguments.over)?;
    let interrupt = Interrupt::listen()?;
    let asked = axes.iter().fold(1_usize, |rows, axis| rows.saturating_mul(axis.points().len()));
    let steps = Steps::of(asked, "rows");
    let watch = |done| {
        steps.at(done);
        !interrupt.token().is_stopped()
    };
    let read = |name: &str| given.read_named(name);
    let found = sweep(given.scenario(), &axes, &usual_figures, &read, &watch);
    steps.end();
    let found = found.map_err(|error| refused(&given, &error))?;
    let mut report = SweepReport::new(found);
    for (key, text) in told {
        report.warn(key, text);
    }
    match arguments.csv {
        true => {
            write(&report.to_csv().map_err(|error| Failure::Run(error.to_string()))?)?;
            beside(&report);
        }
        false => print(&report, arguments.json)?,
    }
    Ok(if report.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

/// What a table of rows has no place for.
fn beside(report: &SweepReport) {
    if !report.complete {
        tell(&format!("interrupted: {} rows were asked for", report.rows_asked));
    }
    if report.missing.is_empty() {
        return;
    }
    let mut needs: Vec<&str> = Vec::new();
    for key in report.missing.iter().flat_map(|missing| &missing.needs) {
        if !needs.contains(&key.as_str()) {
            needs.push(key);
        }
    }
    let columns: Vec<&str> = report.missing.iter().map(|missing| missing.column.as_str()).collect();
    let (columns, needs) = (columns.join(", "), needs.join(", "));
    tell(&format!("missing for want of {needs}: {columns}"));
}

/// The axes; every mistake of them is told.
fn axes(given: &Given, over: &[(String, String)]) -> Result<Vec<Axis>, Failure> {
    let (mut axes, mut wrong) = (Vec::new(), given.wrong_options().to_vec());
    for (name, values) in over {
        let key = key_of(name);
        let option = format!("--over {name}");
        if let Some(by) = given.option_of(key) {
            wrong.push(format!("{option}: is given by {by} too; leave one"));
            continue;
        }
        match Axis::parse(given.scenario(), key, values) {
            Ok(axis) => axes.push(axis),
            Err(error) => {
                wrong.extend(lines(&error, |mistake| format!("{option}: {}", mistake.problem)));
            }
        }
    }
    if wrong.is_empty() { Ok(axes) } else { Err(Failure::Inputs(wrong)) }
}

/// Why there are no rows, a line for each mistake of a combination.
fn refused(given: &Given, error: &SweepError) -> Failure {
    match error {
        SweepError::Scenario { at, error } => {
            let told = given.told(error);
            Failure::Inputs(told.into_iter().map(|line| format!("{line} (at {at})")).collect())
        }
        other => Failure::Input(format!("--over: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_may_be_the_name_of_an_option() {
        for (name, key) in [
            ("mw", "power_mw"),
            ("price", "price_usd_per_btc"),
            ("price-usd", "price_usd_per_btc"),
            ("j-per-th", "efficiency_j_per_th"),
            ("fx", "exchange_rate"),
            ("years", "project.years"),
            ("uptime", "uptime"),
            ("lot[0].power_mw", "lot[0].power_mw"),
            ("-mw", "-mw"),
        ] {
            assert_eq!(key_of(name), key);
        }
    }

    #[test]
    fn an_axis_needs_a_key_and_values() {
        assert_eq!(axis("mw = 1:2:1"), Ok(("mw".to_owned(), "1:2:1".to_owned())));
        assert!(axis("mw").is_err() && axis("=1").is_err());
    }
}
