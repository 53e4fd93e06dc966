//! Mail: EML is one article, an mbox one article a mail.
//!
//! Left out: attachments, signatures, and what a mail quotes of the one that it answers.

use std::io;

use mail_parser::{Address, HeaderValue, Message, MessageParser, PartType};

use super::super::form::{Input, Item, Opened, Records, Sign, one, read_all};
use super::super::lines::{Found, Lines};
use super::super::record::Fields;
use super::super::{Cause, MAX_RECORD};
use super::html;

/// Names of headers that a mail begins with.
const HEADERS: &[&str] = &[
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "delivered-to",
    "reply-to",
    "content-type",
    "x-mozilla-status",
    "dkim-signature",
    "sender",
    "x-gm-thrid",
    "arc-seal",
    "x-received",
    "authentication-results",
    "received-spf",
    "in-reply-to",
    "references",
    "content-transfer-encoding",
    "list-id",
    "x-priority",
    "x-mailer",
    "thread-topic",
    "snapshot-content-location",
];

/// The names of the headers that stand at the start, in lower case.
pub(super) fn headers(start: &[u8]) -> Vec<String> {
    let start = &start[..start.len().min(16 << 10)];
    let mut names = Vec::new();
    for line in start.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(end) = memchr::memchr(b':', &line[..line.len().min(80)]) else { break };
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_';
        if end == 0 || !line[..end].iter().all(is_name) {
            break;
        }
        names.push(String::from_utf8_lossy(&line[..end]).to_ascii_lowercase());
    }
    names
}

/// Whether a mail begins here.
pub(super) fn begins(start: &[u8]) -> Sign {
    let names = headers(start);
    let n_known = names.iter().filter(|name| HEADERS.contains(&name.as_str())).count();
    let sure = ["received", "mime-version", "message-id", "return-path"];
    let is_sure = names.iter().any(|name| sure.contains(&name.as_str()));
    if n_known >= 3 && is_sure { Sign::Sure } else { Sign::No }
}

/// Whether an mbox begins here: a line with the sender and the time, and a mail.
pub(super) fn begins_box(start: &[u8]) -> Sign {
    let Some(rest) = start.strip_prefix(b"From ") else { return Sign::No };
    let Some(end) = memchr::memchr(b'\n', rest) else { return Sign::No };
    if headers(&rest[end + 1..]).len() >= 2 { Sign::Sure } else { Sign::No }
}

/// Opens one mail.
pub(super) fn open(mut input: Input) -> Opened {
    Ok(read_all(&mut *input.reader)?.map(|bytes| one(read(&bytes))))
}

/// Opens mails one behind the other.
#[expect(clippy::unnecessary_wraps, reason = "the contract of all forms")]
pub(super) fn open_box(input: Input) -> Opened {
    Ok(Ok(Box::new(Mailbox { lines: Lines::new(input.reader), first: None })))
}

struct Mailbox {
    lines: Lines,
    /// The line where the mail begins whose "From " line was read.
    first: Option<u64>,
}

impl Records for Mailbox {
    fn next(&mut self) -> io::Result<Option<Item>> {
        let mut mail = Vec::new();
        let mut line = Vec::new();
        let mut too_long = false;
        let mut after_blank = true;
        let mut begin = self.first.take();
        loop {
            let found = self.lines.next(&mut line)?;
            let is_start = line.starts_with(b"From ") && after_blank;
            if found == Found::End || is_start && begin.is_some() {
                let Some(first) = begin else { return Ok(None) };
                self.first = is_start.then(|| self.lines.number());
                let fields = if too_long { Err(Cause::RecordTooLong) } else { read(&mail) };
                return Ok(Some(Item::Record { line: first, fields }));
            }
            if is_start {
                begin = Some(self.lines.number());
                continue;
            }
            if begin.is_none() {
                if line.trim_ascii().is_empty() {
                    continue;
                }
                begin = Some(self.lines.number());
            }
            after_blank = line.trim_ascii().is_empty();
            too_long |= found == Found::TooLong || mail.len() + line.len() > MAX_RECORD;
            if too_long {
                mail = Vec::new();
            } else {
                // Lines of the text that look like the start of a mail are marked in an mbox.
                let n_marks = line.iter().take_while(|b| **b == b'>').count();
                let is_marked = n_marks > 0 && line[n_marks..].starts_with(b"From ");
                mail.extend_from_slice(&line[usize::from(is_marked)..]);
            }
        }
    }
}

/// What a mail says.
pub(super) fn read(bytes: &[u8]) -> Result<Fields, Cause> {
    let message = MessageParser::default().parse(bytes);
    let message = message.ok_or_else(|| Cause::broken("mail", "it has no headers"))?;
    let author = name_of(message.from());
    let text = text_of(&message);
    Ok(Fields {
        id: message.message_id().map(str::to_owned),
        title: message.subject().map(str::to_owned),
        text: text.map(|text| without_quotes(&text)),
        date: message.date().map(mail_parser::DateTime::to_rfc3339),
        outlet: list_of(&message).or_else(|| author.clone()),
        author,
        ..Fields::default()
    })
}

/// The plain text, else what the page says.
fn text_of(message: &Message<'_>) -> Option<String> {
    let mut texts = Vec::new();
    for part in message.text_bodies() {
        match &part.body {
            PartType::Text(text) => texts.push(text.to_string()),
            PartType::Html(page) => texts.push(html::plain_of_mail(page)),
            _ => {}
        }
    }
    texts.retain(|text| !text.trim().is_empty());
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

fn name_of(address: Option<&Address<'_>>) -> Option<String> {
    let first = address?.first()?;
    first.name().or_else(|| first.address()).map(str::to_owned)
}

/// The mailing list by which a mail came.
fn list_of(message: &Message<'_>) -> Option<String> {
    let value = match message.list_id() {
        HeaderValue::Text(text) => text.to_string(),
        HeaderValue::Address(address) => name_of(Some(address))?,
        _ => return None,
    };
    let name = value.split('<').next().unwrap_or_default().trim().trim_matches('"').to_owned();
    (!name.is_empty()).then_some(name)
}

/// The text without the mail that it answers and without its signature.
fn without_quotes(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let trimmed = line.trim();
        let next = lines[at + 1..].iter().map(|line| line.trim()).find(|line| !line.is_empty());
        let quotes_follow = next.is_some_and(|next| next.starts_with('>'));
        if *line == "-- "
            || trimmed.starts_with("-----Original Message")
            || trimmed.starts_with("________________________________")
                && next.is_some_and(|next| next.starts_with("From:"))
        {
            break;
        }
        let introduces = quotes_follow && trimmed.ends_with(':') && trimmed.len() < 200;
        if trimmed.starts_with('>') || introduces {
            // "On Friday, Ana wrote:" may take two lines.
            if introduces
                && trimmed.ends_with("wrote:")
                && kept.last().is_some_and(|last| last.starts_with("On ") && last.len() < 120)
            {
                kept.pop();
            }
            continue;
        }
        kept.push(line);
    }
    kept.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_keep_their_own_words() {
        let text = "The envoys met.\n\nOn Friday, 5 October 2024, Ana Roe\n<ana@example.org> wrote:\n\
            > They will not meet.\n>\n> Ana\n\nThey left.\n-- \nJane\n";
        assert_eq!(without_quotes(text), "The envoys met.\n\n\nThey left.");
        let text = "The envoys met.\n\n-----Original Message-----\nFrom: Ana\nThey will not meet.";
        assert_eq!(without_quotes(text), "The envoys met.");
    }
}
