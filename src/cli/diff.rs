//! `tieline diff`.

use anyhow::bail;

use super::Outcome;

/// Compare two runs: ties new, gone, stronger, newly denied.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
