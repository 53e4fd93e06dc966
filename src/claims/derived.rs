//! Claims of one sentence with the way that led to them, and which of them are kept: of those that
//! say the same one, and no more than a sentence may make.

use std::collections::BTreeSet;

use super::implicit::Told;
use super::operators::Cue;
use crate::clauses::actors::Argument;
use crate::model::{Claim, Limit, Polarity, TokenIndex};
use crate::rules::file::Implicit;
use crate::rules::relations::{RelationId, Relations};

/// A claim with the way that led to it.
#[derive(Debug, Clone)]
pub(crate) struct Derived {
    pub(crate) claim: Claim,
    /// Number of the sentence.
    pub(crate) sentence: usize,
    pub(crate) relation: RelationId,
    pub(crate) trigger: TokenIndex,
    pub(crate) source: Argument,
    pub(crate) target: Argument,
    pub(crate) cues: Vec<Cue>,
    /// The weight of its rule, 0..=1.
    pub(crate) weight: f32,
    /// Other rules that found the same, less surely.
    pub(crate) also: Vec<String>,
}

/// Takes out what is more than one sentence may claim, those of the lightest rules first; tells
/// whether there was any.
pub(super) fn keep_surest(derived: &mut Vec<Derived>) -> bool {
    if derived.len() <= Limit::MAX_SENTENCE_CLAIMS {
        return false;
    }
    let all = distinct(std::mem::take(derived));
    let is_cut = all.len() > Limit::MAX_SENTENCE_CLAIMS;
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|&a, &b| all[b].weight.total_cmp(&all[a].weight));
    order.truncate(Limit::MAX_SENTENCE_CLAIMS);
    let kept: BTreeSet<usize> = order.into_iter().collect();
    *derived =
        all.into_iter().enumerate().filter(|(n, _)| kept.contains(n)).map(|(_, d)| d).collect();
    is_cut
}

/// Whether a claim may tell a partner to others: whom somebody does not attack is no opponent of
/// his.
pub(super) fn can_be_leant_on(derived: &Derived, relations: &Relations) -> bool {
    derived.claim.polarity != Polarity::Negative
        || relations.get(derived.relation).implicit != Implicit::Opponent
}

/// Takes out the claims in whose place another relation's stand at the same trigger.
pub(super) fn drop_beaten(derived: &mut Vec<Derived>, relations: &Relations) {
    if !relations.any_wins() {
        return;
    }
    let found: Vec<_> = derived.iter().map(|one| (one.trigger, one.relation)).collect();
    derived.retain(|one| {
        !found.iter().any(|&(trigger, relation)| {
            trigger == one.trigger && relations.wins_over(relation, one.relation)
        })
    });
}

impl From<&Derived> for Told {
    fn from(derived: &Derived) -> Self {
        Self {
            sentence: derived.sentence,
            relation: derived.relation,
            source: derived.claim.source.clone(),
            target: derived.claim.target.clone(),
        }
    }
}

/// One claim for each relation, pair, polarity and modality, that of the weightiest rule; items of the
/// dropped ones are kept.
pub(super) fn distinct(mut derived: Vec<Derived>) -> Vec<Derived> {
    derived.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut kept: Vec<Derived> = Vec::new();
    for one in derived {
        let same = kept.iter_mut().find(|known| {
            let (a, b) = (&known.claim, &one.claim);
            a.relation == b.relation
                && a.source == b.source
                && a.target == b.target
                && a.polarity == b.polarity
                && a.modality == b.modality
        });
        match same {
            Some(known) => {
                if known.claim.rule != one.claim.rule && !known.also.contains(&one.claim.rule) {
                    known.also.push(one.claim.rule);
                }
                for item in one.claim.items {
                    let is_known = known.claim.items.iter().any(|k| k.span.overlaps(item.span));
                    if !is_known {
                        known.claim.items.push(item);
                    }
                }
                if known.claim.quantity.is_none() {
                    known.claim.quantity = one.claim.quantity;
                }
            }
            None => kept.push(one),
        }
    }
    kept.sort_by_cached_key(|one| (one.trigger, key(&one.claim)));
    kept
}

/// What tells claims of one trigger apart, and orders them.
fn key(claim: &Claim) -> String {
    let Claim { relation, source, target, polarity, modality, .. } = claim;
    format!("{relation} {source} {target} {polarity} {modality}")
}
