//! Who speaks inside of quotation marks.

use crate::model::{Article, Document, Mention, Span, TokenUnit};

use super::words::is_reporting_verb;

/// A stretch of direct speech, from mark to mark, within one paragraph.
#[derive(Debug, Clone)]
pub(super) struct Quotation {
    /// First and last sentence with the tokens inside of the marks.
    pub from: (usize, u32),
    pub to: (usize, u32),
}

impl Quotation {
    pub(super) fn contains(&self, sentence: usize, token: u32) -> bool {
        self.from <= (sentence, token) && (sentence, token) < self.to
    }
}

/// All quotations of a document, in order. A mark that is never closed ends with its paragraph,
/// as one that runs over several paragraphs is printed.
pub(super) fn find(article: &Article, document: &Document) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Option<(usize, u32)> = None;
    let mut paragraph = None;
    let mut last_end = (0, 0);
    for (n, sentence) in document.sentences.iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            if let Some(from) = open.take() {
                found.push(Quotation { from, to: last_end });
            }
            paragraph = Some(sentence.paragraph);
        }
        for (index, token) in (0..).zip(&sentence.tokens) {
            let word = token.span.of(&article.text);
            match (word, open) {
                ("“" | "``" | "«" | "„", _) | ("\"", None) => {
                    open.get_or_insert((n, index + 1));
                }
                ("”" | "''" | "»" | "\"", Some(from)) => {
                    found.push(Quotation { from, to: (n, index) });
                    open = None;
                }
                _ => {}
            }
        }
        last_end = (n, u32::try_from(sentence.tokens.len()).expect("sentences are bounded"));
    }
    if let Some(from) = open {
        found.push(Quotation { from, to: last_end });
    }
    found
}

/// The mention that says `quotation`, among `mentions` in text order: the actor beside a verb of
/// saying outside of it, in the sentence where it ends, else where it begins.
pub(super) fn speaker<'m>(
    article: &Article,
    document: &Document,
    quotation: &Quotation,
    mentions: impl Iterator<Item = &'m Mention> + Clone,
) -> Option<&'m Mention> {
    let same_paragraph =
        |n: usize| document.sentences[n].paragraph == document.sentences[quotation.to.0].paragraph;
    let places = [Some(quotation.to.0), Some(quotation.from.0), quotation.from.0.checked_sub(1)];
    let mut tried = None;
    for n in places.into_iter().flatten() {
        if tried == Some(n) || !same_paragraph(n) {
            continue;
        }
        tried = Some(n);
        if let Some(found) = beside_verb(article, document, quotation, n, mentions.clone()) {
            return Some(found);
        }
    }
    None
}

/// The actor nearest to a verb of saying of sentence `n`, outside of the quotation.
fn beside_verb<'m>(
    article: &Article,
    document: &Document,
    quotation: &Quotation,
    n: usize,
    mentions: impl Iterator<Item = &'m Mention> + Clone,
) -> Option<&'m Mention> {
    let sentence = &document.sentences[n];
    let verbs = (0..).zip(&sentence.tokens).filter(|(index, token)| {
        !quotation.contains(n, *index) && is_reporting_verb(token.span.of(&article.text))
    });
    // Nearest verb to the quotation: the first behind its end, else the last before its start.
    let after = (quotation.to.0 == n).then_some(quotation.to.1);
    let mut verbs: Vec<u32> = verbs.map(|(index, _)| index).collect();
    verbs.sort_by_key(|&verb| match after {
        Some(end) if verb >= end => (0, verb - end),
        _ => (1, u32::MAX - verb),
    });
    let distance = |tokens: Span<TokenUnit>, verb: u32| {
        if tokens.end() <= verb {
            verb - tokens.end()
        } else {
            // An inverted subject stands right behind; any other behind the verb is addressed.
            (tokens.start() - verb).saturating_sub(1) + 4
        }
    };
    for verb in verbs {
        let actors = mentions.clone().filter(|mention| {
            mention.sentence == n
                && mention.entities.len() == 1
                && !mention.entities[0].is_weapon()
                && !quotation.contains(n, mention.tokens.start())
        });
        let nearest = actors
            .map(|mention| {
                let gap = distance(mention.tokens, verb);
                // Names win over the adjective of the title before them.
                let person = !mention.entities[0].is_person();
                (gap + if person { 2 } else { 0 }, mention)
            })
            .filter(|(gap, _)| *gap <= 12)
            .min_by_key(|(gap, mention)| (*gap, mention.tokens.start()));
        if let Some((_, mention)) = nearest {
            return Some(mention);
        }
    }
    None
}
