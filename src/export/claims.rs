//! `claims.jsonl` and `claims.csv`: every claim with its line, and the way back.
//!
//! The JSON lines hold everything that a claim is; a finished run is read from them without the
//! articles. The CSV is for spreadsheets.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::graph::{Line, Standing};
use crate::model::{
    ArticleId, ArticleInfo, Attribution, Byte, Claim, DateSpan, EntityId, Evidence, Field, Item,
    Modality, Polarity, Quote, RelationFacts, RelationKind, Span,
};

use super::ExportError;
use super::escape::spreadsheet_cell;

/// One claim as a line of `claims.jsonl`. All spans are bytes of the field named in `field`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimRow {
    pub(super) id: String,
    pub(super) doc: Arc<str>,
    pub(super) title: Option<String>,
    pub(super) date: Option<DateSpan>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) forwarded_from: Option<String>,
    pub(super) sentence: String,
    pub(super) field: Field,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) relation: String,
    pub(super) directed: bool,
    pub(super) source: EntityId,
    pub(super) target: EntityId,
    pub(super) items: Vec<String>,
    pub(super) item_phrases: Vec<String>,
    pub(super) quantity: Option<String>,
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    /// How it stands; of a claim as it was read, not yet told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) standing: Option<Standing>,
    /// The story that its article tells; of a claim as it was read, not yet told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) story: Option<ArticleId>,
    /// Whether its own words name both actors and its verb is not ambiguous: of columns only.
    #[serde(skip)]
    pub(super) clear: bool,
    pub(super) attribution: Option<String>,
    pub(super) attribution_text: Option<String>,
    pub(super) event_date: Option<DateSpan>,
    pub(super) role: Option<String>,
    pub(super) rule: String,
    pub(super) confidence: f32,
    pub(super) plover: String,
    pub(super) cameo: String,
    pub(super) spans: Spans,
}

impl ClaimRow {
    /// The id of the claim.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// The bytes of each part of a claim, `[start, end]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Spans {
    pub(super) trigger: Span<Byte>,
    pub(super) source: Option<Span<Byte>>,
    pub(super) target: Option<Span<Byte>>,
    pub(super) items: Vec<Span<Byte>>,
    pub(super) quantity: Option<Span<Byte>>,
    pub(super) attribution: Option<Span<Byte>>,
    pub(super) attribution_cue: Option<Span<Byte>>,
}

impl From<&Claim> for ClaimRow {
    fn from(claim: &Claim) -> Self {
        let evidence = &claim.evidence;
        let article = &*evidence.article;
        let attribution = claim.attribution.as_ref();
        Self {
            id: claim.id.clone(),
            doc: article.id.clone(),
            title: article.title.clone(),
            date: article.date,
            outlet: article.outlet.clone(),
            url: article.url.clone(),
            author: article.author.clone(),
            forwarded_from: article.forwarded_from.clone(),
            sentence: evidence.sentence.clone(),
            field: evidence.field,
            start: evidence.span.start(),
            end: evidence.span.end(),
            relation: claim.relation.as_str().to_owned(),
            directed: !claim.relation.is_symmetric(),
            source: claim.source.clone(),
            target: claim.target.clone(),
            items: claim.items.iter().map(|item| item.label().to_owned()).collect(),
            item_phrases: claim.items.iter().map(|item| item.phrase.clone()).collect(),
            quantity: claim.quantity.as_ref().map(|quantity| quantity.text.clone()),
            polarity: claim.polarity,
            modality: claim.modality,
            standing: None,
            story: None,
            clear: false,
            attribution: attribution.map(|attribution| attribution.label().to_owned()),
            attribution_text: attribution.map(|attribution| attribution.text.clone()),
            event_date: claim.event_date,
            role: claim.role.clone(),
            rule: claim.rule.clone(),
            confidence: claim.confidence,
            plover: claim.plover().to_owned(),
            cameo: claim.cameo().to_owned(),
            spans: Spans {
                trigger: evidence.trigger,
                source: evidence.source,
                target: evidence.target,
                items: claim.items.iter().map(|item| item.span).collect(),
                quantity: claim.quantity.as_ref().map(|quantity| quantity.span),
                attribution: attribution.and_then(|attribution| attribution.holder_span),
                attribution_cue: attribution.and_then(|attribution| attribution.cue_span),
            },
        }
    }
}

impl From<&Line> for ClaimRow {
    fn from(line: &Line) -> Self {
        Self {
            standing: Some(line.standing),
            story: Some(Arc::clone(&line.story)),
            clear: line.clear,
            ..Self::from(&*line.claim)
        }
    }
}

impl ClaimRow {
    /// The claim of this line; `None` if its lists do not fit each other.
    #[must_use]
    pub fn into_claim(self) -> Option<Claim> {
        let fits = self.items.len() == self.item_phrases.len()
            && self.items.len() == self.spans.items.len()
            && self.quantity.is_some() == self.spans.quantity.is_some()
            && self.attribution.is_some() == self.attribution_text.is_some()
            && self.start <= self.end;
        if !fits {
            return None;
        }
        let items = self
            .items
            .into_iter()
            .zip(self.item_phrases)
            .zip(self.spans.items)
            .map(|((label, phrase), span)| Item { entity: label.parse().ok(), phrase, span })
            .collect();
        let attribution =
            self.attribution.zip(self.attribution_text).map(|(label, text)| Attribution {
                holder: label.parse().ok(),
                text,
                holder_span: self.spans.attribution,
                cue_span: self.spans.attribution_cue,
            });
        Some(Claim {
            id: self.id,
            evidence: Evidence {
                article: Arc::new(ArticleInfo {
                    id: self.doc,
                    title: self.title,
                    date: self.date,
                    outlet: self.outlet,
                    url: self.url,
                    author: self.author,
                    forwarded_from: self.forwarded_from,
                }),
                sentence: self.sentence,
                field: self.field,
                span: Span::new(self.start, self.end),
                trigger: self.spans.trigger,
                source: self.spans.source,
                target: self.spans.target,
            },
            relation: RelationKind::new(RelationFacts {
                name: self.relation,
                symmetric: !self.directed,
                plover: self.plover,
                cameo: self.cameo,
                ..RelationFacts::default()
            }),
            source: self.source,
            target: self.target,
            items,
            quantity: self
                .quantity
                .zip(self.spans.quantity)
                .map(|(text, span)| Quote { text, span }),
            polarity: self.polarity,
            modality: self.modality,
            attribution,
            event_date: self.event_date,
            role: self.role,
            rule: self.rule,
            codes: None,
            confidence: self.confidence,
        })
    }
}

/// Writes one claim as a line of JSON.
///
/// # Errors
///
/// If the writer fails.
pub fn write_claim_line(line: &Line, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &ClaimRow::from(line))?;
    out.write_all(b"\n")
}

/// Reads `claims.jsonl` back, line by line.
#[derive(Debug)]
pub struct ClaimReader<R> {
    lines: R,
    path: PathBuf,
    line: u64,
    buffer: Vec<u8>,
}

impl<R: BufRead> ClaimReader<R> {
    /// A reader of `lines`; `path` is named in errors.
    pub fn new(lines: R, path: impl Into<PathBuf>) -> Self {
        Self { lines, path: path.into(), line: 0, buffer: Vec::new() }
    }
}

impl<R: BufRead> Iterator for ClaimReader<R> {
    type Item = Result<Claim, ExportError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.buffer.clear();
            self.line += 1;
            match self.lines.read_until(b'\n', &mut self.buffer) {
                Ok(0) => return None,
                Ok(_) if self.buffer.trim_ascii().is_empty() => {}
                Ok(_) => break,
                Err(source) => {
                    return Some(Err(ExportError::Read { path: self.path.clone(), source }));
                }
            }
        }
        let fault = |cause| ExportError::Line { path: self.path.clone(), line: self.line, cause };
        Some(match serde_json::from_slice::<ClaimRow>(&self.buffer) {
            Ok(row) => {
                row.into_claim().ok_or_else(|| fault("parts of the claim do not fit".to_owned()))
            }
            Err(error) => Err(fault(format!("no claim: {error}"))),
        })
    }
}

/// Writes `claims.csv`, a row a claim, for spreadsheets and data frames.
pub struct ClaimsCsv<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> std::fmt::Debug for ClaimsCsv<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClaimsCsv")
    }
}

const CSV_HEADER: [&str; 36] = [
    "id",
    "doc",
    "title",
    "date",
    "outlet",
    "url",
    "sentence",
    "field",
    "start",
    "end",
    "relation",
    "directed",
    "source",
    "target",
    "items",
    "quantity",
    "polarity",
    "modality",
    "standing",
    "story",
    "attribution",
    "event_date",
    "role",
    "rule",
    "confidence",
    "plover",
    "cameo",
    "trigger_start",
    "trigger_end",
    "source_start",
    "source_end",
    "target_start",
    "target_end",
    "item_spans",
    "quantity_span",
    "attribution_span",
];

impl<W: Write> ClaimsCsv<W> {
    /// Writes the header.
    ///
    /// # Errors
    ///
    /// If the writer fails.
    pub fn for_writer(out: W) -> io::Result<Self> {
        let mut csv = Self::without_header(out);
        csv.writer.write_record(CSV_HEADER)?;
        Ok(csv)
    }

    /// Writes rows alone.
    pub(super) fn without_header(out: W) -> Self {
        Self { writer: csv::WriterBuilder::new().from_writer(out) }
    }

    /// Writes one row. Lists are joined by `; `, spans written `start-end`.
    ///
    /// # Errors
    ///
    /// If the writer fails.
    pub fn write(&mut self, line: &Line) -> io::Result<()> {
        let row = ClaimRow::from(line);
        let text = |value: Option<String>| value.unwrap_or_default();
        let date = |value: Option<DateSpan>| value.map(|date| date.to_string()).unwrap_or_default();
        let span = |span: Option<Span<Byte>>| {
            span.map(|span| format!("{}-{}", span.start(), span.end())).unwrap_or_default()
        };
        let ends = |span: Option<Span<Byte>>| match span {
            Some(span) => [span.start().to_string(), span.end().to_string()],
            None => [String::new(), String::new()],
        };
        let [source_start, source_end] = ends(row.spans.source);
        let [target_start, target_end] = ends(row.spans.target);
        let [trigger_start, trigger_end] = ends(Some(row.spans.trigger));
        let item_spans: Vec<_> = row.spans.items.iter().map(|&item| span(Some(item))).collect();
        let cells: [String; 36] = [
            row.id,
            row.doc.to_string(),
            text(row.title),
            date(row.date),
            text(row.outlet),
            text(row.url),
            row.sentence,
            row.field.to_string(),
            row.start.to_string(),
            row.end.to_string(),
            row.relation,
            row.directed.to_string(),
            row.source.to_string(),
            row.target.to_string(),
            row.items.join("; "),
            text(row.quantity),
            row.polarity.to_string(),
            row.modality.to_string(),
            line.standing.to_string(),
            line.story.to_string(),
            text(row.attribution),
            date(row.event_date),
            text(row.role),
            row.rule,
            row.confidence.to_string(),
            row.plover,
            row.cameo,
            trigger_start,
            trigger_end,
            source_start,
            source_end,
            target_start,
            target_end,
            item_spans.join("; "),
            span(row.spans.quantity),
            span(row.spans.attribution),
        ];
        let cells = cells.iter().map(|cell| spreadsheet_cell(cell));
        self.writer.write_record(cells.map(std::borrow::Cow::into_owned))?;
        Ok(())
    }

    /// Writes what is buffered and returns the writer.
    ///
    /// # Errors
    ///
    /// If the writer fails.
    pub fn finish(self) -> io::Result<W> {
        self.writer.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}
