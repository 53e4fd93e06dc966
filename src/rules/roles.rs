//! Who fills a role: the actors at the places that a rule names for it, in their order.

use super::attempt::{Attempt, allowed, distinct};
use super::compile::{Part, Place, Slot};
use super::file::Goods;
use crate::clauses::actors::{Filler, Reach};
use crate::lexicon::WordList;
use crate::model::{Deprel, EntityId, EntityKind};

impl Attempt<'_, '_> {
    /// The actors of a role: those of the first place that yields any but `taken`.
    pub(super) fn role(
        &self,
        slots: &[Slot],
        taken: &[EntityId],
        kinds: &[EntityKind],
    ) -> Vec<Filler> {
        for slot in slots {
            let mut found = self.slot(slot, taken);
            let several = found.len() > 1;
            // "The two countries" on both sides stays whole; the pairs drop the same actor.
            if !several {
                found.retain(|filler| !taken.contains(&filler.entity));
            }
            found.retain(|filler| allowed(filler, kinds));
            let only_taken =
                found.iter().all(|filler| taken.contains(&filler.entity)) && taken.len() < 2;
            if !found.is_empty() && !only_taken {
                return found;
            }
        }
        Vec::new()
    }

    /// The actors at a place.
    pub(super) fn slot(&self, slot: &Slot, taken: &[EntityId]) -> Vec<Filler> {
        let view = self.view;
        if matches!(
            slot.place,
            Place::Modifier | Place::Modifiers | Place::Adjective | Place::Compound
        ) {
            return self.modifiers(slot);
        }
        let is_new = |filler: &Filler| !taken.contains(&filler.entity);
        let mut found: Vec<Filler> = Vec::new();
        let mut governor = None;
        for head in self.heads(&slot.place) {
            // "To Turkey, to Spain": further phrases at the same verb name further ones.
            let further = matches!(slot.place, Place::Preposition(_))
                && self.part == Part::Verb
                && view.head(head) == governor;
            if !found.is_empty() && !further {
                continue;
            }
            let mut more = if slot.reach == Reach::Conduct {
                view.conductors(head, taken)
            } else {
                view.actors(head, slot.reach)
            };
            more.retain(|filler| !self.is_mere_weapon(filler));
            // "Wants North Korean shells" tells whose they are, "wants Ukraine aid" who gets it.
            if self.rule.goods == Goods::Required && slot.place == Place::Object {
                more.retain(|filler| {
                    let own = |mention| filler.token != Some(head) && view.is_whole_name(mention);
                    !filler.mention.is_some_and(own)
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

    /// The actors before a noun.
    fn modifiers(&self, slot: &Slot) -> Vec<Filler> {
        let view = self.view;
        let place = &slot.place;
        let mut found = Vec::new();
        if *place != Place::Compound {
            for owner in view.by(self.trigger, &[Deprel::NmodPoss]) {
                found.extend(view.actors(owner, slot.reach.min(Reach::Owner)));
            }
        }
        for token in view.premodifiers(self.trigger) {
            let mention = view.actor(token).expect("premodifiers are mentions");
            let unwanted =
                if view.is_whole_name(mention) { Place::Adjective } else { Place::Compound };
            if *place != unwanted {
                add_new(&mut found, view.fillers(mention, token, Reach::Actor, false));
            }
        }
        if *place == Place::Modifiers && distinct(&found) < 2 {
            found.clear();
        }
        found
    }

    /// Whether only weapons stand for an actor in what people do: "met Russian jets".
    fn is_mere_weapon(&self, filler: &Filler) -> bool {
        self.relation.kind.is_in_person()
            && filler.stand_in
            && filler.token.is_some_and(|token| {
                self.view.is(WordList::Force, token) && !self.view.is(WordList::StandIn, token)
            })
    }
}

/// Adds those whose entity is not yet there.
fn add_new(found: &mut Vec<Filler>, more: Vec<Filler>) {
    for filler in more {
        if !found.iter().any(|known| known.entity == filler.entity) {
            found.push(filler);
        }
    }
}
