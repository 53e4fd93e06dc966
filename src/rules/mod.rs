//! Rule files become extractors, and extractors propose who stands in which role of a relation.
//!
//! Three types, one after the other: a rule file as it is written (`file`), a rule looked up and
//! checked (`compile`), and what it finds in a sentence (`matcher`). A proposal names the rule
//! that found it. What is said of a proposal, and whether it holds, is decided in `claims`.

use std::path::{Path, PathBuf};

use crate::lexicon::Lexicon;
use crate::model::{Article, Document, Mention, References, RelationKind};

pub(crate) mod attempt;
pub(crate) mod compile;
pub(crate) mod file;
mod gate;
mod goods;
pub(crate) mod items;
pub(crate) mod matcher;
pub(crate) mod partners;
mod places;
pub(crate) mod relations;
mod roles;

pub use compile::{Example, Expected};

/// Why rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    /// A file or folder cannot be read.
    #[error("{path}: cannot be read", path = path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not TOML of the expected shape.
    #[error("{path}:{line}: {message}", path = path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, 1-based.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A value breaks a rule.
    #[error("{path}:{line}: {message}", path = path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The line, 1-based.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

/// All rules, compiled.
#[derive(Debug)]
pub struct RuleSet {
    pub(crate) compiled: compile::Compiled,
}

impl RuleSet {
    /// The embedded rules, with those of `extra` added or put in their place, over the words of
    /// `lexicon`.
    ///
    /// # Errors
    ///
    /// If a rule file cannot be read or breaks a rule: file, line and value are named.
    pub fn load(lexicon: &Lexicon, extra: Option<&Path>) -> Result<Self, RuleError> {
        Ok(Self { compiled: compile::compile(lexicon, extra)? })
    }

    /// BLAKE3 hash of what was loaded, in hexadecimal digits: equal hashes read alike.
    #[must_use]
    pub fn hash(&self) -> String {
        self.compiled.hash.clone()
    }

    /// Every kind of relation, in the order of the rule files.
    #[must_use]
    pub fn relations(&self) -> &[RelationKind] {
        self.compiled.relations.kinds()
    }

    /// How many rules there are.
    #[must_use]
    pub fn n_rules(&self) -> usize {
        self.compiled.extractors.len()
    }

    /// The sentences that the rule files bring as examples, in file order.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.compiled.examples
    }

    /// For each sentence, whether it can hold a claim and so needs a tree. Cheap: looks at words,
    /// named mentions and what may refer back.
    #[must_use]
    pub fn candidates(
        &self,
        article: &Article,
        document: &Document,
        named: &[Mention],
        towns: &[Mention],
        references: &[References],
    ) -> Vec<bool> {
        gate::candidates(&self.compiled, article, document, (named, towns), references)
    }
}
