//! Tables with named columns: comma, semicolon or tab between fields, quoted as RFC 4180 has it.

use std::io;

use super::super::form::{Input, Item, Opened, Records, Sign};
use super::super::keys::{FieldMap, RecordField, normal};
use super::super::lines::{Found, Lines};
use super::super::record::Fields;
use super::super::{Cause, MAX_RECORD, stream};

/// Rows whose quotation mark is never closed are read again behind their first line, so that they
/// cost nothing but themselves. How often, since each time reads ahead.
const MAX_RECOVERIES: u32 = 16;

/// Marks between fields. The last of those that a header has equally often wins: the comma.
const DELIMITERS: [u8; 4] = [b'|', b';', b'\t', b','];

/// Whether the first line names columns, one of them for the text.
pub(super) fn begins(start: &[u8]) -> Sign {
    let line = start.trim_ascii_start().split(|b| *b == b'\n').next().unwrap_or_default();
    if told_delimiter(line).is_some() {
        return Sign::Maybe;
    }
    let header = String::from_utf8_lossy(line);
    let names: Vec<_> = header
        .split(|c: char| DELIMITERS.iter().any(|mark| c == char::from(*mark)))
        .map(|name| name.trim().trim_matches('"').to_owned())
        .collect();
    let is_header = names.len() > 1
        && names.iter().all(|name| !name.is_empty() && !name.contains(' '))
        && Columns::find(&names, &FieldMap::default()).is_ok();
    if is_header { Sign::Maybe } else { Sign::No }
}

pub(super) fn open(input: Input) -> Opened {
    let name = input.path.to_string_lossy().to_ascii_lowercase();
    let tabbed = [".tsv", ".tab"]
        .iter()
        .any(|ending| name.rfind(ending).is_some_and(|at| at + 8 > name.len()));
    let map = input.options.map;
    let lines = Lines::new(stream::as_utf8(input.reader)?);
    let table = Table::open(lines, tabbed.then_some(b'\t'), &map)?;
    Ok(table.map(|table| Box::new(table) as Box<dyn Records>))
}

/// The delimiter that a first line of its own tells, as spreadsheets write it: "sep=;".
fn told_delimiter(line: &[u8]) -> Option<u8> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii_end();
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', mark] => Some(*mark),
        // The tab was trimmed.
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'='] => Some(b'\t'),
        _ => None,
    }
}

/// For each field the column that holds it.
#[derive(Debug)]
struct Columns {
    of: Vec<(RecordField, usize)>,
    /// The headlines of a list without texts are all that it has, and known to be.
    header: Vec<String>,
}

impl Columns {
    /// Finds the columns by the user's names or the known ones.
    ///
    /// # Errors
    ///
    /// If none is for the text.
    fn find(header: &[String], map: &FieldMap) -> Result<Self, Cause> {
        let names: Vec<String> = header.iter().map(|name| normal(name.trim())).collect();
        let exact = |key: &str| header.iter().position(|name| name.trim() == key);
        let alike = |key: &str| names.iter().position(|name| *name == normal(key));
        let known = |field: RecordField| {
            field.names().iter().find_map(|known| names.iter().position(|name| name == known))
        };
        let find = |field: &RecordField| match map.key(*field) {
            Some(key) => exact(key).or_else(|| alike(key)).map(|at| (*field, at)),
            None => known(*field).map(|at| (*field, at)),
        };
        let of: Vec<_> = RecordField::ALL.iter().filter_map(find).collect();
        if of.iter().any(|(field, _)| *field == RecordField::Text) {
            return Ok(Self { of, header: header.to_vec() });
        }
        Err(if is_gdelt(header) {
            Cause::NoTexts
        } else {
            Cause::NoTextColumn(super::super::record::list(header))
        })
    }

    /// The fields of one row. Where several columns may hold the text, the fullest does.
    fn read(&self, row: &[String], map: &FieldMap) -> Fields {
        let column = |wanted: RecordField| {
            let (_, at) = self.of.iter().find(|(field, _)| *field == wanted)?;
            row.get(*at).cloned()
        };
        let text = match map.key(RecordField::Text) {
            Some(_) => column(RecordField::Text),
            None => self.fullest(row),
        };
        Fields {
            id: column(RecordField::Id),
            title: column(RecordField::Title),
            text,
            date: column(RecordField::Date),
            url: column(RecordField::Url),
            outlet: column(RecordField::Outlet),
            author: column(RecordField::Author),
            ..Fields::default()
        }
    }

    fn fullest(&self, row: &[String]) -> Option<String> {
        let names = RecordField::Text.names();
        let mut best: Option<&String> = None;
        for known in names {
            let at = self.header.iter().position(|name| normal(name.trim()) == *known);
            let Some(field) = at.and_then(|at| row.get(at)) else { continue };
            if best.is_none_or(|best| field.trim().len() > best.trim().len()) {
                best = Some(field);
            }
        }
        best.cloned()
    }
}

/// Whether a row is one of GDELT's tables of events or documents, which have no header: numbers
/// and codes in 58, 61 or 27 columns.
fn is_gdelt(row: &[String]) -> bool {
    let is_number = |text: &String| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let by_place = matches!(row.len(), 58 | 61) && is_number(&row[0]) && is_number(&row[1])
        || row.len() == 27 && row[0].split('-').next().is_some_and(|n| is_number(&n.to_owned()));
    let by_name = ["globaleventid", "gkgrecordid", "sqldate"];
    by_place || row.iter().any(|name| by_name.contains(&normal(name).as_str()))
}

/// A table being read.
struct Table {
    lines: Lines,
    delimiter: u8,
    splitter: csv_core::Reader,
    columns: Columns,
    map: FieldMap,
    n_recoveries: u32,
    row: Vec<u8>,
}

/// A row, or why it is none.
enum Row {
    Fields(Fields),
    Wrong(Cause),
    End,
}

impl Records for Table {
    fn next(&mut self) -> io::Result<Option<Item>> {
        let (row, line) = self.next_row()?;
        Ok(match row {
            Row::End => None,
            Row::Wrong(cause) => Some(Item::Record { line, fields: Err(cause) }),
            Row::Fields(fields) => Some(Item::Record { line, fields: Ok(fields) }),
        })
    }
}

impl Table {
    /// Reads the header. `delimiter` is guessed from it where the file's name does not tell.
    ///
    /// # Errors
    ///
    /// If there is no header, or no column for the text.
    fn open(
        mut lines: Lines,
        mut delimiter: Option<u8>,
        map: &FieldMap,
    ) -> io::Result<Result<Self, Cause>> {
        let mut header = Vec::new();
        loop {
            match lines.next(&mut header)? {
                Found::End => return Ok(Err(Cause::Empty)),
                Found::TooLong => return Ok(Err(Cause::RecordTooLong)),
                Found::Whole if header.iter().all(u8::is_ascii_whitespace) => {}
                Found::Whole => match told_delimiter(&header) {
                    Some(told) if lines.number() == 1 => delimiter = Some(told),
                    _ => break,
                },
            }
        }
        let count = |mark: u8| memchr::memchr_iter(mark, &header).count();
        let delimiter = delimiter.unwrap_or_else(|| {
            DELIMITERS.into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
        });
        let mut splitter = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let names = split(&header, &mut splitter);
        Ok(Columns::find(&names, map).map(|columns| Self {
            lines,
            delimiter,
            splitter,
            columns,
            map: map.clone(),
            n_recoveries: 0,
            row: Vec::new(),
        }))
    }

    /// The next row, with the line where it begins.
    fn next_row(&mut self) -> io::Result<(Row, u64)> {
        let mut line = Vec::new();
        loop {
            self.row.clear();
            let mut state = State::FieldStart;
            let mut first = 0;
            let wrong = loop {
                match self.lines.next(&mut line)? {
                    Found::End if self.row.is_empty() => return Ok((Row::End, first)),
                    Found::End => {
                        break Some(Cause::Csv("a quotation mark is never closed".into()));
                    }
                    Found::TooLong => break Some(Cause::RecordTooLong),
                    Found::Whole => {}
                }
                if self.row.is_empty() {
                    first = self.lines.number();
                }
                if self.row.len() + line.len() > MAX_RECORD {
                    self.row.extend_from_slice(&line);
                    break Some(Cause::RecordTooLong);
                }
                self.row.extend_from_slice(&line);
                state = state.after(&line, self.delimiter);
                if state != State::Quoted {
                    break None;
                }
            };
            let first = if first == 0 { self.lines.number() } else { first };
            if let Some(cause) = wrong {
                self.recover(first);
                return Ok((Row::Wrong(cause), first));
            }
            if self.row.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let fields = split(&self.row, &mut self.splitter);
            return Ok((Row::Fields(self.columns.read(&fields, &self.map)), first));
        }
    }

    /// Puts back what a row without an end swallowed behind its first line.
    fn recover(&mut self, first: u64) {
        let line_end = memchr::memchr(b'\n', &self.row).map_or(self.row.len(), |end| end + 1);
        if self.n_recoveries < MAX_RECOVERIES && line_end < self.row.len() {
            self.n_recoveries += 1;
            self.lines.put_back(first + 1, &self.row[line_end..]);
        }
    }
}

/// Where in a row the end of a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// Behind a quotation mark inside of a quoted field: its end, or the first of two.
    QuoteInQuoted,
}

impl State {
    fn after(mut self, line: &[u8], delimiter: u8) -> Self {
        for &b in line {
            self = match (self, b) {
                (Self::Quoted, b'"') => Self::QuoteInQuoted,
                (Self::FieldStart | Self::QuoteInQuoted, b'"') | (Self::Quoted, _) => Self::Quoted,
                (_, b) if b == delimiter => Self::FieldStart,
                _ => Self::Plain,
            };
        }
        self
    }
}

/// The fields of one row.
fn split(row: &[u8], splitter: &mut csv_core::Reader) -> Vec<String> {
    splitter.reset();
    // Fields are never longer than the row, and their ends are stored beside them.
    let mut text = vec![0; row.len()];
    let mut ends = vec![0; 32];
    let (mut n_read, mut n_written, mut n_ends) = (0, 0, 0);
    loop {
        let (result, read, written, ended) =
            splitter.read_record(&row[n_read..], &mut text[n_written..], &mut ends[n_ends..]);
        n_read += read;
        n_written += written;
        n_ends += ended;
        match result {
            csv_core::ReadRecordResult::OutputEndsFull => ends.resize(2 * ends.len(), 0),
            csv_core::ReadRecordResult::OutputFull => text.resize(text.len() + 64, 0),
            // The next call gets no bytes, which tells that the row has ended.
            csv_core::ReadRecordResult::InputEmpty => {}
            csv_core::ReadRecordResult::Record | csv_core::ReadRecordResult::End => break,
        }
    }
    let mut start = 0;
    ends[..n_ends]
        .iter()
        .map(|&end| {
            let field = String::from_utf8_lossy(&text[start..end]);
            start = end;
            field.trim_start_matches('\u{FEFF}').to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Result<(String, u64), String>> {
        let lines = Lines::new(Box::new(io::Cursor::new(text.as_bytes().to_vec())));
        let mut table = Table::open(lines, None, &FieldMap::default())
            .unwrap()
            .map_err(|cause| cause.to_string())
            .unwrap();
        let mut rows = Vec::new();
        loop {
            match table.next_row().unwrap() {
                (Row::End, _) => return rows,
                (Row::Fields(fields), line) => {
                    rows.push(Ok((fields.text.unwrap_or_default(), line)));
                }
                (Row::Wrong(cause), _) => rows.push(Err(cause.to_string())),
            }
        }
    }

    #[test]
    fn quoted_fields_hold_lines_and_quotes() {
        let found = rows("id;Text\n1;\"They said:\n\"\"No.\"\"\"\n\n2;a 5\" gun\n");
        assert_eq!(found, [Ok(("They said:\n\"No.\"".into(), 2)), Ok(("a 5\" gun".into(), 5))]);
    }

    #[test]
    fn an_open_quote_costs_its_own_row() {
        let found = rows("id,text\n1,\"open\n2,good\n3,fine\n");
        assert_eq!(found.len(), 3);
        assert!(found[0].is_err());
        assert_eq!(found[1..], [Ok(("good".into(), 3)), Ok(("fine".into(), 4))]);
    }

    #[test]
    fn a_table_without_text_names_its_columns() {
        let lines = Lines::new(Box::new(io::Cursor::new(b"id,note\n1,x\n".to_vec())));
        let cause = Table::open(lines, None, &FieldMap::default()).unwrap().err().unwrap();
        assert!(
            cause.to_string().ends_with("found id, note; name it with --map text=COLUMN)"),
            "{cause}"
        );
    }
}
