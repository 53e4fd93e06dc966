//! The network of claims, and measures of ties that were made elsewhere.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::PathBuf;

use pyo3::prelude::*;
use tieline::Format;
use tieline::export::columns::{self, Cell, Kind};
use tieline::graph::measures::{Precision, Projection, WeightedTie, measure_projection};
use tieline::graph::{Context, EvidenceLimit, GraphBuilder, RelationGraph, Weighting};
use tieline::model::EntityDirectory;

use crate::error::{raise, wrong};
use crate::rows::{Columns, entities_of, lines_of};
use crate::stream;
use crate::table::{Rows, Table};

/// Entities and the ties between them.
#[pyclass(frozen, module = "tieline._native")]
pub(crate) struct Network(tieline::Network);

impl Network {
    pub(crate) fn of(graph: RelationGraph, weighting: Weighting, exact: bool) -> Self {
        let precision = if exact { Precision::Exact } else { Precision::Adaptive };
        let network = tieline::Network::from(graph);
        Self(network.with_precision(precision).with_weighting(weighting))
    }
}

#[pymethods]
impl Network {
    /// Number of entities.
    #[getter]
    fn n_nodes(&self) -> usize {
        self.0.graph().n_nodes()
    }

    /// Number of ties.
    #[getter]
    fn n_ties(&self) -> usize {
        self.0.graph().n_ties()
    }

    /// All ties, as in `edges.parquet`.
    fn ties(&self, py: Python<'_>) -> Table {
        py.detach(|| {
            // Nothing of what ties say is computed.
            let network = tieline::export::Network {
                graph: self.0.graph(),
                measures: &[],
                appearance: &[],
                beside: None,
            };
            let mut rows = Rows::new(columns::tie_fields());
            let Ok(()) = columns::each_tie(network, &mut |cells| {
                rows.push(cells.iter().cloned());
                Ok::<(), Infallible>(())
            });
            rows.finish()
        })
    }

    /// All entities with their measures, as in `nodes.parquet`.
    fn nodes(&self, py: Python<'_>) -> Table {
        py.detach(|| {
            let (graph, measures) = (self.0.graph(), self.0.measures());
            let network =
                tieline::export::Network { graph, measures, appearance: &[], beside: None };
            let mut rows = Rows::new(columns::node_fields(network));
            let Ok(()) = columns::each_node(network, &mut |cells| {
                rows.push(cells.iter().cloned());
                Ok::<(), Infallible>(())
            });
            rows.finish()
        })
    }

    /// The network in one format, in memory.
    fn to_bytes(&self, py: Python<'_>, format: &str) -> PyResult<Vec<u8>> {
        let format: Format = format.parse().map_err(raise)?;
        py.detach(|| {
            let mut bytes = Vec::new();
            self.0.write(format, &mut bytes).map_err(raise)?;
            Ok(bytes)
        })
    }

    /// Writes the network in every format into a folder.
    fn write_all(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| {
            let mut folder = tieline::export::Folder::open(&path).map_err(raise)?;
            self.0.write_all(&mut folder).map_err(raise)?;
            folder.finish().map(drop).map_err(raise)
        })
    }

    /// Names of the formats.
    #[staticmethod]
    fn formats() -> Vec<&'static str> {
        Format::ALL.iter().map(|format| format.as_str()).collect()
    }
}

/// The network of a table of claims; `entities` tells their names.
#[pyfunction]
#[pyo3(signature = (claims, entities, weight, exact))]
pub(crate) fn network_of(
    py: Python<'_>,
    claims: &Bound<'_, PyAny>,
    entities: Option<&Bound<'_, PyAny>>,
    weight: &str,
    exact: bool,
) -> PyResult<Network> {
    let weighting = weight.parse().map_err(raise)?;
    let claims = stream::take(claims)?;
    let entities = entities.map(stream::take).transpose()?.unwrap_or_default();
    py.detach(|| {
        let mut known = Vec::new();
        for batch in &entities {
            known.extend(entities_of(batch)?);
        }
        let context = Context::new(&EntityDirectory::new(known));
        let mut builder = GraphBuilder::new(EvidenceLimit::All, &context);
        for batch in &claims {
            for line in lines_of(batch)? {
                builder.add_line(line);
            }
        }
        Ok(Network::of(builder.finish(), weighting, exact))
    })
}

/// The measures of a table of ties: source, target, directed, and the column that they weigh by.
#[pyfunction]
pub(crate) fn ranks(
    py: Python<'_>,
    ties: &Bound<'_, PyAny>,
    weight: &str,
    exact: bool,
) -> PyResult<Table> {
    let ties = stream::take(ties)?;
    py.detach(|| {
        let mut ids: BTreeMap<String, u32> = BTreeMap::new();
        let mut found = Vec::new();
        for batch in &ties {
            let columns = Columns::of(batch);
            for row in 0..batch.num_rows() {
                let source = columns.text("source", row)?;
                let target = columns.text("target", row)?;
                let (Some(source), Some(target)) = (source, target) else {
                    return Err(wrong("a tie lacks its source or its target"));
                };
                ids.extend([(source.clone(), 0), (target.clone(), 0)]);
                let weight = columns.number(weight, row)?.unwrap_or(0.0);
                let symmetric = columns.flag("directed", row)? == Some(false);
                found.push((source, target, weight, symmetric));
            }
        }
        for (place, number) in ids.values_mut().zip(0..) {
            *place = number;
        }
        let of_weight = found.into_iter().filter(|(_, _, weight, _)| *weight >= 1.0);
        let ties = of_weight.map(|(source, target, weight, symmetric)| WeightedTie {
            source: ids[&source],
            target: ids[&target],
            weight,
            symmetric,
        });
        let projection = Projection::from_ties(ids.len(), ties);
        let precision = if exact { Precision::Exact } else { Precision::Adaptive };
        let measures = measure_projection(&projection, precision);
        let fields = std::iter::once(("id", Kind::Text));
        let mut rows =
            Rows::new(fields.chain(measures.iter().map(|column| (column.name, Kind::Number))));
        for (id, &number) in &ids {
            let values = measures.iter().map(|column| column.values[number as usize]);
            let id = Cell::Text(Some(id.as_str().into()));
            rows.push(std::iter::once(id).chain(values.map(Cell::Number)));
        }
        Ok(rows.finish())
    })
}
