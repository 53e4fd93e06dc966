//! Stretches of days, joined where they touch.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::DateSpan;

/// Sorted stretches of days that neither overlap nor touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intervals(Vec<DateSpan>);

impl Intervals {
    /// Adds the days of `span`.
    ///
    /// # Panics
    ///
    /// Never: stretches are joined in order.
    pub fn add(&mut self, span: DateSpan) {
        // A day further on each side: stretches that touch become one.
        let before = span.first().checked_sub(1.day()).unwrap_or(span.first());
        let after = span.last().checked_add(1.day()).unwrap_or(span.last());
        let start = self.0.partition_point(|known| known.last() < before);
        let end = start + self.0[start..].partition_point(|known| known.first() <= after);
        let joined = self.0[start..end].iter().fold(span, |joined, known| {
            let (first, last) =
                (joined.first().min(known.first()), joined.last().max(known.last()));
            DateSpan::new(first, last).expect("the first day comes before the last")
        });
        self.0.splice(start..end, [joined]);
    }

    /// The stretches in order.
    #[must_use]
    pub fn as_slice(&self) -> &[DateSpan] {
        &self.0
    }

    /// First and last day of all; `None` where there is no day.
    #[must_use]
    pub fn bounds(&self) -> Option<(Date, Date)> {
        Some((self.0.first()?.first(), self.0.last()?.last()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_touch_are_joined_and_gaps_stay() {
        let mut intervals = Intervals::default();
        for span in ["2024-03-05", "2024-01", "2024-03-04", "2024-02-01", "2024-03-01/2024-03-02"] {
            intervals.add(span.parse().unwrap());
        }
        let found: Vec<_> = intervals.as_slice().iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            ["2024-01-01/2024-02-01", "2024-03-01/2024-03-02", "2024-03-04/2024-03-05"]
        );
        intervals.add("2024-03-03".parse().unwrap());
        assert_eq!(intervals.as_slice().len(), 2);
        let (first, last) = intervals.bounds().unwrap();
        assert_eq!(
            (first.to_string(), last.to_string()),
            ("2024-01-01".into(), "2024-03-05".into())
        );
    }
}
