//! Names beside symbols: none lies on another, on a symbol or across the edge.

use crate::graph::layout::{LABEL_CHARACTERS, label_size};

use super::choose::Chosen;
use super::{GROUND, INK, Point, View, escaped, put};

/// A box of the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    low: Point,
    high: Point,
    /// The node whose symbol it is; `usize::MAX` for everything else.
    owner: usize,
}

impl Taken {
    pub(super) fn around(center: Point, dx: f64, dy: f64, owner: usize) -> Self {
        Self {
            low: Point { x: center.x - dx, y: center.y - dy },
            high: Point { x: center.x + dx, y: center.y + dy },
            owner,
        }
    }

    /// Whether nothing of another owner lies here.
    pub(super) fn is_free(self, taken: &[Self]) -> bool {
        taken.iter().all(|t| {
            t.owner == self.owner && self.owner != usize::MAX
                || self.low.x >= t.high.x
                || self.high.x <= t.low.x
                || self.low.y >= t.high.y
                || self.high.y <= t.low.y
        })
    }
}

/// A name with its place.
struct Label {
    node: usize,
    text: String,
    at: Point,
}

/// Names with their places, the most important node's first.
pub(super) struct Labels {
    labels: Vec<Label>,
    /// What symbols and names take up.
    pub(super) taken: Vec<Taken>,
}

/// Finds places: below the symbol, else above, else beside, else at its corners; else none.
pub(super) fn place_labels(chosen: &Chosen, view: View) -> Labels {
    let places = &chosen.places;
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|&a, &b| places[b].radius.total_cmp(&places[a].radius).then(a.cmp(&b)));
    let mut taken: Vec<Taken> = order
        .iter()
        .map(|&node| {
            let radius = view.symbol(places[node].radius) + 1.0;
            Taken::around(view.at(places[node].center), radius, radius, node)
        })
        .collect();
    let entities: Vec<_> = chosen.graph.entities().collect();
    let mut labels = Vec::new();
    for node in order {
        let text = label(&entities[node].name);
        let size = label_size(places[node].radius);
        let Point { x, y } = view.at(places[node].center);
        let r = view.symbol(places[node].radius);
        let half = text_width(&text, size) / 2.0 + 2.0;
        let (beside, corner) = (r + half + 2.0, 0.75 * (r + half + 2.0));
        let (below, above) = (y + r + size * 0.5, y - r - size * 0.5);
        let spots = [
            (x, y + r + size * 0.72),
            (x, y - r - size * 0.68),
            (x + beside, y),
            (x - beside, y),
            (x + corner, below),
            (x - corner, below),
            (x + corner, above),
            (x - corner, above),
        ];
        let free = spots.into_iter().map(|(x, y)| Point { x, y }).find(|&at| {
            let inside = at.x - half >= 4.0 && at.x + half <= view.width - 4.0;
            inside && Taken::around(at, half, size * 0.58, node).is_free(&taken)
        });
        if let Some(at) = free {
            taken.push(Taken::around(at, half, size * 0.58, usize::MAX));
            labels.push(Label { node, text, at });
        }
    }
    Labels { labels, taken }
}

pub(super) fn draw_labels(chosen: &Chosen, labels: &Labels, body: &mut String) {
    let entities: Vec<_> = chosen.graph.entities().collect();
    for Label { node, text, at } in &labels.labels {
        let size = label_size(chosen.places[*node].radius);
        let weight = if entities[*node].id.is_state() { 650 } else { 500 };
        put(
            body,
            format_args!(
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{size:.1}\" \
                 font-weight=\"{weight}\" fill=\"{INK}\" stroke=\"{GROUND}\" stroke-width=\"3.5\" \
                 stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>\n",
                at.x,
                at.y + size * 0.35,
                escaped(text)
            ),
        );
    }
}

/// A name on one line, cut where it is long, without characters that turn the direction of text.
pub(super) fn label(name: &str) -> String {
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

/// An estimate on the safe side: a picture does not know the fonts of its reader.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    let width = |c: char| match c {
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7FF}' => 1.0,
        c if c.is_ascii() => 0.58,
        _ => 0.7,
    };
    text.chars().map(width).sum::<f64>() * size
}
