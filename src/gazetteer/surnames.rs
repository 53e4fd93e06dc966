//! Surnames that stand alone: whom of those that the article introduced they mean.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::WordList;
use crate::model::{Byte, EntityId, MentionForm, SentenceKind, Span};

use super::alias::{AliasKind, is_capitalized};
use super::fold::fold;
use super::named::{Discovered, Named, NamesSoFar, Word, is_variant};
use super::names::is_initials;
use super::titles::{honorific_gender, is_honorific, is_title_word};

/// A surname of more people than this means only those whom the article names in full, and nobody
/// where these are more.
const MAX_HOLDERS: usize = 256;

/// How many sentences back somebody else of the same surname makes it doubtful.
const STRANGER_REACH: usize = 2;

impl NamesSoFar<'_> {
    /// Links each surname to the one person that it can mean.
    pub(super) fn resolve_surnames(&mut self, discovered: &[Discovered]) {
        let introduced = self.introductions();
        let strangers = self.strangers();
        let mut holders = Holders {
            discovered: BTreeMap::new(),
            of_article: BTreeMap::new(),
            introduced: &introduced,
        };
        let mut seen = BTreeSet::new();
        for person in discovered {
            if seen.insert((&person.surname, &person.entity.id)) {
                holders.discovered.entry(&person.surname).or_default().push(person);
            }
        }
        let mut decided = Vec::new();
        for n in 0..self.hits.len() {
            for (span, candidates) in self.surnames_in(n, &mut holders) {
                if self.is_taken(n, span)
                    || candidates.len() > MAX_HOLDERS
                    || self.is_part_of_another_name(n, span, &candidates)
                    || self.is_strangers(n, span, &strangers)
                {
                    continue;
                }
                if let Some(id) = self.whose_surname(n, span, &candidates, &introduced) {
                    let form = MentionForm::Name;
                    decided.push(Named { span, sentence: n, id, form, full: false });
                }
            }
        }
        for named in decided {
            self.insert(named);
        }
    }

    /// The surnames in sentence `n`, each with those whom it may mean.
    fn surnames_in<'s>(
        &'s self,
        n: usize,
        holders: &mut Holders<'s>,
    ) -> BTreeMap<Span<Byte>, Vec<Candidate<'s>>> {
        let matcher = &self.gazetteer.matcher;
        let mut by_span: BTreeMap<Span<Byte>, Vec<Candidate<'s>>> = BTreeMap::new();
        for hit in &self.hits[n] {
            let alias = matcher.alias(hit.alias);
            if alias.kind != AliasKind::Surname
                || self.is_taken(n, hit.span)
                || !self.fits_small_letters(n, hit, alias)
            {
                continue;
            }
            let known = matcher.holders(hit).iter().map(|alias| {
                let known = &self.gazetteer.entities[alias.entity as usize];
                Candidate { id: &known.id, standalone: known.standalone, given: &known.given }
            });
            let found = by_span.entry(hit.span).or_default();
            if known.len() <= MAX_HOLDERS {
                found.extend(known);
                continue;
            }
            let introduced = holders.introduced;
            let of_article = holders.of_article.entry(hit.alias).or_insert_with(|| {
                known.filter(|one| one.standalone || introduced.contains_key(one.id)).collect()
            });
            found.extend(of_article.iter().copied());
        }
        if holders.discovered.is_empty() {
            return by_span;
        }
        for token in &self.sentence(n).tokens {
            let Some(people) = holders.discovered.get(token.span.of(self.text())) else { continue };
            let candidates = by_span.entry(token.span).or_default();
            let known: BTreeSet<_> = candidates.iter().map(|candidate| candidate.id).collect();
            let new = people.iter().filter(|person| !known.contains(&person.entity.id));
            // One more than counts tells that there are too many.
            let new = new.take(MAX_HOLDERS + 1);
            candidates.extend(new.map(|person| Candidate {
                id: &person.entity.id,
                standalone: false,
                given: &person.given,
            }));
        }
        by_span
    }

    /// Where each surname of a listed person stands behind the given name of somebody else: "Michael"
    /// before the surname of a John.
    fn strangers(&self) -> BTreeMap<&str, Vec<(usize, u32)>> {
        let mut found: BTreeMap<&str, Vec<(usize, u32)>> = BTreeMap::new();
        for (n, hits) in self.hits.iter().enumerate() {
            for hit in hits {
                let holders = self.gazetteer.matcher.holders(hit);
                if holders[0].kind != AliasKind::Surname || self.is_taken(n, hit.span) {
                    continue;
                }
                let before = self.word_before(n, hit.span);
                let before = before.filter(|word| word.touches(hit.span, self.text()));
                let Some(before) = before else { continue };
                let folded = fold(before.text);
                let own = holders.iter().any(|alias| {
                    let given = self.gazetteer.entities[alias.entity as usize].given.first();
                    given.is_some_and(|given| is_variant(given, &folded))
                });
                if self.is_given_name(before.text, &folded) && !own {
                    let surname = hit.span.of(self.text());
                    found.entry(surname).or_default().push((n, hit.span.start()));
                }
            }
        }
        found
    }

    /// Whether a surname may be that of somebody else of that name, who was introduced just before.
    fn is_strangers(
        &self,
        n: usize,
        span: Span<Byte>,
        strangers: &BTreeMap<&str, Vec<(usize, u32)>>,
    ) -> bool {
        let Some(places) = strangers.get(span.of(self.text())) else { return false };
        let near = |&&(at, start): &&(usize, u32)| start < span.start() && at + STRANGER_REACH >= n;
        places.iter().rfind(near).is_some() && self.title_before(n, span).is_none()
    }

    /// Sentences in which each person is named in full.
    fn introductions(&self) -> BTreeMap<EntityId, Vec<usize>> {
        let mut found: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
        for named in self.named.iter().flatten().filter(|named| named.full) {
            found.entry(named.id.clone()).or_default().push(named.sentence);
        }
        found
    }

    /// Whether capitalised neighbours make another name of it: "Hunter Biden", "Kim Hong-kyun".
    fn is_part_of_another_name(
        &self,
        n: usize,
        span: Span<Byte>,
        candidates: &[Candidate<'_>],
    ) -> bool {
        let sentence = self.sentence(n);
        let headline = sentence.kind == SentenceKind::Headline;
        let is_name_like = |word: &Word<'_>| {
            is_capitalized(word.text)
                && !is_title_word(&self.gazetteer.lexicon, word.text)
                && !self.gazetteer.lexicon.has_any_case(WordList::NoNameWord, word.text)
                && !is_honorific(&self.gazetteer.lexicon, word.text)
                && !self.is_taken(n, word.span)
        };
        if let Some(word) = self.word_before(n, span).filter(|word| word.touches(span, self.text()))
        {
            let first = word.index == 0;
            let folded = fold(word.text);
            let known = self.gazetteer.given_names.contains(&folded);
            let initials = is_initials(word.text);
            let own = candidates.iter().any(|candidate| {
                candidate.is_given(&folded) || initials && candidate.begins_with(word.text)
            });
            if initials && !own {
                return true;
            }
            if is_name_like(&word) && !own && (known || !headline && !first) {
                return true;
            }
        }
        if let Some(word) = self.word_after(n, span).filter(|word| word.touches(span, self.text()))
        {
            let hyphenated = self
                .word_after(n, word.span)
                .is_some_and(|hyphen| hyphen.text == "-" && hyphen.touches(word.span, self.text()));
            let suffix = matches!(word.text, "Jr." | "Jr" | "Center" | "Institute" | "Foundation");
            if suffix || is_name_like(&word) && (!headline || hyphenated) {
                let known = matches!(
                    word.text,
                    "Administration" | "Government" | "Doctrine" | "Cabinet" | "Regime"
                );
                return !known;
            }
        }
        false
    }

    fn whose_surname(
        &self,
        n: usize,
        span: Span<Byte>,
        candidates: &[Candidate<'_>],
        introduced: &BTreeMap<EntityId, Vec<usize>>,
    ) -> Option<EntityId> {
        let before = self.word_before(n, span).map(|word| word.text);
        let gender = before.and_then(|word| honorific_gender(&self.gazetteer.lexicon, word));
        let fits_gender = |candidate: &&Candidate<'_>| {
            let known = self.directory.get(candidate.id).and_then(|entity| entity.gender);
            gender.is_none() || known.is_none() || known == gender
        };
        let mut candidates: Vec<_> = candidates.iter().filter(fits_gender).collect();
        // "Ivan Petrov" is no Georgi.
        let given = before.map(fold).unwrap_or_default();
        if candidates.iter().any(|candidate| candidate.is_given(&given)) {
            candidates.retain(|candidate| candidate.is_given(&given));
        }
        let title = self.title_before(n, span);
        let mut known: Vec<_> = candidates
            .iter()
            .copied()
            .filter(|candidate| introduced.contains_key(candidate.id))
            .collect();
        if known.len() > 1
            && let Some(title) = &title
        {
            let titled = known.iter().copied().filter(|c| self.holds(c.id, title));
            let titled: Vec<_> = titled.collect();
            if !titled.is_empty() {
                known = titled;
            }
        }
        match known[..] {
            [one] => return Some(one.id.clone()),
            [] => {}
            _ => return nearest_introduced(n, &known, introduced),
        }
        if let Some(title) = &title {
            let mut titled = candidates.iter().filter(|c| self.holds(c.id, title));
            if let (Some(one), None) = (titled.next(), titled.next()) {
                return Some(one.id.clone());
            }
        }
        let mut standalone = candidates.iter().filter(|candidate| candidate.standalone);
        match (standalone.next(), standalone.next()) {
            (Some(one), None) => Some(one.id.clone()),
            _ => None,
        }
    }

    /// The title right before a surname, with the state that it names.
    fn title_before(&self, n: usize, span: Span<Byte>) -> Option<Title> {
        let sentence = self.sentence(n);
        let first = sentence.tokens_in(span)?.start();
        let mut words: Vec<String> = Vec::new();
        let mut state = None;
        for back in 1..=6 {
            let Some(index) = first.checked_sub(back) else { break };
            let word = Word::new(self.text(), sentence, index);
            if let Some(named) = self.named[n].iter().find(|named| named.span.overlaps(word.span)) {
                if !words.is_empty() && named.id.is_state() {
                    state = Some(named.id.clone());
                }
                break;
            }
            if !is_title_word(&self.gazetteer.lexicon, word.text)
                || is_honorific(&self.gazetteer.lexicon, word.text)
            {
                break;
            }
            words.push(word.text.to_lowercase());
        }
        (!words.is_empty()).then_some(Title { words, state })
    }

    /// Whether a person holds or held, when the article appeared, an office of that title.
    fn holds(&self, id: &EntityId, title: &Title) -> bool {
        let Some(person) = self.directory.get(id) else { return false };
        let year = self.article.info.date.map(|date| date.last().year());
        person.offices.iter().any(|office| {
            let in_place = title.state.as_ref().is_none_or(|state| {
                office.holder == *state || person.state.as_ref() == Some(state)
            });
            let name = office.title.to_lowercase();
            let fits = title.words.iter().any(|word| {
                let stem = word.trim_end_matches('.').trim_end_matches('s');
                stem.len() >= 3 && name.contains(stem)
                    || self.gazetteer.lexicon.has(WordList::TopOffice, stem)
            });
            office.is_held_in(year) && in_place && fits
        })
    }
}

/// Of several people with one surname: the only one named in full in this sentence or the two
/// before it, else the one whose surname stands alone.
fn nearest_introduced(
    n: usize,
    known: &[&Candidate<'_>],
    introduced: &BTreeMap<EntityId, Vec<usize>>,
) -> Option<EntityId> {
    let is_near = |candidate: &&&Candidate<'_>| {
        let places = &introduced[candidate.id];
        let from = places.partition_point(|&at| at + 2 < n);
        places.get(from).is_some_and(|&at| at <= n)
    };
    let only = |found: Vec<&&Candidate<'_>>| match found[..] {
        [one] => Some(one.id.clone()),
        _ => None,
    };
    only(known.iter().filter(is_near).collect())
        .or_else(|| only(known.iter().filter(|candidate| candidate.standalone).collect()))
}

/// One whom a surname may mean.
#[derive(Debug, Clone, Copy)]
struct Candidate<'g> {
    id: &'g EntityId,
    standalone: bool,
    given: &'g [String],
}

impl Candidate<'_> {
    /// Whether the folded `word` is the given name.
    fn is_given(&self, word: &str) -> bool {
        self.given.first().is_some_and(|given| is_variant(given, word))
    }

    /// Whether the given name begins with the letter of an initial.
    fn begins_with(&self, initial: &str) -> bool {
        let given = self.given.first().and_then(|given| given.chars().next());
        given.is_some() && given == initial.chars().next()
    }
}

/// Who holds which surname.
#[derive(Debug)]
struct Holders<'s> {
    /// People found by their titles, by their surnames as they stand.
    discovered: BTreeMap<&'s str, Vec<&'s Discovered>>,
    /// Of surnames of many, by the number of the first alias, those who count in the article.
    of_article: BTreeMap<u32, Vec<Candidate<'s>>>,
    introduced: &'s BTreeMap<EntityId, Vec<usize>>,
}

/// A title as it stands before a name.
#[derive(Debug)]
struct Title {
    /// Lower case, last first.
    words: Vec<String>,
    state: Option<EntityId>,
}
