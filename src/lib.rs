//! hashwatt
pub mod econ;
#[cfg(feature = "cpu")]
pub mod energy;
pub mod estimate;
#[cfg(feature = "cpu")]
pub mod measure;
pub mod pow;
pub mod report;
#[cfg(feature = "cpu")]
pub mod scan;
pub mod units;
