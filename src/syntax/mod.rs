//! A sentence becomes a [`DependencyTree`] by one small embedded model: tags, lemmas, heads.
//!
//! Inference alone; what makes the weights is in `training/`. In come forms in order, out goes one
//! tree, whatever the forms are: text cannot be wrong here. The same forms give the same tree on
//! every machine, on any number of threads, and whatever was read before. Morphological features
//! and enhanced dependencies are left out.

use std::borrow::Cow;
use std::path::Path;

use crate::model::{DependencyTree, Deprel, Node, Sentence, TokenIndex};

mod cache;
pub mod conllu;
mod decode;
pub mod evaluation;
mod features;
mod kernel;
mod lemma;
mod net;
mod weights;

pub use weights::{WeightsError, WeightsProblem};

/// Longer sentences are parsed piece by piece, which bounds time and memory; the roots of later
/// pieces hang on the first.
const MAX_TOKENS: usize = 200;

/// Tagger, lemmatizer and parser. Shared by threads; each brings its own [`Scratch`].
#[derive(Debug)]
pub struct Parser {
    weights: weights::Weights,
    prepared: net::Prepared,
}

/// Buffers that one thread reuses from sentence to sentence: about 10 MB.
#[derive(Debug, Default)]
pub struct Scratch {
    buffers: net::Buffers,
    cache: cache::FormCache,
    /// Normalised forms of a piece, one after the other, and where each ends.
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
        String::new()
    }

    /// The tree of one sentence of `text`.
    ///
    /// # Panics
    ///
    /// If the sentence has no token.
    #[must_use]
    pub fn parse(&self, text: &str, sentence: &Sentence, scratch: &mut Scratch) -> DependencyTree {
        let forms = sentence.tokens.iter().map(|token| token.span.of(text));
        self.parse_forms(&forms.collect::<Vec<_>>(), scratch)
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
        let mut nodes = Vec::with_capacity(forms.len());
        let mut first_root = None;
        for piece in forms.chunks(MAX_TOKENS) {
            let start = nodes.len();
            self.parse_piece(piece, scratch, &mut nodes);
            let root = nodes[start..].iter().position(|node| node.head.is_none());
            let root = start + root.expect("a piece has a root");
            match first_root {
                None => first_root = Some(root),
                Some(first) => {
                    nodes[root].head = Some(TokenIndex::new(first));
                    nodes[root].deprel = Deprel::Parataxis;
                }
            }
        }
        DependencyTree::new(nodes).expect("pieces are trees, joined at one root")
    }

    /// Appends the nodes of the tree of `forms`.
    fn parse_piece(&self, forms: &[&str], scratch: &mut Scratch, nodes: &mut Vec<Node>) {
        let Scratch { buffers, cache, text, ends } = scratch;
        text.clear();
        ends.clear();
        for form in forms {
            features::normalise(form, text);
            ends.push(text.len());
        }
        let normalised =
            || ends.iter().scan(0, |start, &end| Some(&text[std::mem::replace(start, end)..end]));
        let mode = features::mode(normalised());
        let weights = &self.weights;
        let tags = net::score(weights, &self.prepared, normalised(), mode, buffers, cache);
        let heads = decode::best_tree(&buffers.arcs, forms.len());
        let n_rows = weights.deprels.len();
        let labels = buffers.score_labels(weights, &heads);
        let stride = labels.len() / forms.len();
        let start = nodes.len();
        for ((&form, (&tag, &head)), row) in
            forms.iter().zip(tags.iter().zip(&heads)).zip(labels.chunks_exact(stride))
        {
            let (upos, xpos) = weights.tags[tag];
            let deprel = if head.is_none() {
                Deprel::Root
            } else {
                let scores = row[..n_rows].iter().zip(&weights.deprels).map(|(&score, &deprel)| {
                    if deprel == Deprel::Root { f32::NEG_INFINITY } else { score }
                });
                weights.deprels[net::best(scores)]
            };
            let lemma = weights.lemmatizer.lemma(form, upos, xpos);
            let head = head.map(|head| TokenIndex::new(start + head));
            nodes.push(Node { upos, xpos, lemma, head, deprel });
        }
    }
}
