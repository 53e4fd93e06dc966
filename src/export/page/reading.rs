//! What is read when a tie is opened: articles, sentences and lines. A row is a list, not a table
//! of names: there are tens of thousands, and the page opens while they are still being read.

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::marks::{Mark, PARTS};

/// The block of texts, and the values of the measures, which are seen in panels only.
#[derive(Debug, Serialize)]
pub(super) struct Reading<'a> {
    /// What marks number.
    pub(super) parts: [&'static str; PARTS.len()],
    /// What lines number.
    pub(super) rules: Vec<&'a str>,
    pub(super) articles: Vec<ArticleFacts<'a>>,
    pub(super) sentences: Vec<&'a str>,
    /// One entry a line.
    pub(super) lines: Vec<Line<'a>>,
    /// For each measure a value a node.
    pub(super) measures: Vec<&'a [f64]>,
}

impl Default for Reading<'_> {
    fn default() -> Self {
        Self {
            parts: PARTS,
            rules: Vec::new(),
            articles: Vec::new(),
            sentences: Vec::new(),
            lines: Vec::new(),
            measures: Vec::new(),
        }
    }
}

/// Id, title, date, address. The outlet stands with the articles that are drawn.
#[derive(Debug, Serialize)]
pub(super) struct ArticleFacts<'a>(
    pub(super) &'a str,
    pub(super) Option<&'a str>,
    pub(super) Option<String>,
    pub(super) Option<&'a str>,
);

/// Written as `[sentence, at, marks, rule, id]`, with the `rest` behind where there is some.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Place in `sentences`.
    pub(super) sentence: usize,
    /// First byte of the sentence in its article: orders the lines of one article.
    pub(super) at: u32,
    /// Parts of the sentence: number in `parts`, first and last UTF-16 unit, one behind the other.
    pub(super) marks: Vec<Mark>,
    /// Place in `rules`.
    pub(super) rule: i32,
    pub(super) id: &'a str,
    pub(super) rest: Rest<'a>,
}

/// What few lines have.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Rest<'a> {
    /// Who says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) items: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) quantity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) role: Option<&'a str>,
    /// The sentences before and behind it, where the page carries them.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) before: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) after: &'a str,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_seq(None)?;
        row.serialize_element(&self.sentence)?;
        row.serialize_element(&self.at)?;
        let marks = self.marks.iter().flat_map(|&(part, start, end)| [part as usize, start, end]);
        row.serialize_element(&marks.collect::<Vec<_>>())?;
        row.serialize_element(&self.rule)?;
        row.serialize_element(self.id)?;
        if self.rest != Rest::default() {
            row.serialize_element(&self.rest)?;
        }
        row.end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::marks::Part;
    use super::*;

    #[test]
    fn a_line_carries_what_it_has() {
        let mut line = Line {
            sentence: 3,
            at: 70,
            marks: vec![(Part::Source, 0, 5), (Part::Trigger, 6, 9)],
            rule: 0,
            id: "ab",
            rest: Rest::default(),
        };
        assert_eq!(serde_json::to_string(&line).unwrap(), r#"[3,70,[1,0,5,0,6,9],0,"ab"]"#);
        line.rest.by = Some("Ann");
        line.rest.after = "Then.";
        let row = serde_json::to_string(&line).unwrap();
        assert_eq!(row, r#"[3,70,[1,0,5,0,6,9],0,"ab",{"by":"Ann","after":"Then."}]"#);
    }
}
