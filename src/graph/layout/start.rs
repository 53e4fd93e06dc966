//! First positions: a projection of the distances to a few pivots.

use std::collections::VecDeque;

use super::{Adjacency, Point, real};

/// Pivots; more of them hardly change the picture.
const PIVOTS: usize = 40;
/// Rounds of power iteration; the positions are only a start.
const ROUNDS: usize = 60;
/// Mean distance of neighbours that positions are scaled to.
pub(super) const EDGE_LENGTH: f64 = 100.0;

/// Positions by pivot multidimensional scaling (Brandes, Pich 2006): the double-centred squared
/// distances to the pivots, projected on their two main axes. Neighbours are 100 apart on average.
pub(super) fn pivot_positions(graph: &Adjacency) -> Vec<Point> {
    let n_nodes = graph.n_nodes();
    if n_nodes <= 2 {
        return (0..n_nodes).map(|i| Point { x: real(i) * EDGE_LENGTH, y: 0.0 }).collect();
    }
    let columns = pivot_distances(graph);
    let centred = double_centred(&columns, n_nodes);
    let (first, second) = main_axes(&centred);
    let mut points: Vec<_> = (0..n_nodes)
        .map(|node| {
            let along = |axis: &[f64]| -> f64 {
                centred.iter().zip(axis).map(|(column, weight)| column[node] * weight).sum()
            };
            Point { x: along(&first), y: along(&second) }
        })
        .collect();
    scale_edges(graph, &mut points);
    // Nodes with the same neighbours coincide; forces cannot part what stands on one spot.
    for (node, point) in points.iter_mut().enumerate() {
        point.x += jitter(2 * node) * EDGE_LENGTH * 0.3;
        point.y += jitter(2 * node + 1) * EDGE_LENGTH * 0.3;
    }
    points
}

/// Distances in ties from each pivot to every node; each pivot is as far as possible from those
/// before it.
fn pivot_distances(graph: &Adjacency) -> Vec<Vec<f64>> {
    let n_nodes = graph.n_nodes();
    let mut nearest = vec![u32::MAX; n_nodes];
    let mut pivot = (0..n_nodes).max_by_key(|&node| graph.neighbours(node).len()).unwrap_or(0);
    let mut columns = Vec::new();
    while columns.len() < PIVOTS.min(n_nodes) {
        let distances = distances_from(graph, pivot);
        for (nearest, &distance) in nearest.iter_mut().zip(&distances) {
            *nearest = (*nearest).min(distance);
        }
        columns.push(distances.into_iter().map(f64::from).collect());
        pivot = (0..n_nodes).max_by_key(|&node| nearest[node]).unwrap_or(0);
    }
    columns
}

fn distances_from(graph: &Adjacency, pivot: usize) -> Vec<u32> {
    let mut distances = vec![u32::MAX; graph.n_nodes()];
    distances[pivot] = 0;
    let mut open = VecDeque::from([pivot]);
    while let Some(node) = open.pop_front() {
        let next = distances[node] + 1;
        for &(neighbour, _) in graph.neighbours(node) {
            let distance = &mut distances[neighbour as usize];
            if *distance == u32::MAX {
                *distance = next;
                open.push_back(neighbour as usize);
            }
        }
    }
    distances
}

/// Squares, with the means of rows, of columns and of all taken out.
fn double_centred(columns: &[Vec<f64>], n_nodes: usize) -> Vec<Vec<f64>> {
    let squares: Vec<Vec<f64>> =
        columns.iter().map(|column| column.iter().map(|d| d * d).collect()).collect();
    let column_means: Vec<f64> =
        squares.iter().map(|column| column.iter().sum::<f64>() / real(n_nodes)).collect();
    let mean = column_means.iter().sum::<f64>() / real(columns.len());
    let row_means: Vec<f64> = (0..n_nodes)
        .map(|node| squares.iter().map(|column| column[node]).sum::<f64>() / real(columns.len()))
        .collect();
    squares
        .iter()
        .zip(&column_means)
        .map(|(column, column_mean)| {
            let centred =
                |(square, row_mean): (&f64, &f64)| -0.5 * (square - row_mean - column_mean + mean);
            column.iter().zip(&row_means).map(centred).collect()
        })
        .collect()
}

/// The two main eigenvectors of the columns' products, by power iteration.
fn main_axes(columns: &[Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
    let k = columns.len();
    let product = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let matrix: Vec<Vec<f64>> =
        columns.iter().map(|a| columns.iter().map(|b| product(a, b)).collect()).collect();
    let step =
        |vector: &[f64]| -> Vec<f64> { matrix.iter().map(|row| product(row, vector)).collect() };
    let normalised = |vector: Vec<f64>| -> Vec<f64> {
        let length = product(&vector, &vector).sqrt();
        if length > 0.0 { vector.into_iter().map(|v| v / length).collect() } else { vector }
    };
    let seed = |offset: usize| (0..k).map(|i| 1.0 + jitter(i + offset)).collect::<Vec<_>>();
    let (mut first, mut second) = (normalised(seed(0)), normalised(seed(k)));
    for _ in 0..ROUNDS {
        first = normalised(step(&first));
        let mut next = step(&second);
        let along = product(&next, &first);
        for (value, axis) in next.iter_mut().zip(&first) {
            *value -= along * axis;
        }
        second = normalised(next);
    }
    (first, second)
}

/// Scales positions so that neighbours are `EDGE_LENGTH` apart on average.
fn scale_edges(graph: &Adjacency, points: &mut [Point]) {
    let mut length = 0.0;
    for (node, a) in points.iter().enumerate() {
        for &(neighbour, _) in graph.neighbours(node) {
            let b = points[neighbour as usize];
            length += ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).sqrt();
        }
    }
    let mean = length / real(graph.neighbours.len().max(1));
    if mean > 0.0 {
        for point in points {
            point.x *= EDGE_LENGTH / mean;
            point.y *= EDGE_LENGTH / mean;
        }
    }
}

/// A number in −0.5..0.5 that looks random and is the same on every run (`splitmix64`).
fn jitter(seed: usize) -> f64 {
    let mut z = (seed as u64).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    f64::from(u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(0)) / f64::from(u32::MAX) - 0.5
}
