//! Tables that come from outside, row by row: the library's columns, in whatever types a library of
//! data frames gives them.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int32Type, Int64Type, UInt32Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use pyo3::PyResult;
use serde_json::{Map, Value};
use tieline::export::ClaimRow;
use tieline::export::columns::{Kind, claim_fields};
use tieline::graph::{Line, Standing};
use tieline::model::{Entity, EntityId};

use crate::error::{raise, wrong};

/// The columns of a batch by name.
pub(crate) struct Columns<'b>(&'b RecordBatch);

impl<'b> Columns<'b> {
    pub(crate) fn of(batch: &'b RecordBatch) -> Self {
        Self(batch)
    }

    /// The column `name`, and whether `row` has a value there.
    fn at(&self, name: &str, row: usize) -> PyResult<(&'b ArrayRef, bool)> {
        let column = self.0.column_by_name(name).ok_or_else(|| {
            wrong(format!("there is no column {name:?} (there is {})", self.names()))
        })?;
        Ok((column, column.is_valid(row) && *column.data_type() != DataType::Null))
    }

    fn names(&self) -> String {
        let names: Vec<_> =
            self.0.schema_ref().fields().iter().map(|field| field.name().as_str()).collect();
        names.join(", ")
    }

    /// The text of a row, if it has one.
    pub(crate) fn text(&self, name: &str, row: usize) -> PyResult<Option<String>> {
        let (column, is_there) = self.at(name, row)?;
        is_there.then(|| text(column, row).ok_or_else(|| other(name, column, "text"))).transpose()
    }

    /// The number of a row, if it has one.
    pub(crate) fn number(&self, name: &str, row: usize) -> PyResult<Option<f64>> {
        let (column, is_there) = self.at(name, row)?;
        let found = is_there.then(|| number(column, row));
        Ok(found
            .map(|found| found.ok_or_else(|| other(name, column, "a number")))
            .transpose()?
            .filter(|number| !number.is_nan()))
    }

    /// Whether a row is true there.
    pub(crate) fn flag(&self, name: &str, row: usize) -> PyResult<Option<bool>> {
        let (column, is_there) = self.at(name, row)?;
        let flag = || column.as_boolean_opt().map(|flags| flags.value(row));
        is_there.then(|| flag().ok_or_else(|| other(name, column, "true or false"))).transpose()
    }

    /// The list of a row; empty where there is none.
    fn list(&self, name: &str, row: usize) -> PyResult<Option<ArrayRef>> {
        let (column, is_there) = self.at(name, row)?;
        if !is_there {
            return Ok(None);
        }
        let list = column.as_list_opt::<i32>().map(|lists| lists.value(row));
        let list = list.or_else(|| column.as_list_opt::<i64>().map(|lists| lists.value(row)));
        list.ok_or_else(|| other(name, column, "a list")).map(Some)
    }

    fn texts(&self, name: &str, row: usize) -> PyResult<Vec<String>> {
        let Some(list) = self.list(name, row)? else { return Ok(Vec::new()) };
        let values = (0..list.len()).map(|at| text(&list, at));
        values.collect::<Option<_>>().ok_or_else(|| other(name, &list, "text"))
    }

    fn numbers(&self, name: &str, row: usize) -> PyResult<Vec<f64>> {
        let Some(list) = self.list(name, row)? else { return Ok(Vec::new()) };
        let values = (0..list.len()).map(|at| number(&list, at));
        values.collect::<Option<_>>().ok_or_else(|| other(name, &list, "numbers"))
    }
}

fn other(name: &str, column: &ArrayRef, expected: &str) -> pyo3::PyErr {
    wrong(format!("column {name:?} is {} (expected {expected})", column.data_type()))
}

fn text(column: &ArrayRef, row: usize) -> Option<String> {
    match column.data_type() {
        DataType::Utf8 => Some(column.as_string::<i32>().value(row).to_owned()),
        DataType::LargeUtf8 => Some(column.as_string::<i64>().value(row).to_owned()),
        DataType::Utf8View => Some(column.as_string_view().value(row).to_owned()),
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "places in a text are small")]
fn number(column: &ArrayRef, row: usize) -> Option<f64> {
    match column.data_type() {
        DataType::Int64 => Some(column.as_primitive::<Int64Type>().value(row) as f64),
        DataType::Int32 => Some(column.as_primitive::<Int32Type>().value(row).into()),
        DataType::UInt32 => Some(column.as_primitive::<UInt32Type>().value(row).into()),
        DataType::Float64 => Some(column.as_primitive::<Float64Type>().value(row)),
        _ => None,
    }
}

/// A number as a place in a text.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole numbers that came as another type are cut back"
)]
fn place(number: f64) -> Value {
    Value::from(number as u32)
}

/// The claims of a batch, each with its standing, its story and whether it is clear.
pub(crate) fn lines_of(batch: &RecordBatch) -> PyResult<Vec<Line>> {
    let columns = Columns::of(batch);
    (0..batch.num_rows()).map(|row| line(&columns, row)).collect()
}

fn line(columns: &Columns<'_>, row: usize) -> PyResult<Line> {
    let mut claim = Map::new();
    let mut spans = Map::new();
    for (name, kind) in claim_fields() {
        if matches!(name, "clear" | "first_date" | "last_date") {
            continue;
        }
        if let Some(part) = name.strip_suffix("_start") {
            spans.insert(part.to_owned(), span(columns, part, row, kind)?);
        } else if !name.ends_with("_end") {
            claim.insert(name.to_owned(), cell(columns, name, row, kind)?);
        }
    }
    claim.insert("spans".to_owned(), Value::Object(spans));
    let standing = columns.text("standing", row)?;
    let story = columns.text("story", row)?;
    let doc = columns.text("doc", row)?.unwrap_or_default();
    let claim = serde_json::from_value::<ClaimRow>(Value::Object(claim))
        .map_err(|error| wrong(format!("row {row} is no claim: {error}")))?;
    let claim = claim
        .into_claim()
        .ok_or_else(|| wrong(format!("row {row} is no claim: its parts do not fit each other")))?;
    let standing: Option<Standing> =
        standing.map(|name| name.parse()).transpose().map_err(raise)?;
    let standing = standing.ok_or_else(|| {
        wrong(format!("row {row} has no standing: claims are put together first"))
    })?;
    let clear = columns.flag("clear", row)?.unwrap_or_default();
    Ok(Line { claim: Arc::new(claim), standing, story: story.unwrap_or(doc).into(), clear })
}

fn cell(columns: &Columns<'_>, name: &str, row: usize, kind: Kind) -> PyResult<Value> {
    Ok(match kind {
        Kind::Text => columns.text(name, row)?.map_or(Value::Null, Value::String),
        Kind::Texts => columns.texts(name, row)?.into(),
        Kind::Whole => columns.number(name, row)?.map_or(Value::Null, place),
        Kind::Number => columns.number(name, row)?.into(),
        Kind::Flag => columns.flag(name, row)?.into(),
        Kind::Wholes | Kind::Day => Value::Null,
    })
}

/// The bytes of one part of a claim as claims are written: `[start, end]`, or a list of such.
fn span(columns: &Columns<'_>, part: &str, row: usize, kind: Kind) -> PyResult<Value> {
    let (start, end) = (format!("{part}_start"), format!("{part}_end"));
    if kind == Kind::Wholes {
        let (starts, ends) = (columns.numbers(&start, row)?, columns.numbers(&end, row)?);
        let spans = starts.into_iter().zip(ends);
        return Ok(spans.map(|(start, end)| Value::from(vec![place(start), place(end)])).collect());
    }
    let ends = columns.number(&start, row)?.zip(columns.number(&end, row)?);
    Ok(ends.map_or(Value::Null, |(start, end)| vec![place(start), place(end)].into()))
}

/// The entities of a batch: what its columns tell of them.
pub(crate) fn entities_of(batch: &RecordBatch) -> PyResult<Vec<Entity>> {
    let columns = Columns::of(batch);
    let entity = |row| {
        let id = columns.text("id", row)?.unwrap_or_default();
        let id: EntityId = id.parse().map_err(raise)?;
        let name = columns.text("name", row)?;
        let mut entity = Entity::bare(id.clone(), name.unwrap_or_else(|| id.slug().to_owned()));
        let state = columns.text("state", row)?;
        entity.state = state.and_then(|code| format!("state:{code}").parse().ok());
        entity.iso2 = columns.text("iso2", row)?;
        entity.aliases = columns.texts("aliases", row)?;
        entity.discovered = columns.flag("discovered", row)?.unwrap_or_default();
        Ok(entity)
    };
    (0..batch.num_rows()).map(entity).collect()
}
