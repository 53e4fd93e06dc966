//! Several at once: "the two countries", "both leaders", "either side", "the pair".

use crate::lexicon::{FunctionWord, WordList};
use crate::model::{Deprel, EntityId, MentionForm, TokenIndex, Upos};

use super::Resolver;
use super::cast::{is_armed_group, states_of};
use super::referents::{Referent, SyntacticRole};
use super::words::{BOTH_HALVES, FARTHEST_REACH, HeadKind, Phrase};

/// Who may be one of several.
#[derive(Debug, Clone, Copy)]
enum Among {
    People,
    States,
    /// States and armed groups, as sides of a war are.
    Sides,
    /// A person adds their state.
    StatesOfPeople,
}

impl Resolver<'_> {
    /// "the two countries", "both leaders": the last group of that size, else the last ones that
    /// were mentioned, if they are exactly as many.
    pub(super) fn find_several(&self, n: usize, phrase: &Phrase, people: bool) -> Option<Referent> {
        if phrase.head == BOTH_HALVES {
            let halves = self.directory.described_as(BOTH_HALVES)?;
            let mut recent = self.discourse.recent(n, FARTHEST_REACH);
            let half =
                recent.find(|referent| referent.single().is_some_and(|id| halves.contains(id)))?;
            return Some(half.meaning(halves.to_vec()));
        }
        if phrase.of.is_some() || self.names_their_states(n, phrase) {
            return None;
        }
        if people && let Some(together) = self.participants_as(n, phrase, people, true) {
            return Some(together);
        }
        let sides = self.text.lexicon.has(WordList::SideHead, &phrase.head);
        let count = match (phrase.count, phrase.kind) {
            (Some(count), _) => count,
            (None, HeadKind::Pair) => 2,
            // "the countries", "the sides", "the leaders": as many as the last group.
            (None, _) => 0,
        };
        // "Kenya has sent arms to either side": neither is Kenya.
        let beside = if sides { self.beside(n, phrase) } else { Vec::new() };
        let member = |id: &EntityId| {
            let fits = if people { id.is_person() } else { id.is_state() || id.is_organization() };
            fits && !beside.contains(&id)
        };

        // "The three countries": groups of three are few.
        let reach = if count > 2 { 5 } else { 2 };
        let group = self.discourse.recent(n, reach).find(|referent| {
            referent.entities.len() > 1
                && (count == 0 || referent.entities.len() == count)
                && referent.entities.iter().all(member)
        });
        if let Some(group) = group {
            return Some(group.clone());
        }
        let count = match count {
            // Of sides there are two.
            0 if sides => 2,
            0 => return self.participants_as(n, phrase, people, false),
            known => known,
        };
        if !people && let Some(together) = self.participants_as(n, phrase, people, true) {
            return Some(together);
        }
        let last = |among| self.last_several(n, count, among, phrase);
        if people {
            return self
                .holders(n, count, phrase)
                .or_else(|| last(Among::People))
                .or_else(|| self.participants_as(n, phrase, people, false));
        }
        if count == 2
            && let Some(pair) = self.main_pair_at(n, sides, &beside)
        {
            return Some(pair);
        }
        last(if sides { Among::Sides } else { Among::States })
            .or_else(|| if sides { last(Among::People) } else { None })
            .or_else(|| last(Among::StatesOfPeople))
            .or_else(|| self.participants_as(n, phrase, people, false))
            .filter(|referent| !referent.entities.iter().any(|id| beside.contains(&id)))
    }

    /// "The leaders of Kenya and Ghana": the phrase names whose leaders they are.
    fn names_their_states(&self, n: usize, phrase: &Phrase) -> bool {
        let of = self.text.function(n, phrase.end) == Some(FunctionWord::Of);
        of && (1..3).any(|ahead| self.text.named_at(n, phrase.end + ahead).is_some())
    }

    /// Those of whose meeting or call the article tells first, where the phrase counts as many of
    /// them or counts none and they hold the office that it names. A release comes back to them
    /// whoever else it names on the way: `official` asks for one.
    fn participants_as(
        &self,
        n: usize,
        phrase: &Phrase,
        people: bool,
        official: bool,
    ) -> Option<Referent> {
        let together = self.participants.as_ref()?;
        if together.sentence >= n || official && self.text.voices.issuers_at(n).is_empty() {
            return None;
        }
        let entities = if people {
            together.people.clone()
        } else {
            states_of(self.directory, &together.people)
        };
        let counted = phrase.count.is_none_or(|count| count == entities.len());
        let hold = !people || phrase.head.is_empty() || {
            let one = self.one_of(phrase);
            one.is_some_and(|one| entities.iter().all(|id| self.may_hold(id, &one)))
        };
        (counted && hold && entities.len() > 1).then(|| {
            let named = self.named_elsewhere(n, phrase, together.first);
            Referent { entities, plural: true, ..named }
        })
    }

    /// "They", at the beginning of a sentence of a release, where nobody else is meant.
    pub(super) fn participants_again(&self, n: usize, token: u32) -> Option<Referent> {
        const OPENING: u32 = 2;
        let mut near = self.discourse.recent(n, 2);
        if token > OPENING || near.any(|one| one.plural || one.entities.len() > 1) {
            return None;
        }
        let together = self.participants.as_ref()?;
        let phrase = Phrase::of_several(token, token + 1, String::new(), together.people.len());
        self.participants_as(n, &phrase, true, true)
    }

    /// Whether a person holds an office that the phrase describes, or none is known of them.
    fn may_hold(&self, id: &EntityId, phrase: &Phrase) -> bool {
        let person = self.directory.get(id);
        person.is_none_or(|person| person.offices.is_empty()) || self.fits_office(id, phrase, None)
    }

    /// The two parties that the article is about, where they may be meant by "the two countries" or
    /// "the two sides".
    fn main_pair_at(&self, n: usize, sides: bool, beside: &[&EntityId]) -> Option<Referent> {
        let parties = &self.pair.as_ref()?.parties;
        let may_be = !parties.iter().any(|party| beside.contains(&party))
            && (sides || parties.iter().all(EntityId::is_state));
        let mut recent = self.discourse.recent(n, FARTHEST_REACH).filter(|_| may_be);
        let near = recent.find(|near| near.single().is_some_and(|id| parties.contains(id)))?;
        Some(near.meaning(parties.to_vec()))
    }

    /// "Both prime ministers": those of the two states that the article is about.
    fn holders(&self, n: usize, count: usize, phrase: &Phrase) -> Option<Referent> {
        let one = self.one_of(phrase).filter(|_| count == 2)?;
        let [a, b] = &self.pair.as_ref()?.parties;
        let holder = |state: &EntityId| {
            let one = Phrase { of: Some(state.clone()), ..one.clone() };
            self.only_named(|id| self.fits_office(id, &one, None))
        };
        let (first, second) = (holder(a)?, holder(b)?);
        let named = self.text.named;
        let mut entities = [first, second].map(|index| named[index].entities[0].clone()).to_vec();
        entities.sort();
        Some(Referent { entities, plural: true, ..self.named_elsewhere(n, phrase, first) })
    }

    /// What a phrase for several says of each of them: "ministers" of a minister.
    fn one_of(&self, phrase: &Phrase) -> Option<Phrase> {
        let several = self.text.lexicon.has(WordList::PluralOffice, &phrase.head);
        let singular = phrase.head.strip_suffix("ies").map(|stem| format!("{stem}y"));
        let head = singular.or_else(|| phrase.head.strip_suffix('s').map(str::to_owned));
        let head = head.filter(|_| several)?;
        Some(Phrase { head, of: None, ..phrase.clone() })
    }

    /// "either side", "neither country": each of the two.
    pub(super) fn read_either(&mut self, n: usize, token: u32) -> Option<u32> {
        let noun = self.text.lower(n, token + 1);
        if !self.text.lexicon.has(WordList::EitherHead, &noun) {
            return None;
        }
        let phrase = Phrase::of_several(token, token + 2, noun.into_owned(), 2);
        let referent = self.find_several(n, &phrase, false)?;
        Some(self.describe(n, phrase.start, phrase.end, &referent))
    }

    /// Whether a number or an adjective stands without a noun.
    fn is_bare(&self, n: usize, token: u32) -> bool {
        use Deprel::{Iobj, Nmod, NmodPoss, Nsubj, Obj, Obl};
        let Some(tree) = self.text.tree(n) else { return false };
        let role = tree.deprel(TokenIndex(token));
        matches!(role.basic(), Nsubj | Obj | Obl | Iobj | Nmod)
            && role != NmodPoss
            && tree.node(TokenIndex(token)).upos != Upos::Noun
            && self.text.function(n, token + 1) != Some(FunctionWord::Of)
    }

    /// "Both", "the two" and "the three" without a noun: the last group of that size, or the two
    /// that the article is about. The token behind it, if it was linked.
    pub(super) fn read_bare_number(
        &mut self,
        n: usize,
        token: u32,
        word: FunctionWord,
    ) -> Option<u32> {
        use FunctionWord::{All, Both, The, Three, Two};
        let (last, count) = match (word, self.text.function(n, token + 1)) {
            (Both, _) => (token, 2),
            (The, Some(Two)) => (token + 1, 2),
            (The | All, Some(Three)) => (token + 1, 3),
            _ => return None,
        };
        if !self.is_bare(n, last) {
            return None;
        }
        let head = self.text.lower(n, last).into_owned();
        let phrase = Phrase::of_several(token, last + 1, head, count);
        let has_size = |referent: &&Referent| referent.entities.len() == count;
        let group = self.discourse.recent(n, 1).find(has_size).cloned();
        let referent = if count > 2 {
            let of_clause = self.text.tree(n)?.deprel(TokenIndex(last)) != Deprel::Nmod;
            let people = || self.last_several(n, count, Among::People, &phrase);
            group.or_else(people).filter(|_| of_clause)?
        } else {
            group
                .or_else(|| self.discourse.last_two_people(n))
                .or_else(|| self.find_several(n, &phrase, false))?
        };
        Some(self.describe(n, phrase.start, phrase.end, &referent))
    }

    /// The last `count` that were mentioned; with one more in the same sentence, none.
    fn last_several(
        &self,
        n: usize,
        count: usize,
        among: Among,
        phrase: &Phrase,
    ) -> Option<Referent> {
        let reach = if matches!(among, Among::People) { 5 } else { 3 };
        // "Both prime ministers": only those who are.
        let one = self.one_of(phrase);
        let may_be = |id: &EntityId| {
            let one = one.as_ref().filter(|_| id.is_person());
            one.is_none_or(|one| self.fits_office(id, one, None))
        };
        let mut entities: Vec<EntityId> = Vec::new();
        let mut last: Option<&Referent> = None;
        for referent in self.discourse.recent(n, reach) {
            // Three and more are counted together where one sentence lists them.
            if last.is_some_and(|last| last.sentence != referent.sentence)
                && (count > 2 || entities.len() >= count)
            {
                break;
            }
            for id in self.members(referent, among) {
                if may_be(&id) && !entities.contains(&id) {
                    entities.push(id);
                    last = Some(referent);
                }
            }
        }
        if entities.len() != count {
            return None;
        }
        entities.sort();
        Some(last?.meaning(entities))
    }

    /// Whom a referent adds to "the two sides".
    fn members(&self, referent: &Referent, among: Among) -> Vec<EntityId> {
        use FunctionWord::{At, In};
        let before = self.text.word_before(referent.sentence, referent.tokens.start());
        let before = self.text.lexicon.function_word(before);
        // A capital behind "in" is a place; an adjective belongs to its noun.
        let place = referent.form == MentionForm::Capital && matches!(before, Some(In | At));
        let modifier =
            referent.role == SyntacticRole::Modifier && referent.form == MentionForm::Demonym;
        if place || modifier || referent.form == MentionForm::People {
            return Vec::new();
        }
        let is_state = |id: &EntityId| id.is_state() && referent.form != MentionForm::Organ;
        let of_kind = referent.entities.iter().filter(|id| match among {
            Among::People => id.is_person(),
            Among::States => is_state(id),
            Among::Sides => is_state(id) || is_armed_group(self.directory, id),
            Among::StatesOfPeople => !id.is_organization(),
        });
        let of_kind: Vec<EntityId> = of_kind.cloned().collect();
        if matches!(among, Among::StatesOfPeople) {
            states_of(self.directory, &of_kind)
        } else {
            of_kind
        }
    }
}
