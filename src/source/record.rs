//! One record with named fields, or one plain text, becomes an article.

use std::sync::Arc;

use serde_json::Value;

use super::Cause;
use crate::model::{Article, ArticleInfo};

/// An article without fields.
pub(super) fn plain(id: &str, text: String) -> Article {
    let info = ArticleInfo { id: id.into(), ..ArticleInfo::default() };
    Article { info: Arc::new(info), text, body_start: 0 }
}

/// The article of one JSON object; `fallback` is its id where it names none.
pub(super) fn read_json(line: &[u8], fallback: &str) -> Result<Article, Cause> {
    let value: Value =
        serde_json::from_slice(line).map_err(|error| Cause::Json(error.to_string()))?;
    let Value::Object(fields) = value else {
        return Err(Cause::Json("expected an object".to_owned()));
    };
    let field = |names: &[&str]| {
        names.iter().find_map(|&name| match fields.get(name)? {
            Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    };
    let body = field(&["text", "body", "content"]).ok_or(Cause::Empty)?;
    let title = field(&["title", "headline"]);
    let id = field(&["id"]).unwrap_or_else(|| fallback.to_owned());
    let info = ArticleInfo {
        id: id.into(),
        title: title.clone(),
        date: field(&["date", "published", "timestamp"]).and_then(|date| date.parse().ok()),
        outlet: field(&["source", "publisher"]),
        url: field(&["url", "link"]),
    };
    let (text, body_start) = with_title(title, body);
    Ok(Article { info: Arc::new(info), text, body_start })
}

/// The text with its title in front, unless it begins with it; and where the body begins.
fn with_title(title: Option<String>, body: String) -> (String, u32) {
    match title {
        Some(title) if !body.trim_start().starts_with(title.trim()) => {
            let text = format!("{}\n\n", title.trim());
            let start = u32::try_from(text.len()).unwrap_or(0);
            (text + &body, start)
        }
        _ => (body, 0),
    }
}
