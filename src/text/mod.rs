//! An article's text becomes sentences of tokens; boilerplate is recognised and left out.
//!
//! Comes in: an [`Article`]. Goes out: a [`Document`], whose sentences lie in paragraphs and know
//! what part of the article they stand in. Left out: what words mean.
//!
//! Tokens follow the English Universal Dependencies treebanks, which the parser is trained on.
//! Any text is read in linear time, and sentences are bounded in length.

mod abbreviation;
mod boilerplate;
mod front_matter;
mod layout;
mod phrases;
mod sentences;
mod tokens;

pub use front_matter::complete_info;

use crate::lexicon::Lexicon;
use crate::model::{Article, Document, Sentence, SentenceKind, Span, Token};

/// Cuts an article into sentences and tokens. Text that defeats it yields fewer sentences.
///
/// ```
/// use tieline::lexicon::Lexicon;
/// use tieline::model::Article;
/// use tieline::text::read_document;
///
/// let text = "Talks resume\n\nThe envoys met on Sept. 5. They didn't agree.".to_owned();
/// let article = Article { info: Default::default(), text, body_start: 0 };
/// let document = read_document(&Lexicon::load(None)?, &article);
/// let last = document.sentences.last().unwrap();
/// assert_eq!(last.span.of(&article.text), "They didn't agree.");
/// assert_eq!(last.tokens[2].span.of(&article.text), "n't");
/// # Ok::<(), tieline::lexicon::LexiconError>(())
/// ```
#[must_use]
pub fn read_document(lexicon: &Lexicon, article: &Article) -> Document {
    let text = article.text.as_str();
    let layout = layout::read(lexicon, text, article.body_start as usize);
    let mut sentences = Vec::new();
    // English has a token to five or six bytes.
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    for block in &layout.blocks {
        tokens.clear();
        for piece in &layout.pieces[block.pieces.clone()] {
            tokens::tokenize(lexicon, text, piece.clone(), &mut tokens);
        }
        let first = sentences.len();
        sentences::split(lexicon, text, &tokens, |range| {
            sentences.push(sentence(&tokens[range], block.kind, block.paragraph));
        });
        if block.kind == SentenceKind::Caption {
            join_credit(text, &mut sentences, first);
        }
    }
    let boilerplate = layout.boilerplate.into_iter().map(Span::from_range).collect();
    Document { sentences, boilerplate }
}

/// Cuts a text that is one paragraph of running prose, as treebanks and the command line have it.
///
/// Line breaks are white space, nothing is taken for a heading or for boilerplate.
#[must_use]
pub fn read_paragraph(lexicon: &Lexicon, text: &str) -> Vec<Sentence> {
    let mut tokens = Vec::new();
    tokens::tokenize(lexicon, text, 0..text.len(), &mut tokens);
    let mut sentences = Vec::new();
    sentences::split(lexicon, text, &tokens, |range| {
        sentences.push(sentence(&tokens[range], SentenceKind::Body, 0));
    });
    sentences
}

fn sentence(tokens: &[Token], kind: SentenceKind, paragraph: u32) -> Sentence {
    let span = tokens[0].span.join(tokens[tokens.len() - 1].span);
    Sentence { span, kind, paragraph, tokens: tokens.to_vec() }
}

/// Gives the credit behind a caption to its sentence: "They met. (Pool photo)".
fn join_credit(text: &str, sentences: &mut Vec<Sentence>, first: usize) {
    let [.., last] = &sentences[first..] else { return };
    let credit = last.tokens.len() <= 12
        && last.span.of(text).starts_with(['(', '[', 'C', 'P', 'I'])
        && (last.span.of(text).ends_with([')', ']']) || last.span.of(text).contains(':'));
    if sentences.len() > first + 1
        && credit
        && let Some(credit) = sentences.pop()
        && let Some(caption) = sentences.last_mut()
    {
        caption.span = caption.span.join(credit.span);
        caption.tokens.extend(credit.tokens);
    }
}
