//! Groups without a name of their own: "Syrian rebels", "protesters in Caracas", "the opposition".
//!
//! Comes in: the names that an article was found to hold. Goes out: a name for each noun of a group
//! whose state, or people without a state, the text tells: in its own phrase, by an earlier mention
//! of the group, by where the sentence or the article plays, or because no other state is spoken of.
//! Left out: groups of which the text tells no state, who have no id; single people; a noun right
//! behind the name of an organization, which stands for the organization ("Taliban fighters").

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::lexicon::FunctionWord::{
    Across, From, Her, His, In, Inside, Its, Near, Of, Outside, The, Their, These, Those, To,
};
use crate::lexicon::{FunctionWord, Lexicon, WordList, WordPairs};
use crate::model::{Entity, EntityId, EntityKind, MentionForm, Sentence, SentenceKind};

use super::named::{Named, NamesSoFar, Words};

/// How many words may stand between the adjective of a state and its noun.
const ADJECTIVES: u32 = 3;
/// How many words behind a noun the place may end that tells its state.
const PLACE_REACH: u32 = 8;
/// How many words behind a noun of `calling` its deed may stand.
const DEED_REACH: u32 = 10;
/// How many sentences back an armed organization may be whom "the militants" means.
const ORGANIZATION_REACH: usize = 5;
/// How many sentences back a group may stand whose owner another takes over.
const KNOWN_REACH: usize = 3;
/// How many times as often as any other a state must be named to be the one that is meant.
const DOMINANCE: usize = 3;

/// A noun of a group, before its state is known.
#[derive(Debug, Clone)]
struct Noun<'l> {
    start: u32,
    end: u32,
    /// What the id tells: "rebels".
    name: Cow<'l, str>,
    /// "armed", "political" or "crowd".
    subtype: &'l str,
}

/// Whose a group is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Owner {
    State(EntityId),
    /// A people without a state: "kurdish".
    People(String),
    /// An organization or a person: the noun is no group of its own.
    Somebody,
}

/// All groups in text order, with their entities.
pub(super) fn find(names: &NamesSoFar<'_>) -> Vec<(Named, Entity)> {
    let mut finder = Finder {
        names,
        home: OnceCell::new(),
        main: OnceCell::new(),
        known: Vec::new(),
        found: Vec::new(),
    };
    let lexicon = finder.lexicon();
    for n in 0..names.document.sentences.len() {
        let scan = Scan::new(names, n);
        let mut at = 0;
        while at < scan.words.len() {
            match scan.noun_at(lexicon, at) {
                Some(noun) => {
                    at = noun.end;
                    finder.add(&scan, &noun);
                }
                None => at += 1,
            }
        }
    }
    finder.found
}

struct Finder<'a, 'r> {
    names: &'r NamesSoFar<'a>,
    /// Where the article was written, once somebody has asked.
    home: OnceCell<Option<EntityId>>,
    /// The state that the article is about, once somebody has asked.
    main: OnceCell<Option<EntityId>>,
    known: Vec<Known<'r>>,
    found: Vec<(Named, Entity)>,
}

/// A group whose owner is known.
struct Known<'r> {
    name: Cow<'r, str>,
    subtype: &'r str,
    owner: Owner,
    /// The number of its sentence.
    sentence: usize,
}

impl<'r> Finder<'_, 'r> {
    fn lexicon(&self) -> &'r Lexicon {
        &self.names.gazetteer.lexicon
    }

    /// Adds the group that `noun` means, where its owner is told.
    fn add(&mut self, scan: &Scan<'_, '_>, noun: &Noun<'r>) {
        let own = scan
            .people_at(noun)
            .or_else(|| scan.owner_before(noun.start))
            .or_else(|| scan.place_behind(noun.end));
        let owner = match own {
            Some(owner) => Some(owner),
            None => self.owner_by_context(scan, noun),
        };
        let Some(owner) = owner.filter(|owner| *owner != Owner::Somebody) else { return };
        let Some(entity) = self.entity(&owner, noun) else { return };
        let (name, subtype) = (noun.name.clone(), noun.subtype);
        self.known.push(Known { name, subtype, owner, sentence: scan.n });
        let whole = scan.words.word(noun.start).span.join(scan.words.word(noun.end - 1).span);
        let id = entity.id.clone();
        let (sentence, form) = (scan.n, MentionForm::Group);
        self.found.push((Named { span: whole, sentence, id, form, full: false }, entity));
    }

    /// The owner where the phrase itself tells none.
    fn owner_by_context(&self, scan: &Scan<'_, '_>, noun: &Noun<'_>) -> Option<Owner> {
        let definite = scan.is_definite(noun);
        let told = self.known_before(scan, |known| known.name == noun.name);
        if definite && told.is_none() && self.may_mean_organization(scan, noun) {
            return None;
        }
        if definite && told.is_some() {
            return told;
        }
        scan.place_of_sentence()
            .or(told)
            .or_else(|| self.home().map(Owner::State))
            .or_else(|| scan.only_state(noun.subtype == "political").map(Owner::State))
            .or_else(|| self.known_before(scan, |known| known.subtype == noun.subtype))
            .or_else(|| self.main_state().map(Owner::State))
    }

    /// The owner of the last group that `fits`: near by, or the state that the whole text is about.
    /// A page of many short reports speaks of others soon.
    fn known_before(
        &self,
        scan: &Scan<'_, '_>,
        fits: impl Fn(&Known<'_>) -> bool,
    ) -> Option<Owner> {
        let known = self.known.iter().rev().find(|known| fits(known))?;
        let is_near = || scan.n - known.sentence <= KNOWN_REACH;
        let is_main = || match &known.owner {
            Owner::State(state) => {
                [self.home(), self.main_state()].iter().flatten().any(|main| main == state)
            }
            _ => true,
        };
        (is_near() || is_main()).then(|| known.owner.clone())
    }

    /// "The militants" after the name of an armed organization: coreference decides.
    fn may_mean_organization(&self, scan: &Scan<'_, '_>, noun: &Noun<'_>) -> bool {
        noun.subtype == "armed"
            && self.names.named[scan.n.saturating_sub(ORGANIZATION_REACH)..=scan.n]
                .iter()
                .flatten()
                .filter_map(|named| self.names.directory.get(&named.id))
                .any(|entity| entity.subtype.as_deref() == Some("armed-group"))
    }

    /// The state of the dateline.
    fn home(&self) -> Option<EntityId> {
        let names = self.names;
        let find = || {
            names.named.iter().take(Sentence::DATELINE_AMONG).flatten().find_map(|named| {
                let sentence = names.sentence(named.sentence);
                let tokens = sentence.tokens_in(named.span)?;
                let is_capital = named.form == MentionForm::Capital;
                let tells = sentence.is_in_dateline(names.text(), tokens, is_capital);
                (named.id.is_state() && tells).then(|| named.id.clone())
            })
        };
        self.home.get_or_init(find).clone()
    }

    /// The only state that the article names, or the one that it names much more often than any
    /// other.
    fn main_state(&self) -> Option<EntityId> {
        let names = self.names;
        let find = || {
            let states = names.named.iter().flatten().filter(|named| named.id.is_state());
            let mut counts: Vec<(usize, &EntityId)> = Vec::new();
            for named in states {
                match counts.iter_mut().find(|(_, id)| *id == &named.id) {
                    Some((count, _)) => *count += 1,
                    None => counts.push((1, &named.id)),
                }
            }
            counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
            match counts[..] {
                [(_, id)] => Some(id.clone()),
                [(first, id), (second, _), ..] if first >= DOMINANCE * second => Some(id.clone()),
                _ => None,
            }
        };
        self.main.get_or_init(find).clone()
    }

    /// What is known of the group: id, name, state and type tell the same in every article.
    fn entity(&self, owner: &Owner, noun: &Noun<'_>) -> Option<Entity> {
        let slug_noun = noun.name.replace(' ', "-");
        let (slug, name, state) = match owner {
            Owner::State(id) => {
                let state = self.names.directory.get(id)?;
                let adjective = state.adjective.as_deref().unwrap_or(&state.name);
                let name = format!("{adjective} {}", noun.name);
                (format!("{}-{slug_noun}", id.slug()), name, Some(id.clone()))
            }
            Owner::People(people) => {
                let mut name = format!("{people} {}", noun.name);
                name[..1].make_ascii_uppercase();
                (format!("{people}-{slug_noun}"), name, None)
            }
            Owner::Somebody => return None,
        };
        let mut entity = Entity::bare(EntityId::new(EntityKind::Group, &slug).ok()?, name);
        entity.state = state;
        entity.subtype = Some(noun.subtype.to_owned());
        entity.discovered = true;
        Some(entity)
    }
}

/// One sentence, word by word.
struct Scan<'a, 'r> {
    names: &'r NamesSoFar<'a>,
    n: usize,
    words: Words<'a>,
    lexicon: &'r Lexicon,
}

impl<'a, 'r> Scan<'a, 'r> {
    fn new(names: &'r NamesSoFar<'a>, n: usize) -> Self {
        Self { names, n, words: names.words(n), lexicon: &names.gazetteer.lexicon }
    }

    fn lower(&self, index: u32) -> String {
        self.words.get(index).to_lowercase()
    }

    fn function(&self, index: u32) -> Option<FunctionWord> {
        self.lexicon.function_word(self.words.get(index))
    }

    fn has(&self, list: WordList, index: u32) -> bool {
        self.lexicon.has_any_case(list, self.words.get(index))
    }

    fn named_at(&self, index: u32) -> Option<&'r Named> {
        if index >= self.words.len() {
            return None;
        }
        let span = self.words.word(index).span;
        let towns = self.names.towns[self.n].iter();
        let mut names = self.names.named[self.n].iter().chain(towns);
        names.find(|named| named.span.overlaps(span))
    }

    /// The noun of a group that begins at `at`.
    fn noun_at(&self, lexicon: &'r Lexicon, at: u32) -> Option<Noun<'r>> {
        if !self.may_be_noun(at) {
            return None;
        }
        let lower = self.lower(at);
        let two = self.noun_of_two(lexicon, at, &lower);
        if two.is_some() {
            return two;
        }
        if let Some([name, subtype]) = lexicon.values(WordPairs::Group, &lower) {
            let singular = lexicon.has(WordList::SingularGroup, &lower);
            let fits = if singular { self.is_singular_group(at) } else { !self.is_name(at + 1) };
            let name = Cow::Borrowed(&**name);
            return fits.then_some(Noun { start: at, end: at + 1, name, subtype });
        }
        if let Some([people]) = lexicon.values(WordPairs::People, &lower)
            && **people != *lower
            && lower.ends_with('s')
        {
            let name = Cow::Borrowed("people");
            return Some(Noun { start: at, end: at + 1, name, subtype: "people" });
        }
        let [name] = lexicon.values(WordPairs::Calling, &lower)? else { return None };
        let mut end = at + 1;
        if self.function(end) == Some(Of) {
            let inner = self.lower(end + 1);
            lexicon.values(WordPairs::Calling, &inner)?;
            end += 2;
        }
        let name = Cow::Borrowed(&**name);
        self.is_crowd(end).then_some(Noun { start: at, end, name, subtype: "crowd" })
    }

    /// "Rebel forces", "armed men", "Kurdish fighters": nouns that need the word before them.
    fn noun_of_two(&self, lexicon: &'r Lexicon, at: u32, lower: &str) -> Option<Noun<'r>> {
        let (start, end) = (at, at + 2);
        if self.named_at(at + 1).is_some() {
            return None;
        }
        let next = self.lower(at + 1);
        // "Rebel-held towns": whom the towns belong to.
        if let Some([name, subtype]) = lexicon.values(WordPairs::GroupAttribute, lower)
            && next == "-"
            && lexicon.has(WordList::GroupHold, &self.lower(at + 2))
        {
            return Some(Noun { start, end: at + 1, name: Cow::Borrowed(name), subtype });
        }
        if let Some([name, subtype]) = lexicon.values(WordPairs::GroupAttribute, lower)
            && lexicon.has(WordList::GroupTail, &next)
        {
            return Some(Noun { start, end, name: Cow::Borrowed(name), subtype });
        }
        if lexicon.values(WordPairs::People, lower).is_some()
            && lexicon.has(WordList::GroupTail, &next)
            && lexicon.values(WordPairs::Group, &next).is_none()
        {
            // The people stays the owner, which stands right before the noun.
            let name = Cow::Owned(next);
            return Some(Noun { start: at + 1, end, name, subtype: "armed" });
        }
        let behind = lexicon.values(WordPairs::GroupBehind, &next)?;
        let before = behind.iter().find(|word| ***word == *lower)?;
        let name = Cow::Owned(format!("{before} {next}"));
        let subtype = if &**before == "political" { before } else { "armed" };
        Some(Noun { start, end, name, subtype })
    }

    /// Whether no name covers the word at `at` and its capitals make no name of it.
    fn may_be_noun(&self, at: u32) -> bool {
        let word = self.words.get(at);
        let capital = word.starts_with(char::is_uppercase);
        self.has(WordList::GroupWord, at)
            && self.named_at(at).is_none()
            && (!capital
                || self.words.sentence.kind == SentenceKind::Headline
                || at as usize <= self.words.sentence.lead(self.names.text())
                || !self.words.get(at - 1).starts_with(char::is_alphanumeric)
                || self.lexicon.values(WordPairs::People, &self.lower(at)).is_some())
    }

    /// Whether a word inside of a sentence is written like a name.
    fn is_name(&self, at: u32) -> bool {
        self.words.sentence.kind != SentenceKind::Headline
            && self.words.get(at).starts_with(char::is_uppercase)
            && self.named_at(at).is_none()
    }

    /// "The opposition said", not "opposition to the plan", "opposition leader".
    fn is_singular_group(&self, at: u32) -> bool {
        let next = self.words.get(at + 1);
        let goes_on = next.starts_with(char::is_alphabetic)
            && self.named_at(at + 1).is_none()
            && !self.has(WordList::GroupVerb, at + 1)
            && self.function(at + 1).is_none_or(|word| matches!(word, To | From))
            && !next.ends_with("ed")
            && !next.ends_with('s');
        let determined =
            || at == 0 || self.determiner(at).is_some() || self.owner_before(at).is_some();
        !goes_on && next != "-" && determined()
    }

    /// The determiner of the phrase whose noun stands at `at`, if it is a definite one.
    fn determiner(&self, at: u32) -> Option<FunctionWord> {
        let is_adjective = |at: &u32| {
            self.words.get(*at).starts_with(char::is_lowercase)
                && !self.has(WordList::PhraseStop, *at)
        };
        let mut before = (at.saturating_sub(ADJECTIVES + 1)..at).rev().skip_while(is_adjective);
        let word = self.function(before.next()?)?;
        matches!(word, The | These | Those | His | Her | Its | Their).then_some(word)
    }

    fn is_genitive(&self, at: u32) -> bool {
        matches!(self.words.get(at), "'s" | "’s" | "'" | "’")
    }

    /// Whether a word for what crowds do stands soon behind `from`, and none before it for what is
    /// done to people: "three people were killed in air strikes" tells of no crowd.
    fn is_crowd(&self, from: u32) -> bool {
        let is_form = |list: WordList, at: u32| {
            let in_list = |word| self.lexicon.lists(word).0.has(list);
            self.lexicon.any_base(&self.lower(at), in_list)
        };
        let is_blow = |at: u32| at > from && self.has(WordList::Blow, at - 1);
        (from..self.words.len().min(from + DEED_REACH))
            .take_while(|&at| !is_form(WordList::VictimOf, at))
            .any(|at| is_form(WordList::CrowdDeed, at) && !is_blow(at))
    }

    fn is_definite(&self, noun: &Noun<'_>) -> bool {
        matches!(self.determiner(noun.start), Some(The | These | Those))
    }

    /// The people that the noun itself names: "the Kurds".
    fn people_at(&self, noun: &Noun<'_>) -> Option<Owner> {
        let [people] = self.lexicon.values(WordPairs::People, &self.lower(noun.start))? else {
            return None;
        };
        Some(Owner::People(people.to_string()))
    }

    /// The owner that stands before the noun: "Syrian rebels", "Venezuela's opposition".
    fn owner_before(&self, noun: u32) -> Option<Owner> {
        let mut at = noun;
        let mut genitive = false;
        for step in 0..=ADJECTIVES {
            at = at.checked_sub(1)?;
            if self.is_genitive(at) {
                genitive = true;
                continue;
            }
            if let Some(named) = self.named_at(at) {
                // "Iran-backed militias" are not Iran's.
                if !genitive && self.words.get(at + 1) == "-" {
                    continue;
                }
                let adjacent = step == 0 || genitive || named.form == MentionForm::Demonym;
                return Self::owner(named, adjacent);
            }
            let lower = self.lower(at);
            if let Some([people]) = self.lexicon.values(WordPairs::People, &lower) {
                return Some(Owner::People(people.to_string()));
            }
            let is_adjective = self.words.get(at).starts_with(char::is_lowercase)
                && !self.has(WordList::PhraseStop, at);
            if !is_adjective && self.words.get(at) != "-" {
                return None;
            }
        }
        None
    }

    /// Whose a noun behind a name is; `adjacent`, whether the name belongs to its phrase for sure.
    fn owner(named: &Named, adjacent: bool) -> Option<Owner> {
        if !adjacent || named.id.is_weapon() || named.form == MentionForm::People {
            return None;
        }
        if named.id.is_state() {
            return Some(Owner::State(named.id.clone()));
        }
        Some(Owner::Somebody)
    }

    /// The state of the place behind a noun: "rebels in eastern Ukraine".
    fn place_behind(&self, end: u32) -> Option<Owner> {
        let is_place = |at| matches!(self.function(at), Some(In | Of | From | Across | Inside));
        if !is_place(end) {
            return None;
        }
        self.state_of_place(end + 1).map(Owner::State)
    }

    /// The state that a phrase of place, which begins behind its preposition at `from`, names:
    /// "eastern Ukraine", "the Syrian city of Homs", "Homs, Syria".
    fn state_of_place(&self, from: u32) -> Option<EntityId> {
        for at in from..self.words.len().min(from + PLACE_REACH) {
            if let Some(named) = self.named_at(at) {
                if !named.id.is_state() {
                    return None;
                }
                let is_place = match named.form {
                    MentionForm::Demonym => {
                        self.has(WordList::PlaceNoun, at + 1)
                            || self.has(WordList::PlaceNoun, at + 2)
                    }
                    MentionForm::Name | MentionForm::Capital | MentionForm::Town => {
                        self.words.get(at + 1) != "-"
                    }
                    _ => false,
                };
                return is_place.then(|| named.id.clone());
            }
            let word = self.words.get(at);
            let goes_on = word == ","
                || word.starts_with(char::is_uppercase)
                || matches!(self.function(at), Some(The | Of | In))
                || self.has(WordList::PlaceNoun, at)
                || at == from && word.starts_with(char::is_lowercase)
                || self.function(at - 1) == Some(The) && self.function(at).is_none();
            if !goes_on {
                return None;
            }
        }
        None
    }

    /// The only state in which something happens, by the phrases of place of the sentence.
    fn place_of_sentence(&self) -> Option<Owner> {
        let is_place = |at: &u32| {
            // "At The Hague" tells of a court, not of whose a group is.
            matches!(self.function(*at), Some(In | Near | Across | Inside | Outside))
        };
        let places = (0..self.words.len()).filter(is_place);
        let mut states: Vec<EntityId> =
            places.filter_map(|at| self.state_of_place(at + 1)).collect();
        states.sort_unstable();
        states.dedup();
        match states.len() {
            1 => states.pop().map(Owner::State),
            _ => None,
        }
    }

    /// The only state that the sentence speaks of; people count for theirs with `by_people`.
    fn only_state(&self, by_people: bool) -> Option<EntityId> {
        let state = |named: &Named| {
            if named.id.is_state() {
                return Some(named.id.clone());
            }
            let entity = self.names.directory.get(&named.id)?;
            entity.state.clone().filter(|_| by_people && named.id.is_person())
        };
        let mut states: Vec<EntityId> = self.names.named[self.n].iter().filter_map(state).collect();
        states.sort_unstable();
        states.dedup();
        if states.len() == 1 { states.pop() } else { None }
    }
}
