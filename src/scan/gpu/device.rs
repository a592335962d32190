//! An opened GPU with the scanning shader: submits ranges and brings verdicts back. Whatever the
//! driver complains of comes out as a fault; nothing waits without an end.

use super::adapter::Adapter;
use super::fault::{Complaints, Fault, PATIENCE};
use super::job::{GpuJob, JobIn, VersionsJob};
use super::pipeline;
use super::shader::{MAX_CANDIDATES, source, versions_source};
use super::shader_variant::ShaderVariant;
use crate::scan::range::NonceRange;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long a dispatch is meant to last: long beside its overhead, short beside a watchdog.
pub(super) const LONG_ENOUGH: Duration = Duration::from_millis(50);

/// The bytes of the shader's `Found`.
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
    /// Jobs of a dispatch: 1, or as many as the shader was made for.
    versions: usize,
    complaints: Complaints,
    /// How long an answer is waited for.
    patience: Duration,
    /// Buffers of finished ranges, to be used again.
    idle: Vec<Buffers>,
}

#[derive(Debug)]
struct Buffers {
    found: wgpu::Buffer,
    back: wgpu::Buffer,
    /// Where the job is, without immediates.
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

/// What came back of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Every candidate.
    Candidates(Vec<u32>),
    /// More candidates than there was room for.
    Overflow,
}

impl Verdict {
    /// From the words of the shader's `Found`.
    fn of(words: &[u32]) -> Self {
        match words.split_first() {
            Some((count, nonces)) if *count as usize <= nonces.len() => {
                Self::Candidates(nonces[..*count as usize].to_vec())
            }
            _ => Self::Overflow,
        }
    }
}

impl Device {
    /// Opens the adapter and compiles the variant. Immediates are used where the adapter has
    /// them and `uniform` does not forbid it.
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

    /// The same with a shader given.
    pub(super) fn with_source(
        adapter: &Adapter,
        variant: ShaderVariant,
        versions: usize,
        job_in: JobIn,
        source: &str,
    ) -> Result<Self, Fault> {
        let (device, queue) = pipeline::request(adapter, job_in)?;
        let complaints = Complaints::of(&device);
        let (pipeline, layout) = pipeline::compile(&device, variant, job_in, source);
        let opened = Self {
            device,
            queue,
            pipeline,
            layout,
            job_in,
            variant,
            versions,
            complaints,
            patience: PATIENCE,
            idle: Vec::new(),
        };
        opened.no_complaint()?;
        Ok(opened)
    }

    /// The most nonces that one dispatch can have.
    pub(super) fn most(&self) -> u64 {
        let groups = u64::from(self.device.limits().max_compute_workgroups_per_dimension);
        let most = groups * u64::from(self.variant.threads) * u64::from(self.variant.nonces);
        // Numbers of nonces stay below 2^31 in the shader.
        most.min(1 << 30)
    }

    /// # Errors
    /// What the driver has complained of so far.
    fn no_complaint(&self) -> Result<(), Fault> {
        if self.complaints.any_refusal() {
            // What a lost device refuses is heard before the loss itself, which is told once the
            // queue is empty. What the poll says is in the callbacks.
            let all = wgpu::PollType::Wait { submission_index: None, timeout: Some(self.patience) };
            let _ = self.device.poll(all);
        }
        self.complaints.none()
    }

    /// Sends a range of at most [`Device::most`] nonces on its way, for one job and others that
    /// share its schedule, as many as there are versions at most.
    pub(super) fn submit(
        &mut self,
        job: &GpuJob,
        others: &[GpuJob],
        range: NonceRange,
    ) -> Result<InFlight, Fault> {
        self.no_complaint()?;
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
        let a_group = u64::from(self.variant.threads) * u64::from(self.variant.nonces);
        let groups = range.len().div_ceil(a_group).max(1);
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
        encoder.copy_buffer_to_buffer(&buffers.found, 0, &buffers.back, 0, bytes);
        let submission = self.queue.submit([encoder.finish()]);
        let (sender, mapped) = channel();
        buffers.back.map_async(wgpu::MapMode::Read, .., move |result| {
            // Nobody waits for a range that was given up.
            let _ = sender.send(result);
        });
        self.no_complaint()?;
        Ok(InFlight { buffers, submission, mapped })
    }

    /// Waits for a range's verdicts, one for each version.
    pub(super) fn wait(&mut self, flight: InFlight) -> Result<Vec<Verdict>, Fault> {
        let InFlight { buffers, submission, mapped } = flight;
        let until = wgpu::PollType::Wait {
            submission_index: Some(submission),
            timeout: Some(self.patience),
        };
        let polled = self.device.poll(until);
        self.no_complaint()?;
        match polled {
            Ok(_) => (),
            Err(wgpu::PollError::Timeout) => return Err(Fault::Silent),
            Err(error) => return Err(Fault::Refused(error.to_string())),
        }
        match mapped.recv_timeout(self.patience) {
            Ok(Ok(())) => (),
            Ok(Err(error)) => {
                self.no_complaint()?;
                return Err(Fault::Refused(error.to_string()));
            }
            Err(_) => return Err(Fault::Silent),
        }
        let verdicts = {
            let view = buffers
                .back
                .get_mapped_range(..)
                .map_err(|error| Fault::Refused(error.to_string()))?;
            let words: Vec<u32> = bytemuck::pod_collect_to_vec(&view);
            words.chunks_exact(1 + MAX_CANDIDATES).map(Verdict::of).collect()
        };
        buffers.back.unmap();
        self.idle.push(buffers);
        Ok(verdicts)
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
        let back = buffer("back", found_bytes, Usage::MAP_READ | Usage::COPY_DST);
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
        Buffers { found, back, job, group }
    }

    /// Waits for nothing any more.
    #[cfg(test)]
    pub(super) fn lose_patience(&mut self) {
        self.patience = Duration::ZERO;
    }

    /// Makes the device be lost, as a driver's reset would.
    #[cfg(test)]
    pub(super) fn lose(&self) {
        self.device.destroy();
    }
}
