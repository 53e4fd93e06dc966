//! What an article costs at most: time that grows with its length alone, memory with a bound, claims
//! that somebody can have told. Nothing here looks at a clock: time is compared with time.

use std::fmt::Write as _;

use tieline::model::Limit;
use tieline::{Article, Reader};

use crate::support::Place;

/// Memory that any input may take, in KiB.
#[cfg(target_os = "linux")]
const MOST_MEMORY: u64 = 300 << 10;

/// Nanoseconds that this thread has had of a processor.
#[cfg(target_os = "linux")]
fn processor_time() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}

/// Four times the text takes about four times as long; where every name is held against every
/// other, sixteen times.
#[cfg(target_os = "linux")]
#[test]
fn time_grows_with_the_length_of_a_text() {
    let reader = Reader::embedded().unwrap();
    let numbered = |n: usize| {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
        let name = format!("Iv{}{}{}n", letter(n), letter(n / 26), letter(n / 676));
        format!("President {name} Petrov met Russia. ")
    };
    let cases: [(&str, &dyn Fn(usize) -> String); 5] = [
        ("one name", &|_| "President Ivan Petrov ".to_owned()),
        ("many of one surname", &numbered),
        ("a surname", &|_| "Kim ".to_owned()),
        ("references", &|_| "They met them. The country sent it weapons. ".to_owned()),
        ("speakers", &|_| "“Russia,” said President Ivan Petrov of Iran. ".to_owned()),
    ];
    for (name, piece) in cases {
        let cost = |n_bytes: usize| {
            let mut text = String::new();
            for n in 0.. {
                text.push_str(&piece(n));
                if text.len() >= n_bytes {
                    break;
                }
            }
            let start = processor_time();
            std::hint::black_box(reader.read(Article::from_text("long", text)));
            processor_time() - start
        };
        cost(10_000);
        let (short, long) = (cost(50_000), cost(200_000));
        assert!(long < 8 * short, "{name}: {long} ns for four times what took {short} ns");
    }
}

/// The most memory that the program ever had, in KiB.
#[cfg(target_os = "linux")]
fn peak(place: &Place, arguments: &[&str]) -> u64 {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("tieline"))
        .current_dir(place.path(""))
        .args(arguments)
        .stderr(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(now.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert!(child.wait().unwrap().code().is_some_and(|code| code < 2), "{arguments:?}");
    assert!(peak > 0);
    peak
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_whatever_a_text_repeats() {
    let place = Place::new();
    for (name, piece, n_bytes) in [
        ("surname", "Kim ", 4 << 20),
        ("state", "Russia ", 1 << 20),
        ("person", "President Ivan Petrov ", 1 << 20),
        ("marks", "\" ( [", 1 << 20),
    ] {
        let file = format!("{name}.txt");
        place.write(&file, piece.repeat(n_bytes / piece.len()));
        let peak = peak(&place, &["build", &file, "--out", name, "-q", "--threads", "1"]);
        assert!(peak <= MOST_MEMORY, "{name}: {} MiB", peak >> 10);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn many_people_of_one_surname_cost_no_memory_at_each_place() {
    let place = Place::new();
    let mut table = "id,name,surname,aliases,gender,state,offices,standalone\n".to_owned();
    for n in 0..10_000 {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
        let given: String = [n, n / 26, n / 676, n / 17_576].map(letter).into_iter().collect();
        let _ = writeln!(table, "person:{given}-zorin,J{given} Zorin,Zorin,,m,RUS,,no");
    }
    place.write("names/people.csv", table);
    // Each place where the surname stands alone may mean any of them.
    place.write(
        "news.txt",
        "Jaaaa Zorin met Iran. Zorin said that Zorin had called Zorin. ".repeat(5_000),
    );
    let arguments =
        ["build", "news.txt", "--gazetteer", "names", "--out", "out", "-q", "--threads", "1"];
    let peak = peak(&place, &arguments);
    assert!(peak <= MOST_MEMORY, "{} MiB", peak >> 10);
    // The one who is named in full is whom the surname means.
    let speakers = place.claims("out");
    assert!(speakers.iter().any(|claim| claim["source"] == "person:aaaa-zorin"));
}

/// The names of `n` states, as a sentence lists them.
fn states(n: usize) -> String {
    let table = include_str!("../../data/gazetteer/states.csv");
    let names: Vec<&str> = table
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(2))
        .filter(|name| !name.contains([' ', '"']))
        .take(n)
        .collect();
    assert_eq!(names.len(), n);
    format!("{} and {}", names[1..].join(", "), names[0])
}

#[test]
fn a_list_of_names_makes_no_thousands_of_claims() {
    let place = Place::new();
    let list = format!("{} met in Geneva on Monday.\n", states(61));
    place.write("list.txt", format!("Iran sent drones to Russia.\n\n{list}"));
    let built = place.run(&["build", "list.txt", "--out", "out", "-q"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    assert!(built.stderr.contains("warning: list.txt"), "{}", built.stderr);
    assert!(built.stderr.contains("surest are kept"), "{}", built.stderr);
    let claims = place.claims("out");
    let of_list = claims.iter().filter(|claim| claim["relation"] == "meets").count();
    assert!((1..=Limit::MAX_SENTENCE_CLAIMS).contains(&of_list), "{of_list}");
    assert!(claims.iter().any(|claim| claim["relation"] == "supplies"));
    let manifest = std::fs::read_to_string(place.path("out/manifest.json")).unwrap();
    assert!(manifest.contains("surest are kept"), "{manifest}");
}

#[test]
fn an_article_that_takes_too_many_steps_is_skipped_and_told() {
    let place = Place::new();
    let names = states(90);
    let text = format!("{names} met. ").repeat(600);
    place.write("a.txt", text);
    place.write("b.txt", crate::support::SUPPLY);
    let built = place.run(&["build", "a.txt", "b.txt", "--out", "out", "-q"]);
    assert_eq!(built.code, 1, "{}", built.stderr);
    assert!(built.stderr.contains("skipped: a.txt: too many names"), "{}", built.stderr);
    let claims = place.claims("out");
    assert!(!claims.is_empty() && claims.iter().all(|claim| claim["doc"] == "b.txt"));
}
