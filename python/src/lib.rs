//! The native part of the Python package `hashwatt`: scenarios, runs and calls of `hashwatt-econ`. The package's Python
//! files give them their shape; no formula and no key is here.

mod arrays;
mod convert;
mod parallel;
mod run;
mod scenario;
#[cfg(feature = "search")]
mod search;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// What is wrong with what was given, as Python's `ValueError` with the same words.
fn wrong(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

#[pymodule]
mod _native {
    #[pymodule_export]
    use super::arrays::{
        breakeven_tariff, btc, difficulty, hashprice, hashrate, marginal_value_blocks,
        marginal_value_per_mwh, network_share, retarget_step, steady_hashrate,
    };
    #[pymodule_export]
    use super::run::Run;
    #[pymodule_export]
    use super::scenario::{Scenario, key_of, keys, machines, regions};
    #[cfg(feature = "search")]
    #[pymodule_export]
    use super::search::{kernels, scan};
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
