//! Telegram: `messages.html` of an exported chat, one article a message.
//!
//! Left out: messages of the service, and those without text.

use super::super::Cause;
use super::super::form::{Input, Item, Opened, Records, Sign, read_all};
use super::super::record::Fields;
use super::super::stream;
use super::super::tags::{Kind, Tag, Tags};
use super::html;

/// Whether the page of an exported chat begins here.
pub(super) fn begins(start: &[u8]) -> Sign {
    let has = |text: &str| memchr::memmem::find(start, text.as_bytes()).is_some();
    let is_page = start.trim_ascii_start().first() == Some(&b'<');
    if is_page && has("class=\"page_wrap") && has("class=\"history\"") {
        Sign::Sure
    } else {
        Sign::No
    }
}

pub(super) fn open(mut input: Input) -> Opened {
    let bytes = match read_all(&mut *input.reader)? {
        Ok(bytes) => bytes,
        Err(cause) => return Ok(Err(cause)),
    };
    let messages = read(&stream::decode(bytes));
    if messages.is_empty() {
        return Ok(Err(Cause::Empty));
    }
    Ok(Ok(Box::new(Messages(messages.into_iter()))))
}

struct Messages(std::vec::IntoIter<(u64, Fields)>);

impl Records for Messages {
    fn next(&mut self) -> std::io::Result<Option<Item>> {
        let next = self.0.next();
        Ok(next.map(|(line, fields)| Item::Record { line, fields: Ok(fields) }))
    }
}

/// What the walk over a page knows.
#[derive(Debug, Default)]
struct Walk {
    chat: Option<String>,
    /// Who sent the last message: those that follow at once do not repeat it.
    sender: Option<String>,
    message: Option<(u64, Fields)>,
    messages: Vec<(u64, Fields)>,
    is_forwarded: bool,
    in_header: bool,
}

/// The messages of a page with the lines where they begin.
fn read(page: &str) -> Vec<(u64, Fields)> {
    let mut walk = Walk::default();
    let mut line = 1;
    let mut at = 0;
    // The element whose text is wanted: its start, and how many of its name are open.
    let mut wanted: Option<(Want, usize, usize)> = None;
    for tag in Tags::of(page) {
        line += memchr::memchr_iter(b'\n', &page.as_bytes()[at..tag.range.start]).count() as u64;
        at = tag.range.start;
        if let Some((want, start, depth)) = &mut wanted {
            if tag.is("div") {
                match tag.kind {
                    Kind::Open => *depth += 1,
                    Kind::Close => *depth -= 1,
                    Kind::Aside => {}
                }
            }
            if *depth == 0 {
                let inner = &page[*start..tag.range.start];
                walk.take(*want, inner);
                wanted = None;
            }
            continue;
        }
        if tag.kind == Kind::Open && tag.is("div") {
            let class = tag.attribute("class").unwrap_or_default();
            let classes: Vec<&str> = class.split_whitespace().collect();
            if let Some(want) = walk.open(&tag, &classes, line) {
                wanted = Some((want, tag.range.end, 1));
            }
        }
    }
    walk.end_message();
    walk.messages
}

/// A text that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    Chat,
    Sender,
    Text,
}

impl Walk {
    /// An element begins; what its text is wanted for.
    fn open(&mut self, tag: &Tag<'_>, classes: &[&str], line: u64) -> Option<Want> {
        let has = |name: &str| classes.contains(&name);
        if has("page_header") {
            self.in_header = true;
        } else if has("message") {
            self.end_message();
            self.in_header = false;
            self.is_forwarded = false;
            if has("default") {
                let id = tag.attribute("id").map(|id| id.trim_start_matches("message").to_owned());
                self.message = Some((line, Fields { id, ..Fields::default() }));
            }
        } else if has("forwarded") {
            self.is_forwarded = true;
        } else if has("date") && !self.is_forwarded {
            if let Some((_, fields)) = &mut self.message {
                fields.date = tag.attribute("title").filter(|title| !title.is_empty());
            }
        } else if has("from_name") {
            return Some(Want::Sender);
        } else if has("text") {
            return Some(if self.in_header { Want::Chat } else { Want::Text });
        }
        None
    }

    fn take(&mut self, want: Want, inner: &str) {
        // A date may stand behind the name of whom a message is forwarded from.
        let name = || html::plain(inner.split("<span").next().unwrap_or(inner));
        match (want, &mut self.message) {
            (Want::Chat, _) => self.chat = self.chat.take().or_else(|| Some(html::plain(inner))),
            (Want::Sender, Some((_, fields))) if self.is_forwarded => {
                fields.forwarded_from = Some(name());
            }
            (Want::Sender, _) => self.sender = Some(name()),
            (Want::Text, Some((_, fields))) => {
                let text = html::plain(inner);
                match &mut fields.text {
                    Some(before) => {
                        before.push_str("\n\n");
                        before.push_str(&text);
                    }
                    none => *none = Some(text),
                }
            }
            (Want::Text, None) => {}
        }
    }

    fn end_message(&mut self) {
        let Some((line, mut fields)) = self.message.take() else { return };
        if fields.text.as_ref().is_none_or(|text| text.trim().is_empty()) {
            return;
        }
        fields.author.clone_from(&self.sender);
        fields.outlet = self.chat.clone().or_else(|| Some("Telegram".to_owned()));
        let chat = self.chat.as_deref().unwrap_or("telegram");
        fields.id = fields.id.map(|id| format!("telegram:{chat}/{id}"));
        // Days stand before months in all exports, whatever the language.
        fields.date = fields.date.map(|date| date.split(' ').next().unwrap_or_default().to_owned());
        self.messages.push((line, fields));
    }
}
