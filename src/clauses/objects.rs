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
        self.gap(verb).into_iter().collect()
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
