//! Titles and forms of address before names, by the word lists.

use crate::lexicon::{Lexicon, WordList};
use crate::model::Gender;

/// Whether `word` is "Mr", "Ms" or the like.
pub(super) fn is_honorific(lexicon: &Lexicon, word: &str) -> bool {
    honorific_gender(lexicon, word).is_some()
        || lexicon.has(WordList::OtherTitle, word.trim_end_matches('.'))
}

/// The gender that "Mr", "Ms" and the like tell.
pub(super) fn honorific_gender(lexicon: &Lexicon, word: &str) -> Option<Gender> {
    let bare = word.trim_end_matches('.');
    if lexicon.has(WordList::MansTitle, bare) {
        Some(Gender::Male)
    } else if lexicon.has(WordList::WomansTitle, bare) {
        Some(Gender::Female)
    } else {
        None
    }
}

/// Whether `word` shortens a rank or office: "Gen.", "Sen".
pub(super) fn is_short_title(lexicon: &Lexicon, word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && lexicon.has_any_case(WordList::ShortTitle, word.trim_end_matches('.'))
}

/// Whether `word` belongs to a title rather than to a name.
pub(crate) fn is_title_word(lexicon: &Lexicon, word: &str) -> bool {
    let bare = word.trim_end_matches('.');
    lexicon.has_any_case(WordList::TitlePart, bare)
        || bare.len() == word.len() && lexicon.has_any_case(WordList::TitleHead, bare)
        || is_short_title(lexicon, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_listed_whatever_their_case() {
        let lexicon = Lexicon::load(None).unwrap();
        for word in ["General", "ATTACHÉ", "general-secretary", "Gen.", "state."] {
            assert!(is_title_word(&lexicon, word), "{word}");
        }
        for word in ["gen.", "general.", "Generals-secretary-in-waiting"] {
            assert!(!is_title_word(&lexicon, word), "{word}");
        }
    }
}
