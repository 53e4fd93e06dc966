//! Why a sentence gave the claims that it gave, and what those that came near missed.

use super::ParsedArticle;
use super::context::Context;
use super::extract;
use super::judge::{self, Weighed};
use crate::clauses::actors::{Argument, Reach};
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
    let dealings = judge::Dealings::new(&extraction.derived);
    let judged: Vec<(f32, Vec<Weighed>)> = extraction
        .derived
        .iter()
        .map(|derived| {
            let confidence = judge::probability(&context, derived, &dealings);
            (confidence, judge::weighed(&context, derived, &dealings))
        })
        .collect();
    let judged = extraction.derived.into_iter().zip(judged);
    let explained = judged.map(|(derived, (confidence, features))| Explanation {
        sentence: derived.sentence,
        trigger: derived.trigger,
        roles: [role("source", &derived.source), role("target", &derived.target)],
        decisions: derived
            .cues
            .iter()
            .map(|cue| Decision { token: cue.token, effect: cue.effect.as_str() })
            .collect(),
        features,
        also: derived.also,
        is_printed: confidence >= judge::PRINTED,
        claim: Claim { confidence, ..derived.claim },
    });
    let missed = extraction.missed.into_iter().map(|(sentence, missed)| NearMiss {
        sentence,
        rule: compiled.extractors[missed.rule].name.clone(),
        trigger: missed.trigger,
        missing: missed.missing,
        source: missed.source.iter().map(|argument| argument.entity.clone()).collect(),
        target: missed.target.iter().map(|argument| argument.entity.clone()).collect(),
        items: missed.moved.iter().map(|moved| moved.item.label().to_owned()).collect(),
    });
    (explained.collect(), missed.collect())
}

fn role(name: &'static str, argument: &Argument) -> Role {
    let how = match (argument.token, argument.by_metonymy, argument.reach) {
        (None, ..) => "implicit, told by the context",
        (_, true, _) => "somebody who stands for it",
        (_, _, Reach::Actor) => "named in its place",
        (_, _, Reach::Possessor) => "possessor of what stands there",
        (_, _, Reach::EmbeddedSubject) => "subject of what is told there",
    };
    Role { name, entity: argument.entity.clone(), token: argument.token, how }
}
