//! The pairs that say most of a network too dense to be drawn whole.
//!
//! In: a network and how much each tie counts. Out: its pairs, ranked by the disparity filter of
//! Serrano, Boguñá and Vespignani (Extracting the multiscale backbone of complex weighted networks,
//! 2009, equation 2): a pair stands out when its weight would be a rare share of all that one of
//! its two ends has, were that spread by chance. The page ranks by the same rule
//! (`viewer/backbone.js`).

use std::collections::BTreeMap;

use petgraph::visit::EdgeRef;

use super::{RelationGraph, Tie};

/// Two tied nodes, whatever the direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Indices of the nodes, the smaller first.
    pub ends: (usize, usize),
    /// Sum of what its ties count; above 0.
    pub weight: f64,
    /// Chance, in 0..=1, of so large a share under an even spread: `(1 − p)^(k − 1)` for share `p`
    /// and degree `k`, the smaller of both ends'. 1 where neither end has another neighbour.
    pub chance: f64,
}

/// All pairs, the most telling first; of equal ones the heavier, then the one with smaller ends.
///
/// # Complexity
///
/// O(ties × log ties).
#[must_use]
pub fn ranked_pairs(graph: &RelationGraph, count: impl Fn(&Tie) -> f64) -> Vec<Pair> {
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for edge in graph.graph().edge_references() {
        let (a, b) = (edge.source().index(), edge.target().index());
        *weights.entry((a.min(b), a.max(b))).or_default() += count(edge.weight());
    }
    weights.retain(|_, weight| *weight > 0.0);
    let mut strength = vec![0.0; graph.n_nodes()];
    let mut degree = vec![0_u32; graph.n_nodes()];
    for (&(a, b), weight) in &weights {
        for end in [a, b] {
            strength[end] += weight;
            degree[end] += 1;
        }
    }
    let chance = |weight: f64, end: usize| match degree[end] {
        0 | 1 => 1.0,
        degree => power(1.0 - weight / strength[end], degree - 1),
    };
    let mut pairs: Vec<_> = weights
        .iter()
        .map(|(&ends, &weight)| Pair {
            ends,
            weight,
            chance: chance(weight, ends.0).min(chance(weight, ends.1)),
        })
        .collect();
    pairs.sort_by(|a, b| {
        let order = a.chance.total_cmp(&b.chance).then(b.weight.total_cmp(&a.weight));
        order.then(a.ends.cmp(&b.ends))
    });
    pairs
}

/// Exact products in a fixed order: the same bits on every machine, and in the page.
fn power(base: f64, mut exponent: u32) -> f64 {
    let (mut result, mut square) = (1.0, base);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result *= square;
        }
        square *= square;
        exponent /= 2;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn chances_are_those_of_the_disparity_filter() {
        let graph = sample::communities(40, 90, 4);
        let pairs = ranked_pairs(&graph, |tie| f64::from(tie.mentions()));
        for pair in &pairs {
            let of = |end: usize| {
                let own: Vec<_> =
                    pairs.iter().filter(|p| p.ends.0 == end || p.ends.1 == end).collect();
                let sum: f64 = own.iter().map(|p| p.weight).sum();
                let exponent = i32::try_from(own.len()).unwrap() - 1;
                if exponent == 0 { 1.0 } else { (1.0 - pair.weight / sum).powi(exponent) }
            };
            assert!((pair.chance - of(pair.ends.0).min(of(pair.ends.1))).abs() < 1e-12);
        }
        assert!(pairs.is_sorted_by(|a, b| a.chance <= b.chance));
    }

    #[test]
    fn what_counts_nothing_is_no_pair() {
        let graph = sample::communities(10, 12, 2);
        assert!(ranked_pairs(&graph, |_| 0.0).is_empty());
    }
}
