//! A page made fit for a parser that builds trees: small, shallow, without what is never read.

use super::super::super::entities;
use super::super::super::tags::{Kind, Tag, Tags};

/// Deepest nesting that is parsed: tree walks cost stack and time by depth.
const MAX_DEPTH: usize = 256;
/// Most tags that are parsed.
const MAX_TAGS: usize = 120_000;
/// Largest page that is parsed, in bytes, once scripts, pictures and the like are gone.
const MAX_BYTES: usize = 6 << 20;
/// Most marks that begin no tag, and most entities: parsers handle each by itself.
const MAX_MARKS: usize = 20_000;
/// Longest value of an attribute that is kept.
const MAX_VALUE: usize = 1024;
/// Most attributes of a tag: parsers hold each against each.
const MAX_ATTRIBUTES: usize = 48;

/// Attributes that extraction asks for.
const KEPT: &[&str] = &[
    "class",
    "id",
    "href",
    "itemprop",
    "itemtype",
    "property",
    "role",
    "datetime",
    "title",
    "rel",
    "hidden",
    "aria-hidden",
    "style",
    "data-component",
    "data-testid",
    "colspan",
    "rowspan",
];

/// The page without scripts, styles, drawings and comments; `None` where even then it is too large
/// or too deep for a tree.
pub(super) fn clean(page: &str) -> Option<String> {
    let mut cleaned = String::with_capacity(page.len().min(MAX_BYTES));
    let mut open: Vec<&str> = Vec::new();
    let (mut at, mut n_tags, mut n_marks) = (0, 0, 0);
    // Inside of a drawing, up to its end.
    let mut n_drawings = 0_usize;
    for tag in Tags::of(page) {
        n_marks += push(&page[at..tag.range.start], n_drawings > 0, &mut cleaned);
        at = tag.range.end;
        n_tags += 1;
        if n_tags > MAX_TAGS || n_marks > MAX_MARKS || cleaned.len() > MAX_BYTES {
            return None;
        }
        if tag.is_any(&["svg", "math"]) {
            match tag.kind {
                Kind::Open if !tag.closes_itself() => n_drawings += 1,
                Kind::Close => n_drawings = n_drawings.saturating_sub(1),
                _ => {}
            }
            continue;
        }
        if n_drawings > 0 || tag.is_any(&["script", "style"]) || tag.kind == Kind::Aside {
            continue;
        }
        if tag.kind == Kind::Close {
            close(&tag, &mut open, &mut cleaned);
        } else {
            push_open(&tag, &mut cleaned);
            if tag.closes_itself() && !tag.is_void() {
                push_close(tag.name, &mut cleaned);
            } else if !tag.is_void() {
                if is_implied(&tag) && open.last().is_some_and(|last| tag.is(last)) {
                    open.pop();
                }
                open.push(tag.name);
            }
        }
        if open.len() > MAX_DEPTH {
            return None;
        }
    }
    n_marks += push(&page[at..], n_drawings > 0, &mut cleaned);
    (n_marks <= MAX_MARKS && cleaned.len() <= MAX_BYTES).then_some(cleaned)
}

/// Elements that another one of their kind closes.
fn is_implied(tag: &Tag<'_>) -> bool {
    tag.is_any(&["p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody", "thead", "tfoot"])
}

/// Closes the innermost open element of the tag's name, if one is near.
fn close(tag: &Tag<'_>, open: &mut Vec<&str>, cleaned: &mut String) {
    let near = open.iter().rev().take(64).position(|name| tag.is(name));
    if let Some(near) = near {
        open.truncate(open.len() - near - 1);
    }
    push_close(tag.name, cleaned);
}

fn push_close(name: &str, cleaned: &mut String) {
    cleaned.push_str("</");
    cleaned.push_str(name);
    cleaned.push('>');
}

fn push_open(tag: &Tag<'_>, cleaned: &mut String) {
    cleaned.push('<');
    cleaned.push_str(tag.name);
    for (name, value) in tag.attributes().take(MAX_ATTRIBUTES) {
        let kept = KEPT.iter().any(|kept| name.eq_ignore_ascii_case(kept));
        if kept && value.len() <= MAX_VALUE {
            cleaned.push(' ');
            cleaned.push_str(name);
            cleaned.push_str("=\"");
            cleaned.push_str(&value.replace('"', "&quot;"));
            cleaned.push('"');
        }
    }
    cleaned.push('>');
}

/// Appends text, its letters read from their entities; gives the number of marks in it that a
/// parser stops at.
fn push(text: &str, is_dropped: bool, cleaned: &mut String) -> usize {
    if is_dropped || text.is_empty() {
        return 0;
    }
    let mut n_marks = 0;
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'&', b'<', rest.as_bytes()) {
        cleaned.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.starts_with('&').then(|| entities::entity(rest)).flatten();
        let (c, length) = match entity {
            Some((c, length)) => (Some(c), length),
            None => (rest.chars().next(), 1),
        };
        match c {
            Some('<') => cleaned.push_str("&lt;"),
            Some('&') => cleaned.push_str("&amp;"),
            Some(c) => cleaned.push(c),
            None => {}
        }
        n_marks += usize::from(matches!(c, Some('<' | '&')));
        rest = &rest[length..];
    }
    cleaned.push_str(rest);
    n_marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_never_read_is_dropped() {
        let page = "<p class=a onclick='x()'>Caf&eacute; &amp; bar<script>x<y</script><svg><path/></svg>\
            <!-- c --><i/>.</p>";
        assert_eq!(clean(page).unwrap(), "<p class=\"a\">Café &amp; bar<i></i>.</p>");
    }

    #[test]
    fn self_closing_tags_are_no_depth() {
        assert!(clean(&"<use-icon/>".repeat(1000)).is_some());
        assert!(clean(&"<img src=x>".repeat(1000)).is_some());
        assert!(clean(&"<div>".repeat(1000)).is_none());
        assert!(clean(&"<".repeat(1_000_000)).is_none());
    }
}
