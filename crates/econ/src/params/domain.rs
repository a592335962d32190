//! The parameters by domain. Each row: field, key, unit, possible range, what holds without it.
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
    /// In what.
    pub denomination: Denomination,
}

impl<T> Price<T> {
    /// In dollars.
    pub fn usd(value: T) -> Self {
        Self { value, denomination: Denomination::Usd }
    }

    /// In local money.
    pub fn local(value: T) -> Self {
        Self { value, denomination: Denomination::Local }
    }

    /// The same denomination with another value.
    pub fn map<U>(self, of: impl FnOnce(T) -> U) -> Price<U> {
        Price { value: of(self.value), denomination: self.denomination }
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
            /// The same fields with something else in them.
            pub fn map<U>(&self, mut of: impl FnMut(T) -> U) -> $Domain<U> {
                $Domain { $( $field: of(self.$field), )+ }
            }

            /// The same where each may fail.
            ///
            /// # Errors
            /// The first that does.
            pub fn try_map<U, E>(&self, mut of: impl FnMut(T) -> Result<U, E>) -> Result<$Domain<U>, E> {
                Ok($Domain { $( $field: of(self.$field)?, )+ })
            }
        }

        impl $Domain<Spec> {
            /// What each parameter of the domain is.
            pub const SPECS: Self = Self {
                $( $field: Spec {
                    key: $key, unit: Unit::$unit, least: $least, most: $most, absent: $absent, text: $text,
                }, )+
            };

            /// All rows of the domain.
            pub fn rows(&self) -> Vec<Spec> {
                vec![ $( self.$field, )+ ]
            }
        }

        impl $Domain<ParamId> {
            /// The values of one draw.
            pub fn at(&self, values: &[f64]) -> $Domain {
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
    /// The network on day one, without the project. Not given, it is that of the shipped snapshot.
    NetworkState {
        others: "network_hashrate_eh_per_s", EhPerS, 1e-18, 1e12, MISSING, "Hashrate of everybody else, EH/s";
        price: "price_usd_per_btc", UsdPerBtc, BITCOIN_PRICE.possible[0].as_usd_per_btc(), BITCOIN_PRICE.possible[1].as_usd_per_btc(), MISSING, "Price of a bitcoin, USD";
        fees: "fees_btc_per_block", Btc, 0.0, BLOCK_FEES.ceiling().as_btc(), MISSING, "Mean fees of a block, BTC";
    }
    /// How the market moves where nothing else is given.
    MarketTrend {
        price_drift: "market.price_drift_per_year", PerYear, -3.0, 3.0, NONE, "Growth a year of the real median price of a bitcoin, a logarithm";
    }
    /// What other miners do in place of answering what a hash earns.
    OthersTrend {
        growth: "market.others_growth_per_year", PerYear, -0.99, 10.0, MISSING, "Growth a year of everybody else's hashrate whatever a hash earns, (1 + growth)^years; without it they answer what a hash earns";
    }
    /// How other miners answer what a hash earns.
    ResponseParameters {
        leaving_days: "response.leaving_days", Days, 1e-3, 3650.0, exactly(30.0, "after the halving of April 2024 the 30-day mean fell for 80 days, by 8 %"), "Days in which machines that do not earn their running costs are switched off";
        joining_days: "response.joining_days", Days, 1e-3, 3650.0, exactly(60.0, "after the same halving the network was back at its peak 32 days after its low"), "Days in which idle ones that would earn them come back";
        entry_ratio: "response.entry_ratio", One, 1e-3, 100.0, exactly(1.5, "15 J/TH at all cash costs of surveyed miners and capital at 15 % over four years, against the others' mean running cost"), "Hashprice over the others' mean running cost at which the network stands still";
        growth: "response.growth_per_year", PerYear, 0.0, 10.0, exactly(0.8, "2023 to 2025 grew by 35 to 100 % a year"), "Growth a year for each e-fold of hashprice above that";
        most_growth: "response.most_growth_per_year", PerYear, 1e-3, 10.0, exactly(1.7, "machines that were already made grew by 0.144 a month after the ban of 2021"), "The most growth a year";
        cost_decline: "response.cost_decline_per_year", PerYear, 0.0, 10.0, exactly(0.10, "the fleet's J/TH fell by 0.145 a year from 2020 to 2024"), "How fast the mean cost falls a year";
    }
    /// What arrives of a share's pay.
    Pool {
        fee: "pool_fee", One, 0.0, 1.0, NONE, "Part of the reward that the pool keeps";
        stale: "stale", One, 0.0, 1.0, NONE, "Part of the work that comes too late";
    }
    /// Exchange rate, price levels and discount rates.
    Money {
        exchange_rate: "exchange_rate", One, 1e-6, 1e9, ALL, "Local money for a dollar on day one";
        depreciation: "money.depreciation_per_year", PerYear, -0.5, 10.0, NONE, "How much more local money a dollar costs each year";
        inflation_usd: "money.inflation_usd_per_year", PerYear, -0.5, 10.0, NONE, "Growth a year of the dollar's price level";
        inflation_local: "money.inflation_local_per_year", PerYear, -0.5, 10.0, NONE, "Growth a year of the local price level";
        discount: "project.discount_per_year", PerYear, -0.5, 10.0, assumed(0.10, 0.10, 0.10, "a dollar a year later is worth 10 % less, real"), "Real discount rate a year";
    }
    /// Who owns the machines, how they are financed and where the money goes.
    Operator {
        spares: "operator.spares_per_year", PerYear, 0.0, 1.0, NONE, "Spare parts in a year over the machines' price";
        costs_home: "operator.costs_local_share", One, 0.0, 1.0, ALL, "Part of other cash costs that is spent at home";
        import_duty: "operator.import_duty", One, 0.0, 10.0, NONE, "Duty and freight over the price of what is bought abroad, where a lot has none of its own";
        site_life: "operator.site_life_years", Years, 0.5, 100.0, assumed(12.0, 12.0, 12.0, "transformers and halls outlive machines"), "Years that the site without machines serves";
        site_import: "operator.site_import_share", One, 0.0, 1.0, NONE, "Part of the site without machines that is bought abroad";
        foreign_share: "operator.foreign_share", One, 0.0, 1.0, NONE, "Part of the operator that foreigners own";
        withholding_tax: "operator.withholding_tax", One, 0.0, 1.0, NONE, "Tax on the foreigners' profit in money when it leaves the country";
        remitted: "operator.remitted", One, 0.0, 1.0, ALL, "Part of the foreigners' profit that leaves the country in its year; the rest is a claim";
        debt_share: "operator.debt_share", One, 0.0, 1.0, NONE, "Part of the outlay that is borrowed when it is spent";
        interest: "operator.interest_per_year", PerYear, 0.0, 10.0, NONE, "Nominal interest on it, a year, in dollars";
        debt_years: "operator.debt_years", Years, 1.0, 50.0, exactly(4.0, "equal parts over a machine's life"), "Years in which it is paid back in equal parts";
        lenders_foreign: "operator.lenders_foreign_share", One, 0.0, 1.0, ALL, "Part of it that foreigners lend";
        income_tax: "operator.income_tax", One, 0.0, 1.0, NONE, "Tax on profit";
        tax_life: "operator.tax_life_years", Years, 1.0, 50.0, exactly(5.0, "a usual schedule of computers"), "Years of straight-line depreciation for tax";
        loss_use: "operator.loss_use", One, 0.0, 1.0, ALL, "Most of a year's profit that earlier losses may offset";
        repatriated: "operator.repatriated", One, 0.0, 1.0, ALL, "Part of the mined bitcoin that is sold and brought home";
        held_of_rest: "operator.held_of_rest", One, 0.0, 1.0, NONE, "Part of the rest that is kept as bitcoin; what is left stays abroad as money";
    }
    /// What a site pays beside the price of its energy, and what the grid pays it.
    Terms {
        charge_when_curtailed: "tariff_terms.charge_when_curtailed", One, 0.0, 1.0, ALL, "Part of the capacity charge that is due for curtailed hours";
        inflation_indexed: "tariff_terms.inflation_indexed", One, 0.0, 2.0, ALL, "How far the tariff follows the price level of its currency: 0 is a price fixed in money, 1 keeps pace";
        dollar_indexed: "tariff_terms.dollar_indexed", One, 0.0, 1.0, NONE, "Part of a tariff in local money that follows the exchange rate and the dollar's price level";
        peak_ratio: "tariff_terms.peak_ratio", One, -100.0, 100.0, ALL, "Price in the profile's peak hours over the tariff";
        off_peak_ratio: "tariff_terms.off_peak_ratio", One, -100.0, 100.0, ALL, "Price in other hours over the tariff";
        recoverable_tax: "tariff_terms.recoverable_tax", One, 0.0, 1.0, NONE, "Sales tax that the site gets back, over the bill";
        unrecoverable_tax: "tariff_terms.unrecoverable_tax", One, 0.0, 1.0, NONE, "Taxes on the bill that it does not get back";
        levy_share: "tariff_terms.levy_share", One, 0.0, 10.0, NONE, "Levies that are a part of the bill";
        peak_charge: "tariff_terms.peak_charge_usd_per_mw_year", UsdPerMwYear, 0.0, 1e9, NONE, "Charge for load in coincident peaks, USD for a MW a year";
        peaks_per_year: "tariff_terms.peaks_per_year", One, 1.0, 8760.0, exactly(4.0, "one peak in each of four months"), "Coincident peaks a year";
        peak_stopped: "tariff_terms.peak_stopped", One, 0.0, 1.0, NONE, "Probability that a call to stop before a peak comes in time";
        peak_lag: "tariff_terms.peak_billing_lag_years", Years, 0.0, 10.0, NONE, "Years from a peak to the bill of its charge: 1 where a year's peaks are billed in the next";
        ancillary_price: "grid_services.availability_usd_per_mwh", UsdPerMwh, 0.0, 1e6, NONE, "Pay for load that is offered to the grid as demand response or an ancillary service, USD for each MW and hour";
        ancillary_share: "grid_services.offered_share", One, 0.0, 1.0, NONE, "Part of the load that is offered";
        ancillary_called: "grid_services.called", One, 0.0, 1.0, NONE, "Part of the offered load's time in which it is called to stop (activated); notice and ramps are not modelled";
        ancillary_strike: "grid_services.strike_usd_per_mwh", UsdPerMwh, 0.0, 1e6, NONE, "Pay for a MWh that is called";
        standby: "scarcity.standby_share", One, 0.0, 1.0, NONE, "Load that stays while machines stand still, over their nameplate";
        emergency_hours: "scarcity.emergency_hours", HoursPerYear, 0.0, 8760.0, NONE, "Hours a year of emergency-off calls";
        emergency_price: "scarcity.emergency_usd_per_mwh", UsdPerMwh, 0.0, 1e6, NONE, "What distributors pay for the energy that is not taken then";
        most_curtailed: "scarcity.most_curtailed_hours", HoursPerYear, 0.0, 8760.0, Absent::None(8760.0), "Hours a year in which an interruptible site may be curtailed";
    }
    /// A levy that is a part of the bill, in `[[tariff_terms.levies]]`.
    LevyFigures {
        share: "tariff_terms.levies.share", One, 0.0, 10.0, MISSING, "Levy as a part of the bill, in place of its price for a kWh";
    }
    /// Power bought ahead, in `[contract]`.
    ContractFigures {
        volume: "contract.volume_mw", Mw, 0.0, 1e7, MISSING, "Power that is bought ahead for every hour with energy, MW; what is not taken of it is sold at the hour's price, what is taken beyond it is bought at that";
    }
    /// The supply of electricity.
    Supply {
        losses: "losses.to_customer", One, 0.0, 0.9, MISSING, "Losses from the plant to the customer's meter, over what the plant delivers";
        losses_distribution: "losses.to_distribution", One, 0.0, 0.9, MISSING, "Losses from the plant to where distributors take over";
        availability_ratio: "scarcity.availability_ratio", One, 0.0, 10.0, ALL, "Available capacity over the profile's";
        reserve_mw: "scarcity.reserve_mw", Mw, 0.0, 1e6, NONE, "Capacity that stays free for the system, MW";
        deliverable: "supply.deliverable_headroom", One, 0.0, 1.0, ALL, "Part of the idle capacity of plants cheaper than the marginal one that can be called on";
        fuel_cost_ratio: "supply.fuel_cost_ratio", One, 0.0, 100.0, ALL, "Fuel costs over those of the table";
        shortfall_to_state: "payers.shortfall_to_state", One, 0.0, 1.0, NONE, "Part of a shortfall of distributors that the state pays";
        rest_to_consumers: "payers.rest_to_consumers", One, 0.0, 1.0, NONE, "Part of the rest that other consumers pay; what is left is circular debt";
        gain_to_consumers: "payers.gain_to_consumers", One, 0.0, 1.0, NONE, "Part of a gain of distributors that other consumers get back";
    }
    /// A new plant for the project.
    NewBuild {
        usd_per_kw: "capacity_payments.new_build_usd_per_kw", UsdPerKw, 0.0, 1e6, assumed(1000.0, 700.0, 1500.0, "a combined-cycle plant"), "Cost of a new plant, USD/kW";
        life: "capacity_payments.new_build_life_years", Years, 1.0, 100.0, assumed(25.0, 20.0, 30.0, "the usual term of a contract"), "Years in which it is paid for";
        import_share: "capacity_payments.new_build_import_share", One, 0.0, 1.0, assumed(0.7, 0.5, 0.9, "turbines and boilers against civil works"), "Part of it that is bought abroad";
        foreign_share: "capacity_payments.new_build_foreign_share", One, 0.0, 1.0, NONE, "Part of it that foreigners own";
        availability: "capacity_payments.new_build_availability", One, 0.1, 1.0, assumed(0.88, 0.82, 0.92, "a combined-cycle plant"), "Part of the time that it can run";
    }
    /// Graphics processors for rent on the same megawatts.
    Ai {
        rent: "ai.rent_usd_per_gpu_hour", UsdPerGpuHour, 0.0, 1000.0, MISSING, "Rent on day one, USD for a processor's hour";
        decline: "ai.decline_per_year", PerYear, -1.0, 0.99, NONE, "How fast the rent of the same processor falls a year";
        contract: "ai.contract_years", Years, 0.0, 50.0, NONE, "Years for which the rent of day one is agreed; then it is the market's";
        take_or_pay: "ai.take_or_pay", One, 0.0, 1.0, NONE, "Part of the running hours that is paid under that contract whether or not it is used";
        kw_per_gpu: "ai.kw_per_gpu", KwPerGpu, 0.01, 100.0, MISSING, "Power of servers, network and storage for each processor, kW";
        pue: "ai.pue", One, 1.0, 5.0, MISSING, "Power usage effectiveness of the AI site";
        sold: "ai.sold", One, 0.0, 1.0, MISSING, "Part of the hours that is sold";
        uptime: "ai.uptime", One, 0.0, 1.0, MISSING, "Part of the time that it runs";
        shell: "ai.shell_usd_per_mw", UsdPerMw, 0.0, 1e9, MISSING, "Hall, power and cooling, USD/MW";
        usd_per_gpu: "ai.usd_per_gpu", UsdPerGpu, 0.0, 1e7, MISSING, "Servers, network and storage for each processor, USD";
        life: "ai.life_years", Years, 0.5, 30.0, MISSING, "Years that a processor earns";
        costs: "ai.costs_usd_per_mwh", UsdPerMwh, 0.0, 1e6, MISSING, "Cash costs beside energy, USD/MWh";
        export_share: "ai.export_share", One, 0.0, 1.0, MISSING, "Part of the rent that comes from abroad";
        import_share: "ai.import_share", One, 0.0, 1.0, MISSING, "Part of the capital that is bought abroad";
    }
    /// Megawatts that a tenant leases for equipment of its own.
    Lease {
        power: "lease.power_mw", Mw, 0.0, 1e7, MISSING, "Leased power at the site's meter with overhead, MW";
        pue: "lease.pue", One, 1.0, 5.0, assumed(1.4, 1.25, 1.45, "power at the meter over that of the tenant's equipment: 250/200 MW at Lake Mariner, 100/70 at Muskogee, 244/168 at Barber Lake (TeraWulf, Core Scientific, Cipher, 2025)"), "Power at the meter over that of the tenant's equipment";
        load: "lease.load", One, 0.0, 1.0, assumed(0.8, 0.6, 0.95, "tenants draw less than they lease; nobody published how much"), "Part of the leased power that is drawn on average";
        rent: "lease.rent_usd_per_mw_year", UsdPerMwYear, 0.0, 1e9, MISSING, "Rent of a MW of the tenant's equipment (critical IT load) for a year, USD";
        escalation: "lease.escalation_per_year", PerYear, -0.5, 1.0, NONE, "How fast the rent grows a year from the lease's first day, in money";
        energy_by_tenant: "lease.energy_by_tenant", One, 0.0, 1.0, ALL, "Part of the energy bill that the tenant pays";
        costs_share: "lease.costs_share", One, 0.0, 1.0, assumed(0.15, 0.10, 0.20, "margins of sites of 80 to 90 % of the rent (TeraWulf, Cipher, Core Scientific, 2025)"), "Part of the rent that running the site takes, energy left out";
        fit_out: "lease.fit_out_usd_per_mw", UsdPerMw, 0.0, 1e9, MISSING, "Halls, power and cooling for a MW of the tenant's equipment, USD/MW";
        fit_out_by_tenant: "lease.fit_out_by_tenant", One, 0.0, 1.0, NONE, "Part of that which the tenant pays";
        conversion: "lease.conversion_usd_per_mw", UsdPerMw, 0.0, 1e9, NONE, "Clearing the site for it, USD for a MW at the meter";
        export_share: "lease.export_share", One, 0.0, 1.0, MISSING, "Part of the tenant that is abroad; what a tenant at home earns with the power is not modelled, so that its rent is a cost to residents";
        import_share: "lease.import_share", One, 0.0, 1.0, MISSING, "Part of the fit-out that is bought abroad";
    }
    /// What the site does to the bills of other consumers.
    Bills {
        at_marginal_price: "bills.at_marginal_price", One, 0.0, 1.0, NONE, "Part of other consumers' energy whose price follows the cost of the plant that serves the next MW";
        new_network: "bills.new_network_usd_per_mw_year", UsdPerMwYear, 0.0, 1e9, NONE, "What the site adds to shared network costs, USD for a MW of contracted power a year";
        other_load: "bills.other_load_mw", Mw, 0.0, 1e7, MISSING, "What other consumers take at the plants on average, MW; without it the demand of scarcity.profile";
    }
    /// Carbon and lost load.
    Externalities {
        grid_average: "grid_average_g_per_kwh", GramsPerKwh, 0.0, 5000.0, MISSING, "The grid's average emissions at the plant, g CO2/kWh";
        embodied: "carbon.embodied_kg_per_th_s", KgPerThS, 0.0, 1000.0, MISSING, "Making of the machines, kg CO2 for each TH/s";
        others_j_per_th: "carbon.others_j_per_th", JoulesPerTh, 1.0, 1e4, MISSING, "Energy per hash of miners that are pushed out, J/TH";
        others_g_per_kwh: "carbon.others_g_per_kwh", GramsPerKwh, 0.0, 5000.0, MISSING, "Emissions of their energy, g CO2/kWh";
        carbon_price: "carbon.price_usd_per_t", UsdPerT, 0.0, 1e5, MISSING, "What a tonne of CO2 costs those whom the nation counts, USD/t";
        lost_load: "uses.lost_load_usd_per_kwh", UsdPerKwh, 0.0, 1e4, MISSING, "What a consumer loses with a kWh that does not come, USD/kWh";
    }
    /// What else the energy could do.
    Uses {
        value_added: "uses.industry_value_added_usd_per_mwh", UsdPerMwh, 0.0, 1e6, MISSING, "Value that industry adds with a MWh, USD";
        industry_capital: "uses.industry_capital_usd_per_mwh", UsdPerMwh, 0.0, 1e6, MISSING, "Its capital for a MWh, USD";
        industry_local: "uses.industry_local_share", One, 0.0, 1.0, MISSING, "Part of its value that stays at home";
        household_use: "household_use_kwh_per_month", KwhPerMonth, 1e-3, 1e9, MISSING, "What a household uses, kWh a month";
    }
    /// What the power is for, and whom it displaces.
    Budget {
        mining_share: "mining_share", One, 0.0, 1.0, exactly(1.0, "the whole budget mines"), "Part of the power that mines; the rest serves AI";
        state_discount: "money.state_discount_per_year", PerYear, -0.5, 10.0, MISSING, "Real discount rate of the state's flows a year; else the project's";
        displacement: "displacement", One, 0.0, 1.0, MISSING, "Part of the own hashrate that pushes other miners out; without it they answer the market";
    }
    /// A site: at the top level for all of them, or in `[[site]]`.
    SiteFigures {
        power: "power_mw", Mw, 0.0, 1e7, MISSING, "Contracted power at the site's meter, MW; without it that of its lots";
        grid: "grid_mw", Mw, 0.0, 1e7, MISSING, "The grid connection, MW: load never exceeds it; without it there is no limit";
        pue: "pue", One, 1.0, 10.0, exactly(1.05, "an air- or hydro-cooled site"), "Power usage effectiveness";
        uptime: "uptime", One, 0.0, 1.0, exactly(0.95, "a site that is seldom curtailed"), "Part of the hours with energy in which machines run";
        other_costs: "other_costs_usd_per_mwh", UsdPerMwh, 0.0, 1e6, NONE, "Cash costs beside energy, USD/MWh";
        infrastructure: "infrastructure_usd_per_mw", UsdPerMw, 0.0, 1e9, MISSING, "The site without machines, USD/MW";
    }
    /// Machines that come together, in `[[lot]]`.
    LotFigures {
        power: "lot.power_mw", Mw, 0.0, 1e7, MISSING, "Nameplate at the site's meter with overhead, MW; without it or a count, all of the site's";
        efficiency: "lot.efficiency_j_per_th", JoulesPerTh, 0.1, 1e9, exactly(15.0, "an air-cooled machine of 2024, such as Antminer S21 Pro"), "Energy per hash at the machine when new, J/TH";
        price: "lot.machine_price_usd_per_th_s", UsdPerThS, 0.0, 1e6, MISSING, "Price at the factory, USD for 1 TH/s";
        duty: "lot.duty", One, 0.0, 10.0, NONE, "Duty and freight over the price; without it `operator.import_duty`";
        failure: "lot.failure_per_year", PerYear, 0.0, 1.0, NONE, "Part that fails for good in a year";
        drift: "lot.drift_per_year", PerYear, 0.0, 1.0, NONE, "How much more energy a hash takes each year";
        resale: "lot.resale", One, 0.0, 1.0, NONE, "Part of the price that is left at the end of life";
    }
    /// Plants of a kind, in `[[plant]]`.
    PlantFigures {
        mean: "plant.mean_mw", Mw, 0.0, 1e7, MISSING, "Mean output, MW";
        headroom: "plant.headroom_mw", Mw, 0.0, 1e7, NONE, "What it could give beside it, MW";
        g_per_kwh: "plant.g_per_kwh", GramsPerKwh, 0.0, 5000.0, MISSING, "Emissions, g CO2/kWh";
        import_share: "plant.import_share", One, 0.0, 1.0, NONE, "Part of its cost that is paid abroad";
    }
    /// A price that the tariff is held against, in `[[reference]]`.
    ReferenceFigures {
        loss: "reference.loss_factor", One, 0.0, 0.9, MISSING, "Losses from where it is metered to the customer; without it those of `[losses]`";
    }
}
