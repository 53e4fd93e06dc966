//! The nouns: plain data that every room shares, without behaviour of their own.
//!
//! Sibling rooms meet here and nowhere else.

mod article;
mod claim;
mod closed;
mod directory;
mod entity;
mod limit;
mod mention;
mod phrase_table;
mod relation;
mod sentence;
mod span;
mod tree;
mod wikidata;
mod written_date;

pub use article::{Article, ArticleId, ArticleInfo, DateSpan, Field, InvalidDate};
pub use claim::{Attribution, Claim, Evidence, Item, Modality, Polarity, Quote};
pub use closed::UnknownName;
pub(crate) use closed::closed_set;
pub use directory::EntityDirectory;
pub use entity::{Entity, EntityId, EntityKind, Gender, InvalidEntityId, Office};
pub use limit::Limit;
pub use mention::{Mention, MentionForm, References};
pub(crate) use phrase_table::{PhraseTable, words};
pub use relation::{EventCodes, RelationFacts, RelationKind};
pub use sentence::{
    Deprel, Document, Sentence, SentenceKind, Token, TokenIndex, Upos, Xpos, lower_case,
};
pub use span::{Byte, Span, TokenUnit};
pub use tree::{DependencyTree, Node, NotATree};
pub use wikidata::{InvalidWikidataId, WikidataId};
pub use written_date::{DateOrder, OrderEvidence, month_number};
