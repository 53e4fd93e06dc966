//! Why an input was skipped, and what of it is doubtful.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{MAX_RECORD, MAX_TEXT};
use crate::model::{Article, Limit};

/// An input, or a record of one, that was skipped or is read with a doubt. The iteration goes on
/// behind it.
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
    /// A pipe, socket or device among the files of a folder: reading it could wait for ever.
    #[error("{0} is left out of a folder; name it by itself to read it")]
    NotAFile(&'static str),
    /// Not the JSON that was expected.
    #[error("wrong JSON: {0}")]
    Json(String),
    /// A record without a text under a known key.
    #[error("no text (found {0}; name its key with --map text=KEY)")]
    NoTextKey(String),
    /// A table without a column for the text.
    #[error(
        "no column for the text (expected text, body or content; found {0}; name it with --map \
         text=COLUMN)"
    )]
    NoTextColumn(String),
    /// A table of codes, as GDELT publishes them.
    #[error("a table of codes without texts; read the pages that its addresses name instead")]
    NoTexts,
    /// A table's record that cannot be cut into fields.
    #[error("wrong CSV: {0}")]
    Csv(String),
    /// A document that breaks the rules of its format.
    #[error("wrong {form}: {problem}")]
    Broken {
        /// The format.
        form: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// Nothing to read.
    #[error("no text")]
    Empty,
    /// Neither text nor a page.
    #[error("binary data")]
    Binary,
    /// A format that is known and not read.
    #[error("{form} is not read; {advice}")]
    Unsupported {
        /// The format.
        form: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A record that would need too much memory.
    #[error("longer than {} MiB", MAX_RECORD >> 20)]
    RecordTooLong,
    /// A text that is no article.
    #[error("text is longer than {} MiB", MAX_TEXT >> 20)]
    TextTooLong,
    /// Archives inside of archives, deeper than anybody packs them.
    #[error("an archive inside of an archive is not opened; unpack it")]
    TooDeep,
    /// The files of a finished run. Nothing of them is read.
    #[error("left out: the results of an earlier run of this program")]
    OwnOutput,
    /// Records with a title alone. Their titles are read.
    #[error(
        "{n} {} a title and no text (found {keys}; name its key with --map text=KEY)",
        if *n == 1 { "record has" } else { "records have" }
    )]
    TitlesOnly {
        /// How many of the input.
        n: u64,
        /// Keys of the first one.
        keys: String,
    },
    /// Dates that nothing in the input decides. They are left out.
    #[error(
        "{n} {} dated like {example}, where day and month cannot be told apart; the dates are left \
         out (tell with --date-order)",
        if *n == 1 { "record is" } else { "records are" }
    )]
    UndecidedDates {
        /// How many records.
        n: u64,
        /// The first such date.
        example: String,
    },
    /// Fields for a date that hold none. The records are read without.
    #[error(
        "{n} {} no date that can be read (such as {example:?})",
        if *n == 1 { "record has" } else { "records have" }
    )]
    WrongDates {
        /// How many records.
        n: u64,
        /// The first such field.
        example: String,
    },
    /// More than is read of one article.
    #[error("{0}")]
    TooMuch(Limit),
}

impl Cause {
    /// A document that breaks the rules of its format.
    pub(super) fn broken(form: &'static str, problem: impl fmt::Display) -> Self {
        Self::Broken { form, problem: problem.to_string() }
    }
}

impl SourceError {
    /// An error of a whole input.
    pub(super) fn new(path: &Path, cause: Cause) -> Self {
        Self { path: path.to_owned(), line: None, cause }
    }

    /// An error of one record; lines count from 1.
    pub(super) fn at(path: &Path, line: u64, cause: Cause) -> Self {
        Self { path: path.to_owned(), line: (line > 0).then_some(line), cause }
    }

    /// A bound that an article met when it was read.
    #[must_use]
    pub fn of_article(article: &Article, limit: Limit) -> Self {
        Self::new(Path::new(&*article.info.id), Cause::TooMuch(limit))
    }

    /// The input; the article's id where one of several in an input is meant.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The line where the record begins, from 1; `None` where the whole input is meant.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// What went wrong.
    #[must_use]
    pub fn cause(&self) -> &Cause {
        &self.cause
    }

    /// Whether nothing that was asked for is lost: a doubt about what is read, or a finished run
    /// among the inputs.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        matches!(
            self.cause,
            Cause::OwnOutput
                | Cause::TitlesOnly { .. }
                | Cause::UndecidedDates { .. }
                | Cause::WrongDates { .. }
                | Cause::TooMuch(Limit::Sentence { .. })
        )
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
