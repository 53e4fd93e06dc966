//! Features of a proposal that a careful reader looks for around its trigger: who else stands
//! nearer, which clauses and marks lie between, what the object is, how far a negation reaches,
//! whom else a pronoun may mean.

use std::collections::BTreeSet;

use strum::{Display, IntoStaticStr};

use super::context::Context;
use super::dealings::Dealings;
use super::derived::Derived;
use super::operators::Effect;
use super::teller::{Teller, band, count};
use super::vocabulary::{Detail, End, Feature, Found, Instead, Side};
use crate::clauses::actors::Argument;
use crate::clauses::view::View;
use crate::lexicon::WordList;
use crate::model::{
    Deprel, EntityId, EntityKind, Mention, MentionForm, SentenceKind, TokenIndex, Upos, Xpos,
};

/// How many sentences back another one is looked for whom a pronoun may mean.
const RIVALS_BACK: usize = 2;

pub(super) fn features(
    context: &Context<'_>,
    view: &View<'_>,
    proposal: &Derived,
    dealings: &Dealings<'_>,
    teller: &mut Teller<'_>,
) {
    let [source, target] = [&proposal.source, &proposal.target].map(|found| form(view, found));
    let (rule, lemma) = (&proposal.claim.rule, view.lemma(proposal.trigger));
    teller.value(Feature::RuleForms, format_args!("{rule} {source} {target}"));
    teller.both(Feature::Forms, format_args!("{source} {target}"));
    teller.value(Feature::RuleTrigger, format_args!("{rule} {lemma}"));
    for (end, argument, of_rule, form) in [
        (End::Source, &proposal.source, Feature::RuleSource, source),
        (End::Target, &proposal.target, Feature::RuleTarget, target),
    ] {
        teller.value(of_rule, format_args!("{rule} {form}"));
        participant(view, proposal, end, argument, teller);
        standing(view, end, argument, dealings, teller);
    }
    trigger(view, proposal, teller);
    factuality(view, proposal, teller);
    place(context, view, proposal, teller);
    others(context, proposal, dealings, teller);
}

/// By what form an argument is named, and in which way it was reached.
fn form(view: &View<'_>, argument: &Argument) -> String {
    let Some(mention) = argument.mention.map(|index| view.mentions[index]) else {
        return "context".to_owned();
    };
    let way = match Found::of(argument) {
        Found::Implicit | Found::Named => "",
        Found::Metonymy => "-behind",
        Found::Possessor => "-owner",
        Found::Embedded => "-embedded",
    };
    format!("{}{way}", mention.form)
}

/// What lies between the trigger and one argument, in the tree and in the line.
fn participant(
    view: &View<'_>,
    proposal: &Derived,
    end: End,
    argument: &Argument,
    teller: &mut Teller<'_>,
) {
    let Some(token) = argument.token else { return };
    teller.both((end, Detail::As), view.deprel(token));
    teller.value((end, Detail::Tag), view.xpos(token));
    for &child in view.children(token) {
        match view.deprel(child) {
            Deprel::Det | Deprel::Nummod | Deprel::Case => {
                let is_number = view.upos(child) == Upos::Numeral;
                let word = if is_number { Instead::Number.into() } else { view.word(child) };
                teller.value((end, Detail::Has), word);
            }
            deprel @ (Deprel::Amod
            | Deprel::Appos
            | Deprel::AclRelcl
            | Deprel::Acl
            | Deprel::Nmod) => teller.value((end, Detail::Has), deprel),
            _ => {}
        }
    }
    let trigger = proposal.trigger;
    let (steps, crossed) = way(view, trigger, token);
    teller.both((end, Detail::Steps), count(steps, 6));
    for deprel in &crossed {
        teller.both((end, Detail::Crosses), deprel);
    }
    teller.value((end, Detail::Crossings), count(crossed.len(), 3));
    teller.both((end, Detail::Distance), band(token.0.abs_diff(trigger.0)));
    teller.value((end, Detail::Side), Side::of(token, trigger));
    between(view, proposal, end, token, teller);
    agreement(view, token, end, teller);
}

/// A kind of word or mark that is told instead of itself.
#[derive(IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
enum Divider {
    /// A mark of several characters.
    Mark,
    #[strum(serialize = "finite verb")]
    FiniteVerb,
    Verb,
    /// A relative pronoun.
    Relative,
}

/// Tells each kind of word and mark between the trigger and one argument once.
fn between(
    view: &View<'_>,
    proposal: &Derived,
    end: End,
    token: TokenIndex,
    teller: &mut Teller<'_>,
) {
    let (first, last) = (token.min(proposal.trigger), token.max(proposal.trigger));
    let mut met: BTreeSet<&str> = BTreeSet::new();
    let mut rivals: BTreeSet<&EntityId> = BTreeSet::new();
    for token in view.tokens().skip(first.index() + 1).take_while(|&token| token < last) {
        let word = view.word(token);
        let kind = match view.upos(token) {
            Upos::Punctuation if word.len() > 1 => Some(Divider::Mark.into()),
            Upos::Punctuation | Upos::SubordinatingConjunction | Upos::CoordinatingConjunction => {
                Some(word)
            }
            Upos::Verb if view.is_finite(token) => Some(Divider::FiniteVerb.into()),
            Upos::Verb => Some(Divider::Verb.into()),
            Upos::Pronoun if matches!(view.xpos(token), Xpos::Wdt | Xpos::Wp) => {
                Some(Divider::Relative.into())
            }
            _ => None,
        };
        met.extend(kind);
        if let Some(mention) = view.actor(token) {
            rivals.extend(view.mentions[mention].entities.iter());
        }
    }
    rivals.remove(&proposal.source.entity);
    rivals.remove(&proposal.target.entity);
    for kind in met {
        teller.both((end, Detail::Between), kind);
    }
    teller.both((end, Detail::BetweenActors), count(rivals.len(), 3));
}

/// Whether a subject and its verb agree in number.
fn agreement(view: &View<'_>, token: TokenIndex, end: End, teller: &mut Teller<'_>) {
    if view.deprel(token) != Deprel::Nsubj {
        return;
    }
    let Some(verb) = view.head(token) else { return };
    let plural = matches!(view.xpos(token), Xpos::Nns | Xpos::Nnps);
    let several = plural || !view.by(token, &[Deprel::Conj]).is_empty();
    let agrees = match view.xpos(verb) {
        Xpos::Vbz => !several,
        Xpos::Vbp => several,
        _ => return,
    };
    teller.value((end, Detail::Agreement), if agrees { "yes" } else { "no" });
}

/// How many steps lie between `trigger` and `token` in the tree, and by which relations clauses
/// with a subject of their own are left or entered on the way.
fn way(view: &View<'_>, trigger: TokenIndex, token: TokenIndex) -> (usize, Vec<String>) {
    let (left, entered) = view.tree.way(trigger, token);
    let steps = left.len() + entered.len();
    let is_clause = |at: TokenIndex| {
        matches!(
            view.deprel(at),
            Deprel::Ccomp
                | Deprel::Xcomp
                | Deprel::Advcl
                | Deprel::AclRelcl
                | Deprel::Acl
                | Deprel::Parataxis
                | Deprel::Conj
                | Deprel::Csubj
        )
    };
    let subject = |at: TokenIndex| {
        let own = view.by(at, &[Deprel::Nsubj, Deprel::NsubjPass]);
        if own.is_empty() { "" } else { "+subject" }
    };
    let left = left.into_iter().map(|at| ("<", at));
    let crossed = left
        .chain(entered.into_iter().map(|at| (">", at)))
        .filter(|&(_, at)| is_clause(at))
        .map(|(sign, at)| format!("{sign}{}{}", view.deprel(at), subject(at)))
        .collect();
    (steps, crossed)
}

/// How much the article speaks of an argument, and whom else a word that refers back may mean.
fn standing(
    view: &View<'_>,
    end: End,
    argument: &Argument,
    dealings: &Dealings<'_>,
    teller: &mut Teller<'_>,
) {
    let entity = &argument.entity;
    let kind = entity.kind();
    let named = dealings.named(entity);
    teller.value((end, Detail::Named), format_args!("{kind} {}", count(named, 5)));
    let Some(mention) = argument.mention.map(|index| view.mentions[index]) else {
        teller.both((end, Detail::ContextNamed), count(named, 4));
        return;
    };
    let form = mention.form;
    if matches!(form, MentionForm::Pronoun | MentionForm::Description) {
        let word = view.word(TokenIndex(mention.tokens.end() - 1));
        let rivals = rivals(dealings, mention, entity);
        teller.value((end, Detail::ReferenceRivals), format_args!("{form} {rivals}"));
        teller.value((end, Detail::ReferenceKind), format_args!("{word} {kind}"));
    }
    if form == MentionForm::Group || kind == EntityKind::Group {
        teller.both((end, Detail::Group), view.lemma(view.tree.head_of(mention.tokens)));
    }
}

/// How many others of the same kind are named right before a mention, in its sentence and in the
/// two before, whether those have trees or not.
fn rivals(dealings: &Dealings<'_>, mention: &Mention, entity: &EntityId) -> &'static str {
    let names = &dealings.names;
    let from = mention.sentence.saturating_sub(RIVALS_BACK);
    let end = names.partition_point(|name| name.span.start() < mention.span.start());
    let others: BTreeSet<&EntityId> = names[..end]
        .iter()
        .rev()
        .take_while(|name| name.sentence >= from)
        .flat_map(|other| &other.entities)
        .filter(|other| other.kind() == entity.kind() && *other != entity)
        .collect();
    count(others.len(), 4)
}

/// The trigger, the words beside it and what class its object is of.
fn trigger(view: &View<'_>, proposal: &Derived, teller: &mut Teller<'_>) {
    let trigger = proposal.trigger;
    let lemma = view.lemma(trigger);
    teller.value(Feature::TriggerWord, view.word(trigger));
    for (beside, with_trigger, offset) in [
        (Feature::WordBefore, Feature::TriggerWordBefore, -1),
        (Feature::WordAfter, Feature::TriggerWordAfter, 1),
    ] {
        let Some(word) = view.step(trigger, offset) else { continue };
        let is_actor = view.actor(word).is_some();
        let told = if is_actor { Instead::Actor.into() } else { view.word(word) };
        teller.both(beside, told);
        teller.value(with_trigger, format_args!("{lemma} {told}"));
    }
    if view.is_verb(trigger) && view.is_passive(trigger) {
        teller.both(Feature::Voice, "passive");
    }
    let objects = view.by(trigger, &[Deprel::Obj]);
    for &object in &objects {
        let class = class(view, object);
        teller.both(Feature::ObjectIs, class);
        teller.value(Feature::TriggerObject, format_args!("{lemma} {class}"));
    }
    if objects.is_empty() && view.is_verb(trigger) {
        teller.both(Feature::ObjectIs, <&str>::from(Instead::Nothing));
    }
    for &phrase in view.obliques(trigger) {
        let marker = view.word(phrase.marker);
        teller.value(Feature::TriggerPhrase, format_args!("{lemma} {marker}"));
        let class = class(view, phrase.head);
        teller.both(Feature::PhraseIs, format_args!("{marker} {class}"));
    }
}

/// Of what class a noun is that names no actor.
#[derive(Clone, Copy, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
enum NounClass {
    Weapon,
    Town,
    Goods,
    Aid,
    Communication,
    Talks,
    Violence,
    Force,
    /// What a state acts by: "government".
    Organ,
    Crowd,
    Private,
    Report,
    Name,
    Pronoun,
    Number,
    Verb,
    Noun,
    Other,
}

/// Classes by lists of words, the first that holds a noun.
const CLASSES: [(WordList, NounClass); 10] = [
    (WordList::Goods, NounClass::Goods),
    (WordList::Aid, NounClass::Aid),
    (WordList::Communication, NounClass::Communication),
    (WordList::Talks, NounClass::Talks),
    (WordList::Violence, NounClass::Violence),
    (WordList::Force, NounClass::Force),
    (WordList::Metonym, NounClass::Organ),
    (WordList::GroupWord, NounClass::Crowd),
    (WordList::Private, NounClass::Private),
    (WordList::ReportingNoun, NounClass::Report),
];

/// Of what class a noun is: the kind of the actor that it names, else what lists and mentions tell.
fn class(view: &View<'_>, noun: TokenIndex) -> &'static str {
    if let Some(mention) = view.actor(noun) {
        return view.mentions[mention].entities[0].kind().as_str();
    }
    let listed = || CLASSES.iter().find(|&&(list, _)| view.lemma_is(list, noun));
    let class = if view.weapon(noun).is_some() {
        NounClass::Weapon
    } else if view.town(noun).is_some() {
        NounClass::Town
    } else if let Some(&(_, class)) = listed() {
        class
    } else {
        match view.upos(noun) {
            Upos::ProperNoun => NounClass::Name,
            Upos::Pronoun => NounClass::Pronoun,
            Upos::Numeral => NounClass::Number,
            Upos::Verb => NounClass::Verb,
            Upos::Noun => NounClass::Noun,
            _ => NounClass::Other,
        }
    };
    class.into()
}

/// How far what decided polarity and modality stands from the trigger.
fn factuality(view: &View<'_>, proposal: &Derived, teller: &mut Teller<'_>) {
    let trigger = proposal.trigger;
    for cue in &proposal.cues {
        let (effect, word) = (cue.effect, view.lemma(cue.token));
        let (steps, _) = way(view, trigger, cue.token);
        let distance = cue.token.0.abs_diff(trigger.0);
        teller.value(Feature::CueEffect, format_args!("{effect} {word}"));
        teller.value(Feature::CueSteps, format_args!("{effect} {}", count(steps, 5)));
        teller.value(Feature::CueDistance, format_args!("{effect} {}", band(distance)));
        if effect == Effect::Negative {
            teller.both(Feature::NegatedBy, word);
            let above = view.head(cue.token);
            let above = above.map_or(Instead::Nothing.into(), |head| view.lemma(head));
            teller.value(Feature::NegatedAt, above);
        }
    }
    let negative = proposal.cues.iter().filter(|cue| cue.effect == Effect::Negative).count();
    let polarity = proposal.claim.polarity;
    teller.value(Feature::Negations, format_args!("{polarity} {}", count(negative, 3)));
}

/// In whose voice a sentence speaks.
#[derive(Clone, Copy, Display)]
#[strum(serialize_all = "kebab-case")]
enum Voice {
    Quoted,
    /// A speaker's of a transcript.
    Turn,
    /// The outlet's own.
    Own,
}

/// How far down in the article a sentence stands.
#[derive(Display)]
#[strum(serialize_all = "kebab-case")]
enum Depth {
    First,
    Early,
    Middle,
    Late,
}

/// Where the sentence stands, and whether somebody's words are quoted there.
fn place(context: &Context<'_>, view: &View<'_>, proposal: &Derived, teller: &mut Teller<'_>) {
    let byte = view.sentence.tokens[proposal.trigger.index()].span.start();
    let voices = context.reading.voices;
    let voice = match (voices.quotation(byte), voices.turn(view.number)) {
        (Some(_), _) => Voice::Quoted,
        (_, Some(_)) => Voice::Turn,
        _ => Voice::Own,
    };
    let is_said = proposal.claim.attribution.is_some();
    teller.both(Feature::VoiceIs, voice);
    teller.value(Feature::VoiceSaid, format_args!("{voice} {is_said}"));
    let depth = match view.number {
        0 => Depth::First,
        1..=3 => Depth::Early,
        4..=15 => Depth::Middle,
        _ => Depth::Late,
    };
    teller.both(Feature::SentenceNumber, depth);
    if view.sentence.kind == SentenceKind::Body {
        let begins = view.tokens().next().map_or("", |token| view.word(token));
        teller.value(Feature::SentenceBegins, begins);
    }
    let ends = view.tokens().next_back().map_or("", |token| view.word(token));
    let ends = if ends.len() == 1 { ends } else { Instead::Word.into() };
    teller.value(Feature::SentenceEnds, ends);
}

/// What else is proposed.
fn others(
    context: &Context<'_>,
    proposal: &Derived,
    dealings: &Dealings<'_>,
    teller: &mut Teller<'_>,
) {
    teller.value(Feature::InSentence, count(dealings.in_sentence(proposal), 7));
    teller.both(Feature::OfPair, count(dealings.of_pair(proposal), 3));
    teller.both(Feature::ToldBack, count(dealings.told_back(proposal), 2));
    teller.value(Feature::Contradicted, count(dealings.contradicted(proposal), 2));
    teller.both(Feature::OtherRules, count(proposal.also.len(), 2));
    let (source, target) = (&proposal.source.entity, &proposal.target.entity);
    let directory = context.reading.directory;
    if directory.belongs(source, target) || directory.belongs(target, source) {
        teller.both(Feature::Related, "one belongs to the other");
    }
}
