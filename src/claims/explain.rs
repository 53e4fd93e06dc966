//! Why a sentence gave the claims that it gave, and what those that came near missed.

use super::ParsedArticle;
use super::context::Context;
use super::dealings::Dealings;
use super::extract;
use super::judge::{self, Weighed};
use super::siblings;
use super::vocabulary::{End, Found};
use crate::clauses::actors::Argument;
use crate::model::{Claim, EntityId, TokenIndex};
use crate::rules::RuleSet;

/// A claim with the way that led to it.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Number of the sentence in its document.
    pub sentence: usize,
    /// What was found; its `rule` names the rule.
    pub claim: Claim,
    /// Other rules that found the same claim, less surely.
    pub also: Vec<String>,
    /// The word that started the match.
    pub trigger: TokenIndex,
    /// Where source and target were found.
    pub roles: [Role; 2],
    /// What decided polarity and modality, in the order in which it was met.
    pub decisions: Vec<Decision>,
    /// What its confidence was made from: features with their weights in log odds, the weightiest
    /// first.
    pub features: Vec<Weighed>,
    /// Whether it is sure enough to be a claim.
    pub is_printed: bool,
}

/// How a role was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// `source` or `target`.
    pub name: &'static str,
    /// By whom.
    pub entity: EntityId,
    /// At which word; `None` where the paragraph or the directory supplied it.
    pub token: Option<TokenIndex>,
    /// In which way.
    pub how: &'static str,
}

/// A word that decided something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The word.
    pub token: TokenIndex,
    /// What it did: `negative`, `hedged`, `prospective`, `ended`, `unsaid`.
    pub effect: &'static str,
}

/// A rule whose trigger stood there, and what it missed.
#[derive(Debug, Clone)]
pub struct NearMiss {
    /// Number of the sentence in its document.
    pub sentence: usize,
    /// The rule.
    pub rule: String,
    /// Its trigger.
    pub trigger: TokenIndex,
    /// `source`, `target` or `goods`.
    pub missing: &'static str,
    /// The sources that were found.
    pub source: Vec<EntityId>,
    /// The targets that were found.
    pub target: Vec<EntityId>,
    /// The goods that were found.
    pub items: Vec<String>,
}

/// Every claim of the article with the way that led to it, the same ones that
/// [`extract`](super::extract) returns, and the rules that came near.
#[must_use]
pub fn explain(rules: &RuleSet, article: ParsedArticle<'_>) -> (Vec<Explanation>, Vec<NearMiss>) {
    let compiled = &rules.compiled;
    let context = Context::new(article, &compiled.lexicon);
    let extraction = extract::extract(&context, compiled);
    let dealings = Dealings::new(&context, &extraction.derived);
    let derived = &extraction.derived;
    let judged = derived.iter().map(|one| judge::weighed(&context, one, &dealings));
    let (mut confidences, weighed): (Vec<f32>, Vec<Vec<Weighed>>) = judged.unzip();
    siblings::level(&context, derived, &mut confidences);
    let judged = confidences.into_iter().zip(weighed);
    let judged = extraction.derived.into_iter().zip(judged);
    let explained = judged.map(|(derived, (confidence, features))| {
        let cues = derived.cues.iter();
        Explanation {
            sentence: derived.sentence,
            trigger: derived.trigger,
            roles: [role(End::Source, &derived.source), role(End::Target, &derived.target)],
            decisions: cues
                .map(|cue| Decision { token: cue.token, effect: cue.effect.into() })
                .collect(),
            features,
            also: derived.also,
            is_printed: confidence >= judge::PRINTED,
            claim: Claim { confidence, ..derived.claim },
        }
    });
    let missed = extraction.missed.into_iter().map(|(sentence, missed)| NearMiss {
        sentence,
        rule: compiled.extractors[missed.rule].name.clone(),
        trigger: missed.trigger,
        missing: missed.missing.into(),
        source: missed.source.iter().map(|argument| argument.entity.clone()).collect(),
        target: missed.target.iter().map(|argument| argument.entity.clone()).collect(),
        items: missed.moved.iter().map(|moved| moved.item.label().to_owned()).collect(),
    });
    (explained.collect(), missed.collect())
}

fn role(end: End, argument: &Argument) -> Role {
    let how = match Found::of(argument) {
        Found::Implicit => "implicit, told by the context",
        Found::Metonymy => "somebody who stands for it",
        Found::Named => "named in its place",
        Found::Possessor => "possessor of what stands there",
        Found::Embedded => "subject of what is told there",
    };
    Role { name: end.into(), entity: argument.entity.clone(), token: argument.token, how }
}
