//! Claims that were put together.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use tieline::Error;
use tieline::export::columns::{self, Cell};
use tieline::export::{ClaimRow, Provenance};
use tieline::model::Entity;
use tieline::runs::{self, Corrections, Gathered, Making, Record, Relation};

use crate::error::{raise, wrong};
use crate::network::Network;
use crate::table::{Rows, Table};

/// Claims with their articles and entities.
#[pyclass(frozen, module = "tieline._native")]
pub(crate) struct Claims {
    pub(crate) gathered: Arc<Gathered>,
    pub(crate) read: Vec<(Record, Vec<Entity>)>,
    pub(crate) read_with: Arc<Provenance>,
    pub(crate) relations: BTreeSet<Relation>,
    pub(crate) corrections: Corrections,
}

#[pymethods]
impl Claims {
    fn __len__(&self) -> usize {
        self.gathered.lines.len()
    }

    /// All claims.
    fn table(&self, py: Python<'_>) -> Table {
        py.detach(|| {
            let mut rows = Rows::new(columns::claim_fields());
            for line in &self.gathered.lines {
                rows.push(columns::claim_cells(&ClaimRow::from(line)));
            }
            rows.finish()
        })
    }

    /// The entities that claims name, and their states.
    fn entities(&self, py: Python<'_>) -> Table {
        py.detach(|| entities_table(&self.gathered.entities))
    }

    /// All articles with their stories.
    fn articles(&self, py: Python<'_>) -> Table {
        py.detach(|| {
            let mut rows = Rows::new(runs::article_fields());
            for article in &self.gathered.articles {
                rows.push(runs::article_cells(article));
            }
            rows.finish()
        })
    }

    /// One claim by column; its place must be below the number of claims.
    fn row<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyDict>> {
        let line = self.gathered.lines.get(at).ok_or_else(|| wrong("there is no such claim"))?;
        let row = ClaimRow::from(line);
        let dict = PyDict::new(py);
        for ((name, _), cell) in columns::claim_fields().zip(columns::claim_cells(&row)) {
            match cell {
                Cell::Text(text) => dict.set_item(name, text.as_deref())?,
                Cell::Texts(texts) => dict.set_item(name, texts)?,
                Cell::Whole(number) => dict.set_item(name, number)?,
                Cell::Wholes(numbers) => dict.set_item(name, numbers)?,
                Cell::Number(number) => dict.set_item(name, number)?,
                Cell::Flag(flag) => dict.set_item(name, flag)?,
                Cell::Day(day) => dict.set_item(name, day.map(|day| day.to_string()))?,
            }
        }
        let directory = &self.gathered.context.directory;
        dict.set_item("source_name", directory.name(&line.claim.source))?;
        dict.set_item("target_name", directory.name(&line.claim.target))?;
        Ok(dict)
    }

    /// The network of all claims.
    fn network(&self, py: Python<'_>, weight: &str, exact: bool) -> PyResult<Network> {
        let weighting = weight.parse().map_err(raise)?;
        Ok(py.detach(|| Network::of(self.gathered.graph(), weighting, exact)))
    }

    /// Writes the run of all claims into a folder that the program opens.
    fn write_run(&self, py: Python<'_>, path: PathBuf, force: bool) -> PyResult<()> {
        py.detach(|| {
            let mut making = Making::new(path);
            making.force = force;
            making.corrections = self.corrections.clone();
            let read = self.read.iter().cloned().map(Ok);
            runs::write(read, &self.read_with, self.relations.clone(), &making)
                .map(drop)
                .map_err(|error| raise(Error::from(error)))
        })
    }
}

/// Entities as a table.
pub(crate) fn entities_table<'e>(entities: impl IntoIterator<Item = &'e Entity>) -> Table {
    let mut rows = Rows::new(columns::entity_fields());
    for entity in entities {
        let pushed = columns::entity_cells(entity, &mut |cells| {
            rows.push(cells.iter().cloned());
            Ok::<(), std::convert::Infallible>(())
        });
        let Ok(()) = pushed;
    }
    rows.finish()
}
