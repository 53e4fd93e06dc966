//! The compiled half of the Python package: what Python sees of the library, without any decision
//! of its own. `tieline/*.py` gives it the shape that users meet.

mod claims;
mod error;
mod network;
mod program;
mod reader;
mod rows;
mod scale;
mod stream;
mod table;

use pyo3::prelude::*;

/// The classes and functions of the compiled half.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::claims::Claims;
    #[pymodule_export]
    use super::error::TielineError;
    #[pymodule_export]
    use super::network::{Network, network_of, ranks};
    #[pymodule_export]
    use super::program::main;
    #[pymodule_export]
    use super::reader::{Batch, Reader};
    #[pymodule_export]
    use super::scale::{Knowledge, alike, count_verbs, unite, write_run};
    #[pymodule_export]
    use super::table::{Table, schema};
    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
