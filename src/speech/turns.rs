//! Turns: who has the floor in transcripts, whose paragraphs open with the name of who speaks
//! ("MR KIRBY: ", "Zelensky: "), and in interviews, whose paragraphs answer questions.
//!
//! A speaker has the floor until the next one is named. An article with fewer than two such
//! paragraphs is no transcript: "Update:" and its like open single ones.

use std::ops::Range;

use super::quotations::{self, Quotation};
use crate::lexicon::{FunctionWord, Lexicon, WordList};
use crate::model::{Article, Byte, Document, EntityId, Mention, Sentence, SentenceKind, Span};

/// How many paragraphs with a speaker make a transcript.
const LEAST_LABELS: usize = 2;

/// How many questions with an answer make an interview.
const LEAST_QUESTIONS: usize = 3;

/// How many paragraphs that ask nothing are in the first person: in an explainer, hardly one is.
const LEAST_OWN_ANSWERS: usize = 2;

/// How many tokens a paragraph has at most that an interviewer says without asking.
const LONGEST_PROMPT: usize = 40;

/// How many tokens a remark of the interviewer has at most between two longer answers.
const LONGEST_REMARK: usize = 14;

/// How many sentences a question or remark of the interviewer has at most.
const LONGEST_QUESTION: usize = 3;

/// What one known speaker says without quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) sentences: Range<usize>,
    pub(crate) speaker: EntityId,
    /// The mention that names them: an index among the mentions by name.
    pub(crate) mention: usize,
    /// The words by which they take the floor, or by which the article names them.
    pub(crate) label: Span<Byte>,
}

/// The sentence by which a paragraph takes the floor; who does, unless it is nobody known.
type Start = (usize, Option<(usize, Span<Byte>)>);

/// The turns of known speakers, and the sentence with which the first turn of anybody begins.
pub(super) fn find(
    lexicon: &Lexicon,
    article: &Article,
    document: &Document,
    named: &[Mention],
    quotations: &[Quotation],
) -> (Vec<Turn>, Option<usize>) {
    let mut starts = labels(lexicon, article, document, named);
    let labelled = starts.first().filter(|_| starts.len() >= LEAST_LABELS).map(|(n, _)| *n);
    if starts.len() < LEAST_LABELS || starts.iter().all(|(_, speaker)| speaker.is_none()) {
        let last = |sentence: &Sentence| sentence.tokens.last().map(|token| token.span);
        let asks =
            |sentence: &&Sentence| last(sentence).is_some_and(|s| s.of(&article.text) == "?");
        if document.sentences.iter().filter(asks).count() < LEAST_QUESTIONS {
            return (Vec::new(), labelled);
        }
        starts = Interview::new(lexicon, article, document, quotations).answers(named);
    }
    let floor = labelled.or_else(|| starts.first().map(|(start, _)| *start));
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([document.sentences.len()]);
    let turns = starts.iter().zip(ends).filter_map(|(&(start, speaker), end)| {
        let (mention, label) = speaker?;
        let speaker = named[mention].entity()?.clone();
        Some(Turn { sentences: start..end, speaker, mention, label })
    });
    (turns.collect(), floor)
}

fn is_person(mention: &Mention) -> bool {
    mention.entity().is_some_and(EntityId::is_person)
}

/// The paragraphs that open with a label.
fn labels(
    lexicon: &Lexicon,
    article: &Article,
    document: &Document,
    named: &[Mention],
) -> Vec<Start> {
    let mut labels = Vec::new();
    for (n, sentence) in document.sentences.iter().enumerate() {
        let opens = n == 0 || document.sentences[n - 1].paragraph != sentence.paragraph;
        if !opens || sentence.kind == SentenceKind::Headline {
            continue;
        }
        let Some(label) = sentence.label(&article.text) else { continue };
        let span = sentence.bytes(label);
        let first = named.partition_point(|mention| mention.sentence < n);
        let person = named[first..]
            .iter()
            .take_while(|mention| mention.sentence == n && mention.tokens.end() <= label.end())
            .position(is_person);
        if person.is_some() || is_floor(lexicon, span.of(&article.text)) {
            labels.push((n, person.map(|at| (first + at, span))));
        }
    }
    labels
}

/// Whether a label without a known person hands over the floor: "MR KIRBY", "Q", "Moderator".
fn is_floor(lexicon: &Lexicon, words: &str) -> bool {
    words.starts_with(char::is_uppercase)
        && (!words.contains(char::is_lowercase)
            || lexicon.has(WordList::Floor, &words.to_lowercase()))
}

/// An article that may be an interview: questions alternate with paragraphs that say "I" or "we".
struct Interview<'a> {
    text: &'a str,
    document: &'a Document,
    paragraphs: Vec<Paragraph>,
}

struct Paragraph {
    sentences: Range<usize>,
    n_tokens: usize,
    asks: bool,
    /// Whether it says "I" or "we" outside of quotations.
    in_first_person: bool,
}

impl<'a> Interview<'a> {
    fn new(
        lexicon: &Lexicon,
        article: &'a Article,
        document: &'a Document,
        quotations: &[Quotation],
    ) -> Self {
        use FunctionWord::{I, Me, My, Our, We};
        let text = &*article.text;
        let mut interview = Self { text, document, paragraphs: Vec::new() };
        let mut start = 0;
        for paragraph in document.sentences.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let n_sentences = paragraph.len();
            let last = paragraph.last().and_then(|sentence| sentence.tokens.last());
            let tokens = || paragraph.iter().flat_map(|sentence| &sentence.tokens);
            let in_first_person = |span: Span<Byte>| {
                let word = span.of(text);
                matches!(lexicon.function_word(word), Some(I | Me | My | Our | We))
                    && word != "i"
                    // In an explainer, "we" stands in somebody's quotation.
                    && quotations::at(quotations, span.start()).is_none()
            };
            interview.paragraphs.push(Paragraph {
                sentences: start..start + n_sentences,
                n_tokens: tokens().count(),
                asks: n_sentences <= LONGEST_QUESTION
                    && last.is_some_and(|token| token.span.of(text) == "?"),
                in_first_person: tokens().any(|token| in_first_person(token.span)),
            });
            start += n_sentences;
        }
        interview
    }

    /// The paragraphs from the first question on, those that answer with who is interviewed; none
    /// if the article is no interview. Interviewed is whoever is addressed by name in a question,
    /// else the first person whom the article names.
    fn answers(&self, named: &[Mention]) -> Vec<Start> {
        let answered = || self.paragraphs.windows(2).filter(|two| two[0].asks && !two[1].asks);
        let n_own = self.paragraphs.iter().filter(|one| !one.asks && one.in_first_person).count();
        let Some(first) = self.paragraphs.iter().position(|paragraph| paragraph.asks) else {
            return Vec::new();
        };
        if answered().count() < LEAST_QUESTIONS || n_own < LEAST_OWN_ANSWERS {
            return Vec::new();
        }
        let addressed = |mention: &Mention| {
            let n = mention.sentence;
            let behind = self.document.sentences[n].tokens.get(mention.tokens.end() as usize);
            is_person(mention)
                && mention.tokens.start() <= 1
                && behind.is_some_and(|token| token.span.of(self.text) == ",")
                && self.paragraphs.iter().any(|one| one.asks && one.sentences.contains(&n))
        };
        let in_body = |mention: &Mention| {
            self.document.sentences[mention.sentence].kind == SentenceKind::Body
        };
        let speaker = named
            .iter()
            .position(addressed)
            .or_else(|| named.iter().position(|mention| is_person(mention) && in_body(mention)));
        let Some(speaker) = speaker else { return Vec::new() };
        let start = |at: usize| {
            let answers = !self.paragraphs[at].asks && !self.prompts(at);
            let speaker = answers.then_some((speaker, named[speaker].span));
            (self.paragraphs[at].sentences.start, speaker)
        };
        (first..self.paragraphs.len()).map(start).collect()
    }

    /// "And yet the troops are still there." is a question too, where an answer stands on each side.
    fn prompts(&self, at: usize) -> bool {
        let answers =
            |at: usize| self.paragraphs.get(at).is_some_and(|paragraph| paragraph.in_first_person);
        let paragraph = &self.paragraphs[at];
        let is_long = |at: usize| {
            let beside = self.paragraphs.get(at).filter(|one| !one.asks);
            beside.is_some_and(|one| one.n_tokens > LONGEST_REMARK)
        };
        if paragraph.n_tokens <= LONGEST_REMARK && !paragraph.in_first_person {
            return at.checked_sub(1).is_some_and(is_long) && is_long(at + 1);
        }
        paragraph.sentences.len() <= LONGEST_QUESTION
            && paragraph.n_tokens <= LONGEST_PROMPT
            && !paragraph.in_first_person
            && at.checked_sub(1).is_some_and(answers)
            && answers(at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::speech::Voices;
    use crate::text::read_document;

    /// The first words of each turn with its speaker.
    fn turns(text: &str) -> Vec<String> {
        let lexicon = Lexicon::load(None).unwrap();
        let gazetteer = Gazetteer::load(&lexicon, None).unwrap();
        let article = Article::from_text("a", text);
        let document = read_document(&lexicon, &article);
        let named = gazetteer.find_mentions(&article, &document).mentions;
        let voices = Voices::new(&lexicon, &article, &document, &named);
        let tell = |turn: &Turn| {
            let n_sentences = turn.sentences.len();
            format!("{} {} {n_sentences}", turn.sentences.start, turn.speaker.slug())
        };
        voices.turns.iter().map(tell).collect()
    }

    #[test]
    fn labels_give_the_floor_until_the_next_one() {
        let text = "John Kirby: We saw it. We know it.\n\nIt is late.\n\nQUESTION: Who was it?\n\n\
                    MINISTER NOBODY: They were ours.\n\nJohn Kirby: Thank you.\n";
        assert_eq!(turns(text), ["0 john-kirby 3", "5 john-kirby 1"]);
        assert_eq!(turns("John Kirby: We saw it.\n\nNothing followed, he said.\n"), [""; 0]);
    }

    #[test]
    fn who_is_interviewed_has_the_answers() {
        // "The road is good." stands between long answers: it is the interviewer's.
        let text = "John Kirby pours the tea.\n\nIs it late?\n\nWe have time.\n\nAnd now?\n\n\
                    I go home.\n\nIs it far?\n\nOur house is so near to the river that I never needed \
                    more than ten minutes on foot.\n\nThe road is good.\n\nI walk there every morning \
                    with my old dog, and we hardly ever meet anybody.\n";
        let expected = ["2 john-kirby 1", "4 john-kirby 1", "6 john-kirby 1", "8 john-kirby 1"];
        assert_eq!(turns(text), expected);
    }
}
