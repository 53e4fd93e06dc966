//! `tieline cite`.

use std::fmt::Write as _;
use std::io::Write;

use anyhow::bail;
use clap::ValueEnum;

use crate::model::{ArticleInfo, Claim};

use super::Outcome;
use super::selection::{RunArguments, open_run};

/// Print the source of a claim for a footnote, a bibliography or a page.
///
/// Where the article has an address, the link leads to the line itself in browsers that follow text
/// fragments. Other outlets of the same story are named behind it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  tieline cite 0f89f05af24377d3
  tieline cite 0f89f05af24377d3 --style bibtex >> sources.bib
  tieline cite 0f89f05af24377d3 --style markdown")]
pub(super) struct Arguments {
    /// Id of the claim, as `why` prints it.
    claim: String,
    /// In which form.
    #[arg(long, value_enum, default_value_t)]
    style: CitationStyle,
    #[command(flatten)]
    run: RunArguments,
}

/// A form of citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum CitationStyle {
    /// One line of text.
    #[default]
    Footnote,
    /// An entry for LaTeX.
    Bibtex,
    /// A quotation with its link.
    Markdown,
    /// The parts as one object.
    Json,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let run = open_run(&arguments.run.folder)?;
    let mut found = None;
    for claim in run.claims()? {
        let claim = claim?;
        if claim.id == arguments.claim {
            found = Some(claim);
            break;
        }
    }
    let Some(claim) = found else {
        bail!("there is no claim {} in this run (`why` and `ties` print ids)", arguments.claim);
    };
    let article = &claim.evidence.article;
    let others: Vec<String> = run
        .outlets(&article.id)
        .into_iter()
        .filter(|name| Some(*name) != article.outlet.as_deref() && **name != *article.id)
        .map(str::to_owned)
        .collect();
    let text = match arguments.style {
        CitationStyle::Footnote => footnote(&claim, &others),
        CitationStyle::Bibtex => bibtex(&claim),
        CitationStyle::Markdown => markdown(&claim),
        CitationStyle::Json => serde_json::to_string_pretty(&serde_json::json!({
            "claim": claim.id, "quote": quote(&claim), "title": article.title,
            "outlet": article.outlet, "date": article.date, "url": article.url,
            "link": link(&claim), "doc": article.id, "also_in": others,
        }))?,
    };
    writeln!(super::terminal::data(), "{text}")?;
    Ok(Outcome::Complete)
}

fn quote(claim: &Claim) -> String {
    claim.evidence.sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who published what: "Outlet, “Title”, 2024-05-01"; the name of the article where nothing is known.
fn source(article: &ArticleInfo) -> String {
    let title = article.title.as_ref().map(|title| format!("“{}”", title.trim()));
    let date = article.date.map(|date| date.to_string());
    let parts: Vec<_> = [article.outlet.clone(), title, date].into_iter().flatten().collect();
    if parts.is_empty() { article.id.to_string() } else { parts.join(", ") }
}

fn footnote(claim: &Claim, others: &[String]) -> String {
    let article = &claim.evidence.article;
    let mut text = format!("{}: “{}”", source(article), quote(claim));
    if let Some(url) = &article.url {
        let _ = write!(text, " {url}");
    }
    if !others.is_empty() {
        let _ = write!(text, " (also in {})", others.join(", "));
    }
    let _ = write!(text, " [{}]", claim.id);
    text
}

fn bibtex(claim: &Claim) -> String {
    let article = &claim.evidence.article;
    let escaped = |text: &str| {
        let mut tex = String::new();
        for c in text.chars() {
            match c {
                '\\' => tex.push_str("\\textbackslash{}"),
                '{' | '}' | '%' | '&' | '$' | '#' | '_' => tex.extend(['\\', c]),
                '~' => tex.push_str("\\textasciitilde{}"),
                '^' => tex.push_str("\\textasciicircum{}"),
                c => tex.push(c),
            }
        }
        tex
    };
    let mut fields = vec![("title", escaped(article.title.as_deref().unwrap_or(&article.id)))];
    fields.extend(article.outlet.as_deref().map(|outlet| ("organization", escaped(outlet))));
    fields.extend(article.date.map(|date| ("date", date.to_string())));
    fields.extend(article.url.as_deref().map(|url| ("url", url.replace(['{', '}'], ""))));
    fields.push(("note", format!("“{}”", escaped(&quote(claim)))));
    let fields: Vec<_> =
        fields.iter().map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
    format!("@online{{tieline:{},\n{}}}", claim.id, fields.concat())
}

fn markdown(claim: &Claim) -> String {
    let source = source(&claim.evidence.article).replace(['[', ']'], "");
    let source = match link(claim) {
        Some(link) => format!("[{source}](<{link}>)"),
        None => source,
    };
    format!("> {}\n>\n> — {source}", quote(claim))
}

/// The address of the article with the line as its text fragment.
fn link(claim: &Claim) -> Option<String> {
    let url = claim.evidence.article.url.as_deref()?;
    let url = url.split('#').next().unwrap_or(url);
    let words: Vec<_> = claim.evidence.sentence.split_whitespace().collect();
    // First and last words are enough, and survive a change of marks between them.
    let (first, last) =
        (words[..words.len().min(4)].join(" "), words[words.len().saturating_sub(4)..].join(" "));
    let fragment = if words.len() > 8 {
        format!("{},{}", encoded(&first), encoded(&last))
    } else {
        encoded(&words.join(" "))
    };
    Some(format!("{url}#:~:text={fragment}"))
}

/// All but letters and digits of ASCII as `%XX`.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}
