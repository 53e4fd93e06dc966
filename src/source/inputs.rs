//! The files behind the names that the user types, and the names that articles get from them.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};

use super::{Cause, STDIN, SourceError};

/// The files of all inputs in order; what cannot be listed stands as an error in its place.
pub(super) fn list(
    inputs: impl Iterator<Item = PathBuf>,
) -> VecDeque<Result<PathBuf, SourceError>> {
    let mut files = VecDeque::new();
    for input in inputs {
        if input.as_os_str() == STDIN {
            files.push_back(Ok(input));
        } else if input.is_dir() {
            list_folder(&input, &mut files);
        } else if is_of_a_run(&input) {
            files.push_back(Err(SourceError::new(&input, Cause::OwnOutput)));
        } else {
            match input.metadata() {
                Ok(_) => files.push_back(Ok(input)),
                Err(error) => list_pattern(&input, error, &mut files),
            }
        }
    }
    files
}

/// All files below `folder`, sorted, without hidden ones and without finished runs.
fn list_folder(folder: &Path, files: &mut VecDeque<Result<PathBuf, SourceError>>) {
    let mut entries =
        walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                files.push_back(Err(SourceError::new(&path, Cause::Read(error.into()))));
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        if entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.') {
            if is_folder {
                entries.skip_current_dir();
            }
        } else if is_folder && is_run(entry.path()) {
            entries.skip_current_dir();
            files.push_back(Err(SourceError::new(entry.path(), Cause::OwnOutput)));
        } else if !is_folder {
            let kind = not_a_file(entry.file_type());
            let path = entry.into_path();
            files.push_back(match kind {
                Some(kind) => Err(SourceError::new(&path, Cause::NotAFile(kind))),
                None => Ok(path),
            });
        }
    }
}

/// What a file of a folder is that is no plain one.
fn not_a_file(kind: std::fs::FileType) -> Option<&'static str> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
    }
    (!kind.is_file()).then_some("a device")
}

/// Whether a folder holds the results of a finished run.
fn is_run(folder: &Path) -> bool {
    // A manifest lists the skipped inputs, a thousand at most.
    const MAX_MANIFEST: u64 = 4 << 20;
    #[derive(serde::Deserialize)]
    struct Manifest {
        program: String,
    }
    let path = folder.join("manifest.json");
    let is_small = path.metadata().is_ok_and(|of| of.is_file() && of.len() <= MAX_MANIFEST);
    is_small
        && std::fs::read(path).is_ok_and(|bytes| {
            serde_json::from_slice::<Manifest>(&bytes)
                .is_ok_and(|manifest| manifest.program == env!("CARGO_PKG_NAME"))
        })
}

/// Whether a file is one of a finished run: beside its manifest, or in a folder beside it.
fn is_of_a_run(path: &Path) -> bool {
    path.is_file() && path.ancestors().skip(1).take(2).any(is_run)
}

/// The files that a pattern matches; `missing` is what the system says of it as a plain name.
fn list_pattern(
    input: &Path,
    missing: std::io::Error,
    files: &mut VecDeque<Result<PathBuf, SourceError>>,
) {
    let Some(pattern) = input.to_str().filter(|name| name.contains(['*', '?', '['])) else {
        files.push_back(Err(SourceError::new(input, Cause::Read(missing))));
        return;
    };
    let paths = match glob::glob(pattern) {
        Ok(paths) => paths,
        Err(error) => {
            files.push_back(Err(SourceError::new(input, Cause::Pattern(error.to_string()))));
            return;
        }
    };
    let n_before = files.len();
    for path in paths {
        match path {
            Ok(path) if path.is_dir() => list_folder(&path, files),
            Ok(path) if is_of_a_run(&path) => {
                files.push_back(Err(SourceError::new(&path, Cause::OwnOutput)));
            }
            Ok(path) => match path.metadata().ok().and_then(|of| not_a_file(of.file_type())) {
                Some(kind) => files.push_back(Err(SourceError::new(&path, Cause::NotAFile(kind)))),
                None => files.push_back(Ok(path)),
            },
            Err(error) => {
                let path = error.path().to_owned();
                files.push_back(Err(SourceError::new(&path, Cause::Read(error.into()))));
            }
        }
    }
    if files.len() == n_before {
        files.push_back(Err(SourceError::new(input, Cause::NoMatch)));
    }
}

/// The name of each file, with as many of its folders as tell it from the others.
pub(super) fn name_files<'p>(paths: impl Iterator<Item = &'p PathBuf>) -> HashMap<PathBuf, String> {
    let mut names: HashMap<PathBuf, String> = HashMap::new();
    let mut open: Vec<&PathBuf> = paths.collect();
    open.sort_unstable();
    open.dedup();
    let mut depth = 1;
    while !open.is_empty() {
        let name = |path: &Path| {
            let n_parts = path.components().count();
            let tail: PathBuf = path.components().skip(n_parts.saturating_sub(depth)).collect();
            (tail.to_string_lossy().replace('\\', "/"), depth >= n_parts)
        };
        let mut counts: HashMap<String, usize> = HashMap::new();
        for path in &open {
            *counts.entry(name(path).0).or_default() += 1;
        }
        open.retain(|path| {
            let (name, is_whole) = name(path);
            let shared = counts[&name] > 1 && !is_whole;
            if !shared {
                names.insert((*path).clone(), name);
            }
            shared
        });
        depth += 1;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_stand_in_a_name_only_where_two_share_it() {
        let paths: Vec<PathBuf> = ["a/one.txt", "b/one.txt", "b/two.txt", "x/b/one.txt"]
            .iter()
            .map(PathBuf::from)
            .collect();
        let names = name_files(paths.iter());
        let name = |path: &str| names[Path::new(path)].as_str();
        assert_eq!(name("b/two.txt"), "two.txt");
        assert_eq!(name("a/one.txt"), "a/one.txt");
        assert_eq!(name("b/one.txt"), "b/one.txt");
        assert_eq!(name("x/b/one.txt"), "x/b/one.txt");
    }
}
