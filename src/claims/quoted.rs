//! Who speaks in each quotation: by words of saying outside of it, by a label before it, by a
//! signature behind it, by any verb between a closing mark and somebody.

use std::ops::Range;

use super::context::Context;
use super::speaker::{self, name_speaker};
use crate::clauses::view::View;
use crate::lexicon::WordList;
use crate::model::{Attribution, Deprel, Mention, MentionForm, TokenIndex, lower_case};
use crate::speech::quotations::Quotation;

/// How many tokens a signature has at most: "— Annalena Baerbock, German foreign minister".
const LONGEST_SIGNATURE: usize = 16;

impl Context<'_> {
    /// The speaker of each quotation: who is said to say it in a sentence that it touches, else
    /// the one of the sentence before or after in its paragraph, else the one before.
    pub(super) fn find_speakers(&self) -> Vec<Option<Attribution>> {
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
            said = said.or_else(|| self.speaker_beside(quotation));
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
        speakers
    }

    /// Who says something in sentence `number` by words outside of quotations.
    pub(super) fn speaker_outside(
        &self,
        number: usize,
        said_at: Range<u32>,
    ) -> Option<Attribution> {
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
                && !matches!(mention.form, MentionForm::Demonym | MentionForm::Town)
                && mention.entities.len() == 1
                && mention.entities[0].is_actor()
                && outside(TokenIndex(mention.tokens.start()))
        });
        let near = actors.min_by_key(|mention| {
            let distance = mention.tokens.start().abs_diff(cue.0);
            let is_person = mention.entities[0].is_person();
            (distance > 12, !is_person, distance)
        })?;
        let cue_span = Some(sentence.tokens[cue.index()].span);
        Some(Attribution { cue_span, ..self.said_by(near) })
    }

    /// Who speaks in a quotation by what stands right beside it.
    fn speaker_beside(&self, quotation: &Quotation) -> Option<Attribution> {
        self.label_before(quotation)
            .or_else(|| self.speaker_behind(quotation))
            .or_else(|| self.signature(quotation))
    }

    /// "Annalena Baerbock: “…”" and "Baerbock was blunt: “…”": whom the words before a colon name,
    /// or whose clause they are.
    fn label_before(&self, quotation: &Quotation) -> Option<Attribution> {
        let number = quotation.sentences.start;
        let sentence = &self.reading.document.sentences[number];
        let open = sentence.tokens.iter().position(|t| t.span.start() >= quotation.start)?;
        let colon = TokenIndex::new(open.checked_sub(1)?);
        if sentence.token(&self.reading.article.text, colon) != ":" {
            return None;
        }
        let Some(view) = &self.views[number] else { return self.name_at(number, 0..open) };
        let before = || (0..colon.index()).map(TokenIndex::new);
        // A finite verb has a subject, which speaks.
        if before().any(|token| view.is_finite(token) && view.actor(token).is_none()) {
            let subjects = before().filter(|&token| view.deprel(token) == Deprel::Nsubj);
            let outer = subjects.min_by_key(|&token| view.tree.ancestors(token).count())?;
            return name_speaker(view, outer, colon).filter(|said| said.holder.is_some());
        }
        self.name_at(number, 0..open)
    }

    /// "“…,” sighed Annalena Baerbock" and "“…,” he crowed": any finite verb with its subject
    /// between the closing mark and the next one.
    fn speaker_behind(&self, quotation: &Quotation) -> Option<Attribution> {
        let number = quotation.last();
        let view = self.views[number].as_ref()?;
        let sentence = &self.reading.document.sentences[number];
        let close = sentence.tokens.iter().rposition(|t| t.span.start() < quotation.end)?;
        let mark = view.word(TokenIndex::new(close.checked_sub(1)?));
        // A whole sentence was quoted, no phrase.
        if !matches!(mark, "," | "?" | "!" | "…" | "..." | "—" | "–") {
            return None;
        }
        let behind = (close + 1..view.len()).map(TokenIndex::new);
        let behind = behind.take_while(|&token| !matches!(view.word(token), "," | "." | ";"));
        let cue = behind
            .take(LONGEST_SIGNATURE)
            .find(|&token| view.is_verb(token) && view.actor(token).is_none())
            .filter(|&token| view.is_finite(token))?;
        if cue.index() == close + 1
            && let Some(head) = view.actor_by_order(cue)
        {
            return name_speaker(view, head, cue);
        }
        let mut subjects = view.by(cue, &[Deprel::Nsubj]);
        if subjects.is_empty() && cue.index() == close + 1 {
            // "…,” snapped the minister, Sergei Lavrov", read as his object.
            subjects = view.by(cue, &[Deprel::Obj]);
        }
        let subjects = subjects.into_iter().filter(|s| s.index() > close);
        let named = subjects.filter_map(|subject| name_speaker(view, subject, cue));
        let mut named: Vec<Attribution> = named.collect();
        named.sort_by_key(|said| said.holder.is_none());
        named.into_iter().next()
    }

    /// "“…” — Annalena Baerbock, German foreign minister", in brackets too, and in a line of its
    /// own.
    fn signature(&self, quotation: &Quotation) -> Option<Attribution> {
        let sentences = &self.reading.document.sentences;
        let text = &self.reading.article.text;
        let number = quotation.last();
        let signs = |number: usize, first: usize| {
            let tokens = &sentences[number].tokens;
            // A dash that opens a line is its mark, and no token.
            let opens = text.get(quotation.end as usize..)?.trim_start();
            let n_tokens = tokens.len() - first;
            if !opens.starts_with(['(', '-', '–', '—']) || n_tokens > LONGEST_SIGNATURE {
                return None;
            }
            let says = |view: &View<'_>| {
                let mut tokens = (first..view.len()).map(TokenIndex::new);
                tokens.any(|token| view.is_finite(token) && view.actor(token).is_none())
            };
            if self.views[number].as_ref().is_some_and(says) {
                return None;
            }
            self.name_at(number, first..tokens.len())
        };
        let held = &sentences[number].tokens;
        let behind = held.iter().position(|t| t.span.start() >= quotation.end);
        if let Some(behind) = behind {
            return signs(number, behind);
        }
        let next = sentences.get(number + 1)?;
        let near = next.paragraph <= quotation.paragraph + 1;
        near.then(|| signs(number + 1, 0))?
    }

    /// Whom some tokens of a sentence name: a person, else the first actor.
    fn name_at(&self, number: usize, tokens: Range<usize>) -> Option<Attribution> {
        let first = self.reading.mentions.partition_point(|mention| mention.sentence < number);
        let named = self.reading.mentions[first..].iter().take_while(|m| m.sentence == number);
        let named = named.filter(|mention| {
            let range = mention.tokens.range();
            tokens.start <= range.start && range.end <= tokens.end && is_one_actor(mention)
        });
        let named = named
            .min_by_key(|mention| (!mention.entities[0].is_person(), mention.tokens.start()))?;
        // "The ministry in Berlin": a mere place, or an organ that is not told here.
        let alone = named.entities[0].is_person() || named.tokens.range().start <= tokens.start + 1;
        alone.then(|| self.said_by(named))
    }

    fn said_by(&self, mention: &Mention) -> Attribution {
        let holder = mention.entities[0].clone();
        Attribution {
            text: self.reading.directory.name(&holder).to_owned(),
            holder: Some(holder),
            holder_span: Some(mention.span),
            cue_span: None,
        }
    }
}

fn is_one_actor(mention: &Mention) -> bool {
    mention.entities.len() == 1 && mention.entities[0].is_actor()
}
