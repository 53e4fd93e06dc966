//! What the page tells beside the network: the sentences around its lines, and what people have
//! decided about claims and entities.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::graph::RelationGraph;
use crate::model::{Entity, EntityDirectory, EntityId};

/// Lines whose neighbours a page carries; the best ones of each tie come first.
const MAX_AROUND: usize = 3000;

/// What the page tells beside the network.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Beside {
    /// The sentences around that of a claim, by its id.
    pub around: BTreeMap<String, Around>,
    /// Decisions that the network follows, in their order.
    pub decisions: Vec<Decision>,
    /// The goods that its lines name, as far as they are entities.
    pub goods: BTreeMap<EntityId, Goods>,
}

/// What is known of goods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Goods {
    /// Name to show.
    pub name: String,
    /// Other names, as in the gazetteer.
    pub aliases: Vec<String>,
    /// Names of the next wider classes.
    pub classes: Vec<String>,
}

/// The goods that lines of `graph` name, as `directory` knows them.
#[must_use]
pub fn goods_of(graph: &RelationGraph, directory: &EntityDirectory) -> BTreeMap<EntityId, Goods> {
    let items = graph.ties().flat_map(|(_, _, tie)| &tie.evidence);
    let items = items.flat_map(|line| &line.claim.items).filter_map(|item| item.entity.as_ref());
    let ids: BTreeSet<&EntityId> = items.collect();
    let class = |id: &EntityId| match directory.get(id) {
        Some(class) => class.name.clone(),
        None => id.slug().replace('-', " "),
    };
    let goods = |entity: &Entity| Goods {
        name: entity.name.clone(),
        aliases: entity.aliases.clone(),
        classes: entity.parents.iter().map(class).collect(),
    };
    ids.into_iter().filter_map(|id| Some((id.clone(), goods(directory.get(id)?)))).collect()
}

/// The sentences before and behind one; each empty where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// The one before, at most its last 240 characters.
    pub before: String,
    /// The one behind, at most its first 240 characters.
    pub after: String,
}

/// What somebody decided about claims or entities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Its kind: reject, edit, merge.
    pub kind: &'static str,
    /// Ids of the claims that it is about.
    pub claims: Vec<String>,
    /// The entities that it is about.
    pub entities: Vec<EntityId>,
    /// Fields that it changed, by name.
    pub changed: Vec<String>,
    /// Who decided.
    pub by: String,
    /// On which day, as `2025-01-31`.
    pub on: String,
    /// Why, in free words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// Ids of the claims whose neighbours the page of `graph` carries: the best lines of every tie, then
/// the second best ones, until there are enough.
#[must_use]
pub fn claims_in_context(graph: &RelationGraph) -> BTreeSet<String> {
    let longest = graph.ties().map(|(_, _, tie)| tie.evidence.len()).max().unwrap_or(0);
    let lines = (0..longest)
        .flat_map(|n| graph.ties().filter_map(move |(_, _, tie)| tie.evidence.get(n)))
        .take(MAX_AROUND);
    lines.map(|line| line.claim.id.clone()).collect()
}
