//! Who speaks inside of quotation marks.

use crate::model::{Article, DependencyTree, Document, Mention, Span, TokenIndex, TokenUnit};

use super::words::is_reporting_verb;

/// A stretch of direct speech, from mark to mark, within one paragraph.
#[derive(Debug, Clone)]
pub(super) struct Quotation {
    /// First and last sentence with the tokens inside of the marks.
    pub from: (usize, u32),
    pub to: (usize, u32),
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
                found.push(Quotation { from, to: last_end });
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
                    found.push(Quotation { from, to: (n, index) });
                    open = None;
                }
                _ => {}
            }
        }
        last_end = (n, u32::try_from(sentence.tokens.len()).expect("sentences are bounded"));
    }
    if let Some(from) = open {
        found.push(Quotation { from, to: last_end });
    }
    found
}

/// What the speaker of a quotation is looked for in.
pub(super) struct Voices<'a> {
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
                    && is_reporting_verb(token.span.of(&self.article.text))
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
                                && matches!(tree.deprel(head).as_str(), "appos" | "flat");
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
        let subject = children.copied().find(|&c| tree.deprel(c).universal() == "nsubj")?;
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
