//! What searches: the trait that every backend implements, and how it describes itself.

use super::error::ScanError;
use super::sink::Sink;
use super::stop::StopToken;
use super::work_source::WorkSource;
use crate::pci::GpuIdentity;

/// What part of the machine hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HashingDevice {
    /// The processor, or a GPU in its package.
    Processor,
    /// A GPU on a board of its own.
    Gpu(GpuIdentity),
    /// Several, which the scanner's parts tell.
    Several,
    /// The scanner does not say.
    Unstated,
}

/// What a scanner is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannerDescriptor {
    /// The kernel's name.
    pub kernel: String,
    /// Which of several ways to run it, where there are several.
    pub variant: Option<String>,
    /// What it runs on.
    pub device: String,
    /// What part of the machine that is, by which meters are chosen and figures are checked.
    pub hashes_on: HashingDevice,
    /// How many threads or queues work at once.
    pub threads: usize,
    /// Whether each thread is kept on a processor of its own.
    pub pinned: bool,
    /// The most nonces in one batch; each thread can have one batch unfinished.
    pub batch: u64,
}

/// Something that searches nonces.
pub trait Scanner: Send {
    /// What it is.
    fn descriptor(&self) -> &ScannerDescriptor;

    /// What it is made of: itself, or the scanners that work side by side in it.
    fn parts(&self) -> Vec<ScannerDescriptor> {
        vec![self.descriptor().clone()]
    }

    /// Takes work until the source has none or `stop` is set. Whatever ends the run, every
    /// finished range has been delivered to `sink` exactly once.
    ///
    /// # Errors
    /// Where the device failed; what was delivered stays valid.
    fn run(
        &mut self,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), ScanError>;
}
