//! `PageRank`.

use super::Projection;

const DAMPING: f64 = 0.85;
/// Of the sum of all changes in one round, relative to the sum of all values.
const TOLERANCE: f64 = 1e-13;
const MAX_ROUNDS: usize = 1000;

/// `PageRank` with damping 0.85 on the directed view; the values sum to 1.
///
/// Page, Brin, Motwani, Winograd: The PageRank Citation Ranking (1999). A walker follows an edge
/// with a probability proportional to its weight; from a node without edges, as from any other
/// with probability 0.15, it jumps to a node chosen evenly. Equals `pagerank` of networkx.
///
/// Solved as the linear system `x = (1 - d) / n + d P'x` by Gauss–Seidel, in which nodes without
/// edges lose their share: scaling `x` to the sum 1 gives it back, since what they lose returns in
/// the proportions of the jump (Del Corso, Gullì, Romani: Fast PageRank Computation via a Sparse
/// Linear System, 2005, theorem 2).
///
/// # Complexity
///
/// O(rounds × (nodes + edges)); about 50 rounds reach the tolerance.
#[must_use]
pub fn page_rank(projection: &Projection) -> Vec<f64> {
    let n = projection.n_nodes();
    if n == 0 {
        return Vec::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "node counts are far below 2^52")]
    let jump = (1.0 - DAMPING) / n as f64;
    let out: Vec<f64> = (0..n).map(|i| projection.out.strength(i)).collect();
    // What each edge passes on of its source's value.
    let into = &projection.into;
    let share: Vec<f64> = into
        .nodes()
        .iter()
        .zip(into.weights())
        .map(|(&source, weight)| DAMPING * weight / out[source as usize])
        .collect();
    let mut rank = vec![jump; n];
    for _ in 0..MAX_ROUNDS {
        let (mut change, mut total) = (0.0, 0.0);
        for i in 0..n {
            let range = into.range(i);
            let entries = into.nodes()[range.clone()].iter().zip(&share[range]);
            let value: f64 =
                jump + entries.map(|(&source, share)| share * rank[source as usize]).sum::<f64>();
            change += (value - rank[i]).abs();
            total += value;
            rank[i] = value;
        }
        if change < TOLERANCE * total {
            break;
        }
    }
    let total: f64 = rank.iter().sum();
    rank.iter().map(|value| value / total).collect()
}
