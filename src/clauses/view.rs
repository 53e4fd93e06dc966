//! One sentence as the rules see it: tokens, tree, mentions and word lists side by side.

use std::cell::OnceCell;

use crate::lexicon::FunctionWord::{self};
use crate::lexicon::{Lexicon, Lists, WordId, WordList, WordTable, push_lower_case};
use crate::model::{
    Byte, DependencyTree, Deprel, EntityDirectory, Mention, MentionForm, Node, Sentence, Span,
    TokenIndex, Upos, Xpos,
};

/// A sentence with everything that is known of it.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) text: &'a str,
    /// Number of the sentence in its document.
    pub(crate) number: usize,
    pub(crate) sentence: &'a Sentence,
    pub(crate) tree: &'a DependencyTree,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) directory: &'a EntityDirectory,
    /// The mentions of the sentence, in text order.
    pub(crate) mentions: Vec<&'a Mention>,
    /// For each token, the mention of an actor that covers it.
    actor_at: Vec<Option<usize>>,
    /// For each token, the mention of a weapon that covers it.
    weapon_at: Vec<Option<usize>>,
    /// For each token, the mention of a town that covers it.
    town_at: Vec<Option<usize>>,
    words: Vec<Word>,
    /// Lower-case words and base forms, one after the other.
    lower: String,
    /// For each token that was asked for, the phrases with a preposition at it.
    pub(crate) obliques: Vec<OnceCell<Vec<Oblique>>>,
}

/// A phrase with its preposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Oblique {
    /// The case marker.
    pub(crate) marker: TokenIndex,
    /// The function word that the marker is.
    pub(crate) preposition: Option<FunctionWord>,
    /// The head of the phrase.
    pub(crate) head: TokenIndex,
    /// Nouns between the trigger and the phrase; more where it hangs above the trigger.
    pub(crate) distance: usize,
}

/// A token's word and base form, and what the lists say of both.
#[derive(Debug)]
struct Word {
    /// The lower-case word, in the view's `lower`.
    form: Span<Byte>,
    form_id: Option<WordId>,
    /// The lower-case base form, there too; of a word in capitals, by spelling too.
    lemma: Span<Byte>,
    lemma_id: Option<WordId>,
    /// Whether rules ask for one of both beside their triggers.
    is_asked_for: bool,
    /// The lists that hold the word.
    form_in: Lists,
    /// The lists that hold the base form.
    lemma_in: Lists,
    /// The lists in which the base form begins an entry of several words.
    lemma_begins: Lists,
}

impl Word {
    /// Reads a word, whose lower-case forms it adds to `lower`.
    fn new(word: &str, node: &Node, lexicon: &Lexicon, lower: &mut String) -> Self {
        let form = push_lower_case(word, lower);
        let form_id = lexicon.word(form.of(lower));
        let (mut lemma, mut lemma_id) = (push_lower_case(&node.lemma, lower), form_id);
        let is_same = form.of(lower) == lemma.of(lower);
        if is_same {
            lower.truncate(form.end() as usize);
            lemma = form;
        } else {
            lemma_id = lexicon.word(lemma.of(lower));
        }
        let inflected = matches!(
            node.xpos,
            Xpos::Vbd | Xpos::Vbn | Xpos::Vbg | Xpos::Vbz | Xpos::Nns | Xpos::Nnps
        );
        if inflected && (is_same || !lemma_id.is_some_and(|lemma| lexicon.knows(lemma))) {
            if let Some(base) = lexicon.base(form.of(lower)) {
                lemma = push_lower_case(lexicon.spelling(base), lower);
                lemma_id = Some(base);
            }
        } else if node.upos == Upos::ProperNoun && is_same {
            let (stem, ending) = plain_singular(form.of(lower));
            let stem = Span::new(form.start(), form.start() + offset(stem.len()));
            lemma = if ending.is_empty() {
                stem
            } else {
                let start = offset(lower.len());
                lower.extend_from_within(stem.range());
                lower.push_str(ending);
                Span::new(start, offset(lower.len()))
            };
            lemma_id = lexicon.word(lemma.of(lower));
        }
        let lists = |word: Option<WordId>| word.map_or_else(Default::default, |w| lexicon.lists(w));
        let (own, _) = lists(form_id);
        let (of_lemma, lemma_begins) = lists(lemma_id);
        let mut ids = [form_id, lemma_id].into_iter().flatten();
        let is_asked_for = ids.any(|id| lexicon.is_asked_for(id));
        Self {
            form,
            form_id,
            lemma,
            lemma_id,
            is_asked_for,
            form_in: own,
            lemma_in: of_lemma,
            lemma_begins,
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("sentences are bounded")
}

impl<'a> View<'a> {
    /// The view of sentence `number`; `mentions` are those that lie in it.
    pub(crate) fn new(
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
        let mut town_at = vec![None; n_tokens];
        let lead = sentence.lead(text);
        for (index, mention) in mentions.iter().enumerate() {
            if mention.tokens.range().start < lead {
                continue;
            }
            let slots = if mention.form == MentionForm::Weapon
                || mention.entities.iter().all(crate::model::EntityId::is_weapon)
            {
                &mut weapon_at
            } else if mention.form == MentionForm::Town {
                &mut town_at
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
        // Many base forms are the words themselves.
        let mut lower = String::with_capacity(2 * sentence.span.range().len());
        let words = (sentence.tokens.iter().zip(tree.nodes()))
            .map(|(token, node)| Word::new(token.span.of(text), node, lexicon, &mut lower))
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
            town_at,
            words,
            lower,
            obliques: vec![OnceCell::new(); n_tokens],
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    pub(crate) fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenIndex> + use<> {
        self.tree.tokens()
    }

    /// The tokens that some rule asks for beside its trigger.
    pub(crate) fn asked_for(&self) -> impl Iterator<Item = TokenIndex> {
        self.tokens().filter(|token| self.words[token.index()].is_asked_for)
    }

    /// The lower-case word.
    pub(crate) fn word(&self, token: TokenIndex) -> &str {
        self.words[token.index()].form.of(&self.lower)
    }

    /// The function word that a token is, where it is one.
    pub(crate) fn function(&self, token: TokenIndex) -> Option<FunctionWord> {
        self.words[token.index()].form_id?.function_word()
    }

    /// The lower-case base form.
    pub(crate) fn lemma(&self, token: TokenIndex) -> &str {
        self.words[token.index()].lemma.of(&self.lower)
    }

    /// The word and the base form, where lists or rules name them.
    pub(crate) fn ids(&self, token: TokenIndex) -> (Option<WordId>, Option<WordId>) {
        let word = &self.words[token.index()];
        (word.form_id, word.lemma_id)
    }

    pub(crate) fn upos(&self, token: TokenIndex) -> Upos {
        self.tree.node(token).upos
    }

    pub(crate) fn xpos(&self, token: TokenIndex) -> Xpos {
        self.tree.node(token).xpos
    }

    pub(crate) fn deprel(&self, token: TokenIndex) -> Deprel {
        self.tree.deprel(token)
    }

    pub(crate) fn head(&self, token: TokenIndex) -> Option<TokenIndex> {
        self.tree.head(token)
    }

    pub(crate) fn children(&self, token: TokenIndex) -> &[TokenIndex] {
        self.tree.children(token)
    }

    /// The token `offset` places further on.
    pub(crate) fn step(&self, token: TokenIndex, offset: isize) -> Option<TokenIndex> {
        let index = token.index().checked_add_signed(offset)?;
        (index < self.len()).then(|| TokenIndex::new(index))
    }

    /// The actor mention that covers `token`.
    pub(crate) fn actor(&self, token: TokenIndex) -> Option<usize> {
        self.actor_at[token.index()]
    }

    /// The weapon mention that covers `token`.
    pub(crate) fn weapon(&self, token: TokenIndex) -> Option<usize> {
        self.weapon_at[token.index()]
    }

    /// The mention of a town that covers `token`.
    pub(crate) fn town(&self, token: TokenIndex) -> Option<usize> {
        self.town_at[token.index()]
    }

    /// Whether the word or base form of `token` is in `list`, or begins a phrase that is.
    pub(crate) fn is(&self, list: WordList, token: TokenIndex) -> bool {
        self.form_is(list, token) || self.lemma_is(list, token)
    }

    /// Whether the word itself is in `list`.
    pub(crate) fn form_is(&self, list: WordList, token: TokenIndex) -> bool {
        self.words[token.index()].form_in.has(list)
    }

    /// Whether the base form is in `list`, or begins a phrase that is.
    pub(crate) fn lemma_is(&self, list: WordList, token: TokenIndex) -> bool {
        let word = &self.words[token.index()];
        word.lemma_in.has(list)
            || word.lemma_begins.has(list)
                && word.lemma_id.is_some_and(|lemma| {
                    self.lexicon.phrases(list, lemma).any(|rest| self.follows(token, rest))
                })
    }

    /// The number of the word in `table`.
    pub(crate) fn number(&self, table: WordTable, token: TokenIndex) -> Option<i64> {
        self.lexicon.number(table, self.words[token.index()].form_id?)
    }

    /// The number of the base form in `table`.
    pub(crate) fn lemma_number(&self, table: WordTable, token: TokenIndex) -> Option<i64> {
        self.lexicon.number(table, self.words[token.index()].lemma_id?)
    }

    /// Whether the word or base form of `token` is `word`.
    pub(crate) fn is_word(&self, token: TokenIndex, word: WordId) -> bool {
        let own = &self.words[token.index()];
        own.form_id == Some(word) || own.lemma_id == Some(word)
    }

    /// Whether the word at `token` is the preposition `wanted` or a variant of it.
    pub(crate) fn is_preposition(&self, token: TokenIndex, wanted: WordId) -> bool {
        self.words[token.index()].form_id.is_some_and(|word| word.is_preposition(wanted))
    }

    /// Whether `rest` follows `token` in this order, with few words in each gap; the particle of a
    /// phrasal verb follows right away or hangs on it.
    pub(crate) fn follows(&self, token: TokenIndex, rest: &[WordId]) -> bool {
        self.last_of(token, rest).is_some()
    }

    /// The last token of a phrase that begins at `token` and goes on with `rest`.
    pub(crate) fn last_of(&self, token: TokenIndex, rest: &[WordId]) -> Option<TokenIndex> {
        let mut at = token;
        for (index, &expected) in rest.iter().enumerate() {
            let particle =
                index + 1 == rest.len() && self.lexicon.lists(expected).0.has(WordList::Particle);
            at = (1..=4).filter_map(|gap| Some((gap, self.step(at, gap)?))).find_map(
                |(gap, next)| {
                    let same = self.is_word(next, expected);
                    let near = || !particle || gap == 1 || self.deprel(next) == Deprel::CompoundPrt;
                    (same && near()).then_some(next)
                },
            )?;
        }
        Some(at)
    }

    /// The dependents of `token` by any of `deprels`.
    pub(crate) fn by(&self, token: TokenIndex, deprels: &[Deprel]) -> Vec<TokenIndex> {
        self.children(token)
            .iter()
            .copied()
            .filter(|&child| deprels.contains(&self.deprel(child)))
            .collect()
    }

    /// The first case marker or conjunction before a phrase or clause.
    pub(crate) fn marker(&self, token: TokenIndex) -> Option<TokenIndex> {
        self.children(token).iter().copied().find(|&child| {
            matches!(self.deprel(child), Deprel::Case | Deprel::Mark)
                && !self.is_possessive_mark(child)
        })
    }

    /// The function word that the marker of a phrase or clause is.
    pub(crate) fn marker_function(&self, token: TokenIndex) -> Option<FunctionWord> {
        self.function(self.marker(token)?)
    }

    /// The function word before `token`.
    pub(crate) fn function_before(&self, token: TokenIndex) -> Option<FunctionWord> {
        self.function(self.step(token, -1)?)
    }

    /// Whether `token` marks a possessive.
    pub(crate) fn is_possessive_mark(&self, token: TokenIndex) -> bool {
        matches!(self.word(token), "'s" | "’s" | "'" | "’")
    }

    pub(crate) fn is_verb(&self, token: TokenIndex) -> bool {
        matches!(self.upos(token), Upos::Verb | Upos::Auxiliary)
            || matches!(
                self.xpos(token),
                Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz
            )
    }

    pub(crate) fn is_noun(&self, token: TokenIndex) -> bool {
        matches!(self.upos(token), Upos::Noun | Upos::ProperNoun)
    }

    pub(crate) fn is_quote(&self, token: TokenIndex) -> bool {
        matches!(self.word(token), "\"" | "“" | "”" | "''" | "``" | "‘" | "’" | "'" | "«" | "»")
    }

    /// Whether a verb is in the passive voice.
    pub(crate) fn is_passive(&self, verb: TokenIndex) -> bool {
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
            Deprel::Acl | Deprel::Advcl | Deprel::Xcomp | Deprel::Amod => true,
            Deprel::Conj => self
                .head(verb)
                .is_some_and(|head| self.xpos(head) == Xpos::Vbn && self.is_passive(head)),
            _ => false,
        }
    }

    /// The words between the first and the last token of `tokens`.
    pub(crate) fn slice(&self, first: TokenIndex, last: TokenIndex) -> &'a str {
        let span =
            self.sentence.tokens[first.index()].span.join(self.sentence.tokens[last.index()].span);
        span.of(self.text)
    }
}

/// The singular of a plural noun by spelling, as what stays of it and an ending: headlines hide nouns behind capitals, which keeps
/// the parser from their base forms.
fn plain_singular(word: &str) -> (&str, &'static str) {
    let cut = |n: usize| &word[..word.len() - n];
    match word {
        _ if word.len() < 4 || word.ends_with("ss") || word.ends_with("us") => (word, ""),
        _ if word.ends_with("ies") => (cut(3), "y"),
        _ if word.ends_with("ches") || word.ends_with("shes") => (cut(2), ""),
        _ => (word.strip_suffix('s').unwrap_or(word), ""),
    }
}
