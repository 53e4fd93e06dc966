//! Elements that are named after something small that they hold, and hold the article as well.
//!
//! Comes in: a page. Goes out: where such elements begin. A column of the whole page may be called
//! "content right-sidebar", and a form may stand around everything.

use std::collections::{HashMap, HashSet};

use super::super::super::tags::{Kind, Tag, Tags};

/// Most elements that are looked at.
const MAX_ELEMENTS: usize = 10_000;

/// An element that may be that of other stories.
#[derive(Debug)]
struct Open {
    start: usize,
    /// Elements of its name that are open inside of it, with itself.
    depth: usize,
    /// Bytes of text and first headings before it.
    before: (usize, usize),
    is_of_readers: bool,
}

/// Where the elements begin that `is_suspect` names, and that hold the page's first heading alone or two
/// fifths of its text.
///
/// # Complexity
///
/// Linear in the length of the page.
pub(super) fn wide(page: &str, is_suspect: impl Fn(&Tag<'_>) -> Option<Suspect>) -> HashSet<usize> {
    let mut open: HashMap<String, Vec<Open>> = HashMap::new();
    let mut closed: Vec<(Open, usize, usize)> = Vec::new();
    let (mut n_text, mut n_headings, mut n_elements, mut at) = (0, 0, 0, 0);
    for tag in Tags::of(page) {
        n_text += page[at..tag.range.start].trim().len();
        at = tag.range.end;
        if tag.kind == Kind::Aside || tag.is_void() || tag.closes_itself() {
            continue;
        }
        let name = tag.name.to_ascii_lowercase();
        if tag.kind == Kind::Open {
            n_headings += usize::from(name == "h1");
            let suspect = if n_elements < MAX_ELEMENTS { is_suspect(&tag) } else { None };
            if let Some(suspect) = suspect {
                n_elements += 1;
                let is_of_readers = suspect == Suspect::Readers;
                let element = Open {
                    start: tag.range.start,
                    depth: 1,
                    before: (n_text, n_headings),
                    is_of_readers,
                };
                open.entry(name).or_default().push(element);
            } else if let Some(last) = open.get_mut(&name).and_then(|open| open.last_mut()) {
                last.depth += 1;
            }
        } else if let Some(of_name) = open.get_mut(&name)
            && let Some(last) = of_name.last_mut()
        {
            last.depth -= 1;
            if last.depth == 0 {
                closed.extend(of_name.pop().map(|element| (element, n_text, n_headings)));
            }
        }
    }
    n_text += page[at..].trim().len();
    let unclosed = open.into_values().flatten().map(|element| (element, n_text, n_headings));
    let holds_article = |(element, text, headings): &(Open, usize, usize)| {
        let holds_headline = element.before.1 == 0 && *headings == 1;
        let text = text - element.before.0;
        !element.is_of_readers && (holds_headline || text * 5 >= n_text * 2)
    };
    closed
        .into_iter()
        .chain(unclosed)
        .filter(holds_article)
        .map(|(element, ..)| element.start)
        .collect()
}

/// What an element's name says that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suspect {
    /// Other stories, or the page's own parts.
    Page,
    /// What readers write, which may be longer than the article.
    Readers,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_hold_the_article_are_wide() {
        let suspect = |tag: &Tag<'_>| {
            let class = tag.attribute("class")?;
            (class == "c").then_some(Suspect::Readers).or((class == "s").then_some(Suspect::Page))
        };
        let wide = |page: &str| wide(page, suspect).len();
        let text = "They met in Rome and left again. ".repeat(10);
        assert_eq!(wide(&format!("<div class=s><div>{text}</div></div>")), 1);
        assert_eq!(wide(&format!("<div class=s><h1>Talks</h1></div><p>{text}")), 1);
        assert_eq!(wide(&format!("<div class=s>More</div><p>{text}")), 0);
        assert_eq!(wide(&format!("<div class=c>{text}{text}</div><p>{text}")), 0);
        assert_eq!(wide(&format!("<div class=s><h1>A</h1><h1>B</h1></div><p>{text}")), 0);
        assert_eq!(wide(&format!("<div class=s><p>{text}")), 1);
    }
}
