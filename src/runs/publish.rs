//! Segments and corrections become the files of a run.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{self, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::export::{
    Beside, ClaimFiles, ExportError, Network, Place, Provenance, TextHashes, appearance,
    write_network,
};
use crate::graph::measures::{CONFIDENCE, Column, Precision, measure_all};
use crate::graph::{
    Appearance, Context, EvidenceLimit, GraphBuilder, RelationGraph, Stories, Verbs, claims_as_ties,
};
use crate::model::{ArticleId, ArticleInfo, Claim, DateSpan, Entity, EntityDirectory, EntityId};

use super::apply::Corrector;
use super::beside::{beside, decisions};
use super::corrections::Corrections;
use super::folder::Stage;
use super::manifest::Counts;
use super::merge::{Merged, Source, entities};
use super::read::{add_states, entities_of};
use super::record::Record;
use super::stories::{Told, find_stories, name_articles};
use super::{Manifest, RunError};

/// Entities that claims name, and their states, one a line.
pub const ENTITIES: &str = "entities.jsonl";

/// All articles with their stories, one a line.
pub const ARTICLES: &str = "articles.jsonl";

/// Lines of each standing that a tie keeps for the page and the best evidence; all are in
/// `claims.jsonl`.
const EVIDENCE_PER_TIE: usize = 200;

/// An article as `articles.jsonl` has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleRow {
    /// Name in the run.
    pub doc: ArticleId,
    /// The article that stands for its story; itself where it is the only or the earliest one.
    pub story: ArticleId,
    /// Headline.
    pub title: Option<String>,
    /// When it was published.
    pub date: Option<DateSpan>,
    /// Publisher or site.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Number of its claims in the run.
    pub claims: u64,
    /// SHA-256 of its text and title.
    pub sha256: TextHashes,
}

impl ArticleRow {
    /// The row of an article that has its name in the run, and so many claims there.
    pub(super) fn new(
        info: &ArticleInfo,
        claims: u64,
        sha256: TextHashes,
        stories: &Stories,
    ) -> Self {
        Self {
            doc: Arc::clone(&info.id),
            story: stories.of(&info.id),
            title: info.title.clone(),
            date: info.date,
            outlet: info.outlet.clone(),
            url: info.url.clone(),
            claims,
            sha256,
        }
    }
}

/// What was said by the articles of one given name: versions of a text share their claims.
#[derive(Debug)]
pub(super) struct Said {
    article: ArticleId,
    claims: HashSet<String>,
}

impl Said {
    /// Nothing said.
    pub(super) fn new() -> Self {
        Self { article: "".into(), claims: HashSet::new() }
    }

    /// Whether `claim` is new among those of articles named `given`, which come one after another.
    pub(super) fn is_new(&mut self, given: &ArticleId, claim: &Claim) -> bool {
        if self.article != *given {
            *self = Self { article: Arc::clone(given), claims: HashSet::new() };
        }
        self.claims.insert(claim.id.clone())
    }
}

/// A network that was written, with what was computed on it.
#[derive(Debug)]
pub struct Published {
    /// Nodes and ties.
    pub graph: RelationGraph,
    /// Measures, one value a node.
    pub measures: Vec<Column>,
    /// How each node is drawn.
    pub appearance: Vec<Appearance>,
    /// What the whole run knows.
    pub context: Context,
    /// What its page tells beside the network.
    pub beside: Beside,
}

impl Published {
    /// The network as formats take it.
    #[must_use]
    pub fn network(&self) -> Network<'_> {
        Network {
            graph: &self.graph,
            measures: &self.measures,
            appearance: &self.appearance,
            beside: Some(&self.beside),
        }
    }
}

/// What a first pass over all records finds out.
struct Survey {
    context: Context,
    /// The name of each record in the run.
    names: Vec<ArticleId>,
    counts: Counts,
}

/// Writes all files of the run that `manifest`, `sources` and `corrections` describe into `stage`,
/// and completes the manifest but for the hashes.
pub(super) fn publish(
    stage: &Stage,
    manifest: &mut Manifest,
    sources: &[Source],
    corrections: Corrections,
) -> Result<Published, RunError> {
    let decisions = decisions(&corrections);
    let mut corrector = Corrector::new(corrections, &manifest.relations);
    let mut known = entities(sources)?;
    corrector.entities(&mut known);
    let directory = EntityDirectory::new(known.into_values());
    // Claims are corrected twice and counted once.
    let renamed = corrector.counted();
    let Survey { context, names, counts } = survey(sources, &directory, &mut corrector, manifest)?;
    manifest.counts = Counts { skipped: manifest.counts.skipped, ..counts };
    let read_with = manifest.segments.last().map(|s| s.read_with.clone()).unwrap_or_default();
    manifest.hashes.clone_from(&read_with.hashes);

    let limit = if manifest.settings.claims_as_edges {
        EvidenceLimit::All
    } else {
        EvidenceLimit::Best(EVIDENCE_PER_TIE)
    };
    corrector.count_from(renamed);
    let mut writer = Writer::new(stage, &context, limit, &read_with)?;
    writer.write_all(sources, &names, &mut corrector, manifest)?;
    let graph = writer.finish(&mut corrector, manifest)?;
    let precision = if manifest.settings.exact { Precision::Exact } else { Precision::Adaptive };
    let measures = measure_all(&graph, manifest.settings.selection.weighting, precision);
    let appearance = appearance(&graph, &measures);
    manifest.routes = accuracy(&measures);
    let beside = beside(sources, decisions, &graph, &context.directory)?;
    let published = Published { graph, measures, appearance, context, beside };
    write_network(published.network(), &mut stage.clone())?;
    Ok(published)
}

/// How exact the measures over shortest routes are, in words.
fn accuracy(measures: &[Column]) -> String {
    match measures.iter().find_map(|column| column.error_bound) {
        Some(bound) => format!("sampled, within {bound:.6} with probability {CONFIDENCE}"),
        None => "exact".to_owned(),
    }
}

/// Names and stories of all articles, ambiguous verbs of all claims that count, sums.
fn survey(
    sources: &[Source],
    directory: &EntityDirectory,
    corrector: &mut Corrector,
    manifest: &Manifest,
) -> Result<Survey, RunError> {
    let (mut counts, mut told, mut verbs) = (Counts::default(), Vec::new(), Verbs::default());
    let mut records = Merged::open(sources)?;
    while let Some(mut record) = records.next()? {
        counts.articles += 1;
        counts.bytes += record.read.bytes;
        counts.sentences += record.read.sentences;
        counts.parsed += record.read.parsed;
        counts.mentions += record.read.mentions;
        let info = Arc::new(record.article.clone());
        for (claim, _) in claims(&mut record, &info) {
            let claim = corrector.claim(claim, directory).map(Arc::new);
            let claim = claim.and_then(|c| manifest.settings.selection.apply(c, directory));
            if let Some(claim) = claim {
                verbs.add(&claim);
            }
        }
        told.push(Told::of(&record));
    }
    name_articles(&mut told);
    let names: Vec<_> = told.iter().map(|told| Arc::clone(&told.id)).collect();
    let stories = find_stories(told);
    counts.stories = counts.articles - stories.iter().count() as u64;
    let context = Context {
        directory: directory.clone(),
        stories: Arc::new(stories),
        verbs: Arc::new(verbs),
    };
    Ok(Survey { context, names, counts })
}

/// Takes the claims out of a record; their article is `info`.
pub(super) fn claims(record: &mut Record, info: &Arc<ArticleInfo>) -> Vec<(Claim, Place)> {
    let rows = std::mem::take(&mut record.claims);
    let claim = |(row, place): (crate::export::ClaimRow, Place)| {
        let mut claim = row.into_claim()?;
        claim.evidence.article = Arc::clone(info);
        Some((claim, place))
    };
    rows.into_iter().filter_map(claim).collect()
}

/// The files of claims, articles and entities, and the network, while records stream by.
struct Writer<'a> {
    stage: &'a Stage,
    context: &'a Context,
    files: ClaimFiles,
    articles: Box<dyn Write + Send>,
    builder: GraphBuilder,
    named: BTreeSet<EntityId>,
    /// Articles that claims by hand cite.
    cited: BTreeMap<String, (Arc<ArticleInfo>, TextHashes)>,
    said: Said,
}

impl<'a> Writer<'a> {
    fn new(
        stage: &'a Stage,
        context: &'a Context,
        limit: EvidenceLimit,
        read_with: &Provenance,
    ) -> Result<Self, RunError> {
        let create = |name: &str| match stage.create_file(name) {
            Ok(file) => Ok(Box::new(file) as Box<dyn Write + Send>),
            Err(error) => Err(export_error(name, error)),
        };
        Ok(Self {
            stage,
            context,
            files: ClaimFiles::create(create, read_with)?,
            articles: Box::new(stage.create_file(ARTICLES)?),
            builder: GraphBuilder::new(limit, context),
            named: BTreeSet::new(),
            cited: BTreeMap::new(),
            said: Said::new(),
        })
    }

    fn write_all(
        &mut self,
        sources: &[Source],
        names: &[ArticleId],
        corrector: &mut Corrector,
        manifest: &mut Manifest,
    ) -> Result<(), RunError> {
        let cited = corrector.cited();
        let mut records = Merged::open(sources)?;
        let mut names = names.iter();
        while let Some(mut record) = records.next()? {
            let name = names.next().expect("every record was surveyed");
            let given = Arc::clone(&record.article.id);
            let info = Arc::new(ArticleInfo { id: Arc::clone(name), ..record.article.clone() });
            let mut n_claims = 0;
            for (claim, place) in claims(&mut record, &info) {
                if !self.said.is_new(&given, &claim) {
                    continue;
                }
                let claim = corrector.claim(claim, &self.context.directory);
                n_claims += self.claim(claim, &place, &record.hashes, manifest)?;
            }
            if cited.contains(&**name) {
                let found = (Arc::clone(&info), record.hashes.clone());
                self.cited.insert(name.to_string(), found);
            }
            self.article(&info, n_claims, record.hashes)?;
        }
        Ok(())
    }

    /// Writes a claim if it counts; returns how many were written.
    fn claim(
        &mut self,
        claim: Option<Claim>,
        place: &Place,
        hashes: &TextHashes,
        manifest: &mut Manifest,
    ) -> Result<u64, RunError> {
        let selection = &manifest.settings.selection;
        let claim = claim.and_then(|c| selection.apply(Arc::new(c), &self.context.directory));
        let Some(claim) = claim else { return Ok(0) };
        self.files.write(&self.context.line(&claim), place, hashes)?;
        for id in entities_of(&claim) {
            if !self.named.contains(id) {
                self.named.insert(id.clone());
            }
        }
        self.builder.add(&claim);
        manifest.counts.claims += 1;
        Ok(1)
    }

    fn article(
        &mut self,
        info: &ArticleInfo,
        claims: u64,
        sha256: TextHashes,
    ) -> Result<(), RunError> {
        let row = ArticleRow::new(info, claims, sha256, &self.context.stories);
        write_line(&row, &mut self.articles).map_err(|source| failed(self.stage, ARTICLES, source))
    }

    /// Writes claims by hand and entities, ends the files, and returns the network.
    fn finish(
        mut self,
        corrector: &mut Corrector,
        manifest: &mut Manifest,
    ) -> Result<RelationGraph, RunError> {
        let cited = std::mem::take(&mut self.cited);
        let article = |doc: &str| cited.get(doc).map(|(info, _)| Arc::clone(info));
        let mut of_others = Vec::new();
        for (claim, place) in corrector.added(article, &self.context.directory) {
            let info = Arc::clone(&claim.evidence.article);
            let hashes = cited.get(&*info.id).map(|(_, hashes)| hashes.clone()).unwrap_or_default();
            let n = self.claim(Some(claim), &place, &hashes, manifest)?;
            if !cited.contains_key(&*info.id) {
                of_others.push((info, n));
            }
        }
        for group in of_others.chunk_by(|a, b| a.0.id == b.0.id) {
            let n = group.iter().map(|(_, n)| n).sum();
            self.article(&group[0].0, n, TextHashes::default())?;
            manifest.counts.articles += 1;
            manifest.counts.stories += 1;
        }
        manifest.corrections = corrector.applied();

        let directory = &self.context.directory;
        add_states(&mut self.named, |id| directory.get(id));
        let entities: Vec<&Entity> = self.named.iter().filter_map(|id| directory.get(id)).collect();
        let mut file = self.stage.create_file(ENTITIES)?;
        for entity in &entities {
            write_line(entity, &mut file).map_err(|source| failed(self.stage, ENTITIES, source))?;
        }
        file.flush().map_err(|source| failed(self.stage, ENTITIES, source))?;
        self.articles.flush().map_err(|source| failed(self.stage, ARTICLES, source))?;
        self.files.finish(&entities, directory)?;
        let mut graph = manifest.settings.selection.cut(self.builder.finish());
        if manifest.settings.claims_as_edges {
            graph = claims_as_ties(&graph, self.context);
        }
        manifest.counts.entities = graph.n_nodes() as u64;
        manifest.counts.ties = graph.n_ties() as u64;
        Ok(graph)
    }
}

fn write_line(row: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, row)?;
    out.write_all(b"\n")
}

fn failed(stage: &Stage, name: &str, source: io::Error) -> RunError {
    RunError::Disk { path: stage.path.join(name), doing: "write", source }
}

fn export_error(name: &str, error: RunError) -> ExportError {
    match error {
        RunError::Disk { path, source, .. } => ExportError::Write { path, source },
        error => ExportError::Write { path: name.into(), source: io::Error::other(error) },
    }
}
