//! The files that hold every claim, written article by article while these stream by.
//!
//! What an article is in each file follows from its claims alone: pieces of several articles are
//! made at once, and those of an earlier run that tells the same are taken over as they are.

use std::io::{self, Write};

use crate::graph::Line;
use crate::model::{Entity, EntityDirectory};

use super::claims::{ClaimsCsv, write_claim_line};
#[cfg(feature = "parquet")]
use super::parquet::ClaimsParquet;
use super::position::{Place, TextHashes};
use super::provenance::Provenance;
use super::{ExportError, annotations, ftm};

/// Claims, one a line.
pub const CLAIMS: &str = "claims.jsonl";
const CSV: &str = "claims.csv";
const FTM: &str = "ftm.jsonl";
const ANNOTATIONS: &str = "annotations.jsonld";
#[cfg(feature = "parquet")]
const PARQUET: &str = "claims.parquet";

/// The files beside the lines, of which pieces can be taken over.
pub const COPIED: [&str; 3] = [CSV, FTM, ANNOTATIONS];

/// A file that claims are written into.
pub type ClaimFile = Box<dyn Write + Send>;

/// The claims of one article.
#[derive(Debug)]
pub struct ArticleClaims {
    /// Each with its place in the text.
    pub lines: Vec<(Line, Place)>,
    /// Of the text.
    pub hashes: TextHashes,
}

/// Makes what the claims of an article are in each file.
#[derive(Debug, Clone)]
pub struct PieceFormat {
    run: String,
}

impl PieceFormat {
    /// Pieces of a run whose articles were read with `provenance`.
    #[must_use]
    pub fn new(provenance: &Provenance) -> Self {
        Self { run: annotations::run(provenance) }
    }

    /// The lines of `claims.jsonl`.
    ///
    /// # Errors
    ///
    /// Never: memory takes all that is written.
    pub fn lines(&self, claims: &ArticleClaims) -> io::Result<Vec<u8>> {
        let mut lines = Vec::new();
        for (line, _) in &claims.lines {
            write_claim_line(line, &mut lines)?;
        }
        Ok(lines)
    }

    /// 32 hexadecimal digits from all that the other files tell of an article: its `lines`, which
    /// hold all of its claims, their places, and hashes of its text; and from the source that writes them.
    #[must_use]
    pub fn digest(&self, claims: &ArticleClaims, lines: &[u8]) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(lines);
        let ArticleClaims { lines, hashes } = claims;
        // Another build of the same version may write otherwise.
        let mut told = format!("{} {}", self.run, env!("TIELINE_WRITING"));
        let mut tell = |text: &str| {
            told.push('\0');
            told.push_str(text);
        };
        tell(hashes.text.as_deref().unwrap_or(""));
        tell(hashes.title.as_deref().unwrap_or(""));
        for (_, Place { start, end, prefix, suffix, .. }) in lines {
            tell(&format!("{start} {end}"));
            tell(prefix);
            tell(suffix);
        }
        hasher.update(told.as_bytes());
        hasher.finalize().to_hex()[..32].to_owned()
    }

    /// The parts of the [`COPIED`] files; the article's own node in the annotations only
    /// `with_article`.
    ///
    /// # Errors
    ///
    /// Never: memory takes all that is written.
    pub fn rest(&self, claims: &ArticleClaims, with_article: bool) -> io::Result<[Vec<u8>; 3]> {
        let mut table = ClaimsCsv::without_header(Vec::new());
        let (mut ftm, mut annotations) = (Vec::new(), Vec::new());
        for (n, (line, place)) in claims.lines.iter().enumerate() {
            table.write(line)?;
            ftm::write_claim(line, place, &mut ftm)?;
            if n == 0 && with_article {
                annotations::write_article(line, &claims.hashes, &mut annotations)?;
            }
            annotations::write_claim(line, place, &self.run, &mut annotations)?;
        }
        Ok([table.finish()?, ftm, annotations])
    }
}

/// `claims.jsonl`, `claims.csv`, `ftm.jsonl` and `annotations.jsonld`; `claims.parquet` with that
/// feature.
#[must_use = "files are whole only after `finish`"]
pub struct ClaimFiles {
    lines: ClaimFile,
    copied: [ClaimFile; 3],
    ends: [u64; 3],
    #[cfg(feature = "parquet")]
    parquet: ClaimsParquet<ClaimFile>,
}

impl std::fmt::Debug for ClaimFiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClaimFiles")
    }
}

impl ClaimFiles {
    /// Makes the files; `create` opens one by its name.
    ///
    /// # Errors
    ///
    /// If one cannot be made.
    pub fn create(
        mut create: impl FnMut(&str) -> Result<ClaimFile, ExportError>,
        provenance: &Provenance,
    ) -> Result<Self, ExportError> {
        let header = ClaimsCsv::for_writer(Vec::new()).and_then(ClaimsCsv::finish);
        let mut opening = Vec::new();
        annotations::write_start(provenance, &mut opening).map_err(failed(ANNOTATIONS))?;
        let mut files = Self {
            lines: create(CLAIMS)?,
            copied: [create(CSV)?, create(FTM)?, create(ANNOTATIONS)?],
            ends: [0; 3],
            #[cfg(feature = "parquet")]
            parquet: ClaimsParquet::for_writer(create(PARQUET)?).map_err(failed(PARQUET))?,
        };
        files.copy(&[header.map_err(failed(CSV))?, Vec::new(), opening])?;
        Ok(files)
    }

    /// Bytes of the [`COPIED`] files so far.
    #[must_use]
    pub fn ends(&self) -> [u64; 3] {
        self.ends
    }

    /// Appends the claims of one article: their `lines`, and the `rest` in the other files.
    ///
    /// # Errors
    ///
    /// If a writer fails.
    pub fn append(
        &mut self,
        claims: &ArticleClaims,
        lines: &[u8],
        rest: &[Vec<u8>; 3],
    ) -> Result<(), ExportError> {
        self.lines.write_all(lines).map_err(failed(CLAIMS))?;
        #[cfg(feature = "parquet")]
        for (line, _) in &claims.lines {
            self.parquet.write(line).map_err(failed(PARQUET))?;
        }
        #[cfg(not(feature = "parquet"))]
        let _ = claims;
        self.copy(rest)
    }

    fn copy(&mut self, parts: &[Vec<u8>; 3]) -> Result<(), ExportError> {
        for (n, part) in parts.iter().enumerate() {
            self.copied[n].write_all(part).map_err(failed(COPIED[n]))?;
            self.ends[n] += part.len() as u64;
        }
        Ok(())
    }

    /// Writes the entities that claims name, and what is buffered.
    ///
    /// # Errors
    ///
    /// If a writer fails.
    pub fn finish(
        mut self,
        entities: &[&Entity],
        directory: &EntityDirectory,
    ) -> Result<(), ExportError> {
        let (mut ftm, mut annotations) = (Vec::new(), Vec::new());
        for entity in entities {
            ftm::write_entity(entity, directory, &mut ftm).map_err(failed(FTM))?;
        }
        annotations::write_end(entities, &mut annotations).map_err(failed(ANNOTATIONS))?;
        self.copy(&[Vec::new(), ftm, annotations])?;
        self.lines.flush().map_err(failed(CLAIMS))?;
        for (file, name) in self.copied.iter_mut().zip(COPIED) {
            file.flush().map_err(failed(name))?;
        }
        #[cfg(feature = "parquet")]
        self.parquet.finish().and_then(|mut file| file.flush()).map_err(failed(PARQUET))?;
        Ok(())
    }
}

/// What to say when the file `name` cannot be written.
fn failed(name: &str) -> impl FnOnce(io::Error) -> ExportError {
    let path = name.into();
    |source| ExportError::Write { path, source }
}
