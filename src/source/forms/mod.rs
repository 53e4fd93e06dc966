//! The forms of input, a file each, blind to each other but for what one holds of another.

mod feed;
mod html;
mod json;
mod mail;
mod markdown;
mod mhtml;
mod office;
mod rtf;
mod table;
mod tarball;
mod telegram;
mod telegram_page;
mod text;
mod value;
mod warc;
mod zipped;

use std::path::Path;

use super::form::{Form, Sign};

/// Plain text: what nothing else claims.
pub(super) const TEXT: Form =
    Form { endings: &["txt", "text"], begins: |_| Sign::No, is_text: true, open: text::open };

/// All forms, in the order in which the start of a stream is held against them.
pub(super) const ALL: &[Form] = &[
    Form {
        // zip, DOCX, ODT or EPUB
        endings: &["zip", "docx", "odt", "epub"],
        begins: zipped::begins,
        is_text: false,
        open: zipped::open,
    },
    Form {
        // tar
        endings: &["tar", "tgz"],
        begins: tarball::begins,
        is_text: false,
        open: tarball::open,
    },
    Form { endings: &["rtf"], begins: rtf::begins, is_text: false, open: rtf::open },
    Form {
        // Telegram's page
        endings: &[],
        begins: telegram_page::begins,
        is_text: true,
        open: telegram_page::open,
    },
    Form {
        // MHTML
        endings: &["mht", "mhtml"],
        begins: mhtml::begins,
        is_text: false,
        open: mhtml::open,
    },
    Form {
        // mbox
        endings: &["mbox"],
        begins: mail::begins_box,
        is_text: false,
        open: mail::open_box,
    },
    Form {
        // mail
        endings: &["eml"],
        begins: mail::begins,
        is_text: false,
        open: mail::open,
    },
    Form {
        // WARC
        endings: &["warc", "wet"],
        begins: warc::begins,
        is_text: false,
        open: warc::open,
    },
    Form {
        // RSS or Atom
        endings: &["rss", "atom"],
        begins: feed::begins,
        is_text: true,
        open: feed::open,
    },
    Form {
        // HTML
        endings: &["html", "htm", "xhtml"],
        begins: html::begins,
        is_text: true,
        open: html::open,
    },
    Form {
        // JSON lines
        endings: &["jsonl", "ndjson"],
        begins: |start| if is_json_lines(start) { Sign::Maybe } else { Sign::No },
        is_text: true,
        open: json::open_lines,
    },
    Form {
        // JSON
        endings: &["json", "geojson"],
        begins: |start| if is_json(start) { Sign::Maybe } else { Sign::No },
        is_text: true,
        open: json::open,
    },
    Form {
        endings: &["md", "markdown"],
        begins: |_| Sign::No,
        is_text: true,
        open: markdown::open,
    },
    Form {
        // table
        endings: &["csv", "tsv", "tab", "psv"],
        begins: table::begins,
        is_text: true,
        open: table::open,
    },
    TEXT,
];

/// The form of a stream by its start and its name.
pub(super) fn of(path: &Path, start: &[u8]) -> &'static Form {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let with = |sign: Sign| ALL.iter().find(|form| (form.begins)(start) >= sign);
    let named = || {
        let ending = ending(path)?;
        ALL.iter().find(|form| form.endings.contains(&ending.as_str()))
    };
    with(Sign::Sure).or_else(named).or_else(|| with(Sign::Maybe)).unwrap_or(&TEXT)
}

/// The ending of a name, in lower case and without that of a compression.
fn ending(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let name = [".gz", ".gzip", ".zst", ".zstd", ".bz2", ".xz"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(&name);
    Some(name.rsplit_once('.')?.1.to_owned())
}

/// Whether the first line is a whole object and more lines follow.
fn is_json_lines(start: &[u8]) -> bool {
    let start = start.trim_ascii_start();
    let line = start.split(|b| *b == b'\n').next().unwrap_or_default();
    start.first() == Some(&b'{')
        && !start[line.len()..].trim_ascii().is_empty()
        && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

/// Whether an object or a list of objects begins here.
fn is_json(start: &[u8]) -> bool {
    let start = start.trim_ascii_start();
    match start.first() {
        Some(b'{') => matches!(start[1..].trim_ascii_start().first(), Some(b'"' | b'}') | None),
        Some(b'[') => matches!(start[1..].trim_ascii_start().first(), Some(b'{' | b']')),
        _ => false,
    }
}
