//! Lines, paragraphs and what they are: headline, running text, list item, caption.
//!
//! Comes in: a text. Goes out: blocks in text order, each a paragraph without its markup, and the
//! spans that are no part of the article.

use std::ops::Range;

use super::boilerplate::{self, LineRole, LineView};
use super::tokens::is_blank;
use crate::lexicon::{Lexicon, WordList};
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
    /// Every line without the blanks and markup at its ends, and what it is.
    pub(super) lines: Vec<(Range<usize>, LineRole)>,
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
pub(super) fn read(lexicon: &Lexicon, text: &str, body_start: usize) -> Layout {
    let mut layout = Layout::default();
    let lines = read_lines(lexicon, text, &mut layout);
    let views: Vec<_> = lines
        .iter()
        .map(|line| LineView { text: &text[line.start..line.end], gap: line.gap })
        .collect();
    let roles = boilerplate::judge(lexicon, &views);
    let width = wrap_width(text, &lines);
    let mut at = 0;
    let mut paragraph = 0;
    while at < lines.len() {
        let role = roles[at];
        let mut end = at + 1;
        while end < lines.len()
            && roles[end] == role
            && continues(text, &lines[end - 1], &lines[end], width)
        {
            end += 1;
        }
        let (first, last) = (&lines[at], &lines[end - 1]);
        let kind = match role {
            _ if last.end <= body_start => SentenceKind::Headline,
            LineRole::Boilerplate => {
                layout.boilerplate.push(first.start..last.end);
                at = end;
                continue;
            }
            LineRole::Caption => SentenceKind::Caption,
            LineRole::Teaser => SentenceKind::Teaser,
            LineRole::Text if is_question(&views, at, end) => SentenceKind::Headline,
            LineRole::Text => kind(text, first, last, at == 0),
        };
        let pieces = first.pieces.start..last.pieces.end;
        if kind == SentenceKind::ListItem {
            // The mark is no word of the item.
            let piece = &mut layout.pieces[pieces.start];
            let skipped = bullet(&text[piece.clone()]).unwrap_or(0);
            let rest = &text[piece.start + skipped..piece.end];
            piece.start = piece.end - rest.trim_start_matches(is_blank).len();
        }
        layout.blocks.push(Block { pieces, kind, paragraph });
        paragraph += 1;
        at = end;
    }
    merge(&mut layout.boilerplate);
    layout.lines = lines.iter().map(|line| line.start..line.end).zip(roles).collect();
    layout
}

/// Sorts `ranges` and drops those that lie inside of another.
fn merge(ranges: &mut Vec<Range<usize>>) {
    ranges.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    ranges.retain(|range| {
        let outside = range.end > end;
        end = end.max(range.end);
        outside
    });
}

/// Whether `next` goes on with the paragraph of `line`; `width` is that of a wrapped text.
fn continues(text: &str, line: &Line, next: &Line, width: Option<usize>) -> bool {
    if next.gap || bullet(&text[next.start..next.end]).is_some() {
        return false;
    }
    let words = &text[line.start..line.end];
    let next_words = &text[next.start..next.end];
    if let Some(width) = width {
        // The line is full: the next word had no room in it.
        let word = next_words.split_ascii_whitespace().next().unwrap_or("");
        return words.chars().count() + 1 + word.chars().count() >= width;
    }
    let first = next_words.chars().next().unwrap_or(' ');
    let last = words.rsplit(' ').next().unwrap_or("");
    // No heading ends with such a word: its sentence goes on, even with a name.
    let hangs = matches!(last, "to" | "of" | "with" | "from" | "by" | "and" | "the" | "a" | "an");
    !boilerplate::ends_sentence(words)
        && (first.is_lowercase() || hangs || matches!(first, ',' | ';' | '.' | ')'))
}

/// The width that the text is broken at, as wires and mails are; `None` where lines are paragraphs.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    /// Most lines of running text are broken between these.
    const WIDTHS: Range<usize> = 24..111;
    let length = |line: &Line| text[line.start..line.end].chars().count();
    let first_word = |line: &Line| {
        let word = text[line.start..line.end].split_ascii_whitespace().next().unwrap_or("");
        word.chars().count()
    };
    let mut longest = 0;
    let mut n_open = 0;
    // Length of each line that another follows at once, and of the word that it had no room for.
    let mut broken: Vec<(usize, usize)> = Vec::new();
    for pair in lines.windows(2) {
        longest = longest.max(length(&pair[0]));
        if !pair[1].gap {
            broken.push((length(&pair[0]), first_word(&pair[1])));
            let first = text[pair[1].start..].chars().next().unwrap_or(' ');
            let open = !boilerplate::ends_sentence(&text[pair[0].start..pair[0].end]);
            n_open += usize::from(open && (first.is_lowercase() || length(&pair[0]) > 60));
        }
    }
    if broken.len() < 3 || n_open * 2 <= broken.len() {
        return None;
    }
    if (41..=100).contains(&longest) {
        // The longest line may be the only one without a break to spare.
        return Some(longest.saturating_sub(2));
    }
    // The usual length decides: one address or table may be longer than all other lines.
    broken.sort_unstable();
    let median = broken[broken.len() / 2].0;
    let usual =
        broken.iter().rev().map(|(length, _)| *length).find(|l| *l <= median + median / 3 + 2)?;
    let n_longer = broken.iter().filter(|(length, _)| *length > usual).count();
    let n_full = broken.iter().filter(|(length, word)| length + 1 + word + 2 >= usual).count();
    let is_wrapped =
        WIDTHS.contains(&usual) && n_longer * 5 <= broken.len() && n_full * 10 >= broken.len() * 7;
    is_wrapped.then_some(usual.saturating_sub(2))
}

/// Whether the lines `at..end` are a short question that the paragraph right behind answers.
fn is_question(views: &[LineView<'_>], at: usize, end: usize) -> bool {
    let line = views[at].text;
    end == at + 1
        && line.len() < 80
        && line.ends_with('?')
        && views.get(end).is_some_and(|next| !next.gap && next.text.len() > 120)
        && (views[at].gap || at == 0)
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
    // "Ottawa buys air defence from U.S." ends with an abbreviation.
    let abbreviated = line.rsplit(' ').next().is_some_and(|word| word.matches('.').count() > 1);
    let stops = line.ends_with('.') && !abbreviated;
    if short && !ends || is_first && line.len() < 200 && !stops {
        return SentenceKind::Headline;
    }
    SentenceKind::Body
}

/// Length of the mark that begins a list item, 0 where it is part of the item ("(a)").
fn bullet(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    if matches!(first, '•' | '●' | '▪' | '■' | '◦' | '‣' | '·' | '*' | '-' | '–' | '—' | '►' | '➤')
        && rest.starts_with(is_blank)
    {
        return Some(first.len_utf8());
    }
    let bytes = line.as_bytes();
    if first == '(' {
        let close = bytes.iter().take(6).position(|&b| b == b')')?;
        let label = &bytes[1..close];
        let is_label = !label.is_empty()
            && (label.iter().all(u8::is_ascii_digit)
                || label.len() == 1 && label[0].is_ascii_lowercase()
                || label.iter().all(|b| b"ivx".contains(b)));
        return (is_label && bytes.get(close + 1) == Some(&b' ')).then_some(0);
    }
    let digits = bytes.iter().take(3).take_while(|b| b.is_ascii_digit()).count();
    let after = bytes.get(digits..digits + 2)?;
    ((1..=2).contains(&digits) && matches!(after, b". " | b") ")).then_some(digits + 1)
}

/// Cuts lines; their markup goes to the boilerplate, the text between it to the pieces.
fn read_lines(lexicon: &Lexicon, text: &str, layout: &mut Layout) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut gap = false;
    let mut start = 0;
    while start <= text.len() {
        let end = line_end(text, start);
        let first_piece = layout.pieces.len();
        read_pieces(lexicon, text, start..end, layout);
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

/// First line break from `start`, else the text's end.
fn line_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let is_break = |at: usize| match bytes[at] {
        b'\n' | b'\r' | 0x0B | 0x0C => true,
        // U+0085, U+2028 and U+2029.
        0xC2 => bytes[at + 1] == 0x85,
        0xE2 => bytes[at + 1] == 0x80 && matches!(bytes[at + 2], 0xA8 | 0xA9),
        _ => false,
    };
    (start..bytes.len()).find(|&at| is_break(at)).unwrap_or(bytes.len())
}

/// Appends what of `line` is no markup.
fn read_pieces(lexicon: &Lexicon, text: &str, line: Range<usize>, layout: &mut Layout) {
    let mut start = line.start;
    let mut at = line.start;
    while let Some(found) = text[at..line.end].find('<') {
        let open = at + found;
        at = open + 1;
        if let Some(length) = tag(lexicon, &text[open..line.end]) {
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
fn tag(lexicon: &Lexicon, text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let name = usize::from(bytes.get(1) == Some(&b'/')) + 1;
    bytes.get(name).filter(|b| b.is_ascii_alphabetic())?;
    let name_end =
        name + bytes[name..].iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
    if !matches!(bytes.get(name_end)?, b'>' | b' ' | b'/')
        || !is_element(lexicon, &text[name..name_end])
    {
        return None;
    }
    let end = bytes.iter().take(300).position(|&b| b == b'>')?;
    // "a < b and c > d" holds no attribute.
    let inner = &bytes[name_end..end];
    (inner.iter().all(|&b| b == b'/' || b == b' ') || inner.contains(&b'=')).then_some(end + 1)
}

/// Whether `name` is that of an element. "<HADS>" in a wire is a share; so are single capitals.
fn is_element(lexicon: &Lexicon, name: &str) -> bool {
    let is_capital = name.len() == 1 && name.starts_with(|c: char| c.is_ascii_uppercase());
    !is_capital && lexicon.has_any_case(WordList::HtmlElement, name)
}

#[cfg(test)]
mod tests {
    use SentenceKind::{Body, Headline, ListItem};

    use super::*;

    fn blocks(text: &str) -> Vec<(String, SentenceKind)> {
        let layout = read(&Lexicon::load(None).unwrap(), text, 0);
        let of = |block: &Block| {
            let pieces = &layout.pieces[block.pieces.clone()];
            pieces.iter().map(|piece| &text[piece.clone()]).collect::<Vec<_>>().join(" ")
        };
        layout.blocks.iter().map(|block| (of(block), block.kind)).collect()
    }

    #[test]
    fn markup_is_no_text() {
        let found = blocks("<div>Talks &amp; arms</div>\nif a < b and c > d, all is well.");
        assert_eq!(found[0], ("Talks &amp; arms".to_owned(), Headline));
        assert_eq!(found[1].0, "if a < b and c > d, all is well.");
    }

    #[test]
    fn shares_are_no_markup() {
        let found = blocks("Shares of Arms Corp <ARM> rose, it said.<br><b>Others</b> <C> fell.");
        assert_eq!(found[0].0, "Shares of Arms Corp <ARM> rose, it said. Others <C> fell.");
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let found = blocks(
            "Envoys sign treaty\n\nThe two ministers signed the treaty on Friday after a\nnight of \
             talks, and their envoys said that shells\nwould be delivered within weeks to all of the\n\
             ports in the north.\nNothing else was agreed.",
        );
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn the_usual_length_decides_where_lines_are_broken() {
        let wrapped = "The two ministers signed the treaty on Friday after a\nnight of talks, and their \
             envoys said that shells\nwould be delivered within weeks to all of the\nports in the north of \
             the country, as they had\nbeen a year before. Nothing else was agreed on,\nthey said.";
        let address = "See https://example.org/a/very/long/address/of/a/report/that/no/line/can/hold/and/\
             that/is/never/broken/anywhere.html";
        assert_eq!(blocks(&format!("{wrapped}\n\n{address}\n\n{wrapped}")).len(), 3);
        let narrow = "Envoys of both states met in the\nNorth on Friday, and they signed\nwhat had been \
             agreed on a month\nbefore. Poland sold its tanks to\nUkraine, the report said, and\nTurkey sold \
             drones to it.";
        assert_eq!(blocks(narrow).len(), 1);
        let list = "Envoys sign treaty\nShips leave port\nActor wins prize\nRain in the north";
        assert_eq!(blocks(list).len(), 4);
    }

    #[test]
    fn items_are_blocks_of_their_own() {
        let found = blocks("Talks\n\nThey agreed:\n- arms for oil\n- a visit\n\nIt was late.");
        let kinds: Vec<_> = found.iter().map(|(_, kind)| *kind).collect();
        assert_eq!(kinds, [Headline, Body, ListItem, ListItem, Body]);
    }
}
