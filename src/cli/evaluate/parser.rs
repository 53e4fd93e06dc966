//! `tieline evaluate parser`: figures against CoNLL-U, from gold tokens or from raw text.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::cli::{Format, Outcome};
use crate::evaluation::{Match, TextEvaluation, TreeEvaluation, evaluate_text, evaluate_trees};
use crate::lexicon::Lexicon;
use crate::syntax::Parser;
use crate::syntax::conllu::{self, ConlluSentence};

/// Score tags, lemmas and trees against a CoNLL-U file.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Annotated sentences.
    file: PathBuf,
    /// Leave punctuation out of the figures.
    #[arg(long, conflicts_with = "raw")]
    no_punct: bool,
    /// Start from the raw text: score tokens and sentences too.
    #[arg(long)]
    raw: bool,
    /// Weights other than the embedded ones.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// How to print the figures.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(in crate::cli) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let Arguments { file, no_punct, raw, weights, format } = arguments;
    let parser = match &weights {
        Some(path) => Parser::load(path),
        None => Parser::embedded(),
    }?;
    let name = file.display().to_string();
    let input = File::open(&file).with_context(|| name.clone())?;
    let gold = conllu::read(BufReader::new(input)).context(name)?;
    let report = if raw {
        of_text(&Lexicon::load(None)?, &parser, &gold)
    } else {
        of_tokens(&parser, &gold, !no_punct)
    };
    let mut output = io::stdout().lock();
    match format {
        Format::Json => writeln!(output, "{report:#}")?,
        Format::Text => write_text(&report, &mut output)?,
    }
    Ok(Outcome::Complete)
}

fn of_tokens(parser: &Parser, gold: &[ConlluSentence], punctuation: bool) -> Value {
    let started = Instant::now();
    let TreeEvaluation { scores, n_tokens } = evaluate_trees(parser, gold, punctuation);
    let speed = tokens_per_second(n_tokens, started);
    let by_deprel = scores.by_deprel.iter().map(|(deprel, counts)| {
        let value = json!({
            "precision": counts.precision(),
            "recall": counts.recall(),
            "f1": counts.f1(),
            "gold": counts.gold,
            "found": counts.found,
        });
        (deprel.clone(), value)
    });
    json!({
        "sentences": gold.len(),
        "tokens": scores.uas.total,
        "upos": scores.upos.value(),
        "xpos": scores.xpos.value(),
        "lemma": scores.lemma.value(),
        "uas": scores.uas.value(),
        "las": scores.las.value(),
        "las_universal": scores.las_universal.value(),
        "tokens_per_second": speed,
        "deprels": by_deprel.collect::<serde_json::Map<_, _>>(),
    })
}

fn of_text(lexicon: &Lexicon, parser: &Parser, gold: &[ConlluSentence]) -> Value {
    let started = Instant::now();
    let TextEvaluation { scores, n_tokens } = evaluate_text(lexicon, parser, gold);
    let speed = tokens_per_second(n_tokens, started);
    let figures = |counts: Match| {
        json!({
            "precision": counts.precision(),
            "recall": counts.recall(),
            "f1": counts.f1(),
        })
    };
    json!({
        "sentences": gold.len(),
        "tokens": scores.tokens.gold,
        "token": figures(scores.tokens),
        "sentence": figures(scores.sentences),
        "upos": figures(scores.upos),
        "uas": figures(scores.uas),
        "las": figures(scores.las),
        "tokens_per_second": speed,
    })
}

/// Speed of reading and comparing since `started`; comparing takes hardly any time.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a speed needs no more digits"
)]
fn tokens_per_second(n_tokens: usize, started: Instant) -> u64 {
    (n_tokens as f64 / started.elapsed().as_secs_f64().max(1e-9)) as u64
}

/// Writes figures in percent, then a table of relations where there is one.
fn write_text(report: &Value, output: &mut dyn Write) -> io::Result<()> {
    let percent = |value: &Value| format!("{:6.2} %", value.as_f64().unwrap_or(0.0) * 100.0);
    let Value::Object(report) = report else { return Ok(()) };
    for (key, value) in report {
        match value {
            Value::Object(figures) if figures.contains_key("f1") => {
                let [precision, recall, f1] =
                    ["precision", "recall", "f1"].map(|name| percent(&figures[name]));
                writeln!(output, "{key:<20}{f1}  (precision {precision}, recall {recall})")?;
            }
            Value::Object(deprels) => {
                let mut table = comfy_table::Table::new();
                table.load_preset(comfy_table::presets::NOTHING);
                table.set_header(["deprel", "precision", "recall", "f1", "gold"]);
                for (name, figures) in deprels {
                    let [precision, recall, f1] =
                        ["precision", "recall", "f1"].map(|name| percent(&figures[name]));
                    table.add_row([
                        name.clone(),
                        precision,
                        recall,
                        f1,
                        figures["gold"].to_string(),
                    ]);
                }
                writeln!(output, "\n{table}")?;
            }
            Value::Number(number) if number.is_f64() => {
                writeln!(output, "{key:<20}{}", percent(value))?;
            }
            _ => writeln!(output, "{key:<20}{value:>7}")?,
        }
    }
    Ok(())
}
