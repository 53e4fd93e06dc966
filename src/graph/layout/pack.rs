//! Components find their size, their orientation and their place beside each other.

use super::{Extent, Point, real};

/// Room around boxes, as a multiple of their area: air for ties between them.
const AIR: f64 = 4.2;
/// Width of the whole picture over its height.
const ASPECT: f64 = 1.5;
/// Distance between components.
const GAP: f64 = 46.0;

/// A box around a component.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) low: Point,
    pub(super) high: Point,
}

/// Turns `points` so that they are widest from left to right, and stretches them a little towards
/// the shape of a screen.
pub(super) fn turn_wide(points: &mut [Point]) {
    let n = real(points.len());
    let (x, y) = points.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.x, sum.1 + p.y));
    let center = Point { x: x / n, y: y / n };
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for point in points.iter_mut() {
        *point = Point { x: point.x - center.x, y: point.y - center.y };
        xx += point.x * point.x;
        yy += point.y * point.y;
        xy += point.x * point.y;
    }
    let difference = xx - yy;
    let size = (difference * difference + 4.0 * xy * xy).sqrt();
    // Half of the angle whose cosine is `difference / size`.
    let cosine = if size > 0.0 { difference / size } else { 1.0 };
    let (cos, sin) = (f64::midpoint(1.0, cosine).sqrt(), ((1.0 - cosine) / 2.0).max(0.0).sqrt());
    let sin = if xy < 0.0 { -sin } else { sin };
    let spread = ((xx + yy + size) / (xx + yy - size).max(1e-9)).sqrt();
    let stretch = (ASPECT / spread).clamp(1.0, 1.35);
    for point in points {
        *point = Point {
            x: (point.x * cos + point.y * sin) * stretch,
            y: point.y * cos - point.x * sin,
        };
    }
}

/// Scales `points` so that boxes of these extents have air between them.
pub(super) fn scale_to_fit(points: &mut [Point], extents: &[Extent]) {
    let wanted: f64 =
        extents.iter().map(|extent| 4.0 * extent.half_width * extent.half_height).sum::<f64>()
            * AIR;
    let n = real(points.len());
    let spread = points.iter().map(|p| p.x * p.x + p.y * p.y).sum::<f64>() / n;
    if spread > 0.0 {
        // A disc with this mean square distance from its middle has 2π times that area.
        let factor = (wanted / (2.0 * std::f64::consts::PI * spread)).sqrt();
        for point in points {
            point.x *= factor;
            point.y *= factor;
        }
    }
}

/// The box around points with their extents.
pub(super) fn bounds(points: &[Point], extents: &[Extent]) -> Bounds {
    let mut low = Point { x: f64::INFINITY, y: f64::INFINITY };
    let mut high = Point { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY };
    for (point, extent) in points.iter().zip(extents) {
        low.x = low.x.min(point.x - extent.half_width);
        low.y = low.y.min(point.y + extent.drop - extent.half_height);
        high.x = high.x.max(point.x + extent.half_width);
        high.y = high.y.max(point.y + extent.drop + extent.half_height);
    }
    Bounds { low, high }
}

/// How far each box moves so that they stand in rows: the first ones, the largest, on top.
pub(super) fn offsets(boxes: &[Bounds]) -> Vec<Point> {
    let size = |b: &Bounds| Point { x: b.high.x - b.low.x + GAP, y: b.high.y - b.low.y + GAP };
    let area: f64 = boxes.iter().map(|b| size(b).x * size(b).y).sum();
    let widest = boxes.iter().map(|b| size(b).x).fold(0.0, f64::max);
    let row_width = widest.max((area * ASPECT).sqrt());
    let mut offsets = Vec::with_capacity(boxes.len());
    let (mut x, mut y, mut row_height) = (0.0, 0.0, 0.0_f64);
    for b in boxes {
        let size = size(b);
        if x > 0.0 && x + size.x > row_width {
            (x, y, row_height) = (0.0, y + row_height, 0.0);
        }
        offsets.push(Point { x: x - b.low.x, y: y - b.low.y });
        x += size.x;
        row_height = row_height.max(size.y);
    }
    offsets
}
