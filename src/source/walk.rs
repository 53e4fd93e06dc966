//! Records of a JSON stream, wherever they stand in it, each in bounded memory.
//!
//! Comes in: JSON of any size, of values one behind the other, one list, or objects that hold a
//! list. Goes out: one record after the other, as bytes, with the fields of the objects around it.
//! Left out: what a record means.

use std::io::{self, BufRead};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::MAX_RECORD;
use super::keys::{RecordField, Shapes, normal, shapes};

/// Deepest nesting of lists and objects that are walked through.
const MAX_DEPTH: usize = 8;
/// A text of this many bytes makes an object an article that holds a list, not a list's holder.
const FULL_TEXT: usize = 200;

/// One value that may be a record.
#[derive(Debug)]
pub(super) struct Found {
    /// Its JSON, whole or cut off by the stream's end; `None` where it is longer than
    /// [`MAX_RECORD`].
    pub(super) json: Option<Vec<u8>>,
    /// The line where it begins, from 1.
    pub(super) line: u64,
    /// The list that it stands in, by its key.
    pub(super) list: Option<Arc<str>>,
    /// Fields of the object that holds the list, as far as they stand before it.
    pub(super) holder: Option<Arc<Map<String, Value>>>,
    /// Whether it is the whole stream, or one of its values: then it may hold columns.
    pub(super) is_whole: bool,
}

/// Walks through a stream.
pub(super) struct Walk {
    bytes: Bytes,
    frames: Vec<Frame>,
}

/// What is open where the walk stands.
enum Frame {
    List { key: Option<Arc<str>>, holder: Option<Arc<Map<String, Value>>> },
    Object(Open),
}

/// An object that is read key by key.
#[expect(clippy::struct_excessive_bools, reason = "each is met or not in the object")]
struct Open {
    /// What of it was read, but for the lists that were walked through.
    json: Vec<u8>,
    line: u64,
    /// Where it is a member of a list.
    list: Option<Arc<str>>,
    holder: Option<Arc<Map<String, Value>>>,
    is_member: bool,
    /// The key that its holder has it under.
    key: Option<String>,
    has_text: bool,
    /// Whether a list of it was walked through: then it is no record.
    walked: bool,
    too_long: bool,
}

impl Walk {
    pub(super) fn new(reader: Box<dyn BufRead + Send>) -> Self {
        Self { bytes: Bytes { reader, line: 1 }, frames: Vec::new() }
    }

    /// The next value that may be a record.
    pub(super) fn next(&mut self) -> io::Result<Option<Found>> {
        loop {
            let found = match self.frames.pop() {
                None => match self.begin()? {
                    Some(found) => found,
                    None => return Ok(None),
                },
                Some(Frame::List { key, holder }) => self.member(key, holder)?,
                Some(Frame::Object(open)) => self.field(open)?,
            };
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Between values of the stream: nothing at its end, and inside what was found, if anything.
    #[expect(
        clippy::option_option,
        reason = "the end of the stream is not a value that is no record"
    )]
    fn begin(&mut self) -> io::Result<Option<Option<Found>>> {
        let Some(first) = self.bytes.skip(|b| b.is_ascii_whitespace() || b == b',' || b >= 0x80)?
        else {
            return Ok(None);
        };
        match first {
            b'[' => {
                self.bytes.pass(1);
                self.frames.push(Frame::List { key: None, holder: None });
                Ok(Some(None))
            }
            b'{' => {
                self.open(None, None, None, false);
                Ok(Some(None))
            }
            _ => self.value(None, None).map(|found| Some(Some(found))),
        }
    }

    /// Opens the object at which the walk stands.
    fn open(
        &mut self,
        list: Option<Arc<str>>,
        holder: Option<Arc<Map<String, Value>>>,
        key: Option<String>,
        is_member: bool,
    ) {
        self.bytes.pass(1);
        self.frames.push(Frame::Object(Open {
            json: b"{".to_vec(),
            line: self.bytes.line,
            list,
            holder,
            is_member,
            key,
            has_text: false,
            walked: false,
            too_long: false,
        }));
    }

    /// The next member of a list.
    fn member(
        &mut self,
        key: Option<Arc<str>>,
        holder: Option<Arc<Map<String, Value>>>,
    ) -> io::Result<Option<Found>> {
        let first = self.bytes.skip(|b| b.is_ascii_whitespace() || b == b',')?;
        match first {
            None => return Ok(None),
            Some(b']') => {
                self.bytes.pass(1);
                return Ok(None);
            }
            _ => {}
        }
        self.frames.push(Frame::List { key: key.clone(), holder: holder.clone() });
        if first == Some(b'{') && self.frames.len() < MAX_DEPTH {
            self.open(key, holder, None, true);
            return Ok(None);
        }
        self.value(key, holder).map(Some)
    }

    /// A value that is read whole.
    fn value(
        &mut self,
        list: Option<Arc<str>>,
        holder: Option<Arc<Map<String, Value>>>,
    ) -> io::Result<Found> {
        let line = self.bytes.line;
        let mut json = Vec::new();
        let fits = self.bytes.read_value(&mut json)?;
        Ok(Found { json: fits.then_some(json), line, list, holder, is_whole: false })
    }

    /// The next field of an object, or its end.
    fn field(&mut self, mut open: Open) -> io::Result<Option<Found>> {
        let first = self.bytes.skip(|b| b.is_ascii_whitespace() || b == b',')?;
        if first == Some(b'}') {
            self.bytes.pass(1);
            open.json.push(b'}');
            return Ok(self.close(open));
        }
        if first.is_none() {
            // Cut off: what was read is reported as the broken record that it is.
            open.walked = false;
            return Ok(self.close(open));
        }
        let mut key_json = Vec::new();
        self.bytes.read_value(&mut key_json)?;
        let key = serde_json::from_slice::<String>(&key_json).ok();
        let colon = self.bytes.skip(|b| b.is_ascii_whitespace())?;
        if open.json.len() > 1 {
            open.json.push(b',');
        }
        open.json.extend_from_slice(&key_json);
        let Some(key) = key.filter(|_| colon == Some(b':')) else {
            // Not JSON: the rest of the object is kept as it is, for the message.
            open.too_long |= !self.bytes.read_to_close(&mut open.json)?;
            open.walked = false;
            return Ok(self.close(open));
        };
        self.bytes.pass(1);
        open.json.push(b':');
        let start = self.bytes.skip(|b| b.is_ascii_whitespace())?;
        if self.walks_into(&open, &key, start) {
            return self.walk_into(open, key, start);
        }
        let before = open.json.len();
        open.too_long |= !self.bytes.read_value(&mut open.json)?;
        open.note_text(&key, before);
        self.frames.push(Frame::Object(open));
        Ok(None)
    }

    /// Whether the value behind `key` may hold records.
    fn walks_into(&self, open: &Open, key: &str, start: Option<u8>) -> bool {
        let shapes: &Shapes = shapes();
        if open.has_text || self.frames.len() + 2 > MAX_DEPTH {
            return false;
        }
        match start {
            Some(b'[') if open.is_member => shapes.is_list_of_member(key),
            Some(b'[') => shapes.is_list(key),
            Some(b'{') => !open.is_member && shapes.is_wrapper(key),
            _ => false,
        }
    }

    fn walk_into(
        &mut self,
        mut open: Open,
        key: String,
        start: Option<u8>,
    ) -> io::Result<Option<Found>> {
        if start == Some(b'{') {
            open.drop_key();
            let holder = open.fields();
            self.frames.push(Frame::Object(open));
            self.open(None, holder, Some(key), false);
            return Ok(None);
        }
        self.bytes.pass(1);
        let first = self.bytes.skip(|b| b.is_ascii_whitespace())?;
        if first == Some(b'{') {
            open.drop_key();
            open.walked = true;
            let holder = open.fields();
            self.frames.push(Frame::Object(open));
            self.frames.push(Frame::List { key: Some(key.into()), holder });
            return Ok(None);
        }
        // A list of texts or numbers is a field like others. A chat without messages is no record.
        open.walked |= first == Some(b']') && open.is_member;
        open.json.push(b'[');
        open.too_long |= !self.bytes.read_to_close(&mut open.json)?;
        self.frames.push(Frame::Object(open));
        Ok(None)
    }

    /// What an object is that has ended.
    fn close(&mut self, open: Open) -> Option<Found> {
        let parent = match self.frames.last_mut() {
            Some(Frame::Object(parent)) if open.key.is_some() => Some(parent),
            _ => None,
        };
        if let Some(parent) = parent {
            parent.walked |= open.walked;
            parent.too_long |= open.too_long;
            if !open.walked {
                // No list in it: a field of its holder, as any object.
                if parent.json.len() > 1 {
                    parent.json.push(b',');
                }
                let key = Value::String(open.key.unwrap_or_default());
                parent.json.extend_from_slice(key.to_string().as_bytes());
                parent.json.push(b':');
                parent.json.extend_from_slice(&open.json);
            }
            return None;
        }
        (!open.walked).then(|| Found {
            json: (!open.too_long).then_some(open.json),
            line: open.line,
            list: open.list,
            holder: open.holder,
            is_whole: !open.is_member,
        })
    }
}

impl Open {
    /// Notes whether the value behind `key`, which begins at `at`, is an article's text.
    fn note_text(&mut self, key: &str, at: usize) {
        let value = &self.json[at.min(self.json.len())..];
        self.has_text |= value.first() == Some(&b'"')
            && value.len() > FULL_TEXT
            && RecordField::Text.names().contains(&normal(key));
        if self.too_long {
            self.json.truncate(1);
        }
    }

    /// Takes back the key that was written last: its value is walked through.
    fn drop_key(&mut self) {
        // The key is a JSON text and a colon; a comma stands before it unless it is the first.
        let end = self.json.len() - 2;
        let mut at = end;
        while at > 1 {
            at -= 1;
            let n_slashes = self.json[..at].iter().rev().take_while(|b| **b == b'\\').count();
            if self.json[at] == b'"' && n_slashes % 2 == 0 {
                break;
            }
        }
        self.json.truncate(at);
        if self.json.last() == Some(&b',') {
            self.json.pop();
        }
    }

    /// Its fields so far.
    fn fields(&self) -> Option<Arc<Map<String, Value>>> {
        let mut json = self.json.clone();
        json.push(b'}');
        serde_json::from_slice(&json).ok().map(Arc::new)
    }
}

/// The bytes of a stream, with the line where it stands.
struct Bytes {
    reader: Box<dyn BufRead + Send>,
    line: u64,
}

impl Bytes {
    /// Passes bytes that `is_between` and gives the one behind them.
    fn skip(&mut self, is_between: impl Fn(u8) -> bool) -> io::Result<Option<u8>> {
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let end = chunk.iter().position(|&b| !is_between(b));
            let passed = end.unwrap_or(chunk.len());
            self.line += memchr::memchr_iter(b'\n', &chunk[..passed]).count() as u64;
            let found = end.map(|end| chunk[end]);
            self.reader.consume(passed);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Passes bytes that were seen and are no line feed.
    fn pass(&mut self, n_bytes: usize) {
        self.reader.consume(n_bytes);
    }

    /// Appends the value at which the stream stands; whether it fitted in [`MAX_RECORD`].
    fn read_value(&mut self, json: &mut Vec<u8>) -> io::Result<bool> {
        self.read_until(json, 0)
    }

    /// Appends what is left of the list or object in which the stream stands, with its end.
    fn read_to_close(&mut self, json: &mut Vec<u8>) -> io::Result<bool> {
        self.read_until(json, 1)
    }

    fn read_until(&mut self, json: &mut Vec<u8>, mut depth: u64) -> io::Result<bool> {
        let (mut in_string, mut escaped, mut fits, mut any) = (false, false, true, false);
        let mut nested = depth > 0;
        let mut bare = false;
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                return Ok(fits);
            }
            let mut taken = 0;
            let mut done = false;
            for &b in chunk {
                if in_string {
                    in_string = escaped || b != b'"';
                    escaped = !escaped && b == b'\\';
                    taken += 1;
                    if !in_string && depth == 0 && !bare {
                        done = true;
                        break;
                    }
                    continue;
                }
                // A stray mark that ends nothing is a wrong value of its own.
                let ends = depth == 0 && any && matches!(b, b',' | b']' | b'}' | b':' | b'\n');
                if ends {
                    done = true;
                    break;
                }
                match b {
                    b'"' => in_string = true,
                    b'{' | b'[' => {
                        depth += 1;
                        nested = true;
                    }
                    b'}' | b']' => depth = depth.saturating_sub(1),
                    b => bare |= !b.is_ascii_whitespace() && depth == 0,
                }
                any = true;
                taken += 1;
                if depth == 0 && (nested || matches!(b, b'}' | b']' | b',' | b':')) {
                    done = true;
                    break;
                }
            }
            self.line += memchr::memchr_iter(b'\n', &chunk[..taken]).count() as u64;
            fits &= json.len() + taken <= MAX_RECORD;
            if fits {
                json.extend_from_slice(&chunk[..taken]);
            }
            self.reader.consume(taken);
            if done {
                return Ok(fits);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(text: &str) -> Vec<(String, u64)> {
        let mut walk = Walk::new(Box::new(io::Cursor::new(text.as_bytes().to_vec())));
        let mut found = Vec::new();
        while let Some(record) = walk.next().unwrap() {
            found.push((String::from_utf8(record.json.unwrap()).unwrap(), record.line));
        }
        found
    }

    fn records(text: &str) -> Vec<String> {
        walk(text).into_iter().map(|(json, _)| json).collect()
    }

    #[test]
    fn values_are_cut_at_their_braces() {
        let found = walk("[\n{\"a\": \"}]\\\"\"},\n{\"b\": [1, {}]}\n]\n");
        assert_eq!(found, [(r#"{"a":"}]\""}"#.into(), 2), (r#"{"b":[1, {}]}"#.into(), 3)]);
        assert_eq!(records("{\"a\":1}\n{\"b\":2}").len(), 2);
        assert_eq!(records("[1, x, {\"a\":1}]").len(), 3);
        assert_eq!(records("[}, {\"a\":1}]").len(), 2);
        assert_eq!(records("{\"a\": ").len(), 1);
        assert_eq!(records("{oops}\n{\"b\":2}"), ["{oops}", r#"{"b":2}"#]);
        assert_eq!(records("").len(), 0);
        assert_eq!(records("\u{FEFF}[{\"a\":1}]").len(), 1);
    }

    #[test]
    fn lists_inside_of_objects_are_walked_through() {
        let text =
            r#"{"status":"ok","response":{"total":2,"results":[{"a":1},{"b":2}]},"more":[]}"#;
        assert_eq!(records(text), [r#"{"a":1}"#, r#"{"b":2}"#]);
        let text = r#"{"hits":{"total":{"value":1},"hits":[{"_id":"x","_source":{"a":1}}]}}"#;
        assert_eq!(records(text), [r#"{"_id":"x","_source":{"a":1}}"#]);
        let text =
            r#"{"chats":{"list":[{"name":"A","messages":[{"id":1}]},{"messages":[{"id":2}]}]}}"#;
        assert_eq!(records(text), [r#"{"id":1}"#, r#"{"id":2}"#]);
        assert_eq!(records(r#"{"chats":{"list":[{"name":"A","messages":[]}]}}"#).len(), 0);
    }

    #[test]
    fn a_record_may_hold_lists_and_objects() {
        for text in [
            r#"{"title":"T","items":["a","b"],"text":"x"}"#,
            r#"{"title":"T","items":[],"text":"x"}"#,
            r#"{"data":{"title":"T","text":"x"}}"#,
            r#"{"a\"":1,"result":{"n":1},"text":"x"}"#,
        ] {
            let found = records(text);
            assert_eq!(found.len(), 1, "{text}");
            let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
            assert_eq!(value(&found[0]), value(text));
        }
        let long = "word ".repeat(60);
        let text = format!(r#"{{"text":"{long}","items":[{{"tag":"x"}}]}}"#);
        assert_eq!(records(&text), [text]);
    }

    #[test]
    fn what_holds_a_list_is_known_to_its_members() {
        let text = r#"{"name":"Channel","type":"public_channel","messages":[{"id":1}]}"#;
        let mut walk = Walk::new(Box::new(io::Cursor::new(text.as_bytes().to_vec())));
        let found = walk.next().unwrap().unwrap();
        assert_eq!(found.list.as_deref(), Some("messages"));
        assert_eq!(found.holder.unwrap()["name"], "Channel");
    }
}
