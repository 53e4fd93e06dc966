//! What moves at a trigger: where its rule looks for goods, whether anything stands there, and who
//! moves what in a clause that leaves its verb out.

use super::attempt::{Attempt, Match};
use super::compile::{Part, Place};
use super::items::{self, Moved};
use crate::clauses::actors::{Argument, Reach};
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{
    All, And, Any, Both, Either, Into, It, That, This, To, Which, While,
};
use crate::lexicon::{WordList, WordTable};
use crate::model::{Deprel, MentionForm, TokenIndex, Upos, month_number};

impl Attempt<'_, '_> {
    /// "Russia sent oil and China machine tools to …": an actor after a conjunction, right before
    /// goods, stands in the place of the source, or of the target where that has no preposition
    /// either ("sold Iran submarines and China jets"). What is the verb's own comes first, then
    /// the match of the clause that leaves the verb out.
    pub(crate) fn split_gap(
        &self,
        moved: Vec<Moved>,
        pairs: Vec<(Argument, Argument)>,
    ) -> (Vec<Moved>, Vec<(Argument, Argument)>, Option<Match>) {
        let view = self.view;
        let none = |moved, pairs| (moved, pairs, None);
        if self.part != Part::Verb || self.rule.items.is_empty() || pairs.is_empty() {
            return none(moved, pairs);
        }
        let byte = |token: TokenIndex| view.sentence.tokens[token.index()].span.start();
        let gap = view.tokens().find_map(|joint| {
            let behind = view.step(joint, 1)?;
            let mention = view.actor(behind)?;
            let tokens = view.mentions[mention].tokens;
            let next = TokenIndex(tokens.end());
            let bare = tokens.start() == behind.0
                && view.mentions[mention].form != MentionForm::Demonym
                && next.index() < view.len()
                && view.weapon(behind).is_none();
            let starts = || {
                view.is_noun(next)
                    || view.weapon(next).is_some()
                    || matches!(view.upos(next), Upos::Numeral | Upos::Adjective | Upos::Symbol)
            };
            let joins =
                matches!(view.function(joint), Some(And | While)) || view.word(joint) == ";";
            (joins && joint > self.last && bare && starts()).then_some((joint, mention, behind))
        });
        let Some((joint, mention, behind)) = gap else { return none(moved, pairs) };
        let (own, others): (Vec<Moved>, Vec<Moved>) =
            moved.iter().cloned().partition(|moved| moved.item.span.start() < byte(joint));
        let after = byte(behind);
        let beside = others.first().is_some_and(|first| {
            let between = view.tokens().filter(|&t| {
                let at = byte(t);
                at > after && at < first.item.span.start() && view.actor(t) != Some(mention)
            });
            between.count() <= 3
        });
        if own.is_empty() || !beside {
            return none(moved, pairs);
        }
        let actor = view.arguments_of(mention, behind);
        let is_actor = |argument: &Argument| actor.iter().any(|a| a.entity == argument.entity);
        let mut kept = pairs;
        kept.retain(|(from, to)| !is_actor(from) && !is_actor(to));
        // Where the target stands before the goods, it is what the second clause names anew.
        let bare_target = kept.first().is_some_and(|(_, to)| {
            to.token.is_some_and(|t| t > self.last && byte(t) < own[0].item.span.start())
        });
        let mut pairs = Vec::new();
        for (from, to) in &kept {
            for argument in &actor {
                pairs.push(if bare_target {
                    (from.clone(), argument.clone())
                } else {
                    (argument.clone(), to.clone())
                });
            }
        }
        let gapped = (!pairs.is_empty()).then_some(Match {
            rule: self.index,
            trigger: self.trigger,
            last: self.last,
            pairs,
            moved: others,
        });
        (own, kept, gapped)
    }

    pub(crate) fn moved(&self) -> Vec<Moved> {
        let view = self.view;
        for slot in &self.rule.items {
            let found = match slot.place {
                Place::Modifier => self.modifying_goods(),
                Place::Itself => items::items(view, self.trigger),
                _ => {
                    let mut found = Vec::new();
                    let mut heads = self.heads(&slot.place);
                    if slot.place == Place::Object {
                        heads.extend(self.loose_objects());
                        // "The drones Iran sold them": what the clause belongs to.
                        heads.extend(view.gap(self.trigger));
                    }
                    for head in heads {
                        // "The shells that Iran sent": what the pronoun means.
                        let head = view.relative_head(head).unwrap_or(head);
                        found.extend(items::items(view, head));
                        if !found.is_empty() {
                            break;
                        }
                    }
                    found
                }
            };
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Whether a phrase that names nobody stands where the one is looked for who gets the goods:
    /// "armed their rivals", "gave the rebels rifles".
    pub(crate) fn has_unnamed_target(&self) -> bool {
        let view = self.view;
        if self.rule.items.is_empty() {
            return false;
        }
        self.rule.target.iter().any(|slot| {
            let to = matches!(slot.place.preposition(), Some(To | Into));
            let direct = matches!(slot.place, Place::Object | Place::Indirect);
            let looked_for = to || direct && self.part == Part::Verb;
            looked_for
                && self.heads(&slot.place).iter().any(|&head| {
                    let someone = [WordList::Metonym, WordList::GroupNoun, WordList::Office]
                        .into_iter()
                        .any(|list| view.is(list, head) && !view.is(WordList::Goods, head));
                    let goods = !someone
                        && items::items(view, head)
                            .iter()
                            .any(|moved| moved.goods > items::Class::Abstract);
                    let nominal = view.is_noun(head)
                        || matches!(view.function(head), Some(Either | Any | Both | All))
                        || view.upos(head) == Upos::Pronoun
                            && !matches!(view.function(head), Some(It | That | Which | This));
                    let person = view.is(WordList::Metonym, head);
                    nominal && (person || to || !goods)
                })
        })
    }

    /// Phrases without preposition after a verb that the tree does not call its object.
    fn loose_objects(&self) -> Vec<TokenIndex> {
        let view = self.view;
        let loose = [Deprel::Obl, Deprel::OblUnmarked, Deprel::Dep, Deprel::Xcomp];
        let mut found = view.by(self.trigger, &loose);
        found.retain(|&head| {
            head > self.trigger
                && view.marker(head).is_none()
                && !view.is_verb(head)
                && !is_time(view, head)
        });
        // "handed Ukraine more than 200 tanks", the goods below the one who gets them.
        for object in view.by(self.trigger, &[Deprel::Obj, Deprel::Iobj]) {
            if view.actor(object).is_some() {
                found.extend(
                    view.by(object, &[Deprel::Appos, Deprel::Dep, Deprel::Nmod])
                        .into_iter()
                        .filter(|&head| view.marker(head).is_none() && head > object),
                );
            }
        }
        found
    }

    /// Whether a phrase stands where goods are looked for that is no actor.
    pub(crate) fn has_goods_phrase(&self) -> bool {
        self.rule.items.iter().any(|slot| {
            matches!(slot.place, Place::Object)
                && self.heads(&slot.place).iter().any(|&head| {
                    self.view.actors(head, Reach::Actor).is_empty()
                        && !self.view.is(WordList::Measure, head)
                })
        })
    }

    /// Whether a pronoun or a bare number stands where goods are looked for: "sold it to Poland",
    /// "asked Washington for 54".
    pub(crate) fn refers_to_goods(&self) -> bool {
        let view = self.view;
        self.part == Part::Verb
            && self.rule.items.iter().any(|slot| {
                let object = slot.place == Place::Object;
                self.heads(&slot.place).iter().any(|&head| {
                    let pronoun = object
                        && view.form_is(WordList::GoodsPronoun, head)
                        && view.children(head).is_empty();
                    let number = view.upos(head) == Upos::Numeral
                        && !view.is(WordList::Measure, head)
                        && view.by(head, &[Deprel::Nmod, Deprel::Compound]).is_empty()
                        && is_count(view.word(head));
                    (pronoun || number) && head > self.trigger
                })
            })
    }

    /// Goods before a noun: "arms shipments", "weapons and ammunition transfers".
    fn modifying_goods(&self) -> Vec<Moved> {
        let view = self.view;
        let mut found = Vec::new();
        for child in view.by(
            self.trigger,
            &[Deprel::Compound, Deprel::Amod, Deprel::NmodUnmarked, Deprel::Nmod, Deprel::NmodPoss],
        ) {
            if child < self.trigger {
                found.extend(
                    items::items(view, child)
                        .into_iter()
                        .filter(|moved| moved.goods == items::Class::Goods),
                );
            }
        }
        found
    }
}

/// Whether a number counts things and is no year.
fn is_count(word: &str) -> bool {
    word.parse::<u32>().map_or(true, |number| !(1900..2100).contains(&number))
}

/// "Last month" is nothing that moves.
fn is_time(view: &View<'_>, noun: TokenIndex) -> bool {
    view.lemma_is(WordList::TimeNoun, noun)
        || view.lemma_number(WordTable::Weekday, noun).is_some()
        || month_number(view.lemma(noun)).is_some()
}
