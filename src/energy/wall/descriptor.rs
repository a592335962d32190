//! What wall meters are, and what is assumed of how far off they may be.

use super::super::{MeterDescriptor, MeterQuantity, Tolerance};
use crate::uncertainty::Scope;
use crate::units::Seconds;

/// What every wall meter has in common.
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

/// What is assumed of a management controller that states no tolerance.
pub(super) fn controller_tolerance() -> Tolerance {
    Tolerance { relative_half_width: 0.05, basis: "assumed: BMC 2–5 %".to_owned() }
}

/// What is assumed of a plug that nobody has calibrated.
#[cfg(feature = "wall")]
pub(super) fn plug_tolerance() -> Tolerance {
    Tolerance {
        relative_half_width: 0.05,
        basis: "assumed: plug 3–5 % unless calibrated".to_owned(),
    }
}
