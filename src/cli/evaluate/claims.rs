//! `tieline evaluate claims`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use serde::Deserialize;
use serde_json::json;

use crate::cli::Outcome;
use crate::cli::knowledge::KnowledgeArguments;
use crate::model::{Claim, DateSpan};
use crate::source::Articles;
use crate::syntax::Scratch;

/// Score claims against a gold file.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// JSON lines with `doc` and `claims`.
    gold: PathBuf,
    /// Folder of the articles; by default that of the gold file, or `seeds` beside it.
    #[arg(long, value_name = "DIR")]
    articles: Option<PathBuf>,
    /// Write the claims that were found to this file, one a line.
    #[arg(long, value_name = "FILE")]
    found: Option<PathBuf>,
    #[command(flatten)]
    knowledge: KnowledgeArguments,
}

/// One annotated article.
#[derive(Deserialize)]
struct GoldArticle {
    doc: String,
    date: Option<DateSpan>,
}

pub(in crate::cli) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let reader = arguments.knowledge.load()?;
    let path = &arguments.gold;
    let gold = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut scratch = Scratch::default();
    let mut found = Vec::new();
    for (line, record) in gold.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("{}:{}", path.display(), line + 1);
        let gold: GoldArticle = serde_json::from_str(record).with_context(place)?;
        let file = super::find_article(path, arguments.articles.as_deref(), &gold.doc)
            .with_context(|| format!("{}: no article {:?}", place(), gold.doc))?;
        for article in Articles::open([file]) {
            let mut article = article?;
            let info = Arc::make_mut(&mut article.info);
            info.date = gold.date.or(info.date);
            let analysis = reader.read(&article, &mut scratch);
            for claim in &analysis.claims {
                found.push(row(&gold.doc, claim));
            }
        }
    }
    let Some(out) = &arguments.found else { bail!("not available yet") };
    let mut file = std::fs::File::create(out).with_context(|| out.display().to_string())?;
    for row in &found {
        writeln!(file, "{row}")?;
    }
    let _: &Path = path;
    Ok(Outcome::Complete)
}

/// A claim in the form of the gold files.
fn row(doc: &str, claim: &Claim) -> serde_json::Value {
    json!({
        "doc": doc,
        "sentence": claim.evidence.sentence,
        "relation": claim.relation.as_str(),
        "source": claim.source.as_str(),
        "target": claim.target.as_str(),
        "items": claim.items.iter().map(crate::model::Item::label).collect::<Vec<_>>(),
        "quantity": claim.quantity.as_ref().map(|quantity| &quantity.text),
        "polarity": claim.polarity.as_str(),
        "modality": claim.modality.as_str(),
        "attribution": claim.attribution.as_ref().map(crate::model::Attribution::label),
        "date": claim.event_date.map(|date| date.to_string()),
        "role": claim.role,
        "rule": claim.rule,
        "confidence": claim.confidence,
        "recovered": claim.evidence.source.is_none() || claim.evidence.target.is_none(),
    })
}
