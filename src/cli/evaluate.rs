//! `tieline evaluate`: figures against annotated data.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::Outcome;

mod claims;
mod mentions;
mod parser;
mod score;

/// Measure the parser, the mentions or the claims against annotated data.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Parser(parser::Arguments),
    Mentions(mentions::Arguments),
    Claims(claims::Arguments),
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.what {
        What::Parser(arguments) => parser::run(arguments),
        What::Mentions(arguments) => mentions::run(arguments),
        What::Claims(arguments) => claims::run(arguments),
    }
}

/// The file of article `doc`: in `articles`, else beside the gold file or in `seeds` next to its
/// folder.
fn find_article(gold: &Path, articles: Option<&Path>, doc: &str) -> Option<PathBuf> {
    let beside = gold.parent().unwrap_or(Path::new("."));
    let folders = match articles {
        Some(folder) => vec![folder.to_owned()],
        None => vec![beside.to_owned(), beside.join("../seeds")],
    };
    folders.into_iter().map(|folder| folder.join(doc)).find(|path| path.is_file())
}
