//! Segments become one: sorted records from several files, each article once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::path::{Path, PathBuf};

use crate::export::Provenance;
use crate::model::{Entity, EntityId};

use super::RunError;
use super::disk::Disk;
use super::read::{Seen, add_states, entities_of, fingerprint};
use super::record::{Head, RecordKey};
use super::segment::{Segment, SegmentReader, SegmentWriter, Stored};
use super::unite::unite;

/// A segment to be merged.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) segment: Segment,
}

impl Source {
    fn open(&self) -> Result<SegmentReader, RunError> {
        SegmentReader::open(&self.path, None)
    }
}

/// What sorts a record among those of other files: its key, then the newest reading of it, then
/// what else is known about it, so that of two with one key the same one always comes first.
/// Readings are numbered by what they were made with.
type Order = (RecordKey, Reverse<usize>, [Option<String>; 3]);

/// Records of several segments in order, one of each key.
#[derive(Debug)]
pub(super) struct Merged {
    readers: Vec<(SegmentReader, usize)>,
    heads: BinaryHeap<Reverse<(Order, usize)>>,
    waiting: Vec<Option<Stored>>,
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
        let waiting = readers.iter().map(|_| None).collect();
        let mut merged = Self { readers, heads: BinaryHeap::new(), waiting, last: None };
        for n in 0..merged.readers.len() {
            merged.advance(n)?;
        }
        Ok(merged)
    }

    fn advance(&mut self, n: usize) -> Result<(), RunError> {
        let (reader, read_with) = &mut self.readers[n];
        if let Some(stored) = reader.next_record()? {
            let info = &stored.head.article;
            let facts = [info.title.clone(), info.outlet.clone(), info.url.clone()];
            let order = (stored.head.key(), Reverse(*read_with), facts);
            self.heads.push(Reverse((order, n)));
            self.waiting[n] = Some(stored);
        }
        Ok(())
    }

    /// The next record; `None` behind the last.
    pub(super) fn next(&mut self) -> Result<Option<Stored>, RunError> {
        while let Some(Reverse(((key, ..), n))) = self.heads.pop() {
            let stored = self.waiting[n].take().expect("a head has its record");
            self.advance(n)?;
            if self.last.as_ref() != Some(&key) {
                self.last = Some(key);
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
/// of those only the `wanted` ones, if given.
pub(super) fn merge(
    sources: &[Source],
    wanted: Option<&Seen>,
    path: &Path,
    disk: &Disk,
) -> Result<Segment, RunError> {
    let is_wanted = |stored: &Stored| {
        let Head { article, content, .. } = &stored.head;
        wanted.is_none_or(|wanted| wanted.contains(&fingerprint(article, content)))
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
            if is_wanted(&stored) {
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
    is_wanted: impl Fn(&Stored) -> bool,
    entities: &BTreeMap<EntityId, Entity>,
) -> Result<BTreeSet<EntityId>, RunError> {
    let mut named = BTreeSet::new();
    let mut records = Merged::open(sources)?;
    while let Some(stored) = records.next()? {
        if is_wanted(&stored) {
            for claim in stored.claims()?.into_iter().filter_map(|(row, _)| row.into_claim()) {
                named.extend(entities_of(&claim).cloned());
            }
        }
    }
    add_states(&mut named, |id| entities.get(id));
    Ok(named)
}
