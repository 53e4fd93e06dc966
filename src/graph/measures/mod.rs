//! Measures of nodes: pure functions, graph in, one value a node out.
//!
//! All of them run on the [`Projection`]: a simple directed graph whose edge weight is the sum of
//! the weights of all ties from source to target; a symmetric tie counts in both directions.

mod degree;
mod page_rank;
mod projection;

pub use degree::{degree, in_degree, out_degree, strength};
pub use page_rank::page_rank;
pub use projection::Projection;

use super::RelationGraph;

/// One value for each node of a graph, in the order of its nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name, as a column of exports: lower-case words joined by `_`.
    pub name: &'static str,
    /// One value a node.
    pub values: Vec<f64>,
}

/// Every measure of a network, one column each.
#[must_use]
pub fn measure_all(graph: &RelationGraph) -> Vec<Column> {
    let projection = Projection::new(graph);
    let column = |name, values| Column { name, values };
    vec![
        column("degree", degree(&projection)),
        column("in_degree", in_degree(&projection)),
        column("out_degree", out_degree(&projection)),
        column("strength", strength(&projection)),
        column("page_rank", page_rank(&projection)),
    ]
}
