//! Measures over shortest routes: betweenness, closeness, harmonic centrality.
//!
//! Routes follow the directed view. A tie is the shorter the more articles stand behind it: its
//! length is 1 / weight. Lengths are whole numbers of 1 / [`UNIT`], so that two routes of the same
//! length are equal and not apart by a rounding error: every weight that divides [`UNIT`], all up
//! to 30 among them, has an exact length, others one that is wrong by less than weight × 10⁻¹²
//! of itself.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::projection::{Projection, Rows};

/// Parts of the length of a tie of weight 1: the least common multiple of 1, 2, …, 30.
pub const UNIT: u64 = 2_329_089_562_800;

/// Groups of sources that are summed apart. Their number is fixed, so that sums are added in one
/// order on any number of threads.
const CHUNKS: usize = 32;

/// Sources that a sample has at least, and what it may cost: sources × (nodes + edges).
const MIN_SAMPLE: usize = 512;
const SAMPLE_COST: usize = 300_000_000;
/// What the exact measures may cost unasked: nodes × (nodes + edges).
const EXACT_COST: usize = 300_000_000;

/// Probability that the stated error bound holds for all nodes at once.
pub const CONFIDENCE: f64 = 0.99;

/// From how many nodes routes are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precision {
    /// From all nodes of a small network (nodes × (nodes + edges) up to 3·10⁸: some 9,000 nodes
    /// with 25,000 edges), from a sample of them in a larger one.
    #[default]
    Adaptive,
    /// From all nodes, whatever it costs.
    Exact,
    /// From so many nodes, chosen evenly.
    Sample(usize),
}

/// The measures that one pass over shortest routes gives, one value a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Routes {
    /// Freeman: A set of measures of centrality based on betweenness (1977): the share of shortest
    /// routes between two other nodes that lead through the node, summed over all ordered pairs
    /// and divided by their number (n - 1)(n - 2), so in 0..=1. Equals `betweenness_centrality` of
    /// networkx on the directed graph, normalised, without endpoints.
    pub betweenness: Vec<f64>,
    /// How near the nodes are that lead to the node: `r / n' · r / Σ d` over the r nodes from
    /// which it can be reached, n' all others, d the length of the shortest route (Wasserman,
    /// Faust: Social Network Analysis (1994), formula 5.22); 0 where r is 0. Equals
    /// `closeness_centrality` of networkx on the directed graph: inward distances, improved.
    pub closeness: Vec<f64>,
    /// Sum of 1 / d over all nodes that lead to the node (Marchiori, Latora: Harmony in the
    /// small-world (2000)). Equals `harmonic_centrality` of networkx on the directed graph.
    pub harmonic: Vec<f64>,
    /// Number of nodes that routes were followed from.
    pub n_sources: usize,
    /// Greatest error of a betweenness that holds for all nodes with probability
    /// [`CONFIDENCE`]; `None` if it is exact.
    pub error_bound: Option<f64>,
}

/// Follows shortest routes from all or some nodes (Brandes: A faster algorithm for betweenness
/// centrality (2001); Brandes, Pich: Centrality estimation in large networks (2007)).
///
/// Of a sample of k nodes every value is an unbiased estimate: betweenness is scaled by n / k,
/// harmonic centrality by the nodes that could have been sampled, closeness takes shares and mean
/// lengths of the sampled. The error bound of betweenness
/// is the empirical Bernstein inequality (Maurer, Pontil: Empirical Bernstein bounds and sample
/// variance penalization (2009), theorem 4) for all nodes at once.
///
/// # Complexity
///
/// O(sources × (nodes + edges) × log(nodes)), without the logarithm if all weights are equal;
/// memory O(nodes) for each of 32 groups of sources. Uses the threads of the current pool; values
/// are the same to the last bit on any number of them.
#[must_use]
pub fn routes(projection: &Projection, precision: Precision) -> Routes {
    follow::<true>(projection, precision)
}

/// As [`routes`] without counting routes: closeness and harmonic centrality alone, in about half
/// the time; betweenness is all 0 and has no bound.
#[must_use]
pub fn distances(projection: &Projection, precision: Precision) -> Routes {
    Routes { error_bound: None, ..follow::<false>(projection, precision) }
}

fn follow<const COUNT: bool>(projection: &Projection, precision: Precision) -> Routes {
    let n = projection.n_nodes();
    let cost = n + projection.out.n_entries();
    let n_sources = match precision {
        Precision::Exact => n,
        Precision::Sample(k) => k.min(n),
        Precision::Adaptive if n.saturating_mul(cost) <= EXACT_COST => n,
        Precision::Adaptive => (SAMPLE_COST / cost).max(MIN_SAMPLE).min(n),
    };
    let sources = sample(n, n_sources);
    let lengths = Lengths::new(&projection.out);
    let size = sources.len().div_ceil(CHUNKS).max(1);
    let sums: Vec<Sums> = sources
        .par_chunks(size)
        .map(|chunk| {
            let mut search = Search::new(&projection.out, &lengths);
            let mut sums = Sums::new(n);
            for &source in chunk {
                search.run::<COUNT>(source);
                search.add_distances(source, &mut sums);
                if COUNT {
                    search.add_dependencies(source, &mut sums);
                }
            }
            sums
        })
        .collect();
    let mut total = Sums::new(n);
    for sums in &sums {
        total.add(sums);
    }
    total.finish(&sources, n_sources < n)
}

/// `k` of `n` nodes, evenly chosen with a fixed seed, sorted; all of them if `k` is `n`.
fn sample(n: usize, k: usize) -> Vec<usize> {
    let mut nodes: Vec<usize> = (0..n).collect();
    if k < n {
        // SplitMix64 (Steele, Lea, Flood 2014) and the first k steps of a Fisher–Yates shuffle.
        let mut state: u64 = 0x7469_656c_696e_6531;
        for i in 0..k {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut word = state;
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            word ^= word >> 31;
            let wide = u128::from(word) * (n - i) as u128;
            let step = usize::try_from(wide >> 64).expect("the product is below n");
            nodes.swap(i, i + step);
        }
        nodes.truncate(k);
        nodes.sort_unstable();
    }
    nodes
}

/// Lengths of the edges, in parts of [`UNIT`].
enum Lengths {
    /// All edges are so long: steps can be counted.
    Equal(u64),
    /// One for each entry of the rows.
    Each(Vec<u64>),
}

impl Lengths {
    fn new(rows: &Rows) -> Self {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the unit is exact in a float, the quotient positive and at most 2^64"
        )]
        let length = |weight: f64| ((UNIT as f64 / weight).round() as u64).max(1);
        let lengths: Vec<u64> = rows.weights().iter().map(|&weight| length(weight)).collect();
        match lengths.first() {
            Some(&first) if lengths.iter().all(|&length| length == first) => Self::Equal(first),
            None => Self::Equal(UNIT),
            _ => Self::Each(lengths),
        }
    }
}

/// What is summed over sources.
struct Sums {
    /// Of the dependencies of all sources on each node.
    dependency: Vec<f64>,
    /// Of their squares.
    squares: Vec<f64>,
    /// Number of sources that reach each node, without itself.
    reached_from: Vec<u32>,
    /// Lengths of their routes.
    distance: Vec<u128>,
    /// Of the inverse lengths, in ties of weight 1.
    inverse: Vec<f64>,
}

impl Sums {
    fn new(n: usize) -> Self {
        Self {
            dependency: vec![0.0; n],
            squares: vec![0.0; n],
            reached_from: vec![0; n],
            distance: vec![0; n],
            inverse: vec![0.0; n],
        }
    }

    fn add(&mut self, other: &Self) {
        for i in 0..self.dependency.len() {
            self.dependency[i] += other.dependency[i];
            self.squares[i] += other.squares[i];
            self.reached_from[i] += other.reached_from[i];
            self.distance[i] += other.distance[i];
            self.inverse[i] += other.inverse[i];
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts and sums need no more than 53 bits")]
    fn finish(self, sources: &[usize], sampled: bool) -> Routes {
        let n = self.dependency.len();
        let (nodes, k) = (n as f64, sources.len() as f64);
        // A node has no dependency on itself as a source, so a sample of k has one pair set less
        // to see where it holds the node: scaling by n / k is unbiased all the same.
        let pairs = (nodes - 1.0) * (nodes - 2.0);
        let scale = if n > 2 && k > 0.0 { nodes / k / pairs } else { 0.0 };
        let error_bound = sampled.then(|| {
            // Each source's term n / (n - 1) · dependency / (n - 2) lies in 0..=n / (n - 1).
            let terms = nodes / pairs;
            let log = (2.0 * nodes / (1.0 - CONFIDENCE)).ln();
            let bound = |i: usize| {
                let mean = self.dependency[i] * terms / k;
                let variance =
                    (self.squares[i] * terms * terms / k - mean * mean).max(0.0) * k / (k - 1.0);
                (2.0 * variance * log / k).sqrt()
                    + 7.0 * log * terms * (nodes - 2.0) / (3.0 * (k - 1.0))
            };
            (0..n).map(bound).fold(0.0, f64::max).min(1.0)
        });
        let mut is_source = vec![false; n];
        for &source in sources {
            is_source[source] = true;
        }
        // The nodes that each node could have been reached from, of those that were tried.
        let others = |i: usize| k - f64::from(u8::from(is_source[i]));
        let closeness = |i: usize| {
            let reached = f64::from(self.reached_from[i]);
            if self.reached_from[i] == 0 {
                return 0.0;
            }
            reached / others(i) * reached * UNIT as f64 / self.distance[i] as f64
        };
        let harmonic = |i: usize| {
            if others(i) > 0.0 { self.inverse[i] * (nodes - 1.0) / others(i) } else { 0.0 }
        };
        Routes {
            betweenness: self.dependency.iter().map(|sum| sum * scale).collect(),
            closeness: (0..n).map(closeness).collect(),
            harmonic: (0..n).map(harmonic).collect(),
            n_sources: sources.len(),
            error_bound,
        }
    }
}

/// Work space of the search from one source.
struct Search<'a> {
    rows: &'a Rows,
    lengths: &'a Lengths,
    /// `u64::MAX` for what was not reached; steps instead of lengths if all are equal.
    distance: Vec<u64>,
    /// Number of shortest routes; afterwards (1 + dependency) / number.
    routes: Vec<f64>,
    /// Nodes in the order of their distance.
    order: Vec<u32>,
    heap: BinaryHeap<Reverse<(u64, u32)>>,
}

impl<'a> Search<'a> {
    fn new(rows: &'a Rows, lengths: &'a Lengths) -> Self {
        let n = rows.n_nodes();
        Self {
            rows,
            lengths,
            distance: vec![u64::MAX; n],
            routes: vec![0.0; n],
            order: Vec::with_capacity(n),
            heap: BinaryHeap::new(),
        }
    }

    /// Finds the distances from `source` and, if asked to `COUNT`, the number of shortest routes.
    fn run<const COUNT: bool>(&mut self, source: usize) {
        for &node in &self.order {
            self.distance[node as usize] = u64::MAX;
        }
        self.order.clear();
        self.distance[source] = 0;
        self.routes[source] = 1.0;
        let source = u32::try_from(source).expect("nodes are numbered by u32");
        match self.lengths {
            Lengths::Equal(_) => self.count_steps::<COUNT>(source),
            Lengths::Each(lengths) => self.sum_lengths::<COUNT>(source, lengths),
        }
    }

    fn count_steps<const COUNT: bool>(&mut self, source: u32) {
        self.order.push(source);
        let mut next = 0;
        while let Some(&node) = self.order.get(next) {
            next += 1;
            let node = node as usize;
            let (distance, routes) = (self.distance[node] + 1, self.routes[node]);
            for &target in &self.rows.nodes()[self.rows.range(node)] {
                let known = &mut self.distance[target as usize];
                if *known == u64::MAX {
                    *known = distance;
                    self.order.push(target);
                    if COUNT {
                        self.routes[target as usize] = routes;
                    }
                } else if COUNT && *known == distance {
                    self.routes[target as usize] += routes;
                }
            }
        }
    }

    fn sum_lengths<const COUNT: bool>(&mut self, source: u32, lengths: &[u64]) {
        self.heap.push(Reverse((0, source)));
        while let Some(Reverse((distance, node))) = self.heap.pop() {
            // A shorter way was found after this one was noted down.
            if distance > self.distance[node as usize] {
                continue;
            }
            self.order.push(node);
            let range = self.rows.range(node as usize);
            let routes = self.routes[node as usize];
            for (&target, &length) in self.rows.nodes()[range.clone()].iter().zip(&lengths[range]) {
                let found = distance.saturating_add(length);
                let known = &mut self.distance[target as usize];
                if found < *known {
                    *known = found;
                    self.heap.push(Reverse((found, target)));
                    if COUNT {
                        self.routes[target as usize] = routes;
                    }
                } else if COUNT && found == *known {
                    self.routes[target as usize] += routes;
                }
            }
        }
    }

    /// Adds the distances that the last search found to `sums`.
    fn add_distances(&self, source: usize, sums: &mut Sums) {
        let unit = match self.lengths {
            Lengths::Equal(length) => *length,
            Lengths::Each(_) => 1,
        };
        // Nodes come in the order of their distance, so many in a row are equally far.
        let (mut distance, mut length, mut inverse) = (0, 0, 0.0);
        for &node in &self.order {
            let node = node as usize;
            if node == source {
                continue;
            }
            if self.distance[node] != distance {
                distance = self.distance[node];
                length = distance.saturating_mul(unit);
                #[expect(clippy::cast_precision_loss, reason = "rounds in the 16th digit at most")]
                {
                    inverse = UNIT as f64 / length as f64;
                }
            }
            sums.reached_from[node] += 1;
            sums.distance[node] += u128::from(length);
            sums.inverse[node] += inverse;
        }
    }

    /// Adds the dependencies of the source of the last search to `sums`. The dependency on a node
    /// is the sum over its successors w on shortest routes of its routes / w's routes ·
    /// (1 + dependency on w).
    fn add_dependencies(&mut self, source: usize, sums: &mut Sums) {
        for index in (0..self.order.len()).rev() {
            let node = self.order[index] as usize;
            if node == source {
                continue;
            }
            let distance = self.distance[node];
            let range = self.rows.range(node);
            let targets = &self.rows.nodes()[range.clone()];
            let mut sum = 0.0;
            match self.lengths {
                Lengths::Equal(_) => {
                    for &target in targets {
                        if self.distance[target as usize] == distance + 1 {
                            sum += self.routes[target as usize];
                        }
                    }
                }
                Lengths::Each(lengths) => {
                    for (&target, &length) in targets.iter().zip(&lengths[range]) {
                        if self.distance[target as usize] == distance.saturating_add(length) {
                            sum += self.routes[target as usize];
                        }
                    }
                }
            }
            let dependency = self.routes[node] * sum;
            sums.dependency[node] += dependency;
            sums.squares[node] += dependency * dependency;
            // Read by the node's predecessors, which come later: its routes are not needed again.
            self.routes[node] = (1.0 + dependency) / self.routes[node];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::WeightedTie;
    use super::*;

    fn projection(n: usize, ties: &[(u32, u32, f64)]) -> Projection {
        let tie = |&(source, target, weight): &(u32, u32, f64)| WeightedTie {
            source,
            target,
            weight,
            symmetric: true,
        };
        Projection::from_ties(n, ties.iter().map(tie))
    }

    #[test]
    fn equal_routes_share_their_betweenness() {
        let square = projection(4, &[(0, 1, 1.0), (1, 3, 1.0), (0, 2, 1.0), (2, 3, 1.0)]);
        let found = routes(&square, Precision::Exact);
        assert_eq!(found.betweenness, [1.0 / 6.0; 4]);
        // 1/3 + 1/6 is 1/2: exact lengths see two equal routes.
        let kite = projection(4, &[(0, 1, 3.0), (1, 3, 6.0), (0, 2, 4.0), (2, 3, 4.0)]);
        let found = routes(&kite, Precision::Exact);
        assert!(found.betweenness[1].total_cmp(&found.betweenness[2]).is_eq());
    }

    #[test]
    fn small_and_empty_networks_have_values() {
        for n in 0..3 {
            let found = routes(&projection(n, &[]), Precision::Adaptive);
            assert_eq!(found.betweenness, vec![0.0; n]);
            assert_eq!(found.closeness, vec![0.0; n]);
            assert_eq!(found.error_bound, None);
        }
        let pair = routes(&projection(2, &[(0, 1, 4.0)]), Precision::Exact);
        assert_eq!((&pair.closeness[..], &pair.harmonic[..]), (&[4.0, 4.0][..], &[4.0, 4.0][..]));
    }

    #[test]
    fn a_sample_stays_within_its_bound() {
        // A ring with chords: every node has some betweenness.
        let n = 400_u32;
        let ties: Vec<_> = (0..n)
            .flat_map(|i| [(i, (i + 1) % n, 1.0), (i, (i * 7 + 3) % n, f64::from(1 + i % 3))])
            .collect();
        let graph = projection(n as usize, &ties);
        let exact = routes(&graph, Precision::Exact);
        let sampled = routes(&graph, Precision::Sample(200));
        let bound = sampled.error_bound.unwrap();
        let worst = exact
            .betweenness
            .iter()
            .zip(&sampled.betweenness)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f64::max);
        assert!(worst > 0.0 && worst <= bound, "{worst} {bound}");
    }
}
