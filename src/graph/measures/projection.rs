//! The simple weighted graphs that measures run on.

use std::collections::BTreeMap;

use petgraph::visit::EdgeRef;

use crate::graph::{RelationGraph, Weighting};

/// A tie as measures see it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedTie {
    /// Position of the source among the nodes.
    pub source: u32,
    /// Position of the target.
    pub target: u32,
    /// Above 0.
    pub weight: f64,
    /// Whether it has no direction.
    pub symmetric: bool,
}

/// The network in three views, each without parallel edges and loops:
///
/// - [`out`](Self::out) and [`into`](Self::into): directed; the weight of an edge is the sum of the
///   weights of all ties from source to target, and a symmetric tie counts in both directions;
/// - [`around`](Self::around): undirected; the weight of an edge is the sum of the weights of all
///   ties between two nodes, each tie once, whatever its direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// Targets of each node.
    pub out: Rows,
    /// Sources of each node.
    pub into: Rows,
    /// Neighbours of each node.
    pub around: Rows,
}

/// A weighted graph in compressed rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// Entries of node `i`: positions `first[i]..first[i + 1]` of `nodes` and `weights`.
    first: Vec<usize>,
    nodes: Vec<u32>,
    weights: Vec<f64>,
}

impl Projection {
    /// Collapses the ties of a network; a tie weighs as many stories as `weighting` counts. One that
    /// weighs nothing is left out, its ends stay.
    ///
    /// # Panics
    ///
    /// Never: nodes are numbered by 32 bits.
    #[must_use]
    pub fn new(graph: &RelationGraph, weighting: Weighting) -> Self {
        let graph = graph.graph();
        let position = |node: petgraph::graph::NodeIndex| {
            u32::try_from(node.index()).expect("node indices are 32 bits wide")
        };
        let ties = graph.edge_references().map(|edge| WeightedTie {
            source: position(edge.source()),
            target: position(edge.target()),
            weight: f64::from(edge.weight().weight(weighting)),
            symmetric: edge.weight().relation.is_symmetric(),
        });
        Self::from_ties(graph.node_count(), ties.filter(|tie| tie.weight > 0.0))
    }

    /// Collapses `ties` between `n_nodes` nodes; loops are dropped.
    ///
    /// # Panics
    ///
    /// If a tie names a node that is none of the `n_nodes`.
    #[must_use]
    pub fn from_ties(n_nodes: usize, ties: impl IntoIterator<Item = WeightedTie>) -> Self {
        let (mut directed, mut undirected) = (BTreeMap::new(), BTreeMap::new());
        let add = |map: &mut BTreeMap<(u32, u32), f64>, a, b, weight| {
            *map.entry((a, b)).or_default() += weight;
        };
        for WeightedTie { source, target, weight, symmetric } in ties {
            if source == target {
                continue;
            }
            add(&mut directed, source, target, weight);
            if symmetric {
                add(&mut directed, target, source, weight);
            }
            add(&mut undirected, source, target, weight);
            add(&mut undirected, target, source, weight);
        }
        let out = Rows::new(n_nodes, directed.into_iter().map(|((a, b), w)| (a, b, w)));
        let around = Rows::new(n_nodes, undirected.into_iter().map(|((a, b), w)| (a, b, w)));
        Self { into: out.reversed(), out, around }
    }

    /// Number of nodes.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.out.n_nodes()
    }
}

impl Rows {
    /// The rows of `entries` (row, node, weight), sorted by row.
    fn new(n_nodes: usize, entries: impl Iterator<Item = (u32, u32, f64)>) -> Self {
        let (mut first, mut nodes, mut weights) = (vec![0; n_nodes + 1], Vec::new(), Vec::new());
        for (row, node, weight) in entries {
            first[row as usize + 1] += 1;
            nodes.push(node);
            weights.push(weight);
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        Self { first, nodes, weights }
    }

    /// The same edges from their other end; rows stay sorted.
    fn reversed(&self) -> Self {
        let n = self.n_nodes();
        let mut first = vec![0; n + 1];
        for &node in &self.nodes {
            first[node as usize + 1] += 1;
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        let (mut nodes, mut weights) = (vec![0; self.nodes.len()], vec![0.0; self.nodes.len()]);
        let mut next = first.clone();
        for (row, row_number) in (0..n).zip(0_u32..) {
            for (node, weight) in self.row(row) {
                nodes[next[node]] = row_number;
                weights[next[node]] = weight;
                next[node] += 1;
            }
        }
        Self { first, nodes, weights }
    }

    /// Number of rows.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.first.len() - 1
    }

    /// Number of entries in all rows.
    #[must_use]
    pub fn n_entries(&self) -> usize {
        self.nodes.len()
    }

    /// Number of entries of row `i`.
    #[must_use]
    pub fn degree(&self, i: usize) -> usize {
        self.first[i + 1] - self.first[i]
    }

    /// Nodes of row `i` with the weights of the edges, sorted by node.
    #[inline]
    pub fn row(&self, i: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.first[i]..self.first[i + 1];
        self.nodes[range.clone()]
            .iter()
            .map(|&node| node as usize)
            .zip(self.weights[range].iter().copied())
    }

    /// The range of entries of row `i`, for tables that run along with [`Rows::nodes`].
    #[inline]
    pub(super) fn range(&self, i: usize) -> std::ops::Range<usize> {
        self.first[i]..self.first[i + 1]
    }

    /// The nodes of all rows, one after the other.
    pub(super) fn nodes(&self) -> &[u32] {
        &self.nodes
    }

    /// The weights of all rows, one after the other.
    pub(super) fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Sum of the weights of row `i`.
    #[must_use]
    pub fn strength(&self, i: usize) -> f64 {
        self.weights[self.range(i)].iter().sum()
    }

    /// Writes the product of the weight matrix with `x` into `y`: one sum a row.
    pub(super) fn multiply(&self, x: &[f64], y: &mut [f64]) {
        for (i, y) in y.iter_mut().enumerate() {
            let range = self.range(i);
            let (nodes, weights) = (&self.nodes[range.clone()], &self.weights[range]);
            // Four sums side by side, so that no addition waits for the one before it.
            let (nodes, weights) = (nodes.chunks_exact(4), weights.chunks_exact(4));
            let rest = nodes.remainder().iter().zip(weights.remainder());
            let rest: f64 = rest.map(|(&node, weight)| weight * x[node as usize]).sum();
            let mut sums = [0.0; 4];
            for (nodes, weights) in nodes.zip(weights) {
                for (sum, (&node, weight)) in sums.iter_mut().zip(nodes.iter().zip(weights)) {
                    *sum += weight * x[node as usize];
                }
            }
            *y = sums.iter().sum::<f64>() + rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parallel_ties_are_summed_and_loops_dropped() {
        let tie =
            |source, target, weight, symmetric| WeightedTie { source, target, weight, symmetric };
        let projection = Projection::from_ties(
            3,
            [tie(0, 1, 1.0, false), tie(0, 1, 2.0, true), tie(2, 2, 9.0, false)],
        );
        assert_eq!(projection.out.row(0).collect::<Vec<_>>(), [(1, 3.0)]);
        assert_eq!(projection.out.row(1).collect::<Vec<_>>(), [(0, 2.0)]);
        assert_eq!(projection.into.row(1).collect::<Vec<_>>(), [(0, 3.0)]);
        assert_eq!(projection.around.row(1).collect::<Vec<_>>(), [(0, 3.0)]);
        assert_eq!(projection.out.row(2).count(), 0);
    }
}
