//! Calendar days as records and pages write them.

use std::ops::Range;

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
                    && month.len() > 4
                    && word.eq_ignore_ascii_case(&month[..word.len()]))
    };
    (1..).zip(MONTHS).find(|(_, month)| is(month)).map(|(number, _)| number)
}

impl DateSpan {
    /// The date that a record's field gives in any common form: ISO 8601, mail and web headers,
    /// "30 August 2023", "Aug. 30, 2023", "08/30/2023", "30.08.2023", "20230830", seconds or
    /// milliseconds since 1970. Of `08/09/2023` the first number is the month.
    #[must_use]
    pub fn from_field(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(span) = text.parse() {
            return Some(span);
        }
        if let Some((span, _)) = Self::find_day(text) {
            return Some(span);
        }
        let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let digits = &text[..n_digits];
        if n_digits == 8 || n_digits == 14 || n_digits == 12 {
            let number = |range: Range<usize>| digits[range].parse::<i16>().ok();
            return day(number(0..4)?, number(4..6)?, number(6..8)?);
        }
        let rest = &text[n_digits..];
        if rest.is_empty() || rest.starts_with('.') {
            let count: i64 = digits.parse().ok()?;
            let seconds = match n_digits {
                9 | 10 => count,
                13 => count / 1000,
                _ => return None,
            };
            let instant = jiff::Timestamp::from_second(seconds).ok()?;
            return Some(Self::day(instant.to_zoned(jiff::tz::TimeZone::UTC).date()));
        }
        let mut words = text.split_ascii_whitespace();
        let month = month_number(words.next()?.trim_end_matches(['.', ',']))?;
        let year = words.next()?.parse().ok().filter(|year| (1900..=2100).contains(year))?;
        words.next().is_none().then(|| Self::month(year, month)).flatten()
    }

    /// The first full day in `text`, with its bytes: "June 18, 2024", "30 August 2023",
    /// "08/30/2023", "2023-08-30". A day without a year is none.
    ///
    /// # Complexity
    ///
    /// Linear in the length of the text.
    #[must_use]
    pub fn find_day(text: &str) -> Option<(Self, Range<usize>)> {
        // Every day has a number.
        if !text.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut parts = Parts { text, at: 0 };
        let mut window: [Option<Range<usize>>; 3] = [None, None, parts.next()];
        while window[2].is_some() {
            window.rotate_left(1);
            window[2] = parts.next();
            if let [Some(first), Some(second), Some(third)] = &window
                && let Some(span) = read_day(text, first, second, third)
            {
                let end = first.start..third.end;
                return Some((span, end));
            }
        }
        None
    }
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
        // "18th", "2nd"
        if digit && matches!(bytes.get(end..end + 2), Some(b"st" | b"nd" | b"rd" | b"th")) {
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
) -> Option<DateSpan> {
    let between = |left: &Range<usize>, right: &Range<usize>| {
        let gap = text[left.end..right.start].trim_start_matches(|c: char| c.is_ascii_lowercase());
        (gap.len() <= 3 && gap.chars().all(|c| matches!(c, ' ' | ',' | '.' | '/' | '-' | '\u{A0}')))
            .then_some(gap)
    };
    let (gap, last_gap) = (between(first, second)?, between(second, third)?);
    let word = |part: &Range<usize>| text.get(part.clone());
    let number = |part: &Range<usize>| text[part.clone()].parse::<i16>().ok();
    let is_year = |part: &Range<usize>| part.len() == 4;
    let is_short = |part: &Range<usize>| part.len() <= 2;
    if let Some(month) = word(first).and_then(month_number) {
        return (is_short(second) && is_year(third))
            .then(|| day(number(third)?, month.into(), number(second)?))
            .flatten();
    }
    if let Some(month) = word(second).and_then(month_number) {
        return (is_short(first) && is_year(third))
            .then(|| day(number(third)?, month.into(), number(first)?))
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
    let numbers = [number(first)?, number(second)?, number(third)?];
    if is_year(first) && is_short(second) && is_short(third) {
        return day(numbers[0], numbers[1], numbers[2]);
    }
    if is_short(first) && is_short(second) && is_year(third) {
        let month_first = gap == "/" && numbers[0] <= 12 || numbers[1] > 12;
        let (month, of_month) =
            if month_first { (numbers[0], numbers[1]) } else { (numbers[1], numbers[0]) };
        return day(numbers[2], month, of_month);
    }
    None
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
            ("Aug. 2023", "2023-08"),
            ("2023", "2023"),
        ];
        for (text, expected) in cases {
            let found = DateSpan::from_field(text).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
        for bad in ["", "yesterday", "Aug. 30", "30/30/2023", "99999999", "12", "é-é-é"] {
            assert_eq!(DateSpan::from_field(bad), None, "{bad}");
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
