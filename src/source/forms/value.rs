//! What a value of JSON says as a text.

use serde_json::Value;

use super::super::keys::shapes;

/// Whether a value says anything.
pub(super) fn is_filled(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => items.iter().any(is_filled),
        Value::Number(_) => true,
        Value::Object(object) => shapes().values.iter().any(|key| object.contains_key(key)),
        Value::Null | Value::Bool(_) => false,
    }
}

/// About how much a value says: bytes of its texts without their markup.
pub(super) fn length(value: &Value) -> usize {
    match value {
        Value::String(text) => {
            let markup = text.split('<').skip(1).filter_map(|part| part.find('>'));
            text.len() - markup.map(|n| n + 2).sum::<usize>().min(text.len())
        }
        Value::Array(items) => items.iter().map(length).sum(),
        Value::Object(object) => {
            let keys = &shapes().values;
            keys.iter().find_map(|key| object.get(key)).map_or(0, length)
        }
        _ => 0,
    }
}

/// Strings and numbers as they are, paragraphs joined, `{"name": ...}` by its name.
pub(super) fn into_text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let parts: Vec<_> = items.into_iter().filter_map(into_text).collect();
            (!parts.is_empty()).then(|| parts.join("\n\n"))
        }
        Value::Object(mut object) => shapes()
            .values
            .iter()
            .find_map(|key| object.get_mut(key).filter(|v| is_filled(v)).map(Value::take))
            .and_then(|inner| if inner.is_object() { None } else { into_text(inner) }),
        Value::Null | Value::Bool(_) => None,
    }
}
