//! Who says a claim, and what is no claim because nobody says it: a table of sentences with what
//! must be found in them and what must not.

use std::collections::BTreeMap;

use tieline::model::Claim;
use tieline::{Article, Reader};

/// A text, and patterns that are divided by ";". A pattern is what words of one claim must hold,
/// such as `supplies IRN>RUS negative by wang-yi`; behind `not` it is what no claim may hold.
type Case = (&'static str, &'static str);

/// "States" and "claims" are verbs of saying nowhere but where they say something.
const NOUNS_LIKE_VERBS: &[Case] = &[
    ("Hungary warned the United States.", "warns HUN>USA by nobody"),
    ("Norway sells gas to the United States.", "supplies NOR>USA by nobody"),
    ("Qatar thanked the United States.", "supports QAT>USA by nobody"),
    ("Brazil exported steel to the United States.", "supplies BRA>USA by nobody"),
    ("Cuba accused the United States.", "accuses CUB>USA by nobody"),
    (
        "Iran fired missiles at Iraq and threatened the United States.",
        "threatens IRN>USA by nobody",
    ),
    ("India signed a treaty with the United States.", "agrees IND>USA by nobody"),
    ("Turkey bought jets from the United States.", "supplies USA>TUR by nobody"),
    ("Poland will buy tanks from the United States", "supplies USA>POL by nobody"),
    ("Ecuador signed a deal with the United Arab Emirates.", "agrees ARE>ECU by nobody"),
    ("Belarus sent shells to Russia despite Polish claims.", "supplies BLR>RUS by nobody"),
    ("China sold drones to Iran despite American reports.", "supplies CHN>IRN by nobody"),
    ("Serbia sold rockets to Ukraine, contrary to Russian claims.", "supplies SRB>UKR by nobody"),
    ("Serbia sold rockets to Ukraine in spite of Russian demands.", "supplies SRB>UKR by nobody"),
    ("Belarus sent shells to Russia after Polish warnings.", "supplies BLR>RUS by nobody"),
    ("Turkey sold drones to Ukraine amid Russian complaints.", "supplies TUR>UKR by nobody"),
    (
        "Oman bought missiles from France notwithstanding Saudi protests.",
        "supplies FRA>OMN by nobody",
    ),
    ("Egypt sent rockets to Russia, American documents or not.", "supplies EGY>RUS by nobody"),
    ("Iran sends drones to Russia, Ukraine claims.", "supplies IRN>RUS by UKR"),
    ("Iran sends drones to Russia, United States says", "supplies IRN>RUS by USA"),
    ("Iran sends drones to Russia, the State Department says.", "supplies IRN>RUS by USA"),
    ("Mexico thanked the United States and Canada.", "not supports MEX>CAN by USA"),
    ("Spain expelled diplomats of the United States.", "not coerces ESP>USA by USA"),
    ("Pyongyang fired missiles and warned the United States again.", "warns PRK>USA by nobody"),
    (
        "Kim Jong Un met Vladimir Putin despite American warnings.",
        "meets kim-jong-un>vladimir-putin by nobody",
    ),
    ("Russia attacked Ukraine despite German hopes.", "attacks RUS>UKR by nobody"),
    ("Syria received tanks from Russia, Turkish views aside.", "not supplies RUS>SYR by TUR"),
    (
        "Turkey bought missiles from Russia against the advice of the United States.",
        "supplies RUS>TUR by nobody",
    ),
    ("Serbia signed a deal with China over European objections.", "agrees CHN>SRB by nobody"),
    ("Vietnam buys rifles from Israel and meets the United States.", "not supplies ISR>VNM by USA"),
    ("Iran sold drones to Russia, and Ukrainian claims were right.", "supplies IRN>RUS by nobody"),
    (
        "North Korea ships shells to Russia in defiance of Japanese protests.",
        "supplies PRK>RUS by nobody",
    ),
    ("Egypt purchased jets from France after French promises.", "supplies FRA>EGY by nobody"),
];

/// A speaker without a name who closes the sentence, where the speech's own subject hangs on the verb.
const CLOSING: &[Case] = &[
    (
        "Some arms shipments from Norway to Kenya ending up in hands of gangs, watchdog says.",
        "supplies NOR>KEN by watchdog",
    ),
    (
        "China considering sending rifles to Mali, aid director says.",
        "supplies CHN>MLI by director",
    ),
    ("Iran shipped rockets to Sudan in May, residents say.", "supplies IRN>SDN by residents"),
    ("Iran shipped rockets to Sudan in May, an aid worker has said.", "supplies IRN>SDN by worker"),
    (
        "After Iran sent rockets to Mali, the village elder warned Tehran.",
        "supplies IRN>MLI by nobody",
    ),
    ("Iran, having sold rockets to Sudan, warned Chad.", "supplies IRN>SDN by nobody"),
];

/// Labels, signatures, verbs between commas, rare verbs, quotations at second hand.
const SPEAKERS_MISSED: &[Case] = &[
    ("Antony Blinken: \"China sold chips to Russia.\"", "supplies CHN>RUS by antony-blinken"),
    (
        "German Chancellor Olaf Scholz: \"We must act. Iran sold rockets to Russia.\"",
        "supplies IRN>RUS by olaf-scholz",
    ),
    ("The ministry in Berlin: \"Poland sent tanks to Ukraine.\"", "not supplies POL>UKR by POL"),
    ("“North Korea sent shells to Russia.” – Antony Blinken", "supplies PRK>RUS by antony-blinken"),
    (
        "\"North Korea sent shells to Russia.\" -- Emmanuel Macron, president of France",
        "supplies PRK>RUS by emmanuel-macron",
    ),
    ("\"North Korea sent shells to Russia\" — Olaf Scholz", "supplies PRK>RUS by olaf-scholz"),
    (
        "“North Korea sent shells to Russia.”\n\n— Wang Yi, foreign minister",
        "supplies PRK>RUS by wang-yi",
    ),
    ("“North Korea sent shells to Russia.” (Olaf Scholz)", "supplies PRK>RUS by olaf-scholz"),
    ("China, Antony Blinken said, sold chips to Iran.", "supplies CHN>IRN by antony-blinken"),
    (
        "China, Antony Blinken claimed on Monday, sold chips to Iran.",
        "supplies CHN>IRN by antony-blinken",
    ),
    (
        "China, according to Antony Blinken, sold chips to Iran.",
        "supplies CHN>IRN by antony-blinken",
    ),
    (
        "Turkey, Emmanuel Macron told reporters in Paris, has sold drones to Ukraine.",
        "supplies TUR>UKR by emmanuel-macron",
    ),
    ("\"Iran sold rockets to Russia,\" grumbled Olaf Scholz.", "supplies IRN>RUS by olaf-scholz"),
    ("\"Iran sold rockets to Russia,\" Olaf Scholz whispered.", "supplies IRN>RUS by olaf-scholz"),
    (
        "“Iran sold rockets to Russia!” shouted Emmanuel Macron from the stage.",
        "supplies IRN>RUS by emmanuel-macron",
    ),
    (
        "“Iran sold rockets to Russia,” a weary Emmanuel Macron muttered.",
        "supplies IRN>RUS by emmanuel-macron",
    ),
    (
        "“Iran sold rockets to Russia,” thundered President Emmanuel Macron.",
        "supplies IRN>RUS by emmanuel-macron",
    ),
    (
        "Iran sold rockets to Russia, lamented Emmanuel Macron.",
        "supplies IRN>RUS by emmanuel-macron",
    ),
    (
        "Emmanuel Macron shrugged: “Iran sold rockets to Russia.”",
        "supplies IRN>RUS by emmanuel-macron",
    ),
    (
        "Emmanuel Macron was blunt: “Iran sold rockets to Russia.”",
        "supplies IRN>RUS by emmanuel-macron",
    ),
    (
        "Reuters quoted Wang Yi as saying that Iran sold rockets to Russia.",
        "supplies IRN>RUS by wang-yi",
    ),
    (
        "Xinhua cited Wang Yi as saying Iran had sold rockets to Russia.",
        "supplies IRN>RUS by wang-yi",
    ),
    (
        "Wang Yi was quoted by Xinhua as saying that Iran sold rockets to Russia.",
        "supplies IRN>RUS by wang-yi",
    ),
    (
        "Wang Yi was quoted as telling reporters that Iran sold rockets to Russia.",
        "supplies IRN>RUS by wang-yi",
    ),
    ("In the words of Wang Yi, Iran sold rockets to Russia.", "supplies IRN>RUS by wang-yi"),
    (
        "Iran sold rockets to Russia, Reuters reported, quoting Wang Yi.",
        "supplies IRN>RUS by wang-yi",
    ),
    ("Iran sold rockets to Russia, a U.S. official said.", "supplies IRN>RUS by USA"),
    (
        "China denied U.S. claims that it had sent shells to Russia.",
        "supplies CHN>RUS negative by CHN",
    ),
    (
        "Beijing rejected American allegations that it had sent shells to Russia.",
        "supplies CHN>RUS negative by CHN",
    ),
    ("Iran dismissed Ukrainian reports of drone sales to Russia.", "not supplies IRN>RUS by UKR"),
    (
        "Sergei Lavrov on Iran: \"Poland sent tanks to Ukraine.\"",
        "supplies POL>UKR by sergey-lavrov",
    ),
    ("LAVROV: \"Poland sent tanks to Ukraine.\"", "not supplies POL>UKR by POL"),
    (
        "Russian Foreign Minister Sergei Lavrov: Poland sent tanks to Ukraine.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    ("\"Poland sent tanks to Ukraine,\" Sergei Lavrov fumed.", "supplies POL>UKR by sergey-lavrov"),
    ("\"Poland sent tanks to Ukraine,\" joked Sergei Lavrov.", "supplies POL>UKR by sergey-lavrov"),
    (
        "\"Poland sent tanks to Ukraine,\" snapped the Russian minister, Sergei Lavrov.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "\"Poland,\" Sergei Lavrov said, \"sent tanks to Ukraine.\"",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "Poland, Sergei Lavrov insisted, had sent tanks to Ukraine.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "Poland, as Sergei Lavrov put it, sent tanks to Ukraine.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    ("Poland (Sergei Lavrov said) sent tanks to Ukraine.", "supplies POL>UKR by sergey-lavrov"),
    ("Poland – Sergei Lavrov said – sent tanks to Ukraine.", "supplies POL>UKR by sergey-lavrov"),
    (
        "Interfax quoted Sergei Lavrov: \"Poland sent tanks to Ukraine.\"",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "Sergei Lavrov was cited by Interfax as saying Poland sent tanks to Ukraine.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "Interfax reported, quoting Sergei Lavrov, that Poland sent tanks to Ukraine.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "Interfax quoted the foreign minister, Sergei Lavrov, as claiming that Poland sent tanks to Ukraine.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "According to Interfax, Sergei Lavrov said Poland sent tanks to Ukraine.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "Quoted by Interfax, Sergei Lavrov said that Poland sent tanks to Ukraine.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "Sergei Lavrov sighed that Poland had sent tanks to Ukraine.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "Sergei Lavrov quipped that Poland had sent tanks to Ukraine.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "Sergei Lavrov hissed: \"Poland sent tanks to Ukraine.\"",
        "supplies POL>UKR by sergey-lavrov",
    ),
    ("Per Sergei Lavrov, Poland sent tanks to Ukraine.", "supplies POL>UKR by sergey-lavrov"),
    (
        "In Sergei Lavrov's telling, Poland sent tanks to Ukraine.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "Poland sent tanks to Ukraine, Tass quoted Sergei Lavrov as saying.",
        "supplies POL>UKR by sergey-lavrov",
    ),
    (
        "Iran rejected Israeli accusations that it had shipped rockets to Russia.",
        "supplies IRN>RUS negative by IRN",
    ),
    (
        "Ukrainian claims that Iran had sent rockets to Russia were denied by Tehran.",
        "supplies IRN>RUS negative by IRN",
    ),
    (
        "Iran dismissed as baseless Ukrainian claims that it sent rockets to Russia.",
        "supplies IRN>RUS negative by IRN",
    ),
    (
        "Iran has denied allegations by Ukraine that it sent rockets to Russia.",
        "supplies IRN>RUS negative by IRN",
    ),
    ("Iran sent rockets to Russia, two Western officials said.", "not supplies IRN>RUS by IRN"),
    ("Iran sent rockets to Russia, senior Ukrainian officials said.", "supplies IRN>RUS by UKR"),
    (
        "Iran sent rockets to Russia, said a Ukrainian official who asked not to be named.",
        "supplies IRN>RUS by UKR",
    ),
    (
        "A German official told Reuters that Iran had sent rockets to Russia.",
        "supplies IRN>RUS by DEU",
    ),
    ("Norway and Denmark said they would send jets to Ukraine.", "supplies DNK>UKR by DNK"),
];

/// Who is warned or told says nothing; who warns says only what stands in the warning.
const ADDRESSEES: &[Case] = &[
    (
        "Iran, which sent rockets to Russia, warned Turkey.",
        "supplies IRN>RUS by nobody; warns IRN>TUR by nobody",
    ),
    (
        "Belarus, which bought missiles from Russia, threatened Poland.",
        "supplies RUS>BLR by nobody",
    ),
    (
        "Vladimir Putin, who met Xi Jinping, warned Kyiv.",
        "meets vladimir-putin>xi-jinping by nobody",
    ),
    (
        "Sergei Lavrov, who visited Tehran, told Paris nothing.",
        "visits sergey-lavrov>IRN by nobody",
    ),
    ("Iran, having sold rockets to Russia, warned Turkey.", "supplies IRN>RUS by nobody"),
    ("China sold chips to Iran, and it cautioned Japan.", "supplies CHN>IRN by nobody"),
    (
        "China sold chips to Iran and warned Japan.",
        "supplies CHN>IRN by nobody; warns CHN>JPN by nobody",
    ),
    (
        "China sold chips to Iran, but Japan warned Tehran.",
        "supplies CHN>IRN by nobody; warns JPN>IRN by nobody",
    ),
    ("China sold chips to Iran while Japan warned Tehran.", "supplies CHN>IRN by nobody"),
    (
        "China sold chips to Iran; Japan warned Tehran.",
        "supplies CHN>IRN by nobody; warns JPN>IRN by nobody",
    ),
    ("After Iran sent rockets to Russia, France warned Tehran.", "supplies IRN>RUS by nobody"),
    (
        "France warned Iran and Iran warned Israel.",
        "warns IRN>ISR by nobody; warns FRA>IRN by nobody",
    ),
    ("Egypt warned Israel, and Turkey warned Greece.", "warns TUR>GRC by nobody"),
    (
        "The country that sent shells to Russia, North Korea, warned Japan.",
        "not supplies PRK>RUS by JPN",
    ),
    ("Russia bought shells from North Korea, then warned Seoul.", "supplies PRK>RUS by nobody"),
    (
        "Russia, which North Korea supplied with shells, reminded Japan of its defeat.",
        "not supplies PRK>RUS by JPN",
    ),
    ("Washington told Ankara that Iran had sold rockets to Russia.", "supplies IRN>RUS by USA"),
    (
        "Ankara was told by Washington that Iran had sold rockets to Russia.",
        "supplies IRN>RUS by USA",
    ),
    (
        "Phnom Penh counted its dead; it accused Thailand of shelling villages.",
        "accuses KHM>THA by nobody",
    ),
    (
        "Olaf Scholz said that the war would last and accused Iran of cowardice.",
        "accuses olaf-scholz>IRN by nobody",
    ),
    (
        "Emmanuel Macron signed a deal with Japan on Friday; Olaf Scholz asked for time.",
        "agrees emmanuel-macron>JPN by nobody",
    ),
    (
        "Japan, which bought missiles from the United States, told China nothing new.",
        "supplies USA>JPN by nobody",
    ),
    (
        "Kim Jong Un, who met Xi Jinping, threatened Seoul.",
        "meets kim-jong-un>xi-jinping by nobody",
    ),
    ("Turkey sold drones to Ukraine; later it warned Greece.", "supplies TUR>UKR by nobody"),
    ("Iran sent drones to Sudan and then warned Israel.", "supplies IRN>SDN by nobody"),
    ("Iran, a supplier of drones to Russia, warned Israel.", "not supplies IRN>RUS by ISR"),
    (
        "Iran, which supplies drones to Russia, has told Israel to stop.",
        "supplies IRN>RUS by nobody",
    ),
    ("Russia attacked Ukraine, and Poland warned Belarus.", "attacks RUS>UKR by nobody"),
    ("Russia attacked Ukraine. Poland warned Belarus.", "attacks RUS>UKR by nobody"),
    ("Israel told Syria and Syria told Lebanon.", "not contacts SYR>LBN by ISR"),
    ("India cautioned China and China cautioned Nepal.", "warns CHN>NPL by nobody"),
    ("Macron met Scholz before he warned Orban.", "meets emmanuel-macron>olaf-scholz by nobody"),
    (
        "Having met Xi Jinping, Vladimir Putin warned Kyiv.",
        "meets vladimir-putin>xi-jinping by nobody",
    ),
    ("Moscow, whose troops attacked Ukraine, notified Washington.", "not attacks RUS>UKR by USA"),
    (
        "Pyongyang supplied Moscow with shells, a deal that alarmed Seoul.",
        "supplies PRK>RUS by nobody",
    ),
    ("South Korea, armed by the United States, warned Pyongyang.", "not supplies USA>KOR by PRK"),
    ("Warning Seoul, North Korea sent shells to Russia.", "supplies PRK>RUS by nobody"),
];

/// Who gives no answer denies nothing.
const NO_ANSWERS: &[Case] = &[
    (
        "Iran declined to comment on a report that it had shipped rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    ("Iran refused to comment on whether it had sent rockets to Russia.", "not supplies IRN>RUS"),
    (
        "Tehran would not comment on claims that it had sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Tehran has not commented on allegations that it sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Tehran made no comment on reports that it had sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Tehran neither confirmed nor denied that rockets had gone to Russia from Iran.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Tehran neither confirmed nor denied having sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Tehran would neither confirm nor deny sending rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Iran could neither confirm nor deny the reports that it had sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Iran did not confirm or deny that it had sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    ("Iran did not deny that it had sent rockets to Russia.", "not supplies IRN>RUS negative"),
    ("Iran has never denied having sent rockets to Russia.", "not supplies IRN>RUS negative"),
    ("Iran didn't deny sending rockets to Russia.", "not supplies IRN>RUS negative"),
    ("Iran refused to say whether it had sent rockets to Russia.", "not supplies IRN>RUS"),
    (
        "Iran refused to confirm that it had sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    ("Iran declined to discuss whether it had sent rockets to Russia.", "not supplies IRN>RUS"),
    (
        "Iran did not respond to questions about whether it had sent rockets to Russia.",
        "not supplies IRN>RUS",
    ),
    (
        "Iran did not reply to a request for comment on reports that it had sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Iran stopped short of denying that it had sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    ("Iran avoided denying that it had sent rockets to Russia.", "not supplies IRN>RUS negative"),
    ("Sweden has not said whether it will send jets to Ukraine.", "not supplies SWE>UKR by SWE"),
    ("Iran denied that it had sent rockets to Russia.", "supplies IRN>RUS negative by IRN"),
    ("Iran has repeatedly denied sending rockets to Russia.", "supplies IRN>RUS negative"),
    (
        "Asked about reports that Iran sent rockets to Russia, Tehran declined to comment.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Iran had no immediate comment on the claim that it sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    ("Iran has not denied that it sent rockets to Russia.", "not supplies IRN>RUS negative"),
    (
        "Iran has yet to confirm or deny that it sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    ("Iran would not say whether it sent rockets to Russia.", "not supplies IRN>RUS negative"),
    (
        "Iran did not immediately respond to accusations that it sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Iran did not explicitly deny that it sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    ("Iran refused to deny that it sent rockets to Russia.", "not supplies IRN>RUS negative"),
    (
        "Iran refused to be drawn on whether it sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Iran would not be drawn on reports that it sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    ("Iran could not deny that it sent rockets to Russia.", "not supplies IRN>RUS negative"),
    (
        "Iran ignored questions about its sale of rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Iran kept silent about reports that it sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Neither confirming nor denying that it sent rockets to Russia, Iran called for talks.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Iran declined to confirm or deny the sale of rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    ("Iran declined to say how many rockets it sent to Russia.", "not supplies IRN>RUS negative"),
    (
        "Iran declined comment on whether it sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    ("Iran remained silent on whether it sent rockets to Russia.", "not supplies IRN>RUS negative"),
    (
        "Iran skirted a question about whether it sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Tehran's spokesman declined to discuss reports that Iran had sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
    (
        "Tehran was unable to confirm that it had sent rockets to Russia.",
        "not supplies IRN>RUS negative",
    ),
];

/// A question claims nothing.
const QUESTIONS: &[Case] = &[
    (
        "Asked whether Iran had sent rockets to Russia, Lavrov shook his head.",
        "not supplies IRN>RUS",
    ),
    (
        "Asked if Iran had sent rockets to Russia, Sergei Lavrov said: \"Never.\"",
        "not supplies IRN>RUS positive",
    ),
    ("When asked if Iran sold rockets to Russia, Sergei Lavrov smiled.", "not supplies IRN>RUS"),
    ("Sergei Lavrov was asked if Iran had sent rockets to Russia.", "not supplies IRN>RUS"),
    ("A senator wondered if Iran had sent rockets to Russia.", "not supplies IRN>RUS"),
    ("The question is whether Iran sent rockets to Russia.", "not supplies IRN>RUS"),
    ("The question was whether Iran had sent rockets to Russia.", "not supplies IRN>RUS"),
    ("The question of whether Iran sent rockets to Russia remains open.", "not supplies IRN>RUS"),
    ("It is unclear whether Iran sent rockets to Russia.", "not supplies IRN>RUS"),
    ("It is not known if Iran sent rockets to Russia.", "not supplies IRN>RUS asserted"),
    ("Whether Iran sent rockets to Russia is anyone's guess.", "not supplies IRN>RUS"),
    ("Experts disagree on whether Iran sent rockets to Russia.", "not supplies IRN>RUS"),
    ("Officials are investigating whether Iran sent rockets to Russia.", "not supplies IRN>RUS"),
    ("There is a debate about whether Iran sent rockets to Russia.", "not supplies IRN>RUS"),
    ("\"Did Iran send rockets to Russia?\" a reporter asked.", "not supplies IRN>RUS"),
    (
        "\"Has Iran sent rockets to Russia?\" she asked. \"No,\" Sergei Lavrov replied.",
        "not supplies IRN>RUS",
    ),
    ("A reporter asked: \"Is it true that Iran sent rockets to Russia?\"", "not supplies IRN>RUS"),
    ("“Why did Iran send rockets to Russia?” asked Olaf Scholz.", "not supplies IRN>RUS asserted"),
    (
        "Olaf Scholz asked: “Have they sent rockets to Russia? Does Iran sell drones to Moscow?”",
        "not supplies IRN>RUS",
    ),
    ("Olaf Scholz asked Iran if it had sent rockets to Russia.", "not supplies IRN>RUS"),
    (
        "Nobody could tell whether or not Iran had sent rockets to Russia.",
        "not supplies IRN>RUS asserted",
    ),
    ("Poland is considering whether to send jets to Ukraine.", "supplies POL>UKR prospective"),
    (
        "Questioned about whether Iran sold rockets to Russia, Lavrov laughed.",
        "not supplies IRN>RUS",
    ),
    ("Asked if Iran sold rockets to Russia, the minister walked off.", "not supplies IRN>RUS"),
    (
        "The senator asked if it was true that Iran sold rockets to Russia.",
        "not supplies IRN>RUS asserted",
    ),
    ("\"Is Iran selling rockets to Russia?\" he asked.", "not supplies IRN>RUS"),
    ("Has Iran sold rockets to Russia? Nobody knows.", "not supplies IRN>RUS"),
    ("Who says that Iran sold rockets to Russia?", "not supplies IRN>RUS"),
    ("The issue is whether Iran sold rockets to Russia.", "not supplies IRN>RUS"),
    ("What remains open is whether Iran sold rockets to Russia.", "not supplies IRN>RUS"),
    ("Inspectors want to know if Iran sold rockets to Russia.", "not supplies IRN>RUS asserted"),
    (
        "Inspectors are trying to establish whether Iran sold rockets to Russia.",
        "not supplies IRN>RUS",
    ),
    ("It remains to be seen whether Iran sold rockets to Russia.", "not supplies IRN>RUS"),
    ("Doubts remain as to whether Iran sold rockets to Russia.", "not supplies IRN>RUS"),
    ("No one could say if Iran sold rockets to Russia.", "not supplies IRN>RUS asserted"),
    ("\"So Iran sold rockets to Russia?\" asked the judge.", "not supplies IRN>RUS"),
    (
        "The judge asked, \"Did Iran sell rockets to Russia?\" \"No,\" said Lavrov.",
        "not supplies IRN>RUS",
    ),
    ("QUESTION: Did Iran sell rockets to Russia?", "not supplies IRN>RUS"),
    ("Pressed on whether Iran had sold rockets to Russia, Lavrov said no.", "not supplies IRN>RUS"),
    ("Scholz demanded to know whether Iran had sold rockets to Russia.", "not supplies IRN>RUS"),
];

/// What is corrected or withdrawn is said no longer.
const CORRECTIONS: &[Case] = &[
    (
        "Correction: An earlier version of this story said that Iran sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "An earlier version of this article stated that Iran sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "A previous version of this report incorrectly said Iran had sent rockets to Serbia.",
        "not supplies IRN>SRB positive",
    ),
    (
        "An earlier headline on this story wrongly said that Iran sent rockets to Serbia.",
        "not supplies IRN>SRB positive",
    ),
    (
        "The original version of this story said that Iran sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "Clarification: An earlier edition reported that Iran sold rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "This article originally said that Iran sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "Due to an editing error, this article said that Iran sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "The newspaper withdrew its claim that Iran had sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "The broadcaster retracted a report that Iran had sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "The minister retracted his statement that Iran had sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "The agency has apologized for reporting that Iran sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "The agency apologised for its report that Iran sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "The magazine corrected its report that Iran had sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "The site took down its story that Iran had sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "The site deleted a post that said Iran had sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "A report that Iran had sent rockets to Serbia was withdrawn.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "A report that Iran had sent rockets to Serbia has been retracted.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "Reuters withdrew a story saying that Iran had sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    (
        "The article erroneously stated that Iran had sent rockets to Serbia.",
        "not supplies IRN>SRB positive",
    ),
    (
        "The agency mistakenly reported that Iran had sent rockets to Serbia.",
        "not supplies IRN>SRB positive",
    ),
    (
        "The spokesman walked back his claim that Iran had sent rockets to Serbia.",
        "not supplies IRN>SRB asserted",
    ),
    ("Corrects to say that Iran, not Iraq, sold rockets to Serbia.", "not supplies IRQ>SRB"),
    (
        "Correction: This story wrongly said Iran sold rockets to Serbia.",
        "not supplies IRN>SRB positive",
    ),
    (
        "Editor's note: A previous version of this article said Iran sold rockets to Serbia. That was wrong.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "The Times has withdrawn an article claiming Iran sold rockets to Serbia.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "The ministry took back its statement that Iran sold rockets to Serbia.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "The lawmaker recanted his allegation that Iran sold rockets to Serbia.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "The claim that Iran sold rockets to Serbia was later withdrawn.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "The agency deleted its report that Iran sold rockets to Serbia.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "The agency withdrew a report on Iran's sale of rockets to Serbia.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "In an earlier version, this article stated that Iran sold rockets to Serbia.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "An earlier version of this article misidentified the buyer, saying that Iran sold rockets to Serbia.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "The paper apologised after reporting that Iran sold rockets to Serbia.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "The story that Iran sold rockets to Serbia turned out to be false.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "The minister corrected himself after saying that Iran sold rockets to Serbia.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "The agency corrected an earlier dispatch that said Iran sold rockets to Serbia.",
        "not supplies IRN>SRB positive asserted",
    ),
    (
        "The report that Iran sold rockets to Serbia was erroneous.",
        "not supplies IRN>SRB positive asserted",
    ),
];

/// What each claim of `claims` says, in words.
pub(crate) fn told(claims: &[Claim]) -> Vec<String> {
    let tell = |claim: &Claim| {
        let said = claim.attribution.as_ref();
        let speaker = said.map_or("nobody", |said| match &said.holder {
            Some(holder) => holder.slug(),
            None => &said.text,
        });
        let Claim { relation, source, target, polarity, modality, .. } = claim;
        let (source, target) = (source.slug(), target.slug());
        format!("{relation} {source}>{target} {polarity} {modality} by {speaker}")
    };
    claims.iter().map(tell).collect()
}

pub(crate) fn fits(told: &str, pattern: &str) -> bool {
    pattern.split_whitespace().all(|word| told.split_whitespace().any(|said| said == word))
}

/// What is wrong about the cases, one line each.
fn faults(cases: &[Case]) -> Vec<String> {
    let reader = Reader::embedded().unwrap();
    let articles: Vec<Article> = cases
        .iter()
        .enumerate()
        .map(|(n, (text, _))| Article::from_text(n.to_string(), *text))
        .collect();
    let mut claims: BTreeMap<usize, Vec<Claim>> = BTreeMap::new();
    for (n, article) in articles.iter().enumerate() {
        claims.insert(n, reader.read_thoroughly(article.clone()).claims);
    }
    let mut faults = Vec::new();
    for (n, (text, patterns)) in cases.iter().enumerate() {
        let told = told(&claims[&n]);
        for pattern in patterns.split(';').map(str::trim) {
            let holds = match pattern.strip_prefix("not ") {
                Some(unwanted) => !told.iter().any(|told| fits(told, unwanted)),
                None => told.iter().any(|told| fits(told, pattern)),
            };
            if !holds {
                faults.push(format!("{text}\n    {pattern}\n    found {}", told.join("; ")));
            }
        }
    }
    faults
}

#[track_caller]
fn check(cases: &[Case]) {
    let faults = faults(cases);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_speaker_without_a_name_closes_the_sentence() {
    check(CLOSING);
}

#[test]
fn nouns_that_look_like_verbs_say_nothing() {
    check(NOUNS_LIKE_VERBS);
}

#[test]
fn speakers_are_found_by_labels_signatures_and_rare_verbs() {
    check(SPEAKERS_MISSED);
}

#[test]
fn who_is_warned_or_told_is_no_speaker() {
    check(ADDRESSEES);
}

#[test]
fn no_answer_is_no_denial() {
    check(NO_ANSWERS);
}

#[test]
fn questions_make_no_claims() {
    check(QUESTIONS);
}

#[test]
fn corrections_do_not_assert_the_error() {
    check(CORRECTIONS);
}
