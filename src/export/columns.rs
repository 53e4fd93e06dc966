//! The columns of claims, articles, entities and ties: names, types, and what a row has there. Said
//! once for every file and memory format that has typed columns: Parquet, and Arrow in `python/`.
//!
//! Lists are lists, days are dates, what is absent is null. A claim's date may be a month or an
//! interval, so it stays text beside the first and the last day that it spans. Spans are two
//! columns each, `…_start` and `…_end`, in bytes.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::graph::Standing;
use crate::model::{Byte, DateSpan, Entity, Span};

use super::Network;
use super::claims::ClaimRow;
use super::rows::{
    COUNT_NAMES, NodeRow, TEXT_NAMES, TYPED_TEXTS, TieRow, entity_row, node_rows, tie_rows,
};

/// Type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8; may be null.
    Text,
    /// A list of UTF-8, neither of which is null.
    Texts,
    /// A whole number of 64 bits; may be null.
    Whole,
    /// A list of whole numbers, neither of which is null.
    Wholes,
    /// A number of double precision.
    Number,
    /// True or false.
    Flag,
    /// A day; may be null.
    Day,
}

/// One value of a row; of the kind of its column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Of [`Kind::Text`].
    Text(Option<Cow<'a, str>>),
    /// Of [`Kind::Texts`].
    Texts(Vec<&'a str>),
    /// Of [`Kind::Whole`].
    Whole(Option<u32>),
    /// Of [`Kind::Wholes`].
    Wholes(Vec<u32>),
    /// Of [`Kind::Number`].
    Number(f64),
    /// Of [`Kind::Flag`].
    Flag(bool),
    /// Of [`Kind::Day`].
    Day(Option<Date>),
}

impl Cell<'_> {
    /// The day as a count from 1970-01-01, as columnar formats have it; `None` of any other cell.
    ///
    /// # Panics
    ///
    /// Never: the days of a calendar are few.
    #[must_use]
    pub fn days_since_1970(&self) -> Option<i32> {
        const EPOCH: Date = jiff::civil::date(1970, 1, 1);
        let Self::Day(Some(day)) = self else { return None };
        let hours = EPOCH.duration_until(*day).as_hours();
        Some(hours.div_euclid(24).try_into().expect("calendars are short"))
    }
}

/// A name, a type, and what a row has there.
pub(crate) type ColumnOf<R> = (&'static str, Kind, fn(&R) -> Cell<'_>);

/// Name and type of a column.
pub type Field = (&'static str, Kind);

/// Takes the cells of one row after the other, one for each field.
pub type Sink<'s, E> = &'s mut dyn FnMut(&[Cell<'_>]) -> Result<(), E>;

/// The columns of claims: those of `claims.jsonl`, and whether a line is clear.
pub fn claim_fields() -> impl Iterator<Item = Field> {
    fields_of(CLAIM_COLUMNS)
}

/// A claim in these columns.
pub fn claim_cells(row: &ClaimRow) -> impl Iterator<Item = Cell<'_>> {
    CLAIM_COLUMNS.iter().map(move |(_, _, cell)| cell(row))
}

/// The columns of entities: those of nodes without measures.
pub fn entity_fields() -> impl Iterator<Item = Field> {
    fields_of(&node_columns()).collect::<Vec<_>>().into_iter()
}

/// Hands an entity in these columns to `sink`.
///
/// # Errors
///
/// Those of `sink`.
pub fn entity_cells<E>(entity: &Entity, sink: Sink<'_, E>) -> Result<(), E> {
    let row = entity_row(entity);
    let cells: Vec<_> = node_columns().iter().map(|(_, _, cell)| cell(&row)).collect();
    sink(&cells)
}

/// The columns of nodes: what is known of an entity, and a column for each measure.
#[must_use]
pub fn node_fields(network: Network<'_>) -> Vec<Field> {
    let measures = network.measures.iter();
    let measures =
        measures.map(|column| (column.name, if column.whole { Kind::Whole } else { Kind::Number }));
    entity_fields().chain(measures).collect()
}

/// Hands each node to `sink`, sorted by id.
///
/// # Errors
///
/// The first one of `sink`.
pub fn each_node<E>(network: Network<'_>, sink: Sink<'_, E>) -> Result<(), E> {
    let columns = node_columns();
    for row in node_rows(network) {
        let measures = row.measures.iter().zip(network.measures).map(|((_, value), column)| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the values of whole columns are counts"
            )]
            if column.whole { Cell::Whole(Some(*value as u32)) } else { Cell::Number(*value) }
        });
        let cells: Vec<_> = columns.iter().map(|(_, _, cell)| cell(&row)).chain(measures).collect();
        sink(&cells)?;
    }
    Ok(())
}

/// The columns of ties.
#[must_use]
pub fn tie_fields() -> Vec<Field> {
    let counts = COUNT_NAMES.iter().map(|name| (*name, Kind::Whole));
    let texts = TEXT_NAMES.iter().filter(|name| !TYPED_TEXTS.contains(name));
    let texts = texts.map(|name| (*name, Kind::Text));
    fields_of(&tie_columns()).chain(counts).chain(texts).collect()
}

/// Hands each tie to `sink`, sorted by source, relation, target.
///
/// # Errors
///
/// The first one of `sink`.
pub fn each_tie<E>(network: Network<'_>, sink: Sink<'_, E>) -> Result<(), E> {
    let columns = tie_columns();
    for row in tie_rows(network) {
        let counts = row.counts.iter().map(|(_, count)| Cell::Whole(Some(*count)));
        let texts = texts(&row).map(|(_, text)| or_null(text));
        let cells: Vec<_> =
            columns.iter().map(|(_, _, cell)| cell(&row)).chain(counts).chain(texts).collect();
        sink(&cells)?;
    }
    Ok(())
}

/// Names and types of `columns`.
pub(crate) fn fields_of<R>(columns: &[ColumnOf<R>]) -> impl Iterator<Item = Field> {
    columns.iter().map(|(name, kind, _)| (*name, *kind))
}

/// The texts of a tie but for those that have a column of their own type.
fn texts<'r>(row: &'r TieRow<'_>) -> impl Iterator<Item = (&'static str, &'r str)> {
    let texts = row.texts.iter().filter(|(name, _)| !TYPED_TEXTS.contains(name));
    texts.map(|(name, text)| (*name, &**text))
}

/// Text that is always there.
pub(crate) fn text(text: &str) -> Cell<'_> {
    Cell::Text(Some(Cow::Borrowed(text)))
}

fn or_null(text: &str) -> Cell<'_> {
    Cell::Text((!text.is_empty()).then_some(Cow::Borrowed(text)))
}

/// Text that may be absent.
pub(crate) fn maybe(text: Option<&String>) -> Cell<'_> {
    Cell::Text(text.map(|text| Cow::Borrowed(text.as_str())))
}

fn list(texts: &[String]) -> Cell<'_> {
    Cell::Texts(texts.iter().map(String::as_str).collect())
}

/// A date as it is written.
pub(crate) fn written(date: Option<DateSpan>) -> Cell<'static> {
    Cell::Text(date.map(|date| Cow::Owned(date.to_string())))
}

fn start(span: Option<Span<Byte>>) -> Cell<'static> {
    Cell::Whole(span.map(Span::start))
}

fn end(span: Option<Span<Byte>>) -> Cell<'static> {
    Cell::Whole(span.map(Span::end))
}

const CLAIM_COLUMNS: &[ColumnOf<ClaimRow>] = &[
    ("id", Kind::Text, |row| text(&row.id)),
    ("doc", Kind::Text, |row| text(&row.doc)),
    ("title", Kind::Text, |row| maybe(row.title.as_ref())),
    ("date", Kind::Text, |row| written(row.date)),
    ("outlet", Kind::Text, |row| maybe(row.outlet.as_ref())),
    ("url", Kind::Text, |row| maybe(row.url.as_ref())),
    ("author", Kind::Text, |row| maybe(row.author.as_ref())),
    ("sentence", Kind::Text, |row| text(&row.sentence)),
    ("field", Kind::Text, |row| text(row.field.as_str())),
    ("start", Kind::Whole, |row| Cell::Whole(Some(row.start))),
    ("end", Kind::Whole, |row| Cell::Whole(Some(row.end))),
    ("relation", Kind::Text, |row| text(&row.relation)),
    ("directed", Kind::Flag, |row| Cell::Flag(row.directed)),
    ("source", Kind::Text, |row| text(row.source.as_str())),
    ("target", Kind::Text, |row| text(row.target.as_str())),
    ("items", Kind::Texts, |row| list(&row.items)),
    ("item_phrases", Kind::Texts, |row| list(&row.item_phrases)),
    ("quantity", Kind::Text, |row| maybe(row.quantity.as_ref())),
    ("polarity", Kind::Text, |row| text(row.polarity.as_str())),
    ("modality", Kind::Text, |row| text(row.modality.as_str())),
    ("standing", Kind::Text, |row| or_null(row.standing.map_or("", Standing::as_str))),
    ("story", Kind::Text, |row| or_null(row.story.as_deref().unwrap_or(""))),
    ("clear", Kind::Flag, |row| Cell::Flag(row.clear)),
    ("attribution", Kind::Text, |row| maybe(row.attribution.as_ref())),
    ("attribution_text", Kind::Text, |row| maybe(row.attribution_text.as_ref())),
    ("event_date", Kind::Text, |row| written(row.event_date)),
    ("first_date", Kind::Day, |row| Cell::Day(row.event_date.or(row.date).map(DateSpan::first))),
    ("last_date", Kind::Day, |row| Cell::Day(row.event_date.or(row.date).map(DateSpan::last))),
    ("role", Kind::Text, |row| maybe(row.role.as_ref())),
    ("rule", Kind::Text, |row| text(&row.rule)),
    ("confidence", Kind::Number, |row| Cell::Number(super::rows::confidence(row.confidence))),
    ("plover", Kind::Text, |row| text(&row.plover)),
    ("cameo", Kind::Text, |row| text(&row.cameo)),
    ("trigger_start", Kind::Whole, |row| start(Some(row.spans.trigger))),
    ("trigger_end", Kind::Whole, |row| end(Some(row.spans.trigger))),
    ("source_start", Kind::Whole, |row| start(row.spans.source)),
    ("source_end", Kind::Whole, |row| end(row.spans.source)),
    ("target_start", Kind::Whole, |row| start(row.spans.target)),
    ("target_end", Kind::Whole, |row| end(row.spans.target)),
    ("items_start", Kind::Wholes, |row| {
        Cell::Wholes(row.spans.items.iter().map(|span| span.start()).collect())
    }),
    ("items_end", Kind::Wholes, |row| {
        Cell::Wholes(row.spans.items.iter().map(|span| span.end()).collect())
    }),
    ("quantity_start", Kind::Whole, |row| start(row.spans.quantity)),
    ("quantity_end", Kind::Whole, |row| end(row.spans.quantity)),
    ("attribution_start", Kind::Whole, |row| start(row.spans.attribution)),
    ("attribution_end", Kind::Whole, |row| end(row.spans.attribution)),
    ("attribution_cue_start", Kind::Whole, |row| start(row.spans.attribution_cue)),
    ("attribution_cue_end", Kind::Whole, |row| end(row.spans.attribution_cue)),
];

fn node_columns<'a>() -> [ColumnOf<NodeRow<'a>>; 9] {
    [
        ("id", Kind::Text, |row| text(row.id)),
        ("name", Kind::Text, |row| text(row.name)),
        ("kind", Kind::Text, |row| text(row.kind.as_str())),
        ("state", Kind::Text, |row| or_null(row.state)),
        ("iso2", Kind::Text, |row| or_null(row.iso2)),
        ("wikidata", Kind::Text, |row| or_null(&row.wikidata)),
        ("aliases", Kind::Texts, |row| list(row.aliases)),
        ("offices", Kind::Texts, |row| list(&row.offices)),
        ("discovered", Kind::Flag, |row| Cell::Flag(row.discovered)),
    ]
}

fn tie_columns<'a>() -> [ColumnOf<TieRow<'a>>; 12] {
    [
        ("id", Kind::Text, |row| text(row.id)),
        ("source", Kind::Text, |row| text(row.source)),
        ("target", Kind::Text, |row| text(row.target)),
        ("relation", Kind::Text, |row| text(row.relation)),
        ("directed", Kind::Flag, |row| Cell::Flag(row.directed)),
        ("disputed", Kind::Flag, |row| Cell::Flag(row.disputed)),
        ("weight", Kind::Number, |row| Cell::Number(row.weight)),
        ("confidence", Kind::Number, |row| Cell::Number(row.confidence)),
        ("first_date", Kind::Day, |row| Cell::Day(row.first_date)),
        ("last_date", Kind::Day, |row| Cell::Day(row.last_date)),
        ("items", Kind::Texts, |row| Cell::Texts(row.items.clone())),
        ("denied_items", Kind::Texts, |row| Cell::Texts(row.denied_items.clone())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (day, count) in [("1970-01-01", 0), ("1969-12-31", -1), ("2024-02-29", 19_782)] {
            let cell = Cell::Day(Some(day.parse().unwrap()));
            assert_eq!(cell.days_since_1970(), Some(count), "{day}");
        }
    }
}
