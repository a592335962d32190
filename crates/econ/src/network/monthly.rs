//! A month of the network, and the same at another price or hashrate.

use super::{NetworkAt, NetworkMonth};
use crate::EconError;
use crate::uncertainty::AsOf;
use crate::units::{Hashrate, Seconds, UsdPerBtc};
use jiff::civil::Date;

impl NetworkMonth {
    /// The month of a date.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] that names the first and the last known month.
    pub fn of(year: i16, month: i8) -> Result<Self, EconError> {
        let wanted = AsOf::Month { year, month };
        let found = Self::shipped()?.into_iter().find(|known| known.month == wanted);
        found.ok_or_else(|| EconError::OutOfRange {
            field: "date",
            given: wanted.to_string(),
            remedy: "a month from 2020-06 to 2026-08; of the time before, the shipped tables have neither price \
                     and fees nor the dates of epochs",
        })
    }

    /// The last of which all days are known.
    ///
    /// # Errors
    /// As [`NetworkMonth::shipped`].
    pub fn last_whole() -> Result<Self, EconError> {
        let days = |known: &Self| known.first_day().map_or(i8::MAX, Date::days_in_month);
        let whole = |known: &Self| known.days >= u32::from(days(known).unsigned_abs());
        let found = Self::shipped()?.into_iter().rev().find(whole);
        let reason = || "no whole month is known".to_owned();
        found.ok_or_else(|| EconError::Table { table: "network_monthly", reason: reason() })
    }

    /// Its first day.
    pub fn first_day(&self) -> Option<Date> {
        self.month.middle().map(Date::first_of_month)
    }

    /// The length that its means are of.
    pub fn time(&self) -> Seconds {
        Seconds::from_days(f64::from(self.days))
    }

    /// With another price of a bitcoin: a hash earns in proportion to it.
    #[must_use]
    pub fn with_price(self, price: UsdPerBtc) -> Self {
        Self { hashprice: self.hashprice * (price / self.price), price, ..self }
    }

    /// With another hashrate and the difficulty at which that is steady: a hash earns in inverse proportion to it.
    #[must_use]
    pub fn with_hashrate(self, hashrate: Hashrate) -> Self {
        let hashprice = self.hashprice * (self.hashrate_at_target / hashrate);
        Self { hashprice, hashrate, hashrate_at_target: hashrate, ..self }
    }

    /// The network in the middle of the month.
    ///
    /// # Errors
    /// [`EconError::Table`] where it is no date.
    pub fn network(&self) -> Result<NetworkAt, EconError> {
        let reason = || format!("{} is no month", self.month);
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
    fn known_months_have_no_gap() {
        let months = NetworkMonth::shipped().unwrap();
        let first = |month: &NetworkMonth| month.first_day().unwrap();
        let next = |month: &NetworkMonth| first(month).last_of_month().tomorrow().unwrap();
        assert!(months.windows(2).all(|pair| next(&pair[0]) == first(&pair[1])));
        let ends = [&months[0], &months[months.len() - 1]].map(|month| month.month.to_string());
        assert_eq!(ends, ["2020-06", "2026-08"]);
        assert_eq!(NetworkMonth::last_whole().unwrap().month.to_string(), "2026-07");
    }

    #[test]
    fn a_month_that_is_not_known_is_refused_with_the_known_ones() {
        for (year, month) in [(2020, 5), (2014, 1), (2026, 9)] {
            let told = NetworkMonth::of(year, month).unwrap_err().to_string();
            assert!(told.starts_with("date is ") && told.contains("2020-06 to 2026-08"), "{told}");
        }
    }

    #[test]
    fn hashprice_follows_price_and_the_inverse_of_hashrate() {
        // June 2024: 50.9 USD/PH/day at its own mean difficulty.
        let month = NetworkMonth::of(2024, 6).unwrap();
        let given = month.clone().with_price(month.price * 2.0);
        assert!((given.hashprice / month.hashprice - 2.0).abs() < 1e-12);
        let given = month.clone().with_hashrate(month.hashrate_at_target * 4.0);
        assert!((given.hashprice / month.hashprice - 0.25).abs() < 1e-12);
        assert_eq!(given.network().unwrap().hashrate, month.hashrate_at_target * 4.0);
        // The formula of the reward says the same: 3.125 BTC and fees over E(D) at 1,000 EH/s.
        let given = month.clone().with_hashrate(Hashrate::from_eh_s(1_000.0));
        let reward = 3.125 + month.fees_per_block.as_btc();
        let a_day = 86_400.0 / 600.298 * reward * month.price.as_usd_per_btc() / 1e6;
        let found = given.hashprice.as_usd_per_ph_day();
        // The table's means are of days: products of means differ by some per cent.
        assert!((found / a_day - 1.0).abs() < 0.02, "{found} for {a_day}");
    }
}
