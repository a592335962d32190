//! The part of a scenario's file that the ledger reads: tables under `[ledger]`.

use super::book::{Book, Id, Kind, Otherwise, Read};
use super::{CapacityMode, HoursCase, MeteringPoint, ReferenceKind};
use crate::Sourced;
use serde::Deserialize;

/// A table of numbers: as the file writes it, as the model holds it, and what is taken where the
/// file is silent, in one place.
macro_rules! tables {
    ($(
        $(#[$doc:meta])*
        $Section:ident, $Ids:ident, $table:literal {
            $(
                $(#[$key_doc:meta])*
                $key:ident: $unit:literal, $least:expr, $most:expr;
                    $value:expr, $low:expr, $high:expr, $basis:literal;
            )+
        }
        { $( $(#[$more_doc:meta])* $more:ident: $type:ty, )* }
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $Section {
            $( $(#[$key_doc])* pub $key: Option<Sourced<f64>>, )+
            $( $(#[$more_doc])* #[serde(default)] pub $more: $type, )*
        }

        #[derive(Clone, Debug, PartialEq)]
        pub(super) struct $Ids { $( pub $key: Id, )+ }

        impl $Ids {
            pub(super) fn read(book: &mut Book, given: &$Section) -> Read<Self> {
                Ok(Self { $(
                    $key: book.take(
                        concat!("ledger.", $table, ".", stringify!($key)),
                        Kind { unit: $unit, least: $least, most: $most },
                        given.$key.as_ref(),
                        Otherwise { value: $value, low: $low, high: $high, basis: $basis },
                    )?,
                )+ })
            }
        }
    )+};
}

tables! {
    /// Who owns the machines, what they cost and where the money goes.
    OperatorSection, OperatorIds, "operator" {
        /// Years that a mining machine earns.
        life_years: "years", 0.5, 30.0; 4.0, 3.0, 5.0, "a rule of thumb of 3 to 5 years; efficiency ends it";
        /// Spare parts in a year over the machines' price.
        spares_per_year: "", 0.0, 1.0; 0.05, 0.02, 0.08, "nobody published failure rates";
        /// Duty on machines over their price.
        import_duty: "", 0.0, 1.0; 0.0, 0.0, 0.0, "no duty was stated";
        /// Years that the site without machines serves.
        site_life_years: "years", 1.0, 60.0; 12.0, 8.0, 20.0, "transformers and halls outlive machines";
        /// Part of the site without machines that is bought abroad.
        site_import_share: "", 0.0, 1.0; 0.5, 0.3, 0.8, "transformers and switchgear against civil works";
        /// Part of other cash costs that is spent at home.
        costs_local_share: "", 0.0, 1.0; 0.7, 0.5, 0.9, "staff, land and security against services from abroad";
        /// Part of the operator that foreigners own.
        foreign_share: "", 0.0, 1.0; 0.5, 0.0, 1.0, "who would own it was not said";
        /// Part of the foreigners' profit that leaves the country.
        remitted: "", 0.0, 1.0; 1.0, 0.5, 1.0, "no rule on remittance was stated";
        /// Part of the capital that is foreign debt.
        debt_share: "", 0.0, 1.0; 0.4, 0.0, 0.7, "no financing was stated";
        /// Interest on it, a year.
        interest_per_year: "1/year", 0.0, 1.0; 0.12, 0.08, 0.18, "no financing was stated";
        /// Tax on profit.
        income_tax: "", 0.0, 1.0; 0.25, 0.0, 0.35, "no tax status was stated";
        /// What capital must earn a year, real.
        discount_per_year: "1/year", 0.0, 1.0; 0.10, 0.08, 0.15, "a dollar a year later is worth 10 % less";
    } {
        /// Price of mining machines, USD per TH/s; else that of the shipped list for the efficiency.
        usd_per_th: Option<Sourced<f64>>,
    }
    /// Losses on the way to the site.
    LossesSection, LossesIds, "losses" {
        /// From the plant to the customer's meter, over what the plant delivers.
        to_customer: "", 0.0, 0.9; 0.03, 0.0, 0.10, "a customer on the high-voltage grid";
        /// From the plant to where distributors take over.
        to_distribution: "", 0.0, 0.9; 0.025, 0.0, 0.05, "transmission alone";
    } {}
    /// Which plants serve the next MW.
    SupplySection, SupplyIds, "supply" {
        /// Part of the idle capacity of plants cheaper than the dearest one that can be called on.
        deliverable_headroom: "", 0.0, 1.0; 0.5, 0.1, 1.0, "a cheap plant that stands idle while a dearer one runs is held by grid, fuel or outage";
        /// Fuel costs over those of the months in the table.
        fuel_cost_ratio: "", 0.05, 20.0; 1.0, 0.85, 1.15, "fuel costs of another year";
    } {
        /// A shipped merit order by month, `pakistan`, in place of `[[ledger.plant]]`.
        merit_order: Option<String>,
        /// Variable operation and maintenance with its unit, such as `0.39 PKR/kWh`.
        variable_om: Option<Sourced<String>>,
    }
    /// Payments to generators for being there.
    CapacitySection, CapacityIds, "capacity_payments" {
        /// A new plant, USD/kW.
        new_build_usd_per_kw: "USD/kW", 0.0, 1e5; 1000.0, 700.0, 1500.0, "a combined-cycle plant";
        /// Years that it is paid for.
        new_build_life_years: "years", 1.0, 100.0; 25.0, 20.0, 30.0, "the usual term of a contract";
        /// Part of it that is bought abroad.
        new_build_import_share: "", 0.0, 1.0; 0.7, 0.5, 0.9, "turbines and boilers against civil works";
        /// Part of it that foreigners own.
        new_build_foreign_share: "", 0.0, 1.0; 0.5, 0.0, 1.0, "who would own it was not said";
        /// Part of the time that it can run.
        new_build_availability: "", 0.1, 1.0; 0.88, 0.82, 0.92, "a combined-cycle plant";
    } {
        /// Which of the four the matrix follows; all four are shown.
        mode: Option<CapacityMode>,
        /// Payment for capacity with its unit, such as `6543 PKR/kW-month`.
        payment: Option<Sourced<String>>,
        /// Payments over all energy, such as `17.19 PKR/kWh`.
        average: Option<Sourced<String>>,
        /// Part of the payments that is due whether a plant runs or not, by year from the first; the
        /// last holds on.
        take_or_pay: Option<ByYear>,
        /// Part of today's payments whose contracts are in force, by year; the last holds on.
        in_force: Option<ByYear>,
    }
    /// What the site pays beside its energy price.
    TermsSection, TermsIds, "tariff_terms" {
        /// Energy price at the profile's peak hours over the tariff.
        peak_ratio: "", 0.0, 10.0; 1.0, 1.0, 1.0, "no time of use";
        /// Energy price at other hours over the tariff.
        off_peak_ratio: "", 0.0, 10.0; 1.0, 1.0, 1.0, "no time of use";
        /// Part of the capacity charge that is due for curtailed hours.
        charge_when_curtailed: "", 0.0, 1.0; 1.0, 0.5, 1.0, "the charge is on contracted load";
        /// Sales tax that the site gets back, over the bill.
        recoverable_tax: "", 0.0, 1.0; 0.0, 0.0, 0.0, "no sales tax was stated";
        /// Taxes on the bill that it does not get back.
        unrecoverable_tax: "", 0.0, 1.0; 0.0, 0.0, 0.075, "rates of withholding and advance tax were not found";
    } {
        /// Charge on contracted load with its unit, such as `2000 PKR/kW-month`.
        capacity_charge: Option<Sourced<String>>,
        /// Tiers above which another price holds, in rising order.
        tiers: Vec<Tier>,
        /// What is added to the energy price and passed on.
        adjustments: Vec<Line>,
        /// Who may have the tariff.
        eligibility: Option<String>,
    }
    /// Demand and availability by hour, and what the site does in scarce ones.
    LedgerHoursSection, LedgerHoursIds, "hours" {
        /// Available capacity over the profile's.
        availability_ratio: "", 0.0, 10.0; 1.0, 0.8, 1.1, "outages, water and fuel of another year";
        /// Capacity that stays free for the system.
        reserve_mw: "MW", 0.0, 1e6; 0.0, 0.0, 0.0, "no reserve was stated";
        /// Hours a year in which the site may be curtailed.
        most_curtailed_hours: "h/year", 0.0, 8760.0; 8760.0, 8760.0, 8760.0, "no limit was stated";
        /// Load that stays while the site is curtailed, over the whole.
        standby_share: "", 0.0, 1.0; 0.02, 0.005, 0.05, "network, controls and cooling that stay on";
        /// Hours a year of emergency-off calls.
        emergency_hours: "h/year", 0.0, 8760.0; 0.0, 0.0, 0.0, "none was stated";
        /// Notice before one.
        emergency_notice_minutes: "min", 0.0, 10_080.0; 30.0, 10.0, 60.0, "machines stop within minutes; contracts give notice";
        /// What distributors pay for the energy that is not taken then.
        emergency_usd_per_mwh: "USD/MWh", 0.0, 1e5; 0.0, 0.0, 0.0, "none was stated";
    } {
        /// Which case the matrix follows; all three are shown.
        case: Option<HoursCase>,
        /// A profile by month and hour: `pakistan`, or a CSV file beside the scenario.
        profile: Option<String>,
    }
    /// Graphics processors for rent on the same megawatts.
    AiSection, AiIds, "ai" {
        /// Rent in the first year.
        usd_per_gpu_hour: "USD/GPU-h", 0.0, 1000.0; 2.35, 1.7, 3.0, "an H100 by contract of a year, 2026-03 (SemiAnalysis, secondary)";
        /// How fast the rent of the same processor falls a year.
        decline_per_year: "1/year", -1.0, 0.99; 0.16, 0.0, 0.35, "an H100 from 2.99 in 2024-10 to 2.35 in 2026-03 (SemiAnalysis, secondary), by way of 1.70";
        /// Power of servers, network and storage for each processor.
        kw_per_gpu: "kW/GPU", 0.01, 100.0; 1.4, 1.275, 1.7, "a DGX H100 draws 1.275 kW per GPU; network and storage come on top";
        /// Power usage effectiveness of an AI site.
        pue: "", 1.0, 5.0; 1.28, 1.15, 1.40, "a hot climate; none was found";
        /// Part of the hours that is sold.
        sold: "", 0.0, 1.0; 0.65, 0.50, 0.80, "none was found";
        /// Part of the time that it runs.
        uptime: "", 0.0, 1.0; 0.97, 0.93, 0.995, "none was found";
        /// Hall, power and cooling.
        shell_usd_per_mw: "USD/MW", 0.0, 1e9; 12e6, 9e6, 20e6, "a shell of some 12 M USD/MW (Cipher, 2025-03, press)";
        /// Servers, network and storage for each processor.
        usd_per_gpu: "USD/GPU", 0.0, 1e7; 30_000.0, 22_500.0, 45_000.0, "a card of 25,000 to 40,000, a node of 180,000 to 220,000 with eight";
        /// Years that it earns.
        life_years: "years", 0.5, 30.0; 5.0, 3.0, 6.0, "none was found";
        /// Cash costs beside energy.
        costs_usd_per_mwh: "USD/MWh", 0.0, 1e5; 80.0, 30.0, 150.0, "staff, transit and support; none was found";
        /// Part that is sold abroad.
        export_share: "", 0.0, 1.0; 0.8, 0.3, 1.0, "a home market for so much is not known";
        /// Part of the capital that is bought abroad.
        import_share: "", 0.0, 1.0; 0.85, 0.75, 0.95, "processors and switchgear against civil works";
    } {}
    /// What else the energy could do.
    UsesSection, UsesIds, "uses" {
        /// Value that industry adds with a MWh.
        industry_value_added_usd_per_mwh: "USD/MWh", 0.0, 1e6; 400.0, 100.0, 1000.0, "energy-intensive industry; none was found";
        /// Its capital for a MWh.
        industry_capital_usd_per_mwh: "USD/MWh", 0.0, 1e6; 80.0, 20.0, 200.0, "none was found";
        /// Part of its value that stays at home.
        industry_local_share: "", 0.0, 1.0; 0.75, 0.5, 0.95, "none was found";
        /// What a household loses with a kWh that does not come.
        lost_load_usd_per_kwh: "USD/kWh", 0.0, 1000.0; 0.5, 0.15, 1.5, "value of lost load; none was found";
    } {
        /// What industry pays, with its unit.
        industry_tariff: Option<Sourced<String>>,
        /// What a household pays, with its unit.
        household_tariff: Option<Sourced<String>>,
    }
    /// What crosses the border.
    ForeignExchangeSection, ForeignExchangeIds, "foreign_exchange" {
        /// Part of the mined bitcoin that is sold and brought home.
        repatriated: "", 0.0, 1.0; 0.6, 0.2, 1.0, "no rule on proceeds was stated";
        /// Part of the rest that is kept as bitcoin; what is left stays abroad as money.
        held_of_rest: "", 0.0, 1.0; 0.25, 0.0, 0.75, "no rule on a reserve was stated";
        /// How much more of the currency a dollar costs each year.
        depreciation_per_year: "1/year", -0.5, 10.0; 0.0, 0.0, 0.10, "no path was stated";
    } {
        /// Years of the path.
        years: Option<u8>,
    }
    /// Carbon beside the grid's average.
    CarbonSection, CarbonIds, "carbon" {
        /// What a tonne costs those whom the nation counts.
        usd_per_t: "USD/t", 0.0, 1e5; 50.0, 0.0, 190.0, "stated by nobody; from nothing to the social cost of the US agency of 2023";
        /// Making of the machines, for each TH/s.
        embodied_kg_per_th: "kg/(TH/s)", 0.0, 1000.0; 2.0, 0.5, 5.0, "no maker's figure was found";
        /// Part of the hashrate that pushes others out in the long run.
        displaced_share: "", 0.0, 1.0; 0.5, 0.0, 1.0, "the others' answer lies between none and all";
        /// Efficiency of those.
        others_j_per_th: "J/TH", 1.0, 1e4; 28.2, 22.0, 34.0, "surveyed fleets, 2024-06 (CCAF, secondary)";
        /// What their energy emits.
        others_g_per_kwh: "g/kWh", 0.0, 2000.0; 400.0, 250.0, 550.0, "grids of the world; surveyed miners claim less";
    } {
        /// Corrective taxes; each line says what it would raise.
        corrective_tax: Vec<TaxLine>,
    }
    /// Who bears what a tariff does not cover, and who has what it brings.
    PayersSection, PayersIds, "payers" {
        /// Part of a shortfall that the state pays distributors.
        shortfall_to_state: "", 0.0, 1.0; 0.4, 0.0, 0.8, "no rule was stated";
        /// Part of the rest that other consumers pay; what is left is circular debt.
        rest_to_consumers: "", 0.0, 1.0; 0.5, 0.0, 1.0, "no rule was stated";
        /// Part of a gain that other consumers get back.
        gain_to_consumers: "", 0.0, 1.0; 0.5, 0.0, 1.0, "no rule was stated";
    } {}
    /// How far the market moves until the year that the ledger is of.
    LedgerMarketSection, LedgerMarketIds, "market" {
        /// Standard deviation of the logarithm of the bitcoin price over a year.
        price_deviation_per_year: "", 0.0, 3.0; 0.45, 0.45, 0.45, "that of recent years";
    } {}
}

/// A value by year: what holds, from when, and by whom.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByYear {
    /// Parts of 0 to 1, from the first year on; the last holds on.
    pub values: Vec<f64>,
    /// Their 5 % points, one each.
    pub low: Option<Vec<f64>>,
    /// Their 95 % points, one each.
    pub high: Option<Vec<f64>>,
    /// Where they come from; a date belongs to it.
    pub source: Option<String>,
    /// The date that they hold for.
    pub as_of: Option<String>,
    /// Why they were taken, where nobody published them.
    pub assumed: Option<String>,
}

/// A tier of a tariff.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Energy of a month above which it holds, MWh.
    pub above_mwh_per_month: f64,
    /// Energy price over the tariff.
    pub price_ratio: f64,
}

/// A named price.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// The price with its unit.
    pub price: Sourced<String>,
}

/// A corrective tax.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxLine {
    /// What it is called.
    pub name: String,
    /// The rate with its unit.
    pub price: Sourced<String>,
    /// Whether the matrix has it; without that it is shown beside.
    #[serde(default)]
    pub applied: bool,
}

/// A reference cost of the file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceSection {
    /// What it stands for.
    pub kind: ReferenceKind,
    /// What it is, in words.
    pub what: String,
    /// The price with its unit.
    pub price: Sourced<String>,
    /// Where its energy is metered.
    pub metering_point: MeteringPoint,
    /// Losses from there to the customer; else those of `[ledger.losses]`.
    pub loss_factor: Option<Sourced<f64>>,
    /// The month that it is of, 1 to 12, where it is of one.
    pub month: Option<u8>,
}

/// Plants of a kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlantSection {
    /// What they are called.
    pub name: String,
    /// Fuel for a kWh with its unit; without one they are never called for more.
    pub fuel_cost: Option<Sourced<String>>,
    /// Mean output, MW.
    pub mean_mw: Sourced<f64>,
    /// What they could give beside it, MW.
    pub headroom_mw: Option<Sourced<f64>>,
    /// Headroom of each month over that.
    pub headroom_by_month: Option<[f64; 12]>,
    /// What a kWh emits.
    pub g_per_kwh: Sourced<f64>,
    /// Part of the fuel's cost that is paid abroad.
    pub import_share: Option<Sourced<f64>>,
}

/// The ledger's part of a scenario.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LedgerSection {
    /// Who owns the machines.
    pub operator: OperatorSection,
    /// Losses on the way.
    pub losses: LossesSection,
    /// Which plants serve the next MW.
    pub supply: SupplySection,
    /// Plants, in place of a table.
    pub plant: Vec<PlantSection>,
    /// Reference costs beside those of the region.
    pub reference: Vec<ReferenceSection>,
    /// Payments to generators for being there.
    pub capacity_payments: CapacitySection,
    /// What the site pays.
    pub tariff_terms: TermsSection,
    /// The hours.
    pub hours: LedgerHoursSection,
    /// The AI on the same megawatts.
    pub ai: AiSection,
    /// Other uses.
    pub uses: UsesSection,
    /// The border.
    pub foreign_exchange: ForeignExchangeSection,
    /// Carbon.
    pub carbon: CarbonSection,
    /// Who bears what.
    pub payers: PayersSection,
    /// The market.
    pub market: LedgerMarketSection,
}
