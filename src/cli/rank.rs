//! `tieline rank`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::Style;
use comfy_table::{CellAlignment, Table, presets};
use serde_json::{Value, json};

use crate::graph::measures::{
    CONFIDENCE, Column, Measure, Precision, Projection, community, measure, page_rank,
};
use crate::graph::{EvidenceLimit, GraphBuilder, Line, RelationGraph, Weighting};
use crate::model::Entity;

use super::selection::{Query, Selected};
use super::timeline::Period;
use super::{Format, Outcome};

/// How many entities a window shows for people.
const SHOWN_A_WINDOW: usize = 5;

/// Rank entities by a measure of centrality.
///
/// Measures: degree, in-degree, out-degree, strength, page-rank, betweenness, closeness, harmonic,
/// eigenvector, katz, hub, authority, core-number, constraint. A tie weighs as many as stories assert
/// it, with `--weight all` as many as tell of it; the strongest entities come first, of constraint
/// the lowest, which are brokers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline rank                                  by PageRank
  tieline rank --by betweenness --kind person   go-betweens
  tieline rank --by in-degree --relation supplies --windows month
  tieline rank --communities --among RUS,PRK,CHN
  tieline rank --by strength --format json | jq '.ranking[0]'")]
pub(super) struct Arguments {
    /// The measure.
    #[arg(long, value_name = "MEASURE", default_value = "page_rank", value_parser = parse_measure)]
    by: Measure,
    /// How many entities are listed; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Rank anew in each month or year, by the first day of each claim's date.
    #[arg(long, value_name = "PERIOD", value_enum, conflicts_with = "communities")]
    windows: Option<Period>,
    /// List communities (Leiden) with their members, the most central first.
    #[arg(long)]
    communities: bool,
    /// Follow routes from every entity, however large the network is.
    #[arg(long)]
    exact: bool,
    #[command(flatten)]
    query: Query,
}

/// A measure by name; hyphens do for underscores.
fn parse_measure(name: &str) -> Result<Measure, crate::model::UnknownName> {
    name.replace('-', "_").parse()
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let selected = arguments.query.select()?;
    if arguments.communities {
        print_communities(&selected, arguments.query.format)?;
    } else if let Some(period) = arguments.windows {
        print_windows(&arguments, &selected, period)?;
    } else {
        print_ranking(&arguments, &selected)?;
    }
    Ok(Outcome::Complete)
}

impl Arguments {
    fn measure(&self, graph: &RelationGraph, weighting: Weighting) -> Column {
        let precision = if self.exact { Precision::Exact } else { Precision::Adaptive };
        measure(graph, self.by, weighting, precision)
    }

    /// Entities with their values in order, cut at `--top`.
    fn ranking<'g>(&self, graph: &'g RelationGraph, column: &Column) -> Vec<(&'g Entity, f64)> {
        let mut ranking: Vec<_> = graph.entities().zip(column.values.iter().copied()).collect();
        ranking.sort_by(|a, b| {
            let order = b.1.total_cmp(&a.1);
            let order = if self.by.lowest_first() { order.reverse() } else { order };
            order.then_with(|| a.0.id.cmp(&b.0.id))
        });
        if self.top > 0 {
            ranking.truncate(self.top);
        }
        ranking
    }

    /// A value for people: whole numbers as they are.
    fn shown(&self, value: f64) -> String {
        if self.by.is_whole() || self.by == Measure::Strength {
            value.to_string()
        } else {
            format!("{value:.4}")
        }
    }
}

/// Places from 1; equal values share one.
fn places(ranking: &[(&Entity, f64)]) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::with_capacity(ranking.len());
    for (index, (_, value)) in ranking.iter().enumerate() {
        let tied = index > 0 && ranking[index - 1].1.total_cmp(value).is_eq();
        places.push(if tied { places[index - 1] } else { index + 1 });
    }
    places
}

fn ranking_json(ranking: &[(&Entity, f64)]) -> Vec<Value> {
    let row = |(place, (entity, value)): (usize, &(&Entity, f64))| {
        json!({
            "rank": place, "id": entity.id, "name": entity.name, "kind": entity.id.kind(),
            "value": value,
        })
    };
    places(ranking).into_iter().zip(ranking).map(row).collect()
}

fn print_ranking(arguments: &Arguments, selected: &Selected) -> io::Result<()> {
    let graph = &selected.graph;
    let column = arguments.measure(graph, selected.weighting);
    let ranking = arguments.ranking(graph, &column);
    if arguments.query.format == Format::Json {
        return print_json(&json!({
            "measure": arguments.by, "meaning": arguments.by.meaning(),
            "weight": selected.weighting, "entities": graph.n_nodes(), "ties": graph.n_ties(),
            "error_bound": column.error_bound, "ranking": ranking_json(&ranking),
        }));
    }
    let out = &mut super::terminal::stdout();
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    writeln!(out, "{bold}{}{bold:#} {dim}({}){dim:#}", arguments.by, arguments.by.meaning())?;
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(["", "entity", "kind", arguments.by.as_str()]);
    for (place, (entity, value)) in places(&ranking).into_iter().zip(&ranking) {
        table.add_row([
            place.to_string(),
            entity.name.clone(),
            entity.id.kind().to_string(),
            arguments.shown(*value),
        ]);
    }
    for column in [0, 3] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    writeln!(out, "{table}")?;
    write!(out, "{dim}{} entities, {} ties", graph.n_nodes(), graph.n_ties())?;
    if let Some(bound) = column.error_bound {
        write!(
            out,
            "; sampled: every value is right within {bound:.4} with probability {CONFIDENCE} \
             (--exact for all)"
        )?;
    }
    writeln!(out, "{dim:#}")
}

fn print_windows(arguments: &Arguments, selected: &Selected, period: Period) -> io::Result<()> {
    let mut builders: BTreeMap<String, GraphBuilder> = BTreeMap::new();
    for Line { claim, .. } in &selected.lines {
        if let Some(date) = claim.date() {
            let builder = builders.entry(period.of(date.first()));
            let new = || GraphBuilder::new(EvidenceLimit::Best(1), &selected.context);
            builder.or_insert_with(new).add(claim);
        }
    }
    let windows = builders.into_iter().map(|(window, builder)| {
        let graph = builder.finish();
        let column = arguments.measure(&graph, selected.weighting);
        (window, graph, column)
    });
    if arguments.query.format == Format::Json {
        let windows: Vec<_> = windows
            .map(|(window, graph, column)| {
                json!({
                    "window": window, "entities": graph.n_nodes(), "ties": graph.n_ties(),
                    "error_bound": column.error_bound,
                    "ranking": ranking_json(&arguments.ranking(&graph, &column)),
                })
            })
            .collect();
        return print_json(&json!({
            "measure": arguments.by, "meaning": arguments.by.meaning(), "windows": windows,
        }));
    }
    let out = &mut super::terminal::stdout();
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    writeln!(out, "{bold}{}{bold:#} {dim}({}){dim:#}", arguments.by, arguments.by.meaning())?;
    let mut some = false;
    for (window, graph, column) in windows {
        some = true;
        let ranking = arguments.ranking(&graph, &column);
        let line: Vec<_> = ranking
            .iter()
            .take(SHOWN_A_WINDOW)
            .map(|(entity, value)| {
                format!("{} {dim}{}{dim:#}", entity.name, arguments.shown(*value))
            })
            .collect();
        writeln!(out, "{bold}{window}{bold:#}  {}", line.join(" · "))?;
    }
    if !some {
        writeln!(out, "No claim here has a date.")?;
    }
    Ok(())
}

/// An entity with its community and its `PageRank`.
type Member<'g> = (&'g Entity, (f64, f64));

fn print_communities(selected: &Selected, format: Format) -> io::Result<()> {
    let graph = &selected.graph;
    let numbers = community(&Projection::new(graph, Weighting::All));
    let ranks = page_rank(&Projection::new(graph, selected.weighting));
    let mut members: Vec<_> = graph.entities().zip(numbers.into_iter().zip(ranks)).collect();
    members.sort_by(|(a, (group_a, rank_a)), (b, (group_b, rank_b))| {
        group_a
            .total_cmp(group_b)
            .then_with(|| rank_b.total_cmp(rank_a))
            .then_with(|| a.id.cmp(&b.id))
    });
    let groups = members.chunk_by(|(_, (a, _)), (_, (b, _))| a.total_cmp(b).is_eq());
    if format == Format::Json {
        let group = |(group, number): (&[Member<'_>], u64)| {
            let members: Vec<_> = group
                .iter()
                .map(|(e, (_, rank))| json!({"id": e.id, "name": e.name, "page_rank": rank}))
                .collect();
            json!({"community": number, "members": members})
        };
        return print_json(&json!(groups.zip(1..).map(group).collect::<Vec<_>>()));
    }
    let out = &mut super::terminal::stdout();
    let bold = Style::new().bold();
    for (group, number) in groups.zip(1..) {
        let names: Vec<_> = group.iter().map(|(entity, _)| entity.name.as_str()).collect();
        writeln!(out, "{bold}Community {number}, {} entities{bold:#}", group.len())?;
        writeln!(out, "  {}", names.join(", "))?;
    }
    Ok(())
}

fn print_json(document: &Value) -> io::Result<()> {
    let out = &mut super::terminal::json();
    serde_json::to_writer_pretty(&mut *out, document)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_a_place() {
        let entity = |id: &str| Entity::bare(id.parse().unwrap(), id);
        let (a, b, c) = (entity("state:RUS"), entity("state:PRK"), entity("state:CHN"));
        assert_eq!(places(&[(&a, 2.0), (&b, 2.0), (&c, 1.0)]), [1, 1, 3]);
    }

    #[test]
    fn measures_are_found_by_either_spelling() {
        assert_eq!(parse_measure("in-degree").unwrap(), Measure::InDegree);
        assert!(parse_measure("rank").unwrap_err().to_string().contains("page_rank"));
    }
}
