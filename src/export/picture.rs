//! `network.svg`: the network as a picture for a page of A4 or a slide.
//!
//! In: a network with its measures. Out: one SVG in the look of the page: communities as ground,
//! ties as curves that show how they are said, symbols by kind, names that do not collide, a title
//! and a legend. It has one size, at which its smallest text can be read in print: of networks that
//! are too dense for that it draws the backbone, and says so. Everything stands in layers that
//! Inkscape and Illustrator show by name; each tie and entity has an id. Nothing in it runs or is
//! loaded. Widths of names are estimated, because a picture does not know the fonts of its reader.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::graph::layout::{Place, Point, regions};
use crate::model::EntityKind;

use super::Network;
use super::escape::xml_text;
use super::style::{GROUNDS, relation_styles};

mod choose;
mod labels;
mod legend;
mod ties;

use choose::{Chosen, choose};
use labels::{draw_labels, place_labels};
use legend::{Legend, draw_title, summary};
use ties::draw_ties;

const GROUND: &str = "#ffffff";
const INK: &str = "#1d2126";
const MUTED: &str = "#66645e";
const FONT: &str = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', 'DejaVu Sans', \
                    'Noto Sans CJK SC', sans-serif";

/// A page of A4 on its side, in pixels of 1/96 inch.
const WIDTH: f64 = 1123.0;
const HEIGHT: f64 = 794.0;
/// Room at the sides, and for the title.
const MARGIN: f64 = 24.0;
const TITLE: f64 = 62.0;

/// Writes the picture as SVG.
///
/// # Errors
///
/// If the writer fails.
pub fn write_picture(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(picture(network).as_bytes())
}

/// Writes the picture as PNG, three times as fine as its natural size. Text is set in the fonts of
/// this machine: unlike every other file, the bytes depend on it.
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
    let size = tree.size().to_int_size().scale_by(3.0);
    let pixels = size.and_then(|size| tiny_skia::Pixmap::new(size.width(), size.height()));
    let mut pixels = pixels.ok_or_else(|| io::Error::other("the picture is too large"))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(3.0, 3.0), &mut pixels.as_mut());
    out.write_all(&pixels.encode_png().map_err(io::Error::other)?)
}

/// From the layout's plane to the picture.
#[derive(Debug, Clone, Copy)]
struct View {
    scale: f64,
    offset: Point,
    width: f64,
}

impl View {
    /// All places within the picture, above a legend of this height.
    fn of(places: &[Place], legend: f64) -> Self {
        let (mut low, mut high) = (Point { x: 0.0, y: 0.0 }, Point { x: 1.0, y: 1.0 });
        for (i, place) in places.iter().enumerate() {
            let (x, y, r) = (place.center.x, place.center.y, place.radius);
            if i == 0 {
                (low, high) = (place.center, place.center);
            }
            // Half a name to the sides, a line of text below.
            low = Point { x: low.x.min(x - r - 62.0), y: low.y.min(y - r - 20.0) };
            high = Point { x: high.x.max(x + r + 62.0), y: high.y.max(y + r + 26.0) };
        }
        let (width, height) = (high.x - low.x, high.y - low.y);
        let room = Point { x: WIDTH - 2.0 * MARGIN, y: HEIGHT - TITLE - legend - 10.0 };
        let scale = (room.x / width).min(room.y / height).min(1.5);
        let offset = Point {
            x: (WIDTH - width * scale) / 2.0 - low.x * scale,
            y: TITLE + (room.y - height * scale) / 2.0 - low.y * scale,
        };
        Self { scale, offset, width: WIDTH }
    }

    fn at(self, point: Point) -> Point {
        Point { x: point.x * self.scale + self.offset.x, y: point.y * self.scale + self.offset.y }
    }

    /// Symbols shrink less than distances.
    fn symbol(self, radius: f64) -> f64 {
        // The square root of the square root, twice: exact, where a power is not.
        radius * (self.scale.sqrt() * self.scale.sqrt().sqrt()).clamp(0.3, 2.2)
    }
}

fn picture(network: Network<'_>) -> String {
    let chosen = choose(network);
    let mut styles = relation_styles(network.graph);
    styles.retain(|style| chosen.graph.ties().any(|(_, _, tie)| tie.relation == style.relation));
    let legend = Legend::of(&chosen, &styles);
    let view = View::of(&chosen.places, legend.height());
    let mut labels = place_labels(&chosen, view);
    let mut body = String::new();
    layer("Communities", &mut body, |body| draw_regions(&chosen, view, body));
    let mut marks = String::new();
    layer("Ties", &mut body, |body| {
        marks = draw_ties(&chosen, view, &styles, &mut labels.taken, body);
    });
    layer("Marks", &mut body, |body| body.push_str(&marks));
    layer("Entities", &mut body, |body| draw_nodes(&chosen, view, body));
    layer("Names", &mut body, |body| draw_labels(&chosen, &labels, body));
    layer("Legend", &mut body, |body| legend.draw(HEIGHT - legend.height() + 8.0, body));
    layer("Title", &mut body, |body| draw_title(&chosen, body));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" \
         xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"{FONT}\" role=\"img\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"{GROUND}\"/>\n{body}</svg>\n",
        summary(&chosen)
    )
}

/// A layer with a name.
fn layer(name: &str, body: &mut String, draw: impl FnOnce(&mut String)) {
    put(
        body,
        format_args!(
            "<g id=\"layer-{name}\" inkscape:groupmode=\"layer\" inkscape:label=\"{name}\">\n"
        ),
    );
    draw(body);
    body.push_str("</g>\n");
}

/// An id that XML allows: anything but letters, digits, `_` and `.` becomes a hyphen.
fn id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '_' || c == '.' {
            id.push(c);
        } else if !id.ends_with('-') {
            id.push('-');
        }
    }
    id
}

fn draw_regions(chosen: &Chosen, view: View, body: &mut String) {
    if chosen.communities.len() != chosen.places.len() {
        return;
    }
    for region in regions(&chosen.places, &chosen.communities) {
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

/// The symbol of a kind: people are circles, states squares, organizations hexagons, groups
/// pentagons, weapons triangles.
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
        EntityKind::Group => polygon(&[
            (0.0, -1.12),
            (1.065, -0.346),
            (0.658, 0.906),
            (-0.658, 0.906),
            (-1.065, -0.346),
        ]),
        EntityKind::Weapon => polygon(&[(0.0, -1.3), (1.126, 0.65), (-1.126, 0.65)]),
    }
}

/// Fill and outline of a kind: people and groups are hollow.
fn symbol_look(kind: EntityKind) -> String {
    let (fill, stroke) = match kind {
        EntityKind::Person | EntityKind::Group => ("#ffffff", INK),
        _ => (INK, GROUND),
    };
    format!(" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.5\"/>\n")
}

fn draw_nodes(chosen: &Chosen, view: View, body: &mut String) {
    for (entity, place) in chosen.graph.entities().zip(&chosen.places) {
        let kind = entity.id.kind();
        put(
            body,
            format_args!(
                "<g id=\"{}\"><title>{}</title>",
                id(entity.id.as_str()),
                escaped(&entity.name)
            ),
        );
        body.push_str(&symbol(kind, view.at(place.center), view.symbol(place.radius)));
        body.push_str(symbol_look(kind).trim_end());
        body.push_str("</g>\n");
    }
}

fn escaped(text: &str) -> String {
    xml_text(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::RelationGraph;
    use crate::graph::layout::LABEL_CHARACTERS;
    use labels::label;

    #[test]
    fn labels_are_cut_and_keep_no_control_of_direction() {
        assert_eq!(label("Kim\u{202E} Jong\u{0} Un"), "Kim Jong Un");
        assert_eq!(label(&"x".repeat(10_000)).chars().count(), LABEL_CHARACTERS);
        assert_eq!(escaped("</text><script>&"), "&lt;/text&gt;&lt;script&gt;&amp;");
    }

    #[test]
    fn ids_are_names_of_xml() {
        assert_eq!(id("tie state:RUS supplies state:PRK"), "tie-state-RUS-supplies-state-PRK");
    }

    #[test]
    fn an_empty_network_is_a_picture_too() {
        let graph = RelationGraph::default();
        let network = Network { graph: &graph, measures: &[], appearance: &[], beside: None };
        let svg = picture(network);
        assert!(svg.starts_with("<svg") && svg.contains("0 entities, 0 pairs"));
    }
}
