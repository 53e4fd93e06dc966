//! A page becomes its main text, with title, date, outlet and address from its metadata.
//!
//! Comes in: a page. Goes out: an article in plain text, a paragraph to a block. Left out: what
//! the page says outside of its main content. Where the page defeats the extraction (too deep, too
//! large, broken), all of its text is taken, and boilerplate is told from it later.

use dom_smoothie::{Config, Readability, TextMode};

use super::Cause;
use super::record::Fields;
use crate::model::{Article, DateSpan};

/// Deepest nesting that is parsed: tree walks cost stack and time by depth.
const MAX_DEPTH: usize = 256;
/// Most elements that are parsed.
const MAX_ELEMENTS: usize = 50_000;
/// A main text shorter than this is held against all of the page's text.
const SHORT: usize = 250;

/// The article of a page.
///
/// # Errors
///
/// If the page has no text, or too much of it.
pub(super) fn read(page: &str, id: &str) -> Result<Article, Cause> {
    let outline = Outline::of(page);
    let mut fields = Fields::default();
    if outline.depth <= MAX_DEPTH && outline.n_tags <= 2 * MAX_ELEMENTS {
        fields = read_main(page);
    }
    if fields.text.as_ref().is_none_or(|text| text.trim().len() < SHORT) {
        let all = strip(page);
        // A short main text is right only if it is most of what there is.
        if fields.text.as_ref().is_none_or(|text| text.trim().len() * 3 < all.len()) {
            fields.text = Some(all);
        }
    }
    fields.into_article(id)
}

fn read_main(page: &str) -> Fields {
    let config = Config {
        max_elements_to_parse: MAX_ELEMENTS,
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    let Ok(mut readability) = Readability::new(page, None, Some(config)) else {
        return Fields::default();
    };
    let attribute = |selector: &str, name: &str| {
        let found = readability.doc.select_single(selector);
        found.attr(name).map(|value| value.to_string()).filter(|value| !value.trim().is_empty())
    };
    let time = attribute("time[datetime]", "datetime");
    let canonical = attribute("link[rel=canonical]", "href");
    let metadata = readability.get_article_metadata(readability.parse_json_ld());
    let is_date = |date: &String| DateSpan::from_field(date).is_some();
    let mut fields = Fields {
        title: Some(metadata.title).filter(|title| !title.is_empty()),
        date: metadata.published_time.filter(is_date).or(time.filter(is_date)),
        url: canonical.or(metadata.url),
        outlet: metadata.site_name,
        ..Fields::default()
    };
    if let Ok(article) = readability.parse() {
        fields.text = Some(article.text_content.trim().to_owned());
    }
    fields
}

/// How deep and how large a page is, without parsing it.
struct Outline {
    depth: usize,
    n_tags: usize,
}

impl Outline {
    /// Reads all tags once. The depth is never below that of the tree that a parser builds, but
    /// for elements that close each other.
    fn of(page: &str) -> Self {
        let (mut open, mut depth, mut n_tags) = (0_usize, 0, 0);
        for (_, tag) in Tags::of(page) {
            n_tags += 1;
            match tag {
                Tag::Open(name) if !closes_itself(name) => {
                    open += 1;
                    depth = depth.max(open);
                }
                Tag::Close(name) if !closes_itself(name) => open = open.saturating_sub(1),
                _ => {}
            }
        }
        Self { depth, n_tags }
    }
}

/// Elements without content, and those whose end another one implies.
fn closes_itself(name: &str) -> bool {
    let is = |other: &&str| name.eq_ignore_ascii_case(other);
    [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody",
        "thead", "tfoot", "colgroup", "rp", "rt",
    ]
    .iter()
    .any(is)
}

/// A tag's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag<'p> {
    Open(&'p str),
    Close(&'p str),
}

/// Tags of a page with their byte ranges; comments, scripts and styles are passed with theirs.
struct Tags<'p> {
    page: &'p str,
    at: usize,
}

impl<'p> Tags<'p> {
    fn of(page: &'p str) -> Self {
        Self { page, at: 0 }
    }
}

impl<'p> Iterator for Tags<'p> {
    type Item = (std::ops::Range<usize>, Tag<'p>);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.page.as_bytes();
        loop {
            let start = self.at + memchr::memchr(b'<', &bytes[self.at..])?;
            self.at = start + 1;
            let rest = &self.page[start..];
            if rest.starts_with("<!--") {
                let end = memchr::memmem::find(&bytes[start..], b"-->").map(|end| start + end + 3);
                self.at = end.unwrap_or(bytes.len());
                return Some((start..self.at, Tag::Close("br")));
            }
            let closes = rest.as_bytes().get(1) == Some(&b'/');
            let name_start = start + 1 + usize::from(closes);
            let name_end = name_start
                + bytes[name_start..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            let declares = matches!(rest.as_bytes().get(1), Some(b'!' | b'?'));
            if name_end == name_start && !declares {
                continue;
            }
            let tag_end = memchr::memchr(b'>', &bytes[name_end..]);
            let mut end = tag_end.map_or(bytes.len(), |end| name_end + end + 1);
            let name = &self.page[name_start..name_end];
            if !closes
                && (name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style"))
            {
                end = end_of_raw(bytes, end, name);
            }
            self.at = end;
            let tag = if closes || declares { Tag::Close(name) } else { Tag::Open(name) };
            return Some((start..end, tag));
        }
    }
}

/// End of the closing tag of a script or style whose content begins at `at`.
fn end_of_raw(bytes: &[u8], mut at: usize, name: &str) -> usize {
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
        at += found + 2;
        let is_end = bytes
            .get(at..at + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        if is_end {
            return memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
        }
    }
    bytes.len()
}

/// All text of a page: tags dropped, blocks on lines of their own, common entities read.
fn strip(page: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    for (range, tag) in Tags::of(page) {
        push_text(&page[at..range.start], &mut text);
        at = range.end;
        let (Tag::Open(name) | Tag::Close(name)) = tag;
        let is = |other: &&str| name.eq_ignore_ascii_case(other);
        let inline =
            ["a", "b", "i", "em", "strong", "span", "u", "sup", "sub", "small", "abbr", "font"];
        if !inline.iter().any(is) && !text.ends_with('\n') {
            text.push('\n');
        }
    }
    push_text(&page[at..], &mut text);
    text.trim().to_owned()
}

/// Appends text with its entities read and its white space made single.
fn push_text(raw: &str, text: &mut String) {
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            rest = rest.trim_start();
            if !text.ends_with([' ', '\n']) {
                text.push(' ');
            }
            continue;
        }
        let entity = (c == '&').then(|| entity(rest)).flatten();
        let (c, length) = entity.unwrap_or((c, c.len_utf8()));
        text.push(c);
        rest = &rest[length..];
    }
}

/// The character that the entity at the start of `text` stands for, and the entity's length.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(10).position(|b| b == b';')?;
    let name = &text[1..end];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> String {
        format!(
            r#"<!doctype html><html><head><title>Envoys sign treaty - Example News</title>
            <meta property="og:title" content="Envoys sign treaty">
            <meta property="og:site_name" content="Example News">
            <link rel="canonical" href="https://example.org/treaty">
            <script type="application/ld+json">{{"@context":"https://schema.org",
            "@type":"NewsArticle","headline":"Envoys sign treaty",
            "datePublished":"2024-06-18T10:00:00Z"}}</script></head>
            <body><nav><a href="/">Home</a></nav>{body}</body></html>"#
        )
    }

    const PROSE: &str = "<p>The two ministers signed the treaty on Friday, and their envoys said \
        that deliveries of shells, drones and spare parts would begin within weeks.</p>";

    #[test]
    fn a_page_gives_text_and_metadata() {
        let page =
            page(&format!("<article><h1>Envoys sign treaty</h1>{}</article>", PROSE.repeat(4)));
        let article = read(&page, "a.html").unwrap();
        assert_eq!(article.info.title.as_deref(), Some("Envoys sign treaty"));
        assert_eq!(article.info.date.unwrap().to_string(), "2024-06-18");
        assert_eq!(article.info.outlet.as_deref(), Some("Example News"));
        assert_eq!(article.info.url.as_deref(), Some("https://example.org/treaty"));
        assert!(article.text.contains("signed the treaty"));
        assert!(!article.text.contains("Home"));
    }

    #[test]
    fn depth_does_not_matter() {
        for tag in ["div", "b", "ul><li", "p", "table><tr><td", "svg"] {
            let close = format!("</{}>", tag.split('>').next().unwrap());
            let page = page(&format!(
                "{}{PROSE}{}",
                format!("<{tag}>").repeat(100_000),
                close.repeat(100_000)
            ));
            let article = read(&page, "deep.html").unwrap();
            assert!(article.text.contains("signed the treaty"), "{tag}");
        }
    }

    #[test]
    fn broken_pages_give_their_text() {
        let article =
            read("<p>They met.<br>They &amp; others&#8217; left<script>x < 1", "a").unwrap();
        assert_eq!(article.text, "They met.\nThey & others’ left");
        assert!(read("<html><body></body></html>", "a").is_err());
        assert!(read("<<<<!-- ", "a").is_ok_and(|article| article.text.contains('<')));
    }
}
