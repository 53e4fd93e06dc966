//! Whether the words around an ambiguous name, and the article, speak for its entity.

use std::collections::BTreeMap;

use crate::model::EntityId;

use super::fold::fold;
use super::table::AmbiguousRow;

/// What decides for each ambiguous name.
#[derive(Debug)]
pub(super) struct Ambiguity {
    /// By entity, then by folded name.
    rules: BTreeMap<u32, BTreeMap<String, AmbiguousRow>>,
}

/// The words next to a name; `None` where something else than white space stands between.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Neighbours<'t> {
    pub before: Option<&'t str>,
    pub after: Option<&'t str>,
}

impl Ambiguity {
    pub(super) fn new(rows: &[AmbiguousRow], number: impl Fn(&EntityId) -> u32) -> Self {
        let mut rules: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for row in rows {
            rules.entry(number(&row.id)).or_default().insert(fold(&row.name), row.clone());
        }
        Self { rules }
    }

    /// Whether `name` may mean `entity` here. `None`: the name is not declared ambiguous.
    pub(super) fn decide<'t>(
        &self,
        entity: u32,
        name: &str,
        neighbours: impl FnOnce() -> Neighbours<'t>,
        is_given_name: impl Fn(&str) -> bool,
        text: &str,
    ) -> Option<bool> {
        let rule = self.rules.get(&entity)?.get(name)?;
        let neighbours = neighbours();
        let listed = |list: &[String], word: Option<&str>| {
            word.is_some_and(|word| list.iter().any(|listed| listed == word))
        };
        if listed(&rule.not_after, neighbours.before)
            || listed(&rule.not_before, neighbours.after)
            || neighbours.before.is_some_and(|word| is_given_name(&fold(word)))
        {
            return Some(false);
        }
        let stands = |name: &&String| has_word(text, name);
        let evident = rule.evidence.is_empty() || rule.evidence.iter().any(|name| stands(&name));
        let count = |list: &[String]| list.iter().filter(stands).count();
        let outweighed = || {
            let counter = count(&rule.counter);
            counter > 0 && counter >= count(&rule.evidence)
        };
        Some(evident && !outweighed())
    }
}

/// Whether `word` stands in `text` as a word.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !inside(text[..at].chars().next_back()) && !inside(text[at + word.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::super::table::Place;
    use super::*;

    #[test]
    fn neighbours_and_evidence_decide() {
        let row = AmbiguousRow {
            name: "Georgia".into(),
            id: "state:GEO".parse().unwrap(),
            not_after: vec!["South".into()],
            not_before: vec!["Tech".into()],
            evidence: vec!["Tbilisi".into()],
            counter: vec!["Atlanta".into()],
            place: Place { file: String::new(), line: 1 },
        };
        let ambiguity = Ambiguity::new(&[row], |_| 7);
        let cases = [
            (None, None, "Georgia and Tbilisi", true),
            (None, None, "Georgia and Tbilisian", false),
            (None, None, "Georgia, Atlanta, Tbilisi", false),
            (None, Some("Tech"), "Tbilisi", false),
            (Some("South"), None, "Tbilisi", false),
            (Some("Maria"), None, "Tbilisi", false),
        ];
        for (before, after, text, expected) in cases {
            let neighbours = || Neighbours { before, after };
            let decided = ambiguity.decide(7, "Georgia", neighbours, |word| word == "Maria", text);
            assert_eq!(decided, Some(expected), "{before:?} {after:?} {text}");
        }
        assert_eq!(ambiguity.decide(7, "Chad", Neighbours::default, |_| false, ""), None);
    }
}
