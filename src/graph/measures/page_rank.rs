//! `PageRank`.

use super::Projection;

const DAMPING: f64 = 0.85;
const TOLERANCE: f64 = 1e-12;
const MAX_ITERATIONS: usize = 1000;

/// `PageRank` by power iteration, with damping 0.85; the values sum to 1.
///
/// Page, Brin, Motwani, Winograd: The PageRank Citation Ranking (1999). A walker follows an edge
/// with a probability proportional to its weight; from a node without edges, as from any other
/// with probability 0.15, it jumps to a node chosen evenly.
///
/// # Complexity
///
/// O(iterations × (nodes + edges)); about 150 iterations reach the tolerance.
#[must_use]
pub fn page_rank(projection: &Projection) -> Vec<f64> {
    let n = projection.n_nodes();
    if n == 0 {
        return Vec::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "node counts are far below 2^52")]
    let share = 1.0 / n as f64;
    let out: Vec<f64> =
        (0..n).map(|i| projection.edges(i).map(|(_, weight)| weight).sum()).collect();
    let mut rank = vec![share; n];
    for _ in 0..MAX_ITERATIONS {
        let dangling: f64 = (0..n).filter(|&i| out[i] == 0.0).map(|i| rank[i]).sum();
        let mut next = vec![(1.0 - DAMPING + DAMPING * dangling) * share; n];
        for source in 0..n {
            for (target, weight) in projection.edges(source) {
                next[target] += DAMPING * rank[source] * weight / out[source];
            }
        }
        let change: f64 = rank.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        rank = next;
        if change < TOLERANCE {
            break;
        }
    }
    rank
}
