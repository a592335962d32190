//! Selection of the scarcest hours of the year: a limit on the number of hours, lowest value first (equations M11
//! and M19).

/// A selection of hours: all below a value, a share of those at it, none above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limit {
    /// The value at the limit.
    pub at: f64,
    /// The share of the hours at the limit that is selected.
    pub part: f64,
}

impl Limit {
    /// Selects all hours.
    pub(crate) const ALL: Self = Self { at: f64::INFINITY, part: 1.0 };
    /// Selects no hours.
    pub(crate) const NOTHING: Self = Self { at: f64::NEG_INFINITY, part: 0.0 };

    /// Selects entries in ascending order of value until their hours reach `max_hours`; `entries` are pairs of value
    /// and hours.
    pub(crate) fn lowest_first(entries: &mut [(f64, f64)], max_hours: f64) -> Self {
        if max_hours <= 0.0 {
            return Self::NOTHING;
        }
        entries.sort_by(|a, b| a.0.total_cmp(&b.0));
        if entries.iter().map(|(_, hours)| hours).sum::<f64>() <= max_hours {
            return Self::ALL;
        }
        let mut below = 0.0;
        let mut place = 0;
        while place < entries.len() {
            let value = entries[place].0;
            let same = entries[place..].iter().take_while(|entry| entry.0 == value);
            let (count, hours) = same.fold((0, 0.0), |(n, sum), entry| (n + 1, sum + entry.1));
            // Hours that reach the limit exactly are all selected, and none above it.
            if below + hours > max_hours {
                return Self { at: value, part: (max_hours - below) / hours };
            }
            below += hours;
            place += count;
        }
        Self::ALL
    }

    /// The share of an entry with this value that is selected.
    pub(crate) fn share(&self, value: f64) -> f64 {
        if value < self.at {
            1.0
        } else if value == self.at {
            self.part
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lowest_values_are_selected_first_and_the_last_in_part() {
        let mut entries = [(3.0, 10.0), (1.0, 4.0), (2.0, 4.0), (2.0, 4.0)];
        let limit = Limit::lowest_first(&mut entries, 6.0);
        assert_eq!((limit.share(1.0), limit.share(2.0), limit.share(3.0)), (1.0, 0.25, 0.0));
        let limit = Limit::lowest_first(&mut entries, 12.0);
        assert_eq!((limit.share(2.0), limit.share(3.0)), (1.0, 0.0));
        assert_eq!(Limit::lowest_first(&mut entries, 22.0), Limit::ALL);
        assert_eq!(Limit::lowest_first(&mut entries, 0.0).share(1.0), 0.0);
        // Equal values: every hour in part.
        let limit = Limit::lowest_first(&mut [(f64::INFINITY, 8760.0)], 876.0);
        assert_eq!(limit.share(f64::INFINITY), 0.1);
    }
}
