//! What the project promises of every output: spans that cut their words, the same bytes on any
//! number of threads, sample exports that are what the sample gives.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Place, repository, shared};

/// Checks every span of every claim against the text of its record; returns how many it checked.
fn check_spans(claims: &[Value], texts: &HashMap<String, (String, String)>) -> usize {
    let mut checked = 0;
    for claim in claims {
        let doc = claim["doc"].as_str().unwrap();
        let (title, text) = &texts[doc];
        let field = if claim["field"] == "title" { title } else { text };
        let cut = |span: &Value| {
            let bound = |i: usize| usize::try_from(span[i].as_u64().unwrap()).unwrap();
            field.get(bound(0)..bound(1)).unwrap_or_else(|| panic!("{doc}: {span} cuts no text"))
        };
        let sentence = cut(&serde_json::json!([claim["start"], claim["end"]]));
        assert_eq!(sentence, claim["sentence"].as_str().unwrap(), "{doc}");
        let spans = &claim["spans"];
        for part in ["trigger", "source", "target", "attribution", "attribution_cue"] {
            if !spans[part].is_null() {
                let words = cut(&spans[part]);
                assert!(!words.is_empty() && words.trim() == words, "{doc}: {part} {words:?}");
                checked += 1;
            }
        }
        let items = spans["items"].as_array().unwrap();
        for (span, phrase) in items.iter().zip(claim["item_phrases"].as_array().unwrap()) {
            assert_eq!(cut(span), phrase.as_str().unwrap(), "{doc}");
            checked += 1;
        }
        if !spans["quantity"].is_null() {
            assert_eq!(cut(&spans["quantity"]), claim["quantity"].as_str().unwrap(), "{doc}");
            checked += 1;
        }
    }
    checked
}

#[test]
fn spans_cut_their_words_in_text_files() {
    let mut folders = vec![repository().join("tests/corpus/dev")];
    folders.extend(shared("seeds"));
    for folder in folders {
        let place = Place::new();
        let mut texts = HashMap::new();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name.ends_with(".txt") && !name.ends_with(".gold.txt") {
                let text = fs::read_to_string(&path).unwrap();
                place.write(&format!("in/{name}"), &text);
                texts.insert(name, (String::new(), text));
            }
        }
        let ran = place.run(&["build", "in", "--out", "out", "-q"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(check_spans(&place.claims("out"), &texts) > 100, "{}", folder.display());
    }
}

#[test]
fn spans_cut_their_words_in_records() {
    let Some(corpus) = shared("perf/news.jsonl") else { return };
    // Every twentieth record: all of them take minutes in a build for tests.
    let lines: Vec<_> = fs::read_to_string(corpus)
        .unwrap()
        .split('\n')
        .step_by(20)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    let texts = lines
        .iter()
        .map(|line| {
            let record: Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
            (text("id"), (text("title"), text("text")))
        })
        .collect();
    let place = Place::new();
    place.write("news.jsonl", lines.join("\n"));
    let ran = place.run(&["build", "news.jsonl", "--out", "out", "-q"]);
    assert!(matches!(ran.code, 0 | 1), "{}", ran.stderr);
    assert!(check_spans(&place.claims("out"), &texts) > 100);
}

/// Every claim that a run writes is the one that `explain` derives from the article.
#[test]
fn explain_derives_every_claim_of_a_run() {
    let mut folders = vec![repository().join("data/sample"), repository().join("tests/corpus/dev")];
    folders.extend(shared("seeds"));
    for folder in folders {
        let place = Place::new();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            // Annotations and records of the same articles lie beside them.
            let beside = [".gold.txt", "gold.jsonl", "entities.tsv"];
            if !beside.iter().any(|end| name.ends_with(end)) {
                place.write(&format!("in/{name}"), fs::read(&path).unwrap());
            }
        }
        let input = "in";
        let ran = place.run(&["build", input, "--out", "out", "-q"]);
        assert!(matches!(ran.code, 0 | 1), "{}", ran.stderr);
        let claims = place.claims("out");
        let ran = place.run(&["explain", "--article", input, "--format", "json"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let mut explained = HashMap::new();
        for article in ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
            for sentence in article["sentences"].as_array().unwrap() {
                let proposals = sentence["claims"].as_array().unwrap();
                for claim in proposals.iter().filter(|claim| claim["printed"] == true) {
                    let doc = article["article"].as_str().unwrap().to_owned();
                    let id = claim["id"].as_str().unwrap().to_owned();
                    let roles = claim["roles"].as_array().unwrap().clone();
                    assert_eq!(roles[0]["entity"], claim["source"], "{id}");
                    assert_eq!(roles[1]["entity"], claim["target"], "{id}");
                    assert!(explained.insert((doc, id), claim.clone()).is_none());
                }
            }
        }
        assert!(claims.len() > 50, "{}: {}", folder.display(), claims.len());
        assert_eq!(claims.len(), explained.len(), "{}", folder.display());
        for claim in &claims {
            let text = |key: &str| claim[key].as_str().unwrap().to_owned();
            let why = explained.get(&(text("doc"), text("id"))).unwrap_or_else(|| {
                panic!("{}: {} is not explained", text("doc"), text("id"));
            });
            for (ours, theirs) in [
                ("sentence", "sentence"),
                ("field", "field"),
                ("start", "start"),
                ("end", "end"),
                ("relation", "relation"),
                ("source", "source"),
                ("target", "target"),
                ("items", "items"),
                ("quantity", "quantity"),
                ("polarity", "polarity"),
                ("modality", "modality"),
                ("event_date", "date"),
                ("role", "office"),
                ("rule", "rule"),
                ("confidence", "confidence"),
                ("attribution", "attribution"),
            ] {
                assert_eq!(claim[ours], why[theirs], "{} {ours}", text("id"));
            }
        }
        // One by its id, as an analyst asks.
        let claim = &claims[claims.len() / 2];
        let (doc, id) = (claim["doc"].as_str().unwrap(), claim["id"].as_str().unwrap());
        let file = format!("in/{doc}");
        let ran = place.run(&["explain", "--article", &file, "--claim", id]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.contains(&format!("[{id}]")), "{}", ran.stdout);
        let ran = place.run(&["explain", "--article", input, "--claim", "0000000000000000"]);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
    }
}

#[test]
fn runs_and_thread_counts_give_the_same_bytes() {
    let place = Place::new();
    let sample = repository().join("data/sample");
    let run = |out: &str, threads: &str| {
        let input = sample.to_str().unwrap();
        let ran = place.run(&["build", input, "--out", out, "-q", "--threads", threads]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        place.files(out)
    };
    let first = run("a", "1");
    for (out, threads) in [("b", "1"), ("c", "2"), ("d", "7")] {
        let again = run(out, threads);
        assert!(first.keys().eq(again.keys()), "other files on {threads} threads");
        for (name, bytes) in &first {
            assert!(again[name] == *bytes, "{} differs on {threads} threads", name.display());
        }
    }
}

/// `exports/` is what the sample gives. `just exports` rewrites it; review the difference.
#[test]
fn sample_exports_are_what_the_sample_gives() {
    let place = Place::new();
    // From the root of the repository, as the README has it: the manifest names the input.
    let out = place.path("out");
    let output = place
        .command()
        .current_dir(repository())
        .args(["build", "-q", "--out", out.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (name, bytes) in place.files("out") {
        let kept = fs::read(repository().join("exports").join(&name)).unwrap_or_default();
        assert!(kept == bytes, "exports/{} is not what the sample gives", name.display());
    }
}

/// The program carries the sample: what it gives is the same outside of a clone.
#[test]
fn the_sample_is_read_where_there_is_no_clone() {
    let place = Place::new();
    let output = place
        .command()
        .current_dir(repository())
        .args(["build", "-q", "--out", place.path("clone").to_str().unwrap()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let ran = place.run(&["build", "-q", "--out", "alone"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let (beside, alone) = (place.files("clone"), place.files("alone"));
    assert!(beside.keys().eq(alone.keys()) && beside.len() > 10, "other files");
    for (name, bytes) in &beside {
        assert!(alone[name] == *bytes, "{} differs", name.display());
    }
    assert!(!place.path("data").exists(), "nothing but the results is left");
}

#[test]
fn the_sample_holds_no_claim_in_page_furniture() {
    let sample = repository().join("data/sample");
    assert!(Path::new(&sample).is_dir());
    let place = Place::new();
    let ran = place.run(&["build", sample.to_str().unwrap(), "--out", "out", "-q"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for claim in place.claims("out") {
        let sentence = claim["sentence"].as_str().unwrap().to_lowercase();
        for furniture in ["cookie", "subscribe", "newsletter", "sign up", "read more"] {
            assert!(!sentence.contains(furniture), "{sentence}");
        }
    }
}
