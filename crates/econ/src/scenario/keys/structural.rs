//! Keys that are no parameters: names, files, days, choices and what stands once for all draws.

use super::Shape;
use crate::scenario::choice::{
    LevyPart, LotStatus, MarketPreset, MeteringPoint, Noise, OthersOf, PowerSource, ReferenceKind,
    TariffStatus,
};
use crate::scenario::levy_presets;

/// A key that is no parameter.
pub(super) struct Structural {
    pub key: &'static str,
    pub shape: Shape,
    /// What holds without it, as a file would give it; empty where its absence is no value.
    pub default: &'static str,
    /// A value that it can have, as a file gives it; empty where the default shows that.
    pub example: &'static str,
    /// What it is.
    pub text: &'static str,
}

const fn plain(least: f64, most: f64, unit: &'static str) -> Shape {
    Shape::Plain { least, most, unit, whole: false }
}

const fn whole(least: f64, most: f64) -> Shape {
    Shape::Plain { least, most, unit: "", whole: true }
}

const fn months(least: f64, most: f64) -> Shape {
    Shape::Months { least, most }
}

const ALL_YEAR: &str = "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]";

macro_rules! structural {
    ($( $key:literal, $shape:expr, default $default:expr, example $example:literal, $text:literal; )+) => {
        pub(super) const STRUCTURAL: &[Structural] = &[ $( Structural {
            key: $key, shape: $shape, default: $default, example: $example, text: $text,
        }, )+ ];
    };
}

structural! {
    "title", Shape::Text, default "", example r#""A site of 10 MW""#, "What the scenario is called";
    "region", Shape::Text, default "", example r#""PAK""#, "Country whose shipped values hold for keys that are left out: an ISO 3166 code or a name, see `hashwatt regions`; without it no country's values are used";
    "local_currency", Shape::Text, default "", example r#""PKR""#, "Currency of local prices, three letters (ISO 4217), where exchange_rate is a bare number";
    "machine", Shape::Text, default "", example r#""Antminer S21 Pro (234T)""#, "Machine of the catalogue in place of efficiency_j_per_th, see `hashwatt machines`";
    "measured", Shape::Text, default "", example r#""bench.json""#, "Result of `hashwatt bench --json` or `hashwatt asic --json` on such a machine, in place of efficiency_j_per_th";
    "price_from_list", Shape::Flag, default "false", example "", "Whether the machines' price is that of the shipped list at their efficiency, in place of machine_price_usd_per_th_s";
    "tariff_status", Shape::Choice(TariffStatus::NAMES), default "", example r#""proposed""#, "How firm the tariff is; every report says so";
    "height", whole(0.0, u32::MAX as f64), default "965664", example "", "Height of the first block, which sets the subsidy";
    "hours.profile", Shape::Text, default "", example r#""hours.csv""#, "CSV file of a mean day for every month (month, hour, available; price_ratio and peak_probability may stand beside), or of a market's hourly prices";
    "hours.prices", Shape::Text, default "", example r#""prices.csv""#, "CSV file in which every hour or quarter of an hour has its own price: a market's of whole years, or typical days (month, day, weight, hour, price or price_ratio); available, peak_probability, demand_mw and available_mw may stand beside. Without a tariff its prices are the price of energy; with one they are taken over their mean";
    "hours.availability", Shape::Text, default "", example r#""wind.csv""#, "CSV file of times and available, the part of every hour with energy, 0 to 1; beside prices it has the same hours of a year";
    "hours.available", months(0.0, 1.0), default ALL_YEAR, example "", "Part of each month's hours with energy, from January on";
    "hours.dispatch", Shape::Choice(&["responsive", "must_run"]), default r#""responsive""#, example "", "When machines run: in hours that earn their running costs, or in every hour with energy";
    "hours.cap_hours_per_year", plain(0.0, 8760.0, "h/year"), default "", example "8000", "Most hours that machines run in a year of 365 days; without it there is no limit";
    "heat.hashrate_ratio", months(0.0, 2.0), default ALL_YEAR, example "", "Hashrate over the rated one at the same power, by month from January on";
    "heat.pue_ratio", months(0.5, 2.0), default ALL_YEAR, example "", "Overhead over the site's own, by month from January on";
    "site.name", Shape::Text, default "", example r#""north""#, "Name of the site, by which lots refer to it";
    "lot.name", Shape::Text, default "", example r#""first phase""#, "Name of the lot; without it that of its machine";
    "lot.site", Shape::Text, default "", example r#""north""#, "Name of its site, where there are several";
    "lot.machine", Shape::Text, default "", example r#""Antminer S21 Pro (234T)""#, "Machine of the catalogue in place of the lot's efficiency_j_per_th, see `hashwatt machines`";
    "lot.measured", Shape::Text, default "", example r#""bench.json""#, "Result of `hashwatt bench --json` or `hashwatt asic --json` on such a machine, in place of the lot's efficiency_j_per_th";
    "lot.count", plain(0.0, 1e9, "machines"), default "", example "100", "Number of machines in place of power_mw; needs a machine of the catalogue";
    "lot.price_from_list", Shape::Flag, default "false", example "", "Whether the machines' price is that of the shipped list at their efficiency, in place of the lot's machine_price_usd_per_th_s";
    "lot.begins", Shape::Day, default "", example "2027-01-01", "Day on which its first machine runs; without it the project's first day. Machines that run already have a day before that";
    "lot.delivery_months", plain(0.0, 1200.0, "months"), default "0", example "", "Months over which its machines arrive, evenly";
    "lot.life_years", plain(0.01, 1000.0, "years"), default "5", example "", "Years that a machine runs";
    "lot.owned", Shape::Flag, default "false", example "", "Whether its machines are paid for already";
    "lot.status", Shape::Choice(LotStatus::NAMES), default r#""shipping""#, example "", "Whether its machines can be bought yet";
    "lease.site", Shape::Text, default "", example r#""north""#, "Name of its site, where there are several";
    "lease.begins", Shape::Day, default "", example "2027-01-01", "First day of the lease; without it the project's first day, and months_out_of_use lie before that";
    "lease.term_years", plain(0.1, 50.0, "years"), default "10", example "", "Years that the lease lasts";
    "lease.months_out_of_use", whole(0.0, 120.0), default "0", example "12", "Whole months before the lease in which its megawatts are prepared: they neither mine nor earn, and the fit-out is paid when they begin";
    "lease.converts", Shape::Flag, default "false", example "", "Whether it takes the place of machines of its site: all of them stop alike, and are sold, when its megawatts begin to be prepared";
    "mode.speed", plain(0.01, 10.0, ""), default "1", example "", "Hashrate in this power mode over the rated one";
    "mode.j_per_th_ratio", plain(0.01, 10.0, ""), default "1", example "", "Energy per hash in this power mode over the rated one";
    "mode.name", Shape::Text, default "", example r#""eco""#, "Name of the mode";
    "mode.site", Shape::Text, default "", example r#""north""#, "Name of the site whose machines have it; without it all have it";
    "mode.power_w", plain(0.001, 1e8, "W"), default "", example "2200", "Power of a machine in this mode, with hashrate_th_s in place of the ratios, which are then taken to the normal mode";
    "mode.hashrate_th_s", plain(1e-9, 1e9, "TH/s"), default "", example "150", "Hashrate of a machine in this mode";
    "mode.measured", Shape::Text, default "", example r#""eco.json""#, "Result of `hashwatt asic --json` on a machine in this mode, in place of power_w and hashrate_th_s";
    "mode.normal", Shape::Flag, default "false", example "", "Whether the machines' rating is of this mode; without it that is the one whose energy per hash they have";
    "project.start", Shape::Day, default "", example "2027-01-01", "First day; without it that of the network's height";
    "project.years", plain(0.1, 50.0, "years"), default "4", example "", "Years that are followed";
    "project.machine_tolerance", plain(0.0, 0.9, ""), default "0.05", example "", "Nine machines in ten are within this part of their rated energy per hash, where that has no range of its own";
    "money.exchange_rate_path", Shape::Text, default "", example r#""rate.csv""#, "CSV file of date and value: local money for a dollar, in place of money.depreciation_per_year; on the first day exchange_rate holds, and the file says how it moves from there";
    "money.inflation_usd_path", Shape::Text, default "", example r#""prices-usd.csv""#, "CSV file of date and value: the dollar's price level, of any base, in place of money.inflation_usd_per_year";
    "money.inflation_local_path", Shape::Text, default "", example r#""prices-local.csv""#, "CSV file of date and value: the local price level, of any base, in place of money.inflation_local_per_year";
    "market.preset", Shape::Choice(MarketPreset::NAMES), default "", example r#""flat_real""#, "A market whose parts belong together, in place of market.noise: the real price stands still; follows market.price_drift_per_year; follows market.price_path; or has past surprises around no drift. None is a forecast, and every report says which it is";
    "market.noise", Shape::Choice(Noise::NAMES), default r#""residual""#, example "", "What moves the market beside its trend: residuals of past epochs, a normal distribution like them, or nothing";
    "market.price_path", Shape::Text, default "", example r#""price.csv""#, "CSV file of date and value: price of a bitcoin, USD, in place of the model's";
    "market.fees_path", Shape::Text, default "", example r#""fees.csv""#, "CSV file of date and value: mean fees of a block, BTC, in place of the model's";
    "market.others_path", Shape::Text, default "", example r#""hashrate.csv""#, "CSV file of date and value: hashrate, EH/s, in place of the model's";
    "market.others_path_of", Shape::Choice(OthersOf::NAMES), default r#""others""#, example "", "Whose hashrate that file has: everybody else's, or the whole network's with the project";
    "supply.merit_order", Shape::Text, default "", example r#""pakistan""#, "Shipped table of the region's plants, in place of [[plant]]";
    "plant.name", Shape::Text, default "", example r#""gas""#, "Name of the plants of this kind";
    "plant.headroom_by_month", months(0.0, 100.0), default ALL_YEAR, example "", "Headroom over headroom_mw, by month from January on";
    "reference.kind", Shape::Choice(ReferenceKind::NAMES), default "", example r#""cost_of_service""#, "What the price stands for";
    "reference.what", Shape::Text, default "", example r#""cost of service of large customers""#, "What the price is, in words";
    "reference.metering_point", Shape::Choice(MeteringPoint::NAMES), default "", example r#""consumer""#, "Where the energy of the price is metered; losses lie between these points";
    "reference.month", whole(1.0, 12.0), default "", example "1", "Month that the price is of, where it is of one";
    "capacity_payments.mode", Shape::Choice(&["sunk", "load_factor_share", "average", "new_build"]), default r#""sunk""#, example "", "How payments for capacity count against the site: only what is not take-or-pay, its load's share, the average of a kWh, or a new plant";
    "capacity_payments.borne_by", Shape::Choice(&["operator", "state", "consumers", "distribution"]), default r#""distribution""#, example "", "From whom the cost of capacity is recovered";
    "capacity_payments.take_or_pay", Shape::ByYear, default "{ values = [1.0] }", example "", "Part of the payments that is due whether a plant runs or not, by year from the first; the last holds on";
    "capacity_payments.in_force", Shape::ByYear, default "{ values = [1.0] }", example "", "Part of the contracts in force, by year from the first; the last holds on";
    "tariff_terms.tariff_path", Shape::Text, default "", example r#""tariff.csv""#, "CSV file of date and value: the tariff by date at prices of the first day; the scenario's tariff holds on the first day, and the file says how it moves from there";
    "tariff_terms.eligibility", Shape::Text, default "", example r#""any load above 1 MW""#, "Who may have the tariff";
    "tariff_terms.tiers.above_mwh_per_month", plain(0.0, 1e12, "MWh"), default "", example "1000", "Energy of a month above which the tier holds; tiers stand in rising order";
    "tariff_terms.tiers.price_ratio", plain(-100.0, 100.0, ""), default "", example "1.1", "Price of energy in this tier over the tariff";
    "tariff_terms.adjustments.name", Shape::Text, default "", example r#""fuel adjustment""#, "Name of the adjustment";
    "tariff_terms.peak_months", months(0.0, 1.0), default "", example "[0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0]", "Coincident peaks that are expected in each month, from January on; together they are peaks_per_year. With peak_hours in place of the profile's peak_probability";
    "tariff_terms.peak_hours", Shape::DayHours, default "", example "[15, 16, 17]", "Hours of the day into which a peak may fall, each as likely; 15 is 15:00 to 16:00";
    "tariff_terms.peak_interval_minutes", plain(1.0, 60.0, "min"), default "60", example "15", "Length of the interval whose mean load is charged, for the record: load is the same all through an hour, so that no result depends on it";
    "power_source", Shape::Choice(PowerSource::NAMES), default r#""grid""#, example "", "Where the power is from, which some levies ask for";
    "site.power_source", Shape::Choice(PowerSource::NAMES), default "", example r#""own_generation""#, "Where the site's power is from, which some levies ask for; without it that of all sites";
    "tariff_terms.levies.preset", Shape::Choice(levy_presets::NAMES), default "", example r#""imf-2024-carbon""#, "Levy that ships by name, in place of price or share; see METHODS.md";
    "tariff_terms.levies.from", Shape::Day, default "", example "2028-01-01", "First day on which the levy is due; without it from the beginning on";
    "tariff_terms.levies.until", Shape::Day, default "", example "2030-01-01", "Day from which on it is no longer due; without it there is no end";
    "tariff_terms.levies.of", Shape::Choice(LevyPart::NAMES), default r#""all""#, example "", "On which energy it is due: all, that of mining with standby, or that of AI";
    "tariff_terms.levies.power_source", Shape::Choice(PowerSource::NAMES), default "", example r#""own_generation""#, "Sites with power of this source alone bear it; without it all do";
    "tariff_terms.levy_steps.from", Shape::Day, default "", example "2028-01-01", "First day on which the step holds; steps with the same days make a scale";
    "tariff_terms.levy_steps.until", Shape::Day, default "", example "2030-01-01", "Day from which on it no longer holds";
    "tariff_terms.levy_steps.of", Shape::Choice(LevyPart::NAMES), default r#""all""#, example "", "On which energy it is due";
    "tariff_terms.levy_steps.power_source", Shape::Choice(PowerSource::NAMES), default "", example r#""grid""#, "Sites with power of this source alone bear it; without it all do";
    "tariff_terms.levies.name", Shape::Text, default "", example r#""mining levy""#, "Name of the levy";
    "scarcity.case", Shape::Choice(&["firm", "interruptible", "surplus_only"]), default r#""firm""#, example "", "What the site does while the system is short: it runs, is curtailed as its contract allows, or takes only what nobody needs";
    "scarcity.profile", Shape::Text, default "", example r#""pakistan""#, "Demand and available capacity of the system by month and hour: a shipped table of the region, or a CSV file of month, hour, demand_mw, available_mw, peak, as_of and source";
    "bills.class.name", Shape::Text, default "", example r#""households""#, "Name of the class of consumers";
    "bills.class.energy_share", plain(0.0, 1.0, ""), default "", example "0.5", "Part of other consumers' energy that the class takes; those of all classes make 1";
    "bills.class.network_share", plain(0.0, 1.0, ""), default "", example "0.6", "Part of shared fixed costs that the class pays; without it its part of energy; those of all classes make 1";
    "bills.class.at_marginal_price", plain(0.0, 1.0, ""), default "", example "0.2", "Part of its energy whose price follows the marginal plant; without it bills.at_marginal_price";
    "bills.class.consumers", plain(1.0, 1e12, ""), default "", example "3000000", "How many consumers it has: then its effect is told for each of them";
    "carbon.corrective_tax.name", Shape::Text, default "", example r#""cost of carbon""#, "Name of the tax";
    "carbon.corrective_tax.applied", Shape::Flag, default "false", example "", "Whether the site pays it; else its effect is shown beside the results";
}

/// Keys that every entry of their list must have.
const REQUIRED: &[&str] = &[
    "site.name",
    "plant.name",
    "plant.mean_mw",
    "plant.g_per_kwh",
    "reference.kind",
    "reference.what",
    "reference.price",
    "reference.metering_point",
    "tariff_terms.tiers.above_mwh_per_month",
    "tariff_terms.tiers.price_ratio",
    "tariff_terms.adjustments.price",
    "tariff_terms.levy_steps.levy",
    "bills.class.name",
    "bills.class.energy_share",
    "carbon.corrective_tax.name",
    "carbon.corrective_tax.price",
];

/// Whether every entry of its list must have a key.
pub(in crate::scenario) fn is_required(pattern: &str) -> bool {
    let of_all = pattern.strip_prefix("site.").unwrap_or(pattern);
    REQUIRED.contains(&pattern) || REQUIRED.contains(&of_all)
}
