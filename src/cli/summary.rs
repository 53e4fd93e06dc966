//! What `build` prints at the end: counts, main actors, strongest ties with their best lines.

use std::cmp::Reverse;
use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, Table, presets};
use serde_json::json;

use crate::graph::{Tie, Weighting};
use crate::model::{Entity, EntityDirectory};
use crate::runs::Made;

use super::line::{counted, print_quote, standings, status};
use super::ties::tie_json;

const MAIN_ACTORS: usize = 10;
const STRONGEST_TIES: usize = 8;
const SKIPPED_SHOWN: usize = 5;

/// What a run found.
pub(super) struct Summary<'a> {
    pub(super) made: &'a Made,
    pub(super) out: &'a Path,
}

impl<'a> Summary<'a> {
    fn measure(&self, name: &str) -> &'a [f64] {
        let column = self.made.published.measures.iter().find(|column| column.name == name);
        &column.expect("the measure is computed").values
    }

    /// Entities with their degree and `PageRank`, the most central first.
    fn main_actors(&self) -> Vec<(&'a Entity, f64, f64)> {
        let (degree, rank) = (self.measure("degree"), self.measure("page_rank"));
        let mut actors: Vec<_> = self
            .made
            .published
            .graph
            .entities()
            .enumerate()
            .map(|(index, entity)| (entity, degree[index], rank[index]))
            .collect();
        actors.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.id.cmp(&b.0.id)));
        actors.truncate(MAIN_ACTORS);
        actors
    }

    /// Ties that the most stories assert. Offices are facts about people rather than ties
    /// between actors, so they come last.
    fn strongest_ties(&self) -> Vec<(&'a Entity, &'a Entity, &'a Tie)> {
        let mut ties: Vec<_> = self.made.published.graph.ties().collect();
        ties.sort_by_key(|(_, _, tie)| {
            let is_office = tie.best().claim.role.is_some();
            let weight = tie.weight(Weighting::Asserted);
            (is_office, Reverse(weight), Reverse(tie.all.claims))
        });
        ties.truncate(STRONGEST_TIES);
        ties
    }
}

/// Prints for people.
pub(super) fn print_text(summary: &Summary<'_>) -> io::Result<()> {
    let out = &mut super::terminal::stdout();
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let counts = &summary.made.manifest.counts;
    let skipped = &summary.made.manifest.skipped;
    let directory = &summary.made.published.context.directory;
    writeln!(
        out,
        "{bold}{} ({}), {}, {}, {}{bold:#}",
        counted(counts.articles, "article", "articles"),
        counted(counts.stories, "story", "stories"),
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
            print_tie(out, source, target, tie, directory)?;
        }
    }
    if counts.skipped > 0 {
        writeln!(out, "\n{bold}Skipped: {}{bold:#}", counts.skipped)?;
        for skipped in skipped.iter().take(SKIPPED_SHOWN) {
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

fn print_tie(
    out: &mut dyn Write,
    source: &Entity,
    target: &Entity,
    tie: &Tie,
    directory: &EntityDirectory,
) -> io::Result<()> {
    let green = Style::new().bold().fg_color(Some(AnsiColor::Green.into()));
    let arrow = if tie.relation.is_symmetric() { "—" } else { "→" };
    writeln!(
        out,
        "  {green}{}{green:#} {} {arrow} {green}{}{green:#}  {}: {}",
        source.name,
        tie.relation,
        target.name,
        status(tie, directory),
        standings(tie)
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
        .map(|(source, target, tie)| tie_json(source, target, tie))
        .collect();
    let manifest = &summary.made.manifest;
    let document = json!({
        "out": summary.out, "counts": manifest.counts, "main_actors": actors,
        "strongest_ties": ties, "skipped": manifest.skipped,
    });
    let out = &mut super::terminal::json();
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
