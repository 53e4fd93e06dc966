//! `tieline rules`.

use std::path::PathBuf;

use clap::Subcommand;

use super::knowledge::KnowledgeArguments;
use super::{Format, Outcome};
use crate::examples;

/// Check rule files.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Check(CheckArguments),
}

/// Read the examples of all rules and name file and line of each that fails.
///
/// Every rule brings sentences that it must match and sentences that it must not. The exit code is
/// 1 where one of them fails and 2 where a file breaks the rules' language.
#[derive(Debug, clap::Args)]
struct CheckArguments {
    /// Folder with rule files that add to or override the embedded ones.
    #[arg(value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Folder with gazetteer tables that add to or override the embedded ones.
    #[arg(long, value_name = "DIR")]
    gazetteer: Option<PathBuf>,
    /// Folder with word lists that add to or override the embedded ones.
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
    /// How the result is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.task {
        Task::Check(arguments) => check(arguments),
    }
}

fn check(arguments: CheckArguments) -> anyhow::Result<Outcome> {
    let CheckArguments { rules, gazetteer, lexicon, format } = arguments;
    let report = examples::check(&KnowledgeArguments::new(gazetteer, rules, lexicon).load()?);
    match format {
        Format::Json => anstream::println!("{}", serde_json::to_string(&report)?),
        Format::Text => {
            for failure in &report.failures {
                anstream::println!("{failure}");
            }
            let examples::Report { n_rules, n_examples, failures } = &report;
            anstream::println!(
                "{n_rules} rules, {n_examples} examples, {} of them fail",
                failures.len()
            );
        }
    }
    Ok(if report.failures.is_empty() { Outcome::Complete } else { Outcome::ChecksFailed })
}
