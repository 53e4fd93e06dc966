//! Who stands beside whom in a list: coordination, as the tree and as the order of words tells it.

use super::view::View;
use crate::lexicon::FunctionWord::{And, Both, Either, Neither, Nor, Or, The};
use crate::lexicon::WordList;
use crate::model::{Deprel, EntityId, SentenceKind, TokenIndex, Xpos};

impl View<'_> {
    /// The heads of a phrase's coordinated members, itself first.
    pub(crate) fn members(&self, head: TokenIndex) -> Vec<TokenIndex> {
        let mut members = vec![head];
        let mut next = 0;
        while next < members.len() {
            let member = members[next];
            for &child in self.children(member) {
                let is_member = match self.deprel(child) {
                    Deprel::Conj => !self.is_predicate(child),
                    // "Russia, North Korea" without a conjunction, as headlines have it.
                    Deprel::Appos | Deprel::List | Deprel::Dep => self
                        .actor(child)
                        .zip(self.actor(member))
                        .is_some_and(|(a, b)| self.same_kind(a, b)),
                    _ => false,
                };
                if is_member && !members.contains(&child) {
                    members.push(child);
                }
            }
            next += 1;
        }
        for listed in self.listed(head) {
            if !members.iter().any(|&member| self.actor(member) == self.actor(listed)) {
                members.push(listed);
            }
        }
        members
    }

    /// Actors that are coordinated with the one at `head` by the order of words: "A, B and C", each
    /// with its title. Parsers often break such lists.
    fn listed(&self, head: TokenIndex) -> Vec<TokenIndex> {
        let start = self.actor(head).or_else(|| self.named_beside(head));
        let Some(start) = start else { return Vec::new() };
        let first = |mention: usize| TokenIndex(self.mentions[mention].tokens.start());
        let mut found = Vec::new();
        let mut joined = self.sentence.kind == SentenceKind::Headline;
        let mut mention = start;
        while let Some((next, conjunction)) = self.next_listed(mention, true) {
            let opens_clause = self.behind(self.mentions[next]).is_some_and(|end| {
                self.is_verb(end)
                    && !matches!(self.deprel(head), Deprel::Nsubj | Deprel::NsubjPass)
                    && self.xpos(end) != Xpos::Vbg
            });
            if opens_clause || self.clause_between(mention, next) {
                break;
            }
            found.push(first(next));
            joined |= conjunction;
            mention = next;
            if conjunction {
                break;
            }
        }
        if !joined {
            found.clear();
        }
        // The head may be the last of the list.
        let mut before = Vec::new();
        let mut joined = !found.is_empty();
        let mut mention = start;
        while let Some((next, conjunction)) = self.next_listed(mention, false) {
            if self.clause_between(next, mention) {
                break;
            }
            joined |= conjunction;
            before.push(first(next));
            mention = next;
        }
        if joined {
            found.extend(before);
        }
        found
    }

    /// The next actor of the same kind to one side, if only commas, a conjunction and a title stand
    /// between; and whether a conjunction does.
    fn next_listed(&self, mention: usize, right: bool) -> Option<(usize, bool)> {
        let tokens = self.mentions[mention].tokens;
        let step = if right { 1 } else { -1 };
        let edge = if right { tokens.end() - 1 } else { tokens.start() };
        let mut at = self.step(TokenIndex(edge), step)?;
        let (mut comma, mut conjunction) = (false, false);
        for n_words in 0..10 {
            if let Some(other) = self.actor(at).filter(|&other| other != mention) {
                let separated = comma || conjunction;
                let same = self.same_kind(mention, other);
                if separated && same && self.mentions[other].form.is_named() {
                    return Some((other, conjunction));
                }
                // The state in a person's title is passed.
                let is_person = |mention: usize| {
                    self.mentions[mention].entities.iter().all(EntityId::is_person)
                };
                if !is_person(mention) || is_person(other) {
                    return None;
                }
            } else {
                match (self.word(at), self.function(at)) {
                    (",", _) if !comma && (!right || n_words == 0) => comma = true,
                    ("&", _) | (_, Some(And | Or | Nor)) if !conjunction => conjunction = true,
                    // "A, B and, to some extent, C".
                    (",", _) if conjunction && right => {
                        let close = (1..6)
                            .filter_map(|gap| self.step(at, gap))
                            .find(|&t| self.word(t) == ",");
                        at = close?;
                    }
                    (",", _) | (_, Some(And)) => return None,
                    ("'s" | "’s" | "'" | "’" | "[" | "]", _)
                    | (_, Some(The | Both | Either | Neither)) => {}
                    _ if self.is(WordList::Office, at)
                        || self.is(WordList::OfficeModifier, at)
                        || self.form_is(WordList::Honorific, at) => {}
                    _ => return None,
                }
            }
            at = self.step(at, step)?;
        }
        None
    }

    /// Whether one clause ends with the actor `first` and another begins with `second`: the one is
    /// governed by a verb before it, the other is the subject of a verb behind it.
    fn clause_between(&self, first: usize, second: usize) -> bool {
        let head_of = |mention: usize| {
            let mut at = self.tree.head_of(self.mentions[mention].tokens);
            // "Russian forces": the noun that the name stands before.
            while matches!(self.deprel(at), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss) {
                let Some(head) = self.head(at) else { break };
                at = head;
            }
            at
        };
        let (a, b) = (head_of(first), head_of(second));
        let is_subject =
            |token: TokenIndex| matches!(self.deprel(token), Deprel::Nsubj | Deprel::NsubjPass);
        let begins =
            is_subject(b) && self.head(b).is_some_and(|verb| verb > b && self.is_predicate(verb));
        let governor = std::iter::once(a)
            .chain(self.tree.ancestors(a))
            .take_while(|&token| !is_subject(token))
            .find_map(|token| self.head(token).filter(|&head| self.is_verb(head)));
        begins && governor.is_some_and(|verb| verb < a)
    }

    fn same_kind(&self, a: usize, b: usize) -> bool {
        let kind = |m: usize| self.mentions[m].entities.first().map(EntityId::kind);
        a != b && kind(a) == kind(b)
    }
}
