//! RSS and Atom: one article an item.
//!
//! Left out: pictures, categories, comments' addresses. The full content is taken before a summary.

use std::io;

use super::super::form::{Input, Item, Opened, Records, Sign};
use super::super::record::Fields;
use super::super::xml::{Broken, Node, Xml};
use super::super::{Cause, MAX_RECORD, stream};
use super::html;

/// Whether a feed begins here.
pub(super) fn begins(start: &[u8]) -> Sign {
    let start = start.trim_ascii_start();
    if start.first() != Some(&b'<') {
        return Sign::No;
    }
    let head = &start[..start.len().min(2048)];
    let roots = ["<rss", "<feed", "<rdf:RDF"];
    let is_feed = roots.iter().any(|root| memchr::memmem::find(head, root.as_bytes()).is_some());
    // A page may speak of feeds; a feed is XML from its first byte.
    let is_xml =
        start.starts_with(b"<?xml") || roots.iter().any(|root| start.starts_with(root.as_bytes()));
    if is_feed && is_xml { Sign::Sure } else { Sign::No }
}

pub(super) fn open(input: Input) -> Opened {
    let xml = Xml::new(stream::as_utf8(input.reader)?, "feed");
    Ok(Ok(Box::new(Feed { xml: Some(xml), outlet: None, path: Vec::new() })))
}

struct Feed {
    /// `None` behind an error.
    xml: Option<Xml>,
    /// The title of the feed.
    outlet: Option<String>,
    /// Names of the elements that are open.
    path: Vec<String>,
}

/// The texts of an item, as far as they are read.
#[derive(Debug, Default)]
struct Entry {
    fields: Fields,
    content: Option<String>,
    summary: Option<String>,
    updated: Option<String>,
    source: Option<String>,
    guid: Option<String>,
}

impl Records for Feed {
    fn next(&mut self) -> io::Result<Option<Item>> {
        let Some(xml) = &mut self.xml else { return Ok(None) };
        let line = xml.line();
        match read_to_entry(xml, &mut self.path, &mut self.outlet) {
            Ok(Some((line, fields))) => Ok(Some(Item::Record { line, fields })),
            Ok(None) => Ok(None),
            Err(Ok(cause)) => {
                self.xml = None;
                Ok(Some(Item::Record { line, fields: Err(cause) }))
            }
            Err(Err(error)) => Err(error),
        }
    }
}

/// The line of an item, and what it says or why it was left out.
type ReadEntry = (u64, Result<Fields, Cause>);

/// Reads up to the end of the next item.
fn read_to_entry(
    xml: &mut Xml,
    path: &mut Vec<String>,
    outlet: &mut Option<String>,
) -> Result<Option<ReadEntry>, Broken> {
    loop {
        let line = xml.line();
        match xml.next()? {
            Node::EndOfStream if path.is_empty() => return Ok(None),
            Node::EndOfStream => {
                path.clear();
                return Ok(Some((line, Err(Cause::broken("feed", "it ends too early")))));
            }
            Node::Start { name, .. } if name == "item" || name == "entry" => {
                let mut entry = Entry::default();
                let whole = read_entry(xml, &mut entry)?;
                if !whole {
                    path.clear();
                    return Ok(Some((line, Err(Cause::broken("feed", "it ends too early")))));
                }
                return Ok(Some((line, Ok(entry.into_fields(outlet.as_deref())))));
            }
            Node::Start { name, .. } => {
                let of_feed = matches!(path.last().map(String::as_str), Some("channel" | "feed"));
                if name == "title" && of_feed && outlet.is_none() {
                    *outlet = Some(read_text(xml, &name)?);
                } else {
                    path.push(name);
                }
            }
            Node::End(name) => {
                if let Some(at) = path.iter().rposition(|open| *open == name) {
                    path.truncate(at);
                }
            }
            Node::Text(_) => {}
        }
    }
}

/// Reads an item to its end; whether it has one.
fn read_entry(xml: &mut Xml, entry: &mut Entry) -> Result<bool, Broken> {
    loop {
        let node = xml.next()?;
        let name = match &node {
            Node::EndOfStream => return Ok(false),
            Node::End(name) if name == "item" || name == "entry" => return Ok(true),
            Node::Start { name, .. } => name.clone(),
            _ => continue,
        };
        let slot = match name.as_str() {
            "title" => &mut entry.fields.title,
            "content:encoded" | "content" | "fulltext" | "yandex:full-text" => &mut entry.content,
            "description" | "summary" => &mut entry.summary,
            "pubdate" | "published" | "dc:date" | "issued" | "dcterms:issued" => {
                &mut entry.fields.date
            }
            "updated" | "modified" => &mut entry.updated,
            "guid" | "id" => &mut entry.guid,
            "author" | "dc:creator" => {
                let text = read_text(xml, &name)?;
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                entry.fields.author.get_or_insert(text);
                continue;
            }
            "source" => &mut entry.source,
            "link" => {
                let target = node.attribute("href").map(str::to_owned);
                let is_page = node.attribute("rel").is_none_or(|rel| rel == "alternate");
                let text = read_text(xml, &name)?;
                let link = target.unwrap_or(text);
                if is_page && !link.trim().is_empty() {
                    entry.fields.url.get_or_insert(link);
                }
                continue;
            }
            _ => continue,
        };
        // In Atom, a source is an entry's feed with a title and links of its own.
        let text = read_text(xml, &name)?;
        if slot.as_ref().is_none_or(|before| before.trim().is_empty()) {
            *slot = Some(text);
        }
    }
}

/// Reads what an element says up to its end. Elements inside of it stand as tags.
fn read_text(xml: &mut Xml, name: &str) -> Result<String, Broken> {
    let mut text = String::new();
    let mut depth = 0;
    loop {
        match xml.next()? {
            Node::EndOfStream => return Ok(text),
            Node::End(end) if end == name && depth == 0 => return Ok(text),
            Node::End(end) => {
                depth -= i64::from(end == name);
                text.push_str("</");
                text.push_str(&end);
                text.push('>');
            }
            Node::Start { name: start, .. } => {
                depth += i64::from(start == name);
                text.push('<');
                text.push_str(&start);
                text.push('>');
            }
            Node::Text(part) => text.push_str(&part),
        }
        if text.len() > MAX_RECORD {
            return Err(Ok(Cause::RecordTooLong));
        }
    }
}

impl Entry {
    fn into_fields(self, outlet: Option<&str>) -> Fields {
        let plain = |text: Option<String>| text.map(|text| html::plain(&text));
        let mut fields = self.fields;
        let filled = |text: &String| !text.trim().is_empty();
        fields.text = plain(self.content).filter(filled).or(plain(self.summary).filter(filled));
        fields.title = plain(fields.title);
        fields.author = plain(fields.author);
        fields.date = fields.date.filter(filled).or(self.updated);
        fields.outlet = plain(self.source).filter(filled).or(outlet.map(html::plain));
        let guid = self.guid.filter(filled);
        if fields.url.is_none() && guid.as_ref().is_some_and(|guid| guid.starts_with("http")) {
            fields.url.clone_from(&guid);
        }
        fields.id = guid.or_else(|| fields.url.clone());
        fields
    }
}
