//! Which sentences are worth a tree: those that can hold a claim, by what the rules demand.
//!
//! Looks at words, named mentions and what may refer back. A sentence passes if some rule can
//! start from one of its words and finds what it cannot do without: two actors of the right kinds,
//! or one and a partner that the article may supply; the prepositions where its roles stand; the
//! words it asks for. Or if a person stands beside an office. Whatever base form a word may have by
//! its spelling counts as its base form. Errs on the side of parsing: a claim that is lost here is
//! lost for good.

use std::cell::OnceCell;

use super::compile::{Compiled, Entry, Extractor, Place, Slot};
use super::file::Goods;
use super::likelihood::{Likelihood, Start, is_learned};
use super::partners;
use super::relations::{RelationId, Relations};
use crate::lexicon::FunctionWord::{self, Another, Her, His, Its, My, Other, Our, Their};
use crate::lexicon::{Lexicon, Lists, WordId, WordList, push_lower_case};
use crate::model::{
    Article, Document, EntityId, EntityKind, Mention, MentionForm, References, Sentence,
};

/// How far from a name its office may reach, in tokens.
const OFFICE_REACH: usize = 18;
/// Marks that an office may hold.
const IN_OFFICES: &[&str] = &["-", "–", "'", "’", "&", "/", "[", "]"];

/// What the gate asks of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// That a claim can be there.
    Possible,
    /// That it is likely besides.
    Likely,
}

/// A word from which rules can start, as the gate sees it: what it learns from.
#[derive(Debug, Clone)]
pub struct PossibleStart {
    /// The number of the sentence.
    pub sentence: usize,
    /// The word; `None` stands for the people of the sentence, who may stand beside an office.
    pub token: Option<usize>,
    /// Whether somebody surely stands beside an office, so that the sentence gets a tree anyway.
    pub holds_an_office: bool,
    /// The names of the rules.
    pub rules: Vec<String>,
    /// Hashes of what stands around it; for people, those of all, each person's behind a 0.
    pub features: Vec<u32>,
}

/// For each sentence, whether it can hold a claim, and one that is likely if `asks` says so.
/// Fills `starts`, where it is given, with all that the gate has to judge.
pub(crate) fn candidates(
    compiled: &Compiled,
    article: &Article,
    document: &Document,
    (named, towns): (&[Mention], &[Mention]),
    references: &[References],
    asks: Asks,
    mut starts: Option<&mut Vec<PossibleStart>>,
) -> Vec<bool> {
    // Where nobody is named, nothing refers back to anybody.
    if !named.iter().any(|mention| mention.entities.iter().any(EntityId::is_actor)) {
        return vec![false; document.sentences.len()];
    }
    let mut facts = Facts::default();
    let mut started = Started { relations: &compiled.relations, last: Vec::new() };
    let mut likelihood = Likelihood::default();
    let mut rest = named;
    let mut towns = towns;
    let sentences = document.sentences.iter().zip(references).enumerate();
    sentences
        .map(|(number, (sentence, &references))| {
            let end = rest.partition_point(|mention| mention.sentence <= number);
            let (own, after) = rest.split_at(end);
            rest = after;
            facts.read(&article.text, sentence, own, references);
            let end = towns.partition_point(|town| town.sentence <= number);
            facts.has_town = end > 0;
            towns = &towns[end..];
            // What comes before may supply one partner.
            let enough = facts.can_fill(if started.last.is_empty() { 2 } else { 1 })
                || facts.has_town && facts.can_fill(1);
            if !enough && facts.people().next().is_none() {
                return false;
            }
            facts.read_words(&article.text, sentence, &compiled.lexicon);
            let gate = Gate { compiled, facts: &facts, has_goods: OnceCell::new() };
            let before = started.by_name();
            if enough {
                gate.start_rules(number, &mut started);
            }
            let holds_an_office = gate.can_hold_an_office();
            if !started.any_in(number) || asks == Asks::Possible && starts.is_none() {
                return started.any_in(number) || holds_an_office;
            }
            if holds_an_office && starts.is_none() {
                return true;
            }
            likelihood.read(&article.text, number, sentence, own, references);
            let mut is_likely = false;
            gate.each_start(number, &started, |token, rules| match (&mut starts, token) {
                (Some(starts), _) => {
                    let features = likelihood.features(token, rules, &before);
                    let rules = rules.iter().map(|rule| rule.name.to_owned()).collect();
                    let sentence = number;
                    starts.push(PossibleStart {
                        sentence,
                        token,
                        holds_an_office,
                        rules,
                        features,
                    });
                    false
                }
                (None, token) => {
                    is_likely = likelihood.is_likely(token, rules, &before);
                    is_likely
                }
            });
            asks == Asks::Possible || holds_an_office || is_likely
        })
        .collect()
}

/// What the gate knows of one sentence.
#[derive(Default)]
struct Facts<'a> {
    /// Lower-case words, one after the other, and where each ends.
    text: String,
    ends: Vec<usize>,
    /// Each word itself, where a list, trigger or frame names it.
    named: Vec<Option<WordId>>,
    /// The named words that the words may be forms of, one after the other, where those of each
    /// word end, and all lists that name one of them.
    bases: Vec<WordId>,
    ends_of_bases: Vec<usize>,
    lists: Vec<Lists>,
    mentions: &'a [Mention],
    references: References,
    /// Number of different actors that are named outside of the dateline.
    n_actors: usize,
    has_weapon: bool,
    /// Whether a town is named, which is a target of some relations.
    has_town: bool,
    /// Of which kinds the actors are, a bit each.
    kinds: u32,
    /// For each token, whether the name of an actor covers it.
    is_actor: Vec<bool>,
}

impl<'a> Facts<'a> {
    /// Reads who is named.
    fn read(
        &mut self,
        text: &str,
        sentence: &Sentence,
        mentions: &'a [Mention],
        references: References,
    ) {
        self.mentions = mentions;
        self.references = references;
        self.is_actor.clear();
        self.is_actor.resize(sentence.tokens.len(), false);
        (self.n_actors, self.kinds) = (0, 0);
        self.has_weapon = mentions.iter().any(|m| m.entities.iter().any(EntityId::is_weapon));
        if mentions.is_empty() {
            return;
        }
        let lead = sentence.lead(text);
        let mut actors: Vec<&EntityId> = Vec::new();
        for mention in mentions.iter().filter(|mention| mention.tokens.range().start >= lead) {
            for entity in mention.entities.iter().filter(|entity| entity.is_actor()) {
                self.is_actor[mention.tokens.range()].fill(true);
                self.kinds |= 1 << entity.kind() as u32;
                if !actors.contains(&entity) {
                    actors.push(entity);
                }
            }
        }
        self.n_actors = actors.len();
    }

    /// Reads the words, which cost more.
    fn read_words(&mut self, text: &str, sentence: &Sentence, lexicon: &Lexicon) {
        self.text.clear();
        self.ends.clear();
        self.named.clear();
        self.bases.clear();
        self.ends_of_bases.clear();
        self.lists.clear();
        self.ends.reserve(sentence.tokens.len());
        self.named.reserve(sentence.tokens.len());
        self.ends_of_bases.reserve(sentence.tokens.len());
        self.lists.reserve(sentence.tokens.len());
        for token in &sentence.tokens {
            let word = push_lower_case(token.span.of(text), &mut self.text);
            self.ends.push(self.text.len());
            self.named.push(lexicon.word(word.of(&self.text)));
            let mut lists = Lists::default();
            lexicon.any_base(word.of(&self.text), |base| {
                let (alone, begins) = lexicon.lists(base);
                lists = lists | alone | begins;
                self.bases.push(base);
                false
            });
            self.ends_of_bases.push(self.bases.len());
            self.lists.push(lists);
        }
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn word(&self, token: usize) -> &str {
        let start = token.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[token]]
    }

    /// The named words that a token may be a form of.
    fn bases(&self, token: usize) -> &[WordId] {
        let start = token.checked_sub(1).map_or(0, |before| self.ends_of_bases[before]);
        &self.bases[start..self.ends_of_bases[token]]
    }

    fn function(&self, token: usize) -> Option<FunctionWord> {
        self.named[token]?.function_word()
    }

    /// The mentions of people by name.
    fn people(&self) -> impl Iterator<Item = &'a Mention> {
        self.mentions.iter().filter(|mention| {
            mention.form == MentionForm::Name && mention.entity().is_some_and(EntityId::is_person)
        })
    }

    /// Whether two partners can be filled in, or one.
    fn can_fill(&self, n_partners: usize) -> bool {
        let References { count, several, .. } = self.references;
        self.n_actors + count + usize::from(several) >= n_partners
    }
}

/// The relations of the rules that may have matched so far, each with the last sentence.
struct Started<'c> {
    relations: &'c Relations,
    last: Vec<(RelationId, usize)>,
}

impl<'c> Started<'c> {
    /// The names of the relations, each with the last sentence.
    fn by_name(&self) -> Vec<(&'c str, usize)> {
        let relations = self.relations;
        let name = |relation| relations.get(relation).kind.as_str();
        self.last.iter().map(|&(relation, last)| (name(relation), last)).collect()
    }

    fn add(&mut self, sentence: usize, rule: &Extractor) {
        let relation = rule.relation;
        match self.last.iter_mut().find(|(known, _)| *known == relation) {
            Some((_, last)) => *last = sentence,
            None => self.last.push((relation, sentence)),
        }
    }

    fn has(&self, sentence: usize, rule: &Extractor) -> bool {
        self.last.contains(&(rule.relation, sentence))
    }

    fn any_in(&self, sentence: usize) -> bool {
        self.last.iter().any(|&(_, last)| last == sentence)
    }

    /// Whether a claim up to `sentence` may supply the partner that a match of `rule` leaves out.
    fn may_supply(&self, sentence: usize, rule: &Extractor) -> bool {
        self.last.iter().any(|&(earlier, last)| {
            partners::may_supply(self.relations, earlier, sentence - last, rule.relation)
        })
    }
}

/// One sentence before the gate.
struct Gate<'c, 'f> {
    compiled: &'c Compiled,
    facts: &'f Facts<'f>,
    /// Whether the sentence holds goods, once a rule has asked.
    has_goods: OnceCell<bool>,
}

impl<'c> Gate<'c, '_> {
    /// Whether a token may be a form of `base`.
    fn is_form_of(&self, token: usize, base: WordId) -> bool {
        self.facts.bases(token).contains(&base)
    }

    /// Adds the relations of all rules that may match in the sentence of that number. Those of the
    /// sentences before it may supply a partner that it leaves out, and so may its own.
    fn start_rules(&self, number: usize, started: &mut Started<'_>) {
        let facts = self.facts;
        let mut recovering: Vec<&'c Extractor> = Vec::new();
        for token in (0..facts.len()).filter(|&token| !facts.is_actor[token]) {
            let bases = facts.bases(token).iter();
            for trigger in bases.flat_map(|&base| self.compiled.triggers(base)) {
                let rule = &self.compiled.extractors[trigger.rule];
                // What costs least to tell comes first.
                if started.has(number, rule) || !self.follows(token, &trigger.rest) {
                    continue;
                }
                let fills = self.can_match(rule);
                let recovers =
                    rule.implicit_source || rule.implicit_target || rule.implicit_parties;
                if !(fills || recovers) || !self.has_words(rule) {
                    continue;
                }
                if fills {
                    started.add(number, rule);
                } else {
                    recovering.push(rule);
                }
            }
        }
        // Twice: what one recovers may supply another.
        for rule in recovering.iter().chain(&recovering) {
            let leaves_one_out =
                || facts.can_fill(1) && self.can_match_in_part(rule) || rule.implicit_parties;
            if started.may_supply(number, rule) && leaves_one_out() {
                started.add(number, rule);
            }
        }
    }

    /// Calls `each` with every person that may stand beside an office and every word that rules start
    /// from, with those rules, until it returns true.
    fn each_start(
        &self,
        number: usize,
        started: &Started<'_>,
        mut each: impl FnMut(Option<usize>, &[Start<'_>]) -> bool,
    ) {
        if each(None, &[]) {
            return;
        }
        let mut rules: Vec<Start<'_>> = Vec::new();
        for token in (0..self.facts.len()).filter(|&token| !self.facts.is_actor[token]) {
            rules.clear();
            let bases = self.facts.bases(token).iter();
            let triggers =
                bases.flat_map(|&base| self.compiled.triggers(base).iter().map(move |t| (base, t)));
            for (base, trigger) in triggers.filter(|(_, t)| self.follows(token, &t.rest)) {
                let rule = &self.compiled.extractors[trigger.rule];
                if started.has(number, rule) && self.has_words(rule) {
                    let name = &*rule.name;
                    let is_learned = rule.is_embedded && self.is_learned(name, base, &trigger.rest);
                    rules.push(Start { name, fills: self.can_match(rule), is_learned });
                }
            }
            if !rules.is_empty() && each(Some(token), &rules) {
                return;
            }
        }
    }

    /// Whether the gate has learned from a rule of this name with a trigger of these words.
    fn is_learned(&self, name: &str, first: WordId, rest: &[WordId]) -> bool {
        let words = std::iter::once(first).chain(rest.iter().copied());
        is_learned(name, words.map(|word| self.compiled.lexicon.spelling(word)))
    }

    /// Whether `rest` follows `token` in this order, with gaps as [`View`](crate::clauses::view::View)
    /// allows them.
    fn follows(&self, token: usize, rest: &[WordId]) -> bool {
        let Some((&first, rest)) = rest.split_first() else { return true };
        (token + 1..self.facts.len().min(token + 5))
            .any(|next| self.is_form_of(next, first) && self.follows(next, rest))
    }

    /// Whether the sentence holds the words and goods that a rule asks for.
    fn has_words(&self, rule: &Extractor) -> bool {
        (rule.with.is_empty() || rule.with.iter().any(|entry| self.has_first_word(entry)))
            && (rule.goods != Goods::Required
                || *self.has_goods.get_or_init(|| self.may_hold_goods()))
    }

    /// Whether the sentence can fill both roles of a rule.
    fn can_match(&self, rule: &Extractor) -> bool {
        // A town may be the target, or tell whose court or police the source is.
        (self.facts.can_fill(2) || self.facts.has_town && self.facts.can_fill(1))
            && self.has_place(&rule.parties)
            && self.has_place(&rule.source)
            && (self.has_place(&rule.target) || rule.reciprocal || self.is_mutual())
            && self.has_kinds(&rule.source_kinds)
            && (self.has_kinds(&rule.target_kinds) || self.may_reach_town(rule))
    }

    /// Whether a town may be the target of a rule.
    fn may_reach_town(&self, rule: &Extractor) -> bool {
        self.facts.has_town && self.compiled.relations.get(rule.relation).reaches_towns
    }

    /// Whether it can fill the one whose partner the rule recovers.
    fn can_match_in_part(&self, rule: &Extractor) -> bool {
        rule.implicit_target && self.has_place(&rule.source) && self.has_place(&rule.parties)
            || rule.implicit_source && self.has_place(&rule.target)
    }

    /// "Accused each other": the members of the source are the target.
    fn is_mutual(&self) -> bool {
        (0..self.facts.len())
            .any(|token| matches!(self.facts.function(token), Some(Another | Other)))
    }

    /// Whether there may be a weapon, listed goods or what is counted or paid.
    fn may_hold_goods(&self) -> bool {
        let lists = [WordList::Goods, WordList::Aid, WordList::Measure];
        self.facts.has_weapon
            || (0..self.facts.len()).any(|token| {
                lists.iter().any(|&list| self.is_in(list, token))
                    || self.is_form_in(WordList::GoodsPronoun, token)
                    || self.is_form_in(WordList::Currency, token)
                    || self
                        .facts
                        .word(token)
                        .contains(|c: char| c.is_numeric() || "$€£¥".contains(c))
            })
    }

    /// Whether one of the places of a role can be there: prepositions must be.
    fn has_place(&self, slots: &[Slot]) -> bool {
        slots.is_empty()
            || slots.iter().any(|slot| match &slot.place {
                Place::Preposition(wanted) => {
                    let mut named = self.facts.named.iter().flatten();
                    named.any(|word| word.is_preposition(*wanted))
                }
                _ => true,
            })
    }

    /// Whether there is an actor of one of `kinds`, any where empty.
    fn has_kinds(&self, kinds: &[EntityKind]) -> bool {
        kinds.is_empty()
            || self.facts.references.count > 0
            || kinds.iter().any(|&kind| self.facts.kinds & (1 << kind as u32) != 0)
    }

    /// Whether the first word of `entry` is there.
    fn has_first_word(&self, entry: &Entry) -> bool {
        self.facts.bases.contains(&entry.first)
    }

    /// Whether a person stands beside an office whose holder is there or known.
    fn can_hold_an_office(&self) -> bool {
        self.facts.people().any(|person| {
            let tokens = person.tokens.range();
            self.has_office((0..tokens.start).rev())
                || self.has_office(tokens.end..self.facts.len())
        })
    }

    /// Whether the stretch of words that begins beside a name may be an office: it holds one, and
    /// whose it is.
    fn has_office(&self, tokens: impl Iterator<Item = usize>) -> bool {
        let (mut office, mut holder) = (false, false);
        let mut n_marks = 0;
        for (n, token) in tokens.take(OFFICE_REACH).enumerate() {
            let word = self.facts.word(token);
            // One comma, dash or bracket may stand between name and office; others end it.
            if !word.contains(char::is_alphanumeric) && !IN_OFFICES.contains(&word) {
                n_marks += 1;
                if n > 2 || n_marks > 1 && n > 1 {
                    break;
                }
                continue;
            }
            holder |= self.facts.is_actor[token]
                || matches!(self.facts.function(token), Some(His | Her | Its | Their | Our | My))
                || self.is_in(WordList::HeadOffice, token);
            office |= self.is_in(WordList::Office, token);
            if office && holder {
                return true;
            }
        }
        false
    }

    /// Whether the word itself is in `list`.
    fn is_form_in(&self, list: WordList, token: usize) -> bool {
        self.facts.named[token].is_some_and(|word| self.compiled.lexicon.lists(word).0.has(list))
    }

    /// Whether a token may stand in `list`, or begin a phrase that does.
    fn is_in(&self, list: WordList, token: usize) -> bool {
        self.facts.lists[token].has(list)
            && self.facts.bases(token).iter().any(|&base| {
                let lexicon = &self.compiled.lexicon;
                lexicon.lists(base).0.has(list)
                    || lexicon.phrases(list, base).any(|rest| self.follows(token, rest))
            })
    }
}
