//! `claims.parquet`, `nodes.parquet` and `edges.parquet`, with the feature `parquet`: claims as
//! `claims.jsonl` has them and the rows of the graph files, in columns for data frames and SQL.
//!
//! Lists are lists, days are dates, what is absent is null. A claim's date may be a month or an
//! interval, so it stays text beside the first and the last day that it spans. Spans are two
//! columns each, `…_start` and `…_end`.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::graph::{Line, Standing};
use crate::model::{Byte, DateSpan, Span};

use super::Network;
use super::claims::ClaimRow;
use super::rows::{NodeRow, TYPED_TEXTS, TieRow, node_rows, tie_rows};

use table::{Cell, Kind, Table};

mod table;

/// A name, a type, and what a row has there.
type ColumnOf<R> = (&'static str, Kind, fn(&R) -> Cell<'_>);

/// Writes `claims.parquet`, group of rows by group of rows.
#[derive(Debug)]
pub(super) struct ClaimsParquet<W: Write + Send>(Table<W>);

impl<W: Write + Send> ClaimsParquet<W> {
    pub(super) fn for_writer(out: W) -> io::Result<Self> {
        let columns = CLAIM_COLUMNS.iter().map(|(name, kind, _)| (*name, *kind));
        Ok(Self(Table::for_writer(out, columns)?))
    }

    pub(super) fn write(&mut self, line: &Line) -> io::Result<()> {
        let row = ClaimRow::from(line);
        self.0.push(CLAIM_COLUMNS.iter().map(|(_, _, cell)| cell(&row)))
    }

    pub(super) fn finish(self) -> io::Result<W> {
        self.0.finish()
    }
}

/// Writes the nodes with their measures as Parquet.
///
/// # Errors
///
/// If the writer fails.
pub fn write_parquet_nodes(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let measures = network.measures.iter();
    let measures =
        measures.map(|column| (column.name, if column.whole { Kind::Whole } else { Kind::Number }));
    let columns = node_columns();
    let names = columns.iter().map(|(name, kind, _)| (*name, *kind)).chain(measures);
    let mut table = Table::for_writer(Vec::new(), names)?;
    for row in node_rows(network) {
        let measures = row.measures.iter().zip(network.measures).map(|((_, value), column)| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the values of whole columns are counts"
            )]
            if column.whole { Cell::Whole(Some(*value as u32)) } else { Cell::Number(*value) }
        });
        table.push(columns.iter().map(|(_, _, cell)| cell(&row)).chain(measures))?;
    }
    out.write_all(&table.finish()?)
}

/// Writes the ties with their best lines as Parquet.
///
/// # Errors
///
/// If the writer fails.
pub fn write_parquet_edges(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let columns = tie_columns();
    let mut names: Vec<_> = columns.iter().map(|(name, kind, _)| (*name, *kind)).collect();
    // The further columns are the same in every tie: the first one tells them.
    if let Some(row) = tie_rows(network).next() {
        names.extend(row.counts.map(|(name, _)| (name, Kind::Whole)));
        names.extend(texts(&row).map(|(name, _)| (name, Kind::Text)));
    }
    let mut table = Table::for_writer(Vec::new(), names)?;
    for row in tie_rows(network) {
        let counts = row.counts.iter().map(|(_, count)| Cell::Whole(Some(*count)));
        let texts = texts(&row).map(|(_, text)| or_null(text));
        table.push(columns.iter().map(|(_, _, cell)| cell(&row)).chain(counts).chain(texts))?;
    }
    out.write_all(&table.finish()?)
}

/// The texts of a tie but for those that have a column of their own type.
fn texts<'r>(row: &'r TieRow<'_>) -> impl Iterator<Item = (&'static str, &'r str)> {
    let texts = row.texts.iter().filter(|(name, _)| !TYPED_TEXTS.contains(name));
    texts.map(|(name, text)| (*name, text.as_str()))
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Some(Cow::Borrowed(text)))
}

fn or_null(text: &str) -> Cell<'_> {
    Cell::Text((!text.is_empty()).then_some(Cow::Borrowed(text)))
}

fn maybe(text: Option<&String>) -> Cell<'_> {
    Cell::Text(text.map(|text| Cow::Borrowed(text.as_str())))
}

fn list(texts: &[String]) -> Cell<'_> {
    Cell::Texts(texts.iter().map(String::as_str).collect())
}

fn written(date: Option<DateSpan>) -> Cell<'static> {
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

fn node_columns<'a>() -> [ColumnOf<NodeRow<'a>>; 8] {
    [
        ("id", Kind::Text, |row| text(row.id)),
        ("name", Kind::Text, |row| text(row.name)),
        ("kind", Kind::Text, |row| text(row.kind.as_str())),
        ("state", Kind::Text, |row| or_null(row.state)),
        ("iso2", Kind::Text, |row| or_null(row.iso2)),
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
