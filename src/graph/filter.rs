//! Which claims count. The same filter serves every command, on fresh and on finished runs.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::{
    Claim, EntityDirectory, EntityId, EntityKind, Modality, Polarity, RelationKind,
};

/// Conditions that a claim must meet; an empty list asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Names of relations.
    pub relations: Vec<String>,
    /// Both ends are of these kinds.
    pub kinds: Vec<EntityKind>,
    /// Polarity.
    pub polarity: Option<Polarity>,
    /// Modalities.
    pub modalities: Vec<Modality>,
    /// The claim's date ends on this day or later; claims without a date fail.
    #[serde(with = "day")]
    pub since: Option<Date>,
    /// The claim's date begins on this day or earlier; claims without a date fail.
    #[serde(with = "day")]
    pub until: Option<Date>,
    /// Least confidence in 0..=1.
    pub min_confidence: f32,
    /// Both ends are one of these, or belong to one of these states.
    pub among: Vec<EntityId>,
}

impl Filter {
    /// Whether `claim` counts.
    #[must_use]
    pub fn accepts(&self, claim: &Claim, directory: &EntityDirectory) -> bool {
        let relation = |relation: &RelationKind| {
            self.relations.is_empty() || self.relations.iter().any(|name| name == relation.as_str())
        };
        let kind = |id: &EntityId| self.kinds.is_empty() || self.kinds.contains(&id.kind());
        let among = |id: &EntityId| {
            self.among.is_empty()
                || self.among.contains(id)
                || directory
                    .get(id)
                    .and_then(|entity| entity.state.as_ref())
                    .is_some_and(|state| self.among.contains(state))
        };
        let date = claim.date();
        relation(&claim.relation)
            && kind(&claim.source)
            && kind(&claim.target)
            && self.polarity.is_none_or(|polarity| polarity == claim.polarity)
            && (self.modalities.is_empty() || self.modalities.contains(&claim.modality))
            && self.since.is_none_or(|since| date.is_some_and(|date| date.last() >= since))
            && self.until.is_none_or(|until| date.is_some_and(|date| date.first() <= until))
            && claim.confidence >= self.min_confidence
            && among(&claim.source)
            && among(&claim.target)
    }
}

/// A day as ISO 8601, which the calendar's own features would cost a dependency.
mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde asks for this form"
    )]
    pub(super) fn serialize<S: Serializer>(day: &Option<Date>, s: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => s.collect_str(day),
            None => s.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Date>, D::Error> {
        let text = Option::<String>::deserialize(d)?;
        text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
    }
}

/// The entities at most `depth` ties away from `center`, whatever the direction.
#[must_use]
pub fn neighbourhood<'a>(
    ties: impl IntoIterator<Item = (&'a EntityId, &'a EntityId)>,
    center: &EntityId,
    depth: u32,
) -> BTreeSet<EntityId> {
    let mut neighbours: BTreeMap<&EntityId, BTreeSet<&EntityId>> = BTreeMap::new();
    for (source, target) in ties {
        neighbours.entry(source).or_default().insert(target);
        neighbours.entry(target).or_default().insert(source);
    }
    let mut found = BTreeSet::from([center.clone()]);
    let mut open = VecDeque::from([(center, 0)]);
    while let Some((id, distance)) = open.pop_front() {
        if distance == depth {
            continue;
        }
        for &next in neighbours.get(id).into_iter().flatten() {
            if found.insert(next.clone()) {
                open.push_back((next, distance + 1));
            }
        }
    }
    found
}
