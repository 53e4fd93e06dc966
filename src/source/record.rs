//! Records with named fields become articles, whatever their fields are called.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Cause, MAX_TEXT};
use crate::model::{Article, ArticleInfo, DateSpan};

/// Names of a field in the order of preference, in lower case.
const ID: &[&str] =
    &["id", "_id", "doc_id", "docid", "doc", "article_id", "articleid", "uuid", "guid", "key"];
const TITLE: &[&str] = &["title", "headline", "head", "name"];
const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "fulltext",
    "full_text",
    "article_text",
    "articlebody",
    "maintext",
    "article",
    "story",
    "plain_text",
    "raw_text",
    "description",
    "summary",
    "snippet",
];
const DATE: &[&str] = &[
    "date",
    "published",
    "published_at",
    "publishedat",
    "publication_date",
    "publish_date",
    "date_published",
    "datepublished",
    "pubdate",
    "pub_date",
    "date_publish",
    "timestamp",
    "datetime",
    "time",
    "created_at",
    "created",
];
const URL: &[&str] =
    &["url", "link", "permalink", "canonical_url", "web_url", "article_url", "uri", "href"];
const OUTLET: &[&str] = &[
    "source",
    "publisher",
    "outlet",
    "site",
    "site_name",
    "source_name",
    "publication",
    "newspaper",
    "domain",
    "source_domain",
];
/// Keys under which an answer of a service holds its records.
const LISTS: &[&str] = &["articles", "items", "results", "data", "docs", "records", "documents"];

/// What the fields of a record hold.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) text: Option<String>,
    pub(super) date: Option<String>,
    pub(super) url: Option<String>,
    pub(super) outlet: Option<String>,
}

impl Fields {
    /// The article; `fallback` is its id where the record names none.
    ///
    /// # Errors
    ///
    /// If there is no text, or too much of it.
    pub(super) fn into_article(self, fallback: &str) -> Result<Article, Cause> {
        let some = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let (title, body) = (some(self.title), some(self.text));
        let info = ArticleInfo {
            id: some(self.id).map_or_else(|| fallback.into(), |id| id.trim().into()),
            title: title.as_deref().map(|title| title.trim().to_owned()),
            date: self.date.as_deref().and_then(DateSpan::from_field),
            outlet: some(self.outlet).map(|outlet| outlet.trim().to_owned()),
            url: some(self.url).map(|url| url.trim().to_owned()),
        };
        let (text, body_start) = match (title, body) {
            (None, None) => return Err(Cause::Empty),
            (None, Some(body)) => (body, 0),
            (Some(title), Some(body)) if body.trim_start().starts_with(title.trim()) => (body, 0),
            // The title stands as it is, so that its offsets are those of the field.
            (Some(title), body) => {
                let start = title.len() + 2;
                (title + "\n\n" + body.as_deref().unwrap_or_default(), start)
            }
        };
        if text.len() > MAX_TEXT {
            return Err(Cause::TextTooLong);
        }
        let body_start = u32::try_from(body_start).map_err(|_| Cause::TextTooLong)?;
        Ok(Article { info: Arc::new(info), text, body_start })
    }
}

/// The article of a text without fields.
///
/// # Errors
///
/// If there is no text, or too much of it.
pub(super) fn plain(id: &str, text: String) -> Result<Article, Cause> {
    Fields { text: Some(text), ..Fields::default() }.into_article(id)
}

/// The article of one JSON value; `fallback` is its id where it names none.
///
/// # Errors
///
/// If it is no object or has no text.
pub(super) fn from_json(bytes: &[u8], fallback: &str) -> Result<Article, Cause> {
    match parse(bytes)? {
        Value::Object(object) => from_object(object, fallback),
        _ => Err(Cause::Json("expected an object with a text".to_owned())),
    }
}

/// The articles of a JSON file that is one value: an object, or an answer that lists some.
pub(super) fn all_from_json(bytes: &[u8], fallback: &str) -> Vec<Result<Article, Cause>> {
    let mut object = match parse(bytes) {
        Ok(Value::Object(object)) => object,
        Ok(_) => return vec![Err(Cause::Json("expected an object with a text".to_owned()))],
        Err(cause) => return vec![Err(cause)],
    };
    let list = LISTS.iter().find(|list| object.get(**list).is_some_and(Value::is_array));
    if let Some(Value::Array(records)) = list.and_then(|list| object.remove(*list)) {
        let read = |(n, record): (usize, Value)| match record {
            Value::Object(object) => from_object(object, &format!("{fallback}:{}", n + 1)),
            _ => Err(Cause::Json("expected an object with a text".to_owned())),
        };
        return records.into_iter().enumerate().map(read).collect();
    }
    vec![from_object(object, fallback)]
}

fn parse(bytes: &[u8]) -> Result<Value, Cause> {
    let parsed = match std::str::from_utf8(bytes) {
        Ok(text) => serde_json::from_str(text.trim_start_matches('\u{FEFF}')),
        Err(_) => serde_json::from_str(&String::from_utf8_lossy(bytes)),
    };
    parsed.map_err(|error| {
        // The line of the file stands before the message; inside of the record it misleads.
        let message = error.to_string();
        let cut = message.find(" at line ").unwrap_or(message.len());
        Cause::Json(format!("{} (byte {})", &message[..cut], error.column()))
    })
}

fn from_object(mut object: Map<String, Value>, fallback: &str) -> Result<Article, Cause> {
    // Exact names first: the rest are compared without case.
    let mut take = |names: &[&str]| {
        let find = |same: fn(&str, &str) -> bool| {
            let at = |name: &&str| {
                object.iter().position(|(key, value)| same(key, name) && is_filled(value))
            };
            names.iter().find_map(at)
        };
        let at = find(|key, name| key == name).or_else(|| find(str::eq_ignore_ascii_case))?;
        object.values_mut().nth(at).map(Value::take).and_then(into_text)
    };
    let text = take(TEXT);
    Fields {
        text,
        id: take(ID),
        title: take(TITLE),
        date: take(DATE),
        url: take(URL),
        outlet: take(OUTLET),
    }
    .into_article(fallback)
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Number(_) => true,
        Value::Object(object) => {
            ["name", "title", "$oid", "$date"].iter().any(|key| object.contains_key(*key))
        }
        Value::Null | Value::Bool(_) => false,
    }
}

/// Strings and numbers as they are, paragraphs joined, `{"name": ...}` by its name.
fn into_text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let parts: Vec<_> = items.into_iter().filter_map(into_text).collect();
            (!parts.is_empty()).then(|| parts.join("\n\n"))
        }
        Value::Object(mut object) => ["name", "title", "$oid", "$date"]
            .iter()
            .find_map(|key| object.get_mut(*key).map(Value::take))
            .and_then(|inner| if inner.is_object() { None } else { into_text(inner) }),
        Value::Null | Value::Bool(_) => None,
    }
}

/// For each field the column of a table that holds it.
#[derive(Debug, Default)]
pub(super) struct Columns {
    id: Option<usize>,
    title: Option<usize>,
    text: Option<usize>,
    date: Option<usize>,
    url: Option<usize>,
    outlet: Option<usize>,
}

impl Columns {
    /// Finds the columns by their names.
    ///
    /// # Errors
    ///
    /// If none is for the text.
    pub(super) fn find(header: &[String]) -> Result<Self, Cause> {
        let find = |names: &[&str]| {
            names.iter().find_map(|name| {
                header.iter().position(|column| column.trim().eq_ignore_ascii_case(name))
            })
        };
        let columns = Self {
            id: find(ID),
            title: find(TITLE),
            text: find(TEXT),
            date: find(DATE),
            url: find(URL),
            outlet: find(OUTLET),
        };
        if columns.text.is_none() {
            return Err(Cause::NoTextColumn(header.join(", ")));
        }
        Ok(columns)
    }

    /// The fields of one row.
    pub(super) fn read(&self, row: &[String]) -> Fields {
        let field = |column: Option<usize>| column.and_then(|column| row.get(column)).cloned();
        Fields {
            id: field(self.id),
            title: field(self.title),
            text: field(self.text),
            date: field(self.date),
            url: field(self.url),
            outlet: field(self.outlet),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_go_by_many_names() {
        let line = r#"{"headline":"Talks","body":["They met.","They left."],"Published":"2024-10-05T10:00:00Z",
            "link":"https://example.org/1","source":{"id":null,"name":"Example"},"_id":{"$oid":"a1"}}"#;
        let article = from_json(line.as_bytes(), "x:1").unwrap();
        assert_eq!(article.text, "Talks\n\nThey met.\n\nThey left.");
        assert_eq!(article.body_start, 7);
        assert_eq!(&*article.info.id, "a1");
        assert_eq!(article.info.outlet.as_deref(), Some("Example"));
        assert_eq!(article.info.date.unwrap().to_string(), "2024-10-05");
    }

    #[test]
    fn a_title_that_the_text_begins_with_is_not_doubled() {
        let line = br#"{"id":7,"title":"Talks","text":"Talks\nThey met."}"#;
        let article = from_json(line, "x:1").unwrap();
        assert_eq!((article.text.as_str(), article.body_start), ("Talks\nThey met.", 0));
        assert_eq!(&*article.info.id, "7");
    }

    #[test]
    fn what_has_no_text_is_refused() {
        for line in ["{}", r#"{"text":"  "}"#, "[1]", "{", "nonsense", r#"{"text":null}"#] {
            assert!(from_json(line.as_bytes(), "x").is_err(), "{line}");
        }
    }
}
