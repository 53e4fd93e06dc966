//! Who speaks where: quotations, the turns of transcripts and interviews, the dateline, and in whose
//! name an official text speaks.
//!
//! Comes in: an article, its sentences and the mentions by name. Goes out: [`Voices`], found once
//! and handed to all that ask: the gate, coreference and claims. Left out: who is said to speak by
//! a word of saying, which asks for trees.

pub(crate) mod dateline;
mod issuer;
pub(crate) mod quotations;
pub(crate) mod turns;

use crate::lexicon::Lexicon;
use crate::model::{Article, Document, EntityId, Mention};
use quotations::Quotation;
use turns::Turn;

/// Who speaks where in one article.
#[derive(Debug, Clone, Default)]
pub struct Voices {
    /// In text order, without overlap.
    pub(crate) quotations: Vec<Quotation>,
    /// Of a transcript or an interview: who has the floor. In text order, without overlap.
    pub(crate) turns: Vec<Turn>,
    /// The mention of the state that the dateline names, or of its capital: an index among the
    /// mentions by name.
    pub(crate) dateline: Option<usize>,
    /// That state: where the article was written.
    pub(crate) home: Option<EntityId>,
    /// In whose name the text itself speaks: whom its own "we" means, people for their side.
    pub(crate) issuers: Vec<EntityId>,
    /// Where the first turn of a transcript begins, with a known speaker or without: a number of a
    /// sentence.
    pub(crate) floor: Option<usize>,
}

impl Voices {
    /// Finds out who speaks where in `article`, whose mentions by name are `named`.
    #[must_use]
    pub fn new(
        lexicon: &Lexicon,
        article: &Article,
        document: &Document,
        named: &[Mention],
    ) -> Self {
        let quotations = quotations::find(&article.text, document);
        let (turns, floor) = turns::find(lexicon, article, document, named, &quotations);
        let dateline = dateline::find(article, document, named);
        let home = dateline.and_then(|index| named[index].entity()).cloned();
        let issuers = issuer::find(lexicon, article, document, named);
        Self { quotations, turns, dateline, home, issuers, floor }
    }

    /// The same of an article that `publisher` publishes: it issues what names no issuer itself.
    #[must_use]
    pub fn published_by(mut self, publisher: Option<&EntityId>) -> Self {
        if self.issuers.is_empty() {
            self.issuers.extend(publisher.cloned());
        }
        self
    }

    /// In whose name sentence `n` speaks outside of quotations; nobody's in a transcript.
    pub(crate) fn issuers_at(&self, n: usize) -> &[EntityId] {
        if self.floor.is_some_and(|floor| floor <= n) { &[] } else { &self.issuers }
    }

    /// The quotation that holds `byte`.
    pub(crate) fn quotation(&self, byte: u32) -> Option<usize> {
        quotations::at(&self.quotations, byte)
    }

    /// The turn that holds the sentence of that number.
    pub(crate) fn turn(&self, sentence: usize) -> Option<&Turn> {
        let after = self.turns.partition_point(|turn| turn.sentences.start <= sentence);
        let turn = &self.turns[after.checked_sub(1)?];
        turn.sentences.contains(&sentence).then_some(turn)
    }
}
