//! Arguments become checked settings, a run, and an exit code. The only room that prints.
#![expect(clippy::needless_pass_by_value, reason = "a command owns its arguments")]

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::model::Article;
use crate::source::{Articles, Options};

mod add;
mod build;
mod cite;
mod completions;
mod correct;
mod diff;
mod draw;
mod evaluate;
mod explain;
mod gazetteer;
mod inputs;
mod interrupt;
mod knowledge;
mod line;
mod man;
mod mentions;
mod merge;
mod names;
mod parse;
mod path;
mod rank;
mod rules;
mod sample;
mod selection;
mod summary;
mod terminal;
mod ties;
mod timeline;
mod why;

/// Reads news articles and draws the network of who supplies, meets and warns whom.
#[derive(Debug, Parser)]
#[command(name = "tieline", version, propagate_version = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// The commands, in the order in which the help lists them.
#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Add(add::Arguments),
    Merge(merge::Arguments),
    Correct(Box<correct::Arguments>),
    Corrections(correct::ListArguments),
    Why(why::Arguments),
    Ties(ties::Arguments),
    Denials(ties::DenialArguments),
    Cite(cite::Arguments),
    Rank(rank::Arguments),
    Path(path::Arguments),
    Timeline(timeline::Arguments),
    Diff(diff::Arguments),
    Draw(draw::Arguments),
    Explain(explain::Arguments),
    Mentions(mentions::Arguments),
    Parse(parse::Arguments),
    Gazetteer(gazetteer::Arguments),
    Rules(rules::Arguments),
    Evaluate(evaluate::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// For people: tables and colour.
    #[default]
    Text,
    /// For programs: one JSON document, or JSON lines where results are many.
    Json,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Complete,
    /// Some inputs were skipped, as reported.
    InputsSkipped,
    /// Everything was read, and some of what was checked is wrong, as reported.
    ChecksFailed,
}

/// Runs the command line and returns the process's exit code: 0 all done, 1 inputs skipped or
/// checks failed, 2 could not run.
#[must_use]
pub fn run() -> ExitCode {
    ExitCode::from(run_from(std::env::args_os()))
}

/// As [`run`], with the `arguments` of the process given, the name of the program first. Whoever
/// asks for help, or asks wrongly, ends the process.
#[must_use]
pub fn run_from(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let outcome = match Arguments::parse_from(arguments).command {
        Command::Build(arguments) => build::run(arguments),
        Command::Add(arguments) => add::run(arguments),
        Command::Merge(arguments) => merge::run(arguments),
        Command::Correct(arguments) => correct::run(*arguments),
        Command::Corrections(arguments) => correct::list(arguments),
        Command::Ties(arguments) => ties::run(arguments),
        Command::Denials(arguments) => ties::denials(arguments),
        Command::Cite(arguments) => cite::run(arguments),
        Command::Why(arguments) => why::run(arguments),
        Command::Rank(arguments) => rank::run(arguments),
        Command::Path(arguments) => path::run(arguments),
        Command::Timeline(arguments) => timeline::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Draw(arguments) => draw::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Mentions(arguments) => mentions::run(arguments),
        Command::Parse(arguments) => parse::run(arguments),
        Command::Gazetteer(arguments) => gazetteer::run(arguments),
        Command::Rules(arguments) => rules::run(arguments),
        Command::Evaluate(arguments) => evaluate::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => man::run(arguments),
    };
    match outcome {
        Ok(Outcome::Complete) => 0,
        Ok(Outcome::InputsSkipped | Outcome::ChecksFailed) => 1,
        Err(error) if is_closed_pipe(&error) => 0,
        Err(error) => {
            terminal::tell(&format!("{}: {error:#}", style("error", anstyle::AnsiColor::Red)));
            2
        }
    }
}

/// Hands each article of `from` that can be read to `consume`, and tells of the others on
/// standard error.
///
/// # Errors
///
/// The first error of `consume`; nothing is read after it.
fn each_article<I>(
    from: I,
    options: Options,
    mut consume: impl FnMut(Article) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome>
where
    I: IntoIterator,
    I::Item: Into<PathBuf>,
{
    let mut outcome = Outcome::Complete;
    for article in Articles::with(from, options) {
        match article {
            Ok(article) => consume(article)?,
            Err(error) => {
                inputs::tell(&error);
                if !error.is_warning() {
                    outcome = Outcome::InputsSkipped;
                }
            }
        }
    }
    Ok(outcome)
}

/// Whether the reader of our output went away, as `head` does: no error of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// `text` in bold `color`; the stream drops the colour where it is not wanted.
fn style(text: &str, color: anstyle::AnsiColor) -> String {
    let style = anstyle::Style::new().bold().fg_color(Some(color.into()));
    format!("{style}{text}{style:#}")
}
