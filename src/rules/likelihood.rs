//! How likely a word that a rule can start from starts a claim: learned from what the program finds
//! in real text, and told by words alone, so that most sentences without a claim need no tree.
//!
//! The features of a word are numbers: hashes of what stands at it, around it and between it and the
//! actors beside it. Each has a weight; the sum is the logarithm of odds, in steps. Sums are of
//! integers, so every machine decides alike, whatever is read together. `training/gate.py` learns the
//! weights. Which words start a rule at all is decided in `gate`.

use std::ops::Range;
use std::sync::LazyLock;

use crate::lexicon::push_lower_case;
use crate::model::{Mention, MentionForm, References, Sentence};

/// The weights, embedded; `data/model/README.md` tells their format.
static WEIGHTS: &[u8] = include_bytes!("../../data/model/gate.bin");

const MAGIC: &[u8; 8] = b"tlgate\0\x01";

/// Features are numbers of so many bits.
const BITS: u32 = 18;

/// Stands for a word outside of the sentence.
const OUTSIDE: u32 = 7;

/// A distance to nobody.
const NOBODY: u32 = 15;

/// So many words between a trigger and an actor count.
const BETWEEN: usize = 6;

/// The weights of all features and the sum from which on a sentence gets a tree.
#[derive(Debug)]
struct Weights {
    threshold: i32,
    /// Hashes of the triggers of rules that were learned from, ascending.
    triggers: Vec<u32>,
    /// A step a feature.
    buckets: &'static [u8],
}

static LEARNED: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(WEIGHTS).expect("the embedded weights of the gate are sound"));

/// BLAKE3 hash of the weights, in hexadecimal digits: equal hashes leave out the same sentences.
pub(crate) fn weights_hash() -> String {
    blake3::hash(WEIGHTS).to_hex().to_string()
}

impl Weights {
    /// Reads weights; `None` where bytes are missing or left over.
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut number = || {
            let (number, after) = rest.split_first_chunk::<4>()?;
            rest = after;
            Some(u32::from_le_bytes(*number))
        };
        let threshold = number()?.cast_signed();
        let n_triggers = number()?;
        let triggers = (0..n_triggers).map(|_| number()).collect::<Option<Vec<u32>>>()?;
        let is_whole = rest.len() == 1 << BITS && triggers.is_sorted();
        is_whole.then_some(Self { threshold, triggers, buckets: rest })
    }

    fn weight(&self, feature: u32) -> i32 {
        i32::from(self.buckets[(feature >> (32 - BITS)) as usize].cast_signed())
    }
}

/// A rule that can start at a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start<'r> {
    /// `relation.name`.
    pub(super) name: &'r str,
    /// Whether the sentence can fill both of its roles.
    pub(super) fills: bool,
    /// Whether it is one of the program's own with a trigger that the gate has learned from.
    pub(super) is_learned: bool,
}

/// Somebody in a sentence.
#[derive(Debug, Clone)]
struct Actor {
    tokens: Range<usize>,
    /// Hash of the kind.
    kind: u32,
    /// A person by name.
    is_named_person: bool,
}

/// What the features of a sentence are read from. Buffers are used from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Likelihood {
    /// Of each token, the hash of its lower-case word, or of the kind of what it names.
    words: Vec<u32>,
    /// The same of its ending.
    endings: Vec<u32>,
    is_capital: Vec<bool>,
    actors: Vec<Actor>,
    kind: u32,
    number: usize,
    /// The features that all words of the sentence have.
    base: Vec<u32>,
}

impl Likelihood {
    /// Reads sentence `number` of `text`.
    pub(super) fn read(
        &mut self,
        text: &str,
        number: usize,
        sentence: &Sentence,
        mentions: &[Mention],
        references: References,
    ) {
        self.words.clear();
        self.endings.clear();
        self.is_capital.clear();
        self.actors.clear();
        let mut lower = String::new();
        for token in &sentence.tokens {
            lower.clear();
            let form = token.span.of(text);
            push_lower_case(form, &mut lower);
            let word = if lower.bytes().any(|byte| byte.is_ascii_digit()) {
                hash(&[b"0"])
            } else {
                hash(&[lower.as_bytes()])
            };
            self.words.push(word);
            self.endings.push(ending(&lower).map_or(word, |end| hash(&[b"-", end.as_bytes()])));
            self.is_capital.push(form.starts_with(char::is_uppercase));
        }
        for mention in mentions {
            let Some(entity) = mention.entities.first() else { continue };
            let kind = hash(&[b"<", entity.kind().as_str().as_bytes()]);
            let tokens = mention.tokens.range();
            self.words[tokens.clone()].fill(kind);
            self.endings[tokens.clone()].fill(kind);
            if entity.is_actor() {
                let is_named_person = entity.is_person() && mention.form == MentionForm::Name;
                self.actors.push(Actor { tokens, kind, is_named_person });
            }
        }
        self.number = number;
        self.kind = hash(&[sentence.kind.as_str().as_bytes()]);
        self.read_base(references);
    }

    fn read_base(&mut self, references: References) {
        let (first, last) = (self.words[0], self.words[self.words.len() - 1]);
        let up_to = |count: usize, most: usize| small(count.min(most));
        self.base.clear();
        self.base.extend([
            mix(1, self.kind, 0),
            mix(2, up_to(self.words.len() / 6, 8), 0),
            mix(3, up_to(self.number, 4), 0),
            mix(4, up_to(self.actors.len(), 5), 0),
            mix(5, up_to(references.count, 3), u32::from(references.several)),
            mix(6, first, 0),
            mix(7, last, 0),
        ]);
    }

    /// Whether a claim that starts at `token` by one of `rules`, or without a token the office of some
    /// person, is likely enough. `before` holds the relations that rules of earlier sentences may have
    /// told, each with the last such sentence. Where nothing was learned of a rule, it is.
    pub(super) fn is_likely(
        &self,
        token: Option<usize>,
        rules: &[Start<'_>],
        before: &[(&str, usize)],
    ) -> bool {
        let learned = &*LEARNED;
        let Some(token) = token else {
            return self.people().any(|person| {
                let mut sum = 0;
                self.at_person(&person.tokens, &mut |feature| sum += learned.weight(feature));
                sum >= learned.threshold
            });
        };
        if !rules.iter().all(|rule| rule.is_learned) {
            return true;
        }
        let mut sum = 0;
        self.at_trigger(token, rules, before, &mut |feature| sum += learned.weight(feature));
        sum >= learned.threshold
    }

    /// The features of the same.
    pub(super) fn features(
        &self,
        token: Option<usize>,
        rules: &[Start<'_>],
        before: &[(&str, usize)],
    ) -> Vec<u32> {
        let mut features = Vec::new();
        if let Some(token) = token {
            self.at_trigger(token, rules, before, &mut |feature| features.push(feature));
        } else {
            for person in self.people() {
                features.push(0);
                self.at_person(&person.tokens, &mut |feature| features.push(feature));
            }
        }
        features
    }

    fn people(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter().filter(|actor| actor.is_named_person)
    }

    /// Calls `each` with the features of a word that starts rules.
    fn at_trigger(
        &self,
        token: usize,
        rules: &[Start<'_>],
        before: &[(&str, usize)],
        each: &mut impl FnMut(u32),
    ) {
        self.base.iter().for_each(|&feature| each(feature));
        let word = self.words[token];
        self.around(token, each);
        let (nearest, counts) = self.nearest(token);
        let [(kind_before, distance_before), (kind_after, distance_after)] =
            nearest.each_ref().map(|actor| {
                actor.as_ref().map_or((0, NOBODY), |(actor, far)| (actor.kind, band(*far)))
            });
        for (feature, one, other) in [
            (28, kind_before, distance_before),
            (29, kind_after, distance_after),
            (30, distance_before, distance_after),
            (31, kind_before, kind_after),
            (32, word, counts),
            (33, word, distance_before),
            (34, word, distance_after),
        ] {
            each(mix(feature, one, other));
        }
        let fills = u32::from(rules.iter().any(|start| start.fills));
        let mut relations: Vec<&str> = Vec::new();
        for start in rules {
            each(mix(10, hash(&[start.name.as_bytes()]), u32::from(start.fills)));
            let relation = start.name.split('.').next().unwrap_or_default();
            if !relations.contains(&relation) {
                relations.push(relation);
            }
        }
        each(mix(13, u32::from(rules.len() > 3), 0));
        each(mix(51, band(token), fills));
        let (previous, next) = (self.word(token, -1), self.word(token, 1));
        for name in relations {
            let relation = hash(&[name.as_bytes()]);
            let earlier = before.iter().find(|(known, _)| *known == name);
            let far = earlier.map_or(0, |&(_, sentence)| small((self.number - sentence).min(3)));
            let told = far * 2 + fills;
            for (feature, one, other) in [
                (35, relation, kind_before),
                (36, relation, kind_after),
                (37, relation, distance_before),
                (38, relation, distance_after),
                (39, relation, counts),
                (40, relation, previous),
                (41, relation, next),
                (53, relation, told),
                (54, word, told),
                (56, relation, self.kind),
            ] {
                each(mix(feature, one, other));
            }
        }
        self.between(token, nearest.map(|actor| actor.map(|(actor, _)| actor)), each);
    }

    /// The words beside a word.
    fn around(&self, token: usize, each: &mut impl FnMut(u32)) {
        let (word, ending) = (self.words[token], self.endings[token]);
        let [before, previous, next, after] = [-2, -1, 1, 2].map(|step| self.word(token, step));
        let end = |step: isize| {
            token.checked_add_signed(step).and_then(|at| self.endings.get(at)).copied()
        };
        let [previous_end, next_end] = [-1, 1].map(|step| end(step).unwrap_or(OUTSIDE));
        for (feature, one, other) in [
            (11, word, 0),
            (12, word, u32::from(self.is_capital[token])),
            (14, word, previous),
            (15, word, next),
            (16, word, before),
            (17, word, after),
            (18, previous, 0),
            (19, next, 0),
            (20, previous, before),
            (21, next, after),
            (22, previous, next),
            (23, previous_end, next_end),
            (24, previous_end, 0),
            (25, next_end, 0),
            (26, ending, previous_end),
            (27, ending, next_end),
            (55, word, self.kind),
        ] {
            each(mix(feature, one, other));
        }
    }

    /// The last actor before a word and the first one behind it, each with the number of words between
    /// them, and how many there are on both sides, up to two, as one number.
    fn nearest(&self, token: usize) -> ([Option<(&Actor, usize)>; 2], u32) {
        let (mut before, mut after) = (None, None);
        let (mut n_before, mut n_after) = (0, 0);
        for actor in &self.actors {
            if actor.tokens.end <= token {
                before = Some((actor, token - actor.tokens.end));
                n_before += 1;
            } else if actor.tokens.start > token {
                after = after.or(Some((actor, actor.tokens.start - token - 1)));
                n_after += 1;
            }
        }
        ([before, after], small(n_before.min(2) * 4 + n_after.min(2)))
    }

    /// The words between a word and the actors beside it.
    fn between(
        &self,
        token: usize,
        [before, after]: [Option<&Actor>; 2],
        each: &mut impl FnMut(u32),
    ) {
        let word = self.words[token];
        if let Some(actor) = before {
            for &other in &self.words[actor.tokens.end.max(token.saturating_sub(BETWEEN))..token] {
                each(mix(42, other, 0));
                each(mix(43, word, other));
            }
            each(mix(44, self.word(actor.tokens.end, 0), actor.kind));
            each(mix(45, self.word(actor.tokens.start, -1), actor.kind));
        }
        if let Some(actor) = after {
            for &other in &self.words[token + 1..actor.tokens.start.min(token + 1 + BETWEEN)] {
                each(mix(46, other, 0));
                each(mix(47, word, other));
            }
            let last = self.word(actor.tokens.start, -1);
            each(mix(48, last, word));
            each(mix(49, self.word(actor.tokens.end, 0), actor.kind));
            each(mix(52, last, actor.kind));
        } else {
            for &other in &self.words[token + 1..self.words.len().min(token + 5)] {
                each(mix(50, other, 0));
            }
        }
    }

    /// Calls `each` with the features of a person who may hold an office.
    fn at_person(&self, tokens: &Range<usize>, each: &mut impl FnMut(u32)) {
        let before = |far: isize| self.word(tokens.start, -far);
        let behind = |far: isize| self.word(tokens.end, far - 1);
        each(mix(60, 0, 0));
        for far in 1..9_isize {
            each(mix(66, before(far), 0));
            each(mix(67, behind(far), 0));
        }
        for (far, step) in (1..4).zip(1..4_isize) {
            each(mix(61, before(step), far));
            each(mix(62, behind(step), far));
        }
        each(mix(63, before(1), before(2)));
        each(mix(64, behind(1), behind(2)));
        each(mix(65, behind(1), behind(3)));
        each(mix(68, before(3), before(1)));
    }

    /// The word `step` words from a token.
    fn word(&self, token: usize, step: isize) -> u32 {
        let at = token.checked_add_signed(step);
        at.and_then(|at| self.words.get(at)).copied().unwrap_or(OUTSIDE)
    }
}

/// Whether the gate has learned from the rule of this name with this trigger, word by word.
pub(super) fn is_learned<'w>(rule: &str, trigger: impl Iterator<Item = &'w str>) -> bool {
    let words = trigger
        .fold(hash(&[rule.as_bytes()]), |hash, word| word.bytes().fold(step(hash, b' '), step));
    LEARNED.triggers.binary_search(&words).is_ok()
}

/// The last three characters of a longer word.
fn ending(word: &str) -> Option<&str> {
    let mut starts = word.char_indices().rev().map(|(at, _)| at);
    let third = starts.nth(2)?;
    starts.nth(1).map(|_| &word[third..])
}

/// A distance in tokens as one of a few.
fn band(tokens: usize) -> u32 {
    match tokens {
        0..6 => small(tokens),
        6..9 => 6,
        9..14 => 7,
        14..22 => 8,
        _ => 9,
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// 32-bit FNV-1a of the parts, one after the other.
fn hash(parts: &[&[u8]]) -> u32 {
    parts.iter().copied().flatten().copied().fold(0x811c_9dc5, step)
}

fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// A feature of the kind numbered `kind`.
fn mix(kind: u32, one: u32, other: u32) -> u32 {
    let sum = one
        .wrapping_mul(0x9e37_79b1)
        .wrapping_add(other.wrapping_mul(0x85eb_ca77))
        .wrapping_add(kind.wrapping_mul(0xc2b2_ae3d));
    let folded = (sum ^ (sum >> 15)).wrapping_mul(0x2c1b_3c6d);
    folded ^ (folded >> 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_weights_are_refused() {
        assert!(Weights::read(WEIGHTS).is_some_and(|weights| !weights.triggers.is_empty()));
        assert!(Weights::read(&WEIGHTS[1..]).is_none());
        assert!(Weights::read(&WEIGHTS[..WEIGHTS.len() - 1]).is_none());
        assert!(Weights::read(&WEIGHTS[..9]).is_none());
    }

    #[test]
    fn longer_words_have_an_ending() {
        let endings = ["sent", "wheat", "naïveté"].map(ending);
        assert_eq!(endings, [None, Some("eat"), Some("eté")]);
    }

    #[test]
    fn what_starts_a_rule_of_the_users_own_is_likely() {
        let likelihood = Likelihood {
            words: vec![hash(&[b"they"]), hash(&[b"slept"])],
            endings: vec![hash(&[b"they"]), hash(&[b"-ept"])],
            is_capital: vec![true, false],
            ..Likelihood::default()
        };
        let rule = |name, is_learned| [Start { name, fills: false, is_learned }];
        assert!(is_learned("visits.travel", ["touch", "down"].into_iter()));
        assert!(!is_learned("visits.travel", ["teleport"].into_iter()));
        assert!(!is_learned("visits.unheard-of", ["visit"].into_iter()));
        assert!(likelihood.is_likely(Some(1), &rule("supplies.give", false), &[]));
        // Of the program's own, the weights of what the gate learns from decide.
        let features = likelihood.features(Some(1), &rule("supplies.give", true), &[]);
        let sum: i32 = features.iter().map(|&feature| LEARNED.weight(feature)).sum();
        let is_likely = likelihood.is_likely(Some(1), &rule("supplies.give", true), &[]);
        assert_eq!(is_likely, sum >= LEARNED.threshold);
        assert!(!likelihood.is_likely(None, &[], &[]), "nobody is there");
    }
}
