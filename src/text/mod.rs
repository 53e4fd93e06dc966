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

use layout::Layout;

use crate::lexicon::Lexicon;
use crate::model::{Article, Document, Sentence, SentenceKind, Span, Token};

/// An article whose lines are judged: which are its own and what they tell of it.
///
/// ```
/// use tieline::lexicon::Lexicon;
/// use tieline::model::Article;
/// use tieline::text::Page;
///
/// let text = "Talks resume\n\nBy Jane Roe June 3, 2024 9:14 PM\n\nThe envoys met on Sept. 5. They \
///             didn't agree.";
/// let lexicon = Lexicon::load(None)?;
/// let page = Page::new(&lexicon, Article::from_text("talks", text));
/// assert_eq!(page.article.info.date.unwrap().to_string(), "2024-06-03");
/// let document = page.document(&lexicon);
/// let last = document.sentences.last().unwrap();
/// assert_eq!(last.span.of(&page.article.text), "They didn't agree.");
/// assert_eq!(last.tokens[2].span.of(&page.article.text), "n't");
/// # Ok::<(), tieline::lexicon::LexiconError>(())
/// ```
#[derive(Debug)]
pub struct Page {
    /// With the title, date and outlet that its text tells where its source did not.
    pub article: Article,
    layout: Layout,
}

impl Page {
    /// Judges the lines of an article.
    #[must_use]
    pub fn new(lexicon: &Lexicon, mut article: Article) -> Self {
        let layout = layout::read(lexicon, &article.text, article.body_start as usize);
        front_matter::complete(lexicon, &mut article, &layout.lines);
        Self { article, layout }
    }

    /// Cuts the article into sentences and tokens. Text that defeats it yields fewer sentences.
    #[must_use]
    pub fn document(&self, lexicon: &Lexicon) -> Document {
        document(lexicon, &self.article.text, &self.layout)
    }
}

/// The sentences and tokens of an article, whatever else its lines tell.
#[must_use]
pub fn read_document(lexicon: &Lexicon, article: &Article) -> Document {
    let text = &*article.text;
    document(lexicon, text, &layout::read(lexicon, text, article.body_start as usize))
}

fn document(lexicon: &Lexicon, text: &str, layout: &Layout) -> Document {
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
    let boilerplate = layout.boilerplate.iter().cloned().map(Span::from_range).collect();
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
