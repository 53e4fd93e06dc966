//! Mentions by name that the gazetteer finds in annotated articles, beside those of people.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{EvaluationError, GoldFile};
use crate::gazetteer::Gazetteer;
use crate::model::{Article, EntityId, EntityKind, Field};
use crate::source::Articles;
use crate::text;

/// One annotated article; what is not about mentions is left out.
#[derive(Deserialize)]
struct Annotated {
    doc: String,
    mentions: Vec<GoldMention>,
}

/// Offsets count characters.
#[derive(Deserialize)]
struct GoldMention {
    surface: String,
    id: EntityId,
    start: usize,
    end: usize,
    /// Neither required nor wrong.
    #[serde(default)]
    optional: bool,
    /// Lies in boilerplate, so must not be found.
    #[serde(default)]
    boilerplate: bool,
}

/// How many mentions were right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MentionCounts {
    /// Annotated.
    pub gold: usize,
    /// Found.
    pub found: usize,
    /// Both, with the same bytes and the same id.
    pub right: usize,
}

impl MentionCounts {
    /// Share of the annotated ones found; 1 where there are none.
    #[must_use]
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Share of the found ones that are annotated; 1 where there are none.
    #[must_use]
    pub fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }
}

impl AddAssign for MentionCounts {
    fn add_assign(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of mentions are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// A mention that was missed, or found without being there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionMistake {
    /// Annotated and not found; else found and not annotated.
    pub missed: bool,
    /// Whom it names, or is taken to name.
    pub id: EntityId,
    /// Name of the article's file.
    pub doc: String,
    /// The mention in brackets with the words around it.
    pub words: String,
}

/// Figures of mentions.
#[derive(Debug, Clone, Default)]
pub struct MentionEvaluation {
    /// By kind of entity.
    pub kinds: BTreeMap<EntityKind, MentionCounts>,
    /// In the order of the articles.
    pub mistakes: Vec<MentionMistake>,
}

impl MentionEvaluation {
    /// Counts of all kinds.
    #[must_use]
    pub fn all(&self) -> MentionCounts {
        let mut all = MentionCounts::default();
        self.kinds.values().for_each(|counts| all += *counts);
        all
    }
}

/// Finds the mentions in the articles of the gold standard `gold` and compares them with it.
///
/// A mention is right when it has the bytes and the id of an annotated one. Optional ones are
/// neither required nor wrong; those in boilerplate must be absent. Files of articles lie as for
/// [`evaluate_claims`](super::evaluate_claims).
///
/// # Errors
///
/// If the gold standard or one of its articles cannot be read, or an annotated mention is not
/// where it should be; file and line are named.
pub fn evaluate_mentions(
    gazetteer: &Gazetteer,
    gold: &Path,
    articles: Option<&Path>,
) -> Result<MentionEvaluation, EvaluationError> {
    let file = GoldFile { path: gold, articles };
    let mut evaluation = MentionEvaluation::default();
    for (line, annotated) in file.read::<Annotated>()? {
        for article in Articles::open([file.article(line, &annotated.doc)?]) {
            let compared = evaluation.compare(gazetteer, &annotated, &article?);
            compared.map_err(|message| file.wrong(line, message))?;
        }
    }
    Ok(evaluation)
}

/// A place where a mention is annotated.
struct Wanted<'g> {
    start: usize,
    end: usize,
    mention: &'g GoldMention,
    found: bool,
}

impl MentionEvaluation {
    fn compare(
        &mut self,
        gazetteer: &Gazetteer,
        gold: &Annotated,
        article: &Article,
    ) -> Result<(), String> {
        let text = &article.text[article.body_start as usize..];
        let mut wanted = places(gold, text)?;
        for wanted in wanted.iter().filter(|wanted| wanted.mention.is_required()) {
            self.kinds.entry(wanted.mention.id.kind()).or_default().gold += 1;
        }
        let document = text::read_document(gazetteer.lexicon(), article);
        let found = gazetteer.find_mentions(article, &document);
        for mention in &found.mentions {
            let (field, span) = article.locate(mention.span);
            let (start, end) = (span.start() as usize, span.end() as usize);
            for id in mention.entities.iter().filter(|_| field == Field::Text) {
                let same = wanted.iter_mut().find(|wanted| wanted.is_at(id, start, end));
                let counts = self.kinds.entry(id.kind()).or_default();
                match same {
                    Some(wanted) if wanted.mention.optional => {}
                    Some(wanted) => {
                        counts.found += 1;
                        counts.right += 1;
                        wanted.found = true;
                    }
                    None => {
                        counts.found += 1;
                        self.note(false, id, gold, around(text, start, end));
                    }
                }
            }
        }
        for wanted in wanted.iter().filter(|wanted| !wanted.found && wanted.mention.is_required()) {
            let words = around(text, wanted.start, wanted.end);
            self.note(true, &wanted.mention.id, gold, words);
        }
        Ok(())
    }

    fn note(&mut self, missed: bool, id: &EntityId, gold: &Annotated, words: String) {
        let (id, doc) = (id.clone(), gold.doc.clone());
        self.mistakes.push(MentionMistake { missed, id, doc, words });
    }
}

impl GoldMention {
    fn is_required(&self) -> bool {
        !self.optional && !self.boilerplate
    }
}

impl Wanted<'_> {
    /// Whether a mention of `id` at these bytes is this one.
    fn is_at(&self, id: &EntityId, start: usize, end: usize) -> bool {
        let optional = self.mention.optional && self.start < end && start < self.end;
        !self.mention.boilerplate
            && self.mention.id == *id
            && ((self.start, self.end) == (start, end) || optional)
    }
}

/// Where the annotated mentions lie in `text`, in bytes.
fn places<'g>(gold: &'g Annotated, text: &str) -> Result<Vec<Wanted<'g>>, String> {
    let char_starts: Vec<usize> =
        text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |mention: &'g GoldMention| {
        let bounds = char_starts.get(mention.start).zip(char_starts.get(mention.end));
        let (&start, &end) = bounds
            .ok_or_else(|| format!("mention {:?} lies outside of the text", mention.surface))?;
        if text.get(start..end) != Some(&mention.surface) {
            return Err(format!("mention {:?} is not where it should be", mention.surface));
        }
        Ok(Wanted { start, end, mention, found: false })
    };
    gold.mentions.iter().map(place).collect()
}

/// A mention in brackets with the words around it.
fn around(text: &str, start: usize, end: usize) -> String {
    let from = text[..start].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    let to = text[end..].char_indices().nth(40).map_or(text.len(), |(at, _)| end + at);
    let shown = format!("{}[{}]{}", &text[from..start], &text[start..end], &text[end..to]);
    shown.replace('\n', " ")
}
