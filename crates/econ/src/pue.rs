//! Power usage effectiveness.

use super::EconError;

/// Power usage effectiveness: power at the site's meter over power at the machines, 1 or more
/// (ISO/IEC 30134-2).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Pue(f64);

impl Pue {
    /// Creates a power usage effectiveness.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] for a value below 1, NaN or infinite.
    pub fn new(value: f64) -> Result<Self, EconError> {
        if value >= 1.0 && value.is_finite() {
            Ok(Self(value))
        } else {
            Err(EconError::OutOfRange {
                field: "pue",
                given: value.to_string(),
                remedy: "a power usage effectiveness of at least 1, such as 1.05",
            })
        }
    }

    /// A constant in the source code, checked at compile time.
    pub(crate) const fn constant(value: f64) -> Self {
        assert!(value >= 1.0);
        Self(value)
    }

    /// The ratio.
    pub fn value(self) -> f64 {
        self.0
    }
}
