//! Descriptors and assumed tolerances of wall meters.

use super::super::{MeterDescriptor, MeterQuantity, Tolerance};
use crate::uncertainty::Scope;
use crate::units::Seconds;

/// The descriptor of a wall meter.
pub(super) fn descriptor(
    id: String,
    quantity: MeterQuantity,
    refresh: Seconds,
    tolerance: Option<Tolerance>,
    caveat: Option<&str>,
) -> MeterDescriptor {
    MeterDescriptor {
        refresh,
        tolerance,
        caveat: caveat.map(str::to_owned),
        ..MeterDescriptor::bare(id, Scope::NodeWall, "node", quantity)
    }
}

/// The assumed tolerance of a management controller that states none.
pub(super) fn controller_tolerance() -> Tolerance {
    Tolerance { relative_half_width: 0.05, basis: "assumed: BMC 2–5 %".to_owned() }
}

/// The assumed tolerance of an uncalibrated plug.
#[cfg(feature = "wall")]
pub(super) fn plug_tolerance() -> Tolerance {
    Tolerance {
        relative_half_width: 0.05,
        basis: "assumed: plug 3–5 % unless calibrated".to_owned(),
    }
}
