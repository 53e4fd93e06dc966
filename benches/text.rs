//! The stages that every byte of the input passes: reading, cutting into sentences and tokens.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use tieline::lexicon::Lexicon;
use tieline::model::Article;
use tieline::source::Articles;
use tieline::text;

fn main() {
    divan::main();
}

/// News-like prose of about 100 kB, with the marks that cost most.
fn prose() -> String {
    let paragraph = "GENEVA, June 3 (Agency) — The U.S. envoy, Lt. Gen. J. Doe, said on Tuesday \
        that talks hadn't failed. \"We will meet again at 10:30 a.m.,\" he told reporters, \"and \
        we'll bring the dual-use list.\" Both sides' ministers signed a $1.5 billion deal for \
        anti-ship missiles, drones and 155mm shells in Sept. 2023.\n\n";
    paragraph.repeat(100_000 / paragraph.len())
}

fn article() -> Article {
    Article { info: std::sync::Arc::default(), text: prose(), body_start: 0 }
}

#[divan::bench]
fn read_document(bencher: Bencher<'_, '_>) {
    let (lexicon, article) = (Lexicon::load(None).expect("sound"), article());
    let bytes = BytesCount::of_str(&article.text);
    bencher.counter(bytes).bench(|| text::read_document(&lexicon, black_box(&article)));
}

#[divan::bench]
fn judge_lines(bencher: Bencher<'_, '_>) {
    let (lexicon, article) = (Lexicon::load(None).expect("sound"), article());
    let bytes = BytesCount::of_str(&article.text);
    bencher
        .counter(bytes)
        .with_inputs(|| article.clone())
        .bench_values(|article| text::Page::new(&lexicon, article));
}

/// Reads a file that is held in memory.
fn read(bencher: Bencher<'_, '_>, name: &str, file: &str) {
    bencher
        .counter(BytesCount::of_str(file))
        .with_inputs(|| std::io::Cursor::new(file.as_bytes().to_vec()))
        .bench_values(|bytes| Articles::from_reader(name, bytes).flatten().count());
}

#[divan::bench]
fn read_json_lines(bencher: Bencher<'_, '_>) {
    let text = prose().replace('"', "\\\"").replace('\n', "\\n");
    let line = format!("{{\"id\":\"a\",\"date\":\"2024-06-03\",\"text\":\"{text}\"}}\n");
    read(bencher, "a.jsonl", &line.repeat(10));
}

#[divan::bench]
fn read_csv(bencher: Bencher<'_, '_>) {
    let rows = format!("a,2024-06-03,\"{}\"\n", prose().replace('"', "\"\"")).repeat(10);
    read(bencher, "a.csv", &format!("id,date,text\n{rows}"));
}

#[divan::bench]
fn read_html(bencher: Bencher<'_, '_>) {
    let body = prose().replace("\n\n", "</p><p>");
    let page = format!("<html><head><title>Talks</title></head><body><p>{body}</p></body></html>");
    read(bencher, "a.html", &page);
}
