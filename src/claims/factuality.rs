//! Factuality of a claim, which is polarity and modality: what the words above and beside a trigger
//! make of it.
//!
//! The walk goes from the trigger to the root. At each step the modal verbs, negators and adverbs
//! of a word count, then what the word above does to what it governs. The walk ends where another
//! clause begins that says nothing about this one: at a relative clause, at a clause of time or
//! reason, at the complement of a verb of saying.

use super::operators::{Cue, Effect, Operators};
use super::speaker::denied_behind;
use super::unsaid::unsaid;
use super::untruth;
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{
    A, After, Amid, An, Any, As, At, Before, But, By, During, For, However, In, Instead, No, Once,
    Over, Rather, Since, So, To, Under, When, While, With, Without, Yet,
};
use crate::lexicon::WordList;
use crate::model::{Deprel, Modality, Polarity, TokenIndex, Xpos};
use crate::rules::compile::Preset;

/// How firmly and with what sign a claim is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Factuality {
    pub(crate) polarity: Polarity,
    pub(crate) modality: Modality,
    /// Nothing is said to hold or not to hold.
    pub(crate) suppressed: bool,
    pub(crate) cues: Vec<Cue>,
}

impl Factuality {
    /// The factuality of the claim that `trigger` starts; `preset` is what its rule presets.
    pub(crate) fn of(view: &View<'_>, trigger: TokenIndex, preset: Preset) -> Self {
        let mut met = Operators::new(view);
        met.read_own_words(trigger, true);
        // "They did not discuss a date": they talked.
        met.suppressed |=
            met.negative && view.is_verb(trigger) && view.lemma_is(WordList::Discussing, trigger);
        if !(preset.presupposed && is_known(view, trigger)) {
            climb(&mut met, trigger);
            if let Some(cue) = unsaid(view, trigger) {
                met.suppress(cue);
            }
        }
        // "Urged Iran to stop the deliveries": they go on.
        let presupposed = met.ended && met.urged;
        let negative = (preset.polarity == Some(Polarity::Negative))
            ^ met.known.unwrap_or(met.negative ^ (met.ended && !met.urged));
        let negative = negative && !presupposed;
        let modality = if presupposed || met.cancelled && negative {
            Modality::Asserted
        } else {
            modality(&met, preset.modality)
        };
        let polarity = if negative { Polarity::Negative } else { Polarity::Positive };
        Self { polarity, modality, suppressed: met.suppressed, cues: met.cues }
    }
}

/// The modality by all operators that were met.
fn modality(met: &Operators<'_, '_>, preset: Option<Modality>) -> Modality {
    let attempt = preset == Some(Modality::Asserted);
    if met.approved && !met.hedge_modal {
        Modality::Prospective
    } else if met.hedge || met.hedge_modal && !met.condition {
        Modality::Hedged
    } else if met.prospective || met.condition || met.sought && !attempt {
        Modality::Prospective
    } else if let Some(modality) = preset.filter(|_| !attempt) {
        modality
    } else if met.weak_hedge {
        Modality::Hedged
    } else {
        Modality::Asserted
    }
}

/// Whether a noun names an event with its agent, under a word that leaves it as it is.
fn is_known(view: &View<'_>, noun: TokenIndex) -> bool {
    use crate::lexicon::FunctionWord::Between;
    let between = || view.obliques(noun).iter().any(|phrase| phrase.preposition == Some(Between));
    let owned = view.is_noun(noun)
        && (!view.by(noun, &[Deprel::NmodPoss]).is_empty()
            || !view.premodifiers(noun).is_empty()
            || between());
    let governed = view
        .head(noun)
        .is_some_and(|head| Operators::operates_at_all(view, head) || is_transparent(view, head));
    let subject = matches!(view.deprel(noun), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Root);
    owned && !governed && !subject
}

fn is_transparent(view: &View<'_>, token: TokenIndex) -> bool {
    view.is(WordList::Transparent, token)
}

/// Whether a noun names with a word before it what is there while it is talked about: "bilateral
/// relations", "their support".
fn is_enduring(view: &View<'_>, noun: TokenIndex) -> bool {
    let before = [Deprel::Amod, Deprel::Det, Deprel::NmodPoss, Deprel::Compound];
    let words = view.by(noun, &before);
    view.lemma_is(WordList::Enduring, noun)
        && (words.iter().any(|&word| !matches!(view.function(word), Some(A | An | Any | No)))
            || !view.premodifiers(noun).is_empty())
}

/// "Met to discuss", "called to thank": the purpose is reached.
fn is_reached(view: &View<'_>, at: TokenIndex, head: TokenIndex) -> bool {
    view.lemma_is(WordList::Expressing, at) && view.is(WordList::Conversing, head)
}

/// Goes from `trigger` to the root and reads all that says something about its claim.
fn climb(met: &mut Operators<'_, '_>, trigger: TokenIndex) {
    let mut at = trigger;
    let mut by_nouns = met.view.is_noun(trigger);
    while let Some(head) = met.view.head(at) {
        by_nouns &= met.view.is_noun(at);
        // "Discussed the partnership between them": it is there.
        if by_nouns && is_enduring(met.view, trigger) && met.view.is(WordList::Discussing, head) {
            return;
        }
        // "Claims that Iran sold drones were denied."
        let noun = met.view.is(WordList::ReportingNoun, head);
        if let Some(denied) = denied_behind(met.view, head).filter(|&verb| noun && verb != at) {
            met.negate(denied);
        }
        if !(read_marker(met, at) && read_step(met, at, head, at == trigger)) {
            return;
        }
        at = head;
    }
}

/// Reads the marker of a phrase or clause. Whether the words above say more.
fn read_marker(met: &mut Operators<'_, '_>, at: TokenIndex) -> bool {
    let view = met.view;
    let Some(marker) = view.marker(at) else { return true };
    match view.function(marker) {
        Some(Without) => met.negate(marker),
        Some(Instead | Rather) => met.suppress(marker),
        // "As long as".
        Some(As)
            if view
                .step(marker, -1)
                .is_some_and(|before| view.form_is(WordList::Condition, before)) =>
        {
            met.condition = true;
            met.note(marker, Effect::Prospective);
            met.suppressed |= met.negative;
        }
        _ if view.form_is(WordList::Condition, marker) => {
            met.condition = true;
            met.note(marker, Effect::Prospective);
            // "If it does not sell them": nobody says that it does not.
            met.suppressed |= met.negative && view.deprel(at) == Deprel::Advcl;
            return view.deprel(at) != Deprel::Advcl;
        }
        _ => {}
    }
    true
}

/// Reads one step of the way, from `at` to its head. Whether the words above say more.
fn read_step(
    met: &mut Operators<'_, '_>,
    at: TokenIndex,
    head: TokenIndex,
    is_first: bool,
) -> bool {
    match met.view.deprel(at) {
        Deprel::AclRelcl => {
            // "It is not the case that."
            untruth::read_empty_subject(met, at, head);
            false
        }
        Deprel::Parataxis | Deprel::Root | Deprel::Dislocated | Deprel::Vocative => false,
        Deprel::Conj => read_conjunct(met, at, head),
        Deprel::Advcl | Deprel::AdvclRelcl => read_adverbial_clause(met, at, head),
        Deprel::Acl => read_clause_of_noun(met, at, head, is_first),
        Deprel::Nsubj | Deprel::Csubj | Deprel::NsubjOuter => read_subject(met, at, head),
        Deprel::Xcomp
        | Deprel::Ccomp
        | Deprel::Obj
        | Deprel::NsubjPass
        | Deprel::CsubjPass
        | Deprel::Dep
        | Deprel::Iobj => read_complement(met, at, head),
        Deprel::Obl
        | Deprel::Nmod
        | Deprel::OblUnmarked
        | Deprel::OblAgent
        | Deprel::NmodUnmarked
        | Deprel::Appos => read_phrase(met, at, head),
        _ => true,
    }
}

/// A second conjunct shares the words of the first, unless it has a subject or auxiliary itself.
fn read_conjunct(met: &mut Operators<'_, '_>, at: TokenIndex, head: TokenIndex) -> bool {
    let view = met.view;
    // "Denied that it had delivered shells, and accused Washington": not what is denied.
    if view.joined_to_speech(at, head).is_some() {
        return false;
    }
    // "Refused to talk and left": left as well.
    if view.is_finite(at) && view.xpos(head) == Xpos::Vb && met.has_to(head) {
        return false;
    }
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::Cop];
    if view.by(at, &own).is_empty() {
        let mut conjunctions = view.by(at, &[Deprel::Cc]).into_iter();
        let contrasts =
            conjunctions.any(|cc| matches!(view.function(cc), Some(But | Yet | However)));
        met.read_own_words(head, !contrasts);
    }
    true
}

/// Adverbial clauses: of purpose, participles, and finite ones.
fn read_adverbial_clause(met: &mut Operators<'_, '_>, at: TokenIndex, head: TokenIndex) -> bool {
    let view = met.view;
    let marker = view.marker_function(at);
    let purpose = marker == Some(To) || matches!(marker, Some(In | So) if met.has_to(at));
    if purpose && is_reached(view, at, head) {
        met.read_own_words(head, false);
        return true;
    }
    if purpose {
        met.operate(head, at);
        if !is_transparent(view, head) {
            met.sought = true;
            met.note_marker(at);
        }
        return true;
    }
    if matches!(view.xpos(at), Xpos::Vbg | Xpos::Vbn) {
        let of_time = matches!(marker, Some(After | Since | While | When));
        let circumstance = of_time || matches!(marker, Some(Before | By | With));
        if view.marker(at).is_some() && !circumstance {
            met.operate(head, at);
        }
        if !of_time {
            met.read_own_words(head, false);
        }
        return !of_time;
    }
    // "will come up when they meet": what is still to come, too.
    let present = matches!(view.xpos(at), Xpos::Vbp | Xpos::Vbz);
    if present && matches!(marker, Some(When | Once | Before | After)) {
        let modal = view.by(head, &[Deprel::Aux]).into_iter().find(|&aux| {
            view.form_is(WordList::FutureModal, aux) || view.form_is(WordList::HedgeModal, aux)
        });
        if let Some(modal) = modal {
            met.foresee(modal);
        }
    }
    false
}

/// Clauses that hang on a noun: "plans to send", "tanks supplied by Poland".
fn read_clause_of_noun(
    met: &mut Operators<'_, '_>,
    at: TokenIndex,
    head: TokenIndex,
    is_first: bool,
) -> bool {
    let view = met.view;
    if untruth::is_beyond_doubt(view, at, head) {
        return false;
    }
    if untruth::read_beside(met, at, head) || untruth::read_empty_subject(met, at, head) {
        return false;
    }
    untruth::read_scant(met, head);
    if met.has_to(at) && !is_transparent(view, head) && !is_reached(view, at, head) {
        if view.lemma_is(WordList::Attempt, head) {
            met.sought = true;
        } else {
            met.prospective = true;
        }
        met.note_marker(at);
    }
    // What is done with "tanks supplied by Poland" leaves the supply as it is.
    let participle = is_first
        && view.marker(at).is_none()
        && view.is_verb(at)
        && matches!(view.xpos(at), Xpos::Vbn | Xpos::Vbg);
    if !participle {
        met.operate(head, at);
    }
    met.read_own_words(head, true);
    !participle
}

fn read_subject(met: &mut Operators<'_, '_>, at: TokenIndex, head: TokenIndex) -> bool {
    let view = met.view;
    if view.deprel(at) == Deprel::Csubj && view.lemma_is(WordList::Doubtful, head)
        || view.deprel(at) == Deprel::Csubj && view.is(WordList::Hedge, head)
    {
        met.operate(head, at);
    }
    if untruth::read_subject(met, at, head) {
        return false;
    }
    if view.is(WordList::Ended, head) {
        met.operate(head, at);
    }
    // "Reports that … were false."
    if !view.is_verb(head) && Operators::operates(view, WordList::Negative, head) {
        met.operate(head, at);
        return false;
    }
    // "The sanctions will remain": they are there.
    if view.lemma_is(WordList::Lasting, head) && view.is_noun(at) {
        return false;
    }
    let happens = is_transparent(view, head);
    met.read_own_words(head, happens);
    happens
}

fn read_complement(met: &mut Operators<'_, '_>, at: TokenIndex, head: TokenIndex) -> bool {
    let view = met.view;
    if untruth::is_beyond_doubt(view, at, head)
        || untruth::read_beside(met, at, head)
        || untruth::read_lack(met, at, head)
    {
        return false;
    }
    met.operate(head, at);
    if !(view.is(WordList::Reporting, head) && view.deprel(at) == Deprel::Ccomp) {
        let denied = denies(met, at, head);
        // "Did not confirm the sale."
        let says_nothing = !denied && view.is(WordList::Reporting, head) && met.has_negator(head);
        met.hedge |= says_nothing;
        met.read_own_words(head, denied);
        return true;
    }
    if met.has_negator(head) || untruth::names_nobody(view, head).is_some() {
        if view.lemma_is(WordList::NegRaising, head) {
            met.negative = !met.negative;
        } else if !view.is(WordList::Hedge, head) {
            met.hedge = true;
        }
    }
    false
}

/// Whether "not" at a verb denies what its object or subject tells. "Reached no deal" does, while
/// "did not forget the deal" and "ties were not affected" take it for granted.
fn denies(met: &Operators<'_, '_>, at: TokenIndex, head: TokenIndex) -> bool {
    let view = met.view;
    let is_given = view.is_noun(at)
        && view.is_verb(head)
        && matches!(view.deprel(at), Deprel::Obj | Deprel::NsubjPass);
    !is_given
        || view.is(WordList::LightVerb, head)
        || is_transparent(view, head)
        || Operators::operates_at_all(view, head)
        || view.lemma_is(WordList::Evidence, at)
        || met.has_function(at, &[Deprel::Det], Any)
}

/// Reads a phrase. Whether the words above say more.
fn read_phrase(met: &mut Operators<'_, '_>, at: TokenIndex, head: TokenIndex) -> bool {
    let view = met.view;
    let marker = view.marker_function(at);
    // "Called off the talks over the attack": it took place.
    let of_cause = marker == Some(Over) && view.lemma_is(WordList::Violence, at);
    let of_time = matches!(marker, Some(During | After | Amid)) || of_cause;
    // "planned talks in Minsk", but not "in a letter he asked": a mere circumstance.
    let circumstance = of_cause
        || view.deprel(at) == Deprel::Obl
            && view.is_verb(head)
            && (of_time || matches!(marker, Some(In | At | By | Under | Before)));
    if !circumstance {
        met.operate(head, at);
    } else if of_time && view.is_noun(at) {
        met.known.get_or_insert(met.negative ^ met.ended);
        if of_cause {
            return false;
        }
        // "The talks held during their summit seek to": the summit was.
        if marker == Some(During) && matches!(view.xpos(head), Xpos::Vbd | Xpos::Vbn) {
            let aux = view.by(head, &[Deprel::Aux]);
            return aux.iter().any(|&aux| view.form_is(WordList::FutureModal, aux));
        }
    }
    // "In this partnership, that is not going to change", "is not a part of the partnership".
    let leads = view.deprel(at) == Deprel::Obl && view.is_verb(head) && at < head;
    let noun = !view.is_verb(head)
        && (view.by(head, &[Deprel::Cop]).is_empty() || Operators::operates_at_all(view, head));
    let light = view.is(WordList::LightVerb, head) && !leads
        || noun
        || view.is_verb(at)
        || is_transparent(view, head) && !leads;
    met.read_own_words(head, light && marker != Some(For));
    true
}
