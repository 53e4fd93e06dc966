//! Which words are of which kind: every list of `data/lexicon`, loaded once and shared by all rooms.
//!
//! Comes in: the embedded lists, with those of a user's folder over them. Goes out: numbered words,
//! and for each the lists that hold it. A list of base forms counts for inflected words too; a list
//! of forms counts for words as they stand.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::path::Path;
use std::sync::Arc;

use rapidhash::fast::RapidHasher;

use crate::model::{Byte, PhraseTable, Span};

mod file;
mod function_words;
mod lists;
mod page;
mod pairs;
pub(crate) mod source;
mod tables;

pub use function_words::FunctionWord;
pub(crate) use lists::Lists;
pub use lists::WordList;
pub use page::PagePhrase;
pub use pairs::WordPairs;
pub use source::FileError;
pub use tables::WordTable;

/// Every word of every sentence is looked up.
type Hashing = BuildHasherDefault<RapidHasher<'static>>;

/// Bytes of the longest function word, and some more.
const LONGEST_FUNCTION_WORD: usize = 16;

/// A word that a list, a trigger or a frame names. Equal words have equal ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordId(u32);

impl WordId {
    /// As an index of slices.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    /// The function word that it is, where it is one.
    pub(crate) fn function_word(self) -> Option<FunctionWord> {
        FunctionWord::numbered(self.index())
    }

    /// Whether a word of a text is the preposition `wanted` or a variant of it: "towards" of
    /// "toward", "onto" of "to".
    pub(crate) fn is_preposition(self, wanted: Self) -> bool {
        use FunctionWord::{Onto, To, Toward, Towards};
        self == wanted
            || matches!(
                (self.function_word(), wanted.function_word()),
                (Some(Towards), Some(Toward)) | (Some(Onto), Some(To))
            )
    }
}

/// A word by its id.
#[derive(Debug, Clone, Default)]
struct Named {
    spelling: Box<str>,
    /// The lists that hold it alone.
    alone: Lists,
    /// The lists in which it begins an entry of several words.
    begins: Lists,
    /// Those entries, each without its first word.
    phrases: Vec<(WordList, Vec<WordId>)>,
    /// The bases of which it is a form that rules of spelling do not give, sorted.
    irregular: Vec<WordId>,
    /// Its numbers in tables.
    numbers: Vec<(WordTable, i64)>,
    /// Whether a list or trigger names it.
    known: bool,
    /// Whether it is, or begins, what rules ask for beside their triggers.
    asked_for: bool,
}

/// Adds `word` in lower case to `lower`, and tells where.
pub(crate) fn push_lower_case(word: &str, lower: &mut String) -> Span<Byte> {
    let start = lower.len();
    if word.is_ascii() {
        lower.push_str(word);
        lower[start..].make_ascii_lowercase();
    } else {
        lower.push_str(&word.to_lowercase());
    }
    let offset = |at: usize| u32::try_from(at).expect("sentences are bounded");
    Span::new(offset(start), offset(lower.len()))
}

/// Endings of inflected forms, each with those that it takes the place of.
type Endings = &'static [(&'static str, &'static [&'static str])];

/// Why word lists cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct LexiconError(#[from] FileError);

/// Every list, compiled.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// BLAKE3 of all files with their names.
    hash: String,
    /// Phrases of web pages; none before lists are loaded.
    page: Option<Arc<PhraseTable<PagePhrase>>>,
    /// By id.
    named: Vec<Named>,
    ids: HashMap<Box<str>, WordId, Hashing>,
    pairs: pairs::Pairs,
}

impl Lexicon {
    /// The embedded lists, with the files of `extra` added or put in their place.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or an entry breaks a rule: file, line and value are named.
    pub fn load(extra: Option<&Path>) -> Result<Self, LexiconError> {
        let mut lexicon = Self::with_function_words();
        let mut hasher = blake3::Hasher::new();
        let mut page = Vec::new();
        for source in source::read_all(file::EMBEDDED, extra)? {
            source.add_to(&mut hasher);
            let file: file::LexiconFile = source.parse()?;
            for (name, phrases) in &file.phrases {
                let kind: PagePhrase = lists::named("kind of page phrase", name.get_ref())
                    .map_err(|message| source.error(name, message))?;
                let spelled = phrases.iter().flat_map(|phrase| page::spellings(phrase.get_ref()));
                page.extend(spelled.map(|phrase| (phrase.into(), kind)));
            }
            for (lists, are_bases) in [(&file.words, true), (&file.forms, false)] {
                for (name, entries) in lists {
                    let list = lists::named("word list", name.get_ref())
                        .map_err(|message| source.error(name, message))?;
                    for entry in entries {
                        lexicon
                            .add(list, entry.get_ref(), are_bases)
                            .map_err(|message| source.error(entry, message))?;
                    }
                }
            }
            for (name, entries) in &file.tables {
                let table = lists::named("word table", name.get_ref())
                    .map_err(|message| source.error(name, message))?;
                for (word, number) in entries {
                    lexicon
                        .add_number(table, word.get_ref(), *number.get_ref())
                        .map_err(|message| source.error(number, message))?;
                }
            }
            for (name, rows) in &file.pairs {
                let pairs = lexicon.pairs.add(&source, name, rows)?;
                for word in pairs::first_words_of_groups(pairs, rows) {
                    let id = lexicon.name(word);
                    lexicon.named[id.index()].alone.insert(WordList::GroupWord);
                }
            }
        }
        lexicon.page = Some(Arc::new(PhraseTable::new(page)));
        lexicon.hash = hasher.finalize().to_hex().to_string();
        Ok(lexicon)
    }

    /// BLAKE3 hash of what was loaded, in hexadecimal digits: equal hashes read alike.
    #[must_use]
    pub fn hash(&self) -> String {
        self.hash.clone()
    }

    /// A lexicon without lists, in which function words have the first numbers.
    fn with_function_words() -> Self {
        let mut lexicon = Self::default();
        for word in FunctionWord::ALL {
            lexicon.name(&word.spelling());
        }
        lexicon
    }

    /// The function word that a word of a text is, where it is one: as it stands or with its first
    /// letter small.
    pub(crate) fn function_word(&self, word: &str) -> Option<FunctionWord> {
        let of = |word: &str| FunctionWord::numbered(self.word(word)?.index());
        // Most words are in small letters, and no function word.
        if let Some(found) = of(word) {
            return Some(found);
        }
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let mut buffer = [0_u8; LONGEST_FUNCTION_WORD];
        let small = buffer.get_mut(..word.len())?;
        small.copy_from_slice(word.as_bytes());
        small.first_mut()?.make_ascii_lowercase();
        of(std::str::from_utf8(small).ok()?)
    }

    /// Adds `entry` to `list`; inflected words are traced back to it if it is a base form.
    fn add(&mut self, list: WordList, entry: &str, is_base: bool) -> Result<(), String> {
        let words: Vec<&str> = entry.split_whitespace().collect();
        if words.is_empty() {
            return Err(format!("an empty entry in the list {}", <&str>::from(list)));
        }
        if is_base && entry.chars().any(char::is_uppercase) {
            return Err(format!("{entry:?} holds a capital: base forms are lower case"));
        }
        if list == WordList::Irregular {
            return match words[..] {
                [form, base] => {
                    let (form, base) = (self.name(form), self.name(base));
                    let mut bases = std::mem::take(&mut self.named[form.index()].irregular);
                    bases.push(base);
                    bases.sort_by_key(|&base| self.spelling(base));
                    bases.dedup();
                    self.named[form.index()].irregular = bases;
                    Ok(())
                }
                _ => Err(format!("{entry:?} is not a form and its base")),
            };
        }
        let number = |word: &&str| if is_base { self.learn(word) } else { self.name(word) };
        let ids: Vec<WordId> = words.iter().map(number).collect();
        match ids[..] {
            [] => {}
            [word] => self.named[word.index()].alone.insert(list),
            [first, ref rest @ ..] => {
                let first = &mut self.named[first.index()];
                first.begins.insert(list);
                first.phrases.push((list, rest.to_vec()));
            }
        }
        Ok(())
    }

    /// Sets the number of `word` in `table`.
    fn add_number(&mut self, table: WordTable, word: &str, number: i64) -> Result<(), String> {
        let range = table.range();
        if !range.contains(&number) {
            let (least, most) = range.into_inner();
            return Err(format!("{number} is not from {least} to {most}"));
        }
        if word.chars().any(|c| c.is_uppercase() || c.is_whitespace()) {
            return Err(format!("{word:?} is not a word in small letters"));
        }
        let id = self.name(word);
        let numbers = &mut self.named[id.index()].numbers;
        numbers.retain(|(of, _)| *of != table);
        numbers.push((table, number));
        Ok(())
    }

    /// The number of `word` in `table`.
    pub(crate) fn number(&self, table: WordTable, word: WordId) -> Option<i64> {
        let mut numbers = self.named[word.index()].numbers.iter();
        numbers.find(|(of, _)| *of == table).map(|&(_, number)| number)
    }

    /// The id of `word`.
    pub(crate) fn name(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = WordId(u32::try_from(self.named.len()).expect("words are few"));
        self.named.push(Named { spelling: word.into(), ..Named::default() });
        self.ids.insert(word.into(), id);
        id
    }

    /// Makes `word` one that inflected forms are traced back to.
    pub(crate) fn learn(&mut self, word: &str) -> WordId {
        let id = self.name(word);
        self.named[id.index()].known = true;
        id
    }

    /// Makes `word` one that rules ask for beside their triggers.
    pub(crate) fn ask_for(&mut self, word: &str) -> WordId {
        let id = self.name(word);
        self.named[id.index()].asked_for = true;
        id
    }

    pub(crate) fn is_asked_for(&self, word: WordId) -> bool {
        self.named[word.index()].asked_for
    }

    /// The id of the lower-case `word`, if it is named.
    pub(crate) fn word(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    /// The base form of an inflected lower-case word that a list or trigger names; `None` where
    /// none does. Taggers' own base forms err on rare verbs, which are the ones that count here.
    pub(crate) fn base(&self, word: &str) -> Option<WordId> {
        let own = self.word(word);
        let mut found = None;
        self.any_base(word, |base| {
            let known = own != Some(base) && self.knows(base);
            if known {
                found = Some(base);
            }
            known
        });
        found
    }

    /// Whether a list or trigger names `word`.
    pub(crate) fn knows(&self, word: WordId) -> bool {
        self.named[word.index()].known
    }

    pub(crate) fn spelling(&self, word: WordId) -> &str {
        &self.named[word.index()].spelling
    }

    /// The lists that hold `word` alone, and those in which it begins an entry of several words.
    pub(crate) fn lists(&self, word: WordId) -> (Lists, Lists) {
        let named = &self.named[word.index()];
        (named.alone, named.begins)
    }

    /// Whether `word` alone is in `list`.
    pub(crate) fn has(&self, list: WordList, word: &str) -> bool {
        self.ids.get(word).is_some_and(|word| self.named[word.index()].alone.has(list))
    }

    /// Whether `word` in small letters is in `list`.
    pub(crate) fn has_any_case(&self, list: WordList, word: &str) -> bool {
        let mut buffer = [0_u8; 24];
        match buffer.get_mut(..word.len()) {
            Some(small) if word.is_ascii() => {
                small.copy_from_slice(word.as_bytes());
                small.make_ascii_lowercase();
                std::str::from_utf8(small).is_ok_and(|small| self.has(list, small))
            }
            _ => self.has(list, &word.to_lowercase()),
        }
    }

    /// The phrases of web pages that begin at byte `start` of a line in small letters, each with its
    /// length in bytes.
    pub(crate) fn page_phrases<'a>(
        &'a self,
        line: &'a str,
        start: usize,
    ) -> impl Iterator<Item = (usize, PagePhrase)> + use<'a> {
        self.page.iter().flat_map(move |page| page.at(line, start))
    }

    /// The lists that hold the lower-case `word` alone.
    pub(crate) fn lists_of(&self, word: &str) -> Lists {
        self.ids.get(word).map_or_else(Lists::default, |word| self.named[word.index()].alone)
    }

    /// The values of the lower-case `word`; `None` where no row of `pairs` holds it.
    pub(crate) fn values(&self, pairs: WordPairs, word: &str) -> Option<&[Box<str>]> {
        self.pairs.get(pairs, word)
    }

    /// The entries of several words that begin with `word` and stand in `list`, without it.
    pub(crate) fn phrases(&self, list: WordList, word: WordId) -> impl Iterator<Item = &[WordId]> {
        self.named[word.index()]
            .phrases
            .iter()
            .filter(move |(of, _)| *of == list)
            .map(|(_, rest)| &rest[..])
    }

    /// The named words of which a lower-case word may be a form, by spelling alone; itself first.
    /// Calls `each` until it returns true, and tells whether it did.
    pub(crate) fn any_base(&self, word: &str, mut each: impl FnMut(WordId) -> bool) -> bool {
        if let Some(own) = self.word(word)
            && (each(own) || self.named[own.index()].irregular.iter().any(|&base| each(base)))
        {
            return true;
        }
        let endings: Endings = match word.as_bytes().last() {
            Some(b's') => &[("ies", &["y", "ie"]), ("es", &["", "e"]), ("s", &[""])],
            Some(b'd') => &[("ied", &["y", "ie"]), ("ed", &["", "e"])],
            Some(b'g') => &[("ying", &["y", "ie"]), ("ing", &["", "e"])],
            _ => return false,
        };
        // Longer words are no forms of listed ones.
        let mut buffer = [0_u8; 64];
        if word.len() + 1 > buffer.len() {
            return false;
        }
        let mut with = |stem: &str, ending: &str| {
            stem.len() > 1 && {
                let length = stem.len() + ending.len();
                buffer[..stem.len()].copy_from_slice(stem.as_bytes());
                buffer[stem.len()..length].copy_from_slice(ending.as_bytes());
                let base = std::str::from_utf8(&buffer[..length]).expect("two strings");
                self.word(base).is_some_and(&mut each)
            }
        };
        for (suffix, endings) in endings {
            if let Some(stem) = word.strip_suffix(suffix) {
                if endings.iter().any(|ending| with(stem, ending)) {
                    return true;
                }
                // "banned", "cutting": the doubled consonant is dropped.
                let mut ends = stem.chars().rev();
                if let (Some(last), Some(before)) = (ends.next(), ends.next())
                    && last == before
                    && last.is_ascii_alphabetic()
                    && with(&stem[..stem.len() - 1], "")
                {
                    return true;
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_outside_of_its_table_is_told_with_file_and_line() {
        let folder = std::env::temp_dir().join(format!("tieline-table-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("mine.toml"), "[tables.weekday]\nfreyday = 8\n").unwrap();
        let error = Lexicon::load(Some(&folder)).map(|lexicon| lexicon.hash());
        std::fs::remove_dir_all(&folder).unwrap();
        let error = error.expect_err("a week has seven days").to_string();
        assert!(error.ends_with("mine.toml:2: 8 is not from 1 to 7"), "{error}");
    }
}
