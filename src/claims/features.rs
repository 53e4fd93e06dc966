//! The features of a proposal: its rule and trigger, how each argument was found, what else could
//! fill the role, the words that decided factuality.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use strum::Display;

use super::context::Context;
use super::dealings::Dealings;
use super::derived::Derived;
use super::surroundings;
use super::teller::{Teller, band, count, tenth};
use super::vocabulary::{Detail, End, Feature, Found, Instead, Name, Side};
use crate::clauses::actors::Argument;
use crate::clauses::view::View;
use crate::model::{Deprel, EntityId, Mention, MentionForm, TokenIndex};

/// How many steps of a path are told apart.
const LONGEST_PATH: usize = 5;

/// Calls `tell` with each feature of a proposal.
pub(super) fn features(
    context: &Context<'_>,
    proposal: &Derived,
    dealings: &Dealings<'_>,
    tell: &mut dyn FnMut(&str),
) {
    let claim = &proposal.claim;
    let Some(view) = &context.views[proposal.sentence] else { return };
    let mut teller = Teller::new(claim.relation.as_str(), tell);
    teller.flag(Feature::Always);
    teller.value(Feature::Rule, &claim.rule);
    teller.value(Feature::RuleWeight, tenth(proposal.weight));
    teller.value(Feature::Relation, &claim.relation);
    teller.both(Feature::Polarity, claim.polarity);
    teller.both(Feature::Modality, claim.modality);
    trigger_features(view, proposal.trigger, &mut teller);
    for (end, argument, other) in [
        (End::Source, &proposal.source, &proposal.target),
        (End::Target, &proposal.target, &proposal.source),
    ] {
        argument_features(context, view, proposal, end, argument, &mut teller);
        let same = argument.token.is_some() && argument.token == other.token;
        if same {
            teller.flag(Feature::OnePhraseForBoth);
        }
    }
    pair_features(proposal, &mut teller);
    unnamed_features(view, proposal, &mut teller);
    factuality_features(view, proposal, &mut teller);
    sentence_features(view, &mut teller);
    teller.both(Feature::Told, count(dealings.told(proposal), 4));
    teller.value(Feature::AtTrigger, count(dealings.at_trigger(proposal), 6));
    surroundings::features(context, view, proposal, dealings, &mut teller);
}

/// The trigger, its place in the sentence and what stands beside it.
fn trigger_features(view: &View<'_>, trigger: TokenIndex, teller: &mut Teller<'_>) {
    teller.both(Feature::Trigger, view.lemma(trigger));
    teller.both(Feature::TriggerTag, view.xpos(trigger));
    teller.both(Feature::TriggerRelation, view.deprel(trigger));
    if let Some(above) = view.head(trigger) {
        teller.value(Feature::Above, view.lemma(above));
        teller.both(Feature::AboveTag, view.upos(above));
    } else {
        teller.flag(Feature::AboveNothing);
    }
    for &child in view.children(trigger) {
        let deprel = view.deprel(child);
        match deprel {
            Deprel::Obj | Deprel::Iobj | Deprel::Xcomp | Deprel::Ccomp | Deprel::CompoundPrt => {
                teller.value(Name::Child(deprel), view.lemma(child));
                teller.both(Feature::Has, deprel);
            }
            Deprel::Aux | Deprel::Mark | Deprel::Case | Deprel::Det => {
                teller.value(Name::Child(deprel), view.lemma(child));
            }
            Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::Compound
            | Deprel::NmodPoss
            | Deprel::Amod => {
                let is_actor = view.actor(child).is_some();
                let word = if is_actor { Instead::Actor.into() } else { view.lemma(child) };
                teller.value(Name::Child(deprel), word);
                teller.both(Feature::Has, deprel);
            }
            Deprel::Obl | Deprel::Nmod | Deprel::Advcl => {
                teller.both(Feature::Phrase, marker(view, child));
            }
            _ => {}
        }
    }
}

/// The word that marks the phrase at `head`: "to".
fn marker<'v>(view: &'v View<'_>, head: TokenIndex) -> &'v str {
    view.marker(head).map_or(Instead::None.into(), |marker| view.word(marker))
}

/// How one argument was found.
fn argument_features(
    context: &Context<'_>,
    view: &View<'_>,
    proposal: &Derived,
    end: End,
    argument: &Argument,
    teller: &mut Teller<'_>,
) {
    teller.both((end, Detail::Kind), argument.entity.kind());
    teller.both((end, Detail::Found), Found::of(argument));
    let Some(token) = argument.token else { return };
    teller.both((end, Detail::Path), path(view, proposal.trigger, token));
    if let Some(marker) = view.marker(token) {
        teller.both((end, Detail::Marker), view.word(marker));
    }
    if view.actor(token).is_none() {
        teller.both((end, Detail::Noun), view.lemma(token));
    }
    let Some(mention) = argument.mention.map(|index| view.mentions[index]) else { return };
    teller.both((end, Detail::Form), mention.form);
    if mention.entities.len() > 1 {
        teller.flag((end, Detail::IsSeveral));
    }
    let head = view.tree.head_of(mention.tokens);
    if matches!(view.deprel(head), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss)
        && let Some(noun) = view.head(head)
    {
        teller.value((end, Detail::Modifies), view.lemma(noun));
        teller.both((end, Detail::ModifiesAs), view.deprel(head));
    }
    if !mention.form.is_named() && mention.form != MentionForm::Town {
        reference_features(context, view, mention, end, teller);
    }
}

/// How a mention that refers back does it.
fn reference_features(
    context: &Context<'_>,
    view: &View<'_>,
    mention: &Mention,
    end: End,
    teller: &mut Teller<'_>,
) {
    let last = TokenIndex(mention.tokens.end() - 1);
    teller.both((end, Detail::Reference), view.word(last));
    if mention.form == MentionForm::Description {
        let first = TokenIndex(mention.tokens.start());
        teller.value((end, Detail::ReferenceBegins), view.word(first));
    }
    let antecedent = mention.antecedent.and_then(|index| context.named.get(index));
    let distance = match antecedent {
        None => Instead::None.into(),
        Some(&sentence) if sentence > view.number => Side::After.into(),
        Some(&sentence) => match view.number - sentence {
            0 => "0",
            1 => "1",
            2 | 3 => "2-3",
            4..=8 => "4-8",
            _ => Instead::Far.into(),
        },
    };
    teller.value((end, Detail::ReferenceDistance), distance);
}

/// The two arguments together.
fn pair_features(proposal: &Derived, teller: &mut Teller<'_>) {
    let (source, target) = (&proposal.source, &proposal.target);
    let kinds = format_args!("{}-{}", source.entity.kind(), target.entity.kind());
    teller.both(Feature::Kinds, kinds);
    let trigger = proposal.trigger;
    if let (Some(source), Some(target)) = (source.token, target.token) {
        let side = |token| Side::of(token, trigger);
        let order = format_args!("{}-{}-{}", side(source), side(target), source < target);
        teller.both(Feature::Order, order);
    } else {
        teller.both(Feature::Order, Found::Implicit);
    }
    let far = [source, target]
        .iter()
        .filter_map(|argument| argument.token)
        .map(|token| token.0.abs_diff(trigger.0))
        .max()
        .unwrap_or(0);
    teller.value(Feature::Distance, band(far));
    let said_by = match &proposal.claim.attribution {
        None => SaidBy::Nobody,
        Some(said) => match &said.holder {
            Some(holder) if *holder == source.entity => SaidBy::Source,
            Some(holder) if *holder == target.entity => SaidBy::Target,
            Some(_) => SaidBy::Other,
            None => SaidBy::Unnamed,
        },
    };
    teller.both(Feature::SaidBy, said_by);
}

/// Who says it.
#[derive(Display)]
#[strum(serialize_all = "kebab-case")]
enum SaidBy {
    Source,
    Target,
    Other,
    /// Somebody without a name.
    Unnamed,
    Nobody,
}

/// Where a noun phrase hangs on the trigger.
#[derive(PartialEq, Eq, Display)]
#[strum(serialize_all = "kebab-case")]
enum Slot {
    Subject,
    PassiveSubject,
    Object,
    Indirect,
    Agent,
    Possessor,
    Phrase,
}

impl Slot {
    fn of(deprel: Deprel) -> Option<Self> {
        Some(match deprel {
            Deprel::Nsubj => Self::Subject,
            Deprel::NsubjPass => Self::PassiveSubject,
            Deprel::Obj => Self::Object,
            Deprel::Iobj => Self::Indirect,
            Deprel::OblAgent => Self::Agent,
            Deprel::NmodPoss => Self::Possessor,
            Deprel::Obl | Deprel::Nmod => Self::Phrase,
            _ => return None,
        })
    }
}

/// Noun phrases without a name that could fill a role at the trigger.
fn unnamed_features(view: &View<'_>, proposal: &Derived, teller: &mut Teller<'_>) {
    let taken = [proposal.source.token, proposal.target.token];
    for &child in view.children(proposal.trigger) {
        let Some(slot) = Slot::of(view.deprel(child)) else { continue };
        if taken.contains(&Some(child)) || !view.is_noun(child) {
            continue;
        }
        let named = view.tree.subtree(child).iter().any(|&token| view.actor(token).is_some());
        let with = if named { "with" } else { "without" };
        let marker = if slot == Slot::Phrase { marker(view, child) } else { Instead::None.into() };
        teller.both(Feature::Unnamed, format_args!("{slot}-{marker}-{with}-name"));
    }
}

/// What decided polarity and modality.
fn factuality_features(view: &View<'_>, proposal: &Derived, teller: &mut Teller<'_>) {
    for cue in &proposal.cues {
        teller.both(Feature::Cue, cue.effect);
        teller.value(Feature::CueWord, view.lemma(cue.token));
    }
    for above in view.tree.ancestors(proposal.trigger).take(3) {
        teller.value(Feature::Ancestor, view.lemma(above));
    }
}

/// The sentence as a whole.
fn sentence_features(view: &View<'_>, teller: &mut Teller<'_>) {
    teller.both(Feature::SentenceKind, view.sentence.kind);
    teller.value(Feature::Length, band(u32::try_from(view.len()).unwrap_or(u32::MAX)));
    let actors: BTreeSet<&EntityId> = view
        .mentions
        .iter()
        .filter(|mention| mention.form != MentionForm::Town)
        .flat_map(|mention| &mention.entities)
        .filter(|entity| entity.is_actor())
        .collect();
    teller.value(Feature::Actors, count(actors.len(), 6));
}

/// The relations from the trigger up to the word above both, and down to `token`.
fn path(view: &View<'_>, trigger: TokenIndex, token: TokenIndex) -> String {
    let (left, entered) = view.tree.way(trigger, token);
    if left.len() + entered.len() > LONGEST_PATH {
        return <&str>::from(Instead::Far).to_owned();
    }
    let mut path = String::new();
    for step in left {
        let _ = write!(path, "<{}", view.deprel(step));
    }
    for step in entered {
        let _ = write!(path, ">{}", view.deprel(step));
    }
    if path.is_empty() { "itself".to_owned() } else { path }
}
