//! The ground that each community covers, as on a map.

use std::collections::{BTreeMap, BTreeSet};

use super::{Place, Point, real};

/// How far the ground reaches around a node, beside its radius.
const MARGIN: f64 = 40.0;
/// Cells along the longer side of the picture, at most; finer cells than `CELL` show nothing.
const MAX_CELLS: f64 = 220.0;
const CELL: f64 = 9.0;
/// Smaller communities are left to their ties.
const MIN_MEMBERS: usize = 3;

/// The ground of one community.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Its number.
    pub community: usize,
    /// Closed outlines without the last point repeated; holes run the other way round.
    pub outlines: Vec<Vec<Point>>,
}

type CellIndex = (i32, i32);

/// The regions of communities with at least three members, in order of their numbers.
/// `communities`, one number a place.
///
/// Every cell of a grid belongs to the community that weighs most there; what lies far from every
/// node belongs to none. Regions do not overlap.
///
/// # Panics
///
/// If `communities` has not one number a place.
#[must_use]
pub fn regions(places: &[Place], communities: &[usize]) -> Vec<Region> {
    assert_eq!(places.len(), communities.len(), "one community a place");
    let Some((low, cell)) = grid(places) else { return Vec::new() };
    let mut members: BTreeMap<usize, usize> = BTreeMap::new();
    for &community in communities {
        *members.entry(community).or_default() += 1;
    }
    let mut weights: BTreeMap<CellIndex, BTreeMap<usize, f64>> = BTreeMap::new();
    for (place, &community) in places.iter().zip(communities) {
        let reach = place.radius + MARGIN.max(2.5 * cell);
        let (x, y) = ((place.center.x - low.x) / cell, (place.center.y - low.y) / cell);
        let cells = floor(reach / cell) + 1;
        for row in floor(y) - cells..=floor(y) + cells {
            for column in floor(x) - cells..=floor(x) + cells {
                let (dx, dy) = (f64::from(column) + 0.5 - x, f64::from(row) + 0.5 - y);
                let share = 1.0 - (dx * dx + dy * dy) * cell * cell / (reach * reach);
                if share > 0.0 {
                    let weight = weights.entry((column, row)).or_default();
                    *weight.entry(community).or_default() += share * share;
                }
            }
        }
    }
    let mut grounds: BTreeMap<usize, BTreeSet<CellIndex>> = BTreeMap::new();
    for (cell, weights) in weights {
        let heaviest = weights.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
        let (&community, &weight) = heaviest.expect("a cell has a weight");
        if weight > 0.05 && members[&community] >= MIN_MEMBERS {
            grounds.entry(community).or_default().insert(cell);
        }
    }
    let place = |corner: CellIndex| Point {
        x: low.x + f64::from(corner.0) * cell,
        y: low.y + f64::from(corner.1) * cell,
    };
    grounds
        .into_iter()
        .map(|(community, ground)| {
            let outline =
                |corners: Vec<CellIndex>| rounded(corners.into_iter().map(place).collect());
            Region { community, outlines: outlines(&ground).into_iter().map(outline).collect() }
        })
        .collect()
}

/// The lower corner and the size of the cells of a grid under all places.
fn grid(places: &[Place]) -> Option<(Point, f64)> {
    let first = places.first()?.center;
    let (mut low, mut high) = (first, first);
    for place in places {
        low = Point { x: low.x.min(place.center.x), y: low.y.min(place.center.y) };
        high = Point { x: high.x.max(place.center.x), y: high.y.max(place.center.y) };
    }
    let side = (high.x - low.x).max(high.y - low.y);
    Some((low, (side / MAX_CELLS).max(CELL)))
}

#[expect(clippy::cast_possible_truncation, reason = "cells are at most a few hundred")]
fn floor(value: f64) -> i32 {
    value.floor() as i32
}

/// The outlines of a set of cells, in corners of cells: inside lies on the right hand.
fn outlines(ground: &BTreeSet<CellIndex>) -> Vec<Vec<CellIndex>> {
    let mut sides: BTreeMap<CellIndex, Vec<CellIndex>> = BTreeMap::new();
    for &(x, y) in ground {
        let mut side = |outside: CellIndex, from: CellIndex, to: CellIndex| {
            if !ground.contains(&outside) {
                sides.entry(from).or_default().push(to);
            }
        };
        side((x, y - 1), (x, y), (x + 1, y));
        side((x + 1, y), (x + 1, y), (x + 1, y + 1));
        side((x, y + 1), (x + 1, y + 1), (x, y + 1));
        side((x - 1, y), (x, y + 1), (x, y));
    }
    let mut outlines = Vec::new();
    while let Some((&start, _)) = sides.first_key_value() {
        let mut outline = vec![start];
        loop {
            let at = *outline.last().expect("an outline has a start");
            // Every corner is left as often as it is entered.
            let Some(next) = sides.get_mut(&at).and_then(Vec::pop) else { break };
            if sides[&at].is_empty() {
                sides.remove(&at);
            }
            if next == start {
                break;
            }
            outline.push(next);
        }
        outlines.push(outline);
    }
    outlines
}

/// Steps of cells become a soft line: corners are averaged, then every other one is left out.
fn rounded(mut points: Vec<Point>) -> Vec<Point> {
    let n = points.len();
    for _ in 0..4 {
        points = (0..n)
            .map(|i| {
                let (a, b, c) = (points[(i + n - 1) % n], points[i], points[(i + 1) % n]);
                Point { x: (a.x + 2.0 * b.x + c.x) / 4.0, y: (a.y + 2.0 * b.y + c.y) / 4.0 }
            })
            .collect();
    }
    let keep = if n > 12 { 2 } else { 1 };
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    let mut points: Vec<_> = points
        .into_iter()
        .step_by(keep)
        .map(|point| Point { x: tenth(point.x), y: tenth(point.y) })
        .collect();
    points.dedup();
    debug_assert!(real(points.len()) > 2.0, "an outline encloses something");
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(x: f64, y: f64) -> Place {
        Place { center: Point { x, y }, radius: 5.0 }
    }

    #[test]
    fn distant_communities_have_ground_of_their_own() {
        let mut places = Vec::new();
        let mut communities = Vec::new();
        for i in 0..6 {
            let x = f64::from(i % 2) * 600.0 + f64::from(i / 2) * 20.0;
            places.push(place(x, 0.0));
            communities.push(usize::from(i % 2 == 1));
        }
        let regions = regions(&places, &communities);
        assert_eq!(regions.len(), 2);
        for (region, left) in regions.iter().zip([true, false]) {
            assert_eq!(region.outlines.len(), 1);
            assert!(region.outlines[0].iter().all(|point| (point.x < 300.0) == left));
        }
    }

    #[test]
    fn a_hole_is_an_outline_of_its_own() {
        let ring = (0..3).flat_map(|x| (0..3).map(move |y| (x, y))).filter(|&cell| cell != (1, 1));
        assert_eq!(outlines(&ring.collect()).len(), 2);
    }

    #[test]
    fn pairs_and_nothing_have_no_region() {
        assert!(regions(&[], &[]).is_empty());
        assert!(regions(&[place(0.0, 0.0), place(9.0, 0.0)], &[0, 0]).is_empty());
    }
}
