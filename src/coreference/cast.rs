//! Whom an article is about: its two parties, its protagonist, and whom a state is told with.

use std::collections::{BTreeMap, BTreeSet};

use super::text::Text;
use crate::lexicon::WordList;
use crate::model::{Document, EntityDirectory, EntityId, Mention, SentenceKind};

/// How many times as often as a third party the second one is mentioned, where an article is
/// about two.
const LEAD: f32 = 1.4;

/// The same where one of the two is meant by "its neighbour".
const CLEAR_LEAD: f32 = 2.5;

/// The two parties that an article is about: states, or a state and an armed group.
#[derive(Debug, Clone)]
pub(super) struct MainPair {
    /// Sorted.
    pub(super) parties: [EntityId; 2],
    /// How many times as often the less frequent of them is mentioned as any other state.
    lead: f32,
}

impl MainPair {
    /// The other one, where one of the two is `one` and hardly any other state is mentioned.
    pub(super) fn opposite(&self, one: &[EntityId]) -> Option<EntityId> {
        let [one] = one else { return None };
        let [a, b] = &self.parties;
        let other = if one == a { b } else { a };
        (self.lead >= CLEAR_LEAD && (one == a || one == b)).then(|| other.clone())
    }
}

/// In how many sentences a state stands beside another one at least, and how many times as often
/// as beside any third, to be meant by "its ally" or "its neighbour".
const COMPANION: (usize, usize) = (3, 2);

/// The states of people, organizations and states, each once.
pub(super) fn states_of(directory: &EntityDirectory, ids: &[EntityId]) -> Vec<EntityId> {
    let state = |id: &EntityId| {
        if id.is_state() { Some(id.clone()) } else { directory.get(id)?.state.clone() }
    };
    let mut states: Vec<_> = ids.iter().filter_map(state).collect();
    states.sort();
    states.dedup();
    states
}

/// Whether an organization fights, so that it may be a party to a war.
pub(super) fn is_armed_group(directory: &EntityDirectory, id: &EntityId) -> bool {
    let subtype = directory.get(id).and_then(|entity| entity.subtype.as_deref());
    subtype == Some("armed-group")
}

/// The states of each sentence of the story, people counting for theirs: whom a state is told with.
pub(super) fn company(
    document: &Document,
    named: &[Mention],
    directory: &EntityDirectory,
) -> Vec<Vec<EntityId>> {
    let sentences = named.chunk_by(|a, b| a.sentence == b.sentence);
    let told = sentences
        .filter(|mentions| document.sentences[mentions[0].sentence].kind != SentenceKind::Teaser);
    told.map(|mentions| {
        let actors = mentions.iter().filter_map(Mention::entity).filter(|id| id.is_actor());
        let actors: Vec<EntityId> = actors.cloned().collect();
        states_of(directory, &actors)
    })
    .filter(|states| states.len() > 1)
    .collect()
}

/// The state that stands beside `one` clearly more often than any other does.
pub(super) fn companion(company: &[Vec<EntityId>], one: &EntityId) -> Option<EntityId> {
    let others: Vec<&EntityId> = company
        .iter()
        .filter(|states| states.contains(one))
        .flatten()
        .filter(|state| *state != one)
        .collect();
    clear_first(&frequencies(others), COMPANION)
}

/// How often each is listed, the most frequent first.
fn frequencies(mut ids: Vec<&EntityId>) -> Vec<(usize, &EntityId)> {
    ids.sort_unstable();
    let counts = ids.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0]));
    let mut counts: Vec<(usize, &EntityId)> = counts.collect();
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counts
}

/// The first, if there are as many of it as `least`, and `times` as many as of the second.
fn clear_first(counts: &[(usize, &EntityId)], (least, times): (usize, usize)) -> Option<EntityId> {
    let (most, first) = *counts.first()?;
    let second = counts.get(1).map_or(0, |(count, _)| *count);
    (most >= least && most >= times * second).then(|| first.clone())
}

/// The two parties of which an article speaks clearly more often than of any other. People count
/// for their states.
pub(super) fn main_pair(
    document: &Document,
    named: &[Mention],
    directory: &EntityDirectory,
) -> Option<MainPair> {
    let told = named
        .iter()
        .filter(|mention| document.sentences[mention.sentence].kind != SentenceKind::Teaser);
    let parties: Vec<&EntityId> = told
        .filter_map(Mention::entity)
        .filter_map(|id| {
            if id.is_state() {
                return Some(id);
            }
            let entity = directory.get(id)?;
            if id.is_person() {
                entity.state.as_ref()
            } else {
                is_armed_group(directory, id).then_some(id)
            }
        })
        .collect();
    let counts = frequencies(parties);
    let third = counts.get(2).map_or(0, |(count, _)| *count);
    let [(_, a), (second, b), ..] = &counts[..] else { return None };
    let mut parties = [EntityId::clone(a), EntityId::clone(b)];
    parties.sort();
    #[expect(clippy::cast_precision_loss, reason = "mentions are few")]
    let lead = *second as f32 / third.max(1) as f32;
    (*second >= 3 && lead >= LEAD).then_some(MainPair { parties, lead })
}

/// The two parties of the war of which an article tells: those that the sentences on it name together
/// more often than any other two. People count for their states.
pub(super) fn belligerents(text: Text<'_>, directory: &EntityDirectory) -> Option<[EntityId; 2]> {
    let mut pairs: BTreeMap<[EntityId; 2], usize> = BTreeMap::new();
    for mentions in text.named.chunk_by(|a, b| a.sentence == b.sentence) {
        let n = mentions[0].sentence;
        let tells_of_war =
            (0..text.len(n)).any(|token| text.has_any_case(WordList::Hostilities, n, token));
        if !tells_of_war || text.document.sentences[n].kind == SentenceKind::Teaser {
            continue;
        }
        let parties = mentions.iter().filter_map(Mention::entity).filter_map(|id| {
            if id.is_state() || is_armed_group(directory, id) {
                Some(id.clone())
            } else {
                directory.get(id).filter(|_| id.is_person())?.state.clone()
            }
        });
        let parties: BTreeSet<EntityId> = parties.collect();
        for (at, one) in parties.iter().enumerate() {
            for other in parties.iter().skip(at + 1) {
                *pairs.entry([one.clone(), other.clone()]).or_default() += 1;
            }
        }
    }
    let most = *pairs.values().max()?;
    let mut first = pairs.into_iter().filter(|(_, count)| *count == most);
    let (pair, _) = first.next()?;
    first.next().is_none().then_some(pair)
}

/// How often the person whom an article is about is named at least, and how many times as often as
/// anybody else.
const PROTAGONIST: (usize, usize) = (4, 2);

/// The person of whom an article clearly speaks more often than of any other.
pub(super) fn protagonist(document: &Document, named: &[Mention]) -> Option<EntityId> {
    let told = named
        .iter()
        .filter(|mention| document.sentences[mention.sentence].kind != SentenceKind::Teaser);
    let people = told.filter_map(Mention::entity).filter(|id| id.is_person());
    clear_first(&frequencies(people.collect()), PROTAGONIST)
}
