//! What analysts bring, through the binary: each form with its date, outlet, address and id.

use serde_json::Value;

use crate::sources_samples::{self as samples, gzip, text};
use crate::support::{Place, Ran};

/// The claims of a run over one file.
fn build(file: &str, content: impl AsRef<[u8]>) -> (Ran, Vec<Value>) {
    build_with(file, content, &[])
}

fn build_with(file: &str, content: impl AsRef<[u8]>, arguments: &[&str]) -> (Ran, Vec<Value>) {
    let place = Place::new();
    place.write(file, content);
    let ran = place.run(&[&["build", file, "--out", "out", "-q"][..], arguments].concat());
    let claims = place.claims("out");
    (ran, claims)
}

fn field<'c>(claims: &'c [Value], name: &str) -> Vec<&'c str> {
    let mut values: Vec<_> =
        claims.iter().map(|claim| claim[name].as_str().unwrap_or("none")).collect();
    values.sort_unstable();
    values.dedup();
    values
}

#[test]
fn forms_keep_what_they_say_of_their_articles() {
    type Expected<'e> = (&'e str, Vec<u8>, [&'e str; 4]);
    let cases: [Expected<'_>; 9] = [
        ("a.json", samples::json(1), ["2024-06-19", "none", "none", "0"]),
        ("a.csv", samples::csv(1), ["2024-06-19", "Wire", "none", "E0"]),
        (
            "result.json",
            samples::telegram(1),
            ["2024-06-19", "Front News", "none", "telegram:77/0"],
        ),
        (
            "messages.html",
            samples::telegram_page(1),
            ["2024-06-19", "Front News", "none", "telegram:Front News/0"],
        ),
        (
            "a.rss",
            samples::rss(1),
            ["2024-06-19", "Wire & Co", "https://wire.example/0", "https://wire.example/0"],
        ),
        ("a.xml", samples::atom(1), ["2024-06-19", "Wire", "https://wire.example/0", "urn:0"]),
        ("a.eml", samples::mail(1), ["2024-06-19", "Jane Roe", "none", "0@wire.example"]),
        (
            "a.mht",
            samples::mhtml(1),
            ["2024-06-19", "wire.example", "https://wire.example/1", "a.mht"],
        ),
        (
            "a.warc.gz",
            gzip(&samples::warc(1)),
            ["2024-06-19", "wire.example", "https://wire.example/0", "https://wire.example/0"],
        ),
    ];
    for (file, content, [date, outlet, url, doc]) in cases {
        let (ran, claims) = build(file, content);
        assert_eq!(ran.code, 0, "{file}: {}", ran.stderr);
        assert!(!claims.is_empty(), "{file}: no claims");
        assert_eq!(field(&claims, "date"), [date], "{file}");
        assert_eq!(field(&claims, "outlet"), [outlet], "{file}");
        assert_eq!(field(&claims, "url"), [url], "{file}");
        assert_eq!(field(&claims, "doc"), [doc], "{file}");
    }
}

#[test]
fn forwarded_messages_say_from_whom() {
    let (_, claims) = build("result.json", samples::telegram(1));
    assert_eq!(field(&claims, "forwarded_from"), ["Other"]);
    assert_eq!(field(&claims, "author"), ["Front"]);
}

#[test]
fn an_account_of_telegram_is_read_chat_by_chat() {
    let chat = |id: u32| {
        String::from_utf8(samples::telegram(2))
            .unwrap()
            .replace("\"id\": 77", &format!("\"id\": {id}"))
            .replace("Front News", &format!("Channel {id}"))
    };
    let account = format!(
        "{{\"about\": \"Here is the data\", \"personal_information\": {{\"first_name\": \"A\"}}, \
         \"chats\": {{\"about\": \"x\", \"list\": [{}, {}]}}}}",
        chat(1),
        chat(2)
    );
    let (ran, claims) = build("result.json", account);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(field(&claims, "outlet"), ["Channel 1", "Channel 2"]);
    assert_eq!(field(&claims, "doc").len(), 4);
}

#[test]
fn records_nest_as_services_nest_them() {
    let says = text(0);
    let cases = [
        format!(
            "{{\"response\": {{\"results\": [{{\"id\": \"a\", \"fields\": {{\"bodyText\": \"{says}\"}}}}]}}}}"
        ),
        format!(
            "{{\"hits\": {{\"hits\": [{{\"_id\": \"a\", \"_source\": {{\"text\": \"{says}\"}}}}]}}}}"
        ),
        format!("{{\"news\": [{{\"id\": \"a\", \"contents\": \"{says}\"}}]}}"),
        format!("{{\"posts\": [{{\"id\": \"a\", \"message\": \"{says}\"}}]}}"),
        format!("{{\"id\": {{\"0\": \"a\"}}, \"text\": {{\"0\": \"{says}\"}}}}"),
        format!(
            "{{\"columns\": [\"id\", \"text\"], \"index\": [0], \"data\": [[\"a\", \"{says}\"]]}}"
        ),
        format!("{{\"0\": {{\"id\": \"a\", \"maintext\": \"{says}\"}}}}"),
        format!("[{{\"id\": \"a\", \"paragraphs\": [\"{says}\"], \"summary\": \"Shells.\"}}]"),
        format!("{{\"id\": \"a\", \"articleBody\": \"{says}\"}}"),
    ];
    for case in cases {
        let (ran, claims) = build("a.json", &case);
        assert_eq!(ran.code, 0, "{case}: {}", ran.stderr);
        assert_eq!(field(&claims, "doc"), ["a"], "{case}");
    }
}

#[test]
fn the_user_names_other_keys() {
    let line = format!(
        "{{\"Volltext\": \"{}\", \"Datum\": \"2024-06-19\", \"Kopf\": \"Granaten\"}}\n",
        text(0)
    );
    let (ran, claims) = build("a.jsonl", &line);
    assert!(claims.is_empty());
    assert!(ran.stderr.contains("Volltext") && ran.stderr.contains("--map"), "{}", ran.stderr);
    let map = ["--map", "text=Volltext,date=datum", "--map", "title=Kopf"];
    let (ran, claims) = build_with("a.jsonl", &line, &map);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(field(&claims, "date"), ["2024-06-19"]);
    assert_eq!(field(&claims, "title"), ["Granaten"]);
    let table = format!("nr|was\n1|{}\n", text(0));
    assert_eq!(build_with("a.csv", &table, &["--map", "text=was,id=nr"]).1.len(), 1);
    let ran = Place::new().run(&["build", "-", "--map", "body=x"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("FIELD=KEY"), "{}", ran.stderr);
}

#[test]
fn records_with_a_title_alone_are_told_of_once() {
    let lines = "{\"title\": \"Shells for the front\", \"inhalt\": \"x\"}\n".repeat(50);
    let (ran, _) = build("a.jsonl", lines);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let told = "50 records have a title and no text (found title, inhalt; name its key with --map text=KEY)";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
}

#[test]
fn the_order_of_day_and_month_is_decided_once_a_file() {
    let table = |days: &[&str]| {
        days.iter()
            .enumerate()
            .fold("date,text\n".to_owned(), |all, (n, day)| format!("{all}{day},\"{}\"\n", text(n)))
    };
    let dates = |ran: &(Ran, Vec<Value>)| {
        field(&ran.1, "date").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let day_first = build("a.csv", table(&["05/06/2024", "19/06/2024"]));
    assert_eq!(dates(&day_first), ["2024-06-05", "2024-06-19"]);
    let month_first = build("a.csv", table(&["06/05/2024", "06/19/2024"]));
    assert_eq!(dates(&month_first), ["2024-06-05", "2024-06-19"]);
    let undecided = build("a.csv", table(&["05/06/2024", "05/07/2024"]));
    assert_eq!(dates(&undecided), ["none"]);
    assert!(undecided.0.stderr.contains("05/06/2024"), "{}", undecided.0.stderr);
    assert!(undecided.0.stderr.contains("--date-order"), "{}", undecided.0.stderr);
    let told = build_with("a.csv", table(&["05/06/2024"]), &["--date-order", "dmy"]);
    assert_eq!(dates(&told), ["2024-06-05"]);
    for written in [
        "7-Oct-24",
        "\"October 7, 2024\"",
        "1728259200",
        "1728259200000",
        "\"Mon, 07 Oct 2024 00:10:00 GMT\"",
    ] {
        assert_eq!(dates(&build("a.csv", table(&[written]))), ["2024-10-07"], "{written}");
    }
    let wrong = build("a.csv", table(&["soon"]));
    assert!(wrong.0.stderr.contains("soon"), "{}", wrong.0.stderr);
}

#[test]
fn tables_of_services_and_other_locales_are_known() {
    let says = text(0);
    let acled = format!(
        "event_id_cnty,event_date,event_type,source,notes\nUKR1,19 June 2024,Battles,Wire,\"{says}\"\n"
    );
    let locale = format!("sep=;\nid;date;source;text\nUKR1;19.06.2024;Wire;\"{says}\"\n");
    let piped = format!("id|date|outlet|body\nUKR1|2024-06-19|Wire|{says}\n");
    for (file, table) in [("a.csv", acled), ("b.csv", locale), ("c.psv", piped)] {
        let (ran, claims) = build(file, &table);
        assert_eq!(ran.code, 0, "{table}: {}", ran.stderr);
        assert_eq!(field(&claims, "doc"), ["UKR1"], "{table}");
        assert_eq!(field(&claims, "date"), ["2024-06-19"], "{table}");
        assert_eq!(field(&claims, "outlet"), ["Wire"], "{table}");
    }
}

#[test]
fn hard_wrapped_texts_are_read_as_if_they_were_not() {
    let wrapped = "The envoys came to the old port by train in the early morning of that day and\n\
        went to the hall. North Korea sent artillery shells by sea and by rail to Rus-\n\
        sia in May, Kyiv said. Nobody else said anything about that in the course of\n\
        the day, and the envoys went home. https://wire.example/a/very/long/line/that/no/wrapping/breaks/and/is/longer\n\
        Iran sent Sudan nothing before that, and since then it has sold drones to\n\
        Sudan every month, the envoys were told there by somebody who knows it all.\n";
    let (ran, claims) = build("a.txt", wrapped);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ties: Vec<_> = claims
        .iter()
        .filter(|claim| claim["relation"] == "supplies")
        .map(|claim| (claim["source"].as_str().unwrap(), claim["target"].as_str().unwrap()))
        .collect();
    assert!(ties.contains(&("state:PRK", "state:RUS")), "{ties:?}");
    assert!(ties.contains(&("state:IRN", "state:SDN")), "{ties:?}");
}

#[test]
fn archives_hold_files_of_any_form() {
    let files = [
        ("news/a.txt".to_owned(), text(0).into_bytes()),
        ("news/b.jsonl".to_owned(), samples::json_lines(2)),
        ("news/c.html.gz".to_owned(), gzip(&samples::page(1))),
        ("__MACOSX/._a.txt".to_owned(), b"no".to_vec()),
        ("news/.hidden.txt".to_owned(), text(7).into_bytes()),
        ("news/d.png".to_owned(), b"\x89PNG\r\n\x1a\n\0\0\0".to_vec()),
    ];
    let (ran, claims) = build("a.zip", samples::zip(&files));
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("d.png"), "{}", ran.stderr);
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    assert_eq!(field(&claims, "doc"), ["0", "1", "a.zip/news/a.txt", "a.zip/news/c.html.gz"]);
    let (ran, claims) = build("a.tar.gz", gzip(&samples::tar(2)));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(field(&claims, "doc"), ["a.tar.gz/news/00000.txt", "a.tar.gz/news/00001.txt"]);
}

#[test]
fn other_compressions_are_read() {
    use std::io::Write;
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(&samples::json_lines(2)).unwrap();
    let (ran, claims) = build("a.jsonl.bz2", encoder.finish().unwrap());
    assert_eq!((ran.code, claims.len()), (0, 2), "{}", ran.stderr);
    let (ran, claims) = build("a.txt.xz", XZ);
    assert_eq!((ran.code, claims.len()), (0, 1), "{}", ran.stderr);
}

/// "North Korea sent artillery shells to Russia in May, Kyiv said." as `xz` packs it.
const XZ: &[u8] = include_bytes!("samples/shells.txt.xz");

#[test]
fn what_is_known_and_not_read_says_what_to_do() {
    let xlsx = samples::zip(&[("xl/workbook.xml".to_owned(), b"<workbook/>".to_vec())]);
    let gdelt = format!("{}\n", vec!["1"; 58].join("\t"));
    let cases: [(&str, &[u8], &str); 6] = [
        ("a.pdf", b"%PDF-1.7\n", "turn it into text with pdftotext"),
        ("a.xlsx", &xlsx, "save its sheet as CSV"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "save it as DOCX"),
        ("a.parquet", b"PAR1\x15\x04", "export its table"),
        ("a.rar", b"Rar!\x1a\x07", "unpack it"),
        ("20240619.export.csv", gdelt.as_bytes(), "codes without texts"),
    ];
    for (file, content, advice) in cases {
        let (ran, claims) = build(file, content);
        assert_eq!((ran.code, claims.len()), (1, 0), "{file}");
        assert!(ran.stderr.contains(advice), "{file}: {}", ran.stderr);
    }
}

#[test]
fn the_results_of_a_run_are_never_read() {
    let place = Place::new();
    place.write("news/a.txt", text(0));
    assert_eq!(place.run(&["build", "news", "--out", "exports", "-q"]).code, 0);
    std::fs::rename(place.path("exports"), place.path("news/exports")).unwrap();
    let first = place.claims("news/exports");
    let ran = place.run(&["build", "news", "--out", "again", "-q"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("exports: left out"), "{}", ran.stderr);
    assert_eq!(place.claims("again").len(), first.len());
    for input in [
        "news/exports",
        "news/exports/claims.jsonl",
        "news/exports/*.csv",
        "news/exports/neo4j/nodes.csv",
    ] {
        let ran = place.run(&["build", input, "--out", "none", "-q"]);
        assert!(ran.stderr.contains("left out"), "{input}: {}", ran.stderr);
        assert!(place.claims("none").is_empty(), "{input}");
    }
}

#[test]
fn arrays_inside_of_objects_are_streamed() {
    // More than one record may hold, in an object around it.
    let long = "They met again, and nothing came of it. ".repeat(2000);
    let records: Vec<String> =
        (0..600).map(|n| format!("{{\"id\": {n}, \"text\": \"{n} {long}\"}}")).collect();
    let bytes = format!("{{\"data\": [{}]}}", records.join(","));
    assert!(bytes.len() > tieline::source::MAX_RECORD);
    let articles = tieline::source::Articles::from_reader("a.json", std::io::Cursor::new(bytes));
    assert_eq!(articles.flatten().count(), 600);
}
