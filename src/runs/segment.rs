//! One immutable file of a run: entities and articles with their claims, sorted, one a line.
//!
//! A segment is never changed. Its name is the hash of what it holds, so that two of one name are
//! equal, wherever they were made.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::export::Provenance;
use crate::model::Entity;

use super::RunError;
use super::disk::{Disk, DiskFile};
use super::record::Record;

/// The folder of segments in that of a run.
pub(super) const SEGMENTS: &str = "segments";

/// What a manifest says of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Path in the folder of the run, with `/`.
    pub file: String,
    /// BLAKE3 of its bytes.
    pub hash: String,
    /// Articles.
    pub articles: u64,
    /// Claims as they were read.
    pub claims: u64,
    /// What its articles were read with.
    pub read_with: Provenance,
}

/// A line of a segment: entities first.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Entity(Entity),
    Article(Record),
}

/// A segment that is being written: entities, then articles, both sorted.
#[derive(Debug)]
#[must_use = "a segment is whole only after `finish`"]
pub(super) struct SegmentWriter {
    path: PathBuf,
    out: BufWriter<DiskFile>,
    hasher: blake3::Hasher,
    buffer: Vec<u8>,
    articles: u64,
    claims: u64,
}

impl SegmentWriter {
    /// A segment in the new file `path`.
    pub(super) fn create(path: &Path, disk: &Disk) -> Result<Self, RunError> {
        Ok(Self {
            path: path.to_owned(),
            out: disk.create(path)?,
            hasher: blake3::Hasher::new(),
            buffer: Vec::new(),
            articles: 0,
            claims: 0,
        })
    }

    pub(super) fn entity(&mut self, entity: Entity) -> Result<(), RunError> {
        self.line(&Line::Entity(entity))
    }

    pub(super) fn record(&mut self, record: Record) -> Result<(), RunError> {
        self.articles += 1;
        self.claims += record.claims.len() as u64;
        self.line(&Line::Article(record))
    }

    fn line(&mut self, line: &Line) -> Result<(), RunError> {
        self.buffer.clear();
        let written = serde_json::to_writer(&mut self.buffer, line).map_err(io::Error::from);
        self.buffer.push(b'\n');
        self.hasher.update(&self.buffer);
        let written = written.and_then(|()| self.out.write_all(&self.buffer));
        written.map_err(|source| self.failed(source))
    }

    fn failed(&self, source: io::Error) -> RunError {
        RunError::Disk { path: self.path.clone(), doing: "write", source }
    }

    /// Writes what is buffered and says what the segment is; it still lies where it was made.
    pub(super) fn finish(mut self, read_with: &Provenance) -> Result<Segment, RunError> {
        self.out.flush().map_err(|source| self.failed(source))?;
        let hash = self.hasher.finalize().to_hex().to_string();
        Ok(Segment {
            file: format!("{SEGMENTS}/{}.jsonl", &hash[..16]),
            hash,
            articles: self.articles,
            claims: self.claims,
            read_with: read_with.clone(),
        })
    }
}

/// Reads a segment, line by line.
#[derive(Debug)]
pub(super) struct SegmentReader {
    path: PathBuf,
    lines: BufReader<File>,
    number: u64,
    buffer: Vec<u8>,
    /// The first article, read to see that entities have ended.
    ahead: Option<Record>,
}

impl SegmentReader {
    /// Opens a segment; `hash`, if given, must be that of its bytes.
    pub(super) fn open(path: &Path, hash: Option<&str>) -> Result<Self, RunError> {
        let failed = |source| RunError::Disk { path: path.to_owned(), doing: "read", source };
        if let Some(hash) = hash {
            let found = hash_file(path).map_err(failed)?;
            if found != hash {
                return Err(RunError::Mixed { path: path.to_owned() });
            }
        }
        let file = File::open(path).map_err(failed)?;
        let lines = BufReader::with_capacity(1 << 16, file);
        Ok(Self { path: path.to_owned(), lines, number: 0, buffer: Vec::new(), ahead: None })
    }

    fn line(&mut self) -> Result<Option<Line>, RunError> {
        self.buffer.clear();
        self.number += 1;
        let read = self.lines.read_until(b'\n', &mut self.buffer);
        let read = read.map_err(|source| RunError::Disk {
            path: self.path.clone(),
            doing: "read",
            source,
        })?;
        if read == 0 {
            return Ok(None);
        }
        serde_json::from_slice(&self.buffer).map(Some).map_err(|error| RunError::Line {
            path: self.path.clone(),
            line: self.number,
            cause: format!("no line of a segment: {error}"),
        })
    }

    /// The next entity; `None` behind the last.
    pub(super) fn next_entity(&mut self) -> Result<Option<Entity>, RunError> {
        if self.ahead.is_some() {
            return Ok(None);
        }
        match self.line()? {
            Some(Line::Entity(entity)) => Ok(Some(entity)),
            Some(Line::Article(record)) => {
                self.ahead = Some(record);
                Ok(None)
            }
            None => Ok(None),
        }
    }

    /// The next article; entities before it are passed over.
    pub(super) fn next_record(&mut self) -> Result<Option<Record>, RunError> {
        if let Some(record) = self.ahead.take() {
            return Ok(Some(record));
        }
        loop {
            match self.line()? {
                Some(Line::Article(record)) => return Ok(Some(record)),
                Some(Line::Entity(_)) => {}
                None => return Ok(None),
            }
        }
    }
}

/// BLAKE3 of the bytes of a file, in hexadecimal digits.
pub(super) fn hash_file(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match io::Read::read(&mut file, &mut buffer)? {
            0 => return Ok(hasher.finalize().to_hex().to_string()),
            n => hasher.update(&buffer[..n]),
        };
    }
}
