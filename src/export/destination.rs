//! Where files go: a folder, where each appears whole or not at all, or memory.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

use super::ExportError;

/// A place for files, named by their path with `/`.
pub trait Destination {
    /// A writer for the file `name`.
    ///
    /// # Errors
    ///
    /// If the file cannot be made.
    fn create(&mut self, name: &str) -> Result<Box<dyn Write + '_>, ExportError>;
}

/// A folder whose files are written aside and put in place together by [`Folder::finish`].
/// Dropped before that, it leaves the folder as it was.
#[derive(Debug)]
#[must_use = "files appear only when `finish` is called"]
pub struct Folder {
    path: PathBuf,
    staging: Staging,
    names: Vec<String>,
}

/// Where files lie until they are put in place; nothing once they are there or given up.
#[derive(Clone, Debug)]
pub struct Staging(Arc<Mutex<Option<TempDir>>>);

impl Staging {
    /// Removes what was written so far, and keeps the folder from being written or finished for as
    /// long as the result lives. Waits while files are being put in place. For the handler of an
    /// interrupt, which holds the result until the process ends.
    pub fn give_up(&self) -> GivenUp<'_> {
        let mut lock = self.lock();
        // What cannot be removed lies in a hidden folder that no later run looks at.
        let unfinished = lock.take().is_some();
        GivenUp { unfinished, _lock: lock }
    }

    /// The lock, whatever became of a thread that held it: the folder is there or it is not.
    fn lock(&self) -> MutexGuard<'_, Option<TempDir>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Holds a folder back from being written.
#[derive(Debug)]
#[must_use = "once dropped, writing goes on"]
pub struct GivenUp<'a> {
    /// False if the files were in place already.
    pub unfinished: bool,
    _lock: MutexGuard<'a, Option<TempDir>>,
}

impl Folder {
    /// The folder `path`; it is made if it does not exist.
    ///
    /// # Errors
    ///
    /// If the folder cannot be made or written.
    pub fn open(path: &Path) -> Result<Self, ExportError> {
        let failed = |source| ExportError::Write { path: path.to_owned(), source };
        fs::create_dir_all(path).map_err(failed)?;
        // Beside the final files, so that putting them in place is a rename on one file system.
        let staging =
            tempfile::Builder::new().prefix(".tieline-").tempdir_in(path).map_err(failed)?;
        let staging = Staging(Arc::new(Mutex::new(Some(staging))));
        Ok(Self { path: path.to_owned(), staging, names: Vec::new() })
    }

    /// A handle that gives the files up from another thread.
    #[must_use]
    pub fn staging(&self) -> Staging {
        self.staging.clone()
    }

    /// The files made so far, in the order of creation.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// A writer that outlives the borrow of the folder.
    ///
    /// # Errors
    ///
    /// If the file cannot be made.
    pub fn create_file(&mut self, name: &str) -> Result<BufWriter<File>, ExportError> {
        let staging = self.staging.lock();
        let made = match &*staging {
            Some(staging) => make_file(&staging.path().join(name)),
            None => Err(given_up()),
        };
        let made =
            made.map_err(|source| ExportError::Write { path: self.path.join(name), source })?;
        self.names.push(name.to_owned());
        Ok(BufWriter::with_capacity(1 << 16, made))
    }

    /// Puts all files in place and returns their names in the order of creation.
    ///
    /// # Errors
    ///
    /// If a file cannot be put in place.
    pub fn finish(mut self) -> Result<Vec<String>, ExportError> {
        let mut staging = self.staging.lock();
        let staged = staging
            .as_ref()
            .ok_or_else(|| ExportError::Write { path: self.path.clone(), source: given_up() })?
            .path();
        // Data first reaches the disk: a file that appears is whole even after a power cut.
        for name in &self.names {
            let failed = |source| ExportError::Write { path: self.path.join(name), source };
            File::open(staged.join(name)).and_then(|file| file.sync_data()).map_err(failed)?;
        }
        for name in &self.names {
            let place = self.path.join(name);
            let failed = |source| ExportError::Write { path: place.clone(), source };
            place
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::rename(staged.join(name), &place))
                .map_err(failed)?;
        }
        drop(staging.take());
        drop(staging);
        Ok(std::mem::take(&mut self.names))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Handles from `staging` may live on.
        drop(self.staging.lock().take());
    }
}

/// Makes a file and the folders that it lies in.
fn make_file(path: &Path) -> io::Result<File> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    File::create(path)
}

/// Why nothing can be written after [`Staging::give_up`].
fn given_up() -> io::Error {
    io::Error::new(io::ErrorKind::Interrupted, "the run was given up")
}

impl Destination for Folder {
    fn create(&mut self, name: &str) -> Result<Box<dyn Write + '_>, ExportError> {
        Ok(Box::new(self.create_file(name)?))
    }
}

/// Files in memory, for tests and callers that send them elsewhere.
#[derive(Debug, Default)]
pub struct Memory {
    /// Content by name.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Destination for Memory {
    fn create(&mut self, name: &str) -> Result<Box<dyn Write + '_>, ExportError> {
        Ok(Box::new(self.files.entry(name.to_owned()).or_default()))
    }
}

/// Writes one file so that it appears whole or not at all.
///
/// # Errors
///
/// If it cannot be written.
pub fn write_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), ExportError> {
    let failed = |source| ExportError::Write { path: path.to_owned(), source };
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut staged = tempfile::Builder::new();
    staged.prefix(".tieline-");
    // Temporary files are for their owner alone; what is written here is to be read by others.
    #[cfg(unix)]
    let readable = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    staged.permissions(readable);
    let mut file = staged.tempfile_in(parent.unwrap_or(Path::new("."))).map_err(failed)?;
    let mut buffer = BufWriter::new(file.as_file_mut());
    write(&mut buffer).and_then(|()| buffer.flush()).map_err(failed)?;
    drop(buffer);
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_appear_together_or_not_at_all() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("out");
        let mut folder = Folder::open(&out).unwrap();
        folder.create("a/b.txt").unwrap().write_all(b"half").unwrap();
        let _handle = folder.staging();
        drop(folder);
        assert_eq!(fs::read_dir(&out).unwrap().count(), 0);

        let mut folder = Folder::open(&out).unwrap();
        folder.create("a/b.txt").unwrap().write_all(b"whole").unwrap();
        assert_eq!(folder.finish().unwrap(), ["a/b.txt"]);
        assert_eq!(fs::read(out.join("a/b.txt")).unwrap(), b"whole");
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
    }

    #[test]
    fn what_was_given_up_does_not_come_back() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path().join("out");
        let mut folder = Folder::open(&out).unwrap();
        folder.create("a.txt").unwrap().write_all(b"half").unwrap();
        assert!(folder.staging().give_up().unfinished);
        assert!(folder.create("b/c.txt").is_err());
        assert!(folder.finish().is_err());
        assert_eq!(fs::read_dir(&out).unwrap().count(), 0);
    }

    #[test]
    fn files_in_place_are_not_given_up() {
        let place = tempfile::tempdir().unwrap();
        let mut folder = Folder::open(place.path()).unwrap();
        let staging = folder.staging();
        folder.create("a.txt").unwrap().write_all(b"whole").unwrap();
        folder.finish().unwrap();
        assert!(!staging.give_up().unfinished);
        assert_eq!(fs::read(place.path().join("a.txt")).unwrap(), b"whole");
    }
}
