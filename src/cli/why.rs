//! `tieline why`.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use anyhow::Context;

use crate::export::ClaimRow;
use crate::graph::Line;
use crate::model::Claim;

use super::line::{caveats, counted, provenance};
use super::selection::{Query, Selected};
use super::{Format, Outcome};

/// Quote every line behind a tie, by direction, relation and standing, newest first; with `--format
/// json`, a claim a line.
///
/// Entities are given by id (state:PRK), code (PRK), name, alias, surname, capital or seat of power.
/// With one entity, all of its ties are quoted.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline why Russia \"North Korea\"
  tieline why PRK RUS --relation supplies --since 2024 --limit 3
  tieline why Putin \"Kim Jong Un\" --format json | jq .sentence")]
pub(super) struct Arguments {
    /// One end.
    a: String,
    /// The other end; any if left out.
    b: Option<String>,
    /// Lines that are quoted of each standing of a tie; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 0)]
    limit: usize,
    #[command(flatten)]
    query: Query,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let selected = arguments.query.select()?;
    let names = selected.names();
    let a = names.find_one(&arguments.a)?;
    let b = arguments.b.as_deref().map(|name| names.find_one(name)).transpose()?;
    let mut lines: Vec<&Line> = selected
        .lines
        .iter()
        .filter(|line| {
            let ends = [&line.claim.source, &line.claim.target];
            ends.contains(&&a) && b.as_ref().is_none_or(|b| ends.contains(&b) && *b != a)
        })
        .collect();
    // What comes from the first end stands before what comes to it.
    let group = |line: &Line| {
        let claim = &line.claim;
        let away = claim.relation.is_symmetric() || claim.source == a;
        (!away, claim.relation.clone(), claim.source.clone(), claim.target.clone(), line.standing)
    };
    lines.sort_by_cached_key(|line| {
        let date = line.claim.date().map(crate::model::DateSpan::last);
        (group(line), Reverse(date), line.claim.id.clone())
    });
    let limit = if arguments.limit == 0 { usize::MAX } else { arguments.limit };
    let groups: Vec<_> = lines.chunk_by(|x, y| group(x) == group(y)).collect();
    if arguments.query.format == Format::Json {
        let out = &mut super::terminal::json();
        for line in groups.iter().flat_map(|lines| lines.iter().take(limit)) {
            serde_json::to_writer(&mut *out, &ClaimRow::from(*line)).context("cannot print")?;
            writeln!(out)?;
        }
        return Ok(Outcome::Complete);
    }
    let out = &mut super::terminal::stdout();
    if groups.is_empty() {
        writeln!(out, "No line ties them here.")?;
    }
    for lines in groups {
        print_group(out, lines, limit, &selected)?;
    }
    Ok(Outcome::Complete)
}

/// The lines of one direction, relation and standing below what they say together.
fn print_group(
    out: &mut dyn Write,
    lines: &[&Line],
    limit: usize,
    selected: &Selected,
) -> io::Result<()> {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let name = |id| selected.context.directory.name(id);
    let first = lines[0];
    let claim = &first.claim;
    let arrow = if claim.relation.is_symmetric() { "—" } else { "→" };
    let stories: BTreeSet<_> = lines.iter().map(|line| &line.story).collect();
    writeln!(
        out,
        "{bold}{} {} {arrow} {}{bold:#}  {}: {}, {}",
        name(&claim.source),
        claim.relation,
        name(&claim.target),
        first.standing.words(),
        counted(lines.len() as u64, "line", "lines"),
        counted(stories.len() as u64, "story", "stories"),
    )?;
    for line in lines.iter().take(limit) {
        print_line(out, line, selected)?;
    }
    if lines.len() > limit {
        writeln!(out, "  {dim}{} more: --limit 0 quotes all{dim:#}", lines.len() - limit)?;
    }
    writeln!(out)
}

/// One line: the quoted sentence with its parts marked, goods, speaker, the article and the claim.
fn print_line(out: &mut dyn Write, line: &Line, selected: &Selected) -> io::Result<()> {
    let claim = &*line.claim;
    let dim = Style::new().dimmed();
    let items: Vec<_> = claim.items.iter().map(|item| item.phrase.as_str()).collect();
    let items = match (&claim.quantity, &items[..]) {
        (_, []) => String::new(),
        (Some(quantity), items) => format!(" {} — {}", quantity.text, items.join(", ")),
        (None, items) => format!(" {}", items.join(", ")),
    };
    writeln!(out, "  “{}”{}{items}", marked(claim), caveats(line))?;
    let article = &claim.evidence.article;
    let event = claim.event_date.map(|date| format!(", happened {date}")).unwrap_or_default();
    let copies = selected.run.outlets(&article.id).len().saturating_sub(1);
    let copies = match copies {
        0 => String::new(),
        n => format!(", also in {}", counted(n as u64, "other outlet", "other outlets")),
    };
    writeln!(
        out,
        "    {dim}{}{event}{copies} [{} {}-{}] {} claim {}{dim:#}",
        provenance(claim),
        article.id,
        claim.evidence.span.start(),
        claim.evidence.span.end(),
        article.url.as_deref().unwrap_or(""),
        claim.id
    )
}

/// The sentence on one line, with source, target and trigger in colour.
fn marked(claim: &Claim) -> String {
    let evidence = &claim.evidence;
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    let mut parts = vec![(evidence.trigger, colour(AnsiColor::Yellow))];
    parts.extend(evidence.source.map(|span| (span, colour(AnsiColor::Green))));
    parts.extend(evidence.target.map(|span| (span, colour(AnsiColor::Cyan))));
    parts.sort_by_key(|(span, _)| *span);
    let (sentence, offset) = (&evidence.sentence, evidence.span.start());
    let mut line = String::new();
    let mut done = 0;
    for (span, style) in parts {
        // Parts may lie in another sentence, or overlap where one word plays two roles.
        let Some((start, end)) =
            span.start().checked_sub(offset).zip(span.end().checked_sub(offset))
        else {
            continue;
        };
        let (start, end) = (start as usize, end as usize);
        let (Some(before), Some(words)) = (sentence.get(done..start), sentence.get(start..end))
        else {
            continue;
        };
        line.push_str(before);
        let _ = write!(line, "{style}{words}{style:#}");
        done = end;
    }
    line.push_str(sentence.get(done..).unwrap_or(""));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
