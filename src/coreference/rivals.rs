//! What a pronoun may mean besides those who were mentioned: things, and people without a name.

use crate::lexicon::{FunctionWord, WordList};
use crate::model::{DependencyTree, Deprel, EntityId, TokenIndex, Xpos};

use super::Anaphor;
use super::binding::{is_what_moves, subject};
use super::referents::Discourse;
use super::words::{Case, HeadKind, PronounKind, head_kind};

impl Discourse<'_> {
    /// The best score of what the pronoun may mean instead of somebody who was mentioned.
    pub(super) fn rival(&self, anaphor: Anaphor, tree: Option<&DependencyTree>) -> i32 {
        let plural = match anaphor.kind {
            PronounKind::Thing => false,
            PronounKind::Plural => true,
            PronounKind::Person(_) => {
                return tree.map_or(i32::MIN, |tree| self.rival_person(anaphor, tree));
            }
            PronounKind::Speaker | PronounKind::Speakers | PronounKind::Addressee => {
                return i32::MIN;
            }
        };
        let moves = |tree: &DependencyTree| {
            !plural
                && anaphor.case == Case::Object
                && is_what_moves(self.text, tree, TokenIndex(anaphor.token))
        };
        if tree.is_some_and(moves) || plural && self.is_counted(anaphor) {
            return i32::MAX;
        }
        let mut best = i32::MIN;
        if self.last_topic == Some((anaphor.sentence.wrapping_sub(1), plural)) {
            best = 40 - 12 + 14;
        }
        let Some(tree) = tree else { return best };
        let token = TokenIndex(anaphor.token);
        for other in tree.tokens().take_while(|other| *other < token) {
            if self.thing(tree, anaphor.sentence, other) != Some(plural)
                || tree.is_within(token, other)
            {
                continue;
            }
            let role = match tree.deprel(other).basic() {
                Deprel::Nsubj => 16,
                Deprel::Obj => 10,
                Deprel::Obl | Deprel::Nmod => 3,
                _ => continue,
            };
            best = best.max(40 + role);
        }
        best.saturating_sub(self.actor_bonus(anaphor, tree))
    }

    /// How much the place of a pronoun speaks for a state or organization, against a thing.
    fn actor_bonus(&self, anaphor: Anaphor, tree: &DependencyTree) -> i32 {
        let (n, token) = (anaphor.sentence, TokenIndex(anaphor.token));
        let Some(governor) = tree.head(token) else { return 0 };
        match anaphor.case {
            Case::Possessive
                if self.text.has_any_case(WordList::ActorPossession, n, governor.0) =>
            {
                25
            }
            Case::Subject
                if anaphor.kind == PronounKind::Thing
                    && self.text.has_lemma(WordList::WilledVerb, tree, governor)
                    && tree.deprel(token) != Deprel::NsubjPass =>
            {
                25
            }
            Case::Possessive => 8,
            Case::Subject => 4,
            Case::Object => -6,
            Case::Reflexive => 10,
        }
    }

    /// "All of them": of things that were counted.
    fn is_counted(&self, anaphor: Anaphor) -> bool {
        use FunctionWord::{All, Each, Many, Most, None as NoneOf, Of, Some as SomeOf};
        let function = |before: u32| {
            let token = anaphor.token.checked_sub(before)?;
            self.text.function(anaphor.sentence, token)
        };
        function(1) == Some(Of)
            && matches!(function(2), Some(All | SomeOf | Many | Most | NoneOf | Each))
    }

    /// The best score of somebody without a name in the same sentence, whom "he" may mean as well:
    /// "the ambassador …, and warned him".
    fn rival_person(&self, anaphor: Anaphor, tree: &DependencyTree) -> i32 {
        let n = anaphor.sentence;
        let known = |token: TokenIndex| {
            let named = self.text.named_in(n).iter().filter(|m| m.entities[0].is_person());
            let mut beside = named.map(|mention| tree.head_of(mention.tokens));
            beside.any(|head| tree.is_within(head, token) || tree.head(token) == Some(head))
                || self.recent(n, 0).any(|referent| {
                    referent.tokens.contains(token.0)
                        && referent.entities.iter().all(EntityId::is_person)
                })
        };
        let token = TokenIndex(anaphor.token);
        let is_person = |other: TokenIndex| {
            let lists = self.text.lexicon.lists_of(tree.lemma(other));
            tree.node(other).xpos == Xpos::Nn && head_kind(lists) == Some(HeadKind::Person)
        };
        let people = tree.tokens().take_while(|other| *other < token).filter(|&other| {
            is_person(other)
                && !tree.is_within(token, other)
                && tree.head(other) != tree.head(token)
                && !known(other)
        });
        people
            .filter_map(|other| match tree.deprel(other).basic() {
                Deprel::Nsubj => Some(40 + 14),
                Deprel::Obj => Some(40 + 12),
                _ => None,
            })
            .max()
            .unwrap_or(i32::MIN)
    }

    /// Whether the thing that is the subject of sentence `n` is one or several; `None` where the
    /// subject is somebody.
    pub(super) fn topic(&self, n: usize) -> Option<bool> {
        let tree = self.text.tree(n)?;
        self.thing(tree, n, subject(tree, tree.root())?)
    }

    /// Whether a token is a common noun that means no actor; `Some(true)`: in the plural.
    fn thing(&self, tree: &DependencyTree, n: usize, token: TokenIndex) -> Option<bool> {
        let plural = match tree.node(token).xpos {
            // Names that are no mention: a city, a ship.
            Xpos::Nn | Xpos::Nnp => false,
            Xpos::Nns => true,
            _ => return None,
        };
        let is_state_noun = self.text.has_any_case(WordList::StateNoun, n, token.0);
        let actors =
            self.text.named_in(n).iter().filter(|mention| !mention.entities[0].is_weapon());
        let covered = actors.into_iter().any(|mention| {
            mention.tokens.contains(token.0)
                || (is_state_noun || mention.entities[0].is_person())
                    && tree.is_within(tree.head_of(mention.tokens), token)
        });
        let is_vague = self.text.has_lemma(WordList::VagueThing, tree, token);
        (!covered && !is_vague).then_some(plural)
    }
}
