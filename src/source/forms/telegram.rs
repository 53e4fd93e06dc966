//! Telegram: messages of an exported chat or account, as JSON.
//!
//! Comes in: a message and the chat that holds it. Goes out: an article, with the chat as its
//! outlet. Left out: messages of the service (who joined, what was pinned) and those without text.

use serde_json::{Map, Value};

use super::super::record::Fields;
use super::super::walk::Found;
use super::value::into_text;

/// Whether an object of a list is a message, as the desktop program exports it.
pub(super) fn is_message(object: &Map<String, Value>, found: &Found) -> bool {
    found.list.as_deref() == Some("messages")
        && object.contains_key("id")
        && object.contains_key("date")
        && object.get("type").is_some_and(|kind| kind == "message" || kind == "service")
}

/// The article of a message; `None` where it has no text.
pub(super) fn fields(mut message: Map<String, Value>, found: &Found) -> Option<Fields> {
    let holder = found.holder.as_deref();
    let of_chat = |key: &str| holder.and_then(|chat| chat.get(key)).cloned().and_then(into_text);
    let text = message.remove("text").map(join).filter(|text| !text.trim().is_empty())?;
    let chat = of_chat("name");
    let mut take = |key: &str| message.remove(key).and_then(into_text);
    let id = take("id").map(|id| match of_chat("id") {
        Some(chat) => format!("telegram:{chat}/{id}"),
        None => format!("telegram:{id}"),
    });
    Some(Fields {
        id,
        text: Some(text),
        date: take("date").or_else(|| take("date_unixtime")),
        outlet: chat.or_else(|| Some("Telegram".to_owned())),
        author: take("from"),
        forwarded_from: take("forwarded_from"),
        ..Fields::default()
    })
}

/// A text, or its pieces: plain ones and those with a style.
fn join(text: Value) -> String {
    match text {
        Value::String(text) => text,
        Value::Array(pieces) => pieces
            .into_iter()
            .map(|piece| match piece {
                Value::String(text) => text,
                Value::Object(mut piece) => {
                    piece.remove("text").and_then(into_text).unwrap_or_default()
                }
                _ => String::new(),
            })
            .collect(),
        _ => String::new(),
    }
}
