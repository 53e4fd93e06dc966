//! Rule files become extractors; a sentence with its mentions and its tree becomes claims.

use std::path::Path;

use crate::model::{
    Article, Claim, DependencyTree, Document, EntityDirectory, Mention, RelationKind,
};

/// Why rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {}

/// All rules, compiled.
#[derive(Debug)]
pub struct RuleSet {
    relations: Vec<RelationKind>,
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
        let _ = extra;
        Ok(Self { relations: Vec::new() })
    }

    /// BLAKE3 hash of what was loaded, in hexadecimal digits: equal hashes read alike.
    #[must_use]
    pub fn hash(&self) -> String {
        String::new()
    }

    /// Every kind of relation, in the order of the rule files.
    #[must_use]
    pub fn relations(&self) -> &[RelationKind] {
        &self.relations
    }

    /// For each sentence, whether it can hold a claim and so needs a tree. Cheap: looks at words
    /// and named mentions alone.
    #[must_use]
    pub fn candidates(
        &self,
        article: &Article,
        document: &Document,
        named: &[Mention],
    ) -> Vec<bool> {
        let _ = (article, named);
        vec![true; document.sentences.len()]
    }

    /// Every claim of the article, in text order.
    #[must_use]
    pub fn extract(&self, reading: Reading<'_>) -> Vec<Claim> {
        let _ = reading;
        Vec::new()
    }
}
