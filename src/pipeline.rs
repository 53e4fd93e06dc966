//! Calls the stages in order: article, sentences, mentions, trees, claims.
//! Decides nothing itself but which sentences are worth a tree.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use crate::Error;
use crate::claims::{self, ParsedArticle};
use crate::clauses::mending::mend;
use crate::coreference;
use crate::gazetteer::{Gazetteer, Mentions};
use crate::lexicon::Lexicon;
use crate::model::{
    Article, Claim, DependencyTree, Document, EntityDirectory, Limit, Mention, Sentence,
};
use crate::rules::{self, Asks, RuleSet};
use crate::speech::Voices;
use crate::syntax::{Parser, Scratch};
use crate::text::Page;

/// The compiled knowledge that every article is read with. Shared by threads.
///
/// Making one takes a while; reading a short article with it takes a fraction of a millisecond.
#[derive(Debug)]
pub struct Reader {
    /// Word lists.
    pub lexicon: Lexicon,
    /// Names.
    pub gazetteer: Gazetteer,
    /// Trees.
    pub parser: Parser,
    /// Claims.
    pub rules: RuleSet,
    /// Buffers that nobody uses right now: as many as ever read at once. They outlive an article,
    /// because what a parser knows of words that it has seen is most of its speed.
    idle: Mutex<Vec<Scratch>>,
}

/// An article and everything that was read off it.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The article, with the title, date and outlet that its text tells where its source did not.
    pub article: Article,
    /// Sentences and boilerplate.
    pub document: Document,
    /// Mentions by name and by reference, in text order.
    pub mentions: Vec<Mention>,
    /// One slot for each sentence; `None` where none was needed.
    pub trees: Vec<Option<DependencyTree>>,
    /// The gazetteer's entities and those that the article adds.
    pub directory: EntityDirectory,
    /// Who speaks where.
    pub voices: Voices,
    /// In text order.
    pub claims: Vec<Claim>,
    /// Bounds that the article met. It was read within them.
    pub limits: Vec<Limit>,
}

/// Folders of the user's own, whose files add to the embedded ones or override them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Knowledge<'p> {
    /// Tables of names.
    pub gazetteer: Option<&'p Path>,
    /// Relations and rules.
    pub rules: Option<&'p Path>,
    /// Word lists.
    pub lexicon: Option<&'p Path>,
}

impl Analysis {
    /// What claims are read off.
    #[must_use]
    pub fn parsed(&self) -> ParsedArticle<'_> {
        ParsedArticle {
            article: &self.article,
            document: &self.document,
            trees: &self.trees,
            mentions: &self.mentions,
            directory: &self.directory,
            voices: &self.voices,
        }
    }
}

impl Reader {
    /// A reader of the knowledge that the library brings along.
    ///
    /// # Errors
    ///
    /// None in a build that passes its tests, which load it.
    pub fn embedded() -> Result<Self, Error> {
        Self::load(Knowledge::default())
    }

    /// A reader with tables, rules and word lists of the user's own.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or is wrong: file, line and value are named.
    pub fn load(knowledge: Knowledge<'_>) -> Result<Self, Error> {
        let lexicon = Lexicon::load(knowledge.lexicon)?;
        let gazetteer = Gazetteer::load(&lexicon, knowledge.gazetteer)?;
        let rules = RuleSet::load(&lexicon, knowledge.rules)?;
        let parser = Parser::embedded()?;
        Ok(Self { lexicon, gazetteer, parser, rules, idle: Mutex::default() })
    }

    /// Hashes of what articles are read with, by name.
    #[must_use]
    pub fn hashes(&self) -> BTreeMap<String, String> {
        BTreeMap::from([
            ("gate".to_owned(), rules::gate_hash()),
            ("gazetteer".to_owned(), self.gazetteer.hash()),
            ("judge".to_owned(), claims::judge_hash()),
            ("lexicon".to_owned(), self.lexicon.hash()),
            ("model".to_owned(), self.parser.hash()),
            ("rules".to_owned(), self.rules.hash()),
        ])
    }

    /// Reads one article. The same article gives the same analysis on every call.
    #[must_use]
    pub fn read(&self, article: Article) -> Analysis {
        self.read_together(vec![article]).swap_remove(0)
    }

    /// The same of several articles, each by itself. Faster for short ones, since the sentences of
    /// all go through the parser together.
    #[must_use]
    pub fn read_together(&self, articles: Vec<Article>) -> Vec<Analysis> {
        self.read_pages(articles.into_iter().map(|article| self.page(article)))
    }

    fn page(&self, article: Article) -> Page {
        Page::new(&self.lexicon, article)
    }

    fn read_pages(&self, pages: impl Iterator<Item = Page>) -> Vec<Analysis> {
        self.read_with(pages, |article, document, named, voices| {
            self.sentences_to_parse(article, document, named, voices, Asks::Likely)
        })
    }

    /// For each sentence, whether claims need its tree: those that can hold one, and those that
    /// tell who speaks in them and whom they refer back to. Of sentences that can hold a claim,
    /// `asks` says whether it must be a likely one.
    #[must_use]
    pub fn sentences_to_parse(
        &self,
        article: &Article,
        document: &Document,
        found: &Mentions,
        voices: &Voices,
        asks: Asks,
    ) -> Vec<bool> {
        let named = &found.mentions;
        let references = coreference::references(&self.lexicon, article, document, named, voices);
        let rules = &self.rules;
        let mut needed =
            rules.candidates(article, document, named, &found.towns, &references, asks);
        let count = |needed: &[bool]| needed.iter().filter(|needed| **needed).count();
        let mut n_needed = 0;
        // What is marked last may be said by somebody or refer back in turn.
        while n_needed != count(&needed) {
            n_needed = count(&needed);
            coreference::mark_antecedents(&references, named, &mut needed);
            claims::mark_speakers(article, document, voices, rules, &mut needed);
        }
        needed
    }

    /// The same with a tree for every sentence that can hold a claim, likely or not: slower, and
    /// finds the few claims that the words of a sentence do not let one expect.
    #[must_use]
    pub fn read_thoroughly(&self, article: Article) -> Analysis {
        let page = std::iter::once(self.page(article));
        let choose = |article: &Article, document: &Document, named: &Mentions, voices: &Voices| {
            self.sentences_to_parse(article, document, named, voices, Asks::Possible)
        };
        self.read_with(page, choose).swap_remove(0)
    }

    /// The same with a tree for every sentence: what
    /// [`read_thoroughly`](Self::read_thoroughly) must agree with in its claims, and many times as
    /// slow.
    #[must_use]
    pub fn read_parsing_all(&self, article: Article) -> Analysis {
        let page = std::iter::once(self.page(article));
        self.read_with(page, |_, document, _, _| vec![true; document.sentences.len()])
            .swap_remove(0)
    }

    /// Reads articles with trees for the sentences that `choose` marks.
    fn read_with(
        &self,
        pages: impl Iterator<Item = Page>,
        choose: impl Fn(&Article, &Document, &Mentions, &Voices) -> Vec<bool>,
    ) -> Vec<Analysis> {
        let find = |page: Page| {
            let document = page.document(&self.lexicon);
            let article = page.article;
            let named = self.gazetteer.find_mentions(&article, &document);
            let voices = Voices::new(&self.lexicon, &article, &document, &named.mentions)
                .published_by(named.publisher.as_ref());
            let needed = choose(&article, &document, &named, &voices);
            Found { article, document, named, voices, needed, limit: None }.within_limit()
        };
        let found: Vec<Found> = pages.map(find).collect();
        let chosen: Vec<(&str, &Sentence)> = found.iter().flat_map(Found::chosen).collect();
        let mut scratch = lock(&self.idle).pop().unwrap_or_default();
        let mut parsed = self.parser.parse_all(&chosen, &mut scratch).into_iter();
        lock(&self.idle).push(scratch);
        let mut next = || parsed.next().expect("a tree for each that was needed");
        let read = |found: Found| {
            let text = &found.article.text;
            let sentences = found.document.sentences.iter().zip(&found.needed);
            let trees: Vec<_> = sentences
                .map(|(sentence, needed)| {
                    needed.then(|| mend(next(), text, sentence, &self.lexicon))
                })
                .collect();
            self.finish(found, trees)
        };
        found.into_iter().map(read).collect()
    }

    /// Reads references and claims off an article whose sentences have their trees.
    fn finish(&self, found: Found, trees: Vec<Option<DependencyTree>>) -> Analysis {
        let Found { article, document, named, voices, limit, .. } = found;
        let Mentions { mut mentions, towns, directory, .. } = named;
        if limit.is_none() {
            let named = mentions;
            mentions = coreference::resolve(
                &self.lexicon,
                &article,
                &document,
                &trees,
                &named,
                &directory,
                &voices,
            );
            mentions.extend(towns);
            mentions.sort_by_key(|mention| (mention.span.start(), mention.span.end()));
        }
        let (claims, limits) = (Vec::new(), limit.into_iter().collect());
        let mut analysis =
            Analysis { article, document, mentions, trees, directory, voices, claims, limits };
        if limit.is_none() {
            let read = claims::extract(&self.rules, analysis.parsed());
            (analysis.claims, analysis.limits) = (read.claims, read.limits);
        }
        analysis
    }
}

/// An article before its sentences have trees.
struct Found {
    article: Article,
    document: Document,
    named: Mentions,
    voices: Voices,
    /// For each sentence, whether it gets a tree.
    needed: Vec<bool>,
    limit: Option<Limit>,
}

impl Found {
    /// The same, with no tree at all where the article would take too many steps.
    fn within_limit(mut self) -> Self {
        let steps = self.steps();
        if steps > Limit::MAX_STEPS {
            self.limit = Some(Limit::Article { steps });
            self.needed.fill(false);
        }
        self
    }

    /// What reading costs, in steps of [`Limit::MAX_STEPS`]: what is parsed grows with the tokens,
    /// what rules hold against each other with the square of the names of a sentence.
    fn steps(&self) -> u64 {
        let mut n_names = vec![0_u64; self.needed.len()];
        for mention in &self.named.mentions {
            n_names[mention.sentence] += 1;
        }
        let sentences = self.document.sentences.iter().zip(n_names).zip(&self.needed);
        sentences
            .filter(|(_, needed)| **needed)
            .map(|((sentence, n_names), _)| sentence.tokens.len() as u64 + n_names * n_names)
            .sum()
    }

    /// The sentences that get a tree, with the text that they lie in.
    fn chosen(&self) -> impl Iterator<Item = (&str, &Sentence)> {
        let sentences = self.document.sentences.iter().zip(&self.needed);
        sentences
            .filter(|(_, needed)| **needed)
            .map(|(sentence, _)| (&*self.article.text, sentence))
    }
}

/// Bytes of text that one batch gathers before its articles are read in parallel: enough to keep
/// every core busy, little enough to keep memory flat.
const BATCH_BYTES: usize = 4 << 20;

/// Articles of one batch at most, for corpora of one-line texts.
const BATCH_ARTICLES: usize = 1024;

/// Bytes of text that one thread reads together: some five thousand words, so that the parser has
/// whole batches of tokens even where articles are a line or two.
const TOGETHER_BYTES: usize = 32 << 10;

impl Reader {
    /// Reads `articles` on all threads of the current pool and hands each result to `consume` in
    /// input order. Errors of the iterator are handed on in their place.
    ///
    /// # Errors
    ///
    /// The first error of `consume`; nothing is read after it.
    pub fn read_all<E, F>(
        &self,
        articles: impl Iterator<Item = Result<Article, E>>,
        consume: impl FnMut(Result<Analysis, E>) -> Result<(), F>,
    ) -> Result<(), F>
    where
        E: Send,
    {
        self.read_wanted(articles, |_| true, consume)
    }

    /// The same of those articles that `is_wanted`, which is asked in input order and sees what the
    /// text of each tells of it.
    pub(crate) fn read_wanted<E, F>(
        &self,
        articles: impl Iterator<Item = Result<Article, E>>,
        mut is_wanted: impl FnMut(&Article) -> bool,
        mut consume: impl FnMut(Result<Analysis, E>) -> Result<(), F>,
    ) -> Result<(), F>
    where
        E: Send,
    {
        let mut articles = articles.peekable();
        while articles.peek().is_some() {
            let mut bytes = 0;
            let mut batch = Vec::new();
            while bytes < BATCH_BYTES && batch.len() < BATCH_ARTICLES {
                let Some(article) = articles.next() else { break };
                bytes += article.as_ref().map_or(0, |article| article.text.len());
                batch.push(article);
            }
            let judge = |article: Result<Article, E>| article.map(|article| self.page(article));
            let mut pages: Vec<Result<Page, E>> = batch.into_par_iter().map(judge).collect();
            pages.retain(|page| page.as_ref().map_or(true, |page| is_wanted(&page.article)));
            let analyses: Vec<Vec<_>> = in_groups(pages)
                .into_par_iter()
                .with_max_len(1)
                .map(|group| self.read_group(group))
                .collect();
            analyses.into_iter().flatten().try_for_each(&mut consume)?;
        }
        Ok(())
    }

    /// Reads the articles of a group together; errors stay in their places.
    fn read_group<E>(&self, group: Vec<Result<Page, E>>) -> Vec<Result<Analysis, E>> {
        let mut sound = Vec::new();
        let places: Vec<Result<(), E>> =
            group.into_iter().map(|page| page.map(|page| sound.push(page))).collect();
        let mut analyses = self.read_pages(sound.into_iter()).into_iter();
        let mut next = || analyses.next().expect("an analysis for each article");
        places.into_iter().map(|place| place.map(|()| next())).collect()
    }
}

/// `pages` in order, in groups of about [`TOGETHER_BYTES`].
fn in_groups<E>(pages: Vec<Result<Page, E>>) -> Vec<Vec<Result<Page, E>>> {
    let mut groups: Vec<Vec<_>> = Vec::new();
    let mut room = 0;
    for page in pages {
        let n_bytes = page.as_ref().map_or(0, |page| page.article.text.len());
        match groups.last_mut() {
            Some(group) if n_bytes <= room => group.push(page),
            _ => {
                groups.push(vec![page]);
                room = TOGETHER_BYTES;
            }
        }
        room = room.saturating_sub(n_bytes);
    }
    groups
}

/// The lock, whatever became of a thread that held it: buffers are valid in any state.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
