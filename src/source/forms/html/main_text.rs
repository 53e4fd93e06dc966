//! The main text of a page.
//!
//! Comes in: a page. Goes out: the article's paragraphs. Left out: what stands around them:
//! comments, other stories, promotions, navigation.

use std::collections::HashSet;
use std::sync::LazyLock;

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use serde::Deserialize;

use super::plain;
use super::tree::{Node, Tree};

/// A main text shorter than this is held against all of the page's text.
const SHORT: usize = 250;

static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/inputs/furniture.toml"))
        .expect("the embedded names of furniture are well formed")
});

/// Names of what stands around an article.
#[derive(Debug, Deserialize)]
struct Furniture {
    words: HashSet<String>,
    pairs: HashSet<String>,
    elements: HashSet<String>,
    bodies: HashSet<String>,
    headings: HashSet<String>,
    labels: HashSet<String>,
}

/// The main text of a page that was made fit for a tree; `None` where none was found.
pub(super) fn find(cleaned: &str) -> Option<String> {
    let document = Document::from(cleaned);
    let mut tree = Tree::of(&document);
    if tree.nodes.is_empty() {
        return None;
    }
    remove_furniture(&mut tree);
    remove_links(&mut tree);
    remove_behind_headings(&mut tree);
    let body = find_body(&tree).map(|index| tree.blocks(index));
    let all = tree.nodes[0].n_prose;
    drop(tree);
    let by_class = body.map(join);
    let enough = |text: &String| text.len() >= SHORT && text.len() * 2 > all;
    if let Some(text) = by_class.as_ref().filter(|text| enough(text)) {
        return Some(text.clone());
    }
    let read = readable(document);
    match (read, by_class) {
        (Some(read), Some(by_class)) if by_class.len() > read.len() => Some(by_class),
        (read, by_class) => read.or(by_class),
    }
}

/// The main text by the density of text and links.
fn readable(document: Document) -> Option<String> {
    let config = Config { max_elements_to_parse: 100_000, ..Config::default() };
    let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    let text = plain::text(&article.content, |_| false);
    let blocks = text.split("\n\n").map(str::to_owned).collect();
    Some(join(blocks)).filter(|text| !text.is_empty())
}

/// Paragraphs one behind the other; a long one that was there already is a picture's or a teaser's.
fn join(blocks: Vec<String>) -> String {
    const LONG: usize = 40;
    let mut seen: HashSet<String> = HashSet::new();
    let mut text = String::new();
    for block in blocks {
        if block.len() >= LONG && !seen.insert(block.clone()) {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&block);
    }
    text
}

/// What stands behind the headline, where the text begins with it, without the lines on author and
/// day before the first paragraph: the page's metadata tell them.
pub(super) fn behind_headline(text: String, title: &str) -> String {
    const FIRST: usize = 8;
    const PARAGRAPH: usize = 100;
    const SHORT_LINE: usize = 60;
    let same = |block: &&str| block.split_whitespace().eq(title.split_whitespace());
    let blocks: Vec<&str> = text.split("\n\n").collect();
    let Some(at) = blocks.iter().take(FIRST).position(same) else { return text };
    let behind = &blocks[at + 1..];
    let Some(paragraph) = behind.iter().take(2 * FIRST).position(|b| b.len() >= PARAGRAPH) else {
        return if behind.is_empty() { text } else { behind.join("\n\n") };
    };
    let is_line =
        |block: &str| block.len() < SHORT_LINE && !block.ends_with(['.', '!', '?', '”', '"', ':']);
    let kept = behind.iter().enumerate().filter(|(n, block)| *n >= paragraph || !is_line(block));
    kept.map(|(_, block)| *block).collect::<Vec<_>>().join("\n\n")
}

/// Takes out elements that their names say to be no article.
fn remove_furniture(tree: &mut Tree<'_>) {
    let all = tree.nodes[0].n_prose;
    let mut index = 1;
    while index < tree.nodes.len() {
        let node = &tree.nodes[index];
        let end = node.end;
        if node.name.is_empty() || !is_furniture(node, all) {
            index += 1;
            continue;
        }
        tree.remove(index);
        index = end;
    }
    tree.measure();
}

fn is_furniture(node: &Node<'_>, all: usize) -> bool {
    let furniture = &*FURNITURE;
    // What holds much of the page's prose is named after something else that it holds.
    let holds_much = node.n_prose * 10 > all * 3 && node.n_prose > SHORT;
    if furniture.elements.contains(&node.name) {
        return !(holds_much && matches!(node.name.as_str(), "form" | "aside"));
    }
    if matches!(node.name.as_str(), "html" | "body" | "main") || holds_much {
        return false;
    }
    let attribute = |name: &str| node.dom.attr(name).map(|value| value.to_string());
    let is_hidden = attribute("hidden").is_some()
        || attribute("aria-hidden").is_some_and(|value| value == "true")
        || attribute("style").is_some_and(|style| {
            let style = style.replace(' ', "").to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        });
    let role = attribute("role").unwrap_or_default();
    let of_page =
        ["navigation", "complementary", "banner", "contentinfo", "dialog", "search", "menu"];
    is_hidden
        || of_page.contains(&role.as_str())
        || is_named(node, &furniture.words, &furniture.pairs)
}

/// Whether one of an element's words stands in `words`, or two in a row in `pairs`.
fn is_named(node: &Node<'_>, words: &HashSet<String>, pairs: &HashSet<String>) -> bool {
    // "has-sidebar" and "no-comments" say what else there is, or is not.
    let negates =
        |word: &str| matches!(word, "has" | "no" | "with" | "without" | "not" | "is" | "js");
    let mut before = "";
    node.words.iter().any(|word| {
        let pair = format!("{before} {word}");
        let found =
            !negates(before) && words.contains(word) || !before.is_empty() && pairs.contains(&pair);
        before = word;
        found
    })
}

/// Takes out lines and lists that are links to other stories.
fn remove_links(tree: &mut Tree<'_>) {
    let mut index = 1;
    while index < tree.nodes.len() {
        if !tree.nodes[index].is_removed && is_link_line(tree, index) {
            tree.remove(index);
        }
        index += 1;
    }
    tree.measure();
}

fn is_link_line(tree: &Tree<'_>, index: usize) -> bool {
    let node = &tree.nodes[index];
    if node.n_linked == 0 || node.n_text == 0 {
        return false;
    }
    let own = node.n_text - node.n_linked;
    match node.name.as_str() {
        "ul" | "ol" | "dl" => own * 5 < node.n_text,
        "table" => own * 2 < node.n_text,
        "p" | "div" | "li" | "section" | "h2" | "h3" | "h4" | "h5" | "h6" | "figure" => {
            if tree.has_blocks(index) {
                return false;
            }
            let links = node.n_linked;
            // One link that is the whole line, or stands behind a label.
            let text = tree.blocks(index).join(" ");
            let sentence = text.ends_with(['.', '”']) && text.len() > 120;
            if own <= 3 {
                return !sentence && links > 12;
            }
            own < 60 && links > 12 && is_label(&text, own)
        }
        _ => false,
    }
}

/// Whether the line begins with a label such as "ALSO READ |", and the rest is a link.
fn is_label(text: &str, own: usize) -> bool {
    let end = text.find([':', '|', '»', '>', '–', '—', '•', '→', '-']).unwrap_or(0);
    let label = text[..end].trim().to_lowercase();
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    !label.is_empty() && label.len() + 8 >= own && FURNITURE.labels.contains(label)
}

/// Takes out what stands behind a heading such as "Comments" or "Related stories".
fn remove_behind_headings(tree: &mut Tree<'_>) {
    let mut index = 1;
    while index < tree.nodes.len() {
        if tree.nodes[index].is_removed || !is_end(tree, index) {
            index += 1;
            continue;
        }
        let Some(parent) = tree.nodes[index].parent else { break };
        let behind: Vec<usize> =
            tree.nodes[parent].children.iter().copied().filter(|child| *child >= index).collect();
        let comments = is_of_readers(&tree.blocks(index).join(" "));
        let prose: usize = behind.iter().map(|&child| tree.nodes[child].n_prose).sum();
        let holds_much = prose * 2 > tree.nodes[0].n_prose;
        for (n, child) in behind.into_iter().enumerate() {
            let is_heading = matches!(tree.nodes[child].name.as_str(), "h1" | "h2" | "h3" | "h4");
            // Other stories end where the article goes on; what readers write does not.
            let goes_on = n > 0
                && (is_heading
                    || !comments
                        && tree.nodes[child].n_prose > 0
                        && matches!(tree.nodes[child].name.as_str(), "p"));
            if goes_on && !comments || holds_much && n > 0 {
                break;
            }
            tree.remove(child);
        }
        index += 1;
    }
    tree.measure();
}

fn is_end(tree: &Tree<'_>, index: usize) -> bool {
    let node = &tree.nodes[index];
    let is_heading =
        matches!(node.name.as_str(), "h2" | "h3" | "h4" | "h5" | "h6" | "strong" | "b");
    if !is_heading || node.n_text > 50 || node.n_text == 0 {
        return false;
    }
    let text = tree.blocks(index).join(" ").to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphabetic());
    // A word in bold inside of a paragraph is no heading.
    let alone = !matches!(node.name.as_str(), "strong" | "b")
        || node.parent.is_some_and(|parent| tree.nodes[parent].n_text <= node.n_text + 2);
    alone && FURNITURE.headings.contains(text)
}

fn is_of_readers(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    ["comment", "repl", "response", "discussion", "conversation"]
        .iter()
        .any(|word| heading.contains(word))
}

/// The smallest element that its name says to be the article's text and that holds most of it.
fn find_body(tree: &Tree<'_>) -> Option<usize> {
    let furniture = &*FURNITURE;
    let none = HashSet::new();
    let mut best: Option<(usize, usize)> = None;
    let mut most = 0;
    let mut candidates = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        if node.is_removed || node.n_prose < SHORT {
            continue;
        }
        let itemprop = node.dom.attr("itemprop").is_some_and(|value| value.contains("articleBody"));
        let named = is_named(node, &none, &furniture.bodies)
            || node.words.iter().any(|word| furniture.bodies.contains(word));
        if itemprop || named || node.name == "article" || node.name == "main" {
            most = most.max(node.n_prose);
            candidates.push((index, node.n_prose));
        }
    }
    for (index, n_prose) in candidates {
        // The innermost of those that hold nearly all.
        if n_prose * 10 >= most * 9 {
            best = Some((index, n_prose));
        }
    }
    best.map(|(index, _)| index)
}
