//! An input that is being read: its records become articles, and its doubts are told at its end.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::form::{Input, Item, Records};
use super::forms;
use super::record::{self, Fields};
use super::{Cause, SourceError, stream};
use crate::model::{Article, DateOrder, DateSpan, OrderEvidence};

/// Records that wait for one whose date tells the order of day and month.
const MAX_WAITING: usize = 10_000;
/// Bytes of their texts.
const MAX_WAITING_BYTES: usize = 16 << 20;

/// One input or one file of an archive.
pub(super) struct OpenInput {
    path: PathBuf,
    name: String,
    compressed: bool,
    records: Option<Box<dyn Records>>,
    dates: Dates,
    waiting: VecDeque<(u64, Result<Fields, Cause>)>,
    waiting_bytes: usize,
    n_found: u64,
    titles_only: Option<(u64, String)>,
    wrong_dates: Option<(u64, String)>,
    /// What is told once the input has ended.
    last_words: VecDeque<Cause>,
    has_ended: bool,
}

/// What an input gives.
pub(super) enum Step {
    Article(Article),
    Error(SourceError),
    /// A file of an archive, to be opened and read first.
    File(Input),
}

/// The order of day and month in the dates of one input.
#[derive(Debug, Default)]
struct Dates {
    order: Option<DateOrder>,
    /// Dates were found that decide for one order, and others for the other.
    at_odds: bool,
    /// How many were left without, and the first.
    undecided: Option<(u64, String)>,
    /// Enough records have waited.
    gave_up: bool,
}

impl fmt::Debug for OpenInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenInput").field("path", &self.path).finish_non_exhaustive()
    }
}

impl OpenInput {
    /// Opens `input` as the form that its start and its name tell.
    pub(super) fn open(mut input: Input, compressed: bool) -> Result<Self, SourceError> {
        let path = input.path.clone();
        let name = input.name.clone();
        let order = input.options.date_order;
        let fail = |cause| Err(SourceError::new(&path, cause));
        let opened = match input.reader.fill_buf() {
            Ok([]) => return fail(Cause::Empty),
            Ok(start) => {
                let form = forms::of(&path, start);
                if form.is_text && stream::is_binary(start) {
                    return fail(stream::known_binary(start));
                }
                (form.open)(input)
            }
            Err(error) => Err(error),
        };
        match opened {
            Ok(Ok(records)) => Ok(Self {
                path,
                name,
                compressed,
                records: Some(records),
                dates: Dates { order, ..Dates::default() },
                waiting: VecDeque::new(),
                waiting_bytes: 0,
                n_found: 0,
                titles_only: None,
                wrong_dates: None,
                last_words: VecDeque::new(),
                has_ended: false,
            }),
            Ok(Err(cause)) => fail(cause),
            Err(error) => fail(cause_of(error, compressed)),
        }
    }

    /// The next article, error or file; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Step> {
        loop {
            // What waits is handed on once nothing more can be learnt for it.
            let decided =
                self.dates.order.is_some() || self.dates.gave_up || self.records.is_none();
            if decided && let Some((line, fields)) = self.waiting.pop_front() {
                self.waiting_bytes -= fields.as_ref().map_or(0, size);
                return Some(self.step(line, fields));
            }
            let Some(records) = &mut self.records else { return self.end() };
            match records.next() {
                Ok(Some(Item::File(input))) => {
                    self.n_found += 1;
                    return Some(Step::File(input));
                }
                Ok(Some(Item::Unread { path, cause })) => {
                    self.n_found += 1;
                    return Some(Step::Error(SourceError::new(&path, cause)));
                }
                Ok(Some(Item::Record { line, fields })) => {
                    self.n_found += 1;
                    let told = fields.as_ref().ok().and_then(|fields| fields.date.as_deref());
                    let needed = told.is_some_and(|date| self.dates.learn(date));
                    if self.waiting.is_empty() && !needed {
                        return Some(self.step(line, fields));
                    }
                    self.waiting_bytes += fields.as_ref().map_or(0, size);
                    self.waiting.push_back((line, fields));
                    self.dates.gave_up |= self.waiting.len() >= MAX_WAITING
                        || self.waiting_bytes >= MAX_WAITING_BYTES;
                }
                Ok(None) => self.records = None,
                Err(error) => {
                    self.records = None;
                    self.n_found += 1;
                    self.last_words.push_back(cause_of(error, self.compressed));
                }
            }
        }
    }

    /// The article of a record.
    fn step(&mut self, line: u64, fields: Result<Fields, Cause>) -> Step {
        let fields = match fields {
            Ok(fields) => fields,
            Err(cause) => return Step::Error(SourceError::at(&self.path, line, cause)),
        };
        if fields.has_title_only() {
            let of = self.titles_only.get_or_insert_with(|| (0, record::list(&fields.keys)));
            of.0 += 1;
        }
        if let Some(date) = &fields.date {
            self.dates.count(date);
            self.count_wrong(&date.clone());
        }
        let id = if line == 0 { self.name.clone() } else { format!("{}:{line}", self.name) };
        match fields.into_article(&id, self.dates.order()) {
            Ok(article) => Step::Article(article),
            Err(cause) => Step::Error(SourceError::at(&self.path, line, cause)),
        }
    }

    /// Counts a date that is none in any order.
    fn count_wrong(&mut self, date: &str) {
        let is_date = DateSpan::from_field(date, Some(DateOrder::DayFirst)).is_some()
            || DateSpan::from_field(date, Some(DateOrder::MonthFirst)).is_some();
        if !is_date && !date.trim().is_empty() {
            let example = date.trim().chars().take(40).collect();
            self.wrong_dates.get_or_insert((0, example)).0 += 1;
        }
    }

    /// What is told at the end: once each.
    fn end(&mut self) -> Option<Step> {
        if !self.has_ended {
            self.has_ended = true;
            if self.n_found == 0 && self.last_words.is_empty() {
                self.last_words.push_back(Cause::Empty);
            }
            let titles = self.titles_only.take();
            self.last_words.extend(titles.map(|(n, keys)| Cause::TitlesOnly { n, keys }));
            let undecided = self.dates.undecided.take();
            self.last_words
                .extend(undecided.map(|(n, example)| Cause::UndecidedDates { n, example }));
            let wrong = self.wrong_dates.take();
            self.last_words.extend(wrong.map(|(n, example)| Cause::WrongDates { n, example }));
        }
        let cause = self.last_words.pop_front()?;
        Some(Step::Error(SourceError::new(&self.path, cause)))
    }
}

impl Dates {
    /// Learns from a date; whether its record needs an order that is not yet known.
    fn learn(&mut self, date: &str) -> bool {
        if self.at_odds || self.gave_up {
            return false;
        }
        match DateOrder::told_by(date) {
            OrderEvidence::None => false,
            OrderEvidence::Needed => self.order.is_none(),
            OrderEvidence::Decides(order) => {
                self.at_odds = self.order.is_some_and(|before| before != order);
                self.order = Some(order);
                false
            }
        }
    }

    /// The order of the dates that need one.
    fn order(&self) -> Option<DateOrder> {
        self.order.filter(|_| !self.at_odds)
    }

    /// Counts a date that stays undecided.
    fn count(&mut self, date: &str) {
        if self.order().is_none() && DateOrder::told_by(date) == OrderEvidence::Needed {
            let example = date.trim().chars().take(40).collect();
            self.undecided.get_or_insert((0, example)).0 += 1;
        }
    }
}

fn size(fields: &Fields) -> usize {
    fields.text.as_ref().map_or(0, String::len)
}

/// Why a stream cannot be read further.
pub(super) fn cause_of(error: io::Error, compressed: bool) -> Cause {
    if compressed { Cause::Compression(error) } else { Cause::Read(error) }
}
