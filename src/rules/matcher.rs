//! Triggers become matches: every rule is tried at every word that may start it.

use super::attempt::{Attempt, Matches};
use super::compile::{Compiled, Entry, Extractor, Part};
use super::relations::RelationId;
use crate::clauses::view::View;
use crate::lexicon::WordList;
use crate::model::{Deprel, TokenIndex, Upos, Xpos};

/// Tries every rule at every trigger of a sentence.
pub(crate) fn matches(view: &View<'_>, compiled: &Compiled) -> Matches {
    let mut matches = Matches::default();
    for token in view.tokens() {
        if view.actor(token).is_some() || is_inside_weapon(view, token) {
            continue;
        }
        let (word, lemma) = view.ids(token);
        let triggers = |word| compiled.triggers(word);
        let by_lemma = lemma.map_or(&[][..], triggers);
        let by_word = word.filter(|_| word != lemma).map_or(&[][..], triggers);
        if by_lemma.is_empty() && by_word.is_empty() {
            continue;
        }
        let candidates = || by_lemma.iter().chain(by_word);
        // Of the triggers that begin here, the longest phrase counts for each relation.
        let longest = |relation: RelationId| {
            candidates()
                .filter(|t| {
                    compiled.extractors[t.rule].relation == relation
                        && view.last_of(token, &t.rest).is_some_and(|last| {
                            fits_part(view, head_of(view, token, last, t.part), t.part)
                        })
                })
                .map(|t| t.rest.len())
                .max()
        };
        for (index, trigger) in candidates().enumerate() {
            let rule = &compiled.extractors[trigger.rule];
            let Some(last) = view.last_of(token, &trigger.rest) else { continue };
            let first = token;
            let token = head_of(view, first, last, trigger.part);
            if !fits_part(view, token, trigger.part) {
                continue;
            }
            // "Closed its ports" is not "close".
            let inflected = index < by_lemma.len() && word != lemma && view.is_verb(first);
            if inflected && trigger.part == Part::Adjective {
                continue;
            }
            if longest(rule.relation) != Some(trigger.rest.len()) {
                continue;
            }
            if !satisfies(view, token, last, rule) {
                continue;
            }
            let relation = compiled.relations.get(rule.relation);
            let (index, part) = (trigger.rule, trigger.part);
            Attempt { view, rule, relation, index, trigger: token, last, part }.run(&mut matches);
        }
    }
    matches
}

/// The word of a trigger of several words on which the arguments hang: the last one of a noun phrase,
/// "military operation", where the others depend on it.
fn head_of(view: &View<'_>, first: TokenIndex, last: TokenIndex, part: Part) -> TokenIndex {
    let is_phrase = part == Part::Noun && first < last && view.tree.is_within(first, last);
    if is_phrase { last } else { first }
}

/// Words of a weapon's name start nothing: "strike drone", "attack helicopter".
fn is_inside_weapon(view: &View<'_>, token: TokenIndex) -> bool {
    view.weapon(token).is_some_and(|mention| {
        let tokens = view.mentions[mention].tokens;
        tokens.end() != token.0 + 1 || !view.is_verb(token)
    })
}

fn fits_part(view: &View<'_>, token: TokenIndex, part: Part) -> bool {
    match part {
        Part::Verb => view.is_verb(token) && view.deprel(token) != Deprel::Amod,
        Part::Noun => {
            // "Hosts talks": taggers take the plural for a verb.
            let misread = view.xpos(token) == Xpos::Vbz && view.deprel(token) == Deprel::Obj;
            if !view.is_noun(token) && !misread {
                return false;
            }
            // A modifier of another noun is no event: "attack helicopter", "war crimes".
            let modified = view.head(token).filter(|&head| {
                view.deprel(token) == Deprel::Compound && head > token && view.is_noun(head)
            });
            modified.is_none_or(|head| view.lemma_is(WordList::ActionHead, head))
        }
        Part::Adjective => {
            matches!(
                view.upos(token),
                Upos::Adjective | Upos::Adverb | Upos::Verb | Upos::Adposition
            ) && !matches!(view.xpos(token), Xpos::Vb | Xpos::Vbg)
        }
    }
}

/// Whether the words that a rule asks for or forbids stand at the trigger.
fn satisfies(view: &View<'_>, trigger: TokenIndex, last: TokenIndex, rule: &Extractor) -> bool {
    if rule.with.is_empty() && rule.without.is_empty() {
        return true;
    }
    let support = view.support_verb(trigger);
    // "Held a call and discussed": what stands at the first verb counts for the second.
    let joined = (view.deprel(trigger) == Deprel::Conj).then(|| view.head(trigger)).flatten();
    // "Troops have begun leaving": the word may be the subject that another verb lends.
    let subjects = if view.is_verb(trigger) { view.subjects(trigger) } else { Vec::new() };
    let is_near = |token: TokenIndex| {
        token != trigger
            && (view.tree.is_within(token, trigger)
                || support.is_some_and(|verb| view.head(token) == Some(verb) || token == verb)
                || joined.is_some_and(|verb| view.head(token) == Some(verb))
                || subjects.contains(&token)
                || (token > last && token.0 - last.0 <= 4)
                || view.head(trigger) == Some(token))
    };
    let any_near = |entries: &[Entry]| {
        view.asked_for().any(|token| {
            entries.iter().any(|Entry { first, rest }| {
                // "In talks" asks for the trigger's own preposition, not for "in Pyongyang for
                // talks".
                let own = || matches!(rest[..], [only] if view.is_word(trigger, only));
                view.is_word(token, *first)
                    && is_near(token)
                    && (view.head(token) == Some(trigger) || !own())
                    && view.follows(token, rest)
            })
        })
    };
    (rule.with.is_empty() || any_near(&rule.with))
        && (rule.without.is_empty() || !any_near(&rule.without))
}
