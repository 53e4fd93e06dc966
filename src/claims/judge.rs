//! The judge: how likely a careful reader would sign a claim that a rule proposes.
//!
//! One linear model over named features of the proposal: its rule and trigger, how each argument was
//! found, what else could fill the role, the words that decided factuality. The weights stand in
//! `data/model/judge.csv` and are learned from judged proposals by `training/judge.py`. The
//! probability is the claim's confidence; a proposal below [`PRINTED`] is no claim.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use rapidhash::fast::RapidHasher;

use super::context::Context;
use super::extract::Derived;
use crate::clauses::actors::{Argument, Reach};
use crate::clauses::view::View;
use crate::model::{Deprel, EntityId, Mention, MentionForm, TokenIndex};

/// The probability from which on a proposal is a claim.
pub(super) const PRINTED: f32 = 0.4;

/// The weights, embedded: `feature,weight` a line, sorted by feature.
const WEIGHTS: &str = include_str!("../../data/model/judge.csv");

type Hashing = BuildHasherDefault<RapidHasher<'static>>;

static JUDGE: LazyLock<HashMap<&'static str, f32, Hashing>> = LazyLock::new(|| {
    let rows = WEIGHTS.lines().skip(1).filter_map(|line| line.rsplit_once(','));
    rows.filter_map(|(feature, weight)| Some((feature, weight.parse().ok()?))).collect()
});

/// The feature that every proposal has.
const ALWAYS: &str = "always";

/// How many steps of a path are told apart.
const LONGEST_PATH: usize = 5;

/// A feature of a proposal, `name=value`, and its weight in log odds.
pub type Weighed = (String, f32);

/// The probability, in thousandths, that a careful reader would sign `proposal`.
pub(super) fn probability(context: &Context<'_>, proposal: &Derived, doc: &Dealings) -> f32 {
    let mut score = 0.0;
    features(context, proposal, doc, &mut |feature| {
        score += JUDGE.get(feature).copied().unwrap_or(0.0);
    });
    let probability = 1.0 / (1.0 + (-score).exp());
    (probability * 1000.0).round() / 1000.0
}

/// The features of `proposal` that weigh anything, the weightiest first.
pub(super) fn weighed(context: &Context<'_>, proposal: &Derived, doc: &Dealings) -> Vec<Weighed> {
    let mut found = Vec::new();
    features(context, proposal, doc, &mut |feature| {
        let weight = JUDGE.get(feature).copied().unwrap_or(0.0);
        found.push((feature.to_owned(), weight));
    });
    found.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    found
}

/// What the proposals of a whole article tell of each other.
#[derive(Debug, Default)]
pub(super) struct Dealings {
    /// By relation and pair, how many sentences propose it.
    same: HashMap<(String, EntityId, EntityId), usize, Hashing>,
    /// By sentence and trigger, how many proposals start there.
    at_trigger: HashMap<(usize, u32), usize, Hashing>,
}

impl Dealings {
    pub(super) fn new(proposals: &[Derived]) -> Self {
        let mut dealings = Self::default();
        for proposal in proposals {
            let claim = &proposal.claim;
            let key =
                (claim.relation.as_str().to_owned(), claim.source.clone(), claim.target.clone());
            *dealings.same.entry(key).or_default() += 1;
            let trigger = (proposal.sentence, proposal.trigger.0);
            *dealings.at_trigger.entry(trigger).or_default() += 1;
        }
        dealings
    }
}

/// Writes features into one buffer and hands each on.
struct Teller<'t> {
    buffer: String,
    relation: &'t str,
    tell: &'t mut dyn FnMut(&str),
}

impl Teller<'_> {
    fn flag(&mut self, name: &str) {
        (self.tell)(name);
    }

    fn value(&mut self, name: &str, value: &str) {
        self.buffer.clear();
        let _ = write!(self.buffer, "{name}={value}");
        (self.tell)(&self.buffer);
    }

    /// The same, and once more for the relation alone.
    fn both(&mut self, name: &str, value: &str) {
        self.value(name, value);
        self.buffer.clear();
        let _ = write!(self.buffer, "{name}@{}={value}", self.relation);
        (self.tell)(&self.buffer);
    }
}

/// Calls `tell` with each feature of a proposal.
fn features(
    context: &Context<'_>,
    proposal: &Derived,
    dealings: &Dealings,
    tell: &mut dyn FnMut(&str),
) {
    let claim = &proposal.claim;
    let relation = claim.relation.as_str();
    let Some(view) = &context.views[proposal.sentence] else { return };
    let mut teller = Teller { buffer: String::new(), relation, tell };
    teller.flag(ALWAYS);
    teller.value("rule", &claim.rule);
    teller.value("rule-weight", tenth(proposal.weight));
    teller.value("relation", relation);
    teller.both("polarity", claim.polarity.as_str());
    teller.both("modality", claim.modality.as_str());
    trigger_features(view, proposal.trigger, &mut teller);
    for (name, argument, other) in [
        ("source", &proposal.source, &proposal.target),
        ("target", &proposal.target, &proposal.source),
    ] {
        argument_features(context, view, proposal, name, argument, &mut teller);
        let same = argument.token.is_some() && argument.token == other.token;
        if same {
            teller.flag("one-phrase-for-both");
        }
    }
    pair_features(proposal, &mut teller);
    unnamed_features(view, proposal, &mut teller);
    factuality_features(view, proposal, &mut teller);
    sentence_features(view, &mut teller);
    let key = (relation.to_owned(), claim.source.clone(), claim.target.clone());
    teller.value("told", count(dealings.same.get(&key).copied().unwrap_or(0), 4));
    let beside = dealings.at_trigger.get(&(proposal.sentence, proposal.trigger.0));
    teller.value("at-trigger", count(beside.copied().unwrap_or(0), 6));
}

/// The trigger, its place in the sentence and what stands beside it.
fn trigger_features(view: &View<'_>, trigger: TokenIndex, teller: &mut Teller<'_>) {
    teller.both("trigger", view.lemma(trigger));
    teller.value("trigger-tag", view.xpos(trigger).as_str());
    teller.both("trigger-relation", view.deprel(trigger).as_str());
    if let Some(above) = view.head(trigger) {
        teller.value("above", view.lemma(above));
        teller.both("above-tag", view.upos(above).as_str());
    } else {
        teller.flag("above-nothing");
    }
    for &child in view.children(trigger) {
        let deprel = view.deprel(child);
        match deprel {
            Deprel::Obj | Deprel::Iobj | Deprel::Xcomp | Deprel::Ccomp | Deprel::CompoundPrt => {
                teller.value(deprel.as_str(), view.lemma(child));
                teller.both("has", deprel.as_str());
            }
            Deprel::Aux | Deprel::Mark | Deprel::Case | Deprel::Det => {
                teller.value(deprel.as_str(), view.lemma(child));
            }
            Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::Compound
            | Deprel::NmodPoss
            | Deprel::Amod => {
                let name = if view.actor(child).is_some() { "actor" } else { view.lemma(child) };
                teller.value(deprel.as_str(), name);
                teller.both("has", deprel.as_str());
            }
            Deprel::Obl | Deprel::Nmod | Deprel::Advcl => {
                let marker = view.marker(child).map_or("none", |marker| view.word(marker));
                teller.both("phrase", marker);
            }
            _ => {}
        }
    }
}

/// How one argument was found.
fn argument_features(
    context: &Context<'_>,
    view: &View<'_>,
    proposal: &Derived,
    name: &str,
    argument: &Argument,
    teller: &mut Teller<'_>,
) {
    let role = |what: &str| format!("{name}-{what}");
    teller.both(&role("kind"), argument.entity.kind().as_str());
    let Some(token) = argument.token else {
        teller.both(&role("found"), "implicit");
        return;
    };
    let reach = match (argument.by_metonymy, argument.reach) {
        (true, _) => "metonymy",
        (_, Reach::Actor) => "named",
        (_, Reach::Possessor) => "possessor",
        (_, Reach::EmbeddedSubject) => "embedded",
    };
    teller.both(&role("found"), reach);
    let path = path(view, proposal.trigger, token);
    teller.both(&role("path"), &path);
    if let Some(marker) = view.marker(token) {
        teller.both(&role("marker"), view.word(marker));
    }
    if view.actor(token).is_none() {
        teller.value(&role("noun"), view.lemma(token));
    }
    let Some(mention) = argument.mention.map(|index| view.mentions[index]) else { return };
    teller.both(&role("form"), mention.form.as_str());
    if mention.entities.len() > 1 {
        teller.flag(&role("is-several"));
    }
    let head = view.tree.head_of(mention.tokens);
    if matches!(view.deprel(head), Deprel::Amod | Deprel::Compound | Deprel::NmodPoss)
        && let Some(noun) = view.head(head)
    {
        teller.value(&role("modifies"), view.lemma(noun));
        teller.both(&role("modifies-as"), view.deprel(head).as_str());
    }
    if !mention.form.is_named() && mention.form != MentionForm::Town {
        reference_features(context, view, mention, &role("reference"), teller);
    }
}

/// How a mention that refers back does it.
fn reference_features(
    context: &Context<'_>,
    view: &View<'_>,
    mention: &Mention,
    name: &str,
    teller: &mut Teller<'_>,
) {
    let last = TokenIndex(mention.tokens.end() - 1);
    teller.value(name, view.word(last));
    if mention.form == MentionForm::Description {
        teller.value(&format!("{name}-begins"), view.word(TokenIndex(mention.tokens.start())));
    }
    let antecedent = mention.antecedent.and_then(|index| context.named.get(index));
    let distance =
        antecedent.map_or("none", |&sentence| match view.number.saturating_sub(sentence) {
            _ if sentence > view.number => "after",
            0 => "0",
            1 => "1",
            2 | 3 => "2-3",
            4..=8 => "4-8",
            _ => "far",
        });
    teller.value(&format!("{name}-distance"), distance);
}

/// The two arguments together.
fn pair_features(proposal: &Derived, teller: &mut Teller<'_>) {
    let (source, target) = (&proposal.source, &proposal.target);
    let kinds = format!("{}-{}", source.entity.kind().as_str(), target.entity.kind().as_str());
    teller.both("kinds", &kinds);
    let trigger = proposal.trigger;
    let order = match (source.token, target.token) {
        (Some(source), Some(target)) => {
            let place = |token: TokenIndex| if token < trigger { "before" } else { "after" };
            format!("{}-{}-{}", place(source), place(target), source < target)
        }
        _ => "implicit".to_owned(),
    };
    teller.both("order", &order);
    let far = [source, target]
        .iter()
        .filter_map(|argument| argument.token)
        .map(|token| token.0.abs_diff(trigger.0))
        .max()
        .unwrap_or(0);
    teller.value("distance", band(far));
    if let Some(said) = &proposal.claim.attribution {
        let who = match &said.holder {
            Some(holder) if *holder == source.entity => "source",
            Some(holder) if *holder == target.entity => "target",
            Some(_) => "other",
            None => "unnamed",
        };
        teller.both("said-by", who);
    } else {
        teller.both("said-by", "nobody");
    }
}

/// Noun phrases without a name that could fill a role at the trigger.
fn unnamed_features(view: &View<'_>, proposal: &Derived, teller: &mut Teller<'_>) {
    let trigger = proposal.trigger;
    let taken = [proposal.source.token, proposal.target.token];
    for &child in view.children(trigger) {
        let slot = match view.deprel(child) {
            Deprel::Nsubj => "subject",
            Deprel::NsubjPass => "passive-subject",
            Deprel::Obj => "object",
            Deprel::Iobj => "indirect",
            Deprel::OblAgent => "agent",
            Deprel::NmodPoss => "possessor",
            Deprel::Obl | Deprel::Nmod => "phrase",
            _ => continue,
        };
        let named = view.tree.subtree(child).iter().any(|&token| view.actor(token).is_some());
        if !taken.contains(&Some(child)) && view.is_noun(child) {
            let what = if named { "with-name" } else { "without-name" };
            let marker = view.marker(child).filter(|_| slot == "phrase");
            let marker = marker.map_or("none", |marker| view.word(marker));
            teller.both("unnamed", &format!("{slot}-{marker}-{what}"));
        }
    }
}

/// What decided polarity and modality.
fn factuality_features(view: &View<'_>, proposal: &Derived, teller: &mut Teller<'_>) {
    for cue in &proposal.cues {
        teller.both("cue", cue.effect.as_str());
        teller.value("cue-word", view.lemma(cue.token));
    }
    for above in view.tree.ancestors(proposal.trigger).take(3) {
        teller.value("ancestor", view.lemma(above));
    }
}

/// The sentence as a whole.
fn sentence_features(view: &View<'_>, teller: &mut Teller<'_>) {
    teller.value("sentence-kind", view.sentence.kind.as_str());
    teller.value("length", band(u32::try_from(view.len()).unwrap_or(u32::MAX)));
    let mut actors: Vec<&EntityId> = view
        .mentions
        .iter()
        .filter(|mention| mention.form != MentionForm::Town)
        .flat_map(|mention| &mention.entities)
        .filter(|entity| entity.is_actor())
        .collect();
    actors.sort_unstable();
    actors.dedup();
    teller.value("actors", count(actors.len(), 6));
}

/// The relations from the trigger up to the word above both, and down to `token`.
fn path(view: &View<'_>, trigger: TokenIndex, token: TokenIndex) -> String {
    let up: Vec<TokenIndex> =
        std::iter::once(trigger).chain(view.tree.ancestors(trigger)).collect();
    let mut down = Vec::new();
    let mut at = token;
    let meeting = loop {
        if let Some(steps) = up.iter().position(|&above| above == at) {
            break steps;
        }
        down.push(at);
        match view.head(at) {
            Some(head) => at = head,
            None => return "none".to_owned(),
        }
    };
    if meeting + down.len() > LONGEST_PATH {
        return "far".to_owned();
    }
    let mut path = String::new();
    for &step in &up[..meeting] {
        let _ = write!(path, "<{}", view.deprel(step).as_str());
    }
    for &step in down.iter().rev() {
        let _ = write!(path, ">{}", view.deprel(step).as_str());
    }
    if path.is_empty() { "itself".to_owned() } else { path }
}

/// A share as text, to a tenth.
fn tenth(share: f32) -> &'static str {
    const TENTHS: [&str; 11] =
        ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.0"];
    let up_to = |edge: &f32| share >= *edge;
    let edges = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];
    TENTHS[edges.iter().take_while(|edge| up_to(edge)).count()]
}

/// A small number as text, the largest one for all above.
fn count(number: usize, most: usize) -> &'static str {
    const NUMBERS: [&str; 8] = ["0", "1", "2", "3", "4", "5", "6", "7"];
    NUMBERS[number.min(most).min(NUMBERS.len() - 1)]
}

/// A length or distance in tokens as one of a few bands.
fn band(tokens: u32) -> &'static str {
    match tokens {
        0..=2 => "0-2",
        3..=5 => "3-5",
        6..=9 => "6-9",
        10..=15 => "10-15",
        16..=25 => "16-25",
        26..=40 => "26-40",
        _ => "41-",
    }
}
