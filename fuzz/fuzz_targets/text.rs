//! Tokens of any text are ordered, inside of their sentences and on character boundaries.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieline::model::Article;
use tieline::text::{complete_info, read_document};

fuzz_target!(|text: &str| {
    let article = Article { info: Default::default(), text: text.to_owned(), body_start: 0 };
    let mut end = 0;
    for sentence in read_document(&article).sentences {
        for token in &sentence.tokens {
            assert!(token.span.start() >= end && sentence.span.covers(token.span));
            assert!(!token.span.of(text).is_empty());
            end = token.span.end();
        }
    }
    complete_info(article);
});
