//! Repulsion of all nodes on one, in logarithmic time (Barnes, Hut 1986).

use super::{Point, index};

/// A cell this much smaller than its distance acts as one body.
const OPENING: f64 = 0.9;
/// Bodies that a cell holds without being divided.
const BUCKET: usize = 6;
/// Deeper cells are smaller than any distance that matters.
const MAX_DEPTH: u32 = 24;

/// Bodies in nested squares, flattened in depth-first order.
#[derive(Debug)]
pub(super) struct Quadtree<'p> {
    points: &'p [Point],
    masses: &'p [f64],
    cells: Vec<Cell>,
    /// Memory in which bodies are put in order.
    moved: Vec<u32>,
    /// Places and masses in the order of the leaves, so that those of one lie side by side.
    bodies: Vec<(Point, f64)>,
}

#[derive(Debug)]
struct Cell {
    center: Point,
    mass: f64,
    /// Length of its side, squared.
    area: f64,
    /// The first cell after this one and all of its parts.
    next: usize,
    /// Bodies of a leaf: a range of the order. Empty for divided cells.
    bodies: std::ops::Range<usize>,
}

impl<'p> Quadtree<'p> {
    /// The tree of bodies at `points` with `masses`.
    pub(super) fn new(points: &'p [Point], masses: &'p [f64]) -> Self {
        let (mut low, mut high) = (points[0], points[0]);
        for point in points {
            low = Point { x: low.x.min(point.x), y: low.y.min(point.y) };
            high = Point { x: high.x.max(point.x), y: high.y.max(point.y) };
        }
        let side = (high.x - low.x).max(high.y - low.y).max(1e-9);
        let mut order: Vec<u32> = (0..points.len()).map(index).collect();
        let cells = Vec::with_capacity(points.len());
        let mut tree = Self { points, masses, cells, moved: Vec::new(), bodies: Vec::new() };
        tree.divide(&mut order, 0, low, side, 0);
        let body = |body: u32| (points[body as usize], masses[body as usize]);
        tree.bodies = order.into_iter().map(body).collect();
        tree
    }

    fn divide(&mut self, order: &mut [u32], first: usize, low: Point, side: f64, depth: u32) {
        let (mut mass, mut x, mut y) = (0.0, 0.0, 0.0);
        for &body in order.iter() {
            let (point, body_mass) = (self.points[body as usize], self.masses[body as usize]);
            mass += body_mass;
            x += point.x * body_mass;
            y += point.y * body_mass;
        }
        let own = self.cells.len();
        let leaf = order.len() <= BUCKET || depth == MAX_DEPTH;
        let bodies = if leaf { first..first + order.len() } else { 0..0 };
        let center = Point { x: x / mass, y: y / mass };
        self.cells.push(Cell { center, mass, area: side * side, next: 0, bodies });
        if !leaf {
            let half = side / 2.0;
            let middle = Point { x: low.x + half, y: low.y + half };
            let points = self.points;
            let quadrant = |body: &u32| {
                let point = points[*body as usize];
                usize::from(point.x >= middle.x) + 2 * usize::from(point.y >= middle.y)
            };
            let ends = self.sort_by_quadrant(order, quadrant);
            let mut start = 0;
            for (corner, end) in ends.into_iter().enumerate() {
                if start < end {
                    let low = Point {
                        x: if corner % 2 == 1 { middle.x } else { low.x },
                        y: if corner / 2 == 1 { middle.y } else { low.y },
                    };
                    self.divide(&mut order[start..end], first + start, low, half, depth + 1);
                }
                start = end;
            }
        }
        self.cells[own].next = self.cells.len();
    }

    /// Puts the bodies of one quadrant behind those of the one before, each in the order in which they
    /// stood; returns where those of each end.
    fn sort_by_quadrant(
        &mut self,
        order: &mut [u32],
        quadrant: impl Fn(&u32) -> usize,
    ) -> [usize; 4] {
        let mut counts = [0; 4];
        for body in &*order {
            counts[quadrant(body)] += 1;
        }
        let mut ends = [0; 4];
        let mut before = 0;
        for (end, count) in ends.iter_mut().zip(counts) {
            *end = before;
            before += count;
        }
        self.moved.clear();
        self.moved.extend_from_slice(order);
        for body in &self.moved {
            let end = &mut ends[quadrant(body)];
            order[*end] = *body;
            *end += 1;
        }
        ends
    }

    /// The sum over all other bodies of their mass times the unit vector away from them, divided
    /// by the distance; `softening` keeps it finite.
    pub(super) fn repulsion(&self, body: usize, softening: f64) -> Point {
        let point = self.points[body];
        let mut force = Point::default();
        let mut push = |from: Point, mass: f64| {
            let (dx, dy) = (point.x - from.x, point.y - from.y);
            let factor = mass / (dx * dx + dy * dy + softening * softening);
            force.x += dx * factor;
            force.y += dy * factor;
        };
        let mut at = 0;
        while let Some(cell) = self.cells.get(at) {
            let (dx, dy) = (point.x - cell.center.x, point.y - cell.center.y);
            if !cell.bodies.is_empty() {
                for &(other, mass) in &self.bodies[cell.bodies.clone()] {
                    push(other, mass);
                }
                at = cell.next;
            } else if cell.area < OPENING * OPENING * (dx * dx + dy * dy) {
                push(cell.center, cell.mass);
                at = cell.next;
            } else {
                at += 1;
            }
        }
        force
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_comes_close_to_all_pairs() {
        let points: Vec<_> = (0..500_u32)
            .map(|i| Point { x: f64::from(i * 7919 % 1000), y: f64::from(i * 104_729 % 997) })
            .collect();
        let masses: Vec<_> = (0..500_u32).map(|i| 1.0 + f64::from(i % 5)).collect();
        let tree = Quadtree::new(&points, &masses);
        let (mut error, mut size) = (0.0, 0.0);
        for (body, point) in points.iter().enumerate() {
            let mut exact = Point::default();
            for (other, mass) in points.iter().zip(&masses) {
                let (dx, dy) = (point.x - other.x, point.y - other.y);
                exact.x += dx * mass / (dx * dx + dy * dy + 1.0);
                exact.y += dy * mass / (dx * dx + dy * dy + 1.0);
            }
            let near = tree.repulsion(body, 1.0);
            error += (near.x - exact.x).abs() + (near.y - exact.y).abs();
            size += exact.x.abs() + exact.y.abs();
        }
        assert!(error / size < 0.05, "relative error {}", error / size);
    }
}
