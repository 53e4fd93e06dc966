//! The real binary: what users type, what they get, and what hostile input does to it.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{Place, SUPPLY, skipped};

/// Files that every run leaves.
const FILES: [&str; 11] = [
    "claims.csv",
    "claims.jsonl",
    "edges.csv",
    "entities.jsonl",
    "graph.gexf",
    "graph.graphml",
    "manifest.json",
    "neo4j/load.cypher",
    "neo4j/nodes.csv",
    "neo4j/relationships.csv",
    "nodes.csv",
];

#[test]
fn build_writes_every_file_and_prints_the_strongest_tie() {
    let place = Place::new();
    place.write("news/a.txt", SUPPLY);
    let ran = place.run(&["build", "news", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let files = place.files("out");
    for name in FILES {
        assert!(files.contains_key(std::path::Path::new(name)), "{name} is missing");
    }
    assert!(ran.stdout.contains("North Korea supplies → Russia"), "{}", ran.stdout);
    assert!(ran.stdout.contains("1 article (1 story),"), "{}", ran.stdout);
}

#[test]
fn standard_input_is_read_and_json_is_printed() {
    let place = Place::new();
    let ran = place.run_with(&["build", "-", "--out", "out", "--format", "json"], SUPPLY);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let summary: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(summary["counts"]["articles"], 1);
    assert_eq!(summary["strongest_ties"][0]["relation"], "supplies");
}

#[test]
fn why_quotes_the_line_for_ids_codes_and_aliases() {
    let place = Place::new();
    place.write("a.txt", SUPPLY);
    assert_eq!(place.run(&["build", "a.txt", "--out", "out", "-q"]).code, 0);
    for (a, b) in [("state:PRK", "state:RUS"), ("PRK", "RUS"), ("dprk", "Russia")] {
        let ran = place.run(&["why", a, b, "--in", "out"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.contains("sent artillery shells to Russia"), "{a} {b}: {}", ran.stdout);
    }
    let ran = place.run(&["why", "Atlantis", "--in", "out"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("\"Atlantis\" is no entity here"), "{}", ran.stderr);
}

#[test]
fn a_finished_run_is_asked_for_where_there_is_none() {
    let place = Place::new();
    let ran = place.run(&["why", "PRK", "RUS"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("tieline build INPUT --out exports"), "{}", ran.stderr);
}

#[test]
fn completions_and_manual_are_printed() {
    let place = Place::new();
    assert!(place.run(&["completions", "bash"]).stdout.contains("_tieline"));
    assert!(place.run(&["man"]).stdout.contains(".TH tieline"));
    let ran = place.run(&["build", "--help"]);
    assert!(ran.stdout.contains("Examples:"), "{}", ran.stdout);
}

/// Each bad input beside a good one: message, exit code, and nothing of the good one lost.
#[test]
fn a_bad_input_is_reported_and_the_rest_is_read() {
    let mut truncated = Vec::new();
    let mut gzip = flate2::write::GzEncoder::new(&mut truncated, flate2::Compression::default());
    gzip.write_all(SUPPLY.repeat(100).as_bytes()).unwrap();
    gzip.finish().unwrap();
    truncated.truncate(truncated.len() / 2);
    let cases: [(&str, &[u8], &str); 5] = [
        ("empty.txt", b"", "no text"),
        ("binary.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\0\0\0\0", "binary"),
        ("lines.jsonl", b"{\"text\": \"Fine.\"}\n{\"text\": oops}\n{\"text\": \"Too.\"}\n", ":2: "),
        ("table.csv", b"id,headline\n1,Talks\n", "text"),
        ("cut.txt.gz", &truncated, "cut.txt.gz"),
    ];
    for (name, content, message) in cases {
        let place = Place::new();
        place.write("news/good.txt", SUPPLY);
        place.write(&format!("news/{name}"), content);
        let ran = place.run(&["build", "news", "--out", "out"]);
        assert_eq!(ran.code, 1, "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(message), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(name), "{name}: {}", ran.stderr);
        assert!(!place.claims("out").is_empty(), "{name}: the good article is lost");
        let manifest = fs::read_to_string(place.path("out/manifest.json")).unwrap();
        assert!(manifest.contains(name), "{name} is not in the manifest");
    }
}

#[test]
fn a_missing_path_is_reported_and_the_rest_is_read() {
    let place = Place::new();
    place.write("good.txt", SUPPLY);
    let ran = place.run(&["build", "good.txt", "nowhere.txt", "--out", "out"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("nowhere.txt"), "{}", ran.stderr);
    assert!(!place.claims("out").is_empty());
}

/// Texts made to hurt: each is read or refused in bounded time, without a panic.
#[test]
fn hostile_texts_do_no_harm() {
    let deep = format!("<html><body>{}{}", "<div>".repeat(100_000), SUPPLY);
    let bomb = format!("{{\"text\": \"{}\"}}\n", "a ".repeat(4_000_000));
    let cases: [(&str, Vec<u8>); 7] = [
        ("quotes.txt", "\u{201c}\"'\u{201d}".repeat(50_000).into_bytes()),
        ("stops.txt", ".".repeat(500_000).into_bytes()),
        ("endless.txt", "Russia ".repeat(300_000).into_bytes()),
        ("broken.txt", [SUPPLY.as_bytes(), b"\xff\xfe\xc3\x28 Minsk \xed\xa0\x80"].concat()),
        ("deep.html", deep.into_bytes()),
        ("line.jsonl", bomb.into_bytes()),
        ("marks.txt", "e\u{301}\u{327}".repeat(100_000).into_bytes()),
    ];
    for (name, content) in cases {
        let place = Place::new();
        place.write(name, content);
        let ran = place.run(&["build", name, "--out", "out"]);
        assert!(matches!(ran.code, 0 | 1), "{name}: exit {} {}", ran.code, ran.stderr);
        assert!(!ran.stderr.contains("panicked"), "{name}: {}", ran.stderr);
    }
}

/// A line of 200 MB is named and left out; what follows it is read.
#[test]
fn an_endless_line_is_skipped_and_the_rest_is_read() {
    let place = Place::new();
    let endless = "Russia met Iran ".repeat(200 * 1024 * 1024 / 16);
    let lines =
        [endless.as_str(), SUPPLY.trim_end()].map(|text| format!("{{\"text\": \"{text}\"}}\n"));
    place.write("news.jsonl", lines.concat());
    let ran = place.run(&["build", "news.jsonl", "--out", "out", "--format", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("news.jsonl:1: longer than 32 MiB"), "{}", ran.stderr);
    assert!(!place.files("out")[std::path::Path::new("claims.jsonl")].is_empty());
}

/// On a file system of 200 KiB the run stops, names the file and leaves nothing half written.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stops_the_run_and_leaves_nothing() {
    let place = Place::new();
    fs::create_dir(place.path("small")).unwrap();
    let script = "mount -t tmpfs -o size=200k tmpfs small || exit 77
        \"$0\" build \"$1\" --out small/out; code=$?
        find small -type f -not -path '*/.tieline-pending/*'; exit $code";
    let ran = std::process::Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
        .arg(assert_cmd::cargo::cargo_bin("tieline"))
        .arg(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample"))
        .current_dir(place.path(""))
        .output();
    let ran = match ran {
        Ok(ran) if ran.status.code() != Some(77) && !ran.stderr.starts_with(b"unshare:") => ran,
        _ => {
            skipped("this machine allows no file system of one's own");
            return;
        }
    };
    let errors = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{errors}");
    assert!(errors.contains("cannot write: No space left on device"), "{errors}");
    assert!(ran.stdout.is_empty(), "{}", String::from_utf8_lossy(&ran.stdout));
}

#[test]
fn a_folder_that_cannot_be_made_stops_the_run() {
    let place = Place::new();
    place.write("good.txt", SUPPLY);
    place.write("file", "not a folder");
    let ran = place.run(&["build", "good.txt", "--out", "file/out"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("file/out: cannot write"), "{}", ran.stderr);
}

/// Whether a process has a handler for SIGINT, by the kernel's mask of caught signals.
#[cfg(target_os = "linux")]
fn catches_interrupts(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|m| m & 2 != 0)
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_run_leaves_what_was_there() {
    let place = Place::new();
    place.write("out/claims.jsonl", "of an earlier run\n");
    let program = assert_cmd::cargo::cargo_bin("tieline");
    let mut child = std::process::Command::new(program)
        .args(["build", "-", "--out", "out"])
        .current_dir(place.path(""))
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Waiting for the program would close its standard input and so let it finish.
    let input = child.stdin.take();
    // It watches for interrupts, then waits for standard input.
    let deadline = Instant::now() + Duration::from_mins(1);
    while !catches_interrupts(child.id()) {
        assert!(Instant::now() < deadline, "the run did not start");
        std::thread::sleep(Duration::from_millis(20));
    }
    let status = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(status.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    drop(input);
    let files = place.files("out");
    assert_eq!(files.len(), 1, "{:?}", files.keys());
    assert_eq!(files[std::path::Path::new("claims.jsonl")], b"of an earlier run\n");
}

#[test]
fn mistakes_in_the_user_s_tables_stop_the_run_before_it_reads() {
    let weapons = "id,name,aliases,parent,plural\n";
    let cases = [
        (
            "weapons.csv",
            format!("{weapons}weapon:a,alpha gun,,weapon:b,\nweapon:b,beta gun,,weapon:a,\n"),
        ),
        ("weapons.csv", format!("{weapons}weapon:zap,zap gun,howitzer,,\n")),
        ("weapons.csv", format!("{weapons}gun:zap,zap gun,,,\n")),
        (
            "weapons.csv",
            format!(
                "{weapons}weapon:zap,zap gun,boom stick,weapon:howitzer,\n\
                 weapon:zip,zip gun,boom stick,weapon:howitzer,\n"
            ),
        ),
    ];
    for (name, table) in cases {
        let place = Place::new();
        place.write("good.txt", SUPPLY);
        place.write(&format!("mine/{name}"), &table);
        let ran = place.run(&["build", "good.txt", "--out", "out", "--gazetteer", "mine"]);
        assert_eq!(ran.code, 2, "{table}: {}", ran.stderr);
        assert!(ran.stderr.contains(&format!("{name}:")), "{table}: {}", ran.stderr);
        assert!(!place.path("out").exists(), "{table}: something was written");
    }
}

/// Equal hashes mean equal knowledge, so that an editor can tell what a run was read with.
#[test]
fn the_manifest_names_what_articles_were_read_with() {
    let place = Place::new();
    place.write("good.txt", SUPPLY);
    let table = "id,name,aliases,parent,plural\nweapon:zap-gun,zap gun,zapper,weapon:howitzer,\n";
    place.write("mine/weapons.csv", table);
    let hashes = |out: &str, more: &[&str]| {
        let ran = place.run(&[&["build", "good.txt", "--out", out], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let manifest = fs::read_to_string(place.path(&format!("{out}/manifest.json"))).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        ["gazetteer", "gate", "judge", "model", "rules"].map(|part| {
            let hash = manifest["hashes"][part].as_str().unwrap().to_owned();
            assert!(hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()), "{part}");
            hash
        })
    };
    let plain = hashes("plain", &[]);
    assert_eq!(plain, hashes("again", &[]));
    let [gazetteer, others @ ..] = hashes("more", &["--gazetteer", "mine"]);
    assert_ne!(gazetteer, plain[0]);
    assert_eq!(others, plain[1..]);
}
