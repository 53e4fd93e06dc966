//! `tieline diff`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

use crate::export::ClaimRow;
use crate::graph::{RelationGraph, Tie};
use crate::model::{Claim, EntityDirectory, EntityId, Polarity};

use super::line::print_quote;
use super::selection::{SelectionArguments, open_run, select_from};
use super::{Format, Outcome};

/// Compare two runs: ties new, gone, stronger, weaker, newly denied.
///
/// A tie is stronger or weaker by the number of articles behind it. It is newly denied if a line of
/// the second run says that it does not hold, and none of the first run does.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline diff january february
  tieline diff old new --among RUS,PRK --relation supplies --format json")]
pub(super) struct Arguments {
    /// Folder of the earlier run.
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// Folder of the later run.
    #[arg(value_name = "AFTER")]
    after: PathBuf,
    /// How results are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    selection: SelectionArguments,
}

/// One tie in the two runs; at least one of them has it.
#[derive(Clone, Copy)]
struct Pair<'g> {
    before: Option<&'g Tie>,
    after: Option<&'g Tie>,
}

/// Whether a pair belongs to a section of the report.
type Belongs = fn(&Pair<'_>) -> bool;

/// Source, relation, target.
type Key<'g> = (&'g EntityId, &'g str, &'g EntityId);

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let (before, after) = (open_run(&arguments.before)?, open_run(&arguments.after)?);
    // An entity that one run alone knows can be asked for in both.
    let known =
        EntityDirectory::new(before.directory.iter().chain(after.directory.iter()).cloned());
    let selection = arguments.selection.check(&known)?;
    let before = select_from(before, &selection)?;
    let after = select_from(after, &selection)?;
    let mut pairs: BTreeMap<Key<'_>, Pair<'_>> = BTreeMap::new();
    for (key, tie) in ties(&before.graph) {
        pairs.insert(key, Pair { before: Some(tie), after: None });
    }
    for (key, tie) in ties(&after.graph) {
        pairs.entry(key).or_insert(Pair { before: None, after: None }).after = Some(tie);
    }
    let sections: [(&str, Belongs); 5] = [
        ("new", |pair| pair.before.is_none()),
        ("gone", |pair| pair.after.is_none()),
        ("stronger", |pair| pair.both().is_some_and(|(a, b)| a.weight < b.weight)),
        ("weaker", |pair| pair.both().is_some_and(|(a, b)| a.weight > b.weight)),
        ("newly_denied", |pair| {
            pair.after.is_some_and(|tie| tie.n_negative > 0)
                && pair.before.is_none_or(|tie| tie.n_negative == 0)
        }),
    ];
    let sections = sections.map(|(name, belongs)| {
        let mut found: Vec<_> = pairs.iter().filter(|(_, pair)| belongs(pair)).collect();
        // The greatest change first; the sort keeps the order of ids among equals.
        found.sort_by_key(|(_, pair)| std::cmp::Reverse(pair.change()));
        (name, found)
    });
    match arguments.format {
        Format::Json => {
            let sections: serde_json::Map<String, Value> = sections
                .iter()
                .map(|(name, pairs)| {
                    let rows = pairs.iter().map(|(key, pair)| pair.to_json(key));
                    ((*name).to_owned(), rows.collect())
                })
                .collect();
            let out = &mut super::terminal::json();
            serde_json::to_writer_pretty(&mut *out, &sections).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Text => {
            let out = &mut super::terminal::stdout();
            let mut same = true;
            for (name, pairs) in &sections {
                if !pairs.is_empty() {
                    same = false;
                    print_section(out, name, pairs, &known)?;
                }
            }
            if same {
                writeln!(out, "The same ties, as strong as before.")?;
            }
        }
    }
    Ok(Outcome::Complete)
}

fn ties(graph: &RelationGraph) -> impl Iterator<Item = (Key<'_>, &Tie)> {
    graph.ties().map(|(source, target, tie)| ((&source.id, tie.relation.as_str(), &target.id), tie))
}

impl<'g> Pair<'g> {
    fn both(&self) -> Option<(&'g Tie, &'g Tie)> {
        self.before.zip(self.after)
    }

    /// How many articles came or went.
    fn change(&self) -> u32 {
        let weight = |tie: Option<&Tie>| tie.map_or(0, |tie| tie.weight);
        weight(self.before).abs_diff(weight(self.after))
    }

    /// The later run's tie, else the earlier one's.
    fn latest(&self) -> &'g Tie {
        self.after.or(self.before).expect("a pair has a tie")
    }

    /// The line that shows the change: a denial where one is new, else the best one.
    fn line(&self, section: &str) -> &'g Claim {
        let tie = self.latest();
        let negative = |claim: &&Arc<Claim>| claim.polarity == Polarity::Negative;
        let denial = || tie.evidence.iter().find(negative).map(|claim| &**claim);
        match section {
            "newly_denied" => denial().unwrap_or_else(|| tie.best()),
            _ => tie.best(),
        }
    }

    fn to_json(self, (source, relation, target): &Key<'_>) -> Value {
        let state = |tie: &Tie| {
            json!({
                "weight": tie.weight, "claims": tie.n_claims, "negative": tie.n_negative,
                "status": tie.status(), "evidence": ClaimRow::from(tie.best()),
            })
        };
        json!({
            "source": source, "relation": relation, "target": target,
            "before": self.before.map(state), "after": self.after.map(state),
        })
    }
}

fn print_section(
    out: &mut dyn Write,
    name: &str,
    pairs: &[(&Key<'_>, &Pair<'_>)],
    directory: &EntityDirectory,
) -> io::Result<()> {
    let color = match name {
        "new" | "stronger" => AnsiColor::Green,
        "gone" | "weaker" => AnsiColor::Red,
        _ => AnsiColor::Yellow,
    };
    let heading = Style::new().bold().fg_color(Some(color.into()));
    writeln!(out, "{heading}{}: {}{heading:#}", name.replace('_', " "), pairs.len())?;
    for ((source, relation, target), pair) in pairs {
        let arrow = if pair.latest().relation.is_symmetric() { "—" } else { "→" };
        let weight = |tie: &Tie| tie.weight.to_string();
        let articles = match (pair.before, pair.after) {
            (Some(before), Some(after)) => format!("{} → {}", weight(before), weight(after)),
            _ => weight(pair.latest()),
        };
        writeln!(
            out,
            "  {} {relation} {arrow} {}  {articles} articles",
            directory.name(source),
            directory.name(target)
        )?;
        print_quote(out, pair.line(name))?;
    }
    Ok(())
}
