//! `tieline path`.

use std::io::{self, Write};

use anstyle::Style;
use anyhow::bail;
use serde_json::{Value, json};

use crate::export::ClaimRow;
use crate::graph::{RelationGraph, Step, Steps, Walk, is_step};
use crate::model::EntityId;

use super::line::{counted, print_quote, status};
use super::selection::{Query, Selected};
use super::{Format, Outcome};

/// Find chains of ties between two entities, each step with its line.
///
/// The shortest chains have the fewest steps. The strongest one is the chain whose weakest step has
/// the most stories behind it: those that assert it, or, with `--weight all`, all. What is only
/// denied or said not to be is no step, and what is only planned is one with `--prospective`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline path \"Kim Jong Un\" Iran
  tieline path PRK IRN --relation supplies --directed
  tieline path PRK CHN --since 2024 --format json")]
pub(super) struct Arguments {
    /// Where chains start: an id (state:PRK), code (PRK), name or alias.
    a: String,
    /// Where they end.
    b: String,
    /// How many of the shortest chains are shown.
    #[arg(long, value_name = "N", default_value_t = 3)]
    count: usize,
    /// Count ties that are only planned, sought or offered as steps, too.
    #[arg(long)]
    prospective: bool,
    /// Follow ties from source to target only; symmetric ones both ways.
    #[arg(long)]
    directed: bool,
    #[command(flatten)]
    query: Query,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let selected = arguments.query.select()?;
    let names = selected.names();
    let (a, b) = (&names.find_one(&arguments.a)?, &names.find_one(&arguments.b)?);
    if a == b {
        bail!("both ends are {a}");
    }
    let graph = &selected.graph;
    let walk = if arguments.directed { Walk::Directed } else { Walk::Undirected };
    let steps =
        Steps::new(graph, walk, selected.weighting, |tie| is_step(tie, arguments.prospective));
    let (shortest, strongest) = match graph.node(a).zip(graph.node(b)) {
        Some((a, b)) => (steps.shortest(a, b, arguments.count.max(1)), steps.strongest(a, b)),
        None => (Vec::new(), None),
    };
    match arguments.query.format {
        Format::Json => {
            let document = json!({
                "from": a, "to": b,
                "shortest": shortest.iter().map(|chain| to_json(graph, chain)).collect::<Vec<_>>(),
                "strongest": strongest.map(|chain| to_json(graph, &chain)),
            });
            let out = &mut super::terminal::json();
            serde_json::to_writer_pretty(&mut *out, &document).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Text => print_text(&selected, (a, b), &shortest, strongest.as_deref())?,
    }
    Ok(Outcome::Complete)
}

/// Number of stories behind the weakest step.
fn weakest(chain: &[Step]) -> u32 {
    chain.iter().map(|step| step.weight).min().unwrap_or(0)
}

fn to_json(graph: &RelationGraph, chain: &[Step]) -> Value {
    let graph = graph.graph();
    let steps: Vec<_> = chain
        .iter()
        .map(|step| {
            let tie = &graph[step.tie];
            json!({
                "from": graph[step.from].id, "to": graph[step.to].id,
                "weight": step.weight, "ties": step.n_ties, "status": tie.status(),
                "disputed": tie.is_disputed(), "evidence": ClaimRow::from(tie.best()),
            })
        })
        .collect();
    json!({"length": chain.len(), "weakest": weakest(chain), "steps": steps})
}

fn print_text(
    selected: &Selected,
    (a, b): (&EntityId, &EntityId),
    shortest: &[Vec<Step>],
    strongest: Option<&[Step]>,
) -> io::Result<()> {
    let out = &mut super::terminal::stdout();
    if shortest.is_empty() {
        return writeln!(out, "No chain of ties leads from {a} to {b} here.");
    }
    for chain in shortest {
        let same = strongest == Some(chain);
        print_chain(
            out,
            selected,
            if same { "Shortest and strongest" } else { "Shortest" },
            chain,
        )?;
    }
    if let Some(strongest) = strongest.filter(|&chain| shortest.iter().all(|s| s != chain)) {
        print_chain(out, selected, "Strongest", strongest)?;
    }
    Ok(())
}

fn print_chain(
    out: &mut dyn Write,
    selected: &Selected,
    heading: &str,
    chain: &[Step],
) -> io::Result<()> {
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    let graph = selected.graph.graph();
    let steps = if chain.len() == 1 { "step" } else { "steps" };
    writeln!(
        out,
        "{bold}{heading}: {} {steps}, each with at least {}{bold:#}",
        chain.len(),
        counted(weakest(chain), "story", "stories")
    )?;
    for step in chain {
        let tie = &graph[step.tie];
        let (source, target) = graph.edge_endpoints(step.tie).expect("steps are of this graph");
        let arrow = match (tie.relation.is_symmetric(), source == step.from) {
            (true, _) => format!("— {} —", tie.relation),
            (false, true) => format!("— {} →", tie.relation),
            (false, false) => format!("← {} —", tie.relation),
        };
        debug_assert!(target == step.to || target == step.from, "ends of {}", tie.id);
        let others = match step.n_ties {
            1 => String::new(),
            2 => ", 1 other tie".to_owned(),
            n => format!(", {} other ties", n - 1),
        };
        writeln!(
            out,
            "  {} {arrow} {}  {}  {dim}weight {}{others}{dim:#}",
            graph[step.from].name,
            graph[step.to].name,
            status(tie, &selected.context.directory),
            step.weight
        )?;
        print_quote(out, tie.best())?;
    }
    writeln!(out)
}
