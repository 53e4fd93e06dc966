//! Ties as curves, and the marks on them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use petgraph::visit::EdgeRef;

use crate::graph::Standing;

use super::super::standing::Status;
use super::super::style::RelationStyle;
use super::choose::Chosen;
use super::labels::Taken;
use super::{GROUND, INK, Point, View, escaped, id, put};

/// Room between the curves of a pair.
const CURVE_GAP: f64 = 14.0;
/// Curves of a pair that are drawn, in pictures of few pairs and of many.
const FAN: (usize, usize) = (3, 2);
const FEW_PAIRS: usize = 60;

/// A tie's way from symbol to symbol.
#[derive(Debug, Clone, Copy)]
struct Curve {
    start: Point,
    control: Point,
    end: Point,
}

impl Curve {
    fn at(self, t: f64) -> Point {
        let (u, Self { start, control, end }) = (1.0 - t, self);
        let along = |a: f64, c: f64, b: f64| u * u * a + 2.0 * u * t * c + t * t * b;
        Point { x: along(start.x, control.x, end.x), y: along(start.y, control.y, end.y) }
    }
}

/// The strongest ties of each pair, by edge, with their bends, measured from the lower node.
fn fans(chosen: &Chosen) -> BTreeMap<usize, f64> {
    let fan = if chosen.n_pairs <= FEW_PAIRS { FAN.0 } else { FAN.1 };
    let mut pairs: BTreeMap<(usize, usize), Vec<(usize, bool)>> = BTreeMap::new();
    for edge in chosen.graph.graph().edge_references() {
        let (a, b) = (edge.source().index(), edge.target().index());
        pairs.entry((a.min(b), a.max(b))).or_default().push((edge.id().index(), a < b));
    }
    let mut bends = BTreeMap::new();
    for mut ties in pairs.into_values() {
        ties.sort_by_key(|&(edge, _)| {
            let Status { standing, weight, .. } = chosen.status[edge];
            (standing, std::cmp::Reverse(weight), edge)
        });
        ties.truncate(fan);
        ties.sort_unstable();
        let between = f64::from(u32::try_from(ties.len()).unwrap_or(u32::MAX)) - 1.0;
        let mut bend = -between / 2.0 * CURVE_GAP;
        for (edge, forward) in ties {
            bends.insert(edge, if forward { bend } else { -bend });
            bend += CURVE_GAP;
        }
    }
    bends
}

fn curve(a: Point, b: Point, bend: f64) -> Curve {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = (dx * dx + dy * dy).sqrt().max(1e-9);
    let bend = 2.0 * bend * (length / 160.0).min(1.0);
    let control = Point {
        x: f64::midpoint(a.x, b.x) - dy / length * bend,
        y: f64::midpoint(a.y, b.y) + dx / length * bend,
    };
    Curve { start: a, control, end: b }
}

/// Draws ties, the weakest first, so that strong ones lie on top; each is a group of its own with
/// id and title. The marks come back: they keep away from names that `taken` knows of.
pub(super) fn draw_ties(
    chosen: &Chosen,
    view: View,
    styles: &[RelationStyle],
    taken: &mut Vec<Taken>,
    body: &mut String,
) -> String {
    let fans = fans(chosen);
    let color: BTreeMap<&str, &'static str> =
        styles.iter().map(|style| (style.relation.as_str(), style.light)).collect();
    let mut edges: Vec<_> = chosen
        .graph
        .graph()
        .edge_references()
        .filter(|edge| fans.contains_key(&edge.id().index()))
        .collect();
    edges.sort_by_key(|edge| {
        let Status { standing, weight, .. } = chosen.status[edge.id().index()];
        (std::cmp::Reverse(standing), weight, edge.id())
    });
    let mut marks = String::new();
    for edge in edges {
        let status = chosen.status[edge.id().index()];
        let tie = edge.weight();
        let color = color[tie.relation.as_str()];
        let (a, b) = (edge.source(), edge.target());
        let (from, to) = (chosen.places[a.index()], chosen.places[b.index()]);
        let curve = curve(
            view.at(from.center),
            view.at(to.center),
            fans[&edge.id().index()] * view.scale.sqrt(),
        );
        let (source, target) = (&chosen.graph.graph()[a], &chosen.graph.graph()[b]);
        let name = format!("tie {} {} {}", source.id, tie.relation, target.id);
        put(
            body,
            format_args!(
                "<g id=\"{}\"><title>{} {} {}</title>\n",
                id(&name),
                escaped(&source.name),
                tie.relation,
                escaped(&target.name)
            ),
        );
        let arrow = (!tie.relation.is_symmetric()).then(|| view.symbol(to.radius) + 2.0);
        draw_tie(curve, color, status, arrow, body);
        body.push_str("</g>\n");
        draw_mark(curve, color, status, taken, &mut marks);
    }
    marks
}

/// The dashes of a standing, as an attribute.
pub(super) fn dash(standing: Standing) -> &'static str {
    match standing {
        Standing::Hedged => " stroke-dasharray=\"7 4\"",
        Standing::Prospective => " stroke-dasharray=\"2 3.5\"",
        Standing::Asserted | Standing::Denied | Standing::Negated => "",
    }
}

/// One tie; `arrow` is the distance of its tip from the target's centre.
fn draw_tie(curve: Curve, color: &str, status: Status, arrow: Option<f64>, body: &mut String) {
    let denied = status.standing >= Standing::Denied;
    let width = if denied {
        1.0
    } else {
        (1.0 + 0.85 * (f64::from(status.weight) - 0.9).max(0.0).sqrt()).min(7.0)
    };
    let opacity = if denied { ".55" } else { ".88" };
    let Curve { start, control, end } = curve;
    let (dx, dy) = (end.x - control.x, end.y - control.y);
    let length = (dx * dx + dy * dy).sqrt().max(1e-9);
    let (ux, uy) = (dx / length, dy / length);
    let head = 5.0 + 1.9 * width;
    let short = arrow.map_or(0.0, |edge| edge + head * 0.8);
    put(
        body,
        format_args!(
            "<path d=\"M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}\" fill=\"none\" stroke=\"{color}\" \
             stroke-width=\"{width:.1}\"{} opacity=\"{opacity}\"/>\n",
            start.x,
            start.y,
            control.x,
            control.y,
            end.x - ux * short,
            end.y - uy * short,
            dash(status.standing)
        ),
    );
    if let Some(edge) = arrow {
        let tip = Point { x: end.x - ux * edge, y: end.y - uy * edge };
        let back = Point { x: tip.x - ux * head, y: tip.y - uy * head };
        let half = head * 0.42;
        put(
            body,
            format_args!(
                "<path d=\"M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z\" fill=\"{color}\" \
                 opacity=\"{opacity}\"/>\n",
                tip.x,
                tip.y,
                back.x - uy * half,
                back.y + ux * half,
                back.x + uy * half,
                back.y - ux * half
            ),
        );
    }
}

/// One quiet mark where it lies on no name: on what is only denied, or what a party denies.
fn draw_mark(
    curve: Curve,
    color: &str,
    status: Status,
    taken: &mut Vec<Taken>,
    marks: &mut String,
) {
    if status.standing < Standing::Denied && !status.disputed {
        return;
    }
    let spot = [0.5, 0.42, 0.58, 0.34, 0.66].into_iter().find_map(|t| {
        let at = curve.at(t);
        let room = Taken::around(at, 7.0, 7.0, usize::MAX);
        room.is_free(taken).then_some((t, at, room))
    });
    let Some((t, at, room)) = spot else { return };
    taken.push(room);
    if status.disputed {
        let (a, b) = (curve.at(t - 0.03), curve.at(t + 0.03));
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = (dx * dx + dy * dy).sqrt().max(1e-9);
        bar(at, Point { x: dx / length, y: dy / length }, marks);
    } else {
        barred_ring(at, color, marks);
    }
}

/// A barred ring: denied, or said not to be so.
pub(super) fn barred_ring(at: Point, color: &str, body: &mut String) {
    let Point { x, y } = at;
    let _ = writeln!(
        body,
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.2\" fill=\"{GROUND}\" stroke=\"{color}\" \
         stroke-width=\"1.3\"/><path d=\"M{:.1} {:.1}l5.8 -5.8\" stroke=\"{color}\" \
         stroke-width=\"1.3\"/>",
        x - 2.9,
        y + 2.9
    );
}

/// A short bar across a tie of direction `along`: a party denies what others say.
pub(super) fn bar(at: Point, along: Point, body: &mut String) {
    let (dx, dy) = (-along.y * 5.5, along.x * 5.5);
    for (color, width) in [(GROUND, "5"), (INK, "1.6")] {
        let _ = writeln!(
            body,
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"{color}\" stroke-width=\"{width}\"/>",
            at.x + dx,
            at.y + dy,
            at.x - dx,
            at.y - dy
        );
    }
}
