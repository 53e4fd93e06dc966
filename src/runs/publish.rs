//! Segments and corrections become the files of a run.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::BuildHasherDefault;
use std::io::{self, Write};
use std::sync::Arc;

use itertools::Itertools as _;
use rapidhash::fast::RapidHasher;
use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelIterator as _, IntoParallelRefIterator as _,
    ParallelIterator as _,
};
use serde::{Deserialize, Serialize};

use crate::export::{
    ArticleClaims, Beside, ClaimFiles, ClaimRow, ExportError, Format, Network, PieceFormat, Place,
    Provenance, TextHashes, appearance, write_format,
};
use crate::graph::measures::{CONFIDENCE, Column, Precision, measure_all};
use crate::graph::{
    Appearance, Context, EvidenceLimit, GraphBuilder, Line, RelationGraph, Stories, Verbs,
    claims_as_ties,
};
use crate::model::{ArticleId, ArticleInfo, Claim, DateSpan, Entity, EntityDirectory, EntityId};

use super::apply::Corrector;
use super::beside::{beside, decisions};
use super::corrections::Corrections;
use super::folder::{Stage, StagedFile};
use super::manifest::Counts;
use super::merge::{Merged, Source, entities};
use super::pieces::{PIECES, Pieces, write_row};
use super::read::{add_states, entities_of};
use super::record::Head;
use super::segment::Stored;
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
/// and completes the manifest but for the hashes. What `former` holds is taken over.
pub(super) fn publish(
    stage: &Stage,
    manifest: &mut Manifest,
    sources: &[Source],
    corrections: Corrections,
    former: Option<Pieces>,
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
    writer.former = former;
    writer.write_all(sources, &names, &mut corrector, manifest)?;
    let graph = writer.finish(&mut corrector, manifest)?;
    let precision = if manifest.settings.exact { Precision::Exact } else { Precision::Adaptive };
    let weighting = manifest.settings.selection.weighting;
    let (computed, beside) = rayon::join(
        || {
            let measures = measure_all(&graph, weighting, precision);
            let appearance = appearance(&graph, &measures);
            (measures, appearance)
        },
        || beside(sources, decisions, &graph, &context.directory),
    );
    let ((measures, appearance), beside) = (computed, beside?);
    manifest.routes = accuracy(&measures);
    let published = Published { graph, measures, appearance, context, beside };
    let write = |format: &Format| write_format(published.network(), *format, &mut stage.clone());
    Format::ALL.par_iter().try_for_each(write)?;
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
    let as_read = corrector.is_idle() && manifest.settings.selection.takes_all_claims();
    let mut records = Merged::open(sources)?;
    loop {
        let batch = records.next_batch()?;
        if batch.is_empty() {
            break;
        }
        let read = batch.par_iter().map(|stored| {
            let told = Told::of(&stored.key, stored.sketch()?);
            let read = stored.read;
            if as_read {
                return Ok((told, read, stored.verbs()?, Vec::new()));
            }
            let info = Arc::new(stored.head()?.article);
            Ok((told, read, Vec::new(), claims(stored.claims()?, &info)))
        });
        let read = read.collect::<Result<Vec<_>, RunError>>()?;
        for (article, read, plain, claims) in read {
            counts.articles += 1;
            counts.bytes += read.bytes;
            counts.sentences += read.sentences;
            counts.parsed += read.parsed;
            counts.mentions += read.mentions;
            for (verb, relation) in plain {
                verbs.add_counted(&verb, &relation, 1);
            }
            for (claim, _) in claims {
                let claim = corrector.claim(claim, directory).map(Arc::new);
                let claim = claim.and_then(|c| manifest.settings.selection.apply(c, directory));
                if let Some(claim) = claim {
                    verbs.add(&claim);
                }
            }
            told.push(article);
        }
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

/// The claims of `rows`; their article is `info`.
pub(super) fn claims(rows: Vec<(ClaimRow, Place)>, info: &Arc<ArticleInfo>) -> Vec<(Claim, Place)> {
    let claim = |(row, place): (ClaimRow, Place)| {
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
    format: PieceFormat,
    files: ClaimFiles,
    /// What an earlier run made of articles.
    former: Option<Pieces>,
    pieces: StagedFile,
    articles: StagedFile,
    builder: GraphBuilder,
    named: HashSet<EntityId, BuildHasherDefault<RapidHasher<'static>>>,
    /// Articles that claims by hand cite.
    cited: BTreeMap<String, (Arc<ArticleInfo>, TextHashes)>,
    said: Said,
    /// The last article with a claim.
    last: Option<ArticleId>,
}

/// An article of a batch: what is known of it under its name in the run, and what was read off it.
struct Read {
    /// The name that it came with.
    given: ArticleId,
    info: Arc<ArticleInfo>,
    hashes: TextHashes,
    claims: Vec<(Claim, Place)>,
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
        let files = ClaimFiles::create(create, read_with)?;
        let mut pieces = stage.create_file(PIECES)?;
        write_row("", files.ends(), &mut pieces).map_err(|e| failed(stage, PIECES, e))?;
        Ok(Self {
            stage,
            context,
            format: PieceFormat::new(read_with),
            files,
            former: None,
            pieces,
            articles: stage.create_file(ARTICLES)?,
            builder: GraphBuilder::new(limit, context),
            named: HashSet::default(),
            cited: BTreeMap::new(),
            said: Said::new(),
            last: None,
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
        let mut names = names;
        loop {
            let batch = records.next_batch()?;
            if batch.is_empty() {
                return Ok(());
            }
            let (here, later) = names.split_at(batch.len());
            names = later;
            let read = |(stored, name): (Stored, &ArticleId)| {
                let rows = stored.claims()?;
                let Head { article, hashes, .. } = stored.head()?;
                let info = Arc::new(ArticleInfo { id: Arc::clone(name), ..article });
                let claims = claims(rows, &info);
                Ok(Read { given: stored.key.0, info, hashes, claims })
            };
            let read = batch.into_par_iter().zip(here).map(read);
            let read = read.collect::<Result<Vec<Read>, RunError>>()?;
            let mut articles = Vec::new();
            for Read { given, info, hashes, claims } in read {
                let lines = self.lines(&given, claims, corrector, manifest);
                if cited.contains(&*info.id) {
                    let found = (Arc::clone(&info), hashes.clone());
                    self.cited.insert(info.id.to_string(), found);
                }
                self.article(&info, lines.len() as u64, hashes.clone())?;
                if !lines.is_empty() {
                    self.last = Some(Arc::clone(&info.id));
                    articles.push(ArticleClaims { lines, hashes });
                }
            }
            self.write_claims(&articles)?;
        }
    }

    /// The lines of an article that came with the name `given`: those of its claims that count.
    fn lines(
        &mut self,
        given: &ArticleId,
        claims: Vec<(Claim, Place)>,
        corrector: &mut Corrector,
        manifest: &mut Manifest,
    ) -> Vec<(Line, Place)> {
        let mut lines = Vec::new();
        for (claim, place) in claims {
            if self.said.is_new(given, &claim) {
                let claim = corrector.claim(claim, &self.context.directory);
                lines.extend(self.line(claim, manifest).map(|line| (line, place)));
            }
        }
        lines
    }

    /// The line of a claim if it counts.
    fn line(&mut self, claim: Option<Claim>, manifest: &mut Manifest) -> Option<Line> {
        let selection = &manifest.settings.selection;
        let claim = selection.apply(Arc::new(claim?), &self.context.directory)?;
        for id in entities_of(&claim) {
            if !self.named.contains(id) {
                self.named.insert(id.clone());
            }
        }
        manifest.counts.claims += 1;
        Some(self.context.line(&claim))
    }

    /// Writes the claims of several articles, which are as they were read or corrected.
    fn write_claims(&mut self, articles: &[ArticleClaims]) -> Result<(), RunError> {
        let (format, builder, former) = (&self.format, &mut self.builder, &mut self.former);
        let lines_of = |claims: &ArticleClaims| {
            let lines = format.lines(claims)?;
            Ok((format.digest(claims, &lines), lines))
        };
        let (begun, ()) = rayon::join(
            || articles.par_iter().map(lines_of).collect::<io::Result<Vec<_>>>(),
            || {
                for (line, _) in articles.iter().flat_map(|claims| &claims.lines) {
                    builder.add_line(line.clone());
                }
            },
        );
        let memory = |source| failed(self.stage, PIECES, source);
        let begun = begun.map_err(memory)?;
        let known: Vec<_> = begun.iter().map(|(digest, _)| former.as_mut()?.take(digest)).collect();
        let rest = |(known, claims): (Option<_>, &ArticleClaims)| match known {
            Some(known) => Ok(known),
            None => format.rest(claims, true),
        };
        let rest = known.into_par_iter().zip(articles).map(rest).collect::<io::Result<Vec<_>>>();
        let rest = rest.map_err(memory)?;
        for ((claims, (digest, lines)), rest) in articles.iter().zip(&begun).zip(&rest) {
            self.files.append(claims, lines, rest)?;
            let written = write_row(digest, self.files.ends(), &mut self.pieces);
            written.map_err(|source| failed(self.stage, PIECES, source))?;
        }
        Ok(())
    }

    /// Writes the claims by hand of one article; returns how many count.
    fn by_hand(
        &mut self,
        info: &Arc<ArticleInfo>,
        claims: Vec<(Claim, Place)>,
        hashes: TextHashes,
        manifest: &mut Manifest,
    ) -> Result<u64, RunError> {
        let mut lines = Vec::new();
        for (claim, place) in claims {
            lines.extend(self.line(Some(claim), manifest).map(|line| (line, place)));
        }
        let claims = ArticleClaims { lines, hashes };
        for (line, _) in &claims.lines {
            self.builder.add_line(line.clone());
        }
        let is_new = self.last.replace(Arc::clone(&info.id)).as_ref() != Some(&info.id);
        let made = self.format.lines(&claims).and_then(|lines| {
            let rest = self.format.rest(&claims, is_new)?;
            Ok((lines, rest))
        });
        let (lines, rest) = made.map_err(|source| failed(self.stage, PIECES, source))?;
        self.files.append(&claims, &lines, &rest)?;
        Ok(claims.lines.len() as u64)
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
        let added = corrector.added(article, &self.context.directory);
        let article_of = |added: &(Claim, Place)| Arc::clone(&added.0.evidence.article.id);
        let by_article = added.into_iter().chunk_by(article_of);
        for (id, claims) in &by_article {
            let claims: Vec<_> = claims.collect();
            let info = Arc::clone(&claims[0].0.evidence.article);
            let hashes = cited.get(&*id).map(|(_, hashes)| hashes.clone()).unwrap_or_default();
            let n = self.by_hand(&info, claims, hashes, manifest)?;
            if !cited.contains_key(&*id) {
                self.article(&info, n, TextHashes::default())?;
                manifest.counts.articles += 1;
                manifest.counts.stories += 1;
            }
        }
        manifest.corrections = corrector.applied();

        let directory = &self.context.directory;
        let mut named: BTreeSet<EntityId> = std::mem::take(&mut self.named).into_iter().collect();
        add_states(&mut named, |id| directory.get(id));
        let entities: Vec<&Entity> = named.iter().filter_map(|id| directory.get(id)).collect();
        let mut file = self.stage.create_file(ENTITIES)?;
        for entity in &entities {
            write_line(entity, &mut file).map_err(|source| failed(self.stage, ENTITIES, source))?;
        }
        file.flush().map_err(|source| failed(self.stage, ENTITIES, source))?;
        self.articles.flush().map_err(|source| failed(self.stage, ARTICLES, source))?;
        self.pieces.flush().map_err(|source| failed(self.stage, PIECES, source))?;
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
