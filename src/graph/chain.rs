//! Chains of ties from one entity to another: the shortest, and the strongest.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::{RelationGraph, Standing, Tie, Weighting};

/// Equally short chains that are compared; there can be more of them than anyone counts.
const COMPARED: usize = 10_000;

/// From one entity to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Where it starts.
    pub from: NodeIndex,
    /// Where it ends.
    pub to: NodeIndex,
    /// The strongest tie between the two.
    pub tie: EdgeIndex,
    /// Sum of the weights of all ties between the two: stories, by the weighting asked for.
    pub weight: u32,
    /// Number of those ties.
    pub n_ties: usize,
}

/// Which way ties can be walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// Both ways.
    Undirected,
    /// From source to target; those of symmetric relations both ways.
    Directed,
}

/// Whether chains may use `tie`: what is asserted or may be so, and, `with_prospective`, what is
/// planned. What is only denied or said not to be is no step.
#[must_use]
pub fn is_step(tie: &Tie, with_prospective: bool) -> bool {
    match tie.status() {
        Standing::Asserted | Standing::Hedged => true,
        Standing::Prospective => with_prospective,
        Standing::Denied | Standing::Negated => false,
    }
}

/// The ties of a network that chains may use, one step for each pair of entities.
#[derive(Debug)]
pub struct Steps {
    /// By start, then by end.
    steps: BTreeMap<NodeIndex, BTreeMap<NodeIndex, Step>>,
}

impl Steps {
    /// The steps along the ties of `graph` that `keep` accepts.
    #[must_use]
    pub fn new(
        graph: &RelationGraph,
        walk: Walk,
        weighting: Weighting,
        keep: impl Fn(&Tie) -> bool,
    ) -> Self {
        // Asserted before hedged, whatever the weight is.
        let strength = |tie: &Tie| (Reverse(tie.status()), tie.weight(weighting), tie.all.stories);
        let mut steps: BTreeMap<_, BTreeMap<_, Step>> = BTreeMap::new();
        let graph = graph.graph();
        for edge in graph.edge_references().filter(|edge| keep(edge.weight())) {
            let (source, target, tie) = (edge.source(), edge.target(), edge.weight());
            let both = walk == Walk::Undirected || tie.relation.is_symmetric();
            let ways = [Some((source, target)), both.then_some((target, source))];
            for (from, to) in ways.into_iter().flatten().filter(|(from, to)| from != to) {
                let step = steps.entry(from).or_default().entry(to).or_insert(Step {
                    from,
                    to,
                    tie: edge.id(),
                    weight: 0,
                    n_ties: 0,
                });
                if strength(&graph[step.tie]) < strength(tie) {
                    step.tie = edge.id();
                }
                step.weight = step.weight.saturating_add(tie.weight(weighting));
                step.n_ties += 1;
            }
        }
        Self { steps }
    }

    fn from(&self, node: NodeIndex) -> impl Iterator<Item = &Step> {
        self.steps.get(&node).into_iter().flat_map(BTreeMap::values)
    }

    /// The chains from `a` to `b` with the fewest steps, at most `limit`: those with the strongest
    /// weakest step first, then with the greatest sum of weights. Empty if there is none.
    #[must_use]
    pub fn shortest(&self, a: NodeIndex, b: NodeIndex, limit: usize) -> Vec<Vec<Step>> {
        self.shortest_above(a, b, 0, limit)
    }

    /// The chain from `a` to `b` whose weakest step is the strongest; of several the shortest.
    #[must_use]
    pub fn strongest(&self, a: NodeIndex, b: NodeIndex) -> Option<Vec<Step>> {
        // Dijkstra's search for the widest path: the weakest step so far instead of a length.
        let mut widest = BTreeMap::from([(a, u32::MAX)]);
        let mut open = BinaryHeap::from([(u32::MAX, Reverse(a))]);
        while let Some((width, Reverse(node))) = open.pop() {
            if width < widest[&node] {
                continue;
            }
            for step in self.from(node) {
                let found = width.min(step.weight);
                if widest.get(&step.to).is_none_or(|&known| known < found) {
                    widest.insert(step.to, found);
                    open.push((found, Reverse(step.to)));
                }
            }
        }
        self.shortest_above(a, b, *widest.get(&b)?, 1).pop()
    }

    /// As [`shortest`](Self::shortest), over steps of at least `weight`.
    fn shortest_above(
        &self,
        a: NodeIndex,
        b: NodeIndex,
        weight: u32,
        limit: usize,
    ) -> Vec<Vec<Step>> {
        let mut distance = BTreeMap::from([(a, 0)]);
        let mut before: BTreeMap<NodeIndex, Vec<&Step>> = BTreeMap::new();
        let mut open = VecDeque::from([a]);
        while let Some(node) = open.pop_front() {
            let next = distance[&node] + 1;
            for step in self.from(node).filter(|step| step.weight >= weight) {
                let known = *distance.entry(step.to).or_insert_with(|| {
                    open.push_back(step.to);
                    next
                });
                if known == next {
                    before.entry(step.to).or_default().push(step);
                }
            }
        }
        if a == b || !distance.contains_key(&b) {
            return Vec::new();
        }
        // Back from the end, each stack entry a chain that still lacks its beginning.
        let mut chains: Vec<Vec<Step>> = Vec::new();
        let mut open: Vec<Vec<Step>> = vec![Vec::new()];
        while let Some(rest) = open.pop() {
            let end = rest.last().map_or(b, |step| step.from);
            if end == a {
                chains.push(rest.into_iter().rev().collect());
                if chains.len() == COMPARED {
                    break;
                }
                continue;
            }
            for &&step in &before[&end] {
                open.push(rest.iter().copied().chain([step]).collect());
            }
        }
        chains.sort_by_cached_key(|chain| {
            let weights = || chain.iter().map(|step| step.weight);
            let ends: Vec<_> = chain.iter().map(|step| step.to).collect();
            (Reverse(weights().min()), Reverse(weights().map(u64::from).sum::<u64>()), ends)
        });
        chains.truncate(limit);
        chains
    }
}
