//! `tieline gazetteer`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::Subcommand;

use crate::gazetteer::{Gazetteer, Suggestions};
use crate::lexicon::Lexicon;
use crate::text;

use super::{Format, Outcome, each_article, terminal};

/// Check the gazetteer, or find names that it lacks.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Check(CheckArguments),
    Suggest(SuggestArguments),
}

/// Count the tables and list everything that is wrong with them.
#[derive(Debug, clap::Args)]
struct CheckArguments {
    /// Folder with tables that add to or override the embedded ones.
    #[arg(long, value_name = "DIR")]
    gazetteer: Option<PathBuf>,
    /// How the counts are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// List frequent names that the tables lack, as rows ready to paste.
///
/// Rows with a title come first, then names that look like people's, then all other capitalised
/// names. Lines that begin with `#` tell how often and where; tables may hold such lines too.
#[derive(Debug, clap::Args)]
struct SuggestArguments {
    /// Files, folders, globs, or `-`.
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<String>,
    /// Folder with tables that add to or override the embedded ones.
    #[arg(long, value_name = "DIR")]
    gazetteer: Option<PathBuf>,
    /// Leave out names that fewer articles hold.
    #[arg(long, value_name = "N", default_value_t = 2)]
    min_articles: u32,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.task {
        Task::Check(arguments) => check(&arguments),
        Task::Suggest(arguments) => suggest(&arguments),
    }
}

fn check(arguments: &CheckArguments) -> anyhow::Result<Outcome> {
    let inventory = Gazetteer::check(arguments.gazetteer.as_deref())?;
    match arguments.format {
        Format::Text => {
            let mut table = comfy_table::Table::new();
            table.load_preset(comfy_table::presets::NOTHING);
            table.set_header(["kind", "entities", "names"]);
            for (kind, n) in &inventory.entities {
                let names = inventory.aliases.get(kind).copied().unwrap_or_default();
                table.add_row([kind.to_string(), n.to_string(), names.to_string()]);
            }
            let out = &mut terminal::stdout();
            writeln!(out, "{table}")?;
            writeln!(out, "{} names count only in context", inventory.ambiguous)?;
        }
        Format::Json => {
            let counts = |map: &std::collections::BTreeMap<_, usize>| {
                map.iter()
                    .map(|(kind, n): (&crate::model::EntityKind, _)| (kind.as_str(), *n))
                    .collect::<std::collections::BTreeMap<_, _>>()
            };
            let document = serde_json::json!({
                "entities": counts(&inventory.entities),
                "names": counts(&inventory.aliases),
                "in_context": inventory.ambiguous,
                "problems": inventory.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
            });
            writeln!(terminal::json(), "{document}")?;
        }
    }
    for problem in &inventory.problems {
        terminal::tell(&problem.to_string());
    }
    match inventory.problems.len() {
        0 => Ok(Outcome::Complete),
        1 => bail!("1 problem in the gazetteer"),
        n => bail!("{n} problems in the gazetteer"),
    }
}

fn suggest(arguments: &SuggestArguments) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::load(None)?;
    let gazetteer = Gazetteer::load(&lexicon, arguments.gazetteer.as_deref())?;
    let mut suggestions = Suggestions::default();
    let outcome = each_article(&arguments.inputs, crate::source::Options::default(), |article| {
        let document = text::read_document(&lexicon, &article);
        let found = gazetteer.find_mentions(&article, &document);
        suggestions.add(&lexicon, &article, &document, &found);
        Ok(())
    })?;
    let mut out = std::io::BufWriter::new(terminal::data());
    suggestions.write(&gazetteer, arguments.min_articles, &mut out)?;
    out.flush()?;
    Ok(outcome)
}
