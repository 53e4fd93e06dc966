//! `tieline parse`: text or CoNLL-U in, CoNLL-U out.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::ValueEnum;

use super::Outcome;
use crate::lexicon::Lexicon;
use crate::syntax::{Parser, Scratch, conllu};
use crate::text;

/// Tag and parse text or CoNLL-U.
///
/// Writes CoNLL-U to standard output: forms, lemmas, tags, heads and relations.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What to parse; standard input if not given.
    file: Option<PathBuf>,
    /// What the input is; by default CoNLL-U if the file's name ends so, else plain text.
    #[arg(long, value_enum)]
    from: Option<Input>,
    /// Weights other than the embedded ones.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
}

/// Kinds of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Input {
    /// Paragraphs, separated by empty lines.
    Text,
    /// Paragraphs, one a line.
    Lines,
    /// Sentences and tokens are taken as given, annotation is replaced.
    Conllu,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let Arguments { file, from, weights } = arguments;
    let parser = match &weights {
        Some(path) => Parser::load(path),
        None => Parser::embedded(),
    }?;
    let is_conllu = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "conllu");
    let kind = from.unwrap_or_else(|| match &file {
        Some(path) if is_conllu(path) => Input::Conllu,
        _ => Input::Text,
    });
    let (name, input): (String, Box<dyn Read>) = match file {
        Some(path) => {
            let name = path.display().to_string();
            let file = File::open(path).with_context(|| name.clone())?;
            (name, Box::new(file))
        }
        None => ("standard input".to_owned(), Box::new(io::stdin())),
    };
    let mut output = BufWriter::new(super::terminal::data());
    let lexicon = Lexicon::load(None)?;
    let mut scratch = Scratch::default();
    if kind == Input::Conllu {
        for sentence in conllu::read(BufReader::new(input)).context(name)? {
            let tree = parser.parse_forms(&sentence.forms(), &mut scratch);
            let words = sentence.words.iter().map(|word| (word.form.as_str(), word.space_after));
            let comments = sentence.comments.iter().map(String::as_str);
            conllu::write(&mut output, comments, words, &tree)?;
        }
    } else {
        let mut bytes = Vec::new();
        BufReader::new(input).read_to_end(&mut bytes).context(name)?;
        let text = String::from_utf8_lossy(&bytes);
        let end = if kind == Input::Lines { "\n" } else { "\n\n" };
        for paragraph in text.replace("\r\n", "\n").split(end) {
            parse_paragraph(&lexicon, &parser, paragraph, &mut scratch, &mut output)?;
        }
    }
    output.flush()?;
    Ok(Outcome::Complete)
}

/// Writes the sentences of one paragraph.
fn parse_paragraph(
    lexicon: &Lexicon,
    parser: &Parser,
    text: &str,
    scratch: &mut Scratch,
    output: &mut dyn Write,
) -> io::Result<()> {
    for sentence in &text::read_paragraph(lexicon, text) {
        let tree = parser.parse(text, sentence, scratch);
        let comment = format!("# text = {}", sentence.span.of(text));
        let words = sentence.tokens.iter();
        let words = words.map(|token| (token.span.of(text), token.space_after));
        conllu::write(output, [comment.as_str()], words, &tree)?;
    }
    Ok(())
}
