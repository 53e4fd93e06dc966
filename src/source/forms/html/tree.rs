//! A page's elements with what extraction asks of them, each computed once.

use dom_query::{Document, NodeRef};

/// Elements and texts in the order of the page; a parent stands before its children.
pub(super) struct Tree<'d> {
    pub(super) nodes: Vec<Node<'d>>,
}

/// An element or a text.
pub(super) struct Node<'d> {
    pub(super) dom: NodeRef<'d>,
    /// Name of the element; empty for a text.
    pub(super) name: String,
    /// Words of class and id, in lower case.
    pub(super) words: Vec<String>,
    /// Of a text.
    pub(super) text: String,
    pub(super) parent: Option<usize>,
    pub(super) children: Vec<usize>,
    /// Index behind its last descendant.
    pub(super) end: usize,
    pub(super) is_removed: bool,
    /// Characters of text below, without those of removed elements.
    pub(super) n_text: usize,
    /// Of them, those inside of links.
    pub(super) n_linked: usize,
    /// Of them, those of prose: paragraphs with sentences, outside of links.
    pub(super) n_prose: usize,
}

/// Elements of a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "mark", "q",
    "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "br", "img",
];

impl<'d> Tree<'d> {
    /// The elements of `document` below its body.
    pub(super) fn of(document: &'d Document) -> Self {
        let mut tree = Self { nodes: Vec::new() };
        let Some(root) = document.body() else { return tree };
        // A node, and its parent's index; `None` marks the end of an element.
        let mut open: Vec<(NodeRef<'d>, Option<usize>)> = vec![(root, None)];
        while let Some((dom, parent)) = open.pop() {
            let index = tree.nodes.len();
            let name = dom.node_name().map(|name| name.to_string()).unwrap_or_default();
            let text = if dom.is_text() { dom.text().to_string() } else { String::new() };
            if name.is_empty() && text.is_empty() {
                continue;
            }
            let words = words(&dom);
            let children: Vec<_> = dom.children_it(true).collect();
            open.extend(children.into_iter().map(|child| (child, Some(index))));
            if let Some(parent) = parent {
                tree.nodes[parent].children.push(index);
            }
            tree.nodes.push(Node {
                dom,
                name,
                words,
                text,
                parent,
                children: Vec::new(),
                end: index + 1,
                is_removed: false,
                n_text: 0,
                n_linked: 0,
                n_prose: 0,
            });
        }
        for index in (1..tree.nodes.len()).rev() {
            let end = tree.nodes[index].end;
            if let Some(parent) = tree.nodes[index].parent {
                tree.nodes[parent].end = tree.nodes[parent].end.max(end);
            }
        }
        tree.measure();
        tree
    }

    /// Counts texts anew, without what was removed.
    pub(super) fn measure(&mut self) {
        for index in (0..self.nodes.len()).rev() {
            let (mut n_text, mut n_linked, mut n_prose) = (0, 0, 0);
            let node = &self.nodes[index];
            if node.is_removed {
                // Nothing of it counts.
            } else if node.name.is_empty() {
                n_text = node.text.split_whitespace().map(|word| word.len() + 1).sum();
            } else {
                for &child in &node.children {
                    let child = &self.nodes[child];
                    n_text += child.n_text;
                    n_linked += child.n_linked;
                    n_prose += child.n_prose;
                }
                match node.name.as_str() {
                    "a" => n_linked = n_text,
                    // Text that hangs in a block without blocks below is a paragraph as well.
                    name if !INLINE.contains(&name) && n_prose == 0 => {
                        let own = n_text - n_linked;
                        let is_prose = own >= 60 && !self.has_blocks(index);
                        n_prose = if is_prose { own } else { 0 };
                    }
                    _ => {}
                }
            }
            let node = &mut self.nodes[index];
            (node.n_text, node.n_linked, node.n_prose) = (n_text, n_linked, n_prose);
        }
    }

    /// Whether an element has blocks among its children.
    pub(super) fn has_blocks(&self, index: usize) -> bool {
        self.nodes[index].children.iter().any(|&child| {
            let child = &self.nodes[child];
            child.n_text > 0 && !child.name.is_empty() && !self.is_inline(&child.name)
        })
    }

    #[expect(clippy::unused_self, reason = "asked of a tree")]
    fn is_inline(&self, name: &str) -> bool {
        INLINE.contains(&name)
    }

    /// Takes an element out.
    pub(super) fn remove(&mut self, index: usize) {
        for node in &mut self.nodes[index..][..1] {
            node.is_removed = true;
            node.dom.remove_from_parent();
        }
        let end = self.nodes[index].end;
        for node in &mut self.nodes[index..end] {
            node.is_removed = true;
        }
    }

    /// The text of an element in blocks, without what was removed.
    pub(super) fn blocks(&self, index: usize) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut block = String::new();
        self.push_blocks(index, &mut block, &mut blocks);
        end_block(&mut block, &mut blocks);
        blocks
    }

    fn push_blocks(&self, index: usize, block: &mut String, blocks: &mut Vec<String>) {
        let node = &self.nodes[index];
        if node.is_removed {
            return;
        }
        if node.name.is_empty() {
            push_text(&node.text, block);
            return;
        }
        if node.name == "br" {
            while block.ends_with(' ') {
                block.pop();
            }
            block.push('\n');
            return;
        }
        let is_block = !self.is_inline(&node.name) && !matches!(node.name.as_str(), "td" | "th");
        if is_block {
            end_block(block, blocks);
        } else if !block.ends_with(['\t', '\n', ' '])
            && matches!(node.name.as_str(), "td" | "th")
            && !block.is_empty()
        {
            block.push('\t');
        }
        for &child in &node.children {
            self.push_blocks(child, block, blocks);
        }
        if is_block {
            end_block(block, blocks);
        }
    }
}

fn end_block(block: &mut String, blocks: &mut Vec<String>) {
    let text = std::mem::take(block);
    // Two breaks in a row part paragraphs.
    for part in text.split("\n\n") {
        let part = part.trim();
        if !part.is_empty() {
            blocks.push(part.to_owned());
        }
    }
}

fn push_text(text: &str, block: &mut String) {
    for c in text.chars() {
        if !c.is_whitespace() {
            block.push(c);
        } else if !block.is_empty() && !block.ends_with([' ', '\n', '\t']) {
            block.push(' ');
        }
    }
}

/// Words of an element's class and id: "entry-content relatedPosts" are four.
fn words(dom: &NodeRef<'_>) -> Vec<String> {
    const MAX_WORDS: usize = 40;
    let mut words = Vec::new();
    for name in ["class", "id", "data-component", "data-testid"] {
        let Some(value) = dom.attr(name) else { continue };
        let mut word = String::new();
        let mut was_lower = false;
        for c in value.chars().chain([' ']) {
            if (!c.is_alphanumeric() || c.is_uppercase() && was_lower) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            }
            // Words of two names are not neighbours.
            if c.is_whitespace() && words.last().is_some_and(|last| !last.is_empty()) {
                words.push(String::new());
            }
            was_lower = c.is_lowercase() || c.is_ascii_digit();
        }
        if words.len() > MAX_WORDS {
            break;
        }
    }
    words
}
