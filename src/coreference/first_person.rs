//! The first and second person: "I", "we" and "our" mean the speaker and the speaker's side, "you"
//! whom they speak to.
//!
//! Somebody speaks in a quotation, in the turn of a transcript, or in the text itself where it is
//! a release: then "we" is whoever issues it.

use crate::lexicon::WordList;
use crate::model::{EntityId, Mention, MentionForm, SentenceKind, Span};
use crate::speech::quotations::Quotation;

use super::Resolver;
use super::cast::states_of;
use super::text::in_sentence;
use super::words::PronounKind;

/// How many adjectives may stand between "our" and what two sides share.
const MOST_MODIFIERS: u32 = 4;

/// How many there are at most whom "our countries" means.
const LARGEST_PACT: usize = 3;

/// Who speaks at a place of the text.
struct Speech<'m> {
    /// The speaker, or each of those who issue the text.
    speakers: Vec<EntityId>,
    /// The mention that names the speaker.
    mention: Option<&'m Mention>,
    /// Whether the text itself speaks.
    own: bool,
}

impl Resolver<'_> {
    /// Resolves the pronouns of the first and second person that were read.
    pub(super) fn resolve_first_person(&mut self) {
        let mut resolved = Vec::new();
        for &(n, token, kind) in &self.speeches {
            let Some(speech) = self.speech_at(n, token) else { continue };
            let meant = match kind {
                PronounKind::Speaker => match &speech.speakers[..] {
                    [one] if one.is_person() => vec![one.clone()],
                    _ => continue,
                },
                PronounKind::Addressee => match self.addressee(n, &speech) {
                    Some(other) => vec![other],
                    None => continue,
                },
                _ => self.sides_of(&speech.speakers),
            };
            if meant.is_empty() {
                continue;
            }
            let antecedent = speech.mention.and_then(|mention| self.discourse.index_of(mention));
            let mention = |start, end, entities, form| {
                let tokens = Span::new(start, end);
                let span = self.text.document.sentences[n].bytes(tokens);
                Mention { span, sentence: n, tokens, entities, form, antecedent }
            };
            // "Our allies", said by several, are none of them.
            if meant.len() > 1 && self.is_of_others(n, token) {
                continue;
            }
            let both = || self.both_sides(n, &meant, &speech);
            let is_ours = kind == PronounKind::Speakers;
            if is_ours && let Some(end) = self.own_countries(n, token) {
                // Ten governments that issue a statement make no forty-five pacts.
                if meant.len() > LARGEST_PACT {
                    continue;
                }
                if let Some(both) = both() {
                    resolved.push(mention(token + 1, end, both, MentionForm::Description));
                }
            } else if is_ours
                && self.is_shared_tie(n, token)
                && let Some(both) = both()
            {
                resolved.push(mention(token, token + 1, both, MentionForm::Pronoun));
                continue;
            }
            resolved.push(mention(token, token + 1, meant, MentionForm::Pronoun));
        }
        self.found.extend(resolved);
    }

    /// Who speaks where `token` stands.
    fn speech_at(&self, n: usize, token: u32) -> Option<Speech<'_>> {
        let everyone = |n: usize| {
            let named = self.text.named_in(n).iter();
            named.chain(in_sentence(&self.found, n)).collect::<Vec<_>>()
        };
        let mention = match self.text.quotation(n, token) {
            Some(quotation) => {
                let said = self.text.speaker(quotation, everyone);
                Some(said.or_else(|| self.speaker_before(quotation))?)
            }
            None => self.speaker_of_turn(n),
        };
        if let Some(mention) = mention {
            let speakers = vec![mention.entity()?.clone()];
            return Some(Speech { speakers, mention: Some(mention), own: false });
        }
        let speakers = self.text.voices.issuers_at(n).to_vec();
        let is_body = self.text.document.sentences[n].kind != SentenceKind::Teaser;
        (!speakers.is_empty() && is_body).then_some(Speech { speakers, mention: None, own: true })
    }

    /// The speaker of the quotation before, where this one stands alone in the next paragraph.
    fn speaker_before(&self, quotation: &Quotation) -> Option<&Mention> {
        let text = self.text;
        let quotations = &text.voices.quotations;
        let at = quotations.partition_point(|other| other.start < quotation.start);
        let before = &quotations[at.checked_sub(1)?];
        if quotation.paragraph - before.paragraph > 1 {
            return None;
        }
        // Someone else speaks, though unnamed.
        let speaks = quotation.sentences.clone().any(|n| {
            (0..text.len(n)).any(|token| {
                let outside = !quotation.contains(text.byte(n, token));
                outside && text.has(WordList::SpeechVerb, n, token)
            })
        });
        if speaks { None } else { self.named_speaker(before) }
    }

    /// The states and organizations for which `speakers` say "we", each once.
    fn sides_of(&self, speakers: &[EntityId]) -> Vec<EntityId> {
        let mut sides: Vec<EntityId> =
            speakers.iter().filter_map(|speaker| self.side_of(speaker)).collect();
        sides.sort();
        sides.dedup();
        sides
    }

    /// The state or organization for which `speaker` says "we".
    fn side_of(&self, speaker: &EntityId) -> Option<EntityId> {
        if !speaker.is_person() {
            return Some(speaker.clone());
        }
        let person = self.directory.get(speaker)?;
        let year = self.text.article.info.date.map(|date| date.last().year());
        let current = person.offices.iter().rev().find(|office| office.is_held_in(year));
        current.map(|office| office.holder.clone()).or_else(|| person.state.clone())
    }

    /// Whom the speaker of a turn addresses: the other one, where a transcript has two speakers.
    fn addressee(&self, n: usize, speech: &Speech<'_>) -> Option<EntityId> {
        self.text.voices.turn(n)?;
        let mut others = self.text.voices.turns.iter().map(|turn| &turn.speaker);
        let mut others = others.by_ref().filter(|other| !speech.speakers.contains(other));
        let other = others.next()?;
        others.all(|next| next == other).then(|| other.clone())
    }

    /// The speaker's side and the other one: that of whom they address, in a release the only
    /// other state that its opening names, else the other one of the two that the article is about.
    fn both_sides(&self, n: usize, own: &[EntityId], speech: &Speech<'_>) -> Option<Vec<EntityId>> {
        let [side] = own else { return Some(own.to_vec()) };
        let other = if speech.own {
            self.counterparty(own)
        } else {
            self.addressee(n, speech).and_then(|other| self.side_of(&other))
        };
        let other = other.filter(|other| other != side);
        let mut both = match other {
            Some(other) => vec![side.clone(), other],
            None => self.pair.as_ref().filter(|pair| pair.parties.contains(side))?.parties.to_vec(),
        };
        both.sort();
        both.iter().all(|id| !id.is_person()).then_some(both)
    }

    /// The only state besides `own` that the headline names, itself or by its people; else that
    /// the first sentence names.
    fn counterparty(&self, own: &[EntityId]) -> Option<EntityId> {
        let sentences = &self.text.document.sentences;
        let first = |kind| sentences.iter().position(|sentence| sentence.kind == kind);
        let openings = [SentenceKind::Headline, SentenceKind::Body].into_iter().filter_map(first);
        for n in openings {
            let named = self.text.named_in(n).iter().flat_map(|mention| &mention.entities);
            let ids: Vec<EntityId> = named.filter(|id| id.is_actor()).cloned().collect();
            let mut states = states_of(self.directory, &ids);
            states.retain(|state| !own.contains(state));
            match &states[..] {
                [] => {}
                [only] => return Some(only.clone()),
                _ => return None,
            }
        }
        None
    }

    /// The token behind "our countries", "our two peoples", where "our" stands at `token`.
    fn own_countries(&self, n: usize, token: u32) -> Option<u32> {
        use crate::lexicon::FunctionWord::{Both, Two};
        let counted = matches!(self.text.function(n, token + 1), Some(Two | Both));
        let noun = token + 1 + u32::from(counted);
        self.text.has(WordList::OwnPairHead, n, noun).then_some(noun + 1)
    }

    /// Whether what "our" at `token` owns are other states: "our allies and partners".
    fn is_of_others(&self, n: usize, token: u32) -> bool {
        let ahead = token + 1..=token + MOST_MODIFIERS;
        self.own_countries(n, token).is_none()
            && ahead.into_iter().any(|at| self.text.has_any_case(WordList::StatesHead, n, at))
    }

    /// Whether "our" at `token` stands before what two sides share, and nothing tells with whom:
    /// "our longstanding partnership".
    fn is_shared_tie(&self, n: usize, token: u32) -> bool {
        use crate::lexicon::FunctionWord::{And, With};
        let text = self.text;
        let mut at = token + 1;
        let is_adjective = |at| {
            text.has_any_case(WordList::SharedTieModifier, n, at)
                || text.function(n, at) == Some(And)
                || text.word(n, at) == ","
        };
        while at <= token + MOST_MODIFIERS && is_adjective(at) {
            at += 1;
        }
        text.has_any_case(WordList::SharedTie, n, at) && text.function(n, at + 1) != Some(With)
    }
}
