//! The contract that every form of input fulfils, and the table of forms.
//!
//! A form opens a stream and gives its records one by one, in bounded memory, each as fields or as
//! the cause that it was skipped for. An archive gives files, which are opened in turn.

use std::io::{self, BufRead, Read};
use std::path::PathBuf;
use std::sync::Arc;

use super::keys::FieldMap;
use super::record::Fields;
use super::{Cause, MAX_RECORD, stream};
use crate::model::DateOrder;

/// How inputs are to be read, where they do not tell themselves.
///
/// ```
/// use tieline::source::Options;
///
/// let map = std::sync::Arc::new("text=Volltext".parse()?);
/// let options = Options { map, ..Options::default() };
/// assert_eq!(options.date_order, None);
/// # Ok::<(), tieline::source::InvalidFieldMap>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which key of records holds which field; others go by their names.
    pub map: Arc<FieldMap>,
    /// Order of day and month in dates like `08/09/2023`; by default, each input tells its own.
    pub date_order: Option<DateOrder>,
}

/// A stream that a form opens.
pub(super) struct Input {
    /// Where it comes from, for messages and for the ending of its name; inside of an archive, the
    /// archive's path and the name in it.
    pub(super) path: PathBuf,
    /// What articles without an id of their own are called.
    pub(super) name: String,
    /// Decompressed bytes.
    pub(super) reader: Box<dyn BufRead + Send>,
    pub(super) options: Options,
    /// How many archives it lies in.
    pub(super) depth: usize,
}

/// Archives inside of each other that are opened.
pub(super) const MAX_ARCHIVES: usize = 2;

/// Whether a file of an archive is read: hidden ones are not, nor what one system adds for itself.
pub(super) fn is_shown(name: &str) -> bool {
    name.split('/').all(|part| !part.starts_with('.') && part != "__MACOSX")
}

/// What a form finds in a stream.
pub(super) enum Item {
    /// A record, or why it is none. Lines count from 1; 0 stands for the whole stream.
    Record { line: u64, fields: Result<Fields, Cause> },
    /// A file of an archive. It is read to its end before the archive goes on.
    File(Input),
    /// A file of an archive that cannot be read.
    Unread { path: PathBuf, cause: Cause },
}

/// The records of an open stream.
pub(super) trait Records: Send {
    /// The next record; `None` at the end. Behind an error nothing is asked for any more.
    fn next(&mut self) -> io::Result<Option<Item>>;
}

/// An open stream, or why it cannot be opened.
pub(super) type Opened = io::Result<Result<Box<dyn Records>, Cause>>;

/// How inputs of one form are known and opened.
pub(super) struct Form {
    /// Endings of its files, without the full stop.
    pub(super) endings: &'static [&'static str],
    /// How sure the start of a stream makes the form.
    pub(super) begins: fn(&[u8]) -> Sign,
    /// Whether its streams are text, so that binary data is something else under its name.
    pub(super) is_text: bool,
    /// Opens a stream of the form.
    pub(super) open: fn(Input) -> Opened,
}

/// What the start of a stream tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// Nothing.
    No,
    /// It may be the form, if the name does not tell another.
    Maybe,
    /// It is, whatever its name.
    Sure,
}

/// Opens a stream that is one article.
pub(super) fn whole(
    mut input: Input,
    read: impl FnOnce(String, &Input) -> Result<Fields, Cause>,
) -> Opened {
    let Some(bytes) = stream::read_whole(&mut *input.reader, MAX_RECORD)? else {
        return Ok(Err(Cause::RecordTooLong));
    };
    Ok(Ok(one(read(stream::decode(bytes), &input))))
}

/// The one record of a stream that is read whole.
pub(super) fn one(fields: Result<Fields, Cause>) -> Box<dyn Records> {
    Box::new(One(Some(fields)))
}

struct One(Option<Result<Fields, Cause>>);

impl Records for One {
    fn next(&mut self) -> io::Result<Option<Item>> {
        Ok(self.0.take().map(|fields| Item::Record { line: 0, fields }))
    }
}

/// Reads to the end, up to [`MAX_RECORD`] bytes.
pub(super) fn read_all(reader: &mut dyn Read) -> io::Result<Result<Vec<u8>, Cause>> {
    let mut bytes = Vec::new();
    reader.take(MAX_RECORD as u64 + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() > MAX_RECORD { Err(Cause::RecordTooLong) } else { Ok(bytes) })
}
