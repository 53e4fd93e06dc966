//! Web pages through the binary: main text and dates of pages in the manner of content systems, and
//! each way in which a page states its day.

use serde_json::Value;

use crate::sources_samples::text;
use crate::support::{Place, repository};

#[test]
fn pages_of_content_systems_are_read_as_people_read_them() {
    let gold = repository().join("tests/pages/gold.jsonl");
    let arguments = ["evaluate", "pages", gold.to_str().unwrap(), "--format", "json"];
    let ran = Place::new().run(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let figures: Value = serde_json::from_str(&ran.stdout).unwrap();
    let pages = figures["pages"].as_array().unwrap();
    assert!(pages.len() >= 28);
    assert!(figures["f1"].as_f64().unwrap() >= 0.97, "F1 of the texts is {}", figures["f1"]);
    // None is invented, and what a page states is found.
    let wrong: Vec<_> = pages.iter().filter(|page| page["date"] != "right").collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let wrong: Vec<_> = pages.iter().filter(|page| page["title_is_right"] == false).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_floor_that_is_not_reached_fails() {
    let place = Place::new();
    place.write("a.html", "<html><body><p>They met, and then they left again.</p></body></html>");
    let line = r#"{"doc": "a.html", "text": "They met in Rome, and then they left.", "date": "2024-06-19"}"#;
    place.write("gold.jsonl", line);
    let ran = place.run(&["evaluate", "pages", "gold.jsonl", "--errors"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("a.html: Missed"), "{}", ran.stdout);
    let ran = place.run(&["evaluate", "pages", "gold.jsonl", "--floor", "0.9"]);
    assert_ne!(ran.code, 0);
    assert!(ran.stderr.contains("lie below 0.9"), "{}", ran.stderr);
}

/// The date, outlet and address that claims of a page carry.
fn facts(head: &str, body: &str) -> [String; 3] {
    let place = Place::new();
    let prose = format!("<p>{}</p><p>{}</p>", text(0), text(1));
    let page = format!(
        "<!doctype html><html><head><title>Shells for the front</title>{head}</head><body><h1>Shells \
         for the front</h1>{body}{prose}</body></html>"
    );
    place.write("a.html", page);
    let ran = place.run(&["build", "a.html", "--out", "out", "-q"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let claims = place.claims("out");
    ["date", "outlet", "url"].map(|key| claims[0][key].as_str().unwrap_or("none").to_owned())
}

#[test]
fn the_day_of_a_page_is_where_the_page_states_it() {
    let metadata = |name: &str, value: &str| format!("<meta name=\"{name}\" content=\"{value}\">");
    let json = |json: &str| format!("<script type=\"application/ld+json\">{json}</script>");
    let day = "2024-06-19";
    let heads = [
        json(
            r#"{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "datePublished": "2024-06-19T08:00:00Z"}]}"#,
        ),
        json(r#"[{"@type": "NewsArticle", "datePublished": "2024-06-19"}]"#),
        "<meta property=\"article:published_time\" content=\"2024-06-19T08:00:00Z\">".to_owned(),
        metadata("article:published", "2024-06-19T08:00:00-0400"),
        metadata("DC.date.issued", day),
        metadata("sailthru.date", "Wed, 19 Jun 2024 08:00:00 -0400"),
        metadata("citation_publication_date", "2024/06/19"),
        metadata("parsely-pub-date", "2024-06-19T08:00:00Z"),
        "<meta itemprop=\"datePublished\" content=\"2024-06-19\">".to_owned(),
        "<link rel=\"canonical\" href=\"https://wire.example/2024/06/19/shells\">".to_owned(),
    ];
    for head in heads {
        assert_eq!(facts(&head, "")[0], day, "{head}");
    }
    for line in [
        "<p>Published 19 June 2024</p>",
        "<div>By Jane Roe | June 19, 2024</div>",
        "<p>Wednesday, June 19, 2024</p>",
        "<time datetime=\"2024-06-19T10:00\">today</time>",
        "<span class=\"posted-on\" title=\"2024-06-19\">yesterday</span>",
    ] {
        assert_eq!(facts("", line)[0], day, "{line}");
    }
}

#[test]
fn a_day_that_a_page_does_not_state_is_not_invented() {
    for other in [
        "<p>The minister, who was born on 19 June 1964, spoke for an hour.</p>",
        "<p>The treaty was signed on 19 June 2024 in Rome, where both had met before.</p>",
        "<aside><time datetime=\"2024-06-19\">19 June 2024</time> Another story</aside>",
        "<div class=\"comments\"><time datetime=\"2024-06-19\">19 June 2024</time></div>",
    ] {
        assert_eq!(facts("", other)[0], "none", "{other}");
    }
}

#[test]
fn addresses_are_resolved_and_name_the_outlet() {
    let saved = "<!-- saved from url=(0038)https://www.wire.example/world/shells.html -->";
    assert_eq!(
        facts(saved, "")[1..],
        ["wire.example", "https://www.wire.example/world/shells.html"]
    );
    let single =
        "<!-- Page saved with SingleFile \n url: https://wire.example/a \n saved date: x -->";
    assert_eq!(facts(single, "")[2], "https://wire.example/a");
    let relative = "<base href=\"https://wire.example/world/\"><link rel=\"canonical\" href=\"../b\">\
        <meta property=\"og:site_name\" content=\"Wire\">";
    assert_eq!(facts(relative, "")[1], "Wire");
    let rooted = format!("{saved}<link rel=\"canonical\" href=\"/b\">");
    assert_eq!(facts(&rooted, "")[2], "https://www.wire.example/b");
}
