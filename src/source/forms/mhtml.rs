//! MHTML: a page as browsers save it in one file, with its parts as those of a mail.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::super::Cause;
use super::super::form::{Input, Opened, Sign, one, read_all};
use super::super::record::Fields;
use super::{html, mail};

/// Whether such a page begins here.
pub(super) fn begins(start: &[u8]) -> Sign {
    let names = mail::headers(start);
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("snapshot-content-location") {
        return Sign::Sure;
    }
    let head = start[..start.len().min(4096)].to_ascii_lowercase();
    let related = memchr::memmem::find(&head, b"multipart/related").is_some();
    // Mails have received headers, and say to whom they go.
    if related && has("mime-version") && !has("received") && !has("to") {
        Sign::Sure
    } else {
        Sign::No
    }
}

pub(super) fn open(mut input: Input) -> Opened {
    Ok(read_all(&mut *input.reader)?.map(|bytes| one(read(&bytes))))
}

/// What the page says. The date of a snapshot is not that of the article and is left out.
fn read(bytes: &[u8]) -> Result<Fields, Cause> {
    let message = MessageParser::default().parse(bytes);
    let message = message.ok_or_else(|| Cause::broken("MHTML", "it has no headers"))?;
    let page = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(page) => Some((page, part.content_location())),
        _ => None,
    });
    let (page, location) =
        page.ok_or_else(|| Cause::broken("MHTML", "it has no page among its parts"))?;
    let snapshot = snapshot(&message);
    let address = snapshot.or_else(|| location.map(str::to_owned));
    Ok(html::read(page, address.as_deref().filter(|address| address.starts_with("http"))))
}

fn snapshot(message: &Message<'_>) -> Option<String> {
    let value = message.header_raw("Snapshot-Content-Location")?;
    Some(value.trim().to_owned())
}
