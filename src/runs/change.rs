//! What a correction changes, and which two changes cannot both be meant.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{DateSpan, EntityId, Modality, Polarity};

/// What is decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Change {
    /// The claim is wrong.
    Reject {
        /// Its id.
        claim: String,
    },
    /// Fields of the claim are wrong.
    Edit {
        /// Its id.
        claim: String,
        /// What they should be.
        set: Fields,
    },
    /// Several entities are one.
    Merge {
        /// At least two, or one that is not `into`.
        entities: Vec<EntityId>,
        /// What they become.
        into: EntityId,
    },
    /// An entity is two: some of its claims mean another one.
    Split {
        /// The entity.
        entity: EntityId,
        /// What the claims mean instead.
        into: EntityId,
        /// Name of the other entity.
        name: String,
        /// Ids of the claims.
        claims: Vec<String>,
    },
    /// The entity and its claims are left out.
    Hide {
        /// The entity.
        entity: EntityId,
    },
    /// The entity is shown by another name.
    Rename {
        /// The entity.
        entity: EntityId,
        /// The name.
        name: String,
    },
    /// The entity has one more name.
    Alias {
        /// The entity.
        entity: EntityId,
        /// The name.
        alias: String,
    },
    /// A claim made by hand.
    Add(Box<AddedClaim>),
}

impl Change {
    /// The name of its kind in the file.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Reject { .. } => "reject",
            Self::Edit { .. } => "edit",
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Hide { .. } => "hide",
            Self::Rename { .. } => "rename",
            Self::Alias { .. } => "alias",
            Self::Add(_) => "add",
        }
    }

    /// What `later` wants that this one rules out.
    pub(super) fn contradiction(&self, later: &Self) -> Option<String> {
        match (self, later) {
            (Self::Reject { claim: a }, Self::Edit { claim: b, .. })
            | (Self::Edit { claim: a, .. }, Self::Reject { claim: b }) => {
                (a == b).then(|| format!("claim {a} is both rejected and edited"))
            }
            (Self::Edit { claim: a, set: first }, Self::Edit { claim: b, set: second }) => {
                let field = (a == b).then(|| differing_field(first, second))??;
                Some(format!("{field} of claim {a} gets another value"))
            }
            (
                Self::Merge { entities: a, into: into_a },
                Self::Merge { entities: b, into: into_b },
            ) => {
                let both =
                    a.iter().find(|id| b.contains(id) && **id != *into_a && **id != *into_b)?;
                (into_a != into_b).then(|| format!("{both} is merged into {into_b}"))
            }
            (Self::Rename { entity: a, name: x }, Self::Rename { entity: b, name: y }) => {
                (a == b && x != y).then(|| format!("{a} is renamed to {y:?}"))
            }
            (
                Self::Split { claims: a, into: into_a, entity, .. },
                Self::Split { claims: b, into: into_b, entity: other, .. },
            ) => {
                let both = a.iter().find(|claim| b.contains(claim))?;
                (entity == other && into_a != into_b)
                    .then(|| format!("claim {both} means {into_b}"))
            }
            (Self::Hide { entity }, Self::Rename { entity: other, .. })
            | (Self::Rename { entity: other, .. }, Self::Hide { entity }) => {
                (entity == other).then(|| format!("{entity} is both hidden and renamed"))
            }
            _ => None,
        }
    }
}

/// "reject 0123456789abcdef", "rename person:kim-jong-un", for people.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind();
        match self {
            Self::Reject { claim } | Self::Edit { claim, .. } => write!(f, "{kind} {claim}"),
            Self::Merge { entities, into } => {
                let ids: Vec<_> = entities.iter().map(EntityId::as_str).collect();
                write!(f, "{kind} {} into {into}", ids.join(", "))
            }
            Self::Split { entity, into, .. } => write!(f, "{kind} {entity}: {into}"),
            Self::Hide { entity } => write!(f, "{kind} {entity}"),
            Self::Rename { entity, name } => write!(f, "{kind} {entity} to {name:?}"),
            Self::Alias { entity, alias } => write!(f, "{kind} {alias:?} of {entity}"),
            Self::Add(added) => {
                write!(f, "{kind} {} {} {}", added.source, added.relation, added.target)
            }
        }
    }
}

/// New values of a claim's fields; an empty text takes a value away.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// Name of the relation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// From whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<EntityId>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<EntityId>,
    /// What moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<String>>,
    /// How much of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// Whether it is said to hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<Polarity>,
    /// How firmly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modality: Option<Modality>,
    /// Who says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// When it took place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_date: Option<String>,
    /// The office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

impl Fields {
    /// The names of the fields that get new values, as the file spells them.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(fields)) => {
                fields.into_iter().map(|(name, _)| name).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// A claim made by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddedClaim {
    /// Name of the relation.
    pub relation: String,
    /// From whom.
    pub source: EntityId,
    /// To whom.
    pub target: EntityId,
    /// The line that says it.
    pub sentence: String,
    /// What is cited.
    pub doc: String,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<DateSpan>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What moves: ids of weapons, or plain words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// How much of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// Whether it is said to hold.
    #[serde(default = "positive", skip_serializing_if = "is_positive")]
    pub polarity: Polarity,
    /// How firmly.
    #[serde(default = "asserted", skip_serializing_if = "is_asserted")]
    pub modality: Modality,
    /// Who says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// When it took place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_date: Option<DateSpan>,
    /// The office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

fn positive() -> Polarity {
    Polarity::Positive
}

fn asserted() -> Modality {
    Modality::Asserted
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_positive(polarity: &Polarity) -> bool {
    *polarity == Polarity::Positive
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_asserted(modality: &Modality) -> bool {
    *modality == Modality::Asserted
}

/// The name of a field to which both give a value, and not the same.
fn differing_field(a: &Fields, b: &Fields) -> Option<&'static str> {
    fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        a.zip(b).is_some_and(|(a, b)| a != b)
    }
    [
        ("relation", differ(a.relation.as_ref(), b.relation.as_ref())),
        ("source", differ(a.source.as_ref(), b.source.as_ref())),
        ("target", differ(a.target.as_ref(), b.target.as_ref())),
        ("items", differ(a.items.as_ref(), b.items.as_ref())),
        ("quantity", differ(a.quantity.as_ref(), b.quantity.as_ref())),
        ("polarity", differ(a.polarity.as_ref(), b.polarity.as_ref())),
        ("modality", differ(a.modality.as_ref(), b.modality.as_ref())),
        ("attribution", differ(a.attribution.as_ref(), b.attribution.as_ref())),
        ("event_date", differ(a.event_date.as_ref(), b.event_date.as_ref())),
        ("role", differ(a.role.as_ref(), b.role.as_ref())),
    ]
    .into_iter()
    .find_map(|(name, differs)| differs.then_some(name))
}
