//! `tieline draw`.

use anyhow::bail;

use super::Outcome;

/// Draw the network as a picture.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
