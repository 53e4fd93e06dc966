//! What stands where around a trigger: subjects that travel, objects, phrases by preposition.
//!
//! Comes in: a sentence with its tree. Goes out: heads of phrases. Whether a phrase is an actor
//! is left to [`actors`](super::actors). The walks tolerate what parsers get wrong most: a
//! prepositional phrase may hang on the verb, on its object or one or two nouns below.

use super::view::{Oblique, View};
use crate::lexicon::WordList;
use crate::model::{Deprel, EntityId, Mention, MentionForm, TokenIndex, Xpos};

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

/// How far the search for inherited roles goes: sentences deeper than this are not read further.
const MAX_DEPTH: usize = 6;

impl View<'_> {
    /// The heads of the logical subject: the agent of a passive, else the subject, own or
    /// inherited.
    pub(crate) fn subjects(&self, verb: TokenIndex) -> Vec<TokenIndex> {
        if self.is_passive(verb) {
            return self.agents(verb);
        }
        self.surface_subjects(verb, 0)
    }

    /// The heads of phrases with "by" after a passive.
    fn agents(&self, verb: TokenIndex) -> Vec<TokenIndex> {
        let agents = self.by(verb, &[Deprel::OblAgent]);
        if !agents.is_empty() {
            return agents;
        }
        let by = self.obliques(verb);
        by.iter().filter(|phrase| self.word(phrase.marker) == "by").map(|p| p.head).collect()
    }

    /// The heads of the logical object: of a passive its subject, else the object, own or the
    /// noun that a relative clause stands at.
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
        for &child in self.children(verb) {
            if self.deprel(child) == Deprel::Conj
                && self.is_verb(child)
                && self.stands_by(verb, child)
            {
                let shared = self.by(child, &[Deprel::Obj]);
                if !shared.is_empty() && self.by(child, &[Deprel::Nsubj]).is_empty() {
                    return shared;
                }
            }
        }
        self.gap(verb).into_iter().collect()
    }

    /// Whether nothing of its own stands between a word and the one that is joined to it, so that
    /// what follows may belong to both: "provide or sell", but not "went further this month and
    /// accused".
    fn stands_by(&self, first: TokenIndex, joined: TokenIndex) -> bool {
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
                Deprel::Acl if self.marker(at) == Some("to") => return self.head(at),
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Conj => at = self.head(at)?,
                _ => return None,
            }
        }
        None
    }

    /// The heads of the grammatical subject, own or inherited by coordination, control, raising,
    /// participles, relative and purpose clauses.
    pub(crate) fn surface_subjects(&self, verb: TokenIndex, depth: usize) -> Vec<TokenIndex> {
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        let own = self.by(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter]);
        // Parsers hang a subject on the auxiliary at times.
        let own = if own.is_empty() {
            let auxiliaries = self.by(verb, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]);
            auxiliaries
                .iter()
                .flat_map(|&aux| self.by(aux, &[Deprel::Nsubj, Deprel::NsubjPass]))
                .collect()
        } else {
            own
        };
        if !own.is_empty() {
            return own.into_iter().map(|s| self.relative_head(s).unwrap_or(s)).collect();
        }
        let Some(head) = self.head(verb) else { return Vec::new() };
        match self.deprel(verb) {
            Deprel::Conj | Deprel::Parataxis if self.is_predicate(head) => {
                let joined = self.joined_to_speech(verb, head).unwrap_or(head);
                self.surface_subjects(joined, depth + 1)
            }
            // What is said to be so has a subject of its own, seen or not.
            Deprel::Ccomp if self.marker(verb) == Some("that") || self.is_finite(verb) => {
                Vec::new()
            }
            Deprel::Xcomp | Deprel::Ccomp => self.controlled(verb, head, depth),
            // "actions, including supplying": whose actions they are.
            Deprel::Advcl | Deprel::Obl | Deprel::Nmod | Deprel::Acl
                if matches!(self.marker(verb), Some("including" | "like" | "such")) =>
            {
                let marker = self.marker_token(verb).expect("its word was just read");
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
            Deprel::Acl => match self.marker(verb) {
                // "Companies supplying", "weapons supplied": the noun itself.
                None if self.is_participle(verb) && !self.is(WordList::ReportingNoun, head) => {
                    vec![head]
                }
                // Headlines: "US to send tanks", "Putin, Xi to meet".
                Some("to") if self.actor(head).is_some() => vec![head],
                _ => self.noun_subjects(head, depth),
            },
            Deprel::AclRelcl => vec![head],
            _ => Vec::new(),
        }
    }

    /// The noun that somebody speaks of with `said`, where it has an owner, who does it by `verb`:
    /// "condemned China's support for Russia by selling it chips".
    fn done_by(&self, verb: TokenIndex, said: TokenIndex) -> Option<TokenIndex> {
        if self.marker(verb) != Some("by") || !self.is(WordList::Reporting, said) {
            return None;
        }
        let objects = self.by(said, &[Deprel::Obj]);
        objects.into_iter().find(|&noun| {
            let owned = !self.by(noun, &[Deprel::NmodPoss]).is_empty();
            noun < verb && (owned || !self.premodifiers(noun).is_empty())
        })
    }

    /// The verb of what is said before the word of saying `said`, where the participle `verb`
    /// behind it goes on with that: "Iran fired missiles, officials said, killing ten".
    fn told_before(&self, verb: TokenIndex, said: TokenIndex) -> Option<TokenIndex> {
        if verb < said || self.xpos(verb) != Xpos::Vbg || self.marker(verb).is_some() {
            return None;
        }
        let after_comma = self.step(verb, -1).is_some_and(|mark| self.word(mark) == ",");
        if !after_comma || !self.is(WordList::Reporting, said) {
            return None;
        }
        let told = self.children(said).iter().copied();
        let mut told = told.filter(|&child| child < said && self.deprel(child) == Deprel::Ccomp);
        let above = self.head(said).filter(|_| self.deprel(said) == Deprel::Parataxis);
        told.next().or(above).filter(|&told| told < said && self.is_verb(told))
    }

    /// The word of saying above `head` to which `verb` is joined in truth: "Seoul said Moscow had
    /// helped, and demanded that it stop", "said it would not stop there and called on Ankara".
    /// Parsers often hang the second verb on what is said. Told by the tense that it shares with
    /// the speech: no modal governs it, and what came earlier ends with the comma.
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
        let after_comma = self.step(*conjunction, -1).is_some_and(|mark| self.word(mark) == ",");
        let is_earlier = self
            .children(head)
            .iter()
            .any(|&child| self.deprel(child) == Deprel::Aux && self.word(child) == "had");
        let shares_tense =
            self.xpos(verb) == Xpos::Vbd && self.xpos(speech) == Xpos::Vbd && is_earlier;
        let both_say = [verb, speech].iter().all(|&word| self.is(WordList::Reporting, word));
        (speech < head && after_comma && shares_tense && both_say).then_some(speech)
    }

    fn is_finite(&self, verb: TokenIndex) -> bool {
        matches!(self.xpos(verb), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
    }

    fn is_participle(&self, verb: TokenIndex) -> bool {
        matches!(self.xpos(verb), Xpos::Vbg | Xpos::Vbn)
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

    /// The subject of a clause without one below `head`: its object where the verb asks, orders
    /// or accuses, else its subject.
    fn controlled(&self, verb: TokenIndex, head: TokenIndex, depth: usize) -> Vec<TokenIndex> {
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
            let phrases = self.obliques(head);
            let asked = phrases.iter().filter(|phrase| {
                phrase.head < verb
                    && matches!(self.word(phrase.marker), "on" | "upon" | "to" | "with" | "for")
            });
            let asked: Vec<_> = asked.map(|phrase| phrase.head).take(1).collect();
            if !asked.is_empty() {
                return asked;
            }
        }
        self.surface_subjects(head, depth + 1)
    }

    /// Who carries out what stands at a noun: "Iran's plan to", "has a plan to", "a plan by".
    fn noun_subjects(&self, noun: TokenIndex, depth: usize) -> Vec<TokenIndex> {
        let owners = self.by(noun, &[Deprel::NmodPoss]);
        if !owners.is_empty() {
            return owners;
        }
        // "Serbia is in talks with Iran to buy drones."
        let own = self.by(noun, &[Deprel::Nsubj]);
        if !own.is_empty() {
            return own;
        }
        let phrases = self.obliques(noun);
        let by = phrases.iter().filter(|p| {
            p.distance == 0
                && matches!(self.word(p.marker), "by" | "from" | "on" | "to" | "with")
                && self.actor(p.head).is_some()
        });
        let by: Vec<_> = by.map(|phrase| phrase.head).take(1).collect();
        if !by.is_empty() {
            return by;
        }
        let before = self.premodifiers(noun);
        if let Some(&first) = before.first() {
            return vec![first];
        }
        match self.head(noun) {
            Some(head)
                if matches!(
                    self.deprel(noun),
                    Deprel::Obj
                        | Deprel::Obl
                        | Deprel::Nmod
                        | Deprel::Xcomp
                        | Deprel::Conj
                        | Deprel::Advcl
                ) =>
            {
                if self.is_predicate(head) {
                    self.surface_subjects(head, depth + 1)
                } else if depth < MAX_DEPTH {
                    self.noun_subjects(head, depth + 1)
                } else {
                    Vec::new()
                }
            }
            _ => Vec::new(),
        }
    }

    /// The actor before a finite verb to which the tree gives no subject: only names, adverbs,
    /// auxiliaries and phrases of time may stand between.
    pub(crate) fn subject_by_order(&self, verb: TokenIndex) -> Option<TokenIndex> {
        use crate::model::{Upos, Xpos};
        let finite = matches!(self.xpos(verb), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Vbn);
        if !finite || matches!(self.deprel(verb), Deprel::Xcomp | Deprel::Amod) {
            return None;
        }
        let mut at = verb;
        for _ in 0..10 {
            at = self.step(at, -1)?;
            let after_preposition =
                || self.step(at, -1).is_some_and(|before| self.upos(before) == Upos::Adposition);
            if let Some(mention) = self.actor(at) {
                let first = TokenIndex(self.mentions[mention].tokens.start());
                let led = self.step(first, -1).is_some_and(|before| {
                    matches!(self.upos(before), Upos::Adposition)
                        || self.word(before) == "the"
                            && self
                                .step(before, -1)
                                .is_some_and(|b| self.upos(b) == Upos::Adposition)
                });
                return (!led).then_some(at);
            }
            let stands_in = self.is(WordList::StandIn, at) && self.is_noun(at);
            if stands_in && !after_preposition() {
                return Some(at);
            }
            let passes = matches!(
                self.upos(at),
                Upos::Adverb
                    | Upos::Auxiliary
                    | Upos::Adposition
                    | Upos::Numeral
                    | Upos::Determiner
            ) || matches!(self.word(at), "had" | "have" | "has" | ",")
                || self.is_noun(at) && after_preposition();
            if !passes {
                return None;
            }
        }
        None
    }

    /// The actor right after a verb or preposition, past its determiner and title: what the tree
    /// took for a modifier of the word behind it.
    pub(crate) fn actor_by_order(&self, word: TokenIndex) -> Option<TokenIndex> {
        use crate::model::{MentionForm, Upos};
        let mut at = self.step(word, 1)?;
        for _ in 0..5 {
            if let Some(index) = self.actor(at) {
                let mention = self.mentions[index];
                let behind = self.step(TokenIndex(mention.tokens.end() - 1), 1);
                let owns = behind.is_some_and(|t| matches!(self.word(t), "'s" | "’s" | "'" | "’"));
                let titled = mention.form == MentionForm::Demonym || owns;
                if titled {
                    at = self.step(behind?, isize::from(owns))?;
                    continue;
                }
                let modifies = behind.is_some_and(|t| {
                    self.is_noun(t)
                        && !matches!(
                            self.word(t),
                            "outright"
                                | "beforehand"
                                | "today"
                                | "yesterday"
                                | "tomorrow"
                                | "overnight"
                                | "afterwards"
                                | "later"
                        )
                });
                return (!modifies).then_some(at);
            }
            let passes = self.upos(at) == Upos::Determiner
                || self.is(WordList::Office, at)
                || self.is(WordList::OfficeModifier, at)
                || matches!(self.word(at), "mr" | "mr.");
            if !passes {
                return None;
            }
            at = self.step(at, 1)?;
        }
        None
    }

    /// The noun that a relative pronoun stands for.
    pub(crate) fn relative_head(&self, pronoun: TokenIndex) -> Option<TokenIndex> {
        if !matches!(self.word(pronoun), "which" | "who" | "that" | "whom") {
            return None;
        }
        std::iter::once(pronoun)
            .chain(self.tree.ancestors(pronoun))
            .find(|&above| self.deprel(above) == Deprel::AclRelcl)
            .and_then(|clause| self.head(clause))
    }

    /// Phrases with a preposition at `trigger`, nearest first: its own, those below its objects,
    /// and those that hang on the verb above a noun or an infinitive.
    pub(crate) fn obliques(&self, trigger: TokenIndex) -> &[Oblique] {
        // Every rule at a trigger asks again.
        self.obliques[trigger.index()].get_or_init(|| self.find_obliques(trigger))
    }

    fn find_obliques(&self, trigger: TokenIndex) -> Vec<Oblique> {
        let mut found = Vec::new();
        self.collect_obliques(trigger, 0, &mut found);
        // A coordinated verb's phrases belong to both: "provide or sell arms to".
        for &child in self.children(trigger) {
            if self.deprel(child) == Deprel::Conj
                && self.is_verb(child) == self.is_verb(trigger)
                && self.stands_by(trigger, child)
                && self.by(child, &[Deprel::Nsubj, Deprel::NsubjPass]).is_empty()
            {
                self.collect_obliques(child, 2, &mut found);
            }
        }
        if let Some(noun) = self.head(trigger).and_then(|said| self.done_by(trigger, said)) {
            self.collect_obliques(noun, 3, &mut found);
        }
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
                let case =
                    self.children(child).iter().find(|&&word| self.deprel(word) == Deprel::Case);
                if let Some(&marker) = case {
                    found.push(Oblique { marker, head: child, distance });
                }
                // "Since the raids on Lebanon" tells when, and whom by the way.
                let when = case.is_some_and(|&marker| {
                    matches!(
                        self.word(marker),
                        "since" | "after" | "before" | "during" | "amid" | "following" | "until"
                    )
                });
                // "Modi's assurances to Tusk" are between these two.
                let own = self.is(WordList::ReportingNoun, child)
                    && !self.by(child, &[Deprel::NmodPoss]).is_empty();
                if distance < 4 && !own && !when {
                    self.collect_obliques(child, distance + 1, found);
                }
            } else if deprel == Deprel::Conj && distance > 0 && distance < 4 && !self.is_verb(child)
            {
                self.collect_obliques(child, distance + 1, found);
            }
        }
    }

    /// Whether an actor is only part of an adjective: "Russia-based", "Iranian-made" things are
    /// nobody's, and done by nobody, for all that this tells.
    pub(crate) fn is_quality(&self, mention: usize) -> bool {
        let end = TokenIndex(self.mentions[mention].tokens.end());
        end.index() < self.len()
            && self.word(end) == "-"
            && self.step(end, 1).is_some_and(|word| self.form_is(WordList::Quality, word))
    }

    /// Whether a mark of possession stands behind a mention.
    pub(crate) fn is_possessive(&self, mention: &Mention) -> bool {
        let end = TokenIndex(mention.tokens.end());
        end.index() < self.len() && matches!(self.word(end), "'s" | "’s" | "'" | "’")
    }

    /// Whether an actor is named in full and owns nothing, as "Ukraine" before "aid": neither by an
    /// adjective nor by an abbreviation.
    pub(crate) fn is_whole_name(&self, mention: usize) -> bool {
        let mention = self.mentions[mention];
        mention.form == MentionForm::Name
            && !self.is_possessive(mention)
            && mention.entities.iter().all(EntityId::is_state)
            && mention.span.of(self.text).chars().any(char::is_lowercase)
    }

    /// Actors that stand before a noun without preposition, the nearest first: "Iran's drone
    /// deliveries", "Russian and Chinese officials". Tokens inside of their mentions.
    pub(crate) fn premodifiers(&self, noun: TokenIndex) -> Vec<TokenIndex> {
        let mut found: Vec<TokenIndex> = Vec::new();
        let mut at = noun;
        let mut joined = true;
        while let Some(before) = self.step(at, -1) {
            at = before;
            if let Some(mention) = self.actor(before) {
                if !joined {
                    break;
                }
                if self.is_quality(mention) {
                    at = TokenIndex(self.mentions[mention].tokens.start());
                    continue;
                }
                found.push(before);
                // On to the first word of the mention.
                let first = self.mentions[mention].tokens.start();
                at = TokenIndex(first);
                joined = false;
                continue;
            }
            let word = self.word(before);
            let joins = matches!(word, "and" | "or" | "-" | "–" | "&" | "/")
                || word == "," && !found.is_empty();
            let passes = self.is_noun(before)
                || matches!(
                    self.upos(before),
                    crate::model::Upos::Adjective | crate::model::Upos::Numeral
                )
                || matches!(word, "'s" | "’s" | "'" | "’" | "[" | "]")
                || self.is_quote(before)
                || self.deprel(before) == Deprel::Amod;
            if joins {
                joined = true;
            } else if !passes || (!found.is_empty() && !matches!(word, "'s" | "’s" | "]" | "[")) {
                // Between coordinated actors only their own marks may stand.
                let inside = !found.is_empty() && joined && passes;
                if !inside {
                    break;
                }
            }
        }
        found
    }

    /// The verb that lends a noun its subject, if there is one: "hold talks", "be in talks",
    /// "engaged in negotiations".
    pub(crate) fn support_verb(&self, noun: TokenIndex) -> Option<TokenIndex> {
        let has_copula = self.children(noun).iter().any(|&c| self.deprel(c) == Deprel::Cop);
        let has_subject = !self.by(noun, &[Deprel::Nsubj]).is_empty();
        if has_copula || has_subject {
            return Some(noun);
        }
        let mut at = noun;
        for _ in 0..3 {
            let head = self.head(at)?;
            match self.deprel(at) {
                Deprel::Obj
                | Deprel::NsubjPass
                | Deprel::Obl
                | Deprel::Xcomp
                | Deprel::Advcl
                | Deprel::Dep
                    if self.is_predicate(head) && self.is(WordList::LightVerb, head) =>
                {
                    // "Provided fuel despite assurances": another's.
                    let apart = matches!(
                        self.marker(at),
                        Some(
                            "despite"
                                | "after"
                                | "before"
                                | "amid"
                                | "since"
                                | "without"
                                | "following"
                        )
                    );
                    return (!apart).then_some(head);
                }
                // "issued a series of warnings", "warnings and threats".
                // "in talks on a deal": whoever talks would make the deal.
                // "Said in a letter to …, in talks with …".
                Deprel::Obl
                    if self.marker(at) == Some("in")
                        && self.is_verb(head)
                        && self.is(WordList::Reporting, head)
                        && matches!(
                            self.lemma(at),
                            "letter"
                                | "message"
                                | "call"
                                | "conversation"
                                | "telegram"
                                | "cable"
                                | "note"
                                | "talk"
                                | "talks"
                                | "meeting"
                                | "phone"
                        ) =>
                {
                    return Some(head);
                }
                // "Was in Pyongyang for talks", "flew to Moscow for talks".
                Deprel::Nmod | Deprel::Obl | Deprel::Advcl if self.marker(at) == Some("for") => {
                    let travels =
                        |verb: TokenIndex| self.is_verb(verb) && self.is(WordList::Motion, verb);
                    if travels(head) {
                        return Some(head);
                    }
                    self.actor(head)?;
                    return if self.by(head, &[Deprel::Cop]).is_empty() {
                        self.head(head).filter(|&verb| travels(verb))
                    } else {
                        Some(head)
                    };
                }
                Deprel::Nmod
                    if self.is(WordList::Measure, head)
                        || matches!(self.lemma(head), "talk" | "negotiation" | "discussion") =>
                {
                    at = head;
                }
                Deprel::Conj if !self.is_verb(head) => at = head,
                _ => return None,
            }
        }
        None
    }
}
