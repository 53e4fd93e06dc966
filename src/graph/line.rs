//! One claim as the evidence of a tie.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{ArticleId, Byte, Claim, DateSpan, RelationKind, Span};

use super::Standing;

/// A claim with what it is worth as evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What is said, and where.
    pub claim: Arc<Claim>,
    /// How it stands.
    pub standing: Standing,
    /// The story that its article tells: the id of the article that stands for it.
    pub story: ArticleId,
    /// Whether its own words name both actors and its verb is not ambiguous.
    pub clear: bool,
}

impl Line {
    /// What puts the better line first: the standing, then whether it is clear, then the
    /// probability of its reading, then the later date. A total order.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        // Confidence as thousandths: a total order for a float in 0..=1.
        #[expect(clippy::cast_possible_truncation, reason = "a probability in thousandths")]
        let confidence = (self.claim.confidence * 1000.0) as i32;
        (
            self.standing,
            Reverse(self.clear),
            Reverse(confidence),
            Reverse(self.claim.date().map(DateSpan::last)),
            self.claim.id.clone(),
            Arc::clone(&self.claim.evidence.article.id),
        )
    }
}

/// How often each verb of a run starts claims of each relation. A verb is ambiguous for a relation
/// that it means in less than half of its claims: "hit" where it mostly names an attack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verbs {
    counts: BTreeMap<String, BTreeMap<RelationKind, u32>>,
}

impl Verbs {
    /// Counts the verb of `claim`.
    pub fn add(&mut self, claim: &Claim) {
        if let Some(verb) = verb(claim) {
            *self.counts.entry(verb).or_default().entry(claim.relation.clone()).or_default() += 1;
        }
    }

    /// Adds `n` claims of `relation` with `verb`, as [`counts`](Self::counts) gives them.
    pub fn add_counted(&mut self, verb: &str, relation: &str, n: u32) {
        let relations = self.counts.entry(verb.to_owned()).or_default();
        *relations.entry(RelationKind::directed(relation)).or_default() += n;
    }

    /// Verbs in lower case, relations by name, and numbers of claims.
    pub fn counts(&self) -> impl Iterator<Item = (&str, &str, u32)> {
        self.counts.iter().flat_map(|(verb, relations)| {
            relations.iter().map(move |(relation, n)| (&**verb, relation.as_str(), *n))
        })
    }

    /// Whether the verb of `claim` mostly means another relation.
    #[must_use]
    pub fn is_ambiguous(&self, claim: &Claim) -> bool {
        let counts = verb(claim).and_then(|verb| self.counts.get(&verb));
        counts.is_some_and(|counts| {
            let this = counts.get(&claim.relation).copied().unwrap_or_default();
            2 * this < counts.values().sum()
        })
    }
}

/// The words that started the match, in lower case.
fn verb(claim: &Claim) -> Option<String> {
    words_at(claim, claim.evidence.trigger).map(str::to_lowercase)
}

/// The words of the claim's sentence at `span`, which counts in the article's field.
fn words_at(claim: &Claim, span: Span<Byte>) -> Option<&str> {
    let evidence = &claim.evidence;
    let start = span.start().checked_sub(evidence.span.start())? as usize;
    let end = span.end().checked_sub(evidence.span.start())? as usize;
    evidence.sentence.get(start..end)
}

/// Whether both actors stand in the sentence by a name, not by a pronoun or a description.
pub(super) fn names_both(claim: &Claim) -> bool {
    [claim.evidence.source, claim.evidence.target].into_iter().all(|span| {
        let words = span.and_then(|span| words_at(claim, span));
        words.is_some_and(|words| words.split(|c: char| !c.is_alphanumeric()).any(is_name))
    })
}

/// Whether a word is written as a name is: capitals and figures, and no pronoun or article at the
/// start of a sentence.
fn is_name(word: &str) -> bool {
    /// The closed class of words that stand for somebody without naming them.
    const UNNAMED: [&str; 30] = [
        "a", "an", "the", "i", "he", "him", "his", "she", "her", "hers", "it", "its", "they",
        "them", "their", "theirs", "we", "us", "our", "ours", "you", "your", "this", "that",
        "these", "those", "who", "whom", "whose", "both",
    ];
    // Acronyms are names, also those that look like a pronoun: "US", "IT".
    let acronym = word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c.is_numeric());
    let written = word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    acronym || written && !UNNAMED.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_pronouns_and_descriptions() {
        for (word, expected) in
            [("Russia", true), ("US", true), ("He", false), ("The", false), ("country", false)]
        {
            assert_eq!(is_name(word), expected, "{word}");
        }
    }
}
