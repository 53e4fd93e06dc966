//! `neo4j/`: tables for the bulk import, and a script that loads the same graph into a running
//! server and changes nothing when it runs again.
//!
//! The aggregated ties stand beside the claims that they are made of: `(:Claim)` nodes, each with its
//! `(:Article)` and the entities that it names. The script stamps all that it loads with one mark and
//! then removes what bears another, so that a smaller or corrected run leaves nothing behind.
//!
//! The bulk import knows no backslash escape and `LOAD CSV` does, so the script carries its data
//! itself and reads no file.

use std::collections::BTreeMap;
use std::io::{self, Write};

use itertools::Itertools as _;

use crate::graph::measures::Column;
use crate::graph::{Line, Tie};
use crate::model::{ArticleInfo, Attribution, EntityId, Item};

use super::Network;
use super::escape::one_line;
use super::rows::{NodeRow, TYPED_TEXTS, TieRow, confidence, node_rows, tie_rows};

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
        "disputed:boolean".to_owned(),
        "firstDate:date".to_owned(),
        "lastDate:date".to_owned(),
        "items:string[]".to_owned(),
        "deniedItems:string[]".to_owned(),
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
            row.weight.to_string(),
            row.confidence.to_string(),
            row.directed.to_string(),
            row.disputed.to_string(),
            date(row.first_date),
            date(row.last_date),
            array(row.items.iter().copied()),
            array(row.denied_items.iter().copied()),
        ];
        cells.extend(row.counts.map(|(_, count)| count.to_string()));
        cells.extend(texts(&row).map(|(_, text)| one_line(text)));
        csv.write_record(&cells)?;
    }
    csv.flush()
}

/// Writes `claims.csv` for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_claims(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "id:ID(Claim)",
        "tie",
        "relation",
        "standing",
        "polarity",
        "modality",
        "sentence",
        "story",
        "attribution",
        "quantity",
        "items:string[]",
        "eventDate",
        "role",
        "rule",
        "confidence:double",
        ":LABEL",
    ])?;
    for (tie, line) in lines(network) {
        let claim = &line.claim;
        csv.write_record([
            claim.id.clone(),
            tie.id.clone(),
            claim.relation.to_string(),
            line.standing.to_string(),
            claim.polarity.to_string(),
            claim.modality.to_string(),
            one_line(&claim.evidence.sentence),
            one_line(&line.story),
            one_line(claim.attribution.as_ref().map_or("", Attribution::label)),
            one_line(claim.quantity.as_ref().map_or("", |quantity| &quantity.text)),
            array(claim.items.iter().map(Item::label)),
            claim.event_date.map(|date| date.to_string()).unwrap_or_default(),
            one_line(claim.role.as_deref().unwrap_or("")),
            claim.rule.clone(),
            confidence(claim.confidence).to_string(),
            "Claim".to_owned(),
        ])?;
    }
    csv.flush()
}

/// Writes `articles.csv` for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_articles(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["id:ID(Article)", "title", "date", "outlet", "url", ":LABEL"])?;
    for article in articles(network).into_values() {
        csv.write_record([
            one_line(&article.id),
            one_line(article.title.as_deref().unwrap_or("")),
            article.date.map(|date| date.to_string()).unwrap_or_default(),
            one_line(article.outlet.as_deref().unwrap_or("")),
            article.url.clone().unwrap_or_default(),
            "Article".to_owned(),
        ])?;
    }
    csv.flush()
}

/// Writes `claim_articles.csv`, where each claim stands, for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_claim_articles(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([":START_ID(Claim)", ":END_ID(Article)", ":TYPE"])?;
    for (_, line) in lines(network) {
        let article = one_line(&line.claim.evidence.article.id);
        csv.write_record([line.claim.id.as_str(), article.as_str(), IN_ARTICLE])?;
    }
    csv.flush()
}

/// Writes `claim_entities.csv`, whom each claim names, for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_claim_entities(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([":START_ID(Claim)", ":END_ID(Entity)", ":TYPE"])?;
    for (_, line) in lines(network) {
        for (kind, id) in named(network, line) {
            csv.write_record([line.claim.id.as_str(), id.as_str(), kind])?;
        }
    }
    csv.flush()
}

/// The relationship of a claim to its article.
const IN_ARTICLE: &str = "IN_ARTICLE";

/// The relationships of claims to entities.
const TO_ENTITIES: [&str; 3] = ["CLAIM_SOURCE", "CLAIM_TARGET", "SAID_BY"];

/// The lines that the ties keep, in the order of the ties.
fn lines(network: Network<'_>) -> impl Iterator<Item = (&Tie, &Line)> {
    network.graph.ties().flat_map(|(_, _, tie)| tie.evidence.iter().map(move |line| (tie, line)))
}

/// The articles of these lines, by the name that the files give them.
fn articles(network: Network<'_>) -> BTreeMap<String, &ArticleInfo> {
    let article = |line: &'_ Line| one_line(&line.claim.evidence.article.id);
    lines(network).map(|(_, line)| (article(line), &*line.claim.evidence.article)).collect()
}

/// Source, target and speaker of a line with their relationships, where they are nodes.
fn named<'l>(
    network: Network<'_>,
    line: &'l Line,
) -> impl Iterator<Item = (&'static str, &'l EntityId)> {
    let claim = &line.claim;
    let speaker = claim.attribution.as_ref().and_then(|attribution| attribution.holder.as_ref());
    let speaker = speaker.filter(|id| network.graph.node(id).is_some());
    let ids = [Some(&claim.source), Some(&claim.target), speaker];
    TO_ENTITIES.into_iter().zip(ids).filter_map(|(kind, id)| Some((kind, id?)))
}

/// Writes `load.cypher` for `cypher-shell`, Neo4j Browser and Aura: constraints, nodes, ties, claims,
/// and the removal of what an earlier load left.
///
/// # Errors
///
/// If the writer fails.
pub fn write_cypher(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    for label in ["Entity", "Claim", "Article"] {
        writeln!(
            out,
            "CREATE CONSTRAINT {}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;",
            label.to_lowercase()
        )?;
    }
    let mark = mark(network);
    let by_label = node_rows(network).into_group_map_by(NodeRow::label);
    for (label, rows) in by_label.into_iter().sorted_by_key(|(label, _)| *label) {
        let rows = rows.iter().map(|row| node_map(row, network.measures));
        let action = format!(
            "MERGE (n:Entity {{id: row.id}}) SET n = row.props SET n:{label}, n.load = '{mark}';"
        );
        statements(out, rows, &action)?;
    }
    let by_type = tie_rows(network).into_group_map_by(TieRow::relationship_type);
    for (kind, rows) in by_type.into_iter().sorted_by(|a, b| a.0.cmp(&b.0)) {
        let action = format!(
            "MATCH (a:Entity {{id: row.source}}) MATCH (b:Entity {{id: row.target}}) \
             MERGE (a)-[r:{kind} {{id: row.id}}]->(b) SET r = row.props SET r.load = '{mark}';"
        );
        statements(out, rows.iter().map(tie_map), &action)?;
    }
    let action = |label: &str| {
        format!("MERGE (n:{label} {{id: row.id}}) SET n = row.props SET n.load = '{mark}';")
    };
    statements(out, articles(network).into_values().map(article_map), &action("Article"))?;
    statements(out, lines(network).map(|(tie, line)| claim_map(tie, line)), &action("Claim"))?;
    let link = |claim: &str, other: &str| {
        format!("{{claim: {}, other: {}}}", literal(claim), literal(other))
    };
    let action = |label: &str, kind: &str| {
        format!(
            "MATCH (c:Claim {{id: row.claim}}) MATCH (n:{label} {{id: row.other}}) \
             MERGE (c)-[r:{kind}]->(n) SET r.load = '{mark}';"
        )
    };
    let rows = lines(network)
        .map(|(_, line)| link(&line.claim.id, &one_line(&line.claim.evidence.article.id)));
    statements(out, rows, &action("Article", IN_ARTICLE))?;
    for kind in TO_ENTITIES {
        let rows = lines(network).flat_map(|(_, line)| {
            let named = named(network, line).filter(|(found, _)| *found == kind);
            named.map(|(_, id)| link(&line.claim.id, id.as_str())).collect::<Vec<_>>()
        });
        statements(out, rows, &action("Entity", kind))?;
    }
    writeln!(out, "MATCH ()-[r]->() WHERE r.load IS NOT NULL AND r.load <> '{mark}' DELETE r;")?;
    writeln!(out, "MATCH (n) WHERE n.load IS NOT NULL AND n.load <> '{mark}' DETACH DELETE n;")
}

/// What marks all that a load of this network brings: it follows from the ids of all nodes, ties and
/// claims.
fn mark(network: Network<'_>) -> String {
    let mut hasher = blake3::Hasher::new();
    let nodes = network.graph.entities().map(|entity| entity.id.as_str());
    let ties = network.graph.ties().map(|(_, _, tie)| tie.id.as_str());
    for id in nodes.chain(ties).chain(lines(network).map(|(_, line)| line.claim.id.as_str())) {
        hasher.update(id.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// Statements of [`ROWS_PER_STATEMENT`] rows each.
fn statements(
    out: &mut dyn Write,
    rows: impl Iterator<Item = String>,
    action: &str,
) -> io::Result<()> {
    for rows in &rows.chunks(ROWS_PER_STATEMENT) {
        unwind(out, rows, action)?;
    }
    Ok(())
}

fn article_map(article: &ArticleInfo) -> String {
    let date = article.date.map(|date| date.to_string());
    let texts = [
        ("title", article.title.as_deref().map(one_line)),
        ("date", date),
        ("outlet", article.outlet.as_deref().map(one_line)),
        ("url", article.url.clone()),
    ];
    let id = literal(&one_line(&article.id));
    let mut props = vec![("id".to_owned(), id.clone())];
    let texts = texts.into_iter().filter_map(|(name, text)| Some((name, text?)));
    props.extend(texts.map(|(name, text)| (name.to_owned(), literal(&text))));
    format!("{{id: {id}, props: {}}}", map(&props))
}

fn claim_map(tie: &Tie, line: &Line) -> String {
    let claim = &line.claim;
    let text = |text: Option<&str>| text.map(one_line).unwrap_or_default();
    let texts = [
        ("id", claim.id.clone()),
        ("tie", tie.id.clone()),
        ("relation", claim.relation.to_string()),
        ("standing", line.standing.to_string()),
        ("polarity", claim.polarity.to_string()),
        ("modality", claim.modality.to_string()),
        ("sentence", one_line(&claim.evidence.sentence)),
        ("story", one_line(&line.story)),
        ("attribution", text(claim.attribution.as_ref().map(Attribution::label))),
        ("quantity", text(claim.quantity.as_ref().map(|quantity| quantity.text.as_str()))),
        ("eventDate", claim.event_date.map(|date| date.to_string()).unwrap_or_default()),
        ("role", text(claim.role.as_deref())),
        ("rule", claim.rule.clone()),
    ];
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    let mut props: Vec<_> = texts.map(|(name, text)| (name.to_owned(), literal(&text))).collect();
    props.push(("confidence".to_owned(), float(confidence(claim.confidence))));
    if !claim.items.is_empty() {
        props.push(("items".to_owned(), literal_list(claim.items.iter().map(Item::label))));
    }
    format!("{{id: {}, props: {}}}", literal(&claim.id), map(&props))
}

/// One statement: the rows as a list of maps, then what to do with each.
fn unwind(out: &mut dyn Write, rows: impl Iterator<Item = String>, action: &str) -> io::Result<()> {
    writeln!(out, "UNWIND [")?;
    let mut separator = "";
    for row in rows {
        out.write_all(separator.as_bytes())?;
        out.write_all(row.as_bytes())?;
        separator = ",\n";
    }
    writeln!(out, "\n] AS row\n{action}")
}

fn node_map(row: &NodeRow<'_>, columns: &[Column]) -> String {
    let mut props = vec![
        ("id".to_owned(), literal(row.id)),
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
        ("id".to_owned(), literal(row.id)),
        ("weight".to_owned(), float(row.weight)),
        ("confidence".to_owned(), float(row.confidence)),
        ("directed".to_owned(), row.directed.to_string()),
        ("disputed".to_owned(), row.disputed.to_string()),
    ];
    for (name, date) in [("firstDate", row.first_date), ("lastDate", row.last_date)] {
        if let Some(date) = date {
            props.push((name.to_owned(), format!("date('{date}')")));
        }
    }
    for (name, items) in [("items", &row.items), ("deniedItems", &row.denied_items)] {
        if !items.is_empty() {
            props.push((name.to_owned(), literal_list(items.iter().copied())));
        }
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
        .filter(|(name, _)| !TYPED_TEXTS.contains(name))
        .map(|(name, text)| (*name, text.as_str()))
}

/// An array cell of the bulk import: values joined by `;`, which none of them may hold.
fn array<'v>(values: impl Iterator<Item = &'v str>) -> String {
    values.map(|value| one_line(value).replace(';', ",")).join(";")
}

/// A Cypher string. JSON's escapes are Cypher's, too, but for none that it writes.
fn literal(text: &str) -> String {
    serde_json::to_string(text).expect("any text is a string of JSON")
}

fn literal_list<'v>(values: impl Iterator<Item = &'v str>) -> String {
    // As the bulk import has them, so that both ways give one graph.
    format!("[{}]", values.map(|value| literal(&one_line(value).replace(';', ","))).join(", "))
}

fn map(props: &[(String, String)]) -> String {
    let mut map = String::with_capacity(512);
    for (name, value) in props {
        map.push_str(if map.is_empty() { "{" } else { ", " });
        map.push_str(name);
        map.push_str(": ");
        map.push_str(value);
    }
    map.push('}');
    map
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
