//! The headline case, 2,000 MW, to the digits of the project's oracle: network hashrate given as
//! 905 EH/s, reward 3.125 + 0.023 BTC, $65,159, 281 PKR/USD, tariff 22.98 PKR/kWh, PUE 1.05,
//! uptime 0.95, no fee, no stale work, block interval 600 * 2016/2015 s.

use hashwatt_econ::uncertainty::{Efficiency, Estimate};
use hashwatt_econ::units::{
    Btc, EnergyPrice, Fraction, Hashprice, Hashrate, JoulesPerHash, UsdPerBtc, UsdRate, Watts,
};
use hashwatt_econ::{Case, Catalogue, EconError, Fleet, Pool, Snapshot, Tariff};

fn headline(j_per_th: f64, displacement: f64) -> Case {
    let efficiency = Estimate::user_reported(JoulesPerHash::from_j_per_th(j_per_th), "test");
    let displacement = Fraction::new(displacement).unwrap();
    Case {
        fleet: Fleet::of_efficiency(Efficiency::new(efficiency).unwrap()),
        displacement: Estimate::user_reported(displacement, "test"),
        tariff: Some(Tariff {
            price: Estimate::user_reported("22.98 PKR/kWh".parse().unwrap(), "test"),
            exchange_rate: Some(Estimate::user_reported("281 PKR/USD".parse().unwrap(), "test")),
        }),
        ..Case::new(Watts::from_mw(2000.0))
    }
}

/// To the digits of the table, given as text.
fn close(what: &str, value: f64, table: &str) {
    let decimals = table.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let table: f64 = table.parse().unwrap();
    let half_a_digit = 0.5 * 10f64.powi(-(decimals as i32));
    assert!((value - table).abs() <= half_a_digit * 1.000_001, "{what}: {value}, table {table}");
}

#[test]
fn both_rows_of_the_oracle() {
    let table = [
        (
            15.0,
            [
                ("nameplate EH/s", "126.984127"),
                ("average EH/s", "120.634921"),
                ("share of blocks", "0.117620"),
                ("BTC/day before", "60.395725"),
                ("BTC/day after", "53.291995"),
                ("hashprice before", "32.621774"),
                ("hashprice after", "28.784809"),
                ("break-even USD/kWh after", "0.076150"),
                ("break-even PKR/kWh after", "21.398"),
                ("margin USD/day after", "-256686"),
            ],
        ),
        (
            9.5,
            [
                ("nameplate EH/s", "200.501253"),
                ("average EH/s", "190.476190"),
                ("share of blocks", "0.173875"),
                ("BTC/day before", "95.361672"),
                ("BTC/day after", "78.780638"),
                ("hashprice before", "32.621774"),
                ("hashprice after", "26.949655"),
                ("break-even USD/kWh after", "0.112572"),
                ("break-even PKR/kWh after", "31.633"),
                ("margin USD/day after", "1404129"),
            ],
        ),
    ];
    for (j_per_th, row) in table {
        let s = headline(j_per_th, 0.0).snapshot().unwrap();
        let values = [
            s.nameplate.as_eh_s(),
            s.average.as_eh_s(),
            s.share_of_blocks,
            s.before.btc.as_btc_per_day(),
            s.after.btc.as_btc_per_day(),
            s.before.hashprice.as_usd_per_ph_day(),
            s.after.hashprice.as_usd_per_ph_day(),
            s.after.break_even.tariff.as_usd_per_kwh(),
            s.local_break_even().unwrap().as_per_kwh(),
            s.margin_after.unwrap().as_usd_per_day(),
        ];
        for ((what, expected), value) in row.iter().zip(values) {
            close(&format!("{what} at {j_per_th} J/TH"), value, expected);
        }
    }
}

#[test]
fn figures_beside_the_table() {
    let s = headline(15.0, 0.0).snapshot().unwrap();
    close("TWh/year", s.energy_per_year.as_twh(), "16.644");
    close("Mt CO2/year", s.carbon_per_year.as_tonnes() / 1e6, "7.333");
    close("break-even price", s.after.break_even.price.unwrap().as_usd_per_btc(), "69976");
    let half = headline(15.0, 0.5).snapshot().unwrap();
    close("BTC/day after at d = 0.5", half.after.btc.as_btc_per_day(), "56.621924");
    assert_eq!(half.before, s.before, "before the retarget nobody has left");
}

#[test]
fn overflowing_inputs_are_errors_and_no_infinities() {
    let case = |change: fn(&mut Case)| {
        let mut case = headline(15.0, 0.0);
        change(&mut case);
        case.snapshot()
    };
    fn user<T>(value: T) -> Estimate<T> {
        Estimate::user_reported(value, "test")
    }
    type Change = fn(&mut Case);
    let refused: [(&str, Change); 8] = [
        ("power_mw", |c| c.allocation.power = user(Watts::from_mw(f64::NAN))),
        ("power_mw", |c| c.allocation.power = user(Watts::from_mw(-1.0))),
        ("power_mw", |c| c.allocation.power = user(Watts::from_mw(1e302))),
        ("network_eh_s", |c| c.network.hashrate = user(Hashrate::ZERO)),
        ("network_eh_s", |c| c.network.hashrate = user(Hashrate::from_eh_s(1e290))),
        ("price_usd", |c| c.network.price = user(UsdPerBtc::from_usd_per_btc(f64::NAN))),
        ("price_usd", |c| c.network.price = user(UsdPerBtc::from_usd_per_btc(1e308))),
        ("fees_per_block_btc", |c| c.network.fees_per_block = user(Btc::from_btc(1e308))),
    ];
    for (named, change) in refused {
        let refused = case(change);
        let Err(EconError::OutOfRange { field, .. }) = refused else { panic!("{refused:?}") };
        assert_eq!(field, named);
    }
    // At the bounds all together nothing overflows.
    let edge = case(|c| {
        c.allocation.power = user(Watts::from_mw(1e12));
        c.network.price = user(UsdPerBtc::from_usd_per_btc(1e18));
        c.network.hashrate = user(Hashrate::from_eh_s(1e-18));
        c.network.fees_per_block = user(Btc::from_btc(21e6));
    });
    assert!(edge.is_ok(), "{edge:?}");
}

#[test]
fn no_tariff_no_cost() {
    let s = Case::new(Watts::from_mw(2000.0)).snapshot().unwrap();
    assert_eq!((s.tariff, s.energy_cost, s.margin_after), (None, None, None));
    assert_eq!(s.after.break_even.price, None);
    assert!(s.subsidies.is_empty());
}

#[test]
fn no_power_is_no_income_and_no_fault() {
    let mut case = headline(15.0, 0.0);
    case.allocation.power = Estimate::user_reported(Watts::ZERO, "test");
    let s: Snapshot = case.snapshot().unwrap();
    assert_eq!(s.share_of_blocks, 0.0);
    assert_eq!(s.margin_after, Some(UsdRate::ZERO));
    assert!(s.after.break_even.tariff > EnergyPrice::ZERO);
    assert!(s.after.hashprice > Hashprice::ZERO && s.after.hashprice == s.before.hashprice);
}

#[test]
fn a_doubtful_machine_warns() {
    let catalogue = Catalogue::shipped().unwrap();
    let find = |name| catalogue.find(name).unwrap().clone();
    let warned = |name| {
        let fleet = Fleet::of_machine(find(name)).unwrap();
        let s = Case { fleet, ..headline(15.0, 0.0) }.snapshot().unwrap();
        s.warnings.iter().any(|warning| warning.contains("uncertain"))
    };
    assert!(warned("Antminer S23 XP Hyd (600T)"));
    assert!(!warned("Antminer S21 Pro (234T)"));
}

#[test]
fn fee_and_stale_work_lower_income_but_not_hashprice() {
    let whole = headline(15.0, 0.0).snapshot().unwrap();
    let mut case = headline(15.0, 0.0);
    let part = |value| Estimate::user_reported(Fraction::new(value).unwrap(), "test");
    case.pool = Pool { fee: part(0.02), stale: part(0.1) };
    let less = case.snapshot().unwrap();
    let ratio = 0.98 * 0.9;
    assert!((less.after.btc / whole.after.btc - ratio).abs() < 1e-12);
    assert!((less.after.break_even.tariff / whole.after.break_even.tariff - ratio).abs() < 1e-12);
    assert_eq!(less.after.hashprice, whole.after.hashprice);
}

#[test]
fn margins_are_each_their_own_income_less_the_same_energy() {
    let s = headline(15.0, 0.0).snapshot().unwrap();
    assert_eq!(s.margin_before.unwrap(), s.before.usd - s.energy_cost.unwrap());
    assert_eq!(s.margin_after.unwrap(), s.after.usd - s.energy_cost.unwrap());
    close("margin before", s.margin_before.unwrap().as_usd_per_day(), "206186");
}

#[test]
fn households_and_machines_are_counted_at_the_right_place() {
    let machine = Catalogue::shipped().unwrap().find("Antminer S21 Pro").unwrap().clone();
    let fleet = Fleet::of_machine(machine).unwrap();
    let s = Case { fleet, ..headline(15.0, 0.0) }.snapshot().unwrap();
    // 2,000 MW at the meter are 2,000/1.05 MW at machines of 3,510 W.
    close("machines", s.machines.unwrap(), "542667");
    // 16.644 TWh a year over 147 kWh a month.
    close("households", s.households, "9435374");
}

#[test]
fn a_case_warns_of_what_a_reader_must_know() {
    let warned = |case: Case, text: &str| {
        case.snapshot().unwrap().warnings.iter().any(|warning| warning.contains(text))
    };
    let base = || headline(15.0, 0.0);
    let mut giant = base();
    giant.allocation.power = Estimate::user_reported(Watts::from_mw(20_000.0), "test");
    assert!(warned(giant, "more than half of all blocks") && !warned(base(), "more than half"));

    let mut dear = base();
    dear.tariff = Some(Tariff {
        price: Estimate::user_reported("50 USD/kWh".parse().unwrap(), "test"),
        exchange_rate: None,
    });
    assert!(warned(dear, "per MWh?") && !warned(base(), "per MWh?"));

    let mut shared = base();
    let part = Fraction::new(0.75).unwrap();
    shared.allocation.mining_share = Estimate::user_reported(part, "test");
    assert!(warned(shared, "500 MW of the budget do not mine"));

    assert!(warned(base(), "does not earn its energy"));
    assert!(!warned(headline(9.5, 0.0), "does not earn its energy"));
    assert!(warned(base(), "uptime 0.95"));
}

#[test]
fn a_rate_that_nothing_needs_is_refused() {
    let mut case = headline(15.0, 0.0);
    case.tariff = Some(Tariff {
        price: Estimate::user_reported("0.05 USD/kWh".parse().unwrap(), "test"),
        exchange_rate: Some(Estimate::user_reported("0.9 EUR/USD".parse().unwrap(), "test")),
    });
    assert!(matches!(case.snapshot(), Err(EconError::CurrencyMismatch { .. })));
    // For dollars held against rupees the rupee's rate is needed.
    let mut case = headline(15.0, 0.0);
    case.references = hashwatt_econ::ReferenceCost::shipped("pakistan").unwrap();
    case.tariff = Some(Tariff {
        price: Estimate::user_reported("0.05 USD/kWh".parse().unwrap(), "test"),
        exchange_rate: Some(Estimate::user_reported("281 PKR/USD".parse().unwrap(), "test")),
    });
    let s = case.snapshot().unwrap();
    assert_eq!(s.subsidies.len(), 6);
    assert_eq!(s.local_break_even().unwrap().currency().to_string(), "USD");
}
