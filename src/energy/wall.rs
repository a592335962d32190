//! Wall meters: they measure the whole machine, including supply losses and fans.
//!
//! All of them have the same subject, the node, so several are compared and never added. Plugs and
//! management controllers are uncalibrated. The log of a power analyser is a file supplied by the
//! user, so its values are user-reported.

#[cfg(feature = "wall")]
mod address;
mod align;
mod command;
mod csv_log;
mod descriptor;
#[cfg(feature = "wall")]
mod environment;
#[cfg(feature = "wall")]
mod http;
mod ipmi;
#[cfg(feature = "wall")]
mod json;
mod load_step;
#[cfg(feature = "wall")]
mod opening;
#[cfg(feature = "wall")]
mod page;
#[cfg(feature = "wall")]
mod redfish;
#[cfg(feature = "wall")]
mod remote;
mod retry;
#[cfg(feature = "wall")]
mod shelly;
#[cfg(feature = "wall")]
mod tasmota;

pub(crate) use align::log_descriptor;
pub use align::{AlignedLog, LoadPhases};
pub use csv_log::{LogColumns, PowerLog};
pub use ipmi::IpmiMeter;
#[cfg(feature = "wall")]
pub use redfish::RedfishMeter;
#[cfg(feature = "wall")]
pub use shelly::ShellyMeter;
#[cfg(feature = "wall")]
pub use tasmota::TasmotaMeter;
