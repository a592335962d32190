//! Energy meters: their scope, their tolerance and their errors.
//!
//! Every result states its provenance. A [`Reading`] carries its origin in a private field: only
//! this crate's sensors create measured readings, an assumed power stays assumed, and a meter
//! implemented outside this crate yields user-reported readings.

pub(crate) mod account;
mod asic;
mod assumed;
mod boards;
pub(crate) mod clock;
mod conditions;
mod descriptor;
mod discovery;
pub(crate) mod edge;
mod error;
mod files;
mod hwmon;
mod meter;
#[cfg(feature = "nvml")]
mod nvml;
#[cfg(target_os = "linux")]
mod perf;
mod rapl;
mod reading;
#[cfg(test)]
mod remedies;
mod selector;
mod text;
mod topology;
mod wall;

pub use account::{EnergyAccount, Gaps, MAX_BRIDGED_GAP};
pub use asic::{AsicError, AsicLog, AsicRun, Exporter, HashBasis, MIN_SHARES, ShareWork, Shares};
pub use assumed::AssumedMeter;
pub use boards::discover_boards;
pub use conditions::Conditions;
pub use descriptor::{MeterDescriptor, MeterQuantity, Tolerance};
pub use discovery::{MeterInventory, discover, discover_gpus, inventory};
pub use error::MeterError;
pub use files::{FileSystem, OpenFile, SystemFiles};
pub use hwmon::HwmonMeter;
pub use meter::EnergyMeter;
#[cfg(feature = "nvml")]
pub use nvml::NvmlMeter;
#[cfg(target_os = "linux")]
pub use perf::PerfMeter;
pub use rapl::RaplMeter;
pub use reading::{RawValue, Reading};
pub use selector::{METER_SPEC_FORMS, MeterSpec};
pub(crate) use wall::log_descriptor;
pub(crate) use wall::{AlignedLog, LoadPhases};
pub use wall::{IpmiMeter, LogColumns, PowerLog};
#[cfg(feature = "wall")]
pub use wall::{RedfishMeter, ShellyMeter, TasmotaMeter};
