//! Entities by what people call them.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use anyhow::bail;

use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::model::{Article, EntityDirectory, EntityId};
use crate::text::read_document;

/// Least likeness of a name that is proposed, in 0..=1.
const LIKENESS: f64 = 0.84;

/// Entities of one name that are listed at most.
const LISTED: usize = 8;

/// Names that are proposed at most.
const PROPOSED: usize = 3;

/// Finds the entities of a run by id, code, name, alias, surname, capital or seat of power.
#[derive(Debug)]
pub(super) struct Names<'d> {
    directory: &'d EntityDirectory,
    /// The names that texts use, compiled when a name is not found without them.
    gazetteer: OnceLock<Option<(Lexicon, Gazetteer)>>,
}

impl<'d> Names<'d> {
    /// Names of the entities in `directory`.
    pub(super) fn new(directory: &'d EntityDirectory) -> Self {
        Self { directory, gazetteer: OnceLock::new() }
    }

    /// The one entity that `name` means.
    pub(super) fn find_one(&self, name: &str) -> anyhow::Result<EntityId> {
        let ids = |found: Vec<&crate::model::Entity>| -> BTreeSet<EntityId> {
            found.into_iter().map(|entity| entity.id.clone()).collect()
        };
        let mut found = ids(self.directory.find(name));
        if found.is_empty() {
            found = self.in_texts(name);
        }
        if found.is_empty() {
            found = self.by_words(name);
        }
        let mut found = found.into_iter();
        match (found.next(), found.next()) {
            (Some(id), None) => Ok(id),
            (Some(first), Some(second)) => {
                let ids: Vec<_> =
                    [first, second].into_iter().chain(found).map(|id| id.to_string()).collect();
                let more = if ids.len() > LISTED { ", …" } else { "" };
                let ids = ids[..ids.len().min(LISTED)].join(", ");
                bail!("{name:?} may mean {ids}{more}: give one of these ids")
            }
            (None, _) => {
                let entities = self.directory.iter();
                let names = entities.flat_map(|entity| {
                    std::iter::once(&entity.name).chain(&entity.aliases).map(String::as_str)
                });
                match &nearest(name, names)[..] {
                    [] => bail!(
                        "{name:?} is no entity here (give an id such as state:PRK, a name or an \
                         alias)"
                    ),
                    near => {
                        bail!("{name:?} is no entity here: did you mean {}?", near.join(" or "))
                    }
                }
            }
        }
    }

    /// The entities of the run that a text would mean by `name` alone.
    fn in_texts(&self, name: &str) -> BTreeSet<EntityId> {
        let known = self.gazetteer.get_or_init(|| {
            let lexicon = Lexicon::load(None).ok()?;
            let gazetteer = Gazetteer::load(&lexicon, None).ok()?;
            Some((lexicon, gazetteer))
        });
        let Some((lexicon, gazetteer)) = known else { return BTreeSet::new() };
        let text = format!("{} said so.", capitalised(name));
        let article = Article { info: Arc::default(), text, body_start: 0 };
        let found = gazetteer.find_mentions(&article, &read_document(lexicon, &article));
        let whole = found.mentions.iter().filter(|mention| {
            mention.span.start() == 0 && mention.span.end() as usize == name.trim().len()
        });
        let known = |id: &&EntityId| self.directory.get(id).is_some();
        whole.flat_map(|mention| &mention.entities).filter(known).cloned().collect()
    }

    /// The entities with a name that holds all words of `name`.
    fn by_words(&self, name: &str) -> BTreeSet<EntityId> {
        let words = |text: &str| -> BTreeSet<String> {
            text.to_lowercase()
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let wanted = words(name);
        if wanted.is_empty() {
            return BTreeSet::new();
        }
        let fits = |text: &String| wanted.is_subset(&words(text));
        self.directory
            .iter()
            .filter(|entity| fits(&entity.name) || entity.aliases.iter().any(fits))
            .map(|entity| entity.id.clone())
            .collect()
    }
}

fn capitalised(name: &str) -> String {
    let name = name.trim();
    let mut letters = name.chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// The names most like `name`, the likest first; none where all are far from it.
pub(super) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = name.to_lowercase();
    let likeness = |known: &str| strsim::jaro_winkler(&wanted, &known.to_lowercase());
    let mut near: Vec<(f64, &str)> = names
        .map(|known| (likeness(known), known))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    near.dedup_by_key(|(_, known)| *known);
    near.into_iter().take(PROPOSED).map(|(_, known)| known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Entity;

    #[test]
    fn people_say_capitals_surnames_and_near_misses() {
        let lexicon = Lexicon::load(None).unwrap();
        let gazetteer = Gazetteer::load(&lexicon, None).unwrap();
        let ids = ["state:RUS", "state:PRK", "person:sergey-lavrov", "person:volodymyr-zelenskyy"];
        let known = ids.iter().filter_map(|id| gazetteer.directory().get(&id.parse().unwrap()));
        let directory = EntityDirectory::new(known.cloned().collect::<Vec<Entity>>());
        let names = Names::new(&directory);
        for (name, id) in [
            ("Moscow", "state:RUS"),
            ("kremlin", "state:RUS"),
            ("PRK", "state:PRK"),
            ("DPRK", "state:PRK"),
            ("Lavrov", "person:sergey-lavrov"),
        ] {
            assert_eq!(names.find_one(name).unwrap().as_str(), id, "{name}");
        }
        let error = names.find_one("Rusia").unwrap_err().to_string();
        assert!(error.contains("did you mean Russia"), "{error}");
    }
}
