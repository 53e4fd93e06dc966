//! Places where entities are named or referred to.

use super::closed::closed_set;
use super::{Byte, EntityId, Span, TokenUnit};

closed_set! {
    /// By what form a mention refers.
    "mention form" MentionForm {
        /// A name or alias, in full or as used alone: "North Korea", "Putin".
        Name = "name",
        /// An adjective of a state: "Russian".
        Demonym = "demonym",
        /// A people: "Russians", "the Ukrainians".
        People = "people",
        /// A capital or seat of power that may stand for its state: "Moscow", "the Kremlin".
        Capital = "capital",
        /// An organ of a state or organization: "State Department".
        Organ = "organ",
        /// A class or model of weapon: "artillery shells".
        Weapon = "weapon",
        /// A noun for people without a name whose state the text tells: "rebels", "protesters".
        Group = "group",
        /// A town or region, which stands for its state only where it is attacked.
        Town = "town",
        /// A pronoun: "he", "its", "they".
        Pronoun = "pronoun",
        /// A noun phrase that refers back: "the country", "his Chinese counterpart".
        Description = "description",
    }
}

impl MentionForm {
    /// Whether it names its entity by itself, without an antecedent, and wherever it stands.
    #[must_use]
    pub fn is_named(self) -> bool {
        !matches!(self, Self::Town | Self::Pronoun | Self::Description)
    }
}

/// A place where one entity, or each of several, is named or referred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Bytes in the article's text: exactly the words of the name.
    pub span: Span<Byte>,
    /// Number of its sentence in the document.
    pub sentence: usize,
    /// The tokens it touches in that sentence.
    pub tokens: Span<TokenUnit>,
    /// Whom it means: one, or each member of "the two countries". Never empty, sorted, distinct.
    pub entities: Vec<EntityId>,
    /// By what form.
    pub form: MentionForm,
    /// The mention that a pronoun or description takes its referent from: its index in the
    /// document's mentions by name.
    pub antecedent: Option<usize>,
}

impl Mention {
    /// The entity, where it is a single one.
    #[must_use]
    pub fn entity(&self) -> Option<&EntityId> {
        match &self.entities[..] {
            [entity] => Some(entity),
            _ => None,
        }
    }
}

/// What in a sentence may refer back, as far as its words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct References {
    /// Number of words and phrases that may.
    pub count: usize,
    /// Whether one of them may mean several: "they", "the two sides".
    pub several: bool,
    /// How many sentences back the antecedents may stand.
    pub reach: usize,
}

impl References {
    /// Adds one that looks `reach` sentences back.
    pub fn add(&mut self, reach: usize, several: bool) {
        self.count += 1;
        self.several |= several;
        self.reach = self.reach.max(reach);
    }
}
