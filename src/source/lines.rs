//! Lines of a stream, each in bounded memory.

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

#[cfg(test)]
mod tests {
    use super::*;

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
