//! Where files go: a folder, where each appears whole or not at all, or memory.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

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
    staging: TempDir,
    names: Vec<String>,
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
        Ok(Self { path: path.to_owned(), staging, names: Vec::new() })
    }

    /// A writer that outlives the borrow of the folder.
    ///
    /// # Errors
    ///
    /// If the file cannot be made.
    pub fn create_file(&mut self, name: &str) -> Result<BufWriter<File>, ExportError> {
        let made = make_file(&self.staging.path().join(name))
            .map_err(|source| ExportError::Write { path: self.path.join(name), source })?;
        self.names.push(name.to_owned());
        Ok(BufWriter::with_capacity(1 << 16, made))
    }

    /// Puts all files in place and returns their names in the order of creation.
    ///
    /// # Errors
    ///
    /// If a file cannot be put in place.
    pub fn finish(self) -> Result<Vec<String>, ExportError> {
        let staged = self.staging.path();
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
        Ok(self.names)
    }
}

/// Makes a file and the folders that it lies in.
fn make_file(path: &Path) -> io::Result<File> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    File::create(path)
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
        drop(folder);
        assert_eq!(fs::read_dir(&out).unwrap().count(), 0);

        let mut folder = Folder::open(&out).unwrap();
        folder.create("a/b.txt").unwrap().write_all(b"whole").unwrap();
        assert_eq!(folder.finish().unwrap(), ["a/b.txt"]);
        assert_eq!(fs::read(out.join("a/b.txt")).unwrap(), b"whole");
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
    }
}
