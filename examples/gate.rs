//! Prints what the gate learns from: `cargo run --release --example gate -- FILES`. Each line is a
//! word from which rules can start, or a person who may hold an office: the article's id, the number
//! of the sentence, its tokens, the claims that the article has there, whether the sentence gets a
//! tree anyway, whether a claim starts at the word, the names of the rules, and the features.
//! `training/gate.py` reads them.
#![expect(clippy::unwrap_used, reason = "an example may stop")]

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use tieline::model::Field;
use tieline::source::Articles;
use tieline::{Analysis, Claim, Reader, coreference};

fn main() {
    let reader = Reader::embedded().unwrap();
    let mut output = BufWriter::new(std::io::stdout().lock());
    for article in Articles::open(std::env::args().skip(1).map(PathBuf::from)) {
        let read = reader.read_thoroughly(article.unwrap());
        write_starts(&reader, &read, &mut output).unwrap();
    }
}

fn write_starts(reader: &Reader, read: &Analysis, output: &mut impl Write) -> std::io::Result<()> {
    let Analysis { article, document, voices, .. } = read;
    let found = reader.gazetteer.find_mentions(article, document);
    let (named, towns) = (&found.mentions, &found.towns);
    let references = coreference::references(&reader.lexicon, article, document, named, voices);
    let starts = reader.rules.possible_starts(article, document, named, towns, &references);
    for start in &starts {
        let sentence = &document.sentences[start.sentence];
        let claims: Vec<&Claim> = read
            .claims
            .iter()
            .filter(|claim| sentence.span.contains(trigger(article.body_start, claim)))
            .collect();
        let begins_at = |token: usize| {
            let token = sentence.tokens[token].span;
            move |claim: &&&Claim| {
                !is_office(claim) && token.contains(trigger(article.body_start, claim))
            }
        };
        let is_one = match start.token {
            Some(token) => claims.iter().any(|claim| begins_at(token)(&claim)),
            None => claims.iter().any(|claim| is_office(claim)),
        };
        write!(
            output,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t",
            article.info.id,
            start.sentence,
            sentence.tokens.len(),
            claims.len(),
            u8::from(start.holds_an_office),
            u8::from(is_one),
            start.rules.join(" "),
        )?;
        for feature in &start.features {
            write!(output, "{feature:x} ")?;
        }
        writeln!(output)?;
    }
    Ok(())
}

/// The first byte of the trigger in the text that sentences count in.
fn trigger(body_start: u32, claim: &Claim) -> u32 {
    let start = claim.evidence.trigger.start();
    if claim.evidence.field == Field::Text { body_start + start } else { start }
}

/// Whether a claim gives somebody an office: it starts at the office, and not at a word of a rule.
fn is_office(claim: &Claim) -> bool {
    claim.role.is_some()
}
