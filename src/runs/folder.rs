//! The folder of a run on disk: one writer at a time, and always one whole run.
//!
//! New files are written into `.tieline-new`, the new manifest last. When all of them have reached
//! the disk, the folder becomes `.tieline-ready`; then its manifest takes the place of the old one:
//! that rename is the commit. The other files follow. Whoever opens the folder next finishes or
//! clears away what was left:
//!
//! | left behind | means | done |
//! | --- | --- | --- |
//! | `.tieline-new` | files were being written | removed |
//! | `.tieline-ready` with a manifest | all written, not committed | removed |
//! | `.tieline-ready` without one | committed | its files take their places |
//! | a segment that no manifest names | was written, or is not needed any more | removed |
//! | `.tieline-pending` | articles that were read before the run was interrupted | kept for the next reading |

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::export::{Destination, ExportError};

use super::disk::{Disk, DiskFile};
use super::segment::{SEGMENTS, hash_file};
use super::{CORRECTIONS, MANIFEST, Manifest, RunError};

const NEW: &str = ".tieline-new";
const READY: &str = ".tieline-ready";
pub(super) const PENDING: &str = ".tieline-pending";

/// A run's folder, held against other writers for as long as this lives.
#[derive(Debug)]
pub(super) struct RunFolder {
    pub(super) path: PathBuf,
    pub(super) disk: Disk,
    /// The run that was there when the folder was opened.
    pub(super) manifest: Option<Manifest>,
    /// What was found to be finished or cleared away, in words.
    pub(super) notes: Vec<String>,
    _lock: File,
}

impl RunFolder {
    /// Opens and locks `path`, which is made if it does not exist; finishes or clears away what an
    /// earlier writer left.
    ///
    /// A run of an old form is an error, or, where it is about to be replaced, no run.
    pub(super) fn open(path: &Path, disk: Disk, replaced: bool) -> Result<Self, RunError> {
        disk.make_folder(path)?;
        let lock = lock(path)?;
        let mut folder =
            Self { path: path.to_owned(), disk, manifest: None, notes: Vec::new(), _lock: lock };
        let committed = finish_commit(path, &folder.disk)?;
        if committed {
            folder.notes.push("put the files of the last run in their places".to_owned());
        }
        folder.manifest = match Manifest::read(path) {
            Err(RunError::OldForm { .. }) if replaced => None,
            read => read?,
        };
        folder.clear_away()?;
        Ok(folder)
    }

    /// Removes what nobody needs any more.
    fn clear_away(&mut self) -> Result<(), RunError> {
        for name in [NEW, READY] {
            if self.path.join(name).exists() {
                self.disk.remove_folder(&self.path.join(name))?;
                self.notes.push(format!("removed {name}, left by a run that did not end"));
            }
        }
        self.remove_unnamed_segments()
    }

    /// Removes the segments that the manifest does not name.
    fn remove_unnamed_segments(&mut self) -> Result<(), RunError> {
        let Ok(entries) = fs::read_dir(self.path.join(SEGMENTS)) else { return Ok(()) };
        for entry in entries.flatten() {
            let name = format!("{SEGMENTS}/{}", entry.file_name().to_string_lossy());
            let known = self.manifest.as_ref().is_some_and(|manifest| manifest.owns(&name));
            let is_segment = entry.path().extension().is_some_and(|extension| extension == "jsonl");
            if !known && is_segment {
                self.disk.remove_file(&entry.path())?;
            }
        }
        Ok(())
    }

    /// A place for the files of a new run.
    pub(super) fn stage(&self) -> Result<Stage, RunError> {
        let path = self.path.join(NEW);
        self.disk.remove_folder(&path)?;
        self.disk.make_folder(&path)?;
        Ok(Stage { path, disk: self.disk.clone(), hashes: Arc::default() })
    }

    /// Makes the run that `stage` and `manifest` describe the one in this folder.
    pub(super) fn commit(&mut self, stage: &Stage, mut manifest: Manifest) -> Result<(), RunError> {
        manifest.files = stage.hashes();
        let names: Vec<String> = manifest.files.keys().cloned().collect();
        // People edit it: its bytes are theirs.
        manifest.files.remove(CORRECTIONS);
        let mut file = stage.disk.create(&stage.path.join(MANIFEST))?;
        let failed =
            |source| RunError::Disk { path: stage.path.join(MANIFEST), doing: "write", source };
        serde_json::to_writer_pretty(&mut file, &manifest)
            .map_err(io::Error::from)
            .and_then(|()| file.write_all(b"\n"))
            .and_then(|()| file.flush())
            .map_err(failed)?;
        drop(file);
        // Data first reaches the disk: what is committed is whole even after a power cut.
        names.par_iter().try_for_each(|name| self.disk.sync(&stage.path.join(name)))?;
        self.disk.sync(&stage.path.join(MANIFEST))?;
        let ready = self.path.join(READY);
        self.disk.rename(&stage.path, &ready)?;
        self.disk.sync_folder(&self.path)?;
        self.disk.rename(&ready.join(MANIFEST), &self.path.join(MANIFEST))?;
        self.disk.sync_folder(&self.path)?;
        let old = self.manifest.replace(manifest);
        finish_commit(&self.path, &self.disk)?;
        self.remove_unnamed_segments()?;
        let gone = old.iter().flat_map(|old| old.files.keys());
        for name in gone.filter(|name| self.manifest.as_ref().is_some_and(|new| !new.owns(name))) {
            self.disk.remove_file(&self.path.join(name))?;
        }
        self.disk.remove_folder(&self.path.join(PENDING))
    }
}

/// Locks the folder against a second writer. The system frees it when the process ends, however it
/// ends.
fn lock(path: &Path) -> Result<File, RunError> {
    // A folder can be locked itself where it can be opened; elsewhere a file in it is.
    let file = if cfg!(unix) { File::open(path) } else { File::create(path.join(".tieline-lock")) };
    let file =
        file.map_err(|source| RunError::Disk { path: path.to_owned(), doing: "open", source })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(RunError::Locked { path: path.to_owned() }),
        Err(TryLockError::Error(source)) => {
            Err(RunError::Disk { path: path.to_owned(), doing: "lock", source })
        }
    }
}

/// Puts the files of a committed run in their places, if some still wait for it.
fn finish_commit(path: &Path, disk: &Disk) -> Result<bool, RunError> {
    let ready = path.join(READY);
    if !ready.is_dir() || ready.join(MANIFEST).exists() {
        return Ok(false);
    }
    let mut waiting = Vec::new();
    for entry in walkdir::WalkDir::new(&ready).sort_by_file_name() {
        let entry = entry.map_err(|error| RunError::Disk {
            path: ready.clone(),
            doing: "read",
            source: error.into(),
        })?;
        if entry.file_type().is_file() {
            waiting.push(entry.into_path());
        }
    }
    for file in waiting {
        let name = file.strip_prefix(&ready).expect("the walk stays below its start");
        disk.rename(&file, &path.join(name))?;
    }
    disk.sync_folder(path)?;
    disk.remove_folder(&ready)?;
    Ok(true)
}

/// Finishes what a committed run left, for readers: where the folder cannot be written or another
/// process writes it, nothing is done.
pub(super) fn settle(path: &Path) {
    let ready = path.join(READY);
    if ready.is_dir()
        && !ready.join(MANIFEST).exists()
        && let Ok(_lock) = lock(path)
    {
        // A reader that cannot write finds the files not to be those of the manifest, and says so.
        let _ = finish_commit(path, &Disk::default());
    }
}

/// Whether the file `name` of the run in `path` is the one that the manifest names.
pub(super) fn check(path: &Path, manifest: &Manifest, name: &str) -> Result<(), RunError> {
    let file = path.join(name);
    let hash = hash_file(&file).map_err(|source| RunError::Disk {
        path: file.clone(),
        doing: "read",
        source,
    })?;
    if manifest.files.get(name) == Some(&hash) {
        Ok(())
    } else {
        Err(RunError::Mixed { path: file })
    }
}

/// Hashes of files by name.
type Hashes = Arc<Mutex<BTreeMap<String, String>>>;

/// Files of a run that are being written, hashed as they are.
#[derive(Debug, Clone)]
pub(super) struct Stage {
    pub(super) path: PathBuf,
    disk: Disk,
    hashes: Hashes,
}

impl Stage {
    /// The hashes of all files that were finished.
    fn hashes(&self) -> BTreeMap<String, String> {
        self.hashes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A writer that outlives the borrow; the file counts once it is dropped.
    pub(super) fn create_file(&self, name: &str) -> Result<StagedFile, RunError> {
        let out = self.disk.create_unbuffered(&self.path.join(name))?;
        let hashes = Arc::clone(&self.hashes);
        let file = Hashed { out, hasher: blake3::Hasher::new(), name: name.to_owned(), hashes };
        Ok(StagedFile { out: BufWriter::with_capacity(1 << 16, file) })
    }
}

impl Destination for Stage {
    fn create(&mut self, name: &str) -> Result<Box<dyn Write + '_>, ExportError> {
        match self.create_file(name) {
            Ok(file) => Ok(Box::new(file)),
            Err(RunError::Disk { path, source, .. }) => Err(ExportError::Write { path, source }),
            Err(error) => {
                Err(ExportError::Write { path: name.into(), source: io::Error::other(error) })
            }
        }
    }
}

/// A file of a stage.
#[derive(Debug)]
pub(super) struct StagedFile {
    out: BufWriter<Hashed>,
}

impl Write for StagedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Hashes what it writes, a buffer at a time.
#[derive(Debug)]
struct Hashed {
    out: DiskFile,
    hasher: blake3::Hasher,
    name: String,
    hashes: Hashes,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.hasher.update(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for Hashed {
    fn drop(&mut self) {
        let hash = self.hasher.finalize().to_hex().to_string();
        let mut hashes = self.hashes.lock().unwrap_or_else(PoisonError::into_inner);
        hashes.insert(std::mem::take(&mut self.name), hash);
    }
}
