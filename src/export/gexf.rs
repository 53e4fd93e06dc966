//! `graph.gexf`: GEXF 1.3 for Gephi and Gephi Lite, with the time of each tie.
//!
//! Follows <https://gexf.net/schema.html>. The relation and the dates are attribute values too:
//! networkx drops `kind`, Gephi Lite ignores spells.
//!
//! All edges are directed, as in GraphML; those of symmetric relations say so in the attribute
//! `directed`. Readers cannot take a mix: of a directed graph Gephi drops undirected edges, of a
//! graph without default networkx refuses directed ones. `edges.csv` has the type of each edge.

use std::fmt::Display;
use std::io::{self, Write};

use quick_xml::escape::escape;

use super::Network;
use super::escape::{attribute_text, xml_text};
use super::markup::Markup;
use super::rows::{NodeRow, TieRow, node_rows, tie_rows};

/// Writes the network as GEXF 1.3.
///
/// # Errors
///
/// If the writer fails.
pub fn write_gexf(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Markup::default();
    xml.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.put("<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" ");
    xml.put("version=\"1.3\">\n");
    xml.put(" <graph defaultedgetype=\"directed\" idtype=\"string\" mode=\"dynamic\" ");
    xml.put("timeformat=\"date\" timerepresentation=\"interval\">\n");
    let mut columns = vec![("kind", "string"), ("state", "string"), ("iso2", "string")];
    columns.extend([("offices", "string"), ("discovered", "boolean")]);
    columns.extend(
        network
            .measures
            .iter()
            .map(|column| (column.name, if column.whole { "integer" } else { "double" })),
    );
    put_columns(&mut xml, "node", &columns);
    let mut columns =
        vec![("relation", "string"), ("directed", "boolean"), ("confidence", "double")];
    columns.push(("disputed", "boolean"));
    if let Some(row) = tie_rows(network).next() {
        columns.extend(row.counts.map(|(name, _)| (name, "integer")));
        columns.extend(row.texts.iter().map(|(name, _)| (*name, "string")));
    }
    put_columns(&mut xml, "edge", &columns);
    xml.put("  <nodes>\n");
    for row in node_rows(network) {
        put_node(&mut xml, &row);
        xml.flush(out)?;
    }
    xml.put("  </nodes>\n  <edges>\n");
    for row in tie_rows(network) {
        put_edge(&mut xml, &row);
        xml.flush(out)?;
    }
    xml.put("  </edges>\n </graph>\n</gexf>\n");
    xml.flush(out)
}

fn put_columns(xml: &mut Markup, class: &str, columns: &[(&str, &str)]) {
    xml.put("  <attributes");
    xml.plain("class", class);
    xml.put(" mode=\"static\">\n");
    for (name, kind) in columns {
        xml.put("   <attribute");
        xml.plain("id", format_args!("{}_{name}", &class[..1]));
        xml.plain("title", name);
        xml.plain("type", kind);
        xml.put("/>\n");
    }
    xml.put("  </attributes>\n");
}

/// A value of the column `class` + `name`; none if it is empty.
fn put_text(xml: &mut Markup, class: &str, name: &str, value: &str) {
    if !value.is_empty() {
        put_value(xml, class, name, escape(attribute_text(value)));
    }
}

/// A value that needs no escape.
fn put_value(xml: &mut Markup, class: &str, name: &str, value: impl Display) {
    for part in ["     <attvalue for=\"", class, name, "\""] {
        xml.put(part);
    }
    xml.plain("value", value);
    xml.put("/>\n");
}

fn put_node(xml: &mut Markup, row: &NodeRow<'_>) {
    xml.put("   <node");
    xml.escaped("id", row.id);
    xml.escaped("label", &xml_text(row.name));
    xml.put(">\n    <attvalues>\n");
    put_text(xml, "n_", "kind", row.kind.as_str());
    put_text(xml, "n_", "state", row.state);
    put_text(xml, "n_", "iso2", row.iso2);
    put_text(xml, "n_", "offices", &row.offices.join("; "));
    put_value(xml, "n_", "discovered", row.discovered);
    for (name, measure) in &row.measures {
        put_value(xml, "n_", name, measure);
    }
    xml.put("    </attvalues>\n");
    if let Some(look) = row.appearance {
        xml.put("    <viz:color");
        for (name, part) in ["r", "g", "b"].into_iter().zip(look.color) {
            xml.plain(name, part);
        }
        xml.put(" a=\"1\"/>\n    <viz:position");
        xml.plain("x", look.x);
        xml.plain("y", look.y);
        xml.put(" z=\"0\"/>\n    <viz:size");
        xml.plain("value", look.size);
        xml.put("/>\n");
    }
    xml.put("   </node>\n");
}

fn put_edge(xml: &mut Markup, row: &TieRow<'_>) {
    xml.put("   <edge");
    xml.escaped("id", &xml_text(row.id));
    xml.escaped("source", row.source);
    xml.escaped("target", row.target);
    xml.put(" type=\"directed\"");
    xml.escaped("kind", row.relation);
    xml.escaped("label", row.relation);
    xml.plain("weight", row.weight);
    xml.put(">\n    <attvalues>\n");
    put_text(xml, "e_", "relation", row.relation);
    put_value(xml, "e_", "directed", row.directed);
    put_value(xml, "e_", "confidence", row.confidence);
    put_value(xml, "e_", "disputed", row.disputed);
    for (name, count) in row.counts {
        put_value(xml, "e_", name, count);
    }
    for (name, text) in &row.texts {
        put_text(xml, "e_", name, text);
    }
    xml.put("    </attvalues>\n");
    if !row.intervals.is_empty() {
        xml.put("    <spells>\n");
        for span in row.intervals {
            xml.put("     <spell");
            xml.plain("start", span.first());
            xml.plain("end", span.last());
            xml.put("/>\n");
        }
        xml.put("    </spells>\n");
    }
    xml.put("   </edge>\n");
}
