//! The judge's vocabulary: every feature of a proposal, and what it measures.
//!
//! A feature is told as `name=value`; one that may weigh otherwise for each relation is told once
//! more as `name@relation=value` ([`Teller::both`](super::teller::Teller::both)). Its name is its
//! variant's in kebab-case: [`Feature::TriggerTag`] is `trigger-tag`. What is told of an argument has
//! the argument's end in front: `source-path`. The table of weights, `data/model/judge.csv`, knows
//! features by these names: a renamed one weighs nothing until the judge learns anew.

use std::fmt;

use strum::{Display, IntoStaticStr};

use crate::clauses::actors::{Argument, Reach};
use crate::model::{Deprel, TokenIndex};

/// What is told of a proposal as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display)]
#[cfg_attr(test, derive(strum::VariantArray))]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Feature {
    /// Nothing: every proposal has it.
    Always,

    /// The rule that proposes.
    Rule,
    /// The rule's weight, to a tenth.
    RuleWeight,
    /// The rule and its trigger's lemma.
    RuleTrigger,
    /// The rule and the forms of both arguments.
    RuleForms,
    /// The rule and the source's form.
    RuleSource,
    /// The rule and the target's form.
    RuleTarget,
    /// How many other rules propose the same.
    OtherRules,
    /// The relation.
    Relation,

    /// The trigger's lemma.
    Trigger,
    /// The trigger as it is written.
    TriggerWord,
    /// The trigger's part of speech.
    TriggerTag,
    /// How the trigger hangs on the word above it.
    TriggerRelation,
    /// The lemma above the trigger.
    Above,
    /// The part of speech above the trigger.
    AboveTag,
    /// The trigger is the root.
    AboveNothing,
    /// A lemma up to three steps above the trigger.
    Ancestor,
    /// A relation in which something hangs on the trigger.
    Has,
    /// The marker of a phrase at the trigger: "to".
    Phrase,
    /// The same with the class of the phrase's noun.
    PhraseIs,
    /// The same with the trigger's lemma.
    TriggerPhrase,
    /// The word before the trigger.
    WordBefore,
    /// The word after the trigger.
    WordAfter,
    /// The trigger's lemma and the word before it.
    TriggerWordBefore,
    /// The trigger's lemma and the word after it.
    TriggerWordAfter,
    /// That the trigger is passive.
    Voice,
    /// The class of the trigger's object.
    ObjectIs,
    /// The trigger's lemma and the class of its object.
    TriggerObject,

    /// The forms of both arguments.
    Forms,
    /// The kinds of both arguments: "state-person".
    Kinds,
    /// Whether the arguments stand before or after the trigger, and whether the source comes first.
    Order,
    /// How many tokens the farther argument is away from the trigger.
    Distance,
    /// Both arguments were found at one word.
    OnePhraseForBoth,
    /// A noun phrase at the trigger that is no argument: its slot, its marker, and whether it holds a
    /// name. Who stands there without a name may be whom the sentence means.
    Unnamed,
    /// That one argument belongs to the other, as far as the directory knows.
    Related,

    /// Whether it is said to hold.
    Polarity,
    /// Whether it is said to be certain.
    Modality,
    /// What a word did to polarity or modality.
    Cue,
    /// The lemma of such a word.
    CueWord,
    /// The effect and the lemma of such a word.
    CueEffect,
    /// The effect of such a word and how many steps of the tree it is away.
    CueSteps,
    /// The effect of such a word and how many tokens it is away.
    CueDistance,
    /// The lemma of a word that negates.
    NegatedBy,
    /// The lemma that a word that negates hangs on.
    NegatedAt,
    /// Polarity and how many words negate.
    Negations,

    /// Who says it: an argument, somebody else, nobody.
    SaidBy,
    /// Whether the trigger stands in a quotation, in a turn of a transcript, or in the outlet's words.
    VoiceIs,
    /// The same, and whether somebody is held to say it.
    VoiceSaid,

    /// What kind of line the sentence is.
    SentenceKind,
    /// How far down in the article it stands.
    SentenceNumber,
    /// Its first word.
    SentenceBegins,
    /// The mark at its end.
    SentenceEnds,
    /// How many tokens it has.
    Length,
    /// How many actors it names.
    Actors,

    /// How many proposals start at the trigger.
    AtTrigger,
    /// How many proposals the sentence makes.
    InSentence,
    /// How many of them are of the same two.
    OfPair,
    /// How many proposals of the article say the same.
    Told,
    /// How many say it with source and target exchanged.
    ToldBack,
    /// How many say the same with the other polarity.
    Contradicted,
}

/// What is told of one argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display)]
#[cfg_attr(test, derive(strum::VariantArray))]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Detail {
    /// Whether it is a state, a person, an organization, a group.
    Kind,
    /// How it was found.
    Found,
    /// By what form it is named.
    Form,
    /// It means several entities.
    IsSeveral,

    /// The relations on the way through the tree from the trigger.
    Path,
    /// How many steps the way has.
    Steps,
    /// A clause that the way leaves or enters, and whether it has a subject of its own.
    Crosses,
    /// How many of them there are.
    Crossings,
    /// How many tokens it is away from the trigger.
    Distance,
    /// On which side of the trigger it stands.
    Side,
    /// A verb, a mark, a conjunction or a relative pronoun between it and the trigger.
    Between,
    /// How many others are named between it and the trigger.
    BetweenActors,

    /// How it hangs on the word above it.
    As,
    /// Its part of speech.
    Tag,
    /// What hangs on it.
    Has,
    /// Its marker: "by".
    Marker,
    /// Its lemma, where it is no name itself.
    Noun,
    /// The lemma of the noun before which its name stands: "officials".
    Modifies,
    /// How its name hangs on this noun.
    ModifiesAs,
    /// The noun of a group without a name.
    Group,
    /// Whether it agrees in number with the verb whose subject it is.
    Agreement,

    /// Its kind and how often the article names it.
    Named,
    /// How often the article names one that the sentence does not.
    ContextNamed,
    /// The last word of what refers back to it.
    Reference,
    /// The first word of a description that refers back to it.
    ReferenceBegins,
    /// The last word of what refers back, and the kind of whom it means.
    ReferenceKind,
    /// How many sentences back it is named.
    ReferenceDistance,
    /// How many others of its kind are named right before what refers back.
    ReferenceRivals,
}

/// Which argument of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, IntoStaticStr)]
#[cfg_attr(test, derive(strum::VariantArray))]
#[strum(serialize_all = "kebab-case")]
pub(super) enum End {
    Source,
    Target,
}

/// The name of whatever is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Name {
    Whole(Feature),
    Argument(End, Detail),
    /// The lemma of what hangs on the trigger in this relation.
    Child(Deprel),
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(feature) => feature.fmt(f),
            Self::Argument(end, detail) => write!(f, "{end}-{detail}"),
            Self::Child(deprel) => deprel.fmt(f),
        }
    }
}

impl From<Feature> for Name {
    fn from(feature: Feature) -> Self {
        Self::Whole(feature)
    }
}

impl From<(End, Detail)> for Name {
    fn from((end, detail): (End, Detail)) -> Self {
        Self::Argument(end, detail)
    }
}

/// How an argument was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Found {
    /// The paragraph or the directory supplied it.
    Implicit,
    /// At a noun that stands for it.
    Metonymy,
    /// In its place.
    Named,
    /// As the possessor of what stands there.
    Possessor,
    /// As the subject of what is told there.
    Embedded,
}

impl Found {
    pub(super) fn of(argument: &Argument) -> Self {
        match (argument.token, argument.by_metonymy, argument.reach) {
            (None, ..) => Self::Implicit,
            (_, true, _) => Self::Metonymy,
            (_, _, Reach::Actor) => Self::Named,
            (_, _, Reach::Possessor) => Self::Possessor,
            (_, _, Reach::EmbeddedSubject) => Self::Embedded,
        }
    }
}

/// On which side of the trigger something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Side {
    Before,
    After,
}

impl Side {
    pub(super) fn of(token: TokenIndex, trigger: TokenIndex) -> Self {
        if token < trigger { Self::Before } else { Self::After }
    }
}

/// What is told in the place of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub(super) enum Instead {
    /// Any name of an actor.
    Actor,
    /// Any number.
    Number,
    /// There is no such word.
    None,
    /// There is nothing above or beside.
    Nothing,
    /// Any word, where only a mark would tell something.
    Word,
    /// Whatever stands farther away than is told apart.
    Far,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use strum::VariantArray;

    use super::{Deprel, Detail, End, Feature, Name};
    use crate::claims::judge::WEIGHTS;

    fn vocabulary() -> BTreeSet<String> {
        let whole = Feature::VARIANTS.iter().map(|&feature| Name::from(feature));
        let arguments = End::VARIANTS
            .iter()
            .flat_map(|&end| Detail::VARIANTS.iter().map(move |&detail| Name::from((end, detail))));
        whole.chain(arguments).map(|name| name.to_string()).collect()
    }

    fn weighed() -> BTreeSet<String> {
        let features = WEIGHTS.lines().skip(1).filter_map(|line| line.rsplit_once(','));
        features
            .map(|(feature, _)| feature.split(['=', '@']).next().unwrap_or(feature).to_owned())
            .collect()
    }

    #[test]
    fn weights_are_of_features_that_are_told() {
        let mut known = vocabulary();
        known.extend(Deprel::ALL.iter().map(ToString::to_string));
        let unknown: Vec<String> = weighed().difference(&known).cloned().collect();
        assert!(unknown.is_empty(), "{unknown:?} weigh something and are never told");
    }

    #[test]
    fn features_that_are_told_weigh_something() {
        let idle: Vec<String> = vocabulary().difference(&weighed()).cloned().collect();
        assert!(idle.is_empty(), "{idle:?} are told and weigh nothing");
    }
}
