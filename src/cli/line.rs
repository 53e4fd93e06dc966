//! How people are shown the line behind a tie.

use std::io::{self, Write};

use anstyle::Style;

use crate::model::{Claim, Modality, Polarity};

/// The quoted sentence with its caveats and where it stands, indented below its tie.
pub(super) fn print_quote(out: &mut dyn Write, claim: &Claim) -> io::Result<()> {
    let dim = Style::new().dimmed();
    writeln!(
        out,
        "    “{}”{} {dim}{}{dim:#}",
        claim.evidence.sentence.split_whitespace().collect::<Vec<_>>().join(" "),
        caveats(claim),
        provenance(claim)
    )
}

/// Doubt, denial and speaker of a claim in plain words, in brackets after a blank; empty for a plain
/// assertion.
pub(super) fn caveats(claim: &Claim) -> String {
    let mut words = Vec::new();
    if claim.polarity == Polarity::Negative {
        words.push("denied".to_owned());
    }
    match claim.modality {
        Modality::Asserted => {}
        Modality::Hedged => words.push("uncertain".to_owned()),
        Modality::Prospective => words.push("not yet".to_owned()),
    }
    if let Some(attribution) = &claim.attribution {
        words.push(format!("according to {}", attribution.text));
    }
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}

/// Where a claim stands: article, date.
pub(super) fn provenance(claim: &Claim) -> String {
    let article = &claim.evidence.article;
    let name = article.outlet.as_deref().or(article.title.as_deref()).unwrap_or(&article.id);
    match article.date {
        Some(date) => format!("{name}, {date}"),
        None => name.to_owned(),
    }
}
