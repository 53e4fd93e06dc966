//! Phrases of web pages, and how much each one says of the line that it stands in.

use crate::model::closed_set;

closed_set! {
    /// What a phrase says of its line.
    "kind of page phrase" PagePhrase {
        /// The whole line is this phrase or several such, but for marks around them.
        Label = "label",
        /// The line begins with it.
        Opening = "opening",
        /// The line begins with it, which a headline may do as well.
        Link = "link",
        /// It stands anywhere in the line.
        Notice = "notice",
        /// One of the words of an appeal to readers; two make one.
        Appeal = "appeal",
        /// The line begins a list of other stories.
        Feed = "feed",
    }
}

/// The spellings of a phrase: with a straight apostrophe and with a curly one.
pub(super) fn spellings(phrase: &str) -> impl Iterator<Item = String> {
    let curly = phrase.contains('\'').then(|| phrase.replace('\'', "\u{2019}"));
    std::iter::once(phrase.to_owned()).chain(curly)
}
