//! When two ids, two items or two speakers count as the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

fn folded(text: &str) -> String {
    text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect()
}

pub(super) fn split_id(value: &str) -> Option<(&str, &str)> {
    let (kind, slug) = value.split_once(':')?;
    (matches!(kind, "state" | "person" | "organization" | "weapon") && !slug.is_empty())
        .then_some((kind, slug))
}

/// An id in its one spelling; other text as it is.
pub(super) fn plain_id(value: &str) -> String {
    let value = value.trim();
    let Some((kind, slug)) = split_id(value) else { return value.to_owned() };
    if kind == "state" {
        return format!("state:{}", slug.trim().to_uppercase());
    }
    let mut out = String::new();
    for c in folded(slug).to_lowercase().chars() {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    format!("{kind}:{}", out.trim_matches('-'))
}

/// The lists of `data/evaluation/words.toml`.
#[derive(Deserialize)]
struct Words {
    stop: BTreeSet<String>,
    shared: BTreeSet<String>,
    items: BTreeMap<String, Vec<String>>,
    called: BTreeMap<String, String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lists = include_str!("../../data/evaluation/words.toml");
    toml::from_str(lists).expect("the embedded lists have their form")
});

/// The word that stands for all that are one thing in an item.
fn same_word(word: &str) -> &str {
    let mut groups = WORDS.items.iter();
    let group = groups.find(|(_, others)| others.iter().any(|other| other == word));
    group.map_or(word, |(one, _)| one)
}

/// The words of a phrase or id that tell it from others.
fn words(phrase: &str) -> Vec<String> {
    let phrase = folded(phrase).to_lowercase();
    let phrase = split_id(&phrase).map_or(phrase.as_str(), |(_, slug)| slug).replace("'s", "");
    let mut found = Vec::new();
    let mut add = |word: &str| {
        if WORDS.stop.contains(word) {
            return;
        }
        let mut word = same_word(word).to_owned();
        if word.len() > 3 && word.ends_with("ies") {
            word.replace_range(word.len() - 3.., "y");
        } else if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") {
            word.pop();
        }
        found.push(same_word(&word).to_owned());
    };
    // Letters then digits, or digits then letters: "su27", "152mm".
    let chars: Vec<char> = phrase.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let letter = |c: char| c.is_ascii_lowercase();
        let digit = |c: char| c.is_ascii_digit();
        let run = |from: usize, of: &dyn Fn(char) -> bool| {
            chars[from..].iter().take_while(|&&c| of(c)).count()
        };
        let first = if letter(chars[at]) { run(at, &letter) } else { run(at, &digit) };
        if first == 0 {
            at += 1;
            continue;
        }
        let middle = at + first;
        let second = if letter(chars[at]) { run(middle, &digit) } else { run(middle, &letter) };
        add(&chars[at..middle + second].iter().collect::<String>());
        at = middle + second;
    }
    found
}

pub(super) fn same_item(a: &str, b: &str, respell: &dyn Fn(&str) -> String) -> bool {
    if respell(a) == respell(b) {
        return true;
    }
    let (a, b) = (words(a), words(b));
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return false };
    let (set_a, set_b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
    last_a == last_b || set_a.is_subset(&set_b) || set_b.is_subset(&set_a)
}

#[expect(clippy::ref_option, reason = "both sides are fields of rows")]
pub(super) fn same_attribution(
    gold: &Option<String>,
    found: &Option<String>,
    respell: &dyn Fn(&str) -> String,
    names: &HashMap<String, &str>,
) -> bool {
    let (Some(gold), Some(found)) = (gold, found) else { return gold.is_none() && found.is_none() };
    let (gold, found) = (respell(gold), respell(found));
    if gold == found {
        return true;
    }
    if split_id(&gold).is_some() && split_id(&found).is_some() {
        return false;
    }
    let bag = |value: &str| -> BTreeSet<String> {
        let mut all = words(value);
        if let Some(name) = names.get(value) {
            all.extend(words(name));
        }
        if let Some(called) = WORDS.called.get(value) {
            all.extend(called.split_whitespace().map(str::to_owned));
        }
        all.into_iter()
            .filter(|word| word.len() > 1)
            .map(|word| word.chars().take(6).collect::<String>())
            .filter(|word| !WORDS.shared.contains(word))
            .collect()
    };
    !bag(&gold).is_disjoint(&bag(&found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_compared_by_their_words() {
        let same = |a: &str, b: &str| same_item(a, b, &plain_id);
        assert!(same("weapon:artillery-shell", "152mm artillery shells"));
        assert!(same("arms", "weapons"));
        assert!(!same("grain", "tanks"));
    }
}
