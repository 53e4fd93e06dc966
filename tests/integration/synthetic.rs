//! A finished run made of invented claims, with every string that a file format may stumble over.
//! The same sizes give the same run.

#![allow(
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "a generator for tests, which an example shares"
)]

use std::path::Path;
use std::sync::Arc;

use tieline::export::Provenance;
use tieline::graph::{Appearance, Context, EvidenceLimit, GraphBuilder, RelationGraph};
use tieline::model::{
    Article, ArticleInfo, Attribution, Claim, Entity, EntityDirectory, EntityId, Evidence, Field,
    Item, Modality, Office, Polarity, Quote, RelationFacts, RelationKind, Span,
};
use tieline::runs::{Making, ReadCounts, Record};

/// Sentences that formats stumble over, beside plain ones.
pub const LINES: &[&str] = &[
    "Pyongyang sent shells to Moscow.",
    "=HYPERLINK(\"http://evil.example\",\"click\") said the envoy.",
    "</data></edge><script>alert(1)</script> & <b> &amp; ]]> <!-- x -->",
    "The INF Treaty is dead; long live \"INF\"; -INF and Infinity.",
    "C:\\path\\new\\table \\\" and 'quotes' \\",
    "control \u{1}\u{7}\u{1f} characters \u{b} here \u{fffe}",
    "line one\nline two\r\nline three\ttabbed",
    "🚀 rockets 🇰🇵 to 🇷🇺 👨‍👩‍👧 went",
    "שלום \u{202e}reversed\u{202c} مرحبا",
    "@SUM(A1:A9)",
    "+1 and 2",
    "-2+3",
    "$(rm -rf /) `x` ${y} %s {{z}}",
    "2024-10-05",
    "NaN",
    "true",
    "a;b;c|d,e",
    "\u{feff}a byte order mark",
    "'",
    "null",
];

const RELATIONS: &[(&str, bool, &str, &str)] = &[
    ("supplies", false, "AID", "070"),
    ("meets", true, "CONSULT", "040"),
    ("warns", false, "THREATEN", "130"),
    ("represents", false, "", ""),
    ("cooperates", true, "COOPERATE", "050"),
];

/// Articles with their claims, and what is known of the entities.
pub struct Synthetic {
    pub articles: Vec<(Article, Vec<Claim>)>,
    pub directory: EntityDirectory,
}

/// Numbers that look random and are the same every time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n as u64).unwrap()
    }

    /// Small numbers more often than large ones.
    fn skewed(&mut self, n: usize) -> usize {
        let first = self.below(n);
        self.below(first + 1)
    }

    fn line(&mut self) -> &'static str {
        LINES[self.below(LINES.len())]
    }
}

/// `n_claims` claims among `n_entities` entities.
pub fn synthetic(n_entities: usize, n_claims: usize) -> Synthetic {
    let mut draw = Draw(7);
    let entities: Vec<Entity> = (0..n_entities.max(4)).map(entity).collect();
    let mut articles = Vec::new();
    let mut n_made = 0;
    while n_made < n_claims {
        let n_lines = (1 + draw.below(4)).min(n_claims - n_made);
        articles.push(article(articles.len(), n_lines, n_made, &entities, &mut draw));
        n_made += n_lines;
    }
    Synthetic { articles, directory: EntityDirectory::new(entities) }
}

fn entity(index: usize) -> Entity {
    let states = [("PRK", "KP", "North Korea"), ("RUS", "RU", "Russia"), ("CHN", "CN", "China")];
    let state: EntityId = format!("state:{}", states[index % 3].0).parse().unwrap();
    if let Some((code, iso2, name)) = states.get(index) {
        let mut entity = Entity::bare(format!("state:{code}").parse().unwrap(), *name);
        entity.iso2 = Some((*iso2).to_owned());
        entity.aliases = vec![format!("the {name}"), "a;b".to_owned()];
        return entity;
    }
    let (kind, name) = match index % 5 {
        0 => ("weapon", format!("Type {index} \"shell\"")),
        1 | 2 => ("organization", format!("Bureau {index} & Söhne <{index}>; \\ =1+1")),
        _ => ("person", format!("Kim {index} O'Brien")),
    };
    let mut entity = Entity::bare(format!("{kind}:e-{index}").parse().unwrap(), name);
    entity.state = (kind != "weapon").then_some(state.clone());
    entity.aliases = vec![LINES[index % LINES.len()].to_owned(), format!("alias {index}")];
    entity.discovered = index.is_multiple_of(7);
    if kind == "person" {
        let title = format!("Minister of \"Defence\"; no. {index}");
        entity.offices = vec![Office { title, holder: state, from: Some(2012), to: None }];
    }
    entity
}

/// An article of `n_lines` sentences, with a claim in each.
fn article(
    number: usize,
    n_lines: usize,
    first_claim: usize,
    entities: &[Entity],
    draw: &mut Draw,
) -> (Article, Vec<Claim>) {
    let lines: Vec<&str> = (0..n_lines).map(|_| draw.line()).collect();
    let title = (!number.is_multiple_of(3)).then(|| format!("{} no. {number}", draw.line()));
    let date = match number % 4 {
        0 => None,
        1 => Some(format!("2024-{:02}-{:02}", 1 + draw.below(12), 1 + draw.below(28))),
        2 => Some(format!("2023-{:02}", 1 + draw.below(12))),
        _ => Some("2022".to_owned()),
    };
    let info = Arc::new(ArticleInfo {
        id: format!("dir with space/{number} é \"q\";=.txt").into(),
        title: title.clone(),
        date: date.map(|date| date.parse().unwrap()),
        outlet: (number.is_multiple_of(2)).then(|| format!("Outlet {}", draw.line())),
        url: (number % 3 == 1).then(|| format!("https://news.example/{number}?a=1&b=2#top")),
        author: (number % 4 == 1).then(|| format!("Author {}", draw.line())),
        forwarded_from: None,
    });
    let kept_apart = title.as_deref().filter(|_| number.is_multiple_of(2));
    let head = kept_apart.map(|title| format!("{title}\n\n")).unwrap_or_default();
    let article = Article {
        info: Arc::clone(&info),
        text: format!("{head}{}", lines.join("\n\n")),
        body_start: u32::try_from(head.len()).unwrap(),
    };
    let mut start = 0;
    let mut claims = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let span = Span::from_range(start..start + line.len());
        claims.push(claim(first_claim + index, line, span, &info, entities, draw));
        start += line.len() + 2;
    }
    (article, claims)
}

fn claim(
    number: usize,
    line: &str,
    span: Span<tieline::model::Byte>,
    info: &Arc<ArticleInfo>,
    entities: &[Entity],
    draw: &mut Draw,
) -> Claim {
    let (name, symmetric, plover, cameo) = RELATIONS[draw.below(RELATIONS.len())];
    let relation = RelationKind::new(RelationFacts {
        name: name.to_owned(),
        symmetric,
        plover: plover.to_owned(),
        cameo: cameo.to_owned(),
        ..RelationFacts::default()
    });
    let a = draw.skewed(entities.len());
    let b = (a + 1 + draw.below(entities.len() - 1)) % entities.len();
    let (mut source, mut target) = (entities[a].id.clone(), entities[b].id.clone());
    if symmetric && target < source {
        (source, target) = (target, source);
    }
    // The first and the last word play the parts.
    let first = line.find(' ').unwrap_or(line.len());
    let last = line.rfind(' ').map_or(0, |at| at + 1);
    let part = |from: usize, to: usize| {
        let offset = |n: usize| span.start() + u32::try_from(n).unwrap();
        Span::new(offset(from), offset(to))
    };
    let items = match name {
        "supplies" => vec![
            Item { entity: None, phrase: line[last..].to_owned(), span: part(last, line.len()) },
            Item {
                entity: "weapon:artillery-shell".parse().ok(),
                phrase: line[..first].to_owned(),
                span: part(0, first),
            },
        ],
        _ => Vec::new(),
    };
    let attribution = (number.is_multiple_of(3)).then(|| Attribution {
        holder: (number.is_multiple_of(2)).then(|| entities[draw.below(entities.len())].id.clone()),
        text: line[..first].to_owned(),
        holder_span: Some(part(0, first)),
        cue_span: None,
    });
    let event_date = match number % 5 {
        0 => Some("2024-10-05"),
        1 => Some("2024-09/2024-10"),
        2 => Some("2024-02"),
        _ => None,
    };
    Claim {
        id: format!("{:016x}", 0x1000_0000 + number),
        evidence: Evidence {
            article: Arc::clone(info),
            sentence: line.to_owned(),
            field: Field::Text,
            span,
            trigger: part(last, line.len()),
            source: Some(part(0, first)),
            target: None,
        },
        relation,
        source,
        target,
        quantity: (!items.is_empty())
            .then(|| Quote { text: line[..first].to_owned(), span: part(0, first) }),
        items,
        polarity: if number % 6 == 5 { Polarity::Negative } else { Polarity::Positive },
        modality: Modality::ALL[number % 3],
        attribution,
        event_date: event_date.map(|date| date.parse().unwrap()),
        role: (name == "represents").then(|| format!("spokesman; {line}")),
        rule: "synthetic/rule".to_owned(),
        codes: None,
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        confidence: 0.5 + (number % 50) as f32 / 100.0,
    }
}

impl Synthetic {
    /// The network of all claims.
    pub fn graph(&self) -> RelationGraph {
        let mut builder = GraphBuilder::new(EvidenceLimit::Best(3), &Context::new(&self.directory));
        for claim in self.articles.iter().flat_map(|(_, claims)| claims) {
            builder.add(&Arc::new(claim.clone()));
        }
        builder.finish()
    }

    /// Writes every file of a finished run.
    pub fn write(&self, path: &Path) {
        let records = self
            .articles
            .iter()
            .map(|(article, claims)| Record::new(article, claims, ReadCounts::default()));
        let entities = std::iter::once(self.directory.iter().cloned().collect());
        let entities = entities.chain(std::iter::repeat_with(Vec::new));
        let read = records.zip(entities).map(Ok);
        tieline::runs::write(read, &Provenance::default(), [], &Making::new(path)).unwrap();
    }
}

/// A place, size and colour for each node, all different.
pub fn appearance(n: usize) -> Vec<Appearance> {
    let look = |i: usize| {
        let part = |k: usize| u8::try_from(i * k % 256).unwrap();
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let i = i as f64;
        Appearance { x: i * 1.5, y: -i, size: 1.0 + i / 10.0, color: [part(7), part(13), part(29)] }
    };
    (0..n).map(look).collect()
}
