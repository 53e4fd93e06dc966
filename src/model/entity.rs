//! Things in the world: people, states, organizations, groups, weapons.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::closed::closed_set;
use super::wikidata::WikidataId;

closed_set! {
    /// What an entity is.
    "kind" EntityKind {
        /// A human being, named.
        Person = "person",
        /// A state; its organs, capital and forces stand for it.
        State = "state",
        /// An international body, company, armed group, news agency.
        Organization = "organization",
        /// People without a name of their own: "Syrian rebels", "protesters" of a state.
        Group = "group",
        /// A weapon: a model or a class.
        Weapon = "weapon",
    }
}

/// A stable, readable id: `kind:slug`, such as `state:PRK` or `person:kim-jong-un`.
/// Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId {
    id: Arc<str>,
}

impl EntityId {
    /// The id of a `kind` with a `slug`.
    ///
    /// # Errors
    ///
    /// If the slug is not of the kind's form: three capitals for a state; else lower-case ASCII
    /// words and digits joined by single hyphens, before which a group may have three capitals.
    pub fn new(kind: EntityKind, slug: &str) -> Result<Self, InvalidEntityId> {
        let is_state = |slug: &str| slug.len() == 3 && slug.bytes().all(|b| b.is_ascii_uppercase());
        let are_words = |slug: &str| {
            !slug.is_empty()
                && slug.split('-').all(|word| {
                    !word.is_empty()
                        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                })
        };
        let fits = match kind {
            EntityKind::State => is_state(slug),
            EntityKind::Group => slug.split_once('-').is_some_and(|(owner, noun)| {
                (is_state(owner) || are_words(owner)) && are_words(noun)
            }),
            _ => are_words(slug),
        };
        if fits {
            Ok(Self { id: [kind.as_str(), ":", slug].concat().into() })
        } else {
            Err(InvalidEntityId(format!("{kind}:{slug}")))
        }
    }

    /// The whole id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.id
    }

    /// The part before the colon.
    ///
    /// # Panics
    ///
    /// Never: an id is checked when it is made.
    #[must_use]
    pub fn kind(&self) -> EntityKind {
        let (kind, _) = self.id.split_once(':').expect("an id holds a colon");
        kind.parse().expect("an id starts with its kind")
    }

    /// The part after the colon.
    ///
    /// # Panics
    ///
    /// Never: an id is checked when it is made.
    #[must_use]
    pub fn slug(&self) -> &str {
        let (_, slug) = self.id.split_once(':').expect("an id holds a colon");
        slug
    }

    /// Whether this is a state.
    #[must_use]
    pub fn is_state(&self) -> bool {
        self.id.starts_with("state:")
    }

    /// Whether this is a person.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.id.starts_with("person:")
    }

    /// Whether this is an organization.
    #[must_use]
    pub fn is_organization(&self) -> bool {
        self.id.starts_with("organization:")
    }

    /// Whether this is a group without a name.
    #[must_use]
    pub fn is_group(&self) -> bool {
        self.id.starts_with("group:")
    }

    /// Whether this is a weapon.
    #[must_use]
    pub fn is_weapon(&self) -> bool {
        self.id.starts_with("weapon:")
    }

    /// Whether it can act: a person, state, organization or group.
    #[must_use]
    pub fn is_actor(&self) -> bool {
        !self.is_weapon()
    }
}

/// A text that is no `kind:slug`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no entity id (expected kind:slug, such as state:PRK or person:kim-jong-un)")]
pub struct InvalidEntityId(pub String);

impl FromStr for EntityId {
    type Err = InvalidEntityId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once(':').and_then(|(kind, slug)| Some((kind.parse().ok()?, slug)));
        let (kind, slug) = parts.ok_or_else(|| InvalidEntityId(text.to_owned()))?;
        Self::new(kind, slug)
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.id)
    }
}

impl fmt::Debug for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)
    }
}

impl Serialize for EntityId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.id)
    }
}

impl<'de> Deserialize<'de> for EntityId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

closed_set! {
    /// Grammatical gender by which a pronoun refers to a person.
    "gender" Gender {
        /// She.
        Female = "f",
        /// He.
        Male = "m",
    }
}

/// A post that a person holds or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// "Minister of Defence".
    pub title: String,
    /// The state or organization.
    pub holder: EntityId,
    /// First year, if known.
    pub from: Option<i16>,
    /// Last year; `None` while held or unknown.
    pub to: Option<i16>,
}

impl Office {
    /// Whether it may have been held in `year`; any may where the year is unknown.
    #[must_use]
    pub fn is_held_in(&self, year: Option<i16>) -> bool {
        year.is_none_or(|year| {
            self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
        })
    }
}

/// What is known of one thing in the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Stable id.
    pub id: EntityId,
    /// Name to show.
    pub name: String,
    /// Other names, as in the gazetteer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// State served, seat or maker, where there is one; for a state, itself; for a group, the one
    /// among whose people it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<EntityId>,
    /// Of organizations: what it is, as in the gazetteer ("alliance", "armed-group"). Of groups:
    /// "armed", "political", "crowd" or "people".
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub subtype: Option<String>,
    /// ISO 3166-1 alpha-2 code, of states only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iso2: Option<String>,
    /// Id of the same thing in Wikidata, where the gazetteer knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<WikidataId>,
    /// Of persons only, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Of persons only, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<Office>,
    /// Of weapons: the next wider classes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<EntityId>,
    /// Of states only: lower-case nouns and adjectives by which texts call it, as in the gazetteer
    /// ("island", "reclusive"). Not exported: only references are read with it.
    #[serde(skip)]
    pub described_as: Vec<String>,
    /// Of states only: the adjective that names of groups begin with. Not exported.
    #[serde(skip)]
    pub adjective: Option<String>,
    /// Found in a text, a person by title and name or a group by its noun, not listed in the
    /// gazetteer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub discovered: bool,
}

impl Entity {
    /// An entity of which only id and name are known.
    #[must_use]
    pub fn bare(id: EntityId, name: impl Into<String>) -> Self {
        let state = id.is_state().then(|| id.clone());
        Self {
            id,
            name: name.into(),
            aliases: Vec::new(),
            state,
            subtype: None,
            iso2: None,
            wikidata: None,
            gender: None,
            offices: Vec::new(),
            parents: Vec::new(),
            described_as: Vec::new(),
            adjective: None,
            discovered: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_checked_by_kind() {
        for good in [
            "state:PRK",
            "person:kim-jong-un",
            "weapon:f-16",
            "organization:united-nations",
            "group:SYR-rebels",
            "group:kurdish-forces",
            "group:CUB-political-prisoners",
        ] {
            assert_eq!(good.parse::<EntityId>().unwrap().as_str(), good);
        }
        for bad in [
            "state:prk",
            "state:KP",
            "person:Kim",
            "person:",
            "weapon:a--b",
            "city:paris",
            "x",
            "group:rebels",
            "group:SYR",
            "group:SYR-",
            "group:SYr-rebels",
        ] {
            assert!(bad.parse::<EntityId>().is_err(), "{bad}");
        }
    }
}
