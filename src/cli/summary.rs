//! What `build` prints at the end: counts, main actors, strongest ties with their best lines.

use std::cmp::Reverse;
use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, Table, presets};
use serde_json::json;

use crate::export::{ClaimRow, InputCounts, Network, Skipped};
use crate::graph::Tie;
use crate::model::Entity;

use super::line::print_quote;

const MAIN_ACTORS: usize = 10;
const STRONGEST_TIES: usize = 8;
const SKIPPED_SHOWN: usize = 5;

/// What a run found.
pub(super) struct Summary<'a> {
    pub(super) network: Network<'a>,
    pub(super) counts: &'a InputCounts,
    pub(super) skipped: &'a [Skipped],
    pub(super) out: &'a Path,
}

impl<'a> Summary<'a> {
    fn measure(&self, name: &str) -> &'a [f64] {
        let column = self.network.measures.iter().find(|column| column.name == name);
        &column.expect("the measure is computed").values
    }

    /// Entities with their degree and `PageRank`, the most central first.
    fn main_actors(&self) -> Vec<(&'a Entity, f64, f64)> {
        let (degree, rank) = (self.measure("degree"), self.measure("page_rank"));
        let mut actors: Vec<_> = self
            .network
            .graph
            .entities()
            .enumerate()
            .map(|(index, entity)| (entity, degree[index], rank[index]))
            .collect();
        actors.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.id.cmp(&b.0.id)));
        actors.truncate(MAIN_ACTORS);
        actors
    }

    /// Ties with the most articles behind them. Offices are facts about people rather than ties
    /// between actors, so they come last.
    fn strongest_ties(&self) -> Vec<(&'a Entity, &'a Entity, &'a Tie)> {
        let mut ties: Vec<_> = self.network.graph.ties().collect();
        ties.sort_by_key(|(_, _, tie)| {
            (tie.relation.is_office(), Reverse(tie.weight), Reverse(tie.n_claims))
        });
        ties.truncate(STRONGEST_TIES);
        ties
    }
}

/// Prints for people.
pub(super) fn print_text(summary: &Summary<'_>) -> io::Result<()> {
    let out = &mut super::terminal::stdout();
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let counts = summary.counts;
    writeln!(
        out,
        "{bold}{}, {}, {}, {}{bold:#}",
        counted(counts.articles, "article", "articles"),
        counted(counts.claims, "claim", "claims"),
        counted(counts.entities, "entity", "entities"),
        counted(counts.ties, "tie", "ties"),
    )?;
    if counts.claims == 0 {
        writeln!(out, "No claim was found. `tieline explain \"SENTENCE\"` shows how one is read.")?;
    } else {
        writeln!(out, "\n{bold}Main actors{bold:#}")?;
        let mut table = Table::new();
        table.load_preset(presets::NOTHING);
        table.set_header(["", "entity", "kind", "ties to", "PageRank"]);
        for (place, (entity, degree, rank)) in summary.main_actors().into_iter().enumerate() {
            table.add_row([
                (place + 1).to_string(),
                entity.name.clone(),
                entity.id.kind().to_string(),
                degree.to_string(),
                format!("{rank:.3}"),
            ]);
        }
        for column in [0, 3, 4] {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        writeln!(out, "{table}")?;
        writeln!(out, "\n{bold}Strongest ties{bold:#}")?;
        for (source, target, tie) in summary.strongest_ties() {
            print_tie(out, source, target, tie)?;
        }
    }
    if counts.skipped > 0 {
        writeln!(out, "\n{bold}Skipped: {}{bold:#}", counts.skipped)?;
        for skipped in summary.skipped.iter().take(SKIPPED_SHOWN) {
            writeln!(out, "  {}: {}", skipped.input, skipped.reason)?;
        }
        if counts.skipped > SKIPPED_SHOWN as u64 {
            writeln!(out, "  … all in {}", summary.out.join("manifest.json").display())?;
        }
    }
    let folder = summary.out.display();
    writeln!(
        out,
        "\nWritten to {folder}/. {dim}Next: open {folder}/network.html in a browser; \
         tieline why A B --in {folder}{dim:#}"
    )
}

/// A number with its noun.
fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn print_tie(out: &mut dyn Write, source: &Entity, target: &Entity, tie: &Tie) -> io::Result<()> {
    let green = Style::new().bold().fg_color(Some(AnsiColor::Green.into()));
    let arrow = if tie.relation.is_symmetric() { "—" } else { "→" };
    let articles = if tie.weight == 1 { "article" } else { "articles" };
    let denied = match tie.n_negative {
        0 => String::new(),
        n => format!(", {n} of {} claims deny it", tie.n_claims),
    };
    writeln!(
        out,
        "  {green}{}{green:#} {} {arrow} {green}{}{green:#}  {} {articles}{denied}",
        source.name, tie.relation, target.name, tie.weight
    )?;
    print_quote(out, tie.best())
}

/// Prints one JSON document.
pub(super) fn print_json(summary: &Summary<'_>) -> io::Result<()> {
    let actors: Vec<_> = summary
        .main_actors()
        .into_iter()
        .map(|(entity, degree, rank)| {
            json!({"id": entity.id, "name": entity.name, "degree": degree, "page_rank": rank})
        })
        .collect();
    let ties: Vec<_> = summary
        .strongest_ties()
        .into_iter()
        .map(|(source, target, tie)| {
            json!({
                "source": source.id, "relation": tie.relation.as_str(), "target": target.id,
                "weight": tie.weight, "claims": tie.n_claims, "negative": tie.n_negative,
                "evidence": ClaimRow::from(tie.best()),
            })
        })
        .collect();
    let document = json!({
        "out": summary.out, "counts": summary.counts, "main_actors": actors,
        "strongest_ties": ties, "skipped": summary.skipped,
    });
    let out = &mut super::terminal::json();
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
