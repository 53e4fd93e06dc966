//! Measures of nodes: pure functions, graph in, one value a node out.
//!
//! All of them run on the [`Projection`]: simple graphs without parallel edges and loops, in which a
//! tie weighs as many as stories stand behind it: those that assert it, or all of them, as a
//! [`Weighting`] says. Each function states view, direction and normalisation, and what it equals.

mod cohesion;
mod community;
mod degree;
mod page_rank;
mod projection;
mod routes;
mod spectral;

pub use cohesion::{constraint, core_number};
pub use community::community;
pub use degree::{degree, in_degree, out_degree, strength};
pub use page_rank::page_rank;
pub use projection::{Projection, Rows, WeightedTie};
pub use routes::{CONFIDENCE, Precision, Routes, UNIT, distances, routes};
pub use spectral::{eigenvector, hubs_and_authorities, katz};

use super::{RelationGraph, Weighting};
use crate::model::closed_set;

closed_set! {
    /// The measures by which nodes are ranked.
    "measure" Measure {
        /// Number of neighbours.
        Degree = "degree",
        /// Number of nodes that have a tie to it.
        InDegree = "in_degree",
        /// Number of nodes that it has a tie to.
        OutDegree = "out_degree",
        /// Weights of all its ties.
        Strength = "strength",
        /// Share of a random walker's time.
        PageRank = "page_rank",
        /// Share of shortest routes that lead through it.
        Betweenness = "betweenness",
        /// How near the nodes are that lead to it.
        Closeness = "closeness",
        /// Sum of their inverse distances.
        Harmonic = "harmonic",
        /// Tied to those that are well tied.
        Eigenvector = "eigenvector",
        /// Weakened count of all that leads to it.
        Katz = "katz",
        /// Points at authorities.
        Hub = "hub",
        /// Is pointed at by hubs.
        Authority = "authority",
        /// How deep in the core it lies.
        CoreNumber = "core_number",
        /// How much it depends on neighbours that know each other; brokers have the lowest.
        Constraint = "constraint",
    }
}

impl Measure {
    /// What it says of a node, in one line for people.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Degree => "number of entities tied to it",
            Self::InDegree => "number of entities with a tie to it",
            Self::OutDegree => "number of entities that it has a tie to",
            Self::Strength => "stories behind all of its ties",
            Self::PageRank => "time that a walker along the ties spends there, of 1",
            Self::Betweenness => "share of shortest routes between others that lead through it",
            Self::Closeness => "how near those are that lead to it, times the share that does",
            Self::Harmonic => "sum of 1 / distance over all that lead to it",
            Self::Eigenvector => "weighted sum of its neighbours' values",
            Self::Katz => "all that leads to it, weakened by each step",
            Self::Hub => "how much it points at authorities, of 1",
            Self::Authority => "how much hubs point at it, of 1",
            Self::CoreNumber => "largest k of a k-core that it belongs to",
            Self::Constraint => "dependence on neighbours tied to each other; brokers have least",
        }
    }

    /// Whether a low value is what stands out.
    #[must_use]
    pub fn lowest_first(self) -> bool {
        self == Self::Constraint
    }

    /// Whether its values are whole numbers.
    #[must_use]
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Degree | Self::InDegree | Self::OutDegree | Self::CoreNumber)
    }
}

/// One value for each node of a graph, in the order of its nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name, as a column of exports: lower-case words joined by `_`.
    pub name: &'static str,
    /// One value a node.
    pub values: Vec<f64>,
    /// Whether all values are whole numbers.
    pub whole: bool,
    /// Greatest error of a value, with probability [`CONFIDENCE`]; `None` if all are exact.
    pub error_bound: Option<f64>,
}

impl Column {
    fn exact(measure: Measure, values: Vec<f64>) -> Self {
        Self { name: measure.as_str(), values, whole: measure.is_whole(), error_bound: None }
    }
}

/// The name of the column that holds the [`community`] of each node.
pub const COMMUNITY: &str = "community";

/// One measure of a network.
#[must_use]
pub fn measure(
    graph: &RelationGraph,
    measure: Measure,
    weighting: Weighting,
    precision: Precision,
) -> Column {
    let projection = Projection::new(graph, weighting);
    let values = match measure {
        Measure::Degree => degree(&projection),
        Measure::InDegree => in_degree(&projection),
        Measure::OutDegree => out_degree(&projection),
        Measure::Strength => strength(&projection),
        Measure::PageRank => page_rank(&projection),
        Measure::Betweenness => {
            let Routes { betweenness, error_bound, .. } = routes(&projection, precision);
            return Column { error_bound, ..Column::exact(measure, betweenness) };
        }
        Measure::Closeness => distances(&projection, precision).closeness,
        Measure::Harmonic => distances(&projection, precision).harmonic,
        Measure::Eigenvector => eigenvector(&projection),
        Measure::Katz => katz(&projection),
        Measure::Hub => hubs_and_authorities(&projection).0,
        Measure::Authority => hubs_and_authorities(&projection).1,
        Measure::CoreNumber => core_number(&projection),
        Measure::Constraint => constraint(&projection),
    };
    Column::exact(measure, values)
}

/// Every measure of a network and its communities, one column each. Communities are of all ties,
/// asserted or not: who is only said to be in touch stands beside those whom it is said of.
#[must_use]
pub fn measure_all(
    graph: &RelationGraph,
    weighting: Weighting,
    precision: Precision,
) -> Vec<Column> {
    let communities = community(&Projection::new(graph, Weighting::All));
    with_communities(&Projection::new(graph, weighting), precision, communities)
}

/// As [`measure_all`], of a projection.
#[must_use]
pub fn measure_projection(projection: &Projection, precision: Precision) -> Vec<Column> {
    with_communities(projection, precision, community(projection))
}

/// Every measure of a projection, and these communities.
fn with_communities(
    projection: &Projection,
    precision: Precision,
    communities: Vec<f64>,
) -> Vec<Column> {
    let Routes { betweenness, closeness, harmonic, error_bound, .. } =
        routes(projection, precision);
    let (hub, authority) = hubs_and_authorities(projection);
    let column = Column::exact;
    vec![
        column(Measure::Degree, degree(projection)),
        column(Measure::InDegree, in_degree(projection)),
        column(Measure::OutDegree, out_degree(projection)),
        column(Measure::Strength, strength(projection)),
        column(Measure::PageRank, page_rank(projection)),
        Column { error_bound, ..column(Measure::Betweenness, betweenness) },
        column(Measure::Closeness, closeness),
        column(Measure::Harmonic, harmonic),
        column(Measure::Eigenvector, eigenvector(projection)),
        column(Measure::Katz, katz(projection)),
        column(Measure::Hub, hub),
        column(Measure::Authority, authority),
        column(Measure::CoreNumber, core_number(projection)),
        column(Measure::Constraint, constraint(projection)),
        Column { name: COMMUNITY, values: communities, whole: true, error_bound: None },
    ]
}
