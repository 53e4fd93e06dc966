//! Word lists that all rules share: what commits a speaker, what negates, who stands for a state.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::BitOr;

use rapidhash::fast::RapidHasher;

use crate::model::closed_set;

/// Every word of every sentence is looked up.
type Hashing = BuildHasherDefault<RapidHasher<'static>>;

closed_set! {
    /// A list of words with one use.
    "word list" WordList {
        /// Nouns for people and organs that stand for their state or organization.
        StandIn = "stand-in",
        /// Nouns that stand for an organization named before them, but for no state.
        GroupNoun = "group-noun",
        /// Somebody else than their owner.
        Other = "other",
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
        /// Verbs that bring somebody to where he meets others: "flew in for talks".
        Motion = "motion",
        /// What stands behind a name and a hyphen in an adjective: "Russia-based".
        Quality = "quality",
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
        /// Nouns of what stands between two: "tensions with".
        Between = "between",
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

/// A word that a list, a trigger or a frame names. Equal words have equal ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordId(u32);

impl WordId {
    /// As an index of slices.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A set of word lists.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lists(u64);

impl Lists {
    pub(super) fn has(self, list: WordList) -> bool {
        self.0 & (1 << list as u32) != 0
    }

    fn insert(&mut self, list: WordList) {
        self.0 |= 1 << list as u32;
    }
}

impl BitOr for Lists {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A word by its id.
#[derive(Debug, Default)]
struct Named {
    spelling: Box<str>,
    /// The lists that hold it alone.
    alone: Lists,
    /// The lists in which it begins an entry of several words.
    begins: Lists,
    /// Those entries, each without its first word.
    phrases: Vec<(WordList, Vec<WordId>)>,
    /// The bases of which it is a form that rules of spelling do not give, sorted.
    irregular: Vec<WordId>,
    /// Whether a list or trigger names it.
    known: bool,
    /// Whether it is, or begins, what rules ask for beside their triggers.
    asked_for: bool,
}

/// Endings of inflected forms, each with those that it takes the place of.
type Endings = &'static [(&'static str, &'static [&'static str])];

/// Every list, compiled.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// By id.
    named: Vec<Named>,
    ids: HashMap<Box<str>, WordId, Hashing>,
}

impl Lexicon {
    /// Adds `entry` to `list`.
    pub(super) fn add(&mut self, list: WordList, entry: &str) -> Result<(), String> {
        let words: Vec<&str> = entry.split_whitespace().collect();
        if entry.chars().any(char::is_uppercase) {
            return Err(format!("{entry:?} holds a capital: lists are lower case"));
        }
        if list == WordList::Irregular {
            return match words[..] {
                [] => Err(format!("an empty entry in the list {list}")),
                [form, base] => {
                    let (form, base) = (self.name(form), self.name(base));
                    let mut bases = std::mem::take(&mut self.named[form.index()].irregular);
                    bases.push(base);
                    bases.sort_by_key(|&base| self.spelling(base));
                    bases.dedup();
                    self.named[form.index()].irregular = bases;
                    Ok(())
                }
                _ => Err(format!("{entry:?} is not a form and its base")),
            };
        }
        let ids: Vec<WordId> = words.iter().map(|word| self.learn(word)).collect();
        match ids[..] {
            [] => return Err(format!("an empty entry in the list {list}")),
            [word] => self.named[word.index()].alone.insert(list),
            [first, ref rest @ ..] => {
                let first = &mut self.named[first.index()];
                first.begins.insert(list);
                first.phrases.push((list, rest.to_vec()));
            }
        }
        Ok(())
    }

    /// The id of `word`.
    pub(super) fn name(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = WordId(u32::try_from(self.named.len()).expect("words are few"));
        self.named.push(Named { spelling: word.into(), ..Named::default() });
        self.ids.insert(word.into(), id);
        id
    }

    /// Makes `word` one that inflected forms are traced back to.
    pub(super) fn learn(&mut self, word: &str) -> WordId {
        let id = self.name(word);
        self.named[id.index()].known = true;
        id
    }

    /// Makes `word` one that rules ask for beside their triggers.
    pub(super) fn ask_for(&mut self, word: &str) -> WordId {
        let id = self.name(word);
        self.named[id.index()].asked_for = true;
        id
    }

    pub(super) fn is_asked_for(&self, word: WordId) -> bool {
        self.named[word.index()].asked_for
    }

    /// The id of the lower-case `word`, if it is named.
    pub(super) fn word(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    /// The base form of an inflected lower-case word that a list or trigger names; `None` where
    /// none does. Taggers' own base forms err on rare verbs, which are the ones that count here.
    pub(super) fn base(&self, word: &str) -> Option<WordId> {
        let own = self.word(word);
        let mut found = None;
        self.any_base(word, |base| {
            let known = own != Some(base) && self.knows(base);
            if known {
                found = Some(base);
            }
            known
        });
        found
    }

    /// Whether a list or trigger names `word`.
    pub(super) fn knows(&self, word: WordId) -> bool {
        self.named[word.index()].known
    }

    pub(super) fn spelling(&self, word: WordId) -> &str {
        &self.named[word.index()].spelling
    }

    /// The lists that hold `word` alone, and those in which it begins an entry of several words.
    pub(super) fn lists(&self, word: WordId) -> (Lists, Lists) {
        let named = &self.named[word.index()];
        (named.alone, named.begins)
    }

    /// Whether `word` alone is in `list`.
    pub(super) fn has(&self, list: WordList, word: &str) -> bool {
        self.ids.get(word).is_some_and(|word| self.named[word.index()].alone.has(list))
    }

    /// The entries of several words that begin with `word` and stand in `list`, without it.
    pub(super) fn phrases(&self, list: WordList, word: WordId) -> impl Iterator<Item = &[WordId]> {
        self.named[word.index()]
            .phrases
            .iter()
            .filter(move |(of, _)| *of == list)
            .map(|(_, rest)| &rest[..])
    }

    /// The named words of which a lower-case word may be a form, by spelling alone; itself first.
    /// Calls `each` until it returns true, and tells whether it did.
    pub(super) fn any_base(&self, word: &str, mut each: impl FnMut(WordId) -> bool) -> bool {
        if let Some(own) = self.word(word)
            && (each(own) || self.named[own.index()].irregular.iter().any(|&base| each(base)))
        {
            return true;
        }
        let endings: Endings = match word.as_bytes().last() {
            Some(b's') => &[("ies", &["y", "ie"]), ("es", &["", "e"]), ("s", &[""])],
            Some(b'd') => &[("ied", &["y", "ie"]), ("ed", &["", "e"])],
            Some(b'g') => &[("ying", &["y", "ie"]), ("ing", &["", "e"])],
            _ => return false,
        };
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
                let base = std::str::from_utf8(&buffer[..length]).expect("two strings");
                self.word(base).is_some_and(&mut each)
            }
        };
        for (suffix, endings) in endings {
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
