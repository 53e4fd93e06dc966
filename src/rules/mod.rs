//! Rule files become extractors; a sentence with its mentions and its tree becomes claims.
//!
//! Three types, one after the other: a rule file as it is written (`file`), a rule looked up and
//! checked (`compile`), and what it finds in a sentence (`matcher`). A claim names the rule that
//! found it. What is said of a claim is read apart from finding it: polarity and modality in
//! `stance`, the speaker in `attribution`, goods in `items`, time in `dates`.
//!
//! Left out on purpose: coreference, which mentions bring along, and anything that needs to know
//! the world beyond the directory of entities.

use std::path::{Path, PathBuf};

use crate::model::{
    Article, Claim, DependencyTree, Document, EntityDirectory, Mention, References, RelationKind,
};

mod actors;
mod arguments;
mod attribution;
#[cfg(test)]
mod by_hand;
mod compile;
mod confidence;
mod context;
mod dates;
mod explain;
mod extract;
mod file;
mod gate;
mod goods;
mod items;
mod lexicon;
mod matcher;
mod offices;
mod quotes;
mod recover;
mod stance;
mod turns;
mod view;

pub use compile::Example;
pub use confidence::Features;
pub use explain::{Decision, Explanation, NearMiss, Role};

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
    compiled: compile::Compiled,
}

/// All that is known of one article when its claims are read off.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// The text and where it comes from.
    pub article: &'a Article,
    /// Its sentences.
    pub document: &'a Document,
    /// One slot for each sentence; `None` where the gate kept it from the parser.
    pub trees: &'a [Option<DependencyTree>],
    /// In text order: named ones and those that refer back.
    pub mentions: &'a [Mention],
    /// What is known of the entities.
    pub directory: &'a EntityDirectory,
}

impl RuleSet {
    /// The embedded rules, with those of `extra` added or put in their place.
    ///
    /// # Errors
    ///
    /// If a rule file cannot be read or breaks a rule: file, line and value are named.
    pub fn load(extra: Option<&Path>) -> Result<Self, RuleError> {
        Ok(Self { compiled: compile::compile(extra)? })
    }

    /// BLAKE3 hash of what was loaded, in hexadecimal digits: equal hashes read alike.
    #[must_use]
    pub fn hash(&self) -> String {
        self.compiled.hash.clone()
    }

    /// Every kind of relation, in the order of the rule files.
    #[must_use]
    pub fn relations(&self) -> &[RelationKind] {
        &self.compiled.relations
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
        references: &[References],
    ) -> Vec<bool> {
        gate::candidates(&self.compiled, article, document, named, references)
    }

    /// Marks the sentences whose trees tell who speaks in those already marked.
    pub fn mark_speakers(&self, article: &Article, document: &Document, needed: &mut [bool]) {
        context::mark_speakers(article, document, &self.compiled.lexicon, needed);
    }

    /// Every claim of the article, in text order.
    #[must_use]
    pub fn extract(&self, reading: Reading<'_>) -> Vec<Claim> {
        let context = context::Context::new(reading, &self.compiled.lexicon);
        let extraction = extract::extract(&context, &self.compiled);
        extraction.derived.into_iter().map(|derived| derived.claim).collect()
    }
}
