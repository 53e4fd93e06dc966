//! Official texts: whom "we", "our" and "you" mean in releases and transcripts, whom "the two
//! presidents" and "they" mean in readouts, and who holds an office under a long title.

use tieline::Reader;
use tieline::model::{Article, ArticleInfo, Claim};

use crate::speakers::{fits, told};

/// Publisher, headline, text, and patterns as the table of speakers has them.
type Case = (&'static str, &'static str, &'static str, &'static str);

const STATE: &str = "U.S. Department of State";
const PAPER: &str = "The Nairobi Chronicle";

/// Whose "we" it is.
const ISSUERS: &[Case] = &[
    (
        STATE,
        "A march in Minsk",
        "We urge the Belarusian authorities to release the editors.",
        "requests USA>BLR by nobody",
    ),
    ("Ministry of Foreign Affairs of Norway", "A march", "We condemn Iran.", "accuses NOR>IRN"),
    ("Government of India", "A march", "Our country supports Bhutan.", "supports IND>BTN"),
    (STATE, "A raid", "Today, we imposed sanctions on Belarus.", "sanctions USA>BLR"),
    (
        STATE,
        "A raid",
        "We thank Kenya.\n\nWe call on Iran to stop.",
        "supports USA>KEN;requests USA>IRN",
    ),
    (
        "",
        "A raid",
        "Ned Price, Department Spokesperson\n\nWe call on Iran to stop.",
        "requests USA>IRN",
    ),
    ("", "Statement by the Foreign Ministry of Norway", "We condemn Iran.", "accuses NOR>IRN"),
    ("", "Statement by President Macron on Mali", "We condemn Chad.", "accuses FRA>TCD"),
    ("", "Statement by President Macron on Mali", "I condemn Chad.", "accuses emmanuel-macron>TCD"),
    (
        "",
        "Joint Statement of Norway and Finland",
        "We condemn Iran.",
        "accuses NOR>IRN;accuses FIN>IRN",
    ),
    (
        STATE,
        "Joint Statement by Norway, Finland, and Iceland on a raid",
        "We call on Iran to stop.",
        "requests NOR>IRN;requests FIN>IRN;requests ISL>IRN;not requests USA>IRN",
    ),
    (
        STATE,
        "On the raid",
        "We, the leaders of Kenya, Ghana and Chad, condemn Mali.\n\nWe thank Norway.",
        "supports KEN>NOR;supports GHA>NOR;supports TCD>NOR",
    ),
    // Newspapers, quotations and transcripts are nobody's release.
    (PAPER, "A raid", "We condemn Chad.", "not accuses KEN>TCD"),
    ("The Moscow Times", "A raid", "We condemn Chad.", "not accuses RUS>TCD"),
    (
        "",
        "Kenya rejects a statement by Chad",
        "We condemn Mali.",
        "not accuses KEN>MLI;not accuses TCD>MLI",
    ),
    (
        STATE,
        "A raid",
        "\"We condemn Iran,\" Emmanuel Macron said.",
        "accuses FRA>IRN;not accuses USA>IRN",
    ),
    (
        STATE,
        "A briefing",
        "QUESTION: We condemn Chad.\n\nMODERATOR: Thank you.\n\nQUESTION: We thank Mali.",
        "not accuses USA>TCD;not supports USA>MLI",
    ),
];

/// What two sides share, and whom a speaker addresses.
const SHARED: &[Case] = &[
    (
        STATE,
        "Peru’s national day",
        "We cherish our longstanding partnership.",
        "cooperates PER>USA",
    ),
    (STATE, "Peru’s national day", "Our friendship has grown stronger.", "cooperates PER>USA"),
    (
        STATE,
        "Peru’s national day",
        "We will deepen our economic cooperation.",
        "cooperates PER>USA prospective",
    ),
    (
        STATE,
        "Peru’s national day",
        "We value our partnership with Chile.",
        "cooperates CHL>USA;not cooperates PER>USA",
    ),
    (
        STATE,
        "A day in Peru and Chile",
        "We value our partnership.",
        "not cooperates PER>USA;not cooperates CHL>USA",
    ),
    (PAPER, "Peru’s national day", "We value our partnership.", "not cooperates KEN>PER"),
    (
        "",
        "Talks",
        "Vladimir Putin: Our strategic partnership is growing.\n\nEmmanuel Macron: It is late.",
        "cooperates FRA>RUS by vladimir-putin",
    ),
    (
        "",
        "Talks",
        "Vladimir Putin: I met you in Sochi.\n\nEmmanuel Macron: I thank you for the help.",
        "meets emmanuel-macron>vladimir-putin;supports emmanuel-macron>vladimir-putin",
    ),
    // Of three, nobody knows whom.
    (
        "",
        "Talks",
        "Vladimir Putin: I thank you.\n\nEmmanuel Macron: Well.\n\nOlaf Scholz: Well.",
        "not supports vladimir-putin>emmanuel-macron;not supports vladimir-putin>olaf-scholz",
    ),
];

/// The people of a readout.
const READOUTS: &[Case] = &[
    (
        STATE,
        "Secretary Blinken’s Call with Indian External Affairs Minister Jaishankar",
        "Antony Blinken spoke with Subrahmanyam Jaishankar today. The two leaders discussed trade.",
        "contacts antony-blinken>s-jaishankar;not meets antony-blinken>s-jaishankar",
    ),
    (
        "",
        "A call",
        "Vladimir Putin phoned Emmanuel Macron. They discussed the harvest.",
        "not meets emmanuel-macron>vladimir-putin",
    ),
    (
        "",
        "A meeting",
        "Vladimir Putin met Emmanuel Macron. They discussed the harvest.",
        "not contacts emmanuel-macron>vladimir-putin",
    ),
    (
        "",
        "A meeting",
        "Vladimir Putin met Emmanuel Macron. The two presidents exchanged views on the harvest.",
        "meets emmanuel-macron>vladimir-putin",
    ),
    (
        "President of Russia",
        "Meeting with President of France Emmanuel Macron",
        "Vladimir Putin met with Emmanuel Macron in Sochi.",
        "meets emmanuel-macron>vladimir-putin;represents emmanuel-macron>FRA",
    ),
    (
        "",
        "A meeting",
        "Vladimir Putin met with Emmanuel Macron to discuss shared commitments and challenges.",
        "meets emmanuel-macron>vladimir-putin",
    ),
    // Who only tells of a call takes no part in it.
    (
        "The White House",
        "Statement by Press Secretary Jane Halloway on National Security Advisor Jake Sullivan’s Call",
        "Jake Sullivan spoke with Foreign Minister Wang Yi of China today.\n\nThe call was short.\n\nThey discussed the harvest and agreed to stay in close touch.",
        "agrees jake-sullivan>wang-yi;not agrees jane-halloway>wang-yi;not contacts jane-halloway>wang-yi",
    ),
    // Whose leaders they are stands beside them.
    (
        "",
        "A meeting",
        "Vladimir Putin phoned Emmanuel Macron. The leaders of Chad and Mali met in Cairo.",
        "not meets emmanuel-macron>vladimir-putin",
    ),
    ("", "Rain", "It rained. The two presidents met.", "not meets emmanuel-macron>vladimir-putin"),
];

/// Long titles.
const TITLES: &[Case] = &[
    (
        "",
        "A day",
        "President of the French Republic Emmanuel Macron slept.",
        "represents emmanuel-macron>FRA",
    ),
    (
        "",
        "A day",
        "Prime Minister of the Republic of India Narendra Modi slept.",
        "represents narendra-modi>IND",
    ),
    (
        "",
        "A day",
        "President of the Republic of Turkey Recep Tayyip Erdogan slept.",
        "represents recep-tayyip-erdogan>TUR",
    ),
    (
        "",
        "A day",
        "National Security Advisor Jake Sullivan met Wang Yi.",
        "represents jake-sullivan>USA",
    ),
    (
        "",
        "A day",
        "The friend of the French Republic Emmanuel Macron slept.",
        "not represents emmanuel-macron>FRA",
    ),
];

#[track_caller]
fn check(cases: &[Case]) {
    let reader = Reader::embedded().unwrap();
    let mut faults = Vec::new();
    for (n, (outlet, title, text, patterns)) in cases.iter().enumerate() {
        let outlet = (!outlet.is_empty()).then(|| (*outlet).to_owned());
        let info = ArticleInfo { id: n.to_string().into(), outlet, ..ArticleInfo::default() };
        let article = Article::new(info, *text).with_title(title);
        let claims: Vec<Claim> = reader.read(article).claims;
        let told = told(&claims);
        for pattern in patterns.split(';').map(str::trim) {
            let holds = match pattern.strip_prefix("not ") {
                Some(unwanted) => !told.iter().any(|told| fits(told, unwanted)),
                None => told.iter().any(|told| fits(told, pattern)),
            };
            if !holds {
                faults
                    .push(format!("{title}: {text}\n    {pattern}\n    found {}", told.join("; ")));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_release_speaks_for_whoever_issues_it() {
    check(ISSUERS);
}

#[test]
fn two_sides_share_their_ties_and_address_each_other() {
    check(SHARED);
}

#[test]
fn an_office_is_told_without_the_noun_that_it_belongs_to() {
    let cases = [
        ("Readout of President Joe Biden’s Call with Emmanuel Macron", "President"),
        (
            "Statement by NSC Spokesperson Jane Halloway on National Security Advisor Jake Sullivan’s Call",
            "National Security Advisor",
        ),
        ("Remarks by the Foreign Minister of France Catherine Colonna", "Foreign Minister"),
        ("The Minister of Defence of Kenya, Aden Duale, slept.", "Minister of Defence"),
    ];
    let reader = Reader::embedded().unwrap();
    for (text, role) in cases {
        let article = Article::from_text("roles", "The rain fell on Monday.").with_title(text);
        let claims = reader.read_thoroughly(article).claims;
        let roles: Vec<_> = claims.iter().filter_map(|claim| claim.role.as_deref()).collect();
        assert_eq!(roles, [role], "{text}");
    }
}

#[test]
fn a_readout_comes_back_to_those_who_met() {
    check(READOUTS);
}

#[test]
fn long_titles_name_the_state() {
    check(TITLES);
}
