//! Communities: groups with more ties inside than between them.

use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig, compute_modularity};

use super::Projection;

/// Seeds tried on small networks; the best division counts.
const SEEDS: u64 = 20;
/// Edges above which fewer seeds are tried.
const LARGE: usize = 20_000;
const SEEDS_IF_LARGE: u64 = 3;

/// The community of each node on the undirected view, numbered from 1, the largest first.
///
/// Traag, Waltman, van Eck: From Louvain to Leiden (2019), maximising weighted modularity at
/// resolution 1: of the divisions found from a fixed list of seeds the one with the highest
/// modularity, so the same network gives the same communities every time. Equally large ones are
/// numbered by their first node; nodes without edges are communities of their own.
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
    let seeds = if around.n_entries() / 2 > LARGE { SEEDS_IF_LARGE } else { SEEDS };
    let mut best: Option<(f64, Vec<usize>)> = None;
    for seed in 0..seeds {
        let config =
            LeidenConfig { seed: Some(seed), min_iterations: 10, ..LeidenConfig::default() };
        let found = Leiden::new(config).run(&graph).expect("the settings are valid").partition;
        let quality = compute_modularity(&graph, &found);
        if best.as_ref().is_none_or(|(most, _)| quality > *most) {
            best = Some((quality, found.as_slice().to_vec()));
        }
    }
    numbered(&best.expect("there is at least one seed").1)
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
