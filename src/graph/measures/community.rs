//! Communities: groups with more ties inside than between them.

use leiden_rs::{GraphData, GraphDataBuilder, Leiden, LeidenConfig, Partition, compute_modularity};
use rayon::prelude::*;

use super::Projection;

/// Seeds tried on small networks; the best division counts.
const SEEDS: u64 = 20;
/// Edges above which fewer seeds are tried.
const LARGE: usize = 20_000;
const SEEDS_IF_LARGE: u64 = 3;
/// Rounds in which a division is improved at most; some five reach one that no round improves.
const MAX_ROUNDS: u64 = 50;

/// The community of each node on the undirected view, numbered from 1, the largest first.
///
/// Traag, Waltman, van Eck: From Louvain to Leiden (2019), maximising weighted modularity at
/// resolution 1: of the divisions found from a fixed list of seeds, each improved by further rounds
/// that start from it until none does, the one with the highest modularity. So the same network
/// gives the same communities every time. Of networks with more than 20,000 edges only the best of
/// three divisions is improved. Equally large communities are numbered by their first node; nodes
/// without edges are communities of their own.
///
/// # Panics
///
/// Never: the library refuses nothing that a projection holds.
#[must_use]
pub fn community(projection: &Projection) -> Vec<f64> {
    let n = projection.n_nodes();
    let around = &projection.around;
    if around.n_entries() == 0 {
        return numbered(&(0..n).collect::<Vec<_>>());
    }
    let mut builder = GraphDataBuilder::new(n);
    for i in 0..n {
        for (j, weight) in around.row(i).filter(|&(j, _)| i < j) {
            builder.add_edge(i, j, weight).expect("both nodes exist and the weight is positive");
        }
    }
    let graph = builder.build().expect("the edges make a graph");
    let large = around.n_entries() / 2 > LARGE;
    let found: Vec<Division> = (0..if large { SEEDS_IF_LARGE } else { SEEDS })
        .into_par_iter()
        .map(|seed| {
            let division = Division::new(&graph, seed);
            if large { division } else { division.improved(&graph) }
        })
        .collect();
    // Of equals the first, whatever thread was faster.
    let best = found
        .into_iter()
        .reduce(|best, next| if next.quality > best.quality { next } else { best });
    let best = best.expect("there is at least one seed");
    numbered(if large { best.improved(&graph) } else { best }.groups.as_slice())
}

/// Nodes divided into groups.
struct Division {
    groups: Partition,
    quality: f64,
    seed: u64,
}

impl Division {
    fn new(graph: &GraphData, seed: u64) -> Self {
        let config =
            LeidenConfig { seed: Some(seed), min_iterations: 10, ..LeidenConfig::default() };
        let groups = Leiden::new(config).run(graph).expect("the settings are valid").partition;
        Self { quality: compute_modularity(graph, &groups), groups, seed }
    }

    /// One run moves a node only within the groups of the last level; starting again from its end
    /// lets every node move once more.
    fn improved(mut self, graph: &GraphData) -> Self {
        for round in 1..=MAX_ROUNDS {
            let seed = Some(self.seed + round * SEEDS);
            let leiden = Leiden::new(LeidenConfig { seed, ..LeidenConfig::default() });
            let next = leiden.run_with_initial_partition(graph, self.groups.clone());
            let groups = next.expect("the division is one of this graph").partition;
            let quality = compute_modularity(graph, &groups);
            if quality <= self.quality + 1e-12 {
                break;
            }
            self = Self { groups, quality, seed: self.seed };
        }
        self
    }
}

/// Numbers from 1, the largest group first, then by first member.
fn numbered(groups: &[usize]) -> Vec<f64> {
    let n_groups = groups.iter().max().map_or(0, |max| max + 1);
    let (mut sizes, mut first) = (vec![0_usize; n_groups], vec![usize::MAX; n_groups]);
    for (node, &group) in groups.iter().enumerate() {
        sizes[group] += 1;
        first[group] = first[group].min(node);
    }
    let mut order: Vec<usize> = (0..n_groups).collect();
    order.sort_by_key(|&group| (std::cmp::Reverse(sizes[group]), first[group]));
    let mut numbers = vec![0.0; n_groups];
    let mut number = 0.0;
    for group in order {
        number += 1.0;
        numbers[group] = number;
    }
    groups.iter().map(|&group| numbers[group]).collect()
}
