//! `tieline explain`.

use anyhow::bail;

use super::Outcome;

/// Show how a sentence is read: tokens, tree, mentions, rules.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
