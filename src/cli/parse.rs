//! `tieline parse`.

use anyhow::bail;

use super::Outcome;

/// Tag and parse text or CoNLL-U.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: Arguments) -> anyhow::Result<Outcome> {
    bail!("not available yet")
}
