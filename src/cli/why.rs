//! `tieline why`.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use anyhow::Context;

use crate::export::ClaimRow;
use crate::model::Claim;

use super::line::{caveats, provenance};
use super::selection::{Query, find_one};
use super::{Format, Outcome};

/// Quote every line behind a tie, newest first; with `--format json`, a claim a line.
///
/// Entities are given by id (state:PRK), code (PRK), name or alias. With one entity, all of its
/// ties are quoted.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline why Russia \"North Korea\"
  tieline why PRK RUS --relation supplies --since 2024
  tieline why Putin Kim --format json | jq .sentence")]
pub(super) struct Arguments {
    /// One end.
    a: String,
    /// The other end; any if left out.
    b: Option<String>,
    #[command(flatten)]
    query: Query,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let selected = arguments.query.select()?;
    let a = &find_one(&selected.directory, &arguments.a)?.id;
    let b = arguments.b.as_deref().map(|name| find_one(&selected.directory, name)).transpose()?;
    let mut claims: Vec<_> = selected
        .claims
        .iter()
        .filter(|claim| {
            let ends = [&claim.source, &claim.target];
            ends.contains(&a) && b.is_none_or(|b| ends.contains(&&b.id) && b.id != *a)
        })
        .collect();
    claims.sort_by_key(|claim| Reverse(claim.date().map(crate::model::DateSpan::last)));
    match arguments.query.format {
        Format::Json => {
            let out = &mut super::terminal::json();
            for claim in claims {
                serde_json::to_writer(&mut *out, &ClaimRow::from(&**claim))
                    .context("cannot print")?;
                writeln!(out)?;
            }
        }
        Format::Text => {
            let out = &mut super::terminal::stdout();
            if claims.is_empty() {
                writeln!(out, "No line ties them here.")?;
            }
            for claim in claims {
                let name = |id| selected.directory.name(id).to_owned();
                print_line(out, claim, &name(&claim.source), &name(&claim.target))?;
            }
        }
    }
    Ok(Outcome::Complete)
}

/// One claim: what it says in a line, the quoted sentence with its parts marked, the article.
pub(super) fn print_line(
    out: &mut dyn Write,
    claim: &Claim,
    source: &str,
    target: &str,
) -> io::Result<()> {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let caveats = caveats(claim);
    let items: Vec<_> = claim.items.iter().map(|item| item.phrase.as_str()).collect();
    let items = match (&claim.quantity, &items[..]) {
        (_, []) => String::new(),
        (Some(quantity), items) => format!(": {} — {}", quantity.text, items.join(", ")),
        (None, items) => format!(": {}", items.join(", ")),
    };
    let arrow = if claim.relation.is_symmetric() { "—" } else { "→" };
    writeln!(out, "{bold}{source} {} {arrow} {target}{bold:#}{items}{caveats}", claim.relation)?;
    writeln!(out, "  “{}”", marked(claim))?;
    let url = claim.evidence.article.url.as_deref().unwrap_or("");
    writeln!(
        out,
        "  {dim}{} [{} {}-{}] {url}{dim:#}\n",
        provenance(claim),
        claim.evidence.article.id,
        claim.evidence.span.start(),
        claim.evidence.span.end()
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
