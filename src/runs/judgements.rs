//! Decisions of people in the form that training reads: references to proposals, with a verdict.

use serde::Serialize;

use crate::model::{EntityId, Field};

use super::corrections::Change;
use super::{Corrections, FinishedRun, RunError};

/// What a person says of one claim as it was read. The text is not repeated: article, field and
/// bytes find it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judgement {
    /// The claim.
    pub claim: String,
    /// Its article.
    pub doc: String,
    /// The field that bytes count in.
    pub field: Field,
    /// First byte of its sentence.
    pub start: u32,
    /// The one behind its last.
    pub end: u32,
    /// What was said.
    pub relation: String,
    /// From whom.
    pub source: EntityId,
    /// To whom.
    pub target: EntityId,
    /// The rule that found it.
    pub rule: String,
    /// `wrong` of a rejected claim and of one whose relation, source or target was edited; `right` of
    /// one that was edited elsewhere.
    pub verdict: &'static str,
    /// Who judged.
    pub by: String,
    /// On which day.
    pub on: String,
}

/// The judgements that the corrections of `run` hold, by claim.
///
/// # Errors
///
/// If the segments of the run cannot be read.
pub fn judgements(run: &FinishedRun) -> Result<Vec<Judgement>, RunError> {
    let corrections = Corrections::read(&run.path().join(super::CORRECTIONS))?;
    let mut verdicts = std::collections::BTreeMap::new();
    for placed in &corrections.list {
        let correction = &placed.correction;
        let (claim, verdict) = match &correction.change {
            Change::Reject { claim } => (claim, "wrong"),
            Change::Edit { claim, set } => {
                let other = set.relation.is_some() || set.source.is_some() || set.target.is_some();
                (claim, if other { "wrong" } else { "right" })
            }
            _ => continue,
        };
        verdicts.insert(claim.clone(), (verdict, correction));
    }
    let mut found = std::collections::BTreeMap::new();
    let sources = super::sources_of(run.path(), &Some(run.manifest.clone()));
    let mut records = super::merge::Merged::open(&sources)?;
    while let Some(record) = records.next()? {
        for (row, _) in record.claims()? {
            let Some(claim) = row.into_claim() else { continue };
            let Some((verdict, correction)) = verdicts.get(&claim.id) else { continue };
            let evidence = &claim.evidence;
            found.entry(claim.id.clone()).or_insert_with(|| Judgement {
                claim: claim.id.clone(),
                doc: evidence.article.id.to_string(),
                field: evidence.field,
                start: evidence.span.start(),
                end: evidence.span.end(),
                relation: claim.relation.as_str().to_owned(),
                source: claim.source.clone(),
                target: claim.target.clone(),
                rule: claim.rule.clone(),
                verdict,
                by: correction.by.clone(),
                on: correction.on.0.to_string(),
            });
        }
    }
    Ok(found.into_values().collect())
}
