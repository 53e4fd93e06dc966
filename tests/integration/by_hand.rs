//! Frames, factuality and speakers on trees built by hand: what the rules make of a sentence that is
//! read rightly, whatever a parser would make of it.

use std::sync::Arc;

use tieline::claims::{self, ParsedArticle};
use tieline::lexicon::Lexicon;
use tieline::model::{
    Article, ArticleInfo, Attribution, Claim, DependencyTree, Document, EntityDirectory, EntityId,
    Item, Mention, MentionForm, Node, Sentence, SentenceKind, Span, Token, TokenIndex,
};
use tieline::rules::RuleSet;
use tieline::speech::Voices;

/// The claims of sentences, each a table: number, form, lemma, universal tag, Penn tag, head (0
/// for the root), relation, and the entity that the token names, `@` before one that a pronoun
/// means. A line of `---` parts sentences, one of `===` paragraphs. What the judge makes of a claim
/// is left out.
fn proposals(table: &str) -> Vec<Claim> {
    let (mut text, mut sentences, mut trees) = (String::new(), Vec::new(), Vec::new());
    let mut mentions = Vec::new();
    for (paragraph, part) in table.split("===").enumerate() {
        for part in part.split("---") {
            read(part, paragraph, &mut text, &mut sentences, &mut trees, &mut mentions);
        }
    }
    let info = ArticleInfo { id: "by-hand".into(), ..ArticleInfo::default() };
    let article = Article { info: Arc::new(info), text, body_start: 0 };
    let document = Document { sentences, boilerplate: Vec::new() };
    let directory = EntityDirectory::default();
    let lexicon = Lexicon::load(None).unwrap();
    let named: Vec<Mention> = mentions.iter().filter(|m| m.form.is_named()).cloned().collect();
    let voices = Voices::new(&lexicon, &article, &document, &named);
    let rules = RuleSet::load(&lexicon, None).unwrap();
    let parsed = ParsedArticle {
        article: &article,
        document: &document,
        trees: &trees,
        mentions: &mentions,
        directory: &directory,
        voices: &voices,
    };
    let (proposals, _) = claims::explain(&rules, parsed);
    proposals.into_iter().map(|proposal| proposal.claim).collect()
}

/// Appends one sentence.
fn read(
    part: &str,
    paragraph: usize,
    text: &mut String,
    sentences: &mut Vec<Sentence>,
    trees: &mut Vec<Option<DependencyTree>>,
    mentions: &mut Vec<Mention>,
) {
    let (mut nodes, mut tokens) = (Vec::new(), Vec::new());
    for line in part.lines().filter(|line| !line.trim().is_empty()) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [_, form, lemma, upos, xpos, head, deprel, rest @ ..] = &columns[..] else {
            panic!("{line:?} has too few columns");
        };
        let span = Span::from_range(text.len()..text.len() + form.len());
        text.push_str(form);
        text.push(' ');
        let head: usize = head.parse().unwrap();
        nodes.push(Node {
            upos: upos.parse().unwrap(),
            xpos: xpos.parse().unwrap(),
            lemma: (*lemma).into(),
            head: head.checked_sub(1).map(TokenIndex::new),
            deprel: deprel.parse().unwrap(),
        });
        if let [entity] = rest {
            let pronoun = entity.strip_prefix('@');
            let entity: EntityId = pronoun.unwrap_or(entity).parse().unwrap();
            let form = match pronoun {
                Some(_) => MentionForm::Pronoun,
                None if entity.is_weapon() => MentionForm::Weapon,
                None => MentionForm::Name,
            };
            let at = tokens.len();
            mentions.push(Mention {
                span,
                sentence: sentences.len(),
                tokens: Span::from_range(at..at + 1),
                entities: vec![entity],
                form,
                antecedent: None,
            });
        }
        tokens.push(Token { span, space_after: true });
    }
    let span = tokens[0].span.join(tokens[tokens.len() - 1].span);
    let paragraph = u32::try_from(paragraph).unwrap();
    sentences.push(Sentence { span, kind: SentenceKind::Body, paragraph, tokens });
    trees.push(Some(DependencyTree::new(nodes).unwrap()));
}

/// `relation source target polarity modality speaker [items]` of each claim.
fn told(table: &str) -> Vec<String> {
    let tell = |claim: &Claim| {
        let said = claim.attribution.as_ref().map_or("-", Attribution::label);
        let items: Vec<&str> = claim.items.iter().map(Item::label).collect();
        let pair = format!("{} {} {}", claim.relation, claim.source, claim.target);
        format!("{pair} {} {} {said} {items:?}", claim.polarity, claim.modality)
    };
    proposals(table).iter().map(tell).collect()
}

#[test]
fn both_objects_of_a_verb_find_their_roles() {
    let found = told(
        "1 Iran Iran PROPN NNP 2 nsubj state:IRN
         2 sold sell VERB VBD 0 root
         3 Russia Russia PROPN NNP 2 iobj state:RUS
         4 drones drone NOUN NNS 2 obj weapon:drone",
    );
    let expected = "supplies state:IRN state:RUS positive asserted - [\"weapon:drone\"]";
    assert_eq!(found, [expected]);
}

#[test]
fn the_agent_of_a_passive_supplies() {
    let found = told(
        "1 Shells shell NOUN NNS 3 nsubj:pass weapon:shell
         2 were be AUX VBD 3 aux:pass
         3 shipped ship VERB VBN 0 root
         4 to to ADP IN 5 case
         5 Russia Russia PROPN NNP 3 obl state:RUS
         6 by by ADP IN 7 case
         7 Iran Iran PROPN NNP 3 obl:agent state:IRN",
    );
    let expected = "supplies state:IRN state:RUS positive asserted - [\"weapon:shell\"]";
    assert_eq!(found, [expected]);
}

#[test]
fn no_goods_are_a_supply_that_did_not_happen() {
    let found = told(
        "1 Iran Iran PROPN NNP 2 nsubj state:IRN
         2 sent send VERB VBD 0 root
         3 no no DET DT 4 det
         4 shells shell NOUN NNS 2 obj weapon:shell
         5 to to ADP IN 6 case
         6 Russia Russia PROPN NNP 2 obl state:RUS",
    );
    let expected = "supplies state:IRN state:RUS negative asserted - [\"weapon:shell\"]";
    assert_eq!(found, [expected]);
}

#[test]
fn after_but_the_goods_have_a_sign_of_their_own() {
    let found = told(
        "1 China China PROPN NNP 4 nsubj state:CHN
         2 is be AUX VBZ 4 aux
         3 not not PART RB 4 advmod
         4 sending send VERB VBG 0 root
         5 Russia Russia PROPN NNP 4 iobj state:RUS
         6 shells shell NOUN NNS 4 obj weapon:shell
         7 but but CCONJ CC 8 cc
         8 parts part NOUN NNS 6 conj",
    );
    assert!(found.iter().any(|claim| claim.contains("negative asserted - [\"weapon:shell\"]")));
    assert!(found.iter().any(|claim| claim.contains("positive asserted - [\"parts\"]")));
}

#[test]
fn a_clause_without_its_verb_has_a_source_of_its_own() {
    let found = told(
        "1 Russia Russia PROPN NNP 2 nsubj state:RUS
         2 sent send VERB VBD 0 root
         3 oil oil NOUN NN 2 obj
         4 and and CCONJ CC 6 cc
         5 China China PROPN NNP 6 compound state:CHN
         6 tools tool NOUN NNS 3 conj
         7 to to ADP IN 8 case
         8 Iran Iran PROPN NNP 2 obl state:IRN",
    );
    assert!(
        found.contains(&"supplies state:RUS state:IRN positive asserted - [\"oil\"]".to_owned())
    );
    assert!(
        found.contains(&"supplies state:CHN state:IRN positive asserted - [\"tools\"]".to_owned())
    );
}

#[test]
fn whoever_denies_is_the_speaker_of_what_did_not_happen() {
    let found = told(
        "1 Iran Iran PROPN NNP 2 nsubj state:IRN
         2 denied deny VERB VBD 0 root
         3 that that SCONJ IN 5 mark
         4 it it PRON PRP 5 nsubj @state:IRN
         5 armed arm VERB VBD 2 ccomp
         6 Russia Russia PROPN NNP 5 obj state:RUS",
    );
    assert_eq!(found, ["supplies state:IRN state:RUS negative asserted state:IRN []"]);
}

#[test]
fn a_warning_against_a_supply_does_not_tell_of_it() {
    let found = told(
        "1 Japan Japan PROPN NNP 2 nsubj state:JPN
         2 warned warn VERB VBD 0 root
         3 China China PROPN NNP 2 obj state:CHN
         4 against against SCONJ IN 5 mark
         5 arming arm VERB VBG 2 advcl
         6 Russia Russia PROPN NNP 5 obj state:RUS",
    );
    assert_eq!(found, ["warns state:JPN state:CHN positive asserted - []"]);
}

#[test]
fn what_is_to_stop_goes_on() {
    let found = told(
        "1 Japan Japan PROPN NNP 2 nsubj state:JPN
         2 urged urge VERB VBD 0 root
         3 China China PROPN NNP 2 obj state:CHN
         4 to to PART TO 5 mark
         5 stop stop VERB VB 2 xcomp
         6 arming arm VERB VBG 5 xcomp
         7 Russia Russia PROPN NNP 6 obj state:RUS",
    );
    let supply = found.iter().find(|claim| claim.starts_with("supplies")).unwrap();
    assert!(supply.starts_with("supplies state:CHN state:RUS positive asserted"), "{supply}");
}

#[test]
fn a_plan_about_a_known_war_leaves_the_war_as_it_is() {
    let found = told(
        "1 Japan Japan PROPN NNP 2 nsubj state:JPN
         2 works work VERB VBZ 0 root
         3 to to PART TO 4 mark
         4 end end VERB VB 2 advcl
         5 Russia Russia PROPN NNP 7 nmod:poss state:RUS
         6 's 's PART POS 5 case
         7 war war NOUN NN 4 obj
         8 on on ADP IN 9 case
         9 Ukraine Ukraine PROPN NNP 7 nmod state:UKR",
    );
    assert_eq!(found, ["attacks state:RUS state:UKR positive asserted - []"]);
}

#[test]
fn the_last_clause_names_the_speaker() {
    let found = told(
        "1 Iran Iran PROPN NNP 2 nsubj state:IRN
         2 armed arm VERB VBD 0 root
         3 Russia Russia PROPN NNP 2 obj state:RUS
         4 , , PUNCT , 6 punct
         5 Japan Japan PROPN NNP 6 nsubj state:JPN
         6 said say VERB VBD 2 parataxis",
    );
    assert_eq!(found, ["supplies state:IRN state:RUS positive asserted state:JPN []"]);
}

#[test]
fn things_that_show_do_not_speak() {
    let found = told(
        "1 Figures figure NOUN NNS 2 nsubj
         2 show show VERB VBP 0 root
         3 that that SCONJ IN 5 mark
         4 Iran Iran PROPN NNP 5 nsubj state:IRN
         5 armed arm VERB VBD 2 ccomp
         6 Russia Russia PROPN NNP 5 obj state:RUS",
    );
    assert_eq!(found, ["supplies state:IRN state:RUS positive asserted - []"]);
}

#[test]
fn a_transcript_gives_the_floor_until_the_next_speaker() {
    let turn = |name: &str, entity: &str| {
        format!(
            "1 {name} {name} PROPN NNP 4 dep {entity}
             2 : : PUNCT : 1 punct
             3 Iran Iran PROPN NNP 4 nsubj state:IRN
             4 armed arm VERB VBD 0 root
             5 Russia Russia PROPN NNP 4 obj state:RUS"
        )
    };
    let again = "1 Iran Iran PROPN NNP 2 nsubj state:IRN
         2 armed arm VERB VBD 0 root
         3 Hezbollah Hezbollah PROPN NNP 2 obj organization:hezbollah";
    let kirby = turn("KIRBY", "person:john-kirby");
    let miller = turn("MILLER", "person:matthew-miller");
    let found = told(&format!("{kirby}\n===\n{again}\n===\n{miller}"));
    let said: Vec<&str> = found.iter().map(|c| c.split(' ').nth(5).unwrap()).collect();
    assert_eq!(said, ["person:john-kirby", "person:john-kirby", "person:matthew-miller"]);
}

#[test]
fn whoever_is_interviewed_says_what_answers() {
    let opening = "1 Sikorski Sikorski PROPN NNP 2 nsubj person:radoslaw-sikorski
         2 smiles smile VERB VBZ 0 root";
    let question = "1 Is be AUX VBZ 3 cop
         2 it it PRON PRP 3 nsubj
         3 late late ADJ JJ 0 root
         4 ? ? PUNCT . 3 punct";
    let answer = "1 Iran Iran PROPN NNP 2 nsubj state:IRN
         2 armed arm VERB VBD 0 root
         3 Russia Russia PROPN NNP 2 obj state:RUS
         4 before before ADP IN 6 case
         5 our our PRON PRP$ 6 nmod:poss
         6 time time NOUN NN 2 obl";
    // A paragraph between two answers goes on with the first of them.
    let more = "1 Iran Iran PROPN NNP 2 nsubj state:IRN
         2 armed arm VERB VBD 0 root
         3 Hezbollah Hezbollah PROPN NNP 2 obj organization:hezbollah";
    let pair = format!("{question}\n===\n{answer}");
    let interview = [opening, &pair, &pair, &pair, more, answer].join("\n===\n");
    let said: Vec<String> =
        told(&interview).iter().map(|c| c.split(' ').nth(5).unwrap().to_owned()).collect();
    let sikorski = "person:radoslaw-sikorski";
    assert_eq!(said, [sikorski; 5]);
}

#[test]
fn what_was_told_supplies_partners_in_its_own_direction() {
    let first = "1 Iran Iran PROPN NNP 2 nsubj state:IRN
         2 armed arm VERB VBD 0 root
         3 Russia Russia PROPN NNP 2 obj state:RUS";
    let without_giver = "1 Shells shell NOUN NNS 3 nsubj:pass weapon:shell
         2 were be AUX VBD 3 aux:pass
         3 shipped ship VERB VBN 0 root
         4 to to ADP IN 5 case
         5 Russia Russia PROPN NNP 3 obl state:RUS";
    let after = |second: &str| told(&format!("{first}\n---\n{second}"));
    let found = after(without_giver);
    assert!(found[1].starts_with("supplies state:IRN state:RUS"), "{found:?}");
    // Who got the goods is not taken for their giver, and any giver for one who is unknown.
    let back = "1 Russia Russia PROPN NNP 2 nsubj state:RUS
         2 shipped ship VERB VBD 0 root
         3 shells shell NOUN NNS 2 obj weapon:shell";
    let unknown = "1 Smugglers smuggler NOUN NNS 2 nsubj
         2 shipped ship VERB VBD 0 root
         3 shells shell NOUN NNS 2 obj weapon:shell
         4 to to ADP IN 5 case
         5 Russia Russia PROPN NNP 2 obl state:RUS";
    for second in [back, unknown] {
        assert_eq!(after(second).len(), 1, "{second}");
    }
}

#[test]
fn a_demand_behind_a_comma_is_the_speakers() {
    let told = told(
        "1 Tokyo     Tokyo     PROPN NNP  2  nsubj  state:JPN
         2 said      say       VERB  VBD  0  root
         3 Tehran    Tehran    PROPN NNP  5  nsubj  state:IRN
         4 had       have      AUX   VBD  5  aux
         5 armed     arm       VERB  VBN  2  ccomp
         6 Damascus  Damascus  PROPN NNP  5  obj    state:SYR
         7 ,         ,         PUNCT ,    9  punct
         8 and       and       CCONJ CC   9  cc
         9 demanded  demand    VERB  VBD  5  conj
         10 that     that      SCONJ IN   12 mark
         11 it       it        PRON  PRP  12 nsubj  @state:IRN
         12 stop     stop      VERB  VB   9  ccomp
         13 sending  send      VERB  VBG  12 xcomp
         14 Damascus Damascus  PROPN NNP  13 iobj   state:SYR
         15 drones   drone     NOUN  NNS  13 obj    weapon:drone
         16 .        .         PUNCT .    2  punct",
    );
    assert!(!told.is_empty());
    assert!(told.iter().all(|claim| claim.contains(" state:JPN")), "{told:?}");
}

#[test]
fn what_stands_between_two_is_no_talk_with_the_second() {
    let told = told(
        "1 Japan    Japan    PROPN NNP 2 nsubj state:JPN
         2 met      meet     VERB  VBD 0 root
         3 Canada   Canada   PROPN NNP 2 obj   state:CAN
         4 to       to       PART  TO  5 mark
         5 discuss  discuss  VERB  VB  2 advcl
         6 tensions tension  NOUN  NNS 5 obj
         7 with     with     ADP   IN  8 case
         8 China    China    PROPN NNP 6 nmod  state:CHN",
    );
    assert_eq!(told, ["meets state:CAN state:JPN positive asserted - []"]);
}

#[test]
fn goods_that_a_relative_clause_leaves_out_are_those_it_belongs_to() {
    let clause = |pronoun: &str, head: u32| {
        format!(
            "1 Shells shell NOUN NNS 6 nsubj weapon:shell
             {pronoun}
             3 Iran Iran PROPN NNP 4 nsubj state:IRN
             4 sent send VERB VBD 1 acl:relcl
             5 Russia Russia PROPN NNP 4 {} state:RUS
             6 failed fail VERB VBD 0 root",
            if head == 0 { "obj" } else { "iobj" }
        )
    };
    for table in [clause("2 that that PRON WDT 4 obj", 1), clause("2 once once ADV RB 4 advmod", 0)]
    {
        let want = "supplies state:IRN state:RUS positive asserted - [\"weapon:shell\"]";
        assert_eq!(told(&table), [want], "{table}");
    }
}
