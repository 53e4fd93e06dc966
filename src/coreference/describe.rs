//! Descriptions: "the country", "the alliance", "his visitor", "the North".

use crate::gazetteer::titles::is_title_word;
use crate::lexicon::{FunctionWord, WordList, WordPairs};
use crate::model::{Deprel, EntityId, MentionForm, SentenceKind, TokenIndex, lower_case};

use super::referents::{Referent, SyntacticRole, best};
use super::words::{
    BOTH_HALVES, COUNTERPART, DESCRIPTION_REACH, HeadKind, Phrase, RARE_STATE_REACH, REGIONAL,
    STATE_REACH, head_kind, is_modifier, number,
};
use super::{Resolver, binding, cast};

impl Resolver<'_> {
    /// A description that begins at `token`, where the function word `word` stands, if one does; the
    /// token behind it, if it was linked.
    pub(super) fn read_description(
        &mut self,
        n: usize,
        token: u32,
        word: Option<FunctionWord>,
    ) -> Option<u32> {
        use FunctionWord::{A, An, Both, Each, Either, Neither, The, This};
        let Some(word) = word else {
            if self.text.has_any_case(WordList::Compass, n, token) {
                return self.read_half(n, token);
            }
            return self.read_organ(n, token, token);
        };
        if let Either | Neither | Each = word {
            return self.read_either(n, token);
        }
        if let Some(end) = self.read_bare_number(n, token, word) {
            return Some(end);
        }
        match word {
            The | This | Both | A | An => {}
            _ => return self.read_organ(n, token, token),
        }
        let organ = self.read_organ(n, token, token + 1);
        if organ.is_some() || matches!(word, A | An) {
            return organ;
        }
        let phrase = self.phrase(n, token)?;
        let end = self.link_phrase(n, &phrase, None)?;
        Some(self.read_joined_office(n, &phrase).unwrap_or(end))
    }

    /// "The Secretary and Foreign Minister": a second office without a determiner of its own, behind
    /// the phrase of a first one. The token behind it, if it was linked.
    fn read_joined_office(&mut self, n: usize, first: &Phrase) -> Option<u32> {
        let (text, and) = (self.text, first.end);
        let is_office = |phrase: &Phrase| {
            phrase.kind == HeadKind::Person
                && text.word(n, phrase.end - 1).starts_with(char::is_uppercase)
        };
        if text.function(n, and) != Some(FunctionWord::And) || !is_office(first) {
            return None;
        }
        let joined = self.phrase(n, and).filter(is_office)?;
        self.link_phrase(n, &Phrase { start: and + 1, ..joined }, None)
    }

    /// What a possessive at `token` owns: "his country", "his Chinese counterpart".
    pub(super) fn read_possessed(&mut self, n: usize, token: u32) -> Option<u32> {
        let owner = self.discourse.referents().last()?;
        if owner.sentence != n || owner.tokens.start() != token {
            return None;
        }
        let owner = owner.clone();
        let phrase = self.phrase(n, token)?;
        let lexicon = self.text.lexicon;
        let is = |list| lexicon.has(list, &phrase.head);
        let referent = match phrase.kind {
            HeadKind::State if is(WordList::OppositeHead) => {
                let states = cast::states_of(self.directory, &owner.entities);
                let [state] = &states[..] else { return None };
                owner.meaning(vec![cast::companion(&self.company, state)?])
            }
            HeadKind::State | HeadKind::States if is(WordList::OwnStateHead) => {
                let states = cast::states_of(self.directory, &owner.entities);
                // A body of several states has none of its own.
                if states.is_empty() || phrase.kind == HeadKind::State && states.len() != 1 {
                    return None;
                }
                owner.meaning(states)
            }
            HeadKind::Person if phrase.head == COUNTERPART => {
                return self.link_phrase(n, &phrase, Some(&owner));
            }
            _ => return None,
        };
        Some(self.describe(n, phrase.start + 1, phrase.end, &referent))
    }

    /// "the North", "the South": halves of a divided state, where the article is about one.
    fn read_half(&mut self, n: usize, token: u32) -> Option<u32> {
        let text = self.text;
        let [half] = self.directory.described_as(&text.lower(n, token))? else { return None };
        let halves = self.directory.described_as(BOTH_HALVES)?;
        let about = |id: &EntityId| {
            let mut referents = self.discourse.referents().iter().rev();
            referents.find(|referent| referent.single() == Some(id))
        };
        // Other norths and souths need their own names.
        let known = about(half).or_else(|| halves.iter().find_map(about))?;
        let shouted = text.document.sentences[n].kind == SentenceKind::Headline;
        if !self.is_half(n, token, shouted) {
            return None;
        }
        // In small letters it is a direction more often than not: "sent a delegation to the north".
        if text.word(n, token).starts_with(char::is_lowercase) {
            return None;
        }
        let referent = known.meaning(vec![half.clone()]);
        Some(self.describe(n, token, token + 1, &referent))
    }

    /// Whether the direction at `token` has an article and is no part of a compound: "the North".
    fn is_half(&self, n: usize, token: u32, shouted: bool) -> bool {
        use FunctionWord::{And, Of};
        let text = self.text;
        let determined = token > 0 && {
            let before = text.word_before(n, token);
            shouted || before.eq_ignore_ascii_case("the")
        };
        let next = text.word(n, token + 1);
        let compound = next == "-"
            || next.starts_with(char::is_uppercase)
            || matches!(text.function(n, token + 1), Some(Of | And));
        determined && !compound
    }

    /// The noun phrase from the determiner at `token` to its head, if it may refer back.
    fn phrase(&self, n: usize, token: u32) -> Option<Phrase> {
        let text = self.text;
        let mut modifiers: Vec<String> = Vec::new();
        let mut of = None;
        let mut count = number(text.function(n, token));
        let mut at = token + 1;
        while at < text.len(n) && at <= token + 6 {
            if let Some(mention) = text.named_at(n, at) {
                let usable = matches!(
                    mention.form,
                    MentionForm::Demonym
                        | MentionForm::Organ
                        | MentionForm::Capital
                        | MentionForm::Name
                ) && !mention.entities[0].is_person()
                    && !mention.entities[0].is_weapon();
                at = mention.tokens.end();
                // "the Kremlin's leader" is a genitive: its owner is named, and the name decides.
                if !usable || of.is_some() || text.is_genitive(n, at) {
                    return None;
                }
                of = mention.entity().cloned();
                continue;
            }
            let word = text.word(n, at);
            if let Some(found) = number(text.function(n, at)) {
                count = Some(found);
                at += 1;
                continue;
            }
            if word == "-" {
                at += 1;
                continue;
            }
            let lower = lower_case(word);
            if let Some(kind) = self.head_at(n, at, modifiers.last()) {
                let (head, end) = (lower.into_owned(), at + 1);
                return Some(Phrase { start: token, end, head, kind, modifiers, of, count });
            }
            if !is_modifier(text.lexicon, &lower)
                || word.starts_with(char::is_uppercase)
                    && !is_title_word(self.text.lexicon, word)
                    && !text.lexicon.has(WordList::Region, &lower)
            {
                return None;
            }
            modifiers.push(lower.into_owned());
            at += 1;
        }
        None
    }

    /// What the noun at `at` may mean, if it is the head of a phrase whose last adjective so far is
    /// `modifier`.
    fn head_at(&self, n: usize, at: u32, modifier: Option<&String>) -> Option<HeadKind> {
        let (text, lexicon) = (self.text, self.text.lexicon);
        let lower = text.lower(n, at);
        // "The Gulf state"; alone it may mean anything of a state's.
        let regional = || {
            lower == REGIONAL && modifier.is_some_and(|word| lexicon.has(WordList::Region, word))
        };
        let kind = head_kind(lexicon.lists_of(&lower))
            .or_else(|| regional().then_some(HeadKind::State))?;
        let goes_on = self.is_compound(n, at)
            || head_kind(lexicon.lists_of(&text.lower(n, at + 1))).is_some();
        let may_be = kind == HeadKind::Person
            || lower == BOTH_HALVES
            || !text.word(n, at).starts_with(char::is_uppercase);
        (!goes_on && may_be).then_some(kind)
    }

    /// Whether the noun at `token` only modifies the next one: "the group stage".
    fn is_compound(&self, n: usize, token: u32) -> bool {
        let token = TokenIndex(token);
        self.text.tree(n).is_some_and(|tree| {
            matches!(tree.deprel(token), Deprel::Compound | Deprel::Amod | Deprel::Det)
                && tree.head(token).is_some_and(|head| head > token)
        })
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
            HeadKind::People | HeadKind::Pair => self.find_several(n, phrase, true),
        }?;
        Some(self.describe(n, phrase.start, phrase.end, &referent))
    }

    fn is_followed_by_person(&self, n: usize, token: u32) -> bool {
        let person = |token| {
            self.text.named_at(n, token).is_some_and(|mention| mention.entities[0].is_person())
        };
        person(token) || self.text.word(n, token) == "," && person(token + 1)
    }

    /// "the country": a state that was mentioned, and takes no part in the clause itself.
    fn find_state(&self, n: usize, phrase: &Phrase) -> Option<Referent> {
        let is = |list| self.text.lexicon.has(list, &phrase.head);
        if phrase.of.is_some()
            || is(WordList::OppositeHead)
            || is(WordList::VagueHead) && phrase.modifiers.is_empty()
        {
            return None;
        }
        let beside = self.beside(n, phrase);
        let (reach, step) =
            if is(WordList::RareHead) { (RARE_STATE_REACH, 4) } else { (STATE_REACH, 12) };
        let candidates = self.discourse.recent(n, reach).filter_map(|referent| {
            let id = referent.single().filter(|id| id.is_state())?;
            let fits = referent.form != MentionForm::People
                && self.is_described(phrase, id)
                && !beside.contains(&id);
            fits.then_some((referent, id))
        });
        let scored = candidates.map(|(referent, id)| {
            let distance = referent.distance(n);
            let mut score = 40 - step * distance;
            score += match referent.role {
                SyntacticRole::Subject => 11,
                SyntacticRole::Object | SyntacticRole::Oblique | SyntacticRole::Possessor => 6,
                SyntacticRole::Modifier => -6,
            };
            if self.text.paragraph(n) != self.text.paragraph(referent.sentence) {
                score -= 6;
            }
            (score + self.discourse.count(id), referent)
        });
        best(scored)
    }

    /// Whether a state may be described by the noun and the adjectives of a phrase. A word that
    /// describes some states, such as "island", means none of the others.
    fn is_described(&self, phrase: &Phrase, id: &EntityId) -> bool {
        let lexicon = self.text.lexicon;
        let describes =
            |word: &str| self.directory.described_as(word).is_none_or(|states| states.contains(id));
        describes(&phrase.head)
            && phrase.modifiers.iter().all(|modifier| {
                // "The island nation": more states have islands than are called "the island".
                lexicon.has(WordList::StateHead, modifier)
                    || !lexicon.has(WordList::OtherStateModifier, modifier) && describes(modifier)
            })
    }

    /// Who stands beside a phrase as an argument of the same verb: it means none of them.
    pub(super) fn beside(&self, n: usize, phrase: &Phrase) -> Vec<&EntityId> {
        let Some(tree) = self.text.tree(n) else { return Vec::new() };
        let head = TokenIndex(phrase.end - 1);
        self.discourse
            .recent(n, 0)
            .filter(|referent| binding::is_argument_beside(tree, referent, head))
            .flat_map(|referent| &referent.entities)
            .collect()
    }

    /// "the alliance", "the group": an organization of that kind.
    fn find_organization(&self, n: usize, phrase: &Phrase) -> Option<Referent> {
        let fits = |referent: &&Referent| {
            let id = referent.single().filter(|id| id.is_organization());
            let Some(entity) = id.and_then(|id| self.directory.get(id)) else { return false };
            let subtype = entity.subtype.as_deref().unwrap_or_default();
            let name = entity.name.to_lowercase();
            let values = |table| self.text.lexicon.values(table, &phrase.head);
            let of_type = |types: &[Box<str>]| types.iter().any(|known| **known == *subtype);
            let named = |parts: &[Box<str>]| parts.iter().any(|part| name.contains(&**part));
            let type_fits = values(WordPairs::OrganizationType).is_none_or(of_type)
                || values(WordPairs::OrganizationName).is_some_and(named);
            let unlike = values(WordPairs::OrganizationUnlike)
                .is_some_and(|values| of_type(values) || named(values));
            let of_fits = phrase.of.as_ref().is_none_or(|of| entity.state.as_ref() == Some(of));
            type_fits && !unlike && of_fits
        };
        let scored = self
            .discourse
            .recent(n, DESCRIPTION_REACH)
            .filter(fits)
            .map(|referent| (60 - 8 * referent.distance(n), referent));
        best(scored)
    }
}
