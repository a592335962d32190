//! The names that most callers need: nonce search, meters and measurement. Those of the economics are in
//! [`econ::prelude`](crate::econ::prelude).
//!
//! ```
//! use hashwatt::prelude::*;
//! ```

#[doc(no_inline)]
pub use crate::energy::{EnergyMeter, MeterSpec, discover};
#[doc(no_inline)]
pub use crate::measure::{Bench, InterleavedBench, Measurement, MeasurementPlan};
#[doc(no_inline)]
pub use crate::pow::{CompactTarget, Header, Target};
#[doc(no_inline)]
pub use crate::scan::{
    CpuScanner, Hit, Job, Kernel, MultiScanner, NonceRange, Scanner, StopToken, scan,
};
#[doc(no_inline)]
pub use crate::uncertainty::Efficiency;
#[doc(no_inline)]
pub use crate::units::Seconds;
