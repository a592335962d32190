//! `hashwatt sweep`: a scenario for every combination of the values of some keys.

use super::interrupt::Interrupt;
use super::output::print_message;
use super::progress::StepProgress;
use super::scenario::{ScenarioInput, ScenarioOptions, mistake_lines};
use super::{Failure, print, write};
use clap::Args;
use hashwatt::econ::scenario::{Axis, key_for_name};
use hashwatt::econ::view::sweep::{SweepError, default_figures, sweep};
use hashwatt_report::SweepReport;
use std::process::ExitCode;

/// Evaluate a scenario for every combination of the given key values, one row each
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt sweep --scenario site.toml --over \"tariff=30:60:5 USD/MWh\"
  hashwatt sweep --scenario site.toml --over tariff=0.03,0.05 \\
    --over price=40000:120000:20000 --set uptime=0.9 --csv > site.csv")]
pub(super) struct Arguments {
    /// Key and its values: a list such as uptime=0.8,0.9, or FROM:TO:STEP such as tariff=15:40:1; the
    /// key can be the name of an option, such as mw. Repeat the option to combine several keys
    #[arg(long, value_name = "KEY=VALUES", required = true, value_parser = parse_axis, allow_hyphen_values = true)]
    over: Vec<(String, String)>,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per combination
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    scenario: ScenarioOptions,
}

/// Splits `KEY=VALUES`.
fn parse_axis(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').map(|(key, values)| (key.trim(), values.trim()));
    match parts {
        Some((key, values)) if !key.is_empty() => Ok((key.to_owned(), values.to_owned())),
        _ => Err("write KEY=VALUES, such as uptime=0.8,0.9 or tariff=15:40:1".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (input, warnings) =
        arguments.scenario.input()?.with_live_network(&arguments.scenario.live)?;
    let axes = axes(&input, &arguments.over)?;
    let interrupt = Interrupt::listen()?;
    let rows = axes.iter().fold(1_usize, |rows, axis| rows.saturating_mul(axis.points().len()));
    let progress = StepProgress::new(rows, "rows");
    let watch = |done| {
        progress.set(done);
        !interrupt.token().is_stopped()
    };
    let read = |name: &str| input.read_named_file(name);
    let found = sweep(input.scenario(), &axes, &default_figures, &read, &watch);
    progress.finish();
    let found = found.map_err(|error| sweep_failure(&input, &error))?;
    let mut report = SweepReport::new(found);
    for (key, text) in warnings {
        report.warn(key, text);
    }
    match arguments.csv {
        true => {
            write(&report.to_csv().map_err(|error| Failure::Run(error.to_string()))?)?;
            print_notes(&report);
        }
        false => print(&report, arguments.json)?,
    }
    Ok(if report.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

/// Prints what the CSV table cannot hold.
fn print_notes(report: &SweepReport) {
    if !report.complete {
        print_message(&format!("interrupted: {} rows were requested", report.rows_asked));
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
    print_message(&format!("missing columns: {columns}; they need {needs}"));
}

/// The axes, or the mistakes in all of them.
fn axes(input: &ScenarioInput, over: &[(String, String)]) -> Result<Vec<Axis>, Failure> {
    let (mut axes, mut errors) = (Vec::new(), input.option_errors().to_vec());
    for (name, values) in over {
        let key = key_for_name(name);
        let option = format!("--over {name}");
        if let Some(by) = input.option_that_set(key) {
            errors.push(format!("{option}: is also given by {by}; give it once"));
            continue;
        }
        match Axis::parse(input.scenario(), key, values) {
            Ok(axis) => axes.push(axis),
            Err(error) => {
                errors.extend(mistake_lines(&error, |mistake| {
                    format!("{option}: {}", mistake.problem)
                }));
            }
        }
    }
    if errors.is_empty() { Ok(axes) } else { Err(Failure::Inputs(errors)) }
}

/// The failure of a sweep, with a line for each mistake of a combination.
fn sweep_failure(input: &ScenarioInput, error: &SweepError) -> Failure {
    match error {
        SweepError::Scenario { at, error } => {
            let lines = input.error_lines(error);
            Failure::Inputs(lines.into_iter().map(|line| format!("{line} (at {at})")).collect())
        }
        other => Failure::Input(format!("--over: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axis_key_named_by_option_is_resolved() {
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
            assert_eq!(key_for_name(name), key);
        }
    }

    #[test]
    fn axis_without_key_or_values_is_refused() {
        assert_eq!(parse_axis("mw = 1:2:1"), Ok(("mw".to_owned(), "1:2:1".to_owned())));
        assert!(parse_axis("mw").is_err() && parse_axis("=1").is_err());
    }
}
