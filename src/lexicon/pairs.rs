//! Words that the program asks for values of. What they are stands in `data/lexicon`.

use std::collections::BTreeMap;

use strum::{IntoStaticStr, VariantArray};
use toml::Spanned;

use super::file::PairsRow;
use super::lists::named;
use super::source::{FileError, Source};

/// What pairs words with values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum WordPairs {
    /// Office nouns with the parts of titles that they fit: "leader" fits "president".
    OfficeTitle,
    /// Adjectives of an office noun with the parts of titles that they fit.
    TitleModifier,
    /// Nouns for organizations with the types that they fit.
    OrganizationType,
    /// Nouns for organizations with parts of the names that they fit, whatever the type.
    OrganizationName,
    /// Nouns for organizations with types and parts of names that they do not fit.
    OrganizationUnlike,
    /// The last words of organs that every state has, with the words before them: "ministry" with
    /// "foreign". Organs of one word have no values.
    StateOrgan,
    /// Nouns of groups without a name, each with the noun that ids tell and the type.
    Group,
    /// Words before a noun of `group-tail` that mean a group, with the same values.
    GroupAttribute,
    /// Nouns that mean a group only right behind one of their values: "armed men".
    GroupBehind,
    /// Nouns for people who are a group where they act as a crowd, with the noun that ids tell.
    Calling,
    /// Peoples who have no state of their own, with the word that ids tell.
    People,
    /// Spellings of given names with the one that ids have: "Evgeny" with "yevgeny".
    GivenSpelling,
    /// Hosts of states and bodies whose names tell nothing, with the code or id of their owners.
    PublisherHost,
}

/// All pairs, by the numbers of what pairs them.
#[derive(Debug, Clone, Default)]
pub(super) struct Pairs([BTreeMap<Box<str>, Vec<Box<str>>>; WordPairs::VARIANTS.len()]);

impl Pairs {
    /// The values of the lower-case `word`; `None` where no row holds it.
    pub(super) fn get(&self, pairs: WordPairs, word: &str) -> Option<&[Box<str>]> {
        self.0[pairs as usize].get(word).map(|values| &values[..])
    }

    /// Adds the rows of `name`, which stands in `source`; what they pair.
    pub(super) fn add(
        &mut self,
        source: &Source,
        name: &Spanned<String>,
        rows: &[PairsRow],
    ) -> Result<WordPairs, FileError> {
        let pairs: WordPairs =
            named("pairs", name.get_ref()).map_err(|why| source.error(name, why))?;
        for row in rows {
            for entry in row.words.iter().chain(&row.values) {
                check(entry.get_ref()).map_err(|why| source.error(entry, why))?;
            }
            let values: Vec<Box<str>> =
                row.values.iter().map(|v| v.get_ref().as_str().into()).collect();
            for word in &row.words {
                let known =
                    self.0[pairs as usize].insert(word.get_ref().as_str().into(), values.clone());
                if known.is_some() {
                    let message =
                        format!("{:?} stands in {} already", word.get_ref(), name.get_ref());
                    return Err(source.error(word, message));
                }
            }
        }
        Ok(pairs)
    }
}

/// The words of `rows` at which a group may begin.
pub(super) fn first_words_of_groups(
    pairs: WordPairs,
    rows: &[PairsRow],
) -> impl Iterator<Item = &str> {
    use WordPairs::{Calling, Group, GroupAttribute, GroupBehind, People};
    rows.iter()
        .flat_map(move |row| match pairs {
            Group | GroupAttribute | Calling | People => &row.words[..],
            GroupBehind => &row.values[..],
            _ => &[],
        })
        .map(|word| word.get_ref().as_str())
}

/// Refuses what no row may hold.
fn check(entry: &str) -> Result<(), String> {
    if entry.trim().is_empty() {
        return Err("an empty entry".to_owned());
    }
    if entry.chars().any(char::is_uppercase) {
        return Err(format!("{entry:?} holds a capital: pairs are lower case"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::file::LexiconFile;
    use super::*;

    fn read(text: &str) -> Result<Pairs, String> {
        let (path, text) = ("own.toml".into(), text.to_owned());
        let source = Source { path, text, is_embedded: false };
        let file: LexiconFile = source.parse().map_err(|error| error.to_string())?;
        let mut pairs = Pairs::default();
        for (name, rows) in &file.pairs {
            pairs.add(&source, name, rows).map_err(|error| error.to_string())?;
        }
        Ok(pairs)
    }

    #[test]
    fn words_of_a_row_share_its_values() {
        let row = "[[pairs.state-organ]]\nwords = [\"office\", \"palace\"]\nvalues = [\"royal\"]\n";
        let pairs = read(row).unwrap();
        let palace = pairs.get(WordPairs::StateOrgan, "palace").unwrap();
        assert_eq!(palace, [Box::from("royal")]);
        assert_eq!(pairs.get(WordPairs::StateOrgan, "royal"), None);
        assert_eq!(pairs.get(WordPairs::OfficeTitle, "palace"), None);
    }

    #[test]
    fn a_bad_row_is_told_with_its_line() {
        let row =
            |name: &str, words: &str| format!("[[pairs.{name}]]\nwords = [{words}]\nvalues = []\n");
        let cases = [
            (row("organs", "\"office\""), "own.toml:1: unknown pairs \"organs\""),
            (row("state-organ", "\"Office\""), "own.toml:2: \"Office\" holds a capital"),
            (row("state-organ", "\"\""), "own.toml:2: an empty entry"),
            (row("state-organ", "\"office\", \"office\""), "own.toml:2: \"office\" stands in"),
        ];
        for (text, expected) in cases {
            let error = read(&text).unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
