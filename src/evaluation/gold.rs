//! Claims as annotators write them down.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::DateSpan;

/// One claim, annotated or found. Ids that the gazetteer lacks are allowed; marks, blanks and
/// spellings need not be those of the article.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct GoldClaim {
    /// Name of the article's file; in a gold standard the article has it.
    #[serde(default)]
    pub doc: String,
    /// The sentence that says it.
    pub sentence: String,
    /// Name of the relation.
    pub relation: String,
    /// Id of the source.
    pub source: String,
    /// Id of the target.
    pub target: String,
    /// Ids or words of what moves.
    #[serde(default)]
    pub items: Vec<String>,
    /// `positive`, also where nothing is said, or `negative`.
    #[serde(default)]
    pub polarity: Option<String>,
    /// `asserted`, also where nothing is said, `hedged` or `prospective`.
    #[serde(default)]
    pub modality: Option<String>,
    /// Id or words of the speaker; `None` is the outlet.
    #[serde(default)]
    pub attribution: Option<String>,
    /// Whether source or target is not named in its place.
    #[serde(default)]
    pub needs_coreference: bool,
}

/// One annotated article.
#[derive(Debug, Default, Deserialize)]
pub struct GoldArticle {
    /// Name of its file.
    pub doc: String,
    /// When it was published.
    #[serde(default)]
    pub date: Option<DateSpan>,
    /// Its text, where the annotation repeats it.
    #[serde(default)]
    pub text: String,
    /// Names of the entities, by id.
    #[serde(default)]
    pub entities: BTreeMap<String, String>,
    /// Every claim.
    pub claims: Vec<GoldClaim>,
    /// Claims that a careful reader could defend: neither required nor wrong.
    #[serde(default, alias = "optional")]
    pub optional_claims: Vec<GoldClaim>,
    /// Every sentence, also those without a claim.
    #[serde(default)]
    pub sentences: Vec<String>,
}
