//! Levies by date, kind of load and source of power (equation M23): hand calculations and shipped presets.

use super::paths::{assert_near, run, total};
use super::{cases, flows};
use hashwatt_econ::account::{FlowKind, Quantity};
use hashwatt_econ::engine::*;
use hashwatt_econ::params::{Ai, Denomination, Hour, HourProfile, Price};
use hashwatt_econ::scenario::{Resolved, Scenario};
use jiff::civil::date;
use std::sync::Arc;

const DAY: f64 = 86_400.0;

/// 10 MW that always run from 1 January on, for a number of days.
fn days(days: f64) -> Inputs {
    let mut inputs = cases::base(vec![cases::lot(10.0)]);
    (inputs.start, inputs.years) = (date(2027, 1, 1), days / 365.0);
    inputs.sites[0].uptime = 1.0;
    inputs
}

fn levy(from: f64, until: f64, of: LevyOf, rate: LevyRate) -> DatedLevy {
    DatedLevy { from: from * DAY, until: until * DAY, of, rate }
}

fn kwh(usd: f64) -> LevyRate {
    LevyRate::Kwh(Price::usd(usd))
}

/// One levy starts in the middle of a month (an exemption ends), another ends within the year.
#[test]
fn dated_levies_apply_between_their_dates() {
    let mut inputs = days(365.0);
    inputs.sites[0].levies = vec![Price::usd(0.001)];
    inputs.sites[0].levy_schedule = vec![
        levy(15.0, f64::INFINITY, LevyOf::All, kwh(0.004)),
        levy(f64::NEG_INFINITY, 181.5, LevyOf::Mining, kwh(0.010)),
        levy(400.0, 500.0, LevyOf::All, kwh(1.0)),
    ];
    let path = run(&inputs);
    let mwh = |days: f64| 240.0 * days;
    let expected = 1.0 * mwh(365.0) + 4.0 * mwh(350.0) + 10.0 * mwh(181.5);
    assert_near(total(&path, FlowKind::Levy), expected, 1e-9);
    if let Err(wrong) = flows::all_hold(&inputs, &path) {
        panic!("{wrong}");
    }
}

/// Machines stop on the day a levy makes them unprofitable, and the network changes.
#[test]
fn dated_levies_affect_dispatch_while_in_force() {
    let mut inputs = days(31.0);
    inputs.sites[0].dispatch = Dispatch::Responsive;
    inputs.sites[0].levy_schedule = vec![levy(15.0, 20.0, LevyOf::All, kwh(1.0))];
    let path = run(&inputs);
    assert_near(path.accounts.total(Quantity::Energy), 240.0 * 26.0, 1e-9);
    assert_eq!(total(&path, FlowKind::Levy), 0.0);
    // A levy on AI does not affect them.
    inputs.sites[0].levy_schedule[0].of = LevyOf::Ai;
    assert_near(run(&inputs).accounts.total(Quantity::Energy), 240.0 * 31.0, 1e-9);
}

#[test]
fn levies_on_the_bill_include_charges_and_affect_dispatch() {
    let mut inputs = days(31.0);
    let site = &mut inputs.sites[0];
    site.capacity_charge = Price::usd(2.0);
    site.adjustments = vec![Price::usd(0.003)];
    site.levy_schedule = vec![levy(10.0, f64::INFINITY, LevyOf::Mining, LevyRate::Bill(0.1))];
    let path = run(&inputs);
    let capacity = 10e3 * 2.0 * 12.0 * 21.0 / 365.0;
    let bill = 43.0 * 240.0 * 21.0 + capacity;
    assert_near(total(&path, FlowKind::Levy), 0.1 * bill, 1e-9);
    // An hour at a price p runs while p (1 + share) + 5 is less than its income.
    (inputs.years, inputs.lots[0].mw) = (1.0 / 365.0, 1e-6);
    inputs.sites[0].adjustments.clear();
    inputs.sites[0].dispatch = Dispatch::Responsive;
    inputs.sites[0].levy_schedule = vec![levy(0.0, 1.0, LevyOf::All, LevyRate::Bill(0.25))];
    let ratios: Vec<f64> = (0..200).map(|i| 0.5 + f64::from(i) / 100.0).collect();
    let hours: Vec<Hour> =
        ratios.iter().map(|&price_ratio| Hour { price_ratio, ..Hour::PLAIN }).collect();
    let hours = HourProfile::new(std::array::from_fn(|_| hours.clone())).unwrap();
    inputs.sites[0].hours = Arc::new(hours);
    let path = run(&inputs);
    let earned = path.epochs[0].usd_per_hash() / (15e-12 * 1.05) * 3.6e9;
    let runs = |ratio: &&f64| 40.0 * **ratio * 1.25 + 5.0 < earned;
    let part = ratios.iter().filter(runs).count() as f64 / 200.0;
    assert!((0.05..0.95).contains(&part), "{part}");
    assert_near(path.accounts.total(Quantity::Energy), 1e-6 * 24.0 * part, 1e-9);
}

/// A levy on AI's bill applies to AI's payments and a levy on mining's bill to the rest: AI at the mean price of
/// expensive and cheap hours, machines in the cheap ones.
#[test]
fn levies_on_a_bill_use_the_hours_of_each_load() {
    let mut inputs = days(31.0);
    inputs.ai = Some(AiBlock {
        site: 0,
        mw: 6.0,
        terms: Ai { kw_per_gpu: 1.2, pue: 1.25, uptime: 0.5, life: 5.0, ..Ai::default() },
    });
    let hours = [0.25, 5.0].map(|price_ratio| Hour { price_ratio, ..Hour::PLAIN }).to_vec();
    let site = &mut inputs.sites[0];
    site.hours = Arc::new(HourProfile::new(std::array::from_fn(|_| hours.clone())).unwrap());
    site.dispatch = Dispatch::Responsive;
    (site.capacity_charge, site.demand_charge) = (Price::usd(2.0), Price::usd(3000.0));
    site.adjustments = vec![Price::usd(0.002)];
    site.power_mw = Some(20.0);
    let each = 12.0 * 31.0;
    let mining = 10.0 * each * (10.0 + 2.0);
    let ai = 3.0 * each * (10.0 + 200.0 + 2.0 * 2.0);
    let capacity = 1e3 * 2.0 * 12.0 * 31.0 / 365.0;
    let (ai, mining) = (ai + 6.0 * (capacity + 3000.0), mining + 14.0 * capacity + 10.0 * 3000.0);
    for (of, bill) in [(LevyOf::All, ai + mining), (LevyOf::Mining, mining), (LevyOf::Ai, ai)] {
        inputs.sites[0].levy_schedule = vec![levy(0.0, 1e3, of, LevyRate::Bill(0.2))];
        let path = run(&inputs);
        assert_near(path.accounts.total(Quantity::Energy), (10.0 + 6.0) * each, 1e-9);
        assert_near(total(&path, FlowKind::Levy), 0.2 * bill, 1e-9);
    }
}

/// 10 MW that mine and 6 MW of AI at one site.
#[test]
fn levies_on_mining_and_ai_apply_to_their_own_energy() {
    let mut inputs = days(31.0);
    inputs.ai = Some(AiBlock {
        site: 0,
        mw: 6.0,
        terms: Ai { kw_per_gpu: 1.2, pue: 1.25, uptime: 0.5, life: 5.0, ..Ai::default() },
    });
    let steps = [(0.03, 0.5), (f64::INFINITY, 0.002)];
    let steps = steps.map(|(below, rate)| LevyStep { below, rate }).to_vec();
    let scale = LevyRate::Steps { denomination: Denomination::Usd, steps };
    let hours = 24.0 * 31.0;
    for (of, mwh) in [(LevyOf::All, 13.0), (LevyOf::Mining, 10.0), (LevyOf::Ai, 3.0)] {
        for (rate, usd) in [(kwh(0.004), 4.0), (LevyRate::Bill(0.2), 8.0), (scale.clone(), 2.0)] {
            inputs.sites[0].levy_schedule = vec![levy(0.0, 1e3, of, rate)];
            let path = run(&inputs);
            assert_near(total(&path, FlowKind::Levy), usd * mwh * hours, 1e-9);
        }
    }
}

/// One stepped levy replaces another on a date; hours of 20 and 60 USD/MWh in equal parts.
#[test]
fn stepped_levies_replace_each_other_by_date() {
    let mut inputs = days(40.0);
    let hours = [0.5, 1.5].map(|price_ratio| Hour { price_ratio, ..Hour::PLAIN });
    let hours = HourProfile::new(std::array::from_fn(|_| hours.to_vec())).unwrap();
    inputs.sites[0].hours = Arc::new(hours);
    let scale = |low: f64, high: f64| LevyRate::Steps {
        denomination: Denomination::Usd,
        steps: [(0.03, low), (f64::INFINITY, high)]
            .map(|(below, rate)| LevyStep { below, rate })
            .to_vec(),
    };
    inputs.sites[0].levy_schedule = vec![
        levy(f64::NEG_INFINITY, 12.5, LevyOf::All, scale(0.010, 0.002)),
        levy(12.5, f64::INFINITY, LevyOf::All, scale(0.020, 0.004)),
    ];
    let paid = 240.0 * (12.5 * 6.0 + 27.5 * 12.0);
    assert_near(total(&run(&inputs), FlowKind::Levy), paid, 1e-9);
}

fn resolved(text: &str) -> Resolved {
    let base = "power_mw = 10\nuptime = 1\ntariff = \"0.04 USD/kWh\"\n";
    Scenario::from_toml(&format!("{base}{text}")).unwrap().resolve().unwrap()
}

/// The levies that a scenario's base pays.
fn paid(resolved: &Resolved) -> f64 {
    let mut inputs = resolved.inputs.at(&resolved.table.values());
    inputs.sites.iter_mut().for_each(|site| site.dispatch = Dispatch::MustRun);
    total(&run(&inputs), FlowKind::Levy)
}

const PROJECT: &str =
    "[hours]\ndispatch = \"must_run\"\n[project]\nstart = 2027-01-01\nyears = 1\n";

#[test]
fn scenario_levies_have_dates_shares_and_sources() {
    let levies = "[[tariff_terms.levies]]\nname = \"a\"\nprice = \"4 USD/MWh\"\nfrom = 2027-01-16\n\
         [[tariff_terms.levies]]\nshare = 0.1\nof = \"mining\"\nuntil = 2027-07-01\n\
         [[tariff_terms.levies]]\nprice = \"7 USD/MWh\"\npower_source = \"own_generation\"\n";
    let found = paid(&resolved(&format!("{PROJECT}{levies}")));
    // 350 and 181 days of 240 MWh.
    assert_near(found, 240.0 * (350.0 * 4.0 + 181.0 * 4.0), 1e-9);
    let own = paid(&resolved(&format!("power_source = \"own_generation\"\n{PROJECT}{levies}")));
    assert_near(own, found + 7.0 * 240.0 * 365.0, 1e-9);
}

#[test]
fn invalid_levies_are_refused_with_their_key() {
    for (text, key, message) in [
        ("name = \"a\"\n", "tariff_terms.levies[0].price", "missing"),
        ("price = \"1 USD/MWh\"\nshare = 0.1\n", "tariff_terms.levies[0].share", "combined"),
        ("share = 0.1\npreset = \"dame-2023\"\n", "tariff_terms.levies[0].preset", "combined"),
        (
            "share = 0.1\nfrom = 2028-01-01\nuntil = 2028-01-01\n",
            "tariff_terms.levies[0].until",
            "after from",
        ),
        ("preset = \"kazakhstan-2023\"\n", "tariff_terms.levies[0].preset", "KZT"),
        ("preset = \"imf\"\n", "tariff_terms.levies[0].preset", "one of"),
    ] {
        let text = format!("power_mw = 1\n[[tariff_terms.levies]]\n{text}");
        let refused = Scenario::from_toml(&text).and_then(|scenario| scenario.resolve());
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains(key) && refused.contains(message), "{refused}");
    }
}

fn warnings(resolved: &Resolved) -> Vec<&'static str> {
    resolved.warnings.iter().map(|warning| warning.key()).collect()
}

/// IMF blog of 2024-08-15: 0.047 and 0.032 USD/kWh on crypto and on data centres, 0.089 and 0.052 with local air.
#[test]
fn imf_levy_presets_match_published_rates() {
    for (name, mining) in [("imf-2024-carbon", 47.0), ("imf-2024-carbon-and-air", 89.0)] {
        let text = format!("{PROJECT}[[tariff_terms.levies]]\npreset = \"{name}\"\n");
        let found = resolved(&text);
        assert_near(paid(&found), mining * 240.0 * 365.0, 1e-9);
        assert_eq!(warnings(&found), ["proposed_levy"]);
        let ai: Vec<_> = found.inputs.sites[0]
            .levy_schedule
            .iter()
            .filter(|levy| levy.of == LevyOf::Ai)
            .map(|levy| match levy.rate {
                LevyRate::Kwh(price) => found.table.get(price.value).value,
                _ => panic!("{levy:?}"),
            })
            .collect();
        assert_eq!(ai, [if mining == 47.0 { 0.032 } else { 0.052 }]);
    }
}

/// 10, 20 and 30 % of the cost of electricity in the first, second and third year from its first day on.
#[test]
fn dame_levy_preset_rises_by_year() {
    let text = "[hours]\ndispatch = \"must_run\"\n[project]\nstart = 2027-01-01\nyears = 5\n\
         [[lot]]\nlife_years = 9\n[[tariff_terms.levies]]\npreset = \"dame-2023\"\nfrom = 2028-01-01\n\
         until = 2031-07-01\n";
    let found = resolved(text);
    assert_eq!(warnings(&found), ["proposed_levy"]);
    let inputs = found.inputs.at(&found.table.values());
    let path = run(&inputs);
    let days = [(0.0, 0.0), (366.0, 0.1), (365.0, 0.2), (365.0, 0.3), (181.0, 0.3)];
    for (year, (days, share)) in days.into_iter().enumerate() {
        let levy = path.accounts.cell(FlowKind::Levy, year).usd;
        assert!((levy - share * 40.0 * 240.0 * days).abs() < 1e-3, "{year}: {levy}");
    }
}

/// The known bands: 25 on the cheapest power, 1 at 24 KZT/kWh and above, own generation 10, own renewables 1.
#[test]
fn kazakhstan_levy_preset_matches_known_bands_and_warns_of_assumptions() {
    let of = |tariff: f64, source: &str| {
        let text = format!(
            "power_mw = 10\nuptime = 1\nexchange_rate = \"500 KZT/USD\"\ntariff = \"{tariff} KZT/kWh\"\n\
             power_source = \"{source}\"\n{PROJECT}[[tariff_terms.levies]]\npreset = \"kazakhstan-2023\"\n"
        );
        let found = Scenario::from_toml(&text).unwrap().resolve().unwrap();
        (paid(&found) / (240.0 * 365.0) * 500.0 / 1e3, warnings(&found))
    };
    let near = |got: f64, kzt: f64| assert_near(got, kzt, 1e-9);
    for (tariff, source, kzt, warns) in [
        (4.0, "grid", 25.0, true),
        (24.0, "grid", 1.0, true),
        (40.0, "grid", 1.0, true),
        (12.0, "own_generation", 10.0, false),
        (12.0, "own_renewable", 1.0, false),
    ] {
        let (levy, message) = of(tariff, source);
        near(levy, kzt);
        assert_eq!(message.contains(&"assumed_levy"), warns, "{tariff} {source}: {message:?}");
    }
    // Between the bands the levy falls, and price plus levy is 25 to 30.
    let between: Vec<f64> = [6.0, 11.0, 16.0, 21.0].map(|tariff| of(tariff, "grid").0).to_vec();
    for (tariff, levy) in [6.0, 11.0, 16.0, 21.0].iter().zip(&between) {
        assert!((25.0..=30.0).contains(&(tariff + levy)), "{tariff} {levy}");
    }
    assert!(between.windows(2).all(|pair| pair[0] > pair[1]));
}
