//! Tables of words that stand for numbers.

use std::ops::RangeInclusive;

use strum::{IntoStaticStr, VariantArray};

/// A table of words with a number for each.
///
/// The files name a table as they name a list, under `tables`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum WordTable {
    /// Weekdays, Monday being 1.
    Weekday,
    /// Days by their distance from the day of writing: "yesterday" is -1.
    DayOffset,
    /// Weeks, months and years by their distance from the present one: "last" is -1.
    PeriodOffset,
    /// Names of calendar periods by their length in days; a month has 30, a year 365.
    PeriodLength,
    /// Small numbers in words.
    SmallNumber,
}

impl WordTable {
    /// The numbers that it may hold.
    #[must_use]
    pub fn range(self) -> RangeInclusive<i64> {
        match self {
            Self::Weekday => 1..=7,
            Self::DayOffset => -366..=366,
            Self::PeriodOffset => -100..=100,
            Self::PeriodLength => 1..=365,
            Self::SmallNumber => 1..=400,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lists::named;
    use super::*;

    #[test]
    fn a_table_is_named_by_its_variant() {
        assert_eq!(named("table", "day-offset"), Ok(WordTable::DayOffset));
    }
}
