//! Title and legend of a picture: what each colour, stroke, mark and symbol means.

use crate::graph::Standing;
use crate::model::EntityKind;

use super::super::style::RelationStyle;
use super::choose::Chosen;
use super::labels::text_width;
use super::ties::{bar, barred_ring, dash};
use super::{INK, MARGIN, MUTED, Point, WIDTH, escaped, put, symbol, symbol_look};

/// Height of a line of the legend.
const LINE: f64 = 20.0;

/// An entry: what is drawn before its words.
enum Sign {
    Color(&'static str),
    Said(Standing),
    Dispute,
    Kind(EntityKind),
}

/// Entries beside each other, in as many lines as they need: where each begins, and the number of
/// lines.
pub(super) struct Legend {
    entries: Vec<(Sign, String, Point)>,
    n_lines: u32,
}

impl Legend {
    pub(super) fn of(chosen: &Chosen, styles: &[RelationStyle]) -> Self {
        let mut signs: Vec<(Sign, String)> = styles
            .iter()
            .map(|style| (Sign::Color(style.light), style.relation.as_str().to_owned()))
            .collect();
        let mut standings: Vec<_> = chosen.status.iter().map(|status| status.standing).collect();
        standings.sort_unstable();
        standings.dedup();
        if standings.len() > 1 {
            signs.extend(standings.into_iter().map(|standing| {
                let words = match standing {
                    Standing::Asserted => "said",
                    Standing::Hedged => "may have",
                    Standing::Prospective => "planned",
                    Standing::Denied => "denied by a party",
                    Standing::Negated => "said not to be so",
                };
                (Sign::Said(standing), words.to_owned())
            }));
        }
        if chosen.status.iter().any(|status| status.disputed) {
            signs.push((Sign::Dispute, "said, and denied by a party".to_owned()));
        }
        for &kind in EntityKind::ALL {
            if chosen.graph.entities().any(|entity| entity.id.kind() == kind) {
                signs.push((Sign::Kind(kind), kind.as_str().to_owned()));
            }
        }
        let (mut x, mut n_lines) = (MARGIN, 1);
        let mut entries = Vec::new();
        for (sign, words) in signs {
            let width = 30.0 + text_width(&words, 12.0) + 14.0;
            if x > MARGIN && x + width > WIDTH - MARGIN {
                (x, n_lines) = (MARGIN, n_lines + 1);
            }
            entries.push((sign, words, Point { x, y: f64::from(n_lines - 1) * LINE }));
            x += width;
        }
        Self { entries, n_lines }
    }

    /// Room that it takes at the bottom.
    pub(super) fn height(&self) -> f64 {
        f64::from(self.n_lines) * LINE + 14.0
    }

    /// Draws it with its first line at `top`.
    pub(super) fn draw(&self, top: f64, body: &mut String) {
        for (sign, words, at) in &self.entries {
            let (x, y) = (at.x, top + at.y);
            let mut line = |color: &str, width: f64, dash: &str| {
                put(
                    body,
                    format_args!(
                        "<path d=\"M{x:.1} {y:.1}h24\" stroke=\"{color}\" \
                         stroke-width=\"{width}\"{dash}/>\n"
                    ),
                );
            };
            match sign {
                Sign::Color(color) => line(color, 3.0, ""),
                Sign::Said(standing) => line(INK, 1.8, dash(*standing)),
                Sign::Dispute => line(INK, 1.8, ""),
                Sign::Kind(kind) => {
                    body.push_str(&symbol(*kind, Point { x: x + 14.0, y }, 5.5));
                    body.push_str(&symbol_look(*kind));
                }
            }
            let middle = Point { x: x + 12.0, y };
            match sign {
                Sign::Said(Standing::Denied | Standing::Negated) => barred_ring(middle, INK, body),
                Sign::Dispute => bar(middle, Point { x: 1.0, y: 0.0 }, body),
                _ => {}
            }
            put(
                body,
                format_args!(
                    "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"12\" fill=\"{INK}\">{}</text>\n",
                    x + 30.0,
                    y + 4.2,
                    escaped(words)
                ),
            );
        }
    }
}

/// The title and, below, what the picture holds.
pub(super) fn draw_title(chosen: &Chosen, body: &mut String) {
    put(
        body,
        format_args!(
            "<text x=\"{MARGIN}\" y=\"32\" font-size=\"19\" font-weight=\"600\" \
             fill=\"{INK}\">Who is tied to whom</text>\n<text x=\"{MARGIN}\" y=\"52\" \
             font-size=\"12\" fill=\"{MUTED}\">{}</text>\n",
            summary(chosen)
        ),
    );
}

/// "61 entities, 85 pairs, 2022-10-20 to 2025-08-02".
pub(super) fn summary(chosen: &Chosen) -> String {
    let graph = &chosen.graph;
    let count =
        |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let first = graph.ties().filter_map(|(_, _, tie)| tie.first_date()).min();
    let last = graph.ties().filter_map(|(_, _, tie)| tie.last_date()).max();
    let dates = match first.zip(last) {
        Some((first, last)) if first == last => format!(", {first}"),
        Some((first, last)) => format!(", {first} to {last}"),
        None => String::new(),
    };
    let whole = if chosen.n_pairs < chosen.n_pairs_before {
        format!(", the backbone of {} pairs (disparity filter)", chosen.n_pairs_before)
    } else {
        String::new()
    };
    let pairs = count(chosen.n_pairs, "pair", "pairs");
    format!("{}, {pairs}{whole}{dates}", count(graph.n_nodes(), "entity", "entities"))
}
