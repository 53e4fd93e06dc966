//! Tags, lemmas and trees that the parser gives, beside those of a treebank.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use crate::lexicon::Lexicon;
use crate::model::{DependencyTree, TokenIndex, Upos};
use crate::syntax::conllu::ConlluSentence;
use crate::syntax::{Parser, Scratch};
use crate::text;

/// What is right of what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ratio {
    /// Right.
    pub right: usize,
    /// Asked.
    pub total: usize,
}

impl Ratio {
    /// In 0..=1; 0 if nothing was asked.
    #[must_use]
    pub fn value(self) -> f64 {
        if self.total == 0 { 0.0 } else { as_f64(self.right) / as_f64(self.total) }
    }

    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.total += 1;
    }
}

impl AddAssign for Ratio {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.total += other.total;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

/// Right, expected and found, of one kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Match {
    /// In both.
    pub right: usize,
    /// In the gold standard.
    pub gold: usize,
    /// In the output.
    pub found: usize,
}

impl Match {
    /// Right of what was found.
    #[must_use]
    pub fn precision(self) -> f64 {
        Ratio { right: self.right, total: self.found }.value()
    }

    /// Right of what there is.
    #[must_use]
    pub fn recall(self) -> f64 {
        Ratio { right: self.right, total: self.gold }.value()
    }

    /// Harmonic mean of both.
    #[must_use]
    pub fn f1(self) -> f64 {
        Ratio { right: 2 * self.right, total: self.gold + self.found }.value()
    }
}

/// Figures of one run on gold tokens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TreeScores {
    /// Universal part of speech.
    pub upos: Ratio,
    /// Penn Treebank tag.
    pub xpos: Ratio,
    /// Base form, of words that have one in the gold standard.
    pub lemma: Ratio,
    /// Head.
    pub uas: Ratio,
    /// Head and relation, subtype included.
    pub las: Ratio,
    /// Head and relation without its subtype.
    pub las_universal: Ratio,
    /// By relation: head and relation right.
    pub by_deprel: BTreeMap<String, Match>,
}

impl TreeScores {
    /// Counts one sentence. Without `punctuation`, gold `PUNCT` words are left out.
    ///
    /// # Panics
    ///
    /// If `gold` and `tree` differ in length.
    pub fn add(&mut self, gold: &ConlluSentence, tree: &DependencyTree, punctuation: bool) {
        assert_eq!(gold.words.len(), tree.len(), "a node for each word");
        for (word, token) in gold.words.iter().zip(tree.tokens()) {
            if !punctuation && word.upos == Some(Upos::Punctuation) {
                continue;
            }
            let node = tree.node(token);
            self.upos.count(word.upos == Some(node.upos));
            self.xpos.count(word.xpos == Some(node.xpos));
            if let Some(lemma) = &word.lemma {
                self.lemma.count(*node.lemma == **lemma);
            }
            let head = word.head == Some(node.head);
            let gold_deprel = word.deprel.as_deref().unwrap_or_default();
            let universal = gold_deprel.split(':').next();
            self.uas.count(head);
            self.las.count(head && gold_deprel == node.deprel.as_str());
            self.las_universal.count(head && universal == Some(node.deprel.universal()));
            let entry = self.by_deprel.entry(gold_deprel.to_owned()).or_default();
            entry.gold += 1;
            entry.right += usize::from(head && gold_deprel == node.deprel.as_str());
            self.by_deprel.entry(node.deprel.as_str().to_owned()).or_default().found += 1;
        }
    }
}

/// Figures of one run on raw text: words are compared by where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextScores {
    /// Tokens with the same bytes.
    pub tokens: Match,
    /// Sentences with the same bytes.
    pub sentences: Match,
    /// Tokens that also agree in the universal part of speech.
    pub upos: Match,
    /// Tokens that also agree in the head.
    pub uas: Match,
    /// Tokens that also agree in head and relation.
    pub las: Match,
}

/// A sentence by the bytes of its tokens.
pub type Placed<'a> = (Vec<(usize, usize)>, &'a DependencyTree);

impl TextScores {
    /// Counts one document. Sentences and their tokens come in text order.
    pub fn add(&mut self, gold: &[(Vec<(usize, usize)>, &ConlluSentence)], found: &[Placed<'_>]) {
        let ends = |tokens: &[(usize, usize)]| Some((tokens.first()?.0, tokens.last()?.1));
        let mut places = BTreeMap::new();
        for (sentence, (tokens, _)) in found.iter().enumerate() {
            for (index, &place) in tokens.iter().enumerate() {
                places.insert(place, (sentence, TokenIndex::new(index)));
            }
        }
        let found_ends: Vec<_> = found.iter().map(|(tokens, _)| ends(tokens)).collect();
        self.sentences.gold += gold.len();
        self.sentences.found += found.len();
        let n_found = found.iter().map(|(tokens, _)| tokens.len()).sum::<usize>();
        let n_gold = gold.iter().map(|(tokens, _)| tokens.len()).sum::<usize>();
        for counts in [&mut self.tokens, &mut self.upos, &mut self.uas, &mut self.las] {
            counts.found += n_found;
            counts.gold += n_gold;
        }
        for (tokens, sentence) in gold {
            self.sentences.right += usize::from(found_ends.contains(&ends(tokens)));
            for (place, word) in tokens.iter().zip(&sentence.words) {
                let Some(&(index, token)) = places.get(place) else { continue };
                let (found_tokens, tree) = &found[index];
                let node = tree.node(token);
                let gold_head = word.head.flatten().map(|head| tokens[head.index()]);
                let found_head = node.head.map(|head| found_tokens[head.index()]);
                let head = gold_head == found_head;
                let deprel = word.deprel.as_deref() == Some(node.deprel.as_str());
                self.tokens.right += 1;
                self.upos.right += usize::from(word.upos == Some(node.upos));
                self.uas.right += usize::from(head);
                self.las.right += usize::from(head && deprel);
            }
        }
    }
}

/// Figures of trees for given tokens, and how many tokens were read.
#[derive(Debug, Clone, Default)]
pub struct TreeEvaluation {
    /// Counts.
    pub scores: TreeScores,
    /// All tokens, also those that the figures leave out.
    pub n_tokens: usize,
}

/// Figures of trees from raw text, and how many tokens were read.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextEvaluation {
    /// Counts.
    pub scores: TextScores,
    /// Tokens that were found.
    pub n_tokens: usize,
}

/// Parses the tokens of `gold` and compares the trees. Without `punctuation`, gold `PUNCT` words
/// are left out.
#[must_use]
pub fn evaluate_trees(
    parser: &Parser,
    gold: &[ConlluSentence],
    punctuation: bool,
) -> TreeEvaluation {
    let forms: Vec<_> = gold.iter().map(ConlluSentence::forms).collect();
    let sentences: Vec<&[&str]> = forms.iter().map(Vec::as_slice).collect();
    let trees = parser.parse_all_forms(&sentences, &mut Scratch::default());
    let mut scores = TreeScores::default();
    for (sentence, tree) in gold.iter().zip(&trees) {
        scores.add(sentence, tree, punctuation);
    }
    TreeEvaluation { scores, n_tokens: forms.iter().map(Vec::len).sum() }
}

/// Cuts and parses the raw text of `gold`, paragraph by paragraph, and compares the trees.
#[must_use]
pub fn evaluate_text(
    lexicon: &Lexicon,
    parser: &Parser,
    gold: &[ConlluSentence],
) -> TextEvaluation {
    let mut scratch = Scratch::default();
    let mut scores = TextScores::default();
    for paragraph in paragraphs(gold) {
        let read = text::read_paragraph(lexicon, &paragraph.text);
        let sentences: Vec<_> = read.iter().map(|sentence| (&*paragraph.text, sentence)).collect();
        let trees = parser.parse_all(&sentences, &mut scratch);
        let found: Vec<Placed<'_>> = read
            .iter()
            .zip(&trees)
            .map(|(sentence, tree)| {
                let tokens = sentence.tokens.iter();
                let places =
                    tokens.map(|token| (token.span.start() as usize, token.span.end() as usize));
                (places.collect(), tree)
            })
            .collect();
        scores.add(&paragraph.sentences, &found);
    }
    TextEvaluation { scores, n_tokens: scores.tokens.found }
}

/// A paragraph of the gold standard: its text, and sentences with the bytes of their words.
#[derive(Default)]
struct Paragraph<'a> {
    text: String,
    sentences: Vec<(Vec<(usize, usize)>, &'a ConlluSentence)>,
}

/// The raw text of each paragraph, with the spaces of the gold standard; one between sentences.
fn paragraphs(gold: &[ConlluSentence]) -> Vec<Paragraph<'_>> {
    let mut paragraphs = Vec::new();
    let mut paragraph = Paragraph::default();
    for sentence in gold {
        let begins = |mark: &str| sentence.comments.iter().any(|line| line.starts_with(mark));
        if (begins("# newdoc") || begins("# newpar")) && !paragraph.sentences.is_empty() {
            paragraphs.push(std::mem::take(&mut paragraph));
        }
        let text = &mut paragraph.text;
        let mut places = Vec::with_capacity(sentence.words.len());
        for word in &sentence.words {
            let start = text.len();
            text.push_str(&word.form);
            places.push((start, text.len()));
            if word.space_after {
                text.push(' ');
            }
        }
        if !text.ends_with(' ') {
            text.push(' ');
        }
        paragraph.sentences.push((places, sentence));
    }
    paragraphs.push(paragraph);
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Deprel, Node, Xpos};
    use crate::syntax::conllu;

    fn tree() -> DependencyTree {
        let node = |upos, xpos, lemma: &str, head: Option<u32>, deprel| Node {
            upos,
            xpos,
            lemma: lemma.into(),
            head: head.map(TokenIndex),
            deprel,
        };
        DependencyTree::new(vec![
            node(Upos::ProperNoun, Xpos::Nnp, "Kim", Some(1), Deprel::Obj),
            node(Upos::Verb, Xpos::Vbd, "wave", None, Deprel::Root),
            node(Upos::Punctuation, Xpos::FullStop, ".", Some(0), Deprel::Punct),
        ])
        .unwrap()
    }

    fn gold() -> ConlluSentence {
        let text = "1\tKim\tKim\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n\
            2\twaved\twave\tVERB\tVBD\t_\t0\troot\t_\t_\n\
            3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n";
        conllu::read(text.as_bytes()).unwrap().remove(0)
    }

    #[test]
    fn heads_and_relations_are_counted_apart() {
        let mut scores = TreeScores::default();
        scores.add(&gold(), &tree(), true);
        assert_eq!(scores.uas, Ratio { right: 2, total: 3 });
        assert_eq!(scores.las, Ratio { right: 1, total: 3 });
        assert_eq!(scores.by_deprel["nsubj"], Match { right: 0, gold: 1, found: 0 });
        let mut scores = TreeScores::default();
        scores.add(&gold(), &tree(), false);
        assert_eq!(scores.las, Ratio { right: 1, total: 2 });
    }

    #[test]
    fn raw_text_is_compared_by_place() {
        let mut scores = TextScores::default();
        let (gold, tree) = (gold(), tree());
        let places = vec![(0, 3), (4, 9), (9, 10)];
        scores.add(&[(places.clone(), &gold)], &[(places, &tree)]);
        assert_eq!(scores.tokens, Match { right: 3, gold: 3, found: 3 });
        assert_eq!(scores.sentences, Match { right: 1, gold: 1, found: 1 });
        assert_eq!(scores.las.right, 1);
    }
}
