//! What a page says of itself: title, date, outlet, address, author.
//!
//! Comes in: a page. Goes out: what its metadata, its headline's neighbours and its address state.
//! Left out: dates of other stories, of comments, of what the article tells of.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::super::tags::{Kind, Tag, Tags};
use super::address::{day_in_path, host, is_absolute, resolve};
use super::day::{Fields, Place, Stated, date_order};
use super::extent::{Suspect, wide};
use super::linked::{is_article, is_page, read_json, text_of};
use crate::model::{DateOrder, DateSpan};

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
    /// Words of the class of an element that carries some date.
    dates: Vec<String>,
    /// Parts of the class of an element that carries another date.
    other_dates: Vec<String>,
    /// How a line on an update begins.
    updated: Vec<String>,
    /// Days of the week.
    weekdays: Vec<String>,
    /// Classes of headlines that are no first heading.
    headline: Vec<String>,
    /// How the class or id of other stories, or of what readers write, begins or ends.
    others: Vec<String>,
}

/// Longest text of an element that may be a date, in bytes.
const MAX_STAMP: usize = 200;
/// Most such elements that are open at once.
const MAX_DATED: usize = 8;

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
    language: Option<String>,
}

/// Reads a page; `address` is where it was found, if its source says so.
pub(super) fn read(page: &str, address: Option<&str>) -> Meta {
    let (found, stated) = Scan::of(page, address).run(page);
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
    let fields = date_fields(&found, url.as_deref());
    let date = stated.decide(&fields).map(|date| date.to_string());
    let title = find_title(&found, &of, &json, outlet.as_deref());
    Meta { title, date, outlet, url, author }
}

/// What the metadata and the address state of the day of publication.
fn date_fields(found: &Found, url: Option<&str>) -> Fields {
    let articles = || found.json.iter().filter(|node| is_article(node));
    let others = found.json.iter().filter(|node| !is_article(node) && is_page(node));
    let of_json = articles().chain(others).filter_map(|node| text_of(node.get("datePublished")?));
    let of_meta = NAMES.published.iter().flat_map(|wanted| {
        let named = found.meta.iter().filter(move |(name, _)| name == wanted);
        named.map(|(_, value)| value.trim().to_owned()).take(1)
    });
    Fields {
        published: of_json.chain(of_meta).collect(),
        in_path: url.and_then(day_in_path),
        created: articles().filter_map(|node| text_of(node.get("dateCreated")?)).collect(),
        order: date_order(found.language.as_deref(), url.and_then(host).as_deref()),
    }
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

/// The state of a walk over a page's tags.
#[derive(Debug, Default)]
struct Scan {
    found: Found,
    stated: Stated,
    /// Where elements begin that are named after other stories and hold the article.
    wide: HashSet<usize>,
    /// Which number of `08/09/2023` is the day.
    order: Option<DateOrder>,
    /// Elements open that belong to other stories, the page or its readers.
    others: Vec<(String, usize)>,
    /// The text of the block that is open.
    block: String,
    /// What it is the text of.
    inside: Option<&'static str>,
    /// Whether the heading that is open leads to the front page: the name of the site.
    is_site: bool,
    /// The open elements whose class is that of a date.
    dated: Vec<Dated>,
    /// Bytes of text since the headline; `None` before it.
    since_headline: Option<usize>,
    seen_prose: bool,
    /// Whether a lesser heading is open: a long one is no prose.
    in_heading: bool,
    n_text: usize,
}

/// An element for a date, and its text so far.
#[derive(Debug)]
struct Dated {
    name: String,
    /// Elements of its name that are open inside of it, with itself.
    depth: usize,
    text: String,
    is_sure: bool,
}

/// What the class of an element says of a date in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dating {
    None,
    /// Some date.
    Some,
    /// That of the publication.
    Published,
    /// Another date.
    Other,
}

impl Dating {
    /// Of a class and id in lower case.
    fn of(class: &str) -> Self {
        let mut found = Self::None;
        for name in class.split_whitespace() {
            let has = |parts: &[String]| parts.iter().any(|part| name.contains(part.as_str()));
            if has(&NAMES.other_dates) {
                if found == Self::None {
                    found = Self::Other;
                }
                continue;
            }
            if has(&NAMES.dated) {
                return Self::Published;
            }
            let is_date = |word: &str| {
                let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
                NAMES
                    .dates
                    .iter()
                    .any(|date| word == date || date.len() > 4 && word.ends_with(date.as_str()))
            };
            if name.split(['-', '_']).any(is_date) {
                found = Self::Some;
            }
        }
        found
    }
}

impl Scan {
    fn of(page: &str, address: Option<&str>) -> Self {
        let suspect = |tag: &Tag<'_>| {
            if tag.is("form") {
                return Some(Suspect::Page);
            }
            let class =
                is_container(tag).then(|| class_of(tag)).filter(|class| is_of_others(class))?;
            let readers = class.to_ascii_lowercase().contains("comment");
            Some(if readers { Suspect::Readers } else { Suspect::Page })
        };
        let order = date_order(None, address.and_then(host).as_deref());
        Self { wide: wide(page, suspect), order, ..Self::default() }
    }

    fn run(mut self, page: &str) -> (Found, Stated) {
        let mut at = 0;
        for tag in Tags::of(page) {
            self.text(&page[at..tag.range.start]);
            at = tag.range.end;
            self.tag(&tag);
        }
        self.text(&page[at..]);
        self.end_block();
        (self.found, self.stated)
    }

    fn text(&mut self, text: &str) {
        let is_left_out = self.inside.is_none() && (self.seen_prose || self.n_text > MAX_HEAD);
        if text.is_empty() || is_left_out && self.dated.is_empty() {
            return;
        }
        let mut read = String::new();
        super::super::super::entities::push(text, &mut read);
        for dated in self.dated.iter_mut().filter(|dated| dated.text.len() <= MAX_STAMP) {
            dated.text.push_str(&read);
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
        if tag.is_any(&["h2", "h3", "h4", "h5", "h6"]) {
            self.in_heading = tag.kind == Kind::Open;
        }
        if tag.kind == Kind::Close {
            if let Some(at) = self.dated.iter().rposition(|dated| tag.is(&dated.name)) {
                self.dated[at].depth -= 1;
                if self.dated[at].depth == 0 {
                    // What is open inside of it was never closed.
                    self.dated.drain(at + 1..);
                    self.end_dated();
                }
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
            "html" => {
                self.found.language = tag.attribute("lang").or_else(|| tag.attribute("xml:lang"));
                self.order = date_order(self.found.language.as_deref(), None).or(self.order);
            }
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
            "h2" | "h3" | "div" | "p" if self.others.is_empty() && is_headline(tag) => {
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
        if let Some(dated) = self.dated.iter_mut().rfind(|dated| tag.is(&dated.name)) {
            dated.depth += 1;
        }
        let others = ["aside", "nav", "footer", "blockquote", "form"];
        let class = class_of(tag);
        let is_wide = self.wide.contains(&tag.range.start);
        // Some systems keep author and day in a footer under the headline.
        let is_byline = tag.is("footer") && self.since_headline.is_some() && !self.seen_prose;
        let is_other =
            tag.is_any(&others) && !is_byline || is_container(tag) && is_of_others(&class);
        if is_other && !is_wide {
            self.others.push((tag.name.to_ascii_lowercase(), 1));
            return;
        }
        self.dated(tag, &class);
    }

    /// An element that may carry the date, as its text or as an attribute.
    fn dated(&mut self, tag: &Tag<'_>, class: &str) {
        let itemprop = tag.attribute("itemprop").unwrap_or_default().to_ascii_lowercase();
        let is_time = tag.is("time");
        let is_published =
            itemprop.contains("datepublished") || is_time && tag.attribute("pubdate").is_some();
        let dating = match Dating::of(&class.to_ascii_lowercase()) {
            _ if itemprop.contains("modified") => Dating::Other,
            _ if is_published => Dating::Published,
            Dating::None if is_time => Dating::Some,
            dating => dating,
        };
        if matches!(dating, Dating::Some | Dating::Published) && self.dated.len() < MAX_DATED {
            let (name, is_sure) = (tag.name.to_ascii_lowercase(), dating == Dating::Published);
            self.dated.push(Dated { name, depth: 1, text: String::new(), is_sure });
        }
        if !(is_time || is_published || tag.is_any(&["abbr", "span"])) {
            return;
        }
        let value = ["datetime", "content", "title", "data-datetime", "data-timestamp"]
            .iter()
            .find_map(|name| tag.attribute(name).filter(|value| !value.trim().is_empty()));
        let Some(value) = value.filter(|value| value.bytes().any(|b| b.is_ascii_digit())) else {
            return;
        };
        if dating == Dating::Published {
            self.stated.published.push(value);
        } else if is_time && dating == Dating::Some && !self.seen_prose {
            self.stated.beside.push(value);
        }
    }

    /// The innermost element whose class is that of a date has ended: its text may be one.
    fn end_dated(&mut self) {
        let Some(Dated { text, is_sure, .. }) = self.dated.pop() else { return };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !self.others.is_empty() {
            return;
        }
        let Some(day) = DateSpan::of_stamp_in(&text, self.order) else { return };
        let is_beside = self.since_headline.is_some() && !self.seen_prose;
        if self.since_headline.is_none() && !is_sure && is_banner(&text) {
            return;
        }
        if !is_update(&text) {
            let place = if is_beside { Place::Beside } else { Place::Elsewhere };
            self.stated.add_written(day, self.n_text, is_sure, place);
        } else if is_beside {
            self.stated.add_update(day);
        }
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        const MAX_META: usize = 500;
        let value = tag.attribute("content").or_else(|| tag.attribute("value"));
        let Some(value) = value else { return };
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
                if self.found.headline.is_none() && self.found.lesser_headline.is_none() {
                    self.begin_headline();
                    self.found.lesser_headline = Some(text);
                }
            }
            Some(_) => {
                if self.found.headline.is_none() {
                    self.begin_headline();
                    self.found.headline = Some(text);
                }
            }
            None => self.line(&text),
        }
    }

    fn begin_headline(&mut self) {
        self.stated.begin_headline(self.n_text);
        self.since_headline = Some(0);
        self.seen_prose = false;
    }

    /// A line of the page: it may say when the article was published.
    fn line(&mut self, text: &str) {
        self.n_text += text.len();
        if !self.others.is_empty() {
            return;
        }
        let is_prose = text.len() >= PROSE && !self.in_heading;
        self.seen_prose |= is_prose && self.since_headline.is_some();
        let stamp = || DateSpan::of_stamp_in(text, self.order);
        match &mut self.since_headline {
            Some(since) => {
                *since += text.len();
                let day = if *since < 1500 { stamp() } else { None };
                match day {
                    Some(day) if is_update(text) => self.stated.add_update(day),
                    Some(day) => self.stated.add_stamp(day),
                    None => {}
                }
            }
            None => {
                if let Some(day) = stamp().filter(|_| !is_update(text) && !is_banner(text)) {
                    self.stated.add_above(day, self.n_text);
                }
            }
        }
    }
}

/// Whether a line tells of an update alone.
fn is_update(line: &str) -> bool {
    let line = line.to_lowercase();
    let updates = NAMES.updated.iter().any(|start| line.starts_with(start.as_str()));
    updates && !["publish", "posted", "created"].iter().any(|word| line.contains(word))
}

/// Whether a line is a day of the week with its date alone: newspapers set the day that it is above
/// their pages.
fn is_banner(line: &str) -> bool {
    let first = line.split([' ', ',']).next().unwrap_or_default();
    let is_short = line.split(' ').count() <= 4;
    is_short && NAMES.weekdays.iter().any(|day| day.eq_ignore_ascii_case(first))
}

/// Whether elements of this name hold others.
fn is_container(tag: &Tag<'_>) -> bool {
    tag.is_any(&["div", "section", "ul", "ol", "article"])
}

/// Class and id of an element.
fn class_of(tag: &Tag<'_>) -> String {
    let of = |name| tag.attribute(name).unwrap_or_default();
    format!("{} {}", of("class"), of("id"))
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
