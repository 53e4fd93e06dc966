//! Phrases that are looked for in a text from the words at which they may begin.

use std::iter;

use aho_corasick::automaton::OverlappingState;
use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};

/// Phrases with what each stands for.
///
/// A word is a run of letters and digits; every other character is a word of its own. A text is
/// read word by word with [`words`], and [`PhraseTable::at`] tells what begins there.
#[derive(Debug)]
pub(crate) struct PhraseTable<T> {
    automaton: AhoCorasick,
    /// By the number of the phrase.
    values: Vec<T>,
}

impl<T: Copy> PhraseTable<T> {
    /// A table of `phrases`; a phrase may stand for several things. An empty one is never found.
    ///
    /// # Panics
    ///
    /// If the phrases fill gigabytes.
    pub(crate) fn new(phrases: impl IntoIterator<Item = (Box<str>, T)>) -> Self {
        let filled = phrases.into_iter().filter(|(phrase, _)| !phrase.is_empty());
        let (phrases, values): (Vec<_>, Vec<_>) = filled.unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Anchored)
            .build(phrases.iter().map(|phrase| phrase.as_bytes()))
            .expect("phrases are few and short");
        Self { automaton, values }
    }

    /// The phrases that begin at byte `start` of `text`: the length of each in bytes, the shortest
    /// first, and what it stands for. The last word of a phrase may go on behind it.
    pub(crate) fn at<'a>(
        &'a self,
        text: &'a str,
        start: usize,
    ) -> impl Iterator<Item = (usize, T)> + use<'a, T> {
        let input = Input::new(text).range(start..).anchored(Anchored::Yes);
        let mut state = OverlappingState::start();
        let matches = iter::from_fn(move || {
            self.automaton
                .try_find_overlapping(input.clone(), &mut state)
                .expect("built for anchored, overlapping searches");
            state.get_match()
        });
        // Phrases that end another one are found with it.
        matches
            .filter(move |found| found.start() == start)
            .map(|found| (found.len(), self.values[found.pattern().as_usize()]))
    }
}

/// The words of `text`, each with the byte where it begins.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    iter::from_fn(move || {
        let word = first_word(&text[at..]);
        let start = at;
        at += word.len();
        (!word.is_empty()).then_some((start, word))
    })
}

fn first_word(text: &str) -> &str {
    let n_ascii = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let n_bytes = match text[n_ascii..].chars().next() {
        // Only where the word goes on beyond ASCII are characters looked at one by one.
        Some(c) if !c.is_ascii() => text.find(|c: char| !c.is_alphanumeric()),
        _ => Some(n_ascii),
    };
    match n_bytes {
        None => text,
        Some(0) => &text[..text.chars().next().map_or(0, char::len_utf8)],
        Some(n_bytes) => &text[..n_bytes],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_where_it_begins() {
        let phrases =
            ["one", "one two", "one twofold, two", "one twofold, too", "(one", "é", "", "on"];
        let table = PhraseTable::new(phrases.iter().map(|&phrase| (phrase.into(), phrase)));
        let text = "(one twofold, two éa é";
        let mut found = Vec::new();
        for (start, _) in words(text) {
            found.extend(table.at(text, start).map(|(length, phrase)| (start, length, phrase)));
        }
        let expected = [
            (0, 4, "(one"),
            (1, 2, "on"),
            (1, 3, "one"),
            (1, 7, "one two"),
            (1, 16, "one twofold, two"),
            (18, 2, "é"),
            (22, 2, "é"),
        ];
        assert_eq!(found, expected);
        assert_eq!(words("").count(), 0);
    }

    #[test]
    fn a_table_finds_what_comparing_every_phrase_finds() {
        let mut seed = 7_u32;
        let mut below = |n: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % n
        };
        let mut written = |longest: u32| -> String {
            let length = below(longest);
            (0..length).map(|_| ['a', 'b', 'é', ' ', '한'][below(5) as usize]).collect()
        };
        for _ in 0..50 {
            let phrases: Vec<(Box<str>, u32)> = (0..20).map(|n| (written(6).into(), n)).collect();
            let text = written(40);
            let table = PhraseTable::new(phrases.clone());
            for (start, _) in text.char_indices() {
                let begins = |phrase: &str| !phrase.is_empty() && text[start..].starts_with(phrase);
                let compared = phrases.iter().filter(|(phrase, _)| begins(phrase));
                let mut compared: Vec<_> = compared.map(|(phrase, n)| (phrase.len(), *n)).collect();
                compared.sort_unstable();
                assert_eq!(
                    table.at(&text, start).collect::<Vec<_>>(),
                    compared,
                    "{text:?} {start}"
                );
            }
        }
    }
}
