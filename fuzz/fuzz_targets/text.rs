//! Tokens of any text are ordered, inside of their sentences and on character boundaries.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tieline::lexicon::Lexicon;
use tieline::model::Article;
use tieline::text::{complete_info, read_document};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(None).expect("sound lists"));

fuzz_target!(|text: &str| {
    let article = Article { info: Default::default(), text: text.to_owned(), body_start: 0 };
    let mut end = 0;
    for sentence in read_document(&LEXICON, &article).sentences {
        for token in &sentence.tokens {
            assert!(token.span.start() >= end && sentence.span.covers(token.span));
            assert!(!token.span.of(text).is_empty());
            end = token.span.end();
        }
    }
    complete_info(&LEXICON, article);
});
