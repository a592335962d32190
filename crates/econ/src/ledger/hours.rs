//! Demand and availability by hour, and what the site does in scarce hours.
//!
//! The shipped profile of Pakistan is synthetic: nobody publishes hourly demand. Its recipe: the mean of
//! each month is that of the monthly table; demand is raised in the official peak window from 17 to 01 and
//! lowered outside of it, most of all from 08 to 16, where own solar has eroded it, so that the mean stays.
//! The rise goes linearly with the month's mean, from what makes a peak of 13 GW in the emptiest month
//! (the press's winter demand) to what makes 33 GW in the fullest (NEPRA); the fall is such that the
//! emptiest month touches 8 GW (Dawn) and the fullest has one level outside of the peak. Available is 0.75
//! (assumed) of the thermal and nuclear capacity of the Economic Survey (29,594 MW) and the month's mean
//! hydropower; wind and solar are left out. A test makes the table again.

use super::HoursCase;
use crate::EconError;
use serde::Deserialize;

const SHIPPED: &str = include_str!("../data/hours_pakistan.csv");
/// Hours of each month, in a year of 365 days.
pub(super) const MONTH_HOURS: [f64; 12] =
    [744.0, 672.0, 744.0, 720.0, 744.0, 720.0, 744.0, 744.0, 720.0, 744.0, 720.0, 744.0];
/// Hours of a year of 365 days.
pub(super) const YEAR_HOURS: f64 = 8760.0;

/// An hour of a month's mean day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hour {
    pub demand_mw: f64,
    pub available_mw: f64,
    pub peak: bool,
}

/// Demand and availability of a year by month and hour.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Profile {
    pub hours: [[Hour; 24]; 12],
    /// What the table says of itself.
    pub source: String,
    pub as_of: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    month: usize,
    hour: usize,
    demand_mw: f64,
    available_mw: f64,
    peak: u8,
    as_of: String,
    source: String,
}

impl Profile {
    pub(super) fn pakistan() -> Result<Self, EconError> {
        Self::from_csv(SHIPPED)
    }

    /// From a table with a row for every hour of every month's mean day: `month` (1 to 12), `hour` (0 to
    /// 23), `demand_mw`, `available_mw`, `peak` (0 or 1), `as_of` and `source`.
    pub(super) fn from_csv(text: &str) -> Result<Self, EconError> {
        let wrong = |reason: String| EconError::Table { table: "hours of the ledger", reason };
        let mut given = [[None; 24]; 12];
        let (mut source, mut as_of) = (String::new(), String::new());
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for (index, row) in reader.deserialize().enumerate() {
            let row: Row = row.map_err(|e| wrong(e.to_string()))?;
            let at = |reason: &str| wrong(format!("line {}: {reason}", index + 2));
            let slot = row
                .month
                .checked_sub(1)
                .and_then(|month| given.get_mut(month))
                .and_then(|month| month.get_mut(row.hour))
                .ok_or_else(|| at("give months of 1 to 12 and hours of 0 to 23"))?;
            let possible = 0.0..=1e7;
            if !possible.contains(&row.demand_mw) || !possible.contains(&row.available_mw) {
                return Err(at("give MW of 0 to 1e7"));
            }
            if row.peak > 1 {
                return Err(at("give a peak of 0 or 1"));
            }
            if row.source.trim().is_empty()
                || row.as_of.parse::<crate::uncertainty::AsOf>().is_err()
            {
                return Err(at("has no source or no date"));
            }
            let Row { demand_mw, available_mw, peak, .. } = row;
            if slot.replace(Hour { demand_mw, available_mw, peak: peak == 1 }).is_some() {
                return Err(at("stands there twice"));
            }
            (source, as_of) = (row.source, row.as_of);
        }
        let none = Hour { demand_mw: 0.0, available_mw: 0.0, peak: false };
        let mut hours = [[none; 24]; 12];
        for (month, row) in given.iter().enumerate() {
            for (hour, slot) in row.iter().enumerate() {
                hours[month][hour] = slot
                    .ok_or_else(|| wrong(format!("month {} hour {hour} is missing", month + 1)))?;
            }
        }
        Ok(Self { hours, source, as_of })
    }
}

/// What an hour's rule needs to know.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub case: HoursCase,
    /// The site's mean load where plants deliver it, MW.
    pub load_mw: f64,
    pub availability_ratio: f64,
    pub reserve_mw: f64,
    pub most_curtailed_hours: f64,
}

/// What comes of a month's hours.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MonthHours {
    /// Hours in which the site runs, in full load.
    pub served: f64,
    /// Hours in which it is curtailed.
    pub curtailed: f64,
    /// Hours in which it runs although the system is short by as much.
    pub at_risk: f64,
    /// The part of what is served that falls on peak hours.
    pub peak_share: f64,
}

/// Hours of the year that are alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurplusStep {
    /// How many.
    pub hours: f64,
    /// What is available in them above demand, MW; below zero the system is short.
    pub free_mw: f64,
}

/// Hours of the year by what is free in them, the most first.
pub(super) fn surplus(profile: &Profile, availability_ratio: f64) -> Vec<SurplusStep> {
    let of = |(month, hours): (usize, &[Hour; 24])| {
        hours.map(|hour| SurplusStep {
            hours: MONTH_HOURS[month] / 24.0,
            free_mw: hour.available_mw * availability_ratio - hour.demand_mw,
        })
    };
    let mut steps: Vec<SurplusStep> = profile.hours.iter().enumerate().flat_map(of).collect();
    steps.sort_by(|a, b| b.free_mw.total_cmp(&a.free_mw));
    steps
}

/// Every month's hours; all of them served where nothing is known of them.
pub(super) fn months(profile: Option<&Profile>, rule: Rule) -> [MonthHours; 12] {
    let Some(profile) = profile else {
        return MONTH_HOURS.map(|served| MonthHours { served, ..MonthHours::default() });
    };
    let reserve = if rule.case == HoursCase::SurplusOnly { rule.reserve_mw } else { 0.0 };
    // The part of the load for which there is no room in the hour.
    let short = |hour: &Hour| {
        let free = hour.available_mw * rule.availability_ratio - hour.demand_mw - reserve;
        if rule.load_mw > 0.0 { 1.0 - (free / rule.load_mw).clamp(0.0, 1.0) } else { 0.0 }
    };
    let wanted: f64 = (0..12)
        .map(|m| profile.hours[m].iter().map(short).sum::<f64>() * MONTH_HOURS[m] / 24.0)
        .sum();
    let curtailed = match rule.case {
        HoursCase::Firm => 0.0,
        HoursCase::Interruptible if wanted > rule.most_curtailed_hours => {
            rule.most_curtailed_hours / wanted
        }
        HoursCase::Interruptible | HoursCase::SurplusOnly => 1.0,
    };
    std::array::from_fn(|m| {
        let each = MONTH_HOURS[m] / 24.0;
        let mut month = MonthHours::default();
        let mut peak = 0.0;
        for hour in &profile.hours[m] {
            let short = short(hour);
            let served = each * (1.0 - short * curtailed);
            month.served += served;
            month.curtailed += each * short * curtailed;
            month.at_risk += each * short * (1.0 - curtailed);
            peak += if hour.peak { served } else { 0.0 };
        }
        month.peak_share = if month.served > 0.0 { peak / month.served } else { 0.0 };
        month
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(case: HoursCase) -> Rule {
        Rule {
            case,
            load_mw: 2000.0,
            availability_ratio: 1.0,
            reserve_mw: 1000.0,
            most_curtailed_hours: YEAR_HOURS,
        }
    }

    fn total(months: [MonthHours; 12], of: impl Fn(&MonthHours) -> f64) -> f64 {
        months.iter().map(of).sum()
    }

    #[test]
    fn hours_without_surplus_are_those_at_risk() {
        let profile = Profile::pakistan().unwrap();
        let steps = surplus(&profile, 1.0);
        assert!((steps.iter().map(|step| step.hours).sum::<f64>() - YEAR_HOURS).abs() < 1e-9);
        assert!(steps.windows(2).all(|pair| pair[0].free_mw >= pair[1].free_mw));
        let missing = |step: &SurplusStep| 1.0 - (step.free_mw / 2000.0).clamp(0.0, 1.0);
        let short: f64 = steps.iter().map(|step| step.hours * missing(step)).sum();
        let at_risk = total(months(Some(&profile), rule(HoursCase::Firm)), |m| m.at_risk);
        assert!((short - at_risk).abs() < 1e-6, "{short} {at_risk}");
    }

    /// The recipe of the module's text, from the monthly means that the merit order ships.
    #[test]
    fn the_shipped_profile_is_what_its_recipe_makes() {
        let profile = Profile::pakistan().unwrap();
        assert!(profile.source.starts_with("synthetic"));
        let hours = |m: usize| &profile.hours[m];
        let mean = |m: usize| hours(m).iter().map(|h| h.demand_mw).sum::<f64>() / 24.0;
        let means: Vec<f64> = (0..12).map(mean).collect();
        let (low, high) =
            means.iter().fold((f64::MAX, 0f64), |(a, b), &mean| (a.min(mean), b.max(mean)));
        for (m, &mean) in means.iter().enumerate() {
            let part = (mean - low) / (high - low);
            let up = (13_000.0 - low) + part * ((33_000.0 - high) - (13_000.0 - low));
            let ratio = (low - 8_000.0) / (13_000.0 - low);
            let fall = (ratio + part * (0.5 - ratio)) * up;
            for (hour, given) in hours(m).iter().enumerate() {
                let peak = !(1..17).contains(&hour);
                let made = match hour {
                    _ if peak => mean + up,
                    8..16 => mean - fall,
                    _ => mean - (up - fall),
                };
                assert_eq!(given.peak, peak);
                assert!((given.demand_mw - made).abs() < 2.0, "{m} {hour}: {made} {given:?}");
            }
        }
        let all = || profile.hours.iter().flatten();
        assert_eq!(all().map(|h| h.demand_mw).fold(0.0, f64::max), 33_000.0);
        assert_eq!(all().map(|h| h.demand_mw).fold(f64::MAX, f64::min), 8_000.0);
        // The monthly means of the press: February and August 2025.
        assert!((means[1] - 10_335.0).abs() < 2.0 && (means[7] - 19_110.0).abs() < 2.0);
    }

    #[test]
    fn the_three_cases_share_out_the_same_hours() {
        let profile = Profile::pakistan().unwrap();
        let of = |case| months(Some(&profile), rule(case));
        let (firm, interruptible) = (of(HoursCase::Firm), of(HoursCase::Interruptible));
        let surplus = of(HoursCase::SurplusOnly);
        assert!((total(firm, |m| m.served) - YEAR_HOURS).abs() < 1e-6);
        assert_eq!(total(firm, |m| m.curtailed), 0.0);
        // What is a risk to others in one case is curtailed in the other.
        let at_risk = total(firm, |m| m.at_risk);
        assert!(at_risk > 500.0 && at_risk < 3000.0, "{at_risk}");
        assert!((total(interruptible, |m| m.curtailed) - at_risk).abs() < 1e-6);
        assert_eq!(total(interruptible, |m| m.at_risk), 0.0);
        assert!(total(surplus, |m| m.served) < total(interruptible, |m| m.served));
        for month in firm.iter().chain(&interruptible).chain(&surplus) {
            assert!((0.0..=1.0).contains(&month.peak_share));
        }
        // A contract's limit puts the rest back at risk.
        let limited = Rule { most_curtailed_hours: 100.0, ..rule(HoursCase::Interruptible) };
        let limited = months(Some(&profile), limited);
        assert!((total(limited, |m| m.curtailed) - 100.0).abs() < 1e-6);
        assert!((total(limited, |m| m.at_risk) - (at_risk - 100.0)).abs() < 1e-6);
        assert_eq!(months(None, rule(HoursCase::SurplusOnly))[0].served, 744.0);
    }

    #[test]
    fn rows_without_source_or_date_are_refused() {
        let row = SHIPPED.lines().nth(1).unwrap();
        for (bad, told) in [
            (row.replace(",2026-01,", ",,"), "no source or no date"),
            (row.split(",\"synthetic").next().unwrap().to_owned() + ",", "no source or no date"),
            (row.replacen("1,0,", "13,0,", 1), "months of 1 to 12"),
            (row.replacen("1,0,", "1,1,", 1), "twice"),
        ] {
            let text = SHIPPED.replacen(row, &bad, 1);
            let error = Profile::from_csv(&text).err().map_or(String::new(), |e| e.to_string());
            assert!(error.contains(told), "{told}: {error}");
        }
    }
}
