//! The judge: how likely a careful reader would sign a claim that a rule proposes.
//!
//! One linear model over named features of the proposal: its rule and trigger, how each argument was
//! found, what else could fill the role, the words that decided factuality. The weights stand in
//! `data/model/judge.csv` and are learned from judged proposals by `training/judge.py`. The
//! probability is the claim's confidence; a proposal below [`PRINTED`] is no claim.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use rapidhash::fast::RapidHasher;

use super::context::Context;
use super::dealings::Dealings;
use super::derived::Derived;
use super::features::features;

/// The probability from which on a proposal is a claim.
pub(super) const PRINTED: f32 = 0.5;

/// The weights, embedded: `feature,weight` a line, sorted by feature.
pub(super) const WEIGHTS: &str = include_str!("../../data/model/judge.csv");

type Hashing = BuildHasherDefault<RapidHasher<'static>>;

static JUDGE: LazyLock<HashMap<&'static str, f32, Hashing>> = LazyLock::new(|| {
    let rows = WEIGHTS.lines().skip(1).filter_map(|line| line.rsplit_once(','));
    rows.filter_map(|(feature, weight)| Some((feature, weight.parse().ok()?))).collect()
});

/// BLAKE3 hash of the weights, in hexadecimal digits: equal hashes judge alike.
pub(crate) fn hash() -> String {
    blake3::hash(WEIGHTS.as_bytes()).to_hex().to_string()
}

/// A feature of a proposal, `name=value`, and its weight in log odds.
pub type Weighed = (String, f32);

/// The probability, in thousandths, that a careful reader would sign `proposal`.
pub(super) fn probability(context: &Context<'_>, proposal: &Derived, doc: &Dealings<'_>) -> f32 {
    judge(context, proposal, doc, |_, _| {})
}

/// The same, calling `tell` with each feature and its weight.
fn judge(
    context: &Context<'_>,
    proposal: &Derived,
    doc: &Dealings<'_>,
    mut tell: impl FnMut(&str, f32),
) -> f32 {
    let mut score = 0.0;
    features(context, proposal, doc, &mut |feature| {
        let weight = JUDGE.get(feature).copied().unwrap_or(0.0);
        score += weight;
        tell(feature, weight);
    });
    let probability = 1.0 / (1.0 + (-score).exp());
    (probability * 1000.0).round() / 1000.0
}

/// The probability of `proposal` and its features, the weightiest first.
pub(super) fn weighed(
    context: &Context<'_>,
    proposal: &Derived,
    doc: &Dealings<'_>,
) -> (f32, Vec<Weighed>) {
    let mut found = Vec::new();
    let probability = judge(context, proposal, doc, |feature, weight| {
        found.push((feature.to_owned(), weight));
    });
    found.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    (probability, found)
}
