//! Phrases that are looked for in a text from the words at which they may begin.

use std::iter;

/// Phrases with what each stands for.
///
/// A word is a run of letters and digits; every other character is a word of its own. A text is
/// read word by word with [`words`], and [`PhraseTable::at`] tells what begins there.
///
/// A search begins at a given byte and never anywhere else, so that a plain trie does, laid out in
/// a few lists: it is made from the sorted phrases in one pass and takes no more than they do.
#[derive(Debug)]
pub(crate) struct PhraseTable<T> {
    /// The phrases in the order of their bytes, one after the other.
    bytes: Box<[u8]>,
    /// Where each phrase begins in `bytes`; one more for the end.
    starts: Box<[u32]>,
    /// What each phrase stands for.
    values: Box<[T]>,
    /// The first is the root.
    nodes: Box<[Node]>,
    /// The bytes by which the children of the nodes are reached, sorted for each node.
    labels: Box<[u8]>,
    /// The children, beside `labels`.
    children: Box<[u32]>,
}

/// All phrases with the same first bytes. One of which only one text is left has no children: the
/// rest of that text is compared.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// The first of the phrases, as a number: those that end here come first.
    first: u32,
    /// How many end here; all where one text is left.
    n_here: u32,
    /// The children, as a range of `labels`.
    first_child: u32,
    n_children: u32,
}

impl<T: Copy> PhraseTable<T> {
    /// A table of `phrases`; a phrase may stand for several things. An empty one is never found.
    ///
    /// # Panics
    ///
    /// If the phrases fill gigabytes.
    pub(crate) fn new(phrases: impl IntoIterator<Item = (Box<str>, T)>) -> Self {
        let filled = phrases.into_iter().filter(|(phrase, _)| !phrase.is_empty());
        let mut phrases: Vec<_> = filled.collect();
        phrases.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut starts = vec![0];
        let mut bytes = Vec::new();
        for (phrase, _) in &phrases {
            bytes.extend_from_slice(phrase.as_bytes());
            starts.push(number(bytes.len()));
        }
        let mut table = Self {
            bytes: bytes.into(),
            starts: starts.into(),
            values: phrases.iter().map(|&(_, value)| value).collect(),
            nodes: Box::default(),
            labels: Box::default(),
            children: Box::default(),
        };
        table.link();
        table
    }

    /// Makes the nodes from the sorted phrases, level by level.
    fn link(&mut self) {
        let (mut nodes, mut labels, mut children) = (Vec::new(), Vec::new(), Vec::new());
        let mut open = vec![(0, number(self.values.len()))];
        let mut depth = 0;
        while !open.is_empty() {
            let mut next = Vec::new();
            let after_level = nodes.len() + open.len();
            for (first, end) in open {
                let first_child = number(labels.len());
                let one_text = first < end && self.phrase(first) == self.phrase(end - 1);
                let ends_here = |&at: &u32| self.phrase(at).len() == depth;
                let n_here = if one_text {
                    end - first
                } else {
                    number((first..end).take_while(ends_here).count())
                };
                let mut from = first + n_here;
                while from < end {
                    let label = self.phrase(from)[depth];
                    let same = (from..end).take_while(|&at| self.phrase(at)[depth] == label);
                    let to = from + number(same.count());
                    labels.push(label);
                    children.push(number(after_level + next.len()));
                    next.push((from, to));
                    from = to;
                }
                let n_children = number(labels.len()) - first_child;
                nodes.push(Node { first, n_here, first_child, n_children });
            }
            open = next;
            depth += 1;
        }
        (self.nodes, self.labels, self.children) = (nodes.into(), labels.into(), children.into());
    }

    fn phrase(&self, number: u32) -> &[u8] {
        let at = number as usize;
        &self.bytes[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// The phrases that begin at byte `start` of `text`: the length of each in bytes, the shortest
    /// first, and what it stands for. The last word of a phrase may go on behind it.
    pub(crate) fn at<'a>(
        &'a self,
        text: &'a str,
        start: usize,
    ) -> impl Iterator<Item = (usize, T)> + use<'a, T> {
        let rest = &text.as_bytes()[start..];
        let mut node = self.nodes.first().copied();
        let mut depth = 0;
        let mut found = 0..0;
        iter::from_fn(move || {
            loop {
                if let Some(at) = found.next() {
                    return Some((self.phrase(at).len(), self.values[at as usize]));
                }
                let here = node?;
                // Where one text is left, its rest is still to be compared.
                if here.n_here > 0 && rest.starts_with(self.phrase(here.first)) {
                    found = here.first..here.first + here.n_here;
                }
                node = rest.get(depth).and_then(|&byte| self.child(here, byte));
                depth += 1;
            }
        })
    }

    fn child(&self, node: Node, byte: u8) -> Option<Node> {
        let from = node.first_child as usize;
        let labels = &self.labels[from..from + node.n_children as usize];
        let at = from + labels.binary_search(&byte).ok()?;
        Some(self.nodes[self.children[at] as usize])
    }
}

/// A place in the table, which is far below four gigabytes.
fn number(length: usize) -> u32 {
    u32::try_from(length).expect("phrases are few and short")
}

/// The words of `text`, each with the byte where it begins.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    iter::from_fn(move || {
        let word = first_word(&text[at..]);
        let start = at;
        at += word.len();
        (!word.is_empty()).then_some((start, word))
    })
}

fn first_word(text: &str) -> &str {
    let n_ascii = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let n_bytes = match text[n_ascii..].chars().next() {
        // Only where the word goes on beyond ASCII are characters looked at one by one.
        Some(c) if !c.is_ascii() => text.find(|c: char| !c.is_alphanumeric()),
        _ => Some(n_ascii),
    };
    match n_bytes {
        None => text,
        Some(0) => &text[..text.chars().next().map_or(0, char::len_utf8)],
        Some(n_bytes) => &text[..n_bytes],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_where_it_begins() {
        let phrases =
            ["one", "one two", "one twofold, two", "one twofold, too", "(one", "é", "", "on"];
        let table = PhraseTable::new(phrases.iter().map(|&phrase| (phrase.into(), phrase)));
        let text = "(one twofold, two éa é";
        let mut found = Vec::new();
        for (start, _) in words(text) {
            found.extend(table.at(text, start).map(|(length, phrase)| (start, length, phrase)));
        }
        let expected = [
            (0, 4, "(one"),
            (1, 2, "on"),
            (1, 3, "one"),
            (1, 7, "one two"),
            (1, 16, "one twofold, two"),
            (18, 2, "é"),
            (22, 2, "é"),
        ];
        assert_eq!(found, expected);
        assert_eq!(words("").count(), 0);
    }

    #[test]
    fn the_trie_finds_what_comparing_every_phrase_finds() {
        let mut seed = 7_u32;
        let mut below = |n: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % n
        };
        let mut written = |longest: u32| -> String {
            let length = below(longest);
            (0..length).map(|_| ['a', 'b', 'é', ' ', '한'][below(5) as usize]).collect()
        };
        for _ in 0..50 {
            let phrases: Vec<(Box<str>, u32)> = (0..20).map(|n| (written(6).into(), n)).collect();
            let text = written(40);
            let table = PhraseTable::new(phrases.clone());
            for (start, _) in text.char_indices() {
                let begins = |phrase: &str| !phrase.is_empty() && text[start..].starts_with(phrase);
                let compared = phrases.iter().filter(|(phrase, _)| begins(phrase));
                let mut compared: Vec<_> = compared.map(|(phrase, n)| (phrase.len(), *n)).collect();
                compared.sort_unstable();
                assert_eq!(
                    table.at(&text, start).collect::<Vec<_>>(),
                    compared,
                    "{text:?} {start}"
                );
            }
        }
    }
}
