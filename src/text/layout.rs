//! Lines, paragraphs and what they are: headline, running text, list item, caption.
//!
//! Comes in: a text. Goes out: blocks in text order, each a paragraph without its markup, and the
//! spans that are no part of the article.

use std::ops::Range;

use super::tokens::is_blank;
use crate::model::SentenceKind;

/// One paragraph, heading, list item or caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Range in [`Layout::pieces`].
    pub(super) pieces: Range<usize>,
    pub(super) kind: SentenceKind,
    pub(super) paragraph: u32,
}

/// A text cut into blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) blocks: Vec<Block>,
    /// Byte ranges of text without markup.
    pub(super) pieces: Vec<Range<usize>>,
    pub(super) boilerplate: Vec<Range<usize>>,
}

/// One line without the blanks at its ends.
#[derive(Debug, Clone)]
struct Line {
    pieces: Range<usize>,
    start: usize,
    end: usize,
    /// Whether an empty line stands before it.
    gap: bool,
}

/// Cuts `text` into blocks; a title kept apart ends at `body_start`.
pub(super) fn read(text: &str, body_start: usize) -> Layout {
    let mut layout = Layout::default();
    let lines = read_lines(text, &mut layout);
    let wrapped = is_wrapped(text, &lines);
    let mut at = 0;
    let mut paragraph = 0;
    while at < lines.len() {
        let mut end = at + 1;
        while end < lines.len() && continues(text, &lines[end - 1], &lines[end], wrapped) {
            end += 1;
        }
        let (first, last) = (&lines[at], &lines[end - 1]);
        let kind = if last.end <= body_start {
            SentenceKind::Headline
        } else {
            kind(text, first, last, at == 0)
        };
        let pieces = first.pieces.start..last.pieces.end;
        layout.blocks.push(Block { pieces, kind, paragraph });
        paragraph += 1;
        at = end;
    }
    layout
}

/// Whether `next` goes on with the paragraph of `line`.
fn continues(text: &str, line: &Line, next: &Line, wrapped: bool) -> bool {
    if next.gap || bullet(&text[next.start..next.end]).is_some() {
        return false;
    }
    let ends = text[line.start..line.end]
        .trim_end_matches(['"', '\'', '”', '’', ')'])
        .ends_with(['.', '!', '?', ':', '…']);
    let first = text[next.start..].chars().next().unwrap_or(' ');
    if wrapped {
        return line.end - line.start > 45;
    }
    !ends && (first.is_lowercase() || matches!(first, ',' | ';' | '.' | ')'))
}

/// Whether the text is broken at a fixed width, as wires and mails are.
fn is_wrapped(text: &str, lines: &[Line]) -> bool {
    let mut n_pairs = 0;
    let mut n_wrapped = 0;
    for pair in lines.windows(2) {
        if pair[1].gap {
            continue;
        }
        n_pairs += 1;
        let length = pair[0].end - pair[0].start;
        let open = !text[pair[0].start..pair[0].end].ends_with(['.', '!', '?', '"', '”', ':']);
        n_wrapped += usize::from(open && (46..100).contains(&length));
    }
    n_pairs >= 3 && n_wrapped * 2 > n_pairs
}

fn kind(text: &str, first: &Line, last: &Line, is_first: bool) -> SentenceKind {
    let line = &text[first.start..last.end];
    if bullet(line).is_some() {
        return SentenceKind::ListItem;
    }
    let ends = line
        .trim_end_matches(['"', '\'', '”', '’', ')', ']'])
        .ends_with(['.', '!', '?', ':', ';', ',', '…']);
    let short = line.len() < 160;
    if short && !ends || is_first && line.len() < 200 && !line.ends_with('.') {
        return SentenceKind::Headline;
    }
    SentenceKind::Body
}

/// Length of the bullet or number that begins `line`.
fn bullet(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    if matches!(first, '•' | '●' | '▪' | '■' | '◦' | '‣' | '·' | '*' | '-' | '–' | '—' | '►' | '➤')
        && rest.starts_with(is_blank)
    {
        return Some(first.len_utf8());
    }
    let digits = line.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let after = line.as_bytes().get(digits..digits + 2)?;
    ((1..=2).contains(&digits) && matches!(after, b". " | b") ")).then_some(digits + 1)
}

/// Cuts lines; their markup goes to the boilerplate, the text between it to the pieces.
fn read_lines(text: &str, layout: &mut Layout) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut gap = false;
    let mut start = 0;
    while start <= text.len() {
        let end = text[start..].find(is_line_break).map_or(text.len(), |n| start + n);
        let first_piece = layout.pieces.len();
        read_pieces(text, start..end, layout);
        let pieces = first_piece..layout.pieces.len();
        if pieces.is_empty() {
            gap = true;
        } else {
            let (start, end) =
                (layout.pieces[pieces.start].start, layout.pieces[pieces.end - 1].end);
            lines.push(Line { pieces, start, end, gap });
            // An element that ends here is a paragraph of its own.
            gap = layout.boilerplate.last().is_some_and(|markup| markup.start >= end);
        }
        let Some(c) = text[end..].chars().next() else { break };
        start = end + c.len_utf8();
        if c == '\r' && text[start..].starts_with('\n') {
            start += 1;
        }
    }
    lines
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Appends what of `line` is no markup.
fn read_pieces(text: &str, line: Range<usize>, layout: &mut Layout) {
    let mut start = line.start;
    let mut at = line.start;
    while let Some(found) = text[at..line.end].find('<') {
        let open = at + found;
        at = open + 1;
        if let Some(length) = tag(&text[open..line.end]) {
            push_piece(text, start..open, layout);
            at = open + length;
            layout.boilerplate.push(open..at);
            start = at;
        }
    }
    push_piece(text, start..line.end, layout);
}

fn push_piece(text: &str, piece: Range<usize>, layout: &mut Layout) {
    let trimmed = text[piece.clone()].trim_start_matches(is_blank);
    let start = piece.end - trimmed.len();
    let end = start + trimmed.trim_end_matches(is_blank).len();
    if start < end {
        layout.pieces.push(start..end);
    }
}

/// Length of the tag that begins `text`.
fn tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let name = usize::from(bytes.get(1) == Some(&b'/')) + 1;
    bytes.get(name).filter(|b| b.is_ascii_alphabetic())?;
    let name_end =
        name + bytes[name..].iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
    if !matches!(bytes.get(name_end)?, b'>' | b' ' | b'/') {
        return None;
    }
    let end = bytes.iter().take(300).position(|&b| b == b'>')?;
    // "a < b and c > d" holds no attribute.
    let inner = &bytes[name_end..end];
    (inner.iter().all(|&b| b == b'/' || b == b' ') || inner.contains(&b'=')).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<(String, SentenceKind)> {
        let layout = read(text, 0);
        let of = |block: &Block| {
            let pieces = &layout.pieces[block.pieces.clone()];
            pieces.iter().map(|piece| &text[piece.clone()]).collect::<Vec<_>>().join(" ")
        };
        layout.blocks.iter().map(|block| (of(block), block.kind)).collect()
    }

    #[test]
    fn markup_is_no_text() {
        let found = blocks("<div>Talks &amp; arms</div>\nif a < b and c > d, all is well.");
        assert_eq!(found[0], ("Talks &amp; arms".to_owned(), SentenceKind::Headline));
        assert_eq!(found[1].0, "if a < b and c > d, all is well.");
    }

    #[test]
    fn items_are_blocks_of_their_own() {
        let found = blocks("Talks\n\nThey agreed:\n- arms for oil\n- a visit\n\nIt was late.");
        let kinds: Vec<_> = found.iter().map(|(_, kind)| *kind).collect();
        use SentenceKind::{Body, Headline, ListItem};
        assert_eq!(kinds, [Headline, Body, ListItem, ListItem, Body]);
    }
}
