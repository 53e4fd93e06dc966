//! What the page of a run tells beside its network: the sentences around its lines, found again in
//! the segments, and the decisions of people.

use std::collections::BTreeSet;

use crate::export::{Around, Beside, Decision, claims_in_context, goods_of};
use crate::graph::RelationGraph;
use crate::model::EntityDirectory;

use super::RunError;
use super::corrections::{Change, Correction, Corrections};
use super::merge::Source;

/// What the page of `graph` tells beside it; `directory` knows its entities.
pub(super) fn beside(
    sources: &[Source],
    decisions: Vec<Decision>,
    graph: &RelationGraph,
    directory: &EntityDirectory,
) -> Result<Beside, RunError> {
    let goods = goods_of(graph, directory);
    let mut beside = Beside { decisions, goods, ..Beside::default() };
    let mut wanted = claims_in_context(graph);
    // Where two hold a claim, the newer reading, which counts, is the later one.
    for source in sources.iter().rev() {
        let mut segment = source.open()?;
        let mut take = |wanted: &mut BTreeSet<String>, id: &str, before: &str, after: &str| {
            if let Some(id) = wanted.take(id)
                && !(before.is_empty() && after.is_empty())
            {
                let around = Around { before: before.to_owned(), after: after.to_owned() };
                beside.around.insert(id, around);
            }
        };
        while !wanted.is_empty()
            && segment.next_around(|id, before, after| take(&mut wanted, id, before, after))?
        {
        }
    }
    Ok(beside)
}

/// What people have decided, in the order of the file.
pub(super) fn decisions(corrections: &Corrections) -> Vec<Decision> {
    corrections.list.iter().map(|placed| decision(&placed.correction)).collect()
}

fn decision(correction: &Correction) -> Decision {
    let (mut claims, mut entities, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    match &correction.change {
        Change::Reject { claim } => claims.push(claim.clone()),
        Change::Edit { claim, set } => {
            claims.push(claim.clone());
            changed = set.names();
        }
        Change::Merge { entities: several, into } => {
            entities.push(into.clone());
            entities.extend(several.iter().filter(|id| *id != into).cloned());
        }
        Change::Split { entity, into, claims: meant, .. } => {
            entities.extend([entity.clone(), into.clone()]);
            claims.extend(meant.iter().cloned());
        }
        Change::Hide { entity } | Change::Rename { entity, .. } | Change::Alias { entity, .. } => {
            entities.push(entity.clone());
        }
        Change::Add(added) => entities.extend([added.source.clone(), added.target.clone()]),
    }
    Decision {
        kind: correction.change.kind(),
        claims,
        entities,
        changed,
        by: correction.by.clone(),
        on: correction.on.0.to_string(),
        why: correction.why.clone(),
    }
}
