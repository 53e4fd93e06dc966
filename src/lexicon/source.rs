//! Files of knowledge, of word lists and of rules: those embedded, and a user's own in their place.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::Spanned;

/// Why a file of word lists or rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A file or folder cannot be read.
    #[error("{path}: cannot be read", path = path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not TOML of the expected shape, or a value breaks a rule.
    #[error("{path}:{line}: {message}", path = path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The line, 1-based.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

/// A file with its text, for errors that tell the line.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// Whether it is one of the program's own.
    pub(crate) is_embedded: bool,
}

impl Source {
    /// What the file says.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, FileError> {
        toml::from_str(&self.text).map_err(|error| {
            self.error_at(error.span().map_or(0, |span| span.start), error.message())
        })
    }

    /// The 1-based line of a byte.
    pub(crate) fn line(&self, byte: usize) -> usize {
        let until = byte.min(self.text.len());
        memchr::memchr_iter(b'\n', &self.text.as_bytes()[..until]).count() + 1
    }

    /// An error at `value`.
    pub(crate) fn error<T>(&self, value: &Spanned<T>, message: impl Into<String>) -> FileError {
        self.error_at(value.span().start, message)
    }

    fn error_at(&self, byte: usize, message: impl Into<String>) -> FileError {
        let (path, line) = (self.path.clone(), self.line(byte));
        FileError::Invalid { path, line, message: message.into() }
    }

    /// Adds name and text to a hash of all files.
    pub(crate) fn add_to(&self, hasher: &mut blake3::Hasher) {
        let name = self.path.file_name().unwrap_or_default();
        for part in [name.as_encoded_bytes(), self.text.as_bytes()] {
            hasher.update(part);
            hasher.update(&[0]);
        }
    }
}

/// The files of `embedded`, which lie in `folder`, then those of `extra` in the order of their names.
/// A file of `extra` with the name of an embedded one stands in its place.
pub(crate) fn read_all(
    (folder, embedded): (&str, &[(&str, &str)]),
    extra: Option<&Path>,
) -> Result<Vec<Source>, FileError> {
    let of_embedded = |&(name, text): &(&str, &str)| Source {
        path: Path::new(folder).join(name),
        text: text.to_owned(),
        is_embedded: true,
    };
    let mut sources: Vec<Source> = embedded.iter().map(of_embedded).collect();
    let Some(folder) = extra else { return Ok(sources) };
    let cannot_read = |path: &Path| {
        let path = path.to_owned();
        move |source| FileError::Read { path, source }
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
        let source = Source { path, text, is_embedded: false };
        match replaced {
            Some(index) => sources[index] = source,
            None => sources.push(source),
        }
    }
    Ok(sources)
}
