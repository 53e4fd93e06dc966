//! `graph.gexf`: GEXF 1.3 for Gephi and Gephi Lite, with the time of each tie.
//!
//! Follows <https://gexf.net/schema.html>. The relation and the dates are attribute values too:
//! networkx drops `kind`, Gephi Lite ignores spells.
//!
//! All edges are directed, as in GraphML; those of symmetric relations say so in the attribute
//! `directed`. Readers cannot take a mix: of a directed graph Gephi drops undirected edges, of a
//! graph without default networkx refuses directed ones. `edges.csv` has the type of each edge.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};

use super::Network;
use super::escape::{attribute_text, xml_text};
use super::rows::{NodeRow, TieRow, node_rows, tie_rows};

type Xml<'a> = Writer<&'a mut dyn Write>;

/// Writes the network as GEXF 1.3.
///
/// # Errors
///
/// If the writer fails.
pub fn write_gexf(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(BytesStart::new("gexf").with_attributes([
        ("xmlns", "http://gexf.net/1.3"),
        ("xmlns:viz", "http://gexf.net/1.3/viz"),
        ("version", "1.3"),
    ])))?;
    xml.write_event(Event::Start(BytesStart::new("graph").with_attributes([
        ("defaultedgetype", "directed"),
        ("idtype", "string"),
        ("mode", "dynamic"),
        ("timeformat", "date"),
        ("timerepresentation", "interval"),
    ])))?;
    let mut columns = vec![("kind", "string"), ("state", "string"), ("iso2", "string")];
    columns.extend([("offices", "string"), ("discovered", "boolean")]);
    columns.extend(
        network
            .measures
            .iter()
            .map(|column| (column.name, if column.whole { "integer" } else { "double" })),
    );
    write_attributes(&mut xml, "node", &columns)?;
    let mut columns =
        vec![("relation", "string"), ("directed", "boolean"), ("confidence", "double")];
    columns.push(("disputed", "boolean"));
    if let Some(row) = tie_rows(network).next() {
        columns.extend(row.counts.map(|(name, _)| (name, "integer")));
        columns.extend(row.texts.iter().map(|(name, _)| (*name, "string")));
    }
    write_attributes(&mut xml, "edge", &columns)?;
    xml.write_event(Event::Start(BytesStart::new("nodes")))?;
    for row in node_rows(network) {
        write_node(&row, &mut xml)?;
    }
    xml.write_event(Event::End(BytesEnd::new("nodes")))?;
    xml.write_event(Event::Start(BytesStart::new("edges")))?;
    for row in tie_rows(network) {
        write_edge(&row, &mut xml)?;
    }
    for name in ["edges", "graph", "gexf"] {
        xml.write_event(Event::End(BytesEnd::new(name)))?;
    }
    xml.into_inner().write_all(b"\n")
}

fn write_attributes(xml: &mut Xml<'_>, class: &str, columns: &[(&str, &str)]) -> io::Result<()> {
    let block =
        BytesStart::new("attributes").with_attributes([("class", class), ("mode", "static")]);
    xml.write_event(Event::Start(block))?;
    for (name, kind) in columns {
        let id = format!("{}_{name}", &class[..1]);
        xml.write_event(Event::Empty(BytesStart::new("attribute").with_attributes([
            ("id", id.as_str()),
            ("title", name),
            ("type", kind),
        ])))?;
    }
    xml.write_event(Event::End(BytesEnd::new("attributes")))
}

fn value(xml: &mut Xml<'_>, class: &str, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    let id = format!("{class}_{name}");
    let value = attribute_text(value);
    xml.write_event(Event::Empty(
        BytesStart::new("attvalue").with_attributes([("for", id.as_str()), ("value", &value)]),
    ))
}

fn write_node(row: &NodeRow<'_>, xml: &mut Xml<'_>) -> io::Result<()> {
    xml.write_event(Event::Start(
        BytesStart::new("node")
            .with_attributes([("id", row.id), ("label", xml_text(row.name).as_ref())]),
    ))?;
    xml.write_event(Event::Start(BytesStart::new("attvalues")))?;
    value(xml, "n", "kind", row.kind.as_str())?;
    value(xml, "n", "state", row.state)?;
    value(xml, "n", "iso2", row.iso2)?;
    value(xml, "n", "offices", &row.offices.join("; "))?;
    value(xml, "n", "discovered", if row.discovered { "true" } else { "false" })?;
    for (name, measure) in &row.measures {
        value(xml, "n", name, &measure.to_string())?;
    }
    xml.write_event(Event::End(BytesEnd::new("attvalues")))?;
    if let Some(look) = row.appearance {
        let [red, green, blue] = look.color.map(|part| part.to_string());
        xml.write_event(Event::Empty(BytesStart::new("viz:color").with_attributes([
            ("r", red.as_str()),
            ("g", &green),
            ("b", &blue),
            ("a", "1"),
        ])))?;
        xml.write_event(Event::Empty(BytesStart::new("viz:position").with_attributes([
            ("x", look.x.to_string().as_str()),
            ("y", &look.y.to_string()),
            ("z", "0"),
        ])))?;
        let size = look.size.to_string();
        xml.write_event(Event::Empty(
            BytesStart::new("viz:size").with_attributes([("value", size.as_str())]),
        ))?;
    }
    xml.write_event(Event::End(BytesEnd::new("node")))
}

fn write_edge(row: &TieRow<'_>, xml: &mut Xml<'_>) -> io::Result<()> {
    let weight = row.weight.to_string();
    xml.write_event(Event::Start(BytesStart::new("edge").with_attributes([
        ("id", xml_text(row.id).as_ref()),
        ("source", row.source),
        ("target", row.target),
        ("type", "directed"),
        ("kind", row.relation),
        ("label", row.relation),
        ("weight", weight.as_str()),
    ])))?;
    xml.write_event(Event::Start(BytesStart::new("attvalues")))?;
    value(xml, "e", "relation", row.relation)?;
    value(xml, "e", "directed", if row.directed { "true" } else { "false" })?;
    value(xml, "e", "confidence", &row.confidence.to_string())?;
    value(xml, "e", "disputed", if row.disputed { "true" } else { "false" })?;
    for (name, count) in row.counts {
        value(xml, "e", name, &count.to_string())?;
    }
    for (name, text) in &row.texts {
        value(xml, "e", name, text)?;
    }
    xml.write_event(Event::End(BytesEnd::new("attvalues")))?;
    if !row.intervals.is_empty() {
        xml.write_event(Event::Start(BytesStart::new("spells")))?;
        for span in row.intervals {
            xml.write_event(Event::Empty(BytesStart::new("spell").with_attributes([
                ("start", span.first().to_string().as_str()),
                ("end", span.last().to_string().as_str()),
            ])))?;
        }
        xml.write_event(Event::End(BytesEnd::new("spells")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("edge")))
}
