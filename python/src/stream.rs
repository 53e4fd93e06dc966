//! Arrow's C interfaces in Python's capsules
//! (<https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>).
#![allow(unsafe_code, reason = "the C interface hands structures over by pointer")]

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::SchemaRef;
use arrow_schema::ffi::FFI_ArrowSchema;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::error::{raise, wrong};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// A capsule that gives `batches`. Whoever takes it releases them; a capsule that nobody takes does
/// so itself.
pub(crate) fn give<'py>(
    py: Python<'py>,
    schema: &SchemaRef,
    batches: Vec<RecordBatch>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let batches = RecordBatchIterator::new(batches.into_iter().map(Ok), Arc::clone(schema));
    let stream = FFI_ArrowArrayStream::new(Box::new(batches));
    PyCapsule::new_with_value(py, stream, STREAM)
}

/// A capsule that gives `schema`.
pub(crate) fn give_schema<'py>(
    py: Python<'py>,
    schema: &SchemaRef,
) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(&**schema).map_err(raise)?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

/// The batches that `table` gives by its Arrow C stream.
pub(crate) fn take(table: &Bound<'_, PyAny>) -> PyResult<Vec<RecordBatch>> {
    if !table.hasattr("__arrow_c_stream__")? {
        return Err(wrong(format!(
            "{} is no table (expected one with __arrow_c_stream__, such as pyarrow's, polars' or \
             pandas')",
            table.get_type().name()?
        )));
    }
    let capsule = table.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>().map_err(|_| wrong("the stream is no capsule"))?;
    let stream = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: a capsule of this name holds a stream, which is moved out and left released, as the
    // interface wants; the capsule lives until the end of this function.
    let reader = unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr()) }.map_err(raise)?;
    reader.collect::<Result<_, _>>().map_err(raise)
}
