//! One directed relation, said in one sentence, with all that is said about it.

use std::sync::Arc;

use super::closed::closed_set;
use super::{ArticleInfo, Byte, DateSpan, EntityId, EventCodes, Field, RelationKind, Span};

closed_set! {
    /// Whether the sentence says that it holds.
    "polarity" Polarity {
        /// It does, did or will.
        Positive = "positive",
        /// It does or did not.
        Negative = "negative",
    }
}

closed_set! {
    /// How firmly it is said.
    "modality" Modality {
        /// Presented as so.
        Asserted = "asserted",
        /// May, might, reportedly, is believed to.
        Hedged = "hedged",
        /// Future, planned, sought, offered, conditional.
        Prospective = "prospective",
    }
}

/// What moves: an entity or a plain noun phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The weapon, where it is one of the gazetteer's.
    pub entity: Option<EntityId>,
    /// The noun phrase without determiners and numbers, as it stands in the text.
    pub phrase: String,
    /// The bytes of that phrase.
    pub span: Span<Byte>,
}

impl Item {
    /// The id, else the phrase.
    #[must_use]
    pub fn label(&self) -> &str {
        self.entity.as_ref().map_or(&self.phrase, EntityId::as_str)
    }
}

/// Words with their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// As they stand in the text.
    pub text: String,
    /// Their bytes.
    pub span: Span<Byte>,
}

/// Who says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The speaker, where it is an entity.
    pub holder: Option<EntityId>,
    /// The speaker's words in the text, or the name of the one that a pronoun stands for.
    pub text: String,
    /// The bytes of the speaker, where the text has any.
    pub holder_span: Option<Span<Byte>>,
    /// The bytes of the cue: "said", "according to".
    pub cue_span: Option<Span<Byte>>,
}

impl Attribution {
    /// The id, else the plain words.
    #[must_use]
    pub fn label(&self) -> &str {
        self.holder.as_ref().map_or(&self.text, EntityId::as_str)
    }
}

/// Where a claim stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The article.
    pub article: Arc<ArticleInfo>,
    /// The sentence, as it stands in the text.
    pub sentence: String,
    /// The field of the record that all spans of the claim count in.
    pub field: Field,
    /// The sentence's bytes in that field.
    pub span: Span<Byte>,
    /// The word or words that started the match.
    pub trigger: Span<Byte>,
    /// The mention of the source; `None` where it was recovered from the context.
    pub source: Option<Span<Byte>>,
    /// The mention of the target; `None` where it was recovered from the context.
    pub target: Option<Span<Byte>>,
}

/// One directed relation, said in one sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// 16 hexadecimal digits, from the content of the claim: stable across runs.
    pub id: String,
    /// Where it stands, word for word.
    pub evidence: Evidence,
    /// What is said.
    pub relation: RelationKind,
    /// From whom. Of a symmetric relation, the smaller id.
    pub source: EntityId,
    /// To whom.
    pub target: EntityId,
    /// What moves; of relations that move goods only.
    pub items: Vec<Item>,
    /// How much of it, as the text says.
    pub quantity: Option<Quote>,
    /// Whether it is said to hold.
    pub polarity: Polarity,
    /// How firmly.
    pub modality: Modality,
    /// Who says it; `None` is the outlet itself.
    pub attribution: Option<Attribution>,
    /// When it took place, if the sentence tells.
    pub event_date: Option<DateSpan>,
    /// The office; of `represents` only.
    pub role: Option<String>,
    /// The rule that found it.
    pub rule: String,
    /// The rule's own event codes; `None` where those of the relation hold.
    pub codes: Option<Arc<EventCodes>>,
    /// How sure the reading is, in 0..=1: an estimate that ranks claims.
    pub confidence: f32,
}

impl Claim {
    /// When it took place, else when it was published.
    #[must_use]
    pub fn date(&self) -> Option<DateSpan> {
        self.event_date.or(self.evidence.article.date)
    }

    /// Event type of the PLOVER ontology: that of the rule, else of the relation. May be empty.
    #[must_use]
    pub fn plover(&self) -> &str {
        self.codes.as_ref().map_or_else(|| self.relation.plover(), |codes| &codes.plover)
    }

    /// Code of the CAMEO codebook: that of the rule, else of the relation. May be empty.
    #[must_use]
    pub fn cameo(&self) -> &str {
        self.codes.as_ref().map_or_else(|| self.relation.cameo(), |codes| &codes.cameo)
    }
}
