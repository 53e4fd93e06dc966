//! The sample articles: those beside the program, else the ones inside of it.

use std::fs;
use std::path::Path;

use anyhow::Context;
use tempfile::TempDir;

/// Names and contents of the sample's files, sorted.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sample.rs"));

/// Where the sample can be read, as long as this lives.
#[derive(Debug)]
pub(super) struct Sample {
    /// Holds the files where none lie beside the program.
    written: Option<TempDir>,
}

impl Sample {
    /// Where it lies in a clone, and what it is called everywhere.
    pub(super) const NAME: &str = "data/sample";

    /// Finds the sample beside the program, or writes the one inside of it to a temporary folder.
    ///
    /// # Errors
    ///
    /// If no temporary folder can be written.
    pub(super) fn find() -> anyhow::Result<Self> {
        if Path::new(Self::NAME).is_dir() {
            return Ok(Self { written: None });
        }
        let write = || {
            let folder = TempDir::new()?;
            let sample = folder.path().join(Self::NAME);
            fs::create_dir_all(&sample)?;
            for (name, text) in FILES {
                fs::write(sample.join(name), text)?;
            }
            std::io::Result::Ok(folder)
        };
        let written = write().context("cannot write the sample articles to a temporary folder")?;
        Ok(Self { written: Some(written) })
    }

    /// What is to be read.
    pub(super) fn inputs(&self) -> Vec<String> {
        let path =
            self.written.as_ref().map_or_else(|| Self::NAME.into(), |w| w.path().join(Self::NAME));
        vec![path.display().to_string()]
    }
}
