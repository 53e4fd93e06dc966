//! What expressions of time resolve to: the date of a claim whose sentence holds one.

use tieline::model::DateSpan;
use tieline::{Article, Reader};

/// What the verb of the sentence tells of the time.
#[derive(Debug, Clone, Copy)]
enum Tense {
    Past,
    Future,
}

use Tense::{Future, Past};

/// The date of the claim in "Iran sold (will sell) drones to Russia" with an expression of time.
fn resolved(reader: &Reader, expression: &str, tense: Tense, published: Option<&str>) -> String {
    let verb = match tense {
        Past => "sold",
        Future => "will sell",
    };
    let text = format!("Iran {verb} drones to Russia {expression}.");
    let mut article = Article::from_text("dates", &text);
    if let Some(published) = published {
        article = article.with_date(published.parse().unwrap());
    }
    let claims = reader.read_thoroughly(article).claims;
    let claim = claims.iter().find(|claim| claim.relation.as_str() == "supplies");
    let claim = claim.unwrap_or_else(|| panic!("no claim: {text}"));
    claim.event_date.as_ref().map_or_else(|| "none".to_owned(), DateSpan::to_string)
}

/// Expression, tense, what it resolves to in an article of Wednesday, 9 October 2024.
const CASES: &[(&str, Tense, &str)] = &[
    // Days.
    ("yesterday", Past, "2024-10-08"),
    ("today", Past, "2024-10-09"),
    ("tomorrow", Future, "2024-10-10"),
    ("on Monday", Past, "2024-10-07"),
    ("on Monday", Future, "2024-10-14"),
    ("on Wednesday", Past, "2024-10-09"),
    ("on Wednesday", Future, "2024-10-16"),
    ("last Wednesday", Past, "2024-10-02"),
    ("next Friday", Future, "2024-10-11"),
    ("over the weekend", Past, "2024-10-05/2024-10-06"),
    ("three days ago", Past, "2024-10-06"),
    // Days of a month.
    ("on Oct. 3", Past, "2024-10-03"),
    ("on 3 October", Past, "2024-10-03"),
    ("on October 3, 2023", Past, "2023-10-03"),
    ("on 3 October 2023", Past, "2023-10-03"),
    ("on September 3rd", Past, "2024-09-03"),
    ("on February 29, 2024", Past, "2024-02-29"),
    ("on February 30, 2024", Past, "none"),
    ("on Friday night", Past, "2024-10-04"),
    ("on Friday night", Future, "2024-10-11"),
    ("last Friday", Past, "2024-10-04"),
    // Weeks, months, years.
    ("this week", Past, "2024-10-07/2024-10-13"),
    ("last week", Past, "2024-09-30/2024-10-06"),
    ("next week", Future, "2024-10-14/2024-10-20"),
    ("two weeks ago", Past, "2024-09-23/2024-09-29"),
    ("last month", Past, "2024-09"),
    ("next month", Future, "2024-11"),
    ("a month ago", Past, "2024-09"),
    ("in September", Past, "2024-09"),
    ("in May", Past, "2024-05"),
    ("in early May", Past, "2024-05"),
    ("at the end of September", Past, "2024-09"),
    ("in the summer of 2023", Past, "2023"),
    ("this year", Past, "2024"),
    ("five years ago", Past, "2019"),
    ("in March 2023", Past, "2023-03"),
    ("last year", Past, "2023"),
    ("next year", Future, "2025"),
    ("two years ago", Past, "2022"),
    ("in 2022", Past, "2022"),
    // The tense tells the year.
    ("in December", Past, "2023-12"),
    ("in December", Future, "2024-12"),
    ("in January", Future, "2025-01"),
    ("on November 2", Past, "2023-11-02"),
    ("on November 2", Future, "2024-11-02"),
    ("last June", Past, "2024-06"),
    ("next March", Future, "2025-03"),
    // A weekday with a date is that date.
    ("on Tuesday, October 1", Past, "2024-10-01"),
    ("on Tuesday, October 1, 2024", Past, "2024-10-01"),
    ("on Tuesday (1 October)", Past, "2024-10-01"),
    ("on 1 October (Tuesday)", Past, "2024-10-01"),
    ("on Tuesday 1 October", Past, "2024-10-01"),
    ("on Monday, October 14", Future, "2024-10-14"),
    ("on Tuesday evening, October 1", Past, "2024-10-01"),
    ("on the 2nd and 3rd of October", Past, "2024-10-02/2024-10-03"),
    // Days and weeks from another.
    ("the day before yesterday", Past, "2024-10-07"),
    ("the day after tomorrow", Future, "2024-10-11"),
    ("the week before last", Past, "2024-09-23/2024-09-29"),
    ("on Thursday of last week", Past, "2024-10-03"),
    ("last week on Thursday", Past, "2024-10-03"),
    ("on Thursday next week", Future, "2024-10-17"),
    ("in two weeks", Future, "2024-10-21/2024-10-27"),
    // Ranges.
    ("between March and May", Past, "2024-03/2024-05"),
    ("from January to March", Past, "2024-01/2024-03"),
    ("from October 1 to October 3", Past, "2024-10-01/2024-10-03"),
    ("on October 1-3, 2023", Past, "2023-10-01/2023-10-03"),
    ("on 1–3 October", Past, "2024-10-01/2024-10-03"),
    ("from December 30 to January 2", Past, "2023-12-30/2024-01-02"),
    ("from 2014 to 2016", Past, "2014-01/2016-12"),
    // Numbers and parts.
    ("on 2024-10-01", Past, "2024-10-01"),
    ("on 01.10.2024", Past, "2024-10-01"),
    ("in mid-May", Past, "2024-05"),
    ("in mid-2023", Past, "2023"),
    ("in violation of the embargo of 2006", Past, "none"),
    // From then on.
    ("since July", Past, "2024-07/2024-10"),
    // Vague times give none.
    ("recently", Past, "none"),
    ("in recent weeks", Past, "none"),
];

/// Expression, tense, what it resolves to in the same article, what would be right. Whoever mends one
/// moves it to [`CASES`].
const KNOWN_FAILURES: &[(&str, Tense, &str, &str)] = &[
    // The first of two ends is taken for the whole.
    ("in 2022 and 2023", Past, "2022", "2022/2023"),
    ("half a year ago", Past, "2023", "2024-04"),
    ("by the end of the year", Future, "none", "2024"),
];

#[test]
fn expressions_of_time_count_from_the_day_of_publication() {
    let reader = Reader::embedded().unwrap();
    let known = KNOWN_FAILURES.iter().map(|&(expression, tense, found, right)| {
        assert_ne!(found, right, "{expression} is no failure");
        (expression, tense, found)
    });
    let differing: Vec<String> = CASES
        .iter()
        .copied()
        .chain(known)
        .filter_map(|(expression, tense, expected)| {
            let found = resolved(&reader, expression, tense, Some("2024-10-09"));
            (found != expected)
                .then(|| format!("{expression} ({tense:?}): {found}, expected {expected}"))
        })
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn without_a_day_of_publication_only_whole_dates_are_known() {
    let reader = Reader::embedded().unwrap();
    let cases = [
        ("on October 3, 2023", "2023-10-03"),
        ("in March 2023", "2023-03"),
        ("in 2022", "2022"),
        ("on October 3", "none"),
        ("in October", "none"),
        ("last week", "none"),
        ("on Monday", "none"),
    ];
    for (expression, expected) in cases {
        assert_eq!(resolved(&reader, expression, Past, None), expected, "{expression}");
    }
}
