//! Rule files as people write them: TOML in, plain structs out, each value with its place.
//!
//! Comes in: the text of a file. Goes out: a [`RuleFile`] whose names and lists are not yet
//! looked up. What the words mean is decided in [`compile`](super::compile).

use serde::Deserialize;
use toml::Spanned;

use crate::model::{Modality, Polarity};

/// One file of rules and kinds of relation; each part may be absent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleFile {
    /// The relation that the rules of this file find.
    pub(crate) rules_of: Option<Spanned<String>>,
    /// Kinds of relation that this file defines.
    #[serde(default)]
    pub(crate) relation: Vec<RawRelation>,
    /// The rules, tried in this order.
    #[serde(default)]
    pub(crate) rule: Vec<RawRule>,
    /// Sentences of which the rules of the file must find nothing.
    #[serde(default)]
    pub(crate) near_misses: Vec<Spanned<String>>,
}

/// One kind of relation, whose rules may stand in any file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of the rule file")]
pub(crate) struct RawRelation {
    /// The verb that names it everywhere: lower-case ASCII words joined by `-`.
    pub(crate) name: Spanned<String>,
    /// Whether the pair has no order.
    #[serde(default)]
    pub(crate) symmetric: bool,
    /// Whether it never holds between a person and their own state.
    #[serde(default)]
    pub(crate) abroad: bool,
    /// Whether people and bodies do it, so that a weapon never stands for its state.
    #[serde(default)]
    pub(crate) in_person: bool,
    /// Whether a person holds an office for somebody: its claims come from titles, not from rules.
    #[serde(default)]
    pub(crate) office: bool,
    /// Who counts as the one who says it.
    #[serde(default)]
    pub(crate) attributed: Attributed,
    /// Who gives something to the other; nobody where absent.
    pub(crate) giver: Option<Spanned<Giver>>,
    /// Whether what moves from the giver to the other is part of the claim.
    #[serde(default)]
    pub(crate) moves_goods: bool,
    /// How an argument is found that the sentence leaves out.
    #[serde(default)]
    pub(crate) implicit: Implicit,
    /// Relations and families whose claims tell who is left out, besides the relation itself.
    #[serde(default)]
    pub(crate) implied_by: Vec<Spanned<String>>,
    /// A name that several relations share, so that `implied_by` can name them all.
    #[serde(default)]
    pub(crate) family: String,
    /// Whether the one who speaks may be the argument that is left out.
    #[serde(default)]
    pub(crate) speaker_takes_part: bool,
    /// Whether firms and private people stand for their state as its target.
    #[serde(default)]
    pub(crate) reaches_private: bool,
    /// Whether towns stand for their state as its target.
    #[serde(default)]
    pub(crate) reaches_towns: bool,
    /// Relations in whose place this one stands where one word starts both.
    #[serde(default)]
    pub(crate) wins_over: Vec<Spanned<String>>,
    /// Whether `tieline evaluate` counts it among the core relations.
    #[serde(default)]
    pub(crate) core: bool,
    /// Event type of the PLOVER ontology; empty where it has none.
    #[serde(default)]
    pub(crate) plover: String,
    /// Code of the CAMEO codebook; empty where it has none.
    #[serde(default)]
    pub(crate) cameo: String,
}

/// Who gives something to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Giver {
    /// "Iran helps Russia".
    Source,
    /// "Russia asks Iran".
    Target,
}

impl Giver {
    pub(crate) fn is_source(self) -> bool {
        self == Self::Source
    }
}

/// How an argument is found that the sentence leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Implicit {
    /// The partner in the nearest claim before that implies it.
    #[default]
    Nearest,
    /// The same, else the one whom the whole article tells as the giver or the receiver.
    Story,
    /// The only one on the other side in all claims of the relation so far. Denied claims tell
    /// nobody.
    Opponent,
}

/// Who counts as the one who says a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Attributed {
    /// Whoever is reported or quoted.
    #[default]
    Reported,
    /// Only whoever is quoted word for word.
    Quoted,
}

/// One rule: triggers and the places where its roles are found.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRule {
    /// Unique in its relation; names the rule in claims as `relation.name`.
    pub(crate) name: Spanned<String>,
    /// Base forms of verbs; several words are found in this order, words between allowed.
    #[serde(default)]
    pub(crate) verbs: Vec<Spanned<String>>,
    /// Base forms of nouns.
    #[serde(default)]
    pub(crate) nouns: Vec<Spanned<String>>,
    /// Predicative adjectives and adverbs.
    #[serde(default)]
    pub(crate) adjectives: Vec<Spanned<String>>,
    /// Where the source stands, the first place that yields an actor counts.
    #[serde(default)]
    pub(crate) source: Vec<Spanned<String>>,
    /// Where the target stands.
    #[serde(default)]
    pub(crate) target: Vec<Spanned<String>>,
    /// Where the partners of a symmetric relation stand, in place of source and target.
    #[serde(default)]
    pub(crate) parties: Vec<Spanned<String>>,
    /// Where the goods stand.
    #[serde(default)]
    pub(crate) items: Vec<Spanned<String>>,
    /// What the goods have to be.
    #[serde(default)]
    pub(crate) goods: Goods,
    /// Words of which one must stand among the trigger's dependents.
    #[serde(default)]
    pub(crate) with: Vec<Spanned<String>>,
    /// Words none of which may stand among the trigger's dependents.
    #[serde(default)]
    pub(crate) without: Vec<Spanned<String>>,
    /// Roles that the paragraph may supply.
    #[serde(default)]
    pub(crate) recover: Vec<Spanned<String>>,
    /// Kinds that the source may have; any where empty.
    #[serde(default)]
    pub(crate) source_kinds: Vec<Spanned<String>>,
    /// Kinds that the target may have; any where empty.
    #[serde(default)]
    pub(crate) target_kinds: Vec<Spanned<String>>,
    /// Whether the claim holds in both directions.
    #[serde(default)]
    pub(crate) reciprocal: bool,
    /// Polarity that the trigger itself has.
    pub(crate) polarity: Option<Polarity>,
    /// Modality that the trigger itself has. `asserted`: trying makes it no plan, for what the
    /// rule finds is itself an attempt.
    pub(crate) modality: Option<Modality>,
    /// Whether a noun with its agent tells of what is known, whatever is planned about it: "to
    /// end Russia's war".
    #[serde(default)]
    pub(crate) presupposed: bool,
    /// Whether the subject tells of it for the state that it speaks for: "announced tanks".
    #[serde(default)]
    pub(crate) announced: bool,
    /// Relations for which a claim counts where the same two were last told in one of them:
    /// "they also discussed" after a call.
    #[serde(default)]
    pub(crate) retells: Vec<Spanned<String>>,
    /// Event type of the PLOVER ontology, where it is not that of the relation.
    pub(crate) plover: Option<String>,
    /// Code of the CAMEO codebook for what the rule finds, where it is not that of the relation.
    pub(crate) cameo: Option<Spanned<String>>,
    /// Estimated share of right claims among those that the rule finds, 0..=1.
    pub(crate) weight: Option<Spanned<f32>>,
    /// Sentences that must give a claim: `TEXT => SOURCE TARGET [POLARITY] [MODALITY]`.
    #[serde(default)]
    pub(crate) matches: Vec<Spanned<String>>,
    /// Sentences in which the rule must find nothing.
    #[serde(default)]
    pub(crate) near_misses: Vec<Spanned<String>>,
}

/// What the goods of a rule have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Goods {
    /// The rule has no goods, or any will do.
    #[default]
    Any,
    /// Goods may be left out; where they stand, they are no abstract thing.
    Optional,
    /// A noun that is not known to be abstract must be there.
    Concrete,
    /// A weapon or a word of the list `goods` must be there.
    Required,
}

/// The embedded files with their names, sorted, and where they lie.
pub(super) const EMBEDDED: (&str, &[(&str, &str)]) =
    ("data/rules", include!(concat!(env!("OUT_DIR"), "/rules.rs")));
