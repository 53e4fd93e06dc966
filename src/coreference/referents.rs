//! Who may be referred back to, and how strongly each is in the reader's mind.

use std::collections::BTreeMap;

use crate::gazetteer::titles::is_title_word;
use crate::lexicon::{FunctionWord, WordList};
use crate::model::{
    DependencyTree, Deprel, EntityDirectory, EntityId, Mention, MentionForm, Span, TokenUnit,
};

use super::cast;
use super::text::{Text, is_genitive};

/// `SyntacticRole` of a phrase in its clause, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SyntacticRole {
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
    pub role: SyntacticRole,
    pub form: MentionForm,
    /// Whether "they" may mean it though it is one entity: "Russian officials".
    pub plural: bool,
    /// Index among the mentions by name.
    pub antecedent: Option<usize>,
}

impl Referent {
    /// The same place where it means `entities`.
    pub(super) fn meaning(&self, entities: Vec<EntityId>) -> Self {
        Self { entities, ..self.clone() }
    }

    /// How many sentences it stands before sentence `n`.
    pub(super) fn distance(&self, n: usize) -> i32 {
        i32::try_from(n - self.sentence).unwrap_or(i32::MAX)
    }

    /// The only entity that it means, where it means one.
    pub(super) fn single(&self) -> Option<&EntityId> {
        match &self.entities[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// All referents so far, in text order.
pub(super) struct Discourse<'a> {
    pub(super) text: Text<'a>,
    pub(super) directory: &'a EntityDirectory,
    referents: Vec<Referent>,
    /// Groups of the sentence that is read: they count once their last member is passed.
    groups: Vec<Referent>,
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
    pub(super) fn new(text: Text<'a>, directory: &'a EntityDirectory) -> Self {
        Self {
            text,
            directory,
            referents: Vec::new(),
            groups: Vec::new(),
            last_topic: None,
            protagonist: cast::protagonist(text.document, text.named),
            counts: BTreeMap::new(),
        }
    }

    /// How often an entity was mentioned so far, at most six times; a person, twelve times: a text
    /// about somebody comes back to them.
    pub(super) fn count(&self, id: &EntityId) -> i32 {
        let most = if id.is_person() { 12 } else { 6 };
        self.counts.get(id).copied().unwrap_or(0).min(most)
    }

    fn push(&mut self, referent: Referent) {
        for id in &referent.entities {
            *self.counts.entry(id.clone()).or_default() += 1;
        }
        self.referents.push(referent);
    }

    /// Notes what the sentence was about, where that was a thing.
    pub(super) fn end_sentence(&mut self, n: usize) {
        self.last_topic = self.topic(n).map(|plural| (n, plural));
    }

    /// The index of a mention by name.
    pub(super) fn index_of(&self, mention: &Mention) -> Option<usize> {
        mention.antecedent.or_else(|| self.text.named.iter().position(|named| named == mention))
    }

    pub(super) fn referents(&self) -> &[Referent] {
        &self.referents
    }

    /// Referents of sentence `n` so far and of the `reach` sentences before it, latest first.
    pub(super) fn recent(&self, n: usize, reach: usize) -> impl Iterator<Item = &Referent> {
        let referents = self.referents.iter().rev();
        referents.take_while(move |referent| referent.sentence + reach >= n)
    }

    /// Prepares the groups of sentence `n`, whose first mention by name has the index `first`.
    pub(super) fn begin_sentence(&mut self, n: usize, first: usize) {
        let named = self.text.named_in(n);
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
        use FunctionWord::{And, Her, His, Its, The, Their};
        if gap.is_empty() || gap.len() > 9 {
            return None;
        }
        let mut and = false;
        for token in gap {
            let word = self.text.word(n, token);
            match self.text.function(n, token) {
                Some(And) => and = true,
                Some(The | His | Her | Its | Their) => {}
                _ if is_genitive(word) || matches!(word, "," | "'" | "’") => {}
                _ if is_title_word(self.text.lexicon, word) => {}
                _ if named.iter().any(|mention| mention.tokens.contains(token)) => {}
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
        self.groups.push(Referent {
            entities,
            sentence: n,
            tokens,
            head,
            role,
            form: MentionForm::Name,
            plural: true,
            antecedent: Some(members[0].0),
        });
    }

    /// Adds the mention by name of that index, and the group that ends with it.
    pub(super) fn add_named(&mut self, index: usize) {
        let text = self.text;
        let mention = &text.named[index];
        if mention.entities.iter().all(EntityId::is_weapon) {
            return;
        }
        let (n, end) = (mention.sentence, mention.tokens.end());
        // A dateline tells where a report was written.
        if end as usize <= text.document.sentences[n].lead(&text.article.text) {
            return;
        }
        let acts = |token| text.has(WordList::PluralActor, n, token);
        let is_group = |token| {
            text.named_at(n, token).is_some_and(|mention| mention.form == MentionForm::Group)
        };
        let plural = match mention.form {
            MentionForm::People | MentionForm::Group => true,
            MentionForm::Demonym => (end..end + 3).any(|at| acts(at) && !is_group(at)),
            _ => acts(end) || mention.entities[0].is_organization(),
        };
        self.push(self.referent_of(mention, plural, Some(index)));
        let is_done = |group: &mut Referent| group.tokens.end() <= end;
        let done: Vec<Referent> = self.groups.extract_if(.., is_done).collect();
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
    pub(super) fn add_reference(&mut self, mention: &Mention) {
        let plural = mention.entities.len() > 1
            || mention.entities[0].is_organization()
            || mention.entities[0].is_group();
        self.push(self.referent_of(mention, plural, mention.antecedent));
    }

    /// `SyntacticRole` and head of the phrase that `tokens` belong to.
    fn role(&self, n: usize, tokens: Span<TokenUnit>, form: MentionForm) -> (SyntacticRole, u32) {
        match self.text.tree(n) {
            Some(tree) => self.role_in_tree(tree, n, tokens, form),
            None => (SyntacticRole::Object, tokens.end() - 1),
        }
    }

    fn role_in_tree(
        &self,
        tree: &DependencyTree,
        n: usize,
        tokens: Span<TokenUnit>,
        form: MentionForm,
    ) -> (SyntacticRole, u32) {
        use Deprel as D;
        let lexicon = self.text.lexicon;
        let is_demonym = form == MentionForm::Demonym;
        let mut head = tree.head_of(tokens);
        let mut role = None;
        for _ in 0..tree.len() {
            let Some(parent) = tree.head(head) else { break };
            let deprel = tree.deprel(head);
            let modifies = matches!(deprel, D::Amod | D::Compound)
                || is_demonym && matches!(deprel, D::NmodUnmarked | D::Nmod);
            role = match deprel {
                D::Conj | D::Appos | D::Flat | D::NmodDesc => None,
                // "Russian officials": the phrase stands for the state; "Russian gas" does not.
                _ if modifies => {
                    let noun = self.text.lower(n, parent.0);
                    let stands_for_it = lexicon.has(WordList::StateNoun, &noun)
                        || !is_demonym && is_title_word(lexicon, &noun);
                    (!stands_for_it).then_some(SyntacticRole::Modifier)
                }
                D::Nsubj | D::NsubjPass | D::NsubjOuter | D::Csubj => Some(SyntacticRole::Subject),
                D::Obj | D::Iobj => Some(SyntacticRole::Object),
                D::NmodPoss => Some(SyntacticRole::Possessor),
                _ => Some(SyntacticRole::Oblique),
            };
            if role.is_some() {
                break;
            }
            head = parent;
        }
        (role.unwrap_or(SyntacticRole::Object), head.0)
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
