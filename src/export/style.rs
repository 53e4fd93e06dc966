//! How the page and the picture look: colours of relations and communities, shown names.
//!
//! Hues stand for families of relations and are those of Okabe and Ito (Color Universal Design,
//! 2008), darkened or lightened to the ground; relations of one family differ in lightness. Colour
//! is never alone: arrows show the direction, dashes a denial, words say the rest.

use crate::graph::layout::lay_out;
use crate::graph::measures::{COMMUNITY, Column, Measure};
use crate::graph::{Appearance, RelationGraph};
use crate::model::RelationKind;

/// A colour as `#rrggbb`.
type Color = &'static str;

/// What kinds of relations have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Something changes hands.
    Transfer,
    /// They meet, visit, call, talk.
    Contact,
    /// They agree, cooperate, support each other.
    Cooperation,
    /// One asks something of the other.
    Request,
    /// One acts or speaks against the other.
    Conflict,
    /// Offices, and what has no event type.
    Other,
}

impl Family {
    /// The family of a relation, by its event type in PLOVER.
    pub(super) fn of(relation: &RelationKind) -> Self {
        match relation.plover() {
            "AID" => Self::Transfer,
            "CONSULT" => Self::Contact,
            "AGREE" | "COOPERATE" | "SUPPORT" | "CONCEDE" | "RETREAT" => Self::Cooperation,
            "REQUEST" => Self::Request,
            "ACCUSE" | "THREATEN" | "SANCTION" | "ASSAULT" | "COERCE" | "PROTEST" | "REJECT"
            | "MOBILIZE" => Self::Conflict,
            _ => Self::Other,
        }
    }

    /// What legends call it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Transfer => "Transfers",
            Self::Contact => "Contacts",
            Self::Cooperation => "Cooperation",
            Self::Request => "Requests",
            Self::Conflict => "Conflict",
            Self::Other => "Offices and other",
        }
    }

    /// Shades on a light and on a dark ground, the strongest first.
    fn shades(self) -> &'static [(Color, Color)] {
        match self {
            Self::Transfer => &[("#0072b2", "#56b4e9"), ("#4c9fd0", "#2f8fc9")],
            Self::Contact => &[
                ("#b27d00", "#f0b429"),
                ("#d9a01c", "#c48f0f"),
                ("#8a6410", "#f7d27a"),
                ("#c9a455", "#a8822c"),
            ],
            Self::Cooperation => {
                &[("#00805f", "#2fc79b"), ("#35a883", "#139a75"), ("#005c46", "#8fe3c8")]
            }
            Self::Request => &[("#a64d86", "#e08fc0"), ("#c986b0", "#b9639a")],
            Self::Conflict => &[
                ("#c23c00", "#ff7f45"),
                ("#e26a35", "#d65a1f"),
                ("#8c2c00", "#ffb08a"),
                ("#f0935f", "#b8481a"),
                ("#a9502a", "#ff9a6b"),
            ],
            Self::Other => &[("#85817a", "#8f949e"), ("#a9a59d", "#6d727c")],
        }
    }
}

/// A relation with its family and its colour on a light and on a dark ground.
#[derive(Debug, Clone)]
pub(super) struct RelationStyle {
    pub(super) relation: RelationKind,
    pub(super) family: Family,
    pub(super) light: Color,
    pub(super) dark: Color,
}

/// The relations of a network with their looks, by family, then by name.
pub(super) fn relation_styles(graph: &RelationGraph) -> Vec<RelationStyle> {
    let mut relations: Vec<_> = graph.ties().map(|(_, _, tie)| tie.relation.clone()).collect();
    relations.sort();
    relations.dedup();
    // Shades follow the order of the strongest event type first, then names.
    relations.sort_by_key(|relation| (Family::of(relation), relation.clone()));
    let mut styles: Vec<RelationStyle> = Vec::with_capacity(relations.len());
    for relation in relations {
        let family = Family::of(&relation);
        let shades = family.shades();
        let before = styles.iter().filter(|style| style.family == family).count();
        let (light, dark) = shades[before % shades.len()];
        styles.push(RelationStyle { relation, family, light, dark });
    }
    styles
}

/// Grounds of communities, on light and dark; they repeat where there are more.
pub(super) const GROUNDS: [(Color, Color); 8] = [
    ("#e3ecf4", "#1c2a38"),
    ("#f6ead2", "#33291a"),
    ("#e0efe6", "#182e27"),
    ("#f3e2ea", "#33202b"),
    ("#ece8f5", "#272238"),
    ("#f7e3d8", "#352219"),
    ("#e6eeda", "#252e19"),
    ("#e0eeef", "#172e30"),
];

/// Colours of nodes in programs that take over a drawing, by community.
const NODE_COLORS: [[u8; 3]; 8] = [
    [0, 114, 178],
    [230, 159, 0],
    [0, 158, 115],
    [204, 121, 167],
    [112, 98, 182],
    [213, 94, 0],
    [138, 160, 58],
    [86, 180, 233],
];

/// Numbers of the communities, one a node; empty where none were computed.
pub(super) fn communities(measures: &[Column]) -> Vec<usize> {
    let column = measures.iter().find(|column| column.name == COMMUNITY);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small counts")]
    column.map_or(Vec::new(), |column| column.values.iter().map(|&value| value as usize).collect())
}

/// Place, size and colour of every node: forces place them, `page_rank` sizes them, communities
/// colour them. What every drawing of the network shares.
#[must_use]
pub fn appearance(graph: &RelationGraph, measures: &[Column]) -> Vec<Appearance> {
    let rank = measures.iter().find(|column| column.name == Measure::PageRank.as_str());
    let even = vec![1.0; graph.n_nodes()];
    let places = lay_out(graph, rank.map_or(&even, |column| &column.values));
    let communities = communities(measures);
    places
        .into_iter()
        .enumerate()
        .map(|(node, place)| {
            let community = communities.get(node).copied().unwrap_or(0);
            Appearance {
                x: place.center.x,
                y: -place.center.y,
                size: 2.0 * place.radius,
                color: NODE_COLORS[community % NODE_COLORS.len()],
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RelationFacts;

    #[test]
    fn families_follow_the_event_type() {
        let relation = |plover: &str| {
            RelationKind::new(RelationFacts {
                name: "x".to_owned(),
                plover: plover.to_owned(),
                ..RelationFacts::default()
            })
        };
        assert_eq!(Family::of(&relation("AID")), Family::Transfer);
        assert_eq!(Family::of(&relation("SANCTION")), Family::Conflict);
        assert_eq!(Family::of(&relation("")), Family::Other);
    }
}
