//! What the fields of records are called: names from `data/inputs/keys.toml`, and the user's.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::Deserialize;

/// The names as the data file lists them, normalised.
static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let mut keys: Keys = toml::from_str(include_str!("../../data/inputs/keys.toml"))
        .expect("the embedded names of fields are well formed");
    for names in keys.fields.values_mut() {
        for name in names.iter_mut() {
            *name = normal(name);
        }
    }
    let shapes = &mut keys.shapes;
    for names in [&mut shapes.lists, &mut shapes.wrappers, &mut shapes.lists_of_members] {
        for name in names.iter_mut() {
            *name = normal(name);
        }
    }
    keys
});

#[derive(Debug, Deserialize)]
struct Keys {
    fields: BTreeMap<String, Vec<String>>,
    shapes: Shapes,
}

/// Names of what is no field but holds records or values.
#[derive(Debug, Deserialize)]
pub(super) struct Shapes {
    lists: Vec<String>,
    wrappers: Vec<String>,
    lists_of_members: Vec<String>,
    /// Objects inside of a record that hold its fields; spelled as they are.
    pub(super) inner: Vec<String>,
    /// What stands for an object where a text is wanted; spelled as they are.
    pub(super) values: Vec<String>,
}

impl Shapes {
    /// Whether an object keeps its records under this key.
    pub(super) fn is_list(&self, key: &str) -> bool {
        self.lists.contains(&normal(key))
    }

    /// Whether an object keeps an object with such a list under this key.
    pub(super) fn is_wrapper(&self, key: &str) -> bool {
        self.wrappers.contains(&normal(key))
    }

    /// Whether a member of a list keeps records of its own under this key.
    pub(super) fn is_list_of_member(&self, key: &str) -> bool {
        self.lists_of_members.contains(&normal(key))
    }
}

/// Names of shapes.
pub(super) fn shapes() -> &'static Shapes {
    &KEYS.shapes
}

crate::model::closed_set! {
    /// A part of a record that becomes part of an article.
    "field of a record" RecordField {
        /// Its name.
        Id = "id",
        /// The headline.
        Title = "title",
        /// The text.
        Text = "text",
        /// When it was published.
        Date = "date",
        /// Its address.
        Url = "url",
        /// Publisher or site.
        Outlet = "outlet",
        /// Who wrote it.
        Author = "author",
    }
}

impl RecordField {
    /// Normalised names in the order of preference.
    pub(super) fn names(self) -> &'static [String] {
        KEYS.fields.get(self.as_str()).map_or(&[], Vec::as_slice)
    }
}

/// A name as names are compared: without case and without what parts its words.
pub(super) fn normal(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-' | '.' | ':' | ' ' | '\u{FEFF}'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Which key of the records holds which field, where the user says so: `text=KEY,date=KEY`.
///
/// ```
/// use tieline::source::FieldMap;
///
/// let map: FieldMap = "text=Volltext,date=meta.day".parse()?;
/// assert_eq!(map.to_string(), "text=Volltext,date=meta.day");
/// assert!("texts=Volltext".parse::<FieldMap>().is_err());
/// # Ok::<(), tieline::source::InvalidFieldMap>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap {
    keys: Vec<(RecordField, String)>,
}

impl FieldMap {
    /// The key of a field, if the user names one.
    #[must_use]
    pub fn key(&self, field: RecordField) -> Option<&str> {
        self.keys.iter().find(|(of, _)| *of == field).map(|(_, key)| key.as_str())
    }

    /// Whether the user names no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Adds the pairs of another map.
    pub fn extend(&mut self, other: Self) {
        self.keys.extend(other.keys);
    }
}

/// A text that is no list of fields and keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no list of FIELD=KEY (fields: id, title, text, date, url, outlet, author)")]
pub struct InvalidFieldMap(pub String);

impl FromStr for FieldMap {
    type Err = InvalidFieldMap;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || InvalidFieldMap(text.to_owned());
        let pair = |pair: &str| {
            let (field, key) = pair.split_once('=').ok_or_else(wrong)?;
            let field = field.trim().to_lowercase().parse().map_err(|_| wrong())?;
            let key = key.trim();
            if key.is_empty() { Err(wrong()) } else { Ok((field, key.to_owned())) }
        };
        Ok(Self { keys: text.split(',').map(pair).collect::<Result<_, _>>()? })
    }
}

impl std::fmt::Display for FieldMap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (n, (field, key)) in self.keys.iter().enumerate() {
            write!(f, "{}{field}={key}", if n > 0 { "," } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_in_their_words_alone() {
        for name in ["publish_date", "publishDate", "Publish Date", "PUBLISH-DATE"] {
            assert!(RecordField::Date.names().contains(&normal(name)), "{name}");
        }
        assert!(RecordField::Text.names().contains(&normal("articleBody")));
        assert!(!RecordField::Text.names().contains(&normal("textile")));
    }

    #[test]
    fn every_field_has_names() {
        for field in RecordField::ALL {
            assert!(!field.names().is_empty(), "{field}");
        }
        assert_eq!(KEYS.fields.len(), RecordField::ALL.len());
    }
}
