//! An opened GPU with the scanning shader: submits ranges and returns their results. Every driver error
//! is returned as a fault, and every wait has a time limit.

use super::adapter::Adapter;
use super::fault::{DriverErrors, Fault, RESPONSE_TIMEOUT};
use super::job::{GpuJob, JobIn, VersionsJob};
use super::pipeline;
use super::shader::{MAX_CANDIDATES, source, versions_source};
use super::shader_variant::ShaderVariant;
use crate::scan::range::NonceRange;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The minimum duration of a dispatch: long compared with its overhead, short compared with the time
/// limits of drivers.
pub(super) const MIN_DISPATCH_TIME: Duration = Duration::from_millis(50);

/// The size of the shader's `Found` in bytes.
const FOUND_BYTES: u64 = 4 * (1 + MAX_CANDIDATES as u64);

/// An opened device with one variant of the shader.
#[derive(Debug)]
pub(super) struct Device {
    device: wgpu::Device,
    queue: wgpu::Queue,
    pipeline: wgpu::ComputePipeline,
    layout: wgpu::BindGroupLayout,
    job_in: JobIn,
    variant: ShaderVariant,
    /// Jobs per dispatch: 1, or the number of versions of the shader.
    versions: usize,
    errors: DriverErrors,
    /// The time limit for a response.
    timeout: Duration,
    /// Buffers of finished ranges, for reuse.
    idle: Vec<Buffers>,
}

#[derive(Debug)]
struct Buffers {
    found: wgpu::Buffer,
    readback: wgpu::Buffer,
    /// The job, if it is not passed as immediates.
    job: Option<wgpu::Buffer>,
    group: wgpu::BindGroup,
}

/// A submitted range.
#[derive(Debug)]
pub(super) struct InFlight {
    buffers: Buffers,
    submission: wgpu::SubmissionIndex,
    mapped: Receiver<Result<(), wgpu::BufferAsyncError>>,
}

/// The result of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DispatchResult {
    /// All candidates.
    Candidates(Vec<u32>),
    /// There were more candidates than [`MAX_CANDIDATES`].
    Overflow,
}

impl DispatchResult {
    /// Reads the words of the shader's `Found`.
    fn from_words(words: &[u32]) -> Self {
        match words.split_first() {
            Some((count, nonces)) if *count as usize <= nonces.len() => {
                Self::Candidates(nonces[..*count as usize].to_vec())
            }
            _ => Self::Overflow,
        }
    }
}

impl Device {
    /// Opens the adapter and compiles the variant. The job is passed as immediates if the adapter
    /// supports them, or in a buffer if `uniform` is set.
    pub(super) fn open(
        adapter: &Adapter,
        variant: ShaderVariant,
        versions: usize,
        uniform: bool,
    ) -> Result<Self, Fault> {
        if versions > 1 {
            let source = versions_source(variant.addition, versions);
            return Self::with_source(adapter, variant, versions, JobIn::Buffer, &source);
        }
        let immediates = !uniform
            && adapter.adapter.features().contains(wgpu::Features::IMMEDIATES)
            && adapter.adapter.limits().max_immediate_size >= size_of::<GpuJob>() as u32;
        let job_in = if immediates { JobIn::Immediates } else { JobIn::Buffer };
        Self::with_source(adapter, variant, 1, job_in, &source(variant.addition, job_in))
    }

    /// Like [`Device::open`], but with the given shader source.
    pub(super) fn with_source(
        adapter: &Adapter,
        variant: ShaderVariant,
        versions: usize,
        job_in: JobIn,
        source: &str,
    ) -> Result<Self, Fault> {
        let (device, queue) = pipeline::request(adapter, job_in)?;
        let errors = DriverErrors::watch(&device);
        let (pipeline, layout) = pipeline::compile(&device, variant, job_in, source);
        let opened = Self {
            device,
            queue,
            pipeline,
            layout,
            job_in,
            variant,
            versions,
            errors,
            timeout: RESPONSE_TIMEOUT,
            idle: Vec::new(),
        };
        opened.check_driver()?;
        Ok(opened)
    }

    /// The maximum number of nonces in a dispatch.
    pub(super) fn max_nonces(&self) -> u64 {
        let groups = u64::from(self.device.limits().max_compute_workgroups_per_dimension);
        let max = groups * u64::from(self.variant.threads) * u64::from(self.variant.nonces);
        // Counts of nonces stay below 2^31 in the shader.
        max.min(1 << 30)
    }

    /// Checks for driver errors.
    ///
    /// # Errors
    /// The first error that the driver has reported so far.
    fn check_driver(&self) -> Result<(), Fault> {
        if self.errors.has_error() {
            // A lost device reports errors before the loss itself, which is reported once the queue is
            // empty. The results of the poll arrive through the callbacks.
            let all = wgpu::PollType::Wait { submission_index: None, timeout: Some(self.timeout) };
            let _ = self.device.poll(all);
        }
        self.errors.check()
    }

    /// Submits a range of at most [`Device::max_nonces`] nonces, for a job and others that share its
    /// schedule, in total at most as many as the shader has versions.
    pub(super) fn submit(
        &mut self,
        job: &GpuJob,
        others: &[GpuJob],
        range: NonceRange,
    ) -> Result<InFlight, Fault> {
        self.check_driver()?;
        let buffers = self.idle.pop().unwrap_or_else(|| self.buffers());
        let job = job.over(range);
        let versions = VersionsJob::new(&job, others);
        let bytes = match self.versions {
            1 => bytemuck::bytes_of(&job),
            _ => bytemuck::bytes_of(&versions),
        };
        if let Some(buffer) = &buffers.job {
            self.queue.write_buffer(buffer, 0, bytes);
        }
        let group_nonces = u64::from(self.variant.threads) * u64::from(self.variant.nonces);
        let groups = range.len().div_ceil(group_nonces).max(1);
        let mut encoder = self.device.create_command_encoder(&Default::default());
        for version in 0..self.versions as u64 {
            encoder.clear_buffer(&buffers.found, version * FOUND_BYTES, Some(4));
        }
        {
            let mut pass = encoder.begin_compute_pass(&Default::default());
            pass.set_pipeline(&self.pipeline);
            pass.set_bind_group(0, &buffers.group, &[]);
            if self.job_in == JobIn::Immediates {
                pass.set_immediates(0, bytes);
            }
            pass.dispatch_workgroups(u32::try_from(groups).unwrap_or(u32::MAX), 1, 1);
        }
        let bytes = self.versions as u64 * FOUND_BYTES;
        encoder.copy_buffer_to_buffer(&buffers.found, 0, &buffers.readback, 0, bytes);
        let submission = self.queue.submit([encoder.finish()]);
        let (sender, mapped) = channel();
        buffers.readback.map_async(wgpu::MapMode::Read, .., move |result| {
            // The receiver is dropped if the range was abandoned.
            let _ = sender.send(result);
        });
        self.check_driver()?;
        Ok(InFlight { buffers, submission, mapped })
    }

    /// Waits for the results of a range, one for each version.
    pub(super) fn wait(&mut self, flight: InFlight) -> Result<Vec<DispatchResult>, Fault> {
        let InFlight { buffers, submission, mapped } = flight;
        let until = wgpu::PollType::Wait {
            submission_index: Some(submission),
            timeout: Some(self.timeout),
        };
        let polled = self.device.poll(until);
        self.check_driver()?;
        match polled {
            Ok(_) => (),
            Err(wgpu::PollError::Timeout) => return Err(Fault::Timeout),
            Err(error) => return Err(Fault::DriverError(error.to_string())),
        }
        match mapped.recv_timeout(self.timeout) {
            Ok(Ok(())) => (),
            Ok(Err(error)) => {
                self.check_driver()?;
                return Err(Fault::DriverError(error.to_string()));
            }
            Err(_) => return Err(Fault::Timeout),
        }
        let results = {
            let view = buffers
                .readback
                .get_mapped_range(..)
                .map_err(|error| Fault::DriverError(error.to_string()))?;
            let words: Vec<u32> = bytemuck::pod_collect_to_vec(&view);
            words.chunks_exact(1 + MAX_CANDIDATES).map(DispatchResult::from_words).collect()
        };
        buffers.readback.unmap();
        self.idle.push(buffers);
        Ok(results)
    }

    fn buffers(&self) -> Buffers {
        let buffer = |label, size, usage| {
            self.device.create_buffer(&wgpu::BufferDescriptor {
                label: Some(label),
                size,
                usage,
                mapped_at_creation: false,
            })
        };
        use wgpu::BufferUsages as Usage;
        let found_bytes = self.versions as u64 * FOUND_BYTES;
        let job_bytes = match self.versions {
            1 => size_of::<GpuJob>(),
            _ => size_of::<VersionsJob>(),
        };
        let found =
            buffer("found", found_bytes, Usage::STORAGE | Usage::COPY_SRC | Usage::COPY_DST);
        let readback = buffer("readback", found_bytes, Usage::MAP_READ | Usage::COPY_DST);
        let job = (self.job_in == JobIn::Buffer)
            .then(|| buffer("job", job_bytes as u64, Usage::UNIFORM | Usage::COPY_DST));
        let mut entries =
            vec![wgpu::BindGroupEntry { binding: 0, resource: found.as_entire_binding() }];
        if let Some(job) = &job {
            entries.push(wgpu::BindGroupEntry { binding: 1, resource: job.as_entire_binding() });
        }
        let group = self.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("scan"),
            layout: &self.layout,
            entries: &entries,
        });
        Buffers { found, readback, job, group }
    }

    /// Makes every later wait time out immediately.
    #[cfg(test)]
    pub(super) fn set_zero_timeout(&mut self) {
        self.timeout = Duration::ZERO;
    }

    /// Causes the loss of the device, like a driver reset.
    #[cfg(test)]
    pub(super) fn lose(&self) {
        self.device.destroy();
    }
}
