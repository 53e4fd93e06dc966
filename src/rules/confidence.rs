//! How likely a claim is right, from what its derivation looks like.
//!
//! A logistic score over a handful of features. Its numbers stand in `data/rules/confidence.toml`
//! and are fitted to annotated articles by `training/confidence.py`, which also tells how well the
//! estimates hold on articles that they were not fitted to. What is estimated is that somebody who
//! reads the sentence would make the same claim of the same pair, not that it happened.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::clauses::actors::{Filler, Reach};
use crate::model::{Mention, MentionForm};

/// What the estimate is made from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Features {
    /// The rule's own weight, 0..=1.
    pub weight: f32,
    /// How many of source and target the paragraph or the directory supplied.
    pub recovered: u8,
    /// How many own what stands in their place.
    pub owners: u8,
    /// How many do what is told in their place.
    pub conducts: u8,
    /// How many are pronouns or descriptions.
    pub references: u8,
    /// How many are seen in their officials, forces or things.
    pub stand_ins: u8,
    /// Tokens between the trigger and the farther one, beyond the eighth, at most 24.
    pub distance: u32,
}

impl Features {
    /// The features of a claim with these roles, each with its mention, `distance` tokens from
    /// the trigger.
    pub(crate) fn new(weight: f32, roles: [(&Filler, Option<&Mention>); 2], distance: u32) -> Self {
        let count = |holds: &dyn Fn(&Filler, Option<&Mention>) -> bool| {
            roles.iter().map(|&(filler, mention)| u8::from(holds(filler, mention))).sum()
        };
        Self {
            weight,
            recovered: count(&|filler, _| filler.token.is_none()),
            owners: count(&|filler, _| filler.reach == Reach::Owner),
            conducts: count(&|filler, _| filler.reach == Reach::Conduct),
            references: count(&|_, mention| {
                mention.is_some_and(|mention| {
                    matches!(mention.form, MentionForm::Pronoun | MentionForm::Description)
                })
            }),
            stand_ins: count(&|filler, _| filler.stand_in),
            distance: distance.saturating_sub(8).min(24),
        }
    }
}

/// The numbers of the estimate: log odds for each unit of a feature.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Calibration {
    intercept: f32,
    /// For the log odds of the rule's own weight.
    weight: f32,
    recovered: f32,
    owners: f32,
    conducts: f32,
    references: f32,
    stand_ins: f32,
    distance: f32,
    /// By relation; a relation that is not listed has 0.
    #[serde(default)]
    relations: BTreeMap<String, f32>,
}

impl Default for Calibration {
    /// The rule's own weight as it is.
    fn default() -> Self {
        Self {
            intercept: 0.0,
            weight: 1.0,
            recovered: 0.0,
            owners: 0.0,
            conducts: 0.0,
            references: 0.0,
            stand_ins: 0.0,
            distance: 0.0,
            relations: BTreeMap::new(),
        }
    }
}

impl Calibration {
    /// Estimated probability in 0..=1 that a claim of `relation` is right, in thousandths.
    pub(crate) fn confidence(&self, relation: &str, features: Features) -> f32 {
        let weight = features.weight.clamp(0.02, 0.98);
        #[expect(clippy::cast_precision_loss, reason = "at most 24")]
        let distance = features.distance as f32;
        let score = self.intercept
            + self.weight * (weight / (1.0 - weight)).ln()
            + self.recovered * f32::from(features.recovered)
            + self.owners * f32::from(features.owners)
            + self.conducts * f32::from(features.conducts)
            + self.references * f32::from(features.references)
            + self.stand_ins * f32::from(features.stand_ins)
            + self.distance * distance
            + self.relations.get(relation).copied().unwrap_or(0.0);
        let probability = 1.0 / (1.0 + (-score).exp());
        (probability * 1000.0).round() / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_numbers_of_its_own_the_rules_weight_counts() {
        let features = Features { weight: 0.8, recovered: 2, ..Features::default() };
        assert!((Calibration::default().confidence("supplies", features) - 0.8).abs() < 0.001);
    }

    #[test]
    fn each_feature_moves_the_estimate_by_its_log_odds() {
        let calibration = Calibration {
            intercept: 1.0,
            weight: 0.0,
            references: -1.0,
            relations: BTreeMap::from([("warns".to_owned(), 1.0)]),
            ..Calibration::default()
        };
        let features = Features { references: 2, ..Features::default() };
        assert!((calibration.confidence("warns", features) - 0.5).abs() < 0.001);
        assert!(calibration.confidence("supplies", features) < 0.3);
    }
}
