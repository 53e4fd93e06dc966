//! What a picture holds: the whole network where that can be read, else its backbone.

use std::collections::BTreeSet;

use crate::graph::layout::{Place, lay_out};
use crate::graph::measures::{Column, Measure};
use crate::graph::{RelationGraph, Tie, ranked_pairs};

use super::super::Network;
use super::super::standing::{Status, status};
use super::super::style::communities;

/// Pairs that a page of A4 or a slide can hold; somewhat more are drawn rather than cut.
const MAX_PAIRS: usize = 80;
const PATIENCE: usize = 112;

/// A network ready to be drawn.
pub(super) struct Chosen {
    pub(super) graph: RelationGraph,
    /// One a node.
    pub(super) places: Vec<Place>,
    /// Number of the community of each node; empty where none were computed.
    pub(super) communities: Vec<usize>,
    /// One a tie, in the order of the edges.
    pub(super) status: Vec<Status>,
    /// Pairs drawn, and pairs of the network without offices.
    pub(super) n_pairs: usize,
    pub(super) n_pairs_before: usize,
}

/// Leaves out offices, which say who somebody is, and all but the backbone of what is too much.
pub(super) fn choose(network: Network<'_>) -> Chosen {
    let whole = network.graph;
    let has_other = whole.ties().any(|(_, _, tie)| !is_office(tie));
    let graph = whole.filtered(|_, _, tie| !has_other || !is_office(tie));
    let ranked = ranked_pairs(&graph, |tie| status(tie).pull());
    let n_pairs_before = ranked.len();
    let n_pairs = if n_pairs_before > PATIENCE { MAX_PAIRS } else { n_pairs_before };
    let name = |node: usize| {
        let node = petgraph::graph::NodeIndex::new(node);
        graph.graph()[node].id.clone()
    };
    let kept: BTreeSet<_> =
        ranked[..n_pairs].iter().map(|pair| (name(pair.ends.0), name(pair.ends.1))).collect();
    let graph = graph.filtered(|a, b, _| {
        let (low, high) = if a.id <= b.id { (&a.id, &b.id) } else { (&b.id, &a.id) };
        kept.contains(&(low.clone(), high.clone()))
    });
    let of_whole: Vec<usize> = graph
        .entities()
        .map(|entity| whole.node(&entity.id).expect("a part has nodes of the whole").index())
        .collect();
    let own = |values: &[f64]| of_whole.iter().map(|&node| values[node]).collect::<Vec<f64>>();
    let rank = column(network.measures, Measure::PageRank.as_str()).map(own);
    let importance = rank.unwrap_or_else(|| vec![1.0; graph.n_nodes()]);
    let numbers = communities(network.measures);
    Chosen {
        places: lay_out(&graph, &importance),
        communities: if numbers.is_empty() {
            Vec::new()
        } else {
            of_whole.iter().map(|&node| numbers[node]).collect()
        },
        status: graph.ties().map(|(_, _, tie)| status(tie)).collect(),
        graph,
        n_pairs,
        n_pairs_before,
    }
}

fn is_office(tie: &Tie) -> bool {
    !tie.roles.is_empty()
}

fn column<'a>(measures: &'a [Column], name: &str) -> Option<&'a [f64]> {
    measures.iter().find(|column| column.name == name).map(|column| &column.values[..])
}
