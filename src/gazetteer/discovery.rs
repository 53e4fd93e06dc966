//! People that no table lists, found by an official title beside their name.
//!
//! "Lithuanian Foreign Minister Jonas Example", "Jane Doe, a Pentagon spokeswoman", "Germany's
//! envoy, Max Muster, said". Left out: people without an office, above all journalists, analysts
//! and authors.

use crate::model::{Entity, EntityId, EntityKind, Gender, MentionForm, Office, SentenceKind};

use super::alias::{is_capitalized, is_upper};
use super::fold::fold;
use super::named::{Discovered, Named, NamesSoFar, Word, Words};
use super::spelling::{canonical_slug, is_initial, settle_ids};
use super::titles::{honorific_gender, is_honorific, is_short_title, is_title_word};
use crate::lexicon::{Lexicon, WordList};

/// How far a title may reach from the name, in tokens.
const TITLE_REACH: u32 = 12;

/// All people that sentences of `reading` introduce by office and name, in text order.
pub(super) fn find(reading: &NamesSoFar<'_>) -> Vec<Discovered> {
    let mut found = Vec::new();
    for (n, sentence) in reading.document.sentences.iter().enumerate() {
        if matches!(sentence.kind, SentenceKind::Headline | SentenceKind::Teaser) {
            continue;
        }
        let scan = Scan { reading, n, words: reading.words(n) };
        if scan.is_all_capitals() {
            continue;
        }
        let mut index = 0;
        while index < scan.words.len() {
            match scan.name_at(index) {
                Some(name) => {
                    if let Some(person) = scan.office_of(&name).and_then(|o| scan.person(&name, o))
                    {
                        found.push(person);
                    }
                    index = name.end;
                }
                None => index += 1,
            }
        }
    }
    settle_ids(&reading.directory, &mut found);
    found
}

/// A run of tokens that looks like a person's name.
struct Name {
    start: u32,
    end: u32,
}

/// The office by which a name counts.
struct Holding {
    title: String,
    holder: Option<EntityId>,
    gender: Option<Gender>,
}

struct Scan<'a, 'r> {
    reading: &'r NamesSoFar<'a>,
    n: usize,
    words: Words<'a>,
}

impl Scan<'_, '_> {
    fn lexicon(&self) -> &Lexicon {
        &self.reading.gazetteer.lexicon
    }

    fn named_at(&self, index: u32) -> Option<&Named> {
        let span = self.words.word(index).span;
        self.reading.named[self.n].iter().find(|named| named.span.overlaps(span))
    }

    /// Whether every word is set in capitals, so that they tell no name from other words.
    fn is_all_capitals(&self) -> bool {
        let has_letters = |index: &u32| self.words.get(*index).contains(char::is_alphabetic);
        (0..self.words.len()).filter(has_letters).all(|index| {
            let word = self.words.get(index);
            is_upper(word) || word.chars().count() < 3
        })
    }

    /// Two to four capitalised words, with particles, initials and hyphens between.
    fn name_at(&self, start: u32) -> Option<Name> {
        let begins = |index: u32| {
            let word = self.words.get(index);
            is_name_word(self.lexicon(), word)
                && !is_title_word(self.lexicon(), word)
                && self.named_at(index).is_none()
        };
        if !begins(start)
            || start > 0 && self.is_glued(start - 1) && self.words.get(start - 1) == "-"
        {
            return None;
        }
        let (mut end, mut full_words) = (start + 1, 1);
        while end < self.words.len() && full_words < 5 {
            let word = self.words.get(end);
            if word == "-"
                && self.is_glued(end - 1)
                && self.is_glued(end)
                && end + 1 < self.words.len()
            {
                // "Kim Hong-kyun", "Al-Masri"
                end += 2;
            } else if is_initial(word)
                || self.lexicon().has(WordList::NameParticle, word) && begins(end + 1)
            {
                end += 1;
            } else if begins(end) {
                full_words += 1;
                end += 1;
            } else {
                break;
            }
        }
        let hyphenated = (start..end).any(|index| self.words.get(index) == "-");
        ((2..=4).contains(&full_words) || full_words == 1 && end > start + 1 && !hyphenated)
            .then_some(Name { start, end })
    }

    /// Whether nothing stands between token `index` and the next.
    fn is_glued(&self, index: u32) -> bool {
        !self.words.sentence.tokens[index as usize].space_after
    }

    fn office_of(&self, name: &Name) -> Option<Holding> {
        self.title_before(name)
            .or_else(|| self.title_after(name))
            .or_else(|| self.title_apart(name))
            .or_else(|| self.title_of(name))
            .or_else(|| self.calling(name))
    }

    /// "Deputy Minister of Trade NAME", "Vice President of Chad NAME": what the office is for stands
    /// between it and the name.
    fn title_of(&self, name: &Name) -> Option<Holding> {
        let mut head = name.start.checked_sub(2)?;
        loop {
            let (word, next) = (self.words.get(head), self.words.get(head + 1));
            let is_head = is_capitalized(word)
                && self.lexicon().has_any_case(WordList::TitleHead, word)
                && matches!(next, "of" | "for" | "to");
            if is_head {
                break;
            }
            let inside = |word: &str, at: u32| {
                matches!(word, "of" | "for" | "to" | "and" | "the" | "&" | "," | "-")
                    || self.named_at(at).is_some()
                    || is_capitalized(word) && is_title_word(self.lexicon(), word)
            };
            if !inside(next, head + 1) || name.start - head > TITLE_REACH {
                return None;
            }
            head = head.checked_sub(1)?;
        }
        if self.words.get(name.start - 1) == "," {
            return None;
        }
        let mut first = head;
        while first > 0 && head - first < 6 {
            let word = self.words.get(first - 1);
            if self.named_at(first - 1).is_none() && !is_title_word(self.lexicon(), word) {
                break;
            }
            first -= 1;
        }
        let holder = self.holder(first, name.start, false);
        Some(self.holding(first, head + 1, holder))
    }

    /// "The dissident NAME", "Cardinal NAME", "NAME, a pilot": a calling that is no office, of
    /// somebody to whom things are done.
    fn calling(&self, name: &Name) -> Option<Holding> {
        let is_calling = |index: u32| {
            self.lexicon().has_any_case(WordList::PersonCalling, self.words.get(index))
        };
        let before = name.start.checked_sub(1).filter(|&index| is_calling(index));
        let apart = || {
            let comma = name.start.checked_sub(2)?;
            (self.words.get(comma + 1) == "," && is_calling(comma)).then_some(comma)
        };
        let after = || {
            let determiner = self.words.get(name.end + 1);
            let is_apposition =
                self.words.get(name.end) == "," && matches!(determiner, "a" | "an" | "the");
            if !is_apposition {
                return None;
            }
            let first = name.end + 2;
            (first..self.words.len().min(first + 6))
                .take_while(|&index| {
                    let word = self.words.get(index);
                    !is_break(word) && !self.lexicon().has(WordList::ClauseWord, word)
                })
                .find(|&index| is_calling(index))
        };
        before.or_else(apart).or_else(after)?;
        Some(Holding { title: String::new(), holder: None, gender: None })
    }

    /// "Lithuanian Foreign Minister NAME", "Maj. Gen. NAME", "ministry spokesperson NAME".
    fn title_before(&self, name: &Name) -> Option<Holding> {
        let mut last = name.start.checked_sub(1)?;
        if is_honorific(self.lexicon(), self.words.get(last)) {
            last = last.checked_sub(1)?;
        }
        let head = self.words.get(last);
        if !self.lexicon().has_any_case(WordList::TitleHead, head)
            && !is_short_title(self.lexicon(), head)
        {
            return None;
        }
        let mut first = last;
        while first > 0 && last - first < TITLE_REACH {
            let word = self.words.get(first - 1);
            if is_break(word) {
                break;
            }
            let inside = self.named_at(first - 1).is_some()
                || is_title_word(self.lexicon(), word)
                || matches!(word, "of" | "for" | "'s" | "’s" | "-" | "and" | "the" | "'" | "’");
            if !inside && last - first > 5 {
                break;
            }
            first -= 1;
        }
        let holder = self.holder(first, last, true);
        let official = holder.is_some()
            || is_short_title(self.lexicon(), head)
            || (first..last).any(|index| {
                self.lexicon().has_any_case(WordList::OfficeArea, self.words.get(index))
            })
            || is_capitalized(head) && self.lexicon().has_any_case(WordList::SovereignOffice, head)
            || is_capitalized(head) && first < last && is_capitalized(self.words.get(last - 1));
        let private = (last.saturating_sub(2)..=last)
            .any(|i| self.lexicon().has_any_case(WordList::PrivateCalling, self.words.get(i)));
        if !official || private {
            return None;
        }
        Some(self.holding(first, last + 1, holder))
    }

    /// "NAME, a Pentagon spokeswoman", "NAME, deputy head of Russia's Security Council".
    fn title_after(&self, name: &Name) -> Option<Holding> {
        if self.words.get(name.end) != "," {
            return None;
        }
        let first = name.end + 1;
        let mut last = first;
        while last < self.words.len()
            && last - first < TITLE_REACH
            && !is_break(self.words.get(last))
        {
            last += 1;
        }
        let head = (first..last).find(|&index| {
            self.lexicon().has_any_case(WordList::TitleHead, self.words.get(index))
        })?;
        // The head noun of the phrase decides: nothing of a clause before it.
        let verb_before = (first..head)
            .any(|index| self.lexicon().has(WordList::ClauseWord, self.words.get(index)));
        let private = (first..=head).any(|index| {
            self.lexicon().has_any_case(WordList::PrivateCalling, self.words.get(index))
        });
        if verb_before || private {
            return None;
        }
        let holder = self.holder(first, last, false);
        (holder.is_some() || self.is_ministerial(first, head))
            .then(|| self.holding(first, head + 1, holder))
    }

    /// Whether tokens `first..=head` name an office of government by themselves: "the foreign
    /// minister".
    fn is_ministerial(&self, first: u32, head: u32) -> bool {
        let area = (first..head)
            .any(|index| self.lexicon().has_any_case(WordList::OfficeArea, self.words.get(index)));
        area && self.lexicon().has_any_case(WordList::AreaOffice, self.words.get(head))
    }

    /// "Germany's defence minister, NAME,", "a spokesman for the Kremlin, NAME,".
    fn title_apart(&self, name: &Name) -> Option<Holding> {
        let comma = name.start.checked_sub(1).filter(|&index| self.words.get(index) == ",")?;
        let closed =
            matches!(self.words.get(name.end), "," | "." | ")" | "said" | "told" | "" | "and");
        if !closed {
            return None;
        }
        let mut first = comma;
        while first > 0 && comma - first < TITLE_REACH && !is_break(self.words.get(first - 1)) {
            first -= 1;
        }
        let head = (first..comma).rev().find(|&index| {
            self.lexicon().has_any_case(WordList::TitleHead, self.words.get(index))
        })?;
        let between = head + 1..comma;
        let clause = between
            .clone()
            .any(|index| self.lexicon().has(WordList::ClauseWord, self.words.get(index)));
        let linked =
            between.is_empty() || matches!(self.words.get(head + 1), "of" | "for" | "to" | "in");
        let private = (first..comma).any(|index| {
            self.lexicon().has_any_case(WordList::PrivateCalling, self.words.get(index))
        });
        if clause || !linked || private {
            return None;
        }
        let start = head.saturating_sub(6).max(first);
        let holder = self.holder(start, comma, false);
        (holder.is_some() || self.is_ministerial(start, head))
            .then(|| self.holding(start, head + 1, holder))
    }

    /// The state or organization named among tokens `first..last`; the last one where the title
    /// follows it, else the first.
    fn holder(&self, first: u32, last: u32, last_one: bool) -> Option<EntityId> {
        let mut found = (first..last).filter_map(|index| self.named_at(index)).filter(|named| {
            named.id.is_state() && named.form != MentionForm::People || named.id.is_organization()
        });
        let named = if last_one { found.next_back() } else { found.next() };
        named.map(|named| named.id.clone())
    }

    fn holding(&self, first: u32, end: u32, holder: Option<EntityId>) -> Holding {
        let words: Vec<_> = (first..end)
            .filter(|&index| self.named_at(index).is_none())
            .map(|index| self.words.get(index))
            .filter(|word| is_title_word(self.lexicon(), word))
            .collect();
        let head = words.last().copied().unwrap_or_default().to_lowercase();
        let gender = if self.lexicon().has(WordList::MansOffice, &head) {
            Some(Gender::Male)
        } else if self.lexicon().has(WordList::WomansOffice, &head) {
            Some(Gender::Female)
        } else {
            None
        };
        Holding { title: words.join(" "), holder, gender }
    }

    fn person(&self, name: &Name, office: Holding) -> Option<Discovered> {
        let words: Vec<_> = (name.start..name.end).map(|index| self.words.word(index)).collect();
        let span = words[0].span.join(words[words.len() - 1].span);
        let shown = span.of(self.reading.text());
        let slug = canonical_slug(self.lexicon(), shown)?;
        let id = EntityId::new(EntityKind::Person, &slug).ok()?;
        let mut entity = Entity::bare(id, normal_space(shown));
        entity.discovered = true;
        let directory = &self.reading.directory;
        entity.state = match &office.holder {
            Some(holder) if holder.is_state() => Some(holder.clone()),
            Some(holder) => directory.get(holder).and_then(|entity| entity.state.clone()),
            None => None,
        };
        let given = self.reading.gazetteer.given_names.gender(&fold(words[0].text));
        let before = name.start.checked_sub(1).map(|index| self.words.get(index));
        let honorific = before.and_then(|word| honorific_gender(self.lexicon(), word));
        entity.gender = honorific.or(office.gender).or(given);
        if let Some(holder) = office.holder {
            let title = office.title;
            entity.offices.push(Office { title, holder, from: None, to: None });
        }
        let family_first = entity
            .state
            .as_ref()
            .is_some_and(|state| matches!(state.slug(), "CHN" | "TWN" | "KOR" | "PRK" | "HKG"))
            && is_family_first(&words);
        let surname = if family_first { words[0].text } else { surname(&words) };
        let others = words.iter().filter(|word| word.text != surname && word.text != "-");
        let given = others.map(|word| fold(word.text)).collect();
        Some(Discovered { span, sentence: self.n, surname: surname.to_owned(), given, entity })
    }
}

/// The last word of a name that is no suffix; of a hyphenated one, its first part.
fn surname<'t>(words: &[Word<'t>]) -> &'t str {
    let mut words = words.iter().rev().filter(|word| !matches!(word.text, "Jr." | "Sr." | "III"));
    words.next().map_or("", |word| word.text)
}

/// A name of two words, or of a family name and a hyphenated or split given name of short words.
fn is_family_first(words: &[Word<'_>]) -> bool {
    words[0].text.len() <= 6 && words.len() <= 4 && words.iter().all(|word| word.text.len() <= 9)
}

fn normal_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `word` may be part of a person's name.
fn is_name_word(lexicon: &Lexicon, word: &str) -> bool {
    is_capitalized(word)
        && word.chars().count() >= 2
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
        && (!word.contains('.') || matches!(word, "Jr." | "Sr."))
        && (!is_upper(word) || word.chars().count() >= 4)
        && !lexicon.has_any_case(WordList::NoNameWord, word)
}

/// Marks at which a title ends.
fn is_break(word: &str) -> bool {
    matches!(
        word,
        "," | "."
            | ";"
            | ":"
            | "("
            | ")"
            | "“"
            | "”"
            | "\""
            | "—"
            | "–"
            | "--"
            | "?"
            | "!"
            | "``"
            | "''"
            | "["
            | "]"
            | "…"
            | "..."
    )
}
