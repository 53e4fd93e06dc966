//! What a claim can say of two actors. The set is open: rule files define it.

use std::fmt;
use std::sync::Arc;

/// What is known of one kind of relation; defined in `data/rules/relations.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own")]
pub struct RelationFacts {
    /// The verb that names it everywhere, such as `supplies`: lower-case ASCII words joined by `-`.
    pub name: String,
    /// Whether the pair is unordered.
    pub symmetric: bool,
    /// Whether it never holds between a person and their own state.
    pub abroad: bool,
    /// Whether people and bodies do it, never their weapons: a drone meets no jets.
    pub in_person: bool,
    /// Whether it says that a person holds an office: a fact about a person rather than a tie.
    pub office: bool,
    /// Whether what moves from one to the other is part of the claim.
    pub moves_goods: bool,
    /// Whether figures count it among the core relations.
    pub core: bool,
    /// Event type of the PLOVER ontology (Open Event Data Alliance, 2023); empty where it has none.
    pub plover: String,
    /// Code of the CAMEO codebook (Schrodt, 2012, version 1.1b3); empty where it has none.
    pub cameo: String,
}

/// Codes of event data for what one rule finds, where they are not those of its relation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventCodes {
    /// Event type of the PLOVER ontology; may be empty.
    pub plover: String,
    /// Code of the CAMEO codebook; may be empty.
    pub cameo: String,
}

/// One kind of relation. Cheap to clone; equal and ordered by name.
#[derive(Clone)]
pub struct RelationKind {
    facts: Arc<RelationFacts>,
}

impl RelationKind {
    /// The kind with these facts.
    #[must_use]
    pub fn new(facts: RelationFacts) -> Self {
        Self { facts: facts.into() }
    }

    /// A kind with a direction and no event code.
    #[must_use]
    pub fn directed(name: &str) -> Self {
        Self::plain(name, false)
    }

    /// A kind whose pairs are unordered, with no event code.
    #[must_use]
    pub fn symmetric(name: &str) -> Self {
        Self::plain(name, true)
    }

    fn plain(name: &str, symmetric: bool) -> Self {
        let name = name.to_owned();
        Self::new(RelationFacts { name, symmetric, ..RelationFacts::default() })
    }

    /// Its name, such as `supplies`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.facts.name
    }

    /// Whether the pair is unordered.
    #[must_use]
    pub fn is_symmetric(&self) -> bool {
        self.facts.symmetric
    }

    /// Whether people and bodies do it, never their weapons: "meets".
    #[must_use]
    pub fn is_in_person(&self) -> bool {
        self.facts.in_person
    }

    /// Whether it never holds between a person and their own state: "visits".
    #[must_use]
    pub fn is_abroad(&self) -> bool {
        self.facts.abroad
    }

    /// Whether it says that a person holds an office: "represents".
    #[must_use]
    pub fn is_office(&self) -> bool {
        self.facts.office
    }

    /// Whether what moves from one to the other is part of the claim: "supplies".
    #[must_use]
    pub fn moves_goods(&self) -> bool {
        self.facts.moves_goods
    }

    /// Whether figures count it among the core relations.
    #[must_use]
    pub fn is_core(&self) -> bool {
        self.facts.core
    }

    /// PLOVER event type; may be empty.
    #[must_use]
    pub fn plover(&self) -> &str {
        &self.facts.plover
    }

    /// CAMEO code; may be empty.
    #[must_use]
    pub fn cameo(&self) -> &str {
        &self.facts.cameo
    }
}

impl fmt::Display for RelationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for RelationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq for RelationKind {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}
impl Eq for RelationKind {}
impl PartialOrd for RelationKind {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for RelationKind {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}
impl std::hash::Hash for RelationKind {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}
