//! Whom a pronoun of the third person means: number, gender and kind allow, syntax forbids, role,
//! recency and topic favour.

use crate::model::{
    DependencyTree, EntityId, Gender, MentionForm, SentenceKind, TokenIndex, lower_case,
};

use super::Anaphor;
use super::company::{
    is_judgement, is_owned_by_actors, is_reporting_verb, is_retaliation, is_state_noun,
    is_suffering, is_war, is_warning, is_willed, moves_things, takes_things,
};
use super::referents::{Discourse, Referent, Role, best};
use super::words::{Case, HeadKind, PronounKind, head_kind};

/// What a member of a group has less than somebody who was mentioned alone.
const OF_A_GROUP: i32 = -6;

impl Discourse<'_> {
    /// The referent of a pronoun of the third person. `speakers` are those whose words it stands
    /// in: it is none of them.
    pub(super) fn find_pronoun(
        &self,
        anaphor: Anaphor,
        tree: Option<&DependencyTree>,
        speakers: &[EntityId],
    ) -> Option<Referent> {
        let reach = |referent: &Referent| match anaphor.kind {
            PronounKind::Person(_) => 4,
            PronounKind::Plural if referent.entities.len() > 1 => 3,
            _ => 2,
        };
        let reach = |referent: &Referent| match anaphor.case {
            Case::Reflexive => 0,
            _ => reach(referent),
        };
        let apart = tree.map_or_else(Vec::new, |tree| self.apart(anaphor, tree));
        let members = self.members_of_groups(anaphor);
        let near = self.referents().iter().rev();
        let near = near.take_while(|referent| referent.sentence + 4 >= anaphor.sentence);
        let near = near.map(|referent| (0, referent));
        let near = near.chain(members.iter().map(|member| (OF_A_GROUP, member)));
        let near = near.filter(|(_, referent)| {
            referent.sentence + reach(referent) >= anaphor.sentence
                && self.agrees(referent, anaphor)
                && !referent.entities.iter().any(|id| speakers.contains(id) || apart.contains(id))
                && !tree.is_some_and(|tree| is_bound(tree, referent, anaphor))
        });
        let mut scored: Vec<_> = near
            .map(|(less, referent)| (self.score(referent, anaphor, tree) + less, referent))
            .collect();
        let pair =
            (anaphor.kind == PronounKind::Plural).then(|| self.last_two_people(anaphor.sentence));
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

    /// The people of "they" and "the two men" before, each by himself: the one whom the text is
    /// about may go on as "he".
    fn members_of_groups(&self, anaphor: Anaphor) -> Vec<Referent> {
        if !matches!(anaphor.kind, PronounKind::Person(_)) {
            return Vec::new();
        }
        let near = self.referents().iter().rev();
        let near = near.take_while(|referent| referent.sentence + 2 >= anaphor.sentence);
        let groups = near.filter(|referent| {
            referent.entities.len() > 1
                && referent.sentence < anaphor.sentence
                && referent.entities.iter().all(EntityId::is_person)
        });
        groups
            .flat_map(|group| {
                let member =
                    |id: &EntityId| Referent { entities: vec![id.clone()], ..group.clone() };
                group.entities.iter().map(member)
            })
            .collect()
    }

    /// Those whom syntax keeps apart from the anaphor because they stand beside it, before or
    /// behind: "it sold Russia nothing" is not about Russia, whoever sold.
    fn apart(&self, anaphor: Anaphor, tree: &DependencyTree) -> Vec<EntityId> {
        let n = anaphor.sentence;
        let before = self.referents().iter().rev();
        let before = before.take_while(|referent| referent.sentence == n);
        let mut apart: Vec<EntityId> = Vec::new();
        for referent in before {
            let [id] = &referent.entities[..] else { continue };
            if is_bound(tree, referent, anaphor) {
                apart.push(id.clone());
            } else if id.is_person() && acts_on(tree, referent, anaphor) {
                // "Its president thanked Seoul and appealed to it": nobody appeals to his own state.
                apart.extend(self.directory.get(id).and_then(|known| known.state.clone()));
            }
        }
        let behind = self.named_in(n).iter().filter(|mention| {
            mention.tokens.start() > anaphor.token && !mention.entities[0].is_weapon()
        });
        for mention in behind {
            let referent = self.referent_of(mention, false, None);
            // "They use Iranian drones": hardly the Iranians.
            let spoken_of = anaphor.spoken
                && anaphor.kind == PronounKind::Plural
                && tree.head(TokenIndex(anaphor.token)).is_some_and(|governor| {
                    tree.is_within(TokenIndex(mention.tokens.start()), governor)
                });
            if spoken_of || referent.role != Role::Modifier && is_bound(tree, &referent, anaphor) {
                apart.extend(referent.entities);
            }
        }
        apart
    }

    /// The only two people of this sentence so far, else of this one and the one before, though
    /// nothing joins their names: "X received Y. They discussed".
    pub(super) fn last_two_people(&self, n: usize) -> Option<Referent> {
        let mut people = Vec::new();
        let (mut first, mut sentence) = (None, n);
        for referent in self.referents().iter().rev() {
            let enough = referent.sentence < sentence && people.len() > 1;
            if referent.sentence + 1 < n || enough {
                break;
            }
            sentence = referent.sentence;
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
                    && (id.is_state() || !self.owns_as_a_state(anaphor))
                    && referent.form != MentionForm::People
                    && (referent.role != Role::Modifier || anaphor.case == Case::Possessive)
            }),
            PronounKind::Plural => {
                single.is_none()
                    || referent.plural && referent.role != Role::Modifier
                    // Who speaks says "they" of a state.
                    || anaphor.spoken
                        && single.is_some_and(EntityId::is_state)
                        && referent.role != Role::Modifier
            }
            PronounKind::Speaker | PronounKind::Speakers => false,
        }
    }

    /// "Its defence minister", "its army": what only states have.
    fn owns_as_a_state(&self, anaphor: Anaphor) -> bool {
        if anaphor.case != Case::Possessive {
            return false;
        }
        let word = |at: u32| self.word(anaphor.sentence, anaphor.token + at);
        match word(1) {
            "army" | "navy" | "parliament" | "territory" | "airspace" | "embassy" | "borders"
            | "soil" => true,
            "defence" | "defense" | "foreign" | "prime" | "interior" | "finance" => {
                matches!(word(2), "minister" | "ministry")
            }
            _ => false,
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
            && let Some(tree) = tree
        {
            if Self::is_judged(tree, referent, anaphor) {
                score += 44;
            } else if Self::is_controller(tree, referent, anaphor) {
                score += 34;
            }
        }
        if anaphor.case == Case::Possessive && self.is_owner_of_war(referent, anaphor) {
            score += 20;
        }
        if distance == 0 && self.is_joined(referent, anaphor) {
            score += 40;
        }
        if distance == 0
            && let Some(tree) = tree
        {
            score += self.of_what_is_said(tree, referent, anaphor);
        }
        if distance == 0 && tree.is_some_and(|tree| is_subject_above(tree, referent, anaphor)) {
            score += 14;
        }
        if anaphor.kind == PronounKind::Plural && referent.entities.len() > 1 {
            score += 10;
        }
        if referent.form == MentionForm::People {
            score -= 4;
        }
        if anaphor.case == Case::Object
            && distance == 0
            && tree.is_some_and(|tree| is_parallel(tree, referent, anaphor))
        {
            score += 12;
        }
        if let (PronounKind::Person(_), [id]) = (anaphor.kind, &referent.entities[..]) {
            if self.gender(id).is_none() {
                score -= 6;
            }
            // A profile comes back to its subject, whoever is named in between.
            if self.protagonist.as_ref() == Some(id) {
                score += 12;
            }
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

    /// Whether the referent is thanked or blamed for what the anaphor owns: "thanked her for her
    /// patience".
    fn is_judged(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
        let head = TokenIndex(referent.head);
        let Some(verb) = tree.head(head) else { return false };
        let part = std::iter::once(TokenIndex(anaphor.token))
            .chain(tree.ancestors(TokenIndex(anaphor.token)))
            .take_while(|&token| token != verb)
            .last();
        tree.deprel(head).as_str() == "obj"
            && is_judgement(tree.lemma(verb))
            && anaphor.token > referent.head
            && part.is_some_and(|part| {
                tree.head(part) == Some(verb)
                    && matches!(tree.deprel(part).universal(), "obl" | "advcl" | "nmod")
                    && tree
                        .children(part)
                        .iter()
                        .any(|&marker| matches!(tree.lemma(marker), "for" | "over" | "of" | "on"))
            })
    }

    /// "The US and its allies": a possessive right behind "and" is of whoever stands before it.
    fn is_joined(&self, referent: &Referent, anaphor: Anaphor) -> bool {
        anaphor.case == Case::Possessive
            && referent.tokens.end() + 1 == anaphor.token
            && matches!(self.word(anaphor.sentence, referent.tokens.end()), "and" | "or")
    }

    /// Whether the article has said before whose war it is that the anaphor owns.
    fn is_owner_of_war(&self, referent: &Referent, anaphor: Anaphor) -> bool {
        let after = anaphor.token + 1..anaphor.token + 4;
        let words = after.map(|token| self.word(anaphor.sentence, token));
        let Some(war) = words.into_iter().find(|word| is_war(word)) else { return false };
        let [id] = &referent.entities[..] else { return false };
        let state = self.directory.get(id).and_then(|entity| entity.state.as_ref());
        self.wars.get(war).is_some_and(|owner| owner == id || Some(owner) == state)
    }

    /// What a verb of saying adds to its subject and to the one addressed, for an anaphor in what
    /// is said.
    fn of_what_is_said(&self, tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> i32 {
        let (n, token, head) = (anaphor.sentence, TokenIndex(anaphor.token), referent.head);
        if anaphor.token < head {
            return 0;
        }
        let reports = |verb: TokenIndex| is_reporting_verb(&lower_case(self.word(n, verb.0)));
        let Some(verb) = tree.ancestors(token).find(|&verb| reports(verb)) else { return 0 };
        let children = tree.children(verb).iter().copied();
        let part = children.into_iter().find(|&child| tree.is_within(TokenIndex(head), child));
        let Some(part) = part.filter(|&part| !tree.is_within(token, part)) else { return 0 };
        match tree.deprel(part).universal() {
            // "The firm's head said it would": his firm. "X said it would": X itself.
            "nsubj" if part.0 != head && referent.role != Role::Subject => 12,
            "nsubj" if is_warning(tree.lemma(verb)) => 4,
            "nsubj" => 8,
            "obj" | "iobj" if is_warning(tree.lemma(verb)) => self.of_the_warned(tree, anaphor),
            _ => 0,
        }
    }

    /// What the one who is warned gains: "warned it that it would pay if it sold" is about the
    /// one who is to suffer and about the condition; what the warner would do is left open.
    fn of_the_warned(&self, tree: &DependencyTree, anaphor: Anaphor) -> i32 {
        let Some(clause) = tree.head(TokenIndex(anaphor.token)) else { return 0 };
        let conditional = tree.children(clause).iter().any(|&child| {
            matches!(tree.deprel(child).as_str(), "mark" | "advmod" | "aux")
                && matches!(
                    &*lower_case(self.word(anaphor.sentence, child.0)),
                    "if" | "should" | "unless"
                )
        });
        if anaphor.case == Case::Object {
            0
        } else if conditional || is_suffering(tree.lemma(clause)) {
            34
        } else if is_retaliation(tree.lemma(clause)) {
            -10
        } else {
            12
        }
    }

    /// The best score of somebody without a name in the same sentence, whom "he" may mean as well:
    /// "the ambassador …, and warned him".
    fn rival_person(&self, anaphor: Anaphor, tree: &DependencyTree) -> i32 {
        let n = anaphor.sentence;
        let known = |token: TokenIndex| {
            let named = self.named_in(n).iter().filter(|m| m.entities[0].is_person());
            let mut beside = named.map(|mention| tree.head_of(mention.tokens));
            beside.any(|head| tree.is_within(head, token) || tree.head(token) == Some(head))
                || self.referents().iter().rev().take_while(|r| r.sentence == n).any(|referent| {
                    referent.tokens.contains(token.0)
                        && referent.entities.iter().all(EntityId::is_person)
                })
        };
        let token = TokenIndex(anaphor.token);
        let people = tree.tokens().take_while(|other| *other < token).filter(|&other| {
            tree.node(other).xpos.as_str() == "NN"
                && head_kind(tree.lemma(other)) == Some(HeadKind::Person)
                && !tree.is_within(token, other)
                && tree.head(other) != tree.head(token)
                && !known(other)
        });
        people
            .filter_map(|other| match tree.deprel(other).universal() {
                "nsubj" => Some(40 + 14),
                "obj" => Some(40 + 12),
                _ => None,
            })
            .max()
            .unwrap_or(i32::MIN)
    }

    /// Whether a token is a common noun that means no actor; `Some(true)`: in the plural.
    pub(super) fn thing(&self, tree: &DependencyTree, n: usize, token: TokenIndex) -> Option<bool> {
        let node = tree.node(token);
        let plural = match node.xpos.as_str() {
            // Names that are no mention: a city, a ship.
            "NN" | "NNP" => false,
            "NNS" => true,
            _ => return None,
        };
        let actors = self.named_in(n).iter().filter(|mention| !mention.entities[0].is_weapon());
        let covered = actors.into_iter().any(|mention| {
            mention.tokens.contains(token.0)
                || is_state_noun(&lower_case(self.word(n, token.0)))
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

    /// The best score of a thing that the pronoun may mean instead.
    fn rival_thing(&self, anaphor: Anaphor, tree: Option<&DependencyTree>) -> i32 {
        let plural = match anaphor.kind {
            PronounKind::Thing => false,
            PronounKind::Plural => true,
            PronounKind::Person(_) => {
                return tree.map_or(i32::MIN, |tree| self.rival_person(anaphor, tree));
            }
            _ => return i32::MIN,
        };
        if anaphor.kind == PronounKind::Thing
            && anaphor.case == Case::Object
            && let Some(tree) = tree
            && is_what_moves(tree, TokenIndex(anaphor.token))
        {
            return i32::MAX;
        }
        let mut best = i32::MIN;
        if self.last_topic == Some((anaphor.sentence.wrapping_sub(1), plural)) {
            best = 40 - 12 + 14;
        }
        let mut penalty = 0;
        // "All of them": of things that were counted.
        let counted = plural
            && anaphor.token >= 2
            && self.word(anaphor.sentence, anaphor.token - 1) == "of"
            && matches!(
                self.word(anaphor.sentence, anaphor.token - 2),
                "all"
                    | "All"
                    | "some"
                    | "Some"
                    | "many"
                    | "Many"
                    | "most"
                    | "Most"
                    | "none"
                    | "each"
            );
        if counted {
            return i32::MAX;
        }
        if let Some(tree) = tree {
            let token = TokenIndex(anaphor.token);
            if let Some(governor) = tree.head(token) {
                penalty = match anaphor.case {
                    Case::Possessive
                        if is_owned_by_actors(&lower_case(
                            self.word(anaphor.sentence, governor.0),
                        )) =>
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
}

/// Whether the referent is the subject of the verb, or of the one that it is joined to, that takes
/// the anaphor as its object or with a preposition.
fn acts_on(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
    let (token, head) = (TokenIndex(anaphor.token), TokenIndex(referent.head));
    let takes = matches!(tree.deprel(token).universal(), "obj" | "iobj" | "obl");
    let Some(verb) = tree.head(token).filter(|_| takes) else { return false };
    let first = if tree.deprel(verb).as_str() == "conj" { tree.head(verb) } else { None };
    tree.deprel(head).as_str() == "nsubj"
        && [Some(verb), first].into_iter().flatten().any(|verb| tree.head(head) == Some(verb))
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
            tree.is_within(head, governor)
                && governor != token
                // The subject of a predicate noun owns it all the same: "Russia is its ally".
                && !tree.deprel(head).as_str().starts_with("nsubj")
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

/// Whether "it" is what a verb moves or makes, not somebody: "sold it to them", "deny it".
fn is_what_moves(tree: &DependencyTree, token: TokenIndex) -> bool {
    if tree.deprel(token).universal() != "obj" {
        return false;
    }
    let Some(verb) = tree.head(token) else { return false };
    let alone = !tree
        .children(verb)
        .iter()
        .any(|&other| other > token && matches!(tree.deprel(other).universal(), "obj" | "iobj"));
    takes_things(tree.lemma(verb)) || alone && moves_things(tree.lemma(verb))
}

/// Whether the referent is the subject of the clause that the anaphor's own one qualifies: "said
/// that Y would pay if it sold" is about Y, whoever says so.
fn is_subject_above(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
    let head = TokenIndex(referent.head);
    let Some(clause) = tree.head(TokenIndex(anaphor.token)) else { return false };
    anaphor.case == Case::Subject
        && tree.deprel(clause).as_str() == "advcl"
        && tree.deprel(head).universal() == "nsubj"
        && tree.head(clause) == tree.head(head)
}

/// Whether both are objects of coordinated verbs: "praised X and warned him".
fn is_parallel(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
    let (token, head) = (TokenIndex(anaphor.token), TokenIndex(referent.head));
    let (Some(verb), Some(other)) = (tree.head(token), tree.head(head)) else { return false };
    tree.deprel(token).universal() == "obj"
        && tree.deprel(head).universal() == "obj"
        && tree.deprel(verb).as_str() == "conj"
        && tree.head(verb) == Some(other)
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
