//! Where a sentence lies in its article, however its marks and blanks are written, and how much
//! of one sentence another covers.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::counts::ratio;
use super::gold::GoldArticle;

/// Where sentences lie in their articles, and how much of each other they cover.
pub(super) struct Aligner {
    texts: HashMap<String, Vec<char>>,
    cache: HashMap<(String, String, String), f64>,
}

impl Aligner {
    pub(super) fn new(gold: &[GoldArticle]) -> Self {
        let texts = gold
            .iter()
            .map(|article| (article.doc.clone(), plain_text(&article.text).chars().collect()))
            .collect();
        Self { texts, cache: HashMap::new() }
    }

    /// Share of the gold sentence's characters that the found one covers.
    pub(super) fn overlap(&mut self, doc: &str, gold: &str, found: &str) -> f64 {
        if gold.is_empty() || found.is_empty() {
            return 0.0;
        }
        if gold == found {
            return 1.0;
        }
        let key = (doc.to_owned(), gold.to_owned(), found.to_owned());
        if let Some(&known) = self.cache.get(&key) {
            return known;
        }
        let text = self.texts.get(doc).map_or(&[][..], Vec::as_slice);
        let (a, b): (Vec<char>, Vec<char>) = (gold.chars().collect(), found.chars().collect());
        let (left, right) = (places(text, &a), places(text, &b));
        let common = if left.is_empty() || right.is_empty() {
            longest_common(&a, &b)
        } else {
            let shared = left
                .iter()
                .flat_map(|x| right.iter().map(move |y| x.1.min(y.1).saturating_sub(x.0.max(y.0))));
            shared.max().unwrap_or(0)
        };
        let covered = ratio(common, a.len()).unwrap_or(0.0);
        self.cache.insert(key, covered);
        covered
    }
}

fn places(text: &[char], sentence: &[char]) -> Vec<(usize, usize)> {
    if sentence.is_empty() || sentence.len() > text.len() {
        return Vec::new();
    }
    text.windows(sentence.len())
        .enumerate()
        .filter(|(_, window)| *window == sentence)
        .map(|(start, _)| (start, start + sentence.len()))
        .collect()
}

/// Length of the longest common stretch.
fn longest_common(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut best = 0;
    for x in a {
        let mut row = vec![0; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            if x == y {
                row[j + 1] = before[j] + 1;
                best = best.max(row[j + 1]);
            }
        }
        before = row;
    }
    best
}

/// Text without mark-up, entities and typographic variants, white space collapsed.
pub(super) fn plain_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (replacement, length) = if rest.starts_with('<') { tag(rest) } else { entity(rest) };
        out.push_str(&replacement);
        rest = &rest[length..];
    }
    out.push_str(rest);
    let plain: String = out
        .nfc()
        .map(|c| match c {
            '‘' | '’' | '‚' | '‛' => '\'',
            '“' | '”' | '„' | '‟' | '«' | '»' => '"',
            '–' | '—' | '−' => '-',
            '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
            c => c,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A tag becomes a blank; a lone `<` stays.
fn tag(rest: &str) -> (String, usize) {
    let inner = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    let named = inner.starts_with(|c: char| c.is_ascii_alphabetic());
    match rest[1..].find(['<', '>']) {
        Some(at) if named && rest.as_bytes()[at + 1] == b'>' => (" ".to_owned(), at + 2),
        _ => ("<".to_owned(), 1),
    }
}

/// A character entity becomes its character; a lone `&` stays.
fn entity(rest: &str) -> (String, usize) {
    let Some(end) = rest.find(';').filter(|&end| end <= 10) else { return ("&".to_owned(), 1) };
    let name = &rest[1..end];
    let numeric = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    let found = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        _ => numeric.and_then(char::from_u32),
    };
    found.map_or(("&".to_owned(), 1), |c| (c.to_string(), end + 1))
}
