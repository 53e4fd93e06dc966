//! `tieline diff`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::bail;
use serde_json::{Value, json};

use crate::export::ClaimRow;
use crate::graph::{Line, RelationGraph, Tie, Weighting};
use crate::model::{DateSpan, EntityDirectory, EntityId};

use super::line::{print_quote, status};
use super::names::Names;
use super::selection::{RunArguments, Selected, SelectionArguments, open_run, select_from};
use super::{Format, Outcome};

/// Compare two runs, or two periods of one: ties new, gone, stronger, weaker, newly denied, with the
/// lines that are new.
///
/// A tie is stronger or weaker by the number of stories that assert it, with `--weight all` by all
/// that tell of it. It is newly denied if a later line says that it does not hold, and no earlier one
/// does.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline diff january february
  tieline diff 2023 2024 --in network           two periods of one run
  tieline diff 2024-01/2024-06 2024-07/2024-12 --relation supplies
  tieline diff old new --among RUS,PRK --relation supplies --format json")]
pub(super) struct Arguments {
    /// Folder of the earlier run, or a day, month, year or interval of the run given by `--in`.
    #[arg(value_name = "BEFORE")]
    before: String,
    /// Folder of the later run, or a later period.
    #[arg(value_name = "AFTER")]
    after: String,
    /// How results are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    selection: SelectionArguments,
}

/// New lines that are shown of a tie; JSON has all.
const NEW_SHOWN: usize = 3;

/// One tie in the two runs; at least one of them has it.
#[derive(Clone, Copy)]
struct Pair<'g> {
    before: Option<&'g Tie>,
    after: Option<&'g Tie>,
    weighting: Weighting,
    /// Ids of the earlier claims.
    old: &'g BTreeSet<&'g str>,
}

/// Whether a pair belongs to a section of the report.
type Belongs = fn(&Pair<'_>) -> bool;

/// Source, relation, target.
type Key<'g> = (&'g EntityId, &'g str, &'g EntityId);

/// The two sides of a comparison, and the names of both.
fn sides(arguments: &Arguments) -> anyhow::Result<(Selected, Selected, EntityDirectory)> {
    let period = |text: &str| text.parse::<DateSpan>().ok().filter(|_| !Path::new(text).is_dir());
    let filters = &arguments.selection;
    match (period(&arguments.before), period(&arguments.after)) {
        (Some(before), Some(after)) => {
            let run = || open_run(&arguments.run.folder);
            let known = run()?.directory;
            let selection = filters.check(&Names::new(&known), &run()?.manifest.relations)?;
            let side = |period: DateSpan| -> anyhow::Result<Selected> {
                let mut selection = selection.clone();
                let filter = &mut selection.filter;
                filter.since = Some(filter.since.map_or(period.first(), |d| d.max(period.first())));
                filter.until = Some(filter.until.map_or(period.last(), |d| d.min(period.last())));
                select_from(run()?, &selection)
            };
            Ok((side(before)?, side(after)?, known))
        }
        (None, None) => {
            let before = open_run(Path::new(&arguments.before))?;
            let after = open_run(Path::new(&arguments.after))?;
            // An entity that one run alone knows can be asked for in both.
            let entities = before.directory.iter().chain(after.directory.iter());
            let known = EntityDirectory::new(entities.cloned());
            let relations = before.manifest.relations.union(&after.manifest.relations);
            let relations = relations.cloned().collect();
            let selection = filters.check(&Names::new(&known), &relations)?;
            Ok((select_from(before, &selection)?, select_from(after, &selection)?, known))
        }
        _ => bail!(
            "{:?} and {:?}: give two folders of runs, or two periods of one run",
            arguments.before,
            arguments.after
        ),
    }
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let (before, after, known) = sides(&arguments)?;
    let old: BTreeSet<&str> = before.lines.iter().map(|line| line.claim.id.as_str()).collect();
    let weighting = after.weighting;
    let mut pairs: BTreeMap<Key<'_>, Pair<'_>> = BTreeMap::new();
    for (key, tie) in ties(&before.graph) {
        pairs.insert(key, Pair { before: Some(tie), after: None, weighting, old: &old });
    }
    for (key, tie) in ties(&after.graph) {
        let pair =
            pairs.entry(key).or_insert(Pair { before: None, after: None, weighting, old: &old });
        pair.after = Some(tie);
    }
    let sections: [(&str, Belongs); 5] = [
        ("new", |pair| pair.before.is_none()),
        ("gone", |pair| pair.after.is_none()),
        ("stronger", |pair| pair.both().is_some_and(|(a, b)| pair.weight(a) < pair.weight(b))),
        ("weaker", |pair| pair.both().is_some_and(|(a, b)| pair.weight(a) > pair.weight(b))),
        ("newly_denied", |pair| {
            pair.after.is_some_and(|tie| tie.n_negative() > 0)
                && pair.before.is_none_or(|tie| tie.n_negative() == 0)
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

    fn weight(&self, tie: &Tie) -> u32 {
        tie.weight(self.weighting)
    }

    /// How many stories came or went.
    fn change(&self) -> u32 {
        let weight = |tie: Option<&Tie>| tie.map_or(0, |tie| self.weight(tie));
        weight(self.before).abs_diff(weight(self.after))
    }

    /// The later run's tie, else the earlier one's.
    fn latest(&self) -> &'g Tie {
        self.after.or(self.before).expect("a pair has a tie")
    }

    /// The lines of the later side that the earlier one lacks, denials first where one is new.
    fn new_lines(&self, section: &str) -> Vec<&'g Line> {
        let lines = self.after.iter().flat_map(|tie| &tie.evidence);
        let mut new: Vec<_> =
            lines.filter(|line| !self.old.contains(line.claim.id.as_str())).collect();
        if section == "newly_denied" {
            new.sort_by_key(|line| line.standing.is_positive());
        }
        new
    }

    fn to_json(self, (source, relation, target): &Key<'_>) -> Value {
        let state = |tie: &Tie| {
            json!({
                "weight": self.weight(tie), "claims": tie.all.claims, "negative": tie.n_negative(),
                "status": tie.status(), "disputed": tie.is_disputed(),
                "evidence": ClaimRow::from(tie.best()),
            })
        };
        json!({
            "source": source, "relation": relation, "target": target,
            "before": self.before.map(state), "after": self.after.map(state),
            "new_lines": self.new_lines("").into_iter().map(ClaimRow::from).collect::<Vec<_>>(),
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
        let weight = |tie: &Tie| pair.weight(tie).to_string();
        let stories = match (pair.before, pair.after) {
            (Some(before), Some(after)) => format!("{} → {}", weight(before), weight(after)),
            _ => weight(pair.latest()),
        };
        writeln!(
            out,
            "  {} {relation} {arrow} {}  {stories} stories, {}",
            directory.name(source),
            directory.name(target),
            status(pair.latest(), directory)
        )?;
        let new = pair.new_lines(name);
        if new.is_empty() {
            print_quote(out, pair.latest().best())?;
        }
        for line in new.iter().take(NEW_SHOWN) {
            print_quote(out, line)?;
        }
        if new.len() > NEW_SHOWN {
            writeln!(out, "    {} more new lines", new.len() - NEW_SHOWN)?;
        }
    }
    Ok(())
}
