//! The files that hold every claim, written while articles stream by.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};

use crate::model::{Article, Claim, Entity, EntityDirectory};

use super::annotations::Annotations;
#[cfg(feature = "parquet")]
use super::parquet::ClaimsParquet;
use super::{CLAIMS, ClaimsCsv, ExportError, Folder, ftm, write_claim_line};

const CSV: &str = "claims.csv";
const FTM: &str = "ftm.jsonl";
const ANNOTATIONS: &str = "annotations.jsonld";
#[cfg(feature = "parquet")]
const PARQUET: &str = "claims.parquet";

/// What claims were found with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Version of the program.
    pub version: String,
    /// Hashes of gazetteer, rules and model, by name.
    pub hashes: BTreeMap<String, String>,
}

/// `claims.jsonl`, `claims.csv`, `ftm.jsonl` and `annotations.jsonld`; `claims.parquet` with that
/// feature.
#[derive(Debug)]
#[must_use = "files are whole only after `finish`"]
pub struct ClaimFiles {
    lines: BufWriter<File>,
    table: ClaimsCsv<BufWriter<File>>,
    ftm: BufWriter<File>,
    annotations: Annotations<BufWriter<File>>,
    #[cfg(feature = "parquet")]
    parquet: ClaimsParquet<BufWriter<File>>,
}

impl ClaimFiles {
    /// Makes the files in `folder`.
    ///
    /// # Errors
    ///
    /// If one cannot be made.
    pub fn create(folder: &mut Folder, provenance: &Provenance) -> Result<Self, ExportError> {
        let table = folder.create_file(CSV)?;
        let annotations = folder.create_file(ANNOTATIONS)?;
        Ok(Self {
            lines: folder.create_file(CLAIMS)?,
            table: ClaimsCsv::for_writer(table).map_err(failed(CSV))?,
            ftm: folder.create_file(FTM)?,
            annotations: Annotations::for_writer(annotations, provenance)
                .map_err(failed(ANNOTATIONS))?,
            #[cfg(feature = "parquet")]
            parquet: ClaimsParquet::for_writer(folder.create_file(PARQUET)?)
                .map_err(failed(PARQUET))?,
        })
    }

    /// Writes one claim of `article`. Claims of one article come one after the other.
    ///
    /// # Errors
    ///
    /// If a writer fails.
    pub fn write(&mut self, claim: &Claim, article: &Article) -> Result<(), ExportError> {
        write_claim_line(claim, &mut self.lines).map_err(failed(CLAIMS))?;
        self.table.write(claim).map_err(failed(CSV))?;
        #[cfg(feature = "parquet")]
        self.parquet.write(claim).map_err(failed(PARQUET))?;
        ftm::write_claim(claim, article, &mut self.ftm).map_err(failed(FTM))?;
        self.annotations.write(claim, article).map_err(failed(ANNOTATIONS))
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
