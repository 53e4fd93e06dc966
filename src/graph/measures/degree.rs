//! Degrees and strength.

use super::Projection;

/// Number of distinct neighbours, whatever the direction.
#[must_use]
pub fn degree(projection: &Projection) -> Vec<f64> {
    counts(projection.n_nodes(), |i| projection.around.degree(i))
}

/// Number of distinct nodes with an edge to each node.
#[must_use]
pub fn in_degree(projection: &Projection) -> Vec<f64> {
    counts(projection.n_nodes(), |i| projection.into.degree(i))
}

/// Number of distinct nodes that each node has an edge to.
#[must_use]
pub fn out_degree(projection: &Projection) -> Vec<f64> {
    counts(projection.n_nodes(), |i| projection.out.degree(i))
}

/// Sum of the weights of all ties of each node, whatever the direction.
#[must_use]
pub fn strength(projection: &Projection) -> Vec<f64> {
    (0..projection.n_nodes()).map(|i| projection.around.strength(i)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "node counts are far below 2^52")]
fn counts(n: usize, count: impl Fn(usize) -> usize) -> Vec<f64> {
    (0..n).map(|i| count(i) as f64).collect()
}
