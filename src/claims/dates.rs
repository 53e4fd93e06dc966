//! When an event took place: English expressions of time, resolved against the publication date.
//!
//! A claim has the date that hangs on its own trigger or on the verb that lends it its subject;
//! the date of a report about it is not its own. Vague times ("recently") give none.

use std::cell::OnceCell;

use jiff::civil::{Date, Weekday};
use jiff::{Span as Duration, ToSpan};

use crate::clauses::view::View;
use crate::lexicon::WordList;
use crate::model::{DateSpan, Deprel, TokenIndex, month_number};

/// A time expression of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expression {
    /// Its first and last token.
    first: TokenIndex,
    last: TokenIndex,
    date: DateSpan,
}

/// The date of the event at `trigger`, if its clause tells one; `published` is the same for all
/// events of a view, whose expressions `times` keeps once they were asked for.
pub(crate) fn event_date(
    view: &View<'_>,
    times: &OnceCell<Vec<Expression>>,
    trigger: TokenIndex,
    published: Option<DateSpan>,
) -> Option<DateSpan> {
    let found = times.get_or_init(|| expressions(view, published));
    found.iter().find(|found| belongs(view, **found, trigger)).map(|found| found.date)
}

/// Whether a time expression hangs on `trigger` or on a verb of the same clause above it.
fn belongs(view: &View<'_>, found: Expression, trigger: TokenIndex) -> bool {
    let outside = |token: &TokenIndex| *token < found.first || *token > found.last;
    let mut governor = view.head(found.last);
    let mut at = found.last;
    while let Some(head) = governor {
        at = head;
        if outside(&head) {
            break;
        }
        governor = view.head(head);
    }
    if !outside(&at) {
        return false;
    }
    // Down from the trigger: "delivered shells in September", "a meeting in September".
    if at == trigger {
        return true;
    }
    let clause_between = |low: TokenIndex, high: TokenIndex| {
        std::iter::once(low).chain(view.tree.ancestors(low)).take_while(|&t| t != high).any(|t| {
            matches!(
                view.deprel(t),
                Deprel::Ccomp | Deprel::Parataxis | Deprel::AclRelcl | Deprel::Advcl | Deprel::Acl
            ) || view.deprel(t) == Deprel::Conj && view.is_predicate(t)
                || view.deprel(t) == Deprel::Xcomp && view.is(WordList::Prospective, high)
        })
    };
    if view.tree.is_within(at, trigger) {
        return !clause_between(at, trigger) && !view.is_verb(at);
    }
    view.tree.is_within(trigger, at)
        && !clause_between(trigger, at)
        && !(view.is(WordList::Reporting, at) && view.is_verb(at))
        && (view.is(WordList::LightVerb, at)
            || view.is_verb(trigger)
            || view.deprel(trigger) == Deprel::Obj)
}

/// Every time expression of a sentence, in text order.
fn expressions(view: &View<'_>, published: Option<DateSpan>) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < view.len() {
        let token = TokenIndex::new(index);
        match read(view, token, published) {
            Some((n_tokens, date)) => {
                let last = TokenIndex::new(index + n_tokens - 1);
                let date = since(view, token, date, published).unwrap_or(date);
                found.push(Expression { first: token, last, date });
                index += n_tokens;
            }
            None => index += 1,
        }
    }
    found
}

/// "since July": from then to the publication.
fn since(
    view: &View<'_>,
    token: TokenIndex,
    date: DateSpan,
    published: Option<DateSpan>,
) -> Option<DateSpan> {
    let before = view.step(token, -1)?;
    let until = published?.last();
    if view.word(before) != "since" {
        return None;
    }
    let whole_month = date.first() != date.last();
    let end = if whole_month { until.last_of_month() } else { until };
    DateSpan::new(date.first(), end)
}

/// The expression that begins at `token`: how many tokens it has and what it means.
fn read(
    view: &View<'_>,
    token: TokenIndex,
    published: Option<DateSpan>,
) -> Option<(usize, DateSpan)> {
    let word = |offset: isize| view.step(token, offset).map_or("", |t| view.word(t));
    if view.actor(token).is_some() {
        return None;
    }
    if let Some(month) = month(view, token) {
        // "Oct. 13, 2023", "October 2023", "in October".
        if let Some(day) = day(word(1)) {
            let (n, year) = match (word(2), year(word(3)), year(word(2))) {
                (",", Some(year), _) => (4, Some(year)),
                (_, _, Some(year)) => (3, Some(year)),
                _ => (2, None),
            };
            return Some((n, resolve_day(year, month, day, published)?));
        }
        if let Some(year) = year(word(1)) {
            return Some((2, DateSpan::month(year, month)?));
        }
        let year = recent_year(month, published?.last());
        return Some((1, DateSpan::month(year, month)?));
    }
    if let Some(day) = day(word(0))
        && let Some(next) = view.step(token, 1)
        && let Some(month) = month_name(view.word(next))
    {
        let year = year(word(2));
        return Some((2 + usize::from(year.is_some()), resolve_day(year, month, day, published)?));
    }
    if let Some(year) = year(word(0))
        && matches!(word(-1), "in" | "since" | "during" | "of" | "until")
    {
        return Some((1, DateSpan::year(year)?));
    }
    relative(view, token, published?.last())
}

/// Expressions that count from the day of publication.
fn relative(view: &View<'_>, token: TokenIndex, today: Date) -> Option<(usize, DateSpan)> {
    let word = |offset: isize| view.step(token, offset).map_or("", |t| view.word(t));
    let day = |date: Date| Some(DateSpan::day(date));
    let shifted = |by: Duration| today.checked_add(by).ok();
    match word(0) {
        "yesterday" => return Some((1, day(shifted((-1).day())?)?)),
        "tomorrow" => return Some((1, day(shifted(1.day())?)?)),
        "today" | "tonight" => return Some((1, day(today)?)),
        "weekend" if matches!(word(-2), "over" | "at" | "during" | "on") || word(-1) == "last" => {
            let sunday = last_weekday(today.yesterday().ok()?, Weekday::Sunday)?;
            return Some((1, DateSpan::new(sunday.yesterday().ok()?, sunday)?));
        }
        "last" | "next" | "this" | "past" => {
            let by = match word(0) {
                "last" | "past" => -1,
                "next" => 1,
                _ => 0,
            };
            if let Some(weekday) = weekday(word(1)) {
                let date = if by < 0 {
                    last_weekday(today.yesterday().ok()?, weekday)?
                } else {
                    next_weekday(today, weekday)?
                };
                return Some((2, day(date)?));
            }
            return Some((2, period(word(1), by, today)?));
        }
        _ => {}
    }
    if let Some(weekday) = weekday(word(0)) {
        let ahead = view.is(WordList::FutureModal, token)
            || (1..8).filter_map(|n| view.step(token, -n)).any(|t| view.word(t) == "will");
        let date =
            if ahead { next_weekday(today, weekday)? } else { last_weekday(today, weekday)? };
        return Some((1, day(date)?));
    }
    // "three days ago", "a month earlier" counts from the publication only with "ago".
    let number = small_number(word(0))?;
    if word(2) != "ago" {
        return None;
    }
    let unit = word(1).trim_end_matches('s');
    let date = match unit {
        "day" => DateSpan::day(shifted((-number).days())?),
        "week" => period("week", -number, today)?,
        "month" => period("month", -number, today)?,
        "year" => period("year", -number, today)?,
        _ => return None,
    };
    Some((3, date))
}

/// The week, month or year that lies `by` of its kind after the one of `today`.
fn period(unit: &str, by: i64, today: Date) -> Option<DateSpan> {
    match unit {
        "week" => {
            let monday = last_weekday(today, Weekday::Monday)?.checked_add((7 * by).days()).ok()?;
            DateSpan::new(monday, monday.checked_add(6.days()).ok()?)
        }
        "month" => {
            let then = today.first_of_month().checked_add(by.months()).ok()?;
            DateSpan::month(then.year(), then.month())
        }
        "year" => DateSpan::year(today.year().checked_add(i16::try_from(by).ok()?)?),
        _ => None,
    }
}

fn last_weekday(from: Date, weekday: Weekday) -> Option<Date> {
    (0..7).filter_map(|n: i64| from.checked_sub(n.days()).ok()).find(|d| d.weekday() == weekday)
}

fn next_weekday(from: Date, weekday: Weekday) -> Option<Date> {
    (1..8).filter_map(|n: i64| from.checked_add(n.days()).ok()).find(|d| d.weekday() == weekday)
}

fn resolve_day(
    year: Option<i16>,
    month: i8,
    day: i8,
    published: Option<DateSpan>,
) -> Option<DateSpan> {
    let year = match year {
        Some(year) => year,
        None => recent_year(month, published?.last()),
    };
    Date::new(year, month, day).ok().map(DateSpan::day)
}

/// The year in which `month` lies nearest before `today`; a month soon to come is of this year.
fn recent_year(month: i8, today: Date) -> i16 {
    if month > today.month() + 3 { today.year() - 1 } else { today.year() }
}

/// The month at `token`; "may" and "march" only where they are written as names.
fn month(view: &View<'_>, token: TokenIndex) -> Option<i8> {
    let month = month_name(view.word(token))?;
    let capital = view.sentence.token(view.text, token).starts_with(char::is_uppercase);
    let common = matches!(view.word(token), "may" | "march");
    let named = capital && (!common || token.0 > 0 && !view.is_verb(token));
    named.then_some(month)
}

fn month_name(word: &str) -> Option<i8> {
    month_number(word.trim_end_matches('.'))
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word.trim_end_matches('.') {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
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

fn small_number(word: &str) -> Option<i64> {
    Some(match word {
        "a" | "an" | "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        _ => word.parse().ok().filter(|n| (1..400).contains(n))?,
    })
}
