//! Trees that the order of words contradicts are mended before anything reads them.
//!
//! Comes in: a sentence with the tree of the parser. Goes out: the same tree, or one in which the
//! subject of a second clause hangs on its own verb. Parsers take the name after "and" for one
//! more object of the first verb ("Japan thanked Chad and Peru thanked Mali"), the subject of an
//! inverted condition for that of the main verb ("Were Chad to sell it, Mali would buy it"), and a
//! clause behind two names for a second predicate ("It was not Chad but Mali that sold it"). They
//! hang a preposition on the last word of a name.
//! Whatever else is wrong with a tree is left as it is.

use crate::lexicon::FunctionWord::{self, And, But, Instead, Not, Rather, To, Were};
use crate::lexicon::{Lexicon, WordList};
use crate::model::{DependencyTree, Deprel, Node, Sentence, TokenIndex, Upos, Xpos};

/// How many words may stand between the parts of a clause that are looked for.
const REACH: u32 = 10;

/// The tree of `sentence`, mended.
pub(crate) fn mend(
    tree: DependencyTree,
    text: &str,
    sentence: &Sentence,
    lexicon: &Lexicon,
) -> DependencyTree {
    let draft = Draft { tree: &tree, text, sentence, lexicon };
    let changes = draft.changes();
    if changes.is_empty() {
        return tree;
    }
    let mut nodes: Vec<Node> = tree.nodes().to_vec();
    for change in changes {
        let node = &mut nodes[change.token.index()];
        (node.head, node.deprel) = (Some(change.head), change.deprel);
    }
    DependencyTree::new(nodes).unwrap_or(tree)
}

/// Where a token hangs in truth.
struct Change {
    token: TokenIndex,
    head: TokenIndex,
    deprel: Deprel,
}

struct Draft<'a> {
    tree: &'a DependencyTree,
    text: &'a str,
    sentence: &'a Sentence,
    lexicon: &'a Lexicon,
}

impl Draft<'_> {
    fn changes(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        for token in self.tree.tokens() {
            if !self.is_verb(token) {
                continue;
            }
            let found = self.second_clause(token).or_else(|| self.cleft(token));
            changes.extend(found.into_iter().flatten());
        }
        for token in self.tree.tokens() {
            changes.extend(self.inverted_condition(token).into_iter().flatten());
            changes.extend(self.before_a_name(token));
        }
        changes
    }

    /// "With Jane Roe": what stands before a name hangs on its first word, not on its last.
    fn before_a_name(&self, token: TokenIndex) -> Option<Change> {
        let tree = self.tree;
        let last = tree.head(token).filter(|&last| tree.deprel(last) == Deprel::Flat)?;
        let first = tree.ancestors(last).find(|&above| tree.deprel(above) != Deprel::Flat)?;
        let deprel = tree.deprel(token);
        let leads = matches!(deprel, Deprel::Case | Deprel::Det | Deprel::NmodDesc);
        (leads && token < first && first < last).then_some(Change { token, head: first, deprel })
    }

    /// The clause of `verb`, where a name after "and" is its subject by the order of words: nothing
    /// else stands between them, and the verb is finite.
    fn second_clause(&self, verb: TokenIndex) -> Option<Vec<Change>> {
        let tree = self.tree;
        let joins = matches!(tree.deprel(verb), Deprel::Ccomp | Deprel::Conj | Deprel::Parataxis);
        let above = tree.head(verb).filter(|&above| joins && above < verb)?;
        let lacks_subject = tree.children(verb).iter().all(|&child| {
            !matches!(
                tree.deprel(child),
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj | Deprel::Expl | Deprel::Mark
            )
        });
        if !lacks_subject || !self.is_finite(verb) {
            return None;
        }
        let last = self.before_predicate(verb)?;
        let subject = self.conjunct_above(last, verb)?;
        let first_object = tree.head(subject)?;
        let governor = self.governor(first_object)?;
        let below = governor == above || tree.is_within(governor, above);
        // "Said Chad and Mali had sold it" has one clause behind the word of saying.
        let says = tree.deprel(verb) == Deprel::Ccomp
            && (self.lemma_is(WordList::Hearsay, governor)
                || self.lemma_is(WordList::NegRaising, governor));
        if !below || says {
            return None;
        }
        let conjunction = self.conjunction_before(subject, first_object)?;
        let passive = tree.children(verb).iter().any(|&c| tree.deprel(c) == Deprel::AuxPass);
        let role = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
        let mut changes = vec![
            Change { token: verb, head: governor, deprel: Deprel::Conj },
            Change { token: conjunction, head: verb, deprel: Deprel::Cc },
        ];

        changes.push(Change { token: subject, head: verb, deprel: role });
        Some(changes)
    }

    /// The word before a verb with its auxiliaries and adverbs, past a comma.
    fn before_predicate(&self, verb: TokenIndex) -> Option<TokenIndex> {
        let tree = self.tree;
        let mut at = before(verb)?;
        while tree.head(at) == Some(verb)
            && matches!(
                tree.deprel(at),
                Deprel::Aux | Deprel::AuxPass | Deprel::Advmod | Deprel::Cop
            )
        {
            at = before(at)?;
        }
        if self.word(at) == "," { before(at) } else { Some(at) }
    }

    /// The noun that is joined to another one and whose phrase ends at `last`.
    fn conjunct_above(&self, last: TokenIndex, verb: TokenIndex) -> Option<TokenIndex> {
        let tree = self.tree;
        let mut at = last;
        for _ in 0..4 {
            if tree.deprel(at) == Deprel::Conj {
                let has_case = tree.dependents(at, Deprel::Case).next().is_some();
                let ends = tree.subtree(at).last() == Some(&last);
                let is_time = self.lemma_is(WordList::TimeNoun, at);
                return (self.is_nominal(at) && !has_case && ends && !is_time).then_some(at);
            }
            at = tree.head(at).filter(|&head| head < verb && self.is_nominal(head))?;
        }
        None
    }

    /// The verb before `noun` that governs it as an object or phrase.
    fn governor(&self, noun: TokenIndex) -> Option<TokenIndex> {
        let tree = self.tree;
        let mut at = noun;
        while !self.is_verb(at) {
            if matches!(tree.deprel(at), Deprel::Nsubj | Deprel::NsubjPass) {
                return None;
            }
            at = tree.head(at)?;
        }
        (at < noun).then_some(at)
    }

    /// The conjunction right before the phrase of `noun`, behind `first`.
    fn conjunction_before(&self, noun: TokenIndex, first: TokenIndex) -> Option<TokenIndex> {
        let tree = self.tree;
        let joins = |&token: &TokenIndex| matches!(self.function(token), Some(And | But));
        let start = tree
            .subtree(noun)
            .into_iter()
            .find(|&token| !joins(&token) && tree.node(token).upos != Upos::Punctuation)?;
        before(start).filter(joins).filter(|&conjunction| conjunction > first)
    }

    /// "It was not Chad but Mali that sold it": the clause belongs to the name before it.
    fn cleft(&self, verb: TokenIndex) -> Option<Vec<Change>> {
        let tree = self.tree;
        if tree.deprel(verb) == Deprel::AclRelcl {
            // "It was Chad rather than Mali that sold it": whoever is not ruled out.
            let ruled_out = tree.head(verb).filter(|&name| {
                tree.deprel(name) == Deprel::Conj
                    && tree
                        .children(name)
                        .iter()
                        .any(|&word| matches!(self.function(word), Some(Rather | Instead | Not)))
            })?;
            let head = tree.head(ruled_out)?;
            return Some(vec![Change { token: verb, head, deprel: Deprel::AclRelcl }]);
        }
        if tree.deprel(verb) != Deprel::Conj {
            return None;
        }
        let first = tree.head(verb).filter(|&first| self.is_nominal(first))?;
        let pronoun = tree.dependents(verb, Deprel::Nsubj).next()?;
        let is_relative = matches!(tree.node(pronoun).xpos, Xpos::Wdt | Xpos::Wp);
        let name = before(pronoun).filter(|&name| {
            is_relative && self.is_nominal(name) && tree.is_within(name, first) && name < verb
        })?;
        let head = self.conjunct_above(name, verb).unwrap_or(name);
        Some(vec![Change { token: verb, head, deprel: Deprel::AclRelcl }])
    }

    /// "Were Chad to sell it, Mali would": the clause that `opening` begins and its verb.
    fn inverted_condition(&self, opening: TokenIndex) -> Option<Vec<Change>> {
        let tree = self.tree;
        if self.function(opening) != Some(Were) {
            return None;
        }
        let opens = before(opening).is_none_or(|mark| {
            tree.node(mark).upos == Upos::Punctuation
                || matches!(self.function(mark), Some(And | But))
        });
        let to = after(opening, REACH, tree.len()).find(|&t| self.function(t) == Some(To))?;
        let verb = tree.head(to).filter(|&verb| opens && verb > to && self.is_verb(verb))?;
        let mut subject = before(to)?;
        while tree.node(subject).upos == Upos::Adverb {
            subject = before(subject)?;
        }
        while let Some(head) = tree.head(subject).filter(|&head| head > opening && head < to) {
            subject = head;
        }
        let comma = after(verb, 3 * REACH, tree.len()).find(|&token| self.word(token) == ",")?;
        let main = tree.head(subject).filter(|&main| {
            subject > opening && main > comma && tree.deprel(subject) == Deprel::Nsubj
        })?;
        let own =
            tree.dependents(main, Deprel::Nsubj).chain(tree.dependents(main, Deprel::NsubjPass));
        let has_own = own.into_iter().any(|own| own > comma);
        if !has_own || !self.is_nominal(subject) {
            return None;
        }
        let passive = tree.dependents(verb, Deprel::AuxPass).next().is_some();
        let role = if passive { Deprel::NsubjPass } else { Deprel::Nsubj };
        Some(vec![
            Change { token: subject, head: verb, deprel: role },
            Change { token: verb, head: main, deprel: Deprel::Advcl },
            Change { token: opening, head: verb, deprel: Deprel::Mark },
        ])
    }

    fn word(&self, token: TokenIndex) -> &str {
        self.sentence.tokens[token.index()].span.of(self.text)
    }

    fn function(&self, token: TokenIndex) -> Option<FunctionWord> {
        self.lexicon.function_word(self.word(token))
    }

    fn lemma_is(&self, list: WordList, token: TokenIndex) -> bool {
        self.lexicon.has(list, self.tree.lemma(token))
    }

    fn is_verb(&self, token: TokenIndex) -> bool {
        self.tree.node(token).upos == Upos::Verb
    }

    fn is_nominal(&self, token: TokenIndex) -> bool {
        matches!(
            self.tree.node(token).upos,
            Upos::Noun | Upos::ProperNoun | Upos::Pronoun | Upos::Numeral
        )
    }

    /// Whether a verb is finite by its own form or by that of an auxiliary before it. Taggers read
    /// a past tense with an object as a participle at times.
    fn is_finite(&self, verb: TokenIndex) -> bool {
        let tree = self.tree;
        let finite = |token: TokenIndex| {
            matches!(tree.node(token).xpos, Xpos::Vbd | Xpos::Vbp | Xpos::Vbz | Xpos::Md)
        };
        let children = tree.children(verb);
        let helped = children.iter().any(|&child| {
            child < verb
                && matches!(tree.deprel(child), Deprel::Aux | Deprel::AuxPass)
                && finite(child)
        });
        let has_object = || children.iter().any(|&child| tree.deprel(child) == Deprel::Obj);
        finite(verb) || helped || tree.node(verb).xpos == Xpos::Vbn && has_object()
    }
}

fn before(token: TokenIndex) -> Option<TokenIndex> {
    token.0.checked_sub(1).map(TokenIndex)
}

/// The tokens behind `token`, at most `reach` of them.
fn after(token: TokenIndex, reach: u32, n_tokens: usize) -> impl Iterator<Item = TokenIndex> {
    let end = (token.index() + 1 + reach as usize).min(n_tokens);
    (token.index() + 1..end).map(TokenIndex::new)
}
