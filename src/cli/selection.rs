//! The filters that every command shares, from arguments to a network.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use crate::graph::{
    Context as RunContext, EvidenceLimit, Filter, GraphBuilder, Line, RelationGraph, Rollup,
    Selection, Weighting,
};
use crate::model::{DateSpan, EntityKind, Modality, Polarity};
use crate::runs::{FinishedRun, Relation, RunError};

use super::Format;
use super::names::{Names, nearest};

/// Where a finished run lies.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct RunArguments {
    /// Folder of a finished `build`.
    #[arg(long = "in", value_name = "DIR", default_value = "exports", global = true)]
    pub(super) folder: PathBuf,
}

/// What every question to a finished run holds.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Query {
    /// How results are printed.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    pub(super) selection: SelectionArguments,
}

impl Query {
    /// Reads the run back and applies the filters.
    pub(super) fn select(&self) -> anyhow::Result<Selected> {
        select(&self.run.folder, &self.selection)
    }
}

/// Which claims and ties count.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Filters")]
pub(super) struct SelectionArguments {
    /// Only these relations.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    relation: Vec<String>,
    /// Only ties between entities of these kinds: person, state, organization, group, weapon.
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<EntityKind>,
    /// Only these states with their people and organizations, such as RUS,PRK,CHN.
    #[arg(long, value_name = "ENTITY", value_delimiter = ',')]
    among: Vec<String>,
    /// Only the neighbourhood of an entity.
    #[arg(long, value_name = "ENTITY")]
    around: Option<String>,
    /// How many ties the neighbourhood reaches.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    depth: u32,
    /// Only claims dated on this day, month or year, or later.
    #[arg(long, value_name = "DATE")]
    since: Option<DateSpan>,
    /// Only claims dated on this day, month or year, or earlier.
    #[arg(long, value_name = "DATE")]
    until: Option<DateSpan>,
    /// What a tie weighs by: the stories that assert it, or all that tell of it.
    #[arg(long, value_name = "WHAT", default_value_t = Weighting::Asserted)]
    weight: Weighting,
    /// Only ties of at least this weight.
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_weight: u32,
    /// Only claims with at least this confidence, from 0 to 1.
    #[arg(long, value_name = "P", default_value_t = 0.0)]
    min_confidence: f32,
    /// Only claims that something holds (positive), or does not (negative).
    #[arg(long, value_name = "POLARITY")]
    polarity: Option<Polarity>,
    /// Only claims that are asserted, hedged or prospective.
    #[arg(long, value_name = "MODALITY", value_delimiter = ',')]
    modality: Vec<Modality>,
    /// Roll entities up before counting.
    #[arg(long, value_name = "HOW")]
    project: Option<Rollup>,
}

impl SelectionArguments {
    /// Finds the entities and relations that the arguments name.
    pub(super) fn check(
        &self,
        names: &Names<'_>,
        relations: &BTreeSet<Relation>,
    ) -> anyhow::Result<Selection> {
        if !(0.0..=1.0).contains(&self.min_confidence) {
            bail!("--min-confidence {}: expected a number from 0 to 1", self.min_confidence);
        }
        for name in &self.relation {
            check_relation(name, relations)?;
        }
        let among = self.among.iter().map(|name| names.find_one(name));
        let around = self.around.as_deref().map(|name| names.find_one(name)).transpose()?;
        Ok(Selection {
            filter: Filter {
                relations: self.relation.clone(),
                kinds: self.kind.clone(),
                polarity: self.polarity,
                modalities: self.modality.clone(),
                since: self.since.map(DateSpan::first),
                until: self.until.map(DateSpan::last),
                min_confidence: self.min_confidence,
                among: among.collect::<anyhow::Result<_>>()?,
            },
            around: around.map(|id| (id, self.depth)),
            weighting: self.weight,
            min_weight: self.min_weight,
            rollup: self.project,
        })
    }
}

/// Refuses a relation that nobody knows, with those that are.
pub(super) fn check_relation(name: &str, relations: &BTreeSet<Relation>) -> anyhow::Result<()> {
    if relations.iter().any(|relation| relation.name == name) {
        return Ok(());
    }
    let known: Vec<_> = relations.iter().map(|relation| relation.name.as_str()).collect();
    let meant = nearest(name, known.iter().copied());
    let meant = meant.first().map(|name| format!("did you mean {name}? ")).unwrap_or_default();
    bail!("unknown relation {name:?}: {meant}known: {}", known.join(", "))
}

/// A finished run, cut down to what counts.
#[derive(Debug)]
pub(super) struct Selected {
    /// The run.
    pub(super) run: FinishedRun,
    /// Lines that count, in the order of the run.
    pub(super) lines: Vec<Line>,
    /// Their network.
    pub(super) graph: RelationGraph,
    /// What is known of the entities, stories and verbs.
    pub(super) context: RunContext,
    /// What ties weigh by.
    pub(super) weighting: Weighting,
}

impl Selected {
    /// Finds entities of the run by what people call them.
    pub(super) fn names(&self) -> Names<'_> {
        Names::new(&self.context.directory)
    }
}

/// Reads a finished run back and applies the filters.
pub(super) fn select(folder: &Path, filters: &SelectionArguments) -> anyhow::Result<Selected> {
    let run = open_run(folder)?;
    let selection = filters.check(&Names::new(&run.directory), &run.manifest.relations)?;
    select_from(run, &selection)
}

/// Opens a finished run.
pub(super) fn open_run(folder: &Path) -> anyhow::Result<FinishedRun> {
    FinishedRun::open(folder).map_err(|error| match error {
        RunError::NoRun { .. } => anyhow::anyhow!(
            "{} holds no finished run (make one with `tieline build INPUT --out {0}`)",
            folder.display()
        ),
        error => error.into(),
    })
}

/// Applies checked filters to a finished run.
pub(super) fn select_from(run: FinishedRun, selection: &Selection) -> anyhow::Result<Selected> {
    let context = run.context()?;
    let mut builder = GraphBuilder::new(EvidenceLimit::All, &context);
    let mut lines = Vec::new();
    for claim in run.claims()? {
        if let Some(claim) = selection.apply(Arc::new(claim?), &context.directory) {
            builder.add(&claim);
            lines.push(context.line(&claim));
        }
    }
    let graph = selection.cut(builder.finish());
    lines.retain(|line| {
        let claim = &line.claim;
        let ends = graph.node(&claim.source).zip(graph.node(&claim.target));
        ends.is_some_and(|(source, target)| {
            let mut ties = graph.graph().edges_connecting(source, target);
            ties.any(|tie| tie.weight().relation == claim.relation)
        })
    });
    Ok(Selected { run, lines, graph, context, weighting: selection.weighting })
}
