//! What in a sentence may refer back, as far as its words tell.
//!
//! For those who decide what is worth a tree before anything is resolved: every word that
//! [`resolve`](super::resolve) may link counts, unless nobody stands within its reach. What such a
//! word may mean is followed from sentence to sentence by kind alone.

use crate::model::{Article, Document, EntityId, Mention, References, lower_case};

use super::words::{HeadKind, PronounKind, head_kind, is_rare, pronoun};
use super::{home, quotes};

/// Behind a determiner, at most so many words on stands the noun that refers back.
const PHRASE: usize = 6;
/// How many sentences back a person's pronouns look, other pronouns, descriptions of people and
/// organizations, those of states, those of several.
const PERSON: usize = 4;
const THING: usize = 2;
const PLURAL: usize = 3;
const DESCRIPTION: usize = 5;
const STATE: usize = 3;
const JUNTA: usize = 8;
const SEVERAL: usize = 5;
/// What a name narrows down looks back as far as anything does.
const FAR: usize = 60;

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
}

/// For each sentence, what in it may refer back to one of `named` or to what does.
#[must_use]
pub fn references(article: &Article, document: &Document, named: &[Mention]) -> Vec<References> {
    let quotations = quotes::find(article, document);
    let turns = quotes::turns(article, document, named);
    let has_home = home::dateline(article, document, named).is_some();
    let mut last = Last::default();
    let mut rest = named;
    let sentences = document.sentences.iter().enumerate();
    sentences
        .map(|(n, sentence)| {
            let end = rest.partition_point(|mention| mention.sentence <= n);
            let (own, after) = rest.split_at(end);
            rest = after;
            for entity in own.iter().flat_map(|mention| &mention.entities) {
                let slot = if entity.is_person() {
                    &mut last.person
                } else if entity.is_state() {
                    &mut last.state
                } else if entity.is_organization() {
                    &mut last.organization
                } else {
                    continue;
                };
                *slot = Some(n);
            }
            let is_quoted = |token: u32| {
                [&quotations, &turns].into_iter().any(|stretches| {
                    let next = stretches.partition_point(|stretch| stretch.from <= (n, token));
                    stretches[..next].last().is_some_and(|stretch| stretch.contains(n, token))
                })
            };
            let begins_with_in =
                sentence.tokens.first().is_some_and(|token| token.span.of(&article.text) == "In");
            let names_a_group = own
                .iter()
                .flat_map(|mention| &mention.entities)
                .any(|entity: &EntityId| entity.is_actor() && !entity.is_person());
            let mut reader =
                Reader { n, names_a_group, last: &mut last, found: References::default() };
            // Where the last determiner or possessive stands, while a description may follow it.
            let mut determiner = None;
            for (at, token) in (0_u32..).zip(&sentence.tokens) {
                let word = token.span.of(&article.text);
                if let Some((kind, _)) = pronoun(word) {
                    reader.read_pronoun(kind, || is_quoted(at));
                    determiner = Some(at);
                } else if matches!(word, "the" | "The" | "this" | "This") {
                    determiner = Some(at);
                } else if matches!(
                    word,
                    "both"
                        | "Both"
                        | "two"
                        | "either"
                        | "Either"
                        | "neither"
                        | "Neither"
                        | "each"
                        | "Each"
                ) {
                    determiner = Some(at);
                    reader.read_description(HeadKind::States, word);
                } else if matches!(word, "three" | "former" | "latter")
                    && determiner.is_some_and(|before| before + 1 == at)
                {
                    reader.read_description(HeadKind::States, word);
                } else if word == "state" && determiner.is_some_and(|before| before + 2 == at) {
                    reader.read_description(HeadKind::State, word);
                } else if (has_home || begins_with_in) && home::is_organ(&lower_case(word)) {
                    // The home state, which the sentence need not name.
                    reader.found.add(0, false);
                } else if matches!(word, "North" | "South" | "NORTH" | "SOUTH" | "north" | "south")
                {
                    reader.add(reader.last.state, FAR, false);
                } else if matches!(word, "administration" | "government" | "regime")
                    && reader.add(reader.last.person, 0, false)
                {
                    reader.last.state = Some(n);
                }
                if determiner.is_some_and(|from| (at - from) as usize <= PHRASE)
                    && let Some(kind) = head_kind(&lower_case(word))
                {
                    reader.read_description(kind, word);
                }
            }
            reader.found
        })
        .collect()
}

/// Reads the words of one sentence.
struct Reader<'r> {
    n: usize,
    /// Whether the sentence names a state or an organization.
    names_a_group: bool,
    last: &'r mut Last,
    found: References,
}

impl Reader<'_> {
    /// Notes a word that may mean whoever was spoken of in sentence `antecedent`, and tells
    /// whether that lies within `reach`.
    fn add(&mut self, antecedent: Option<usize>, reach: usize, several: bool) -> bool {
        let within = antecedent.is_some_and(|antecedent| antecedent + reach >= self.n);
        if within {
            self.found.add(reach.min(DESCRIPTION), several);
        }
        within
    }

    fn read_pronoun(&mut self, kind: PronounKind, is_quoted: impl Fn() -> bool) {
        let last = *self.last;
        match kind {
            PronounKind::Person(_) => {
                if self.add(last.person, PERSON, false) {
                    self.last.person = Some(self.n);
                }
            }
            PronounKind::Thing => {
                if self.add(last.state.max(last.organization), THING, false) {
                    self.refresh_groups();
                }
            }
            PronounKind::Plural => {
                if self.add(last.any(), PLURAL, true) {
                    self.last.person = last.person.map(|_| self.n);
                    self.refresh_groups();
                }
            }
            // Whoever speaks may be named later on.
            PronounKind::Speaker | PronounKind::Speakers => {
                if is_quoted() {
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
        let last = *self.last;
        match kind {
            // "His country": the state of a person, where no state was spoken of.
            HeadKind::State => {
                let reach = if is_rare(word) { JUNTA } else { STATE };
                if self.add(last.state.max(last.person), reach, false) {
                    self.last.state = Some(self.n);
                }
            }
            HeadKind::Organization => {
                if self.add(last.organization, DESCRIPTION, false) {
                    self.last.organization = Some(self.n);
                }
            }
            HeadKind::Person => {
                let narrowed = self.names_a_group || word.starts_with("counterpart");
                if self.add(last.person, if narrowed { FAR } else { DESCRIPTION }, false) {
                    self.last.person = Some(self.n);
                }
            }
            HeadKind::States | HeadKind::People | HeadKind::Pair => {
                // The two that the whole article is about.
                let reach = if kind == HeadKind::People { SEVERAL } else { FAR };
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
