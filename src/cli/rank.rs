//! `tieline rank`.

use anyhow::bail;

use super::Outcome;

/// Rank entities by a centrality measure.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
