//! Proposals of the rules become claims: what is said of each, by whom, when, and how sure.
//!
//! Polarity and modality are read in `factuality`, the speaker in `attribution`, time in `dates`,
//! offices in `offices`; roles that a sentence leaves out are filled in `implicit`. Left out on
//! purpose: coreference, which mentions bring along, and anything that needs to know the world
//! beyond the directory of entities.

use crate::model::{Article, Claim, DependencyTree, Document, EntityDirectory, Limit, Mention};
use crate::rules::RuleSet;
use crate::speech::Voices;

mod aside;
mod attribution;
mod calendar;
mod context;
mod dates;
mod dealings;
mod derived;
mod explain;
mod extract;
mod factuality;
mod features;
mod implicit;
mod judge;
mod offices;
mod operators;
mod quoted;
mod setting;
mod siblings;
mod speaker;
mod surroundings;
mod teller;
mod times;
mod unsaid;
mod untruth;
mod vocabulary;

pub use context::mark_speakers;
pub use explain::{Decision, Explanation, NearMiss, Role, explain};
pub use judge::Weighed;
pub(crate) use judge::hash as judge_hash;

/// All that is known of one article when its claims are read off.
#[derive(Debug, Clone, Copy)]
pub struct ParsedArticle<'a> {
    /// The text and where it comes from.
    pub article: &'a Article,
    /// Its sentences.
    pub document: &'a Document,
    /// One slot for each sentence; `None` where the gate kept it from the parser.
    pub trees: &'a [Option<DependencyTree>],
    /// In text order: named ones and those that refer back.
    pub mentions: &'a [Mention],
    /// What is known of the entities.
    pub directory: &'a EntityDirectory,
    /// Who speaks where.
    pub voices: &'a Voices,
}

/// What was read off an article.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// In text order.
    pub claims: Vec<Claim>,
    /// Sentences that hold more than is kept, in text order.
    pub limits: Vec<Limit>,
}

/// Every claim of the article, in text order: the proposals that the judge is sure enough of.
#[must_use]
pub fn extract(rules: &RuleSet, article: ParsedArticle<'_>) -> Claims {
    let mut read = propose(rules, article);
    read.claims.retain(|proposal| proposal.confidence >= judge::PRINTED);
    read
}

/// Every proposal of the rules with its confidence, in text order.
fn propose(rules: &RuleSet, article: ParsedArticle<'_>) -> Claims {
    let context = context::Context::new(article, &rules.compiled.lexicon);
    let extract::Extraction { derived: proposals, limits, .. } =
        extract::extract(&context, &rules.compiled);
    let dealings = dealings::Dealings::new(&context, &proposals);
    let mut confidences: Vec<f32> = proposals
        .iter()
        .map(|proposal| judge::probability(&context, proposal, &dealings))
        .collect();
    siblings::level(&context, &proposals, &mut confidences);
    let judged = proposals.into_iter().zip(confidences);
    let claims = judged.map(|(proposal, confidence)| Claim { confidence, ..proposal.claim });
    Claims { claims: claims.collect(), limits }
}
