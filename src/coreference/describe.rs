//! Descriptions: "the country", "the Russian leader", "his Chinese counterpart", "both sides".

use crate::model::{EntityId, MentionForm, SentenceKind, Span, TokenIndex, lower_case};

use super::referents::{Referent, Role, best};
use super::words::{HeadKind, Phrase, head_kind, is_modifier, is_rare, number, office_fits};
use super::{Resolver, cast};
use crate::gazetteer::titles::is_title_word;

/// How many sentences back a description looks.
const REACH: usize = 5;

impl Resolver<'_> {
    /// A description that begins at `token`; the token behind it, if it was linked.
    pub(super) fn read_description(&mut self, n: usize, token: u32) -> Option<u32> {
        let word = self.word(n, token);
        if matches!(word, "North" | "South" | "NORTH" | "SOUTH" | "north" | "south") {
            return self.read_half(n, token);
        }
        if matches!(word, "either" | "Either" | "neither" | "Neither" | "each" | "Each") {
            return self.read_either(n, token);
        }
        let bare = self.read_bare_number(n, token).or_else(|| self.read_former(n, token));
        if bare.is_some() {
            return bare;
        }
        if !matches!(word, "the" | "The" | "this" | "This" | "both" | "Both" | "a" | "A" | "an") {
            return self.read_organ(n, token, token);
        }
        if let Some(end) = self.read_organ(n, token, token + 1) {
            return Some(end);
        }
        if matches!(word, "a" | "A" | "an") {
            return None;
        }
        let phrase = self.phrase(n, token)?;
        self.link_phrase(n, &phrase, None)
    }

    /// What a possessive at `token` owns: "his country", "his Chinese counterpart".
    pub(super) fn read_possessed(&mut self, n: usize, token: u32) -> Option<u32> {
        let owner = self.discourse.referents().last()?;
        if owner.sentence != n || owner.tokens.start() != token {
            return None;
        }
        let owner = owner.clone();
        let phrase = self.phrase(n, token)?;
        match phrase.kind {
            HeadKind::State | HeadKind::States
                if !is_opposite(&phrase.head)
                    && !matches!(
                        phrase.head.as_str(),
                        "country"
                            | "countries"
                            | "nation"
                            | "nations"
                            | "capitals"
                            | "governments"
                            | "states"
                    ) =>
            {
                None
            }
            HeadKind::State | HeadKind::States if !is_opposite(&phrase.head) => {
                let states = cast::states_of(self.directory, &owner.entities);
                if phrase.kind == HeadKind::State && states.len() != 1 || states.is_empty() {
                    return None;
                }
                let referent = Referent { entities: states, ..owner };
                self.link(n, phrase.start + 1, phrase.end, MentionForm::Description, &referent);
                Some(phrase.end)
            }
            HeadKind::State | HeadKind::Person if is_opposite(&phrase.head) => {
                let pair = self.pair.as_ref();
                let other = pair.and_then(|pair| pair.opposite(&owner.entities)).or_else(|| {
                    let states = cast::states_of(self.directory, &owner.entities);
                    let [state] = &states[..] else { return None };
                    cast::companion(&self.company, state)
                })?;
                let referent = Referent { entities: vec![other], ..owner };
                self.link(n, phrase.start + 1, phrase.end, MentionForm::Description, &referent);
                Some(phrase.end)
            }
            HeadKind::Person if phrase.head == "counterpart" => {
                self.link_phrase(n, &phrase, Some(&owner))
            }
            HeadKind::Person if matches!(phrase.head.as_str(), "visitor" | "guest" | "host") => {
                let referent = self.find_company(n, &owner)?;
                self.link(n, phrase.start + 1, phrase.end, MentionForm::Description, &referent);
                Some(phrase.end)
            }
            _ => None,
        }
    }

    /// "his visitor", "her host": the last person of another state.
    fn find_company(&self, n: usize, owner: &Referent) -> Option<Referent> {
        let state = |id: &EntityId| self.directory.get(id).and_then(|known| known.state.clone());
        let [host] = &owner.entities[..] else { return None };
        let home = state(host)?;
        let other = self.recent(n, 2).find(|referent| {
            matches!(&referent.entities[..], [id] if id.is_person()
                && state(id).is_some_and(|state| state != home))
        });
        other.cloned()
    }

    /// "the North", "the South": Korea's halves, where the article is about Korea.
    fn read_half(&mut self, n: usize, token: u32) -> Option<u32> {
        let word = self.word(n, token);
        let small = word.starts_with(char::is_lowercase);
        let word = word.to_lowercase();
        let before = token.checked_sub(1).map(|before| self.word(n, before));
        let next = self.word(n, token + 1);
        let shouted = self.document.sentences[n].kind == SentenceKind::Headline;
        let determined = before.is_some_and(|before| {
            before.eq_ignore_ascii_case("the") || matches!(before, "[") || shouted
        });
        let compound = next.starts_with(char::is_uppercase)
            || matches!(next, "of" | "-" | "and" | "east" | "west" | "coast" | "side");
        let slug = if word == "north" { "state:PRK" } else { "state:KOR" };
        let referents = self.discourse.referents();
        let about = |id: &str| {
            referents.iter().rev().find(|referent| {
                referent.entities.len() == 1 && referent.entities[0].as_str() == id
            })
        };
        // Other norths and souths need their own names.
        let korean = about("state:PRK").or_else(|| about("state:KOR"))?;
        if !determined || compound && !(shouted && next.is_empty()) {
            return None;
        }
        // In small letters it is a direction more often than not: "sent a delegation to the north".
        let place = token.checked_sub(2).map_or("", |at| self.word(n, at));
        let goes_on = next.starts_with(char::is_alphabetic)
            && !matches!(
                next,
                "last" | "on" | "this" | "to" | "said" | "says" | "has" | "had" | "is"
            );
        if small
            && (goes_on
                || !matches!(place, "to" | "with" | "from" | "by")
                || about("state:PRK").is_none())
        {
            return None;
        }
        let entity: EntityId = slug.parse().expect("a state's id");
        let known = about(slug).unwrap_or(korean);
        let referent = Referent { entities: vec![entity], ..known.clone() };
        self.link(n, token, token + 1, MentionForm::Description, &referent);
        Some(token + 1)
    }

    /// The noun phrase from the determiner at `token` to its head, if it may refer back.
    fn phrase(&self, n: usize, token: u32) -> Option<Phrase> {
        let mut modifiers: Vec<String> = Vec::new();
        let mut of = None;
        let mut count = number(self.word(n, token));
        let mut at = token + 1;
        while at < self.len(n) && at <= token + 6 {
            if let Some(mention) = self.named_at(n, at) {
                let usable = matches!(
                    mention.form,
                    MentionForm::Demonym
                        | MentionForm::Organ
                        | MentionForm::Capital
                        | MentionForm::Name
                ) && !mention.entities[0].is_person()
                    && !mention.entities[0].is_weapon();
                if !usable || of.is_some() {
                    return None;
                }
                of = mention.entity().cloned();
                at = mention.tokens.end();
                // "the Kremlin's leader" is a genitive: its owner is named, and the name decides.
                if matches!(self.word(n, at), "'s" | "’s") {
                    return None;
                }
                continue;
            }
            let word = self.word(n, at);
            let lower = lower_case(word);
            if let Some(found) = number(word) {
                count = Some(found);
                at += 1;
                continue;
            }
            if word == "-" {
                at += 1;
                continue;
            }
            let capital = word.starts_with(char::is_uppercase);
            // "The Gulf state"; alone it may mean any thing of a state's.
            let regional = lower == "state" && modifiers.last().is_some_and(|word| is_region(word));
            if let Some(kind) = head_kind(&lower).or(regional.then_some(HeadKind::State)) {
                let next = lower_case(self.word(n, at + 1));
                let goes_on = self.is_compound(n, at)
                    || head_kind(&next).is_some()
                    || matches!(&*next, "executive" | "financial" | "operating" | "aisle")
                    || next == "of" && lower == "sides";
                if !goes_on && (!capital || kind == HeadKind::Person || lower == "koreas") {
                    let head = lower.into_owned();
                    return Some(Phrase {
                        start: token,
                        end: at + 1,
                        head,
                        kind,
                        modifiers,
                        of,
                        count,
                    });
                }
            }
            if !is_modifier(&lower)
                || capital && !is_title_word(self.lexicon, word) && !is_region(&lower)
            {
                return None;
            }
            modifiers.push(lower.into_owned());
            at += 1;
        }
        None
    }

    /// Whether the noun at `token` only modifies the next one: "the group stage".
    fn is_compound(&self, n: usize, token: u32) -> bool {
        match self.tree(n) {
            Some(tree) => {
                let index = TokenIndex(token);
                matches!(tree.deprel(index).as_str(), "compound" | "amod" | "det")
                    && tree.head(index).is_some_and(|head| head.0 > token)
            }
            None => false,
        }
    }

    fn named_at(&self, n: usize, token: u32) -> Option<&crate::model::Mention> {
        let named = self.discourse.named();
        let first = named.partition_point(|mention| mention.sentence < n);
        named[first..]
            .iter()
            .take_while(|mention| mention.sentence == n)
            .find(|mention| mention.tokens.contains(token))
    }

    fn link_phrase(&mut self, n: usize, phrase: &Phrase, owner: Option<&Referent>) -> Option<u32> {
        // "the Russian president Vladimir Putin", "the minister, Jane Doe": the name is there.
        if matches!(phrase.kind, HeadKind::Person | HeadKind::People)
            && self.is_followed_by_person(n, phrase.end)
        {
            return None;
        }
        let referent = match phrase.kind {
            HeadKind::State => self.find_state(n, phrase),
            HeadKind::Organization => self.find_organization(n, phrase),
            HeadKind::Person => self.find_person(n, phrase, owner),
            HeadKind::States => self.find_several(n, phrase, false),
            HeadKind::People => self.find_several(n, phrase, true),
            HeadKind::Pair => {
                self.find_several(n, phrase, true).or_else(|| self.find_several(n, phrase, false))
            }
        }?;
        self.link(n, phrase.start, phrase.end, MentionForm::Description, &referent);
        Some(phrase.end)
    }

    fn is_followed_by_person(&self, n: usize, token: u32) -> bool {
        let person =
            |token| self.named_at(n, token).is_some_and(|mention| mention.entities[0].is_person());
        person(token) || self.word(n, token) == "," && person(token + 1)
    }

    /// Referents of the sentence so far and those before it, latest first.
    pub(super) fn recent(&self, n: usize, reach: usize) -> impl Iterator<Item = &Referent> {
        self.discourse
            .referents()
            .iter()
            .rev()
            .take_while(move |referent| referent.sentence + reach >= n)
    }

    /// "the country": a state that was mentioned, and takes no part in the clause itself.
    fn find_state(&self, n: usize, phrase: &Phrase) -> Option<Referent> {
        if phrase.of.is_some() {
            return None;
        }
        if matches!(phrase.head.as_str(), "superpower" | "dictatorship")
            && phrase.modifiers.is_empty()
            || is_opposite(&phrase.head)
        {
            return None;
        }
        let beside: Vec<&EntityId> = self
            .recent(n, 0)
            .filter(|referent| self.is_argument_beside(n, referent, phrase))
            .flat_map(|referent| &referent.entities)
            .collect();
        let fits = |referent: &&Referent| {
            let [id] = &referent.entities[..] else { return false };
            id.is_state()
                && referent.form != MentionForm::People
                && match phrase.head.as_str() {
                    "island" => matches!(id.slug(), "TWN" | "CYP" | "CUB" | "LKA" | "MLT" | "ISL"),
                    "kingdom" | "monarchy" => {
                        matches!(id.slug(), "SAU" | "JOR" | "BHR" | "MAR" | "GBR" | "THA")
                    }
                    "emirate" => matches!(id.slug(), "QAT" | "ARE" | "KWT"),
                    "junta" | "generals" => {
                        matches!(id.slug(), "NER" | "MLI" | "BFA" | "MMR" | "GIN" | "GAB" | "SDN")
                    }
                    "regime" => matches!(
                        id.slug(),
                        "PRK"
                            | "IRN"
                            | "SYR"
                            | "BLR"
                            | "RUS"
                            | "VEN"
                            | "CUB"
                            | "MMR"
                            | "NIC"
                            | "IRQ"
                    ),
                    _ => true,
                }
                && phrase.modifiers.iter().all(|modifier| describes(modifier, id))
                && !beside.contains(&id)
        };
        let tree = self.tree(n);
        let reach = if is_rare(&phrase.head) { 8 } else { 3 };
        let candidates: Vec<&Referent> = self.recent(n, reach).filter(fits).collect();
        let scored = candidates.into_iter().map(|referent| {
            let distance = i32::try_from(n - referent.sentence).unwrap_or(i32::MAX);
            let step = if reach > 3 { 4 } else { 12 };
            let mut score = 40 - step * distance;
            score += match referent.role {
                Role::Subject => 11,
                Role::Object | Role::Oblique | Role::Possessor => 6,
                Role::Modifier => -6,
            };
            if distance == 0 && tree.is_none() && referent.role == Role::Subject {
                // Without a tree, the subject of the same clause is the likelier to act on it.
                score -= 12;
            }
            let paragraph = |n: usize| self.document.sentences[n].paragraph;
            if paragraph(n) != paragraph(referent.sentence) {
                score -= 6;
            }
            // One of several is not singled out by "the country".
            if self.discourse.is_one_of_several(referent) {
                score -= 16;
            }
            (score + self.discourse.count(&referent.entities[0]), referent)
        });
        best(scored)
    }

    /// Whether the referent is an argument of the verb that governs the phrase: "the United
    /// States imposed sanctions on the country".
    pub(super) fn is_argument_beside(
        &self,
        n: usize,
        referent: &Referent,
        phrase: &Phrase,
    ) -> bool {
        if referent.sentence != n {
            return false;
        }
        let Some(tree) = self.tree(n) else { return false };
        let head = TokenIndex(phrase.end - 1);
        if tree.deprel(head).as_str() == "nmod:poss" {
            return false;
        }
        // Up from the referent to the verb of its clause: whoever stands in an argument of the
        // verb counts, as "Israeli soldiers entered the country".
        let is_clause = |token: TokenIndex| {
            tree.children(token).iter().any(|&c| tree.deprel(c).as_str().starts_with("nsubj"))
        };
        let own = TokenIndex(referent.head);
        let mut above = tree.ancestors(own);
        let Some(verb) = above.find(|&token| is_clause(token)).or_else(|| tree.head(own)) else {
            return false;
        };
        // Up from the description to the nearest governor with a subject.
        for ancestor in tree.ancestors(head) {
            if ancestor == verb {
                return true;
            }
            let has_subject = tree
                .children(ancestor)
                .iter()
                .any(|&child| tree.deprel(child).as_str().starts_with("nsubj"));
            if has_subject {
                return false;
            }
        }
        false
    }

    /// "the alliance", "the group": an organization of that kind.
    fn find_organization(&self, n: usize, phrase: &Phrase) -> Option<Referent> {
        let fits = |referent: &&Referent| {
            let [id] = &referent.entities[..] else { return false };
            if !id.is_organization() {
                return false;
            }
            let Some(entity) = self.directory.get(id) else { return false };
            let subtype = entity.subtype.as_deref().unwrap_or_default();
            let kind_fits = match phrase.head.as_str() {
                "alliance" | "bloc" | "union" => {
                    matches!(subtype, "alliance" | "international-body" | "union")
                        && (phrase.head != "alliance" || !id.as_str().ends_with(":european-union"))
                }
                "militia" | "faction" | "insurgents" | "rebels" | "militants" | "mercenaries"
                | "militiamen" => subtype == "armed-group",
                "movement" => matches!(subtype, "armed-group" | "party" | "ngo"),
                "group" => !matches!(subtype, "newspaper" | "broadcaster" | "news-agency"),
                "company" | "firm" | "manufacturer" | "conglomerate" => matches!(
                    subtype,
                    "company" | "arms-maker" | "energy-company" | "shipper" | "bank"
                ),
                "agency" => {
                    matches!(subtype, "news-agency" | "international-body")
                        && entity.name.contains("Agency")
                }
                "watchdog" => entity.name.contains("Agency") || subtype == "ngo",
                _ => matches!(subtype, "international-body" | "ngo" | "alliance" | "union"),
            };
            let of_fits = phrase.of.as_ref().is_none_or(|of| entity.state.as_ref() == Some(of));
            kind_fits && of_fits
        };
        let scored = self.recent(n, REACH).filter(fits).map(|referent| {
            let distance = i32::try_from(n - referent.sentence).unwrap_or(i32::MAX);
            (60 - 8 * distance, referent)
        });
        best(scored)
    }

    /// "the minister", "the Russian leader", "his Chinese counterpart".
    fn find_person(&self, n: usize, phrase: &Phrase, owner: Option<&Referent>) -> Option<Referent> {
        let bare_capital = self.word(n, phrase.end - 1).starts_with(char::is_uppercase);
        let after = self.word(n, phrase.end);
        if matches!(after, "of" | "-") || bare_capital && phrase.of.is_some() {
            return None;
        }
        let scored: Vec<(i32, &Referent)> = self
            .recent(n, 60)
            .filter(|referent| {
                matches!(&referent.entities[..], [id] if id.is_person())
                    && owner.is_none_or(|owner| owner.entities != referent.entities)
            })
            .filter(|referent| self.fits_office(&referent.entities[0], phrase, owner))
            // "NAME, the president's adviser": not the same one.
            .filter(|referent| {
                !(matches!(after, "'s" | "’s")
                    && referent.sentence == n
                    && referent.tokens.end() + 1 == phrase.start)
            })
            .filter(|referent| {
                // A bare office goes back a few sentences; a state beside it narrows it enough.
                phrase.of.is_some()
                    || owner.is_some()
                    || referent.sentence + REACH >= n
                    || self.discourse.protagonist.as_ref() == Some(&referent.entities[0])
            })
            .map(|referent| {
                let distance = i32::try_from((n - referent.sentence).min(9)).unwrap_or(9);
                let mut score = 60 - 5 * distance;
                if referent.role == Role::Subject {
                    score += 4;
                }
                // Whom the article is about is meant before others who hold such an office, and
                // those who held it once are meant last.
                if self.discourse.protagonist.as_ref() == Some(&referent.entities[0]) {
                    score += 30;
                }
                if self.has_left_office(&referent.entities[0], phrase) {
                    score -= 30;
                }
                (score, referent)
            })
            .collect();
        best(scored.into_iter()).or_else(|| self.find_named_later(n, phrase, owner))
    }

    /// Whether all offices of a person that a phrase may mean are known to have ended, in an article
    /// without a date.
    fn has_left_office(&self, id: &EntityId, phrase: &Phrase) -> bool {
        let offices = self.directory.get(id).map_or(&[][..], |person| &person.offices);
        let mut meant = offices
            .iter()
            .filter(|o| office_fits(&phrase.head, &phrase.modifiers, &o.title.to_lowercase()))
            .peekable();
        self.article.info.date.is_none()
            && meant.peek().is_some()
            && meant.all(|office| office.to.is_some())
    }

    /// "The Russian president" whose name comes only later: the only one in the article who fits.
    fn find_named_later(
        &self,
        n: usize,
        phrase: &Phrase,
        owner: Option<&Referent>,
    ) -> Option<Referent> {
        let highest = matches!(
            phrase.head.as_str(),
            "president" | "minister" | "premier" | "chancellor" | "king" | "emir"
        );
        if !highest || owner.is_some() || phrase.of.is_none() {
            return None;
        }
        let index = self.only_named(|id| self.fits_office(id, phrase, None))?;
        Some(self.named_elsewhere(n, phrase, index))
    }

    /// What a phrase means that stands for the mention by name of that index, wherever that is.
    pub(super) fn named_elsewhere(&self, n: usize, phrase: &Phrase, index: usize) -> Referent {
        Referent {
            entities: self.discourse.named()[index].entities.clone(),
            sentence: n,
            tokens: Span::new(phrase.start, phrase.end),
            head: phrase.end - 1,
            role: Role::Object,
            form: MentionForm::Description,
            plural: false,
            antecedent: Some(index),
        }
    }

    /// The first mention by name of the only person in the article of whom `fits` is true.
    pub(super) fn only_named(&self, fits: impl Fn(&EntityId) -> bool) -> Option<usize> {
        let named = self.discourse.named().iter().enumerate();
        let mut people = named.filter_map(|(index, mention)| {
            let id = mention.entity().filter(|id| id.is_person() && fits(id))?;
            Some((index, id))
        });
        let (index, first) = people.next()?;
        people.all(|(_, id)| id == first).then_some(index)
    }

    /// Whether a person holds an office that the phrase describes.
    pub(super) fn fits_office(
        &self,
        id: &EntityId,
        phrase: &Phrase,
        owner: Option<&Referent>,
    ) -> bool {
        let Some(person) = self.directory.get(id) else { return false };
        let of_fits = phrase.of.as_ref().is_none_or(|of| {
            person.state.as_ref() == Some(of) || person.offices.iter().any(|o| o.holder == *of)
        });
        if !of_fits {
            return false;
        }
        // An office that ended before the article was written is told as a former one.
        let former = phrase.modifiers.iter().any(|m| matches!(m.as_str(), "former" | "ousted"));
        let year = self.article.info.date.map(|date| date.first().year());
        let current = person.offices.iter().filter(|office| {
            former || year.is_none_or(|year| office.to.is_none_or(|to| to >= year))
        });
        let titles: Vec<String> = current.map(|office| office.title.to_lowercase()).collect();
        if let Some(owner) = owner {
            // A counterpart of another state in a like office.
            let [other] = &owner.entities[..] else { return phrase.of.is_some() };
            let Some(other) = self.directory.get(other) else { return false };
            return phrase.of.is_some() && other.state != person.state;
        }
        if phrase.head == "counterpart" {
            return false;
        }
        titles.iter().any(|title| office_fits(&phrase.head, &phrase.modifiers, title))
    }
}

/// Regions that stand before "state" in a name for one of theirs.
fn is_region(word: &str) -> bool {
    matches!(word, "gulf" | "baltic" | "balkan" | "caucasus" | "sahel" | "nordic")
}

/// Nouns for the other one of two states.
fn is_opposite(noun: &str) -> bool {
    matches!(
        noun,
        "neighbour" | "neighbor" | "ally" | "rival" | "foe" | "archrival" | "adversary" | "partner"
    )
}

/// Whether an adjective may be said of a state; an unknown one may.
fn describes(modifier: &str, id: &EntityId) -> bool {
    match modifier {
        "reclusive" | "hermit" | "isolated" => matches!(id.slug(), "PRK" | "IRN" | "ERI" | "TKM"),
        "communist" => matches!(id.slug(), "PRK" | "CHN" | "CUB" | "VNM" | "LAO"),
        "self-ruled" | "democratic" | "self-governed" => matches!(id.slug(), "TWN"),
        "war-torn" | "embattled" | "besieged" => {
            matches!(id.slug(), "UKR" | "SYR" | "YEM" | "SDN" | "LBY")
        }
        "baltic" => matches!(id.slug(), "EST" | "LVA" | "LTU"),
        "gulf" => matches!(id.slug(), "ARE" | "SAU" | "QAT" | "KWT" | "BHR" | "OMN"),
        "balkan" => matches!(id.slug(), "SRB" | "BIH" | "MNE" | "MKD" | "ALB" | "BGR" | "HRV"),
        "caucasus" => matches!(id.slug(), "ARM" | "AZE" | "GEO"),
        "sahel" => matches!(id.slug(), "MLI" | "NER" | "BFA" | "TCD" | "MRT"),
        "nordic" => matches!(id.slug(), "SWE" | "NOR" | "FIN" | "DNK" | "ISL"),
        "islamic" => matches!(id.slug(), "IRN" | "PAK" | "MRT"),
        "invaded" => id.slug() == "UKR",
        "whole" | "entire" | "rest" | "host" | "third" | "own" | "home" | "neighbouring"
        | "neighboring" | "same" => false,
        _ => true,
    }
}
