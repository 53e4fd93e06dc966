//! How likely a claim is right, from what its derivation looks like.
//!
//! A logistic score over a handful of features whose weights are set by hand: an estimate that
//! ranks readings, not a calibrated probability, and of the reading, not of the event.

use super::actors::{Filler, Reach};
use crate::model::{Mention, MentionForm};

/// What is known of a derivation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Features<'a> {
    /// The rule's own weight, 0..=1.
    pub(super) weight: f32,
    pub(super) source: &'a Filler,
    pub(super) target: &'a Filler,
    pub(super) source_mention: Option<&'a Mention>,
    pub(super) target_mention: Option<&'a Mention>,
    /// Tokens between the trigger and the farther role.
    pub(super) distance: u32,
}

/// Estimated probability in 0..=1 that the claim is right.
pub(super) fn confidence(features: Features<'_>) -> f32 {
    let weight = features.weight.clamp(0.02, 0.98);
    let mut score = (weight / (1.0 - weight)).ln();
    for (filler, mention) in
        [(features.source, features.source_mention), (features.target, features.target_mention)]
    {
        if filler.token.is_none() {
            score -= 1.0;
        }
        score -= match filler.reach {
            Reach::Actor => 0.0,
            Reach::Owner => 0.35,
            Reach::Conduct => 0.5,
        };
        if mention.is_some_and(|mention| {
            matches!(mention.form, MentionForm::Pronoun | MentionForm::Description)
        }) {
            score -= 0.6;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "sentences have few tokens")]
    let far = (features.distance as f32 - 8.0).clamp(0.0, 24.0);
    score -= far * 0.03;
    let probability = 1.0 / (1.0 + (-score).exp());
    (probability * 1000.0).round() / 1000.0
}
