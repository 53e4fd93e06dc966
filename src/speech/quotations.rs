//! Quotations: where an article speaks in other people's words, and in whose.
//!
//! A quotation may run over sentences and paragraphs. A paragraph that opens with a quotation
//! mark while the one before left its own open goes on with the same speaker.

use crate::model::Document;

/// In UTF-8, the first byte of “ and ”, and that of « and ».
const FIRST_OF_CURLY: u8 = 0xE2;
const FIRST_OF_ANGULAR: u8 = 0xC2;

/// A stretch of bytes between quotation marks, in one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quotation {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Number of its paragraph.
    pub(crate) paragraph: u32,
    /// Goes on from the quotation before it.
    pub(crate) continued: bool,
}

/// Every quotation of a document, in text order.
pub(crate) fn quotations(text: &str, document: &Document) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut left_open = false;
    let mut sentences = document.sentences.iter().peekable();
    while let Some(first) = sentences.next() {
        let mut end = first.span.end();
        while let Some(next) = sentences.next_if(|next| next.paragraph == first.paragraph) {
            end = next.span.end();
        }
        let start = first.span.start();
        let stretch = &text[start as usize..end as usize];
        let mut open: Option<usize> = None;
        // The first bytes of all marks, and of some other characters.
        for at in memchr::memchr3_iter(b'"', FIRST_OF_CURLY, FIRST_OF_ANGULAR, stretch.as_bytes()) {
            let mut behind = stretch[at..].chars();
            let mark = behind.next().unwrap_or(' ');
            let opens = mark == '“' || mark == '«' || (mark == '"' && open.is_none());
            let closes = mark == '”' || mark == '»' || (mark == '"' && open.is_some());
            let inches = || {
                let previous = stretch[..at].chars().next_back().unwrap_or(' ');
                let next = behind.clone().next().unwrap_or(' ');
                mark == '"' && next.is_whitespace() && !previous.is_whitespace()
            };
            if opens && !inches() {
                if open.is_none() {
                    open = Some(at);
                    let continued = left_open && stretch[..at].trim_start().is_empty();
                    let paragraph = first.paragraph;
                    let at = start + offset(at);
                    found.push(Quotation { start: at, end: at, paragraph, continued });
                }
            } else if closes && open.take().is_some() {
                close(&mut found, start + offset(at + mark.len_utf8()));
            }
        }
        left_open = open.is_some();
        if left_open {
            close(&mut found, end);
        }
    }
    found
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("articles are shorter than 4 GiB")
}

fn close(found: &mut [Quotation], end: u32) {
    found.last_mut().expect("a quotation was opened").end = end;
}

/// The quotation that holds `byte`.
pub(crate) fn at(quotations: &[Quotation], byte: u32) -> Option<usize> {
    let after = quotations.partition_point(|quotation| quotation.start <= byte);
    let index = after.checked_sub(1)?;
    (byte < quotations[index].end).then_some(index)
}
