//! Reads articles that were damaged at random and says what went wrong:
//! `cargo run --release --example mutate -- [ARTICLES] [FOLDER]`.
//!
//! Each article is a development article (or one of FOLDER) with pieces cut, doubled, swapped, or
//! replaced by what hurts programs: marks, controls, broken encodings, tags, very long words. All
//! are read with one thread and with two. A panic ends the run; an article that takes more than
//! five seconds, or a claim that differs between the two, is named, and the exit code is 1. The same
//! numbers give the same articles.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
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
    "e\u{301}\u{327}\u{323}",
    "Ｒｕｓｓｉａ",
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
    let n_articles: usize = arguments.next().map_or(Ok(10_000), |n| n.parse())?;
    let folder = arguments.next().unwrap_or_else(|| "tests/corpus/dev".to_owned());
    let texts: Vec<String> = Articles::open([folder.as_str()])
        .filter_map(Result::ok)
        .filter(|article| !article.info.id.ends_with(".gold.txt"))
        .map(|article| article.text)
        .collect();
    if texts.is_empty() {
        return Err(format!("no articles in {folder}").into());
    }
    let mut draw = Draw(0x9E37_79B9_7F4A_7C15);
    let mut articles = Vec::with_capacity(n_articles);
    for n in 0..n_articles {
        let text = damage(&texts[n % texts.len()], &texts, &mut draw);
        let info = tieline::model::ArticleInfo { id: n.to_string().into(), ..Default::default() };
        articles.push(Article { info: Arc::new(info), text, body_start: 0 });
    }
    let reader = Reader::embedded()?;
    let mut n_wrong = 0;
    let mut longest = Duration::ZERO;
    for article in &articles {
        let start = Instant::now();
        std::hint::black_box(reader.read(article.clone()));
        let took = start.elapsed();
        longest = longest.max(took);
        if took > PATIENCE {
            n_wrong += 1;
            println!("article {}: {:.1} s", article.info.id, took.as_secs_f64());
        }
    }
    let alone = claims(&reader, &articles, 1)?;
    let together = claims(&reader, &articles, 2)?;
    for (one, two) in alone.iter().zip(&together).filter(|(one, two)| one != two) {
        n_wrong += 1;
        println!("one thread: {one}\ntwo threads: {two}");
    }
    n_wrong += usize::from(alone.len() != together.len());
    println!(
        "{n_articles} articles, {} claims, the longest {:.2} s, {n_wrong} faults",
        alone.len(),
        longest.as_secs_f64()
    );
    Ok(if n_wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
