//! Bytes of a file, decompressed and as UTF-8, in bounded memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Cause, Progress, STDIN};

/// Bytes that the encoding and the format are told from.
const SNIFFED: usize = 1 << 16;

/// Largest window that a Zstandard frame may ask for: that of `zstd --long`.
const MAX_WINDOW: u64 = 128 << 20;

/// Opens `path` or standard input.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    Ok(if path.as_os_str() == STDIN { Box::new(io::stdin()) } else { Box::new(File::open(path)?) })
}

/// `raw` with its bytes counted.
pub(super) fn counted(
    raw: Box<dyn Read + Send>,
    progress: &Arc<Progress>,
) -> Box<dyn BufRead + Send> {
    let counted = Counted { inner: raw, progress: Arc::clone(progress) };
    Box::new(BufReader::with_capacity(SNIFFED, counted))
}

/// Decompresses what begins as gzip, Zstandard, bzip2 or xz does, whatever its name says; and
/// whether it did.
pub(super) fn decompress(
    mut reader: Box<dyn BufRead + Send>,
) -> io::Result<(Box<dyn BufRead + Send>, bool)> {
    let start = reader.fill_buf()?;
    let opened: Box<dyn Read + Send> = if start.starts_with(&GZIP) {
        Box::new(Gzip::Between(Some(reader)))
    } else if start.len() >= 4 && (start.starts_with(&ZSTANDARD) || is_skippable(start)) {
        Box::new(Zstandard::Between(Some(reader)))
    } else if start.starts_with(b"BZh") && start.get(4..10) == Some(b"1AY&SY") {
        Box::new(bzip2::bufread::MultiBzDecoder::new(reader))
    } else if start.starts_with(b"\xFD7zXZ\0") {
        // The dictionary of the highest level takes 64 MiB.
        Box::new(lzma_rust2::XzReader::new_mem_limit(reader, true, 100 << 10))
    } else {
        return Ok((reader, false));
    };
    Ok((Box::new(BufReader::with_capacity(SNIFFED, opened)), true))
}

const GZIP: [u8; 2] = [0x1F, 0x8B];
const ZSTANDARD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// Whether a frame begins that decoders of Zstandard pass over (RFC 8878, 3.1.2).
fn is_skippable(start: &[u8]) -> bool {
    start.len() >= 4 && start[0] & 0xF0 == 0x50 && start[1..4] == [0x2A, 0x4D, 0x18]
}

/// Members one behind the other; zeros may follow the last, as tapes and devices leave them.
enum Gzip<R: BufRead> {
    /// Before a member; empty once the data has ended.
    Between(Option<R>),
    /// Inside of one.
    Member(Box<flate2::bufread::GzDecoder<R>>),
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self {
                Self::Between(reader) => {
                    let Some(mut reader) = reader.take() else { return Ok(0) };
                    match pass_zeros(&mut reader)? {
                        None => return Ok(0),
                        // What follows is no member: gzip warns of it and keeps what it has.
                        Some(first) if first != GZIP[0] => {
                            return Err(invalid("bytes behind the end of the data"));
                        }
                        Some(_) => {}
                    }
                    *self = Self::Member(Box::new(flate2::bufread::GzDecoder::new(reader)));
                }
                Self::Member(member) => {
                    let n_bytes = member.read(buffer)?;
                    if n_bytes > 0 {
                        return Ok(n_bytes);
                    }
                    let Self::Member(member) = std::mem::replace(self, Self::Between(None)) else {
                        return Ok(0);
                    };
                    *self = Self::Between(Some(member.into_inner()));
                }
            }
        }
    }
}

/// Passes zeros; gives the byte behind them.
fn pass_zeros(reader: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok(None);
        }
        let end = chunk.iter().position(|b| *b != 0);
        let found = end.map(|end| chunk[end]);
        let passed = end.unwrap_or(chunk.len());
        reader.consume(passed);
        if found.is_some() {
            return Ok(found);
        }
    }
}

fn invalid(message: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// Counts the bytes read.
struct Counted {
    inner: Box<dyn Read + Send>,
    progress: Arc<Progress>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.inner.read(buffer)?;
        self.progress.read.fetch_add(n_bytes as u64, Ordering::Relaxed);
        Ok(n_bytes)
    }
}

/// Frames one behind the other.
enum Zstandard<R: BufRead> {
    /// Before a frame; empty once the data has ended.
    Between(Option<R>),
    /// Inside of one.
    Frame(Box<ruzstd::decoding::StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
}

impl<R: BufRead> Read for Zstandard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self {
                Self::Between(reader) => {
                    let Some(mut reader) = reader.take() else { return Ok(0) };
                    while pass_skippable(&mut reader)? {}
                    if reader.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let frame = ruzstd::decoding::StreamingDecoder::new_with_max_window_size(
                        reader, MAX_WINDOW,
                    )
                    .map_err(|error| invalid(error.to_string()))?;
                    *self = Self::Frame(Box::new(frame));
                }
                Self::Frame(frame) => {
                    let n_bytes = frame.read(buffer)?;
                    if n_bytes > 0 {
                        return Ok(n_bytes);
                    }
                    let Self::Frame(frame) = std::mem::replace(self, Self::Between(None)) else {
                        return Ok(0);
                    };
                    *self = Self::Between(Some(frame.into_inner()));
                }
            }
        }
    }
}

/// Passes a skippable frame, if one begins here.
fn pass_skippable(reader: &mut impl BufRead) -> io::Result<bool> {
    // The reader's buffer may end inside of the eight bytes that tell.
    let mut head = Vec::new();
    let start = reader.fill_buf()?;
    if start.first().is_none_or(|b| b & 0xF0 != 0x50) {
        return Ok(false);
    }
    reader.by_ref().take(8).read_to_end(&mut head)?;
    let Some(length) = head.get(4..8).filter(|_| is_skippable(&head)) else {
        return Err(invalid("no frame begins here"));
    };
    let length = length.iter().rev().fold(0, |length, b| length << 8 | u64::from(*b));
    let passed = io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
    if passed < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(true) }
}

/// Reads to the end, up to `limit` bytes; `None` where there are more.
pub(super) fn read_whole(reader: &mut dyn BufRead, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}

/// The encoding of `bytes`, of which `all` are there or only the start; UTF-8 unless they say
/// otherwise.
pub(super) fn detect(bytes: &[u8], all: bool) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding;
    }
    // Broken marks in a text that is UTF-8 otherwise are damage, not another encoding.
    let mut n_good = 0;
    let mut n_bad = 0;
    for chunk in bytes.utf8_chunks() {
        n_good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        n_bad += usize::from(!chunk.invalid().is_empty());
    }
    let cut_off = !all && n_bad == 1;
    if n_bad == 0 || cut_off || n_bad * 4 <= n_good {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, all);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    if encoding == UTF_8 { WINDOWS_1252 } else { encoding }
}

/// UTF-16 without a mark: Latin text has a zero in every other byte.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let bytes = &bytes[..bytes.len().min(4096)];
    let zeros = |first: usize| bytes.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), bytes.len() / 2);
    if pairs < 4 {
        None
    } else if odd * 2 > pairs && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 2 > pairs && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Starts of formats that are no text, and what they are.
const KNOWN: &[(&[u8], &str)] = &[
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "zip"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7FELF", "a program"),
    (b"SQLite format", "a database of SQLite"),
    (b"\xD0\xCF\x11\xE0", "a document of an old office program"),
    (b"PAR1", "Parquet"),
    (b"Rar!", "an archive of RAR"),
    (b"7z\xBC\xAF", "an archive of 7-Zip"),
    (b"bplist00", "a web archive of Safari"),
];

/// Whether `bytes` are no text in any encoding.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    if KNOWN.iter().any(|(start, _)| bytes.starts_with(start)) {
        return true;
    }
    if Encoding::for_bom(bytes).is_some() || wide(bytes).is_some() {
        return false;
    }
    // A single control character, zero included, is damage in a text.
    let start = &bytes[..bytes.len().min(1 << 13)];
    let n_control = start.iter().filter(|b| matches!(b, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F)).count();
    n_control * 20 > start.len()
}

/// Why binary data is not read, and what to do with it.
pub(super) fn known_binary(bytes: &[u8]) -> Cause {
    let form = KNOWN.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, form)| *form);
    let advice = match form {
        Some("Parquet" | "a database of SQLite") => "export its table as CSV or JSON lines",
        Some("an archive of RAR" | "an archive of 7-Zip") => "unpack it",
        Some("a document of an old office program") => "save it as DOCX, ODT or text",
        Some("a web archive of Safari") => "save the page as HTML",
        Some("PDF") => "turn it into text with pdftotext",
        _ => return Cause::Binary,
    };
    Cause::Unsupported { form: form.unwrap_or("binary data"), advice }
}

/// The text of `bytes`. A byte order mark of UTF-8 stays, so that offsets are those of the file.
pub(super) fn decode(bytes: Vec<u8>) -> String {
    let encoding = detect(&bytes, true);
    if encoding == UTF_8 {
        return String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    }
    encoding.decode_with_bom_removal(&bytes).0.into_owned()
}

/// `reader` as UTF-8; its encoding is told from its start.
pub(super) fn as_utf8(mut reader: Box<dyn BufRead + Send>) -> io::Result<Box<dyn BufRead + Send>> {
    let start = reader.fill_buf()?;
    let encoding = detect(start, false);
    if encoding == UTF_8 && !start.starts_with(&[0xEF, 0xBB, 0xBF]) {
        return Ok(reader);
    }
    let utf8 = Decoded {
        reader,
        decoder: encoding.new_decoder_with_bom_removal(),
        text: Vec::new(),
        at: 0,
        ended: false,
    };
    Ok(Box::new(BufReader::with_capacity(SNIFFED, utf8)))
}

/// A stream turned into UTF-8, piece by piece; what has no meaning becomes U+FFFD.
struct Decoded {
    reader: Box<dyn BufRead + Send>,
    decoder: Decoder,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && !self.ended {
            let bytes = self.reader.fill_buf()?;
            self.ended = bytes.is_empty();
            let needed = self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(4 * SNIFFED);
            self.text.resize(needed, 0);
            let (_, n_read, n_written, _) =
                self.decoder.decode_to_utf8(bytes, &mut self.text, self.ended);
            self.text.truncate(n_written);
            self.at = 0;
            self.reader.consume(n_read);
        }
        let rest = &self.text[self.at..];
        let n_bytes = rest.len().min(buffer.len());
        buffer[..n_bytes].copy_from_slice(&rest[..n_bytes]);
        self.at += n_bytes;
        Ok(n_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "Le général a dîné à Genève avec l’émissaire coréen, évidemment.";
        let (bytes, _, _) = WINDOWS_1252.encode(text);
        assert_eq!(decode(bytes.into_owned()), text);
        assert_eq!(decode(text.as_bytes().to_vec()), text);
        let wide: Vec<u8> = "Talks".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(wide.clone()), "Talks");
        let marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(wide).collect();
        assert_eq!(decode(marked), "Talks");
    }

    #[test]
    fn damage_in_utf8_stays_damage() {
        let mut bytes = "“Täglich” “größer” “schöner”".as_bytes().to_vec();
        bytes.extend_from_slice(b" \xFF end");
        assert_eq!(decode(bytes), "“Täglich” “größer” “schöner” \u{FFFD} end");
    }

    #[test]
    fn binary_data_is_no_text() {
        assert!(is_binary(b"%PDF-1.7"));
        assert!(is_binary(b"abc\0def"));
        assert!(!is_binary("Größe\tund\r\nmehr".as_bytes()));
        assert!(!is_binary(b"T\0a\0l\0k\0s\0.\0"));
        assert!(!is_binary(b""));
    }
}
