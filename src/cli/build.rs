//! `tieline build`: the main job.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::pipeline::Reader;
use crate::runs::{self, Corrections, Event, Made, Making, Relation, RunError, Settings};

use super::inputs::InputArguments;
use super::knowledge::KnowledgeArguments;
use super::names::Names;
use super::sample::Sample;
use super::selection::SelectionArguments;
use super::summary::{self, Summary};
use super::{Format, Outcome};

/// Read articles and write their network.
///
/// Reads plain text, Markdown, HTML, JSON, CSV, feeds, mail, Telegram exports, MHTML, WARC and
/// archives, compressed or not; from files, folders, globs, or `-` for standard input. Without
/// inputs it reads the sample. A run that was interrupted goes on where it was when the same command
/// is given again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline build                                 the sample, into exports/
  tieline build articles/ --out network         a folder of saved pages
  tieline build news.jsonl.zst --among RUS,PRK,CHN
  tieline build export.csv --map text=Volltext,date=Datum
  zcat dump.gz | tieline build - --format json")]
pub(super) struct Arguments {
    /// Files, folders, globs, or `-`.
    #[arg(value_name = "INPUT")]
    inputs: Vec<String>,
    /// Folder for the results.
    #[arg(long, value_name = "DIR", default_value = "exports")]
    out: PathBuf,
    /// One edge a claim in the graph files, instead of one a relation between two entities.
    #[arg(long)]
    claims_as_edges: bool,
    /// Follow shortest routes from every entity, however large the network is; by default,
    /// betweenness, closeness and harmonic centrality of large ones are estimated from a sample.
    #[arg(long)]
    exact: bool,
    #[command(flatten)]
    making: MakingArguments,
    #[command(flatten)]
    reading: InputArguments,
    #[command(flatten)]
    knowledge: KnowledgeArguments,
    #[command(flatten)]
    selection: SelectionArguments,
}

/// What every command that writes a run takes.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct MakingArguments {
    /// Decisions about claims and entities that are added to those of the folder.
    #[arg(long, value_name = "FILE", global = true)]
    corrections: Option<PathBuf>,
    /// Replace a run even by one without any claim.
    #[arg(long, global = true)]
    force: bool,
    /// Number of threads; as many as there are cores by default. Results are the same.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, global = true)]
    threads: usize,
    /// How the summary is printed.
    #[arg(long, value_enum, default_value_t, global = true)]
    format: Format,
    /// Print no summary.
    #[arg(long, short, global = true)]
    quiet: bool,
}

impl MakingArguments {
    /// A run in `out` by these arguments.
    pub(super) fn making(&self, out: &Path) -> anyhow::Result<Making> {
        let mut making = Making::new(out);
        making.force = self.force;
        if let Some(path) = &self.corrections {
            if !path.is_file() {
                bail!("{}: there is no such file", path.display());
            }
            making.corrections = Corrections::read(path)?;
        }
        Ok(making)
    }

    /// Makes a run on the chosen number of threads, shows how far it is, and tells what came of it.
    pub(super) fn make(
        &self,
        out: &Path,
        work: impl FnOnce(&mut dyn FnMut(Event<'_>)) -> Result<Made, RunError> + Send,
    ) -> anyhow::Result<(Outcome, Made)> {
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads)
            .build()
            .context("cannot start threads")?;
        super::interrupt::watch_once()?;
        let progress = progress_bar();
        let made = threads.install(|| work(&mut |event| show(&progress, &event)));
        progress.finish_and_clear();
        let made = made?;
        if !self.quiet {
            let summary = Summary { made: &made, out };
            match self.format {
                Format::Text => summary::print_text(&summary)?,
                Format::Json => summary::print_json(&summary)?,
            }
        }
        let skipped = made.manifest.counts.skipped;
        let outcome = if skipped == 0 { Outcome::Complete } else { Outcome::InputsSkipped };
        Ok((outcome, made))
    }
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let sample = arguments.inputs.is_empty().then(Sample::find).transpose()?;
    let inputs = sample.as_ref().map_or_else(|| arguments.inputs.clone(), Sample::inputs);
    // Its memory goes back to the system as a whole.
    let reader = ManuallyDrop::new(arguments.knowledge.load()?);
    let relations = reader.rules.relations().iter().map(Relation::from).collect();
    let selection =
        arguments.selection.check(&Names::new(reader.gazetteer.directory()), &relations)?;
    let mut making = arguments.making.making(&arguments.out)?;
    making.inputs_name = sample.is_some().then(|| Sample::NAME.to_owned());
    making.reading = arguments.reading.options();
    making.settings = Settings {
        selection,
        claims_as_edges: arguments.claims_as_edges,
        exact: arguments.exact,
        reading: arguments.reading.settings().into_iter().collect(),
    };
    let reader: &Reader = &reader;
    let make = |watch: &mut dyn FnMut(Event<'_>)| runs::build(reader, &inputs, &making, watch);
    arguments.making.make(&arguments.out, make).map(ended)
}

/// The outcome of what ends the process: the memory of the network goes back to the system as a whole.
pub(super) fn ended((outcome, made): (Outcome, Made)) -> Outcome {
    std::mem::forget(made);
    outcome
}

fn show(progress: &ProgressBar, event: &Event<'_>) {
    match event {
        Event::Skipped(error) => progress.suspend(|| super::inputs::tell(error)),
        Event::Note(note) => {
            progress.suspend(|| super::terminal::tell(&format!("note: {note}")));
        }
        Event::Position { read, total } => {
            if *total > 0 && progress.length() != Some(*total) {
                progress.set_length(*total);
                let form = "reading {wide_bar} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}";
                let style = ProgressStyle::with_template(form);
                progress.set_style(style.expect("the template is well formed"));
            }
            progress.set_position(*read);
        }
    }
}

/// A bar on a terminal, nothing elsewhere. Of standard input the length is not known.
fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("reading {bytes} {binary_bytes_per_sec}");
    ProgressBar::new_spinner().with_style(style.expect("the template is well formed"))
}
