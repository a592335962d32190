//! A month of the network, also at another price or hashrate.

use super::{NetworkAt, NetworkMonth};
use crate::EconError;
use crate::uncertainty::AsOf;
use crate::units::{Hashrate, Seconds, UsdPerBtc};
use jiff::civil::Date;

impl NetworkMonth {
    /// The shipped data of a calendar month.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] that names the first and the last known month.
    pub fn find(year: i16, month: i8) -> Result<Self, EconError> {
        let wanted = AsOf::Month { year, month };
        let found = Self::shipped()?.into_iter().find(|known| known.month == wanted);
        found.ok_or_else(|| EconError::OutOfRange {
            field: "date",
            given: wanted.to_string(),
            remedy: "a month from 2020-06 to 2026-08; the shipped tables have no price, fees or epoch dates \
                     before",
        })
    }

    /// The last month with data for all days.
    ///
    /// # Errors
    /// As [`NetworkMonth::shipped`].
    pub fn last_whole() -> Result<Self, EconError> {
        let days = |known: &Self| known.first_day().map_or(i8::MAX, Date::days_in_month);
        let whole = |known: &Self| known.days >= u32::from(days(known).unsigned_abs());
        let found = Self::shipped()?.into_iter().rev().find(whole);
        let reason = || "no complete month is known".to_owned();
        found.ok_or_else(|| EconError::Table { table: "network_monthly", reason: reason() })
    }

    /// Its first day.
    pub fn first_day(&self) -> Option<Date> {
        self.month.middle().map(Date::first_of_month)
    }

    /// The time covered by its means.
    pub fn time(&self) -> Seconds {
        Seconds::from_days(f64::from(self.days))
    }

    /// Sets another bitcoin price; hashprice is proportional to it.
    #[must_use]
    pub fn with_price(self, price: UsdPerBtc) -> Self {
        Self { hashprice: self.hashprice * (price / self.price), price, ..self }
    }

    /// Sets another hashrate and its steady difficulty; hashprice is inversely proportional to it.
    #[must_use]
    pub fn with_hashrate(self, hashrate: Hashrate) -> Self {
        let hashprice = self.hashprice * (self.hashrate_at_target / hashrate);
        Self { hashprice, hashrate, hashrate_at_target: hashrate, ..self }
    }

    /// The network in the middle of the month.
    ///
    /// # Errors
    /// [`EconError::Table`] if the month is not a valid date.
    pub fn network(&self) -> Result<NetworkAt, EconError> {
        let reason = || format!("{} is not a month", self.month);
        let day = self
            .month
            .middle()
            .ok_or_else(|| EconError::Table { table: "network_monthly", reason: reason() })?;
        Ok(NetworkAt { day, hashrate: self.hashrate, hashprice: self.hashprice })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_months_have_no_gap() {
        let months = NetworkMonth::shipped().unwrap();
        let first = |month: &NetworkMonth| month.first_day().unwrap();
        let next = |month: &NetworkMonth| first(month).last_of_month().tomorrow().unwrap();
        assert!(months.windows(2).all(|pair| next(&pair[0]) == first(&pair[1])));
        let ends = [&months[0], &months[months.len() - 1]].map(|month| month.month.to_string());
        assert_eq!(ends, ["2020-06", "2026-08"]);
        assert_eq!(NetworkMonth::last_whole().unwrap().month.to_string(), "2026-07");
    }

    #[test]
    fn unknown_month_is_refused_with_the_known_range() {
        for (year, month) in [(2020, 5), (2014, 1), (2026, 9)] {
            let message = NetworkMonth::find(year, month).unwrap_err().to_string();
            assert!(
                message.starts_with("date is ") && message.contains("2020-06 to 2026-08"),
                "{message}"
            );
        }
    }

    #[test]
    fn hashprice_scales_with_price_and_inverse_hashrate() {
        // June 2024: 50.9 USD/PH/day at its own mean difficulty.
        let month = NetworkMonth::find(2024, 6).unwrap();
        let given = month.clone().with_price(month.price * 2.0);
        assert!((given.hashprice / month.hashprice - 2.0).abs() < 1e-12);
        let given = month.clone().with_hashrate(month.hashrate_at_target * 4.0);
        assert!((given.hashprice / month.hashprice - 0.25).abs() < 1e-12);
        assert_eq!(given.network().unwrap().hashrate, month.hashrate_at_target * 4.0);
        // Check with the reward formula: 3.125 BTC and fees over E(D) at 1,000 EH/s.
        let given = month.clone().with_hashrate(Hashrate::from_eh_s(1_000.0));
        let reward = 3.125 + month.fees_per_block.as_btc();
        let per_day = 86_400.0 / 600.298 * reward * month.price.as_usd_per_btc() / 1e6;
        let found = given.hashprice.as_usd_per_ph_day();
        // The table has means over days: products of means differ by a few per cent.
        assert!((found / per_day - 1.0).abs() < 0.02, "{found} for {per_day}");
    }
}
