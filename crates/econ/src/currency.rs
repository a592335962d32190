//! Currencies, and amounts as people write them.

use super::EconError;
use hashwatt_quantities::number::{self, NotANumber};
use std::fmt;
use std::str::FromStr;

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

/// `NUMBER UPPER/LOWER`.
pub(crate) fn quotient(text: &str) -> Option<(f64, &str, &str)> {
    let mut words = text.split_whitespace();
    let (number, unit, rest) = (words.next()?, words.next()?, words.next());
    let (upper, lower) = unit.split_once('/')?;
    let number = number::parse(number).ok()?;
    rest.is_none().then_some((number, upper, lower))
}

/// What is to be asked about the number of a text that is no quotient: separators of thousands, a
/// decimal comma.
pub(crate) fn asked(text: &str) -> Option<NotANumber> {
    let (number, _unit) = text.trim().rsplit_once(char::is_whitespace)?;
    number::parse(number.trim()).err().filter(|error| *error != NotANumber::NoNumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_are_three_letters() {
        let rupee: Currency = "pkr".parse().unwrap();
        assert_eq!(rupee.to_string(), "PKR");
        for bad in ["RUPEE", "P1R", "", "é"] {
            assert!(bad.parse::<Currency>().is_err(), "{bad}");
        }
    }

    #[test]
    fn quotients_need_a_number_and_a_unit() {
        assert_eq!(quotient("22.98 PKR/kWh"), Some((22.98, "PKR", "kWh")));
        for bad in ["50", "22.98 PKR", "22.98/kWh", "PKR/kWh", "1 PKR/kWh extra", "NaN PKR/kWh"] {
            assert_eq!(quotient(bad), None, "{bad}");
        }
    }
}
