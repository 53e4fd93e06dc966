//! `tieline evaluate claims`.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use serde::Deserialize;
use serde_json::json;

use super::score::{Counts, Figures, Gold, Mistake, Row, Table, score};
use crate::cli::knowledge::KnowledgeArguments;
use crate::cli::{Format, Outcome};
use crate::model::{Attribution, Claim, DateSpan, Item};
use crate::source::Articles;
use crate::syntax::Scratch;

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

/// When an annotated article was published.
#[derive(Deserialize)]
struct Dated {
    date: Option<DateSpan>,
}

pub(in crate::cli) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let reader = arguments.knowledge.load()?;
    let path = &arguments.gold;
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut scratch = Scratch::default();
    let mut gold: Vec<Gold> = Vec::new();
    let mut found = Vec::new();
    for (line, record) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("{}:{}", path.display(), line + 1);
        let annotated: Gold = serde_json::from_str(record).with_context(place)?;
        let dated: Dated = serde_json::from_str(record).with_context(place)?;
        let file = super::find_article(path, arguments.articles.as_deref(), &annotated.doc)
            .with_context(|| format!("{}: no article {:?}", place(), annotated.doc))?;
        for article in Articles::open([file]) {
            let mut article = article?;
            let info = Arc::make_mut(&mut article.info);
            info.date = dated.date.or(info.date);
            let analysis = reader.read(&article, &mut scratch);
            found.extend(analysis.claims.iter().map(|claim| line_of(&annotated.doc, claim)));
        }
        gold.push(annotated);
    }
    if let Some(out) = &arguments.found {
        let mut file = std::fs::File::create(out).with_context(|| out.display().to_string())?;
        for line in &found {
            writeln!(file, "{line}")?;
        }
    }
    let rows: Vec<Row> = found
        .into_iter()
        .map(serde_json::from_value)
        .collect::<Result<_, _>>()
        .expect("a found claim has the form of the gold");
    let aliases = aliases(path)?;
    let (figures, mistakes) = score(&gold, &rows, reader.rules.relations(), &aliases);
    match arguments.format {
        Format::Text => print_figures(&figures),
        Format::Json => anstream::println!("{}", serde_json::to_string(&figures)?),
    }
    if arguments.errors {
        print_mistakes(&mistakes);
    }
    Ok(Outcome::Complete)
}

/// The table of id spellings beside the gold file, where there is one.
fn aliases(gold: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let path = gold.with_file_name("aliases.json");
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let place = || path.display().to_string();
    let text = std::fs::read_to_string(&path).with_context(place)?;
    serde_json::from_str(&text).with_context(place)
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

fn print_figures(figures: &Figures) {
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

fn print_table(title: &str, table: &Table) {
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
    let row = |name: &str, counts: &Counts| {
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

fn print_mistakes(mistakes: &[Mistake]) {
    for mistake in mistakes {
        let row = &mistake.row;
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
