//! Claims that a reader finds in annotated articles, beside those that people found.

use std::collections::BTreeMap;
use std::path::Path;

use super::gold::{GoldArticle, GoldClaim};
use super::score::{ClaimFigures, ClaimMistake, score};
use super::{EvaluationError, GoldFile};
use crate::model::{Attribution, Claim, Item};
use crate::pipeline::Reader;
use crate::source::Articles;

/// What a reader finds in annotated articles, and how good it is.
#[derive(Debug, Clone)]
pub struct ClaimEvaluation {
    /// Counts and shares.
    pub figures: ClaimFigures,
    /// What was missed, and what was found without being there; sorted by article and sentence.
    pub mistakes: Vec<ClaimMistake>,
    /// Every claim that was found, with its article, in the order of the gold standard.
    pub found: Vec<(String, Claim)>,
}

/// Reads the articles of the gold standard `gold` and compares their claims with it.
///
/// Each line is an object with `doc`, the name of the article's file, and `claims`. The files lie
/// in the folder `articles`; without one, beside `gold` or in `seeds` next to its folder. A table
/// `aliases.json` beside `gold` maps spellings of ids to those of the gold standard.
///
/// # Errors
///
/// If the gold standard or one of its articles cannot be read; file and line are named.
pub fn evaluate_claims(
    reader: &Reader,
    gold: &Path,
    articles: Option<&Path>,
) -> Result<ClaimEvaluation, EvaluationError> {
    let file = GoldFile { path: gold, articles };
    let mut annotated: Vec<GoldArticle> = Vec::new();
    let mut found = Vec::new();
    for (line, article) in file.read::<GoldArticle>()? {
        for read in Articles::open([file.article(line, &article.doc)?]) {
            let mut read = read?;
            if let Some(date) = article.date {
                read = read.with_date(date);
            }
            let claims = reader.read(read).claims.into_iter();
            found.extend(claims.map(|claim| (article.doc.clone(), claim)));
        }
        annotated.push(article);
    }
    let rows: Vec<GoldClaim> = found.iter().map(|(doc, claim)| as_annotated(doc, claim)).collect();
    let (figures, mistakes) = score(&annotated, &rows, reader.rules.relations(), &aliases(gold)?);
    Ok(ClaimEvaluation { figures, mistakes, found })
}

/// The table of id spellings beside the gold standard, where there is one.
fn aliases(gold: &Path) -> Result<BTreeMap<String, String>, EvaluationError> {
    let path = gold.with_file_name("aliases.json");
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let text = std::fs::read_to_string(&path)
        .map_err(|source| EvaluationError::Read { path: path.clone(), source })?;
    serde_json::from_str(&text).map_err(|error| {
        let (line, message) = (error.line(), error.to_string());
        EvaluationError::Line { path, line, message }
    })
}

/// A found claim as an annotator would write it down.
fn as_annotated(doc: &str, claim: &Claim) -> GoldClaim {
    GoldClaim {
        doc: doc.to_owned(),
        sentence: claim.evidence.sentence.clone(),
        relation: claim.relation.as_str().to_owned(),
        source: claim.source.to_string(),
        target: claim.target.to_string(),
        items: claim.items.iter().map(|item| Item::label(item).to_owned()).collect(),
        polarity: Some(claim.polarity.as_str().to_owned()),
        modality: Some(claim.modality.as_str().to_owned()),
        attribution: claim.attribution.as_ref().map(|said| Attribution::label(said).to_owned()),
        needs_coreference: false,
    }
}
