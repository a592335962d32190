//! The hours of a site: in which of them there is energy, at what price, and when machines stand
//! still although they could run.

use super::EconError;
use crate::units::Seconds;
use serde::Deserialize;

/// Hours of a month that are alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HourBlock {
    /// Their part of the month's hours; all blocks of a month make 1.
    pub share: f64,
    /// The part of them for which there is energy, 0 to 1.
    pub available: f64,
    /// The price of energy in them over the mean one.
    pub price_ratio: f64,
}

/// The hours of a year by month, and the rules by which a site stands still.
#[derive(Clone, Debug, PartialEq)]
pub struct Hours {
    /// Blocks of each month from January on, the cheapest first.
    months: [Vec<HourBlock>; 12],
    /// Whether a lot stands still while its energy and other cash costs are more than it earns.
    pub price_cutoff: bool,
    /// No more running than this in a year of 365 days.
    pub cap_per_year: Option<Seconds>,
    /// Where the profile comes from; empty for energy at all hours.
    pub source: String,
}

impl Default for Hours {
    /// Energy at all hours at one price.
    fn default() -> Self {
        let all = HourBlock { share: 1.0, available: 1.0, price_ratio: 1.0 };
        Self {
            months: std::array::from_fn(|_| vec![all]),
            price_cutoff: false,
            cap_per_year: None,
            source: String::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    month: u8,
    hour: u8,
    available: f64,
    price_ratio: Option<f64>,
    #[serde(rename = "source")]
    _source: Option<String>,
}

impl Hours {
    /// A part of all hours for each month, from January on.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] for what is no part.
    pub fn by_month(available: [f64; 12]) -> Result<Self, EconError> {
        for part in available {
            if !(0.0..=1.0).contains(&part) {
                return Err(EconError::OutOfRange {
                    field: "available",
                    given: part.to_string(),
                    remedy: "a part of 0 to 1 for each month",
                });
            }
        }
        let block = |available| vec![HourBlock { share: 1.0, available, price_ratio: 1.0 }];
        Ok(Self { months: available.map(block), ..Self::default() })
    }

    /// From a table with the columns `month` (1 to 12), `hour` (0 to 23), `available` (0 to 1) and, where
    /// prices differ by hour, `price_ratio` (over the mean price): a row for every hour of every
    /// month's mean day. A column `source` may stand beside.
    ///
    /// # Errors
    /// [`EconError::Table`] with the line that cannot be used, or the hour that is missing.
    pub fn from_csv(text: &str, source: &str) -> Result<Self, EconError> {
        let wrong = |reason: String| EconError::Table { table: "hours", reason };
        let mut given: [[Option<(f64, f64)>; 24]; 12] = [[None; 24]; 12];
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for (index, row) in reader.deserialize().enumerate() {
            let row: Row = row.map_err(|e| wrong(e.to_string()))?;
            let at = |reason: &str| wrong(format!("line {}: {reason}", index + 2));
            let (month, hour) = (usize::from(row.month), usize::from(row.hour));
            if !(1..=12).contains(&month) || hour > 23 {
                return Err(at("give months of 1 to 12 and hours of 0 to 23"));
            }
            let ratio = row.price_ratio.unwrap_or(1.0);
            if !(0.0..=1.0).contains(&row.available) || !(-1000.0..=1000.0).contains(&ratio) {
                return Err(at("give available of 0 to 1 and price_ratio of -1000 to 1000"));
            }
            let slot = &mut given[month - 1][hour];
            if slot.replace((row.available, ratio)).is_some() {
                return Err(at("stands there twice"));
            }
        }
        let mut months: [Vec<HourBlock>; 12] = std::array::from_fn(|_| Vec::new());
        for (month, hours) in given.iter().enumerate() {
            for (hour, slot) in hours.iter().enumerate() {
                let (available, price_ratio) = slot
                    .ok_or_else(|| wrong(format!("month {} hour {hour} is missing", month + 1)))?;
                months[month].push(HourBlock { share: 1.0 / 24.0, available, price_ratio });
            }
            months[month].sort_by(|a, b| a.price_ratio.total_cmp(&b.price_ratio));
            merge(&mut months[month]);
        }
        let (price_cutoff, cap_per_year) = (false, None);
        Ok(Self { months, price_cutoff, cap_per_year, source: source.to_owned() })
    }

    /// Blocks of a month from 0 (January) to 11, the cheapest first.
    pub fn blocks(&self, month: usize) -> &[HourBlock] {
        &self.months[month % 12]
    }

    /// The most of a month that may run.
    pub(super) fn cap(&self) -> f64 {
        self.cap_per_year.map_or(1.0, |cap| cap.as_years().min(1.0))
    }

    /// The part of a year for which there is energy, under the cap.
    pub fn available(&self) -> f64 {
        self.year().0
    }

    /// What energy costs in those hours over its mean price; 1 where there are none.
    pub fn price_ratio(&self) -> f64 {
        let (part, cost) = self.year();
        if part > 0.0 { cost / part } else { 1.0 }
    }

    /// The part of a year that runs, the cheapest hours of each month first, and the sum of its price ratios.
    fn year(&self) -> (f64, f64) {
        let (mut year, mut cost) = (0.0, 0.0);
        for blocks in &self.months {
            let mut part = 0.0;
            for block in blocks {
                let hours = (block.share * block.available).min(self.cap() - part);
                part += hours;
                cost += hours * block.price_ratio;
            }
            year += part;
        }
        (year / 12.0, cost / 12.0)
    }
}

/// Neighbours that are alike become one.
fn merge(blocks: &mut Vec<HourBlock>) {
    blocks.dedup_by(|next, kept| {
        let alike = next.price_ratio == kept.price_ratio;
        if alike {
            let energy = kept.share * kept.available + next.share * next.available;
            kept.share += next.share;
            kept.available = if kept.share > 0.0 { energy / kept.share } else { 0.0 };
        }
        alike
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(of: impl Fn(u8, u8) -> String) -> String {
        let mut text = "month,hour,available,price_ratio\n".to_owned();
        for month in 1..=12 {
            for hour in 0..24 {
                text.push_str(&format!("{month},{hour},{}\n", of(month, hour)));
            }
        }
        text
    }

    #[test]
    fn a_profile_is_read_by_month_and_hour() {
        // Energy at night alone, half price at four hours of it.
        let text = table(|_, hour| match hour {
            0..4 => "1,0.5".to_owned(),
            4..8 => "1,1".to_owned(),
            _ => "0,1".to_owned(),
        });
        let hours = Hours::from_csv(&text, "test").unwrap();
        assert!((hours.available() - 8.0 / 24.0).abs() < 1e-12);
        assert!((hours.price_ratio() - 0.75).abs() < 1e-12);
        let blocks = hours.blocks(0);
        assert_eq!((blocks.len(), blocks[0].price_ratio), (2, 0.5));
        assert!((blocks[1].available - 4.0 / 20.0).abs() < 1e-12);
        let capped = Hours { cap_per_year: Some(Seconds::from_years(0.25)), ..hours };
        assert!((capped.available() - 0.25).abs() < 1e-12);
    }

    #[test]
    fn gaps_and_slips_are_named() {
        let good = table(|_, _| "1,1".to_owned());
        for (text, told) in [
            (good.replacen("3,7,1,1\n", "", 1), "month 3 hour 7 is missing"),
            (good.replacen("3,7,1,1\n", "3,6,1,1\n", 1), "twice"),
            (good.replacen("3,7,1,1\n", "13,7,1,1\n", 1), "months of 1 to 12"),
            (good.replacen("3,7,1,1\n", "3,7,1.5,1\n", 1), "available of 0 to 1"),
            (good.replacen("3,7,1,1\n", "3,7,NaN,1\n", 1), "available of 0 to 1"),
            (good.replacen("available", "availible", 1), "availible"),
            (String::new(), "is missing"),
        ] {
            let error = Hours::from_csv(&text, "test").unwrap_err().to_string();
            assert!(error.contains(told), "{told}: {error}");
        }
        assert!(Hours::by_month([1.1; 12]).is_err() && Hours::by_month([f64::NAN; 12]).is_err());
    }
}
