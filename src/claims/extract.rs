//! Matches become claims: factuality, speaker, date and confidence are added. Implicit arguments
//! are filled in.

use std::cell::OnceCell;
use std::sync::Arc;

use super::ParsedArticle;
use super::attribution;
use super::context::Context;
use super::dates;
use super::derived::{Derived, can_be_leant_on, distinct, drop_beaten, keep_surest};
use super::factuality::Factuality;
use super::implicit::{self, Told, Wanted};
use super::offices::{self, Held};
use super::operators::Cue;
use super::setting;
use super::speaker;
use super::times::Expression;
use super::unsaid::is_in_question;
use crate::clauses::actors::{Argument, Reach};
use crate::clauses::view::View;
use crate::model::{
    Attribution, Byte, Claim, EntityId, EventCodes, Evidence, Item, Limit, Mention, MentionForm,
    Modality, Polarity, Quote, SentenceKind, Span, TokenIndex,
};
use crate::rules::attempt::{Match, Missed, Missing};
use crate::rules::compile::{Compiled, Extractor, Place};
use crate::rules::file::Attributed;
use crate::rules::items::{Class, Moved};
use crate::rules::matcher;
use crate::rules::relations::{Relation, RelationId};

/// Everything read off a document.
#[derive(Debug, Default)]
pub(crate) struct Extraction {
    pub(crate) derived: Vec<Derived>,
    /// By sentence: triggers whose rules missed something.
    pub(crate) missed: Vec<(usize, Missed)>,
    /// Sentences of which not all is kept, in text order.
    pub(crate) limits: Vec<Limit>,
}

/// Reads every parsed sentence: first what each tells in its own words, then what leans on the
/// others.
pub(crate) fn extract(context: &Context<'_>, compiled: &Compiled) -> Extraction {
    let mut extraction = Extraction::default();
    let relations = &compiled.relations;
    let mut told: Vec<Told> = Vec::new();
    let mut read = Vec::new();
    for view in context.views.iter().flatten() {
        let reader = SentenceReader { context, compiled, view, times: OnceCell::new() };
        let mut derived: Vec<Derived> = Vec::new();
        let mut is_cut = false;
        if let Some(relation) = relations.office() {
            for held in offices::offices(view, context.year()) {
                derived.push(reader.office(relation, &held));
            }
        }
        let found = matcher::matches(view, compiled);
        for matched in &found.found {
            reader.claims(matched, &told, &mut derived);
            is_cut |= keep_surest(&mut derived);
        }
        drop_beaten(&mut derived, relations);
        told.extend(derived.iter().filter(|one| can_be_leant_on(one, relations)).map(Told::from));
        read.push((reader, derived, found.missed, is_cut));
    }
    for (reader, mut derived, all_missed, mut is_cut) in read {
        let number = reader.view.number;
        let own = derived.len();
        for missed in all_missed {
            if let Some(matched) = reader.fill_in(&missed, &told) {
                reader.claims(&matched, &told, &mut derived);
            } else {
                extraction.missed.push((number, missed));
            }
        }
        let at = told.partition_point(|claim| claim.sentence <= number);
        let leant_on = derived[own..].iter().filter(|one| can_be_leant_on(one, relations));
        told.splice(at..at, leant_on.map(Told::from));
        drop_beaten(&mut derived, relations);
        let mut derived = distinct(derived);
        is_cut |= keep_surest(&mut derived);
        if is_cut {
            let start = reader.view.sentence.span.start();
            extraction.limits.push(Limit::Sentence { start });
        }
        extraction.derived.extend(derived);
    }
    extraction
}

struct SentenceReader<'v, 'a> {
    context: &'v Context<'a>,
    compiled: &'v Compiled,
    view: &'v View<'a>,
    /// The expressions of time of the sentence, once they were asked for.
    times: OnceCell<Vec<Expression>>,
}

/// An argument that the sentence does not name.
fn unnamed_here(entity: EntityId) -> Argument {
    Argument { entity, token: None, mention: None, reach: Reach::Actor, by_metonymy: false }
}

/// How many sentences below a headline tell what it tells.
const BELOW_HEADLINE: usize = 4;

/// What a claim is made of, besides its roles.
struct Parts {
    relation: RelationId,
    rule: String,
    codes: Option<Arc<EventCodes>>,
    weight: f32,
    trigger: TokenIndex,
    last: TokenIndex,
    polarity: Polarity,
    modality: Modality,
    attribution: Option<Attribution>,
    cues: Vec<Cue>,
}

impl SentenceReader<'_, '_> {
    /// The claims of one match: one for each pair, and for each group of goods with one
    /// factuality.
    fn claims(&self, matched: &Match, told: &[Told], derived: &mut Vec<Derived>) {
        let view = self.view;
        let rule = &self.compiled.extractors[matched.rule];
        let factuality = Factuality::of(view, matched.trigger, rule.preset);
        if factuality.suppressed || self.is_question(matched.trigger) {
            return;
        }
        let relation = self.compiled.relations.get(rule.relation);
        if setting::is_made_up(view, relation, matched.trigger, factuality.modality)
            || relation.kind.moves_goods() && setting::is_figure(view, matched.trigger)
        {
            return;
        }
        let said = || self.said(relation, matched.trigger);
        let announcer = || speaker::speaker(view, matched.trigger);
        let attribution = if rule.announced { announcer().or_else(said) } else { said() };
        let factuality_of = |moved: &Moved| {
            // "No shells"; "not weapons but parts", where the parts are sent.
            let turned =
                moved.negated || moved.contrasted && factuality.polarity == Polarity::Negative;
            let polarity = match (factuality.polarity, turned) {
                (polarity, false) => polarity,
                (Polarity::Positive, true) => Polarity::Negative,
                (Polarity::Negative, true) => Polarity::Positive,
            };
            (polarity, if moved.hedged { Modality::Hedged } else { factuality.modality })
        };
        let mut groups: Vec<(Polarity, Modality)> = Vec::new();
        for moved in &matched.moved {
            let group = factuality_of(moved);
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        if groups.is_empty() {
            groups.push((factuality.polarity, factuality.modality));
        }
        for (polarity, modality) in groups {
            let moved: Vec<&Moved> =
                matched.moved.iter().filter(|m| factuality_of(m) == (polarity, modality)).collect();
            for (source, target) in &matched.pairs {
                let mut source = source.clone();
                if rule.announced {
                    source.entity = view.directory.state_of(&source.entity);
                }
                let at_home = relation.kind.is_abroad()
                    && [(&source, target), (target, &source)].iter().any(|(one, other)| {
                        one.entity.is_person() && view.directory.belongs(&one.entity, &other.entity)
                    });
                let by_private = view.is_private(&source)
                    || !relation.reaches_private && view.is_private(target);
                if source.entity == target.entity || at_home || by_private {
                    continue;
                }
                let hurled = relation.kind.moves_goods()
                    && setting::is_hurled(view, matched.trigger, target, &moved);
                if hurled || setting::is_sport(view, matched.trigger, &source, target) {
                    continue;
                }
                let parts = Parts {
                    relation: self.retold(rule, &source.entity, &target.entity, told),
                    rule: rule.name.clone(),
                    codes: rule.codes.clone(),
                    weight: rule.weight,
                    trigger: matched.trigger,
                    last: matched.last,
                    polarity,
                    modality,
                    attribution: attribution
                        .clone()
                        .map(|said| self.own_voice(said, &source.entity)),
                    cues: factuality.cues.clone(),
                };
                derived.push(self.claim(parts, &source, target, &moved));
            }
        }
    }

    /// "They also discussed" after a call: the relation in which the article told the two last, of
    /// those that the rule retells and its own.
    fn retold(&self, rule: &Extractor, a: &EntityId, b: &EntityId, told: &[Told]) -> RelationId {
        if rule.retells.is_empty() {
            return rule.relation;
        }
        let before = told.partition_point(|claim| claim.sentence < self.view.number);
        let same = |claim: &&Told| {
            let (source, target) = (&claim.source, &claim.target);
            (source == a && target == b || source == b && target == a)
                && (claim.relation == rule.relation || rule.retells.contains(&claim.relation))
        };
        told[..before].iter().rev().find(same).map_or(rule.relation, |claim| claim.relation)
    }

    /// "Norway and Denmark said they would": of several who say it, each tells of its own doing.
    fn own_voice(&self, said: Attribution, source: &EntityId) -> Attribution {
        let view = self.view;
        let spoken = said.holder_span.and_then(|span| view.sentence.tokens_in(span));
        let Some(spoken) = spoken.filter(|_| said.holder.as_ref() != Some(source)) else {
            return said;
        };
        let members = view.members(view.tree.head_of(spoken)).into_iter();
        let own = members.filter_map(|member| view.actor(member)).find(|&mention| {
            let entities = &view.mentions[mention].entities;
            entities.len() == 1 && entities[0] == *source
        });
        let Some(own) = own.map(|mention| view.mentions[mention]) else { return said };
        Attribution {
            holder: Some(source.clone()),
            text: own.span.of(view.text).to_owned(),
            holder_span: Some(own.span),
            ..said
        }
    }

    /// Who says what the word tells, of those whom the relation counts.
    fn said(&self, relation: &Relation, token: TokenIndex) -> Option<Attribution> {
        let view = self.view;
        match relation.attributed {
            Attributed::Reported => attribution::attribution(self.context, view, token),
            Attributed::Quoted => {
                let byte = view.sentence.tokens[token.index()].span.start();
                self.context
                    .reading
                    .voices
                    .quotation(byte)
                    .and_then(|index| self.context.speakers[index].clone())
                    .or_else(|| {
                        let turn = self.context.turn(view.number)?;
                        (!attribution::holds_label(&turn, byte)).then_some(turn)
                    })
            }
        }
    }

    /// Whether the sentence, or the part of it where `trigger` stands, asks instead of telling.
    fn is_question(&self, trigger: TokenIndex) -> bool {
        let view = self.view;
        let text = view.sentence.span.of(view.text).trim_end_matches(['"', '”', '’', ' ', ')']);
        let voices = self.context.reading.voices;
        text.ends_with('?')
            && !text.starts_with(['"', '“'])
            && voices.quotation(view.sentence.span.start()).is_none()
            || is_in_question(view, trigger)
    }

    /// A match whose missing roles the article supplies.
    fn fill_in(&self, missed: &Missed, told: &[Told]) -> Option<Match> {
        let rule = &self.compiled.extractors[missed.rule];
        let relations = &self.compiled.relations;
        let relation = relations.get(rule.relation);
        if relation.kind.moves_goods() && implicit::is_sent_against(self.view, missed.trigger) {
            return None;
        }
        // "It was not Chad that sold it": whoever else sold it is not told.
        if self.view.rules_somebody_out() {
            return None;
        }
        if let Some(pairs) = self.told_below(missed, told) {
            return Some(Self::filled_in(missed, pairs));
        }
        if let Some(pair) = self.parties(missed, told) {
            return Some(Self::filled_in(missed, vec![pair]));
        }
        let by_subject = rule.source.iter().any(|slot| slot.place == Place::Subject);
        let (known, known_is_source) = match missed.missing {
            Missing::Target
                if rule.implicit_target && !missed.source.is_empty() && !missed.blocked =>
            {
                (&missed.source, true)
            }
            Missing::Source
                if rule.implicit_source
                    && !missed.target.is_empty()
                    && (!by_subject || implicit::leaves_source_out(self.view, missed.trigger)) =>
            {
                (&missed.target, false)
            }
            _ => return None,
        };
        let said = self.said(relation, missed.trigger);
        let speaker = said.as_ref().and_then(|said| said.holder.as_ref());
        let goods = missed.moved.iter().any(|moved| moved.goods == Class::Goods);
        let mut pairs = Vec::new();
        for argument in known {
            let wanted = Wanted {
                relations,
                relation: rule.relation,
                known: &argument.entity,
                known_is_source,
                by_subject,
                goods,
                speaker,
            };
            let ParsedArticle { document, mentions, .. } = self.context.reading;
            let entity = implicit::partner(self.view, document, mentions, told, wanted)?;
            let kinds = if known_is_source { &rule.target_kinds } else { &rule.source_kinds };
            if entity == argument.entity || !(kinds.is_empty() || kinds.contains(&entity.kind())) {
                continue;
            }
            let partner = unnamed_here(entity);
            let (a, b) = if known_is_source {
                (argument.clone(), partner)
            } else {
                (partner, argument.clone())
            };
            pairs.push((a, b));
        }
        (!pairs.is_empty()).then(|| Self::filled_in(missed, pairs))
    }

    /// "Talks with President X", the headline of an article that begins by telling who talked with
    /// X: the other one.
    fn told_below(&self, missed: &Missed, told: &[Told]) -> Option<Vec<(Argument, Argument)>> {
        let rule = &self.compiled.extractors[missed.rule];
        let number = self.view.number;
        let is_headline = self.view.sentence.kind == SentenceKind::Headline;
        let known = if missed.source.is_empty() { &missed.target } else { &missed.source };
        let [one] = &known[..] else { return None };
        if !is_headline || rule.parties.is_empty() {
            return None;
        }
        let below = told.iter().filter(|claim| {
            claim.relation == rule.relation
                && claim.sentence > number
                && claim.sentence - number <= BELOW_HEADLINE
        });
        let mut others = below.filter_map(|claim| {
            let (source, target) = (&claim.source, &claim.target);
            let other = if *source == one.entity { target } else { source };
            (*source == one.entity || *target == one.entity).then(|| other.clone())
        });
        let other = others.next()?;
        others.all(|next| next == other).then_some(())?;
        let (one, other) = (one.clone(), unnamed_here(other));
        Some(vec![if other.entity < one.entity { (other, one) } else { (one, other) }])
    }

    /// "Bilateral cooperation" where the sentence names neither party: those who deal with each other
    /// in the lines before.
    fn parties(&self, missed: &Missed, told: &[Told]) -> Option<(Argument, Argument)> {
        let rule = &self.compiled.extractors[missed.rule];
        if !rule.implicit_parties || !missed.source.is_empty() || !missed.target.is_empty() {
            return None;
        }
        let relations = &self.compiled.relations;
        let (a, b) = implicit::parties(self.view, told, relations, rule.relation)?;
        Some((unnamed_here(a), unnamed_here(b)))
    }

    fn filled_in(missed: &Missed, pairs: Vec<(Argument, Argument)>) -> Match {
        Match {
            rule: missed.rule,
            trigger: missed.trigger,
            last: missed.trigger,
            pairs,
            moved: missed.moved.clone(),
        }
    }

    /// The claim that a person holds an office.
    fn office(&self, id: RelationId, held: &Held) -> Derived {
        let view = self.view;
        let relation = self.compiled.relations.get(id);
        let person = view.mentions[held.person];
        let first = TokenIndex(held.role.start());
        let last = TokenIndex(held.role.end() - 1);
        let argument = |entity: &EntityId, mention: Option<usize>| Argument {
            token: mention.map(|m| TokenIndex(view.mentions[m].tokens.start())),
            mention,
            ..unnamed_here(entity.clone())
        };
        let source = argument(&person.entities[0], Some(held.person));
        let target = argument(&held.holder, held.holder_mention);
        let parts = Parts {
            relation: id,
            rule: format!("{}.{}", relation.kind, held.form),
            codes: None,
            weight: 0.93,
            trigger: first,
            last,
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            attribution: self.said(relation, first),
            cues: Vec::new(),
        };
        let mut derived = self.claim(parts, &source, &target, &[]);
        derived.claim.role = Some(view.slice(first, last).to_owned());
        derived
    }

    /// The words that show a reader who an argument is: its mention, or, where that only refers
    /// back, the name of the same entity that the sentence has nearest before it.
    fn shown(&self, argument: &Argument) -> Option<Span<Byte>> {
        let mention = self.view.mentions[argument.mention?];
        let refers_back = matches!(mention.form, MentionForm::Pronoun | MentionForm::Description);
        let names_it = |other: &&&Mention| {
            other.form.is_named()
                && other.span.end() <= mention.span.start()
                && other.entity() == Some(&argument.entity)
        };
        let name = self.view.mentions.iter().filter(|_| refers_back).rfind(names_it);
        Some(name.map_or(mention.span, |name| name.span))
    }

    fn claim(
        &self,
        parts: Parts,
        source: &Argument,
        target: &Argument,
        moved: &[&Moved],
    ) -> Derived {
        let view = self.view;
        let article = self.context.reading.article;
        let relation = &self.compiled.relations.get(parts.relation).kind;
        let swap = relation.is_symmetric() && target.entity < source.entity;
        let (source, target) = if swap { (target, source) } else { (source, target) };
        let located = |span: Span<Byte>| article.locate(span).1;
        let (field, sentence_span) = article.locate(view.sentence.span);
        let trigger = view.sentence.tokens[parts.trigger.index()]
            .span
            .join(view.sentence.tokens[parts.last.index()].span);
        let evidence = Evidence {
            article: article.info.clone(),
            sentence: view.sentence.span.of(view.text).to_owned(),
            field,
            span: sentence_span,
            trigger: located(trigger),
            source: self.shown(source).map(located),
            target: self.shown(target).map(located),
        };
        let attribution = parts.attribution.map(|said| Attribution {
            holder_span: said.holder_span.map(located),
            cue_span: said.cue_span.map(located),
            ..said
        });
        let item = |moved: &&Moved| Item { span: located(moved.item.span), ..moved.item.clone() };
        // "$" or "15,000" alone lets a rule find goods, and says nothing of what they are.
        let is_named = |item: &Item| item.phrase.contains(char::is_alphabetic);
        let items = moved.iter().map(item).filter(is_named).collect();
        let quantity = moved.iter().find_map(|moved| moved.quantity.clone());
        let quantity = quantity.map(|said| Quote { span: located(said.span), ..said });
        let published = article.info.date;
        let event_date =
            dates::event_date(view, &self.times, parts.trigger, parts.modality, published);
        let mut claim = Claim {
            id: String::new(),
            evidence,
            relation: relation.clone(),
            source: source.entity.clone(),
            target: target.entity.clone(),
            items,
            quantity,
            polarity: parts.polarity,
            modality: parts.modality,
            attribution,
            event_date,
            role: None,
            rule: parts.rule,
            codes: parts.codes,
            // The judge says how sure it is, once all proposals are there.
            confidence: parts.weight,
        };
        claim.id = identify(&claim);
        Derived {
            claim,
            sentence: view.number,
            relation: parts.relation,
            trigger: parts.trigger,
            source: source.clone(),
            target: target.clone(),
            cues: parts.cues,
            weight: parts.weight,
            also: Vec::new(),
        }
    }
}

/// 16 hexadecimal digits from what a claim says and where.
fn identify(claim: &Claim) -> String {
    let mut hasher = blake3::Hasher::new();
    let evidence = &claim.evidence;
    for part in [
        &*evidence.article.id,
        evidence.field.as_str(),
        &format!("{:?}", evidence.span),
        claim.relation.as_str(),
        claim.source.as_str(),
        claim.target.as_str(),
        claim.polarity.as_str(),
        claim.modality.as_str(),
    ] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
