//! Searching nonces: what is searched ([`Job`], [`NonceRange`]), who searches ([`Scanner`]),
//! where work comes from ([`WorkSource`]) and where results go ([`Sink`], [`Tally`]).
//!
//! ```
//! use hashwatt::pow::{Header, Target};
//! use hashwatt::scan::{CpuScanner, Job, Kernel, NonceRange, scan};
//!
//! let header: Header = "0100000000000000000000000000000000000000000000000000000000000000\
//!     000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a\
//!     29ab5f49ffff001d00000000".parse()?;
//! let job = Job::new(&header, Target::from_compact(header.bits)?);
//! let mut scanner = CpuScanner::new(Kernel::Sha2, 1)?;
//! let found = scan(&mut scanner, &job, NonceRange::new(2_083_236_000, 1_000)?)?;
//! assert_eq!(found.hits[0].nonce, 2_083_236_893); // the genesis block
//! assert_eq!(found.hashes, 1_000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cpu;
mod error;
#[cfg(feature = "gpu")]
mod gpu;
pub mod hazmat;
#[doc(hidden)]
pub mod internals;
mod job;
mod multi_scanner;
#[cfg_attr(
    not(target_arch = "x86_64"),
    allow(dead_code, reason = "only the generated kernels, which are x86's, take all of it")
)]
mod prehash;
mod range;
mod scanner;
mod sink;
mod stop;
mod tally;
mod work_source;

pub use crate::pci::{GpuIdentity, NotAPciAddress, PciAddress};
pub use cpu::{
    CpuScanner, Host, Kernel, KernelCalibration, KernelCycles, Percentiles, ProcessorKind,
    Processors, Roofline, UnknownKernel, roofline,
};
pub use error::ScanError;
#[cfg(feature = "gpu")]
pub use gpu::{
    Adapter, AdapterDescription, AdapterKind, Addition, GpuRoofline, GpuScanner, ShaderVariant,
    Tuned, Tuning, UnknownShaderVariant, cache_folder, gpu_roofline, tune,
};
pub use job::{Hit, Job};
pub use multi_scanner::MultiScanner;
pub use range::NonceRange;
pub use scanner::{HashingDevice, Scanner, ScannerDescriptor};
pub use sink::{CompletedBatch, Sink, Worker};
pub use stop::StopToken;
pub use tally::{Scan, Tally, scan};
pub use work_source::{OneRange, RollingTime, RollingVersion, WorkItem, WorkSource};
