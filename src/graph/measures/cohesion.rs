//! How tightly a node is woven in: core number, and Burt's constraint.

use super::Projection;

/// Core number on the undirected view, without weights: the largest k such that the node belongs
/// to a subgraph in which each node has at least k neighbours.
///
/// Seidman: Network structure and minimum degree (1983). Equals `core_number` of networkx.
/// Batagelj, Zaveršnik: An O(m) algorithm for cores decomposition of networks (2003): nodes are
/// taken away by rising degree; what a node has left when its turn comes is its core number.
///
/// # Complexity
///
/// O(nodes + edges).
#[must_use]
pub fn core_number(projection: &Projection) -> Vec<f64> {
    let around = &projection.around;
    let n = projection.n_nodes();
    let mut left: Vec<usize> = (0..n).map(|node| around.row(node).count()).collect();
    // `first[d]`: place in `order` of the first node that has `d` neighbours left.
    let mut first = vec![0; left.iter().max().map_or(0, |most| most + 2)];
    for &degree in &left {
        first[degree + 1] += 1;
    }
    for degree in 1..first.len() {
        first[degree] += first[degree - 1];
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|&node| left[node]);
    let mut place = vec![0; n];
    for (at, &node) in order.iter().enumerate() {
        place[node] = at;
    }
    for at in 0..n {
        let node = order[at];
        for (other, _) in around.row(node) {
            if left[other] > left[node] {
                // The first of those with as many neighbours makes room: their stretch begins
                // one place later, and `other` is now the last of those with one fewer.
                let begin = first[left[other]];
                let (moved, from) = (order[begin], place[other]);
                order.swap(begin, from);
                (place[other], place[moved]) = (begin, from);
                first[left[other]] += 1;
                left[other] -= 1;
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "core numbers are far below 2^52")]
    left.into_iter().map(|core| core as f64).collect()
}

/// Burt's constraint on the undirected view: how much a node depends on neighbours that depend on
/// each other. The lower, the more the node is a broker between parts that nothing else joins.
///
/// Burt: Structural Holes and Good Ideas (2004), p. 362: the sum over neighbours j of
/// `(p(i, j) + Σ p(i, q) p(q, j))²`, q any third node, with `p(i, j)` the share of j in the weights
/// around i. Between 0 and about 1.125; a node without neighbours gets 0 here and NaN in networkx,
/// whose `constraint` it equals else.
///
/// # Complexity
///
/// O(Σ over edges (i, q) of the neighbours of q), memory O(nodes).
#[must_use]
pub fn constraint(projection: &Projection) -> Vec<f64> {
    let around = &projection.around;
    let n = projection.n_nodes();
    let strength: Vec<f64> = (0..n).map(|i| around.strength(i)).collect();
    // Direct and indirect share of each node in the one at hand; only neighbours' are read.
    let mut share = vec![0.0; n];
    (0..n)
        .map(|i| {
            for (j, _) in around.row(i) {
                share[j] = 0.0;
            }
            for (q, weight) in around.row(i) {
                let through = weight / strength[i];
                share[q] += through;
                for (j, weight) in around.row(q) {
                    share[j] += through * weight / strength[q];
                }
            }
            around.row(i).map(|(j, _)| share[j] * share[j]).sum()
        })
        .collect()
}
