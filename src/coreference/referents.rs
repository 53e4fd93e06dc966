//! Who may be referred back to, and how strongly each is in the reader's mind.

use std::collections::BTreeMap;

use crate::lexicon::Lexicon;
use crate::model::{
    Article, DependencyTree, Document, EntityDirectory, EntityId, Mention, MentionForm, Span,
    TokenUnit, lower_case,
};

use super::cast;
use super::company::{is_plural_noun, is_state_noun, is_war};
use crate::gazetteer::titles::is_title_word;

/// Role of a phrase in its clause, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// The adjective of a phrase that does not stand for the state.
    Modifier,
    Oblique,
    Possessor,
    Object,
    Subject,
}

/// Someone who was mentioned.
#[derive(Debug, Clone)]
pub(super) struct Referent {
    /// One, or each member of a coordination. Sorted, distinct.
    pub entities: Vec<EntityId>,
    pub sentence: usize,
    pub tokens: Span<TokenUnit>,
    /// Head token of the phrase.
    pub head: u32,
    pub role: Role,
    pub form: MentionForm,
    /// Whether "they" may mean it though it is one entity: "Russian officials".
    pub plural: bool,
    /// Index among the mentions by name.
    pub antecedent: Option<usize>,
}

/// All referents so far, in text order.
pub(super) struct Discourse<'a> {
    lexicon: &'a Lexicon,
    article: &'a Article,
    pub(super) document: &'a Document,
    pub(super) directory: &'a EntityDirectory,
    named: &'a [Mention],
    referents: Vec<Referent>,
    /// Groups of the sentence that is read: they count once their last member is passed.
    groups: Vec<Referent>,
    tree: Option<&'a DependencyTree>,
    /// Whose war it is, by its noun.
    pub(super) wars: BTreeMap<String, EntityId>,
    /// The thing or things that the last parsed sentence was about: its number and whether plural.
    pub(super) last_topic: Option<(usize, bool)>,
    /// The person whom the article is about, if it is about one.
    pub(super) protagonist: Option<EntityId>,
    /// How often each entity was mentioned.
    counts: BTreeMap<EntityId, i32>,
}

/// How far two referents must lie apart for the better one to count.
const MARGIN: i32 = 4;

impl<'a> Discourse<'a> {
    pub(super) fn new(
        lexicon: &'a Lexicon,
        article: &'a Article,
        document: &'a Document,
        directory: &'a EntityDirectory,
        named: &'a [Mention],
    ) -> Self {
        Self {
            lexicon,
            article,
            document,
            directory,
            named,
            referents: Vec::new(),
            groups: Vec::new(),
            tree: None,
            wars: BTreeMap::new(),
            last_topic: None,
            protagonist: cast::protagonist(document, named),
            counts: BTreeMap::new(),
        }
    }

    /// How often an entity was mentioned so far, at most six times; a person, twelve times: a text
    /// about somebody comes back to him.
    pub(super) fn count(&self, id: &EntityId) -> i32 {
        let most = if id.is_person() { 12 } else { 6 };
        self.counts.get(id).copied().unwrap_or(0).min(most)
    }

    fn push(&mut self, referent: Referent) {
        for id in &referent.entities {
            *self.counts.entry(id.clone()).or_default() += 1;
        }
        if let [id] = &referent.entities[..]
            && let Some(noun) = self.war_of(&referent)
        {
            self.wars.entry(noun).or_insert_with(|| id.clone());
        }
        self.referents.push(referent);
    }

    /// The noun of war that a referent owns: "Russia's ongoing war", "its invasion".
    fn war_of(&self, referent: &Referent) -> Option<String> {
        let (n, end) = (referent.sentence, referent.tokens.end());
        let owns = matches!(self.word(n, end), "'s" | "’s")
            || referent.form == MentionForm::Demonym
            || self.word(n, referent.tokens.start()).eq_ignore_ascii_case("its");
        if !owns {
            return None;
        }
        (end..end + 4).map(|token| self.word(n, token)).find(|word| is_war(word)).map(str::to_owned)
    }

    /// Notes what the sentence was about, where that was a thing.
    pub(super) fn end_sentence(&mut self, n: usize) {
        self.last_topic = None;
        let Some(tree) = self.tree else { return };
        let root = tree.root();
        let subject = tree
            .children(root)
            .iter()
            .copied()
            .find(|&child| tree.deprel(child).universal() == "nsubj");
        if let Some(plural) = subject.and_then(|subject| self.thing(tree, n, subject)) {
            self.last_topic = Some((n, plural));
        }
    }

    pub(super) fn named_in(&self, n: usize) -> &'a [Mention] {
        super::in_sentence(self.named, n)
    }

    /// Whether a referent was named as one of a coordination: "Britain, France and Germany".
    pub(super) fn is_one_of_several(&self, referent: &Referent) -> bool {
        referent.entities.len() == 1
            && self.referents.iter().rev().take_while(|r| r.sentence >= referent.sentence).any(
                |group| {
                    group.sentence == referent.sentence
                        && group.entities.len() > 1
                        && group.tokens.covers(referent.tokens)
                },
            )
    }

    pub(super) fn named(&self) -> &'a [Mention] {
        self.named
    }

    /// The index of a mention by name.
    pub(super) fn index_of(&self, mention: &Mention) -> Option<usize> {
        mention.antecedent.or_else(|| self.named.iter().position(|named| named == mention))
    }

    pub(super) fn referents(&self) -> &[Referent] {
        &self.referents
    }

    pub(super) fn word(&self, n: usize, token: u32) -> &'a str {
        let tokens = &self.document.sentences[n].tokens;
        tokens.get(token as usize).map_or("", |token| token.span.of(&self.article.text))
    }

    /// Prepares the groups of sentence `n`, whose mentions by name are `named`, the first of
    /// which has the index `first`.
    pub(super) fn begin_sentence(
        &mut self,
        n: usize,
        tree: Option<&'a DependencyTree>,
        named: &[Mention],
        first: usize,
    ) {
        self.tree = tree;
        self.groups.clear();
        let is_member = |mention: &Mention, person: bool| {
            mention.entities.len() == 1
                && match mention.form {
                    MentionForm::Weapon | MentionForm::Demonym => false,
                    _ => mention.entities[0].is_person() == person,
                }
        };
        for person in [false, true] {
            let members: Vec<_> =
                (first..).zip(named).filter(|(_, mention)| is_member(mention, person)).collect();
            let mut start = 0;
            while start < members.len() {
                let mut end = start + 1;
                let mut joined = false;
                while end < members.len() {
                    let gap = members[end - 1].1.tokens.end()..members[end].1.tokens.start();
                    match self.coordination(n, gap, named) {
                        Some(and) => joined |= and,
                        None => break,
                    }
                    end += 1;
                }
                if joined && end - start >= 2 {
                    self.add_group(n, &members[start..end]);
                }
                start = end;
            }
        }
    }

    /// Whether tokens of `gap` coordinate what stands around them; `Some(true)` with "and".
    fn coordination(&self, n: usize, gap: std::ops::Range<u32>, named: &[Mention]) -> Option<bool> {
        if gap.is_empty() || gap.len() > 9 {
            return None;
        }
        let mut and = false;
        for token in gap {
            let word = self.word(n, token);
            let covered = named.iter().any(|mention| mention.tokens.contains(token));
            match word {
                "and" | "And" | "&" => and = true,
                "," | "the" | "'s" | "’s" | "his" | "her" | "its" | "their" | "'" | "’" => {}
                _ if covered || is_title_word(self.lexicon, word) || word == "counterpart" => {}
                _ => return None,
            }
        }
        Some(and)
    }

    fn add_group(&mut self, n: usize, members: &[(usize, &Mention)]) {
        let mut entities: Vec<_> = members.iter().map(|(_, m)| m.entities[0].clone()).collect();
        entities.sort();
        entities.dedup();
        if entities.len() < 2 {
            return;
        }
        let tokens = members[0].1.tokens.join(members[members.len() - 1].1.tokens);
        let (role, head) = self.role(n, members[0].1.tokens, members[0].1.form);
        let form = MentionForm::Name;
        let antecedent = Some(members[0].0);
        let sentence = n;
        self.groups.push(Referent {
            entities,
            sentence,
            tokens,
            head,
            role,
            form,
            plural: true,
            antecedent,
        });
    }

    /// Adds the mention by name of that index, and the group that ends with it.
    pub(super) fn add_named(&mut self, index: usize) {
        let mention = &self.named[index];
        if mention.entities.iter().all(EntityId::is_weapon) {
            return;
        }
        let n = mention.sentence;
        // A dateline tells where a report was written.
        if mention.tokens.range().end <= self.document.sentences[n].lead(&self.article.text) {
            return;
        }
        let next = self.word(n, mention.tokens.end());
        let plural = match mention.form {
            MentionForm::People => true,
            MentionForm::Demonym => {
                (0..3).any(|ahead| is_plural_noun(self.word(n, mention.tokens.end() + ahead)))
            }
            _ => is_plural_noun(next) || mention.entities[0].is_organization(),
        };
        self.push(self.referent_of(mention, plural, Some(index)));
        let end = mention.tokens.end();
        let (done, waiting) =
            self.groups.drain(..).partition(|group: &Referent| group.tokens.end() <= end);
        self.groups = waiting;
        let done: Vec<Referent> = done;
        for group in done {
            self.push(group);
        }
    }

    /// A mention as a referent, in the role of its phrase.
    pub(super) fn referent_of(
        &self,
        mention: &Mention,
        plural: bool,
        antecedent: Option<usize>,
    ) -> Referent {
        let (role, head) = self.role(mention.sentence, mention.tokens, mention.form);
        Referent {
            entities: mention.entities.clone(),
            sentence: mention.sentence,
            tokens: mention.tokens,
            head,
            role,
            form: mention.form,
            plural,
            antecedent,
        }
    }

    /// Adds a mention that refers back.
    pub(super) fn add_reference(&mut self, mention: &Mention, tree: Option<&'a DependencyTree>) {
        self.tree = tree;
        let plural = mention.entities.len() > 1 || mention.entities[0].is_organization();
        self.push(self.referent_of(mention, plural, mention.antecedent));
    }

    /// Role and head of the phrase that `tokens` belong to.
    fn role(&self, n: usize, tokens: Span<TokenUnit>, form: MentionForm) -> (Role, u32) {
        match self.tree {
            Some(tree) => self.role_in_tree(tree, n, tokens, form),
            None => (self.role_in_line(n, tokens, form), tokens.end() - 1),
        }
    }

    fn role_in_tree(
        &self,
        tree: &DependencyTree,
        n: usize,
        tokens: Span<TokenUnit>,
        form: MentionForm,
    ) -> (Role, u32) {
        let mut head = tree.head_of(tokens);
        let mut role = None;
        for _ in 0..tree.len() {
            let Some(parent) = tree.head(head) else { break };
            let noun = lower_case(self.word(n, parent.0));
            role = match tree.deprel(head).as_str() {
                "conj" | "appos" | "flat" | "nmod:desc" => None,
                // "Russian officials": the phrase stands for the state; "Russian gas" does not.
                "amod" | "compound" | "nmod:unmarked" | "nmod" if form == MentionForm::Demonym => {
                    if is_state_noun(&noun) {
                        None
                    } else {
                        Some(Role::Modifier)
                    }
                }
                "compound" | "amod" => {
                    if is_state_noun(&noun) || is_title_word(self.lexicon, &noun) {
                        None
                    } else {
                        Some(Role::Modifier)
                    }
                }
                // "With Putin looking on": who only stands by.
                "nsubj" | "nsubj:pass"
                    if tree.deprel(parent).as_str() == "advcl"
                        && tree.children(parent).iter().any(|&c| tree.lemma(c) == "with") =>
                {
                    Some(Role::Oblique)
                }
                "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj" => Some(Role::Subject),
                "obj" | "iobj" => Some(Role::Object),
                "nmod:poss" => Some(Role::Possessor),
                _ => Some(Role::Oblique),
            };
            if role.is_some() {
                break;
            }
            head = parent;
        }
        (role.unwrap_or(Role::Object), head.0)
    }

    fn role_in_line(&self, n: usize, tokens: Span<TokenUnit>, form: MentionForm) -> Role {
        let next = self.word(n, tokens.end());
        if form == MentionForm::Demonym && !is_state_noun(next) {
            return Role::Modifier;
        }
        if matches!(next, "'s" | "’s" | "'" | "’") {
            return Role::Possessor;
        }
        // The first word of the phrase: behind titles and adjectives before the name.
        let mut first = tokens.start();
        while first > 0 {
            let word = self.word(n, first - 1);
            if is_title_word(self.lexicon, word)
                || matches!(word, "the" | "The" | "Mr" | "Mr." | "Ms")
            {
                first -= 1;
            } else {
                break;
            }
        }
        let before = if first == 0 { "" } else { self.word(n, first - 1) };
        match before {
            "" | "," | "“" | "\"" | "that" | "but" | "and" | "while" | "as" | "when"
            | "because" | "•" | "-" | "where" | "since" | "after" | "if" => Role::Subject,
            "of" | "in" | "on" | "at" | "to" | "for" | "from" | "with" | "by" | "against"
            | "between" | "into" | "over" | "about" | "than" => Role::Oblique,
            _ => Role::Object,
        }
    }
}

/// The best of several referents, unless another comes close.
pub(super) fn best<'r>(scored: impl Iterator<Item = (i32, &'r Referent)>) -> Option<Referent> {
    let mut scored: Vec<_> = scored.collect();
    // Of equal ones the later.
    scored.sort_by_key(|(score, referent)| {
        (-score, std::cmp::Reverse((referent.sentence, referent.tokens.start())))
    });
    let (score, best) = scored.first()?;
    let rival = scored.iter().find(|(_, referent)| referent.entities != best.entities);
    (rival.is_none_or(|(other, _)| score - other >= MARGIN) && *score > 0).then(|| (*best).clone())
}
