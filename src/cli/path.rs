//! `tieline path`.

use anyhow::bail;

use super::Outcome;

/// Find chains of ties between two entities.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
