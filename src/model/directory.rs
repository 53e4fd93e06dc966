//! All entities that a run knows, by id.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use rapidhash::fast::RapidHasher;

use super::{Entity, EntityId};

/// Entities by id: those of the gazetteer, and those that one article adds. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct EntityDirectory {
    /// Looked up for every mention, and large: hence by hash.
    shared: Arc<HashMap<EntityId, Entity, BuildHasherDefault<RapidHasher<'static>>>>,
    added: BTreeMap<EntityId, Entity>,
    /// The states of each word that texts describe some states by, sorted.
    described: Arc<BTreeMap<String, Vec<EntityId>>>,
}

impl EntityDirectory {
    /// A directory of `entities`; of two with one id the later counts.
    #[must_use]
    pub fn new(entities: impl IntoIterator<Item = Entity>) -> Self {
        let shared: HashMap<_, Entity, _> =
            entities.into_iter().map(|entity| (entity.id.clone(), entity)).collect();
        let mut words: Vec<(&String, &EntityId)> = shared
            .values()
            .flat_map(|entity| entity.described_as.iter().map(move |word| (word, &entity.id)))
            .collect();
        words.sort_unstable();
        let mut described: BTreeMap<String, Vec<EntityId>> = BTreeMap::new();
        for (word, id) in words {
            described.entry(word.clone()).or_default().push(id.clone());
        }
        Self { shared: Arc::new(shared), added: BTreeMap::new(), described: Arc::new(described) }
    }

    /// The states that texts call by the lower-case `word`, sorted by id: "island", "reclusive".
    /// `None` where the gazetteer describes no state by it.
    #[must_use]
    pub fn described_as(&self, word: &str) -> Option<&[EntityId]> {
        self.described.get(word).map(|states| &states[..])
    }

    /// What is known of `id`.
    #[must_use]
    pub fn get(&self, id: &EntityId) -> Option<&Entity> {
        self.added.get(id).or_else(|| self.shared.get(id))
    }

    /// The name to show for `id`; the id itself where nothing is known.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a EntityId) -> &'a str {
        self.get(id).map_or(id.as_str(), |entity| &entity.name)
    }

    /// The state that a person belongs to; anybody else themselves, and whoever has none.
    #[must_use]
    pub fn state_of(&self, id: &EntityId) -> EntityId {
        if !id.is_person() {
            return id.clone();
        }
        self.get(id).and_then(|entity| entity.state.clone()).unwrap_or_else(|| id.clone())
    }

    /// Whether somebody or something belongs to that state.
    #[must_use]
    pub fn belongs(&self, id: &EntityId, state: &EntityId) -> bool {
        self.get(id).is_some_and(|entity| entity.state.as_ref() == Some(state))
    }

    /// The entities that `name` may mean: an id (`state:PRK`), a state's code (`PRK`, `KP`), a name
    /// or an alias, whatever its case. Sorted by id.
    #[must_use]
    pub fn find(&self, name: &str) -> Vec<&Entity> {
        let name = name.trim();
        if let Ok(id) = name.parse::<EntityId>() {
            return self.get(&id).into_iter().collect();
        }
        let wanted = name.to_lowercase();
        let same = |text: &str| text.to_lowercase() == wanted;
        self.iter()
            .filter(|entity| {
                same(&entity.name)
                    || (entity.id.is_state() && same(entity.id.slug()))
                    || entity.iso2.as_deref().is_some_and(same)
                    || entity.aliases.iter().any(|alias| same(alias))
            })
            .collect()
    }

    /// Adds an entity, unless one with its id is known.
    pub fn add(&mut self, entity: Entity) {
        if self.get(&entity.id).is_none() {
            self.added.insert(entity.id.clone(), entity);
        }
    }

    /// The entities that were added to the shared ones, sorted by id.
    pub fn added(&self) -> impl Iterator<Item = &Entity> {
        self.added.values()
    }

    /// All entities, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = &Entity> {
        let mut all: BTreeMap<&EntityId, &Entity> = self.shared.iter().collect();
        all.extend(self.added.iter());
        all.into_values()
    }
}
