//! Whom an article is about: its two parties, its protagonist, and whom a state is told with.

use super::text::Text;
use crate::lexicon::{FunctionWord, WordList};
use crate::model::{Document, EntityDirectory, EntityId, Mention, SentenceKind};

/// How many times as often as a third party the second one is mentioned, where an article is
/// about two.
const LEAD: f32 = 1.4;

/// The two parties that an article is about: states, or a state and an armed group.
#[derive(Debug, Clone)]
pub(super) struct MainPair {
    /// Sorted.
    pub(super) parties: [EntityId; 2],
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
    (*second >= 3 && lead >= LEAD).then_some(MainPair { parties })
}

/// Those of whose meeting or call an article tells first.
#[derive(Debug, Clone)]
pub(super) struct Participants {
    /// Sorted, of two states at least.
    pub(super) people: Vec<EntityId>,
    /// The last sentence that names them.
    pub(super) sentence: usize,
    /// The mention by name of one of them: an index.
    pub(super) first: usize,
}

/// How many people a text tells of at most who meet each other.
const LARGEST_MEETING: usize = 7;

/// The people whom the headline and the first sentence name, where both together tell of a meeting
/// or a call: "X's call with Y. X spoke with Y today".
pub(super) fn participants(text: Text<'_>, directory: &EntityDirectory) -> Option<Participants> {
    let sentences = &text.document.sentences;
    let of_kind = |kind| sentences.iter().position(|sentence| sentence.kind == kind);
    let opening = of_kind(SentenceKind::Body)?;
    let tells =
        |n: usize| (0..text.len(n)).any(|token| text.has_any_case(WordList::Encounter, n, token));
    let mut people: Vec<EntityId> = Vec::new();
    let mut first = None;
    let headline = of_kind(SentenceKind::Headline);
    // A letterhead stands before the first sentence.
    let after = (opening..sentences.len().min(opening + 3)).find(|&n| tells(n));
    for n in headline.into_iter().chain(after).filter(|&n| tells(n)) {
        for (index, mention) in text.named.iter().enumerate().filter(|(_, one)| one.sentence == n) {
            let end = mention.tokens.end();
            let Some(id) = mention.entity().filter(|id| id.is_person()) else { continue };
            if text.word(n, end) == "-" || text.has(WordList::PersonsGovernment, n, end) {
                continue;
            }
            // "Statement by X on Y's call with Z": X only tells of it.
            let tells_of = text.function(n, end) == Some(FunctionWord::On);
            if Some(n) == headline && people.is_empty() && tells_of {
                continue;
            }
            first = first.or(Some(index));
            if !people.contains(id) {
                people.push(id.clone());
            }
        }
    }
    people.sort();
    let several = (2..=LARGEST_MEETING).contains(&people.len());
    (several && states_of(directory, &people).len() > 1).then_some(Participants {
        people,
        sentence: after.or(headline)?,
        first: first?,
    })
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
