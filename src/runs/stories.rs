//! Which articles tell one story: copies, near-copies, and cut or longer versions of one text.
//!
//! Candidates are found by banding (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets",
//! section 3.4): sketches that agree in a pair of places fall into one bucket. With 64 pairs, two
//! texts of which one is a third of the other meet with a probability of 0.99; two that share a
//! hundredth of their shingles with one of 0.01. What meets is compared by its whole sketch.
//!
//! Memory is that of the sketches, half a kilobyte an article, and of a few bands at a time. The
//! result follows from the set of articles alone, whatever their order was.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use rapidhash::fast::RapidHasher;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::graph::Stories;
use crate::model::{ArticleId, DateSpan};

use super::record::RecordKey;
use super::sketch::{HASHES, Sketch};

/// Least share of the shorter text's shingles that the longer one holds.
const CONTAINMENT: f64 = 0.55;

/// The same of texts that were published long after each other: reports in a fixed form are alike in
/// most words and tell of different weeks.
const LATE_CONTAINMENT: f64 = 0.9;

/// Days after which a reprint is late.
const LATE: i32 = 7;

/// Least share of names that both have: two issues of bonds differ in little else.
const NAMES: f64 = 0.77;

/// Least share of numbers that both have.
const NUMBERS: f64 = 0.75;

/// Shortest text that can be told from others by its words: a sentence or two.
const MIN_SHINGLES: u32 = 12;

/// Members of a bucket that each new one is compared with. A bucket of more is boilerplate or one
/// story in very many copies, whose chain is found all the same.
const COMPARED: usize = 16;

/// Bands that are sorted at once: their memory, sixteen bytes an article and band, is held together.
const BANDS: usize = 4;

type Quick = BuildHasherDefault<RapidHasher<'static>>;

/// What of an article tells its story.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// Name in the run.
    pub id: ArticleId,
    /// Name that it came with: articles of one name are versions of one text.
    pub given: ArticleId,
    /// When it was published.
    pub date: Option<DateSpan>,
    /// Hash of its text.
    pub content: Arc<str>,
    /// Sketch of its text.
    pub sketch: Sketch,
}

impl Told {
    /// What an article tells, under the name that it came with.
    pub(super) fn of((id, date, content): &RecordKey, sketch: Sketch) -> Self {
        Self {
            id: Arc::clone(id),
            given: Arc::clone(id),
            date: *date,
            content: Arc::clone(content),
            sketch,
        }
    }
}

/// Gives each article a name of its own: the first of those with one given name keeps it, the
/// others get a number behind it. `told` is sorted as records are.
pub(super) fn name_articles(told: &mut [Told]) {
    let given: BTreeSet<ArticleId> = told.iter().map(|told| Arc::clone(&told.given)).collect();
    let mut before: Option<(ArticleId, u64)> = None;
    for told in told {
        let n = match &before {
            Some((name, n)) if *name == told.given => Some(*n),
            _ => None,
        };
        let mut next = n.map_or(1, |n| n + 1);
        while next > 1 && given.contains(format!("{}#{next}", told.given).as_str()) {
            next += 1;
        }
        if next > 1 {
            told.id = format!("{}#{next}", told.given).into();
        }
        before = Some((Arc::clone(&told.given), next));
    }
}

/// Whether two texts are versions of one: copies, cut or longer ones. `days` is the time between
/// them, where it is known.
#[must_use]
pub fn is_one_story(a: &Sketch, b: &Sketch, days: Option<i32>) -> bool {
    if a.n_shingles.min(b.n_shingles) < MIN_SHINGLES {
        // Too few words for an estimate: only the same ones.
        return a.n_shingles == b.n_shingles && a.resemblance(b) >= 1.0;
    }
    let least = if days.is_some_and(|days| days > LATE) { LATE_CONTAINMENT } else { CONTAINMENT };
    a.containment(b) >= least && a.names_shared(b) >= NAMES && a.numbers_shared(b) >= NUMBERS
}

/// Days between the publication of two articles, where both are known.
#[must_use]
pub fn days_between(a: Option<DateSpan>, b: Option<DateSpan>) -> Option<i32> {
    let (a, b) = a.zip(b)?;
    let (earlier, later) = if a <= b { (a, b) } else { (b, a) };
    Some(earlier.last().until(later.first()).ok()?.get_days().max(0))
}

/// The stories of `articles`. Those with the same given name or the same text are one without
/// further question. A story has the id of its earliest article, of several the first by name.
#[must_use]
pub(super) fn find_stories(mut articles: Vec<Told>) -> Stories {
    articles.sort_by(|a, b| (&a.id, &a.content).cmp(&(&b.id, &b.content)));
    let alike =
        |a: &Told, b: &Told| is_one_story(&a.sketch, &b.sketch, days_between(a.date, b.date));
    let mut groups = Groups::new(articles.len());
    for name in [(|told| &told.given) as fn(&Told) -> &Arc<str>, |told| &told.content] {
        let mut first: HashMap<&Arc<str>, usize, Quick> = HashMap::default();
        for (n, article) in articles.iter().enumerate() {
            groups.join(*first.entry(name(article)).or_insert(n), n);
        }
    }
    // The hash above the number of the article: plain numbers sort fastest.
    let band = |band: usize| {
        let hash = |(told, n): (&Told, u32)| {
            Some(u128::from(told.sketch.band(band)?) << u32::BITS | u128::from(n))
        };
        let mut hashes: Vec<u128> = articles.iter().zip(0..).filter_map(hash).collect();
        leave_out_single(&mut hashes);
        hashes.sort_unstable();
        hashes
    };
    for first in (0..HASHES / 2).step_by(BANDS) {
        let bands: Vec<_> = (first..first + BANDS).into_par_iter().map(band).collect();
        let same = |a: &u128, b: &u128| a >> u32::BITS == b >> u32::BITS;
        for bucket in bands.iter().flat_map(|hashes| hashes.chunk_by(same)) {
            for (at, &one) in bucket.iter().enumerate().skip(1) {
                let n = number(one);
                for &before in &bucket[at.saturating_sub(COMPARED)..at] {
                    let other = number(before);
                    if !groups.are_one(other, n) && alike(&articles[other], &articles[n]) {
                        groups.join(other, n);
                    }
                }
            }
        }
    }
    let mut earliest: BTreeMap<usize, usize> = BTreeMap::new();
    // Articles without a date stand for a story only where none has one.
    let age = |n: usize| {
        let date = articles[n].date.map(DateSpan::first);
        (date.is_none(), date, n)
    };
    for n in 0..articles.len() {
        let group = groups.find(n);
        let known = earliest.entry(group).or_insert(n);
        if age(n) < age(*known) {
            *known = n;
        }
    }
    let story = |n: usize, groups: &mut Groups| Arc::clone(&articles[earliest[&groups.find(n)]].id);
    let pairs = (0..articles.len()).map(|n| (Arc::clone(&articles[n].id), story(n, &mut groups)));
    Stories::new(pairs.filter(|(article, story)| article != story).collect::<Vec<_>>())
}

/// Leaves out hashes that no other one is like, as nearly all are: they are told by a table of counts,
/// in which some that differ share a place.
fn leave_out_single(hashes: &mut Vec<u128>) {
    let places = (4 * hashes.len()).next_power_of_two();
    let place = |hash: u128| {
        let folded = (hash >> u32::BITS) ^ (hash >> (2 * u32::BITS));
        number(folded) & (places - 1)
    };
    let mut counts = vec![0_u8; places];
    for &hash in &*hashes {
        let count = &mut counts[place(hash)];
        *count = count.saturating_add(1);
    }
    hashes.retain(|&hash| counts[place(hash)] > 1);
}

/// The number below the hash.
#[expect(clippy::cast_possible_truncation, reason = "it stands in the lowest 32 bits")]
fn number(hash: u128) -> usize {
    hash as u32 as usize
}

/// Disjoint sets.
#[derive(Debug)]
struct Groups {
    above: Vec<usize>,
}

impl Groups {
    fn new(n: usize) -> Self {
        Self { above: (0..n).collect() }
    }

    fn find(&mut self, mut n: usize) -> usize {
        while self.above[n] != n {
            // Halving the way keeps later searches short.
            self.above[n] = self.above[self.above[n]];
            n = self.above[n];
        }
        n
    }

    fn are_one(&mut self, a: usize, b: usize) -> bool {
        self.find(a) == self.find(b)
    }

    /// The lower number stands for both, so that the order of joins does not matter.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.above[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(id: &str, date: Option<&str>, text: &str) -> Told {
        Told {
            id: id.into(),
            given: id.split('#').next().unwrap().into(),
            date: date.map(|date| date.parse().unwrap()),
            content: text.into(),
            sketch: Sketch::of(text),
        }
    }

    const WIRE: &str = "The foreign ministers of both countries met in the port city on Tuesday and \
        spoke for three hours about grain, fuel and the return of prisoners. A joint statement is \
        expected within the week, officials of the host said, though neither side gave a date.";
    const OTHER: &str = "On Tuesday the two ministers held talks by the harbour. Their spokesmen \
        told reporters that wheat and oil had been discussed, and that those held since spring may \
        go home soon; nothing was signed.";

    #[test]
    fn copies_are_one_story_and_other_reports_of_the_event_are_not() {
        let cut = WIRE.split(". ").next().unwrap();
        let longer = format!("{WIRE} Updated with a remark of the envoy, who called it useful.");
        let mut articles = vec![
            told("a", Some("2024-05-03"), WIRE),
            told("b", Some("2024-05-01"), &WIRE.replace("Tuesday", "Tuesday evening")),
            told("c", None, cut),
            told("d", None, &longer),
            told("e", Some("2024-05-01"), OTHER),
            told("f#2", None, "Nothing of the kind."),
            told("f", None, "Something else, in few words."),
        ];
        let stories = find_stories(articles.clone());
        let story = |id: &str| stories.of(&id.into()).to_string();
        for id in ["a", "b", "c", "d"] {
            assert_eq!(story(id), "b", "{id}");
        }
        assert_eq!(story("e"), "e");
        assert_eq!((story("f"), story("f#2")), ("f".to_owned(), "f".to_owned()));
        articles.reverse();
        assert_eq!(find_stories(articles), stories);
    }
}
