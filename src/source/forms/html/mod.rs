//! A page becomes its main text, with title, date, outlet and address from what it states.
//!
//! Comes in: a page. Goes out: the fields of an article, its text a paragraph to a block. Left out:
//! what the page says outside of its main content. Where the page defeats the extraction (too deep,
//! too large, broken), all of its text is taken, and boilerplate is told from it later.

mod address;
mod clean;
mod day;
mod extent;
mod linked;
mod main_text;
mod meta;
mod plain;
mod tree;

use super::super::form::{Input, Opened, Sign, one, read_all};
use super::super::record::Fields;
use super::super::stream;

/// A main text shorter than this is held against all of the page's text.
const SHORT: usize = 250;

/// Whether a page begins here.
pub(super) fn begins(start: &[u8]) -> Sign {
    let start = start.trim_ascii_start();
    if start.first() != Some(&b'<') {
        return Sign::No;
    }
    let head = start[..start.len().min(1024)].to_ascii_lowercase();
    let tags = ["<!doctype html", "<html", "<head", "<body"];
    let is_page = tags.iter().any(|tag| memchr::memmem::find(&head, tag.as_bytes()).is_some());
    if is_page { Sign::Maybe } else { Sign::No }
}

pub(super) fn open(mut input: Input) -> Opened {
    Ok(read_all(&mut *input.reader)?.map(|bytes| one(Ok(read(&decode(bytes), None)))))
}

/// The text of a page, in the encoding that it says it has.
pub(super) fn decode(bytes: Vec<u8>) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let named = head.split("charset").nth(1).and_then(|rest| {
        let rest =
            rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')))?;
        encoding_rs::Encoding::for_label(&rest.as_bytes()[..end])
    });
    let is_utf8 = std::str::from_utf8(&bytes).is_ok();
    match named {
        // What is UTF-8 is that, whatever it says.
        Some(encoding)
            if !is_utf8 && encoding.is_ascii_compatible() && encoding != encoding_rs::UTF_8 =>
        {
            encoding.decode_without_bom_handling(&bytes).0.into_owned()
        }
        _ => stream::decode(bytes),
    }
}

/// What a page says; `address` is where it was found, if its source says so.
pub(super) fn read(page: &str, address: Option<&str>) -> Fields {
    let meta = meta::read(page, address);
    let mut text = clean::clean(page).and_then(|cleaned| main_text::find(&cleaned));
    if text.as_ref().is_none_or(|text| text.trim().len() < SHORT) {
        let all = plain::text(page, |tag| tag.is_any(&["title", "nav", "footer", "aside", "form"]));
        // A short main text is right only if it is most of what there is.
        if text.as_ref().is_none_or(|text| text.trim().len() * 3 < all.len()) {
            text = Some(all);
        }
    }
    let text = text.map(|text| match &meta.title {
        Some(title) => main_text::behind_headline(text, title),
        None => text,
    });
    Fields {
        title: meta.title,
        text,
        date: meta.date,
        url: meta.url,
        outlet: meta.outlet,
        author: meta.author,
        ..Fields::default()
    }
}

/// The text of a piece of a page, or a plain text as it is.
pub(super) fn plain(piece: &str) -> String {
    if piece.contains(['<', '&']) { plain::text(piece, |_| false) } else { piece.trim().to_owned() }
}

/// The text of a page that is a part of a book.
pub(super) fn plain_of_document(page: &str) -> String {
    plain::text(page, |tag| tag.is_any(&["head", "title", "nav"]))
}

/// The text of a page that is a mail, without what it quotes of the one that it answers.
pub(super) fn plain_of_mail(page: &str) -> String {
    plain::text(page, |tag| {
        let class = || tag.attribute("class").unwrap_or_default();
        tag.is_any(&["blockquote", "head", "title"])
            || tag.is("div")
                && (class().contains("gmail_quote") || class().contains("moz-cite-prefix"))
    })
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

    /// Four paragraphs that differ.
    fn prose() -> String {
        ["one", "two", "three", "four"].map(|n| PROSE.replace("two ministers", n)).concat()
    }

    #[test]
    fn a_page_gives_text_and_metadata() {
        let page = page(&format!("<article><h1>Envoys sign treaty</h1>{}</article>", prose()));
        let article = read(&page, None).into_article("a.html", None).unwrap();
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
            let article = read(&page, None).into_article("deep.html", None).unwrap();
            assert!(tag == "svg" || article.text.contains("signed the treaty"), "{tag}");
            assert_eq!(article.info.date.unwrap().to_string(), "2024-06-18", "{tag}");
        }
    }

    #[test]
    fn self_closing_tags_take_nothing() {
        let page = page(&format!("{}<article>{}</article>", "<x-icon/>".repeat(1000), prose()));
        let article = read(&page, None).into_article("a.html", None).unwrap();
        assert_eq!(article.info.title.as_deref(), Some("Envoys sign treaty"));
        assert!(article.text.contains("signed the treaty") && !article.text.contains("Home"));
    }

    #[test]
    fn broken_pages_give_their_text() {
        let text =
            |page: &str| read(page, None).into_article("a", None).map(|article| article.text);
        assert_eq!(
            text("<p>They met.<br>They &amp; others&#8217; left<script>x < 1").unwrap(),
            "They met.\nThey & others’ left"
        );
        assert!(text("<html><body></body></html>").is_err());
        assert!(text("<<<<!-- ").is_ok_and(|text| text.contains('<')));
    }
}
