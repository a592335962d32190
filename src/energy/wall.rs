//! Meters at the plug: the whole machine, supply losses and fans among it.
//!
//! All of them see one thing, the node, so of several none are added: they are compared. What
//! they may claim differs: plugs and management controllers come uncalibrated, and an analyser's
//! log is a file that the user brings, so its figures are user-reported.

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
mod patience;
#[cfg(feature = "wall")]
mod redfish;
#[cfg(feature = "wall")]
mod remote;
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
