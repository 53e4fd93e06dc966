//! Closed word lists that names and references are read by.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use rapidhash::fast::RapidHasher;

use crate::model::Gender;

/// The lists that a word is in, one bit each: most words are asked for several.
type Lists = u8;
const SHORT_TITLE: Lists = 1;
const TITLE_HEAD: Lists = 1 << 1;
const TITLE_PART: Lists = 1 << 2;
const PRIVATE_CALLING: Lists = 1 << 3;
const NO_NAME: Lists = 1 << 4;
const MILITARY: Lists = 1 << 5;

static LISTS: LazyLock<HashMap<&str, Lists, BuildHasherDefault<RapidHasher<'static>>>> =
    LazyLock::new(|| {
        let mut lists = HashMap::default();
        for (words, list) in [
            (SHORT_TITLES, SHORT_TITLE),
            (TITLE_HEADS, TITLE_HEAD),
            (TITLE_PARTS, TITLE_PART),
            (PRIVATE_CALLINGS, PRIVATE_CALLING),
            (NO_NAME_WORDS, NO_NAME),
            (MILITARY_WORDS, MILITARY),
        ] {
            for &word in words {
                *lists.entry(word).or_default() |= list;
            }
        }
        lists
    });

/// Longest word that is put in small letters without a place on the heap.
const LONGEST: usize = 24;

/// The lists that `word`, in small letters, is in.
fn lists_of(word: &str) -> Lists {
    let mut buffer = [0_u8; LONGEST];
    let found = match buffer.get_mut(..word.len()) {
        Some(buffer) if word.is_ascii() => {
            buffer.copy_from_slice(word.as_bytes());
            buffer.make_ascii_lowercase();
            std::str::from_utf8(buffer).ok().and_then(|word| LISTS.get(word))
        }
        _ => LISTS.get(word.to_lowercase().as_str()),
    };
    found.copied().unwrap_or_default()
}

/// Whether `word` is "Mr", "Ms" or the like.
pub(super) fn is_honorific(word: &str) -> bool {
    honorific_gender(word).is_some() || matches!(word.trim_end_matches('.'), "Dr" | "DR" | "Prof")
}

/// The gender that "Mr", "Ms" and the like tell.
pub(super) fn honorific_gender(word: &str) -> Option<Gender> {
    match word.trim_end_matches('.') {
        "Mr" | "MR" | "Sir" | "Lord" => Some(Gender::Male),
        "Ms" | "Mrs" | "Miss" | "MS" | "MRS" | "Lady" | "Dame" => Some(Gender::Female),
        _ => None,
    }
}

/// Ranks and offices as they are shortened before a name.
const SHORT_TITLES: &[&str] = &[
    "adm", "amb", "brig", "capt", "cmdr", "col", "cpl", "fm", "gen", "gov", "lt", "maj", "pm",
    "rep", "sen", "sgt",
];

/// Whether `word` shortens a rank or office: "Gen.", "Sen".
pub(super) fn is_short_title(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && lists_of(word.trim_end_matches('.')) & SHORT_TITLE != 0
}

/// Last words of official titles.
const TITLE_HEADS: &[&str] = &[
    "admiral",
    "adviser",
    "advisor",
    "aide",
    "ambassador",
    "attache",
    "attaché",
    "ayatollah",
    "boss",
    "brigadier",
    "captain",
    "ceo",
    "chair",
    "chairman",
    "chairperson",
    "chairwoman",
    "chancellor",
    "chancellors",
    "chief",
    "chief-of-staff",
    "colonel",
    "commander",
    "commissioner",
    "congressman",
    "congresswoman",
    "consul",
    "coordinator",
    "counterpart",
    "deputy",
    "dictator",
    "diplomat",
    "director",
    "emir",
    "emperor",
    "envoy",
    "general",
    "general-secretary",
    "generals",
    "governor",
    "head",
    "king",
    "lawmaker",
    "leader",
    "leaders",
    "lieutenant",
    "major",
    "marshal",
    "mayor",
    "minister",
    "ministers",
    "negotiator",
    "official",
    "ombudsman",
    "premier",
    "premiers",
    "president",
    "presidents",
    "prime",
    "prince",
    "princess",
    "prosecutor",
    "queen",
    "representative",
    "secretary",
    "senator",
    "sheikh",
    "speaker",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "spox",
    "strongman",
    "sultan",
    "under-secretary",
    "undersecretary",
    "vice-president",
    "warlord",
];

/// Whether `word` may end an official title.
pub(super) fn is_title_head(word: &str) -> bool {
    lists_of(word) & TITLE_HEAD != 0
}

/// Words inside of titles that may stand in capitals before a name.
const TITLE_PARTS: &[&str] = &[
    "acting",
    "affairs",
    "air",
    "armed",
    "army",
    "assistant",
    "chief",
    "civil",
    "coast",
    "command",
    "committee",
    "council",
    "crown",
    "defence",
    "defense",
    "department",
    "deputy",
    "dr",
    "economic",
    "economy",
    "energy",
    "executive",
    "federal",
    "finance",
    "first",
    "force",
    "forces",
    "foreign",
    "former",
    "government",
    "guard",
    "house",
    "industry",
    "information",
    "intelligence",
    "interim",
    "interior",
    "joint",
    "justice",
    "labor",
    "lord",
    "military",
    "ministry",
    "mr",
    "mrs",
    "ms",
    "national",
    "naval",
    "navy",
    "new",
    "parliament",
    "party",
    "permanent",
    "policy",
    "press",
    "prime",
    "security",
    "senior",
    "sir",
    "special",
    "staff",
    "state",
    "supreme",
    "then",
    "trade",
    "transport",
    "treasury",
    "under",
    "unification",
    "vice",
    "war",
];

/// Whether `word` belongs to a title rather than to a name.
pub(crate) fn is_title_word(word: &str) -> bool {
    let bare = word.trim_end_matches('.');
    let lists = lists_of(bare);
    lists & TITLE_PART != 0
        || lists & TITLE_HEAD != 0 && bare.len() == word.len()
        || lists & SHORT_TITLE != 0 && word.starts_with(char::is_uppercase)
}

/// Callings by which someone speaks for himself, not for a state or organization.
const PRIVATE_CALLINGS: &[&str] = &[
    "academic",
    "actor",
    "actress",
    "analyst",
    "anchor",
    "artist",
    "author",
    "biographer",
    "blogger",
    "coach",
    "columnist",
    "commentator",
    "contributor",
    "correspondent",
    "economist",
    "editor",
    "expert",
    "fellow",
    "historian",
    "host",
    "journalist",
    "lawyer",
    "lecturer",
    "pastor",
    "photographer",
    "player",
    "pollster",
    "professor",
    "reporter",
    "researcher",
    "resident",
    "scholar",
    "scientist",
    "singer",
    "strategist",
    "student",
    "writer",
];

/// Whether `word` is such a calling.
pub(super) fn is_private_calling(word: &str) -> bool {
    lists_of(word) & PRIVATE_CALLING != 0
}

/// Lower-case parts of names.
const NAME_PARTICLES: &[&str] = &[
    "abu", "ad", "af", "al", "an", "ash", "ben", "bin", "bint", "da", "de", "del", "della", "den",
    "der", "di", "dos", "du", "el", "ibn", "la", "le", "ter", "ul", "ur", "van", "von",
];

/// Whether `word` may stand inside a name in small letters.
pub(super) fn is_name_particle(word: &str) -> bool {
    NAME_PARTICLES.contains(&word)
}

/// Capitalised words that begin sentences or name days and things, never a person.
const NO_NAME_WORDS: &[&str] = &[
    "a",
    "about",
    "according",
    "act",
    "administration",
    "after",
    "agency",
    "agreement",
    "airport",
    "all",
    "also",
    "although",
    "amid",
    "an",
    "and",
    "any",
    "april",
    "are",
    "as",
    "association",
    "at",
    "august",
    "bank",
    "base",
    "bay",
    "because",
    "before",
    "black",
    "board",
    "both",
    "but",
    "by",
    "camp",
    "center",
    "central",
    "centre",
    "chief",
    "christmas",
    "church",
    "city",
    "commission",
    "company",
    "conference",
    "conservative",
    "corporation",
    "county",
    "court",
    "day",
    "december",
    "democrat",
    "democrats",
    "during",
    "each",
    "east",
    "eastern",
    "even",
    "february",
    "for",
    "fort",
    "forum",
    "foundation",
    "friday",
    "from",
    "fund",
    "group",
    "gulf",
    "he",
    "her",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "instead",
    "institute",
    "international",
    "is",
    "island",
    "islands",
    "it",
    "its",
    "january",
    "july",
    "june",
    "kingdom",
    "labour",
    "lake",
    "last",
    "later",
    "like",
    "march",
    "may",
    "meanwhile",
    "middle",
    "monday",
    "most",
    "mount",
    "mr",
    "mrs",
    "ms",
    "my",
    "neither",
    "news",
    "no",
    "north",
    "northern",
    "not",
    "november",
    "now",
    "october",
    "of",
    "office",
    "on",
    "once",
    "one",
    "only",
    "or",
    "orthodox",
    "our",
    "out",
    "over",
    "peninsula",
    "photo",
    "photos",
    "post",
    "province",
    "read",
    "region",
    "republic",
    "republican",
    "republicans",
    "river",
    "saint",
    "saturday",
    "sea",
    "september",
    "she",
    "since",
    "so",
    "some",
    "south",
    "southern",
    "st",
    "still",
    "strait",
    "street",
    "such",
    "summit",
    "sunday",
    "than",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "thursday",
    "times",
    "to",
    "treaty",
    "tuesday",
    "two",
    "under",
    "union",
    "union's",
    "united",
    "university",
    "until",
    "up",
    "was",
    "we",
    "wednesday",
    "were",
    "west",
    "western",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "without",
    "world",
    "yes",
    "yet",
    "you",
    "your",
];

/// Whether a capitalised `word` is none of a person's name.
pub(super) fn is_no_name_word(word: &str) -> bool {
    lists_of(word) & NO_NAME != 0
}

/// Words of war around a weapon's name that is a common word too.
const MILITARY_WORDS: &[&str] = &[
    "aid",
    "air",
    "aircraft",
    "ammunition",
    "armed",
    "arms",
    "army",
    "artillery",
    "attack",
    "battery",
    "bomb",
    "combat",
    "defence",
    "defense",
    "drone",
    "drones",
    "fighter",
    "fired",
    "forces",
    "howitzer",
    "howitzers",
    "jet",
    "jets",
    "launched",
    "launcher",
    "launchers",
    "military",
    "missile",
    "missiles",
    "munitions",
    "navy",
    "radar",
    "range",
    "rocket",
    "rockets",
    "shell",
    "shells",
    "shot",
    "strike",
    "strikes",
    "system",
    "systems",
    "tank",
    "tanks",
    "troops",
    "vehicle",
    "vehicles",
    "war",
    "warhead",
    "weapon",
    "weapons",
];

/// Whether `word` belongs to war.
pub(super) fn is_military_word(word: &str) -> bool {
    lists_of(word) & MILITARY != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_listed_whatever_their_case() {
        for word in ["General", "ATTACHÉ", "general-secretary", "Gen.", "state."] {
            assert!(is_title_word(word), "{word}");
        }
        for word in ["gen.", "general.", "Generals-secretary-in-waiting"] {
            assert!(!is_title_word(word), "{word}");
        }
    }
}
