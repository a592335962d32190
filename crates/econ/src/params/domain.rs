//! The parameters by domain. Each row: field, key, unit, possible range, default and description.
//!
//! Shares and rates are pure numbers: 0.05 is 5 %. Years have 365 days. A money amount names its unit in
//! its key; a [`Price`] names its currency.

use super::{Absent, ParamId, Spec, Unit};
use hashwatt_quantities::plausible::{BITCOIN_PRICE, BLOCK_FEES};

/// Whether an amount of money is in dollars or in the scenario's local currency, at day-one prices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Denomination {
    /// Dollars: follows the dollar's price level.
    #[default]
    Usd,
    /// Local money: follows the local price level over the exchange rate.
    Local,
}

/// A price with its denomination.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Price<T = f64> {
    /// Units of the denomination for the unit that the field names.
    pub value: T,
    /// The denomination.
    pub denomination: Denomination,
}

impl<T> Price<T> {
    /// Creates a price in dollars.
    pub fn usd(value: T) -> Self {
        Self { value, denomination: Denomination::Usd }
    }

    /// Creates a price in local money.
    pub fn local(value: T) -> Self {
        Self { value, denomination: Denomination::Local }
    }

    /// Maps the value; the denomination stays.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Price<U> {
        Price { value: convert(self.value), denomination: self.denomination }
    }
}

macro_rules! parameters {
    ($(
        $(#[$doc:meta])*
        $Domain:ident {
            $( $field:ident: $key:literal, $unit:ident, $least:expr, $most:expr, $absent:expr, $text:literal; )+
        }
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct $Domain<T = f64> {
            $( #[doc = $text] pub $field: T, )+
        }

        impl<T: Copy> $Domain<T> {
            /// Maps every field.
            #[allow(dead_code, reason = "not every domain needs it")]
            pub(crate) fn map<U>(&self, mut convert: impl FnMut(T) -> U) -> $Domain<U> {
                $Domain { $( $field: convert(self.$field), )+ }
            }

            /// Maps every field with a function that may fail.
            ///
            /// # Errors
            /// The first error of the function.
            #[allow(dead_code, reason = "not every domain needs it")]
            pub(crate) fn try_map<U, E>(&self, mut convert: impl FnMut(T) -> Result<U, E>) -> Result<$Domain<U>, E> {
                Ok($Domain { $( $field: convert(self.$field)?, )+ })
            }
        }

        impl $Domain<Spec> {
            /// The specification of each parameter of the domain.
            pub(crate) const SPECS: Self = Self {
                $( $field: Spec {
                    key: $key, unit: Unit::$unit, least: $least, most: $most, absent: $absent, text: $text,
                }, )+
            };

            /// All rows of the domain.
            pub(crate) fn rows(&self) -> Vec<Spec> {
                vec![ $( self.$field, )+ ]
            }
        }

        impl $Domain<ParamId> {
            /// The values of one draw.
            #[allow(dead_code, reason = "not every domain needs it")]
            pub(crate) fn at(&self, values: &[f64]) -> $Domain {
                self.map(|id| values[id.index()])
            }
        }
    )+
        /// Every row of every domain, in the order of the documentation.
        pub fn all_specs() -> Vec<(&'static str, Vec<Spec>)> {
            vec![ $( (stringify!($Domain), $Domain::SPECS.rows()), )+ ]
        }
    };
}

const NONE: Absent = Absent::None(0.0);
const ALL: Absent = Absent::None(1.0);
const MISSING: Absent = Absent::Missing;

const fn assumed(value: f64, low: f64, high: f64, basis: &'static str) -> Absent {
    Absent::Assumed { value, low, high, basis }
}

const fn exactly(value: f64, basis: &'static str) -> Absent {
    assumed(value, value, value, basis)
}

parameters! {
    /// The network on day one, without the project; the default is the shipped snapshot.
    NetworkState {
        others: "network_hashrate_eh_per_s", EhPerS, 1e-18, 1e12, MISSING, "Hashrate of all other miners, EH/s";
        price: "price_usd_per_btc", UsdPerBtc, BITCOIN_PRICE.possible[0].as_usd_per_btc(), BITCOIN_PRICE.possible[1].as_usd_per_btc(), MISSING, "Bitcoin price, USD/BTC";
        fees: "fees_btc_per_block", Btc, 0.0, BLOCK_FEES.ceiling().as_btc(), MISSING, "Mean transaction fees per block, BTC";
    }
    /// The trend of the market.
    MarketTrend {
        price_drift: "market.price_drift_per_year", PerYear, -3.0, 3.0, NONE, "Drift of the median real bitcoin price, log change per year";
    }
    /// Growth of other miners that do not respond to hashprice.
    OthersTrend {
        growth: "market.others_growth_per_year", PerYear, -0.99, 10.0, MISSING, "Annual growth of all other miners' hashrate at any hashprice, (1 + growth)^years; if omitted, other miners respond to hashprice";
    }
    /// How other miners respond to hashprice.
    ResponseParameters {
        leaving_days: "response.leaving_days", Days, 1e-3, 3650.0, exactly(30.0, "after the halving of April 2024 the 30-day mean fell for 80 days, by 8 %"), "Days over which machines that do not cover their running costs are switched off";
        joining_days: "response.joining_days", Days, 1e-3, 3650.0, exactly(60.0, "after the same halving the network was back at its peak 32 days after its low"), "Days over which idle machines that would cover their running costs are switched on again";
        entry_ratio: "response.entry_ratio", One, 1e-3, 100.0, exactly(1.5, "15 J/TH at all cash costs of surveyed miners and capital at 15 % over four years, against the others' mean running cost"), "Ratio of hashprice to the other miners' mean running cost at which network hashrate is constant";
        growth: "response.growth_per_year", PerYear, 0.0, 10.0, exactly(0.8, "2023 to 2025 grew by 35 to 100 % a year"), "Annual growth for each e-fold of hashprice above the entry ratio";
        most_growth: "response.most_growth_per_year", PerYear, 1e-3, 10.0, exactly(1.7, "with machines that already existed, hashrate grew by 0.144 a month after the ban of 2021"), "Maximum annual growth";
        cost_decline: "response.cost_decline_per_year", PerYear, 0.0, 10.0, exactly(0.10, "the fleet's J/TH fell by 0.145 a year from 2020 to 2024"), "Annual decline of the other miners' mean running cost";
    }
    /// Deductions by the mining pool.
    Pool {
        fee: "pool_fee", One, 0.0, 1.0, NONE, "Share of the reward kept by the pool";
        stale: "stale", One, 0.0, 1.0, NONE, "Share of the work that arrives too late to be paid";
    }
    /// Exchange rate, price levels and discount rates.
    Money {
        exchange_rate: "exchange_rate", One, 1e-6, 1e9, ALL, "Local currency units per dollar on day one";
        depreciation: "money.depreciation_per_year", PerYear, -0.5, 10.0, NONE, "Annual increase of the dollar's price in local currency";
        inflation_usd: "money.inflation_usd_per_year", PerYear, -0.5, 10.0, NONE, "Annual growth of the dollar price level";
        inflation_local: "money.inflation_local_per_year", PerYear, -0.5, 10.0, NONE, "Annual growth of the local price level";
        discount: "project.discount_per_year", PerYear, -0.5, 10.0, assumed(0.10, 0.10, 0.10, "a real dollar is worth 10 % less a year later"), "Real discount rate per year";
    }
    /// Who owns the machines, how they are financed and where the money goes.
    Operator {
        spares: "operator.spares_per_year", PerYear, 0.0, 1.0, NONE, "Annual cost of spare parts as a share of the machines' price";
        costs_home: "operator.costs_local_share", One, 0.0, 1.0, ALL, "Share of other cash costs that is spent in the country";
        import_duty: "operator.import_duty", One, 0.0, 10.0, NONE, "Import duty and freight as a share of the price of imported goods, for lots that state none";
        site_life: "operator.site_life_years", Years, 0.5, 100.0, assumed(12.0, 12.0, 12.0, "transformers and halls outlive machines"), "Service life of the site without machines, years";
        site_import: "operator.site_import_share", One, 0.0, 1.0, NONE, "Share of the site without machines that is imported";
        foreign_share: "operator.foreign_share", One, 0.0, 1.0, NONE, "Share of the operator that foreigners own";
        withholding_tax: "operator.withholding_tax", One, 0.0, 1.0, NONE, "Withholding tax on foreign owners' cash profit when it leaves the country";
        remitted: "operator.remitted", One, 0.0, 1.0, ALL, "Share of foreign owners' profit that is remitted in its year; the rest is a claim on the country";
        debt_share: "operator.debt_share", One, 0.0, 1.0, NONE, "Share of each outlay that is financed by debt";
        interest: "operator.interest_per_year", PerYear, 0.0, 10.0, NONE, "Nominal interest on the debt per year, in dollars";
        debt_years: "operator.debt_years", Years, 1.0, 50.0, exactly(4.0, "equal instalments over a machine's life"), "Years over which the debt is repaid in equal instalments";
        lenders_foreign: "operator.lenders_foreign_share", One, 0.0, 1.0, ALL, "Share of the debt that foreigners lend";
        income_tax: "operator.income_tax", One, 0.0, 1.0, NONE, "Income tax rate on profit";
        tax_life: "operator.tax_life_years", Years, 1.0, 50.0, exactly(5.0, "a usual depreciation schedule for computers"), "Years of straight-line depreciation for tax";
        loss_use: "operator.loss_use", One, 0.0, 1.0, ALL, "Maximum share of a year's profit that losses carried forward may offset";
        repatriated: "operator.repatriated", One, 0.0, 1.0, ALL, "Share of the mined bitcoin that is sold and repatriated";
        held_of_rest: "operator.held_of_rest", One, 0.0, 1.0, NONE, "Share of the remaining bitcoin that is held as bitcoin; the rest is sold and the money stays abroad";
    }
    /// What a site pays in addition to the price of its energy, and what the grid pays it.
    Terms {
        charge_when_curtailed: "tariff_terms.charge_when_curtailed", One, 0.0, 1.0, ALL, "Share of the capacity charge that is due for curtailed hours";
        inflation_indexed: "tariff_terms.inflation_indexed", One, 0.0, 2.0, ALL, "Degree to which the tariff follows the price level of its currency: 0 is fixed in nominal terms, 1 is fully indexed";
        dollar_indexed: "tariff_terms.dollar_indexed", One, 0.0, 1.0, NONE, "Share of a tariff in local currency that follows the exchange rate and the dollar price level";
        peak_ratio: "tariff_terms.peak_ratio", One, -100.0, 100.0, ALL, "Energy price in the profile's peak hours as a multiple of the tariff";
        off_peak_ratio: "tariff_terms.off_peak_ratio", One, -100.0, 100.0, ALL, "Energy price in other hours as a multiple of the tariff";
        recoverable_tax: "tariff_terms.recoverable_tax", One, 0.0, 1.0, NONE, "Sales tax that is refunded to the site, as a share of the bill";
        unrecoverable_tax: "tariff_terms.unrecoverable_tax", One, 0.0, 1.0, NONE, "Taxes that are not refunded, as a share of the bill";
        levy_share: "tariff_terms.levy_share", One, 0.0, 10.0, NONE, "Levies as a share of the bill";
        peak_charge: "tariff_terms.peak_charge_usd_per_mw_year", UsdPerMwYear, 0.0, 1e9, NONE, "Charge for load at coincident peaks, USD per MW and year";
        peaks_per_year: "tariff_terms.peaks_per_year", One, 1.0, 8760.0, exactly(4.0, "one peak in each of four months"), "Number of coincident peaks per year";
        peak_stopped: "tariff_terms.peak_stopped", One, 0.0, 1.0, NONE, "Probability that a call to stop before a coincident peak arrives in time";
        peak_lag: "tariff_terms.peak_billing_lag_years", Years, 0.0, 10.0, NONE, "Years between a coincident peak and the bill for it; 1 if the peaks of one year are billed in the next";
        ancillary_price: "grid_services.availability_usd_per_mwh", UsdPerMwh, 0.0, 1e6, NONE, "Availability payment for load offered as demand response or an ancillary service, USD per MW and hour";
        ancillary_share: "grid_services.offered_share", One, 0.0, 1.0, NONE, "Share of the load that is offered to the grid";
        ancillary_called: "grid_services.called", One, 0.0, 1.0, NONE, "Share of time in which the offered load is called to stop (activated); notice and ramps are not modelled";
        ancillary_strike: "grid_services.strike_usd_per_mwh", UsdPerMwh, 0.0, 1e6, NONE, "Payment per MWh of activated load, USD/MWh";
        standby: "scarcity.standby_share", One, 0.0, 1.0, NONE, "Standby load of stopped machines as a share of their nameplate power";
        emergency_hours: "scarcity.emergency_hours", HoursPerYear, 0.0, 8760.0, NONE, "Hours per year of emergency shutdown calls";
        emergency_price: "scarcity.emergency_usd_per_mwh", UsdPerMwh, 0.0, 1e6, NONE, "Payment by distribution companies for energy not taken in emergency calls, USD/MWh";
        most_curtailed: "scarcity.most_curtailed_hours", HoursPerYear, 0.0, 8760.0, Absent::None(8760.0), "Maximum hours per year in which an interruptible site may be curtailed";
    }
    /// A levy that is a share of the bill, in `[[tariff_terms.levies]]`.
    LevyFigures {
        share: "tariff_terms.levies.share", One, 0.0, 10.0, MISSING, "Levy as a share of the bill, instead of a price per kWh";
    }
    /// Power bought ahead, in `[contract]`.
    ContractFigures {
        volume: "contract.volume_mw", Mw, 0.0, 1e7, MISSING, "Power bought ahead for every hour with energy, MW; the site sells what it does not use and buys what it needs beyond it at the hour's price";
    }
    /// The supply of electricity.
    Supply {
        losses: "losses.to_customer", One, 0.0, 0.9, MISSING, "Losses from the plant to the customer's meter, as a share of the plant's output";
        losses_distribution: "losses.to_distribution", One, 0.0, 0.9, MISSING, "Losses from the plant to the handover to distribution companies, as a share of the plant's output";
        availability_ratio: "scarcity.availability_ratio", One, 0.0, 10.0, ALL, "Available capacity as a multiple of the profile's";
        reserve_mw: "scarcity.reserve_mw", Mw, 0.0, 1e6, NONE, "Capacity kept in reserve for the system, MW";
        deliverable: "supply.deliverable_headroom", One, 0.0, 1.0, ALL, "Share of the idle capacity of plants cheaper than the marginal plant that can be called";
        fuel_cost_ratio: "supply.fuel_cost_ratio", One, 0.0, 100.0, ALL, "Fuel costs as a multiple of those in the plant table";
        shortfall_to_state: "payers.shortfall_to_state", One, 0.0, 1.0, NONE, "Share of the distribution companies' shortfall that the state covers";
        rest_to_consumers: "payers.rest_to_consumers", One, 0.0, 1.0, NONE, "Share of the remaining shortfall that other consumers cover; what is left is circular debt";
        gain_to_consumers: "payers.gain_to_consumers", One, 0.0, 1.0, NONE, "Share of the distribution companies' gain that is passed on to other consumers";
    }
    /// A new plant built for the project.
    NewBuild {
        usd_per_kw: "capacity_payments.new_build_usd_per_kw", UsdPerKw, 0.0, 1e6, assumed(1000.0, 700.0, 1500.0, "a combined-cycle plant"), "Capital cost of a new plant, USD/kW";
        life: "capacity_payments.new_build_life_years", Years, 1.0, 100.0, assumed(25.0, 20.0, 30.0, "the usual term of a contract"), "Years over which the new plant is paid off";
        import_share: "capacity_payments.new_build_import_share", One, 0.0, 1.0, assumed(0.7, 0.5, 0.9, "turbines and boilers against civil works"), "Share of the new plant that is imported";
        foreign_share: "capacity_payments.new_build_foreign_share", One, 0.0, 1.0, NONE, "Share of the new plant that foreigners own";
        availability: "capacity_payments.new_build_availability", One, 0.1, 1.0, assumed(0.88, 0.82, 0.92, "a combined-cycle plant"), "Share of time in which the new plant is available";
    }
    /// GPUs for rent that use the same power.
    Ai {
        rent: "ai.rent_usd_per_gpu_hour", UsdPerGpuHour, 0.0, 1000.0, MISSING, "GPU rental price on day one, USD per GPU-hour";
        decline: "ai.decline_per_year", PerYear, -1.0, 0.99, NONE, "Annual decline of the rental price of the same GPU";
        contract: "ai.contract_years", Years, 0.0, 50.0, NONE, "Years for which the day-one rental price is contracted; the market price applies afterwards";
        take_or_pay: "ai.take_or_pay", One, 0.0, 1.0, NONE, "Share of the running hours that is paid under the contract whether or not it is used";
        kw_per_gpu: "ai.kw_per_gpu", KwPerGpu, 0.01, 100.0, MISSING, "Power of servers, network and storage per GPU, kW";
        pue: "ai.pue", One, 1.0, 5.0, MISSING, "Power usage effectiveness of the AI site";
        sold: "ai.sold", One, 0.0, 1.0, MISSING, "Share of the hours that is sold";
        uptime: "ai.uptime", One, 0.0, 1.0, MISSING, "Share of time in operation";
        shell: "ai.shell_usd_per_mw", UsdPerMw, 0.0, 1e9, MISSING, "Halls, power and cooling, USD/MW";
        usd_per_gpu: "ai.usd_per_gpu", UsdPerGpu, 0.0, 1e7, MISSING, "Servers, network and storage per GPU, USD";
        life: "ai.life_years", Years, 0.5, 30.0, MISSING, "Economic life of a GPU, years";
        costs: "ai.costs_usd_per_mwh", UsdPerMwh, 0.0, 1e6, MISSING, "Cash costs other than energy, USD/MWh";
        export_share: "ai.export_share", One, 0.0, 1.0, MISSING, "Share of the rental income that comes from abroad";
        import_share: "ai.import_share", One, 0.0, 1.0, MISSING, "Share of the capital goods that is imported";
    }
    /// Power leased to a tenant for its own equipment.
    Lease {
        power: "lease.power_mw", Mw, 0.0, 1e7, MISSING, "Leased power at the site's meter, overhead included, MW";
        pue: "lease.pue", One, 1.0, 5.0, assumed(1.4, 1.25, 1.45, "power at the meter over that of the tenant's equipment: 250/200 MW at Lake Mariner, 100/70 at Muskogee, 244/168 at Barber Lake (TeraWulf, Core Scientific, Cipher, 2025)"), "Power at the meter over power of the tenant's equipment";
        load: "lease.load", One, 0.0, 1.0, assumed(0.8, 0.6, 0.95, "tenants draw less than they lease; no published figure was found"), "Mean load as a share of the leased power";
        rent: "lease.rent_usd_per_mw_year", UsdPerMwYear, 0.0, 1e9, MISSING, "Annual rent per MW of the tenant's equipment (critical IT load), USD";
        escalation: "lease.escalation_per_year", PerYear, -0.5, 1.0, NONE, "Annual nominal increase of the rent from the first day of the lease";
        energy_by_tenant: "lease.energy_by_tenant", One, 0.0, 1.0, ALL, "Share of the energy bill that the tenant pays";
        costs_share: "lease.costs_share", One, 0.0, 1.0, assumed(0.15, 0.10, 0.20, "margins of sites of 80 to 90 % of the rent (TeraWulf, Cipher, Core Scientific, 2025)"), "Cost of running the site as a share of the rent, energy excluded";
        fit_out: "lease.fit_out_usd_per_mw", UsdPerMw, 0.0, 1e9, MISSING, "Halls, power and cooling per MW of the tenant's equipment, USD/MW";
        fit_out_by_tenant: "lease.fit_out_by_tenant", One, 0.0, 1.0, NONE, "Share of the fit-out that the tenant pays";
        conversion: "lease.conversion_usd_per_mw", UsdPerMw, 0.0, 1e9, NONE, "Cost of clearing the site for the lease, USD per MW at the meter";
        export_share: "lease.export_share", One, 0.0, 1.0, MISSING, "Share of the tenant that is foreign; a domestic tenant's income from the power is not modelled, so its rent is a cost to residents";
        import_share: "lease.import_share", One, 0.0, 1.0, MISSING, "Share of the fit-out that is imported";
    }
    /// Effects of the site on the bills of other consumers.
    Bills {
        at_marginal_price: "bills.at_marginal_price", One, 0.0, 1.0, NONE, "Share of other consumers' energy whose price follows the cost of the plant that serves the next MW";
        new_network: "bills.new_network_usd_per_mw_year", UsdPerMwYear, 0.0, 1e9, NONE, "Shared network costs that the site adds, USD per MW of contracted power and year";
        other_load: "bills.other_load_mw", Mw, 0.0, 1e7, MISSING, "Mean load of other consumers at the plants, MW; if omitted, the demand of scarcity.profile";
    }
    /// Carbon and lost load.
    Externalities {
        grid_average: "grid_average_g_per_kwh", GramsPerKwh, 0.0, 5000.0, MISSING, "Average emissions of the grid at the plant, g CO2/kWh";
        embodied: "carbon.embodied_kg_per_th_s", KgPerThS, 0.0, 1000.0, MISSING, "Embodied emissions of machines, kg CO2 per TH/s";
        others_j_per_th: "carbon.others_j_per_th", JoulesPerTh, 1.0, 1e4, MISSING, "Energy per hash of displaced miners, J/TH";
        others_g_per_kwh: "carbon.others_g_per_kwh", GramsPerKwh, 0.0, 5000.0, MISSING, "Emissions of displaced miners' energy, g CO2/kWh";
        carbon_price: "carbon.price_usd_per_t", UsdPerT, 0.0, 1e5, MISSING, "Cost of a tonne of CO2 to the nation, USD/t";
        lost_load: "uses.lost_load_usd_per_kwh", UsdPerKwh, 0.0, 1e4, MISSING, "Value of lost load, USD/kWh";
    }
    /// Alternative uses of the energy.
    Uses {
        value_added: "uses.industry_value_added_usd_per_mwh", UsdPerMwh, 0.0, 1e6, MISSING, "Value added by industry per MWh, USD";
        industry_capital: "uses.industry_capital_usd_per_mwh", UsdPerMwh, 0.0, 1e6, MISSING, "Industry's capital cost per MWh, USD";
        industry_local: "uses.industry_local_share", One, 0.0, 1.0, MISSING, "Share of industry's value added that stays in the country";
        household_use: "household_use_kwh_per_month", KwhPerMonth, 1e-3, 1e9, MISSING, "Electricity use of a household, kWh/month";
    }
    /// The split of the power, the state's discount rate and displacement.
    Budget {
        mining_share: "mining_share", One, 0.0, 1.0, exactly(1.0, "all power is used for mining"), "Share of the power used for mining; the rest serves AI";
        state_discount: "money.state_discount_per_year", PerYear, -0.5, 10.0, MISSING, "Real discount rate per year of the state's flows; if omitted, the project's";
        displacement: "displacement", One, 0.0, 1.0, MISSING, "Share of the project's hashrate that displaces other miners; if omitted, other miners respond to the market";
    }
    /// A site: at the top level for all of them, or in `[[site]]`.
    SiteFigures {
        power: "power_mw", Mw, 0.0, 1e7, MISSING, "Contracted power at the site's meter, MW; if omitted, that of its lots";
        grid: "grid_mw", Mw, 0.0, 1e7, MISSING, "Grid connection, MW: load never exceeds it; if omitted, there is no limit";
        pue: "pue", One, 1.0, 10.0, exactly(1.05, "an air- or hydro-cooled site"), "Power usage effectiveness";
        uptime: "uptime", One, 0.0, 1.0, exactly(0.95, "a rarely curtailed site"), "Share of the hours with energy in which machines run";
        other_costs: "other_costs_usd_per_mwh", UsdPerMwh, 0.0, 1e6, NONE, "Cash costs other than energy, USD/MWh";
        infrastructure: "infrastructure_usd_per_mw", UsdPerMw, 0.0, 1e9, MISSING, "Capital cost of the site without machines, USD/MW";
    }
    /// Machines bought together, in `[[lot]]`.
    LotFigures {
        power: "lot.power_mw", Mw, 0.0, 1e7, MISSING, "Nameplate power at the site's meter, overhead included, MW; without it and without a count, all of the site's power";
        efficiency: "lot.efficiency_j_per_th", JoulesPerTh, 0.1, 1e9, exactly(15.0, "an air-cooled machine of 2024, such as Antminer S21 Pro"), "Energy per hash of a new machine, without site overhead, J/TH";
        price: "lot.machine_price_usd_per_th_s", UsdPerThS, 0.0, 1e6, MISSING, "Factory price, USD per TH/s";
        duty: "lot.duty", One, 0.0, 10.0, NONE, "Import duty and freight as a share of the price; if omitted, `operator.import_duty`";
        failure: "lot.failure_per_year", PerYear, 0.0, 1.0, NONE, "Share of the machines that fails permanently per year";
        drift: "lot.drift_per_year", PerYear, 0.0, 1.0, NONE, "Annual increase of energy per hash";
        resale: "lot.resale", One, 0.0, 1.0, NONE, "Resale value at the end of life as a share of the price";
    }
    /// Power plants of one kind, in `[[plant]]`.
    PlantFigures {
        mean: "plant.mean_mw", Mw, 0.0, 1e7, MISSING, "Mean output, MW";
        headroom: "plant.headroom_mw", Mw, 0.0, 1e7, NONE, "Idle capacity above the mean output, MW";
        g_per_kwh: "plant.g_per_kwh", GramsPerKwh, 0.0, 5000.0, MISSING, "Emissions, g CO2/kWh";
        import_share: "plant.import_share", One, 0.0, 1.0, NONE, "Share of its cost that is paid abroad";
    }
    /// A price that the tariff is compared with, in `[[reference]]`.
    ReferenceFigures {
        loss: "reference.loss_factor", One, 0.0, 0.9, MISSING, "Losses from the metering point of the reference to the customer; if omitted, those of `[losses]`";
    }
}
