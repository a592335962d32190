//! An opened GPU with the scanning shader: submits ranges and brings verdicts back. Whatever the
//! driver complains of comes out as a fault; nothing waits without an end.

use super::adapter::Adapter;
use super::job::{GpuJob, VersionsJob};
use super::shader::{MAX_CANDIDATES, source, versions_source};
use super::variant::Variant;
use crate::scan::error::ScanError;
use crate::scan::range::NonceRange;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Longer than any dispatch is meant to last, and than most watchdogs allow.
const PATIENCE: Duration = Duration::from_secs(20);

/// The bytes of the shader's `Found`.
const FOUND_BYTES: u64 = 4 * (1 + MAX_CANDIDATES as u64);

/// What went wrong on the device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The device is gone; another one can be opened.
    Lost(String),
    /// It did not answer in time.
    Silent,
    /// The driver or wgpu refused something.
    Refused(String),
}

impl Fault {
    pub(super) fn into_error(self, device: &str) -> ScanError {
        let device = device.to_owned();
        match self {
            Self::Lost(reason) => ScanError::DeviceLost { device, reason },
            Self::Silent => ScanError::DeviceSilent { device, seconds: PATIENCE.as_secs() },
            Self::Refused(reason) => ScanError::DeviceRefused { device, reason },
        }
    }
}

/// What the callbacks have heard.
#[derive(Debug, Default)]
struct Heard {
    lost: Option<String>,
    refused: Option<String>,
}

/// An opened device with one variant of the shader.
#[derive(Debug)]
pub(super) struct Device {
    device: wgpu::Device,
    queue: wgpu::Queue,
    pipeline: wgpu::ComputePipeline,
    layout: wgpu::BindGroupLayout,
    immediates: bool,
    variant: Variant,
    /// Jobs of a dispatch: 1, or as many as the shader was made for.
    versions: usize,
    heard: Arc<Mutex<Heard>>,
    /// How long an answer is waited for.
    patience: Duration,
    /// Buffers of finished flights, to be used again.
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
pub(super) struct Flight {
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
        variant: Variant,
        versions: usize,
        uniform: bool,
    ) -> Result<Self, Fault> {
        if versions > 1 {
            let source = versions_source(variant.addition, versions);
            return Self::with_source(adapter, variant, versions, true, &source);
        }
        let immediates = !uniform
            && adapter.adapter.features().contains(wgpu::Features::IMMEDIATES)
            && adapter.adapter.limits().max_immediate_size >= size_of::<GpuJob>() as u32;
        Self::with_source(adapter, variant, 1, !immediates, &source(variant.addition, immediates))
    }

    /// The same with a shader given.
    pub(super) fn with_source(
        adapter: &Adapter,
        variant: Variant,
        versions: usize,
        uniform: bool,
        source: &str,
    ) -> Result<Self, Fault> {
        let (immediates, bytes) = (!uniform, size_of::<GpuJob>() as u32);
        let limits = adapter.adapter.limits();
        let mut required_features = wgpu::Features::empty();
        // What every adapter has, but as many threads a workgroup as this one.
        let mut required_limits = wgpu::Limits::downlevel_defaults();
        required_limits.max_compute_workgroup_size_x = limits.max_compute_workgroup_size_x;
        required_limits.max_compute_invocations_per_workgroup =
            limits.max_compute_invocations_per_workgroup;
        if immediates {
            required_features |= wgpu::Features::IMMEDIATES;
            required_limits.max_immediate_size = bytes;
        }
        let descriptor = wgpu::DeviceDescriptor {
            label: Some("hashwatt"),
            required_features,
            required_limits,
            ..Default::default()
        };
        let (device, queue) = pollster::block_on(adapter.adapter.request_device(&descriptor))
            .map_err(|error| Fault::Refused(error.to_string()))?;
        let heard = listen(&device);

        let entry = |binding, ty| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::COMPUTE,
            ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset: false, min_binding_size: None },
            count: None,
        };
        let mut entries = vec![entry(0, wgpu::BufferBindingType::Storage { read_only: false })];
        if !immediates {
            entries.push(entry(1, wgpu::BufferBindingType::Uniform));
        }
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("scan"),
            entries: &entries,
        });
        let module = trusted(&device, source);
        let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("scan"),
            bind_group_layouts: &[Some(&layout)],
            immediate_size: if immediates { bytes } else { 0 },
        });
        let constants =
            [("threads", f64::from(variant.threads)), ("nonces", f64::from(variant.nonces))];
        let pipeline = device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some("scan"),
            layout: Some(&pipeline_layout),
            module: &module,
            entry_point: Some("scan"),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants: &constants,
                ..Default::default()
            },
            cache: None,
        });
        let opened = Self {
            device,
            queue,
            pipeline,
            layout,
            immediates,
            variant,
            versions,
            heard,
            patience: PATIENCE,
            idle: Vec::new(),
        };
        opened.complaint()?;
        Ok(opened)
    }

    /// The most nonces that one dispatch can have.
    pub(super) fn most(&self) -> u64 {
        let groups = u64::from(self.device.limits().max_compute_workgroups_per_dimension);
        let most = groups * u64::from(self.variant.threads) * u64::from(self.variant.nonces);
        // Numbers of nonces stay below 2^31 in the shader.
        most.min(1 << 30)
    }

    /// What the callbacks have heard so far.
    fn complaint(&self) -> Result<(), Fault> {
        let heard = || self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        if heard().refused.is_some() {
            // What a lost device refuses is heard before the loss itself, which is told once the
            // queue is empty. What the poll says is in the callbacks.
            let all = wgpu::PollType::Wait { submission_index: None, timeout: Some(self.patience) };
            let _ = self.device.poll(all);
        }
        let heard = heard();
        match (&heard.lost, &heard.refused) {
            (Some(reason), _) => Err(Fault::Lost(reason.clone())),
            (None, Some(reason)) => Err(Fault::Refused(reason.clone())),
            (None, None) => Ok(()),
        }
    }

    /// Sends a range of at most [`Device::most`] nonces on its way, for one job and others that
    /// share its schedule, as many as there are versions at most.
    pub(super) fn submit(
        &mut self,
        job: &GpuJob,
        others: &[GpuJob],
        range: NonceRange,
    ) -> Result<Flight, Fault> {
        self.complaint()?;
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
            if self.immediates {
                pass.set_immediates(0, bytes);
            }
            pass.dispatch_workgroups(u32::try_from(groups).unwrap_or(u32::MAX), 1, 1);
        }
        let bytes = self.versions as u64 * FOUND_BYTES;
        encoder.copy_buffer_to_buffer(&buffers.found, 0, &buffers.back, 0, bytes);
        let submission = self.queue.submit([encoder.finish()]);
        let (sender, mapped) = channel();
        buffers.back.map_async(wgpu::MapMode::Read, .., move |result| {
            // Nobody waits for a flight that was given up.
            let _ = sender.send(result);
        });
        self.complaint()?;
        Ok(Flight { buffers, submission, mapped })
    }

    /// Waits for a flight's verdicts, one for each version.
    pub(super) fn land(&mut self, flight: Flight) -> Result<Vec<Verdict>, Fault> {
        let Flight { buffers, submission, mapped } = flight;
        let wait = wgpu::PollType::Wait {
            submission_index: Some(submission),
            timeout: Some(self.patience),
        };
        let polled = self.device.poll(wait);
        self.complaint()?;
        match polled {
            Ok(_) => (),
            Err(wgpu::PollError::Timeout) => return Err(Fault::Silent),
            Err(error) => return Err(Fault::Refused(error.to_string())),
        }
        match mapped.recv_timeout(self.patience) {
            Ok(Ok(())) => (),
            Ok(Err(error)) => {
                self.complaint()?;
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
        let job = (!self.immediates)
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

/// Notes what the driver says outside of any call.
fn listen(device: &wgpu::Device) -> Arc<Mutex<Heard>> {
    let heard = Arc::new(Mutex::new(Heard::default()));
    let note = Arc::clone(&heard);
    device.set_device_lost_callback(move |reason, message| {
        let mut heard = note.lock().unwrap_or_else(PoisonError::into_inner);
        heard.lost.get_or_insert(format!("{reason:?} {message}"));
    });
    let note = Arc::clone(&heard);
    device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
        let mut heard = note.lock().unwrap_or_else(PoisonError::into_inner);
        heard.refused.get_or_insert(error.to_string());
    }));
    heard
}

/// The shader without checks at run time.
#[expect(unsafe_code, reason = "the trusted-shader call")]
fn trusted(device: &wgpu::Device, source: &str) -> wgpu::ShaderModule {
    let descriptor = wgpu::ShaderModuleDescriptor {
        label: Some("sha256d"),
        source: wgpu::ShaderSource::Wgsl(source.into()),
    };
    // SAFETY: the shaders are this crate's own. Their loops are counted; their only stores are
    // guarded by the arrays' lengths; versions are indexed by a counter below their number, which
    // is at most the array's length; nothing divides.
    unsafe {
        device.create_shader_module_trusted(descriptor, wgpu::ShaderRuntimeChecks::unchecked())
    }
}
