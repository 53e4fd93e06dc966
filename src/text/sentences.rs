//! Where sentences end.
//!
//! Comes in: the tokens of one paragraph. Goes out: the ranges of tokens that are sentences; they
//! cover all. Left out: sentences that run over a paragraph's end, since a paragraph ends one.
//!
//! A full stop that belongs to an abbreviation ends a sentence only before a word that rarely
//! continues one. A quotation mark or bracket after the full stop stays with it.

use std::ops::Range;

use super::abbreviation::{Abbreviation, abbreviation, is_month};
use crate::lexicon::{Lexicon, WordList};
use crate::model::Token;

/// Longest sentence in tokens. What is longer is a table or a list, and is cut at a clause.
pub(super) const MAX_TOKENS: usize = 200;

/// Cuts `tokens` into sentences, given to `emit` in order as ranges of tokens; never empty.
///
/// # Complexity
///
/// Linear in the number of tokens.
pub(super) fn split(
    lexicon: &Lexicon,
    text: &str,
    tokens: &[Token],
    mut emit: impl FnMut(Range<usize>),
) {
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = sentence_end(lexicon, text, tokens, start, at) {
            emit_bounded(text, tokens, start..end, &mut emit);
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    if start < tokens.len() {
        emit_bounded(text, tokens, start..tokens.len(), &mut emit);
    }
}

fn emit_bounded(
    text: &str,
    tokens: &[Token],
    mut range: Range<usize>,
    emit: &mut impl FnMut(Range<usize>),
) {
    while range.len() > MAX_TOKENS {
        let window = range.start + MAX_TOKENS / 2..range.start + MAX_TOKENS;
        let strength = |at: usize| match tokens[at].span.of(text) {
            ";" | ":" => 3,
            "—" | "–" | "--" => 2,
            "," => 1,
            _ => 0,
        };
        let cut =
            window.clone().max_by_key(|&at| (strength(at), at)).map_or(window.end, |at| at + 1);
        emit(range.start..cut);
        range.start = cut;
    }
    if !range.is_empty() {
        emit(range);
    }
}

/// What a token that may end a sentence is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Full,
    Question,
    Ellipsis,
    Abbreviation,
    Emoticon,
}

fn stop(word: &str) -> Option<Stop> {
    match word.as_bytes() {
        b"." => Some(Stop::Full),
        [.., b'!' | b'?'] if word.bytes().all(|b| matches!(b, b'.' | b'!' | b'?')) => {
            Some(Stop::Question)
        }
        [b'.', ..] if word.bytes().all(|b| b == b'.') => Some(Stop::Ellipsis),
        [_, .., b'.'] => Some(Stop::Abbreviation),
        [b':' | b';', .., b')' | b'(' | b'D' | b'P'] => Some(Stop::Emoticon),
        _ if word.starts_with('…') => Some(Stop::Ellipsis),
        _ if matches!(word, "。" | "．" | "。」") => Some(Stop::Full),
        _ if matches!(word, "？" | "！" | "‽" | "⁇" | "⁉" | "؟") => Some(Stop::Question),
        _ => None,
    }
}

fn closes(word: &str) -> bool {
    matches!(word, "\"" | "'" | "''" | "”" | "’" | "»" | "›" | ")" | "]" | "}" | "*" | "＂")
}

fn opens(word: &str) -> bool {
    matches!(
        word,
        "\"" | "'"
            | "``"
            | "“"
            | "‘"
            | "«"
            | "‹"
            | "("
            | "["
            | "{"
            | "„"
            | "‚"
            | "-"
            | "–"
            | "—"
            | "--"
            | "•"
            | "*"
            | "‐"
            | "`"
            | "…"
            | "..."
    )
}

/// End of the sentence whose last word or mark is `tokens[at]`, if one ends there.
fn sentence_end(
    lexicon: &Lexicon,
    text: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
) -> Option<usize> {
    let word = |at: usize| tokens[at].span.of(text);
    let stop = stop(word(at))?;
    // Closing marks stand without a space; a straight quotation mark after one opens.
    let mut end = at + 1;
    while end < tokens.len() && !tokens[end - 1].space_after && closes(word(end)) && end < at + 6 {
        end += 1;
    }
    let closed = end > at + 1;
    if end == tokens.len() {
        return Some(end);
    }
    let noted = note_end(text, tokens, end);
    if noted > end && (noted == tokens.len() || tokens[noted - 1].space_after) {
        return Some(noted);
    }
    let spaced = tokens[end - 1].space_after;
    // What follows, behind opening marks.
    let mut first = end;
    while first < tokens.len() && opens(word(first)) && first < end + 4 {
        first += 1;
    }
    let next = if first < tokens.len() { word(first) } else { word(end) };
    let next_char = next.chars().next().unwrap_or(' ');
    let opened = first > end;
    if !spaced {
        // "over.The": a missing space, but not after an abbreviation or inside of a name.
        let ends = matches!(stop, Stop::Full | Stop::Question)
            && next_char.is_uppercase()
            && next.chars().nth(1).is_none_or(char::is_lowercase)
            && (!closed || opened)
            && at > start
            && word(at - 1).chars().next().is_some_and(char::is_alphabetic);
        return ends.then_some(end);
    }
    if next_char.is_lowercase() {
        // Those who write without capitals still end sentences; a capitalised word before the mark
        // may be an abbreviation or a name with it.
        let plain =
            at > start && word(at - 1).chars().all(char::is_lowercase) && word(at - 1).len() > 2;
        let ends = plain && !closed && !opened && matches!(stop, Stop::Full | Stop::Question);
        return ends.then_some(end);
    }
    if next == "." || next == "/" || is_dateline(text, tokens, start, at, next) {
        // ". . ." is one mark, "MOSCOW, June 3. /Agency/. The" begins one sentence.
        return None;
    }
    let ends = match stop {
        Stop::Full => true,
        Stop::Emoticon => next_char.is_uppercase(),
        Stop::Question => !(closed && is_speech(lexicon, text, tokens, end)),
        Stop::Ellipsis => {
            opened && first - end == 1 && matches!(word(end), "\"" | "“")
                || lexicon.has(WordList::SentenceStarter, next)
                || closed && next_char.is_uppercase()
        }
        Stop::Abbreviation => {
            abbreviation_ends(lexicon, text, tokens, start, at, next, closed || opened)
        }
    };
    ends.then_some(end)
}

/// End of the notes that stand behind a sentence: "in 1805. [6] [7]".
fn note_end(text: &str, tokens: &[Token], mut at: usize) -> usize {
    let word = |at: usize| tokens[at].span.of(text);
    while at + 2 < tokens.len()
        && word(at) == "["
        && word(at + 2) == "]"
        && word(at + 1).bytes().all(|b| b.is_ascii_digit())
    {
        at += 3;
    }
    at
}

/// Whether the full stop at `at` stands in a dateline: "MOSCOW. June 3", "June 3. /Agency/. The".
fn is_dateline(text: &str, tokens: &[Token], start: usize, at: usize, next: &str) -> bool {
    let word = |at: usize| tokens[at].span.of(text);
    let place = word(start);
    at <= start + 14
        && place.len() > 2
        && place.bytes().all(|b| b.is_ascii_uppercase())
        && (at > start && word(at - 1) == "/" || at == start + 1 && is_month(next))
}

/// Whether the words from `at` say who spoke what came before.
fn is_speech(lexicon: &Lexicon, text: &str, tokens: &[Token], at: usize) -> bool {
    tokens[at..]
        .iter()
        .take(8)
        .map(|token| token.span.of(text))
        .take_while(|word| !matches!(*word, "." | "," | ":" | "?" | "\"" | "“"))
        .take(7)
        .any(|word| lexicon.has(WordList::QuotationVerb, word))
}

/// Whether the sentence ends with the abbreviation `tokens[at]`, `next` being the word after.
fn abbreviation_ends(
    lexicon: &Lexicon,
    text: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
    next: &str,
    marked: bool,
) -> bool {
    let word = tokens[at].span.of(text);
    let stem = &word[..word.len() - 1];
    let next_char = next.chars().next().unwrap_or(' ');
    if abbreviation(lexicon, stem, Some(next_char)) == Some(Abbreviation::Leading) {
        return false;
    }
    if stem.chars().nth(1).is_none() {
        // An initial: "J. The" is rare, "Plan B. The" is an end.
        let named = at > start
            && tokens[at - 1].span.of(text).chars().next().is_some_and(char::is_uppercase)
            && !tokens[at - 1].span.of(text).ends_with('.');
        return lexicon.has(WordList::SentenceStarter, next) && !named;
    }
    if matches!(tokens.get(at + 1).map(|token| token.span.of(text)), Some("-" | "–" | "—" | "--"))
    {
        // "TAMPA, Fla. – The", "Jan. 28 – Feb. 3".
        return false;
    }
    if !next_char.is_uppercase() {
        return marked && lexicon.has(WordList::ClosingAbbreviation, stem);
    }
    if matches!(stem, "a.m" | "p.m") {
        return !is_time_zone(lexicon, next);
    }
    lexicon.has(WordList::SentenceStarter, next)
        || marked && !lexicon.has(WordList::OpenAbbreviation, stem)
}

fn is_time_zone(lexicon: &Lexicon, word: &str) -> bool {
    word.len() <= 4 && word.bytes().all(|b| b.is_ascii_uppercase())
        || word.ends_with("day")
        || lexicon.has(WordList::TimeZone, word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens::tokenize;

    /// The sentences of `text`, one to a line.
    fn cut(text: &str) -> Vec<&str> {
        let lexicon = Lexicon::load(None).unwrap();
        let mut tokens = Vec::new();
        tokenize(&lexicon, text, 0..text.len(), &mut tokens);
        let mut sentences = Vec::new();
        split(&lexicon, text, &tokens, |range| {
            let first = tokens[range.start].span;
            sentences.push(first.join(tokens[range.end - 1].span).of(text));
        });
        sentences
    }

    #[test]
    fn sentences_end_where_readers_end_them() {
        // `|` marks the ends.
        let cases = [
            "They met.|He left.",
            "Lt. Gen. J. Doe met Sen. Roe on Sept. 5 at 5 p.m. Monday.|They left.",
            "It came from the U.S. Army.|It went to the U.S.|The rest stayed.",
            "He arrived in Sept.|The talks began.",
            "“We will go. It is time.|”",
            "“Is it energy?|Is it shells?” Doe asked.|Nobody knew.",
            "“We will go.”|“So will we.”",
            "He said it ... would work.|Then he left.",
            "Shares of Arms Inc. rose.|Others fell.",
            "The plan (see No. 5) failed.|(It was bad.)|Now what?",
            "It was over.The end came.",
            "He saw (Gen.) Roe at 3.5 km.|\"Go!\" Roe shouted.",
            "First came tanks, shells, etc.|Then came drones.",
        ];
        for case in cases {
            let expected: Vec<_> = case.split('|').collect();
            let text = expected.join(" ");
            let text = text.replace(" ”", "”");
            let found = cut(&text);
            let found_joined = found.join("|");
            let expected_joined = case.replace("|”", "”").replace("over.The", "over.|The");
            assert_eq!(found_joined, expected_joined.replace("go. It", "go.|It"), "{text}");
        }
    }

    #[test]
    fn endless_sentences_are_cut_at_clauses() {
        let text = "one two three four, ".repeat(500);
        let sentences = cut(text.trim_end());
        assert!(sentences.len() > 10);
        assert!(sentences.iter().all(|sentence| sentence.ends_with(',')));
    }
}
