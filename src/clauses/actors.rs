//! A phrase becomes the actors that it names: itself, each of several, or the state that its
//! officials, forces or possessions stand for.

use super::view::View;
use crate::lexicon::FunctionWord::{
    Across, Among, Between, By, From, If, In, Inside, Of, Should, The, Unless, Within,
};
use crate::lexicon::WordList;
use crate::model::{Deprel, EntityId, MentionForm, TokenIndex, Xpos};

/// How far from the head of a phrase an actor may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// The phrase names it, or names its officials or forces.
    Actor,
    /// What the phrase names belongs to it: "Ukraine's cities".
    Owner,
    /// It does what the phrase or clause tells: "its support for", "that it would".
    Conduct,
}

/// One actor in a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filler {
    pub(crate) entity: EntityId,
    /// The token at which the phrase was entered; `None` where the paragraph supplied it.
    pub(crate) token: Option<TokenIndex>,
    /// The mention in the view.
    pub(crate) mention: Option<usize>,
    pub(crate) reach: Reach,
    /// Found by words around a noun that stands for it.
    pub(crate) stand_in: bool,
}

impl View<'_> {
    /// The actors of the phrase at `head`, coordination distributed.
    pub(crate) fn actors(&self, head: TokenIndex, reach: Reach) -> Vec<Filler> {
        let mut found = Vec::new();
        for member in self.members(head) {
            for filler in self.actors_of_one(member, reach, 0) {
                if !found.iter().any(|known: &Filler| known.entity == filler.entity) {
                    found.push(filler);
                }
            }
        }
        found
    }

    fn actors_of_one(&self, head: TokenIndex, reach: Reach, depth: usize) -> Vec<Filler> {
        if depth > 4 {
            return Vec::new();
        }
        if let Some(noun) = self.relative_head(head) {
            return self.actors(noun, reach);
        }
        if let Some(mention) = self.actor(head) {
            // "Russian President Vladimir Putin" whose head is the demonym: the person counts.
            let form = self.mentions[mention].form;
            if form == MentionForm::Demonym
                && let Some(person) = self.named_beside(head)
            {
                return self.fillers(person, head, reach, false);
            }
            return self.fillers(mention, head, reach, false);
        }
        if let Some(name) = self.named_beside(head) {
            return self.fillers(name, head, reach, false);
        }
        // "NATO member Albania", "US ally Japan": the latter.
        if (self.lemma_is(WordList::Affiliate, head) || self.is(WordList::Other, head))
            && let Some(next) = self.step(head, 1)
            && let Some(mention) = self.actor(next)
            && self.mentions[mention].entities.iter().all(EntityId::is_state)
            && self.mentions[mention].form.is_named()
        {
            return self.fillers(mention, next, reach, false);
        }
        // "Kirby, the spokesman who …": the apposition is whom it stands beside.
        if self.deprel(head) == Deprel::Appos
            && let Some(above) = self.head(head).and_then(|above| self.actor(above))
            && self.mentions[above].entities.iter().all(EntityId::is_person)
        {
            return self.fillers(above, head, reach, false);
        }
        let stands_for = self.is(WordList::StandIn, head) || self.is(WordList::Force, head);
        let group = self.is(WordList::GroupNoun, head);
        if stands_for || group {
            let mut found = self.owners(head, depth);
            if group && !stands_for {
                found.retain(|filler| filler.entity.is_organization());
            }
            for filler in &mut found {
                // "The Biden administration", "Putin's generals": the state.
                let of_state = self.lemma_is(WordList::StateOrgan, head)
                    || self.is(WordList::StandIn, head) && self.xpos(head) == Xpos::Nns;
                if filler.entity.is_person() && of_state {
                    filler.entity = self.directory.state_of(&filler.entity);
                }
                filler.stand_in = true;
                filler.reach = Reach::Actor;
            }
            if !found.is_empty() {
                return found;
            }
        }
        // "Some among the leadership", "one of them", "members of".
        if self.lemma_is(WordList::Partitive, head) {
            for phrase in self.obliques(head) {
                if phrase.distance == 0 && matches!(phrase.preposition, Some(Of | Among)) {
                    let found = self.actors_of_one(phrase.head, reach, depth + 1);
                    if !found.is_empty() {
                        return found;
                    }
                }
            }
        }
        if reach >= Reach::Owner { self.owners(head, depth) } else { Vec::new() }
    }

    /// A person or organization that follows or accompanies a title or description.
    pub(super) fn named_beside(&self, head: TokenIndex) -> Option<usize> {
        let is_name = |mention: usize| {
            let mention = self.mentions[mention];
            mention.form == MentionForm::Name && mention.entities.iter().all(EntityId::is_person)
        };
        if self.is(WordList::Office, head)
            && let Some(mention) = self.behind_title(head)
            && is_name(mention)
        {
            return Some(mention);
        }
        // "The administration of US President Joe Biden" is not he.
        if self.lemma_is(WordList::StateOrgan, head) {
            return None;
        }
        self.children(head).iter().copied().find_map(|child| {
            let beside = matches!(
                self.deprel(child),
                Deprel::Flat | Deprel::Appos | Deprel::NmodDesc | Deprel::Dep | Deprel::Nmod
            ) && self.marker(child).is_none();
            let mention = self.actor(child)?;
            (beside && is_name(mention)).then_some(mention)
        })
    }

    /// The actor right behind a title, told by the order of words: "President Xi", "President of
    /// Lithuania Gitanas Nauseda", "his counterpart, Wang Yi,". Parsers often hang the name on the
    /// verb.
    fn behind_title(&self, office: TokenIndex) -> Option<usize> {
        let next = self.step(office, 1)?;
        if self.actor(next).is_some() {
            return self.actor(next);
        }
        let past = |mention: usize| self.behind(self.mentions[mention]);
        if self.function(next) == Some(Of) {
            let mut holder = self.step(next, 1)?;
            if self.function(holder) == Some(The) {
                holder = self.step(holder, 1)?;
            }
            return self.actor(past(self.actor(holder)?)?);
        }
        if self.word(next) != "," {
            return None;
        }
        let mention = self.actor(self.step(next, 1)?)?;
        past(mention)
            .is_none_or(|end| matches!(self.word(end), "," | "." | "\"" | "”" | ")" | ";"))
            .then_some(mention)
    }

    /// Whom the phrase at `head` belongs to: possessive, demonym, "of", "in".
    pub(crate) fn owners(&self, head: TokenIndex, depth: usize) -> Vec<Filler> {
        // "His Turkish friend" is a Turk; "his friend" and "a friend of Kyiv" are not their owners.
        let other = self.is(WordList::Other, head);
        // "Its first cargo of Russian crude" comes from Russia.
        let measured = self.is(WordList::Measure, head)
            && self.obliques(head).iter().any(|phrase| {
                phrase.distance == 0
                    && phrase.preposition == Some(Of)
                    && !self.premodifiers(phrase.head).is_empty()
            });
        for owner in self.by(head, &[Deprel::NmodPoss]) {
            if measured || other {
                break;
            }
            let mut found = Vec::new();
            for member in self.members(owner) {
                found.extend(self.actors_of_one(member, Reach::Owner, depth + 1));
            }
            if !found.is_empty() {
                return relabel(found);
            }
        }
        let before: Vec<Filler> = self
            .premodifiers(head)
            .into_iter()
            .map(|token| (token, self.actor(token).expect("premodifiers are mentions")))
            .filter(|&(_, mention)| !other || self.mentions[mention].form == MentionForm::Demonym)
            .flat_map(|(token, mention)| self.fillers(mention, token, Reach::Owner, false))
            .collect();
        if !before.is_empty() || other {
            return before;
        }
        for phrase in self.obliques(head) {
            if phrase.distance == 0
                && phrase.head > head
                && matches!(phrase.preposition, Some(Of | In | From | Inside | Within | Across))
            {
                let mut found = Vec::new();
                for member in self.members(phrase.head) {
                    found.extend(self.actors_of_one(member, Reach::Owner, depth + 1));
                }
                if !found.is_empty() {
                    return relabel(found);
                }
            }
        }
        Vec::new()
    }

    /// The actors that do what the phrase or clause at `head` tells.
    pub(crate) fn conductors(&self, head: TokenIndex, but: &[EntityId]) -> Vec<Filler> {
        let wanted = |found: Vec<Filler>| -> Vec<Filler> {
            let kept: Vec<Filler> =
                found.into_iter().filter(|filler| !but.contains(&filler.entity)).collect();
            relabel_as(kept, Reach::Conduct)
        };
        let mut attempts: Vec<Vec<Filler>> = Vec::new();
        if self.is_predicate(head) {
            // "Warnings against aiding Moscow": whoever would aid is left out.
            let subjects = self.by(head, &[Deprel::Nsubj, Deprel::NsubjPass]);
            if subjects.is_empty() && self.xpos(head) == Xpos::Vbg {
                // Or what looks like a gerund is an adjective: "escalating support from China".
                let mut objects = self.by(head, &[Deprel::Obj]);
                objects.retain(|&object| self.actors(object, Reach::Actor).is_empty());
                let from = self
                    .obliques(head)
                    .iter()
                    .filter(|phrase| phrase.distance == 0 && phrase.preposition == Some(From));
                let from = from.map(|phrase| wanted(self.actors(phrase.head, Reach::Owner)));
                let from = from.filter(|_| !objects.is_empty());
                return objects
                    .iter()
                    .map(|&object| self.conductors(object, but))
                    .chain(from)
                    .find(|found| !found.is_empty())
                    .unwrap_or_default();
            }
            for subject in self.by(head, &[Deprel::Nsubj]) {
                attempts.push(self.actors(subject, Reach::Owner));
            }
            // "That it could send arms if Russia …": a step of one's own warns of another's.
            for clause in self.by(head, &[Deprel::Advcl]) {
                if matches!(self.marker_function(clause), Some(If | Unless | Should)) {
                    for subject in self.by(clause, &[Deprel::Nsubj]) {
                        attempts.push(self.actors(subject, Reach::Owner));
                    }
                }
            }
            for agent in self.by(head, &[Deprel::OblAgent]) {
                attempts.push(self.actors(agent, Reach::Owner));
            }
        } else {
            attempts.push(self.actors(head, Reach::Actor));
            if let Some(owner) = self.by(head, &[Deprel::NmodPoss]).first() {
                attempts.push(self.actors(*owner, Reach::Owner));
            }
            for phrase in self.obliques(head) {
                if matches!(phrase.preposition, Some(From | By | Between | Among))
                    && phrase.distance <= 1
                {
                    attempts.push(self.actors(phrase.head, Reach::Owner));
                }
            }
            attempts.push(self.owners(head, 0));
        }
        for found in attempts {
            let kept = wanted(found);
            if !kept.is_empty() {
                return kept;
            }
        }
        // The first actor of the clause.
        let inside = self.tree.subtree(head);
        for token in inside {
            if let Some(mention) = self.actor(token) {
                let kept = wanted(self.fillers(mention, token, Reach::Conduct, false));
                if !kept.is_empty() {
                    return kept;
                }
            }
        }
        Vec::new()
    }

    /// One filler for each entity of a mention.
    pub(crate) fn fillers(
        &self,
        mention: usize,
        token: TokenIndex,
        reach: Reach,
        stand_in: bool,
    ) -> Vec<Filler> {
        let reach = reach.min(Reach::Owner);
        let reach = if reach == Reach::Owner { Reach::Actor } else { reach };
        self.mentions[mention]
            .entities
            .iter()
            .filter(|entity| entity.is_actor())
            .map(|entity| Filler {
                entity: entity.clone(),
                token: Some(token),
                mention: Some(mention),
                reach,
                stand_in,
            })
            .collect()
    }
}

fn relabel(found: Vec<Filler>) -> Vec<Filler> {
    relabel_as(found, Reach::Owner)
}

fn relabel_as(found: Vec<Filler>, reach: Reach) -> Vec<Filler> {
    found.into_iter().map(|filler| Filler { reach, ..filler }).collect()
}
