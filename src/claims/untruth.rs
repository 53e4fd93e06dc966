//! Words that say of a claim as a whole that it holds or does not: "it is not true that", "called
//! reports of it false", "no evidence has been found that", "no doubt that".

use super::operators::Operators;
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{
    Beyond, It, Neither, No, Nobody, None as Not, Nothing, One, Without,
};
use crate::lexicon::WordList;
use crate::model::{Deprel, TokenIndex, Xpos};

/// Whether doubt is what is denied: "no doubt that", "nobody disputes that".
pub(super) fn is_beyond_doubt(view: &View<'_>, at: TokenIndex, head: TokenIndex) -> bool {
    if !view.lemma_is(WordList::Doubting, head) || view.xpos(at) == Xpos::Vbg {
        return false;
    }
    if view.is_verb(head) {
        let negators = view.by(head, &[Deprel::Advmod]);
        return negators.iter().any(|&word| view.is(WordList::Negator, word))
            || names_nobody(view, head).is_some();
    }
    let below = view.by(head, &[Deprel::Det, Deprel::Amod, Deprel::Case]);
    below.iter().any(|&word| {
        matches!(view.function(word), Some(No | Without | Beyond))
            || view.form_is(WordList::Scant, word)
    })
}

/// Reads what is said of the noun or clause at `at` or of its `head` by a word beside it:
/// "called reports that … false", "reports … turned out to be untrue". Whether there is one.
pub(super) fn read_beside(met: &mut Operators<'_, '_>, at: TokenIndex, head: TokenIndex) -> bool {
    let view = met.view;
    let Some(noun) = [head, at].into_iter().find(|&word| is_told(view, word)) else { return false };
    let above = view.head(noun);
    let beside = [Some(at), Some(head), above].into_iter().flatten();
    let predicates: Vec<TokenIndex> = beside
        .flat_map(|word| {
            view.by(
                word,
                &[
                    Deprel::Xcomp,
                    Deprel::Advcl,
                    Deprel::Ccomp,
                    Deprel::Obl,
                    Deprel::Acl,
                    Deprel::Parataxis,
                ],
            )
        })
        .filter(|&word| word != at && word != head)
        .collect();
    let below = predicates.iter().flat_map(|&word| view.by(word, &[Deprel::Xcomp]));
    let all: Vec<TokenIndex> = predicates.iter().copied().chain(below).collect();
    all.into_iter().any(|word| !view.is_verb(word) && judge(met, word, true))
        || above.is_some_and(|above| {
            matches!(view.deprel(noun), Deprel::Nsubj | Deprel::NsubjPass)
                && noun != at
                && judge(met, above, true)
        })
}

/// Reads what the predicate `head` says of the clause at `at` in the place of its subject, or of
/// the noun at `at` that tells of a claim. Whether it says that this does not hold.
pub(super) fn read_subject(met: &mut Operators<'_, '_>, at: TokenIndex, head: TokenIndex) -> bool {
    let view = met.view;
    if view.deprel(at) == Deprel::Csubj {
        return !met.has_to(at) && read_predicate(met, head);
    }
    read_beside(met, at, head) || is_told(view, at) && read_predicate(met, head)
}

/// Reads what `head` says of the clause at `at` behind an "it" that means nothing: "it is a lie
/// that", "it is not the case that". Whether it says that this does not hold.
pub(super) fn read_empty_subject(
    met: &mut Operators<'_, '_>,
    at: TokenIndex,
    head: TokenIndex,
) -> bool {
    let view = met.view;
    let mut subjects = view.by(head, &[Deprel::Expl, Deprel::Nsubj]).into_iter();
    let is_empty = subjects.any(|subject| view.function(subject) == Some(It));
    is_empty && !met.has_to(at) && read_predicate(met, head)
}

/// Whether a noun tells that somebody claims something: "reports", "the rumour".
fn is_told(view: &View<'_>, noun: TokenIndex) -> bool {
    view.lemma_is(WordList::ReportingNoun, noun)
        || view.lemma_is(WordList::Hedge, noun) && view.is_noun(noun)
}

fn read_predicate(met: &mut Operators<'_, '_>, head: TokenIndex) -> bool {
    let view = met.view;
    let is_predicate = !view.by(head, &[Deprel::Cop]).is_empty() && !view.is_verb(head);
    if is_predicate {
        return judge(met, head, false);
    }
    // "Turned out to be false."
    let below = view.by(head, &[Deprel::Xcomp]);
    view.is_verb(head)
        && below.into_iter().any(|word| !view.is_verb(word) && judge(met, word, false))
}

/// Negates where `word` calls something untrue, or not true. Whether it does.
fn judge(met: &mut Operators<'_, '_>, word: TokenIndex, beside: bool) -> bool {
    let view = met.view;
    let denied = met.has_negator(word)
        || view.head(word).is_some_and(|above| view.is_verb(above) && met.has_negator(above));
    let untrue = view.is(WordList::Untrue, word) && !denied;
    let not_true = view.lemma_is(WordList::TrueWord, word) && denied && !beside
        || view.lemma_is(WordList::TrueWord, word) && met.has_negator(word);
    if untrue || not_true {
        met.negate(word);
    }
    untrue || not_true
}

/// Reads the lack of what would show a claim: "no evidence has emerged that". Whether it lacks.
pub(super) fn read_lack(met: &mut Operators<'_, '_>, at: TokenIndex, head: TokenIndex) -> bool {
    let view = met.view;
    // "Nobody has produced evidence that."
    if view.lemma_is(WordList::Evidence, at)
        && let Some(nobody) = names_nobody(view, head)
    {
        met.negate(nobody);
        return true;
    }
    let subjects = view.by(head, &[Deprel::Nsubj, Deprel::NsubjPass]);
    let Some(&shown) = subjects.iter().find(|&&s| view.lemma_is(WordList::Evidence, s)) else {
        return false;
    };
    read_scant(met, shown);
    let lacks = met.has_function(shown, &[Deprel::Det], No) || met.has_negator(head);
    if lacks {
        met.negate(shown);
    }
    lacks
}

/// Hedges where little shows a claim: "scant evidence that".
pub(super) fn read_scant(met: &mut Operators<'_, '_>, noun: TokenIndex) {
    let view = met.view;
    if !view.lemma_is(WordList::Evidence, noun) {
        return;
    }
    let mut words = view.by(noun, &[Deprel::Amod, Deprel::Det]).into_iter();
    if let Some(scant) = words.find(|&word| view.form_is(WordList::Scant, word)) {
        met.hedge(scant);
    }
}

/// The word by which the subject of a verb is nobody: "nobody has shown that", "no one doubts".
pub(super) fn names_nobody(view: &View<'_>, verb: TokenIndex) -> Option<TokenIndex> {
    view.by(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).into_iter().find(|&subject| {
        matches!(view.function(subject), Some(Nobody | Not | Nothing | Neither))
            || view.function(subject) == Some(One) && view.function_before(subject) == Some(No)
    })
}
