//! Structured data of pages (JSON-LD), broken or not.

use serde_json::{Map, Value};

/// Whether a piece of structured data is an article.
pub(super) fn is_article(node: &Map<String, Value>) -> bool {
    let is = |kind: &str| {
        kind.ends_with("Article") || kind.ends_with("Posting") || kind.ends_with("Report")
    };
    of_kind(node, is)
}

/// Whether it is a page, or something that a page is about.
pub(super) fn is_page(node: &Map<String, Value>) -> bool {
    let kinds = ["CreativeWork", "VideoObject", "Recipe", "PodcastEpisode", "Dataset"];
    of_kind(node, |kind| kind.ends_with("Page") || kinds.contains(&kind))
}

fn of_kind(node: &Map<String, Value>, is: impl Fn(&str) -> bool) -> bool {
    match node.get("@type") {
        Some(Value::String(kind)) => is(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// A text, or the name of what stands there.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => {
            let mut read = String::new();
            super::super::super::entities::push(text.trim(), &mut read);
            Some(read)
        }
        Value::Array(values) => values.iter().find_map(text_of),
        Value::Object(object) => text_of(object.get("name").or_else(|| object.get("@value"))?),
        _ => None,
    }
}

/// The pieces of a block of JSON-LD: lists and graphs are taken apart.
pub(super) fn read_json(block: &str, nodes: &mut Vec<Map<String, Value>>) {
    const MAX_NODES: usize = 200;
    let block = block.trim();
    let start = block.find(['{', '[']).unwrap_or(0);
    let end = block.rfind(['}', ']']).map_or(block.len(), |end| end + 1);
    let Some(json) = block.get(start..end) else { return };
    // Line breaks inside of texts are common and forbidden.
    let value = serde_json::from_str::<Value>(json)
        .or_else(|_| serde_json::from_str(&json.replace(['\n', '\r', '\t'], " ")));
    let Ok(value) = value else {
        let field = |key: &str| Some((key.to_owned(), Value::String(raw_field(json, key)?)));
        let fields: Map<_, _> =
            ["datePublished", "headline"].iter().filter_map(|k| field(k)).collect();
        if !fields.is_empty() {
            let kind = ("@type".to_owned(), Value::String("Article".to_owned()));
            nodes.push(fields.into_iter().chain([kind]).collect());
        }
        return;
    };
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values.into_iter().rev()),
            Value::Object(mut object) => {
                for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    if let Some(inner @ (Value::Array(_) | Value::Object(_))) = object.remove(key) {
                        open.push(inner);
                    }
                }
                nodes.push(object);
            }
            _ => {}
        }
        if nodes.len() > MAX_NODES {
            return;
        }
    }
}

/// The value of a field in JSON that is broken elsewhere.
fn raw_field(json: &str, key: &str) -> Option<String> {
    let at = json.find(&format!("\"{key}\""))? + key.len() + 2;
    let rest = json[at..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    Some(rest[..rest.find('"')?].to_owned())
}
