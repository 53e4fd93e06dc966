//! A Parquet file from rows: rows go in one by one, columns come out group by group.
//!
//! Follows <https://parquet.apache.org/docs/file-format/>. Every value may be null, lists may not
//! and hold no null; a list has the three levels that the format prescribes.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use crate::export::columns::{Cell, Kind};

/// Rows that are gathered before they are written: what bounds the memory.
const ROWS_PER_GROUP: usize = 16_384;

/// A file that is being written.
pub(super) struct Table<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Column>,
    n_rows: usize,
}

/// The values of one column that are not yet written.
struct Column {
    values: Values,
    /// A level for each value, null or empty list: 1 if there is a value.
    definition: Vec<i16>,
    /// 1 for a value that continues a list; empty if the column holds none.
    repetition: Vec<i16>,
}

enum Values {
    Texts(Vec<ByteArray>),
    Wholes(Vec<i64>),
    Numbers(Vec<f64>),
    Flags(Vec<bool>),
    Days(Vec<i32>),
}

impl<W: Write + Send> std::fmt::Debug for Table<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("n_rows", &self.n_rows).finish_non_exhaustive()
    }
}

impl<W: Write + Send> Table<W> {
    /// Opens the file.
    pub(super) fn for_writer<'n>(
        out: W,
        columns: impl IntoIterator<Item = (&'n str, Kind)>,
    ) -> io::Result<Self> {
        let columns: Vec<_> = columns.into_iter().collect();
        let fields = columns.iter().map(|(name, kind)| field(name, *kind)).collect::<Result<_>>();
        let schema = fields
            .and_then(|fields| Type::group_type_builder("schema").with_fields(fields).build())
            .map_err(failed)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))
            .map_err(failed)?;
        let columns = columns.iter().map(|(_, kind)| Column::new(*kind)).collect();
        Ok(Self { writer, columns, n_rows: 0 })
    }

    /// Adds one row: a cell for each column.
    pub(super) fn push<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>) -> io::Result<()> {
        let mut cells = cells.into_iter();
        for column in &mut self.columns {
            column.push(cells.next().expect("a row has a cell for each column"));
        }
        debug_assert!(cells.next().is_none(), "a row has no more cells than there are columns");
        self.n_rows += 1;
        if self.n_rows == ROWS_PER_GROUP { self.write_group().map_err(failed) } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        for column in &mut self.columns {
            let mut writer = group.next_column()?.expect("the schema has this column");
            column.write(writer.untyped())?;
            writer.close()?;
        }
        group.close()?;
        self.n_rows = 0;
        Ok(())
    }

    /// Writes what is left, and returns the writer.
    pub(super) fn finish(mut self) -> io::Result<W> {
        if self.n_rows > 0 {
            self.write_group().map_err(failed)?;
        }
        self.writer.into_inner().map_err(failed)
    }
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast() {
            Ok(cause) => *cause,
            Err(cause) => io::Error::other(cause),
        },
        error => io::Error::other(error),
    }
}

fn field(name: &str, kind: Kind) -> Result<TypePtr> {
    let (physical, logical) = match kind {
        Kind::Text | Kind::Texts => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole | Kind::Wholes => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let value = |name, repetition| {
        let value = Type::primitive_type_builder(name, physical).with_repetition(repetition);
        value.with_logical_type(logical).build().map(Arc::new)
    };
    if !matches!(kind, Kind::Texts | Kind::Wholes) {
        return value(name, Repetition::OPTIONAL);
    }
    let entry = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![value("element", Repetition::REQUIRED)?])
        .build()?;
    let list = Type::group_type_builder(name)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(entry)])
        .build()?;
    Ok(Arc::new(list))
}

impl Column {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text | Kind::Texts => Values::Texts(Vec::new()),
            Kind::Whole | Kind::Wholes => Values::Wholes(Vec::new()),
            Kind::Number => Values::Numbers(Vec::new()),
            Kind::Flag => Values::Flags(Vec::new()),
            Kind::Day => Values::Days(Vec::new()),
        };
        Self { values, definition: Vec::new(), repetition: Vec::new() }
    }

    fn push(&mut self, cell: Cell<'_>) {
        let bytes = |text: &str| ByteArray::from(text.as_bytes().to_vec());
        match (&mut self.values, cell) {
            (Values::Texts(values), Cell::Text(text)) => {
                self.definition.push(text.is_some().into());
                values.extend(text.map(|text| bytes(&text)));
            }
            (Values::Texts(values), Cell::Texts(texts)) => {
                values.extend(texts.iter().copied().map(bytes));
                self.list(texts.len());
            }
            (Values::Wholes(values), Cell::Whole(number)) => {
                self.definition.push(number.is_some().into());
                values.extend(number.map(i64::from));
            }
            (Values::Wholes(values), Cell::Wholes(numbers)) => {
                values.extend(numbers.iter().copied().map(i64::from));
                self.list(numbers.len());
            }
            (Values::Numbers(values), Cell::Number(number)) => {
                self.definition.push(1);
                values.push(number);
            }
            (Values::Flags(values), Cell::Flag(flag)) => {
                self.definition.push(1);
                values.push(flag);
            }
            (Values::Days(values), cell @ Cell::Day(_)) => {
                let day = cell.days_since_1970();
                self.definition.push(day.is_some().into());
                values.extend(day);
            }
            (_, cell) => unreachable!("the column has another kind than {cell:?}"),
        }
    }

    /// Levels of a list of `n` values.
    fn list(&mut self, n: usize) {
        self.definition.extend(std::iter::repeat_n(i16::from(n > 0), n.max(1)));
        self.repetition.push(0);
        self.repetition.extend(std::iter::repeat_n(1, n.saturating_sub(1)));
    }

    /// Writes what was gathered and forgets it.
    fn write(&mut self, writer: &mut ColumnWriter<'_>) -> Result<()> {
        let definition = Some(&self.definition[..]);
        let repetition = Some(&self.repetition[..]).filter(|levels| !levels.is_empty());
        match (&mut self.values, writer) {
            (Values::Texts(values), ColumnWriter::ByteArrayColumnWriter(writer)) => {
                writer.write_batch(values, definition, repetition)?;
                values.clear();
            }
            (Values::Wholes(values), ColumnWriter::Int64ColumnWriter(writer)) => {
                writer.write_batch(values, definition, repetition)?;
                values.clear();
            }
            (Values::Numbers(values), ColumnWriter::DoubleColumnWriter(writer)) => {
                writer.write_batch(values, definition, repetition)?;
                values.clear();
            }
            (Values::Flags(values), ColumnWriter::BoolColumnWriter(writer)) => {
                writer.write_batch(values, definition, repetition)?;
                values.clear();
            }
            (Values::Days(values), ColumnWriter::Int32ColumnWriter(writer)) => {
                writer.write_batch(values, definition, repetition)?;
                values.clear();
            }
            _ => unreachable!("the schema is made of the columns' kinds"),
        }
        self.definition.clear();
        self.repetition.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lists_and_nulls_have_levels_and_no_values() {
        let mut column = Column::new(Kind::Texts);
        for texts in [vec![], vec!["a", "b"], vec!["c"]] {
            column.push(Cell::Texts(texts));
        }
        assert_eq!((column.definition, column.repetition), (vec![0, 1, 1, 1], vec![0, 0, 1, 0]));
        let mut column = Column::new(Kind::Whole);
        column.push(Cell::Whole(None));
        column.push(Cell::Whole(Some(7)));
        assert_eq!((column.definition, column.repetition), (vec![0, 1], vec![]));
    }
}
