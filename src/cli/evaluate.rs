//! `tieline evaluate`: figures against annotated data.

use clap::Subcommand;

use super::Outcome;

mod claims;
mod mentions;
mod pages;
mod parser;

/// Measure the parser, the mentions, the claims or the reading of pages against annotated data.
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
    Pages(pages::Arguments),
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.what {
        What::Parser(arguments) => parser::run(arguments),
        What::Mentions(arguments) => mentions::run(arguments),
        What::Claims(arguments) => claims::run(arguments),
        What::Pages(arguments) => pages::run(arguments),
    }
}
