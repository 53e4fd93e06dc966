//! Who says it: reporting verbs and nouns, "according to", quotations, headlines, lists.
//!
//! The innermost speaker wins. The walk goes from the trigger to the root and takes the first
//! word of saying that reports what it comes from; then the quotation around the trigger, a
//! phrase with "according to", a headline's colon and a list's lead-in are asked, in this order.

use super::context::Context;
use super::speaker::{closes_speech, name_speaker, speaker};
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{
    About, According, Against, As, By, For, In, Of, On, Over, That, To,
};
use crate::lexicon::WordList;
use crate::model::{Attribution, Deprel, SentenceKind, Span, TokenIndex, TokenUnit, Upos, Xpos};

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
        // "expressed gratitude": the verb lends its subject and reports nothing.
        let lent = at == trigger
            && deprel == Deprel::Obj
            && view.is_noun(at)
            && view.is(WordList::ReportingNoun, at)
            && view.is(WordList::LightVerb, head);
        if !lent
            && reports(view, head, at, deprel)
            && let Some(said) = speaker(view, head)
        {
            return Some(said);
        }
        at = head;
    }
}

/// Whether a verb of saying below what is said reports it: "…, Kirby said".
fn reports_backwards(view: &View<'_>, verb: TokenIndex, said: TokenIndex) -> bool {
    let has_subject = !view.by(verb, &[Deprel::Nsubj]).is_empty();
    let has_own_complement = view
        .by(verb, &[Deprel::Ccomp, Deprel::Obj, Deprel::Xcomp])
        .iter()
        .any(|&complement| view.is_predicate(complement) || view.deprel(complement) == Deprel::Obj);
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

/// Whether `head` reports what hangs on it by `deprel`.
fn reports(view: &View<'_>, head: TokenIndex, below: TokenIndex, deprel: Deprel) -> bool {
    let marker = view.marker_function(below);
    if view.is_verb(head) && view.is(WordList::Reporting, head) {
        return match deprel {
            Deprel::Ccomp => true,
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
    let reported = reported_by(view, trigger);
    let turn = || context.turn(view.number);
    if let Some(index) = quotation {
        // A speaker inside of the same quotation is quoted in turn: the innermost one.
        return reported.or_else(|| context.speakers[index].clone()).or_else(turn);
    }
    cited(view, trigger)
        .or(reported)
        .or_else(|| according_to(view, trigger))
        .or_else(|| closing_speaker(context, view, trigger))
        .or_else(|| headline_speaker(view, trigger))
        .or_else(|| context.lead_in(view.number))
        .or_else(turn)
        .map(|said| context.name_organ(view.number, said))
}

/// "…, Kirby said on Monday" and "…, said Kirby" where the tree does not join what is said with
/// the word of saying: the last such word of the sentence, if a comma or a closing quotation mark
/// stands before it and its speaker, and nothing that it could report behind it.
fn closing_speaker(
    context: &Context<'_>,
    view: &View<'_>,
    trigger: TokenIndex,
) -> Option<Attribution> {
    let outside = |token: TokenIndex| {
        context.reading.voices.quotation(view.sentence.tokens[token.index()].span.start()).is_none()
    };
    let cue = view.tokens().rev().find(|&token| view.is_finite(token) && outside(token))?;
    if cue <= trigger || !view.is(WordList::Reporting, cue) || !view.is_verb(cue) {
        return None;
    }
    let complement = view
        .by(cue, &[Deprel::Ccomp, Deprel::Xcomp, Deprel::Obj])
        .iter()
        .any(|&child| child > cue && !view.is_quote(child));
    if complement {
        return None;
    }
    // Back to the comma: names and nouns, no other verb.
    let mut at = cue;
    for _ in 0..14 {
        at = view.step(at, -1)?;
        if at <= trigger {
            return None;
        }
        if closes_speech(view, at) {
            break;
        }
        if view.is_verb(at) && view.actor(at).is_none() && !view.is(WordList::Office, at) {
            return None;
        }
    }
    if !closes_speech(view, at) {
        return None;
    }
    let inverted = view.step(cue, -1) == Some(at);
    if inverted {
        let head = view.actor_by_order(cue)?;
        return name_speaker(view, head, cue);
    }
    speaker(view, cue)
}

/// "…, Kyodo reported, citing officials": the officials say it.
fn cited(view: &View<'_>, trigger: TokenIndex) -> Option<Attribution> {
    let cue = view.tokens().find(|&token| {
        view.form_is(WordList::Citing, token)
            && view.is_verb(token)
            && !view.tree.is_within(trigger, token)
            && view.follows_comma(token)
    })?;
    view.by(cue, &[Deprel::Obj]).into_iter().find_map(|head| name_speaker(view, head, cue))
}

/// "According to X", "in X's view", anywhere in the sentence outside of other clauses.
fn according_to(view: &View<'_>, trigger: TokenIndex) -> Option<Attribution> {
    for token in view.tokens() {
        match view.function(token) {
            Some(According) => {}
            // "In Seoul's assessment".
            Some(In | By) => {
                let noun = view.head(token);
                let noun = noun.filter(|&n| n > token && view.lemma_is(WordList::Opinion, n));
                let owner = noun.and_then(|noun| view.by(noun, &[Deprel::NmodPoss]).pop());
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
        if let Some(said) = name_speaker(view, head, cue) {
            return Some(said);
        }
    }
    None
}

/// "X: …" and "…: X" in headlines, and "…, X says" where the tree hides it.
fn headline_speaker(view: &View<'_>, trigger: TokenIndex) -> Option<Attribution> {
    if view.sentence.kind != SentenceKind::Headline && view.len() > 25 {
        return None;
    }
    let headline = view.sentence.kind == SentenceKind::Headline;
    for token in view.tokens() {
        if view.word(token) != ":" || !headline {
            continue;
        }
        let before = Span::<TokenUnit>::new(0, token.0);
        let n_tokens = u32::try_from(view.len()).expect("sentences are short");
        let after = Span::<TokenUnit>::new(token.0 + 1, n_tokens);
        let trigger_after = trigger > token;
        let side = if trigger_after { before } else { after };
        if side.is_empty() || side.len() > 6 {
            continue;
        }
        // The side is a name with at most a few words around it, without a verb.
        let verb = side.range().map(TokenIndex::new).any(|t| {
            view.is_verb(t) && view.actor(t).is_none() && !view.is(WordList::Reporting, t)
        });
        let named = side.range().rev().map(TokenIndex::new).find(|&t| view.actor(t).is_some());
        if let Some(named) = named
            && !verb
            && let Some(said) = name_speaker(view, named, token)
            && said.holder.is_some()
        {
            return Some(said);
        }
    }
    // "…, White House says".
    let mut last = TokenIndex::new(view.len() - 1);
    while view.upos(last) == Upos::Punctuation && last.0 > 0 {
        last = view.step(last, -1)?;
    }
    if last > trigger && view.is(WordList::Reporting, last) {
        let before = view.step(last, -1)?;
        if view.actor(before).is_some() || view.is(WordList::Metonym, before) {
            return name_speaker(view, before, last);
        }
    }
    None
}
