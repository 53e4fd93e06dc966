//! Word lists as people write them: TOML in, entries with their lines out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::LexiconError;

/// One file of lists.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LexiconFile {
    /// Base forms by the name of their list: an inflected word counts as its base form.
    #[serde(default)]
    pub(super) words: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Words that count as they stand, by the name of their list.
    #[serde(default)]
    pub(super) forms: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Phrases of web pages, in small letters, by what they say of their line.
    #[serde(default)]
    pub(super) phrases: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Numbers of words that count as they stand, by the name of their table.
    #[serde(default)]
    pub(super) tables: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<i64>>>,
    /// Words with values, by the name of what pairs them.
    #[serde(default)]
    pub(super) pairs: BTreeMap<Spanned<String>, Vec<PairsRow>>,
}

/// Words that share their values.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PairsRow {
    pub(super) words: Vec<Spanned<String>>,
    pub(super) values: Vec<Spanned<String>>,
}

/// A file with its text, for errors that tell the line.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

impl Source {
    pub(super) fn parse(&self) -> Result<LexiconFile, LexiconError> {
        toml::from_str(&self.text).map_err(|error| {
            self.error(error.span().map_or(0, |span| span.start), error.message().to_owned())
        })
    }

    /// An error at `byte`.
    pub(super) fn error(&self, byte: usize, message: String) -> LexiconError {
        let until = byte.min(self.text.len());
        let line = memchr::memchr_iter(b'\n', &self.text.as_bytes()[..until]).count() + 1;
        LexiconError::Invalid { path: self.path.clone(), line, message }
    }
}

/// The embedded files with their names, sorted.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

/// The embedded files, then those of `extra` in the order of their names. A file of `extra` with
/// the name of an embedded one stands in its place.
pub(super) fn read_all(extra: Option<&Path>) -> Result<Vec<Source>, LexiconError> {
    let mut sources: Vec<Source> = EMBEDDED
        .iter()
        .map(|(name, text)| Source {
            path: Path::new("data/lexicon").join(name),
            text: (*text).to_owned(),
        })
        .collect();
    let Some(folder) = extra else { return Ok(sources) };
    let cannot_read = |path: &Path| {
        let path = path.to_owned();
        move |source| LexiconError::Read { path, source }
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot_read(folder))? {
        let path = entry.map_err(cannot_read(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(cannot_read(&path))?;
        let replaced =
            sources.iter().position(|source| source.path.file_name() == path.file_name());
        let source = Source { path, text };
        match replaced {
            Some(index) => sources[index] = source,
            None => sources.push(source),
        }
    }
    Ok(sources)
}
