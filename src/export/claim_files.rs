//! The files that hold every claim, written while articles stream by.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};

use crate::model::{Article, Claim, Entity, EntityDirectory};

use super::annotations::Annotations;
use super::{CLAIMS, ClaimsCsv, ExportError, Folder, ftm, write_claim_line};

const CSV: &str = "claims.csv";
const FTM: &str = "ftm.jsonl";
const ANNOTATIONS: &str = "annotations.jsonld";

/// What claims were found with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Version of the program.
    pub version: String,
    /// Hashes of gazetteer, rules and model, by name.
    pub hashes: BTreeMap<String, String>,
}

/// `claims.jsonl`, `claims.csv`, `ftm.jsonl` and `annotations.jsonld`.
#[derive(Debug)]
#[must_use = "files are whole only after `finish`"]
pub struct ClaimFiles {
    lines: BufWriter<File>,
    table: ClaimsCsv<BufWriter<File>>,
    ftm: BufWriter<File>,
    annotations: Annotations<BufWriter<File>>,
}

impl ClaimFiles {
    /// Makes the files in `folder`.
    ///
    /// # Errors
    ///
    /// If one cannot be made.
    pub fn create(folder: &mut Folder, provenance: &Provenance) -> Result<Self, ExportError> {
        let failed = |name: &str| {
            let path = name.into();
            move |source| ExportError::Write { path, source }
        };
        let table = folder.create_file(CSV)?;
        let annotations = folder.create_file(ANNOTATIONS)?;
        Ok(Self {
            lines: folder.create_file(CLAIMS)?,
            table: ClaimsCsv::for_writer(table).map_err(failed(CSV))?,
            ftm: folder.create_file(FTM)?,
            annotations: Annotations::for_writer(annotations, provenance)
                .map_err(failed(ANNOTATIONS))?,
        })
    }

    /// Writes one claim of `article`. Claims of one article come one after the other.
    ///
    /// # Errors
    ///
    /// If a writer fails.
    pub fn write(&mut self, claim: &Claim, article: &Article) -> io::Result<()> {
        write_claim_line(claim, &mut self.lines)?;
        self.table.write(claim)?;
        ftm::write_claim(claim, article, &mut self.ftm)?;
        self.annotations.write(claim, article)
    }

    /// Writes the entities that claims name, and what is buffered.
    ///
    /// # Errors
    ///
    /// If a writer fails.
    pub fn finish(mut self, entities: &[&Entity], directory: &EntityDirectory) -> io::Result<()> {
        for entity in entities {
            ftm::write_entity(entity, directory, &mut self.ftm)?;
        }
        self.lines.flush()?;
        self.table.finish()?.flush()?;
        self.ftm.flush()?;
        self.annotations.finish(entities)?.flush()
    }
}
