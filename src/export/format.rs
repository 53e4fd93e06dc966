//! Every format of the network: its name, its file, its writer.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use super::Network;
use crate::model::UnknownName;

/// A format that a network can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// GraphML, as networkx, igraph, yEd and Gephi read it.
    GraphMl,
    /// GEXF 1.3 with dates and positions, for Gephi.
    Gexf,
    /// Entities as CSV, for Gephi's import of tables.
    GephiNodes,
    /// Ties as CSV, for Gephi's import of tables.
    GephiEdges,
    /// Entities as a plain table, for data frames.
    TableOfEntities,
    /// Ties as a plain table, for data frames.
    TableOfTies,
    /// Entities as CSV, for Neo4j.
    Neo4jNodes,
    /// Ties as CSV, for Neo4j.
    Neo4jRelationships,
    /// Claims as CSV, for Neo4j.
    Neo4jClaims,
    /// Articles as CSV, for Neo4j.
    Neo4jArticles,
    /// Where claims stand, as CSV, for Neo4j.
    Neo4jClaimArticles,
    /// Whom claims name, as CSV, for Neo4j.
    Neo4jClaimEntities,
    /// A script that loads all of it into Neo4j.
    Cypher,
    /// Entities as Parquet.
    #[cfg(feature = "parquet")]
    ParquetNodes,
    /// Ties as Parquet.
    #[cfg(feature = "parquet")]
    ParquetEdges,
    /// The page: one HTML file that needs nothing else.
    Page,
    /// A picture as SVG.
    Picture,
}

type Writer = fn(Network<'_>, &mut dyn Write) -> io::Result<()>;

/// Name, name of the file in the folder of a run, writer.
type Facts = (&'static str, &'static str, Writer);

impl Format {
    /// Every format, in the order in which their files are written.
    pub const ALL: &'static [Self] = &[
        Self::GraphMl,
        Self::Gexf,
        Self::GephiNodes,
        Self::GephiEdges,
        Self::TableOfEntities,
        Self::TableOfTies,
        Self::Neo4jNodes,
        Self::Neo4jRelationships,
        Self::Neo4jClaims,
        Self::Neo4jArticles,
        Self::Neo4jClaimArticles,
        Self::Neo4jClaimEntities,
        Self::Cypher,
        #[cfg(feature = "parquet")]
        Self::ParquetNodes,
        #[cfg(feature = "parquet")]
        Self::ParquetEdges,
        Self::Page,
        Self::Picture,
    ];

    const fn facts(self) -> Facts {
        match self {
            Self::GraphMl => ("graphml", "graph.graphml", super::write_graphml),
            Self::Gexf => ("gexf", "graph.gexf", super::write_gexf),
            Self::GephiNodes => ("gephi-nodes", "nodes.csv", super::write_gephi_nodes),
            Self::GephiEdges => ("gephi-edges", "edges.csv", super::write_gephi_edges),
            Self::Neo4jNodes => ("neo4j-nodes", "neo4j/nodes.csv", super::write_neo4j_nodes),
            Self::Neo4jRelationships => {
                ("neo4j-relationships", "neo4j/relationships.csv", super::write_neo4j_relationships)
            }
            Self::TableOfEntities => {
                ("table-of-entities", "tables/entities.csv", super::write_table_of_entities)
            }
            Self::TableOfTies => ("table-of-ties", "tables/ties.csv", super::write_table_of_ties),
            Self::Neo4jClaims => ("neo4j-claims", "neo4j/claims.csv", super::write_neo4j_claims),
            Self::Neo4jArticles => {
                ("neo4j-articles", "neo4j/articles.csv", super::write_neo4j_articles)
            }
            Self::Neo4jClaimArticles => (
                "neo4j-claim-articles",
                "neo4j/claim_articles.csv",
                super::write_neo4j_claim_articles,
            ),
            Self::Neo4jClaimEntities => (
                "neo4j-claim-entities",
                "neo4j/claim_entities.csv",
                super::write_neo4j_claim_entities,
            ),
            Self::Cypher => ("cypher", "neo4j/load.cypher", super::write_cypher),
            #[cfg(feature = "parquet")]
            Self::ParquetNodes => ("parquet-nodes", "nodes.parquet", super::write_parquet_nodes),
            #[cfg(feature = "parquet")]
            Self::ParquetEdges => ("parquet-edges", "edges.parquet", super::write_parquet_edges),
            Self::Page => ("html", "network.html", super::write_page),
            Self::Picture => ("svg", "network.svg", super::write_picture),
        }
    }

    /// The name that [`FromStr`] reads.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.facts().0
    }

    /// Its file in the folder of a run, with `/` between folders.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        self.facts().1
    }

    /// Writes `network` in this format.
    ///
    /// # Errors
    ///
    /// If `out` fails.
    pub fn write(self, network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
        (self.facts().2)(network, out)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().find(|format| format.as_str() == name);
        found.copied().ok_or_else(|| UnknownName {
            what: "format",
            found: name.to_owned(),
            known: Self::ALL.iter().map(|format| format.as_str()).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name_and_has_a_file_of_its_own() {
        for format in Format::ALL {
            assert_eq!(format.as_str().parse(), Ok(*format));
            let same = Format::ALL.iter().filter(|other| other.file_name() == format.file_name());
            assert_eq!(same.count(), 1, "{format}");
        }
        let error = "graphm".parse::<Format>().unwrap_err().to_string();
        assert!(error.starts_with("unknown format \"graphm\" (known: graphml, gexf"), "{error}");
    }
}
