//! Files, folders, globs and standard input become [`Article`]s.
//!
//! Comes in: names as the user types them. Goes out: an iterator of articles, in the order of the
//! names, sorted inside of a folder, with one error for each input that was skipped; the iteration
//! goes on behind an error. Left out: what the text says, but for what a record's fields name.

mod error;
mod record;

pub use error::{Cause, SourceError};

use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::model::Article;

/// What standard input is called on the command line and in messages.
pub const STDIN: &str = "-";

/// How far the reading is, in bytes as stored. Shared with a progress bar.
#[derive(Debug, Default)]
pub struct Progress {
    read: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// Bytes read so far.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Bytes of all files; standard input counts as nothing.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }
}

/// Articles of all inputs, read as they are asked for.
///
/// ```no_run
/// for article in tieline::source::Articles::open(["news/", "more.jsonl"]) {
///     match article {
///         Ok(article) => println!("{}: {} bytes", article.info.id, article.text.len()),
///         Err(skipped) => eprintln!("{skipped}"),
///     }
/// }
/// ```
pub struct Articles {
    /// Files not yet opened, and what could not even be listed, in order.
    waiting: VecDeque<Result<PathBuf, SourceError>>,
    open: Option<Records>,
    names: HashMap<PathBuf, String>,
    used: HashSet<String>,
    progress: Arc<Progress>,
}

/// The file that is being read, record by record.
struct Records {
    path: PathBuf,
    reader: Box<dyn BufRead + Send>,
    line: u64,
}

impl Articles {
    /// Articles of `inputs`: files, folders, globs, or [`STDIN`].
    pub fn open<I>(inputs: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<PathBuf>,
    {
        let mut waiting = VecDeque::new();
        for input in inputs {
            list(&input.into(), &mut waiting);
        }
        let progress = Arc::new(Progress::default());
        let total: u64 = waiting
            .iter()
            .flatten()
            .filter_map(|path| path.metadata().ok())
            .map(|metadata| metadata.len())
            .sum();
        progress.total.store(total, Ordering::Relaxed);
        let names = name_files(waiting.iter().flatten());
        Self { waiting, open: None, names, used: HashSet::new(), progress }
    }

    /// How far the reading is.
    #[must_use]
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    fn finish(&mut self, mut article: Article) -> Article {
        let info = Arc::make_mut(&mut article.info);
        let mut id = info.id.to_string();
        let mut n = 1;
        while !self.used.insert(id.clone()) {
            n += 1;
            id = format!("{}#{n}", info.id);
        }
        info.id = id.into();
        article
    }
}

impl Iterator for Articles {
    type Item = Result<Article, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(records) = &mut self.open {
                match records.next(&self.progress) {
                    Some(Ok(article)) => return Some(Ok(self.finish(article))),
                    Some(Err(error)) => return Some(Err(error)),
                    None => self.open = None,
                }
            }
            let path = match self.waiting.pop_front()? {
                Ok(path) => path,
                Err(error) => return Some(Err(error)),
            };
            let is_lines = path.extension().is_some_and(|e| e == "jsonl" || e == "ndjson");
            let is_stdin = path.as_os_str() == STDIN;
            let reader: Box<dyn BufRead + Send> = if is_stdin {
                Box::new(BufReader::new(std::io::stdin()))
            } else {
                match File::open(&path) {
                    Ok(file) => Box::new(BufReader::with_capacity(1 << 16, file)),
                    Err(error) => return Some(Err(SourceError::new(path, Cause::Read(error)))),
                }
            };
            if is_lines {
                self.open = Some(Records { path, reader, line: 0 });
                continue;
            }
            let name = self.names.get(&path).cloned().unwrap_or_else(|| "stdin".to_owned());
            return Some(match read_text(&path, reader, &name, &self.progress) {
                Ok(article) => Ok(self.finish(article)),
                Err(error) => Err(error),
            });
        }
    }
}

impl Records {
    fn next(&mut self, progress: &Progress) -> Option<Result<Article, SourceError>> {
        let mut line = Vec::new();
        loop {
            line.clear();
            self.line += 1;
            let fail = |cause| Err(SourceError::at(self.path.clone(), self.line, cause));
            match self.reader.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(n) => progress.read.fetch_add(n as u64, Ordering::Relaxed),
                Err(error) => return Some(fail(Cause::Read(error))),
            };
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
            let fallback = format!("{}:{}", name.unwrap_or_default(), self.line);
            return Some(record::read_json(&line, &fallback).or_else(fail));
        }
    }
}

fn read_text(
    path: &Path,
    mut reader: impl Read,
    name: &str,
    progress: &Progress,
) -> Result<Article, SourceError> {
    let mut bytes = Vec::new();
    reader
        .read_to_end(&mut bytes)
        .map_err(|error| SourceError::new(path.to_owned(), Cause::Read(error)))?;
    progress.read.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(record::plain(name, text))
}

/// Appends the files of one input.
fn list(input: &Path, waiting: &mut VecDeque<Result<PathBuf, SourceError>>) {
    if input.as_os_str() == STDIN || input.is_file() {
        waiting.push_back(Ok(input.to_owned()));
    } else if input.is_dir() {
        let entries = walkdir::WalkDir::new(input).sort_by_file_name().into_iter();
        let is_shown = |entry: &walkdir::DirEntry| {
            entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
        };
        for entry in entries.filter_entry(is_shown) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    waiting.push_back(Ok(entry.into_path()));
                }
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(input).to_owned();
                    waiting.push_back(Err(SourceError::new(path, Cause::Read(error.into()))));
                }
            }
        }
    } else {
        let error = std::io::Error::from(std::io::ErrorKind::NotFound);
        waiting.push_back(Err(SourceError::new(input.to_owned(), Cause::Read(error))));
    }
}

/// The name of each file, with as much of its folder as makes it unique.
fn name_files<'p>(paths: impl Iterator<Item = &'p PathBuf> + Clone) -> HashMap<PathBuf, String> {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut counts: HashMap<String, usize> = HashMap::new();
    for path in paths.clone() {
        *counts.entry(name(path).unwrap_or_default()).or_default() += 1;
    }
    paths
        .map(|path| {
            let name = name(path).unwrap_or_default();
            let unique = counts[&name] == 1;
            let name = if unique { name } else { path.to_string_lossy().into_owned() };
            (path.clone(), name)
        })
        .collect()
}
