//! What every export promises: the same bytes each time, well-formed whatever the texts hold, and
//! read back whole.

#![expect(clippy::unwrap_used, reason = "tests may stop")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use quick_xml::events::Event;
use tieline::export::ClaimRow;
use tieline::model::Claim;
use tieline::runs::FinishedRun;

use super::synthetic::{LINES, synthetic};

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().display().to_string();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn the_same_claims_give_the_same_bytes_on_any_number_of_threads() {
    let run = synthetic(40, 120);
    let written = [1, 3].map(|n| {
        let folder = tempfile::tempdir().unwrap();
        let threads = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        threads.install(|| run.write(folder.path()));
        files(folder.path())
    });
    assert!(written[0].len() > 10);
    for (name, bytes) in &written[0] {
        assert!(written[1][name] == *bytes, "{name} differs");
    }
}

#[test]
fn a_finished_run_is_read_back_as_it_was() {
    let run = synthetic(40, 120);
    let folder = tempfile::tempdir().unwrap();
    run.write(folder.path());
    let back = FinishedRun::open(folder.path()).unwrap();
    let found: Vec<Claim> = back.claims().unwrap().map(Result::unwrap).collect();
    // A run is sorted by article and date; of claims alone the order is that of the text.
    let given: BTreeMap<&str, &Claim> = run
        .articles
        .iter()
        .flat_map(|(_, claims)| claims)
        .map(|claim| (claim.id.as_str(), claim))
        .collect();
    assert_eq!(found.len(), given.len());
    for found in &found {
        assert_eq!(ClaimRow::from(found), ClaimRow::from(given[found.id.as_str()]));
    }
    for entity in back.directory.iter() {
        assert_eq!(run.directory.get(&entity.id), Some(entity));
    }
    assert!(found.iter().all(|claim| back.directory.get(&claim.source).is_some()));
}

#[test]
fn every_claim_stands_where_its_evidence_says() {
    for (article, claims) in synthetic(10, 60).articles {
        let text = &article.text[article.body_start as usize..];
        for claim in claims {
            assert_eq!(claim.evidence.span.of(text), claim.evidence.sentence);
            assert!(LINES.contains(&claim.evidence.sentence.as_str()));
        }
    }
}

#[test]
fn xml_is_well_formed_and_free_of_what_importers_refuse() {
    let folder = tempfile::tempdir().unwrap();
    let run = synthetic(40, 120);
    run.write(folder.path());
    let graph = run.graph();
    for (name, node, edge) in [("graph.graphml", "node", "edge"), ("graph.gexf", "node", "edge")] {
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        for refused in ["<!DOCTYPE", "<default", "<desc", "for=\"all\""] {
            assert!(!text.contains(refused), "{name} holds {refused}");
        }
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut counts = BTreeMap::<String, usize>::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => {
                    let tag = tag.name().as_ref().to_owned();
                    *counts.entry(tag).or_default() += 1;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!((counts[node], counts[edge]), (graph.n_nodes(), graph.n_ties()), "{name}");
    }
}

#[test]
fn tables_have_rows_of_one_length_and_no_formula() {
    let folder = tempfile::tempdir().unwrap();
    synthetic(40, 120).write(folder.path());
    for name in
        ["claims.csv", "nodes.csv", "edges.csv", "neo4j/nodes.csv", "neo4j/relationships.csv"]
    {
        let mut table = csv::Reader::from_path(folder.path().join(name)).unwrap();
        let mut n_rows = 0;
        for row in table.records() {
            let row = row.unwrap_or_else(|error| panic!("{name}: {error}"));
            n_rows += 1;
            if name.starts_with("neo4j") {
                continue;
            }
            for cell in row.iter().filter(|cell| cell.parse::<f64>().is_err()) {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell:?}");
            }
        }
        assert!(n_rows > 0, "{name}");
    }
}

#[test]
fn the_script_keeps_each_string_on_its_line() {
    let folder = tempfile::tempdir().unwrap();
    synthetic(40, 120).write(folder.path());
    let script = fs::read_to_string(folder.path().join("neo4j/load.cypher")).unwrap();
    let mut n_rows = 0;
    for line in script.lines().filter(|line| line.starts_with("UNWIND")) {
        n_rows += line.matches("\\u001e").count();
        let mut quotes = 0;
        let mut escaped = false;
        for c in line.chars() {
            quotes += usize::from(c == '"' && !escaped);
            escaped = c == '\\' && !escaped;
        }
        assert_eq!(quotes % 2, 0, "{line}");
    }
    // Claims are rows, and so are their relationships.
    assert!(n_rows > 120, "{n_rows} rows");
    assert!(script.trim_end().ends_with(';'));
}
