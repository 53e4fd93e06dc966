//! Word lists that all rules share: what commits a speaker, what negates, who stands for a state.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::BuildHasherDefault;

use rapidhash::fast::RapidHasher;

use crate::model::closed_set;

/// Every word of every sentence is looked up.
type Hashing = BuildHasherDefault<RapidHasher<'static>>;
/// A map from words.
pub(super) type Words<T> = HashMap<Box<str>, T, Hashing>;

closed_set! {
    /// A list of words with one use.
    "word list" WordList {
        /// Nouns for people and organs that stand for their state or organization.
        StandIn = "stand-in",
        /// Nouns that stand for an organization named before them, but for no state.
        GroupNoun = "group-noun",
        /// Fighting means that stand for their owner where they attack.
        Force = "force",
        /// Nouns that measure goods: "containers of".
        Measure = "measure",
        /// Nouns for goods.
        Goods = "goods",
        /// Nouns that are goods only with a word of `goods-modifier` before them.
        Aid = "aid",
        /// Words that make aid a supply: "military", "lethal".
        GoodsModifier = "goods-modifier",
        /// Nouns that move but are no goods: "message", "delegation".
        NotGoods = "not-goods",
        /// Verbs that lend a noun their subject: "hold talks".
        LightVerb = "light-verb",
        /// Verbs whose object is the subject of the verb below: "ask X to".
        ObjectControl = "object-control",
        /// Prepositions that rules may name.
        Preposition = "preposition",
        /// "not", "never", "no".
        Negator = "negator",
        /// Words that make what they govern untrue: "fail to", "deny".
        Negative = "negative",
        /// Words that say an activity is over: "stop", "halt".
        Ended = "ended",
        /// Words after which nothing is said to hold or not to hold: "warn against".
        Suppress = "suppress",
        /// Words that make what they govern planned, sought or offered.
        Prospective = "prospective",
        /// Verbs that order, ask or urge.
        Urge = "urge",
        /// Verbs that leave the stance of what they govern as it is.
        Transparent = "transparent",
        /// Words that make what they govern uncertain, whatever its time.
        Hedge = "hedge",
        /// Words that make what they govern uncertain unless it is to come.
        WeakHedge = "weak-hedge",
        /// Modal verbs of possibility.
        HedgeModal = "hedge-modal",
        /// Modal verbs of the future and of conditions.
        FutureModal = "future-modal",
        /// Conjunctions of conditions.
        Condition = "condition",
        /// Verbs of saying, thinking and blaming.
        Reporting = "reporting",
        /// Verbs of saying whose subject need be nobody who speaks: "figures show".
        Showing = "showing",
        /// Verbs of saying that may also report a bare noun: "confirmed the transfers".
        ReportingObject = "reporting-object",
        /// Nouns of saying: "warning", "statement that".
        ReportingNoun = "reporting-noun",
        /// Adjectives of thinking: "concerned that".
        ReportingAdjective = "reporting-adjective",
        /// Nouns of offices and roles.
        Office = "office",
        /// Offices of which a bare title tells the state: "President Xi".
        HeadOffice = "head-office",
        /// Adjectives that may stand in the middle of an office: "deputy", "acting".
        OfficeModifier = "office-modifier",
        /// Words that tell of an office that is over.
        FormerOffice = "former-office",
        /// Inflected forms that rules of spelling do not give: `form base`.
        Irregular = "irregular",
    }
}

/// The words after the first, and the lists that hold the whole.
type Phrase = (Vec<Box<str>>, u64);

/// Every list, compiled.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    single: Words<u64>,
    /// By first word: the following words and their lists.
    phrases: Words<Vec<Phrase>>,
    irregular: Words<BTreeSet<Box<str>>>,
    /// Every word of every list and trigger.
    vocabulary: HashSet<Box<str>, Hashing>,
}

impl Lexicon {
    /// Adds `entry` to `list`.
    pub(super) fn add(&mut self, list: WordList, entry: &str) -> Result<(), String> {
        let words: Vec<&str> = entry.split_whitespace().collect();
        let bit = 1_u64 << list as u32;
        if list != WordList::Irregular {
            for word in &words {
                self.learn(word);
            }
        }
        match &words[..] {
            [] => return Err(format!("an empty entry in the list {list}")),
            _ if entry.chars().any(char::is_uppercase) => {
                return Err(format!("{entry:?} holds a capital: lists are lower case"));
            }
            [form, base] if list == WordList::Irregular => {
                self.irregular.entry((*form).into()).or_default().insert((*base).into());
            }
            _ if list == WordList::Irregular => {
                return Err(format!("{entry:?} is not a form and its base"));
            }
            [word] => *self.single.entry((*word).into()).or_default() |= bit,
            [first, rest @ ..] => {
                let rest: Vec<Box<str>> = rest.iter().map(|&word| word.into()).collect();
                self.phrases.entry((*first).into()).or_default().push((rest, bit));
            }
        }
        Ok(())
    }

    /// Makes `word` one that inflected forms are traced back to.
    pub(super) fn learn(&mut self, word: &str) {
        self.vocabulary.insert(word.into());
    }

    /// The base form of an inflected lower-case word that a list or trigger names; `None` where
    /// none does. Taggers' own base forms err on rare verbs, which are the ones that count here.
    pub(super) fn base(&self, word: &str) -> Option<String> {
        let mut found = None;
        self.any_base(word, |base| {
            let known = base != word && self.vocabulary.contains(base);
            if known {
                found = Some(base.to_owned());
            }
            known
        });
        found
    }

    /// Whether `word` is listed as an irregular form of `base`.
    pub(super) fn is_irregular(&self, word: &str, base: &str) -> bool {
        self.irregular.get(word).is_some_and(|bases| bases.contains(base))
    }

    /// Whether a list or trigger names `word`.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.vocabulary.contains(word)
    }

    /// Whether `word` alone is in `list`.
    pub(super) fn has(&self, list: WordList, word: &str) -> bool {
        self.single.get(word).is_some_and(|bits| bits & (1 << list as u32) != 0)
    }

    /// The entries of several words that begin with `word` and stand in `list`.
    pub(super) fn phrases(&self, list: WordList, word: &str) -> impl Iterator<Item = &[Box<str>]> {
        self.phrases
            .get(word)
            .into_iter()
            .flatten()
            .filter(move |(_, bits)| bits & (1 << list as u32) != 0)
            .map(|(rest, _)| &rest[..])
    }

    /// The base forms that an inflected lower-case word may have, by spelling alone. Calls `each`
    /// until it returns true, and tells whether it did.
    pub(super) fn any_base(&self, word: &str, mut each: impl FnMut(&str) -> bool) -> bool {
        if each(word) {
            return true;
        }
        // Whole irregular forms are not cut further.
        if self.irregular.get(word).is_some_and(|bases| bases.iter().any(|base| each(base))) {
            return true;
        }
        // Longer words are no forms of listed ones.
        let mut buffer = [0_u8; 64];
        if word.len() + 1 > buffer.len() {
            return false;
        }
        let mut with = |stem: &str, ending: &str| {
            stem.len() > 1 && {
                let length = stem.len() + ending.len();
                buffer[..stem.len()].copy_from_slice(stem.as_bytes());
                buffer[stem.len()..length].copy_from_slice(ending.as_bytes());
                each(std::str::from_utf8(&buffer[..length]).expect("two strings"))
            }
        };
        if !word.ends_with(['s', 'd', 'g']) {
            return false;
        }
        for (suffix, endings) in [
            ("ies", &["y", "ie"][..]),
            ("es", &["", "e"]),
            ("s", &[""]),
            ("ied", &["y", "ie"]),
            ("ed", &["", "e"]),
            ("ying", &["y", "ie"]),
            ("ing", &["", "e"]),
        ] {
            if let Some(stem) = word.strip_suffix(suffix) {
                if endings.iter().any(|ending| with(stem, ending)) {
                    return true;
                }
                // "banned", "cutting": the doubled consonant is dropped.
                let mut ends = stem.chars().rev();
                if let (Some(last), Some(before)) = (ends.next(), ends.next())
                    && last == before
                    && last.is_ascii_alphabetic()
                    && with(&stem[..stem.len() - 1], "")
                {
                    return true;
                }
            }
        }
        false
    }
}
