//! The examples that rule files bring, mistakes in rule files, and the figures of claims.

use std::process::Command;

use tieline::lexicon::Lexicon;
use tieline::rules::RuleSet;
use tieline::{Reader, examples};

use crate::support::{Place, repository, shared, skipped};

#[test]
fn rule_files_find_their_examples_and_pass_their_near_misses() {
    let report = examples::check(&Reader::embedded().unwrap());
    let failures: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(report.n_examples >= 2 * report.n_rules, "every rule has a match and a near miss");
}

/// A rule with its examples; `{PARTS}` are the lines to try.
const RULE: &str = "rules_of = \"warns\"
[[rule]]
name = \"x\"
verbs = [\"warn\"]
{PARTS}
matches = [\"Iran warned Oman. => state:IRN state:OMN\"]
near_misses = [\"Iran warned of rain.\"]
";

#[test]
fn a_mistake_in_a_rule_file_is_told_with_its_line() {
    let lexicon = Lexicon::load(None).unwrap();
    let rule = |parts: &str| RULE.replace("{PARTS}", parts);
    let places = "source = [\"subject\"]\ntarget = [\"object\"]";
    let relation = |parts: &str| format!("[[relation]]\nname = \"trains\"\n{parts}\n");
    let cases = [
        ("rules_of = \"suplies\"\n".to_owned(), ":1: unknown relation \"suplies\""),
        (rule("source = [\"sbject\"]\ntarget = [\"to\"]"), ":5: unknown place \"sbject\""),
        ("rules_of = \"warns\"\n[[rule]]\nname = 3\n".to_owned(), ":3: "),
        (rule(places).replace("near_misses", "# near_misses"), ":3: a rule without `near_misses`"),
        (rule(places).replace("matches = ", "# matches = "), ":3: a rule without `matches`"),
        (rule(places).replace(" state:OMN", ""), ":7: an example without `=> SOURCE TARGET`"),
        (rule(places).replace("state:OMN", "Oman"), ":7: "),
        (rule(&format!("{places}\ncameo = \"17x\"")), ":7: a CAMEO code has two to four digits"),
        (relation("giver = \"sorce\""), ":3: "),
        (relation("wins_over = [\"helps\"]"), ":3: unknown relation \"helps\""),
        (relation("wins_over = [\"trains\"]"), ":3: a relation does not win over itself"),
        (relation("implied_by = [\"deals\"]"), ":3: unknown relation or family \"deals\""),
        (relation("symmetric = true\ngiver = \"source\""), ":4: where a pair has no order"),
        (relation("moves_goods = true"), ":2: a relation with `moves_goods` has a `giver`"),
        (relation("office = true"), ":2: two relations have `office`"),
        (relation("").repeat(2), ":5: \"trains\" is defined twice"),
        ("[[relation]]\nname = \"Trains\"\n".to_owned(), ":2: \"Trains\" is not lower-case"),
    ];
    for (content, expected) in cases {
        let place = Place::new();
        let file = place.write("rules/mine.toml", &content);
        let error = RuleSet::load(&lexicon, file.parent()).unwrap_err().to_string();
        assert!(error.contains("mine.toml") && error.contains(expected), "{content}{error}");
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

/// What an analyst writes who wants to know who trains whose soldiers.
const TRAINS: &str = r#"
rules_of = "trains"

[[relation]]
name = "trains"
abroad = true
wins_over = ["supports"]

[[rule]]
name = "train"
verbs = ["train", "drill"]
source = ["subject"]
target = ["object+owner"]
matches = [
    "Poland trained Ukrainian soldiers. => state:POL state:UKR",
    "Soldiers of Mali will be trained by Turkey. => state:TUR state:MLI prospective",
]
near_misses = ["Norway trained hard before it played Spain."]
"#;

#[test]
fn a_relation_is_added_by_one_file() {
    let place = Place::new();
    place.write("article.txt", "Poland trained Ukrainian soldiers.\n\nNorway praised Denmark.\n");
    let relations = |out: &str| -> Vec<(String, String, String)> {
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        place
            .claims(out)
            .iter()
            .map(|claim| (text(&claim["relation"]), text(&claim["source"]), text(&claim["target"])))
            .collect()
    };
    let claim = |relation: &str, source: &str, target: &str| {
        (relation.to_owned(), source.to_owned(), target.to_owned())
    };
    let praise = claim("supports", "state:NOR", "state:DNK");
    let before = place.run(&["build", "article.txt", "--out", "before"]);
    assert_eq!(before.code, 0, "{}", before.stderr);
    assert_eq!(relations("before"), [claim("supports", "state:POL", "state:UKR"), praise.clone()]);

    place.write("my-rules/trains.toml", TRAINS);
    let after = place.run(&["build", "article.txt", "--rules", "my-rules", "--out", "after"]);
    assert_eq!(after.code, 0, "{}", after.stderr);
    assert_eq!(relations("after"), [claim("trains", "state:POL", "state:UKR"), praise]);
    let graph = std::fs::read_to_string(place.path("after/edges.csv")).unwrap();
    assert!(graph.contains("trains"), "{graph}");

    let check = place.run(&["rules", "check", "my-rules"]);
    assert_eq!((check.code, check.stderr.as_str()), (0, ""), "{}", check.stdout);
}

#[test]
fn a_claim_has_the_codes_of_its_rule_and_a_tie_those_of_its_relation() {
    let place = Place::new();
    place.write("article.txt", "Norway expelled five Russian diplomats.\n");
    let built = place.run(&["build", "article.txt", "--out", "run"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let codes: Vec<_> = place
        .claims("run")
        .iter()
        .map(|claim| [&claim["relation"], &claim["plover"], &claim["cameo"]].map(Clone::clone))
        .collect();
    assert_eq!(codes, [["coerces", "SANCTION", "174"].map(serde_json::Value::from)]);
    let edges = std::fs::read_to_string(place.path("run/edges.csv")).unwrap();
    assert!(edges.contains("CAMEO 170") && !edges.contains("CAMEO 174"), "{edges}");
}

#[test]
fn examples_that_fail_are_named_by_file_and_line() {
    let place = Place::new();
    let wrong = TRAINS
        .replace("=> state:POL state:UKR", "=> state:UKR state:POL")
        .replace("Norway trained hard", "Norway trained Danish soldiers");
    place.write("my-rules/trains.toml", wrong);
    let check = place.run(&["rules", "check", "my-rules"]);
    assert_eq!(check.code, 1, "{}", check.stderr);
    let lines: Vec<&str> = check.stdout.lines().collect();
    assert!(
        lines[0].starts_with("my-rules/trains.toml:15: ")
            && lines[0].contains("must give state:UKR state:POL positive asserted by trains.train")
            && lines[0].contains("gives state:POL state:UKR positive asserted by trains.train"),
        "{}",
        check.stdout
    );
    assert!(
        lines[1].starts_with("my-rules/trains.toml:18: ")
            && lines[1].contains("must give nothing and gives state:NOR state:DNK"),
        "{}",
        check.stdout
    );
    assert_eq!(lines.len(), 3, "{}", check.stdout);

    let check = place.run(&["rules", "check", "my-rules", "--format", "json"]);
    assert_eq!(check.code, 1, "{}", check.stderr);
    let report: serde_json::Value = serde_json::from_str(&check.stdout).unwrap();
    assert_eq!(report["failures"][0]["path"], "my-rules/trains.toml");
    assert_eq!(report["failures"][0]["line"], 15);
    assert_eq!(report["failures"][1]["expected"], serde_json::Value::Null);
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
