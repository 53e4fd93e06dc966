//! `tieline timeline`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use anyhow::Context;
use clap::ValueEnum;
use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;

use crate::graph::{Line, Standing};
use crate::model::ArticleId;

use super::Outcome;
use super::selection::{RunArguments, SelectionArguments, select};

/// Width of the longest bar, in characters.
const BAR: usize = 30;

/// Count claims by month and relation.
///
/// A claim counts in the month or year of the first day of its date: when the event took place if
/// the sentence tells, else when the article was published.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline timeline
  tieline timeline --relation supplies,meets --among RUS,PRK
  tieline timeline --by year --format csv > years.csv")]
pub(super) struct Arguments {
    /// What claims are counted by.
    #[arg(long, value_name = "PERIOD", value_enum, default_value_t)]
    by: Period,
    /// How results are printed: `csv` and `json` give a row a period and relation.
    #[arg(long, value_enum, default_value_t)]
    format: TableFormat,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    selection: SelectionArguments,
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Period {
    /// Calendar months.
    #[default]
    Month,
    /// Calendar years.
    Year,
}

impl Period {
    /// The period that holds `date`: `2024-10` or `2024`.
    pub(super) fn of(self, date: jiff::civil::Date) -> String {
        match self {
            Self::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Self::Year => format!("{:04}", date.year()),
        }
    }
}

/// How a table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum TableFormat {
    /// For people: a table with bars.
    #[default]
    Text,
    /// JSON lines.
    Json,
    /// Comma-separated values.
    Csv,
}

/// What was said of one relation in one period.
#[derive(Debug, Default, Serialize)]
struct Row {
    /// `2024-10` or `2024`; empty for claims without a date.
    period: String,
    relation: String,
    claims: u32,
    articles: usize,
    stories: usize,
    asserted: u32,
    hedged: u32,
    prospective: u32,
    denied: u32,
    negated: u32,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let selected = select(&arguments.run.folder, &arguments.selection)?;
    let rows = count(&selected.lines, arguments.by);
    match arguments.format {
        TableFormat::Text => print_text(&rows)?,
        TableFormat::Json => {
            let out = &mut super::terminal::json();
            for row in &rows {
                serde_json::to_writer(&mut *out, row).context("cannot print")?;
                writeln!(out)?;
            }
        }
        TableFormat::Csv => {
            let mut table = csv::Writer::from_writer(super::terminal::data());
            for row in &rows {
                table.serialize(row).map_err(io::Error::from)?;
            }
            table.flush()?;
        }
    }
    Ok(Outcome::Complete)
}

/// Rows by period and relation, in order; claims without a date first.
fn count(lines: &[Line], period: Period) -> Vec<Row> {
    type Told<'l> = BTreeSet<&'l ArticleId>;
    let mut rows: BTreeMap<(String, &str), (Row, Told<'_>, Told<'_>)> = BTreeMap::new();
    for line in lines {
        let claim = &line.claim;
        let period = claim.date().map(|date| period.of(date.first())).unwrap_or_default();
        let key = (period, claim.relation.as_str());
        let (row, articles, stories) = rows.entry(key).or_default();
        articles.insert(&claim.evidence.article.id);
        stories.insert(&line.story);
        row.claims += 1;
        match line.standing {
            Standing::Asserted => row.asserted += 1,
            Standing::Hedged => row.hedged += 1,
            Standing::Prospective => row.prospective += 1,
            Standing::Denied => row.denied += 1,
            Standing::Negated => row.negated += 1,
        }
    }
    rows.into_iter()
        .map(|((period, relation), (row, articles, stories))| Row {
            period,
            relation: relation.to_owned(),
            articles: articles.len(),
            stories: stories.len(),
            ..row
        })
        .collect()
}

/// A line a period: a bar of all claims, and a column a relation, the most frequent first.
fn print_text(rows: &[Row]) -> io::Result<()> {
    let out = &mut super::terminal::stdout();
    if rows.is_empty() {
        return writeln!(out, "No claim here.");
    }
    let mut relations: BTreeMap<&str, u32> = BTreeMap::new();
    let mut periods: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for row in rows {
        *relations.entry(&row.relation).or_default() += row.claims;
        periods.entry(&row.period).or_default().insert(&row.relation, row.claims);
    }
    let mut relations: Vec<_> = relations.into_iter().collect();
    relations.sort_by_key(|&(name, claims)| (std::cmp::Reverse(claims), name));
    let most = periods.values().map(|counts| counts.values().sum::<u32>()).max().unwrap_or(1);
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(["", "claims", ""].into_iter().chain(relations.iter().map(|r| r.0)));
    let green = Style::new().fg_color(Some(AnsiColor::Green.into()));
    for (period, counts) in &periods {
        let total: u32 = counts.values().sum();
        let length = (total as usize * BAR).div_ceil(most as usize);
        let period = if period.is_empty() { "no date" } else { period };
        let mut cells = vec![
            period.to_owned(),
            total.to_string(),
            format!("{}{}", "█".repeat(length), " ".repeat(BAR - length)),
        ];
        let cell = |&(relation, _): &(&str, u32)| {
            counts.get(relation).map(u32::to_string).unwrap_or_default()
        };
        cells.extend(relations.iter().map(cell));
        table.add_row(cells);
    }
    for column in (1..relations.len() + 3).filter(|&column| column != 2) {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    // The table measures its cells before colour is added.
    for line in table.to_string().lines() {
        match line.find('█').zip(line.rfind('█')) {
            Some((first, last)) => {
                let last = last + '█'.len_utf8();
                let (before, bar, after) = (&line[..first], &line[first..last], &line[last..]);
                writeln!(out, "{before}{green}{bar}{green:#}{after}")?;
            }
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}
