//! Corrections at work: claims and entities as people have decided that they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::export::Place;
use crate::model::{
    ArticleInfo, Attribution, Claim, DateSpan, Entity, EntityDirectory, EntityId, EventCodes,
    Evidence, Field, Item, Quote, RelationKind, Span,
};

use super::corrections::{AddedClaim, Change, Corrections, Fields};
use super::manifest::{Applied, Relation};

/// Corrections looked up by what they change, with a count of what each has changed.
#[derive(Debug, Default)]
pub(super) struct Corrector {
    corrections: Corrections,
    touched: Vec<u64>,
    by_claim: BTreeMap<String, Vec<usize>>,
    merges: BTreeMap<EntityId, (EntityId, usize)>,
    hidden: BTreeMap<EntityId, usize>,
    relations: BTreeMap<String, RelationKind>,
}

impl Corrector {
    /// A corrector for runs whose claims have `relations`.
    pub(super) fn new(corrections: Corrections, relations: &BTreeSet<Relation>) -> Self {
        let mut corrector = Self {
            touched: vec![0; corrections.list.len()],
            relations: relations.iter().map(|r| (r.name.clone(), r.into())).collect(),
            ..Self::default()
        };
        for (n, placed) in corrections.list.iter().enumerate() {
            match &placed.correction.change {
                Change::Reject { claim } | Change::Edit { claim, .. } => {
                    corrector.by_claim.entry(claim.clone()).or_default().push(n);
                }
                Change::Split { claims, .. } => {
                    for claim in claims {
                        corrector.by_claim.entry(claim.clone()).or_default().push(n);
                    }
                }
                Change::Merge { entities, into } => {
                    for entity in entities.iter().filter(|entity| *entity != into) {
                        corrector.merges.insert(entity.clone(), (into.clone(), n));
                    }
                }
                Change::Hide { entity } => {
                    corrector.hidden.insert(entity.clone(), n);
                }
                Change::Rename { .. } | Change::Alias { .. } | Change::Add(_) => {}
            }
        }
        corrector.corrections = corrections;
        corrector
    }

    /// Whether no claim is other than it was read.
    pub(super) fn is_idle(&self) -> bool {
        self.by_claim.is_empty() && self.merges.is_empty() && self.hidden.is_empty()
    }

    /// What was counted so far.
    pub(super) fn counted(&self) -> Vec<u64> {
        self.touched.clone()
    }

    /// Goes back to what had been counted.
    pub(super) fn count_from(&mut self, counted: Vec<u64>) {
        self.touched = counted;
    }

    /// The articles that claims by hand cite.
    pub(super) fn cited(&self) -> BTreeSet<String> {
        let added =
            self.corrections.list.iter().filter_map(|placed| match &placed.correction.change {
                Change::Add(added) => Some(added.doc.clone()),
                _ => None,
            });
        added.collect()
    }

    /// The claim as it was decided to be; `None` if it was decided to be none.
    pub(super) fn claim(&mut self, claim: Claim, directory: &EntityDirectory) -> Option<Claim> {
        let mut claim = self.of_the_run(claim);
        for n in self.by_claim.get(&claim.id).cloned().unwrap_or_default() {
            let change = self.corrections.list[n].correction.change.clone();
            match change {
                Change::Reject { .. } => {
                    self.touched[n] += 1;
                    return None;
                }
                Change::Edit { set, .. } => {
                    self.touched[n] += 1;
                    self.edit(&mut claim, &set, directory);
                }
                Change::Split { entity, into, .. } => {
                    let mut changed = false;
                    for id in actors(&mut claim).filter(|id| **id == entity) {
                        *id = into.clone();
                        changed = true;
                    }
                    self.touched[n] += u64::from(changed);
                }
                _ => {}
            }
        }
        let mut merged = BTreeSet::new();
        for id in actors(&mut claim) {
            while let Some((into, n)) = self.merges.get(id) {
                // Merges in a circle end where they began.
                if !merged.insert(*n) && into == id {
                    break;
                }
                *id = into.clone();
                if merged.len() > self.merges.len() {
                    break;
                }
            }
        }
        for n in merged {
            self.touched[n] += 1;
        }
        let hidden: BTreeSet<usize> =
            actors(&mut claim).filter_map(|id| self.hidden.get(id).copied()).collect();
        for n in &hidden {
            self.touched[*n] += 1;
        }
        let is_hidden = |id: &EntityId| self.hidden.contains_key(id);
        if is_hidden(&claim.source) || is_hidden(&claim.target) || claim.source == claim.target {
            return None;
        }
        claim.items.retain(|item| item.entity.as_ref().is_none_or(|id| !is_hidden(id)));
        if claim.relation.is_symmetric() && claim.target < claim.source {
            std::mem::swap(&mut claim.source, &mut claim.target);
            std::mem::swap(&mut claim.evidence.source, &mut claim.evidence.target);
        }
        Some(claim)
    }

    /// A claim that was written down has one pair of codes: those that are not its relation's, as
    /// the run defines it, are those of its rule.
    fn of_the_run(&self, mut claim: Claim) -> Claim {
        let Some(kind) = self.relations.get(claim.relation.as_str()) else { return claim };
        let codes =
            EventCodes { plover: claim.plover().to_owned(), cameo: claim.cameo().to_owned() };
        let is_own = codes.plover != kind.plover() || codes.cameo != kind.cameo();
        claim.codes = is_own.then(|| Arc::new(codes));
        claim.relation = kind.clone();
        claim
    }

    fn relation(&self, name: &str) -> RelationKind {
        self.relations.get(name).cloned().unwrap_or_else(|| RelationKind::directed(name))
    }

    fn edit(&self, claim: &mut Claim, set: &Fields, directory: &EntityDirectory) {
        if let Some(relation) = &set.relation {
            claim.relation = self.relation(relation);
            claim.codes = None;
        }
        if let Some(source) = &set.source
            && *source != claim.source
        {
            claim.source = source.clone();
            claim.evidence.source = None;
        }
        if let Some(target) = &set.target
            && *target != claim.target
        {
            claim.target = target.clone();
            claim.evidence.target = None;
        }
        if let Some(items) = &set.items {
            claim.items = items.iter().map(|item| self::item(item, claim, directory)).collect();
        }
        if let Some(quantity) = &set.quantity {
            claim.quantity = some(quantity).map(|text| quote(text, &claim.evidence));
        }
        claim.polarity = set.polarity.unwrap_or(claim.polarity);
        claim.modality = set.modality.unwrap_or(claim.modality);
        if let Some(text) = &set.attribution {
            claim.attribution = some(text).map(|text| attribution(text, directory));
        }
        if let Some(date) = &set.event_date {
            claim.event_date = date.parse().ok();
        }
        if let Some(role) = &set.role {
            claim.role = some(role).map(str::to_owned);
        }
    }

    /// The claims made by hand, by article and id; `article` knows the articles of the run.
    pub(super) fn added(
        &mut self,
        article: impl Fn(&str) -> Option<Arc<ArticleInfo>>,
        directory: &EntityDirectory,
    ) -> Vec<(Claim, Place)> {
        let mut added = BTreeMap::new();
        for n in 0..self.corrections.list.len() {
            let Change::Add(by_hand) = self.corrections.list[n].correction.change.clone() else {
                continue;
            };
            let info = article(&by_hand.doc).unwrap_or_else(|| Arc::new(info(&by_hand)));
            let claim = self.by_hand(&by_hand, info, directory);
            let place = Place::of_sentence(&by_hand.sentence);
            if let Some(claim) = self.claim(claim, directory) {
                self.touched[n] += 1;
                added.insert((by_hand.doc, claim.id.clone()), (claim, place));
            }
        }
        added.into_values().collect()
    }

    fn by_hand(
        &self,
        added: &AddedClaim,
        article: Arc<ArticleInfo>,
        directory: &EntityDirectory,
    ) -> Claim {
        let length = u32::try_from(added.sentence.len()).unwrap_or(u32::MAX);
        let mut claim = Claim {
            id: String::new(),
            evidence: Evidence {
                article,
                sentence: added.sentence.clone(),
                field: Field::Text,
                span: Span::new(0, length),
                trigger: Span::new(0, 0),
                source: None,
                target: None,
            },
            relation: self.relation(&added.relation),
            source: added.source.clone(),
            target: added.target.clone(),
            items: Vec::new(),
            quantity: None,
            polarity: added.polarity,
            modality: added.modality,
            attribution: added.attribution.as_deref().map(|text| attribution(text, directory)),
            event_date: added.event_date,
            role: added.role.clone(),
            rule: "by-hand".to_owned(),
            codes: None,
            confidence: 1.0,
        };
        claim.items = added.items.iter().map(|text| item(text, &claim, directory)).collect();
        claim.quantity = added.quantity.as_deref().map(|text| quote(text, &claim.evidence));
        claim.id = identify(added);
        claim
    }

    /// What is known of the entities, as it was decided to be.
    pub(super) fn entities(&mut self, entities: &mut BTreeMap<EntityId, Entity>) {
        for n in 0..self.corrections.list.len() {
            let change = &self.corrections.list[n].correction.change;
            let touched = match change {
                Change::Merge { entities: ids, into } => {
                    let merged: Vec<Entity> =
                        ids.iter().filter_map(|id| entities.get(id)).cloned().collect();
                    let Some(first) = merged.first() else { continue };
                    let known = entities
                        .entry(into.clone())
                        .or_insert_with(|| Entity { id: into.clone(), ..first.clone() });
                    for entity in merged {
                        for name in [entity.name].into_iter().chain(entity.aliases) {
                            add_alias(known, name);
                        }
                    }
                    // Counted by the claims that it changes.
                    0
                }
                Change::Split { entity, into, name, .. } => {
                    let state = entities.get(entity).and_then(|entity| entity.state.clone());
                    let new = Entity { state, ..Entity::bare(into.clone(), name) };
                    entities.entry(into.clone()).or_insert(new);
                    0
                }
                Change::Rename { entity, name } => entities.get_mut(entity).map_or(0, |known| {
                    let old = std::mem::replace(&mut known.name, name.clone());
                    add_alias(known, old);
                    1
                }),
                Change::Alias { entity, alias } => entities.get_mut(entity).map_or(0, |known| {
                    add_alias(known, alias.clone());
                    1
                }),
                _ => 0,
            };
            self.touched[n] += touched;
        }
    }

    /// What each correction did, in the order of the file.
    pub(super) fn applied(&self) -> Vec<Applied> {
        let applied = |(n, placed): (usize, &super::corrections::Placed)| Applied {
            line: placed.line,
            kind: placed.correction.change.kind().to_owned(),
            touched: self.touched[n],
        };
        self.corrections.list.iter().enumerate().map(applied).collect()
    }
}

fn add_alias(entity: &mut Entity, alias: String) {
    if alias != entity.name && !entity.aliases.contains(&alias) {
        entity.aliases.push(alias);
    }
}

/// Source, target, speaker and goods.
fn actors(claim: &mut Claim) -> impl Iterator<Item = &mut EntityId> {
    let speaker = claim.attribution.as_mut().and_then(|attribution| attribution.holder.as_mut());
    let items = claim.items.iter_mut().filter_map(|item| item.entity.as_mut());
    [&mut claim.source, &mut claim.target].into_iter().chain(speaker).chain(items)
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// The place of `words` in the line of the claim; an empty one at its start where they are not.
fn place(words: &str, evidence: &Evidence) -> Span<crate::model::Byte> {
    let start = evidence.span.start();
    let found = evidence.sentence.find(words).filter(|_| !words.is_empty());
    let offset = |n: usize| start.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
    found.map_or(Span::new(start, start), |at| Span::new(offset(at), offset(at + words.len())))
}

fn quote(text: &str, evidence: &Evidence) -> Quote {
    Quote { text: text.to_owned(), span: place(text, evidence) }
}

fn item(text: &str, claim: &Claim, directory: &EntityDirectory) -> Item {
    let entity = text.parse::<EntityId>().ok();
    let known = claim.items.iter().find(|item| item.label() == text || item.phrase == text);
    if let Some(known) = known {
        return known.clone();
    }
    let phrase = entity.as_ref().map_or(text, |id| directory.name(id)).to_owned();
    Item { span: place(&phrase, &claim.evidence), phrase, entity }
}

fn attribution(text: &str, directory: &EntityDirectory) -> Attribution {
    let holder = text.parse::<EntityId>().ok();
    let text = holder.as_ref().map_or(text, |id| directory.name(id)).to_owned();
    Attribution { holder, text, holder_span: None, cue_span: None }
}

fn info(added: &AddedClaim) -> ArticleInfo {
    ArticleInfo {
        id: added.doc.as_str().into(),
        title: added.title.clone(),
        date: added.date,
        outlet: added.outlet.clone(),
        url: added.url.clone(),
        ..ArticleInfo::default()
    }
}

/// 16 hexadecimal digits from what was added.
fn identify(added: &AddedClaim) -> String {
    let date = added.event_date.map(|date: DateSpan| date.to_string()).unwrap_or_default();
    let mut hasher = blake3::Hasher::new();
    for part in [
        "by hand",
        &added.doc,
        &added.sentence,
        &added.relation,
        added.source.as_str(),
        added.target.as_str(),
        added.polarity.as_str(),
        added.modality.as_str(),
        &date,
    ] {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
