//! Whose doing a verb or noun is: subjects, own or inherited by control, raising, coordination,
//! participles, relative and purpose clauses.
//!
//! Comes in: a sentence with its tree. Goes out: heads of phrases. Whether a phrase is an actor is
//! left to [`actors`](super::actors).

use super::view::View;
use crate::lexicon::FunctionWord::{
    By, For, From, Had, Including, Like, On, Such, That, To, Upon, Which, Who, Whom, With,
};
use crate::lexicon::WordList;
use crate::model::{Deprel, TokenIndex, Xpos};

/// How far the search for an inherited subject goes. Deeper sentences are not read further.
const MAX_DEPTH: usize = 6;

impl View<'_> {
    /// The heads of the logical subject: the agent of a passive, else the grammatical subject.
    pub(crate) fn subjects(&self, verb: TokenIndex) -> Vec<TokenIndex> {
        if self.is_passive(verb) {
            return self.agents(verb);
        }
        self.surface_subjects(verb, 0)
    }

    /// The heads of the agent of a passive: "by Iran".
    fn agents(&self, verb: TokenIndex) -> Vec<TokenIndex> {
        let agents = self.by(verb, &[Deprel::OblAgent]);
        if !agents.is_empty() {
            return agents;
        }
        let by = self.obliques(verb).iter().filter(|phrase| phrase.preposition == Some(By));
        by.map(|phrase| phrase.head).collect()
    }

    /// The heads of the grammatical subject, own or inherited.
    pub(crate) fn surface_subjects(&self, verb: TokenIndex, depth: usize) -> Vec<TokenIndex> {
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        let mut own = self.by(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter]);
        if own.is_empty() {
            // Parsers hang a subject on the auxiliary at times.
            let auxiliaries = self.by(verb, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]);
            let of = |&aux: &TokenIndex| self.by(aux, &[Deprel::Nsubj, Deprel::NsubjPass]);
            own = auxiliaries.iter().flat_map(of).collect();
        }
        // "Sergei Lavrov: Poland sent tanks": who stands before a colon speaks, and does nothing.
        if own.len() > 1 {
            let labels = |&subject: &TokenIndex| {
                (subject.index()..verb.index()).any(|at| self.word(TokenIndex::new(at)) == ":")
            };
            if !own.iter().all(labels) {
                own.retain(|subject| !labels(subject));
            }
        }
        if let Some((interrupted, _)) = self.head(verb).and_then(|said| self.interrupted(said)) {
            return vec![interrupted];
        }
        if !own.is_empty() {
            return own.into_iter().map(|s| self.relative_head(s).unwrap_or(s)).collect();
        }
        let Some(head) = self.head(verb) else { return Vec::new() };
        match self.deprel(verb) {
            Deprel::Conj | Deprel::Parataxis if self.is_predicate(head) => {
                let joined = self.joined_to_speech(verb, head).unwrap_or(head);
                self.surface_subjects(joined, depth + 1)
            }
            // A finite complement has a subject of its own, seen or not.
            Deprel::Ccomp if self.marker_function(verb) == Some(That) || self.is_finite(verb) => {
                Vec::new()
            }
            Deprel::Xcomp | Deprel::Ccomp => self.controlled(verb, head, depth),
            // "actions, including supplying": whose actions they are.
            Deprel::Advcl | Deprel::Obl | Deprel::Nmod | Deprel::Acl
                if matches!(self.marker_function(verb), Some(Including | Like | Such)) =>
            {
                let marker = self.marker(verb).expect("its function was just read");
                let noun = (1..6)
                    .filter_map(|gap| self.step(marker, -gap))
                    .find(|&before| self.is_noun(before) && self.actor(before).is_none());
                noun.map_or_else(Vec::new, |noun| self.noun_subjects(noun, depth + 1))
            }
            Deprel::Advcl if let Some(told) = self.told_before(verb, head) => {
                self.surface_subjects(told, depth + 1)
            }
            Deprel::Advcl if let Some(noun) = self.done_by(verb, head) => {
                self.noun_subjects(noun, depth + 1)
            }
            Deprel::Advcl | Deprel::Obl | Deprel::Nmod | Deprel::AdvclRelcl => {
                if self.is_predicate(head) {
                    self.controlled(verb, head, depth)
                } else {
                    self.noun_subjects(head, depth)
                }
            }
            // "Germany has been the largest donor, giving millions": of whom the noun is said.
            Deprel::Acl if let Some(told) = self.told_of(verb, head) => vec![told],
            Deprel::Acl => {
                // "Companies supplying", "weapons supplied": the noun itself.
                let participle = self.marker(verb).is_none()
                    && matches!(self.xpos(verb), Xpos::Vbg | Xpos::Vbn)
                    && !self.is(WordList::ReportingNoun, head)
                    && !(self.xpos(verb) == Xpos::Vbg && self.is(WordList::Enactment, head));
                // Headlines: "US to send tanks", "Putin, Xi to meet".
                let to_come = self.marker_function(verb) == Some(To) && self.actor(head).is_some();
                if participle || to_come { vec![head] } else { self.noun_subjects(head, depth) }
            }
            // "Iranian-backed rebels": the noun itself.
            Deprel::Amod if self.xpos(verb) == Xpos::Vbn => vec![head],
            Deprel::AclRelcl => vec![head],
            _ => Vec::new(),
        }
    }

    /// "China, said Kirby, sold chips", read as if China said that Kirby sold them: whose clause the
    /// word of saying `said` interrupts, and who speaks.
    pub(crate) fn interrupted(&self, said: TokenIndex) -> Option<(TokenIndex, TokenIndex)> {
        let (before, behind) = (self.step(said, -1)?, self.step(said, 1)?);
        if self.word(before) != "," || !self.is(WordList::Reporting, said) {
            return None;
        }
        let subject = *self.by(said, &[Deprel::Nsubj]).first()?;
        let clause = *self.by(said, &[Deprel::Ccomp]).first()?;
        let speaker = *self.by(clause, &[Deprel::Nsubj]).first()?;
        let mention = self.actor(behind).or_else(|| self.actor(speaker))?;
        let end = self.behind(self.mentions[mention])?;
        let is_interrupted = subject < before
            && self.actor(speaker) == Some(mention)
            && said < speaker
            && self.word(end) == ","
            && end < clause
            && self.marker(clause).is_none();
        is_interrupted.then_some((subject, speaker))
    }

    /// The subject of the predicate noun `head`, where the participle `verb` behind a comma goes on
    /// with what is said of it.
    fn told_of(&self, verb: TokenIndex, head: TokenIndex) -> Option<TokenIndex> {
        let goes_on = self.xpos(verb) == Xpos::Vbg
            && self.follows_comma(verb)
            && !self.by(head, &[Deprel::Cop]).is_empty();
        self.by(head, &[Deprel::Nsubj]).first().copied().filter(|_| goes_on)
    }

    /// The noun with a possessor that a speech is about, where the clause `verb` tells how it is
    /// done: "condemned China's support for Russia by selling it chips".
    pub(super) fn done_by(&self, verb: TokenIndex, said: TokenIndex) -> Option<TokenIndex> {
        if self.marker_function(verb) != Some(By) || !self.is(WordList::Reporting, said) {
            return None;
        }
        self.by(said, &[Deprel::Obj]).into_iter().find(|&noun| {
            let owned = !self.by(noun, &[Deprel::NmodPoss]).is_empty();
            noun < verb && (owned || !self.premodifiers(noun).is_empty())
        })
    }

    /// The verb of the speech before the word of saying `said`, where the participle `verb` behind
    /// it goes on with that: "Iran fired missiles, officials said, killing ten".
    fn told_before(&self, verb: TokenIndex, said: TokenIndex) -> Option<TokenIndex> {
        if verb < said || self.xpos(verb) != Xpos::Vbg || self.marker(verb).is_some() {
            return None;
        }
        if !self.follows_comma(verb) || !self.is(WordList::Reporting, said) {
            return None;
        }
        let told = self.children(said).iter().copied();
        let mut told = told.filter(|&child| child < said && self.deprel(child) == Deprel::Ccomp);
        let above = self.head(said).filter(|_| self.deprel(said) == Deprel::Parataxis);
        told.next().or(above).filter(|&told| told < said && self.is_verb(told))
    }

    /// The word of saying above `head` to which `verb` is joined in truth: "Seoul said Moscow had
    /// helped, and demanded that it stop".
    ///
    /// Parsers often hang the second verb on the speech. Its tense tells: it is that of the word
    /// of saying, while the speech has a modal verb, or is earlier and ends with the comma.
    pub(crate) fn joined_to_speech(
        &self,
        verb: TokenIndex,
        head: TokenIndex,
    ) -> Option<TokenIndex> {
        let speech = self.head(head).filter(|_| self.deprel(head) == Deprel::Ccomp)?;
        // "'We have sold nothing,' he said, and accused Paris."
        if head < speech && speech < verb {
            return Some(speech);
        }
        let finite = matches!(self.xpos(verb), Xpos::Vbd | Xpos::Vbz);
        let modal = self.children(head).iter().any(|&child| self.xpos(child) == Xpos::Md);
        if speech < head && modal && finite && self.xpos(verb) == self.xpos(speech) {
            return Some(speech);
        }
        let conjunction = self.children(verb).iter().find(|&&c| self.deprel(c) == Deprel::Cc)?;
        let is_earlier =
            self.by(head, &[Deprel::Aux]).iter().any(|&aux| self.function(aux) == Some(Had));
        let shares_tense =
            self.xpos(verb) == Xpos::Vbd && self.xpos(speech) == Xpos::Vbd && is_earlier;
        let both_say = [verb, speech].iter().all(|&word| self.is(WordList::Reporting, word));
        // "Denies that it struck the town and blames Kyiv": the tense of the first verb.
        let as_speech = self.xpos(verb) == Xpos::Vbz
            && self.xpos(speech) == Xpos::Vbz
            && self.xpos(head) == Xpos::Vbd;
        let joined = self.follows_comma(*conjunction) && shares_tense || as_speech;
        (speech < head && both_say && joined).then_some(speech)
    }

    /// Whether a comma stands right before `token`.
    pub(crate) fn follows_comma(&self, token: TokenIndex) -> bool {
        self.step(token, -1).is_some_and(|mark| self.word(mark) == ",")
    }

    /// Whether a verb has a finite form by itself.
    pub(crate) fn is_finite(&self, verb: TokenIndex) -> bool {
        matches!(self.xpos(verb), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
    }

    /// Whether `token` can have a subject of its own.
    pub(crate) fn is_predicate(&self, token: TokenIndex) -> bool {
        self.is_verb(token)
            || self.children(token).iter().any(|&child| {
                matches!(
                    self.deprel(child),
                    Deprel::Cop | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Aux
                )
            })
    }

    /// The subject of a clause without one below `head`. Object control: the object of a verb that
    /// asks, orders or accuses. Subject control: the subject of any other.
    fn controlled(&self, verb: TokenIndex, head: TokenIndex, depth: usize) -> Vec<TokenIndex> {
        // "Extended an invitation to Y to visit".
        let invitation = self
            .by(head, &[Deprel::Obj])
            .into_iter()
            .find(|&noun| noun < verb && self.lemma_is(WordList::AskingNoun, noun));
        if let Some(invitation) = invitation.filter(|_| self.marker_function(verb) == Some(To)) {
            let asked = self.asked(invitation, depth);
            if !asked.is_empty() {
                return asked;
            }
        }
        if self.is(WordList::ObjectControl, head) {
            let objects = if self.is_passive(head) {
                self.surface_subjects(head, depth + 1)
            } else {
                self.by(head, &[Deprel::Obj, Deprel::Iobj])
            };
            let before: Vec<_> = objects.into_iter().filter(|&object| object < verb).collect();
            if !before.is_empty() {
                return before;
            }
            // "call on X to", "appeal to X to".
            let asked = self.obliques(head).iter().find(|phrase| {
                phrase.head < verb
                    && matches!(phrase.preposition, Some(On | Upon | To | With | For))
            });
            if let Some(asked) = asked {
                return vec![asked.head];
            }
        }
        self.surface_subjects(head, depth + 1)
    }

    /// Who carries out what stands at a noun: "Iran's plan to", "has a plan to", "a plan by".
    fn noun_subjects(&self, noun: TokenIndex, depth: usize) -> Vec<TokenIndex> {
        if self.lemma_is(WordList::AskingNoun, noun) {
            return self.asked(noun, depth);
        }
        let owners = self.by(noun, &[Deprel::NmodPoss]);
        if !owners.is_empty() {
            return owners;
        }
        // "Serbia is in talks with Iran to buy drones."
        let own = self.by(noun, &[Deprel::Nsubj]);
        if !own.is_empty() {
            return own;
        }
        let by = self.obliques(noun).iter().find(|phrase| {
            phrase.distance == 0
                && matches!(phrase.preposition, Some(By | From | On | To | With))
                && self.actor(phrase.head).is_some()
        });
        if let Some(first) =
            by.map(|phrase| phrase.head).or_else(|| self.premodifiers(noun).first().copied())
        {
            return vec![first];
        }
        let inherits = matches!(
            self.deprel(noun),
            Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Xcomp | Deprel::Conj | Deprel::Advcl
        );
        match self.head(noun).filter(|_| inherits) {
            Some(head) if self.is_predicate(head) => self.surface_subjects(head, depth + 1),
            Some(head) if depth < MAX_DEPTH => self.noun_subjects(head, depth + 1),
            _ => Vec::new(),
        }
    }

    /// Who is to do what an invitation or order tells: "X's invitation to Y to visit", else whoever
    /// accepts it.
    fn asked(&self, noun: TokenIndex, depth: usize) -> Vec<TokenIndex> {
        let to = self.obliques(noun).iter().find(|phrase| {
            phrase.distance <= 1
                && matches!(phrase.preposition, Some(To | For | On))
                && self.actor(phrase.head).is_some()
        });
        if let Some(phrase) = to {
            return vec![phrase.head];
        }
        let taken = self.head(noun).filter(|&verb| {
            self.deprel(noun) == Deprel::Obj && self.lemma_is(WordList::Accepting, verb)
        });
        taken.map_or_else(Vec::new, |verb| self.surface_subjects(verb, depth + 1))
    }

    /// The noun that a relative pronoun stands for.
    pub(crate) fn relative_head(&self, pronoun: TokenIndex) -> Option<TokenIndex> {
        if !matches!(self.function(pronoun), Some(Which | Who | That | Whom)) {
            return None;
        }
        std::iter::once(pronoun)
            .chain(self.tree.ancestors(pronoun))
            .find(|&above| self.deprel(above) == Deprel::AclRelcl)
            .and_then(|clause| self.head(clause))
    }
}
