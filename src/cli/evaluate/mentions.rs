//! `tieline evaluate mentions`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::bail;

use crate::cli::{Format, Outcome};
use crate::evaluation::{MentionCounts, MentionMistake, evaluate_mentions};
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::model::EntityKind;

/// Score mentions against a gold file.
///
/// A mention is right when it has the bytes and the id of one in the gold. Optional ones are
/// neither required nor wrong; those in boilerplate must be absent.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// JSON lines with `doc` and `mentions`.
    gold: PathBuf,
    /// Folder of the articles; by default that of the gold file, or `seeds` beside it.
    #[arg(long, value_name = "DIR")]
    articles: Option<PathBuf>,
    /// Folder with gazetteer tables that add to or override the embedded ones.
    #[arg(long, value_name = "DIR")]
    gazetteer: Option<PathBuf>,
    /// List every miss and every false mention.
    #[arg(long)]
    errors: bool,
    /// Fail where recall or precision lies below this.
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, hide_default_value = true)]
    floor: f64,
    /// How the figures are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(in crate::cli) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::load(None)?;
    let gazetteer = Gazetteer::load(&lexicon, arguments.gazetteer.as_deref())?;
    let evaluation = evaluate_mentions(&gazetteer, &arguments.gold, arguments.articles.as_deref())?;
    let all = evaluation.all();
    match arguments.format {
        Format::Text => print_table(&evaluation.kinds, all),
        Format::Json => {
            let figures = serde_json::json!({
                "kinds": evaluation.kinds, "all": all,
                "recall": all.recall(), "precision": all.precision(),
            });
            anstream::println!("{figures}");
        }
    }
    if arguments.errors {
        for mistake in &evaluation.mistakes {
            let MentionMistake { missed, id, doc, words } = mistake;
            anstream::println!(
                "{} {id}  {doc}: {words}",
                if *missed { "missed" } else { "false " }
            );
        }
    }
    if all.recall() < arguments.floor || all.precision() < arguments.floor {
        bail!("recall or precision lies below {}", arguments.floor);
    }
    Ok(Outcome::Complete)
}

fn print_table(counts: &BTreeMap<EntityKind, MentionCounts>, all: MentionCounts) {
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING);
    table.set_header(["kind", "gold", "found", "right", "recall", "precision"]);
    let rows = counts.iter().map(|(kind, counts)| (kind.as_str(), *counts));
    for (name, counts) in rows.chain([("all", all)]) {
        table.add_row([
            name.to_owned(),
            counts.gold.to_string(),
            counts.found.to_string(),
            counts.right.to_string(),
            format!("{:.4}", counts.recall()),
            format!("{:.4}", counts.precision()),
        ]);
    }
    anstream::println!("{table}");
}
