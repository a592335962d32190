//! Which hours of the year are the scarcest: a limit on hours taken worst first (equations M11 and M19).

/// Hours that are taken whole below a value, in part at it, not at all above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limit {
    /// Where the limit lies.
    pub at: f64,
    /// The part of the hours at it that is taken.
    pub part: f64,
}

impl Limit {
    /// Everything is taken.
    pub(crate) const ALL: Self = Self { at: f64::INFINITY, part: 1.0 };
    /// Nothing is taken.
    pub(crate) const NOTHING: Self = Self { at: f64::NEG_INFINITY, part: 0.0 };

    /// Takes entries, the least value first, until their hours make `most`; `entries` are pairs of value
    /// and hours.
    pub(crate) fn least_first(entries: &mut [(f64, f64)], most: f64) -> Self {
        if most <= 0.0 {
            return Self::NOTHING;
        }
        entries.sort_by(|a, b| a.0.total_cmp(&b.0));
        if entries.iter().map(|(_, hours)| hours).sum::<f64>() <= most {
            return Self::ALL;
        }
        let mut below = 0.0;
        let mut place = 0;
        while place < entries.len() {
            let value = entries[place].0;
            let same = entries[place..].iter().take_while(|entry| entry.0 == value);
            let (count, hours) = same.fold((0, 0.0), |(n, sum), entry| (n + 1, sum + entry.1));
            // The hours that fill the limit exactly are all taken, and those above it not at all.
            if below + hours > most {
                return Self { at: value, part: (most - below) / hours };
            }
            below += hours;
            place += count;
        }
        Self::ALL
    }

    /// The part of an entry of that value that is taken.
    pub(crate) fn taken(&self, value: f64) -> f64 {
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
    fn the_least_are_taken_first_and_the_last_in_part() {
        let mut entries = [(3.0, 10.0), (1.0, 4.0), (2.0, 4.0), (2.0, 4.0)];
        let limit = Limit::least_first(&mut entries, 6.0);
        assert_eq!((limit.taken(1.0), limit.taken(2.0), limit.taken(3.0)), (1.0, 0.25, 0.0));
        let limit = Limit::least_first(&mut entries, 12.0);
        assert_eq!((limit.taken(2.0), limit.taken(3.0)), (1.0, 0.0));
        assert_eq!(Limit::least_first(&mut entries, 22.0), Limit::ALL);
        assert_eq!(Limit::least_first(&mut entries, 0.0).taken(1.0), 0.0);
        // The same value everywhere: every hour in part.
        let limit = Limit::least_first(&mut [(f64::INFINITY, 8760.0)], 876.0);
        assert_eq!(limit.taken(f64::INFINITY), 0.1);
    }
}
