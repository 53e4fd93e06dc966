//! The rows that all graph formats write: what a node and a tie say of themselves.
//!
//! Rows are types of their own, so that renaming a field of the model changes no file.

use std::borrow::Cow;

use itertools::Itertools as _;

use crate::graph::{Appearance, Standing, Tie};
use crate::model::{Claim, DateSpan, Entity, EntityKind};

use super::Network;
use super::escape::one_line;

/// One node.
#[derive(Debug)]
pub(super) struct NodeRow<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) kind: EntityKind,
    /// Alpha-3 code of the state that it is or belongs to.
    pub(super) state: &'a str,
    /// Alpha-2 code, of states.
    pub(super) iso2: &'a str,
    /// "Q142"; empty where the gazetteer does not know it.
    pub(super) wikidata: String,
    pub(super) aliases: &'a [String],
    /// "Minister of Defence (state:RUS, 2012–2024)", oldest first.
    pub(super) offices: Vec<String>,
    /// Found by title and name, not listed in the gazetteer.
    pub(super) discovered: bool,
    /// Name and value of each measure; whole numbers are written as such.
    pub(super) measures: Vec<(&'static str, f64)>,
    /// How it is drawn, if it was laid out.
    pub(super) appearance: Option<Appearance>,
}

impl NodeRow<'_> {
    /// `State`, `Person`, `Organization`, `Group`, `Weapon`: the label of graph databases.
    pub(super) fn label(&self) -> &'static str {
        label(self.kind)
    }
}

/// What graph databases call an entity of this kind.
pub(super) fn label(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::State => "State",
        EntityKind::Organization => "Organization",
        EntityKind::Group => "Group",
        EntityKind::Weapon => "Weapon",
    }
}

/// One tie, with its best line.
#[derive(Debug)]
pub(super) struct TieRow<'a> {
    pub(super) id: &'a str,
    pub(super) source: &'a str,
    pub(super) target: &'a str,
    pub(super) relation: &'a str,
    pub(super) directed: bool,
    /// Whether a party denies what is asserted or may be so.
    pub(super) disputed: bool,
    /// Stories that assert it; [`UNASSERTED`] where none does.
    pub(super) weight: f64,
    /// Whole numbers by name: `claims`, `stories`, …, claims of each standing.
    pub(super) counts: [(&'static str, u32); 9],
    /// Text by name: `status`, `first_date`, …; empty where there is none.
    pub(super) texts: [(&'static str, Cow<'a, str>); 20],
    pub(super) items: Vec<&'a str>,
    pub(super) denied_items: Vec<&'a str>,
    pub(super) intervals: &'a [DateSpan],
    pub(super) first_date: Option<jiff::civil::Date>,
    pub(super) last_date: Option<jiff::civil::Date>,
    pub(super) confidence: f64,
}

/// What a tie weighs in files that nobody asserts: Gephi deletes an edge of weight 0.
const UNASSERTED: f64 = 0.1;

/// The names of [`TieRow::counts`], in order.
pub(super) const COUNT_NAMES: [&str; 9] = [
    "claims",
    "mentions",
    "stories",
    "asserted_stories",
    "asserted",
    "hedged",
    "prospective",
    "denied",
    "negated",
];

/// The names of [`TieRow::texts`], in order.
pub(super) const TEXT_NAMES: [&str; 20] = [
    "status",
    "denied_by",
    "first_date",
    "last_date",
    "dates",
    "items",
    "denied_items",
    "quantities",
    "roles",
    "evidence",
    "evidence_doc",
    "evidence_title",
    "evidence_date",
    "evidence_url",
    "evidence_claim",
    "attribution",
    "denial",
    "denial_claim",
    "plover",
    "cameo",
];

/// Texts that formats with types of their own have as dates and lists.
pub(super) const TYPED_TEXTS: [&str; 4] = ["first_date", "last_date", "items", "denied_items"];

impl TieRow<'_> {
    /// `SUPPLIES`: the type of graph databases.
    pub(super) fn relationship_type(&self) -> String {
        relationship_type(self.relation)
    }
}

/// What graph databases call a relation.
pub(super) fn relationship_type(relation: &str) -> String {
    relation.to_uppercase().replace('-', "_")
}

/// All nodes in order.
pub(super) fn node_rows(network: Network<'_>) -> impl Iterator<Item = NodeRow<'_>> {
    network.graph.entities().enumerate().map(move |(index, entity)| NodeRow {
        measures: network.measures.iter().map(|c| (c.name, c.values[index])).collect(),
        appearance: network.appearance.get(index).copied(),
        ..entity_row(entity)
    })
}

/// An entity outside of a network.
pub(super) fn entity_row(entity: &Entity) -> NodeRow<'_> {
    NodeRow {
        id: entity.id.as_str(),
        name: &entity.name,
        kind: entity.id.kind(),
        state: entity.state.as_ref().map_or("", |state| state.slug()),
        iso2: entity.iso2.as_deref().unwrap_or(""),
        wikidata: entity.wikidata.map(|id| id.to_string()).unwrap_or_default(),
        aliases: &entity.aliases,
        offices: offices(entity),
        discovered: entity.discovered,
        measures: Vec::new(),
        appearance: None,
    }
}

fn offices(entity: &Entity) -> Vec<String> {
    let year = |year: Option<i16>| year.map(|year| year.to_string()).unwrap_or_default();
    let line = |office: &crate::model::Office| {
        let years = match (office.from, office.to) {
            (None, None) => String::new(),
            (from, to) => format!(", {}–{}", year(from), year(to)),
        };
        format!("{} ({}{years})", office.title, office.holder)
    };
    entity.offices.iter().map(line).collect()
}

/// All ties in order.
pub(super) fn tie_rows(network: Network<'_>) -> impl Iterator<Item = TieRow<'_>> {
    network.graph.ties().map(|(source, target, tie)| tie_row(source, target, tie))
}

fn tie_row<'a>(source: &'a Entity, target: &'a Entity, tie: &'a Tie) -> TieRow<'a> {
    let best = &*tie.best().claim;
    let of = |standing: Standing| tie.counts[standing];
    let asserted = of(Standing::Asserted).stories;
    TieRow {
        id: &tie.id,
        source: source.id.as_str(),
        target: target.id.as_str(),
        relation: tie.relation.as_str(),
        directed: !tie.relation.is_symmetric(),
        disputed: tie.is_disputed(),
        weight: if asserted == 0 { UNASSERTED } else { f64::from(asserted) },
        counts: named(
            COUNT_NAMES,
            [
                tie.all.claims,
                tie.mentions(),
                tie.all.stories,
                asserted,
                of(Standing::Asserted).claims,
                of(Standing::Hedged).claims,
                of(Standing::Prospective).claims,
                of(Standing::Denied).claims,
                of(Standing::Negated).claims,
            ],
        ),
        texts: tie_texts(tie, best),
        items: tie.items.keys().map(String::as_str).collect(),
        denied_items: tie.denied_items.keys().map(String::as_str).collect(),
        intervals: tie.intervals.as_slice(),
        first_date: tie.first_date(),
        last_date: tie.last_date(),
        confidence: confidence(best.confidence),
    }
}

/// Each value with its name.
fn named<T, const N: usize>(names: [&'static str; N], values: [T; N]) -> [(&'static str, T); N] {
    let mut names = names.into_iter();
    values.map(|value| (names.next().expect("there are as many names"), value))
}

fn tie_texts<'a>(tie: &'a Tie, best: &'a Claim) -> [(&'static str, Cow<'a, str>); 20] {
    let article = &*best.evidence.article;
    let date = |date: Option<jiff::civil::Date>| {
        Cow::Owned(date.map(|d| d.to_string()).unwrap_or_default())
    };
    let denial = tie.evidence.iter().find(|line| line.standing == Standing::Denied);
    let denial = denial.map(|line| &*line.claim);
    let texts = [
        tie.status().as_str().into(),
        tie.deniers.iter().join("; ").into(),
        date(tie.first_date()),
        date(tie.last_date()),
        tie.intervals.as_slice().iter().join("; ").into(),
        tie.items.keys().join("; ").into(),
        tie.denied_items.keys().join("; ").into(),
        tie.quantities.iter().join("; ").into(),
        tie.roles.iter().join("; ").into(),
        one_line(&best.evidence.sentence),
        (&*article.id).into(),
        one_line(article.title.as_deref().unwrap_or("")),
        article.date.map(|date| date.to_string()).unwrap_or_default().into(),
        article.url.as_deref().unwrap_or("").into(),
        best.id.as_str().into(),
        best.attribution.as_ref().map_or("", |attribution| attribution.label()).into(),
        denial.map_or(Cow::Borrowed(""), |claim| one_line(&claim.evidence.sentence)),
        denial.map_or("", |claim| claim.id.as_str()).into(),
        tie.relation.plover().into(),
        tie.relation.cameo().into(),
    ];
    named(TEXT_NAMES, texts)
}

/// A confidence in double precision: the decimal number that the other files write, and not the
/// digits that only double precision would see in it.
pub(super) fn confidence(value: f32) -> f64 {
    // Most are thousandths, which need not be written to be read.
    let thousandths = (f64::from(value) * 1000.0).round() / 1000.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::float_cmp,
        reason = "whether both are one number is what is asked"
    )]
    if thousandths as f32 == value {
        return thousandths;
    }
    value.to_string().parse().expect("a written number can be read")
}
