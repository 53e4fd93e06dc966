//! Counts and the shares that follow from them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::RelationKind;

/// Counts of one relation, or of several together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct ClaimCounts {
    /// Annotated.
    pub gold: usize,
    /// Found.
    pub system: usize,
    /// Both.
    pub hit: usize,
    /// In 0..=1, four places: how many of the found ones are annotated.
    pub precision: f64,
    /// In 0..=1, four places: how many of the annotated ones are found.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
}

/// One level: all relations, groups of them, and each.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ClaimTable {
    /// All relations.
    pub overall: ClaimCounts,
    /// Those that their file calls core.
    pub core: ClaimCounts,
    /// All but that between a person in office and whom they hold it for.
    pub without_represents: ClaimCounts,
    /// By the relation's name.
    pub relations: BTreeMap<String, ClaimCounts>,
}

/// Whether `kinds` have one of that name with that property.
pub(super) fn has(kinds: &[RelationKind], name: &str, property: fn(&RelationKind) -> bool) -> bool {
    kinds.iter().any(|kind| kind.as_str() == name && property(kind))
}

/// Counts by relation and in sum, of the relation of each claim.
pub(super) fn level<'r>(
    gold: impl Iterator<Item = &'r str>,
    system: impl Iterator<Item = &'r str>,
    hit: impl Iterator<Item = &'r str>,
    kinds: &[RelationKind],
) -> ClaimTable {
    let mut relations: BTreeMap<String, ClaimCounts> = BTreeMap::new();
    gold.for_each(|name| relations.entry(name.to_owned()).or_default().gold += 1);
    system.for_each(|name| relations.entry(name.to_owned()).or_default().system += 1);
    hit.for_each(|name| relations.entry(name.to_owned()).or_default().hit += 1);
    let total = |pick: &dyn Fn(&str) -> bool| {
        let mut sum = ClaimCounts::default();
        for (_, counts) in relations.iter().filter(|(name, _)| pick(name)) {
            sum.gold += counts.gold;
            sum.system += counts.system;
            sum.hit += counts.hit;
        }
        rated(sum)
    };
    let overall = total(&|_| true);
    let core = total(&|name| has(kinds, name, RelationKind::is_core));
    let without_represents = total(&|name| !has(kinds, name, RelationKind::is_office));
    let relations = relations.into_iter().map(|(name, counts)| (name, rated(counts))).collect();
    ClaimTable { overall, core, without_represents, relations }
}

fn rated(counts: ClaimCounts) -> ClaimCounts {
    let or_none = |part: usize, whole: usize, other: usize| {
        let empty = if other == 0 { 1.0 } else { 0.0 };
        ratio(part, whole).unwrap_or(empty)
    };
    let precision = or_none(counts.hit, counts.system, counts.gold);
    let recall = or_none(counts.hit, counts.gold, counts.system);
    let sum = precision + recall;
    let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
    ClaimCounts { precision: round(precision), recall: round(recall), f1: round(f1), ..counts }
}

/// `part` of `whole`, where there is any.
#[expect(clippy::cast_precision_loss, reason = "counts of claims are small")]
pub(super) fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The same, rounded to four places.
pub(super) fn share(part: usize, whole: usize) -> Option<f64> {
    ratio(part, whole).map(round)
}

fn round(value: f64) -> f64 {
    (value * 10_000.0).round_ties_even() / 10_000.0
}
