//! The simple weighted graph that measures run on.

use std::collections::BTreeMap;

use petgraph::visit::EdgeRef;

use crate::graph::RelationGraph;

/// A simple directed weighted graph in compressed rows: no parallel edges, no loops.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    n_nodes: usize,
    /// Edges of node `i`: positions `first[i]..first[i + 1]` of `targets` and `weights`.
    first: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
}

impl Projection {
    /// Collapses the ties of a network: the weight of an edge is the sum of the weights of all
    /// ties from source to target. A symmetric tie counts in both directions.
    #[must_use]
    pub fn new(graph: &RelationGraph) -> Self {
        let graph = graph.graph();
        let mut sums: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        for edge in graph.edge_references() {
            let ends = |a: petgraph::graph::NodeIndex, b: petgraph::graph::NodeIndex| {
                (
                    u32::try_from(a.index()).unwrap_or(u32::MAX),
                    u32::try_from(b.index()).unwrap_or(u32::MAX),
                )
            };
            let weight = f64::from(edge.weight().weight);
            *sums.entry(ends(edge.source(), edge.target())).or_default() += weight;
            if edge.weight().relation.is_symmetric() {
                *sums.entry(ends(edge.target(), edge.source())).or_default() += weight;
            }
        }
        Self::from_edges(graph.node_count(), sums.into_iter().map(|((a, b), w)| (a, b, w)))
    }

    /// The graph of `edges` (source, target, weight), each pair once, sorted. Loops are dropped.
    #[must_use]
    pub fn from_edges(n_nodes: usize, edges: impl IntoIterator<Item = (u32, u32, f64)>) -> Self {
        let (mut first, mut targets, mut weights) = (vec![0; n_nodes + 1], Vec::new(), Vec::new());
        for (source, target, weight) in edges {
            if source != target {
                first[source as usize + 1] += 1;
                targets.push(target);
                weights.push(weight);
            }
        }
        for i in 1..first.len() {
            first[i] += first[i - 1];
        }
        Self { n_nodes, first, targets, weights }
    }

    /// Number of nodes.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.n_nodes
    }

    /// Targets of node `i` with the weights of the edges, sorted by target.
    pub fn edges(&self, i: usize) -> impl Iterator<Item = (usize, f64)> {
        let range = self.first[i]..self.first[i + 1];
        self.targets[range.clone()]
            .iter()
            .map(|&t| t as usize)
            .zip(self.weights[range].iter().copied())
    }
}
