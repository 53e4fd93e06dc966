//! Whether rules find what their examples say: the sentences that rule files bring are read as
//! any text is, and what comes out is compared.
//!
//! Comes in: a [`Reader`] with its rules. Goes out: a [`Report`] with each example that fails, in
//! file order. Whether the rules find what articles say is another question: `tieline evaluate`.

use std::fmt;

use serde::Serialize;

use crate::claims::{self, Explanation};
use crate::model::{Article, Claim};
use crate::pipeline::Reader;
use crate::rules::{Example, Expected};

/// What reading all examples showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many rules there are.
    pub n_rules: usize,
    /// How many examples were read.
    pub n_examples: usize,
    /// Those that are not as their files say, in file order.
    pub failures: Vec<Failure>,
}

/// An example that is not as its file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The rule file.
    pub path: String,
    /// The line of the example, 1-based.
    pub line: usize,
    /// The rule, as `relation.name`; `None` where the example belongs to the whole file.
    pub rule: Option<String>,
    /// The sentence.
    pub text: String,
    /// `SOURCE TARGET POLARITY MODALITY`; `None` where nothing may be found.
    pub expected: Option<String>,
    /// What was found instead, each with its rules.
    pub found: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, rule, text, expected, found } = self;
        write!(f, "{path}:{line}: {text:?} ")?;
        match (expected, rule) {
            (Some(expected), Some(rule)) => write!(f, "must give {expected} by {rule}")?,
            (Some(expected), None) => write!(f, "must give {expected}")?,
            (None, _) => f.write_str("must give nothing")?,
        }
        match &found[..] {
            [] => f.write_str(" and gives nothing"),
            found => write!(f, " and gives {}", found.join(", ")),
        }
    }
}

/// Reads every example of the reader's rules and tells which are not as their files say.
///
/// An example that must give a claim has to get it from its own rule. One that must give nothing
/// has to get nothing from any rule of the relation.
#[must_use]
pub fn check(reader: &Reader) -> Report {
    let examples = reader.rules.examples();
    let failures = examples.iter().filter_map(|example| failure(reader, example));
    Report {
        failures: failures.collect(),
        n_rules: reader.rules.n_rules(),
        n_examples: examples.len(),
    }
}

fn failure(reader: &Reader, example: &Example) -> Option<Failure> {
    let analysis = reader.read_thoroughly(Article::from_text("example", &*example.text));
    let (mut explained, _) = claims::explain(&reader.rules, analysis.parsed());
    explained.retain(|one| one.claim.relation == example.relation);
    let is_right = match &example.expected {
        None => explained.is_empty(),
        Some(expected) => explained.iter().any(|one| {
            says(&one.claim, expected)
                && example.rule.as_ref().is_none_or(|rule| rules(one).any(|found| found == rule))
        }),
    };
    (!is_right).then(|| Failure {
        path: example.path.display().to_string(),
        line: example.line,
        rule: example.rule.clone(),
        text: example.text.clone(),
        expected: example.expected.as_ref().map(|claim| {
            let Expected { source, target, polarity, modality } = claim;
            format!("{source} {target} {polarity} {modality}")
        }),
        found: explained.iter().map(describe).collect(),
    })
}

fn says(claim: &Claim, expected: &Expected) -> bool {
    (&claim.source, &claim.target) == (&expected.source, &expected.target)
        && (claim.polarity, claim.modality) == (expected.polarity, expected.modality)
}

/// All rules that found a claim.
fn rules(explanation: &Explanation) -> impl Iterator<Item = &String> {
    std::iter::once(&explanation.claim.rule).chain(&explanation.also)
}

fn describe(explanation: &Explanation) -> String {
    let Claim { source, target, polarity, modality, .. } = &explanation.claim;
    let rules: Vec<&str> = rules(explanation).map(String::as_str).collect();
    format!("{source} {target} {polarity} {modality} by {}", rules.join(" and "))
}
