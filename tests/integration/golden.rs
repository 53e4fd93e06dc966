//! The claims of every development article beside those that people found, in files that show what
//! a change changes: `tests/golden/claims/`.
//!
//! The files hold known mistakes as well as right claims. A difference is no verdict: read it, and
//! if the new claims are what the article says, or if the change is worth it, rewrite them with
//!
//! ```text
//! TIELINE_REWRITE=1 cargo test --test integration golden
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use tieline::evaluation::{ClaimEvaluation, GoldArticle, GoldClaim, evaluate_claims};
use tieline::model::{Attribution, Item, Modality, Polarity};
use tieline::{Claim, Reader};

use crate::support::repository;

/// Set to anything, it lets tests rewrite what they compare with.
const REWRITE: &str = "TIELINE_REWRITE";

/// Sentence, relation and actors: what tells claims of an article apart here.
type Key = (String, String, [String; 2]);

#[test]
fn claims_of_the_development_articles_are_the_golden_ones() {
    let corpus = repository().join("tests/corpus/dev");
    let folder = repository().join("tests/golden/claims");
    let gold = corpus.join("gold.jsonl");
    let reader = Reader::embedded().unwrap();
    let evaluation = evaluate_claims(&reader, &gold, None).unwrap();
    let articles: Vec<GoldArticle> = fs::read_to_string(&gold)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let written: BTreeMap<String, String> = articles
        .iter()
        .map(|article| {
            let text = fs::read_to_string(corpus.join(&article.doc)).unwrap();
            (article.doc.clone(), golden(article, &text, &evaluation))
        })
        .collect();
    if std::env::var_os(REWRITE).is_some() {
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, content) in &written {
            fs::write(folder.join(name), content).unwrap();
        }
        return;
    }
    let differences = differences(&folder, &written);
    assert!(
        differences.is_empty(),
        "claims differ from tests/golden/claims (`{REWRITE}=1` rewrites them):\n{differences}"
    );
}

/// The claims of one article as its golden file has them.
fn golden(article: &GoldArticle, text: &str, evaluation: &ClaimEvaluation) -> String {
    let of_article = |claim: &&GoldClaim| claim.doc == article.doc;
    let mistakes = |missed: bool| {
        let mistakes = evaluation.mistakes.iter().filter(move |mistake| mistake.missed == missed);
        mistakes.map(|mistake| &mistake.claim).filter(of_article)
    };
    let wrong: BTreeSet<Key> = mistakes(false).map(key_of).collect();
    let optional: BTreeSet<Key> = article.optional_claims.iter().map(key_of).collect();
    let mut sentences: BTreeMap<(usize, String), BTreeSet<String>> = BTreeMap::new();
    let mut add = |sentence: &str, line: String| {
        let place = text.find(sentence).unwrap_or(usize::MAX);
        let shown = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        sentences.entry((place, shown)).or_default().insert(line);
    };
    for (_, claim) in evaluation.found.iter().filter(|(doc, _)| *doc == article.doc) {
        let ends = [claim.source.to_string(), claim.target.to_string()];
        let sentence = &claim.evidence.sentence;
        let key = (sentence.clone(), claim.relation.to_string(), ends);
        let mark = match (wrong.contains(&key), optional.contains(&key)) {
            (false, _) => '=',
            (true, true) => '?',
            (true, false) => '+',
        };
        add(sentence, format!("{mark} {}", described(claim)));
    }
    for claim in mistakes(true) {
        add(&claim.sentence, format!("- {} {} {}", claim.source, claim.relation, claim.target));
    }
    let mut out = String::new();
    for ((_, sentence), lines) in sentences {
        let _ = writeln!(out, "{sentence}");
        for line in lines {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

fn key_of(claim: &GoldClaim) -> Key {
    (claim.sentence.clone(), claim.relation.clone(), [claim.source.clone(), claim.target.clone()])
}

/// A found claim in one line: who, what, whom; then what is said of it, where anything is.
fn described(claim: &Claim) -> String {
    let mut line = format!("{} {} {}", claim.source, claim.relation, claim.target);
    let mut say = |what: &str| {
        let _ = write!(line, " · {what}");
    };
    if !claim.items.is_empty() {
        say(&claim.items.iter().map(Item::label).collect::<Vec<_>>().join(", "));
    }
    if let Some(quantity) = &claim.quantity {
        say(&format!("{{{}}}", quantity.text));
    }
    if claim.polarity != Polarity::Positive {
        say(claim.polarity.as_str());
    }
    if claim.modality != Modality::Asserted {
        say(claim.modality.as_str());
    }
    if let Some(said) = &claim.attribution {
        say(&format!("by {}", Attribution::label(said)));
    }
    if let Some(date) = claim.event_date {
        say(&date.to_string());
    }
    if let Some(role) = &claim.role {
        say(&format!("{role:?}"));
    }
    say(&claim.rule);
    line
}

/// The lines in which the files of `folder` differ from `written`, by file.
fn differences(folder: &Path, written: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut compare = |name: &str, before: &str, after: &str| {
        if before == after {
            return;
        }
        let _ = writeln!(out, "{name}");
        for line in similar(before, after) {
            let _ = writeln!(out, "  {line}");
        }
    };
    for (name, after) in written {
        compare(name, &fs::read_to_string(folder.join(name)).unwrap_or_default(), after);
    }
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if !written.contains_key(&name) {
            compare(&name, "no article has this name", "");
        }
    }
    out
}

/// The lines that only one of two texts holds, with `<` before what was and `>` before what is.
/// Each follows the sentence that it stands under.
fn similar(before: &str, after: &str) -> Vec<String> {
    fn under_sentences(text: &str) -> BTreeSet<(&str, &str)> {
        let mut sentence = "";
        let mut lines = BTreeSet::new();
        for line in text.lines() {
            if line.starts_with(' ') {
                lines.insert((sentence, line.trim()));
            } else {
                sentence = line;
            }
        }
        lines
    }
    let (before, after) = (under_sentences(before), under_sentences(after));
    let mut lines = Vec::new();
    let mut last = "";
    for line @ &(sentence, claim) in before.symmetric_difference(&after) {
        if sentence != last {
            lines.push(sentence.to_owned());
            last = sentence;
        }
        lines.push(format!("{} {claim}", if before.contains(line) { '<' } else { '>' }));
    }
    lines
}
