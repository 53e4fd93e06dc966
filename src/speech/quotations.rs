//! Quotations: where an article speaks in other people's words.
//!
//! A quotation may run over sentences and paragraphs. A paragraph that opens with a quotation
//! mark while the one before left its own open goes on with the same speaker.

use std::ops::Range;

use crate::model::Document;

/// A stretch between quotation marks, in one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// Bytes of the article, the marks included. Without a closing mark it ends with its paragraph.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The numbers of the sentences that it touches.
    pub(crate) sentences: Range<usize>,
    /// Number of its paragraph.
    pub(crate) paragraph: u32,
    /// Goes on from the quotation before it.
    pub(crate) continued: bool,
}

impl Quotation {
    pub(crate) fn contains(&self, byte: u32) -> bool {
        (self.start..self.end).contains(&byte)
    }

    /// The number of the sentence in which it ends.
    pub(crate) fn last(&self) -> usize {
        self.sentences.end - 1
    }
}

/// Every quotation of a document, in text order.
pub(super) fn find(text: &str, document: &Document) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut open = false;
    for (n, sentence) in document.sentences.iter().enumerate() {
        let begins = n == 0 || document.sentences[n - 1].paragraph != sentence.paragraph;
        let left_open = begins && std::mem::take(&mut open);
        for (at, token) in sentence.tokens.iter().enumerate() {
            let (start, end) = (token.span.start(), token.span.end());
            let (opens, closes) = match token.span.of(text) {
                "“" | "«" | "„" | "``" => (true, false),
                "”" | "»" | "''" => (false, true),
                "\"" => (!open && !is_inches(text, start), open),
                _ => continue,
            };
            if opens && !open {
                let (sentences, paragraph) = (n..n + 1, sentence.paragraph);
                let continued = left_open && at == 0;
                found.push(Quotation { start, end, sentences, paragraph, continued });
                open = true;
            } else if closes && open {
                extend(&mut found, n, end);
                open = false;
            }
        }
        if open {
            extend(&mut found, n, sentence.span.end());
        }
    }
    found
}

fn extend(found: &mut [Quotation], sentence: usize, end: u32) {
    let last = found.last_mut().expect("a quotation was opened");
    (last.end, last.sentences.end) = (end, sentence + 1);
}

/// Whether the straight mark at `at` is the sign of inches: it stands right behind something and
/// before a blank.
fn is_inches(text: &str, at: u32) -> bool {
    let (before, behind) = text.split_at(at as usize);
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    !blank(before.chars().next_back()) && blank(behind.chars().nth(1))
}

/// The quotation that holds `byte`.
pub(crate) fn at(quotations: &[Quotation], byte: u32) -> Option<usize> {
    let after = quotations.partition_point(|quotation| quotation.start <= byte);
    let index = after.checked_sub(1)?;
    quotations[index].contains(byte).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::model::Article;
    use crate::text::read_document;

    /// The words of each quotation, `+` before one that goes on.
    fn quoted(text: &str) -> Vec<String> {
        let article = Article::from_text("a", text);
        let document = read_document(&Lexicon::load(None).unwrap(), &article);
        let tell = |quotation: &Quotation| {
            let words = &text[quotation.start as usize..quotation.end as usize];
            format!("{}{words}", if quotation.continued { "+" } else { "" })
        };
        find(text, &document).iter().map(tell).collect()
    }

    #[test]
    fn marks_of_all_kinds_enclose_quotations() {
        for (text, expected) in [
            ("He said: “We go.” She left.", "“We go.”"),
            ("He said: \"We go.\" She left.", "\"We go.\""),
            ("He said: «We go» and left.", "«We go»"),
            ("He said: ``We go'' and left.", "``We go''"),
        ] {
            assert_eq!(quoted(text), [expected], "{text}");
        }
        assert_eq!(quoted("A 6\" gun fired and a 9\" one burst."), [""; 0]);
    }

    #[test]
    fn a_speech_goes_on_in_the_next_paragraph() {
        let text = "He said: “We go. It is late.\n\n“We come back.”\n\nNobody spoke.";
        assert_eq!(quoted(text), ["“We go. It is late.", "+“We come back.”"]);
    }

    #[test]
    fn what_lies_outside_is_in_no_quotation() {
        let article = Article::from_text("a", "He said “go” and “come”.");
        let document = read_document(&Lexicon::load(None).unwrap(), &article);
        let found = find(&article.text, &document);
        let at = |word| at(&found, u32::try_from(article.text.find(word).unwrap()).unwrap());
        assert_eq!([at("said"), at("go"), at("and"), at("come")], [None, Some(0), None, Some(1)]);
    }
}
