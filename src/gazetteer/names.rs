//! Hits of the matcher become mentions: the longest that the context allows, people of no table by
//! their title (`discovery`), surnames by the person that the article introduced (`surnames`), groups
//! without a name by their noun and state (`groups`).

use std::collections::BTreeSet;

use crate::model::{Article, Byte, Document, Mention, MentionForm, Span};

use super::alias::{Alias, AliasKind, is_capitalized};
use super::ambiguity::Neighbours;
use super::discovery;
use super::fold::fold;
use super::groups;
use super::matcher::{Hit, MatchBuffer};
use super::named::{Discovered, Named, NamesSoFar, Word, is_variant};
use super::publisher;
use super::titles::{is_honorific, is_title_word};
use super::{Gazetteer, Mentions};
use crate::lexicon::{Lexicon, WordList};

/// How many words before a surname its given name is looked for.
const REACH: usize = 3;

pub(super) fn find(gazetteer: &Gazetteer, article: &Article, document: &Document) -> Mentions {
    let mut buffer = MatchBuffer::default();
    let hits = document.sentences.iter().map(|sentence| {
        let mut hits = Vec::new();
        gazetteer.matcher.find(&article.text, sentence.span, &mut buffer, &mut hits);
        hits
    });
    let mut reading = NamesSoFar {
        gazetteer,
        article,
        document,
        hits: hits.collect(),
        named: vec![Vec::new(); document.sentences.len()],
        towns: Vec::new(),
        directory: gazetteer.directory.clone(),
    };
    reading.decide_names();
    reading.join_given_names();
    let discovered = discovery::find(&reading);
    for person in &discovered {
        reading.add_discovered(person);
    }
    reading.resolve_namesakes(&discovered);
    reading.resolve_surnames(&discovered);
    reading.join_models_with_classes();
    reading.towns = gazetteer.towns.find(&reading);
    reading.add_groups();
    reading.finish()
}

impl<'a> NamesSoFar<'a> {
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
        if !self.fits_small_letters(n, hit, alias) || self.means_another(n, hit, alias) {
            return false;
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
                let holders = self.gazetteer.matcher.holders(hit);
                if holders[0].kind != AliasKind::Surname || self.is_taken(n, hit.span) {
                    continue;
                }
                if let Some(named) = self.with_initials(n, hit) {
                    found.push(named);
                    continue;
                }
                // Of several with a given name that fits, the last.
                let words = self.words_before_surname(n, hit.span);
                let mut fitting: [Option<u32>; REACH] = [None; REACH];
                for entity in holders.iter().map(|alias| alias.entity) {
                    let given = self.gazetteer.entities[entity as usize].given.first();
                    let at = given.and_then(|given| {
                        words.iter().position(|(_, word)| is_variant(given, word))
                    });
                    if let Some(at) = at {
                        fitting[at] = Some(entity);
                    }
                }
                for ((start, _), entity) in words.iter().zip(fitting) {
                    let Some(entity) = entity else { continue };
                    let span = Span::new(*start, hit.span.end());
                    let id = self.gazetteer.id(entity).clone();
                    let form = MentionForm::Name;
                    found.push(Named { span, sentence: n, id, form, full: true });
                }
            }
            for named in found {
                self.insert(named);
            }
        }
    }

    /// "V. V. Putin", "Putin V.V.": the one of that surname whose given name begins so; of several,
    /// the one whose surname stands alone.
    fn with_initials(&self, n: usize, hit: &Hit) -> Option<Named> {
        let sentence = self.sentence(n);
        let tokens = sentence.tokens_in(hit.span)?;
        let word = |index: u32| Word::new(self.text(), sentence, index);
        let (mut start, mut end) = (tokens.start(), tokens.end());
        while start > 0 && tokens.start() - start < 3 && is_initials(word(start - 1).text) {
            start -= 1;
        }
        if start == tokens.start() {
            let n_tokens = u32::try_from(sentence.tokens.len()).expect("sentences are bounded");
            while end < n_tokens && end - tokens.end() < 3 && is_initials(word(end).text) {
                end += 1;
            }
        }
        let first = if start < tokens.start() { start } else { tokens.end() };
        if start == tokens.start() && end == tokens.end() {
            return None;
        }
        let letter = word(first).text.chars().next()?;
        let known = |alias: &Alias| &self.gazetteer.entities[alias.entity as usize];
        let holders = self.gazetteer.matcher.holders(hit).iter();
        let fitting = holders.filter(|alias| {
            known(alias).given.first().is_some_and(|given| given.starts_with(letter))
        });
        let fitting: Vec<&Alias> = fitting.collect();
        let alone = || {
            let mut alone = fitting.iter().filter(|alias| known(alias).standalone);
            alone.next().filter(|_| alone.next().is_none())
        };
        let one = match &fitting[..] {
            [one] => one,
            _ => alone()?,
        };
        let span = word(start).span.join(word(end - 1).span);
        let id = self.gazetteer.id(one.entity).clone();
        Some(Named { span, sentence: n, id, form: MentionForm::Name, full: true })
    }

    /// Where each of the capitalised words before `surname` begins, and the word, folded; the
    /// nearest first. Titles end them.
    fn words_before_surname(&self, n: usize, surname: Span<Byte>) -> Vec<(u32, String)> {
        let sentence = self.sentence(n);
        let Some(tokens) = sentence.tokens_in(surname) else { return Vec::new() };
        let mut words = Vec::new();
        for index in (0..tokens.start()).rev().take(REACH) {
            let word = Word::new(self.text(), sentence, index);
            if !is_capitalized(word.text) || self.is_taken(n, word.span) {
                break;
            }
            words.push((word.span.start(), fold(word.text)));
            if is_title_word(&self.gazetteer.lexicon, word.text)
                || self.gazetteer.lexicon.has_any_case(WordList::NoNameWord, word.text)
            {
                break;
            }
        }
        words
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

    fn add_groups(&mut self) {
        for (named, entity) in groups::find(self) {
            self.directory.add(entity);
            self.insert(named);
        }
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
        let towns = self.towns.iter().flatten().filter_map(|town| {
            Some(Mention {
                span: town.span,
                sentence: town.sentence,
                tokens: self.sentence(town.sentence).tokens_in(town.span)?,
                entities: vec![town.id.clone()],
                form: town.form,
                antecedent: None,
            })
        });
        let towns = towns.collect();
        let publisher = publisher::find(self.gazetteer, &self.article.info);
        Mentions { mentions, towns, directory: self.directory, publisher }
    }
}

/// Whether `word` is one initial or several: "V.", "V.V.".
pub(super) fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.').peekable();
    let mut n = 0;
    while let Some(part) = parts.next() {
        let mut letters = part.chars();
        let is_last = parts.peek().is_none();
        match (letters.next(), letters.next()) {
            (None, _) if is_last && n > 0 => return true,
            (Some(letter), None) if letter.is_uppercase() && !is_last => n += 1,
            _ => return false,
        }
    }
    false
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
