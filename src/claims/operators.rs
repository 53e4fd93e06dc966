//! Operators: words that turn the factuality of what they govern or stand at. Negators, modal
//! verbs, hedges, and verbs of planning, asking, ending, preventing.

use strum::{Display, IntoStaticStr};

use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{self, Against, For, From, Neither, No, To, Yet};
use crate::lexicon::WordList;
use crate::model::{Deprel, TokenIndex, Upos, Xpos};

/// A word that decided something, for explanations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cue {
    pub(crate) token: TokenIndex,
    pub(crate) effect: Effect,
}

/// What a word does to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Effect {
    Negative,
    Hedged,
    Prospective,
    /// The activity is over.
    Ended,
    /// Nothing is said to hold or not to hold.
    Unsaid,
}

/// The operators that were met on the way from a trigger to the root.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is met or not on the way up")]
pub(super) struct Operators<'v, 'a> {
    pub(super) view: &'v View<'a>,
    pub(super) negative: bool,
    pub(super) prospective: bool,
    pub(super) hedge: bool,
    pub(super) hedge_modal: bool,
    pub(super) weak_hedge: bool,
    /// Tried or meant, which asking for something is by itself.
    pub(super) sought: bool,
    pub(super) condition: bool,
    pub(super) ended: bool,
    pub(super) urged: bool,
    pub(super) suppressed: bool,
    /// Called off: what was planned did not happen.
    pub(super) cancelled: bool,
    /// The sign of what is only the time of something else: "declined to comment during the visit".
    pub(super) known: Option<bool>,
    /// Approved or cleared: possible or not, it is to come.
    pub(super) approved: bool,
    pub(super) cues: Vec<Cue>,
}

impl<'v, 'a> Operators<'v, 'a> {
    pub(super) fn new(view: &'v View<'a>) -> Self {
        Self {
            view,
            negative: false,
            prospective: false,
            hedge: false,
            hedge_modal: false,
            weak_hedge: false,
            sought: false,
            condition: false,
            ended: false,
            urged: false,
            suppressed: false,
            cancelled: false,
            known: None,
            approved: false,
            cues: Vec::new(),
        }
    }

    pub(super) fn note(&mut self, token: TokenIndex, effect: Effect) {
        if self.known.is_none() || effect != Effect::Negative {
            self.cues.push(Cue { token, effect });
        }
    }

    /// Notes the marker of a clause of purpose.
    pub(super) fn note_marker(&mut self, clause: TokenIndex) {
        if let Some(marker) = self.view.marker(clause) {
            self.note(marker, Effect::Prospective);
        }
    }

    pub(super) fn negate(&mut self, cue: TokenIndex) {
        self.negative = !self.negative;
        self.note(cue, Effect::Negative);
    }

    pub(super) fn foresee(&mut self, cue: TokenIndex) {
        self.prospective = true;
        self.note(cue, Effect::Prospective);
    }

    pub(super) fn suppress(&mut self, cue: TokenIndex) {
        self.suppressed = true;
        self.note(cue, Effect::Unsaid);
    }

    pub(super) fn hedge(&mut self, cue: TokenIndex) {
        self.hedge = true;
        self.note(cue, Effect::Hedged);
    }

    /// Reads the modal verbs, negators and adverbs of one word. A noun in subject position lets
    /// modal verbs through but no negation, hence `negations`.
    pub(super) fn read_own_words(&mut self, token: TokenIndex, negations: bool) {
        let view = self.view;
        for &child in view.children(token) {
            match view.deprel(child) {
                Deprel::Aux | Deprel::Cop | Deprel::AuxPass => {
                    if view.form_is(WordList::HedgeModal, child) {
                        self.hedge_modal = true;
                        self.note(child, Effect::Hedged);
                    } else if view.form_is(WordList::FutureModal, child) {
                        self.foresee(child);
                    }
                }
                Deprel::Advmod
                | Deprel::Det
                | Deprel::Amod
                | Deprel::Discourse
                | Deprel::CcPreconj
                | Deprel::Cc
                | Deprel::Case
                | Deprel::Nummod
                | Deprel::DetPredet
                | Deprel::Obl
                | Deprel::OblUnmarked => self.read_modifier(token, child, negations),
                // "is due to visit", where "due to" is one mark.
                Deprel::Mark if view.is(WordList::Prospective, child) && view.is_verb(token) => {
                    self.foresee(child);
                }
                // "is to visit", and headlines: "Berlin to send tanks".
                Deprel::Mark
                    if view.function(child) == Some(To)
                        && matches!(
                            view.deprel(token),
                            Deprel::Root | Deprel::Parataxis | Deprel::Ccomp
                        ) =>
                {
                    self.foresee(child);
                }
                // "Neither China nor India has sold".
                Deprel::Nsubj | Deprel::NsubjPass if negations => {
                    let mut words = view
                        .by(child, &[Deprel::CcPreconj, Deprel::Det, Deprel::Cc, Deprel::Advmod])
                        .into_iter();
                    if let Some(neither) = words.find(|&w| view.function(w) == Some(Neither)) {
                        self.negate(neither);
                    }
                }
                Deprel::Advcl if self.is_condition(child, token) => {
                    self.condition = true;
                    self.note(child, Effect::Prospective);
                }
                _ => {}
            }
        }
        // "going to", which taggers read as an auxiliary or as a verb.
        if view.word(token) == "going" && view.lemma(token) != view.word(token) {
            self.foresee(token);
        }
    }

    /// Reads a modifier of the word `of`.
    fn read_modifier(&mut self, of: TokenIndex, modifier: TokenIndex, negations: bool) {
        let view = self.view;
        let deprel = view.deprel(modifier);
        let no_longer =
            view.word(modifier) == "longer" && view.function_before(modifier) == Some(No);
        if no_longer && negations {
            self.negate(modifier);
        } else if view.function(modifier) == Some(Yet)
            && view.step(modifier, 1).is_some_and(|next| view.function(next) == Some(To))
        {
            // "Has yet to send."
            if negations {
                self.negate(modifier);
            }
        } else if view.is(WordList::Negator, modifier) {
            // "Not only", "not the only".
            let next = view.step(modifier, 1);
            let behind = next
                .filter(|&next| view.upos(next) == Upos::Determiner)
                .and_then(|next| view.step(next, 1));
            let only =
                [next, behind].into_iter().flatten().any(|word| view.form_is(WordList::Mere, word));
            // "By its results, not by dates": what stands before is not denied.
            let behind_it = modifier > of && view.upos(of) != Upos::Auxiliary && !view.is_verb(of);
            if negations && !only && !behind_it && deprel != Deprel::Obl {
                self.negate(modifier);
            }
        } else if view.is(WordList::Hedge, modifier) && deprel != Deprel::Case {
            self.hedge(modifier);
        } else if view.is(WordList::Prospective, modifier)
            && matches!(deprel, Deprel::Amod | Deprel::Advmod)
        {
            self.foresee(modifier);
        } else if view.is(WordList::Ended, modifier) && deprel == Deprel::Amod {
            self.negate(modifier);
        }
    }

    /// Whether `clause` is the condition of what `main` says: "would send arms if".
    fn is_condition(&self, clause: TokenIndex, main: TokenIndex) -> bool {
        let view = self.view;
        let marker = view.marker(clause);
        marker.is_some_and(|marker| view.form_is(WordList::Condition, marker))
            && view
                .by(main, &[Deprel::Aux])
                .iter()
                .any(|&aux| view.form_is(WordList::ConsequenceModal, aux))
    }

    /// Reads what the word `above` does to what it governs.
    pub(super) fn operate(&mut self, above: TokenIndex, below: TokenIndex) {
        let view = self.view;
        if matches!(view.upos(above), Upos::Punctuation) {
            return;
        }
        // "Warned against sending", "warned them not to send".
        if view.is(WordList::Suppress, above)
            && (view.marker_function(below) == Some(Against)
                || self.has_to(below) && self.has_negator(below))
        {
            self.suppress(above);
            return;
        }
        if Self::operates(view, WordList::Ended, above) {
            self.ended = true;
            self.note(above, Effect::Ended);
        } else if Self::operates(view, WordList::Negative, above) && self.negates(above, below) {
            // "Has not ruled out": it may be.
            if view.lemma_is(WordList::RulingOut, above) && self.has_negator(above) {
                self.hedge = true;
            }
            self.cancelled |= view.lemma_is(WordList::Cancelling, above);
            self.negate(above);
        }
        self.approved |= view.lemma_is(WordList::Approval, above) && view.is_verb(above);
        if Self::operates(view, WordList::Doubtful, above) && !view.is_verb(above) {
            self.hedge(above);
        }
        // "No indication of", "no suspicion that": what is not even suspected is denied.
        let none = view.is_noun(above) && self.has_function(above, &[Deprel::Det], No);
        if Self::operates(view, WordList::Hedge, above) && !none {
            self.hedge(above);
        }
        if Self::operates(view, WordList::WeakHedge, above) && self.hedges(above, below) && !none {
            self.weak_hedge = true;
            self.note(above, Effect::Hedged);
        }
        // "Told reporters that" asks for nothing.
        let told = view.lemma_is(WordList::Telling, above)
            && !self.has_to(below)
            && (matches!(view.deprel(below), Deprel::Ccomp | Deprel::Parataxis)
                // "Called the reports false."
                || view.deprel(below) == Deprel::Obj && view.lemma_is(WordList::ReportingNoun, below));
        if told {
            return;
        }
        // "A call with the minister on aid" asks for nothing.
        let by_phone = view.is_noun(above)
            && view.lemma_is(WordList::Conversing, above)
            && view.marker_function(below) != Some(For)
            && !self.has_to(below);
        if by_phone {
            return;
        }
        if Self::operates(view, WordList::Urge, above) {
            self.urged = true;
            self.foresee(above);
        } else if view.lemma_is(WordList::Attempt, above) {
            self.sought = true;
            self.note(above, Effect::Prospective);
        } else if Self::operates(view, WordList::Prospective, above) && !self.is_setting(above) {
            self.foresee(above);
        }
    }

    /// Whether a word is any operator on what it governs.
    pub(super) fn operates_at_all(view: &View<'_>, token: TokenIndex) -> bool {
        [
            WordList::Prospective,
            WordList::Hedge,
            WordList::WeakHedge,
            WordList::Negative,
            WordList::Ended,
            WordList::Urge,
            WordList::Suppress,
        ]
        .into_iter()
        .any(|list| Self::operates(view, list, token))
    }

    /// Whether the word itself, and no participle that looks like it, is in `list`: in "media
    /// reported that" nothing is reported in the sense of rumoured.
    pub(super) fn operates(view: &View<'_>, list: WordList, token: TokenIndex) -> bool {
        let active = view.xpos(token) == Xpos::Vbd && !view.is_passive(token);
        if active && view.word(token) != view.lemma(token) {
            return view.lemma_is(list, token);
        }
        view.is(list, token)
    }

    pub(super) fn has_to(&self, token: TokenIndex) -> bool {
        self.has_function(token, &[Deprel::Mark, Deprel::Aux], To)
    }

    pub(super) fn has_function(
        &self,
        token: TokenIndex,
        deprels: &[Deprel],
        word: FunctionWord,
    ) -> bool {
        self.view.by(token, deprels).iter().any(|&child| self.view.function(child) == Some(word))
    }

    /// Whether a negator stands at a word: "did not say".
    pub(super) fn has_negator(&self, token: TokenIndex) -> bool {
        let adverbs = self.view.by(token, &[Deprel::Advmod]);
        adverbs.iter().any(|&adverb| self.view.is(WordList::Negator, adverb))
    }

    /// "Set out an appeal" sets nothing for the future; "is set to" does.
    fn is_setting(&self, above: TokenIndex) -> bool {
        let view = self.view;
        view.lemma_is(WordList::Setting, above)
            && !(view.xpos(above) == Xpos::Vbn || view.is_passive(above))
    }

    /// Verbs of preventing negate only what they keep somebody from.
    fn negates(&self, above: TokenIndex, below: TokenIndex) -> bool {
        let view = self.view;
        !view.lemma_is(WordList::Preventing, above)
            || view.marker_function(below) == Some(From)
            || matches!(view.deprel(below), Deprel::Obj | Deprel::NsubjPass)
    }

    /// Verbs of saying hedge only in the passive: "is said to", "is reported to have". To conclude
    /// a treaty is not to conclude that there is one.
    fn hedges(&self, above: TokenIndex, below: TokenIndex) -> bool {
        let view = self.view;
        let deprel = view.deprel(below);
        // "Concern over Iran's aid": the aid is known.
        if view.lemma_is(WordList::Worrying, above)
            && matches!(deprel, Deprel::Nmod | Deprel::Obl)
            && !view.is_verb(below)
        {
            return false;
        }
        if view.lemma_is(WordList::Judging, above) {
            return deprel == Deprel::Ccomp;
        }
        !view.lemma_is(WordList::Hearsay, above)
            || view.is_passive(above) && deprel == Deprel::Xcomp
    }
}
