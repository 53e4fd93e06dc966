//! Rule files become extractors, and extractors propose who stands in which role of a relation.
//!
//! Three types, one after the other: a rule file as it is written (`file`), a rule looked up and
//! checked (`compile`), and what it finds in a sentence (`matcher`). A proposal names the rule
//! that found it. What is said of a proposal, and whether it holds, is decided in `claims`.

use std::path::Path;

use crate::lexicon::{FileError, Lexicon};
use crate::model::{Article, Document, Mention, References, RelationKind};

pub(crate) mod attempt;
pub(crate) mod compile;
pub(crate) mod file;
mod gate;
mod goods;
pub(crate) mod items;
mod likelihood;
pub(crate) mod matcher;
pub(crate) mod partners;
mod places;
pub(crate) mod relations;
mod roles;

pub use compile::{Example, Expected};
pub use gate::{Asks, PossibleStart};
pub(crate) use likelihood::weights_hash as gate_hash;

/// Why rules cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct RuleError(#[from] FileError);

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

    /// For each sentence, whether it can hold a claim, as `asks` says, and so needs a tree. Cheap:
    /// looks at words, named mentions and what may refer back.
    #[must_use]
    pub fn candidates(
        &self,
        article: &Article,
        document: &Document,
        named: &[Mention],
        towns: &[Mention],
        references: &[References],
        asks: Asks,
    ) -> Vec<bool> {
        gate::candidates(&self.compiled, article, document, (named, towns), references, asks, None)
    }

    /// Every word from which rules can start, and the people who may hold an office: what the gate
    /// judges by what it has learned, and learns from.
    #[must_use]
    pub fn possible_starts(
        &self,
        article: &Article,
        document: &Document,
        named: &[Mention],
        towns: &[Mention],
        references: &[References],
    ) -> Vec<PossibleStart> {
        let mut starts = Vec::new();
        let (both, told) = ((named, towns), Some(&mut starts));
        let asks = Asks::Possible;
        gate::candidates(&self.compiled, article, document, both, references, asks, told);
        starts
    }
}
