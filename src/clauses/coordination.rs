//! Who stands beside whom in a list: coordination, as the tree and as the order of words tells it.

use super::view::View;
use crate::model::{Deprel, EntityId, TokenIndex};

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
        members
    }

    fn same_kind(&self, a: usize, b: usize) -> bool {
        let kind = |m: usize| self.mentions[m].entities.first().map(EntityId::kind);
        a != b && kind(a) == kind(b)
    }
}
