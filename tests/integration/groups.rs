//! Groups without a name: whose they are, when a noun is none, and what they do.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use tieline::Reader;
use tieline::gazetteer::Gazetteer;
use tieline::lexicon::Lexicon;
use tieline::model::{Article, EntityId, EntityKind};
use tieline::text::read_document;

use crate::support::Place;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(None).unwrap());
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::load(&LEXICON, None).unwrap());
static READER: LazyLock<Reader> = LazyLock::new(|| Reader::embedded().unwrap());

/// The groups of `text`: "rebels=SYR-rebels".
fn groups(text: &str) -> Vec<String> {
    let article = Article::from_text("a", text);
    let found = GAZETTEER.find_mentions(&article, &read_document(&LEXICON, &article));
    let groups = found.mentions.iter().filter(|m| m.entities[0].kind() == EntityKind::Group);
    groups.map(|m| format!("{}={}", m.span.of(&article.text), m.entities[0].slug())).collect()
}

/// The claims of `text`, without the kind of those who are no group.
fn claims(text: &str) -> BTreeSet<String> {
    let analysis = READER.read_thoroughly(Article::from_text("a", text));
    let claims = analysis.claims.iter();
    claims.map(|c| format!("{} {} {}", c.relation.as_str(), c.source, c.target)).collect()
}

#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(groups(text), *expected, "{text}");
    }
}

#[test]
fn the_phrase_of_a_group_tells_its_state() {
    check(&[
        ("Syrian rebels shelled a base.", &["rebels=SYR-rebels"]),
        ("Masked Palestinian gunmen fled.", &["gunmen=PSE-gunmen"]),
        ("Venezuela's divided opposition met.", &["opposition=VEN-opposition"]),
        ("Hong Kong protesters shouted.", &["protesters=HKG-protesters"]),
        ("Demonstrators in eastern Ukraine shouted.", &["Demonstrators=UKR-protesters"]),
        ("Rioters in the Cuban port of Mariel fled.", &["Rioters=CUB-rioters"]),
        ("Militias in Basra, Iraq, fired at ships.", &["Militias=IRQ-militias"]),
        // Whoever backs them does not own them.
        ("Iran-backed militias in Iraq fired at ships.", &["militias=IRQ-militias"]),
        ("Sudanese rebel fighters fled.", &["rebel fighters=SDN-rebels"]),
        ("Ethiopian opposition lawmakers left.", &["opposition lawmakers=ETH-opposition"]),
        ("Cuban political prisoners went home.", &["political prisoners=CUB-political-prisoners"]),
        ("In Niger armed men stopped a bus.", &["armed men=NER-armed-men"]),
    ]);
}

#[test]
fn a_people_without_a_state_owns_its_groups() {
    check(&[
        ("Kurdish forces left Syria.", &["forces=kurdish-forces"]),
        ("Tamil separatists met in Norway.", &["separatists=tamil-separatists"]),
        ("Turkey accused the Kurds of betrayal.", &["Kurds=kurdish-people"]),
    ]);
}

#[test]
fn the_text_tells_the_state_where_the_phrase_does_not() {
    check(&[
        // An earlier mention, where the sentence plays, the dateline, the only state.
        (
            "Yemeni insurgents took a town. Oman warned the insurgents.",
            &["insurgents=YEM-insurgents", "insurgents=YEM-insurgents"],
        ),
        ("Gunmen killed two Danish nurses in northern Mali.", &["Gunmen=MLI-gunmen"]),
        ("MINSK, May 3 (Example) - Demonstrators waved flags.", &["Demonstrators=BLR-protesters"]),
        ("Nicolás Maduro derided the opposition.", &["opposition=VEN-opposition"]),
        // At a court of another state.
        ("Serbia's president blamed separatists at The Hague.", &["separatists=SRB-separatists"]),
        // Reports of different things.
        (
            "Rioters burned cars in Chile.\n\nA ship sank off Malta.\n\nSpain elected a senate.\n\n\
             Cyprus opened a port.\n\nPeru and Bolivia counted the rioters.",
            &["Rioters=CHL-rioters"],
        ),
        // Two states, and nothing that tells which.
        ("France and Belgium condemned the gunmen.", &[]),
        ("The protesters went home.", &[]),
    ]);
}

#[test]
fn other_words_for_the_same_and_other_senses_are_no_groups() {
    check(&[
        // The organization itself.
        ("Taliban militants took a town in Afghanistan.", &[]),
        ("Hezbollah is strong in Lebanon. The militants fired rockets.", &[]),
        // Forces of a state.
        ("Russian troops and Ukrainian police exchanged fire.", &[]),
        // Somebody of an office, and a feeling.
        ("Russian opposition leader Alexei Navalny died.", &[]),
        ("Its opposition to the plan angered Turkey.", &[]),
        ("China voiced strong opposition from the start.", &[]),
        // Names.
        ("The Syrian Opposition Coalition met in Turkey.", &[]),
        // People who do nothing as a crowd.
        ("Farmers in Poland sell apples.", &[]),
        // To whom it was done.
        ("Nine people were killed when gunmen stormed a hotel in Mali.", &["gunmen=MLI-gunmen"]),
        ("Two villagers died in a lightning strike in Nepal.", &[]),
        ("Residents of Homs, Syria, fled air strikes.", &[]),
        ("Workers in Peru were hurt as a bus struck a wall.", &[]),
    ]);
}

#[test]
fn people_are_a_group_where_they_act_as_a_crowd() {
    check(&[
        ("Farmers in Poland blocked a road in protest.", &["Farmers=POL-farmers"]),
        (
            "Tens of thousands of people rallied in Tbilisi.",
            &["thousands of people=GEO-protesters"],
        ),
    ]);
}

#[test]
fn groups_are_parties_of_claims_and_never_their_state() {
    let cases: &[(&str, &[&str])] = &[
        (
            "Syrian rebels attacked Turkish troops near Idlib.",
            &["attacks group:SYR-rebels state:TUR"],
        ),
        (
            "Russia accused Ukrainian separatists of violence.",
            &["accuses state:RUS group:UKR-separatists"],
        ),
        ("Russian troops attacked Ukraine.", &["attacks state:RUS state:UKR"]),
        // Against their own state.
        ("Sudanese rebels attacked Sudan.", &["attacks group:SDN-rebels state:SDN"]),
        // What they hold is theirs.
        (
            "Syrian warplanes pounded the rebel-held enclave of Eastern Ghouta.",
            &["attacks state:SYR group:SYR-rebels"],
        ),
    ];
    for (text, expected) in cases {
        let expected: BTreeSet<String> = expected.iter().map(|c| (*c).to_owned()).collect();
        assert_eq!(claims(text), expected, "{text}");
    }
}

#[test]
fn a_group_is_known_by_its_state_and_type() {
    let analysis =
        READER.read_thoroughly(Article::from_text("a", "Protesters in Hong Kong defied China."));
    let id = "group:HKG-protesters".parse().unwrap();
    let group = analysis.directory.get(&id).expect("the group is known");
    assert_eq!(group.name, "Hong Kong protesters");
    assert_eq!(group.state.as_ref().map(EntityId::as_str), Some("state:HKG"));
    assert_eq!(group.subtype.as_deref(), Some("crowd"));
    assert!(group.discovered, "no table lists it");
}

#[test]
fn groups_stand_in_every_file_and_fold_only_when_asked() {
    let place = Place::new();
    place.write("in/a.txt", "Syrian rebels attacked Turkish troops near Idlib.");
    assert_eq!(place.run(&["build", "in", "--out", "out"]).code, 0);
    for (file, expected) in [
        ("entities.jsonl", "\"type\":\"armed\""),
        ("nodes.csv", "Syrian rebels"),
        ("graph.graphml", "labels=\":Entity:Group\""),
        ("graph.gexf", "group:SYR-rebels"),
        ("network.svg", "Syrian rebels"),
        ("neo4j/nodes.csv", "Group"),
        ("neo4j/load.cypher", ":Group"),
        ("annotations.jsonld", "group:SYR-rebels"),
        ("ftm.jsonl", "group without a name"),
    ] {
        let text = std::fs::read_to_string(place.path("out").join(file)).unwrap();
        assert!(text.contains(expected), "{file} has no {expected}");
    }
    let ties = |how: &str| {
        place.run(&["rank", "--in", "out", "--project", how, "--format", "json"]).stdout
    };
    assert!(ties("people-to-states").contains("group:SYR-rebels"));
    let folded = ties("groups-to-states");
    assert!(folded.contains("state:SYR") && !folded.contains("group:"), "{folded}");
}

#[test]
fn a_town_stands_for_its_state_where_it_is_attacked_alone() {
    let cases: &[(&str, &[&str])] = &[
        ("Russia shelled Kharkiv on Monday.", &["attacks state:RUS state:UKR"]),
        ("Israel bombed two hospitals in Khan Younis.", &["attacks state:ISR state:PSE"]),
        ("Turkey massed tanks near Kobani.", &["mobilizes state:TUR state:SYR"]),
        // Its own army, and other doings.
        ("Syria bombed Aleppo.", &[]),
        ("Aleppo accused Turkey of theft.", &[]),
        ("Russia sold shells to Kharkiv.", &[]),
    ];
    for (text, expected) in cases {
        let expected: BTreeSet<String> = expected.iter().map(|c| (*c).to_owned()).collect();
        assert_eq!(claims(text), expected, "{text}");
    }
    check(&[("Gunmen from Kano fled.", &["Gunmen=NGA-gunmen"])]);
}
