//! Pronouns, possessives and descriptions become mentions of what they refer back to.
//!
//! Comes in: the mentions by name, and the trees of those sentences that may hold claims. The
//! article is read from the left. Whoever is mentioned becomes a referent, with the role of its
//! phrase. A pronoun or description takes the referent that number, gender and kind allow and
//! that role, recency and paragraph favour. Left out: references to events and goods, and every
//! case in which two referents come out close to each other.

use crate::lexicon::{FunctionWord, Lexicon, WordList};
use crate::model::{
    Article, Byte, DependencyTree, Deprel, Document, EntityDirectory, EntityId, Mention,
    MentionForm, Span, TokenIndex, TokenUnit,
};

mod binding;
mod cast;
mod describe;
mod home;
mod people;
mod pronouns;
mod quotes;
mod reach;
mod referents;
mod rivals;
mod several;
mod text;
mod words;

pub use quotes::answers;
pub use reach::{mark_antecedents, references};

use cast::MainPair;
use quotes::{Quotation, Voices};
use referents::{Discourse, Referent};
use text::{Text, in_sentence};
use words::{Case, PronounKind};

/// The mentions by name together with those that refer back, in text order.
///
/// `trees` has one slot for each sentence, `None` where it was not parsed. Where number, gender,
/// kind, role and recency do not decide, nothing is linked.
#[must_use]
pub fn resolve(
    lexicon: &Lexicon,
    article: &Article,
    document: &Document,
    trees: &[Option<DependencyTree>],
    named: &[Mention],
    directory: &EntityDirectory,
) -> Vec<Mention> {
    let text = Text { lexicon, article, document, trees, named };
    let mut resolver = Resolver {
        text,
        directory,
        quotations: quotes::find(article, document),
        turns: quotes::turns(article, document, named),
        discourse: Discourse::new(text, directory),
        found: Vec::new(),
        speeches: Vec::new(),
        pair: cast::main_pair(document, named, directory),
        company: cast::company(document, named, directory),
        dateline: home::dateline(article, document, named),
    };
    for n in 0..document.sentences.len() {
        resolver.read_sentence(n);
    }
    resolver.resolve_first_person();
    let mut mentions = resolver.found;
    mentions.extend(named.iter().cloned());
    mentions.sort_by_key(|mention| (mention.span.start(), mention.span.end()));
    mentions
}

/// Everything that is known while an article is read from the left.
struct Resolver<'a> {
    text: Text<'a>,
    directory: &'a EntityDirectory,
    quotations: Vec<Quotation>,
    /// What is said without marks, in transcripts and interviews.
    turns: Vec<Quotation>,
    discourse: Discourse<'a>,
    /// Mentions that refer back, in text order.
    found: Vec<Mention>,
    /// Pronouns of the first person, which wait until speakers are known.
    speeches: Vec<(usize, u32, PronounKind)>,
    /// The two states that the article is about, if it is about two.
    pair: Option<MainPair>,
    /// The states that sentences name together.
    company: Vec<Vec<EntityId>>,
    /// The mention, among those by name, of the capital that the report comes from.
    dateline: Option<usize>,
}

/// A place that refers back.
#[derive(Debug, Clone, Copy)]
struct Anaphor {
    sentence: usize,
    token: u32,
    kind: PronounKind,
    case: Case,
    /// Whether somebody says it in direct speech.
    spoken: bool,
}

impl Resolver<'_> {
    /// Reads one sentence: names and references in the order of their tokens.
    fn read_sentence(&mut self, n: usize) {
        let named = self.text.named;
        let first = named.partition_point(|mention| mention.sentence < n);
        let last = named.partition_point(|mention| mention.sentence <= n);
        self.discourse.begin_sentence(n, first);
        let mut upcoming = (first..last).peekable();
        let mut token = 0;
        while token < self.text.len(n) {
            if let Some(&index) = upcoming.peek() {
                let tokens = named[index].tokens;
                if tokens.start() <= token {
                    upcoming.next();
                    self.discourse.add_named(index);
                    token = token.max(tokens.end());
                    self.read_government(index, token);
                    continue;
                }
            }
            token = self.read_reference(n, token).unwrap_or(token + 1);
        }
        self.discourse.end_sentence(n);
    }

    /// "the Biden administration": the state of the person before it.
    fn read_government(&mut self, index: usize, token: u32) {
        let person = &self.text.named[index];
        let n = person.sentence;
        if !person.entities[0].is_person() || !self.text.has(WordList::PersonsGovernment, n, token)
        {
            return;
        }
        let person = self.directory.get(&person.entities[0]);
        let Some(state) = person.and_then(|person| person.state.clone()) else { return };
        if let Some(referent) = self.discourse.referents().last() {
            let referent = referent.meaning(vec![state]);
            self.link(n, token, token + 1, MentionForm::Description, &referent);
        }
    }

    /// Resolves what begins at `token`; the token after it, if anything was a reference.
    fn read_reference(&mut self, n: usize, token: u32) -> Option<u32> {
        let (text, function) = (self.text, self.text.function(n, token));
        let pronoun = words::pronoun(text.lexicon, text.word(n, token), function);
        let Some((kind, case)) = pronoun else {
            return self.read_description(n, token, function);
        };
        let case = self.case_of(n, token, case);
        match kind {
            PronounKind::Speaker | PronounKind::Speakers => self.speeches.push((n, token, kind)),
            _ if self.is_empty_it(n, token) => {}
            _ => {
                let spoken = self.quotation_at(n, token).is_some();
                let anaphor = Anaphor { sentence: n, token, kind, case, spoken };
                let inside = self.speaker_entities(n, token);
                if let Some(referent) = self.discourse.find_pronoun(anaphor, &inside) {
                    self.link(n, token, token + 1, MentionForm::Pronoun, &referent);
                }
            }
        }
        // "his country", "their two countries", "his Chinese counterpart"
        let possessed = if case == Case::Possessive { self.read_possessed(n, token) } else { None };
        Some(possessed.unwrap_or(token + 1))
    }

    /// "her" is a possessive only before a noun, "it" an object unless it is a subject.
    fn case_of(&self, n: usize, token: u32, case: Case) -> Case {
        if !matches!(self.text.function(n, token), Some(FunctionWord::Her | FunctionWord::It)) {
            return case;
        }
        let is_object = if let Some(tree) = self.text.tree(n) {
            let deprel = tree.deprel(TokenIndex(token));
            deprel != Deprel::NmodPoss && deprel.basic() != Deprel::Nsubj
        } else {
            let next = self.text.word(n, token + 1);
            case == Case::Possessive && !next.starts_with(char::is_alphanumeric)
        };
        if is_object { Case::Object } else { case }
    }

    /// "it is likely that", "it seems": a pronoun that means nothing.
    fn is_empty_it(&self, n: usize, token: u32) -> bool {
        let text = self.text;
        let is_expletive = |tree: &DependencyTree| tree.deprel(TokenIndex(token)) == Deprel::Expl;
        text.function(n, token) == Some(FunctionWord::It)
            && (text.tree(n).is_some_and(is_expletive)
                || text.has_any_case(WordList::EmptyCopula, n, token + 1)
                    && text.has_any_case(WordList::EmptyPredicate, n, token + 2)
                || text.has_entry(WordList::EmptyVerb, n, token + 1))
    }

    /// The quotation that holds a token.
    fn quotation_at(&self, n: usize, token: u32) -> Option<&Quotation> {
        innermost(&self.quotations, n, token).or_else(|| innermost(&self.turns, n, token))
    }

    /// The mention by name that a turn without quotation marks belongs to.
    fn turn_of(&self, quotation: &Quotation) -> Option<&Mention> {
        quotation.speaker.map(|index| &self.text.named[index])
    }

    /// The mention by name beside the verb that introduces a quotation.
    fn named_speaker(&self, quotation: &Quotation) -> Option<&Mention> {
        self.voices().speaker(quotation, |n| self.text.named_in(n).iter().collect())
    }

    /// Whoever speaks where `token` stands: pronouns of the third person mean someone else.
    fn speaker_entities(&self, n: usize, token: u32) -> Vec<EntityId> {
        let Some(quotation) = self.quotation_at(n, token) else { return Vec::new() };
        let speaker = self.turn_of(quotation).or_else(|| self.named_speaker(quotation));
        let Some(speaker) = speaker.and_then(Mention::entity) else { return Vec::new() };
        let state = self.directory.get(speaker).and_then(|entity| entity.state.clone());
        std::iter::once(speaker.clone()).chain(state).collect()
    }

    fn voices(&self) -> Voices<'_> {
        let Text { lexicon, article, document, trees, .. } = self.text;
        Voices { lexicon, article, document, trees }
    }

    /// Adds a mention of `referent` at tokens `start..end`.
    fn link(&mut self, n: usize, start: u32, end: u32, form: MentionForm, referent: &Referent) {
        let tokens: Span<TokenUnit> = Span::new(start, end);
        let span: Span<Byte> = self.text.document.sentences[n].bytes(tokens);
        let mention = Mention {
            span,
            sentence: n,
            tokens,
            entities: referent.entities.clone(),
            form,
            antecedent: referent.antecedent,
        };
        self.discourse.add_reference(&mention);
        self.found.push(mention);
    }

    /// Adds a description that refers to `referent`; the token behind it.
    fn describe(&mut self, n: usize, start: u32, end: u32, referent: &Referent) -> u32 {
        self.link(n, start, end, MentionForm::Description, referent);
        end
    }

    /// "we" and "I" mean the speaker's side and the speaker, inside of quotation marks.
    fn resolve_first_person(&mut self) {
        let mut resolved = Vec::new();
        for &(n, token, kind) in &self.speeches {
            let Some(quotation) = self.quotation_at(n, token) else { continue };
            let everyone = |n: usize| {
                let named = self.text.named_in(n).iter();
                named.chain(in_sentence(&self.found, n)).collect::<Vec<_>>()
            };
            let speaker = self
                .turn_of(quotation)
                .or_else(|| self.voices().speaker(quotation, everyone))
                .or_else(|| self.speaker_before(quotation));
            let Some(speaker) = speaker else { continue };
            let Some(id) = speaker.entity() else { continue };
            let meant = match kind {
                PronounKind::Speaker => id.is_person().then(|| id.clone()),
                _ => self.side_of(id),
            };
            let Some(meant) = meant else { continue };
            if let Some(mention) = self.read_our_countries(n, token, &meant) {
                resolved.push(mention);
            }
            let tokens = Span::new(token, token + 1);
            resolved.push(Mention {
                span: self.text.document.sentences[n].bytes(tokens),
                sentence: n,
                tokens,
                entities: vec![meant],
                form: MentionForm::Pronoun,
                antecedent: self.discourse.index_of(speaker),
            });
        }
        self.found.extend(resolved);
    }

    /// The speaker of the quotation before, where this one stands alone in the next paragraph.
    fn speaker_before(&self, quotation: &Quotation) -> Option<&Mention> {
        let text = self.text;
        let at = self.quotations.partition_point(|other| other.from < quotation.from);
        let before = &self.quotations[at.checked_sub(1)?];
        let (first, last) = (quotation.from.0, quotation.to.0);
        if text.paragraph(first) - text.paragraph(before.to.0) > 1 {
            return None;
        }
        // Someone else speaks, though unnamed.
        let speaks = (first..=last).any(|n| {
            (0..text.len(n)).any(|token| {
                !quotation.contains(n, token) && text.has(WordList::SpeechVerb, n, token)
            })
        });
        if speaks { None } else { self.named_speaker(before) }
    }

    /// The state or organization for which `speaker` says "we".
    fn side_of(&self, speaker: &EntityId) -> Option<EntityId> {
        if !speaker.is_person() {
            return Some(speaker.clone());
        }
        let person = self.directory.get(speaker)?;
        let year = self.text.article.info.date.map(|date| date.last().year());
        let current = person.offices.iter().rev().find(|office| {
            year.is_none_or(|year| {
                office.from.is_none_or(|from| from <= year) && office.to.is_none_or(|to| year <= to)
            })
        });
        current.map(|office| office.holder.clone()).or_else(|| person.state.clone())
    }
}

/// The last of the stretches, in text order, that holds a token.
fn innermost(stretches: &[Quotation], n: usize, token: u32) -> Option<&Quotation> {
    let next = stretches.partition_point(|stretch| stretch.from <= (n, token));
    stretches[..next].last().filter(|stretch| stretch.contains(n, token))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::syntax::{Parser, Scratch};
    use crate::text::read_document;

    /// What refers back in `text`, with whom it means: "its=RUS", "they=PRK+RUS".
    fn references(gazetteer: &Gazetteer, parser: Option<&Parser>, text: &str) -> Vec<String> {
        let info = std::sync::Arc::default();
        let article = Article { info, text: text.to_owned(), body_start: 0 };
        let document = read_document(&gazetteer.lexicon, &article);
        let found = gazetteer.find_mentions(&article, &document);
        let mut scratch = Scratch::default();
        let sentences = document.sentences.iter();
        let trees: Vec<_> = sentences
            .map(|s| parser.map(|parser| parser.parse(&article.text, s, &mut scratch)))
            .collect();
        let (named, directory) = (&found.mentions, &found.directory);
        let mentions = resolve(&gazetteer.lexicon, &article, &document, &trees, named, directory);
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
        ("NATO met on Monday. The alliance promised radars.", &["The alliance=nato"]),
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
             Washington watched. Neither side spoke. India moved troops to its neighbour's border.",
            &["Neither side=IND+PAK", "its=IND", "neighbour=PAK"],
        ),
        // Of three nobody knows which two.
        ("India protested, Pakistan protested and China protested. Neither side spoke.", &[]),
        ("Niger has new friends. The junta asked Paris to leave.", &["The junta=NER"]),
        (
            "North Korea wanted rice. A ship went to the north last week. A storm blew in the north.",
            &["north=PRK"],
        ),
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
        (
            "Emmanuel Macron met Olaf Scholz. The former thanked the latter.",
            &["The former=emmanuel-macron", "the latter=olaf-scholz"],
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
            "Xi Jinping received Vladimir Putin. He thanked his visitor.",
            &["He=xi-jinping", "his=xi-jinping", "visitor=vladimir-putin"],
        ),
        (
            "The United Arab Emirates trades in gold. Sudan accused the Gulf state of theft.",
            &["the Gulf state=ARE"],
        ),
        // A word that describes some states means none of the others.
        ("Taiwan wrote to Portugal. The island asked for ships.", &["The island=TWN"]),
        ("Portugal wrote to Latvia. The island asked for ships.", &[]),
        // In speech, a state is "they"; but hardly the one whose arms they use.
        (
            "\"We warned Iran in May, and they went on,\" said Antony Blinken.",
            &["We=USA", "they=IRN"],
        ),
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
        let gazetteer = Gazetteer::load(&Lexicon::load(None).unwrap(), None).unwrap();
        let parser = Parser::embedded().unwrap();
        let wrong: Vec<_> = CASES
            .iter()
            .map(|(text, expected)| (text, expected, references(&gazetteer, Some(&parser), text)))
            .filter(|(_, expected, found)| found != *expected)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn transcripts_and_interviews_have_speakers_without_marks() {
        let gazetteer = Gazetteer::load(&Lexicon::load(None).unwrap(), None).unwrap();
        let parser = Parser::embedded().unwrap();
        let transcript = "Antony Blinken: We told Moscow so.\n\nQUESTION: Did we hear that?\n\n\
                          Antony Blinken: I said it twice.\n";
        assert_eq!(
            references(&gazetteer, Some(&parser), transcript),
            ["We=USA", "I=antony-blinken"]
        );
        let interview = "Radoslaw Sikorski pours the tea.\n\nMr. Sikorski, is it late?\n\n\
                         We have time.\n\nAnd tomorrow?\n\nI fly home.\n\nHappy?\n\n\
                         Our house is warm.\n";
        assert_eq!(
            references(&gazetteer, Some(&parser), interview),
            ["We=POL", "I=radoslaw-sikorski", "Our=POL"]
        );
        // Questions that nobody answers in the first person make no interview.
        let explainer = "Radoslaw Sikorski left.\n\nWhy?\n\nNobody knows.\n\nAnd now?\n\n\
                         Our guess: rain.\n";
        assert_eq!(references(&gazetteer, Some(&parser), explainer), [""; 0]);
        // Nor do those that somebody is quoted on.
        let quoted = "Radoslaw Sikorski left.\n\nWhy?\n\n\"We talked,\" Sergei Lavrov said. Iran \
                      waits for us.\n\nAnd now?\n\n\"I wait,\" Sergei Lavrov said.\n\nHappy?\n\n\
                      \"Our men are,\" Sergei Lavrov said.\n";
        assert_eq!(
            references(&gazetteer, Some(&parser), quoted),
            ["We=RUS", "I=sergey-lavrov", "Our=RUS"]
        );
    }

    #[test]
    fn much_is_resolved_without_trees() {
        let gazetteer = Gazetteer::load(&Lexicon::load(None).unwrap(), None).unwrap();
        for (text, expected) in &CASES[..6] {
            assert_eq!(references(&gazetteer, None, text), *expected, "{text}");
        }
    }

    #[test]
    fn hostile_quotation_marks_and_pronouns_do_no_harm() {
        let gazetteer = Gazetteer::load(&Lexicon::load(None).unwrap(), None).unwrap();
        let text = "“He, his, the North, both sides “we” the two” Russia it its the Kremlin chief. \
                    ”\n\n“\n\n” its\n\nthe the both two the\n\n“““ our \" I \" we";
        let info = std::sync::Arc::default();
        let article = Article { info, text: text.repeat(50), body_start: 0 };
        let document = read_document(&gazetteer.lexicon, &article);
        let found = gazetteer.find_mentions(&article, &document);
        let (named, directory) = (&found.mentions, &found.directory);
        for mention in resolve(&gazetteer.lexicon, &article, &document, &[], named, directory) {
            let sentence = &document.sentences[mention.sentence];
            assert!(sentence.span.covers(mention.span), "{mention:?}");
            assert!(!mention.entities.is_empty(), "{mention:?}");
        }
    }
}
