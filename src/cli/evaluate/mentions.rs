//! `tieline evaluate mentions`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use crate::cli::{Format, Outcome};
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::model::{EntityId, EntityKind, Field};
use crate::source::Articles;
use crate::text;

/// Score mentions against a gold file.
///
/// A mention is right when it has the bytes and the id of one in the gold. Optional ones are
/// neither required nor wrong; those in boilerplate must be absent.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// JSON lines with `doc` and `mentions`.
    gold: PathBuf,
    /// Folder of the articles; by default that of the gold file, or `seeds` beside it.
    #[arg(long, value_name = "DIR")]
    articles: Option<PathBuf>,
    /// Folder with gazetteer tables that add to or override the embedded ones.
    #[arg(long, value_name = "DIR")]
    gazetteer: Option<PathBuf>,
    /// List every miss and every false mention.
    #[arg(long)]
    errors: bool,
    /// Fail where recall or precision lies below this.
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, hide_default_value = true)]
    floor: f64,
    /// How the figures are printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// One annotated article; what is not about mentions is left out.
#[derive(Deserialize)]
struct GoldArticle {
    doc: String,
    mentions: Vec<GoldMention>,
}

/// Offsets count characters.
#[derive(Deserialize)]
struct GoldMention {
    surface: String,
    id: EntityId,
    start: usize,
    end: usize,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    boilerplate: bool,
}

/// How many mentions of one kind were right.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Counts {
    gold: usize,
    found: usize,
    right: usize,
}

impl Counts {
    fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of mentions are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

pub(in crate::cli) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::load(None)?;
    let gazetteer = Gazetteer::load(&lexicon, arguments.gazetteer.as_deref())?;
    let path = arguments.gold;
    let gold = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut counts: BTreeMap<EntityKind, Counts> = BTreeMap::new();
    let mut errors = String::new();
    for (line, record) in gold.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("{}:{}", path.display(), line + 1);
        let article: GoldArticle = serde_json::from_str(record).with_context(place)?;
        let file = super::find_article(&path, arguments.articles.as_deref(), &article.doc)
            .with_context(|| format!("{}: no article {:?}", place(), article.doc))?;
        score(&gazetteer, &article, &file, &mut counts, &mut errors)?;
    }
    let mut all = Counts::default();
    for counts in counts.values() {
        all.gold += counts.gold;
        all.found += counts.found;
        all.right += counts.right;
    }
    match arguments.format {
        Format::Text => print_table(&counts, all),
        Format::Json => {
            let figures = serde_json::json!({
                "kinds": counts.iter().map(|(kind, c)| (kind.as_str(), c)).collect::<BTreeMap<_, _>>(),
                "all": all, "recall": all.recall(), "precision": all.precision(),
            });
            anstream::println!("{figures}");
        }
    }
    if arguments.errors {
        anstream::print!("{errors}");
    }
    if all.recall() < arguments.floor || all.precision() < arguments.floor {
        bail!("recall or precision lies below {}", arguments.floor);
    }
    Ok(Outcome::Complete)
}

fn score(
    gazetteer: &Gazetteer,
    gold: &GoldArticle,
    file: &Path,
    counts: &mut BTreeMap<EntityKind, Counts>,
    errors: &mut String,
) -> anyhow::Result<()> {
    for article in Articles::open([file]) {
        let article = article?;
        let document = text::read_document(gazetteer.lexicon(), &article);
        let found = gazetteer.find_mentions(&article, &document);
        let text = &article.text[article.body_start as usize..];
        let char_starts: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut wanted = Vec::new();
        for mention in &gold.mentions {
            let (Some(&start), Some(&end)) =
                (char_starts.get(mention.start), char_starts.get(mention.end))
            else {
                bail!("{}: mention {:?} lies outside of the text", gold.doc, mention.surface);
            };
            if text.get(start..end) != Some(&mention.surface) {
                bail!("{}: mention {:?} is not where it should be", gold.doc, mention.surface);
            }
            if !mention.optional && !mention.boilerplate {
                counts.entry(mention.id.kind()).or_default().gold += 1;
            }
            wanted.push((start, end, mention, false));
        }
        for mention in &found.mentions {
            let (field, span) = article.locate(mention.span);
            let (start, end) = (span.start() as usize, span.end() as usize);
            for id in mention.entities.iter().filter(|_| field == Field::Text) {
                let same = wanted
                    .iter_mut()
                    .filter(|(_, _, gold, _)| !gold.boilerplate && gold.id == *id)
                    .find(|(s, e, gold, _)| {
                        (*s, *e) == (start, end) || gold.optional && *s < end && start < *e
                    });
                let kind = counts.entry(id.kind()).or_default();
                match same {
                    Some((_, _, gold, _)) if gold.optional => {}
                    Some((_, _, _, matched)) => {
                        kind.found += 1;
                        kind.right += 1;
                        *matched = true;
                    }
                    None => {
                        kind.found += 1;
                        let words = around(text, start, end);
                        writeln!(errors, "false  {id}  {}: {words}", gold.doc)?;
                    }
                }
            }
        }
        for (start, end, mention, matched) in wanted {
            if !matched && !mention.optional && !mention.boilerplate {
                let words = around(text, start, end);
                writeln!(errors, "missed {}  {}: {words}", mention.id, gold.doc)?;
            }
        }
    }
    Ok(())
}

/// A mention in brackets with the words around it.
fn around(text: &str, start: usize, end: usize) -> String {
    let from = text[..start].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    let to = text[end..].char_indices().nth(40).map_or(text.len(), |(at, _)| end + at);
    let shown = format!("{}[{}]{}", &text[from..start], &text[start..end], &text[end..to]);
    shown.replace('\n', " ")
}

fn print_table(counts: &BTreeMap<EntityKind, Counts>, all: Counts) {
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING);
    table.set_header(["kind", "gold", "found", "right", "recall", "precision"]);
    let rows = counts.iter().map(|(kind, counts)| (kind.as_str(), *counts));
    for (name, counts) in rows.chain([("all", all)]) {
        table.add_row([
            name.to_owned(),
            counts.gold.to_string(),
            counts.found.to_string(),
            counts.right.to_string(),
            format!("{:.4}", counts.recall()),
            format!("{:.4}", counts.precision()),
        ]);
    }
    anstream::println!("{table}");
}
