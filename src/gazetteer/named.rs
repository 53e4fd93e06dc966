//! The names that are decided on while one article is read, and the words around them.

use crate::model::{
    Article, Byte, Document, Entity, EntityDirectory, EntityId, MentionForm, Sentence, Span,
    TokenIndex,
};

use super::Gazetteer;
use super::matcher::Hit;

/// A name that was decided on.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub span: Span<Byte>,
    pub sentence: usize,
    pub id: EntityId,
    pub form: MentionForm,
    /// Whether it introduces a person in full.
    pub full: bool,
}

/// A person found by title and name.
#[derive(Debug, Clone)]
pub(super) struct Discovered {
    pub span: Span<Byte>,
    pub sentence: usize,
    /// As used alone.
    pub surname: String,
    /// The other words of the name, folded.
    pub given: Vec<String>,
    pub entity: Entity,
}

/// All that is known of one article's names, and what decides about them.
pub(super) struct NamesSoFar<'a> {
    pub gazetteer: &'a Gazetteer,
    pub article: &'a Article,
    pub document: &'a Document,
    /// Hits of each sentence.
    pub hits: Vec<Vec<Hit>>,
    /// Decided names of each sentence, in text order, without overlap.
    pub named: Vec<Vec<Named>>,
    /// The towns of each sentence, in text order.
    pub towns: Vec<Vec<Named>>,
    pub directory: EntityDirectory,
}

impl<'a> NamesSoFar<'a> {
    pub(super) fn text(&self) -> &'a str {
        &self.article.text
    }

    pub(super) fn sentence(&self, n: usize) -> &'a Sentence {
        &self.document.sentences[n]
    }

    pub(super) fn words(&self, n: usize) -> Words<'a> {
        Words { text: self.text(), sentence: self.sentence(n) }
    }

    /// The token next to `span`, where only white space or a hyphen stands between.
    pub(super) fn word_before(&self, n: usize, span: Span<Byte>) -> Option<Word<'a>> {
        let sentence = self.sentence(n);
        let tokens = sentence.tokens_in(span)?;
        let mut index = tokens.start().checked_sub(1)?;
        if Word::new(self.text(), sentence, index).text == "-" {
            index = index.checked_sub(1)?;
        }
        Some(Word::new(self.text(), sentence, index))
    }

    pub(super) fn word_after(&self, n: usize, span: Span<Byte>) -> Option<Word<'a>> {
        let sentence = self.sentence(n);
        let index = sentence.tokens_in(span)?.end();
        ((index as usize) < sentence.tokens.len()).then(|| Word::new(self.text(), sentence, index))
    }

    /// Whether a name covers part of `span`.
    pub(super) fn is_taken(&self, n: usize, span: Span<Byte>) -> bool {
        self.named[n].iter().any(|named| named.span.overlaps(span))
    }

    /// Adds a name; shorter ones that it covers give way.
    pub(super) fn insert(&mut self, named: Named) {
        let list = &mut self.named[named.sentence];
        if list.iter().any(|old| old.span.overlaps(named.span) && !named.span.covers(old.span)) {
            return;
        }
        list.retain(|old| !old.span.overlaps(named.span));
        let at = list.partition_point(|old| old.span.start() < named.span.start());
        list.insert(at, named);
    }
}

/// A token with its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub span: Span<Byte>,
    pub index: u32,
}

impl<'t> Word<'t> {
    pub(super) fn new(text: &'t str, sentence: &Sentence, index: u32) -> Self {
        let span = sentence.tokens[TokenIndex(index).index()].span;
        Self { text: span.of(text), span, index }
    }

    /// Whether nothing but white space stands between the word and `span`.
    pub(super) fn touches(&self, span: Span<Byte>, text: &str) -> bool {
        let (start, end) = if self.span.start() < span.start() {
            (self.span.end(), span.start())
        } else {
            (span.end(), self.span.start())
        };
        text.get(start as usize..end as usize)
            .is_some_and(|between| between.chars().all(char::is_whitespace))
    }
}

/// One sentence, word by word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    pub text: &'a str,
    pub sentence: &'a Sentence,
}

impl<'a> Words<'a> {
    pub(super) fn len(self) -> u32 {
        u32::try_from(self.sentence.tokens.len()).expect("sentences are bounded")
    }

    /// The word at `index`, which there must be.
    pub(super) fn word(self, index: u32) -> Word<'a> {
        Word::new(self.text, self.sentence, index)
    }

    /// The word at `index`, if there is one.
    pub(super) fn at(self, index: u32) -> Option<Word<'a>> {
        (index < self.len()).then(|| self.word(index))
    }

    /// The letters of the word at `index`; none behind the end.
    pub(super) fn get(self, index: u32) -> &'a str {
        self.at(index).map_or("", |word| word.text)
    }
}

/// Whether two folded given names are one: equal, or alike in their first three letters.
pub(super) fn is_variant(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || matches!((one.get(..3), other.get(..3)), (Some(a), Some(b)) if a == b)
            && one.len().abs_diff(other.len()) <= 3
}
