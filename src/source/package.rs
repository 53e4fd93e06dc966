//! Files of a zip archive, wherever the archive comes from.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::DeflateDecoder;

use super::{Cause, MAX_RECORD};

/// Largest archive that is put aside, in bytes.
const MAX_ARCHIVE: u64 = 16 << 30;
/// Most files of an archive.
const MAX_FILES: usize = 1_000_000;

trait Place: Read + Seek + Send {}
impl<T: Read + Seek + Send> Place for T {}

/// A zip archive whose list of files was read.
pub(super) struct Package {
    bytes: Handle,
    members: Vec<Member>,
}

/// A file of the archive.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) name: String,
    start: u64,
    size: u64,
    method: Method,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Stored,
    Deflated,
    Other,
    Encrypted,
}

impl Package {
    /// Reads the list of files. The archive is put aside first, in memory where it is small, else
    /// in a file without a name: the list stands at its end.
    pub(super) fn open(mut reader: Box<dyn BufRead + Send>) -> io::Result<Result<Self, Cause>> {
        let mut start = Vec::new();
        (&mut reader).take(MAX_RECORD as u64).read_to_end(&mut start)?;
        let place: Box<dyn Place> = if start.len() < MAX_RECORD {
            Box::new(io::Cursor::new(start))
        } else {
            let mut file: File = tempfile::tempfile()?;
            file.write_all(&start)?;
            drop(start);
            if io::copy(&mut reader.take(MAX_ARCHIVE), &mut file)? == MAX_ARCHIVE {
                return Ok(Err(Cause::RecordTooLong));
            }
            Box::new(file)
        };
        let bytes = Handle { place: Arc::new(Mutex::new(place)), at: 0 };
        let mut archive = match zip::ZipArchive::new(bytes.clone()) {
            Ok(archive) => archive,
            Err(zip::result::ZipError::Io(error))
                if error.kind() != io::ErrorKind::UnexpectedEof =>
            {
                return Err(error);
            }
            Err(error) => return Ok(Err(Cause::broken("zip", error))),
        };
        let mut members = Vec::new();
        for index in 0..archive.len().min(MAX_FILES) {
            let Ok(file) = archive.by_index_raw(index) else { continue };
            if !file.is_file() {
                continue;
            }
            let method = match file.compression() {
                _ if file.encrypted() => Method::Encrypted,
                zip::CompressionMethod::Stored => Method::Stored,
                zip::CompressionMethod::DEFLATE => Method::Deflated,
                _ => Method::Other,
            };
            let Some(start) = file.data_start() else { continue };
            let name = file.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
            members.push(Member { name, start, size: file.compressed_size(), method });
        }
        drop(archive);
        Ok(Ok(Self { bytes, members }))
    }

    /// Its files in the order of their names.
    pub(super) fn members(&self) -> Vec<Member> {
        let mut members = self.members.clone();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        members
    }

    /// The file of a name.
    pub(super) fn find(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// The bytes of a file.
    pub(super) fn reader(&self, member: &Member) -> Result<Box<dyn BufRead + Send>, Cause> {
        let end = member.start + member.size;
        let handle = Handle { place: Arc::clone(&self.bytes.place), at: member.start };
        let section = Section { handle, left: end - member.start };
        let reader: Box<dyn Read + Send> = match member.method {
            Method::Stored => Box::new(section),
            Method::Deflated => Box::new(DeflateDecoder::new(section)),
            Method::Encrypted => {
                return Err(Cause::Unsupported {
                    form: "an encrypted archive",
                    advice: "unpack it",
                });
            }
            Method::Other => {
                return Err(Cause::Unsupported {
                    form: "this kind of compression inside of a zip",
                    advice: "unpack it",
                });
            }
        };
        Ok(Box::new(BufReader::with_capacity(1 << 16, reader)))
    }

    /// The whole content of the file of a name; `None` where there is no such file.
    pub(super) fn read(&self, name: &str) -> io::Result<Result<Option<Vec<u8>>, Cause>> {
        let Some(member) = self.find(name) else { return Ok(Ok(None)) };
        match self.reader(member) {
            Ok(mut reader) => Ok(super::form::read_all(&mut *reader)?.map(Some)),
            Err(cause) => Ok(Err(cause)),
        }
    }
}

/// The archive's bytes from a place of one's own.
#[derive(Clone)]
struct Handle {
    place: Arc<Mutex<Box<dyn Place>>>,
    at: u64,
}

impl Read for Handle {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        place.seek(SeekFrom::Start(self.at))?;
        let n_bytes = place.read(buffer)?;
        self.at += n_bytes as u64;
        Ok(n_bytes)
    }
}

impl Seek for Handle {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        let to = match to {
            SeekFrom::Current(by) => {
                let at = self.at.checked_add_signed(by);
                SeekFrom::Start(at.ok_or(io::ErrorKind::InvalidInput)?)
            }
            other => other,
        };
        self.at = place.seek(to)?;
        Ok(self.at)
    }
}

/// A part of the archive.
struct Section {
    handle: Handle,
    left: u64,
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let n_bytes = self.handle.read(&mut buffer[..room])?;
        self.left -= n_bytes as u64;
        Ok(n_bytes)
    }
}
