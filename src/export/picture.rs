//! `network.svg`: the network as a picture for reports and print.
//!
//! In: a laid-out network. Out: one SVG in the look of the page: communities as ground, ties as
//! curves, symbols by kind, labels that do not collide, a legend and the range of dates. Nothing in
//! it runs or is loaded. Widths of labels are estimated, because a picture does not know the fonts
//! of its reader; the estimate is generous.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use petgraph::visit::EdgeRef;

use crate::graph::layout::{LABEL_CHARACTERS, Place, Point, label_size, regions};
use crate::graph::{RelationGraph, Standing, Tie, Weighting};
use crate::model::EntityKind;

use super::Network;
use super::escape::xml_text;
use super::page::places;
use super::style::{Family, GROUNDS, RelationStyle, communities, relation_styles};

const GROUND: &str = "#fbfaf7";
const INK: &str = "#1d2126";
const MUTED: &str = "#66645e";
const FONT: &str = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";

/// Room around the map, and of the legend below it.
const MARGIN: f64 = 26.0;
const LEGEND_LINE: f64 = 19.0;
/// Larger maps are scaled down to this width, smaller ones leave the legend this much.
const MAX_WIDTH: f64 = 1800.0;
const MIN_WIDTH: f64 = 640.0;
/// Above this many ties, ties are thin straight lines.
const MANY_TIES: usize = 4000;
/// Room between the curves of a bundle, and of a whole bundle.
const CURVE_GAP: f64 = 15.0;
const BUNDLE_WIDTH: f64 = 66.0;

/// Writes the picture as SVG.
///
/// # Errors
///
/// If the writer fails.
pub fn write_picture(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(picture(network).as_bytes())
}

/// Writes the picture as PNG, twice as fine as its natural size. Text is set in the fonts of this
/// machine: unlike every other file, the bytes depend on it.
///
/// # Errors
///
/// If the writer fails or the picture is too large to be rendered.
#[cfg(feature = "png")]
pub fn write_picture_png(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    use resvg::{tiny_skia, usvg};
    let mut options = usvg::Options { font_family: "DejaVu Sans".to_owned(), ..Default::default() };
    options.fontdb_mut().load_system_fonts();
    let tree = usvg::Tree::from_str(&picture(network), &options).map_err(io::Error::other)?;
    let size = tree.size().to_int_size().scale_by(2.0);
    let pixels = size.and_then(|size| tiny_skia::Pixmap::new(size.width(), size.height()));
    let mut pixels = pixels.ok_or_else(|| io::Error::other("the picture is too large"))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(2.0, 2.0), &mut pixels.as_mut());
    out.write_all(&pixels.encode_png().map_err(io::Error::other)?)
}

/// From the layout's plane to the picture.
#[derive(Debug, Clone, Copy)]
struct View {
    scale: f64,
    offset: Point,
    width: f64,
    height: f64,
}

impl View {
    fn of(places: &[Place]) -> Self {
        let (mut low, mut high) = (Point { x: 0.0, y: 0.0 }, Point { x: 1.0, y: 1.0 });
        for (i, place) in places.iter().enumerate() {
            let (x, y, r) = (place.center.x, place.center.y, place.radius);
            if i == 0 {
                (low, high) = (place.center, place.center);
            }
            // Half a label to the sides, a line of text below.
            low = Point { x: low.x.min(x - r - 62.0), y: low.y.min(y - r - 20.0) };
            high = Point { x: high.x.max(x + r + 62.0), y: high.y.max(y + r + 26.0) };
        }
        let natural = high.x - low.x;
        let scale = ((MAX_WIDTH - 2.0 * MARGIN) / natural).min(1.0);
        let width = (natural * scale + 2.0 * MARGIN).max(MIN_WIDTH);
        let left = (width - natural * scale) / 2.0;
        let offset = Point { x: left - low.x * scale, y: MARGIN - low.y * scale };
        Self { scale, offset, width, height: (high.y - low.y) * scale + MARGIN }
    }

    fn at(self, point: Point) -> Point {
        Point { x: point.x * self.scale + self.offset.x, y: point.y * self.scale + self.offset.y }
    }

    /// Symbols shrink less than distances.
    fn symbol(self, radius: f64) -> f64 {
        radius * self.scale.powf(0.72).max(0.3)
    }
}

fn picture(network: Network<'_>) -> String {
    let places = places(network);
    let view = View::of(&places);
    let styles = relation_styles(network.graph);
    let mut body = String::new();
    draw_regions(network, &places, view, &mut body);
    draw_ties(network.graph, &places, view, &styles, &mut body);
    draw_nodes(network.graph, &places, view, &mut body);
    draw_labels(network.graph, &places, view, &mut body);
    let legend_height = draw_legend(network.graph, &styles, view, &mut body);
    let (width, height) = (view.width, view.height + legend_height);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"{FONT}\" role=\"img\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"{GROUND}\"/>\n{body}</svg>\n",
        summary(network.graph)
    )
}

/// "61 entities, 120 ties, 2022-10-20 to 2025-08-02".
fn summary(graph: &RelationGraph) -> String {
    let count =
        |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let first = graph.ties().filter_map(|(_, _, tie)| tie.first_date()).min();
    let last = graph.ties().filter_map(|(_, _, tie)| tie.last_date()).max();
    let dates = match first.zip(last) {
        Some((first, last)) if first == last => format!(", {first}"),
        Some((first, last)) => format!(", {first} to {last}"),
        None => String::new(),
    };
    let entities = count(graph.n_nodes(), "entity", "entities");
    format!("{entities}, {}{dates}", count(graph.n_ties(), "tie", "ties"))
}

fn draw_regions(network: Network<'_>, places: &[Place], view: View, body: &mut String) {
    let communities = communities(network.measures);
    if communities.len() != places.len() {
        return;
    }
    for region in regions(places, &communities) {
        let mut path = String::new();
        for outline in &region.outlines {
            let corner = |i: usize| view.at(outline[i % outline.len()]);
            let middle = |i: usize| {
                let (a, b) = (corner(i), corner(i + 1));
                Point { x: f64::midpoint(a.x, b.x), y: f64::midpoint(a.y, b.y) }
            };
            let start = middle(0);
            put(&mut path, format_args!("M{:.1} {:.1}", start.x, start.y));
            for i in 1..=outline.len() {
                let (control, end) = (corner(i), middle(i));
                put(
                    &mut path,
                    format_args!("Q{:.1} {:.1} {:.1} {:.1}", control.x, control.y, end.x, end.y),
                );
            }
            path.push('Z');
        }
        let (fill, _) = GROUNDS[region.community % GROUNDS.len()];
        put(body, format_args!("<path d=\"{path}\" fill=\"{fill}\"/>\n"));
    }
}

/// Appends formatted text.
fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("strings take all text");
}

/// A tie's way from symbol to symbol.
struct Curve {
    start: Point,
    control: Point,
    end: Point,
}

/// The bend of each edge: ties between the same two nodes fan out, measured from the lower node.
fn bends(graph: &RelationGraph) -> Vec<f64> {
    let mut bundles: BTreeMap<(usize, usize), Vec<(usize, bool)>> = BTreeMap::new();
    for edge in graph.graph().edge_references() {
        let (a, b) = (edge.source().index(), edge.target().index());
        bundles.entry((a.min(b), a.max(b))).or_default().push((edge.id().index(), a < b));
    }
    let mut bends = vec![0.0; graph.n_ties()];
    for bundle in bundles.into_values() {
        let between = f64::from(u32::try_from(bundle.len()).unwrap_or(u32::MAX)) - 1.0;
        let gap = CURVE_GAP.min(BUNDLE_WIDTH / between.max(1.0));
        let mut bend = -between / 2.0 * gap;
        for (edge, forward) in bundle {
            bends[edge] = if forward { bend } else { -bend };
            bend += gap;
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

/// Ties by relation, the weakest first, so that strong ones lie on top.
fn draw_ties(
    graph: &RelationGraph,
    places: &[Place],
    view: View,
    styles: &[RelationStyle],
    body: &mut String,
) {
    let bends = bends(graph);
    let place: BTreeMap<&str, &RelationStyle> =
        styles.iter().map(|style| (style.relation.as_str(), style)).collect();
    let mut edges: Vec<_> = graph.graph().edge_references().collect();
    edges.sort_by_key(|edge| (edge.weight().all.stories, edge.id()));
    let many = edges.len() > MANY_TIES;
    for edge in edges {
        let tie: &Tie = edge.weight();
        let color = place[tie.relation.as_str()].light;
        let (source, target) = (places[edge.source().index()], places[edge.target().index()]);
        let (a, b) = (view.at(source.center), view.at(target.center));
        if many {
            put(
                body,
                format_args!(
                    "<path d=\"M{:.0} {:.0}L{:.0} {:.0}\" stroke=\"{color}\" stroke-width=\".5\" \
                     opacity=\".12\"/>\n",
                    a.x, a.y, b.x, b.y
                ),
            );
            continue;
        }
        let curve = curve(a, b, bends[edge.id().index()] * view.scale.sqrt());
        let width = (0.9 + 0.85 * (f64::from(tie.weight(Weighting::Asserted).max(1)) - 0.9).sqrt())
            .min(7.0);
        let dash = match tie.status() {
            Standing::Asserted => "",
            Standing::Denied | Standing::Negated => " stroke-dasharray=\"7 5\"",
            Standing::Hedged | Standing::Prospective => " stroke-dasharray=\"2 3\"",
        };
        let arrow = (!tie.relation.is_symmetric()).then(|| view.symbol(target.radius) + 2.0);
        draw_tie(&curve, color, width, dash, arrow, body);
        if !tie.status().is_positive() {
            draw_denial(&curve, color, body);
        }
    }
}

/// One tie; `arrow` is the distance of its tip from the target's centre.
fn draw_tie(
    curve: &Curve,
    color: &str,
    width: f64,
    dash: &str,
    arrow: Option<f64>,
    body: &mut String,
) {
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
             stroke-width=\"{width:.1}\"{dash} opacity=\".86\"/>\n",
            start.x,
            start.y,
            control.x,
            control.y,
            end.x - ux * short,
            end.y - uy * short
        ),
    );
    if let Some(edge) = arrow {
        let tip = Point { x: end.x - ux * edge, y: end.y - uy * edge };
        let back = Point { x: tip.x - ux * head, y: tip.y - uy * head };
        let half = head * 0.42;
        put(
            body,
            format_args!(
                "<path d=\"M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z\" fill=\"{color}\"/>\n",
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

/// A cross on the middle of what is only denied.
fn draw_denial(curve: &Curve, color: &str, body: &mut String) {
    let middle = |a: f64, c: f64, b: f64| 0.25 * a + 0.5 * c + 0.25 * b;
    let x = middle(curve.start.x, curve.control.x, curve.end.x);
    let y = middle(curve.start.y, curve.control.y, curve.end.y);
    put(
        body,
        format_args!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6.5\" fill=\"{GROUND}\"/><path \
             d=\"M{:.1} {:.1}l9 9m0 -9l-9 9\" stroke=\"{color}\" stroke-width=\"1.8\"/>\n",
            x - 4.5,
            y - 4.5
        ),
    );
}

/// The symbol of a kind: people are circles, states squares, organizations hexagons, weapons
/// triangles.
fn symbol(kind: EntityKind, center: Point, r: f64) -> String {
    let (x, y) = (center.x, center.y);
    let polygon = |corners: &[(f64, f64)]| {
        let points = corners.iter().map(|(dx, dy)| format!("{:.1},{:.1}", x + dx * r, y + dy * r));
        format!("<polygon points=\"{}\"", points.collect::<Vec<_>>().join(" "))
    };
    match kind {
        EntityKind::Person => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\""),
        EntityKind::State => polygon(&[(-0.82, -0.82), (0.82, -0.82), (0.82, 0.82), (-0.82, 0.82)]),
        EntityKind::Organization => polygon(&[
            (1.08, 0.0),
            (0.54, 0.935),
            (-0.54, 0.935),
            (-1.08, 0.0),
            (-0.54, -0.935),
            (0.54, -0.935),
        ]),
        EntityKind::Weapon => polygon(&[(0.0, -1.3), (1.126, 0.65), (-1.126, 0.65)]),
    }
}

/// Fill and outline of a kind: people are hollow.
fn symbol_look(kind: EntityKind) -> String {
    let (fill, stroke) = match kind {
        EntityKind::Person => ("#ffffff", INK),
        _ => (INK, GROUND),
    };
    format!(" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.5\"/>\n")
}

fn draw_nodes(graph: &RelationGraph, places: &[Place], view: View, body: &mut String) {
    for (entity, place) in graph.entities().zip(places) {
        let kind = entity.id.kind();
        body.push_str(&symbol(kind, view.at(place.center), view.symbol(place.radius)));
        body.push_str(&symbol_look(kind));
    }
}

/// A box of the picture.
#[derive(Debug, Clone, Copy)]
struct Taken {
    low: Point,
    high: Point,
    owner: usize,
}

/// Labels, the most important first: below the symbol, else above, else beside; else none.
fn draw_labels(graph: &RelationGraph, places: &[Place], view: View, body: &mut String) {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|&a, &b| places[b].radius.total_cmp(&places[a].radius).then(a.cmp(&b)));
    let around = |center: Point, dx: f64, dy: f64, owner: usize| Taken {
        low: Point { x: center.x - dx, y: center.y - dy },
        high: Point { x: center.x + dx, y: center.y + dy },
        owner,
    };
    // Labels may lie on small symbols of crowded maps, never on large ones.
    let mut taken: Vec<Taken> = order
        .iter()
        .take(400)
        .map(|&node| {
            let r = view.symbol(places[node].radius);
            around(view.at(places[node].center), r, r, node)
        })
        .collect();
    let entities: Vec<_> = graph.entities().collect();
    for node in order.into_iter().take(600) {
        let entity = entities[node];
        let text = label(&entity.name);
        let size = label_size(places[node].radius);
        let center = view.at(places[node].center);
        let r = view.symbol(places[node].radius);
        let half = text_width(&text, size) / 2.0 + 2.0;
        let candidates = [
            Point { x: center.x, y: center.y + r + size * 0.72 },
            Point { x: center.x, y: center.y - r - size * 0.68 },
            Point { x: center.x + r + half + 2.0, y: center.y },
            Point { x: center.x - r - half - 2.0, y: center.y },
        ];
        let free =
            candidates.into_iter().map(|point| around(point, half, size * 0.55, node)).find(|b| {
                let inside = b.low.x >= 4.0 && b.high.x <= view.width - 4.0;
                inside
                    && taken.iter().all(|t| {
                        t.owner == node
                            || b.low.x >= t.high.x
                            || b.high.x <= t.low.x
                            || b.low.y >= t.high.y
                            || b.high.y <= t.low.y
                    })
            });
        let Some(free) = free else { continue };
        // An owner of its own: other labels keep away from this one.
        taken.push(Taken { owner: usize::MAX, ..free });
        let weight = if entity.id.is_state() { 650 } else { 500 };
        put(
            body,
            format_args!(
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{size:.1}\" \
                 font-weight=\"{weight}\" fill=\"{INK}\" stroke=\"{GROUND}\" stroke-width=\"3.5\" \
                 stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>\n",
                f64::midpoint(free.low.x, free.high.x),
                f64::midpoint(free.low.y, free.high.y) + size * 0.35,
                escaped(&text)
            ),
        );
    }
}

/// A name on one line, cut where it is long, without characters that turn the direction of text.
fn label(name: &str) -> String {
    let plain = |c: &char| {
        !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            && !c.is_control()
    };
    let clean: Vec<char> = name.chars().filter(plain).take(LABEL_CHARACTERS + 1).collect();
    if clean.len() > LABEL_CHARACTERS {
        clean[..LABEL_CHARACTERS - 1].iter().chain(&['…']).collect()
    } else {
        clean.into_iter().collect()
    }
}

fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.57 } else { 0.8 }).sum::<f64>() * size
}

fn escaped(text: &str) -> String {
    xml_text(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Relations by family, kinds, what dashes mean, and what the picture holds. Returns its height.
fn draw_legend(
    graph: &RelationGraph,
    styles: &[RelationStyle],
    view: View,
    body: &mut String,
) -> f64 {
    let mut legend = Legend { x: MARGIN, y: view.height + 30.0, right: view.width - MARGIN, body };
    let mut family: Option<Family> = None;
    for style in styles {
        if family != Some(style.family) {
            family = Some(style.family);
            legend.text(style.family.title(), MUTED, 10.0);
        }
        legend.line(style.light, "", style.relation.as_str());
    }
    legend.new_line();
    for kind in EntityKind::ALL {
        if graph.entities().any(|entity| entity.id.kind() == *kind) {
            legend.symbol(*kind);
        }
    }
    legend.line(INK, " stroke-dasharray=\"2 3\"", "only uncertain or planned");
    legend.line(INK, " stroke-dasharray=\"7 5\"", "only denied");
    legend.new_line();
    legend.text(&summary(graph), MUTED, 0.0);
    legend.y + 20.0 - view.height
}

/// Entries beside each other, in as many lines as they need.
struct Legend<'b> {
    x: f64,
    y: f64,
    right: f64,
    body: &'b mut String,
}

impl Legend<'_> {
    fn new_line(&mut self) {
        self.x = MARGIN;
        self.y += LEGEND_LINE;
    }

    fn room(&mut self, width: f64) {
        if self.x > MARGIN && self.x + width > self.right {
            self.new_line();
        }
    }

    fn text(&mut self, text: &str, color: &str, before: f64) {
        self.room(text_width(text, 12.0) + before);
        if self.x > MARGIN {
            self.x += before;
        }
        let (x, y) = (self.x, self.y + 4.0);
        let text_shown = escaped(text);
        put(
            self.body,
            format_args!(
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"12\" fill=\"{color}\">{text_shown}</text>\n"
            ),
        );
        self.x += text_width(text, 12.0) + 12.0;
    }

    fn line(&mut self, color: &str, dash: &str, text: &str) {
        self.room(text_width(text, 12.0) + 34.0);
        let (x, y) = (self.x, self.y);
        put(
            self.body,
            format_args!(
                "<path d=\"M{x:.1} {y:.1}h18\" stroke=\"{color}\" stroke-width=\"3\"{dash}/>\n"
            ),
        );
        self.x += 24.0;
        self.text(text, INK, 0.0);
    }

    fn symbol(&mut self, kind: EntityKind) {
        self.room(text_width(kind.as_str(), 12.0) + 30.0);
        let center = Point { x: self.x + 8.0, y: self.y };
        self.body.push_str(&symbol(kind, center, 5.5));
        self.body.push_str(&symbol_look(kind));
        self.x += 20.0;
        self.text(kind.as_str(), INK, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_cut_and_keep_no_control_of_direction() {
        assert_eq!(label("Kim\u{202E} Jong\u{0} Un"), "Kim Jong Un");
        assert_eq!(label(&"x".repeat(10_000)).chars().count(), LABEL_CHARACTERS);
        assert_eq!(escaped("</text><script>&"), "&lt;/text&gt;&lt;script&gt;&amp;");
    }

    #[test]
    fn an_empty_network_is_a_picture_too() {
        let graph = RelationGraph::default();
        let network = Network { graph: &graph, measures: &[], appearance: &[] };
        let svg = picture(network);
        assert!(svg.starts_with("<svg") && svg.contains("0 entities, 0 ties"));
    }
}
