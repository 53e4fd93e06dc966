//! Every stage that an article passes on its way to claims, one after the other, and all together.
//!
//! Speeds are bytes of text a second, whichever share of it a stage looks at, so they can be
//! compared: the stages' times add up to that of the whole. Tags are not apart from trees: both
//! come of one pass.

use std::path::PathBuf;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use tieline::claims::{self, ParsedArticle};
use tieline::coreference;
use tieline::gazetteer::Gazetteer;
use tieline::lexicon::Lexicon;
use tieline::model::{Article, Document};
use tieline::pipeline::{Analysis, Reader};
use tieline::rules::RuleSet;
use tieline::source::Articles;
use tieline::syntax::{Parser, Scratch};
use tieline::text;

fn main() {
    divan::main();
}

fn reader() -> Reader {
    let lexicon = Lexicon::load(None).expect("the embedded word lists are sound");
    Reader {
        gazetteer: Gazetteer::load(&lexicon, None).expect("the embedded tables are sound"),
        parser: Parser::embedded().expect("the embedded weights are sound"),
        rules: RuleSet::load(&lexicon, None).expect("the embedded rules are sound"),
        lexicon,
    }
}

/// The sample articles.
fn articles() -> Vec<Article> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/sample");
    Articles::open([folder]).map(|article| article.expect("the sample can be read")).collect()
}

fn bytes(articles: &[Article]) -> BytesCount {
    BytesCount::new(articles.iter().map(|article| article.text.len()).sum::<usize>())
}

/// The articles with their sentences.
fn documents<'a>(articles: &'a [Article], reader: &Reader) -> Vec<(&'a Article, Document)> {
    articles
        .iter()
        .map(|article| (article, text::read_document(&reader.lexicon, article)))
        .collect()
}

/// The articles with all that is read off them.
fn analyses<'a>(articles: &'a [Article], reader: &Reader) -> Vec<(&'a Article, Analysis)> {
    let mut scratch = Scratch::default();
    articles.iter().map(|article| (article, reader.read(article, &mut scratch))).collect()
}

#[divan::bench]
fn tokens_and_sentences(bencher: Bencher<'_, '_>) {
    let (articles, reader) = (articles(), reader());
    bencher.counter(bytes(&articles)).bench_local(|| {
        for article in &articles {
            black_box(text::read_document(&reader.lexicon, article));
        }
    });
}

#[divan::bench]
fn mentions_by_name(bencher: Bencher<'_, '_>) {
    let (articles, reader) = (articles(), reader());
    let documents = documents(&articles, &reader);
    bencher.counter(bytes(&articles)).bench_local(|| {
        for (article, document) in &documents {
            black_box(reader.gazetteer.find_mentions(article, document));
        }
    });
}

#[divan::bench]
fn choice_of_sentences(bencher: Bencher<'_, '_>) {
    let (articles, reader) = (articles(), reader());
    let documents = documents(&articles, &reader);
    let named: Vec<_> = documents
        .iter()
        .map(|(article, document)| reader.gazetteer.find_mentions(article, document).mentions)
        .collect();
    bencher.counter(bytes(&articles)).bench_local(|| {
        for ((article, document), named) in documents.iter().zip(&named) {
            black_box(reader.sentences_to_parse(article, document, named));
        }
    });
}

#[divan::bench]
fn tags_and_trees(bencher: Bencher<'_, '_>) {
    let (articles, reader) = (articles(), reader());
    let analyses = analyses(&articles, &reader);
    let mut scratch = Scratch::default();
    bencher.counter(bytes(&articles)).bench_local(|| {
        for (article, analysis) in &analyses {
            for (sentence, tree) in analysis.document.sentences.iter().zip(&analysis.trees) {
                if tree.is_some() {
                    black_box(reader.parser.parse(&article.text, sentence, &mut scratch));
                }
            }
        }
    });
}

#[divan::bench]
fn mentions_that_refer_back(bencher: Bencher<'_, '_>) {
    let (articles, reader) = (articles(), reader());
    let read: Vec<_> = analyses(&articles, &reader)
        .into_iter()
        .map(|(article, analysis)| {
            let named = reader.gazetteer.find_mentions(article, &analysis.document);
            (article, analysis, named)
        })
        .collect();
    bencher.counter(bytes(&articles)).bench_local(|| {
        for (article, analysis, named) in &read {
            let (document, trees) = (&analysis.document, &analysis.trees);
            let (named, directory) = (&named.mentions, &named.directory);
            black_box(coreference::resolve(
                &reader.lexicon,
                article,
                document,
                trees,
                named,
                directory,
            ));
        }
    });
}

#[divan::bench]
fn claims(bencher: Bencher<'_, '_>) {
    let (articles, reader) = (articles(), reader());
    let analyses = analyses(&articles, &reader);
    bencher.counter(bytes(&articles)).bench_local(|| {
        for (article, analysis) in &analyses {
            black_box(claims::extract(
                &reader.rules,
                ParsedArticle {
                    article,
                    document: &analysis.document,
                    trees: &analysis.trees,
                    mentions: &analysis.mentions,
                    directory: &analysis.directory,
                },
            ));
        }
    });
}

#[divan::bench]
fn whole(bencher: Bencher<'_, '_>) {
    let (articles, reader) = (articles(), reader());
    let mut scratch = Scratch::default();
    bencher.counter(bytes(&articles)).bench_local(|| {
        for article in &articles {
            black_box(reader.read(article, &mut scratch));
        }
    });
}
