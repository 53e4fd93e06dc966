//! One rule at one trigger: what fills its roles, and which pairs of source and target come of it.

use std::collections::BTreeSet;

use strum::IntoStaticStr;

use super::compile::{Extractor, Part, Place, Slot};
use super::file::Goods;
use super::items::{self, Moved};
use super::relations::Relation;
use crate::clauses::actors::{Argument, Reach};
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{
    Against, Alongside, Among, Another, Between, By, Each, Either, From, Neither, Of, One, Other,
    The, To, With,
};
use crate::lexicon::WordList;
use crate::model::{Deprel, EntityId, EntityKind, MentionForm, TokenIndex, Xpos};

/// A trigger with its roles filled, before coordination is distributed.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    /// Index of the extractor.
    pub(crate) rule: usize,
    pub(crate) trigger: TokenIndex,
    /// The last word of a trigger of several words.
    pub(crate) last: TokenIndex,
    /// Source and target of each claim.
    pub(crate) pairs: Vec<(Argument, Argument)>,
    pub(crate) moved: Vec<Moved>,
}

/// A trigger whose rule did not match, and why.
#[derive(Debug, Clone)]
pub(crate) struct Missed {
    pub(crate) rule: usize,
    pub(crate) trigger: TokenIndex,
    pub(crate) missing: Missing,
    /// Whether somebody whom no mention names stands in the place of the target, which is then not
    /// left out.
    pub(crate) blocked: bool,
    pub(crate) source: Vec<Argument>,
    pub(crate) target: Vec<Argument>,
    pub(crate) moved: Vec<Moved>,
}

/// What a rule did not find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Missing {
    Source,
    Target,
    Goods,
}

/// Everything that one sentence's triggers give.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    pub(crate) found: Vec<Match>,
    pub(crate) missed: Vec<Missed>,
}

/// One rule at one trigger.
pub(crate) struct Attempt<'v, 'a> {
    pub(crate) view: &'v View<'a>,
    pub(crate) rule: &'v Extractor,
    pub(crate) relation: &'v Relation,
    pub(crate) index: usize,
    pub(crate) trigger: TokenIndex,
    pub(crate) last: TokenIndex,
    pub(crate) part: Part,
}

impl Attempt<'_, '_> {
    /// Fills the roles and reads the goods.
    pub(crate) fn run(&self, matches: &mut Matches) {
        let mut moved = self.moved();
        let has_phrase = self.has_goods_phrase();
        let mut missing = None;
        if self.rule.goods != Goods::Any && !items::admits(self.rule.goods, &moved, has_phrase) {
            if self.refers_to_goods() {
                moved.clear();
            } else {
                missing = Some(Missing::Goods);
            }
        }
        let (pairs, source, target) = if self.rule.parties.is_empty() {
            let source = self.role(&self.rule.source, &[], &self.rule.source_kinds, false);
            let taken: Vec<EntityId> = source.iter().map(|f| f.entity.clone()).collect();
            let mut target = self.role(&self.rule.target, &taken, &self.rule.target_kinds, true);
            target.retain(|argument| !self.is_of_the_goods(argument, &moved));
            (self.directed(&source, &target), source, target)
        } else {
            let (left, right) = self.sides();
            let pairs =
                if self.is_with_others(&left) || right.is_empty() && self.has_unnamed_partner() {
                    Vec::new()
                } else {
                    symmetric(&left, &right)
                };
            (pairs, left, right)
        };
        if missing.is_none() && pairs.is_empty() {
            missing = Some(if source.is_empty() { Missing::Source } else { Missing::Target });
        }
        let (moved, pairs, gapped) = self.split_gap(moved, pairs);
        matches.found.extend(gapped);
        let (rule, trigger, last) = (self.index, self.trigger, self.last);
        match missing {
            None => matches.found.push(Match { rule, trigger, last, pairs, moved }),
            Some(missing) => {
                let blocked = self.has_unnamed_target();
                let missed = Missed { rule, trigger, missing, blocked, source, target, moved };
                matches.missed.push(missed);
            }
        }
    }

    fn directed(&self, source: &[Argument], target: &[Argument]) -> Vec<(Argument, Argument)> {
        let mut pairs = Vec::new();
        let each_other = source.len() > 1 && self.names_each_other();
        let target = if each_other { &[] } else { target };
        for from in source {
            for to in target {
                // "Putin warned that Russia could": nobody warns of their own state.
                // Groups do: rebels warn of what their state will do.
                let own = to.reach == Reach::EmbeddedSubject
                    && !from.entity.is_group()
                    && self.view.directory.belongs(&from.entity, &to.entity);
                if from.entity != to.entity && !own {
                    pairs.push((from.clone(), to.clone()));
                }
            }
        }
        // "accused one another": each of the source's members the others.
        if target.is_empty() && (each_other || source.len() > 1 && self.rule.reciprocal) {
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
    fn is_of_the_goods(&self, argument: &Argument, moved: &[Moved]) -> bool {
        let Some(mention) = argument.mention.filter(|_| argument.by_metonymy) else { return false };
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

    /// "Warned each other", "accused one another", "each side accused the other", where the target
    /// would stand.
    fn names_each_other(&self) -> bool {
        let view = self.view;
        let one_by_one = || {
            view.tokens()
                .take_while(|&token| token < self.trigger)
                .any(|token| matches!(view.function(token), Some(Each | Either | Neither)))
        };
        let stands_at_target = |token: TokenIndex| {
            let before =
                view.step(token, -1).filter(|&before| view.is(WordList::Preposition, before));
            self.rule.target.iter().any(|slot| match (&slot.place, before) {
                (Place::Preposition(wanted), Some(before)) => view.is_preposition(before, *wanted),
                (Place::Object | Place::Indirect | Place::Clause, None) => true,
                _ => false,
            })
        };
        view.tokens().any(|token| {
            token > self.trigger
                && token.0 - self.trigger.0 < 8
                && view.step(token, -1).is_some_and(|before| {
                    let mutual = match (view.function(before), view.function(token)) {
                        (Some(One), Some(Another)) | (Some(Each), Some(Other)) => true,
                        (Some(The), Some(Other)) => one_by_one(),
                        _ => false,
                    };
                    mutual && stands_at_target(before)
                })
        })
    }

    /// The two sides of a symmetric relation; the right one is empty where one phrase names all.
    fn sides(&self) -> (Vec<Argument>, Vec<Argument>) {
        let (mut left, mut right): (Vec<Argument>, Vec<Argument>) = (Vec::new(), Vec::new());
        let view = self.view;
        let tells = view.deprel(self.trigger) == Deprel::Appos
            || !view.by(self.trigger, &[Deprel::Cop]).is_empty();
        let mut by_subject = false;
        for slot in &self.rule.parties {
            let preposition = slot.place.preposition();
            // "A and B, C's partners": those that are told of, and whose they are.
            let owner = matches!(slot.place, Place::Possessive | Place::Modifier);
            let second = by_subject && owner
                || matches!(preposition, Some(With | To | From | By | Against | Alongside | Of))
                || matches!(slot.place, Place::Object | Place::Indirect);
            let side = if second { &mut right } else { &mut left };
            if side.is_empty() {
                let mut found = self.slot(slot, &[]);
                found.retain(|argument| allowed(argument, &self.rule.source_kinds));
                by_subject |= slot.place == Place::Subject && !found.is_empty() && tells;
                side.extend(found);
            }
            // "between" names everyone.
            if matches!(preposition, Some(Between | Among)) && distinct(&left) > 1 {
                return (left, Vec::new());
            }
        }
        if left.is_empty() {
            return (right, left);
        }
        (left, right)
    }

    /// "Scholz and Macron met with pupils": whom they met stands there without a name, so that they
    /// did not meet each other.
    fn has_unnamed_partner(&self) -> bool {
        let view = self.view;
        self.part == Part::Verb
            && view.obliques(self.trigger).iter().any(|phrase| {
                let asks = |slot: &Slot| slot.place.preposition() == Some(With);
                phrase.preposition == Some(With)
                    && phrase.distance == 0
                    && view.xpos(phrase.head) == Xpos::Nns
                    && self.rule.parties.iter().any(asks)
            })
    }

    /// "Is expected for talks with Paris and London": those that meet somebody do not meet each
    /// other.
    fn is_with_others(&self, side: &[Argument]) -> bool {
        let view = self.view;
        // "In a meeting with Xi, Putin said": he stands behind, and met him.
        let subjects = view.head(self.trigger).map_or_else(Vec::new, |verb| view.subjects(verb));
        self.part == Part::Noun
            && view.obliques(self.trigger).iter().any(|phrase| {
                let behind = phrase.head..TokenIndex::new(view.len());
                let is_other = |token| behind.contains(&token) && !subjects.contains(&token);
                phrase.preposition == Some(With)
                    && side.iter().all(|argument| argument.token.is_some_and(is_other))
            })
    }
}

pub(super) fn allowed(argument: &Argument, kinds: &[EntityKind]) -> bool {
    kinds.is_empty() || kinds.contains(&argument.entity.kind())
}

pub(super) fn distinct(arguments: &[Argument]) -> usize {
    let ids: BTreeSet<&EntityId> = arguments.iter().map(|argument| &argument.entity).collect();
    ids.len()
}

/// Unordered pairs: across the sides, else among the members of the one side.
fn symmetric(left: &[Argument], right: &[Argument]) -> Vec<(Argument, Argument)> {
    let mut pairs: Vec<(Argument, Argument)> = Vec::new();
    let mut add = |a: &Argument, b: &Argument| {
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
