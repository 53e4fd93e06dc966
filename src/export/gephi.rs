//! `nodes.csv` and `edges.csv`: the tables of Gephi's spreadsheet import, good for pandas too.
//!
//! Gephi's reader takes the backslash for an escape, so it is doubled; cells are always quoted.
//! Dates go into `Timeset` as an interval, which both tables understand alike: a column of plain
//! dates would be taken for time stamps in one table and refuse the other.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::QuoteStyle;
use itertools::Itertools as _;

use crate::graph::Intervals;
use crate::model::DateSpan;

use super::Network;
use super::escape::spreadsheet_cell;
use super::rows::{node_rows, tie_rows};

/// Writes the node table.
///
/// # Errors
///
/// If the writer fails.
pub fn write_gephi_nodes(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = table(out);
    let mut header =
        vec!["Id", "Label", "Kind", "State", "Iso2", "Aliases", "Offices", "Discovered"];
    header.push("Timeset");
    header.extend(network.measures.iter().map(|column| column.name));
    csv.write_record(header)?;
    let times = lifetimes(network);
    for (row, time) in node_rows(network).zip(times) {
        let mut cells = vec![
            cell(row.id).into_owned(),
            cell(row.name).into_owned(),
            row.kind.to_string(),
            row.state.to_owned(),
            row.iso2.to_owned(),
            cell(&row.aliases.join("; ")).into_owned(),
            cell(&row.offices.join("; ")).into_owned(),
            row.discovered.to_string(),
            timeset(time.as_slice()),
        ];
        cells.extend(row.measures.iter().map(|(_, value)| value.to_string()));
        csv.write_record(cells)?;
    }
    csv.flush()
}

/// Writes the edge table.
///
/// # Errors
///
/// If the writer fails.
pub fn write_gephi_edges(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = table(out);
    let mut header: Vec<_> = [
        "Id",
        "Source",
        "Target",
        "Type",
        "Kind",
        "Label",
        "Weight",
        "Timeset",
        "Confidence",
        "Disputed",
    ]
    .map(str::to_owned)
    .to_vec();
    if let Some(row) = tie_rows(network).next() {
        header.extend(row.counts.map(|(name, _)| capitalised(name)));
        header.extend(row.texts.iter().map(|(name, _)| capitalised(name)));
    }
    csv.write_record(header)?;
    for row in tie_rows(network) {
        let mut cells: Vec<Cow<'_, str>> = vec![
            cell(row.id),
            cell(row.source),
            cell(row.target),
            if row.directed { "Directed" } else { "Undirected" }.into(),
            row.relation.into(),
            row.relation.into(),
            row.weight.to_string().into(),
            timeset(row.intervals).into(),
            row.confidence.to_string().into(),
            if row.disputed { "true" } else { "false" }.into(),
        ];
        cells.extend(row.counts.map(|(_, count)| count.to_string().into()));
        cells.extend(row.texts.iter().map(|(name, text)| {
            // A column of plain dates would become time stamps, one of codes numbers without their
            // zero, and one whose first quantities are bare numbers would refuse the worded ones: a
            // word keeps them texts.
            match *name {
                _ if text.is_empty() => Cow::Borrowed(""),
                name if name.ends_with("_date") || name == "dates" => format!("on {text}").into(),
                "cameo" => format!("CAMEO {text}").into(),
                "quantities" if !text.contains(char::is_alphabetic) => {
                    format!("number {text}").into()
                }
                _ => cell(text),
            }
        }));
        csv.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
    }
    csv.flush()
}

fn table(out: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    csv::WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(out)
}

fn cell(text: &str) -> Cow<'_, str> {
    let cell = spreadsheet_cell(text);
    if cell.contains('\\') { cell.replace('\\', "\\\\").into() } else { cell }
}

fn timeset(intervals: &[DateSpan]) -> String {
    if intervals.is_empty() {
        return String::new();
    }
    let interval = |span: &DateSpan| format!("[{}, {}]", span.first(), span.last());
    format!("<{}>", intervals.iter().map(interval).join("; "))
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// The days of all ties of each node.
fn lifetimes(network: Network<'_>) -> Vec<Intervals> {
    let graph = network.graph.graph();
    let mut times = vec![Intervals::default(); graph.node_count()];
    for edge in graph.raw_edges() {
        for node in [edge.source(), edge.target()] {
            for &span in edge.weight.intervals.as_slice() {
                times[node.index()].add(span);
            }
        }
    }
    times
}
