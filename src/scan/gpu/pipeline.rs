//! The compute pipeline of one variant: limits, bindings, the compiled shader.

use super::adapter::Adapter;
use super::fault::Fault;
use super::job::{GpuJob, JobIn};
use super::shader_variant::ShaderVariant;

/// Requests a device with the features and limits that the shader needs.
pub(super) fn request(
    adapter: &Adapter,
    job_in: JobIn,
) -> Result<(wgpu::Device, wgpu::Queue), Fault> {
    let limits = adapter.adapter.limits();
    let mut required_features = wgpu::Features::empty();
    // The limits that every adapter supports, except for this adapter's threads per workgroup.
    let mut required_limits = wgpu::Limits::downlevel_defaults();
    required_limits.max_compute_workgroup_size_x = limits.max_compute_workgroup_size_x;
    required_limits.max_compute_invocations_per_workgroup =
        limits.max_compute_invocations_per_workgroup;
    if job_in == JobIn::Immediates {
        required_features |= wgpu::Features::IMMEDIATES;
        required_limits.max_immediate_size = immediate_bytes(job_in);
    }
    let descriptor = wgpu::DeviceDescriptor {
        label: Some("hashwatt"),
        required_features,
        required_limits,
        ..Default::default()
    };
    pollster::block_on(adapter.adapter.request_device(&descriptor))
        .map_err(|error| Fault::DriverError(error.to_string()))
}

fn immediate_bytes(job_in: JobIn) -> u32 {
    match job_in {
        JobIn::Immediates => size_of::<GpuJob>() as u32,
        JobIn::Buffer => 0,
    }
}

/// Compiles the shader. Compilation errors are reported through [`super::fault::DriverErrors`].
pub(super) fn compile(
    device: &wgpu::Device,
    variant: ShaderVariant,
    job_in: JobIn,
    source: &str,
) -> (wgpu::ComputePipeline, wgpu::BindGroupLayout) {
    let entry = |binding, ty| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::COMPUTE,
        ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset: false, min_binding_size: None },
        count: None,
    };
    let mut entries = vec![entry(0, wgpu::BufferBindingType::Storage { read_only: false })];
    if job_in == JobIn::Buffer {
        entries.push(entry(1, wgpu::BufferBindingType::Uniform));
    }
    let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("scan"),
        entries: &entries,
    });
    let module = unchecked_module(device, source);
    let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some("scan"),
        bind_group_layouts: &[Some(&layout)],
        immediate_size: immediate_bytes(job_in),
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
    (pipeline, layout)
}

/// Creates the shader module without run-time checks.
#[expect(unsafe_code, reason = "disables the run-time checks of the shader")]
fn unchecked_module(device: &wgpu::Device, source: &str) -> wgpu::ShaderModule {
    let descriptor = wgpu::ShaderModuleDescriptor {
        label: Some("sha256d"),
        source: wgpu::ShaderSource::Wgsl(source.into()),
    };
    // SAFETY: the shaders belong to this crate. Their loops are bounded; their stores are guarded by the
    // lengths of the arrays; versions are indexed by a counter below their number, which is at most the
    // length of the array; there are no divisions.
    unsafe {
        device.create_shader_module_trusted(descriptor, wgpu::ShaderRuntimeChecks::unchecked())
    }
}
