//! `tieline gazetteer`.

use anyhow::bail;

use super::Outcome;

/// Check the gazetteer, or find names that it lacks.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
