//! The embedded tables keep their promises, and mistakes in a user's tables are named.

use std::collections::BTreeMap;

use tieline::gazetteer::{Gazetteer, GazetteerError};
use tieline::lexicon::Lexicon;
use tieline::model::{Article, EntityId, EntityKind};
use tieline::text::read_document;

/// A folder with one table.
fn lexicon() -> Lexicon {
    Lexicon::load(None).unwrap()
}

fn folder(file: &str, rows: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join(file), rows).expect("the folder can be written");
    folder
}

/// The message by which a table is refused, the folder left out.
fn refusal(file: &str, rows: &str) -> String {
    let folder = folder(file, rows);
    let message =
        Gazetteer::load(&lexicon(), Some(folder.path())).expect_err("a mistake").to_string();
    message.replace(&format!("{}/", folder.path().display()), "")
}

/// Ids of the mentions in `text`.
fn ids(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
    let article = Article { info: std::sync::Arc::default(), text: text.to_owned(), body_start: 0 };
    let found = gazetteer.find_mentions(&article, &read_document(&lexicon(), &article));
    let ids = found.mentions.iter().flat_map(|mention| &mention.entities);
    ids.map(ToString::to_string).collect()
}

#[test]
fn tables_are_sound_and_wide() {
    let inventory = Gazetteer::check(None).unwrap();
    assert_eq!(inventory.problems, []);
    for (kind, least) in [
        (EntityKind::State, 250),
        (EntityKind::Person, 3500),
        (EntityKind::Organization, 2800),
        (EntityKind::Weapon, 500),
    ] {
        let n = inventory.entities.get(&kind).copied().unwrap_or_default();
        assert!(n >= least, "{n} entities of kind {kind}, {least} promised");
    }
}

#[test]
fn ids_follow_from_names() {
    let gazetteer = Gazetteer::load(&lexicon(), None).unwrap();
    for entity in gazetteer.directory().iter() {
        assert!(!entity.name.trim().is_empty(), "{}", entity.id);
        assert_eq!(entity.id.is_state(), entity.iso2.is_some(), "{}", entity.id);
        if let Some(iso2) = &entity.iso2 {
            assert!(iso2.len() == 2 && iso2.bytes().all(|b| b.is_ascii_uppercase()), "{iso2}");
        }
    }
}

#[test]
fn every_weapon_has_its_classes_above_it() {
    let gazetteer = Gazetteer::load(&lexicon(), None).unwrap();
    let directory = gazetteer.directory();
    let classes = |slug: &str| {
        let id = EntityId::new(EntityKind::Weapon, slug).unwrap();
        let mut above = directory.get(&id).unwrap().parents.clone();
        let mut n = 0;
        while n < above.len() {
            above.extend(directory.get(&above[n]).unwrap().parents.clone());
            n += 1;
        }
        above.iter().map(|id| id.slug().to_owned()).collect::<Vec<_>>()
    };
    for (model, class) in [
        ("kn-23", "short-range-ballistic-missile"),
        ("kn-23", "ballistic-missile"),
        ("kn-23", "missile"),
        ("shahed-136", "drone"),
        ("f-16", "fighter-jet"),
    ] {
        assert!(classes(model).iter().any(|above| above == class), "{model} is no {class}");
    }
}

#[test]
fn offices_lie_in_time() {
    let gazetteer = Gazetteer::load(&lexicon(), None).unwrap();
    for person in gazetteer.directory().iter() {
        for office in &person.offices {
            let (from, to) = (office.from.unwrap_or(1900), office.to.unwrap_or(2100));
            assert!(1900 <= from && from <= to && to <= 2100, "{}: {office:?}", person.id);
        }
    }
}

#[test]
fn ambiguous_names_are_decided_by_context() {
    let gazetteer = Gazetteer::load(&lexicon(), None).unwrap();
    let cases: &[(&str, &[&str])] = &[
        ("Officials in Atlanta, Georgia, counted votes.", &[]),
        ("Georgia and Armenia signed a pact in Tbilisi.", &["GEO", "ARM", "GEO"]),
        ("The player Michael Jordan spoke.", &[]),
        ("Jordan and Egypt called for calm.", &["JOR", "EGY"]),
        ("The turkey was roasted.", &[]),
        ("Turkey and Iran met.", &["TUR", "IRN"]),
        ("The Washington Post wrote about George Washington.", &["the-washington-post"]),
        ("Washington and Moscow talked.", &["USA", "RUS"]),
        ("Ships crossed the South China Sea and the Sea of Japan.", &[]),
        ("Let us give US officials time.", &["USA"]),
        ("The Paris Agreement was signed.", &[]),
    ];
    for (text, expected) in cases {
        let found: Vec<_> = ids(&gazetteer, text)
            .into_iter()
            .map(|id| id.split_once(':').unwrap().1.to_owned())
            .collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn surnames_mean_whom_the_article_introduced() {
    let gazetteer = Gazetteer::load(&lexicon(), None).unwrap();
    let cases: &[(&str, &[&str])] = &[
        (
            "Defense Minister Jonas Example met Vladimir Putin in Riga. Example thanked Mr Putin.",
            &["jonas-example", "vladimir-putin", "LVA", "jonas-example", "vladimir-putin"],
        ),
        ("Mr. Kim and Putin talked.", &["vladimir-putin"]),
        ("Hunter Biden was in court.", &["hunter-biden"]),
        ("Zelda Someone Biden spoke.", &[]),
    ];
    for (text, expected) in cases {
        let found: Vec<_> = ids(&gazetteer, text)
            .into_iter()
            .map(|id| id.split_once(':').unwrap().1.to_owned())
            .collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn a_folder_adds_and_overrides() {
    let folder = folder(
        "people.csv",
        "id,name,surname,aliases,gender,state,offices,standalone\n\
         person:max-muster,Max Muster,Muster,,m,DEU,Envoy|state:DEU|2020|,yes\n",
    );
    let gazetteer = Gazetteer::load(&lexicon(), Some(folder.path())).unwrap();
    assert_eq!(ids(&gazetteer, "Muster left."), ["person:max-muster"]);
    assert_eq!(ids(&gazetteer, "Putin left."), ["person:vladimir-putin"]);
}

#[test]
fn mistakes_are_named_with_file_and_line() {
    let people = "id,name,surname,aliases,gender,state,offices,standalone\n";
    let weapons = "id,name,aliases,parent,plural\n";
    let cases = [
        (
            "people.csv",
            format!("{people}city:paris,Paris,,,,,,\n"),
            r#"people.csv:2: "city:paris" is no entity id (expected kind:slug, such as state:PRK or person:kim-jong-un)"#,
        ),
        (
            "people.csv",
            format!("{people}weapon:x-1,X-1,,,,,,\n"),
            "people.csv:2: weapon:x-1 is no person",
        ),
        ("people.csv", format!("{people}person:a-b,A B\n"), "people.csv:2: 2 columns instead of 8"),
        (
            "people.csv",
            format!("{people}person:a-b,A B,B,,x,,,no\n"),
            r#"people.csv:2: unknown gender "x" (known: f, m)"#,
        ),
        (
            "people.csv",
            format!("{people}person:a-b,A B,B,,m,,Envoy|state:RUS|then|,no\n"),
            r#"people.csv:2: office "Envoy|state:RUS|then|": "then" is no year"#,
        ),
        (
            "people.csv",
            format!("{people}# a comment\nperson:a-b,A B,B,,m,ZZZ,,no\n"),
            "people.csv:3: there is no state:ZZZ",
        ),
        (
            "states.csv",
            "id,iso2,name,described_as\nstate:MLT,MT,Malta,island;Small\n".to_owned(),
            r#"states.csv:2: described_as holds "Small" (expected a lower-case word)"#,
        ),
        (
            "weapons.csv",
            format!("{weapons}weapon:a,Thing A,,b,\nweapon:b,Thing B,,a,\n"),
            "weapons.csv:2: cycle in the hierarchy: a > b > a (and 1 more problem: see `tieline gazetteer check`)",
        ),
        (
            "weapons.csv",
            format!("{weapons}weapon:a,Thing A,Thingy,,\nweapon:b,Thing B,Thingy,,\n"),
            r#"weapons.csv:3: alias "Thingy" also belongs to weapon:a (weapons.csv:2)"#,
        ),
        (
            "organizations.csv",
            "id,name,wikidata\norganization:a,Body A,Q0142\n".to_owned(),
            r#"organizations.csv:2: "Q0142" is no Wikidata id (expected Q and digits, such as Q142)"#,
        ),
        (
            "organizations.csv",
            "id,name,wikidata\norganization:a,Body A,Q999999991\norganization:b,Body B,Q999999991\n"
                .to_owned(),
            "organizations.csv:3: Q999999991 is also organization:a (organizations.csv:2)",
        ),
    ];
    for (file, rows, message) in cases {
        assert_eq!(refusal(file, &rows), message);
    }
}

#[test]
fn states_carry_their_wikidata_ids() {
    let gazetteer = Gazetteer::load(&lexicon(), None).unwrap();
    let item = |id: &str| {
        let entity = gazetteer.directory().get(&id.parse().unwrap()).unwrap().clone();
        entity.wikidata.map(|item| item.to_string())
    };
    for (id, wikidata) in [("state:FRA", "Q142"), ("state:PRK", "Q423"), ("state:UKR", "Q212")] {
        assert_eq!(item(id).as_deref(), Some(wikidata), "{id}");
    }
    let states = gazetteer.directory().iter().filter(|entity| entity.id.is_state());
    let without: Vec<_> = states.filter(|state| state.wikidata.is_none()).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn names_in_other_scripts_are_found() {
    let gazetteer = Gazetteer::load(&lexicon(), None).unwrap();
    let cases: &[(&str, &[&str])] = &[
        ("The envoy (Сергей Лавров) spoke.", &["person:sergey-lavrov"]),
        ("Президент Володимир Зеленський приїхав.", &["person:volodymyr-zelenskyy"]),
        (
            "The chairman (习近平) and the marshal (김정은) met.",
            &["person:xi-jinping", "person:kim-jong-un"],
        ),
        ("On the crates: 조선민주주의인민공화국, КНДР and 朝鲜.", &["state:PRK"; 3]),
        (
            "Stamps of Россия, Україна, 中国, 中國 and 대한민국.",
            &["state:RUS", "state:UKR", "state:CHN", "state:CHN", "state:KOR"],
        ),
        (
            "It bore the letters НАТО, ОБСЕ and 联合国.",
            &[
                "organization:nato",
                "organization:organization-for-security-and-co-operation-in-europe",
                "organization:united-nations",
            ],
        ),
        ("The words того, чад and 中国人 name nobody.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(ids(&gazetteer, text), *expected, "{text}");
    }
}

#[test]
fn a_folder_without_tables_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let error = Gazetteer::load(&lexicon(), Some(folder.path())).unwrap_err();
    assert!(matches!(error, GazetteerError::NoTable { .. }), "{error}");
    let missing = folder.path().join("missing");
    let error = Gazetteer::load(&lexicon(), Some(&missing)).unwrap_err();
    assert!(matches!(error, GazetteerError::Read { .. }), "{error}");
}

#[test]
fn surnames_shared_by_two_people_need_an_introduction() {
    let gazetteer = Gazetteer::load(&lexicon(), None).unwrap();
    let mut standalone: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in ["Kim", "Wang", "Lee", "Li", "Park"] {
        standalone.insert(id.to_owned(), ids(&gazetteer, &format!("Then {id} spoke about it.")));
    }
    assert!(standalone.values().all(Vec::is_empty), "{standalone:?}");
}
