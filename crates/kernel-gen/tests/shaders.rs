//! Validates every variant of the library's shaders with the front and back ends of wgpu.

use hashwatt::scan::internals::{GpuJob, MAX_CANDIDATES, Shader, VersionsJob, shaders};
use naga::back::{hlsl, msl, spv};
use naga::valid::{Capabilities, ValidationFlags, Validator};

/// Every variant in the shading language of every system.
#[test]
fn every_shader_variant_is_valid_for_every_system() {
    let all = shaders();
    // For each kind of addition: two scans, three micro-kernels, two numbers of versions.
    assert_eq!(all.len(), 14);
    for Shader { name, source, versions } in all {
        let module = naga::front::wgsl::parse_str(&source)
            .unwrap_or_else(|error| panic!("{name}: {}", error.emit_to_string(&source)));
        let info = Validator::new(ValidationFlags::all(), Capabilities::all())
            .validate(&module)
            .unwrap_or_else(|error| panic!("{name}: {}", error.emit_to_string(&source)));
        if versions > 1 {
            assert_versions_job_layout(&module);
        } else {
            assert_job_layout(&module);
        }
        assert_candidate_capacity(&module);
        let constants: naga::back::PipelineConstants =
            [("threads".to_owned(), 64.0), ("nonces".to_owned(), 16.0)].into_iter().collect();
        let (module, info) =
            naga::back::pipeline_constants::process_overrides(&module, &info, None, &constants)
                .unwrap();
        spv::write_vec(&module, &info, &spv::Options::default(), None).unwrap();
        let msl = msl::Options { fake_missing_bindings: true, ..Default::default() };
        msl::write_string(&module, &info, &msl, &msl::PipelineOptions::default()).unwrap();
        let mut out = String::new();
        let target = hlsl::BindTarget::default();
        let hlsl = hlsl::Options {
            fake_missing_bindings: true,
            immediates_target: Some(target),
            ..Default::default()
        };
        let pipeline = hlsl::PipelineOptions::default();
        hlsl::Writer::new(&mut out, &hlsl, &pipeline).write(&module, &info, None).unwrap();
    }
}

fn assert_candidate_capacity(module: &naga::Module) {
    let (members, _) = members(module, "Found");
    let capacity = match module.types[members[1].ty].inner {
        naga::TypeInner::Array { size: naga::ArraySize::Constant(size), .. } => size.get(),
        ref other => panic!("{other:?}"),
    };
    assert_eq!(capacity as usize, MAX_CANDIDATES);
}

/// The members of a struct, and its size.
fn members(module: &naga::Module, name: &str) -> (Vec<naga::StructMember>, usize) {
    let found = module.types.iter().find(|(_, ty)| ty.name.as_deref() == Some(name));
    match &found.expect(name).1.inner {
        naga::TypeInner::Struct { members, span } => (members.clone(), *span as usize),
        other => panic!("{other:?}"),
    }
}

fn assert_versions_job_layout(module: &naga::Module) {
    let (version, span) = members(module, "Version");
    let offsets: Vec<u32> = version.iter().map(|member| member.offset).collect();
    assert_eq!((&offsets[..], span), (&[0, 16, 32, 48][..], 64));
    let (job, span) = members(module, "Job");
    let names: Vec<&str> = job.iter().filter_map(|member| member.name.as_deref()).collect();
    let common = ["w16", "w17", "part18", "part19", "part31", "part32", "bound", "first", "count"];
    assert_eq!(names, [&["versions"][..], &common, &["one"]].concat());
    assert_eq!(job[1].offset as usize, std::mem::offset_of!(VersionsJob, common));
    assert_eq!(span, size_of::<VersionsJob>());
}

/// Every member of the shader's job has the offset of the Rust field.
fn assert_job_layout(module: &naga::Module) {
    use std::mem::offset_of;
    let (members, span) = members(module, "Job");
    let expected = [
        ("midstate_abcd", offset_of!(GpuJob, midstate)),
        ("midstate_efgh", offset_of!(GpuJob, midstate) + 16),
        ("state_abcd", offset_of!(GpuJob, state)),
        ("state_efgh", offset_of!(GpuJob, state) + 16),
        ("w16", offset_of!(GpuJob, w16)),
        ("w17", offset_of!(GpuJob, w17)),
        ("part18", offset_of!(GpuJob, part18)),
        ("part19", offset_of!(GpuJob, part19)),
        ("part31", offset_of!(GpuJob, part31)),
        ("part32", offset_of!(GpuJob, part32)),
        ("bound", offset_of!(GpuJob, bound)),
        ("first", offset_of!(GpuJob, first)),
        ("count", offset_of!(GpuJob, count)),
        ("one", offset_of!(GpuJob, one)),
    ];
    let actual: Vec<(&str, usize)> = members
        .iter()
        .map(|member| (member.name.as_deref().unwrap_or(""), member.offset as usize))
        .collect();
    assert_eq!(actual, expected);
    assert_eq!(span, size_of::<GpuJob>());
}
