//! Whether what is said of a claim is right: polarity, modality, speaker, goods.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::counts::share;
use super::same::{same_attribution, same_item};
use super::units::{Unit, Variant};

/// What is said of the claims matched at the level of sentences. Shares in 0..=1, `None` where
/// there is nothing to be right in.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Attributes {
    /// Matched claims. A sentence that says it twice, once denied, has two.
    pub pairs: usize,
    /// Right polarity.
    pub polarity: Option<f64>,
    /// Right polarity of annotated negatives.
    pub polarity_where_gold_negative: Option<f64>,
    /// Right modality.
    pub modality: Option<f64>,
    /// Right modality of what is annotated as hedged or prospective.
    pub modality_where_gold_not_asserted: Option<f64>,
    /// Right speaker.
    pub attribution: Option<f64>,
    /// Right speaker of what is annotated with one.
    pub attribution_where_gold_has_one: Option<f64>,
    /// No speaker where none is annotated.
    pub attribution_where_gold_has_none: Option<f64>,
    /// Goods annotated in relations that move some.
    pub supplies_items: usize,
    /// Those of them that are found.
    pub supplies_item_recall: Option<f64>,
}

/// How often what is said of a matched claim is right.
pub(super) fn attributes(
    wanted: &[Unit],
    system: &[Unit],
    matches: &BTreeMap<usize, usize>,
    respell: &dyn Fn(&str) -> String,
    names: &HashMap<String, &str>,
    moves_goods: &dyn Fn(&str) -> bool,
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
            if moves_goods(&gold.relation) {
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
