//! Who may be referred back to, and how strongly each is in the reader's mind.

use std::collections::BTreeMap;

use crate::model::{
    Article, DependencyTree, Document, EntityDirectory, EntityId, Gender, Mention, MentionForm,
    SentenceKind, Span, TokenIndex, TokenUnit,
};

use super::super::lexicon::is_title_word;
use super::Anaphor;
use super::words::{
    Case, PronounKind, is_owned_by_actors, is_plural_noun, is_reporting_verb, is_state_noun,
    is_war, is_willed,
};

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
    article: &'a Article,
    document: &'a Document,
    directory: &'a EntityDirectory,
    named: &'a [Mention],
    referents: Vec<Referent>,
    /// Groups of the sentence that is read: they count once their last member is passed.
    groups: Vec<Referent>,
    tree: Option<&'a DependencyTree>,
    /// Whose war it is, by its noun.
    wars: BTreeMap<String, EntityId>,
    /// The thing or things that the last parsed sentence was about: its number and whether plural.
    last_topic: Option<(usize, bool)>,
    /// How often each entity was mentioned.
    counts: BTreeMap<EntityId, i32>,
}

/// How far two referents must lie apart for the better one to count.
const MARGIN: i32 = 4;

impl<'a> Discourse<'a> {
    pub(super) fn new(
        article: &'a Article,
        document: &'a Document,
        directory: &'a EntityDirectory,
        named: &'a [Mention],
    ) -> Self {
        Self {
            article,
            document,
            directory,
            named,
            referents: Vec::new(),
            groups: Vec::new(),
            tree: None,
            wars: BTreeMap::new(),
            last_topic: None,
            counts: BTreeMap::new(),
        }
    }

    /// How often an entity was mentioned so far, at most six times.
    pub(super) fn count(&self, id: &EntityId) -> i32 {
        self.counts.get(id).copied().unwrap_or(0).min(6)
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

    /// Whether a token is a common noun that means no actor; `Some(true)`: in the plural.
    fn thing(&self, tree: &DependencyTree, n: usize, token: TokenIndex) -> Option<bool> {
        let node = tree.node(token);
        let plural = match node.xpos.as_str() {
            // Names that are no mention: a city, a ship.
            "NN" | "NNP" => false,
            "NNS" => true,
            _ => return None,
        };
        let covered = self.named_in(n).iter().any(|mention| {
            mention.tokens.contains(token.0)
                || is_state_noun(&self.word(n, token.0).to_lowercase())
                    && tree.is_within(tree.head_of(mention.tokens), token)
                || mention.entities[0].is_person()
                    && tree.is_within(tree.head_of(mention.tokens), token)
        });
        let is_time = matches!(
            &*node.lemma,
            "year"
                | "month"
                | "week"
                | "day"
                | "time"
                | "hour"
                | "part"
                | "return"
                | "exchange"
                | "addition"
                | "response"
                | "case"
                | "way"
                | "statement"
                | "interview"
        );
        (!covered && !is_time).then_some(plural)
    }

    fn named_in(&self, n: usize) -> &'a [Mention] {
        super::in_sentence(self.named, n)
    }

    /// The best score of a thing that the pronoun may mean instead.
    fn rival_thing(&self, anaphor: Anaphor, tree: Option<&DependencyTree>) -> i32 {
        let plural = match anaphor.kind {
            PronounKind::Thing => false,
            PronounKind::Plural => true,
            _ => return i32::MIN,
        };
        let mut best = i32::MIN;
        if self.last_topic == Some((anaphor.sentence.wrapping_sub(1), plural)) {
            best = 40 - 12 + 14;
        }
        let mut penalty = 0;
        if let Some(tree) = tree {
            let token = TokenIndex(anaphor.token);
            if let Some(governor) = tree.head(token) {
                penalty = match anaphor.case {
                    Case::Possessive
                        if is_owned_by_actors(
                            &self.word(anaphor.sentence, governor.0).to_lowercase(),
                        ) =>
                    {
                        25
                    }
                    Case::Subject
                        if !plural
                            && is_willed(tree.lemma(governor))
                            && tree.deprel(token).as_str() != "nsubj:pass" =>
                    {
                        25
                    }
                    Case::Possessive => 8,
                    Case::Subject => 4,
                    Case::Object => -6,
                    Case::Reflexive => 10,
                };
            }
            for other in tree.tokens().take_while(|other| other.0 < anaphor.token) {
                if self.thing(tree, anaphor.sentence, other) != Some(plural)
                    || tree.is_within(token, other)
                {
                    continue;
                }
                let role = match tree.deprel(other).universal() {
                    "nsubj" => 16,
                    "obj" => 10,
                    "obl" | "nmod" => 3,
                    _ => continue,
                };
                best = best.max(40 + role);
            }
        }
        best.saturating_sub(penalty)
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

    fn word(&self, n: usize, token: u32) -> &'a str {
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
                _ if covered || is_title_word(word) || word == "counterpart" => {}
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
        let (role, head) = self.role(n, mention.tokens, mention.form);
        let next = self.word(n, mention.tokens.end());
        let plural = match mention.form {
            MentionForm::People => true,
            MentionForm::Demonym => {
                (0..3).any(|ahead| is_plural_noun(self.word(n, mention.tokens.end() + ahead)))
            }
            _ => is_plural_noun(next) || mention.entities[0].is_organization(),
        };
        self.push(Referent {
            entities: mention.entities.clone(),
            sentence: n,
            tokens: mention.tokens,
            head,
            role,
            form: mention.form,
            plural,
            antecedent: Some(index),
        });
        let end = mention.tokens.end();
        let (done, waiting) =
            self.groups.drain(..).partition(|group: &Referent| group.tokens.end() <= end);
        self.groups = waiting;
        let done: Vec<Referent> = done;
        for group in done {
            self.push(group);
        }
    }

    /// Adds a mention that refers back.
    pub(super) fn add_reference(&mut self, mention: &Mention, tree: Option<&'a DependencyTree>) {
        self.tree = tree;
        let (role, head) = self.role(mention.sentence, mention.tokens, mention.form);
        self.push(Referent {
            entities: mention.entities.clone(),
            sentence: mention.sentence,
            tokens: mention.tokens,
            head,
            role,
            form: mention.form,
            plural: mention.entities.len() > 1 || mention.entities[0].is_organization(),
            antecedent: mention.antecedent,
        });
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
            let noun = self.word(n, parent.0).to_lowercase();
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
                    if is_state_noun(&noun) || is_title_word(&noun) {
                        None
                    } else {
                        Some(Role::Modifier)
                    }
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
            if is_title_word(word) || matches!(word, "the" | "The" | "Mr" | "Mr." | "Ms") {
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

    /// The referent of a pronoun of the third person. `speakers` are those whose words it stands
    /// in: it is none of them.
    pub(super) fn find_pronoun(
        &self,
        anaphor: Anaphor,
        tree: Option<&DependencyTree>,
        speakers: &[EntityId],
    ) -> Option<Referent> {
        let reach = match anaphor.kind {
            PronounKind::Person(_) => 4,
            _ => 2,
        };
        let near = self.referents.iter().rev();
        let near = near.take_while(|referent| referent.sentence + reach >= anaphor.sentence);
        let near = near.filter(|referent| {
            self.agrees(referent, anaphor)
                && !referent.entities.iter().any(|id| speakers.contains(id))
                && !tree.is_some_and(|tree| is_bound(tree, referent, anaphor))
        });
        let mut scored: Vec<_> =
            near.map(|referent| (self.score(referent, anaphor, tree), referent)).collect();
        let pair = (anaphor.kind == PronounKind::Plural).then(|| self.pair_before(anaphor));
        let pair =
            pair.flatten().filter(|pair| !pair.entities.iter().any(|id| speakers.contains(id)));
        if let Some(pair) = &pair {
            let distance = i32::try_from(anaphor.sentence - pair.sentence).unwrap_or(i32::MAX);
            scored.push((40 - 12 * distance + 10, pair));
        }
        let top = scored.iter().map(|(score, _)| *score).max()?;
        if self.rival_thing(anaphor, tree) >= top {
            return None;
        }
        best(scored.into_iter())
    }

    /// The only two people of the sentence before, or of this one so far, though nothing joins
    /// their names: "X received Y. They discussed".
    fn pair_before(&self, anaphor: Anaphor) -> Option<Referent> {
        let sentence = self
            .referents
            .iter()
            .rev()
            .find(|referent| matches!(&referent.entities[..], [id] if id.is_person()))?;
        let sentence = sentence.sentence;
        if sentence + 1 < anaphor.sentence {
            return None;
        }
        let mut people = Vec::new();
        let mut first = None;
        for referent in self.referents.iter().rev() {
            if referent.sentence < sentence {
                break;
            }
            if let [id] = &referent.entities[..]
                && id.is_person()
            {
                first = Some(referent);
                if !people.contains(id) {
                    people.push(id.clone());
                }
            }
        }
        people.sort();
        (people.len() == 2)
            .then(|| Some(Referent { entities: people, plural: true, ..first?.clone() }))
            .flatten()
    }

    /// Whether number, gender and kind allow it.
    fn agrees(&self, referent: &Referent, anaphor: Anaphor) -> bool {
        let single = match &referent.entities[..] {
            [one] => Some(one),
            _ => None,
        };
        match anaphor.kind {
            PronounKind::Person(gender) => single.is_some_and(|id| {
                id.is_person() && self.gender(id).is_none_or(|known| known == gender)
            }),
            PronounKind::Thing => single.is_some_and(|id| {
                !id.is_person()
                    && referent.form != MentionForm::People
                    && (referent.role != Role::Modifier || anaphor.case == Case::Possessive)
            }),
            PronounKind::Plural => {
                single.is_none() || referent.plural && referent.role != Role::Modifier
            }
            PronounKind::Speaker | PronounKind::Speakers => false,
        }
    }

    fn gender(&self, id: &EntityId) -> Option<Gender> {
        self.directory.get(id).and_then(|entity| entity.gender)
    }

    /// How strongly `referent` is favoured.
    fn score(&self, referent: &Referent, anaphor: Anaphor, tree: Option<&DependencyTree>) -> i32 {
        let sentence = |n: usize| &self.document.sentences[n];
        let distance = i32::try_from(anaphor.sentence - referent.sentence).unwrap_or(i32::MAX);
        let same_paragraph =
            sentence(anaphor.sentence).paragraph == sentence(referent.sentence).paragraph;
        let mut score = 40 - 12 * distance;
        if !same_paragraph {
            score -= 6;
        }
        if sentence(referent.sentence).kind != SentenceKind::Body
            && sentence(anaphor.sentence).kind == SentenceKind::Body
        {
            score -= 10;
        }
        score += match referent.role {
            Role::Subject => 18,
            Role::Object => 9,
            Role::Possessor => 7,
            Role::Oblique => 4,
            Role::Modifier => -8,
        };
        if anaphor.case == Case::Subject && referent.role == Role::Subject {
            score += 4;
        }
        // "Russia … its war": the subject of the clause owns.
        if distance == 0 && matches!(anaphor.case, Case::Possessive | Case::Reflexive) {
            score += match (tree, referent.role) {
                (Some(tree), Role::Subject) if shares_clause(tree, referent, anaphor) => 14,
                (None, Role::Subject) => 6,
                _ => 0,
            };
        }
        if distance == 0
            && anaphor.case == Case::Possessive
            && tree.is_some_and(|tree| Self::is_controller(tree, referent, anaphor))
        {
            score += 34;
        }
        if anaphor.case == Case::Possessive && self.is_owner_of_war(referent, anaphor) {
            score += 20;
        }
        // "X said it would": the one who speaks is the one who will.
        if distance == 0
            && referent.role == Role::Subject
            && tree.is_some_and(|tree| self.speaks_of(tree, referent, anaphor))
        {
            score += 8;
        }
        if anaphor.kind == PronounKind::Plural && referent.entities.len() > 1 {
            score += 10;
        }
        if referent.form == MentionForm::People {
            score -= 4;
        }
        if let (PronounKind::Person(_), [id]) = (anaphor.kind, &referent.entities[..])
            && self.gender(id).is_none()
        {
            score -= 6;
        }
        score + self.topicality(referent)
    }

    /// How often the same was mentioned so far: what a text is about comes back.
    fn topicality(&self, referent: &Referent) -> i32 {
        referent.entities.iter().map(|id| self.count(id)).min().unwrap_or(0)
    }

    /// Whether the referent is told or made to do what the clause of the anaphor says: "accuse
    /// Moscow of importing arms for its war".
    fn is_controller(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
        let Some(verb) = tree.head(TokenIndex(referent.head)) else { return false };
        if !matches!(tree.deprel(TokenIndex(referent.head)).as_str(), "obj" | "iobj")
            || anaphor.token < referent.head
        {
            return false;
        }
        let path = std::iter::once(TokenIndex(anaphor.token))
            .chain(tree.ancestors(TokenIndex(anaphor.token)))
            .take_while(|&token| token != verb);
        let last = path.last();
        last.is_some_and(|clause| {
            tree.head(clause) == Some(verb)
                && clause.0 > referent.head
                && match tree.deprel(clause).as_str() {
                    "xcomp" | "ccomp" => true,
                    // "of importing", "from importing"; a purpose is the subject's.
                    "advcl" | "obl" => tree.node(clause).xpos.as_str() == "VBG",
                    _ => false,
                }
                && !tree.children(clause).iter().any(|&c| tree.deprel(c).universal() == "nsubj")
                && matches!(tree.node(clause).xpos.as_str(), "VB" | "VBG")
        })
    }

    /// Whether the article has said before whose war it is that the anaphor owns.
    fn is_owner_of_war(&self, referent: &Referent, anaphor: Anaphor) -> bool {
        let after = anaphor.token + 1..anaphor.token + 4;
        let words = after.map(|token| self.word(anaphor.sentence, token));
        let Some(war) = words.into_iter().find(|word| is_war(word)) else { return false };
        matches!(&referent.entities[..], [id] if self.wars.get(war) == Some(id))
    }

    /// Whether the clause of the anaphor is what the referent says.
    fn speaks_of(&self, tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
        let Some(verb) = tree.head(TokenIndex(referent.head)) else { return false };
        is_reporting_verb(&self.word(referent.sentence, verb.0).to_lowercase())
            && tree.is_within(TokenIndex(anaphor.token), verb)
            && anaphor.token > referent.head
    }
}

/// Whether syntax keeps the two apart: arguments of one verb, or a phrase that holds both.
fn is_bound(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
    if referent.sentence != anaphor.sentence {
        return false;
    }
    let token = TokenIndex(anaphor.token);
    let head = TokenIndex(referent.head);
    let Some(governor) = tree.head(token) else { return false };
    match anaphor.case {
        // "its ally North Korea": the owner lies outside of what is owned.
        Case::Possessive => {
            tree.is_within(head, governor) && governor != token && {
                // The subject of a predicate noun owns it all the same: "Russia is its ally".
                !tree.ancestors(head).take_while(|&a| a != governor).any(|_| false)
                    && !tree.deprel(head).as_str().starts_with("nsubj")
            }
        }
        Case::Reflexive => false,
        Case::Subject | Case::Object => {
            let other = tree.head(head);
            other == Some(governor) && head != token
                || tree.ancestors(head).any(|ancestor| ancestor == token)
                // "with it": the preposition's noun and the verb's own arguments.
                || tree.head(governor).is_some()
                    && other == tree.head(governor)
                    && tree.deprel(governor).universal() == "obl"
        }
    }
}

/// Whether the referent is the subject of the clause in which the anaphor stands.
fn shares_clause(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
    let Some(verb) = tree.head(TokenIndex(referent.head)) else { return false };
    for ancestor in tree.ancestors(TokenIndex(anaphor.token)) {
        if ancestor == verb {
            return true;
        }
        // Another subject on the way: another clause.
        let other = tree.children(ancestor).iter().any(|&child| {
            tree.deprel(child).as_str().starts_with("nsubj") && child.0 != referent.head
        });
        if other {
            return false;
        }
    }
    false
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
