//! `hashwatt network`: power, energy and emissions of the whole network.

use super::output::print_as;
use super::scenario::option_failure;
use super::{Failure, files, value_parsers};
use clap::Args;
use hashwatt::econ::EconError;
use hashwatt::econ::calls::Pue;
use hashwatt::econ::network::{
    Catalogue, NetworkMonth, PowerInput, PowerInputs, PowerSeries, PowerStudy, SupplyAssumptions,
};
use hashwatt::econ::scenario::{GridMix, MixPart, parse_usd_energy_price};
use hashwatt::uncertainty::{AsOf, Provenance};
use hashwatt::units::{CarbonIntensity, EnergyPrice, Hashrate, Seconds, UsdPerBtc};
use hashwatt_report::NetworkReport;
use hashwatt_report::network::NetworkParts;
use std::path::PathBuf;
use std::process::ExitCode;

/// Bound the power, energy and emissions of the whole network, for one month or all known months
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt network
  hashwatt network --date 2024-06 --tariff \"0.05 USD/kWh\"
  hashwatt network --history --csv > network.csv
  hashwatt network --history --against cbeci.csv
  hashwatt network --mix \"USA=0.4, KAZ=0.35, CAN=0.25\"")]
pub(super) struct Arguments {
    /// Month, from 2020-06 [default: the last complete month that is known]
    #[arg(long, value_name = "YYYY-MM", value_parser = parse_month, conflicts_with = "history")]
    date: Option<(i16, i8)>,
    /// Show all known months, and calendar years
    #[arg(long)]
    history: bool,
    /// Energy price that a machine's revenue must cover, in dollars, such as "0.05 USD/kWh" [default: 45
    /// USD/MWh, the median of a survey]
    #[arg(long, value_name = "PRICE", allow_hyphen_values = true)]
    tariff: Option<String>,
    /// Power usage effectiveness, at least 1 [default: 1.05]
    #[arg(long, value_name = "X", value_parser = value_parsers::ratio, allow_hyphen_values = true)]
    pue: Option<f64>,
    /// Days from a machine's release until it is in operation [default: 60]
    #[arg(long, value_name = "DAYS", value_parser = value_parsers::not_negative, allow_hyphen_values = true)]
    deployment_days: Option<f64>,
    /// Price of one bitcoin in USD, instead of the month's mean
    #[arg(long, alias = "price", value_name = "USD", value_parser = value_parsers::positive, allow_hyphen_values = true, conflicts_with = "history")]
    price_usd: Option<f64>,
    /// Hashrate of the whole network in EH/s, instead of the month's mean
    #[arg(long, value_name = "EH", value_parser = value_parsers::positive, allow_hyphen_values = true, conflicts_with = "history")]
    network_eh: Option<f64>,
    /// Emissions in grams of CO2 per kWh [default: published values, with linear interpolation in
    /// between]
    #[arg(long, value_name = "G", value_parser = value_parsers::not_negative, allow_hyphen_values = true)]
    grid_g_per_kwh: Option<f64>,
    /// Emissions by a mix of countries' grids, such as "USA=0.4, KAZ=0.35, CAN=0.25"
    #[arg(long, value_name = "MIX", conflicts_with = "grid_g_per_kwh")]
    mix: Option<String>,
    /// Compare the best guess with a CSV file that has a column month or date and a column of power or
    /// energy, such as power_GW or TWh_per_year
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per month
    #[arg(long)]
    csv: bool,
}

/// Parses a month.
fn parse_month(text: &str) -> Result<(i16, i8), String> {
    match text.parse() {
        Ok(AsOf::Month { year, month }) => Ok((year, month)),
        _ => Err("give a month as YYYY-MM, such as 2024-06".to_owned()),
    }
}

impl Arguments {
    fn inputs(&self) -> Result<PowerInputs, Failure> {
        let mut inputs = PowerInputs::shipped()?;
        if let Some(text) = &self.tariff {
            let tariff =
                parse_usd_energy_price(text).map_err(|error| option_failure("--tariff", &error))?;
            inputs.set_tariff(tariff, "--tariff");
        }
        if let Some(pue) = self.pue {
            inputs.set_pue(Pue::new(pue)?, "--pue");
        }
        if let Some(days) = self.deployment_days {
            inputs.set_deployment(Seconds::from_days(days), "--deployment-days");
        }
        if let Some(grams) = self.grid_g_per_kwh {
            let by = Provenance::UserReported { by: "--grid-g-per-kwh".to_owned() };
            inputs.set_intensity(CarbonIntensity::from_g_per_kwh(grams), by, Vec::new());
        }
        if let Some(text) = &self.mix {
            let mix = GridMix::parse(text).map_err(|error| option_failure("--mix", &error))?;
            let model =
                "mean of the countries' grids, weighted by their shares in --mix".to_owned();
            let parts = mix.parts().iter().flat_map(mix_inputs).collect();
            inputs.set_intensity(mix.intensity(), Provenance::Modelled { model }, parts);
        }
        Ok(inputs)
    }

    /// The month, with the hashrate and the price given by options.
    fn month(&self, inputs: &mut PowerInputs) -> Result<NetworkMonth, Failure> {
        let month = match self.date {
            Some((year, month)) => {
                NetworkMonth::find(year, month).map_err(|error| match error {
                    EconError::OutOfRange { given, remedy, .. } => {
                        Failure::Input(format!("--date: {given} is not known; give {remedy}"))
                    }
                    other => other.into(),
                })?
            }
            None => NetworkMonth::last_whole()?,
        };
        let hashrate = self.network_eh.map(|eh| (Hashrate::from_eh_s(eh), "--network-eh"));
        let price = self.price_usd.map(|usd| (UsdPerBtc::from_usd_per_btc(usd), "--price-usd"));
        Ok(inputs.add_month(month, hashrate, price))
    }
}

/// The share of a country, and the emissions of its grid.
fn mix_inputs(part: &MixPart) -> [PowerInput; 2] {
    let region = Some(part.iso3.clone());
    let by = Provenance::UserReported { by: "--mix".to_owned() };
    let share = PowerInput {
        key: format!("mix.{}", part.iso3),
        value: part.share,
        unit: "",
        range: None,
        region: region.clone(),
        provenance: by,
    };
    let grid = PowerInput {
        key: format!("grid_average_g_per_kwh.{}", part.iso3),
        value: part.intensity.as_g_per_kwh(),
        unit: "g/kWh",
        range: None,
        region,
        provenance: part.provenance.clone(),
    };
    [share, grid]
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let catalogue = Catalogue::shipped()?;
    let mut inputs = arguments.inputs()?;
    let against = match &arguments.against {
        Some(path) => {
            let name = path.display().to_string();
            let series = PowerSeries::from_csv(&name, &files::read_table(path)?)?;
            Some((name, series))
        }
        None => None,
    };
    let study = |months: Vec<NetworkMonth>, inputs: &PowerInputs| {
        PowerStudy::new(months, &inputs.assumptions, &inputs.intensity, &catalogue)
    };
    let all = study(NetworkMonth::shipped()?, &inputs)?;
    let mut tariffs = Vec::new();
    let shown = match arguments.history {
        true => all.clone(),
        false => {
            let month = arguments.month(&mut inputs)?;
            if inputs.is_shipped_tariff {
                for tariff in SupplyAssumptions::default().tariff_range() {
                    let inputs = with_tariff(&inputs, tariff);
                    tariffs.push((tariff, study(vec![month.clone()], &inputs)?));
                }
            }
            let shown = study(vec![month], &inputs)?;
            if let Some((_, error)) = shown.left_out.first() {
                return Err(error.clone().into());
            }
            shown
        }
    };
    let undated = catalogue.machines().iter().filter(|machine| machine.released().is_none());
    let report = NetworkReport::new(&NetworkParts {
        shown: &shown,
        all: &all,
        is_history: arguments.history,
        tariffs,
        inputs: &inputs,
        against: against.as_ref().map(|(name, series)| (name.as_str(), series)),
        undated: undated.count(),
    });
    print_as(&report, arguments.json, arguments.csv, || report.to_csv())?;
    Ok(ExitCode::SUCCESS)
}

/// The inputs with another tariff.
fn with_tariff(inputs: &PowerInputs, tariff: EnergyPrice) -> PowerInputs {
    let mut changed = inputs.clone();
    changed.assumptions.tariff = tariff;
    changed
}
