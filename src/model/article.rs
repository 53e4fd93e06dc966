//! One news text, as it was read, and what is known about it.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Byte, Span};

/// Name of an article, unique in a run: the record's `id`, else the file's name.
pub type ArticleId = Arc<str>;

/// What every claim of an article says about where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleInfo {
    /// Unique in a run.
    pub id: ArticleId,
    /// Headline, where one was found.
    pub title: Option<String>,
    /// When it was published.
    pub date: Option<DateSpan>,
    /// Publisher or site.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Who wrote or sent it, as its source says.
    pub author: Option<String>,
    /// Whose message was forwarded, where the article is one.
    pub forwarded_from: Option<String>,
}

/// One news text. Spans everywhere are bytes of [`Article::text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Shared with every claim of the article.
    pub info: Arc<ArticleInfo>,
    /// The text that is read. A title that the record keeps apart stands before the body.
    pub text: String,
    /// Where the record's own text begins in `text`; what lies before is the title kept apart.
    /// 0 when the title is part of the text or there is none.
    pub body_start: u32,
}

impl Article {
    /// An article of a text at hand. Title, date and outlet are read off the text itself where it
    /// tells them.
    #[must_use]
    pub fn from_text(id: impl Into<ArticleId>, text: impl Into<String>) -> Self {
        Self::new(ArticleInfo { id: id.into(), ..ArticleInfo::default() }, text)
    }

    /// An article of a text of which more is known. The title, if there is one, is part of the
    /// text or is not read.
    #[must_use]
    pub fn new(info: ArticleInfo, text: impl Into<String>) -> Self {
        Self { info: Arc::new(info), text: text.into(), body_start: 0 }
    }

    /// The same article with a title that stands apart from the text and is read before it. Spans
    /// in it count from its own start: see [`locate`](Self::locate).
    ///
    /// # Panics
    ///
    /// If the title has 4 GiB or more.
    #[must_use]
    pub fn with_title(mut self, title: &str) -> Self {
        Arc::make_mut(&mut self.info).title = Some(title.trim().to_owned());
        let body = &self.text[self.body_start as usize..];
        self.text = format!("{title}\n\n{body}");
        self.body_start = u32::try_from(title.len() + 2).expect("a title has less than 4 GiB");
        self
    }

    /// The same article, published at `date`, from which "last month" in its text counts.
    #[must_use]
    pub fn with_date(mut self, date: DateSpan) -> Self {
        Arc::make_mut(&mut self.info).date = Some(date);
        self
    }

    /// Where a span lies in the record as the user has it: the field, and the bytes in it.
    #[must_use]
    pub fn locate(&self, span: Span<Byte>) -> (Field, Span<Byte>) {
        if span.start() >= self.body_start {
            (Field::Text, Span::new(span.start() - self.body_start, span.end() - self.body_start))
        } else {
            (Field::Title, span)
        }
    }
}

super::closed::closed_set! {
    /// The part of a record that a span counts in.
    "field" Field {
        /// The record's title, where it is kept apart from the text.
        Title = "title",
        /// The record's text.
        Text = "text",
    }
}

/// A day, month, year or interval: first and last day, both included, and how it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateSpan {
    first: Date,
    last: Date,
}

impl DateSpan {
    /// One day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self { first: date, last: date }
    }

    /// From `first` to `last`, both included; `None` if they are reversed.
    #[must_use]
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// A whole month; `None` if there is no such month.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month() })
    }

    /// A whole year; `None` outside of what a calendar holds.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Self { first, last: first.last_of_year() })
    }

    /// First day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// Last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.last
    }
}

/// ISO 8601: `2024-10-05`, `2024-10`, `2024`, else `first/last` with months where both are whole.
impl fmt::Display for DateSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.first, self.last);
        let whole_months = first.day() == 1 && last == last.last_of_month();
        if first == last {
            write!(f, "{first}")
        } else if whole_months && first.year() == last.year() && first.month() == last.month() {
            write!(f, "{:04}-{:02}", first.year(), first.month())
        } else if whole_months
            && first.year() == last.year()
            && first.month() == 1
            && last.month() == 12
        {
            write!(f, "{:04}", first.year())
        } else if whole_months {
            let month = |date: Date| format!("{:04}-{:02}", date.year(), date.month());
            write!(f, "{}/{}", month(first), month(last))
        } else {
            write!(f, "{first}/{last}")
        }
    }
}

/// A text that is no ISO 8601 day, month, year or interval.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no date (expected 2024-10-05, 2024-10, 2024 or first/last)")]
pub struct InvalidDate(pub String);

impl FromStr for DateSpan {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        fn single(text: &str) -> Option<DateSpan> {
            let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
            match text.split('-').collect::<Vec<_>>()[..] {
                [year] if year.len() == 4 && digits(year) => DateSpan::year(year.parse().ok()?),
                [year, month] if year.len() == 4 && digits(year) && digits(month) => {
                    DateSpan::month(year.parse().ok()?, month.parse().ok()?)
                }
                // A time of day may follow: the day is what counts.
                _ => Some(DateSpan::day(text.get(..10)?.parse().ok()?)),
            }
        }
        let parsed = match text.split_once('/') {
            Some((first, last)) => single(first)
                .zip(single(last))
                .and_then(|(first, last)| DateSpan::new(first.first, last.last)),
            None => single(text),
        };
        parsed.ok_or_else(|| InvalidDate(text.to_owned()))
    }
}

impl Serialize for DateSpan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateSpan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_they_are_read() {
        for text in ["2024-10-05", "2024-10", "2024", "2023-07/2023-08", "2024-10-05/2024-10-06"] {
            assert_eq!(text.parse::<DateSpan>().unwrap().to_string(), text);
        }
        assert_eq!("2024-10-05T12:30:00Z".parse::<DateSpan>().unwrap().to_string(), "2024-10-05");
        for bad in ["", "soon", "2024-13", "2024-02-30", "2024-10/2024-09"] {
            assert!(bad.parse::<DateSpan>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_title_kept_apart_has_its_own_offsets() {
        let article =
            Article { info: Arc::default(), text: "Talks\n\nThey met.".to_owned(), body_start: 7 };
        assert_eq!(article.locate(Span::new(0, 5)), (Field::Title, Span::new(0, 5)));
        assert_eq!(article.locate(Span::new(7, 11)), (Field::Text, Span::new(0, 4)));
    }
}
