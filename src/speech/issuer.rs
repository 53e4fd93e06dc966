//! In whose name an official text speaks: whom its own "we" and "I" mean.
//!
//! A text tells it by its signatories ("We, the leaders of A and B"), by its title ("Joint Statement
//! of A and B", "Readout of President X's call"), or by its letterhead, a first line that is nothing
//! but a name with an office. Left out: what a publisher's name or address tells, and whose side a
//! person speaks for.

use crate::lexicon::{FunctionWord, Lexicon, WordList};
use crate::model::{Article, Document, EntityId, Mention, Sentence, SentenceKind};

/// Among how many sentences signatories and letterheads are looked for.
const OPENING: usize = 6;

/// How many words a letterhead has at most.
const LONGEST_LETTERHEAD: usize = 24;

/// How many words may stand between two names of a list.
const WIDEST_GAP: usize = 9;

/// Who issues the text, in the order in which it names them; empty where it does not tell.
pub(super) fn find(
    lexicon: &Lexicon,
    article: &Article,
    document: &Document,
    named: &[Mention],
) -> Vec<EntityId> {
    let opening = Opening { lexicon, text: &article.text, document, named };
    let signed = opening.signatories();
    if !signed.is_empty() {
        return signed;
    }
    let (titled, joint) = opening.title();
    let own = if joint { Vec::new() } else { opening.letterhead() };
    if own.is_empty() { titled } else { own }
}

/// The beginning of a text.
struct Opening<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    document: &'a Document,
    named: &'a [Mention],
}

impl<'a> Opening<'a> {
    fn word(&self, sentence: &Sentence, token: usize) -> &'a str {
        sentence.tokens.get(token).map_or("", |token| token.span.of(self.text))
    }

    fn is(&self, list: WordList, sentence: &Sentence, token: usize) -> bool {
        self.lexicon.has_any_case(list, self.word(sentence, token))
    }

    /// The mentions of actors in sentence `n` from `token` on.
    fn actors(&self, n: usize, token: usize) -> impl Iterator<Item = &'a Mention> {
        let first = self.named.partition_point(|mention| mention.sentence < n);
        let own = self.named[first..].iter().take_while(move |mention| mention.sentence == n);
        own.filter(move |mention| {
            mention.tokens.start() as usize >= token
                && mention.entity().is_some_and(EntityId::is_actor)
        })
    }

    /// The names that follow each other from `token` on, with nothing but titles and commas
    /// between them, and the token behind the last.
    fn list(&self, n: usize, token: usize) -> (Vec<EntityId>, usize) {
        let sentence = &self.document.sentences[n];
        let mut at = token;
        let mut found: Vec<EntityId> = Vec::new();
        for mention in self.actors(n, token) {
            let (start, end) = (mention.tokens.start() as usize, mention.tokens.end() as usize);
            if start > at + WIDEST_GAP || (at..start).any(|token| !self.joins(sentence, token)) {
                break;
            }
            at = end;
            let Some(id) = mention.entity() else { continue };
            if !found.contains(id) {
                found.push(id.clone());
            }
        }
        (found, at)
    }

    /// Whether a word may stand between two names of a list: "and", "the Foreign Ministers of".
    fn joins(&self, sentence: &Sentence, token: usize) -> bool {
        use FunctionWord::{And, Of, The};
        let word = self.word(sentence, token);
        matches!(word, "," | ";" | "&" | "-" | "–" | "." | "’s" | "'s" | "the")
            || matches!(self.lexicon.function_word(word), Some(And | Of | The))
            || word.starts_with(char::is_uppercase)
                && self.lexicon.function_word(&word.to_lowercase()).is_none()
            || self.lexicon.has(WordList::Office, word)
            || self.lexicon.has(WordList::PeopleHead, word)
            || self.lexicon.has(WordList::StatesHead, word)
    }

    /// "We, the leaders of A, B and C, condemn": who they are.
    fn signatories(&self) -> Vec<EntityId> {
        for (n, sentence) in self.document.sentences.iter().enumerate().take(OPENING) {
            let we = (0..2).find(|&token| {
                self.lexicon.function_word(self.word(sentence, token)) == Some(FunctionWord::We)
            });
            let Some(we) = we.filter(|we| self.word(sentence, we + 1) == ",") else { continue };
            let (found, _) = self.list(n, we + 2);
            if found.len() > 1 {
                return found;
            }
        }
        Vec::new()
    }

    /// Whom the title names as the author, and whether it names several.
    fn title(&self) -> (Vec<EntityId>, bool) {
        use FunctionWord::{Between, By, From, Of};
        let titles = self.document.sentences.iter().enumerate().take(OPENING);
        let is_title = |one: &Sentence, n: usize| {
            let last = one.tokens.len().saturating_sub(1);
            one.kind == SentenceKind::Headline || n == 0 && self.word(one, last) != "."
        };
        for (n, sentence) in titles.filter(|&(n, one)| is_title(one, n)) {
            let text = (0..sentence.tokens.len())
                .find(|&token| self.is(WordList::IssuedText, sentence, token));
            let Some(text) = text else { continue };
            let joint = (0..text).any(|token| self.is(WordList::Joint, sentence, token));
            let next = self.lexicon.function_word(&self.word(sentence, text + 1).to_lowercase());
            let leads_up = |end: usize| (end..text).all(|token| self.joins(sentence, token));
            let mut found = if matches!(next, Some(By | From | Of | Between)) {
                // "Kenya rejects the statement by Chad" is nobody's statement.
                let opens = self.actors(n, 0).all(|one| one.tokens.start() as usize > text);
                if opens && leads_up(0) { self.list(n, text + 2).0 } else { Vec::new() }
            } else if joint {
                // "A-B-C Joint Statement".
                let (found, end) = self.list(n, 0);
                if leads_up(end) { found } else { Vec::new() }
            } else {
                // "President X's Remarks".
                let owns = |one: &&Mention| {
                    let end = one.tokens.end() as usize;
                    matches!(self.word(sentence, end), "'s" | "’s") && leads_up(end + 1)
                };
                let owner = self.actors(n, 0).find(owns);
                owner.and_then(Mention::entity).cloned().into_iter().collect()
            };
            // "Readout of X's call with Y" is that of X.
            if !joint && next == Some(Of) {
                found.truncate(1);
            }
            if found.len() > usize::from(joint) {
                return (found, joint);
            }
        }
        (Vec::new(), false)
    }

    /// A first line that is nothing but a name with an office: "Jane Roe, Foreign Minister".
    fn letterhead(&self) -> Vec<EntityId> {
        let mut found: Vec<EntityId> = Vec::new();
        for (n, sentence) in self.document.sentences.iter().enumerate().take(OPENING) {
            let n_tokens = sentence.tokens.len();
            let is_name = |mention: &&Mention| {
                mention.tokens.start() == 0
                    && mention.entity().is_some_and(EntityId::is_person)
                    && self.word(sentence, mention.tokens.end() as usize) == ","
            };
            let name = self.actors(n, 0).find(is_name);
            // A heading may stand before it.
            let goes_on = n_tokens > LONGEST_LETTERHEAD
                || self.word(sentence, n_tokens.saturating_sub(1)) == ".";
            let Some(name) = name.filter(|_| n_tokens <= LONGEST_LETTERHEAD) else {
                if goes_on || !found.is_empty() {
                    break;
                }
                continue;
            };
            let behind = name.tokens.end() as usize + 1;
            let is_title = |token| self.joins(sentence, token) || self.is_for(sentence, token);
            let has_office = (behind..n_tokens).any(|at| self.is(WordList::Office, sentence, at));
            if !has_office || !(behind..n_tokens).all(is_title) {
                break;
            }
            found.extend(name.entity().cloned());
        }
        // Several make a transcript.
        if found.len() > 1 { Vec::new() } else { found }
    }

    fn is_for(&self, sentence: &Sentence, token: usize) -> bool {
        use FunctionWord::{For, In, On, To};
        let word = self.lexicon.function_word(self.word(sentence, token));
        matches!(word, Some(For | In | On | To))
    }
}

#[cfg(test)]
mod tests {
    use crate::gazetteer::Gazetteer;
    use crate::lexicon::Lexicon;
    use crate::model::{Article, EntityId};
    use crate::speech::Voices;
    use crate::text::read_document;

    #[test]
    fn a_text_tells_by_signatories_title_or_letterhead_who_issues_it() {
        let lexicon = Lexicon::load(None).unwrap();
        let gazetteer = Gazetteer::load(&lexicon, None).unwrap();
        for (title, body, issuers) in [
            (
                "On the grain",
                "We, the leaders of Kenya, Ghana and Mali, condemn the raid.",
                "KEN GHA MLI",
            ),
            ("Joint Statement of Norway and Finland", "We will build a road.", "NOR FIN"),
            ("Norway-Finland Joint Statement on Roads", "We will build one.", "NOR FIN"),
            ("Joint Statement on Roads in Chad", "We will build one.", ""),
            ("Statement by the Foreign Ministry of Norway", "We regret it.", "NOR"),
            ("Statement from Press Secretary Ned Price on Chad", "We regret it.", "ned-price"),
            (
                "Readout of President Macron’s Call with Olaf Scholz",
                "They spoke.",
                "emmanuel-macron",
            ),
            ("Emmanuel Macron’s Remarks on Chad", "We regret it.", "emmanuel-macron"),
            (
                "A raid in Chad",
                "Antony Blinken, Secretary of State\n\nWe regret it.",
                "antony-blinken",
            ),
            ("A raid in Chad", "Antony Blinken, Secretary of State, left Paris.\n\nWe know.", ""),
            (
                "A talk in Chad",
                "Antony Blinken, Secretary of State\n\nSergei Lavrov, Foreign Minister\n\nWell.",
                "",
            ),
            ("Norway regrets a statement", "The raid went on.", ""),
        ] {
            let issuers: Vec<&str> = issuers.split_whitespace().collect();
            let article = Article::from_text("a", body).with_title(title);
            let document = read_document(&lexicon, &article);
            let named = gazetteer.find_mentions(&article, &document).mentions;
            let voices = Voices::new(&lexicon, &article, &document, &named);
            let found: Vec<&str> = voices.issuers.iter().map(EntityId::slug).collect();
            assert_eq!(found, issuers, "{title}: {body}");
        }
    }
}
