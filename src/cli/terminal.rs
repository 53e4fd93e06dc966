//! What is printed, without characters that would steer a terminal.
//!
//! Texts, titles and names of files come from anybody. An escape sequence in one could rename the
//! window, write to the clipboard or hide a line; a mark of direction could turn a sentence round.
//! So everything that is printed passes here. Colours of our own stay.

use std::io::{self, Write};

/// What is written instead of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Instead {
    /// Its number in brackets, for people.
    Name,
    /// The escape of JSON, which gives the same text to programs.
    Json,
    /// The character itself: bytes for a program.
    Nothing,
}

/// A writer that lets no control characters through.
#[derive(Debug)]
pub(super) struct Neutral<W: Write> {
    inner: W,
    instead: Instead,
    /// The start of a character or of an escape sequence that the next bytes complete.
    pending: Vec<u8>,
}

/// Standard output for people.
pub(super) fn stdout() -> Neutral<anstream::AutoStream<io::StdoutLock<'static>>> {
    Neutral { inner: anstream::stdout().lock(), instead: Instead::Name, pending: Vec::new() }
}

/// Standard output for JSON.
pub(super) fn json() -> Neutral<io::StdoutLock<'static>> {
    Neutral { inner: io::stdout().lock(), instead: Instead::Json, pending: Vec::new() }
}

/// Standard output for other formats of programs: as it is, but on a terminal.
pub(super) fn data() -> Neutral<io::StdoutLock<'static>> {
    use std::io::IsTerminal;
    let instead = if io::stdout().is_terminal() { Instead::Name } else { Instead::Nothing };
    Neutral { inner: io::stdout().lock(), instead, pending: Vec::new() }
}

/// Says something on standard error; nothing is left to do where that is full or closed.
pub(super) fn tell(message: &str) {
    let mut stderr =
        Neutral { inner: anstream::stderr().lock(), instead: Instead::Name, pending: Vec::new() };
    // The end of a line is written apart: a message of several lines is one message.
    let _ = writeln!(stderr, "{message}").and_then(|()| stderr.flush());
}

/// Whether a character steers a terminal or the direction of what is shown.
fn steers(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{200E}' | '\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{E0001}'..='\u{E007F}')
}

/// Length of a sequence at the start of `text` that sets colour or weight; `None` where it is
/// another one. `Some(0)`: it is not yet whole.
fn color(text: &[u8]) -> Option<usize> {
    const MAX: usize = 24;
    match text {
        [0x1B] => Some(0),
        [0x1B, b'[', rest @ ..] => {
            let digits = rest.iter().take_while(|b| b.is_ascii_digit() || **b == b';').count();
            match rest.get(digits) {
                // Concealed and blinking text is none of ours.
                Some(b'm') => {
                    let codes = std::str::from_utf8(&rest[..digits]).ok()?;
                    let ours = codes
                        .split(';')
                        .all(|code| !matches!(code, "5" | "6" | "8" | "05" | "06" | "08"));
                    ours.then_some(digits + 3)
                }
                None if digits < MAX => Some(0),
                _ => None,
            }
        }
        _ => None,
    }
}

impl<W: Write> Neutral<W> {
    fn put(&mut self, c: char) -> io::Result<()> {
        match self.instead {
            Instead::Name => write!(self.inner, "<U+{:04X}>", u32::from(c)),
            Instead::Json => {
                let mut units = [0; 2];
                c.encode_utf16(&mut units)
                    .iter()
                    .try_for_each(|unit| write!(self.inner, "\\u{unit:04x}"))
            }
            Instead::Nothing => write!(self.inner, "{c}"),
        }
    }

    /// Writes all of `text` that is whole; gives what is left.
    fn pass(&mut self, text: &[u8], is_end: bool) -> io::Result<Vec<u8>> {
        let (valid, rest) = match std::str::from_utf8(text) {
            Ok(text) => (text, &[][..]),
            Err(error) if error.error_len().is_none() && !is_end => {
                let (valid, rest) = text.split_at(error.valid_up_to());
                (std::str::from_utf8(valid).unwrap_or_default(), rest)
            }
            Err(_) => {
                // Never of ours; shown as other programs show it.
                let lossy = String::from_utf8_lossy(text).into_owned();
                return self.pass(lossy.as_bytes(), is_end);
            }
        };
        let mut start = 0;
        let mut at = 0;
        while let Some(c) = valid[at..].chars().next() {
            if !steers(c) || self.instead == Instead::Nothing {
                at += c.len_utf8();
                continue;
            }
            self.inner.write_all(&valid.as_bytes()[start..at])?;
            let sequence = (c == '\u{1B}' && self.instead == Instead::Name)
                .then(|| color(&valid.as_bytes()[at..]))
                .flatten();
            start = match sequence {
                Some(0) if !is_end && rest.is_empty() => return Ok(valid.as_bytes()[at..].to_vec()),
                Some(length) if length > 0 => {
                    self.inner.write_all(&valid.as_bytes()[at..at + length])?;
                    at + length
                }
                // The line feed of a carriage return remains.
                _ if c == '\r' && valid[at + 1..].starts_with('\n') => at + 1,
                _ => {
                    self.put(c)?;
                    at + c.len_utf8()
                }
            };
            at = start;
        }
        self.inner.write_all(&valid.as_bytes()[start..])?;
        Ok(rest.to_vec())
    }
}

impl<W: Write> Write for Neutral<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.pending.is_empty() {
            self.pending = self.pass(bytes, false)?;
        } else {
            let mut all = std::mem::take(&mut self.pending);
            all.extend_from_slice(bytes);
            self.pending = self.pass(&all, false)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        if !pending.is_empty() {
            self.pass(&pending, true)?;
        }
        self.inner.flush()
    }
}

impl<W: Write> Drop for Neutral<W> {
    fn drop(&mut self) {
        let _ = self.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(instead: Instead, pieces: &[&str]) -> String {
        let mut bytes = Vec::new();
        let mut neutral = Neutral { inner: &mut bytes, instead, pending: Vec::new() };
        for piece in pieces {
            neutral.write_all(piece.as_bytes()).unwrap();
        }
        drop(neutral);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn controls_are_named_and_colours_stay() {
        let cases = [
            ("plain\ttext\n", "plain\ttext\n"),
            ("\u{1b}[1mbold\u{1b}[0m", "\u{1b}[1mbold\u{1b}[0m"),
            ("\u{1b}]0;title\u{7}", "<U+001B>]0;title<U+0007>"),
            ("\u{1b}[8mhidden", "<U+001B>[8mhidden"),
            ("\u{1b}[2Jx", "<U+001B>[2Jx"),
            ("\u{9b}31m", "<U+009B>31m"),
            ("a\u{202e}b\u{2066}c", "a<U+202E>b<U+2066>c"),
            ("over\rwritten\r\n", "over<U+000D>written\n"),
            ("Mañana – “так”", "Mañana – “так”"),
        ];
        for (text, expected) in cases {
            assert_eq!(written(Instead::Name, &[text]), expected);
            let pieces: Vec<String> = text.chars().map(String::from).collect();
            let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
            if !text.contains('\r') {
                assert_eq!(written(Instead::Name, &pieces), expected, "piece by piece");
            }
        }
    }

    #[test]
    fn json_keeps_its_texts() {
        let text = "{\"a\":\"x\u{202e}y\u{9b}\u{e0041}\"}\n";
        let json = written(Instead::Json, &[text]);
        assert_eq!(json, "{\"a\":\"x\\u202ey\\u009b\\udb40\\udc41\"}\n");
        let read = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(read(&json), read(text));
    }
}
