//! Keys that are not parameters: names, files, dates, choices and numbers that are never drawn at random.

use super::Shape;
use crate::scenario::choice::{
    HashrateScope, LevyBase, LotStatus, MarketPreset, MeteringPoint, NoiseModel, PowerSource,
    ReferenceKind, TariffStatus,
};
use crate::scenario::levy_presets;

/// A key that is not a parameter.
pub(super) struct Structural {
    pub key: &'static str,
    pub shape: Shape,
    /// The default as a file would give it; empty if there is none.
    pub default: &'static str,
    /// An example as a file would give it; empty if the default serves as one.
    pub example: &'static str,
    /// Its description.
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
    "title", Shape::Text, default "", example r#""A site of 10 MW""#, "Title of the scenario";
    "region", Shape::Text, default "", example r#""PAK""#, "Country whose shipped values are used for keys that are left out: an ISO 3166 code or a name, see `hashwatt regions`; without it no country's values are used";
    "local_currency", Shape::Text, default "", example r#""PKR""#, "Currency of local prices, three letters (ISO 4217); needed if exchange_rate is a plain number";
    "machine", Shape::Text, default "", example r#""Antminer S21 Pro (234T)""#, "Machine model from the catalogue, instead of efficiency_j_per_th; see `hashwatt machines`";
    "measured", Shape::Text, default "", example r#""bench.json""#, "Result file of `hashwatt bench --json` or `hashwatt asic --json` for such a machine, instead of efficiency_j_per_th";
    "price_from_list", Shape::Flag, default "false", example "", "Whether machine prices are taken from the shipped price list by efficiency, instead of machine_price_usd_per_th_s";
    "tariff_status", Shape::Choice(TariffStatus::NAMES), default "", example r#""proposed""#, "Status of the tariff; every report states it";
    "height", whole(0.0, u32::MAX as f64), default "965664", example "", "Block height at the start, which determines the block subsidy";
    "hours.profile", Shape::Text, default "", example r#""hours.csv""#, "CSV file with a mean day for every month (columns month, hour, available; optional: price_ratio, peak_probability), or with a market's hourly prices";
    "hours.prices", Shape::Text, default "", example r#""prices.csv""#, "CSV file with a price for every hour or quarter hour: market prices of whole years, or typical days (columns month, day, weight, hour, price or price_ratio); optional columns: available, peak_probability, demand_mw, available_mw. Without a tariff these prices are the energy price; with a tariff they are used as ratios to their mean";
    "hours.availability", Shape::Text, default "", example r#""wind.csv""#, "CSV file with times and a column available, the share of each hour with energy, 0 to 1; if prices are given too, both must cover the same hours of a year";
    "hours.available", months(0.0, 1.0), default ALL_YEAR, example "", "Share of the hours with energy, for each month from January";
    "hours.dispatch", Shape::Choice(&["responsive", "must_run"]), default r#""responsive""#, example "", "When machines run: only in hours in which they earn their running costs, or in every hour with energy";
    "hours.cap_hours_per_year", plain(0.0, 8760.0, "h/year"), default "", example "8000", "Maximum hours of operation in a year of 365 days; without it there is no limit";
    "heat.hashrate_ratio", months(0.0, 2.0), default ALL_YEAR, example "", "Ratio of hashrate to rated hashrate at the same power, for each month from January";
    "heat.pue_ratio", months(0.5, 2.0), default ALL_YEAR, example "", "Ratio of PUE to the site's pue, for each month from January";
    "site.name", Shape::Text, default "", example r#""north""#, "Name of the site, to which lots refer";
    "lot.name", Shape::Text, default "", example r#""first phase""#, "Name of the lot; without it the name of its machine";
    "lot.site", Shape::Text, default "", example r#""north""#, "Name of its site; required if there are several";
    "lot.machine", Shape::Text, default "", example r#""Antminer S21 Pro (234T)""#, "Machine model from the catalogue, instead of the lot's efficiency_j_per_th; see `hashwatt machines`";
    "lot.measured", Shape::Text, default "", example r#""bench.json""#, "Result file of `hashwatt bench --json` or `hashwatt asic --json` for such a machine, instead of the lot's efficiency_j_per_th";
    "lot.count", plain(0.0, 1e9, "machines"), default "", example "100", "Number of machines, instead of power_mw; requires a machine from the catalogue";
    "lot.price_from_list", Shape::Flag, default "false", example "", "Whether machine prices are taken from the shipped price list by efficiency, instead of the lot's machine_price_usd_per_th_s";
    "lot.begins", Shape::Day, default "", example "2027-01-01", "Day on which its first machine starts; without it the first day of the project. For machines that already run, give an earlier day";
    "lot.delivery_months", plain(0.0, 1200.0, "months"), default "0", example "", "Months over which its machines are delivered at a constant rate";
    "lot.life_years", plain(0.01, 1000.0, "years"), default "5", example "", "Lifetime of a machine";
    "lot.owned", Shape::Flag, default "false", example "", "Whether its machines have already been paid for";
    "lot.status", Shape::Choice(LotStatus::NAMES), default r#""shipping""#, example "", "Whether its machine model can be bought already";
    "lease.site", Shape::Text, default "", example r#""north""#, "Name of its site; required if there are several";
    "lease.begins", Shape::Day, default "", example "2027-01-01", "First day of the lease; without it the first day of the project. months_out_of_use are before that day";
    "lease.term_years", plain(0.1, 50.0, "years"), default "10", example "", "Duration of the lease";
    "lease.months_out_of_use", whole(0.0, 120.0), default "0", example "12", "Whole months of conversion work before the lease: the leased capacity neither mines nor earns, and the fit-out is paid when the work begins";
    "lease.converts", Shape::Flag, default "false", example "", "Whether the lease replaces machines of its site: all lots are reduced in proportion, and the machines are sold, when the conversion work begins";
    "mode.speed", plain(0.01, 10.0, ""), default "1", example "", "Ratio of the hashrate in this power mode to the rated hashrate";
    "mode.j_per_th_ratio", plain(0.01, 10.0, ""), default "1", example "", "Ratio of the energy per hash in this power mode to the rated energy per hash";
    "mode.name", Shape::Text, default "", example r#""eco""#, "Name of the mode";
    "mode.site", Shape::Text, default "", example r#""north""#, "Name of the site whose machines have this mode; without it the machines of all sites have it";
    "mode.power_w", plain(0.001, 1e8, "W"), default "", example "2200", "Power of a machine in this mode; together with hashrate_th_s it replaces the ratios, which are then computed relative to the normal mode";
    "mode.hashrate_th_s", plain(1e-9, 1e9, "TH/s"), default "", example "150", "Hashrate of a machine in this mode";
    "mode.measured", Shape::Text, default "", example r#""eco.json""#, "Result file of `hashwatt asic --json` for a machine in this mode, instead of power_w and hashrate_th_s";
    "mode.normal", Shape::Flag, default "false", example "", "Whether the rating of the machines refers to this mode; without it the mode with the rated energy per hash is the normal one";
    "project.start", Shape::Day, default "", example "2027-01-01", "First day of the project; without it the day of the network's block height";
    "project.years", plain(0.1, 50.0, "years"), default "4", example "", "Duration that is simulated";
    "project.machine_tolerance", plain(0.0, 0.9, ""), default "0.05", example "", "Tolerance of the rated energy per hash: 90 % of the machines are within this fraction; applies where the efficiency has no range of its own";
    "money.exchange_rate_path", Shape::Text, default "", example r#""rate.csv""#, "CSV file with date and value: local currency per US dollar, instead of money.depreciation_per_year. On the first day exchange_rate applies; the file determines the relative change from there";
    "money.inflation_usd_path", Shape::Text, default "", example r#""prices-usd.csv""#, "CSV file with date and value: price level of the US dollar, with any base, instead of money.inflation_usd_per_year";
    "money.inflation_local_path", Shape::Text, default "", example r#""prices-local.csv""#, "CSV file with date and value: local price level, with any base, instead of money.inflation_local_per_year";
    "market.preset", Shape::Choice(MarketPreset::NAMES), default "", example r#""flat_real""#, "Consistent set of market assumptions, instead of market.noise: the real price is constant; follows market.price_drift_per_year; follows market.price_path; or varies by resampled past residuals around no drift. None is a forecast, and every report names the preset";
    "market.noise", Shape::Choice(NoiseModel::NAMES), default r#""residual""#, example "", "Random variation around the market's trend: residuals of past epochs, a fitted normal distribution, or none";
    "market.price_path", Shape::Text, default "", example r#""price.csv""#, "CSV file with date and value: price of a bitcoin, USD, instead of the modelled price";
    "market.fees_path", Shape::Text, default "", example r#""fees.csv""#, "CSV file with date and value: mean fees per block, BTC, instead of the modelled fees";
    "market.others_path", Shape::Text, default "", example r#""hashrate.csv""#, "CSV file with date and value: hashrate, EH/s, instead of the modelled hashrate";
    "market.others_path_of", Shape::Choice(HashrateScope::NAMES), default r#""others""#, example "", "Hashrate in that file: of all other miners, or of the whole network including the project";
    "supply.merit_order", Shape::Text, default "", example r#""pakistan""#, "Shipped table of the region's plants, instead of [[plant]]";
    "plant.name", Shape::Text, default "", example r#""gas""#, "Name of the plants of this kind";
    "plant.headroom_by_month", months(0.0, 100.0), default ALL_YEAR, example "", "Ratio of headroom to headroom_mw, for each month from January";
    "reference.kind", Shape::Choice(ReferenceKind::NAMES), default "", example r#""cost_of_service""#, "Meaning of the price";
    "reference.what", Shape::Text, default "", example r#""cost of service of large customers""#, "Description of the price";
    "reference.metering_point", Shape::Choice(MeteringPoint::NAMES), default "", example r#""consumer""#, "Point at which the energy of the price is metered; grid losses lie between these points";
    "reference.month", whole(1.0, 12.0), default "", example "1", "Month to which the price applies, if only one";
    "capacity_payments.mode", Shape::Choice(&["sunk", "load_factor_share", "average", "new_build"]), default r#""sunk""#, example "", "How capacity payments are attributed to the site: only the part that is not take-or-pay, the share of its load, the average per kWh, or the cost of a new plant";
    "capacity_payments.borne_by", Shape::Choice(&["operator", "state", "consumers", "distribution"]), default r#""distribution""#, example "", "Party that bears the cost of capacity";
    "capacity_payments.take_or_pay", Shape::ByYear, default "{ values = [1.0] }", example "", "Share of the payments that is due whether or not a plant runs, by year; the last value applies to all later years";
    "capacity_payments.in_force", Shape::ByYear, default "{ values = [1.0] }", example "", "Share of the contracts in force, by year; the last value applies to all later years";
    "tariff_terms.tariff_path", Shape::Text, default "", example r#""tariff.csv""#, "CSV file with date and value: the tariff by date at prices of the first day. On the first day tariff applies; the file determines the relative change from there";
    "tariff_terms.eligibility", Shape::Text, default "", example r#""any load above 1 MW""#, "Who is eligible for the tariff";
    "tariff_terms.tiers.above_mwh_per_month", plain(0.0, 1e12, "MWh"), default "", example "1000", "Monthly energy above which the tier applies; give tiers in rising order";
    "tariff_terms.tiers.price_ratio", plain(-100.0, 100.0, ""), default "", example "1.1", "Ratio of the energy price in this tier to the tariff";
    "tariff_terms.adjustments.name", Shape::Text, default "", example r#""fuel adjustment""#, "Name of the adjustment";
    "tariff_terms.peak_months", months(0.0, 1.0), default "", example "[0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0]", "Expected number of coincident peaks in each month from January; their sum is peaks_per_year. Together with peak_hours it replaces the profile's peak_probability";
    "tariff_terms.peak_hours", Shape::DayHours, default "", example "[15, 16, 17]", "Hours of the day in which a peak may occur, all equally likely; 15 means 15:00 to 16:00";
    "tariff_terms.peak_interval_minutes", plain(1.0, 60.0, "min"), default "60", example "15", "Length of the interval over which the peak load is averaged, for information: load is constant within an hour, so no result depends on it";
    "power_source", Shape::Choice(PowerSource::NAMES), default r#""grid""#, example "", "Source of the power, on which some levies depend";
    "site.power_source", Shape::Choice(PowerSource::NAMES), default "", example r#""own_generation""#, "Source of the site's power, on which some levies depend; without it that of all sites";
    "tariff_terms.levies.preset", Shape::Choice(levy_presets::NAMES), default "", example r#""imf-2024-carbon""#, "Name of a shipped levy, instead of price or share; see METHODS.md";
    "tariff_terms.levies.from", Shape::Day, default "", example "2028-01-01", "First day on which the levy is due; without it the levy is due from the start";
    "tariff_terms.levies.until", Shape::Day, default "", example "2030-01-01", "First day on which it is no longer due; without it there is no end";
    "tariff_terms.levies.of", Shape::Choice(LevyBase::NAMES), default r#""all""#, example "", "Energy on which it is due: all, that of mining including standby, or that of AI";
    "tariff_terms.levies.power_source", Shape::Choice(PowerSource::NAMES), default "", example r#""own_generation""#, "Only sites with power from this source pay it; without it all sites do";
    "tariff_terms.levy_steps.from", Shape::Day, default "", example "2028-01-01", "First day on which the step applies; steps with the same dates form one scale";
    "tariff_terms.levy_steps.until", Shape::Day, default "", example "2030-01-01", "First day on which it no longer applies";
    "tariff_terms.levy_steps.of", Shape::Choice(LevyBase::NAMES), default r#""all""#, example "", "Energy on which it is due";
    "tariff_terms.levy_steps.power_source", Shape::Choice(PowerSource::NAMES), default "", example r#""grid""#, "Only sites with power from this source pay it; without it all sites do";
    "tariff_terms.levies.name", Shape::Text, default "", example r#""mining levy""#, "Name of the levy";
    "scarcity.case", Shape::Choice(&["firm", "interruptible", "surplus_only"]), default r#""firm""#, example "", "Operation of the site while the power system is short: it runs, is curtailed within the limits of its contract, or uses only surplus power";
    "scarcity.profile", Shape::Text, default "", example r#""pakistan""#, "Demand and available capacity of the power system by month and hour: a shipped table of the region, or a CSV file with the columns month, hour, demand_mw, available_mw, peak, as_of and source";
    "bills.class.name", Shape::Text, default "", example r#""households""#, "Name of the class of consumers";
    "bills.class.energy_share", plain(0.0, 1.0, ""), default "", example "0.5", "Share of other consumers' energy that the class uses; the shares of all classes add up to 1";
    "bills.class.network_share", plain(0.0, 1.0, ""), default "", example "0.6", "Share of shared fixed costs that the class pays; without it its energy_share; the shares of all classes add up to 1";
    "bills.class.at_marginal_price", plain(0.0, 1.0, ""), default "", example "0.2", "Share of its energy whose price follows the marginal plant; without it bills.at_marginal_price";
    "bills.class.consumers", plain(1.0, 1e12, ""), default "", example "3000000", "Number of consumers in the class; if given, effects are also reported per consumer";
    "carbon.corrective_tax.name", Shape::Text, default "", example r#""cost of carbon""#, "Name of the tax";
    "carbon.corrective_tax.applied", Shape::Flag, default "false", example "", "Whether the site pays it; otherwise its effect is shown in addition to the results";
}

/// Keys that are required in every entry of their list.
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

/// Whether a key is required in every entry of its list.
pub(in crate::scenario) fn is_required(pattern: &str) -> bool {
    let of_all = pattern.strip_prefix("site.").unwrap_or(pattern);
    REQUIRED.contains(&pattern) || REQUIRED.contains(&of_all)
}
