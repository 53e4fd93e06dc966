//! What an article's sentences lend each other: speakers of quotations, lead-ins of lists, and
//! partners that a sentence leaves out.

use std::ops::Range;

use super::ParsedArticle;
use super::speaker;
use crate::clauses::view::View;
use crate::lexicon::{FunctionWord, Lexicon, WordList};
use crate::model::{
    Article, Attribution, Document, EntityId, Mention, MentionForm, SentenceKind, TokenIndex,
    lower_case,
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
        let speakers = Vec::new();
        let named = reading.mentions.iter().filter(|mention| mention.form.is_named());
        let named = named.map(|mention| mention.sentence).collect();
        let mut context = Self { reading, lexicon, views, speakers, named };
        context.find_speakers();
        context
    }

    /// The speaker of each quotation: who is said to say it in a sentence that it touches, else
    /// the one of the sentence before or after in its paragraph, else the one before.
    fn find_speakers(&mut self) {
        let mut speakers: Vec<Option<Attribution>> = Vec::new();
        let quotations = &self.reading.voices.quotations;
        for (index, quotation) in quotations.iter().enumerate() {
            let sentences = &self.reading.document.sentences;
            let held = quotation.sentences.clone();
            let said_at = quotation.start..quotation.end;
            let mut said = None;
            for number in held.clone().rev().chain(held.clone().take(1)) {
                said = said.or_else(|| self.speaker_outside(number, said_at.clone()));
            }
            let same_paragraph = |number: usize| {
                sentences.get(number).is_some_and(|s| s.paragraph == quotation.paragraph)
            };
            let before = held.clone().next().and_then(|first| first.checked_sub(1));
            let after = held.last().map(|last| last + 1);
            // A second part of one speech: "…," he said. "…".
            if said.is_none()
                && let Some(before) = before.filter(|&n| same_paragraph(n))
            {
                said = self
                    .speaker_outside(before, said_at.clone())
                    .or_else(|| (index > 0).then(|| speakers[index - 1].clone()).flatten());
            }
            if said.is_none()
                && let Some(after) = after.filter(|&n| same_paragraph(n))
            {
                said = self.speaker_outside(after, said_at.clone());
            }
            if said.is_none() {
                let nearby = before.map(|number| sentences[number].paragraph);
                let adjoining = nearby.is_some_and(|p| p + 3 >= quotation.paragraph);
                if adjoining || quotation.continued {
                    said = speakers.last().cloned().flatten();
                }
                if said.is_none() && adjoining {
                    said = before.and_then(|number| self.speaker_outside(number, said_at.clone()));
                }
            }
            speakers.push(said);
        }
        // A speech that goes on has the speaker that its end names.
        for index in (1..speakers.len()).rev() {
            if quotations[index].continued && speakers[index - 1].is_none() {
                let said = speakers[index].clone();
                speakers[index - 1] = said;
            }
        }
        self.speakers = speakers;
    }

    /// Who says something in sentence `number` by words outside of quotations.
    fn speaker_outside(&self, number: usize, said_at: Range<u32>) -> Option<Attribution> {
        let sentence = &self.reading.document.sentences[number];
        let outside = |token: TokenIndex| {
            let byte = sentence.tokens[token.index()].span.start();
            self.reading.voices.quotation(byte).is_none()
        };
        let Some(view) = &self.views[number] else {
            return self.speaker_by_words(number, &outside);
        };
        let mut cues: Vec<TokenIndex> = view
            .tokens()
            .filter(|&token| {
                outside(token) && view.is_verb(token) && view.is(WordList::Reporting, token)
            })
            .collect();
        // The verb nearest to the quotation counts.
        cues.sort_by_key(|&cue| {
            let byte = sentence.tokens[cue.index()].span.start();
            byte.abs_diff(said_at.end).min(byte.abs_diff(said_at.start))
        });
        let said = cues.into_iter().find_map(|cue| speaker::speaker(view, cue));
        said.or_else(|| self.speaker_by_words(number, &outside))
    }

    /// The same without a tree: the actor beside a word of saying.
    fn speaker_by_words(
        &self,
        number: usize,
        outside: &dyn Fn(TokenIndex) -> bool,
    ) -> Option<Attribution> {
        let sentence = &self.reading.document.sentences[number];
        let text = &self.reading.article.text;
        let cue = (0..sentence.tokens.len()).map(TokenIndex::new).find(|&token| {
            let word = lower_case(sentence.token(text, token));
            let reports = |base| self.lexicon.lists(base).0.has(WordList::Reporting);
            self.lexicon.any_base(&word, reports) && outside(token)
        })?;
        let actors = self.reading.mentions.iter().filter(|mention| {
            mention.sentence == number
                && mention.form != MentionForm::Demonym
                && mention.entities.len() == 1
                && mention.entities[0].is_actor()
                && outside(TokenIndex(mention.tokens.start()))
        });
        let near = actors.min_by_key(|mention| {
            let distance = mention.tokens.start().abs_diff(cue.0);
            let is_person = mention.entities[0].is_person();
            (distance > 12, !is_person, distance)
        })?;
        let holder = near.entities[0].clone();
        Some(Attribution {
            text: self.reading.directory.name(&holder).to_owned(),
            holder: Some(holder),
            holder_span: Some(near.span),
            cue_span: Some(sentence.tokens[cue.index()].span),
        })
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

    /// "The ministry said": a bare organ is that of the state named with such an organ before,
    /// else of the state that the dateline names.
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
        let is_organ = self.lexicon.function_word(article) == Some(FunctionWord::The)
            && (self.lexicon.has(WordList::BareOrgan, organ)
                || self.lexicon.has(WordList::VagueOrgan, organ) && words.len() < 4);
        if !is_organ {
            return said;
        }
        let holder = self.owner_before(number, organ).or_else(|| self.reading.voices.home.clone());
        Attribution { holder, ..said }
    }

    /// The state last named right before `organ`, up to sentence `number`: "the Russian Foreign
    /// Ministry".
    fn owner_before(&self, number: usize, organ: &str) -> Option<EntityId> {
        let text = &self.reading.article.text;
        let mentions = self.reading.mentions.iter().rev();
        mentions
            .filter(|mention| mention.sentence <= number && mention.form.is_named())
            .filter(|mention| mention.entities.len() == 1 && mention.entities[0].is_state())
            .find(|mention| {
                let sentence = &self.reading.document.sentences[mention.sentence];
                let end = mention.tokens.end() as usize;
                let words = sentence.tokens.iter().skip(end).take(4);
                words
                    .take_while(|token| token.span.of(text) != ",")
                    .any(|token| token.span.of(text).eq_ignore_ascii_case(organ))
            })
            .map(|mention| mention.entities[0].clone())
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
