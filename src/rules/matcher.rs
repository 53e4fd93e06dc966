//! Triggers become matches: roles filled, goods read, nothing yet said of stance or speaker.

use super::compile::{Compiled, Entry, Extractor, Part, Place, Slot};
use super::file::Goods;
use super::items::{self, Moved};
use crate::clauses::actors::{Filler, Reach};
use crate::clauses::view::View;
use crate::lexicon::WordList;
use crate::model::{Deprel, EntityId, MentionForm, TokenIndex, Xpos};

/// A trigger with its roles filled, before coordination is distributed.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    /// Index of the extractor.
    pub(crate) rule: usize,
    pub(crate) trigger: TokenIndex,
    /// The last word of a trigger of several words.
    pub(crate) last: TokenIndex,
    /// The word that carries stance and speaker: a light verb's noun is read through its verb.
    pub(crate) pairs: Vec<(Filler, Filler)>,
    pub(crate) moved: Vec<Moved>,
}

/// A trigger whose rule did not match, and why.
#[derive(Debug, Clone)]
pub(crate) struct NearMiss {
    pub(crate) rule: usize,
    pub(crate) trigger: TokenIndex,
    pub(crate) missing: &'static str,
    /// Somebody stands in the place of the target whom no mention names: he is not left out.
    pub(crate) blocked: bool,
    pub(crate) source: Vec<Filler>,
    pub(crate) target: Vec<Filler>,
    pub(crate) moved: Vec<Moved>,
}

/// Everything that one sentence's triggers give.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    pub(crate) found: Vec<Match>,
    pub(crate) missed: Vec<NearMiss>,
}

/// Tries every rule at every trigger of a sentence.
pub(crate) fn matches(view: &View<'_>, compiled: &Compiled) -> Matches {
    let mut matches = Matches::default();
    for token in view.tokens() {
        if view.actor(token).is_some() || is_inside_weapon(view, token) {
            continue;
        }
        let (word, lemma) = view.ids(token);
        let triggers = |word| compiled.triggers(word);
        let by_lemma = lemma.map_or(&[][..], triggers);
        let by_word = word.filter(|_| word != lemma).map_or(&[][..], triggers);
        if by_lemma.is_empty() && by_word.is_empty() {
            continue;
        }
        let candidates = || by_lemma.iter().chain(by_word);
        // Of the triggers that begin here, the longest phrase counts for each relation.
        let longest = |relation: &str| {
            candidates()
                .filter(|t| {
                    compiled.extractors[t.rule].relation.as_str() == relation
                        && view.follows(token, &t.rest)
                        && fits_part(view, token, t.part)
                })
                .map(|t| t.rest.len())
                .max()
        };
        for (index, trigger) in candidates().enumerate() {
            let rule = &compiled.extractors[trigger.rule];
            if !fits_part(view, token, trigger.part) {
                continue;
            }
            // "Closed its ports" is not "close".
            let inflected = index < by_lemma.len() && word != lemma && view.is_verb(token);
            if inflected && trigger.part == Part::Adjective {
                continue;
            }
            let Some(last) = view.last_of(token, &trigger.rest) else { continue };
            if longest(rule.relation.as_str()) != Some(trigger.rest.len()) {
                continue;
            }
            if !satisfies(view, token, last, rule) {
                continue;
            }
            Attempt { view, rule, index: trigger.rule, trigger: token, last, part: trigger.part }
                .run(&mut matches);
        }
    }
    matches
}

/// Words of a weapon's name start nothing: "strike drone", "attack helicopter".
fn is_inside_weapon(view: &View<'_>, token: TokenIndex) -> bool {
    view.weapon(token).is_some_and(|mention| {
        let tokens = view.mentions[mention].tokens;
        tokens.end() != token.0 + 1 || !view.is_verb(token)
    })
}

fn fits_part(view: &View<'_>, token: TokenIndex, part: Part) -> bool {
    match part {
        Part::Verb => view.is_verb(token) && view.deprel(token) != Deprel::Amod,
        Part::Noun => {
            // "Hosts talks": taggers take the plural for a verb.
            let misread = view.xpos(token) == Xpos::Vbz && view.deprel(token) == Deprel::Obj;
            if !view.is_noun(token) && !misread {
                return false;
            }
            // A modifier of another noun is no event: "attack helicopter", "war crimes".
            if matches!(view.deprel(token), Deprel::Compound)
                && view.head(token).is_some_and(|h| h > token && view.is_noun(h))
            {
                let head = view.head(token).expect("checked just before");
                return matches!(
                    view.lemma(head),
                    "effort"
                        | "campaign"
                        | "machine"
                        | "aim"
                        | "operation"
                        | "plan"
                        | "process"
                        | "announcement"
                        | "negotiation"
                        | "talk"
                );
            }
            true
        }
        Part::Adjective => {
            use crate::model::Upos;
            matches!(
                view.upos(token),
                Upos::Adjective | Upos::Adverb | Upos::Verb | Upos::Adposition
            ) && !matches!(view.xpos(token), Xpos::Vb | Xpos::Vbg)
        }
    }
}

/// Whether the words that a rule asks for or forbids stand at the trigger.
fn satisfies(view: &View<'_>, trigger: TokenIndex, last: TokenIndex, rule: &Extractor) -> bool {
    if rule.with.is_empty() && rule.without.is_empty() {
        return true;
    }
    let support = view.support_verb(trigger);
    // "Held a call and discussed": what stands at the first verb counts for the second.
    let joined = (view.deprel(trigger) == Deprel::Conj).then(|| view.head(trigger)).flatten();
    let is_near = |token: TokenIndex| {
        token != trigger
            && (view.tree.is_within(token, trigger)
                || support.is_some_and(|verb| view.head(token) == Some(verb) || token == verb)
                || joined.is_some_and(|verb| {
                    view.head(token) == Some(verb)
                        || view.head(token).is_some_and(|above| {
                            view.head(above) == Some(verb) && view.deprel(token) == Deprel::Compound
                        })
                })
                || (token > last && token.0 - last.0 <= 4)
                || view.head(trigger) == Some(token))
    };
    let any_near = |entries: &[Entry]| {
        view.asked_for().any(|token| {
            entries.iter().any(|Entry { first, rest }| {
                // "In talks" asks for the trigger's own preposition, not for "in Pyongyang for
                // talks".
                let own = || matches!(rest[..], [only] if view.is_word(trigger, only));
                view.is_word(token, *first)
                    && is_near(token)
                    && (view.head(token) == Some(trigger) || !own())
                    && view.follows(token, rest)
            })
        })
    };
    (rule.with.is_empty() || any_near(&rule.with))
        && (rule.without.is_empty() || !any_near(&rule.without))
}

/// One rule at one trigger.
pub(crate) struct Attempt<'v, 'a> {
    pub(crate) view: &'v View<'a>,
    pub(crate) rule: &'v Extractor,
    pub(crate) index: usize,
    pub(crate) trigger: TokenIndex,
    pub(crate) last: TokenIndex,
    pub(crate) part: Part,
}

impl Attempt<'_, '_> {
    fn run(&self, matches: &mut Matches) {
        let mut moved = self.moved();
        let has_phrase = self.has_goods_phrase();
        let mut missing = None;
        if self.rule.goods != Goods::Any && !items::admits(self.rule.goods, &moved, has_phrase) {
            if self.refers_to_goods() {
                moved.clear();
            } else {
                missing = Some("goods");
            }
        }
        let (pairs, source, target) = if self.rule.parties.is_empty() {
            let source = self.role(&self.rule.source, &[], &self.rule.source_kinds);
            let taken: Vec<EntityId> = source.iter().map(|f| f.entity.clone()).collect();
            let mut target = self.role(&self.rule.target, &taken, &self.rule.target_kinds);
            target.retain(|filler| !self.is_of_the_goods(filler, &moved));
            (self.directed(&source, &target), source, target)
        } else {
            let (left, right) = self.sides();
            let pairs =
                if self.is_with_others(&left) { Vec::new() } else { symmetric(&left, &right) };
            (pairs, left, right)
        };
        if missing.is_none() && pairs.is_empty() {
            missing = Some(if source.is_empty() { "source" } else { "target" });
        }
        let (moved, pairs, gapped) = self.split_gap(moved, pairs);
        matches.found.extend(gapped);
        match missing {
            None => matches.found.push(Match {
                rule: self.index,
                trigger: self.trigger,
                last: self.last,
                pairs,
                moved,
            }),
            Some(missing) => matches.missed.push(NearMiss {
                rule: self.index,
                trigger: self.trigger,
                missing,
                blocked: self.has_unnamed_target(),
                source,
                target,
                moved,
            }),
        }
    }

    fn directed(&self, source: &[Filler], target: &[Filler]) -> Vec<(Filler, Filler)> {
        let mut pairs = Vec::new();
        let target = if source.len() > 1 && self.names_each_other() { &[] } else { target };
        for from in source {
            for to in target {
                // "Putin warned that Russia could": nobody warns of his own state.
                let own = to.reach == Reach::Conduct
                    && self.view.directory.belongs(&from.entity, &to.entity);
                if from.entity != to.entity && !own {
                    pairs.push((from.clone(), to.clone()));
                }
            }
        }
        // "accused one another": each of the source's members the others.
        if target.is_empty() && source.len() > 1 && self.is_mutual() {
            for from in source {
                for to in source {
                    if from.entity != to.entity {
                        pairs.push((from.clone(), to.clone()));
                    }
                }
            }
        }
        if self.rule.reciprocal {
            let back: Vec<_> = pairs.iter().map(|(a, b)| (b.clone(), a.clone())).collect();
            pairs.extend(back);
        }
        pairs
    }

    /// Whether somebody stands only for the goods that move: "poured North Korean shells onto the
    /// battlefield" does not tell who got them.
    fn is_of_the_goods(&self, filler: &Filler, moved: &[Moved]) -> bool {
        let Some(mention) = filler.mention.filter(|_| filler.stand_in) else { return false };
        let mention = self.view.mentions[mention];
        // The word that the adjective belongs to.
        let noun = self.view.sentence.tokens.get(mention.tokens.end() as usize);
        let Some(noun) = noun.filter(|_| mention.form == MentionForm::Demonym) else {
            return false;
        };
        moved
            .iter()
            .any(|moved| moved.goods == items::Class::Goods && moved.item.span.overlaps(noun.span))
    }

    fn is_mutual(&self) -> bool {
        self.rule.reciprocal || self.names_each_other()
    }

    /// "Warned each other", "accused one another", "each side accused the other", where the target
    /// would stand.
    fn names_each_other(&self) -> bool {
        let view = self.view;
        let one_by_one = || {
            view.tokens()
                .take_while(|&token| token < self.trigger)
                .any(|token| matches!(view.word(token), "each" | "either" | "neither"))
        };
        let stands_at_target = |token: TokenIndex| {
            let before =
                view.step(token, -1).filter(|&before| view.is(WordList::Preposition, before));
            self.rule.target.iter().any(|slot| match (&slot.place, before) {
                (Place::Preposition(wanted), Some(before)) => view.word(before) == &**wanted,
                (Place::Object | Place::Indirect | Place::Clause, None) => true,
                _ => false,
            })
        };
        view.tokens().any(|token| {
            token > self.trigger
                && token.0 - self.trigger.0 < 8
                && view.step(token, -1).is_some_and(|before| {
                    let mutual = match (view.word(before), view.word(token)) {
                        ("one", "another") | ("each", "other") => true,
                        ("the", "other") => one_by_one(),
                        _ => false,
                    };
                    mutual && stands_at_target(before)
                })
        })
    }

    /// Whether only weapons stand for an actor in what people do: "met Russian jets".
    fn is_mere_weapon(&self, filler: &Filler) -> bool {
        self.rule.relation.is_in_person()
            && filler.stand_in
            && filler.token.is_some_and(|token| {
                self.view.is(WordList::Force, token) && !self.view.is(WordList::StandIn, token)
            })
    }

    /// The two sides of a symmetric relation; the right one is empty where one phrase names all.
    fn sides(&self) -> (Vec<Filler>, Vec<Filler>) {
        let (mut left, mut right): (Vec<Filler>, Vec<Filler>) = (Vec::new(), Vec::new());
        let view = self.view;
        let tells = view.deprel(self.trigger) == Deprel::Appos
            || !view.by(self.trigger, &[Deprel::Cop]).is_empty();
        let mut by_subject = false;
        for slot in &self.rule.parties {
            // "A and B, C's partners": those that are told of, and whose they are.
            let owner = matches!(slot.place, Place::Possessive | Place::Modifier);
            let second = by_subject && owner
                || matches!(&slot.place, Place::Preposition(p) if matches!(&**p, "with" | "to" | "from" | "by" | "against" | "alongside" | "of"))
                || matches!(slot.place, Place::Object | Place::Indirect);
            let side = if second { &mut right } else { &mut left };
            if side.is_empty() {
                let mut found = self.slot(slot, &[]);
                found.retain(|filler| allowed(filler, &self.rule.source_kinds));
                by_subject |= slot.place == Place::Subject && !found.is_empty() && tells;
                side.extend(found);
            }
            // "between" names everyone.
            if matches!(&slot.place, Place::Preposition(p) if matches!(&**p, "between" | "among"))
                && distinct(&left) > 1
            {
                return (left, Vec::new());
            }
        }
        if left.is_empty() {
            return (right, left);
        }
        (left, right)
    }

    /// "Is expected for talks with Paris and London": those that meet somebody do not meet each
    /// other.
    fn is_with_others(&self, side: &[Filler]) -> bool {
        let view = self.view;
        self.part == Part::Noun
            && view.obliques(self.trigger).iter().any(|phrase| {
                let behind = phrase.head..TokenIndex::new(view.len());
                view.word(phrase.marker) == "with"
                    && side.iter().all(|filler| filler.token.is_some_and(|t| behind.contains(&t)))
            })
    }

    /// The actors of a role: those of the first place that yields any but `taken`.
    fn role(
        &self,
        slots: &[Slot],
        taken: &[EntityId],
        kinds: &[crate::model::EntityKind],
    ) -> Vec<Filler> {
        for slot in slots {
            let mut found = self.slot(slot, taken);
            let several = found.len() > 1;
            // "The two countries" on both sides stays whole; the pairs drop the same actor.
            if !several {
                found.retain(|filler| !taken.contains(&filler.entity));
            }
            found.retain(|filler| allowed(filler, kinds));
            let only_taken =
                found.iter().all(|filler| taken.contains(&filler.entity)) && taken.len() < 2;
            if !found.is_empty() && !only_taken {
                return found;
            }
        }
        Vec::new()
    }

    fn slot(&self, slot: &Slot, taken: &[EntityId]) -> Vec<Filler> {
        let view = self.view;
        let place = &slot.place;
        if matches!(place, Place::Modifier | Place::Modifiers | Place::Adjective | Place::Compound)
        {
            let mut found = Vec::new();
            let owners = view.by(self.trigger, &[Deprel::NmodPoss]);
            for owner in owners.into_iter().filter(|_| *place != Place::Compound) {
                found.extend(view.actors(owner, slot.reach.min(Reach::Owner)));
            }
            for token in view.premodifiers(self.trigger) {
                let mention = view.actor(token).expect("premodifiers are mentions");
                let whole = view.is_whole_name(mention);
                if whole && *place == Place::Adjective || !whole && *place == Place::Compound {
                    continue;
                }
                for filler in view.fillers(mention, token, Reach::Actor, false) {
                    if !found.iter().any(|known: &Filler| known.entity == filler.entity) {
                        found.push(filler);
                    }
                }
            }
            if *place == Place::Modifiers && distinct(&found) < 2 {
                found.clear();
            }
            return found;
        }
        let mut found: Vec<Filler> = Vec::new();
        let mut governor = None;
        for head in self.heads(&slot.place) {
            // "To Turkey, to Spain": further phrases at the same verb name further ones.
            let further = matches!(slot.place, Place::Preposition(_))
                && self.part == Part::Verb
                && view.head(head) == governor;
            if !found.is_empty() && !further {
                continue;
            }
            let mut more = if slot.reach == Reach::Conduct {
                view.conductors(head, taken)
            } else {
                view.actors(head, slot.reach)
            };
            more.retain(|filler| !self.is_mere_weapon(filler));
            // "Wants North Korean shells" tells whose they are, "wants Ukraine aid" who gets it.
            if self.rule.goods == Goods::Required && slot.place == Place::Object {
                more.retain(|filler| {
                    let own = |mention| filler.token != Some(head) && view.is_whole_name(mention);
                    !filler.mention.is_some_and(own)
                });
            }
            if more.iter().any(|filler| !taken.contains(&filler.entity)) {
                governor = view.head(head);
                for filler in more {
                    if !found.iter().any(|known| known.entity == filler.entity) {
                        found.push(filler);
                    }
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
        for head in self.heads_by_order(&slot.place) {
            if view.actor(head).is_some_and(|mention| view.is_quality(mention)) {
                continue;
            }
            let found = view.actors(head, Reach::Actor);
            if found.iter().any(|filler| !taken.contains(&filler.entity)) {
                return found;
            }
        }
        Vec::new()
    }

    /// Where the tree gives nobody: the actor that word order puts there.
    fn heads_by_order(&self, place: &Place) -> Vec<TokenIndex> {
        let view = self.view;
        match place {
            Place::Subject if self.part == Part::Verb && !view.is_passive(self.trigger) => {
                if !view.subjects(self.trigger).is_empty() {
                    return Vec::new();
                }
                view.subject_by_order(self.trigger).into_iter().collect()
            }
            Place::Object if self.part == Part::Verb && !view.is_passive(self.trigger) => {
                view.actor_by_order(self.last).into_iter().collect()
            }
            Place::Preposition(wanted) => {
                let phrases = view.obliques(self.trigger);
                phrases
                    .iter()
                    .filter(|phrase| {
                        let own = self.part != Part::Noun
                            || phrase.distance == 0
                            || !matches!(&**wanted, "by" | "of");
                        own && view.word(phrase.marker) == &**wanted
                            && phrase.marker > self.trigger
                            && !self.stands_between(phrase)
                    })
                    .filter_map(|phrase| view.actor_by_order(phrase.marker))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The possessives before a noun.
    fn possessives(&self) -> Vec<TokenIndex> {
        let view = self.view;
        let mut found = view.by(self.trigger, &[Deprel::NmodPoss]);
        found.extend(view.premodifiers(self.trigger).into_iter().filter(|&token| {
            let mention = view.mentions[view.actor(token).expect("premodifiers are mentions")];
            view.is_possessive(mention) || mention.form == MentionForm::Pronoun
        }));
        found
    }

    /// The heads of the phrases at `place`, nearest first.
    pub(crate) fn heads(&self, place: &Place) -> Vec<TokenIndex> {
        let view = self.view;
        let trigger = self.trigger;
        let verb = || match self.part {
            Part::Noun => view.support_verb(trigger),
            _ => Some(trigger),
        };
        match place {
            Place::Subject => match (self.part, verb()) {
                (Part::Verb, _) => view.subjects(trigger),
                (Part::Adjective, _) => view.surface_subjects(trigger, 0),
                (Part::Noun, Some(verb)) if verb == trigger => view.by(trigger, &[Deprel::Nsubj]),
                (Part::Noun, Some(verb)) => {
                    // "are engaged in talks": nobody engages them.
                    let state = view.deprel(trigger) == Deprel::Obl
                        && view.is_passive(verb)
                        && view.by(verb, &[Deprel::OblAgent]).is_empty();
                    let mut found =
                        if state { view.surface_subjects(verb, 0) } else { view.subjects(verb) };
                    found.retain(|&head| head != trigger);
                    found
                }
                // "Russia, Iran's main supplier", "Iran's main supplier is Russia".
                (Part::Noun, None) => match view.head(trigger) {
                    Some(head)
                        if view.actor(head).is_some()
                            && (view.deprel(trigger) == Deprel::Appos
                                || view.deprel(trigger) == Deprel::Nsubj
                                    && !view.by(head, &[Deprel::Cop]).is_empty()) =>
                    {
                        vec![head]
                    }
                    Some(head) if self.is_occasion() => {
                        if view.actor(head).is_some() {
                            vec![head]
                        } else {
                            view.subjects(head)
                        }
                    }
                    _ => self.blamed(),
                },
            },
            Place::Object => {
                let Some(verb) = verb() else { return Vec::new() };
                let mut found = view.objects(verb);
                // A noun is no part of its own object; a relative clause is part of what it is about.
                let is_part = |head| self.part == Part::Noun && view.tree.is_within(trigger, head);
                found.retain(|&head| head != trigger && !is_part(head));
                found
            }
            Place::Indirect => {
                let Some(verb) = verb() else { return Vec::new() };
                self.indirect(verb)
            }
            Place::Possessive => self.possessives(),
            Place::Modifier | Place::Modifiers | Place::Adjective | Place::Compound => {
                view.premodifiers(trigger)
            }
            Place::Clause => view.by(
                trigger,
                &[Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl, Deprel::Acl, Deprel::Parataxis],
            ),
            Place::Itself => vec![trigger],
            Place::Preposition(wanted) => {
                // "hand over to": the phrase may hang on a later word of the trigger.
                let later = (self.last != trigger).then(|| view.obliques(self.last));
                let phrases = view.obliques(trigger).iter().chain(later.into_iter().flatten());
                let noun = self.part == Part::Noun;
                let fits = |phrase: &&crate::clauses::view::Oblique| {
                    let marker = view.word(phrase.marker);
                    // The agent of the verb above a noun is not the noun's, and "the trip since the
                    // invasion of Ukraine" is not Ukraine's.
                    let above = view.head(phrase.head).and_then(|above| view.marker(above));
                    let own = phrase.distance == 0
                        || phrase.distance == 1 && &**wanted != "by" && above == Some("of");
                    if noun && !own && matches!(&**wanted, "by" | "of") {
                        return false;
                    }
                    if self.stands_between(phrase) {
                        return false;
                    }
                    marker == &**wanted
                        || (marker == "towards" && &**wanted == "toward")
                        || (marker == "onto" && &**wanted == "to")
                };
                let mut heads: Vec<TokenIndex> =
                    phrases.filter(fits).map(|phrase| phrase.head).collect();
                // Gerunds after a preposition are clauses: "accused of supplying".
                for &clause in view.children(trigger) {
                    let governed =
                        matches!(view.deprel(clause), Deprel::Advcl | Deprel::Acl | Deprel::Xcomp);
                    if governed
                        && view.marker(clause) == Some(&**wanted)
                        && !heads.contains(&clause)
                    {
                        heads.push(clause);
                    }
                }
                heads
            }
        }
    }

    /// "Met to discuss tensions with China": with whom the tensions are, not the talk; unless the
    /// rule asks for such a noun, as "severed ties with" does.
    fn stands_between(&self, phrase: &crate::clauses::view::Oblique) -> bool {
        let view = self.view;
        let noun = view.step(phrase.marker, -1);
        self.part == Part::Verb
            && self.rule.with.is_empty()
            && phrase.distance > 0
            && view.word(phrase.marker) == "with"
            && noun.is_some_and(|noun| view.is(WordList::Between, noun))
    }

    /// Whether an event is the occasion of what somebody does: "on a visit to", "shortly after a
    /// call with".
    fn is_occasion(&self) -> bool {
        let view = self.view;
        let occasion = matches!(
            view.marker(self.trigger),
            Some("on" | "during" | "after" | "before" | "following")
        );
        occasion
            && matches!(view.deprel(self.trigger), Deprel::Obl | Deprel::Nmod)
            && view
                .head(self.trigger)
                .is_some_and(|head| view.is_verb(head) || view.actor(head).is_some())
    }

    /// Whose doing a noun is for which somebody is warned, thanked or accused: "warned China over
    /// support for", "thanked Poland for its help".
    fn blamed(&self) -> Vec<TokenIndex> {
        let view = self.view;
        let about = matches!(view.marker(self.trigger), Some("over" | "for" | "about" | "of"));
        match view.head(self.trigger) {
            Some(verb)
                if about
                    && view.deprel(self.trigger) == Deprel::Obl
                    && view.is_verb(verb)
                    && view.is(WordList::ObjectControl, verb) =>
            {
                view.objects(verb).into_iter().filter(|&object| object < self.trigger).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The first of two objects. Parsers often take it for a modifier of the second.
    fn indirect(&self, verb: TokenIndex) -> Vec<TokenIndex> {
        let view = self.view;
        let own = view.by(verb, &[Deprel::Iobj]);
        if !own.is_empty() {
            return own;
        }
        if view.is_passive(verb) {
            return view.surface_subjects(verb, 0);
        }
        let objects = view.by(verb, &[Deprel::Obj]);
        if objects.len() > 1 {
            return objects[..1].to_vec();
        }
        if let Some(next) = view.step(verb, 1)
            && let Some(mention) = view.actor(next)
            && let mention = view.mentions[mention]
            && mention.form != MentionForm::Demonym
            && let Some(after) = view.step(TokenIndex(mention.tokens.end() - 1), 1)
            && (view.is_noun(after)
                || matches!(
                    view.upos(after),
                    crate::model::Upos::Adjective
                        | crate::model::Upos::Numeral
                        | crate::model::Upos::Determiner
                ))
        {
            return vec![next];
        }
        Vec::new()
    }
}

fn allowed(filler: &Filler, kinds: &[crate::model::EntityKind]) -> bool {
    kinds.is_empty() || kinds.contains(&filler.entity.kind())
}

fn distinct(fillers: &[Filler]) -> usize {
    let mut ids: Vec<&EntityId> = fillers.iter().map(|filler| &filler.entity).collect();
    ids.sort();
    ids.dedup();
    ids.len()
}

/// Unordered pairs: across the sides, else among the members of the one side.
fn symmetric(left: &[Filler], right: &[Filler]) -> Vec<(Filler, Filler)> {
    let mut pairs: Vec<(Filler, Filler)> = Vec::new();
    let mut add = |a: &Filler, b: &Filler| {
        let (a, b) = if a.entity <= b.entity { (a, b) } else { (b, a) };
        let known = pairs.iter().any(|(x, y)| x.entity == a.entity && y.entity == b.entity);
        if a.entity != b.entity && !known {
            pairs.push((a.clone(), b.clone()));
        }
    };
    let crosses = left.iter().any(|a| right.iter().any(|b| a.entity != b.entity));
    if right.is_empty() || !crosses {
        let side = if distinct(left) > 1 { left } else { right };
        for (i, a) in side.iter().enumerate() {
            for b in &side[i + 1..] {
                add(a, b);
            }
        }
    } else {
        for a in left {
            for b in right {
                add(a, b);
            }
        }
    }
    pairs
}
