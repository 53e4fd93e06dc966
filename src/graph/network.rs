//! The network: entities and the ties between them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::model::{Entity, EntityId, RelationKind, closed_set};

use super::{ByStanding, Intervals, Line, Standing};

/// How much is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Number of claims.
    pub claims: u32,
    /// Number of distinct articles.
    pub articles: u32,
    /// Number of independent stories: copies of one text count once.
    pub stories: u32,
}

closed_set! {
    /// What a tie weighs by.
    #[derive(Default)]
    "weighting" Weighting {
        /// The stories that assert it.
        #[default]
        Asserted = "asserted",
        /// All stories that tell of it, in whatever standing.
        All = "all",
    }
}

/// All that was said of one relation from one entity to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// Stable id, from source, relation and target.
    pub id: String,
    /// What is said.
    pub relation: RelationKind,
    /// How much is said in each standing. One story may tell of it in several.
    pub counts: ByStanding<Count>,
    /// How much is said in all.
    pub all: Count,
    /// Who of the two denies it.
    pub deniers: BTreeSet<EntityId>,
    /// When it took place, else when it was published, by the claims of the tie's status.
    pub intervals: Intervals,
    /// What moves, with the number of claims that say so, by the claims of the tie's status; empty
    /// where nobody says that it does.
    pub items: BTreeMap<String, u32>,
    /// What does not move, by the negative claims.
    pub denied_items: BTreeMap<String, u32>,
    /// How much of it moves, by the claims of the tie's status.
    pub quantities: BTreeSet<String>,
    /// The offices named by the claims of the tie's status, of a relation that has them.
    pub roles: BTreeSet<String>,
    /// The best lines first, by standing, clear words, probability, date. Never empty; cut at the
    /// builder's limit for each standing.
    pub evidence: Vec<Line>,
}

impl Tie {
    /// The line that says it best.
    ///
    /// # Panics
    ///
    /// Never: a tie has at least one line.
    #[must_use]
    pub fn best(&self) -> &Line {
        self.evidence.first().expect("a tie has evidence")
    }

    /// The strongest standing that a claim has.
    #[must_use]
    pub fn status(&self) -> Standing {
        let held = self.counts.iter().find(|(_, count)| count.claims > 0);
        held.map_or(Standing::Negated, |(standing, _)| standing)
    }

    /// Whether it is asserted or may be so, and a party denies it.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        matches!(self.status(), Standing::Asserted | Standing::Hedged)
            && self.counts[Standing::Denied].claims > 0
    }

    /// Number of independent stories by `weighting`; 0 where none asserts it.
    #[must_use]
    pub fn weight(&self, weighting: Weighting) -> u32 {
        match weighting {
            Weighting::Asserted => self.counts[Standing::Asserted].stories,
            Weighting::All => self.all.stories,
        }
    }

    /// Number of articles that tell of it, copies included, in whatever standing.
    #[must_use]
    pub fn mentions(&self) -> u32 {
        self.all.articles
    }

    /// Number of negative claims, by a party or by anybody else.
    #[must_use]
    pub fn n_negative(&self) -> u32 {
        self.counts[Standing::Denied].claims + self.counts[Standing::Negated].claims
    }

    /// First day of its earliest interval.
    #[must_use]
    pub fn first_date(&self) -> Option<Date> {
        self.intervals.bounds().map(|(first, _)| first)
    }

    /// Last day of its latest interval.
    #[must_use]
    pub fn last_date(&self) -> Option<Date> {
        self.intervals.bounds().map(|(_, last)| last)
    }
}

/// Entities and ties. Nodes are sorted by id, edges by source, relation, target.
#[derive(Debug, Clone, Default)]
pub struct RelationGraph {
    graph: DiGraph<Entity, Tie>,
    index: BTreeMap<EntityId, NodeIndex>,
}

impl RelationGraph {
    /// The network of `entities` and `ties` (source, target, tie). Entities without a tie are
    /// left out; ties come out sorted whatever their order was.
    #[must_use]
    pub fn new(
        entities: impl IntoIterator<Item = Entity>,
        ties: impl IntoIterator<Item = (EntityId, EntityId, Tie)>,
    ) -> Self {
        let mut ties: Vec<_> = ties.into_iter().collect();
        ties.sort_by(|a, b| {
            (&a.0, &a.2.relation, &a.1, &a.2.id).cmp(&(&b.0, &b.2.relation, &b.1, &b.2.id))
        });
        let facts: BTreeMap<EntityId, Entity> =
            entities.into_iter().map(|entity| (entity.id.clone(), entity)).collect();
        let ends: BTreeSet<&EntityId> = ties.iter().flat_map(|tie| [&tie.0, &tie.1]).collect();
        let mut graph = DiGraph::with_capacity(ends.len(), ties.len());
        let mut index = BTreeMap::new();
        for id in ends {
            let entity =
                facts.get(id).cloned().unwrap_or_else(|| Entity::bare(id.clone(), id.slug()));
            index.insert(id.clone(), graph.add_node(entity));
        }
        for (source, target, tie) in ties {
            graph.add_edge(index[&source], index[&target], tie);
        }
        Self { graph, index }
    }

    /// The network of the ties that `keep` accepts, and of the entities that they connect.
    #[must_use]
    pub fn filtered(&self, mut keep: impl FnMut(&Entity, &Entity, &Tie) -> bool) -> Self {
        let ties = self.ties().filter(|(source, target, tie)| keep(source, target, tie));
        Self::new(
            self.entities().cloned(),
            ties.map(|(source, target, tie)| (source.id.clone(), target.id.clone(), tie.clone())),
        )
    }

    /// The petgraph graph itself; node and edge indices run from 0 in sorted order.
    #[must_use]
    pub fn graph(&self) -> &DiGraph<Entity, Tie> {
        &self.graph
    }

    /// The node of an entity.
    #[must_use]
    pub fn node(&self, id: &EntityId) -> Option<NodeIndex> {
        self.index.get(id).copied()
    }

    /// Number of entities.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.graph.node_count()
    }

    /// Number of ties.
    #[must_use]
    pub fn n_ties(&self) -> usize {
        self.graph.edge_count()
    }

    /// All entities, sorted by id.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.graph.node_weights()
    }

    /// All ties with their ends, sorted by source, relation, target.
    pub fn ties(&self) -> impl Iterator<Item = (&Entity, &Entity, &Tie)> {
        self.graph
            .edge_references()
            .map(|edge| (&self.graph[edge.source()], &self.graph[edge.target()], edge.weight()))
    }

    /// The ties between two entities, both ways.
    pub fn between(&self, a: &EntityId, b: &EntityId) -> impl Iterator<Item = EdgeIndex> {
        let ends = self.node(a).zip(self.node(b));
        ends.into_iter().flat_map(move |(a, b)| {
            self.graph
                .edges_connecting(a, b)
                .chain(self.graph.edges_connecting(b, a))
                .map(|e| e.id())
        })
    }
}
