//! Files of every form of input, made of any number of articles.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

/// The text of article `n`: one that certainly holds a claim, and differs from the others.
pub(crate) fn text(n: usize) -> String {
    format!("North Korea sent {} artillery shells to Russia in May, Kyiv said.", n + 1000)
}

/// A form of input, by an example of its files.
pub(crate) struct Sample {
    /// A name that its files have.
    pub(crate) file: &'static str,
    /// A file of so many articles.
    pub(crate) make: fn(usize) -> Vec<u8>,
    /// Whether a file holds one article, however much there is in it.
    pub(crate) is_single: bool,
    /// Whether bytes of no encoding stay damage to their place.
    pub(crate) is_text: bool,
}

/// Articles' texts as paragraphs between `open` and `close`.
fn paragraphs(n: usize, open: &str, close: &str) -> String {
    (0..n).fold(String::new(), |mut all, n| {
        let _ = write!(all, "{open}{}{close}", text(n));
        all
    })
}

pub(crate) fn plain(n: usize) -> Vec<u8> {
    paragraphs(n, "", "\n\n").into_bytes()
}

pub(crate) fn markdown(n: usize) -> Vec<u8> {
    format!("---\ntitle: Shells\ndate: 2024-06-19\n---\n\n{}", paragraphs(n, "", "\n\n"))
        .into_bytes()
}

pub(crate) fn page(n: usize) -> Vec<u8> {
    format!(
        "<!doctype html><html><head><title>Shells</title><meta property=\"article:published_time\" \
         content=\"2024-06-19T10:00:00Z\"></head><body><nav><a href=\"/\">Home</a></nav><article>\
         <h1>Shells for the front</h1>{}</article></body></html>",
        paragraphs(n, "<p>", "</p>\n")
    )
    .into_bytes()
}

pub(crate) fn json_lines(n: usize) -> Vec<u8> {
    (0..n)
        .fold(String::new(), |mut all, n| {
            let _ = writeln!(
                all,
                "{{\"id\": {n}, \"date\": \"2024-06-19\", \"text\": \"{}\"}}",
                text(n)
            );
            all
        })
        .into_bytes()
}

/// An answer of a service that lists its articles.
pub(crate) fn json(n: usize) -> Vec<u8> {
    let records: Vec<String> = (0..n)
        .map(|n| {
            format!(
                "{{\"_id\": \"{n}\", \"publishDate\": \"2024-06-19\", \"fullContent\": \"{}\"}}",
                text(n)
            )
        })
        .collect();
    format!("{{\"status\": \"ok\", \"articles\": [\n{}\n]}}", records.join(",\n")).into_bytes()
}

pub(crate) fn csv(n: usize) -> Vec<u8> {
    (0..n)
        .fold("sep=;\nevent_id_cnty;event_date;source;notes\n".to_owned(), |mut all, n| {
            let _ = writeln!(all, "E{n};19 June 2024;Wire;\"{}\"", text(n));
            all
        })
        .into_bytes()
}

pub(crate) fn telegram(n: usize) -> Vec<u8> {
    let messages: Vec<String> = (0..n)
        .map(|n| {
            format!(
                "{{\"id\": {n}, \"type\": \"message\", \"date\": \"2024-06-19T10:00:00\", \"from\": \
                 \"Front\", \"forwarded_from\": \"Other\", \"text\": [\"{}\", {{\"type\": \"bold\", \
                 \"text\": \" So it goes.\"}}]}}",
                text(n)
            )
        })
        .collect();
    format!(
        "{{\"name\": \"Front News\", \"type\": \"public_channel\", \"id\": 77, \"messages\": [{}]}}",
        messages.join(",\n")
    )
    .into_bytes()
}

pub(crate) fn telegram_page(n: usize) -> Vec<u8> {
    let messages = (0..n).fold(String::new(), |mut all, n| {
        let _ = writeln!(
            all,
            "<div class=\"message default clearfix\" id=\"message{n}\"><div class=\"body\"><div \
             class=\"pull_right date details\" title=\"19.06.2024 10:00:00 UTC+01:00\">10:00</div><div \
             class=\"from_name\">Front</div><div class=\"text\">{}<br></div></div></div>",
            text(n)
        );
        all
    });
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"/></head><body><div class=\"page_wrap\"><div \
         class=\"page_header\"><div class=\"content\"><div class=\"text bold\">Front News</div></div></div>\
         <div class=\"page_body chat_page\"><div class=\"history\">{messages}</div></div></div></body></html>"
    )
    .into_bytes()
}

pub(crate) fn rss(n: usize) -> Vec<u8> {
    let items = (0..n).fold(String::new(), |mut all, n| {
        let _ = writeln!(
            all,
            "<item><title>Shells</title><link>https://wire.example/{n}</link><dc:creator>Jane Roe\
             </dc:creator><pubDate>Wed, 19 Jun 2024 10:00:00 +0000</pubDate><description>Short.\
             </description><content:encoded><![CDATA[<p>{}</p>]]></content:encoded></item>",
            text(n)
        );
        all
    });
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Wire &amp; Co</title>{items}\
         </channel></rss>"
    )
    .into_bytes()
}

pub(crate) fn atom(n: usize) -> Vec<u8> {
    let entries = (0..n).fold(String::new(), |mut all, n| {
        let _ = writeln!(
            all,
            "<entry><title>Shells</title><link rel=\"alternate\" href=\"https://wire.example/{n}\"/>\
             <id>urn:{n}</id><author><name>Jane Roe</name></author><published>2024-06-19T10:00:00Z\
             </published><updated>2024-06-20T10:00:00Z</updated><content type=\"html\">&lt;p&gt;{}&lt;/p&gt;\
             </content></entry>",
            text(n)
        );
        all
    });
    format!(
        "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Wire</title>\
         {entries}</feed>"
    )
    .into_bytes()
}

fn one_mail(n: usize) -> String {
    let body: String = text(n).replace("May, ", "May,=\n ");
    format!(
        "From: Jane Roe <jane@wire.example>\nTo: desk@wire.example\nSubject: Shells\nDate: Wed, 19 Jun \
         2024 10:00:00 +0000\nMessage-ID: <{n}@wire.example>\nMIME-Version: 1.0\nContent-Type: text/plain; \
         charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{body}\n\nOn Monday, Ana wrote:\n> \
         China sold missiles to Iran.\n"
    )
}

pub(crate) fn mail(_: usize) -> Vec<u8> {
    one_mail(0).into_bytes()
}

pub(crate) fn mailbox(n: usize) -> Vec<u8> {
    (0..n)
        .fold(String::new(), |mut all, n| {
            let _ =
                write!(all, "From jane@wire.example Wed Jun 19 10:00:00 2024\n{}\n", one_mail(n));
            all
        })
        .into_bytes()
}

pub(crate) fn mhtml(n: usize) -> Vec<u8> {
    let page =
        String::from_utf8(page(n)).unwrap().replace('=', "=3D").replace("May, ", "May=\r\n, ");
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://wire.example/1\r\nSubject: Shells\r\n\
         Date: Thu, 20 Jun 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; \
         type=\"text/html\"; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://wire.example/1\r\n\r\n\
         {page}\r\n--B--\r\n"
    )
    .into_bytes()
}

pub(crate) fn warc(n: usize) -> Vec<u8> {
    let mut all =
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n".to_vec();
    for n in 0..n {
        let page = page((n + 1).min(4));
        let page = &page[..];
        let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://wire.example/{n}\r\nWARC-Date: \
             2024-06-21T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: \
             {}\r\n\r\n",
            http.len() + page.len()
        );
        all.extend_from_slice(head.as_bytes());
        all.extend_from_slice(http.as_bytes());
        all.extend_from_slice(page);
        all.extend_from_slice(b"\r\n\r\n");
    }
    all
}

pub(crate) fn rtf(n: usize) -> Vec<u8> {
    format!("{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Times;}}}}\\f0 {}}}", paragraphs(n, "", "\\par\n"))
        .into_bytes()
}

/// A zip archive of files, stored without compression.
pub(crate) fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    for (name, content) in files {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(crate) fn zip_of_texts(n: usize) -> Vec<u8> {
    zip(&(0..n).map(|n| (format!("news/{n:05}.txt"), text(n).into_bytes())).collect::<Vec<_>>())
}

pub(crate) fn tar(n: usize) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for n in 0..n {
        let content = text(n);
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, format!("news/{n:05}.txt"), content.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

pub(crate) fn docx(n: usize) -> Vec<u8> {
    let body = paragraphs(n, "<w:p><w:r><w:t>", "</w:t></w:r></w:p>");
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}<w:p><w:del><w:r><w:t>China sold \
         missiles to Iran.</w:t></w:r></w:del></w:p></w:body></w:document>"
    );
    zip(&[("word/document.xml".to_owned(), document.into_bytes())])
}

pub(crate) fn odt(n: usize) -> Vec<u8> {
    let body = paragraphs(n, "<text:p>", "</text:p>");
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:text>{body}</office:text>\
         </office:body></office:document-content>"
    );
    zip(&[
        ("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml".to_owned(), content.into_bytes()),
    ])
}

pub(crate) fn epub(n: usize) -> Vec<u8> {
    let container =
        "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>";
    let list = "<package><metadata><dc:title>Shells</dc:title></metadata><manifest><item id=\"a\" \
                href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>";
    zip(&[
        ("mimetype".to_owned(), b"application/epub+zip".to_vec()),
        ("META-INF/container.xml".to_owned(), container.as_bytes().to_vec()),
        ("OEBPS/book.opf".to_owned(), list.as_bytes().to_vec()),
        ("OEBPS/a.xhtml".to_owned(), page(n)),
    ])
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
