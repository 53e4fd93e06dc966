//! `tieline timeline`.

use anyhow::bail;

use super::Outcome;

/// Count claims by month and relation.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
