//! The command-line program.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the program with `arguments`, its name first, and returns its exit code.
#[pyfunction]
pub(crate) fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| tieline::cli::run_from(arguments))
}
