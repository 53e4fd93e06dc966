//! `tieline mentions`.

use std::io::Write;

use serde::Serialize;

use crate::coreference;
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::model::{EntityKind, Field, MentionForm};
use crate::speech::Voices;
use crate::syntax::{Parser, Scratch};
use crate::text;

use super::{Outcome, each_article};

/// List every place where an entity is named, as JSON lines.
///
/// A line is `doc, id, kind, surface, start, end`: `start` and `end` are bytes of the document's
/// text, the second one after the last. `field` stands there where a mention lies in a title that
/// the record keeps apart, and `discovered` where the article itself introduces a person whom no
/// table lists.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline mentions article.txt
  tieline mentions news.jsonl | jq -r .id | sort | uniq -c | sort -rn | head")]
pub(super) struct Arguments {
    /// Files, folders, globs, or `-`.
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<String>,
    /// Folder with gazetteer tables that add to or override the embedded ones.
    #[arg(long, value_name = "DIR")]
    gazetteer: Option<std::path::PathBuf>,
    #[command(flatten)]
    reading: super::inputs::InputArguments,
    /// Folder with word lists that add to or override the embedded ones.
    #[arg(long, value_name = "DIR")]
    lexicon: Option<std::path::PathBuf>,
    /// List pronouns and descriptions too, with whom they mean: "it", "the two leaders".
    #[arg(long)]
    references: bool,
}

#[derive(Serialize)]
struct Row<'a> {
    doc: &'a str,
    id: &'a str,
    kind: EntityKind,
    surface: &'a str,
    start: u32,
    end: u32,
    form: MentionForm,
    #[serde(skip_serializing_if = "is_text")]
    field: Field,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    discovered: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_text(field: &Field) -> bool {
    *field == Field::Text
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::load(arguments.lexicon.as_deref())?;
    let gazetteer = Gazetteer::load(&lexicon, arguments.gazetteer.as_deref())?;
    let mut out = std::io::BufWriter::new(super::terminal::json());
    let parser = arguments.references.then(Parser::embedded).transpose()?;
    let mut scratch = Scratch::default();
    let outcome = each_article(arguments.inputs, arguments.reading.options(), |article| {
        let document = text::read_document(&lexicon, &article);
        let found = gazetteer.find_mentions(&article, &document);
        let mentions = match &parser {
            Some(parser) => {
                let sentences = document.sentences.iter();
                let trees: Vec<_> = sentences
                    .map(|sentence| Some(parser.parse(&article.text, sentence, &mut scratch)))
                    .collect();
                let (named, directory) = (&found.mentions, &found.directory);
                let voices = &Voices::new(&lexicon, &article, &document, named)
                    .published_by(found.publisher.as_ref());
                coreference::resolve(
                    &lexicon, &article, &document, &trees, named, directory, voices,
                )
            }
            None => found.mentions,
        };
        for mention in &mentions {
            let (field, span) = article.locate(mention.span);
            for id in &mention.entities {
                let row = Row {
                    doc: &article.info.id,
                    id: id.as_str(),
                    kind: id.kind(),
                    surface: mention.span.of(&article.text),
                    start: span.start(),
                    end: span.end(),
                    form: mention.form,
                    field,
                    discovered: found.directory.get(id).is_some_and(|entity| entity.discovered),
                };
                serde_json::to_writer(&mut out, &row).map_err(std::io::Error::from)?;
                out.write_all(b"\n")?;
            }
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(outcome)
}
