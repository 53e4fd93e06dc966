//! The crate as a library: what a user of [`tieline`] meets first.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use tieline::export::{ClaimRow, Memory};
use tieline::model::{DateSpan, Field};
use tieline::runs::{self, Corrections, FinishedRun, Gathered, Making};
use tieline::{Article, Error, Format, Knowledge, Network, Reader};

/// Tells its day of publication in its own text, and a day that counts from it.
const DATED: &str = "Envoys sign a treaty\n\nPublished June 3, 2024\n\nIran sold drones to Russia \
    last month, officials in the capital told the news agency on the sidelines of the meeting.\n";

#[test]
fn an_article_is_read_alike_alone_and_among_others() {
    let reader = Reader::embedded().unwrap();
    let alone = reader.read(Article::from_text("dated", DATED));
    assert_eq!(alone.article.info.date, "2024-06-03".parse().ok());
    let dates: Vec<_> = alone.claims.iter().map(|claim| claim.event_date).collect();
    assert!(dates.contains(&DateSpan::month(2024, 5)), "{dates:?}");
    let mut streamed = Vec::new();
    let article = Ok::<_, Infallible>(Article::from_text("dated", DATED));
    let kept = reader.read_all(std::iter::once(article), |read| {
        streamed.extend(read);
        Ok::<_, Infallible>(())
    });
    assert!(kept.is_ok());
    assert_eq!(streamed.len(), 1);
    assert_eq!(streamed[0].article, alone.article);
    assert_eq!(streamed[0].claims, alone.claims);
}

#[test]
fn a_title_kept_apart_is_read_and_counts_by_itself() {
    let reader = Reader::embedded().unwrap();
    let title = "Iran sold drones to Russia";
    let article = Article::from_text("titled", "The minister left.").with_title(title);
    let analysis = reader.read(article);
    let claim = analysis.claims.first().expect("the title holds a claim");
    assert_eq!((claim.evidence.field, claim.evidence.span.of(title)), (Field::Title, title));
}

#[test]
fn whoever_is_referred_back_to_is_shown_by_name_where_the_sentence_has_it() {
    let reader = Reader::embedded().unwrap();
    let text = "Norway said on Friday that it had expelled two Serbian diplomats. Later it expelled a \
        Hungarian diplomat.";
    let analysis = reader.read(Article::from_text("expelled", text));
    let shown: Vec<_> = analysis
        .claims
        .iter()
        .map(|claim| {
            let words = |span: Option<_>| span.map(|span: tieline::model::Span<_>| span.of(text));
            (words(claim.evidence.source), words(claim.evidence.target))
        })
        .collect();
    let both = [(Some("Norway"), Some("Serbian")), (Some("it"), Some("Hungarian"))];
    assert_eq!(shown, both);
}

/// Goods are listed once, however a headline writes them; a sum without a thing is none.
#[test]
fn goods_are_things_and_listed_once() {
    let reader = Reader::embedded().unwrap();
    let text = "Germany sent military aid to Ukraine. Germany sent Ukraine $40 million.";
    let article =
        Article::from_text("aid", text).with_title("Germany Sends Military Aid to Ukraine");
    let network = Network::of_articles([reader.read(article)]);
    let (_, _, tie) = network.graph().ties().next().unwrap();
    let goods: Vec<_> = tie.items.iter().map(|(item, n)| (item.as_str(), *n)).collect();
    assert_eq!(goods, [("military aid", 2)]);
}

#[test]
fn a_network_is_written_in_every_format() {
    let reader = Reader::embedded().unwrap();
    let analysis = reader.read(Article::from_text("drones", "Iran sold drones to Russia."));
    let network = Network::of(analysis.claims, &analysis.directory);
    let mut files = Memory::default();
    network.write_all(&mut files).unwrap();
    for format in Format::ALL {
        let mut bytes = Vec::new();
        network.write(*format, &mut bytes).unwrap();
        assert!(!bytes.is_empty(), "{format}");
        assert_eq!(Some(&bytes), files.files.get(format.file_name()), "{format}");
    }
}

#[test]
fn one_error_tells_what_its_room_tells() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.toml"), "rules_of = \"suplies\"\n").unwrap();
    let error =
        Reader::load(Knowledge { rules: Some(folder.path()), ..Knowledge::default() }).unwrap_err();
    assert!(matches!(error, Error::Rules(_)), "{error:?}");
    let message = error.to_string();
    assert!(message.contains("mine.toml:1: unknown relation \"suplies\""), "{message}");
}

#[test]
fn what_is_put_together_in_memory_is_what_a_run_holds() {
    let reader = Reader::embedded().unwrap();
    let longer =
        format!("{DATED} Nothing else was said, and the envoys left for the airport at noon.");
    let texts = [
        ("b", DATED),
        ("a", longer.as_str()),
        // Versions of one name share claims; a name that one of them would get is taken.
        ("twice", "Iran sold drones to Russia."),
        ("twice", "Iran sold drones to Russia. China warned Japan."),
        ("twice#2", "Russia did not buy drones from Iran, Vladimir Putin said."),
        ("twice", "Iran sold drones to Russia."),
    ];
    let read: Vec<_> = texts
        .iter()
        .map(|(id, text)| runs::record(&reader.read(Article::from_text(*id, *text))))
        .collect();
    let (records, entities): (Vec<_>, Vec<_>) = read.iter().cloned().unzip();
    let known = entities.into_iter().flatten();
    let gathered = Gathered::of(&records, known, Corrections::default(), &BTreeSet::new());

    let folder = tempfile::tempdir().unwrap();
    let read_with = runs::provenance(&reader);
    let made =
        runs::write(read.into_iter().map(Ok), &read_with, [], &Making::new(folder.path())).unwrap();
    let run = FinishedRun::open(folder.path()).unwrap();

    let expected: BTreeSet<String> = std::fs::read_to_string(folder.path().join("claims.jsonl"))
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    let found: BTreeSet<String> = gathered
        .lines
        .iter()
        .map(|line| serde_json::to_string(&ClaimRow::from(line)).unwrap())
        .collect();
    assert_eq!((found.len(), gathered.lines.len()), (expected.len(), expected.len()));
    assert_eq!(found, expected);
    let articles: BTreeMap<_, _> =
        gathered.articles.iter().map(|row| (row.doc.clone(), row.clone())).collect();
    assert_eq!(articles, run.articles);
    assert!(articles.contains_key("twice#3"), "{:?}", articles.keys());
    let ties = |network: Network| {
        let mut bytes = Vec::new();
        network.write(Format::TableOfTies, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    assert_eq!(ties(gathered.graph().into()), ties(made.published.graph.into()));
    // In the order in which the articles came, not in that of their names.
    let order: Vec<&str> = gathered.articles.iter().map(|row| &*row.doc).collect();
    assert_eq!(order[..2], ["b", "a"]);
}
