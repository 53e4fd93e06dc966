//! `tieline build`: the main job.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::export::{
    CLAIMS, ClaimsCsv, ENTITIES, Folder, InputCounts, MANIFEST, Manifest, Network, Skipped,
    appearance, write_claim_line, write_entities, write_network,
};
use crate::graph::measures::{Precision, measure_all};
use crate::graph::{EvidenceLimit, GraphBuilder, claims_as_ties};
use crate::model::EntityDirectory;
use crate::pipeline::Reader;
use crate::source::{Articles, SourceError};

use super::knowledge::KnowledgeArguments;
use super::selection::{Selection, SelectionArguments};
use super::summary::{self, Summary};
use super::{Format, Outcome};

/// Lines that each tie keeps for the page and the best evidence; all are in `claims.jsonl`.
const EVIDENCE_PER_TIE: usize = 200;

/// Skipped inputs that the manifest and the summary list; all are counted.
const SKIPPED_LISTED: usize = 1000;

/// Read articles and write their network.
///
/// Reads plain text, Markdown, HTML, JSON lines and CSV, compressed by gzip or zstd or not; from
/// files, folders, globs, or `-` for standard input. Without inputs it reads the sample.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline build                                 the sample, into exports/
  tieline build articles/ --out network         a folder of saved pages
  tieline build news.jsonl.zst --among RUS,PRK,CHN
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
    /// Number of threads; as many as there are cores by default. Results are the same.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
    /// How the summary is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print no summary.
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    knowledge: KnowledgeArguments,
    #[command(flatten)]
    selection: SelectionArguments,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let inputs = match &arguments.inputs[..] {
        [] => sample()?,
        inputs => inputs.to_vec(),
    };
    let reader = arguments.knowledge.load()?;
    let selection = arguments.selection.check(reader.gazetteer.directory())?;
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads)
        .build()
        .context("cannot start threads")?;
    let mut folder = Folder::open(&arguments.out)?;

    let limit = match arguments.claims_as_edges {
        true => EvidenceLimit::All,
        false => EvidenceLimit::Best(EVIDENCE_PER_TIE),
    };
    let mut collected = Collected::new(limit);
    threads.install(|| read_articles(&inputs, &reader, &selection, &mut folder, &mut collected))?;

    let Collected { builder, directory, mut counts, skipped } = collected;
    let whole = builder.finish(&directory);
    write_lines(ENTITIES, &mut folder, |file| write_entities(whole.entities(), file))?;
    let mut graph = selection.cut(whole);
    if arguments.claims_as_edges {
        graph = claims_as_ties(&graph);
    }
    counts.entities = graph.n_nodes() as u64;
    counts.ties = graph.n_ties() as u64;
    let measures = threads.install(|| measure_all(&graph, Precision::Adaptive));
    let appearance = threads.install(|| appearance(&graph, &measures));
    let network = Network { graph: &graph, measures: &measures, appearance: &appearance };
    write_network(network, &mut folder)?;
    let files = folder.names().to_vec();
    let manifest = manifest(&arguments, inputs, &reader, counts.clone(), skipped.clone(), &files);
    write_lines(MANIFEST, &mut folder, |file| {
        serde_json::to_writer_pretty(&mut *file, &manifest)?;
        file.write_all(b"\n")
    })?;
    folder.finish()?;

    if !arguments.quiet {
        let summary = Summary { network, counts: &counts, skipped: &skipped, out: &arguments.out };
        match arguments.format {
            Format::Text => summary::print_text(&summary)?,
            Format::Json => summary::print_json(&summary)?,
        }
    }
    Ok(if counts.skipped == 0 { Outcome::Complete } else { Outcome::InputsSkipped })
}

/// The sample articles, where the program runs beside them.
fn sample() -> anyhow::Result<Vec<String>> {
    let path = Path::new("data/sample");
    if !path.is_dir() {
        bail!(
            "nothing to read: give files, folders or `-` (the sample in {} is not here)",
            path.display()
        );
    }
    Ok(vec![path.display().to_string()])
}

/// What a run gathers while articles stream by.
struct Collected {
    builder: GraphBuilder,
    directory: EntityDirectory,
    counts: InputCounts,
    skipped: Vec<Skipped>,
}

impl Collected {
    fn new(limit: EvidenceLimit) -> Self {
        Self {
            builder: GraphBuilder::new(limit),
            directory: EntityDirectory::default(),
            counts: InputCounts::default(),
            skipped: Vec::new(),
        }
    }

    fn skip(&mut self, error: &SourceError) {
        self.counts.skipped += 1;
        if self.skipped.len() < SKIPPED_LISTED {
            let line = error.line().map(|line| format!(":{line}")).unwrap_or_default();
            self.skipped.push(Skipped {
                input: format!("{}{line}", error.path().display()),
                reason: error.cause().to_string(),
            });
        }
    }
}

/// Reads every article, writes its claims as they come and adds them to the network.
fn read_articles(
    inputs: &[String],
    reader: &Reader,
    selection: &Selection,
    folder: &mut Folder,
    collected: &mut Collected,
) -> anyhow::Result<()> {
    clean_up_when_interrupted(folder.staging().to_owned())?;
    let mut lines = folder.create_file(CLAIMS)?;
    let mut table = ClaimsCsv::for_writer(folder.create_file("claims.csv")?)?;
    let mut articles = Articles::open(inputs);
    let position = articles.progress();
    let progress = progress_bar(position.total());
    collected.directory = reader.gazetteer.directory().clone();
    let result = reader.read_all(articles.by_ref(), |read| -> anyhow::Result<()> {
        progress.set_position(position.read());
        let (article, analysis) = match read {
            Ok(read) => read,
            Err(error) => {
                progress.suspend(|| anstream::eprintln!("skipped: {error}"));
                collected.skip(&error);
                return Ok(());
            }
        };
        collected.counts.articles += 1;
        collected.counts.bytes += article.text.len() as u64;
        collected.counts.sentences += analysis.document.sentences.len() as u64;
        collected.counts.parsed += analysis.trees.iter().flatten().count() as u64;
        collected.counts.mentions += analysis.mentions.len() as u64;
        for entity in analysis.directory.added() {
            collected.directory.add(entity.clone());
        }
        for claim in analysis.claims {
            if let Some(claim) = selection.apply(Arc::new(claim), &analysis.directory) {
                write_claim_line(&claim, &mut lines).context("cannot write claims")?;
                table.write(&claim).context("cannot write claims")?;
                collected.builder.add(&claim);
                collected.counts.claims += 1;
            }
        }
        Ok(())
    });
    progress.finish_and_clear();
    result?;
    lines.flush().context("cannot write claims")?;
    table.finish().and_then(|mut file| file.flush()).context("cannot write claims")?;
    Ok(())
}

/// Leaves no half file behind when the run is interrupted. Done by the handler itself: the run may
/// wait for standard input and would not notice a flag.
fn clean_up_when_interrupted(staging: PathBuf) -> anyhow::Result<()> {
    ctrlc::set_handler(move || {
        // What cannot be removed lies in a hidden folder that the next run does not look at.
        let _ = std::fs::remove_dir_all(&staging);
        anstream::eprintln!("interrupted: nothing was written");
        // What a shell reports for a process that SIGINT ended.
        std::process::exit(130);
    })
    .context("cannot watch for interrupts")
}

/// A bar on a terminal, nothing elsewhere. Of standard input the length is not known.
fn progress_bar(total_bytes: u64) -> ProgressBar {
    let (bar, template) = match total_bytes {
        0 => (ProgressBar::no_length(), "reading {spinner} {bytes} {binary_bytes_per_sec}"),
        total => (
            ProgressBar::new(total),
            "reading {wide_bar} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}",
        ),
    };
    bar.with_style(ProgressStyle::with_template(template).expect("the template is well formed"))
}

/// Writes one file of the run.
fn write_lines(
    name: &str,
    folder: &mut Folder,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let mut file = folder.create_file(name)?;
    write(&mut file).and_then(|()| file.flush()).with_context(|| format!("cannot write {name}"))
}

/// What lets the run be repeated and defended.
fn manifest(
    arguments: &Arguments,
    inputs: Vec<String>,
    reader: &Reader,
    counts: InputCounts,
    skipped: Vec<Skipped>,
    files: &[String],
) -> Manifest {
    let mut settings = arguments.selection.settings();
    settings.insert("claims_as_edges".to_owned(), arguments.claims_as_edges.to_string());
    Manifest {
        program: "tieline".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        hashes: reader.hashes(),
        settings,
        counts,
        inputs,
        skipped,
        files: files.iter().cloned().chain([MANIFEST.to_owned()]).collect(),
    }
}
