//! Which sentences are worth a tree: those that hold a word that could start a claim and somebody
//! who could be part of one.
//!
//! Looks at words and named mentions alone. Errs on the side of parsing: a claim that is lost
//! here is lost for good.

use super::compile::Compiled;
use super::lexicon::WordList;
use crate::model::{Article, Document, Mention, MentionForm, Sentence};

/// For each sentence, whether it can hold a claim.
pub(super) fn candidates(
    compiled: &Compiled,
    article: &Article,
    document: &Document,
    named: &[Mention],
) -> Vec<bool> {
    let mut actors = vec![0_usize; document.sentences.len()];
    let mut people = vec![false; document.sentences.len()];
    for mention in named {
        let Some(slot) = actors.get_mut(mention.sentence) else { continue };
        if mention.entities.iter().any(crate::model::EntityId::is_actor) {
            *slot += 1;
        }
        people[mention.sentence] |= mention.form == MentionForm::Name
            && mention.entities.iter().any(crate::model::EntityId::is_person);
    }
    // An article that names at most one actor says nothing of two.
    let mut distinct: Vec<&crate::model::EntityId> = named
        .iter()
        .flat_map(|mention| &mention.entities)
        .filter(|entity| entity.is_actor())
        .collect();
    distinct.sort();
    distinct.dedup();
    if distinct.is_empty() {
        return vec![false; document.sentences.len()];
    }
    document
        .sentences
        .iter()
        .enumerate()
        .map(|(number, sentence)| {
            let words = Words::of(compiled, &article.text, sentence, people[number]);
            words.trigger && (actors[number] > 0 || words.referring)
                || words.office && people[number]
        })
        .collect()
}

/// What the words of a sentence could be.
struct Words {
    trigger: bool,
    referring: bool,
    office: bool,
}

impl Words {
    fn of(compiled: &Compiled, text: &str, sentence: &Sentence, with_offices: bool) -> Self {
        let mut words = Self { trigger: false, referring: false, office: false };
        let mut lower = String::new();
        for token in &sentence.tokens {
            let word = token.span.of(text);
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            words.trigger = words.trigger
                || compiled.lexicon.any_base(&lower, |base| compiled.triggers.contains_key(base));
            words.office = words.office
                || with_offices
                    && compiled
                        .lexicon
                        .any_base(&lower, |base| compiled.lexicon.has(WordList::Office, base));
            words.referring = words.referring || is_referring(&lower);
            if words.trigger && words.referring && (words.office || !with_offices) {
                break;
            }
        }
        words
    }
}

/// Whether a word may refer back to an actor.
fn is_referring(word: &str) -> bool {
    matches!(
        word,
        "he" | "she"
            | "it"
            | "they"
            | "we"
            | "him"
            | "her"
            | "them"
            | "us"
            | "his"
            | "its"
            | "their"
            | "our"
            | "i"
            | "my"
            | "country"
            | "countries"
            | "nation"
            | "nations"
            | "side"
            | "sides"
            | "leader"
            | "leaders"
            | "state"
            | "states"
            | "neighbor"
            | "neighbors"
            | "neighbour"
            | "neighbours"
            | "ally"
            | "allies"
            | "counterpart"
            | "who"
            | "government"
            | "president"
            | "minister"
            | "regime"
            | "north"
            | "south"
            | "both"
            | "two"
            | "pair"
            | "capital"
            | "official"
            | "officials"
            | "military"
            | "army"
            | "kingdom"
            | "republic"
            | "bloc"
            | "alliance"
            | "group"
            | "chief"
    )
}
