//! `tieline build`: the main job.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::export::{
    ClaimFiles, ENTITIES, Folder, InputCounts, MANIFEST, Manifest, Network, Provenance, Skipped,
    appearance, write_entities, write_network,
};
use crate::graph::measures::{CONFIDENCE, Column, Precision, measure_all};
use crate::graph::{EvidenceLimit, GraphBuilder, claims_as_ties};
use crate::model::{Claim, EntityDirectory, EntityId};
use crate::pipeline::Reader;
use crate::source::{Articles, Options, SourceError};

use super::inputs::InputArguments;
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
/// Reads plain text, Markdown, HTML, JSON, CSV, feeds, mail, Telegram exports, MHTML, WARC and
/// archives, compressed or not; from files, folders, globs, or `-` for standard input. Without
/// inputs it reads the sample.
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
    reading: InputArguments,
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

    let limit = if arguments.claims_as_edges {
        EvidenceLimit::All
    } else {
        EvidenceLimit::Best(EVIDENCE_PER_TIE)
    };
    let mut collected = Collected::new(limit);
    let claim_files = threads.install(|| {
        let options = arguments.reading.options();
        read_articles(&inputs, options, &reader, &selection, &mut folder, &mut collected)
    })?;

    let Collected { builder, named, directory, mut counts, skipped, warnings } = collected;
    let named = with_their_states(named, &directory);
    let entities: Vec<_> = named.iter().filter_map(|id| directory.get(id)).collect();
    write_lines(ENTITIES, &mut folder, |file| write_entities(entities.iter().copied(), file))?;
    claim_files.finish(&entities, &directory)?;
    let mut graph = selection.cut(builder.finish(&directory));
    if arguments.claims_as_edges {
        graph = claims_as_ties(&graph);
    }
    counts.entities = graph.n_nodes() as u64;
    counts.ties = graph.n_ties() as u64;
    let precision = if arguments.exact { Precision::Exact } else { Precision::Adaptive };
    let measures = threads.install(|| measure_all(&graph, precision));
    let appearance = threads.install(|| appearance(&graph, &measures));
    let network = Network { graph: &graph, measures: &measures, appearance: &appearance };
    write_network(network, &mut folder)?;
    let files = folder.names().to_vec();
    let mut manifest =
        manifest(&arguments, inputs, &reader, counts.clone(), skipped.clone(), &files);
    manifest.warnings = warnings;
    manifest.settings.insert("betweenness".to_owned(), accuracy(&measures));
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

/// The entities of `named`, and the states that they belong to.
fn with_their_states(
    mut named: BTreeSet<EntityId>,
    directory: &EntityDirectory,
) -> BTreeSet<EntityId> {
    let states = named.iter().filter_map(|id| directory.get(id)?.state.clone());
    let states: Vec<_> = states.collect();
    named.extend(states);
    named
}

/// How exact the measures over shortest routes are, in words.
fn accuracy(measures: &[Column]) -> String {
    match measures.iter().find_map(|column| column.error_bound) {
        Some(bound) => format!("sampled, within {bound:.6} with probability {CONFIDENCE}"),
        None => "exact".to_owned(),
    }
}

/// What a run gathers while articles stream by.
struct Collected {
    builder: GraphBuilder,
    /// Entities that claims name.
    named: BTreeSet<EntityId>,
    directory: EntityDirectory,
    counts: InputCounts,
    skipped: Vec<Skipped>,
    warnings: Vec<Skipped>,
}

impl Collected {
    fn new(limit: EvidenceLimit) -> Self {
        Self {
            builder: GraphBuilder::new(limit),
            named: BTreeSet::new(),
            directory: EntityDirectory::default(),
            counts: InputCounts::default(),
            skipped: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn name(&mut self, claim: &Claim) {
        let speaker =
            claim.attribution.as_ref().and_then(|attribution| attribution.holder.as_ref());
        let items = claim.items.iter().filter_map(|item| item.entity.as_ref());
        for id in [&claim.source, &claim.target].into_iter().chain(speaker).chain(items) {
            if !self.named.contains(id) {
                self.named.insert(id.clone());
            }
        }
    }

    fn skip(&mut self, error: &SourceError) {
        self.counts.skipped += u64::from(!error.is_warning());
        let list = if error.is_warning() { &mut self.warnings } else { &mut self.skipped };
        if list.len() < SKIPPED_LISTED {
            let line = error.line().map(|line| format!(":{line}")).unwrap_or_default();
            list.push(Skipped {
                input: format!("{}{line}", error.path().display()),
                reason: error.cause().to_string(),
            });
        }
    }
}

/// Reads every article, writes its claims as they come and adds them to the network. The files
/// still lack the entities that their claims name.
fn read_articles(
    inputs: &[String],
    options: Options,
    reader: &Reader,
    selection: &Selection,
    folder: &mut Folder,
    collected: &mut Collected,
) -> anyhow::Result<ClaimFiles> {
    super::interrupt::clean_up(folder.staging())?;
    let provenance =
        Provenance { version: env!("CARGO_PKG_VERSION").to_owned(), hashes: reader.hashes() };
    let mut files = ClaimFiles::create(folder, &provenance)?;
    let mut articles = Articles::with(inputs, options);
    let position = articles.progress();
    let progress = progress_bar(position.total());
    collected.directory = reader.gazetteer.directory().clone();
    let result = reader.read_all(articles.by_ref(), |read| -> anyhow::Result<()> {
        progress.set_position(position.read());
        let analysis = match read {
            Ok(read) => read,
            Err(error) => {
                progress.suspend(|| super::inputs::tell(&error));
                collected.skip(&error);
                return Ok(());
            }
        };
        collected.counts.articles += 1;
        collected.counts.bytes += analysis.article.text.len() as u64;
        collected.counts.sentences += analysis.document.sentences.len() as u64;
        collected.counts.parsed += analysis.trees.iter().flatten().count() as u64;
        collected.counts.mentions += analysis.mentions.len() as u64;
        for entity in analysis.directory.added() {
            collected.directory.add(entity.clone());
        }
        for claim in analysis.claims {
            if let Some(claim) = selection.apply(Arc::new(claim), &analysis.directory) {
                files.write(&claim, &analysis.article)?;
                collected.name(&claim);
                collected.builder.add(&claim);
                collected.counts.claims += 1;
            }
        }
        Ok(())
    });
    progress.finish_and_clear();
    result?;
    Ok(files)
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
    settings.extend(arguments.reading.settings());
    Manifest {
        program: "tieline".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        hashes: reader.hashes(),
        settings,
        counts,
        inputs,
        skipped,
        warnings: Vec::new(),
        files: files.iter().cloned().chain([MANIFEST.to_owned()]).collect(),
    }
}
