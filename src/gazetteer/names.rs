//! Hits of the matcher become mentions: the longest that the context allows, surnames by the
//! person that the article introduced, people of no table by their title.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Article, Byte, Document, EntityDirectory, EntityId, Mention, MentionForm, Sentence,
    SentenceKind, Span, TokenIndex,
};

use super::alias::{AliasKind, is_capitalized};
use super::ambiguity::Neighbours;
use super::discovery::{self, Discovered};
use super::fold::fold;
use super::matcher::{Hit, MatchBuffer};
use super::titles::{honorific_gender, is_honorific, is_title_word};
use super::{Gazetteer, Mentions};
use crate::lexicon::{Lexicon, WordList};

/// A name that was decided on.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub span: Span<Byte>,
    pub sentence: usize,
    pub id: EntityId,
    pub form: MentionForm,
    /// Whether it introduces a person in full.
    pub full: bool,
}

/// All that is known while one article is read.
pub(super) struct Reading<'a> {
    pub gazetteer: &'a Gazetteer,
    pub article: &'a Article,
    pub document: &'a Document,
    /// Hits of each sentence.
    hits: Vec<Vec<Hit>>,
    /// Decided names of each sentence, in text order, without overlap.
    pub named: Vec<Vec<Named>>,
    pub directory: EntityDirectory,
}

pub(super) fn find(gazetteer: &Gazetteer, article: &Article, document: &Document) -> Mentions {
    let mut buffer = MatchBuffer::default();
    let hits = document.sentences.iter().map(|sentence| {
        let mut hits = Vec::new();
        gazetteer.matcher.find(&article.text, sentence.span, &mut buffer, &mut hits);
        hits
    });
    let mut reading = Reading {
        gazetteer,
        article,
        document,
        hits: hits.collect(),
        named: vec![Vec::new(); document.sentences.len()],
        directory: gazetteer.directory.clone(),
    };
    reading.decide_names();
    reading.join_given_names();
    let discovered = discovery::find(&reading);
    for person in &discovered {
        reading.add_discovered(person);
    }
    reading.resolve_surnames(&discovered);
    reading.join_models_with_classes();
    reading.finish()
}

impl<'a> Reading<'a> {
    pub(super) fn text(&self) -> &'a str {
        &self.article.text
    }

    fn sentence(&self, n: usize) -> &'a Sentence {
        &self.document.sentences[n]
    }

    /// The token next to `span`, where only white space or a hyphen stands between.
    pub(super) fn word_before(&self, n: usize, span: Span<Byte>) -> Option<Word<'a>> {
        let sentence = self.sentence(n);
        let tokens = sentence.tokens_in(span)?;
        let mut index = tokens.start().checked_sub(1)?;
        if Word::new(self.text(), sentence, index).text == "-" {
            index = index.checked_sub(1)?;
        }
        Some(Word::new(self.text(), sentence, index))
    }

    pub(super) fn word_after(&self, n: usize, span: Span<Byte>) -> Option<Word<'a>> {
        let sentence = self.sentence(n);
        let index = sentence.tokens_in(span)?.end();
        ((index as usize) < sentence.tokens.len()).then(|| Word::new(self.text(), sentence, index))
    }

    fn neighbours(&self, n: usize, span: Span<Byte>) -> Neighbours<'a> {
        Neighbours {
            before: self.word_before(n, span).map(|word| word.text),
            after: self.word_after(n, span).map(|word| word.text),
        }
    }

    /// Decides on all hits but surnames.
    fn decide_names(&mut self) {
        // First what needs no context: it is the context of the rest.
        let mut selected: Vec<_> = (0..self.hits.len()).map(|n| self.select(n, None)).collect();
        let entity = |hit: &Hit| self.gazetteer.matcher.alias(hit.alias).entity;
        let sure = selected.iter().flatten().map(entity).collect();
        for (n, selected) in selected.iter_mut().enumerate() {
            let needs_context = |hit: &Hit| self.gazetteer.matcher.alias(hit.alias).needs_context;
            if self.hits[n].iter().any(needs_context) {
                *selected = self.select(n, Some(&sure));
            }
        }
        for (n, selected) in selected.into_iter().enumerate() {
            self.named[n] = selected.into_iter().map(|hit| self.name(n, hit)).collect();
        }
    }

    /// The name that `hit` is in sentence `n`.
    fn name(&self, n: usize, hit: Hit) -> Named {
        let alias = self.gazetteer.matcher.alias(hit.alias);
        let id = self.gazetteer.id(alias.entity).clone();
        let full = id.is_person();
        Named { span: hit.span, sentence: n, id, form: alias.kind.form(), full }
    }

    /// The longest acceptable names of sentence `n`, from the left.
    fn select(&self, n: usize, sure: Option<&BTreeSet<u32>>) -> Vec<Hit> {
        let mut selected = Vec::new();
        let mut end = 0;
        for group in self.hits[n].chunk_by(|a, b| a.span == b.span) {
            let span = group[0].span;
            if span.start() < end {
                continue;
            }
            let mut accepted = group.iter().filter(|hit| self.accepts(n, hit, sure));
            let Some(first) = accepted.next() else { continue };
            let alias = self.gazetteer.matcher.alias(first.alias);
            if alias.kind == AliasKind::Blocked {
                end = span.end();
                continue;
            }
            // Several in context: none.
            let other = accepted.any(|hit| {
                let other = self.gazetteer.matcher.alias(hit.alias);
                other.kind != AliasKind::Blocked
                    && other.entity != alias.entity
                    && other.needs_context == alias.needs_context
            });
            if other {
                continue;
            }
            end = span.end();
            selected.push(*first);
        }
        selected
    }

    /// Whether `hit` may mean its entity here. Without `sure`, only what needs no context may.
    fn accepts(&self, n: usize, hit: &Hit, sure: Option<&BTreeSet<u32>>) -> bool {
        let alias = self.gazetteer.matcher.alias(hit.alias);
        match alias.kind {
            AliasKind::Surname => return false,
            AliasKind::Blocked => return true,
            _ => {}
        }
        let neighbours = || self.neighbours(n, hit.span);
        if alias.kind == AliasKind::Demonym && is_language(neighbours()) {
            return false;
        }
        if has_opposing_prefix(&self.gazetteer.lexicon, &self.text()[..hit.span.start() as usize]) {
            return false;
        }
        let given = |word: &str| {
            self.gazetteer.given_names.contains(word)
                && !self.gazetteer.lexicon.has_any_case(WordList::NoNameWord, word)
        };
        let ambiguity = &self.gazetteer.ambiguity;
        if let Some(decided) =
            ambiguity.decide(alias.entity, &alias.folded, neighbours, given, self.text())
        {
            return decided;
        }
        if alias.kind == AliasKind::Organ && self.belongs_to_another(n, hit, alias.entity) {
            return false;
        }
        if !alias.needs_context {
            return true;
        }
        let Some(sure) = sure else { return false };
        if sure.contains(&alias.entity) {
            return true;
        }
        let known = &self.gazetteer.entities[alias.entity as usize];
        if known.id.is_weapon() {
            let sentence = self.sentence(n);
            let words = sentence.tokens.iter().filter(|token| !hit.span.covers(token.span));
            return words
                .map(|token| token.span.of(self.text()))
                .any(|word| self.gazetteer.lexicon.has_any_case(WordList::MilitaryWord, word));
        }
        !known.id.is_state() && known.state.is_some_and(|state| sure.contains(&state))
    }

    /// Whether the adjective of another state stands before an organ: "German Foreign Office".
    fn belongs_to_another(&self, n: usize, hit: &Hit, entity: u32) -> bool {
        self.hits[n].iter().any(|other| {
            let alias = self.gazetteer.matcher.alias(other.alias);
            let adjacent = other.span.end() + 1 == hit.span.start()
                || other.span.end() + 3 == hit.span.start()
                    && self.text()[other.span.end() as usize..].starts_with("'s ");
            adjacent
                && alias.entity != entity
                && matches!(alias.kind, AliasKind::Demonym | AliasKind::Name)
                && self.gazetteer.id(alias.entity).is_state()
        })
    }

    /// "Joseph R. Biden", "Sergey Viktorovich Lavrov": a surname with its own given name before it,
    /// and words between, is a full name.
    fn join_given_names(&mut self) {
        for n in 0..self.hits.len() {
            let mut found = Vec::new();
            for hit in &self.hits[n] {
                let alias = self.gazetteer.matcher.alias(hit.alias);
                if alias.kind != AliasKind::Surname || self.is_taken(n, hit.span) {
                    continue;
                }
                let known = &self.gazetteer.entities[alias.entity as usize];
                let Some(start) = self.given_name_before(n, hit.span, &known.given) else {
                    continue;
                };
                let span = Span::new(start, hit.span.end());
                let id = known.id.clone();
                let form = MentionForm::Name;
                found.push(Named { span, sentence: n, id, form, full: true });
            }
            for named in found {
                self.insert(named);
            }
        }
    }

    /// Where the given name of a person begins, at most three capitalised words before `surname`.
    fn given_name_before(&self, n: usize, surname: Span<Byte>, given: &[String]) -> Option<u32> {
        let sentence = self.sentence(n);
        let first = sentence.tokens_in(surname)?.start();
        for back in 1..=3 {
            let index = first.checked_sub(back)?;
            let word = Word::new(self.text(), sentence, index);
            if !is_capitalized(word.text) || self.is_taken(n, word.span) {
                return None;
            }
            let folded = fold(word.text);
            if given.first().is_some_and(|given| is_variant(given, &folded)) {
                return Some(word.span.start());
            }
            if is_title_word(&self.gazetteer.lexicon, word.text)
                || self.gazetteer.lexicon.has_any_case(WordList::NoNameWord, word.text)
            {
                return None;
            }
        }
        None
    }

    pub(super) fn is_taken(&self, n: usize, span: Span<Byte>) -> bool {
        self.named[n].iter().any(|named| named.span.overlaps(span))
    }

    /// Adds a name; shorter ones that it covers give way.
    fn insert(&mut self, named: Named) {
        let list = &mut self.named[named.sentence];
        if list.iter().any(|old| old.span.overlaps(named.span) && !named.span.covers(old.span)) {
            return;
        }
        list.retain(|old| !old.span.overlaps(named.span));
        let at = list.partition_point(|old| old.span.start() < named.span.start());
        list.insert(at, named);
    }

    fn add_discovered(&mut self, person: &Discovered) {
        self.directory.add(person.entity.clone());
        self.insert(Named {
            span: person.span,
            sentence: person.sentence,
            id: person.entity.id.clone(),
            form: MentionForm::Name,
            full: true,
        });
    }

    /// Links each surname to the one person that it can mean.
    fn resolve_surnames(&mut self, discovered: &[Discovered]) {
        let gazetteer = self.gazetteer;
        let mut places: Vec<(usize, Span<Byte>, Vec<Candidate<'a>>)> = Vec::new();
        for n in 0..self.hits.len() {
            let mut by_span: BTreeMap<Span<Byte>, Vec<Candidate<'a>>> = BTreeMap::new();
            for hit in &self.hits[n] {
                let alias = gazetteer.matcher.alias(hit.alias);
                if alias.kind != AliasKind::Surname || self.is_taken(n, hit.span) {
                    continue;
                }
                let known = &gazetteer.entities[alias.entity as usize];
                by_span.entry(hit.span).or_default().push(Candidate {
                    id: known.id.clone(),
                    standalone: known.standalone,
                    given: &known.given,
                });
            }
            self.add_discovered_surnames(n, discovered, &mut by_span);
            places.extend(by_span.into_iter().map(|(span, candidates)| (n, span, candidates)));
        }
        if places.is_empty() {
            return;
        }
        let introduced = self.introductions();
        let mut decided = Vec::new();
        for (n, span, candidates) in places {
            if self.is_taken(n, span) || self.is_part_of_another_name(n, span, &candidates) {
                continue;
            }
            if let Some(id) = self.whose_surname(n, span, &candidates, &introduced) {
                let form = MentionForm::Name;
                decided.push(Named { span, sentence: n, id, form, full: false });
            }
        }
        for named in decided {
            self.insert(named);
        }
    }

    fn add_discovered_surnames(
        &self,
        n: usize,
        discovered: &[Discovered],
        by_span: &mut BTreeMap<Span<Byte>, Vec<Candidate<'_>>>,
    ) {
        if discovered.is_empty() {
            return;
        }
        for token in &self.sentence(n).tokens {
            let word = token.span.of(self.text());
            for person in discovered.iter().filter(|person| person.surname == word) {
                let candidates = by_span.entry(token.span).or_default();
                if candidates.iter().all(|candidate| candidate.id != person.entity.id) {
                    candidates.push(Candidate {
                        id: person.entity.id.clone(),
                        standalone: false,
                        given: &[],
                    });
                }
            }
        }
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
            let known = self.gazetteer.given_names.contains(&fold(word.text));
            let own = candidates.iter().any(|candidate| {
                candidate.given.first().is_some_and(|given| is_variant(given, &fold(word.text)))
            });
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
            let known = self.directory.get(&candidate.id).and_then(|entity| entity.gender);
            gender.is_none() || known.is_none() || known == gender
        };
        let candidates: Vec<_> = candidates.iter().filter(fits_gender).collect();
        let title = self.title_before(n, span);
        let mut known: Vec<_> = candidates
            .iter()
            .copied()
            .filter(|candidate| introduced.contains_key(&candidate.id))
            .collect();
        if known.len() > 1
            && let Some(title) = &title
        {
            let titled = known.iter().copied().filter(|c| self.holds(&c.id, title));
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
            let mut titled = candidates.iter().filter(|c| self.holds(&c.id, title));
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
            let in_time = year.is_none_or(|year| {
                office.from.is_none_or(|from| from <= year) && office.to.is_none_or(|to| year <= to)
            });
            let in_place = title.state.as_ref().is_none_or(|state| {
                office.holder == *state || person.state.as_ref() == Some(state)
            });
            let name = office.title.to_lowercase();
            let fits = title.words.iter().any(|word| {
                let stem = word.trim_end_matches('.').trim_end_matches('s');
                stem.len() >= 3 && name.contains(stem)
                    || self.gazetteer.lexicon.has(WordList::TopOffice, stem)
            });
            in_time && in_place && fits
        })
    }

    /// "Taurus cruise missiles", "Patriot battery": a model and its class are one weapon.
    fn join_models_with_classes(&mut self) {
        for list in &mut self.named {
            let mut n = 0;
            while n + 1 < list.len() {
                let (model, class) = (&list[n], &list[n + 1]);
                let is_class = || {
                    let known = &self.gazetteer.entities;
                    known
                        .binary_search_by(|known| known.id.cmp(&model.id))
                        .is_ok_and(|at| known[at].classes.contains(&class.id))
                };
                let name = model.span.of(&self.article.text);
                let between =
                    &self.article.text[model.span.end() as usize..class.span.start() as usize];
                let joined = model.form == MentionForm::Weapon
                    && class.form == MentionForm::Weapon
                    && matches!(between, " " | "-" | "\u{a0}")
                    && name.chars().any(|c| c.is_uppercase() || c.is_ascii_digit())
                    && is_class();
                if joined {
                    list[n].span = list[n].span.join(list[n + 1].span);
                    list.remove(n + 1);
                } else {
                    n += 1;
                }
            }
        }
    }

    /// Mentions in text order, an honorific before a name included.
    fn finish(self) -> Mentions {
        let mut mentions = Vec::new();
        for (n, list) in self.named.iter().enumerate() {
            let sentence = self.sentence(n);
            let mut end = 0;
            for named in list {
                let mut span = named.span;
                if named.id.is_person()
                    && let Some(word) = self.word_before(n, span)
                    && is_honorific(&self.gazetteer.lexicon, word.text)
                    && word.span.start() >= end
                {
                    span = span.join(word.span);
                }
                let Some(tokens) = sentence.tokens_in(span) else { continue };
                end = span.end();
                mentions.push(Mention {
                    span,
                    sentence: n,
                    tokens,
                    entities: vec![named.id.clone()],
                    form: named.form,
                    antecedent: None,
                });
            }
        }
        Mentions { mentions, directory: self.directory }
    }
}

/// "anti-drone", "pro-Russian", "mini-NATO": another thing than what the name says.
fn has_opposing_prefix(lexicon: &Lexicon, before: &str) -> bool {
    let Some(stem) = before.strip_suffix(['-', '\u{2010}', '\u{2011}']) else { return false };
    let prefix = stem.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let prefix = prefix.to_lowercase();
    lexicon.has(WordList::OpposingPrefix, &prefix)
}

/// "said in French": the language, not the state.
fn is_language(neighbours: Neighbours<'_>) -> bool {
    neighbours.before.is_some_and(|word| word == "in")
        && neighbours.after.is_none_or(|word| {
            !word.starts_with(char::is_alphanumeric)
                || matches!(word, "and" | "or" | "on" | "to" | "at" | "by" | "that" | "as" | "with")
        })
}

/// Of several people with one surname: the only one named in full in this sentence or the two
/// before it, else the one whose surname stands alone.
fn nearest_introduced(
    n: usize,
    known: &[&Candidate<'_>],
    introduced: &BTreeMap<EntityId, Vec<usize>>,
) -> Option<EntityId> {
    let is_near = |candidate: &&&Candidate<'_>| {
        introduced[&candidate.id].iter().any(|&at| at <= n && at + 2 >= n)
    };
    let only = |found: Vec<&&Candidate<'_>>| match found[..] {
        [one] => Some(one.id.clone()),
        _ => None,
    };
    only(known.iter().filter(is_near).collect())
        .or_else(|| only(known.iter().filter(|candidate| candidate.standalone).collect()))
}

/// One whom a surname may mean.
#[derive(Debug, Clone)]
struct Candidate<'g> {
    id: EntityId,
    standalone: bool,
    given: &'g [String],
}

/// A title as it stands before a name.
#[derive(Debug)]
struct Title {
    /// Lower case, last first.
    words: Vec<String>,
    state: Option<EntityId>,
}

/// A token with its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub span: Span<Byte>,
    pub index: u32,
}

impl<'t> Word<'t> {
    pub(super) fn new(text: &'t str, sentence: &Sentence, index: u32) -> Self {
        let span = sentence.tokens[TokenIndex(index).index()].span;
        Self { text: span.of(text), span, index }
    }

    /// Whether nothing but white space stands between the word and `span`.
    pub(super) fn touches(&self, span: Span<Byte>, text: &str) -> bool {
        let (start, end) = if self.span.start() < span.start() {
            (self.span.end(), span.start())
        } else {
            (span.end(), self.span.start())
        };
        text.get(start as usize..end as usize)
            .is_some_and(|between| between.chars().all(char::is_whitespace))
    }
}

/// Whether two folded given names are one: equal, or alike in their first three letters.
pub(super) fn is_variant(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || matches!((one.get(..3), other.get(..3)), (Some(a), Some(b)) if a == b)
            && one.len().abs_diff(other.len()) <= 3
}
