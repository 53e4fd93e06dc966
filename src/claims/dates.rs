//! When an event took place: English expressions of time, resolved against the publication date.
//!
//! A claim has the date that hangs on its own trigger or on the verb that lends it its subject;
//! the date of a report about it is not its own. Vague times ("recently") give none.

use std::cell::OnceCell;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{Ago, At, During, In, Last, Of, On, Over, Since, Until, Will};
use crate::lexicon::{WordList, WordTable};
use crate::model::{DateSpan, Deprel, TokenIndex, month_number};

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
    let until = published?.last();
    if view.function_before(token) != Some(Since) {
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
        && matches!(view.function_before(token), Some(In | Since | During | Of | Until))
    {
        return Some((1, DateSpan::year(year)?));
    }
    relative(view, token, published?.last())
}

/// Expressions that count from the day of publication.
fn relative(view: &View<'_>, token: TokenIndex, today: Date) -> Option<(usize, DateSpan)> {
    let function = |offset| view.step(token, offset).and_then(|t| view.function(t));
    if let Some(days) = view.number(WordTable::DayOffset, token) {
        return Some((1, period(length::DAY, days, today)?));
    }
    if view.form_is(WordList::Weekend, token)
        && (matches!(function(-2), Some(Over | At | During | On)) || function(-1) == Some(Last))
    {
        let sunday = last_weekday(today.yesterday().ok()?, Weekday::Sunday)?;
        return Some((1, DateSpan::new(sunday.yesterday().ok()?, sunday)?));
    }
    if let Some(by) = view.number(WordTable::PeriodOffset, token) {
        let next = view.step(token, 1)?;
        let Some(weekday) = weekday(view, next) else {
            let length = view.number(WordTable::PeriodLength, next);
            // "The next day" counts from another day.
            let length = length.filter(|&length| length != length::DAY)?;
            return Some((2, period(length, by, today)?));
        };
        let date = if by < 0 {
            last_weekday(today.yesterday().ok()?, weekday)?
        } else {
            next_weekday(today, weekday)?
        };
        return Some((2, DateSpan::day(date)));
    }
    if let Some(weekday) = weekday(view, token) {
        let is_to_come = (1..8).any(|n| function(-n) == Some(Will));
        let date =
            if is_to_come { next_weekday(today, weekday)? } else { last_weekday(today, weekday)? };
        return Some((1, DateSpan::day(date)));
    }
    // "Three days ago" counts from the publication, "a month earlier" does not.
    if function(2) != Some(Ago) {
        return None;
    }
    let number = view.number(WordTable::SmallNumber, token);
    let number = number.or_else(|| view.word(token).parse().ok().filter(|n| (1..400).contains(n)));
    let length = view.lemma_number(WordTable::PeriodLength, view.step(token, 1)?)?;
    Some((3, period(length, -number?, today)?))
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

/// The month at `token`; an ambiguous one, such as "may", only where it is written as a name.
fn month(view: &View<'_>, token: TokenIndex) -> Option<i8> {
    let month = month_name(view.word(token))?;
    let capital = view.sentence.token(view.text, token).starts_with(char::is_uppercase);
    let ambiguous = view.form_is(WordList::AmbiguousMonth, token);
    let named = capital && (!ambiguous || token.0 > 0 && !view.is_verb(token));
    named.then_some(month)
}

fn month_name(word: &str) -> Option<i8> {
    month_number(word.trim_end_matches('.'))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::model::{
        DependencyTree, EntityDirectory, Node, Sentence, SentenceKind, Span, Token, Upos, Xpos,
    };

    /// The expressions of words with blanks between them, read on Wednesday, 15 March 2023; all
    /// words are nouns below the first one.
    fn dates(text: &str) -> Vec<String> {
        let (mut tokens, mut nodes) = (Vec::new(), Vec::new());
        for word in text.split(' ') {
            let start = tokens.last().map_or(0, |last: &Token| last.span.end() as usize + 1);
            let span = Span::from_range(start..start + word.len());
            tokens.push(Token { span, space_after: true });
            let is_root = nodes.is_empty();
            nodes.push(Node {
                upos: Upos::Noun,
                xpos: Xpos::Nn,
                lemma: word.to_lowercase().trim_end_matches('s').into(),
                head: (!is_root).then_some(TokenIndex(0)),
                deprel: if is_root { Deprel::Root } else { Deprel::Dep },
            });
        }
        let span = Span::from_range(0..text.len());
        let sentence = Sentence { span, kind: SentenceKind::Body, paragraph: 0, tokens };
        let tree = DependencyTree::new(nodes).unwrap();
        let (lexicon, directory) = (Lexicon::load(None).unwrap(), EntityDirectory::default());
        let view = View::new(text, 0, &sentence, &tree, &lexicon, &directory, Vec::new());
        let published = DateSpan::day(Date::new(2023, 3, 15).unwrap());
        let found = expressions(&view, Some(published));
        found.iter().map(|found| found.date.to_string()).collect()
    }

    #[test]
    fn expressions_of_time_are_counted_from_the_day_of_writing() {
        for (text, expected) in [
            ("left yesterday", "2023-03-14"),
            ("leaves tomorrow", "2023-03-16"),
            ("met on Monday", "2023-03-13"),
            ("will meet on Mon.", "2023-03-20"),
            ("met last Wednesday", "2023-03-08"),
            ("meets next Friday", "2023-03-17"),
            ("met last week", "2023-03-06/2023-03-12"),
            ("met this month", "2023-03"),
            ("met the past year", "2022"),
            ("met over the weekend", "2023-03-11/2023-03-12"),
            ("met three days ago", "2023-03-12"),
            ("met 2 weeks ago", "2023-02-27/2023-03-05"),
            ("met in November", "2022-11"),
            ("met in May", "2023-05"),
            ("met on Oct. 13 , 2022", "2022-10-13"),
            ("met on 13 October", "2022-10-13"),
            ("met in 2021", "2021"),
            ("fought since 2 March", "2023-03-02/2023-03-15"),
        ] {
            assert_eq!(dates(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_tells_no_day_gives_none() {
        for text in ["met the next day", "met a month earlier", "may march", "shipped 2021 rifles"]
        {
            assert_eq!(dates(text), [""; 0], "{text}");
        }
    }
}
