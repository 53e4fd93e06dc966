//! Who speaks where: quotations, the turns of transcripts and interviews, and the dateline.
//!
//! Comes in: an article, its sentences and the mentions by name. Goes out: [`Voices`], found once
//! and handed to all that ask: the gate, coreference and claims. Left out: who is said to speak by
//! a word of saying, which asks for trees.

pub(crate) mod dateline;
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
        let turns = turns::find(lexicon, article, document, named, &quotations);
        let dateline = dateline::find(article, document, named);
        let home = dateline.and_then(|index| named[index].entity()).cloned();
        Self { quotations, turns, dateline, home }
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
