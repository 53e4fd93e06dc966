//! `manifest.json`: what a run consists of and what it was made from. Replacing it is the one step by
//! which a run becomes another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::export::Provenance;
use crate::graph::Selection;
use crate::model::{RelationFacts, RelationKind};

use super::segment::Segment;
use super::{CORRECTIONS, RunError};

/// The manifest in the folder of a run.
pub const MANIFEST: &str = "manifest.json";

/// The form of runs that this version writes and reads.
const FORM: u32 = 3;

/// Skipped inputs that are listed; all are counted.
const SKIPPED_LISTED: usize = 1000;

/// An input that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Skipped {
    /// Path, with line or record where it is a part of a file.
    pub input: String,
    /// What is wrong.
    pub reason: String,
}

/// What was read, and what came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Articles read.
    pub articles: u64,
    /// Stories that they tell: copies of one text count once.
    pub stories: u64,
    /// Bytes of their text.
    pub bytes: u64,
    /// Sentences outside of boilerplate.
    pub sentences: u64,
    /// Sentences that were parsed.
    pub parsed: u64,
    /// Mentions by name or reference.
    pub mentions: u64,
    /// Claims written.
    pub claims: u64,
    /// Entities in the network.
    pub entities: u64,
    /// Ties in the network.
    pub ties: u64,
    /// Inputs skipped, those beyond the listed ones included.
    pub skipped: u64,
}

/// How claims become the files of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Which claims and ties count.
    pub selection: Selection,
    /// One edge a claim in the graph files.
    pub claims_as_edges: bool,
    /// Routes are followed from every entity.
    pub exact: bool,
    /// How inputs were read where they did not tell it themselves, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub reading: BTreeMap<String, String>,
}

impl Settings {
    /// Whether both make the same files of the same articles.
    pub(super) fn agree(&self, other: &Self) -> bool {
        (&self.selection, self.claims_as_edges, self.exact)
            == (&other.selection, other.claims_as_edges, other.exact)
    }
}

/// A relation that a run may hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Relation {
    /// Its name.
    pub name: String,
    /// Whether the pair is unordered.
    pub symmetric: bool,
    /// PLOVER event type.
    pub plover: String,
    /// CAMEO code.
    pub cameo: String,
}

impl From<&RelationKind> for Relation {
    fn from(kind: &RelationKind) -> Self {
        Self {
            name: kind.as_str().to_owned(),
            symmetric: kind.is_symmetric(),
            plover: kind.plover().to_owned(),
            cameo: kind.cameo().to_owned(),
        }
    }
}

impl From<&Relation> for RelationKind {
    fn from(relation: &Relation) -> Self {
        Self::new(RelationFacts {
            name: relation.name.clone(),
            symmetric: relation.symmetric,
            plover: relation.plover.clone(),
            cameo: relation.cameo.clone(),
            ..RelationFacts::default()
        })
    }
}

/// What a correction did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Its line in the file.
    pub line: usize,
    /// Its kind.
    pub kind: String,
    /// Claims that it changed, removed or added; entities, of a new name. 0 where it fits nothing.
    pub touched: u64,
}

/// The whole manifest. It holds no time and no path of the machine: the same articles give the same
/// bytes, in whatever order they came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name of the program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The form of the run.
    pub form: u32,
    /// Hashes (BLAKE3) of what the articles were read with: gazetteer, rules, model. Of several
    /// segments the last one's.
    pub hashes: BTreeMap<String, String>,
    /// How claims became files.
    pub settings: Settings,
    /// How exact the measures over shortest routes are, in words.
    pub routes: String,
    /// What was read and found.
    pub counts: Counts,
    /// Inputs as given, sorted.
    pub inputs: BTreeSet<String>,
    /// Inputs skipped, with reasons, sorted; the first thousand.
    pub skipped: BTreeSet<Skipped>,
    /// Inputs read with a doubt, such as dates that cannot be decided, sorted; the first thousand.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub warnings: BTreeSet<Skipped>,
    /// The relations that claims may have.
    pub relations: BTreeSet<Relation>,
    /// What corrections did.
    pub corrections: Vec<Applied>,
    /// Articles and their claims as they were read.
    pub segments: Vec<Segment>,
    /// The files of the run by name, with the BLAKE3 of their bytes.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// A manifest of a run without anything.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            program: "tieline".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            form: FORM,
            hashes: BTreeMap::new(),
            settings: Settings::default(),
            routes: String::new(),
            counts: Counts::default(),
            inputs: BTreeSet::new(),
            skipped: BTreeSet::new(),
            warnings: BTreeSet::new(),
            relations: BTreeSet::new(),
            corrections: Vec::new(),
            segments: Vec::new(),
            files: BTreeMap::new(),
        }
    }

    /// Reads the manifest of the run in `folder`; `None` where there is none.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is no manifest of this form.
    pub fn read(folder: &Path) -> Result<Option<Self>, RunError> {
        let path = folder.join(MANIFEST);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(RunError::Disk { path, doing: "read", source }),
        };
        let form = serde_json::from_slice::<serde_json::Value>(&text).ok();
        let ours = form.as_ref().is_some_and(|json| json["program"] == "tieline");
        if ours && form.is_some_and(|json| json["form"] != FORM) {
            return Err(RunError::OldForm { path });
        }
        serde_json::from_slice(&text).map(Some).map_err(|error| RunError::Line {
            path,
            line: error.line() as u64,
            cause: format!("no manifest: {error}"),
        })
    }

    /// Notes an input that could not be read, or was read with a doubt.
    pub(super) fn skip(&mut self, skipped: Skipped, is_warning: bool) {
        if is_warning {
            if self.warnings.len() < SKIPPED_LISTED {
                self.warnings.insert(skipped);
            }
        } else if self.skipped.len() < SKIPPED_LISTED {
            if self.skipped.insert(skipped) {
                self.counts.skipped += 1;
            }
        } else if !self.skipped.contains(&skipped) {
            self.counts.skipped += 1;
        }
    }

    /// Takes over what another run was made from.
    pub(super) fn join(&mut self, other: &Self) {
        let unlisted = other.counts.skipped.saturating_sub(other.skipped.len() as u64);
        self.inputs.extend(other.inputs.iter().cloned());
        self.relations.extend(other.relations.iter().cloned());
        for skipped in &other.skipped {
            self.skip(skipped.clone(), false);
        }
        self.counts.skipped += unlisted;
        for warning in &other.warnings {
            self.skip(warning.clone(), true);
        }
    }

    /// What its articles were read with, the newest version last.
    #[must_use]
    pub fn read_with(&self) -> BTreeSet<&Provenance> {
        self.segments.iter().map(|segment| &segment.read_with).collect()
    }

    /// Whether `name` is a file of a run, for whoever looks for strangers in the folder.
    #[must_use]
    pub fn owns(&self, name: &str) -> bool {
        name == MANIFEST
            || name == CORRECTIONS
            || self.files.contains_key(name)
            || self.segments.iter().any(|segment| segment.file == name)
    }
}
