//! hashwatt
pub mod estimate;
pub mod pow;
#[cfg(feature = "cpu")]
pub mod scan;
pub mod units;
