//! Rule files become extractors: names are looked up, triggers indexed, mistakes told.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;

use super::file::{self, Goods, RawRule, RuleFile};
use super::relations::{RelationId, Relations};
use crate::clauses::actors::Reach;
use crate::lexicon::source::{FileError, Source, read_all};
use crate::lexicon::{FunctionWord, Lexicon, WordId, WordList};
use crate::model::{EntityId, EntityKind, EventCodes, Modality, Polarity, RelationKind};

/// A rule, compiled.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of the rule file")]
pub(crate) struct Extractor {
    /// `relation.name`.
    pub(crate) name: String,
    pub(crate) relation: RelationId,
    pub(crate) source: Vec<Slot>,
    pub(crate) target: Vec<Slot>,
    pub(crate) parties: Vec<Slot>,
    pub(crate) items: Vec<Slot>,
    pub(crate) goods: Goods,
    /// Words or phrases of which one must follow or hang on the trigger.
    pub(crate) with: Vec<Entry>,
    pub(crate) without: Vec<Entry>,
    pub(crate) implicit_source: bool,
    pub(crate) implicit_target: bool,
    /// Whether the article tells both parties where the sentence names neither.
    pub(crate) implicit_parties: bool,
    pub(crate) source_kinds: Vec<EntityKind>,
    pub(crate) target_kinds: Vec<EntityKind>,
    pub(crate) reciprocal: bool,
    pub(crate) preset: Preset,
    /// The subject only tells of it: "the minister announced tanks for Ukraine".
    pub(crate) announced: bool,
    /// Relations for which a claim counts where the same two were last told in one of them.
    pub(crate) retells: Vec<RelationId>,
    pub(crate) weight: f32,
    /// Whether it is one of the program's own, from which the gate has learned.
    pub(crate) is_embedded: bool,
    /// Event codes, where they are not those of the relation.
    pub(crate) codes: Option<Arc<EventCodes>>,
}

/// Polarity and modality that the trigger of a rule has by itself.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Preset {
    pub(crate) polarity: Option<Polarity>,
    /// `Asserted`: that it is tried or meant makes it no plan, for it is itself an attempt.
    pub(crate) modality: Option<Modality>,
    /// A noun with its agent tells of what is known: "to end Russia's war".
    pub(crate) presupposed: bool,
}

/// A word or phrase: its first word and those after it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) first: WordId,
    pub(crate) rest: Vec<WordId>,
}

/// A place where a role stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) place: Place,
    pub(crate) reach: Reach,
}

/// Where a phrase stands at a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// The logical subject; of a noun, that of the verb that lends it one.
    Subject,
    /// The logical object.
    Object,
    /// The first of two objects: "sent Moscow shells".
    Indirect,
    /// Possessive before a noun.
    Possessive,
    /// Names and adjectives before a noun, possessives among them.
    Modifier,
    /// The same, where they name several: "Russian-Chinese talks", but not "the Swiss summit".
    Modifiers,
    /// Of them adjectives, abbreviations, organs and possessives: "US aid", "German aid".
    Adjective,
    /// Of them whole names that are no possessives: "Ukraine aid".
    Compound,
    /// The clause that the trigger governs.
    Clause,
    /// The trigger itself: "military aid" is what moves.
    Itself,
    /// After this preposition.
    Preposition(WordId),
}

impl Place {
    /// The function word that a preposition is.
    pub(crate) fn preposition(&self) -> Option<FunctionWord> {
        match self {
            Self::Preposition(preposition) => preposition.function_word(),
            _ => None,
        }
    }
}

/// Part of speech of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Verb,
    Noun,
    Adjective,
}

/// What starts a match.
#[derive(Debug, Clone)]
pub(crate) struct Trigger {
    /// The words after the first.
    pub(crate) rest: Vec<WordId>,
    pub(crate) part: Part,
    /// Index of the extractor.
    pub(crate) rule: usize,
}

/// A sentence that a rule file brings as an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Where it stands.
    pub path: PathBuf,
    /// Its line, 1-based.
    pub line: usize,
    /// The relation of its file.
    pub relation: RelationKind,
    /// The rule that it belongs to, as `relation.name`; `None` where it belongs to the whole file.
    pub rule: Option<String>,
    /// The sentence.
    pub text: String,
    /// What the rule must find; `None` where no rule of the relation may find anything.
    pub expected: Option<Expected>,
}

/// The claim that an example must give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Who does it; of an unordered pair, the one whose id comes first.
    pub source: EntityId,
    /// To whom.
    pub target: EntityId,
    /// Whether it holds.
    pub polarity: Polarity,
    /// In which way.
    pub modality: Modality,
}

/// Everything that the rule files say.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    pub(crate) relations: Relations,
    pub(crate) lexicon: Lexicon,
    pub(crate) extractors: Vec<Extractor>,
    /// By the first word of the trigger, as far as any is one.
    triggers: Vec<Vec<Trigger>>,
    pub(crate) examples: Vec<Example>,
    /// BLAKE3 of all files with their names.
    pub(crate) hash: String,
}

/// Compiles the embedded files and those of `extra`.
pub(crate) fn compile(lexicon: &Lexicon, extra: Option<&Path>) -> Result<Compiled, FileError> {
    let mut files: Vec<(Source, RuleFile)> = Vec::new();
    let mut hasher = blake3::Hasher::new();
    for source in read_all(file::EMBEDDED, extra)? {
        source.add_to(&mut hasher);
        files.push((source.clone(), source.parse()?));
    }
    let relations =
        Relations::new(files.iter().map(|(source, file)| (source, &file.relation[..])))?;
    let (hash, lexicon) = (hasher.finalize().to_hex().to_string(), lexicon.clone());
    let mut compiled = Compiled { relations, lexicon, hash, ..Compiled::default() };
    // Rules are tried in the order in which relations are defined.
    files.sort_by_key(|(_, file)| {
        let relation = file.rules_of.as_ref().map(Spanned::get_ref);
        relation
            .map(|name| compiled.relations.kinds().iter().position(|kind| kind.as_str() == name))
    });
    for (source, file) in &files {
        let Some(relation) = &file.rules_of else {
            if let Some(rule) = file.rule.first() {
                return Err(source.error(&rule.name, "a rule in a file without `rules_of`"));
            }
            continue;
        };
        let id = compiled.relations.find(source, relation)?;
        let kind = compiled.relations.get(id).kind.clone();
        for raw in &file.rule {
            compiled.add_rule(source, id, raw)?;
        }
        for miss in &file.near_misses {
            compiled.examples.push(near_miss(source, &kind, None, miss));
        }
    }
    Ok(compiled)
}

fn near_miss(
    source: &Source,
    kind: &RelationKind,
    rule: Option<String>,
    text: &Spanned<String>,
) -> Example {
    Example {
        path: source.path.clone(),
        line: source.line(text.span().start),
        relation: kind.clone(),
        rule,
        text: text.get_ref().clone(),
        expected: None,
    }
}

impl Compiled {
    /// The triggers that begin with `word`.
    pub(crate) fn triggers(&self, word: WordId) -> &[Trigger] {
        self.triggers.get(word.index()).map_or(&[], |triggers| triggers)
    }

    fn add_rule(
        &mut self,
        source: &Source,
        relation: RelationId,
        raw: &RawRule,
    ) -> Result<(), FileError> {
        let kind = self.relations.get(relation).kind.clone();
        let extractor = self.extractor(source, relation, raw)?;
        let name = extractor.name.clone();
        let rule = self.put(extractor);
        self.add_triggers(source, rule, raw)?;
        for text in &raw.matches {
            self.examples.push(example(source, &kind, name.clone(), text)?);
        }
        for text in &raw.near_misses {
            self.examples.push(near_miss(source, &kind, Some(name.clone()), text));
        }
        Ok(())
    }

    /// Everything of a rule but its triggers and examples, looked up and checked.
    fn extractor(
        &mut self,
        source: &Source,
        relation: RelationId,
        raw: &RawRule,
    ) -> Result<Extractor, FileError> {
        for (examples, list) in [(&raw.matches, "matches"), (&raw.near_misses, "near_misses")] {
            if examples.is_empty() {
                return Err(source.error(&raw.name, format!("a rule without `{list}`")));
            }
        }
        let has_parties = !raw.parties.is_empty();
        if has_parties == (!raw.source.is_empty() && !raw.target.is_empty()) {
            return Err(source.error(&raw.name, "a rule has `source` and `target`, or `parties`"));
        }
        if let Some(weight) = &raw.weight
            && !(0.0..=1.0).contains(weight.get_ref())
        {
            return Err(source.error(weight, "a weight lies between 0 and 1"));
        }
        let (mut implicit_source, mut implicit_target) = (false, false);
        let mut implicit_parties = false;
        for role in &raw.recover {
            match role.get_ref().as_str() {
                "source" => implicit_source = true,
                "target" => implicit_target = true,
                "parties" if has_parties => implicit_parties = true,
                other => {
                    let message =
                        format!("unknown role {other:?} (known: source, target, parties)");
                    return Err(source.error(role, message));
                }
            }
        }
        let mut retells = Vec::new();
        for relation in &raw.retells {
            retells.push(self.relations.find(source, relation)?);
        }
        let (with, without) = (self.entries(&raw.with), self.entries(&raw.without));
        let slots = |values: &[Spanned<String>]| -> Result<Vec<Slot>, FileError> {
            let slot = |value: &Spanned<String>| {
                slot(&self.lexicon, value.get_ref()).map_err(|m| source.error(value, m))
            };
            values.iter().map(slot).collect()
        };
        Ok(Extractor {
            name: format!("{}.{}", self.relations.get(relation).kind, raw.name.get_ref()),
            relation,
            source: slots(&raw.source)?,
            target: slots(&raw.target)?,
            parties: slots(&raw.parties)?,
            items: slots(&raw.items)?,
            goods: raw.goods,
            with,
            without,
            implicit_source,
            implicit_target,
            implicit_parties,
            source_kinds: kinds(source, &raw.source_kinds)?,
            target_kinds: kinds(source, &raw.target_kinds)?,
            reciprocal: raw.reciprocal,
            preset: Preset {
                polarity: raw.polarity,
                modality: raw.modality,
                presupposed: raw.presupposed,
            },
            announced: raw.announced,
            retells,
            weight: raw.weight.as_ref().map_or(0.8, |weight| *weight.get_ref()),
            is_embedded: source.is_embedded,
            codes: codes(source, raw, &self.relations.get(relation).kind)?,
        })
    }

    /// Words and phrases that a rule asks for.
    fn entries(&mut self, values: &[Spanned<String>]) -> Vec<Entry> {
        let words = values.iter().map(|value| value.get_ref().split_whitespace());
        words
            .filter_map(|mut words| {
                let first = self.lexicon.ask_for(words.next()?);
                Some(Entry { first, rest: words.map(|word| self.lexicon.name(word)).collect() })
            })
            .collect()
    }

    /// Adds a rule, or puts it in the place of one with its name, and returns its index.
    fn put(&mut self, extractor: Extractor) -> usize {
        let known = self.extractors.iter().position(|known| known.name == extractor.name);
        let Some(rule) = known else {
            self.extractors.push(extractor);
            return self.extractors.len() - 1;
        };
        for triggers in &mut self.triggers {
            triggers.retain(|trigger| trigger.rule != rule);
        }
        self.examples.retain(|example| example.rule.as_ref() != Some(&extractor.name));
        self.extractors[rule] = extractor;
        rule
    }

    fn add_triggers(
        &mut self,
        source: &Source,
        rule: usize,
        raw: &RawRule,
    ) -> Result<(), FileError> {
        let parts = [
            (&raw.verbs, Part::Verb),
            (&raw.nouns, Part::Noun),
            (&raw.adjectives, Part::Adjective),
        ];
        let mut n_triggers = 0;
        for (entries, part) in parts {
            for entry in entries {
                let mut words = entry.get_ref().split_whitespace();
                let Some(first) = words.next() else {
                    return Err(source.error(entry, "an empty trigger"));
                };
                if entry.get_ref().chars().any(char::is_uppercase) {
                    return Err(source.error(entry, "triggers are lower case"));
                }
                let first = self.lexicon.learn(first).index();
                let rest = words.map(|word| self.lexicon.learn(word)).collect();
                if self.triggers.len() <= first {
                    self.triggers.resize_with(first + 1, Vec::new);
                }
                self.triggers[first].push(Trigger { rest, part, rule });
                n_triggers += 1;
            }
        }
        if n_triggers == 0 {
            return Err(source.error(&raw.name, "a rule without a trigger"));
        }
        Ok(())
    }
}

/// The event codes of a rule; `None` where they are those of its relation.
fn codes(
    source: &Source,
    raw: &RawRule,
    kind: &RelationKind,
) -> Result<Option<Arc<EventCodes>>, FileError> {
    let is_code = |code: &String| {
        (2..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit())
    };
    if let Some(code) = &raw.cameo
        && !is_code(code.get_ref())
    {
        return Err(source.error(code, "a CAMEO code has two to four digits"));
    }
    let cameo = raw.cameo.as_ref().map(Spanned::get_ref);
    let codes = EventCodes {
        plover: raw.plover.as_deref().unwrap_or_else(|| kind.plover()).to_owned(),
        cameo: cameo.map_or_else(|| kind.cameo().to_owned(), Clone::clone),
    };
    let is_own = codes.plover != kind.plover() || codes.cameo != kind.cameo();
    Ok(is_own.then(|| codes.into()))
}

/// Kinds of entity, by their names.
fn kinds(source: &Source, values: &[Spanned<String>]) -> Result<Vec<EntityKind>, FileError> {
    let kind = |value: &Spanned<String>| {
        value.get_ref().parse().map_err(|error| source.error(value, format!("{error}")))
    };
    values.iter().map(kind).collect()
}

/// `TEXT => SOURCE TARGET [POLARITY] [MODALITY]`.
fn example(
    source: &Source,
    kind: &RelationKind,
    rule: String,
    text: &Spanned<String>,
) -> Result<Example, FileError> {
    let bad = |message: String| source.error(text, message);
    let incomplete = || bad("an example without `=> SOURCE TARGET`".to_owned());
    let (sentence, claim) = text.get_ref().rsplit_once("=>").ok_or_else(incomplete)?;
    let mut words = claim.split_whitespace();
    let (Some(from), Some(to)) = (words.next(), words.next()) else {
        return Err(incomplete());
    };
    let id = |word: &str| word.parse::<EntityId>().map_err(|error| bad(format!("{error}")));
    let (from, to) = (id(from)?, id(to)?);
    let (mut polarity, mut modality) = (Polarity::Positive, Modality::Asserted);
    for word in words {
        if let Ok(value) = word.parse() {
            polarity = value;
        } else {
            modality = word.parse().map_err(|error| bad(format!("{error}")))?;
        }
    }
    let swap = kind.is_symmetric() && to < from;
    let (from, to) = if swap { (to, from) } else { (from, to) };
    Ok(Example {
        path: source.path.clone(),
        line: source.line(text.span().start),
        relation: kind.clone(),
        rule: Some(rule),
        text: sentence.trim().to_owned(),
        expected: Some(Expected { source: from, target: to, polarity, modality }),
    })
}

/// `subject`, `object`, `indirect`, `possessive`, `modifier`, `modifiers`, `clause`, `itself` or a preposition, then
/// `+owner` or `+conduct` where what belongs to an actor, or what it does, counts for it.
fn slot(lexicon: &Lexicon, text: &str) -> Result<Slot, String> {
    let (place, reach) = text.split_once('+').unwrap_or((text, ""));
    let reach = match reach {
        "" => Reach::Actor,
        "owner" => Reach::Possessor,
        "conduct" => Reach::EmbeddedSubject,
        other => return Err(format!("unknown reach {other:?} (known: owner, conduct)")),
    };
    let place = match place {
        "subject" => Place::Subject,
        "object" => Place::Object,
        "indirect" => Place::Indirect,
        "possessive" => Place::Possessive,
        "modifier" => Place::Modifier,
        "modifiers" => Place::Modifiers,
        "adjective" => Place::Adjective,
        "compound" => Place::Compound,
        "clause" => Place::Clause,
        "itself" => Place::Itself,
        preposition if lexicon.has(WordList::Preposition, preposition) => {
            Place::Preposition(lexicon.word(preposition).expect("the list names it"))
        }
        other => {
            return Err(format!(
                "unknown place {other:?} (known: subject, object, indirect, possessive, \
                 modifier, modifiers, adjective, compound, clause, itself, and the words of the list \
                 `preposition`)"
            ));
        }
    };
    Ok(Slot { place, reach })
}
