//! `graph.graphml`: one file for Gephi, networkx, igraph, Cytoscape, yEd, APOC and Gephi Lite.
//!
//! Follows <http://graphml.graphdrawing.org/primer/graphml-primer.html> within what all of these
//! read: no DOCTYPE, no `<default>`, no `<desc>`, keys of one class each, nodes before edges.
//!
//! A large network is millions of small elements, so tags are put together in one buffer, a node or
//! an edge at a time; values are escaped by the library.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::io::{self, Write};

use quick_xml::escape::escape;

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
    let mut xml = Elements { text: String::new() };
    xml.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.put("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    xml.keys(network);
    xml.put(" <graph id=\"G\" edgedefault=\"directed\">\n");
    for row in node_rows(network) {
        xml.node(&row);
        xml.flush(out)?;
    }
    for row in tie_rows(network) {
        xml.edge(&row);
        xml.flush(out)?;
    }
    xml.put(" </graph>\n</graphml>\n");
    xml.flush(out)
}

/// Elements that are not yet written.
struct Elements {
    text: String,
}

impl Elements {
    fn put(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }

    fn keys(&mut self, network: Network<'_>) {
        for name in NODE_TEXTS {
            self.key("node", name, "string");
        }
        self.key("node", "discovered", "boolean");
        for column in network.measures {
            self.key("node", column.name, if column.whole { "int" } else { "double" });
        }
        if !network.appearance.is_empty() {
            for name in ["x", "y", "size"] {
                self.key("node", name, "double");
            }
            for name in ["r", "g", "b"] {
                self.key("node", name, "int");
            }
        }
        for name in EDGE_TEXTS {
            self.key("edge", name, "string");
        }
        self.key("edge", "directed", "boolean");
        self.key("edge", "weight", "double");
        self.key("edge", "confidence", "double");
        self.key("edge", "disputed", "boolean");
        // The columns of the rows are the same in every tie: the first one tells them.
        if let Some(row) = tie_rows(network).next() {
            for (name, _) in row.counts {
                self.key("edge", name, "int");
            }
            for (name, _) in &row.texts {
                self.key("edge", name, "string");
            }
        }
    }

    /// Declares a column; its id is unlike those of the other class.
    fn key(&mut self, class: &str, name: &str, kind: &str) {
        for part in [" <key id=\"", &class[..1], "_", name, "\" for=\"", class] {
            self.put(part);
        }
        for part in ["\" attr.name=\"", name, "\" attr.type=\"", kind, "\"/>\n"] {
            self.put(part);
        }
    }

    fn node(&mut self, row: &NodeRow<'_>) {
        self.open("  <node", &[("id", row.id), ("labels", &format!(":Entity:{}", row.label()))]);
        let json = |list: &[String]| match list {
            [] => String::new(),
            list => serde_json::to_string(list).expect("strings are JSON"),
        };
        let (aliases, offices) = (json(row.aliases), json(&row.offices));
        let texts = [row.name, row.kind.as_str(), row.state, row.iso2, &aliases, &offices];
        for (name, value) in NODE_TEXTS.into_iter().zip(texts) {
            self.data("n_", name, value);
        }
        self.value("n_", "discovered", &row.discovered);
        for (name, value) in &row.measures {
            self.value("n_", name, value);
        }
        if let Some(look) = row.appearance {
            for (name, value) in [("x", look.x), ("y", look.y), ("size", look.size)] {
                self.value("n_", name, &value);
            }
            for (name, value) in ["r", "g", "b"].into_iter().zip(look.color) {
                self.value("n_", name, &value);
            }
        }
        self.put("  </node>\n");
    }

    fn edge(&mut self, row: &TieRow<'_>) {
        let kind = row.relationship_type();
        let ends = [("id", row.id), ("source", row.source), ("target", row.target)];
        self.open("  <edge", &[ends[0], ends[1], ends[2], ("label", &kind)]);
        for (name, value) in EDGE_TEXTS.into_iter().zip([row.id, &kind, row.relation]) {
            self.data("e_", name, value);
        }
        self.value("e_", "directed", &row.directed);
        self.value("e_", "weight", &row.weight);
        self.value("e_", "confidence", &row.confidence);
        self.value("e_", "disputed", &row.disputed);
        for (name, value) in row.counts {
            self.value("e_", name, &value);
        }
        for (name, value) in &row.texts {
            self.data("e_", name, value);
        }
        self.put("  </edge>\n");
    }

    fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.put(tag);
        for (name, value) in attributes {
            for part in [" ", name, "=\"", &escape(xml_text(value)), "\""] {
                self.put(part);
            }
        }
        self.put(">\n");
    }

    /// A value of the key `class` + `name`; none if it is empty.
    fn data(&mut self, class: &str, name: &str, value: &str) {
        if !value.is_empty() {
            // Labels are no attributes for Gephi.
            let value: Cow<'_, str> =
                if name == "label" { xml_text(value) } else { attribute_text(value) };
            self.value(class, name, &escape(value));
        }
    }

    /// A value that needs no escape.
    fn value(&mut self, class: &str, name: &str, value: &impl Display) {
        for part in ["   <data key=\"", class, name, "\">"] {
            self.put(part);
        }
        write!(self.text, "{value}").expect("a string takes all text");
        self.put("</data>\n");
    }
}
