//! The filters that every command shares, from arguments to a network.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use jiff::civil::Date;

use crate::export::FinishedRun;
use crate::graph::{EvidenceLimit, Filter, GraphBuilder, RelationGraph, neighbourhood};
use crate::model::{
    Claim, DateSpan, Entity, EntityDirectory, EntityId, EntityKind, Modality, Polarity,
};

use super::Format;

/// Where a finished run lies.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct RunArguments {
    /// Folder of a finished `build`.
    #[arg(long = "in", value_name = "DIR", default_value = "exports")]
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
    /// Only ties between entities of these kinds: person, state, organization, weapon.
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
    /// Only ties with at least so many articles behind them.
    #[arg(long, value_name = "N", default_value_t = 1)]
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

/// What entities are rolled up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Rollup {
    /// People and organizations become the states that they belong to.
    PeopleToStates,
}

/// Checked filters, ready to be applied.
#[derive(Debug)]
pub(super) struct Selection {
    filter: Filter,
    around: Option<(EntityId, u32)>,
    min_weight: u32,
    rollup: Option<Rollup>,
}

impl SelectionArguments {
    /// The filters that ask for something, as they were given, for the manifest of a run.
    pub(super) fn settings(&self) -> BTreeMap<String, String> {
        fn list<T: ToString>(values: &[T]) -> Option<String> {
            let values: Vec<_> = values.iter().map(T::to_string).collect();
            (!values.is_empty()).then(|| values.join(","))
        }
        let settings = [
            ("relation", list(&self.relation)),
            ("kind", list(&self.kind)),
            ("among", list(&self.among)),
            ("around", self.around.as_ref().map(|name| format!("{name} depth {}", self.depth))),
            ("since", self.since.map(|date| date.to_string())),
            ("until", self.until.map(|date| date.to_string())),
            ("min_weight", (self.min_weight > 1).then(|| self.min_weight.to_string())),
            (
                "min_confidence",
                (self.min_confidence > 0.0).then(|| self.min_confidence.to_string()),
            ),
            ("polarity", self.polarity.map(|polarity| polarity.to_string())),
            ("modality", list(&self.modality)),
            ("project", self.project.map(|_| "people-to-states".to_owned())),
        ];
        let given =
            settings.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        given.collect()
    }

    /// Whether denials alone are asked for.
    pub(super) fn wants_denials(&self) -> bool {
        self.polarity == Some(Polarity::Negative)
    }

    /// Finds the entities that the arguments name.
    pub(super) fn check(&self, directory: &EntityDirectory) -> anyhow::Result<Selection> {
        if !(0.0..=1.0).contains(&self.min_confidence) {
            bail!("--min-confidence {}: expected a number from 0 to 1", self.min_confidence);
        }
        let among = self.among.iter().map(|name| Ok(find_one(directory, name)?.id.clone()));
        let first = |date: DateSpan| date.first();
        let last = |date: DateSpan| date.last();
        let since: Option<Date> = self.since.map(first);
        let until: Option<Date> = self.until.map(last);
        let around = self.around.as_deref().map(|name| find_one(directory, name)).transpose()?;
        Ok(Selection {
            filter: Filter {
                relations: self.relation.clone(),
                kinds: self.kind.clone(),
                polarity: self.polarity,
                modalities: self.modality.clone(),
                since,
                until,
                min_confidence: self.min_confidence,
                among: among.collect::<anyhow::Result<_>>()?,
            },
            around: around.map(|entity| (entity.id.clone(), self.depth)),
            min_weight: self.min_weight,
            rollup: self.project,
        })
    }
}

impl Selection {
    /// The claim as it counts, or `None` if it does not.
    pub(super) fn apply(
        &self,
        claim: Arc<Claim>,
        directory: &EntityDirectory,
    ) -> Option<Arc<Claim>> {
        if !self.filter.accepts(&claim, directory) {
            return None;
        }
        match self.rollup {
            None => Some(claim),
            Some(Rollup::PeopleToStates) => {
                let state = |id: &EntityId| {
                    let state = directory.get(id).and_then(|entity| entity.state.clone());
                    state.unwrap_or_else(|| id.clone())
                };
                let (mut source, mut target) = (state(&claim.source), state(&claim.target));
                if claim.relation.is_symmetric() && target < source {
                    (source, target) = (target, source);
                }
                (source != target).then(|| Arc::new(Claim { source, target, ..(*claim).clone() }))
            }
        }
    }

    /// The ties of `graph` that count.
    pub(super) fn cut(&self, graph: RelationGraph) -> RelationGraph {
        let mut graph = graph;
        if self.min_weight > 1 {
            graph = graph.filtered(|_, _, tie| tie.weight >= self.min_weight);
        }
        if let Some((center, depth)) = &self.around {
            let ends = graph.ties().map(|(source, target, _)| (&source.id, &target.id));
            let near = neighbourhood(ends, center, *depth);
            graph = graph.filtered(|a, b, _| near.contains(&a.id) && near.contains(&b.id));
        }
        graph
    }
}

/// The one entity of `directory` that `name` means.
pub(super) fn find_one<'d>(
    directory: &'d EntityDirectory,
    name: &str,
) -> anyhow::Result<&'d Entity> {
    match &directory.find(name)[..] {
        [entity] => Ok(entity),
        [] => {
            bail!("{name:?} is no entity here (give an id such as state:PRK, a name or an alias)")
        }
        several => {
            let ids: Vec<_> = several.iter().map(|entity| entity.id.as_str()).collect();
            bail!("{name:?} may mean {}: give one of these ids", ids.join(", "))
        }
    }
}

/// A finished run, cut down to what counts.
#[derive(Debug)]
pub(super) struct Selected {
    /// Claims that count, in the order of the run.
    pub(super) claims: Vec<Arc<Claim>>,
    /// Their network.
    pub(super) graph: RelationGraph,
    /// What is known of the entities.
    pub(super) directory: EntityDirectory,
}

/// Reads a finished run back and applies the filters.
pub(super) fn select(folder: &Path, filters: &SelectionArguments) -> anyhow::Result<Selected> {
    let run = open_run(folder)?;
    let selection = filters.check(&run.directory)?;
    select_from(run, &selection)
}

/// Opens a finished run.
pub(super) fn open_run(folder: &Path) -> anyhow::Result<FinishedRun> {
    FinishedRun::open(folder).with_context(|| {
        format!(
            "{} holds no finished run (make one with `tieline build INPUT --out {0}`)",
            folder.display()
        )
    })
}

/// Applies checked filters to a finished run.
pub(super) fn select_from(run: FinishedRun, selection: &Selection) -> anyhow::Result<Selected> {
    let mut builder = GraphBuilder::new(EvidenceLimit::All);
    let mut claims = Vec::new();
    for claim in run.claims()? {
        if let Some(claim) = selection.apply(Arc::new(claim?), &run.directory) {
            builder.add(&claim);
            claims.push(claim);
        }
    }
    let graph = selection.cut(builder.finish(&run.directory));
    claims.retain(|claim| {
        let ends = graph.node(&claim.source).zip(graph.node(&claim.target));
        ends.is_some_and(|(source, target)| {
            let mut ties = graph.graph().edges_connecting(source, target);
            ties.any(|tie| tie.weight().relation == claim.relation)
        })
    });
    Ok(Selected { claims, graph, directory: run.directory })
}
