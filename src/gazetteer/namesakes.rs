//! People whose surname is the name of a state: once they are named in full, the bare name is theirs.
//!
//! "Jim Jordan … Jordan warned". Left out: texts that speak of the state by other names too, where
//! the bare name is nobody's unless the words around it tell of a place.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::FunctionWord::{Across, In, Inside, Into, Near, Throughout, Within};
use crate::lexicon::WordList;
use crate::model::{EntityId, MentionForm};

use super::named::{Discovered, Named, NamesSoFar};

/// Where somebody of a surname is named in full, and who, if they have an id.
type Introduced = (u32, Option<EntityId>);

/// Whose a name is that a state has too.
enum Owner {
    State,
    Person(EntityId),
    /// Somebody's who has no id, or one of several.
    Nobody,
}

impl NamesSoFar<'_> {
    /// Takes the names of states that are surnames in this article from the states.
    pub(super) fn resolve_namesakes(&mut self, discovered: &[Discovered]) {
        let people = self.named_like_states(discovered);
        if people.is_empty() {
            return;
        }
        for n in 0..self.named.len() {
            for at in (0..self.named[n].len()).rev() {
                match self.owner(n, &self.named[n][at], &people) {
                    Owner::State => {}
                    Owner::Person(id) => {
                        let named = &mut self.named[n][at];
                        (named.id, named.form, named.full) = (id, MentionForm::Name, false);
                    }
                    Owner::Nobody => {
                        self.named[n].remove(at);
                    }
                }
            }
        }
    }

    /// Everybody who is named in full with a surname that is the name of a state.
    fn named_like_states(&self, discovered: &[Discovered]) -> BTreeMap<String, Vec<Introduced>> {
        let mut people: BTreeMap<String, Vec<Introduced>> = BTreeMap::new();
        let states = self.named.iter().flatten().filter(|named| named.id.is_state());
        let states: BTreeSet<&str> = states.map(|named| named.span.of(self.text())).collect();
        let mut add = |surname: &str, start: u32, id: Option<EntityId>| {
            if states.contains(surname) {
                people.entry(surname.to_owned()).or_default().push((start, id));
            }
        };
        for person in discovered {
            add(&person.surname, person.span.start(), Some(person.entity.id.clone()));
        }
        for named in self.named.iter().flatten().filter(|named| named.full) {
            let name = named.span.of(self.text());
            let surname = name.rsplit(char::is_whitespace).next().unwrap_or(name);
            add(surname, named.span.start(), Some(named.id.clone()));
        }
        // "Steve Israel", who has no id.
        for (n, hits) in self.hits.iter().enumerate() {
            for hit in hits {
                let entity = self.gazetteer.matcher.alias(hit.alias).entity;
                if !self.gazetteer.id(entity).is_state() || self.is_taken(n, hit.span) {
                    continue;
                }
                if self.is_surname_of_person(n, hit.span) {
                    add(hit.span.of(self.text()), hit.span.start(), None);
                }
            }
        }
        people
    }

    /// Whose the name of a state is.
    fn owner(&self, n: usize, named: &Named, people: &BTreeMap<String, Vec<Introduced>>) -> Owner {
        let bare =
            matches!(named.form, MentionForm::Name | MentionForm::Demonym | MentionForm::Capital);
        let name = named.span.of(self.text());
        let introduced = people.get(name).filter(|_| bare && named.id.is_state());
        let Some(introduced) = introduced else { return Owner::State };
        let mut before = introduced.iter().filter(|(start, _)| *start < named.span.start());
        let Some((_, id)) = before.next() else { return Owner::State };
        let lexicon = &self.gazetteer.lexicon;
        let after = self.word_after(n, named.span).map_or("", |word| word.text);
        // "French troops"
        let is_adjective = named.form == MentionForm::Demonym
            && after.starts_with(char::is_lowercase)
            && !after.ends_with("ed")
            && !lexicon.has(WordList::VerbBehindName, after)
            && !lexicon.has(WordList::SpeechVerb, after);
        let preposition = self.word_before(n, named.span).map_or("", |word| word.text);
        let is_place = matches!(
            lexicon.function_word(preposition),
            Some(In | Into | Inside | Near | Across | Throughout | Within)
        );
        if is_adjective || is_place {
            return Owner::State;
        }
        let other_name = |other: &Named| other.id == named.id && other.span.of(self.text()) != name;
        if self.named.iter().flatten().any(other_name) {
            return Owner::Nobody;
        }
        let only = before.all(|(_, other)| other == id);
        id.clone().filter(|_| only).map_or(Owner::Nobody, Owner::Person)
    }
}
