//! Tables with named columns: comma, semicolon or tab between fields, quoted as RFC 4180 has it.

use std::io;

use super::lines::{Found, Lines};
use super::record::{Columns, Fields};
use super::{Cause, MAX_RECORD};

/// Rows whose quotation mark is never closed are read again behind their first line, so that they
/// cost nothing but themselves. How often, since each time reads ahead.
const MAX_RECOVERIES: u32 = 16;

/// A table being read.
pub(super) struct Table {
    lines: Lines,
    delimiter: u8,
    splitter: csv_core::Reader,
    columns: Columns,
    n_recoveries: u32,
    row: Vec<u8>,
}

/// A row, or why it is none.
pub(super) enum Row {
    Fields(Fields),
    Wrong(Cause),
    End,
}

impl Table {
    /// Reads the header. `delimiter` is guessed from it where the file's name does not tell.
    ///
    /// # Errors
    ///
    /// If there is no header, or no column for the text.
    pub(super) fn open(mut lines: Lines, delimiter: Option<u8>) -> io::Result<Result<Self, Cause>> {
        let mut header = Vec::new();
        loop {
            match lines.next(&mut header)? {
                Found::End => return Ok(Err(Cause::Empty)),
                Found::TooLong => return Ok(Err(Cause::RecordTooLong)),
                Found::Whole if header.iter().all(u8::is_ascii_whitespace) => {}
                Found::Whole => break,
            }
        }
        let count = |mark: u8| memchr::memchr_iter(mark, &header).count();
        let delimiter = delimiter.unwrap_or_else(|| {
            // The last of equal counts wins: the comma.
            [b';', b'\t', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
        });
        let mut splitter = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let names = split(&header, &mut splitter);
        Ok(Columns::find(&names).map(|columns| Self {
            lines,
            delimiter,
            splitter,
            columns,
            n_recoveries: 0,
            row: Vec::new(),
        }))
    }

    /// The next row, with the line where it begins.
    pub(super) fn next(&mut self) -> io::Result<(Row, u64)> {
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
            return Ok((Row::Fields(self.columns.read(&fields)), first));
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
        let mut table =
            Table::open(lines, None).unwrap().map_err(|cause| cause.to_string()).unwrap();
        let mut rows = Vec::new();
        loop {
            match table.next().unwrap() {
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
        let cause = Table::open(lines, None).unwrap().err().unwrap();
        assert!(cause.to_string().ends_with("found id, note)"), "{cause}");
    }
}
