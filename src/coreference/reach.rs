//! What in a sentence may refer back, as far as its words tell.
//!
//! For those who decide what is worth a tree before anything is resolved: every word that
//! [`resolve`](super::resolve) may link counts, unless nobody stands within its reach. What such a
//! word may mean is followed from sentence to sentence by kind alone.

use crate::lexicon::{FunctionWord, Lexicon, WordList};
use crate::model::{Article, Document, EntityId, Mention, References};
use crate::speech::Voices;

use super::home;
use super::text::Text;
use super::words::{
    COUNTERPART, DESCRIPTION_REACH, FARTHEST_REACH, HeadKind, PERSON_REACH, PLURAL_REACH,
    PronounKind, RARE_STATE_REACH, REGIONAL, SEVERAL_REACH, STATE_REACH, THING_REACH, head_kind,
    pronoun,
};

/// Behind a determiner, at most so many words on stands the noun that refers back.
const PHRASE: usize = 6;
/// The last sentence that speaks of somebody, by kind.
#[derive(Debug, Clone, Copy, Default)]
struct Last {
    person: Option<usize>,
    state: Option<usize>,
    organization: Option<usize>,
}

impl Last {
    fn any(self) -> Option<usize> {
        self.person.max(self.state).max(self.organization)
    }

    /// Notes that sentence `n` names `entity`.
    fn note(&mut self, entity: &EntityId, n: usize) {
        let slot = if entity.is_person() {
            &mut self.person
        } else if entity.is_state() {
            &mut self.state
        } else if entity.is_organization() || entity.is_group() {
            &mut self.organization
        } else {
            return;
        };
        *slot = Some(n);
    }
}

/// For each sentence, what in it may refer back to one of `named` or to what does.
#[must_use]
pub fn references(
    lexicon: &Lexicon,
    article: &Article,
    document: &Document,
    named: &[Mention],
    voices: &Voices,
) -> Vec<References> {
    let mut follower = Follower {
        text: Text { lexicon, article, document, trees: &[], named, voices },
        n: 0,
        names_a_group: false,
        last: Last::default(),
        found: References::default(),
    };
    (0..document.sentences.len()).map(|n| follower.read_sentence(n)).collect()
}

/// Follows from sentence to sentence who was spoken of last.
struct Follower<'a> {
    text: Text<'a>,
    /// The sentence that is read.
    n: usize,
    /// Whether it names a state or an organization.
    names_a_group: bool,
    last: Last,
    /// What in it may refer back.
    found: References,
}

impl Follower<'_> {
    fn read_sentence(&mut self, n: usize) -> References {
        use FunctionWord::{Both, Each, Either, Neither, The, This, Three, Two};
        let text = self.text;
        let named = || text.named_in(n).iter().flat_map(|mention| &mention.entities);
        named().for_each(|entity| self.last.note(entity, n));
        self.n = n;
        self.found = References::default();
        self.names_a_group = named().any(|entity| entity.is_actor() && !entity.is_person());
        let has_home = text.voices.home.is_some() || text.word(n, 0) == "In";
        // Where the last determiner or possessive stands, while a description may follow it.
        let mut determiner = None;
        for at in 0..text.len(n) {
            let (word, lower, function) =
                (text.word(n, at), text.lower(n, at), text.function(n, at));
            let lists = text.lexicon.lists_of(&lower);
            let behind = determiner.map_or(0, |from| at - from);
            if let Some((kind, _)) = pronoun(text.lexicon, word, function) {
                self.read_pronoun(kind, at);
                determiner = Some(at);
            } else if matches!(function, Some(The | This)) {
                determiner = Some(at);
            } else if matches!(function, Some(Both | Either | Neither | Each))
                // With a capital it begins a sentence, and counts something new.
                || function == Some(Two) && word.starts_with(char::is_lowercase)
            {
                determiner = Some(at);
                self.read_description(HeadKind::States, word);
            } else if behind == 1 && function == Some(Three) {
                self.read_description(HeadKind::States, word);
            } else if behind == 2 && word == REGIONAL {
                self.read_description(HeadKind::State, word);
            } else if has_home && home::is_organ(text.lexicon, &lower) {
                // The home state, which the sentence need not name.
                self.found.add(0, false);
            } else if lists.has(WordList::Compass) {
                self.add(self.last.state, FARTHEST_REACH, false);
            } else if text.has(WordList::PersonsGovernment, n, at)
                && self.add(self.last.person, 0, false)
            {
                self.last.state = Some(n);
            }
            if determiner.is_some_and(|from| (at - from) as usize <= PHRASE)
                && let Some(kind) = head_kind(lists)
            {
                self.read_description(kind, word);
            }
        }
        self.found
    }

    /// Notes a word that may mean whoever was spoken of in sentence `antecedent`, and tells
    /// whether that lies within `reach`.
    fn add(&mut self, antecedent: Option<usize>, reach: usize, several: bool) -> bool {
        let within = antecedent.is_some_and(|antecedent| antecedent + reach >= self.n);
        if within {
            self.found.add(reach.min(DESCRIPTION_REACH), several);
        }
        within
    }

    fn read_pronoun(&mut self, kind: PronounKind, token: u32) {
        let last = self.last;
        match kind {
            PronounKind::Person(_) => {
                if self.add(last.person, PERSON_REACH, false) {
                    self.last.person = Some(self.n);
                }
            }
            PronounKind::Thing => {
                if self.add(last.state.max(last.organization), THING_REACH, false) {
                    self.refresh_groups();
                }
            }
            PronounKind::Plural => {
                if self.add(last.any(), PLURAL_REACH, true) {
                    self.last.person = last.person.map(|_| self.n);
                    self.refresh_groups();
                }
            }
            // Whoever speaks may be named later on. "Our ties" are those of two.
            PronounKind::Speaker | PronounKind::Speakers => {
                let voices = self.text.voices;
                if self.text.is_spoken(self.n, token) {
                    self.found.add(0, voices.turn(self.n).is_some());
                } else if !voices.issuers_at(self.n).is_empty() {
                    self.found.add(0, true);
                }
            }
            PronounKind::Addressee => {
                if self.text.voices.turn(self.n).is_some() {
                    self.found.add(0, false);
                }
            }
        }
    }

    fn refresh_groups(&mut self) {
        self.last.state = self.last.state.map(|_| self.n);
        self.last.organization = self.last.organization.map(|_| self.n);
    }

    fn read_description(&mut self, kind: HeadKind, word: &str) {
        let last = self.last;
        match kind {
            // "His country": the state of a person, where no state was spoken of.
            HeadKind::State => {
                let is_rare = self.text.lexicon.has(WordList::RareHead, word);
                let reach = if is_rare { RARE_STATE_REACH } else { STATE_REACH };
                if self.add(last.state.max(last.person), reach, false) {
                    self.last.state = Some(self.n);
                }
            }
            HeadKind::Organization => {
                if self.add(last.organization, DESCRIPTION_REACH, false) {
                    self.last.organization = Some(self.n);
                }
            }
            HeadKind::Person => {
                let narrowed = self.names_a_group || word.starts_with(COUNTERPART);
                if self.add(
                    last.person,
                    if narrowed { FARTHEST_REACH } else { DESCRIPTION_REACH },
                    false,
                ) {
                    self.last.person = Some(self.n);
                }
            }
            HeadKind::States | HeadKind::People | HeadKind::Pair => {
                // The two that the whole article is about.
                let reach = if kind == HeadKind::People { SEVERAL_REACH } else { FARTHEST_REACH };
                if self.add(last.any(), reach, true) {
                    self.last.person = last.person.map(|_| self.n);
                    self.last.state = last.state.or(last.person).map(|_| self.n);
                    self.last.organization = last.organization.map(|_| self.n);
                }
            }
        }
    }
}

/// Marks the sentences whose trees tell whom those already marked refer back to: within reach,
/// those that name or refer to somebody, and the one right before, whose subject may be meant
/// instead.
pub fn mark_antecedents(references: &[References], named: &[Mention], needed: &mut [bool]) {
    let mut speaks_of_someone: Vec<bool> =
        references.iter().map(|references| references.count > 0).collect();
    for mention in named {
        if let Some(slot) = speaks_of_someone.get_mut(mention.sentence) {
            *slot = true;
        }
    }
    // What is marked stands before what marks it: one pass from the end is enough.
    for n in (0..needed.len()).rev() {
        let reach = references[n].reach;
        if !needed[n] || reach == 0 {
            continue;
        }
        for m in n.saturating_sub(reach)..n {
            needed[m] |= speaks_of_someone[m] || m + 1 == n;
        }
    }
}
