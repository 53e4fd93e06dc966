//! Phrases of web pages and wires that are no part of an article, and how much each one says.

use crate::lexicon::{Lexicon, PagePhrase};
use crate::model::words;

/// What the phrases say of one line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one flag for each kind of phrase")]
pub(super) struct Signs {
    pub(super) whole: bool,
    pub(super) start: bool,
    pub(super) link: bool,
    pub(super) anywhere: bool,
    pub(super) feed: bool,
    /// Number of appeal phrases, without those inside of each other.
    pub(super) n_appeals: usize,
}

/// Looks for all phrases in `line`, which has no blanks at its ends.
pub(super) fn signs(lexicon: &Lexicon, line: &str) -> Signs {
    let is_edge = |c: char| !c.is_alphanumeric();
    let first = line.len() - line.trim_start_matches(|c| is_edge(c) && c != '(' && c != '©').len();
    let last = line.trim_end_matches(|c| is_edge(c) && c != ')').len();
    let mut signs = Signs::default();
    let mut appeals = Vec::new();
    // End of the labels that follow each other from the start of the line.
    let mut labels_end = first;
    let lower = line.to_ascii_lowercase();
    for (start, _) in words(&lower) {
        let at_start = start <= first;
        for (length, kind) in lexicon.page_phrases(&lower, start) {
            let end = start + length;
            let ends_word =
                line[end..].chars().next().is_none_or(is_edge) || line[..end].ends_with(is_edge);
            if !ends_word {
                continue;
            }
            match kind {
                PagePhrase::Label => {
                    if start <= labels_end
                        || !line[labels_end..start].contains(char::is_alphanumeric)
                    {
                        labels_end = labels_end.max(end);
                    }
                }
                PagePhrase::Opening => signs.start |= at_start,
                PagePhrase::Link => signs.link |= at_start,
                PagePhrase::Notice => signs.anywhere = true,
                PagePhrase::Feed => {
                    // "Most read in News", "MORE NEWS": nothing but a word or two behind.
                    signs.feed |= at_start && line.len() - end <= 24;
                }
                PagePhrase::Appeal => appeals.push(start..end),
                // They tell a day, not whether the line is the page's.
                PagePhrase::Published | PagePhrase::Updated => {}
            }
        }
    }
    appeals.sort_unstable_by_key(|appeal| appeal.end);
    let mut appeal_end = 0;
    for appeal in appeals {
        if appeal.start >= appeal_end {
            signs.n_appeals += 1;
            appeal_end = appeal.end;
        }
    }
    signs.whole = labels_end > first && labels_end >= last;
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_at_words_and_with_any_apostrophe() {
        let lexicon = Lexicon::load(None).unwrap();
        let signs = |line| signs(&lexicon, line);
        assert!(signs("SHARE THIS:").whole);
        assert!(signs("Share | Copy link  Facebook").whole);
        assert!(!signs("Shares fell").whole);
        assert!(signs("Editors’ Picks").feed);
        assert!(signs("Most read in News").feed);
        assert!(!signs("Most read the letter as a threat to the whole of Europe").feed);
        assert!(signs("* indicates required").start);
        assert_eq!(signs("Your support keeps our journalism free.").n_appeals, 2);
        assert_eq!(signs("He gave no figures."), Signs::default());
    }
}
