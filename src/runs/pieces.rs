//! Where each article stands in the files of claims, so that the next run takes over what is told as
//! before instead of making it anew.
//!
//! In: the folder of a run. Out: bytes of its files, by the digest of what they follow from.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::export::COPIED;

use super::Manifest;
use super::folder::check;

/// Digests and ends of the pieces, one article a line.
pub(super) const PIECES: &str = "segments/pieces.jsonl";

/// A line of [`PIECES`]; the first has no digest and tells where the first piece begins.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Row {
    digest: String,
    /// Bytes of each file up to the end of the piece.
    ends: [u64; 3],
}

/// Writes where the piece of `digest` ends.
pub(super) fn write_row(digest: &str, ends: [u64; 3], out: &mut dyn Write) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, &Row { digest: digest.to_owned(), ends })?;
    out.write_all(b"\n")
}

/// The pieces of the run that was in a folder.
#[derive(Debug)]
pub(super) struct Pieces {
    known: HashMap<String, [(u64, u64); 3]>,
    files: [BufReader<File>; 3],
}

impl Pieces {
    /// The pieces of the run in `folder`, if it is one and its files are those of `manifest`.
    pub(super) fn open(folder: &Path, manifest: &Manifest) -> Option<Self> {
        for name in COPIED.into_iter().chain([PIECES]) {
            check(folder, manifest, name).ok()?;
        }
        let open = |name: &str| {
            let file = File::open(folder.join(name)).ok()?;
            Some(BufReader::with_capacity(1 << 16, file))
        };
        let mut known = HashMap::new();
        let mut before: Option<[u64; 3]> = None;
        for line in open(PIECES)?.lines() {
            let Row { digest, ends } = serde_json::from_str(&line.ok()?).ok()?;
            if let Some(starts) = before {
                let part = |n: usize| (starts[n], ends[n]);
                known.insert(digest, [part(0), part(1), part(2)]);
            }
            before = Some(ends);
        }
        let [table, ftm, annotations] = COPIED.map(open);
        Some(Self { known, files: [table?, ftm?, annotations?] })
    }

    /// The bytes of the piece of `digest` in each file.
    pub(super) fn take(&mut self, digest: &str) -> Option<[Vec<u8>; 3]> {
        let parts = self.known.get(digest)?;
        let mut bytes = [Vec::new(), Vec::new(), Vec::new()];
        for ((file, (start, end)), bytes) in self.files.iter_mut().zip(parts).zip(&mut bytes) {
            let here = file.stream_position().ok()?;
            // Runs tell articles in one order: the next piece mostly lies in the buffer.
            match i64::try_from(*start).ok()?.checked_sub(i64::try_from(here).ok()?) {
                Some(step) => file.seek_relative(step).ok()?,
                None => file.seek(SeekFrom::Start(*start)).map(|_| ()).ok()?,
            }
            bytes.resize(usize::try_from(end.checked_sub(*start)?).ok()?, 0);
            file.read_exact(bytes).ok()?;
        }
        Some(bytes)
    }
}
