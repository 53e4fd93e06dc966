//! An article's text becomes sentences of tokens; boilerplate is recognised and left out.
//!
//! Comes in: an [`Article`]. Goes out: a [`Document`], whose sentences lie in paragraphs and know
//! what part of the article they stand in. Left out: what words mean.
//!
//! Tokens follow the English Universal Dependencies treebanks, which the parser is trained on.
//! Any text is read in linear time, and sentences are bounded in length.

mod layout;
mod lexicon;
mod sentences;
mod tokens;

use crate::model::{Article, Document, Sentence, Span, Token};

/// Cuts an article into sentences and tokens. Text that defeats it yields fewer sentences.
///
/// ```
/// use tieline::model::Article;
/// use tieline::text::read_document;
///
/// let text = "Talks resume\n\nThe envoys met on Sept. 5. They didn't agree.".to_owned();
/// let article = Article { info: Default::default(), text, body_start: 0 };
/// let document = read_document(&article);
/// let last = document.sentences.last().unwrap();
/// assert_eq!(last.span.of(&article.text), "They didn't agree.");
/// assert_eq!(last.tokens[2].span.of(&article.text), "n't");
/// ```
#[must_use]
pub fn read_document(article: &Article) -> Document {
    let text = article.text.as_str();
    let layout = layout::read(text, article.body_start as usize);
    let mut sentences = Vec::new();
    let mut tokens: Vec<Token> = Vec::new();
    for block in &layout.blocks {
        tokens.clear();
        for piece in &layout.pieces[block.pieces.clone()] {
            tokens::tokenize(text, piece.clone(), &mut tokens);
        }
        sentences::split(text, &tokens, |range| {
            let tokens = tokens[range].to_vec();
            let first = tokens[0].span;
            let span = tokens.last().map_or(first, |last| first.join(last.span));
            sentences.push(Sentence { span, kind: block.kind, paragraph: block.paragraph, tokens });
        });
    }
    let boilerplate = layout.boilerplate.into_iter().map(Span::from_range).collect();
    Document { sentences, boilerplate }
}

/// Cuts a text that is one paragraph of running prose, as treebanks and the command line have it.
///
/// Line breaks are white space, nothing is taken for a heading or for boilerplate.
#[must_use]
pub fn read_paragraph(text: &str) -> Vec<Sentence> {
    let mut tokens = Vec::new();
    tokens::tokenize(text, 0..text.len(), &mut tokens);
    let mut sentences = Vec::new();
    sentences::split(text, &tokens, |range| {
        let tokens = tokens[range].to_vec();
        let first = tokens[0].span;
        let span = tokens.last().map_or(first, |last| first.join(last.span));
        let kind = crate::model::SentenceKind::Body;
        sentences.push(Sentence { span, kind, paragraph: 0, tokens });
    });
    sentences
}
