//! `tieline correct` and `tieline corrections`.

use std::io::{self, Write};

use anyhow::{Context, bail};
use clap::Subcommand;
use jiff::civil::Date;

use crate::model::{DateSpan, EntityId, Modality, Polarity};
use crate::runs::corrections::{AddedClaim, Day, Fields};
use crate::runs::{self, CORRECTIONS, Change, Correction, Corrections, judgements};

use super::build::{MakingArguments, ended};
use super::names::Names;
use super::selection::{RunArguments, check_relation, open_run};
use super::{Format, Outcome};

/// Decide that a claim or an entity is otherwise, for good.
///
/// Decisions stand in `corrections.toml` in the folder of the run, which people can edit and put under
/// version control. They hold in every later `build`, `add` and `merge`. Without a decision, applies
/// the file as it is now.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline correct reject 8c3dc03279253566 --by \"A. Analyst\" --why \"It is about a game.\"
  tieline correct edit 0f89f05af24377d3 --modality hedged --by \"A. Analyst\"
  tieline correct rename \"Kim Jong Un\" \"Kim Jong-un\" --by \"A. Analyst\"
  tieline correct                               after editing corrections.toml")]
pub(super) struct Arguments {
    #[command(subcommand)]
    decision: Option<Decision>,
    #[command(flatten)]
    run: RunArguments,
    #[command(flatten)]
    making: MakingArguments,
}

/// Who decides, when and why.
#[derive(Debug, clap::Args)]
struct Signature {
    /// Who decides.
    #[arg(long, value_name = "NAME")]
    by: String,
    /// On which day; today by default.
    #[arg(long, value_name = "DAY")]
    on: Option<Date>,
    /// Why.
    #[arg(long, value_name = "WORDS")]
    why: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Decision {
    /// The claim is wrong.
    Reject {
        /// Id of the claim, as `why` prints it.
        claim: String,
        #[command(flatten)]
        signature: Signature,
    },
    /// Fields of the claim are wrong.
    Edit {
        /// Id of the claim.
        claim: String,
        #[command(flatten)]
        fields: Box<FieldArguments>,
        #[command(flatten)]
        signature: Signature,
    },
    /// Several entities are one.
    Merge {
        /// The entities.
        #[arg(required = true)]
        entities: Vec<String>,
        /// What they become.
        #[arg(long, value_name = "ENTITY")]
        into: String,
        #[command(flatten)]
        signature: Signature,
    },
    /// An entity is two: some claims mean another one.
    Split {
        /// The entity.
        entity: String,
        /// Ids of the claims that mean the other one.
        #[arg(long, value_name = "ID", value_delimiter = ',', required = true)]
        claims: Vec<String>,
        /// Id of the other one, such as person:john-smith-of-riga.
        #[arg(long, value_name = "ID")]
        into: EntityId,
        /// Its name.
        #[arg(long, value_name = "NAME")]
        name: String,
        #[command(flatten)]
        signature: Signature,
    },
    /// Leave an entity and its claims out of everything.
    Hide {
        /// The entity.
        entity: String,
        #[command(flatten)]
        signature: Signature,
    },
    /// Show an entity by another name.
    Rename {
        /// The entity.
        entity: String,
        /// The name.
        name: String,
        #[command(flatten)]
        signature: Signature,
    },
    /// Give an entity one more name to ask by.
    Alias {
        /// The entity.
        entity: String,
        /// The name.
        alias: String,
        #[command(flatten)]
        signature: Signature,
    },
    /// Add a claim by hand, with its source.
    Add(Box<AddArguments>),
}

/// What a claim by hand says, and where.
#[derive(Debug, clap::Args)]
struct AddArguments {
    /// The relation.
    #[arg(long, value_name = "NAME")]
    relation: String,
    /// From whom.
    #[arg(long, value_name = "ENTITY")]
    source: String,
    /// To whom.
    #[arg(long, value_name = "ENTITY")]
    target: String,
    /// The line that says it.
    #[arg(long, value_name = "WORDS")]
    sentence: String,
    /// What is cited: an article of the run, or a name of your own.
    #[arg(long, value_name = "NAME")]
    doc: String,
    /// Its title.
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// When it was published.
    #[arg(long, value_name = "DATE")]
    date: Option<DateSpan>,
    /// Who published it.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Its address.
    #[arg(long, value_name = "ADDRESS")]
    url: Option<String>,
    /// What moves; several times for several goods.
    #[arg(long = "item", value_name = "GOODS")]
    items: Vec<String>,
    /// Whether it is said to hold.
    #[arg(long, value_name = "POLARITY", default_value_t = Polarity::Positive)]
    polarity: Polarity,
    /// How firmly.
    #[arg(long, value_name = "MODALITY", default_value_t = Modality::Asserted)]
    modality: Modality,
    /// Who says it.
    #[arg(long, value_name = "NAME")]
    attribution: Option<String>,
    /// When it took place.
    #[arg(long, value_name = "DATE")]
    event_date: Option<DateSpan>,
    #[command(flatten)]
    signature: Signature,
}

/// New values; an empty one takes a value away.
#[derive(Debug, clap::Args)]
struct FieldArguments {
    /// Name of the relation.
    #[arg(long, value_name = "NAME")]
    relation: Option<String>,
    /// From whom.
    #[arg(long, value_name = "ENTITY")]
    source: Option<String>,
    /// To whom.
    #[arg(long, value_name = "ENTITY")]
    target: Option<String>,
    /// What moves; several times for several goods.
    #[arg(long = "item", value_name = "GOODS")]
    items: Option<Vec<String>>,
    /// How much of it.
    #[arg(long, value_name = "WORDS")]
    quantity: Option<String>,
    /// Whether it is said to hold.
    #[arg(long, value_name = "POLARITY")]
    polarity: Option<Polarity>,
    /// How firmly.
    #[arg(long, value_name = "MODALITY")]
    modality: Option<Modality>,
    /// Who says it.
    #[arg(long, value_name = "NAME")]
    attribution: Option<String>,
    /// When it took place.
    #[arg(long, value_name = "DATE")]
    event_date: Option<String>,
    /// The office.
    #[arg(long, value_name = "WORDS")]
    role: Option<String>,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let folder = &arguments.run.folder;
    let mut making = arguments.making.making(folder)?;
    if let Some(decision) = arguments.decision {
        let run = open_run(folder)?;
        let names = Names::new(&run.directory);
        let (change, signature) = change(decision, &names, &run)?;
        let correction = Correction {
            change,
            by: signature.by,
            on: Day(match signature.on {
                Some(day) => day,
                None => today()?,
            }),
            why: signature.why,
        };
        making.corrections.decide(correction)?;
    }
    arguments.making.make(folder, |watch| runs::correct(&making, watch)).map(ended)
}

/// The day in UTC: decisions of people have a date, which no file of the program needs else.
fn today() -> anyhow::Result<Date> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    let days = i64::try_from(since.as_secs() / 86_400)?;
    let epoch = jiff::civil::date(1970, 1, 1);
    Ok(epoch.checked_add(jiff::Span::new().days(days))?)
}

/// The change that a decision asks for; entities and claims are those of the run.
fn change(
    decision: Decision,
    names: &Names<'_>,
    run: &runs::FinishedRun,
) -> anyhow::Result<(Change, Signature)> {
    let claim = |id: String| -> anyhow::Result<String> {
        for claim in run.claims()? {
            if claim?.id == id {
                return Ok(id);
            }
        }
        bail!("there is no claim {id} in this run")
    };
    let find = |name: &str| names.find_one(name);
    Ok(match decision {
        Decision::Reject { claim: id, signature } => {
            (Change::Reject { claim: claim(id)? }, signature)
        }
        Decision::Edit { claim: id, fields, signature } => {
            let set = fields.check(names, run)?;
            if set == Fields::default() {
                bail!("nothing to edit: give a field and its new value");
            }
            (Change::Edit { claim: claim(id)?, set }, signature)
        }
        Decision::Merge { entities, into, signature } => {
            let entities = entities.iter().map(|name| find(name)).collect::<anyhow::Result<_>>()?;
            let into = find(&into).or_else(|error| into.parse().map_err(|_| error))?;
            (Change::Merge { entities, into }, signature)
        }
        Decision::Split { entity, claims, into, name, signature } => {
            let claims = claims.into_iter().map(claim).collect::<anyhow::Result<_>>()?;
            (Change::Split { entity: find(&entity)?, into, name, claims }, signature)
        }
        Decision::Hide { entity, signature } => {
            (Change::Hide { entity: find(&entity)? }, signature)
        }
        Decision::Rename { entity, name, signature } => {
            (Change::Rename { entity: find(&entity)?, name }, signature)
        }
        Decision::Alias { entity, alias, signature } => {
            (Change::Alias { entity: find(&entity)?, alias }, signature)
        }
        Decision::Add(added) => added.check(names, run)?,
    })
}

/// The id of a speaker that the run knows, else the words.
fn speaker(name: String, names: &Names<'_>) -> String {
    names.find_one(&name).map_or(name, |id| id.to_string())
}

impl AddArguments {
    fn check(
        self,
        names: &Names<'_>,
        run: &runs::FinishedRun,
    ) -> anyhow::Result<(Change, Signature)> {
        check_relation(&self.relation, &run.manifest.relations)?;
        let added = AddedClaim {
            source: names.find_one(&self.source)?,
            target: names.find_one(&self.target)?,
            relation: self.relation,
            sentence: self.sentence,
            doc: self.doc,
            title: self.title,
            date: self.date,
            outlet: self.outlet,
            url: self.url,
            items: self.items,
            quantity: None,
            polarity: self.polarity,
            modality: self.modality,
            attribution: self.attribution.map(|name| speaker(name, names)),
            event_date: self.event_date,
            role: None,
        };
        Ok((Change::Add(Box::new(added)), self.signature))
    }
}

impl FieldArguments {
    fn check(self, names: &Names<'_>, run: &runs::FinishedRun) -> anyhow::Result<Fields> {
        if let Some(relation) = &self.relation {
            check_relation(relation, &run.manifest.relations)?;
        }
        if let Some(date) = self.event_date.as_deref().filter(|date| !date.is_empty()) {
            date.parse::<DateSpan>()?;
        }
        let find = |name: Option<String>| name.map(|name| names.find_one(&name)).transpose();
        Ok(Fields {
            relation: self.relation,
            source: find(self.source)?,
            target: find(self.target)?,
            items: self.items,
            quantity: self.quantity,
            polarity: self.polarity,
            modality: self.modality,
            attribution: self.attribution.map(|name| speaker(name, names)),
            event_date: self.event_date,
            role: self.role,
        })
    }
}

/// List the decisions of a run and what each of them changes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline corrections
  tieline corrections --as-judgements")]
pub(super) struct ListArguments {
    /// Print rejected and edited claims as JSON lines, in the form that training reads: references
    /// to lines with a verdict, without their text.
    #[arg(long)]
    as_judgements: bool,
    /// How results are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    run: RunArguments,
}

pub(super) fn list(arguments: ListArguments) -> anyhow::Result<Outcome> {
    let run = open_run(&arguments.run.folder)?;
    let out = &mut super::terminal::stdout();
    if arguments.as_judgements {
        for judgement in judgements(&run)? {
            serde_json::to_writer(&mut *out, &judgement).context("cannot print")?;
            writeln!(out)?;
        }
        return Ok(Outcome::Complete);
    }
    let corrections = Corrections::read(&arguments.run.folder.join(CORRECTIONS))?;
    let touched = |line: usize| {
        run.manifest.corrections.iter().find(|applied| applied.line == line).map(|a| a.touched)
    };
    if corrections.list.is_empty() && arguments.format == Format::Text {
        writeln!(out, "Nothing was decided here.")?;
    }
    for placed in &corrections.list {
        let correction = &placed.correction;
        if arguments.format == Format::Json {
            let mut row = serde_json::to_value(correction).map_err(io::Error::from)?;
            row["line"] = placed.line.into();
            row["touched"] = touched(placed.line).into();
            writeln!(out, "{row}")?;
            continue;
        }
        let effect = match touched(placed.line) {
            None => "not applied yet: run `tieline correct`".to_owned(),
            Some(0) => "fits nothing in this run".to_owned(),
            Some(1) => "changes 1 claim or name".to_owned(),
            Some(n) => format!("changes {n} claims"),
        };
        let why = correction.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        writeln!(
            out,
            "{}:{} {} by {} on {}{why} ({effect})",
            CORRECTIONS, placed.line, correction.change, correction.by, correction.on.0
        )?;
    }
    Ok(Outcome::Complete)
}
