//! `graph.graphml`: one file for Gephi, networkx, igraph, Cytoscape, yEd, APOC and Gephi Lite.
//!
//! Follows <http://graphml.graphdrawing.org/primer/graphml-primer.html> within what all of these
//! read: no DOCTYPE, no `<default>`, no `<desc>`, keys of one class each, nodes before edges.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::Network;
use super::escape::{attribute_text, xml_text};
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
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(
        BytesStart::new("graphml")
            .with_attributes([("xmlns", "http://graphml.graphdrawing.org/xmlns")]),
    ))?;
    write_keys(network, &mut xml)?;
    let graph =
        BytesStart::new("graph").with_attributes([("id", "G"), ("edgedefault", "directed")]);
    xml.write_event(Event::Start(graph))?;
    for row in node_rows(network) {
        write_node(&row, &mut xml)?;
    }
    for row in tie_rows(network) {
        write_edge(&row, &mut xml)?;
    }
    xml.write_event(Event::End(BytesEnd::new("graph")))?;
    xml.write_event(Event::End(BytesEnd::new("graphml")))?;
    xml.into_inner().write_all(b"\n")
}

type Xml<'a> = Writer<&'a mut dyn Write>;

fn write_keys(network: Network<'_>, xml: &mut Xml<'_>) -> io::Result<()> {
    let mut key = |class: &str, name: &str, kind: &str| {
        let id = format!("{}_{name}", &class[..1]);
        xml.write_event(Event::Empty(BytesStart::new("key").with_attributes([
            ("id", id.as_str()),
            ("for", class),
            ("attr.name", name),
            ("attr.type", kind),
        ])))
    };
    for name in NODE_TEXTS {
        key("node", name, "string")?;
    }
    key("node", "discovered", "boolean")?;
    for column in network.measures {
        key("node", column.name, if column.whole { "int" } else { "double" })?;
    }
    if !network.appearance.is_empty() {
        for name in ["x", "y", "size"] {
            key("node", name, "double")?;
        }
        for name in ["r", "g", "b"] {
            key("node", name, "int")?;
        }
    }
    for name in EDGE_TEXTS {
        key("edge", name, "string")?;
    }
    key("edge", "directed", "boolean")?;
    key("edge", "weight", "double")?;
    key("edge", "confidence", "double")?;
    // The columns of the rows are the same in every tie: the first one tells them.
    if let Some(row) = tie_rows(network).next() {
        for (name, _) in row.counts {
            key("edge", name, "int")?;
        }
        for (name, _) in &row.texts {
            key("edge", name, "string")?;
        }
    }
    Ok(())
}

fn data(xml: &mut Xml<'_>, class: &str, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    let key = format!("{class}_{name}");
    let value = if name == "label" { xml_text(value) } else { attribute_text(value) };
    xml.create_element("data")
        .with_attribute(("key", key.as_str()))
        .write_text_content(BytesText::new(&value))?;
    Ok(())
}

fn write_node(row: &NodeRow<'_>, xml: &mut Xml<'_>) -> io::Result<()> {
    let labels = format!(":Entity:{}", row.label());
    xml.write_event(Event::Start(
        BytesStart::new("node").with_attributes([("id", row.id), ("labels", labels.as_str())]),
    ))?;
    let json = |list: &[String]| match list {
        [] => String::new(),
        list => serde_json::to_string(list).expect("strings are JSON"),
    };
    let texts =
        [row.name, row.kind.as_str(), row.state, row.iso2, &json(row.aliases), &json(&row.offices)];
    for (name, value) in NODE_TEXTS.into_iter().zip(texts) {
        data(xml, "n", name, value)?;
    }
    data(xml, "n", "discovered", if row.discovered { "true" } else { "false" })?;
    for (name, value) in &row.measures {
        data(xml, "n", name, &value.to_string())?;
    }
    if let Some(look) = row.appearance {
        for (name, value) in [("x", look.x), ("y", look.y), ("size", look.size)] {
            data(xml, "n", name, &value.to_string())?;
        }
        for (name, value) in ["r", "g", "b"].into_iter().zip(look.color) {
            data(xml, "n", name, &value.to_string())?;
        }
    }
    xml.write_event(Event::End(BytesEnd::new("node")))
}

fn write_edge(row: &TieRow<'_>, xml: &mut Xml<'_>) -> io::Result<()> {
    let kind = row.relationship_type();
    xml.write_event(Event::Start(BytesStart::new("edge").with_attributes([
        ("id", xml_text(row.id).as_ref()),
        ("source", row.source),
        ("target", row.target),
        ("label", kind.as_str()),
    ])))?;
    for (name, value) in EDGE_TEXTS.into_iter().zip([row.id, &kind, row.relation]) {
        data(xml, "e", name, value)?;
    }
    data(xml, "e", "directed", if row.directed { "true" } else { "false" })?;
    data(xml, "e", "weight", &f64::from(row.weight).to_string())?;
    data(xml, "e", "confidence", &row.confidence.to_string())?;
    for (name, value) in row.counts {
        data(xml, "e", name, &value.to_string())?;
    }
    for (name, value) in &row.texts {
        data(xml, "e", name, value)?;
    }
    xml.write_event(Event::End(BytesEnd::new("edge")))
}
