//! The lists of words that the program asks for, each with its one use.
//!
//! What a list holds stands in `data/lexicon`; here stands only that there is one, and what for.

use std::ops::BitOr;

use strum::{IntoStaticStr, VariantArray};

/// A list of words with one use, named in the files by its variant in kebab-case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum WordList {
    /// Nouns for people and organs that stand for their state or organization.
    Metonym,
    /// Nouns that stand for an organization named before them, but for no state.
    GroupNoun,
    /// Somebody else than their owner.
    Other,
    /// Fighting means that stand for their owner where they attack.
    Force,
    /// Nouns that measure goods: "containers of".
    Measure,
    /// Nouns for goods.
    Goods,
    /// Nouns that are goods only with a word of `goods-modifier` before them.
    Aid,
    /// Words that make aid a supply: "military", "lethal".
    GoodsModifier,
    /// Nouns that move but are no goods: "message", "delegation".
    NotGoods,
    /// Verbs that lend a noun their subject: "hold talks".
    LightVerb,
    /// Verbs whose participle behind a noun tells who did it and to whom: "the offer made by".
    Performing,
    /// Deeds that their victims own as well: "the attack on Kyiv", "the murder of".
    Violence,
    /// Verbs that bring somebody to where he meets others: "flew in for talks".
    Motion,
    /// What stands behind a name and a hyphen in an adjective: "Russia-based".
    Quality,
    /// Verbs whose object is the subject of the verb below: "ask X to".
    ObjectControl,
    /// Prepositions that rules may name.
    Preposition,
    /// "not", "never", "no".
    Negator,
    /// Words that make what they govern untrue: "fail to", "deny".
    Negative,
    /// Words that say an activity is over: "stop", "halt".
    Ended,
    /// Words after which nothing is said to hold or not to hold: "warn against".
    Suppress,
    /// Words that make what they govern planned, sought or offered.
    Prospective,
    /// Verbs that order, ask or urge.
    Urge,
    /// Verbs that leave the factuality of what they govern as it is.
    Transparent,
    /// Words that make what they govern uncertain, whatever its time.
    Hedge,
    /// Words that make what they govern uncertain unless it is to come.
    WeakHedge,
    /// Modal verbs of possibility.
    HedgeModal,
    /// Modal verbs of the future and of conditions.
    FutureModal,
    /// Conjunctions of conditions.
    Condition,
    /// Verbs of saying, thinking and blaming.
    Reporting,
    /// Verbs of saying whose subject need be nobody who speaks: "figures show".
    Showing,
    /// Verbs of saying that may also report a bare noun: "confirmed the transfers".
    ReportingObject,
    /// Nouns of saying: "warning", "statement that".
    ReportingNoun,
    /// Nouns of what stands between two: "tensions with".
    Between,
    /// Adjectives of thinking: "concerned that".
    ReportingAdjective,
    /// Nouns of offices and roles.
    Office,
    /// Offices of which a bare title tells the state: "President Xi".
    HeadOffice,
    /// Adjectives that may stand in the middle of an office: "deputy", "acting".
    OfficeModifier,
    /// Words that tell of an office that is over.
    FormerOffice,
    /// Inflected forms that rules of spelling do not give: `form base`.
    Irregular,
    // Of text: tokens, sentence ends, boilerplate.
    /// Abbreviations that stand before a name or number and never end a sentence: "Gen.",
    /// "No.".
    LeadingAbbreviation,
    /// Other words that keep their full stop, and may end a sentence: "Inc.", "Sept.".
    OtherAbbreviation,
    /// Those of them that end a sentence even before a small letter.
    ClosingAbbreviation,
    /// Those of them that go on before a capital.
    OpenAbbreviation,
    /// Names of time zones behind "a.m." and "p.m.".
    TimeZone,
    /// Abbreviations only before a number: "No. 5", "p. 12".
    NumberAbbreviation,
    /// Capitalised words that begin sentences and hardly ever continue a name.
    SentenceStarter,
    /// Verbs that carry on a sentence after a quotation that ends in a question or
    /// exclamation mark.
    QuotationVerb,
    /// First parts that a hyphen does not cut off in the treebanks: "anti-ship", "non-
    /// military".
    HyphenPrefix,
    /// Units that are cut off a number: "5 km", "7:30 PM".
    Unit,
    /// Ends of host and file names, after which a full stop is no mark of its own.
    NameEnding,
    /// Names of HTML elements, whose tags are no text.
    HtmlElement,
    /// Words that credit a picture: "Photo: Reuters".
    PictureCredit,
    /// Trades of those who write articles.
    PressTrade,
    /// Units in which pages tell how old a story is: "2 hours ago".
    UnitOfAge,
    /// What stands behind such a unit: "2 hours ago", "5 min read".
    AgeEnd,
    // Of names.
    /// Ranks and offices as they are shortened before a name: "Gen.".
    ShortTitle,
    /// Last words of official titles: "Foreign Minister".
    TitleHead,
    /// Words inside of titles that may stand in capitals before a name: "Foreign",
    /// "Deputy".
    TitlePart,
    /// Callings by which someone speaks for themselves, not for a state or organization.
    PrivateCalling,
    /// Callings of people without an office to whom states do things: "the dissident".
    PersonCalling,
    /// Parts of names in small letters: "bin", "van".
    NameParticle,
    /// Capitalised words that begin sentences or name days and things, never a person.
    NoNameWord,
    /// Given names of people: "Steve Israel" is no state.
    GivenName,
    /// Names of states and capitals that people are given: "Kenya Moore".
    GivenNameOfState,
    /// Capitalised titles that only people have before their names: "Congressman Jordan".
    PersonsTitle,
    /// Verbs behind the name of a person that is the adjective of a state too: "French met".
    VerbBehindName,
    /// Words before the name of a place by which it is another: "West Jordan".
    PlacePrefix,
    /// Words behind the name of a place by which it is another: "Lebanon County".
    PlaceSuffix,
    /// Nouns for a town or village: "the town of Lebanon".
    Town,
    /// Ends of patronymics, which stand between given name and surname: "Petrovich".
    PatronymicEnding,
    /// Names of two or three letters that count in sentences without capitals.
    ShortName,
    /// Names that are other words in sentences without capitals: "us".
    SmallWord,
    /// Words of war, which tell that a weapon's name that is a common word too means the
    /// weapon.
    MilitaryWord,
    /// Areas of government that make a minister of a title: "defence", "foreign".
    OfficeArea,
    /// Offices of government where such an area stands before them.
    AreaOffice,
    /// Titles that need no state beside them: "President".
    SovereignOffice,
    /// Words that begin or carry a clause, which no title holds.
    ClauseWord,
    /// Prefixes that make another thing of a name: "anti-drone", "pro-Russian".
    OpposingPrefix,
    /// Offices whose name tells that a man holds them.
    MansOffice,
    /// Offices whose name tells that a woman holds them.
    WomansOffice,
    /// Nouns for whoever leads a state, whatever the office is called.
    TopOffice,
    /// Forms of address for a man, without their full stop.
    MansTitle,
    /// Forms of address for a woman.
    WomansTitle,
    /// Forms of address for anybody.
    OtherTitle,

    // Groups without a name.
    /// Words at which a group may begin. No file holds it: those of the pairs about groups are added.
    GroupWord,
    /// Plural nouns behind a word that means a group: "rebel forces".
    GroupTail,
    /// What stands behind a word that means a group and a hyphen, of what the group holds:
    /// "rebel-held".
    GroupHold,
    /// What may follow a group that is told by a noun in the singular: "the opposition won".
    GroupVerb,
    /// Nouns by which an adjective of a state names a place: "the Syrian city".
    PlaceNoun,
    /// Nouns in the singular for a group: "the opposition".
    SingularGroup,
    /// What crowds do: "protest".
    CrowdDeed,
    /// What is done to people who are no crowd: "kill".
    VictimOf,
    /// Words that make a strike or a storm no deed of a crowd: "air".
    Blow,

    // Clauses: arguments and the actors that phrases name.
    /// Adverbs that end a phrasal verb: "back out".
    Particle,
    /// Titles of courtesy: "Mr".
    Honorific,
    /// Nouns for somebody by the group that they belong to: "NATO member Albania".
    Affiliate,
    /// Organs of a state: a person named before one stands for the state ("the Biden
    /// administration"), one named behind it does not ("the office of Joe Biden").
    StateOrgan,
    /// Nouns for a person who is another than the person that they belong to: "his envoy".
    Aide,
    /// Nouns for firms and private people, who are not their state: "Chinese banks".
    Private,
    /// Words for a part of a group: "some of the generals".
    Partitive,
    /// Nouns for whoever speaks for somebody named after "for": "a spokesman for the Kremlin".
    Spokesperson,
    /// Nouns for what a body decides or writes, which says what its participle tells: "passed a
    /// resolution condemning".
    Enactment,
    /// Adverbs that taggers take for nouns: "met Xi today".
    NounLikeAdverb,
    /// Nouns for a message or conversation in which somebody says something: "said in a letter to".
    Communication,
    /// Nouns for talks, about whose subject the same partners act: "in talks on a deal".
    Talks,

    /// Words before "to" that rule somebody out: "as opposed to".
    Opposed,

    // Factuality.
    /// Modal verbs of a main clause with a condition: "would send arms if".
    ConsequenceModal,
    /// Verbs that embed a question: "asked whether".
    QuestionEmbedding,
    /// Neg-raising verbs, whose negation holds for what is below: "does not believe that it sent".
    NegRaising,
    /// Verbs of lasting, whose subject is there already: "the sanctions will remain".
    Lasting,
    /// Words for an attempt: "tries to get arms".
    Attempt,
    /// Verbs that call off what was planned.
    Cancelling,
    /// Verbs of which the negation hedges: "has not ruled out".
    RulingOut,
    /// Verbs that clear what is to come: "approved a sale".
    Approval,
    /// Verbs that ask only with an infinitive: "told them to go".
    Telling,
    /// Verbs that plan only in the passive: "is set to".
    Setting,
    /// Verbs that negate only what somebody is kept from: "prevented it from selling".
    Preventing,
    /// Words of worry, which hedge a clause but no noun: "concern over Iran's aid".
    Worrying,
    /// Verbs that hedge a clause with "that" alone: "concluded that".
    Judging,
    /// Verbs that hedge in the passive alone: "is said to have".
    Hearsay,
    /// Words for talking about something: what endures is there when it is talked about.
    Discussing,
    /// Nouns for what endures: "discussed their relations".
    Enduring,
    /// Verbs of meeting and calling, whose purpose is reached in doing so: "met to discuss".
    Conversing,
    /// Verbs for such purposes: "called to thank".
    Expressing,
    /// Words that leave what "not" stands before as it is: "not only".
    Mere,
    /// Nouns for what shows that something holds: "no evidence that".
    Evidence,
    /// Adjectives for little of it: "scant evidence".
    Scant,
    /// Nouns and verbs of doubt, which "no" turns into certainty: "no doubt that", "nobody doubts".
    Doubting,
    /// Words for what hardly holds: "is unlikely to", "it is doubtful that".
    Doubtful,
    /// Words for what a claim is that does not hold: "called reports of it false".
    Untrue,
    /// Words for what a claim is that holds: "it is not true that".
    TrueWord,
    /// Works of fiction: "in the film".
    Fiction,
    /// Trials of what has not happened: "in a simulation".
    Imagined,
    /// Kinds of game in which nobody plays for sport: "war game".
    GameKind,
    /// Contests of sport: "in the semi-final".
    Sport,
    /// Verbs and nouns by which somebody answers: "declined to comment on".
    Answering,
    /// Verbs by which a charge is confirmed or denied, and of which the negation does neither.
    Confirming,
    /// Verbs by which somebody avoids what is below: "refused to confirm".
    Withholding,
    /// Verbs that take back what was published or said: "retracted its report that".
    Retracting,
    /// Nouns for what was published and can be corrected: "an earlier version said".
    Publication,
    /// Words for what is said no longer: "an earlier version".
    Superseded,
    /// Words by which a speech is called wrong: "erroneously reported", "misstated".
    Mistaken,
    /// Nouns for a mistake of whoever wrote the article.
    EditingError,

    // Speakers.
    /// Verbs of saying in an adverbial clause that follows the speech: "as Kirby put it".
    Parenthetical,
    /// Verbs that say something of what stands after "to": "pointed to the strikes".
    Pointing,
    /// Verbs that say something of what stands after "on": "commented on the talks".
    Commenting,
    /// Participles before a cited source: "Kyodo reported, citing officials".
    Citing,
    /// Nouns for somebody's opinion: "in Seoul's view".
    Opinion,
    /// Documents, media and people whose words are those of whom they belong to: "Seoul's statement".
    Mouthpiece,
    /// Organs of a state that a text names without it: "the ministry said".
    BareOrgan,
    /// Organs that only a short phrase makes those of a state: "the president's office".
    VagueOrgan,
    /// Nouns for whoever speaks for a state without a name: "an official said".
    BareOfficial,
    /// Verbs that tell what somebody hopes or fears for themselves: "hopes to visit".
    Hoping,
    /// Labels of a transcript for somebody who is not named: "QUESTION".
    Floor,
    /// Verbs of saying that name whom they address: "told reporters".
    Addressing,
    /// Verbs that report somebody else's words: "quoted Lavrov as saying".
    Quoting,
    /// Verbs by which a charge is called untrue: "denied American claims that".
    Denying,
    /// Nouns for papers that tell something: "contracts show".
    Record,

    // Implicit arguments.
    /// Nouns after "in" for what is given back: "in return".
    InReturn,
    /// Nouns by which somebody is asked to do what their clause tells: "an invitation to visit".
    AskingNoun,
    /// Verbs whose subject takes what it was asked: "accepted the invitation".
    Accepting,

    // Offices.
    /// Titles that are abbreviated: "Gen."
    Abbreviated,
    /// Words between a name and the office in an apposition: "Kirby, who is now".
    AppositionOpening,
    /// Verbs between a person and an office: "Xi is president".
    OfficeCopula,
    /// Nouns for somebody of the same office elsewhere: "his counterpart".
    Counterpart,
    /// Offices of a town or region.
    LocalOffice,
    /// Words of an office that is none in the state: "opposition leader".
    OppositionOffice,

    // Time.
    /// Nouns of time, which are no goods: "sent troops last month".
    TimeNoun,
    /// The end of a week.
    Weekend,
    /// Parts of a year before "of": "the summer of 2023".
    PartOfYear,
    /// Names of months that are also common words: "may".
    AmbiguousMonth,

    // Goods.
    /// Phrases with a verb of giving by which nothing is given: "sell short".
    Figure,
    /// Verbs by which weapons fly at somebody: "sent missiles into".
    Hurling,
    /// Means of war that are sent against somebody.
    Projectile,
    /// Goods of war that are only ever handed over: "weapons", "ammunition".
    Stock,
    /// Pronouns that may stand for goods: "sold it to Poland".
    GoodsPronoun,
    /// Words and signs of money.
    Currency,
    /// Words that count without telling what: "promised one".
    BareQuantity,
    /// Nouns before which a noun of action still tells of the action: "a talks process".
    ActionHead,

    // Whom a word means (`references.toml`).
    /// Nouns that refer back to a state: "the country".
    StateHead,
    /// Nouns that refer back to several states or sides: "the two countries".
    StatesHead,
    /// Nouns that refer back to an organization: "the alliance".
    OrganizationHead,
    /// Nouns that refer back to several people: "the leaders".
    PeopleHead,
    /// Nouns that refer back to two of anything: "the pair".
    PairHead,
    /// Nouns that refer back to a person: "the president".
    PersonHead,
    /// Nouns for states that fit few of them, and look back farther.
    RareHead,
    /// Nouns for states that single out none without an adjective.
    VagueHead,
    /// Nouns for the other one of two states: "its neighbour".
    OppositeHead,
    /// Nouns that a possessive makes the state of its owner: "his country".
    OwnStateHead,
    /// Nouns for sides of a war.
    SideHead,
    /// Nouns behind "either" and "neither".
    EitherHead,
    /// Nouns behind "our two".
    OwnPairHead,
    /// Texts that somebody issues: "statement", "readout".
    IssuedText,
    /// What makes an issued text that of several.
    Joint,
    /// Words by which a publisher's name is that of an organ of state.
    IssuingOrgan,
    /// Labels of a host that only organs of a state have.
    GovernmentLabel,
    /// Nouns for what two sides share: "our relationship".
    SharedTie,
    /// Adjectives of what two sides share.
    SharedTieModifier,
    /// Words by which a text tells that people were together or talked.
    Encounter,
    /// Nouns for several people of whom each holds the office.
    PluralOffice,
    /// Offices whose holder may be named only later.
    HighOffice,
    /// Nouns that fit every office.
    AnyOffice,
    /// Adjectives of people whose office may have ended.
    FormerHolder,
    /// Words that cannot stand between a determiner and the noun that refers back.
    PhraseStop,
    /// Regions that may stand before "state".
    Region,
    /// Adjectives of a state that is none of those named.
    OtherStateModifier,
    /// Nouns for a government behind the name of its head: "the Biden administration".
    PersonsGovernment,
    /// Halves of a divided state.
    Compass,
    /// Forms of "be" and the like behind an "it" that may mean nothing.
    EmptyCopula,
    /// What stands behind those if "it" means nothing: "it is likely".
    EmptyPredicate,
    /// Verbs behind an "it" that means nothing: "it seems".
    EmptyVerb,
    /// Forms of verbs that introduce direct speech.
    SpeechVerb,
    /// Verbs by which somebody is praised or blamed for something.
    JudgingVerb,
    /// Verbs by which somebody is told what to expect or to avoid.
    WarningVerb,
    /// Verbs for what the one who is warned would meet with.
    SufferingVerb,
    /// Verbs for what the one who warns would do.
    RetaliationVerb,
    /// Verbs whose subject acts by will.
    WilledVerb,
    /// Verbs whose object "it" is a thing or a deed.
    ThingVerb,
    /// Verbs whose only object is what moves.
    MovingVerb,
    /// Nouns behind an adjective of a state by which the phrase stands for the state.
    StateNoun,
    /// Nouns by which a state or an organization is "they".
    PluralActor,
    /// Nouns for what a state or an armed organization has, rather than a thing.
    ActorPossession,
    /// Nouns for what only a state has.
    StatePossession,
    /// Nouns that "it" hardly means: times, ways.
    VagueThing,
    /// Nouns behind "military" by which it is no organ of state.
    OrganCompound,
}

/// The list, pairs or table of that name in the files, or what is wrong with the name.
pub(super) fn named<Set>(what: &str, name: &str) -> Result<Set, String>
where
    Set: VariantArray + Copy + Into<&'static str>,
{
    let known = || Set::VARIANTS.iter().copied();
    known().find(|&member| member.into() == name).ok_or_else(|| {
        let known: Vec<&str> = known().map(Into::into).collect();
        format!("unknown {what} {name:?} (known: {})", known.join(", "))
    })
}

/// How many numbers of 64 bits hold a bit for each list.
const N_PARTS: usize = WordList::VARIANTS.len().div_ceil(64);

/// A set of word lists.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lists([u64; N_PARTS]);

impl Lists {
    pub(crate) fn has(self, list: WordList) -> bool {
        let list = list as usize;
        self.0[list / 64] & (1 << (list % 64)) != 0
    }

    pub(super) fn insert(&mut self, list: WordList) {
        let list = list as usize;
        self.0[list / 64] |= 1 << (list % 64);
    }
}

impl BitOr for Lists {
    type Output = Self;

    fn bitor(mut self, other: Self) -> Self {
        for (part, other) in self.0.iter_mut().zip(other.0) {
            *part |= other;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_named_by_its_variant() {
        assert_eq!(named("list", "group-noun"), Ok(WordList::GroupNoun));
        assert!(named::<WordList>("list", "GroupNoun").is_err());
    }
}
