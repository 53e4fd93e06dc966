//! What is read of saved pages, beside what people saw on them: main text, title, date.
//!
//! Texts are compared by their runs of [`RUN`] words, each counted as often as it occurs, as the
//! article extraction benchmark of Scrapinghub (2020) does. A page's shares of right, false and
//! missed runs add up to 1, so that long pages weigh no more than short ones.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{EvaluationError, GoldFile};
use crate::lexicon::Lexicon;
use crate::model::DateSpan;
use crate::source::Articles;
use crate::text;

/// Words of a run.
const RUN: usize = 4;

/// A line of the gold standard.
#[derive(Debug, Deserialize)]
struct GoldPage {
    doc: String,
    /// Its main text, a paragraph to a block; without headline, captions and all that stands
    /// around it.
    text: String,
    /// The headline.
    #[serde(default)]
    title: Option<String>,
    /// The day of publication; none where the page states none.
    #[serde(default)]
    date: Option<DateSpan>,
}

/// What became of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DateVerdict {
    /// The page's own, or rightly none.
    Right,
    /// Another than the page's.
    Wrong,
    /// The page states one, and none was found.
    Missed,
    /// The page states none, and one was found.
    Invented,
}

/// What was read of one page.
#[derive(Debug, Clone, Serialize)]
pub struct PageFigures {
    /// The page.
    pub doc: String,
    /// Shares of the runs of words that stand in either text, adding up to 1: in both.
    pub right: f64,
    /// Only in what was read.
    pub false_share: f64,
    /// Only in the gold standard.
    pub missed: f64,
    /// What became of the date.
    pub date: DateVerdict,
    /// Whether the page states one.
    pub has_date: bool,
    /// The date that was read, in the form of ISO 8601.
    pub found_date: Option<String>,
    /// Whether the title is the headline, where the gold standard has one.
    pub title_is_right: Option<bool>,
}

/// What was read of all pages of a gold standard.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PageEvaluation {
    /// In the order of the gold standard.
    pub pages: Vec<PageFigures>,
}

impl PageEvaluation {
    /// Of the runs of words that were read, the share that belongs to main texts, in 0..=1.
    #[must_use]
    pub fn precision(&self) -> f64 {
        let right = self.sum(|page| page.right);
        share(right, right + self.sum(|page| page.false_share))
    }

    /// Of the runs of words of main texts, the share that was read, in 0..=1.
    #[must_use]
    pub fn recall(&self) -> f64 {
        let right = self.sum(|page| page.right);
        share(right, right + self.sum(|page| page.missed))
    }

    /// The harmonic mean of both.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        share(2.0 * precision * recall, precision + recall)
    }

    /// Pages of one verdict on their dates.
    #[must_use]
    pub fn n_dates(&self, verdict: DateVerdict) -> usize {
        self.pages.iter().filter(|page| page.date == verdict).count()
    }

    /// Pages that state a date, and those of them whose date was read right.
    #[must_use]
    pub fn stated_dates(&self) -> (usize, usize) {
        let stated = || self.pages.iter().filter(|page| page.has_date);
        (stated().count(), stated().filter(|page| page.date == DateVerdict::Right).count())
    }

    /// Of the pages that state a date, the share whose date was read right; 1 where none does.
    #[must_use]
    pub fn date_share(&self) -> f64 {
        match self.stated_dates() {
            (0, _) => 1.0,
            (n_stated, n_right) => share(count(n_right), count(n_stated)),
        }
    }

    fn sum(&self, of: impl Fn(&PageFigures) -> f64) -> f64 {
        self.pages.iter().map(of).sum()
    }
}

/// Reads the pages that `gold` names, which stand in `pages` or beside it, as a run reads them: with
/// what the text's first lines tell where the page's metadata do not.
///
/// # Errors
///
/// If the gold standard or a page cannot be read.
pub fn evaluate_pages(
    lexicon: &Lexicon,
    gold: &Path,
    pages: Option<&Path>,
) -> Result<PageEvaluation, EvaluationError> {
    let file = GoldFile { path: gold, articles: pages };
    let mut evaluation = PageEvaluation::default();
    for (line, page) in file.read::<GoldPage>()? {
        let path = file.article(line, &page.doc)?;
        let mut articles = Articles::open([path]).filter(|read| !is_warning(read));
        let (mut body, mut title, mut date) = (String::new(), None, None);
        // A page without any text is one that nothing is read of.
        if let Some(Ok(article)) = articles.next() {
            let article = text::Page::new(lexicon, article).article;
            article.text[article.body_start as usize..].clone_into(&mut body);
            title.clone_from(&article.info.title);
            date.clone_from(&article.info.date);
        }
        evaluation.pages.push(compare(page, &body, title.as_deref(), date.as_ref()));
    }
    Ok(evaluation)
}

fn is_warning<T>(read: &Result<T, crate::source::SourceError>) -> bool {
    read.as_ref().is_err_and(crate::source::SourceError::is_warning)
}

fn compare(
    page: GoldPage,
    text: &str,
    title: Option<&str>,
    date: Option<&DateSpan>,
) -> PageFigures {
    let (gold, found) = (runs(&page.text), runs(text));
    let total = |runs: &BTreeMap<Vec<&str>, usize>| runs.values().sum::<usize>();
    let right: usize =
        gold.iter().map(|(run, n)| found.get(run).map_or(0, |found| *n.min(found))).sum();
    let (n_false, n_missed) = (total(&found) - right, total(&gold) - right);
    let all = count(right + n_false + n_missed);
    let verdict = match (&page.date, date) {
        (None, None) => DateVerdict::Right,
        (Some(gold), Some(found)) if gold == found => DateVerdict::Right,
        (Some(_), Some(_)) => DateVerdict::Wrong,
        (Some(_), None) => DateVerdict::Missed,
        (None, Some(_)) => DateVerdict::Invented,
    };
    let same = |gold: &String| {
        title.is_some_and(|title| title.split_whitespace().eq(gold.split_whitespace()))
    };
    PageFigures {
        right: share(count(right), all),
        false_share: share(count(n_false), all),
        missed: share(count(n_missed), all),
        date: verdict,
        has_date: page.date.is_some(),
        found_date: date.map(ToString::to_string),
        title_is_right: page.title.as_ref().map(same),
        doc: page.doc,
    }
}

/// Every run of words with the number of its places. A text shorter than a run is one.
fn runs(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
        .collect();
    let mut runs = BTreeMap::new();
    if !words.is_empty() {
        for run in words.windows(RUN.min(words.len())) {
            *runs.entry(run.to_vec()).or_default() += 1;
        }
    }
    runs
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

fn share(part: f64, all: f64) -> f64 {
    if all > 0.0 { part / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(gold: &str, found: &str, date: [Option<&str>; 2]) -> PageFigures {
        let day = |text: Option<&str>| text.map(|text| text.parse::<DateSpan>().unwrap());
        let page = GoldPage {
            doc: "a.html".to_owned(),
            text: gold.to_owned(),
            title: Some("Talks  end".to_owned()),
            date: day(date[0]),
        };
        compare(page, found, Some("Talks end"), day(date[1]).as_ref())
    }

    #[test]
    fn texts_are_compared_by_runs_of_words() {
        // Three runs each, one of them in both.
        let page = figures("a b c d e f", "x b c d e y", [None, None]);
        assert_eq!((page.right, page.false_share, page.missed), (0.2, 0.4, 0.4));
        assert_eq!(page.title_is_right, Some(true));
        let evaluation = PageEvaluation { pages: vec![page] };
        assert!((evaluation.f1() - 1.0 / 3.0).abs() < 1e-9);
        assert!((figures("They met.", "They met!", [None, None]).right - 1.0).abs() < 1e-9);
        assert!((figures("They met.", "", [None, None]).missed - 1.0).abs() < 1e-9);
    }

    #[test]
    fn dates_are_right_wrong_missed_or_invented() {
        let (one, other) = (Some("2024-10-05"), Some("2024-10-06"));
        for (dates, verdict) in [
            ([one, one], DateVerdict::Right),
            ([None, None], DateVerdict::Right),
            ([one, other], DateVerdict::Wrong),
            ([one, None], DateVerdict::Missed),
            ([None, one], DateVerdict::Invented),
        ] {
            assert_eq!(figures("a", "a", dates).date, verdict);
        }
    }
}
