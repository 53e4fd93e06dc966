//! Whom and what a name means where another has it too, and one person under several spellings.

use tieline::{Article, Reader};

/// The claims of `text` in an article of 19 June 2024, as "visits:ivan-petrov:PRK".
fn claims(reader: &Reader, text: &str) -> Vec<String> {
    let article = Article::from_text("names", text).with_date("2024-06-19".parse().unwrap());
    let claims = reader.read_thoroughly(article).claims;
    let shown = claims.iter().map(|claim| {
        let (relation, source, target) = (&claim.relation, &claim.source, &claim.target);
        format!("{}:{}:{}", relation.as_str(), source.slug(), target.slug())
    });
    shown.collect()
}

/// A text, a claim that it makes, or none, and claims that it does not make.
type Case = (&'static str, &'static str, &'static [&'static str]);

#[track_caller]
fn check(cases: &[Case]) {
    let reader = Reader::embedded().unwrap();
    let mut wrong = Vec::new();
    for (text, made, never) in cases {
        let found = claims(&reader, text);
        let has = |claim: &str| found.iter().any(|one| one == claim);
        if !made.is_empty() && !has(made) || never.iter().any(|claim| has(claim)) {
            wrong.push(format!("{text}\n    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn people_named_like_states_are_no_states() {
    check(&[
        (
            "Sen. Abel Jordan met Estonian officials. Jordan warned Iran.",
            "",
            &["meets:JOR:EST", "warns:JOR:IRN"],
        ),
        ("Chad Miller sold rifles to Mexico.", "", &["supplies:TCD:MEX"]),
        ("Ms. Israel warned Iran.", "", &["warns:ISR:IRN"]),
        ("India Carter met Xi Jinping.", "", &["meets:IND:xi-jinping"]),
        ("US congressman Brody Israel warned Iran.", "", &["warns:ISR:IRN"]),
        ("Colonel Tom German met Finnish officers. German warned Russia.", "", &["warns:DEU:RUS"]),
        ("German officials warned Russia.", "warns:DEU:RUS", &[]),
        (
            "Congressman Steve Israel visited Oslo. Israel sold gas to Egypt, Israeli officials said.",
            "",
            &["supplies:ISR:EGY"],
        ),
        ("Jordan sold gas to Syria.", "supplies:JOR:SYR", &[]),
    ]);
}

#[test]
fn towns_named_like_states_and_capitals_are_no_states() {
    check(&[
        ("Paris, Texas, sent aid to Ukraine.", "", &["supplies:FRA:UKR"]),
        ("Rome, Georgia, sent aid to Ukraine.", "", &["supplies:ITA:UKR", "supplies:GEO:UKR"]),
        ("Vienna, Va., sent aid to Ukraine.", "", &["supplies:AUT:UKR"]),
        ("The town of Lebanon sent aid to Ukraine.", "", &["supplies:LBN:UKR"]),
        ("West Jordan sent aid to Ukraine.", "", &["supplies:JOR:UKR"]),
        ("Lebanon County sent aid to Ukraine.", "", &["supplies:LBN:UKR"]),
        ("Tbilisi, Georgia, sent aid to Ukraine.", "supplies:GEO:UKR", &[]),
        ("Russia, Georgia and Ukraine signed a treaty.", "agrees:GEO:RUS", &[]),
        ("New Zealand sent aid to Ukraine.", "supplies:NZL:UKR", &[]),
    ]);
}

#[test]
fn two_people_of_one_name_are_two() {
    check(&[
        (
            "Polish General Jan Nowak visited Kyiv. Czech General Jan Nowak visited Vilnius.",
            "visits:jan-nowak:UKR",
            &["visits:jan-nowak:LTU"],
        ),
        (
            "Antony Blinken met Wang Yi. Donald Blinken visited Budapest. Blinken warned Iran.",
            "",
            &["warns:antony-blinken:IRN"],
        ),
        (
            "Russian Minister Ivan Petrov visited Oslo. Russian Minister Oleg Petrov visited \
             Tehran. Ivan Petrov warned Seoul.",
            "warns:ivan-petrov:KOR",
            &["warns:oleg-petrov:KOR"],
        ),
    ]);
}

#[test]
fn one_person_under_several_spellings_is_one() {
    check(&[
        (
            "Russian General Dmitri Ivanovich Volkov visited Oslo.\n\nDmitry Volkov, a Russian \
             general, warned Seoul.",
            "visits:dmitry-volkov:NOR",
            &["warns:dmitri-volkov:KOR"],
        ),
        (
            "Russian General Ivan Smirnov visited Oslo.\n\nRussian General Ivan Smirnoff warned \
             Seoul.",
            "warns:ivan-smirnov:KOR",
            &[],
        ),
        ("V. V. Putin met Xi Jinping.", "meets:vladimir-putin:xi-jinping", &[]),
        ("Putin V.V. met Xi Jinping.", "meets:vladimir-putin:xi-jinping", &[]),
        ("Jong-un Kim met Jinping Xi.", "meets:kim-jong-un:xi-jinping", &[]),
        (
            "Russian General Yevgeny Smirnov visited Oslo. Gen. Y. Smirnov warned Seoul.",
            "warns:yevgeny-smirnov:KOR",
            &[],
        ),
        ("M. Bolton visited Vilnius.", "", &["visits:john-bolton:LTU"]),
    ]);
}

#[test]
fn sentences_without_capitals_name_states() {
    check(&[
        ("iran sells drones to russia", "supplies:IRN:RUS", &[]),
        ("us sends tanks to ukraine", "supplies:USA:UKR", &[]),
        ("kim jong un meets vladimir putin in moscow", "meets:kim-jong-un:vladimir-putin", &[]),
    ]);
}

#[test]
fn an_envoy_is_not_his_president_and_a_firm_not_its_state() {
    check(&[
        ("Xi Jinping spoke. His adviser visited Tehran.", "", &["visits:xi-jinping:IRN"]),
        ("Vladimir Putin's envoy visited Tehran.", "", &["visits:vladimir-putin:IRN"]),
        ("Canada sanctioned a Chinese bank.", "", &["sanctions:CAN:CHN"]),
        ("Canada imposed sanctions on firms from China.", "", &["sanctions:CAN:CHN"]),
        ("Canada imposed sanctions on China.", "sanctions:CAN:CHN", &[]),
        ("Canada seized an Iranian tanker.", "coerces:CAN:IRN", &[]),
    ]);
}
