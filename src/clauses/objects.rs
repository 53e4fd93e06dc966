//! What a verb is done to: objects, own, shared with a coordinated verb, or left out by a relative
//! clause.

use super::view::View;
use crate::lexicon::FunctionWord::To;
use crate::model::{Deprel, TokenIndex};

/// How many clauses may stand between a verb and the noun that its relative clause belongs to.
const MAX_DEPTH: usize = 6;

impl View<'_> {
    /// The heads of the logical object: the subject of a passive, else the own object, else the
    /// noun that a relative clause belongs to.
    pub(crate) fn objects(&self, verb: TokenIndex) -> Vec<TokenIndex> {
        let own = self.by(verb, &[Deprel::Obj]);
        if self.is_passive(verb) {
            let mut found = self.surface_subjects(verb, 0);
            found.extend(own);
            return found;
        }
        if !own.is_empty() {
            return own;
        }
        let indirect = self.by(verb, &[Deprel::Iobj]);
        if !indirect.is_empty() {
            return indirect;
        }
        // Parsers hang an object on the auxiliary at times.
        let auxiliaries = self.by(verb, &[Deprel::Aux]);
        let astray: Vec<TokenIndex> =
            auxiliaries.iter().flat_map(|&aux| self.by(aux, &[Deprel::Obj])).collect();
        if !astray.is_empty() {
            return astray;
        }
        // "supplied and sold weapons": the object hangs on one of the verbs.
        for child in self.by(verb, &[Deprel::Conj]) {
            if self.is_verb(child)
                && self.stands_by(verb, child)
                && self.by(child, &[Deprel::Nsubj]).is_empty()
            {
                let shared = self.by(child, &[Deprel::Obj]);
                if !shared.is_empty() {
                    return shared;
                }
            }
        }
        self.gap(verb).into_iter().collect()
    }

    /// Whether nothing of its own stands between a word and the one that is joined to it, so that
    /// what follows may belong to both: "provide or sell", but not "went further this month and
    /// accused".
    pub(super) fn stands_by(&self, first: TokenIndex, joined: TokenIndex) -> bool {
        self.children(first).iter().all(|&child| {
            child < first
                || child >= joined
                || matches!(
                    self.deprel(child),
                    Deprel::Advmod
                        | Deprel::Punct
                        | Deprel::CompoundPrt
                        | Deprel::Conj
                        | Deprel::Cc
                )
        })
    }

    /// The noun that a relative clause leaves out as its object: "the drones that Iran sold".
    pub(crate) fn gap(&self, verb: TokenIndex) -> Option<TokenIndex> {
        let mut at = verb;
        for _ in 0..MAX_DEPTH {
            match self.deprel(at) {
                Deprel::AclRelcl => {
                    let noun = self.head(at)?;
                    let taken = self
                        .by(at, &[Deprel::Nsubj, Deprel::NsubjPass])
                        .iter()
                        .any(|&subject| self.relative_head(subject) == Some(noun));
                    return (!taken).then_some(noun);
                }
                Deprel::Acl if self.marker_function(at) == Some(To) => return self.head(at),
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Conj => at = self.head(at)?,
                _ => return None,
            }
        }
        None
    }
}
