//! `tieline mentions`.

use anyhow::bail;

use super::Outcome;

/// List every place where an entity is named.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
