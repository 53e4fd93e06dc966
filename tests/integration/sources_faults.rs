//! Inputs that once did harm: lost records, endless waits, memory without bound, panics.

use std::io::Write;
use std::process::{Command, Stdio};

use tieline::source::Articles;

use crate::sources_samples::{gzip, text};
use crate::support::{Place, SUPPLY};

/// Ids of what a stream gives, errors as their text.
fn ids(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<String> {
    Articles::from_reader(name, std::io::Cursor::new(bytes.into()))
        .map(|article| match article {
            Ok(article) => article.info.id.to_string(),
            Err(error) => error.to_string(),
        })
        .collect()
}

#[test]
fn numbers_as_ids_stay_what_they_are() {
    let record = |n| format!("{{\"id\": {n}, \"text\": \"They met.\"}}\n");
    let lines = (0..20_000).map(record).collect::<Vec<_>>().concat();
    let ids = ids("a.jsonl", lines);
    assert!(ids.iter().enumerate().all(|(n, id)| *id == n.to_string()));
}

#[test]
fn a_zero_costs_its_own_record() {
    let lines = format!(
        "{{\"id\": 1, \"text\": \"{0}\"}}\n{{\"id\": 2, \"text\": \"x\0y\"}}\n{{\"id\": 3, \"text\": \"{0}\"}}\n",
        text(0)
    );
    let ids = ids("a.jsonl", lines);
    assert_eq!((ids[0].as_str(), ids[2].as_str(), ids.len()), ("1", "3", 3), "{ids:?}");
    assert!(ids[1].contains("a.jsonl:2: wrong JSON"), "{ids:?}");
}

#[test]
fn compressed_streams_end_as_their_programs_end_them() {
    let line = b"{\"id\": 1, \"text\": \"They met.\"}\n";
    let mut padded = gzip(line);
    padded.resize(padded.len() + 1024, 0);
    assert_eq!(ids("a.jsonl.gz", padded), ["1"]);
    let frame =
        ruzstd::encoding::compress_to_vec(&line[..], ruzstd::encoding::CompressionLevel::Fastest);
    let skippable = [&[0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
    let stream = [&skippable[..], &frame, &skippable, &frame].concat();
    assert_eq!(ids("a.jsonl.zst", stream), ["1", "1#2"]);
    let mut garbage = gzip(line);
    garbage.extend_from_slice(b"more");
    let found = ids("a.jsonl.gz", garbage);
    assert_eq!(found[0], "1");
    assert!(found[1].contains("behind the end"), "{found:?}");
}

#[test]
fn what_holds_no_article_says_so() {
    for (name, bytes) in [
        ("a.jsonl", "\n".repeat(1 << 20)),
        ("a.json", "[]".to_owned()),
        ("a.json", " \n ".to_owned()),
        ("a.csv", "id,text\n".to_owned()),
        ("a.rss", "<rss><channel><title>x</title></channel></rss>".to_owned()),
        ("a.mbox", "\n\n".to_owned()),
    ] {
        let found = ids(name, bytes);
        assert!(found.len() == 1 && found[0].contains("no text"), "{name}: {found:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_named_and_not_waited_for() {
    let place = Place::new();
    place.write("news/a.txt", SUPPLY);
    let pipe = place.path("news/b.txt");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let ran = place.run(&["build", "news", "--out", "out", "-q"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("b.txt: a pipe"), "{}", ran.stderr);
    assert!(!place.claims("out").is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_error_is_no_panic() {
    let place = Place::new();
    place.write("news/a.txt", SUPPLY);
    place.write("news/b.txt", "");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = Command::new(assert_cmd::cargo::cargo_bin("tieline"))
        .current_dir(place.path(""))
        .args(["build", "news", "--out", "out", "-q"])
        .stderr(full)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(!place.claims("out").is_empty());
}

/// `nohup` has a run ignore the hang-up, and the run goes on; without, the run gives up.
#[cfg(target_os = "linux")]
#[test]
fn an_ignored_hang_up_stays_ignored() {
    for (ignored, expected) in [(true, Some(0)), (false, Some(129))] {
        let place = Place::new();
        let program = assert_cmd::cargo::cargo_bin("tieline");
        let trap = if ignored { "trap '' HUP; " } else { "" };
        let script = format!("{trap}exec \"$0\" build - --out out -q");
        let mut child = Command::new("sh")
            .current_dir(place.path(""))
            .args(["-c", &script])
            .arg(&program)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(SUPPLY.as_bytes()).unwrap();
        // The handler stands once the program waits for its input.
        let status = format!("/proc/{}/status", child.id());
        let watches = |mask: &str| {
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            text.lines()
                .find_map(|line| line.strip_prefix(mask))
                .and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok())
                .unwrap_or(0)
        };
        // The call to terminate is taken over last.
        while watches("SigCgt:") & (1 << 14) == 0 {
            std::thread::yield_now();
            assert!(child.try_wait().unwrap().is_none(), "it ended too early");
        }
        let hang_up = Command::new("kill").args(["-HUP", &child.id().to_string()]).status();
        assert!(hang_up.unwrap().success());
        if ignored {
            drop(stdin);
        }
        assert_eq!(child.wait().unwrap().code(), expected, "ignored: {ignored}");
        assert_eq!(place.path("out/claims.jsonl").exists(), ignored);
    }
}

#[test]
fn nothing_printed_steers_a_terminal() {
    let place = Place::new();
    let sentence =
        SUPPLY.trim_end().replace("shells", "she\u{202e}lls \u{1b}]0;owned\u{7}\u{9b}8m");
    let line =
        serde_json::json!({ "text": sentence, "source": "Wi\u{1b}[8mre", "date": "2024-06-19" });
    place.write("a.jsonl", format!("{line}\n"));
    place.write("\u{1b}]0;x\u{7}.txt", "");
    let inputs = ["build", "a.jsonl", "\u{1b}]0;x\u{7}.txt", "--out", "out"];
    let built = place.run(&inputs);
    let steers = |text: &str| {
        text.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'])
            .then(|| text.escape_debug().to_string())
    };
    assert_eq!(steers(&built.stdout), None);
    assert_eq!(steers(&built.stderr), None);
    for command in [
        &["why", "PRK", "RUS", "--in", "out"][..],
        &["timeline", "PRK", "RUS", "--in", "out"],
        &["why", "PRK", "RUS", "--in", "out", "--format", "json"],
        &["mentions", "a.jsonl"],
        &["explain", "--article", "a.jsonl"],
    ] {
        let ran = place.run(command);
        assert_eq!(steers(&ran.stdout), None, "{command:?}");
        assert_eq!(steers(&ran.stderr), None, "{command:?}");
    }
}

/// Pages made to take time or memory: read or refused, quickly.
#[test]
fn pages_made_to_hurt_do_no_harm() {
    let attribute = |n| format!(" a{n}=\"x\"");
    let attributes = (0..80_000).map(attribute).collect::<Vec<_>>().concat();
    let cases: [(&str, String); 8] = [
        ("attributes", format!("<html><body><p{attributes}>{SUPPLY}</p></body></html>")),
        ("angles", format!("<html><body>{}", "<".repeat(33 << 20))),
        ("entities", format!("<html><body><p>{}</p></body></html>", "&amp;".repeat(400_000))),
        ("quotes", format!("<html><body>{}{SUPPLY}", "<a \"".repeat(200_000))),
        ("values", format!("<html><body>{}{SUPPLY}", "<a b=\"".repeat(200_000))),
        ("comments", format!("<html><body>{}{SUPPLY}", "<!--".repeat(200_000))),
        ("scripts", format!("<html><body>{}{SUPPLY}", "<script></".repeat(200_000))),
        ("tables", format!("<html><body>{}{SUPPLY}", "<table><tr><td>x".repeat(50_000))),
    ];
    for (name, page) in cases {
        // The time of the least powerful algorithm that would do; a quadratic one takes minutes.
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || sender.send(ids("a.html", page)).ok());
        let found = receiver.recv_timeout(std::time::Duration::from_mins(1));
        assert_eq!(found.unwrap_or_default().len(), 1, "{name}");
    }
}
