//! What a cluster needs of the library: records that travel as rows, the claims of records once
//! the whole is known, and the way from records to a run.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::builder::{Int64Builder, ListBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use serde::Deserialize;
use tieline::Error;
use tieline::export::columns::{self, Cell, Kind};
use tieline::export::{ClaimRow, Provenance};
use tieline::graph::{Context, Stories, Verbs};
use tieline::model::{ArticleInfo, DateSpan, Entity, EntityDirectory};
use tieline::runs::{self, Making, Record, Relation, RunError, Sketch};

use crate::error::{raise, wrong};
use crate::table::{Rows, Table};

const RECORD_FIELDS: [columns::Field; 11] = [
    ("given", Kind::Text),
    ("date", Kind::Text),
    ("first_date", Kind::Day),
    ("last_date", Kind::Day),
    ("title", Kind::Text),
    ("outlet", Kind::Text),
    ("url", Kind::Text),
    ("content", Kind::Text),
    ("sketch", Kind::Text),
    ("record", Kind::Text),
    ("entities", Kind::Text),
];

/// Records as rows, with the bands of their sketches as whole numbers.
pub(crate) fn records_table(records: &[Record], entities: &[Vec<Entity>]) -> Table {
    let mut rows = Rows::new(RECORD_FIELDS);
    for (record, entities) in records.iter().zip(entities) {
        let info = &record.article;
        let text = |text: &Option<String>| Cell::Text(text.clone().map(Into::into));
        let json = |value: &serde_json::Value| match value {
            serde_json::Value::String(text) => text.clone(),
            value => value.to_string(),
        };
        let written = |value: serde_json::Result<serde_json::Value>| {
            Cell::Text(Some(json(&value.expect("records are plain data")).into()))
        };
        rows.push([
            Cell::Text(Some(String::from(&*info.id).into())),
            Cell::Text(info.date.map(|date| date.to_string().into())),
            Cell::Day(info.date.map(DateSpan::first)),
            Cell::Day(info.date.map(DateSpan::last)),
            text(&info.title),
            text(&info.outlet),
            text(&info.url),
            Cell::Text(Some(String::from(&*record.content).into())),
            written(serde_json::to_value(&record.sketch)),
            written(serde_json::to_value(record)),
            written(serde_json::to_value(entities)),
        ]);
    }
    with_bands(rows.finish(), records)
}

/// `table` with the bands of its records behind its columns.
fn with_bands(table: Table, records: &[Record]) -> Table {
    let element = Arc::new(Field::new("element", DataType::Int64, false));
    let bands = Field::new("bands", DataType::List(Arc::clone(&element)), false);
    let fields = table.schema.fields().iter().cloned().chain([Arc::new(bands)]);
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let mut records = records.iter();
    let wider = |batch: &RecordBatch| {
        let mut list = ListBuilder::new(Int64Builder::new()).with_field(Arc::clone(&element));
        for record in records.by_ref().take(batch.num_rows()) {
            // The same bits: tables know no unsigned numbers.
            record.sketch.bands().for_each(|band| list.values().append_value(band.cast_signed()));
            list.append(true);
        }
        let mut arrays = batch.columns().to_vec();
        arrays.push(Arc::new(list.finish()) as ArrayRef);
        RecordBatch::try_new(Arc::clone(&schema), arrays).expect("columns are of the schema")
    };
    let batches = table.batches.iter().map(wider).collect();
    Table { schema, batches }
}

fn record(json: &str) -> PyResult<Record> {
    serde_json::from_str(json).map_err(|error| wrong(format!("no record: {error}")))
}

fn entities(json: &str) -> PyResult<Vec<Entity>> {
    serde_json::from_str(json).map_err(|error| wrong(format!("no entities: {error}")))
}

/// Whether two articles tell one story, pair by pair: their sketches, and their dates as written.
#[pyfunction]
#[expect(clippy::type_complexity, reason = "rows of four columns")]
pub(crate) fn alike(
    py: Python<'_>,
    pairs: Vec<(String, String, Option<String>, Option<String>)>,
) -> PyResult<Vec<bool>> {
    let sketch = |text: &str| {
        let quoted = serde_json::Value::String(text.to_owned());
        serde_json::from_value::<Sketch>(quoted).map_err(|error| wrong(error.to_string()))
    };
    let date = |text: Option<&String>| -> PyResult<Option<DateSpan>> {
        text.map(|text| text.parse()).transpose().map_err(raise)
    };
    py.detach(|| {
        let one = |(a, b, a_date, b_date): &(String, String, Option<String>, Option<String>)| {
            let days = runs::days_between(date(a_date.as_ref())?, date(b_date.as_ref())?);
            Ok(runs::is_one_story(&sketch(a)?, &sketch(b)?, days))
        };
        pairs.iter().map(one).collect()
    })
}

/// How often each verb starts claims of each relation in `records`: verb, relation, number.
#[pyfunction]
pub(crate) fn count_verbs(
    py: Python<'_>,
    records: Vec<String>,
) -> PyResult<Vec<(String, String, u32)>> {
    py.detach(|| {
        let mut verbs = Verbs::default();
        for json in &records {
            let claims = record(json)?.claims.into_iter();
            claims.filter_map(|(row, _)| row.into_claim()).for_each(|claim| verbs.add(&claim));
        }
        let counts = verbs.counts();
        Ok(counts.map(|(verb, relation, n)| (verb.to_owned(), relation.to_owned(), n)).collect())
    })
}

/// What several readings know of entities, each a JSON list, as one JSON list, sorted by id.
#[pyfunction]
pub(crate) fn unite(py: Python<'_>, lists: Vec<String>) -> PyResult<String> {
    py.detach(|| {
        let mut known = Vec::new();
        for json in &lists {
            known.extend(entities(json)?);
        }
        let united = runs::unite_all(known);
        serde_json::to_string(&united).map_err(|error| wrong(error.to_string()))
    })
}

/// What the whole knows and one article cannot tell.
#[pyclass(frozen, module = "tieline._native")]
pub(crate) struct Knowledge {
    directory: EntityDirectory,
    verbs: Arc<Verbs>,
}

#[pymethods]
impl Knowledge {
    /// From all entities as a JSON list, and counts of verbs (verb, relation, number).
    #[new]
    fn new(known: &str, verbs: Vec<(String, String, u32)>) -> PyResult<Self> {
        let mut counted = Verbs::default();
        for (verb, relation, n) in &verbs {
            counted.add_counted(verb, relation, *n);
        }
        Ok(Self { directory: EntityDirectory::new(entities(known)?), verbs: Arc::new(counted) })
    }

    /// The entities as a table.
    fn entities(&self) -> Table {
        crate::claims::entities_table(self.directory.iter())
    }

    /// The claims of `articles`: record, name in the whole, story.
    fn claims(&self, py: Python<'_>, articles: Vec<(String, String, String)>) -> PyResult<Table> {
        py.detach(|| {
            let pairs =
                articles.iter().map(|(_, doc, story)| (doc.as_str().into(), story.as_str().into()));
            let context = Context {
                directory: self.directory.clone(),
                stories: Arc::new(Stories::new(pairs)),
                verbs: Arc::clone(&self.verbs),
            };
            let mut rows = Rows::new(columns::claim_fields());
            for (json, doc, _) in &articles {
                let record = record(json)?;
                let info = ArticleInfo { id: doc.as_str().into(), ..record.article };
                let info = Arc::new(info);
                for mut claim in record.claims.into_iter().filter_map(|(row, _)| row.into_claim()) {
                    claim.evidence.article = Arc::clone(&info);
                    let line = context.line(&Arc::new(claim));
                    rows.push(columns::claim_cells(&ClaimRow::from(&line)));
                }
            }
            Ok(rows.finish())
        })
    }
}

/// What records were read with, and the relations that they may have.
#[derive(Deserialize)]
struct ReadWith {
    read_with: Provenance,
    relations: BTreeSet<Relation>,
}

/// Writes the run of `records`, an iterator of (record, entities), into a folder. Records come in
/// any order and are held a batch at a time.
#[pyfunction]
pub(crate) fn write_run(
    py: Python<'_>,
    records: Py<PyIterator>,
    provenance: &str,
    path: PathBuf,
    corrections: Option<PathBuf>,
    force: bool,
) -> PyResult<()> {
    let ReadWith { read_with, relations } =
        serde_json::from_str(provenance).map_err(|error| wrong(error.to_string()))?;
    // An error of the iterator is kept here: what it was cannot be told by the library.
    let mut failed = None;
    let written = py.detach(|| {
        let mut making = Making::new(path.clone());
        making.force = force;
        if let Some(corrections) = corrections {
            making.corrections = runs::Corrections::read(&corrections).map_err(raise)?;
        }
        let next = || {
            let read = Python::attach(|py| {
                let next = records.bind(py).clone().next()?;
                Some(next.and_then(|next| next.extract::<(String, String)>()))
            })?;
            let read = read.and_then(|(json, known)| Ok((record(&json)?, entities(&known)?)));
            Some(read.map_err(|error| {
                failed = Some(error);
                let interrupted = std::io::ErrorKind::Interrupted.into();
                RunError::Disk {
                    path: path.clone(),
                    doing: "read records for",
                    source: interrupted,
                }
            }))
        };
        let written = runs::write(std::iter::from_fn(next), &read_with, relations, &making);
        written.map(drop).map_err(|error| raise(Error::from(error)))
    });
    match failed {
        Some(error) => Err(error),
        None => written,
    }
}
