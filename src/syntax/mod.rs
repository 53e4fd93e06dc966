//! A sentence becomes a [`DependencyTree`] by one small embedded model: tags, lemmas, heads.
//!
//! Inference alone; what makes the weights is in `training/`. In come forms in order, out goes one
//! tree, whatever the forms are: text cannot be wrong here. The same forms give the same tree on
//! every machine, on any number of threads, and whatever was read before. Morphological features
//! and enhanced dependencies are left out.

use std::borrow::Cow;
use std::path::Path;

use crate::model::{DependencyTree, Deprel, Node, Sentence, TokenIndex, Upos, Xpos};

mod cache;
pub mod conllu;
mod decode;
mod distance;
mod features;
mod functions;
mod kernel;
mod lemma;
mod net;
mod weights;

pub use weights::{WeightsError, WeightsProblem};

/// Longer sentences are parsed piece by piece, which bounds time and memory; the roots of later
/// pieces hang on the first.
const MAX_TOKENS: usize = 200;

/// Sentences pass the net together up to this many tokens: the weights do not fit into the inner
/// caches, and are read anew for each batch.
const BATCH_TOKENS: usize = 240;

/// Tagger, lemmatizer and parser. Shared by threads; each brings its own [`Scratch`].
#[derive(Debug)]
pub struct Parser {
    weights: weights::Weights,
    prepared: net::Prepared,
}

/// Buffers that one thread reuses from sentence to sentence: about 20 MB.
#[derive(Debug, Default)]
pub struct Scratch {
    buffers: net::Buffers,
    cache: cache::FormCache,
    /// Normalised forms of a batch, one after the other, and where each ends.
    text: String,
    ends: Vec<usize>,
}

impl Parser {
    /// The parser with the embedded weights.
    ///
    /// # Errors
    ///
    /// If the embedded weights are damaged.
    pub fn embedded() -> Result<Self, WeightsError> {
        static BYTES: &[u8] = include_bytes!("../../data/model/english.bin");
        Self::read(Cow::Borrowed(BYTES), "embedded weights")
    }

    /// The parser with weights from a file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is damaged.
    pub fn load(path: &Path) -> Result<Self, WeightsError> {
        let bytes = std::fs::read(path)
            .map_err(|source| WeightsError::Read { path: path.to_owned(), source })?;
        Self::read(Cow::Owned(bytes), &path.display().to_string())
    }

    fn read(bytes: Cow<'static, [u8]>, origin: &str) -> Result<Self, WeightsError> {
        let weights = weights::Weights::read(bytes)
            .map_err(|problem| WeightsError::Damaged { origin: origin.to_owned(), problem })?;
        let prepared = net::Prepared::new(&weights);
        Ok(Self { weights, prepared })
    }

    /// BLAKE3 hash of what was loaded, in hexadecimal digits: equal hashes read alike.
    #[must_use]
    pub fn hash(&self) -> String {
        blake3::hash(&self.weights.bytes).to_hex().to_string()
    }

    /// The tree of one sentence of `text`. What stands before its first clause, a dateline or a
    /// speaker, hangs on the root and changes nothing in the rest.
    ///
    /// # Panics
    ///
    /// If the sentence has no token.
    #[must_use]
    pub fn parse(&self, text: &str, sentence: &Sentence, scratch: &mut Scratch) -> DependencyTree {
        self.parse_all(&[(text, sentence)], scratch).pop().expect("a tree for the sentence")
    }

    /// The same of several sentences, each with its text, which is several times as fast: the
    /// weights are read once for many tokens.
    ///
    /// # Panics
    ///
    /// If a sentence has no token.
    #[must_use]
    pub fn parse_all(
        &self,
        sentences: &[(&str, &Sentence)],
        scratch: &mut Scratch,
    ) -> Vec<DependencyTree> {
        let forms: Vec<Vec<&str>> = sentences
            .iter()
            .map(|(text, sentence)| sentence.tokens.iter().map(|t| t.span.of(text)).collect())
            .collect();
        let (leads, clauses): (Vec<&[&str]>, Vec<&[&str]>) = forms
            .iter()
            .zip(sentences)
            .map(|(forms, (text, sentence))| forms.split_at(sentence.lead(text)))
            .unzip();
        let trees = self.parse_all_forms(&clauses, scratch);
        trees.into_iter().zip(leads).map(|(tree, lead)| behind(lead, tree)).collect()
    }

    /// The tree of a sentence of these forms.
    ///
    /// # Panics
    ///
    /// If there is no form.
    ///
    /// # Complexity
    ///
    /// Linear in the number of forms, but quadratic within pieces of 200.
    #[must_use]
    pub fn parse_forms(&self, forms: &[&str], scratch: &mut Scratch) -> DependencyTree {
        self.parse_all_forms(&[forms], scratch).pop().expect("a tree for the sentence")
    }

    /// The trees of several sentences of forms.
    ///
    /// # Panics
    ///
    /// If a sentence has no form.
    #[must_use]
    pub fn parse_all_forms(
        &self,
        sentences: &[&[&str]],
        scratch: &mut Scratch,
    ) -> Vec<DependencyTree> {
        let mut parsed: Vec<Vec<Node>> = Vec::new();
        let mut batch: Vec<&[&str]> = Vec::new();
        let mut n_tokens = 0;
        for piece in sentences.iter().flat_map(|forms| forms.chunks(MAX_TOKENS)) {
            if n_tokens + piece.len() > BATCH_TOKENS && n_tokens > 0 {
                self.parse_batch(&batch, scratch, &mut parsed);
                batch.clear();
                n_tokens = 0;
            }
            batch.push(piece);
            n_tokens += piece.len();
        }
        if n_tokens > 0 {
            self.parse_batch(&batch, scratch, &mut parsed);
        }
        let mut parsed = parsed.into_iter();
        sentences
            .iter()
            .map(|forms| joined(parsed.by_ref().take(forms.len().div_ceil(MAX_TOKENS))))
            .collect()
    }

    /// Appends the nodes of the tree of each piece; heads are counted within it.
    fn parse_batch(&self, batch: &[&[&str]], scratch: &mut Scratch, parsed: &mut Vec<Vec<Node>>) {
        let Scratch { buffers, cache, text, ends } = scratch;
        text.clear();
        ends.clear();
        for form in batch.iter().copied().flatten() {
            features::normalise(form, text);
            ends.push(text.len());
        }
        let normalised =
            || ends.iter().scan(0, |start, &end| Some(&text[std::mem::replace(start, end)..end]));
        let mut n_tokens = 0;
        let pieces: Vec<net::Piece> = batch
            .iter()
            .map(|forms| {
                let start = n_tokens;
                n_tokens += forms.len();
                let mode = features::mode(normalised().skip(start).take(forms.len()));
                net::Piece { tokens: start..n_tokens, mode }
            })
            .collect();
        let weights = &self.weights;
        net::read_words(weights, &self.prepared, normalised(), &pieces, buffers, cache);
        let tags = net::score(weights, &pieces, buffers);
        // Counted through all pieces.
        let mut heads: Vec<Option<usize>> = Vec::with_capacity(n_tokens);
        for piece in &pieces {
            buffers.score_arcs(weights, piece);
            let own = decode::best_tree(&buffers.arcs, piece.tokens.len());
            heads.extend(own.into_iter().map(|head| Some(piece.tokens.start + head?)));
        }
        let labels = buffers.score_labels(weights, &heads);
        for (forms, net::Piece { tokens, .. }) in batch.iter().zip(&pieces) {
            let node = |token: usize| {
                let (upos, xpos) = weights.tags[tags[token]];
                let deprel = if heads[token].is_none() {
                    Deprel::Root
                } else {
                    weights.deprels[labels[token]]
                };
                let lemma = weights.lemmatizer.lemma(forms[token - tokens.start], upos, xpos);
                let head = heads[token].map(|head| TokenIndex::new(head - tokens.start));
                Node { upos, xpos, lemma, head, deprel }
            };
            parsed.push(tokens.clone().map(node).collect());
        }
    }
}

/// One tree of the pieces of a sentence: the roots of later ones hang on the first.
fn joined(pieces: impl Iterator<Item = Vec<Node>>) -> DependencyTree {
    let mut nodes: Vec<Node> = Vec::new();
    let mut first_root = None;
    for piece in pieces {
        let start = nodes.len();
        for node in piece {
            let at = TokenIndex::new(nodes.len());
            let moved = node.head.map(|head| TokenIndex::new(start + head.index()));
            nodes.push(match (moved, first_root) {
                (None, Some(first)) => {
                    Node { head: Some(first), deprel: Deprel::Parataxis, ..node }
                }
                (None, None) => {
                    first_root = Some(at);
                    node
                }
                (head, _) => Node { head, ..node },
            });
        }
    }
    DependencyTree::new(nodes).expect("pieces are trees, joined at one root")
}

/// The tree with the words of `lead` before it, on its root.
fn behind(lead: &[&str], tree: DependencyTree) -> DependencyTree {
    if lead.is_empty() {
        return tree;
    }
    let shift = |token: TokenIndex| TokenIndex::new(token.index() + lead.len());
    let root = shift(tree.root());
    let before = lead.iter().map(|form| {
        let is_word = form.chars().any(char::is_alphanumeric);
        Node {
            upos: if is_word { Upos::ProperNoun } else { Upos::Punctuation },
            xpos: if is_word { Xpos::Nnp } else { Xpos::Colon },
            lemma: (*form).into(),
            head: Some(root),
            deprel: if is_word { Deprel::Dep } else { Deprel::Punct },
        }
    });
    let nodes = tree.nodes().iter().map(|node| Node { head: node.head.map(shift), ..node.clone() });
    DependencyTree::new(before.chain(nodes).collect()).expect("a tree with more leaves")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn parser() -> &'static Parser {
        static PARSER: std::sync::OnceLock<Parser> = std::sync::OnceLock::new();
        PARSER.get_or_init(|| Parser::embedded().unwrap())
    }

    /// Each sentence with what the training framework makes of it with the same weights.
    #[test]
    fn scores_equal_those_of_the_training_framework() {
        let reference = include_str!("../../data/model/reference.json");
        let reference: Vec<Value> = serde_json::from_str(reference).unwrap();
        assert!(!reference.is_empty());
        let list = |value: &Value| value.as_array().unwrap().clone();
        let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        for entry in reference {
            let forms = list(&entry["forms"]);
            let forms: Vec<&str> = forms.iter().map(|form| form.as_str().unwrap()).collect();
            let mut scratch = Scratch::default();
            let tree = parser().parse_forms(&forms, &mut scratch);
            let weights = &parser().weights;
            for (token, tag) in tree.tokens().zip(list(&entry["tags"])) {
                let node = tree.node(token);
                assert_eq!((node.upos, node.xpos), weights.tags[number(&tag)], "{forms:?}");
            }
            for (row, token) in list(&entry["arcs"]).iter().zip(tree.tokens()) {
                for (column, want) in list(row).iter().enumerate() {
                    let at = token.index() * (forms.len() + 1) + column;
                    let (got, want) = (scratch.buffers.arcs[at], want.as_f64().unwrap());
                    let same = column == token.index() + 1 || (f64::from(got) - want).abs() < 0.05;
                    assert!(same, "{forms:?}: arc {token:?} {column}: {got} is not {want}");
                }
            }
            // The reference has the best head of each token, which need not be a tree.
            let labels = list(&entry["labels"]);
            let mut n_compared = 0;
            for ((token, label), head) in tree.tokens().zip(labels).zip(list(&entry["heads"])) {
                if tree.head(token).map_or(0, |h| h.index() + 1) == number(&head) {
                    assert_eq!(tree.deprel(token), weights.deprels[number(&label)], "{forms:?}");
                    n_compared += 1;
                }
            }
            assert!(n_compared * 3 > forms.len() * 2, "{forms:?}: {n_compared}");
        }
    }

    #[test]
    fn damaged_weights_are_refused_with_the_cause() {
        let good = std::fs::read("data/model/english.bin").unwrap();
        let problem = |bytes: Vec<u8>| match Parser::read(Cow::Owned(bytes), "x.bin") {
            Err(error @ WeightsError::Damaged { .. }) => error.to_string(),
            other => panic!("{other:?}"),
        };
        let mut flipped = good.clone();
        flipped[good.len() / 2] ^= 1;
        let mut newer = good.clone();
        newer[8] = 9;
        for (bytes, want) in [
            (b"PK".to_vec(), "x.bin: not a weights file"),
            (flipped, "x.bin: checksum differs: the file is damaged"),
            (newer, "x.bin: format version 9, but only version 1 is known"),
            (good[..good.len() - 1].to_vec(), "bytes instead of"),
        ] {
            assert!(problem(bytes.clone()).contains(want), "{}", problem(bytes));
        }
        let missing = Parser::load(Path::new("no/such/file")).unwrap_err();
        assert_eq!(missing.to_string(), "no/such/file: cannot be read");
    }

    #[test]
    fn long_sentences_are_one_tree_too() {
        let forms = vec!["shells"; 3 * MAX_TOKENS + 1];
        let tree = parser().parse_forms(&forms, &mut Scratch::default());
        assert_eq!(tree.len(), forms.len());
        let whole = [&forms[..], &forms[..3], &forms[..]];
        let trees = parser().parse_all_forms(&whole, &mut Scratch::default());
        assert_eq!((&trees[0], &trees[2], trees[1].len()), (&tree, &tree, 3));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn any_forms_give_one_tree_whatever_came_before(
            sentences in prop::collection::vec(prop::collection::vec(".{0,12}", 1..30), 1..4),
        ) {
            let mut used = Scratch::default();
            for sentence in &sentences {
                let forms: Vec<&str> = sentence.iter().map(String::as_str).collect();
                let tree = parser().parse_forms(&forms, &mut used);
                prop_assert_eq!(tree.len(), forms.len());
                prop_assert_eq!(&tree, &parser().parse_forms(&forms, &mut Scratch::default()));
            }
            let forms: Vec<Vec<&str>> = sentences
                .iter()
                .map(|sentence| sentence.iter().map(String::as_str).collect())
                .collect();
            let forms: Vec<&[&str]> = forms.iter().map(Vec::as_slice).collect();
            let together = parser().parse_all_forms(&forms, &mut used);
            for (tree, forms) in together.iter().zip(&forms) {
                prop_assert_eq!(tree, &parser().parse_forms(forms, &mut Scratch::default()));
            }
            prop_assert_eq!(together.len(), forms.len());
        }
    }
}
