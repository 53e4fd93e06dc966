//! The folder of a finished run: written whole by `build`, read back by everything else.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use crate::model::{Entity, EntityDirectory};

use super::{ClaimReader, ExportError, Manifest};

/// Claims, one a line.
pub const CLAIMS: &str = "claims.jsonl";
/// Entities that claims name, and their states, one a line.
pub const ENTITIES: &str = "entities.jsonl";
/// What was read with what.
pub const MANIFEST: &str = "manifest.json";

/// A finished run on disk.
#[derive(Debug)]
pub struct FinishedRun {
    path: PathBuf,
    /// What is known of the entities of its network.
    pub directory: EntityDirectory,
    /// What was read with what.
    pub manifest: Manifest,
}

impl FinishedRun {
    /// Opens the folder of a finished run.
    ///
    /// # Errors
    ///
    /// If a file is missing or not what `build` writes.
    pub fn open(path: &Path) -> Result<Self, ExportError> {
        let manifest_path = path.join(MANIFEST);
        let manifest = serde_json::from_reader(open(&manifest_path)?).map_err(|error| {
            let cause = format!("no manifest: {error}");
            ExportError::Line { line: error.line() as u64, path: manifest_path, cause }
        })?;
        let entities_path = path.join(ENTITIES);
        let mut entities = Vec::new();
        for (index, line) in open(&entities_path)?.lines().enumerate() {
            let line =
                line.map_err(|source| ExportError::Read { path: entities_path.clone(), source })?;
            entities.push(serde_json::from_str::<Entity>(&line).map_err(|error| {
                let cause = format!("no entity: {error}");
                ExportError::Line { path: entities_path.clone(), line: index as u64 + 1, cause }
            })?);
        }
        Ok(Self { path: path.to_owned(), directory: EntityDirectory::new(entities), manifest })
    }

    /// All claims, in the order in which they were found.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened; a bad line is an error of the iterator.
    pub fn claims(&self) -> Result<ClaimReader<BufReader<File>>, ExportError> {
        let path = self.path.join(CLAIMS);
        Ok(ClaimReader::new(open(&path)?, path))
    }
}

fn open(path: &Path) -> Result<BufReader<File>, ExportError> {
    let file =
        File::open(path).map_err(|source| ExportError::Read { path: path.to_owned(), source })?;
    Ok(BufReader::with_capacity(1 << 16, file))
}

/// Writes entities, one JSON object a line.
///
/// # Errors
///
/// If the writer fails.
pub fn write_entities<'e>(
    entities: impl IntoIterator<Item = &'e Entity>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for entity in entities {
        serde_json::to_writer(&mut *out, entity)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
