//! `tieline ties` and `tieline denials`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::Style;
use serde_json::{Value, json};

use crate::export::ClaimRow;
use crate::graph::{EvidenceLimit, GraphBuilder, Line, Standing, Tie, denying_party};
use crate::model::{Entity, EntityId};

use super::line::{counted, print_quote, standings, status};
use super::selection::{Query, Selected};
use super::{Format, Outcome};

/// List ties, those that the most stories assert first, each with its standings and its best line.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline ties --from Russia --relation supplies
  tieline ties --to \"North Korea\" --goods drone,missile
  tieline ties --said-by Kyiv --status asserted --format json
  tieline ties --text shells --limit 5")]
pub(super) struct Arguments {
    /// Only ties from this entity.
    #[arg(long, value_name = "ENTITY")]
    from: Option<String>,
    /// Only ties to this entity.
    #[arg(long, value_name = "ENTITY")]
    to: Option<String>,
    /// Only what this entity, or who serves it, says.
    #[arg(long, value_name = "ENTITY")]
    said_by: Option<String>,
    /// Only ties by which one of these goods moves: words of its name or id.
    #[arg(long, value_name = "GOODS", value_delimiter = ',')]
    goods: Vec<String>,
    /// Only ties whose strongest standing is one of these: asserted, hedged, prospective, denied,
    /// negated.
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    status: Vec<Standing>,
    /// Only ties that a party denies while others assert them.
    #[arg(long)]
    disputed: bool,
    /// Only lines with these words.
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
    /// How many ties are listed; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    query: Query,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let selected = arguments.query.select()?;
    let names = selected.names();
    let find = |name: &Option<String>| name.as_deref().map(|n| names.find_one(n)).transpose();
    let (from, to, said_by) =
        (find(&arguments.from)?, find(&arguments.to)?, find(&arguments.said_by)?);
    let text = arguments.text.as_deref().map(str::to_lowercase);
    let goods: Vec<_> = arguments.goods.iter().map(|goods| goods.to_lowercase()).collect();
    let is_end = |wanted: &Option<EntityId>, end: &EntityId, other: &EntityId, both: bool| {
        wanted.as_ref().is_none_or(|id| id == end || both && id == other)
    };
    let counts = |line: &&Line| {
        let claim = &line.claim;
        let both = claim.relation.is_symmetric();
        is_end(&from, &claim.source, &claim.target, both)
            && is_end(&to, &claim.target, &claim.source, both)
            && said_by.as_ref().is_none_or(|id| says(line, id, &selected))
            && (goods.is_empty() || goods.iter().any(|goods| names_goods(line, goods, &selected)))
            && text
                .as_ref()
                .is_none_or(|text| line.claim.evidence.sentence.to_lowercase().contains(text))
    };
    let mut builder = GraphBuilder::new(EvidenceLimit::All, &selected.context);
    selected.lines.iter().filter(counts).for_each(|line| builder.add(&line.claim));
    let graph = builder.finish();
    let mut ties: Vec<_> = graph
        .ties()
        .filter(|(_, _, tie)| {
            (arguments.status.is_empty() || arguments.status.contains(&tie.status()))
                && (!arguments.disputed || tie.is_disputed())
        })
        .collect();
    ties.sort_by_key(|(_, _, tie)| {
        (tie.status(), Reverse(tie.weight(selected.weighting)), Reverse(tie.all.claims))
    });
    let n_ties = ties.len();
    if arguments.limit > 0 {
        ties.truncate(arguments.limit);
    }
    match arguments.query.format {
        Format::Json => {
            let rows: Vec<_> = ties.iter().map(|(a, b, tie)| tie_json(a, b, tie)).collect();
            let out = &mut super::terminal::json();
            serde_json::to_writer_pretty(&mut *out, &json!({"found": n_ties, "ties": rows}))
                .map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Text => print_ties(&ties, n_ties, &selected)?,
    }
    Ok(Outcome::Complete)
}

/// Whether `id`, or a person or body that belongs to it, says the line.
fn says(line: &Line, id: &EntityId, selected: &Selected) -> bool {
    let holder = line.claim.attribution.as_ref().and_then(|a| a.holder.as_ref());
    holder.is_some_and(|holder| {
        let entity = selected.context.directory.get(holder);
        holder == id || entity.is_some_and(|entity| entity.state.as_ref() == Some(id))
    })
}

/// Whether what moves by the line has `goods` in its words, its name or that of a wider class.
fn names_goods(line: &Line, goods: &str, selected: &Selected) -> bool {
    let directory = &selected.context.directory;
    line.claim.items.iter().any(|item| {
        let mut classes: Vec<&EntityId> = item.entity.iter().collect();
        let mut n = 0;
        while let Some(id) = classes.get(n).copied() {
            let parents = directory.get(id).into_iter().flat_map(|entity| &entity.parents);
            let new: Vec<_> = parents.filter(|parent| !classes.contains(parent)).collect();
            classes.extend(new);
            n += 1;
        }
        item.phrase.to_lowercase().contains(goods)
            || classes.iter().any(|id| {
                id.as_str().contains(goods) || directory.name(id).to_lowercase().contains(goods)
            })
    })
}

/// A tie as JSON has it everywhere.
pub(super) fn tie_json(source: &Entity, target: &Entity, tie: &Tie) -> Value {
    let standings: serde_json::Map<String, Value> = tie
        .counts
        .iter()
        .map(|(standing, count)| {
            let counts = json!({
                "claims": count.claims, "articles": count.articles, "stories": count.stories,
            });
            (standing.to_string(), counts)
        })
        .collect();
    let dates: Vec<_> = tie.intervals.as_slice().iter().map(ToString::to_string).collect();
    json!({
        "source": source.id, "source_name": source.name, "relation": tie.relation.as_str(),
        "target": target.id, "target_name": target.name, "status": tie.status(),
        "disputed": tie.is_disputed(), "denied_by": tie.deniers,
        "stories": tie.all.stories, "mentions": tie.mentions(), "claims": tie.all.claims,
        "standings": standings, "dates": dates, "items": tie.items,
        "denied_items": tie.denied_items, "quantities": tie.quantities,
        "evidence": ClaimRow::from(tie.best()),
    })
}

fn print_ties(
    ties: &[(&Entity, &Entity, &Tie)],
    n_ties: usize,
    selected: &Selected,
) -> io::Result<()> {
    let out = &mut super::terminal::stdout();
    let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
    for (source, target, tie) in ties {
        let arrow = if tie.relation.is_symmetric() { "—" } else { "→" };
        let items: Vec<_> = tie.items.keys().map(|item| shown(item, selected)).take(4).collect();
        let items =
            if items.is_empty() { String::new() } else { format!(": {}", items.join(", ")) };
        writeln!(
            out,
            "{bold}{} {} {arrow} {}{bold:#}{items}  {}",
            source.name,
            tie.relation,
            target.name,
            status(tie, &selected.context.directory)
        )?;
        writeln!(out, "    {dim}{}{dim:#}", standings(tie))?;
        print_quote(out, tie.best())?;
    }
    let n_more = n_ties - ties.len();
    if n_ties == 0 {
        writeln!(out, "No tie here.")?;
    } else if n_more > 0 {
        writeln!(out, "{dim}{n_more} more: --limit 0 lists all{dim:#}")?;
    }
    Ok(())
}

/// The name of a weapon, or the words that stand for one.
fn shown(item: &str, selected: &Selected) -> String {
    let id = item.parse::<EntityId>();
    id.map_or_else(|_| item.to_owned(), |id| selected.context.directory.name(&id).to_owned())
}

/// List who denies what: negative lines by a party or by somebody who speaks for it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline denials
  tieline denials Russia --relation supplies
  tieline denials --all --format json           what others say not to be, too")]
pub(super) struct DenialArguments {
    /// Only what this party denies.
    party: Option<String>,
    /// Negative lines of anybody, not of the parties alone.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    query: Query,
}

pub(super) fn denials(arguments: DenialArguments) -> anyhow::Result<Outcome> {
    let selected = arguments.query.select()?;
    let names = selected.names();
    let wanted = arguments.party.as_deref().map(|name| names.find_one(name)).transpose()?;
    let directory = &selected.context.directory;
    let mut by_party: BTreeMap<Option<&EntityId>, Vec<&Line>> = BTreeMap::new();
    for line in &selected.lines {
        let party = denying_party(&line.claim, directory);
        let counts = match line.standing {
            Standing::Denied => wanted.is_none() || wanted.as_ref() == party,
            Standing::Negated => arguments.all && wanted.is_none(),
            _ => false,
        };
        if counts {
            by_party.entry(party).or_default().push(line);
        }
    }
    let mut groups: Vec<_> = by_party.into_iter().collect();
    groups.sort_by_key(|(party, lines)| (party.is_none(), Reverse(lines.len())));
    if arguments.query.format == Format::Json {
        let out = &mut super::terminal::json();
        for (party, lines) in groups {
            for line in lines {
                let mut row =
                    serde_json::to_value(ClaimRow::from(line)).map_err(io::Error::from)?;
                row["denied_by"] = json!(party);
                writeln!(out, "{row}")?;
            }
        }
        return Ok(Outcome::Complete);
    }
    let out = &mut super::terminal::stdout();
    let bold = Style::new().bold();
    if groups.is_empty() {
        writeln!(out, "No party denies anything here.")?;
    }
    for (party, lines) in groups {
        let n = counted(lines.len() as u64, "line", "lines");
        match party {
            Some(id) => writeln!(out, "{bold}{} denies{bold:#} ({n})", directory.name(id))?,
            None => writeln!(out, "{bold}Said not to be, by others{bold:#} ({n})")?,
        }
        for line in lines {
            let claim = &line.claim;
            writeln!(
                out,
                "  {} {} {}  [{}]",
                directory.name(&claim.source),
                claim.relation,
                directory.name(&claim.target),
                claim.id
            )?;
            print_quote(out, line)?;
        }
    }
    Ok(Outcome::Complete)
}
