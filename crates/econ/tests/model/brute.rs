//! Dispatch compared with brute force over every choice in every hour: an independent implementation of equations M8,
//! M9, M11 and M23 on random hours, compared flow by flow.

use super::cases::{self, YEAR_S};
use hashwatt_econ::account::FlowKind;
use hashwatt_econ::engine::*;
use hashwatt_econ::network::MarketDrivers;
use hashwatt_econ::params::{Hour, HourProfile, MONTH_HOURS, Price};
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::Arc;

const EXACT: f64 = 1e-9;
/// Tolerance of tables.
const TABLES: f64 = 1e-3;

/// Dollars of the flows that depend on dispatch.
#[derive(Clone, Copy, Debug, Default)]
struct Flows {
    income: f64,
    energy: f64,
    adjustments: f64,
    levy: f64,
    lost: f64,
    peak: f64,
    ancillary: f64,
    demand: f64,
    other: f64,
}

/// A random hour of a month; the weights of a month sum to 1.
#[derive(Clone, Copy, Debug)]
struct One {
    weight: f64,
    ratio: f64,
    available: f64,
    peak: f64,
    /// The share left by the annual cap.
    runs: f64,
}

/// An independent model: one lot from the start on, one site that is a price-taker.
struct Brute<'a> {
    inputs: &'a Inputs,
    path: &'a SimulatedPath,
    months: Vec<Vec<One>>,
}

impl Brute<'_> {
    /// Q of an hour, and its energy price and levy step in USD/MWh, at a price level.
    fn cost(&self, month: usize, hour: &One, level: f64) -> (f64, f64, f64) {
        let site = &self.inputs.sites[0];
        let terms = &site.terms;
        let called = terms.ancillary_share * terms.ancillary_called;
        let price = site.tariff.value * 1e3 * hour.ratio * level;
        let reached =
            site.levy_steps.iter().find(|step| site.tariff.value * hour.ratio < step.below);
        let step = reached.map_or(0.0, |step| step.rate * 1e3 * level);
        let added: f64 = site.adjustments.iter().map(|p| p.value * 1e3 * level).sum();
        let levies: f64 = site.levies.iter().map(|p| p.value * 1e3 * level).sum();
        let taxed = (price + added) * (1.0 + terms.unrecoverable_tax + terms.levy_share);
        let running = taxed + levies + step + site.other_costs * level;
        let pay = terms.ancillary_share * terms.ancillary_price + called * terms.ancillary_strike;
        let lasts = hour.weight * MONTH_HOURS[month];
        let peak = terms.peak_charge / terms.peaks_per_year * hour.peak / lasts;
        let peak = peak * (1.0 - terms.peak_stopped) * level;
        ((1.0 - called) * running - pay * level + peak, price, step)
    }

    /// Speed and power of the best mode up to a maximum power, or 0.
    fn best(&self, income: f64, cost: f64, max_power: f64) -> (f64, f64, f64) {
        let terms = &self.inputs.sites[0].terms;
        let kept = 1.0 - terms.ancillary_share * terms.ancillary_called;
        let mut best = (0.0, 0.0, 0.0);
        for mode in &self.inputs.sites[0].modes {
            let power = mode.speed * mode.j_ratio;
            let gain = kept * mode.speed * income - power * cost;
            if power <= max_power && gain > best.2 {
                best = (mode.speed, power, gain);
            }
        }
        best
    }

    /// Selects the cheapest hours of the year at day-one prices up to the cap.
    fn cap(&mut self) {
        let Some(max_hours) = self.inputs.sites[0].cap_hours else { return };
        let mut order: Vec<(f64, usize, usize)> = Vec::new();
        for (month, hours) in self.months.iter().enumerate() {
            for (place, hour) in hours.iter().enumerate() {
                order.push((self.cost(month, hour, 1.0).0, month, place));
            }
        }
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut left = max_hours;
        for (_, month, place) in order {
            let hour = &mut self.months[month][place];
            let lasts = hour.weight * MONTH_HOURS[month] * hour.available;
            hour.runs = if lasts > 0.0 { (left / lasts).clamp(0.0, 1.0) } else { 0.0 };
            left -= lasts * hour.runs;
        }
    }

    /// All flows: every segment, every hour, every mode, and every maximum power of the month.
    fn flows(&mut self) -> Flows {
        self.cap();
        let (inputs, mut sum, mut from_day) = (self.inputs, Flows::default(), 0.0);
        let (site, lot) = (&inputs.sites[0], &inputs.lots[0]);
        for (month, length) in MONTH_HOURS.into_iter().enumerate() {
            let (begin, end) = (from_day, from_day + length * 3600.0);
            from_day = end;
            let mut max_power = None;
            let epochs = self.path.epochs.iter().filter(|e| e.begin < end && e.end > begin);
            for epoch in epochs {
                let (from, to) = (epoch.begin.max(begin), epoch.end.min(end));
                let years = (from + to) / 2.0 / YEAR_S;
                let level = (1.0 + inputs.money.inflation_usd).powf(years);
                let pool_payout_ratio = (1.0 - inputs.pool.fee) * (1.0 - inputs.pool.stale);
                let worn = (1.0 + lot.drift).powf(years);
                let working = (-lot.failure * years).exp();
                let joules = lot.j_per_th * 1e-12 * site.pue;
                let usd_per_hash =
                    epoch.price * epoch.reward / epoch.expected * level * pool_payout_ratio;
                let income = usd_per_hash / (joules * worn) * 3.6e9;
                let (hash, mw) = (lot.mw * 1e6 / joules * working, lot.mw * working * worn);
                let charge = site.demand_charge.value * level;
                let max_power =
                    *max_power.get_or_insert_with(|| self.greatest(month, income, level, charge));
                let hours = (to - from) / 3600.0;
                self.segment(
                    &mut sum,
                    (month, level, max_power),
                    (income, usd_per_hash, hash, mw),
                    hours,
                );
                if charge > 0.0 {
                    sum.demand += max_power * mw * charge * hours / length;
                }
            }
        }
        let bill = sum.energy + sum.adjustments + sum.demand;
        sum.levy += bill * site.terms.levy_share;
        sum.lost = bill * site.terms.unrecoverable_tax;
        sum
    }

    /// The maximum power of a month with the highest income after the demand charge.
    fn greatest(&self, month: usize, income: f64, level: f64, charge: f64) -> f64 {
        if charge == 0.0 {
            return f64::INFINITY;
        }
        let worth = |max_power: f64| {
            let gain = |hour: &One| {
                let (cost, ..) = self.cost(month, hour, level);
                let lasts = hour.weight * MONTH_HOURS[month] * hour.available * hour.runs;
                lasts * self.best(income, cost, max_power).2
            };
            let gains: f64 = self.months[month].iter().map(gain).sum();
            gains * self.inputs.sites[0].uptime - charge * max_power
        };
        let modes = self.inputs.sites[0].modes.iter().map(|mode| mode.speed * mode.j_ratio);
        modes.fold(0.0, |best, power| if worth(power) > worth(best) { power } else { best })
    }

    fn segment(
        &self,
        sum: &mut Flows,
        (month, level, max_power): (usize, f64, f64),
        (income, usd_per_hash, hash, mw): (f64, f64, f64, f64),
        hours: f64,
    ) {
        let site = &self.inputs.sites[0];
        let terms = &site.terms;
        let called = terms.ancillary_share * terms.ancillary_called;
        for hour in &self.months[month] {
            let (cost, price, step) = self.cost(month, hour, level);
            let (speed, power, _) = self.best(income, cost, max_power);
            let on = hour.weight * hours * hour.available * hour.runs * site.uptime;
            let offered = power * mw * on;
            let load = offered * (1.0 - called);
            sum.income += speed * hash * on * 3600.0 * (1.0 - called) * usd_per_hash;
            sum.energy += load * price;
            sum.adjustments +=
                load * site.adjustments.iter().map(|p| p.value * 1e3 * level).sum::<f64>();
            let levies: f64 = site.levies.iter().map(|p| p.value * 1e3 * level).sum();
            sum.levy += load * (levies + step);
            let lasts = hour.weight * MONTH_HOURS[month];
            let peak = terms.peak_charge / terms.peaks_per_year * (1.0 - terms.peak_stopped);
            sum.peak += offered * peak * level * hour.peak / lasts;
            let pay =
                terms.ancillary_share * terms.ancillary_price + called * terms.ancillary_strike;
            sum.ancillary += offered * pay * level;
            sum.other += load * site.other_costs * level;
        }
    }
}

/// A year of one lot, and the hours of its site.
fn year(dice: &[(f64, f64, f64)], modes: &[(f64, f64)]) -> (Inputs, Vec<Vec<One>>) {
    let lot = Lot { failure: 0.05, drift: 0.03, life: cases::years(5.0), ..cases::lot(10.0) };
    let mut inputs = cases::base(vec![lot]);
    (inputs.start, inputs.years) = (date(2027, 1, 1), 1.0);
    (inputs.others, inputs.displacement) = (Others::Growing(0.2), Some(1.0));
    (inputs.pool.fee, inputs.money.inflation_usd) = (0.01, 0.04);
    let site = &mut inputs.sites[0];
    site.dispatch = Dispatch::Responsive;
    site.modes = modes.iter().map(|&(speed, j_ratio)| PowerMode { speed, j_ratio }).collect();
    let weights: f64 = dice.iter().map(|(_, weight, _)| 0.1 + weight).sum();
    let one = |month: usize, &(price, weight, available): &(f64, f64, f64)| One {
        weight: (0.1 + weight) / weights,
        // From negative prices to ten times the mean, different in every month.
        ratio: 10.0 * price.powi(4) - 0.4 + 0.7 * price + 0.01 * month as f64,
        available: (available * 1.6).min(1.0),
        peak: if month == 5 || month == 7 { (0.1 + weight) * price } else { 0.0 },
        runs: 1.0,
    };
    let months: Vec<Vec<One>> = (0..12)
        .map(|month| {
            let mut hours: Vec<One> = dice.iter().map(|dice| one(month, dice)).collect();
            let peak: f64 = hours.iter().map(|hour| hour.peak).sum();
            hours.iter_mut().filter(|hour| hour.peak > 0.0).for_each(|hour| hour.peak /= peak);
            hours
        })
        .collect();
    let hours = months.iter().map(|hours| {
        let hour = |one: &One| Hour {
            weight: one.weight,
            price_ratio: one.ratio,
            available: one.available,
            peak_probability: one.peak,
            ..Hour::PLAIN
        };
        hours.iter().map(hour).collect::<Vec<Hour>>()
    });
    let hours: [Vec<Hour>; 12] = hours.collect::<Vec<_>>().try_into().unwrap();
    inputs.sites[0].hours = Arc::new(HourProfile::new(hours).unwrap());
    (inputs, months)
}

fn held(
    inputs: &Inputs,
    months: &[Vec<One>],
    sums: HourSums,
    within: f64,
) -> Result<(), TestCaseError> {
    let engine = Engine::new(inputs.start, inputs.years, MarketDrivers::default());
    let path = engine.unwrap().with_hour_sums(sums).base(inputs).unwrap();
    let wanted = Brute { inputs, path: &path, months: months.to_vec() }.flows();
    let of = |kind: FlowKind| path.accounts.sum(kind).usd;
    let scale = wanted.income.abs() + wanted.energy.abs();
    for (name, found, wanted) in [
        ("income", of(FlowKind::BitcoinSold), wanted.income),
        ("energy", of(FlowKind::EnergyCharge), wanted.energy),
        ("adjustments", of(FlowKind::Adjustments), wanted.adjustments),
        ("levy", of(FlowKind::Levy), wanted.levy),
        ("lost", of(FlowKind::UnrecoverableTax), wanted.lost),
        ("peak", of(FlowKind::PeakCharge), wanted.peak),
        ("ancillary", of(FlowKind::Ancillary), wanted.ancillary),
        ("demand", of(FlowKind::DemandCharge), wanted.demand),
        ("other", of(FlowKind::CostsHome) + of(FlowKind::CostsAbroad), wanted.other),
    ] {
        let near = (found - wanted).abs() <= within * wanted.abs().max(1e-3 * scale);
        prop_assert!(near, "{:?} {}: {} for {}", sums, name, found, wanted);
    }
    Ok(())
}

proptest! {
    #![proptest_config(super::draws::config())]

    #[test]
    fn dispatch_matches_the_best_choice_in_every_hour(
        dice in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64, 0.0..1.0f64), 2..70),
        terms in (0.0..2.0f64, 0.0..1.0f64, 0.0..1.0f64, 0.0..1.0f64, 0.0..1.0f64, 0.0..1.0f64),
        switches in prop::collection::vec(any::<bool>(), 7),
        modes in prop::collection::vec((0.3..1.4f64, 0.75..1.4f64), 0..3),
        cap in 500.0..8000.0f64,
    ) {
        let modes: Vec<(f64, f64)> = modes.into_iter().chain([(1.0, 1.0)]).collect();
        let (mut inputs, months) = year(&dice, &modes);
        let (tariff, a, b, c, d, e) = terms;
        let site = &mut inputs.sites[0];
        site.tariff = Price::usd(0.02 + 0.03 * tariff);
        let on = |place: usize, value: f64| if switches[place] { value } else { 0.0 };
        if switches[0] {
            site.adjustments = vec![Price::usd(0.01 * (a - 0.5))];
            site.levies = vec![Price::usd(0.004 * b)];
        }
        (site.terms.levy_share, site.terms.unrecoverable_tax) = (on(1, 0.05 * a), on(1, 0.1 * b));
        site.terms.peak_charge = on(2, 80_000.0 * c);
        site.terms.peak_stopped = on(2, 0.5 * d);
        if switches[3] {
            let steps = [(0.0, 0.0), (0.03, 0.002 * a), (0.08, 0.02 * b), (f64::INFINITY, 0.0)];
            site.levy_steps = steps.map(|(below, rate)| LevyStep { below, rate }).to_vec();
        }
        (site.terms.ancillary_share, site.terms.ancillary_called) = (on(4, 0.6 * d), on(4, 0.1 * e));
        (site.terms.ancillary_price, site.terms.ancillary_strike) = (on(4, 10.0 * a), on(4, 80.0 * b));
        site.demand_charge = Price::usd(on(5, 12_000.0 * e));
        site.cap_hours = switches[6].then_some(cap);
        held(&inputs, &months, HourSums::Exact, EXACT)?;
        held(&inputs, &months, HourSums::Tables, TABLES)?;
    }
}

/// Hand calculation: four hours of equal weight; the first has a negative price and the last is too expensive.
#[test]
fn dispatch_of_four_hours_matches_hand_calculation() {
    let dice = [(0.0, 0.5, 1.0), (0.3, 0.5, 1.0), (0.6, 0.5, 1.0), (1.0, 0.5, 1.0)];
    let (mut inputs, mut months) = year(&dice, &[(1.0, 1.0)]);
    for (hours, ratios) in months.iter_mut().zip([[-1.0, 0.5, 1.0, 30.0]; 12]) {
        hours
            .iter_mut()
            .zip(ratios)
            .for_each(|(hour, ratio)| (hour.ratio, hour.peak) = (ratio, 0.0));
    }
    let hours = |ratio: f64| Hour { price_ratio: ratio, ..Hour::PLAIN };
    let profile =
        HourProfile::new(std::array::from_fn(|_| [-1.0, 0.5, 1.0, 30.0].map(hours).to_vec()));
    (inputs.lots[0].failure, inputs.lots[0].drift) = (0.0, 0.0);
    (inputs.money.inflation_usd, inputs.years) = (0.0, 1.0 / 365.0);
    inputs.sites[0].hours = Arc::new(profile.unwrap());
    inputs.sites[0].uptime = 1.0;
    let engine = Engine::new(inputs.start, inputs.years, MarketDrivers::default()).unwrap();
    let path = engine.base(&inputs).unwrap();
    // 40 USD/MWh, a day of 10 MW in three hours of four.
    let paid = 40.0 * 10.0 * 6.0 * (-1.0 + 0.5 + 1.0);
    super::paths::assert_near(super::paths::total(&path, FlowKind::EnergyCharge), paid, 1e-12);
    // A quarter of the year's hours has a price of -40, which fills two and a half deciles.
    let found = engine.dispatch(&inputs).unwrap();
    use DispatchColumn::{Energy, EnergyCost, Hours, Price, PricePaid, Running, Stopped};
    let of = |column, decile| found.get(column, DispatchHours::Decile(decile));
    for (decile, price) in
        [(0, -40.0), (1, -40.0), (2, -10.0), (3, 20.0), (5, 40.0), (6, 40.0), (8, 1200.0)]
    {
        super::paths::assert_near(of(Price, decile), price, 1e-12);
        super::paths::assert_near(of(Hours, decile), 2.4, 1e-12);
    }
    for (decile, running) in [(0, 2.4), (4, 2.4), (7, 1.2), (8, 0.0), (9, 0.0)] {
        assert!((of(Running, decile) - running).abs() < 1e-12);
        assert!((of(Stopped, decile) - (2.4 - running)).abs() < 1e-12);
        assert!((of(Energy, decile) - 10.0 * running).abs() < 1e-11);
    }
    assert!(of(PricePaid, 9).is_nan());
    super::paths::assert_near(found.get(EnergyCost, DispatchHours::Month(0)), paid, 1e-12);
    super::paths::assert_near(found.get(Running, DispatchHours::Year), 18.0, 1e-12);
    assert_eq!(found.get(Hours, DispatchHours::Month(1)), 0.0);
}

proptest! {
    #![proptest_config(super::draws::config())]

    /// Months and deciles sum to the year, and the year equals the path's accounts.
    #[test]
    fn dispatch_statistics_of_a_year_match_its_flows(inputs in super::draws::inputs()) {
        let mut inputs = inputs;
        (inputs.ai, inputs.lease, inputs.years) = (None, None, inputs.years.min(1.0));
        for site in &mut inputs.sites {
            (site.demand_charge, site.capacity_charge) = (Price::usd(0.0), Price::usd(0.0));
            // Here contracted energy is valued at the hour's price; delayed bills are later in the flows.
            (site.contract, site.terms.peak_lag) = (None, 0.0);
        }
        let engine = Engine::new(inputs.start, inputs.years, MarketDrivers::default()).unwrap();
        let (path, found) = (engine.base(&inputs).unwrap(), engine.dispatch(&inputs).unwrap());
        let of = |kinds: &[FlowKind]| kinds.iter().map(|k| path.accounts.sum(*k).usd).sum::<f64>();
        use hashwatt_econ::account::Quantity::{MiningEnergy, StandbyEnergy};
        use DispatchColumn as Of;
        let bitcoin = of(&[FlowKind::BitcoinSold, FlowKind::BitcoinHeld, FlowKind::BitcoinAbroad]);
        let cost = of(&[
            FlowKind::EnergyCharge, FlowKind::Adjustments, FlowKind::Levy,
            FlowKind::UnrecoverableTax, FlowKind::PeakCharge,
        ]);
        let paid = of(&[FlowKind::Ancillary, FlowKind::EmergencyPayment]);
        let other = of(&[FlowKind::CostsHome, FlowKind::CostsAbroad]);
        let energy = path.accounts.total(MiningEnergy) + path.accounts.total(StandbyEnergy);
        let scale = bitcoin + of(&[FlowKind::EnergyCharge]).abs() + 1.0;
        for (column, wanted) in [
            (Of::Revenue, bitcoin), (Of::EnergyCost, cost), (Of::Energy, energy),
            (Of::Margin, bitcoin + paid - cost - other), (Of::Hours, inputs.years * 8760.0),
        ] {
            let year = found.get(column, DispatchHours::Year);
            let near = (year - wanted).abs() <= 1e-9 * wanted.abs().max(1e-3 * scale);
            prop_assert!(near, "{:?}: {} for {}", column, year, wanted);
        }
        for &column in DispatchColumn::ALL.iter().filter(|c| !matches!(c, Of::Price | Of::PricePaid)) {
            let year = found.get(column, DispatchHours::Year);
            let months: f64 = (0..12).map(|m| found.get(column, DispatchHours::Month(m))).sum();
            let tenths: f64 = (0..10).map(|d| found.get(column, DispatchHours::Decile(d))).sum();
            let slack = 1e-9 * year.abs().max(scale);
            prop_assert!((months - year).abs() <= slack && (tenths - year).abs() <= slack);
        }
        for decile in 0..10 {
            let of = |column| found.get(column, DispatchHours::Decile(decile));
            prop_assert!((of(Of::Hours) * 10.0 / (inputs.years * 8760.0) - 1.0).abs() < 1e-9);
            let still = of(Of::Standby) + of(Of::Stopped);
            prop_assert!((of(Of::Running) + still - of(Of::Hours)).abs() < 1e-9 * of(Of::Hours));
            if decile > 0 {
                let before = found.get(Of::Price, DispatchHours::Decile(decile - 1));
                prop_assert!(of(Of::Price) >= before - 1e-9 * before.abs());
            }
        }
    }
}
