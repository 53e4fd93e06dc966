//! Pronouns, possessives and descriptions become mentions of what they refer back to.
//!
//! Comes in: the mentions by name, and the trees of those sentences that may hold claims. The
//! article is read from the left. Whoever is mentioned becomes a referent, with the role of its
//! phrase. A pronoun or description takes the referent that number, gender and kind allow and
//! that role, recency and paragraph favour. Left out: references to events and goods, and every
//! case in which two referents come out close to each other.

use crate::lexicon::{FunctionWord, Lexicon, WordList};
use crate::model::{
    Article, Byte, DependencyTree, Deprel, Document, EntityDirectory, EntityId, Mention,
    MentionForm, Span, TokenIndex, TokenUnit,
};
use crate::speech::Voices;
use crate::speech::quotations::Quotation;

mod binding;
mod cast;
mod describe;
mod first_person;
mod home;
mod people;
mod pronouns;
mod reach;
mod referents;
mod rivals;
mod several;
mod speakers;
mod text;
mod words;

pub use reach::{mark_antecedents, references};

use cast::MainPair;
use referents::{Discourse, Referent};
use text::Text;
use words::{Case, PronounKind};

/// The mentions by name together with those that refer back, in text order.
///
/// `trees` has one slot for each sentence, `None` where it was not parsed. Where number, gender,
/// kind, role and recency do not decide, nothing is linked.
#[must_use]
pub fn resolve(
    lexicon: &Lexicon,
    article: &Article,
    document: &Document,
    trees: &[Option<DependencyTree>],
    named: &[Mention],
    directory: &EntityDirectory,
    voices: &Voices,
) -> Vec<Mention> {
    let text = Text { lexicon, article, document, trees, named, voices };
    let mut resolver = Resolver {
        text,
        directory,
        discourse: Discourse::new(text, directory),
        found: Vec::new(),
        speeches: Vec::new(),
        pair: cast::main_pair(document, named, directory),
        company: cast::company(document, named, directory),
        participants: cast::participants(text, directory),
    };
    for n in 0..document.sentences.len() {
        resolver.read_sentence(n);
    }
    resolver.resolve_first_person();
    let mut mentions = resolver.found;
    mentions.extend(named.iter().cloned());
    mentions.sort_by_key(|mention| (mention.span.start(), mention.span.end()));
    mentions
}

/// Everything that is known while an article is read from the left.
struct Resolver<'a> {
    text: Text<'a>,
    directory: &'a EntityDirectory,
    discourse: Discourse<'a>,
    /// Mentions that refer back, in text order.
    found: Vec<Mention>,
    /// Pronouns of the first and second person, which wait until speakers are known.
    speeches: Vec<(usize, u32, PronounKind)>,
    /// The two states that the article is about, if it is about two.
    pair: Option<MainPair>,
    /// Those of whose meeting or call the article tells first, in the order of their ids.
    participants: Option<cast::Participants>,
    /// The states that sentences name together.
    company: Vec<Vec<EntityId>>,
}

/// A place that refers back.
#[derive(Debug, Clone, Copy)]
struct Anaphor {
    sentence: usize,
    token: u32,
    kind: PronounKind,
    case: Case,
    /// Whether somebody says it in direct speech.
    spoken: bool,
}

impl Resolver<'_> {
    /// Reads one sentence: names and references in the order of their tokens.
    fn read_sentence(&mut self, n: usize) {
        let named = self.text.named;
        let first = named.partition_point(|mention| mention.sentence < n);
        let last = named.partition_point(|mention| mention.sentence <= n);
        self.discourse.begin_sentence(n, first);
        let mut upcoming = (first..last).peekable();
        let mut token = 0;
        while token < self.text.len(n) {
            if let Some(&index) = upcoming.peek() {
                let tokens = named[index].tokens;
                if tokens.start() <= token {
                    upcoming.next();
                    self.discourse.add_named(index);
                    token = token.max(tokens.end());
                    self.read_government(index, token);
                    continue;
                }
            }
            token = self.read_reference(n, token).unwrap_or(token + 1);
        }
        self.discourse.end_sentence(n);
    }

    /// "the Biden administration": the state of the person before it.
    fn read_government(&mut self, index: usize, token: u32) {
        let person = &self.text.named[index];
        let n = person.sentence;
        if !person.entities[0].is_person() || !self.text.has(WordList::PersonsGovernment, n, token)
        {
            return;
        }
        let person = self.directory.get(&person.entities[0]);
        let Some(state) = person.and_then(|person| person.state.clone()) else { return };
        if let Some(referent) = self.discourse.referents().last() {
            let referent = referent.meaning(vec![state]);
            self.link(n, token, token + 1, MentionForm::Description, &referent);
        }
    }

    /// Resolves what begins at `token`; the token after it, if anything was a reference.
    fn read_reference(&mut self, n: usize, token: u32) -> Option<u32> {
        let (text, function) = (self.text, self.text.function(n, token));
        let pronoun = words::pronoun(text.lexicon, text.word(n, token), function);
        let Some((kind, case)) = pronoun else {
            return self.read_description(n, token, function);
        };
        let case = self.case_of(n, token, case);
        match kind {
            PronounKind::Speaker | PronounKind::Speakers | PronounKind::Addressee => {
                self.speeches.push((n, token, kind));
            }
            _ if self.is_empty_it(n, token) => {}
            _ => {
                let spoken = text.is_spoken(n, token);
                let anaphor = Anaphor { sentence: n, token, kind, case, spoken };
                let inside = self.speaker_entities(n, token);
                let again = || {
                    let may_be = kind == PronounKind::Plural && case == Case::Subject;
                    if may_be { self.participants_again(n, token) } else { None }
                };
                let found = self.discourse.find_pronoun(anaphor, &inside).or_else(again);
                if let Some(referent) = found {
                    self.link(n, token, token + 1, MentionForm::Pronoun, &referent);
                }
            }
        }
        // "his country", "their two countries", "his Chinese counterpart"
        let possessed = if case == Case::Possessive { self.read_possessed(n, token) } else { None };
        Some(possessed.unwrap_or(token + 1))
    }

    /// "her" is a possessive only before a noun, "it" an object unless it is a subject.
    fn case_of(&self, n: usize, token: u32, case: Case) -> Case {
        if !matches!(self.text.function(n, token), Some(FunctionWord::Her | FunctionWord::It)) {
            return case;
        }
        let is_object = if let Some(tree) = self.text.tree(n) {
            let deprel = tree.deprel(TokenIndex(token));
            deprel != Deprel::NmodPoss && deprel.basic() != Deprel::Nsubj
        } else {
            let next = self.text.word(n, token + 1);
            case == Case::Possessive && !next.starts_with(char::is_alphanumeric)
        };
        if is_object { Case::Object } else { case }
    }

    /// "it is likely that", "it seems": a pronoun that means nothing.
    fn is_empty_it(&self, n: usize, token: u32) -> bool {
        let text = self.text;
        let is_expletive = |tree: &DependencyTree| tree.deprel(TokenIndex(token)) == Deprel::Expl;
        text.function(n, token) == Some(FunctionWord::It)
            && (text.tree(n).is_some_and(is_expletive)
                || text.has_any_case(WordList::EmptyCopula, n, token + 1)
                    && text.has_any_case(WordList::EmptyPredicate, n, token + 2)
                || text.has_entry(WordList::EmptyVerb, n, token + 1))
    }

    /// Whoever speaks where `token` stands: pronouns of the third person mean someone else.
    fn speaker_entities(&self, n: usize, token: u32) -> Vec<EntityId> {
        let speaker = match self.text.quotation(n, token) {
            Some(quotation) => self.named_speaker(quotation),
            None => self.speaker_of_turn(n),
        };
        let Some(speaker) = speaker.and_then(Mention::entity) else { return Vec::new() };
        let state = self.directory.get(speaker).and_then(|entity| entity.state.clone());
        std::iter::once(speaker.clone()).chain(state).collect()
    }

    /// The mention by name beside the verb that introduces a quotation.
    fn named_speaker(&self, quotation: &Quotation) -> Option<&Mention> {
        self.text.speaker(quotation, |n| self.text.named_in(n).iter().collect())
    }

    /// The mention by name of whoever has the floor in sentence `n` of a transcript or interview.
    fn speaker_of_turn(&self, n: usize) -> Option<&Mention> {
        self.text.voices.turn(n).map(|turn| &self.text.named[turn.mention])
    }

    /// Adds a mention of `referent` at tokens `start..end`.
    fn link(&mut self, n: usize, start: u32, end: u32, form: MentionForm, referent: &Referent) {
        let tokens: Span<TokenUnit> = Span::new(start, end);
        let span: Span<Byte> = self.text.document.sentences[n].bytes(tokens);
        let mention = Mention {
            span,
            sentence: n,
            tokens,
            entities: referent.entities.clone(),
            form,
            antecedent: referent.antecedent,
        };
        self.discourse.add_reference(&mention);
        self.found.push(mention);
    }

    /// Adds a description that refers to `referent`; the token behind it.
    fn describe(&mut self, n: usize, start: u32, end: u32, referent: &Referent) -> u32 {
        self.link(n, start, end, MentionForm::Description, referent);
        end
    }
}
