//! `tieline evaluate parser`.

use anyhow::bail;

use crate::cli::Outcome;

/// Score tags, lemmas and trees against a CoNLL-U file.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {}

pub(in crate::cli) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
