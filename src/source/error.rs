//! Why an input was skipped.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{MAX_RECORD, MAX_TEXT};

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
    /// The compressed data is cut off or damaged; the records before it were read.
    #[error("compressed data is damaged or cut off: {0}")]
    Compression(std::io::Error),
    /// A pattern that no file matches.
    #[error("no file matches the pattern")]
    NoMatch,
    /// A pattern that is none.
    #[error("wrong pattern: {0}")]
    Pattern(String),
    /// Not the JSON that was expected.
    #[error("wrong JSON: {0}")]
    Json(String),
    /// A table without a column for the text.
    #[error("no column for the text (expected text, body or content; found {0})")]
    NoTextColumn(String),
    /// A table's record that cannot be cut into fields.
    #[error("wrong CSV: {0}")]
    Csv(String),
    /// Nothing to read.
    #[error("no text")]
    Empty,
    /// Neither text nor a page.
    #[error("binary data")]
    Binary,
    /// A record that would need too much memory.
    #[error("longer than {} MiB", MAX_RECORD >> 20)]
    RecordTooLong,
    /// A text that is no article.
    #[error("text is longer than {} MiB", MAX_TEXT >> 20)]
    TextTooLong,
}

impl SourceError {
    /// An error of a whole input.
    pub(super) fn new(path: &Path, cause: Cause) -> Self {
        Self { path: path.to_owned(), line: None, cause }
    }

    /// An error of one record; lines count from 1.
    pub(super) fn at(path: &Path, line: u64, cause: Cause) -> Self {
        Self { path: path.to_owned(), line: Some(line), cause }
    }

    /// The input.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The line where the record begins, from 1; `None` where the whole input was skipped.
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

impl std::error::Error for SourceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            // The cause is part of the message already; what the system says of it is not.
            Cause::Read(error) | Cause::Compression(error) => error.get_ref().map(|e| e as _),
            _ => None,
        }
    }
}
