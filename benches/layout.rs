//! Times the layout on networks like those that news make: hubs, communities, parallel ties.

use std::collections::{BTreeMap, BTreeSet};

use tieline::graph::layout::lay_out;
use tieline::graph::{ByStanding, Count, Intervals, RelationGraph, Standing, Tie};
use tieline::model::{Entity, EntityId, EntityKind, RelationKind};

fn main() {
    divan::main();
}

/// Nodes, ties, communities.
const SIZES: [(usize, usize, usize); 2] = [(500, 1_500, 12), (5_000, 50_000, 25)];

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn layout(
    bencher: divan::Bencher<'_, '_>,
    (n_nodes, n_ties, n_communities): (usize, usize, usize),
) {
    let graph = network(n_nodes, n_ties, n_communities);
    let importance = vec![1.0; graph.n_nodes()];
    bencher.bench(|| lay_out(&graph, &importance));
}

/// Low numbers are hubs; seventeen of twenty ties stay within a community.
fn network(n_nodes: usize, n_ties: usize, n_communities: usize) -> RelationGraph {
    let id = |node: usize| EntityId::new(EntityKind::Person, &format!("p-{node}")).expect("an id");
    let mut state = 1_u64;
    let mut random = move |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits fit") % below
    };
    let mut pairs = BTreeSet::new();
    for node in 1..n_nodes {
        pairs.insert((node % n_communities, node));
    }
    let size = n_nodes / n_communities;
    while pairs.len() < n_ties {
        let skewed = random(size).min(random(size)).min(random(size));
        let a = random(n_communities) + n_communities * skewed;
        let other = n_communities * random(size).min(random(size));
        let home = if random(20) < 17 { a % n_communities } else { random(n_communities) };
        let b = home + other;
        if a != b {
            pairs.insert((a.min(b), a.max(b)));
        }
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
    let entities = (0..n_nodes).map(|node| Entity::bare(id(node), format!("Person {node}")));
    RelationGraph::new(entities.collect::<Vec<_>>(), pairs.into_iter().map(tie))
}
