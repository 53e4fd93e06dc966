//! Which claims and ties count, and what they fold into: filters that are checked and can be kept.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{Claim, Entity, EntityDirectory, EntityId, closed_set};

use super::{Filter, RelationGraph, Weighting, folded, neighbourhood};

closed_set! {
    /// What entities are rolled up to.
    "projection" Rollup {
        /// People become the states that they serve. International bodies, alliances, armed groups
        /// and firms stay what they are, and so do the people who hold an office of one.
        PeopleToStates = "people-to-states",
        /// The same, and groups without a name become the states among whose people they are.
        GroupsToStates = "groups-to-states",
    }
}

/// Checked filters, ready to be applied.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Selection {
    /// Which claims count.
    pub filter: Filter,
    /// Only this entity and those so many ties away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub around: Option<(EntityId, u32)>,
    /// What ties weigh by.
    pub weighting: Weighting,
    /// Least weight of a tie.
    pub min_weight: u32,
    /// What entities are rolled up to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollup: Option<Rollup>,
}

impl Selection {
    /// Whether every claim counts, as it is.
    #[must_use]
    pub fn takes_all_claims(&self) -> bool {
        self.filter == Filter::default() && self.rollup.is_none()
    }

    /// The claim as it counts, or `None` if it does not.
    #[must_use]
    pub fn apply(&self, claim: Arc<Claim>, directory: &EntityDirectory) -> Option<Arc<Claim>> {
        if !self.filter.accepts(&claim, directory) {
            return None;
        }
        match self.rollup {
            None => Some(claim),
            Some(rollup) => {
                let date = claim.date();
                let of_entity = |entity: &Entity| match &entity.state {
                    Some(state) if rollup == Rollup::GroupsToStates && entity.id.is_group() => {
                        state.clone()
                    }
                    _ => folded(entity, date).clone(),
                };
                let state = |id: &EntityId| directory.get(id).map_or_else(|| id.clone(), of_entity);
                let (mut source, mut target) = (state(&claim.source), state(&claim.target));
                if claim.relation.is_symmetric() && target < source {
                    (source, target) = (target, source);
                }
                (source != target).then(|| Arc::new(Claim { source, target, ..(*claim).clone() }))
            }
        }
    }

    /// The ties of `graph` that count.
    #[must_use]
    pub fn cut(&self, graph: RelationGraph) -> RelationGraph {
        let mut graph = graph;
        if self.min_weight > 0 {
            graph = graph.filtered(|_, _, tie| tie.weight(self.weighting) >= self.min_weight);
        }
        if let Some((center, depth)) = &self.around {
            let ends = graph.ties().map(|(source, target, _)| (&source.id, &target.id));
            let near = neighbourhood(ends, center, *depth);
            graph = graph.filtered(|a, b, _| near.contains(&a.id) && near.contains(&b.id));
        }
        graph
    }
}
