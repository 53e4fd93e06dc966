//! Why a gazetteer cannot be used: always with file and line.

use std::fmt;
use std::path::PathBuf;

/// One thing that is wrong in a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as the user named it.
    pub file: String,
    /// 1-based line.
    pub line: u64,
    /// What is wrong, with the offending value.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Why a gazetteer cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// A table or its folder cannot be read.
    #[error("{}", path.display())]
    Read {
        /// The table or folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// A folder without any table in it.
    #[error("{}: no table found (expected one of {})", path.display(), expected.join(", "))]
    NoTable {
        /// The folder.
        path: PathBuf,
        /// The file names that a gazetteer has.
        expected: Vec<&'static str>,
    },
    /// Tables that break a rule. Never empty; sorted by file and line.
    #[error("{}{}", problems[0], further(problems.len() - 1))]
    Invalid {
        /// All that is wrong.
        problems: Vec<Problem>,
    },
}

fn further(n: usize) -> String {
    match n {
        0 => String::new(),
        1 => " (and 1 more problem: see `tieline gazetteer check`)".to_owned(),
        n => format!(" (and {n} more problems: see `tieline gazetteer check`)"),
    }
}
