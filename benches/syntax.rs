//! Speed of the parser: loading, and tokens a second with words known to the cache and without.

use divan::Bencher;
use divan::counter::ItemsCount;
use tieline::syntax::{Parser, Scratch};

fn main() {
    divan::main();
}

/// News-like sentences, tokens apart.
const SENTENCES: &[&str] = &[
    "The defence ministry confirmed on Friday that it had received a second shipment of shells .",
    "Asked about the talks , the spokesman said only that both sides had agreed to meet again .",
    "Two cargo ships left the port of Rason in late August , according to satellite images \
     published by a research group in Washington , and were seen near Vostochny a week later .",
    "Opposition lawmakers warned the president against sending howitzers to the front .",
    "\" We will not sell anyone missiles that could reach our own cities , \" she added .",
    "NORTHERN NEIGHBOUR DENIES SUPPLYING DRONES",
];

fn forms() -> Vec<Vec<&'static str>> {
    SENTENCES.iter().map(|sentence| sentence.split_whitespace().collect()).collect()
}

#[divan::bench]
fn load() -> Parser {
    Parser::embedded().expect("the embedded weights are sound")
}

#[divan::bench]
fn parse_known_words(bencher: Bencher<'_, '_>) {
    let parser = load();
    let forms = forms();
    let mut scratch = Scratch::default();
    let n_tokens = forms.iter().map(Vec::len).sum::<usize>();
    bencher.counter(ItemsCount::new(n_tokens)).bench_local(|| {
        for forms in &forms {
            divan::black_box(parser.parse_forms(forms, &mut scratch));
        }
    });
}

#[divan::bench]
fn parse_unknown_words(bencher: Bencher<'_, '_>) {
    let parser = load();
    let forms = forms();
    let n_tokens = forms.iter().map(Vec::len).sum::<usize>();
    bencher.counter(ItemsCount::new(n_tokens)).with_inputs(Scratch::default).bench_local_values(
        |mut scratch| {
            for forms in &forms {
                divan::black_box(parser.parse_forms(forms, &mut scratch));
            }
            scratch
        },
    );
}

#[divan::bench(args = [10, 50, 200])]
fn parse_by_length(bencher: Bencher<'_, '_>, n_tokens: usize) {
    let parser = load();
    let forms: Vec<&str> =
        forms().into_iter().flatten().cycle().filter(|form| *form != ".").take(n_tokens).collect();
    let mut scratch = Scratch::default();
    bencher
        .counter(ItemsCount::new(n_tokens))
        .bench_local(|| parser.parse_forms(&forms, &mut scratch));
}
