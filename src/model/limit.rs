//! What of an article is more than is read.

use std::fmt;

/// A bound that an article met. The same article meets the same bounds everywhere: they count
/// what is read, not the time that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Limit {
    /// The steps that the article would take are more than [`MAX_STEPS`](Self::MAX_STEPS). It has
    /// no claims.
    Article {
        /// The steps.
        steps: u64,
    },
    /// The claims of one sentence are more than
    /// [`MAX_SENTENCE_CLAIMS`](Self::MAX_SENTENCE_CLAIMS). The surest are kept.
    Sentence {
        /// Byte of the article's text where the sentence begins.
        start: u32,
    },
}

impl Limit {
    /// Most steps for one article. A step is a token of a sentence that may hold a claim, or two
    /// names there that rules hold against each other. A book of four megabytes takes some
    /// 700,000; what takes more is no text that somebody wrote to be read.
    pub const MAX_STEPS: u64 = 2_000_000;

    /// Most claims of one sentence: that the thirty-two of NATO met makes 496. A sentence that
    /// tells of more is a list of names.
    pub const MAX_SENTENCE_CLAIMS: usize = 500;

    /// Whether nothing of the article is read.
    #[must_use]
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Article { .. })
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article { steps } => write!(
                f,
                "too many names and words to read as one article ({steps} steps, at most {}); cut it",
                Self::MAX_STEPS
            ),
            Self::Sentence { start } => write!(
                f,
                "the sentence at byte {start} lists so many names that it makes more than {0} \
                 claims; the {0} surest are kept",
                Self::MAX_SENTENCE_CLAIMS
            ),
        }
    }
}
