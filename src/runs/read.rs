//! Articles become segments, batch by batch; what was read before is not read again.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::export::Provenance;
use crate::model::{Article, ArticleInfo, Claim, Entity, EntityDirectory, EntityId};
use crate::pipeline::{Analysis, Reader};
use crate::source::{Articles, Options, SourceError};

use super::disk::Disk;
use super::folder::{PENDING, RunFolder};
use super::manifest::Skipped;
use super::record::{ReadCounts, Record, content, fingerprint_of};
use super::segment::{Segment, SegmentReader, SegmentWriter};
use super::unite::unite;
use super::{Event, Manifest, RunError};

/// Articles of a pending segment: what an interrupted reading loses at most.
pub(super) const BATCH: usize = 500;

/// Name and text of an article in 16 bytes.
pub(super) type Seen = HashSet<[u8; 16]>;

/// Tells an article from all others: by its text and by all that is known about it.
pub(super) fn fingerprint(info: &ArticleInfo, content: &str) -> [u8; 16] {
    let date = info.date.map(|date| date.to_string());
    let facts = [&info.title, &date, &info.outlet, &info.url, &info.author, &info.forwarded_from];
    fingerprint_of(facts.map(Option::as_deref), &info.id, content)
}

/// Hash of the source that decides what is read off an article.
const PROGRAM: &str = env!("TIELINE_READING");

/// Segments of articles that no run names yet, with what they were read with.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Journal {
    read_with: Provenance,
    /// Hash of the source that read them: builds of one version may read differently.
    #[serde(default)]
    program: String,
    segments: Vec<Segment>,
}

/// What was read: pending segments, and which of their articles are meant.
#[derive(Debug)]
pub(super) struct Pending {
    folder: PathBuf,
    disk: Disk,
    journal: Journal,
    /// Articles of the pending segments.
    held: Seen,
    /// Articles that the inputs gave, of the pending segments or new.
    pub(super) wanted: Seen,
    batch: usize,
    records: Vec<Record>,
    entities: BTreeMap<EntityId, Entity>,
}

impl Pending {
    /// What an interrupted reading left in `folder`, if it was read with the same knowledge.
    pub(super) fn open(
        folder: &RunFolder,
        read_with: &Provenance,
        batch: usize,
    ) -> Result<Self, RunError> {
        let path = folder.path.join(PENDING);
        let mut pending = Self {
            folder: path.clone(),
            disk: folder.disk.clone(),
            journal: Journal {
                read_with: read_with.clone(),
                program: PROGRAM.to_owned(),
                segments: Vec::new(),
            },
            held: Seen::new(),
            wanted: Seen::new(),
            batch,
            records: Vec::new(),
            entities: BTreeMap::new(),
        };
        let journal = std::fs::read(path.join("journal.json")).ok();
        let journal = journal.and_then(|text| serde_json::from_slice::<Journal>(&text).ok());
        match journal {
            Some(journal) if journal.read_with == *read_with && journal.program == PROGRAM => {
                pending.journal = journal;
            }
            Some(_) => folder.disk.remove_folder(&path)?,
            None => {}
        }
        for segment in &pending.journal.segments {
            let mut reader = SegmentReader::open(&path.join(&segment.file), Some(&segment.hash))?;
            reader.each_mark(|mark| {
                pending.held.insert(mark.fingerprint());
            })?;
        }
        Ok(pending)
    }

    /// Articles that need not be read again.
    pub(super) fn n_held(&self) -> usize {
        self.held.len()
    }

    /// Paths and hashes of the segments.
    pub(super) fn segments(&self) -> impl Iterator<Item = (PathBuf, &Segment)> {
        self.journal.segments.iter().map(|segment| (self.folder.join(&segment.file), segment))
    }

    /// Takes one more article and what is known of the entities of its claims.
    pub(super) fn give(&mut self, record: Record, entities: Vec<Entity>) -> Result<(), RunError> {
        for entity in entities {
            unite(&mut self.entities, entity);
        }
        self.records.push(record);
        if self.records.len() >= self.batch { self.keep() } else { Ok(()) }
    }

    /// Commits what was gathered as a segment.
    pub(super) fn keep(&mut self) -> Result<(), RunError> {
        if self.records.is_empty() {
            return Ok(());
        }
        let mut records = std::mem::take(&mut self.records);
        records.sort_by_cached_key(Record::key);
        let unnamed = self.folder.join("segment");
        let mut writer = SegmentWriter::create(&unnamed, &self.disk)?;
        for entity in std::mem::take(&mut self.entities).into_values() {
            writer.entity(entity)?;
        }
        for record in records {
            self.held.insert(fingerprint(&record.article, &record.content));
            writer.record(record)?;
        }
        let segment = writer.finish(&self.journal.read_with)?;
        self.disk.sync(&unnamed)?;
        self.disk.rename(&unnamed, &self.folder.join(&segment.file))?;
        self.journal.segments.push(segment);
        let (path, new) = (self.folder.join("journal.json"), self.folder.join("journal.new"));
        let mut file = self.disk.create(&new)?;
        serde_json::to_writer(&mut file, &self.journal)
            .map_err(std::io::Error::from)
            .and_then(|()| std::io::Write::flush(&mut file))
            .map_err(|source| RunError::Disk { path: new.clone(), doing: "write", source })?;
        drop(file);
        self.disk.sync(&new)?;
        self.disk.rename(&new, &path)
    }
}

/// Reads the articles of `inputs` that neither `known` nor the pending segments hold.
pub(super) fn read(
    reader: &Reader,
    (inputs, options): (&[String], &Options),
    known: &Seen,
    pending: &mut Pending,
    manifest: &mut Manifest,
    watch: &mut dyn FnMut(Event<'_>),
) -> Result<(), RunError> {
    let mut articles = Articles::with(inputs, options.clone()).with_ids_as_given();
    let progress = articles.progress();
    let (mut wanted, held) = (Seen::new(), pending.held.clone());
    let is_new = |article: &Article| {
        let fingerprint = fingerprint(&article.info, &content(article));
        // The same article twice in the inputs is one.
        wanted.insert(fingerprint) && !known.contains(&fingerprint) && !held.contains(&fingerprint)
    };
    reader.read_wanted(articles.by_ref(), is_new, |read: Result<Analysis, SourceError>| {
        watch(Event::Position { read: progress.read(), total: progress.total() });
        match read {
            Ok(analysis) => {
                for &limit in &analysis.limits {
                    let doubt = SourceError::of_article(&analysis.article, limit);
                    watch(Event::Skipped(&doubt));
                    manifest.skip(skipped(&doubt), doubt.is_warning());
                }
                if analysis.limits.iter().any(|limit| limit.is_whole()) {
                    return Ok(());
                }
                let (record, entities) = record(&analysis);
                pending.give(record, entities)
            }
            Err(error) => {
                watch(Event::Skipped(&error));
                manifest.skip(skipped(&error), error.is_warning());
                Ok(())
            }
        }
    })?;
    pending.wanted.extend(wanted);
    pending.keep()
}

fn skipped(error: &SourceError) -> Skipped {
    let line = error.line().map(|line| format!(":{line}")).unwrap_or_default();
    Skipped {
        input: format!("{}{line}", error.path().display()),
        reason: error.cause().to_string(),
    }
}

/// What a run keeps of an article that was read, and of the entities that its claims name.
#[must_use]
pub fn record(analysis: &Analysis) -> (Record, Vec<Entity>) {
    let article = &analysis.article;
    let counts = ReadCounts {
        bytes: article.text.len() as u64,
        sentences: analysis.document.sentences.len() as u64,
        parsed: analysis.trees.iter().flatten().count() as u64,
        mentions: analysis.mentions.len() as u64,
    };
    let entities = named(&analysis.claims, &analysis.directory);
    (Record::of(analysis, counts), entities)
}

/// What is known of the entities that claims name, and of the states that they belong to.
fn named(claims: &[Claim], directory: &EntityDirectory) -> Vec<Entity> {
    let ids: BTreeSet<&EntityId> = claims.iter().flat_map(entities_of).collect();
    let mut entities: BTreeMap<&EntityId, &Entity> = BTreeMap::new();
    for entity in ids.into_iter().filter_map(|id| directory.get(id)) {
        entities.insert(&entity.id, entity);
        let state = entity.state.as_ref().and_then(|state| directory.get(state));
        entities.extend(state.map(|state| (&state.id, state)));
    }
    entities.into_values().cloned().collect()
}

/// Adds the states that `named` entities belong to.
pub(super) fn add_states<'e>(
    named: &mut BTreeSet<EntityId>,
    known: impl Fn(&EntityId) -> Option<&'e Entity>,
) {
    let states: Vec<EntityId> = named.iter().filter_map(|id| known(id)?.state.clone()).collect();
    named.extend(states);
}

/// Source, target, speaker and goods of a claim, those that are entities.
pub(super) fn entities_of(claim: &Claim) -> impl Iterator<Item = &EntityId> {
    let speaker = claim.attribution.as_ref().and_then(|attribution| attribution.holder.as_ref());
    let items = claim.items.iter().filter_map(|item| item.entity.as_ref());
    [&claim.source, &claim.target].into_iter().chain(speaker).chain(items)
}

/// What `reader` reads with.
#[must_use]
pub fn provenance(reader: &Reader) -> Provenance {
    Provenance { version: env!("CARGO_PKG_VERSION").to_owned(), hashes: reader.hashes() }
}

/// All articles of the segments of a run.
pub(super) fn known(folder: &RunFolder) -> Result<Seen, RunError> {
    let mut known = Seen::new();
    for segment in folder.manifest.iter().flat_map(|manifest| &manifest.segments) {
        let path = folder.path.join(&segment.file);
        let mut reader = SegmentReader::open(&path, Some(&segment.hash))?;
        reader.each_mark(|mark| {
            known.insert(mark.fingerprint());
        })?;
    }
    Ok(known)
}
