//! How a claim stands: what it lets a tie say.

use serde::{Deserialize, Serialize};

use crate::model::{
    Claim, DateSpan, Entity, EntityDirectory, EntityId, Modality, Office, Polarity, closed_set,
};

closed_set! {
    /// What a claim says of its tie. The strongest comes first.
    "standing" Standing {
        /// It is so.
        Asserted = "asserted",
        /// It may be so.
        Hedged = "hedged",
        /// It is planned, sought, offered or depends on something.
        Prospective = "prospective",
        /// It is not so, said by one of the two parties or by somebody who speaks for it.
        Denied = "denied",
        /// It is not so, said by anybody else.
        Negated = "negated",
    }
}

impl Standing {
    /// The standing of `claim`; `directory` tells who speaks for whom.
    #[must_use]
    pub fn of(claim: &Claim, directory: &EntityDirectory) -> Self {
        match (claim.polarity, claim.modality) {
            (Polarity::Positive, Modality::Asserted) => Self::Asserted,
            (Polarity::Positive, Modality::Hedged) => Self::Hedged,
            (Polarity::Positive, Modality::Prospective) => Self::Prospective,
            (Polarity::Negative, _) if denying_party(claim, directory).is_some() => Self::Denied,
            (Polarity::Negative, _) => Self::Negated,
        }
    }

    /// What people read on the screen.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Asserted => "said",
            Self::Hedged => "may have",
            Self::Prospective => "planned",
            Self::Denied => "denied",
            Self::Negated => "said not to be",
        }
    }

    /// Whether it says that the relation holds, will hold or may hold.
    #[must_use]
    pub fn is_positive(self) -> bool {
        !matches!(self, Self::Denied | Self::Negated)
    }

    /// Place among [`Standing::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// One value for each standing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByStanding<T>([T; 5]);

impl<T> ByStanding<T> {
    /// Standings with their values, the strongest first.
    pub fn iter(&self) -> impl Iterator<Item = (Standing, &T)> {
        Standing::ALL.iter().copied().zip(&self.0)
    }
}

impl<T> std::ops::Index<Standing> for ByStanding<T> {
    type Output = T;

    fn index(&self, standing: Standing) -> &T {
        &self.0[standing.index()]
    }
}

impl<T> std::ops::IndexMut<Standing> for ByStanding<T> {
    fn index_mut(&mut self, standing: Standing) -> &mut T {
        &mut self.0[standing.index()]
    }
}

/// The party that denies `claim`: the source or the target, where the speaker is it or speaks for
/// it. `None` for a positive claim, and for a negative one by anybody else.
#[must_use]
pub fn denying_party<'c>(claim: &'c Claim, directory: &EntityDirectory) -> Option<&'c EntityId> {
    if claim.polarity == Polarity::Positive {
        return None;
    }
    let holder = claim.attribution.as_ref()?.holder.as_ref()?;
    let parties = [&claim.source, &claim.target];
    let date = claim.date();
    // Whoever is a party speaks for it before anybody who serves it.
    let itself = parties.into_iter().find(|party| *party == holder);
    itself.or_else(|| parties.into_iter().find(|party| speaks_for(holder, party, date, directory)))
}

/// Whether `holder` speaks for `party` on `date`: it is the party, or holds an office of it, or the
/// party holds an office of `holder`, or both hold an office of one state or body.
fn speaks_for(
    holder: &EntityId,
    party: &EntityId,
    date: Option<DateSpan>,
    directory: &EntityDirectory,
) -> bool {
    let served = |id: &EntityId| match directory.get(id) {
        Some(entity) if id.is_person() => serves(entity, date),
        _ => vec![id.clone()],
    };
    if holder == party {
        return true;
    }
    // Two private people serve nobody, and so not each other.
    let served_by_party = served(party);
    served(holder).iter().any(|id| served_by_party.contains(id))
}

/// The states and bodies whose offices a person holds on `date`; the person's state where no office
/// has a year that excludes the date and none is of a body.
fn serves(person: &Entity, date: Option<DateSpan>) -> Vec<EntityId> {
    let current = |office: &&Office| held_on(office, date);
    person.offices.iter().filter(current).map(|office| office.holder.clone()).collect()
}

/// Whether the office may be held on `date`; an unknown year excludes nothing.
fn held_on(office: &Office, date: Option<DateSpan>) -> bool {
    date.is_none_or(|date| {
        office.from.is_none_or(|from| from <= date.last().year())
            && office.to.is_none_or(|to| date.first().year() <= to)
    })
}

/// The state that `entity` folds into on `date` when people become states: people do, unless the
/// only offices that they hold then are of an international body, a firm or a group.
#[must_use]
pub fn folded(entity: &Entity, date: Option<DateSpan>) -> &EntityId {
    if !entity.id.is_person() {
        return &entity.id;
    }
    let mut current = entity.offices.iter().filter(|office| held_on(office, date)).peekable();
    let elsewhere = current.peek().is_some() && !current.any(|office| office.holder.is_state());
    match &entity.state {
        Some(state) if !elsewhere => state,
        _ => &entity.id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, state: &str, offices: &[(&str, Option<i16>, Option<i16>)]) -> Entity {
        let mut entity = Entity::bare(id.parse().unwrap(), id);
        entity.state = Some(state.parse().unwrap());
        let office = |&(holder, from, to): &(&str, _, _)| Office {
            title: "Office".to_owned(),
            holder: holder.parse().unwrap(),
            from,
            to,
        };
        entity.offices = offices.iter().map(office).collect();
        entity
    }

    #[test]
    fn who_holds_an_office_speaks_for_its_state_and_its_colleagues() {
        let directory = EntityDirectory::new([
            person("person:spokesman", "state:AAA", &[("state:AAA", Some(2012), None)]),
            person("person:president", "state:AAA", &[("state:AAA", None, None)]),
            person("person:former", "state:AAA", &[("state:AAA", Some(1990), Some(1999))]),
            person("person:critic", "state:AAA", &[]),
            Entity::bare("state:AAA".parse().unwrap(), "Aland"),
        ]);
        let date = Some("2024-05-01".parse().unwrap());
        for (holder, party, expected) in [
            ("person:spokesman", "state:AAA", true),
            ("person:spokesman", "person:president", true),
            ("state:AAA", "person:president", true),
            ("person:former", "state:AAA", false),
            ("person:critic", "state:AAA", false),
            ("person:critic", "person:critic", true),
            ("state:BBB", "state:AAA", false),
            ("organization:alliance", "state:AAA", false),
        ] {
            let (holder, party) = (holder.parse().unwrap(), party.parse().unwrap());
            let found = speaks_for(&holder, &party, date, &directory);
            assert_eq!(found, expected, "{holder} for {party}");
        }
    }

    #[test]
    fn people_fold_into_states_and_bodies_never_do() {
        let date = Some("2024".parse().unwrap());
        let minister = person("person:a", "state:AAA", &[("state:AAA", Some(2020), None)]);
        let secretary = person(
            "person:b",
            "state:AAA",
            &[("state:AAA", Some(2000), Some(2010)), ("organization:alliance", Some(2014), None)],
        );
        let private = person("person:c", "state:AAA", &[]);
        let mut union = Entity::bare("organization:union".parse().unwrap(), "Union");
        union.state = Some("state:AAA".parse().unwrap());
        union.subtype = Some("union".to_owned());
        for (entity, expected) in [
            (&minister, "state:AAA"),
            (&secretary, "person:b"),
            (&private, "state:AAA"),
            (&union, "organization:union"),
        ] {
            assert_eq!(folded(entity, date).as_str(), expected);
        }
    }
}
