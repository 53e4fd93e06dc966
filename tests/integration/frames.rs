//! What official pages and news say in other words than the plain verb: nominal frames, whoever is
//! left to the lines before, members of lists, people without an office.

use std::sync::LazyLock;

use tieline::{Article, Reader};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::embedded().unwrap());

/// The claims of `text` as "supplies DNK>UKR", those of a symmetric relation in both orders.
fn claims(text: &str) -> Vec<String> {
    let claims = READER.read_thoroughly(Article::from_text("a", text)).claims;
    let said = claims.iter().flat_map(|claim| {
        let (a, b) = (claim.source.slug(), claim.target.slug());
        let back = claim.relation.is_symmetric().then(|| format!("{} {b}>{a}", claim.relation));
        std::iter::once(format!("{} {a}>{b}", claim.relation)).chain(back)
    });
    said.collect()
}

/// A text, claims that it makes, and claims that it does not.
type Case = (&'static str, &'static [&'static str], &'static [&'static str]);

const FRAMES: &[Case] = &[
    ("Iranian-backed Hezbollah fired rockets at Israel.", &["supports IRN>hezbollah"], &[]),
    ("The Saudi-backed government of Yemen rejected the offer.", &["supports SAU>YEM"], &[]),
    ("The attack was blamed on the Iran-backed Houthis.", &["supports IRN>houthis"], &[]),
    (
        "The US-backed Syrian Democratic Forces freed the village.",
        &["supports USA>syrian-democratic-forces"],
        &[],
    ),
    ("France bombed Islamic State camps with help from Jordan.", &["supports JOR>FRA"], &[]),
    (
        "British and American forces struck the Houthis with support from Canada and Denmark.",
        &["supports CAN>GBR", "supports DNK>USA"],
        &[],
    ),
    (
        "Turkey launched a military operation against the Kurdistan Workers' Party.",
        &["attacks TUR>kurdistan-workers-party"],
        &[],
    ),
    (
        "The foreign ministers of Greece and Israel held a virtual meeting on Tuesday.",
        &[],
        &["meets GRC>ISR"],
    ),
    (
        "Emmanuel Macron and Olaf Scholz met by video link on Monday.",
        &["contacts emmanuel-macron>olaf-scholz"],
        &["meets emmanuel-macron>olaf-scholz"],
    ),
    ("Japan is taking further measures against the Russian economy.", &["sanctions JPN>RUS"], &[]),
    ("Olaf Scholz has just returned from India.", &["visits olaf-scholz>IND"], &[]),
    (
        "Emmanuel Macron, who is in Japan on a state visit, praised its cooks.",
        &["visits emmanuel-macron>JPN"],
        &[],
    ),
    (
        "Narendra Modi accepted Emmanuel Macron's invitation to visit France.",
        &["visits narendra-modi>FRA", "requests emmanuel-macron>narendra-modi"],
        &["visits emmanuel-macron>FRA"],
    ),
    (
        "Olaf Scholz extended an invitation to Narendra Modi to visit Berlin.",
        &["visits narendra-modi>DEU"],
        &[],
    ),
    (
        "Joint efforts by Kenya and Uganda to build a railway bore fruit.",
        &["cooperates KEN>UGA"],
        &[],
    ),
    (
        "Turkey mediates between Russia and Ukraine.",
        &["negotiates RUS>UKR"],
        &["negotiates TUR>RUS"],
    ),
    (
        "I congratulate Finland, Sweden and Turkey on the accord.",
        &[],
        &["contacts FIN>SWE", "contacts SWE>TUR"],
    ),
];

/// Who is left to the lines before, and to the rest of a list.
const SHARED: &[Case] = &[
    (
        "Vladimir Putin met Emmanuel Macron. They stressed the growth of bilateral cooperation.",
        &["cooperates FRA>RUS"],
        &[],
    ),
    (
        "The United States, France, and the United Kingdom target chemical weapon sites and other \
         Syrian military sites with missile strikes.",
        &["attacks USA>SYR", "attacks FRA>SYR", "attacks GBR>SYR"],
        &[],
    ),
    (
        "Janet Yellen, Gina Raimondo and Jake Sullivan met with 16 executives.",
        &[],
        &["meets janet-yellen>gina-raimondo", "meets gina-raimondo>jake-sullivan"],
    ),
];

const PEOPLE: &[Case] = &[
    (
        "Belarus jailed journalist Ales Karpovich for five years.",
        &["coerces BLR>ales-karpovich"],
        &[],
    ),
    ("Egypt arrested the dissident Samir Haddadin.", &["coerces EGY>samir-haddadin"], &[]),
    (
        "Israel released the prisoner Khaled Abu Rashid on Sunday.",
        &["yields ISR>khaled-abu-rashid"],
        &[],
    ),
    (
        "Senior Advisor Marek Kowalczyk met Antony Blinken on Friday.",
        &["meets marek-kowalczyk>antony-blinken"],
        &[],
    ),
    (
        "Deputy Minister of Trade Marek Kowalczyk spoke with Janet Yellen.",
        &["contacts marek-kowalczyk>janet-yellen"],
        &[],
    ),
    (
        "The Syrian Air Force struck a Turkish convoy.",
        &["attacks SYR>TUR"],
        &["attacks syrian-air>TUR"],
    ),
];

fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (text, made, not_made) in cases {
        let found = claims(text);
        for &claim in *made {
            if !found.iter().any(|one| one == claim) {
                wrong.push(format!("{text}\n    lacks {claim}, has {found:?}"));
            }
        }
        for &claim in *not_made {
            if found.iter().any(|one| one == claim) {
                wrong.push(format!("{text}\n    makes {claim}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nouns_and_participles_tell_what_verbs_do() {
    check(FRAMES);
}

#[test]
fn lists_and_the_lines_before_tell_the_other_parties() {
    check(SHARED);
}

#[test]
fn people_without_an_office_are_found_by_their_calling() {
    check(PEOPLE);
}
