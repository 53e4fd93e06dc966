//! What holds for the sentences and tokens of any text.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tieline::lexicon::Lexicon;
use tieline::model::{Article, Document, Sentence};
use tieline::text::{Page, read_document, read_paragraph};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(None).unwrap());

fn article(text: &str) -> Article {
    Article { info: std::sync::Arc::default(), text: text.to_owned(), body_start: 0 }
}

/// White space and what prints as nothing: the only characters that need no token.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Order, bounds and character boundaries of sentences and their tokens.
fn check_sentences(text: &str, sentences: &[Sentence]) {
    let mut end = 0;
    for sentence in sentences {
        assert!(sentence.span.start() >= end, "sentences overlap");
        end = sentence.span.end();
        let words = sentence.span.of(text);
        assert!(!words.is_empty() && !words.starts_with(is_blank) && !words.ends_with(is_blank));
        assert!(!sentence.tokens.is_empty() && sentence.tokens.len() <= 256);
        assert_eq!(sentence.tokens[0].span.start(), sentence.span.start());
        assert_eq!(sentence.tokens[sentence.tokens.len() - 1].span.end(), end);
        let mut token_end = sentence.span.start();
        for token in &sentence.tokens {
            assert!(token.span.start() >= token_end, "tokens overlap");
            token_end = token.span.end();
            let word = token.span.of(text);
            assert!(!word.is_empty() && !word.contains(is_blank), "{word:?}");
            let next = text[token_end as usize..].chars().next();
            assert_eq!(token.space_after, next.is_some_and(is_blank), "{word:?} before {next:?}");
        }
    }
}

/// Characters that no token covers, with their places.
fn uncovered(text: &str, sentences: &[Sentence]) -> Vec<(usize, char)> {
    let mut covered = vec![false; text.len()];
    for token in sentences.iter().flat_map(|sentence| &sentence.tokens) {
        covered[token.span.range()].fill(true);
    }
    text.char_indices().filter(|(at, c)| !covered[*at] && !is_blank(*c)).collect()
}

fn check_document(text: &str, document: &Document) {
    check_sentences(text, &document.sentences);
    let mut end = 0;
    for span in &document.boilerplate {
        assert!(span.start() >= end && !span.of(text).is_empty());
        end = span.end();
    }
    for (at, c) in uncovered(text, &document.sentences) {
        let at = u32::try_from(at).expect("test texts are short");
        let page = document.boilerplate.iter().any(|span| span.contains(at));
        let bullet = "•●▪■◦‣·*-–—►➤.)0123456789".contains(c);
        assert!(page || bullet, "{c:?} at {at} of {text:?} was lost");
    }
    for sentence in &document.sentences {
        let inside = |span: &tieline::model::Span<_>| {
            span.start() <= sentence.span.start() && sentence.span.end() <= span.end()
        };
        assert!(!document.boilerplate.iter().any(inside));
    }
    assert!(document.sentences.is_sorted_by_key(|sentence| sentence.paragraph));
}

/// What decides in texts: marks, clitics, abbreviations, phrases of pages.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    " ", " ", " ", "\n", "\n\n", "\r\n", "\u{2028}", "\u{A0}", "\u{200B}", ".", "...", "…", "?",
    "!", ",", ":", ";", "\"", "“", "”", "'", "’", "‘", "''", "(", ")", "[", "]", "-", "–", "—",
    "--", "\u{2011}", "/", "&", "@", "#", "$", "US$", "%", "€", "<div>", "</p>", "<a href=\"x\">",
    "<", ">", "•", "- ", "* ", "1. ", "(a) ", "Gen.", "U.S.", "Sept.", "No.", "J.", "a.m.",
    "e.g.", "Inc.", "n't", "'s", "’re", "cannot", "can't", "anti-ship", "dual-use", "Jong-un",
    "KN-23", "3.5", "1,000", "10:30", "9/11", "1/2", "5km", "7PM", "713-853-3989", "2023-08-30",
    "www.example.org", "a@b.org", "http://a.b/c?d=e", "The", "Russia", "said", "they", "north",
    "é", "e\u{301}", "北京", "🚀", "Subscribe", "News Feed", "Read more", "your support",
    "our journalism", "3:44 PM", "© 2024", "By Jane Roe", "June 3, 2024", "(Pool via AP)",
    "MOSCOW", "/TASS/.", "\u{0}", "\t",
];

/// Texts made of such pieces.
fn news() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(PIECES);
    prop::collection::vec(pieces, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn tokens_of_any_text_are_ordered_and_lose_nothing(text in prop_oneof![news(), any::<String>()]) {
        check_document(&text, &read_document(&LEXICON, &article(&text)));
        let sentences = read_paragraph(&LEXICON, &text);
        check_sentences(&text, &sentences);
        prop_assert_eq!(uncovered(&text, &sentences), vec![]);
        let page = Page::new(&LEXICON, article(&text));
        prop_assert_eq!(page.document(&LEXICON), read_document(&LEXICON, &article(&text)));
    }

    #[test]
    fn a_title_kept_apart_is_a_headline(title in "[A-Z][a-z]{2,9}( [a-z]{2,9}){1,6}", body in news()) {
        let text = format!("{title}\n\n{body}");
        let mut article = article(&text);
        article.body_start = u32::try_from(title.len() + 2).unwrap();
        let document = read_document(&LEXICON, &article);
        check_document(&text, &document);
        prop_assert_eq!(document.sentences[0].span.of(&text), title);
        prop_assert_eq!(document.sentences[0].kind, tieline::model::SentenceKind::Headline);
    }
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    let patterns = [
        "\"",
        "“",
        ".",
        ". ",
        "a",
        "a ",
        "\n",
        "a\n",
        "<",
        "<a ",
        "(a",
        "a@",
        "a.",
        "A. ",
        "1-",
        "a-",
        "anti-",
        "'s",
        "U.S. ",
        "- ",
        ". [1]",
        "\u{301}",
        "a://",
        "http://a.b/",
        "?!\" said ",
        "News feed\n3:44 PM\n",
        "Become a member\n",
        "your support ",
        "comments ",
        "a | b ",
        "…",
        "[",
    ];
    for pattern in patterns {
        let text = pattern.repeat((1 << 20) / pattern.len());
        let begun = Instant::now();
        let document = read_document(&LEXICON, &article(&text));
        assert!(document.sentences.iter().all(|sentence| sentence.tokens.len() <= 256));
        // A quadratic pass over a million characters takes hours; a linear one well below a second.
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{pattern:?} took {:?}",
            begun.elapsed()
        );
    }
}

/// A treebank's document: its raw text, and the bytes of its tokens and sentences.
#[derive(Default)]
struct Gold {
    raw: String,
    tokens: Vec<(usize, usize)>,
    sentences: Vec<(usize, usize)>,
}

/// The documents of a treebank in the shared folder; `None` where there is none.
fn read_treebank(name: &str) -> Option<Vec<Gold>> {
    let shared = std::env::var("TIELINE_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let text = std::fs::read_to_string(format!("{shared}/ud/{name}.conllu")).ok()?;
    let mut documents: Vec<Gold> = vec![Gold::default()];
    let mut space = false;
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let says = |key: &str| {
            let names = |line: &str| line == key || line.starts_with(&format!("{key} "));
            block.lines().any(names)
        };
        if says("# newdoc") {
            documents.push(Gold::default());
            space = false;
        }
        let document = documents.last_mut()?;
        if says("# newpar") && !document.raw.is_empty() {
            document.raw.push_str("\n\n");
        } else if space {
            document.raw.push(' ');
        }
        let start = document.raw.len();
        space = read_sentence(block, document);
        document.sentences.push((start, document.raw.len()));
    }
    Some(documents)
}

/// Appends a sentence in CoNLL-U; tells whether a space follows it.
fn read_sentence(block: &str, document: &mut Gold) -> bool {
    let Gold { raw, tokens, .. } = document;
    let mut space = false;
    // Last word of a range whose surface is written already, and where the next one begins.
    let (mut range_end, mut at) = (0, 0);
    for line in block.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (id, form) = (columns[0], columns[1]);
        if id.contains('.') {
            continue;
        }
        let number = |id: &str| id.parse::<usize>().expect("ids are numbers");
        let word = number(id.split('-').next().unwrap_or(id));
        if word > range_end {
            if space {
                raw.push(' ');
            }
            at = raw.len();
            raw.push_str(form);
            space = !columns[9].contains("SpaceAfter=No");
        }
        if let Some((_, last)) = id.split_once('-') {
            range_end = number(last);
        } else {
            tokens.push((at, at + form.len()));
            at += form.len();
        }
    }
    space
}

/// F1 in percent of what was found.
fn f1(n_right: usize, n_gold: usize, n_found: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of a treebank are small")]
    let [right, all] = [n_right, n_gold + n_found].map(|n| n as f64);
    200.0 * right / all
}

/// F1 of tokens and sentences that are found in raw text.
fn score(documents: &[Gold]) -> (f64, f64) {
    let (mut tokens, mut sentences) = ([0; 3], [0; 3]);
    for gold in documents {
        let found = read_document(&LEXICON, &article(&gold.raw)).sentences;
        let ranges = |spans: &mut dyn Iterator<Item = tieline::model::Span<_>>| {
            spans.map(|span| (span.range().start, span.range().end)).collect::<BTreeSet<_>>()
        };
        let found_tokens =
            ranges(&mut found.iter().flat_map(|s| &s.tokens).map(|token| token.span));
        let found_sentences = ranges(&mut found.iter().map(|sentence| sentence.span));
        for (counts, gold, found) in [
            (&mut tokens, &gold.tokens, found_tokens),
            (&mut sentences, &gold.sentences, found_sentences),
        ] {
            counts[0] += gold.iter().filter(|span| found.contains(span)).count();
            counts[1] += gold.len();
            counts[2] += found.len();
        }
    }
    let of = |[right, gold, found]: [usize; 3]| f1(right, gold, found);
    (of(tokens), of(sentences))
}

#[test]
fn treebanks_are_cut_as_they_are_annotated() {
    // The floors lie a little under what is reached, on parts that rules may be tuned on.
    for (name, least_tokens, least_sentences) in [("ewt-dev", 98.8, 83.0), ("gum-dev", 99.7, 93.0)]
    {
        let Some(documents) = read_treebank(name) else {
            eprintln!("SKIPPED: no treebank {name} in the shared folder");
            return;
        };
        let (tokens, sentences) = score(&documents);
        eprintln!("{name}: token F1 {tokens:.2}, sentence F1 {sentences:.2}");
        assert!(tokens >= least_tokens && sentences >= least_sentences);
    }
}
