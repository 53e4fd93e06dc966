//! The parser from the outside: its commands, and its figures on annotated text.

use assert_cmd::Command;
use serde_json::Value;
use tieline::evaluation::{Ratio, TreeScores};
use tieline::syntax::conllu;
use tieline::syntax::{Parser, Scratch};

use crate::support::shared;

const GOLD: &str = "# text = Two envoys met.\n\
    1\tTwo\ttwo\tNUM\tCD\t_\t2\tnummod\t_\t_\n\
    2\tenvoys\tenvoy\tNOUN\tNNS\t_\t3\tnsubj\t_\t_\n\
    3\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n\
    4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";

fn tieline(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
    command.args(arguments);
    command
}

#[test]
fn parsed_conllu_keeps_words_and_comments() {
    let output = tieline(&["parse", "--from", "conllu"])
        .write_stdin(GOLD)
        .assert()
        .success()
        .get_output()
        .clone();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("# text = Two envoys met.\n1\tTwo\ttwo\tNUM\tCD\t"), "{text}");
    let read = conllu::read(text.as_bytes()).unwrap();
    assert_eq!(read[0].forms(), ["Two", "envoys", "met", "."]);
    assert_eq!(read[0].text(), "Two envoys met.");
}

#[test]
fn raw_text_is_parsed_with_its_spaces() {
    let output = tieline(&["parse"])
        .write_stdin("The envoys met in Vienna on Monday. They didn't agree.\n")
        .assert()
        .success()
        .get_output()
        .clone();
    let text = String::from_utf8(output.stdout).unwrap();
    let read = conllu::read(text.as_bytes()).unwrap();
    assert_eq!(read.len(), 2, "{text}");
    assert_eq!(read[1].forms(), ["They", "did", "n't", "agree", "."]);
    assert!(!read[1].words[1].space_after);
}

#[test]
fn evaluation_reports_every_figure() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gold.conllu");
    std::fs::write(&file, GOLD).unwrap();
    let file = file.to_str().unwrap();
    let json = |arguments: &[&str]| -> Value {
        let output = tieline(arguments).assert().success().get_output().clone();
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let report = json(&["evaluate", "parser", file, "--no-punct", "--format", "json"]);
    assert_eq!(report["tokens"], 3);
    for key in ["upos", "xpos", "lemma", "uas", "las"] {
        assert!(report[key].as_f64().unwrap() > 0.5, "{report}");
    }
    assert_eq!(report["deprels"]["nsubj"]["gold"], 1);
    let report = json(&["evaluate", "parser", file, "--raw", "--format", "json"]);
    assert_eq!(report["token"]["f1"], 1.0, "{report}");
}

#[test]
fn damaged_weights_stop_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("weights.bin");
    std::fs::write(&file, b"tlsyntax\x01\0\0\0").unwrap();
    let output = tieline(&["parse", "--weights", file.to_str().unwrap()]).assert().code(2);
    let message = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    assert!(message.contains("weights.bin: not a weights file"), "{message}");
}

/// Floors well below what the model reaches: they catch a broken net, not a slightly worse one.
#[test]
fn the_model_reaches_its_floors_on_annotated_text() {
    let Some(file) = shared("ud/gum-dev.conllu") else { return };
    let bytes = std::fs::read(file).unwrap();
    let parser = Parser::embedded().unwrap();
    let mut scratch = Scratch::default();
    let mut scores = TreeScores::default();
    for sentence in conllu::read(&bytes[..]).unwrap() {
        scores.add(&sentence, &parser.parse_forms(&sentence.forms(), &mut scratch), true);
    }
    let figures = [scores.upos, scores.uas, scores.las, scores.lemma].map(Ratio::value);
    for (figure, floor) in figures.into_iter().zip([0.96, 0.88, 0.85, 0.97]) {
        assert!(figure > floor, "{figures:?}");
    }
}
