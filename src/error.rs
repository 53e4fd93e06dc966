//! The one error of the library: each room's own, told as that room tells it.

use std::io;

use crate::evaluation::EvaluationError;
use crate::export::ExportError;
use crate::gazetteer::GazetteerError;
use crate::lexicon::LexiconError;
use crate::rules::RuleError;
use crate::runs::RunError;
use crate::source::SourceError;
use crate::syntax::WeightsError;

/// Why something from outside could not be used, or a result not be written.
///
/// Texts are never the reason: a sentence that defeats the reader yields fewer claims.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input cannot be read as articles.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A word list breaks a rule.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A table of names breaks a rule.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
    /// A file of rules breaks a rule.
    #[error(transparent)]
    Rules(#[from] RuleError),
    /// The parser's weights are damaged.
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// A file of a run cannot be written or read back.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A run cannot be made, read back or changed.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A gold standard cannot be compared with.
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
    /// A result cannot be written to where the caller wants it.
    #[error("cannot write")]
    Write(#[source] io::Error),
}
