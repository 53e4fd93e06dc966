//! What a finished run is: a folder that holds what was read, what people have decided about it, and
//! the files that other programs open.
//!
//! In: articles, other runs, corrections. Out: the folder of a run. [`build`] reads articles anew,
//! [`add`] reads those that a run lacks, [`merge`] joins runs that were made elsewhere, [`correct`]
//! adds decisions. All four end in the same step: sorted segments of articles and claims become the
//! files of the run, so that it does not matter by which of them, and in which order, articles came.
//! [`FinishedRun`] reads a run back without its articles.
//!
//! | in the folder | holds |
//! | --- | --- |
//! | `manifest.json` | the names and hashes of all files: replacing it makes one run of another |
//! | `segments/` | articles and claims as they were read; never changed, named by hash |
//! | `corrections.toml` | decisions of people, in the form that [`corrections`] documents |
//! | all other files | what follows from the two, for programs and people |
//!
//! A folder has one writer at a time. A reading that is interrupted keeps what it has read, and the
//! next one goes on from there.

use std::path::{Path, PathBuf};

use crate::export::Provenance;
use crate::model::Entity;
use crate::pipeline::Reader;
use crate::source::{Options, SourceError};

mod apply;
mod beside;
mod change;
mod columns;
pub mod corrections;
mod disk;
mod error;
#[cfg(test)]
mod faults;
mod finished;
mod folder;
mod gathered;
mod judgements;
mod manifest;
mod merge;
mod pieces;
mod publish;
mod read;
mod record;
mod safety;
mod segment;
mod sketch;
mod stories;
mod unite;

pub use columns::{article_cells, article_fields};
pub use corrections::{CORRECTIONS, Change, Correction, CorrectionError, Corrections};
pub use error::RunError;
pub use finished::FinishedRun;
pub use gathered::{Gathered, unite_all};
pub use judgements::{Judgement, judgements};
pub use manifest::{Applied, Counts, MANIFEST, Manifest, Relation, Settings, Skipped};
pub use publish::{ARTICLES, ArticleRow, ENTITIES, Published};
pub use read::{provenance, record};
pub use record::{ReadCounts, Record};
pub use segment::Segment;
pub use sketch::Sketch;
pub use stories::{days_between, is_one_story};

use disk::Disk;
use folder::{RunFolder, Stage};
use merge::Source;
use pieces::Pieces;
use read::{Pending, Seen};

/// What happens while a run is made.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'e> {
    /// An input or a record was left out.
    Skipped(&'e SourceError),
    /// So many bytes of all inputs are read.
    Position {
        /// Bytes as stored.
        read: u64,
        /// Of so many; 0 where it is not known.
        total: u64,
    },
    /// Something that people should know, in words.
    Note(&'e str),
}

/// Where a run is made, and how.
#[derive(Debug, Clone)]
pub struct Making {
    /// The folder.
    pub out: PathBuf,
    /// How claims become files.
    pub settings: Settings,
    /// Decisions that are added to those of the folder.
    pub corrections: Corrections,
    /// Whether a run without claims may take the place of one with some.
    pub force: bool,
    /// How inputs are read, where they do not tell it themselves.
    pub reading: Options,
    /// Articles of a batch: what an interrupted reading loses at most. 0 for the usual number.
    pub batch: usize,
    /// What the manifest calls the inputs where their paths say nothing; their paths otherwise.
    pub inputs_name: Option<String>,
    disk: Disk,
}

impl Making {
    /// A run in `out` of all claims.
    #[must_use]
    pub fn new(out: impl Into<PathBuf>) -> Self {
        Self {
            out: out.into(),
            settings: Settings::default(),
            corrections: Corrections::default(),
            force: false,
            reading: Options::default(),
            batch: 0,
            inputs_name: None,
            disk: Disk::default(),
        }
    }

    fn open(
        &self,
        replaced: bool,
        watch: &mut dyn FnMut(Event<'_>),
    ) -> Result<RunFolder, RunError> {
        let folder = RunFolder::open(&self.out, self.disk.clone(), replaced)?;
        for note in &folder.notes {
            watch(Event::Note(note));
        }
        Ok(folder)
    }

    /// The inputs as the manifest calls them.
    fn named(&self, inputs: &[String]) -> Vec<String> {
        self.inputs_name.as_ref().map_or_else(|| inputs.to_vec(), |name| vec![name.clone()])
    }

    fn batch(&self) -> usize {
        if self.batch == 0 { read::BATCH } else { self.batch }
    }
}

/// A run that was made.
#[derive(Debug)]
pub struct Made {
    /// What it consists of.
    pub manifest: Manifest,
    /// Its network.
    pub published: Published,
}

/// Reads all articles of `inputs` and makes them a run.
///
/// # Errors
///
/// If an input would read results or files of a run, the folder cannot be written, or a run with
/// claims would become empty.
pub fn build(
    reader: &Reader,
    inputs: &[String],
    making: &Making,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<Made, RunError> {
    safety::check_inputs(inputs, &making.out)?;
    let mut folder = making.open(true, watch)?;
    let decided = gather(&folder.path, [&making.corrections])?;
    let read_with = provenance(reader);
    let mut manifest = Manifest::empty();
    manifest.settings = making.settings.clone();
    manifest.inputs.extend(making.named(inputs));
    manifest.relations.extend(reader.rules.relations().iter().map(Relation::from));
    let mut pending = open_pending(&folder, &read_with, making, watch)?;
    let inputs = (inputs, &making.reading);
    read::read(reader, inputs, &Seen::new(), &mut pending, &mut manifest, watch)?;
    let sources = pending_sources(&pending);
    let merging = Merging { groups: vec![(sources, Some(&pending.wanted))], kept: Vec::new() };
    commit(&mut folder, manifest, merging, decided, making.force, watch)
}

/// Makes a run of what was read elsewhere, in any order: records of articles, each with what is known
/// of the entities that its claims name. All were read with `read_with`; claims may have
/// `relations`, and have those that they have.
///
/// # Errors
///
/// The first one of `read`; or if the folder cannot be written.
pub fn write(
    read: impl IntoIterator<Item = Result<(Record, Vec<Entity>), RunError>>,
    read_with: &Provenance,
    relations: impl IntoIterator<Item = Relation>,
    making: &Making,
) -> Result<Made, RunError> {
    let quiet = &mut |_: Event<'_>| {};
    let mut folder = making.open(true, quiet)?;
    let decided = gather(&folder.path, [&making.corrections])?;
    let mut manifest = Manifest::empty();
    manifest.settings = making.settings.clone();
    manifest.relations.extend(relations);
    // What was read elsewhere is given whole: nothing goes on from an earlier time.
    folder.disk.remove_folder(&folder.path.join(folder::PENDING))?;
    let mut pending = Pending::open(&folder, read_with, making.batch())?;
    for read in read {
        let (record, entities) = read?;
        let claims = record.claims.iter().filter_map(|(row, _)| row.clone().into_claim());
        for relation in claims.map(|claim| Relation::from(&claim.relation)) {
            // Known by the name alone: a claim tells less of it than a file of rules.
            if !manifest.relations.iter().any(|known| known.name == relation.name) {
                manifest.relations.insert(relation);
            }
        }
        pending.give(record, entities)?;
    }
    pending.keep()?;
    let sources = pending_sources(&pending);
    let merging = Merging { groups: vec![(sources, None)], kept: Vec::new() };
    commit(&mut folder, manifest, merging, decided, making.force, quiet)
}

/// Reads the articles of `inputs` that the run in the folder lacks, and adds them.
///
/// # Errors
///
/// As of [`build`]; and if there is no run.
pub fn add(
    reader: &Reader,
    inputs: &[String],
    making: &Making,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<Made, RunError> {
    safety::check_inputs(inputs, &making.out)?;
    if Manifest::read(&making.out)?.is_none() {
        return Err(RunError::NoRun { path: making.out.clone() });
    }
    let mut folder = making.open(false, watch)?;
    let decided = gather(&folder.path, [&making.corrections])?;
    let mut manifest = carried_on(&folder)?;
    let read_with = provenance(reader);
    manifest.inputs.extend(making.named(inputs));
    manifest.relations.extend(reader.rules.relations().iter().map(Relation::from));
    let known = read::known(&folder)?;
    let mut pending = open_pending(&folder, &read_with, making, watch)?;
    let inputs = (inputs, &making.reading);
    read::read(reader, inputs, &known, &mut pending, &mut manifest, watch)?;
    let (alike, kept): (Vec<_>, Vec<_>) = sources_of(&folder.path, &folder.manifest)
        .into_iter()
        .partition(|source| source.segment.read_with == read_with);
    if !kept.is_empty() {
        watch(Event::Note(
            "some articles were read by another version, gazetteer or rules: build anew to read all \
             alike",
        ));
    }
    let sources = alike.into_iter().chain(pending_sources(&pending)).collect();
    let merging = Merging { groups: vec![(sources, Some(&pending.wanted))], kept };
    commit(&mut folder, manifest, merging, decided, making.force, watch)
}

/// Joins the runs in `folders` into one, with the corrections of all.
///
/// # Errors
///
/// If one of them is no run, two were made by different filters, or corrections contradict.
pub fn merge(
    folders: &[PathBuf],
    making: &Making,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<Made, RunError> {
    let mut joined = Manifest::empty();
    let mut sources: Vec<Source> = Vec::new();
    let mut decisions = Vec::new();
    // Held against writers for as long as they are read.
    let mut held = Vec::new();
    let out = std::path::absolute(&making.out).ok();
    for (n, path) in folders.iter().enumerate() {
        if std::path::absolute(path).ok() != out {
            held.push(RunFolder::open(path, Disk::default(), false)?);
        }
        let manifest = Manifest::read(path)?;
        let manifest = manifest.ok_or_else(|| RunError::NoRun { path: path.clone() })?;
        if n == 0 {
            joined.settings = manifest.settings.clone();
        } else if !joined.settings.agree(&manifest.settings) {
            let (first, second) = (folders[0].clone(), path.clone());
            return Err(RunError::OtherSettings { first, second });
        }
        joined.join(&manifest);
        decisions.push(Corrections::read(&path.join(CORRECTIONS))?);
        sources.extend(sources_of(path, &Some(manifest)));
    }
    let mut folder = making.open(true, watch)?;
    let own = [&making.corrections];
    let decided = gather(&folder.path, decisions.iter().chain(own))?;
    let mut groups: Vec<(Vec<Source>, Option<&Seen>)> = Vec::new();
    sources.sort_by(|a, b| a.segment.read_with.cmp(&b.segment.read_with));
    for group in sources.chunk_by(|a, b| a.segment.read_with == b.segment.read_with) {
        groups.push((group.to_vec(), None));
    }
    let merging = Merging { groups, kept: Vec::new() };
    commit(&mut folder, joined, merging, decided, making.force, watch)
}

/// Adds the decisions of `making` to those of the run and writes its files anew.
///
/// # Errors
///
/// If there is no run, or corrections contradict.
pub fn correct(making: &Making, watch: &mut dyn FnMut(Event<'_>)) -> Result<Made, RunError> {
    if Manifest::read(&making.out)?.is_none() {
        return Err(RunError::NoRun { path: making.out.clone() });
    }
    let mut folder = making.open(false, watch)?;
    let decided = gather(&folder.path, [&making.corrections])?;
    let manifest = carried_on(&folder)?;
    let kept = sources_of(&folder.path, &folder.manifest);
    let merging = Merging { groups: Vec::new(), kept };
    commit(&mut folder, manifest, merging, decided, true, watch)
}

/// Segments that become new ones, and those that stay.
struct Merging<'w> {
    /// Read with one knowledge each; of what was read now only the wanted articles, if told.
    groups: Vec<(Vec<Source>, Option<&'w Seen>)>,
    kept: Vec<Source>,
}

/// Writes the run of `merging` into the folder in place of the one that is there.
fn commit(
    folder: &mut RunFolder,
    mut manifest: Manifest,
    merging: Merging<'_>,
    decided: Decided,
    force: bool,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<Made, RunError> {
    let stage = folder.stage()?;
    let written = write_files(folder, &stage, &mut manifest, merging, decided);
    let before = folder.manifest.as_ref().map_or(0, |manifest| manifest.counts.claims);
    let emptied = before > 0 && manifest.counts.claims == 0 && !force;
    let published = match written {
        Ok(published) if !emptied => published,
        failed => {
            // What cannot be removed now is removed by the next command.
            let _ = folder.disk.remove_folder(&stage.path);
            let path = folder.path.clone();
            return Err(failed.err().unwrap_or(RunError::WouldEmpty { path, claims: before }));
        }
    };
    for applied in manifest.corrections.iter().filter(|applied| applied.touched == 0) {
        let note = format!(
            "{}:{}: {} fits nothing in this run",
            folder.path.join(CORRECTIONS).display(),
            applied.line,
            applied.kind
        );
        watch(Event::Note(&note));
    }
    folder.commit(&stage, manifest)?;
    let manifest = folder.manifest.clone().expect("a run was just committed");
    Ok(Made { manifest, published })
}

/// Writes the segments and files of a run into `stage` and completes its manifest.
fn write_files(
    folder: &RunFolder,
    stage: &Stage,
    manifest: &mut Manifest,
    merging: Merging<'_>,
    decided: Decided,
) -> Result<Published, RunError> {
    let mut sources = merging.kept;
    for (group, wanted) in &merging.groups {
        let unnamed = stage.path.join("segment");
        let segment = merge::merge(group, *wanted, &unnamed, &folder.disk)?;
        if segment.articles == 0 {
            folder.disk.remove_file(&unnamed)?;
            continue;
        }
        let path = stage.path.join(&segment.file);
        folder.disk.rename(&unnamed, &path)?;
        folder.disk.sync(&path)?;
        sources.push(Source { path, segment, whole: true });
    }
    sources.sort_by(|a, b| a.segment.read_with.cmp(&b.segment.read_with));
    manifest.segments = sources.iter().map(|source| source.segment.clone()).collect();
    if !decided.corrections.list.is_empty() {
        let mut file = stage.create_file(CORRECTIONS)?;
        std::io::Write::write_all(&mut file, decided.text.as_bytes())
            .and_then(|()| std::io::Write::flush(&mut file))
            .map_err(|source| RunError::Disk {
                path: stage.path.join(CORRECTIONS),
                doing: "write",
                source,
            })?;
    }
    let former = folder.manifest.as_ref().and_then(|old| Pieces::open(&folder.path, old));
    publish::publish(stage, manifest, &sources, decided.corrections, former)
}

/// Corrections, and the text of the file that holds them.
struct Decided {
    corrections: Corrections,
    text: String,
}

/// The corrections of the folder and `more`, each once. What a person wrote in the file of the
/// folder stays as it is; the others stand behind it.
fn gather<'c>(
    folder: &Path,
    more: impl IntoIterator<Item = &'c Corrections>,
) -> Result<Decided, RunError> {
    let path = folder.join(CORRECTIONS);
    let mut all = Corrections::read(&path)?;
    let n_own = all.list.len();
    for corrections in more {
        all.extend(corrections)?;
    }
    let mut text = match n_own {
        0 => corrections::HEADER.to_owned(),
        _ => std::fs::read_to_string(&path).map_err(|source| RunError::Disk {
            path: path.clone(),
            doing: "read",
            source,
        })?,
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    for placed in &all.list[n_own..] {
        text.push_str(&placed.correction.to_string());
    }
    // Read again: lines are those of the file as it will be.
    Ok(Decided { corrections: Corrections::parse(&text, &path)?, text })
}

/// The manifest of the run in the folder as the start of its next one.
fn carried_on(folder: &RunFolder) -> Result<Manifest, RunError> {
    let old = folder.manifest.clone();
    let old = old.ok_or_else(|| RunError::NoRun { path: folder.path.clone() })?;
    let mut manifest = Manifest::empty();
    manifest.settings = old.settings.clone();
    manifest.join(&old);
    Ok(manifest)
}

fn sources_of<'m>(path: &Path, manifest: impl IntoIterator<Item = &'m Manifest>) -> Vec<Source> {
    let segments = manifest.into_iter().flat_map(|manifest| &manifest.segments);
    let source = |segment: &Segment| Source {
        path: path.join(&segment.file),
        segment: segment.clone(),
        whole: true,
    };
    segments.map(source).collect()
}

fn pending_sources(pending: &Pending) -> Vec<Source> {
    let source = |(path, segment): (PathBuf, &Segment)| Source {
        path,
        segment: segment.clone(),
        whole: false,
    };
    pending.segments().map(source).collect()
}

fn open_pending(
    folder: &RunFolder,
    read_with: &Provenance,
    making: &Making,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<Pending, RunError> {
    let pending = Pending::open(folder, read_with, making.batch())?;
    if pending.n_held() > 0 {
        watch(Event::Note(&format!(
            "goes on from {} articles that an interrupted run had read",
            pending.n_held()
        )));
    }
    Ok(pending)
}
