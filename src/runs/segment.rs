//! One immutable file of a run: entities and articles with their claims, sorted.
//!
//! An entity is one line, an article three: what is known of it, the sketch of its text, its claims.
//! Whoever needs one of them passes over the others without reading them.
//!
//! A segment is never changed. Its name is the hash of what it holds, so that two of one name are
//! equal, wherever they were made.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::export::{Around, ClaimRow, Place, Provenance};
use crate::model::Entity;

use super::RunError;
use super::disk::{Disk, DiskFile};
use super::record::{Head, Record};
use super::sketch::Sketch;

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

/// Bytes that are hashed and written at once: the hash is fastest on long ones.
const BLOCK: usize = 1 << 16;

/// How the line of an entity begins.
const ENTITY: &[u8] = b"{\"entity\":";

/// The lines of a segment, each an object with one field.
#[derive(Serialize, Deserialize)]
struct EntityLine {
    entity: Entity,
}

#[derive(Serialize, Deserialize)]
struct ArticleLine {
    article: Head,
}

#[derive(Serialize, Deserialize)]
struct SketchLine {
    sketch: Sketch,
}

#[derive(Serialize, Deserialize)]
struct ClaimsLine {
    claims: Vec<(ClaimRow, Place)>,
}

/// A line of claims, of which only what surrounds them is read.
#[derive(Deserialize)]
struct AroundLine {
    claims: Vec<(Named, Sides)>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
struct Sides {
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
}

/// A segment that is being written: entities, then articles, both sorted.
#[derive(Debug)]
#[must_use = "a segment is whole only after `finish`"]
pub(super) struct SegmentWriter {
    path: PathBuf,
    out: DiskFile,
    hasher: blake3::Hasher,
    block: Vec<u8>,
    articles: u64,
    claims: u64,
}

impl SegmentWriter {
    /// A segment in the new file `path`.
    pub(super) fn create(path: &Path, disk: &Disk) -> Result<Self, RunError> {
        Ok(Self {
            path: path.to_owned(),
            out: disk.create_unbuffered(path)?,
            hasher: blake3::Hasher::new(),
            block: Vec::with_capacity(2 * BLOCK),
            articles: 0,
            claims: 0,
        })
    }

    pub(super) fn entity(&mut self, entity: Entity) -> Result<(), RunError> {
        self.line(&EntityLine { entity })
    }

    pub(super) fn record(&mut self, record: Record) -> Result<(), RunError> {
        let Record { article, content, hashes, read, sketch, claims } = record;
        self.articles += 1;
        self.claims += claims.len() as u64;
        let head = Head { article, content, hashes, read, n_claims: claims.len() };
        self.line(&ArticleLine { article: head })?;
        self.line(&SketchLine { sketch })?;
        self.line(&ClaimsLine { claims })
    }

    /// Writes an article as another segment holds it.
    pub(super) fn stored(&mut self, stored: &Stored) -> Result<(), RunError> {
        self.articles += 1;
        self.claims += stored.head.n_claims as u64;
        self.block.extend_from_slice(&stored.bytes);
        self.write_full_block()
    }

    fn line(&mut self, line: &impl Serialize) -> Result<(), RunError> {
        serde_json::to_writer(&mut self.block, line).map_err(|error| self.failed(error.into()))?;
        self.block.push(b'\n');
        self.write_full_block()
    }

    fn write_full_block(&mut self) -> Result<(), RunError> {
        if self.block.len() < BLOCK { Ok(()) } else { self.write_block() }
    }

    fn write_block(&mut self) -> Result<(), RunError> {
        self.hasher.update(&self.block);
        let written = self.out.write_all(&self.block);
        self.block.clear();
        written.map_err(|source| self.failed(source))
    }

    fn failed(&self, source: io::Error) -> RunError {
        RunError::Disk { path: self.path.clone(), doing: "write", source }
    }

    /// Writes what is buffered and says what the segment is; it still lies where it was made.
    pub(super) fn finish(mut self, read_with: &Provenance) -> Result<Segment, RunError> {
        self.write_block()?;
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

/// An article of a segment, of which only the head has been read.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) head: Head,
    /// Its three lines.
    bytes: Vec<u8>,
    /// Where the second and the third begin.
    sketch: usize,
    claims: usize,
    path: Arc<Path>,
    /// Number of the first line in the file.
    number: u64,
}

impl Stored {
    /// The sketch of its text.
    pub(super) fn sketch(&self) -> Result<Sketch, RunError> {
        let line: SketchLine =
            parse(&self.bytes[self.sketch..self.claims], &self.path, self.number + 1)?;
        Ok(line.sketch)
    }

    /// Its claims as they were read.
    pub(super) fn claims(&self) -> Result<Vec<(ClaimRow, Place)>, RunError> {
        if self.head.n_claims == 0 {
            return Ok(Vec::new());
        }
        Ok(self.claims_line::<ClaimsLine>()?.claims)
    }

    /// The ids of its claims, each with the sentences around it.
    pub(super) fn around(&self) -> Result<impl Iterator<Item = (String, Around)>, RunError> {
        let claims = self.claims_line::<AroundLine>()?.claims.into_iter();
        let around = |sides: Sides| Around { before: sides.before, after: sides.after };
        Ok(claims.map(move |(claim, sides)| (claim.id, around(sides))))
    }

    fn claims_line<T: DeserializeOwned>(&self) -> Result<T, RunError> {
        parse(&self.bytes[self.claims..], &self.path, self.number + 2)
    }
}

fn parse<T: DeserializeOwned>(line: &[u8], path: &Path, number: u64) -> Result<T, RunError> {
    serde_json::from_slice(line).map_err(|error| RunError::Line {
        path: path.to_owned(),
        line: number,
        cause: format!("no line of a segment: {error}"),
    })
}

/// Reads a segment, line by line.
#[derive(Debug)]
pub(super) struct SegmentReader {
    path: Arc<Path>,
    lines: BufReader<File>,
    /// Lines read.
    number: u64,
    buffer: Vec<u8>,
    /// Whether the buffer holds the first line of an article, read to see that entities have ended.
    ahead: bool,
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
        Ok(Self { path: path.into(), lines, number: 0, buffer: Vec::new(), ahead: false })
    }

    /// Appends the next line to the buffer and says whether there was one.
    fn line(&mut self) -> Result<bool, RunError> {
        let read = self.lines.read_until(b'\n', &mut self.buffer);
        let read = read.map_err(|source| RunError::Disk {
            path: self.path.to_path_buf(),
            doing: "read",
            source,
        })?;
        self.number += u64::from(read > 0);
        Ok(read > 0)
    }

    /// The next entity; `None` behind the last.
    pub(super) fn next_entity(&mut self) -> Result<Option<Entity>, RunError> {
        if self.ahead {
            return Ok(None);
        }
        self.buffer.clear();
        if !self.line()? {
            return Ok(None);
        }
        self.ahead = !self.buffer.starts_with(ENTITY);
        if self.ahead {
            return Ok(None);
        }
        let line: EntityLine = parse(&self.buffer, &self.path, self.number)?;
        Ok(Some(line.entity))
    }

    /// The next article; entities before it are passed over.
    pub(super) fn next_record(&mut self) -> Result<Option<Stored>, RunError> {
        while !self.ahead {
            self.buffer.clear();
            if !self.line()? {
                return Ok(None);
            }
            self.ahead = !self.buffer.starts_with(ENTITY);
        }
        self.ahead = false;
        let number = self.number;
        let line: ArticleLine = parse(&self.buffer, &self.path, number)?;
        let sketch = self.buffer.len();
        self.line()?;
        let claims = self.buffer.len();
        self.line()?;
        let bytes = std::mem::take(&mut self.buffer);
        let path = Arc::clone(&self.path);
        Ok(Some(Stored { head: line.article, bytes, sketch, claims, path, number }))
    }
}

/// BLAKE3 of the bytes of a file, in hexadecimal digits.
pub(super) fn hash_file(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 4 * BLOCK];
    loop {
        match io::Read::read(&mut file, &mut buffer)? {
            0 => return Ok(hasher.finalize().to_hex().to_string()),
            n => hasher.update(&buffer[..n]),
        };
    }
}
