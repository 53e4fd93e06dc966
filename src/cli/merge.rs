//! `tieline merge`.

use std::path::PathBuf;

use crate::runs;

use super::Outcome;
use super::build::{MakingArguments, ended};

/// Join runs that were made elsewhere.
///
/// The result is the run that one `build` of all their articles would give. Corrections of all runs
/// hold; two that contradict each other are reported with both lines, and nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline merge january february --out winter")]
pub(super) struct Arguments {
    /// Folders of runs.
    #[arg(value_name = "DIR", required = true)]
    runs: Vec<PathBuf>,
    /// Folder for the result.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    making: MakingArguments,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let making = arguments.making.making(&arguments.out)?;
    let made = arguments
        .making
        .make(&arguments.out, |watch| runs::merge(&arguments.runs, &making, watch))?;
    Ok(ended(made))
}
