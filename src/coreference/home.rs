//! Organs of state that need no name at home: "the Foreign Ministry" in a report from Ankara.

use crate::lexicon::{FunctionWord, Lexicon, WordList, WordPairs};
use crate::model::{EntityId, MentionForm};

use super::Resolver;
use super::referents::{Referent, SyntacticRole};
use super::text::is_genitive;

impl Resolver<'_> {
    /// An organ of state without its state, whose noun phrase begins at `first` behind a
    /// determiner at `token`, if there is one: the state of the dateline.
    pub(super) fn read_organ(&mut self, n: usize, token: u32, first: u32) -> Option<u32> {
        let text = self.text;
        let index = self.seat_of_clause(n).or(text.voices.dateline)?;
        let home = text.named[index].entity()?;
        let determined = first > token;
        let before = text.word_before(n, token);
        // "Russia's foreign ministry", "its government" have an owner.
        if is_genitive(before)
            || matches!(before, "'" | "’")
            || before.starts_with(char::is_uppercase) && !determined && token > 1
        {
            return None;
        }
        let length = self.organ_at(n, first)?;
        let shown = text.word(n, first).starts_with(char::is_uppercase);
        let end = first + length;
        let owned = matches!(text.function(n, end), Some(FunctionWord::Of | FunctionWord::In));
        if !determined && !shown && length < 2 || owned || self.acts_abroad(n, home) {
            return None;
        }
        let referent = Referent {
            entities: vec![home.clone()],
            sentence: n,
            tokens: text.named[index].tokens,
            head: end - 1,
            role: SyntacticRole::Subject,
            form: MentionForm::Capital,
            plural: false,
            antecedent: Some(index),
        };
        Some(self.describe(n, first, end, &referent))
    }

    /// Whether another state than `home` acts in the paragraph: an organ may be its own.
    fn acts_abroad(&self, n: usize, home: &EntityId) -> bool {
        let other = self.discourse.recent(n, 3).find(|referent| {
            referent.role == SyntacticRole::Subject
                && referent.entities.iter().all(EntityId::is_state)
        });
        other.is_some_and(|other| {
            self.text.paragraph(other.sentence) == self.text.paragraph(n)
                && other.single() != Some(home)
        })
    }

    /// The capital by which a sentence begins: "In Ankara, foreign ministry officials said".
    fn seat_of_clause(&self, n: usize) -> Option<usize> {
        let first = self.text.named.partition_point(|mention| mention.sentence < n);
        let mention = self.text.named.get(first).filter(|mention| mention.sentence == n)?;
        let led = mention.form == MentionForm::Capital
            && mention.tokens.start() == 1
            && self.text.word(n, 0) == "In"
            && self.text.word(n, mention.tokens.end()) == ",";
        led.then_some(first)
    }

    /// The number of words from `first` that name an organ which every state has.
    fn organ_at(&self, n: usize, first: u32) -> Option<u32> {
        let (text, lexicon) = (self.text, self.text.lexicon);
        let (word, next) = (text.lower(n, first), text.lower(n, first + 1));
        let before = |word: &str| lexicon.values(WordPairs::StateOrgan, word);
        if before(&next).is_some_and(|words| words.iter().any(|known| **known == *word)) {
            return Some(2);
        }
        let alone = before(&word).is_some_and(<[_]>::is_empty)
            && next != "-"
            && !lexicon.has(WordList::OrganCompound, &next)
            && !next.ends_with("ation");
        alone.then_some(1)
    }
}

/// Whether the name of an organ that every state has may end with the lower-case `word`.
pub(super) fn is_organ(lexicon: &Lexicon, word: &str) -> bool {
    lexicon.values(WordPairs::StateOrgan, word).is_some()
}
