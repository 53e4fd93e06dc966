//! tar, which also stands inside of `.tar.gz`: its files one by one, each read as it would be alone.
//!
//! Left out: hidden files, folders, links, devices.

use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::super::Cause;
use super::super::form::{Input, Item, MAX_ARCHIVES, Opened, Options, Records, Sign, is_shown};

/// Size of what a tar file is counted in.
const BLOCK: u64 = 512;

/// Whether a tar file begins here.
pub(super) fn begins(start: &[u8]) -> Sign {
    if start.get(257..262) == Some(b"ustar") { Sign::Sure } else { Sign::No }
}

#[expect(clippy::unnecessary_wraps, reason = "the contract of all forms")]
pub(super) fn open(input: Input) -> Opened {
    if input.depth >= MAX_ARCHIVES {
        return Ok(Err(Cause::TooDeep));
    }
    let shared = Shared { reader: Arc::new(Mutex::new(Left { reader: input.reader, n_bytes: 0 })) };
    Ok(Ok(Box::new(Tarball {
        shared,
        padding: 0,
        path: input.path,
        name: input.name,
        options: input.options,
        depth: input.depth,
    })))
}

struct Tarball {
    shared: Shared,
    /// Bytes behind the file that is read, up to the next header.
    padding: u64,
    path: PathBuf,
    name: String,
    options: Options,
    depth: usize,
}

/// The archive's bytes, and how many of them are left of the file that is read.
struct Left {
    reader: Box<dyn BufRead + Send>,
    n_bytes: u64,
}

#[derive(Clone)]
struct Shared {
    reader: Arc<Mutex<Left>>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Left> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file of the archive.
impl Read for Shared {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut left = self.lock();
        let room = usize::try_from(left.n_bytes).unwrap_or(usize::MAX).min(buffer.len());
        let n_bytes = left.reader.read(&mut buffer[..room])?;
        if n_bytes == 0 && room > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        left.n_bytes -= n_bytes as u64;
        Ok(n_bytes)
    }
}

impl Records for Tarball {
    fn next(&mut self) -> io::Result<Option<Item>> {
        loop {
            let mut left = self.shared.lock();
            let passed = left.n_bytes + self.padding;
            let n_passed = io::copy(&mut (&mut left.reader).take(passed), &mut io::sink())?;
            if n_passed < left.n_bytes {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            left.n_bytes = 0;
            self.padding = 0;
            // One header is read at a time, with those of long names before it.
            let mut archive = tar::Archive::new(&mut left.reader);
            let Some(entry) = archive.entries()?.next() else { return Ok(None) };
            let entry = entry?;
            let size = entry.size();
            let kind = entry.header().entry_type();
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            drop(entry);
            left.n_bytes = size;
            drop(left);
            self.padding = size.next_multiple_of(BLOCK) - size;
            if !(kind.is_file() || kind.is_contiguous()) || !is_shown(&name) {
                continue;
            }
            let reader = Box::new(BufReader::with_capacity(1 << 16, self.shared.clone()));
            return Ok(Some(Item::File(Input {
                path: self.path.join(&name),
                name: format!("{}/{name}", self.name),
                reader,
                options: self.options.clone(),
                depth: self.depth + 1,
            })));
        }
    }
}
