//! What every form of input must do: one contract, and one macro that holds each form against it.

use std::io::Read;
use std::process::Stdio;

use tieline::model::Article;
use tieline::source::{Articles, SourceError};

use crate::sources_samples::{self as samples, Sample, gzip};
use crate::support::Place;

/// What a stream of this name gives: articles and errors.
fn read(name: &str, bytes: Vec<u8>) -> (Vec<Article>, Vec<SourceError>) {
    let mut articles = Vec::new();
    let mut errors = Vec::new();
    for article in Articles::from_reader(name, std::io::Cursor::new(bytes)) {
        match article {
            Ok(article) => articles.push(article),
            Err(error) => errors.push(error),
        }
    }
    (articles, errors)
}

impl Sample {
    /// How many articles a file of `n` gives.
    fn articles_of(&self, n: usize) -> usize {
        if self.is_single { 1 } else { n }
    }

    fn whole(&self) {
        let (articles, errors) = read(self.file, (self.make)(3));
        assert!(errors.is_empty(), "{}: {errors:?}", self.file);
        assert_eq!(articles.len(), self.articles_of(3), "{}", self.file);
        let all: String = articles.iter().map(|article| article.text.as_str()).collect();
        let n_texts = if self.file.ends_with("eml") { 1 } else { 3 };
        for n in 0..n_texts {
            let says = all.contains(&samples::text(n)[..50]);
            assert!(says, "{}: text {n} is missing from {all}", self.file);
        }
        assert!(!all.contains("China"), "{}: what is no part of it is read: {all}", self.file);
    }

    /// Half of a file: what is whole of it is read, what is lost is told.
    fn truncated(&self) {
        let whole = (self.make)(8);
        for cut in [whole.len() / 3, whole.len() / 2, whole.len() - 20] {
            let (articles, errors) = read(self.file, whole[..cut].to_vec());
            assert!(articles.len() <= self.articles_of(8), "{}", self.file);
            let told = articles.len() + errors.len();
            assert!(told > 0, "{}: nothing is said of a file cut at {cut}", self.file);
        }
    }

    fn empty(&self) {
        let (articles, errors) = read(self.file, Vec::new());
        assert!(articles.is_empty(), "{}", self.file);
        assert_eq!(errors.len(), 1, "{}", self.file);
        assert!(errors[0].to_string().contains("no text"), "{}: {}", self.file, errors[0]);
    }

    /// Bytes that are nothing in UTF-8 inside of a text cost no article of the file.
    fn wrong_encoding(&self) {
        if !self.is_text {
            return;
        }
        let mut bytes = (self.make)(3);
        let at = bytes.windows(5).rposition(|word| word == b"shell").expect("the text is there");
        bytes.splice(at..at, [0xE9, b' ', 0xFF, b' ']);
        let (articles, errors) = read(self.file, bytes);
        assert!(errors.is_empty(), "{}: {errors:?}", self.file);
        assert_eq!(articles.len(), self.articles_of(3), "{}", self.file);
    }

    fn ten_thousand(&self) {
        let (articles, errors) = read(self.file, (self.make)(10_000));
        assert!(errors.is_empty(), "{}: {:?}", self.file, errors.first());
        assert_eq!(articles.len(), self.articles_of(10_000), "{}", self.file);
        let ids: std::collections::HashSet<_> =
            articles.iter().map(|article| article.info.id.clone()).collect();
        assert_eq!(ids.len(), articles.len(), "{}: ids are not unique", self.file);
    }

    fn compressed(&self) {
        let whole = (self.make)(3);
        let plain = read(self.file, whole.clone());
        let texts = |articles: &[Article]| {
            articles.iter().map(|article| article.text.clone()).collect::<Vec<_>>()
        };
        let packed = read(&format!("{}.gz", self.file), gzip(&whole));
        assert!(packed.1.is_empty(), "{}: {:?}", self.file, packed.1);
        assert_eq!(texts(&packed.0), texts(&plain.0), "{}", self.file);
    }

    /// Through the binary: from a file, and from standard input without a name to tell the form.
    fn through_the_binary(&self) {
        let place = Place::new();
        place.write(self.file, (self.make)(2));
        let ran = place.run(&["build", self.file, "--out", "out", "-q"]);
        assert_eq!(ran.code, 0, "{}: {}", self.file, ran.stderr);
        let claims = place.claims("out");
        assert!(claims.iter().any(|claim| claim["relation"] == "supplies"), "{}", self.file);
        let ran = place.run_with(&["build", "-", "--out", "piped", "-q"], (self.make)(2));
        assert_eq!(ran.code, 0, "{}: {}", self.file, ran.stderr);
        let supplies = |claims: &[serde_json::Value]| {
            claims.iter().filter(|claim| claim["relation"] == "supplies").count()
        };
        assert_eq!(supplies(&place.claims("piped")), supplies(&claims), "{}", self.file);
    }

    /// A run that ends while its input still comes leaves nothing behind.
    fn killed(&self) {
        use std::io::Write;
        let place = Place::new();
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("tieline"))
            .current_dir(place.path(""))
            .args(["build", "-", "--out", "out", "-q"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let bytes = (self.make)(4);
        let mut stdin = child.stdin.take().unwrap();
        // The run may refuse half a file before it is killed.
        let _ = stdin.write_all(&bytes[..bytes.len() / 2]).and_then(|()| stdin.flush());
        child.kill().unwrap();
        child.wait().unwrap();
        drop(stdin);
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(!said.contains("panicked"), "{}: {said}", self.file);
        assert!(!place.path("out/claims.jsonl").exists(), "{}: half a run is left", self.file);
    }
}

/// The contract for each form, as tests of their own.
macro_rules! every_form {
    ($($form:ident: $file:literal, $make:path, $is_single:literal, $is_text:literal;)+) => {
        /// Each form with a name of its files and what makes them, of any number of articles.
        pub(crate) const FORMS: &[(&str, &str, fn(usize) -> Vec<u8>)] =
            &[$((stringify!($form), $file, $make)),+];

        $(mod $form {
            use super::*;

            const SAMPLE: Sample = Sample {
                file: $file,
                make: $make,
                is_single: $is_single,
                is_text: $is_text,
            };

            every_form!(@tests whole truncated empty wrong_encoding ten_thousand compressed
                through_the_binary killed);
        })+
    };
    (@tests $($test:ident)+) => {
        $(#[test]
        fn $test() {
            SAMPLE.$test();
        })+
    };
}

every_form! {
    plain_text: "a.txt", samples::plain, true, true;
    markdown: "a.md", samples::markdown, true, true;
    html: "a.html", samples::page, true, true;
    json_lines: "a.jsonl", samples::json_lines, false, true;
    json: "a.json", samples::json, false, true;
    csv: "a.csv", samples::csv, false, true;
    telegram: "result.json", samples::telegram, false, true;
    telegram_page: "messages.html", samples::telegram_page, false, true;
    rss: "a.rss", samples::rss, false, true;
    atom: "a.xml", samples::atom, false, true;
    mail: "a.eml", samples::mail, true, true;
    mailbox: "a.mbox", samples::mailbox, false, true;
    mhtml: "a.mhtml", samples::mhtml, true, true;
    warc: "a.warc", samples::warc, false, false;
    rtf: "a.rtf", samples::rtf, true, true;
    zip: "a.zip", samples::zip_of_texts, false, false;
    tar: "a.tar", samples::tar, false, false;
    docx: "a.docx", samples::docx, true, false;
    odt: "a.odt", samples::odt, true, false;
    epub: "a.epub", samples::epub, true, false;
}
