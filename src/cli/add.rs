//! `tieline add`.

use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::pipeline::Reader;
use crate::runs::{self, Corrections};

use super::Outcome;
use super::build::{MakingArguments, ended};
use super::inputs::InputArguments;
use super::knowledge::KnowledgeArguments;

/// How often a watched folder is looked at.
const PAUSE: Duration = Duration::from_secs(2);

/// Add articles to a run: reads only those that it lacks.
///
/// The result is the run that one `build` of all articles would give, with the filters that the run
/// was built with. Articles are told apart by their text and name, so inputs may be given again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline add today/ --to network
  tieline add inbox/ --to network --watch       whenever something new lies there")]
pub(super) struct Arguments {
    /// Files, folders, globs, or `-`.
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<String>,
    /// Folder of the run.
    #[arg(long, value_name = "DIR", default_value = "exports")]
    to: PathBuf,
    /// Look for new articles again and again, until interrupted.
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    making: MakingArguments,
    #[command(flatten)]
    reading: InputArguments,
    #[command(flatten)]
    knowledge: KnowledgeArguments,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    // Its memory goes back to the system as a whole.
    let reader = ManuallyDrop::new(arguments.knowledge.load()?);
    let mut making = arguments.making.making(&arguments.to)?;
    making.reading = arguments.reading.options();
    let reader: &Reader = &reader;
    let mut seen = None;
    loop {
        // Noted before reading: what changes meanwhile is read in the next round.
        let now = state(&arguments.inputs);
        if seen.as_ref() != Some(&now) {
            let made = arguments.making.make(&arguments.to, |watch| {
                runs::add(reader, &arguments.inputs, &making, watch)
            })?;
            if !arguments.watch {
                return Ok(ended(made));
            }
            making.corrections = Corrections::default();
            seen = Some(now);
        }
        std::thread::sleep(PAUSE);
    }
}

/// Files below the inputs with what tells whether they have changed.
fn state(inputs: &[String]) -> BTreeMap<PathBuf, (u64, Option<SystemTime>)> {
    let entries = inputs.iter().flat_map(|input| walkdir::WalkDir::new(Path::new(input)));
    let files = entries.flatten().filter(|entry| entry.file_type().is_file());
    files
        .filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some((entry.into_path(), (metadata.len(), metadata.modified().ok())))
        })
        .collect()
}
