//! Nodes, with their labels where there are few, are pushed apart until none overlap.

use super::{Extent, Point};

/// Passes; each resolves what it finds, later ones what that pushed together.
const MAX_PASSES: usize = 400;
/// After so many passes without an end everything gives way a little.
const PATIENCE: usize = 12;
const GIVE: f64 = 1.03;

/// Moves points until the boxes around them are apart, or passes run out.
pub(super) fn remove(points: &mut [Point], extents: &[Extent]) {
    let mut order: Vec<usize> = (0..points.len()).collect();
    for pass in 1..=MAX_PASSES {
        let left = |node: usize| points[node].x - extents[node].half_width;
        order.sort_by(|&a, &b| left(a).total_cmp(&left(b)).then(a.cmp(&b)));
        if !push_apart(points, extents, &order) {
            return;
        }
        if pass % PATIENCE == 0 {
            for point in points.iter_mut() {
                point.x *= GIVE;
                point.y *= GIVE;
            }
        }
    }
}

/// One pass over the pairs that overlap; whether there were any.
fn push_apart(points: &mut [Point], extents: &[Extent], order: &[usize]) -> bool {
    let mut any = false;
    for (position, &a) in order.iter().enumerate() {
        for &b in &order[position + 1..] {
            let width = extents[a].half_width + extents[b].half_width;
            let dx = points[b].x - points[a].x;
            // Sorted by the left side when the pass began: later ones are further right.
            if dx - width > extents[b].half_width {
                break;
            }
            let height = extents[a].half_height + extents[b].half_height;
            let dy = points[b].y + extents[b].drop - points[a].y - extents[a].drop;
            let (over_x, over_y) = (width - dx.abs(), height - dy.abs());
            if over_x <= 0.01 || over_y <= 0.01 {
                continue;
            }
            any = true;
            // The smaller node gives way more.
            let (size_a, size_b) = (extents[a].half_height, extents[b].half_height);
            let share = size_b / (size_a + size_b);
            if over_x < over_y {
                let push = if dx < 0.0 { -over_x } else { over_x };
                points[a].x -= push * share;
                points[b].x += push * (1.0 - share);
            } else {
                let push = if dy < 0.0 { -over_y } else { over_y };
                points[a].y -= push * share;
                points[b].y += push * (1.0 - share);
            }
        }
    }
    any
}
