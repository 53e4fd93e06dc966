//! What the proposals of a whole article tell of each other, and how often it names whom.

use std::collections::HashMap;
use std::hash::Hash;

use itertools::Itertools as _;

use super::context::Context;
use super::derived::Derived;
use crate::model::{EntityId, Mention, Polarity, TokenIndex};
use crate::rules::relations::RelationId;

/// What the proposals of a whole article tell of each other.
#[derive(Debug)]
pub(super) struct Dealings<'a> {
    /// By relation and pair, how many sentences propose it.
    same: HashMap<(RelationId, EntityId, EntityId), usize>,
    /// By sentence and trigger, how many proposals start there.
    at_trigger: HashMap<(usize, TokenIndex), usize>,
    /// By sentence, how many proposals it makes.
    in_sentence: HashMap<usize, usize>,
    /// By sentence and pair, in the order of ids, how many proposals are of it.
    of_pair: HashMap<(usize, EntityId, EntityId), usize>,
    /// By relation, pair and sign, how many proposals there are.
    signs: HashMap<(RelationId, EntityId, EntityId, bool), usize>,
    /// How often each entity is named.
    named: HashMap<EntityId, usize>,
    /// The mentions by name, in text order.
    pub(super) names: Vec<&'a Mention>,
}

impl<'a> Dealings<'a> {
    pub(super) fn new(context: &Context<'a>, proposals: &[Derived]) -> Self {
        let mentions = context.reading.mentions.iter();
        let names: Vec<&Mention> = mentions.filter(|mention| mention.form.is_named()).collect();
        let entities = names.iter().flat_map(|mention| mention.entities.iter().cloned());
        Self {
            same: proposals.iter().map(pair).counts(),
            at_trigger: proposals.iter().map(|one| (one.sentence, one.trigger)).counts(),
            in_sentence: proposals.iter().map(|one| one.sentence).counts(),
            of_pair: proposals.iter().map(unordered).counts(),
            signs: proposals.iter().map(|one| signed(one, is_negative(one))).counts(),
            named: entities.counts(),
            names,
        }
    }

    /// How many sentences propose the same relation and pair.
    pub(super) fn told(&self, proposal: &Derived) -> usize {
        look_up(&self.same, &pair(proposal))
    }

    /// How many propose the same with source and target exchanged.
    pub(super) fn told_back(&self, proposal: &Derived) -> usize {
        let (relation, source, target) = pair(proposal);
        look_up(&self.same, &(relation, target, source))
    }

    /// How many propose the same with the other sign.
    pub(super) fn contradicted(&self, proposal: &Derived) -> usize {
        look_up(&self.signs, &signed(proposal, !is_negative(proposal)))
    }

    /// How many proposals start at the same trigger.
    pub(super) fn at_trigger(&self, proposal: &Derived) -> usize {
        look_up(&self.at_trigger, &(proposal.sentence, proposal.trigger))
    }

    /// How many proposals the sentence makes.
    pub(super) fn in_sentence(&self, proposal: &Derived) -> usize {
        look_up(&self.in_sentence, &proposal.sentence)
    }

    /// How many proposals the sentence makes of the same two.
    pub(super) fn of_pair(&self, proposal: &Derived) -> usize {
        look_up(&self.of_pair, &unordered(proposal))
    }

    /// How often the article names `entity`.
    pub(super) fn named(&self, entity: &EntityId) -> usize {
        look_up(&self.named, entity)
    }
}

fn look_up<Key: Eq + Hash>(counts: &HashMap<Key, usize>, key: &Key) -> usize {
    counts.get(key).copied().unwrap_or(0)
}

fn signed(proposal: &Derived, is_negative: bool) -> (RelationId, EntityId, EntityId, bool) {
    let (relation, source, target) = pair(proposal);
    (relation, source, target, is_negative)
}

fn pair(proposal: &Derived) -> (RelationId, EntityId, EntityId) {
    (proposal.relation, proposal.claim.source.clone(), proposal.claim.target.clone())
}

fn unordered(proposal: &Derived) -> (usize, EntityId, EntityId) {
    let (source, target) = (proposal.claim.source.clone(), proposal.claim.target.clone());
    let (first, second) = if source <= target { (source, target) } else { (target, source) };
    (proposal.sentence, first, second)
}

fn is_negative(proposal: &Derived) -> bool {
    proposal.claim.polarity == Polarity::Negative
}
