//! Abbreviations and months, by which sentence ends and tokens are told.

use crate::lexicon::{Lexicon, WordList};
use crate::model::month_number;

/// What a full stop after an abbreviation may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before a name or number: never ends a sentence ("Gen.", "Mr.", "No.").
    Leading,
    /// May end a sentence, if a word follows that rarely continues one ("Inc.", "Sept.", "U.S.").
    Any,
}

/// Kind of the abbreviation `word` (without its full stop) before a word that begins with `next`.
pub(super) fn abbreviation(
    lexicon: &Lexicon,
    word: &str,
    next: Option<char>,
) -> Option<Abbreviation> {
    if lexicon.has(WordList::LeadingAbbreviation, word) {
        return Some(Abbreviation::Leading);
    }
    if lexicon.has(WordList::OtherAbbreviation, word) {
        return Some(Abbreviation::Any);
    }
    (next.is_some_and(|next| next.is_ascii_digit())
        && lexicon.has(WordList::NumberAbbreviation, word))
    .then_some(Abbreviation::Leading)
}

/// Whether `word` names or shortens a month, capitalised: "June", "Sept.".
pub(super) fn is_month(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && month_number(word.trim_end_matches('.')).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_decide_on_number_words() {
        let lexicon = Lexicon::load(None).unwrap();
        let kind = |word, next| abbreviation(&lexicon, word, Some(next));
        assert_eq!(kind("No", '5'), Some(Abbreviation::Leading));
        assert_eq!(kind("No", 'W'), None);
        assert_eq!(kind("Gen", 'W'), Some(Abbreviation::Leading));
    }
}
