//! What each fuzz target does with its bytes: every reader of outside data, and the reading of whole
//! articles. Fuzzers call these functions, and so does `cargo test`, with all seeds and all inputs
//! that once did harm.
//!
//! Any bytes end in values or errors; a panic is a fault, and so is what the assertions say.

use std::cell::RefCell;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::LazyLock;

use tieline::export::ClaimReader;
use tieline::gazetteer::Gazetteer;
use tieline::lexicon::Lexicon;
use tieline::rules::RuleSet;
use tieline::runs::{Corrections, FinishedRun};
use tieline::source::{Articles, FieldMap};
use tieline::syntax::{Parser, conllu};
use tieline::text::Page;
use tieline::{Article, Reader};

/// Reads any bytes and panics where a promise is broken.
#[allow(dead_code, reason = "each fuzz target uses one of them")]
pub(crate) type Target = fn(&[u8]);

/// All targets by name. Seeds of each lie in `seeds/NAME`, inputs that once did harm in
/// `crashes/NAME`.
#[allow(dead_code, reason = "each fuzz target uses one of them")]
pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("source", source),
    ("text", text),
    ("article", article),
    ("rules", rules),
    ("lexicon", lexicon),
    ("gazetteer", gazetteer),
    ("corrections", corrections),
    ("claims", claims),
    ("run", run),
    ("weights", weights),
    ("conllu", conllu_file),
];

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(None).expect("sound lists"));
static READER: LazyLock<Reader> = LazyLock::new(|| Reader::embedded().expect("sound knowledge"));

thread_local! {
    static FOLDER: RefCell<tempfile::TempDir> =
        RefCell::new(tempfile::tempdir().expect("a temporary folder"));
}

/// The first line, which names the input, and the rest.
fn named(data: &[u8]) -> Option<(&str, &[u8])> {
    let end = data.iter().take(64).position(|b| *b == b'\n')?;
    Some((std::str::from_utf8(&data[..end]).ok()?, &data[end + 1..]))
}

/// Has `read` look at a folder that holds `files` alone.
fn in_folder(files: &[(&str, &[u8])], read: impl FnOnce(&Path)) {
    FOLDER.with_borrow(|folder| {
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).expect("the folder can be written");
        }
        read(folder.path());
        for (name, _) in files {
            let _ = fs::remove_file(folder.path().join(name));
        }
    });
}

/// A stream of any form: its name in the first line.
pub(crate) fn source(data: &[u8]) {
    let Some((name, bytes)) = named(data) else { return };
    let _ = name.parse::<FieldMap>();
    for article in Articles::from_reader(name, Cursor::new(bytes.to_vec())).flatten() {
        assert!(article.text.is_char_boundary(article.body_start as usize));
    }
}

/// A text: its tokens are in order, inside of their sentences and on character boundaries.
pub(crate) fn text(data: &[u8]) {
    let page = Page::new(&LEXICON, Article::from_text("fuzz", String::from_utf8_lossy(data)));
    let text = &page.article.text;
    let mut end = 0;
    for sentence in page.document(&LEXICON).sentences {
        for token in &sentence.tokens {
            assert!(token.span.start() >= end && sentence.span.covers(token.span));
            assert!(!token.span.of(text).is_empty());
            end = token.span.end();
        }
    }
}

/// A whole article: every claim is one of its sentence, and a second reading gives the same.
pub(crate) fn article(data: &[u8]) {
    let article = Article::from_text("fuzz", String::from_utf8_lossy(data));
    let analysis = READER.read(article.clone());
    for mention in &analysis.mentions {
        assert!(!mention.span.of(&analysis.article.text).is_empty());
    }
    for claim in &analysis.claims {
        assert!((0.0..=1.0).contains(&claim.confidence));
        assert!(claim.evidence.span.covers(claim.evidence.trigger));
    }
    assert_eq!(READER.read(article).claims, analysis.claims);
}

/// A file of rules.
pub(crate) fn rules(data: &[u8]) {
    in_folder(&[("fuzz.toml", data)], |folder| {
        let _ = RuleSet::load(&LEXICON, Some(folder));
    });
}

/// A file of word lists: its name in the first line.
pub(crate) fn lexicon(data: &[u8]) {
    in_folder(&[("fuzz.toml", data)], |folder| {
        let _ = Lexicon::load(Some(folder));
    });
}

/// A table of names, which its first line tells: `people`, `states`…
pub(crate) fn gazetteer(data: &[u8]) {
    let Some((name, bytes)) = named(data) else { return };
    let tables = ["people", "states", "organizations", "weapons", "ambiguous", "not-names"];
    let Some(table) = tables.iter().find(|table| **table == name) else { return };
    in_folder(&[(&format!("{table}.csv"), bytes)], |folder| {
        let _ = Gazetteer::load(&LEXICON, Some(folder));
    });
}

/// What people have decided about a run.
pub(crate) fn corrections(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = Corrections::parse(&text, Path::new("corrections.toml"));
}

/// The claims of a finished run.
pub(crate) fn claims(data: &[u8]) {
    for claim in ClaimReader::new(data, "claims.jsonl").flatten() {
        assert!(!claim.id.is_empty());
    }
}

/// The manifest of a finished run, whose other files are empty.
pub(crate) fn run(data: &[u8]) {
    let files: [(&str, &[u8]); 4] = [
        ("manifest.json", data),
        ("claims.jsonl", b""),
        ("entities.jsonl", b""),
        ("articles.jsonl", b""),
    ];
    in_folder(&files, |folder| {
        let _ = FinishedRun::open(folder);
    });
}

/// Weights of the parser, from behind the mark at their start.
pub(crate) fn weights(data: &[u8]) {
    in_folder(&[("fuzz.bin", data)], |folder| {
        let _ = Parser::load(&folder.join("fuzz.bin"));
    });
}

/// A file of trees.
pub(crate) fn conllu_file(data: &[u8]) {
    for sentence in conllu::read(data).into_iter().flatten() {
        let _ = sentence.text();
    }
}
