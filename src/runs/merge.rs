//! Segments become one: sorted records from several files, each article once.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::path::{Path, PathBuf};

use crate::export::Provenance;
use crate::model::{Entity, EntityId};

use super::RunError;
use super::disk::Disk;
use super::read::{Seen, add_states, entities_of};
use super::record::RecordKey;
use super::segment::{Segment, SegmentReader, SegmentWriter, Stored};
use super::unite::unite;

/// A segment to be merged.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) segment: Segment,
    /// Whether all of its articles are meant, or those alone that are asked for.
    pub(super) whole: bool,
}

impl Source {
    pub(super) fn open(&self) -> Result<SegmentReader, RunError> {
        SegmentReader::open(&self.path, None)
    }
}

/// A record that waits for those of other files. It is sorted by its key, then the newest reading of
/// it, then what else is known about it, so that of two with one key the same one always comes first.
#[derive(Debug)]
struct Waiting {
    stored: Stored,
    /// Of those that the records were made with, the older first.
    reading: usize,
}

impl Waiting {
    /// What else is known of it: of few records is it asked.
    fn facts(&self) -> Option<impl Ord + '_> {
        let known = self.stored.mark().ok()?.article;
        Some((known.title, known.outlet, known.url))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.stored
            .key
            .cmp(&other.stored.key)
            .then_with(|| Reverse(self.reading).cmp(&Reverse(other.reading)))
            .then_with(|| self.facts().cmp(&other.facts()))
            .then_with(|| self.stored.source.cmp(&other.stored.source))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}

/// Records of several segments in order, one of each key.
#[derive(Debug)]
pub(super) struct Merged {
    readers: Vec<(SegmentReader, usize)>,
    waiting: BinaryHeap<Reverse<Waiting>>,
    last: Option<RecordKey>,
}

impl Merged {
    /// The records of `sources`.
    pub(super) fn open(sources: &[Source]) -> Result<Self, RunError> {
        let readings: BTreeSet<_> =
            sources.iter().map(|source| &source.segment.read_with).collect();
        let mut readers = Vec::new();
        for source in sources {
            let older = |reading: &&&Provenance| ***reading < source.segment.read_with;
            readers.push((source.open()?, readings.iter().filter(older).count()));
        }
        let mut merged = Self { readers, waiting: BinaryHeap::new(), last: None };
        if merged.readers.len() > 1 {
            for n in 0..merged.readers.len() {
                merged.advance(n)?;
            }
        }
        Ok(merged)
    }

    fn advance(&mut self, n: usize) -> Result<(), RunError> {
        let (reader, reading) = &mut self.readers[n];
        if let Some(stored) = reader.next_record(n)? {
            self.waiting.push(Reverse(Waiting { stored, reading: *reading }));
        }
        Ok(())
    }

    /// The next record; `None` behind the last.
    pub(super) fn next(&mut self) -> Result<Option<Stored>, RunError> {
        // The records of one segment are sorted, and one may be there twice.
        if let [(reader, _)] = &mut self.readers[..] {
            while let Some(stored) = reader.next_record(0)? {
                if is_new(&mut self.last, &stored) {
                    return Ok(Some(stored));
                }
            }
            return Ok(None);
        }
        while let Some(Reverse(Waiting { stored, .. })) = self.waiting.pop() {
            self.advance(stored.source)?;
            if is_new(&mut self.last, &stored) {
                return Ok(Some(stored));
            }
        }
        Ok(None)
    }

    /// The next records, at most [`BATCH`]; none behind the last.
    pub(super) fn next_batch(&mut self) -> Result<Vec<Stored>, RunError> {
        let mut batch = Vec::new();
        while batch.len() < BATCH
            && let Some(stored) = self.next()?
        {
            batch.push(stored);
        }
        Ok(batch)
    }
}

/// Whether `stored` is another record than the `last` one, which it becomes.
fn is_new(last: &mut Option<RecordKey>, stored: &Stored) -> bool {
    let is_new = last.as_ref() != Some(&stored.key);
    if is_new {
        *last = Some(stored.key.clone());
    }
    is_new
}

/// Records that are worked on together, by all threads.
const BATCH: usize = 256;

/// What is known of the entities of all `sources`.
pub(super) fn entities(sources: &[Source]) -> Result<BTreeMap<EntityId, Entity>, RunError> {
    Ok(known_entities(sources)?.0)
}

/// The same, and whether two sources name different states for one entity.
fn known_entities(sources: &[Source]) -> Result<(BTreeMap<EntityId, Entity>, bool), RunError> {
    let mut entities: BTreeMap<EntityId, Entity> = BTreeMap::new();
    let mut differ = false;
    for source in sources {
        let mut reader = source.open()?;
        while let Some(entity) = reader.next_entity()? {
            let known = entities.get(&entity.id);
            differ |= known.is_some_and(|known| known.state != entity.state);
            unite(&mut entities, entity);
        }
    }
    Ok((entities, differ))
}

/// Writes the records of `sources`, which were read with one knowledge, into one segment at `path`;
/// of those that are not meant as a whole only the `wanted` ones, if given.
pub(super) fn merge(
    sources: &[Source],
    wanted: Option<&Seen>,
    path: &Path,
    disk: &Disk,
) -> Result<Segment, RunError> {
    let is_wanted = |stored: &Stored| match wanted {
        Some(wanted) if !sources[stored.source].whole => {
            Ok::<_, RunError>(wanted.contains(&stored.mark()?.fingerprint()))
        }
        _ => Ok(true),
    };
    let (entities, differ) = known_entities(sources)?;
    let write = |named: Option<&BTreeSet<EntityId>>| {
        let mut writer = SegmentWriter::create(path, disk)?;
        let is_named = |entity: &&Entity| named.is_none_or(|named| named.contains(&entity.id));
        for entity in entities.values().filter(is_named) {
            writer.entity(entity.clone())?;
        }
        let mut records = Merged::open(sources)?;
        while let Some(stored) = records.next()? {
            if is_wanted(&stored)? {
                writer.stored(&stored)?;
            }
        }
        let read_with = sources.first().map(|source| source.segment.read_with.clone());
        writer.finish(&read_with.unwrap_or_default())
    };
    // What was read here names all of its entities, unless some of it is left out.
    if wanted.is_some() && !differ {
        let segment = write(None)?;
        if segment.articles == sources.iter().map(|source| source.segment.articles).sum::<u64>() {
            return Ok(segment);
        }
    }
    write(Some(&named(sources, is_wanted, &entities)?))
}

/// The entities that claims of wanted records name, and their states.
fn named(
    sources: &[Source],
    is_wanted: impl Fn(&Stored) -> Result<bool, RunError>,
    entities: &BTreeMap<EntityId, Entity>,
) -> Result<BTreeSet<EntityId>, RunError> {
    let mut named = BTreeSet::new();
    let mut records = Merged::open(sources)?;
    while let Some(stored) = records.next()? {
        if is_wanted(&stored)? {
            for claim in stored.claims()?.into_iter().filter_map(|(row, _)| row.into_claim()) {
                named.extend(entities_of(&claim).cloned());
            }
        }
    }
    add_states(&mut named, |id| entities.get(id));
    Ok(named)
}
