//! The text in which references are resolved: words, trees and names by sentence and token.

use std::borrow::Cow;

use crate::lexicon::{FunctionWord, Lexicon, WordList};
use crate::model::{Article, DependencyTree, Document, Mention, TokenIndex};
use crate::speech::Voices;
use crate::speech::quotations::Quotation;

/// An article with its sentences, trees and names, and the word lists that it is read with.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) article: &'a Article,
    pub(super) document: &'a Document,
    /// One slot for each sentence, `None` where it was not parsed; empty where none was.
    pub(super) trees: &'a [Option<DependencyTree>],
    /// The mentions by name, in text order.
    pub(super) named: &'a [Mention],
    pub(super) voices: &'a Voices,
}

impl<'a> Text<'a> {
    /// The word at `token` of sentence `n`; empty behind the sentence's end.
    pub(super) fn word(self, n: usize, token: u32) -> &'a str {
        let tokens = &self.document.sentences[n].tokens;
        tokens.get(token as usize).map_or("", |token| token.span.of(&self.article.text))
    }

    /// The same in lower case.
    pub(super) fn lower(self, n: usize, token: u32) -> Cow<'a, str> {
        crate::model::lower_case(self.word(n, token))
    }

    /// The first byte of a token.
    pub(super) fn byte(self, n: usize, token: u32) -> u32 {
        self.document.sentences[n].tokens[token as usize].span.start()
    }

    /// The quotation that holds a token.
    pub(super) fn quotation(self, n: usize, token: u32) -> Option<&'a Quotation> {
        self.voices.quotation(self.byte(n, token)).map(|index| &self.voices.quotations[index])
    }

    /// Whether a token stands in somebody's direct speech.
    pub(super) fn is_spoken(self, n: usize, token: u32) -> bool {
        self.voices.turn(n).is_some() || self.quotation(n, token).is_some()
    }

    /// The word before `token`; empty at the sentence's start.
    pub(super) fn word_before(self, n: usize, token: u32) -> &'a str {
        token.checked_sub(1).map_or("", |before| self.word(n, before))
    }

    /// The function word at `token`, if it is one.
    pub(super) fn function(self, n: usize, token: u32) -> Option<FunctionWord> {
        self.lexicon.function_word(self.word(n, token))
    }

    /// Whether the word at `token`, as it is written, is in `list`.
    pub(super) fn has(self, list: WordList, n: usize, token: u32) -> bool {
        self.lexicon.has(list, self.word(n, token))
    }

    /// Whether the word at `token`, whatever its case, is in `list`.
    pub(super) fn has_any_case(self, list: WordList, n: usize, token: u32) -> bool {
        self.lexicon.has_any_case(list, self.word(n, token))
    }

    /// Whether an entry of `list`, of one word or several, begins at `token`, whatever its case.
    pub(super) fn has_entry(self, list: WordList, n: usize, token: u32) -> bool {
        let Some(first) = self.lexicon.word(&self.lower(n, token)) else { return false };
        self.lexicon.lists(first).0.has(list)
            || self.lexicon.phrases(list, first).any(|rest| {
                (token + 1..)
                    .zip(rest)
                    .all(|(at, &word)| self.lexicon.word(&self.lower(n, at)) == Some(word))
            })
    }

    /// Whether the possessive ending "'s" stands at `token`.
    pub(super) fn is_genitive(self, n: usize, token: u32) -> bool {
        is_genitive(self.word(n, token))
    }

    /// Number of tokens of sentence `n`.
    pub(super) fn len(self, n: usize) -> u32 {
        u32::try_from(self.document.sentences[n].tokens.len()).expect("sentences are bounded")
    }

    pub(super) fn tree(self, n: usize) -> Option<&'a DependencyTree> {
        self.trees.get(n)?.as_ref()
    }

    /// Whether the lemma at `token` is in `list`.
    pub(super) fn has_lemma(
        self,
        list: WordList,
        tree: &DependencyTree,
        token: TokenIndex,
    ) -> bool {
        self.lexicon.has(list, tree.lemma(token))
    }

    /// Number of the paragraph of sentence `n`.
    pub(super) fn paragraph(self, n: usize) -> u32 {
        self.document.sentences[n].paragraph
    }

    /// The mentions by name in sentence `n`.
    pub(super) fn named_in(self, n: usize) -> &'a [Mention] {
        in_sentence(self.named, n)
    }

    /// The mention by name that holds `token`.
    pub(super) fn named_at(self, n: usize, token: u32) -> Option<&'a Mention> {
        self.named_in(n).iter().find(|mention| mention.tokens.contains(token))
    }
}

/// Whether `word` is the possessive ending "'s".
pub(super) fn is_genitive(word: &str) -> bool {
    matches!(word, "'s" | "’s")
}

/// The mentions of sentence `n`, of a list in text order.
pub(super) fn in_sentence(mentions: &[Mention], n: usize) -> &[Mention] {
    let first = mentions.partition_point(|mention| mention.sentence < n);
    let last = mentions.partition_point(|mention| mention.sentence <= n);
    &mentions[first..last]
}
