//! What an article's sentences lend each other: speakers of quotations, lead-ins of lists, and
//! partners that a sentence leaves out.

use super::ParsedArticle;
use crate::clauses::view::View;
use crate::lexicon::{FunctionWord, Lexicon, WordList};
use crate::model::{
    Article, Attribution, Byte, Deprel, Document, EntityId, Mention, SentenceKind, Span,
    TokenIndex, lower_case,
};
use crate::rules::RuleSet;
use crate::speech::Voices;
use crate::speech::quotations::Quotation;

/// A document ready for matching.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) reading: ParsedArticle<'a>,
    pub(crate) lexicon: &'a Lexicon,
    /// One for each sentence that was parsed.
    pub(crate) views: Vec<Option<View<'a>>>,
    /// Who speaks in each quotation.
    pub(crate) speakers: Vec<Option<Attribution>>,
    /// Of each mention by name, the number of its sentence.
    pub(crate) named: Vec<usize>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(reading: ParsedArticle<'a>, lexicon: &'a Lexicon) -> Self {
        let document = reading.document;
        let text = &reading.article.text;
        let mut mentions: Vec<Vec<&Mention>> = vec![Vec::new(); document.sentences.len()];
        for mention in reading.mentions {
            if let Some(slot) = mentions.get_mut(mention.sentence) {
                slot.push(mention);
            }
        }
        let views = document
            .sentences
            .iter()
            .zip(reading.trees)
            .zip(mentions)
            .enumerate()
            .map(|(number, ((sentence, tree), mentions))| {
                let tree = tree.as_ref()?;
                let directory = reading.directory;
                Some(View::new(text, number, sentence, tree, lexicon, directory, mentions))
            })
            .collect();
        let named = reading.mentions.iter().filter(|mention| mention.form.is_named());
        let named = named.map(|mention| mention.sentence).collect();
        let mut context = Self { reading, lexicon, views, speakers: Vec::new(), named };
        context.speakers = context.find_speakers();
        context
    }

    /// Who says the items of a list: the speaker of the sentence before it that ends with a colon.
    pub(crate) fn lead_in(&self, number: usize) -> Option<Attribution> {
        let sentences = &self.reading.document.sentences;
        if sentences[number].kind != SentenceKind::ListItem {
            return None;
        }
        let lead = (0..number).rev().find(|&n| sentences[n].kind != SentenceKind::ListItem)?;
        let text = &self.reading.article.text;
        if !sentences[lead].span.of(text).trim_end().ends_with(':') {
            return None;
        }
        let end = sentences[lead].span.end();
        self.speaker_outside(lead, end..end)
    }

    /// Who has the floor in sentence `number` of a transcript or interview.
    pub(crate) fn turn(&self, number: usize) -> Option<Attribution> {
        let turn = self.reading.voices.turn(number)?;
        Some(Attribution {
            holder: Some(turn.speaker.clone()),
            text: self.reading.directory.name(&turn.speaker).to_owned(),
            holder_span: Some(turn.label),
            cue_span: None,
        })
    }

    /// "The ministry said": a bare organ is that of the state that the dateline names, else of the
    /// one whose doing it tells.
    pub(crate) fn name_organ(&self, number: usize, said: Attribution) -> Attribution {
        if said.holder.is_some() {
            return said;
        }
        let Some(span) = said.holder_span else { return said };
        let sentence = &self.reading.document.sentences[number];
        let text = &self.reading.article.text;
        let words: Vec<String> = sentence
            .tokens_in(span)
            .map(|tokens| tokens.range().map(TokenIndex::new))
            .into_iter()
            .flatten()
            .map(|token| sentence.token(text, token).to_lowercase())
            .collect();
        let [article, .., organ] = &words[..] else { return said };
        let short = words.len() < 4;
        let holder = match self.lexicon.function_word(article) {
            Some(FunctionWord::The)
                if self.lexicon.has(WordList::BareOrgan, organ)
                    || self.lexicon.has(WordList::VagueOrgan, organ) && short =>
            {
                self.reading.voices.home.clone().or_else(|| self.doer(number, span))
            }
            // "Seoul plans to send an envoy, an official said."
            Some(FunctionWord::A | FunctionWord::An)
                if self.lexicon.has(WordList::BareOfficial, organ) && short =>
            {
                self.doer(number, span)
            }
            _ => None,
        };
        Attribution { holder, ..said }
    }

    /// The state of whose doing sentence `number` tells, besides who is said to say it at `speaker`.
    fn doer(&self, number: usize, speaker: Span<Byte>) -> Option<EntityId> {
        let view = self.views[number].as_ref()?;
        let mut subjects = view.tokens().filter(|&token| {
            matches!(view.deprel(token), Deprel::Nsubj | Deprel::NsubjPass)
                && !view.sentence.tokens[token.index()].span.overlaps(speaker)
        });
        let mention = view.mentions[view.actor(subjects.next()?)?];
        let is_state = mention.entities.len() == 1 && mention.entities[0].is_state();
        is_state.then(|| mention.entities[0].clone())
    }

    /// The year of publication.
    pub(crate) fn year(&self) -> Option<i16> {
        self.reading.article.info.date.map(|date| date.first().year())
    }
}

/// Marks the sentences whose trees tell who speaks in those already marked: around each quotation
/// that a marked sentence touches, those with a word of saying, and the same of the quotation
/// before it where that lies near; and what leads in a list.
pub fn mark_speakers(
    article: &Article,
    document: &Document,
    voices: &Voices,
    rules: &RuleSet,
    needed: &mut [bool],
) {
    let lexicon = &rules.compiled.lexicon;
    let sentences = &document.sentences;
    // What leads in the list that is read.
    let mut lead = None;
    for (n, sentence) in sentences.iter().enumerate() {
        if sentence.kind != SentenceKind::ListItem {
            lead = Some(n);
        } else if let Some(lead) = lead {
            needed[lead] |= needed[n];
        }
    }
    let quotations = &voices.quotations;
    let is_near = |index: usize, other: usize| {
        let (quotation, other): (&Quotation, &Quotation) = (&quotations[index], &quotations[other]);
        quotation.continued || other.paragraph + 3 >= quotation.paragraph
    };
    let mut wanted: Vec<bool> =
        quotations.iter().map(|quotation| quotation.sentences.clone().any(|n| needed[n])).collect();
    for index in 1..wanted.len() {
        wanted[index] |= wanted[index - 1] && quotations[index].continued;
    }
    for index in (1..wanted.len()).rev() {
        wanted[index - 1] |= wanted[index] && is_near(index, index - 1);
    }
    let says = |n: usize| {
        sentences[n].tokens.iter().any(|token| {
            lexicon.any_base(&lower_case(token.span.of(&article.text)), |base| {
                let (alone, begins) = lexicon.lists(base);
                (alone | begins).has(WordList::Reporting)
            })
        })
    };
    for (quotation, _) in quotations.iter().zip(&wanted).filter(|(_, wanted)| **wanted) {
        let held = quotation.sentences.clone();
        let around = held.start.saturating_sub(1)..(held.end + 1).min(sentences.len());
        for (n, needed) in needed.iter_mut().enumerate().take(around.end).skip(around.start) {
            *needed = *needed || says(n);
        }
    }
}
