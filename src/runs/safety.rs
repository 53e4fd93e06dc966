//! What protects a run from the next command. That files of a run are no articles is known where
//! inputs are listed.

use std::path::{Component, Path, PathBuf};

use super::RunError;

/// Refuses inputs that hold the place of the results.
pub(super) fn check_inputs(inputs: &[String], out: &Path) -> Result<(), RunError> {
    let place = absolute(out);
    for input in inputs.iter().filter(|input| *input != crate::source::STDIN) {
        let path = Path::new(input);
        if path.is_dir() && place.starts_with(absolute(path)) {
            let (out, input) = (out.to_owned(), path.to_owned());
            return Err(RunError::OutInsideInput { out, input });
        }
    }
    Ok(())
}

/// The path without links and without parts that lead back; of what does not exist yet, below the
/// nearest folder that does.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for known in path.ancestors() {
        if let Ok(real) = known.canonicalize() {
            let rest = path.strip_prefix(known).unwrap_or(Path::new(""));
            return rest.components().fold(real, |path, part| match part {
                Component::ParentDir => path.parent().map(Path::to_owned).unwrap_or(path),
                part => path.join(part),
            });
        }
    }
    path
}
