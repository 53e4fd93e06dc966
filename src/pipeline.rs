//! Calls the stages in order: article, sentences, mentions, trees, claims.
//! Decides nothing itself but which sentences are worth a tree.

use crate::gazetteer::{Gazetteer, coreference};
use crate::model::{Article, Claim, DependencyTree, Document, EntityDirectory, Mention};
use crate::rules::{Reading, RuleSet};
use crate::syntax::{Parser, Scratch};
use crate::text;

/// The compiled knowledge that every article is read with. Shared by threads.
#[derive(Debug)]
pub struct Reader {
    /// Names.
    pub gazetteer: Gazetteer,
    /// Trees.
    pub parser: Parser,
    /// Claims.
    pub rules: RuleSet,
}

/// Everything that was read off one article.
#[derive(Debug)]
pub struct Analysis {
    /// Sentences and boilerplate.
    pub document: Document,
    /// Mentions by name and by reference, in text order.
    pub mentions: Vec<Mention>,
    /// One slot for each sentence; `None` where none was needed.
    pub trees: Vec<Option<DependencyTree>>,
    /// The gazetteer's entities and those that the article adds.
    pub directory: EntityDirectory,
    /// In text order.
    pub claims: Vec<Claim>,
}

impl Reader {
    /// Reads one article. The same article gives the same analysis on every call.
    #[must_use]
    pub fn read(&self, article: &Article, scratch: &mut Scratch) -> Analysis {
        let document = text::read_document(article);
        let named = self.gazetteer.find_mentions(article, &document);
        let candidates = self.rules.candidates(article, &document, &named.mentions);
        let trees: Vec<_> = document
            .sentences
            .iter()
            .zip(candidates)
            .map(|(sentence, candidate)| {
                candidate.then(|| self.parser.parse(&article.text, sentence, scratch))
            })
            .collect();
        let mentions =
            coreference::resolve(article, &document, &trees, &named.mentions, &named.directory);
        let claims = self.rules.extract(Reading {
            article,
            document: &document,
            trees: &trees,
            mentions: &mentions,
            directory: &named.directory,
        });
        Analysis { document, mentions, trees, directory: named.directory, claims }
    }
}
