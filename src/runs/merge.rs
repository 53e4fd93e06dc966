//! Segments become one: sorted records from several files, each article once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::path::{Path, PathBuf};

use crate::export::Provenance;
use crate::model::{Entity, EntityId};

use super::RunError;
use super::disk::Disk;
use super::read::{Seen, add_states, entities_of, fingerprint};
use super::record::{Record, RecordKey};
use super::segment::{Segment, SegmentReader, SegmentWriter};
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
type Order = (RecordKey, Reverse<Provenance>, [Option<String>; 3]);

/// Records of several segments in order, one of each key.
#[derive(Debug)]
pub(super) struct Merged {
    readers: Vec<(SegmentReader, Provenance)>,
    heads: BinaryHeap<Reverse<(Order, usize)>>,
    waiting: Vec<Option<Record>>,
    last: Option<RecordKey>,
}

impl Merged {
    /// The records of `sources`.
    pub(super) fn open(sources: &[Source]) -> Result<Self, RunError> {
        let mut readers = Vec::new();
        for source in sources {
            readers.push((source.open()?, source.segment.read_with.clone()));
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
        if let Some(record) = reader.next_record()? {
            let info = &record.article;
            let facts = [info.title.clone(), info.outlet.clone(), info.url.clone()];
            let order = (record.key(), Reverse(read_with.clone()), facts);
            self.heads.push(Reverse((order, n)));
            self.waiting[n] = Some(record);
        }
        Ok(())
    }

    /// The next record; `None` behind the last.
    pub(super) fn next(&mut self) -> Result<Option<Record>, RunError> {
        while let Some(Reverse(((key, ..), n))) = self.heads.pop() {
            let record = self.waiting[n].take().expect("a head has its record");
            self.advance(n)?;
            if self.last.as_ref() != Some(&key) {
                self.last = Some(key);
                return Ok(Some(record));
            }
        }
        Ok(None)
    }
}

/// What is known of the entities of all `sources`.
pub(super) fn entities(sources: &[Source]) -> Result<BTreeMap<EntityId, Entity>, RunError> {
    let mut entities = BTreeMap::new();
    for source in sources {
        let mut reader = source.open()?;
        while let Some(entity) = reader.next_entity()? {
            unite(&mut entities, entity);
        }
    }
    Ok(entities)
}

/// Writes the records of `sources`, which were read with one knowledge, into one segment at `path`;
/// of those only the `wanted` ones, if given.
pub(super) fn merge(
    sources: &[Source],
    wanted: Option<&Seen>,
    path: &Path,
    disk: &Disk,
) -> Result<Segment, RunError> {
    let is_wanted = |record: &Record| {
        wanted.is_none_or(|w| w.contains(&fingerprint(&record.article, &record.content)))
    };
    let mut named = BTreeSet::new();
    let mut records = Merged::open(sources)?;
    while let Some(record) = records.next()? {
        if is_wanted(&record) {
            let claims = record.claims.into_iter().filter_map(|(row, _)| row.into_claim());
            for claim in claims {
                named.extend(entities_of(&claim).cloned());
            }
        }
    }
    let entities = entities(sources)?;
    add_states(&mut named, |id| entities.get(id));
    let mut writer = SegmentWriter::create(path, disk)?;
    for entity in entities.into_values().filter(|entity| named.contains(&entity.id)) {
        writer.entity(entity)?;
    }
    let mut records = Merged::open(sources)?;
    while let Some(record) = records.next()? {
        if is_wanted(&record) {
            writer.record(record)?;
        }
    }
    let read_with = sources.first().map(|source| source.segment.read_with.clone());
    writer.finish(&read_with.unwrap_or_default())
}
