//! The worked cases of the independent reference implementation, as inputs of the engine.

use hashwatt_econ::engine::*;
use hashwatt_econ::params::*;
use hashwatt_econ::params::{Hour, HourProfile, MONTH_HOURS, SystemHour};
use jiff::civil::date;
use std::sync::Arc;

pub const YEAR_S: f64 = 365.0 * 86_400.0;

/// A lot with the reference's defaults.
pub fn lot(mw: f64) -> Lot {
    Lot {
        name: "lot".to_owned(),
        site: 0,
        mw,
        j_per_th: 15.0,
        price: 8.0,
        duty: 0.0,
        begins: 0.0,
        delivery: 0.0,
        life: 4.0 * YEAR_S,
        failure: 0.0,
        drift: 0.0,
        resale: 0.0,
        owned: false,
    }
}

/// Whole seconds of some years.
pub fn years(years: f64) -> f64 {
    (years * YEAR_S).round()
}

pub fn site() -> Site {
    Site {
        name: "site".to_owned(),
        power_mw: None,
        grid_mw: None,
        pue: 1.05,
        uptime: 0.95,
        tariff: Price::usd(0.04),
        tariff_steps: None,
        other_costs: 5.0,
        infrastructure: 430_000.0,
        capacity_charge: Price::usd(0.0),
        demand_charge: Price::usd(0.0),
        adjustments: Vec::new(),
        levies: Vec::new(),
        levy_steps: Vec::new(),
        levy_denomination: Denomination::Usd,
        levy_schedule: Vec::new(),
        contract: None,
        terms: Terms {
            charge_when_curtailed: 1.0,
            inflation_indexed: 1.0,
            peak_ratio: 1.0,
            off_peak_ratio: 1.0,
            peaks_per_year: 4.0,
            most_curtailed: 8760.0,
            ..Terms::default()
        },
        tiers: Vec::new(),
        heat_hashrate: [1.0; 12],
        heat_pue: [1.0; 12],
        hours: Arc::new(HourProfile::default()),
        dispatch: Dispatch::MustRun,
        cap_hours: None,
        modes: vec![PowerMode::NORMAL],
    }
}

/// The reference's defaults with some lots.
pub fn base(lots: Vec<Lot>) -> Inputs {
    Inputs {
        start: date(2026, 9, 11),
        years: 5.0,
        height: 965_664,
        network: NetworkState { others: 905.0, price: 65_159.0, fees: 0.023 },
        trend: MarketTrend::default(),
        others: Others::Growing(0.0),
        displacement: Some(0.0),
        response: ResponseParameters {
            leaving_days: 30.0,
            joining_days: 60.0,
            entry_ratio: 1.5,
            growth: 0.8,
            most_growth: 1.7,
            cost_decline: 0.1,
        },
        pool: Pool::default(),
        money: Money { exchange_rate: 1.0, discount: 0.10, ..Money::default() },
        level_paths: None,
        state_discount: None,
        operator: Operator {
            costs_home: 0.7,
            site_life: 12.0,
            site_import: 0.5,
            remitted: 1.0,
            interest: 0.12,
            debt_years: 4.0,
            lenders_foreign: 1.0,
            tax_life: 5.0,
            loss_use: 1.0,
            repatriated: 1.0,
            ..Operator::default()
        },
        sites: vec![site()],
        lots,
        ai: None,
        lease: None,
        case: HoursCase::Firm,
        supply: Supply {
            availability_ratio: 1.0,
            deliverable: 1.0,
            fuel_cost_ratio: 1.0,
            shortfall_to_state: 0.4,
            rest_to_consumers: 0.5,
            gain_to_consumers: 0.5,
            ..Supply::default()
        },
        retail: Price::usd(0.0),
        plants: Vec::new(),
        capacity: None,
        bills: None,
        externalities: Externalities {
            embodied: 2.0,
            others_j_per_th: 28.2,
            others_g_per_kwh: 400.0,
            ..Externalities::default()
        },
    }
}

pub fn plant(name: &str, mw: f64, cost: Price, import_share: f64, g_per_kwh: f64) -> Plant {
    Plant {
        name: name.to_owned(),
        cost: Some([cost; 12]),
        variable_om: Price::usd(0.0),
        mean_mw: [0.0; 12],
        headroom_mw: [mw; 12],
        shape: [1.0; 12],
        g_per_kwh,
        import_share,
    }
}

fn plain() -> Inputs {
    let lot = Lot { duty: 0.1, failure: 0.03, drift: 0.01, resale: 0.1, ..lot(100.0) };
    let mut case = base(vec![lot]);
    case.pool.fee = 0.01;
    case
}

fn local() -> Inputs {
    let first = Lot {
        j_per_th: 13.5,
        price: 7.5,
        duty: 0.21,
        delivery: years(0.5),
        life: years(5.0),
        failure: 0.03,
        drift: 0.01,
        resale: 0.05,
        ..lot(60.0)
    };
    let second = Lot {
        j_per_th: 17.5,
        price: 3.0,
        duty: 0.21,
        begins: years(0.75),
        life: years(2.0),
        resale: 0.1,
        ..lot(40.0)
    };
    let third = Lot {
        j_per_th: 11.0,
        price: 8.5,
        duty: 0.21,
        begins: years(2.75),
        life: years(5.0),
        resale: 0.1,
        ..lot(40.0)
    };
    let mut case = base(vec![first, second, third]);
    case.network.price = 80_000.0;
    case.trend.price_drift = 0.22;
    case.others = Others::Growing(0.15);
    case.displacement = Some(0.5);
    case.money = Money {
        exchange_rate: 281.0,
        depreciation: 0.045,
        inflation_local: 0.07,
        inflation_usd: 0.025,
        discount: 0.10,
    };
    case.operator = Operator {
        debt_share: 0.4,
        lenders_foreign: 0.75,
        income_tax: 0.29,
        foreign_share: 0.5,
        repatriated: 0.6,
        held_of_rest: 0.25,
        spares: 0.02,
        ..case.operator
    };
    let site = &mut case.sites[0];
    site.tariff = Price::local(11.5);
    site.other_costs = 3.0;
    site.capacity_charge = Price::local(500.0);
    site.levy_denomination = Denomination::Local;
    site.levy_steps = [(10.0, 0.5), (15.0, 1.5), (1e9, 0.0)]
        .map(|(below, rate)| LevyStep { below, rate })
        .to_vec();
    case.supply.losses = 0.0278;
    case.retail = Price::local(34.0);
    case.externalities.grid_average = 440.6;
    case.plants = vec![
        plant("coal", 50.0, Price::local(16.7), 0.75, 950.0),
        plant("gas", 1e9, Price::local(22.35), 0.9, 420.0),
    ];
    case
}

/// A synthetic series of 8,760 h: daily shape, high and negative prices, coincident peaks from June to September, scarce
/// evenings.
fn spot() -> HourProfile {
    let mut hour = 0u32;
    let mut months: [Vec<Hour>; 12] = std::array::from_fn(|_| Vec::new());
    for (m, month) in months.iter_mut().enumerate() {
        let n = MONTH_HOURS[m] as u32;
        for i in hour..hour + n {
            let d = i % 24;
            let shape = (2.0 * std::f64::consts::PI * (f64::from(d) - 10.0) / 24.0).sin();
            let plain = 30.0 + 15.0 * shape + f64::from(i % 7);
            let price = match i {
                _ if i.is_multiple_of(97) => 400.0,
                _ if i.is_multiple_of(211) => -20.0,
                _ => plain,
            };
            let chance = match (5..=8).contains(&m) {
                true => [0.0, 1.0, 2.0, 6.0, 2.0, 1.0, 0.0][(d.max(13) - 13).min(6) as usize],
                false => 0.0,
            };
            let scarce = (18..=20).contains(&d) && i.is_multiple_of(5);
            month.push(Hour {
                weight: 1.0,
                price_ratio: price / 30.0,
                available: 1.0,
                peak_probability: chance / 12.0 / (f64::from(n) / 24.0),
                system: SystemHour {
                    available_mw: if scarce { 20.0 } else { 400.0 },
                    demand_mw: 0.0,
                },
                peak: false,
            });
        }
        hour += n;
    }
    HourProfile::new(months).unwrap()
}

pub fn hours() -> Inputs {
    let lot = Lot { j_per_th: 17.5, price: 7.5, delivery: years(0.25), ..lot(50.0) };
    let mut case = base(vec![lot]);
    case.years = 4.0;
    case.operator.foreign_share = 0.1;
    case.operator.income_tax = 0.21;
    let site = &mut case.sites[0];
    site.tariff = Price::usd(0.030);
    site.dispatch = Dispatch::Responsive;
    site.hours = Arc::new(spot());
    site.modes = [(0.7, 0.84), (1.0, 1.0), (1.15, 1.12)]
        .map(|(speed, j_ratio)| PowerMode { speed, j_ratio })
        .to_vec();
    site.terms = Terms {
        peak_charge: 55_000.0,
        peak_stopped: 0.5,
        ancillary_price: 8.0,
        ancillary_share: 0.5,
        ancillary_called: 0.01,
        ancillary_strike: 50.0,
        ..site.terms
    };
    case.plants = vec![
        plant("wind", 15.0, Price::usd(0.0), 0.0, 0.0),
        plant("gas", 1e9, Price::usd(0.026), 0.0, 400.0),
    ];
    case.supply.losses = 0.01;
    case.externalities.lost_load = 10.0;
    case.externalities.carbon_price = 50.0;
    case.retail = Price::usd(0.12);
    case
}

/// Hours with energy only in some months.
pub fn winter() -> HourProfile {
    HourProfile::default().map(|month, hour| Hour {
        available: if (3..9).contains(&month) { 0.0 } else { 1.0 },
        ..hour
    })
}

pub fn cap() -> Inputs {
    let mut case = base(vec![Lot { life: years(9.0), ..lot(10.0) }]);
    case.start = date(2026, 1, 1);
    case.years = 1.0;
    let site = &mut case.sites[0];
    site.uptime = 1.0;
    site.cap_hours = Some(4000.0);
    site.hours = Arc::new(winter());
    case
}

pub fn grid() -> Inputs {
    let old = Lot {
        j_per_th: 19.0,
        price: 4.0,
        begins: years(-1.0),
        life: years(2.5),
        resale: 0.1,
        owned: true,
        ..lot(60.0)
    };
    let new = Lot {
        j_per_th: 12.0,
        price: 9.0,
        duty: 0.05,
        begins: years(1.25),
        delivery: years(0.5),
        life: years(5.0),
        resale: 0.1,
        ..lot(80.0)
    };
    let mut case = base(vec![old, new]);
    case.start = date(2027, 1, 1);
    case.years = 3.0;
    case.network.price = 98_000.0;
    case.money = Money {
        exchange_rate: 50.0,
        depreciation: 0.03,
        inflation_usd: 0.02,
        inflation_local: 0.06,
        discount: 0.10,
    };
    case.state_discount = Some(0.05);
    case.operator = Operator {
        debt_share: 0.5,
        debt_years: 10.0,
        income_tax: 0.25,
        tax_life: 7.0,
        loss_use: 0.5,
        ..case.operator
    };
    let site = &mut case.sites[0];
    site.grid_mw = Some(85.0);
    site.tariff = Price::usd(0.030);
    site.dispatch = Dispatch::Responsive;
    site.modes =
        [(0.8, 0.9), (1.0, 1.0)].map(|(speed, j_ratio)| PowerMode { speed, j_ratio }).to_vec();
    case.plants = vec![plant("gas", 1e9, Price::usd(0.034), 0.5, 500.0)];
    case.retail = Price::usd(0.1);
    case
}

/// Every worked case by its name.
pub fn all() -> [(&'static str, Inputs); 5] {
    [("plain", plain()), ("local", local()), ("hours", hours()), ("cap", cap()), ("grid", grid())]
}
