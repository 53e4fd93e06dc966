//! What a page says of itself: title, date, outlet, address, author.
//!
//! Comes in: a page. Goes out: what its metadata, its headline's neighbours and its address state.
//! Left out: dates of other stories, of comments, of what the article tells of.

use std::slice;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::super::tags::{Kind, Tag, Tags};
use super::address::{day_in_path, host, is_absolute, resolve};
use crate::model::DateSpan;

/// Bytes of a page's text in which a headline and the line under it are looked for.
const MAX_HEAD: usize = 20_000;
/// A block of text this long is prose: the line under the headline stands before it.
const PROSE: usize = 140;

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/inputs/metadata.toml"))
        .expect("the embedded names of metadata are well formed")
});

/// What pages call what they say of themselves, in lower case; the surest first.
#[derive(Debug, Deserialize)]
struct Names {
    title: Vec<String>,
    published: Vec<String>,
    outlet: Vec<String>,
    url: Vec<String>,
    author: Vec<String>,
    /// Parts of the class of an element that carries the date of publication.
    dated: Vec<String>,
    /// Classes of headlines that are no first heading.
    headline: Vec<String>,
    /// How the class or id of other stories, or of what readers write, begins or ends.
    others: Vec<String>,
}

/// Longest text of an element that may be a date, in bytes.
const MAX_STAMP: usize = 200;
/// Most such elements of a page.
const MAX_WRITTEN: usize = 200;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) author: Option<String>,
}

/// Everything found, before it is decided between.
#[derive(Debug, Default)]
struct Found {
    /// Names of metadata in lower case, with their values, in the order of the page.
    meta: Vec<(String, String)>,
    json: Vec<Map<String, Value>>,
    title: Option<String>,
    headline: Option<String>,
    /// A lesser heading that its class says to be the headline.
    lesser_headline: Option<String>,
    canonical: Option<String>,
    base: Option<String>,
    saved_from: Option<String>,
    /// Dates of elements that say that they are the publication's.
    published: Vec<String>,
    /// Days that are the whole text of elements whose class is that of dates, and whether each
    /// stands between the headline and the first prose.
    written: Vec<(DateSpan, bool)>,
    /// Dates of elements beside the headline.
    beside: Vec<String>,
    /// The day in a line of its own beside the headline.
    stamp: Option<DateSpan>,
}

impl Found {
    /// The day written beside the headline; else the one on which all elements agree.
    fn written_day(&self) -> Option<DateSpan> {
        let mut beside = self.written.iter().filter(|(_, is_beside)| *is_beside);
        if let Some((day, _)) = beside.next() {
            return Some(*day);
        }
        let (first, _) = self.written.first()?;
        self.written.iter().all(|(day, _)| day == first).then_some(*first)
    }
}

/// Reads a page; `address` is where it was found, if its source says so.
pub(super) fn read(page: &str, address: Option<&str>) -> Meta {
    let found = Scan::default().run(page);
    let address = address.map(str::to_owned).or_else(|| found.saved_from.clone());
    let of = |names: &[String]| {
        names.iter().find_map(|wanted| {
            let (_, value) = found
                .meta
                .iter()
                .find(|(name, value)| name == wanted && !value.trim().is_empty())?;
            Some(value.trim().to_owned())
        })
    };
    let json = |keys: &[&str]| {
        let articles = found.json.iter().filter(|node| is_article(node));
        articles
            .chain(found.json.iter().filter(|node| !is_article(node)))
            .find_map(|node| keys.iter().find_map(|key| text_of(node.get(*key)?)))
    };
    let link = found.canonical.clone().or_else(|| of(&NAMES.url));
    let url = link
        .and_then(|link| resolve(&link, found.base.as_deref().or(address.as_deref())))
        .or_else(|| of(&["og:url".to_owned()]).filter(|url| is_absolute(url)))
        .or_else(|| address.clone());
    let outlet = of(&["og:site_name".to_owned()])
        .or_else(|| json(&["publisher"]))
        .or_else(|| of(&NAMES.outlet).filter(|name| !is_absolute(name)))
        .or_else(|| url.as_deref().and_then(host));
    let author = json(&["author", "creator"])
        .or_else(|| of(&NAMES.author))
        .filter(|author| !is_absolute(author));
    let date = find_date(&found, &of, url.as_deref()).map(|date| date.to_string());
    let title = find_title(&found, &of, &json, outlet.as_deref());
    Meta { title, date, outlet, url, author }
}

/// The day of publication, from where a page states it most surely to where it does least.
fn find_date(
    found: &Found,
    of: &impl Fn(&[String]) -> Option<String>,
    url: Option<&str>,
) -> Option<DateSpan> {
    let day =
        |text: &String| DateSpan::from_field(text, None).filter(|span| span.first() == span.last());
    let articles = found.json.iter().filter(|node| is_article(node));
    let others = found.json.iter().filter(|node| !is_article(node) && is_page(node));
    let of_json = articles
        .chain(others)
        .find_map(|node| text_of(node.get("datePublished")?).filter(|text| day(text).is_some()));
    let first = |dates: &[String]| dates.iter().find_map(day);
    of_json
        .as_ref()
        .and_then(day)
        .or_else(|| {
            NAMES.published.iter().find_map(|name| of(slice::from_ref(name)).as_ref().and_then(day))
        })
        .or_else(|| first(&found.published))
        .or_else(|| url.and_then(day_in_path))
        .or_else(|| first(&found.beside))
        .or_else(|| found.written_day())
        .or(found.stamp)
        .or_else(|| {
            let created = found.json.iter().filter(|node| is_article(node));
            created.filter_map(|node| text_of(node.get("dateCreated")?)).find_map(|text| day(&text))
        })
}

/// The headline without the name of the site.
fn find_title(
    found: &Found,
    of: &impl Fn(&[String]) -> Option<String>,
    json: &impl Fn(&[&str]) -> Option<String>,
    outlet: Option<&str>,
) -> Option<String> {
    let title = of(&NAMES.title)
        .or_else(|| json(&["headline"]))
        .or_else(|| {
            let headline = found.headline.as_ref().or(found.lesser_headline.as_ref());
            headline.filter(|headline| headline.len() > 10).cloned()
        })
        .or_else(|| found.title.clone())?;
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(without_site(&title, found.headline.as_deref(), outlet).to_owned())
        .filter(|title| !title.is_empty())
}

/// "Envoys sign treaty - Example News" without the last part, where that is the site's name.
fn without_site<'t>(title: &'t str, headline: Option<&str>, outlet: Option<&str>) -> &'t str {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " · "] {
        let Some((start, last)) = title.rsplit_once(mark) else { continue };
        let same = |name: &str| name.trim().eq_ignore_ascii_case(last.trim());
        let is_headline = headline
            .is_some_and(|headline| headline.split_whitespace().eq(start.split_whitespace()));
        let is_short =
            last.split(' ').count() <= 4 && start.split(' ').count() >= 4 && mark != " - ";
        if is_headline || outlet.is_some_and(same) || is_short {
            return start.trim();
        }
    }
    title
}

/// Whether a piece of structured data is an article.
fn is_article(node: &Map<String, Value>) -> bool {
    let is = |kind: &str| {
        kind.ends_with("Article") || kind.ends_with("Posting") || kind.ends_with("Report")
    };
    of_kind(node, is)
}

fn is_page(node: &Map<String, Value>) -> bool {
    of_kind(node, |kind| kind.ends_with("Page") || kind == "CreativeWork" || kind == "VideoObject")
}

fn of_kind(node: &Map<String, Value>, is: impl Fn(&str) -> bool) -> bool {
    match node.get("@type") {
        Some(Value::String(kind)) => is(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// A text, or the name of what stands there.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => {
            let mut read = String::new();
            super::super::super::entities::push(text.trim(), &mut read);
            Some(read)
        }
        Value::Array(values) => values.iter().find_map(text_of),
        Value::Object(object) => text_of(object.get("name").or_else(|| object.get("@value"))?),
        _ => None,
    }
}

/// The pieces of a block of JSON-LD: lists and graphs are taken apart.
fn read_json(block: &str, nodes: &mut Vec<Map<String, Value>>) {
    const MAX_NODES: usize = 200;
    let block = block.trim();
    let start = block.find(['{', '[']).unwrap_or(0);
    let end = block.rfind(['}', ']']).map_or(block.len(), |end| end + 1);
    let Some(json) = block.get(start..end) else { return };
    // Line breaks inside of texts are common and forbidden.
    let value = serde_json::from_str::<Value>(json)
        .or_else(|_| serde_json::from_str(&json.replace(['\n', '\r', '\t'], " ")));
    let Ok(value) = value else {
        let field = |key: &str| Some((key.to_owned(), Value::String(raw_field(json, key)?)));
        let fields: Map<_, _> =
            ["datePublished", "headline"].iter().filter_map(|k| field(k)).collect();
        if !fields.is_empty() {
            let kind = ("@type".to_owned(), Value::String("Article".to_owned()));
            nodes.push(fields.into_iter().chain([kind]).collect());
        }
        return;
    };
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values.into_iter().rev()),
            Value::Object(mut object) => {
                for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    if let Some(inner @ (Value::Array(_) | Value::Object(_))) = object.remove(key) {
                        open.push(inner);
                    }
                }
                nodes.push(object);
            }
            _ => {}
        }
        if nodes.len() > MAX_NODES {
            return;
        }
    }
}

/// The value of a field in JSON that is broken elsewhere.
fn raw_field(json: &str, key: &str) -> Option<String> {
    let at = json.find(&format!("\"{key}\""))? + key.len() + 2;
    let rest = json[at..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    Some(rest[..rest.find('"')?].to_owned())
}

/// The state of a walk over a page's tags.
#[derive(Debug, Default)]
struct Scan {
    found: Found,
    /// Elements open that belong to other stories, the page or its readers.
    others: Vec<(String, usize)>,
    /// The text of the block that is open.
    block: String,
    /// What it is the text of.
    inside: Option<&'static str>,
    /// Whether the heading that is open leads to the front page: the name of the site.
    is_site: bool,
    /// The open element whose class is that of a date, and its text so far.
    dated: Option<(String, String)>,
    /// Bytes of text since the headline; `None` before it.
    since_headline: Option<usize>,
    seen_prose: bool,
    n_text: usize,
}

impl Scan {
    fn run(mut self, page: &str) -> Found {
        let mut at = 0;
        for tag in Tags::of(page) {
            self.text(&page[at..tag.range.start]);
            at = tag.range.end;
            self.tag(&tag);
        }
        self.text(&page[at..]);
        self.end_block();
        self.found
    }

    fn text(&mut self, text: &str) {
        let is_left_out = self.inside.is_none() && (self.seen_prose || self.n_text > MAX_HEAD);
        if text.is_empty() || is_left_out && self.dated.is_none() {
            return;
        }
        let mut read = String::new();
        super::super::super::entities::push(text, &mut read);
        if let Some((_, dated)) = &mut self.dated
            && dated.len() <= MAX_STAMP
        {
            dated.push_str(&read);
        }
        if !is_left_out {
            self.block.push_str(&read);
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        if tag.kind == Kind::Aside {
            self.saved_from(tag.content);
            return;
        }
        let inline = ["a", "b", "i", "em", "strong", "span", "time", "abbr", "font", "small", "u"];
        if !tag.is_any(&inline) {
            self.end_block();
        }
        if tag.kind == Kind::Close {
            if self.dated.as_ref().is_some_and(|(name, _)| tag.is(name)) {
                self.end_dated();
            }
            if let Some((name, depth)) = self.others.last_mut()
                && tag.is(name)
            {
                *depth -= 1;
                if *depth == 0 {
                    self.others.pop();
                }
            }
            return;
        }
        match tag.name.to_ascii_lowercase().as_str() {
            "meta" => self.meta(tag),
            "link" => {
                let rel = tag.attribute("rel").unwrap_or_default();
                if rel.eq_ignore_ascii_case("canonical") && self.found.canonical.is_none() {
                    self.found.canonical = tag.attribute("href").filter(|href| !href.is_empty());
                }
            }
            "base" => self.found.base = tag.attribute("href"),
            "script" => {
                let kind = tag.attribute("type").unwrap_or_default();
                if kind.to_ascii_lowercase().contains("ld+json") {
                    read_json(tag.content, &mut self.found.json);
                }
            }
            "title" if self.found.title.is_none() => self.inside = Some("title"),
            "h1" if self.others.is_empty() => {
                self.inside = Some("h1");
                self.is_site = false;
            }
            "h2" | "h3" if self.others.is_empty() && is_headline(tag) => {
                self.inside = Some("lesser");
                self.is_site = false;
            }
            name => {
                self.is_site |=
                    name == "a" && tag.attribute("href").is_some_and(|to| is_front(&to));
                self.element(tag);
            }
        }
    }

    /// Any other element: it may hold a date, or other stories.
    fn element(&mut self, tag: &Tag<'_>) {
        if tag.is_void() || tag.closes_itself() {
            return;
        }
        if let Some((name, depth)) = self.others.last_mut() {
            if tag.is(name) {
                *depth += 1;
            }
            return;
        }
        let others = ["aside", "nav", "footer", "blockquote", "form"];
        let class = format!(
            "{} {}",
            tag.attribute("class").unwrap_or_default(),
            tag.attribute("id").unwrap_or_default()
        );
        let is_container = tag.is_any(&["div", "section", "ul", "ol", "article"]);
        // Some systems keep author and day in a footer under the headline.
        let is_byline = tag.is("footer") && self.since_headline.is_some() && !self.seen_prose;
        if tag.is_any(&others) && !is_byline || is_container && is_of_others(&class) {
            self.others.push((tag.name.to_ascii_lowercase(), 1));
            return;
        }
        self.dated(tag, &class);
    }

    /// An element that may carry the date as an attribute.
    fn dated(&mut self, tag: &Tag<'_>, class: &str) {
        let itemprop = tag.attribute("itemprop").unwrap_or_default().to_ascii_lowercase();
        let class = class.to_ascii_lowercase();
        let updates =
            class.contains("updat") || class.contains("modif") || itemprop.contains("modified");
        let is_dated = NAMES.dated.iter().any(|word| class.contains(word.as_str())) && !updates;
        // The innermost such element holds the day alone.
        if is_dated {
            self.dated = Some((tag.name.to_ascii_lowercase(), String::new()));
        }
        let is_time = tag.is("time");
        let is_published =
            itemprop.contains("datepublished") || is_time && tag.attribute("pubdate").is_some();
        if !(is_time || is_published || tag.is("abbr") || tag.is("span")) {
            return;
        }
        let value = ["datetime", "content", "title", "data-datetime", "data-timestamp"]
            .iter()
            .find_map(|name| tag.attribute(name).filter(|value| !value.trim().is_empty()));
        let Some(value) = value.filter(|value| value.bytes().any(|b| b.is_ascii_digit())) else {
            return;
        };
        if is_published || is_dated {
            self.found.published.push(value);
        } else if is_time && !updates && !self.seen_prose {
            self.found.beside.push(value);
        }
    }

    /// The element whose class is that of a date has ended: its text may be one.
    fn end_dated(&mut self) {
        let Some((_, text)) = self.dated.take() else { return };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.others.is_empty()
            && self.found.written.len() < MAX_WRITTEN
            && let Some(day) = DateSpan::of_stamp(&text)
        {
            let is_beside = self.since_headline.is_some() && !self.seen_prose;
            self.found.written.push((day, is_beside));
        }
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        const MAX_META: usize = 500;
        let Some(value) = tag.attribute("content") else { return };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = tag.attribute(key)
                && self.found.meta.len() < MAX_META
                && self.others.is_empty()
            {
                self.found.meta.push((name.trim().to_ascii_lowercase(), value.clone()));
            }
        }
    }

    /// The address in a comment of browsers or of `SingleFile`.
    fn saved_from(&mut self, comment: &str) {
        let comment = &comment[..comment.floor_char_boundary(comment.len().min(2000))];
        let is_saved =
            comment.contains("saved from url=") || comment.contains("Page saved with SingleFile");
        if is_saved && self.found.saved_from.is_none() {
            let start = comment.find("http");
            let url = start.map(|at| comment[at..].split_whitespace().next().unwrap_or_default());
            self.found.saved_from = url.map(str::to_owned);
        }
    }

    /// The block that was open has ended.
    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let inside = self.inside.take();
        let text = block.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            self.inside = inside;
            return;
        }
        match inside {
            Some("title") => self.found.title = Some(text),
            Some(_) if self.is_site => {}
            Some("lesser") => {
                self.found.lesser_headline.get_or_insert(text);
            }
            Some(_) => {
                if self.found.headline.is_none() {
                    self.found.headline = Some(text);
                    self.since_headline = Some(0);
                }
            }
            None => self.line(&text),
        }
    }

    /// A line of the page: it may say when the article was published.
    fn line(&mut self, text: &str) {
        self.n_text += text.len();
        if !self.others.is_empty() {
            return;
        }
        self.seen_prose |= text.len() >= PROSE && self.since_headline.is_some();
        let Some(since) = &mut self.since_headline else { return };
        *since += text.len();
        if *since < 1500 && self.found.stamp.is_none() {
            self.found.stamp = DateSpan::of_stamp(text);
        }
    }
}

/// Whether the class of a lesser heading says that it is the headline.
fn is_headline(tag: &Tag<'_>) -> bool {
    let class = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
    let itemprop = tag.attribute("itemprop").unwrap_or_default();
    itemprop.eq_ignore_ascii_case("headline")
        || class.split_whitespace().any(|name| NAMES.headline.iter().any(|known| known == name))
}

/// Whether an address is that of a front page.
fn is_front(address: &str) -> bool {
    let path = match address.trim().split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => address.trim().trim_start_matches('/'),
    };
    path.is_empty() || path.starts_with("index.")
}

/// Whether a class or id is that of other stories or of what readers write.
fn is_of_others(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    class.split_whitespace().any(|name| {
        let of_others =
            |word: &String| name.starts_with(word.as_str()) || name.ends_with(word.as_str());
        NAMES.others.iter().any(of_others)
            && !name.starts_with("has-")
            && !name.starts_with("no-")
            && !name.starts_with("with-")
    })
}
