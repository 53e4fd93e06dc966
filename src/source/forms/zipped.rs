//! Zip: an archive of files, each read as it would be alone, or a document that is stored as one.

use std::io;
use std::path::PathBuf;

use super::super::Cause;
use super::super::form::{
    Input, Item, MAX_ARCHIVES, Opened, Options, Records, Sign, is_shown, one,
};
use super::super::package::{Member, Package};
use super::office;

/// Whether a zip archive begins here.
pub(super) fn begins(start: &[u8]) -> Sign {
    let starts: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
    if starts.iter().any(|mark| start.starts_with(mark)) { Sign::Sure } else { Sign::No }
}

pub(super) fn open(input: Input) -> Opened {
    let Input { path, name, reader, options, depth } = input;
    let package = match Package::open(reader)? {
        Ok(package) => package,
        Err(cause) => return Ok(Err(cause)),
    };
    if let Some(kind) = office::kind_of(&package)? {
        return Ok(Ok(one(office::read(&package, kind)?)));
    }
    if depth >= MAX_ARCHIVES {
        return Ok(Err(Cause::TooDeep));
    }
    let members = package.members().into_iter().filter(|member| is_shown(&member.name));
    let members = members.collect::<Vec<_>>().into_iter();
    Ok(Ok(Box::new(Zip { package, members, path, name, options, depth })))
}

struct Zip {
    package: Package,
    members: std::vec::IntoIter<Member>,
    path: PathBuf,
    name: String,
    options: Options,
    depth: usize,
}

impl Records for Zip {
    fn next(&mut self) -> io::Result<Option<Item>> {
        let Some(member) = self.members.next() else { return Ok(None) };
        let path = self.path.join(&member.name);
        Ok(Some(match self.package.reader(&member) {
            Ok(reader) => Item::File(Input {
                path,
                name: format!("{}/{}", self.name, member.name),
                reader,
                options: self.options.clone(),
                depth: self.depth + 1,
            }),
            Err(cause) => Item::Unread { path, cause },
        }))
    }
}
