//! `claims.parquet`, `nodes.parquet` and `edges.parquet`, with the feature `parquet`: claims as
//! `claims.jsonl` has them and the rows of the graph files, in columns for data frames and SQL.
//! `columns.rs` says which.

use std::io::{self, Write};

use crate::graph::Line;

use super::Network;
use super::claims::ClaimRow;
use super::columns;

use table::Table;

mod table;

/// Writes `claims.parquet`, group of rows by group of rows.
#[derive(Debug)]
pub(super) struct ClaimsParquet<W: Write + Send>(Table<W>);

impl<W: Write + Send> ClaimsParquet<W> {
    pub(super) fn for_writer(out: W) -> io::Result<Self> {
        Ok(Self(Table::for_writer(out, columns::claim_fields())?))
    }

    pub(super) fn write(&mut self, line: &Line) -> io::Result<()> {
        let row = ClaimRow::from(line);
        self.0.push(columns::claim_cells(&row))
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
    let mut table = Table::for_writer(Vec::new(), columns::node_fields(network))?;
    columns::each_node(network, &mut |cells| table.push(cells.iter().cloned()))?;
    out.write_all(&table.finish()?)
}

/// Writes the ties with their best lines as Parquet.
///
/// # Errors
///
/// If the writer fails.
pub fn write_parquet_edges(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::for_writer(Vec::new(), columns::tie_fields())?;
    columns::each_tie(network, &mut |cells| table.push(cells.iter().cloned()))?;
    out.write_all(&table.finish()?)
}
