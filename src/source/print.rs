//! What printing leaves in a text: hyphens at the ends of lines, page numbers, running heads.
//!
//! Comes in: a text. Goes out: the text without them, each byte that stays in its place, so that
//! offsets are those of the file. Left out: whatever may be the text's own words.

use std::collections::{HashMap, HashSet};

/// Texts without this many lines have no pages.
const MIN_LINES: usize = 20;
/// How often a running head must stand there.
const MIN_HEADS: usize = 3;
/// Longest running head, in bytes.
const MAX_HEAD: usize = 90;

/// `text` with broken words whole, and without page numbers and running heads; as long as before.
///
/// # Complexity
///
/// Linear in the length of the text.
pub(super) fn mend(text: String) -> String {
    let text = without_pages(text);
    join_words(text)
}

/// Makes words whole that a hyphen parts at the end of a line. The line breaks behind the word; what
/// is left over becomes blanks.
fn join_words(text: String) -> String {
    let breaks: Vec<Break<'_>> = Break::all(&text);
    if breaks.is_empty() {
        return text;
    }
    let parts: HashSet<String> = breaks
        .iter()
        .flat_map(|b| [b.joined(), b.hyphenated(), b.first.to_lowercase(), b.second.to_lowercase()])
        .collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let lower = text.to_lowercase();
    for word in lower.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
        if let Some(part) = parts.get(word) {
            seen.insert(part.as_str());
        }
    }
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for found in &breaks {
        mended.push_str(&text[at..found.hyphen]);
        let has = |word: &str| seen.contains(word);
        let (joined, hyphenated) = (found.joined(), found.hyphenated());
        let parts_stand_alone =
            has(&found.first.to_lowercase()) && has(&found.second.to_lowercase());
        let keeps = !has(&joined) && (has(&hyphenated) || parts_stand_alone);
        let mark = &text[found.hyphen + 1..found.next];
        if keeps {
            mended.push('-');
        }
        mended.push_str(found.second);
        at = found.next + found.second.len();
        // A word that ends its line in turn has the break already.
        let ends_line = text[at..].starts_with(['\n', '\r']) || text[at..].is_empty();
        if ends_line {
            mended.extend(std::iter::repeat_n(' ', mark.len()));
        } else {
            mended.push_str(mark);
        }
        if !keeps {
            mended.push(' ');
        }
    }
    mended.push_str(&text[at..]);
    mended
}

/// A word that the end of a line parts.
struct Break<'t> {
    /// What stands before the hyphen.
    first: &'t str,
    /// What the next line begins with.
    second: &'t str,
    /// Where the hyphen stands.
    hyphen: usize,
    /// Where the next line begins.
    next: usize,
}

impl<'t> Break<'t> {
    /// All words of `text` that a line parts between small letters.
    fn all(text: &'t str) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut end = 0;
        for (hyphen, _) in text.match_indices('-') {
            let rest = &text[hyphen + 1..];
            let mark =
                if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
            if mark == 0 || hyphen < end {
                continue;
            }
            let next = hyphen + 1 + mark;
            let is_letter = |c: char| c.is_alphabetic();
            let start =
                text[..hyphen].char_indices().rev().take_while(|(_, c)| is_letter(*c)).last();
            let Some((start, _)) = start else { continue };
            let second = &text[next..];
            let second = &second[..second.find(|c| !is_letter(c)).unwrap_or(second.len())];
            let first = &text[start..hyphen];
            let is_lower =
                second.starts_with(char::is_lowercase) && first.ends_with(char::is_lowercase);
            if is_lower && first.chars().nth(1).is_some() && !text[..start].ends_with('-') {
                end = next + second.len();
                all.push(Self { first, second, hyphen, next });
            }
        }
        all
    }

    fn joined(&self) -> String {
        format!("{}{}", self.first, self.second).to_lowercase()
    }

    fn hyphenated(&self) -> String {
        format!("{}-{}", self.first, self.second).to_lowercase()
    }
}

/// A line with its bytes, without the break at its end.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    start: usize,
}

/// Blanks out page numbers and running heads, and the breaks around them where a sentence goes on.
fn without_pages(text: String) -> String {
    let mut start = 0;
    let lines: Vec<Line<'_>> = text
        .split_inclusive(['\n', '\u{C}'])
        .map(|line| {
            let at = start;
            start += line.len();
            Line { text: line.trim_end_matches(['\n', '\r', '\u{C}']), start: at }
        })
        .collect();
    if lines.len() < MIN_LINES {
        return text;
    }
    let is_furniture = furniture(&lines);
    if !is_furniture.contains(&true) {
        return text;
    }
    let mut bytes = text.clone().into_bytes();
    let blank = |range: std::ops::Range<usize>, bytes: &mut Vec<u8>| {
        for byte in &mut bytes[range] {
            if !matches!(byte, b'\n' | b'\r' | 0x0C) {
                *byte = b' ';
            }
        }
    };
    let mut at = 0;
    while at < lines.len() {
        if !is_furniture[at] {
            at += 1;
            continue;
        }
        // The foot of one page and the head of the next, with the empty lines around them.
        let is_between = |line: usize| is_furniture[line] || lines[line].text.trim().is_empty();
        let first = (0..at).rev().take_while(|line| is_between(*line)).last().unwrap_or(at);
        let end = (at..lines.len()).find(|line| !is_between(*line)).unwrap_or(lines.len());
        for &Line { text, start } in &lines[at..end] {
            blank(start..start + text.len(), &mut bytes);
        }
        let before = first.checked_sub(1).map_or("", |line| lines[line].text.trim_end());
        let after = lines.get(end).map_or("", |line| line.text.trim_start());
        let goes_on = !before.is_empty()
            && !before.ends_with(['.', '!', '?', ':', '”', '"'])
            && after.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        if goes_on {
            // One break stays of all.
            let from = lines[first - 1].start + lines[first - 1].text.len();
            let to = lines[end].start;
            bytes[from..to].fill(b' ');
            bytes[from] = b'\n';
        }
        at = end;
    }
    // Blanks took the place of whole characters alone.
    String::from_utf8(bytes).unwrap_or(text)
}

/// For each line, whether it is a page number or a running head.
fn furniture(lines: &[Line<'_>]) -> Vec<bool> {
    let edge = |at: usize| {
        let empty = |line: Option<&Line<'_>>| line.is_none_or(|line| line.text.trim().is_empty());
        empty(at.checked_sub(1).and_then(|before| lines.get(before))) || empty(lines.get(at + 1))
    };
    let mut numbers: Vec<(usize, u32)> = Vec::new();
    let mut heads: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        let line = line.text.trim();
        if line.is_empty() || line.len() > MAX_HEAD || !edge(at) {
            continue;
        }
        if let Some(number) = page_number(line) {
            numbers.push((at, number));
        }
        if !line.ends_with(['.', '!', '?', ',', ';']) {
            // Heads may hold the number of the page.
            let head = line.split_whitespace().filter(|word| word.parse::<u32>().is_err());
            let head = head.collect::<Vec<_>>().join(" ");
            if head.len() >= 4 {
                heads.entry(head).or_default().push(at);
            }
        }
    }
    let mut is_furniture = vec![false; lines.len()];
    // Numbers of pages rise by one; others do not.
    let rising = numbers.windows(2).filter(|pair| pair[1].1 == pair[0].1 + 1).count();
    let has_pages = rising + 1 >= MIN_HEADS && rising * 2 > numbers.len();
    if has_pages {
        for (at, _) in &numbers {
            is_furniture[*at] = true;
        }
    }
    // Without pages, a line that comes back may be a refrain or the name of who speaks.
    let has_feeds = lines.iter().filter(|line| line.text.contains('\u{C}')).count() >= MIN_HEADS;
    for places in heads.values().filter(|places| places.len() >= MIN_HEADS) {
        let near_number =
            places.iter().filter(|at| numbers.iter().any(|(number, _)| number.abs_diff(**at) <= 3));
        if has_pages && near_number.count() * 3 >= places.len() * 2 || has_feeds {
            for at in places {
                is_furniture[*at] = true;
            }
        }
    }
    is_furniture
}

/// The number of a line that holds nothing else: "12", "- 12 -", "Page 12 of 30".
fn page_number(line: &str) -> Option<u32> {
    let line = line.trim_matches(|c: char| {
        matches!(c, '-' | '–' | '—' | '|' | '[' | ']') || c.is_whitespace()
    });
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_page = |word: &str| word.eq_ignore_ascii_case("page") || word.eq_ignore_ascii_case("p.");
    match words[..] {
        [number] => number.parse().ok(),
        [page, number] if is_page(page) => number.parse().ok(),
        [page, number, of, total] if is_page(page) && (of == "of" || of == "/") => {
            total.parse::<u32>().ok().and(number.parse().ok())
        }
        _ => None,
    }
    .filter(|number| *number < 1500)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_words_are_made_whole_and_nothing_else_moves() {
        let cases = [
            ("They began deliv-\neries of shells.", "They began deliveries\n  of shells."),
            ("They began deliv-\r\neries\r\nof shells.", "They began deliveries   \r\nof shells."),
            ("long and range, a long-\nrange rocket", "long and range, a long-range\n rocket"),
            ("a long-range gun, a long-\nrange rocket", "a long-range gun, a long-range\n rocket"),
            ("the Sino-\nRussian pact", "the Sino-\nRussian pact"),
            ("from 10-\n20 men", "from 10-\n20 men"),
        ];
        for (text, expected) in cases {
            let mended = mend(text.to_owned());
            assert_eq!(mended, expected);
            assert_eq!(mended.len(), text.len());
        }
    }

    #[test]
    fn pages_are_joined() {
        let names = ["Orion", "Vega", "Lyra", "Draco"];
        let page = |n: usize| {
            let lines =
                "The report tells of shells that were sent by sea in May of the year\n".repeat(9);
            let ship = names[n - 1];
            format!(
                "{lines}and the {ship} went on\n\n{n}\n\nArms Report 2024\n\nto the port of {ship}. It \
                 was late.\n"
            )
        };
        let text: String = (1..5).map(page).collect();
        let mended = mend(text.clone());
        assert_eq!(mended.len(), text.len());
        assert!(!mended.contains("Arms Report"));
        let words: Vec<_> = mended.split_whitespace().collect();
        assert!(words.join(" ").contains("the Orion went on to the port of Orion"));
        assert!(!mended.contains("\n\n"));
    }

    #[test]
    fn lines_that_come_back_without_pages_stay() {
        let text = "MR. ROE:\n\nWe met.\n\nMS. POE:\n\nWe did not.\n\n".repeat(8);
        assert_eq!(mend(text.clone()), text);
        let items = (1900..1960).map(|n| format!("{n}\n\nA treaty was signed.\n\n"));
        let list = items.collect::<Vec<_>>().concat();
        assert!(mend(list.clone()).contains("A treaty was signed."));
    }
}
