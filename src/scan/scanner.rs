//! The trait that every search backend implements, and its description.

use super::error::ScanError;
use super::sink::Sink;
use super::stop::StopToken;
use super::work_source::WorkSource;
use crate::pci::GpuIdentity;

/// The device that hashes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
#[serde(rename_all = "snake_case")]
pub enum HashingDevice {
    /// The processor, or a GPU in its package.
    Processor,
    /// A GPU on a board of its own.
    Gpu(GpuIdentity),
    /// Several devices; see [`Scanner::parts`].
    Several,
    /// Unknown.
    Unstated,
}

/// The description of a scanner.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ScannerDescriptor {
    /// The kernel's name.
    pub kernel: String,
    /// The variant of the kernel, if it has several.
    pub variant: Option<String>,
    /// The name of the device.
    pub device: String,
    /// The kind of device, used to choose meters and to check results.
    pub hashes_on: HashingDevice,
    /// The number of threads or queues that work in parallel.
    pub threads: usize,
    /// Whether each thread is pinned to its own processor.
    pub pinned: bool,
    /// The maximum number of nonces in a batch. Each thread has at most one unfinished batch.
    pub batch: u64,
}

/// Searches nonces.
pub trait Scanner: Send {
    /// The description of the scanner.
    fn descriptor(&self) -> &ScannerDescriptor;

    /// The descriptions of its parts: of itself, or of the scanners that work in parallel in it.
    fn parts(&self) -> Vec<ScannerDescriptor> {
        vec![self.descriptor().clone()]
    }

    /// Takes work until the source is exhausted or `stop` is set. In every case, each finished range
    /// has been delivered to `sink` exactly once.
    ///
    /// # Errors
    /// If the device failed. Delivered results remain valid.
    fn run(
        &mut self,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), ScanError>;
}
