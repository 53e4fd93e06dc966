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
    by_first_word: HashMap<Box<str>, Vec<Phrase<T>>, BuildHasherDefault<RapidHasher<'static>>>,
}

#[derive(Debug)]
struct Phrase<T> {
    /// What stands behind the first word.
    rest: Box<str>,
    /// The first bytes of `rest`, and which of them count. Most phrases are told apart by these:
    /// the rest lies elsewhere in memory.
    start: u64,
    mask: u64,
    value: T,
}

impl<T: Copy> PhraseTable<T> {
    /// A table of `phrases`; a phrase may stand for several things. An empty one is never found.
    pub(crate) fn new(phrases: impl IntoIterator<Item = (Box<str>, T)>) -> Self {
        let mut table = Self { by_first_word: HashMap::default() };
        for (phrase, value) in phrases {
            let (word, rest) = phrase.split_at(first_word(&phrase).len());
            if word.is_empty() {
                continue;
            }
            let n_bytes = rest.len().min(size_of::<u64>());
            let mask = (0..n_bytes).fold(0, |mask, _| (mask << 8) | 0xFF);
            let entry = Phrase { rest: rest.into(), start: first_bytes(rest), mask, value };
            match table.by_first_word.get_mut(word) {
                Some(same) => same.push(entry),
                None => {
                    table.by_first_word.insert(word.into(), vec![entry]);
                }
            }
        }
        table
    }

    /// The phrases that begin with `word` and go on as `after` does, in the order in which the
    /// table got them: the length of each in bytes and what it stands for. The last word of a
    /// longer phrase may go on in `after`.
    pub(crate) fn at<'a>(
        &'a self,
        word: &str,
        after: &'a str,
    ) -> impl Iterator<Item = (usize, T)> + use<'a, T> {
        let length = word.len();
        let start = first_bytes(after);
        let phrases = self.by_first_word.get(word).map_or(&[][..], Vec::as_slice);
        phrases
            .iter()
            .filter(move |phrase| (phrase.start ^ start) & phrase.mask == 0)
            .filter(|phrase| phrase.rest.is_empty() || after.starts_with(&*phrase.rest))
            .map(move |phrase| (length + phrase.rest.len(), phrase.value))
    }
}

/// The first eight bytes of `text` as a number, the first one lowest; zeros behind its end.
fn first_bytes(text: &str) -> u64 {
    text.as_bytes().first_chunk().map_or_else(
        || text.bytes().rev().fold(0, |bytes, byte| (bytes << 8) | u64::from(byte)),
        |bytes| u64::from_le_bytes(*bytes),
    )
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
        for (start, word) in words(text) {
            let after = &text[start + word.len()..];
            found.extend(table.at(word, after).map(|(length, phrase)| (start, length, phrase)));
        }
        let expected = [
            (0, 4, "(one"),
            (1, 3, "one"),
            (1, 7, "one two"),
            (1, 16, "one twofold, two"),
            (22, 2, "é"),
        ];
        assert_eq!(found, expected);
        assert_eq!(words("").count(), 0);
    }
}
