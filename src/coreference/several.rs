//! Several at once: "the two countries", "both leaders", "either side", "the pair".

use crate::model::{Deprel, EntityId, Mention, MentionForm, Span, TokenIndex, Upos};

use super::Resolver;
use super::cast::states_of;
use super::referents::{Referent, Role};
use super::words::{HeadKind, Phrase};

/// Who may be one of several.
#[derive(Debug, Clone, Copy)]
enum Among {
    People,
    States,
    /// States and armed groups, as sides of a war are.
    Sides,
    /// A person adds his state.
    StatesOfPeople,
}

impl Resolver<'_> {
    /// "the two countries", "both leaders": the last group of that size, else the last ones that
    /// were mentioned, if they are exactly as many.
    pub(super) fn find_several(&self, n: usize, phrase: &Phrase, people: bool) -> Option<Referent> {
        if phrase.of.is_some() && phrase.head != "koreas" {
            return None;
        }
        if phrase.head == "koreas" {
            let korean = self.recent(n, 60).find(|referent| {
                matches!(&referent.entities[..], [id] if matches!(id.slug(), "PRK" | "KOR"))
            })?;
            let entities = ["state:KOR", "state:PRK"];
            let entities = entities.map(|id| id.parse().expect("a state's id")).to_vec();
            return Some(Referent { entities, ..korean.clone() });
        }
        let sides = matches!(phrase.head.as_str(), "sides" | "parties" | "side" | "party");
        let count = match (phrase.count, phrase.kind) {
            (Some(count), _) => count,
            (None, HeadKind::Pair) => 2,
            // "the countries", "the sides", "the leaders": as many as the last group.
            (None, _) => 0,
        };
        // "Kenya has sent arms to either side": neither is Kenya.
        let beside: Vec<&EntityId> = self
            .recent(n, 0)
            .filter(|referent| sides && self.is_argument_beside(n, referent, phrase))
            .flat_map(|referent| &referent.entities)
            .collect();
        let member = |id: &EntityId| {
            let fits = if people { id.is_person() } else { id.is_state() || id.is_organization() };
            fits && !beside.contains(&id)
        };
        // "The three countries": groups of three are few.
        let reach = if count > 2 { 5 } else { 2 };
        let group = self.recent(n, reach).find(|referent| {
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
            0 => return None,
            known => known,
        };
        if count == 2
            && !people
            && !sides
            && let Some(pair) = self.two_in_sentence(n)
        {
            return Some(pair);
        }
        let last = |among| self.last_several(n, count, among, phrase);
        if people {
            return self.holders(n, count, phrase).or_else(|| last(Among::People));
        }
        if count == 2
            && let Some(pair) = &self.pair
            && !pair.parties.iter().any(|party| beside.contains(&party))
            && (sides || pair.parties.iter().all(EntityId::is_state))
            && let Some(near) = self.recent(n, 60).find(
                |referent| matches!(&referent.entities[..], [id] if pair.parties.contains(id)),
            )
        {
            return Some(Referent { entities: pair.parties.to_vec(), ..near.clone() });
        }
        last(if sides { Among::Sides } else { Among::States })
            .or_else(|| if sides { last(Among::People) } else { None })
            .or_else(|| last(Among::StatesOfPeople))
            .filter(|referent| !referent.entities.iter().any(|id| beside.contains(&id)))
    }

    /// "Both prime ministers": those of the two states that the article is about.
    fn holders(&self, n: usize, count: usize, phrase: &Phrase) -> Option<Referent> {
        let head = singular(&phrase.head).filter(|_| count == 2)?.to_owned();
        let [a, b] = &self.pair.as_ref()?.parties;
        let holder = |state: &EntityId| {
            let one = Phrase { head: head.clone(), of: Some(state.clone()), ..phrase.clone() };
            self.only_named(|id| self.fits_office(id, &one, None))
        };
        let (first, second) = (holder(a)?, holder(b)?);
        let named = self.discourse.named();
        let mut entities = [first, second].map(|index| named[index].entities[0].clone()).to_vec();
        entities.sort();
        Some(Referent { entities, plural: true, ..self.named_elsewhere(n, phrase, first) })
    }

    /// The two states that the sentence has named so far, itself or by their people: "Putin warned
    /// Seoul that this would ruin relations between the two countries".
    fn two_in_sentence(&self, n: usize) -> Option<Referent> {
        let own = || self.recent(n, 1).filter(|referent| referent.sentence == n);
        let mut entities: Vec<EntityId> = Vec::new();
        for id in own().flat_map(|referent| self.members(referent, Among::StatesOfPeople)) {
            if !entities.contains(&id) {
                entities.push(id);
            }
        }
        entities.sort();
        (entities.len() == 2).then_some(Referent { entities, ..own().next()?.clone() })
    }

    /// "either side", "neither country": each of the two.
    pub(super) fn read_either(&mut self, n: usize, token: u32) -> Option<u32> {
        let noun = self.word(n, token + 1).to_lowercase();
        if !matches!(
            noun.as_str(),
            "side" | "party" | "country" | "nation" | "state" | "government"
        ) {
            return None;
        }
        let phrase = Phrase {
            start: token,
            end: token + 2,
            head: noun,
            kind: HeadKind::States,
            modifiers: Vec::new(),
            of: None,
            count: Some(2),
        };
        let referent = self.find_several(n, &phrase, false)?;
        self.link(n, phrase.start, phrase.end, MentionForm::Description, &referent);
        Some(phrase.end)
    }

    /// "Our two countries", said for `side`: the two that the article is about.
    pub(super) fn read_our_countries(
        &self,
        n: usize,
        token: u32,
        side: &EntityId,
    ) -> Option<Mention> {
        let pair = self.pair.as_ref().filter(|pair| pair.parties.contains(side))?;
        let counted = matches!(self.word(n, token + 1), "two" | "both");
        let noun = self.word(n, token + 2);
        let several = matches!(
            noun,
            "countries" | "nations" | "states" | "peoples" | "governments" | "armies" | "leaders"
        );
        if !counted || !several || !pair.parties.iter().all(EntityId::is_state) {
            return None;
        }
        let tokens = Span::new(token + 1, token + 3);
        let named = self.discourse.named();
        Some(Mention {
            span: self.document.sentences[n].bytes(tokens),
            sentence: n,
            tokens,
            entities: pair.parties.to_vec(),
            form: MentionForm::Description,
            antecedent: named.iter().position(|mention| mention.entity() == Some(side)),
        })
    }

    /// Whether a number or an adjective stands without a noun.
    fn is_bare(&self, n: usize, token: u32) -> bool {
        let Some(tree) = self.tree(n) else { return false };
        let role = tree.deprel(TokenIndex(token));
        matches!(role.universal(), "nsubj" | "obj" | "obl" | "iobj" | "nmod")
            && role.as_str() != "nmod:poss"
            && tree.node(TokenIndex(token)).upos != Upos::Noun
            && self.word(n, token + 1) != "of"
    }

    /// "The former", "the latter": the first or second of the last two of a kind. The token behind
    /// it, if it was linked.
    pub(super) fn read_former(&mut self, n: usize, token: u32) -> Option<u32> {
        let first = match (self.word(n, token), self.word(n, token + 1)) {
            ("the" | "The", "former") => true,
            ("the" | "The", "latter") => false,
            _ => return None,
        };
        if !self.is_bare(n, token + 1) {
            return None;
        }
        let mut last: Vec<&Referent> = Vec::new();
        for referent in self.recent(n, 1) {
            let [id] = &referent.entities[..] else { continue };
            // "The former" before "the latter" is no third one.
            let word = self.word(referent.sentence, referent.tokens.end() - 1);
            if word == "former" {
                continue;
            }
            let joins = last
                .iter()
                .all(|other| other.entities[0] != *id && other.entities[0].kind() == id.kind());
            if joins && referent.role != Role::Modifier {
                last.push(referent);
            }
            if last.len() == 2 {
                break;
            }
        }
        let [second, other] = last[..] else { return None };
        let referent = if first { other } else { second }.clone();
        self.link(n, token, token + 2, MentionForm::Description, &referent);
        Some(token + 2)
    }

    /// "Both", "the two" and "the three" without a noun: the last group of that size, or the two
    /// that the article is about. The token behind it, if it was linked.
    pub(super) fn read_bare_number(&mut self, n: usize, token: u32) -> Option<u32> {
        let (last, count) = match (self.word(n, token), self.word(n, token + 1)) {
            ("both" | "Both", _) => (token, 2),
            ("the" | "The", "two") => (token + 1, 2),
            ("the" | "The" | "all" | "All", "three") => (token + 1, 3),
            _ => return None,
        };
        if !self.is_bare(n, last) {
            return None;
        }
        let phrase = Phrase {
            start: token,
            end: last + 1,
            head: self.word(n, last).to_lowercase(),
            kind: HeadKind::States,
            modifiers: Vec::new(),
            of: None,
            count: Some(count),
        };
        let group = self.recent(n, 1).find(|referent| referent.entities.len() == count).cloned();
        let referent = if count > 2 {
            let of_clause = self.tree(n)?.deprel(TokenIndex(last)) != Deprel::Nmod;
            let people = || self.last_several(n, count, Among::People, &phrase);
            group.or_else(people).filter(|_| of_clause)?
        } else {
            group
                .or_else(|| self.discourse.last_two_people(n))
                .or_else(|| self.find_several(n, &phrase, false))?
        };
        self.link(n, phrase.start, phrase.end, MentionForm::Description, &referent);
        Some(phrase.end)
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
        let mut entities: Vec<EntityId> = Vec::new();
        let mut last: Option<&Referent> = None;
        for referent in self.recent(n, reach) {
            if last.is_some_and(|last| last.sentence != referent.sentence)
                && entities.len() >= count
            {
                break;
            }
            for id in self.members(referent, among) {
                // "Both prime ministers": only those who are.
                if id.is_person()
                    && singular(&phrase.head).is_some_and(|head| {
                        let one = Phrase { head: head.to_owned(), of: None, ..phrase.clone() };
                        !self.fits_office(&id, &one, None)
                    })
                {
                    continue;
                }
                if !entities.contains(&id) {
                    entities.push(id);
                    last = Some(referent);
                }
            }
        }
        if entities.len() != count {
            return None;
        }
        entities.sort();
        Some(Referent { entities, ..last?.clone() })
    }

    /// Whom a referent adds to "the two sides".
    fn members(&self, referent: &Referent, among: Among) -> Vec<EntityId> {
        let before = referent.tokens.start().checked_sub(1);
        let before = before.map_or("", |token| self.word(referent.sentence, token));
        // A capital behind "in" is a place; an adjective belongs to its noun.
        let place = referent.form == MentionForm::Capital && matches!(before, "in" | "In" | "at");
        let modifier = referent.role == Role::Modifier && referent.form == MentionForm::Demonym;
        if place || modifier || referent.form == MentionForm::People {
            return Vec::new();
        }
        let of_kind = referent.entities.iter();
        let of_kind = of_kind.filter(|id| match among {
            Among::People => id.is_person(),
            Among::States => id.is_state() && referent.form != MentionForm::Organ,
            Among::Sides => {
                id.is_state() && referent.form != MentionForm::Organ || self.is_armed_group(id)
            }
            Among::StatesOfPeople => !id.is_organization(),
        });
        let of_kind: Vec<EntityId> = of_kind.cloned().collect();
        if matches!(among, Among::StatesOfPeople) {
            states_of(self.directory, &of_kind)
        } else {
            of_kind
        }
    }

    fn is_armed_group(&self, id: &EntityId) -> bool {
        self.directory
            .get(id)
            .is_some_and(|entity| entity.subtype.as_deref() == Some("armed-group"))
    }
}

/// The office of each of several: "ministers".
fn singular(noun: &str) -> Option<&str> {
    match noun {
        "leaders" | "presidents" | "ministers" | "premiers" | "chancellors" | "diplomats"
        | "generals" | "commanders" | "envoys" => noun.strip_suffix('s'),
        _ => None,
    }
}
