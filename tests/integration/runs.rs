//! Runs that last: the same bytes by whatever way articles came, decisions that stay, interruptions
//! that lose nothing.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tieline::runs::{Sketch, is_one_story};

use crate::support::{Place, Ran, SUPPLY, repository, shared};

fn ok(ran: Ran) -> Ran {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

/// The sample articles as single files and a file of records, in the place's folder `in`.
fn sample(place: &Place) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(repository().join("data/sample")).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("in/{}", path.file_name().unwrap().to_str().unwrap());
        place.write(&name, fs::read(&path).unwrap());
        names.push(name);
    }
    names.sort();
    names
}

/// All files of a run.
fn run_files(place: &Place, out: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = place.files(out);
    assert!(files.keys().all(|name| !name.starts_with(".tieline")), "left behind: {out}");
    files
}

#[track_caller]
fn assert_same(place: &Place, a: &str, b: &str) {
    let (first, second) = (run_files(place, a), run_files(place, b));
    assert!(first.keys().eq(second.keys()), "other files in {a} than in {b}");
    for (name, bytes) in &first {
        assert!(second[name] == *bytes, "{} differs between {a} and {b}", name.display());
    }
}

#[test]
fn building_merging_and_adding_give_the_same_bytes_in_any_order() {
    let place = Place::new();
    let all = sample(&place);
    let command = |verb: &[&str], inputs: &[String]| {
        let inputs = inputs.iter().map(String::as_str);
        let arguments: Vec<&str> = verb.iter().copied().chain(inputs).collect();
        ok(place.run(&arguments))
    };
    command(&["build", "-q", "--out", "all"], &all);
    let mut backwards = all.clone();
    backwards.reverse();
    command(&["build", "-q", "--out", "backwards"], &backwards);
    assert_same(&place, "all", "backwards");
    let (first, second) = all.split_at(all.len() / 2);
    command(&["build", "-q", "--out", "first"], first);
    command(&["build", "-q", "--out", "second"], second);
    ok(place.run(&["merge", "-q", "first", "second", "--out", "merged"]));
    assert_same(&place, "all", "merged");
    ok(place.run(&["merge", "-q", "second", "first", "--out", "merged"]));
    assert_same(&place, "all", "merged");
    command(&["add", "-q", "--to", "second"], first);
    assert_same(&place, "all", "second");
    // Given again, nothing is new.
    command(&["add", "-q", "--to", "second"], &all);
    assert_same(&place, "all", "second");
}

#[test]
fn decisions_stay_through_rebuild_add_and_merge() {
    let place = Place::new();
    place.write("a.txt", SUPPLY);
    place.write("b.txt", "Iran sold drones to Russia in June, Kyiv said.\n");
    place.write("c.txt", "China sent trucks to Belarus on Monday.\n");
    ok(place.run(&["build", "a.txt", "b.txt", "--out", "run", "-q"]));
    let claims = place.claims("run");
    let id = |target: &str, source: &str| {
        let found = claims.iter().find(|c| c["source"] == source && c["target"] == target);
        found.unwrap_or_else(|| panic!("no {source} {target}"))["id"].as_str().unwrap().to_owned()
    };
    let (shells, drones) = (id("state:RUS", "state:PRK"), id("state:RUS", "state:IRN"));
    let decide = |decision: &[&str]| {
        let signed = ["--by", "A. Reader", "--on", "2025-01-31", "--in", "run", "-q"];
        ok(place.run(&[&["correct"], decision, &signed].concat()))
    };
    decide(&["reject", &shells, "--why", "It is a test."]);
    decide(&["edit", &drones, "--modality", "hedged", "--item", "cheap drones"]);
    decide(&["rename", "Iran", "Islamic Republic"]);
    decide(&["alias", "Russia", "the bear"]);
    decide(&[
        "add",
        "--relation",
        "meets",
        "--source",
        "IRN",
        "--target",
        "RUS",
        "--sentence",
        "The two met at the port.",
        "--doc",
        "archive/7",
        "--date",
        "2024-02-01",
    ]);
    let check = |out: &str, more: usize| {
        let claims = place.claims(out);
        let of = |id: &str| claims.iter().find(|claim| claim["id"] == id);
        assert!(of(&shells).is_none(), "{out}: what was rejected is there");
        let edited = of(&drones).unwrap();
        assert_eq!(
            (&edited["modality"], &edited["standing"]),
            (&"hedged".into(), &"hedged".into())
        );
        assert_eq!(edited["items"], serde_json::json!(["cheap drones"]), "{out}");
        let by_hand: Vec<_> = claims.iter().filter(|c| c["rule"] == "by-hand").collect();
        assert_eq!(by_hand.len(), 1, "{out}");
        assert_eq!(by_hand[0]["sentence"], "The two met at the port.");
        assert_eq!(claims.len(), 2 + more, "{out}");
        let ran = ok(place.run(&["why", "the bear", "Islamic Republic", "--in", out]));
        assert!(ran.stdout.contains("Islamic Republic supplies → Russia"), "{}", ran.stdout);
        let listed = ok(place.run(&["corrections", "--in", out])).stdout;
        assert_eq!(listed.lines().count(), 5, "{listed}");
        assert!(!listed.contains("fits nothing"), "{listed}");
    };
    check("run", 0);
    ok(place.run(&["build", "a.txt", "b.txt", "--out", "run", "-q"]));
    check("run", 0);
    ok(place.run(&["add", "c.txt", "--to", "run", "-q"]));
    check("run", 1);
    ok(place.run(&["build", "c.txt", "--out", "other", "-q"]));
    ok(place.run(&["merge", "other", "run", "--out", "both", "-q"]));
    check("both", 1);
    let judged = ok(place.run(&["corrections", "--as-judgements", "--in", "run"])).stdout;
    let judged: Vec<serde_json::Value> =
        judged.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let verdict = |id: &str| judged.iter().find(|j| j["claim"] == id).unwrap()["verdict"].clone();
    assert_eq!((verdict(&shells), verdict(&drones)), ("wrong".into(), "right".into()));
}

#[test]
fn entities_are_merged_split_and_hidden() {
    let place = Place::new();
    place.write("a.txt", SUPPLY);
    place.write("b.txt", "Iran sold drones to Russia in June, Kyiv said.\n");
    place.write("c.txt", "China sent trucks to Belarus on Monday.\n");
    ok(place.run(&["build", "a.txt", "b.txt", "c.txt", "--out", "run", "-q"]));
    let drones =
        place.claims("run").into_iter().find(|claim| claim["source"] == "state:IRN").unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned();
    let file = format!(
        "[[correction]]\nkind = \"merge\"\nentities = [\"state:PRK\", \"state:CHN\"]\ninto = \
         \"state:CHN\"\nby = \"me\"\non = \"2025-01-31\"\n\n[[correction]]\nkind = \"split\"\n\
         entity = \"state:RUS\"\ninto = \"organization:port-company\"\nname = \"Port Company\"\n\
         claims = [\"{drones}\"]\nby = \"me\"\non = \"2025-01-31\"\n\n[[correction]]\nkind = \
         \"hide\"\nentity = \"state:BLR\"\nby = \"me\"\non = \"2025-01-31\"\n"
    );
    place.write("mine.toml", &file);
    ok(place.run(&["correct", "--in", "run", "--corrections", "mine.toml", "-q"]));
    let check = |out: &str| {
        let ends = |c: &serde_json::Value| {
            format!("{} {}", c["source"].as_str().unwrap(), c["target"].as_str().unwrap())
        };
        let mut found: Vec<_> = place.claims(out).iter().map(ends).collect();
        found.sort_unstable();
        assert_eq!(found, ["state:CHN state:RUS", "state:IRN organization:port-company"], "{out}");
    };
    check("run");
    let build = ["build", "a.txt", "b.txt", "c.txt", "--out", "again", "-q"];
    ok(place.run(&[&build[..], &["--corrections", "mine.toml"]].concat()));
    check("again");
    assert_same(&place, "run", "again");
    // By an addition, whichever article comes later.
    for (first, later) in [(["a.txt", "b.txt"], "c.txt"), (["b.txt", "c.txt"], "a.txt")] {
        let build = ["build", first[0], first[1], "--out", "more", "-q"];
        ok(place.run(&[&build[..], &["--corrections", "mine.toml"]].concat()));
        ok(place.run(&["add", later, "--to", "more", "-q"]));
        check("more");
        assert_same(&place, "run", "more");
        fs::remove_dir_all(place.path("more")).unwrap();
    }
    // By a merge with a run that knows nothing of the decisions.
    ok(place.run(&["build", "a.txt", "c.txt", "--out", "two", "-q"]));
    ok(place.run(&["build", "b.txt", "--out", "one", "-q", "--corrections", "mine.toml"]));
    ok(place.run(&["merge", "two", "one", "--out", "joined", "-q"]));
    check("joined");
    assert_same(&place, "run", "joined");
    // What fits nothing is said; what contradicts stops the run, with both places.
    ok(place.run(&["build", "c.txt", "--out", "other", "-q"]));
    let ran = ok(place.run(&["correct", "--in", "other", "--corrections", "mine.toml", "-q"]));
    assert!(ran.stderr.contains("split fits nothing in this run"), "{}", ran.stderr);
    place.write(
        "against.toml",
        "[[correction]]\nkind = \"merge\"\nentities = [\"state:PRK\"]\ninto = \"state:KOR\"\n\
         by = \"me\"\non = \"2025-02-01\"\n",
    );
    let ran = place.run(&["correct", "--in", "run", "--corrections", "against.toml", "-q"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("against.toml:1"), "{}", ran.stderr);
    assert!(ran.stderr.contains("corrections.toml:"), "{}", ran.stderr);
}

/// Kills the command with these arguments at moments spread over its time, and a little beyond.
/// Whatever the moment, the next command finds the files of `old` or those of `whole` in the folder
/// `killed`. 12 times, or as often as `TIELINE_KILLS` says.
#[cfg(unix)]
fn kill_often(place: &Place, arguments: &[&str], old: &str, whole: &str) {
    let (old, whole) = (run_files(place, old), run_files(place, whole));
    let kills = std::env::var("TIELINE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12_u32);
    let spawn = || {
        std::process::Command::new(assert_cmd::cargo::cargo_bin("tieline"))
            .args(arguments)
            .current_dir(place.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let restore = || {
        let _ = fs::remove_dir_all(place.path("killed"));
        for (name, bytes) in &old {
            place.write(Path::new("killed").join(name).to_str().unwrap(), bytes);
        }
    };
    restore();
    let started = std::time::Instant::now();
    assert!(spawn().wait().unwrap().success());
    let duration = started.elapsed();
    restore();
    let mut seen = [0, 0];
    for n in 0..kills {
        let mut child = spawn();
        // Multiples of the golden ratio spread evenly, and never in step with the program.
        std::thread::sleep(duration.mul_f64(1.05 * (f64::from(n) * 0.618_034).fract()));
        let _ = child.kill();
        child.wait().unwrap();
        // The next command clears up and sees one of the two runs.
        ok(place.run(&["correct", "--in", "killed", "-q"]));
        let mut found = place.files("killed");
        found.retain(|name, _| !name.starts_with(".tieline-pending"));
        let is_whole = found == whole;
        assert!(is_whole || found == old, "kill {n}: {:?}", found.keys());
        seen[usize::from(is_whole)] += 1;
        if is_whole {
            restore();
        }
    }
    eprintln!("killed {kills} times: {} old runs, {} new ones", seen[0], seen[1]);
    assert!(spawn().wait().unwrap().success());
    assert!(run_files(place, "killed") == whole, "what went on ended otherwise");
}

/// Killed at any moment, a build goes on and ends as if nothing had been.
#[cfg(unix)]
#[test]
fn a_killed_build_goes_on_and_ends_the_same() {
    let place = Place::new();
    let inputs = sample(&place);
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    ok(place.run(&[&["build", "-q", "--out", "whole"], &inputs[..]].concat()));
    // An older run is there, so that there is something to lose.
    ok(place.run(&["build", "-q", "--out", "old", inputs[0]]));
    kill_often(
        &place,
        &[&["build", "-q", "--out", "killed"], &inputs[..]].concat(),
        "old",
        "whole",
    );
}

#[cfg(unix)]
#[test]
fn a_killed_addition_goes_on_and_ends_the_same() {
    let place = Place::new();
    let inputs = sample(&place);
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    ok(place.run(&[&["build", "-q", "--out", "whole"], &inputs[..]].concat()));
    ok(place.run(&[&["build", "-q", "--out", "old"], &inputs[1..]].concat()));
    kill_often(&place, &["add", "-q", "--to", "killed", inputs[0]], "old", "whole");
}

#[test]
fn results_are_never_read_as_articles() {
    let place = Place::new();
    place.write("news/a.txt", SUPPLY);
    let ran = place.run(&["build", "news", "--out", "news/out"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("lies inside of the input"), "{}", ran.stderr);
    ok(place.run(&["build", "news", "--out", "run", "-q"]));
    let ran = place.run(&["build", "run/claims.jsonl", "--out", "other"]);
    assert!(ran.stderr.contains("left out"), "{}", ran.stderr);
    // A run that lies among the articles is passed over.
    fs::rename(place.path("run"), place.path("news/run")).unwrap();
    ok(place.run(&["build", "news", "--out", "other", "-q"]));
    assert_eq!(place.claims("other").len(), place.claims("news/run").len());
}

#[test]
fn a_run_is_not_lost_to_an_empty_one() {
    let place = Place::new();
    place.write("a.txt", SUPPLY);
    place.write("b.txt", "Nothing of the kind was told.\n");
    ok(place.run(&["build", "a.txt", "--out", "run", "-q"]));
    let before = run_files(&place, "run");
    let ran = place.run(&["build", "b.txt", "--out", "run", "-q"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--force"), "{}", ran.stderr);
    let mut found = place.files("run");
    found.retain(|name, _| !name.starts_with(".tieline-pending"));
    assert_eq!(found, before);
    ok(place.run(&["build", "b.txt", "--out", "run", "-q", "--force"]));
    assert!(place.claims("run").is_empty());
}

#[test]
fn copies_of_one_text_are_one_story() {
    let place = Place::new();
    let text = "North Korea sent artillery shells to Russia in May, officials in Kyiv said on Friday. \
        The containers left the port of Rajin by ship, according to a report that names three vessels.";
    for (name, text) in [
        ("a", text.to_owned()),
        ("b", format!("{text} Moscow did not answer a question about the report at once.")),
        ("c", text.replace("Friday", "Friday evening")),
    ] {
        place.write(&format!("in/{name}.txt"), text);
    }
    place.write("in/d.txt", "Pyongyang shipped shells to Russia, a paper in Seoul wrote.\n");
    ok(place.run(&["build", "in", "--out", "run", "-q"]));
    let ties = ok(place.run(&["ties", "--from", "PRK", "--in", "run", "--format", "json"])).stdout;
    let ties: serde_json::Value = serde_json::from_str(&ties).unwrap();
    let tie = &ties["ties"][0];
    assert_eq!((&tie["mentions"], &tie["stories"]), (&4.into(), &2.into()), "{tie}");
}

/// The estimates against pairs that were labelled by reading.
#[test]
fn stories_are_found_among_labelled_pairs() {
    let mut own = Vec::new();
    let told = fs::read_to_string(repository().join("tests/corpus/stories/tellings.txt")).unwrap();
    let tellings: Vec<&str> = told.split("\n\n").skip(1).map(str::trim).collect();
    assert_eq!(tellings.len(), 20);
    for (n, telling) in tellings.iter().enumerate() {
        let sentences: Vec<&str> = telling.split_inclusive(". ").collect();
        let cut = sentences[..sentences.len() * 3 / 5].concat();
        let reprint = format!("Day in brief: what happened. (Agency) {telling}");
        let updated = format!(
            "{telling} This report was updated with a statement of the authorities, who thanked all \
             helpers and asked for patience until more is known."
        );
        for (a, b) in
            [(*telling, &reprint), (*telling, &cut), (*telling, &updated), (&*cut, &updated)]
        {
            own.push((a.to_owned(), b.clone(), true));
        }
        for (m, other) in tellings.iter().enumerate().skip(n + 1) {
            if (n + m) % 2 == 1 {
                own.push(((*telling).to_owned(), (*other).to_owned(), false));
            }
        }
    }
    let score = |pairs: &[(String, String, Option<i32>, bool)], name: &str| {
        let (mut hits, mut said, mut same) = (0_u32, 0_u32, 0_u32);
        for (a, b, days, is_same) in pairs {
            let found = is_one_story(&Sketch::of(a), &Sketch::of(b), *days);
            hits += u32::from(found && *is_same);
            said += u32::from(found);
            same += u32::from(*is_same);
        }
        let (precision, recall) =
            (f64::from(hits) / f64::from(said), f64::from(hits) / f64::from(same));
        eprintln!("{name}: {} pairs, precision {precision:.3}, recall {recall:.3}", pairs.len());
        assert!(precision >= 0.95 && recall >= 0.90, "{name}: {precision} {recall}");
    };
    let own: Vec<_> = own.into_iter().map(|(a, b, same)| (a, b, Some(0), same)).collect();
    score(&own, "own texts");
    let Some(corpus) = shared("perf/news.jsonl") else { return };
    let labels =
        fs::read_to_string(repository().join("tests/corpus/stories/benchmark.tsv")).unwrap();
    let articles: HashMap<String, (String, jiff::civil::Date)> = fs::read_to_string(corpus)
        .unwrap()
        .split('\n')
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|record| {
            let text = |key: &str| record[key].as_str().map(str::to_owned);
            Some((text("id")?, (text("text")?, text("date")?.get(..10)?.parse().ok()?)))
        })
        .collect();
    let pairs: Vec<_> = labels
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let [a, b, label] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
            let ((a, x), (b, y)) = (articles.get(a)?, articles.get(b)?);
            let days = x.until(*y).ok()?.get_days().abs();
            Some((a.clone(), b.clone(), Some(days), label == "same"))
        })
        .collect();
    assert!(pairs.len() > 200, "{}", pairs.len());
    score(&pairs, "benchmark corpus");
}

/// Every example of every help runs on the sample as it stands there.
#[test]
fn every_example_of_every_help_runs_on_the_sample() {
    let place = Place::new();
    for name in ["data/sample"] {
        for entry in fs::read_dir(repository().join(name)).unwrap() {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap();
            place.write(&format!("{name}/{file}"), fs::read(&path).unwrap());
        }
    }
    let examples = place.examples();
    assert!(examples.len() > 30, "{examples:?}");
    place.prepare_examples();
    for example in examples {
        let output = std::process::Command::new("bash")
            .args(["-euo", "pipefail", "-c", &example])
            .current_dir(place.path(""))
            .env("PATH", Place::path_with_program())
            .env("HOME", place.path(""))
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        // 1 says that an input was skipped, which an example may show.
        assert!(matches!(output.status.code(), Some(0 | 1)), "{example}: {errors}");
        if example.contains("tieline build") {
            // What follows asks the run of the sample.
            ok(place.run(&["build", "data/sample", "--out", "exports", "-q"]));
        }
    }
}

/// A relation that nobody knows is an error, and says which are known.
#[test]
fn names_are_found_as_people_say_them() {
    let place = Place::new();
    place.write("a.txt", SUPPLY);
    ok(place.run(&["build", "a.txt", "--out", "run", "-q"]));
    for (a, b) in [("Moscow", "Pyongyang"), ("kremlin", "DPRK"), ("Russia", "north korea")] {
        let ran = ok(place.run(&["why", a, b, "--in", "run"]));
        assert!(ran.stdout.contains("sent artillery shells"), "{a} {b}: {}", ran.stdout);
    }
    let ran = place.run(&["why", "Rusia", "--in", "run"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("did you mean Russia"), "{}", ran.stderr);
    for command in [
        &["ties", "--relation", "suplies", "--in", "run"][..],
        &["build", "a.txt", "--relation", "suplies"],
    ] {
        let ran = place.run(command);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("did you mean supplies"), "{}", ran.stderr);
        assert!(ran.stderr.contains("meets"), "{}", ran.stderr);
    }
}

/// The program's folder before all others.
pub(crate) fn with_program(path: &Path) -> std::ffi::OsString {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(path.to_owned()).chain(std::env::split_paths(&rest));
    std::env::join_paths(folders).unwrap()
}
