//! How tightly a node is woven in: core number, and Burt's constraint.

use petgraph::graph::UnGraph;
use rustworkx_core::connectivity::core_number as core_numbers;

use super::Projection;

/// Core number on the undirected view, without weights: the largest k such that the node belongs
/// to a subgraph in which each node has at least k neighbours.
///
/// Seidman: Network structure and minimum degree (1983). Equals `core_number` of networkx.
///
/// # Complexity
///
/// O(nodes + edges).
#[must_use]
pub fn core_number(projection: &Projection) -> Vec<f64> {
    let n = projection.n_nodes();
    let mut graph = UnGraph::<(), ()>::with_capacity(n, projection.around.n_entries() / 2);
    let nodes: Vec<_> = (0..n).map(|_| graph.add_node(())).collect();
    for i in 0..n {
        for (j, _) in projection.around.row(i).filter(|&(j, _)| i < j) {
            graph.add_edge(nodes[i], nodes[j], ());
        }
    }
    let cores = core_numbers(&graph);
    #[expect(clippy::cast_precision_loss, reason = "core numbers are far below 2^52")]
    nodes.iter().map(|node| cores.get(node).copied().unwrap_or(0) as f64).collect()
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
