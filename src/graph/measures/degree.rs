//! Degrees.

use super::Projection;

/// Number of distinct neighbours, whatever the direction.
#[must_use]
pub fn degree(projection: &Projection) -> Vec<f64> {
    let mut neighbours = vec![std::collections::BTreeSet::new(); projection.n_nodes()];
    for source in 0..projection.n_nodes() {
        for (target, _) in projection.edges(source) {
            neighbours[source].insert(target);
            neighbours[target].insert(source);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "node counts are far below 2^52")]
    neighbours.into_iter().map(|set| set.len() as f64).collect()
}

/// Number of edges that end in each node.
#[must_use]
pub fn in_degree(projection: &Projection) -> Vec<f64> {
    let mut degrees = vec![0.0; projection.n_nodes()];
    for source in 0..projection.n_nodes() {
        for (target, _) in projection.edges(source) {
            degrees[target] += 1.0;
        }
    }
    degrees
}

/// Number of edges that start in each node.
#[must_use]
pub fn out_degree(projection: &Projection) -> Vec<f64> {
    (0..projection.n_nodes()).map(|i| projection.edges(i).map(|_| 1.0).sum()).collect()
}

/// Sum of the weights of all edges that start or end in each node.
#[must_use]
pub fn strength(projection: &Projection) -> Vec<f64> {
    let mut strengths = vec![0.0; projection.n_nodes()];
    for source in 0..projection.n_nodes() {
        for (target, weight) in projection.edges(source) {
            strengths[source] += weight;
            strengths[target] += weight;
        }
    }
    strengths
}
