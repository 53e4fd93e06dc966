//! The tables of a gazetteer: comma-separated values become entities and aliases, checked.
//!
//! Comes in: the embedded tables and, over them, those of a folder that the user names. A row
//! whose id is known replaces the known one. Every mistake is kept with file and line. What the
//! columns hold is told in `data/gazetteer/README.md`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{Entity, EntityId, EntityKind, Office};

use super::alias::AliasKind;
use super::error::{GazetteerError, Problem};

/// A table that the binary carries.
struct Embedded {
    file: &'static str,
    text: &'static str,
}

macro_rules! embedded {
    ($($file:literal)+) => {
        [$(Embedded {
            file: $file,
            text: include_str!(concat!("../../data/gazetteer/", $file)),
        },)+]
    };
}

/// In the order in which they are read.
const EMBEDDED: [Embedded; N_TABLES] = embedded! {
    "states.csv" "people.csv" "organizations.csv" "weapons.csv" "ambiguous.csv" "not-names.csv"
    "regions.csv"
    "towns.csv"
};
const N_TABLES: usize = 8;

/// A name as a row gives it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub text: String,
    pub kind: AliasKind,
    pub needs_context: bool,
    /// A common noun, which has a regular plural.
    pub common: bool,
}

/// One entity with the place of its row.
#[derive(Debug, Clone)]
pub(super) struct EntityRow {
    pub entity: Entity,
    pub names: Vec<Named>,
    /// Whether the bare surname practically always means this person.
    pub standalone: bool,
    pub place: Place,
}

/// Where a row stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub file: String,
    pub line: u64,
}

impl Place {
    pub(super) fn problem(&self, message: impl Into<String>) -> Problem {
        Problem { file: self.file.clone(), line: self.line, message: message.into() }
    }
}

/// What decides whether an ambiguous name means its entity.
#[derive(Debug, Clone)]
pub(super) struct AmbiguousRow {
    /// The name, as one of the entity's aliases.
    pub name: String,
    pub id: EntityId,
    /// Words before the name by which it means something else.
    pub not_after: Vec<String>,
    /// Words after the name by which it means something else.
    pub not_before: Vec<String>,
    /// Names of which one must stand in the article; empty where none is needed.
    pub evidence: Vec<String>,
    /// Names in the article that speak against it, unless there is evidence.
    pub counter: Vec<String>,
    pub place: Place,
}

/// All tables, read and checked row by row.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// By id.
    pub entities: BTreeMap<EntityId, EntityRow>,
    pub ambiguous: Vec<AmbiguousRow>,
    /// Phrases that hold a name and mean something else.
    pub not_names: Vec<String>,
    /// Parts of states in which towns have the names of capitals.
    pub regions: Vec<String>,
    /// The states of towns and regions, by name.
    pub towns: BTreeMap<String, (EntityId, Place)>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Of all that was read.
    hasher: blake3::Hasher,
}

impl Tables {
    /// The embedded tables with those of the folder `extra` over them.
    ///
    /// # Errors
    ///
    /// If a file cannot be read. What is wrong in a file goes to `problems`.
    pub(super) fn read(extra: Option<&Path>) -> Result<Self, GazetteerError> {
        let mut tables = Self::default();
        for table in &EMBEDDED {
            tables.read_table(table.file, &format!("data/gazetteer/{}", table.file), table.text);
        }
        if let Some(folder) = extra {
            let mut found = false;
            let failed = |path: &Path, source| GazetteerError::Read { path: path.into(), source };
            std::fs::read_dir(folder).map_err(|error| failed(folder, error))?;
            for table in &EMBEDDED {
                let path = folder.join(table.file);
                match std::fs::read_to_string(&path) {
                    Ok(text) => {
                        found = true;
                        tables.read_table(table.file, &path.display().to_string(), &text);
                    }
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    Err(error) => return Err(failed(&path, error)),
                }
            }
            if !found {
                let expected = EMBEDDED.iter().map(|table| table.file).collect();
                return Err(GazetteerError::NoTable { path: folder.into(), expected });
            }
        }
        tables.check_references();
        tables.problems.sort();
        Ok(tables)
    }

    /// Reads `text` as the table `file`; problems name it `shown`.
    fn read_table(&mut self, file: &str, shown: &str, text: &str) {
        for part in [file, text] {
            self.hasher.update(part.as_bytes()).update(&[0]);
        }
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        let place = |line| Place { file: shown.to_owned(), line };
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(error) => return self.problems.push(csv_problem(shown, text, &error)),
        };
        let mut known = BTreeMap::new();
        let mut record = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Err(error) => {
                    self.problems.push(csv_problem(shown, text, &error));
                    break;
                }
                Ok(true) => {}
            }
            let place = place(line_of(text, record.position()));
            let row = Row { header: &header, record: &record };
            let read = match file {
                "ambiguous.csv" => row.ambiguous(&place).map(|row| self.ambiguous.push(row)),
                "not-names.csv" => {
                    row.required("phrase").map(|p| self.not_names.push(p.to_owned()))
                }
                "regions.csv" => row.required("name").map(|name| {
                    let names = std::iter::once(name).chain(row.list("aliases"));
                    self.regions.extend(names.map(str::to_owned));
                }),
                "towns.csv" => row.towns(&place, &mut self.towns),
                _ => row.entity(file, &place).and_then(|row| {
                    if let Some(line) = known.insert(row.entity.id.clone(), place.line) {
                        return Err(format!("{} stands in line {line} already", row.entity.id));
                    }
                    self.entities.insert(row.entity.id.clone(), row);
                    Ok(())
                }),
            };
            if let Err(message) = read {
                self.problems.push(place.problem(message));
            }
        }
    }

    /// BLAKE3 hash of the tables with their names, in hexadecimal digits.
    pub(super) fn hash(&self) -> String {
        self.hasher.finalize().to_hex().to_string()
    }

    /// Every id that a row refers to exists, and no weapon is its own ancestor.
    fn check_references(&mut self) {
        let mut problems = Vec::new();
        for row in self.entities.values() {
            // Offices may be held in organizations that no table lists.
            for id in row.entity.parents.iter().chain(&row.entity.state) {
                if !self.entities.contains_key(id) {
                    problems.push(row.place.problem(format!("there is no {id}")));
                }
            }
            if !row.entity.parents.is_empty()
                && let Some(path) = self.cycle(&row.entity.id)
            {
                problems.push(row.place.problem(format!("cycle in the hierarchy: {path}")));
            }
        }
        for row in &self.ambiguous {
            if !self.entities.contains_key(&row.id) {
                problems.push(row.place.problem(format!("there is no {}", row.id)));
            }
        }
        for (name, (id, place)) in &self.towns {
            if !self.entities.contains_key(id) {
                problems.push(place.problem(format!("{name} lies in {id}, which there is not")));
            }
        }
        self.problems.append(&mut problems);
    }

    /// A way from `id` over its parents back to itself.
    fn cycle(&self, id: &EntityId) -> Option<String> {
        let mut open: Vec<Vec<&EntityId>> = vec![vec![id]];
        let mut seen = Vec::new();
        while let Some(path) = open.pop() {
            let last = *path.last().expect("a path has a start");
            for parent in self.entities.get(last).map_or(&[][..], |row| &row.entity.parents) {
                let mut longer = path.clone();
                longer.push(parent);
                if parent == id {
                    let names: Vec<_> = longer.iter().map(|id| id.slug()).collect();
                    return Some(names.join(" > "));
                }
                if !seen.contains(&parent) {
                    seen.push(parent);
                    open.push(longer);
                }
            }
        }
        None
    }
}

/// The line of the row that is read from `position` on: comments and empty lines may stand before.
fn line_of(text: &str, position: Option<&csv::Position>) -> u64 {
    let Some(position) = position else { return 1 };
    let byte = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.get(byte..).unwrap_or_default();
    let skipped = rest.lines().take_while(|line| line.starts_with('#') || line.trim().is_empty());
    position.line() + skipped.count() as u64
}

fn csv_problem(file: &str, text: &str, error: &csv::Error) -> Problem {
    let line = line_of(text, error.position());
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} columns instead of {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    Problem { file: file.to_owned(), line, message }
}

/// A record with its header.
struct Row<'r> {
    header: &'r csv::StringRecord,
    record: &'r csv::StringRecord,
}

impl<'r> Row<'r> {
    /// The field `column`; empty where the table has no such column.
    fn get(&self, column: &str) -> &'r str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default()
    }

    fn required(&self, column: &str) -> Result<&'r str, String> {
        match self.get(column) {
            "" => Err(format!("nothing in the column {column:?}")),
            text => Ok(text),
        }
    }

    fn list(&self, column: &str) -> impl Iterator<Item = &'r str> + use<'r> {
        self.get(column).split(';').map(str::trim).filter(|part| !part.is_empty())
    }

    fn entity(&self, file: &str, place: &Place) -> Result<EntityRow, String> {
        let id: EntityId = self.required("id")?.parse().map_err(|error| format!("{error}"))?;
        let expected = match file {
            "states.csv" => EntityKind::State,
            "people.csv" => EntityKind::Person,
            "organizations.csv" => EntityKind::Organization,
            _ => EntityKind::Weapon,
        };
        if id.kind() != expected {
            return Err(format!("{id} is no {expected}"));
        }
        let mut row = EntityRow {
            entity: Entity::bare(id, self.required("name")?),
            names: Vec::new(),
            standalone: false,
            place: place.clone(),
        };
        row.entity.wikidata = match self.get("wikidata") {
            "" => None,
            id => Some(id.parse().map_err(|error| format!("{error}"))?),
        };
        let main = if expected == EntityKind::Weapon { AliasKind::Weapon } else { AliasKind::Name };
        row.add_name(self.get("name"), main);
        for alias in self.list("aliases") {
            row.add_name(alias, main);
            row.entity.aliases.push(alias.trim_start_matches('?').to_owned());
        }
        match expected {
            EntityKind::State => self.state(&mut row)?,
            EntityKind::Person => self.person(&mut row)?,
            EntityKind::Organization => {
                row.entity.state = self.state_id("state")?;
                row.entity.subtype =
                    Some(self.get("type")).filter(|text| !text.is_empty()).map(str::to_owned);
                self.list("organs").for_each(|organ| row.add_name(organ, AliasKind::Organ));
            }
            // No table holds groups: texts introduce them.
            EntityKind::Group => {}
            EntityKind::Weapon => {
                self.list("plural").for_each(|many| row.add_name(many, AliasKind::Weapon));
                for parent in self.list("parent") {
                    row.entity.parents.push(parse_id(parent, EntityKind::Weapon)?);
                }
            }
        }
        Ok(row)
    }

    fn state(&self, row: &mut EntityRow) -> Result<(), String> {
        row.entity.iso2 = Some(self.required("iso2")?.to_owned());
        for (column, kind) in [
            ("adjectives", AliasKind::Demonym),
            ("people", AliasKind::People),
            ("capitals", AliasKind::Capital),
            ("seats", AliasKind::Seat),
            ("organs", AliasKind::Organ),
        ] {
            self.list(column).for_each(|name| row.add_name(name, kind));
        }
        row.entity.adjective = self.list("adjectives").next().map(str::to_owned);
        for word in self.list("described_as") {
            if word.contains(|c: char| c.is_uppercase() || c.is_whitespace()) {
                return Err(format!("described_as holds {word:?} (expected a lower-case word)"));
            }
            row.entity.described_as.push(word.to_owned());
        }
        Ok(())
    }

    fn person(&self, row: &mut EntityRow) -> Result<(), String> {
        self.list("surname").for_each(|name| row.add_name(name, AliasKind::Surname));
        row.standalone = match self.get("standalone") {
            "yes" => true,
            "" | "no" => false,
            other => return Err(format!("standalone is {other:?} (expected yes or no)")),
        };
        row.entity.gender = match self.get("gender") {
            "" => None,
            gender => Some(gender.parse().map_err(|error| format!("{error}"))?),
        };
        row.entity.state = self.state_id("state")?;
        for office in self.list("offices") {
            row.entity.offices.push(parse_office(office)?);
        }
        row.entity.offices.sort_by_key(|office| office.from);
        Ok(())
    }

    fn state_id(&self, column: &str) -> Result<Option<EntityId>, String> {
        match self.get(column) {
            "" => Ok(None),
            id => parse_id(id, EntityKind::State).map(Some),
        }
    }

    /// Adds the towns of a state. Another table may move one to another state.
    fn towns(
        &self,
        place: &Place,
        known: &mut BTreeMap<String, (EntityId, Place)>,
    ) -> Result<(), String> {
        let state = parse_id(self.required("state")?, EntityKind::State)?;
        for name in self.list("names") {
            let old = known.insert(name.to_owned(), (state.clone(), place.clone()));
            if let Some((other, at)) = old.filter(|(_, at)| at.file == place.file) {
                return Err(format!("{name} lies in {other} already (line {})", at.line));
            }
        }
        Ok(())
    }

    fn ambiguous(&self, place: &Place) -> Result<AmbiguousRow, String> {
        let list = |column| self.list(column).map(str::to_owned).collect();
        Ok(AmbiguousRow {
            name: self.required("name")?.to_owned(),
            id: self.required("id")?.parse().map_err(|error| format!("{error}"))?,
            not_after: list("not_after"),
            not_before: list("not_before"),
            evidence: list("evidence"),
            counter: list("counter"),
            place: place.clone(),
        })
    }
}

impl EntityRow {
    /// Adds a name unless it stands there; a leading `?` asks for context.
    fn add_name(&mut self, text: &str, kind: AliasKind) {
        let needs_context = text.starts_with('?');
        let text = text.trim_start_matches('?').trim();
        if text.is_empty() || self.names.iter().any(|name| name.text == text) {
            return;
        }
        let common = kind == AliasKind::Weapon && !text.contains(char::is_uppercase);
        self.names.push(Named { text: text.to_owned(), kind, needs_context, common });
    }
}

/// An id of `kind`, with or without its kind before it.
fn parse_id(text: &str, kind: EntityKind) -> Result<EntityId, String> {
    let id = if text.contains(':') { text.parse::<EntityId>() } else { EntityId::new(kind, text) };
    let id = id.map_err(|error| format!("{error}"))?;
    if id.kind() == kind { Ok(id) } else { Err(format!("{id} is no {kind}")) }
}

/// `Title|holder-id|from|to`.
fn parse_office(text: &str) -> Result<Office, String> {
    let parts: Vec<_> = text.split('|').map(str::trim).collect();
    let [title, holder, from, to] = parts[..] else {
        return Err(format!("office {text:?} (expected Title|holder-id|from|to)"));
    };
    let year = |year: &str| match year {
        "" => Ok(None),
        year => year.parse().map(Some).map_err(|_| format!("office {text:?}: {year:?} is no year")),
    };
    let holder = holder.parse().map_err(|error| format!("{error}"))?;
    Ok(Office { title: title.to_owned(), holder, from: year(from)?, to: year(to)? })
}
