//! JSON and JSON lines: one article an object, wherever the objects stand.

use std::io;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::Cause;
use super::super::form::{Input, Item, Opened, Records};
use super::super::keys::{FieldMap, RecordField, normal, shapes};
use super::super::lines::{Found, Lines};
use super::super::record::Fields;
use super::super::stream;
use super::super::walk::{self, Walk};
use super::telegram;
use super::value::{into_text, is_filled, length};

/// Deepest object inside of a record that its fields are looked for in.
const MAX_INNER: usize = 3;

/// JSON: a list, objects one behind the other, or an object that holds a list.
pub(super) fn open(input: Input) -> Opened {
    let map = Arc::clone(&input.options.map);
    let walk = Walk::new(stream::as_utf8(input.reader)?);
    Ok(Ok(Box::new(Json { walk, map, waiting: Vec::new().into_iter() })))
}

/// JSON lines: a wrong line costs itself alone.
pub(super) fn open_lines(input: Input) -> Opened {
    let map = Arc::clone(&input.options.map);
    let lines = Lines::new(stream::as_utf8(input.reader)?);
    Ok(Ok(Box::new(JsonLines { lines, map })))
}

struct Json {
    walk: Walk,
    map: Arc<FieldMap>,
    /// Records of one value that holds several.
    waiting: std::vec::IntoIter<Item>,
}

impl Records for Json {
    fn next(&mut self) -> io::Result<Option<Item>> {
        loop {
            if let Some(item) = self.waiting.next() {
                return Ok(Some(item));
            }
            let Some(found) = self.walk.next()? else { return Ok(None) };
            let line = found.line;
            let record = |fields| Item::Record { line, fields };
            let Some(json) = &found.json else {
                return Ok(Some(record(Err(Cause::RecordTooLong))));
            };
            let object = match parse(json) {
                Ok(Value::Object(object)) => object,
                Ok(_) => return Ok(Some(record(Err(not_an_object())))),
                Err(cause) => return Ok(Some(record(Err(cause)))),
            };
            if telegram::is_message(&object, &found) {
                if let Some(fields) = telegram::fields(object, &found) {
                    return Ok(Some(record(Ok(fields))));
                }
                continue;
            }
            match columns(object, &found) {
                Ok(records) => {
                    let records = records.into_iter();
                    let read = |object| record(Ok(fields(object, &self.map)));
                    self.waiting = records.map(read).collect::<Vec<_>>().into_iter();
                }
                Err(object) => return Ok(Some(record(Ok(fields(object, &self.map))))),
            }
        }
    }
}

struct JsonLines {
    lines: Lines,
    map: Arc<FieldMap>,
}

impl Records for JsonLines {
    fn next(&mut self) -> io::Result<Option<Item>> {
        let mut bytes = Vec::new();
        loop {
            let found = self.lines.next(&mut bytes)?;
            let line = self.lines.number();
            let fields = match found {
                Found::End => return Ok(None),
                Found::TooLong => Err(Cause::RecordTooLong),
                Found::Whole if bytes.iter().all(u8::is_ascii_whitespace) => continue,
                Found::Whole => match parse(&bytes) {
                    Ok(Value::Object(object)) => Ok(fields(object, &self.map)),
                    Ok(_) => Err(not_an_object()),
                    Err(cause) => Err(cause),
                },
            };
            return Ok(Some(Item::Record { line, fields }));
        }
    }
}

fn not_an_object() -> Cause {
    Cause::Json("expected an object with a text".to_owned())
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

/// The records of a whole value that holds them by columns or by names, as pandas writes tables;
/// the object itself where it is a record.
fn columns(
    mut object: Map<String, Value>,
    found: &walk::Found,
) -> Result<Vec<Map<String, Value>>, Map<String, Value>> {
    if !found.is_whole || object.is_empty() {
        return Err(object);
    }
    if let (Some(Value::Array(names)), Some(Value::Array(rows))) =
        (object.get("columns"), object.get("data"))
        && rows.iter().all(Value::is_array)
    {
        let names: Vec<String> = names.iter().cloned().filter_map(into_text).collect();
        let rows = object.remove("data").map(rows_of).unwrap_or_default();
        return Ok(rows.into_iter().map(|row| names.iter().cloned().zip(row).collect()).collect());
    }
    let objects_only =
        object.values().all(|value| value.as_object().is_some_and(|inner| !inner.is_empty()));
    if !objects_only {
        return Err(object);
    }
    let is_text = |key: &String| RecordField::Text.names().contains(&normal(key));
    if object.keys().any(is_text) {
        // By columns: each holds the values of all rows.
        let mut rows: Map<String, Value> = Map::new();
        for (column, values) in object {
            let Value::Object(values) = values else { continue };
            for (row, value) in values {
                let row = rows.entry(row).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(row) = row {
                    row.insert(column.clone(), value);
                }
            }
        }
        object = rows;
    } else if !object
        .values()
        .any(|value| value.as_object().is_some_and(|inner| inner.keys().any(is_text)))
    {
        return Err(object);
    }
    // By names: each is a record.
    Ok(object
        .into_values()
        .filter_map(|value| if let Value::Object(record) = value { Some(record) } else { None })
        .collect())
}

fn rows_of(rows: Value) -> Vec<Vec<Value>> {
    let Value::Array(rows) = rows else { return Vec::new() };
    rows.into_iter()
        .filter_map(|row| if let Value::Array(row) = row { Some(row) } else { None })
        .collect()
}

/// What the fields of a record say.
pub(super) fn fields(mut object: Map<String, Value>, map: &FieldMap) -> Fields {
    let text = take_text(&mut object, map);
    let mut take = |field| take(&mut object, field, map);
    let mut fields = Fields {
        text,
        id: take(RecordField::Id),
        title: take(RecordField::Title),
        date: take(RecordField::Date),
        url: take(RecordField::Url),
        outlet: take(RecordField::Outlet),
        author: take(RecordField::Author),
        ..Fields::default()
    };
    if fields.text.is_none() {
        fields.keys = object.keys().cloned().collect();
    }
    fields
}

/// Takes the value of a field out of the record: under the user's key, else under a known name.
fn take(object: &mut Map<String, Value>, field: RecordField, map: &FieldMap) -> Option<String> {
    if let Some(key) = map.key(field) {
        return at_path(object, key).map(Value::take).and_then(into_text);
    }
    take_named(object, field, 0)
}

fn take_named(object: &mut Map<String, Value>, field: RecordField, depth: usize) -> Option<String> {
    let names: Vec<String> = object.keys().map(|key| normal(key)).collect();
    for name in field.names() {
        for (key, value) in names.iter().zip(object.values_mut()) {
            if key == name && is_filled(value) {
                return into_text(value.take());
            }
        }
    }
    inner(object, depth, |object, depth| take_named(object, field, depth))
}

/// Takes the text: under the user's key, else the fullest under a known name.
fn take_text(object: &mut Map<String, Value>, map: &FieldMap) -> Option<String> {
    if let Some(key) = map.key(RecordField::Text) {
        return at_path(object, key).map(Value::take).and_then(into_text);
    }
    take_fullest(object, 0)
}

fn take_fullest(object: &mut Map<String, Value>, depth: usize) -> Option<String> {
    let shapes = shapes();
    let names = RecordField::Text.names();
    let mut best: Option<(usize, usize, &String)> = None;
    for (key, value) in object.iter() {
        // What holds the fields of the record is no text of it.
        let holds = value.is_object() && shapes.inner.contains(key) && depth < MAX_INNER;
        let Some(rank) = names.iter().position(|name| *name == normal(key)) else { continue };
        if holds || !is_filled(value) {
            continue;
        }
        let length = length(value);
        let fuller = best
            .is_none_or(|(most, best_rank, _)| length > most || length == most && rank < best_rank);
        if fuller {
            best = Some((length, rank, key));
        }
    }
    let own = best.map(|(_, _, key)| key.clone());
    if let Some(key) = own {
        return object.get_mut(&key).map(Value::take).and_then(into_text);
    }
    inner(object, depth, take_fullest)
}

/// Looks into the objects that hold the fields of a record.
fn inner(
    object: &mut Map<String, Value>,
    depth: usize,
    mut look: impl FnMut(&mut Map<String, Value>, usize) -> Option<String>,
) -> Option<String> {
    if depth >= MAX_INNER {
        return None;
    }
    shapes().inner.iter().find_map(|key| match object.get_mut(key.as_str()) {
        Some(Value::Object(inner)) => look(inner, depth + 1),
        _ => None,
    })
}

/// The value at a key, or at keys one inside of the other with full stops between.
fn at_path<'o>(object: &'o mut Map<String, Value>, path: &str) -> Option<&'o mut Value> {
    let same = |key: &str, name: &str| key == name;
    let alike = |key: &str, name: &str| normal(key) == normal(name);
    let find = |object: &Map<String, Value>, name: &str| {
        let keys = || object.keys().enumerate();
        let exact = keys().find(|(_, key)| same(key, name));
        exact.or_else(|| keys().find(|(_, key)| alike(key, name))).map(|(at, _)| at)
    };
    if let Some(at) = find(object, path) {
        return object.values_mut().nth(at);
    }
    let (first, rest) = path.split_once('.')?;
    let at = find(object, first)?;
    match object.values_mut().nth(at) {
        Some(Value::Object(inner)) => at_path(inner, rest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Fields {
        let Value::Object(object) = parse(line.as_bytes()).unwrap() else { panic!("{line}") };
        fields(object, &FieldMap::default())
    }

    #[test]
    fn fields_go_by_many_names() {
        let fields = read(
            r#"{"headline":"Talks","body":["They met.","They left."],"Published":"2024-10-05T10:00:00Z",
            "link":"https://example.org/1","source":{"id":null,"name":"Example"},"_id":{"$oid":"a1"}}"#,
        );
        let article = fields.into_article("x:1", None).unwrap();
        assert_eq!(article.text, "Talks\n\nThey met.\n\nThey left.");
        assert_eq!(article.body_start, 7);
        assert_eq!(&*article.info.id, "a1");
        assert_eq!(article.info.outlet.as_deref(), Some("Example"));
        assert_eq!(article.info.date.unwrap().to_string(), "2024-10-05");
    }

    #[test]
    fn names_are_compared_by_their_words() {
        let cases = [
            r#"{"full_content":"They met.","sourceUrl":"u","publish_date":"2024-10-05","siteName":"Example"}"#,
            r#"{"contents":"They met.","source-url":"u","publishDate":"2024-10-05","site_name":"Example"}"#,
            r#"{"ArticleBody":"They met.","URL":"u","datePublished":"2024-10-05","Publisher":{"name":"Example"}}"#,
            r#"{"_source":{"message":"They met.","link":"u","pubDate":"2024-10-05","outlet":"Example"}}"#,
            r#"{"fields":{"bodyText":"They met."},"webUrl":"u","webPublicationDate":"2024-10-05T10:00:00Z","source":"Example"}"#,
            r#"{"content":{"rendered":"They met."},"link":"u","date":"2024-10-05","source":"Example"}"#,
            r#"{"description":"Met.","maintext":"They met.","url":"u","date":"2024-10-05","source":"Example"}"#,
            r#"{"paragraphs":["They met."],"url":"u","date":"2024-10-05","source":"Example"}"#,
        ];
        for case in cases {
            let fields = read(case);
            assert_eq!(fields.text.as_deref(), Some("They met."), "{case}");
            assert_eq!(fields.url.as_deref(), Some("u"), "{case}");
            assert_eq!(fields.outlet.as_deref(), Some("Example"), "{case}");
            assert_eq!(&fields.date.unwrap()[..10], "2024-10-05", "{case}");
        }
    }

    #[test]
    fn the_user_names_keys() {
        let map = "text=meta.body,title=Kopf".parse().unwrap();
        let Value::Object(object) =
            parse(br#"{"text":"no","kopf":"Talks","meta":{"body":"They met."}}"#).unwrap()
        else {
            panic!()
        };
        let fields = fields(object, &map);
        assert_eq!(fields.text.as_deref(), Some("They met."));
        assert_eq!(fields.title.as_deref(), Some("Talks"));
    }

    #[test]
    fn a_title_that_the_text_begins_with_is_not_doubled() {
        let fields = read(r#"{"id":7,"title":"Talks","text":"Talks\nThey met."}"#);
        let article = fields.into_article("x:1", None).unwrap();
        assert_eq!((article.text.as_str(), article.body_start), ("Talks\nThey met.", 0));
        assert_eq!(&*article.info.id, "7");
    }

    #[test]
    fn what_has_no_text_names_its_keys() {
        let cause = read(r#"{"volltext":"They met.","n":1}"#).into_article("x", None).unwrap_err();
        assert!(cause.to_string().contains("volltext, n"), "{cause}");
        assert!(read(r#"{"title":"Talks","volltext":"They met."}"#).has_title_only());
        for line in ["{}", r#"{"text":"  "}"#, r#"{"text":null}"#] {
            assert!(read(line).into_article("x", None).is_err(), "{line}");
        }
    }
}
