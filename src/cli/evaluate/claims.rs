//! `tieline evaluate claims`.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context;
use serde_json::json;

use crate::cli::knowledge::KnowledgeArguments;
use crate::cli::{Format, Outcome};
use crate::evaluation::{ClaimCounts, ClaimFigures, ClaimMistake, ClaimTable, evaluate_claims};
use crate::model::{Attribution, Claim, Item};

/// Score claims against a gold file.
///
/// At the level of documents a claim is relation, source and target; at the level of sentences it
/// is found once for each sentence that makes it. What is said of claims is compared over those
/// matched at the level of sentences.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// JSON lines with `doc` and `claims`.
    gold: PathBuf,
    /// Folder of the articles; by default that of the gold file, or `seeds` beside it.
    #[arg(long, value_name = "DIR")]
    articles: Option<PathBuf>,
    /// List every miss and every false claim.
    #[arg(long)]
    errors: bool,
    /// Write the claims that were found to this file, one a line, in the form of the gold.
    #[arg(long, value_name = "FILE")]
    found: Option<PathBuf>,
    /// How the figures are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    knowledge: KnowledgeArguments,
}

pub(in crate::cli) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let reader = arguments.knowledge.load()?;
    let evaluation = evaluate_claims(&reader, &arguments.gold, arguments.articles.as_deref())?;
    if let Some(out) = &arguments.found {
        let mut file = std::fs::File::create(out).with_context(|| out.display().to_string())?;
        for (doc, claim) in &evaluation.found {
            writeln!(file, "{}", line_of(doc, claim))?;
        }
    }
    match arguments.format {
        Format::Text => print_figures(&evaluation.figures),
        Format::Json => anstream::println!("{}", serde_json::to_string(&evaluation.figures)?),
    }
    if arguments.errors {
        print_mistakes(&evaluation.mistakes);
    }
    Ok(Outcome::Complete)
}

/// A claim in the form of the gold files.
fn line_of(doc: &str, claim: &Claim) -> serde_json::Value {
    json!({
        "doc": doc,
        "sentence": claim.evidence.sentence,
        "relation": claim.relation.as_str(),
        "source": claim.source.as_str(),
        "target": claim.target.as_str(),
        "items": claim.items.iter().map(Item::label).collect::<Vec<_>>(),
        "quantity": claim.quantity.as_ref().map(|quantity| &quantity.text),
        "polarity": claim.polarity.as_str(),
        "modality": claim.modality.as_str(),
        "attribution": claim.attribution.as_ref().map(Attribution::label),
        "date": claim.event_date.map(|date| date.to_string()),
        "role": claim.role,
        "rule": claim.rule,
        "confidence": claim.confidence,
        "recovered": claim.evidence.source.is_none() || claim.evidence.target.is_none(),
    })
}

fn print_figures(figures: &ClaimFigures) {
    print_table("Document level: relation, source, target", &figures.document);
    print_table("Sentence level: the same, once a sentence", &figures.sentence);
    let said = &figures.attributes;
    let show = |value: Option<f64>| value.map_or("    -".to_owned(), |v| format!("{v:.3}"));
    anstream::println!("Over {} matched claims", said.pairs);
    anstream::println!(
        "  polarity     {}   (gold negative: {})",
        show(said.polarity),
        show(said.polarity_where_gold_negative)
    );
    anstream::println!(
        "  modality     {}   (gold hedged or prospective: {})",
        show(said.modality),
        show(said.modality_where_gold_not_asserted)
    );
    anstream::println!(
        "  attribution  {}   (gold has one: {}, has none: {})",
        show(said.attribution),
        show(said.attribution_where_gold_has_one),
        show(said.attribution_where_gold_has_none)
    );
    anstream::println!(
        "  item recall  {}   (supplies, {} items)",
        show(said.supplies_item_recall),
        said.supplies_items
    );
    anstream::println!(
        "Recall without coreference {}, with coreference {}",
        show(figures.recall_without_coreference),
        show(figures.recall_with_coreference)
    );
    if figures.claim_free_sentences > 0 {
        anstream::println!(
            "Claim-free sentences given a claim: {} of {}",
            figures.claim_free_sentences_with_a_claim,
            figures.claim_free_sentences
        );
    }
}

fn print_table(title: &str, table: &ClaimTable) {
    anstream::println!("{title}");
    anstream::println!(
        "  {:<22} {:>6} {:>6} {:>6} {:>8} {:>8} {:>8}",
        "",
        "gold",
        "found",
        "right",
        "prec.",
        "recall",
        "F1"
    );
    let row = |name: &str, counts: &ClaimCounts| {
        anstream::println!(
            "  {name:<22} {:>6} {:>6} {:>6} {:>8.3} {:>8.3} {:>8.3}",
            counts.gold,
            counts.system,
            counts.hit,
            counts.precision,
            counts.recall,
            counts.f1
        );
    };
    row("all", &table.overall);
    row("core three", &table.core);
    row("without represents", &table.without_represents);
    for (name, counts) in &table.relations {
        row(&format!("  {name}"), counts);
    }
    anstream::println!();
}

fn print_mistakes(mistakes: &[ClaimMistake]) {
    for mistake in mistakes {
        let row = &mistake.claim;
        anstream::println!(
            "{}\t{}\t{}\t{}\t{}\t{}",
            if mistake.missed { "missed" } else { "false" },
            row.doc,
            row.relation,
            row.source,
            row.target,
            row.sentence
        );
    }
}
