//! WARC: pages as crawlers store them, one article a page; and their texts (WET).
//!
//! Left out: requests, metadata, pictures, scripts, styles, redirections and errors of servers. A
//! crawl holds far more of them than pages, so they are no skipped inputs.

use std::io::{self, BufRead, Read};

use super::super::form::{Input, Item, Opened, Records, Sign};
use super::super::record::Fields;
use super::super::{Cause, MAX_RECORD, stream};
use super::html;

/// Longest line of a header.
const MAX_LINE: u64 = 64 << 10;
/// Most lines of a header.
const MAX_LINES: usize = 1000;

/// Whether a WARC begins here.
pub(super) fn begins(start: &[u8]) -> Sign {
    if start.starts_with(b"WARC/") { Sign::Sure } else { Sign::No }
}

#[expect(clippy::unnecessary_wraps, reason = "the contract of all forms")]
pub(super) fn open(input: Input) -> Opened {
    Ok(Ok(Box::new(Warc { reader: input.reader, line: 1, is_broken: false })))
}

struct Warc {
    reader: Box<dyn BufRead + Send>,
    /// Number of the record, from 1.
    line: u64,
    is_broken: bool,
}

/// Fields of a header, names in lower case.
struct Header(Vec<(String, String)>);

impl Header {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Records for Warc {
    fn next(&mut self) -> io::Result<Option<Item>> {
        if self.is_broken {
            return Ok(None);
        }
        loop {
            let line = self.line;
            let record = |fields| Ok(Some(Item::Record { line, fields }));
            let Some(version) = first_line(&mut self.reader)? else { return Ok(None) };
            let header =
                if version.starts_with("WARC/") { read_header(&mut self.reader)? } else { None };
            let length = header.as_ref().and_then(|h| h.get("content-length")?.parse::<u64>().ok());
            let Some((header, length)) = header.zip(length) else {
                self.is_broken = true;
                return record(Err(Cause::broken("WARC", "a record has no header")));
            };
            self.line += 1;
            let mut block = (&mut self.reader).take(length);
            let mut payload = Vec::new();
            if is_kept(&header) {
                (&mut block).take(MAX_RECORD as u64 + 1).read_to_end(&mut payload)?;
            }
            io::copy(&mut block, &mut io::sink())?;
            if block.limit() > 0 {
                self.is_broken = true;
                return record(Err(Cause::broken("WARC", "its last record is cut off")));
            }
            if payload.len() > MAX_RECORD {
                return record(Err(Cause::RecordTooLong));
            }
            if let Some(fields) = read(&header, payload) {
                return record(Ok(fields));
            }
        }
    }
}

/// The first line that is not empty.
fn first_line(reader: &mut Box<dyn BufRead + Send>) -> io::Result<Option<String>> {
    loop {
        match read_line(reader)? {
            None => return Ok(None),
            Some(line) if line.is_empty() => {}
            some => return Ok(some),
        }
    }
}

fn read_line(reader: &mut Box<dyn BufRead + Send>) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let n_bytes = reader.take(MAX_LINE).read_until(b'\n', &mut line)?;
    let line = String::from_utf8_lossy(&line);
    Ok((n_bytes > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
}

/// The fields up to an empty line; `None` where there is none.
fn read_header(reader: &mut Box<dyn BufRead + Send>) -> io::Result<Option<Header>> {
    let mut fields = Vec::new();
    for _ in 0..MAX_LINES {
        match read_line(reader)? {
            None => return Ok(None),
            Some(line) if line.is_empty() => return Ok(Some(Header(fields))),
            Some(line) => fields.extend(field(&line)),
        }
    }
    Ok(None)
}

fn field(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

/// Whether a record may hold a page or its text.
fn is_kept(header: &Header) -> bool {
    matches!(header.get("warc-type"), Some("response" | "resource" | "conversion"))
}

/// What a record says; `None` where it is no page.
fn read(header: &Header, payload: Vec<u8>) -> Option<Fields> {
    if payload.is_empty() {
        return None;
    }
    let address = header.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']));
    let (kind, body) = match header.get("warc-type") {
        Some("response") => {
            let (http, body) = split_http(&payload)?;
            let kind = http.get("content-type").unwrap_or_default().to_owned();
            let body = read_body(&http, body)?;
            (kind, body)
        }
        _ => (header.get("content-type").unwrap_or_default().to_owned(), payload),
    };
    let kind = kind.to_ascii_lowercase();
    let mut fields = if kind.contains("html") {
        html::read(&decode(body, &kind), address)
    } else if kind.starts_with("text/plain") && header.get("warc-type") != Some("response") {
        Fields { url: address.map(str::to_owned), ..Fields::from(stream::decode(body)) }
    } else {
        return None;
    };
    fields.id = fields.id.or_else(|| address.map(str::to_owned));
    Some(fields)
}

/// Header and body of an answer that was a success.
fn split_http(payload: &[u8]) -> Option<(Header, &[u8])> {
    let (end, gap) = memchr::memmem::find(payload, b"\r\n\r\n")
        .map(|end| (end, 4))
        .or_else(|| memchr::memmem::find(payload, b"\n\n").map(|end| (end, 2)))?;
    let head = String::from_utf8_lossy(&payload[..end]);
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?;
    if !status.starts_with('2') {
        return None;
    }
    Some((Header(lines.filter_map(field).collect()), &payload[end + gap..]))
}

/// The body without the coding by which it was sent; as it is where it was stored without.
fn read_body(http: &Header, body: &[u8]) -> Option<Vec<u8>> {
    let has = |name: &str, value: &str| {
        http.get(name).is_some_and(|found| found.to_ascii_lowercase().contains(value))
    };
    let mut body = match has("transfer-encoding", "chunked").then(|| unchunk(body)).flatten() {
        Some(body) => body,
        None => body.to_vec(),
    };
    if body.starts_with(&[0x1F, 0x8B]) {
        let mut plain = Vec::new();
        let decoder = flate2::read::MultiGzDecoder::new(&body[..]);
        decoder.take(MAX_RECORD as u64).read_to_end(&mut plain).ok()?;
        body = plain;
    }
    Some(body)
}

/// The body of chunks; `None` where it has none.
fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memchr(b'\n', &body[..body.len().min(64)])?;
        let size = std::str::from_utf8(&body[..end]).ok()?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(body.get(..size)?);
        body = &body[size..];
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n"))?;
    }
}

/// The text of a page in the encoding that the server names, else in the one that it shows.
fn decode(body: Vec<u8>, kind: &str) -> String {
    let named = kind
        .split("charset=")
        .nth(1)
        .map(|name| name.split(';').next().unwrap_or_default().trim().trim_matches('"').to_owned());
    let encoding = named.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    match encoding {
        Some(encoding) if encoding != encoding_rs::UTF_8 => encoding.decode(&body).0.into_owned(),
        _ => stream::decode(body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(unchunk(b"5\r\nThey \r\n4;x=1\r\nmet.\r\n0\r\n\r\n").unwrap(), b"They met.");
        assert_eq!(unchunk(b"<html>no chunks</html>\n"), None);
        assert_eq!(unchunk(b"ff\r\nshort"), None);
    }
}
