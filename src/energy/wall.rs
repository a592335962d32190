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
#[cfg(feature = "wall")]
mod http;
mod ipmi;
#[cfg(feature = "wall")]
mod json;
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
pub use csv_log::PowerLog;
pub use ipmi::IpmiMeter;
#[cfg(feature = "wall")]
pub use redfish::RedfishMeter;
#[cfg(feature = "wall")]
pub use shelly::ShellyMeter;
#[cfg(feature = "wall")]
pub use tasmota::TasmotaMeter;

use super::{MeterDescriptor, MeterQuantity, Tolerance};
use crate::estimate::Scope;
use crate::units::Seconds;

/// What every wall meter has in common.
fn descriptor(
    id: String,
    quantity: MeterQuantity,
    refresh: Seconds,
    tolerance: Option<Tolerance>,
    caveat: Option<&str>,
) -> MeterDescriptor {
    MeterDescriptor {
        id,
        scope: Scope::NodeWall,
        subject: "node".to_owned(),
        quantity,
        refresh,
        max_read_gap: None,
        tolerance,
        caveat: caveat.map(str::to_owned),
    }
}

/// What is assumed of a management controller that states no tolerance.
fn controller_tolerance() -> Tolerance {
    Tolerance { relative_half_width: 0.05, basis: "assumed: BMC 2–5 %".to_owned() }
}

/// What is assumed of a plug that nobody has calibrated.
#[cfg(feature = "wall")]
fn plug_tolerance() -> Tolerance {
    Tolerance {
        relative_half_width: 0.05,
        basis: "assumed: plug 3–5 % unless calibrated".to_owned(),
    }
}
