//! `neo4j/`: tables for the bulk import, and a script that loads the same graph into a running
//! server and changes nothing when it runs again.
//!
//! The aggregated ties stand beside the claims that they are made of: `(:Claim)` nodes, each with its
//! `(:Article)` and the entities that it names. The script stamps all that it loads with one mark and
//! then removes what bears another, so that a smaller or corrected run leaves nothing behind.
//!
//! The bulk import knows no backslash escape and `LOAD CSV` does, so the script carries its data
//! itself and reads no file.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use itertools::Itertools as _;

use crate::graph::{Line, Tie};
use crate::model::{ArticleInfo, Attribution, EntityId, Item};

use super::Network;
use super::escape::one_line;
use super::rows::{TYPED_TEXTS, TieRow, confidence, label, node_rows, relationship_type, tie_rows};

/// Rows of one `UNWIND`: what a server takes in one transaction without trouble.
const ROWS_PER_STATEMENT: usize = 1000;

/// Writes `nodes.csv` for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_nodes(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_table(network, table_of_nodes, out)
}

/// Writes `relationships.csv` for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_relationships(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_table(network, table_of_relationships, out)
}

/// Writes `claims.csv` for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_claims(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_table(network, table_of_claims, out)
}

/// Writes `articles.csv` for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_articles(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_table(network, table_of_articles, out)
}

/// Writes `claim_articles.csv`, where each claim stands, for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_claim_articles(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_table(network, table_of_claim_articles, out)
}

/// Writes `claim_entities.csv`, whom each claim names, for `neo4j-admin database import`.
///
/// # Errors
///
/// If the writer fails.
pub fn write_neo4j_claim_entities(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_table(network, table_of_claim_entities, out)
}

/// The cells of a row.
type Cells<'c> = Vec<Cow<'c, str>>;

/// Takes the rows of a table, the header first.
type Sink<'s> = dyn FnMut(&[Cow<'_, str>]) -> io::Result<()> + 's;

/// Gives the rows of a table, the header first, whose names tell types as the bulk import reads them.
type Table = fn(Network<'_>, &mut Sink<'_>) -> io::Result<()>;

fn write_table(network: Network<'_>, table: Table, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    table(network, &mut |row| Ok(csv.write_record(row.iter().map(|cell| cell.as_bytes()))?))?;
    csv.flush()
}

fn table_of_nodes(network: Network<'_>, write: &mut Sink<'_>) -> io::Result<()> {
    let mut header: Cells<'_> = [
        "id:ID(Entity)",
        "name",
        "kind",
        "state",
        "iso2",
        "aliases:string[]",
        "offices:string[]",
        "discovered:boolean",
    ]
    .map(Cow::from)
    .into();
    let measure = |name, whole| camel_case(name) + if whole { ":int" } else { ":double" };
    let measures = network.measures.iter().map(|column| measure(column.name, column.whole));
    header.extend(measures.map(Cow::from));
    header.push(":LABEL".into());
    write(&header)?;
    for row in node_rows(network) {
        let mut cells: Cells<'_> = vec![
            row.id.into(),
            one_line(row.name),
            row.kind.as_str().into(),
            row.state.into(),
            row.iso2.into(),
            array(row.aliases.iter().map(String::as_str)),
            array(row.offices.iter().map(String::as_str)),
            truth(row.discovered),
        ];
        cells.extend(row.measures.iter().map(|(_, value)| value.to_string().into()));
        cells.push(format!("Entity;{}", row.label()).into());
        write(&cells)?;
    }
    Ok(())
}

fn table_of_relationships(network: Network<'_>, write: &mut Sink<'_>) -> io::Result<()> {
    let mut header: Cells<'_> = [
        ":START_ID(Entity)",
        ":END_ID(Entity)",
        ":TYPE",
        "id",
        "weight:double",
        "confidence:double",
        "directed:boolean",
        "disputed:boolean",
        "firstDate:date",
        "lastDate:date",
        "items:string[]",
        "deniedItems:string[]",
    ]
    .map(Cow::from)
    .into();
    if let Some(row) = tie_rows(network).next() {
        header.extend(row.counts.map(|(name, _)| (camel_case(name) + ":int").into()));
        header.extend(texts(&row).map(|(name, _)| camel_case(name).into()));
    }
    write(&header)?;
    for row in tie_rows(network) {
        let date = |date: Option<jiff::civil::Date>| {
            date.map_or(Cow::Borrowed(""), |date| date.to_string().into())
        };
        let mut cells: Cells<'_> = vec![
            row.source.into(),
            row.target.into(),
            row.relationship_type().into(),
            row.id.into(),
            row.weight.to_string().into(),
            row.confidence.to_string().into(),
            truth(row.directed),
            truth(row.disputed),
            date(row.first_date),
            date(row.last_date),
            array(row.items.iter().copied()),
            array(row.denied_items.iter().copied()),
        ];
        cells.extend(row.counts.map(|(_, count)| count.to_string().into()));
        cells.extend(texts(&row).map(|(_, text)| one_line(text)));
        write(&cells)?;
    }
    Ok(())
}

/// The first cells of the relationships: which ties there are.
fn table_of_ties(network: Network<'_>, write: &mut Sink<'_>) -> io::Result<()> {
    write(&[":START_ID(Entity)", ":END_ID(Entity)", ":TYPE", "id"].map(Cow::from))?;
    for (source, target, tie) in network.graph.ties() {
        write(&[
            source.id.as_str().into(),
            target.id.as_str().into(),
            relationship_type(tie.relation.as_str()).into(),
            tie.id.as_str().into(),
        ])?;
    }
    Ok(())
}

fn table_of_claims(network: Network<'_>, write: &mut Sink<'_>) -> io::Result<()> {
    let header = [
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
    ];
    write(&header.map(Cow::from))?;
    for (tie, line) in lines(network) {
        let claim = &line.claim;
        let date = claim.event_date.map_or(Cow::Borrowed(""), |date| date.to_string().into());
        write(&[
            claim.id.as_str().into(),
            tie.id.as_str().into(),
            claim.relation.as_str().into(),
            line.standing.as_str().into(),
            claim.polarity.as_str().into(),
            claim.modality.as_str().into(),
            one_line(&claim.evidence.sentence),
            one_line(&line.story),
            one_line(claim.attribution.as_ref().map_or("", Attribution::label)),
            one_line(claim.quantity.as_ref().map_or("", |quantity| &quantity.text)),
            array(claim.items.iter().map(Item::label)),
            date,
            one_line(claim.role.as_deref().unwrap_or("")),
            claim.rule.as_str().into(),
            confidence(claim.confidence).to_string().into(),
            "Claim".into(),
        ])?;
    }
    Ok(())
}

fn table_of_articles(network: Network<'_>, write: &mut Sink<'_>) -> io::Result<()> {
    write(&["id:ID(Article)", "title", "date", "outlet", "url", ":LABEL"].map(Cow::from))?;
    for article in articles(network).into_values() {
        write(&[
            one_line(&article.id),
            one_line(article.title.as_deref().unwrap_or("")),
            article.date.map_or(Cow::Borrowed(""), |date| date.to_string().into()),
            one_line(article.outlet.as_deref().unwrap_or("")),
            article.url.as_deref().unwrap_or("").into(),
            "Article".into(),
        ])?;
    }
    Ok(())
}

fn table_of_claim_articles(network: Network<'_>, write: &mut Sink<'_>) -> io::Result<()> {
    write(&[":START_ID(Claim)", ":END_ID(Article)", ":TYPE"].map(Cow::from))?;
    for (_, line) in lines(network) {
        let article = one_line(&line.claim.evidence.article.id);
        write(&[line.claim.id.as_str().into(), article, IN_ARTICLE.into()])?;
    }
    Ok(())
}

fn table_of_claim_entities(network: Network<'_>, write: &mut Sink<'_>) -> io::Result<()> {
    write(&[":START_ID(Claim)", ":END_ID(Entity)", ":TYPE"].map(Cow::from))?;
    for (_, line) in lines(network) {
        for (kind, id) in named(network, line) {
            write(&[line.claim.id.as_str().into(), id.as_str().into(), kind.into()])?;
        }
    }
    Ok(())
}

fn truth(value: bool) -> Cow<'static, str> {
    if value { "true" } else { "false" }.into()
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
fn articles(network: Network<'_>) -> BTreeMap<Cow<'_, str>, &ArticleInfo> {
    let articles = lines(network).map(|(_, line)| &*line.claim.evidence.article);
    articles.map(|article| (one_line(&article.id), article)).collect()
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
    let load = format!("load = '{}'", mark(network));
    let labels: BTreeSet<_> =
        network.graph.entities().map(|entity| label(entity.id.kind())).collect();
    script(network, table_of_nodes, out, &|header| {
        let label = |label: &&str| (format!("Entity;{label}"), format!("SET n:{label}"));
        let (props, labels) = (properties(header), labels.iter().map(label));
        let each = for_each(place(header, ":LABEL"), labels);
        format!("MERGE (n:Entity {{id: f[0]}}) SET n = {props} SET n.{load}{each}")
    })?;
    let relations: BTreeSet<_> =
        network.graph.ties().map(|(_, _, tie)| tie.relation.as_str()).collect();
    let types: BTreeSet<_> = relations.into_iter().map(relationship_type).collect();
    // Types cannot be told by a cell. What a server spends on a statement grows with the properties
    // times the types, so ties get the former once they are there.
    script(network, table_of_ties, out, &|_| {
        let tie = |kind: &String| (kind.clone(), format!("MERGE (a)-[r:{kind} {{id: f[3]}}]->(b)"));
        let each = for_each(2, types.iter().map(tie));
        format!("MATCH (a:Entity {{id: f[0]}}) MATCH (b:Entity {{id: f[1]}}){each}")
    })?;
    script(network, table_of_relationships, out, &|header| {
        let (props, types) = (properties(header), types.iter().join("|"));
        format!(
            "MATCH (:Entity {{id: f[0]}})-[r:{types} {{id: f[3]}}]->(:Entity {{id: f[1]}}) \
             SET r = {props} SET r.{load}"
        )
    })?;
    for (table, label) in [(table_of_articles as Table, "Article"), (table_of_claims, "Claim")] {
        script(network, table, out, &|header| {
            let props = properties(header);
            format!("MERGE (n:{label} {{id: f[0]}}) SET n = {props} SET n.{load}")
        })?;
    }
    for (table, label, types) in [
        (table_of_claim_articles as Table, "Article", &[IN_ARTICLE][..]),
        (table_of_claim_entities, "Entity", &TO_ENTITIES),
    ] {
        script(network, table, out, &|_| {
            let link = |kind: &&str| {
                ((*kind).to_owned(), format!("MERGE (c)-[r:{kind}]->(n) SET r.{load}"))
            };
            let each = for_each(2, types.iter().map(link));
            format!("MATCH (c:Claim {{id: f[0]}}) MATCH (n:{label} {{id: f[1]}}){each}")
        })?;
    }
    let gone = |name: &str| format!("{name}.load IS NOT NULL AND NOT {name}.{load}");
    writeln!(out, "MATCH ()-[r]->() WHERE {} DELETE r;", gone("r"))?;
    writeln!(out, "MATCH (n) WHERE {} DETACH DELETE n;", gone("n"))
}

/// What to do where the cell at this place is one of several values.
fn for_each(cell: usize, values: impl Iterator<Item = (String, String)>) -> String {
    let one = |(value, action): (String, String)| {
        format!("\nFOREACH (once IN CASE f[{cell}] WHEN '{value}' THEN [1] ELSE [] END | {action})")
    };
    values.map(one).collect()
}

/// Where a column stands.
fn place(header: &[Cow<'_, str>], name: &str) -> usize {
    header.iter().position(|column| column == name).expect("tables have their columns")
}

/// Tells by the header of a table what to do with a row.
type Action<'a> = dyn Fn(&[Cow<'_, str>]) -> String + 'a;

/// Writes the rows of a table as statements.
fn script(
    network: Network<'_>,
    table: Table,
    out: &mut dyn Write,
    action: &Action<'_>,
) -> io::Result<()> {
    let mut told: Option<String> = None;
    let mut batch = Batch::default();
    table(network, &mut |row| {
        let Some(action) = &told else {
            told = Some(action(row));
            return Ok(());
        };
        batch.add(row);
        if batch.n_rows == ROWS_PER_STATEMENT { batch.write(action, out) } else { Ok(()) }
    })?;
    let action = told.filter(|_| batch.n_rows > 0);
    action.map_or(Ok(()), |action| batch.write(&action, out))
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

/// What parts the rows and the cells of a batch: no cell holds it.
const SEPARATORS: [char; 2] = ['\u{1e}', '\u{1f}'];

/// The same within a string of the script.
const BETWEEN_ROWS: &str = "\\u001e";
const BETWEEN_CELLS: &str = "\\u001f";

/// Rows of one statement, as the inside of a string that the server splits.
#[derive(Default)]
struct Batch {
    text: String,
    n_rows: usize,
}

impl Batch {
    fn add(&mut self, row: &[Cow<'_, str>]) {
        for (n, cell) in row.iter().enumerate() {
            self.text.push_str(match (self.n_rows, n) {
                (0, 0) => "",
                (_, 0) => BETWEEN_ROWS,
                _ => BETWEEN_CELLS,
            });
            push_escaped(cell, &mut self.text);
        }
        self.n_rows += 1;
    }

    /// Writes the statement that does `action` with the cells `f` of each row, and begins anew. An empty
    /// cell is null.
    fn write(&mut self, action: &str, out: &mut dyn Write) -> io::Result<()> {
        let Self { text, .. } = std::mem::take(self);
        writeln!(
            out,
            "UNWIND split(\"{text}\", \"{BETWEEN_ROWS}\") AS row \
             WITH [cell IN split(row, \"{BETWEEN_CELLS}\") | \
             CASE cell WHEN '' THEN null ELSE cell END] AS f\n{action};"
        )
    }
}

/// Appends a cell as the inside of a Cypher string. JSON's escapes are Cypher's, too, but for none that
/// it writes.
fn push_escaped(cell: &str, out: &mut String) {
    // All bytes are looked at: many in one step.
    let odd = |byte: u8| matches!(byte, 0..b' ' | b'"' | b'\\');
    if !cell.bytes().fold(false, |found, byte| found | odd(byte)) {
        out.push_str(cell);
        return;
    }
    let literal = serde_json::to_string(&cell.replace(SEPARATORS, " "));
    let literal = literal.expect("any text is a string of JSON");
    out.push_str(&literal[1..literal.len() - 1]);
}

/// The properties of a row by the types that the header tells, as a map of Cypher.
fn properties(header: &[Cow<'_, str>]) -> String {
    let property = |(n, column): (usize, &Cow<'_, str>)| {
        let (name, kind) = column.split_once(':').unwrap_or((column, ""));
        // All of these give null for null.
        let value = match kind {
            "string[]" => format!("split(f[{n}], ';')"),
            "double" => format!("toFloat(f[{n}])"),
            "int" => format!("toInteger(f[{n}])"),
            "boolean" => format!("toBoolean(f[{n}])"),
            "date" => format!("date(f[{n}])"),
            _ => format!("f[{n}]"),
        };
        (!name.is_empty()).then(|| format!("{name}: {value}"))
    };
    format!("{{{}}}", header.iter().enumerate().filter_map(property).join(", "))
}

/// The texts of a tie but for those that have a typed property: dates and items.
fn texts<'r>(row: &'r TieRow<'_>) -> impl Iterator<Item = (&'static str, &'r str)> {
    row.texts
        .iter()
        .filter(|(name, _)| !TYPED_TEXTS.contains(name))
        .map(|(name, text)| (*name, &**text))
}

/// An array cell of the bulk import: values joined by `;`, which none of them may hold.
fn array<'v>(values: impl Iterator<Item = &'v str>) -> Cow<'v, str> {
    values.map(|value| one_line(value).replace(';', ",")).join(";").into()
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
    fn cypher_strings_hold_any_text() {
        let mut text = String::new();
        for cell in ["a\"b\\c\nd", " é", "\u{1f}"] {
            push_escaped(cell, &mut text);
        }
        assert_eq!(text, r#"a\"b\\c\nd é "#);
        assert_eq!(camel_case("evidence_doc"), "evidenceDoc");
    }
}
