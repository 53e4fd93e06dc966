//! Elements and texts of an XML stream, in bounded memory.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Cause, MAX_RECORD};

/// What an XML stream holds next. Names are in lower case, with their prefixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Start { name: String, attributes: Vec<(String, String)> },
    End(String),
    Text(String),
    EndOfStream,
}

impl Node {
    /// The value of an attribute of a start.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&str> {
        let Self::Start { attributes, .. } = self else { return None };
        attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }
}

/// An XML stream being read.
pub(super) struct Xml {
    reader: Reader<Metered>,
    buffer: Vec<u8>,
    line: Arc<AtomicU64>,
    left: Arc<AtomicU64>,
    form: &'static str,
}

/// Why a stream cannot be read further: the system's error, or the format's.
pub(super) type Broken = Result<Cause, io::Error>;

impl Xml {
    /// Reads `reader`, which is UTF-8; `form` is what messages call the format.
    pub(super) fn new(reader: Box<dyn BufRead + Send>, form: &'static str) -> Self {
        let line = Arc::new(AtomicU64::new(1));
        let left = Arc::new(AtomicU64::new(MAX_RECORD as u64));
        let metered = Metered { inner: reader, line: Arc::clone(&line), left: Arc::clone(&left) };
        let mut reader = Reader::from_reader(metered);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        // Feeds are written by hand and by halves; what can be read of them is.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, buffer: Vec::new(), line, left, form }
    }

    /// The line where the stream stands, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line.load(Ordering::Relaxed)
    }

    /// The next element or text.
    ///
    /// # Errors
    ///
    /// If the stream cannot be read, is no XML, or holds an element longer than [`MAX_RECORD`].
    pub(super) fn next(&mut self) -> Result<Node, Broken> {
        loop {
            self.buffer.clear();
            self.left.store(MAX_RECORD as u64, Ordering::Relaxed);
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(_) if self.left.load(Ordering::Relaxed) == 0 => {
                    return Err(Ok(Cause::RecordTooLong));
                }
                Err(quick_xml::Error::Io(error)) => {
                    return Err(Err(io::Error::new(error.kind(), error.to_string())));
                }
                Err(error) => return Err(Ok(Cause::broken(self.form, error))),
            };
            return Ok(match event {
                Event::Start(start) | Event::Empty(start) => {
                    let attributes = start
                        .html_attributes()
                        .with_checks(false)
                        .flatten()
                        .take(64)
                        .map(|attribute| {
                            let name = attribute.key.as_ref().to_ascii_lowercase();
                            (name, read_entities(&attribute.value))
                        })
                        .collect();
                    Node::Start { name: start.name().as_ref().to_ascii_lowercase(), attributes }
                }
                Event::End(end) => Node::End(end.name().as_ref().to_ascii_lowercase()),
                Event::Text(text) => Node::Text(text.into_inner().into_owned()),
                Event::CData(text) => Node::Text(text.into_inner().into_owned()),
                Event::GeneralRef(entity) => {
                    Node::Text(read_entities(&format!("&{};", entity.into_inner())))
                }
                Event::Eof => Node::EndOfStream,
                _ => continue,
            });
        }
    }
}

/// `text` with its entities read.
fn read_entities(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    super::entities::push(text, &mut read);
    read
}

/// Counts lines, and ends where one piece takes more than its room.
struct Metered {
    inner: Box<dyn BufRead + Send>,
    line: Arc<AtomicU64>,
    left: Arc<AtomicU64>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let n_bytes = chunk.len().min(buffer.len());
        buffer[..n_bytes].copy_from_slice(&chunk[..n_bytes]);
        self.consume(n_bytes);
        Ok(n_bytes)
    }
}

impl BufRead for Metered {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let chunk = self.inner.fill_buf()?;
        Ok(&chunk[..chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX))])
    }

    fn consume(&mut self, n_bytes: usize) {
        if let Ok(chunk) = self.inner.fill_buf() {
            let n_lines = memchr::memchr_iter(b'\n', &chunk[..n_bytes.min(chunk.len())]).count();
            self.line.fetch_add(n_lines as u64, Ordering::Relaxed);
        }
        let left = self.left.load(Ordering::Relaxed);
        self.left.store(left.saturating_sub(n_bytes as u64), Ordering::Relaxed);
        self.inner.consume(n_bytes);
    }
}
