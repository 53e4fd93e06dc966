//! Where each entity stands in a picture of the network.
//!
//! In: a [`RelationGraph`] and how much each node matters. Out: one [`Place`] a node: a position
//! and a radius, in units that are pixels at natural size, y downwards. Communities come out as
//! regions of the plane because the forces are those of the `LinLog` energy model. Colours, labels
//! and files are other rooms' work.
//!
//! The same network gives the same bits on any number of threads and machines: forces of nodes are
//! independent of each other, sums run in a fixed order, and no function is used whose last bit a
//! platform may choose (`sqrt` is exact, `ln` and `sin` are not).

mod forces;
mod overlap;
mod pack;
mod quadtree;
mod regions;
mod start;

use std::collections::BTreeMap;

use petgraph::visit::EdgeRef;

use super::RelationGraph;

pub use regions::{Region, regions};

/// Radius of the least important node.
const MIN_RADIUS: f64 = 5.0;
/// Radius of the most important node.
const MAX_RADIUS: f64 = 21.0;
/// Up to this many nodes every label gets room of its own.
const LABELLED_NODES: usize = 250;
/// Estimated width of a character of a label and height of its line, in its size.
const CHARACTER_WIDTH: f64 = 0.58;
const LINE_HEIGHT: f64 = 1.3;
/// Characters of a label that a picture shows; the rest is cut.
pub const LABEL_CHARACTERS: usize = 28;

/// A point of the plane.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// Rightwards.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// Where a node stands and how large it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Centre.
    pub center: Point,
    /// Radius of its symbol.
    pub radius: f64,
}

/// Half the width and height that a node takes up, its label included, around a point that lies
/// `drop` below its centre.
#[derive(Debug, Clone, Copy)]
struct Extent {
    half_width: f64,
    half_height: f64,
    drop: f64,
}

/// An undirected simple graph in compressed rows.
#[derive(Debug)]
struct Adjacency {
    first: Vec<usize>,
    neighbours: Vec<(u32, f64)>,
}

impl Adjacency {
    /// Parallel ties between two nodes become one edge; its weight is the square root of the
    /// number of articles, so that one much-reported pair does not collapse onto one spot.
    fn of(graph: &RelationGraph) -> Self {
        let mut sums: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        for edge in graph.graph().edge_references() {
            let (a, b) = (edge.source().index(), edge.target().index());
            if a != b {
                let sum = sums.entry((a.min(b), a.max(b))).or_default();
                *sum = sum.saturating_add(edge.weight().mentions());
            }
        }
        let edges = sums.into_iter().map(|((a, b), sum)| (a, b, f64::from(sum).sqrt()));
        Self::from_edges(graph.n_nodes(), &edges.collect::<Vec<_>>())
    }

    fn from_edges(n_nodes: usize, edges: &[(usize, usize, f64)]) -> Self {
        let mut rows = vec![Vec::new(); n_nodes];
        for &(a, b, weight) in edges {
            rows[a].push((index(b), weight));
            rows[b].push((index(a), weight));
        }
        let mut first = vec![0];
        let mut neighbours = Vec::with_capacity(2 * edges.len());
        for row in rows {
            neighbours.extend(row);
            first.push(neighbours.len());
        }
        Self { first, neighbours }
    }

    fn n_nodes(&self) -> usize {
        self.first.len() - 1
    }

    fn neighbours(&self, node: usize) -> &[(u32, f64)] {
        &self.neighbours[self.first[node]..self.first[node + 1]]
    }

    /// The nodes of each connected component, largest component first.
    fn components(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.n_nodes()];
        let mut components = Vec::new();
        for root in 0..self.n_nodes() {
            if std::mem::replace(&mut seen[root], true) {
                continue;
            }
            let mut component = vec![root];
            let mut next = 0;
            while let Some(&node) = component.get(next) {
                next += 1;
                for &(neighbour, _) in self.neighbours(node) {
                    if !std::mem::replace(&mut seen[neighbour as usize], true) {
                        component.push(neighbour as usize);
                    }
                }
            }
            component.sort_unstable();
            components.push(component);
        }
        components.sort_by_key(|component| std::cmp::Reverse(component.len()));
        components
    }

    /// The part between `nodes`, renumbered in their order.
    fn part(&self, nodes: &[usize]) -> Self {
        let mut place = vec![usize::MAX; self.n_nodes()];
        for (new, &old) in nodes.iter().enumerate() {
            place[old] = new;
        }
        let mut edges = Vec::new();
        for (new, &old) in nodes.iter().enumerate() {
            for &(neighbour, weight) in self.neighbours(old) {
                let other = place[neighbour as usize];
                if new < other && other != usize::MAX {
                    edges.push((new, other, weight));
                }
            }
        }
        Self::from_edges(nodes.len(), &edges)
    }
}

fn index(node: usize) -> u32 {
    u32::try_from(node).expect("graphs have fewer than 2^32 nodes")
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

/// A place for each node, in the order of the graph's nodes. `importance` is any measure that is
/// not negative, one value a node; radii grow with its square root.
///
/// Components are laid out one by one and packed side by side. Within one, nodes start where
/// distances to a few pivots put them and then follow forces: every tie attracts, every two nodes
/// repel. Up to [`LABELLED_NODES`] nodes, no two nodes and no two labels overlap; above that, no
/// two nodes.
///
/// # Panics
///
/// If `importance` has not one value a node.
///
/// # Complexity
///
/// O(iterations × (nodes × log nodes + edges)).
///
/// # Sources
///
/// Noack: Modularity clustering is force-directed layout (2009), the edge-repulsion `LinLog` model;
/// Jacomy et al.: `ForceAtlas2` (2014); Barnes, Hut (1986); Brandes, Pich: Eigensolver methods for
/// progressive multidimensional scaling (2006). We anneal the step instead of adapting it to each
/// node's swing, and replace `LinLog`'s logarithm, which is not the same on every platform.
#[must_use]
pub fn lay_out(graph: &RelationGraph, importance: &[f64]) -> Vec<Place> {
    assert_eq!(graph.n_nodes(), importance.len(), "one value of importance a node");
    let radii = radii(importance);
    let labelled = graph.n_nodes() <= LABELLED_NODES;
    let extents: Vec<_> = graph
        .entities()
        .zip(&radii)
        .map(|(entity, &radius)| extent(&entity.name, radius, labelled))
        .collect();
    let adjacency = Adjacency::of(graph);
    let mut boxes = Vec::new();
    for nodes in adjacency.components() {
        let part = adjacency.part(&nodes);
        let extents: Vec<_> = nodes.iter().map(|&node| extents[node]).collect();
        boxes.push((place_component(&part, &extents), extents, nodes));
    }
    let offsets =
        pack::offsets(&boxes.iter().map(|b| pack::bounds(&b.0, &b.1)).collect::<Vec<_>>());
    let mut places: Vec<_> =
        radii.into_iter().map(|radius| Place { center: Point::default(), radius }).collect();
    for ((points, _, nodes), offset) in boxes.into_iter().zip(offsets) {
        for (point, node) in points.into_iter().zip(nodes) {
            let round = |value: f64| (value * 10.0).round() / 10.0;
            places[node].center =
                Point { x: round(point.x + offset.x), y: round(point.y + offset.y) };
        }
    }
    places
}

/// Radii by importance.
fn radii(importance: &[f64]) -> Vec<f64> {
    let greatest = importance.iter().copied().fold(0.0, f64::max);
    let radius = |&value: &f64| {
        let share = if greatest > 0.0 { (value.max(0.0) / greatest).sqrt() } else { 0.0 };
        let radius = MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * share;
        (radius * 10.0).round() / 10.0
    };
    importance.iter().map(radius).collect()
}

/// Size of the label of a node of this radius.
#[must_use]
pub fn label_size(radius: f64) -> f64 {
    (10.5 + 0.26 * radius).min(17.0)
}

/// The room of a node: with its label below, or the symbol alone.
fn extent(name: &str, radius: f64, labelled: bool) -> Extent {
    if labelled {
        let characters = real(name.chars().take(LABEL_CHARACTERS).count());
        let size = label_size(radius);
        let line = size * LINE_HEIGHT;
        Extent {
            half_width: (characters * CHARACTER_WIDTH * size / 2.0 + 4.0).max(radius + 4.0),
            half_height: radius + line / 2.0 + 3.0,
            drop: line / 2.0,
        }
    } else {
        let room = 1.25 * radius + 5.0;
        Extent { half_width: room, half_height: room, drop: 0.0 }
    }
}

/// Positions of one connected component, around the origin.
fn place_component(part: &Adjacency, extents: &[Extent]) -> Vec<Point> {
    let mut points = start::pivot_positions(part);
    if points.len() > 2 {
        forces::settle(part, &mut points);
        pack::turn_wide(&mut points);
    }
    pack::scale_to_fit(&mut points, extents);
    overlap::remove(&mut points, extents);
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Weighting;
    use crate::graph::measures::{Projection, page_rank};
    use crate::graph::sample;

    fn places(graph: &RelationGraph) -> Vec<Place> {
        lay_out(graph, &page_rank(&Projection::new(graph, Weighting::All)))
    }

    #[test]
    fn small_graphs_have_no_overlapping_nodes_or_labels() {
        let graph = sample::communities(120, 300, 6);
        let places = places(&graph);
        let boxes: Vec<_> = graph
            .entities()
            .zip(&places)
            .map(|(entity, place)| (extent(&entity.name, place.radius, true), place.center))
            .collect();
        for (i, (a, p)) in boxes.iter().enumerate() {
            for (b, q) in &boxes[..i] {
                let apart_x = (p.x - q.x).abs() >= a.half_width + b.half_width - 1.0;
                let apart_y =
                    (p.y + a.drop - q.y - b.drop).abs() >= a.half_height + b.half_height - 1.0;
                assert!(apart_x || apart_y, "{p:?} {a:?} overlaps {q:?} {b:?}");
            }
        }
    }

    #[test]
    fn places_are_the_same_on_any_number_of_threads() {
        let graph = sample::communities(400, 1600, 8);
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| places(&graph))
        };
        assert_eq!(on(1), on(3));
    }

    #[test]
    fn communities_stand_apart() {
        let n_communities = 8;
        let graph = sample::communities(400, 1600, n_communities);
        let places = places(&graph);
        let mut within = (0.0, 0.0);
        let mut across = (0.0, 0.0);
        for (i, a) in places.iter().enumerate() {
            for (j, b) in places.iter().enumerate().skip(i + 1) {
                let (dx, dy) = (a.center.x - b.center.x, a.center.y - b.center.y);
                let sums = if sample::community(&graph, i, n_communities)
                    == sample::community(&graph, j, n_communities)
                {
                    &mut within
                } else {
                    &mut across
                };
                *sums = (sums.0 + (dx * dx + dy * dy).sqrt(), sums.1 + 1.0);
            }
        }
        let ratio = (across.0 / across.1) / (within.0 / within.1);
        assert!(ratio > 1.8, "communities are only {ratio:.2} times as far apart as their members");
    }

    #[test]
    fn no_graph_is_too_small() {
        assert!(places(&RelationGraph::default()).is_empty());
        let pair = sample::communities(2, 1, 1);
        let places = places(&pair);
        assert_eq!(places.len(), 2);
        assert_ne!(places[0].center, places[1].center);
    }
}
