//! Why an input was skipped.

use std::fmt;
use std::path::{Path, PathBuf};

/// An input, or a record of one, that was skipped. The iteration goes on behind it.
#[derive(Debug)]
pub struct SourceError {
    path: PathBuf,
    line: Option<u64>,
    cause: Cause,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// The system refused.
    #[error("cannot be read: {0}")]
    Read(std::io::Error),
    /// Not the JSON that was expected.
    #[error("wrong JSON: {0}")]
    Json(String),
    /// Nothing to read.
    #[error("no text")]
    Empty,
}

impl SourceError {
    /// An error of a whole input.
    pub(super) fn new(path: PathBuf, cause: Cause) -> Self {
        Self { path, line: None, cause }
    }

    /// An error of one record; lines count from 1.
    pub(super) fn at(path: PathBuf, line: u64, cause: Cause) -> Self {
        Self { path, line: Some(line), cause }
    }

    /// The input.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The line of the record, from 1; `None` where the whole input was skipped.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// What went wrong.
    #[must_use]
    pub fn cause(&self) -> &Cause {
        &self.cause
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}", self.cause)
    }
}

impl std::error::Error for SourceError {}
