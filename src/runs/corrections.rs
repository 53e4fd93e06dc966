//! `corrections.toml`: what people have decided about claims and entities, in a form that they can
//! read, edit and put under version control.
//!
//! The file is TOML: a list of `[[correction]]` tables, applied in the order of the file. Every text
//! is a basic string, which takes the escapes of JSON, so a program may write it with a JSON writer.
//!
//! ```toml
//! [[correction]]
//! kind = "reject"                  # the claim is wrong
//! claim = "0123456789abcdef"       # its id
//! by = "A. Analyst"                # who says so; required
//! on = "2025-01-31"                # when; required, a day
//! why = "It is about a game."      # optional
//!
//! [[correction]]
//! kind = "edit"                    # fields of the claim are wrong; only those given change
//! claim = "0123456789abcdef"
//! by = "A. Analyst"
//! on = "2025-01-31"
//! [correction.set]
//! relation = "supplies"
//! source = "state:PRK"             # entities by id
//! target = "state:RUS"
//! items = ["artillery shells"]     # ids of weapons, or plain words
//! quantity = "10,000"              # "" for none; so for attribution, event_date and role
//! polarity = "positive"            # positive, negative
//! modality = "hedged"              # asserted, hedged, prospective
//! attribution = "state:KOR"        # an id, or plain words
//! event_date = "2024-05"           # a day, month, year or first/last
//! role = "Minister of Defence"
//!
//! [[correction]]
//! kind = "merge"                   # several entities are one
//! entities = ["person:kim-jong", "person:kim-jong-un"]
//! into = "person:kim-jong-un"      # one of them, or a new id
//! by = "A. Analyst"
//! on = "2025-01-31"
//!
//! [[correction]]
//! kind = "split"                   # an entity is two: these claims mean the other one
//! entity = "person:john-smith"
//! into = "person:john-smith-of-riga"
//! name = "John Smith (Riga)"
//! claims = ["0123456789abcdef"]
//! by = "A. Analyst"
//! on = "2025-01-31"
//!
//! [[correction]]
//! kind = "hide"                    # leave an entity and its claims out of everything
//! entity = "organization:example"
//! by = "A. Analyst"
//! on = "2025-01-31"
//!
//! [[correction]]
//! kind = "rename"                  # the name to show
//! entity = "person:kim-jong-un"
//! name = "Kim Jong-un"
//! by = "A. Analyst"
//! on = "2025-01-31"
//!
//! [[correction]]
//! kind = "alias"                   # one more name to ask by
//! entity = "person:kim-jong-un"
//! alias = "the Marshal"
//! by = "A. Analyst"
//! on = "2025-01-31"
//!
//! [[correction]]
//! kind = "add"                     # a claim by hand, with its source
//! relation = "supplies"
//! source = "state:PRK"
//! target = "state:RUS"
//! sentence = "The ship brought shells from Rajin."
//! doc = "archive/box-12"           # what is cited: the name of an article of the run, or of your own
//! polarity = "positive"            # optional, as in `set`, and so are items, quantity,
//! modality = "asserted"            # attribution, event_date and role; title, date, outlet, url
//! by = "A. Analyst"
//! on = "2025-01-31"
//! ```

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use super::change::{AddedClaim, Change, Fields};

/// The file in the folder of a run.
pub const CORRECTIONS: &str = "corrections.toml";

/// How a file of corrections begins that the program makes.
pub(super) const HEADER: &str = "# Decisions about claims and entities, applied in this order.\n";

/// One decision, with who took it, when and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// What is decided.
    #[serde(flatten)]
    pub change: Change,
    /// Who decided.
    pub by: String,
    /// On which day.
    pub on: Day,
    /// Why, in free words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A day as text: `2025-01-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let expected = |_| serde::de::Error::custom(format!("{text:?} is no day (2025-01-31)"));
        text.parse().map(Self).map_err(expected)
    }
}

/// All corrections of a file, in order, each with its line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corrections {
    /// The corrections.
    pub list: Vec<Placed>,
}

/// A correction and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The correction.
    pub correction: Correction,
    /// The file that it was read from; empty of one that is new.
    pub path: PathBuf,
    /// 1-based; 0 of one that is new.
    pub line: usize,
}

impl Placed {
    /// Its place for people.
    fn place(&self) -> String {
        match self.line {
            0 => "the new correction".to_owned(),
            line => format!("{}:{line}", self.path.display()),
        }
    }
}

/// Why corrections cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {cause}")]
pub struct CorrectionError {
    /// File and line.
    pub place: String,
    /// What is wrong.
    pub cause: String,
}

/// The file as TOML has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    correction: Vec<toml::Spanned<Correction>>,
}

impl Corrections {
    /// Reads the file `path`; no corrections where there is none.
    ///
    /// # Errors
    ///
    /// As of [`parse`](Self::parse); and if the file cannot be read.
    pub fn read(path: &Path) -> Result<Self, CorrectionError> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, path),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => {
                Err(CorrectionError { place: path.display().to_string(), cause: error.to_string() })
            }
        }
    }

    /// Reads the text of the file `path`.
    ///
    /// # Errors
    ///
    /// If it is no list of corrections, or two of them contradict each other.
    pub fn parse(text: &str, path: &Path) -> Result<Self, CorrectionError> {
        let line = |offset: usize| text[..offset.min(text.len())].matches('\n').count() + 1;
        let file: File = toml::from_str(text).map_err(|error| {
            let Range { start, .. } = error.span().unwrap_or_default();
            CorrectionError {
                place: format!("{}:{}", path.display(), line(start)),
                cause: error.message().to_owned(),
            }
        })?;
        let mut corrections = Self::default();
        for spanned in file.correction {
            corrections.push(Placed {
                path: path.to_owned(),
                line: line(spanned.span().start),
                correction: spanned.into_inner(),
            })?;
        }
        Ok(corrections)
    }

    /// Adds a decision that was just taken.
    ///
    /// # Errors
    ///
    /// If it contradicts one that is here.
    pub fn decide(&mut self, correction: Correction) -> Result<(), CorrectionError> {
        self.push(Placed { correction, path: PathBuf::new(), line: 0 })
    }

    /// Adds the corrections of another file that are not here yet.
    ///
    /// # Errors
    ///
    /// If one of them contradicts one that is here.
    pub fn extend(&mut self, others: &Self) -> Result<(), CorrectionError> {
        others.list.iter().try_for_each(|placed| self.push(placed.clone()))
    }

    fn push(&mut self, new: Placed) -> Result<(), CorrectionError> {
        if self.list.iter().any(|known| known.correction == new.correction) {
            return Ok(());
        }
        for known in &self.list {
            let cause = known.correction.change.contradiction(&new.correction.change);
            if let Some(cause) = cause {
                let cause = format!("{cause}, but {} says otherwise", known.place());
                return Err(CorrectionError { place: new.place(), cause });
            }
        }
        self.list.push(new);
        Ok(())
    }
}

/// One correction as it stands in the file, a blank line before it.
impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = toml::to_string(self).map_err(|_| fmt::Error)?;
        // What belongs to the correction stands below its name.
        write!(f, "\n[[correction]]\n{}", table.replace("[set]\n", "[correction.set]\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example in the documentation of this file.
    fn documented() -> String {
        let source = include_str!("corrections.rs");
        let block = source.split("//! ```toml\n").nth(1).unwrap().split("//! ```").next().unwrap();
        block
            .lines()
            .map(|line| line.strip_prefix("//!").unwrap().trim_start())
            .fold(String::new(), |text, line| text + line + "\n")
    }

    #[test]
    fn the_documented_form_is_read_and_written_back() {
        // The example edits the claim that it rejects: one of the two at a time.
        let text = documented().replacen("0123456789abcdef", "fedcba9876543210", 1);
        let read = Corrections::parse(&text, Path::new("c.toml")).unwrap();
        let kinds: Vec<_> = read.list.iter().map(|c| c.correction.change.kind()).collect();
        assert_eq!(kinds, ["reject", "edit", "merge", "split", "hide", "rename", "alias", "add"]);
        let written: String = read.list.iter().map(|c| c.correction.to_string()).collect();
        let again = Corrections::parse(&written, Path::new("c.toml")).unwrap();
        let plain =
            |c: &Corrections| c.list.iter().map(|c| c.correction.clone()).collect::<Vec<_>>();
        assert_eq!(plain(&again), plain(&read));
    }

    #[test]
    fn mistakes_and_conflicts_are_named_with_their_lines() {
        let head = "by = \"me\"\non = \"2025-01-31\"\n";
        let cases = [
            (format!("[[correction]]\nkind = \"reject\"\n{head}"), "c.toml:", "claim"),
            (format!("\n[[correction]]\nkind = \"erase\"\n{head}"), "c.toml:", "erase"),
            (
                format!(
                    "[[correction]]\nkind = \"rename\"\nentity = \"state:PRK\"\nname = \"A\"\n{head}\
                     [[correction]]\nkind = \"rename\"\nentity = \"state:PRK\"\nname = \"B\"\n{head}"
                ),
                "c.toml:7: ",
                "c.toml:1 says otherwise",
            ),
            (
                format!(
                    "[[correction]]\nkind = \"reject\"\nclaim = \"x\"\n{head}[[correction]]\n\
                     kind = \"edit\"\nclaim = \"x\"\n{head}[correction.set]\nrole = \"y\"\n"
                ),
                "c.toml:6: ",
                "both rejected and edited",
            ),
        ];
        let two = |first: &str, second: &str| {
            format!("[[correction]]\n{first}\n{head}\n[[correction]]\n{second}\n{head}")
        };
        let pairs = [
            (
                "kind = \"edit\"\nclaim = \"x\"\nset.role = \"y\"",
                "kind = \"edit\"\nclaim = \"x\"\nset.role = \"z\"",
                "role of claim x gets another value",
            ),
            (
                "kind = \"merge\"\nentities = [\"state:AAA\"]\ninto = \"state:BBB\"",
                "kind = \"merge\"\nentities = [\"state:AAA\"]\ninto = \"state:CCC\"",
                "state:AAA is merged into state:CCC",
            ),
            (
                "kind = \"split\"\nentity = \"state:AAA\"\ninto = \"state:BBB\"\nname = \"B\"\nclaims = [\"x\"]",
                "kind = \"split\"\nentity = \"state:AAA\"\ninto = \"state:CCC\"\nname = \"C\"\nclaims = [\"x\"]",
                "claim x means state:CCC",
            ),
            (
                "kind = \"hide\"\nentity = \"state:AAA\"",
                "kind = \"rename\"\nentity = \"state:AAA\"\nname = \"B\"",
                "both hidden and renamed",
            ),
        ];
        for (first, second, cause) in pairs {
            let error = Corrections::parse(&two(first, second), Path::new("c.toml")).unwrap_err();
            let error = error.to_string();
            assert!(error.contains(cause) && error.contains("c.toml:1 says otherwise"), "{error}");
            assert!(!error.starts_with("c.toml:1:"), "{error}");
        }
        for (text, place, cause) in cases {
            let error = Corrections::parse(&text, Path::new("c.toml")).unwrap_err().to_string();
            assert!(error.starts_with(place) && error.contains(cause), "{error}");
        }
    }
}
