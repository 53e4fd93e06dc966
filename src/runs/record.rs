//! What a run keeps of one article.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::export::{ClaimRow, Place, TextHashes};
use crate::model::{Article, ArticleInfo, Claim, DateSpan};
use crate::pipeline::Analysis;

use super::sketch::Sketch;

/// One article as a segment holds it: what is known about it, what tells it from others, and what
/// was read off it. Its text is not kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Name as it came, title, date, outlet, address.
    pub article: ArticleInfo,
    /// 32 hexadecimal digits from the text that was read, the title included.
    pub content: Arc<str>,
    /// Hashes of its fields, for those who cite it.
    pub hashes: TextHashes,
    /// How much was read.
    pub read: ReadCounts,
    /// What its likeness to other texts is estimated by.
    pub sketch: Sketch,
    /// Its claims in text order, each with what surrounds it.
    pub claims: Vec<(ClaimRow, Place)>,
}

/// How much of an article was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadCounts {
    /// Bytes of its text.
    pub bytes: u64,
    /// Sentences outside of boilerplate.
    pub sentences: u64,
    /// Sentences that were parsed.
    pub parsed: u64,
    /// Mentions by name or reference.
    pub mentions: u64,
}

/// A record without its sketch and claims: what tells an article from others and what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Head {
    /// Name as it came, title, date, outlet, address.
    pub article: ArticleInfo,
    /// 32 hexadecimal digits from the text that was read.
    pub content: Arc<str>,
    /// Hashes of its fields.
    pub hashes: TextHashes,
    /// How much was read.
    pub read: ReadCounts,
    /// Number of its claims as they were read.
    pub n_claims: usize,
}

/// What of a head tells a record from others, read without taking memory for it.
#[derive(Debug, Deserialize)]
pub(super) struct Mark<'l> {
    #[serde(borrow)]
    pub article: Known<'l>,
    #[serde(borrow)]
    pub content: Text<'l>,
    pub read: ReadCounts,
    pub n_claims: usize,
}

/// What is known of an article, in the words of the line.
#[derive(Debug, Deserialize)]
pub(super) struct Known<'l> {
    #[serde(borrow)]
    pub id: Text<'l>,
    #[serde(borrow)]
    pub title: Option<Text<'l>>,
    #[serde(borrow)]
    pub date: Option<Text<'l>>,
    #[serde(borrow)]
    pub outlet: Option<Text<'l>>,
    #[serde(borrow)]
    pub url: Option<Text<'l>>,
    #[serde(borrow)]
    pub author: Option<Text<'l>>,
    #[serde(borrow)]
    pub forwarded_from: Option<Text<'l>>,
}

/// Text of a line, where it stands there without escapes.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct Text<'l>(#[serde(borrow)] pub Cow<'l, str>);

impl Mark<'_> {
    /// What sorts the record; nothing where the date is none.
    pub(super) fn key(&self) -> Option<RecordKey> {
        let date = self.article.date.as_ref().map(|date| date.0.parse());
        Some(((&*self.article.id.0).into(), date.transpose().ok()?, (&*self.content.0).into()))
    }

    /// Tells its article from all others, as [`fingerprint`](super::read::fingerprint) does.
    pub(super) fn fingerprint(&self) -> [u8; 16] {
        let known = &self.article;
        let facts = [
            &known.title,
            &known.date,
            &known.outlet,
            &known.url,
            &known.author,
            &known.forwarded_from,
        ];
        let facts = facts.map(|fact| fact.as_ref().map(|text| &*text.0));
        fingerprint_of(facts, &known.id.0, &self.content.0)
    }
}

/// Tells an article from all others: by title, date, outlet, address, author and where it was forwarded
/// from, by its name and by its text.
pub(super) fn fingerprint_of(facts: [Option<&str>; 6], id: &str, content: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for part in facts.map(|fact| fact.unwrap_or("\0")).into_iter().chain([id, content]) {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    let mut short = [0; 16];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    short
}

/// What sorts records and tells two apart: name, date, text. An article that was found twice under
/// one name with one text is one.
pub(super) type RecordKey = (Arc<str>, Option<DateSpan>, Arc<str>);

impl Record {
    /// The record of `article` and the `claims` read off it.
    #[must_use]
    pub fn new(article: &Article, claims: &[Claim], read: ReadCounts) -> Self {
        let body = &article.text[article.body_start as usize..];
        Self {
            article: ArticleInfo::clone(&article.info),
            content: content(article).into(),
            hashes: TextHashes::of(article),
            read,
            sketch: Sketch::of(body),
            claims: claims
                .iter()
                .map(|claim| (ClaimRow::from(claim), Place::of(claim, article)))
                .collect(),
        }
    }

    /// The record of what was read off an article: its claims with the sentences around theirs.
    #[must_use]
    pub fn of(analysis: &Analysis, read: ReadCounts) -> Self {
        let (article, document) = (&analysis.article, &analysis.document);
        let claim = |claim: &Claim| (ClaimRow::from(claim), Place::among(claim, article, document));
        let claims = analysis.claims.iter().map(claim).collect();
        Self { claims, ..Self::new(article, &[], read) }
    }

    /// What sorts it.
    pub(super) fn key(&self) -> RecordKey {
        (Arc::clone(&self.article.id), self.article.date, Arc::clone(&self.content))
    }
}

/// 32 hexadecimal digits from what is read of an article.
#[must_use]
pub(super) fn content(article: &Article) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&article.body_start.to_le_bytes());
    hasher.update(article.text.as_bytes());
    hasher.finalize().to_hex()[..32].to_owned()
}
