//! Days, months and years of the calendar that a text may tell in part, and the years in which they
//! lie before or after a day.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::model::DateSpan;

/// Whether an event is over, is still to come, or may be either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    ToCome,
    Open,
}

/// A date as far as the text tells it: a year, a month, a day of a month, each with its year or
/// without.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Calendar {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    /// Told beside it; helps to find the year.
    pub(super) weekday: Option<Weekday>,
}

/// A time that the tense may have to complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    Calendar(Calendar),
    Weekday(Weekday),
}

impl Calendar {
    pub(super) fn of_day(day: i8) -> Point {
        Point::Calendar(Self { day: Some(day), ..Self::default() })
    }

    pub(super) fn of_month(month: i8) -> Point {
        Point::Calendar(Self { month: Some(month), ..Self::default() })
    }

    pub(super) fn of_year(year: i16) -> Point {
        Point::Calendar(Self { year: Some(year), ..Self::default() })
    }

    /// The date in that year.
    fn in_year(self, year: i16) -> Option<DateSpan> {
        match (self.month, self.day) {
            (Some(month), Some(day)) => Date::new(year, month, day).ok().map(DateSpan::day),
            (Some(month), None) => DateSpan::month(year, month),
            (None, _) => DateSpan::year(year),
        }
    }

    /// The dates of the years beside that of `today` at which it may lie, in order.
    fn candidates(self, today: Date) -> Vec<DateSpan> {
        let all = (today.year() - 1..=today.year() + 1).filter_map(|year| self.in_year(year));
        let all: Vec<DateSpan> = all.collect();
        let on_weekday = |date: &&DateSpan| self.weekday == Some(date.first().weekday());
        let fitting: Vec<DateSpan> = all.iter().filter(on_weekday).copied().collect();
        if fitting.is_empty() { all } else { fitting }
    }
}

impl Point {
    /// The date, where the text tells the year.
    pub(super) fn known(self) -> Option<DateSpan> {
        match self {
            Self::Calendar(date) => date.in_year(date.year?),
            Self::Weekday(_) => None,
        }
    }

    /// What it means for an event of that tense, told on `today`.
    pub(super) fn resolve(self, tense: Tense, today: Option<Date>) -> Option<DateSpan> {
        if matches!(self, Self::Calendar(date) if date.year.is_some()) {
            return self.known();
        }
        let today = today?;
        match (self, tense) {
            (_, Tense::Past) | (Self::Weekday(_), Tense::Open) => self.latest(today),
            (Self::Weekday(_), Tense::ToCome) => self.earliest(today.tomorrow().ok()?),
            (_, Tense::ToCome) => self.earliest(today),
            (Self::Calendar(date), Tense::Open) => {
                // A month soon to come is of this year.
                let soon = today.last_of_month().checked_add(3.months()).ok()?;
                let candidates = date.candidates(today);
                let known = candidates.iter().rfind(|date| date.first() <= soon);
                known.or(candidates.first()).copied()
            }
        }
    }

    /// The last one that begins before the end of `until`.
    pub(super) fn latest(self, until: Date) -> Option<DateSpan> {
        match self {
            Self::Weekday(weekday) => last_weekday(until, weekday).map(DateSpan::day),
            Self::Calendar(date) => {
                let candidates = date.candidates(until);
                candidates.iter().rfind(|date| date.first() <= until).copied()
            }
        }
    }

    /// The first one that ends at `from` or later.
    pub(super) fn earliest(self, from: Date) -> Option<DateSpan> {
        match self {
            Self::Weekday(weekday) => {
                next_weekday(from.yesterday().ok()?, weekday).map(DateSpan::day)
            }
            Self::Calendar(date) => {
                let candidates = date.candidates(from);
                candidates.iter().find(|date| date.last() >= from).copied()
            }
        }
    }

    /// Whether it names a day of a month.
    pub(super) fn has_day(self) -> bool {
        matches!(self, Self::Calendar(date) if date.day.is_some() && date.month.is_some())
    }

    /// Whether it is the number of a day alone: "3" in "3-5 June".
    pub(super) fn is_bare_day(self) -> bool {
        matches!(self, Self::Calendar(date) if date.day.is_some() && date.month.is_none())
    }

    /// The year, where nothing else is told.
    pub(super) fn year_alone(self) -> Option<i16> {
        match self {
            Self::Calendar(Calendar { year, month: None, day: None, .. }) => year,
            _ => None,
        }
    }

    /// A day of the month that `other` names.
    pub(super) fn within(self, other: Self) -> Option<Self> {
        let (Self::Calendar(own), Self::Calendar(other)) = (self, other) else { return None };
        let known = other.month.filter(|_| other.day.is_some());
        known.map(|month| Self::Calendar(Calendar { month: Some(month), year: other.year, ..own }))
    }

    /// The same date of that year.
    pub(super) fn of_year(self, year: i16) -> Self {
        match self {
            Self::Calendar(date) => Self::Calendar(Calendar { year: Some(year), ..date }),
            Self::Weekday(_) => self,
        }
    }

    /// Whether two points may be the ends of a range: days, months, years or weekdays.
    pub(super) fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Weekday(_), Self::Weekday(_)) => true,
            (Self::Calendar(one), Self::Calendar(other)) => {
                one.day.is_some() == other.day.is_some()
                    && (one.month.is_some() == other.month.is_some()
                        || other.day.is_some() && other.month.is_none())
            }
            _ => false,
        }
    }
}

/// The last such weekday, `from` included.
pub(super) fn last_weekday(from: Date, weekday: Weekday) -> Option<Date> {
    (0..7).filter_map(|n: i64| from.checked_sub(n.days()).ok()).find(|d| d.weekday() == weekday)
}

/// The next such weekday after `from`.
pub(super) fn next_weekday(from: Date, weekday: Weekday) -> Option<Date> {
    (1..8).filter_map(|n: i64| from.checked_add(n.days()).ok()).find(|d| d.weekday() == weekday)
}
