//! Who is ruled out: "Chad, not Mali, sold it", "to Chad rather than Mali", "it was not Chad that".

use super::view::View;
use crate::lexicon::FunctionWord::{
    If, Instead, Never, Nor, Not, Of, Or, Rather, Than, To, Unlike, Whether,
};
use crate::lexicon::WordList;
use crate::model::{TokenIndex, Upos};

/// How far before a name the word may stand that rules it out.
const REACH: usize = 8;

impl View<'_> {
    /// Whether the phrase at `head` only tells who is not meant. Determiners, titles, a preposition
    /// and other names that "or" joins may stand between the word that says so and the name.
    pub(crate) fn is_ruled_out(&self, head: TokenIndex) -> bool {
        let mut at = self.start_of(head);
        for _ in 0..REACH {
            let Some(before) = self.step(at, -1) else { return false };
            match self.function(before) {
                Some(Not | Never) => return self.denies_noun(before),
                Some(Unlike) => return true,
                Some(Than) => return self.function_before(before) == Some(Rather),
                Some(Of) if self.function_before(before) == Some(Instead) => return true,
                Some(To) if self.form_before_is(WordList::Opposed, before) => return true,
                Some(Or | Nor) => {
                    let Some(other) = self.step(before, -1) else { return false };
                    if self.actor(other).is_none() {
                        return false;
                    }
                    at = self.start_of(other);
                    continue;
                }
                _ => {}
            }
            if matches!(self.word(before), "n't" | "n’t") {
                return self.denies_noun(before);
            }
            let passes = matches!(self.upos(before), Upos::Determiner | Upos::Adposition)
                || self.actor(before).is_some()
                || self.is(WordList::Office, before)
                || self.is(WordList::OfficeModifier, before)
                || self.form_is(WordList::Honorific, before);
            if !passes {
                return false;
            }
            at = before;
        }
        false
    }

    /// Whether any actor of the sentence is ruled out.
    pub(crate) fn rules_somebody_out(&self) -> bool {
        self.tokens().any(|token| self.actor(token).is_some() && self.is_ruled_out(token))
    }

    /// Whether "not" stands at a noun: not at a verb, as in "did not", nor in "whether or not".
    fn denies_noun(&self, negator: TokenIndex) -> bool {
        let of_verb = self.head(negator).is_some_and(|head| self.is_verb(head) && head > negator);
        let before = self.step(negator, -1);
        let auxiliary = before.is_some_and(|before| self.upos(before) == Upos::Auxiliary);
        let condition =
            before.is_some_and(|before| matches!(self.function(before), Some(If | Whether | Or)));
        !(condition || of_verb && auxiliary)
    }

    fn form_before_is(&self, list: WordList, token: TokenIndex) -> bool {
        self.step(token, -1).is_some_and(|before| self.form_is(list, before))
    }

    /// The first token of the mention at `token`, else `token` itself.
    fn start_of(&self, token: TokenIndex) -> TokenIndex {
        self.actor(token).map_or(token, |mention| TokenIndex(self.mentions[mention].tokens.start()))
    }
}
