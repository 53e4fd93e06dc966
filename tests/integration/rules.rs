//! The examples that rule files bring, mistakes in rule files, and the figures of claims.

use std::process::Command;

use tieline::lexicon::Lexicon;
use tieline::rules::RuleSet;
use tieline::{Article, Knowledge, Reader};

use crate::support::{Place, repository, shared, skipped};

fn article(text: &str) -> Article {
    Article::from_text("example", text)
}

#[test]
fn rule_files_find_their_examples_and_pass_their_near_misses() {
    let reader = Reader::embedded().unwrap();
    let mut failures = Vec::new();
    for example in reader.rules.examples() {
        let analysis = reader.read(article(&example.text));
        let of_relation: Vec<_> =
            analysis.claims.iter().filter(|claim| claim.relation == example.relation).collect();
        let right = match &example.expected {
            None => of_relation.is_empty(),
            Some((source, target, polarity, modality)) => of_relation.iter().any(|claim| {
                (claim.source.as_str(), claim.target.as_str()) == (source, target)
                    && (claim.polarity, claim.modality) == (*polarity, *modality)
            }),
        };
        if !right {
            let found: Vec<String> = of_relation
                .iter()
                .map(|c| format!("{} {} {} {}", c.source, c.target, c.polarity, c.modality))
                .collect();
            failures.push(format!(
                "{}:{}: {:?} gave {found:?}",
                example.path.display(),
                example.line,
                example.text
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_mistake_in_a_rule_file_is_told_with_its_line() {
    let cases = [
        ("rules_of = \"suplies\"\n", ":1: unknown relation \"suplies\""),
        (
            "rules_of = \"warns\"\n[[rule]]\nname = \"x\"\nverbs = [\"warn\"]\nsource = [\"sbject\"]\ntarget = [\"to\"]\n",
            ":5: unknown place \"sbject\"",
        ),
        ("rules_of = \"warns\"\n[[rule]]\nname = 3\n", ":3: "),
    ];
    for (content, expected) in cases {
        let place = Place::new();
        let file = place.write("rules/mine.toml", content);
        let error =
            RuleSet::load(&Lexicon::load(None).unwrap(), file.parent()).unwrap_err().to_string();
        assert!(error.contains("mine.toml") && error.contains(expected), "{error}");
    }
}

#[test]
fn a_mistake_in_a_word_list_is_told_with_its_line() {
    let cases = [
        ("[words]\nnegater = [\"not\"]\n", ":2: unknown word list \"negater\""),
        ("[words]\nnegator = [\n  \"not\",\n  \"Never\",\n]\n", ":4: \"Never\" holds a capital"),
        ("[words]\nnegator = 3\n", ":2: "),
    ];
    for (content, expected) in cases {
        let place = Place::new();
        let file = place.write("lexicon/mine.toml", content);
        let error = Lexicon::load(file.parent()).unwrap_err().to_string();
        assert!(error.contains("mine.toml") && error.contains(expected), "{error}");
    }
}

#[test]
fn a_relation_of_the_users_own_needs_no_compiler() {
    let place = Place::new();
    let file = place.write(
        "rules/congratulates.toml",
        r#"
rules_of = "congratulates"

[[relation]]
name = "congratulates"

[[rule]]
name = "verb"
verbs = ["congratulate"]
source = ["subject"]
target = ["object"]
"#,
    );
    let reader = Reader::load(Knowledge { rules: file.parent(), ..Knowledge::default() }).unwrap();
    let analysis = reader.read(article("Iran congratulated Russia."));
    let found = analysis.claims.iter().any(|claim| claim.rule == "congratulates.verb");
    assert!(found, "{:?}", analysis.claims);
}

#[test]
fn figures_equal_those_of_the_independent_scorer() {
    let Some(script) = shared("tools/score.py") else { return };
    let gold = repository().join("tests/corpus/dev/gold.jsonl");
    let place = Place::new();
    let found = place.path("found.jsonl");
    let output = place
        .command()
        .args(["evaluate", "claims", "--format", "json", "--found"])
        .arg(&found)
        .arg(&gold)
        .output()
        .unwrap();
    let ours: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let Ok(output) =
        Command::new("python3").arg(script).arg(&gold).arg(&found).arg("--json").output()
    else {
        skipped("no python3");
        return;
    };
    let theirs: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(ours["attributes"], theirs["attributes"]);
    for level in ["document", "sentence"] {
        for part in ["overall", "core", "without_represents"] {
            for figure in ["gold", "system", "hit", "precision", "recall", "f1"] {
                assert_eq!(
                    ours[level][part][figure], theirs[level][part][figure],
                    "{level} {part}"
                );
            }
        }
    }
    let diagnosis = &theirs["diagnosis"];
    for part in ["recall_with_coreference", "recall_without_coreference"] {
        assert_eq!(ours[part], diagnosis[part]);
    }
    assert_eq!(
        ours["claim_free_sentences_with_a_claim"],
        diagnosis["claim_free_sentences_with_a_claim"]
    );
}
