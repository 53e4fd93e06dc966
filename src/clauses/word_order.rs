//! What the order of words tells where trees err: actors right before or behind a word.

use super::view::View;
use crate::lexicon::FunctionWord::{And, Or};
use crate::lexicon::WordList;
use crate::model::{Deprel, EntityId, Mention, MentionForm, TokenIndex, Upos};

impl View<'_> {
    /// The actor right after a verb or preposition, past its determiner and title. The tree may
    /// have taken it for a modifier of the word behind it.
    pub(crate) fn actor_by_order(&self, word: TokenIndex) -> Option<TokenIndex> {
        let mut at = self.step(word, 1)?;
        for _ in 0..5 {
            if let Some(index) = self.actor(at) {
                let mention = self.mentions[index];
                let behind = self.step(TokenIndex(mention.tokens.end() - 1), 1);
                let owns = behind.is_some_and(|t| self.is_possessive_mark(t));
                if mention.form == MentionForm::Demonym || owns {
                    at = self.step(behind?, isize::from(owns))?;
                    continue;
                }
                let modifies = behind
                    .is_some_and(|t| self.is_noun(t) && !self.form_is(WordList::NounLikeAdverb, t));
                return (!modifies).then_some(at);
            }
            let passes = self.upos(at) == Upos::Determiner
                || self.is(WordList::Office, at)
                || self.is(WordList::OfficeModifier, at)
                || self.form_is(WordList::Honorific, at);
            if !passes {
                return None;
            }
            at = self.step(at, 1)?;
        }
        None
    }

    /// Whether an actor is only part of an adjective. "Russia-based", "Iranian-made" things belong
    /// to nobody and are done by nobody, as far as this tells.
    pub(crate) fn is_quality(&self, mention: usize) -> bool {
        self.behind(self.mentions[mention]).is_some_and(|end| {
            self.word(end) == "-"
                && self.step(end, 1).is_some_and(|word| self.form_is(WordList::Quality, word))
        })
    }

    /// The token right behind a mention.
    pub(crate) fn behind(&self, mention: &Mention) -> Option<TokenIndex> {
        let end = TokenIndex(mention.tokens.end());
        (end.index() < self.len()).then_some(end)
    }

    /// Whether a mention is a possessive: "Iran's".
    pub(crate) fn is_possessive(&self, mention: &Mention) -> bool {
        self.behind(mention).is_some_and(|end| self.is_possessive_mark(end))
    }

    /// Whether a state is named in full and owns nothing, as "Ukraine" before "aid": neither by an
    /// adjective nor by an abbreviation.
    pub(crate) fn is_whole_name(&self, mention: usize) -> bool {
        let mention = self.mentions[mention];
        mention.form == MentionForm::Name
            && !self.is_possessive(mention)
            && mention.entities.iter().all(EntityId::is_state)
            && mention.span.of(self.text).chars().any(char::is_lowercase)
    }

    /// Actors that stand before a noun without preposition, the nearest first: "Iran's drone
    /// deliveries", "Russian and Chinese officials". Tokens inside of their mentions.
    pub(crate) fn premodifiers(&self, noun: TokenIndex) -> Vec<TokenIndex> {
        let mut found: Vec<TokenIndex> = Vec::new();
        let mut at = noun;
        let mut joined = true;
        while let Some(before) = self.step(at, -1) {
            at = before;
            if let Some(mention) = self.actor(before) {
                if !joined {
                    break;
                }
                at = TokenIndex(self.mentions[mention].tokens.start());
                if !self.is_quality(mention) {
                    found.push(before);
                    joined = false;
                }
                continue;
            }
            let word = self.word(before);
            let joins = matches!(self.function(before), Some(And | Or))
                || matches!(word, "-" | "–" | "&" | "/")
                || word == "," && !found.is_empty();
            let marks = matches!(word, "'s" | "’s" | "[" | "]");
            let passes = marks
                || self.is_noun(before)
                || matches!(self.upos(before), Upos::Adjective | Upos::Numeral)
                || self.is_possessive_mark(before)
                || self.is_quote(before)
                || self.deprel(before) == Deprel::Amod;
            if joins {
                joined = true;
            } else if !passes || !(found.is_empty() || marks || joined) {
                // Between coordinated actors only their own marks may stand.
                break;
            }
        }
        found
    }
}
