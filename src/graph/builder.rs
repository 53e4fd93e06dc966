//! Claims are added one by one; the network comes out at the end.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::model::{ArticleId, Claim, EntityDirectory, EntityId, Modality, Polarity, RelationKind};

use super::{RelationGraph, Tie};

/// How many lines a tie keeps in memory. Counts are of all claims in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceLimit {
    /// The best ones, at most this many and at least one.
    Best(usize),
    /// All of them: memory grows with the corpus.
    All,
}

/// Collects claims into ties. The order in which claims are added does not matter.
#[derive(Debug)]
pub struct GraphBuilder {
    limit: EvidenceLimit,
    drafts: BTreeMap<TieKey, Draft>,
}

/// Source, relation, target.
type TieKey = (EntityId, RelationKind, EntityId);

#[derive(Debug, Default)]
struct Draft {
    articles: HashSet<ArticleId>,
    n_claims: u32,
    n_negative: u32,
    n_hedged: u32,
    n_prospective: u32,
    first_date: Option<jiff::civil::Date>,
    last_date: Option<jiff::civil::Date>,
    items: BTreeMap<String, u32>,
    roles: BTreeSet<String>,
    evidence: Vec<Arc<Claim>>,
}

impl GraphBuilder {
    /// A builder without claims.
    #[must_use]
    pub fn new(limit: EvidenceLimit) -> Self {
        Self { limit, drafts: BTreeMap::new() }
    }

    /// Adds one claim.
    pub fn add(&mut self, claim: &Arc<Claim>) {
        let key = (claim.source.clone(), claim.relation.clone(), claim.target.clone());
        let draft = self.drafts.entry(key).or_default();
        draft.articles.insert(claim.evidence.article.id.clone());
        draft.n_claims += 1;
        draft.n_negative += u32::from(claim.polarity == Polarity::Negative);
        draft.n_hedged += u32::from(claim.modality == Modality::Hedged);
        draft.n_prospective += u32::from(claim.modality == Modality::Prospective);
        if let Some(date) = claim.date() {
            draft.first_date = Some(draft.first_date.map_or(date.first(), |d| d.min(date.first())));
            draft.last_date = Some(draft.last_date.map_or(date.last(), |d| d.max(date.last())));
        }
        for item in &claim.items {
            *draft.items.entry(item.label().to_owned()).or_default() += 1;
        }
        draft.roles.extend(claim.role.clone());
        draft.evidence.push(Arc::clone(claim));
        // Sorting at twice the limit keeps the cost of each claim constant on average.
        if let EvidenceLimit::Best(limit) = self.limit
            && draft.evidence.len() >= 2 * limit.max(8)
        {
            keep_best(&mut draft.evidence, limit);
        }
    }

    /// The network of all claims added; `directory` tells what is known of the entities.
    #[must_use]
    pub fn finish(self, directory: &EntityDirectory) -> RelationGraph {
        let limit = match self.limit {
            EvidenceLimit::Best(limit) => limit,
            EvidenceLimit::All => usize::MAX,
        };
        let ids: BTreeSet<&EntityId> =
            self.drafts.keys().flat_map(|(source, _, target)| [source, target]).collect();
        let entities: Vec<_> =
            ids.into_iter().filter_map(|id| directory.get(id)).cloned().collect();
        let ties = self.drafts.into_iter().map(|(key, draft)| {
            let tie = draft.finish(&key, limit);
            (key.0, key.2, tie)
        });
        RelationGraph::new(entities, ties)
    }
}

impl Draft {
    /// The tie of all claims added, with its best `limit` lines.
    fn finish(mut self, (source, relation, target): &TieKey, limit: usize) -> Tie {
        keep_best(&mut self.evidence, limit);
        Tie {
            id: tie_id(source, relation, target),
            relation: relation.clone(),
            weight: count(self.articles.len()),
            n_claims: self.n_claims,
            n_positive: self.n_claims - self.n_negative,
            n_negative: self.n_negative,
            n_hedged: self.n_hedged,
            n_prospective: self.n_prospective,
            first_date: self.first_date,
            last_date: self.last_date,
            items: self.items,
            roles: self.roles,
            evidence: self.evidence,
        }
    }
}

/// The network with one tie a claim instead of one a relation, for tools that show them all.
/// `graph` keeps all evidence.
///
/// # Panics
///
/// Never: one claim makes one tie.
#[must_use]
pub fn claims_as_ties(graph: &RelationGraph) -> RelationGraph {
    let ties = graph.ties().flat_map(|(source, target, tie)| {
        tie.evidence.iter().map(move |claim| {
            let mut builder = GraphBuilder::new(EvidenceLimit::All);
            builder.add(claim);
            let (key, draft) = builder.drafts.pop_first().expect("one claim was added");
            let tie = Tie { id: claim.id.clone(), ..draft.finish(&key, usize::MAX) };
            debug_assert_eq!((&key.0, &key.2), (&source.id, &target.id), "ends of {}", tie.id);
            (key.0, key.2, tie)
        })
    });
    RelationGraph::new(graph.entities().cloned(), ties)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Readable where ids are, and unique: none of the parts holds a space.
fn tie_id(source: &EntityId, relation: &RelationKind, target: &EntityId) -> String {
    format!("{source} {relation} {target}")
}

/// Sorts the best lines to the front and cuts at `limit`.
fn keep_best(evidence: &mut Vec<Arc<Claim>>, limit: usize) {
    evidence.sort_by_cached_key(|claim| {
        // Confidence as thousandths: a total order for a float in 0..=1.
        #[expect(clippy::cast_possible_truncation, reason = "a probability in thousandths")]
        let confidence = (claim.confidence * 1000.0) as i32;
        (
            claim.polarity,
            claim.modality,
            Reverse(confidence),
            Reverse(claim.date().map(crate::model::DateSpan::last)),
            claim.id.clone(),
        )
    });
    evidence.truncate(limit.max(1));
}
