//! Figures of found claims against annotated ones, at the level of documents and of sentences.
//!
//! Comes in: articles with gold claims, and found claims. Goes out: counts, precision, recall and
//! F1 by relation, and how often what is said of a matched claim is right. Two sentences are one
//! where the found one covers at least 60 % of the gold one's characters; one found claim answers
//! one gold claim at most.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::model::RelationKind;

mod align;
mod same;

use align::{Aligner, plain_text};
use same::{plain_id, same_attribution, same_item};

/// Share of a gold sentence that a found one has to cover.
const COVER: f64 = 0.6;

/// One claim, annotated or found.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Row {
    #[serde(default)]
    pub(super) doc: String,
    pub(super) sentence: String,
    pub(super) relation: String,
    pub(super) source: String,
    pub(super) target: String,
    #[serde(default)]
    pub(super) items: Vec<String>,
    #[serde(default)]
    pub(super) polarity: Option<String>,
    #[serde(default)]
    pub(super) modality: Option<String>,
    #[serde(default)]
    pub(super) attribution: Option<String>,
    #[serde(default)]
    pub(super) needs_coreference: bool,
}

/// One annotated article.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Gold {
    pub(super) doc: String,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) entities: BTreeMap<String, String>,
    pub(super) claims: Vec<Row>,
    #[serde(default)]
    pub(super) sentences: Vec<String>,
}

/// Counts of one relation, or of several together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(super) struct Counts {
    pub(super) gold: usize,
    pub(super) system: usize,
    pub(super) hit: usize,
    pub(super) precision: f64,
    pub(super) recall: f64,
    pub(super) f1: f64,
}

/// One level: all relations, groups of them, and each.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Table {
    pub(super) overall: Counts,
    pub(super) core: Counts,
    pub(super) without_represents: Counts,
    pub(super) relations: BTreeMap<String, Counts>,
}

/// What is said of the claims matched at the level of sentences; `None` where there is nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Attributes {
    pub(super) pairs: usize,
    pub(super) polarity: Option<f64>,
    pub(super) polarity_where_gold_negative: Option<f64>,
    pub(super) modality: Option<f64>,
    pub(super) modality_where_gold_not_asserted: Option<f64>,
    pub(super) attribution: Option<f64>,
    pub(super) attribution_where_gold_has_one: Option<f64>,
    pub(super) attribution_where_gold_has_none: Option<f64>,
    pub(super) supplies_items: usize,
    pub(super) supplies_item_recall: Option<f64>,
}

/// All figures.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Figures {
    pub(super) document: Table,
    pub(super) sentence: Table,
    pub(super) attributes: Attributes,
    pub(super) recall_without_coreference: Option<f64>,
    pub(super) recall_with_coreference: Option<f64>,
    pub(super) claim_free_sentences: usize,
    pub(super) claim_free_sentences_with_a_claim: usize,
}

/// A claim that was missed, or found without being there.
#[derive(Debug, Clone)]
pub(super) struct Mistake {
    pub(super) missed: bool,
    pub(super) row: Row,
}

/// What is said of a claim, of which a sentence may hold several.
#[derive(Debug, Clone)]
struct Variant {
    polarity: String,
    modality: String,
    attribution: Option<String>,
    items: Vec<String>,
}

/// A claim counted once a sentence.
#[derive(Debug, Clone)]
struct Unit {
    doc: String,
    sentence: String,
    relation: String,
    pair: (String, String),
    variants: Vec<Variant>,
    coreference: bool,
    row: Row,
}

/// Scores `found` against `gold`. `aliases` maps spellings of ids to the gold's.
pub(super) fn score(
    gold: &[Gold],
    found: &[Row],
    relations: &[RelationKind],
    aliases: &BTreeMap<String, String>,
) -> (Figures, Vec<Mistake>) {
    let symmetric = |relation: &str| {
        relations.iter().any(|kind| kind.as_str() == relation && kind.is_symmetric())
    };
    let table: HashMap<String, String> =
        aliases.iter().map(|(from, to)| (plain_id(from), plain_id(to))).collect();
    let respell = |id: &str| {
        let plain = plain_id(id);
        table.get(&plain).cloned().unwrap_or(plain)
    };
    let docs: BTreeSet<&str> = gold.iter().map(|article| article.doc.as_str()).collect();
    let gold_rows = gold.iter().flat_map(|article| {
        article.claims.iter().map(|row| Row { doc: article.doc.clone(), ..row.clone() })
    });
    let wanted = units(gold_rows, &symmetric, &plain_id);
    let known = found.iter().filter(|row| docs.contains(row.doc.as_str())).cloned();
    let system = units(known, &symmetric, &respell);
    let names: HashMap<String, &str> = gold
        .iter()
        .flat_map(|article| &article.entities)
        .map(|(id, name)| (plain_id(id), name.as_str()))
        .collect();
    let mut aligner = Aligner::new(gold);
    let document = document_table(&wanted, &system);
    let matches = match_units(&wanted, &system, &mut aligner);
    let found_ones: BTreeSet<usize> = matches.values().copied().collect();
    let sentence = level(
        wanted.iter().map(|unit| unit.relation.as_str()),
        system.iter().map(|unit| unit.relation.as_str()),
        matches.keys().map(|&index| wanted[index].relation.as_str()),
    );
    let attributes = attributes(&wanted, &system, &matches, &respell, &names);
    let recall = |coreference: bool| {
        let picked: Vec<usize> =
            (0..wanted.len()).filter(|&i| wanted[i].coreference == coreference).collect();
        let hit = picked.iter().filter(|index| matches.contains_key(index)).count();
        share(hit, picked.len())
    };
    let busy: BTreeSet<(&str, &str)> =
        wanted.iter().map(|unit| (unit.doc.as_str(), unit.sentence.as_str())).collect();
    let mut idle: BTreeSet<(&str, String)> = BTreeSet::new();
    for article in gold {
        for sentence in &article.sentences {
            let sentence = plain_text(sentence);
            if !busy.contains(&(article.doc.as_str(), sentence.as_str())) {
                idle.insert((article.doc.as_str(), sentence));
            }
        }
    }
    let mut idle_hit = BTreeSet::new();
    for (index, unit) in system.iter().enumerate() {
        if found_ones.contains(&index) {
            continue;
        }
        for (doc, sentence) in &idle {
            if *doc == unit.doc && aligner.overlap(doc, sentence, &unit.sentence) >= COVER {
                idle_hit.insert((*doc, sentence.clone()));
            }
        }
    }
    let figures = Figures {
        document,
        sentence,
        attributes,
        recall_without_coreference: recall(false),
        recall_with_coreference: recall(true),
        claim_free_sentences: idle.len(),
        claim_free_sentences_with_a_claim: idle_hit.len(),
    };
    let missed = (0..wanted.len())
        .filter(|index| !matches.contains_key(index))
        .map(|index| Mistake { missed: true, row: wanted[index].row.clone() });
    let wrong = (0..system.len())
        .filter(|index| !found_ones.contains(index))
        .map(|index| Mistake { missed: false, row: system[index].row.clone() });
    let mut mistakes: Vec<Mistake> = missed.chain(wrong).collect();
    mistakes.sort_by(|a, b| {
        (&a.row.doc, &a.row.sentence, a.missed).cmp(&(&b.row.doc, &b.row.sentence, b.missed))
    });
    (figures, mistakes)
}

/// Distinct claims of sentences, in input order.
fn units(
    rows: impl Iterator<Item = Row>,
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

fn document_table(wanted: &[Unit], system: &[Unit]) -> Table {
    type Key<'u> = (&'u str, &'u str, &'u (String, String));
    fn keys(units: &[Unit]) -> BTreeSet<Key<'_>> {
        units.iter().map(|u| (u.doc.as_str(), u.relation.as_str(), &u.pair)).collect()
    }
    let (wanted, system) = (keys(wanted), keys(system));
    level(
        wanted.iter().map(|key| key.1),
        system.iter().map(|key| key.1),
        wanted.intersection(&system).map(|key| key.1),
    )
}

fn level<'r>(
    gold: impl Iterator<Item = &'r str>,
    system: impl Iterator<Item = &'r str>,
    hit: impl Iterator<Item = &'r str>,
) -> Table {
    let mut relations: BTreeMap<String, Counts> = BTreeMap::new();
    gold.for_each(|name| relations.entry(name.to_owned()).or_default().gold += 1);
    system.for_each(|name| relations.entry(name.to_owned()).or_default().system += 1);
    hit.for_each(|name| relations.entry(name.to_owned()).or_default().hit += 1);
    let total = |pick: &dyn Fn(&str) -> bool| {
        let mut sum = Counts::default();
        for (_, counts) in relations.iter().filter(|(name, _)| pick(name)) {
            sum.gold += counts.gold;
            sum.system += counts.system;
            sum.hit += counts.hit;
        }
        rated(sum)
    };
    let overall = total(&|_| true);
    let core = total(&|name| matches!(name, "supplies" | "meets" | "warns"));
    let without_represents = total(&|name| name != "represents");
    let relations = relations.into_iter().map(|(name, counts)| (name, rated(counts))).collect();
    Table { overall, core, without_represents, relations }
}

fn rated(counts: Counts) -> Counts {
    let or_none = |part: usize, whole: usize, other: usize| {
        let empty = if other == 0 { 1.0 } else { 0.0 };
        ratio(part, whole).unwrap_or(empty)
    };
    let precision = or_none(counts.hit, counts.system, counts.gold);
    let recall = or_none(counts.hit, counts.gold, counts.system);
    let sum = precision + recall;
    let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
    Counts { precision: round(precision), recall: round(recall), f1: round(f1), ..counts }
}

#[expect(clippy::cast_precision_loss, reason = "counts of claims are small")]
fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn share(part: usize, whole: usize) -> Option<f64> {
    ratio(part, whole).map(round)
}

fn round(value: f64) -> f64 {
    (value * 10_000.0).round_ties_even() / 10_000.0
}

/// Gold claims by the found claim that answers each: within one relation and pair of a document,
/// the largest matching, better overlaps tried first.
fn match_units(wanted: &[Unit], system: &[Unit], aligner: &mut Aligner) -> BTreeMap<usize, usize> {
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

fn attributes(
    wanted: &[Unit],
    system: &[Unit],
    matches: &BTreeMap<usize, usize>,
    respell: &dyn Fn(&str) -> String,
    names: &HashMap<String, &str>,
) -> Attributes {
    let mut tally: HashMap<&str, usize> = HashMap::new();
    let mut count =
        |what: &'static str, so: bool| *tally.entry(what).or_default() += usize::from(so);
    for (&i, &j) in matches {
        let (gold, found) = (&wanted[i], &system[j]);
        let said = |a: &Variant, b: &Variant| {
            same_attribution(&a.attribution, &b.attribution, respell, names)
        };
        let mut ranked: Vec<(usize, usize, usize)> = Vec::new();
        for (x, a) in gold.variants.iter().enumerate() {
            for (y, b) in found.variants.iter().enumerate() {
                let likeness = usize::from(a.polarity == b.polarity) * 4
                    + usize::from(a.modality == b.modality) * 2
                    + usize::from(said(a, b));
                ranked.push((likeness, x, y));
            }
        }
        ranked.sort_by_key(|&(likeness, x, y)| (std::cmp::Reverse(likeness), x, y));
        let (mut used_x, mut used_y) = (BTreeSet::new(), BTreeSet::new());
        for (_, x, y) in ranked {
            if used_x.contains(&x) || used_y.contains(&y) {
                continue;
            }
            used_x.insert(x);
            used_y.insert(y);
            let (a, b) = (&gold.variants[x], &found.variants[y]);
            let right = said(a, b);
            let negative = a.polarity == "negative";
            let open = a.modality != "asserted";
            count("pairs", true);
            count("polarity", a.polarity == b.polarity);
            count("modality", a.modality == b.modality);
            count("attribution", right);
            count(if a.attribution.is_some() { "attributed" } else { "own" }, true);
            count(if a.attribution.is_some() { "attributed_ok" } else { "own_ok" }, right);
            count("negative", negative);
            count("negative_ok", negative && b.polarity == "negative");
            count("open", open);
            count("open_ok", open && a.modality == b.modality);
            if gold.relation == "supplies" {
                for item in &a.items {
                    count("items", true);
                    count("items_ok", b.items.iter().any(|other| same_item(item, other, respell)));
                }
            }
        }
    }
    let get = |what: &str| tally.get(what).copied().unwrap_or(0);
    let rate = |part: &str, whole: &str| share(get(part), get(whole));
    Attributes {
        pairs: get("pairs"),
        polarity: rate("polarity", "pairs"),
        polarity_where_gold_negative: rate("negative_ok", "negative"),
        modality: rate("modality", "pairs"),
        modality_where_gold_not_asserted: rate("open_ok", "open"),
        attribution: rate("attribution", "pairs"),
        attribution_where_gold_has_one: rate("attributed_ok", "attributed"),
        attribution_where_gold_has_none: rate("own_ok", "own"),
        supplies_items: get("items"),
        supplies_item_recall: rate("items_ok", "items"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(relation: &str, source: &str, target: &str) -> Row {
        Row {
            doc: "a".to_owned(),
            sentence: "They met.".to_owned(),
            relation: relation.to_owned(),
            source: source.to_owned(),
            target: target.to_owned(),
            ..Row::default()
        }
    }

    #[test]
    fn a_symmetric_pair_has_no_direction() {
        let gold = [Gold {
            doc: "a".to_owned(),
            claims: vec![
                row("meets", "state:PRK", "state:RUS"),
                row("warns", "state:USA", "state:PRK"),
            ],
            ..Gold::default()
        }];
        let found =
            [row("meets", "state:RUS", "state:PRK"), row("warns", "state:PRK", "state:USA")];
        let relations = [RelationKind::symmetric("meets"), RelationKind::directed("warns")];
        let (figures, mistakes) = score(&gold, &found, &relations, &BTreeMap::new());
        assert_eq!(figures.document.relations["meets"].hit, 1);
        assert_eq!(figures.document.relations["warns"].hit, 0);
        assert_eq!(mistakes.len(), 2);
    }
}
