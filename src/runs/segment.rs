//! One immutable file of a run: entities and articles with their claims, sorted.
//!
//! An entity is one line, an article three: what is known of it, the sketch of its text, its claims.
//! Whoever needs one of them passes over the others without reading them.
//!
//! A segment is never changed. Its name is the hash of what it holds, so that two of one name are
//! equal, wherever they were made.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::export::{ClaimRow, Place, Provenance};
use crate::model::{Byte, Entity, Span};

use super::RunError;
use super::disk::{Disk, DiskFile};
use super::record::{Head, Mark, ReadCounts, Record, RecordKey};
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

/// How the line of the claims of an article begins, and how that of none.
const CLAIMS: &[u8] = b"{\"claims\":[";
const NO_CLAIMS: &[u8] = b"{\"claims\":[]";

/// The lines of a segment, each an object with one field.
#[derive(Serialize, Deserialize)]
struct EntityLine {
    entity: Entity,
}

#[derive(Serialize, Deserialize)]
struct ArticleLine {
    article: Head,
}

/// The line of an article, of which only what tells it from others is read.
#[derive(Deserialize)]
struct MarkLine<'l> {
    #[serde(borrow)]
    article: Mark<'l>,
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
struct AroundLine<'l> {
    #[serde(borrow)]
    claims: Vec<(Named<'l>, Sides<'l>)>,
}

#[derive(Deserialize)]
struct Named<'l> {
    #[serde(borrow)]
    id: Cow<'l, str>,
}

#[derive(Deserialize)]
struct Sides<'l> {
    #[serde(borrow, default)]
    before: Cow<'l, str>,
    #[serde(borrow, default)]
    after: Cow<'l, str>,
}

/// A line of claims, of which only their verbs are read.
#[derive(Deserialize)]
struct VerbsLine<'l> {
    #[serde(borrow)]
    claims: Vec<(VerbOf<'l>, IgnoredAny)>,
}

#[derive(Deserialize)]
struct VerbOf<'l> {
    #[serde(borrow)]
    sentence: Cow<'l, str>,
    start: u32,
    #[serde(borrow)]
    relation: Cow<'l, str>,
    #[serde(borrow)]
    source: Cow<'l, str>,
    #[serde(borrow)]
    target: Cow<'l, str>,
    spans: TriggerOf,
}

#[derive(Deserialize)]
struct TriggerOf {
    trigger: Span<Byte>,
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
        self.claims += stored.n_claims as u64;
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

/// An article of a segment, of which only what sorts it has been read.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) key: RecordKey,
    /// How much was read.
    pub(super) read: ReadCounts,
    /// Number of its claims as they were read.
    n_claims: usize,
    /// The number of its segment among those that are read together.
    pub(super) source: usize,
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
    /// What is known of it.
    pub(super) fn head(&self) -> Result<Head, RunError> {
        let line: ArticleLine = parse(&self.bytes[..self.sketch], &self.path, self.number)?;
        Ok(line.article)
    }

    /// What tells it from others.
    pub(super) fn mark(&self) -> Result<Mark<'_>, RunError> {
        mark(&self.bytes[..self.sketch], &self.path, self.number)
    }

    /// The sketch of its text.
    pub(super) fn sketch(&self) -> Result<Sketch, RunError> {
        let line: SketchLine =
            parse(&self.bytes[self.sketch..self.claims], &self.path, self.number + 1)?;
        Ok(line.sketch)
    }

    /// Its claims as they were read.
    pub(super) fn claims(&self) -> Result<Vec<(ClaimRow, Place)>, RunError> {
        if self.n_claims == 0 {
            return Ok(Vec::new());
        }
        let line: ClaimsLine = self.claims_line()?;
        Ok(line.claims)
    }

    /// The words at which its claims were found and their relations, of claims between two.
    pub(super) fn verbs(&self) -> Result<Vec<(String, String)>, RunError> {
        if self.n_claims == 0 {
            return Ok(Vec::new());
        }
        let line: VerbsLine<'_> = self.claims_line()?;
        let verb = |claim: VerbOf<'_>| {
            let offset = |place: u32| Some(place.checked_sub(claim.start)? as usize);
            let trigger = claim.spans.trigger;
            let words = claim.sentence.get(offset(trigger.start())?..offset(trigger.end())?)?;
            (claim.source != claim.target)
                .then(|| (words.to_lowercase(), claim.relation.into_owned()))
        };
        Ok(line.claims.into_iter().filter_map(|(claim, _)| verb(claim)).collect())
    }

    fn claims_line<'l, T: Deserialize<'l>>(&'l self) -> Result<T, RunError> {
        parse(&self.bytes[self.claims..], &self.path, self.number + 2)
    }
}

/// What of the line of an article tells it from others.
fn mark<'l>(line: &'l [u8], path: &Path, number: u64) -> Result<Mark<'l>, RunError> {
    let line: MarkLine<'l> = parse(line, path, number)?;
    Ok(line.article)
}

fn parse<'l, T: Deserialize<'l>>(line: &'l [u8], path: &Path, number: u64) -> Result<T, RunError> {
    let failed = |error: &dyn std::fmt::Display| RunError::Line {
        path: path.to_owned(),
        line: number,
        cause: format!("no line of a segment: {error}"),
    };
    // As a whole, and not text by text.
    let line = std::str::from_utf8(line).map_err(|error| failed(&error))?;
    serde_json::from_str(line).map_err(|error| failed(&error))
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

    /// Reads the first line of the next article into the buffer; entities before it are passed over.
    fn article_line(&mut self) -> Result<bool, RunError> {
        while !self.ahead {
            self.buffer.clear();
            if !self.line()? {
                return Ok(false);
            }
            self.ahead = !self.buffer.starts_with(ENTITY);
        }
        self.ahead = false;
        Ok(true)
    }

    /// Hands what tells each article from others to `take`.
    pub(super) fn each_mark(&mut self, mut take: impl FnMut(&Mark<'_>)) -> Result<(), RunError> {
        while self.article_line()? {
            take(&mark(&self.buffer, &self.path, self.number)?);
            // Its sketch and its claims.
            for _ in 0..2 {
                self.buffer.clear();
                self.line()?;
            }
        }
        Ok(())
    }

    /// The next article, which comes from the segment number `source`; entities before it are passed
    /// over.
    pub(super) fn next_record(&mut self, source: usize) -> Result<Option<Stored>, RunError> {
        if !self.article_line()? {
            return Ok(None);
        }
        let number = self.number;
        let mark = mark(&self.buffer, &self.path, number)?;
        let (read, n_claims) = (mark.read, mark.n_claims);
        let key = mark.key().ok_or_else(|| RunError::Line {
            path: self.path.to_path_buf(),
            line: number,
            cause: "no line of a segment: its date is none".to_owned(),
        })?;
        let sketch = self.buffer.len();
        self.line()?;
        let claims = self.buffer.len();
        self.line()?;
        // Records are of similar length.
        let next = Vec::with_capacity(self.buffer.len());
        let bytes = std::mem::replace(&mut self.buffer, next);
        let path = Arc::clone(&self.path);
        Ok(Some(Stored { key, read, n_claims, source, bytes, sketch, claims, path, number }))
    }

    /// Hands the ids of the claims of the next article that has some to `take`, each with the
    /// sentences around it; says whether there was one.
    pub(super) fn next_around(
        &mut self,
        mut take: impl FnMut(&str, &str, &str),
    ) -> Result<bool, RunError> {
        loop {
            self.buffer.clear();
            if !self.line()? {
                return Ok(false);
            }
            if self.buffer.starts_with(CLAIMS) && !self.buffer.starts_with(NO_CLAIMS) {
                let line: AroundLine<'_> = parse(&self.buffer, &self.path, self.number)?;
                for (claim, sides) in &line.claims {
                    take(&claim.id, &sides.before, &sides.after);
                }
                return Ok(true);
            }
        }
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

#[cfg(test)]
mod tests {
    use crate::Article;
    use crate::graph::Verbs;
    use crate::pipeline::Reader;

    use super::super::read::record;
    use super::*;

    #[test]
    fn what_is_read_of_claims_alone_is_what_they_say() {
        let reader = Reader::embedded().unwrap();
        let text = "The port lay empty for weeks. Iran sold drones to Russia. Russia warned Poland of \
                    strikes. Washington hit Tehran with sanctions. Nobody answered.";
        let (record, _) = record(&reader.read(Article::from_text("a", text)));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("segment");
        let mut writer = SegmentWriter::create(&path, &Disk::default()).unwrap();
        writer.record(record).unwrap();
        writer.finish(&Provenance::default()).unwrap();

        let open = || SegmentReader::open(&path, None).unwrap();
        let stored = open().next_record(0).unwrap().unwrap();
        let claims = stored.claims().unwrap();
        assert!(claims.len() >= 3, "{claims:?}");
        let (mut of_verbs, mut of_claims) = (Verbs::default(), Verbs::default());
        for (verb, relation) in stored.verbs().unwrap() {
            of_verbs.add_counted(&verb, &relation, 1);
        }
        let mut around = Vec::new();
        for (row, place) in claims {
            around.push((row.id().to_owned(), place.before, place.after));
            of_claims.add(&row.into_claim().unwrap());
        }
        assert_eq!(of_verbs, of_claims);
        let mut found = Vec::new();
        let mut segment = open();
        let mut take = |id: &str, before: &str, after: &str| {
            found.push((id.to_owned(), before.to_owned(), after.to_owned()));
        };
        assert!(
            segment.next_around(&mut take).unwrap() && !segment.next_around(&mut take).unwrap()
        );
        assert_eq!(found, around);
        assert!(found.iter().all(|(_, before, after)| !before.is_empty() && !after.is_empty()));
    }
}
