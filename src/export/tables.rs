//! `tables/ties.csv` and `tables/entities.csv`: plain tables for data frames, with names, whole
//! numbers, ISO dates and nothing before a value.
//!
//! They follow RFC 4180. Text is as it stands in the articles: a spreadsheet would run a cell that
//! begins with `=`, so spreadsheets open `claims.csv`, `nodes.csv` and `edges.csv`.

use std::borrow::Cow;
use std::io::{self, Write};

use itertools::Itertools as _;

use super::Network;
use super::rows::{node_rows, tie_rows};

/// Writes the entities with their measures.
///
/// # Errors
///
/// If the writer fails.
pub fn write_table_of_entities(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let mut header =
        vec!["id", "name", "kind", "state", "iso2", "wikidata", "aliases", "offices", "discovered"];
    header.extend(network.measures.iter().map(|column| column.name));
    csv.write_record(header)?;
    for row in node_rows(network) {
        let mut cells = vec![
            row.id.to_owned(),
            row.name.to_owned(),
            row.kind.to_string(),
            row.state.to_owned(),
            row.iso2.to_owned(),
            row.wikidata,
            row.aliases.iter().join("; "),
            row.offices.iter().join("; "),
            row.discovered.to_string(),
        ];
        cells.extend(row.measures.iter().map(|(_, value)| value.to_string()));
        csv.write_record(cells)?;
    }
    csv.flush()
}

/// Writes the ties with their standings and best lines.
///
/// # Errors
///
/// If the writer fails.
pub fn write_table_of_ties(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let mut header: Vec<&str> = vec![
        "id",
        "source",
        "source_name",
        "relation",
        "target",
        "target_name",
        "directed",
        "disputed",
        "confidence",
    ];
    if let Some(row) = tie_rows(network).next() {
        header.extend(row.counts.iter().map(|(name, _)| name));
        header.extend(row.texts.iter().map(|(name, _)| name));
    }
    csv.write_record(header)?;
    for ((source, target, _), row) in network.graph.ties().zip(tie_rows(network)) {
        let truth = |value: bool| Cow::from(if value { "true" } else { "false" });
        let mut cells: Vec<Cow<'_, str>> = vec![
            row.id.into(),
            row.source.into(),
            source.name.as_str().into(),
            row.relation.into(),
            row.target.into(),
            target.name.as_str().into(),
            truth(row.directed),
            truth(row.disputed),
            row.confidence.to_string().into(),
        ];
        cells.extend(row.counts.iter().map(|(_, count)| count.to_string().into()));
        cells.extend(row.texts.iter().map(|(_, text)| Cow::from(&**text)));
        csv.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
    }
    csv.flush()
}
