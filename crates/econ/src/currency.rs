//! Currencies, and parsing of prices with units.

use super::EconError;
use hashwatt_quantities::number::{self, NumberError};
use std::fmt;
use std::str::FromStr;

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The US dollar, the model's unit of account.
    pub const USD: Self = Self(*b"USD");

    /// An example of its exchange rate, such as `0.9 EUR/USD`, for templates and remedies. The number only has the
    /// right order of magnitude; an unknown currency has `NUMBER`.
    ///
    /// ```
    /// use hashwatt_econ::Currency;
    ///
    /// assert_eq!("EUR".parse::<Currency>()?.example_rate(), "0.9 EUR/USD");
    /// # Ok::<(), hashwatt_econ::EconError>(())
    /// ```
    pub fn example_rate(self) -> String {
        let known = EXAMPLE_RATES.iter().find(|(code, _)| **code == self.0);
        let number = known.map_or("NUMBER", |(_, number)| *number);
        format!("{number} {self}/USD")
    }
}

/// Units per dollar, to one or two digits.
const EXAMPLE_RATES: &[(&[u8; 3], &str)] = &[
    (b"AED", "3.67"),
    (b"AMD", "390"),
    (b"ARS", "1400"),
    (b"AUD", "1.5"),
    (b"BRL", "5.5"),
    (b"BTN", "85"),
    (b"CAD", "1.4"),
    (b"CHF", "0.8"),
    (b"CLP", "950"),
    (b"CNY", "7.1"),
    (b"COP", "4000"),
    (b"CZK", "21"),
    (b"DKK", "6.5"),
    (b"ETB", "150"),
    (b"EUR", "0.9"),
    (b"GBP", "0.75"),
    (b"GEL", "2.7"),
    (b"HUF", "340"),
    (b"IDR", "16500"),
    (b"INR", "88"),
    (b"ISK", "125"),
    (b"JPY", "150"),
    (b"KES", "130"),
    (b"KGS", "87"),
    (b"KRW", "1400"),
    (b"KZT", "520"),
    (b"LAK", "21500"),
    (b"MXN", "18.5"),
    (b"MYR", "4.2"),
    (b"NGN", "1500"),
    (b"NOK", "10"),
    (b"OMR", "0.385"),
    (b"PKR", "281"),
    (b"PLN", "3.6"),
    (b"PYG", "7500"),
    (b"RUB", "80"),
    (b"SAR", "3.75"),
    (b"SEK", "9.5"),
    (b"SGD", "1.3"),
    (b"THB", "32"),
    (b"TRY", "42"),
    (b"UAH", "41"),
    (b"UZS", "12500"),
    (b"VND", "26000"),
    (b"ZAR", "17.5"),
];

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

/// Parses `NUMBER UPPER/LOWER`.
pub(crate) fn quotient(text: &str) -> Option<(f64, &str, &str)> {
    let mut words = text.split_whitespace();
    let (number, unit, rest) = (words.next()?, words.next()?, words.next());
    let (upper, lower) = unit.split_once('/')?;
    let number = number::parse(number).ok()?;
    rest.is_none().then_some((number, upper, lower))
}

/// The ambiguity in the number of a text that is not a quotient: thousands separators or a decimal comma.
pub(crate) fn ambiguity(text: &str) -> Option<NumberError> {
    let (number, _unit) = text.trim().rsplit_once(char::is_whitespace)?;
    number::parse(number.trim()).err().filter(|error| *error != NumberError::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currency_code_has_three_letters() {
        let rupee: Currency = "pkr".parse().unwrap();
        assert_eq!(rupee.to_string(), "PKR");
        for bad in ["RUPEE", "P1R", "", "é"] {
            assert!(bad.parse::<Currency>().is_err(), "{bad}");
        }
    }

    #[test]
    fn example_rate_is_of_its_currency_and_parses() {
        for (code, number, ..) in EXAMPLE_RATES {
            let example = Currency(**code).example_rate();
            let (found, upper, lower) = quotient(&example).unwrap();
            assert_eq!(found.to_string(), *number);
            assert_eq!((upper.parse(), lower), (Ok(Currency(**code)), "USD"));
        }
        let is_sorted = EXAMPLE_RATES.is_sorted_by(|a, b| a.0 < b.0);
        assert!(is_sorted);
        assert_eq!("XAU".parse::<Currency>().unwrap().example_rate(), "NUMBER XAU/USD");
    }

    #[test]
    fn quotient_needs_a_number_and_a_unit() {
        assert_eq!(quotient("22.98 PKR/kWh"), Some((22.98, "PKR", "kWh")));
        for bad in ["50", "22.98 PKR", "22.98/kWh", "PKR/kWh", "1 PKR/kWh extra", "NaN PKR/kWh"] {
            assert_eq!(quotient(bad), None, "{bad}");
        }
    }
}
