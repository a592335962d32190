//! The native extension of the Python package `hashwatt`: scenarios, runs and functions of `hashwatt-econ`. The package's
//! Python files define the public interface; this crate has no formulas and no keys of its own.

mod arrays;
mod convert;
mod parallel;
mod run;
mod scenario;
#[cfg(feature = "search")]
mod search;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// An error as Python's `ValueError` with the same message.
fn value_error(error: impl std::fmt::Display) -> PyErr {
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
