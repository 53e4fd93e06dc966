//! Whom pronouns and descriptions mean, in sentences with and without trees.

use std::sync::LazyLock;

use tieline::coreference::resolve;
use tieline::gazetteer::Gazetteer;
use tieline::lexicon::Lexicon;
use tieline::model::{Article, EntityId};
use tieline::speech::Voices;
use tieline::syntax::{Parser, Scratch};
use tieline::text::read_document;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(None).unwrap());
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::load(&LEXICON, None).unwrap());

/// What refers back in `text`, with whom it means: "its=RUS", "they=PRK+RUS".
fn references(parser: Option<&Parser>, text: &str) -> Vec<String> {
    let article = Article::from_text("a", text);
    let document = read_document(&LEXICON, &article);
    let found = GAZETTEER.find_mentions(&article, &document);
    let mut scratch = Scratch::default();
    let sentences = document.sentences.iter();
    let trees: Vec<_> = sentences
        .map(|s| parser.map(|parser| parser.parse(&article.text, s, &mut scratch)))
        .collect();
    let (named, directory) = (&found.mentions, &found.directory);
    let voices = Voices::new(&LEXICON, &article, &document, named);
    let mentions = resolve(&LEXICON, &article, &document, &trees, named, directory, &voices);
    let references = mentions.iter().filter(|mention| !mention.form.is_named());
    references
        .map(|mention| {
            let ids: Vec<_> = mention.entities.iter().map(EntityId::slug).collect();
            format!("{}={}", mention.span.of(&article.text), ids.join("+"))
        })
        .collect()
}

const CASES: &[(&str, &[&str])] = &[
    (
        "Russia has lost many tanks in its war against Ukraine. It wants more shells.",
        &["its=RUS", "It=RUS"],
    ),
    (
        "Vladimir Putin met Kim Jong Un on Tuesday. The two leaders signed a treaty.",
        &["The two leaders=kim-jong-un+vladimir-putin"],
    ),
    (
        "Iran and Russia signed a contract. The two countries kept the price secret.",
        &["The two countries=IRN+RUS"],
    ),
    // Three who were named in different sentences are nobody's three countries.
    (
        "Chad left the talks. Kenya and Ghana stayed. The ministry summoned diplomats of the three \
         countries.",
        &[],
    ),
    ("NATO met on Monday. The alliance promised radars.", &["The alliance=nato"]),
    // A body of several states has no capital of its own.
    ("The BRICS won little attention in their own capitals.", &["their=brics"]),
    // What is joined to a name belongs to it.
    (
        "Russia has strained its ties with the United States and its allies.",
        &["its=RUS", "its=USA"],
    ),
    (
        "\"We will send more rockets,\" Emmanuel Macron said. He left at once.",
        &["We=FRA", "He=emmanuel-macron"],
    ),
    (
        "North Korea fired a missile on Sunday. South Korea said the North wanted attention.",
        &["North=PRK"],
    ),
    // Arguments of one verb are two; what is said of the one behind is not about him.
    (
        "Vladimir Putin was in a hurry. He met Putin's guests and left. Iran was asked. It sold \
         Iran nothing.",
        &["He=vladimir-putin"],
    ),
    // A warning is about whoever is warned, unless it tells what the warner would do.
    (
        "Washington warned Tehran that it would pay a price if it sold drones to Moscow.",
        &["it=IRN", "it=IRN"],
    ),
    ("Moscow warned Helsinki that it would retaliate.", &["it=RUS"]),
    // So is a condition about the one who would suffer, whoever says so.
    ("The White House said North Korea will pay a price if it supplies Russia.", &["it=PRK"]),
    // The head of a firm speaks for it.
    (
        "Russia asked for drones. Haluk Bayraktar, the chief executive of Baykar, said that it \
         had refused.",
        &["it=baykar"],
    ),
    // Whoever is thanked has what he is thanked for.
    ("Kyiv thanked Oslo for its patience.", &["its=NOR"]),
    (
        "ANKARA, June 3 (Example) - The talks went on. The foreign ministry warned Athens. A \
         Defence Ministry official did so too.",
        &["foreign ministry=TUR", "Defence Ministry=TUR"],
    ),
    // No dateline, or the ministry of somebody else.
    ("The talks went on. The foreign ministry warned Athens.", &[]),
    (
        "ANKARA, June 3 (Example) - Greece lodged a protest. The foreign ministry called it bold.",
        &[],
    ),
    (
        "India struck first. Pakistan fired back at India. Pakistan said so. India and Pakistan paused. \
         Washington watched. Neither side spoke. India moved troops to its border.",
        &["Neither side=IND+PAK", "its=IND"],
    ),
    // Of three nobody knows which two.
    ("India protested, Pakistan protested and China protested. Neither side spoke.", &[]),
    ("Niger has new friends. The junta asked Paris to leave.", &["The junta=NER"]),
    // "Both" without a noun, and the speaker's own side of two.
    ("Venezuela and Guyana quarrel. China buys oil from both.", &["both=GUY+VEN"]),
    (
        "Emmanuel Macron rang Olaf Scholz, and the two agreed.",
        &["the two=emmanuel-macron+olaf-scholz"],
    ),
    (
        "Japan, South Korea and the United States trained together. Pyongyang warned the three.",
        &["the three=JPN+KOR+USA"],
    ),
    // Whose name comes later, and who keeps company with whom.
    (
        "The Russian president arrived late. Vladimir Putin spoke for an hour.",
        &["The Russian president=vladimir-putin"],
    ),
    (
        "Russia sold Iran jets. Iran paid Russia. China watched. Russia thanked Iran. Moscow \
         sent a ship to its ally.",
        &["its=RUS", "ally=IRN"],
    ),
    (
        "The United Arab Emirates trades in gold. Sudan accused the Gulf state of theft.",
        &["the Gulf state=ARE"],
    ),
    // A word that describes some states means none of the others.
    ("Taiwan wrote to Portugal. The island asked for ships.", &["The island=TWN"]),
    ("Portugal wrote to Latvia. The island asked for ships.", &[]),
    // In speech, a state is "they"; but hardly the one whose arms they use.
    ("\"We warned Iran in May, and they went on,\" said Antony Blinken.", &["We=USA", "they=IRN"]),
    ("\"They use Iranian drones,\" said Antony Blinken.", &[]),
    // What is sold is no actor.
    ("Turkey built the drone. Ankara sold it to Poland.", &[]),
    // Somebody without a name may be meant as well.
    ("Emmanuel Macron arrived. The ambassador smiled, and Ottawa thanked him.", &[]),
    // A thing is no actor, and of two men in like roles neither is meant.
    ("The ship left Iran on Monday. It carried grain.", &[]),
    ("Critics doubt the figures that China gave. They are old.", &[]),
];

#[test]
fn references_mean_whom_a_reader_takes_them_for() {
    let parser = Parser::embedded().unwrap();
    let wrong: Vec<_> = CASES
        .iter()
        .map(|(text, expected)| (text, expected, references(Some(&parser), text)))
        .filter(|(_, expected, found)| found != *expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn transcripts_and_interviews_have_speakers_without_marks() {
    let parser = Parser::embedded().unwrap();
    let transcript = "Antony Blinken: We told Moscow so.\n\nQUESTION: Did we hear that?\n\n\
                      Antony Blinken: I said it twice.\n";
    assert_eq!(references(Some(&parser), transcript), ["We=USA", "I=antony-blinken"]);
    let interview = "Radoslaw Sikorski pours the tea.\n\nMr. Sikorski, is it late?\n\n\
                     We have time.\n\nAnd tomorrow?\n\nI fly home.\n\nHappy?\n\n\
                     Our house is warm.\n";
    assert_eq!(references(Some(&parser), interview), ["We=POL", "I=radoslaw-sikorski", "Our=POL"]);
    // Questions that nobody answers in the first person make no interview.
    let explainer = "Radoslaw Sikorski left.\n\nWhy?\n\nNobody knows.\n\nAnd now?\n\n\
                     Our guess: rain.\n";
    assert_eq!(references(Some(&parser), explainer), [""; 0]);
    // Nor do those that somebody is quoted on.
    let quoted = "Radoslaw Sikorski left.\n\nWhy?\n\n\"We talked,\" Sergei Lavrov said. Iran \
                  waits for us.\n\nAnd now?\n\n\"I wait,\" Sergei Lavrov said.\n\nHappy?\n\n\
                  \"Our men are,\" Sergei Lavrov said.\n";
    assert_eq!(references(Some(&parser), quoted), ["We=RUS", "I=sergey-lavrov", "Our=RUS"]);
}

#[test]
fn hostile_quotation_marks_and_pronouns_do_no_harm() {
    let text = "“He, his, the North, both sides “we” the two” Russia it its the Kremlin chief. \
                ”\n\n“\n\n” its\n\nthe the both two the\n\n“““ our \" I \" we";
    let article = Article::from_text("a", text.repeat(50));
    let document = read_document(&LEXICON, &article);
    let found = GAZETTEER.find_mentions(&article, &document);
    let (named, directory) = (&found.mentions, &found.directory);
    let voices = Voices::new(&LEXICON, &article, &document, named);
    for mention in resolve(&LEXICON, &article, &document, &[], named, directory, &voices) {
        let sentence = &document.sentences[mention.sentence];
        assert!(sentence.span.covers(mention.span), "{mention:?}");
        assert!(!mention.entities.is_empty(), "{mention:?}");
    }
}
