//! Reading texts, and what was read of several before it is put together.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use tieline::export::Provenance;
use tieline::model::{DateOrder, DateSpan, Entity};
use tieline::runs::{self, Corrections, Gathered, Record, Relation};
use tieline::source::{Articles, Cause, Fields, Options};
use tieline::{Article, pipeline};

use crate::claims::Claims;
use crate::error::{raise, wrong};
use crate::scale::records_table;
use crate::table::Table;

/// Text, id, date, title, outlet, address; each may be absent.
type Row = (
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// The compiled knowledge that texts are read with.
#[pyclass(frozen, module = "tieline._native")]
pub(crate) struct Reader {
    reader: pipeline::Reader,
    corrections: Corrections,
    relations: BTreeSet<Relation>,
    read_with: Arc<Provenance>,
    pool: rayon::ThreadPool,
}

/// What was read of some texts.
#[derive(Default)]
#[pyclass(frozen, module = "tieline._native")]
pub(crate) struct Batch {
    pub(crate) records: Vec<Record>,
    pub(crate) entities: Vec<Vec<Entity>>,
    /// Texts that were not read: place, reason.
    #[pyo3(get)]
    skipped: Vec<(usize, String)>,
    /// Dates that are none, or whose order of day and month is not known: place, date.
    #[pyo3(get)]
    dates: Vec<(usize, String)>,
}

#[pymethods]
impl Reader {
    #[new]
    #[pyo3(signature = (gazetteer=None, rules=None, lexicon=None, corrections=None, threads=0))]
    fn new(
        py: Python<'_>,
        gazetteer: Option<PathBuf>,
        rules: Option<PathBuf>,
        lexicon: Option<PathBuf>,
        corrections: Option<PathBuf>,
        threads: usize,
    ) -> PyResult<Self> {
        if let Some(path) = &corrections
            && !path.is_file()
        {
            return Err(wrong(format!("{}: there is no such file", path.display())));
        }
        py.detach(|| {
            let knowledge = pipeline::Knowledge {
                gazetteer: gazetteer.as_deref(),
                rules: rules.as_deref(),
                lexicon: lexicon.as_deref(),
            };
            let reader = pipeline::Reader::load(knowledge).map_err(raise)?;
            let corrections = match &corrections {
                Some(path) => Corrections::read(path).map_err(raise)?,
                None => Corrections::default(),
            };
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            Ok(Self {
                relations: reader.rules.relations().iter().map(Relation::from).collect(),
                read_with: Arc::new(runs::provenance(&reader)),
                reader,
                corrections,
                pool: pool.build().map_err(raise)?,
            })
        })
    }

    /// Reads `rows` of (text, id, date, title, outlet, url); the first one is number `first` of all.
    /// The interpreter's lock is released meanwhile.
    #[pyo3(signature = (rows, first=0, day_first=None))]
    fn read(&self, py: Python<'_>, rows: Vec<Row>, first: usize, day_first: Option<bool>) -> Batch {
        py.detach(|| self.pool.install(|| self.read_rows(rows, first, day_first)))
    }

    /// Reads the articles of a file at hand, in any form that the program reads; `name` tells the form
    /// by its ending, and names articles that name themselves not.
    #[pyo3(signature = (name, content, day_first=None))]
    fn read_file(
        &self,
        py: Python<'_>,
        name: &str,
        content: Vec<u8>,
        day_first: Option<bool>,
    ) -> Batch {
        py.detach(|| {
            let options = Options { date_order: order(day_first), ..Options::default() };
            let content = std::io::Cursor::new(content);
            let articles = Articles::from_reader_with(name, content, options).with_ids_as_given();
            let articles = articles.map(|article| article.map_err(|error| (0, error.to_string())));
            let mut batch = Batch::default();
            self.pool.install(|| self.read_into(articles, &mut batch));
            batch
        })
    }

    /// Puts what was read together: stories, standings, corrections.
    fn gather(&self, py: Python<'_>, batches: Vec<Py<Batch>>) -> Claims {
        let (mut records, mut entities) = (Vec::new(), Vec::new());
        for batch in &batches {
            let batch = batch.get();
            records.extend(batch.records.iter().cloned());
            entities.extend(batch.entities.iter().cloned());
        }
        drop(batches);
        py.detach(|| {
            let known = entities.iter().flatten().cloned();
            let corrections = self.corrections.clone();
            let gathered = Gathered::of(&records, known, corrections, &self.relations);
            Claims {
                gathered: Arc::new(gathered),
                read: records.into_iter().zip(entities).collect(),
                read_with: Arc::clone(&self.read_with),
                relations: self.relations.clone(),
                corrections: self.corrections.clone(),
            }
        })
    }

    /// Version of the library and hashes of what is read with, by name.
    #[getter]
    fn hashes(&self) -> std::collections::BTreeMap<String, String> {
        self.read_with.hashes.clone()
    }

    /// Names of the relations that claims may have, sorted.
    #[getter]
    fn relations(&self) -> Vec<String> {
        self.relations.iter().map(|relation| relation.name.clone()).collect()
    }

    /// Version and hashes as JSON, for [`write_run`](crate::scale::write_run).
    #[getter]
    fn provenance(&self) -> String {
        serde_json::json!({ "read_with": *self.read_with, "relations": self.relations }).to_string()
    }
}

impl Reader {
    fn read_rows(&self, rows: Vec<Row>, first: usize, day_first: Option<bool>) -> Batch {
        let order = order(day_first);
        let mut batch = Batch::default();
        let mut dates = Vec::new();
        let articles = (first..).zip(rows).map(|(at, (text, id, date, title, outlet, url))| {
            if let Some(date) = date.as_deref()
                && !date.trim().is_empty()
                && DateSpan::from_field(date, order).is_none()
            {
                dates.push((at, date.to_owned()));
            }
            let fields = Fields { id, title, text, date, url, outlet, ..Fields::default() };
            let article: Result<Article, Cause> = fields.into_article(&at.to_string(), order);
            article.map_err(|cause| (at, cause.to_string()))
        });
        self.read_into(articles, &mut batch);
        batch.dates = dates;
        batch
    }

    fn read_into(
        &self,
        articles: impl Iterator<Item = Result<Article, (usize, String)>>,
        batch: &mut Batch,
    ) {
        let Ok(()) = self.reader.read_all(articles, |analysis| {
            match analysis {
                Ok(analysis) => {
                    let (record, entities) = runs::record(&analysis);
                    batch.records.push(record);
                    batch.entities.push(entities);
                }
                Err(skipped) => batch.skipped.push(skipped),
            }
            Ok::<(), Infallible>(())
        });
    }
}

fn order(day_first: Option<bool>) -> Option<DateOrder> {
    day_first.map(|day_first| if day_first { DateOrder::DayFirst } else { DateOrder::MonthFirst })
}

#[pymethods]
impl Batch {
    fn __len__(&self) -> usize {
        self.records.len()
    }

    /// The records as a table, an article a row: what travels on a cluster.
    fn table(&self, py: Python<'_>) -> Table {
        py.detach(|| records_table(&self.records, &self.entities))
    }
}
