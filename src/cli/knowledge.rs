//! Which gazetteer, rules and weights articles are read with.

use std::path::PathBuf;

use anyhow::Context;

use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::pipeline::Reader;
use crate::rules::RuleSet;
use crate::syntax::Parser;

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
    /// Compiles everything that reading needs; what is wrong with a table stops the run here.
    pub(super) fn load(&self) -> anyhow::Result<Reader> {
        let lexicon = Lexicon::load(self.lexicon.as_deref()).context("bad word lists")?;
        Ok(Reader {
            gazetteer: Gazetteer::load(&lexicon, self.gazetteer.as_deref())
                .context("bad gazetteer")?,
            parser: Parser::embedded().context("bad weights")?,
            rules: RuleSet::load(&lexicon, self.rules.as_deref()).context("bad rules")?,
            lexicon,
        })
    }
}
