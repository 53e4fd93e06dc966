//! `tieline why`.

use anyhow::bail;

use super::Outcome;

/// Quote every line behind a tie.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
