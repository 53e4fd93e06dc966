//! What the rule files say of each kind of relation, looked up and checked: numbers and flags in
//! place of names, so that no relation is known by its name elsewhere.

use toml::Spanned;

use super::file::{Attributed, Giver, Implicit, RawRelation};
use crate::lexicon::source::{FileError, Source};
use crate::model::{RelationFacts, RelationKind};

/// The number of a relation in its [`Relations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RelationId(usize);

/// One kind of relation.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    pub(crate) kind: RelationKind,
    /// Who gives something to the other, if anybody does.
    pub(crate) giver: Option<Giver>,
    /// How an argument is found that the sentence leaves out.
    pub(crate) implicit: Implicit,
    /// Whether the one who speaks of it may be the argument that is left out.
    pub(crate) speaker_takes_part: bool,
    pub(crate) attributed: Attributed,
    /// Whether firms and private people stand for their state as its target.
    pub(crate) reaches_private: bool,
    /// Whether towns stand for their state as its target.
    pub(crate) reaches_towns: bool,
    /// By the number of a relation: whether its claims tell who is meant here.
    implied_by: Vec<bool>,
    /// By the number of a relation: whether this one stands in its place on one trigger.
    wins_over: Vec<bool>,
}

/// All kinds of relation, in the order in which the files define them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Relations {
    all: Vec<Relation>,
    /// The same kinds alone.
    kinds: Vec<RelationKind>,
    /// The one that people in office have to those for whom they hold it.
    office: Option<RelationId>,
    /// Whether any relation wins over another.
    any_wins: bool,
}

impl Relations {
    /// The relations of all files. One that is defined again takes the first one's place.
    ///
    /// # Errors
    ///
    /// If a property names what is not there or contradicts another one.
    pub(crate) fn new<'f>(
        files: impl Iterator<Item = (&'f Source, &'f [RawRelation])>,
    ) -> Result<Self, FileError> {
        let mut defined: Vec<(&Source, &RawRelation)> = Vec::new();
        for (source, raw) in
            files.flat_map(|(source, all)| all.iter().map(move |raw| (source, raw)))
        {
            check(source, raw)?;
            let name = raw.name.get_ref();
            match defined.iter_mut().find(|(_, known)| known.name.get_ref() == name) {
                Some((known, _)) if std::ptr::eq(*known, source) => {
                    return Err(source.error(&raw.name, format!("{name:?} is defined twice")));
                }
                Some(known) => *known = (source, raw),
                None => defined.push((source, raw)),
            }
        }
        let mut relations = Self::default();
        for (number, &(source, raw)) in defined.iter().enumerate() {
            if raw.office && relations.office.replace(RelationId(number)).is_some() {
                return Err(source.error(&raw.name, "two relations have `office`"));
            }
            let relation = relation(source, raw, &defined)?;
            relations.any_wins |= relation.wins_over.contains(&true);
            relations.kinds.push(relation.kind.clone());
            relations.all.push(relation);
        }
        Ok(relations)
    }

    /// Looks a relation up by the name that a rule file writes.
    pub(crate) fn find(
        &self,
        source: &Source,
        name: &Spanned<String>,
    ) -> Result<RelationId, FileError> {
        let number = self.kinds.iter().position(|kind| kind.as_str() == name.get_ref());
        number.map(RelationId).ok_or_else(|| {
            let names: Vec<&str> = self.kinds.iter().map(RelationKind::as_str).collect();
            source.error(name, unknown("relation", name.get_ref(), &names))
        })
    }

    pub(crate) fn get(&self, id: RelationId) -> &Relation {
        &self.all[id.0]
    }

    /// The kinds, in the order in which the files define them.
    pub(crate) fn kinds(&self) -> &[RelationKind] {
        &self.kinds
    }

    /// The relation between a person and whom they hold an office for.
    pub(crate) fn office(&self) -> Option<RelationId> {
        self.office
    }

    /// Whether a claim of the relation `earlier` tells who is meant in one of `wanted`.
    pub(crate) fn implies(&self, earlier: RelationId, wanted: RelationId) -> bool {
        self.all[wanted.0].implied_by[earlier.0]
    }

    /// Whether `one` stands in the place of `other` where one word starts both.
    pub(crate) fn wins_over(&self, one: RelationId, other: RelationId) -> bool {
        self.all[one.0].wins_over[other.0]
    }

    /// Whether any relation stands in the place of another.
    pub(crate) fn any_wins(&self) -> bool {
        self.any_wins
    }
}

/// What can be told of one relation without the others.
fn check(source: &Source, raw: &RawRelation) -> Result<(), FileError> {
    let name = raw.name.get_ref();
    let is_plain = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    if !name.split('-').all(is_plain) {
        let message = format!("{name:?} is not lower-case letters, words joined by `-`");
        return Err(source.error(&raw.name, message));
    }
    let Some(giver) = &raw.giver else {
        if raw.moves_goods {
            return Err(source.error(&raw.name, "a relation with `moves_goods` has a `giver`"));
        }
        return Ok(());
    };
    if raw.symmetric {
        return Err(source.error(giver, "where a pair has no order, neither one is the giver"));
    }
    Ok(())
}

fn relation(
    source: &Source,
    raw: &RawRelation,
    defined: &[(&Source, &RawRelation)],
) -> Result<Relation, FileError> {
    let mut implied_by: Vec<bool> =
        defined.iter().map(|(_, other)| other.name.get_ref() == raw.name.get_ref()).collect();
    for name in &raw.implied_by {
        let mut is_known = false;
        for (implies, (_, other)) in implied_by.iter_mut().zip(defined) {
            if other.name.get_ref() == name.get_ref() || other.family == *name.get_ref() {
                (*implies, is_known) = (true, true);
            }
        }
        if !is_known {
            let names = defined.iter().map(|(_, other)| other.name.get_ref().as_str());
            let families = defined.iter().map(|(_, other)| other.family.as_str());
            let mut known: Vec<&str> = names.chain(families).filter(|n| !n.is_empty()).collect();
            known.sort_unstable();
            known.dedup();
            let message = unknown("relation or family", name.get_ref(), &known);
            return Err(source.error(name, message));
        }
    }
    let mut wins_over = vec![false; defined.len()];
    for name in &raw.wins_over {
        let other = defined.iter().position(|(_, other)| other.name.get_ref() == name.get_ref());
        match other {
            Some(_) if name.get_ref() == raw.name.get_ref() => {
                return Err(source.error(name, "a relation does not win over itself"));
            }
            Some(other) => wins_over[other] = true,
            None => {
                let known: Vec<&str> =
                    defined.iter().map(|(_, other)| other.name.get_ref().as_str()).collect();
                return Err(source.error(name, unknown("relation", name.get_ref(), &known)));
            }
        }
    }
    Ok(Relation {
        kind: RelationKind::new(RelationFacts {
            name: raw.name.get_ref().clone(),
            symmetric: raw.symmetric,
            abroad: raw.abroad,
            in_person: raw.in_person,
            office: raw.office,
            moves_goods: raw.moves_goods,
            core: raw.core,
            plover: raw.plover.clone(),
            cameo: raw.cameo.clone(),
        }),
        giver: raw.giver.as_ref().map(|giver| *giver.get_ref()),
        implicit: raw.implicit,
        speaker_takes_part: raw.speaker_takes_part,
        attributed: raw.attributed,
        reaches_private: raw.reaches_private,
        reaches_towns: raw.reaches_towns,
        implied_by,
        wins_over,
    })
}

fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    format!("unknown {what} {name:?} (known: {})", known.join(", "))
}
