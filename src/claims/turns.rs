//! Transcripts, whose paragraphs open with the name of who speaks ("MR KIRBY: ", "Zelensky: "), and
//! interviews, whose paragraphs answer questions.
//!
//! A speaker has the floor until the next one is named. An article with fewer than two such
//! paragraphs is no transcript: "Update:" and its like open single ones.

use super::ParsedArticle;
use crate::coreference;
use crate::lexicon::{Lexicon, WordList};
use crate::model::{Attribution, Byte, EntityId, Mention, SentenceKind, Span};

/// How many paragraphs with a speaker make a transcript.
const LEAST: usize = 2;

/// For each sentence, who has the floor; nobody outside of transcripts and in questions.
pub(crate) fn speakers(reading: ParsedArticle<'_>, lexicon: &Lexicon) -> Vec<Option<Attribution>> {
    let text = &reading.article.text;
    let sentences = &reading.document.sentences;
    let mut labels = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let first = number == 0 || sentences[number - 1].paragraph != sentence.paragraph;
        if first
            && sentence.kind != SentenceKind::Headline
            && let Some(label) = sentence.label(text)
        {
            let span = sentence.bytes(label);
            let words = span.of(text);
            let person = reading.mentions.iter().find_map(|mention| {
                let inside = mention.sentence == number && mention.tokens.end() <= label.end();
                mention.entity().filter(|entity| inside && entity.is_person())
            });
            if person.is_some() || is_floor(lexicon, words) {
                labels.push((number, span, person));
            }
        }
    }
    if labels.len() < LEAST || labels.iter().all(|(.., person)| person.is_none()) {
        labels = answers(reading);
    }
    let mut turns = vec![None; sentences.len()];
    for (index, (start, span, person)) in labels.iter().enumerate() {
        let end = labels.get(index + 1).map_or(sentences.len(), |next| next.0);
        let said = person.map(|person: &EntityId| Attribution {
            holder: Some(person.clone()),
            text: reading.directory.name(person).to_owned(),
            holder_span: Some(*span),
            cue_span: None,
        });
        turns[*start..end].fill(said);
    }
    turns
}

/// The paragraphs of an interview: where each begins, where the article names the speaker, and whom
/// it names, unless it asks.
fn answers(reading: ParsedArticle<'_>) -> Vec<(usize, Span<Byte>, Option<&EntityId>)> {
    let named = || reading.mentions.iter().filter(|mention| mention.form.is_named());
    let all: Vec<Mention> = named().cloned().collect();
    let answers = coreference::answers(reading.article, reading.document, &all);
    let answers = answers.into_iter().map(|(start, speaker)| {
        let speaker = speaker.and_then(|index| named().nth(index));
        let span = speaker.map_or(reading.document.sentences[start].span, |mention| mention.span);
        (start, span, speaker.and_then(Mention::entity))
    });
    answers.collect()
}

/// Whether a label without a known person hands over the floor: "QUESTION", "Moderator", "MR KIRBY".
fn is_floor(lexicon: &Lexicon, words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    words.starts_with(char::is_uppercase) && lexicon.has(WordList::Floor, &words.to_lowercase())
        || !first.contains(char::is_lowercase)
            && lexicon.has(WordList::FloorTitle, &first.to_lowercase())
}
