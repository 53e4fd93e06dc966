//! Rows of the library's columns as Arrow. The columns themselves are those of the Parquet files:
//! `export::columns` says which.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder,
    StringBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, FieldRef, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyType};
use tieline::export::columns::{self, Cell, Kind};
use tieline::runs;

use crate::error::wrong;
use crate::stream;

/// Rows of a batch at most.
const ROWS: usize = 16_384;

/// Bytes of text of a batch, about.
const BYTES: usize = 8 << 20;

/// A table that has been read: anything that takes Arrow's C stream takes it.
#[pyclass(frozen, module = "tieline._native")]
pub(crate) struct Table {
    pub(crate) schema: SchemaRef,
    pub(crate) batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    /// The table as an Arrow C stream. A requested schema is not needed and not followed.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        stream::give(py, &self.schema, self.batches.clone())
    }

    /// The schema as an Arrow C schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        stream::give_schema(py, &self.schema)
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// A table without rows that has the columns of `kind`: "claims", "articles" or "entities".
    #[classmethod]
    fn empty(_class: &Bound<'_, PyType>, kind: &str) -> PyResult<Self> {
        Ok(Rows::new(fields(kind)?).finish())
    }
}

/// Name, type and whether it may be null of each column of "claims", "articles" or "entities".
#[pyfunction]
pub(crate) fn schema(kind: &str) -> PyResult<Vec<(String, String, bool)>> {
    let schema = Rows::new(fields(kind)?).finish().schema;
    let name = |kind: &DataType| match kind {
        DataType::Utf8 => "string",
        DataType::Int64 => "int64",
        DataType::Float64 => "double",
        DataType::Boolean => "bool",
        DataType::Date32 => "date32",
        DataType::List(element) if *element.data_type() == DataType::Utf8 => "list<string>",
        _ => "list<int64>",
    };
    let field = |field: &FieldRef| {
        (field.name().clone(), name(field.data_type()).to_owned(), field.is_nullable())
    };
    Ok(schema.fields().iter().map(field).collect())
}

fn fields(kind: &str) -> PyResult<Vec<columns::Field>> {
    match kind {
        "claims" => Ok(columns::claim_fields().collect()),
        "articles" => Ok(runs::article_fields().collect()),
        "entities" => Ok(columns::entity_fields().collect()),
        _ => Err(wrong(format!("unknown table {kind:?} (known: claims, articles, entities)"))),
    }
}

/// Rows that become a table, batch by batch.
pub(crate) struct Rows {
    schema: SchemaRef,
    columns: Vec<Column>,
    n_rows: usize,
    bytes: usize,
    batches: Vec<RecordBatch>,
}

enum Column {
    Text(StringBuilder),
    Texts(ListBuilder<StringBuilder>),
    Whole(Int64Builder),
    Wholes(ListBuilder<Int64Builder>),
    Number(Float64Builder),
    Flag(BooleanBuilder),
    Day(Date32Builder),
}

impl Rows {
    pub(crate) fn new(fields: impl IntoIterator<Item = columns::Field>) -> Self {
        let fields: Vec<_> = fields.into_iter().collect();
        let columns = fields.iter().map(|(_, kind)| Column::new(*kind)).collect();
        let fields: Vec<Field> = fields.iter().map(|(name, kind)| field(name, *kind)).collect();
        let schema = Arc::new(Schema::new(fields));
        Self { schema, columns, n_rows: 0, bytes: 0, batches: Vec::new() }
    }

    pub(crate) fn push<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>) {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += column.push(&cell);
        }
        self.n_rows += 1;
        if self.n_rows >= ROWS || self.bytes >= BYTES {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let columns = self.columns.iter_mut().map(Column::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns);
        self.batches.push(batch.expect("columns are made from the schema"));
        (self.n_rows, self.bytes) = (0, 0);
    }

    pub(crate) fn finish(mut self) -> Table {
        if self.n_rows > 0 {
            self.flush();
        }
        Table { schema: self.schema, batches: self.batches }
    }
}

fn field(name: &str, kind: Kind) -> Field {
    let value = |kind| match kind {
        Kind::Text | Kind::Texts => DataType::Utf8,
        Kind::Whole | Kind::Wholes => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Flag => DataType::Boolean,
        Kind::Day => DataType::Date32,
    };
    match kind {
        Kind::Texts | Kind::Wholes => Field::new(name, DataType::List(element(value(kind))), false),
        _ => Field::new(name, value(kind), true),
    }
}

/// What a list holds, named as in Parquet.
fn element(kind: DataType) -> FieldRef {
    Arc::new(Field::new("element", kind, false))
}

impl Column {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Texts => {
                let list = ListBuilder::new(StringBuilder::new());
                Self::Texts(list.with_field(element(DataType::Utf8)))
            }
            Kind::Whole => Self::Whole(Int64Builder::new()),
            Kind::Wholes => {
                let list = ListBuilder::new(Int64Builder::new());
                Self::Wholes(list.with_field(element(DataType::Int64)))
            }
            Kind::Number => Self::Number(Float64Builder::new()),
            Kind::Flag => Self::Flag(BooleanBuilder::new()),
            Kind::Day => Self::Day(Date32Builder::new()),
        }
    }

    /// Adds a value; returns its bytes where it is text.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        match (self, cell) {
            (Self::Text(column), Cell::Text(text)) => {
                column.append_option(text.as_deref());
                text.as_deref().map_or(0, str::len)
            }
            (Self::Texts(column), Cell::Texts(texts)) => {
                texts.iter().for_each(|text| column.values().append_value(text));
                column.append(true);
                texts.iter().map(|text| text.len()).sum()
            }
            (Self::Whole(column), Cell::Whole(number)) => {
                column.append_option(number.map(i64::from));
                0
            }
            (Self::Wholes(column), Cell::Wholes(numbers)) => {
                numbers.iter().for_each(|&number| column.values().append_value(number.into()));
                column.append(true);
                0
            }
            (Self::Number(column), Cell::Number(number)) => {
                column.append_value(*number);
                0
            }
            (Self::Flag(column), Cell::Flag(flag)) => {
                column.append_value(*flag);
                0
            }
            (Self::Day(column), cell @ Cell::Day(_)) => {
                column.append_option(cell.days_since_1970());
                0
            }
            (_, cell) => unreachable!("the column has another kind than {cell:?}"),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => ArrayBuilder::finish(column),
            Self::Texts(column) => ArrayBuilder::finish(column),
            Self::Whole(column) => ArrayBuilder::finish(column),
            Self::Wholes(column) => ArrayBuilder::finish(column),
            Self::Number(column) => ArrayBuilder::finish(column),
            Self::Flag(column) => ArrayBuilder::finish(column),
            Self::Day(column) => ArrayBuilder::finish(column),
        }
    }
}
