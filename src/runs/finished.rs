//! A finished run, read back without its articles.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::export::{Beside, CLAIMS, ClaimReader};
use crate::graph::{Context, RelationGraph, Stories, Verbs};
use crate::model::{ArticleId, Entity, EntityDirectory};

use super::beside::{beside, decisions};
use super::folder::{check, settle};
use super::publish::{ARTICLES, ArticleRow, ENTITIES};
use super::{CORRECTIONS, Corrections, Manifest, RunError, sources_of};

/// A finished run on disk.
#[derive(Debug)]
pub struct FinishedRun {
    path: PathBuf,
    /// What is known of the entities of its network.
    pub directory: EntityDirectory,
    /// What it consists of and was made from.
    pub manifest: Manifest,
    /// All articles, with their stories.
    pub articles: BTreeMap<ArticleId, ArticleRow>,
}

impl FinishedRun {
    /// Opens the folder of a finished run.
    ///
    /// # Errors
    ///
    /// If there is none, or a file is missing or not the one that the manifest names: files of two
    /// runs are never read as one.
    pub fn open(path: &Path) -> Result<Self, RunError> {
        settle(path);
        let manifest = Manifest::read(path)?;
        let manifest = manifest.ok_or_else(|| RunError::NoRun { path: path.to_owned() })?;
        for name in [CLAIMS, ENTITIES, ARTICLES] {
            check(path, &manifest, name)?;
        }
        let entities = rows::<Entity>(&path.join(ENTITIES))?;
        let articles = rows::<ArticleRow>(&path.join(ARTICLES))?;
        Ok(Self {
            path: path.to_owned(),
            directory: EntityDirectory::new(entities),
            manifest,
            articles: articles.into_iter().map(|row| (Arc::clone(&row.doc), row)).collect(),
        })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the whole run knows and one claim cannot tell.
    ///
    /// # Errors
    ///
    /// If the claims cannot be read.
    pub fn context(&self) -> Result<Context, RunError> {
        let mut verbs = Verbs::default();
        for claim in self.claims()? {
            verbs.add(&claim?);
        }
        let stories = self.articles.values().filter(|row| row.doc != row.story);
        let stories = stories.map(|row| (Arc::clone(&row.doc), Arc::clone(&row.story)));
        Ok(Context {
            directory: self.directory.clone(),
            stories: Arc::new(Stories::new(stories)),
            verbs: Arc::new(verbs),
        })
    }

    /// The outlets that tell the story of `article`, by name; its address or name where an article
    /// names no outlet.
    #[must_use]
    pub fn outlets(&self, article: &ArticleId) -> BTreeSet<&str> {
        let story = self.articles.get(article).map_or(article, |row| &row.story);
        let told = self.articles.values().filter(|row| row.story == *story);
        told.map(|row| row.outlet.as_deref().or(row.url.as_deref()).unwrap_or(&row.doc)).collect()
    }

    /// What the page of `graph`, a part of its network, tells beside it. A folder that was copied
    /// without its segments has no sentences around its lines.
    ///
    /// # Errors
    ///
    /// If segments or corrections cannot be read.
    pub fn beside(&self, graph: &RelationGraph) -> Result<Beside, RunError> {
        let mut sources = sources_of(&self.path, [&self.manifest]);
        sources.retain(|source| source.path.is_file());
        let corrections = Corrections::read(&self.path.join(CORRECTIONS))?;
        beside(&sources, decisions(&corrections), graph, &self.directory)
    }

    /// All claims, sorted by article.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened; a bad line is an error of the iterator.
    pub fn claims(&self) -> Result<ClaimReader<BufReader<File>>, RunError> {
        let path = self.path.join(CLAIMS);
        Ok(ClaimReader::new(open(&path)?, path))
    }
}

fn open(path: &Path) -> Result<BufReader<File>, RunError> {
    let failed = |source| RunError::Disk { path: path.to_owned(), doing: "read", source };
    Ok(BufReader::with_capacity(1 << 16, File::open(path).map_err(failed)?))
}

/// The rows of a file of JSON lines.
fn rows<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, RunError> {
    let mut rows = Vec::new();
    for (line, number) in open(path)?.lines().zip(1..) {
        let failed = |source| RunError::Disk { path: path.to_owned(), doing: "read", source };
        let row = serde_json::from_str(&line.map_err(failed)?);
        rows.push(row.map_err(|error| RunError::Line {
            path: path.to_owned(),
            line: number,
            cause: format!("not what a run holds: {error}"),
        })?);
    }
    Ok(rows)
}
