//! Whom a pronoun of the third person means: number, gender and kind allow, syntax forbids, role,
//! recency and topic favour.

use crate::lexicon::{FunctionWord, WordList};
use crate::model::{
    DependencyTree, Deprel, EntityId, Gender, MentionForm, SentenceKind, TokenIndex,
};

use super::Anaphor;
use super::binding::{self, acts_on, is_bound};
use super::referents::{Discourse, Referent, SyntacticRole, best};
use super::words::{Case, PERSON_REACH, PLURAL_REACH, PronounKind, THING_REACH};

/// What a member of a group has less than somebody who was mentioned alone.
const OF_A_GROUP: i32 = -6;

impl Discourse<'_> {
    /// The referent of a pronoun of the third person. `speakers` are those whose words it stands
    /// in: it is none of them.
    pub(super) fn find_pronoun(&self, anaphor: Anaphor, speakers: &[EntityId]) -> Option<Referent> {
        let tree = self.text.tree(anaphor.sentence);
        let reach = |referent: &Referent| match (anaphor.case, anaphor.kind) {
            (Case::Reflexive, _) => 0,
            (_, PronounKind::Person(_)) => PERSON_REACH,
            (_, PronounKind::Plural) if referent.entities.len() > 1 => PLURAL_REACH,
            _ => THING_REACH,
        };
        let apart = tree.map_or_else(Vec::new, |tree| self.apart(anaphor, tree));
        let members = self.members_of_groups(anaphor);
        let alone = self.recent(anaphor.sentence, PERSON_REACH).map(|referent| (0, referent));
        let near = alone.chain(members.iter().map(|member| (OF_A_GROUP, member)));
        let near = near.filter(|(_, referent)| {
            referent.sentence + reach(referent) >= anaphor.sentence
                && self.agrees(referent, anaphor)
                && !referent.entities.iter().any(|id| speakers.contains(id) || apart.contains(id))
                && !tree.is_some_and(|tree| is_bound(tree, referent, anaphor))
        });
        let mut scored: Vec<_> = near
            .map(|(less, referent)| (self.score(referent, anaphor, tree) + less, referent))
            .collect();
        let pair = if anaphor.kind == PronounKind::Plural {
            self.last_two_people(anaphor.sentence)
        } else {
            None
        };
        let pair = pair.filter(|pair| !pair.entities.iter().any(|id| speakers.contains(id)));
        if let Some(pair) = &pair {
            scored.push((40 - 12 * pair.distance(anaphor.sentence) + 10, pair));
        }
        let top = scored.iter().map(|(score, _)| *score).max()?;
        if self.rival(anaphor, tree) >= top {
            return None;
        }
        best(scored.into_iter())
    }

    /// The people of "they" and "the two men" before, each alone: the one whom the text is about
    /// may go on as "he".
    fn members_of_groups(&self, anaphor: Anaphor) -> Vec<Referent> {
        if !matches!(anaphor.kind, PronounKind::Person(_)) {
            return Vec::new();
        }
        let groups = self.recent(anaphor.sentence, 2).filter(|referent| {
            referent.entities.len() > 1
                && referent.sentence < anaphor.sentence
                && referent.entities.iter().all(EntityId::is_person)
        });
        let alone = |group: &Referent| {
            let members = group.entities.iter();
            members.map(|id| group.meaning(vec![id.clone()])).collect::<Vec<_>>()
        };
        groups.flat_map(alone).collect()
    }

    /// Those whom syntax keeps apart from the anaphor because they stand beside it, before or
    /// behind: "it sold Russia nothing" is not about Russia, whoever sold.
    fn apart(&self, anaphor: Anaphor, tree: &DependencyTree) -> Vec<EntityId> {
        let n = anaphor.sentence;
        let mut apart: Vec<EntityId> = Vec::new();
        for referent in self.recent(n, 0) {
            let Some(id) = referent.single() else { continue };
            if is_bound(tree, referent, anaphor) {
                apart.push(id.clone());
            } else if id.is_person() && acts_on(tree, referent, anaphor) {
                // "Its president thanked Seoul and appealed to it": nobody appeals to their own
                // state.
                apart.extend(self.directory.get(id).and_then(|known| known.state.clone()));
            }
        }
        let behind = self.text.named_in(n).iter().filter(|mention| {
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
            if spoken_of
                || referent.role != SyntacticRole::Modifier && is_bound(tree, &referent, anaphor)
            {
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
        for referent in self.recent(n, 1) {
            if referent.sentence < sentence && people.len() > 1 {
                break;
            }
            sentence = referent.sentence;
            if let Some(id) = referent.single().filter(|id| id.is_person()) {
                first = Some(referent);
                if !people.contains(id) {
                    people.push(id.clone());
                }
            }
        }
        people.sort();
        let first = first.filter(|_| people.len() == 2)?;
        Some(Referent { plural: true, ..first.meaning(people) })
    }

    /// Whether number, gender and kind allow it.
    fn agrees(&self, referent: &Referent, anaphor: Anaphor) -> bool {
        let single = referent.single();
        match anaphor.kind {
            PronounKind::Person(gender) => single.is_some_and(|id| {
                id.is_person() && self.gender(id).is_none_or(|known| known == gender)
            }),
            PronounKind::Thing => single.is_some_and(|id| {
                !id.is_person()
                    && !id.is_group()
                    && (id.is_state() || !self.owns_as_a_state(anaphor))
                    && referent.form != MentionForm::People
                    && (referent.role != SyntacticRole::Modifier
                        || anaphor.case == Case::Possessive)
            }),
            PronounKind::Plural => {
                single.is_none()
                    // Who speaks says "they" of a state.
                    || (referent.plural
                        || anaphor.spoken && single.is_some_and(EntityId::is_state))
                        && referent.role != SyntacticRole::Modifier
            }
            PronounKind::Speaker | PronounKind::Speakers | PronounKind::Addressee => false,
        }
    }

    /// "Its defence minister", "its army": what only states have.
    fn owns_as_a_state(&self, anaphor: Anaphor) -> bool {
        let (n, next) = (anaphor.sentence, anaphor.token + 1);
        anaphor.case == Case::Possessive && self.text.has_entry(WordList::StatePossession, n, next)
    }

    fn gender(&self, id: &EntityId) -> Option<Gender> {
        self.directory.get(id).and_then(|entity| entity.gender)
    }

    /// How strongly `referent` is favoured.
    fn score(&self, referent: &Referent, anaphor: Anaphor, tree: Option<&DependencyTree>) -> i32 {
        let sentence = |n: usize| &self.text.document.sentences[n];
        let distance = referent.distance(anaphor.sentence);
        let mut score = 40 - 12 * distance;
        if sentence(anaphor.sentence).paragraph != sentence(referent.sentence).paragraph {
            score -= 6;
        }
        if sentence(referent.sentence).kind != SentenceKind::Body
            && sentence(anaphor.sentence).kind == SentenceKind::Body
        {
            score -= 10;
        }
        score += match referent.role {
            SyntacticRole::Subject => 18,
            SyntacticRole::Object => 9,
            SyntacticRole::Possessor => 7,
            SyntacticRole::Oblique => 4,
            SyntacticRole::Modifier => -8,
        };
        if anaphor.case == Case::Subject && referent.role == SyntacticRole::Subject {
            score += 4;
        }
        if distance == 0 {
            score += self.score_in_sentence(referent, anaphor, tree);
        }
        if anaphor.kind == PronounKind::Plural && referent.entities.len() > 1 {
            score += 10;
        }
        if referent.form == MentionForm::People {
            score -= 4;
        }
        if let (PronounKind::Person(_), Some(id)) = (anaphor.kind, referent.single()) {
            if self.gender(id).is_none() {
                score -= 6;
            }
            // A profile comes back to its subject, whoever is named in between.
            if self.protagonist.as_ref() == Some(id) {
                score += 12;
            }
        }
        // What a text is about comes back.
        score + referent.entities.iter().map(|id| self.count(id)).min().unwrap_or(0)
    }

    /// What favours a referent of the anaphor's own sentence.
    fn score_in_sentence(
        &self,
        referent: &Referent,
        anaphor: Anaphor,
        tree: Option<&DependencyTree>,
    ) -> i32 {
        let mut score = if self.is_joined(referent, anaphor) { 40 } else { 0 };
        let owns = matches!(anaphor.case, Case::Possessive | Case::Reflexive)
            && referent.role == SyntacticRole::Subject;
        let Some(tree) = tree else { return score + if owns { 6 } else { 0 } };
        // "Russia … its war": the subject of the clause owns.
        if owns && binding::shares_clause(tree, referent, anaphor) {
            score += 14;
        }
        score += match anaphor.case {
            Case::Possessive if binding::is_judged(self.text, tree, referent, anaphor) => 44,
            Case::Possessive if binding::is_controller(tree, referent, anaphor) => 34,
            Case::Object if binding::is_parallel(tree, referent, anaphor) => 12,
            Case::Subject if binding::is_subject_above(tree, referent, anaphor) => 14,
            _ => 0,
        };
        score + self.of_what_is_said(tree, referent, anaphor)
    }

    /// "The US and its allies": a possessive right behind "and" is of whoever stands before it.
    fn is_joined(&self, referent: &Referent, anaphor: Anaphor) -> bool {
        use FunctionWord::{And, Or};
        let end = referent.tokens.end();
        anaphor.case == Case::Possessive
            && end + 1 == anaphor.token
            && matches!(self.text.function(anaphor.sentence, end), Some(And | Or))
    }

    /// What a verb of saying adds to its subject and to the one addressed, for an anaphor in what
    /// is said.
    fn of_what_is_said(&self, tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> i32 {
        let (token, head) = (TokenIndex(anaphor.token), TokenIndex(referent.head));
        if token < head {
            return 0;
        }
        let reports = |verb: &TokenIndex| {
            self.text.has_any_case(WordList::SpeechVerb, anaphor.sentence, verb.0)
        };
        let Some(verb) = tree.ancestors(token).find(reports) else { return 0 };
        let mut children = tree.children(verb).iter().copied();
        let part = children.find(|&child| tree.is_within(head, child));
        let Some(part) = part.filter(|&part| !tree.is_within(token, part)) else { return 0 };
        let warns = self.text.has_lemma(WordList::WarningVerb, tree, verb);
        match tree.deprel(part).basic() {
            // "The firm's head said it would": the firm. "X said it would": X itself.
            Deprel::Nsubj if part != head && referent.role != SyntacticRole::Subject => 12,
            Deprel::Nsubj if warns => 4,
            Deprel::Nsubj => 8,
            Deprel::Obj | Deprel::Iobj if warns => self.of_the_warned(tree, anaphor),
            _ => 0,
        }
    }

    /// What the one who is warned gains: "warned it that it would pay if it sold" is about the
    /// one who is to suffer and about the condition; what the warner would do is left open.
    fn of_the_warned(&self, tree: &DependencyTree, anaphor: Anaphor) -> i32 {
        use FunctionWord::{If, Should, Unless};
        let Some(clause) = tree.head(TokenIndex(anaphor.token)) else { return 0 };
        let conditional = tree.children(clause).iter().any(|&child| {
            matches!(tree.deprel(child), Deprel::Mark | Deprel::Advmod | Deprel::Aux)
                && matches!(
                    self.text.function(anaphor.sentence, child.0),
                    Some(If | Should | Unless)
                )
        });
        let does = |list| self.text.has_lemma(list, tree, clause);
        if anaphor.case == Case::Object {
            0
        } else if conditional || does(WordList::SufferingVerb) {
            34
        } else if does(WordList::RetaliationVerb) {
            -10
        } else {
            12
        }
    }
}
