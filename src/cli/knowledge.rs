//! Which gazetteer, rules and weights articles are read with.

use std::path::PathBuf;

use anyhow::Context;

use crate::pipeline::{Knowledge, Reader};

/// Tables of the user's own, beside or instead of the embedded ones.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Knowledge")]
pub(super) struct KnowledgeArguments {
    /// Folder with gazetteer tables that add to or override the embedded ones.
    #[arg(long, value_name = "DIR")]
    gazetteer: Option<PathBuf>,
    /// Folder with rule files that add to or override the embedded ones.
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Folder with word lists that add to or override the embedded ones.
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
}

impl KnowledgeArguments {
    /// Those of a command that takes the folder of rules as its own argument.
    pub(super) fn new(
        gazetteer: Option<PathBuf>,
        rules: Option<PathBuf>,
        lexicon: Option<PathBuf>,
    ) -> Self {
        Self { gazetteer, rules, lexicon }
    }

    /// Compiles everything that reading needs; what is wrong with a table stops the run here.
    pub(super) fn load(&self) -> anyhow::Result<Reader> {
        let knowledge = Knowledge {
            gazetteer: self.gazetteer.as_deref(),
            rules: self.rules.as_deref(),
            lexicon: self.lexicon.as_deref(),
        };
        Reader::load(knowledge).context("cannot start reading")
    }
}
