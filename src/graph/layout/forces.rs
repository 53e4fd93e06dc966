//! Ties attract, nodes repel, until the picture settles.

use rayon::prelude::*;

use super::quadtree::Quadtree;
use super::start::EDGE_LENGTH;
use super::{Adjacency, Point, real};

/// Rounds for graphs of any size, and how many nodes share a budget of more of them.
const MIN_ROUNDS: usize = 260;
const MAX_ROUNDS: usize = 700;
const ROUND_BUDGET: usize = 200_000;
/// First and last step, as shares of the mean length of a tie.
const FIRST_STEP: f64 = 0.35;
const LAST_STEP: f64 = 0.004;
/// Distance within which attraction grows linearly; beyond it is constant, as in `LinLog`. Large
/// graphs need the latter to come apart into communities, small ones the former to use the room.
const SMALL_REACH: f64 = 1.1 * EDGE_LENGTH;
const LARGE_REACH: f64 = 0.6 * EDGE_LENGTH;
/// Pull towards the middle, as a share of the pull of all ties of a node.
const SMALL_GRAVITY: f64 = 0.22;
const LARGE_GRAVITY: f64 = 0.06;
/// Nodes that one thread takes at least: for fewer, handing them over costs more than it saves.
const MIN_SHARE: usize = if cfg!(test) { 64 } else { 512 };
/// Nodes of a graph that counts as large.
const LARGE: f64 = 3000.0;

/// Moves `points` of one connected component to where forces balance.
///
/// A node's mass is the sum of the weights of its edges. With repulsion
/// `mass × mass × length / total mass / distance` the mean tie comes out about `length` long, so
/// steps need no tuning to the size of the graph.
pub(super) fn settle(graph: &Adjacency, points: &mut Vec<Point>) {
    let n_nodes = points.len();
    let masses: Vec<f64> = (0..n_nodes)
        .map(|node| graph.neighbours(node).iter().map(|(_, weight)| weight).sum::<f64>().max(1.0))
        .collect();
    let strength = EDGE_LENGTH / masses.iter().sum::<f64>();
    let largeness = (real(n_nodes) / LARGE).min(1.0);
    let between = |small: f64, large: f64| small + (large - small) * largeness;
    let reach = between(SMALL_REACH, LARGE_REACH);
    let gravity = between(SMALL_GRAVITY, LARGE_GRAVITY);
    let rounds = (ROUND_BUDGET / n_nodes).clamp(MIN_ROUNDS, MAX_ROUNDS);
    let mut moved = Vec::with_capacity(n_nodes);
    for round in 0..rounds {
        let left = 1.0 - real(round) / real(rounds);
        let step = EDGE_LENGTH * (LAST_STEP + (FIRST_STEP - LAST_STEP) * left * left);
        let tree = Quadtree::new(points, &masses);
        let (old, center) = (&*points, centre(points, &masses));
        (0..n_nodes)
            .into_par_iter()
            .with_min_len(MIN_SHARE)
            .map(|node| {
                let point = old[node];
                let away = tree.repulsion(node, 0.02 * EDGE_LENGTH);
                // All forces are divided by the mass: heavy nodes move no slower than light ones.
                let mut force = Point { x: away.x * strength, y: away.y * strength };
                let mut pull = |to: Point, weight: f64, reach: f64| {
                    let (dx, dy) = (to.x - point.x, to.y - point.y);
                    let factor = weight / ((dx * dx + dy * dy).sqrt() + reach);
                    force.x += dx * factor;
                    force.y += dy * factor;
                };
                for &(neighbour, weight) in graph.neighbours(node) {
                    pull(old[neighbour as usize], weight / masses[node], reach);
                }
                pull(center, gravity, EDGE_LENGTH);
                let size = (force.x * force.x + force.y * force.y).sqrt();
                let length = step * size.min(1.0) / size.max(1e-12);
                Point { x: point.x + force.x * length, y: point.y + force.y * length }
            })
            .collect_into_vec(&mut moved);
        std::mem::swap(points, &mut moved);
    }
}

/// The centre of mass.
fn centre(points: &[Point], masses: &[f64]) -> Point {
    let (mut x, mut y, mut total) = (0.0, 0.0, 0.0);
    for (point, mass) in points.iter().zip(masses) {
        x += point.x * mass;
        y += point.y * mass;
        total += mass;
    }
    Point { x: x / total, y: y / total }
}
