//! Errors of the library as Python's.

use std::error::Error;
use std::fmt::Write as _;

use pyo3::PyErr;
use pyo3::exceptions::PyValueError;

pyo3::create_exception!(
    tieline,
    TielineError,
    PyValueError,
    "Something from outside cannot be used, or a result not be written: a gazetteer, rules, a run, \
     a table. The message names file, line and cause."
);

/// `error` with all its causes in one line.
pub(crate) fn raise(error: impl Error) -> PyErr {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let _ = write!(text, ": {cause}");
        source = cause.source();
    }
    TielineError::new_err(text)
}

/// An error in words.
pub(crate) fn wrong(text: impl Into<String>) -> PyErr {
    TielineError::new_err(text.into())
}
