//! How good the stages are: what was found, beside what people annotated.
//!
//! Comes in: a gold standard and what reads it. Goes out: counts, the usual figures, and each
//! mistake. Nothing is printed here.
//!
//! | of | gold standard | entry |
//! | --- | --- | --- |
//! | claims | JSON lines with `doc` and `claims` | [`evaluate_claims`] |
//! | mentions | JSON lines with `doc` and `mentions` | [`evaluate_mentions`] |
//! | pages | JSON lines with `doc`, `text`, `date` and `title` | [`evaluate_pages`] |
//! | trees | sentences in CoNLL-U | [`evaluate_trees`], from raw text [`evaluate_text`] |

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::source::SourceError;

mod align;
mod attributes;
mod claims;
mod counts;
mod gold;
mod mentions;
mod pages;
mod same;
mod score;
mod trees;
mod units;

pub use attributes::Attributes;
pub use claims::{ClaimEvaluation, evaluate_claims};
pub use counts::{ClaimCounts, ClaimTable};
pub use gold::{GoldArticle, GoldClaim};
pub use mentions::{MentionCounts, MentionEvaluation, MentionMistake, evaluate_mentions};
pub use pages::{DateVerdict, PageEvaluation, PageFigures, evaluate_pages};
pub use score::{ClaimFigures, ClaimMistake, score};
pub use trees::{
    Match, Placed, Ratio, TextEvaluation, TextScores, TreeEvaluation, TreeScores, evaluate_text,
    evaluate_trees,
};

/// Why a gold standard cannot be compared with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluationError {
    /// The gold standard cannot be read.
    #[error("{path}: cannot be read", path = path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line of the gold standard is wrong.
    #[error("{path}:{line}: {message}", path = path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, 1-based.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// An annotated article cannot be read.
    #[error(transparent)]
    Article(#[from] SourceError),
}

/// A file of JSON lines, each an annotated article.
struct GoldFile<'p> {
    path: &'p Path,
    /// Folder of the articles, where it is not the file's own.
    articles: Option<&'p Path>,
}

impl GoldFile<'_> {
    /// The annotations with their lines, 1-based.
    fn read<T: DeserializeOwned>(&self) -> Result<Vec<(usize, T)>, EvaluationError> {
        let text = std::fs::read_to_string(self.path)
            .map_err(|source| EvaluationError::Read { path: self.path.to_owned(), source })?;
        let records = text.lines().zip(1..).filter(|(record, _)| !record.trim().is_empty());
        let parse = |(record, line)| match serde_json::from_str(record) {
            Ok(annotated) => Ok((line, annotated)),
            Err(error) => Err(self.wrong(line, error.to_string())),
        };
        records.map(parse).collect()
    }

    /// The file of article `doc`, named at `line`: in the folder given, else beside the gold
    /// standard or in `seeds` next to its folder.
    fn article(&self, line: usize, doc: &str) -> Result<PathBuf, EvaluationError> {
        let beside = self.path.parent().unwrap_or(Path::new("."));
        let folders = match self.articles {
            Some(folder) => vec![folder.to_owned()],
            None => vec![beside.to_owned(), beside.join("../seeds")],
        };
        let mut paths = folders.into_iter().map(|folder| folder.join(doc));
        let found = paths.find(|path| path.is_file());
        found.ok_or_else(|| self.wrong(line, format!("no article {doc:?}")))
    }

    fn wrong(&self, line: usize, message: String) -> EvaluationError {
        EvaluationError::Line { path: self.path.to_owned(), line, message }
    }
}
