//! Alias tables and sentences become mentions; pronouns and descriptions find their antecedents.
//!
//! Comes in: the tables of `data/gazetteer`, with those of a user's folder over them, and the
//! sentences of an article. Goes out: every place where an entity is named, the people that
//! the article introduces by office and name though no table lists them, and groups without a name. Left out: names that the
//! context leaves ambiguous, and people without an office.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasherDefault;
use std::path::Path;

use rapidhash::fast::RapidHasher;

use crate::lexicon::Lexicon;
use crate::model::{Article, Document, EntityDirectory, EntityId, EntityKind, Gender, Mention};

mod alias;
mod ambiguity;
mod discovery;
mod error;
mod fold;
mod groups;
mod matcher;
mod named;
mod names;
mod namesakes;
mod places;
mod publisher;
mod spelling;
mod suggest;
mod surnames;
mod table;
pub(crate) mod titles;
mod towns;

pub use error::{GazetteerError, Problem};
pub use suggest::Suggestions;

use alias::{Alias, AliasKind};
use ambiguity::Ambiguity;
use matcher::Matcher;
use table::{EntityRow, Place, Tables};
use towns::Towns;

/// All aliases, compiled.
#[derive(Debug)]
pub struct Gazetteer {
    pub(crate) lexicon: Lexicon,
    directory: EntityDirectory,
    /// By number, as aliases count them.
    entities: Vec<Known>,
    matcher: Matcher,
    ambiguity: Ambiguity,
    given_names: GivenNames,
    /// Folded names of parts of states.
    regions: BTreeSet<String>,
    towns: Towns,
    /// States by their two-letter codes, in small letters.
    state_codes: BTreeMap<String, EntityId>,
    hash: String,
}

/// What matching needs to know of an entity.
#[derive(Debug)]
struct Known {
    id: EntityId,
    /// Number of its state, where it has one.
    state: Option<u32>,
    /// Of persons: whether the bare surname practically always means this one.
    standalone: bool,
    /// Of persons: the folded words of the name that are no surname.
    given: Vec<String>,
    /// Of weapons: all wider classes.
    classes: Vec<EntityId>,
}

/// How often each given name belongs to women and to men of the gazetteer.
#[derive(Debug, Default)]
struct GivenNames {
    counts: BTreeMap<String, [u32; 2]>,
}

/// What an article names.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// In text order, without overlap.
    pub mentions: Vec<Mention>,
    /// Towns, which stand for their state only where it is attacked: in text order, outside of the
    /// others.
    pub towns: Vec<Mention>,
    /// The gazetteer's entities and those found in this article by title and name.
    pub directory: EntityDirectory,
    /// The state or body in whose name the article is published, by its publisher and address.
    pub publisher: Option<EntityId>,
}

/// Counts of a gazetteer and everything that is wrong with it.
#[derive(Debug, Clone)]
pub struct Inventory {
    /// Entities of each kind.
    pub entities: BTreeMap<EntityKind, usize>,
    /// Aliases of each kind of entity, names included.
    pub aliases: BTreeMap<EntityKind, usize>,
    /// Names that count only in context.
    pub ambiguous: usize,
    /// Sorted by file and line.
    pub problems: Vec<Problem>,
}

impl Gazetteer {
    /// The embedded tables, with those of `extra` added or put in their place; titles and the like are
    /// told by `lexicon`.
    ///
    /// # Errors
    ///
    /// If a table cannot be read or breaks a rule: file, line and value are named.
    pub fn load(lexicon: &Lexicon, extra: Option<&Path>) -> Result<Self, GazetteerError> {
        let mut tables = Tables::read(extra)?;
        // Tests hold the embedded tables to be sound.
        if extra.is_some() {
            find_duplicates(&mut tables);
        }
        if tables.problems.is_empty() {
            Ok(Self::compile(lexicon, tables))
        } else {
            Err(GazetteerError::Invalid { problems: tables.problems })
        }
    }

    /// Counts the tables that [`Gazetteer::load`] would read, and all that is wrong with them.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn check(extra: Option<&Path>) -> Result<Inventory, GazetteerError> {
        let mut tables = Tables::read(extra)?;
        find_duplicates(&mut tables);
        let (mut entities, mut aliases) = (BTreeMap::new(), BTreeMap::new());
        let mut ambiguous = 0;
        for (id, row) in &tables.entities {
            *entities.entry(id.kind()).or_default() += 1;
            *aliases.entry(id.kind()).or_default() += row.names.len();
            ambiguous += row.names.iter().filter(|name| name.needs_context).count();
        }
        Ok(Inventory { entities, aliases, ambiguous, problems: tables.problems })
    }

    /// BLAKE3 hash of what was loaded, in hexadecimal digits: equal hashes read alike.
    #[must_use]
    pub fn hash(&self) -> String {
        self.hash.clone()
    }

    /// The word lists by which titles and the like are told.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// All entities.
    #[must_use]
    pub fn directory(&self) -> &EntityDirectory {
        &self.directory
    }

    /// Every place where an entity is named.
    #[must_use]
    pub fn find_mentions(&self, article: &Article, document: &Document) -> Mentions {
        names::find(self, article, document)
    }

    fn compile(lexicon: &Lexicon, tables: Tables) -> Self {
        let hash = tables.hash();
        let mut classes = all_classes(&tables.entities);
        let mut given_names = GivenNames::default();
        let mut aliases = Vec::new();
        let mut entities = Vec::with_capacity(tables.entities.len());
        let mut rows = Vec::with_capacity(tables.entities.len());
        let ids: Vec<_> = tables.entities.keys().cloned().collect();
        let number = |id: &EntityId| {
            let found = ids.binary_search(id).expect("tables are checked");
            u32::try_from(found).expect("entities fit in memory")
        };
        let mut reversed = Vec::new();
        let mut state_codes = BTreeMap::new();
        for ((id, row), entity) in tables.entities.into_iter().zip(0..) {
            add_aliases(entity, &row, &mut aliases);
            if id.is_person() {
                reversed.extend(reversed_name(&row).map(|folded| (entity, folded)));
            }
            let given = if id.is_person() { given_words(&row) } else { Vec::new() };
            given_names.add(&given, row.entity.gender);
            let classes = classes.remove(&id).unwrap_or_default();
            let state = row.entity.state.as_ref().map(number);
            if let Some(code) = &row.entity.iso2 {
                state_codes.insert(code.to_ascii_lowercase(), id.clone());
            }
            entities.push(Known { id, state, standalone: row.standalone, given, classes });
            rows.push(row.entity);
        }
        aliases.extend(tables.not_names.iter().map(|phrase| Alias {
            entity: 0,
            kind: AliasKind::Blocked,
            needs_context: false,
            prefix: false,
            folded: fold::fold(phrase).into(),
        }));
        add_reversed(reversed, &mut aliases);
        let towns = tables.towns.into_iter().map(|(name, (state, _))| (name, state));
        let towns = Towns::new(towns);
        let ambiguity = Ambiguity::new(&tables.ambiguous, number);
        let regions = tables.regions.iter().map(|name| fold::fold(name)).collect();
        Self {
            lexicon: lexicon.clone(),
            directory: EntityDirectory::new(rows),
            entities,
            matcher: Matcher::new(aliases),
            ambiguity,
            given_names,
            regions,
            towns,
            state_codes,
            hash,
        }
    }

    /// The state whose code in addresses is `code`, in small letters.
    fn state_of_code(&self, code: &str) -> Option<EntityId> {
        let id = self.state_codes.get(code)?;
        Some(id.clone())
    }

    fn id(&self, entity: u32) -> &EntityId {
        &self.entities[entity as usize].id
    }
}

impl GivenNames {
    fn add(&mut self, given: &[String], gender: Option<Gender>) {
        if let Some(name) = given.first() {
            let counts = self.counts.entry(name.clone()).or_default();
            match gender {
                Some(Gender::Female) => counts[0] += 1,
                Some(Gender::Male) => counts[1] += 1,
                None => {}
            }
        }
    }

    /// Whether someone in the gazetteer is called so.
    fn contains(&self, folded: &str) -> bool {
        self.counts.contains_key(folded)
    }

    /// The gender of all who are called so, where there is one.
    fn gender(&self, folded: &str) -> Option<Gender> {
        match self.counts.get(folded)? {
            [0, men] if *men > 0 => Some(Gender::Male),
            [women, 0] if *women > 0 => Some(Gender::Female),
            _ => None,
        }
    }
}

/// The folded words of a person's name that are no surname and no initial.
fn given_words(row: &EntityRow) -> Vec<String> {
    let surnames = row.names.iter().filter(|name| name.kind == AliasKind::Surname);
    let surnames: Vec<_> = surnames.map(|name| fold::fold(&name.text)).collect();
    let is_surname = |word: &str| surnames.iter().any(|s| s.split(' ').any(|part| part == word));
    let name = fold::fold(&row.entity.name);
    name.split(' ')
        .filter(|word| word.len() > 2 || !word.ends_with('.'))
        .filter(|word| !is_surname(word))
        .map(str::to_owned)
        .collect()
}

fn add_aliases(entity: u32, row: &EntityRow, aliases: &mut Vec<Alias>) {
    for name in &row.names {
        let prefix = name.text.ends_with('-');
        let mut spellings = if name.kind == AliasKind::Surname {
            vec![fold::fold(&name.text)]
        } else {
            alias::spellings(name.text.trim_end_matches('-'))
        };
        if name.common {
            // The matcher adds the plural in -s by itself.
            let irregular = spellings.iter().map(|noun| (noun, alias::plural(noun)));
            let irregular = irregular.filter(|(noun, many)| format!("{noun}s") != **many);
            let irregular: Vec<_> = irregular.map(|(_, many)| many).collect();
            spellings.extend(irregular);
        }
        aliases.extend(spellings.into_iter().map(|folded| Alias {
            entity,
            kind: name.kind,
            needs_context: name.needs_context,
            prefix,
            folded: folded.into(),
        }));
    }
}

/// The name of a person in the other order, folded: "Jae in Moon", "Putin Vladimir".
fn reversed_name(row: &EntityRow) -> Option<String> {
    let name = fold::fold(&row.entity.name);
    let words: Vec<&str> = name.split(' ').collect();
    if !(2..=3).contains(&words.len()) || words.iter().any(|word| word.len() < 2) {
        return None;
    }
    let is_surname = |word: &str| {
        let mut surnames = row.names.iter().filter(|name| name.kind == AliasKind::Surname);
        surnames.any(|name| fold::fold(&name.text) == word)
    };
    let last = words.len() - 1;
    if is_surname(words[0]) && !is_surname(words[last]) {
        // "Jong-un Kim"
        let later = words[2..].iter().map(|word| word.to_lowercase());
        let given = std::iter::once(words[1].to_owned()).chain(later);
        Some(given.chain([words[0].to_owned()]).collect::<Vec<_>>().join(" "))
    } else if is_surname(words[last]) && !is_surname(words[0]) {
        Some(format!("{} {}", words[last], words[..last].join(" ")))
    } else {
        None
    }
}

/// Adds names in the other order, where nobody else has them.
fn add_reversed(mut reversed: Vec<(u32, String)>, aliases: &mut Vec<Alias>) {
    let known: BTreeSet<String> = aliases.iter().map(|a| a.folded.to_lowercase()).collect();
    reversed.sort_by_cached_key(|(_, folded)| folded.to_lowercase());
    let same = |one: &(u32, String), other: &(u32, String)| one.1.eq_ignore_ascii_case(&other.1);
    let single = reversed.chunk_by(same).filter(|group| group.len() == 1).flatten();
    let new = single.filter(|(_, folded)| !known.contains(&folded.to_lowercase()));
    let new: Vec<Alias> = new
        .map(|(entity, folded)| Alias {
            entity: *entity,
            kind: AliasKind::Name,
            needs_context: false,
            prefix: false,
            folded: folded.as_str().into(),
        })
        .collect();
    aliases.extend(new);
}

/// All wider classes of each weapon.
fn all_classes(rows: &BTreeMap<EntityId, EntityRow>) -> BTreeMap<EntityId, Vec<EntityId>> {
    let mut classes = BTreeMap::new();
    for (id, row) in rows.iter().filter(|(id, _)| id.is_weapon()) {
        let mut found: Vec<EntityId> = Vec::new();
        let mut open = row.entity.parents.clone();
        while let Some(parent) = open.pop() {
            if !found.contains(&parent) {
                open.extend(rows.get(&parent).iter().flat_map(|row| row.entity.parents.clone()));
                found.push(parent);
            }
        }
        classes.insert(id.clone(), found);
    }
    classes
}

/// A name of two entities is a mistake, unless each asks for context; surnames may be shared. So is
/// one Wikidata id of two.
fn find_duplicates(tables: &mut Tables) {
    let mut owners: HashMap<&str, (&EntityId, &Place), BuildHasherDefault<RapidHasher<'static>>> =
        HashMap::default();
    let mut items = HashMap::new();
    let mut problems = Vec::new();
    // In the order of files and lines, so that the later row is the one to blame.
    let mut rows: Vec<_> = tables.entities.iter().collect();
    rows.sort_by_key(|(_, row)| &row.place);
    for (id, row) in rows {
        if let Some(item) = row.entity.wikidata
            && let Some((other, place)) = items.insert(item, (id, &row.place))
        {
            let message = format!("{item} is also {other} ({}:{})", place.file, place.line);
            problems.push(row.place.problem(message));
        }
        let plain = row.names.iter();
        let plain = plain.filter(|name| !name.needs_context && name.kind != AliasKind::Surname);
        for name in plain {
            if let Some((other, place)) = owners.insert(&name.text, (id, &row.place))
                && other != id
            {
                let message = format!(
                    "alias {:?} also belongs to {other} ({}:{})",
                    name.text, place.file, place.line
                );
                problems.push(row.place.problem(message));
            }
        }
    }
    tables.problems.append(&mut problems);
    tables.problems.sort();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_tables_are_sound() {
        let inventory = Gazetteer::check(None).unwrap();
        let problems: Vec<_> = inventory.problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems, Vec::<String>::new());
    }
}
