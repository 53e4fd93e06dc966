//! One sentence as the rules see it: tokens, tree, mentions and word lists side by side.

use super::lexicon::{Lexicon, WordList};
use crate::model::{
    DependencyTree, Deprel, EntityDirectory, Mention, MentionForm, Sentence, TokenIndex, Upos, Xpos,
};

/// A sentence with everything that is known of it.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) text: &'a str,
    /// Number of the sentence in its document.
    pub(super) number: usize,
    pub(super) sentence: &'a Sentence,
    pub(super) tree: &'a DependencyTree,
    pub(super) lexicon: &'a Lexicon,
    pub(super) directory: &'a EntityDirectory,
    /// The mentions of the sentence, in text order.
    pub(super) mentions: Vec<&'a Mention>,
    /// For each token, the mention of an actor that covers it.
    actor_at: Vec<Option<usize>>,
    /// For each token, the mention of a weapon that covers it.
    weapon_at: Vec<Option<usize>>,
    /// Lower-case words.
    words: Vec<String>,
    /// Lower-case base forms; of words in capitals, by spelling too.
    lemmas: Vec<String>,
}

impl<'a> View<'a> {
    /// The view of sentence `number`; `mentions` are those that lie in it.
    pub(super) fn new(
        text: &'a str,
        number: usize,
        sentence: &'a Sentence,
        tree: &'a DependencyTree,
        lexicon: &'a Lexicon,
        directory: &'a EntityDirectory,
        mentions: Vec<&'a Mention>,
    ) -> Self {
        let n_tokens = sentence.tokens.len();
        let (mut actor_at, mut weapon_at) = (vec![None; n_tokens], vec![None; n_tokens]);
        let lead = sentence.lead(text);
        for (index, mention) in mentions.iter().enumerate() {
            if mention.tokens.range().start < lead {
                continue;
            }
            let slots = if mention.form == MentionForm::Weapon
                || mention.entities.iter().all(crate::model::EntityId::is_weapon)
            {
                &mut weapon_at
            } else {
                &mut actor_at
            };
            for slot in &mut slots[mention.tokens.range()] {
                // Of two that overlap, the named one counts, else the longer one.
                let better = slot.is_none_or(|old: usize| {
                    let old: &Mention = mentions[old];
                    (mention.form.is_named(), mention.tokens.len())
                        > (old.form.is_named(), old.tokens.len())
                });
                if better {
                    *slot = Some(index);
                }
            }
        }
        let words: Vec<String> =
            sentence.tokens.iter().map(|token| token.span.of(text).to_lowercase()).collect();
        let lemmas = (0..n_tokens)
            .map(|i| {
                let node = &tree.nodes()[i];
                let lemma = node.lemma.to_lowercase();
                let inflected = matches!(
                    node.xpos,
                    Xpos::Vbd | Xpos::Vbn | Xpos::Vbg | Xpos::Vbz | Xpos::Nns | Xpos::Nnps
                );
                if inflected && (!lexicon.knows(&lemma) || lemma == words[i]) {
                    lexicon.base(&words[i]).unwrap_or(lemma)
                } else if node.upos == Upos::ProperNoun && lemma == words[i] {
                    plain_singular(&lemma)
                } else {
                    lemma
                }
            })
            .collect();
        Self {
            text,
            number,
            sentence,
            tree,
            lexicon,
            directory,
            mentions,
            actor_at,
            weapon_at,
            words,
            lemmas,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenIndex> + use<> {
        self.tree.tokens()
    }

    /// The lower-case word.
    pub(super) fn word(&self, token: TokenIndex) -> &str {
        &self.words[token.index()]
    }

    /// The lower-case base form.
    pub(super) fn lemma(&self, token: TokenIndex) -> &str {
        &self.lemmas[token.index()]
    }

    pub(super) fn upos(&self, token: TokenIndex) -> Upos {
        self.tree.node(token).upos
    }

    pub(super) fn xpos(&self, token: TokenIndex) -> Xpos {
        self.tree.node(token).xpos
    }

    pub(super) fn deprel(&self, token: TokenIndex) -> Deprel {
        self.tree.deprel(token)
    }

    pub(super) fn head(&self, token: TokenIndex) -> Option<TokenIndex> {
        self.tree.head(token)
    }

    pub(super) fn children(&self, token: TokenIndex) -> &[TokenIndex] {
        self.tree.children(token)
    }

    /// The token `offset` places further on.
    pub(super) fn step(&self, token: TokenIndex, offset: isize) -> Option<TokenIndex> {
        let index = token.index().checked_add_signed(offset)?;
        (index < self.len()).then(|| TokenIndex::new(index))
    }

    /// The actor mention that covers `token`.
    pub(super) fn actor(&self, token: TokenIndex) -> Option<usize> {
        self.actor_at[token.index()]
    }

    /// The weapon mention that covers `token`.
    pub(super) fn weapon(&self, token: TokenIndex) -> Option<usize> {
        self.weapon_at[token.index()]
    }

    /// Whether the word or base form of `token` is in `list`, or begins a phrase that is.
    pub(super) fn is(&self, list: WordList, token: TokenIndex) -> bool {
        let lexicon = self.lexicon;
        let (lemma, word) = (self.lemma(token), self.word(token));
        lexicon.has(list, lemma)
            || lexicon.has(list, word)
            || lexicon.phrases(list, lemma).any(|rest| self.follows(token, rest))
    }

    /// Whether `rest` follows `token` in this order, with few words in each gap; the particle of a
    /// phrasal verb follows right away or hangs on it.
    pub(super) fn follows(&self, token: TokenIndex, rest: &[Box<str>]) -> bool {
        self.last_of(token, rest).is_some()
    }

    /// The last token of a phrase that begins at `token` and goes on with `rest`.
    pub(super) fn last_of(&self, token: TokenIndex, rest: &[Box<str>]) -> Option<TokenIndex> {
        let mut at = token;
        for (index, expected) in rest.iter().enumerate() {
            let particle = index + 1 == rest.len()
                && matches!(
                    &**expected,
                    "off" | "out" | "back" | "down" | "away" | "up" | "on" | "upon"
                );
            at = (1..=4).filter_map(|gap| Some((gap, self.step(at, gap)?))).find_map(
                |(gap, next)| {
                    let same = self.lemma(next) == &**expected || self.word(next) == &**expected;
                    let near = !particle || gap == 1 || self.deprel(next) == Deprel::CompoundPrt;
                    (same && near).then_some(next)
                },
            )?;
        }
        Some(at)
    }

    /// The dependents of `token` by any of `deprels`.
    pub(super) fn by(&self, token: TokenIndex, deprels: &[Deprel]) -> Vec<TokenIndex> {
        self.children(token)
            .iter()
            .copied()
            .filter(|&child| deprels.contains(&self.deprel(child)))
            .collect()
    }

    /// The case marker or conjunction before a phrase or clause, if it has one.
    pub(super) fn marker(&self, token: TokenIndex) -> Option<&str> {
        self.marker_token(token).map(|marker| self.word(marker))
    }

    /// The token of the first case marker or mark.
    pub(super) fn marker_token(&self, token: TokenIndex) -> Option<TokenIndex> {
        self.children(token).iter().copied().find(|&child| {
            matches!(self.deprel(child), Deprel::Case | Deprel::Mark)
                && !matches!(self.word(child), "'s" | "’s" | "'" | "’")
        })
    }

    pub(super) fn is_verb(&self, token: TokenIndex) -> bool {
        matches!(self.upos(token), Upos::Verb | Upos::Auxiliary)
            || matches!(
                self.xpos(token),
                Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz
            )
    }

    pub(super) fn is_noun(&self, token: TokenIndex) -> bool {
        matches!(self.upos(token), Upos::Noun | Upos::ProperNoun)
    }

    pub(super) fn is_quote(&self, token: TokenIndex) -> bool {
        matches!(self.word(token), "\"" | "“" | "”" | "''" | "``" | "‘" | "’" | "'" | "«" | "»")
    }

    /// Whether a verb is in the passive voice.
    pub(super) fn is_passive(&self, verb: TokenIndex) -> bool {
        let mut has_auxiliary = false;
        for &child in self.children(verb) {
            match self.deprel(child) {
                Deprel::NsubjPass | Deprel::AuxPass | Deprel::CsubjPass | Deprel::OblAgent => {
                    return true;
                }
                Deprel::Aux | Deprel::Nsubj => has_auxiliary = true,
                _ => {}
            }
        }
        if has_auxiliary || self.xpos(verb) != Xpos::Vbn {
            return false;
        }
        match self.deprel(verb) {
            // A misread main verb: "the ministry called on …" as "the ministry, called on …".
            Deprel::Acl
                if self.head(verb).is_some_and(|head| {
                    self.deprel(head) == Deprel::Root && head < verb && self.marker(verb).is_none()
                }) && !self.children(verb).iter().any(|&child| {
                    self.marker(child) == Some("by") || self.deprel(child) == Deprel::Mark
                }) =>
            {
                false
            }
            Deprel::Acl | Deprel::Advcl | Deprel::Xcomp | Deprel::Amod => true,
            Deprel::Conj => self
                .head(verb)
                .is_some_and(|head| self.xpos(head) == Xpos::Vbn && self.is_passive(head)),
            _ => false,
        }
    }

    /// The words between the first and the last token of `tokens`.
    pub(super) fn slice(&self, first: TokenIndex, last: TokenIndex) -> &'a str {
        let span =
            self.sentence.tokens[first.index()].span.join(self.sentence.tokens[last.index()].span);
        span.of(self.text)
    }
}

/// The singular of a plural noun by spelling: headlines hide nouns behind capitals, which keeps
/// the parser from their base forms.
fn plain_singular(word: &str) -> String {
    match word {
        _ if word.len() < 4 || word.ends_with("ss") || word.ends_with("us") => word.to_owned(),
        _ if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        _ if word.ends_with("ches") || word.ends_with("shes") => word[..word.len() - 2].to_owned(),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}
