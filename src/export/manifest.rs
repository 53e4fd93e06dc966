//! `manifest.json`: what was read with what, so that a run can be repeated and defended.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// An input that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Path, with line or record where it is a part of a file.
    pub input: String,
    /// What is wrong.
    pub reason: String,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputCounts {
    /// Articles read.
    pub articles: u64,
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

/// The whole manifest. It holds no time and no path of the machine: the same input gives the same
/// bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name of the program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// Hashes (BLAKE3) of what the articles were read with: gazetteer, rules, model.
    pub hashes: BTreeMap<String, String>,
    /// Arguments that decide what is in the files, as given.
    pub settings: BTreeMap<String, String>,
    /// What was read and found.
    pub counts: InputCounts,
    /// Inputs as given.
    pub inputs: Vec<String>,
    /// Inputs skipped, with reasons; the first thousand.
    pub skipped: Vec<Skipped>,
    /// Inputs read with a doubt, such as dates that cannot be decided; the first thousand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Skipped>,
    /// The files of the run.
    pub files: Vec<String>,
}
