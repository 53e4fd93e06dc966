//! Claims counted once a sentence, and which found one answers which annotated one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::align::{Aligner, plain_text};
use super::gold::GoldClaim;

/// Share of a gold sentence that a found one has to cover.
pub(super) const COVER: f64 = 0.6;

/// What is said of a claim, of which a sentence may hold several.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    pub(super) polarity: String,
    pub(super) modality: String,
    pub(super) attribution: Option<String>,
    pub(super) items: Vec<String>,
}

/// A claim counted once a sentence.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) doc: String,
    pub(super) sentence: String,
    pub(super) relation: String,
    pub(super) pair: (String, String),
    pub(super) variants: Vec<Variant>,
    pub(super) coreference: bool,
    pub(super) row: GoldClaim,
}

/// Distinct claims of sentences, in input order.
pub(super) fn units(
    rows: impl Iterator<Item = GoldClaim>,
    symmetric: &dyn Fn(&str) -> bool,
    id: &dyn Fn(&str) -> String,
) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut index: HashMap<(String, String, String, (String, String)), usize> = HashMap::new();
    for row in rows {
        let relation = row.relation.trim().to_owned();
        let (mut source, mut target) = (id(&row.source), id(&row.target));
        if symmetric(&relation) && target < source {
            std::mem::swap(&mut source, &mut target);
        }
        let sentence = plain_text(&row.sentence);
        let pair = (source, target);
        let key = (row.doc.clone(), sentence.clone(), relation.clone(), pair.clone());
        let at = *index.entry(key).or_insert_with(|| {
            units.push(Unit {
                doc: row.doc.clone(),
                sentence,
                relation,
                pair,
                variants: Vec::new(),
                coreference: false,
                row: row.clone(),
            });
            units.len() - 1
        });
        let or = |value: &Option<String>, default: &str| {
            value.clone().filter(|v| !v.is_empty()).unwrap_or_else(|| default.to_owned())
        };
        units[at].coreference |= row.needs_coreference;
        units[at].variants.push(Variant {
            polarity: or(&row.polarity, "positive"),
            modality: or(&row.modality, "asserted"),
            attribution: row.attribution.clone().filter(|said| !said.is_empty()),
            items: row.items.clone(),
        });
    }
    units
}

/// Gold claims by the found claim that answers each: within one relation and pair of a document,
/// the largest matching, better overlaps tried first.
pub(super) fn match_units(
    wanted: &[Unit],
    system: &[Unit],
    aligner: &mut Aligner,
) -> BTreeMap<usize, usize> {
    type Group = (Vec<usize>, Vec<usize>);
    let mut groups: BTreeMap<(&str, &str, &(String, String)), Group> = BTreeMap::new();
    for (index, unit) in wanted.iter().enumerate() {
        groups.entry((&unit.doc, &unit.relation, &unit.pair)).or_default().0.push(index);
    }
    for (index, unit) in system.iter().enumerate() {
        groups.entry((&unit.doc, &unit.relation, &unit.pair)).or_default().1.push(index);
    }
    let mut matches = BTreeMap::new();
    for ((doc, ..), (left, right)) in groups {
        let mut edges: Vec<Vec<(f64, usize)>> = Vec::new();
        for &gold in &left {
            let mut row: Vec<(f64, usize)> = right
                .iter()
                .enumerate()
                .map(|(j, &one)| {
                    (aligner.overlap(doc, &wanted[gold].sentence, &system[one].sentence), j)
                })
                .collect();
            row.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
            edges.push(row);
        }
        let mut order: Vec<usize> = (0..left.len()).collect();
        let best = |i: usize| edges[i].first().map_or(0.0, |edge| edge.0);
        order.sort_by(|&a, &b| best(b).total_cmp(&best(a)));
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        for i in order {
            place(i, &edges, &mut BTreeSet::new(), &mut taken);
        }
        matches.extend(taken.into_iter().map(|(j, i)| (left[i], right[j])));
    }
    matches
}

/// One augmenting path.
fn place(
    i: usize,
    edges: &[Vec<(f64, usize)>],
    seen: &mut BTreeSet<usize>,
    taken: &mut BTreeMap<usize, usize>,
) -> bool {
    for &(value, j) in &edges[i] {
        if value < COVER {
            break;
        }
        if !seen.insert(j) {
            continue;
        }
        let free = match taken.get(&j) {
            None => true,
            Some(&other) => place(other, edges, seen, taken),
        };
        if free {
            taken.insert(j, i);
            return true;
        }
    }
    false
}
