//! Files, folders, globs and standard input become [`Article`]s.
//!
//! Comes in: names as the user types them. Goes out: an iterator of articles, in the order of the
//! names, sorted inside of a folder, with one error for each input or record that was skipped; the
//! iteration goes on behind an error. Left out: what the text says, but for what a record's fields
//! or a page's metadata name.
//!
//! | format | known by | articles |
//! | --- | --- | --- |
//! | plain text | `.txt`, `.text`, anything else that is text | one |
//! | Markdown | `.md`, `.markdown` | one |
//! | HTML | `.html`, `.htm`, `.xhtml`, a page's first tag | one |
//! | JSON lines | `.jsonl`, `.ndjson`, an object in the first line | one a line |
//! | JSON | `.json`, a bracket or brace at the start | one for each object |
//! | CSV | `.csv`, `.tsv`, a header with a column for the text | one a row |
//!
//! Each may be compressed (gzip, Zstandard). Memory is bounded by [`MAX_RECORD`], whatever comes in.

mod error;
mod html;
mod inputs;
mod lines;
mod markdown;
mod record;
mod stream;
mod table;

pub use error::{Cause, SourceError};

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault};
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::model::Article;
use lines::{Found, Lines, Values};
use table::{Row, Table};

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
///         Err(skipped) => eprintln!("{skipped}"),
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Articles {
    /// Files not yet opened, and what could not even be listed, in order.
    waiting: VecDeque<Result<PathBuf, SourceError>>,
    open: Option<OpenFile>,
    names: HashMap<PathBuf, String>,
    used: UsedIds,
    progress: Arc<Progress>,
}

impl Articles {
    /// Articles of `inputs`: files, folders, globs, or [`STDIN`].
    pub fn open<I>(inputs: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<PathBuf>,
    {
        let waiting = inputs::list(inputs.into_iter().map(Into::into));
        let progress = Arc::new(Progress::default());
        let sizes = waiting.iter().flatten().filter_map(|path| path.metadata().ok());
        progress.total.store(sizes.map(|metadata| metadata.len()).sum(), Ordering::Relaxed);
        let names = inputs::name_files(waiting.iter().flatten());
        Self { waiting, open: None, names, used: UsedIds::default(), progress }
    }

    /// Articles of one stream, called `name`, whose ending may tell the format.
    pub fn from_reader(name: &str, reader: impl io::Read + Send + 'static) -> Self {
        let progress = Arc::new(Progress::default());
        let path = PathBuf::from(name);
        let opened = OpenFile::read(path, name.to_owned(), Box::new(reader), &progress);
        let mut waiting = VecDeque::new();
        let open = opened.map_err(|error| waiting.push_back(Err(error))).ok();
        Self { waiting, open, names: HashMap::new(), used: UsedIds::default(), progress }
    }

    /// How far the reading is.
    #[must_use]
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    fn open_file(&self, path: PathBuf) -> Result<OpenFile, SourceError> {
        let name = match self.names.get(&path) {
            Some(name) if name != STDIN => name.clone(),
            _ => "stdin".to_owned(),
        };
        match stream::open(&path) {
            Ok(raw) => OpenFile::read(path, name, raw, &self.progress),
            Err(error) => Err(SourceError::new(&path, Cause::Read(error))),
        }
    }
}

impl Iterator for Articles {
    type Item = Result<Article, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(file) = &mut self.open {
                match file.next() {
                    Some(Ok(mut article)) => {
                        self.used.make_unique(&mut article);
                        return Some(Ok(article));
                    }
                    Some(Err(error)) => return Some(Err(error)),
                    None => self.open = None,
                }
            }
            match self.waiting.pop_front()?.and_then(|path| self.open_file(path)) {
                Ok(file) => self.open = Some(file),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// Hashes of the ids given so far: eight bytes an article.
#[derive(Debug, Default)]
struct UsedIds {
    hashes: HashSet<u64, BuildHasherDefault<rapidhash::fast::RapidHasher<'static>>>,
    /// How often an id was met again.
    again: HashMap<Arc<str>, u64>,
}

impl UsedIds {
    /// Gives the article's id a number where another article has it: `id`, `id#2`, `id#3`.
    fn make_unique(&mut self, article: &mut Article) {
        let hash = |id: &str| self.hashes.hasher().hash_one(id);
        let first = hash(&article.info.id);
        if self.hashes.insert(first) {
            return;
        }
        let id = Arc::clone(&article.info.id);
        let n_before = self.again.entry(Arc::clone(&id)).or_insert(1);
        let unique = loop {
            *n_before += 1;
            let unique = format!("{id}#{n_before}");
            let hash = self.hashes.hasher().hash_one(unique.as_str());
            if self.hashes.insert(hash) {
                break unique;
            }
        };
        Arc::make_mut(&mut article.info).id = unique.into();
    }
}

/// How a file holds its articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Html,
    JsonLines,
    Json,
    /// With its delimiter, where the name tells it.
    Table(Option<u8>),
}

impl Format {
    /// By the name, without the ending of a compression.
    fn of_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let name = [".gz", ".gzip", ".zst", ".zstd"]
            .iter()
            .find_map(|ending| name.strip_suffix(ending))
            .unwrap_or(&name);
        Some(match name.rsplit_once('.')?.1 {
            "txt" | "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "jsonl" | "ndjson" => Self::JsonLines,
            "csv" => Self::Table(None),
            "tsv" | "tab" => Self::Table(Some(b'\t')),
            _ => return None,
        })
    }

    /// By how the content begins.
    fn of_content(start: &[u8]) -> Self {
        let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
        let line = start.split(|b| *b == b'\n').next().unwrap_or_default();
        match start.first() {
            Some(b'{') => {
                let more = !start[line.len()..].trim_ascii().is_empty();
                let whole = serde_json::from_slice::<serde_json::Value>(line).is_ok();
                if whole && more { Self::JsonLines } else { Self::Json }
            }
            Some(b'[') if matches!(start[1..].trim_ascii_start().first(), Some(b'{' | b']')) => {
                Self::Json
            }
            Some(b'<') => {
                let head = start[..start.len().min(1024)].to_ascii_lowercase();
                let page = ["<!doctype html", "<html", "<head", "<body"];
                let is_page = |tag: &&str| memchr::memmem::find(&head, tag.as_bytes()).is_some();
                if page.iter().any(is_page) { Self::Html } else { Self::Text }
            }
            _ => {
                let header = String::from_utf8_lossy(line);
                let names: Vec<_> =
                    header.split([',', ';', '\t']).map(|name| name.trim().to_owned()).collect();
                let is_header = names.len() > 1
                    && names.iter().all(|name| !name.is_empty() && !name.contains(' '))
                    && record::Columns::find(&names).is_ok();
                if is_header { Self::Table(None) } else { Self::Text }
            }
        }
    }
}

/// A file that is being read.
#[derive(Debug)]
struct OpenFile {
    path: PathBuf,
    name: String,
    compressed: bool,
    records: Records,
}

/// What is left of it.
enum Records {
    Lines(Lines),
    Values(Values),
    /// The articles of the first value, and the values behind it.
    Object(std::vec::IntoIter<Result<Article, Cause>>, Values),
    Table(Box<Table>),
    /// Read at once.
    Whole(std::vec::IntoIter<Result<Article, Cause>>),
    /// Behind an error of the reader.
    Broken,
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lines(_) => "Lines",
            Self::Values(_) => "Values",
            Self::Object(..) => "Object",
            Self::Table(_) => "Table",
            Self::Whole(_) => "Whole",
            Self::Broken => "Broken",
        })
    }
}

impl OpenFile {
    fn read(
        path: PathBuf,
        name: String,
        raw: Box<dyn io::Read + Send>,
        progress: &Arc<Progress>,
    ) -> Result<Self, SourceError> {
        let mut compressed = false;
        let records = stream::decompress(raw, progress).and_then(|opened| {
            compressed = opened.compressed;
            Self::find_records(&path, &name, opened.reader)
        });
        match records {
            Ok(Ok(records)) => Ok(Self { path, name, compressed, records }),
            Ok(Err(cause)) => Err(SourceError::new(&path, cause)),
            Err(error) => Err(SourceError::new(&path, cause(error, compressed))),
        }
    }

    fn find_records(
        path: &Path,
        name: &str,
        mut reader: Box<dyn BufRead + Send>,
    ) -> io::Result<Result<Records, Cause>> {
        let start = reader.fill_buf()?;
        if start.is_empty() {
            return Ok(Err(Cause::Empty));
        }
        if stream::is_binary(start) {
            return Ok(Err(Cause::Binary));
        }
        let format = Format::of_name(path).unwrap_or_else(|| Format::of_content(start));
        let named_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
        let format = if named_json && format != Format::JsonLines { Format::Json } else { format };
        if matches!(format, Format::Text | Format::Markdown | Format::Html) {
            return read_whole(reader, format, name);
        }
        let mut reader = stream::as_utf8(reader)?;
        Ok(Ok(match format {
            Format::JsonLines => Records::Lines(Lines::new(reader)),
            Format::Table(delimiter) => match Table::open(Lines::new(reader), delimiter)? {
                Ok(table) => Records::Table(Box::new(table)),
                Err(cause) => return Ok(Err(cause)),
            },
            _ => {
                // One object may hold a list of records.
                let first = reader.fill_buf()?.trim_ascii_start().first().copied();
                let mut values = Values::new(reader);
                if first != Some(b'{') {
                    return Ok(Ok(Records::Values(values)));
                }
                let mut object = Vec::new();
                if values.next(&mut object)?.0 == Found::TooLong {
                    return Ok(Err(Cause::RecordTooLong));
                }
                Records::Object(record::all_from_json(&object, name).into_iter(), values)
            }
        }))
    }

    fn next(&mut self) -> Option<Result<Article, SourceError>> {
        match self.read_next() {
            Ok(None) => None,
            Ok(Some((Ok(article), _))) => Some(Ok(article)),
            Ok(Some((Err(cause), 0))) => Some(Err(SourceError::new(&self.path, cause))),
            Ok(Some((Err(cause), line))) => Some(Err(SourceError::at(&self.path, line, cause))),
            Err(error) => {
                self.records = Records::Broken;
                Some(Err(SourceError::new(&self.path, cause(error, self.compressed))))
            }
        }
    }

    /// The next article or why it is none, with its line; 0 where the file is one article.
    fn read_next(&mut self) -> io::Result<Option<(Result<Article, Cause>, u64)>> {
        let name = &self.name;
        let id = |line: u64| format!("{name}:{line}");
        match &mut self.records {
            Records::Lines(lines) => {
                let mut bytes = Vec::new();
                loop {
                    let found = lines.next(&mut bytes)?;
                    let line = lines.number();
                    match found {
                        Found::End => return Ok(None),
                        Found::TooLong => return Ok(Some((Err(Cause::RecordTooLong), line))),
                        Found::Whole if bytes.iter().all(u8::is_ascii_whitespace) => {}
                        Found::Whole => {
                            return Ok(Some((record::from_json(&bytes, &id(line)), line)));
                        }
                    }
                }
            }
            Records::Object(first, values) => {
                if let Some(article) = first.next() {
                    return Ok(Some((article, 1)));
                }
                next_value(values, name)
            }
            Records::Values(values) => next_value(values, name),
            Records::Table(table) => {
                let (row, line) = table.next()?;
                Ok(match row {
                    Row::End => None,
                    Row::Wrong(cause) => Some((Err(cause), line)),
                    Row::Fields(fields) => Some((fields.into_article(&id(line)), line)),
                })
            }
            Records::Whole(articles) => Ok(articles.next().map(|article| (article, 0))),
            Records::Broken => Ok(None),
        }
    }
}

fn next_value(
    values: &mut Values,
    name: &str,
) -> io::Result<Option<(Result<Article, Cause>, u64)>> {
    let mut bytes = Vec::new();
    let (found, line) = values.next(&mut bytes)?;
    Ok(match found {
        Found::End => None,
        Found::TooLong => Some((Err(Cause::RecordTooLong), line)),
        Found::Whole => Some((record::from_json(&bytes, &format!("{name}:{line}")), line)),
    })
}

/// Reads a file that is one article.
fn read_whole(
    mut reader: Box<dyn BufRead + Send>,
    format: Format,
    name: &str,
) -> io::Result<Result<Records, Cause>> {
    let Some(bytes) = stream::read_whole(&mut *reader, MAX_RECORD)? else {
        return Ok(Err(Cause::RecordTooLong));
    };
    let text = stream::decode(bytes);
    let article = match format {
        Format::Html => html::read(&text, name),
        Format::Markdown => markdown::read(&text, name),
        _ => record::plain(name, text),
    };
    Ok(Ok(Records::Whole(vec![article].into_iter())))
}

fn cause(error: io::Error, compressed: bool) -> Cause {
    if compressed { Cause::Compression(error) } else { Cause::Read(error) }
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
            "f.json:2",
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
            "b.pdf: binary data",
            "c.txt: no text",
            "d.csv: no column for the text (expected text, body or content; found id, note)",
            "e.json:1",
            "e.json:1: no text",
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
