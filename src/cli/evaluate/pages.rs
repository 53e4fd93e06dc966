//! `tieline evaluate pages`.

use std::path::PathBuf;

use anyhow::bail;

use crate::cli::{Format, Outcome};
use crate::evaluation::{DateVerdict, PageEvaluation, evaluate_pages};
use crate::lexicon::Lexicon;

/// Score what is read of saved web pages against a gold file.
///
/// Main texts are compared by their runs of four words, dates by their day. A page whose gold has no
/// date states none, so that any date is an invented one.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// JSON lines with `doc`, `text` and, where the page states them, `date` and `title`.
    gold: PathBuf,
    /// Folder of the pages; by default that of the gold file.
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
    /// List every page whose text, date or title is not wholly right.
    #[arg(long)]
    errors: bool,
    /// Fail where F1 of the texts, or the share of stated dates that are right, lies below this,
    /// or a date is invented.
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, hide_default_value = true)]
    floor: f64,
    /// How the figures are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(in crate::cli) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::load(None)?;
    let evaluation = evaluate_pages(&lexicon, &arguments.gold, arguments.pages.as_deref())?;
    let (n_stated, n_right) = evaluation.stated_dates();
    match arguments.format {
        Format::Text => print_table(&evaluation),
        Format::Json => {
            let figures = serde_json::json!({
                "pages": evaluation.pages, "precision": evaluation.precision(),
                "recall": evaluation.recall(), "f1": evaluation.f1(),
                "dates_stated": n_stated, "dates_right": n_right,
            });
            anstream::println!("{figures}");
        }
    }
    if arguments.errors {
        print_errors(&evaluation);
    }
    let n_invented = evaluation.n_dates(DateVerdict::Invented);
    let lowest = evaluation.f1().min(evaluation.date_share());
    if arguments.floor > 0.0 && (lowest < arguments.floor || n_invented > 0) {
        bail!("texts or dates lie below {}, or a date is invented", arguments.floor);
    }
    Ok(Outcome::Complete)
}

fn print_table(evaluation: &PageEvaluation) {
    let titles: Vec<bool> =
        evaluation.pages.iter().filter_map(|page| page.title_is_right).collect();
    let n_right_titles = titles.iter().filter(|is_right| **is_right).count();
    let (n_stated, n_right) = evaluation.stated_dates();
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING);
    let n_dates = |verdict| evaluation.n_dates(verdict).to_string();
    for (name, figure) in [
        ("pages", evaluation.pages.len().to_string()),
        ("precision of the text", format!("{:.4}", evaluation.precision())),
        ("recall of the text", format!("{:.4}", evaluation.recall())),
        ("F1 of the text", format!("{:.4}", evaluation.f1())),
        ("titles right", format!("{n_right_titles} of {}", titles.len())),
        ("stated dates right", format!("{n_right} of {n_stated}")),
        ("dates wrong", n_dates(DateVerdict::Wrong)),
        ("dates missed", n_dates(DateVerdict::Missed)),
        ("dates invented", n_dates(DateVerdict::Invented)),
    ] {
        table.add_row([name.to_owned(), figure]);
    }
    anstream::println!("{table}");
}

fn print_errors(evaluation: &PageEvaluation) {
    for page in &evaluation.pages {
        if page.false_share + page.missed > 0.0 {
            anstream::println!(
                "text   {}: {:.0} % false, {:.0} % missed",
                page.doc,
                100.0 * page.false_share,
                100.0 * page.missed
            );
        }
        if page.date != DateVerdict::Right {
            let found = page.found_date.as_deref().unwrap_or("none");
            anstream::println!("date   {}: {:?}, found {found}", page.doc, page.date);
        }
        if page.title_is_right == Some(false) {
            anstream::println!("title  {}", page.doc);
        }
    }
}
