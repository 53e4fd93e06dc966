//! Web pages: main text and dates of pages in the manner of content systems through the binary, and
//! each way in which a page states its day.

use serde_json::Value;
use tieline::lexicon::Lexicon;
use tieline::source::Articles;
use tieline::text::Page;

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

/// The date, outlet and address that a page gives an article, with what its lines tell.
fn told(page: String) -> [String; 3] {
    let mut articles = Articles::from_reader("a.html", std::io::Cursor::new(page.into_bytes()));
    let article = articles.next().unwrap().unwrap();
    let info = Page::new(&Lexicon::load(None).unwrap(), article).article.info;
    let date = info.date.map(|date| date.to_string());
    [date, info.outlet.clone(), info.url.clone()].map(|fact| fact.unwrap_or("none".to_owned()))
}

/// The facts of a page with this in its head, and this between its headline and its prose.
fn facts(head: &str, body: &str) -> [String; 3] {
    let prose = format!("<p>{}</p><p>{}</p>", text(0), text(1));
    told(format!(
        "<!doctype html><html><head><title>Shells for the front</title>{head}</head><body><h1>Shells \
         for the front</h1>{body}{prose}</body></html>"
    ))
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
        "<span class=\"post-date updated\">19 June 2024</span>",
        "<div class=\"byline\"><time>19.06.2024, 10:15</time></div>",
        "<p>Updated: June 19, 2024 03:49 pm IST</p>",
        "<p>Erschienen am 19. Juni 2024</p>",
        "<span class=\"meta__date\">19 de junio de 2024</span>",
        "<div itemprop=\"datePublished\">19.06.2024 11:43</div>",
        "<h2>What the ministers of both states said of it to those who were there, what they left out, \
         and why nobody asked them about the shells of last year.</h2><p>19 June 2024</p>",
    ] {
        assert_eq!(facts("", line)[0], day, "{line}");
    }
}

/// The day of a page that begins and ends so, with prose between.
fn day_of(start: &str, end: &str) -> String {
    let [day, ..] = told(format!("{start}<p>{}</p><p>{}</p>{end}", text(0), text(1)));
    day
}

#[test]
fn names_of_layouts_hide_no_day() {
    for (start, end) in [
        (
            "<html><body><div class=\"content right-sidebar\"><h1>Shells for the front</h1>\
             <time class=\"entry-date\" datetime=\"2024-06-19\">Wednesday</time>",
            "</div></body></html>",
        ),
        (
            "<html><body><form id=\"all\"><h1>Shells for the front</h1><p>19 June 2024</p>",
            "</form></body></html>",
        ),
        (
            "<html><body><div class=\"widget Blog\"><h2 class=\"date-header\">19 June 2024</h2>\
             <h3 class=\"post-title\">Shells for the front</h3>",
            "</div></body></html>",
        ),
        // The day stands above the headline.
        (
            "<html><body><span class=\"time-rubric\">Jun 19, 2024</span><h1>Shells for the front</h1>",
            "",
        ),
        ("<html><body><p>Geneva, 19 June 2024</p><h1>Shells for the front</h1>", ""),
        // Values of metadata under another name.
        (
            "<html><head><meta value=\"2024-06-19\" name=\"article:published_time\"></head><body>",
            "",
        ),
    ] {
        assert_eq!(day_of(start, end), "2024-06-19", "{start}");
    }
}

#[test]
fn an_evening_is_the_day_that_readers_saw() {
    let moment = "<meta property=\"article:published_time\" content=\"2024-06-20T03:28:35+00:00\">";
    let path = "<link rel=\"canonical\" href=\"https://wire.example/2024/06/19/shells\">";
    for (head, line, day) in [
        (moment.to_owned(), "", "2024-06-20"),
        (format!("{moment}{path}"), "", "2024-06-19"),
        (moment.to_owned(), "<p>June 19, 2024 at 11:28 p.m.</p>", "2024-06-19"),
        (
            moment.to_owned(),
            "<time datetime=\"2024-06-19T23:28:35-04:00\">Last night</time>",
            "2024-06-19",
        ),
        (format!("{moment}{path}"), "<p>June 20, 2024</p>", "2024-06-20"),
        (moment.to_owned(), "<p>June 17, 2024</p>", "2024-06-20"),
    ] {
        assert_eq!(facts(&head, line)[0], day, "{head} {line}");
    }
}

#[test]
fn the_order_of_day_and_month_is_that_of_the_page_s_language() {
    for (language, day) in [("en-GB", "2024-06-05"), ("en-US", "2024-05-06"), ("en", "2024-05-06")]
    {
        let start = format!(
            "<html lang=\"{language}\"><body><h1>Shells for the front</h1><p>Published 05/06/2024</p>"
        );
        assert_eq!(day_of(&start, "</body></html>"), day, "{language}");
    }
}

#[test]
fn a_day_that_a_page_does_not_state_is_not_invented() {
    for other in [
        "<p>The minister, who was born on 19 June 1964, spoke for an hour.</p>",
        "<p>The treaty was signed on 19 June 2024 in Rome, where both had met before.</p>",
        "<aside><time datetime=\"2024-06-19\">19 June 2024</time> Another story</aside>",
        "<div class=\"comments\"><time datetime=\"2024-06-19\">19 June 2024</time></div>",
        "<p>The Talks Of 19 June 2024</p>",
        "<p>Der Vertrag vom 19. Juni 2024</p>",
    ] {
        assert_eq!(facts("", other)[0], "none", "{other}");
    }
    let headline = "<html><body><h1>Shells for the front</h1>";
    for end in ["<footer>© 2024 Wire, 19 June 2024</footer>", "<p>© 19 June 2024 Wire</p>"] {
        assert_eq!(day_of(headline, end), "none", "{end}");
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
