//! A partner that the sentence leaves out is taken from its paragraph, or from what the article
//! tells all along, if nobody else is meant.

use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{A, Against, An, Any, In, My, No, Our, Their, Your};
use crate::lexicon::WordList;
use crate::model::{Document, EntityId, Mention, TokenIndex};
use crate::rules::file::Implicit;
use crate::rules::partners::REACH;
use crate::rules::relations::{RelationId, Relations};

/// A claim that was found in its own words, as far as another one leans on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) sentence: usize,
    pub(crate) relation: RelationId,
    pub(crate) source: EntityId,
    pub(crate) target: EntityId,
}

/// How many claims make what an article tells all along.
const STORY: usize = 2;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) relations: &'a Relations,
    pub(crate) relation: RelationId,
    /// The actor of the role that is known.
    pub(crate) known: &'a EntityId,
    pub(crate) known_is_source: bool,
    /// Whether the rule looks for the giver in the subject.
    pub(crate) by_subject: bool,
    /// Whether weapons or listed goods are what moves.
    pub(crate) goods: bool,
    /// Who speaks: seldom a partner.
    pub(crate) speaker: Option<&'a EntityId>,
}

impl Wanted<'_> {
    /// Whether the known one gives to the other.
    fn known_gives(&self) -> bool {
        let giver = self.relations.get(self.relation).giver;
        giver.is_none_or(|giver| giver.is_source() == self.known_is_source)
    }

    fn moves_goods(&self) -> bool {
        self.relations.get(self.relation).kind.moves_goods()
    }
}

/// The partner of `known`: the one in the nearest claim before, or in the same sentence, that
/// goes together with the relation, or whom the whole article tells, as the relation has it.
pub(crate) fn partner(
    view: &View<'_>,
    document: &Document,
    mentions: &[Mention],
    told: &[Told],
    wanted: Wanted<'_>,
) -> Option<EntityId> {
    let implicit = wanted.relations.get(wanted.relation).implicit;
    if implicit == Implicit::Opponent {
        return opponent(view, told, wanted);
    }
    // What only comes later supplies nobody.
    let known_by_now = told.partition_point(|claim| claim.sentence <= view.number);
    let told = &told[..known_by_now];
    if wanted.moves_goods() && !wanted.goods {
        return None;
    }
    let near = nearest(view, document, told, wanted);
    if implicit == Implicit::Nearest {
        return near;
    }
    if !wanted.known_is_source {
        // A giver is seldom left out where somebody else is named.
        return near.filter(|found| {
            !wanted.by_subject || is_not_displaced(view, mentions, told, wanted, found)
        });
    }
    let story = all_along(view, told, wanted)
        .filter(|(found, _)| is_not_displaced(view, mentions, told, wanted, found));
    match story {
        Some((found, clear)) if clear || near.is_none() => Some(found),
        _ => near,
    }
}

/// Whether the sentence and the one before it speak of nobody beside those who give and get in
/// the article: whoever else is mentioned may be the partner.
fn is_not_displaced(
    view: &View<'_>,
    mentions: &[Mention],
    told: &[Told],
    wanted: Wanted<'_>,
    found: &EntityId,
) -> bool {
    let state = |id: &EntityId| view.directory.state_of(id);
    let gives_or_gets = |id: &EntityId| {
        *id == state(wanted.known)
            || id == found
            || told.iter().any(|claim| {
                claim.relation == wanted.relation
                    && (if wanted.known_is_source { &claim.source } else { &claim.target }) == id
            })
    };
    let speaker = wanted.speaker.map(state);
    let near = mentions
        .iter()
        .filter(|mention| mention.sentence <= view.number && mention.sentence + 1 >= view.number);
    near.flat_map(|mention| &mention.entities)
        .filter(|id| !id.is_weapon())
        .map(state)
        .filter(EntityId::is_state)
        .all(|id| gives_or_gets(&id) || speaker.as_ref() == Some(&id))
}

fn nearest(
    view: &View<'_>,
    document: &Document,
    told: &[Told],
    wanted: Wanted<'_>,
) -> Option<EntityId> {
    let state = |id: &EntityId| view.directory.state_of(id);
    let known_state = state(wanted.known);
    let speaker_state = wanted.speaker.map(state);
    let paragraph = document.sentences[view.number].paragraph;
    let in_return = is_in_return(view);
    let Wanted { relations, relation, .. } = wanted;
    let mut best: Option<(usize, Vec<EntityId>)> = None;
    for claim in told.iter().rev() {
        let near = claim.sentence <= view.number
            && view.number - claim.sentence <= REACH
            && paragraph - document.sentences[claim.sentence].paragraph <= 2;
        if !near || !relations.implies(claim.relation, relation) {
            continue;
        }
        let (as_source, partner) = if state(&claim.source) == known_state {
            (true, state(&claim.target))
        } else if state(&claim.target) == known_state {
            (false, state(&claim.source))
        } else {
            continue;
        };
        // Goods go one way, unless the sentence tells what is given in return.
        let gave = relations.get(claim.relation).giver.map(|giver| giver.is_source() == as_source);
        let same_way = gave.is_none_or(|gave| (gave == wanted.known_gives()) != in_return);
        if wanted.moves_goods() && !same_way {
            continue;
        }
        if partner == known_state
            || Some(&partner) == speaker_state.as_ref()
                && !relations.get(relation).speaker_takes_part
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
        _ => None,
    }
}

/// The two states that deal with each other in the nearest sentence before, or in this one, that
/// tells of such dealings: meetings, calls, deals. Nobody where it tells of several pairs.
pub(crate) fn parties(
    view: &View<'_>,
    told: &[Told],
    relations: &Relations,
    relation: RelationId,
) -> Option<(EntityId, EntityId)> {
    let mut best: Option<(usize, (EntityId, EntityId))> = None;
    let near = told.iter().rev().filter(|claim| {
        claim.sentence <= view.number
            && view.number - claim.sentence <= REACH
            && relations.implies(claim.relation, relation)
            && relations.get(claim.relation).kind.is_symmetric()
    });
    for claim in near {
        let (a, b) =
            (view.directory.state_of(&claim.source), view.directory.state_of(&claim.target));
        if a == b || !a.is_state() || !b.is_state() {
            continue;
        }
        let pair = if a < b { (a, b) } else { (b, a) };
        match &best {
            None => best = Some((claim.sentence, pair)),
            Some((sentence, known)) if *sentence == claim.sentence => {
                if *known != pair {
                    return None;
                }
            }
            Some(_) => break,
        }
    }
    best.map(|(_, pair)| pair)
}

/// Whether the sentence tells what one gives for what it was given.
fn is_in_return(view: &View<'_>) -> bool {
    view.tokens().any(|token| {
        view.form_is(WordList::InReturn, token) && view.function_before(token) == Some(In)
    })
}

/// The only partner of `known` in all claims of the relation in the article; of a giver or
/// receiver who is new, the partner whom nearly all others have, and whether many claims say so.
fn all_along(view: &View<'_>, told: &[Told], wanted: Wanted<'_>) -> Option<(EntityId, bool)> {
    let state = |id: &EntityId| view.directory.state_of(id);
    let known_state = &state(wanted.known);
    let sides = |claim: &Told| {
        let (source, target) = (state(&claim.source), state(&claim.target));
        if wanted.known_is_source { (source, target) } else { (target, source) }
    };
    let supplies: Vec<_> =
        told.iter().filter(|claim| claim.relation == wanted.relation).map(sides).collect();
    let mut own: Vec<&EntityId> =
        supplies.iter().filter(|(known, _)| known == known_state).map(|(_, other)| other).collect();
    own.sort();
    own.dedup();
    match own[..] {
        [only] if only != known_state => return Some((only.clone(), false)),
        [] => {}
        _ => return None,
    }
    let mut others: Vec<(&EntityId, usize)> = Vec::new();
    for (_, other) in &supplies {
        match others.iter_mut().find(|(id, _)| *id == other) {
            Some((_, count)) => *count += 1,
            None => others.push((other, 1)),
        }
    }
    let (best, count) = others.into_iter().max_by_key(|(_, count)| *count)?;
    // At least three in four.
    (count >= STORY && 4 * count >= 3 * supplies.len() && best != known_state)
        .then(|| (best.clone(), count > STORY))
}

/// Whether the giver may be left out at `trigger`: of a passive verb, or of a noun that stands for
/// something known. "We will sell", "any transfer" have a giver who is nobody known.
pub(crate) fn leaves_source_out(view: &View<'_>, trigger: TokenIndex) -> bool {
    if view.is_noun(trigger) {
        let vague = view.children(trigger).iter().any(|&child| {
            matches!(view.function(child), Some(Any | No | Our | My | Your | A | An | Their))
        });
        return !vague;
    }
    view.is_passive(trigger) || view.surface_subjects(trigger, 0).is_empty()
}

/// Whether something is sent against somebody: it is given to nobody.
pub(crate) fn is_sent_against(view: &View<'_>, trigger: TokenIndex) -> bool {
    view.obliques(trigger).iter().any(|phrase| phrase.preposition == Some(Against))
}

/// The one whom `known` fights in all claims of the article so far.
fn opponent(view: &View<'_>, told: &[Told], wanted: Wanted<'_>) -> Option<EntityId> {
    let state = |id: &EntityId| view.directory.state_of(id);
    let known_state = &state(wanted.known);
    let mut found: Vec<EntityId> = Vec::new();
    let before = told.iter().filter(|claim| claim.sentence <= view.number);
    for claim in before.filter(|claim| claim.relation == wanted.relation) {
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
