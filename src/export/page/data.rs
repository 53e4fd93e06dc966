//! What the page holds: tables by column for drawing, and the texts that are read later.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::BuildHasherDefault;

use petgraph::graph::EdgeIndex;
use rapidhash::fast::RapidHasher;
use serde::Serialize;

use crate::graph::measures::Measure;
use crate::graph::{Line as Evidence, RelationGraph, Tie, folded};
use crate::model::{Byte, Claim, Entity, EntityId, EntityKind, Span};

use super::super::style::{GROUNDS, RelationStyle, communities, relation_styles};
use super::super::{Beside, Decision, Network};
use super::marks::{marks, named};
use super::reading::{ArticleFacts, Line, Reading, Rest};

/// Ties that a page holds; the strongest ones of more.
const MAX_TIES: usize = 100_000;
/// Lines that a page holds; of more, every tie keeps its best ones.
const MAX_LINES: usize = 150_000;
/// Goods that can be found and drawn, the most named first.
const MAX_GOODS: usize = 3000;
/// Words of articles that name one entity, beside its aliases.
const MAX_FORMS: usize = 16;
/// Names of the gazetteer for one kind of goods.
const MAX_ALIASES: usize = 40;

/// What is drawn. Tables by column: one entry a node, a tie, a line.
#[derive(Debug, Serialize)]
pub(super) struct Drawing<'a> {
    kinds: Vec<&'static str>,
    relations: Vec<Relation<'a>>,
    grounds: [(&'static str, &'static str); GROUNDS.len()],
    nodes: Nodes<'a>,
    ties: Ties,
    lines: LineFacts,
    /// One entry an article.
    articles: ArticleColumns,
    goods: Goods<'a>,
    speakers: Vec<Speaker<'a>>,
    outlets: Vec<&'a str>,
    /// Ties that the network has; the page may hold fewer.
    n_ties: usize,
    /// What people have decided about the run.
    decisions: &'a [Decision],
}

#[derive(Debug, Serialize)]
struct Relation<'a> {
    name: &'a str,
    directed: bool,
    /// Whether it tells who holds an office: what the page shows in the entity's panel.
    office: bool,
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
    /// The node that it folds into: of people who serve a state, that state; else null.
    folds: Vec<Option<usize>>,
    /// The node of its state, also where it does not fold into it; else null.
    home: Vec<Option<usize>>,
    aliases: Vec<&'a [String]>,
    /// What the articles call it beside its name and aliases.
    forms: Vec<Vec<&'a str>>,
    offices: Vec<Vec<OfficeRow<'a>>>,
    community: Vec<usize>,
    /// Name, and what it says; their values stand with the texts.
    measures: Vec<(&'static str, &'static str)>,
}

#[derive(Debug, Default, Serialize)]
struct Ties {
    source: Vec<usize>,
    target: Vec<usize>,
    /// Place in `relations`.
    relation: Vec<usize>,
    /// Distinct articles and claims: of all claims, not only of the page's lines.
    articles: Vec<u32>,
    claims: Vec<u32>,
    /// Its lines are `lines[first[i]..first[i + 1]]`.
    first: Vec<usize>,
}

/// What filters ask of a line.
#[derive(Debug, Default, Serialize)]
struct LineFacts {
    article: Vec<usize>,
    /// Number of its standing: 0 asserted, 1 hedged, 2 prospective, 3 denied, 4 negated.
    said: Vec<u8>,
    /// In hundredths.
    confidence: Vec<u8>,
    /// First day since 1970-01-01, and how many days later the last one is; null without a date.
    from: Vec<Option<i32>>,
    days: Vec<Option<i32>>,
    /// Place in `speakers`; −1 for the outlet itself.
    speaker: Vec<i32>,
}

#[derive(Debug, Default, Serialize)]
struct ArticleColumns {
    /// Place in `outlets`; −1 without one.
    outlet: Vec<i32>,
    /// Number of the story that it tells; copies of one text tell one. Left out where each tells its
    /// own.
    #[serde(skip_serializing_if = "counts_up")]
    story: Vec<i32>,
}

/// What moves. One entry a kind of goods.
#[derive(Debug, Default, Serialize)]
struct Goods<'a> {
    /// Entity id, or the phrase.
    id: Vec<&'a str>,
    /// Name to show; empty where it is the id.
    title: Vec<&'a str>,
    /// All words for it, the most frequent first, then its other names.
    names: Vec<Vec<&'a str>>,
    /// Names of the next wider classes.
    classes: Vec<&'a [String]>,
    /// Lines that name it.
    lines: Vec<Vec<usize>>,
}

#[derive(Debug, Serialize)]
struct Speaker<'a> {
    name: &'a str,
    /// Its node, where it is drawn.
    node: Option<usize>,
}

/// Both blocks of data for `network`.
pub(super) fn page_data(network: Network<'_>) -> (Drawing<'_>, Reading<'_>) {
    let graph = network.graph;
    let styles = relation_styles(graph);
    let (ties, kept) = kept_ties(graph);
    let mut collected = Collected { beside: network.beside, ..Collected::default() };
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
        table.first.push(collected.reading.lines.len());
        for line in tie.evidence.iter().take(kept) {
            collected.add(line, graph);
        }
    }
    table.first.push(collected.reading.lines.len());
    let forms = collected.forms(graph);
    let drawing = Drawing {
        kinds: EntityKind::ALL.iter().map(|kind| kind.as_str()).collect(),
        relations: graph_relations(graph, &styles),
        grounds: GROUNDS,
        nodes: nodes(network, forms),
        ties: table,
        lines: collected.facts,
        articles: collected.columns,
        goods: goods(collected.goods, network.beside),
        speakers: collected.speakers.0,
        outlets: collected.outlets.0,
        n_ties: graph.n_ties(),
        decisions: network.beside.map_or(&[], |beside| &beside.decisions),
    };
    let mut reading = collected.reading;
    reading.rules = collected.rules.0;
    let measures = network.measures.iter().filter(|column| column.name.parse::<Measure>().is_ok());
    reading.measures = measures.map(|column| &column.values[..]).collect();
    (drawing, reading)
}

/// Whether numbers are 0, 1, 2 and so on.
fn counts_up(numbers: &[i32]) -> bool {
    numbers.iter().zip(0..).all(|(&number, place)| number == place)
}

/// The relations in the order of their styles, with names that live as long as the graph.
fn graph_relations<'a>(graph: &'a RelationGraph, styles: &[RelationStyle]) -> Vec<Relation<'a>> {
    let mut known: BTreeMap<&str, (&'a Tie, bool)> = BTreeMap::new();
    for (_, _, tie) in graph.ties() {
        let entry = known.entry(tie.relation.as_str()).or_insert((tie, false));
        entry.1 |= !tie.roles.is_empty();
    }
    styles
        .iter()
        .map(|style| {
            let (tie, office) = known[style.relation.as_str()];
            Relation {
                name: tie.relation.as_str(),
                directed: !tie.relation.is_symmetric(),
                office,
                family: style.family.title(),
                light: style.light,
                dark: style.dark,
            }
        })
        .collect()
}

/// The ties of the page in the graph's order, and how many lines each may keep.
fn kept_ties(graph: &RelationGraph) -> (Vec<(EdgeIndex, &Tie)>, usize) {
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

/// Where each of several things stands in a list; nobody goes through it.
type Places<Key> = HashMap<Key, usize, BuildHasherDefault<RapidHasher<'static>>>;

/// Texts numbered in the order in which they come.
#[derive(Debug)]
struct Numbered<'a, T>(Vec<T>, Places<&'a str>);

impl<T> Default for Numbered<'_, T> {
    fn default() -> Self {
        Self(Vec::new(), Places::default())
    }
}

impl<'a, T> Numbered<'a, T> {
    fn place(&mut self, key: &'a str, make: impl FnOnce() -> T) -> i32 {
        let all = &mut self.0;
        let place = *self.1.entry(key).or_insert_with(|| {
            all.push(make());
            all.len() - 1
        });
        i32::try_from(place).unwrap_or(-1)
    }
}

/// Lines that name some goods, and the words for it with their counts.
#[derive(Debug, Default)]
struct Named<'a> {
    words: BTreeMap<&'a str, usize>,
    lines: Vec<usize>,
}

/// Lines of the page, with their articles and sentences once each.
#[derive(Debug, Default)]
struct Collected<'a> {
    beside: Option<&'a Beside>,
    facts: LineFacts,
    reading: Reading<'a>,
    columns: ArticleColumns,
    articles: Places<&'a str>,
    sentences: Places<(&'a str, Span<Byte>)>,
    speakers: Numbered<'a, Speaker<'a>>,
    outlets: Numbered<'a, &'a str>,
    stories: Numbered<'a, ()>,
    rules: Numbered<'a, &'a str>,
    goods: BTreeMap<&'a str, Named<'a>>,
    /// Words for the ends of lines, with their counts.
    words: BTreeMap<&'a EntityId, BTreeMap<&'a str, usize>>,
}

impl<'a> Collected<'a> {
    fn add(&mut self, line: &'a Evidence, graph: &'a RelationGraph) {
        let claim = &*line.claim;
        let evidence = &claim.evidence;
        let standing = line.standing;
        let article = self.article(line);
        let sentence = self.sentence(claim);
        let line = self.reading.lines.len();
        for item in &claim.items {
            let named = self.goods.entry(item.label()).or_default();
            *named.words.entry(&item.phrase).or_default() += 1;
            if named.lines.last() != Some(&line) {
                named.lines.push(line);
            }
        }
        for (end, span) in [(&claim.source, evidence.source), (&claim.target, evidence.target)] {
            if let Some(words) = span.and_then(|span| named(claim, span)) {
                *self.words.entry(end).or_default().entry(words).or_default() += 1;
            }
        }
        let around = self.beside.and_then(|beside| beside.around.get(&claim.id));
        let (before, after) = around.map_or(("", ""), |around| (&around.before, &around.after));
        self.reading.lines.push(Line {
            sentence,
            at: evidence.span.start(),
            marks: marks(claim),
            rule: self.rules.place(&claim.rule, || &claim.rule),
            id: &claim.id,
            rest: Rest {
                by: claim.attribution.as_ref().map(|attribution| attribution.text.as_str()),
                items: claim.items.iter().map(|item| item.phrase.as_str()).collect(),
                quantity: claim.quantity.as_ref().map(|quantity| quantity.text.as_str()),
                date: claim.event_date.map(|date| date.to_string()),
                role: claim.role.as_deref(),
                before,
                after,
            },
        });
        let speaker = claim.attribution.as_ref().map_or(-1, |attribution| {
            let node = attribution.holder.as_ref().and_then(|holder| graph.node(holder));
            let known = node.map(|node| graph.graph()[node].name.as_str());
            let name = known.unwrap_or(&attribution.text);
            let node = node.map(petgraph::graph::NodeIndex::index);
            self.speakers.place(attribution.label(), || Speaker { name, node })
        });
        let date = claim.date();
        let facts = &mut self.facts;
        facts.article.push(article);
        facts.said.push(standing as u8);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        facts.confidence.push((claim.confidence.clamp(0.0, 1.0) * 100.0).round() as u8);
        let days = date.map(|date| (day_number(date.first()), day_number(date.last())));
        facts.from.push(days.map(|(first, _)| first));
        facts.days.push(days.map(|(first, last)| last - first));
        facts.speaker.push(speaker);
    }

    fn article(&mut self, line: &'a Evidence) -> usize {
        let article = &*line.claim.evidence.article;
        let (reading, columns) = (&mut self.reading, &mut self.columns);
        let (outlets, stories) = (&mut self.outlets, &mut self.stories);
        *self.articles.entry(&article.id).or_insert_with(|| {
            reading.articles.push(ArticleFacts(
                &article.id,
                article.title.as_deref(),
                article.date.map(|date| date.to_string()),
                article.url.as_deref(),
            ));
            let outlet = article.outlet.as_deref();
            columns.outlet.push(outlet.map_or(-1, |name| outlets.place(name, || name)));
            columns.story.push(stories.place(&line.story, || ()));
            reading.articles.len() - 1
        })
    }

    fn sentence(&mut self, claim: &'a Claim) -> usize {
        let evidence = &claim.evidence;
        let reading = &mut self.reading;
        let mut sentence =
            *self.sentences.entry((&evidence.article.id, evidence.span)).or_insert_with(|| {
                reading.sentences.push(&evidence.sentence);
                reading.sentences.len() - 1
            });
        // Titles and texts count from 0 each: one span may stand for two sentences.
        if reading.sentences[sentence] != evidence.sentence {
            reading.sentences.push(&evidence.sentence);
            sentence = reading.sentences.len() - 1;
        }
        sentence
    }

    /// Words that stand in small letters somewhere in the sentences, of those that begin a form.
    fn common_words(&self) -> BTreeSet<String> {
        let forms = self.words.values().flat_map(BTreeMap::keys);
        let first: HashSet<String, BuildHasherDefault<RapidHasher<'static>>> =
            forms.filter_map(|words| Some(words.split(' ').next()?.to_lowercase())).collect();
        let mut common = BTreeSet::new();
        for text in &self.reading.sentences {
            for word in text.split(|c: char| !c.is_alphanumeric()) {
                if first.contains(word) && !common.contains(word) {
                    common.insert(word.to_owned());
                }
            }
        }
        common
    }

    /// What articles call each node beside its name and aliases, the most frequent first. Names of
    /// other nodes, which may stand for it, and descriptions are left out.
    fn forms(&self, graph: &RelationGraph) -> Vec<Vec<&'a str>> {
        let common = self.common_words();
        let others: BTreeSet<String> =
            graph.entities().map(|entity| entity.name.to_lowercase()).collect();
        let forms = |entity: &Entity| {
            let mut known: BTreeSet<String> =
                entity.aliases.iter().map(|alias| alias.to_lowercase()).collect();
            known.insert(entity.name.to_lowercase());
            let words = self.words.get(&entity.id);
            let words = words.into_iter().flatten().map(|(&words, &count)| (words, count));
            let words = words.filter(|(words, _)| {
                !is_description(words, &common) && !others.contains(&words.to_lowercase())
            });
            let mut words: Vec<_> =
                words.filter(|(words, _)| known.insert(words.to_lowercase())).collect();
            words.sort_by_key(|&(words, count)| (std::cmp::Reverse(count), words));
            words.into_iter().take(MAX_FORMS).map(|(words, _)| words).collect()
        };
        graph.entities().map(forms).collect()
    }
}

/// Whether words are no name, but begin with a capital where their sentence does: "Their", "The two
/// countries".
fn is_description(words: &str, common: &BTreeSet<String>) -> bool {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let has_name = |text: &str| text.chars().any(char::is_uppercase);
    !has_name(rest) && common.contains(&first.to_lowercase())
}

/// The goods that are named most, with their words.
fn goods<'a>(named: BTreeMap<&'a str, Named<'a>>, beside: Option<&'a Beside>) -> Goods<'a> {
    let mut all: Vec<_> = named.into_iter().collect();
    all.sort_by_key(|(id, named)| (std::cmp::Reverse(named.lines.len()), *id));
    let mut goods = Goods::default();
    for (id, named) in all.into_iter().take(MAX_GOODS) {
        let mut words: Vec<_> = named.words.into_iter().collect();
        words.sort_by_key(|&(words, count)| (std::cmp::Reverse(count), words));
        goods.id.push(id);
        let mut known_by: Vec<&str> =
            words.into_iter().take(MAX_FORMS).map(|(words, _)| words).collect();
        let id: Option<EntityId> = id.parse().ok();
        let described = id.and_then(|id| beside?.goods.get(&id));
        goods.title.push(described.map_or("", |known| &known.name));
        goods.classes.push(described.map_or(&[], |known| &known.classes));
        let others = described.into_iter().flat_map(|known| &known.aliases).take(MAX_ALIASES);
        for alias in others {
            if !known_by.contains(&alias.as_str()) {
                known_by.push(alias);
            }
        }
        goods.names.push(known_by);
        goods.lines.push(named.lines);
    }
    goods
}

/// Days since 1970-01-01.
fn day_number(date: jiff::civil::Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    date.since(epoch).map_or(0, |span| span.get_days())
}

fn nodes<'a>(network: Network<'a>, forms: Vec<Vec<&'a str>>) -> Nodes<'a> {
    let graph = network.graph;
    let name = |id| graph.node(id).map(|node| graph.graph()[node].name.as_str());
    let mut nodes = Nodes { community: communities(network.measures), forms, ..Nodes::default() };
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
        let home =
            state.and_then(|state| graph.node(state)).map(petgraph::prelude::NodeIndex::index);
        let state = folded(entity, None);
        let folds = Some(state).filter(|state| **state != entity.id);
        nodes.folds.push(
            folds.and_then(|state| graph.node(state)).map(petgraph::prelude::NodeIndex::index),
        );
        nodes.home.push(home);
        nodes.aliases.push(&entity.aliases);
        let offices = entity.offices.iter().map(|office| {
            let holder = name(&office.holder).unwrap_or(office.holder.slug());
            (office.title.as_str(), holder.to_owned(), office.from, office.to)
        });
        nodes.offices.push(offices.collect());
    }
    for column in network.measures {
        if let Ok(measure) = column.name.parse::<Measure>() {
            nodes.measures.push((column.name, measure.meaning()));
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_capital_makes_of_a_description_is_no_name() {
        let common = BTreeSet::from(["their".to_owned(), "the".to_owned()]);
        for (words, is) in [
            ("Their", true),
            ("The two countries", true),
            ("The Kremlin", false),
            ("Kyiv", false),
            ("Tel Aviv", false),
        ] {
            assert_eq!(is_description(words, &common), is, "{words}");
        }
    }

    #[test]
    fn days_count_from_the_epoch() {
        assert_eq!(day_number(jiff::civil::date(1970, 1, 2)), 1);
        assert_eq!(day_number(jiff::civil::date(2024, 10, 5)), 20_001);
        assert_eq!(day_number(jiff::civil::date(1969, 12, 31)), -1);
    }
}
