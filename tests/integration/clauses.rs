//! Who did it, and whether it happened: clauses joined by "and", contrasts, denials, conditions,
//! figures of speech, fiction and sport.

use std::sync::LazyLock;

use tieline::{Article, Reader};

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::embedded().unwrap());

/// The claims of `text` as "supplies state:DNK state:UKR positive asserted", each with the pair of
/// a symmetric relation in both orders.
fn claims(text: &str) -> Vec<String> {
    let claims = READER.read_thoroughly(Article::from_text("a", text)).claims;
    claims
        .iter()
        .flat_map(|claim| {
            let (a, b) = (&claim.source, &claim.target);
            let said = format!("{} {}", claim.polarity, claim.modality);
            let back = claim.relation.is_symmetric().then_some((b, a));
            std::iter::once((a, b))
                .chain(back)
                .map(|(a, b)| format!("{} {}>{} {said}", claim.relation, a.slug(), b.slug()))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// A sentence, beginnings of claims that it makes, and of claims that it does not.
type Case = (&'static str, &'static [&'static str], &'static [&'static str]);

const WHO_IS_RULED_OUT: &[Case] = &[
    (
        "North Korea, not Iran, sold the rockets to Russia.",
        &["supplies PRK>RUS positive"],
        &["supplies IRN>RUS positive"],
    ),
    (
        "France delivered jets not to Poland but to Romania.",
        &["supplies FRA>ROU positive"],
        &["supplies FRA>POL positive"],
    ),
    (
        "It was not Turkey but Iran that sold drones to Sudan.",
        &["supplies IRN>SDN positive"],
        &["supplies TUR>SDN positive"],
    ),
    (
        "It was Iran, not Turkey, that sold drones to Sudan.",
        &["supplies IRN>SDN positive"],
        &["supplies TUR>SDN positive"],
    ),
    (
        "India bought missiles from France rather than from Russia.",
        &["supplies FRA>IND positive"],
        &["supplies RUS>IND positive"],
    ),
    (
        "Xi Jinping met Vladimir Putin, not Narendra Modi.",
        &["meets xi-jinping>vladimir-putin positive"],
        &["meets xi-jinping>narendra-modi positive", "meets narendra-modi>vladimir-putin positive"],
    ),
    (
        "The shells were sent by North Korea, not by China, to Russia.",
        &["supplies PRK>RUS positive"],
        &["supplies CHN>RUS positive"],
    ),
    (
        "Germany accused Russia, and not Belarus, of the attack.",
        &["accuses DEU>RUS positive"],
        &["accuses DEU>BLR positive"],
    ),
    (
        "Iran as opposed to Iraq attacked Israel.",
        &["attacks IRN>ISR positive"],
        &["attacks IRQ>ISR positive"],
    ),
    (
        "The missiles went to Iran instead of Iraq, and Russia, not China, sold them to Iran.",
        &["supplies RUS>IRN positive"],
        &["supplies CHN>IRN positive"],
    ),
    ("It was not to China that Iran sold the drones.", &[], &["supplies IRN>CHN positive"]),
];

const TWO_CLAUSES: &[Case] = &[
    (
        "Germany blamed Russia and Estonia blamed China.",
        &["accuses DEU>RUS positive", "accuses EST>CHN positive"],
        &["accuses DEU>EST", "accuses RUS>CHN", "accuses DEU>CHN"],
    ),
    (
        "Iran sold drones to Sudan and Turkey sold jets to Libya.",
        &["supplies IRN>SDN positive", "supplies TUR>LBY positive"],
        &["supplies IRN>TUR", "supplies SDN>LBY", "supplies IRN>LBY"],
    ),
    (
        "Scholz met Macron and Erdogan met Meloni.",
        &[
            "meets olaf-scholz>emmanuel-macron positive",
            "meets recep-tayyip-erdogan>giorgia-meloni positive",
        ],
        &["meets olaf-scholz>recep-tayyip-erdogan", "meets emmanuel-macron>giorgia-meloni"],
    ),
    (
        "Russia invaded Ukraine and Israel invaded Lebanon.",
        &["attacks RUS>UKR positive", "attacks ISR>LBN positive"],
        &["attacks RUS>ISR", "attacks UKR>LBN", "attacks RUS>LBN"],
    ),
    (
        "Poland warned Belarus, and Latvia warned Russia.",
        &["warns POL>BLR positive", "warns LVA>RUS positive"],
        &["warns POL>LVA", "warns BLR>RUS"],
    ),
    (
        "Iran bought missiles from Russia and India bought jets from France.",
        &["supplies RUS>IRN positive", "supplies FRA>IND positive"],
        &["supplies IND>IRN", "supplies FRA>IRN", "supplies RUS>IND"],
    ),
    (
        "China criticised Japan and Russia has criticised Norway.",
        &["accuses CHN>JPN positive", "accuses RUS>NOR positive"],
        &["accuses CHN>RUS", "accuses JPN>NOR"],
    ),
    (
        "Egypt condemned Israel and Jordan will condemn Iran.",
        &["accuses EGY>ISR positive"],
        &["accuses EGY>JOR", "accuses ISR>IRN"],
    ),
    (
        "Turkey attacked Syria and Iraq was attacked by Iran.",
        &["attacks TUR>SYR positive", "attacks IRN>IRQ positive"],
        &["attacks TUR>IRQ"],
    ),
    (
        "Russia supplied arms to Mali and Niger.",
        &["supplies RUS>MLI positive", "supplies RUS>NER positive"],
        &[],
    ),
    (
        "North Korea sent shells to Russia, Iran sent drones to Belarus and China sent chips to Syria.",
        &["supplies PRK>RUS positive", "supplies IRN>BLR positive", "supplies CHN>SYR positive"],
        &["supplies PRK>IRN", "supplies PRK>BLR", "supplies RUS>BLR", "supplies BLR>SYR"],
    ),
    (
        "Germany supports Ukraine and Hungary supports Russia.",
        &["supports DEU>UKR positive", "supports HUN>RUS positive"],
        &["supports DEU>HUN", "supports UKR>RUS", "supports DEU>RUS"],
    ),
];

const DENIALS: &[Case] = &[
    (
        "No evidence has emerged that Iran sold rockets to Sudan.",
        &[],
        &["supplies IRN>SDN positive"],
    ),
    ("It isn't true that Turkey sold drones to Russia.", &[], &["supplies TUR>RUS positive"]),
    (
        "There can be no doubt that Russia attacked Ukraine.",
        &["attacks RUS>UKR positive"],
        &["attacks RUS>UKR negative"],
    ),
    (
        "No one doubts that Iran sold drones to Russia.",
        &["supplies IRN>RUS positive"],
        &["supplies IRN>RUS negative"],
    ),
    (
        "Without a doubt Iran sold drones to Russia.",
        &["supplies IRN>RUS positive"],
        &["supplies IRN>RUS negative"],
    ),
    (
        "It is highly unlikely that Egypt sold rockets to Russia.",
        &[],
        &["supplies EGY>RUS positive asserted"],
    ),
    (
        "Germany has yet to deliver the missiles to Ukraine.",
        &[],
        &["supplies DEU>UKR positive asserted", "supplies DEU>UKR positive"],
    ),
    (
        "Jordan called claims that it had sold tanks to Israel baseless.",
        &[],
        &["supplies JOR>ISR positive"],
    ),
    ("Reports that China sold chips to Russia are not true.", &[], &["supplies CHN>RUS positive"]),
    (
        "The minister described reports that Egypt had armed Sudan as false.",
        &[],
        &["supplies EGY>SDN positive asserted"],
    ),
    (
        "No sign has been seen that China sent missiles to Russia.",
        &[],
        &["supplies CHN>RUS positive asserted"],
    ),
    ("It is not the case that Iran sold drones to Russia.", &[], &["supplies IRN>RUS positive"]),
    (
        "Rumours that Poland had attacked Belarus turned out to be false.",
        &[],
        &["attacks POL>BLR positive"],
    ),
    (
        "Poland refused to accuse Hungary and praised Slovakia.",
        &["supports POL>SVK positive"],
        &["supports POL>SVK negative", "accuses POL>HUN positive"],
    ),
];

const CONDITIONS: &[Case] = &[
    (
        "Were China to attack Taiwan, Japan would help Taipei.",
        &[],
        &["supports CHN>TWN", "attacks CHN>TWN positive asserted"],
    ),
    (
        "Were China to invade Taiwan, the United States would send missiles to Taipei.",
        &["supplies USA>TWN positive"],
        &["supplies CHN>TWN"],
    ),
    (
        "Poland would help Kyiv were Belarus to attack Ukraine.",
        &["supports POL>UKR positive"],
        &["supports BLR>UKR", "attacks BLR>UKR positive asserted"],
    ),
    (
        "Were Turkey to buy missiles from Russia, the United States would sanction Ankara.",
        &["sanctions USA>TUR positive"],
        &["sanctions RUS>TUR", "supplies RUS>TUR positive asserted"],
    ),
    (
        "Were North Korea to shell South Korea, Japan would condemn Pyongyang.",
        &["accuses JPN>PRK positive"],
        &["accuses KOR>PRK"],
    ),
    (
        "Were France to leave, Mali would buy arms from Russia.",
        &["supplies RUS>MLI positive"],
        &["supplies RUS>MLI positive asserted", "supplies FRA>MLI"],
    ),
];

const ORIGIN: &[Case] = &[
    (
        "Armenia bought Russian rockets from India.",
        &["supplies IND>ARM positive"],
        &["supplies RUS>ARM"],
    ),
    (
        "Shells from North Korea to Russia crossed China.",
        &[],
        &["supplies PRK>CHN", "supplies CHN>RUS"],
    ),
    (
        "The Chinese chips were sold to Russia by Turkey.",
        &["supplies TUR>RUS positive"],
        &["supplies CHN>RUS"],
    ),
    ("India imports Russian oil.", &["supplies RUS>IND positive"], &[]),
];

const HURLED: &[Case] = &[
    ("Russia sent drones into Poland.", &[], &["supplies RUS>POL"]),
    ("Israel sent jets deep into Iran.", &[], &["supplies ISR>IRN"]),
    ("Russia poured rockets onto Ukraine.", &[], &["supplies RUS>UKR"]),
    ("Iran sent a wave of drones towards Israel.", &[], &["supplies IRN>ISR"]),
    ("Poland sent missiles to Ukraine.", &["supplies POL>UKR positive"], &[]),
];

const FIGURES: &[Case] = &[
    ("China is offering Russia an economic lifeline.", &[], &["supplies CHN>RUS"]),
    ("Germany sold Ukraine short.", &[], &["supplies DEU>UKR"]),
    ("France sold Poland down the river.", &[], &["supplies FRA>POL"]),
    ("Russia exports chaos to Libya.", &[], &["supplies RUS>LBY"]),
    ("China threw Russia a lifeline.", &[], &["supplies CHN>RUS"]),
    ("Hungary gives Russia ammunition.", &["supplies HUN>RUS positive"], &[]),
    ("Germany sold Poland tanks at a short notice.", &["supplies DEU>POL positive"], &[]),
];

const FICTION: &[Case] = &[
    ("In the novel, Russia sells a submarine to Iran.", &[], &["supplies RUS>IRN"]),
    ("The novel, in which Russia attacks Poland, sold well.", &[], &["attacks RUS>POL"]),
    ("France met Brazil in the semi-final.", &[], &["meets FRA>BRA"]),
    (
        "In a war game, Russia attacked Estonia and Latvia.",
        &[],
        &["attacks RUS>EST positive asserted", "attacks RUS>LVA positive asserted"],
    ),
    ("In a simulated conflict, China bombed Japan.", &[], &["attacks CHN>JPN positive asserted"]),
    ("The movie tells how Israel attacked Iran.", &[], &["attacks ISR>IRN positive asserted"]),
    ("In the round of 16, Spain met Morocco.", &[], &["meets ESP>MAR"]),
    ("Italy met Turkey in the opening game of Euro 2020.", &[], &["meets ITA>TUR"]),
    ("Putin met Xi at the film festival.", &["meets vladimir-putin>xi-jinping positive"], &[]),
    ("Iran attacked Israel as the match was played.", &["attacks IRN>ISR positive"], &[]),
];

fn check(cases: &[Case]) {
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|&(text, wanted, unwanted)| {
            let found = claims(text);
            let has = |start: &str| found.iter().any(|claim| claim.starts_with(start));
            let missed = wanted.iter().filter(|start| !has(start));
            let wrong = unwanted.iter().filter(|start| has(start));
            let faults: Vec<_> = missed.chain(wrong).collect();
            (!faults.is_empty()).then(|| format!("{text}\n  faults {faults:?}\n  found {found:?}"))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn who_is_ruled_out_did_nothing() {
    check(WHO_IS_RULED_OUT);
}

#[test]
fn clauses_joined_by_and_keep_their_own_actors() {
    check(TWO_CLAUSES);
}

#[test]
fn words_about_a_whole_claim_decide_whether_it_holds() {
    check(DENIALS);
}

#[test]
fn inverted_conditions_have_their_own_subject() {
    check(CONDITIONS);
}

#[test]
fn neither_makers_nor_stops_are_parties() {
    check(ORIGIN);
}

#[test]
fn what_is_hurled_at_somebody_is_no_gift() {
    check(HURLED);
}

#[test]
fn nothing_is_given_by_a_figure_of_speech() {
    check(FIGURES);
}

#[test]
fn fiction_and_sport_are_no_news() {
    check(FICTION);
}

const GIVEN: &[Case] = &[
    ("Poland and Ukraine reached no agreement.", &["agrees POL>UKR negative"], &[]),
    ("The deal between Serbia and Sudan was not signed.", &["agrees SRB>SDN negative"], &[]),
    (
        "The alliance between Serbia and Sudan was not affected.",
        &[],
        &["cooperates SRB>SDN negative"],
    ),
    (
        "Energy is not the only part of the partnership between Serbia and Sudan.",
        &[],
        &["cooperates SRB>SDN negative"],
    ),
    (
        "France will hold talks only if Serbia does not attack Sudan.",
        &[],
        &["attacks SRB>SDN negative"],
    ),
    (
        "France will hold talks as long as Serbia does not attack Sudan.",
        &[],
        &["attacks SRB>SDN negative"],
    ),
    ("Serbia did not attack Sudan.", &["attacks SRB>SDN negative"], &[]),
];

#[test]
fn what_is_taken_for_granted_is_not_denied() {
    check(GIVEN);
}

const TALKED_ABOUT: &[Case] = &[
    (
        "Serbia's president discussed the partnership between Serbia and Sudan.",
        &["cooperates SRB>SDN positive asserted"],
        &["cooperates SRB>SDN positive prospective"],
    ),
    (
        "The ministers discussed Russia's invasion of Ukraine.",
        &["attacks RUS>UKR positive asserted"],
        &["attacks RUS>UKR positive prospective"],
    ),
    (
        "Narendra Modi met Vladimir Putin on Monday to discuss trade.",
        &["meets narendra-modi>vladimir-putin positive asserted"],
        &["meets narendra-modi>vladimir-putin positive prospective"],
    ),
    (
        "Narendra Modi will meet Vladimir Putin to discuss trade.",
        &["meets narendra-modi>vladimir-putin positive prospective"],
        &["meets narendra-modi>vladimir-putin positive asserted"],
    ),
    (
        "Narendra Modi called Vladimir Putin to thank him for the tanks.",
        &["supports narendra-modi>vladimir-putin positive asserted"],
        &["supports narendra-modi>vladimir-putin positive prospective"],
    ),
    (
        "Narendra Modi met Vladimir Putin in Sochi, but they did not discuss a date.",
        &["meets narendra-modi>vladimir-putin positive asserted"],
        &["meets narendra-modi>vladimir-putin negative"],
    ),
    (
        "Serbia has called off the talks over Sudan's attack on Niger.",
        &["attacks SDN>NER positive"],
        &["attacks SDN>NER negative"],
    ),
];

#[test]
fn what_is_talked_about_is_there() {
    check(TALKED_ABOUT);
}

const WHOSE_DEED: &[Case] = &[
    ("A spokesman for the Kremlin condemned Poland.", &["accuses RUS>POL positive"], &[]),
    ("A lawyer for Denmark condemned Poland.", &[], &["accuses DNK>POL"]),
    (
        "Germany has been the largest donor, contributing $46 million to Iraq.",
        &["supplies DEU>IRQ positive"],
        &[],
    ),
    (
        "Albania's parliament passed a resolution criticizing France.",
        &["accuses ALB>FRA positive"],
        &[],
    ),
    ("The US-led invasion of Iraq went on.", &["attacks USA>IRQ positive"], &[]),
    ("The US-backed invasion of Iraq went on.", &[], &["attacks USA>IRQ"]),
];

#[test]
fn a_deed_is_that_of_whom_the_phrase_names() {
    check(WHOSE_DEED);
}
