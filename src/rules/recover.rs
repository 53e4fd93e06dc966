//! A partner that the sentence leaves out is taken from its paragraph, if nobody else is meant.

use super::view::View;
use crate::model::{Document, EntityDirectory, EntityId};

/// A claim that was found before, as far as a later one leans on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Earlier {
    pub(super) sentence: usize,
    pub(super) relation: String,
    pub(super) source: EntityId,
    pub(super) target: EntityId,
}

/// How far back a partner may stand, in sentences.
const REACH: usize = 6;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) relation: &'a str,
    /// The actor of the role that is known.
    pub(super) known: &'a EntityId,
    /// Whether it is the source.
    pub(super) known_is_source: bool,
    /// Who speaks: seldom a partner.
    pub(super) speaker: Option<&'a EntityId>,
}

/// The partner of `known` in the nearest claim before, or in the same sentence, that goes together
/// with the relation.
pub(super) fn partner(
    view: &View<'_>,
    document: &Document,
    earlier: &[Earlier],
    wanted: Wanted<'_>,
) -> Option<EntityId> {
    let state = |id: &EntityId| state_of(view.directory, id);
    let known_state = state(wanted.known);
    let speaker_state = wanted.speaker.map(state);
    if wanted.relation == "attacks" {
        return opponent(earlier, wanted, &known_state, &state);
    }
    let paragraph = document.sentences[view.number].paragraph;
    let mut best: Option<(usize, Vec<EntityId>)> = None;
    for claim in earlier.iter().rev() {
        let near = claim.sentence <= view.number
            && view.number - claim.sentence <= REACH
            && paragraph - document.sentences[claim.sentence].paragraph <= 2;
        if !near || !goes_with(&claim.relation, wanted.relation) {
            continue;
        }
        let partner = if state(&claim.source) == known_state {
            state(&claim.target)
        } else if state(&claim.target) == known_state {
            state(&claim.source)
        } else {
            continue;
        };
        if partner == known_state
            || Some(&partner) == speaker_state.as_ref()
                && !matches!(wanted.relation, "supplies" | "supports")
        {
            continue;
        }
        match &mut best {
            None => best = Some((claim.sentence, vec![partner])),
            Some((sentence, partners)) if *sentence == claim.sentence => {
                if !partners.contains(&partner) {
                    partners.push(partner);
                }
            }
            Some(_) => break,
        }
    }
    match best {
        Some((_, partners)) if partners.len() == 1 => partners.into_iter().next(),
        Some(_) => None,
        None => receiver(view, document, earlier, wanted).filter(|one| *one != known_state),
    }
}

/// Who gets the goods of which the sentences right before tell, if it is always the same one:
/// "Germany has given three, the Netherlands sent launchers" after "Ukraine asked for more".
fn receiver(
    view: &View<'_>,
    document: &Document,
    earlier: &[Earlier],
    wanted: Wanted<'_>,
) -> Option<EntityId> {
    if wanted.relation != "supplies" || !wanted.known_is_source {
        return None;
    }
    let paragraph = document.sentences[view.number].paragraph;
    let mut receivers = earlier.iter().filter_map(|claim| {
        let near = view.number - claim.sentence <= REACH
            && paragraph - document.sentences[claim.sentence].paragraph <= 1;
        match claim.relation.as_str() {
            "supplies" if near => Some(&claim.target),
            _ => None,
        }
    });
    let first = receivers.next()?;
    (first != wanted.known && receivers.all(|other| other == first)).then(|| first.clone())
}

/// The state that a person belongs to; anybody else itself, and whoever has none.
pub(super) fn state_of(directory: &EntityDirectory, id: &EntityId) -> EntityId {
    if !id.is_person() {
        return id.clone();
    }
    directory.get(id).and_then(|entity| entity.state.clone()).unwrap_or_else(|| id.clone())
}

/// The one whom `known` fights in all claims of the article so far.
fn opponent(
    earlier: &[Earlier],
    wanted: Wanted<'_>,
    known_state: &EntityId,
    state: &dyn Fn(&EntityId) -> EntityId,
) -> Option<EntityId> {
    let mut found: Vec<EntityId> = Vec::new();
    for claim in earlier.iter().filter(|claim| claim.relation == wanted.relation) {
        let other = if state(&claim.source) == *known_state {
            claim.target.clone()
        } else if state(&claim.target) == *known_state {
            claim.source.clone()
        } else {
            continue;
        };
        if !found.contains(&other) && other != *known_state {
            found.push(other);
        }
    }
    if found.len() == 1 { found.pop() } else { None }
}

/// Whether a claim of relation `earlier`, so many sentences before, may supply the partner of one
/// of relation `wanted`.
pub(super) fn may_supply(earlier: &str, distance: usize, wanted: &str) -> bool {
    if wanted == "attacks" {
        earlier == wanted
    } else {
        distance <= REACH && goes_with(earlier, wanted)
    }
}

/// Whether a claim of one relation tells who the partner in another is.
fn goes_with(earlier: &str, wanted: &str) -> bool {
    let dealings = [
        "supplies",
        "requests",
        "agrees",
        "negotiates",
        "cooperates",
        "meets",
        "supports",
        "visits",
        "contacts",
    ];
    match wanted {
        "supplies" | "agrees" | "negotiates" | "cooperates" | "meets" | "requests" | "contacts" => {
            dealings.contains(&earlier)
        }
        _ => {
            earlier == wanted
                || matches!(
                    (earlier, wanted),
                    ("accuses", "warns")
                        | ("warns", "accuses")
                        | ("supplies" | "supports", "supports")
                )
        }
    }
}
