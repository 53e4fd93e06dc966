//! Organs of state that need no name at home: "the Foreign Ministry" in a report from Ankara.

use std::borrow::Cow;

use crate::model::{Article, Document, EntityId, Mention, MentionForm, SentenceKind, lower_case};

use super::Resolver;
use super::referents::{Referent, Role};

/// How many sentences may stand before the one with the dateline: headlines, bylines.
const FIRST_SENTENCES: usize = 8;

/// How far a dateline reaches, in tokens.
const DATELINE: usize = 12;

/// The mention of a capital or state in the dateline: "SEOUL, Oct. 8 (Yonhap) -- ".
pub(super) fn dateline(article: &Article, document: &Document, named: &[Mention]) -> Option<usize> {
    let first = named.partition_point(|mention| mention.sentence < FIRST_SENTENCES);
    named[..first].iter().position(|mention| {
        let may_be = mention.tokens.start() == 0
            && mention.form == MentionForm::Capital
            && mention.entities.len() == 1
            && mention.entities[0].is_state();
        if !may_be {
            return false;
        }
        let sentence = &document.sentences[mention.sentence];
        let word = |index: u32| {
            sentence.tokens.get(index as usize).map_or("", |token| token.span.of(&article.text))
        };
        let in_capitals = !word(0).chars().any(char::is_lowercase);
        mention.tokens.range().end <= sentence.lead(&article.text)
                && sentence.label(&article.text).is_none()
            || word(mention.tokens.end()) == ":" && in_capitals
            // A capital on a line of its own, or before the date: "Kyiv, 21 March".
            || sentence.tokens.len() <= DATELINE
                && sentence.kind == SentenceKind::Body
                && word(mention.tokens.end()) == ","
                && word(mention.tokens.end() + 1).starts_with(|c: char| c.is_ascii_digit())
    })
}

impl Resolver<'_> {
    /// An organ of state without its state, whose noun phrase begins at `first` behind a
    /// determiner at `token`, if there is one: the state of the dateline.
    pub(super) fn read_organ(&mut self, n: usize, token: u32, first: u32) -> Option<u32> {
        let index = self.seat_of_clause(n).or(self.dateline)?;
        let mention = &self.discourse.named()[index];
        let home: EntityId = mention.entity()?.clone();
        let before = token.checked_sub(1).map_or("", |before| self.word(n, before));
        // "Russia's foreign ministry", "its government" have an owner.
        if matches!(before, "'s" | "’s" | "'" | "’")
            || before.starts_with(char::is_uppercase) && first == token && token > 1
        {
            return None;
        }
        let length = organ(&|offset| lower_case(self.word(n, first + offset)))?;
        let determined = first > token;
        let shown = self.word(n, first).starts_with(char::is_uppercase);
        if !determined && !shown && length < 2 {
            return None;
        }
        let end = first + length;
        let owned = matches!(self.word(n, end), "of" | "in")
            || (first..=end).any(|at| self.is_named(n, at));
        // Another state acts in the paragraph: the organ may be its own.
        let other = self.recent(n, 3).find(|referent| {
            referent.role == Role::Subject && referent.entities.iter().all(EntityId::is_state)
        });
        let paragraph = |n: usize| self.document.sentences[n].paragraph;
        let foreign = other.is_some_and(|other| {
            paragraph(other.sentence) == paragraph(n) && other.entities != [home.clone()]
        });
        if owned || foreign {
            return None;
        }
        let named = self.discourse.named();
        let referent = Referent {
            entities: vec![home],
            sentence: n,
            tokens: named[index].tokens,
            head: end - 1,
            role: Role::Subject,
            form: MentionForm::Capital,
            plural: false,
            antecedent: Some(index),
        };
        self.link(n, first, end, MentionForm::Description, &referent);
        Some(end)
    }

    /// The capital by which a sentence begins: "In Ankara, foreign ministry officials said".
    fn seat_of_clause(&self, n: usize) -> Option<usize> {
        let named = self.discourse.named();
        let first = named.partition_point(|mention| mention.sentence < n);
        let mention = named.get(first).filter(|mention| mention.sentence == n)?;
        let led = mention.form == MentionForm::Capital
            && mention.tokens.start() == 1
            && self.word(n, 0) == "In"
            && self.word(n, mention.tokens.end()) == ",";
        led.then_some(first)
    }

    fn is_named(&self, n: usize, token: u32) -> bool {
        super::in_sentence(self.discourse.named(), n)
            .iter()
            .any(|mention| mention.tokens.contains(token))
    }
}

/// Whether an organ's name may end with `word`.
pub(super) fn is_organ(word: &str) -> bool {
    matches!(
        word,
        "ministry"
            | "office"
            | "palace"
            | "administration"
            | "forces"
            | "agency"
            | "service"
            | "staff"
            | "government"
            | "military"
            | "army"
    )
}

/// The number of words, told by `word`, that name an organ which every state has.
fn organ<'w>(word: &dyn Fn(u32) -> Cow<'w, str>) -> Option<u32> {
    let (first, second) = (word(0), word(1));
    match (&*first, &*second) {
        (
            "foreign" | "defense" | "defence" | "interior" | "trade" | "unification" | "commerce"
            | "finance" | "energy",
            "ministry",
        )
        | ("presidential", "office" | "palace" | "administration")
        | ("armed", "forces")
        | ("intelligence" | "spy", "agency" | "service")
        | ("general", "staff") => Some(2),
        ("government" | "military" | "army", after)
            if !matches!(after, "-" | "aid" | "base" | "equipment" | "coup" | "hardware")
                && !after.ends_with("ation") =>
        {
            Some(1)
        }
        _ => None,
    }
}
