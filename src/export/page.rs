//! `network.html`: one page that opens from disk and asks the network for nothing.
//!
//! In: a laid-out network. Out: a page whose sources lie in `viewer/`, with the data as two blocks
//! of JSON: what is drawn, and what is read when a tie is opened. Its Content-Security-Policy
//! allows the one script and the one style by hash and nothing else, so that no text of an article
//! can run or load anything. Positions, communities and measures are computed before; the page
//! computes none of them.
//!
//! A page has limits of its own: of very large networks it holds the strongest ties and the best
//! lines, and says so.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::graph::layout::{Place, Point, regions};
use crate::graph::measures::Measure;
use crate::graph::{RelationGraph, Tie};
use crate::model::{Byte, Claim, EntityKind, Modality, Polarity, Span};

use super::Network;
use super::squeeze;
use super::style::{GROUNDS, communities, relation_styles};

/// The page around the data.
const TEMPLATE: &str = include_str!("../../viewer/page.html");
const STYLE: &str = include_str!("../../viewer/style.css");
/// The modules, in the order in which they need each other; they share one scope.
const SCRIPT: &str = concat!(
    include_str!("../../viewer/data.js"),
    include_str!("../../viewer/filter.js"),
    include_str!("../../viewer/words.js"),
    include_str!("../../viewer/scene.js"),
    include_str!("../../viewer/draw.js"),
    include_str!("../../viewer/panel.js"),
    include_str!("../../viewer/table.js"),
    include_str!("../../viewer/controls.js"),
    include_str!("../../viewer/download.js"),
    include_str!("../../viewer/main.js"),
);

/// Ties that a page holds; the strongest ones of more.
const MAX_TIES: usize = 100_000;
/// Lines that a page holds; of more, every tie keeps its best ones.
const MAX_LINES: usize = 150_000;

/// What is drawn. Tables by column: one entry a node, a tie, a line.
#[derive(Debug, Serialize)]
struct Drawing<'a> {
    kinds: Vec<&'static str>,
    relations: Vec<Relation<'a>>,
    grounds: [(&'static str, &'static str); GROUNDS.len()],
    nodes: Nodes<'a>,
    /// Community, and outlines as `x, y, x, y…`.
    regions: Vec<(usize, Vec<Vec<f64>>)>,
    ties: Ties,
    lines: LineFacts,
    /// Ties that the network has; the page may hold fewer.
    n_ties: usize,
}

#[derive(Debug, Serialize)]
struct Relation<'a> {
    name: &'a str,
    directed: bool,
    family: &'static str,
    light: &'static str,
    dark: &'static str,
}

/// Title, holder, first and last year.
type OfficeRow<'a> = (&'a str, String, Option<i16>, Option<i16>);

#[derive(Debug, Default, Serialize)]
struct Nodes<'a> {
    id: Vec<&'a str>,
    name: Vec<&'a str>,
    /// Place in `kinds`.
    kind: Vec<usize>,
    x: Vec<f64>,
    y: Vec<f64>,
    /// Radius.
    r: Vec<f64>,
    /// Name of the state that it belongs to; empty for states and where there is none.
    state: Vec<&'a str>,
    aliases: Vec<&'a [String]>,
    offices: Vec<Vec<OfficeRow<'a>>>,
    community: Vec<usize>,
    /// Name, what it says, and a value a node.
    measures: Vec<(&'static str, &'static str, &'a [f64])>,
}

#[derive(Debug, Default, Serialize)]
struct Ties {
    source: Vec<usize>,
    target: Vec<usize>,
    /// Place in `relations`.
    relation: Vec<usize>,
    /// Distinct articles, claims, claims that deny: of all claims, not only of the page's lines.
    articles: Vec<u32>,
    claims: Vec<u32>,
    denied: Vec<u32>,
    /// Its lines are `lines[first[i]..first[i + 1]]`.
    first: Vec<usize>,
}

/// What filters ask of a line.
#[derive(Debug, Default, Serialize)]
struct LineFacts {
    article: Vec<usize>,
    /// 0 positive, 1 negative.
    polarity: Vec<u8>,
    /// 0 asserted, 1 hedged, 2 prospective.
    modality: Vec<u8>,
    /// In hundredths.
    confidence: Vec<u8>,
    /// First and last day since 1970-01-01; null without a date.
    from: Vec<Option<i32>>,
    to: Vec<Option<i32>>,
}

/// What is read when a tie is opened.
#[derive(Debug, Default, Serialize)]
struct Reading<'a> {
    articles: Vec<ArticleFacts<'a>>,
    sentences: Vec<&'a str>,
    /// One entry a line.
    lines: Vec<Line<'a>>,
}

#[derive(Debug, Serialize)]
struct ArticleFacts<'a> {
    id: &'a str,
    title: Option<&'a str>,
    date: Option<String>,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    /// Place in `sentences`.
    s: usize,
    /// Parts of the sentence: what, first and last UTF-16 unit.
    m: Vec<(&'static str, usize, usize)>,
    /// Who says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    items: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    rule: &'a str,
    id: &'a str,
}

/// Writes the page.
///
/// # Errors
///
/// If the writer fails.
///
/// # Panics
///
/// Never: the template is part of the program.
pub fn write_page(network: Network<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (drawing, reading) = page_data(network);
    let (script, style) = (squeeze::script(SCRIPT), squeeze::style(STYLE));
    let policy = format!(
        "default-src 'none'; script-src {}; style-src {}; img-src blob: data:; base-uri 'none'; \
         form-action 'none'",
        source_hash(&script),
        source_hash(&style)
    );
    let (drawing, reading) = (script_json(&drawing)?, script_json(&reading)?);
    // The template is cut at its marks: no text that is filled in can stand for another.
    let mut rest = TEMPLATE;
    for (mark, content) in [
        ("{{policy}}", policy.as_str()),
        ("{{style}}", &style),
        ("{{drawing}}", &drawing),
        ("{{reading}}", &reading),
        ("{{script}}", &script),
    ] {
        let (before, after) = rest.split_once(mark).expect("the template has every mark in order");
        out.write_all(before.as_bytes())?;
        out.write_all(content.as_bytes())?;
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// JSON for a script element: no `<` that could end it or begin another.
fn script_json(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?.replace('<', "\\u003c"))
}

/// The source expression of a policy that allows exactly this text.
fn source_hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

fn page_data(network: Network<'_>) -> (Drawing<'_>, Reading<'_>) {
    let graph = network.graph;
    let styles = relation_styles(graph);
    let (ties, kept) = kept_ties(graph);
    let mut collected = Collected::default();
    let relation_place: BTreeMap<&str, usize> =
        styles.iter().enumerate().map(|(i, style)| (style.relation.as_str(), i)).collect();
    let mut table = Ties::default();
    for (edge, tie) in ties {
        let (source, target) = graph.graph().edge_endpoints(edge).expect("an edge has ends");
        table.source.push(source.index());
        table.target.push(target.index());
        table.relation.push(relation_place[tie.relation.as_str()]);
        table.articles.push(tie.mentions());
        table.claims.push(tie.all.claims);
        table.denied.push(tie.n_negative());
        table.first.push(collected.reading.lines.len());
        for line in tie.evidence.iter().take(kept) {
            collected.add(&line.claim);
        }
    }
    table.first.push(collected.reading.lines.len());
    let drawing = Drawing {
        kinds: EntityKind::ALL.iter().map(|kind| kind.as_str()).collect(),
        relations: graph_relations(graph, &styles),
        grounds: GROUNDS,
        nodes: nodes(network),
        regions: region_outlines(network),
        ties: table,
        lines: collected.facts,
        n_ties: graph.n_ties(),
    };
    (drawing, collected.reading)
}

/// The relations in the order of their styles, with names that live as long as the graph.
fn graph_relations<'a>(
    graph: &'a RelationGraph,
    styles: &[super::style::RelationStyle],
) -> Vec<Relation<'a>> {
    let names: BTreeMap<&str, &'a Tie> =
        graph.ties().map(|(_, _, tie)| (tie.relation.as_str(), tie)).collect();
    styles
        .iter()
        .map(|style| {
            let relation = &names[style.relation.as_str()].relation;
            Relation {
                name: relation.as_str(),
                directed: !relation.is_symmetric(),
                family: style.family.title(),
                light: style.light,
                dark: style.dark,
            }
        })
        .collect()
}

/// The ties of the page in the graph's order, and how many lines each may keep.
fn kept_ties(graph: &RelationGraph) -> (Vec<(petgraph::graph::EdgeIndex, &Tie)>, usize) {
    let graph = graph.graph();
    let mut ties: Vec<_> = graph.edge_indices().map(|edge| (edge, &graph[edge])).collect();
    if ties.len() > MAX_TIES {
        ties.sort_by_key(|(edge, tie)| (std::cmp::Reverse(tie.mentions()), *edge));
        ties.truncate(MAX_TIES);
        ties.sort_by_key(|(edge, _)| *edge);
    }
    let lines =
        |limit: usize| -> usize { ties.iter().map(|(_, tie)| tie.evidence.len().min(limit)).sum() };
    let longest = ties.iter().map(|(_, tie)| tie.evidence.len()).max().unwrap_or(1);
    let (mut low, mut high) = (1, longest.max(1));
    while low < high {
        let middle = (low + high).div_ceil(2);
        if lines(middle) <= MAX_LINES { low = middle } else { high = middle - 1 }
    }
    (ties, low)
}

/// Lines of the page, with their articles and sentences once each.
#[derive(Debug, Default)]
struct Collected<'a> {
    facts: LineFacts,
    reading: Reading<'a>,
    articles: BTreeMap<&'a str, usize>,
    sentences: BTreeMap<(&'a str, Span<Byte>), usize>,
}

impl<'a> Collected<'a> {
    fn add(&mut self, claim: &'a Arc<Claim>) {
        let evidence = &claim.evidence;
        let article = &*evidence.article;
        let reading = &mut self.reading;
        let place = *self.articles.entry(&article.id).or_insert_with(|| {
            reading.articles.push(ArticleFacts {
                id: &article.id,
                title: article.title.as_deref(),
                date: article.date.map(|date| date.to_string()),
                outlet: article.outlet.as_deref(),
                url: article.url.as_deref(),
            });
            reading.articles.len() - 1
        });
        let mut sentence =
            *self.sentences.entry((&article.id, evidence.span)).or_insert_with(|| {
                reading.sentences.push(&evidence.sentence);
                reading.sentences.len() - 1
            });
        // Titles and texts count from 0 each: one span may stand for two sentences.
        if reading.sentences[sentence] != evidence.sentence {
            reading.sentences.push(&evidence.sentence);
            sentence = reading.sentences.len() - 1;
        }
        reading.lines.push(Line {
            s: sentence,
            m: marks(claim),
            by: claim.attribution.as_ref().map(|attribution| attribution.text.as_str()),
            items: claim.items.iter().map(|item| item.phrase.as_str()).collect(),
            quantity: claim.quantity.as_ref().map(|quantity| quantity.text.as_str()),
            date: claim.event_date.map(|date| date.to_string()),
            role: claim.role.as_deref(),
            rule: &claim.rule,
            id: &claim.id,
        });
        let date = claim.date();
        self.facts.article.push(place);
        self.facts.polarity.push(u8::from(claim.polarity == Polarity::Negative));
        self.facts.modality.push(match claim.modality {
            Modality::Asserted => 0,
            Modality::Hedged => 1,
            Modality::Prospective => 2,
        });
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        self.facts.confidence.push((claim.confidence.clamp(0.0, 1.0) * 100.0).round() as u8);
        self.facts.from.push(date.map(|date| day_number(date.first())));
        self.facts.to.push(date.map(|date| day_number(date.last())));
    }
}

/// Days since 1970-01-01.
fn day_number(date: jiff::civil::Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    date.since(epoch).map_or(0, |span| span.get_days())
}

/// The parts of a claim that lie in its sentence, in UTF-16 units of it, in text order.
fn marks(claim: &Claim) -> Vec<(&'static str, usize, usize)> {
    let evidence = &claim.evidence;
    let mut parts = vec![("trigger", evidence.trigger)];
    parts.extend(evidence.source.map(|span| ("source", span)));
    parts.extend(evidence.target.map(|span| ("target", span)));
    parts.extend(claim.items.iter().map(|item| ("item", item.span)));
    parts.extend(claim.quantity.as_ref().map(|quantity| ("quantity", quantity.span)));
    if let Some(attribution) = &claim.attribution {
        parts.extend(attribution.holder_span.map(|span| ("speaker", span)));
        parts.extend(attribution.cue_span.map(|span| ("cue", span)));
    }
    let units = |byte: u32| -> Option<usize> {
        let byte = byte.checked_sub(evidence.span.start())? as usize;
        Some(evidence.sentence.get(..byte)?.encode_utf16().count())
    };
    let mut marks: Vec<_> = parts
        .into_iter()
        .filter_map(|(part, span)| Some((part, units(span.start())?, units(span.end())?)))
        .filter(|(_, start, end)| start < end)
        .collect();
    marks.sort_by_key(|&(_, start, end)| (start, std::cmp::Reverse(end)));
    marks
}

fn nodes(network: Network<'_>) -> Nodes<'_> {
    let graph = network.graph;
    let name = |id| graph.node(id).map(|node| graph.graph()[node].name.as_str());
    let mut nodes = Nodes { community: communities(network.measures), ..Nodes::default() };
    for (entity, look) in graph.entities().zip(network.appearance) {
        let kind = entity.id.kind();
        nodes.id.push(entity.id.as_str());
        nodes.name.push(&entity.name);
        nodes.kind.push(EntityKind::ALL.iter().position(|&k| k == kind).unwrap_or(0));
        nodes.x.push(look.x);
        nodes.y.push(-look.y);
        nodes.r.push(look.size / 2.0);
        let state = entity.state.as_ref().filter(|state| **state != entity.id);
        nodes.state.push(state.map_or("", |state| name(state).unwrap_or(state.slug())));
        nodes.aliases.push(&entity.aliases);
        let offices = entity.offices.iter().map(|office| {
            let holder = name(&office.holder).unwrap_or(office.holder.slug());
            (office.title.as_str(), holder.to_owned(), office.from, office.to)
        });
        nodes.offices.push(offices.collect());
    }
    for column in network.measures {
        if let Ok(measure) = column.name.parse::<Measure>() {
            nodes.measures.push((column.name, measure.meaning(), &column.values));
        }
    }
    nodes
}

/// The ground of each community, as flat lists of coordinates.
fn region_outlines(network: Network<'_>) -> Vec<(usize, Vec<Vec<f64>>)> {
    let communities = communities(network.measures);
    if communities.len() != network.appearance.len() {
        return Vec::new();
    }
    let flat = |outline: Vec<Point>| outline.into_iter().flat_map(|p| [p.x, p.y]).collect();
    regions(&places(network), &communities)
        .into_iter()
        .map(|region| (region.community, region.outlines.into_iter().map(flat).collect()))
        .collect()
}

/// Where nodes stand, downwards as in pictures.
pub(super) fn places(network: Network<'_>) -> Vec<Place> {
    let place = |look: &crate::graph::Appearance| Place {
        center: Point { x: look.x, y: -look.y },
        radius: look.size / 2.0,
    };
    network.appearance.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_without_data_is_small() {
        let size = TEMPLATE.len() + squeeze::style(STYLE).len() + squeeze::script(SCRIPT).len();
        assert!(size <= 80_000, "{size} bytes");
    }

    #[test]
    fn the_page_names_no_address_to_load_from() {
        for text in [TEMPLATE, STYLE, SCRIPT] {
            for bad in ["http://", "@import", "url(", "eval(", "innerHTML", "insertAdjacentHTML"] {
                let found = text.replace("http://www.w3.org/2000/svg", "").contains(bad);
                assert!(!found, "{bad}");
            }
        }
    }

    #[test]
    fn data_cannot_end_its_element() {
        let json = script_json(&"</script><script>alert(1)</script><!--").unwrap();
        assert!(!json.contains('<'));
        assert_eq!(
            serde_json::from_str::<String>(&json).unwrap(),
            "</script><script>alert(1)</script><!--"
        );
    }

    #[test]
    fn days_count_from_the_epoch() {
        assert_eq!(day_number(jiff::civil::date(1970, 1, 2)), 1);
        assert_eq!(day_number(jiff::civil::date(2024, 10, 5)), 20_001);
        assert_eq!(day_number(jiff::civil::date(1969, 12, 31)), -1);
    }
}
