//! Measures against a library where it is right, and the same to the last bit on any threads.

use rustworkx_core::centrality::{betweenness_centrality, closeness_centrality};
use rustworkx_core::connectivity::core_number as core_numbers;
use rustworkx_core::petgraph::graph::{DiGraph, UnGraph};
use tieline::graph::measures::{
    Precision, Projection, WeightedTie, core_number, distances, measure_projection, page_rank,
    routes,
};

/// Directed ties of weight 1 that look random.
fn ties(n: u32, n_ties: u32) -> Vec<WeightedTie> {
    let mut state = 12_345_u32;
    let mut below = |n: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % n
    };
    let tie = |_| WeightedTie { source: below(n), target: below(n), weight: 1.0, symmetric: false };
    let mut ties: Vec<_> = (0..n_ties).map(tie).collect();
    ties.retain(|tie| tie.source != tie.target);
    ties.sort_by_key(|tie| (tie.source, tie.target));
    ties.dedup_by_key(|tie| (tie.source, tie.target));
    ties
}

fn assert_close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() < 1e-9, "node {index}: {found}, expected {expected}");
    }
}

#[test]
fn routes_agree_with_the_library_where_all_ties_weigh_the_same() {
    let ties = ties(60, 200);
    let library = DiGraph::<(), ()>::from_edges(ties.iter().map(|tie| (tie.source, tie.target)));
    let n = library.node_count();
    let projection = Projection::from_ties(n, ties);
    let found = routes(&projection, Precision::Exact);
    let expected = betweenness_centrality(&library, false, true, usize::MAX);
    let expected: Vec<f64> = expected.into_iter().map(Option::unwrap).collect();
    assert_close(&found.betweenness, &expected);
    let expected = closeness_centrality(&library, true, usize::MAX);
    let expected: Vec<f64> = expected.into_iter().map(Option::unwrap).collect();
    assert_close(&found.closeness, &expected);
    assert_close(&distances(&projection, Precision::Exact).closeness, &expected);
}

#[test]
fn core_numbers_agree_with_the_library() {
    for (n, n_ties) in [(1, 0), (60, 40), (60, 200), (60, 900), (400, 2000)] {
        let ties = ties(n, n_ties);
        let mut pairs: Vec<_> = ties
            .iter()
            .map(|tie| (tie.source.min(tie.target), tie.source.max(tie.target)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut library = UnGraph::<(), ()>::default();
        let nodes: Vec<_> = (0..n).map(|_| library.add_node(())).collect();
        for (a, b) in pairs {
            library.add_edge(nodes[a as usize], nodes[b as usize], ());
        }
        let expected = core_numbers(&library);
        #[expect(clippy::cast_precision_loss, reason = "core numbers are small")]
        let expected: Vec<f64> = nodes.iter().map(|node| expected[node] as f64).collect();
        assert_close(&core_number(&Projection::from_ties(n as usize, ties)), &expected);
    }
}

#[test]
fn page_rank_equals_the_textbooks_example() {
    // Two pages that point at each other, a third that points at the first, a fourth alone.
    let tie = |source, target| WeightedTie { source, target, weight: 1.0, symmetric: false };
    let found = page_rank(&Projection::from_ties(4, [tie(0, 1), tie(1, 0), tie(2, 0)]));
    // Solved by hand: x2 = x3 = j, x0 = j + d (x1 + x2), x1 = j + d x0.
    let (d, j): (f64, f64) = (0.85, 1.0);
    let x0 = (j + d * j + d * j) / (1.0 - d * d);
    let expected = [x0, j + d * x0, j, j];
    let total: f64 = expected.iter().sum();
    assert_close(&found, &expected.map(|value| value / total));
}

#[test]
fn every_measure_is_the_same_on_any_number_of_threads() {
    let projection = Projection::from_ties(200, ties(200, 900));
    let measured = [1, 2, 5].map(|n| {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        threads.install(|| measure_projection(&projection, Precision::Exact))
    });
    assert_eq!(measured[0], measured[1]);
    assert_eq!(measured[0], measured[2]);
}
