//! Networks made up for tests, the same on every run.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Entity, EntityId, EntityKind, RelationKind};

use super::{ByStanding, Count, Intervals, RelationGraph, Standing, Tie};

/// `n_nodes` people in `n_communities` with `n_ties` ties, nine of ten within a community.
pub(super) fn communities(n_nodes: usize, n_ties: usize, n_communities: usize) -> RelationGraph {
    let id = |node: usize| {
        EntityId::new(EntityKind::Person, &format!("person-{node}")).expect("a well-formed id")
    };
    let entities = (0..n_nodes).map(|node| Entity::bare(id(node), format!("Person {node}")));
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits fit") % below
    };
    let mut ties = BTreeSet::new();
    let mut add = |a: usize, b: usize| {
        if a != b {
            ties.insert((a.min(b), a.max(b)));
        }
    };
    for node in 1..n_nodes {
        // A ring through each community and one through all keep the graph connected.
        add(node, node.saturating_sub(n_communities));
    }
    for _ in n_nodes..n_ties {
        let a = random(n_nodes);
        let size = n_nodes / n_communities;
        let within = a % n_communities + n_communities * random(size.max(1));
        add(a, if random(10) < 9 { within % n_nodes } else { random(n_nodes) });
    }
    let tie = |(a, b): (usize, usize)| {
        let mut tie = Tie {
            id: format!("{a} {b}"),
            relation: RelationKind::directed("supplies"),
            counts: ByStanding::default(),
            all: Count { claims: 1, articles: 1, stories: 1 },
            deniers: BTreeSet::new(),
            intervals: Intervals::default(),
            items: BTreeMap::new(),
            denied_items: BTreeMap::new(),
            quantities: BTreeSet::new(),
            roles: BTreeSet::new(),
            evidence: Vec::new(),
        };
        tie.counts[Standing::Asserted] = tie.all;
        (id(a), id(b), tie)
    };
    RelationGraph::new(entities.collect::<Vec<_>>(), ties.into_iter().map(tie))
}

/// The community of the node at `index` of such a network.
pub(super) fn community(graph: &RelationGraph, index: usize, n_communities: usize) -> usize {
    let entity = graph.entities().nth(index).expect("a node of the graph");
    let number = entity.id.slug().rsplit('-').next().expect("a slug has a last word");
    number.parse::<usize>().expect("it is a number") % n_communities
}
