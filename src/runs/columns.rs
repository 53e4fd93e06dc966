//! The columns of articles, for formats with typed columns: those of `articles.jsonl` but for the
//! hashes.

use crate::export::columns::{Cell, ColumnOf, Field, Kind, fields_of, maybe, text, written};
use crate::model::DateSpan;

use super::ArticleRow;

/// Names and types of the columns of articles.
pub fn article_fields() -> impl Iterator<Item = Field> {
    fields_of(ARTICLE_COLUMNS)
}

/// An article in these columns.
pub fn article_cells(row: &ArticleRow) -> impl Iterator<Item = Cell<'_>> {
    ARTICLE_COLUMNS.iter().map(move |(_, _, cell)| cell(row))
}

const ARTICLE_COLUMNS: &[ColumnOf<ArticleRow>] = &[
    ("doc", Kind::Text, |row| text(&row.doc)),
    ("story", Kind::Text, |row| text(&row.story)),
    ("title", Kind::Text, |row| maybe(row.title.as_ref())),
    ("date", Kind::Text, |row| written(row.date)),
    ("first_date", Kind::Day, |row| Cell::Day(row.date.map(DateSpan::first))),
    ("last_date", Kind::Day, |row| Cell::Day(row.date.map(DateSpan::last))),
    ("outlet", Kind::Text, |row| maybe(row.outlet.as_ref())),
    ("url", Kind::Text, |row| maybe(row.url.as_ref())),
    ("claims", Kind::Whole, |row| Cell::Whole(u32::try_from(row.claims).ok())),
];
