//! Any bytes under any name end in articles and errors, never in a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieline::source::Articles;

const NAMES: [&str; 8] = ["a", "a.txt", "a.md", "a.html", "a.jsonl", "a.json", "a.csv", "a.tsv"];

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    for article in Articles::from_reader(name, std::io::Cursor::new(rest.to_vec())).flatten() {
        assert!(article.body_start as usize <= article.text.len());
        assert!(article.text.is_char_boundary(article.body_start as usize));
    }
});
