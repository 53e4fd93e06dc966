//! The words that refer back: pronouns, and noun phrases such as "the Russian leader".

use crate::lexicon::{FunctionWord, Lexicon, Lists, WordList, WordPairs};
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
    /// You: whom the speaker addresses.
    Addressee,
}

/// Grammatical form of a pronoun, as far as its spelling tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Subject,
    Object,
    Possessive,
    Reflexive,
}

/// Kind and form of `word`, if it is a personal pronoun. `function` is the
/// function word that it is.
pub(super) fn pronoun(
    lexicon: &Lexicon,
    word: &str,
    function: Option<FunctionWord>,
) -> Option<(PronounKind, Case)> {
    let function = function.or_else(|| in_capitals(lexicon, word))?;
    // A small "i" numbers a list.
    if function == FunctionWord::I && word != "I" {
        return None;
    }
    pronoun_of(function)
}

/// The pronoun of the third person that `word` is in capitals, as in headlines. "US" is a country.
fn in_capitals(lexicon: &Lexicon, word: &str) -> Option<FunctionWord> {
    use FunctionWord::{He, His, It, Its, She};
    if word.len() > 3 || !word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let found = lexicon.function_word(&word.to_ascii_lowercase())?;
    matches!(found, He | His | She | It | Its).then_some(found)
}

/// Kind and form of a function word, if it is such a pronoun.
fn pronoun_of(word: FunctionWord) -> Option<(PronounKind, Case)> {
    use Case::{Object, Possessive, Reflexive, Subject};
    use FunctionWord as W;
    use PronounKind::{Addressee, Person, Plural, Speaker, Speakers, Thing};
    const MALE: PronounKind = Person(Gender::Male);
    const FEMALE: PronounKind = Person(Gender::Female);
    Some(match word {
        W::He => (MALE, Subject),
        W::Him => (MALE, Object),
        W::His => (MALE, Possessive),
        W::Himself => (MALE, Reflexive),
        W::She => (FEMALE, Subject),
        // Object where nothing follows; the tree or the next word tells.
        W::Her => (FEMALE, Possessive),
        W::Hers => (FEMALE, Object),
        W::Herself => (FEMALE, Reflexive),
        W::It => (Thing, Subject),
        W::Its => (Thing, Possessive),
        W::Itself => (Thing, Reflexive),
        W::They => (Plural, Subject),
        W::Them => (Plural, Object),
        W::Their | W::Theirs => (Plural, Possessive),
        W::Themselves => (Plural, Reflexive),
        W::We => (Speakers, Subject),
        W::Us => (Speakers, Object),
        W::Our | W::Ours => (Speakers, Possessive),
        W::Ourselves => (Speakers, Reflexive),
        W::I => (Speaker, Subject),
        W::Me => (Speaker, Object),
        W::My | W::Mine => (Speaker, Possessive),
        W::You => (Addressee, Object),
        W::Your | W::Yours => (Addressee, Possessive),
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

/// What a noun of each list may mean. The first list that holds it counts.
const HEADS: [(WordList, HeadKind); 6] = [
    (WordList::StateHead, HeadKind::State),
    (WordList::StatesHead, HeadKind::States),
    (WordList::OrganizationHead, HeadKind::Organization),
    (WordList::PeopleHead, HeadKind::People),
    (WordList::PairHead, HeadKind::Pair),
    (WordList::PersonHead, HeadKind::Person),
];

/// What a noun of these lists may mean behind "the".
pub(super) fn head_kind(lists: Lists) -> Option<HeadKind> {
    HEADS.iter().find(|(list, _)| lists.has(*list)).map(|(_, kind)| *kind)
}

/// How many sentences back "he" and "she" look.
pub(super) const PERSON_REACH: usize = 4;
/// How many sentences back "it" looks, and "they" where it means one.
pub(super) const THING_REACH: usize = 2;
/// How many sentences back "they" looks.
pub(super) const PLURAL_REACH: usize = 3;
/// How many sentences back descriptions of people and organizations look.
pub(super) const DESCRIPTION_REACH: usize = 5;
/// How many sentences back descriptions of states look.
pub(super) const STATE_REACH: usize = 3;
/// The same of those that few states fit: "the junta".
pub(super) const RARE_STATE_REACH: usize = 8;
/// How many sentences back descriptions of several look.
pub(super) const SEVERAL_REACH: usize = 5;
/// How many sentences back anything looks: what a name narrows down.
pub(super) const FARTHEST_REACH: usize = 60;

/// The noun that means both halves of a divided state.
pub(super) const BOTH_HALVES: &str = "koreas";

/// The noun for who holds a like office in another state.
pub(super) const COUNTERPART: &str = "counterpart";

/// The noun that means a state behind the name of its region: "the Gulf state".
pub(super) const REGIONAL: &str = "state";

/// A noun phrase that may refer back.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub start: u32,
    pub end: u32,
    /// The head noun, in lower case.
    pub head: String,
    pub kind: HeadKind,
    /// Lower-case words between the determiner and the head.
    pub modifiers: Vec<String>,
    /// The state or organization named between them: "the Russian leader".
    pub of: Option<EntityId>,
    pub count: Option<usize>,
}

impl Phrase {
    /// Two or more that only a number or "either" tells of.
    pub(super) fn of_several(start: u32, end: u32, head: String, count: usize) -> Self {
        let (kind, modifiers) = (HeadKind::States, Vec::new());
        Self { start, end, head, kind, modifiers, of: None, count: Some(count) }
    }

    /// Whether the head noun and its adjectives fit the title or office `title` (lower case).
    pub(super) fn fits_title(&self, lexicon: &Lexicon, title: &str) -> bool {
        let fits = |word: &str, parts: &[Box<str>]| {
            title.contains(word) || parts.iter().any(|part| title.contains(&**part))
        };
        let parts = lexicon.values(WordPairs::OfficeTitle, &self.head).unwrap_or_default();
        (lexicon.has(WordList::AnyOffice, &self.head) || fits(&self.head, parts))
            && self.modifiers.iter().all(|modifier| {
                let parts = lexicon.values(WordPairs::TitleModifier, modifier);
                parts.is_none_or(|parts| fits(modifier, parts))
            })
    }
}

/// "two", "both", "three" as a number.
pub(super) fn number(word: Option<FunctionWord>) -> Option<usize> {
    match word? {
        FunctionWord::Two | FunctionWord::Both => Some(2),
        FunctionWord::Three => Some(3),
        FunctionWord::Four => Some(4),
        _ => None,
    }
}

/// Whether the lower-case `word` may stand between "the" and a noun that refers back, as
/// adjectives and participles do.
pub(super) fn is_modifier(lexicon: &Lexicon, word: &str) -> bool {
    !lexicon.has(WordList::PhraseStop, word)
        && word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '’' || c == '\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pronouns_are_known_in_any_case_but_those_that_are_names() {
        let lexicon = Lexicon::load(None).unwrap();
        let kind =
            |word| pronoun(&lexicon, word, lexicon.function_word(word)).map(|(kind, _)| kind);
        assert_eq!(kind("its"), Some(PronounKind::Thing));
        assert_eq!(kind("Its"), Some(PronounKind::Thing));
        assert_eq!(kind("ITS"), Some(PronounKind::Thing));
        assert_eq!(kind("us"), Some(PronounKind::Speakers));
        assert_eq!(kind("US"), None);
        assert_eq!(kind("I"), Some(PronounKind::Speaker));
        assert_eq!(kind("i"), None);
    }

    #[test]
    fn an_office_noun_fits_titles_that_mean_it() {
        let lexicon = Lexicon::load(None).unwrap();
        let cases = [
            ("leader", "", "president", true),
            ("leader", "", "trade envoy", false),
            ("chief", "defence", "minister of defense", true),
            ("minister", "foreign", "defence minister", false),
            ("minister", "prime", "prime minister", true),
            ("official", "visiting", "head of customs", true),
            ("senator", "", "senator for life", true),
        ];
        for (head, modifier, title, expected) in cases {
            let mut phrase = Phrase::of_several(0, 1, head.to_owned(), 1);
            phrase.modifiers = modifier.split_whitespace().map(str::to_owned).collect();
            assert_eq!(phrase.fits_title(&lexicon, title), expected, "{modifier} {head}: {title}");
        }
    }
}
