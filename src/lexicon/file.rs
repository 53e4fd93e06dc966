//! Word lists as people write them: TOML in, entries with their lines out.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// One file of lists.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LexiconFile {
    /// Base forms by the name of their list: an inflected word counts as its base form.
    #[serde(default)]
    pub(super) words: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Words that count as they stand, by the name of their list.
    #[serde(default)]
    pub(super) forms: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Phrases of web pages, in small letters, by what they say of their line.
    #[serde(default)]
    pub(super) phrases: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Numbers of words that count as they stand, by the name of their table.
    #[serde(default)]
    pub(super) tables: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<i64>>>,
    /// Words with values, by the name of what pairs them.
    #[serde(default)]
    pub(super) pairs: BTreeMap<Spanned<String>, Vec<PairsRow>>,
}

/// Words that share their values.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PairsRow {
    pub(super) words: Vec<Spanned<String>>,
    pub(super) values: Vec<Spanned<String>>,
}

/// The embedded files with their names, sorted, and where they lie.
pub(super) const EMBEDDED: (&str, &[(&str, &str)]) =
    ("data/lexicon", include!(concat!(env!("OUT_DIR"), "/lexicon.rs")));
