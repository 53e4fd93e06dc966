//! Reads articles that were damaged at random and says what went wrong:
//! `cargo run --release --example mutate -- [ARTICLES] [SEED] [FOLDER]`.
//!
//! Half of the articles are development articles (or those of FOLDER) with pieces cut, doubled, swapped,
//! or replaced by what hurts programs: marks, controls, tags, names again and again, very long words. The
//! other half are files in each form of input (`fuzz/seeds/source`, and such articles as pages, records
//! and mails), with their bytes damaged: cut off, encodings mixed, tags nested, attributes without end.
//! Each is read by itself, all once more with one thread and with two. A panic, an article that takes
//! more than five seconds of a processor, or a claim that differs between the two, is named, and the exit code is 1. The
//! same numbers give the same articles.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::fs;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use tieline::model::Article;
use tieline::pipeline::Reader;
use tieline::source::Articles;

/// Longest time for one article.
const PATIENCE: Duration = Duration::from_secs(5);

/// Pieces that texts are damaged with.
const PIECES: &[&str] = &[
    "\u{0}",
    "\u{FEFF}",
    "\u{202E}",
    "\u{200B}",
    "\u{AD}",
    "\u{FFFD}",
    "\u{2028}",
    "\r",
    "\u{C}",
    "\t",
    "<p>",
    "</div>",
    "<a href=\"",
    "&amp;",
    "&#x110000;",
    "“",
    "”",
    "\"",
    "'",
    "(",
    ")",
    "[",
    "—",
    "…",
    "...",
    ". ",
    "? ",
    ": ",
    "; ",
    ", ",
    "-\n",
    "\n\n",
    "\n",
    "President ",
    "Kim ",
    "Mr. ",
    "U.S. ",
    "Russia",
    " and ",
    " which ",
    " said that ",
    "not ",
    "1,000,000 ",
    "2024-06-19",
    "😀",
    "<div><ul><li><b>",
    "<table><tr><td>",
    "<br/>",
    "<script>",
    "<!--",
    "]]>",
    "{\"text\": \"",
    "[[",
    "\\u0000",
    "\n\nFrom x@y Mon Jan  1 00:00:00 2024\n",
    "=E2=80",
    "--boundary\n",
    "\u{1B}]0;x\u{7}",
    "\u{9B}8m",
    "\u{85}",
    "Kim Jong Un ",
    "the country ",
    "“Yes,” he said. ",
    "CORRESPONDENT: ",
    "e\u{301}\u{327}\u{323}",
    "Ｒｕｓｓｉａ",
];

/// Bytes that no text in UTF-8 holds, and beginnings of other forms.
const BYTES: &[&[u8]] = &[
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\xEF\xBB\xBF",
    b"\xC3(",
    b"\xED\xA0\x80",
    b"\xE9t\xE9",
    b"\0\0\0",
    b"\x1F\x8B\x08\0",
    b"PK\x03\x04",
    b"\x28\xB5\x2F\xFD",
    b"BZh9",
    b"WARC/1.0\r\n",
    b"{\\rtf1",
    b"%PDF-1.7",
];

/// Numbers that look drawn by chance and are the same on every run (xorshift).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap_or(0)
    }
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let n_inputs: usize = arguments.next().map_or(Ok(10_000), |n| n.parse())?;
    let seed: u64 = arguments.next().map_or(Ok(1), |n| n.parse())?;
    let folder = arguments.next().unwrap_or_else(|| "tests/corpus/dev".to_owned());
    let texts: Vec<String> = Articles::open([folder.as_str()])
        .filter_map(Result::ok)
        .filter(|article| !article.info.id.ends_with(".gold.txt"))
        .map(|article| article.text)
        .collect();
    if texts.is_empty() {
        return Err(format!("no articles in {folder}").into());
    }
    let files = files(&texts)?;
    let mut draw = Draw(0x9E37_79B9_7F4A_7C15 ^ seed.wrapping_mul(0xD1B5_4A32_D192_ED03));
    let reader = Reader::embedded()?;
    let mut faults = Faults::default();
    let mut articles = Vec::new();
    for n in 0..n_inputs {
        let input = if n % 2 == 0 {
            Input::Text(damage(&texts[n / 2 % texts.len()], &texts, &mut draw))
        } else {
            let (name, bytes) = &files[n / 2 % files.len()];
            Input::File(name.clone(), damage_bytes(bytes.clone(), &mut draw))
        };
        articles.extend(faults.try_input(&reader, n, input));
    }
    let alone = claims(&reader, &articles, 1)?;
    let together = claims(&reader, &articles, 2)?;
    for (one, two) in alone.iter().zip(&together).filter(|(one, two)| one != two) {
        faults.count += 1;
        println!("one thread: {one}\ntwo threads: {two}");
    }
    faults.count += usize::from(alone.len() != together.len());
    println!(
        "{n_inputs} inputs, {} articles, {} claims, the longest {:.2} s, {} faults",
        articles.len(),
        alone.len(),
        faults.longest.as_secs_f64(),
        faults.count
    );
    Ok(if faults.count == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The processor time of this thread, where the system tells it; else the clock.
fn spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// What is read.
#[derive(Clone)]
enum Input {
    Text(String),
    /// The bytes of a file of this name.
    File(String, Vec<u8>),
}

/// What went wrong so far.
#[derive(Default)]
struct Faults {
    count: usize,
    longest: Duration,
}

impl Faults {
    /// The articles of input `n`, each read once; none where that panics.
    fn try_input(&mut self, reader: &Reader, n: usize, input: Input) -> Vec<Article> {
        let start = spent();
        let kept = input.clone();
        let read = catch_unwind(AssertUnwindSafe(|| {
            let articles = open(n, input);
            for article in &articles {
                std::hint::black_box(reader.read(article.clone()));
            }
            articles
        }));
        let took = spent().saturating_sub(start);
        self.longest = self.longest.max(took);
        if took > PATIENCE {
            self.tell(n, &format!("{:.1} s", took.as_secs_f64()), &kept);
        }
        read.unwrap_or_else(|_| {
            self.tell(n, "a panic", &kept);
            Vec::new()
        })
    }

    /// Names a fault and keeps what caused it.
    fn tell(&mut self, n: usize, what: &str, input: &Input) {
        self.count += 1;
        let (name, bytes) = match input {
            Input::Text(text) => ("a.txt", text.as_bytes()),
            Input::File(name, bytes) => (name.as_str(), bytes.as_slice()),
        };
        let path = Path::new("target/mutate").join(format!("{n}-{name}"));
        let kept = fs::create_dir_all("target/mutate").and_then(|()| fs::write(&path, bytes));
        println!(
            "input {n}: {what}, {}",
            kept.map_or("not kept".into(), |()| path.display().to_string())
        );
    }
}

/// The articles of input `n`, under names of their own.
fn open(n: usize, input: Input) -> Vec<Article> {
    /// Damage may make thousands of records of one.
    const MAX_ARTICLES: usize = 20;
    let mut articles = match input {
        Input::Text(text) => {
            vec![Article { info: Arc::default(), text, body_start: 0 }]
        }
        Input::File(name, bytes) => Articles::from_reader(&name, Cursor::new(bytes))
            .filter_map(Result::ok)
            .take(MAX_ARTICLES)
            .collect(),
    };
    for (at, article) in articles.iter_mut().enumerate() {
        Arc::make_mut(&mut article.info).id = format!("{n}-{at}").into();
    }
    articles
}

/// A name and what stands in the file.
type InputFile = (String, Vec<u8>);

/// Files in each form of input, by their names: the seeds of the fuzz target, and articles among
/// `texts` as pages, records, mails and in other encodings.
fn files(texts: &[String]) -> Result<Vec<InputFile>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/source");
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        // The first line is the name, the rest the file.
        let bytes = fs::read(path)?;
        let end = bytes.iter().position(|b| *b == b'\n').ok_or("a seed without a name")?;
        files.push((String::from_utf8(bytes[..end].to_vec())?, bytes[end + 1..].to_vec()));
    }
    for text in texts.iter().take(40) {
        let paragraphs = text.replace("\n\n", "</p><p>");
        let quoted = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
        let page = format!(
            "<html><head><title>x</title></head><body><h1>x</h1><p>{paragraphs}</p></body></html>"
        );
        let mail = format!(
            "From: a@b.example\nSubject: x\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n\n{text}"
        );
        files.extend([
            ("a.html".to_owned(), page.into_bytes()),
            ("a.jsonl".to_owned(), format!("{{\"text\": \"{quoted}\"}}\n").repeat(2).into_bytes()),
            ("a.eml".to_owned(), mail.into_bytes()),
            ("a.txt".to_owned(), [b"\xFF\xFE", &wide[..]].concat()),
            ("a.txt".to_owned(), latin),
        ]);
    }
    Ok(files)
}

/// Every claim of `articles` in words, read on `n` threads.
fn claims(reader: &Reader, articles: &[Article], n: usize) -> Result<Vec<String>, Box<dyn Error>> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(n).build()?;
    let mut found = Vec::new();
    let all = articles.iter().cloned().map(Ok::<_, std::convert::Infallible>);
    threads.install(|| {
        reader.read_all(all, |read| {
            let Ok(analysis) = read;
            found.extend(analysis.claims.iter().map(|claim| format!("{claim:?}")));
            Ok::<_, std::convert::Infallible>(())
        })
    })?;
    Ok(found)
}

/// `text` with some of it changed.
fn damage(text: &str, others: &[String], draw: &mut Draw) -> String {
    let mut text = text.to_owned();
    for _ in 0..=draw.below(12) {
        let place =
            |text: &str, draw: &mut Draw| text.floor_char_boundary(draw.below(text.len() + 1));
        let (a, b) = (place(&text, draw), place(&text, draw));
        let (start, end) = (a.min(b), a.max(b));
        let near = text.floor_char_boundary(end.min(start + draw.below(200)));
        let near = near.max(start);
        match draw.below(7) {
            0 => text.replace_range(start..near, ""),
            1 => {
                let piece = text[start..near].to_owned();
                text.insert_str(end.max(near), &piece);
            }
            2 => text.insert_str(start, PIECES[draw.below(PIECES.len())]),
            3 => {
                let piece = PIECES[draw.below(PIECES.len())].repeat(1 + draw.below(2000));
                text.insert_str(start, &piece);
            }
            4 => {
                let other = &others[draw.below(others.len())];
                let from = place(other, draw);
                let to = other.floor_char_boundary((from + 300).min(other.len()));
                text.insert_str(start, &other[from..to]);
            }
            5 => {
                let piece = text[start..near].to_uppercase();
                text.replace_range(start..near, &piece);
            }
            _ => {
                let piece: String =
                    text[start..near].split(' ').rev().collect::<Vec<_>>().join(" ");
                text.replace_range(start..near, &piece);
            }
        }
    }
    text.truncate(text.floor_char_boundary(text.len().min(200_000)));
    text
}

/// `bytes` with some of them changed.
fn damage_bytes(mut bytes: Vec<u8>, draw: &mut Draw) -> Vec<u8> {
    for _ in 0..=draw.below(8) {
        let (a, b) = (draw.below(bytes.len() + 1), draw.below(bytes.len() + 1));
        let start = a.min(b);
        let near = a.max(b).min(start + draw.below(200));
        match draw.below(9) {
            0 => drop(bytes.drain(start..near)),
            1 => {
                let piece = bytes[start..near].to_vec();
                bytes.splice(start..start, piece.repeat(1 + draw.below(40)));
            }
            2 => {
                if let Some(byte) = bytes.get_mut(start) {
                    *byte ^= 1 << draw.below(8);
                }
            }
            3 => drop(bytes.splice(start..start, BYTES[draw.below(BYTES.len())].iter().copied())),
            4 => {
                let piece = PIECES[draw.below(PIECES.len())].repeat(1 + draw.below(3000));
                bytes.splice(start..start, piece.into_bytes());
            }
            // A file that was cut off.
            5 if draw.below(4) == 0 => bytes.truncate(start),
            6 => bytes[start..near].fill(b' '),
            7 => {
                let attributes: Vec<_> =
                    (0..draw.below(3000)).map(|n| format!("a{n}=\"{n}")).collect();
                let attributes = format!(" {}", attributes.join(" "));
                bytes.splice(start..start, format!("<p{attributes}").into_bytes());
            }
            _ => {
                let piece = PIECES[draw.below(PIECES.len())];
                bytes.splice(start..start, piece.bytes());
            }
        }
    }
    bytes.truncate(400_000);
    bytes
}
