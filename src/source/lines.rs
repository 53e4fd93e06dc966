//! Lines and JSON values of a stream, each in bounded memory.

use std::io::{self, BufRead};

use super::MAX_RECORD;

/// Lines that end at `\n` and nowhere else: U+2028 is text.
pub(super) struct Lines {
    reader: Box<dyn BufRead + Send>,
    /// Number of the last line, from 1.
    number: u64,
    /// Whole lines to be read once more before the reader's, and how far they are read.
    again: Vec<u8>,
    again_at: usize,
}

/// What was found where a line, value or row was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It is in the buffer.
    Whole,
    /// It was longer than [`MAX_RECORD`] and is passed.
    TooLong,
    /// The stream has ended.
    End,
}

impl Lines {
    pub(super) fn new(reader: Box<dyn BufRead + Send>) -> Self {
        Self { reader, number: 0, again: Vec::new(), again_at: 0 }
    }

    /// Number of the line that was read last, from 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Reads the next line into `line`, with its end.
    pub(super) fn next(&mut self, line: &mut Vec<u8>) -> io::Result<Found> {
        line.clear();
        let again = &self.again[self.again_at..];
        if !again.is_empty() {
            let end = memchr::memchr(b'\n', again).map_or(again.len(), |end| end + 1);
            line.extend_from_slice(&again[..end]);
            self.again_at += end;
            self.number += 1;
            return Ok(Found::Whole);
        }
        let mut too_long = false;
        let mut any = false;
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                break;
            }
            if !any {
                any = true;
                self.number += 1;
            }
            let end = memchr::memchr(b'\n', chunk);
            let taken = end.map_or(chunk.len(), |end| end + 1);
            too_long |= line.len() + taken > MAX_RECORD;
            if too_long {
                *line = Vec::new();
            } else {
                line.extend_from_slice(&chunk[..taken]);
            }
            self.reader.consume(taken);
            if end.is_some() {
                break;
            }
        }
        Ok(match (any, too_long) {
            (false, _) => Found::End,
            (true, true) => Found::TooLong,
            (true, false) => Found::Whole,
        })
    }

    /// Puts whole lines back, of which the first has `number`.
    pub(super) fn put_back(&mut self, number: u64, text: &[u8]) {
        let rest = &self.again[self.again_at..];
        self.again = [text, rest].concat();
        self.again_at = 0;
        self.number = number - 1;
    }
}

/// Values of a JSON stream: the members of one array, or values one behind the other.
pub(super) struct Values {
    reader: Box<dyn BufRead + Send>,
    line: u64,
    begun: bool,
}

impl Values {
    pub(super) fn new(reader: Box<dyn BufRead + Send>) -> Self {
        Self { reader, line: 1, begun: false }
    }

    /// Reads the next value into `value`; gives the line where it begins, from 1.
    pub(super) fn next(&mut self, value: &mut Vec<u8>) -> io::Result<(Found, u64)> {
        value.clear();
        let Some(first) = self.skip_between()? else { return Ok((Found::End, self.line)) };
        let line = self.line;
        let nested = matches!(first, b'{' | b'[');
        let mut depth = 0_u64;
        let (mut in_string, mut escaped, mut too_long) = (false, false, false);
        loop {
            let chunk = self.reader.fill_buf()?;
            if chunk.is_empty() {
                break;
            }
            let mut taken = 0;
            let mut done = false;
            for &b in chunk {
                if in_string {
                    in_string = escaped || b != b'"';
                    escaped = !escaped && b == b'\\';
                } else {
                    match b {
                        b'"' => in_string = true,
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' if depth > 0 => depth -= 1,
                        _ => {}
                    }
                    if !nested && matches!(b, b',' | b']' | b'}' | b'\n') {
                        done = true;
                        break;
                    }
                }
                taken += 1;
                self.line += u64::from(b == b'\n');
                if nested && depth == 0 && !in_string {
                    done = true;
                    break;
                }
            }
            too_long |= value.len() + taken > MAX_RECORD;
            if too_long {
                *value = Vec::new();
            } else {
                value.extend_from_slice(&chunk[..taken]);
            }
            // A stray mark that ends nothing is a wrong value of its own.
            if taken == 0 && value.is_empty() {
                value.push(first);
                taken = 1;
            }
            self.reader.consume(taken);
            if done {
                break;
            }
        }
        Ok((if too_long { Found::TooLong } else { Found::Whole }, line))
    }

    /// Passes what stands between values; gives the byte that the next one begins with.
    fn skip_between(&mut self) -> io::Result<Option<u8>> {
        loop {
            let Some(&b) = self.reader.fill_buf()?.first() else { return Ok(None) };
            let opens = b == b'[' && !self.begun;
            let between = opens
                || b.is_ascii_whitespace()
                || self.begun && matches!(b, b',' | b']')
                || !b.is_ascii() && !self.begun;
            if !between {
                self.begun = true;
                return Ok(Some(b));
            }
            self.begun |= opens;
            self.line += u64::from(b == b'\n');
            self.reader.consume(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(String, u64)> {
        let mut values = Values::new(Box::new(io::Cursor::new(text.as_bytes().to_vec())));
        let mut found = Vec::new();
        let mut value = Vec::new();
        while let (Found::Whole, line) = values.next(&mut value).unwrap() {
            found.push((String::from_utf8(value.clone()).unwrap(), line));
        }
        found
    }

    #[test]
    fn values_are_cut_at_their_braces() {
        let found = values("[\n{\"a\": \"}]\\\"\"},\n{\"b\": [1, {}]}\n]\n");
        assert_eq!(found, [(r#"{"a": "}]\""}"#.into(), 2), (r#"{"b": [1, {}]}"#.into(), 3)]);
        assert_eq!(values("{\"a\":1}\n{\"b\":2}").len(), 2);
        assert_eq!(values("[1, x, {\"a\":1}]").len(), 3);
        assert_eq!(values("[}, {\"a\":1}]").len(), 2);
        assert_eq!(values("{\"a\": ").len(), 1);
        assert_eq!(values("").len(), 0);
    }

    #[test]
    fn lines_end_at_line_feeds_alone() {
        let text = "one\u{2028}two\r\nthree";
        let mut lines = Lines::new(Box::new(io::Cursor::new(text.as_bytes().to_vec())));
        let mut line = Vec::new();
        assert_eq!(lines.next(&mut line).unwrap(), Found::Whole);
        assert_eq!(line, "one\u{2028}two\r\n".as_bytes());
        assert_eq!(lines.next(&mut line).unwrap(), Found::Whole);
        assert_eq!((line.as_slice(), lines.number()), (b"three".as_slice(), 2));
        assert_eq!(lines.next(&mut line).unwrap(), Found::End);
    }
}
