//! A phrase becomes the actors that it names: itself, each of several, or the state that its
//! officials, forces or possessions stand for.

use super::view::{Oblique, View};
use crate::lexicon::FunctionWord::{
    Across, Among, Between, By, For, From, In, Including, Inside, Of, Such, The, Within,
};
use crate::lexicon::WordList;
use crate::model::{Deprel, EntityId, MentionForm, TokenIndex, Xpos};

/// How an actor belongs to a phrase or clause, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// The phrase names it, or what stands for it by metonymy: "Ukraine", "Russian officials".
    Actor,
    /// The possessor of what the phrase names: "Ukraine's cities".
    Possessor,
    /// The subject of an action that the phrase or clause tells: "its support", "that it would".
    EmbeddedSubject,
}

/// One actor in a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Argument {
    pub(crate) entity: EntityId,
    /// The head of the phrase; `None` for an implicit argument.
    pub(crate) token: Option<TokenIndex>,
    /// The mention, as an index of the view's; `None` for an implicit argument.
    pub(crate) mention: Option<usize>,
    pub(crate) reach: Reach,
    /// Named at a noun that stands for it: "Russian officials" for Russia.
    pub(crate) by_metonymy: bool,
}

impl View<'_> {
    /// The actors of the phrase at `head`, coordination distributed.
    pub(crate) fn actors(&self, head: TokenIndex, reach: Reach) -> Vec<Argument> {
        let mut found = Vec::new();
        for member in self.members(head) {
            if self.is_ruled_out(member) {
                continue;
            }
            for argument in self.actors_of_one(member, reach, 0) {
                if !found.iter().any(|known: &Argument| known.entity == argument.entity) {
                    found.push(argument);
                }
            }
        }
        if found.iter().all(|argument| argument.token != Some(head)) {
            for argument in self.examples(head) {
                if !found.iter().any(|known: &Argument| known.entity == argument.entity) {
                    found.push(argument);
                }
            }
        }
        found
    }

    /// Whom a phrase names as members of what it tells of: "banks, including Sberbank and VTB",
    /// "firms such as Huawei".
    fn examples(&self, head: TokenIndex) -> Vec<Argument> {
        let named = self.obliques(head).iter().filter(|phrase| {
            phrase.distance == 0
                && phrase.head > head
                && matches!(phrase.preposition, Some(Including | Such))
        });
        let members = named.flat_map(|phrase| self.members(phrase.head));
        members
            .filter_map(|member| {
                Some((self.actor(member).or_else(|| self.named_beside(member))?, member))
            })
            .filter(|&(mention, _)| self.mentions[mention].form.is_named())
            .flat_map(|(mention, member)| self.arguments_of(mention, member))
            .collect()
    }

    fn actors_of_one(&self, head: TokenIndex, reach: Reach, depth: usize) -> Vec<Argument> {
        if depth > 4 {
            return Vec::new();
        }
        if let Some(noun) = self.relative_head(head) {
            return self.actors(noun, reach);
        }
        if let Some(mention) = self.actor(head) {
            return self.arguments_of(mention, head);
        }
        if let Some(name) = self.named_beside(head) {
            return self.arguments_of(name, head);
        }
        // "NATO member Albania", "US ally Japan": the latter.
        if (self.lemma_is(WordList::Affiliate, head) || self.is(WordList::Other, head))
            && let Some(next) = self.step(head, 1)
            && let Some(mention) = self.actor(next)
            && self.mentions[mention].entities.iter().all(EntityId::is_state)
            && self.mentions[mention].form.is_named()
        {
            return self.arguments_of(mention, next);
        }
        let stands_for = self.is(WordList::Metonym, head) || self.is(WordList::Force, head);
        let group = self.is(WordList::GroupNoun, head);
        if stands_for || group {
            let mut found = self.possessors(head, depth);
            self.drop_persons_of_aide(head, &mut found);
            if group && !stands_for {
                found.retain(|argument| argument.entity.is_organization());
            }
            for argument in &mut found {
                // "The Biden administration", "Putin's generals": the state.
                let of_state = self.lemma_is(WordList::StateOrgan, head)
                    || self.is(WordList::Metonym, head) && self.xpos(head) == Xpos::Nns;
                if argument.entity.is_person() && of_state {
                    argument.entity = self.directory.state_of(&argument.entity);
                }
                argument.by_metonymy = true;
                argument.reach = Reach::Actor;
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
        let mut found =
            if reach >= Reach::Possessor { self.possessors(head, depth) } else { Vec::new() };
        self.drop_persons_of_aide(head, &mut found);
        found
    }

    /// "Putin's envoy" is not he; several stand for the state: "Putin's generals".
    fn drop_persons_of_aide(&self, head: TokenIndex, found: &mut Vec<Argument>) {
        if self.lemma_is(WordList::Aide, head) && self.xpos(head) != Xpos::Nns {
            found.retain(|argument| !argument.entity.is_person());
        }
    }

    /// Whether a state is reached only through a firm or a private person: "Chinese banks".
    pub(crate) fn is_private(&self, argument: &Argument) -> bool {
        let Some(noun) = argument.token.and_then(|token| self.head(token)) else { return false };
        let token = argument.token.unwrap_or(noun);
        argument.entity.is_state()
            && self.lemma_is(WordList::Private, noun)
            && self.is_noun(noun)
            && (self.premodifiers(noun).contains(&token)
                || matches!(self.deprel(token), Deprel::NmodPoss | Deprel::Amod | Deprel::Compound)
                || token > noun
                    && self.deprel(token).basic() == Deprel::Nmod
                    && matches!(self.marker_function(token), Some(Of | In | From)))
    }

    /// The states of the towns that the phrase at `head` names, or where it lies: "Kharkiv",
    /// "hospitals in Kharkiv", "Kharkiv's airport".
    pub(crate) fn states_of_towns(&self, head: TokenIndex, reach: Reach) -> Vec<Argument> {
        let mut found: Vec<Argument> = Vec::new();
        for member in self.members(head) {
            let modifiers = self.children(member).iter().copied().filter(|&child| {
                matches!(self.deprel(child), Deprel::Compound | Deprel::NmodPoss | Deprel::Appos)
            });
            let places = self.obliques(member).iter().filter(|phrase| {
                phrase.distance == 0
                    && phrase.head > member
                    && matches!(phrase.preposition, Some(Of | In | Inside | Across))
            });
            // Parsers often hang the place on the verb.
            let behind = self
                .step(member, 1)
                .filter(|&next| matches!(self.function(next), Some(In | Of | Inside | Across)));
            let by_order = behind.and_then(|marker| {
                (1..=3).filter_map(|offset| self.step(marker, offset)).find(|&token| {
                    self.town(token).is_some()
                        || self.actor(token).is_some()
                        || !self.is_light(token)
                })
            });
            let near = modifiers.chain(places.map(|phrase| phrase.head)).chain(by_order);
            let near = near.filter(|_| reach >= Reach::Possessor);
            for token in std::iter::once(member).chain(near) {
                let Some(mention) = self.town(token) else { continue };
                let mut argument = self.arguments_of(mention, token);
                argument.retain(|new| !found.iter().any(|known| known.entity == new.entity));
                for argument in &mut argument {
                    argument.by_metonymy = true;
                }
                found.extend(argument);
            }
        }
        found
    }

    /// Whether a word may stand between "in" and the name of a town: "the eastern town of".
    fn is_light(&self, token: TokenIndex) -> bool {
        matches!(self.function(token), Some(The | Of))
            || self.xpos(token) == Xpos::Jj
            || self.is(WordList::PlaceNoun, token)
    }

    /// A person or organization that follows or accompanies a title or description.
    pub(super) fn named_beside(&self, head: TokenIndex) -> Option<usize> {
        // "The Lebanese group Hezbollah" is Hezbollah.
        let group = self.is(WordList::GroupNoun, head);
        let is_name = |mention: usize| {
            let mention = self.mentions[mention];
            let is_meant = |e: &EntityId| e.is_person() || group && e.is_organization();
            mention.form == MentionForm::Name && mention.entities.iter().all(is_meant)
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
    pub(crate) fn possessors(&self, head: TokenIndex, depth: usize) -> Vec<Argument> {
        // "His Turkish friend" is a Turk; "his friend" and "a friend of Kyiv" are not their owners.
        let other = self.is(WordList::Other, head);
        // "Its first cargo of Russian crude" comes from Russia.
        let measured = self.is(WordList::Measure, head)
            && self.obliques(head).iter().any(|phrase| {
                phrase.distance == 0
                    && phrase.preposition == Some(Of)
                    && !self.premodifiers(phrase.head).is_empty()
            });
        let at = |phrase: TokenIndex| -> Vec<Argument> {
            let members = self.members(phrase).into_iter();
            let found = members.flat_map(|m| self.actors_of_one(m, Reach::Possessor, depth + 1));
            relabel(found.collect(), Reach::Possessor)
        };
        if !measured && !other {
            let mut owners = self.by(head, &[Deprel::NmodPoss]).into_iter().map(at);
            if let Some(found) = owners.find(|found| !found.is_empty()) {
                return found;
            }
        }
        let before: Vec<Argument> = self
            .premodifiers(head)
            .into_iter()
            .map(|token| (token, self.actor(token).expect("premodifiers are mentions")))
            .filter(|&(_, mention)| !other || self.mentions[mention].form == MentionForm::Demonym)
            .flat_map(|(token, mention)| self.arguments_of(mention, token))
            .collect();
        if !before.is_empty() {
            return before;
        }
        // "The attack on Kyiv", "the killing of two Poles" belong to whoever did it.
        let violence = self.is(WordList::Violence, head);
        let belongs = |phrase: &&Oblique| {
            phrase.distance == 0
                && phrase.head > head
                && match phrase.preposition {
                    Some(From) => true,
                    Some(For) => self.lemma_is(WordList::Spokesperson, head),
                    Some(By) => violence || self.is(WordList::Force, head),
                    Some(Of | In | Inside | Within | Across) => !violence,
                    _ => false,
                }
        };
        let phrases = self.obliques(head).iter().filter(belongs);
        phrases.map(|phrase| at(phrase.head)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The subjects, but for the actors `but`, of the action that the phrase or clause at `head`
    /// tells.
    pub(crate) fn embedded_subjects(&self, head: TokenIndex, but: &[EntityId]) -> Vec<Argument> {
        let is_clause = self.is_predicate(head);
        let mut places: Vec<TokenIndex> = Vec::new();
        places.extend(self.by(head, &[Deprel::NmodPoss]).first());
        let by = self.obliques(head).iter().filter(|phrase| {
            matches!(phrase.preposition, Some(From | By | Between | Among)) && phrase.distance <= 1
        });
        places.extend(by.map(|phrase| phrase.head));
        let named = (!is_clause).then(|| self.actors(head, Reach::Actor));
        let at_places = places.into_iter().map(|place| self.actors(place, Reach::Possessor));
        let possessors = (!is_clause).then_some(head).map(|noun| self.possessors(noun, 0));
        // Else the first actor of the clause.
        let inside = self.tree.subtree(head).into_iter();
        let inside = inside
            .filter_map(|token| Some((self.actor(token)?, token)))
            .map(|(mention, token)| self.arguments_of(mention, token));
        named
            .into_iter()
            .chain(at_places)
            .chain(possessors)
            .chain(inside)
            .map(|found| as_embedded_subjects(found, but))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// One argument for each actor of a mention.
    pub(crate) fn arguments_of(&self, mention: usize, token: TokenIndex) -> Vec<Argument> {
        let actors = self.mentions[mention].entities.iter().filter(|entity| entity.is_actor());
        actors
            .map(|entity| Argument {
                entity: entity.clone(),
                token: Some(token),
                mention: Some(mention),
                reach: Reach::Actor,
                by_metonymy: false,
            })
            .collect()
    }
}

fn as_embedded_subjects(mut found: Vec<Argument>, but: &[EntityId]) -> Vec<Argument> {
    found.retain(|argument| !but.contains(&argument.entity));
    relabel(found, Reach::EmbeddedSubject)
}

fn relabel(mut found: Vec<Argument>, reach: Reach) -> Vec<Argument> {
    for argument in &mut found {
        argument.reach = reach;
    }
    found
}
