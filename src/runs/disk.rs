//! Every write, sync, rename and removal of a run's folder, in one place, so that tests can make
//! each of them fail.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::RunError;

/// The file system, or one that fails from a chosen operation on.
#[derive(Debug, Clone, Default)]
pub(super) struct Disk {
    fault: Option<Arc<Fault>>,
}

/// Operations done so far, and the first that fails.
#[derive(Debug)]
struct Fault {
    done: AtomicU64,
    from: u64,
    /// Whether operations behind the first failure work: an error, not a dead machine.
    once: bool,
}

impl Disk {
    /// A disk whose operation number `from` fails, and all later ones unless `once`.
    #[cfg(test)]
    pub(super) fn failing(from: u64, once: bool) -> Self {
        Self { fault: Some(Arc::new(Fault { done: AtomicU64::new(0), from, once })) }
    }

    /// Operations asked for so far, of a disk that can fail.
    #[cfg(test)]
    pub(super) fn done(&self) -> u64 {
        self.fault.as_ref().map_or(0, |fault| fault.done.load(Ordering::SeqCst))
    }

    fn step(&self) -> io::Result<()> {
        let Some(fault) = &self.fault else { return Ok(()) };
        let number = fault.done.fetch_add(1, Ordering::SeqCst);
        if number == fault.from || number > fault.from && !fault.once {
            return Err(io::Error::other("made to fail"));
        }
        Ok(())
    }

    fn run<T>(
        &self,
        doing: &'static str,
        path: &Path,
        work: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, RunError> {
        let done = self.step().and_then(|()| work());
        done.map_err(|source| RunError::Disk { path: path.to_owned(), doing, source })
    }

    /// Makes a folder and those above it.
    pub(super) fn make_folder(&self, path: &Path) -> Result<(), RunError> {
        if path.is_dir() {
            return Ok(());
        }
        self.run("write", path, || fs::create_dir_all(path))
    }

    /// A new file, in a folder that is made for it.
    pub(super) fn create(&self, path: &Path) -> Result<BufWriter<DiskFile>, RunError> {
        Ok(BufWriter::with_capacity(1 << 16, self.create_unbuffered(path)?))
    }

    /// The same for who writes in blocks.
    pub(super) fn create_unbuffered(&self, path: &Path) -> Result<DiskFile, RunError> {
        let file = self.run("write", path, || {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            File::create(path)
        })?;
        Ok(DiskFile { file, disk: self.clone() })
    }

    /// Puts `from` in the place of `to`, at once.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), RunError> {
        self.run("rename", to, || {
            to.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::rename(from, to)
        })
    }

    /// Waits until what a file holds has reached the disk.
    pub(super) fn sync(&self, path: &Path) -> Result<(), RunError> {
        self.run("write", path, || {
            let file = File::open(path)?;
            // Tests of this library lose no power, and there are thousands of files.
            if cfg!(test) { Ok(()) } else { file.sync_all() }
        })
    }

    /// Waits until the names in a folder have reached the disk, where the system knows such a thing.
    pub(super) fn sync_folder(&self, path: &Path) -> Result<(), RunError> {
        if cfg!(unix) { self.sync(path) } else { Ok(()) }
    }

    /// Removes a file that need not be there.
    pub(super) fn remove_file(&self, path: &Path) -> Result<(), RunError> {
        self.run("remove", path, || ignore_missing(fs::remove_file(path)))
    }

    /// Removes a folder that need not be there, with all that it holds.
    pub(super) fn remove_folder(&self, path: &Path) -> Result<(), RunError> {
        self.run("remove", path, || ignore_missing(fs::remove_dir_all(path)))
    }
}

fn ignore_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// A file that is being written.
#[derive(Debug)]
pub(super) struct DiskFile {
    file: File,
    disk: Disk,
}

impl Write for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.step()?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
