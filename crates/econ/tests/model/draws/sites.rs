//! Random sites: their terms, hours and modes.

use super::Dice;
use crate::cases;
use hashwatt_econ::engine::*;
use hashwatt_econ::params::*;
use hashwatt_econ::params::{Hour, HourProfile, SystemHour};
use std::sync::Arc;

impl Dice {
    pub(super) fn site(&mut self, money: &Money) -> Site {
        let local = |price: Price| match price.denomination {
            Denomination::Usd => money.exchange_rate,
            Denomination::Local => 1.0,
        };
        let tariff = self.price(money, 0.035, -0.01);
        // No price is at the threshold itself, where rounding would decide.
        let step = 1.0737 * tariff.value.abs() * local(tariff);
        let modes = [PowerMode { speed: 0.7, j_ratio: 0.84 }, PowerMode::NORMAL];
        let faster = PowerMode { speed: 1.15, j_ratio: 1.12 };
        Site {
            pue: self.between(1.05, 1.4),
            uptime: self.between(0.95, 0.5),
            tariff,
            other_costs: self.between(5.0, 0.0),
            infrastructure: self.between(430_000.0, 0.0),
            capacity_charge: self.price(money, 0.0, 3.0),
            demand_charge: self.of(&[Price::usd(0.0), Price::usd(0.0), Price::usd(4000.0)]),
            adjustments: self.maybe(|d| d.price(money, 0.0, 0.003)).into_iter().collect(),
            levies: self.maybe(|d| d.price(money, 0.0, 0.004)).into_iter().collect(),
            levy_steps: match self.yes() {
                true => [(step, 0.05 * step), (f64::INFINITY, 0.01 * step)]
                    .map(|(below, rate)| LevyStep { below, rate })
                    .to_vec(),
                false => Vec::new(),
            },
            levy_denomination: self.of(&[Denomination::Usd, Denomination::Local]),
            terms: self.terms(),
            tiers: self.maybe(|dice| dice.tiers()).unwrap_or_default(),
            heat_hashrate: std::array::from_fn(|month| if month == 6 { 0.9 } else { 1.0 }),
            heat_pue: std::array::from_fn(|month| if month == 7 { 1.05 } else { 1.0 }),
            hours: Arc::new(self.hours()),
            dispatch: self.of(&[Dispatch::MustRun, Dispatch::Responsive, Dispatch::Responsive]),
            cap_hours: self.maybe(|dice| dice.between(8760.0, 0.0)),
            modes: match self.of(&[0, 1, 2]) {
                0 => vec![PowerMode::NORMAL],
                1 => modes.to_vec(),
                _ => modes.into_iter().chain([faster]).collect(),
            },
            ..cases::site()
        }
    }

    fn tiers(&mut self) -> Vec<Tier> {
        let first = self.between(1000.0, 30_000.0);
        let (low, high) = (self.between(1.0, 0.8), self.between(1.0, 1.4));
        vec![
            Tier { above_mwh_per_month: first, price_ratio: low },
            Tier { above_mwh_per_month: 2.0 * first, price_ratio: high },
        ]
    }

    fn terms(&mut self) -> Terms {
        Terms {
            charge_when_curtailed: 1.0 - self.part(),
            peak_ratio: self.between(1.0, 1.5),
            off_peak_ratio: self.between(1.0, 0.8),
            recoverable_tax: self.part() * 0.18,
            unrecoverable_tax: self.part() * 0.05,
            levy_share: self.part() * 0.04,
            peak_charge: self.part() * 60_000.0,
            peaks_per_year: self.of(&[4.0, 1.0, 12.0]),
            peak_stopped: self.part(),
            peak_lag: 0.0,
            ancillary_price: self.part() * 10.0,
            ancillary_share: self.part(),
            ancillary_called: self.part() * 0.05,
            ancillary_strike: self.between(0.0, 80.0),
            standby: self.part() * 0.02,
            emergency_hours: self.part() * 300.0,
            emergency_price: self.between(0.0, 100.0),
            most_curtailed: self.between(8760.0, 0.0),
            inflation_indexed: 1.0,
            dollar_indexed: self.part(),
        }
    }

    /// Power bought ahead, delayed peak bills and dated levies.
    pub(super) fn later(&mut self, site: &mut Site, money: &Money, years: f64) {
        site.terms.peak_lag = self.of(&[0.0, 0.4, 1.0]);
        let tiered = !site.tiers.is_empty();
        site.contract = self.maybe(|dice| PowerContract {
            volume_mw: dice.between(80.0, 1.0),
            price: dice.price(money, 0.03, 0.05),
            fee: dice.price(money, 0.0, 0.004),
        });
        if tiered {
            site.contract = None;
        }
        site.levy_schedule = (0..self.of(&[0, 1, 3])).map(|_| self.levy(money, years)).collect();
    }

    fn levy(&mut self, money: &Money, years: f64) -> DatedLevy {
        let from = cases::years(self.between(0.0, years));
        let until = from + cases::years(self.between(2.0, 0.1));
        let denomination = self.of(&[Denomination::Usd, Denomination::Local]);
        let unit = if denomination == Denomination::Local { money.exchange_rate } else { 1.0 };
        let kwh = self.price(money, 0.001, 0.01);
        let step = self.between(0.031, 0.061) * unit;
        let steps = [(step, 0.1 * step), (f64::INFINITY, 0.03 * step)]
            .map(|(below, rate)| LevyStep { below, rate })
            .to_vec();
        let bill = self.part() * 0.2;
        let rates =
            [LevyRate::Kwh(kwh), LevyRate::Bill(bill), LevyRate::Steps { denomination, steps }];
        let ends = self.yes();
        DatedLevy {
            from: if self.yes() { from } else { f64::NEG_INFINITY },
            until: if ends { until } else { f64::INFINITY },
            of: self.of(&[LevyOf::All, LevyOf::Mining, LevyOf::Ai]),
            rate: self.of(&rates),
        }
    }

    fn hours(&mut self) -> HourProfile {
        let count = self.of(&[1, 2, 3]);
        let ample = !self.yes();
        let mut alike: Vec<Hour> = Vec::new();
        for _ in 0..count {
            let mw = SystemHour {
                available_mw: self.between(200.0, 0.0),
                demand_mw: self.between(0.0, 60.0),
            };
            alike.push(Hour {
                weight: self.between(1.0, 10.0),
                price_ratio: self.between(1.0, -0.3) * self.between(1.0, 4.0),
                available: 1.0 - self.part(),
                peak_probability: 0.0,
                system: if ample { SystemHour::AMPLE } else { mw },
                peak: self.yes(),
            });
        }
        let winter = self.between(1.0, 2.0);
        HourProfile::new(std::array::from_fn(|month| {
            let mut hours = alike.clone();
            for (place, hour) in hours.iter_mut().enumerate() {
                hour.price_ratio *= if month < 3 { winter } else { 1.0 };
                let chance = [0.75, 0.25, 0.0][place] / if count == 1 { 0.75 } else { 1.0 };
                hour.peak_probability = if (5..9).contains(&month) { chance } else { 0.0 };
            }
            hours
        }))
        .unwrap()
    }
}
