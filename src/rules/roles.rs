//! Who fills a role: the actors at the places that a rule names for it, in their order.

use super::attempt::{Attempt, allowed, distinct};
use super::compile::{Part, Place, Slot};
use super::file::Goods;
use crate::clauses::actors::{Argument, Reach};
use crate::lexicon::WordList;
use crate::model::{Deprel, EntityId, EntityKind};

impl Attempt<'_, '_> {
    /// The actors of a role: those of the first place that yields any but `taken`. Of a target, towns
    /// stand for their state where the relation lets them; of a source, they tell whose organ it is.
    pub(super) fn role(
        &self,
        slots: &[Slot],
        taken: &[EntityId],
        kinds: &[EntityKind],
        is_target: bool,
    ) -> Vec<Argument> {
        for slot in slots {
            let mut found = self.slot(slot, taken);
            if found.is_empty() && is_target && self.relation.reaches_towns {
                let heads = self.heads(&slot.place).into_iter();
                found = heads
                    .map(|head| self.view.states_of_towns(head, slot.reach))
                    .find(|found| !found.is_empty())
                    .unwrap_or_default();
            }
            if found.is_empty() && !is_target {
                found = self.local_organs(slot);
            }
            let several = found.len() > 1;
            // "The two countries" on both sides stays whole; the pairs drop the same actor.
            if !several {
                found.retain(|argument| !taken.contains(&argument.entity));
            }
            found.retain(|argument| allowed(argument, kinds));
            let only_taken =
                found.iter().all(|argument| taken.contains(&argument.entity)) && taken.len() < 2;
            if !found.is_empty() && !only_taken {
                return found;
            }
        }
        Vec::new()
    }

    /// The actors at a place.
    pub(super) fn slot(&self, slot: &Slot, taken: &[EntityId]) -> Vec<Argument> {
        let view = self.view;
        if matches!(
            slot.place,
            Place::Modifier | Place::Modifiers | Place::Adjective | Place::Compound
        ) {
            return self.modifiers(slot);
        }
        let is_new = |argument: &Argument| !taken.contains(&argument.entity);
        let mut found: Vec<Argument> = Vec::new();
        let mut governor = None;
        for head in self.heads(&slot.place) {
            // "To Turkey, to Spain": further phrases at the same verb name further ones.
            let further = matches!(slot.place, Place::Preposition(_))
                && self.part == Part::Verb
                && view.head(head) == governor;
            if !found.is_empty() && !further {
                continue;
            }
            let mut more = if slot.reach == Reach::EmbeddedSubject {
                view.embedded_subjects(head, taken)
            } else {
                view.actors(head, slot.reach)
            };
            more.retain(|argument| !self.is_mere_weapon(argument));
            // "Wants North Korean shells" tells whose they are, "wants Ukraine aid" who gets it.
            if self.rule.goods == Goods::Required && slot.place == Place::Object {
                more.retain(|argument| {
                    let own = |mention| argument.token != Some(head) && view.is_whole_name(mention);
                    !argument.mention.is_some_and(own)
                });
            }
            if more.iter().any(is_new) {
                governor = view.head(head);
                add_new(&mut found, more);
            }
        }
        if !found.is_empty() {
            return found;
        }
        self.heads_by_order(&slot.place)
            .into_iter()
            .filter(|&head| !view.actor(head).is_some_and(|mention| view.is_quality(mention)))
            .map(|head| view.actors(head, Reach::Actor))
            .find(|found| found.iter().any(is_new))
            .unwrap_or_default()
    }

    /// The states whose organs act at a place, told by a town: "an Istanbul court", "police in
    /// Lagos".
    fn local_organs(&self, slot: &Slot) -> Vec<Argument> {
        let view = self.view;
        self.heads(&slot.place)
            .into_iter()
            .filter(|&head| view.lemma_is(WordList::StateOrgan, head) && view.town(head).is_none())
            .map(|head| view.states_of_towns(head, Reach::Possessor))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// The actors before a noun.
    fn modifiers(&self, slot: &Slot) -> Vec<Argument> {
        let view = self.view;
        let place = &slot.place;
        let mut found = Vec::new();
        // "Iranian-backed": who backs stands before the hyphen.
        let hyphen = view.step(self.trigger, -1).filter(|&mark| view.word(mark) == "-");
        if self.part == Part::Adjective
            && let Some(before) = hyphen.and_then(|mark| view.step(mark, -1))
            && let Some(mention) = view.actor(before)
        {
            return view.arguments_of(mention, before);
        }
        if *place != Place::Compound {
            for owner in view.by(self.trigger, &[Deprel::NmodPoss]) {
                found.extend(view.actors(owner, slot.reach.min(Reach::Possessor)));
            }
        }
        for token in view.premodifiers(self.trigger) {
            let mention = view.actor(token).expect("premodifiers are mentions");
            let unwanted =
                if view.is_whole_name(mention) { Place::Adjective } else { Place::Compound };
            if *place != unwanted {
                add_new(&mut found, view.arguments_of(mention, token));
            }
        }
        if *place == Place::Modifiers && distinct(&found) < 2 {
            found.clear();
        }
        found
    }

    /// Whether only weapons stand for an actor in what people do: "met Russian jets".
    fn is_mere_weapon(&self, argument: &Argument) -> bool {
        self.relation.kind.is_in_person()
            && argument.by_metonymy
            && argument.token.is_some_and(|token| {
                self.view.is(WordList::Force, token) && !self.view.is(WordList::Metonym, token)
            })
    }
}

/// Adds those whose entity is not yet there.
fn add_new(found: &mut Vec<Argument>, more: Vec<Argument>) {
    for argument in more {
        if !found.iter().any(|known| known.entity == argument.entity) {
            found.push(argument);
        }
    }
}
