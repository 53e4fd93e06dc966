//! Title, day and outlet where the text itself says them.
//!
//! Comes in: an article whose record may name none. Goes out: the article with what its first and
//! last lines add. Left out: days without a year, and whatever the record says already.

use std::ops::Range;
use std::sync::Arc;

use super::boilerplate::{self, LineRole};
use crate::lexicon::{Lexicon, PagePhrase};
use crate::model::{Article, ArticleInfo, DateSpan};

/// Bytes of the text's start that are looked through.
const HEAD: usize = 4 << 10;
/// Bytes of its end.
const TAIL: usize = 2 << 10;
/// Most lines before the first paragraph.
const MAX_LINES: usize = 40;

/// Completes what the article's source did not know, from its lines and what each is.
pub(super) fn complete(
    lexicon: &Lexicon,
    article: &mut Article,
    lines: &[(Range<usize>, LineRole)],
) {
    let info = &article.info;
    if info.title.is_some() && info.date.is_some() && info.outlet.is_some() {
        return;
    }
    let found = find(lexicon, &article.text, lines, info.title.is_some() && info.date.is_some());
    let title = info.title.is_none().then_some(found.title).flatten();
    let date = info.date.is_none().then_some(found.date).flatten();
    let outlet = info.outlet.is_none().then_some(found.outlet).flatten();
    if title.is_some() || date.is_some() || outlet.is_some() {
        let info: &mut ArticleInfo = Arc::make_mut(&mut article.info);
        info.title = info.title.take().or(title);
        info.date = info.date.or(date);
        info.outlet = info.outlet.take().or(outlet);
    }
}

/// What a text says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
struct FrontMatter {
    title: Option<String>,
    date: Option<DateSpan>,
    outlet: Option<String>,
}

/// Reads head and tail; `known` where title and day are: then the dateline is all that matters.
fn find(
    lexicon: &Lexicon,
    text: &str,
    lines: &[(Range<usize>, LineRole)],
    known: bool,
) -> FrontMatter {
    let tail = lines.partition_point(|(line, _)| line.end + TAIL <= text.len());
    let tail: Vec<&str> = lines[tail..].iter().map(|(line, _)| &text[line.clone()]).collect();
    let head = lines.partition_point(|(line, _)| line.start < HEAD);
    let lines: Vec<(&str, LineRole)> =
        lines[..head].iter().map(|(line, role)| (&text[line.clone()], *role)).collect();
    let is_body = |(line, role): &(&str, LineRole)| *role == LineRole::Text && is_prose(line);
    let body = lines.iter().position(is_body).unwrap_or(lines.len());
    let dateline = lines.get(body).map(|(line, _)| dateline(line)).unwrap_or_default();
    let outlet = outlet(dateline);
    if known {
        return FrontMatter { outlet, ..FrontMatter::default() };
    }
    let before = &lines[..body.min(MAX_LINES)];
    // A text of one line has no title.
    let last = lines.iter().rposition(|(_, role)| *role == LineRole::Text).unwrap_or(0);
    FrontMatter {
        title: find_title(&before[..before.len().min(last)]),
        date: find_date(lexicon, before, &tail, dateline),
        outlet,
    }
}

/// The last character boundary up to `at`.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

fn is_prose(line: &str) -> bool {
    line.len() >= 100 && boilerplate::ends_sentence(line)
}

/// The first line that reads like a headline.
fn find_title(lines: &[(&str, LineRole)]) -> Option<String> {
    let texts = || {
        let lines = lines.iter().enumerate().filter(|(_, (_, role))| *role == LineRole::Text);
        lines.map(|(at, (line, _))| (at, *line))
    };
    let reads = |line: &str| {
        (12..=250).contains(&line.len())
            && line.split_ascii_whitespace().nth(2).is_some()
            && line.chars().any(char::is_lowercase)
            && !boilerplate::is_byline(line)
            && DateSpan::find_day(line).is_none_or(|(_, day)| day.start > 12 && line.len() > 30)
    };
    // Headlines in capitals are less sure than others: sections are set so as well.
    let shouted = |line: &str| {
        (16..=200).contains(&line.len())
            && line.split_ascii_whitespace().nth(3).is_some()
            && !line.chars().any(char::is_lowercase)
    };
    texts().find(|(_, line)| reads(line) || shouted(line)).map(|(_, line)| line.to_owned())
}

/// The day of publication: of a line that says so, of a line about the article, of the dateline,
/// of an update, of a short line behind the article.
fn find_date(
    lexicon: &Lexicon,
    before: &[(&str, LineRole)],
    tail: &[&str],
    dateline: &str,
) -> Option<DateSpan> {
    let day = |line: &str| DateSpan::find_day(line).map(|(day, _)| day);
    let last_prose = tail.iter().rposition(|line| is_prose(line));
    let tail_lines = &tail[last_prose.map_or(0, |at| at + 1)..];
    let about: Vec<&str> = before
        .iter()
        .filter(|(_, role)| matches!(role, LineRole::Text | LineRole::Boilerplate))
        .map(|(line, _)| *line)
        .filter(|line| line.len() < 200 && !is_prose(line))
        .collect();
    // Lines that tell of something may name its day.
    let stamp = |line: &str| DateSpan::of_stamp(line);
    let begins = |line: &str, wanted: PagePhrase| {
        let line = line.to_ascii_lowercase();
        lexicon.page_phrases(&line, 0).any(|(_, kind)| kind == wanted)
    };
    let published = |line: &&&str| begins(line, PagePhrase::Published);
    let updated = |line: &&&str| begins(line, PagePhrase::Updated);
    let lines = || about.iter().chain(tail_lines);
    lines()
        .filter(published)
        .find_map(|line| day(line))
        .or_else(|| about.iter().filter(|line| !updated(line)).find_map(|line| stamp(line)))
        .or_else(|| day(dateline))
        .or_else(|| lines().filter(updated).find_map(|line| day(line)))
        .or_else(|| {
            tail_lines.iter().rev().filter(|line| line.len() < 60).find_map(|line| stamp(line))
        })
}

/// What stands before the dash of "WASHINGTON, June 3 (Agency) — The ...".
fn dateline(line: &str) -> &str {
    let start = &line[..floor(line, 120)];
    let marks = [" – ", " — ", " - ", " -- ", "— ", "/. ", ": "];
    // Each mark ends with a space.
    let mut ends = start.match_indices(' ').map(|(space, _)| space + 1);
    let end = ends.find(|&end| marks.iter().any(|mark| start[..end].ends_with(mark)));
    let found = &start[..end.unwrap_or(0)];
    if found.starts_with(char::is_uppercase) { found } else { "" }
}

/// The agency of a dateline: "(Agency) —", "/AGENCY/.".
fn outlet(dateline: &str) -> Option<String> {
    let between = |open: char, close: char| {
        let start = dateline.find(open)? + open.len_utf8();
        let end = start + dateline[start..].find(close)?;
        Some(dateline[start..end].trim())
    };
    let name = between('(', ')').or_else(|| between('/', '/'))?;
    let is_name = (2..=40).contains(&name.len())
        && name.starts_with(char::is_uppercase)
        && name.split(' ').count() <= 4
        && !name.contains(|c: char| c.is_ascii_digit());
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::layout;

    fn found(text: &str) -> FrontMatter {
        let lexicon = Lexicon::load(None).unwrap();
        find(&lexicon, text, &layout::read(&lexicon, text, 0).lines, false)
    }

    const BODY: &str = "The two ministers signed the treaty on Friday, and their envoys said that \
        deliveries would begin within weeks of the talks.";

    #[test]
    fn days_are_read_where_pages_have_them() {
        let cases = [
            (
                format!(
                    "Envoys sign treaty\n\nby Jane Roe June 3, 2024 9:14 PM 2 min read\n\n{BODY}"
                ),
                Some("2024-06-03"),
            ),
            (
                format!("Envoys sign treaty\n\nGENEVA, June 3, 2024 (Agency) – {BODY}"),
                Some("2024-06-03"),
            ),
            (
                format!("Envoys sign treaty\n\n{BODY}\n\nJane Roe\nMon, 06/03/2024 – 22:40"),
                Some("2024-06-03"),
            ),
            (
                format!(
                    "Envoys sign treaty\nUpdated - June 5, 2024\n\n{BODY}\n\nPublished - June 3, 2024"
                ),
                Some("2024-06-03"),
            ),
            (
                format!(
                    "Envoys sign treaty\n\nThey meet on June 3, 2024. (Photo: Agency)\n\n{BODY}"
                ),
                None,
            ),
            (
                format!(
                    "Envoys sign treaty\n\n{BODY} They met last on May 2, 2021, in Rome, and on June 3 again in a hotel."
                ),
                None,
            ),
        ];
        for (text, expected) in cases {
            let found = found(&text).date.map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn titles_and_agencies_are_found() {
        let text = format!(
            "Skip to content\n\nOpinion\nEnvoys sign treaty at last\nBy Jane Roe\n\nGENEVA, June 3 (Agency) -- {BODY}"
        );
        let front = found(&text);
        assert_eq!(front.title.as_deref(), Some("Envoys sign treaty at last"));
        assert_eq!(front.outlet.as_deref(), Some("Agency"));
        assert_eq!(found("The envoys signed the treaty.").title, None);
        assert_eq!(found(""), FrontMatter::default());
    }
}
