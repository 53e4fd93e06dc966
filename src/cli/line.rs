//! How people are shown the line behind a tie.

use std::io::{self, Write};

use anstyle::Style;

use crate::graph::{Line, Standing, Tie};
use crate::model::{Claim, EntityDirectory};

/// The quoted sentence with its caveats and where it stands, indented below its tie.
pub(super) fn print_quote(out: &mut dyn Write, line: &Line) -> io::Result<()> {
    let dim = Style::new().dimmed();
    writeln!(
        out,
        "    “{}”{} {dim}{}{dim:#}",
        line.claim.evidence.sentence.split_whitespace().collect::<Vec<_>>().join(" "),
        caveats(line),
        provenance(&line.claim)
    )
}

/// Doubt, denial and speaker of a line in plain words, in brackets after a blank; empty for a plain
/// assertion.
pub(super) fn caveats(line: &Line) -> String {
    let speaker = line.claim.attribution.as_ref().map(|attribution| attribution.text.as_str());
    let mut words = Vec::new();
    match (line.standing, speaker) {
        (Standing::Denied, Some(speaker)) => words.push(format!("denied by {speaker}")),
        (Standing::Asserted, None) => {}
        (Standing::Asserted, Some(speaker)) => words.push(format!("according to {speaker}")),
        (standing, speaker) => {
            words.push(standing.words().to_owned());
            words.extend(speaker.map(|speaker| format!("according to {speaker}")));
        }
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

/// What a tie says of itself in plain words: "said, denied by Russia", "may have", "planned".
pub(super) fn status(tie: &Tie, directory: &EntityDirectory) -> String {
    let status = tie.status();
    let deniers: Vec<_> = tie.deniers.iter().map(|id| directory.name(id)).collect();
    let denied = format!("denied by {}", deniers.join(" and "));
    match status {
        Standing::Denied => denied,
        _ if tie.is_disputed() => format!("{}, {denied}", status.words()),
        _ => status.words().to_owned(),
    }
}

/// The standings of a tie in numbers: "2 stories assert it; 1 claim hedged, 3 planned".
pub(super) fn standings(tie: &Tie) -> String {
    let asserted = tie.counts[Standing::Asserted];
    let mut parts = Vec::new();
    if asserted.stories > 0 {
        let verb = if asserted.stories == 1 { "asserts" } else { "assert" };
        parts.push(format!("{} {verb} it", counted(asserted.stories, "story", "stories")));
    }
    for (standing, count) in tie.counts.iter().skip(1).filter(|(_, count)| count.claims > 0) {
        parts.push(format!("{} {}", count.claims, standing));
    }
    parts.push(format!("{} in all", counted(tie.mentions(), "article", "articles")));
    parts.join(", ")
}

/// A number with its noun.
pub(super) fn counted(n: impl Into<u64>, one: &str, many: &str) -> String {
    let n = n.into();
    format!("{n} {}", if n == 1 { one } else { many })
}
