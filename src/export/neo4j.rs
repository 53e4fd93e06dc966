//! `neo4j/`: tables for the bulk import, and a script that loads the same graph into a running
//! server and changes nothing when it runs again.
//!
//! The bulk import knows no backslash escape and `LOAD CSV` does, so the script carries its data
//! itself and reads no file.

use std::io::{self, Write};

use itertools::Itertools as _;
use serde_json::json;

use crate::graph::measures::Column;

use super::Network;
use super::escape::one_line;
use super::rows::{NodeRow, TieRow, node_rows, tie_rows};

/// Rows of one `UNWIND`: what a server takes in one transaction without trouble.
const ROWS_PER_STATEMENT: usize = 1000;

/// Writes `nodes.csv` for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_nodes(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let mut header = vec![
        "id:ID(Entity)".to_owned(),
        "name".to_owned(),
        "kind".to_owned(),
        "state".to_owned(),
        "iso2".to_owned(),
        "aliases:string[]".to_owned(),
        "offices:string[]".to_owned(),
        "discovered:boolean".to_owned(),
    ];
    header.extend(
        network
            .measures
            .iter()
            .map(|column| camel_case(column.name) + if column.whole { ":int" } else { ":double" }),
    );
    header.push(":LABEL".to_owned());
    csv.write_record(&header)?;
    for row in node_rows(network) {
        let mut cells = vec![
            row.id.to_owned(),
            one_line(row.name),
            row.kind.to_string(),
            row.state.to_owned(),
            row.iso2.to_owned(),
            array(row.aliases.iter().map(String::as_str)),
            array(row.offices.iter().map(String::as_str)),
            row.discovered.to_string(),
        ];
        cells.extend(row.measures.iter().map(|(_, value)| value.to_string()));
        cells.push(format!("Entity;{}", row.label()));
        csv.write_record(&cells)?;
    }
    csv.flush()
}

/// Writes `relationships.csv` for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_relationships(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let mut header = vec![
        ":START_ID(Entity)".to_owned(),
        ":END_ID(Entity)".to_owned(),
        ":TYPE".to_owned(),
        "id".to_owned(),
        "weight:double".to_owned(),
        "confidence:double".to_owned(),
        "directed:boolean".to_owned(),
        "firstDate:date".to_owned(),
        "lastDate:date".to_owned(),
        "items:string[]".to_owned(),
    ];
    if let Some(row) = tie_rows(network).next() {
        header.extend(row.counts.map(|(name, _)| camel_case(name) + ":int"));
        header.extend(texts(&row).map(|(name, _)| camel_case(name)));
    }
    csv.write_record(&header)?;
    for row in tie_rows(network) {
        let date =
            |date: Option<jiff::civil::Date>| date.map(|d| d.to_string()).unwrap_or_default();
        let mut cells = vec![
            row.source.to_owned(),
            row.target.to_owned(),
            row.relationship_type(),
            row.id.to_owned(),
            f64::from(row.weight).to_string(),
            row.confidence.to_string(),
            row.directed.to_string(),
            date(row.first_date),
            date(row.last_date),
            array(row.items.iter().copied()),
        ];
        cells.extend(row.counts.map(|(_, count)| count.to_string()));
        cells.extend(texts(&row).map(|(_, text)| one_line(text)));
        csv.write_record(&cells)?;
    }
    csv.flush()
}

/// Writes `load.cypher` for `cypher-shell`, Neo4j Browser and Aura: constraint, nodes, ties.
///
/// # Errors
///
/// If the writer fails.
pub fn write_cypher(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;"
    )?;
    let by_label = node_rows(network).into_group_map_by(NodeRow::label);
    for (label, rows) in by_label.into_iter().sorted_by_key(|(label, _)| *label) {
        for rows in &rows.iter().chunks(ROWS_PER_STATEMENT) {
            let rows = rows.map(|row| node_map(row, network.measures));
            unwind(
                out,
                rows,
                &format!("MERGE (n:Entity {{id: row.id}}) SET n:{label} SET n += row.props;"),
            )?;
        }
    }
    let by_type = tie_rows(network).into_group_map_by(TieRow::relationship_type);
    for (kind, rows) in by_type.into_iter().sorted_by(|a, b| a.0.cmp(&b.0)) {
        for rows in &rows.iter().chunks(ROWS_PER_STATEMENT) {
            let rows = rows.map(tie_map);
            unwind(
                out,
                rows,
                &format!(
                    "MATCH (a:Entity {{id: row.source}}) MATCH (b:Entity {{id: row.target}}) \
                     MERGE (a)-[r:{kind} {{id: row.id}}]->(b) SET r += row.props;"
                ),
            )?;
        }
    }
    Ok(())
}

/// One statement: the rows as a list of maps, then what to do with each.
fn unwind(out: &mut dyn Write, rows: impl Iterator<Item = String>, action: &str) -> io::Result<()> {
    writeln!(out, "UNWIND [")?;
    let mut separator = "";
    for row in rows {
        write!(out, "{separator}{row}")?;
        separator = ",\n";
    }
    writeln!(out, "\n] AS row\n{action}")
}

fn node_map(row: &NodeRow<'_>, columns: &[Column]) -> String {
    let mut props = vec![
        ("name".to_owned(), literal(&one_line(row.name))),
        ("kind".to_owned(), literal(row.kind.as_str())),
        ("discovered".to_owned(), row.discovered.to_string()),
    ];
    for (name, text) in [("state", row.state), ("iso2", row.iso2)] {
        if !text.is_empty() {
            props.push((name.to_owned(), literal(text)));
        }
    }
    for (name, list) in [("aliases", row.aliases), ("offices", &row.offices)] {
        if !list.is_empty() {
            props.push((name.to_owned(), literal_list(list.iter().map(String::as_str))));
        }
    }
    let number = |value: f64, whole| if whole { value.to_string() } else { float(value) };
    let values = row.measures.iter().zip(columns);
    props.extend(
        values.map(|((name, value), column)| (camel_case(name), number(*value, column.whole))),
    );
    format!("{{id: {}, props: {}}}", literal(row.id), map(&props))
}

fn tie_map(row: &TieRow<'_>) -> String {
    let mut props = vec![
        ("weight".to_owned(), float(f64::from(row.weight))),
        ("confidence".to_owned(), float(row.confidence)),
        ("directed".to_owned(), row.directed.to_string()),
    ];
    for (name, date) in [("firstDate", row.first_date), ("lastDate", row.last_date)] {
        if let Some(date) = date {
            props.push((name.to_owned(), format!("date('{date}')")));
        }
    }
    if !row.items.is_empty() {
        props.push(("items".to_owned(), literal_list(row.items.iter().copied())));
    }
    props.extend(row.counts.map(|(name, count)| (camel_case(name), count.to_string())));
    for (name, text) in texts(row).filter(|(_, text)| !text.is_empty()) {
        props.push((camel_case(name), literal(&one_line(text))));
    }
    format!(
        "{{source: {}, target: {}, id: {}, props: {}}}",
        literal(row.source),
        literal(row.target),
        literal(row.id),
        map(&props)
    )
}

/// The texts of a tie but for those that have a typed property: dates and items.
fn texts<'r>(row: &'r TieRow<'_>) -> impl Iterator<Item = (&'static str, &'r str)> {
    row.texts
        .iter()
        .filter(|(name, _)| !["first_date", "last_date", "items"].contains(name))
        .map(|(name, text)| (*name, text.as_str()))
}

/// An array cell of the bulk import: values joined by `;`, which none of them may hold.
fn array<'v>(values: impl Iterator<Item = &'v str>) -> String {
    values.map(|value| one_line(value).replace(';', ",")).join(";")
}

/// A Cypher string. JSON's escapes are Cypher's, too, but for none that it writes.
fn literal(text: &str) -> String {
    json!(text).to_string()
}

fn literal_list<'v>(values: impl Iterator<Item = &'v str>) -> String {
    // As the bulk import has them, so that both ways give one graph.
    format!("[{}]", values.map(|value| literal(&one_line(value).replace(';', ","))).join(", "))
}

fn map(props: &[(String, String)]) -> String {
    format!("{{{}}}", props.iter().map(|(name, value)| format!("{name}: {value}")).join(", "))
}

/// A Cypher float: never written like an integer, which would change the property's type.
fn float(value: f64) -> String {
    format!("{value:?}")
}

/// `page_rank` becomes `pageRank`.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut camel, word| {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
        camel
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cypher_literals_hold_any_text() {
        assert_eq!(literal("a\"b\\c\nd"), r#""a\"b\\c\nd""#);
        assert_eq!(float(3.0), "3.0");
        assert_eq!(camel_case("evidence_doc"), "evidenceDoc");
    }
}
