//! The dependency tree of one sentence.

use super::{Deprel, Span, TokenIndex, TokenUnit, Upos, Xpos};

/// What the parser says of one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag.
    pub xpos: Xpos,
    /// Base form, lower case but for names.
    pub lemma: Box<str>,
    /// Governor; `None` for the root.
    pub head: Option<TokenIndex>,
    /// Relation to the governor.
    pub deprel: Deprel,
}

/// One tree over all tokens of a sentence: one root, no cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DependencyTree {
    nodes: Vec<Node>,
    /// Dependents of token `i`: `children[first_child[i]..first_child[i + 1]]`, in text order.
    first_child: Vec<u32>,
    children: Vec<TokenIndex>,
}

/// Why nodes are no tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotATree {
    /// No token, or a root count other than one.
    #[error("{0} roots instead of one")]
    Roots(usize),
    /// A head that is no token.
    #[error("the head of token {0} lies outside of the sentence")]
    HeadOutside(usize),
    /// A token that does not reach the root.
    #[error("token {0} is part of a cycle")]
    Cycle(usize),
}

impl DependencyTree {
    /// The tree of `nodes`, one for each token.
    ///
    /// # Errors
    ///
    /// If they are no tree.
    pub fn new(nodes: Vec<Node>) -> Result<Self, NotATree> {
        let n_roots = nodes.iter().filter(|node| node.head.is_none()).count();
        if n_roots != 1 {
            return Err(NotATree::Roots(n_roots));
        }
        let mut counts = vec![0_u32; nodes.len() + 1];
        for (index, node) in nodes.iter().enumerate() {
            if let Some(head) = node.head {
                let slot = counts.get_mut(head.index() + 1).ok_or(NotATree::HeadOutside(index))?;
                *slot += 1;
            }
        }
        for i in 1..counts.len() {
            counts[i] += counts[i - 1];
        }
        let first_child = counts.clone();
        let mut next = counts;
        let mut children = vec![TokenIndex(0); nodes.len() - 1];
        for (index, node) in nodes.iter().enumerate() {
            if let Some(head) = node.head {
                children[next[head.index()] as usize] = TokenIndex::new(index);
                next[head.index()] += 1;
            }
        }
        let tree = Self { nodes, first_child, children };
        let mut reached = vec![false; tree.len()];
        let mut open = vec![tree.root()];
        while let Some(token) = open.pop() {
            reached[token.index()] = true;
            open.extend_from_slice(tree.children(token));
        }
        match reached.iter().position(|reached| !reached) {
            Some(token) => Err(NotATree::Cycle(token)),
            None => Ok(tree),
        }
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: a tree has a root.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// One node for each token.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node of `token`.
    #[must_use]
    pub fn node(&self, token: TokenIndex) -> &Node {
        &self.nodes[token.index()]
    }

    /// The token without governor.
    ///
    /// # Panics
    ///
    /// Never: a tree is checked when it is made.
    #[must_use]
    pub fn root(&self) -> TokenIndex {
        let root = self.nodes.iter().position(|node| node.head.is_none());
        TokenIndex::new(root.expect("a tree has a root"))
    }

    /// All tokens in text order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenIndex> + use<> {
        (0..self.nodes.len()).map(TokenIndex::new)
    }

    /// Governor of `token`.
    #[must_use]
    pub fn head(&self, token: TokenIndex) -> Option<TokenIndex> {
        self.node(token).head
    }

    /// Relation of `token` to its governor.
    #[must_use]
    pub fn deprel(&self, token: TokenIndex) -> Deprel {
        self.node(token).deprel
    }

    /// Base form of `token`.
    #[must_use]
    pub fn lemma(&self, token: TokenIndex) -> &str {
        &self.node(token).lemma
    }

    /// Dependents of `token` in text order.
    #[must_use]
    pub fn children(&self, token: TokenIndex) -> &[TokenIndex] {
        let at = |i: usize| self.first_child[i] as usize;
        &self.children[at(token.index())..at(token.index() + 1)]
    }

    /// Dependents of `token` by `deprel`, in text order.
    pub fn dependents(
        &self,
        token: TokenIndex,
        deprel: Deprel,
    ) -> impl Iterator<Item = TokenIndex> {
        self.children(token).iter().copied().filter(move |&child| self.deprel(child) == deprel)
    }

    /// Governors of `token`, nearest first.
    pub fn ancestors(&self, token: TokenIndex) -> impl Iterator<Item = TokenIndex> {
        std::iter::successors(self.head(token), |&token| self.head(token))
    }

    /// The tokens on the way from `token` to `other`: those that are left upwards, `token` first, and
    /// those that are entered downwards, `other` last. The word above both is in neither.
    #[must_use]
    pub fn way(&self, token: TokenIndex, other: TokenIndex) -> (Vec<TokenIndex>, Vec<TokenIndex>) {
        let mut left: Vec<TokenIndex> =
            std::iter::once(token).chain(self.ancestors(token)).collect();
        let mut entered = Vec::new();
        for at in std::iter::once(other).chain(self.ancestors(other)) {
            if let Some(steps) = left.iter().position(|&above| above == at) {
                left.truncate(steps);
                break;
            }
            entered.push(at);
        }
        entered.reverse();
        (left, entered)
    }

    /// Whether `token` is `ancestor` or governed by it, at any distance.
    #[must_use]
    pub fn is_within(&self, token: TokenIndex, ancestor: TokenIndex) -> bool {
        token == ancestor || self.ancestors(token).any(|governor| governor == ancestor)
    }

    /// `token` and all that it governs, in text order.
    #[must_use]
    pub fn subtree(&self, token: TokenIndex) -> Vec<TokenIndex> {
        let mut found = Vec::new();
        let mut open = vec![token];
        while let Some(token) = open.pop() {
            found.push(token);
            open.extend_from_slice(self.children(token));
        }
        found.sort_unstable();
        found
    }

    /// The token of `tokens` whose governor lies outside: the syntactic head of a phrase.
    /// The first one where several do.
    ///
    /// # Panics
    ///
    /// If `tokens` is empty or not of this sentence.
    #[must_use]
    pub fn head_of(&self, tokens: Span<TokenUnit>) -> TokenIndex {
        tokens
            .range()
            .map(TokenIndex::new)
            .find(|&token| self.head(token).is_none_or(|head| !tokens.contains(head.0)))
            .expect("a span without a head would be a cycle")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(head: Option<u32>, deprel: Deprel) -> Node {
        Node {
            upos: Upos::Other,
            xpos: Xpos::Fw,
            lemma: "x".into(),
            head: head.map(TokenIndex),
            deprel,
        }
    }

    #[test]
    fn a_tree_answers_in_text_order() {
        let tree = DependencyTree::new(vec![
            node(Some(1), Deprel::Nsubj),
            node(None, Deprel::Root),
            node(Some(3), Deprel::Amod),
            node(Some(1), Deprel::Obj),
        ])
        .unwrap();
        assert_eq!(tree.root(), TokenIndex(1));
        assert_eq!(tree.children(TokenIndex(1)), [TokenIndex(0), TokenIndex(3)]);
        assert_eq!(tree.subtree(TokenIndex(3)), [TokenIndex(2), TokenIndex(3)]);
        assert_eq!(tree.head_of(Span::new(2, 4)), TokenIndex(3));
        assert!(tree.is_within(TokenIndex(2), TokenIndex(1)));
    }

    #[test]
    fn what_is_no_tree_is_refused() {
        let root = || node(None, Deprel::Root);
        let cases = [
            (vec![], NotATree::Roots(0)),
            (vec![root(), root()], NotATree::Roots(2)),
            (vec![root(), node(Some(7), Deprel::Obj)], NotATree::HeadOutside(1)),
            (
                vec![root(), node(Some(2), Deprel::Obj), node(Some(1), Deprel::Obj)],
                NotATree::Cycle(1),
            ),
        ];
        for (nodes, why) in cases {
            assert_eq!(DependencyTree::new(nodes).unwrap_err(), why);
        }
    }
}
