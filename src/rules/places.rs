//! Where a role stands: the heads of the phrases at each place of a rule, by the tree and, where
//! that gives nobody, by the order of words.

use super::attempt::Attempt;
use super::compile::{Part, Place};
use crate::clauses::view::Oblique;
use crate::lexicon::FunctionWord::{
    self, About, After, At, Before, By, During, Following, For, In, Of, On, Over, With,
};
use crate::lexicon::{WordId, WordList};
use crate::model::{Deprel, MentionForm, TokenIndex};

impl Attempt<'_, '_> {
    /// The heads of the phrases at `place`, nearest first.
    pub(crate) fn heads(&self, place: &Place) -> Vec<TokenIndex> {
        let view = self.view;
        let trigger = self.trigger;
        match place {
            Place::Subject => self.subjects(),
            Place::Object => {
                let Some(verb) = self.verb() else { return Vec::new() };
                let mut found = view.objects(verb);
                // A noun is no part of its own object; a relative clause is part of what it is about.
                let is_part = |head| self.part == Part::Noun && view.tree.is_within(trigger, head);
                found.retain(|&head| head != trigger && !is_part(head));
                found
            }
            Place::Indirect => self.verb().map_or_else(Vec::new, |verb| self.indirect(verb)),
            Place::Possessive => self.possessives(),
            Place::Modifier | Place::Modifiers | Place::Adjective | Place::Compound => {
                view.premodifiers(trigger)
            }
            Place::Clause => view.by(
                trigger,
                &[Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl, Deprel::Acl, Deprel::Parataxis],
            ),
            Place::Itself => vec![trigger],
            Place::Preposition(wanted) => self.behind_preposition(*wanted),
        }
    }

    /// The verb whose arguments are those of the trigger: itself, or the support verb of a noun.
    fn verb(&self) -> Option<TokenIndex> {
        match self.part {
            Part::Noun => self.view.support_verb(self.trigger),
            _ => Some(self.trigger),
        }
    }

    fn subjects(&self) -> Vec<TokenIndex> {
        let view = self.view;
        let trigger = self.trigger;
        match self.part {
            Part::Verb => return view.subjects(trigger),
            Part::Adjective => return view.surface_subjects(trigger, 0),
            Part::Noun => {}
        }
        if let Some(verb) = self.verb() {
            if verb == trigger {
                return view.by(trigger, &[Deprel::Nsubj]);
            }
            // "are engaged in talks": nobody engages them.
            let state = view.deprel(trigger) == Deprel::Obl
                && view.is_passive(verb)
                && view.by(verb, &[Deprel::OblAgent]).is_empty();
            let mut found =
                if state { view.surface_subjects(verb, 0) } else { view.subjects(verb) };
            found.retain(|&head| head != trigger);
            return found;
        }
        let Some(head) = view.head(trigger) else { return Vec::new() };
        let is_actor = view.actor(head).is_some();
        // "Is in Japan on a visit".
        if self.stay(Some(In)) == Some(head) && !view.by(head, &[Deprel::Cop]).is_empty() {
            return view.surface_subjects(head, 0);
        }
        // "The forces of Chad, with help from Mali, struck".
        if self.is_aside() {
            return vec![head];
        }
        // "Russia, Iran's main supplier", "Iran's main supplier is Russia".
        let told_of = view.deprel(trigger) == Deprel::Appos
            || view.deprel(trigger) == Deprel::Nsubj && !view.by(head, &[Deprel::Cop]).is_empty();
        if is_actor && (told_of || self.is_occasion()) {
            vec![head]
        } else if self.is_occasion() {
            view.subjects(head)
        } else {
            self.blamed(head)
        }
    }

    fn behind_preposition(&self, wanted: WordId) -> Vec<TokenIndex> {
        let view = self.view;
        let trigger = self.trigger;
        let function = wanted.function_word();
        // "hand over to": the phrase may hang on a later word of the trigger.
        let later = (self.last != trigger).then(|| view.obliques(self.last));
        let phrases = view.obliques(trigger).iter().chain(later.into_iter().flatten());
        let fits = |phrase: &&Oblique| {
            // The agent of the verb above a noun is not the noun's, and "the trip since the
            // invasion of Ukraine" is not Ukraine's.
            let above = || view.head(phrase.head).and_then(|above| view.marker_function(above));
            let foreign = self.part == Part::Noun
                && match function {
                    Some(By) => phrase.distance > 0,
                    Some(Of) => phrase.distance > 1 || phrase.distance == 1 && above() != Some(Of),
                    _ => false,
                };
            !foreign && !self.stands_between(phrase) && view.is_preposition(phrase.marker, wanted)
        };
        let mut heads: Vec<TokenIndex> = phrases.filter(fits).map(|phrase| phrase.head).collect();
        heads.extend(self.stay(function));
        // Gerunds after a preposition are clauses: "accused of supplying".
        for clause in view.by(trigger, &[Deprel::Advcl, Deprel::Acl, Deprel::Xcomp]) {
            let marker = view.marker(clause);
            if marker.is_some_and(|marker| view.is_preposition(marker, wanted))
                && !heads.contains(&clause)
            {
                heads.push(clause);
            }
        }
        heads
    }

    /// Where somebody stays: "is in Japan on a visit", which the visit hangs on.
    fn stay(&self, function: Option<FunctionWord>) -> Option<TokenIndex> {
        let view = self.view;
        let place = view.head(self.trigger).filter(|_| self.part == Part::Noun)?;
        let is_stay = function == Some(In)
            && view.marker_function(place) == Some(In)
            && matches!(view.marker_function(self.trigger), Some(On | For))
            && view.actor(place).is_some();
        is_stay.then_some(place)
    }

    /// Where the tree gives nobody: the actor that word order puts there.
    pub(super) fn heads_by_order(&self, place: &Place) -> Vec<TokenIndex> {
        let view = self.view;
        match place {
            Place::Object if self.part == Part::Verb && !view.is_passive(self.trigger) => {
                view.actor_by_order(self.last).into_iter().collect()
            }
            Place::Preposition(wanted) => {
                let phrases = view.obliques(self.trigger);
                phrases
                    .iter()
                    .filter(|phrase| {
                        let own = self.part != Part::Noun
                            || phrase.distance == 0
                            || !matches!(place.preposition(), Some(By | Of));
                        own && view.is_preposition(phrase.marker, *wanted)
                            && phrase.marker > self.trigger
                            && !self.stands_between(phrase)
                    })
                    .filter_map(|phrase| view.actor_by_order(phrase.marker))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The possessives before a noun.
    fn possessives(&self) -> Vec<TokenIndex> {
        let view = self.view;
        let mut found = view.by(self.trigger, &[Deprel::NmodPoss]);
        found.extend(view.premodifiers(self.trigger).into_iter().filter(|&token| {
            let mention = view.mentions[view.actor(token).expect("premodifiers are mentions")];
            view.is_possessive(mention) || mention.form == MentionForm::Pronoun
        }));
        found
    }

    /// "Met to discuss tensions with China": with whom the tensions are, not the talk; unless the
    /// rule asks for such a noun, as "severed ties with" does.
    fn stands_between(&self, phrase: &Oblique) -> bool {
        let view = self.view;
        let noun = view.step(phrase.marker, -1);
        self.part == Part::Verb
            && self.rule.with.is_empty()
            && phrase.distance > 0
            && phrase.preposition == Some(With)
            && noun.is_some_and(|noun| view.is(WordList::Between, noun))
    }

    /// Whether an event is the occasion of what somebody does: "on a visit to", "shortly after a
    /// call with".
    fn is_occasion(&self) -> bool {
        let view = self.view;
        let occasion = match view.marker_function(self.trigger) {
            Some(On | During | After | Before | Following) => true,
            // "Struck the camps with help from Jordan".
            Some(With) if view.deprel(self.trigger) == Deprel::Obl => true,
            // "In a meeting with Xi, Putin said".
            Some(In | At) => self.relation.kind.is_symmetric(),
            _ => false,
        };
        occasion
            && matches!(view.deprel(self.trigger), Deprel::Obl | Deprel::Nmod)
            && view
                .head(self.trigger)
                .is_some_and(|head| view.is_verb(head) || view.actor(head).is_some())
    }

    /// Whether a noun stands behind another as "with" phrase between commas: "Chad's army, with help
    /// from Mali, struck".
    fn is_aside(&self) -> bool {
        let view = self.view;
        view.deprel(self.trigger) == Deprel::Nmod
            && view.marker_function(self.trigger) == Some(With)
            && view.marker(self.trigger).is_some_and(|marker| view.follows_comma(marker))
    }

    /// Whose doing a noun is for which somebody is warned, thanked or accused: "warned China over
    /// support for", "thanked Poland for its help".
    fn blamed(&self, verb: TokenIndex) -> Vec<TokenIndex> {
        let view = self.view;
        let about = matches!(view.marker_function(self.trigger), Some(Over | For | About | Of));
        let blames = about
            && view.deprel(self.trigger) == Deprel::Obl
            && view.is_verb(verb)
            && view.is(WordList::ObjectControl, verb);
        let mut found = if blames { view.objects(verb) } else { Vec::new() };
        found.retain(|&object| object < self.trigger);
        found
    }

    /// The first of two objects. Parsers often take it for a modifier of the second.
    fn indirect(&self, verb: TokenIndex) -> Vec<TokenIndex> {
        let view = self.view;
        let own = view.by(verb, &[Deprel::Iobj]);
        if !own.is_empty() {
            return own;
        }
        if view.is_passive(verb) {
            return view.surface_subjects(verb, 0);
        }
        let objects = view.by(verb, &[Deprel::Obj]);
        if objects.len() > 1 {
            return objects[..1].to_vec();
        }
        Vec::new()
    }
}
