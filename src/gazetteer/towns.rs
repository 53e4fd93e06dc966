//! Towns and regions, which stand for their state where it is attacked: "shelled Kharkiv".
//!
//! Comes in: the table of towns and the names that an article was found to hold. Goes out: a mention
//! for each town outside of those names. Left out: towns whose name means something else as often,
//! and capitals, which stand for their state everywhere.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use rapidhash::fast::RapidHasher;

use super::alias::is_capitalized;
use super::named::{Named, NamesSoFar, Word};
use crate::lexicon::WordList;
use crate::model::{EntityId, MentionForm, SentenceKind};

/// Tokens of the longest name, hyphens included.
const LONGEST: u32 = 5;

type Hashing = BuildHasherDefault<RapidHasher<'static>>;

/// The states of towns by name.
#[derive(Debug, Default)]
pub(super) struct Towns(HashMap<Box<str>, EntityId, Hashing>);

impl Towns {
    pub(super) fn new(rows: impl IntoIterator<Item = (String, EntityId)>) -> Self {
        Self(rows.into_iter().map(|(name, state)| (name.into(), state)).collect())
    }

    /// The towns of each sentence, in text order, without overlap with each other or with names.
    pub(super) fn find(&self, names: &NamesSoFar<'_>) -> Vec<Vec<Named>> {
        (0..names.document.sentences.len()).map(|n| self.find_in(names, n)).collect()
    }

    fn find_in(&self, names: &NamesSoFar<'_>, n: usize) -> Vec<Named> {
        let sentence = names.sentence(n);
        let len = u32::try_from(sentence.tokens.len()).expect("sentences are bounded");
        let word = |at: u32| Word::new(names.text(), sentence, at);
        let mut found = Vec::new();
        let mut at = 0;
        while at < len {
            let first = word(at);
            if !is_capitalized(first.text) {
                at += 1;
                continue;
            }
            let longest = (at + 1..=len.min(at + LONGEST)).rev().find_map(|end| {
                let span = first.span.join(word(end - 1).span);
                let id = self.0.get(span.of(names.text()))?;
                Some((end, span, id))
            });
            let Some((end, span, id)) = longest else {
                at += 1;
                continue;
            };
            // "Odesa Aleksander", "the Lagos State Polytechnic": part of another name.
            let is_name = |index: u32| {
                let other = word(index);
                is_capitalized(other.text)
                    && sentence.kind != SentenceKind::Headline
                    && !names.is_taken(n, other.span)
                    && !names.gazetteer.lexicon.has_any_case(WordList::PlaceNoun, other.text)
            };
            let part = at > 1 && is_name(at - 1) || end < len && is_name(end);
            if !part && !names.is_taken(n, span) {
                let (id, form) = (id.clone(), MentionForm::Town);
                found.push(Named { span, sentence: n, id, form, full: false });
            }
            at = end;
        }
        found
    }
}
