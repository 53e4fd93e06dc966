//! Who is said to speak in a quotation, as far as words of saying outside of it tell.

use crate::lexicon::WordList;
use crate::model::{DependencyTree, Deprel, Mention, Span, TokenIndex, TokenUnit};
use crate::speech::quotations::Quotation;

use super::text::Text;

impl<'a> Text<'a> {
    /// The mention that says `quotation`: the actor beside a verb of saying outside of it, in the
    /// sentence where it ends, else where it begins. `mentions` gives those of a sentence.
    pub(super) fn speaker<'m>(
        self,
        quotation: &Quotation,
        mentions: impl Fn(usize) -> Vec<&'m Mention>,
    ) -> Option<&'m Mention> {
        let (first, last) = (quotation.sentences.start, quotation.last());
        let mut tried = None;
        for n in [Some(last), Some(first), first.checked_sub(1)].into_iter().flatten() {
            if tried == Some(n) || self.paragraph(n) != quotation.paragraph {
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
        self,
        quotation: &Quotation,
        n: usize,
        mentions: &[&'m Mention],
    ) -> Voice<'m> {
        let outside = |token: u32| !quotation.contains(self.byte(n, token));
        let speaks = |&token: &u32| outside(token) && self.has(WordList::SpeechVerb, n, token);
        let mut verbs: Vec<u32> = (0..self.len(n)).filter(speaks).collect();
        // The first behind the end of the quotation, else the last before its start.
        verbs.sort_by_key(|&verb| {
            let behind = self.byte(n, verb) >= quotation.end;
            if behind { (0, verb) } else { (1, u32::MAX - verb) }
        });
        let actors = mentions.iter().filter(|mention| {
            mention.entities.len() == 1
                && !mention.entities[0].is_weapon()
                && outside(mention.tokens.start())
        });
        for verb in verbs {
            let subject = self.subject_of(n, verb);
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
    fn subject_of(self, n: usize, verb: u32) -> Option<(&'a DependencyTree, TokenIndex)> {
        let tree = self.tree(n)?;
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
