//! Calendar days as records and pages write them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::DateSpan;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Number of the month that `word` names or shortens, 1 to 12: "June", "Sept", "SEP".
#[must_use]
pub fn month_number(word: &str) -> Option<i8> {
    if !(3..=9).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    let first = word.as_bytes()[0].to_ascii_lowercase();
    let is = |month: &str| {
        month.as_bytes()[0] == first
            && (word.eq_ignore_ascii_case(month)
                || word.len() <= 4
                    && month.len() > word.len()
                    && word.eq_ignore_ascii_case(&month[..word.len()]))
    };
    (1..).zip(MONTHS).find(|(_, month)| is(month)).map(|(number, _)| number)
}

/// Number of the month that `word` names in any language that pages are dated in.
fn stamped_month(word: &str) -> Option<i8> {
    static OTHERS: LazyLock<HashMap<&str, i8>> = LazyLock::new(|| {
        let lines = (1..).zip(include_str!("../../data/inputs/months.txt").lines());
        lines.flat_map(|(number, line)| line.split(' ').map(move |word| (word, number))).collect()
    });
    const LONGEST: usize = 24;
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    month_number(word).or_else(|| {
        let is_short = !word.is_empty() && word.len() <= LONGEST;
        is_short.then(|| OTHERS.get(word.to_lowercase().as_str()).copied()).flatten()
    })
}

/// Which number of `08/09/2023` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 8 September.
    DayFirst,
    /// August 9.
    MonthFirst,
}

/// What one date says about the order of day and month in the file that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderEvidence {
    /// Nothing: the date can be read in one way only, or in none.
    None,
    /// One number is no month, so the date decides.
    Decides(DateOrder),
    /// Both numbers may be months: the date needs another one to decide.
    Needed,
}

impl DateOrder {
    /// What the date in a record's field says about the order of day and month.
    ///
    /// ```
    /// use tieline::model::{DateOrder, OrderEvidence};
    ///
    /// assert_eq!(DateOrder::told_by("08/09/2023"), OrderEvidence::Needed);
    /// assert_eq!(
    ///     DateOrder::told_by("30/09/2023"),
    ///     OrderEvidence::Decides(DateOrder::DayFirst)
    /// );
    /// assert_eq!(DateOrder::told_by("2023-09-08"), OrderEvidence::None);
    /// ```
    #[must_use]
    pub fn told_by(text: &str) -> OrderEvidence {
        let read = |order| DateSpan::from_field(text, Some(order));
        // Both orders give the same day, or the same failure, where the order does not matter.
        match (read(Self::DayFirst), read(Self::MonthFirst)) {
            (Some(day_first), Some(month_first)) if day_first != month_first => {
                OrderEvidence::Needed
            }
            (Some(span), Some(_)) => decided(text, span),
            _ => OrderEvidence::None,
        }
    }
}

/// The order that a date with one number above 12 shows.
fn decided(text: &str, span: DateSpan) -> OrderEvidence {
    let mut parts = text.trim().split(['/', '-']).map(str::trim);
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<i8>().ok());
    let numbers = (number(parts.next()), number(parts.next()));
    let (day, month) = (span.first().day(), span.first().month());
    match numbers {
        (Some(first), Some(second)) if first == day && second == month && day != month => {
            OrderEvidence::Decides(DateOrder::DayFirst)
        }
        (Some(first), Some(second)) if first == month && second == day && day != month => {
            OrderEvidence::Decides(DateOrder::MonthFirst)
        }
        _ => OrderEvidence::None,
    }
}

impl DateSpan {
    /// The date that a record's field gives in any common form: ISO 8601, mail and web headers,
    /// "30 August 2023", "Aug. 30, 2023", "30-Aug-23", "08/30/2023", "30.08.2023", "20230830",
    /// seconds, milliseconds or microseconds since 1970. Of `08/09/2023`, `order` tells which
    /// number is the day; without it there is no date.
    #[must_use]
    pub fn from_field(text: &str, order: Option<DateOrder>) -> Option<Self> {
        let text = text.trim();
        if let Ok(span) = text.parse() {
            return Some(span);
        }
        if let Some(span) = find_in(text, Numbers::Field(order)) {
            return Some(span.0);
        }
        let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let digits = &text[..n_digits];
        if n_digits == 8 || n_digits == 14 || n_digits == 12 {
            let number = |range: Range<usize>| digits[range].parse::<i16>().ok();
            return day(number(0..4)?, number(4..6)?, number(6..8)?);
        }
        let rest = &text[n_digits..];
        if rest.is_empty() || rest.starts_with('.') {
            return since_1970(digits);
        }
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        let bare = |word: &&str| month_number(word.trim_end_matches(['.', ',']));
        let year = |word: &str| word.parse().ok().filter(|year| (1900..=2100).contains(year));
        match words[..] {
            [month, last] => Self::month(year(last)?, bare(&month)?),
            // "Sat Oct 05 10:00:00 +0000 2024"
            [_, month, of_month, .., last] if words.len() <= 6 => {
                day(year(last)?, bare(&month)?.into(), of_month.parse().ok()?)
            }
            _ => None,
        }
    }

    /// The first full day in `text`, with its bytes: "June 18, 2024", "30 August 2023",
    /// "08/30/2023", "2023-08-30". A day without a year is none.
    ///
    /// # Complexity
    ///
    /// Linear in the length of the text.
    #[must_use]
    pub fn find_day(text: &str) -> Option<(Self, Range<usize>)> {
        find_in(text, Numbers::Prose)
    }
}

impl DateSpan {
    /// The day in a line that says when something was published, by whom and where, and nothing
    /// else: "By Jane Roe | Published 5 October 2024, 10:15 GMT". A line that tells of something
    /// has other words: "The treaty of July 11, 1961".
    #[must_use]
    pub fn of_stamp(line: &str) -> Option<Self> {
        Self::of_stamp_in(line, None)
    }

    /// [`DateSpan::of_stamp`] of a page where `order` tells which number of `08/09/2023` is the
    /// day; without it the first is the month.
    pub(crate) fn of_stamp_in(line: &str, order: Option<DateOrder>) -> Option<Self> {
        const MAX_LINE: usize = 160;
        if line.len() > MAX_LINE || line.contains(['@', '(', '?', '!', '"', '“', '©']) {
            return None;
        }
        let lower = line.to_ascii_lowercase();
        // The day of a copyright is the day that it was.
        if lower.contains("copyright") {
            return None;
        }
        // Of two dates, the one of the publication.
        let from = ["published", "posted"].iter().filter_map(|word| lower.find(word)).min();
        let found = from.and_then(|from| find_in(&line[from..], Numbers::Stamp(order)));
        let (day, _) = found.or_else(|| find_in(line, Numbers::Stamp(order)))?;
        line.split(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ':' | '|' | '/' | '-' | '–' | '—' | '·' | '•')
        })
        .all(is_of_stamp)
        .then_some(day)
    }
}

/// Whether a word may stand in the line of a date: a number, a name, a word of publishing.
fn is_of_stamp(word: &str) -> bool {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        include_str!("../../data/inputs/stamp-words.txt").split_whitespace().collect()
    });
    let word = word.trim_end_matches(['.', ';']);
    // No name and no line of a date holds these, but headlines do.
    if ["the", "of", "der", "die", "das"].iter().any(|other| word.eq_ignore_ascii_case(other)) {
        return false;
    }
    let first = word.chars().next();
    first.is_none_or(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_alphanumeric())
        || WORDS.contains(&word.to_lowercase().as_str())
        || stamped_month(word).is_some()
}

/// Characters for year, month and day: "2024年6月19日", "2024년 6월 19일".
const CHARACTERS: [&str; 6] = ["年", "月", "日", "년", "월", "일"];

/// How numbers without a month's name are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// In running text: years have four digits; between strokes the month comes first.
    Prose,
    /// In a field of its own: years may have two digits; the order is known or not.
    Field(Option<DateOrder>),
    /// In the line of a page that says when: as in running text, months in any language.
    Stamp(Option<DateOrder>),
}

impl Numbers {
    fn month(self, word: &str) -> Option<i8> {
        if self == Self::Prose { month_number(word) } else { stamped_month(word) }
    }

    /// Whether `word` only links day, month and year: "19 de junio de 2024".
    fn links(self, word: &str) -> bool {
        self != Self::Prose && (matches!(word, "de" | "of" | "del") || CHARACTERS.contains(&word))
    }
}

fn find_in(text: &str, numbers: Numbers) -> Option<(DateSpan, Range<usize>)> {
    // Every day has a number.
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut parts = Parts { text, at: 0 }
        .filter(|part| text.get(part.clone()).is_none_or(|word| !numbers.links(word)));
    let mut window: [Option<Range<usize>>; 3] = [None, None, parts.next()];
    while window[2].is_some() {
        window.rotate_left(1);
        window[2] = parts.next();
        if let [Some(first), Some(second), Some(third)] = &window
            && let Some(span) = read_day(text, first, second, third, numbers)
        {
            return Some((span, first.start..third.end));
        }
    }
    None
}

/// The day of a count of seconds, milliseconds, microseconds or nanoseconds since 1970.
fn since_1970(digits: &str) -> Option<DateSpan> {
    let count: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        9 | 10 => count,
        13 => count / 1000,
        16 => count / 1_000_000,
        19 => count / 1_000_000_000,
        _ => return None,
    };
    let instant = jiff::Timestamp::from_second(seconds).ok()?;
    Some(DateSpan::day(instant.to_zoned(jiff::tz::TimeZone::UTC).date()))
}

/// Runs of letters or of digits.
struct Parts<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Parts<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let is_part = |b: u8| b.is_ascii_alphanumeric() || !b.is_ascii();
        let start = self.at + bytes[self.at..].iter().position(|&b| is_part(b))?;
        let digit = bytes[start].is_ascii_digit();
        let same = |&b: &u8| is_part(b) && b.is_ascii_digit() == digit;
        let end = bytes[start..].iter().position(|b| !same(b)).map_or(bytes.len(), |n| start + n);
        self.at = end;
        // "18th", "2nd", "1er"
        if digit && matches!(bytes.get(end..end + 2), Some(b"st" | b"nd" | b"rd" | b"th" | b"er")) {
            self.at = end + 2;
        }
        Some(start..end)
    }
}

/// The day that three parts in a row make.
fn read_day(
    text: &str,
    first: &Range<usize>,
    second: &Range<usize>,
    third: &Range<usize>,
    numbers: Numbers,
) -> Option<DateSpan> {
    let between = |left: &Range<usize>, right: &Range<usize>| {
        let gap = text[left.end..right.start].trim_start_matches(|c: char| c.is_ascii_lowercase());
        let is_linked = gap.split(' ').nth(1).is_some_and(|word| numbers.links(word));
        let gap = if is_linked { " " } else { gap };
        let by_character = numbers.links(gap.trim());
        let gap = if by_character { "-" } else { gap };
        (gap.len() <= 3 && gap.chars().all(|c| matches!(c, ' ' | ',' | '.' | '/' | '-' | '\u{A0}')))
            .then_some(gap)
    };
    let (gap, last_gap) = (between(first, second)?, between(second, third)?);
    let word = |part: &Range<usize>| text.get(part.clone());
    let number = |part: &Range<usize>| text[part.clone()].parse::<i16>().ok();
    let is_field = matches!(numbers, Numbers::Field(_));
    // "Aug. 30 10:15" ends with an hour.
    let is_year = |part: &Range<usize>| {
        let linked = matches!(gap, "-" | "/" | ".") || part.end == text.len();
        let is_dotted = gap == "." && numbers != Numbers::Prose;
        part.len() == 4 || (is_field && linked || is_dotted) && part.len() == 2
    };
    let year = |part: &Range<usize>| {
        let year = number(part)?;
        // Of two digits, those of the years to come are few.
        Some(if part.len() == 4 { year } else { year + if year < 50 { 2000 } else { 1900 } })
    };
    let is_short = |part: &Range<usize>| part.len() <= 2;
    if let Some(month) = word(first).and_then(|word| numbers.month(word)) {
        return (is_short(second) && is_year(third))
            .then(|| day(year(third)?, month.into(), number(second)?))
            .flatten();
    }
    if let Some(month) = word(second).and_then(|word| numbers.month(word)) {
        return (is_short(first) && is_year(third))
            .then(|| day(year(third)?, month.into(), number(first)?))
            .flatten();
    }
    if gap != last_gap || !matches!(gap, "-" | "/" | ".") {
        return None;
    }
    let before = text[..first.start].chars().next_back();
    let after = text[third.end..].chars().next();
    if before.is_some_and(|c| matches!(c, '.' | '/' | '-' | '_') || c.is_ascii_digit())
        || after.is_some_and(|c| matches!(c, '/' | '-' | '_') || c.is_ascii_digit())
    {
        return None;
    }
    let (one, two) = (number(first)?, number(second)?);
    if first.len() == 4 && is_short(second) && is_short(third) {
        return day(one, two, number(third)?);
    }
    if !(is_short(first) && is_short(second) && is_year(third)) {
        return None;
    }
    let month_first = match numbers {
        _ if two > 12 => true,
        _ if one > 12 || gap == "." => false,
        Numbers::Stamp(Some(order)) => order == DateOrder::MonthFirst,
        Numbers::Prose | Numbers::Stamp(None) => gap == "/",
        _ if one == two => true,
        Numbers::Field(order) => order? == DateOrder::MonthFirst,
    };
    let (month, of_month) = if month_first { (one, two) } else { (two, one) };
    day(year(third)?, month, of_month)
}

fn day(year: i16, month: i16, day: i16) -> Option<DateSpan> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    (1900..=2100)
        .contains(&year)
        .then(|| Date::new(year, month, day).ok().map(DateSpan::day))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_give_dates_in_many_forms() {
        let cases = [
            ("2023-08-30T11:57:00-04:00", "2023-08-30"),
            ("Wed, 30 Aug 2023 15:57:00 GMT", "2023-08-30"),
            ("August 30th, 2023 5 p.m.", "2023-08-30"),
            ("30 August 2023", "2023-08-30"),
            ("08/30/2023", "2023-08-30"),
            ("30/08/2023", "2023-08-30"),
            ("30.08.2023", "2023-08-30"),
            ("2023/08/30 10:00", "2023-08-30"),
            ("20230830T155700Z", "2023-08-30"),
            ("1693411020", "2023-08-30"),
            ("1693411020000", "2023-08-30"),
            ("30-Aug-23", "2023-08-30"),
            ("Fri, 30 Jun 2023 15:57:00 GMT", "2023-06-30"),
            ("Jul 30, 2023", "2023-07-30"),
            ("08/30/23", "2023-08-30"),
            ("Wed Aug 30 15:57:00 +0000 2023", "2023-08-30"),
            ("1693411020.5", "2023-08-30"),
            ("1693411020000000", "2023-08-30"),
            ("07/07/2023", "2023-07-07"),
            ("Aug. 2023", "2023-08"),
            ("2023", "2023"),
        ];
        for (text, expected) in cases {
            let found = DateSpan::from_field(text, None).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
        for bad in
            ["", "yesterday", "Aug. 30", "30/30/2023", "99999999", "12", "é-é-é", "08/09/2023"]
        {
            assert_eq!(DateSpan::from_field(bad, None), None, "{bad}");
        }
    }

    #[test]
    fn lines_that_say_when_are_told_from_those_that_tell() {
        let cases = [
            ("By Jane Roe | Published 5 October 2024, 10:15 GMT", Some("2024-10-05")),
            ("Updated - June 5, 2024, published June 3, 2024", Some("2024-06-03")),
            ("Mon, 06/03/2024 – 22:40", Some("2024-06-03")),
            ("by Jane Roe June 3, 2024 9:14 PM 2 min read", Some("2024-06-03")),
            ("The treaty of July 11, 1961", None),
            ("The Treaty Of July 11, 1961", None),
            ("June 25, 1950. A war begins.", None),
            ("The general (born 4 May 1951) is a tall man.", None),
            ("Related: Ships at sea, 4 May 2021", None),
            ("— Someone (@someone) June 1, 2021", None),
            ("Von Hans Muster am 3. Juli 2024 um 10:15 Uhr", Some("2024-07-03")),
            ("Erschienen am 28.01.24", Some("2024-01-28")),
            ("Publicado el 19 de junio de 2024", Some("2024-06-19")),
            (", le 15 septembre 2024", Some("2024-09-15")),
            ("1er août 2024", Some("2024-08-01")),
            ("2024年06月19日 14時30分", Some("2024-06-19")),
            ("Der Vertrag vom 3. Juli 2024", None),
        ];
        for (line, expected) in cases {
            assert_eq!(
                DateSpan::of_stamp(line).map(|day| day.to_string()).as_deref(),
                expected,
                "{line}"
            );
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_told() {
        let read = |order| DateSpan::from_field("08/09/2023", Some(order)).unwrap().to_string();
        assert_eq!(read(DateOrder::DayFirst), "2023-09-08");
        assert_eq!(read(DateOrder::MonthFirst), "2023-08-09");
        let cases = [
            ("08/09/2023", OrderEvidence::Needed),
            ("8-9-23", OrderEvidence::Needed),
            ("30/09/2023 10:15", OrderEvidence::Decides(DateOrder::DayFirst)),
            ("09/30/2023", OrderEvidence::Decides(DateOrder::MonthFirst)),
            ("07/07/2023", OrderEvidence::None),
            ("08.09.2023", OrderEvidence::None),
            ("2023-09-30", OrderEvidence::None),
            ("30 Sept 2023", OrderEvidence::None),
            ("soon", OrderEvidence::None),
        ];
        for (text, expected) in cases {
            assert_eq!(DateOrder::told_by(text), expected, "{text}");
        }
    }

    #[test]
    fn days_are_found_with_their_bytes() {
        let text = "Washington, D.C., June 18, 2024 – The envoys met on Aug. 3.";
        let (date, bytes) = DateSpan::find_day(text).unwrap();
        assert_eq!((date.to_string().as_str(), &text[bytes]), ("2024-06-18", "June 18, 2024"));
        assert_eq!(DateSpan::find_day("in an Aug. 30 press call, 2023 talks"), None);
        assert_eq!(DateSpan::find_day("pages 1-2-2023-4"), None);
    }
}
