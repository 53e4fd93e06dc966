//! Every stage that an article passes on its way to claims, one after the other, and all together.
//!
//! Speeds are bytes of text a second, whichever share of it a stage looks at, so they can be
//! compared: the stages' times add up to that of the whole. Tags are not apart from trees: both
//! come of one pass.

use std::path::PathBuf;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use tieline::coreference;
use tieline::model::Document;
use tieline::rules::Asks;
use tieline::source::Articles;
use tieline::speech::Voices;
use tieline::syntax::Scratch;
use tieline::{Analysis, Article, Reader, claims, text};

fn main() {
    divan::main();
}

fn reader() -> Reader {
    Reader::embedded().expect("the embedded knowledge is sound")
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
    let read = |article| (article, text::read_document(&reader.lexicon, article));
    articles.iter().map(read).collect()
}

/// The articles with all that is read off them.
fn analyses(reader: &Reader) -> Vec<Analysis> {
    reader.read_together(articles())
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
        .map(|(article, document)| reader.gazetteer.find_mentions(article, document))
        .collect();
    bencher.counter(bytes(&articles)).bench_local(|| {
        for ((article, document), named) in documents.iter().zip(&named) {
            let voices = Voices::new(&reader.lexicon, article, document, &named.mentions);
            black_box(reader.sentences_to_parse(article, document, named, &voices, Asks::Likely));
        }
    });
}

#[divan::bench]
fn tags_and_trees(bencher: Bencher<'_, '_>) {
    let (articles, reader) = (articles(), reader());
    let analyses = analyses(&reader);
    let mut scratch = Scratch::default();
    bencher.counter(bytes(&articles)).bench_local(|| {
        for analysis in &analyses {
            let article = &analysis.article;
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
    let read: Vec<_> = analyses(&reader)
        .into_iter()
        .map(|analysis| {
            let named = reader.gazetteer.find_mentions(&analysis.article, &analysis.document);
            (analysis, named)
        })
        .collect();
    bencher.counter(bytes(&articles)).bench_local(|| {
        for (analysis, named) in &read {
            let article = &analysis.article;
            let (document, trees) = (&analysis.document, &analysis.trees);
            let (named, directory) = (&named.mentions, &named.directory);
            let lexicon = &reader.lexicon;
            let voices = &analysis.voices;
            black_box(coreference::resolve(
                lexicon, article, document, trees, named, directory, voices,
            ));
        }
    });
}

#[divan::bench]
fn claims_of_trees(bencher: Bencher<'_, '_>) {
    let (articles, reader) = (articles(), reader());
    let analyses = analyses(&reader);
    bencher.counter(bytes(&articles)).bench_local(|| {
        for analysis in &analyses {
            black_box(claims::extract(&reader.rules, analysis.parsed()));
        }
    });
}

#[divan::bench]
fn whole(bencher: Bencher<'_, '_>) {
    let (articles, reader) = (articles(), reader());
    bencher.counter(bytes(&articles)).with_inputs(|| articles.clone()).bench_local_values(
        |articles| {
            for article in articles {
                black_box(reader.read(article));
            }
        },
    );
}
