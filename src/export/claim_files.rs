//! The files that hold every claim, written while articles stream by.

use std::io::{self, Write};

use crate::graph::Line;
use crate::model::{Entity, EntityDirectory};

use super::annotations::Annotations;
use super::claims::{ClaimsCsv, write_claim_line};
#[cfg(feature = "parquet")]
use super::parquet::ClaimsParquet;
use super::position::{Place, TextHashes};
use super::provenance::Provenance;
use super::{ExportError, ftm};

/// Claims, one a line.
pub const CLAIMS: &str = "claims.jsonl";
const CSV: &str = "claims.csv";
const FTM: &str = "ftm.jsonl";
const ANNOTATIONS: &str = "annotations.jsonld";
#[cfg(feature = "parquet")]
const PARQUET: &str = "claims.parquet";

/// A file that claims are written into.
pub type ClaimFile = Box<dyn Write + Send>;

/// `claims.jsonl`, `claims.csv`, `ftm.jsonl` and `annotations.jsonld`; `claims.parquet` with that
/// feature.
#[must_use = "files are whole only after `finish`"]
pub struct ClaimFiles {
    lines: ClaimFile,
    table: ClaimsCsv<ClaimFile>,
    ftm: ClaimFile,
    annotations: Annotations<ClaimFile>,
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
        let table = create(CSV)?;
        let annotations = create(ANNOTATIONS)?;
        Ok(Self {
            lines: create(CLAIMS)?,
            table: ClaimsCsv::for_writer(table).map_err(failed(CSV))?,
            ftm: create(FTM)?,
            annotations: Annotations::for_writer(annotations, provenance)
                .map_err(failed(ANNOTATIONS))?,
            #[cfg(feature = "parquet")]
            parquet: ClaimsParquet::for_writer(create(PARQUET)?).map_err(failed(PARQUET))?,
        })
    }

    /// Writes one claim, which stands at `place` in an article with `hashes`. Claims of one article
    /// come one after the other.
    ///
    /// # Errors
    ///
    /// If a writer fails.
    pub fn write(
        &mut self,
        line: &Line,
        place: &Place,
        hashes: &TextHashes,
    ) -> Result<(), ExportError> {
        write_claim_line(line, &mut self.lines).map_err(failed(CLAIMS))?;
        self.table.write(line).map_err(failed(CSV))?;
        #[cfg(feature = "parquet")]
        self.parquet.write(line).map_err(failed(PARQUET))?;
        ftm::write_claim(line, place, &mut self.ftm).map_err(failed(FTM))?;
        self.annotations.write(line, place, hashes).map_err(failed(ANNOTATIONS))
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
        for entity in entities {
            ftm::write_entity(entity, directory, &mut self.ftm).map_err(failed(FTM))?;
        }
        self.lines.flush().map_err(failed(CLAIMS))?;
        self.table.finish().and_then(|mut file| file.flush()).map_err(failed(CSV))?;
        self.ftm.flush().map_err(failed(FTM))?;
        #[cfg(feature = "parquet")]
        self.parquet.finish().and_then(|mut file| file.flush()).map_err(failed(PARQUET))?;
        let annotations = self.annotations.finish(entities);
        annotations.and_then(|mut file| file.flush()).map_err(failed(ANNOTATIONS))
    }
}

/// What to say when the file `name` cannot be written.
fn failed(name: &str) -> impl FnOnce(io::Error) -> ExportError {
    let path = name.into();
    |source| ExportError::Write { path, source }
}
