//! Energy prices in any currency, and the stated exchange rate that makes dollars of them.

use super::{EconError, ReferenceCost};
use crate::uncertainty::Estimate;
use crate::units::EnergyPrice;
use std::fmt;
use std::str::FromStr;

/// Beyond this a price or a rate is a slip of the keyboard, and results would overflow.
const MOST: f64 = 1e12;

/// A currency by its three letters (ISO 4217).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The US dollar, in which the model counts.
    pub const USD: Self = Self(*b"USD");
}

impl FromStr for Currency {
    type Err = EconError;

    fn from_str(text: &str) -> Result<Self, EconError> {
        match text.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_alphabetic) => {
                Ok(Self([a, b, c].map(|letter| letter.to_ascii_uppercase())))
            }
            _ => Err(EconError::Unreadable {
                field: "currency",
                given: text.to_owned(),
                remedy: "three letters as in ISO 4217, such as PKR",
            }),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|&letter| write!(f, "{}", char::from(letter)))
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A price of energy in some currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalPrice {
    per_kwh: f64,
    currency: Currency,
}

impl LocalPrice {
    /// So many units of `currency` for a kWh. May be negative: such prices occur.
    ///
    /// # Errors
    /// NaN and infinities.
    pub fn from_per_kwh(per_kwh: f64, currency: Currency) -> Result<Self, EconError> {
        if per_kwh.is_finite() {
            Ok(Self { per_kwh, currency })
        } else {
            Err(EconError::OutOfRange {
                field: "tariff",
                given: per_kwh.to_string(),
                remedy: "a finite price per kWh",
            })
        }
    }
    /// Units of the currency for a kWh.
    pub fn as_per_kwh(self) -> f64 {
        self.per_kwh
    }
    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// In dollars.
    ///
    /// # Errors
    /// Without a rate for a currency other than the dollar, or with a rate for another one.
    pub fn to_usd(self, rate: Option<ExchangeRate>) -> Result<EnergyPrice, EconError> {
        let per_usd = match rate {
            Some(rate) if rate.currency == self.currency => rate.per_usd,
            _ if self.currency == Currency::USD => 1.0,
            Some(rate) => {
                let (rate, price) = (rate.currency, self.currency);
                return Err(EconError::CurrencyMismatch { rate, price });
            }
            None => return Err(EconError::MissingExchangeRate(self.currency)),
        };
        Ok(EnergyPrice::from_usd_per_kwh(self.per_kwh / per_usd))
    }
}

impl FromStr for LocalPrice {
    type Err = EconError;

    /// `22.98 PKR/kWh` or `50 USD/MWh`. A number without its unit is refused.
    fn from_str(text: &str) -> Result<Self, EconError> {
        let unreadable = || EconError::Unreadable {
            field: "tariff",
            given: text.to_owned(),
            remedy: "a number with its unit, such as \"22.98 PKR/kWh\" or \"50 USD/MWh\"",
        };
        let (number, currency, unit) = quotient(text).ok_or_else(unreadable)?;
        let kwh = match unit.to_ascii_lowercase().as_str() {
            "kwh" => 1.0,
            "mwh" => 1000.0,
            _ => return Err(unreadable()),
        };
        Self::from_per_kwh(number / kwh, currency.parse().map_err(|_| unreadable())?)
    }
}

impl fmt::Display for LocalPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.per_kwh, f)?;
        write!(f, " {}/kWh", self.currency)
    }
}

/// An amount of some currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalAmount {
    amount: f64,
    currency: Currency,
}

impl LocalAmount {
    pub(crate) fn new(amount: f64, currency: Currency) -> Self {
        Self { amount, currency }
    }
    /// Units of the currency.
    pub fn amount(self) -> f64 {
        self.amount
    }
    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }
}

/// Units of a currency for one dollar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExchangeRate {
    per_usd: f64,
    currency: Currency,
}

impl ExchangeRate {
    /// So many units of `currency` for a dollar.
    ///
    /// # Errors
    /// Unless positive and finite; for the dollar itself, unless 1.
    pub fn from_per_usd(per_usd: f64, currency: Currency) -> Result<Self, EconError> {
        let possible = per_usd.is_finite() && per_usd > 0.0;
        if possible && (currency != Currency::USD || per_usd == 1.0) {
            Ok(Self { per_usd, currency })
        } else {
            Err(EconError::OutOfRange {
                field: "exchange rate",
                given: format!("{per_usd} {currency}/USD"),
                remedy: "units of the local currency for one dollar, above 0, such as \"281 PKR/USD\"",
            })
        }
    }
    /// Units of the currency for a dollar.
    pub fn as_per_usd(self) -> f64 {
        self.per_usd
    }
    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }
}

impl FromStr for ExchangeRate {
    type Err = EconError;

    /// `281 PKR/USD`.
    fn from_str(text: &str) -> Result<Self, EconError> {
        let unreadable = || EconError::Unreadable {
            field: "exchange rate",
            given: text.to_owned(),
            remedy: "units of the local currency for one dollar, such as \"281 PKR/USD\"",
        };
        let (number, currency, dollar) = quotient(text).ok_or_else(unreadable)?;
        if !dollar.eq_ignore_ascii_case("USD") {
            return Err(unreadable());
        }
        Self::from_per_usd(number, currency.parse().map_err(|_| unreadable())?)
    }
}

impl fmt::Display for ExchangeRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.per_usd, f)?;
        write!(f, " {}/USD", self.currency)
    }
}

/// `NUMBER UPPER/LOWER`.
pub(super) fn quotient(text: &str) -> Option<(f64, &str, &str)> {
    let mut words = text.split_whitespace();
    let (number, unit, rest) = (words.next()?, words.next()?, words.next());
    let (upper, lower) = unit.split_once('/')?;
    let number: f64 = number.parse().ok()?;
    (rest.is_none() && number.is_finite()).then_some((number, upper, lower))
}

/// What the site pays for energy.
#[derive(Clone, Debug, PartialEq)]
pub struct Tariff {
    /// The price as agreed.
    pub price: Estimate<LocalPrice>,
    /// The rate, where the price is not in dollars.
    pub exchange_rate: Option<Estimate<ExchangeRate>>,
}

impl Tariff {
    /// In dollars.
    ///
    /// # Errors
    /// As [`LocalPrice::to_usd`].
    pub fn usd(&self) -> Result<EnergyPrice, EconError> {
        self.price.value().to_usd(self.rate())
    }

    /// The price and the rate lie where they can mean something, and the rate is for the
    /// tariff's currency or for that of a reference: one for a third would be lost unseen.
    pub(super) fn check(&self, references: &[ReferenceCost]) -> Result<(), EconError> {
        let price = self.price.value();
        if price.per_kwh.abs() > MOST {
            let given = price.to_string();
            let remedy = "a price per kWh of at most 1e12 units";
            return Err(EconError::OutOfRange { field: "tariff", given, remedy });
        }
        let Some(rate) = self.rate() else { return Ok(()) };
        if !(1.0 / MOST..=MOST).contains(&rate.per_usd) {
            let given = rate.to_string();
            let remedy = "units for one dollar of 1e-12 to 1e12";
            return Err(EconError::OutOfRange { field: "exchange rate", given, remedy });
        }
        let mut wanted = references.iter().map(|reference| reference.price.value().currency);
        if rate.currency == price.currency || wanted.any(|currency| currency == rate.currency) {
            Ok(())
        } else {
            Err(EconError::CurrencyMismatch { rate: rate.currency, price: price.currency })
        }
    }

    /// In a currency: its own, the dollar, or that of the exchange rate.
    ///
    /// # Errors
    /// Without a rate for that currency.
    pub fn in_currency(&self, currency: Currency) -> Result<LocalPrice, EconError> {
        if currency == self.price.value().currency {
            return Ok(self.price.value());
        }
        let usd = self.usd()?;
        let rate = match self.rate() {
            _ if currency == Currency::USD => 1.0,
            Some(rate) if rate.currency == currency => rate.per_usd,
            Some(rate) => {
                return Err(EconError::CurrencyMismatch { rate: rate.currency, price: currency });
            }
            None => return Err(EconError::MissingExchangeRate(currency)),
        };
        LocalPrice::from_per_kwh(usd.as_usd_per_kwh() * rate, currency)
    }

    fn rate(&self) -> Option<ExchangeRate> {
        self.exchange_rate.as_ref().map(Estimate::value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_and_rates_are_read_with_their_units() {
        let price: LocalPrice = "22.98 PKR/kWh".parse().unwrap();
        assert_eq!((price.as_per_kwh(), price.currency().to_string()), (22.98, "PKR".to_owned()));
        let price: LocalPrice = "50 usd/MWh".parse().unwrap();
        assert_eq!(price.to_usd(None).unwrap().as_usd_per_mwh(), 50.0);
        let rate: ExchangeRate = "281 PKR/USD".parse().unwrap();
        assert_eq!((rate.as_per_usd(), rate.to_string()), (281.0, "281 PKR/USD".to_owned()));
    }

    #[test]
    fn what_has_no_unit_is_refused() {
        for bad in ["50", "22.98 PKR", "22.98/kWh", "PKR/kWh", "22.98 PKR/kWh extra", "x PKR/kWh"] {
            assert!(bad.parse::<LocalPrice>().is_err(), "{bad}");
        }
        for bad in ["NaN PKR/kWh", "inf PKR/kWh", "1 PKR/J", "1 RUPEE/kWh", "1 P1R/kWh", "1 é/kWh"]
        {
            assert!(bad.parse::<LocalPrice>().is_err(), "{bad}");
        }
        for bad in ["281", "281 PKR", "0 PKR/USD", "-1 PKR/USD", "281 PKR/EUR", "2 USD/USD"] {
            assert!(bad.parse::<ExchangeRate>().is_err(), "{bad}");
        }
    }

    #[test]
    fn no_rate_is_implied() {
        let price: LocalPrice = "22.98 PKR/kWh".parse().unwrap();
        assert!(matches!(price.to_usd(None), Err(EconError::MissingExchangeRate(_))));
        let euro: ExchangeRate = "0.9 EUR/USD".parse().unwrap();
        assert!(matches!(price.to_usd(Some(euro)), Err(EconError::CurrencyMismatch { .. })));
        // A dollar price needs none; one for another currency does not touch it.
        let dollars: LocalPrice = "0.05 USD/kWh".parse().unwrap();
        assert_eq!(dollars.to_usd(Some(euro)), dollars.to_usd(None));
    }
}
