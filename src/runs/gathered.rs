//! What was read, put together in memory as a run puts it together on disk: names and stories of
//! articles, standings of claims, decisions of people.
//!
//! In: records of articles, entities, corrections. Out: lines and articles in the order in which
//! the records came, and what the whole knows. Memory is that of all claims; what does not fit is
//! written by [`write`](super::write).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::graph::{Context, EvidenceLimit, GraphBuilder, Line, RelationGraph, Verbs};
use crate::model::{ArticleId, ArticleInfo, Entity, EntityDirectory, EntityId};

use super::apply::Corrector;
use super::corrections::Corrections;
use super::manifest::Relation;
use super::publish::{ArticleRow, Said, claims};
use super::read::{add_states, entities_of};
use super::record::Record;
use super::stories::{Told, find_stories, name_articles};
use super::unite::united;

/// Claims of several articles with what one of them alone cannot tell.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// What the whole knows.
    pub context: Context,
    /// The claims, in the order of the records; those made by hand come last.
    pub lines: Vec<Line>,
    /// The articles, in the order of the records; one that came twice is there once.
    pub articles: Vec<ArticleRow>,
    /// The entities that the claims name, and their states, sorted by id.
    pub entities: Vec<Entity>,
}

impl Gathered {
    /// Puts `records` together with what is known of `entities`; `relations` are those that
    /// `corrections` may name.
    #[must_use]
    pub fn of(
        records: &[Record],
        entities: impl IntoIterator<Item = Entity>,
        corrections: Corrections,
        relations: &BTreeSet<Relation>,
    ) -> Self {
        let mut corrector = Corrector::new(corrections, relations);
        let mut known = united(entities);
        corrector.entities(&mut known);
        let directory = EntityDirectory::new(known.into_values());

        let order = in_order(records);
        let told = |&n: &usize| {
            let Record { article, content, sketch, .. } = &records[n];
            let key = (Arc::clone(&article.id), article.date, Arc::clone(content));
            Told::of(&key, sketch.clone())
        };
        let mut told: Vec<Told> = order.iter().map(told).collect();
        name_articles(&mut told);
        let names: Vec<ArticleId> = told.iter().map(|told| Arc::clone(&told.id)).collect();
        let mut verbs = Verbs::default();
        for &n in &order {
            let info = Arc::new(records[n].article.clone());
            for (claim, _) in claims(records[n].claims.clone(), &info) {
                if let Some(claim) = corrector.claim(claim, &directory) {
                    verbs.add(&claim);
                }
            }
        }
        let stories = Arc::new(find_stories(told));
        let context = Context { directory, stories, verbs: Arc::new(verbs) };
        let mut gathered = Self { context, ..Self::default() };
        gathered.fill(records, &order, &names, &mut corrector);
        gathered
    }

    /// Adds articles, lines and entities.
    fn fill(
        &mut self,
        records: &[Record],
        order: &[usize],
        names: &[ArticleId],
        corrector: &mut Corrector,
    ) {
        let directory = self.context.directory.clone();
        let mut read: BTreeMap<usize, (ArticleRow, Vec<Line>)> = BTreeMap::new();
        let mut infos: BTreeMap<ArticleId, Arc<ArticleInfo>> = BTreeMap::new();
        let mut said = Said::new();
        for (&place, name) in order.iter().zip(names) {
            let record = &records[place];
            let info = Arc::new(ArticleInfo { id: Arc::clone(name), ..record.article.clone() });
            let mut lines = Vec::new();
            for (claim, _) in claims(record.claims.clone(), &info) {
                // Versions of a text share their claims.
                if said.is_new(&record.article.id, &claim)
                    && let Some(claim) = corrector.claim(claim, &directory)
                {
                    lines.push(self.context.line(&Arc::new(claim)));
                }
            }
            let (n, hashes) = (lines.len() as u64, record.hashes.clone());
            let row = ArticleRow::new(&info, n, hashes, &self.context.stories);
            infos.insert(Arc::clone(name), info);
            read.insert(place, (row, lines));
        }
        for (row, lines) in read.into_values() {
            self.articles.push(row);
            self.lines.extend(lines);
        }
        let article = |doc: &str| infos.get(doc).cloned();
        for (claim, _) in corrector.added(article, &directory) {
            self.lines.push(self.context.line(&Arc::new(claim)));
        }
        let of_claims = self.lines.iter().flat_map(|line| entities_of(&line.claim));
        let mut ids: BTreeSet<EntityId> = of_claims.cloned().collect();
        add_states(&mut ids, |id| directory.get(id));
        self.entities = ids.iter().filter_map(|id| directory.get(id)).cloned().collect();
    }

    /// The network of all claims, every line with its tie.
    #[must_use]
    pub fn graph(&self) -> RelationGraph {
        let mut builder = GraphBuilder::new(EvidenceLimit::All, &self.context);
        for line in &self.lines {
            builder.add_line(line.clone());
        }
        builder.finish()
    }
}

/// Positions of `records` in the order of a run, each article once.
fn in_order(records: &[Record]) -> Vec<usize> {
    let facts = |n: usize| {
        let info = &records[n].article;
        (&info.title, &info.outlet, &info.url)
    };
    let mut order: Vec<usize> = (0..records.len()).collect();
    order.sort_by_cached_key(|&n| records[n].key());
    for group in order.chunk_by_mut(|&a, &b| records[a].key() == records[b].key()) {
        group.sort_by(|&a, &b| facts(a).cmp(&facts(b)));
    }
    order.dedup_by(|a, b| records[*a].key() == records[*b].key());
    order
}

/// What several readings know of entities, sorted by id: of each one all that is known, whatever
/// the order of the readings.
#[must_use]
pub fn unite_all(entities: impl IntoIterator<Item = Entity>) -> Vec<Entity> {
    united(entities).into_values().collect()
}
