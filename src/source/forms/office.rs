//! Documents of office programs and books: DOCX, ODT, EPUB. One article each.
//!
//! Left out: headers, footers, notes at the margin, what was deleted while changes were tracked,
//! pictures. When a document was made or printed is not when an article was published.

use std::io;

use super::super::Cause;
use super::super::package::Package;
use super::super::record::Fields;
use super::super::xml::{Broken, Node, Xml};
use super::super::{MAX_TEXT, form};
use super::html;

/// What a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Docx,
    Odt,
    Epub,
    /// A table or slides.
    Other(&'static str),
}

/// The kind of document that `package` is; `None` for an archive of files.
pub(super) fn kind_of(package: &Package) -> io::Result<Option<Kind>> {
    let has = |name: &str| package.find(name).is_some();
    if has("word/document.xml") {
        return Ok(Some(Kind::Docx));
    }
    if has("xl/workbook.xml") {
        return Ok(Some(Kind::Other("a spreadsheet")));
    }
    if has("ppt/presentation.xml") {
        return Ok(Some(Kind::Other("a presentation")));
    }
    let kind = package.read("mimetype")?.ok().flatten().unwrap_or_default();
    let kind = String::from_utf8_lossy(&kind).trim().to_owned();
    Ok(match kind.as_str() {
        "application/epub+zip" => Some(Kind::Epub),
        "application/vnd.oasis.opendocument.text" => Some(Kind::Odt),
        "application/vnd.oasis.opendocument.spreadsheet" => Some(Kind::Other("a spreadsheet")),
        _ if has("META-INF/container.xml") => Some(Kind::Epub),
        _ => None,
    })
}

/// What a document says.
pub(super) fn read(package: &Package, kind: Kind) -> io::Result<Result<Fields, Cause>> {
    let result = match kind {
        Kind::Docx => read_docx(package),
        Kind::Odt => read_odt(package),
        Kind::Epub => read_epub(package),
        Kind::Other("a spreadsheet") => {
            return Ok(Err(Cause::Unsupported {
                form: "a spreadsheet",
                advice: "save its sheet as CSV",
            }));
        }
        Kind::Other(form) => {
            return Ok(Err(Cause::Unsupported { form, advice: "save it as text" }));
        }
    };
    match result {
        Ok(fields) => Ok(Ok(fields)),
        Err(Ok(cause)) => Ok(Err(cause)),
        Err(Err(error)) => Err(error),
    }
}

/// The XML of a file of the package.
fn xml(package: &Package, name: &str, form: &'static str) -> Result<Option<Xml>, Broken> {
    let Some(member) = package.find(name) else { return Ok(None) };
    let reader = package.reader(member).map_err(Ok)?;
    let reader = super::super::stream::as_utf8(reader).map_err(Err)?;
    Ok(Some(Xml::new(reader, form)))
}

fn read_docx(package: &Package) -> Result<Fields, Broken> {
    let mut text = String::new();
    let Some(mut xml) = xml(package, "word/document.xml", "DOCX")? else {
        return Ok(Fields::default());
    };
    let mut in_text = false;
    let mut n_deleted = 0_usize;
    loop {
        match xml.next()? {
            Node::EndOfStream => break,
            Node::Start { name, .. } => match name.as_str() {
                "w:t" => in_text = true,
                "w:del" | "w:movefrom" => n_deleted += 1,
                "w:tab" => text.push('\t'),
                "w:br" | "w:cr" => text.push('\n'),
                _ => {}
            },
            Node::End(name) => match name.as_str() {
                "w:t" => in_text = false,
                "w:del" | "w:movefrom" => n_deleted = n_deleted.saturating_sub(1),
                "w:p" => text.push_str("\n\n"),
                _ => {}
            },
            Node::Text(part) if in_text && n_deleted == 0 => text.push_str(&part),
            Node::Text(_) => {}
        }
        limit(&text)?;
    }
    let (title, author) = core(package, "docProps/core.xml", "DOCX")?;
    Ok(Fields {
        title: title.filter(|title| is_told(title, &text)),
        author,
        ..Fields::from(tidy(&text))
    })
}

fn read_odt(package: &Package) -> Result<Fields, Broken> {
    let mut text = String::new();
    let Some(mut xml) = xml(package, "content.xml", "ODT")? else {
        return Ok(Fields::default());
    };
    let mut n_paragraphs = 0_usize;
    let mut n_left_out = 0_usize;
    let is_left_out = |name: &str| {
        matches!(name, "office:annotation" | "text:tracked-changes" | "text:note" | "draw:frame")
    };
    loop {
        match xml.next()? {
            Node::EndOfStream => break,
            Node::Start { name, .. } if is_left_out(&name) => n_left_out += 1,
            Node::End(name) if is_left_out(&name) => n_left_out = n_left_out.saturating_sub(1),
            Node::Start { name, .. } => match name.as_str() {
                "text:p" | "text:h" => n_paragraphs += 1,
                "text:tab" => text.push('\t'),
                "text:s" => text.push(' '),
                "text:line-break" => text.push('\n'),
                _ => {}
            },
            Node::End(name) if matches!(name.as_str(), "text:p" | "text:h") => {
                n_paragraphs = n_paragraphs.saturating_sub(1);
                text.push_str("\n\n");
            }
            Node::Text(part) if n_paragraphs > 0 && n_left_out == 0 => text.push_str(&part),
            _ => {}
        }
        limit(&text)?;
    }
    let (title, author) = core(package, "meta.xml", "ODT")?;
    Ok(Fields {
        title: title.filter(|title| is_told(title, &text)),
        author,
        ..Fields::from(tidy(&text))
    })
}

fn read_epub(package: &Package) -> Result<Fields, Broken> {
    let broken = |problem: &str| Err(Ok(Cause::broken("EPUB", problem)));
    let Some(mut container) = xml(package, "META-INF/container.xml", "EPUB")? else {
        return broken("it has no list of its parts");
    };
    let list = loop {
        let node = container.next()?;
        match &node {
            Node::EndOfStream => return broken("it has no list of its parts"),
            Node::Start { name, .. } if name == "rootfile" => {
                break node.attribute("full-path").unwrap_or_default().to_owned();
            }
            _ => {}
        }
    };
    let folder = list.rsplit_once('/').map_or("", |(folder, _)| folder);
    let Some(mut xml) = xml(package, &list, "EPUB")? else {
        return broken("its list of parts is missing");
    };
    let (mut files, mut order, mut title, mut author) = (Vec::new(), Vec::new(), None, None);
    let mut open = String::new();
    loop {
        let node = xml.next()?;
        match &node {
            Node::EndOfStream => break,
            Node::Start { name, .. } => {
                let of = |wanted: &str| node.attribute(wanted).unwrap_or_default().to_owned();
                match name.rsplit(':').next().unwrap_or(name) {
                    "item" => files.push((of("id"), of("href"))),
                    "itemref" => order.push(of("idref")),
                    _ => {}
                }
                open.clone_from(name);
            }
            Node::Text(text) if open == "dc:title" && title.is_none() => title = Some(text.clone()),
            Node::Text(text) if open == "dc:creator" && author.is_none() => {
                author = Some(text.clone());
            }
            Node::End(_) => open.clear(),
            Node::Text(_) => {}
        }
    }
    let mut text = String::new();
    for id in order {
        let Some((_, file)) = files.iter().find(|(of, _)| *of == id) else { continue };
        let file = file.replace("%20", " ");
        let name = if folder.is_empty() { file } else { format!("{folder}/{file}") };
        let Some(member) = package.find(&name) else { continue };
        let mut reader = package.reader(member).map_err(Ok)?;
        let bytes = form::read_all(&mut *reader).map_err(Err)?.map_err(Ok)?;
        text.push_str(&html::plain_of_document(&html::decode(bytes)));
        text.push_str("\n\n");
        limit(&text)?;
    }
    Ok(Fields { title, author, ..Fields::from(tidy(&text)) })
}

/// Title and author of a document's properties.
fn core(
    package: &Package,
    name: &str,
    form: &'static str,
) -> Result<(Option<String>, Option<String>), Broken> {
    let Some(mut xml) = xml(package, name, form)? else { return Ok((None, None)) };
    let (mut title, mut author) = (None, None);
    let mut open = String::new();
    loop {
        match xml.next()? {
            Node::EndOfStream => return Ok((title, author)),
            Node::Start { name, .. } => open = name,
            Node::End(_) => open.clear(),
            Node::Text(text) => match open.as_str() {
                "dc:title" => title = Some(text),
                "dc:creator" | "meta:initial-creator" => author = Some(text),
                _ => {}
            },
        }
    }
}

/// Whether a document says the title that its properties name: programs put there whatever its
/// template was called.
fn is_told(title: &str, text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(text.len().min(2000))];
    !title.trim().is_empty() && head.contains(title.trim())
}

fn limit(text: &str) -> Result<(), Broken> {
    if text.len() > 2 * MAX_TEXT { Err(Ok(Cause::TextTooLong)) } else { Ok(()) }
}

/// Paragraphs with one empty line between them.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> =
        text.split("\n\n").map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n\n")
}
