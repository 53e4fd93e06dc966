//! Who says it: reporting verbs and nouns, "according to", quotations, headlines, lists.
//!
//! The innermost speaker wins. The walk goes from the trigger to the root and takes the first
//! word of saying that reports what it comes from; then the quotation around the trigger, a
//! phrase with "according to", a headline's colon and a list's lead-in are asked, in this order.

use super::aside;
use super::context::Context;
use super::speaker::{closes_speech, denied_behind, name_speaker, speaker};
use super::unsaid::is_refused;
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{
    About, According, Against, And, As, But, By, For, I, In, My, Of, On, Our, Over, Per, That, To,
    We,
};
use crate::lexicon::WordList;
use crate::model::{Attribution, Deprel, TokenIndex, Xpos};

/// Who says what `trigger` starts, inside of its sentence alone.
pub(crate) fn reported_by(view: &View<'_>, trigger: TokenIndex) -> Option<Attribution> {
    let mut at = trigger;
    loop {
        for &child in view.children(at) {
            let reports = matches!(
                view.deprel(child),
                Deprel::Parataxis | Deprel::Advcl | Deprel::Dep | Deprel::Ccomp | Deprel::Conj
            ) && view.is_verb(child)
                && view.is(WordList::Reporting, child)
                && !view.tree.is_within(trigger, child)
                && reports_backwards(view, child, at);
            if reports && let Some(said) = speaker(view, child) {
                return Some(said);
            }
        }
        let head = view.head(at)?;
        let deprel = view.deprel(at);
        // "Said that the talks would go on, and accused Paris": not what is said.
        if deprel == Deprel::Conj
            && let Some(speech) = view.joined_to_speech(at, head)
        {
            at = speech;
            continue;
        }
        // "expressed gratitude": the verb lends its subject and reports nothing.
        let lent = at == trigger
            && deprel == Deprel::Obj
            && view.is_noun(at)
            && view.is(WordList::ReportingNoun, at)
            && view.is(WordList::LightVerb, head);
        if !lent
            && reports(view, head, at, deprel)
            && let Some(said) = denier(view, head).or_else(|| speaker(view, head))
        {
            return Some(said);
        }
        // "Pressed Ankara to stop the sales": who wants them ended says that there are any.
        if deprel == Deprel::Xcomp
            && view.is(WordList::Ended, at)
            && view.is(WordList::Urge, head)
            && let Some(said) = speaker(view, head)
        {
            return Some(said);
        }
        // "Denounced Washington, which sold": what the article adds of somebody named.
        let adds = deprel == Deprel::AclRelcl && view.actor(head).is_some() && {
            let first = view.tree.subtree(at)[0];
            view.follows_comma(first) || view.word(first) == ","
        };
        at = head;
        if adds && view.deprel(at) != Deprel::Nsubj {
            at = view.head(at)?;
        }
    }
}

/// Who calls untrue what the noun of saying `claims` tells: "Iran denied Ukrainian claims that".
fn denier(view: &View<'_>, claims: TokenIndex) -> Option<Attribution> {
    if !view.is_noun(claims) {
        return None;
    }
    if let Some(verb) = denied_behind(view, claims) {
        return speaker(view, verb);
    }
    let verb = view.head(claims)?;
    let denied = match view.deprel(claims) {
        Deprel::Obj | Deprel::NsubjPass => true,
        // "Dismissed as baseless claims that".
        Deprel::Obl => view.marker_function(claims) == Some(As),
        _ => false,
    };
    (denied && view.is(WordList::Denying, verb)).then(|| speaker(view, verb))?
}

/// Whether a verb of saying below what is said reports it: "…, Kirby said".
fn reports_backwards(view: &View<'_>, verb: TokenIndex, said: TokenIndex) -> bool {
    let has_subject = !view.by(verb, &[Deprel::Nsubj]).is_empty();
    let addresses = view.lemma_is(WordList::Addressing, verb);
    let has_own_complement =
        view.by(verb, &[Deprel::Ccomp, Deprel::Obj, Deprel::Xcomp]).iter().any(|&complement| {
            view.is_predicate(complement) || view.deprel(complement) == Deprel::Obj && !addresses
        });
    // "Sold drones, and it warned Japan" and "sold drones; it warned Japan" tell two things.
    let is_apart = !view.by(verb, &[Deprel::Cc]).is_empty() || is_divided(view, said, verb);
    if is_apart {
        return false;
    }
    match view.deprel(verb) {
        Deprel::Parataxis => has_subject && !has_own_complement,
        // A clause with "as" or none: "as Kirby put it", or a misread "Kirby said".
        Deprel::Advcl => {
            has_subject
                && !has_own_complement
                && view.marker(verb).is_none_or(|marker| view.function(marker) == Some(As))
                && view.lemma_is(WordList::Parenthetical, verb)
        }
        _ => {
            let first = view.tree.subtree(verb)[0];
            let apart = view.step(first, -1).is_some_and(|mark| closes_speech(view, mark));
            has_subject && !has_own_complement && verb > said && apart
        }
    }
}

/// Whether a semicolon stands between two words.
fn is_divided(view: &View<'_>, a: TokenIndex, b: TokenIndex) -> bool {
    let (first, last) = (a.min(b), a.max(b));
    (first.index()..last.index()).any(|at| view.word(TokenIndex::new(at)) == ";")
}

/// "Chad warned Mali and Niger warned Togo", read as if Chad warned that Mali and Niger did:
/// the clause has no "that", both verbs tell of the past, and "and" stands before its subject.
fn is_second_sentence(view: &View<'_>, verb: TokenIndex, clause: TokenIndex) -> bool {
    let of_clause = view.by(clause, &[Deprel::Nsubj]);
    let addressed = view.by(verb, &[Deprel::Obj, Deprel::Iobj]);
    let ((&[first], []) | ([], &[first])) = (&of_clause[..], &addressed[..]) else {
        return false;
    };
    let is_joined = |&member: &TokenIndex| {
        verb < first && member < clause && !view.by(member, &[Deprel::Cc]).is_empty()
    };
    view.lemma_is(WordList::Addressing, verb)
        && view.marker(clause).is_none()
        && view.xpos(clause) == view.xpos(verb)
        && view.by(clause, &[Deprel::Aux]).is_empty()
        && view.by(first, &[Deprel::Conj]).iter().any(is_joined)
}

/// Whether `head` reports what hangs on it by `deprel`.
fn reports(view: &View<'_>, head: TokenIndex, below: TokenIndex, deprel: Deprel) -> bool {
    let marker = view.marker_function(below);
    // "Has not said whether", "neither confirmed nor denied": who gives no answer says nothing.
    let answers =
        view.lemma_is(WordList::Answering, head) || view.lemma_is(WordList::Confirming, head);
    if is_divided(view, head, below) || answers && is_refused(view, head, 0) {
        return false;
    }
    if view.is_verb(head) && view.is(WordList::Reporting, head) {
        return match deprel {
            Deprel::Ccomp => !is_second_sentence(view, head, below),
            Deprel::Xcomp if view.lemma_is(WordList::Hoping, head) => true,
            Deprel::Xcomp => {
                view.is(WordList::ReportingObject, head)
                    && (view.xpos(below) == Xpos::Vbg
                        || !view.is_verb(below)
                        || view.is(WordList::Suppress, head))
            }
            Deprel::Parataxis => !view.by(head, &[Deprel::Nsubj]).is_empty(),
            Deprel::Obj | Deprel::NsubjPass => view.is(WordList::ReportingObject, head),
            Deprel::Advcl | Deprel::Acl => {
                matches!(marker, Some(Of | For | Against | About | Over | As))
                    && view.by(below, &[Deprel::Nsubj]).is_empty()
                    || marker == Some(That)
            }
            Deprel::Obl | Deprel::Nmod => match marker {
                Some(Of | For | Against | About | Over | As) => true,
                Some(To) => view.lemma_is(WordList::Pointing, head),
                Some(On) => view.lemma_is(WordList::Commenting, head),
                _ => false,
            },
            _ => false,
        };
    }
    if view.is_noun(head) && view.is(WordList::ReportingNoun, head) {
        return matches!(deprel, Deprel::Acl | Deprel::Ccomp | Deprel::AdvclRelcl)
            || matches!(deprel, Deprel::Nmod | Deprel::Obl | Deprel::Advcl)
                && matches!(marker, Some(Of | About | Over | For | Against | On | That));
    }
    view.is(WordList::ReportingAdjective, head)
        && match deprel {
            Deprel::Ccomp | Deprel::Obl | Deprel::Xcomp => true,
            Deprel::Advcl => matches!(marker, Some(That | About)),
            _ => false,
        }
}

/// Who says what `trigger` starts, by everything that the document tells.
pub(crate) fn attribution(
    context: &Context<'_>,
    view: &View<'_>,
    trigger: TokenIndex,
) -> Option<Attribution> {
    let byte = view.sentence.tokens[trigger.index()].span.start();
    let quotation = context.reading.voices.quotation(byte);
    let turn = || context.turn(view.number).filter(|turn| !holds_label(turn, byte));
    let floor =
        || quotation.map_or_else(turn, |index| context.speakers[index].clone().or_else(turn));
    // "We are concerned that": whoever has the floor says it, not whom they speak for.
    let own = |said: Attribution| {
        if is_first_person(view, &said) { floor().unwrap_or(said) } else { said }
    };
    let reported = reported_by(view, trigger).map(own);
    if quotation.is_some() {
        // A speaker inside of the same quotation is quoted in turn: the innermost one.
        return reported.or_else(floor);
    }
    cited(view, trigger)
        .or(reported)
        .or_else(|| according_to(view, trigger))
        .or_else(|| aside::speaker_aside(context, view, trigger))
        .or_else(|| aside::headline_speaker(view, trigger))
        .or_else(|| context.lead_in(view.number))
        .or_else(turn)
        .map(|said| context.name_organ(view.number, said))
}

/// Whether `byte` lies in or before the label by which a speaker takes the floor.
pub(super) fn holds_label(turn: &Attribution, byte: u32) -> bool {
    turn.holder_span.is_some_and(|label| label.start() <= byte && byte < label.end())
}

fn is_first_person(view: &View<'_>, said: &Attribution) -> bool {
    let tokens = said.holder_span.and_then(|span| view.sentence.tokens_in(span));
    tokens.is_some_and(|tokens| {
        matches!(view.function(TokenIndex(tokens.start())), Some(I | We | Our | My))
    })
}

/// "…, Kyodo reported, citing officials": the officials say it.
fn cited(view: &View<'_>, trigger: TokenIndex) -> Option<Attribution> {
    let cue = view.tokens().find(|&token| {
        view.form_is(WordList::Citing, token)
            && view.is_verb(token)
            && !view.tree.is_within(trigger, token)
            && view.follows_comma(token)
    })?;
    view.by(cue, &[Deprel::Obj]).into_iter().find_map(|head| {
        // "Suspended imports, citing pests": a reason, and nobody who says it.
        let speaks = view.is(WordList::Metonym, head)
            || view.is(WordList::Office, head)
            || view.lemma_is(WordList::Mouthpiece, head)
            || view.lemma_is(WordList::Record, head);
        name_speaker(view, head, cue).filter(|said| said.holder.is_some() || speaks)
    })
}

/// "According to X", "in X's view", anywhere in the sentence outside of other clauses.
fn according_to(view: &View<'_>, trigger: TokenIndex) -> Option<Attribution> {
    for token in view.tokens() {
        match view.function(token) {
            Some(According) => {}
            // "Per Kirby, …".
            Some(Per) if token.0 == 0 || view.follows_comma(token) => {
                let named = view.actor_by_order(token);
                match named.and_then(|named| name_speaker(view, named, token)) {
                    Some(said) => return Some(said),
                    None => continue,
                }
            }
            // "In Seoul's assessment".
            Some(In | By) => {
                let noun = view.head(token);
                let noun = noun.filter(|&n| n > token && view.is(WordList::Opinion, n));
                let owner = noun.and_then(|noun| {
                    let of = |noun| {
                        let of = view.obliques(noun).iter();
                        let mut of = of.filter(|p| p.distance == 0 && p.preposition == Some(Of));
                        of.next().map(|phrase| phrase.head)
                    };
                    view.by(noun, &[Deprel::NmodPoss]).pop().or_else(|| of(noun))
                });
                match owner.and_then(|owner| name_speaker(view, owner, token)) {
                    Some(said) if said.holder.is_some() => return Some(said),
                    _ => continue,
                }
            }
            _ => continue,
        }
        let cue = token;
        let last = view.step(cue, 1)?;
        if view.function(last) != Some(To) {
            continue;
        }
        // The phrase that the preposition introduces, else the next actor or noun.
        let introduced = [cue, last]
            .into_iter()
            .filter_map(|marker| view.head(marker))
            .chain(view.by(cue, &[Deprel::Obj]))
            .find(|&head| head > last && view.is_noun(head));
        let next =
            || (1..8).filter_map(|gap| view.step(last, gap)).find(|&t| view.actor(t).is_some());
        let head = introduced.or_else(next)?;
        if view.tree.is_within(trigger, head) && trigger != head {
            continue;
        }
        // "Sold guns and, according to diplomats, will sell more": of what stands behind alone.
        let mut before = view.step(cue, -1);
        if before.is_some_and(|mark| view.word(mark) == ",") {
            before = view.step(cue, -2);
        }
        let joins = |word| matches!(view.function(word), Some(And | But));
        if before.is_some_and(joins) && trigger < cue {
            continue;
        }
        if let Some(said) = name_speaker(view, head, cue) {
            return Some(said);
        }
    }
    None
}
