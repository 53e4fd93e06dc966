//! `tieline build`.

use anyhow::bail;

use super::Outcome;

/// Read articles and write their network.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
