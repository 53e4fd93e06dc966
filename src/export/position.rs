//! Positions in characters, for formats that do not count bytes.

use crate::model::{Article, Byte, Field, Span};

/// One field of an article as the record has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Positions<'a> {
    /// The text that spans of the field count in.
    pub(super) text: &'a str,
}

impl<'a> Positions<'a> {
    pub(super) fn new(article: &'a Article, field: Field) -> Self {
        let (head, body) = article.text.split_at(article.body_start as usize);
        let text = match field {
            Field::Text => body,
            Field::Title => head.trim_end(),
        };
        Self { text }
    }

    /// First and last position of `span` in Unicode code points, 0-based, half-open. What lies
    /// outside of the text counts as its end.
    pub(super) fn of(self, span: Span<Byte>) -> (usize, usize) {
        let count = |end: u32| {
            let before = self.text.get(..end as usize).unwrap_or(self.text);
            before.chars().count()
        };
        (count(span.start()), count(span.end()))
    }

    /// At most `n` characters before and after `span`.
    pub(super) fn around(self, span: Span<Byte>, n: usize) -> (&'a str, &'a str) {
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
