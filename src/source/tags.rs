//! Tags of a page, found without building a tree.

use std::ops::Range;

/// A tag with its byte range. Comments, scripts and styles are one tag with their content.
#[derive(Debug, Clone)]
pub(super) struct Tag<'p> {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
    /// As it is written; compare without case.
    pub(super) name: &'p str,
    /// What stands behind the name.
    pub(super) attributes: &'p str,
    /// Of scripts, styles and comments.
    pub(super) content: &'p str,
}

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    /// A comment, declaration or processing instruction.
    Aside,
}

impl<'p> Tag<'p> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    pub(super) fn is_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }

    /// Whether it is written as one that has no content: `<br/>`.
    pub(super) fn closes_itself(&self) -> bool {
        self.attributes.ends_with('/')
    }

    /// Whether elements of this name have no content.
    pub(super) fn is_void(&self) -> bool {
        self.is_any(&[
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
            "source", "track", "wbr",
        ])
    }

    /// The attributes, as many as a reader may want.
    pub(super) fn attributes(&self) -> Attributes<'p> {
        Attributes { rest: self.attributes }
    }

    /// The value of an attribute with its entities read.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        let (_, value) =
            self.attributes().take(64).find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
        let mut read = String::with_capacity(value.len());
        super::entities::push(value, &mut read);
        Some(read)
    }
}

/// Names and raw values.
#[derive(Debug, Clone)]
pub(super) struct Attributes<'p> {
    rest: &'p str,
}

impl<'p> Iterator for Attributes<'p> {
    type Item = (&'p str, &'p str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .bytes()
            .skip(1)
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'/'))
            .map_or(rest.len(), |end| end + 1);
        let end = rest.ceil_char_boundary(end);
        let name = &rest[..end];
        let after = rest[end..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            self.rest = &rest[end..];
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = if let Some(quote) = quote {
            let inner = &value[1..];
            let end = inner.find(quote).unwrap_or(inner.len());
            (&inner[..end], inner.get(end + 1..).unwrap_or_default())
        } else {
            let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
            (&value[..end], &value[end..])
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// All tags of a page.
///
/// # Complexity
///
/// Linear in the length of the page, whatever it holds.
pub(super) struct Tags<'p> {
    page: &'p str,
    at: usize,
    /// Where the next double and single quotation marks stand, as far as was looked.
    quotes: [usize; 2],
}

impl<'p> Tags<'p> {
    pub(super) fn of(page: &'p str) -> Self {
        Self { page, at: 0, quotes: [0; 2] }
    }

    /// The next quotation mark of a kind from `at`; the page's length where there is none.
    fn quote(&mut self, mark: u8, at: usize) -> usize {
        let known = &mut self.quotes[usize::from(mark == b'\'')];
        if *known < at {
            let found = memchr::memchr(mark, &self.page.as_bytes()[at..]);
            *known = found.map_or(self.page.len(), |found| at + found);
        }
        *known
    }

    /// Where the tag ends whose attributes begin at `at`: behind its `>`, or at the page's end.
    fn end_of_tag(&mut self, mut at: usize) -> usize {
        let bytes = self.page.as_bytes();
        let mut after_equals = false;
        while let Some(&b) = bytes.get(at) {
            match b {
                b'>' => return at + 1,
                b'"' | b'\'' if after_equals => {
                    let end = self.quote(b, at + 1);
                    if end < bytes.len() {
                        at = end;
                    }
                    after_equals = false;
                }
                b'=' => after_equals = true,
                b if b.is_ascii_whitespace() => {}
                _ => after_equals = false,
            }
            at += 1;
        }
        bytes.len()
    }
}

impl<'p> Iterator for Tags<'p> {
    type Item = Tag<'p>;

    fn next(&mut self) -> Option<Tag<'p>> {
        let page = self.page;
        let bytes = page.as_bytes();
        loop {
            let start = self.at + memchr::memchr(b'<', bytes.get(self.at..)?)?;
            self.at = start + 1;
            if bytes[start..].starts_with(b"<!--") {
                let found = memchr::memmem::find(&bytes[start + 4..], b"-->");
                let end = found.map_or(bytes.len(), |end| start + 4 + end);
                self.at = (end + 3).min(bytes.len());
                let content = &page[start + 4..end];
                let range = start..self.at;
                return Some(Tag { range, kind: Kind::Aside, name: "", attributes: "", content });
            }
            let closes = bytes.get(start + 1) == Some(&b'/');
            let declares = matches!(bytes.get(start + 1), Some(b'!' | b'?'));
            let name_start = start + 1 + usize::from(closes || declares);
            let is_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':');
            let begins = bytes.get(name_start).is_some_and(u8::is_ascii_alphabetic);
            if !begins && !declares {
                continue;
            }
            let name_end = name_start + bytes[name_start..].iter().take_while(is_name).count();
            let tag_end = self.end_of_tag(name_end);
            let name = &page[name_start..name_end];
            let whole = &page[name_end..tag_end];
            let attributes = whole.strip_suffix('>').unwrap_or(whole);
            let kind = match (closes, declares) {
                (_, true) => Kind::Aside,
                (true, _) => Kind::Close,
                _ => Kind::Open,
            };
            let mut tag = Tag { range: start..tag_end, kind, name, attributes, content: "" };
            if kind == Kind::Open && tag.is_any(&["script", "style"]) {
                let (content_end, end) = end_of_raw(bytes, tag_end, name);
                tag.content = &page[tag_end..content_end];
                tag.range.end = end;
            }
            self.at = tag.range.end;
            return Some(tag);
        }
    }
}

/// Where the content of a script or style ends that begins at `at`, and its closing tag.
fn end_of_raw(bytes: &[u8], mut at: usize, name: &str) -> (usize, usize) {
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
        let start = at + found;
        at = start + 2;
        let found = bytes.get(at..at + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            let end = memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
            return (start, end);
        }
    }
    (bytes.len(), bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_hold_marks() {
        let tags: Vec<_> =
            Tags::of("<a title=\"a > b\" href='x' data-y = z hidden>t</a><br/>").collect();
        assert_eq!(tags.len(), 3);
        assert_eq!(tags[0].attribute("title").as_deref(), Some("a > b"));
        assert_eq!(tags[0].attribute("HREF").as_deref(), Some("x"));
        assert_eq!(tags[0].attribute("data-y").as_deref(), Some("z"));
        assert_eq!(tags[0].attribute("hidden").as_deref(), Some(""));
        assert!(tags[2].closes_itself() && tags[2].is_void());
    }

    #[test]
    fn raw_content_and_broken_ends_are_passed() {
        let names = |page| Tags::of(page).map(|tag| tag.name.to_owned()).collect::<Vec<_>>();
        assert_eq!(names("<script>if (a<b) {}</SCRIPT><p>x"), ["script", "p"]);
        assert_eq!(names("a < b <3 <p"), ["p"]);
        assert_eq!(names("<!-- <p> --><p title=\"x>"), ["", "p"]);
        assert_eq!(names("<!doctype html><é><p>"), ["doctype", "p"]);
    }
}
