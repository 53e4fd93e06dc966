//! `tieline explain`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::knowledge::KnowledgeArguments;
use super::{Format, Outcome, each_article};
use crate::claims::{self, Explanation, NearMiss};
use crate::model::{Article, Attribution, DateSpan, DependencyTree, Item, Sentence, TokenIndex};
use crate::pipeline::{Analysis, Reader};
use crate::source::SourceError;

/// Show how a sentence is read: tokens, tree, mentions, rules.
///
/// Prints every claim with the rule that found it, its roles, and the words that decided polarity,
/// modality and attribution; and for each trigger without a claim the rule and what it missed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline explain \"Iran refused to sell Russia missiles.\"
  tieline explain --article data/sample/2022-10-20-drones-over-kyiv.txt --claim 52b2f4402c6ec269")]
pub(super) struct Arguments {
    /// The text to read, a sentence or several.
    #[arg(required_unless_present = "article", conflicts_with = "article")]
    text: Option<String>,
    /// Files whose articles are read instead.
    #[arg(long, value_name = "INPUT")]
    article: Vec<PathBuf>,
    /// Show the claim with this id alone, as `claims.jsonl` and the page have it. The articles are
    /// read again, all of each, so that whatever a claim takes from its context is the same.
    #[arg(long, value_name = "ID")]
    claim: Option<String>,
    /// The day of publication, from which "last month" counts.
    #[arg(long, value_name = "DATE")]
    date: Option<DateSpan>,
    /// How the result is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    knowledge: KnowledgeArguments,
    #[command(flatten)]
    reading: super::inputs::InputArguments,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let reader = arguments.knowledge.load()?;
    let mut articles = Vec::new();
    if let Some(text) = &arguments.text {
        articles.push(Article::from_text("text", text));
    }
    let outcome = each_article(&arguments.article, arguments.reading.options(), |article| {
        articles.push(article);
        Ok(())
    })?;
    let mut found = arguments.claim.is_none();
    for mut article in articles {
        if let Some(date) = arguments.date {
            article = article.with_date(date);
        }
        let report = Report::new(&reader, article);
        if let Some(claim) = &arguments.claim {
            if report.shown(Some(claim)).is_empty() {
                continue;
            }
            found = true;
        }
        match arguments.format {
            Format::Text => {
                write!(super::terminal::stdout(), "{}", report.text(arguments.claim.as_deref()))?;
            }
            Format::Json => {
                writeln!(super::terminal::json(), "{}", report.json(arguments.claim.as_deref()))?;
            }
        }
    }
    if let (Some(claim), false) = (&arguments.claim, found) {
        anyhow::bail!(
            "no claim {claim:?} in what was read: give the inputs that its run was given"
        );
    }
    Ok(outcome)
}

/// How many of the features that decided a confidence are shown.
const WEIGHTIEST: usize = 6;

/// Everything there is to tell of one article.
struct Report {
    analysis: Analysis,
    claims: Vec<Explanation>,
    missed: Vec<NearMiss>,
}

impl Report {
    fn new(reader: &Reader, article: Article) -> Self {
        let analysis = reader.read_thoroughly(article);
        for &limit in &analysis.limits {
            super::inputs::tell(&SourceError::of_article(&analysis.article, limit));
        }
        let (claims, missed) = claims::explain(&reader.rules, analysis.parsed());
        Self { analysis, claims, missed }
    }

    /// The sentences to show: those of the claim asked for, else all.
    fn shown(&self, claim: Option<&str>) -> Vec<usize> {
        match claim {
            Some(id) => {
                let of_claim = self.claims.iter().filter(|explained| explained.claim.id == id);
                of_claim.map(|explained| explained.sentence).collect()
            }
            None => (0..self.analysis.document.sentences.len()).collect(),
        }
    }

    fn text(&self, claim: Option<&str>) -> String {
        let mut out = String::new();
        for number in self.shown(claim) {
            self.write_sentence(&mut out, number, claim);
        }
        out
    }

    fn write_sentence(&self, out: &mut String, number: usize, claim: Option<&str>) {
        // Writing to a string cannot fail.
        let sentence = &self.analysis.document.sentences[number];
        let text = &self.analysis.article.text;
        let _ = writeln!(out, "{}", sentence.span.of(text));
        let Some(tree) = &self.analysis.trees[number] else {
            let _ = writeln!(out, "  not parsed: no word here could start a claim\n");
            return;
        };
        write_tree(out, text, sentence, tree);
        for mention in self.analysis.mentions.iter().filter(|m| m.sentence == number) {
            let ids: Vec<&str> =
                mention.entities.iter().map(crate::model::EntityId::as_str).collect();
            let words = mention.span.of(text);
            let _ = writeln!(out, "  mention  {words} ({}) = {}", mention.form, ids.join(" "));
        }
        for explained in self.claims.iter().filter(|explained| explained.sentence == number) {
            if claim.is_none_or(|id| id == explained.claim.id) {
                self.write_claim(out, explained);
            }
        }
        let word = |token: TokenIndex| sentence.token(text, token);
        if claim.is_none() {
            for missed in self.missed.iter().filter(|missed| missed.sentence == number) {
                let _ = writeln!(
                    out,
                    "  near     {} at {:?} missed its {} (source {:?}, target {:?}, goods {:?})",
                    missed.rule,
                    word(missed.trigger),
                    missed.missing,
                    missed.source,
                    missed.target,
                    missed.items
                );
            }
        }
        out.push('\n');
    }

    /// A claim, who plays which role in it by which path, and what decided.
    fn write_claim(&self, out: &mut String, explained: &Explanation) {
        let sentence = &self.analysis.document.sentences[explained.sentence];
        let word = |token: TokenIndex| sentence.token(&self.analysis.article.text, token);
        let found = &explained.claim;
        let _ = writeln!(
            out,
            "  claim    {} {} {}: {} {} ({:.2}) by {} at {:?} [{}]",
            found.source,
            found.relation,
            found.target,
            found.polarity,
            found.modality,
            found.confidence,
            found.rule,
            word(explained.trigger),
            found.id,
        );
        for role in &explained.roles {
            let at = role.token.map(|token| format!(" at {:?}", word(token)));
            let at = at.unwrap_or_default();
            let _ = writeln!(out, "    {}  {}: {}{at}", role.name, role.entity, role.how);
        }
        for item in &found.items {
            let _ = writeln!(out, "    item    {} ({:?})", item.label(), item.phrase);
        }
        if let Some(quantity) = &found.quantity {
            let _ = writeln!(out, "    quantity {:?}", quantity.text);
        }
        for decision in &explained.decisions {
            let _ = writeln!(out, "    {}: {:?}", decision.effect, word(decision.token));
        }
        if let Some(said) = &found.attribution {
            let cue = said.cue_span.map(|span| self.words(explained, span));
            let cue = cue.map(|cue| format!(" by {cue:?}")).unwrap_or_default();
            let _ = writeln!(out, "    said by {} ({:?}){cue}", said.label(), said.text);
        }
        if let Some(date) = found.event_date {
            let _ = writeln!(out, "    date    {date}");
        }
        let weighty = explained.features.iter().filter(|(_, weight)| weight.abs() >= 0.05);
        for (feature, weight) in weighty.take(WEIGHTIEST) {
            let _ = writeln!(out, "    judged  {weight:+.2} for {feature}");
        }
        if !explained.is_printed {
            let _ = writeln!(out, "    judged  too doubtful: no claim");
        }
        if let Some(role) = &found.role {
            let _ = writeln!(out, "    office  {role:?}");
        }
    }

    /// The words of a span of a claim's evidence.
    fn words(&self, explained: &Explanation, span: crate::model::Span<crate::model::Byte>) -> &str {
        let start = match explained.claim.evidence.field {
            crate::model::Field::Title => 0,
            crate::model::Field::Text => self.analysis.article.body_start,
        };
        let range = (span.start() + start) as usize..(span.end() + start) as usize;
        self.analysis.article.text.get(range).unwrap_or_default()
    }

    fn json(&self, claim: Option<&str>) -> Value {
        let text = &self.analysis.article.text;
        let sentences: Vec<Value> = self
            .shown(claim)
            .into_iter()
            .map(|number| {
                let sentence = &self.analysis.document.sentences[number];
                let word = |token: TokenIndex| sentence.token(text, token);
                let claims: Vec<Value> = self
                    .claims
                    .iter()
                    .filter(|explained| explained.sentence == number)
                    .filter(|explained| claim.is_none_or(|id| id == explained.claim.id))
                    .map(|explained| claim_json(explained, &word))
                    .collect();
                let missed: Vec<Value> = self
                    .missed
                    .iter()
                    .filter(|missed| missed.sentence == number && claim.is_none())
                    .map(|missed| {
                        json!({
                            "rule": missed.rule, "trigger": word(missed.trigger),
                            "missing": missed.missing, "source": missed.source,
                            "target": missed.target, "items": missed.items,
                        })
                    })
                    .collect();
                let mentions: Vec<Value> = self
                    .analysis
                    .mentions
                    .iter()
                    .filter(|mention| mention.sentence == number)
                    .map(|mention| {
                        json!({
                            "text": mention.span.of(text), "entities": mention.entities,
                            "form": mention.form, "span": mention.span,
                        })
                    })
                    .collect();
                json!({
                    "sentence": sentence.span.of(text), "span": sentence.span,
                    "tokens": self.analysis.trees[number].as_ref()
                        .map(|tree| tree_json(text, sentence, tree)),
                    "mentions": mentions, "claims": claims, "near_misses": missed,
                })
            })
            .collect();
        json!({ "article": &*self.analysis.article.info.id, "sentences": sentences })
    }
}

fn write_tree(out: &mut String, text: &str, sentence: &Sentence, tree: &DependencyTree) {
    for token in tree.tokens() {
        let node = tree.node(token);
        let head = node.head.map_or("-", |head| sentence.token(text, head));
        let _ = writeln!(
            out,
            "  {:>3}  {:<18} {:<18} {:<6} {:<6} {:<12} {head}",
            token.0,
            sentence.token(text, token),
            node.lemma,
            node.upos,
            node.xpos,
            node.deprel,
        );
    }
}

fn tree_json(text: &str, sentence: &Sentence, tree: &DependencyTree) -> Vec<Value> {
    tree.tokens()
        .map(|token| {
            let node = tree.node(token);
            json!({
                "form": sentence.token(text, token), "lemma": &*node.lemma, "upos": node.upos,
                "xpos": node.xpos, "head": node.head.map(|head| head.0), "deprel": node.deprel,
            })
        })
        .collect()
}

fn claim_json<'t>(explained: &Explanation, word: &dyn Fn(TokenIndex) -> &'t str) -> Value {
    let claim = &explained.claim;
    let roles: Vec<Value> = explained
        .roles
        .iter()
        .map(|role| {
            json!({
                "role": role.name, "entity": role.entity, "how": role.how,
                "word": role.token.map(word),
            })
        })
        .collect();
    let decisions: Vec<Value> = explained
        .decisions
        .iter()
        .map(|decision| json!({ "word": word(decision.token), "effect": decision.effect }))
        .collect();
    json!({
        "id": claim.id, "sentence": claim.evidence.sentence, "field": claim.evidence.field,
        "start": claim.evidence.span.start(), "end": claim.evidence.span.end(),
        "relation": claim.relation.as_str(), "source": claim.source,
        "target": claim.target, "items": claim.items.iter().map(Item::label).collect::<Vec<_>>(),
        "quantity": claim.quantity.as_ref().map(|quantity| &quantity.text),
        "polarity": claim.polarity, "modality": claim.modality,
        "attribution": claim.attribution.as_ref().map(Attribution::label),
        "date": claim.event_date, "office": claim.role, "rule": claim.rule,
        "confidence": (f64::from(claim.confidence) * 1000.0).round() / 1000.0, "trigger": word(explained.trigger), "roles": roles,
        "decisions": decisions,
        "features": explained.features, "printed": explained.is_printed,
    })
}
