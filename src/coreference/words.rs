//! Closed lists of the words that refer back.

use crate::model::{EntityId, Gender};

/// What a pronoun asks of its antecedent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PronounKind {
    /// He, she.
    Person(Gender),
    /// It.
    Thing,
    /// They.
    Plural,
    /// We: the speaker's side.
    Speakers,
    /// I: the speaker.
    Speaker,
}

/// Grammatical form of a pronoun, which its spelling tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Subject,
    Object,
    Possessive,
    Reflexive,
}

/// Kind and form of `word`, if it is a pronoun of the third or first person.
pub(super) fn pronoun(word: &str) -> Option<(PronounKind, Case)> {
    use Case::{Object, Possessive, Reflexive, Subject};
    use PronounKind::{Person, Plural, Speaker, Speakers, Thing};
    const MALE: PronounKind = Person(Gender::Male);
    const FEMALE: PronounKind = Person(Gender::Female);
    if word.len() > 10 {
        return None;
    }
    Some(match word {
        "he" | "He" | "HE" => (MALE, Subject),
        "him" | "Him" => (MALE, Object),
        "his" | "His" | "HIS" => (MALE, Possessive),
        "himself" => (MALE, Reflexive),
        "she" | "She" | "SHE" => (FEMALE, Subject),
        // Object where nothing follows; the tree or the next word tells.
        "her" | "Her" => (FEMALE, Possessive),
        "hers" => (FEMALE, Object),
        "herself" => (FEMALE, Reflexive),
        "it" | "It" | "IT" => (Thing, Subject),
        "its" | "Its" | "ITS" => (Thing, Possessive),
        "itself" => (Thing, Reflexive),
        "they" | "They" => (Plural, Subject),
        "them" | "Them" => (Plural, Object),
        "their" | "Their" | "theirs" => (Plural, Possessive),
        "themselves" => (Plural, Reflexive),
        "we" | "We" => (Speakers, Subject),
        "us" => (Speakers, Object),
        "our" | "Our" | "ours" => (Speakers, Possessive),
        "ourselves" => (Speakers, Reflexive),
        "I" => (Speaker, Subject),
        "me" => (Speaker, Object),
        "my" | "My" | "mine" => (Speaker, Possessive),
        _ => return None,
    })
}

/// What a noun phrase without a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadKind {
    /// "the country"
    State,
    /// "the countries", "the two sides"
    States,
    /// "the president"
    Person,
    /// "the two leaders"
    People,
    /// "the alliance", "the group"
    Organization,
    /// "the pair"
    Pair,
}

/// A noun phrase that may refer back.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub start: u32,
    pub end: u32,
    pub head: String,
    pub kind: HeadKind,
    /// Lower-case words between the determiner and the head.
    pub modifiers: Vec<String>,
    /// The state or organization named between them: "the Russian leader".
    pub of: Option<EntityId>,
    pub count: Option<usize>,
}

/// What the noun `word` may mean behind "the".
pub(super) fn head_kind(word: &str) -> Option<HeadKind> {
    Some(match word {
        "country" | "nation" | "republic" | "kingdom" | "island" | "emirate" | "regime"
        | "neighbor" | "neighbour" | "dictatorship" | "monarchy" | "superpower" | "junta"
        | "ally" | "rival" | "foe" | "archrival" | "adversary" | "partner" | "generals" => {
            HeadKind::State
        }
        "countries" | "nations" | "sides" | "neighbors" | "neighbours" | "governments"
        | "capitals" | "parties" | "states" | "rivals" | "allies" | "powers" | "foes"
        | "adversaries" | "regimes" | "partners" | "militaries" | "armies" | "koreas" => {
            HeadKind::States
        }
        "alliance" | "bloc" | "group" | "militia" | "organization" | "organisation" | "company"
        | "firm" | "agency" | "movement" | "faction" | "manufacturer" | "insurgents" | "rebels"
        | "militants" | "watchdog" | "conglomerate" | "mercenaries" | "union" | "militiamen" => {
            HeadKind::Organization
        }
        "men" | "women" | "leaders" | "presidents" | "ministers" | "premiers" | "diplomats"
        | "chancellors" | "counterparts" | "politicians" | "autocrats" | "strongmen"
        | "commanders" | "envoys" | "spokesmen" => HeadKind::People,
        "pair" | "duo" => HeadKind::Pair,
        _ if is_office(word) => HeadKind::Person,
        _ => return None,
    })
}

/// Whether few states have such a thing, so that it may go back far.
pub(super) fn is_rare(noun: &str) -> bool {
    matches!(noun, "junta" | "generals" | "regime" | "emirate" | "kingdom" | "monarchy")
}

/// Nouns of offices and of people who hold one.
fn is_office(word: &str) -> bool {
    matches!(
        word,
        "president"
            | "minister"
            | "premier"
            | "chancellor"
            | "leader"
            | "secretary"
            | "chief"
            | "envoy"
            | "ambassador"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "general"
            | "commander"
            | "diplomat"
            | "dictator"
            | "strongman"
            | "ruler"
            | "king"
            | "emir"
            | "autocrat"
            | "admiral"
            | "senator"
            | "governor"
            | "mayor"
            | "counterpart"
            | "prince"
            | "negotiator"
            | "adviser"
            | "advisor"
            | "director"
            | "chairman"
            | "chairwoman"
            | "speaker"
            | "aide"
            | "politician"
            | "lawmaker"
            | "congressman"
            | "official"
            | "secretary-general"
            | "supremo"
            | "boss"
            | "warlord"
            | "colonel"
            | "marshal"
            | "visitor"
            | "guest"
            | "host"
    )
}

/// Whether the office noun `head` with `modifiers` fits a title or office `title` (lower case).
pub(super) fn office_fits(head: &str, modifiers: &[String], title: &str) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let head_fits = match head {
        "leader" | "dictator" | "strongman" | "ruler" | "autocrat" | "supremo" => any(&[
            "president",
            "leader",
            "prime minister",
            "premier",
            "chancellor",
            "dictator",
            "king",
            "emir",
            "general secretary",
            "secretary general",
            "first secretary",
            "crown prince",
            "head of state",
            "sultan",
            "chairman",
            "head of",
            "commander-in-chief",
            "chief of",
        ]),
        "chief" | "boss" => any(&[
            "minister",
            "chief",
            "head",
            "director",
            "commander",
            "secretary",
            "chair",
            "president",
            "representative",
        ]),
        "diplomat" => any(&["foreign", "ambassador", "envoy", "secretary of state"]),
        "envoy" => any(&["envoy", "ambassador", "representative", "negotiator"]),
        "spokesman" | "spokeswoman" | "spokesperson" => {
            any(&["spokes", "press secretary", "spox", "communications"])
        }
        "minister" => any(&["minister", "secretary of defense", "secretary of state"]),
        "secretary" => any(&["secretary"]),
        "premier" => any(&["premier", "prime minister"]),
        "adviser" | "advisor" => any(&["advis"]),
        "commander" | "general" | "colonel" | "admiral" | "marshal" => {
            any(&[head, "command", "general", "chief of", "marshal", "joint chiefs"])
        }
        "politician" | "lawmaker" => {
            any(&["minister", "senator", "member", "president", "speaker"])
        }
        "official" => true,
        "king" | "emir" | "prince" => any(&[head, "crown prince"]),
        "chairman" | "chairwoman" => any(&["chair"]),
        _ => title.contains(head),
    };
    head_fits
        && modifiers.iter().all(|modifier| match modifier.as_str() {
            "defence" | "defense" => any(&["defence", "defense"]),
            "foreign" => any(&["foreign", "external affairs", "secretary of state"]),
            "prime" => any(&["prime minister", "premier"]),
            "interior" | "finance" | "deputy" | "vice" | "supreme" | "security"
            | "intelligence" | "army" | "military" | "press" | "trade" | "energy" | "economy" => {
                title.contains(modifier.as_str())
            }
            _ => true,
        })
}

/// "two", "both", "three" as a number.
pub(super) fn number(word: &str) -> Option<usize> {
    match word {
        "two" | "Two" | "both" | "Both" => Some(2),
        "three" | "Three" => Some(3),
        "four" | "Four" => Some(4),
        _ => None,
    }
}

/// Adjectives and participles that may stand between "the" and a noun that refers back.
pub(super) fn is_modifier(word: &str) -> bool {
    !is_stop(word) && word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '’' || c == '\'')
}

/// Function words and common verbs, which no such phrase holds.
fn is_stop(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "on"
            | "at"
            | "to"
            | "for"
            | "from"
            | "with"
            | "by"
            | "and"
            | "or"
            | "but"
            | "that"
            | "which"
            | "who"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "the"
            | "a"
            | "an"
            | "this"
            | "these"
            | "those"
            | "as"
            | "than"
            | "said"
            | "says"
            | "not"
            | "be"
            | "been"
            | "its"
            | "his"
            | "her"
            | "their"
            | "after"
            | "before"
            | "when"
            | "while"
            | "into"
            | "over"
            | "against"
            | "about"
            | "it"
            | "he"
            | "she"
            | "they"
            | "we"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "should"
            | "between"
            | "among"
            | "other"
            | "another"
            | "each"
            | "every"
            | "any"
            | "no"
            | "all"
            | "some"
            | "most"
            | "many"
            | "few"
            | "several"
            | "first"
            | "next"
            | "new"
            | "more"
    )
}
