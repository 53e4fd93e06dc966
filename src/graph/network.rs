//! The network: entities and the ties between them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::model::{Claim, Entity, EntityId, Modality, Polarity, RelationKind};

/// All that was said of one relation from one entity to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// Stable id, from source, relation and target.
    pub id: String,
    /// What is said.
    pub relation: RelationKind,
    /// Number of distinct articles; never 0.
    pub weight: u32,
    /// Number of claims.
    pub n_claims: u32,
    /// Claims that it holds.
    pub n_positive: u32,
    /// Claims that it does not hold.
    pub n_negative: u32,
    /// Claims with a hedge.
    pub n_hedged: u32,
    /// Claims about what is to come.
    pub n_prospective: u32,
    /// First day of the earliest claim's date.
    pub first_date: Option<Date>,
    /// Last day of the latest claim's date.
    pub last_date: Option<Date>,
    /// Everything that moves, with the number of claims that name it.
    pub items: BTreeMap<String, u32>,
    /// The offices named, of a relation that has them.
    pub roles: BTreeSet<String>,
    /// The best lines first: positive before negative, asserted before hedged, then by confidence.
    /// Never empty; cut at the builder's limit.
    pub evidence: Vec<Arc<Claim>>,
}

impl Tie {
    /// The line that says it best.
    ///
    /// # Panics
    ///
    /// Never: a tie has at least one line.
    #[must_use]
    pub fn best(&self) -> &Claim {
        self.evidence.first().expect("a tie has evidence")
    }

    /// Whether every claim says that it does not hold.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.n_positive == 0
    }

    /// How the claims say it on the whole: denied, hedged, prospective or asserted.
    #[must_use]
    pub fn status(&self) -> &'static str {
        if self.is_denied() {
            Polarity::Negative.as_str()
        } else if self.n_hedged + self.n_prospective < self.n_claims {
            Modality::Asserted.as_str()
        } else if self.n_prospective >= self.n_hedged {
            Modality::Prospective.as_str()
        } else {
            Modality::Hedged.as_str()
        }
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
