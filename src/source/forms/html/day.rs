//! The day of publication, of all the dates that a page states.
//!
//! Comes in: dates as the page writes them, each kind by itself. Goes out: one day, the one that the
//! page's readers see. Left out: days of which nothing says that they are the article's.

use crate::model::{DateOrder, DateSpan};

/// Text between a date and the headline under it, in bytes, at most.
const MAX_ABOVE: usize = 150;

/// Where a date stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Between the headline and the first prose.
    Beside,
    /// Right above the headline.
    Above,
    Elsewhere,
}

/// A day that is the whole text of an element.
#[derive(Debug)]
struct Written {
    day: DateSpan,
    /// Bytes of the page's text before it.
    at: usize,
    /// Whether the element's class is one that articles alone have.
    is_sure: bool,
    /// Where it stands.
    place: Place,
}

/// All dates that a page states, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// Values of elements that say that they are the publication's.
    pub(super) published: Vec<String>,
    /// Values of elements beside the headline.
    pub(super) beside: Vec<String>,
    written: Vec<Written>,
    /// The day in a line of its own beside the headline.
    stamp: Option<DateSpan>,
    /// The day in a line right above the headline.
    above: Option<(DateSpan, usize)>,
    /// The day of an update beside the headline.
    updated: Option<DateSpan>,
}

/// What the page's metadata and address state.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Dates of publication, the surest first.
    pub(super) published: Vec<String>,
    pub(super) in_path: Option<DateSpan>,
    /// Dates of the article's creation.
    pub(super) created: Vec<String>,
    /// Which number of `08/09/2023` is the day, where the page's language or site tells.
    pub(super) order: Option<DateOrder>,
}

impl Stated {
    /// Adds what an element for dates holds.
    pub(super) fn add_written(&mut self, day: DateSpan, at: usize, is_sure: bool, place: Place) {
        /// Most such elements of a page.
        const MAX_WRITTEN: usize = 200;
        if self.written.len() < MAX_WRITTEN {
            self.written.push(Written { day, at, is_sure, place });
        }
    }

    /// Adds a line behind the headline.
    pub(super) fn add_stamp(&mut self, day: DateSpan) {
        self.stamp.get_or_insert(day);
    }

    /// Adds a line before any headline.
    pub(super) fn add_above(&mut self, day: DateSpan, at: usize) {
        self.above = Some((day, at));
    }

    pub(super) fn add_update(&mut self, day: DateSpan) {
        self.updated.get_or_insert(day);
    }

    /// The headline begins behind `at` bytes of text: what stood beside an earlier one, or far above,
    /// is not beside it.
    pub(super) fn begin_headline(&mut self, at: usize) {
        self.stamp = None;
        self.updated = None;
        self.above = self.above.filter(|(_, above)| at <= above + MAX_ABOVE);
        for written in &mut self.written {
            let is_near = at <= written.at + MAX_ABOVE;
            written.place = if is_near { Place::Above } else { Place::Elsewhere };
        }
    }

    /// The day written beside the headline, or else above it; else the one on which all sure
    /// elements agree.
    fn written_day(&self) -> Option<DateSpan> {
        self.written_at(Place::Beside).or_else(|| self.written_at(Place::Above)).or_else(|| {
            let mut sure = self.written.iter().filter(|written| written.is_sure);
            let first = sure.next()?.day;
            sure.all(|written| written.day == first).then_some(first)
        })
    }

    fn written_at(&self, place: Place) -> Option<DateSpan> {
        let there = || self.written.iter().filter(|written| written.place == place);
        let found = there().find(|written| written.is_sure).or_else(|| there().next());
        found.map(|written| written.day)
    }

    /// The day of publication, from where a page states it most surely to where it does least.
    pub(super) fn decide(&self, fields: &Fields) -> Option<DateSpan> {
        let day = |text: &String| one_day(text, fields.order);
        let first = |texts: &[String]| texts.iter().find_map(day);
        let of_moment = |texts: &[String]| {
            let (day, text) = texts.iter().find_map(|text| Some((day(text)?, text)))?;
            Some(self.seen_day(day, text, fields))
        };
        of_moment(&fields.published)
            .or_else(|| of_moment(&self.published))
            .or(fields.in_path)
            .or_else(|| of_moment(&self.beside))
            .or_else(|| self.written_day())
            .or(self.stamp)
            .or(self.above.map(|(day, _)| day))
            .or(self.updated)
            .or_else(|| first(&fields.created))
    }

    /// The day that readers see for a moment that is given in universal time: an evening in America
    /// is the next day there, a morning in Asia the one before.
    fn seen_day(&self, day: DateSpan, moment: &str, fields: &Fields) -> DateSpan {
        let Some(clock) = Clock::of(moment).filter(|clock| clock.is_universal) else { return day };
        let may_be = |seen: DateSpan| {
            let (seen, day) = (seen.first(), day.first());
            seen == day
                || clock.hour < 13 && day.yesterday().is_ok_and(|before| before == seen)
                || clock.hour >= 10 && day.tomorrow().is_ok_and(|after| after == seen)
        };
        let local = fields.published.iter().chain(&self.published).chain(&self.beside);
        let local = local.filter(|text| {
            let other = Clock::of(text);
            other.is_some_and(|other| !other.is_universal && other.minute == clock.minute)
        });
        let mut seen = local
            .filter_map(|text| one_day(text, fields.order))
            .chain(self.written_at(Place::Beside))
            .chain(self.stamp)
            .chain(self.written_at(Place::Above))
            .chain(fields.in_path);
        seen.find(|seen| may_be(*seen)).unwrap_or(day)
    }
}

fn one_day(text: &str, order: Option<DateOrder>) -> Option<DateSpan> {
    DateSpan::from_field(text, order).filter(|span| span.first() == span.last())
}

/// The time of day in a date's field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clock {
    hour: u8,
    minute: u8,
    is_universal: bool,
}

impl Clock {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let colon = text.find(':')?;
        let number = |digits: Option<&str>| digits?.parse::<u8>().ok();
        let hour = number(text.get(colon.checked_sub(2)?..colon))?;
        let minute = number(text.get(colon + 1..colon + 3))?;
        let universal = ["Z", "+00:00", "+0000", "-00:00", "GMT", "UTC"];
        let is_universal = universal.iter().any(|zone| text.ends_with(zone));
        Some(Self { hour, minute, is_universal })
    }
}

/// Which number of `08/09/2023` is the day on a page in `language` ("en-GB") of the site `host`;
/// `None` where neither tells.
pub(super) fn date_order(language: Option<&str>, host: Option<&str>) -> Option<DateOrder> {
    let language = language.unwrap_or_default().trim().to_ascii_lowercase();
    let (language, region) = language.split_once(['-', '_']).unwrap_or((&language, ""));
    if language == "en" && region == "us" {
        return Some(DateOrder::MonthFirst);
    }
    let is_region = region.len() == 2;
    if is_region || !matches!(language, "en" | "") {
        return Some(DateOrder::DayFirst);
    }
    let domain = host?.rsplit('.').next()?;
    // Domains of states that are sold to anybody.
    let sold = ["ai", "cc", "co", "fm", "io", "ly", "me", "to", "tv", "ws"];
    match domain {
        "us" | "gov" | "mil" => Some(DateOrder::MonthFirst),
        domain if domain.len() == 2 && !sold.contains(&domain) => Some(DateOrder::DayFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_in_universal_time_are_the_day_that_readers_see() {
        let cases = [
            ("2024-06-20T02:10:00Z", "2024-06-19", "2024-06-19"),
            ("2024-06-20T02:10:00+00:00", "2024-06-20", "2024-06-20"),
            ("2024-06-19T22:10:00Z", "2024-06-20", "2024-06-20"),
            // Too far from the day before, and two days away.
            ("2024-06-20T14:10:00Z", "2024-06-19", "2024-06-20"),
            ("2024-06-20T02:10:00Z", "2024-06-18", "2024-06-20"),
            ("2024-06-20T02:10:00-04:00", "2024-06-19", "2024-06-20"),
        ];
        for (moment, seen, expected) in cases {
            let stated = Stated { stamp: DateSpan::from_field(seen, None), ..Stated::default() };
            let fields = Fields { published: vec![moment.to_owned()], ..Fields::default() };
            let day = stated.decide(&fields).unwrap().to_string();
            assert_eq!(day, expected, "{moment} {seen}");
        }
        let local = ["2024-06-20T02:10:00Z", "2024-06-19 22:10:00"].map(str::to_owned);
        let fields = Fields { published: local.to_vec(), ..Fields::default() };
        assert_eq!(Stated::default().decide(&fields).unwrap().to_string(), "2024-06-19");
    }

    #[test]
    fn languages_and_sites_tell_the_order() {
        let cases = [
            (Some("en-US"), None, Some(DateOrder::MonthFirst)),
            (Some("en-GB"), Some("a.example"), Some(DateOrder::DayFirst)),
            (Some("de"), None, Some(DateOrder::DayFirst)),
            (Some("en"), Some("a.co.uk"), Some(DateOrder::DayFirst)),
            (Some("en"), Some("a.gov"), Some(DateOrder::MonthFirst)),
            (Some("en"), Some("a.com"), None),
            (None, None, None),
        ];
        for (language, host, expected) in cases {
            assert_eq!(date_order(language, host), expected, "{language:?} {host:?}");
        }
    }
}
