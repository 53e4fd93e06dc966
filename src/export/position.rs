//! Positions in characters and what surrounds a line, for formats that do not count bytes; hashes of
//! the texts that spans count in.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::{Article, Byte, Claim, Document, Field, Sentence, Span};

/// Characters kept before and after the quoted words.
const AROUND: usize = 32;

/// Characters kept of the sentence before and of the one behind.
const BESIDE: usize = 240;

/// Where a claim stands in its article: what is needed of the text once the text is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// First Unicode code point of the sentence in its field, 0-based.
    pub start: usize,
    /// The one behind its last.
    pub end: usize,
    /// At most 32 characters before it.
    pub prefix: String,
    /// At most 32 characters behind it.
    pub suffix: String,
    /// The sentence before it, at most its last 240 characters; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// The sentence behind it, at most its first 240 characters; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
}

impl Place {
    /// The place of `claim`, which was read off `article`.
    #[must_use]
    pub fn of(claim: &Claim, article: &Article) -> Self {
        let text = Positions::new(article, claim.evidence.field);
        let (prefix, suffix) = text.around(claim.evidence.span, AROUND);
        let (start, end) = text.of(claim.evidence.span);
        let (prefix, suffix) = (prefix.to_owned(), suffix.to_owned());
        Self { start, end, prefix, suffix, ..Self::default() }
    }

    /// The place of `claim`, which was read off `article`, with the sentences around it.
    #[must_use]
    pub fn among(claim: &Claim, article: &Article, document: &Document) -> Self {
        let evidence = &claim.evidence;
        let here = |sentence: &Sentence| article.locate(sentence.span);
        let sentences = &document.sentences;
        let found = sentences.binary_search_by_key(&(evidence.field, evidence.span.start()), |s| {
            let (field, span) = here(s);
            (field, span.start())
        });
        let Ok(at) = found else { return Self::of(claim, article) };
        let text = |sentence: Option<&Sentence>| {
            let sentence = sentence.filter(|sentence| here(sentence).0 == evidence.field);
            sentence.map_or("", |sentence| sentence.span.of(&article.text))
        };
        let before = text(at.checked_sub(1).and_then(|at| sentences.get(at)));
        let after = text(sentences.get(at + 1));
        let from = before.char_indices().rev().nth(BESIDE - 1).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(BESIDE).map_or(after.len(), |(at, _)| at);
        let (before, after) = (before[from..].to_owned(), after[..to].to_owned());
        Self { before, after, ..Self::of(claim, article) }
    }

    /// The place of a sentence that is the whole text.
    #[must_use]
    pub fn of_sentence(sentence: &str) -> Self {
        Self { end: sentence.chars().count(), ..Self::default() }
    }
}

/// SHA-256 of the fields of an article, in hexadecimal digits; of none that it lacks or that is not
/// known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextHashes {
    /// Of its text.
    pub text: Option<String>,
    /// Of its title, where that is kept apart.
    pub title: Option<String>,
}

impl TextHashes {
    /// The hashes of `article`.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let title = Positions::new(article, Field::Title).text;
        Self {
            text: Some(sha256(Positions::new(article, Field::Text).text)),
            title: (!title.is_empty()).then(|| sha256(title)),
        }
    }
}

fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let hex = |digit: u8| char::from(b"0123456789abcdef"[usize::from(digit)]);
    digest.iter().flat_map(|&byte| [hex(byte >> 4), hex(byte & 15)]).collect()
}

/// One field of an article as the record has it.
#[derive(Debug, Clone, Copy)]
struct Positions<'a> {
    /// The text that spans of the field count in.
    text: &'a str,
}

impl<'a> Positions<'a> {
    fn new(article: &'a Article, field: Field) -> Self {
        let (head, body) = article.text.split_at(article.body_start as usize);
        let text = match field {
            Field::Text => body,
            Field::Title => head.trim_end(),
        };
        Self { text }
    }

    /// First and last position of `span` in Unicode code points, 0-based, half-open. What lies
    /// outside of the text counts as its end.
    fn of(self, span: Span<Byte>) -> (usize, usize) {
        let count = |end: u32| {
            let before = self.text.get(..end as usize).unwrap_or(self.text);
            before.chars().count()
        };
        (count(span.start()), count(span.end()))
    }

    /// At most `n` characters before and after `span`.
    fn around(self, span: Span<Byte>, n: usize) -> (&'a str, &'a str) {
        let before = self.text.get(..span.start() as usize).unwrap_or("");
        let after = self.text.get(span.end() as usize..).unwrap_or("");
        let from = before.char_indices().rev().nth(n.saturating_sub(1)).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(n).map_or(after.len(), |(at, _)| at);
        (&before[from..], &after[..to])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn characters_are_counted_not_bytes() {
        let article =
            Article {
                info: Arc::default(), text: "Añb\n\nÉté 🚀 x".to_owned(), body_start: 6
            };
        let text = Positions::new(&article, Field::Text);
        assert_eq!(text.text, "Été 🚀 x");
        assert_eq!(text.of(Span::new(6, 10)), (4, 5));
        assert_eq!(text.around(Span::new(6, 10), 2), ("é ", " x"));
        assert_eq!(Positions::new(&article, Field::Title).text, "Añb");
    }
}
