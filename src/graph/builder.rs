//! Claims are added one by one; the network comes out at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{ArticleId, Claim, EntityDirectory, EntityId, RelationKind};

use super::line::names_both;
use super::standing::denying_party;
use super::{ByStanding, Count, Intervals, Line, RelationGraph, Standing, Stories, Tie, Verbs};

/// How many lines a tie keeps in memory. Counts are of all claims in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceLimit {
    /// The best ones of each standing, at most this many and at least one.
    Best(usize),
    /// All of them: memory grows with the corpus.
    All,
}

/// What the whole run knows and one claim cannot tell.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Who speaks for whom.
    pub directory: EntityDirectory,
    /// Which articles tell one story.
    pub stories: Arc<Stories>,
    /// Which verbs are ambiguous.
    pub verbs: Arc<Verbs>,
}

impl Context {
    /// A context where each article is a story and no verb is ambiguous.
    #[must_use]
    pub fn new(directory: &EntityDirectory) -> Self {
        Self { directory: directory.clone(), ..Self::default() }
    }

    /// `claim` as evidence.
    #[must_use]
    pub fn line(&self, claim: &Arc<Claim>) -> Line {
        Line {
            claim: Arc::clone(claim),
            standing: Standing::of(claim, &self.directory),
            story: self.stories.of(&claim.evidence.article.id),
            clear: names_both(claim) && !self.verbs.is_ambiguous(claim),
        }
    }
}

/// Collects claims into ties. The order in which claims are added does not matter.
#[derive(Debug)]
pub struct GraphBuilder {
    limit: EvidenceLimit,
    context: Context,
    drafts: BTreeMap<TieKey, Draft>,
}

/// Source, relation, target.
type TieKey = (EntityId, RelationKind, EntityId);

/// Standings as bits.
type Standings = u8;

#[derive(Debug, Default)]
struct Draft {
    claims: ByStanding<u32>,
    /// In which standings each article and each story says it.
    articles: BTreeMap<ArticleId, Standings>,
    stories: BTreeMap<ArticleId, Standings>,
    intervals: ByStanding<Intervals>,
    /// Goods by their label in small letters.
    items: BTreeMap<String, Goods>,
    quantities: BTreeMap<String, Standings>,
    roles: BTreeMap<String, Standings>,
    deniers: BTreeSet<EntityId>,
    evidence: ByStanding<Vec<Line>>,
}

/// One kind of goods of a tie: a headline's "Military Aid" is the "military aid" of its story.
#[derive(Debug, Default)]
struct Goods {
    /// As it stands in the text, in small letters where any line writes it so.
    label: String,
    claims: ByStanding<u32>,
}

impl GraphBuilder {
    /// A builder without claims.
    #[must_use]
    pub fn new(limit: EvidenceLimit, context: &Context) -> Self {
        Self { limit, context: context.clone(), drafts: BTreeMap::new() }
    }

    /// Adds one claim.
    pub fn add(&mut self, claim: &Arc<Claim>) {
        self.add_line(self.context.line(claim));
    }

    /// Adds one claim whose worth as evidence is known.
    pub fn add_line(&mut self, line: Line) {
        let claim = &line.claim;
        let key = (claim.source.clone(), claim.relation.clone(), claim.target.clone());
        let draft = self.drafts.entry(key).or_default();
        if line.standing == Standing::Denied {
            let denier = denying_party(claim, &self.context.directory).cloned();
            draft.deniers.extend(denier);
        }
        draft.add(line);
        draft.keep_best(self.limit);
    }

    /// The network of all claims added.
    #[must_use]
    pub fn finish(self) -> RelationGraph {
        let limit = match self.limit {
            EvidenceLimit::Best(limit) => limit,
            EvidenceLimit::All => usize::MAX,
        };
        let ids: BTreeSet<&EntityId> =
            self.drafts.keys().flat_map(|(source, _, target)| [source, target]).collect();
        let entities: Vec<_> =
            ids.into_iter().filter_map(|id| self.context.directory.get(id)).cloned().collect();
        let ties = self.drafts.into_iter().map(|(key, draft)| {
            let tie = draft.finish(&key, limit);
            (key.0, key.2, tie)
        });
        RelationGraph::new(entities, ties)
    }
}

impl Draft {
    fn add(&mut self, line: Line) {
        let (claim, standing) = (&line.claim, line.standing);
        let bit = 1 << standing.index();
        self.claims[standing] += 1;
        let article = Arc::clone(&claim.evidence.article.id);
        *self.articles.entry(article).or_default() |= bit;
        *self.stories.entry(Arc::clone(&line.story)).or_default() |= bit;
        if let Some(date) = claim.date() {
            self.intervals[standing].add(date);
        }
        for item in &claim.items {
            let goods = self.items.entry(item.label().to_lowercase()).or_default();
            goods.claims[standing] += 1;
            // Small letters sort behind capitals.
            if *goods.label < *item.label() {
                item.label().clone_into(&mut goods.label);
            }
        }
        if let Some(quantity) = &claim.quantity {
            *self.quantities.entry(quantity.text.clone()).or_default() |= bit;
        }
        if let Some(role) = &claim.role {
            *self.roles.entry(role.clone()).or_default() |= bit;
        }
        self.evidence[standing].push(line);
    }

    /// Sorting at twice the limit keeps the cost of each claim constant on average.
    fn keep_best(&mut self, limit: EvidenceLimit) {
        let EvidenceLimit::Best(limit) = limit else { return };
        for standing in Standing::ALL.iter().copied() {
            let lines = &mut self.evidence[standing];
            if lines.len() >= 2 * limit.max(8) {
                keep_best(lines, limit);
            }
        }
    }

    /// The tie of all claims added, with its best `limit` lines of each standing.
    fn finish(mut self, (source, relation, target): &TieKey, limit: usize) -> Tie {
        let mut counts = ByStanding::<Count>::default();
        let mut evidence = Vec::new();
        for standing in Standing::ALL.iter().copied() {
            let of = |mentions: &BTreeMap<ArticleId, Standings>| {
                count(mentions.values().filter(|&&bits| has(bits, standing)).count())
            };
            counts[standing] = Count {
                claims: self.claims[standing],
                articles: of(&self.articles),
                stories: of(&self.stories),
            };
            let mut lines = std::mem::take(&mut self.evidence[standing]);
            keep_best(&mut lines, limit);
            evidence.extend(lines);
        }
        let all = Count {
            claims: self.claims.iter().map(|(_, n)| n).sum(),
            articles: count(self.articles.len()),
            stories: count(self.stories.len()),
        };
        let status = evidence.first().map_or(Standing::Negated, |line| line.standing);
        let said_so = |texts: BTreeMap<String, Standings>| {
            texts.into_iter().filter(|(_, bits)| has(*bits, status)).map(|(text, _)| text).collect()
        };
        let items = |wanted: &dyn Fn(Standing) -> bool| {
            let of = |counts: &ByStanding<u32>| -> u32 {
                counts.iter().filter(|(standing, _)| wanted(*standing)).map(|(_, n)| n).sum()
            };
            let items = self.items.values().map(|goods| (goods.label.clone(), of(&goods.claims)));
            items.filter(|(_, n)| *n > 0).collect()
        };
        Tie {
            id: tie_id(source, relation, target),
            relation: relation.clone(),
            items: items(&|standing| standing == status && status.is_positive()),
            denied_items: items(&|standing| !standing.is_positive()),
            quantities: if status.is_positive() {
                said_so(self.quantities)
            } else {
                BTreeSet::new()
            },
            roles: said_so(self.roles),
            intervals: std::mem::take(&mut self.intervals[status]),
            counts,
            all,
            deniers: self.deniers,
            evidence,
        }
    }
}

fn has(bits: Standings, standing: Standing) -> bool {
    bits & (1 << standing.index()) != 0
}

/// The network with one tie a claim instead of one a relation, for tools that show them all.
/// `graph` keeps all evidence.
///
/// # Panics
///
/// Never: one claim makes one tie.
#[must_use]
pub fn claims_as_ties(graph: &RelationGraph, context: &Context) -> RelationGraph {
    let ties = graph.ties().flat_map(|(source, target, tie)| {
        tie.evidence.iter().map(move |line| {
            let mut builder = GraphBuilder::new(EvidenceLimit::All, context);
            builder.add(&line.claim);
            let (key, draft) = builder.drafts.pop_first().expect("one claim was added");
            let tie = Tie { id: line.claim.id.clone(), ..draft.finish(&key, usize::MAX) };
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
fn keep_best(lines: &mut Vec<Line>, limit: usize) {
    lines.sort_by_cached_key(Line::rank);
    lines.truncate(limit.max(1));
}
