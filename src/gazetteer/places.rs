//! Names of states that mean something else here: towns of the same name, and people.
//!
//! "Athens, Georgia", "West Jordan", "Kenya Moore", "Mr. French". Left out: whom such a name means;
//! towns and people without an office have no id.

use crate::lexicon::WordList;
use crate::model::{Byte, SentenceKind, Span};

use super::alias::{Alias, AliasKind, is_capitalized, is_upper};
use super::fold::fold;
use super::matcher::Hit;
use super::named::{NamesSoFar, Word};
use super::titles::{honorific_gender, is_honorific, is_short_title, is_title_word};

/// How many words the name of a region has at most.
const REGION_WORDS: u32 = 3;

impl<'a> NamesSoFar<'a> {
    /// Whether a name in small letters, in a sentence without capitals, is that name rather than a
    /// common word.
    pub(super) fn fits_small_letters(&self, n: usize, hit: &Hit, alias: &Alias) -> bool {
        let surface = fold(hit.span.of(self.text()));
        if alias.kind == AliasKind::Weapon
            || surface.contains(char::is_uppercase)
            || !alias.folded.contains(char::is_uppercase)
        {
            return true;
        }
        let lexicon = &self.gazetteer.lexicon;
        let id = self.gazetteer.id(alias.entity);
        // "us sends tanks": no pronoun begins a headline so.
        let leads = hit.span.start() == self.sentence(n).span.start() && id.is_state();
        if lexicon.has(WordList::SmallWord, &surface) {
            return leads;
        }
        let known = &self.gazetteer.entities[alias.entity as usize];
        match alias.kind {
            _ if surface.len() < 4 => lexicon.has(WordList::ShortName, &surface),
            AliasKind::Surname => self
                .gazetteer
                .matcher
                .holders(hit)
                .iter()
                .any(|holder| self.gazetteer.entities[holder.entity as usize].standalone),
            // "apple", but "nato" and "european union"
            _ if id.is_organization() => surface.contains(' ') || is_upper(&alias.folded),
            _ => known.id.is_state() || surface.contains(' '),
        }
    }

    /// Whether the name of a state or of its capital means a town or a person at `hit`.
    pub(super) fn means_another(&self, n: usize, hit: &Hit, alias: &Alias) -> bool {
        if !self.gazetteer.id(alias.entity).is_state() {
            return false;
        }
        let place = matches!(alias.kind, AliasKind::Name | AliasKind::Capital);
        place && (self.is_town(n, hit, alias) || self.is_compound_place(n, hit.span))
            || (place || alias.kind == AliasKind::Demonym) && self.is_of_person(n, hit.span)
    }

    fn text_at(&self, n: usize, index: Option<u32>) -> &'a str {
        index.map_or("", |index| self.words(n).get(index))
    }

    /// The number of tokens from `first` that name a region: "New Hampshire".
    fn region_at(&self, n: usize, first: u32) -> Option<u32> {
        (1..=REGION_WORDS).rev().find(|length| {
            let last = self.words(n).at(first + length - 1);
            let (Some(first), Some(last)) = (self.words(n).at(first), last) else { return false };
            let name = fold(first.span.join(last.span).of(self.text()));
            self.gazetteer.regions.contains(&name)
        })
    }

    /// "Athens, Georgia,", "Moscow (Idaho)", "Lebanon in New Hampshire", "the Ohio town of Lima", and
    /// the region behind such a town where it has the name of a state.
    fn is_town(&self, n: usize, hit: &Hit, alias: &Alias) -> bool {
        let Some(tokens) = self.sentence(n).tokens_in(hit.span) else { return false };
        let (start, end) = (tokens.start(), tokens.end());
        let mark = self.text_at(n, Some(end));
        // "Iran in New York" acts there; "Paris in Texas" lies there.
        let lies_in = mark == "in" && start == 0 && alias.kind == AliasKind::Capital;
        let linked = matches!(mark, "," | "(") || lies_in;
        if linked && let Some(length) = self.region_at(n, end + 1) {
            let behind = self.text_at(n, Some(end + 1 + length));
            let next = self.text_at(n, Some(end + 2 + length));
            // "Talks with Mexico, Texas and California": a list.
            let closed = match mark {
                "(" => behind == ")",
                "," => {
                    matches!(behind, "," | "." | ";" | "'s" | "’s" | ")" | "—" | "–" | "")
                        && !matches!(next, "and" | "or")
                        && (behind != "," || !is_capitalized(next))
                        || behind.starts_with(char::is_lowercase) && !matches!(behind, "and" | "or")
                }
                _ => true,
            };
            if closed && !self.is_home(n, end + 1, length, alias) {
                return true;
            }
        }
        // The region itself: Georgia behind Athens.
        let is_region = self.region_at(n, start) == Some(end - start);
        if is_region && self.is_behind_town(n, start, alias) {
            return true;
        }
        // "The town of Lebanon", "the Idaho city of Moscow"
        let of = start.checked_sub(2).filter(|_| self.text_at(n, start.checked_sub(1)) == "of");
        let Some(at) = of else { return false };
        let lexicon = &self.gazetteer.lexicon;
        let behind_region = || {
            (1..=REGION_WORDS).any(|length| {
                at.checked_sub(length).and_then(|first| self.region_at(n, first)) == Some(length)
            })
        };
        let noun = self.text_at(n, Some(at));
        lexicon.has_any_case(WordList::Town, noun)
            && (alias.kind == AliasKind::Name || behind_region())
    }

    /// Whether the region is the state to which the place belongs: "Tbilisi, Georgia".
    fn is_home(&self, n: usize, first: u32, length: u32, alias: &Alias) -> bool {
        let (Some(first), Some(last)) =
            (self.words(n).at(first), self.words(n).at(first + length - 1))
        else {
            return false;
        };
        let span = first.span.join(last.span);
        self.hits[n].iter().any(|other| {
            other.span == span && self.gazetteer.matcher.alias(other.alias).entity == alias.entity
        })
    }

    /// Whether the capital of another state and a comma stand before token `start`.
    fn is_behind_town(&self, n: usize, start: u32, alias: &Alias) -> bool {
        let Some(town) = start.checked_sub(2) else { return false };
        let (comma, town) = (self.text_at(n, Some(start - 1)), self.words(n).at(town));
        let end = self.text_at(n, Some(start + 1));
        comma == ","
            && end != "and"
            && self.hits[n].iter().any(|other| {
                let known = self.gazetteer.matcher.alias(other.alias);
                town.is_some_and(|town| other.span.end() == town.span.end())
                    && known.kind == AliasKind::Capital
                    && known.entity != alias.entity
            })
    }

    /// "West Jordan", "Fort Moscow", "Lebanon County": another place.
    fn is_compound_place(&self, n: usize, span: Span<Byte>) -> bool {
        // "Jordan Valley", "Lebanon County"
        let behind = self.word_after(n, span).filter(|word| word.touches(span, self.text()));
        if behind.is_some_and(|word| self.gazetteer.lexicon.has(WordList::PlaceSuffix, word.text)) {
            return true;
        }
        let Some(before) = self.word_before(n, span) else { return false };
        before.touches(span, self.text())
            && is_capitalized(before.text)
            && self.gazetteer.lexicon.has(WordList::PlacePrefix, before.text)
            && !matches!(self.sentence(n).kind, SentenceKind::Headline | SentenceKind::Teaser)
            // "New Iran sanctions": an adjective at the start of a sentence.
            && (before.index > 0
                || before.text != "New"
                || self.word_after(n, span).is_some_and(|word| {
                    self.gazetteer.lexicon.has(WordList::VerbBehindName, word.text)
                        || word.text.ends_with("ed")
                }))
    }

    /// "Kenya Moore", "Steve Israel", "Mr. French", "Congressman Jordan".
    fn is_of_person(&self, n: usize, span: Span<Byte>) -> bool {
        self.is_surname_of_person(n, span) || self.is_given_before_surname(n, span)
    }

    /// "Steve Israel", "Mr. French", "Congressman Jordan", "Sen. Will Jordan".
    pub(super) fn is_surname_of_person(&self, n: usize, span: Span<Byte>) -> bool {
        let lexicon = &self.gazetteer.lexicon;
        let before = self.word_before(n, span).filter(|word| word.touches(span, self.text()));
        let Some(before) = before else { return false };
        is_honorific(lexicon, before.text)
            && (before.text.ends_with('.') || honorific_gender(lexicon, before.text).is_some())
            || is_short_title(lexicon, before.text) && before.text.ends_with('.')
            || self.is_given_name(before.text, &fold(before.text))
            || self.is_title_of_person(before.text)
            || self.is_titled(n, before)
    }

    /// Whether a capitalised word is a given name and no word that begins sentences.
    pub(super) fn is_given_name(&self, word: &str, folded: &str) -> bool {
        let lexicon = &self.gazetteer.lexicon;
        is_capitalized(word)
            && (lexicon.has_any_case(WordList::GivenName, folded)
                || word.len() >= 3 && self.gazetteer.given_names.contains(folded))
            && !lexicon.has_any_case(WordList::NoNameWord, word)
            && !lexicon.has_any_case(WordList::GivenNameOfState, word)
            && !is_title_word(lexicon, word)
    }

    /// "Sen. Will Jordan", "congressman Brody Israel": a name behind a title.
    fn is_titled(&self, n: usize, given: Word<'_>) -> bool {
        let lexicon = &self.gazetteer.lexicon;
        let before = given.index.checked_sub(1).map_or("", |at| self.text_at(n, Some(at)));
        let is_title = before.ends_with('.') && is_short_title(lexicon, before)
            || is_honorific(lexicon, before)
            || lexicon.has_any_case(WordList::PersonsTitle, before);
        is_title
            && is_capitalized(given.text)
            && !is_title_word(lexicon, given.text)
            && !self.is_title_case(n)
            && !self.hits[n].iter().any(|hit| hit.span == given.span && self.is_state(hit))
    }

    fn is_state(&self, hit: &Hit) -> bool {
        self.gazetteer.id(self.gazetteer.matcher.alias(hit.alias).entity).is_state()
    }

    /// "Congressman", which no state has before its name.
    fn is_title_of_person(&self, word: &str) -> bool {
        is_capitalized(word) && self.gazetteer.lexicon.has_any_case(WordList::PersonsTitle, word)
    }

    /// "Israel Gonzalez", in a sentence whose words are not all capitalised.
    fn is_given_before_surname(&self, n: usize, span: Span<Byte>) -> bool {
        let lexicon = &self.gazetteer.lexicon;
        let sentence = self.sentence(n);
        let name = fold(span.of(self.text()));
        if !lexicon.has_any_case(WordList::GivenNameOfState, &name)
            || matches!(sentence.kind, SentenceKind::Headline | SentenceKind::Teaser)
            || self.is_title_case(n)
        {
            return false;
        }
        let Some(after) = self.word_after(n, span) else { return false };
        let title = is_title_word(lexicon, after.text)
            || is_honorific(lexicon, after.text)
            || lexicon.has_any_case(WordList::NoNameWord, after.text);
        let named = |other: &Hit| {
            let alias = self.gazetteer.matcher.alias(other.alias);
            other.span.overlaps(after.span) && alias.kind != AliasKind::Surname
        };
        after.touches(span, self.text())
            && is_capitalized(after.text)
            && after.text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''))
            && after.text.chars().any(char::is_lowercase)
            && !title
            && !self.hits[n].iter().any(named)
    }

    /// Whether most words of a sentence are capitalised, so that capitals tell no name.
    fn is_title_case(&self, n: usize) -> bool {
        let mut words = self.sentence(n).tokens.iter().map(|token| token.span.of(self.text()));
        let lexicon = &self.gazetteer.lexicon;
        !words.any(|word| {
            word.starts_with(char::is_lowercase)
                && word.chars().count() > 2
                && lexicon.function_word(word).is_none()
        })
    }
}
