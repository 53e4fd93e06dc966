//! The gate in front of the parser: what rules demand loses no claim, and what it has learned of
//! likely claims loses hardly any.
//!
//! ```text
//! cargo test --release --test integration gate -- --ignored --nocapture
//! ```
//!
//! measures the same on the benchmark corpus, where articles are many and differ more.

use std::path::PathBuf;

use tieline::source::Articles;
use tieline::{Analysis, Article, Claim, Reader};

use crate::support::{repository, shared};

/// A way of reading one article.
type Read = fn(&Reader, Article) -> Analysis;

/// What two ways of reading found.
#[derive(Default)]
struct Compared {
    n_sentences: usize,
    n_parsed: usize,
    n_claims: usize,
    /// Claims that only one of the ways gives.
    lost: Vec<String>,
    added: Vec<String>,
}

impl Compared {
    /// Whether at most `most` of a thousand claims are lost, and as many stand in their place.
    fn loses_at_most(&self, most: usize) -> bool {
        self.lost.len().max(self.added.len()) * 1000 <= self.n_claims * most
    }
}

/// Compares `gated` reading with `whole` reading.
fn compare(inputs: impl IntoIterator<Item = PathBuf>, [gated, whole]: [Read; 2]) -> Compared {
    let reader = Reader::embedded().unwrap();
    let mut compared = Compared::default();
    for article in Articles::open(inputs) {
        let article = article.unwrap();
        let gated = gated(&reader, article.clone());
        let whole = whole(&reader, article);
        compared.n_sentences += gated.trees.len();
        compared.n_parsed += gated.trees.iter().flatten().count();
        compared.n_claims += whole.claims.len();
        let only = |claims: &[Claim], others: &[Claim]| -> Vec<String> {
            claims.iter().filter(|claim| !others.contains(claim)).map(describe).collect()
        };
        compared.lost.extend(only(&whole.claims, &gated.claims));
        compared.added.extend(only(&gated.claims, &whole.claims));
    }
    eprintln!(
        "{} of {} sentences parsed; {} claims, {} lost, {} instead",
        compared.n_parsed,
        compared.n_sentences,
        compared.n_claims,
        compared.lost.len(),
        compared.added.len()
    );
    compared
}

fn describe(claim: &Claim) -> String {
    let said = claim.attribution.as_ref().map(|said| said.text.as_str());
    format!(
        "{}: {} {} {} ({}, {said:?}): {}",
        claim.evidence.article.id,
        claim.source,
        claim.relation,
        claim.target,
        claim.rule,
        claim.evidence.sentence
    )
}

fn texts(folder: PathBuf) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        let name = path.to_string_lossy();
        name.ends_with(".txt") && !name.ends_with(".gold.txt")
    });
    paths.sort();
    paths
}

#[test]
fn articles_read_together_are_read_as_alone() {
    let reader = Reader::embedded().unwrap();
    let articles: Vec<_> =
        Articles::open([repository().join("data/sample")]).map(Result::unwrap).collect();
    let together = reader.read_together(articles.clone());
    assert_eq!(together.len(), articles.len());
    for (article, analysis) in articles.into_iter().zip(together) {
        let alone = reader.read(article);
        let name = &alone.article.info.id;
        assert!(!alone.trees.is_empty(), "{name}");
        assert_eq!(analysis.article, alone.article, "{name}");
        assert_eq!(analysis.trees, alone.trees, "{name}");
        assert_eq!(analysis.mentions, alone.mentions, "{name}");
        assert_eq!(analysis.claims, alone.claims, "{name}");
    }
}

#[test]
fn sentences_that_rules_cannot_start_in_hold_no_claim() {
    let mut inputs = texts(repository().join("tests/corpus/dev"));
    inputs.extend(shared("seeds").map(texts).unwrap_or_default());
    let compared = compare(inputs, [Reader::read_thoroughly, Reader::read_parsing_all]);
    assert!(compared.n_claims > 100, "{} claims", compared.n_claims);
    assert!(compared.n_parsed < compared.n_sentences, "the gate keeps nothing back");
    let differing = [compared.lost, compared.added].concat();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

/// The gate learned from the development articles; from the seeds it did not.
#[test]
fn hardly_a_claim_stands_where_none_is_likely() {
    let mut inputs = texts(repository().join("tests/corpus/dev"));
    inputs.extend(shared("seeds").map(texts).unwrap_or_default());
    let compared = compare(inputs, [Reader::read, Reader::read_thoroughly]);
    assert!(compared.n_claims > 100, "{} claims", compared.n_claims);
    assert!(compared.loses_at_most(5), "{}", compared.lost.join("\n"));
}

#[test]
#[ignore = "reads the benchmark corpus with a tree for every sentence"]
fn the_gate_loses_hardly_a_claim_of_many_articles() {
    let Some(news) = shared("perf/news.jsonl") else { return };
    let ways: [(&str, [Read; 2], usize); 2] = [
        ("by rules", [Reader::read_thoroughly, Reader::read_parsing_all], 1),
        ("by what is likely", [Reader::read, Reader::read_thoroughly], 5),
    ];
    for (name, ways, most) in ways {
        let compared = compare([news.clone()], ways);
        for (mark, claims) in [("-", &compared.lost), ("+", &compared.added)] {
            for claim in claims {
                eprintln!("{mark} {claim}");
            }
        }
        assert!(compared.loses_at_most(most), "{name}: more than {most} in a thousand");
    }
}
