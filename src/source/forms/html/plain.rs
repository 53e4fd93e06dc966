//! All text of a page or of a piece of one: tags dropped, blocks on lines of their own.

use super::super::super::entities;
use super::super::super::tags::{Kind, Tag, Tags};

/// Elements that do not break a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "big", "cite", "code", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];
/// Elements behind which a line is left empty.
const PARAGRAPHS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "ul",
    "ol",
    "table",
    "article",
    "section",
];

/// The text of `page`; elements that `is_dropped` names by tag and attributes go with their content.
pub(super) fn text(page: &str, is_dropped: impl Fn(&Tag<'_>) -> bool) -> String {
    let mut text = String::new();
    let mut at = 0;
    // The element that is dropped, and how many of its name are open.
    let mut dropped: Option<(&str, usize)> = None;
    for tag in Tags::of(page) {
        if dropped.is_none() {
            push(&page[at..tag.range.start], &mut text);
        }
        at = tag.range.end;
        if let Some((name, depth)) = &mut dropped {
            if tag.is(name) {
                match tag.kind {
                    Kind::Open if !tag.closes_itself() => *depth += 1,
                    Kind::Close => *depth -= 1,
                    _ => {}
                }
                if *depth == 0 {
                    dropped = None;
                }
            }
            continue;
        }
        if tag.kind == Kind::Open && !tag.is_void() && !tag.closes_itself() && is_dropped(&tag) {
            dropped = Some((tag.name, 1));
        }
        break_line(&tag, &mut text);
    }
    if dropped.is_none() {
        push(&page[at..], &mut text);
    }
    text.truncate(text.trim_end().len());
    text
}

fn break_line(tag: &Tag<'_>, text: &mut String) {
    if tag.is_any(INLINE) || tag.kind == Kind::Aside || text.is_empty() {
        return;
    }
    while text.ends_with(' ') {
        text.pop();
    }
    if tag.is_any(PARAGRAPHS) {
        while !text.ends_with("\n\n") {
            text.push('\n');
        }
    } else if !text.ends_with('\n') {
        text.push('\n');
    }
}

/// Appends text with its entities read and its white space made single.
fn push(raw: &str, text: &mut String) {
    let mut read = String::new();
    let raw = if raw.contains('&') {
        entities::push(raw, &mut read);
        &read
    } else {
        raw
    };
    for c in raw.chars() {
        if !c.is_whitespace() {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}
