//! `graph.graphml`: one file for Gephi, networkx, igraph, Cytoscape, yEd, APOC and Gephi Lite.
//!
//! Follows <http://graphml.graphdrawing.org/primer/graphml-primer.html> within what all of these
//! read: no DOCTYPE, no `<default>`, no `<desc>`, keys of one class each, nodes before edges.
//!
//! A large network is millions of small elements, so tags are put together in one buffer, a node or
//! an edge at a time; values are escaped by the library.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};

use quick_xml::escape::escape;

use super::Network;
use super::escape::{attribute_text, xml_text};
use super::markup::Markup;
use super::rows::{NodeRow, TieRow, node_rows, tie_rows};

/// Text columns of nodes; the measures follow.
const NODE_TEXTS: [&str; 6] = ["label", "kind", "state", "iso2", "aliases", "offices"];
/// Text columns of edges that every tie has by itself.
const EDGE_TEXTS: [&str; 3] = ["edge_id", "label", "relation"];

/// Writes the network as GraphML.
///
/// # Errors
///
/// If the writer fails.
pub fn write_graphml(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Markup::default();
    xml.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.put("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    put_keys(&mut xml, network);
    xml.put(" <graph id=\"G\" edgedefault=\"directed\">\n");
    for row in node_rows(network) {
        put_node(&mut xml, &row);
        xml.flush(out)?;
    }
    for row in tie_rows(network) {
        put_edge(&mut xml, &row);
        xml.flush(out)?;
    }
    xml.put(" </graph>\n</graphml>\n");
    xml.flush(out)
}

fn put_keys(xml: &mut Markup, network: Network<'_>) {
    for name in NODE_TEXTS {
        put_key(xml, "node", name, "string");
    }
    put_key(xml, "node", "discovered", "boolean");
    for column in network.measures {
        put_key(xml, "node", column.name, if column.whole { "int" } else { "double" });
    }
    if !network.appearance.is_empty() {
        for name in ["x", "y", "size"] {
            put_key(xml, "node", name, "double");
        }
        for name in ["r", "g", "b"] {
            put_key(xml, "node", name, "int");
        }
    }
    for name in EDGE_TEXTS {
        put_key(xml, "edge", name, "string");
    }
    put_key(xml, "edge", "directed", "boolean");
    put_key(xml, "edge", "weight", "double");
    put_key(xml, "edge", "confidence", "double");
    put_key(xml, "edge", "disputed", "boolean");
    // The columns of the rows are the same in every tie: the first one tells them.
    if let Some(row) = tie_rows(network).next() {
        for (name, _) in row.counts {
            put_key(xml, "edge", name, "int");
        }
        for (name, _) in &row.texts {
            put_key(xml, "edge", name, "string");
        }
    }
}

/// Declares a column; its id is unlike those of the other class.
fn put_key(xml: &mut Markup, class: &str, name: &str, kind: &str) {
    for part in [" <key id=\"", &class[..1], "_", name, "\" for=\"", class] {
        xml.put(part);
    }
    for part in ["\" attr.name=\"", name, "\" attr.type=\"", kind, "\"/>\n"] {
        xml.put(part);
    }
}

fn put_node(xml: &mut Markup, row: &NodeRow<'_>) {
    open(xml, "  <node", &[("id", row.id), ("labels", &format!(":Entity:{}", row.label()))]);
    let json = |list: &[String]| match list {
        [] => String::new(),
        list => serde_json::to_string(list).expect("strings are JSON"),
    };
    let (aliases, offices) = (json(row.aliases), json(&row.offices));
    let texts = [row.name, row.kind.as_str(), row.state, row.iso2, &aliases, &offices];
    for (name, value) in NODE_TEXTS.into_iter().zip(texts) {
        put_text(xml, "n_", name, value);
    }
    put_value(xml, "n_", "discovered", &row.discovered);
    for (name, value) in &row.measures {
        put_value(xml, "n_", name, value);
    }
    if let Some(look) = row.appearance {
        for (name, value) in [("x", look.x), ("y", look.y), ("size", look.size)] {
            put_value(xml, "n_", name, &value);
        }
        for (name, value) in ["r", "g", "b"].into_iter().zip(look.color) {
            put_value(xml, "n_", name, &value);
        }
    }
    xml.put("  </node>\n");
}

fn put_edge(xml: &mut Markup, row: &TieRow<'_>) {
    let kind = row.relationship_type();
    let ends = [("id", row.id), ("source", row.source), ("target", row.target)];
    open(xml, "  <edge", &[ends[0], ends[1], ends[2], ("label", &kind)]);
    for (name, value) in EDGE_TEXTS.into_iter().zip([row.id, &kind, row.relation]) {
        put_text(xml, "e_", name, value);
    }
    put_value(xml, "e_", "directed", &row.directed);
    put_value(xml, "e_", "weight", &row.weight);
    put_value(xml, "e_", "confidence", &row.confidence);
    put_value(xml, "e_", "disputed", &row.disputed);
    for (name, value) in row.counts {
        put_value(xml, "e_", name, &value);
    }
    for (name, value) in &row.texts {
        put_text(xml, "e_", name, value);
    }
    xml.put("  </edge>\n");
}

fn open(xml: &mut Markup, tag: &str, attributes: &[(&str, &str)]) {
    xml.put(tag);
    for (name, value) in attributes {
        xml.escaped(name, &xml_text(value));
    }
    xml.put(">\n");
}

/// A value of the key `class` + `name`; none if it is empty.
fn put_text(xml: &mut Markup, class: &str, name: &str, value: &str) {
    if !value.is_empty() {
        // Labels are no attributes for Gephi.
        let value: Cow<'_, str> =
            if name == "label" { xml_text(value) } else { attribute_text(value) };
        put_value(xml, class, name, &escape(value));
    }
}

/// A value that needs no escape.
fn put_value(xml: &mut Markup, class: &str, name: &str, value: &impl Display) {
    for part in ["   <data key=\"", class, name, "\">"] {
        xml.put(part);
    }
    xml.show(value);
    xml.put("</data>\n");
}
