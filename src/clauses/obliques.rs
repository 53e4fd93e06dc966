//! Phrases with a preposition at a trigger.
//!
//! Parsers err most in where such a phrase hangs: on the verb, on its object, or one or two nouns
//! below. So phrases are looked for in all these places, and each has its distance.

use super::view::{Oblique, View};
use crate::lexicon::FunctionWord::{After, Amid, Before, During, Following, Since, Until};
use crate::lexicon::WordList;
use crate::model::{Deprel, TokenIndex, Xpos};

/// Deprels of phrases that a trigger governs, through which prepositions are looked for.
const NOMINAL: &[Deprel] = &[
    Deprel::Obj,
    Deprel::Iobj,
    Deprel::Obl,
    Deprel::OblUnmarked,
    Deprel::OblAgent,
    Deprel::Nmod,
    Deprel::NmodUnmarked,
    Deprel::NmodDesc,
    Deprel::Appos,
    Deprel::Dep,
];

impl View<'_> {
    /// Phrases with a preposition at `trigger`, nearest first: its own, those below its objects,
    /// and those that hang on the verb above a noun or an infinitive.
    pub(crate) fn obliques(&self, trigger: TokenIndex) -> &[Oblique] {
        // Every rule at a trigger asks again.
        self.obliques[trigger.index()].get_or_init(|| self.find_obliques(trigger))
    }

    fn find_obliques(&self, trigger: TokenIndex) -> Vec<Oblique> {
        let mut found = Vec::new();
        self.collect_obliques(trigger, 0, &mut found);
        let mut at = trigger;
        for above in 1..=2 {
            let Some(head) = self.head(at) else { break };
            let climbs = matches!(
                self.deprel(at),
                Deprel::Obj
                    | Deprel::NsubjPass
                    | Deprel::Xcomp
                    | Deprel::Obl
                    | Deprel::OblAgent
                    | Deprel::Nmod
                    | Deprel::Conj
                    | Deprel::Compound
                    | Deprel::Dep
            );
            if !climbs {
                break;
            }
            let mut higher = Vec::new();
            self.collect_obliques(head, 1 + above, &mut higher);
            higher.retain(|phrase| {
                // "On which Washington imposed sanctions" comes first.
                (phrase.marker > trigger || self.relative_head(phrase.head).is_some())
                    && !self.tree.is_within(trigger, phrase.head)
                    && !found.iter().any(|known: &Oblique| known.head == phrase.head)
            });
            found.extend(higher);
            at = head;
        }
        found.sort_by_key(|phrase| (phrase.distance, phrase.head));
        found
    }

    fn collect_obliques(&self, token: TokenIndex, distance: usize, found: &mut Vec<Oblique>) {
        for &child in self.children(token) {
            let deprel = self.deprel(child);
            if matches!(deprel, Deprel::Advcl | Deprel::Acl | Deprel::Xcomp) && !self.is_verb(child)
                || NOMINAL.contains(&deprel)
            {
                let marker = self.by(child, &[Deprel::Case]).first().copied();
                let preposition = marker.and_then(|marker| self.function(marker));
                if let Some(marker) = marker {
                    found.push(Oblique { marker, preposition, head: child, distance });
                }
                // "Since the raids on Lebanon" tells when, and whom by the way.
                let when = matches!(
                    preposition,
                    Some(Since | After | Before | During | Amid | Following | Until)
                );
                // "Modi's assurances to Tusk" are between these two.
                let own = self.is(WordList::ReportingNoun, child)
                    && !self.by(child, &[Deprel::NmodPoss]).is_empty();
                if distance < 4 && !own && !when {
                    self.collect_obliques(child, distance + 1, found);
                }
            } else if deprel == Deprel::Acl && self.is_performed(child) {
                // "The offer made by Serbia to Chad" is Serbia's, to Chad.
                self.collect_obliques(child, distance, found);
            } else if deprel == Deprel::Conj && distance > 0 && distance < 4 && !self.is_verb(child)
            {
                self.collect_obliques(child, distance + 1, found);
            }
        }
    }

    /// Whether a verb is a participle behind a noun that only tells who does what the noun names.
    fn is_performed(&self, verb: TokenIndex) -> bool {
        self.xpos(verb) == Xpos::Vbn && self.lemma_is(WordList::Performing, verb)
    }
}
