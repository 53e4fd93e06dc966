//! Who speaks inside of quotation marks.

use crate::lexicon::{Lexicon, WordList};
use crate::model::{
    Article, DependencyTree, Deprel, Document, EntityId, Mention, SentenceKind, Span, TokenIndex,
    TokenUnit,
};

/// A stretch of direct speech, from mark to mark, within one paragraph.
#[derive(Debug, Clone)]
pub(super) struct Quotation {
    /// First and last sentence with the tokens inside of the marks.
    pub from: (usize, u32),
    pub to: (usize, u32),
    /// The speaker's index among the mentions by name, where a label or the form of an interview
    /// tells it.
    pub speaker: Option<usize>,
}

impl Quotation {
    pub(super) fn contains(&self, sentence: usize, token: u32) -> bool {
        self.from <= (sentence, token) && (sentence, token) < self.to
    }
}

/// All quotations of a document, in order. A mark that is never closed ends with its paragraph,
/// as one that runs over several paragraphs is printed.
pub(super) fn find(article: &Article, document: &Document) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Option<(usize, u32)> = None;
    let mut paragraph = None;
    let mut last_end = (0, 0);
    for (n, sentence) in document.sentences.iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            if let Some(from) = open.take() {
                found.push(Quotation { from, to: last_end, speaker: None });
            }
            paragraph = Some(sentence.paragraph);
        }
        for (index, token) in (0..).zip(&sentence.tokens) {
            let word = token.span.of(&article.text);
            match (word, open) {
                ("“" | "``" | "«" | "„", _) | ("\"", None) => {
                    open.get_or_insert((n, index + 1));
                }
                ("”" | "''" | "»" | "\"", Some(from)) => {
                    found.push(Quotation { from, to: (n, index), speaker: None });
                    open = None;
                }
                _ => {}
            }
        }
        last_end = (n, u32::try_from(sentence.tokens.len()).expect("sentences are bounded"));
    }
    if let Some(from) = open {
        found.push(Quotation { from, to: last_end, speaker: None });
    }
    found
}

/// How many questions make an interview, and how many answers in the first person.
const LEAST_QUESTIONS: usize = 3;

/// How many tokens a paragraph has at most that an interviewer says without asking.
const LONGEST_PROMPT: usize = 40;

/// What is said without quotation marks: behind a label ("MR KIRBY: …"), up to the next one, and
/// the answers of an interview. In order.
pub(super) fn turns(article: &Article, document: &Document, named: &[Mention]) -> Vec<Quotation> {
    let labels = labels(article, document, named);
    let speakers = if labels.iter().filter(|(_, speaker)| speaker.is_some()).count() >= 2 {
        labels
    } else {
        answers(article, document, named)
    };
    let end_of = |n: usize| {
        let tokens = document.sentences[n].tokens.len();
        (n, u32::try_from(tokens).expect("sentences are bounded"))
    };
    let mut turns = Vec::new();
    for (index, &(start, speaker)) in speakers.iter().enumerate() {
        let next = speakers.get(index + 1).map_or(document.sentences.len(), |next| next.0);
        if let (Some(_), Some(last)) = (speaker, next.checked_sub(1)) {
            turns.push(Quotation { from: (start, 0), to: end_of(last), speaker });
        }
    }
    turns
}

/// The sentences by which somebody takes the floor, with the mention that names him; `None` where
/// it is nobody known.
fn labels(
    article: &Article,
    document: &Document,
    named: &[Mention],
) -> Vec<(usize, Option<usize>)> {
    let mut labels = Vec::new();
    for (n, sentence) in document.sentences.iter().enumerate() {
        let opens = n == 0 || document.sentences[n - 1].paragraph != sentence.paragraph;
        let Some(label) = sentence.label(&article.text).filter(|_| opens) else { continue };
        let speaker = named.iter().position(|mention| {
            mention.sentence == n
                && mention.tokens.end() <= label.end()
                && mention.entities.iter().all(EntityId::is_person)
        });
        labels.push((n, speaker));
    }
    labels
}

/// The paragraphs of an interview by their first sentences, with the index of the mention of the
/// one who is interviewed for those that answer, `None` for questions; nothing if the article is
/// none. Interviewed is whoever is addressed by name in a question, else the first person of the
/// article. An article is an interview if questions alternate with paragraphs that say "I" or "we".
#[must_use]
pub fn answers(
    article: &Article,
    document: &Document,
    named: &[Mention],
) -> Vec<(usize, Option<usize>)> {
    let sentences = &document.sentences;
    let word = |n: usize, token: usize| {
        sentences[n].tokens.get(token).map_or("", |token| token.span.of(&article.text))
    };
    let mut paragraphs: Vec<std::ops::Range<usize>> = Vec::new();
    for (n, sentence) in sentences.iter().enumerate() {
        match paragraphs.last_mut() {
            Some(last) if sentences[last.start].paragraph == sentence.paragraph => last.end = n + 1,
            _ => paragraphs.push(n..n + 1),
        }
    }
    let asks = |range: &std::ops::Range<usize>| {
        let last = range.end - 1;
        range.len() <= 3 && word(last, sentences[last].tokens.len().saturating_sub(1)) == "?"
    };
    if paragraphs.iter().filter(|range| asks(range)).count() < LEAST_QUESTIONS {
        return Vec::new();
    }
    // In an explainer, "we" stands in somebody's quotation.
    let quotations = find(article, document);
    let first_person = |range: &std::ops::Range<usize>| {
        range.clone().any(|n| {
            (0..).zip(&sentences[n].tokens).any(|(at, token)| {
                matches!(token.span.of(&article.text), "I" | "we" | "We" | "our" | "Our")
                    && !quotations.iter().any(|quotation| quotation.contains(n, at))
            })
        })
    };
    // "And yet the troops are still there." is a question too, where an answer stands on each side.
    let n_words = |range: &std::ops::Range<usize>| -> usize {
        range.clone().map(|n| sentences[n].tokens.len()).sum()
    };
    let prompts = |at: usize| {
        let short = paragraphs[at].len() <= 3 && n_words(&paragraphs[at]) <= LONGEST_PROMPT;
        short
            && !first_person(&paragraphs[at])
            && at.checked_sub(1).is_some_and(|before| first_person(&paragraphs[before]))
            && paragraphs.get(at + 1).is_some_and(first_person)
    };
    let answered = paragraphs.windows(2).filter(|two| asks(&two[0]) && first_person(&two[1]));
    if answered.count() < LEAST_QUESTIONS {
        return Vec::new();
    }
    let Some(start) = paragraphs.iter().position(asks) else { return Vec::new() };
    let person = |mention: &Mention| mention.entities.iter().all(EntityId::is_person);
    let addressed = named.iter().position(|mention| {
        let n = mention.sentence;
        let end = mention.tokens.end() as usize;
        person(mention)
            && paragraphs.iter().any(|range| range.contains(&n) && asks(range))
            && mention.tokens.start() <= 1
            && word(n, end) == ","
    });
    let first = named.iter().position(|mention| {
        person(mention) && sentences[mention.sentence].kind == SentenceKind::Body
    });
    let Some(speaker) = addressed.or(first) else { return Vec::new() };
    let answers = |at: usize| !asks(&paragraphs[at]) && !prompts(at);
    (start..paragraphs.len())
        .map(|at| (paragraphs[at].start, answers(at).then_some(speaker)))
        .collect()
}

/// What the speaker of a quotation is looked for in.
pub(super) struct Voices<'a> {
    pub lexicon: &'a Lexicon,
    pub article: &'a Article,
    pub document: &'a Document,
    pub trees: &'a [Option<DependencyTree>],
}

impl Voices<'_> {
    /// The mention that says `quotation`: the actor beside a verb of saying outside of it, in the
    /// sentence where it ends, else where it begins. `mentions` gives those of a sentence.
    pub(super) fn speaker<'m>(
        &self,
        quotation: &Quotation,
        mentions: impl Fn(usize) -> Vec<&'m Mention>,
    ) -> Option<&'m Mention> {
        let paragraph = |n: usize| self.document.sentences[n].paragraph;
        let (first, last) = (quotation.from.0, quotation.to.0);
        let mut tried = None;
        for n in [Some(last), Some(first), first.checked_sub(1)].into_iter().flatten() {
            if tried == Some(n) || paragraph(n) != paragraph(last) {
                continue;
            }
            tried = Some(n);
            match self.beside_verb(quotation, n, &mentions(n)) {
                Voice::Known(found) => return Some(found),
                Voice::Unknown => return None,
                Voice::Silent => {}
            }
        }
        None
    }

    /// The actor that belongs to the verb of saying nearest to the quotation in sentence `n`.
    fn beside_verb<'m>(
        &self,
        quotation: &Quotation,
        n: usize,
        mentions: &[&'m Mention],
    ) -> Voice<'m> {
        let sentence = &self.document.sentences[n];
        let mut verbs: Vec<u32> = (0..)
            .zip(&sentence.tokens)
            .filter(|(index, token)| {
                !quotation.contains(n, *index)
                    && self.lexicon.has(WordList::SpeechVerb, token.span.of(&self.article.text))
            })
            .map(|(index, _)| index)
            .collect();
        // The first behind the end of the quotation, else the last before its start.
        let after = (quotation.to.0 == n).then_some(quotation.to.1);
        verbs.sort_by_key(|&verb| match after {
            Some(end) if verb >= end => (0, verb - end),
            _ => (1, u32::MAX - verb),
        });
        let actors = mentions.iter().filter(|mention| {
            mention.entities.len() == 1
                && !mention.entities[0].is_weapon()
                && !quotation.contains(n, mention.tokens.start())
        });
        for verb in verbs {
            let subject = self.subject(n, verb);
            let near = actors.clone().filter_map(|mention| {
                let gap = match subject {
                    Some((tree, subject)) => {
                        let head = tree.head_of(mention.tokens);
                        // "a US official": the adjective tells whose voice it is; what stands in
                        // a clause or phrase behind the noun does not.
                        let leads = mention.tokens.contains(subject.0)
                            || tree.is_within(head, subject) && head.0 < subject.0
                            || tree.head(head) == Some(subject)
                                && matches!(tree.deprel(head), Deprel::Appos | Deprel::Flat);
                        leads.then(|| mention.tokens.end().abs_diff(subject.0 + 1))?
                    }
                    None => distance(mention.tokens, verb),
                };
                let is_name = mention.entities[0].is_person();
                (gap <= 12).then_some((!is_name, gap, mention.tokens.start(), *mention))
            });
            match near.min_by_key(|&(person, gap, start, _)| (person, gap, start)) {
                Some((_, _, _, mention)) => return Voice::Known(mention),
                // Someone without a name speaks.
                None if subject.is_some() => return Voice::Unknown,
                None => {}
            }
        }
        Voice::Silent
    }

    /// The subject of the verb at token `verb`, where the sentence has a tree.
    fn subject(&self, n: usize, verb: u32) -> Option<(&DependencyTree, TokenIndex)> {
        let tree = self.trees.get(n)?.as_ref()?;
        let children = tree.children(TokenIndex(verb)).iter();
        let subject = children.copied().find(|&c| tree.deprel(c).basic() == Deprel::Nsubj)?;
        Some((tree, subject))
    }
}

/// Who speaks, as far as one sentence tells.
enum Voice<'m> {
    Known(&'m Mention),
    /// Someone whom no mention names.
    Unknown,
    /// Nobody is said to speak.
    Silent,
}

/// Tokens between a mention and a verb; one behind it stands farther.
fn distance(tokens: Span<TokenUnit>, verb: u32) -> u32 {
    if tokens.end() <= verb {
        verb - tokens.end()
    } else {
        // An inverted subject stands right behind; any other behind the verb is addressed.
        (tokens.start() - verb).saturating_sub(1) + 4
    }
}
