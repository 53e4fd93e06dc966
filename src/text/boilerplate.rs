//! Which lines are no part of the article.
//!
//! Comes in: the lines of a page. Goes out: a role for each. Left out: whatever may be the
//! article's own words; a doubtful line stays.
//!
//! A line is judged by its phrases first. Then zones: a heading of other stories takes the
//! headlines behind it along, and what follows the last paragraph of prose is of the page once one
//! such line is. Captions and cards of other stories are told apart, since they do make claims.

use super::abbreviation::is_month;
use super::phrases::{Signs, signs};
use crate::lexicon::{Lexicon, WordList};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineRole {
    /// The article's.
    Text,
    /// The page's.
    Boilerplate,
    /// The words under a picture.
    Caption,
    /// A card of another story.
    Teaser,
}

/// One line as its text and whether an empty line stands before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineView<'t> {
    pub(super) text: &'t str,
    pub(super) gap: bool,
}

/// Longest line that a phrase alone makes boilerplate. Prose is longer.
const MAX_LABEL: usize = 220;
/// Shortest line that may be a paragraph of prose.
const MIN_PROSE: usize = 70;

/// The role of each line.
///
/// # Complexity
///
/// Linear in the length of the lines.
pub(super) fn judge(lexicon: &Lexicon, lines: &[LineView<'_>]) -> Vec<LineRole> {
    let signs: Vec<Signs> = lines.iter().map(|line| signs(lexicon, line.text)).collect();
    let mut begun = false;
    let mut roles: Vec<LineRole> = Vec::with_capacity(lines.len());
    for (line, signs) in lines.iter().zip(&signs) {
        let role = judge_line(lexicon, line.text, *signs, begun);
        begun |= role == LineRole::Text && is_prose(line.text);
        roles.push(role);
    }
    mark_appeals(lines, &signs, &mut roles);
    mark_feeds(lexicon, lines, &signs, &mut roles);
    mark_tail(lexicon, lines, &mut roles);
    mark_captions(lexicon, lines, &mut roles);
    mark_teasers(lines, &mut roles);
    roles
}

/// Judges a line by its phrases; `begun` where prose stands before it.
fn judge_line(lexicon: &Lexicon, line: &str, signs: Signs, begun: bool) -> LineRole {
    if signs.whole || is_page(line, signs) || is_age(lexicon, line) || is_bar(line) {
        LineRole::Boilerplate
    } else if signs.link && begun && !is_prose(line) {
        LineRole::Teaser
    } else {
        LineRole::Text
    }
}

/// Whether the phrases in the line make it one of the page.
fn is_page(line: &str, signs: Signs) -> bool {
    if !(signs.start || signs.anywhere) || line.len() > MAX_LABEL {
        return false;
    }
    let quoted = line.contains(['"', '“', '”']);
    if !is_prose(line) {
        return signs.start || !quoted;
    }
    // A sentence of the article may hold a phrase by chance.
    let n_signs = [signs.start, signs.anywhere, signs.n_appeals > 0, addresses_readers(line)];
    !quoted && n_signs.iter().filter(|sign| **sign).count() > 1
}

/// Whether the line ends as a sentence does and is long enough for one of an article.
fn is_prose(line: &str) -> bool {
    line.len() >= MIN_PROSE && ends_sentence(line)
}

pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»', '*'])
        .ends_with(['.', '!', '?', '…', ':'])
}

/// A bar of links or a ticker: "World | Opinion | Culture", "Home > News > Asia". Bylines and
/// dates are set the same way and stay.
fn is_bar(line: &str) -> bool {
    if line.len() > 300 || ends_sentence(line) {
        return false;
    }
    let n_marks: usize = [" | ", " · ", " • ", " > ", " » ", "  "]
        .iter()
        .map(|mark| line.matches(mark).count())
        .sum();
    let byline = is_byline(line);
    let dated = line
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| is_month(word) || word.len() == 4 && word.starts_with("20"));
    n_marks >= 2 && !byline && !dated
}

/// "By Jane Roe / Staff reporter".
pub(super) fn is_byline(line: &str) -> bool {
    line.len() < 160 && line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "))
}

/// "2 hours ago", "20 hours ago | 3:12".
fn is_age(lexicon: &Lexicon, line: &str) -> bool {
    if line.len() > 32 {
        return false;
    }
    let mut words = line.split_ascii_whitespace();
    let counts = words.next().is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let unit = words.next().is_some_and(|word| {
        let word = word.trim_end_matches('s');
        lexicon.has(WordList::UnitOfAge, word)
    });
    counts && unit && words.next().is_some_and(|word| lexicon.has(WordList::AgeEnd, word))
}

/// "3:44 PM", "22.15 BST", "14:05": a time and nothing else.
fn is_clock(line: &str) -> bool {
    let line = line.as_bytes();
    (4..=14).contains(&line.len())
        && line[0].is_ascii_digit()
        && line[..5.min(line.len())].iter().any(|b| matches!(b, b':' | b'.'))
        && line.iter().filter(|b| b.is_ascii_digit()).count() >= 3
        && line.iter().filter(|b| b.is_ascii_alphabetic()).count() <= 4
}

/// Paragraphs that ask readers for support. Such appeals come in runs: one sign is enough beside
/// a paragraph that has two.
fn mark_appeals(lines: &[LineView<'_>], signs: &[Signs], roles: &mut [LineRole]) {
    // News of donations and subscribers does not speak to the reader, and quotes others who do.
    let asks = |at: usize, least: usize| {
        let line = lines[at].text;
        line.len() <= 900
            && signs[at].n_appeals >= least
            && !line.contains(['“', '”', '"'])
            && addresses_readers(line)
    };
    for at in 0..lines.len() {
        if roles[at] == LineRole::Text && asks(at, if lines[at].text.len() < 300 { 2 } else { 3 }) {
            roles[at] = LineRole::Boilerplate;
        }
    }
    // Outwards from each such paragraph, both ways.
    let spreads = |from: usize, to: usize, roles: &mut [LineRole]| {
        let appeal = roles[from] == LineRole::Boilerplate && signs[from].n_appeals >= 1;
        if appeal && roles[to] == LineRole::Text && asks(to, 1) {
            roles[to] = LineRole::Boilerplate;
        }
    };
    for at in 1..lines.len() {
        spreads(at - 1, at, roles);
    }
    for at in (1..lines.len()).rev() {
        spreads(at, at - 1, roles);
    }
    // What stands between two paragraphs of one appeal belongs to it if it is short.
    for at in 1..lines.len().saturating_sub(1) {
        let line = lines[at].text;
        let appeals = |at: usize| roles[at] == LineRole::Boilerplate && signs[at].n_appeals >= 1;
        let related = signs[at].n_appeals >= 1 && line.len() < 120 || addresses_readers(line);
        if roles[at] == LineRole::Text
            && appeals(at - 1)
            && appeals(at + 1)
            && line.len() < 600
            && related
        {
            roles[at] = LineRole::Boilerplate;
        }
    }
}

/// "we", "our", "us", "your": the outlet speaks of itself or to its readers.
fn addresses_readers(line: &str) -> bool {
    line.split(|c: char| !c.is_alphabetic()).any(|word| {
        let is = |form: &str| word.eq_ignore_ascii_case(form);
        is("our") || is("us") && !word.starts_with('U') || is("we") || is("your") || is("you")
    })
}

/// Lists of other stories: from their heading to the next prose.
fn mark_feeds(lexicon: &Lexicon, lines: &[LineView<'_>], signs: &[Signs], roles: &mut [LineRole]) {
    let mut n_prose = 0;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].text;
        if roles[at] == LineRole::Text && is_prose(line) {
            n_prose += 1;
        }
        // Before the article, such a heading is a label of the page's bar.
        if !signs[at].feed || line.len() > 60 || line.ends_with(['.', '!', '?']) {
            at += 1;
            continue;
        }
        let heading = at;
        at += 1;
        if n_prose >= 2 {
            at = mark_feed(lexicon, lines, roles, at);
        }
        // A heading right before prose is one of the article's own: "Also in the news".
        let own = n_prose >= 2 && at == heading + 1 && at < lines.len();
        if !own {
            roles[heading] = LineRole::Boilerplate;
        }
    }
}

/// Marks the list of stories that begins at `at` and returns its end.
fn mark_feed(
    lexicon: &Lexicon,
    lines: &[LineView<'_>],
    roles: &mut [LineRole],
    mut at: usize,
) -> usize {
    let mut timed = false;
    while at < lines.len() {
        let line = lines[at].text;
        if is_clock(line) || is_age(lexicon, line) {
            timed = true;
        } else if ends_sentence(line) && line.len() > 40 {
            // In a feed with times each item may hold a paragraph; two in a row are the article.
            let next = lines.get(at + 1).map_or("", |line| line.text);
            if !timed || is_prose(line) && is_prose(next) {
                return at;
            }
        }
        roles[at] = LineRole::Boilerplate;
        at += 1;
    }
    at
}

/// Behind the last paragraph of prose, from the first line that is the page's.
fn mark_tail(lexicon: &Lexicon, lines: &[LineView<'_>], roles: &mut [LineRole]) {
    let is_article = |at: usize| {
        let line = lines[at].text;
        roles[at] == LineRole::Text
            && (is_prose(line) && !is_biography(lexicon, line) || line.len() > 300)
    };
    let Some(last) = (0..lines.len()).rev().find(|&at| is_article(at)) else { return };
    let mut page = false;
    for at in last + 1..lines.len() {
        let line = lines[at].text;
        page |= matches!(roles[at], LineRole::Boilerplate | LineRole::Teaser);
        if page || is_biography(lexicon, line) || is_stamp(line) {
            roles[at] = LineRole::Boilerplate;
        }
    }
}

/// "Jane Roe is a reporter covering ...": a line on who wrote the article, at its end.
fn is_biography(lexicon: &Lexicon, line: &str) -> bool {
    if line.len() > 600 {
        return false;
    }
    let mut words = line.split_ascii_whitespace();
    let named = words
        .by_ref()
        .take(5)
        .take_while(|word| *word != "is" && *word != "are")
        .all(|word| word.chars().next().is_some_and(char::is_uppercase) || word == "and");
    let Some(at) = line.find(" is ").or_else(|| line.find(" are ")) else { return false };
    let said: Vec<_> = line[at..].split_ascii_whitespace().take(12).collect();
    let of_press = said.iter().any(|word| {
        let word = word.trim_end_matches([',', '.', ';']);
        let word = word.strip_suffix('s').unwrap_or(word);
        lexicon.has(WordList::PressTrade, word)
    });
    named && of_press && said.get(1).is_some_and(|word| matches!(*word, "a" | "an" | "the"))
}

/// "Published - July 10, 2024 07:58 pm IST": a date of the page behind the article.
fn is_stamp(line: &str) -> bool {
    line.len() < 80
        && ["Published", "Updated", "Last updated", "Last modified", "First published", "Posted"]
            .iter()
            .any(|word| line.starts_with(word))
        && line.bytes().any(|b| b.is_ascii_digit())
}

fn mark_captions(lexicon: &Lexicon, lines: &[LineView<'_>], roles: &mut [LineRole]) {
    for at in 0..lines.len() {
        if roles[at] == LineRole::Text && is_caption(lexicon, lines[at].text) {
            roles[at] = LineRole::Caption;
            // The picture's own name often stands before: "North Korea" and "North Korea (Pool)".
            if let Some(before) = at.checked_sub(1) {
                let name = lines[before].text;
                if roles[before] == LineRole::Text && lines[at].text.starts_with(name) {
                    roles[before] = LineRole::Caption;
                }
            }
        }
    }
}

/// Whether the line ends with the credit of a picture, or begins as captions do.
fn is_caption(lexicon: &Lexicon, line: &str) -> bool {
    if line.len() > 500 {
        return false;
    }
    let begins = [
        "FILE PHOTO",
        "FILE - ",
        "FILE – ",
        "FILE — ",
        "Photo: ",
        "Image: ",
        "Picture: ",
        "PHOTO: ",
        "Image source",
        "Photo by ",
        "Photograph: ",
    ];
    if begins.iter().any(|begin| line.starts_with(begin)) {
        return true;
    }
    let credit = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|word| lexicon.has_any_case(WordList::PictureCredit, word))
    };
    let end = &line[line.ceil_char_boundary(line.len().saturating_sub(90))..];
    let marks = [" Credit: ", " Photo: ", " Photograph: ", " Image: ", " Picture: ", " Photo by "];
    if marks.iter().any(|mark| end.contains(mark)) {
        return true;
    }
    let (open, close) = if line.ends_with(')') { ('(', ')') } else { ('[', ']') };
    let Some(inner) = line.strip_suffix(close) else { return false };
    let Some(at) = inner.rfind(open) else { return false };
    let inner = &inner[at + 1..];
    // A sentence in brackets ends with a full stop.
    inner.len() < 90 && !inner.ends_with('.') && credit(inner) && inner.split(' ').count() <= 12
}

/// Cards of other stories: a headline with a text that is cut short, without an empty line between.
fn mark_teasers(lines: &[LineView<'_>], roles: &mut [LineRole]) {
    let mut start = 0;
    while start < lines.len() {
        let mut end = start + 1;
        while end < lines.len() && !lines[end].gap {
            end += 1;
        }
        let last = lines[end - 1].text;
        let cut = last.ends_with('…') || last.ends_with("...") || last.ends_with("[…]");
        // A long group is a text whose lines stand close; an article does not begin with a card.
        if cut
            && start > 0
            && (2..=4).contains(&(end - start))
            && !ends_sentence(lines[start].text)
            && (start..end).all(|at| matches!(roles[at], LineRole::Text | LineRole::Teaser))
        {
            roles[start..end].fill(LineRole::Teaser);
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(page: &str) -> String {
        let mut gap = false;
        let mut lines = Vec::new();
        for text in page.lines() {
            if text.is_empty() {
                gap = true;
            } else {
                lines.push(LineView { text, gap });
                gap = false;
            }
        }
        judge(&Lexicon::load(None).unwrap(), &lines)
            .into_iter()
            .map(|role| match role {
                LineRole::Text => 't',
                LineRole::Boilerplate => 'b',
                LineRole::Caption => 'c',
                LineRole::Teaser => 'r',
            })
            .collect()
    }

    const PROSE: &str = "The two ministers signed the treaty on Friday, and their envoys \
        said that deliveries of shells would begin within weeks.\n\n";

    #[test]
    fn a_page_is_told_from_its_article() {
        let page = format!(
            "Skip to content\nEdit post\n\nEnvoys sign treaty\n\n{PROSE}Advertisement\n\n{PROSE}\
             What it means for the north\nThe treaty is the first of its kind since the war, and it\u{2026}\n\n\
             {PROSE}Support our journalism.\nMost read\nActor wins prize\n2 hours ago\nSubscribe"
        );
        assert_eq!(roles(&page), "bbttbtrrtbbbbb");
    }

    #[test]
    fn appeals_come_in_runs() {
        let page = format!(
            "{PROSE}Your support helps us to tell the story\n\nWe need reporters on the ground. Your \
             support allows us to keep sending journalists there.\n\nWe choose not to lock you out \
             with paywalls, but quality journalism must be paid for.\n\n{PROSE}"
        );
        assert_eq!(roles(&page), "tbbbt");
    }

    #[test]
    fn news_about_pages_stays() {
        let lines = [
            "The minister said the new rules on cookies and privacy would bind every company that \
             sells arms or software to the ministry.",
            "\"Sign up here,\" a poster outside of the barracks said, and hundreds of men followed it.",
            "Related charges against the general were dropped on Friday.",
            "Members of the alliance will contribute to the fund, the minister said on Monday.",
            "Finland will become a member of the alliance on Tuesday, the president's office said.",
            "Tokyo raised its contribution to 88 billion yen, and London its own contribution as well.",
            "More from the talks is expected on Sunday, when the envoys return to Geneva for a week.",
        ];
        for line in lines {
            assert_eq!(roles(line), "t", "{line}");
        }
    }

    #[test]
    fn captions_end_with_a_credit() {
        for line in [
            "Envoys shake hands in Geneva on June 3. (Pool via Reuters)",
            "Two leaders on a yacht in 2021. Credit: Pool",
            "FILE PHOTO: a launcher on parade",
        ] {
            assert_eq!(roles(line), "c", "{line}");
        }
        assert_eq!(roles("He spoke to the agency (AP) on Friday."), "t");
    }
}
