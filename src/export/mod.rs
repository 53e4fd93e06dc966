//! The network and its claims become files: one module a format, blind to each other.
//!
//! Formats follow what their consumers really read. Values that a spreadsheet would run and
//! characters that XML cannot hold are decided in [`escape`], once.

use std::io;
use std::path::PathBuf;

mod annotations;
mod beside;
mod claim_files;
mod claims;
pub mod columns;
mod destination;
mod escape;
mod format;
mod ftm;
mod gephi;
mod gexf;
mod graphml;
mod markup;
mod neo4j;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod picture;
mod position;
mod provenance;
mod rows;
// `build.rs` uses it.
#[cfg(test)]
mod squeeze;
mod standing;
mod style;
mod tables;

pub use beside::{Around, Beside, Decision, Goods, claims_in_context, goods_of};
pub use claim_files::{ArticleClaims, CLAIMS, COPIED, ClaimFile, ClaimFiles, PieceFormat};
pub use claims::{ClaimReader, ClaimRow, ClaimsCsv, write_claim_line};
pub use destination::{Destination, Folder, Memory, write_file};
pub use format::Format;
pub use gephi::{write_gephi_edges, write_gephi_nodes};
pub use gexf::write_gexf;
pub use graphml::write_graphml;
pub use neo4j::{
    write_cypher, write_neo4j_articles, write_neo4j_claim_articles, write_neo4j_claim_entities,
    write_neo4j_claims, write_neo4j_nodes, write_neo4j_relationships,
};
pub use page::write_page;
#[cfg(feature = "parquet")]
pub use parquet::{write_parquet_edges, write_parquet_nodes};
pub use picture::write_picture;
#[cfg(feature = "png")]
pub use picture::write_picture_png;
pub use position::{Place, TextHashes};
pub use provenance::Provenance;
pub use style::appearance;
pub use tables::{write_table_of_entities, write_table_of_ties};

use crate::graph::measures::Column;
use crate::graph::{Appearance, RelationGraph};

/// Why a file could not be written or read back.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Writing failed.
    #[error("{path}: cannot write")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Reading failed.
    #[error("{path}: cannot read")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line of a finished run is not what this program writes.
    #[error("{path}:{line}: {cause}")]
    Line {
        /// The file.
        path: PathBuf,
        /// 1-based.
        line: u64,
        /// What is wrong.
        cause: String,
    },
}

/// A network with what was computed on it: what every graph format writes.
#[derive(Debug, Clone, Copy)]
pub struct Network<'a> {
    /// Nodes and ties.
    pub graph: &'a RelationGraph,
    /// Measures, one value a node.
    pub measures: &'a [Column],
    /// How each node is drawn, in the order of the nodes; empty where nothing was laid out.
    pub appearance: &'a [Appearance],
    /// What the page tells beside it, if anything.
    pub beside: Option<&'a Beside>,
}

/// Writes every file of the network into `destination`.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write_network(
    network: Network<'_>,
    destination: &mut dyn Destination,
) -> Result<(), ExportError> {
    Format::ALL.iter().try_for_each(|format| write_format(network, *format, destination))
}

/// Writes the file of one format into `destination`.
///
/// # Errors
///
/// If it cannot be written.
pub fn write_format(
    network: Network<'_>,
    format: Format,
    destination: &mut dyn Destination,
) -> Result<(), ExportError> {
    let name = format.file_name();
    let mut file = destination.create(name)?;
    format
        .write(network, &mut file)
        .and_then(|()| file.flush())
        .map_err(|source| ExportError::Write { path: name.into(), source })
}
