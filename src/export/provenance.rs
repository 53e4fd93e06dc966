//! What claims were found with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Version of the program, and hashes of what it read articles with.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of the program.
    pub version: String,
    /// Hashes of gazetteer, rules and model, by name.
    pub hashes: BTreeMap<String, String>,
}
