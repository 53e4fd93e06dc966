//! Phrases of web pages, and how much each one says of the line that it stands in.

use strum::{IntoStaticStr, VariantArray};

/// What a phrase says of its line; the files name it in kebab-case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum PagePhrase {
    /// The whole line is this phrase or several such, but for marks around them.
    Label,
    /// The line begins with it.
    Opening,
    /// The line begins with it, which a headline may do as well.
    Link,
    /// It stands anywhere in the line.
    Notice,
    /// One of the words of an appeal to readers; two make one.
    Appeal,
    /// The line begins a list of other stories.
    Feed,
    /// The line begins with it and tells the day of publication.
    Published,
    /// The line begins with it and tells the day of a change.
    Updated,
}

/// The spellings of a phrase: with a straight apostrophe and with a curly one.
pub(super) fn spellings(phrase: &str) -> impl Iterator<Item = String> {
    let curly = phrase.contains('\'').then(|| phrase.replace('\'', "\u{2019}"));
    std::iter::once(phrase.to_owned()).chain(curly)
}
