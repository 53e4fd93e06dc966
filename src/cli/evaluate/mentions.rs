//! `tieline evaluate mentions`.

use anyhow::bail;

use crate::cli::Outcome;

/// Score mentions against a gold file.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {}

pub(in crate::cli) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
