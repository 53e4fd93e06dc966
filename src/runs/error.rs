//! What can be wrong with the folder of a run.

use std::io;
use std::path::PathBuf;

use crate::export::ExportError;
use crate::source::SourceError;

use super::CorrectionError;

/// Why a run cannot be written, read back or changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The system refuses a file or folder.
    #[error("{}: cannot {doing}", path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What was tried: "write", "read", "rename".
        doing: &'static str,
        /// Why.
        source: io::Error,
    },
    /// A file of a run is not what this program writes.
    #[error("{}:{line}: {cause}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// 1-based.
        line: u64,
        /// What is wrong.
        cause: String,
    },
    /// A file of a run is not the one that the manifest names.
    #[error(
        "{}: is not the file that manifest.json names: files of two runs are mixed, or it was edited",
        path.display()
    )]
    Mixed {
        /// The file.
        path: PathBuf,
    },
    /// The folder holds no run.
    #[error("{}: holds no finished run", path.display())]
    NoRun {
        /// The folder.
        path: PathBuf,
    },
    /// The run is of another version of the program, which kept it in another form.
    #[error("{}: was written by a version with another form of runs: build it anew", path.display())]
    OldForm {
        /// The manifest.
        path: PathBuf,
    },
    /// Another process writes the folder.
    #[error("{}: another tieline is writing it", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// A run would be replaced by one without claims.
    #[error(
        "{}: holds a run of {claims} claims, and the new one has none: it stays as it is (--force \
         replaces it)",
        path.display()
    )]
    WouldEmpty {
        /// The folder.
        path: PathBuf,
        /// Claims of the run that is there.
        claims: u64,
    },
    /// Results would become articles.
    #[error("{}: lies inside of the input {}: results would be read as articles", out.display(), input.display())]
    OutInsideInput {
        /// Where results go.
        out: PathBuf,
        /// The folder that is read.
        input: PathBuf,
    },
    /// Two runs were cut or rolled up by different filters.
    #[error("{}: was built with other filters than {}: merge runs of one kind", second.display(), first.display())]
    OtherSettings {
        /// One run.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// The corrections cannot be used.
    #[error(transparent)]
    Corrections(#[from] CorrectionError),
    /// A file cannot be exported.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// An input cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}
