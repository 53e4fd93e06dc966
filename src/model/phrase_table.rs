//! Phrases that are looked for in a text by the word that they begin with.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::iter;

use rapidhash::fast::RapidHasher;

/// Phrases with what each stands for.
///
/// A word is a run of letters and digits; every other character is a word of its own. A text is
/// read word by word with [`words`], and [`PhraseTable::at`] tells what begins there.
#[derive(Debug)]
pub(crate) struct PhraseTable<T> {
    /// Every word of every text is looked up, hence the fast hasher.
    by_first_word: HashMap<Box<str>, Vec<(Box<str>, T)>, BuildHasherDefault<RapidHasher<'static>>>,
}

impl<T: Copy> PhraseTable<T> {
    /// A table of `phrases`; a phrase may stand for several things. An empty one is never found.
    pub(crate) fn new(phrases: impl IntoIterator<Item = (Box<str>, T)>) -> Self {
        let mut table = Self { by_first_word: HashMap::default() };
        for (phrase, value) in phrases {
            let word = first_word(&phrase);
            match table.by_first_word.get_mut(word) {
                Some(same) => same.push((phrase, value)),
                None => {
                    table.by_first_word.insert(word.into(), vec![(phrase, value)]);
                }
            }
        }
        table
    }

    /// The phrases that begin with `word` and that `text` begins with, in the order in which the
    /// table got them: the length of each in bytes and what it stands for. The last word of a
    /// longer phrase may go on in `text`.
    pub(crate) fn at<'a>(
        &'a self,
        text: &'a str,
        word: &str,
    ) -> impl Iterator<Item = (usize, T)> + use<'a, T> {
        let phrases = self.by_first_word.get(word).map_or(&[][..], Vec::as_slice);
        let phrases = phrases.iter().filter(|(phrase, _)| text.starts_with(&**phrase));
        phrases.map(|(phrase, value)| (phrase.len(), *value))
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
    match text.find(|c: char| !c.is_alphanumeric()) {
        None => text,
        Some(0) => &text[..text.chars().next().map_or(0, char::len_utf8)],
        Some(end) => &text[..end],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_where_it_begins() {
        let phrases = ["one", "one two", "(one", "é", "", "on"];
        let table = PhraseTable::new(phrases.iter().map(|&phrase| (phrase.into(), phrase)));
        let text = "(one twofold, two éa é";
        let mut found = Vec::new();
        for (start, word) in words(text) {
            found.extend(table.at(&text[start..], word).map(|(_, phrase)| (start, phrase)));
        }
        assert_eq!(found, [(0, "(one"), (1, "one"), (1, "one two"), (22, "é")]);
        assert_eq!(words("").count(), 0);
    }
}
