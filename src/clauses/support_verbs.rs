//! Verbs that lend a noun their subject: "hold talks", "be in talks", "engage in negotiations".

use super::view::View;
use crate::lexicon::FunctionWord::{
    After, Amid, Before, Despite, Following, For, In, Since, Without,
};
use crate::lexicon::WordList;
use crate::model::{Deprel, TokenIndex};

impl View<'_> {
    /// The support verb of a noun, if there is one; the noun itself where it is a predicate.
    pub(crate) fn support_verb(&self, noun: TokenIndex) -> Option<TokenIndex> {
        if !self.by(noun, &[Deprel::Cop, Deprel::Nsubj]).is_empty() {
            return Some(noun);
        }
        let mut at = noun;
        for _ in 0..3 {
            let head = self.head(at)?;
            let marker = self.marker_function(at);
            match self.deprel(at) {
                Deprel::Obj
                | Deprel::NsubjPass
                | Deprel::Obl
                | Deprel::Xcomp
                | Deprel::Advcl
                | Deprel::Dep
                    if self.is_predicate(head) && self.is(WordList::LightVerb, head) =>
                {
                    // "Provided fuel despite assurances": somebody else's assurances.
                    let apart = matches!(
                        marker,
                        Some(Despite | After | Before | Amid | Since | Without | Following)
                    );
                    return (!apart).then_some(head);
                }
                // "Said in a letter to", "said in talks with".
                Deprel::Obl
                    if marker == Some(In)
                        && self.is_verb(head)
                        && self.is(WordList::Reporting, head)
                        && self.lemma_is(WordList::Communication, at) =>
                {
                    return Some(head);
                }
                Deprel::Nmod | Deprel::Obl | Deprel::Advcl if marker == Some(For) => {
                    return self.verb_of_motion(head);
                }
                // "Issued a series of warnings", "in talks on a deal".
                Deprel::Nmod
                    if self.is(WordList::Measure, head) || self.lemma_is(WordList::Talks, head) =>
                {
                    at = head;
                }
                // "Warnings and threats".
                Deprel::Conj if !self.is_verb(head) => at = head,
                _ => return None,
            }
        }
        None
    }

    /// The verb of going somewhere that `head` is or, as its place, hangs on: "flew to Moscow for
    /// talks", "was in Pyongyang for talks".
    fn verb_of_motion(&self, head: TokenIndex) -> Option<TokenIndex> {
        let travels = |&verb: &TokenIndex| self.is_verb(verb) && self.is(WordList::Motion, verb);
        if travels(&head) {
            return Some(head);
        }
        self.actor(head)?;
        if self.by(head, &[Deprel::Cop]).is_empty() {
            self.head(head).filter(travels)
        } else {
            Some(head)
        }
    }
}
