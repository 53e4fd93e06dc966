//! Expressions of time in a sentence, and what they mean on a day of writing.
//!
//! An expression that leaves the year or the week open is kept as it stands: the tense of the event
//! that it dates decides. Vague times ("recently") are no expressions.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::calendar::{Calendar, Point, Tense, last_weekday, next_weekday};
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{
    After, Ago, And, At, Before, Between, During, From, In, Last, Of, On, Over, Since, The,
    Through, Till, To, Until,
};
use crate::lexicon::{WordList, WordTable};
use crate::model::{DateSpan, TokenIndex, month_number};

/// Lengths of calendar periods in days, by which the lexicon tells them apart.
mod length {
    pub(super) const DAY: i64 = 1;
    pub(super) const WEEK: i64 = 7;
    pub(super) const MONTH: i64 = 30;
    pub(super) const YEAR: i64 = 365;
}

/// A time expression of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expression {
    /// Its first and last token.
    pub(super) first: TokenIndex,
    pub(super) last: TokenIndex,
    time: Time,
    /// "Since July": from then to the publication.
    since: bool,
}

/// What an expression says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    /// The same in every tense: "last week".
    Known(DateSpan),
    Point(Point),
    Range(Point, Point),
    /// "This Monday".
    Near(Weekday),
    /// "In two weeks", if it is to come.
    Ahead(i64, i64),
}

impl Expression {
    /// What it means for an event of that tense, in a text that was published then.
    pub(super) fn resolve(self, tense: Tense, published: Option<DateSpan>) -> Option<DateSpan> {
        let today = published.map(DateSpan::last);
        let date = match self.time {
            Time::Known(date) => date,
            Time::Point(point) => point.resolve(tense, today)?,
            Time::Range(first, last) => range(first, last, tense, today)?,
            Time::Near(weekday) if tense == Tense::Past => {
                DateSpan::day(last_weekday(today?, weekday)?)
            }
            Time::Near(weekday) => DateSpan::day(next_weekday(today?, weekday)?),
            Time::Ahead(length, by) if tense == Tense::ToCome => period(length, by, today?)?,
            Time::Ahead(..) => return None,
        };
        if !self.since {
            return Some(date);
        }
        let whole_month = date.first() != date.last();
        let end = if whole_month { today?.last_of_month() } else { today? };
        DateSpan::new(date.first(), end).or(Some(date))
    }
}

/// Every time expression of a sentence, in text order.
pub(super) fn expressions(view: &View<'_>, published: Option<DateSpan>) -> Vec<Expression> {
    let reader = Reader { view, today: published.map(DateSpan::last) };
    let mut found = Vec::new();
    let mut index = 0;
    while index < view.len() {
        let first = TokenIndex::new(index);
        match reader.read(first) {
            Some((n_tokens, time)) => {
                let last = TokenIndex::new(index + n_tokens - 1);
                let since = view.function_before(first) == Some(Since);
                found.push(Expression { first, last, time, since });
                index += n_tokens;
            }
            None => index += 1,
        }
    }
    found
}

/// From the first point to the last; a year or week that one of them leaves open is the other's.
fn range(first: Point, last: Point, tense: Tense, today: Option<Date>) -> Option<DateSpan> {
    let (first, last) = match (first.known(), last.known()) {
        (Some(first), Some(last)) => (first, last),
        (None, Some(last)) => (first.latest(last.last())?, last),
        (Some(first), None) => (first, last.earliest(first.first())?),
        (None, None) => {
            let first = first.resolve(tense, today)?;
            (first, last.earliest(first.first())?)
        }
    };
    DateSpan::new(first.first(), last.last())
}

/// What reads the expressions of one sentence.
struct Reader<'v, 'a> {
    view: &'v View<'a>,
    /// The last day of publication.
    today: Option<Date>,
}

impl Reader<'_, '_> {
    /// The expression that begins at `token`: how many tokens it has and what it means.
    fn read(&self, token: TokenIndex) -> Option<(usize, Time)> {
        if self.view.actor(token).is_some() {
            return None;
        }
        if let Some(found) = self.range(token) {
            return Some(found);
        }
        if let Some((n, point)) = self.point(token) {
            return match point {
                Point::Weekday(weekday) => self.weekday_of_week(token, weekday),
                Point::Calendar(_) => None,
            }
            .or(Some((n, Time::Point(point))));
        }
        self.relative(token)
    }

    /// The lower-case word `offset` places behind `token`; empty outside of the sentence.
    fn word(&self, token: TokenIndex, offset: usize) -> &str {
        let at = isize::try_from(offset).ok().and_then(|offset| self.view.step(token, offset));
        at.map_or("", |at| self.view.word(at))
    }

    fn at(&self, token: TokenIndex, offset: usize) -> Option<TokenIndex> {
        self.view.step(token, isize::try_from(offset).ok()?)
    }

    fn function(&self, token: TokenIndex, offset: isize) -> Option<crate::lexicon::FunctionWord> {
        self.view.function(self.view.step(token, offset)?)
    }

    /// "June 3 to June 5", "3-5 June", "between March and May", "2019-2021", "Monday to Wednesday".
    fn range(&self, token: TokenIndex) -> Option<(usize, Time)> {
        let bare = || Some((1, Calendar::of_day(day(self.word(token, 0))?)));
        let (n, first) = self.point(token).or_else(bare)?;
        let between = self.view.function_before(token) == Some(Between);
        let connector = self.at(token, n)?;
        let joined = match self.view.function(connector) {
            Some(To | Until | Till | Through) => true,
            Some(And) => between || first.has_day() || first.is_bare_day(),
            _ => matches!(self.view.word(connector), "-" | "–" | "—" | "\u{2011}"),
        };
        let next = self.at(connector, 1).filter(|_| joined)?;
        let (m, last) = self.range_end(next, first, between)?;
        let first = if first.is_bare_day() { first.within(last)? } else { first };
        Some((n + 1 + m, Time::Range(first, last)))
    }

    /// Where a range ends that began with `first`.
    fn range_end(&self, next: TokenIndex, first: Point, between: bool) -> Option<(usize, Point)> {
        let alone = self.view.function(self.view.step(next, -1)?) == Some(And) && !between;
        if let Some((n, point)) = self.point(next).or_else(|| self.year_alone(next, first)) {
            // "On June 3 and in May" are two; "3-5 June" is one.
            let fits = point.is_like(first) && (!alone || first.is_bare_day());
            return fits.then_some((n, point));
        }
        let last = Calendar::of_day(day(self.word(next, 0))?).within(first)?;
        let closed = !self.word(next, 1).starts_with(char::is_alphanumeric);
        if alone && !closed {
            return None;
        }
        // "June 3-5, 2024"
        let written = match (self.word(next, 1), year(self.word(next, 2)), year(self.word(next, 1)))
        {
            (",", Some(year), _) => Some((3, year)),
            (_, _, Some(year)) => Some((2, year)),
            _ => None,
        };
        Some(written.map_or((1, last), |(n, year)| (n, last.of_year(year))))
    }

    /// The second of two years: "2019 to 2021", "2014-15".
    fn year_alone(&self, token: TokenIndex, first: Point) -> Option<(usize, Point)> {
        let start = first.year_alone()?;
        let word = self.word(token, 0);
        let short = || {
            let tail: i16 = word.parse().ok().filter(|_| word.len() == 2)?;
            Some(start / 100 * 100 + tail)
        };
        let end = year(word).or_else(short).filter(|end| *end > start)?;
        Some((1, Calendar::of_year(end)))
    }

    /// A day, month or year of the calendar or a weekday, with the weekday of a date beside it:
    /// "Monday, June 3", "Monday (3 June)", "3 June (Monday)".
    fn point(&self, token: TokenIndex) -> Option<(usize, Point)> {
        let closing = |n: usize| usize::from(self.word(token, n) == ")");
        if let Some(weekday) = weekday(self.view, token) {
            // "Monday evening, June 3"
            let part_of_day = usize::from(
                self.at(token, 1).is_some_and(|at| self.view.form_is(WordList::TimeNoun, at)),
            );
            let next = self.at(token, 1 + part_of_day);
            let opened = next.is_some_and(|at| self.view.word(at) == "(");
            let linked = next
                .is_some_and(|at| self.view.word(at) == "," || self.view.function(at) == Some(The));
            let skipped = part_of_day + usize::from(opened || linked);
            let date = self.at(token, 1 + skipped).and_then(|at| self.calendar(at));
            let date = date.filter(|(_, date)| date.day.is_some());
            return Some(date.map_or((1, Point::Weekday(weekday)), |(n, date)| {
                let n = 1 + skipped + n;
                let n = n + if opened { closing(n) } else { 0 };
                (n, Point::Calendar(Calendar { weekday: Some(weekday), ..date }))
            }));
        }
        let (n, date) = self.calendar(token)?;
        let beside = matches!(self.word(token, n), "," | "(") && date.day.is_some();
        let day = self.at(token, n + 1).filter(|_| beside).and_then(|at| weekday(self.view, at));
        Some(match day {
            Some(weekday) => {
                let closed = closing(n + 2);
                (n + 2 + closed, Point::Calendar(Calendar { weekday: Some(weekday), ..date }))
            }
            None => (n, Point::Calendar(date)),
        })
    }

    /// A day, month or year of the calendar.
    fn calendar(&self, token: TokenIndex) -> Option<(usize, Calendar)> {
        if let Some(date) = numeric(self.word(token, 0)) {
            return Some((1, date));
        }
        if let Some(month) = month(self.view, token) {
            return Some(self.behind_month(token, month));
        }
        let day = day(self.word(token, 0));
        if let Some(day) = day {
            // "3 June", "the 3rd of June"
            let of = usize::from(self.function(token, 1) == Some(Of));
            if let Some(month) = month_name(self.word(token, 1 + of)) {
                let comma = usize::from(self.word(token, 2 + of) == ",");
                let year = [comma, 0]
                    .into_iter()
                    .find_map(|comma| Some((comma, year(self.word(token, 2 + of + comma))?)));
                let n = 2 + of + year.map_or(0, |(comma, _)| comma + 1);
                let date = Calendar {
                    year: year.map(|(_, year)| year),
                    month: Some(month),
                    day: Some(day),
                    weekday: None,
                };
                return Some((n, date));
            }
        }
        let word = self.word(token, 0);
        // "mid-2023"
        let year = year(word.rsplit_once('-').map_or(word, |(_, year)| year))?;
        let told = match self.view.function_before(token) {
            Some(In | Since | During | Until | From | Between) => true,
            // "The summer of 2023"; "the embargo of 2006" is a name.
            Some(Of) => self
                .view
                .step(token, -2)
                .is_some_and(|part| self.view.form_is(WordList::PartOfYear, part)),
            _ => false,
        };
        told.then_some((1, Calendar { year: Some(year), ..Calendar::default() }))
    }

    /// "Oct. 13, 2023", "October 2023", "October of 2023", "October" from the month on.
    fn behind_month(&self, token: TokenIndex, month: i8) -> (usize, Calendar) {
        let date = Calendar { month: Some(month), ..Calendar::default() };
        let the = usize::from(self.function(token, 1) == Some(The));
        if let Some(day) = day(self.word(token, 1 + the)) {
            let date = Calendar { day: Some(day), ..date };
            let at = 2 + the;
            return match (
                self.word(token, at),
                year(self.word(token, at + 1)),
                year(self.word(token, at)),
            ) {
                (",", year @ Some(_), _) => (at + 2, Calendar { year, ..date }),
                (_, _, year @ Some(_)) => (at + 1, Calendar { year, ..date }),
                _ => (at, date),
            };
        }
        let joined = usize::from(self.word(token, 1) == "," || self.function(token, 1) == Some(Of));
        match year(self.word(token, 1 + joined)) {
            year @ Some(_) => (2 + joined, Calendar { year, ..date }),
            None => (1, date),
        }
    }

    /// "Tuesday of last week", "Tuesday next week": the day of that week.
    fn weekday_of_week(&self, token: TokenIndex, weekday: Weekday) -> Option<(usize, Time)> {
        let skipped =
            usize::from(self.function(token, 1) == Some(Of) || self.word(token, 1) == ",");
        let (n, monday) = self.week(self.at(token, 1 + skipped)?)?;
        Some((1 + skipped + n, Time::Known(DateSpan::day(day_of_week(monday, weekday)?))))
    }

    /// "Last week": how many tokens it has, and its Monday.
    fn week(&self, token: TokenIndex) -> Option<(usize, Date)> {
        let by = self.view.number(WordTable::PeriodOffset, token)?;
        let length = self.view.number(WordTable::PeriodLength, self.at(token, 1)?)?;
        (length == length::WEEK).then_some(())?;
        Some((2, period(length, by, self.today?)?.first()))
    }

    /// Expressions that count from the day of publication.
    fn relative(&self, token: TokenIndex) -> Option<(usize, Time)> {
        let (view, today) = (self.view, self.today?);
        let known = |n, date: Option<DateSpan>| Some((n, Time::Known(date?)));
        if let Some(days) = view.number(WordTable::DayOffset, token) {
            return known(1, period(length::DAY, days, today));
        }
        if view.form_is(WordList::Weekend, token)
            && (matches!(self.function(token, -2), Some(Over | At | During | On))
                || self.function(token, -1) == Some(Last))
        {
            let sunday = last_weekday(today.yesterday().ok()?, Weekday::Sunday)?;
            return known(1, DateSpan::new(sunday.yesterday().ok()?, sunday));
        }
        if let Some(by) = view.number(WordTable::PeriodOffset, token) {
            return self.next_period(token, by);
        }
        if let Some(length) = view.number(WordTable::PeriodLength, token) {
            // "The day before yesterday", "the week after next"
            let step = match self.function(token, 1)? {
                Before => -1,
                After => 1,
                _ => return None,
            };
            let from = self.at(token, 2)?;
            let table =
                if length == length::DAY { WordTable::DayOffset } else { WordTable::PeriodOffset };
            let by = view.number(table, from).filter(|by| by.signum() == step)?;
            return known(3, period(length, by + step, today));
        }
        self.counted(token)
    }

    /// "Last week", "last week on Tuesday", "next Monday", "last June".
    fn next_period(&self, token: TokenIndex, by: i64) -> Option<(usize, Time)> {
        let (view, today) = (self.view, self.today?);
        let next = self.at(token, 1)?;
        if let Some(weekday) = weekday(view, next) {
            let date = match by {
                0 => return Some((2, Time::Near(weekday))),
                by if by < 0 => last_weekday(today.yesterday().ok()?, weekday)?,
                _ => next_weekday(today, weekday)?,
            };
            return Some((2, Time::Known(DateSpan::day(date))));
        }
        if let Some((month, point)) =
            month(view, next).map(|month| (month, Calendar::of_month(month)))
        {
            let date = match by {
                0 => DateSpan::month(today.year(), month)?,
                by if by < 0 => point.latest(today.first_of_month().yesterday().ok()?)?,
                _ => point.earliest(today.last_of_month().tomorrow().ok()?)?,
            };
            return Some((2, Time::Known(date)));
        }
        let length = view.number(WordTable::PeriodLength, next);
        // "The next day" counts from another day.
        let length = length.filter(|&length| length != length::DAY)?;
        let date = period(length, by, today)?;
        if length == length::WEEK {
            let skipped = usize::from(self.word(token, 2) == ",");
            let skipped = skipped
                + usize::from(self.function(token, 2 + isize::try_from(skipped).ok()?) == Some(On));
            if let Some(day) = self.at(token, 2 + skipped).and_then(|at| weekday(view, at)) {
                let date = DateSpan::day(day_of_week(date.first(), day)?);
                return Some((3 + skipped, Time::Known(date)));
            }
        }
        Some((2, Time::Known(date)))
    }

    /// "Three days ago", "in two weeks". "A month earlier" counts from another day.
    fn counted(&self, token: TokenIndex) -> Option<(usize, Time)> {
        let (view, today) = (self.view, self.today?);
        let number = view.number(WordTable::SmallNumber, token);
        let number =
            number.or_else(|| view.word(token).parse().ok().filter(|n| (1..400).contains(n)))?;
        let length = view.lemma_number(WordTable::PeriodLength, self.at(token, 1)?)?;
        if self.function(token, 2) == Some(Ago) {
            let date = period(length, -number, today)?;
            return Some((3, Time::Known(date)));
        }
        (view.function_before(token) == Some(In)).then_some((2, Time::Ahead(length, number)))
    }
}

/// The day, week, month or year that lies `by` of its kind after that of `today`.
fn period(length: i64, by: i64, today: Date) -> Option<DateSpan> {
    match length {
        length::DAY => today.checked_add(by.days()).ok().map(DateSpan::day),
        length::WEEK => {
            let monday = last_weekday(today, Weekday::Monday)?.checked_add((7 * by).days()).ok()?;
            DateSpan::new(monday, monday.checked_add(6.days()).ok()?)
        }
        length::MONTH => {
            let then = today.first_of_month().checked_add(by.months()).ok()?;
            DateSpan::month(then.year(), then.month())
        }
        length::YEAR => DateSpan::year(today.year().checked_add(i16::try_from(by).ok()?)?),
        _ => None,
    }
}

fn day_of_week(monday: Date, weekday: Weekday) -> Option<Date> {
    monday.checked_add(i64::from(weekday.to_monday_zero_offset()).days()).ok()
}

/// The month at `token`; an ambiguous one, such as "may", only where it is written as a name.
fn month(view: &View<'_>, token: TokenIndex) -> Option<i8> {
    let month = month_name(view.word(token))?;
    let capital = view.sentence.token(view.text, token).contains(char::is_uppercase);
    let ambiguous = view.form_is(WordList::AmbiguousMonth, token);
    let named = capital && (!ambiguous || token.0 > 0 && !view.is_verb(token));
    named.then_some(month)
}

/// "june", "jun.", "mid-june".
fn month_name(word: &str) -> Option<i8> {
    let name = word.rsplit_once(['-', '\u{2011}']).map_or(word, |(_, month)| month);
    month_number(name.trim_end_matches('.'))
}

fn weekday(view: &View<'_>, token: TokenIndex) -> Option<Weekday> {
    let number = view.number(WordTable::Weekday, token)?;
    Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if word.len() - digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok())?.filter(|year| (1900..2100).contains(year))
}

/// "2024-06-03", "03.06.2024", "25/06/2024"; a day that may be a month is none.
fn numeric(word: &str) -> Option<Calendar> {
    let parts: Vec<&str> = word.split(['-', '.', '/']).collect();
    let [a, b, c] = parts[..] else { return None };
    let number = |part: &str| part.parse::<i8>().ok().filter(|n| (1..=31).contains(n));
    let (year, month, day) = if let Some(year) = year(a) {
        (year, number(b)?, number(c)?)
    } else {
        let (a, b, year) = (number(a)?, number(b)?, year(c)?);
        match (a, b) {
            _ if word.contains('.') => (year, b, a),
            (13.., _) => (year, b, a),
            (_, 13..) => (year, a, b),
            _ if a == b => (year, a, b),
            _ => return None,
        }
    };
    Date::new(year, month, day).ok()?;
    Some(Calendar { year: Some(year), month: Some(month), day: Some(day), weekday: None })
}
