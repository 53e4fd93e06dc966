//! Files, folders, globs and standard input become [`Article`]s.
//!
//! Comes in: names as the user types them. Goes out: an iterator of articles, in the order of the
//! names, sorted inside of a folder, with one error for each input or record that was skipped; the
//! iteration goes on behind an error. Left out: what the text says, but for what a record's fields
//! or a page's metadata name.
//!
//! Each form of input is a file in `forms`, behind the contract of `form`: it opens a stream and
//! gives records one by one. `forms::ALL` is their table, `opened` makes articles of the records, and
//! decides once a file what is decided once a file.
//!
//! Each may be compressed. Memory is bounded by [`MAX_RECORD`], whatever comes in.

mod entities;
mod error;
mod form;
mod forms;
mod ids;
mod inputs;
mod keys;
mod lines;
mod opened;
mod package;
mod print;
mod record;
mod stream;
mod tags;
mod walk;
mod xml;

pub use error::{Cause, SourceError};
pub use form::Options;
pub use keys::{FieldMap, InvalidFieldMap, RecordField};
pub use record::Fields;

use std::collections::{HashMap, VecDeque};
use std::io::{self, BufRead};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::model::Article;
use form::Input;
use ids::UsedIds;
use opened::{OpenInput, Step};

/// What standard input is called on the command line and in messages.
pub const STDIN: &str = "-";

/// Longest file of one article, line or row that is read, in bytes.
pub const MAX_RECORD: usize = 32 << 20;

/// Longest text of an article, in bytes: a thick book has less than half of it.
pub const MAX_TEXT: usize = 4 << 20;

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
///         Err(doubt) if doubt.is_warning() => eprintln!("warning: {doubt}"),
///         Err(skipped) => eprintln!("{skipped}"),
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Articles {
    /// Inputs not yet opened, and what could not even be listed, in order.
    waiting: VecDeque<Result<PathBuf, SourceError>>,
    /// The input that is read; behind it the archives that it lies in.
    open: Vec<OpenInput>,
    options: Options,
    names: HashMap<PathBuf, String>,
    /// `None` where ids stay as they came.
    used: Option<UsedIds>,
    progress: Arc<Progress>,
}

impl Articles {
    /// Articles of `inputs`: files, folders, globs, or [`STDIN`].
    pub fn open<I>(inputs: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<PathBuf>,
    {
        Self::with(inputs, Options::default())
    }

    /// The same, read as `options` say.
    pub fn with<I>(inputs: I, options: Options) -> Self
    where
        I: IntoIterator,
        I::Item: Into<PathBuf>,
    {
        let waiting = inputs::list(inputs.into_iter().map(Into::into));
        let progress = Arc::new(Progress::default());
        let sizes = waiting.iter().flatten().filter_map(|path| path.metadata().ok());
        progress.total.store(sizes.map(|metadata| metadata.len()).sum(), Ordering::Relaxed);
        let names = inputs::name_files(waiting.iter().flatten());
        Self { waiting, open: Vec::new(), options, names, used: Some(UsedIds::default()), progress }
    }

    /// Articles of one stream, called `name`, whose ending may tell the format.
    pub fn from_reader(name: &str, reader: impl io::Read + Send + 'static) -> Self {
        Self::from_reader_with(name, reader, Options::default())
    }

    /// The same, read as `options` say.
    pub fn from_reader_with(
        name: &str,
        reader: impl io::Read + Send + 'static,
        options: Options,
    ) -> Self {
        let mut articles = Self::with(std::iter::empty::<PathBuf>(), options);
        match articles.open_stream(PathBuf::from(name), name.to_owned(), Box::new(reader)) {
            Ok(input) => articles.open.push(input),
            Err(error) => articles.waiting.push_back(Err(error)),
        }
        articles
    }

    /// Leaves ids as they came, also where several articles have one: for those who tell them apart
    /// by more than the order in which they are read.
    #[must_use]
    pub fn with_ids_as_given(mut self) -> Self {
        self.used = None;
        self
    }

    /// How far the reading is.
    #[must_use]
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    fn open_file(&self, path: PathBuf) -> Result<OpenInput, SourceError> {
        let name = match self.names.get(&path) {
            Some(name) if name != STDIN => name.clone(),
            _ => "stdin".to_owned(),
        };
        match stream::open(&path) {
            Ok(raw) => self.open_stream(path, name, raw),
            Err(error) => Err(SourceError::new(&path, Cause::Read(error))),
        }
    }

    fn open_stream(
        &self,
        path: PathBuf,
        name: String,
        raw: Box<dyn io::Read + Send>,
    ) -> Result<OpenInput, SourceError> {
        let counted = stream::counted(raw, &self.progress);
        match stream::decompress(counted) {
            Ok((reader, compressed)) => {
                let options = self.options.clone();
                OpenInput::open(Input { path, name, reader, options, depth: 0 }, compressed)
            }
            Err(error) => Err(SourceError::new(&path, Cause::Read(error))),
        }
    }
}

/// Opens a file of an archive, which may be compressed in its turn.
fn open_member(mut input: Input) -> Result<OpenInput, SourceError> {
    let empty: Box<dyn BufRead + Send> = Box::new(io::empty());
    match stream::decompress(std::mem::replace(&mut input.reader, empty)) {
        Ok((reader, compressed)) => OpenInput::open(Input { reader, ..input }, compressed),
        Err(error) => Err(SourceError::new(&input.path, Cause::Read(error))),
    }
}

impl Iterator for Articles {
    type Item = Result<Article, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let opened = match self.open.last_mut().map(OpenInput::next) {
                Some(Some(Step::Article(mut article))) => {
                    if let Some(used) = &mut self.used {
                        used.make_unique(&mut article);
                    }
                    return Some(Ok(article));
                }
                Some(Some(Step::Error(error))) => return Some(Err(error)),
                Some(Some(Step::File(input))) => open_member(input),
                Some(None) => {
                    self.open.pop();
                    continue;
                }
                None => self.waiting.pop_front()?.and_then(|path| self.open_file(path)),
            };
            match opened {
                Ok(input) => self.open.push(input),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// What the files give, as `id` or as the error's text behind the last slash.
    fn read(files: &[(&str, &[u8])]) -> Vec<Result<Article, String>> {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let mut articles = Articles::open([folder.path()]);
        let read = articles
            .by_ref()
            .map(|article| {
                article.map_err(|error| {
                    let text = error.to_string();
                    text[text.rfind('/').map_or(0, |at| at + 1)..].to_owned()
                })
            })
            .collect();
        assert_eq!(articles.progress().read(), articles.progress().total());
        read
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstandard(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn ids(read: &[Result<Article, String>]) -> Vec<&str> {
        let name = |article: &'_ Result<Article, String>| match article {
            Ok(article) => article.info.id.to_string(),
            Err(error) => error.clone(),
        };
        read.iter().map(name).map(|name| &*Box::leak(name.into_boxed_str())).collect()
    }

    #[test]
    fn formats_are_known_by_name_and_content() {
        let read = read(&[
            ("a.txt", b"They met."),
            ("b.md", b"# Talks\n\nThey *met*."),
            ("c.html", b"<html><body><p>They met.</p></body></html>"),
            (
                "d.jsonl",
                b"{\"id\":\"d1\",\"text\":\"They met.\"}\n{\"id\":\"d2\",\"text\":\"x\"}\n",
            ),
            ("e.json", b"[{\"id\":\"e1\",\"text\":\"They met.\"}]"),
            ("f.json", b"{\"articles\":[{\"content\":\"One.\"},{\"content\":\"Two.\"}]}"),
            ("g.csv", b"id,title,text\ng1,Talks,They met.\n"),
            ("h.tsv", b"text\tid\nThey met.\th1\n"),
            ("i.jsonl.gz", &gzip(b"{\"id\":\"i1\",\"text\":\"They met.\"}")),
            ("i.txt.zst", &[zstandard(b"They met, "), zstandard(b"then left.")].concat()),
            ("j", b"text,title\nThey met.,Talks\n"),
            ("k.json", b"{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"),
            (".hidden", b"no"),
        ]);
        let expected = [
            "a.txt",
            "b.md",
            "c.html",
            "d1",
            "d2",
            "e1",
            "f.json:1",
            "f.json:1#2",
            "g1",
            "h1",
            "i1",
            "i.txt.zst",
            "j:2",
            "k.json:1",
            "k.json:2",
        ];
        assert_eq!(ids(&read), expected);
        assert!(read.iter().all(|article| article.as_ref().unwrap().text.ends_with('.')
            || article.as_ref().unwrap().text == "x"));
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_read() {
        let read = read(&[
            ("a.jsonl", b"{\"id\":\"a1\",\"text\":\"One.\"}\n{\"id\":\n\n{\"id\":\"a4\",\"text\":\"Four.\"}"),
            ("b.pdf", b"%PDF-1.4 ..."),
            ("c.txt", b""),
            ("d.csv", b"id,note\n1,x\n"),
            ("e.json", b"[{\"text\":\"One.\"}, {\"no\":1}, {\"text\":\"Two.\"}"),
            ("f.txt", b"broken \xFF bytes, but \xC3\xA9t\xC3\xA9 \xE2\x80\x94 stays."),
        ]);
        let expected = [
            "a1",
            "a.jsonl:2: wrong JSON: EOF while parsing a value (byte 0)",
            "a4",
            "b.pdf: PDF is not read; turn it into text with pdftotext",
            "c.txt: no text",
            "d.csv: no column for the text (expected text, body or content; found id, note; name it with --map text=COLUMN)",
            "e.json:1",
            "e.json:1: no text (found no; name its key with --map text=KEY)",
            "e.json:1#2",
            "f.txt",
        ];
        assert_eq!(ids(&read), expected);
    }

    #[test]
    fn ids_are_unique() {
        let read = read(&[
            ("a/one.txt", b"One."),
            ("b/one.txt", b"Two."),
            ("c.jsonl", b"{\"id\":\"x\",\"text\":\"1\"}\n{\"id\":\"x\",\"text\":\"2\"}\n{\"id\":\"x\",\"text\":\"3\"}"),
        ]);
        assert_eq!(ids(&read), ["a/one.txt", "b/one.txt", "x", "x#2", "x#3"]);
    }

    #[test]
    fn a_gzip_that_ends_too_early_keeps_its_whole_records() {
        use std::fmt::Write;
        let mut lines = String::new();
        for n in 0..20_000 {
            writeln!(lines, "{{\"id\":\"{n}\",\"text\":\"Number {}.\"}}", n * 7919 % 10_007)
                .unwrap();
        }
        let whole = gzip(lines.as_bytes());
        let read = read(&[("a.jsonl.gz", &whole[..whole.len() / 2])]);
        let (last, records) = read.split_last().unwrap();
        assert!(last.as_ref().unwrap_err().contains("compressed data is damaged or cut off"));
        assert!(records.len() > 1000 && records.iter().all(Result::is_ok));
        let two = [gzip(b"{\"text\":\"One.\"}\n"), gzip(b"{\"text\":\"Two.\"}\n")].concat();
        assert_eq!(read_len(&two), 2);
    }

    fn read_len(bytes: &[u8]) -> usize {
        read(&[("a.jsonl.gz", bytes)]).iter().filter(|article| article.is_ok()).count()
    }

    #[test]
    fn a_line_without_end_is_passed() {
        let mut bytes = b"{\"id\":\"a\",\"text\":\"One.\"}\n".to_vec();
        bytes.resize(bytes.len() + MAX_RECORD + 10, b'x');
        bytes.extend_from_slice(b"\n{\"id\":\"c\",\"text\":\"Three.\"}\n");
        let read = read(&[("a.jsonl", &bytes)]);
        assert_eq!(ids(&read), ["a", "a.jsonl:2: longer than 32 MiB", "c"]);
    }

    #[test]
    fn missing_paths_and_patterns_are_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "One.").unwrap();
        let name = |name: &str| folder.path().join(name);
        let read: Vec<_> =
            Articles::open([name("none.txt"), name("*.jsonl"), name("*.t?t")]).collect();
        assert!(read[0].as_ref().unwrap_err().to_string().contains("cannot be read"));
        assert!(matches!(read[1].as_ref().unwrap_err().cause(), Cause::NoMatch));
        assert_eq!(&*read[2].as_ref().unwrap().info.id, "a.txt");
    }
}
